"""What a file is, by its content; and the message for each that cannot be read."""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import zipfile

import pytest

from literasi.intake.errors import IntakeError
from literasi.intake.reading import check_size, limits, read
from literasi.text import t
from tests.unit.intake.workbooks import archive, compound, ods, parts, record, sheet_xml, xls_stream, xlsx

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
CELL = '<c r="A1"><v>1</v></c>'
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>Nama</text:p></table:table-cell>'
SECRET_ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"?"}
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


def refusal(data: bytes, name: str = "Data Kunjungan.xlsx") -> IntakeError:
    with pytest.raises(IntakeError) as caught:
        read(name, data)
    error = caught.value
    assert t(error.key, **error.params)  # has a text, and all that the text names
    assert error.params["file"] == name
    return error


@pytest.mark.parametrize("name", ["a.xlsx", "a.XLS", "a.csv", "a", "a.txt.pdf", ".xls"])
@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("xlsx", xlsx(["Nama"], ["A"])),
        ("ods", ods(f"<table:table><table:table-row>{ODS_CELL}</table:table-row></table:table>")),
        ("csv", b"Nama\nA\n"),
        ("html", b"<html><table><tr><td>Nama</table>"),
        ("json", b'[{"Nama": "A"}]'),
        ("xls", compound({"Workbook": xls_stream((0, 0))})),
    ],
)  # fmt: skip
def test_the_content_says_what_it_is_not_the_ending(name, kind, data):
    file = read(f"C:\\Users\\op\\{name}", data)
    assert (file.kind, file.name) == (kind, name)
    assert file.sha256 == hashlib.sha256(data).hexdigest()
    assert file.data is data
    assert len(file.sheets) == 1


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("PNG", PNG),
        ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        ("JPEG", b"\xff\xd8\xff\xe0" + bytes(40)),
        ("GZIP", b"\x1f\x8b\x08" + bytes(40)),
        ("RAR", b"Rar!\x1a\x07\x01\x00" + bytes(40)),
        ("SQLite", b"SQLite format 3\x00" + bytes(40)),
        ("Microsoft Access", b"\x00\x01\x00\x00Standard ACE DB\x00"),
        ("EXE", b"MZ\x90\x00\x03\x00\x00\x00" + bytes(40)),
        ("MP4/HEIC", b"\x00\x00\x00\x18ftypheic" + bytes(40)),
        ("MHTML", b"MIME-Version: 1.0\r\n"),
        ("XML", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'),
        ("ZIP", archive({"data.csv": b"a;b"})),
        ("ZIP", b"PK\x05\x06" + bytes(18)),
        ("Microsoft Word (DOCX)", archive({"word/document.xml": b"<w/>"})),
        ("Excel Binary (XLSB)", archive({"xl/workbook.bin": b"x"})),
        ("OpenDocument", archive({"mimetype": b"application/vnd.oasis.opendocument.text"})),
        ("Microsoft Word (DOC)", compound({"WordDocument": b"x"})),
        ("Excel 4", b"\x09\x04\x06\x00" + bytes(40)),
    ],
)
def test_wrong_type_with_right_ending_is_named(what, data):
    error = refusal(data)
    assert (error.key, error.params["what"]) == ("intake.error.wrong_type", what)


@pytest.mark.parametrize(
    ("why", "data"),
    [
        ("empty", b""),
        ("empty", b"\xef\xbb\xbf\r\n \r\n"),
        ("empty", bytes(1000)),
        ("unknown_type", bytes(range(256)) * 8),
        ("unknown_type", compound({"Other": b"x"})),
        ("no_cells", xlsx()),
        ("no_cells", b";;;\n;;;\n"),
        ("no_cells", b"<table><tr><td></table>"),
        ("no_cells", b"[{}]"),
        ("no_table", b"<html><p>Sesi Anda habis"),
        ("no_records", b'{"status": "ok", "data": []}'),
        ("no_records", b"[1, 2]"),
        ("bad_json", b'[{"a": 1}, {"a"'),
        ("too_deep", b"[" * 100_000),
        ("too_deep", b'{"a":' * 100_000),
        ("too_deep", b"<div>" * 3_000 + b"<table><tr><td>x"),
        ("open_quote", b'Nama;Desa\n"Mepar;1\nResun;2\n'),
        ("damaged", xlsx(["Nama"])[:-200]),
        ("damaged", xlsx(["Nama"]).replace(b"xl/styles.xml", b"xl/theme2.xml", 1)),
        ("damaged", archive({"xl/workbook.xml": b"<workbook"})),
        ("damaged", compound({"Workbook": xls_stream((0, 0))})[:1600]),
        ("damaged", ods("<table:table>").replace(b"x", b"y")),
        ("password", compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})),
        ("password", compound({"Workbook": xls_stream((0, 0), extra=record(0x2F, bytes(54)))})),
        ("password", archive({**SECRET_ODS, "META-INF/manifest.xml": b"<manifest:encryption-data/>"})),
        ("password", archive({**SECRET_ODS, "encrypted-package": b"?"})),
        ("entities", archive({**parts(xlsx(["x"])), "xl/workbook.xml": DOCTYPE.encode()})),
        ("entities", archive({**parts(xlsx(["x"])), "xl/a.xml": DOCTYPE.encode("utf-16")})),
    ],
)  # fmt: skip
def test_each_reason_has_its_message(why, data):
    assert refusal(data).key == f"intake.error.{why}"


