"""Charts of training: what is hidden is nowhere in them, what is unknown is not zero."""

import json
import math
import re

import pandas as pd
import pytest

from literasi import text
from literasi.charts.training import trained_chart, who_chart
from literasi.charts.training_reach import reach_areas_chart, reach_years_chart
from literasi.charts.training_results import attendance_chart, gain_chart, plans_chart, satisfaction_chart
from literasi.domain import training
from literasi.domain.trainees import who
from literasi.export.table import csv_bytes
from tests import frames

EVENTS = {"e-23": "Bimtek 2023", "e-24": "Bimtek 2024", "e-25": "Bimtek 2025"}
COMMON = {"labels": EVENTS, "when": "2023–2025", "threshold": 5, "sources": ("s",)}


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


def trainees(*groups, **more):
    """Participants from (event, how many, columns); post-tests vary a little so that intervals exist."""
    rows = []
    for event, count, columns in groups:
        for i in range(count):
            row = {
                "event_id": event,
                "area_code": "21.01",
                "participant_id": f"p-{len(rows)}",
                "sex": "female",
                "role": "manager",
            }
            rows.append(row | more | {k: v + (i % 3 if k == "post_score" else 0) if isinstance(v, int) else v
                                      for k, v in columns.items()})  # fmt: skip
    events = frames.table(
        "events",
        [{"event_id": e, "name": e, "kind": "bimtek", "date_start": f"20{e[-2:]}-06-03",
          "date_end": f"20{e[-2:]}-06-07", "area_code": "21"} for e in EVENTS],
    )  # fmt: skip
    return training.classify(
        frames.table("participants", rows),
        events=events,
        libraries=frames.table("libraries", [frames.library("a", "21.01")]),
    )


def everything(chart):
    """All that leaves the server with a chart: figure, words, table, CSV."""
    words = (chart.title, chart.subtitle, chart.alt, *chart.notes, *chart.fine_print)
    return chart.figure.to_json() + " ".join(words) + csv_bytes(chart, sources=()).decode()


def roles(chart_of, **more):
    counted = who(chart_of, by="role", threshold=5)
    labels = {code: code for code in counted["code"]}
    return who_chart(
        counted, name="c", dimension="role", labels=labels, scope="semua", when="2024", threshold=5, **more
    )


class TestWho:
    def test_hidden_numbers_are_nowhere(self):
        rows = trainees(
            ("e-24", 61, {}), ("e-24", 17, {"role": "official"}), ("e-24", 3, {"role": "volunteer"})
        )
        chart = roles(rows)
        bars = json.loads(chart.figure.to_json())["data"][0]
        assert bars["text"] == ["61 (75%)", "", ""]
        assert chart.figure.data[0].x[0] == 61
        assert all(math.isnan(x) for x in chart.figure.data[0].x[1:])
        assert [a.text for a in chart.figure.layout.annotations] == ["(disembunyikan)"] * 2
        assert chart.table["Peserta"].tolist() == ["61", "(disembunyikan)", "(disembunyikan)"]
        assert chart.table["Bagian"].tolist() == ["75%", "(disembunyikan)", "(disembunyikan)"]
        assert "17" not in chart.alt + csv_bytes(chart, sources=()).decode()
        assert any("kurang dari 5 orang" in note for note in chart.notes)

    def test_the_largest_group_is_the_finding(self):
        chart = roles(trainees(("e-24", 20, {}), ("e-24", 7, {"role": "official"})))
        assert chart.title == "manager terbanyak: 20 dari 27 peserta"
        assert chart.notes == ()
        assert chart.table["Peserta"].tolist() == [20, 7]

    def test_no_group_is_called_the_largest_where_a_hidden_one_may_be(self):
        groups = (("e-24", 10, {}), ("e-24", 9, {"role": "official"}), ("e-24", 3, {"role": "volunteer"}))
        assert roles(trainees(*groups)).title == "Sebagian jumlah menurut peran disembunyikan"

    def test_a_tie_names_nobody(self):
        chart = roles(trainees(("e-24", 8, {}), ("e-24", 8, {"role": "official"})))
        assert chart.title == "16 peserta, terbagi atas 2 kelompok peran"

    def test_not_stated_stands_last_and_is_no_finding(self):
        chart = roles(
            trainees(("e-24", 30, {"role": None}), ("e-24", 9, {}), ("e-24", 6, {"role": "official"}))
        )
        assert chart.table.iloc[:, 0].tolist() == ["manager", "official", "not_stated"]
        assert chart.title.startswith("manager terbanyak")

    def test_names_from_data_are_inert(self):
        counted = who(trainees(("e-24", 12, {})), by="event", threshold=5)
        chart = who_chart(counted, name="c", dimension="event", labels={"e-24": "<b>Bimtek</b>"}, scope="s",
                          when="w", threshold=5)  # fmt: skip
        assert "<b>Bimtek" not in chart.figure.to_json().replace("\\u003c", "<")


