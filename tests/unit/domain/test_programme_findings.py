"""What is said of trainings, libraries and activities: nobody is given away, little is not much."""

import pandas as pd
import pytest

from literasi.domain import programme_findings as rules
from literasi.domain.findings import Label, Number, Places, When
from literasi.domain.reports import heard_from
from literasi.domain.training import classify, plan_status
from literasi.settings import ROOT
from literasi.store.definitions import load_snp
from tests.frames import library, table, values, visit

SNP = load_snp(ROOT / "data")
EVENTS = table(
    "events",
    [{"event_id": "e", "kind": "bimtek", "date_start": "2024-06-01", "area_code": "21", "name": "E"}],
)
LIBRARIES = table("libraries", [library("a", "21.01.01.2001"), library("b", "21.02.01.2001")])


def people(scores, *, regency="21.01", **more):
    rows = [
        {
            "event_id": "e",
            "participant_id": f"{regency}-{n}",
            "area_code": regency,
            "pre_score": pre,
            "post_score": post,
            **more,
        }
        for n, (pre, post) in enumerate(scores)
    ]
    return classify(table("participants", rows), events=EVENTS, libraries=LIBRARIES)


def said(found):
    return None if found is None else (found.key.removeprefix("statement."), found.tone)


class TestGain:
    def test_beyond_chance(self):
        """Changes 10, 12, 8, 10, 10: mean 10, t-interval far from zero."""
        found = rules.gain(people([(50, 60), (50, 62), (50, 58), (50, 60), (50, 60)]), threshold=5)
        assert (*said(found), found.params["change"], found.params["pairs"]) == (
            "gain_rose",
            "good",
            Number(10.0, 1),
            Number(5),
        )
        fell = rules.gain(people([(60, 50), (62, 50), (58, 50), (60, 50), (60, 50)]), threshold=5)
        assert said(fell) == ("gain_fell", "bad")

    def test_an_interval_with_zero_cannot_be_told_from_none(self):
        found = rules.gain(people([(50, 60), (50, 40), (50, 62), (50, 38), (50, 51)]), threshold=5)
        assert said(found) == ("gain_indistinct", "unknown")

    def test_not_of_few(self):
        assert rules.gain(people([(50, 60)] * 4), threshold=5) is None
        assert rules.gain(people([(50, 60), (50, 62)] * 4), threshold=10) is None

    def test_pairs_count_and_not_people(self):
        """Nine people, four of whom took both tests."""
        assert rules.gain(people([(50, 60)] * 4 + [(50, None)] * 5), threshold=5) is None


def test_libraries_without_anyone_trained():
    reach = values([("21", "2024", 50.0), ("21", "2025", 60.0)]).assign(
        numerator=[5, 34], denominator=[10, 58]
    )
    found = rules.unreached(reach, area="21")
    assert (*said(found), found.params["count"], found.params["total"]) == (
        "unreached",
        "bad",
        Number(24),
        Number(58),
    )
    assert said(rules.unreached(reach.assign(numerator=[10, 58]), area="21")) == ("all_reached", "good")
    assert rules.unreached(reach.assign(denominator=0), area="21") is None
    assert rules.unreached(reach, area="21.01") is None


class TestPlans:
    def of(self, without, done, threshold=5):
        scores = [(50, 60)] * (without + done)
        rows = people(scores, has_plan=True)
        rows["plan_status_180"] = [None] * without + ["done"] * done
        return rules.no_word(plan_status(rows, threshold=threshold))

    def test_plans_without_word_at_the_last_date(self):
        found = self.of(6, 8)
        assert (*said(found), found.params["count"], found.params["total"], found.params["days"]) == (
            "no_word",
            "unknown",
            Number(6),
            Number(14),
            Number(180),
        )

    def test_not_where_hidden_or_none(self):
        assert self.of(3, 8) is None
        assert self.of(6, 8, threshold=10) is None
        assert self.of(0, 8) is None


def test_joining_is_at_least_so_many_where_the_list_is_not_complete():
    by_year = pd.DataFrame({"year": [2023, 2024], "joined": [20, 1], "before": [0, 20]})
    found = rules.joined(by_year, is_complete=False)
    assert (*said(found), found.params["count"], found.params["total"]) == (
        "joined_at_least",
        "neutral",
        Number(1),
        Number(21),
    )
    assert said(rules.joined(by_year, is_complete=True))[0] == "joined"
    assert rules.joined(by_year.head(0), is_complete=True) is None


def test_areas_without_a_partner_are_named_or_counted():
    counts = pd.DataFrame({"area_code": ["a", "b"], "n": [3, 1]})
    assert rules.absent(counts, areas=["a", "b", "c"]).params["areas"] == Places(("c",))
    assert rules.absent(counts, areas=list("abcdef")).params["count"] == Number(4)
    assert rules.absent(counts, areas=["a", "b"]) is None


