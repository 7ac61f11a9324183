"""What libraries did before and after a training: windows, pairs, the untrained beside, conversion."""

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from literasi.domain import follow_through as domain
from literasi.domain.statistics import Interval, Share, difference_interval
from tests.frames import library, table, visit

MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]


def event(event_id, start, end=None, kind="bimtek"):
    return {
        "event_id": event_id,
        "name": event_id,
        "kind": kind,
        "date_start": start,
        "date_end": end or start,
        "area_code": "21",
    }


def sent(event_id, *libraries):
    return [
        {"event_id": event_id, "participant_id": f"p-{event_id}-{i}", "library_id": one}
        for i, one in enumerate(libraries)
    ]


def book(libraries, *, visits=(), activities=(), circulation=(), due="2025-12", periods=MONTHS):
    tables = {
        "visits": table("visits", list(visits)),
        "circulation": table("circulation", list(circulation)),
        "services": table("services", []),
        "activities": table("activities", list(activities)),
    }
    return domain.book(tables, libraries, periods=periods, due=due)


def activity(library_id, date, **more):
    return {"library_id": library_id, "date": date, "name": f"a {date}", **more}


def reports(library_id, first, last, total=10):
    return [visit(library_id, month, total) for month in MONTHS if first <= month <= last]


def measured(seen, *, length=3, measure="reports", start="2024-06-10", end="2024-06-14", who="L-1"):
    subjects = pd.DataFrame(
        {
            "library_id": [who],
            "event_id": ["e"],
            "date_start": pd.to_datetime([start]),
            "date_end": pd.to_datetime([end]),
        }
    )
    return domain.windows(seen, subjects, length=length, measure=measure).iloc[0]


LIBRARIES = table("libraries", [library("L-1", "21.01.15.2004", 2020)])


class TestWindows:
    def test_whole_months_around_the_month_of_the_training_which_counts_on_neither_side(self):
        """Visits in March to May, in June (the training), and in July: 3 of 9 before, 1 of 9 after."""
        found = measured(book(LIBRARIES, visits=reports("L-1", "2024-03", "2024-07")))
        assert found["reason"] == ""
        assert found["before"] == pytest.approx(3 / 9)
        assert found["after"] == pytest.approx(1 / 9)
        assert found["change"] == pytest.approx(-2 / 9)

    def test_a_training_over_two_months_leaves_out_both(self):
        seen = book(
            LIBRARIES, visits=[*reports("L-1", "2024-05", "2024-06"), *reports("L-1", "2024-09", "2024-09")]
        )
        found = measured(seen, start="2024-06-28", end="2024-07-02")
        assert found["before"] == pytest.approx(1 / 9)  # May of March to May
        assert found["after"] == pytest.approx(1 / 9)  # September of August to October

    @pytest.mark.parametrize(
        ("due", "reason"), [("2024-09", ""), ("2024-08", "not_over")], ids=["just over", "one month short"]
    )
    def test_a_window_counts_when_its_last_month_is_due(self, due, reason):
        seen = book(LIBRARIES, visits=reports("L-1", "2024-03", "2024-08"), due=due)
        assert measured(seen)["reason"] == reason

    @pytest.mark.parametrize(
        ("start", "reason"), [("2024-04-10", ""), ("2024-03-10", "before_data")], ids=["first", "too early"]
    )
    def test_months_before_the_data_begin_are_no_silence(self, start, reason):
        seen = book(LIBRARIES, visits=reports("L-1", "2024-01", "2024-12"))
        assert measured(seen, start=start, end=start)["reason"] == reason

    @pytest.mark.parametrize(("joined", "reason"), [(2023, ""), (2024, "not_owed"), (None, "owes_nothing")])
    def test_a_library_that_owed_no_reports_yet_is_not_counted(self, joined, reason):
        """Who joined in 2023 owes from January 2024; the window before April 2024 begins there."""
        libraries = table("libraries", [library("L-1", "21.01.15.2004", joined)])
        seen = book(libraries, visits=reports("L-1", "2024-01", "2024-12"))
        assert measured(seen, start="2024-04-10", end="2024-04-10")["reason"] == reason

    def test_a_library_outside_the_programme_or_unknown_owes_nothing(self):
        outside = table("libraries", [library("L-1", "21.01", 2020, programme="none")])
        assert measured(book(outside))["reason"] == "owes_nothing"
        assert measured(book(LIBRARIES), who="L-9")["reason"] == "owes_nothing"

    def test_a_month_without_a_report_is_no_month_without_activities(self):
        """Before: 2 activities in 2 months heard from (a third in a silent month): 1 a month, not 3 ÷ 3."""
        seen = book(
            LIBRARIES,
            visits=[
                visit("L-1", month, 5) for month in ("2024-03", "2024-04", "2024-07", "2024-08", "2024-09")
            ],
            activities=[
                activity("L-1", day) for day in ("2024-03-02", "2024-03-09", "2024-05-01", "2024-08-01")
            ],
        )
        found = measured(seen, measure="activities")
        assert found["before"] == pytest.approx(1.0)
        assert found["after"] == pytest.approx(1 / 3)

    def test_visits_are_per_month_that_reports_them_and_zero_is_a_report(self):
        counted = [("2024-03", 30), ("2024-05", 0), ("2024-07", 40), ("2024-08", 20), ("2024-09", 30)]
        seen = book(LIBRARIES, visits=[visit("L-1", month, total) for month, total in counted])
        found = measured(seen, measure="visits")
        assert (found["before"], found["after"]) == (15.0, 30.0)

    def test_fewer_than_six_in_ten_months_known_give_no_mean(self):
        """One of three months is known before: reports can be counted, visits cannot."""
        seen = book(LIBRARIES, visits=[visit("L-1", "2024-05", 9), *reports("L-1", "2024-07", "2024-09")])
        assert measured(seen, measure="reports")["reason"] == ""
        found = measured(seen, measure="visits")
        assert found["reason"] == "few_months"
        assert math.isnan(found["before"])
        assert math.isnan(found["after"])

    def test_nothing_at_all(self):
        seen = book(LIBRARIES, periods=[], due="")
        assert measured(seen)["reason"] == "not_over"


