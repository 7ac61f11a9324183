"""The whole way of a file: what it would bring, what is asked, and what is never in it."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import pytest

from literasi.contracts import TABLES, check
from literasi.intake import reading
from literasi.intake.examination import examine
from literasi.intake.findings import NEW, Answers, Question
from literasi.intake.proposal import Proposal
from literasi.intake.sheets import File, Sheet
from tests import sim_tpbis
from tests.intake_files import (
    LIBRARY,
    LIBRARY_ID,
    PLACE,
    SEMBULANG,
    SEPEMPANG,
    counted,
    file,
    known,
    library,
    rows_of,
    sheet,
    visits,
)

EVENT = {
    "event_id": "bimtek-2026",
    "name": "Bimtek SPP-TIK 2026",
    "kind": "bimtek",
    "date_start": "2026-06-03",
    "date_end": "2026-06-07",
    "area_code": "21.72",
}
PEOPLE = ("Acara", "Nama Peserta", *PLACE, "NIK", "Jenis Kelamin", "Pre Test", "Post Test")


def ask(proposal: Proposal) -> Question:
    (question,) = proposal.questions
    return question


def meets_contracts(proposal: Proposal) -> bool:
    return all(len(check(name, rows)) == len(rows) for name, rows in proposal.changes.items())


# Visits: the plain path


def test_a_report_becomes_typed_rows() -> None:
    opened = visits((LIBRARY, "Februari 2026", 10, 5, 15), ("Perpus Sembulang", "2026-03", 7, 1, None))
    proposal = examine(opened, known=known())
    assert rows_of(proposal.changes["visits"], *TABLES["visits"].names) == [
        (LIBRARY_ID, "2026-02-01", 10, 5, 15, "2026-11-22", None),
        (LIBRARY_ID, "2026-03-01", 7, 1, 8, "2026-11-22", None),
    ]
    assert proposal.is_ready
    assert set(proposal.changes) == {"visits"}
    assert meets_contracts(proposal)


def test_the_same_examination_gives_the_same() -> None:
    opened = visits(("Perpustakaan Lain", "Februari 2026", 10, 5, 16))
    first, second = (examine(opened, known=known()) for _ in range(2))
    assert first.questions == second.questions
    assert first.findings == second.findings


def test_progress_rises_to_the_end() -> None:
    shares: list[float] = []
    examine(visits((LIBRARY, "Februari 2026", 1, 1, 2)), known=known(), progress=shares.append)
    assert shares == sorted(shares)
    assert len(shares) >= 4
    assert shares[-1] == 1.0


def test_when_a_report_came_is_kept_when_it_comes_again() -> None:
    row = {"library_id": LIBRARY_ID, "month": "2026-02-01", "total": 12, "received_on": "2026-03-02"}
    proposal = examine(visits((LIBRARY, "Februari 2026", 10, 5, 15)), known=known(visits=[row]))
    assert rows_of(proposal.changes["visits"], "total", "received_on") == [(15, "2026-03-02")]


def test_columns_that_a_file_lacks_keep_what_is_current_but_never_half_of_a_sum() -> None:
    current = {"library_id": LIBRARY_ID, "month": "2026-02-01", "received_on": "2026-03-02"}
    before = known(
        visits=[{**current, "female": 10, "male": 5, "total": 15, "note": "lama"}],
        circulation=[{**current, "loans": 3, "members": 40}],
    )
    where = (*SEMBULANG, LIBRARY, "Februari 2026")
    opened = file(
        sheet("Kunjungan", (*PLACE, "Perpustakaan", "Bulan", "Total"), (*where, 20)),
        sheet("Sirkulasi", (*PLACE, "Perpustakaan", "Bulan", "Peminjaman"), (*where, 9)),
    )
    proposal = examine(opened, known=before)
    assert rows_of(proposal.changes["visits"], "female", "total", "note") == [(None, 20, "lama")]
    assert rows_of(proposal.changes["circulation"], "loans", "members") == [(9, 40)]


def test_what_holds_for_a_whole_sheet_is_said_once() -> None:
    opened = file(sheet("Buku", ("Bulan", "Perempuan", "Laki-laki"), ("Januari 2026", 3, 4)))
    said = {"regency": "Kota Batam", "village": "Sembulang", "library": LIBRARY}
    answers = Answers(
        forms={"Buku": "visits"}, constants={("Buku", name): value for name, value in said.items()}
    )
    assert rows_of(
        examine(opened, known=known(), answers=answers).changes["visits"], "library_id", "total"
    ) == [(LIBRARY_ID, 7)]


def test_numbers_that_can_be_read_twice_are_asked_about() -> None:
    opened = visits((LIBRARY, "Februari 2026", None, None, "1.250"))
    headings = opened.sheets[0].rows[0]
    ambiguous = file(
        sheet("Layanan", (*headings[:5], "Bandwidth (Mbps)"), (*SEMBULANG, LIBRARY, "2/2026", "1.250"))
    )
    question = ask(examine(ambiguous, known=known()))
    assert (question.kind, question.written, question.count) == ("number", "1.250", 1)
    for code, value in (("id", 1250.0), ("en", 1.25)):
        answers = Answers(questions={question.id: code})
        changes = examine(ambiguous, known=known(), answers=answers).changes
        assert rows_of(changes["services"], "bandwidth_mbps") == [(value,)]


# Libraries


def test_dates_are_asked_about_where_the_times_of_the_form_have_the_month_first() -> None:
    headings = (
        "Timestamp",
        "Nama Kegiatan",
        "Nama Perpustakaan",
        *PLACE,
        "Tanggal Kegiatan",
        "Jumlah Peserta",
    )
    rows = [
        (f"6/{day}/2026 9:12:33", "Kelas", LIBRARY, *SEMBULANG, f"6/{day - 10}/2026", 5) for day in (19, 20)
    ]
    opened = file(sheet("Tanggapan", headings, *rows))
    question = ask(examine(opened, known=known()))
    assert (question.kind, question.params["heading"], question.count) == ("date", "Tanggal Kegiatan", 2)
    answered = examine(opened, known=known(), answers=Answers(questions={question.id: "mdy"}))
    days = rows_of(answered.changes["activities"], "date", "received_on")
    assert days == [("2026-06-09", "2026-06-19"), ("2026-06-10", "2026-06-20")]


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        (("Jumlah Peminjaman", "Jumlah Buku Dipinjam"), [("figure_twice", 7)]),
        (("Peminjaman (buku)", "Peminjaman (majalah)"), [("figure_unclear", 6), ("figure_unclear", 7)]),
        (("Jumlah Peminjaman", "Jumlah Anggota"), []),
    ],
)
def test_a_column_of_figures_that_nothing_took_is_told(
    headings: tuple[str, str], told: list[tuple[str, int]]
) -> None:
    opened = file(
        sheet(
            "Sirkulasi",
            (*PLACE, "Perpustakaan", "Bulan", *headings),
            (*SEMBULANG, LIBRARY, "Mei 2026", 20, 35),
        )
    )
    proposal = examine(opened, known=known())
    assert proposal.is_ready
    assert [(one.rule, one.place.column) for one in proposal.findings] == told


def test_one_unknown_name_in_many_rows_and_sheets_is_one_question() -> None:
    rows = [("Perpustakaan Lain", f"{month}/2026", 1, 1, 2) for month in range(1, 10)]
    opened = file(visits(*rows).sheets[0], visits(*rows[:3], name="Kedua").sheets[0])
    question = ask(examine(opened, known=known()))
    assert (question.kind, question.written, question.count, len(question.places)) == (
        "library",
        "Perpustakaan Lain",
        12,
        12,
    )


def test_an_answer_is_remembered_with_the_data_it_was_given_for() -> None:
    opened = visits(("Perpustakaan Lain", "Februari 2026", 1, 1, 2))
    question = ask(examine(opened, known=known()))
    proposal = examine(opened, known=known(), answers=Answers(questions={question.id: LIBRARY_ID}))
    assert proposal.is_ready
    learnt = rows_of(proposal.changes["spellings"], "kind", "within", "written", "code")
    assert learnt == [("library", "21.71.08.1004", "PERPUSTAKAANLAIN", LIBRARY_ID)]
    names = ("kind", "within", "written", "code")
    later = known(spellings=[dict(zip(names, learnt[0], strict=True))])
    assert rows_of(examine(opened, known=later).changes["visits"], "library_id") == [(LIBRARY_ID,)]


def test_a_village_without_library_gets_one_with_an_advice() -> None:
    opened = visits((*SEPEMPANG, "Perpustakaan Desa Sepempang", "Februari 2026", 1, 1, 2))
    proposal = examine(opened, known=known())
    new = rows_of(proposal.changes["libraries"], "library_id", "name", "kind", "area_code", "programme")
    assert new == [
        ("L-21.03.07.2004-1", "Perpustakaan Desa Sepempang", "village", "21.03.07.2004", "not_stated")
    ]
    assert counted(proposal.findings) == {("Kunjungan", "new_library"): 1}
    assert rows_of(proposal.changes["advices"], "of_table", "row_key") == [("libraries", "L-21.03.07.2004-1")]


def test_a_library_that_only_a_faulty_row_names_is_not_proposed() -> None:
    opened = visits((*SEPEMPANG, "Perpustakaan Desa Sepempang", "Februari 2026", -1, 1, None))
    assert examine(opened, known=known()).changes == {}


LIST = (*PLACE, "Nama Perpustakaan", "Jenis Perpustakaan", "Jumlah Judul", "Jumlah Staf")


def test_a_list_of_libraries_updates_those_that_are_there() -> None:
    before = known(
        libraries=[library(LIBRARY_ID, LIBRARY, "21.71.08.1004", titles=900, staff=2, source_id="s1")]
    )
    row = (*SEMBULANG, "PERPUS KEL. SEMBULANG", "Desa/kelurahan", "1.250", None)
    proposal = examine(file(sheet("Perpustakaan", LIST, row)), known=before)
    columns = ("library_id", "name", "titles", "staff", "programme", "source_id")
    assert rows_of(proposal.changes["libraries"], *columns) == [
        (LIBRARY_ID, LIBRARY, 1250, 2, "national", "s1")
    ]


@pytest.mark.parametrize("name", ["Perpustakaan Kelurahan Sembulan", "Perpus Kel Sembulanng"])
def test_a_library_that_may_be_in_the_register_is_shown_beside_it(name: str) -> None:
    opened = file(sheet("Perpustakaan", LIST, (*SEMBULANG, name, "Desa/kelurahan", 10, 1)))
    question = ask(examine(opened, known=known()))
    assert (question.kind, len(question.beside)) == ("same_library", 2)
    assert LIBRARY in question.beside[0].values()
    assert name in question.beside[1].values()
    same = examine(opened, known=known(), answers=Answers(questions={question.id: LIBRARY_ID}))
    assert rows_of(same.changes["libraries"], "library_id", "name", "titles") == [(LIBRARY_ID, name, 10)]
    new = examine(opened, known=known(), answers=Answers(questions={question.id: NEW}))
    assert rows_of(new.changes["libraries"], "library_id") == [("L-21.71.08.1004-2",)]


def test_two_libraries_of_a_file_that_may_be_one_are_shown_side_by_side() -> None:
    opened = file(
        sheet(
            "Perpustakaan",
            LIST,
            (*SEPEMPANG, "Perpustakaan Cahaya Ilmu", "Desa/kelurahan", 10, None),
            (*SEPEMPANG, "Perpustakaan Cahaya Ilmuu", "Desa/kelurahan", 20, 1),
        )
    )
    proposal = examine(opened, known=known())
    question = ask(proposal)
    assert [place.row for place in question.places] == [2, 3]
    assert rows_of(proposal.changes["libraries"], "titles") == [(10,)]
    same = examine(opened, known=known(), answers=Answers(questions={question.id: "L-21.03.07.2004-1"}))
    assert rows_of(same.changes["libraries"], "library_id", "titles", "staff") == [
        ("L-21.03.07.2004-1", 20, 1)
    ]
    two = examine(opened, known=known(), answers=Answers(questions={question.id: NEW}))
    assert len(two.changes["libraries"]) == 2


def test_libraries_and_their_visits_may_come_in_one_file() -> None:
    opened = file(
        visits((*SEPEMPANG, "Perpus Cahaya Ilmu", "Februari 2026", 1, 1, 2)).sheets[0],
        sheet("Perpustakaan", LIST, (*SEPEMPANG, "Perpustakaan Cahaya Ilmu", "Desa/kelurahan", 10, 1)),
    )
    proposal = examine(opened, known=known())
    assert rows_of(proposal.changes["visits"], "library_id") == [("L-21.03.07.2004-1",)]
    assert len(proposal.changes["libraries"]) == 1
    assert proposal.findings == ()


# People


def people(*rows: tuple[Any, ...]) -> File:
    return file(sheet("Peserta", PEOPLE, *rows))


SITI = ("Bimtek SPP-TIK 2026", "Hj. Siti Contoh, S.Pd", *SEMBULANG, "2171014401900001", "P", 50, 80)
BUDI = ("Bimtek SPP-TIK 2026", "Budi Umpama", *SEMBULANG, "2171014401900002", "L", 40, 60)


def test_of_people_only_a_code_is_left() -> None:
    headings = (*PEOPLE, "Catatan")
    noted = ((*SITI, "datang dengan BUDI UMPAMA, hp 0812-3456-7890"), (*BUDI, "-"))
    opened = file(sheet("Peserta", headings, *noted))
    before = known(events=[EVENT])
    proposal = examine(opened, known=before)
    assert proposal.is_ready
    codes = proposal.changes["participants"]["participant_id"]
    assert codes.str.fullmatch(r"p-[a-z2-7]{16}").all()
    dropped = {
        column.heading: column.field for column in proposal.sheets[0].columns if column.how == "personal"
    }
    assert dropped == {"Nama Peserta": "name", "NIK": ""}
    rest = pickle.dumps(replace(proposal, file=file(name="x")))
    for secret in (b"Siti", b"Contoh", b"Umpama", b"UMPAMA", b"217101440190000", b"3456"):
        assert secret not in rest


def test_what_is_written_freely_is_masked_wherever_it_goes() -> None:
    headings = (*PLACE, "Perpustakaan", "Tanggal", "Nama Kegiatan", "Sasaran (hub Ani 0812-3456-7890)")
    row = (*SEPEMPANG, "TBM Uji 0812-3456-7890", "12/02/2026", "Kelas", "Pelajar, a@contoh.invalid")
    opened = file(sheet("Kegiatan", headings, row))
    proposal = examine(opened, known=known(), answers=Answers(forms={"Kegiatan": "activities"}))
    assert proposal.is_ready
    assert list(proposal.changes["libraries"]["name"]) == ["TBM Uji [dihapus]"]
    assert list(proposal.changes["activities"]["audience"]) == ["Pelajar, [dihapus]"]
    rest = pickle.dumps(replace(proposal, file=file(name="x")))
    assert b"3456" not in rest
    assert b"contoh.invalid" not in rest


def test_findings_never_repeat_a_name() -> None:
    opened = people(SITI, (*SITI[:1], None, *SITI[2:]), (SITI[0], "x" * 600, *SITI[2:]))
    found = examine(opened, known=known(events=[EVENT])).faults
    assert [(one.rule, one.value) for one in found] == [("required", ""), ("too_long", "")]


def test_one_person_at_two_events_has_one_code() -> None:
    other = dict(EVENT, event_id="festival", name="Festival Literasi 2026")
    opened = people(
        SITI, ("Festival Literasi 2026", "SITI CONTOH", "Batam", "Nongsa", None, None, "P", None, None)
    )
    changes = examine(opened, known=known(events=[EVENT, other])).changes["participants"]
    assert changes["participant_id"].nunique() == 1
    assert rows_of(changes, "event_id", "area_code") == [
        ("bimtek-2026", "21.71.08.1004"),
        ("festival", "21.71.04"),
    ]


def test_the_same_name_twice_at_an_event_is_asked() -> None:
    opened = people(SITI, BUDI, ("bimtek-2026", "Siti Contoh", "Batam", "Galang", None, None, None, None, 90))
    before = known(events=[EVENT])
    proposal = examine(opened, known=before)
    question = ask(proposal)
    assert (question.kind, question.params["rows"], len(question.beside)) == ("same_person", "2, 4", 2)
    assert "Siti" not in repr(question)
    assert len(proposal.changes["participants"]) == 1
    one = examine(opened, known=before, answers=Answers(questions={question.id: "one"}))
    assert rows_of(one.changes["participants"], "sex", "pre_score", "post_score") == [
        ("female", 50.0, 80.0),
        ("male", 40.0, 60.0),
    ]
    two = examine(opened, known=before, answers=Answers(questions={question.id: "two"}))
    codes = two.changes["participants"]["participant_id"].tolist()
    assert codes[2] == f"{codes[0]}-2"


def test_what_differs_between_the_rows_of_one_person_is_told() -> None:
    opened = people(SITI, (*SITI[:-1], 99))
    answers = Answers(questions={ask(examine(opened, known=known(events=[EVENT]))).id: "one"})
    proposal = examine(opened, known=known(events=[EVENT]), answers=answers)
    assert len(proposal.changes["participants"]) == 1
    assert [(one.rule, one.place.heading, one.value) for one in proposal.findings] == [
        ("merged_differs", "Post Test", str(SITI[-1]))
    ]


def test_a_person_copied_twice_with_everything_is_taken_once() -> None:
    proposal = examine(people(SITI, BUDI, SITI, BUDI), known=known(events=[EVENT]))
    assert [(one.rule, one.place.row, one.value) for one in proposal.findings] == [
        ("repeated_row", 4, ""),
        ("repeated_row", 5, ""),
    ]
    assert (len(proposal.changes["participants"]), proposal.questions) == (2, ())


def test_an_unknown_event_is_asked_and_said_once() -> None:
    opened = people(("Bimtek bulan Juni", *SITI[1:]), ("Bimtek bulan Juni", *BUDI[1:]))
    question = ask(examine(opened, known=known(events=[EVENT])))
    assert (question.kind, question.count, question.options[0].code) == ("event", 2, "bimtek-2026")


# Other tables


def test_an_event_gets_a_readable_id_and_keeps_it() -> None:
    headings = ("Nama Acara", "Jenis Acara", "Tanggal Mulai", *PLACE[:1])
    row = ("Festival Literasi Bintan", "Festival", "12 September 2026", "Bintan")
    opened = file(sheet("Acara", headings, row))
    made = examine(opened, known=known()).changes["events"]
    assert rows_of(made, "event_id", "kind", "date_end", "area_code") == [
        ("festival-literasi-bintan-2026", "festival", "2026-09-12", "21.01")
    ]
    current = rows_of(made, *TABLES["events"].names)[0]
    before = known(events=[dict(zip(TABLES["events"].names, current, strict=True)) | {"event_id": "lama"}])
    assert rows_of(examine(opened, known=before).changes["events"], "event_id") == [("lama",)]


def test_published_figures_bring_their_source_and_edition() -> None:
    headings = (
        "Indikator",
        "Kabupaten/Kota",
        "Periode",
        "Nilai",
        "Produsen",
        "Penerbit sumber",
        "Judul sumber",
    )
    opened = file(
        sheet(
            "Indeks",
            headings,
            ("TKM", "Bintan", "2025", "61,2", "Perpusnas", "Perpusnas", "Laporan 2025"),
            ("TKM", "Karimun", "2025", "60,9", "Perpusnas", "Perpusnas", "Laporan 2025"),
            ("Indeks Bahagia", "Karimun", "2025", "60,9", "Perpusnas", "Perpusnas", "Laporan 2025"),
        )
    )
    proposal = examine(opened, known=known(), answers=Answers(forms={"Indeks": "observations"}))
    assert [(one.rule, one.place.row) for one in proposal.faults] == [("unknown_indicator", 4)]
    (source,) = rows_of(proposal.changes["sources"], "source_id", "publisher", "title", "kind")
    assert source[1:] == ("Perpusnas", "Laporan 2025", "official")
    made = rows_of(
        proposal.changes["observations"], "indicator_id", "area_code", "edition", "value", "status"
    )
    assert made == [
        ("tkm", "21.01", "2025", 61.2, "reported"),
        ("tkm", "21.02", "2025", 60.9, "reported"),
    ]
    assert set(proposal.changes["observations"]["source_id"]) == {source[0]}


@pytest.mark.parametrize(("written", "rule"), [("172,4", "maximum"), ("-1", "minimum"), ("100", None)])
def test_an_index_lies_between_0_and_100(written: str, rule: str | None) -> None:
    headings = ("Indikator", "Kabupaten/Kota", "Periode", "Nilai", "Produsen", "Sumber", "Judul sumber")
    row = ("TKM", "Bintan", "2025", written, "Perpusnas", "Perpusnas", "Laporan 2025")
    proposal = examine(file(sheet("Indeks", headings, row)), known=known())
    assert [one.rule for one in proposal.faults] == ([rule] if rule else [])


def test_a_survey_row_becomes_one_row_for_each_figure_it_has() -> None:
    headings = (
        "Kabupaten/Kota", "Tahun", "Jumlah Responden", "TGM", "Frekuensi Membaca", "Durasi Membaca",
        "Produsen", "Penerbit sumber", "Judul sumber",
    )  # fmt: skip
    row = ("Batam", 2024, 400, "72,4", "5,2", None, "DPK Batam", "DPK Batam", "Kajian 2024")
    opened = file(sheet("TGM", headings, row))
    proposal = examine(opened, known=known(), answers=Answers(forms={"TGM": "tgm_survey"}))
    made = rows_of(proposal.changes["observations"], "indicator_id", "period", "edition", "value", "n")
    assert made == [
        ("tgm", "2024", "2021_2024", 72.4, 400),
        ("tgm_reading_frequency", "2024", "2021_2024", 5.2, 400),
    ]


def test_a_guest_book_is_counted_by_month_and_sex() -> None:
    headings = ("No.", "Tanggal Kunjungan", "Nama", "Jenis Kelamin", "Perpustakaan", *PLACE)
    rows = [
        (1, "02/02/2026", "Siti Contoh", "P", LIBRARY, *SEMBULANG),
        (2, "17/02/2026", "Budi Umpama", "L", LIBRARY, *SEMBULANG),
        (3, "17/03/2026", "Budi Umpama", "L", LIBRARY, *SEMBULANG),
        (4, "18/03/2026", "Ani Misal", None, LIBRARY, *SEMBULANG),
    ]
    opened = file(sheet("Buku Tamu", headings, *rows))
    proposal = examine(opened, known=known(), answers=Answers(forms={"Buku Tamu": "guest_book"}))
    assert rows_of(proposal.changes["visits"], "month", "female", "male", "total") == [
        ("2026-02-01", 1, 1, 2),
        ("2026-03-01", None, None, 2),
    ]
    assert b"Umpama" not in pickle.dumps(replace(proposal, file=file(name="x")))


def guests(name: str, *days: str) -> Sheet:
    headings = ("Tanggal Kunjungan", "Nama", "Jenis Kelamin", "Perpustakaan", *PLACE)
    return sheet(name, headings, *((day, "Siti Contoh", "P", LIBRARY, *SEMBULANG) for day in days))


def test_a_guest_book_in_several_sheets_is_added_up_and_a_copied_sheet_is_not() -> None:
    opened = file(
        guests("Minggu 1", "02/02/2026", "03/02/2026"),
        guests("Minggu 2", "09/02/2026", "10/02/2026"),
        guests("Salinan", "02/02/2026", "03/02/2026"),
    )
    proposal = examine(opened, known=known())
    assert rows_of(proposal.changes["visits"], "female", "male", "total") == [(4, 0, 4)]
    assert [(one.place.sheet, one.rule) for one in proposal.findings] == [
        ("Minggu 1", "sheets_added"),
        ("Salinan", "repeated_sheet"),
    ]


def test_a_guest_book_of_a_part_of_a_month_is_told() -> None:
    there = {"library_id": LIBRARY_ID, "month": "2026-02-01", "total": 3, "received_on": "2026-03-01"}
    proposal = examine(file(guests("Sisa", "27/02/2026")), known=known(visits=[there]))
    assert [(one.rule, one.params["before"]) for one in proposal.findings] == [("fewer_than_before", "3")]


def test_a_month_that_says_another_year_than_its_row_is_a_fault() -> None:
    headings = (*PLACE, "Perpustakaan", "Bulan", "Tahun", "Total")
    months = ("Januari 2024", "Februari 2025", "Maret")
    rows = [(*SEMBULANG, LIBRARY, month, 2025, 5) for month in months]
    proposal = examine(file(sheet("Kunjungan", headings, *rows)), known=known())
    assert [(one.rule, one.place.row) for one in proposal.faults] == [("other_year", 2)]
    assert len(proposal.changes["visits"]) == 2


def test_rows_of_delimited_text_with_more_cells_than_headings_are_at_fault() -> None:
    text = "\n".join(
        (
            "Kabupaten/Kota,Desa/Kelurahan,Perpustakaan,Bulan,Total",
            f"Kota Batam,Sembulang,{LIBRARY},Januari 2026,1,234",
            f"Kota Batam,Sembulang,{LIBRARY},Februari 2026,12",
            f"Kota Batam,Sembulang,{LIBRARY},Maret 2026,15",
        )
    )
    proposal = examine(reading.read("kunjungan.csv", text.encode()), known=known())
    assert [(one.rule, one.place.row) for one in proposal.faults] == [("more_cells", 2)]
    assert list(proposal.changes["visits"]["total"]) == [12, 15]


# What a sheet replaces, and what is remembered


def test_a_sheet_that_is_the_whole_removes_what_it_lacks_and_nothing_else() -> None:
    before = known(
        visits=[
            {"library_id": LIBRARY_ID, "month": month, "total": 5}
            for month in ("2026-01-01", "2026-02-01", "2025-12-01")
        ]
    )
    opened = visits((LIBRARY, "Februari 2026", 1, 1, 2))
    assert examine(opened, known=before).removals == {}
    proposal = examine(opened, known=before, answers=Answers(replaces=frozenset({"Kunjungan"})))
    assert rows_of(proposal.removals["visits"], "library_id", "month") == [(LIBRARY_ID, "2026-01-01")]


def test_two_sheets_that_together_are_the_whole_remove_nothing_of_each_other() -> None:
    before = known(visits=[{"library_id": LIBRARY_ID, "month": "2026-03-01", "total": 5}])
    opened = file(
        visits((LIBRARY, "Januari 2026", 1, 1, 2)).sheets[0],
        visits((LIBRARY, "Februari 2026", 1, 1, 2), name="Lagi").sheets[0],
    )
    answers = Answers(replaces=frozenset({"Kunjungan", "Lagi"}))
    proposal = examine(opened, known=before, answers=answers)
    assert len(proposal.changes["visits"]) == 2
    assert rows_of(proposal.removals["visits"], "month") == [("2026-03-01",)]


def test_a_mapping_that_was_chosen_is_remembered_for_the_layout() -> None:
    headings = (*PLACE, "Perpustakaan", "Bulan", "Orang")
    opened = file(sheet("Laporan", headings, (*SEMBULANG, LIBRARY, "Februari 2026", 12)))
    answers = Answers(forms={"Laporan": "visits"}, fields={("Laporan", 6): "total"})
    proposal = examine(opened, known=known(), answers=answers)
    assert proposal.is_ready
    kept = rows_of(proposal.changes["layouts"], *TABLES["layouts"].names)
    assert [(row[1], row[4]) for row in kept][-1] == (6, "total")
    later = known(layouts=[dict(zip(TABLES["layouts"].names, row, strict=True)) for row in kept])
    again = examine(opened, known=later)
    assert again.sheets[0].how == "remembered"
    assert rows_of(again.changes["visits"], "total") == [(12,)]


# SIM TPBIS: must-show 2 of issue 3


def test_126_libraries_of_sim_tpbis_go_in_with_the_right_advices() -> None:
    opened = reading.read("sim-tpbis.json", sim_tpbis.file())
    answers = Answers(constants={("iku", "period"): "2026"})
    proposal = examine(opened, known=known(libraries=[]), answers=answers)
    assert proposal.questions == ()
    assert proposal.faults == ()
    assert counted(proposal.findings) == {
        ("pengunjung", "new_library"): 126,
        ("pelibatan", "repeated_row"): sim_tpbis.REPEATED,
        ("pengunjung", "outlier"): 1,
        ("pengunjung", "zero_visits"): 1,
        ("iku", "no_value"): 1,
    }
    (unscored,) = [one for one in proposal.findings if one.rule == "no_value"]
    assert unscored.params == {"count": sim_tpbis.UNSCORED}
    assert {name: len(rows) for name, rows in proposal.changes.items()} == {
        "sources": 1,
        "libraries": 126,
        "library_figures": 26 + 14,
        "activities": 225,
        "visits": 126 * 7,
        "advocacy": 40,
        "publications": 90,
        "services": 126,
        "advices": 128,
    }
    assert meets_contracts(proposal)
    assert set(proposal.changes["visits"]["month"].dt.month) == set(range(1, 8))
    assert "Kepala Desa; Swasta" in set(proposal.changes["advocacy"]["audience"])


def test_in_a_register_that_is_not_empty_only_clashes_are_asked() -> None:
    place = sim_tpbis.places()[1]
    areas = sim_tpbis.register()
    village = next(a for a in areas.children("21", "village") if a.name.upper() == place["desa_name"])
    before = known(libraries=[library(f"L-{village.code}-1", "Perpustakaan Bunga Rampai", village.code)])
    opened = reading.read("pengunjung.json", sim_tpbis.file("pengunjung"))
    question = ask(examine(opened, known=before))
    assert (question.kind, question.count) == ("library", 7)
