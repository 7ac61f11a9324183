"""The copy that is kept has no dropped column, and nothing in it runs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile

import pytest

from literasi.intake.kept import keep
from literasi.intake.sheets import Cell, File, Sheet


def file(*sheets: Sheet) -> File:
    return File(name="a.xlsx", kind="xlsx", data=b"", sha256="", sheets=sheets)


def tables(kept: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        return {
            name: list(
                csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""), delimiter=";")
            )
            for name in archive.namelist()
        }


def test_dropped_columns_are_gone_and_rows_stay_where_they_were():
    sheet = Sheet("Peserta", [["Daftar", None, None], [], ["Nama", "NIK", "Desa"], ["A", "2171", "Mepar"]])
    rows: list[list[Cell]] = [list(row) + [None] * (3 - len(row)) for row in sheet.rows]
    kept = keep(file(Sheet("Peserta", rows)), dropped={"Peserta": frozenset({1, 2})})
    assert tables(kept) == {"01 Peserta.csv": [[""], [""], ["Desa"], ["Mepar"]]}
    assert b"2171" not in kept


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x","y")',
        "+1+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "-1+2",
        "\t=1",
        "\r=1",
        "  =1",
        "＝1",
        "\n=1",
    ],
)
def test_nothing_runs(text):
    assert tables(keep(file(Sheet("S", [[text]])), dropped={}))["01 S.csv"][0][0] == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "-", "-1.234,5", "+62", "-12,5%", "Desa = Mepar", "<script>"])
def test_numbers_and_other_texts_stay(text):
    assert tables(keep(file(Sheet("S", [[text]])), dropped={}))["01 S.csv"] == [[text]]


def test_values_and_masks():
    row: list[Cell] = [dt.date(2024, 6, 7), 1.5, -3, True, None, "HP 0812", 81234567890, "a;b\nc"]
    kept = keep(file(Sheet("S", [row])), dropped={}, mask=lambda text: text.replace("81", "**"))
    assert tables(kept)["01 S.csv"] == [
        ["2024-06-07", "1.5", "-3", "True", "", "HP 0**2", "**234567890", "a;b\nc"]
    ]


def test_names_of_sheets_are_safe_and_a_sheet_without_columns_is_not_kept():
    names = ["../../etc/passwd", "../../etc/passwd", "Rahasia"]
    sheets = [Sheet(name, [["x"]]) for name in names]
    kept = tables(keep(file(*sheets), dropped={"Rahasia": frozenset({1})}))
    assert list(kept) == ["01 .._.._etc_passwd.csv", "02 .._.._etc_passwd.csv"]


def test_the_same_file_gives_the_same_bytes():
    sheet = Sheet("S", [["a", 1], ["b", 2]])
    assert keep(file(sheet), dropped={}) == keep(file(sheet), dropped={})