class TestTrained:
    VALUES = frames.values([("21", "2019", 28), ("21", "2023", 20), ("21", "2024", 22)])
    HELD = frames.table(
        "events",
        [
            {"event_id": "a", "name": "Bimtek 2019", "kind": "bimtek", "date_start": "2019-06-17",
             "date_end": "2019-06-21", "venue": "Aston", "area_code": "21.72",
             "participants_published": 28, "source_id": "s1",
             "note": "4 dari provinsi, <i>12</i> dari Bintan"},
            {"event_id": "b", "name": "Bimtek 2023", "kind": "bimtek", "date_start": "2023-06-05",
             "date_end": "2023-06-09", "area_code": "21.72", "participants_published": 20, "source_id": "s2"},
        ],
    )  # fmt: skip

    def chart(self, **more):
        return trained_chart(
            self.VALUES, self.HELD, name="c", area="Kepulauan Riau", last_year=2025, threshold=5, **more
        )

    def test_a_year_without_a_number_is_a_dash(self):
        chart = self.chart()
        bars = chart.figure.data[0]
        assert [None if pd.isna(y) else y for y in bars.y] == [28, None, None, None, 20, 22, None]
        assert [a.x for a in chart.figure.layout.annotations] == [1, 2, 3, 6]
        assert {a.text for a in chart.figure.layout.annotations} == {"–"}
        assert chart.table.loc[chart.table["Tahun"] == "2021", "Peserta setahun"].isna().all()
        assert any("2020, 2021, 2022, 2025" in note for note in chart.notes)

    def test_bars_start_at_zero_and_events_and_notes_are_reachable(self):
        chart = self.chart()
        assert chart.figure.layout.yaxis.range[0] == 0
        assert "4 dari provinsi, &lt;i&gt;12&lt;/i&gt; dari Bintan" in chart.figure.data[0].hovertext[0]
        assert "4 dari provinsi, <i>12</i> dari Bintan" in chart.table["Catatan"].tolist()
        assert chart.sources == ("s1", "s2")
        assert chart.title == "70 peserta pada 2 bimtek, 2019–2024"

    def test_a_hidden_year_is_nowhere(self):
        chart = self.chart(hidden={"2024"})
        assert "22" not in [*chart.figure.data[0].text, *map(str, chart.figure.data[0].y)]
        assert "22 peserta" not in everything(chart)
        assert "sebagian jumlah disembunyikan" in chart.title

    def test_nothing_known_is_no_chart(self):
        empty = self.VALUES.iloc[:0]
        assert trained_chart(empty, self.HELD, name="c", area="x", last_year=2025, threshold=5) is None


