"""Scorecard and single regency: what is coloured, ranked and named."""

from typing import get_args

import pytest

from literasi import text
from literasi.charts.comparison import Line, mine_chart, scorecard_chart
from literasi.domain.comparison import State, Unranked, standing
from literasi.figures import NO_DATA
from tests.frames import indicator, values

NAMES = {"21.01": "Bintan", "21.02": "Karimun", "21.03": "Natuna", "21.04": "Lingga"}
OTHERS = {"province": "Kepulauan Riau", "nation": "Indonesia"}


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


def line(*numbers, province=None, nation=None, more=None, **about):
    of = indicator(**{"id": "iplm", "minimum_n": 30} | about)
    rows = [(area, "2024", value) for area, value in zip(NAMES, numbers, strict=True)]
    found = standing(
        values(rows).assign(**more or {}), indicator=of, edition="e1", period="2024", areas=list(NAMES)
    )
    return Line(found, province, nation)


def card(*lines, is_ranked=False):
    return scorecard_chart(lines, names=NAMES, theme="Utama", is_ranked=is_ranked)


def fills(chart, row=0):
    return list(chart.figure.data[0].z[2 * row + 1])


def texts(chart):
    found = {}
    for trace in chart.figure.data[1:]:
        found |= {(y, x): words for x, y, words in zip(trace.x, trace.y, trace.text, strict=True)}
    return [found[key] for key in sorted(found)]


def test_colour_follows_the_classes_of_each_indicator():
    """Classes end at 25, 50 and 75; the same number has another colour where the classes differ."""
    chart = card(line(10.0, 30.0, 60.0, 90.0), line(10.0, 30.0, 60.0, 90.0, classes=(5, 8, 9)))
    first, second = fills(chart), fills(chart, 1)
    assert first == sorted(first)
    assert len(set(first)) == 4
    assert len(set(second)) == 1
    assert second[0] == first[-1]


@pytest.mark.parametrize("about", [{"symbol": "bubble"}, {"incomplete": "daftar belum lengkap"}])
def test_counts_and_incomplete_lists_have_no_colour(about):
    chart = card(line(10.0, 30.0, 60.0, 90.0, **about))
    assert all(fill is None for fill in fills(chart))
    assert all(("≥" in words) == ("incomplete" in about) for words in texts(chart))


def test_small_denominators_are_grey_and_italic_and_missing_is_a_dash():
    chart = card(line(10.0, 30.0, None, 90.0, more={"denominator": [29.0, 30.0, 30.0, 30.0]}), is_ranked=True)
    colours = dict(chart.figure.data[0].colorscale)
    assert colours[fills(chart)[0]] == NO_DATA
    assert fills(chart)[2] is None
    assert texts(chart)[0] == "<i>10,00</i>"
    assert texts(chart)[2] == "–"
    hover = " ".join(h for trace in chart.figure.data[1:] for h in trace.hovertext)
    assert "penyebut kecil, tidak diperingkat" in hover
    assert "belum ada data" in hover


def test_a_share_of_fewer_than_ten_stands_by_its_parts():
    """Methodology §9: 5 of 8, not 62.5 %."""
    more = {"numerator": [5.0, 6.0, 20.0, 30.0], "denominator": [8.0, 12.0, 40.0, 60.0]}
    chart = card(line(62.5, 50.0, 50.0, 50.0, scale="percent", minimum_n=10, more=more))
    assert texts(chart) == ["<i>5/8</i>", "50,00", "50,00", "50,00"]
    assert chart.table[text.t("chart.comparison.column_value")].iloc[0] == "5 dari 8"
    assert "Bintan 5 dari 8" in chart.alt


def test_withheld_has_a_mark_of_its_own():
    chart = card(
        line(3.0, 30.0, None, 90.0, more={"status": ["suppressed", "reported", "reported", "reported"]})
    )
    assert texts(chart) == ["×", "30,00", "–", "90,00"]
    assert "3,00" not in everything(chart)
    assert any("×" in note for note in chart.notes)


def test_ranks_stand_only_when_asked_for_and_tie_as_ranges():
    tied = line(80.0, 75.0, 75.001, 60.0)
    assert texts(card(tied)) == ["80,00", "75,00", "75,00", "60,00"]
    assert [words.partition("#")[2] for words in texts(card(tied, is_ranked=True))] == [
        "1</b>",
        "2–3</b>",
        "2–3</b>",
        "4</b>",
    ]
    column = text.t("chart.comparison.column_rank")
    assert column not in card(tied).table
    assert list(card(tied, is_ranked=True).table[column]) == ["1", "2–3", "2–3", "4"]


