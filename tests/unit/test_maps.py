"""What the map says of values, gaps and places. Figures are asserted on their data, not on pixels."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from literasi import maps
from literasi.domain.areas import AreaRegister
from literasi.domain.location import locate
from literasi.figures import NO_DATA, STATIC_URL
from literasi.maps import colours
from literasi.maps.units import class_labels, class_of
from literasi.settings import ROOT
from tests.frames import indicator, library, table, values

NAMES = {"21.01": "Bintan", "21.03": "Natuna", "21.71": "Batam"}
RATE = {"scale": "percent", "unit": "percent", "decimals": 1, "minimum_n": 30}
COUNT = {"scale": "count", "unit": "libraries", "decimals": 0, "symbol": "bubble", "aggregation": "sum"}


def register() -> AreaRegister:
    rows = [("21", "province", "provinsi", "Kepulauan Riau", None, None, None)]
    places = {"21.01": (1.02, 104.57), "21.03": (3.95, 108.2), "21.71": (1.05, 104.0)}
    rows += [(c, "regency", "kabupaten", n, "21", *places[c]) for c, n in NAMES.items()]  # type: ignore[misc]
    names = ["area_code", "level", "kind", "name", "parent_code", "latitude", "longitude"]
    return AreaRegister.from_frame(table("areas", [dict(zip(names, row, strict=True)) for row in rows]))


@pytest.fixture(scope="module")
def layout() -> maps.Layout:
    return maps.load_layout(ROOT / "data")


def units(rows: list[tuple[str, str, float | None]], *, year: str = "2024", **more: Any) -> maps.Units:
    definition = indicator(**({"id": "hdi"} | more.pop("definition", {})))
    benchmark = more.pop("benchmark", None)
    return maps.units_of(
        values(rows, **more),
        indicator=definition,
        edition="e1",
        period=year,
        names=NAMES,
        benchmark=benchmark,
    )


def drawn(found: maps.Units, layout: maps.Layout, **more: Any) -> Any:
    return maps.regency_map(found, layout=layout, register=register(), **({"view": "semua"} | more))


def states(found: maps.Units) -> dict[str, str]:
    return dict(zip(found.frame["area_code"], found.frame["state"], strict=True))


def labels(chart: Any) -> list[str]:
    return [trace.name for trace in chart.figure.data if trace.name]


def points(chart: Any) -> list[Any]:
    return [trace for trace in chart.figure.data if trace.type == "scattergeo"]


# Classes


@pytest.mark.parametrize(("value", "position"), [(0, 0), (24.99, 0), (25, 1), (50, 2), (75, 3), (100, 3)])
def test_a_class_holds_its_lower_edge(value: float, position: int):
    assert class_of(value, (25, 50, 75)) == position


def test_classes_are_written_closed_on_one_side():
    assert class_labels((2.5, 5, 10), 1) == ("<2,5", "2,5–<5", "5–<10", "≥10")


def test_class_colours_run_over_the_whole_scale():
    assert [len(set(colours.class_colours(n))) for n in (3, 4, 5)] == [3, 4, 5]
    assert colours.class_colours(3)[-1] == colours.class_colours(5)[-1]


def test_ink_on_each_class_keeps_a_contrast_of_4_5():
    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    for fill in (*colours.class_colours(5), NO_DATA):
        low, high = sorted((luminance(fill), luminance(colours.ink(fill))))
        assert (high + 0.05) / (low + 0.05) >= 4.5, fill


# Units


def test_missing_is_not_zero():
    found = units([("21.01", "2024", 0.0), ("21.03", "2024", None)])
    assert states(found) == {"21.01": "value", "21.03": "none", "21.71": "none"}
    assert found.frame["class"].tolist() == [0, -1, -1]
    assert found.frame["text"].tolist() == ["0,00", "tidak ada data", "tidak ada data"]


def test_a_rate_below_its_smallest_denominator_is_k_of_n_and_not_compared():
    rows = [("21.01", "2024", 50.0), ("21.71", "2024", 20.0)]
    found = units(rows, definition=RATE, numerator=[5, 20], denominator=[10, 100])
    assert states(found)["21.01"] == "small"
    assert found.frame["text"].tolist()[0] == "5 dari 10"
    assert found.known["area_code"].tolist() == ["21.71"]


def test_a_count_has_no_smallest_denominator():
    assert states(units([("21.01", "2024", 3.0)], definition=COUNT, denominator=5.0))["21.01"] == "value"


def test_a_suppressed_value_is_neither_shown_nor_missing():
    found = units([("21.01", "2024", 3.0)], status="suppressed")
    assert states(found)["21.01"] == "suppressed"
    assert found.frame["value"].isna().all()
    assert found.frame["text"].tolist()[0] == "disembunyikan"


@pytest.mark.parametrize(("received", "provisional"), [(5, True), (6, False)])
def test_under_sixty_per_cent_of_reports_a_value_is_provisional(received: int, provisional: bool):
    found = units([("21.01", "2024", 3.0)], received=received, expected=10)
    assert bool(found.frame["is_provisional"].iloc[0]) is provisional


def test_only_preferred_rows_of_the_edition_are_read():
    rows = [("21.01", "2024", 1.0), ("21.01", "2024", 2.0), ("21.01", "2024", 3.0)]
    found = units(rows, edition=["e1", "e1", "e2"], is_preferred=[False, True, True])
    assert found.frame["value"].tolist()[0] == 2.0


def test_bubbles_keep_their_scale_over_the_years_of_an_edition():
    found = units([("21.01", "2023", 80.0), ("21.01", "2024", 3.0)], definition=COUNT)
    assert found.largest == 80.0


def test_years_and_editions_are_those_with_values():
    editions = [
        {"id": i, "label": i, "first_year": 2021, "regulation": "R", "method": "M"}
        for i in ("e1", "e2", "e3")
    ]
    frame = values(
        [("21.01", "2023", 1.0), ("21.01", "2024", None), ("21.01", "2022", 1.0)], edition=["e2", "e2", "e1"]
    )
    definition = indicator(editions=editions)
    assert maps.editions_with_values(frame, definition) == ("e1", "e2")
    assert maps.years_with_values(frame, "e2") == ("2023",)


def test_a_year_that_is_not_over_says_its_last_month(layout: maps.Layout):
    monthly = values([("21.01", "2025-12", 1.0), ("21.01", "2026-06", 1.0), ("21.71", "2026-07", None)])
    assert [maps.last_month_of(monthly, year) for year in ("2024", "2025", "2026")] == [None, None, 6]
    found = maps.units_of(
        values([("21.01", "2026", 1.0)]),
        indicator=indicator(id="hdi"),
        edition="e1",
        period="2026",
        names=NAMES,
        last_month=6,
    )
    chart = drawn(found, layout)
    assert "2026 sampai Juni" in chart.subtitle
    assert "belum setahun penuh" in chart.notes[0]


# Words


@pytest.mark.parametrize(
    ("rows", "more", "title"),
    [
        (
            [("21.01", 20.0), ("21.71", 80.0)],
            {},
            "Tertinggi Batam (80,00), terendah Bintan (20,00); 1 tanpa nilai",
        ),
        ([("21.01", 20.0)], {}, "Hanya Bintan yang punya nilai: 20,00"),
        ([("21.01", 20.0), ("21.71", 20.0)], {}, "2 kabupaten/kota sama: 20,00; 1 tanpa nilai"),
        ([("21.01", 3.0), ("21.71", 1.0), ("21.03", 0.0)], COUNT, "Bintan terbanyak: 3 dari 4"),
        (
            [("21.01", 3.0), ("21.71", 3.0), ("21.03", 1.0)],
            COUNT,
            "Bintan dan Batam terbanyak: masing-masing 3 dari 7",
        ),
    ],
)
def test_the_title_is_the_finding(
    layout: maps.Layout, rows: list[tuple[str, float]], more: dict[str, Any], title: str
):
    found = units([(code, "2024", value) for code, value in rows], definition=more)
    assert drawn(found, layout).title == title


def test_a_small_denominator_is_never_the_highest(layout: maps.Layout):
    rows = [("21.01", "2024", 90.0), ("21.71", "2024", 20.0), ("21.03", "2024", 30.0)]
    found = units(rows, definition=RATE, numerator=[9, 20, 30], denominator=[10, 100, 100])
    title = drawn(found, layout).title
    assert title == "Tertinggi Natuna (30,0), terendah Batam (20,0); 1 terlalu kecil untuk dibandingkan"


def test_a_chosen_regency_stands_beside_the_province(layout: maps.Layout):
    found = units([("21.01", "2024", 20.0), ("21.71", "2024", 80.0)], benchmark=60.0)
    assert drawn(found, layout, selected="21.01").title == "Bintan 20,00, provinsi 60,00"
    assert drawn(found, layout, selected="21.03").title == "Natuna: tidak ada data"


def test_every_form_says_who_has_no_data(layout: maps.Layout):
    found = units([("21.01", "2024", 20.0)])
    for chart in (drawn(found, layout), maps.tile_grid(found, layout=layout), maps.value_bars(found)):
        assert "Natuna: tidak ada data" in chart.alt
        assert any("Natuna, Batam" in note for note in chart.notes)
        assert len(chart.table) == 3


def test_the_map_carries_the_notice_of_its_geometry(layout: maps.Layout):
    notes = drawn(units([("21.01", "2024", 20.0)]), layout).notes
    assert any("OpenStreetMap (ODbL 1.0)" in note and "Bukan batas hukum" in note for note in notes)


def test_the_denominator_year_is_told(layout: maps.Layout):
    found = units([("21.01", "2024", 20.0)], denominator_year=2025)
    assert any("2025" in note for note in drawn(found, layout).notes)


# Figures


def test_legend_counts_every_class_and_the_gaps(layout: maps.Layout):
    found = units([("21.01", "2024", 20.0), ("21.71", "2024", 80.0)])
    expected = ["<25 (1)", "25–<50 (0)", "50–<75 (0)", "≥75 (1)", "tidak ada data (1)"]
    assert labels(drawn(found, layout)) == expected
    assert labels(maps.tile_grid(found, layout=layout)) == expected


def test_geometry_is_an_address_of_ours_and_every_area_is_on_its_side(layout: maps.Layout):
    chart = drawn(units([("21.01", "2024", 20.0)]), layout)
    areas = [trace for trace in chart.figure.data if trace.type == "choropleth"]
    assert [t.geojson for t in areas] == [
        f"{STATIC_URL}areas/boundaries.web.{side}.geojson" for side in ("west", "east")
    ]
    assert [list(t.locations) for t in areas] == [["21.01", "21.71"], ["21.01", "21.03"]]
    assert len(chart.figure.to_json()) < 20_000


def test_areas_without_data_are_grey_and_a_zero_is_not(layout: maps.Layout):
    chart = drawn(units([("21.01", "2024", 0.0)]), layout)
    west = next(trace for trace in chart.figure.data if trace.type == "choropleth")
    scale = [colour for _, colour in west.colorscale[::2]]
    fills = dict(zip(west.locations, (scale[z] for z in west.z), strict=True))
    assert fills == {"21.01": colours.class_colours(4)[0], "21.71": NO_DATA}


def test_base_layers_are_off(layout: maps.Layout):
    figure = drawn(units([("21.01", "2024", 1.0)]), layout).figure
    assert figure.layout.geo.visible is False
    assert figure.layout.geo2.visible is False


def test_the_area_of_a_bubble_is_the_count(layout: maps.Layout):
    found = units([("21.01", "2024", 4.0), ("21.71", "2024", 1.0)], definition=COUNT)
    bubbles = next(t for t in points(drawn(found, layout)) if t.marker.sizemode == "area")
    assert list(bubbles.marker.size) == [4.0, 1.0]
    assert [mark[0] for mark in bubbles.customdata] == ["21.01", "21.71"]


def test_a_regency_in_two_panels_has_both_and_others_fade(layout: maps.Layout):
    chart = drawn(units([("21.01", "2024", 1.0)]), layout, selected="21.01")
    west, east = (t for t in chart.figure.data if t.type == "choropleth")
    assert (west.geo, east.geo) == ("geo", "geo2")
    assert dict(zip(west.locations, west.marker.opacity, strict=True)) == {"21.01": 1.0, "21.71": 0.45}


def test_narrow_screens_get_panels_below_each_other(layout: maps.Layout):
    figure = drawn(units([("21.01", "2024", 1.0)]), layout, is_narrow=True).figure
    west, east = figure.layout.geo.domain, figure.layout.geo2.domain
    assert tuple(west.x) == tuple(east.x) == (0, 1)
    assert east.y[1] < west.y[0]


def test_a_library_without_coordinates_is_hollow_and_leads_to_its_page(layout: maps.Layout):
    rows = table(
        "libraries",
        [
            library("L-1", "21.71"),
            library("L-2", "21.71", latitude=1.1, longitude=104.1),
            library("L-3", "21"),
        ],
    )
    points = locate(rows, register=register())
    placed = rows.drop(columns=["latitude", "longitude", "area_code"]).merge(points, on="library_id")
    chart = drawn(units([("21.71", "2024", 1.0)]), layout, dots=maps.Dots(libraries=placed, undated=2))
    dots = next(t for t in chart.figure.data if t.customdata is not None and t.customdata[0][1])
    assert dict(zip((c[1] for c in dots.customdata), dots.marker.symbol, strict=True)) == {
        "L-1": "square-open",
        "L-2": "circle",
    }
    assert "perpustakaan, perkiraan: tingkat kabupaten/kota (1)" in labels(chart)
    assert any(note.startswith("2 perpustakaan TPBIS tanpa tahun") for note in chart.notes)
    assert any(note.startswith("1 perpustakaan tidak digambar") for note in chart.notes)


def test_islands_are_drawn_once_on_their_own_side(layout: maps.Layout):
    chart = drawn(units([("21.71", "2024", 1.0)]), layout, dots=maps.Dots(islands=True))
    islands = [t for t in chart.figure.data if t.hovertext and "Pulau" in str(t.hovertext[0])]
    assert [t.geo for t in islands] == ["geo", "geo2"]
    assert 280 <= sum(len(t.lat) for t in islands) <= len(layout.islands)


def test_tiles_without_data_are_hatched(layout: maps.Layout):
    bars = maps.tile_grid(units([("21.01", "2024", 1.0)]), layout=layout).figure.data[0]
    shapes = dict(zip((c[0] for c in bars.customdata), bars.marker.pattern.shape, strict=True))
    assert shapes == {"21.01": "", "21.03": "/", "21.71": "/"}


def test_bars_run_from_the_largest_and_leave_the_uncomparable_last():
    rows = [("21.01", "2024", 90.0), ("21.71", "2024", 20.0), ("21.03", "2024", 30.0)]
    found = units(rows, definition=RATE, numerator=[9, 20, 30], denominator=[10, 100, 100])
    chart = maps.value_bars(found)
    assert list(chart.figure.data[0].y) == ["Bintan", "Batam", "Natuna"]  # from the bottom up
    assert chart.table.iloc[:, 1].tolist() == ["Natuna", "Batam", "Bintan"]
    assert chart.figure.layout.xaxis.range[0] == 0


def test_names_from_data_are_inert(layout: maps.Layout):
    found = maps.units_of(
        values([("21.01", "2024", 1.0)]),
        indicator=indicator(id="hdi"),
        edition="e1",
        period="2024",
        names={"21.01": "<b onclick=x>"},
    )
    assert "<b onclick" not in drawn(found, layout).figure.to_json().replace("\\u003c", "<")


def test_inputs_are_not_changed(layout: maps.Layout):
    frame = values([("21.01", "2024", 1.0)])
    before = frame.copy()
    maps.units_of(frame, indicator=indicator(), edition="e1", period="2024", names=NAMES)
    pd.testing.assert_frame_equal(frame, before)


# Layout


def test_every_regency_of_the_register_has_a_frame_a_tile_and_a_label(layout: maps.Layout):
    areas = pd.read_csv(ROOT / "data/areas/areas.csv", dtype={"area_code": "str"})
    codes = set(areas.loc[areas["level"].eq("regency"), "area_code"])
    assert set(layout.regencies) == set(layout.tiles["area_code"]) == codes
    for frame in layout.regencies.values():
        for side, place in frame.labels.items():
            box = next(b for b in layout.views["semua"] if b.side == side)
            assert box.lon[0] <= place.lon <= box.lon[1]
            assert box.lat[0] <= place.lat <= box.lat[1]


def test_a_broken_layout_names_its_file(tmp_path: Any):
    from literasi.errors import DefinitionError

    (tmp_path / "map.yml").write_text("views: 1", encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"map\.yml"):
        maps.load_layout(tmp_path)