class TestChange:
    def test_the_mean_change_with_its_t_interval_by_hand(self):
        """Changes 0, 10, 20: mean 10, s = 10, t(0.975; 2) = 4.302653: 10 ± 4.302653 · 10 / √3 = 24.8414."""
        counted = pd.DataFrame(
            {
                "library_id": list("abcd"),
                "before": [10.0, 20, 30, math.nan],
                "after": [10.0, 30, 50, math.nan],
                "change": [0.0, 10, 20, math.nan],
                "reason": ["", "", "", "not_over"],
            }
        )
        found = domain.summarise(counted)
        assert (found.before, found.after) == (20.0, 30.0)
        assert found.change.n == 3
        assert found.change.mean == 10.0
        assert found.change.low == pytest.approx(10 - 24.8414, abs=1e-4)
        assert found.change.high == pytest.approx(10 + 24.8414, abs=1e-4)
        assert domain.reasons(counted) == {"not_over": 1}

    @pytest.mark.parametrize(
        ("n", "low", "high", "said"),
        [
            (0, math.nan, math.nan, "none"),
            (9, 1, 2, "few"),
            (10, -1, 2, "not_told_apart"),
            (10, 0, 2, "not_told_apart"),
            (10, 1, 2, "more"),
            (10, -2, -1, "less"),
        ],
    )
    def test_a_verdict_needs_ten_libraries_and_an_interval_without_zero(self, n, low, high, said):
        assert domain.verdict(Interval((low + high) / 2, low, high, n)) == said


class TestCohort:
    EVENTS = table(
        "events",
        [
            event("e-1", "2024-02-05"),
            event("e-2", "2024-09-09"),
            event("m", "2024-05-05", kind="peer_learning_meeting"),
            event("e-0", "2019-06-17"),
        ],
    )
    PEOPLE = table(
        "participants",
        [*sent("e-1", "L-1", "L-1", "L-2", None), *sent("e-2", "L-2", "L-3"), *sent("m", "L-4")],
    )

    def test_each_library_once_for_each_event(self):
        found = domain.cohort(self.PEOPLE, self.EVENTS, event_ids=["e-1", "e-2"])
        assert list(zip(found["library_id"], found["event_id"], strict=True)) == [
            ("L-1", "e-1"),
            ("L-2", "e-1"),
            ("L-2", "e-2"),
            ("L-3", "e-2"),
        ]

    def test_a_library_counts_once_at_the_first_training_with_whole_windows(self):
        """Three months before February 2024 precede the data, so L-2 counts in September."""
        libraries = table("libraries", [library(f"L-{i}", "21.01.15.2004", 2020) for i in (1, 2, 3)])
        seen = book(
            libraries, visits=[row for i in (1, 2, 3) for row in reports(f"L-{i}", "2024-01", "2025-06")]
        )
        rows = domain.windows(
            seen,
            domain.cohort(self.PEOPLE, self.EVENTS, event_ids=["e-1", "e-2"]),
            length=3,
            measure="reports",
        )
        found = domain.once(rows).set_index("library_id")
        assert found["event_id"].to_dict() == {"L-1": "e-1", "L-2": "e-2", "L-3": "e-2"}
        assert found["reason"].to_dict() == {"L-1": "before_data", "L-2": "", "L-3": ""}
        assert domain.last_day(found, length=3) == pd.Timestamp("2024-12-31")
        counted = found[found["reason"] == ""].reset_index()
        assert domain.trained_before(counted, self.PEOPLE, self.EVENTS) == 1

    def test_the_untrained_are_partners_without_anybody_trained_up_to_the_day(self):
        libraries = table(
            "libraries",
            [library(f"L-{i}", "21.01.15.2004") for i in range(1, 6)]
            + [library("L-6", "21.01", programme="none")],
        )
        find = domain.untrained
        early = find(self.PEOPLE, self.EVENTS, libraries, until=pd.Timestamp("2024-08-31"))
        assert early == ["L-3", "L-4", "L-5"]  # L-4 was at a meeting, which is no training
        late = find(self.PEOPLE, self.EVENTS, libraries, until=pd.Timestamp("2024-09-09"))
        assert late == ["L-4", "L-5"]

    def test_trainings_without_a_list_are_told(self):
        later = pd.Timestamp("2100-01-01")
        assert domain.unlisted(self.PEOPLE, self.EVENTS, until=later)["event_id"].tolist() == ["e-0"]
        until = pd.Timestamp("2019-06-16")
        assert domain.unlisted(self.PEOPLE, self.EVENTS, until=until).empty


