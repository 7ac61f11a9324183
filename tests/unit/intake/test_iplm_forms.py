"""Figures of the IPLM forms as an office brings them: one row for each cell that is filled in."""

from __future__ import annotations

from literasi.contracts import TABLES, check
from literasi.intake.examination import examine
from literasi.intake.findings import Answers
from tests.intake_files import file, known, rows_of, sheet

FORM = ("Kabupaten/kota", "Tahun", "Jenis perpustakaan", "Judul tercetak", "Pemustaka (kunjungan)",
        "Peraturan daerah", "Perpustakaan yang ada", "Perpustakaan yang mengisi")  # fmt: skip
UPLM = ("Kabupaten/kota", "Tahun", "Jenjang perpustakaan", "Unit perpustakaan", "Masyarakat yang dilayani",
        "Kunjungan per hari")  # fmt: skip


def test_an_empty_cell_has_no_row_and_a_zero_has_one() -> None:
    opened = file(
        sheet(
            "Isian IPLM 2025",
            FORM,
            ("Kota Batam", 2025, "Umum", "12.500", "48.600", 0, 64, 38),
            ("Kota Batam", 2025, "Sekolah", None, "", "-", 180, None),
        )
    )
    proposal = examine(opened, known=known())
    assert (proposal.sheets[0].form, proposal.faults) == ("iplm_form", ())
    rows = proposal.changes["iplm_inputs"]
    assert len(check("iplm_inputs", rows)) == len(rows)
    assert rows_of(rows, *TABLES["iplm_inputs"].key, "value") == [
        ("21.71", 2025, "form_2025", "public", "print_titles", 12500.0),
        ("21.71", 2025, "form_2025", "public", "users", 48600.0),
        ("21.71", 2025, "form_2025", "public", "local_regulations", 0.0),
        ("21.71", 2025, "form_2025", "public", "libraries_reported", 38.0),
        ("21.71", 2025, "form_2025", "public", "libraries_total", 64.0),
        ("21.71", 2025, "form_2025", "school", "libraries_total", 180.0),
    ]


def test_levels_of_the_older_form_are_told_apart() -> None:
    opened = file(
        sheet(
            "Isian UPLM",
            UPLM,
            ("Bintan", 2024, "Umum kabupaten/kota", 1, "180.404", "140,5"),
            ("Bintan", 2024, "Umum desa/kelurahan", 46, "180.404", None),
        )
    )
    rows = examine(opened, known=known()).changes["iplm_inputs"]
    assert rows_of(rows, "edition", "library_type", "form_field", "value") == [
        ("uplm", "public_regency", "libraries", 1.0),
        ("uplm", "public_village", "libraries", 46.0),
        ("uplm", "public_regency", "visits_per_day", 140.5),
        ("uplm", "public_regency", "community", 180404.0),
        ("uplm", "public_village", "community", 180404.0),
    ]


def test_what_cannot_be_is_told_in_its_cell() -> None:
    """A type of the other edition, a negative number, half a visit, the same type twice."""
    opened = file(
        sheet(
            "Isian IPLM 2025",
            FORM,
            ("Kota Batam", 2025, "Umum desa/kelurahan", 10, None, None, None, None),
            ("Kota Batam", 2025, "Khusus", -4, None, None, None, None),
            ("Kota Batam", 2025, "Umum", 10, None, None, None, None),
            ("Kota Batam", 2025, "Umum", 11, None, None, None, None),
            ("Kota Batam", 2025, "Sekolah", 4, 10.5, None, None, None),
        )
    )
    proposal = examine(opened, known=known(), answers=Answers(forms={"Isian IPLM 2025": "iplm_form"}))
    told = {(one.rule, one.place.row, one.place.heading) for one in proposal.faults}
    assert {
        ("choice", 2, "Jenis perpustakaan"),
        ("negative", 3, "Judul tercetak"),
        ("not_integer", 6, "Pemustaka (kunjungan)"),
    } <= told
    assert {rule for rule, row, _ in told if row in (4, 5)} == {"repeated_key"}
    assert not proposal.is_ready


def test_two_rows_of_the_older_form_are_not_taken_for_published_components() -> None:
    """Headings UPLM1 … UPLM7 are published components, which no numerator is."""
    headings = ("Kabupaten/kota", "Tahun", *(f"UPLM{i}" for i in range(1, 8)))
    opened = file(sheet("Hasil", headings, ("Bintan", 2024, *[0.5] * 7)))
    assert "iplm_inputs" not in examine(opened, known=known()).changes
