"""Personal data is found by its heading or by its shape; what is about a library is left alone."""

import pytest

from literasi.intake import aliases, personal
from literasi.intake.forms import FORMS
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
        ("NIP/NIK", "nik"),
        ("NISN", "nik"),
        ("No. BPJS Kesehatan", "nik"),
        ("Nomor Paspor", "nik"),
        ("Kontak Darurat", "phone"),
        ("Tempat, Tgl. Lhr", "birth_date"),
        ("Tempat lahir", "birth_date"),
        ("RT/RW", "address"),
        ("Paraf", "photo"),
        ("Link Foto", "photo"),
        ("Agama", "private"),
        ("Status Perkawinan", "private"),
        ("Riwayat Penyakit", "private"),
        ("Gol. Darah", "private"),
        ("Ragam disabilitas", "private"),
        ("No. Rek", "account"),
        ("Nomor Rekening Bank", "account"),
        ("Instagram", "account"),
        ("Akun Facebook/Telegram", "account"),
        ("Nama Panggilan", "name"),
        ("Nama Orang Tua/Wali", "name"),
        ("Nama Istri/Suami", "name"),
        ("Narasumber", "name"),
        ("Nama narasumber kegiatan", "name"),
        ("Ketua Kelompok", "name"),
        ("Ketua Lembaga", "name"),
        ("PIC", "name"),
        ("Penanggung Jawab Kegiatan", "name"),
        ("Pendamping Desa", "name"),
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
        "Jumlah narasumber",
        "jumlah_narasumber",
        "Jumlah penyandang disabilitas",
        "Buku agama",
        "Kode rekening",
        "Asal narasumber",
        "Jabatan (ketua/anggota)",
        "No. Rekomendasi",
        "Kota",
        "SIM TPBIS",
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
        (["21.71.01.010190.0001", "2171 0101 0190 0002"], "nik"),
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
        ["62.812.345.678", "812.345.678"],
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


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_no_heading_of_a_field_is_personal_but_names(form):
    for key, names in aliases.fields(form.name).items():
        kinds = {form.field(name).kind for name in names}
        assert personal.of_heading(key) == "" or "person" in kinds or key == "name", key


def test_rows_outside_the_table_do_not_count():
    sheet = Sheet("x", [["k"], ["a@b.id"], ["teks"]])
    assert personal.find(sheet, Block((1,), ((1, "k"),), (3,))) == {}


def test_such_values_are_masked_inside_free_text():
    text = "Ketua 0812-3456-7890 / ketua@contoh.id, NIK 2171010101010001; dana Rp 15.000.000 (07/06/2024)"
    masked = "Ketua [dihapus] / [dihapus], NIK [dihapus]; dana Rp 15.000.000 (07/06/2024)"
    assert personal.mask(text) == masked
    assert personal.mask("Kelas menulis") == "Kelas menulis"


@pytest.mark.parametrize(
    "written",
    [
        "2171 0101 0190 0001",
        "21.71.01.010190.0001",
        "217101-410190-0001",
        "NIK 2171010101900001x",
        "NIK2171010101900001",
        "_2171010101900001_",
        "19700101 199003 2 001",
        "12.345.678.9-012.345",
        "(0812) 3456789",
        "812-3456-7890",
        "812 3456 7890",
        "0812.3456.7890",
        "0812 - 3456 - 7890",
        "+62 (812) 3456 7890",
        "(+62) 812-3456-7890",
        "+62 (0) 812 3456 7890",
        "62812-3456-7890",
        "081 234 567 890",
        "https://wa.me/6281234567890",
        "https://contoh.id/?hp=081234567890",
        "HP081234567890",
        "HP.0812-3456-7890",
        "Siti/081234567890",
        "Daftar_081234567890.csv",
        "081234567890Siti",
    ],
)
def test_numbers_are_masked_however_they_are_written(written):
    masked = personal.mask(f"hubungi {written} ya")
    assert personal.MASK in masked
    assert not any(sign.isdigit() for sign in masked)


@pytest.mark.parametrize(
    "written",
    [
        "siti(at)contoh.id",
        "siti [at] contoh [dot] go [dot] id",
        "siti @ contoh.id",
        "Siti.R+1@sub.contoh.co.id",
    ],
)
def test_addresses_are_masked_however_they_are_written(written):
    assert personal.mask(f"hubungi {written} ya") == "hubungi [dihapus] ya"


@pytest.mark.parametrize(
    "written",
    [
        "ISBN 978-602-08-1234-5",
        "978-602-8123-45-6",
        "978 623 8123 45 6",
        "ISBN 0812934567",
        "ISBN-10: 081293456X",
        "ISSN 0812-3456",
        "Rp 62.812.345.678",
        "Rp 8.123.456.789,00",
        "812.345.678",
        "812 345 678",
        "1.250.101.010.190.001",
        "1,234,567,890",
        "07/06/2024",
        "08-12-2024",
        "12-01-2024 10-02-2024",
        "2026-08-12 08:15:30",
        "20260812081530",
        "2021 2022 2023 2024",
        "2019-2020-2021-2022",
        "08.15 - 09.30 WIB",
        "1.0812345, 104.0812345",
        "-0.8123456789",
        "21.71.08.1004",
        "1.08.15.2.01.0004",
        "No. 0421/0812/2024",
        "KB0812345678",
        "1250 1310 1190 1400",
        "10 buku@15.000",
        "5 orang @ 50.000",
        "kelas (atas)",
    ],
)
def test_what_only_looks_like_them_is_left_alone(written):
    for text in (written, f"x {written} y", f"({written})"):
        assert personal.mask(text) == text


def test_a_book_number_does_not_hide_what_stands_beside_it():
    text = "0812-3456-7890, ISBN 0812934567, siti@contoh.id; ISBN 978-602-08-1234-5"
    assert personal.mask(text) == "[dihapus], ISBN 0812934567, [dihapus]; ISBN 978-602-08-1234-5"