class TestGain:
    def chart(self, *groups):
        values = training.gain_by(trainees(*groups), by="event", threshold=5)
        return gain_chart(values, name="c", by="event", **COMMON)

    def test_dots_with_intervals_pairs_and_the_caveat(self):
        chart = self.chart(
            ("e-23", 12, {"pre_score": 50, "post_score": 60}),
            ("e-24", 9, {"pre_score": 50, "post_score": 70}),
        )
        dots = chart.figure.data[0]
        assert list(dots.x) == [11, 21]
        assert all(width > 0 for width in dots.error_x.array)
        assert chart.figure.layout.yaxis.ticktext == (
            'Bimtek 2023<br><span style="font-size:11px">12 pasang nilai</span>',
            'Bimtek 2024<br><span style="font-size:11px">9 pasang nilai</span>',
        )
        assert chart.title == "Nilai akhir lebih tinggi di 2 dari 2 bimtek terukur"
        assert "bukan bukti akibat" in chart.notes[0]
        assert chart.table["Pasang nilai"].tolist() == [12, 9, 21]

    def test_a_small_group_is_hidden_with_its_mean_and_its_pairs(self):
        chart = self.chart(
            ("e-23", 3, {"pre_score": 40, "post_score": 90}),
            ("e-24", 14, {"pre_score": 50, "post_score": 60}),
            ("e-25", 20, {"pre_score": 50, "post_score": 55}),
        )
        assert list(chart.figure.data[0].y) == [2]
        words = [a.text for a in chart.figure.layout.annotations]
        assert words.count("(disembunyikan)") == 2
        assert "3 pasang" not in everything(chart)
        assert "14 pasang" not in everything(chart)
        assert chart.table["Keterangan"].tolist() == ["(disembunyikan)", "(disembunyikan)", "", ""]

    def test_an_event_without_pairs_is_said_not_drawn_as_zero(self):
        chart = self.chart(("e-23", 12, {}), ("e-24", 9, {"pre_score": 50, "post_score": 70}))
        assert list(chart.figure.data[0].y) == [1]
        assert "tidak ada pasangan nilai" in [a.text for a in chart.figure.layout.annotations]

    def test_no_group_above_zero_claims_no_rise(self):
        chart = self.chart(("e-23", 12, {"pre_score": 61, "post_score": 60}))
        assert chart.title == "Kenaikan nilai belum dapat dibedakan dari nol"

    def test_nobody_tested_is_no_chart(self):
        assert self.chart(("e-23", 12, {})) is None


def test_satisfaction_is_drawn_on_its_whole_scale():
    rows = trainees(("e-23", 6, {"satisfaction": 3.0}), ("e-24", 6, {"satisfaction": 4.0}))
    values = training.satisfaction_by(rows, by="event", threshold=5)
    chart = satisfaction_chart(values, name="c", by="event", **COMMON)
    low, high = chart.figure.layout.xaxis.range
    assert low < 1
    assert high > 4
    assert chart.title == "Kepuasan rata-rata 3,5 dari 4 (12 jawaban)"


def test_attendance_shows_both_parts_and_hides_small_groups():
    rows = trainees(
        ("e-23", 40, {"hours_attended": 36.0, "hours_due": 40.0}),
        ("e-24", 12, {"hours_attended": 31.0, "hours_due": 40.0}),
        ("e-25", 2, {"hours_attended": 13.0, "hours_due": 40.0}),
    )
    values = training.attendance_by(rows, by="event", threshold=5)
    chart = attendance_chart(values, name="c", by="event", **COMMON)
    bars = chart.figure.data[0]
    assert bars.x[0] == pytest.approx(0.9)
    assert bars.x[1:] == (None, None)
    assert "1.440 dari 1.600" in chart.figure.layout.yaxis.ticktext[0]
    assert all(hidden not in everything(chart) for hidden in ("372", "26 dari 80", "31%", "78%"))
    assert chart.figure.layout.xaxis.range[0] == 0


