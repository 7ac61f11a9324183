"""Recaps with a column for each month, the whole way: rows, and faults that stand in their own cells."""

from __future__ import annotations

import io
import zipfile

from literasi.intake.examination import examine
from literasi.intake.findings import Answers
from literasi.intake.proposal import Proposal
from literasi.intake.uploads import copy_of
from literasi.text import has, t
from tests.intake_files import LIBRARY, LIBRARY_ID, file, known, library, rows_of
from tests.unit.intake.test_unfolding import GROUPS, HEAD, ONE, PARTS, SHORT, TITLE, TWO, recap, sheet

OTHER_ID = "L-21.03.07.2004-1"


def places(proposal: Proposal, rule: str) -> list[tuple[int, int, str]]:
    return [
        (one.place.row, one.place.column, one.place.heading) for one in proposal.findings if one.rule == rule
    ]


def two_libraries():
    other = library(OTHER_ID, "Perpustakaan Sepempang", "21.03.07.2004")
    return known(libraries=[library(LIBRARY_ID, LIBRARY, "21.71.08.1004"), other])


def test_a_recap_of_visits_becomes_rows_and_its_faults_stand_in_its_cells() -> None:
    source = recap((*ONE, 10, 20, None, "-", 0), (*TWO, 5, "lima", -3, 8), after=())
    proposal = examine(file(source), known=two_libraries())
    (read,) = proposal.sheets
    assert (read.form, read.heading_rows, read.first_row, read.last_row, read.rows) == (
        "visits",
        (3,),
        4,
        5,
        7,
    )
    assert rows_of(proposal.changes["visits"], "library_id", "month", "female", "total") == [
        (LIBRARY_ID, "2025-01-01", None, 10),
        (LIBRARY_ID, "2025-02-01", None, 20),
        (LIBRARY_ID, "2025-05-01", None, 0),
        (OTHER_ID, "2025-01-01", None, 5),
        (OTHER_ID, "2025-04-01", None, 8),
    ]
    assert places(proposal, "not_integer") + places(proposal, "not_number") == [(5, 6, "Feb")]
    assert places(proposal, "negative") == [(5, 7, "Mar")]
    assert places(proposal, "zero_visits") == [(4, 9, "Mei")]
    for finding in proposal.findings:
        for part in ("rule", "remedy"):
            assert has(f"intake.{part}.{finding.rule}"), finding.rule
            assert t(f"intake.{part}.{finding.rule}", value=finding.value, **finding.params)


def test_women_and_men_of_each_month_must_add_up_in_their_own_cells() -> None:
    source = sheet(
        TITLE,
        (),
        (*HEAD, "NIK", *GROUPS, "Jumlah", None, None),
        (*[None] * 5, *PARTS * 4),
        (*ONE, 2171010101010001, 1, 2, 3, 4, 5, 10, None, None, None, 5, 7, 13),
        (*TWO, 2171010101010002, 2, 2, 4, 0, 0, 0, 7, 1, None, 9, 3, 9),
    )
    opened = file(source)
    proposal = examine(opened, known=two_libraries())
    assert rows_of(proposal.changes["visits"], "library_id", "month", "female", "male", "total") == [
        (LIBRARY_ID, "2025-01-01", 2, 1, 3),
    ]
    assert places(proposal, "sum") == [(5, 11, "Februari – Jumlah")]
    assert places(proposal, "recap_total") == [(6, 17, "Jumlah")]
    assert "217101010101" not in repr(proposal.sheets)
    kept = copy_of(proposal)
    assert b"217101010101" not in _csv(kept)
    assert "Sepempang;2;2;4;0;0;0;7;1;;9;3;9" in _csv(kept).decode("utf-8-sig")


