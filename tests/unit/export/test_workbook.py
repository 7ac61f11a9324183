"""A workbook as a spreadsheet program reads it."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from literasi.export.workbook import Sheet, figure, percentage, source_sheet, workbook_bytes


def read(*sheets):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(sheets, title="Uji")))


def test_numbers_are_numbers_with_their_formats():
    rows = [["TGM", figure(73.69, 2), percentage(1.3616), figure(None, 2), 7, dt.date(2024, 6, 7)]]
    page = read(Sheet("LKjIP", ["a", "b", "c", "d", "e", "f"], rows))["LKjIP"]
    cells = page[2]
    assert [cell.value for cell in cells[:5]] == ["TGM", 73.69, 1.3616, None, 7]
    assert cells[5].value.date() == dt.date(2024, 6, 7)
    assert [cell.number_format for cell in cells[1:3]] == ["#,##0.00", "0.0%"]
    assert cells[1].data_type == "n"


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://evil.example")', "+1", "-1", "@SUM(A1)", "\t=1"]
)
def test_text_never_becomes_a_formula(text):
    data = workbook_bytes([Sheet(text, [text], [[text]], above=[text])], title=text)
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    for row in page.iter_rows():
        for cell in row:
            assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_what_must_be_read_first_stands_above():
    page = read(Sheet("x", ["Indikator"], [["TGM"]], above=["Judul", "Data latihan"]))["x"]
    assert [page.cell(row, 1).value for row in range(1, 5)] == ["Judul", "Data latihan", "Indikator", "TGM"]
    assert page.freeze_panes == "A4"


def test_titles_and_control_characters_that_excel_refuses():
    page = read(Sheet("a/b:c" + "x" * 40, ["h\x00"], [["v\x0b"]])).worksheets[0]
    assert page.title.startswith("a-b-c")
    assert len(page.title) == 31
    assert (page["A1"].value, page["A2"].value) == ("h", "v")


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="zip"):
        workbook_bytes([Sheet("x", ["a", "b"], [["only one"]])], title="x")
    with pytest.raises(ValueError, match="sheet"):
        workbook_bytes([], title="x")


def test_sources_have_a_sheet():
    sheet = source_sheet(
        [{"source_id": "s", "publisher": "Perpusnas", "title": "=IPLM", "url": float("nan")}]
    )
    page = read(sheet).worksheets[0]
    assert [cell.value for cell in page[2]][:3] == ["s", "Perpusnas", "=IPLM"]
    assert page.cell(2, 5).value is None
