"""Coverage before and after, several ways beside each other, Lorenz curves: what is drawn and said."""

import pytest

from literasi import text
from literasi.charts.allocation import (
    Way,
    about,
    coverage_chart,
    gini_words,
    lorenz_chart,
    packages_words,
    reached_words,
    ways_table,
)
from literasi.domain.allocation import Start, outcome
from literasi.domain.scenario import Addition

NAMES = {"21.01": "Bintan", "21.02": "Karimun", "21.04": "Lingga"}


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


def start(code, villages, covered, **more):
    usual = {"unplaced": 0, "is_complete": True, "residents": 1000.0, "libraries": covered}
    return Start(code, villages, covered, **(usual | {"packages": 0, "trained": 0} | more))


COMPLETE = [start("21.01", 10, 5), start("21.02", 20, 2), start("21.04", 10, 1)]
LISTED = [
    start("21.01", 10, 5, is_complete=False),
    start("21.02", 20, 2, is_complete=False),
    start("21.04", 10, 0, is_complete=False),
]


def way(known, label="Pilihan Anda", **added):
    additions = {f"21.0{code[1:]}": Addition(libraries=n) for code, n in added.items()}
    return Way(label, additions, outcome(known, additions))


def coverage(known, *ways):
    return coverage_chart(outcome(known, {}), ways, names=NAMES, name="x", sources=("s",))


def dots(chart, name):
    (trace,) = [trace for trace in chart.figure.data if trace.name == name]
    return dict(zip(trace.y, trace.x, strict=True)), trace


def lines(chart):
    (trace,) = [trace for trace in chart.figure.data if trace.mode == "lines"]
    return [pair for pair in zip(trace.x, trace.y, strict=True) if pair[0] is not None]


def test_each_regency_has_its_before_and_after_on_one_scale():
    chart = coverage(COMPLETE, way(COMPLETE, a2=6))
    assert dots(chart, "Sebelum")[0] == {0: 0.5, 1: 0.1, 2: 0.1}
    assert dots(chart, "Pilihan Anda")[0] == {0: 0.5, 1: 0.4, 2: 0.1}
    assert (0.1, 1) in lines(chart)
    assert (0.4, 1) in lines(chart)
    assert chart.title == "Cakupan naik dari 20,0% menjadi 35,0%"
    assert "Karimun: 10,0% menjadi Pilihan Anda 40,0%" in chart.alt
    assert chart.figure.layout.xaxis.range[1] == pytest.approx(0.6)


def test_an_unknown_start_has_no_mark_no_line_and_no_zero():
    chart = coverage(LISTED, way(LISTED, a4=4))
    assert 2 not in dots(chart, "Sebelum")[0]
    after, trace = dots(chart, "Pilihan Anda")
    assert after[2] == 0.4
    assert set(trace.marker.symbol) == {"circle-open"}  # at least so much
    assert not any(row == 2 for _, row in lines(chart))
    assert "Lingga: tidak diketahui menjadi Pilihan Anda ≥ 40,0%" in chart.alt
    row = chart.table.iloc[2]
    assert row["Sebelum: desa tercakup"] != row["Sebelum: desa tercakup"]
    assert row["Pilihan Anda: desa tercakup"] == 4
    assert any("sekurang-kurangnya" in note for note in chart.notes)
    assert chart.title == "Cakupan yang terbukti naik dari 17,5% menjadi 27,5%"
    assert coverage(LISTED, way(LISTED)).title == "Cakupan tetap ≥ 17,5%"


def test_what_is_not_recorded_is_not_none():
    state = outcome(LISTED, {}).areas["21.01"]
    assert reached_words(state) == "≥ 500"
    assert packages_words(state) == "≥ 0,00"
    assert packages_words(outcome(LISTED, {}).areas["21.04"]) == "–"
    given = [start("21.01", 10, 5, packages=5)]
    assert packages_words(outcome(given, {}).whole) == "1,00"
    assert reached_words(outcome(given, {}).whole) == "500"


