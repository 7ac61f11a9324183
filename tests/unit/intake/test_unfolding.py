"""Recaps with a column for each month: what they bring, and where in the file everything stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.intake import layout
from literasi.intake.recaps import MONTHS
from literasi.intake.sheets import Area, Cell, Sheet
from literasi.intake.unfolding import UNTOLD, Unfolded, unfold
from tests.intake_files import LIBRARY

SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
TITLE = ("REKAP KUNJUNGAN PERPUSTAKAAN DESA TAHUN 2025",)
HEAD = ("No", "Kecamatan", "Desa", "Perpustakaan")
ONE = (1, "Galang", "Sembulang", LIBRARY)
TWO = (2, "Bunguran Timur", "Sepempang", "Perpustakaan Sepempang")
PARTS = ("L", "P", "Jumlah")
GROUPS = ("Januari", None, None, "Februari", None, None, "Maret", None, None)


def sheet(*rows: tuple[Cell, ...], name: str = "Sheet1", **more: Any) -> Sheet:
    width = max(map(len, rows))
    return Sheet(name, [[*row, *[None] * (width - len(row))] for row in rows], **more)


def recap(
    *rows: tuple[Cell, ...], months: tuple[Cell, ...] = SHORT, after: tuple[Cell, ...] = ("Jumlah",)
) -> Sheet:
    return sheet(TITLE, (), (*HEAD, *months, *after), *rows)


def unfolded(source: Sheet) -> Unfolded:
    found = unfold(source, layout.find(source))
    assert found is not None
    return found


def is_left(source: Sheet) -> bool:
    return unfold(source, layout.find(source)) is None


def headings(found: Unfolded) -> list[str]:
    return [heading for _, heading in found.block.columns]


def lines(found: Unfolded) -> list[tuple[Cell, ...]]:
    """Values of the columns from the first of numbers on, that have a heading."""
    columns = [column for column, _ in found.block.columns if column >= found.values[0]]
    return [tuple(row[column - 1] for column in columns) for row in found.sheet.rows]


def rules(found: Unfolded, weight: str = "") -> list[str]:
    return [one.rule for one in found.block.findings if not weight or one.weight == weight]


class TestHeadings:
    def test_a_column_for_each_month(self):
        found = unfolded(recap((*ONE, *range(12), 66)))
        assert headings(found) == [*HEAD, "kunjungan", "Bulan", "Tahun"]
        assert lines(found) == [(at, MONTHS[at], 2025) for at in range(12)]
        assert found.sheet.origin(3, 5, "kunjungan") == (4, 7, "Mar")
        assert found.sheet.origin(3, 4, "Perpustakaan") == (4, 4, "Perpustakaan")
        assert (found.first_row, found.last_row) == (4, 4)

    @pytest.mark.parametrize(
        "months",
        [
            tuple(f"{name} 2024" for name in MONTHS),
            tuple(f"{at:02}/2024" for at in range(1, 13)),
            tuple(f"2024-{at:02}" for at in range(1, 13)),
            tuple(f"{name}-24" for name in SHORT),
            tuple(dt.datetime(2024, at, 1) for at in range(1, 13)),  # noqa: DTZ001 - as a workbook gives it
            tuple(dt.date(2024, at, 1) for at in range(1, 13)),
        ],
    )
    def test_months_with_their_year(self, months: tuple[Cell, ...]):
        found = unfolded(recap((*ONE, *range(12)), (*TWO, *range(12)), months=months, after=()))
        assert lines(found)[:12] == [(at, MONTHS[at], 2024) for at in range(12)]
        assert rules(found) == ["recap_read"]

    def test_women_men_and_both_under_each_month(self):
        source = sheet(
            TITLE, (), (*HEAD, *GROUPS), (*[None] * 4, *PARTS * 3), (*ONE, 1, 2, 3, 4, 5, 9, None, "-", None)
        )
        found = unfolded(source)
        assert headings(found) == [*HEAD, "L", "P", "kunjungan", "Bulan", "Tahun"]
        assert lines(found) == [(1, 2, 3, "Januari", 2025), (4, 5, 9, "Februari", 2025)]
        assert found.sheet.origin(2, 6, "P") == (5, 9, "Februari – P")

    def test_a_title_over_the_months_and_merged_areas(self):
        rows = (
            ("Kunjungan 2025",),
            (*HEAD, *["BULAN"] * 9, "Ket"),
            (*HEAD, *[name for name in MONTHS[:3] for _ in range(3)], "Ket"),
            (*HEAD, *PARTS * 3, "Ket"),
            (*ONE, 1, 2, 3, 4, 5, 9, 1, 1, 2, "x"),
        )
        areas = [Area(2, 5, 2, 13), *(Area(3, c, 3, c + 2) for c in (5, 8, 11))]
        areas += [Area(2, c, 4, c) for c in (1, 2, 3, 4, 14)]
        found = unfolded(sheet(*rows, merged=tuple(areas)))
        assert [line[:3] for line in lines(found)] == [(1, 2, 3), (4, 5, 9), (1, 1, 2)]
        assert headings(found)[-1] == "Ket"

    def test_headings_that_stand_only_in_the_row_above(self):
        found = unfolded(
            sheet(
                ("Kunjungan 2025",),
                (*HEAD, "BULAN"),
                (*[None] * 4, *GROUPS),
                (*[None] * 4, *PARTS * 3),
                (*ONE, *range(9)),
            )
        )
        assert headings(found)[:4] == list(HEAD)
        assert len(found.sheet.rows) == 3

    def test_women_and_men_over_the_months(self):
        found = unfolded(
            sheet(
                TITLE,
                (*HEAD, "L", *[None] * 5, "P"),
                (*[None] * 4, *SHORT[:6] * 2),
                (*ONE, *range(12)),
                (*TWO, *range(12)),
            )
        )
        assert headings(found)[4:] == ["L", "Bulan", "Tahun", "P"]
        assert lines(found)[0] == (0, "Januari", 2025, 6)

    def test_two_years_side_by_side(self):
        found = unfolded(
            sheet(
                ("Kunjungan",),
                (*HEAD, "2024", *[None] * 5, "2025"),
                (*[None] * 4, *SHORT[:6] * 2),
                (*ONE, *range(12)),
                (*TWO, *range(12)),
            )
        )
        assert lines(found)[5:7] == [(5, "Juni", 2024), (6, "Januari", 2025)]

    @pytest.mark.parametrize(
        "source",
        [
            sheet((*HEAD, *SHORT[:5]), (*ONE, *range(5))),
            sheet(("Uraian", *SHORT), ("Pengunjung", *range(12))),
            sheet(("Perpustakaan", "Bulan", "Total"), *((LIBRARY, name, 3) for name in MONTHS)),
            sheet((*HEAD, "I", "II", "III", "IV", "V", "VI"), (*ONE, *range(6))),
            sheet((*HEAD, *(dt.date(2025, 1, day) for day in range(1, 13))), (*ONE, *range(12))),
            sheet(
                (*HEAD, *(f"{name} 2025" for name in SHORT[:6]), *SHORT[6:], "Januari 2026"),
                (*ONE, *range(13)),
            ),
            sheet(("x",)),
        ],
    )
    def test_what_is_not_surely_a_recap_is_left_as_it_is(self, source: Sheet):
        assert is_left(source)


class TestYear:
    def test_it_stands_in_the_title(self):
        (finding,) = [f for f in unfolded(recap((*ONE, *range(12)))).block.findings if f.rule == "recap_year"]
        assert (finding.place.row, finding.value, finding.params) == (1, TITLE[0], {"year": 2025})

    def test_or_in_the_name_of_the_sheet(self):
        found = unfolded(sheet((*HEAD, *SHORT), (*ONE, *range(12)), name="2024"))
        assert lines(found)[0] == (0, "Januari", 2024)
        assert "recap_year_sheet" in rules(found)

    @pytest.mark.parametrize(
        "title", ["Rekap kunjungan", "Rekap kunjungan 2024/2025", "Rekap 2025, dicetak 3/1/2026"]
    )
    def test_none_or_two_of_them_are_not_taken(self, title: str):
        found = unfolded(sheet((title,), (*HEAD, *SHORT), (*ONE, *range(12))))
        assert not found.has_year
        assert "Nama bulan" in headings(found)


class TestMeaning:
    @pytest.mark.parametrize(
        ("title", "heading"),
        [
            ("REKAP KUNJUNGAN PERPUSTAKAAN DESA", "kunjungan"),
            ("Jumlah Peminjaman Buku per Bulan", "jumlah peminjaman"),
            ("Buku yang dipinjam", "buku dipinjam"),
            ("Rekapitulasi anggota perpustakaan", "anggota"),
            ("Buku tamu perpustakaan", "buku tamu"),
            ("Rekap pengunjung dan peminjaman", UNTOLD),
            ("Target kunjungan", UNTOLD),
            ("Anggota baru", UNTOLD),
            ("Peserta kegiatan", UNTOLD),
            ("Rekap", UNTOLD),
        ],
    )
    def test_the_title_says_what_is_counted_or_nobody_does(self, title: str, heading: str):
        assert (
            headings(unfolded(sheet((title,), (*HEAD, *SHORT), (*ONE, *range(12)))))[4].split(" (")[0]
            == heading
        )

    def test_men_and_women_of_something_else_are_no_visitors(self):
        found = unfolded(
            sheet(("Peminjaman 2025",), (*HEAD, *GROUPS), (*[None] * 4, *PARTS * 3), (*ONE, *range(9)))
        )
        assert headings(found)[4:7] == ["peminjaman L", "peminjaman P", "peminjaman"]


class TestRows:
    def test_empty_is_not_reported_and_zero_is(self):
        found = unfolded(recap((*ONE, 0, None, "-", "", " – ", "n/a", *range(6))))
        assert [line[1] for line in lines(found)] == ["Januari", *MONTHS[6:]]

    def test_what_cannot_be_read_is_a_row(self):
        assert len(unfolded(recap((*ONE, "\x00", "lima", "x" * 501))).sheet.rows) == 3

    def test_subtotals_are_skipped(self):
        found = unfolded(
            recap(
                (*ONE, *range(12)),
                ("Jumlah Kecamatan Galang", None, None, None, *range(12)),
                (*TWO, *range(12)),
                ("TOTAL", None, None, None, *range(0, 24, 2)),
            )
        )
        assert found.block.skipped == ((5, "total"), (7, "total"))
        assert rules(found).count("total_skipped") == 2

    def test_districts_that_hold_the_sum_of_their_villages_are_skipped(self):
        three = (3, "Bunguran Timur", "Ranai", "Perpustakaan Ranai")
        rows = [
            ("I", "Galang", None, None, *range(12)),
            (*ONE, *range(12)),
            ("II", "Bunguran Timur", None, None, *range(0, 24, 2)),
            (*TWO, *range(12)),
            (*three, *range(12)),
        ]
        assert unfolded(recap(*rows)).block.skipped == ((4, "total"), (6, "total"))
        rows[2] = ("II", "Bunguran Timur", None, None, *range(1, 13))
        assert unfolded(recap(*rows)).block.skipped == ((4, "total"),)


class TestTotals:
    @pytest.mark.parametrize(("total", "told"), [(66, 0), (67, 1), ("66", 0), (None, 0), ("-", 0), ("?", 0)])
    def test_the_year_is_compared_with_its_months(self, total: Cell, told: int):
        found = unfolded(recap((*ONE, *range(12), total)))
        assert rules(found, "fail") == ["recap_total"] * told

    def test_both_numbers_and_the_cell_are_named(self):
        (fault,) = [f for f in unfolded(recap((*ONE, *range(12), 1250))).block.findings if f.weight == "fail"]
        assert (fault.place.row, fault.place.column, fault.place.heading) == (4, 17, "Jumlah")
        assert fault.params == {"made": "66", "total": "1.250"}

    def test_a_total_without_months_is_told(self):
        assert rules(unfolded(recap((*ONE, *[None] * 12, 5))), "fail") == ["recap_total"]

    def test_members_of_a_year_are_no_sum(self):
        source = sheet(("Anggota 2025",), (*HEAD, *SHORT, "Jumlah"), (*ONE, *range(12), 11))
        assert "recap_total" not in rules(unfolded(source))

    def test_what_is_not_known_to_add_up_is_an_advice(self):
        source = sheet(("Rekap 2025",), (*HEAD, *SHORT, "Jumlah"), (*ONE, *range(12), 11))
        assert "recap_total" in rules(unfolded(source), "advise")

    def test_halves_and_means_are_no_months_and_not_compared(self):
        source = recap(
            (*ONE, *range(6), 15, *range(6), 15, 2.5),
            months=(*SHORT[:6], "Jumlah Semester I", *SHORT[6:]),
            after=("TW IV", "Rata-rata"),
        )
        assert len(unfolded(source).sheet.rows) == 12
        assert rules(unfolded(source), "fail") == []

    def test_each_part_has_its_total(self):
        source = sheet(
            TITLE,
            (*HEAD, *GROUPS, "Jumlah", None, None),
            (*[None] * 4, *PARTS * 4),
            (*ONE, 1, 2, 3, 4, 5, 9, 1, 1, 2, 6, 7, 14),
            (*TWO, 1, 2, 3, 4, 5, 9, 1, 1, 2, 6, 8, 14),
        )
        found = unfolded(source)
        faults = [(f.place.row, f.place.column) for f in found.block.findings if f.weight == "fail"]
        assert faults == [(4, 15)]


numbers = st.one_of(st.none(), st.integers(0, 10**6), st.sampled_from(["-", "", "1.250", "lima"]))


@given(st.lists(st.lists(numbers, min_size=12, max_size=12), min_size=2, max_size=8))
def test_each_cell_keeps_its_value_and_its_place(table: list[list[Cell]]):
    source = recap(*((nth, "Galang", f"Desa {nth}", f"Perpus {nth}", *row) for nth, row in enumerate(table)))
    found = unfolded(source)
    seen = set()
    for nth, row in enumerate(found.sheet.rows, 1):
        at, column, heading = found.sheet.origin(nth, found.values[0])
        assert row[found.values[0] - 1] == source.rows[at - 1][column - 1]
        assert heading == source.rows[2][column - 1] == SHORT[MONTHS.index(row[5])]  # type: ignore[arg-type]
        assert list(row[:4]) == list(source.rows[at - 1][:4])
        seen.add((at, column))
    reported = {
        (at, column)
        for at, cells in enumerate(source.rows[3:], 4)
        for column, cell in enumerate(cells[4:16], 5)
        if cell not in (None, "-", "")
    }
    assert seen == reported
    assert len(found.sheet.rows) == len(reported)


words = st.sampled_from(
    [None, "", *SHORT, *PARTS, "Januari 2025", "01/2025", "2024", "Desa", "Perpustakaan", "Total"]
)
cells = st.one_of(words, words, st.text(max_size=4), st.integers(-5, 3000), st.dates())


heads = st.lists(st.sampled_from([*SHORT, *SHORT, "Januari 2025", None, *PARTS]), min_size=13, max_size=13)


@given(st.lists(st.lists(cells, min_size=14, max_size=14), min_size=1, max_size=8), heads, st.integers(0, 2))
def test_no_sheet_is_too_strange(rows: list[list[Cell]], head: list[Cell], at: int):
    source = Sheet("S", [*rows[:at], ["Perpustakaan", *head], *rows[at:]])
    found = unfold(source, layout.find(source))
    for nth in range(1, len(found.sheet.rows) + 1) if found else ():
        for column in found.values:
            row, at, _ = found.sheet.origin(nth, column)
            assert found.sheet.rows[nth - 1][column - 1] in (source.rows[row - 1][at - 1], None)
