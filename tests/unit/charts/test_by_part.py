"""Charts of parts: categories, days, areas, libraries; every number can be read and every blank explained."""

import pandas as pd
import pytest

from literasi import text
from literasi.charts import bars, calendar, dots, events, named, rates, reporting
from literasi.domain.activities import NOT_STATED
from literasi.domain.indicators import Edition, Indicator


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


class TestGroups:
    GROUPS = pd.DataFrame(
        {
            "group": ["Pendidikan", "Kesehatan", NOT_STATED],
            "activities": [6, 3, 1],
            "people": [120.0, None, None],
            "is_suppressed": [False, True, False],
        }
    )

    def chart(self):
        return bars.groups_chart(self.GROUPS, name="x", column="field", area="Natuna", when="2025")

    def test_each_bar_says_its_number_and_share(self):
        assert list(self.chart().figure.data[0].text) == ["6 (60%)", "3 (30%)", "1 (10%)"]

    def test_a_hidden_number_is_said_to_be_hidden_everywhere(self):
        chart = self.chart()
        assert chart.table["Peserta kegiatan"].tolist() == ["120", "disembunyikan", "–"]
        assert "disembunyikan" in [a.text for a in chart.figure.layout.annotations]
        assert "disembunyikan" in chart.figure.data[1].hovertext[1]

    def test_what_is_not_stated_has_its_own_row(self):
        assert self.chart().table["Bidang"].tolist()[-1] == "tidak disebutkan"

    def test_axes_start_at_zero(self):
        layout = self.chart().figure.layout
        assert layout.xaxis.range[0] == layout.xaxis2.range[0] == 0


class TestGroupsByYear:
    COUNTS = pd.DataFrame(
        {
            "group": ["Pendidikan", "Pendidikan", "Baru <b>", "Baru <b>"],
            "year": [2025, 2026, 2025, 2026],
            "activities": [8, 3, 1, 0],
        }
    )

    def chart(self, counts=COUNTS):
        return bars.groups_by_year_chart(
            counts, name="x", column="field", area="Natuna", part_years={2026: "Jan–Jun"}
        )

    def test_all_panels_have_one_scale(self):
        layout = self.chart().figure.layout
        assert layout.yaxis.range == layout.yaxis2.range

    def test_a_part_of_a_year_is_hatched_and_named(self):
        chart = self.chart()
        whole, part = chart.figure.data[:2]
        assert (list(whole.y), list(part.y)) == ([8], [3])
        assert part.marker.pattern.shape == "/"
        assert "2026 Jan–Jun" in chart.table.columns

    def test_a_new_value_from_data_is_shown_and_inert(self):
        assert any("Baru &lt;b&gt;" in a.text for a in self.chart().figure.layout.annotations)

    def test_one_year_is_no_comparison(self):
        assert self.chart(self.COUNTS[self.COUNTS["year"] == 2025]) is None


class TestCalendar:
    def days(self, **states):
        """A year of which each given month-day has that state; the others are not expected."""
        out = pd.DataFrame({"date": pd.date_range("2025-01-01", "2025-12-31", unit="us")})
        key = out["date"].dt.strftime("d%m%d")
        out["state"] = key.map(states).fillna("not_expected")
        out["activities"] = out["state"].map({"reported": 3.0, "zero": 0.0})
        return out

    def chart(self, **states):
        return calendar.calendar_chart(self.days(**states), name="x", year=2025, area="Natuna")

    def test_reported_zero_missing_and_not_expected_look_different(self):
        chart = self.chart(d0101="reported", d0102="zero", d0103="missing")
        grid = chart.figure.data[0].z
        wednesday, thursday, friday, saturday = grid[2][0], grid[3][0], grid[4][0], grid[5][0]
        assert (wednesday, thursday, friday) == (2.0, 0.0, 5.0)
        assert pd.isna(saturday)
        marks = chart.figure.data[1]
        assert marks.marker.symbol == "x-thin"
        assert list(marks.y) == [4]

    def test_legend_names_missing_only_when_there_is_any(self):
        assert "tidak ada laporan" in [t.name for t in self.chart(d0101="zero", d0103="missing").figure.data]
        assert "tidak ada laporan" not in [t.name for t in self.chart(d0101="zero").figure.data]

    def test_days_and_months_are_in_the_language_of_the_user(self):
        chart = self.chart(d0101="reported")
        assert chart.figure.layout.yaxis.ticktext[0] == "Sen"
        assert chart.figure.layout.xaxis.ticktext[4] == "Mei"
        assert "Rabu, 1 Januari 2025" in chart.figure.data[0].hovertext[2][0]

    def test_a_half_year_without_expectation_is_not_drawn(self):
        chart = self.chart(d0101="reported")
        assert sum(t.type == "heatmap" for t in chart.figure.data) == 1

    def test_there_is_no_chart_without_any_report(self):
        assert self.chart(d0103="missing") is None


