"""What a scenario is said to change: only what is known, and what is not is said too."""

from literasi.domain.allocation import Apart, Start, cost, outcome
from literasi.domain.findings import Number, Places
from literasi.domain.scenario import Addition, Scenario, scenario
from literasi.domain.scenario_findings import said

NOWHERE = Apart(0, 0, 0, 0, 0)


def start(code, villages, covered, **more):
    usual = {
        "unplaced": 0,
        "is_complete": True,
        "residents": 100.0,
        "libraries": covered,
        "packages": 0,
        "trained": 0,
    }
    return Start(code, villages, covered, **(usual | more))


def told(known, plan, apart=NOWHERE, unlisted=0):
    found = said(
        outcome(known, {}),
        outcome(known, plan.additions),
        known=known,
        scenario=plan,
        cost=cost(plan),
        apart=apart,
        unlisted=unlisted,
    )
    every = (*found.moved, *found.gap, *found.unknown)
    return {finding.key.removeprefix("simulation.say."): finding.params for finding in every}


TWO = [start("21.01", 10, 4), start("21.02", 10, 1)]


def test_a_rise_is_told_with_its_parts_and_whom_it_leaves_lowest():
    words = told(TWO, scenario(additions={"21.02": Addition(libraries=5)}))
    assert words["coverage"]["before"] == Number(25.0, 1)
    assert words["coverage"]["after"] == Number(50.0, 1)
    assert words["worst"]["areas"] == Places(("21.01",))
    assert words["worst"]["areas_before"] == Places(("21.02",))
    assert words["gini_fell"] == {"before": Number(0.3, 2), "after": Number(0.1, 2)}


def test_nothing_added_changes_nothing():
    words = told(TWO, Scenario())
    assert set(words) == {"coverage_same", "worst_same", "gini_same", "trained_same"}


def test_what_makes_it_less_even_is_told():
    assert "gini_rose" in told(TWO, scenario(additions={"21.01": Addition(libraries=5)}))


def test_an_incomplete_list_is_a_lower_limit_and_no_list_is_not_zero():
    known = [
        start("21.01", 10, 4, is_complete=False),
        start("21.02", 10, 1, is_complete=False),
        start("21.04", 9, 0, is_complete=False, trained=None),
    ]
    words = told(known, scenario(additions={"21.01": Addition(libraries=1)}))
    assert "coverage_least" in words
    assert "coverage" not in words
    assert words["unlisted"]["areas"] == Places(("21.04",))
    assert "trained_unknown" in words


def test_what_is_left_over_and_what_it_costs():
    added = {"21.01": Addition(libraries=9, seats=50)}
    assert told(TWO, scenario(additions=added))["left_over_both"] == {
        "libraries": Number(3),
        "seats": Number(37),
    }
    assert "unpriced" in told(TWO, scenario(additions=added, costs={"libraries": 10}))
    costs = {"libraries": 10, "seats": 1}
    assert told(TWO, scenario(additions=added, costs=costs))["no_budget"]["total"] == Number(140)
    over = told(TWO, scenario(additions=added, costs=costs, budget=100))["over_budget"]
    assert (over["total"], over["rest"]) == (Number(140), Number(40))
    assert "within_budget" in told(TWO, scenario(additions=added, costs=costs, budget=140))


def test_villages_over_sea_are_a_range():
    assert "apart_range" in told(TWO, Scenario(), Apart(5, before=1, low=1, high=3, undetermined=0))
    assert "apart_exact" in told(TWO, Scenario(), Apart(5, before=1, low=3, high=3, undetermined=0))
    words = told(TWO, Scenario(), Apart(5, before=1, low=1, high=1, undetermined=7))
    assert "apart_same" in words
    assert words["apart_open"]["villages"] == Number(7)


def test_trainings_without_a_list_may_have_trained_more():
    assert told(TWO, Scenario(), unlisted=2)["trained_unlisted"] == {"count": Number(2)}
    nobody = [start("21.01", 10, 4, trained=None)]
    assert "trained_unlisted" not in told(nobody, Scenario(), unlisted=2)