class TestBeside:
    def test_the_untrained_are_measured_in_the_months_of_the_trained(self):
        """Trained in June: visits 10 to 40; untrained in the same months 10 to 20: 30 − 10 = 20."""
        libraries = table("libraries", [library(f"L-{i}", "21.01.15.2004", 2020) for i in (1, 2)])
        seen = book(
            libraries,
            visits=[
                *reports("L-1", "2024-03", "2024-05", 10),
                *reports("L-1", "2024-07", "2024-09", 40),
                *reports("L-2", "2024-03", "2024-05", 10),
                *reports("L-2", "2024-07", "2024-09", 20),
            ],
        )
        people, events = table("participants", sent("e", "L-1")), table("events", [event("e", "2024-06-03")])
        trained = domain.windows(
            seen, domain.cohort(people, events, event_ids=["e"]), length=3, measure="visits"
        )
        beside = domain.beside(seen, trained, ["L-2"], length=3, measure="visits")
        found = domain.compare(trained, beside)
        assert (found.trained.before, found.untrained.before) == (10.0, 10.0)
        assert found.trained.change.mean == 30.0
        assert found.untrained.change.mean == 10.0
        assert found.difference.mean == 20.0
        assert math.isnan(found.difference.low)  # one library on a side has no spread
        assert found.verdict == "few"

    def test_the_months_of_each_training_weigh_as_many_libraries_as_it_trained(self):
        """Two were trained in May, one in September. L-9 rose by 3 around May, by 12 around September:
        (2 · 3 + 12) / 3 = 6."""
        libraries = table("libraries", [library(f"L-{i}", "21.01.15.2004", 2020) for i in (1, 2, 3, 9)])
        values = dict(zip(MONTHS, [0, 0, 0, 0, 0, 3, 3, 3, 0, 15, 15, 15], strict=False))
        # May: February–April 0, June–August 3. September: June–August 3, October–December 15.
        seen = book(
            libraries,
            visits=[
                *(row for i in (1, 2, 3) for row in reports(f"L-{i}", "2024-01", "2024-12")),
                *(visit("L-9", month, total) for month, total in values.items()),
            ],
        )
        people = table("participants", [*sent("may", "L-1", "L-2"), *sent("sep", "L-3")])
        events = table("events", [event("may", "2024-05-06"), event("sep", "2024-09-02")])
        trained = domain.windows(
            seen, domain.cohort(people, events, event_ids=["may", "sep"]), length=3, measure="visits"
        )
        found = domain.beside(seen, trained, ["L-9"], length=3, measure="visits").iloc[0]
        assert (found["before"], found["after"], found["change"]) == (1.0, 7.0, 6.0)

    def test_one_missing_training_leaves_an_untrained_library_out_with_its_reason(self):
        libraries = table("libraries", [library("L-1", "21.01.15.2004", 2020), library("L-2", "21.01", 2024)])
        seen = book(libraries, visits=reports("L-1", "2024-01", "2024-12"))
        trained = domain.windows(
            seen,
            domain.cohort(
                table("participants", sent("e", "L-1")),
                table("events", [event("e", "2024-06-03")]),
                event_ids=["e"],
            ),
            length=3,
            measure="reports",
        )
        assert domain.reasons(domain.beside(seen, trained, ["L-2"], length=3, measure="reports")) == {
            "not_owed": 1
        }

    def test_without_a_counted_cohort_nobody_stands_beside(self):
        seen = book(LIBRARIES, due="2024-06", visits=reports("L-1", "2024-01", "2024-06"))
        trained = domain.windows(
            seen,
            domain.cohort(
                table("participants", sent("e", "L-1")),
                table("events", [event("e", "2024-06-03")]),
                event_ids=["e"],
            ),
            length=3,
            measure="reports",
        )
        found = domain.compare(trained, domain.beside(seen, trained, ["L-1"], length=3, measure="reports"))
        assert found.verdict == "none"
        assert found.trained.change.n == found.untrained.change.n == 0


