"""What additions change, what they cost, and two ways to share them out that are exact on small cases."""

import itertools
from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.domain.allocation import (
    Apart,
    Cost,
    Slot,
    Start,
    affordable,
    apart,
    cost,
    equity_first,
    greedy,
    outcome,
    share_out,
    starts,
)
from literasi.domain.scenario import Addition, scenario
from tests.frames import library, people, table


def start(code, villages, covered, **more):
    usual = {
        "unplaced": 0,
        "is_complete": True,
        "residents": 1000.0 * villages,
        "libraries": covered,
        "packages": covered,
        "trained": covered,
    }
    return Start(code, villages, covered, **(usual | more))


KNOWN = [start("21.01", 10, 5), start("21.02", 20, 2), start("21.03", 10, 1, residents=100.0)]


# Before


def area(code, level, name="x"):
    kind = {"province": "provinsi", "regency": "kabupaten", "district": "kecamatan", "village": "desa"}[level]
    return {"area_code": code, "level": level, "kind": kind, "name": name, "parent_code": ""}


def tables(**more):
    villages = ["21.01.01.2001", "21.01.01.2002", "21.02.01.2001"]
    rows = {
        "areas": [area("21", "province"), area("21.01", "regency"), *(area(v, "village") for v in villages)],
        "population": [people("21", 2025, 900), people("21.01", 2025, 600), people("21.02", 2025, 300)],
        "libraries": [
            library("a", "21.01.01.2001"),
            library("b", "21.01.01.2001", None),
            library("district", "21.01.01"),
            library("office", "21.01", kind="regency"),
            library("other", "21.01.01.2002", programme="none"),
        ],
        "aid": [{"library_id": "a", "period": "2020", "item": "books"}] * 2,
        "events": [],
        "participants": [],
    }
    return {name: table(name, found) for name, found in (rows | more).items()}


def test_what_is_known_is_counted_and_what_is_not_stays_unknown():
    bintan, karimun = starts(tables(), year=2026, is_complete=False)
    assert (bintan.villages, bintan.covered, bintan.unplaced, bintan.libraries) == (2, 1, 1, 4)
    assert (bintan.packages, bintan.trained, bintan.residents) == (1, None, 600.0)
    assert bintan.is_listed
    assert not karimun.is_listed
    assert karimun.highest == 1
    assert starts(tables(), year=2026, is_complete=True)[1].is_listed


# After


def test_before_and_after_by_hand():
    """5 of 10, 2 of 20 and 1 of 10 villages (20 %); then 3 more in the second: 11 of 40 (27.5 %).

    Residents reached: 1000 · 5 + 1000 · 2 + 10 · 1 = 7,010, then 3,000 more.
    """
    before, after = outcome(KNOWN, {}), outcome(KNOWN, {"21.02": Addition(3, 4, 1)})
    assert (before.whole.share, after.whole.share) == (pytest.approx(0.2), pytest.approx(0.275))
    assert (before.whole.reached, after.whole.reached) == (pytest.approx(7010), pytest.approx(10010))
    assert before.worst == ("21.02", "21.03")
    assert after.worst == ("21.03",)
    assert before.gini["villages"] == pytest.approx(0.375)
    assert after.areas["21.02"].packages_each == pytest.approx(6 / 5)
    assert (before.whole.untrained, after.whole.untrained) == (0, 2)
    assert before.gini_range["villages"] == pytest.approx((0.375, 0.375))


def test_more_libraries_than_villages_and_seats_than_libraries_are_left_over():
    after = outcome(KNOWN, {"21.01": Addition(libraries=7, seats=9)})
    assert after.areas["21.01"].covered == 10
    assert after.whole.left_over == Addition(libraries=2, seats=2)
    assert after.whole.untrained == 0


def test_a_regency_without_a_list_is_not_zero_and_not_compared():
    unlisted = start("21.04", 84, 0, is_complete=False)
    known = [start("21.01", 10, 5, is_complete=False), unlisted]
    before, after = outcome(known, {}), outcome(known, {"21.04": Addition(libraries=4)})
    assert before.compared == after.compared == ("21.01",)
    assert not before.areas["21.04"].is_listed
    assert (after.areas["21.04"].covered, after.areas["21.04"].highest) == (4, 84)
    assert before.whole.highest == 94
    assert before.gini_range["villages"] is None
    assert share_out(known, {"libraries": 3}, strategy="equity") == {"21.01": Addition(3)}


def test_libraries_of_unknown_village_widen_the_coverage_and_the_gini():
    known = [start("21.01", 10, 2, unplaced=3), start("21.02", 10, 5)]
    before = outcome(known, {})
    assert before.areas["21.01"].range == (0.2, 0.5)
    assert before.gini_range["villages"] == pytest.approx((0, before.gini["villages"]))


def test_what_one_regency_does_not_know_the_sum_does_not_know():
    known = [start("21.01", 10, 5, trained=None), start("21.02", 20, 2, residents=None)]
    before = outcome(known, {})
    assert before.whole.untrained is None
    assert before.whole.reached is None
    assert before.gini["residents"] is None
    assert before.gini["villages"] is not None