class TestStandard:
    def of(self, *rows):
        tests = [test.id for test in SNP.tests][: len(rows)]
        frame = pd.DataFrame(rows, columns=["met", "tested", "no_data"])
        return frame.assign(test=tests, value=frame["met"] / frame["tested"].where(frame["tested"] > 0))

    def test_the_threshold_that_fewest_meet(self):
        found = rules.least_met(self.of((20, 48, 0), (30, 40, 8)), rules=SNP)
        assert (*said(found), found.params["test"], found.params["met"]) == (
            "least_met",
            "bad",
            Label(SNP.tests[0].label_key),
            Number(20),
        )

    def test_not_of_few_libraries_of_ties_or_where_all_meet_all(self):
        assert rules.least_met(self.of((0, 9, 0), (30, 40, 0)), rules=SNP).params["met"] == Number(30)
        assert rules.least_met(self.of((0, 9, 0)), rules=SNP) is None
        assert rules.least_met(self.of((10, 20, 0), (20, 40, 0)), rules=SNP) is None
        assert rules.least_met(self.of((20, 20, 0)), rules=SNP) is None

    def test_what_was_not_tested_is_not_known(self):
        found = rules.untested(self.of((0, 0, 21), (2, 3, 18)))
        assert (*said(found), found.params["most"], found.params["total"]) == (
            "untested",
            "unknown",
            Number(3),
            Number(21),
        )
        assert rules.untested(self.of((2, 10, 11))) is None
        assert rules.untested(self.of()) is None


class TestIdle:
    """Three partners owe reports in 2025: a held something, b reported and held nothing, c is silent."""

    LIBRARIES = table("libraries", [library(code, "21.01.01.2001", 2020) for code in "abc"])
    VISITS = table("visits", [visit("b", "2025-03", 4)])

    def activities(self, *dates):
        rows = [{"library_id": "a", "date": date, "name": str(n)} for n, date in enumerate(dates)]
        return table("activities", rows)

    def of(self, held, year=2025):
        return rules.idle(held, heard_from(self.VISITS, activities=held), self.LIBRARIES, year=year)

    def test_held_nothing_is_not_silent(self):
        without, unheard = self.of(self.activities("2025-05-01"))
        assert (*said(without), without.params["count"], without.params["total"]) == (
            "idle",
            "bad",
            Number(1),
            Number(3),
        )
        assert (*said(unheard), unheard.params["count"]) == ("unheard", "unknown", Number(1))

    def test_another_year_is_another_matter(self):
        without, unheard = self.of(self.activities("2024-05-01"), year=2024)
        assert without is None
        assert unheard.params["count"] == Number(2)

    def test_libraries_that_owe_nothing_do_not_count(self):
        joined_now = self.LIBRARIES.assign(year_joined=pd.array([2025] * 3, dtype="Int64"))
        held = self.activities("2025-05-01")
        assert rules.idle(held, heard_from(self.VISITS), joined_now, year=2025) == (None, None)


@pytest.mark.parametrize(("unstated", "is_said"), [(0, False), (1, False), (2, True)])
def test_fields_that_are_not_stated_matter_from_a_tenth_on(unstated, is_said):
    held = pd.DataFrame({"field": [None] * unstated + ["Seni"] * (20 - unstated)}, dtype="str")
    found = rules.unstated_field(held)
    assert (found is not None) is is_said
    assert rules.unstated_field(held.head(0)) is None


def test_announced_events_and_where_none_was_found():
    rows = [
        {"event_id": "a", "kind": "bimtek", "date_start": "2019-06-17", "area_code": "21.01", "name": "A"},
        {"event_id": "b", "kind": "bimtek", "date_start": "2024-05-01", "area_code": "21", "name": "B"},
    ]
    events = table("events", rows)
    events["participants_published"] = pd.array([28, None], dtype="Int64")
    found = rules.published(events)
    assert (found.params["count"], found.params["known"]) == (Number(2), Number(1))
    assert (found.params["first"], found.params["last"]) == (When("2019"), When("2024"))
    assert rules.published(events.head(0)) is None

    absent = rules.without_event(events, areas=["21.01", "21.02"])
    assert (*said(absent), absent.params["areas"]) == ("without_event", "unknown", Places(("21.02",)))
    assert rules.without_event(events, areas=list("abcd")).params["count"] == Number(4)
    assert rules.without_event(events, areas=["21.01"]) is None
    assert rules.without_event(events, areas=[]) is None


def test_absent_tables_and_years_are_said_only_where_absent():
    assert rules.unlisted() is None
    assert rules.unlisted("visits").tone == "unknown"
    assert rules.undated(0, 22) is None
    assert said(rules.undated(1, 22)) == ("undated", "unknown")


@pytest.mark.parametrize(
    ("counts", "key"), [([28, 20], ""), ([28, None], "_some"), ([None, None], "_none"), ([], None)]
)
def test_a_number_that_was_not_published_is_not_zero(counts, key):
    events = table(
        "events", [{"event_id": str(n), "participants_published": c} for n, c in enumerate(counts)]
    )
    found = rules.people_published(events)
    assert (found and found.key) == (None if key is None else f"finding.follow_published{key}")
    if key == "_some":
        assert (found.params["people"], found.params["known"]) == (Number(28.0), Number(1))
