"""Charts of the library page: what is not known is never drawn as if it were."""

import pandas as pd
import pytest

from literasi import text
from literasi.charts import libraries, library_months, timeline
from literasi.domain import library_profile as profiles
from literasi.domain import snp
from tests.frames import library, table
from tests.unit.domain.test_snp import RULES

NAMES = {"21.01": "Bintan", "21.04": "Lingga", "21.71": "<b>Batam</b>"}
LIBRARIES = table(
    "libraries",
    [
        library("A", "21.01", 2019),
        library("B", "21.71.08", 2021, programme="replication"),
        library("C", "21.71", None, programme="not_stated"),
        library("D", "21", None, programme="none", kind="province"),
    ],
)


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")
    yield
    text.use("id")


def areas(rows, *, is_complete=True):
    return libraries.areas_chart(
        profiles.by_area(rows, level="regency"),
        names=NAMES,
        unknown="tingkat provinsi",
        area="Kepri",
        filtered="",
        is_complete=is_complete,
        sources=(),
    )


def test_an_area_without_a_library_is_told_and_not_drawn_as_zero():
    chart = areas(LIBRARIES[LIBRARIES["programme"] != "none"])
    assert chart.title == "3 mitra TPBIS; belum tercatat di Lingga"
    assert chart.figure.data[-1].text[1].strip() == "belum tercatat"
    assert "bukan angka nol" in chart.notes[0]


def test_a_narrowed_list_does_not_call_an_area_empty():
    chart = areas(LIBRARIES, is_complete=False)
    assert "belum tercatat" not in chart.title
    assert not [note for note in chart.notes if "Belum tercatat" in note]


def test_no_library_is_dropped_from_the_bars():
    chart = areas(LIBRARIES)
    assert chart.table["Jumlah"].sum() == 4
    assert chart.table["Wilayah"].iloc[-1] == "tingkat provinsi"
    assert sum(sum(bar.x) for bar in chart.figure.data if bar.type == "bar") == 4


def test_what_is_known_less_precisely_does_not_lead():
    rows = pd.concat([LIBRARIES, LIBRARIES[LIBRARIES["area_code"] == "21"]])
    assert areas(rows, is_complete=False).title == "5 perpustakaan; terbanyak di <b>Batam</b> (2)"


@pytest.mark.parametrize(
    ("is_complete", "words"), [(True, "belum tercatat"), (False, "tidak ada yang cocok")]
)
def test_an_area_that_a_filter_emptied_is_not_called_unrecorded(is_complete, words):
    ends = areas(LIBRARIES, is_complete=is_complete).figure.data[-1]
    assert {text.strip() for text in ends.text if not text.strip().isdigit()} == {words}


def test_names_from_data_are_inert_in_the_figure():
    assert "<b>" not in areas(LIBRARIES).figure.to_json().replace("\\u003c", "<")


def test_an_unknown_year_stands_apart_in_grey():
    chart = libraries.years_chart(*profiles.by_year(LIBRARIES), area="Kepri", filtered="", sources=())
    before, joined, unknown, totals = chart.figure.data
    assert list(joined.y) == [1, 0, 1]
    assert list(before.y) == [0, 1, 1]
    assert (list(unknown.x), list(unknown.y)) == (["tahun tidak<br>diketahui"], [1])
    assert list(totals.text) == ["1", "1", "2", "1"]
    assert chart.title == "Terbanyak bergabung 2019 dan 2021: 1 dari 3"


def test_nothing_to_draw_gives_no_chart():
    assert areas(LIBRARIES.iloc[:0]) is None
    none, undated = profiles.by_year(LIBRARIES[LIBRARIES["programme"] == "none"])
    assert libraries.years_chart(none, undated, area="", filtered="", sources=()) is None


