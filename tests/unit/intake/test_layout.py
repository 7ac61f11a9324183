"""Headings, data and what is neither, in the shapes that offices send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.intake.layout import find
from literasi.intake.reading.cells import BROKEN
from literasi.intake.sheets import Area, Sheet
from literasi.text import has, t


def sheet(*lines: str, **more: object) -> Sheet:
    """Cells from lines of text, cut at "|"; digits become numbers, "." is an empty cell."""
    rows = [[_cell(text.strip()) for text in line.split("|")] for line in lines]
    width = max(map(len, rows))
    return Sheet(name="S", rows=[row + [None] * (width - len(row)) for row in rows], **more)  # type: ignore[arg-type]


def _cell(text: str):
    if text in ("", "."):
        return None
    return int(text) if text.isdecimal() else text


def merged(rows: Sheet, *areas: tuple[int, int, int, int]) -> Sheet:
    """The same sheet with areas merged and filled, as a reader gives it."""
    cells = [list(row) for row in rows.rows]
    for top, left, bottom, right in areas:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                cells[row - 1][column - 1] = rows.rows[top - 1][left - 1]
    return Sheet(name="S", rows=cells, merged=tuple(Area(*area) for area in areas))


def rules(block, weight: str = "") -> list[str]:
    return [finding.rule for finding in block.findings if not weight or finding.weight == weight]


class TestHeadings:
    def test_first_row(self):
        block = find(sheet("Nama | Bulan | Laki-laki", "A | 1 | 10", "B | 1 | 20"))
        assert block.heading_rows == (1,)
        assert block.columns == ((1, "Nama"), (2, "Bulan"), (3, "Laki-laki"))
        assert block.rows == (2, 3)
        assert block.findings == ()

    def test_titles_blank_rows_and_blank_columns_before_the_table(self):
        block = find(
            sheet(
                "LAPORAN KUNJUNGAN PERPUSTAKAAN DESA",
                "Kabupaten Lingga | . | Tahun: | 2024",
                "",
                ". | . | No | Perpustakaan | . | Bulan | Pengunjung",
                ". | . | 1 | Desa Mepar | . | Januari | 12",
                ". | . | 2 | Desa Merawang | . | Januari | 30",
            )
        )
        assert block.heading_rows == (4,)
        assert block.columns == ((3, "No"), (4, "Perpustakaan"), (6, "Bulan"), (7, "Pengunjung"))
        assert block.rows == (5, 6)

    def test_texts_only(self):
        block = find(
            sheet(
                "Nama | Desa | Jenis", "A | Mepar | Desa", "B | Merawang | Desa", "C | Kelombok | Taman baca"
            )
        )
        assert block.heading_rows == (1,)

    def test_headings_without_data(self):
        block = find(sheet("Nama perpustakaan | Desa | Jenis"))
        assert block.heading_rows == (1,)
        assert block.rows == ()

    def test_a_heading_is_missing(self):
        block = find(sheet("No | Nama | . | Jumlah", "1 | A | x | 10", "2 | B | y | 20", "3 | C | z | 20"))
        assert block.heading_rows == (1,)
        assert block.columns[2] == (3, "")
        assert rules(block) == ["column_without_heading"]
        assert block.findings[0].params["cell"] == "C1"

    def test_a_column_for_each_year(self):
        block = find(
            sheet("Kabupaten | 2022 | 2023 | 2024", "Lingga | 61 | 63 | 66", "Natuna | 55 | 58 | 60")
        )
        assert block.columns == ((1, "Kabupaten"), (2, "2022"), (3, "2023"), (4, "2024"))

    @pytest.mark.parametrize("lines", [("x",), ("1 | 2", "3 | 4"), ("12",), ("Petunjuk:",)])
    def test_no_table(self, lines):
        assert find(sheet(*lines)).rows == ()

    def test_numbers_alone_have_no_headings(self):
        assert find(sheet("1 | 2", "3 | 4")).heading_rows == ()

    def test_long_questions_of_a_web_form(self):
        question = (
            "Berapa jumlah peserta pelatihan yang hadir pada kegiatan tersebut, termasuk pendamping? " * 2
        )
        block = find(
            sheet(
                f"Timestamp | {question} | Desa",
                "7/6/2024 10:00:01 | 12 | Mepar",
                "8/6/2024 10:00:02 | 3 | Resun",
            )
        )
        assert block.heading_rows == (1,)


class TestTwoHeadingRows:
    def test_merged(self):
        block = find(
            merged(
                sheet(
                    "DATA KUNJUNGAN TAHUN 2024 | . | . | . | .",
                    "No | Perpustakaan | Pengunjung | . | .",
                    ". | . | Laki-laki | Perempuan | Jumlah",
                    "1 | Desa Mepar | 3 | 4 | 7",
                    "2 | Desa Resun | 5 | 6 | 11",
                ),
                (1, 1, 1, 5),
                (2, 1, 3, 1),
                (2, 2, 3, 2),
                (2, 3, 2, 5),
            )
        )
        assert block.heading_rows == (2, 3)
        assert [heading for _, heading in block.columns] == [
            "No",
            "Perpustakaan",
            "Pengunjung – Laki-laki",
            "Pengunjung – Perempuan",
            "Pengunjung – Jumlah",
        ]
        assert block.rows == (4, 5)
        assert rules(block) == ["headings_joined"]

    def test_not_merged_as_csv_has_it(self):
        block = find(
            sheet(
                "No | Perpustakaan | Pengunjung | . | Buku | .",
                ". | . | Laki-laki | Perempuan | Judul | Eksemplar",
                "1 | Desa Mepar | 3 | 4 | 7 | 9",
                "2 | Desa Resun | 5 | 6 | 11 | 12",
            )
        )
        assert block.heading_rows == (1, 2)
        assert [heading for _, heading in block.columns][2:] == [
            "Pengunjung – Laki-laki",
            "Pengunjung – Perempuan",
            "Buku – Judul",
            "Buku – Eksemplar",
        ]

    def test_an_empty_group_heading(self):
        rows = sheet("No | Nama | . | .", ". | . | L | P", "1 | A | 3 | 4", "2 | B | 5 | 6")
        block = find(merged(rows, (1, 3, 1, 4)))
        assert [heading for _, heading in block.columns] == ["No", "Nama", "L", "P"]
        assert block.findings == ()

    def test_a_title_over_the_table_is_no_group(self):
        block = find(
            merged(
                sheet(
                    "Daftar perpustakaan | . | . | .", "Nama | Desa | Jenis | Buku", "A | Mepar | Desa | 100"
                ),
                (1, 1, 1, 4),
            )
        )
        assert block.heading_rows == (2,)

    def test_a_title_beside_a_logo_is_no_group(self):
        rows = sheet(". | Daftar perpustakaan | . | .", "No | Nama | Desa | Buku", "1 | A | Mepar | 100")
        assert find(merged(rows, (1, 2, 1, 4))).heading_rows == (2,)

    def test_a_row_of_texts_with_a_gap_in_the_headings_is_data(self):
        block = find(sheet("Nama | Alamat | . | Jenis", "A | Jalan | Blok | Desa", "B | Gang | Nomor | Desa"))
        assert block.heading_rows == (1,)
        assert block.rows == (2, 3)


class TestRowsThatAreNoData:
    def test_numbering(self):
        block = find(sheet("No | Nama | L | P", "(1) | (2) | (3) | (4)", "1 | A | 3 | 4"))
        assert block.skipped == ((2, "numbering"),)
        assert block.rows == (3,)

    def test_numbering_with_formulas_in_words(self):
        block = find(sheet("No | Nama | L | P | Total", "1 | 2 | 3 | 4 | 5=3+4", "1 | A | 3 | 4 | 7"))
        assert block.skipped == ((2, "numbering"),)

    def test_units_in_brackets(self):
        block = find(sheet("Nama | Dana | Waktu", ". | (Rp) | (jam)", "A | 1000 | 3"))
        assert block.skipped == ((2, "numbering"),)

    def test_one_two_three_may_be_data(self):
        block = find(sheet("No | L | P", "1 | 2 | 3", "2 | 5 | 6"))
        assert block.rows == (2, 3)

    def test_examples(self):
        block = find(sheet("Nama | L", "CONTOH: Desa Mepar | 3", "Contoh 2 | 5", "Desa Resun | 4"))
        assert block.skipped == ((2, "example"), (3, "example"))
        assert block.rows == (4,)

    def test_a_total_is_one_in_whichever_column_it_says_so(self):
        lines = ("A | Batam | Galang | x | 1", "A | Batam | Galang | Jumlah | 1", "A | Batam | Karas | y | 2")
        block = find(sheet("Prov | Kab | Desa | Perpustakaan | L", *lines))
        assert block.skipped == ((3, "total"),)
        assert [(one.rule, one.value) for one in block.findings] == [("total_skipped", "Jumlah")]

    def test_a_note_is_no_label_of_a_total(self):
        assert find(sheet("Nama | L | Catatan", "Mepar | 3 | Jumlah", "Resun | 4 | .")).rows == (2, 3)

    @pytest.mark.parametrize("name", ["Contoh Praktik Baik Literasi", "Contohnya di Mepar"])
    def test_what_begins_with_the_word_for_example_may_be_data(self, name):
        block = find(sheet("Nama | L", f"{name} | 3", "Desa Resun | 4"))
        assert block.rows == (2, 3)

    def test_a_table_above_the_table_is_a_fault(self):
        lines = ("Nama | Bulan | L | P", "A | Januari | 1 | 2", "B | Januari | 3 | 4", "")
        block = find(sheet(*lines, "Nama | Bulan | P | L", "A | Maret | 1 | 2", "B | Maret | 3 | 4"))
        assert (block.heading_rows, rules(block, "fail")) == ((5,), ["table_above"])
        assert block.findings[0].params["rows"] == "1–3"

    @pytest.mark.parametrize(
        "label", ["Jumlah", "TOTAL", "Grand Total:", "Jumlah Total", "Sub total", "Rata-rata"]
    )
    def test_totals(self, label):
        block = find(sheet("No | Nama | L", "1 | A | 3", "2 | B | 4", f". | {label} | 99"))
        assert block.skipped == ((4, "total"),)
        assert rules(block) == ["total_skipped"]
        assert block.findings[0].value == label

    def test_a_total_of_something_must_add_up(self):
        lines = ["Nama | L", "A | 3", "B | 4"]
        assert find(sheet(*lines, "Jumlah Kabupaten Lingga | 7")).rows == (2, 3)
        assert find(sheet(*lines, "Jumlah Kabupaten Lingga | 20")).rows == (2, 3, 4)

    def test_indicators_that_begin_with_total_are_data(self):
        block = find(sheet("Indikator | Nilai", "TGM | 66", "IPLM | 70", "Jumlah perpustakaan | 126"))
        assert block.rows == (2, 3, 4)

    def test_notes_and_signatures(self):
        block = find(
            sheet(
                "No | Nama | L | P | Jumlah | Ket",
                "1 | A | 3 | 4 | 7 | .",
                "2 | B | 3 | 5 | 8 | .",
                "Jumlah | . | 6 | 9 | 15",
                "",
                "Sumber: SIM TPBIS",
                "",
                ". | . | . | . | Daik Lingga, 7 Juni 2024",
                ". | . | . | . | Kepala Dinas,",
            )
        )
        assert block.rows == (2, 3)
        assert dict(block.skipped) == {4: "total", 5: "empty", 6: "note", 7: "empty", 8: "note", 9: "note"}
        assert rules(block) == ["total_skipped", "notes_skipped"]
        assert block.findings[1].params["rows"] == "6, 8–9"

    def test_a_signature_alone(self):
        block = find(
            sheet("Nama | L | P | Buku", "A | 3 | 4 | 9", "", ". | . | Daik, 7 Juni 2024", ". | . | Siti")
        )
        assert block.rows == (2,)
        assert rules(block) == ["notes_skipped"]

    def test_a_source_line_right_below(self):
        assert find(sheet("Nama | L | P", "A | 3 | 4", "Sumber: BPS | . | .")).rows == (2,)

    def test_rows_after_a_gap_are_data_if_they_are_filled(self):
        assert find(sheet("Nama | L | P", "A | 3 | 4", "", "B | 5 | 6")).rows == (2, 4)

    def test_rows_that_are_only_numbered_are_empty(self):
        block = find(sheet("No | Nama | L", "1 | A | 3", "2 | . | .", "3 | . | ."))
        assert block.rows == (2,)

    def test_headings_repeated_on_each_page(self):
        block = find(sheet("Nama | L", "A | 3", "Nama | L", "B | 4"))
        assert block.skipped == ((3, "heading"),)

    def test_a_subheading_over_the_width(self):
        rows = sheet(
            "Nama | Desa | L | P", "Kecamatan Lingga | . | . | .", "A | Mepar | 3 | 4", "B | Resun | 4 | 5"
        )
        block = find(merged(rows, (2, 1, 2, 4)))
        assert block.skipped == ((2, "section"),)
        assert rules(block) == ["section_skipped"]


class TestFindings:
    def test_duplicate_headings_name_both_cells(self):
        block = find(sheet("Nama | Jumlah | jumlah", "A | 3 | 4"))
        (fault,) = block.findings
        assert (fault.weight, fault.rule, fault.params["first"], fault.params["second"]) == (
            "fail",
            "duplicate_heading",
            "B1",
            "C1",
        )

    def test_equal_columns_are_read_once(self):
        block = find(sheet("Nama | L | L", "A | 3 | 3"))
        assert block.columns == ((1, "Nama"), (2, "L"))
        assert rules(block) == ["same_column"]

    def test_hidden(self):
        rows = sheet("Nama | L | P", "A | 3 | 4", "B | 3 | 4", "C | 3 | 4")
        block = find(
            Sheet(
                "S",
                rows.rows,
                hidden_rows=frozenset({3, 4, 9}),
                hidden_columns=frozenset({2}),
                is_hidden=True,
            )
        )
        assert rules(block, "advise") == ["hidden_sheet", "hidden_rows", "hidden_column"]
        assert block.findings[1].params == {"count": 2, "rows": "3–4"}
        assert block.findings[2].place.heading == "L"

    def test_formulas_without_value_in_data_only(self):
        rows = sheet("Nama | L | P", "A | 3 | .", "B | 3 | 4", "Jumlah | . | .")
        block = find(Sheet("S", rows.rows, unfilled_formulas=((2, 3), (4, 2), (4, 3))))
        (fault,) = [finding for finding in block.findings if finding.weight == "fail"]
        assert (fault.rule, fault.place.row, fault.place.column, fault.place.heading) == (
            "formula_without_value",
            2,
            3,
            "P",
        )

    def test_merged_texts_are_told_and_merged_numbers_are_a_fault(self):
        rows = sheet("Desa | Tahun | L", "Mepar | 2024 | 30", ". | . | .", "Resun | 2024 | 5")
        block = find(merged(rows, (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 3, 3)))
        assert [(finding.weight, finding.rule) for finding in block.findings] == [
            ("fail", "merged_number"),
            ("advise", "merged_cells"),
        ]
        assert block.findings[0].params["cells"] == "C2:C3"
        assert block.findings[1].params["count"] == 2

    def test_broken_characters(self):
        block = find(sheet("Nama | L", f"A{BROKEN} | 3"))
        assert [(f.weight, f.rule, f.place.row, f.place.column) for f in block.findings] == [
            ("fail", "broken_character", 2, 1)
        ]

    def test_each_finding_has_words(self):
        rows = sheet(
            "Kelompok | . | L | L | P | P | . | Bulan",
            "Nama | Desa | a | a | b | b | . | Awal",
            "A | Mepar | 3 | 3 | 4 | 5 | x | 1",
            f"B{BROKEN} | Resun | 3 | 3 | 4 | 6 | y | 1",
            "Jumlah | . | 6 | 6 | 8 | 11",
            "",
            "Sumber: x",
        )
        block = find(
            Sheet("S", rows.rows, hidden_rows=frozenset({3}), unfilled_formulas=((3, 8),), is_hidden=True)
        )
        assert len(block.findings) >= 6
        for finding in block.findings:
            params = {"value": finding.value, **finding.params}
            for part in ("rule", "remedy"):
                assert has(f"intake.{part}.{finding.rule}"), finding.rule
                assert t(f"intake.{part}.{finding.rule}", **params)


words = st.sampled_from(["", " ", "Nama", "Jumlah", "No", "CONTOH", "Sumber: x", "(1)"])
cells = st.one_of(st.none(), words, st.text(max_size=5), st.integers(), st.floats())


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), max_size=12)
    )
)
def test_every_row_below_the_headings_is_data_or_skipped_once(rows):
    block = find(Sheet("S", rows))
    if not block.heading_rows:
        assert (block.columns, block.rows, block.skipped) == ((), (), ())
        return
    below = sorted([*block.rows, *(row for row, _ in block.skipped)])
    assert below == list(range(block.heading_rows[-1] + 1, len(rows) + 1))