def test_few_without_a_result_are_nowhere_to_be_subtracted():
    """Of 40 who came, 37 have results: neither 37, nor 3, nor 37 times 40 hours leave the server."""
    result = {
        "pre_score": 50,
        "post_score": 60,
        "hours_attended": 36.0,
        "hours_due": 40.0,
        "satisfaction": 3.0,
    }
    rows = trainees(("e-23", 37, result), ("e-23", 3, {}))
    common = COMMON | {"name": "c", "by": "event"}
    made = {
        "pasang nilai": gain_chart(training.gain_by(rows, by="event", threshold=5), **common),
        "jawaban": satisfaction_chart(training.satisfaction_by(rows, by="event", threshold=5), **common),
        "peserta": attendance_chart(training.attendance_by(rows, by="event", threshold=5), **common),
    }
    for unit, chart in made.items():
        said = everything(chart)
        assert f"sedikitnya 35 {unit}" in said
        assert "sedikitnya 35" in chart.table["Keterangan"].tolist()
        assert not re.search(r"\b37\b|1[.]?332|1[.]?480", said)
    assert list(made["peserta"].figure.data[0].x) == [0.9]


class TestPlans:
    def chart(self, *groups):
        rows = trainees(*groups, has_plan=True)
        return plans_chart(
            training.plan_status(rows, threshold=5), name="c", when="2024", threshold=5, sources=()
        )

    def test_no_report_is_a_state_of_its_own(self):
        chart = self.chart(("e-24", 12, {"plan_status_180": "done"}), ("e-24", 8, {}))
        parts = {trace.name: trace.x for trace in chart.figure.data}
        assert parts["Selesai"][2] == pytest.approx(0.6)
        assert parts["Belum melapor"] == (1.0, 1.0, 0.4)
        assert parts["Belum dimulai"] == (0, 0, 0)
        assert chart.title == "Setelah 180 hari: 60% RTL selesai, 40% belum melapor"

    def test_hidden_states_are_one_rest(self):
        chart = self.chart(
            ("e-24", 30, {"plan_status_30": "done"}),
            ("e-24", 3, {"plan_status_30": "not_started"}),
            ("e-24", 7, {"plan_status_30": "in_progress"}),
        )
        rest = next(trace for trace in chart.figure.data if trace.name == "(disembunyikan)")
        assert rest.x[0] == pytest.approx(0.25)
        drawn = {trace.name: trace.x[0] for trace in chart.figure.data if trace.name != "(disembunyikan)"}
        assert math.isnan(drawn["Belum dimulai"])
        assert math.isnan(drawn["Sedang berjalan"])
        assert "(disembunyikan)" in chart.alt

    def test_nobody_with_a_plan_is_no_chart(self):
        rows = trainees(("e-24", 9, {}))
        assert (
            plans_chart(training.plan_status(rows, threshold=5), name="c", when="w", threshold=5, sources=())
            is None
        )


def reach_values(*rows):
    frame = frames.values([(area, period, 100 * n / d) for area, period, n, d in rows])
    return frame.assign(numerator=[float(r[2]) for r in rows], denominator=[float(r[3]) for r in rows])


class TestReach:
    def test_years_show_parts_and_few_libraries_stand_in_words(self):
        values = reach_values(("21", "2019", 2, 8), ("21", "2024", 25, 48))
        chart = reach_years_chart(values, name="c", area="Kepulauan Riau", sources=())
        assert chart.figure.data[0].y == (None, pytest.approx(25 / 48))
        assert chart.figure.data[0].text[0] == "2 dari 8"
        assert chart.title == "25 dari 48 perpustakaan mitra terlatih sampai 2024 (52%)"
        assert chart.figure.layout.yaxis.range[0] == 0

    def test_a_newest_year_of_few_libraries_has_no_percentage_in_the_title(self):
        chart = reach_years_chart(reach_values(("21", "2019", 2, 8)), name="c", area="x", sources=())
        assert "%" not in chart.title

    def test_areas_below_ten_have_no_bar_and_absent_ones_are_named(self):
        values = reach_values(("21.01", "2024", 4, 9), ("21.02", "2024", 0, 12))
        names = {"21.01": "Bintan", "21.02": "Karimun", "21.03": "Natuna"}
        chart = reach_areas_chart(values, name="c", names=names, period="2024", area="x", sources=())
        assert chart.figure.data[0].x == (None, 0.0)
        assert chart.title == "1 dari 2 kabupaten/kota punya perpustakaan terlatih"
        assert any("Natuna" in note for note in chart.notes)