class TestConversion:
    TRAINED = domain.cohort(
        table("participants", [*sent("e-1", "L-1", "L-2", "L-3"), *sent("e-2", "L-3", "L-4")]),
        table("events", [event("e-1", "2024-02-01", "2024-02-05"), event("e-2", "2024-10-01", "2024-10-05")]),
        event_ids=["e-1", "e-2"],
    )
    DONE = table(
        "activities",
        [
            activity("L-1", "2024-05-05", is_verified=True),  # the ninetieth day
            activity("L-2", "2024-05-06", is_verified=True),  # the ninety-first
            activity("L-3", "2024-02-05", is_verified=True),  # still the training
            activity("L-3", "2024-02-06", is_verified=False),
        ],
    )

    def test_verified_within_ninety_days_of_libraries_whose_days_are_over(self):
        share = domain.conversion(
            self.TRAINED, self.DONE, since=dt.date(2024, 1, 1), until=dt.date(2024, 12, 31)
        )
        assert share == Share(1, 3)  # L-4's ninety days end in January 2025

    def test_a_report_not_yet_verified_is_counted_apart(self):
        share = domain.conversion(
            self.TRAINED,
            self.DONE,
            since=dt.date(2024, 1, 1),
            until=dt.date(2024, 12, 31),
            is_verified=False,
        )
        assert share == Share(2, 3)

    def test_days_before_the_data_are_not_known(self):
        share = domain.conversion(
            self.TRAINED, self.DONE, since=dt.date(2024, 3, 1), until=dt.date(2025, 1, 31)
        )
        assert share == Share(0, 2)  # L-3 at its second training, and L-4


class TestDifference:
    def test_welch_by_hand(self):
        """1, 2, 3 against 2, 4, 6, 8: means 2 and 5, s²/n = 1/3 and 5/3, their sum 2; freedom = 4 /
        ((1/9)/2 + (25/9)/3) = 4.0755; t(0.975; 4.0755) = 2.7573; −3 ± 2.7573 · √2."""
        found = difference_interval([1, 2, 3], [2, 4, 6, 8])
        assert found.mean == -3.0
        assert found.n == 3
        assert found.high - found.mean == pytest.approx(2.7573 * math.sqrt(2), abs=2e-3)
        assert found.mean - found.low == pytest.approx(found.high - found.mean)

    def test_no_spread_or_one_value_has_no_interval_and_none_no_difference(self):
        assert math.isnan(difference_interval([1, 1], [2, 2]).low)
        one = difference_interval([1], [2, 3])
        assert (one.mean, one.n) == (-1.5, 1)
        assert math.isnan(one.low)
        assert difference_interval([], [2, 3]).n == 0
        with pytest.raises(ValueError, match="1"):
            difference_interval([1, 2], [2, 3], confidence=1)


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.sampled_from(MONTHS), st.integers(0, 500)), max_size=24, unique_by=lambda r: r[0]),
    st.sampled_from(["2024-01-15", "2024-06-10", "2025-03-03", "2025-12-01"]),
    st.sampled_from(domain.LENGTHS),
    st.sampled_from(domain.MEASURES),
    st.sampled_from([2019, 2023, 2024, 2025, None]),
)
def test_a_library_is_counted_with_numbers_or_left_out_with_a_reason(counted, start, length, measure, joined):
    libraries = table("libraries", [library("L-1", "21.01.15.2004", joined)])
    seen = book(libraries, visits=[visit("L-1", month, total) for month, total in counted])
    found = measured(seen, length=length, measure=measure, start=start, end=start)
    is_counted = not np.isnan(found["change"])
    assert is_counted == (found["reason"] == "")
    assert found["reason"] in ("", *domain.REASONS)
    if is_counted:
        assert found["change"] == pytest.approx(found["after"] - found["before"])
        if measure == "reports":
            assert 0 <= found["before"] <= 1
            assert 0 <= found["after"] <= 1
