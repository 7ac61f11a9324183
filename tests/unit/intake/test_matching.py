"""Areas, libraries and events by what people write: certain, asked, or unknown."""

from __future__ import annotations

from typing import Any

import pytest

from literasi.intake.findings import NEW
from literasi.intake.matching import Areas, Events, Level, Libraries, Matched, Memory
from tests.frames import table
from tests.intake_files import library, register

SEMBULANG, SEPEMPANG = "21.71.08.1004", "21.03.07.2004"


def memory(answers: dict[str, str] | None = None, *spellings: tuple[str, str, str, str]) -> Memory:
    rows = [dict(zip(("kind", "within", "written", "code"), row, strict=True)) for row in spellings]
    return Memory(table("spellings", rows), answers or {})


def area(remembered: Memory | None = None, **parts: str) -> Matched:
    levels: dict[str, Level] = {"regency": "regency", "district": "district", "village": "village"}
    given = {levels[level]: (level, text) for level, text in parts.items()}
    return Areas(register(), remembered or memory()).find(given)


def libraries(*rows: dict[str, Any], remembered: Memory | None = None) -> Libraries:
    return Libraries(table("libraries", list(rows)), register(), remembered or memory())


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"regency": "Kota Batam", "district": "Galang", "village": "Sembulang"}, SEMBULANG),
        ({"regency": "KOTA B A T A M", "village": "Kel. Sembulang"}, SEMBULANG),
        ({"regency": "21.71", "district": "Kec. Galang", "village": "21.71.08.1004"}, SEMBULANG),
        ({"village": "Sembulang"}, SEMBULANG),
        ({"regency": "KABUPATEN BINTAN \r"}, "21.01"),
        ({"regency": "Provinsi Kepulauan Riau"}, "21"),
        ({}, ""),
    ],
)
def test_areas_are_found_one_within_the_other(parts: dict[str, str], code: str) -> None:
    assert area(**parts) == Matched(code)


def test_a_bare_code_of_two_meanings_is_refused_with_the_reason() -> None:
    found = area(regency="2101")
    assert (found.rule, found.field) == ("unknown_area", "regency")
    assert "Bintan" in str(found.params["reason"])
    assert "Karimun" in str(found.params["reason"])


@pytest.mark.parametrize("text", ["Riau", "Kabupaten Siak", "14.08"])
def test_another_province_is_a_fault_with_a_reason(text: str) -> None:
    found = area(regency=text, village="Dayun")
    assert (found.code, found.rule, found.field, found.ask) == ("", "unknown_area", "regency", None)
    assert text in str(found.params["reason"]) or "1408" in str(found.params["reason"])


def test_a_village_of_another_district_is_told_with_its_own() -> None:
    found = area(regency="Kota Batam", district="Nongsa", village="Sembulang")
    assert found.rule == "other_district"
    assert (found.params["stated"], found.params["found"], found.field) == ("Nongsa", "Galang", "village")


def test_a_misspelled_village_is_asked_and_then_remembered() -> None:
    parts = {"regency": "Kota Batam", "district": "Galang", "village": "Sembulan"}
    asked = area(**parts).ask
    assert asked is not None
    assert asked.options[0].code == SEMBULANG
    answered = memory({asked.id: SEMBULANG})
    assert area(answered, **parts).code == SEMBULANG
    (learnt,) = answered.learnt()
    assert (learnt.kind, learnt.within, learnt.code) == ("area", "21.71.08", SEMBULANG)
    later = memory(None, ("area", "21.71.08", learnt.written, SEMBULANG))
    assert area(later, **parts).code == SEMBULANG


def test_an_unlike_village_is_a_fault_not_a_question() -> None:
    found = area(regency="Kota Batam", district="Galang", village="Qwertyuiop")
    assert (found.rule, found.ask) == ("unknown_area", None)


KNOWN = library("L-21.71.08.1004-1", "Perpustakaan Kelurahan Sembulang", SEMBULANG)


@pytest.mark.parametrize(
    "text",
    [
        "Perpustakaan Kelurahan Sembulang",
        "PERPUS KEL. SEMBULANG",
        "Perpustakaan Sembulang",
        "Sembulang",
        "Perpustakaan Kelurahan",
        "perpustakaan kelurahan sembulang ",
        "L-21.71.08.1004-1",
    ],
)
def test_writings_of_a_librarys_name(text: str) -> None:
    assert libraries(KNOWN).find(text, SEMBULANG, field="library") == Matched("L-21.71.08.1004-1")


def test_a_village_without_library_gets_one_and_only_one() -> None:
    known = libraries(KNOWN)
    first = known.find("Perpustakaan Desa Sepempang", SEPEMPANG, field="library")
    again = known.find("PERPUS DESA SEPEMPANG", SEPEMPANG, field="library")
    assert first == again == Matched("L-21.03.07.2004-1")
    assert [(one.name, one.kind) for one in known.proposed] == [("Perpustakaan Desa Sepempang", "village")]


