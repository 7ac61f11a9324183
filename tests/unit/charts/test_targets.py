"""Ways to targets and areas beside them: what is drawn, and in which words."""

from typing import get_args

import pandas as pd
import pytest

from literasi import text
from literasi.charts.targets import MARKS, areas_chart, gap_words, path_chart, status_words
from literasi.domain.targets import Progress, Reason, Status, TargetSettings, Tolerance, assess
from literasi.settings import ROOT
from literasi.store.definitions import load_catalogue
from tests.frames import table, values

TGM = load_catalogue(ROOT / "data")["tgm"]
EDITION = TGM.edition("2021_2024")
SETTINGS = TargetSettings(source="rapat", tolerances={"index": Tolerance(on_track=1, attention=3)})


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


def judged(frame, *aims, area="21"):
    rows = [
        {
            "indicator_id": "tgm",
            "area_code": area,
            "year": year,
            "edition": EDITION.id,
            "value": value,
            "document": "Renstra",
        }
        for year, value in aims
    ]
    return assess(frame, table("targets", rows), indicator=TGM, area=area, settings=SETTINGS, this_year=2024)


def tgm(*rows, **more):
    return values(list(rows), **{"edition": EDITION.id} | more)


def path(frame, *aims, **more):
    found = judged(frame, *aims)
    return path_chart(
        frame, found, indicator=TGM, edition=EDITION, area="21", area_name="Kepulauan Riau", **more
    )


SERIES = tgm(("21", "2021", 60.0), ("21", "2023", 64.0))


def test_values_are_solid_targets_open_and_the_path_dashed():
    line, actual, aim = path(SERIES, (2025, 76.0)).figure.data
    assert (list(line.x), list(line.y), line.line.dash) == ([2021, 2025], [60.0, 76.0], "dash")
    assert list(actual.y) == [60.0, None, 64.0, None, None]
    assert actual.connectgaps is False
    assert (list(aim.x), list(aim.y), aim.marker.symbol) == ([2025], [76.0], "diamond-open")


def test_the_title_says_status_and_gap_and_the_note_what_is_still_needed():
    chart = path(SERIES, (2025, 76.0))
    assert chart.title == "TGM Kepulauan Riau: tertinggal, kurang 12,00 poin"
    assert "perlu 6,00 poin per tahun sampai 2025" in chart.notes
    assert "2023 64,00" in chart.alt
    assert "2025 76,00" in chart.alt


def test_values_of_another_edition_producer_or_running_year_are_not_drawn():
    frame = pd.concat(
        [
            tgm(("21", "2020", 10.0), edition="2020"),
            tgm(("21", "2022", 20.0), producer="survei sendiri"),
            tgm(("21", "2021", 60.0), ("21", "2023", 64.0), ("21", "2024", 30.0), producer="Perpusnas"),
        ]
    )
    actual = path(frame, (2025, 76.0), unfinished={"2024"}).figure.data[1]
    assert [v for v in actual.y if v is not None] == [60.0, 64.0]


def test_without_a_comparable_value_there_is_no_way_to_draw():
    assert path(tgm(("21", "2020", 10.0), edition="2020"), (2025, 76.0)) is None


def test_numbers_of_value_and_target_stand_on_opposite_sides():
    _, actual, aim = path(tgm(("21", "2021", 60.0), ("21", "2024", 73.0)), (2024, 72.0)).figure.data
    assert (actual.textposition[-1], aim.textposition[0]) == ("top center", "bottom center")


NAMES = {"21": "Kepulauan Riau", "21.01": "Bintan", "21.02": "Karimun"}


def areas(*found):
    return areas_chart(found, indicator=TGM, edition=EDITION, names=NAMES, focus="21.01")


def progress(area, value, **more):
    frame = tgm((area, "2023", 60.0), (area, "2024", value)) if value else tgm()
    return judged(frame, (2024, 72.0), area=area)[0]


def test_areas_with_the_same_target_stand_beside_each_other():
    chart = areas(progress("21", 73.0), progress("21.01", 70.0), progress("21.02", None))
    assert chart.title == "1 dari 3 wilayah mencapai target TGM 2024; 1 belum dapat dinilai"
    aim, actual = chart.figure.data
    assert list(aim.x) == [72.0] * 3
    assert list(actual.x) == [73.0, 70.0, None]
    assert list(actual.marker.symbol) == ["circle", "square", "circle-open"]
    under = " ".join(chart.figure.layout.yaxis.ticktext)
    assert all(word in under for word in ("✓ tercapai", "! perlu perhatian", "? data kurang", "▸ Bintan"))
    margin = [a.text for a in chart.figure.layout.annotations]
    assert margin == ["<b>+1,00</b>", "<b>-2,00</b>"]


def test_one_area_is_no_comparison():
    assert areas(progress("21", 73.0)) is None


def test_every_status_looks_different_without_colour():
    assert len({(mark.symbol, mark.sign) for mark in MARKS.values()}) == len(MARKS)
    assert len({mark.sign for mark in MARKS.values()}) == len(MARKS)


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_status_and_reason_has_words(language):
    text.use(language)
    for status in get_args(Status):
        assert text.t(f"targets.status.{status}")
    for reason in filter(None, get_args(Reason)):
        assert text.t(f"targets.reason.{reason}")
    text.use("id")


def test_gaps_and_reasons_in_words():
    assert gap_words(progress("21", 73.0), TGM) == "lebih 1,00 poin"
    assert gap_words(progress("21", 72.0), TGM) == "tepat pada target"
    assert gap_words(progress("21", None), TGM) == ""
    assert status_words(progress("21", None)) == "data kurang (nilainya belum ada)"
    assert status_words(Progress("tgm", "21", "no_target")) == "tanpa target"
