"""Cells of XLSX, XLS and ODS, and what stands around them."""

from __future__ import annotations

import datetime as dt
import struct
from pathlib import Path

import pytest

from literasi.intake.reading import biff, read
from literasi.intake.sheets import Area, File, Sheet
from tests.unit.intake.workbooks import archive, ods, parts, record, sheet_xml, xlsx

FIXTURES = Path(__file__).parents[2] / "fixtures" / "intake"


def only(data: bytes) -> Sheet:
    (sheet,) = read("a.xlsx", data).sheets
    return sheet


class TestXlsx:
    def test_values_keep_their_type(self):
        moment, day = dt.datetime.fromisoformat("2024-06-07T08:30"), dt.date(2024, 6, 7)
        clock, span = dt.time(8), dt.timedelta(hours=30)
        sheet = only(xlsx(["a", 1, 1.5, True, None, moment, day, clock, span]))
        assert list(sheet.rows[0]) == ["a", 1, 1.5, True, None, moment, day, clock, span]
        assert [type(cell) for cell in sheet.rows[0]][1:4] == [int, float, bool]

    def test_rows_and_columns_stand_where_the_file_shows_them(self):
        def change(sheet):
            sheet["C4"] = "x"

        assert list(only(xlsx(change=change)).rows) == [[None] * 3] * 3 + [[None, None, "x"]]

    def test_errors_are_text(self):
        assert list(only(xlsx(["#REF!", "#N/A", "#DIV/0!"])).rows[0]) == ["#REF!", "#N/A", "#DIV/0!"]

    @pytest.mark.parametrize(
        ("value", "style", "shown"),
        [
            (0.12, "0%", "12%"),
            (0.125, "0.0%", "12,5%"),
            (1, "0%", "100%"),
            (0.1 + 0.2, "0.00%", "30%"),
            (-0.05, "[Red]0%", "-5%"),
            (0.12345, "0.000%", "12,3450%"),
            (0.12, "0.00", 0.12),
        ],
    )
    def test_percentages_are_what_the_operator_sees(self, value, style, shown):
        def change(sheet):
            sheet["B2"] = value
            sheet["B2"].number_format = style
            sheet["C2"] = value

        row = only(xlsx(change=change)).rows[1]
        assert list(row[1:]) == [shown, pytest.approx(value)]

    def test_merged_areas_are_filled_inside_the_table(self):
        def change(sheet):
            sheet.merge_cells("A1:B1")
            sheet.merge_cells("A2:A3")
            sheet.merge_cells("C1:C9")

        book = parts(xlsx(["Judul", None, "x"], ["a", 1], [None, 2], change=change))
        book["xl/worksheets/sheet1.xml"] = book["xl/worksheets/sheet1.xml"].replace(
            b"C1:C9", b"C1:XFD1048576"
        )
        sheet = only(archive(book))
        assert list(sheet.rows) == [["Judul", "Judul", "x"], ["a", 1, "x"], ["a", 2, "x"]]
        assert sheet.merged == (Area(1, 1, 1, 2), Area(1, 3, 3, 3), Area(2, 1, 3, 1))

    def test_formulas_with_and_without_value(self):
        cells = (
            '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c><c r="C1"><f>A1</f><v></v></c>'
            '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f t="shared" si="0"/><v/></c>'
            '<c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
            '<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="2">'
            '<x:c r="B2"><x:f>A1</x:f><x:v/></x:c></x:row>'
        )
        sheet = only(sheet_xml(f"<sheetData>{cells}</sheetData>"))
        assert sheet.unfilled_formulas == ((1, 2), (1, 3), (1, 5), (2, 2))
        assert list(sheet.rows[0]) == [2, None, None, None, None, "#DIV/0!"]

    def test_what_openpyxl_writes_has_no_values(self):
        assert only(xlsx(["a", "=1+1"])).unfilled_formulas == ((1, 2),)

    def test_hidden(self):
        def change(sheet):
            sheet.row_dimensions[2].hidden = True
            sheet.column_dimensions["B"].hidden = True
            sheet.parent.create_sheet("Rahasia").append(["x"])
            sheet.parent["Rahasia"].sheet_state = "veryHidden"
            sheet.parent.create_sheet("Kosong")

        first, second = read("a.xlsx", xlsx(["a", "b"], [1, 2], [3, 4], change=change)).sheets
        assert (first.hidden_rows, first.hidden_columns, first.is_hidden) == ({2}, {2}, False)
        assert (second.name, second.is_hidden) == ("Rahasia", True)

    def test_1904(self):
        data = parts(xlsx(["a"]))
        book = data["xl/workbook.xml"].replace(b"<workbookPr", b'<workbookPr date1904="1"', 1)
        assert read("a", archive({**data, "xl/workbook.xml": book})).counts_from_1904
        assert not read("a", archive(data)).counts_from_1904

    def test_nul_emoji_and_right_to_left(self):
        text = '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x0000_b 📚 مكتبة</t></is></c></row>'
        assert only(sheet_xml(f"<sheetData>{text}</sheetData>")).rows[0] == ["a\ufffdb 📚 مكتبة"]

    def test_texts_are_not_touched(self):
        long = "x" * 10_000
        row = ['<script>alert("x")</script>', long, " -5 ", "21.01", "12%", "1.234,5"]
        assert list(only(xlsx(row)).rows[0]) == row

    def test_a_text_that_looks_like_a_formula(self):
        def change(sheet):
            sheet["A1"] = '=HYPERLINK("http://x")'
            sheet["A1"].data_type = "s"

        sheet = only(xlsx(change=change))
        assert (list(sheet.rows[0]), sheet.unfilled_formulas) == (['=HYPERLINK("http://x")'], ())

    def test_a_sheet_over_several_pieces(self, monkeypatch):
        monkeypatch.setattr("literasi.intake.reading.archive._PIECE", 61)

        def change(sheet):
            for row in range(1, 60):
                sheet[f"A{row}"] = f"=B{row}"
                sheet.row_dimensions[row].hidden = row % 2 == 0

        sheet = only(xlsx(change=change))
        assert sheet.unfilled_formulas == tuple((row, 1) for row in range(1, 60))
        assert sheet.hidden_rows == set(range(2, 60, 2))