@pytest.mark.parametrize(
    "text", ["TBM Sembulang", "Perpustakaan Cahaya Ilmu", "Perpustakaan Kelurahan Sembulan"]
)
def test_another_name_in_a_village_with_a_library_is_asked_once(text: str) -> None:
    asked = libraries(KNOWN).find(text, SEMBULANG, field="library").ask
    assert asked is not None
    assert [option.code for option in asked.options] == ["L-21.71.08.1004-1", NEW]
    new = libraries(KNOWN, remembered=memory({asked.id: NEW}))
    assert new.find(text, SEMBULANG, field="library") == Matched("L-21.71.08.1004-2")
    same = memory({asked.id: "L-21.71.08.1004-1"})
    assert (
        libraries(KNOWN, remembered=same).find(text, SEMBULANG, field="library").code == KNOWN["library_id"]
    )
    assert [(one.within, one.code) for one in same.learnt()] == [(SEMBULANG, "L-21.71.08.1004-1")]


@pytest.mark.parametrize(
    ("name", "certain", "alike"),
    [
        ("Perpustakan Kel Sembulang", "K", ()),
        ("TBM Melati Indah", "", ("M",)),
        ("SDN 002 Sembulang Raya", "", ()),
        ("SDN 001 Sembulang Ray", "", ("S",)),
        ("Kenanga", "", ()),
    ],
)
def test_listed_libraries_are_alike_by_letters_or_a_part_but_not_by_number(
    name: str, certain: str, alike: tuple[str, ...]
) -> None:
    there = libraries(
        library("K", "Perpustakaan Kelurahan Sembulang", SEMBULANG),
        library("M", "TBM Melati", SEMBULANG, kind="community"),
        library("S", "Perpustakaan SDN 001 Sembulang Raya", SEMBULANG, kind="school"),
    )
    found = there.listed(name, SEMBULANG)
    assert (found.certain, found.alike) == (certain, alike)


@pytest.mark.parametrize("text", ["Jumlah", "Sub Total Galang", "Rata-rata Mantang"])
def test_a_total_is_no_library(text: str) -> None:
    found = libraries().find(text, SEMBULANG, field="library")
    assert (found.code, found.rule, found.ask) == ("", "total_as_library", None)


def test_names_are_never_compared_across_villages() -> None:
    known = libraries(KNOWN)
    assert (
        known.find("Perpustakaan Kelurahan Sembulang", SEPEMPANG, field="library").code == "L-21.03.07.2004-1"
    )


def test_two_libraries_of_one_name_are_asked_about() -> None:
    twin = library("L-21.71.08.1004-2", "Perpustakaan Sembulang", SEMBULANG)
    found = libraries(KNOWN, twin).find("Sembulang", SEMBULANG, field="library")
    assert found.ask is not None
    assert len(found.ask.options) == 3


def test_without_a_village_a_name_that_is_unique_in_the_regency_is_enough() -> None:
    known = libraries(KNOWN, library("L-21.71-1", "Perpustakaan Umum Kota Batam", "21.71", kind="regency"))
    assert known.find("Perpus Kelurahan Sembulang", "21.71", field="library").code == "L-21.71.08.1004-1"
    assert known.find("Perpustakaan Umum Kota Batam", "21.71", field="library").code == "L-21.71-1"
    assert known.find("Perpustakaan Umum Kota Batam", "", field="library").code == "L-21.71-1"
    assert known.find("Perpustakaan Antah Berantah", "21.71", field="library").rule == "unknown_library"
    similar = known.find("Perpustakaan Umum Kotaa Batam", "21.71", field="library").ask
    assert similar is not None
    assert NEW not in {option.code for option in similar.options}


def test_an_id_of_a_library_elsewhere_is_a_fault() -> None:
    found = libraries(KNOWN).find("L-21.71.08.1004-1", SEPEMPANG, field="library")
    assert (found.rule, found.params["place"]) == ("library_elsewhere", "Sembulang")


def test_an_institution_in_a_list_of_people_is_not_taken_for_a_library() -> None:
    known = libraries()
    asked = known.find("Dinas Pendidikan", SEPEMPANG, field="library", may_propose=False).ask
    assert asked is not None
    assert [option.code for option in asked.options] == [NEW]
    assert (
        known.find("TBM Pelangi", SEPEMPANG, field="library", may_propose=False).code == "L-21.03.07.2004-1"
    )


def test_events_are_found_by_id_or_name_and_else_asked() -> None:
    rows = [
        {"event_id": "bimtek-2024", "name": "Bimtek SPP-TIK 2024"},
        {"event_id": "festival", "name": "Festival"},
    ]
    events = Events(table("events", rows), memory())
    assert events.find("bimtek-2024", field="event").code == "bimtek-2024"
    assert events.find("BIMTEK SPP TIK 2024", field="event").code == "bimtek-2024"
    asked = events.find("Bimtek SPPTIK Juni 2024", field="event").ask
    assert asked is not None
    assert asked.options[0].code == "bimtek-2024"
    assert Events(table("events", rows), memory({asked.id: "festival"})).find(
        "Bimtek SPPTIK Juni 2024", field="event"
    ) == Matched("festival")
    assert Events(table("events", []), memory()).find("Bimtek", field="event").rule == "unknown_event"
