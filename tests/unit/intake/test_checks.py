"""What is wrong with the rows of a file, and what is strange: each rule at its cell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from literasi.intake.examination import examine
from literasi.intake.findings import Answers, Finding
from literasi.intake.proposal import Proposal
from tests.intake_files import (
    LIBRARY,
    LIBRARY_ID,
    PLACE,
    SEMBULANG,
    VISITS,
    file,
    known,
    rows_of,
    rules,
    sheet,
    visits,
)

ACTIVITIES = (*PLACE, "Perpustakaan", "Tanggal", "Nama Kegiatan", "Bidang", "Jumlah Peserta")


def history(*totals: int, start: int = 1) -> list[dict[str, Any]]:
    return [
        {"library_id": LIBRARY_ID, "month": f"2026-{month:02}-01", "total": total}
        for month, total in enumerate(totals, start=start)
    ]


def of(proposal: Proposal, rule: str) -> Finding:
    (found,) = [one for one in proposal.findings if one.rule == rule]
    return found


def test_every_fault_of_a_file_is_told_at_once_at_its_cell() -> None:
    opened = visits(
        (LIBRARY, "Februari 2026", 10, 5, 16),
        (LIBRARY, "April 2124", -10, "banyak", 5),
        (LIBRARY, None, 1, 1, 2),
        ("Kabupaten Siak", "Dayun", "Dayun", LIBRARY, "Mei 2026", 1, 1, 2),
        (None, "Juni 2026", 1, 1, 2),
        (LIBRARY, "Juli 2026", 1, None, None),
        (LIBRARY, "Agustus 2026", 1, 1, 2),
    )
    proposal = examine(opened, known=known())
    assert rules(proposal.faults) == [
        ("sum", 2, 8),
        ("year_range", 3, 5),
        ("negative", 3, 6),
        ("not_number", 3, 7),
        ("required", 4, 5),
        ("unknown_area", 5, 1),
        ("required", 6, 4),
        ("required", 7, 8),
    ]
    assert rows_of(proposal.changes["visits"], "month", "total") == [("2026-08-01", 2)]
    assert of(proposal, "sum").params == {"parts": "10 + 5", "made": "15", "total": "16"}
    assert not proposal.is_ready


def test_a_choice_names_what_is_allowed() -> None:
    headings = (*PLACE, "Nama Perpustakaan", "Jenis Perpustakaan")
    opened = file(sheet("Perpustakaan", headings, (*SEMBULANG, LIBRARY, "kapal selam")))
    fault = of(examine(opened, known=known()), "choice")
    assert "Desa/kelurahan" in str(fault.params["choices"])
    assert fault.value == "kapal selam"


def test_the_same_row_twice_is_taken_once_and_rows_that_differ_are_both_at_fault() -> None:
    opened = visits(
        (LIBRARY, "Januari 2026", 1, 1, 2),
        (LIBRARY, "Feb 2026", 1, 1, 2),
        (LIBRARY, "Januari 2026", 1, 1, 2),
        (LIBRARY, "Februari 2026", 2, 1, 3),
    )
    proposal = examine(opened, known=known())
    assert rules(proposal.findings) == [
        ("repeated_key", 3, 5),
        ("repeated_key", 5, 5),
        ("repeated_row", 4, 5),
    ]
    assert [one.params["rows"] for one in proposal.findings] == ["5", "3", "2"]
    assert rows_of(proposal.changes["visits"], "month", "total") == [("2026-01-01", 2)]


def test_rows_of_two_sheets_that_clash_name_each_others_sheet() -> None:
    first = visits((LIBRARY, "Januari 2026", 1, 1, 2)).sheets[0]
    second = visits((LIBRARY, "Januari 2026", 2, 1, 3), name="Lagi").sheets[0]
    proposal = examine(file(first, second), known=known())
    told = [(one.place.sheet, one.params["rows"]) for one in proposal.faults]
    assert told == [("Kunjungan", "Lagi!2"), ("Lagi", "Kunjungan!2")]


def test_a_year_beside_the_name_of_its_month_has_limits() -> None:
    headings = (*PLACE, "Perpustakaan", "Bulan", "Tahun", "Total Pengunjung")
    opened = file(sheet("Kunjungan", headings, (*SEMBULANG, LIBRARY, "Juli", 2124, 3)))
    assert rules(examine(opened, known=known()).faults) == [("maximum", 2, 6)]


def test_a_wrong_total_is_told_even_while_the_library_is_asked_about() -> None:
    opened = visits(("Perpustakaan Sembulang Jaya", "April 2026", 5, 5, 11))
    proposal = examine(opened, known=known())
    assert [question.kind for question in proposal.questions] == ["library"]
    assert rules(proposal.faults) == [("sum", 2, 8)]
    assert of(proposal, "sum").params == {"parts": "5 + 5", "made": "10", "total": "11"}


def test_a_month_that_is_still_to_come_is_an_advice() -> None:
    proposal = examine(visits((LIBRARY, "Desember 2026", 1, 1, 2)), known=known())
    assert rules(proposal.findings) == [("future", 2, 5)]
    assert of(proposal, "future").advice == f"visits\x1f{LIBRARY_ID} · 2026-12-01\x1fmonth\x1ffuture"
    assert proposal.is_ready


def test_every_count_of_a_monthly_report_has_a_history() -> None:
    before = [
        {"library_id": LIBRARY_ID, "month": f"2026-{month:02}-01", "loans": 40, "members": 100 + month}
        for month in range(1, 7)
    ]
    headings = (*PLACE, "Perpustakaan", "Bulan", "Jumlah Peminjaman", "Jumlah Anggota")
    opened = file(sheet("Sirkulasi", headings, (*SEMBULANG, LIBRARY, "Juli 2026", 41, 10700)))
    proposal = examine(opened, known=known(circulation=before))
    assert rules(proposal.findings) == [("outlier", 2, 7)]


def test_a_value_far_from_the_librarys_own_history_is_an_advice() -> None:
    before = known(visits=history(50, 52, 48, 51, 50, 49))
    far = examine(visits((LIBRARY, "Juli 2026", None, None, 5000)), known=before)
    assert of(far, "outlier").value == "5000"
    usual = examine(visits((LIBRARY, "Juli 2026", 30, 25, 55)), known=before)
    assert usual.findings == ()


def test_an_outlier_is_judged_by_the_new_values_not_by_those_they_replace() -> None:
    before = known(visits=history(50, 52, 48, 51, 50, 49, 5000))
    assert examine(visits((LIBRARY, "Juli 2026", 30, 25, 55)), known=before).findings == ()


def test_no_visits_are_strange_only_in_an_active_library() -> None:
    opened = visits((LIBRARY, "April 2026", 0, 0, 0))
    assert rules(examine(opened, known=known(visits=history(50, 52, 48))).findings) == [("zero_visits", 2, 8)]
    assert examine(opened, known=known(visits=history(0, 0, 0))).findings == ()
    assert examine(opened, known=known()).findings == ()


def test_totals_without_their_parts_are_told_once_for_a_sheet() -> None:
    opened = visits(*((LIBRARY, f"{month}/2026", None, None, 9) for month in (1, 2, 3)))
    proposal = examine(opened, known=known())
    assert rules(proposal.findings) == [("parts_missing", 1, 8)]
    assert proposal.findings[0].params == {"count": 3}
    assert proposal.findings[0].advice == ""


@pytest.mark.parametrize(("people", "count"), [(1_500, 1), (900, 0)])
def test_more_participants_than_residents_are_strange(people: int, count: int) -> None:
    row = {
        "area_code": "21.71.08.1004",
        "year": 2025,
        "source_id": "s",
        "concept": "census",
        "population": 1_000,
    }
    opened = file(
        sheet("Kegiatan", ACTIVITIES, (*SEMBULANG, LIBRARY, "14/02/2026", "Kelas", "Pendidikan", people))
    )
    found = examine(opened, known=known(population=[row])).findings
    assert [one.rule for one in found] == ["more_than_residents"] * count


def test_residents_of_the_regency_are_used_where_the_villages_are_not_known() -> None:
    row = {"area_code": "21.71", "year": 2025, "source_id": "s", "concept": "census", "population": 1_000}
    opened = file(
        sheet("Kegiatan", ACTIVITIES, (*SEMBULANG, LIBRARY, "14/02/2026", "Kelas", "Pendidikan", 1_500))
    )
    found = examine(opened, known=known(population=[row])).findings
    assert [one.params for one in found] == [{"residents": "1.000"}]


def test_a_required_field_that_no_column_gives_is_one_fault() -> None:
    opened = file(sheet("Kunjungan", (*PLACE, "Perpustakaan", "Total"), *[(*SEMBULANG, LIBRARY, 1)] * 5))
    proposal = examine(opened, known=known())
    assert [one.rule for one in proposal.faults] == ["missing_field"]
    assert proposal.changes == {}


def test_a_sheet_that_is_nothing_known_is_a_fault_only_if_there_is_no_other() -> None:
    odd = sheet("Catatan", ("apa", "siapa"), ("x", "y"), ("z", "w"))
    assert [one.rule for one in examine(file(odd), known=known()).faults] == ["no_form"]
    good = visits((LIBRARY, "Januari 2026", 1, 1, 2)).sheets[0]
    assert examine(file(odd, good), known=known()).is_ready


def test_a_fault_of_the_sheet_is_told_once_and_not_in_columns_that_are_left_out() -> None:
    headings = (*VISITS, "Warna gedung")
    row = (*SEMBULANG, LIBRARY, "Januari 2026", 1, None, None, None)
    opened = replace(sheet("Kunjungan", headings, row), unfilled_formulas=((2, 8), (2, 9)))
    assert rules(examine(file(opened), known=known()).faults) == [("formula_without_value", 2, 8)]


def test_of_two_columns_with_one_heading_one_must_be_left_out() -> None:
    headings = (*PLACE, "Perpustakaan", "Bulan", "Total", "Total")
    opened = file(sheet("Kunjungan", headings, (*SEMBULANG, LIBRARY, "Januari 2026", 1, 2)))
    assert [one.rule for one in examine(opened, known=known()).faults] == ["duplicate_heading"]
    for left_out, total in ((6, 2), (7, 1)):
        answers = Answers(fields={("Kunjungan", left_out): "", ("Kunjungan", 13 - left_out): "total"})
        proposal = examine(opened, known=known(), answers=answers)
        assert proposal.faults == ()
        assert rows_of(proposal.changes["visits"], "total") == [(total,)]


def test_what_is_asked_about_is_not_also_said_to_be_missing() -> None:
    days = ("25/04/2026", "04/26/2026", "05/06/2026")
    rows = [(*SEMBULANG, LIBRARY, day, f"Kelas {day}", "Pendidikan", 5) for day in days]
    proposal = examine(file(sheet("Kegiatan", ACTIVITIES, *rows)), known=known())
    assert ([one.kind for one in proposal.questions], proposal.faults) == (["date"], ())
    answers = Answers(questions={proposal.questions[0].id: "dmy"})
    answered = examine(proposal.file, known=known(), answers=answers)
    assert len(answered.changes["activities"]) + len({one.place.row for one in answered.faults}) == 3