def test_an_encrypted_archive_needs_a_password():
    data = bytearray(xlsx(["x"]))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as whole:
        starts = [part.header_offset + 6 for part in whole.infolist()]
    for start in [*starts, *(found.start() + 8 for found in re.finditer(b"PK\x01\x02", bytes(data)))]:
        data[start] |= 1
    assert refusal(bytes(data)).key == "intake.error.password"


def test_an_archive_that_lists_a_part_twice_is_damaged():
    out = io.BytesIO(xlsx(["x"]))
    with zipfile.ZipFile(out, "a") as whole:
        whole.writestr("xl/Worksheets/sheet1.xml", b"<worksheet/>")
    assert refusal(out.getvalue()).key == "intake.error.damaged"


class TestSize:
    def test_a_file_of_200_mb_is_refused_before_it_is_parsed(self, monkeypatch):
        class Huge(bytes):
            def __len__(self) -> int:
                return 200 * limits.MEGABYTE

        monkeypatch.setattr("literasi.intake.reading._read", lambda *_: pytest.fail("parsed"))
        error = refusal(Huge(b"PK\x03\x04"))
        assert (error.key, error.params["size"], error.params["limit"]) == ("intake.error.too_large", 200, 50)

    def test_the_size_alone_is_enough(self):
        check_size("a.csv", limits.MAX_BYTES)
        with pytest.raises(IntakeError):
            check_size("a.csv", limits.MAX_BYTES + 1)

    def test_zip_bomb_by_ratio(self):
        data = sheet_xml(" " * (limits.RATIO_MATTERS_FROM + limits.MEGABYTE))
        assert len(data) < 100_000
        assert refusal(data).key == "intake.error.bomb"

    def test_zip_bomb_by_what_comes_out_whatever_the_headers_claim(self, monkeypatch):
        monkeypatch.setattr("literasi.intake.reading.archive.MAX_UNPACKED_BYTES", 100_000)
        data = bytearray(sheet_xml(f"<sheetData><row>{CELL}</row></sheetData>" + " " * 200_000))
        with zipfile.ZipFile(io.BytesIO(bytes(data))) as whole:
            size = whole.getinfo("xl/worksheets/sheet1.xml").file_size
        claimed = bytes(data).replace(size.to_bytes(4, "little"), (50).to_bytes(4, "little"))
        assert refusal(bytes(data)).key == "intake.error.bomb"
        assert refusal(claimed).key in ("intake.error.bomb", "intake.error.damaged")

    def test_an_ods_may_be_a_bomb_too(self):
        assert refusal(ods(" " * 30_000_000)).key == "intake.error.bomb"

    def test_rows_and_cells_count_over_all_sheets(self):
        room = limits.Room("a.xlsx")
        room.take("S1", limits.MAX_ROWS - 1, 1)
        room.check("S2", 1, 1)
        with pytest.raises(IntakeError, match="too_many_rows"):
            room.take("S2", 2, 1)
        with pytest.raises(IntakeError, match="too_many_cells"):
            limits.Room("a.xlsx").take("S1", 100_000, limits.MAX_COLUMNS)

    def test_too_many_parts(self):
        contents = {f"xl/{number}": b"" for number in range(limits.MAX_PARTS + 1)}
        assert refusal(archive({**parts(xlsx(["x"])), **contents})).key == "intake.error.bomb"

    @pytest.mark.parametrize(
        ("why", "cells"),
        [
            ("too_many_rows", '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
            ("too_many_columns", '<row r="1"><c r="XFD1"><v>1</v></c></row>'),
            ("too_many_cells", '<row><c r="ZZ1"><v>1</v></c></row><row><c r="A150000"><v>1</v></c></row>'),
            ("too_many_columns", "<row><c r = 'XFD1'><v>1</v></c></row>"),
            ("too_many_columns", '<x:row><x:c r="XFD1"><v>1</v></x:c></x:row>'),
            ("too_many_columns", '<row><c\tr="XFD1" s="0"><v>1</v></c></row>'),
            ("damaged", '<row r="1"><c r="AAAAAAA1"><v>1</v></c></row>'),
            ("damaged", '<row r="1"><c r="A99999999999"><v>1</v></c></row>'),
        ],
    )  # fmt: skip
    def test_far_cells_of_xlsx_are_refused_before_memory_is_allotted(self, why, cells, monkeypatch):
        monkeypatch.setattr("literasi.intake.reading.apart.sheets_of", lambda *_: pytest.fail("opened"))
        error = refusal(sheet_xml(f'<sheetData><row r="1">{CELL}</row>{cells}</sheetData>'))
        assert error.key == f"intake.error.{why}"

    @pytest.mark.parametrize(
        "cells",
        [
            '<row r="9"><c x=">" r="XFD1048576"><v>1</v></c></row>',
            '<row r="1048576">' + "<c><v>1</v></c>" * 900 + "</row>",
            '<row r="9"><c r="XFD1048576" x="/>"><v>1</v></c></row>',
        ],
    )
    def test_far_cells_that_no_pattern_sees_end_another_process(self, cells):
        error = refusal(sheet_xml(f'<sheetData><row r="1">{CELL}</row>{cells}</sheetData>'))
        assert error.key in ("intake.error.damaged", "intake.error.too_many_cells")

    def test_cells_without_reference_are_read(self):
        file = read("a.xlsx", sheet_xml("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>"))
        assert list(file.sheets[0].rows) == [[1, 2]]

    def test_far_empty_cells_do_no_harm(self):
        far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
        file = read("a.xlsx", sheet_xml(f'<sheetData><row r="1">{CELL}</row>{far}</sheetData>'))
        assert list(file.sheets[0].rows) == [[1]]

    def test_far_cells_of_xls_on_many_sheets(self, monkeypatch):
        monkeypatch.setattr("literasi.intake.reading.workbook._apart", lambda *_: pytest.fail("opened"))
        error = refusal(compound({"Workbook": xls_stream((0, 0), (30_000, 200), sheets=3)}))
        assert error.key == "intake.error.too_many_cells"

    @pytest.mark.parametrize(
        ("why", "row"),
        [
            ("too_many_rows", '<table:table-row table:number-rows-repeated="1048576">{}</table:table-row>'),
            ("too_many_columns", '<table:table-row>{}</table:table-row>'),
        ],
    )  # fmt: skip
    def test_repeated_rows_and_columns_of_ods(self, why, row, monkeypatch):
        monkeypatch.setattr(
            "literasi.intake.reading.opendocument.sheet_of", lambda *_, **__: pytest.fail("made")
        )
        columns = 16_384 if why == "too_many_columns" else 1
        cell = ODS_CELL.replace(" office", f' table:number-columns-repeated="{columns}" office', 1)
        table = f'<table:table table:name="S">{row.format(cell)}</table:table>'
        assert refusal(ods(table)).key == f"intake.error.{why}"

    @pytest.mark.parametrize(
        ("why", "data"),
        [
            ("too_many_rows", b"a\n" * (limits.MAX_ROWS + 1)),
            ("too_many_columns", b"a;" * limits.MAX_COLUMNS + b"b\n"),
            ("too_many_columns", b"<table><tr>" + b"<td>a" * (limits.MAX_COLUMNS + 1)),
            ("too_many_cells", b"<table>" + b"<tr><td colspan=1000>a</td></tr>" * 5_001),
            ("too_many_columns", json.dumps([dict.fromkeys(range(limits.MAX_COLUMNS + 1))]).encode()),
        ],
    )  # fmt: skip
    def test_rows_columns_and_cells_of_text_files(self, why, data):
        assert refusal(data, "a.csv").key == f"intake.error.{why}"

    def test_many_empty_cells_are_no_columns(self):
        file = read("a.csv", b"a;b\n1;2" + b";" * 5_000 + b"\n")
        assert list(file.sheets[0].rows) == [["a", "b"], ["1", "2"]]


def test_a_damaged_xls_that_demands_more_memory_than_there_is_ends_another_process_not_this_one():
    far = struct.pack("<IIHHH", 0, 0xFFFFFFFE, 0, 0xFFFE, 0)  # DIMENSIONS: calamine allots what it says
    stream = xls_stream((0, 0))
    at = stream.rindex(record(0x0203, struct.pack("<HHHd", 0, 0, 0, 1.0)))
    assert (
        refusal(compound({"Workbook": stream[:at] + record(0x0200, far) + stream[at:]})).key
        == "intake.error.damaged"
    )


def test_a_fault_of_ours_or_of_a_library_is_a_message_too(monkeypatch):
    def fail(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("literasi.intake.reading.delimited.read", fail)
    assert refusal(b"a;b\n1;2\n").key == "intake.error.damaged"

    def exhaust(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("literasi.intake.reading.delimited.read", exhaust)
    assert refusal(b"a;b\n1;2\n").key == "intake.error.no_memory"
