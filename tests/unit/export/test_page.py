"""A page as PDF and workbook: what was shown, in its order, with and without pictures."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import plotly.graph_objects as go
import pypdf
import pytest

from literasi.errors import LiterasiError
from literasi.export import image
from literasi.export.page import ROWS_SET, Cards, Content, Part, Table, Words, book, pdf
from literasi.figures import Chart
from literasi.text import t
from literasi.ui import page_file

SOURCE = {"source_id": "s1", "publisher": "BPS", "title": "Tabel 1", "url": "https://bps.go.id/x"}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200"><text x="9" y="50">GAMBAR</text></svg>'
)
CHART = Chart(
    "c",
    go.Figure(),
    "Bintan tertinggi",
    "TGM · 2024",
    "alt",
    pd.DataFrame({"Wilayah": ["Bintan", "=2+2"], "Nilai": [1234.5, None], "Terakhir": [True, False]}),
    sources=("s1",),
    notes=("Catatan kaki",),
    fine_print=("Cara menghitung",),
)
TABLE = pd.DataFrame({"Hari": pd.to_datetime(["2024-06-07", None]), "Jumlah": [3, 4]})


def content(*parts: Part, mark: str = "") -> Content:
    choices = (("Wilayah", "Bintan"), ("Tahun", "2024"))
    return Content("Indeks", "Di mana kita?", choices, parts, (SOURCE,), "ruang Resmi, no. 1", mark, "id")


def read(data: bytes) -> str:
    pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    return " ".join(pages)


PARTS = (
    Cards((("TGM", "73,7", "2024 · n = 40"),)),
    Words("Temuan", ("Satu.", "Dua.")),
    CHART,
    Table("Daftar", TABLE),
)


def test_the_pdf_says_everything_in_the_order_of_the_page():
    said = read(pdf(content(*PARTS), draw=lambda chart: SVG))
    words = (
        "Indeks|Di mana kita?|Wilayah: Bintan; Tahun: 2024|TGM|73,7|n = 40|Temuan|Satu.|Dua.|Bintan tertinggi"
    )
    words += (
        "|TGM · 2024|GAMBAR|Catatan kaki|Cara menghitung|Daftar|7 Jun 2024|BPS: Tabel 1|https://bps.go.id/x"
    )
    place = 0
    for word in words.split("|"):
        place = said.index(word, place)
    assert "ruang Resmi, no. 1" in said
    assert t("page_file.no_browser") not in said


def test_without_a_browser_the_numbers_stand_in_place_of_the_picture_and_it_is_said():
    said = read(pdf(content(CHART), draw=None))
    assert t("page_file.no_browser") in said
    assert "Wilayah Nilai Terakhir Bintan 1.234,50 ya =2+2 – tidak" in said


def test_a_browser_that_does_not_start_gives_the_page_without_pictures(monkeypatch):
    def lost(chart: Chart) -> str:
        raise LiterasiError("error.no_browser")

    monkeypatch.setattr(image, "can_draw", lambda: True)
    monkeypatch.setattr(image, "bare_svg", lost)
    assert t("page_file.no_browser") in read(page_file._pdf(content(CHART)))


def test_a_very_long_table_says_where_its_rest_is():
    frame = pd.DataFrame({"a": [f"baris {i}" for i in range(ROWS_SET + 1)]})
    said = read(pdf(content(Table("Daftar", frame)), draw=None))
    assert f"baris {ROWS_SET - 1} " in said
    assert f"baris {ROWS_SET} " not in said
    assert t("page_file.rest", shown=ROWS_SET, total=ROWS_SET + 1) in said


def test_the_workbook_has_a_sheet_for_each_table_with_real_numbers():
    written = openpyxl.load_workbook(io.BytesIO(book(content(*PARTS, mark="DATA LATIHAN"))))
    assert written.sheetnames == [
        t("page_file.about"),
        t("page_file.figures"),
        "1 Bintan tertinggi",
        "2 Daftar",
        t("source.heading"),
    ]
    cells = {cell.value: cell for sheet in written for row in sheet.iter_rows() for cell in row}
    assert cells[1234.5].number_format == "#,##0.00"
    assert cells["=2+2"].data_type == "s"
    assert cells[True].data_type == "b"
    assert cells["Dua."].value
    assert cells["Bintan"].value
    assert all(any(c.value == "DATA LATIHAN" for c in sheet["A"]) for sheet in written.worksheets[:-1])
    chart = written["1 Bintan tertinggi"]
    assert [cell.value for cell in chart[chart.max_row]] == ["=2+2", None, False], "missing is not zero"
    assert written["2 Daftar"].cell(4, 1).value.isoformat() == "2024-06-07T00:00:00"


@pytest.mark.parametrize("title", ["A" * 40, "[a]:*?/\\"])
def test_findings_that_begin_alike_have_sheets_of_their_own(title: str):
    frame = pd.DataFrame({"a": [1]})
    written = openpyxl.load_workbook(io.BytesIO(book(content(Table(title, frame), Table(title, frame)))))
    assert len(written.sheetnames) == 4