def test_why_there_is_no_rank_stands_at_the_row():
    chart = card(line(10.0, 30.0, 60.0, 90.0, direction="neutral"), is_ranked=True)
    assert "#" not in " ".join(texts(chart))
    assert "konteks, bukan prestasi" in chart.figure.layout.annotations[0].text


def test_parts_and_reports_are_one_hover_away():
    more = {"numerator": 4.0, "denominator": 100.0, "received": 8, "expected": 10}
    chart = card(line(10.0, 30.0, 60.0, 90.0, more=more))
    assert all("4 ÷ 100" in h and "laporan masuk 80%" in h for h in chart.figure.data[1].hovertext)
    assert list(chart.table[text.t("chart.comparison.column_coverage")]) == ["80%"] * 4


def test_an_interval_is_shown_where_the_sample_is_random():
    edition = {"id": "e1", "label": "E1", "first_year": 2021, "regulation": "R", "method": "M"}
    survey = line(
        60.0,
        58.0,
        30.0,
        29.0,
        scale="percent",
        editions=[edition | {"is_random_sample": True}],
        more={"n": 400},
    )
    hover = list(card(survey, is_ranked=True).figure.data[1].hovertext)
    assert "selang 95%: 55,13–64,68" in hover[0]
    assert [h.rpartition("peringkat ")[2] for h in hover] == [
        "1–2 dari 4",
        "1–2 dari 4",
        "3–4 dari 4",
        "3–4 dari 4",
    ]


def mine(*lines, is_ranked=False):
    return mine_chart(lines, area="21.03", name="Natuna", others=OTHERS, theme="Utama", is_ranked=is_ranked)


def everything(chart):
    parts = [
        chart.title,
        chart.subtitle,
        chart.alt,
        *chart.notes,
        chart.table.to_csv(),
        chart.figure.to_json(),
    ]
    return " ".join(parts)


def test_only_the_chosen_regency_is_named_anywhere():
    chart = mine(line(80.0, 75.0, 70.0, 60.0, province=72.0, nation=71.0), is_ranked=True)
    said = everything(chart)
    assert all(name in said for name in ("Natuna", "Kepulauan Riau", "Indonesia"))
    assert not any(name in said for name in ("Bintan", "Karimun", "Lingga", "21.01"))


def test_peers_stand_in_order_of_size_which_names_nobody():
    chart = mine(line(60.0, 80.0, 70.0, 75.0))
    peers = next(trace for trace in chart.figure.data if trace.type == "scatter")
    assert list(peers.x) == sorted(peers.x)
    column = text.t("chart.comparison.column_value")
    assert list(chart.table[column]) == ["70,00", "60,00", "75,00", "80,00"]


def test_bars_begin_at_zero_and_each_indicator_has_its_own_scale():
    chart = mine(line(80.0, 75.0, 40.0, 60.0, province=20.0), line(0.1, 0.2, 0.4, 0.3, province=0.2))
    bars = [trace for trace in chart.figure.data if trace.type == "bar"]
    assert [bar.x[0] for bar in bars] == pytest.approx([0.5, 0.25, 1.0, 0.5])
    assert chart.figure.layout.xaxis.range[0] == 0


def test_the_title_counts_only_what_can_be_told():
    """Above, level as shown, small, context: one of two."""
    lines = (
        line(1.0, 2.0, 70.0, 3.0, province=60.0),
        line(1.0, 2.0, 60.001, 3.0, province=60.0),
        line(1.0, 2.0, 70.0, 3.0, province=60.0, more={"denominator": 5.0}),
        line(1.0, 2.0, 70.0, 3.0, province=60.0, direction="neutral"),
    )
    assert mine(*lines).title == "Natuna: 1 dari 2 indikator lebih baik daripada provinsi"
    down = line(1.0, 2.0, 70.0, 3.0, province=60.0, direction="lower_is_better")
    assert mine(down).title == "Natuna: 0 dari 1 indikator lebih baik daripada provinsi"


def test_the_count_of_a_province_is_no_yardstick_for_a_regency():
    chart = mine(line(8.0, 9.0, 10.0, 7.0, province=58.0, symbol="bubble"))
    assert "58" not in chart.alt


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_state_and_reason_has_words(language):
    text.use(language)
    for state in get_args(State):
        assert text.t(f"comparison.state.{state}")
    for reason in filter(None, get_args(Unranked)):
        assert text.t(f"comparison.unranked.{reason}")
    text.use("id")


def test_nothing_to_compare_is_none():
    assert card() is None
    assert mine() is None
