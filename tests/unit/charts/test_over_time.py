"""Charts over time: gaps stay gaps, the provisional looks so, numbers are in the language of the user."""

import pandas as pd
import pytest

from literasi import text
from literasi.charts import monthly, panel, years_beside
from literasi.charts.band import span_words
from literasi.domain.series import Comparison, cumulative


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


def series(values, *, first=1, received=10, expected=10, year=2025):
    """One row per month from January of `year`; None is a month without report."""
    periods = [f"{year + (first - 1 + i) // 12}-{(first - 1 + i) % 12 + 1:02d}" for i in range(len(values))]
    out = pd.DataFrame(
        {"period": pd.Series(periods, dtype="str"), "value": pd.Series(values, dtype="float64")}
    )
    out["received"] = pd.array([received if v is not None else 0 for v in values], dtype="Int64")
    out["expected"] = pd.array([expected] * len(values), dtype="Int64")
    return out


def months(rows, **options):
    return monthly.months_chart(rows, name="x", measure="visits", area="Natuna", **options)


def trace(chart, name):
    return next(t for t in chart.figure.data if t.name == name)


class TestMonths:
    def test_a_missing_month_is_a_gap_with_a_mark_not_a_zero(self):
        chart = months(series([5, None, 7]))
        assert [None if pd.isna(v) else v for v in trace(chart, "Kunjungan").y] == [5, None, 7]
        assert list(trace(chart, "tidak ada laporan").x) == [1]

    def test_a_reported_zero_has_no_mark(self):
        assert "tidak ada laporan" not in [t.name for t in months(series([5, 0, 7])).figure.data]

    def test_a_month_in_which_no_report_was_due_has_no_mark(self):
        assert "tidak ada laporan" not in [t.name for t in months(series([5, None], expected=0)).figure.data]

    def test_few_reports_are_drawn_lighter_and_hatched(self):
        rows = series([5, 7])
        rows.loc[1, "received"] = 5
        chart = months(rows)
        light = trace(chart, "sementara (laporan < 60%)")
        assert pd.isna(light.y[0])
        assert light.y[1] == 7
        assert light.marker.pattern.shape == "/"
        assert "1 bulan bersifat sementara" in " ".join(chart.notes)

    def test_coverage_is_under_the_series_in_per_cent(self):
        rows = series([5, 7])
        rows.loc[1, "received"] = 5
        band = trace(months(rows), "Laporan masuk (%)")
        assert list(band.y) == [100, 50]
        assert band.yaxis == "y2"

    def test_bars_start_at_zero(self):
        assert months(series([5])).figure.layout.yaxis.rangemode == "tozero"

    def test_axis_says_months_in_the_language_of_the_user_with_the_year_at_january(self):
        rows = series([1] * 6, first=12)
        assert list(months(rows).figure.layout.xaxis.ticktext)[:3] == ["Des<br>2025", "Jan<br>2026", "Feb"]
        text.use("en")
        assert months(rows).figure.layout.xaxis.ticktext[0] == "Dec<br>2025"

    def test_numbers_are_written_as_in_indonesia(self):
        chart = months(series([1234567]))
        assert "1.234.567" in chart.title
        assert "1.234.567" in trace(chart, "Kunjungan").hovertext[0]
        assert chart.figure.layout.separators == ",."

    def test_the_peak_is_one_with_enough_reports(self):
        rows = series([5, 90])
        rows.loc[1, "received"] = 1
        assert "Januari 2025: 5" in months(rows).title

    def test_only_trainings_are_marked_and_their_names_are_inert(self):
        events = pd.DataFrame(
            {
                "kind": ["bimtek", "contest", "bimtek"],
                "name": ["<b>Bimtek</b>", "Lomba", "Tahun lain"],
                "date_start": pd.to_datetime(["2025-02-15", "2025-02-20", "2030-01-01"]),
            }
        )
        marks = trace(months(series([1, 2, 3]), events=events), "bimtek")
        assert len(marks.x) == 1
        assert 0.5 < marks.x[0] < 1.5
        assert "&lt;b&gt;" in marks.hovertext[0]

    def test_the_table_is_the_same_numbers_with_their_state(self):
        table = months(series([5, None])).table
        assert table["Kunjungan"].fillna(-1).tolist() == [5, -1]
        assert table["Keadaan"].tolist() == ["cukup laporan", "tidak ada laporan"]

    def test_there_is_no_chart_without_a_value(self):
        assert months(series([None, None])) is None

    def test_the_alternative_text_says_the_main_numbers(self):
        alt = months(series([5, None, 7])).alt
        assert "Natuna" in alt
        assert "1 bulan tanpa laporan" in alt


