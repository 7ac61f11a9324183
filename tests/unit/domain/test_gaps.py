"""What is known of a village: known, a range, missing, and what cannot be, each from rows made by hand."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from literasi.domain.areas import AreaRegister
from literasi.domain.coverage import ReportingRules
from literasi.domain.gaps import TABLES, Basis, gaps
from literasi.domain.remoteness import Island, Land, Seat
from literasi.settings import ROOT
from literasi.store.definitions import load_snp
from tests.frames import table

DISTRICT, VILLAGES = "21.01.01", ("21.01.01.2001", "21.01.01.2002", "21.01.01.2003")
SNP = load_snp(ROOT / "data")
ISLAND = Island("21.01", ("Induk",), 500.0, np.array([0.0, 0.1]), np.array([104.0, 104.1]), is_connected=True)

EVENT = {"event_id": "e", "kind": "bimtek", "date_start": "2024-05-01", "date_end": "2024-05-03"}
PEOPLE = [
    {
        "area_code": "21.01",
        "year": 2025,
        "source_id": "p",
        "concept": "civil_registry",
        "population": 90_000,
    }
]


def register():
    rows = [("21", "province", "Kepri", None), ("21.01", "regency", "Bintan", "21")]
    rows += [(DISTRICT, "district", "Satu", "21.01"), *((v, "village", v, DISTRICT) for v in VILLAGES)]
    names = ["area_code", "level", "name", "parent_code"]
    return AreaRegister.from_frame(table("areas", [dict(zip(names, row, strict=True)) for row in rows]))


def library(number, area=VILLAGES[0], **more):
    made = {"library_id": f"L{number}", "name": f"Pustaka {number}", "kind": "village", "area_code": area}
    return {**made, "programme": "national", "year_joined": 2023, "source_id": "s", **more}


def found(libraries, *, silences=(), due="2026-06", is_list_complete=True, **tables):
    frames = {name: table(name, tables.get(name, [])) for name in TABLES}
    frames["libraries"] = table("libraries", libraries)
    basis = Basis(
        register=register(),
        land=Land([ISLAND], {"21.01": Seat("Pusat", 0.0, 104.0)}),
        reporting=ReportingRules(),
        snp=SNP,
        unplaced_share=0.1,
        district_radius_km=25,
        is_list_complete=is_list_complete,
        due=due,
        today=dt.date(2026, 7, 31),
    )
    runs = pd.DataFrame(list(silences), columns=["library_id", "months", "last"])
    rows = gaps(frames, silences=runs, basis=basis)
    return {(row["area_code"], row["component"]): row for row in rows.to_dict("records")}


def ends(row):
    return row["raw_low"], row["raw_high"]


def test_every_village_has_every_component_once():
    rows = found([])
    assert len(rows) == 3 * 8
    assert {code for code, _ in rows} == set(VILLAGES)


class TestNoLibrary:
    def test_of_a_complete_list_who_is_not_named_has_none(self):
        rows = found([library(1)])
        assert ends(rows[VILLAGES[0], "no_library"]) == (0.0, 0.0)
        assert rows[VILLAGES[0], "no_library"]["detail"] == "Pustaka 1"
        assert ends(rows[VILLAGES[1], "no_library"]) == (1.0, 1.0)

    def test_of_an_incomplete_list_who_is_not_named_is_not_known(self):
        row = found([library(1)], is_list_complete=False)[VILLAGES[1], "no_library"]
        assert (row["state"], row["reason"]) == ("missing", "list_incomplete")

    def test_a_library_whose_village_is_not_known_may_be_in_any(self):
        row = found([library(1, DISTRICT)])[VILLAGES[1], "no_library"]
        assert (row["state"], row["reason"], row["detail"]) == ("missing", "unplaced", "1")

    def test_the_library_of_a_regency_is_in_no_village(self):
        row = found([library(1, "21.01", kind="regency")])[VILLAGES[1], "no_library"]
        assert row["reason"] == "no_record"

    def test_outside_the_programme_is_no_partner(self):
        row = found([library(1, programme="none")])[VILLAGES[0], "no_library"]
        assert row["reason"] == "no_record"

    def test_without_a_library_nothing_about_one_applies(self):
        rows = found([])
        for component in ("no_trained", "inactive", "snp", "silence"):
            assert rows[VILLAGES[0], component]["state"] == "none"

    def test_whether_a_library_that_may_be_there_is_active_is_not_known(self):
        rows = found([library(1)], is_list_complete=False)
        for component in ("no_trained", "inactive", "snp", "silence"):
            row = rows[VILLAGES[1], component]
            assert (row["state"], row["reason"]) == ("missing", "maybe_library")
        rows = found([library(1, DISTRICT)])
        assert rows[VILLAGES[1], "silence"]["reason"] == "maybe_library"


class TestTraining:
    def row(self, *people, event=EVENT, others=()):
        people = [{"event_id": "e", "participant_id": str(i), **p} for i, p in enumerate(people)]
        return found([library(1)], events=[event, *others], participants=people)[VILLAGES[0], "no_trained"]

    def test_a_manager_was_there(self):
        row = self.row({"library_id": "L1", "role": "manager"})
        assert (ends(row), row["when"]) == ((0.0, 0.0), "2024")

    def test_another_role_is_no_manager(self):
        assert ends(self.row({"library_id": "L1", "role": "volunteer"})) == (1.0, 1.0)

    def test_an_unknown_role_may_be_one(self):
        assert ends(self.row({"library_id": "L1"})) == (0.0, 1.0)

    def test_a_training_without_a_list_may_have_had_one(self):
        held = {**EVENT, "event_id": "unlisted", "date_start": "2026-07-30", "date_end": "2026-08-01"}
        row = self.row({"library_id": "L1", "role": "volunteer"}, others=[held])
        assert (ends(row), row["reason"]) == ((0.0, 1.0), "unlisted")
        assert ends(self.row({"library_id": "L1", "role": "manager"}, others=[held])) == (0.0, 0.0)

    def test_a_training_to_come_has_trained_nobody(self):
        to_come = {**EVENT, "event_id": "unlisted", "date_start": "2026-08-01", "date_end": "2026-08-02"}
        row = self.row({"library_id": "L1", "role": "volunteer"}, others=[to_come])
        assert ends(row) == (1.0, 1.0)

    def test_without_any_participant_nothing_is_known(self):
        assert self.row()["state"] == "missing"

    def test_another_kind_of_event_is_no_training(self):
        other = {**EVENT, "kind": "festival"}
        assert self.row({"library_id": "L1", "role": "manager"}, event=other)["state"] == "missing"


class TestActivity:
    def row(self, library_row=None, **tables):
        return found([library_row or library(1)], **tables)[VILLAGES[0], "inactive"]

    def visit(self, month, total):
        return {"library_id": "L1", "month": f"{month}-01", "total": total}

    def test_months_without_a_report_may_have_been_active(self):
        row = self.row(visits=[self.visit("2026-01", 5)])
        assert (ends(row), row["when"]) == ((0.0, 5.0), "2026-01")

    def test_months_that_reported_zero_were_not(self):
        row = self.row(visits=[self.visit("2026-01", 5), *(self.visit(f"2026-0{m}", 0) for m in (2, 3, 4))])
        assert ends(row) == (3.0, 5.0)

    def test_an_activity_is_a_sign_of_life(self):
        held = {"library_id": "L1", "date": "2026-06-20", "name": "Kelas"}
        assert ends(self.row(activities=[held], visits=[self.visit("2026-01", 5)])) == (0.0, 0.0)

    def test_without_any_sign_it_counts_from_the_duty_to_report(self):
        row = self.row(visits=[self.visit("2025-12", 0)])
        assert (ends(row), row["reason"]) == ((1.0, 30.0), "no_sign")

    def test_who_joined_this_year_owes_nothing_yet(self):
        row = self.row(
            library(1, year_joined=2026), visits=[{**self.visit("2026-01", 5), "library_id": "L2"}]
        )
        assert (row["state"], row["reason"]) == ("none", "too_new")

    def test_no_report_of_anybody_is_no_silence(self):
        rows = found([library(1)], due="")
        assert rows[VILLAGES[0], "inactive"]["state"] == "missing"
        assert rows[VILLAGES[0], "silence"]["state"] == "missing"


class TestSilence:
    def test_the_run_of_months_without_a_report(self):
        row = found([library(1)], silences=[("L1", 7, "2025-11")])[VILLAGES[0], "silence"]
        assert (ends(row), row["when"]) == ((7.0, 7.0), "2025-11")

    def test_who_owes_no_report_is_not_silent(self):
        row = found([library(1)], silences=[("L2", 7, "2025-11")])[VILLAGES[0], "silence"]
        assert (row["state"], row["reason"]) == ("none", "not_expected")


def test_a_test_of_the_standard_without_data_may_be_either():
    row = found([library(1, titles=2000, staff=1)])[VILLAGES[0], "snp"]
    assert ends(row) == (pytest.approx(1 / 8), pytest.approx(7 / 8))


def test_of_two_libraries_the_better_counts_and_an_unknown_one_may_be_better():
    bad, good = library(1, staff=1), library(2, titles=2000)
    assert ends(found([bad, good])[VILLAGES[0], "snp"]) == (0.0, pytest.approx(7 / 8))
    row = found([bad, library(2)])[VILLAGES[0], "snp"]
    assert ends(row) == (0.0, 1.0)


class TestResidents:
    def row(self, libraries, **more):
        return found(libraries, population=PEOPLE, **more)[VILLAGES[2], "residents"]

    def test_residents_of_the_regency_for_each_library(self):
        row = self.row([library(1), library(2, VILLAGES[1])])
        assert (ends(row), row["when"], row["source_id"]) == ((45_000.0, 45_000.0), "2025", "p")

    def test_of_an_incomplete_list_it_is_the_most(self):
        assert ends(self.row([library(1)], is_list_complete=False)) == (0.0, 90_000.0)
        assert self.row([], is_list_complete=False)["state"] == "missing"

    def test_without_a_population_nothing_is_known(self):
        assert found([library(1)])[VILLAGES[0], "residents"]["state"] == "missing"


class TestPlace:
    def test_the_coordinates_of_a_library_place_its_village(self):
        rows = found([library(1, latitude=0.001, longitude=104.001)])
        assert rows[VILLAGES[0], "sea"]["reason"] == "from_point"
        assert rows[VILLAGES[0], "small_island"]["detail"] == "Induk"
        assert rows[VILLAGES[1], "sea"]["reason"] == "from_regency"

    @pytest.mark.parametrize("place", [(104.05, 0.05), (0.05, None)], ids=["swapped", "half"])
    def test_coordinates_that_cannot_be_right_place_nothing(self, place):
        rows = found([library(1, latitude=place[0], longitude=place[1])])
        assert rows[VILLAGES[0], "sea"]["reason"] == "from_regency"