NAMES = {"21.01": "Bintan", "21.02": "Karimun", "21.03": "Natuna"}


def rate_rows(*rows):
    names = ["area_code", "numerator", "denominator", "received", "expected"]
    out = pd.DataFrame(rows, columns=names).assign(period="2025", denominator_year=2025.0, source_id="s")
    return out


class TestRates:
    PARTS = rate_rows(("21.01", 50, 1000, 9, 10), ("21.02", 90, 1000, 1, 10))
    WHOLE = rate_rows(("21", 140, 2000, 10, 20))

    def chart(self, **options):
        return rates.rates_chart(
            self.PARTS,
            name="x",
            rate="loans",
            names=NAMES,
            whole=self.WHOLE,
            whole_name="Kepulauan Riau",
            period="2025",
            months=options.pop("months", tuple(range(1, 13))),
            per=1000,
            decimals=1,
            **options,
        )

    def test_the_rate_of_the_whole_is_a_sum_over_a_sum(self):
        chart = self.chart()
        found = dict(zip(chart.table["Wilayah"], chart.table["pinjaman per 1.000 penduduk"], strict=True))
        assert found == {"Karimun": 90.0, "Kepulauan Riau": 70.0, "Bintan": 50.0}

    def test_numerator_and_denominator_stand_beside_each_bar(self):
        assert self.chart().figure.data[0].y[0] == "Karimun<br>90 ÷ 1.000"

    def test_few_reports_are_hatched(self):
        assert list(self.chart().figure.data[0].marker.pattern.shape) == ["/", "/", ""]

    def test_an_area_without_report_is_named_and_not_drawn_as_zero(self):
        chart = self.chart()
        assert not any("Natuna" in label for label in chart.figure.data[0].y)
        assert any("Natuna" in note for note in chart.notes)

    def test_a_small_denominator_is_last_and_hollow(self):
        chart = self.chart(minimum_n=1500)
        assert chart.figure.data[0].marker.color[-1] == rates.HOLLOW
        assert chart.figure.data[0].y[0].startswith("Kepulauan Riau")

    def test_a_part_of_a_year_is_named_and_not_annualised(self):
        chart = self.chart(months=(1, 2, 3))
        assert "2025 (Jan–Mar)" in chart.subtitle
        assert any("tidak disetahunkan" in note for note in chart.notes)

    def test_the_year_of_the_population_is_said(self):
        assert "(2025)" in self.chart().figure.data[0].hovertext[0]
        assert self.chart().table["Tahun penduduk"].tolist() == ["2025"] * 3


class TestReporting:
    def test_a_month_without_expectation_is_blank(self):
        coverage = pd.DataFrame(
            {"area_code": ["21.01"], "period": ["2025-01"], "received": [3], "expected": [4]}
        )
        chart = reporting.reporting_chart(
            coverage, name="x", names=NAMES, periods=["2025-01", "2025-02"], report="r", area="Kepri"
        )
        assert list(chart.figure.data[0].z[0]) == [75, None]
        assert "75%" in chart.title

    def test_a_month_of_which_nothing_came_has_a_mark_of_its_own(self):
        coverage = pd.DataFrame(
            {
                "area_code": ["21.01"] * 2,
                "period": ["2025-01", "2025-02"],
                "received": [0, 3],
                "expected": [4, 4],
            }
        )
        chart = reporting.reporting_chart(
            coverage, name="x", names=NAMES, periods=["2025-01", "2025-02"], report="r", area="Kepri"
        )
        assert list(chart.figure.data[0].z[0]) == [None, 75]
        mark = chart.figure.data[-1]
        assert (list(mark.x), mark.marker.symbol) == ([0], "x-thin")
        assert "0 dari 4" in mark.hovertext[0]

    def test_the_states_of_a_library_stay_apart(self):
        states = pd.DataFrame(
            {
                "library_id": ["A"] * 4,
                "area_code": ["21.01"] * 4,
                "period": ["2025-01", "2025-02", "2025-03", "2025-04"],
                "state": ["reported", "zero", "missing", "not_expected"],
            }
        )
        chart = reporting.states_chart(states, name="x", names={"A": "Perpus"}, report="r", area="Bintan")
        drawn = {trace.name: (list(trace.x), trace.marker.symbol) for trace in chart.figure.data}
        assert drawn == {
            "melapor": ([0], "square"),
            "melapor nol": ([1], "diamond-open"),
            "tidak ada laporan": ([2], "x-thin"),
        }
        assert chart.table["Keadaan"].tolist()[2:] == ["tidak ada laporan", "belum wajib melapor"]