@pytest.mark.parametrize("kind", ["xls", "ods"])
class TestOthers:
    @pytest.fixture
    def file(self, kind: str) -> File:
        return read("a.xlsx", (FIXTURES / f"kunjungan.{kind}").read_bytes())

    def test_cells(self, file, kind):
        assert file.kind == kind
        assert [list(row) for row in file.sheets[0].rows] == [
            ["Perpustakaan", "Tanggal", "Pengunjung", "Persen", "Jam"],
            ["Desa Mepar", dt.date(2024, 6, 7), 12, "12,5%", dt.time(8, 30)],
            [
                "Desa Résun",
                dt.datetime.fromisoformat("2024-06-08T09:15"),
                1234.5,
                "#DIV/0!",
                dt.timedelta(hours=30),
            ],
            ["Gabung", None, 1, None, None],
            ["Gabung", None, 2, None, None],
        ]

    def test_around_them(self, file, kind):
        first, second = file.sheets
        assert (first.hidden_rows, first.hidden_columns, first.is_hidden) == ({3}, {5}, False)
        assert first.merged == (Area(4, 1, 5, 1),)
        assert (second.name, second.is_hidden) == ("Rahasia", True)
        assert file.counts_from_1904


def test_cells_of_a_chart_inside_an_xls_sheet_are_none_of_the_sheet():
    def cell(row: int) -> bytes:
        return record(0x0203, struct.pack("<HHHd", row, 0, 0, 1.0))

    begin = record(0x0809, struct.pack("<HH", 0x0600, 16))
    bound = record(0x0085, struct.pack("<IHBB", len(begin) + 13 + 4, 0, 1, 0) + b"S")
    chart = begin + cell(60_000) + record(0x000A)
    stream = begin + bound + record(0x000A) + begin + cell(1) + chart + cell(2) + record(0x000A)
    assert [sheet.last_row for sheet in biff.look(stream).sheets] == [3]


class TestOds:
    def test_formulas_without_value_and_repeated_cells(self):
        sheet = only(
            ods(
                '<table:table table:name="S"><table:table-row table:number-rows-repeated="2">'
                '<table:table-cell office:value-type="float" office:value="3" '
                'table:number-columns-repeated="2"/>'
                '<table:table-cell table:formula="of:=1+1"/></table:table-row>'
                '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/></table:table-row>'
                "</table:table>"
            )
        )
        assert list(sheet.rows) == [[3, 3, None]] * 2
        assert sheet.unfilled_formulas == ((1, 3),)

    def test_rich_text(self):
        sheet = only(
            ods(
                '<table:table table:name="S"><table:table-row>'
                '<table:table-cell office:value-type="string">'
                "<office:annotation><text:p>catatan</text:p></office:annotation>"
                '<text:p>Desa<text:s text:c="2"/><text:span>Mepar</text:span> baru</text:p>'
                "<text:p>baris dua</text:p>"
                "</table:table-cell></table:table-row></table:table>"
            )
        )
        assert list(sheet.rows) == [["Desa  Mepar baru\nbaris dua"]]

    def test_dates_beyond_the_calendar_are_text(self):
        cell = '<table:table-cell office:value-type="date" office:date-value="-0044-03-15"/>'
        assert only(ods(f"<table:table><table:table-row>{cell}</table:table-row></table:table>")).rows == [
            ["-0044-03-15"]
        ]