class TestSameMonth:
    def chart(self, rows):
        return years_beside.same_month_chart(rows, name="x", measure="visits", area="Natuna")

    def test_each_year_has_a_line_over_twelve_months_that_does_not_cross_a_gap(self):
        line = trace(self.chart(series([1, None, 3] + [1] * 10)), "2025")
        assert pd.isna(line.y[1])
        assert line.connectgaps is False
        assert len(line.y) == 12

    def test_the_newest_year_is_strongest(self):
        chart = self.chart(series([1] * 14))
        assert trace(chart, "2026").line.width > trace(chart, "2025").line.width

    def test_title_puts_the_newest_month_beside_the_same_month_before(self):
        assert self.chart(series(list(range(1, 15)))).title == "Kunjungan Februari 2026: 14; Februari 2025: 2"

    def test_without_the_same_month_before_nothing_is_compared(self):
        assert ";" not in self.chart(series([4, 5])).title

    def test_table_has_months_down_and_years_across(self):
        table = self.chart(series([1] * 14)).table
        assert list(table.columns) == ["Bulan", "2025", "2026"]
        assert len(table) == 12


class TestCumulative:
    def chart(self, rows):
        return years_beside.cumulative_chart(cumulative(rows), name="x", measure="visits", area="Natuna")

    def test_the_total_runs_from_january(self):
        assert list(trace(self.chart(series([1, 2, 3])), "2025").y[:3]) == [1, 3, 6]

    def test_after_a_gap_it_is_a_dotted_lower_bound(self):
        chart = self.chart(series([1, None, 3]))
        solid, dotted = trace(chart, "2025"), trace(chart, "2025 paling sedikit")
        assert [None if pd.isna(v) else v for v in solid.y[:3]] == [1, None, None]
        assert dotted.y[2] == 4
        assert dotted.line.dash == "dot"
        assert "paling sedikit" in " ".join(chart.notes)

    def test_title_compares_the_same_months(self):
        assert self.chart(series([1] * 14)).title == "Kunjungan Jan–Feb 2026: 2; Jan–Feb 2025: 2"


class TestYears:
    def chart(self):
        years = pd.DataFrame(
            {
                "period": ["2024", "2025", "2026"],
                "value": [100.0, float("nan"), 60.0],
                "months": [tuple(range(1, 13)), (), (1, 2, 3)],
                "received": [12, 0, 3],
                "expected": [12, 12, 3],
            }
        )
        return monthly.years_chart(years, name="x", measure="visits", area="Natuna")

    def test_a_part_of_a_year_is_hatched_and_says_its_months(self):
        chart = self.chart()
        part = trace(chart, "belum setahun penuh atau sementara")
        assert [None if pd.isna(v) else v for v in part.y] == [None, 60]
        assert list(chart.figure.layout.xaxis.ticktext) == ["2024", "2026<br>Jan–Mar"]
        assert "2026 (Jan–Mar)" in chart.title

    def test_a_year_without_reports_has_no_bar(self):
        assert "2025" not in " ".join(self.chart().figure.layout.xaxis.ticktext)


class TestSexes:
    def test_what_is_not_told_apart_is_its_own_part_and_not_in_the_share(self):
        rows = pd.DataFrame({"period": ["2025-01"], "female": [30.0], "male": [10.0], "unknown": [60.0]})
        chart = monthly.sexes_chart(rows, name="x", area="Natuna")
        assert [t.name for t in chart.figure.data] == ["Perempuan", "Laki-laki", "Tidak dirinci"]
        assert "75%" in chart.title

    def test_there_is_no_chart_where_nothing_is_told_apart(self):
        rows = pd.DataFrame({"period": ["2025-01"], "female": [0.0], "male": [0.0], "unknown": [60.0]})
        assert monthly.sexes_chart(rows, name="x", area="Natuna") is None


class TestPanel:
    def chart(self, same, total):
        return panel.panel_chart(same, total, name="x", measure="visits", area="Natuna", pairs=4)

    def test_the_finding_is_about_the_same_libraries_not_about_the_total(self):
        same = Comparison(2026, (1, 2), value=90, previous=100, libraries=3)
        total = Comparison(2026, (1, 2), value=300, previous=100)
        chart = self.chart(same, total)
        assert chart.title == "Kunjungan turun 10,0% di 3 perpustakaan yang sama"
        assert list(chart.figure.data[1].x) == [90, 300]

    def test_a_small_base_gives_the_difference(self):
        same = Comparison(2026, (1,), value=15, previous=10, libraries=1)
        assert "%" not in self.chart(same, same).title

    def test_without_a_panel_there_is_no_chart(self):
        assert self.chart(None, Comparison(2026, (1,), value=1, previous=1)) is None


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ((1, 2, 3), "Jan–Mar"),
        ((1, 3), "Jan, Mar"),
        ((12,), "Des"),
        ((1, 2, 5, 6, 8), "Jan–Feb, Mei–Jun, Agu"),
    ],
)
def test_span_words(months, words):
    assert span_words(months) == words