def test_the_table_has_all_regencies_and_their_sum():
    table = coverage(COMPLETE, way(COMPLETE, a2=6)).table
    assert list(table["Wilayah"]) == [*NAMES.values(), "Seluruh provinsi"]
    last = table.iloc[-1]
    assert last["Sebelum: desa tercakup"] == 8
    assert last["Pilihan Anda: cakupan (%)"] == pytest.approx(35)
    assert last["Pilihan Anda: + perpustakaan"] == 6


def test_several_ways_are_told_by_whom_they_leave_lowest():
    ways = [way(COMPLETE, a1=4), way(COMPLETE, "Pemerataan dahulu", a2=3, a4=1)]
    chart = coverage(COMPLETE, *ways)
    assert chart.title == "Wilayah terendah: 10,0% menurut pilihan Anda, 20,0% dengan Pemerataan dahulu"
    rows = dots(chart, "Pilihan Anda")[0], dots(chart, "Pemerataan dahulu")[0]
    assert not set(rows[0]) & set(rows[1])  # beside each other, not over each other
    assert "pilihan Anda sudah" in coverage(COMPLETE, *reversed(ways)).title


def test_names_are_inert_in_the_picture():
    chart = coverage_chart(
        outcome(COMPLETE, {}),
        [way(COMPLETE)],
        names=NAMES | {"21.01": "<b>Bintan</b>"},
        name="x",
        sources=(),
    )
    assert "&lt;b&gt;" in dots(chart, "Sebelum")[1].hovertext[0]
    assert "<b>Bintan" not in chart.figure.to_json()


def curves(known, *ways, weight="villages"):
    return lorenz_chart(outcome(known, {}), ways, weight=weight, names=NAMES, name="x", sources=())


def test_the_curves_carry_their_coefficient():
    """Before by hand in test_inequality: 0.375. After: 1, 8 and 5 of 14 in 10, 20 and 10 villages.

    1 - (0.25 * 1 + 0.5 * 10 + 0.25 * 23) / 14 = 3/14.
    """
    chart = curves(COMPLETE, way(COMPLETE, a2=6))
    names = [trace.name for trace in chart.figure.data]
    assert names == ["sama rata", "Sebelum (0,38)", "Pilihan Anda (0,21)"]
    assert chart.title == "Lebih merata: Gini 0,38 menjadi 0,21"
    assert (chart.figure.data[2].x[-1], chart.figure.data[2].y[-1]) == (1, 1)
    assert "Lingga" in chart.figure.data[2].hovertext[1]


def test_nothing_added_leaves_one_curve():
    chart = curves(COMPLETE)
    assert len(chart.figure.data) == 2
    assert chart.title == "Pemerataan tetap: Gini 0,38"


def test_regencies_without_a_start_are_left_out_and_named():
    chart = curves(LISTED, way(LISTED, a4=4))
    assert any("Lingga" in note for note in chart.notes)
    assert len(chart.figure.data[1].x) == 3


def test_without_residents_there_is_no_curve_by_residents():
    known = [COMPLETE[0], start("21.02", 20, 2, residents=None)]
    assert curves(known, way(known), weight="residents") is None
    assert curves(known, way(known)) is not None
    assert gini_words(outcome(known, {}), "residents") == "tidak dapat dihitung"


def test_a_range_is_written_where_libraries_have_no_village():
    known = [start("21.01", 10, 2, unplaced=3), start("21.02", 10, 5)]
    assert gini_words(outcome(known, {}), "villages") == "0,21 (0,00–0,21)"


@pytest.mark.parametrize(("value", "shown"), [(164415.5, "164.000"), (943.2, "943"), (0, "0"), (None, "–")])
def test_an_estimate_has_three_digits(value, shown):
    assert about(value) == shown


def test_two_ways_of_one_name_are_told_apart():
    ways = [way(COMPLETE, "Usul"), way(COMPLETE, "Usul")]
    table = ways_table(outcome(COMPLETE, {}), ways, {"Ukuran 1": ["a", "b", "c"]})
    assert list(table.columns) == ["Ukuran", "Sebelum", "Usul (1)", "Usul (2)"]
