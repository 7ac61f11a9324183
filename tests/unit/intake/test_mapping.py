"""Which form, which field: by stamp, memory, known and almost known headings, or the operator."""

import pytest

from literasi.intake import mapping
from literasi.intake.findings import Answers
from literasi.intake.layout import Block
from literasi.intake.sheets import File, Sheet
from tests import sim_tpbis
from tests.frames import table
from tests.unit.intake.known import known


def propose(headings, *rows, name="Sheet1", answers=None, **tables):
    headings = headings.split("|") if isinstance(headings, str) else list(headings)
    sheet = Sheet(name, [headings, *(list(row) for row in rows)])
    block = Block((1,), tuple(enumerate(headings, 1)), tuple(range(2, 2 + len(rows))))
    file = File("berkas.csv", "csv", b"", "", (sheet,))
    return mapping.propose(file, sheet, block, known=known(**tables), answers=answers or Answers())


def fields(read):
    return {column.heading: column.field for column in read.columns if column.field}


def hows(read):
    return {column.heading: column.how for column in read.columns}


SIM = {
    "pengunjung": "visits",
    "pelibatan": "activities",
    "publikasi": "publications",
    "advokasi": "advocacy",
    "peningkatan": "services",
    "replikasi": "replication",
    "iku": "kpi",
}


@pytest.mark.parametrize("resource", sim_tpbis.RESOURCES)
def test_the_resources_of_sim_tpbis_are_recognised_by_their_keys_alone(resource):
    first = sim_tpbis.records()[resource][0]
    read = propose(first, list(first.values()))
    assert (read.form, read.how) == (SIM[resource], "alias")
    assert set(read.missing) <= {"period"}
    unread = {column.heading for column in read.columns if not column.field}
    assert unread <= {
        *("provinsi_name", "provinsi_nama", "provinsi", "attachment", "link", "is_verified"),
        *("hasil_regulasi", "jumlah_narasumber", "jumlah_barang", "tanggal_terbit"),
    }


@pytest.mark.parametrize(
    ("form", "headings"),
    [
        ("participants", "No|Nama Lengkap|NIK|No. HP/WA|Asal Instansi|Jabatan|Kab/Kota|Pre Test|Post Test"),
        ("participants", "No|Nama|L/P|Instansi|Tanda Tangan"),
        ("participants", "Timestamp|Email Address|Nama Lengkap|Jenis Kelamin|Usia|Asal Perpustakaan|Jabatan"),
        ("libraries", "Nama Perpustakaan|Kabupaten/Kota|Kecamatan|Desa|Alamat|Jenis Perpustakaan|Luas (m2)"),
        ("aid", "No|Nama Perpustakaan|Kab./Kota|Nama Barang|Jumlah|Satuan|Tahun|Sumber Bantuan"),
        ("events", "No|Nama Acara|Jenis Acara|Tanggal Mulai|Tanggal Selesai|Tempat|Kabupaten/Kota"),
        ("activities", "No|Hari/Tanggal|Nama Kegiatan|Perpustakaan|Desa|Jumlah Peserta|Ket."),
        ("visits", "No|Bulan|L|P|Jumlah"),
        ("visits", "Bulan|Pengunjung – L|Pengunjung – P|Pengunjung – Jumlah"),
        ("visits", "library_id|month|female|male|total|received_on|note"),
        ("guest_book", "No.|Tanggal Kunjungan|Lokasi Perpustakaan|Lokasi Ruang|Nama|Jenis Kelamin|Pekerjaan"),
        ("guest_book", "Member ID|Visitor Name|Membership Type|Room Name|Institution|Visit Date"),
        ("circulation", "Nama Perpustakaan|Bulan|Tahun|Jml Peminjaman|Jml Anggota|Jml Eksemplar"),
        ("targets", "Indikator|Kab/Kota|Tahun|Target|Dokumen"),
        ("observations", "Indikator|Kab/Kota|Tahun|Nilai|Sumber|Kategori"),
        ("population", "Kabupaten/Kota|Tahun|Jumlah Penduduk (jiwa)"),
        ("tgm_survey", "Kab/Kota|Tahun|Jumlah Responden|FM|DM|JB|FAI|DAI|TGM"),
        ("", "No|Uraian|Volume|Harga"),
        ("", "Hal|Isi"),
        ("", "Kecamatan|Desa|Keterangan"),
        ("", ""),
    ],
)  # fmt: skip
def test_old_lists_of_offices_are_recognised(form, headings):
    assert propose(headings).form == form


def test_the_name_of_the_sheet_helps_where_the_headings_say_little():
    assert propose("Nama|Kab", name="Peserta bimtek").form == "participants"
    assert propose("No.|Periode|Jumlah", name="Laporan_Frekuensi").form == "visits"


