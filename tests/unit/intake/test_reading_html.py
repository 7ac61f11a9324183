"""HTML tables named .xls, as INLISLite writes its reports."""

from __future__ import annotations

import pytest

from literasi.intake.layout import find
from literasi.intake.reading import read
from literasi.intake.sheets import Area

INLISLITE = """
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<style>td {{ color: red }}</style></head>
<body><table border=0><tr><td colspan=4><b>Laporan Kunjungan Periodik</b></td></tr></table>
<table border="1"><thead>
<tr><th rowspan="2">No.</th><th rowspan="2">Tanggal<br/>Kunjungan</th><th colspan="2">Jenis Kelamin</th></tr>
<tr><th>Laki-laki</th><th>Perempuan</th></tr></thead>
<tbody><tr><td>1</td><td>07-06-2024</td><td> 12&nbsp;</td><td>1.030</td></tr>
<tr style="display: none"><td>2</td><td>08-06-2024</td><td>3</td><td>Pérez &lt;b&gt;</td></tr></tbody>
</table></body></html>
"""


@pytest.mark.parametrize(
    "charset", ["iso-8859-1", "windows-1252", "utf-8", "no-such-charset", "base64", "unicode_escape"]
)
def test_report_of_inlislite(charset):
    codec = "utf-8" if charset == "utf-8" else "cp1252"
    file = read("Laporan_Periodik_Data.xls", INLISLITE.format(charset=charset).encode(codec))
    assert file.kind == "html"
    title, table = file.sheets
    assert (title.name, table.name) == ("Laporan_Periodik_Data 1", "Laporan_Periodik_Data 2")
    assert [list(row) for row in table.rows] == [
        ["No.", "Tanggal Kunjungan", "Jenis Kelamin", "Jenis Kelamin"],
        ["No.", "Tanggal Kunjungan", "Laki-laki", "Perempuan"],
        ["1", "07-06-2024", "12", "1.030"],
        ["2", "08-06-2024", "3", "Pérez <b>"],
    ]
    assert Area(1, 3, 1, 4) in table.merged
    assert table.hidden_rows == {4}
    assert [heading for _, heading in find(table).columns][2:] == [
        "Jenis Kelamin – Laki-laki",
        "Jenis Kelamin – Perempuan",
    ]


def test_one_table_is_named_after_the_file():
    assert read("Data.2024.xls", b"<table><tr><td>a</table>").sheets[0].name == "Data.2024"


def test_tables_inside_tables_are_sheets_of_their_own():
    file = read("a.xls", b"<table><tr><td>luar<table><tr><td>dalam</table> lagi<td>b</table>")
    assert [[list(row) for row in sheet.rows] for sheet in file.sheets] == [[["luar lagi", "b"]], [["dalam"]]]


def test_scripts_are_not_read_and_markup_as_text_stays():
    file = read(
        "a.xls",
        b"<table><tr><td>a<script>alert(1)</script><td>&lt;script&gt;<td colspan=x rowspan=0>c</table>",
    )
    assert list(file.sheets[0].rows) == [["a", "<script>", "c"]]


def test_cells_over_rows_push_the_next_ones_to_the_right():
    file = read("a.xls", b"<table><tr><td rowspan=3>a<td>b<tr><td>c<tr><td>d<tr><td>e<td>f</table>")
    assert list(file.sheets[0].rows) == [["a", "b"], ["a", "c"], ["a", "d"], ["e", "f"]]


def test_a_span_beyond_the_table_ends_with_it():
    file = read("a.xls", b"<table><tr><td rowspan=60000 colspan=900>a<tr><td>b</table>")
    assert len(file.sheets[0].rows) == 2
