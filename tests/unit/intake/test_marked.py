"""The marked file: coloured, commented, listed; no text becomes a formula."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from literasi.intake.findings import Finding, Place
from literasi.intake.layout import find
from literasi.intake.marked import mark
from literasi.intake.reading import read
from literasi.text import use
from tests.unit.intake.workbooks import archive, parts

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
EVIL = '=HYPERLINK("http://contoh","klik")'


def workbook(fill: Callable[[Workbook], None] = lambda book: None) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Kunjungan"
    for row in (["Perpustakaan", "Bulan", "L", "P", "Jumlah"], ["Mepar", "Juni 2024", -3, 4, "=C2+D2"]):
        sheet.append(row)
    sheet["A3"].value = EVIL
    sheet["A3"].data_type = "s"
    sheet["A1"].font = Font(bold=True, name="Georgia")
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fault(row: int = 2, column: int = 3, weight: str = "fail", sheet: str = "Kunjungan") -> Finding:
    return Finding(weight, "minimum", Place(sheet, row, column, "L"), value=EVIL)  # type: ignore[arg-type]


def marked(data: bytes, *findings: Finding, name: str = "a.xlsx", words: str = "Salah. Perbaiki."):
    return load_workbook(io.BytesIO(mark(read(name, data), findings, describe=lambda _: words)))


def test_cells_are_coloured_and_commented_and_the_workbook_keeps_its_look():
    book = marked(workbook(), fault(), fault(2, 4, "advise"))
    sheet = book["Kunjungan"]
    assert (sheet["C2"].fill.fgColor.rgb, sheet["D2"].fill.fgColor.rgb) == (RED, YELLOW)
    assert sheet["B2"].fill.fgColor.rgb not in (RED, YELLOW)
    assert sheet["C2"].comment.text == "Salah. Perbaiki."
    assert (sheet["C2"].value, sheet["E2"].value, sheet["A1"].font.name) == (-3, "=C2+D2", "Georgia")


def test_all_findings_are_listed_on_the_first_sheet():
    listing = marked(workbook(), fault(), Finding("advise", "hidden_sheet", Place("Kunjungan"))).worksheets[0]
    assert listing.title == "Temuan"
    assert [[cell.value for cell in row] for row in listing.iter_rows(min_row=2)] == [
        ["Harus diperbaiki", "Kunjungan", "C2", "L", EVIL, "Salah. Perbaiki."],
        ["Perlu dilihat", "Kunjungan", None, None, None, "Salah. Perbaiki."],
    ]


def test_a_fault_outweighs_an_advice_and_both_are_told():
    cell = marked(workbook(), fault(weight="advise"), fault())["Kunjungan"]["C2"]
    assert cell.fill.fgColor.rgb == RED
    assert cell.comment.text == "Salah. Perbaiki.\n\nSalah. Perbaiki."


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", workbook()),
        ("a.csv", f'Perpustakaan;L\n"{EVIL.replace(chr(34), chr(34) * 2)}";-3\n+1;@x\n'.encode()),
        ("a.json", b'[{"nama": "=1+1", "L": "-2+3"}]'),
        ("a.xls", b"<table><tr><td>=1+1<td>@x<tr><td>a<td>b</table>"),
    ],
)
def test_no_text_becomes_a_formula(name, data):
    file = read(name, data)
    book = marked(data, fault(2, 1, sheet=file.sheets[0].name), name=name, words="=1+1")
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or cell.value == "=C2+D2"


@pytest.mark.parametrize(
    "formula", [EVIL, '=WEBSERVICE("http://x")', "=cmd|' /C calc'!A0", "='[other.xlsx]S'!A1"]
)
def test_formulas_that_reach_out_become_text(formula):
    def fill(book):
        book.worksheets[0]["A4"] = formula

    cell = marked(workbook(fill), fault())["Kunjungan"]["A4"]
    assert (cell.data_type, cell.value) == ("s", formula)


def test_other_kinds_are_written_anew():
    book = marked(b"Nama;L\nDesa\x02;1\n", fault(2, 2, sheet="Daftar [2024]"), name="Daftar [2024].csv")
    sheet = book.worksheets[1]
    assert sheet.title == "Daftar _2024_"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["Nama", "L"], ["Desa\ufffd", "1"]]
    assert sheet["B2"].fill.fgColor.rgb == RED


def test_a_workbook_that_openpyxl_refuses_is_written_anew():
    data = workbook()
    file = read("a.xlsx", data)
    broken = type(file)(file.name, file.kind, b"PK", file.sha256, file.sheets)
    book = load_workbook(io.BytesIO(mark(broken, [fault()], describe=str)))
    assert book["Kunjungan"]["C2"].fill.fgColor.rgb == RED


def test_an_area_merged_to_the_end_of_the_sheet_is_no_trap():
    contents = parts(workbook(lambda book: book.worksheets[0].merge_cells("G1:H2")))
    name = "xl/worksheets/sheet1.xml"
    data = archive({**contents, name: contents[name].replace(b"G1:H2", b"G1:XFD1048576")})
    assert marked(data, fault())["Kunjungan"]["C2"].fill.fgColor.rgb == RED


def test_a_finding_inside_a_merged_area_is_listed():
    def fill(book):
        book.worksheets[0].merge_cells("A5:B6")

    book = marked(workbook(fill), fault(6, 2))
    assert book.worksheets[0]["C2"].value == "B6"


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_list_is_no_table_when_the_corrected_file_comes_back(language):
    use(language)
    try:
        again = read("a.xlsx", mark(read("a.xlsx", workbook()), [fault(), fault()], describe=lambda _: "x"))
    finally:
        use("id")
    assert [bool(find(sheet).heading_rows) for sheet in again.sheets] == [False, True]


def test_only_so_many_comments_but_every_finding_is_listed(monkeypatch):
    monkeypatch.setattr("literasi.intake.marked.MAX_COMMENTS", 3)
    book = marked(workbook(), *(fault(row) for row in range(2, 12)), words="x" * 40_000)
    cells = [cell for row in book["Kunjungan"].iter_rows() for cell in row]
    assert sum(cell.comment is not None for cell in cells) == 3
    assert sum(cell.fill.fgColor.rgb == RED for cell in cells) == 10
    assert book.worksheets[0].max_row == 11


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path):
    for name, data in (("a.xlsx", workbook()), ("b.csv", b"Nama;L\n=1+1;2\n")):
        file = read(name, data)
        found = [fault(2, 1, sheet=file.sheets[0].name)]
        (tmp_path / f"{name[0]}.xlsx").write_bytes(mark(file, found, describe=lambda _: "Salah."))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(tmp_path / "a.xlsx"), str(tmp_path / "b.xlsx")]
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "ods", "--outdir", str(tmp_path), *files],
        check=True,
        capture_output=True,
        timeout=120,
    )
    first = read("a.ods", (tmp_path / "a.ods").read_bytes())
    assert [sheet.name for sheet in first.sheets] == ["Temuan", "Kunjungan"]
    assert first.sheets[1].rows[2][0] == EVIL
    assert first.sheets[1].rows[1][2:5] == [-3, 4, 1]
    second = read("b.ods", (tmp_path / "b.ods").read_bytes())
    assert second.sheets[1].rows[1] == ["=1+1", "2"]