def test_misspelled_headings_are_taken_and_shown_for_a_look():
    read = propose("Nama Perpustakan|Kabupaten|Bulan|Jumlah Pengujung Perempuan|Total Pengunjung")
    assert hows(read)["Jumlah Pengujung Perempuan"] == "fuzzy"
    assert fields(read)["Jumlah Pengujung Perempuan"] == "female"
    assert hows(read)["Total Pengunjung"] == "alias"


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("jumlah pengunjung", "jumlah pengunjung p"),
        ("rtl 30 hari", "rtl 90 hari"),
        ("tanggal mulai", "tanggal selesai"),
        ("jumlah judul", "jumlah buku"),
        ("nama desa", "nama media"),
        ("dana", "data"),
    ],
)
def test_headings_that_say_something_else_are_not_almost_the_same(written, listed):
    assert mapping._similarity(written, listed) < mapping.ALMOST


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("jumlah pengujung", "jumlah pengunjung"),
        ("nama perpustakan", "nama perpustakaan"),
        ("jumlahpengunjung", "jumlah pengunjung"),
        ("pengunjung jumlah", "jumlah pengunjung"),
        ("tangal kegiatan", "tanggal kegiatan"),
    ],
)
def test_headings_with_a_slip_of_the_pen_are(written, listed):
    assert mapping._similarity(written, listed) >= mapping.ALMOST


def test_numbers_in_a_heading_are_never_almost_the_same():
    read = propose("Nama|Acara|Status RTL 31 hari|Status RTL 90 hari", name="Peserta")
    assert "Status RTL 31 hari" not in fields(read)
    assert fields(read)["Status RTL 90 hari"] == "plan_status_90"


def test_one_field_has_one_column_the_first():
    read = propose("Perpustakaan|Kabupaten|Bulan|Total pengunjung|Jumlah pengunjung")
    assert fields(read)["Total pengunjung"] == "total"
    assert hows(read)["Jumlah pengunjung"] == "unknown"


PLACES = "Kabupaten|Desa|Perpustakaan|Bulan"


@pytest.mark.parametrize(
    "figures",
    [
        "Pelajar – L|Pelajar – P|Mahasiswa – L|Mahasiswa – P",
        "Pelajar – L|Pelajar – P",
        "Peminjaman Buku – Jumlah|Anggota Baru – Jumlah",
        "Peminjaman Buku – Jumlah",
        "Kunjungan – Frekuensi|Rekap – Total",
        "Jumlah Pengunjung (online)|Jumlah Pengunjung (datang langsung)",
        "Jumlah Pengunjung (online)|Total Pengunjung (datang langsung)",
    ],
)
def test_a_part_of_a_heading_is_taken_by_none_where_it_may_be_another_thing(figures):
    read = propose(f"{PLACES}|{figures}")
    assert read.form == "visits"
    assert set(fields(read).values()) == {"regency", "village", "library", "month"}
    assert read.missing == ("total",)


def test_a_part_of_a_heading_is_taken_where_it_is_the_only_one():
    read = propose(f"{PLACES}|Jenis Kelamin – L|Jenis Kelamin – P|Jumlah Pengunjung (orang)")
    assert set(fields(read).values()) >= {"male", "female", "total"}
    whole = propose(f"{PLACES}|Pengunjung – Jumlah|Anggota Baru – Jumlah|Jumlah Pengunjung (daring)")
    assert fields(whole)["Pengunjung – Jumlah"] == "total"
    text = propose("Peserta – Nama|Peserta – L/P|Peserta – Jabatan|Asal – Instansi")
    assert set(fields(text).values()) == {"name", "sex", "role", "library"}


def test_what_the_operator_left_out_does_not_make_another_part_the_only_one():
    answers = Answers(forms={"Sheet1": "visits"}, fields={("Sheet1", 5): ""})
    read = propose(f"{PLACES}|Jumlah Pengunjung (online)|Jumlah Pengunjung (langsung)", answers=answers)
    assert "total" not in fields(read).values()


def test_months_of_libraries_without_any_figure_are_no_form():
    assert propose(f"{PLACES}|Pegawai negeri|Swasta").form not in ("visits", "circulation")


def left_out(read):
    return {column.heading: column.may_be for column in read.columns if column.may_be}


def test_a_column_that_may_be_a_figure_and_is_left_out_is_known():
    read = propose(f"{PLACES}|Jumlah Peminjaman|Jumlah Buku Dipinjam|Anggota")
    assert fields(read)["Jumlah Peminjaman"] == "loans"
    assert left_out(read) == {"Jumlah Buku Dipinjam": "loans"}
    unclear = propose(f"{PLACES}|Jumlah Pengunjung (online)|Jumlah Pengunjung (langsung)|Peminjaman – Jumlah")
    assert left_out(unclear) == dict.fromkeys(
        ["Jumlah Pengunjung (online)", "Jumlah Pengunjung (langsung)"], "total"
    )


def test_what_the_operator_has_settled_is_not_told_again():
    headings = f"{PLACES}|Jumlah Peminjaman|Jumlah Buku Dipinjam"
    for choice in ({5: "loans"}, {6: ""}):
        chosen = Answers(fields={("Sheet1", column): name for column, name in choice.items()})
        assert left_out(propose(headings, answers=chosen)) == {}
    assert left_out(propose(f"{PLACES}|Total pengunjung|Keterangan|Catatan")) == {}


