"""Charts of completeness: every part can be told from the others, and every blank is explained."""

import pandas as pd
import pytest

from literasi import text
from literasi.charts import completeness, reporting

NAMES = {"21.01": "Bintan", "21.71": "Batam", "21": "Kepulauan Riau"}
PERIODS = ["2025-01", "2025-02"]


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


def shares(**rows):
    counts = ("expected", "received", "on_time", "late", "unknown", "zero")
    frame = pd.DataFrame([(area, *values) for area, values in rows.items()], columns=["area", *counts])
    return frame.astype(dict.fromkeys(counts, "Int64"))


SHARES = shares(**{"21.01": (10, 8, 5, 2, 1, 1), "21.71": (10, 0, 0, 0, 0, 0), "21": (20, 8, 5, 2, 1, 1)})


def bars(focus="21", rows=SHARES):
    return completeness.shares_chart(
        rows, name="x", table="Kunjungan", names=NAMES, focus=focus, span="2025", due_day=10
    )


class TestShares:
    def test_parts_fill_what_was_expected(self):
        parts = [trace for trace in bars().figure.data if trace.type == "bar"]
        assert [part.name for part in parts] == [
            "tepat waktu",
            "terlambat",
            "waktu tidak diketahui",
            "belum masuk",
        ]
        assert [sum(part.x[row] for part in parts) for row in range(3)] == [100, 100, 100]
        assert list(parts[0].x) == [50, 0, 25]

    def test_each_part_has_its_own_look_without_colour(self):
        parts = [trace for trace in bars().figure.data if trace.type == "bar"]
        looks = {(part.marker.pattern.shape, str(part.marker.color)) for part in parts}
        assert len(looks) == 4

    def test_below_sixty_per_cent_is_provisional(self):
        assert bars().title == "Kunjungan: baru 40% masuk (sementara), 25% tepat waktu"
        assert bars("21.01").title == "Kunjungan: 80% masuk, 50% tepat waktu"

    def test_each_bar_says_its_share_and_counts(self):
        written = next(trace for trace in bars().figure.data if trace.type == "scatter")
        assert list(written.text) == ["80% (8/10)", "0% (0/10)", "40% (8/20)"]

    def test_the_table_has_both_rates(self):
        table = bars().table
        assert table["Masuk (%)"].tolist() == [80, 0, 40]
        assert table["Tepat waktu (%)"].tolist() == [50, 0, 25]
        assert table["Waktu tidak diketahui"].tolist() == [1, 0, 1]

    def test_reports_without_a_day_are_said_to_be_neither(self):
        assert "1 laporan tanpa tanggal terima" in bars().notes[0]
        assert bars("21.71").notes == ()

    def test_where_nothing_was_expected_there_is_no_chart(self):
        assert bars("21.71", shares(**{"21.01": (10, 8, 5, 2, 1, 1)})) is None


class TestMonths:
    def test_late_in_time_zero_and_missing_are_different_marks(self):
        states = pd.DataFrame(
            {
                "library_id": ["A"] * 6,
                "period": [f"2025-0{month}" for month in range(1, 7)],
                "state": ["on_time", "late", "unknown", "zero", "missing", "not_expected"],
            }
        )
        chart = reporting.states_chart(states, name="x", names={"A": "Perpus"}, report="r", area="Bintan")
        marks = {trace.name: trace.marker.symbol for trace in chart.figure.data}
        assert list(marks) == [
            "tepat waktu",
            "terlambat",
            "masuk, waktu tidak diketahui",
            "melapor nol",
            "tidak ada laporan",
        ]
        assert len(set(marks.values())) == 5
        assert sum(len(trace.x) for trace in chart.figure.data) == 5
        assert "80%" in chart.title

    def test_a_report_that_nobody_expected_is_drawn_and_not_counted(self):
        states = pd.DataFrame(
            {
                "library_id": ["A", "A", "B"],
                "period": ["2025-01", "2025-02", "2025-02"],
                "state": ["missing", "late", "on_time"],
                "is_expected": [True, False, False],
            }
        )
        names = {"A": "Alfa", "B": "Beta"}
        chart = reporting.states_chart(states, name="x", names=names, report="r", area="Bintan")
        assert chart.title.startswith("0%")
        assert list(chart.figure.layout.yaxis.ticktext) == ["Alfa", "Beta"]
        assert sum(len(trace.x) for trace in chart.figure.data) == 3

    def test_where_only_such_reports_came_there_is_no_share(self):
        states = pd.DataFrame(
            {"library_id": ["A"], "period": ["2025-01"], "state": ["late"], "is_expected": [False]}
        )
        chart = reporting.states_chart(states, name="x", names={"A": "Alfa"}, report="r", area="Bintan")
        assert chart.title.startswith("–")

    def test_in_time_is_a_rate_of_its_own(self):
        counts = pd.DataFrame(
            {
                "area_code": ["21.01"],
                "period": ["2025-01"],
                "expected": [4],
                "received": [3],
                "on_time": [2],
                "zero": [1],
            }
        )
        chart = reporting.reporting_chart(
            counts, name="x", names=NAMES, periods=PERIODS, report="r", area="Kepri", of="on_time"
        )
        assert list(chart.figure.data[0].z[0]) == [50, None]
        assert chart.title.startswith("50% tepat waktu")
        hover = chart.figure.data[0].hovertext[0][0]
        assert "3 dari 4" in hover
        assert "2 tepat waktu" in hover
        assert "1 melapor nol" in hover

    def test_few_are_marked_by_more_than_their_colour(self):
        counts = pd.DataFrame(
            {"area_code": ["21.01"] * 2, "period": PERIODS, "expected": [10, 10], "received": [5, 9]}
        )
        chart = reporting.reporting_chart(
            counts, name="x", names=NAMES, periods=PERIODS, report="r", area="Kepri"
        )
        assert list(chart.figure.data[0].text[0]) == ["50<br>▼", "90"]
        assert chart.figure.data[1].name == "▼ < 60% (sementara)"


class TestAnything:
    def test_areas_count_libraries_and_leave_the_rest_blank(self):
        counts = pd.DataFrame({"area": ["21.01"], "period": ["2025-02"], "libraries": [3]})
        chart = completeness.any_areas_chart(
            counts,
            name="x",
            table="Kegiatan",
            names={"21.01": "Bintan", "21.71": "Batam"},
            periods=PERIODS,
            area="Kepri",
            libraries=3,
            total=9,
        )
        assert [list(line) for line in chart.figure.data[0].z] == [[None, 3], [None, None]]
        assert chart.title == "3 dari 9 perpustakaan memuat kegiatan"
        assert "bukan kekurangan" in chart.notes[0]

    def test_libraries_with_the_most_months_come_first(self):
        states = pd.DataFrame(
            {
                "library_id": ["A", "A", "B", "B"],
                "period": PERIODS * 2,
                "state": ["not_expected", "any", "any", "any"],
            }
        )
        names = {"A": "Alfa", "B": "Beta"}
        chart = completeness.any_libraries_chart(
            states, name="x", table="Kegiatan", names=names, area="Bintan", total=4
        )
        assert list(chart.figure.layout.yaxis.ticktext) == ["Beta", "Alfa"]
        assert chart.title == "2 dari 4 perpustakaan memuat kegiatan"

    def test_where_there_is_nothing_there_is_no_chart(self):
        states = pd.DataFrame({"library_id": ["A"], "period": ["2025-01"], "state": ["not_expected"]})
        chart = completeness.any_libraries_chart(
            states, name="x", table="t", names={"A": "A"}, area="b", total=1
        )
        assert chart is None