def _csv(kept: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        return archive.read(archive.namelist()[0])


def test_the_year_is_asked_for_where_it_stands_nowhere() -> None:
    opened = file(sheet(("Rekap kunjungan",), (*HEAD, *SHORT), (*ONE, *range(12))))
    proposal = examine(opened, known=two_libraries())
    assert "year" in proposal.sheets[0].missing
    assert "Tahun" in [f.params["field"] for f in proposal.faults if f.rule == "missing_field"]
    said = Answers(constants={("Sheet1", "year"): "2025"})
    answered = examine(opened, known=two_libraries(), answers=said)
    assert not answered.faults
    assert rows_of(answered.changes["visits"], "month")[0] == ("2025-01-01",)


def test_a_year_of_the_title_may_be_corrected() -> None:
    said = Answers(constants={("Sheet1", "year"): "2024"})
    proposal = examine(file(recap((*ONE, *range(12)))), known=two_libraries(), answers=said)
    assert rows_of(proposal.changes["visits"], "month")[0] == ("2024-01-01",)


def test_numbers_of_which_nobody_says_what_they_are_wait_for_the_operator() -> None:
    opened = file(sheet(("Rekap 2025",), (*HEAD, *SHORT), (*ONE, *range(12))))
    (read,) = examine(opened, known=two_libraries()).sheets
    assert (read.form, read.columns[4].samples) == ("", ("0", "1", "2"))
    forms = {"Sheet1": "circulation"}
    half = examine(opened, known=two_libraries(), answers=Answers(forms=forms))
    assert "recap_value" in [fault.rule for fault in half.faults]
    whole = examine(
        opened, known=two_libraries(), answers=Answers(forms=forms, fields={("Sheet1", 5): "loans"})
    )
    assert not whole.faults
    assert rows_of(whole.changes["circulation"], "month", "loans")[3] == ("2025-04-01", 3)


def test_one_sheet_for_each_year_and_the_same_month_twice() -> None:
    years = [
        sheet(("Kunjungan",), (*HEAD, *SHORT), (*ONE, *range(12)), name=name) for name in ("2024", "2025")
    ]
    proposal = examine(file(*years), known=two_libraries())
    assert len(proposal.changes["visits"]) == 24
    twice = examine(file(recap((*ONE, *range(12)), (*ONE, *range(1, 13)))), known=two_libraries())
    faults = [f for f in twice.faults if f.rule == "repeated_key"]
    assert {(f.place.row, f.params["rows"]) for f in faults} == {(4, "5"), (5, "4")}
    assert {f.place.column for f in faults} == set(range(5, 17))


def test_formulas_without_value_and_unknown_libraries_are_told_where_they_stand() -> None:
    row = (1, "Galang", "Sembulang", "Perpustakaan Lain", *range(6))
    source = sheet(TITLE, (*HEAD, *SHORT[:7]), row, (*TWO, *range(5)), unfilled_formulas=((4, 10), (4, 11)))
    proposal = examine(file(source), known=two_libraries())
    assert places(proposal, "formula_without_value") == [(4, 10, "Jun"), (4, 11, "Jul")]
    (question,) = proposal.questions
    assert {(place.row, place.column) for place in question.places} == {(3, 4)}


def test_a_list_of_libraries_with_their_visits_beside_it_is_read_as_what_the_operator_says() -> None:
    head = ("Kecamatan", "Desa", "Nama Perpustakaan", "Jenis Perpustakaan", "Jumlah Judul")
    row = ("Galang", "Sembulang", LIBRARY, "Desa/kelurahan", 900)
    opened = file(sheet(("Profil 2025",), (*head, *SHORT), (*row, *range(12)), name="Perpustakaan"))
    listed = examine(opened, known=two_libraries())
    assert listed.sheets[0].form == "libraries"
    assert rows_of(listed.changes["libraries"], "titles") == [(900,)]
    said = Answers(forms={"Perpustakaan": "visits"}, fields={("Perpustakaan", 6): "total"})
    assert len(examine(opened, known=two_libraries(), answers=said).changes["visits"]) == 12


def test_a_cell_that_holds_for_twelve_months_is_told_and_asked_about_once() -> None:
    nowhere = (2, "Galang", "Antah Berantah", "Perpustakaan Antah", *range(12))
    other = (3, "Galang", "Sembulang", "Perpustakaan Lain", *range(12))
    proposal = examine(file(recap((*ONE, *range(12)), nowhere, other)), known=two_libraries())
    assert [(f.place.row, f.place.column) for f in proposal.faults] == [(5, 3)]
    (question,) = proposal.questions
    assert ([(place.row, place.column) for place in question.places], question.count) == ([(6, 4)], 12)
    assert set(proposal.changes["visits"]["library_id"]) == {LIBRARY_ID}
