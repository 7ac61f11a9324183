"""The map draws, and a click on it drills as the list does."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from literasi.text import t
from tests.browser.conftest import NewVisitor
from tests.browser.visitor import PHONE, PHONE_AGENT, Visitor

REGENCIES = {"21.01", "21.02", "21.03", "21.04", "21.05", "21.71", "21.72"}
COUNT, RATE = "tpbis_libraries", "tpbis_village_coverage"

# A point on the screen well inside the polygon of an area and not on any dot.
INSIDE = """([plot, code]) => {
    const dots = [...plot.querySelectorAll('.scattergeo path.point')].map(dot => {
        const box = dot.getBoundingClientRect()
        return [box.x + box.width / 2, box.y + box.height / 2, box.width / 2] })
    for (const margin of [4, 2, 1])
        for (const path of plot.querySelectorAll('.choroplethlayer path')) {
            if (path.__data__.loc !== code) continue
            const box = path.getBBox(), screen = path.getScreenCTM()
            const fills = (x, y) => path.isPointInFill(new DOMPoint(x, y))
            for (let x = box.x; x < box.x + box.width; x += 2)
                for (let y = box.y; y < box.y + box.height; y += 2) {
                    const around = [[0, 0], [margin, 0], [-margin, 0], [0, margin], [0, -margin]]
                    if (!around.every(([dx, dy]) => fills(x + dx, y + dy))) continue
                    const seen = new DOMPoint(x, y).matrixTransform(screen)
                    if (dots.every(([dx, dy, r]) => Math.hypot(seen.x - dx, seen.y - dy) > r + 2))
                        return {x: seen.x, y: seen.y}
                }
        }
    return null
}"""
# The middle of a dot whose customdata begins so, of the traces with that many entries in customdata.
DOT = """([plot, code, isLibrary]) => {
    for (const point of plot.querySelectorAll('.scattergeo path.point')) {
        const data = point.__data__, custom = data?.trace?.customdata?.[data.index] ?? data?.data
        if (!custom || custom[0] !== code || Boolean(custom[1]) !== isLibrary) continue
        const box = point.getBoundingClientRect()
        return {x: box.x + box.width / 2, y: box.y + box.height / 2}
    }
    return null
}"""
COLOURS = """plot => [...plot.querySelectorAll('.choroplethlayer path')].map(path => {
    const box = path.getBoundingClientRect(), style = getComputedStyle(path)
    return {code: path.__data__.loc, fill: style.fill, opacity: style.fillOpacity,
            area: box.width * box.height, points: path.getAttribute('d').length} })"""


def draw(visitor: Visitor, **choices: str) -> None:
    """Open the map, all of it on a screen that needs no scrolling."""
    visitor.page.set_viewport_size({"width": 1440, "height": 2000})
    visitor.open("peta", **choices)


def click(visitor: Visitor, name: str, x: float, y: float) -> None:
    """Click on a point of a chart, as a hand does: it is first hovered over."""
    plot = visitor.page.locator(f".st-key-{name} .js-plotly-plot")
    visitor.page.mouse.move(x - 4, y - 2)
    visitor.page.mouse.move(x, y)
    visitor.page.wait_for_function("plot => plot._hoverdata?.length", arg=plot.element_handle())
    visitor.page.mouse.click(x, y)


def click_at(visitor: Visitor, script: str, *arguments: object) -> dict:
    """Click on what a script finds in the map."""
    plot = visitor.page.locator(".st-key-peta .js-plotly-plot")
    found = plot.evaluate(f"(plot, rest) => ({script})([plot, ...rest])", list(arguments))
    assert found, f"nothing to click for {arguments}"
    click(visitor, "peta", found["x"], found["y"])
    return found


@pytest.mark.parametrize("workspace", ["resmi", "latihan"])
def test_every_regency_is_drawn_in_colour(visitor: Visitor, workspace: str):
    draw(visitor, ruang=workspace, indikator=RATE)
    shapes = visitor.page.locator(".st-key-peta .js-plotly-plot").evaluate(COLOURS)
    assert {shape["code"] for shape in shapes} == REGENCIES
    for shape in shapes:
        assert shape["area"] > 30, shape
        assert shape["points"] > 50, shape
        assert shape["fill"] not in ("none", "rgb(255, 255, 255)"), shape
    assert visitor.faults == []


def test_classes_have_different_colours(visitor: Visitor):
    draw(visitor, ruang="latihan", indikator=RATE)
    shapes = visitor.page.locator(".st-key-peta .js-plotly-plot").evaluate(COLOURS)
    assert len({shape["fill"] for shape in shapes}) > 1


def test_states_where_its_shapes_come_from(visitor: Visitor):
    visitor.open("peta")
    for said in ("OpenStreetMap", "ODbL", "idn-area-data"):
        expect(visitor.chart("peta").get_by_text(said).first).to_be_visible()


def test_a_click_on_a_regency_drills(visitor: Visitor):
    draw(visitor, ruang="latihan", indikator=RATE, lapisan="kosong")
    click_at(visitor, INSIDE, "21.04")
    visitor.expect_choice("wilayah", "21.04")
    expect(visitor.widget("wilayah").get_by_role("combobox")).to_have_value("Lingga")
    expect(visitor.main.get_by_text(t("map.libraries_of", name="Lingga"))).to_be_visible()
    assert visitor.faults == []


def test_a_click_on_a_bubble_drills(visitor: Visitor):
    draw(visitor, ruang="latihan", indikator=COUNT, lapisan="kosong")
    click_at(visitor, DOT, "21.03", False)
    visitor.expect_choice("wilayah", "21.03")


def test_a_click_on_a_library_drills_down_to_it(visitor: Visitor):
    draw(visitor, ruang="latihan", indikator=COUNT, lapisan="perpustakaan", wilayah="21.03")
    click_at(visitor, DOT, "21.03", True)
    visitor.expect_choice("pustaka", re.compile(r"LATIHAN-\d+"))
    library = visitor.choices["pustaka"]
    assert visitor.choices["wilayah"] == "21.03"
    link = visitor.main.locator(f"a[href*='pustaka={library}']").first
    expect(link).to_be_visible()
    link.click()
    expect(visitor.main.get_by_role("heading", level=1)).to_have_text([t("page.libraries.title")])
    visitor.settle()
    assert visitor.choices["pustaka"] == library
    assert visitor.choices["ruang"] == "latihan"
    assert visitor.faults == []


def test_the_list_drills_as_the_map_does_and_leads_back_up(visitor: Visitor):
    visitor.open("peta", ruang="latihan")
    combobox = visitor.widget("wilayah").get_by_role("combobox")
    combobox.click()
    visitor.page.get_by_role("option", name="Natuna").click()
    visitor.expect_choice("wilayah", "21.03")
    visitor.page.locator(".st-key-map-crumbs button").first.click()
    visitor.expect_choice("wilayah", None)
    expect(combobox).to_have_value("Kepulauan Riau")


def test_a_bar_drills_too(visitor: Visitor):
    draw(visitor, ruang="latihan", indikator=COUNT)
    bar = visitor.page.locator(".st-key-peta-nilai .barlayer .point path").first
    box = bar.bounding_box()
    assert box
    click(visitor, "peta-nilai", box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visitor.expect_choice("wilayah", re.compile(r"21\.\d\d"))


def test_tiles_show_every_regency_once_and_drill(visitor: Visitor):
    draw(visitor, ruang="latihan", tampilan="petak", indikator=RATE)
    tiles = visitor.page.locator(".st-key-peta-petak .js-plotly-plot")
    codes = tiles.evaluate("plot => plot.data.flatMap(d => (d.customdata ?? []).map(c => c[0]))")
    assert set(codes) == REGENCIES
    visitor.page.locator(".st-key-peta-petak").get_by_text("Natuna").first.scroll_into_view_if_needed()
    box = visitor.page.locator(".st-key-peta-petak").get_by_text("Natuna").first.bounding_box()
    assert box
    click(visitor, "peta-petak", box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visitor.expect_choice("wilayah", "21.03")


def test_the_list_view_shows_every_regency(visitor: Visitor):
    visitor.open("peta", ruang="latihan", tampilan="daftar", indikator=RATE)
    expect(visitor.page.locator(".st-key-peta")).to_have_count(0)
    bars = visitor.page.locator(".st-key-peta-nilai .js-plotly-plot")
    shown = bars.evaluate("plot => plot.data.flatMap(d => (d.customdata ?? []).map(c => c[0]))")
    assert set(shown) >= REGENCIES


def test_the_year_slider_changes_address_and_finding(visitor: Visitor):
    visitor.open("peta", ruang="latihan", indikator=COUNT)
    subtitle = visitor.chart("peta").get_by_test_id("stCaptionContainer").first
    slider = visitor.page.locator(".st-key-w-map-year input[type=range]")
    newest = slider.get_attribute("aria-valuetext")
    assert newest
    expect(subtitle).to_contain_text(newest)
    slider.press("ArrowLeft")
    visitor.expect_choice("tahun", re.compile(r"\d{4}"))
    before = visitor.choices["tahun"]
    assert before < newest
    expect(visitor.chart("peta").get_by_test_id("stCaptionContainer").first).to_contain_text(before)
    visitor.reload()
    assert slider.get_attribute("aria-valuetext") == before


def test_years_play_and_stop_at_the_newest(visitor: Visitor):
    visitor.open("peta", ruang="latihan", indikator=COUNT, tahun="2023")
    newest = visitor.page.locator(".st-key-w-map-year input[type=range]").get_attribute("max")
    visitor.page.get_by_role("button", name=t("map.play")).click()
    expect(visitor.page.get_by_role("button", name=t("map.pause"))).to_be_visible()
    expect(visitor.page.get_by_role("button", name=t("map.play"))).to_be_visible(timeout=30_000)
    visitor.expect_choice("tahun", None)
    expect(visitor.page.locator(".st-key-w-map-year input[type=range]")).to_have_value(newest or "")


def test_on_a_phone_the_panels_stand_below_each_other(new_visitor: NewVisitor):
    phone = new_visitor(viewport=PHONE, is_mobile=True, has_touch=True, user_agent=PHONE_AGENT)
    phone.open("peta", ruang="latihan", indikator=RATE)
    tops = phone.page.locator(".st-key-peta .js-plotly-plot").evaluate(
        "plot => [...plot.querySelectorAll('.geo > .bg, .geo > g.bg')].map(b => b.getBoundingClientRect().y)"
    )
    assert len(tops) == 2
    assert tops[1] - tops[0] > 100
    assert phone.faults == []
