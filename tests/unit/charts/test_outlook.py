"""The coming months are told apart from the known ones by line, band, words and table."""

import pandas as pd
import pytest

from literasi import text
from literasi.charts.monthly import months_chart
from literasi.charts.over_time import over_time_chart
from literasi.domain.outlook import Refusal, outlook
from tests.unit.domain.test_outlook import series, year_after_year

NO_EVENTS = pd.DataFrame({"kind": [], "name": [], "date_start": []})


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


def chart(rows, ahead, **options):
    return months_chart(rows, name="x", measure="visits", area="Natuna", ahead=ahead, **options)


def names(found):
    return [trace.name for trace in found.figure.data]


def test_the_forecast_is_dashed_with_a_band_after_the_last_month():
    rows = series(year_after_year(24))
    found = chart(rows, outlook(rows))
    line = next(trace for trace in found.figure.data if trace.name == "prakiraan")
    assert list(line.x) == [24, 25, 26, 27, 28, 29]
    assert list(line.y) == [110, 111, 112, 113, 114, 115]
    assert line.line.dash == "dash"
    low = next(trace for trace in found.figure.data if trace.name == "rentang 80%")
    high = found.figure.data[list(found.figure.data).index(low) - 1]
    assert low.fill == "tonexty"
    assert list(low.y) == [100, 101, 102, 103, 104, 105]
    assert list(high.y) == [120, 121, 122, 123, 124, 125]
    assert found.figure.layout.xaxis.range[1] == 29.6
    assert line.hovertext[0] == "Januari 2024 (prakiraan)<br>110 kunjungan<br>rentang 80%: 100–120"


def test_it_is_said_in_words_with_its_way_and_error():
    rows = series(year_after_year(24))
    found = chart(rows, outlook(rows))
    said = "Prakiraan Januari 2024: sekitar 110 kunjungan; dengan peluang 80% antara 100 dan 120."
    assert found.notes[0] == said
    assert found.alt.endswith(said)
    assert (
        "dari 24 bulan (Januari 2022–Desember 2023); galat rata-ratanya selama ini 10 kunjungan"
        in found.notes[1]
    )
    assert "mulai 36 bulan" in found.notes[1]


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (lambda v, n: v[-12:][:n] + 10, "galat rata-ratanya 0 kunjungan, lebih kecil daripada"),
        (lambda v, n: v[-12:][:n] + 30, "galat rata-ratanya 10 kunjungan, tidak lebih besar daripada model"),
    ],
)
def test_both_errors_are_said_where_a_model_was_tried(model, words):
    rows = series(year_after_year(36))
    assert words in chart(rows, outlook(rows, model=model)).notes[1]


def test_the_table_twin_has_the_coming_months_with_their_band():
    rows = series(year_after_year(24))
    table = chart(rows, outlook(rows)).table
    assert len(table) == 30
    assert table["Batas bawah 80%"].tolist()[23:26] == pytest.approx([float("nan"), 100, 101], nan_ok=True)
    assert table.iloc[24].tolist()[:2] == ["Januari 2024", 110]
    assert table.iloc[24, 4] == "prakiraan"
    assert chart(rows, None).table.shape == (24, 5)


def test_months_still_under_way_are_drawn_and_forecast():
    rows = series(year_after_year(26))
    rows.loc[25, "received"] = 1
    found = chart(rows, outlook(rows))
    line = next(trace for trace in found.figure.data if trace.name == "prakiraan")
    assert list(line.x) == [25, 26, 27, 28, 29, 30]
    assert len(found.table) == 26 + 6


def test_fewer_years_shown_move_the_forecast_along():
    rows = series(year_after_year(30))
    line = next(t for t in chart(rows[24:], outlook(rows)).figure.data if t.name == "prakiraan")
    assert list(line.x) == [6, 7, 8, 9, 10, 11]


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (Refusal("short", has=18), "baru ada 18 bulan berturut-turut, perlu 24"),
        (Refusal("hole", has=10, period="2023-08"), "Agustus 2023 tanpa laporan; sejak itu baru 10 bulan"),
        (Refusal("thin", has=10, period="2023-08", share=0.5), "pada Agustus 2023 hanya 50% laporan masuk"),
        (Refusal("unexpected", has=10, period="2023-08"), "belum ada perpustakaan yang wajib lapor"),
        (Refusal("late", has=3, needs=2, period="2024-03"), "3 bulan terbaru belum cukup laporan"),
        (Refusal("small", has=7, needs=20), "hanya 7 sebulan"),
        (Refusal("stock"), "keadaan pada akhir bulan"),
        (Refusal("empty"), "belum ada laporan"),
    ],
)
def test_a_refusal_draws_nothing_and_says_why_with_its_numbers(refusal, words):
    found = chart(series([5, 6, 7]), refusal)
    assert names(found) == names(chart(series([5, 6, 7]), None))
    assert found.notes[0].startswith("Prakiraan belum dapat dibuat: ")
    assert words in found.notes[0]


@pytest.mark.parametrize(
    ("grain", "mode"), [("year", "value"), ("month", "cumulative"), ("month", "same_month")]
)
def test_only_months_as_they_are_have_a_forecast(grain, mode):
    rows = series(year_after_year(24))
    options = {"measure": "visits", "area": "Natuna", "grain": grain, "mode": mode, "events": NO_EVENTS}
    found = over_time_chart(rows, name="x", ahead=outlook(rows), **options)
    assert "prakiraan" not in names(found)
    assert not any("rakiraan" in note for note in found.notes)