def test_a_month_may_stand_in_one_column_or_two():
    assert fields(propose("Perpustakaan|Bulan|Tahun|Total pengunjung"))["Bulan"] == "month_name"
    assert fields(propose("Perpustakaan|Bulan|Total pengunjung"))["Bulan"] == "month"


def test_what_is_missing_is_named_unless_something_does_in_its_place_or_the_operator_has_said_it():
    assert propose("Bulan|Tahun|L|P").missing == ("regency", "library")
    assert propose("Perpustakaan|Kabupaten|Tahun|Jumlah pengunjung|L").missing == ("month",)
    said = Answers(constants={("Sheet1", "regency"): "Bintan", ("Sheet1", "library"): "Perpustakaan X"})
    assert propose("Bulan|Tahun|L|P", answers=said).missing == ()


def test_columns_of_personal_data_are_no_field_and_show_no_sample():
    read = propose(
        "Nama|NIK|Jabatan|Kontak lain|Acara",
        ["Siti", "2171010101010001", "Relawan", "0812-3456-7890", "Bimtek"],
        name="Peserta",
    )
    assert hows(read) == {
        "Nama": "alias",
        "NIK": "personal",
        "Jabatan": "alias",
        "Kontak lain": "personal",
        "Acara": "alias",
    }
    assert fields(read)["Nama"] == "name"
    assert [column.samples for column in read.columns] == [(), (), ("Relawan",), (), ("Bimtek",)]


def test_nobody_can_choose_a_column_of_identity_numbers():
    answers = Answers(fields={("Sheet1", 2): "note", ("Sheet1", 1): "library"})
    read = propose("Nama|NIK|Bulan|Jumlah pengunjung", answers=answers)
    assert hows(read)["NIK"] == "personal"
    assert fields(read)["Nama"] == "library"


def test_samples_are_the_first_three_different_values_without_numbers_of_people():
    rows = [
        ["Jan 2026", 1, "hubungi 081234567890"],
        ["Jan 2026", 2, None],
        ["Feb 2026", 3, ""],
        ["Mar 2026", 4, "x"],
    ]
    samples = [column.samples for column in propose("Bulan|Total pengunjung|Catatan", *rows).columns]
    assert samples == [("Jan 2026", "Feb 2026", "Mar 2026"), ("1", "2", "3"), ("hubungi [dihapus]", "x")]


def test_the_operator_wins():
    headings = "Kolom A|Kolom B|Jumlah"
    answers = Answers(
        forms={"Sheet1": "visits"},
        fields={("Sheet1", 1): "month", ("Sheet1", 2): "total", ("Sheet1", 3): ""},
    )
    read = propose(headings, answers=answers)
    assert (read.form, read.how) == ("visits", "chosen")
    assert fields(read) == {"Kolom A": "month", "Kolom B": "total"}
    assert set(hows(read).values()) == {"chosen"}
    assert propose("Bulan|Jumlah pengunjung", answers=Answers(forms={"Sheet1": ""})).form == ""
    taken = propose("Bulan|Jumlah pengunjung|X", answers=Answers(fields={("Sheet1", 3): "total"}))
    assert fields(taken) == {"Bulan": "month", "X": "total"}


def test_an_answer_that_no_longer_fits_the_form_is_passed_over():
    read = propose(
        "Bulan|Jumlah pengunjung", answers=Answers(fields={("Sheet1", 2): "loans", ("Sheet1", 9): "total"})
    )
    assert fields(read) == {"Bulan": "month", "Jumlah pengunjung": "total"}


def test_what_was_committed_for_the_same_headings_is_remembered():
    headings = "Kolom A|Kolom B|Kolom C"
    layout = propose(headings).layout
    rows = [
        {"layout": layout, "position": 1, "heading": "Kolom A", "form": "visits", "field": "month"},
        {"layout": layout, "position": 2, "heading": "Kolom B", "form": "visits", "field": "total"},
        {"layout": layout, "position": 3, "heading": "Kolom C", "form": "visits"},
    ]
    read = propose(headings, layouts=table("layouts", rows))
    assert (read.form, read.how) == ("visits", "remembered")
    assert fields(read) == {"Kolom A": "month", "Kolom B": "total"}
    assert propose("Kolom B|Kolom A|Kolom C", layouts=table("layouts", rows)).form == ""


def test_a_layout_is_the_same_however_its_headings_are_typed():
    assert propose("Jml. Pengunjung|BULAN").layout == propose("jumlah pengunjung|Bulan").layout
    assert propose("Bulan|Jml. Pengunjung").layout != propose("Jml. Pengunjung|Bulan").layout


def test_rows_are_counted_and_placed():
    read = propose("Bulan|Jumlah pengunjung", ["Jan 2026", 1], ["Feb 2026", 2])
    assert (read.first_row, read.last_row, read.rows, read.skipped) == (2, 3, 2, 0)
    assert propose("Bulan|Jumlah pengunjung").first_row == 0