def test_what_certainly_and_possibly_reaches_villages_over_sea():
    """10 villages, 3 of them over sea (1 covered) and 3 others covered: 2 + 4 are left."""
    codes = [f"21.01.01.20{n:02d}" for n in range(10)]
    far = pd.DataFrame(
        {
            "area_code": codes,
            "sea_low": [5.0] * 3 + [0.0] * 7,
            "sea_high": [9.0] * 3 + [0.0] * 5 + [8.0, None],
        }
    )
    known = [start("21.01", 10, 4)]

    def count(libraries):
        added = {"21.01": Addition(libraries=libraries)}
        return apart(far, covered=[codes[0], *codes[3:6]], known=known, additions=added)

    assert count(0) == Apart(3, before=1, low=1, high=1, undetermined=2)
    assert count(1) == Apart(3, before=1, low=1, high=2, undetermined=2)
    assert count(5) == Apart(3, before=1, low=2, high=3, undetermined=2)
    assert count(9) == Apart(3, before=1, low=3, high=3, undetermined=2)


# Cost


def test_without_a_unit_cost_nothing_is_guessed():
    added = {"21.01": Addition(libraries=2, packages=3)}
    assert cost(scenario(additions=added, costs={"libraries": 100}, budget=500)) == Cost(
        None, ("packages",), None
    )
    priced = scenario(additions=added, costs={"libraries": 100, "packages": 10}, budget=200)
    assert cost(priced) == Cost(230, (), -30)
    assert cost(scenario(additions=added, costs={"libraries": 100, "packages": 10})) == Cost(230, (), None)


def test_the_budget_pays_packages_and_seats_first():
    added = {"21.01": Addition(libraries=9, packages=3)}
    costs = {"libraries": 100, "packages": 10}
    assert affordable(scenario(additions=added, costs=costs, budget=350)) == 3
    assert affordable(scenario(additions=added, costs=costs, budget=20)) == 0
    assert affordable(scenario(additions=added, costs={"libraries": 100}, budget=350)) is None
    assert affordable(scenario(additions=added, costs=costs)) is None
    assert affordable(scenario(additions=added, costs=costs | {"libraries": 0}, budget=350)) is None


# Automatic ways

SLOTS = st.lists(
    st.builds(
        lambda level, empty, room, worth: (level, level + empty, min(room, empty), worth),
        st.integers(0, 3),
        st.integers(1, 5),
        st.integers(0, 4),
        st.none() | st.integers(1, 5).map(float),
    ),
    min_size=1,
    max_size=4,
).map(lambda rows: [Slot(f"21.{n:02d}", *row) for n, row in enumerate(rows, start=1)])
UNITS = st.integers(0, 9)


def every_way(slots, units):
    """All ways to give as many units as there is room for."""
    most = min(units, sum(slot.room for slot in slots))
    rooms = [range(slot.room + 1) for slot in slots]
    return [way for way in itertools.product(*rooms) if sum(way) == most]


def rates(slots, way):
    """Rates after a way, the lowest first; what is full is compared too."""
    return sorted(Fraction(slot.level + n, slot.base) for slot, n in zip(slots, way, strict=True))


@given(SLOTS, UNITS)
def test_no_other_way_reaches_more_than_greedy(slots, units):
    def reached(way):
        return sum((slot.worth or 0) * n for slot, n in zip(slots, way, strict=True))

    given_ = greedy(slots, units)
    way = tuple(given_[slot.area_code] for slot in slots)
    assert way in every_way(slots, units)
    assert reached(way) == max(reached(other) for other in every_way(slots, units))


@given(SLOTS, UNITS)
def test_no_other_way_lifts_the_lowest_higher_than_equity_first(slots, units):
    given_ = equity_first(slots, units)
    way = tuple(given_[slot.area_code] for slot in slots)
    assert way in every_way(slots, units)
    assert min(rates(slots, way)) == max(min(rates(slots, other)) for other in every_way(slots, units))


@given(SLOTS.map(lambda slots: [replace(s, room=s.base - s.level) for s in slots]), UNITS)
def test_with_room_up_to_full_equity_first_is_leximin(slots, units):
    """As libraries are given: up to one in each village. Then the second lowest and so on are highest too."""
    given_ = equity_first(slots, units)
    way = tuple(given_[slot.area_code] for slot in slots)
    assert rates(slots, way) == max(rates(slots, other) for other in every_way(slots, units))


def test_the_two_ways_by_hand():
    """Half, a tenth and a tenth covered; villages of 1,000 residents, of 1,000 and of 10.

    Greedy: the first two are worth the same, so the lower coverage of them.
    """
    units = {"libraries": 3, "packages": 2, "seats": 1}
    assert share_out(KNOWN, units, strategy="greedy") == {"21.02": Addition(3, 2, 1)}
    # 10 % twice: the smaller first, then the other to 15 %, then it is lowest again. Half of the libraries of
    # both then have books and a trained manager, so the smaller is first there too.
    assert share_out(KNOWN, units, strategy="equity") == {
        "21.02": Addition(2, 1, 0),
        "21.03": Addition(1, 1, 1),
    }


def test_equal_worth_goes_to_the_lower_rate_and_unknown_residents_last():
    slots = [Slot("21.01", 5, 10, 5, 7.0), Slot("21.02", 1, 10, 9, 7.0), Slot("21.03", 0, 10, 10, None)]
    assert greedy(slots, 12) == {"21.02": 9, "21.01": 3, "21.03": 0}


def test_more_than_is_of_use_is_not_given():
    given_ = share_out([start("21.01", 3, 1)], {"libraries": 9, "packages": 9, "seats": 9}, strategy="equity")
    assert given_ == {"21.01": Addition(2, 2, 2)}


@given(st.permutations(KNOWN), st.integers(0, 30), st.sampled_from(["greedy", "equity"]))
def test_the_order_of_the_regencies_does_not_matter(known, units, strategy):
    given_ = share_out(known, {"libraries": units}, strategy=strategy)
    assert given_ == share_out(KNOWN, {"libraries": units}, strategy=strategy)
