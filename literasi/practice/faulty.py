"""Faulty example files for training, each breaking one rule of the intake; also fixtures of its tests.

They are made by code, with libraries of the practice workspace ("Perpustakaan Latihan 18") and invented
numbers. What a trainer says about each stands in the text catalogue under ``upload.faulty.<name>``.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Raises = Literal["error", "fail", "advise", "question", "dropped", "taken"]
Row = Sequence[object]
Edit = Callable[[Worksheet], None]


@dataclass(frozen=True, slots=True)
class FaultyFile:
    """One faulty file.

    Attributes
    ----------
    name : str
    file_name : str
        As it is offered.
    raises : {"error", "fail", "advise", "question", "dropped", "taken"}
        What the intake makes of it: it cannot be read; a fault; an advice; a question; columns that are
        dropped; or it is taken in without a word, which only looks like a fault.
    rule : str
        The last word of the error's key, the rule of the finding, the kind of the question; else "".
    build : callable
        Makes its bytes.
    """

    name: str
    file_name: str
    raises: Raises
    rule: str
    build: Callable[[], bytes]


_PLACE = ("Kabupaten/kota", "Kecamatan", "Desa/kelurahan", "Nama perpustakaan")
_NATUNA = ("Natuna", "Bunguran Barat", "Mekar Jaya", "Perpustakaan Latihan 18")
_LINGGA = ("Lingga", "Bakung Serumpun", "Tanjung Lipat", "Perpustakaan Latihan 38")
_VISITS = (*_PLACE, "Bulan dan tahun", "Pengunjung perempuan", "Pengunjung laki-laki", "Jumlah pengunjung")
_ACTIVITIES = (
    *_PLACE,
    "Tanggal",
    "Nama kegiatan",
    "Bidang kegiatan",
    "Jenis kegiatan",
    "Sasaran",
    "Jumlah peserta",
)
_PARTICIPANTS = ("Acara", "Nama peserta", *_PLACE, "Jenis kelamin", "Umur", "Nilai awal", "Nilai akhir")
_LIBRARIES = (*_PLACE, "Jenis perpustakaan", "Tahun bergabung", "Koleksi 5 tahun (%)", "Tenaga")
_AID = (*_PLACE, "Periode", "Barang", "Jumlah barang", "Satuan")
_TARGETS = ("Indikator", "Kabupaten/kota", "Tahun", "Edisi metode", "Nilai target", "Dokumen")
_EVENT = "Bimtek Latihan SPP-TIK 2026"


def _visits() -> list[list[object]]:
    return [
        [*_NATUNA, "Juli 2026", 90, 85, 175],
        [*_NATUNA, "Agustus 2026", 88, 80, 168],
        [*_LINGGA, "Juli 2026", 40, 34, 74],
        [*_LINGGA, "Agustus 2026", 36, 31, 67],
    ]


def _activities() -> list[list[object]]:
    return [
        [*_NATUNA, "04/07/2026", "Latihan kelas menulis", "Pendidikan", "Pelatihan", "Pelajar", 24],
        [*_NATUNA, "18/07/2026", "Latihan membuat kue", "Ekonomi", "Pelatihan", "Pelaku UMKM", 18],
        [*_LINGGA, "25/07/2026", "Latihan mendongeng", "Pendidikan", "Promosi", "Anak-Anak", 31],
    ]


def _participants() -> list[list[object]]:
    return [
        [_EVENT, "Peserta Latihan A", *_NATUNA, "Perempuan", 34, 55, 80],
        [_EVENT, "Peserta Latihan B", *_LINGGA, "Laki-laki", 41, 60, 75],
    ]


def _libraries() -> list[list[object]]:
    return [
        [*_NATUNA, "Desa/kelurahan", 2021, 12.5, 2],
        [*_LINGGA, "Desa/kelurahan", 2022, 9, 3],
    ]


def _aid() -> list[list[object]]:
    return [
        [*_NATUNA, "2024", "Komputer", 4, "unit"],
        [*_LINGGA, "2025", "Buku", 1000, "buku"],
    ]


def _targets() -> list[list[object]]:
    return [
        ["IPLM", "Natuna", 2024, "2023_2024", 70, "RPJMD Latihan"],
        ["IPLM", "Lingga", 2024, "2023_2024", 68, "RPJMD Latihan"],
    ]


_TABLES: Mapping[str, tuple[str, Row, Callable[[], list[list[object]]]]] = {
    "visits": ("Kunjungan", _VISITS, _visits),
    "activities": ("Kegiatan", _ACTIVITIES, _activities),
    "participants": ("Peserta", _PARTICIPANTS, _participants),
    "libraries": ("Perpustakaan", _LIBRARIES, _libraries),
    "aid": ("Bantuan", _AID, _aid),
    "targets": ("Target", _TARGETS, _targets),
}


def _table(
    of: str,
    *,
    cells: Mapping[tuple[int, str], object] | None = None,
    more: Iterable[Row] = (),
    headings: Mapping[str, str] | None = None,
    columns: Mapping[str, Row] | None = None,
    without: Sequence[str] = (),
    edit: Edit | None = None,
) -> bytes:
    """Make a faultless workbook of one table, with one thing changed.

    Parameters
    ----------
    of : str
        Name in `_TABLES`.
    cells : mapping of (int, str) to object
        Data row from 1 and heading to another value.
    more : iterable of row
        Further rows.
    headings : mapping of str to str
        Heading to another one.
    columns : mapping of str to row
        Further columns, with the values of the first rows.
    without : sequence of str
        Headings of columns that are left out.
    edit : callable
        Last changes of the sheet; the headings are in row 1.
    """
    title, names, make = _TABLES[of]
    rows = [*make(), *(list(row) for row in more)]
    for (place, heading), value in (cells or {}).items():
        rows[place - 1][names.index(heading)] = value
    kept = [i for i, name in enumerate(names) if name not in without]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    further = columns or {}
    sheet.append([*((headings or {}).get(str(names[i]), names[i]) for i in kept), *further])
    for number, row in enumerate(rows):
        added = [values[number] if number < len(values) else None for values in further.values()]
        sheet.append([*(row[i] for i in kept), *added])
    if edit is not None:
        edit(sheet)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv(of: str, *, cells: Mapping[tuple[int, str], str]) -> bytes:
    """Make a table as Excel in Indonesia saves CSV: semicolons, cp1252."""
    _, names, make = _TABLES[of]
    rows = make()
    for (row, heading), value in cells.items():
        rows[row - 1][names.index(heading)] = value
    lines = (";".join(map(str, row)) for row in (names, *rows))
    return "\r\n".join(lines).encode("cp1252")


# Edits of a sheet whose headings are in row 1


def _total_row(sheet: Worksheet) -> None:
    sheet.append(["Jumlah", None, None, None, None, 254, 230, 484])


def _two_headings(sheet: Worksheet) -> None:
    sheet.insert_rows(1)
    sheet["F1"] = "Pengunjung"
    for cell, text in (("F2", "Perempuan"), ("G2", "Laki-laki"), ("H2", "Jumlah")):
        sheet[cell] = text
    sheet.merge_cells("F1:H1")


def _merged_place(sheet: Worksheet) -> None:
    for column in "ABCD":
        sheet.merge_cells(f"{column}2:{column}3")


def _merged_number(sheet: Worksheet) -> None:
    sheet.merge_cells("J2:J3")


def _formula(sheet: Worksheet) -> None:
    sheet["H2"] = "=F2+G2"  # openpyxl stores no value beside a formula


def _hidden_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def _hidden_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["I"].hidden = True


def _hidden_sheet(sheet: Worksheet) -> None:
    book = sheet.parent
    assert isinstance(book, Workbook)
    book.create_sheet("Catatan").append(["Datanya ada di lembar lain."])
    sheet.sheet_state = "hidden"
    book.active = 1


def _column_without_heading(sheet: Worksheet) -> None:
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, sheet.max_column if row > 2 else sheet.max_column + 1, row)


def _section(sheet: Worksheet) -> None:
    sheet.insert_rows(4)
    sheet["A4"] = "KABUPATEN LINGGA"
    sheet.merge_cells("A4:H4")


def _notes_below(sheet: Worksheet) -> None:
    sheet.append([])
    sheet.append(["Catatan: angka sementara, diisi oleh petugas latihan"])


def _formula_error(sheet: Worksheet) -> None:
    sheet["H2"] = "#DIV/0!"
    sheet["H2"].data_type = "e"


def _hyperlink(sheet: Worksheet) -> None:
    sheet["F2"] = '=HYPERLINK("http://contoh.invalid","klik")'
    sheet["F2"].data_type = "s"  # the text itself, as an export writes it


# Files that are no table


def _pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _protected() -> bytes:
    """An ODS file as LibreOffice saves it with a password: its contents are encrypted."""
    manifest = (
        '<?xml version="1.0"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry></manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", bytes(range(256)))
    return out.getvalue()


def _cut_off() -> bytes:
    whole = _table("visits")
    return whole[: len(whole) // 2]


def _no_cells() -> bytes:
    return _saved(Workbook())


def _nul() -> bytes:
    _, names, make = _TABLES["activities"]
    rows = [dict(zip(names, row, strict=True)) for row in make()]
    rows[0]["Nama kegiatan"] = "Latihan kelas\0 menulis"
    return json.dumps(rows, indent=1).encode()


def _open_quote() -> bytes:
    return _csv("activities", cells={(2, "Nama kegiatan"): '"Latihan membuat kue'})


def _scores() -> bytes:
    record = {
        "nama_perpustakaan": "Perpustakaan Latihan 18",
        "provinsi": "Kepulauan Riau",
        "kabupaten_kota": "Natuna",
        "desa_kelurahan": "Mekar Jaya",
        "periode": "2026",
    }
    other = {"nama_perpustakaan": "Perpustakaan Latihan 38", "kabupaten_kota": "Lingga"}
    rows = [record | {"skor": "72,5"}, record | other | {"desa_kelurahan": "Tanjung Lipat", "skor": "-"}]
    return json.dumps(rows, indent=1).encode()


def _broken_json() -> bytes:
    record = {"perpus_nama": "Perpustakaan Latihan 18", "periode": "Jul 2026", "total_pengunjung": 115}
    return json.dumps([record, record], indent=1)[:-20].encode()


def _notes() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Catatan"
    for row in (("Warna", "Rasa", "Bentuk"), ("merah", "manis", "bulat"), ("biru", "asin", "lonjong")):
        sheet.append(row)
    return _saved(book)


def _fails(name: str, file_name: str, rule: str, build: Callable[[], bytes]) -> FaultyFile:
    return FaultyFile(name, file_name, "fail", rule, build)


def _advises(name: str, file_name: str, rule: str, build: Callable[[], bytes]) -> FaultyFile:
    return FaultyFile(name, file_name, "advise", rule, build)


def _asks(name: str, file_name: str, rule: str, build: Callable[[], bytes]) -> FaultyFile:
    return FaultyFile(name, file_name, "question", rule, build)


def _refused(name: str, file_name: str, rule: str, build: Callable[[], bytes]) -> FaultyFile:
    return FaultyFile(name, file_name, "error", rule, build)


def _taken(name: str, file_name: str, build: Callable[[], bytes]) -> FaultyFile:
    return FaultyFile(name, file_name, "taken", "", build)


_UNREGISTERED = ("Batam", "Galang", "Sembulang", "Taman Baca Latihan Pelangi")
_ELSEWHERE = ("Kepulauan Meranti", "Tebing Tinggi", "Selatpanjang Kota", "Perpustakaan Latihan 18")

FILES: tuple[FaultyFile, ...] = (
    # Values
    _fails(
        "negative",
        "kunjungan-negatif.xlsx",
        "negative",
        partial(_table, "visits", cells={(1, "Pengunjung perempuan"): -3, (1, "Jumlah pengunjung"): 82}),
    ),
    _fails(
        "sum",
        "kunjungan-jumlah-tidak-cocok.xlsx",
        "sum",
        partial(_table, "visits", cells={(2, "Jumlah pengunjung"): 180}),
    ),
    _fails(
        "year_range",
        "kegiatan-tahun-2124.xlsx",
        "year_range",
        partial(_table, "activities", cells={(1, "Tanggal"): "04/07/2124"}),
    ),
    _fails(
        "not_date",
        "kegiatan-tanggal-mustahil.xlsx",
        "not_date",
        partial(_table, "activities", cells={(2, "Tanggal"): "31/02/2026"}),
    ),
    _fails(
        "not_month",
        "kunjungan-bulan-tidak-jelas.xlsx",
        "not_month",
        partial(_table, "visits", cells={(1, "Bulan dan tahun"): "musim libur"}),
    ),
    _fails(
        "not_integer",
        "kunjungan-setengah-orang.xlsx",
        "not_integer",
        partial(_table, "visits", cells={(1, "Jumlah pengunjung"): 115.5}),
    ),
    _fails(
        "not_number",
        "kegiatan-angka-dengan-kata.xlsx",
        "not_number",
        partial(_table, "activities", cells={(1, "Jumlah peserta"): "kira-kira dua puluh"}),
    ),
    _fails(
        "maximum",
        "peserta-nilai-di-atas-100.xlsx",
        "maximum",
        partial(_table, "participants", cells={(1, "Nilai akhir"): 180}),
    ),
    _fails(
        "choice",
        "peserta-jenis-kelamin-salah.xlsx",
        "choice",
        partial(_table, "participants", cells={(1, "Jenis kelamin"): "X"}),
    ),
    _fails(
        "not_age",
        "peserta-umur-salah.xlsx",
        "not_age",
        partial(_table, "participants", cells={(1, "Umur"): "dewasa"}),
    ),
    _fails(
        "required",
        "kegiatan-tanpa-nama.xlsx",
        "required",
        partial(_table, "activities", cells={(3, "Nama kegiatan"): None}),
    ),
    _fails(
        "minimum",
        "peserta-kepuasan-nol.xlsx",
        "minimum",
        partial(_table, "participants", columns={"Kepuasan": (0, 3)}),
    ),
    _fails(
        "not_period",
        "bantuan-tahun-lalu.xlsx",
        "not_period",
        partial(_table, "aid", cells={(1, "Periode"): "tahun lalu"}),
    ),
    _fails(
        "not_boolean",
        "kegiatan-terverifikasi-mungkin.xlsx",
        "not_boolean",
        partial(_table, "activities", columns={"Terverifikasi": ("mungkin", "ya", "ya")}),
    ),
    _fails(
        "too_long",
        "kegiatan-nama-sepanjang-laporan.xlsx",
        "too_long",
        partial(_table, "activities", cells={(1, "Nama kegiatan"): "Latihan menulis panjang " * 420}),
    ),
    _fails(
        "formula_error",
        "kunjungan-rumus-gagal.xlsx",
        "formula_error",
        partial(_table, "visits", edit=_formula_error),
    ),
    _fails("nul_character", "kegiatan-karakter-nul.json", "broken_character", _nul),
    _fails(
        "broken_character",
        "kegiatan-huruf-rusak.xlsx",
        "broken_character",
        partial(_table, "activities", cells={(1, "Nama kegiatan"): "Latihan \N{REPLACEMENT CHARACTER}ulis"}),
    ),
    # Rows and columns
    _fails(
        "repeated_key",
        "kunjungan-bulan-ganda.xlsx",
        "repeated_key",
        partial(_table, "visits", more=[(*_NATUNA, "Juli 2026", 40, 30, 70)]),
    ),
    _advises(
        "repeated_row",
        "kunjungan-baris-terulang.xlsx",
        "repeated_row",
        partial(_table, "visits", more=[(*_NATUNA, "Juli 2026", 90, 85, 175)]),
    ),
    _fails(
        "missing_field",
        "kegiatan-tanpa-tanggal.xlsx",
        "missing_field",
        partial(_table, "activities", without=("Tanggal",)),
    ),
    _fails(
        "duplicate_heading",
        "kunjungan-judul-ganda.xlsx",
        "duplicate_heading",
        partial(_table, "visits", columns={"Jumlah pengunjung ": (99, 98, 97, 96)}),
    ),
    _advises(
        "headings_joined",
        "kunjungan-dua-baris-judul.xlsx",
        "headings_joined",
        partial(_table, "visits", edit=_two_headings),
    ),
    _advises(
        "total_skipped",
        "kunjungan-baris-jumlah.xlsx",
        "total_skipped",
        partial(_table, "visits", edit=_total_row),
    ),
    _advises(
        "merged_cells",
        "kegiatan-sel-gabung.xlsx",
        "merged_cells",
        partial(_table, "activities", edit=_merged_place),
    ),
    _fails(
        "merged_number",
        "kegiatan-angka-gabung.xlsx",
        "merged_number",
        partial(_table, "activities", edit=_merged_number),
    ),
    _fails(
        "formula_without_value",
        "kunjungan-rumus-tanpa-nilai.xlsx",
        "formula_without_value",
        partial(_table, "visits", edit=_formula),
    ),
    _advises(
        "hidden_rows",
        "kunjungan-baris-tersembunyi.xlsx",
        "hidden_rows",
        partial(_table, "visits", edit=_hidden_row),
    ),
    _advises(
        "hidden_column",
        "kegiatan-kolom-tersembunyi.xlsx",
        "hidden_column",
        partial(_table, "activities", edit=_hidden_column),
    ),
    _advises(
        "hidden_sheet",
        "kunjungan-lembar-tersembunyi.xlsx",
        "hidden_sheet",
        partial(_table, "visits", edit=_hidden_sheet),
    ),
    _advises(
        "same_column",
        "kunjungan-kolom-kembar.xlsx",
        "same_column",
        partial(_table, "visits", columns={"Jumlah pengunjung ": (175, 168, 74, 67)}),
    ),
    _advises(
        "column_without_heading",
        "kunjungan-kolom-tanpa-judul.xlsx",
        "column_without_heading",
        partial(_table, "visits", edit=_column_without_heading),
    ),
    _advises(
        "section_skipped",
        "kunjungan-subjudul.xlsx",
        "section_skipped",
        partial(_table, "visits", edit=_section),
    ),
    _advises(
        "notes_skipped",
        "kunjungan-catatan-di-bawah.xlsx",
        "notes_skipped",
        partial(_table, "visits", edit=_notes_below),
    ),
    _fails("no_form", "bukan-data-perpustakaan.xlsx", "no_form", _notes),
    # Areas, libraries, events, people
    _fails(
        "unknown_area",
        "kegiatan-desa-provinsi-lain.xlsx",
        "unknown_area",
        partial(
            _table,
            "activities",
            cells={(1, heading): value for heading, value in zip(_PLACE, _ELSEWHERE, strict=True)},
        ),
    ),
    _fails(
        "code_clash",
        "kunjungan-kode-2101.xlsx",
        "unknown_area",
        partial(
            _table,
            "visits",
            cells={(row, "Kabupaten/kota"): "2101" for row in (1, 2, 3, 4)},
            without=("Kecamatan", "Desa/kelurahan"),
        ),
    ),
    _advises(
        "new_library",
        "kegiatan-perpustakaan-belum-terdaftar.xlsx",
        "new_library",
        partial(
            _table,
            "activities",
            cells={(1, heading): value for heading, value in zip(_PLACE, _UNREGISTERED, strict=True)},
        ),
    ),
    _asks(
        "similar_library",
        "kegiatan-perpustakaan-mirip.xlsx",
        "library",
        partial(_table, "activities", cells={(1, "Nama perpustakaan"): "Perpustakan Latihan 81"}),
    ),
    _fails(
        "other_district",
        "kegiatan-kecamatan-lain.xlsx",
        "other_district",
        partial(_table, "activities", cells={(1, "Kecamatan"): "Serasan"}),
    ),
    _fails(
        "library_elsewhere",
        "kegiatan-kode-perpustakaan-lain.xlsx",
        "library_elsewhere",
        partial(_table, "activities", cells={(3, "Nama perpustakaan"): "LATIHAN-18"}),
    ),
    _fails(
        "unknown_library",
        "kegiatan-perpustakaan-tanpa-desa.xlsx",
        "unknown_library",
        partial(
            _table,
            "activities",
            cells={(1, "Nama perpustakaan"): "Taman Baca Latihan Pelangi"},
            without=("Kecamatan", "Desa/kelurahan"),
        ),
    ),
    _asks(
        "same_library",
        "perpustakaan-mungkin-ganda.xlsx",
        "same_library",
        partial(_table, "libraries", cells={(1, "Nama perpustakaan"): "Perpustakaan Latihn 18"}),
    ),
    _fails(
        "unknown_indicator",
        "target-indikator-tak-dikenal.xlsx",
        "unknown_indicator",
        partial(_table, "targets", cells={(1, "Indikator"): "Indeks Latihan"}),
    ),
    _fails(
        "unknown_edition",
        "target-tanpa-edisi.xlsx",
        "unknown_edition",
        partial(_table, "targets", cells={(1, "Edisi metode"): None}),
    ),
    _asks(
        "same_person",
        "peserta-orang-ganda.xlsx",
        "same_person",
        partial(
            _table,
            "participants",
            more=[(_EVENT, "Peserta Latihan A", *_NATUNA, "Perempuan", 34, 50, 85)],
        ),
    ),
    _asks(
        "unknown_event",
        "peserta-acara-belum-terdaftar.xlsx",
        "event",
        partial(_table, "participants", cells={(1, "Acara"): "Lokakarya Latihan Bintang Utara"}),
    ),
    # Strange values
    _advises(
        "future",
        "kegiatan-masa-depan.xlsx",
        "future",
        partial(_table, "activities", cells={(1, "Tanggal"): "04/07/2099"}),
    ),
    _advises(
        "outlier",
        "kunjungan-melonjak.xlsx",
        "outlier",
        partial(
            _table,
            "visits",
            cells={
                (1, "Pengunjung perempuan"): 6000,
                (1, "Pengunjung laki-laki"): 5000,
                (1, "Jumlah pengunjung"): 11000,
            },
        ),
    ),
    _advises(
        "zero_visits",
        "kunjungan-mendadak-nol.xlsx",
        "zero_visits",
        partial(
            _table,
            "visits",
            cells={
                (2, "Pengunjung perempuan"): 0,
                (2, "Pengunjung laki-laki"): 0,
                (2, "Jumlah pengunjung"): 0,
            },
        ),
    ),
    _advises(
        "more_than_residents",
        "kegiatan-peserta-lebih-dari-penduduk.xlsx",
        "more_than_residents",
        partial(_table, "activities", cells={(1, "Jumlah peserta"): 900_000}),
    ),
    _advises(
        "parts_missing",
        "kunjungan-tanpa-jenis-kelamin.xlsx",
        "parts_missing",
        partial(_table, "visits", without=("Pengunjung perempuan", "Pengunjung laki-laki")),
    ),
    _advises("no_value", "skor-belum-dinilai.json", "no_value", _scores),
    # Ways of writing that leave a reading open
    _asks(
        "number_style",
        "perpustakaan-titik-atau-koma.csv",
        "number",
        partial(
            _csv,
            "libraries",
            cells={(1, "Koleksi 5 tahun (%)"): "1.125", (2, "Koleksi 5 tahun (%)"): "9.250"},
        ),
    ),
    _asks(
        "date_style",
        "kegiatan-hari-atau-bulan-dulu.csv",
        "date",
        partial(
            _csv,
            "activities",
            cells={
                (1, "Tanggal"): "25/04/2026",
                (2, "Tanggal"): "04/26/2026",
                (3, "Tanggal"): "05/06/2026",
            },
        ),
    ),
    # Personal data
    FaultyFile(
        "personal",
        "peserta-data-pribadi.xlsx",
        "dropped",
        "",
        partial(
            _table,
            "participants",
            columns={
                "NIK": ("2101010101010001", "2101010101010002"),
                "No. HP": ("081200000001", "081200000002"),
                "Tanggal lahir": ("01/01/1992", "02/02/1985"),
                "Alamat rumah": ("Jalan Latihan 1", "Jalan Latihan 2"),
                "Nama ibu kandung": ("Ibu Latihan A", "Ibu Latihan B"),
                "E-mail": ("a@contoh.invalid", "b@contoh.invalid"),
            },
        ),
    ),
    # What looks like a fault and is none
    _taken(
        "text_dates",
        "kegiatan-tanggal-teks.xlsx",
        partial(
            _table,
            "activities",
            cells={
                (1, "Tanggal"): "4 Juli 2026",
                (2, "Tanggal"): "18 Jul 2026",
                (3, "Tanggal"): "2026-07-25",
            },
        ),
    ),
    _taken(
        "text_percent",
        "perpustakaan-persen-teks.xlsx",
        partial(
            _table,
            "libraries",
            cells={(1, "Koleksi 5 tahun (%)"): "12,5%", (2, "Koleksi 5 tahun (%)"): "9 %"},
        ),
    ),
    _taken("formula_text", "kegiatan-tautan-jahat.xlsx", partial(_table, "activities", edit=_hyperlink)),
    _taken(
        "markup",
        "kegiatan-skrip.xlsx",
        partial(_table, "activities", cells={(1, "Nama kegiatan"): "<script>alert('latihan')</script>"}),
    ),
    _taken(
        "emoji",
        "kegiatan-emoji-dan-arab.xlsx",
        partial(_table, "activities", cells={(1, "Nama kegiatan"): "Latihan 📚 مكتبة"}),
    ),
    # Files that cannot be read
    _refused("empty", "kosong.xlsx", "empty", bytes),
    _refused("no_cells", "tanpa-isi.xlsx", "no_cells", _no_cells),
    _refused("no_records", "bukan-daftar.json", "no_records", b'{"status": "ok"}'.strip),
    _refused("no_table", "halaman-tanpa-tabel.xls", "no_table", b"<html><body>Selesai</body></html>".strip),
    _refused("open_quote", "kutip-terbuka.csv", "open_quote", _open_quote),
    _refused("unknown_type", "bukan-berkas-data.xlsx", "unknown_type", bytes(range(256)).strip),
    _refused("wrong_type", "pdf-bernama-excel.xlsx", "wrong_type", _pdf),
    _refused("password", "berkata-sandi.ods", "password", _protected),
    _refused("damaged", "terpotong.xlsx", "damaged", _cut_off),
    _refused("bad_json", "unduhan-terputus.json", "bad_json", _broken_json),
)