class TestNamed:
    FIGURES = pd.DataFrame(
        {
            "subject": ["Umum", "Umum", "Umum", "Khusus"],
            "area_code": ["21.72"] * 4,
            "year": [2012, 2014, 2018, 2016],
            "part": ["", "", "to_june", ""],
            "value": [10742.0, 13818.0, 18000.0, 803.0],
            "status": ["reported", "reported", "estimated", "reported"],
            "source_id": ["a", "a", "b", "c"],
            "note": [None] * 4,
        }
    )
    TARGETS = pd.DataFrame(
        {"subject": ["Umum"], "year": [2018], "value": [33000.0], "document": ["Target"], "source_id": ["d"]}
    )

    def chart(self):
        return named.named_visits_chart(self.FIGURES, self.TARGETS, name="x", area="Kepri")

    def test_a_year_without_figure_has_no_bar_and_nothing_joins_its_neighbours(self):
        chart = self.chart()
        assert list(chart.figure.data[0].x) == [2012, 2014]
        assert all("lines" not in (t.mode or "") for t in chart.figure.data if t.type == "scatter")

    def test_a_part_of_a_year_is_hatched(self):
        part = self.chart().figure.data[1]
        assert part.type == "bar"
        assert list(part.x) == [2018]
        assert part.marker.pattern.shape == "/"
        assert "Jan–Jun" in part.hovertext[0]

    def test_targets_are_drawn_and_cited(self):
        chart = self.chart()
        assert [33000] in [list(t.y) for t in chart.figure.data]
        assert set(chart.sources) == {"a", "b", "c", "d"}

    def test_first_largest_and_last_value_are_written_whatever_the_width(self):
        words = next(t for t in self.chart().figure.data if t.type == "scatter" and t.mode == "text")
        assert list(words.text) == ["10.742", "18.000"]

    def test_the_finding_compares_whole_years_only(self):
        assert self.chart().title == "Umum: 10.742 (2012), 13.818 (2014)"


class TestDots:
    def values(self, *rows):
        out = pd.DataFrame(rows, columns=["period", "value"])
        return out.assign(edition="e", source_id="s", is_preferred=True)

    def chart(self, own, benchmark):
        indicator = Indicator.model_construct(
            id="reading_population_share",
            unit="percent",
            decimals=2,
            caveats=(),
            editions=(Edition.model_construct(id="e", label="Edisi"),),
        )
        return dots.benchmark_chart(
            own, benchmark, indicator, name="x", own_name="Kepri", benchmark_name="Indonesia"
        )

    def test_the_benchmark_stands_beside_the_area_with_the_gap_in_points(self):
        chart = self.chart(self.values(("2024", 59.75)), self.values(("2021", 51.1), ("2024", 53.09)))
        assert chart.title == "Kepri 59,75%, Indonesia 53,09% (2024)"
        assert [a.text for a in chart.figure.layout.annotations] == ["+6,66 poin"]

    def test_a_period_without_figure_has_no_dot_and_is_named(self):
        chart = self.chart(self.values(("2024", 59.75)), self.values(("2021", 51.1), ("2024", 53.09)))
        assert list(chart.figure.data[1].y) == ["2024"]
        assert any("2021" in note for note in chart.notes)


class TestEvents:
    def test_every_event_has_a_mark_and_trainings_stand_out(self):
        rows = pd.DataFrame(
            {
                "kind": ["bimtek", "contest"],
                "name": ["Bimtek", "<i>Lomba</i>"],
                "date_start": pd.to_datetime(["2024-06-03", "2025-05-05"]),
                "area_code": ["21.72", "21.72"],
                "participants_published": pd.array([22, None], dtype="Int64"),
                "venue": ["Hotel", None],
                "source_id": ["a", "b"],
            }
        )
        chart = events.events_chart(
            rows, name="x", names={"21.72": "Tanjungpinang"}, area="Kepri", period="2024–2025"
        )
        marks = chart.figure.data[0]
        assert list(marks.marker.symbol) == ["triangle-down", "circle"]
        assert "22" in marks.hovertext[0]
        assert "tidak disebut" in marks.hovertext[1]
        assert "&lt;i&gt;" in marks.hovertext[1]
        assert chart.title == "2 acara diumumkan, 1 di antaranya bimtek"
