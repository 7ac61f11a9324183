"""Messages that ask for missing reports: in Bahasa, by month, without anything about people."""

import csv
import datetime as dt
import io
import re

import pytest

from literasi import text
from literasi.export import messages
from literasi.export.messages import Request, Sender

SENDER = Sender("Kepulauan Riau", dt.date(2026, 7, 31), dt.date(2026, 8, 14))
REQUEST = Request(
    library="Perpustakaan Desa Contoh",
    area="Bintan",
    months={"visits": ("2026-01", "2026-02", "2026-04"), "services": ("2025-12", "2026-01")},
    late=2,
    attributes=("column.year_joined", "snp.building_area"),
)


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")
    yield
    text.use("id")


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_message_says_what_is_missing_by_when_how_and_where_to_ask():
    said = messages.write(REQUEST, SENDER)
    assert said.startswith("Yth. Pengelola Perpustakaan Desa Contoh (Bintan)")
    assert "per 31 Juli 2026" in said
    assert "- Kunjungan bulanan: Januari–Februari 2026, April 2026 (3 bulan)" in said
    assert "- Layanan: Desember 2025–Januari 2026 (2 bulan)" in said
    assert "Sirkulasi" not in said
    assert "isi 0" in said
    assert "2 laporan lain kami terima sesudah tenggatnya" in said
    assert "- Tahun bergabung\n- Luas gedung" in said
    assert "paling lambat 14 Agustus 2026" in said
    assert "SIM TPBIS" in said
    assert "/unggah" in said
    assert "balas pesan ini" in said
    assert said.endswith("Dinas Perpustakaan dan Kearsipan Provinsi Kepulauan Riau")


def test_what_is_not_missing_is_not_asked_for():
    said = messages.write(Request("Perpustakaan X", "Batam", {}, attributes=("column.year_joined",)), SENDER)
    assert "belum kami terima" not in said
    assert "isi 0" not in said
    assert "sesudah tenggatnya" not in said


def test_it_is_in_bahasa_on_an_english_screen_and_leaves_the_screen_english():
    said = messages.write(REQUEST, SENDER)
    text.use("en")
    assert messages.write(REQUEST, SENDER) == said
    assert list(rows(messages.merge_bytes([REQUEST], SENDER, tables=("visits",)))[0])[1] == "Perpustakaan"
    assert text.language() == "en"


def test_it_holds_nothing_that_looks_like_a_person_or_an_address():
    said = messages.write(REQUEST, SENDER)
    assert not re.search(r"p-[a-z0-9]{6,}|@|\d{9,}|\+62|https?:", said)


def test_the_file_for_a_mail_merge_begins_with_its_headings_and_has_one_row_per_library():
    other = Request("=1+1", "Batam", {"visits": ("2026-03",)})
    content = messages.merge_bytes([REQUEST, other], SENDER, tables=("visits", "circulation", "services"))
    found = rows(content)
    assert list(found[0])[:3] == ["Urutan", "Perpustakaan", "Wilayah"]
    assert [row["Urutan"] for row in found] == ["1", "2"]
    assert found[0]["Kunjungan bulanan"] == "Januari–Februari 2026, April 2026"
    assert found[0]["Sirkulasi"] == ""
    assert found[0]["Bulan kosong"] == "5"
    assert found[0]["Paling lambat"] == "14 Agustus 2026"
    assert found[0]["Pesan"] == messages.write(REQUEST, SENDER)
    assert found[0]["Tanda"] == ""
    assert found[1]["Perpustakaan"] == "'=1+1"  # never a formula


def test_practice_is_marked_in_the_message_and_in_every_row():
    practice = Sender("Kepulauan Riau", dt.date(2026, 7, 31), dt.date(2026, 8, 14), mark="DATA LATIHAN")
    assert messages.write(REQUEST, practice).startswith("DATA LATIHAN\n\nYth.")
    assert rows(messages.merge_bytes([REQUEST], practice, tables=("visits",)))[0]["Tanda"] == "DATA LATIHAN"
