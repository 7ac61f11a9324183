"""What a chart carries: its table, its numbers as CSV, its picture with all it must say."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from literasi.text import t
from tests.browser.visitor import TIMEOUT, Visitor

PICTURE_LIMIT = 120_000  # milliseconds: kaleido starts a Chromium of its own
LINE = ("kegiatan", "kegiatan-waktu")
MAP = ("peta", "peta")


def open_details(visitor: Visitor, name: str) -> Locator:
    """Open what stands below a chart."""
    details = visitor.page.locator(f".st-key-{name}-details")
    details.locator("summary").click()
    expect(details.get_by_role("button", name="CSV", exact=True)).to_be_visible()
    expect(details.get_by_test_id("stDataFrame").locator("canvas").first).to_be_visible()
    visitor.settle()
    return details


def download(visitor: Visitor, details: Locator, kind: str, folder: Path) -> Path:
    """Download one kind of file and give where it lies.

    Seldom, on a busy computer, a click starts nothing, and a user clicks again: so does this, once.
    """
    visitor.settle()
    button = details.get_by_role("button", name=kind, exact=True)
    try:
        with visitor.page.expect_download(timeout=TIMEOUT) as coming:
            button.click()
    except PlaywrightTimeout:
        with visitor.page.expect_download(timeout=PICTURE_LIMIT) as coming:
            button.click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def table_of(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Give metadata lines and rows of a CSV of ours."""
    text = path.read_bytes().decode("utf-8-sig")
    notes = [line[2:] for line in text.splitlines() if line.startswith("# ")]
    body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("# "))
    return notes, list(csv.DictReader(io.StringIO(body)))


@pytest.mark.parametrize("workspace", ["resmi", "latihan"])
def test_the_csv_holds_what_is_drawn_and_where_it_is_from(visitor: Visitor, workspace: str, tmp_path: Path):
    visitor.open("peta", ruang=workspace, indikator="tpbis_libraries")
    details = open_details(visitor, "peta-nilai")
    notes, rows = table_of(download(visitor, details, "CSV", tmp_path))
    box = visitor.chart("peta-nilai")
    assert box.get_by_role("heading").first.inner_text() in notes
    assert box.get_by_test_id("stCaptionContainer").first.inner_text().split(" · DATA")[0] in notes
    assert (notes[0] == t("shell.practice_mark")) == (workspace == "latihan")
    drawn = box.locator(".js-plotly-plot").evaluate(
        "plot => Object.fromEntries(plot.data.filter(d => d.type === 'bar')"
        ".flatMap(d => d.customdata.map((c, i) => [c[0], d.x[i]])))"
    )
    code, value = t("map.column.code"), t("map.column.value", unit=t("unit.libraries"))
    known = {row[code]: float(row[value]) for row in rows if row[value]}
    assert known
    assert {row[code] for row in rows} == set(drawn)
    assert known == {code: drawn[code] for code in known}


def test_the_table_holds_the_rows_of_the_csv(visitor: Visitor, tmp_path: Path):
    visitor.open("indeks", indeks="iplm", wilayah="21.03")
    boxes = visitor.page.locator("[class*=st-key-indeks-iplm][class*=-details]")
    classes = (boxes.first.get_attribute("class") or "").split()
    name = next(name for name in classes if name.startswith("st-key-"))
    details = open_details(visitor, name.removeprefix("st-key-").removesuffix("-details"))
    cells = details.get_by_test_id("stDataFrame").locator("[role=row]")
    _, rows = table_of(download(visitor, details, "CSV", tmp_path))
    assert rows
    expect(cells).to_have_count(len(rows) + 1)


@pytest.mark.parametrize(("page", "name"), [LINE, MAP], ids=["line", "map"])
def test_the_picture_as_svg_says_all_it_must(visitor: Visitor, page: str, name: str, tmp_path: Path):
    visitor.open(page, ruang="latihan", bagikan="ya")
    details = open_details(visitor, name)
    tree = ET.parse(download(visitor, details, "SVG", tmp_path))
    said = " ".join("".join(element.itertext()) for element in tree.iter("{http://www.w3.org/2000/svg}text"))
    said = " ".join(said.split())
    title = visitor.chart(name).get_by_role("heading").first.inner_text()
    assert " ".join(title.split()[:4]) in said
    assert t("shell.practice_mark") in said
    assert ("OpenStreetMap" in said) == (name == "peta")
    assert t("app.title") in said
    drawn = sum(len(path.get("d", "")) for path in tree.iter("{http://www.w3.org/2000/svg}path"))
    assert drawn > 1000, "an empty picture"


@pytest.mark.parametrize(("page", "name"), [LINE, MAP], ids=["line", "map"])
def test_the_picture_as_png_is_large_and_not_blank(visitor: Visitor, page: str, name: str, tmp_path: Path):
    visitor.open(page, ruang="latihan", bagikan="ya")
    details = open_details(visitor, name)
    with Image.open(download(visitor, details, "PNG", tmp_path)) as picture:
        assert picture.width == 2400
        assert picture.height > 800
        colours = picture.convert("RGB").quantize(64).getcolors()
        assert colours
        assert len(colours) > 8
        assert max(count for count, _ in colours) < 0.97 * picture.width * picture.height