def test_the_standard_keeps_no_data_apart_from_not_met():
    rows = table(
        "libraries",
        [library("A", "21.01", titles=1200), library("B", "21.01", titles=900), library("C", "21.01")],
    )
    chart = libraries.standard_chart(snp.summary(rows, rules=RULES_ID), rules=RULES_ID, area="x", filtered="")
    met, not_met, no_data = chart.figure.data
    assert [bar.x[0] for bar in (met, not_met, no_data)] == [1, 1, 1]
    assert no_data.x[1] == 3
    assert chart.title == "Paling jarang terpenuhi: Judul koleksi (1 dari 2)"


RULES_ID = RULES.model_copy(
    update={
        "tests": tuple(
            test.model_copy(update={"label_key": key})
            for test, key in zip(
                RULES.tests, ("snp.titles", "snp.building_permanent", "snp.services"), strict=True
            )
        )
    }
)


def test_without_data_the_standard_is_not_drawn():
    rows = table("libraries", [library("A", "21.01")])
    assert (
        libraries.standard_chart(snp.summary(rows, rules=RULES_ID), rules=RULES_ID, area="", filtered="")
        is None
    )


def months(*states):
    values = {"reported": 20.0, "zero": 0.0}
    return pd.DataFrame(
        {
            "period": [f"2025-{i + 1:02d}" for i in range(len(states))],
            "state": list(states),
            "value": [values.get(state, float("nan")) for state in states],
        }
    )


def test_zero_and_missing_have_marks_of_their_own():
    chart = library_months.library_months_chart(
        months("not_expected", "reported", "zero", "missing"), name="x", measure="visits", library="A"
    )
    bars, zero, missing = chart.figure.data
    assert list(zero.x) == [1]
    assert list(missing.x) == [2]
    assert pd.isna(bars.y[2])
    assert chart.table["Keadaan"].tolist() == ["dilaporkan", "dilaporkan nol", "tidak ada laporan"]


def test_months_before_any_report_was_due_are_left_out():
    chart = library_months.library_months_chart(
        months("not_expected", "not_expected", "reported"), name="x", measure="visits", library="A"
    )
    assert chart.table["Periode"].tolist() == ["Maret 2025"]


def test_a_library_that_reported_nothing_has_no_monthly_chart():
    assert (
        library_months.library_months_chart(months("missing"), name="x", measure="visits", library="A")
        is None
    )


def line(rows):
    frame = pd.DataFrame([{"is_hidden": False} | row for row in rows])
    frame = frame.reindex(columns=list(profiles.TIMELINE)).astype(profiles.TIMELINE)
    return timeline.timeline_chart(frame, name="x", library="A", missing=("publications",))


def test_a_year_is_a_span_and_a_day_is_a_mark():
    chart = line(
        [
            {"lane": "joined", "period": "2021", "what": "national"},
            {"lane": "aid", "period": "2021-07", "what": "books", "amount": 700, "unit": "books"},
            {"lane": "training", "period": "2022-07-02", "what": "Bimtek <i>", "is_hidden": True},
        ]
    )
    joined, aid, training = chart.figure.data
    assert (joined.base[0], joined.x[0]) == (2021, 1)
    assert (aid.base[0], round(aid.x[0], 3)) == (2021.5, 0.083)
    assert training.x[0] == pytest.approx(2022.4986, abs=1e-3)
    assert "&lt;i&gt;" in training.hovertext[0]
    assert chart.title == "Sejak 2021: 1 jenis bantuan, 1 bimtek/acara"
    assert chart.table["Rincian"].iloc[2] == "jumlah orang disembunyikan"
    assert any("Belum tercatat: Publikasi" in note for note in chart.notes)


def test_what_has_no_date_is_told_and_not_drawn():
    chart = line(
        [
            {"lane": "aid", "period": "", "what": "server"},
            {"lane": "aid", "period": "2021", "what": "books"},
        ]
    )
    assert len(chart.figure.data) == 1
    assert "Tanpa tahun, tidak digambar: Server." in chart.notes


def test_a_year_of_joining_alone_is_no_timeline():
    assert line([{"lane": "joined", "period": "2021", "what": "national"}]) is None
