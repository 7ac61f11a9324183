"""Delimited text as offices export it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.intake.reading import read


def rows(data: bytes | str) -> list[list[object]]:
    (sheet,) = read("a.csv", data.encode() if isinstance(data, str) else data).sheets
    return [list(row) for row in sheet.rows]


TABLE = [["Nama", "Nilai", "Tanggal"], ["Mépar", "1,5", "07/06/2024"], ["Resun", "2,5", "08/06/2024"]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("separator", [";", "\t", "|"])
@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_separators_encodings_and_line_ends(encoding, separator, line):
    text = line.join(separator.join(row) for row in TABLE) + line
    assert rows(text.encode(encoding)) == TABLE


def test_commas_with_decimal_commas_in_quotes():
    assert rows('Nama,Nilai\n"Mepar","1,5"\nResun,"2,5"\n') == [
        ["Nama", "Nilai"],
        ["Mepar", "1,5"],
        ["Resun", "2,5"],
    ]


def test_decimal_commas_in_every_row_do_not_make_commas_separators():
    text = "LAPORAN KUNJUNGAN, 2024\nNama;Rata-rata\n" + "".join(f"D{n};{n},5\n" for n in range(30))
    assert rows(text)[1:3] == [["Nama", "Rata-rata"], ["D0", "0,5"]]


def test_a_web_form():
    text = '"Timestamp","Apa, menurut Anda?"\n"2024/06/07 8:30:00 AM GMT+7","Baris satu\nbaris ""dua"""\n'
    assert rows(text)[1] == ["2024/06/07 8:30:00 AM GMT+7", 'Baris satu\nbaris "dua"']


def test_the_first_line_may_name_the_separator():
    assert rows("sep=|\na;b|c\n1;2|3\n") == [[None, None], ["a;b", "c"], ["1;2", "3"]]


def test_slims_export():
    text = (
        '"member_id","member_name","inst_name",\n'
        '"M001","Tengku \\"Ali\\" O\\\'Neil","Jl. Merdeka\\nDaik",\n'
        '"M002","Siti","C:\\\\data","2024-01-01"\n'
    )
    assert rows(text) == [
        ["member_id", "member_name", "inst_name", None],
        ["M001", 'Tengku "Ali" O\'Neil', "Jl. Merdeka\nDaik", None],
        ["M002", "Siti", "C:\\data", "2024-01-01"],
    ]


def test_single_quotes():
    assert rows("'id';'nama'\n'1';'Desa; Mepar'\n'2';'Ma''ruf'\n")[1:] == [
        ["1", "Desa; Mepar"],
        ["2", "Ma'ruf"],
    ]


def test_apostrophes_in_names_are_no_quotes():
    assert rows("nama;desa\nMa'ruf;Mepar\n'Aisyah;Resun\n")[1:] == [["Ma'ruf", "Mepar"], ["'Aisyah", "Resun"]]


def test_backslashes_elsewhere_stay():
    assert rows("nama;berkas\nA;C:\\new\\table\n")[1] == ["A", "C:\\new\\table"]


def test_overlong_and_short_rows_blank_lines_and_blank_columns():
    assert rows("a;b;;\n\n1;2;;\n3\n4;5;6;7;;;\n") == [
        ["a", "b", None, None],
        [None] * 4,
        ["1", "2", None, None],
        ["3", None, None, None],
        ["4", "5", "6", "7"],
    ]


def test_nul_bytes_lone_bytes_and_long_cells():
    long = b"x" * 200_000
    assert rows(b"nama;desa\nA\x00B;" + long + b"\nC\x81;D\n") == [
        ["nama", "desa"],
        ["A\ufffdB", long.decode()],
        ["C\ufffd", "D"],
    ]


def test_headings_in_brackets_are_no_json():
    assert rows("[No];[Nama]\n1;Mepar\n")[0] == ["[No]", "[Nama]"]


def test_form_feeds_do_not_end_a_line():
    assert rows("a;b\n1\x0c2;3\u20284\n")[1] == ["1\x0c2", "3\u20284"]


def test_an_open_quote_names_its_row():
    from literasi.intake.errors import IntakeError

    with pytest.raises(IntakeError) as caught:
        read("a.csv", b'a;b\n1;2\n3;"4\n5;6\n')
    assert caught.value.params == {"file": "a.csv", "row": 3}


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd\ufeff"), min_size=1, max_size=8
)


@given(
    st.lists(st.lists(texts, min_size=3, max_size=3), min_size=2, max_size=6),
    st.sampled_from([";", "\t", "|", ","]),
)
def test_what_a_program_quotes_comes_back(table, separator):
    table = [["Kolom satu", "Kolom dua", "Kolom tiga"], *table]
    lines = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table]
    if any("\\" in line for line in lines):
        return  # may be taken for the escapes of SLiMS
    assert rows("\n".join(lines)) == table
