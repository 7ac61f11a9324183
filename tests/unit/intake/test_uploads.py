"""The kept copy of a file says nothing about people, wherever the file says it."""

from __future__ import annotations

import io
import zipfile

from literasi.intake.examination import examine
from literasi.intake.proposal import Proposal
from literasi.intake.uploads import copy_of, safe_name
from tests.intake_files import LIBRARY, SEMBULANG, VISITS, file, known, sheet

EVENT = {
    "event_id": "bimtek-2026",
    "name": "Bimtek SPP-TIK 2026",
    "kind": "bimtek",
    "date_start": "2026-06-03",
    "date_end": "2026-06-07",
    "area_code": "21.72",
}


def entries(proposal: Proposal) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(copy_of(proposal))) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def attendance(name: str, *more: tuple[str, object]) -> Proposal:
    headings = ("Acara", "Nama Peserta", "Kabupaten/Kota", *(heading for heading, _ in more))
    row = (EVENT["name"], "Siti Contoh, S.Pd", "Kota Batam", *(value for _, value in more))
    return examine(file(sheet(name, headings, row)), known=known(events=[EVENT]))


def test_what_no_field_takes_is_kept_only_if_it_is_a_figure():
    proposal = attendance(
        "Peserta",
        ("Nama Panggilan", "Iti"),
        ("Riwayat Penyakit", "Asma"),
        ("Nomor urut", 7),
        ("Nilai", "82,5"),
    )
    assert proposal.is_ready
    (kept,) = entries(proposal).values()
    assert kept.splitlines()[1] == "Bimtek SPP-TIK 2026;Kota Batam;7;82,5"


def test_a_column_that_stands_twice_is_not_kept_by_its_second_copy():
    proposal = attendance("Peserta", ("NIK", "2171014401900001"), ("Nama Peserta", "Siti Contoh, S.Pd"))
    assert proposal.is_ready
    (kept,) = entries(proposal).values()
    assert "Siti" not in kept


def test_the_name_of_a_file_or_sheet_does_not_name_those_who_are_in_it():
    proposal = attendance("Siti Contoh")
    assert list(entries(proposal)) == ["01 _.csv"]
    assert safe_name(proposal, "Hadir_Siti_Contoh_081234567890.xlsx") == "Hadir […] [dihapus].xlsx"
    assert safe_name(proposal, "Daftar_hadir_2026.xlsx") == "Daftar_hadir_2026.xlsx"


def test_a_plain_report_is_kept_whole():
    row = (*SEMBULANG, LIBRARY, "Februari 2026", 10, 5, 15)
    proposal = examine(file(sheet("Kunjungan", VISITS, row)), known=known())
    (kept,) = entries(proposal).values()
    assert (
        kept.splitlines()[1]
        == "Kota Batam;Galang;Sembulang;Perpustakaan Kelurahan Sembulang;Februari 2026;10;5;15"
    )
