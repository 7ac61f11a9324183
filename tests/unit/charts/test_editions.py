"""Nothing is drawn across a change of method, and only what is preferred."""

import pandas as pd
import pytest

from literasi import text
from literasi.charts.editions import area_chart, component_chart, edition_chart
from literasi.settings import ROOT
from literasi.store.definitions import load_catalogue
from tests.frames import values

CATALOGUE = load_catalogue(ROOT / "data")
TGM = CATALOGUE["tgm"]
EDITION = TGM.edition("2021_2024")
NAMES = {"21": "Kepulauan Riau", "00": "Indonesia"}
ROWS = [("21", "2021", 61.83), ("21", "2023", 65.80), ("21", "2024", 73.69), ("00", "2024", 72.44)]


def _frame(rows, edition=EDITION.id, **more):
    return values(rows, edition=edition, **more)


def _chart(frame, **more):
    given = {"indicator": TGM, "edition": EDITION, "names": NAMES, "focus": "21"}
    return edition_chart(frame, **{**given, **more})


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


def _line(chart, name):
    return next(trace for trace in chart.figure.data if trace.name == name)


def test_a_year_without_a_value_is_a_gap():
    line = _line(_chart(_frame(ROWS)), "Kepulauan Riau")
    assert list(line.x) == ["2021", "2022", "2023", "2024"]
    assert line.y[1] != line.y[1]
    assert line.connectgaps is False


def test_another_edition_is_not_drawn():
    other = _frame([("21", "2020", 55.0)], edition="2020")
    chart = _chart(pd.concat([other, _frame(ROWS)], ignore_index=True))
    assert "2020" not in chart.figure.data[0].x


def test_only_the_preferred_value_is_drawn_and_the_others_are_mentioned():
    both = pd.concat([_frame(ROWS), _frame([("21", "2024", 73.60)], is_preferred=False)], ignore_index=True)
    chart = _chart(both)
    assert list(_line(chart, "Kepulauan Riau").y)[-1] == 73.69
    assert text.t("indices.has_alternatives") in chart.notes
    assert text.t("indices.has_alternatives") not in _chart(_frame(ROWS)).notes


def test_what_the_data_of_an_indicator_lack_stands_under_its_series():
    """Lists of some years were never found, so a flat line there is not "nobody joined"."""
    partners = CATALOGUE["tpbis_libraries"]
    edition = partners.editions[-1]
    frame = _frame([("21", "2019", 9.0), ("21", "2020", 9.0)], edition=edition.id)
    assert partners.notes
    assert set(partners.notes) <= set(_chart(frame, indicator=partners, edition=edition).notes)


def test_the_finding_compares_with_the_nation_of_the_same_year_only():
    assert "1,25 poin di atas nasional (2024)" in _chart(_frame(ROWS)).title
    older = [row for row in ROWS if row[0] == "21"] + [("00", "2023", 66.77)]
    assert "nasional" not in _chart(_frame(older)).title


def test_each_year_lies_on_the_bands_of_its_own_family():
    shapes = _chart(_frame(ROWS)).figure.layout.shapes
    assert {round(s.y1, 1) for s in shapes if s.x0 < 1} >= {20.1, 40.1, 60.1, 80.1}
    assert {round(s.y1, 1) for s in shapes if s.x0 > 1.4} >= {25.1, 50.1, 75.1}


@pytest.mark.parametrize(("value", "anchor"), [(61.83, "top"), (59.23, "top"), (72.0, "bottom")])
def test_the_name_of_a_band_stands_clear_of_the_value(value, anchor):
    figure = _chart(_frame([("21", "2021", value), ("21", "2022", 70.0)])).figure
    high = next(a for a in figure.layout.annotations if a.text == "tinggi")
    assert high.yanchor == anchor


def test_nothing_to_draw_is_none():
    assert _chart(_frame([("21.01", "2024", 50.0)])) is None
    assert (
        area_chart(_frame(ROWS), indicator=TGM, edition=EDITION, names={"21.01": "Bintan"}, focus="21")
        is None
    )


def test_areas_without_a_value_are_named():
    chart = area_chart(
        _frame([("21.03", "2023", 82.45)]),
        indicator=TGM,
        edition=EDITION,
        names={"21.01": "Bintan", "21.03": "Natuna"},
        focus="21",
    )
    assert "1 dari 2" in chart.title
    assert any("Bintan" in note for note in chart.notes)


def test_a_capped_component_is_marked():
    iplm = CATALOGUE["iplm"]
    edition = iplm.edition("2023_2024")
    parts = [CATALOGUE[i] for i in iplm.components[:2]]
    frame = values([("21", "2024", 1.0), ("21", "2024", 0.22)], edition=edition.id)
    frame["indicator_id"] = [part.id for part in parts]
    chart = component_chart(frame, indicators=parts, edition=edition, names=NAMES, focus="21")
    bars = dict(zip(chart.figure.data[0].y, chart.figure.data[0].text, strict=True))
    assert "batas atas" in bars[text.t(f"indicator.{parts[0].id}")]
    assert bars[text.t(f"indicator.{parts[1].id}")] == "0,22"
    assert chart.notes


def test_numbers_stand_in_the_text_for_screen_readers():
    assert "73,69" in _chart(_frame(ROWS)).alt
