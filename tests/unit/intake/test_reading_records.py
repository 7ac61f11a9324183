"""JSON records, above all those of SIM TPBIS."""

from __future__ import annotations

import json

import pytest

from literasi.intake.reading import read


def sheets(value: object) -> dict[str, list[list[object]]]:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return {sheet.name: [list(row) for row in sheet.rows] for sheet in read("pengunjung.json", data).sheets}


RECORDS = [{"perpus_nama": "Mepar", "periode": "Feb 2026"}, {"perpus_nama": "Resun", "total_pengunjung": 12}]
TABLE = [["perpus_nama", "periode", "total_pengunjung"], ["Mepar", "Feb 2026", None], ["Resun", None, 12]]


@pytest.mark.parametrize(
    "value",
    [RECORDS, {"data": RECORDS}, {"status": True, "data": {"page": 1, "data": RECORDS}}, {"Result": RECORDS}],
)
def test_a_list_is_named_after_the_file(value):
    assert sheets(value) == {"pengunjung": TABLE}


def test_null_among_the_records_does_not_take_them_away():
    assert sheets([None, *RECORDS, None]) == {"pengunjung": TABLE}


def test_resources_are_sheets():
    value = {"pengunjung": RECORDS, "advokasi": {"data": [{"judul": "x"}]}, "iku": [], "total": 3}
    assert sheets(value) == {"pengunjung": TABLE, "advokasi": [["judul"], ["x"]]}


def test_two_lists_without_name_get_numbers():
    assert list(sheets({"data": RECORDS, "rows": RECORDS})) == ["pengunjung", "pengunjung 2"]


def test_lists_of_lists():
    assert sheets([["a", "b"], [1, 2]]) == {"pengunjung": [["a", "b"], [1, 2]]}


def test_nested_values_are_text_and_nothing_is_lost():
    row = {
        "sasaran": ["Kepala Desa", "Swasta"],
        "desa": {"nama": "Mepar"},
        "kosong": "",
        "nol": 0,
        "ya": True,
        "x": None,
    }
    assert sheets([row])["pengunjung"][1] == [
        '["Kepala Desa", "Swasta"]',
        '{"nama": "Mepar"}',
        None,
        0,
        True,
        None,
    ]


def test_long_numbers_stay_exact():
    assert sheets(b'[{"nik": 2171012345678901, "a": 1e400, "b": NaN, "c": -Infinity, "d": 1.50, "e": 3.0}]')[
        "pengunjung"
    ][1] == ["2171012345678901", "inf", "NaN", "-Infinity", 1.5, 3]


def test_nul_and_lone_surrogates_are_marked():
    assert sheets(rb'[{"nama\u0000": "a\ud800b", "n": ["\ud800"]}]') == {
        "pengunjung": [["nama\ufffd", "n"], ["a\ufffdb", '["\ufffd"]']]
    }


def test_other_encodings():
    assert sheets('﻿[{"nama": "Pérez"}]'.encode()) == {"pengunjung": [["nama"], ["Pérez"]]}
    assert sheets('[{"nama": "Pérez"}]'.encode("cp1252")) == {"pengunjung": [["nama"], ["Pérez"]]}
