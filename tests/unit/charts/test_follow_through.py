"""Charts of follow-up and of data debt: what carries no verdict says so, what is unknown is not zero."""

import json
import math

import pandas as pd
import pytest

from literasi import text
from literasi.charts import data_debt as debt_charts
from literasi.charts import follow_through as charts
from literasi.domain import data_debt, turnover
from literasi.domain.data_debt import Standing
from literasi.domain.follow_through import Change, Comparison
from literasi.domain.statistics import Interval

CALM = {"cohort": "Semua bimtek", "sources": ("s",)}
FEW = Change(0.5, 0.7, Interval(0.2, 0.05, 0.35, 4))
MANY = Change(0.5, 0.7, Interval(0.2, 0.05, 0.35, 12))
NONE = Change(math.nan, math.nan, Interval(math.nan, math.nan, math.nan, 0))


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


def change_chart(changes, measure="reports"):
    return charts.change_chart(changes, name="x", measure=measure, **CALM)


class TestChange:
    def test_a_small_cohort_has_no_verdict_though_its_interval_lies_above_zero(self):
        chart = change_chart({3: FEW, 6: NONE, 12: NONE})
        assert chart.title == "4 perpustakaan: terlalu sedikit untuk disimpulkan"
        assert chart.figure.data[0].marker.symbol == "circle-open"
        assert list(chart.figure.data[0].x) == [20]  # points of a percentage
        assert "hubungan, bukan sebab-akibat" in chart.subtitle
        assert "Hubungan, bukan sebab-akibat" in chart.alt

    def test_a_large_one_says_the_change_of_the_window_with_most_libraries(self):
        chart = change_chart({3: FEW, 6: MANY, 12: NONE})
        assert chart.title == "6 bulan sesudah bimtek lebih tinggi +20 poin persen"
        assert [trace.marker.symbol for trace in chart.figure.data] == ["circle-open", "circle"]

    def test_a_window_without_libraries_is_empty_not_zero(self):
        chart = change_chart({3: MANY, 6: NONE, 12: NONE})
        assert len(chart.figure.data) == 1
        assert chart.table.iloc[1, 1] == 0
        assert chart.table.iloc[1, 2:].isna().all()
        words = [note.text for note in chart.figure.layout.annotations]
        assert words.count("belum ada yang dapat dihitung") == 2

    def test_nothing_to_draw_is_no_chart(self):
        assert change_chart({3: NONE, 6: NONE}) is None


class TestBeside:
    def test_both_groups_their_difference_and_what_they_began_with(self):
        found = Comparison(
            MANY, Change(0.8, 0.8, Interval(0.0, -0.1, 0.1, 15)), Interval(0.2, 0.02, 0.38, 12)
        )
        chart = charts.beside_chart(found, name="x", measure="reports", length=6, notes=("catatan",), **CALM)
        assert chart.title == "Perubahan perpustakaan terlatih lebih tinggi +20 poin persen"
        assert chart.table.iloc[:, 0].tolist() == ["Terlatih", "Belum terlatih", "Selisih keduanya"]
        assert chart.table.iloc[:, 1].tolist()[:2] == [12, 15]
        assert "Sebelum bimtek: terlatih 50, pembanding 80 persen laporan masuk." in chart.notes
        assert "catatan" in chart.notes
        assert any("Hubungan, bukan sebab-akibat" in note for note in chart.notes)

    def test_without_anybody_to_compare_there_is_none(self):
        none = Comparison(MANY, NONE, NONE.change)
        assert charts.beside_chart(none, name="x", measure="visits", length=3, **CALM) is None


class TestSeen:
    def test_hidden_counts_are_nowhere_in_the_chart(self):
        people = pd.DataFrame({"outcome": ["same"] * 217 + ["other"] * 2 + ["unseen"] * 431})
        chart = charts.seen_chart(
            turnover.outcomes(people, threshold=5), name="x", when="2023", threshold=5, sources=()
        )
        everything = json.dumps(chart.figure.to_plotly_json(), default=str) + chart.table.to_csv() + chart.alt
        assert "431" in everything
        assert "217" not in everything
        assert chart.title == "431 dari 650 orang terlatih tidak terlihat lagi"
        assert any("kurang dari 5 orang" in note for note in chart.notes)


class TestDebts:
    COMMON = {  # noqa: RUF012
        "name": "x",
        "labels": {"A": "Perpustakaan <A>", "B": "Perpustakaan B"},
        "areas": {"21": "Kepulauan Riau", "21.01": "Bintan"},
        "table": "Kunjungan bulanan",
        "area": "Kepulauan Riau",
        "span": "Jan–Jun 2026",
    }

    def debts(self, **more):
        row = {"regency": "21.01", "expected": 6, "gain": 0.1, "late": 0, "months": (), "lifts": ()}
        rows = [
            row | {"library_id": "A", "missing": 3, "is_known": True, "absent": 30.0, "share": 0.3},
            row | {"library_id": "B", "missing": 2, "is_known": False, "absent": 20.0, "share": 0.2},
        ]
        rows[0] |= {"absent_low": 30.0, "absent_high": 30.0, "share_low": 0.3, "share_high": 0.3}
        rows[1] |= {"absent_low": 5.0, "absent_high": 40.0, "share_low": 0.05, "share_high": 0.4}
        return pd.DataFrame([rows[0] | more, rows[1]]).reindex(columns=list(data_debt.DEBTS))

    def test_a_library_without_history_has_a_range(self):
        chart = debt_charts.debts_chart(self.debts(), **self.COMMON)
        known, unknown = chart.figure.data
        assert known.error_x.array is None
        assert unknown.error_x.array == pytest.approx((0.2,))
        assert [note.text for note in chart.figure.layout.annotations][1] == "<b>5,0–40,0%</b>"
        assert chart.title == "5 laporan kosong dari 2 perpustakaan"

    def test_one_that_lifts_a_figure_is_named_with_it(self):
        chart = debt_charts.debts_chart(self.debts(lifts=("21.01",)), **self.COMMON)
        assert chart.title == "Laporan Perpustakaan <A> saja mengangkat Bintan dari sementara"
        assert "&lt;A&gt;" in chart.figure.layout.yaxis.ticktext[0]

    def test_without_a_share_the_months_are_drawn(self):
        unknown = dict.fromkeys(("share_low", "share", "share_high"), math.nan)
        debts = self.debts().assign(**unknown, is_known=False)
        chart = debt_charts.debts_chart(debts, **self.COMMON)
        assert sorted(x for trace in chart.figure.data for x in trace.x) == [2, 3]

    def test_no_debt_no_chart(self):
        assert debt_charts.debts_chart(self.debts().assign(missing=0), **self.COMMON) is None

    def test_areas_say_what_they_still_need(self):
        standings = (Standing("21.01", 8, 20, 4, ("B",)), Standing("21", 30, 40, 0, ()))
        kept = {key: self.COMMON[key] for key in ("name", "labels", "areas", "table", "span")}
        chart = debt_charts.standings_chart(standings, limit=0.6, **kept)
        assert chart.title == "1 dari 2 wilayah masih sementara"
        assert "Bintan: 4 laporan lagi; paling sedikit dari Perpustakaan B." in chart.notes
        assert "Abu-abu: kurang dari 30 laporan wajib." in chart.notes
        enough = debt_charts.standings_chart(standings[1:], limit=0.6, **kept)
        assert not any("Abu-abu" in note for note in enough.notes)
        assert debt_charts.standings_chart((), limit=0.6, **kept) is None
