"""Personal data is found by its heading or by its shape; what is about a library is left alone."""

import pytest

from literasi.intake import personal
from literasi.intake.layout import Block
from literasi.intake.sheets import Sheet


def find(heading, cells):
    sheet = Sheet("x", [[heading], *([cell] for cell in cells)])
    return personal.find(sheet, Block((1,), ((1, heading),), tuple(range(2, 2 + len(cells))))).get(1, "")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("NIK", "nik"),
        ("No. KTP (16 digit)", "nik"),
        ("NIP", "nik"),
        ("No. HP/WA aktif", "phone"),
        ("Nomor WhatsApp yang dapat dihubungi", "phone"),
        ("Telepon", "phone"),
        ("Tempat, Tanggal Lahir", "birth_date"),
        ("Tgl. Lahir", "birth_date"),
        ("birth_date", "birth_date"),
        ("Alamat Rumah", "address"),
        ("Alamat", "address"),
        ("Nama Ibu Kandung", "mother"),
        ("MotherMaidenName", "mother"),
        ("Email Address", "email"),
        ("username", "email"),
        ("Pas Foto", "photo"),
        ("Tanda tangan", "photo"),
        ("Nama", "name"),
        ("Nama Lengkap (beserta gelar)", "name"),
        ("2. Nama peserta", "name"),
        ("Peserta – Nama", "name"),
        ("Visitor Name", "name"),
        ("No. Anggota", "nik"),
    ],
)
def test_headings_of_personal_data(heading, kind):
    assert personal.of_heading(heading) == kind


@pytest.mark.parametrize(
    "heading",
    [
        "Nama perpustakaan",
        "nama_kegiatan",
        "Nama acara",
        "Nama barang",
        "Nama desa",
        "nama_media",
        "Alamat perpustakaan",
        "Alamat URL",
        "Jumlah anggota",
        "Jenis kelamin",
        "Nominal",
        "Ibu hamil",
        "Tanggal",
        "Sasaran",
        "",
    ],
)
def test_headings_that_only_sound_like_it(heading):
    assert personal.of_heading(heading) == ""


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["2171010101010001", "2171010101010002", "-"], "nik"),
        ([2171010101010001, 2171010101010002.0], "nik"),
        (["0812-3456-7890", "+62 812 3456 7890", "081234567890", "tidak ada"], "phone"),
        (["a.b@contoh.go.id", "c@contoh.id"], "email"),
    ],
)
def test_columns_are_found_by_what_stands_in_them(cells, kind):
    assert find("Kolom 4", cells) == kind


@pytest.mark.parametrize(
    "cells",
    [
        [8_000_000_000, 8_123_456_789],
        ["15.000.000", "081"],
        ["2024-06-07", "07/06/2024"],
        ["2171010101010001", "a", "b", "c"],
        [None, ""],
        ["21.71.08.1004"],
        [True],
    ],
)
def test_amounts_dates_and_codes_are_left_alone(cells):
    assert find("Kolom 4", cells) == ""


def test_rows_outside_the_table_do_not_count():
    sheet = Sheet("x", [["k"], ["a@b.id"], ["teks"]])
    assert personal.find(sheet, Block((1,), ((1, "k"),), (3,))) == {}


def test_such_values_are_masked_inside_free_text():
    text = "Ketua 0812-3456-7890 / ketua@contoh.id, NIK 2171010101010001; dana Rp 15.000.000 (07/06/2024)"
    masked = "Ketua [dihapus] / [dihapus], NIK [dihapus]; dana Rp 15.000.000 (07/06/2024)"
    assert personal.mask(text) == masked
    assert personal.mask("Kelas menulis") == "Kelas menulis"
