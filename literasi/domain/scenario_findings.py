"""What a scenario changes, as findings: only what the known figures carry, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence

from literasi.domain.allocation import Apart, Cost, Outcome, Start
from literasi.domain.findings import Finding, Findings, Labels, Number, Parameter, Places, gather
from literasi.domain.scenario import ITEMS, Scenario

AT_MOST = 12
DECIMALS = 2
"""Decimals of a Gini coefficient; what vanishes in them is no change."""


def said(
    before: Outcome,
    after: Outcome,
    *,
    known: Sequence[Start],
    scenario: Scenario,
    cost: Cost,
    apart: Apart,
    unlisted: int = 0,
) -> Findings:
    """Gather what a scenario changes, where the gap stays, and what is not known.

    Parameters
    ----------
    before, after : Outcome
    known : sequence of Start
    scenario : Scenario
    cost, apart
        Of the same scenario.
    unlisted : int
        Trainings held without a list of participants.
    """
    return gather(
        moved=(
            _coverage(before, after),
            _gini(before, after),
            *_money(scenario, cost),
            _trained(before, after, known),
        ),
        gap=(_worst(before, after), _left_over(after), _apart(apart)),
        unknown=(_unlisted(before, after), _trained_unlisted(before, unlisted), _apart_open(apart)),
        at_most=AT_MOST,
    )


def _coverage(before: Outcome, after: Outcome) -> Finding | None:
    first, then = before.whole, after.whole
    params: dict[str, Parameter] = {
        "before": Number(100 * first.share, 1),
        "after": Number(100 * then.share, 1),
        "covered_before": Number(first.covered),
        "covered": Number(then.covered),
        "villages": Number(then.villages),
    }
    if then.covered == first.covered:
        return Finding("simulation.say.coverage_same", params)
    is_least = first.highest > first.covered
    return Finding(f"simulation.say.coverage{'_least' if is_least else ''}", params, "good")


def _worst(before: Outcome, after: Outcome) -> Finding | None:
    if len(after.compared) < 2:
        return None
    lowest = after.areas[after.worst[0]]
    params: dict[str, Parameter] = {
        "areas": Places(after.worst),
        "after": Number(100 * lowest.share, 1),
        "before": Number(100 * before.areas[before.worst[0]].share, 1),
        "areas_before": Places(before.worst),
    }
    is_same = before.areas == after.areas
    return Finding(f"simulation.say.worst{'_same' if is_same else ''}", params)


def _gini(before: Outcome, after: Outcome) -> Finding | None:
    first, then = before.gini["villages"], after.gini["villages"]
    if first is None or then is None:
        return None
    old, new = round(first, DECIMALS), round(then, DECIMALS)
    params: dict[str, Parameter] = {"before": Number(old, DECIMALS), "after": Number(new, DECIMALS)}
    if old == new:
        return Finding("simulation.say.gini_same", params)
    is_less = new < old
    return Finding(
        f"simulation.say.gini_{'fell' if is_less else 'rose'}", params, "good" if is_less else "bad"
    )


def _trained(before: Outcome, after: Outcome, known: Sequence[Start]) -> Finding | None:
    if not known:
        return None
    first, then = before.whole.untrained, after.whole.untrained
    if first is None or then is None:
        return Finding("simulation.say.trained_unknown", {}, "unknown")
    params: dict[str, Parameter] = {
        "before": Number(first),
        "after": Number(then),
        "libraries": Number(after.whole.libraries),
    }
    return Finding(f"simulation.say.trained{'_same' if first == then else ''}", params)


def _trained_unlisted(before: Outcome, trainings: int) -> Finding | None:
    """Who was trained at these is not recorded, so fewer libraries may be without a trained manager."""
    if not trainings or before.whole.untrained is None:
        return None
    return Finding("simulation.say.trained_unlisted", {"count": Number(trainings)}, "unknown")


def _left_over(after: Outcome) -> Finding | None:
    left = after.whole.left_over
    if not (left.libraries or left.seats):
        return None
    params: dict[str, Parameter] = {"libraries": Number(left.libraries), "seats": Number(left.seats)}
    which = "both" if left.libraries and left.seats else "libraries" if left.libraries else "seats"
    return Finding(f"simulation.say.left_over_{which}", params, "bad")


def _money(scenario: Scenario, cost: Cost) -> list[Finding]:
    if not any(scenario.total(item) for item in ITEMS):
        return []
    if cost.total is None:
        items = Labels(tuple(f"simulation.one_{item}" for item in cost.unpriced))
        return [Finding("simulation.say.unpriced", {"items": items}, "unknown")]
    total: dict[str, Parameter] = {"total": Number(cost.total)}
    if scenario.budget is None or cost.remaining is None:
        return [Finding("simulation.say.no_budget", total, "unknown")]
    total |= {"budget": Number(scenario.budget), "rest": Number(abs(cost.remaining))}
    if cost.remaining < 0:
        return [Finding("simulation.say.over_budget", total, "bad")]
    return [Finding("simulation.say.within_budget", total, "good")]


def _unlisted(before: Outcome, after: Outcome) -> Finding | None:
    out = tuple(code for code in before.areas if code not in before.compared)
    return Finding("simulation.say.unlisted", {"areas": Places(out)}, "unknown") if out else None


def _apart(apart: Apart) -> Finding | None:
    """How many villages over sea are covered before and after."""
    if not apart.villages:
        return None
    params: dict[str, Parameter] = {
        "villages": Number(apart.villages),
        "before": Number(apart.before),
        "low": Number(apart.low),
        "high": Number(apart.high),
    }
    which = "same" if apart.high == apart.before else "exact" if apart.low == apart.high else "range"
    return Finding(f"simulation.say.apart_{which}", params)


def _apart_open(apart: Apart) -> Finding | None:
    if not apart.undetermined:
        return None
    return Finding("simulation.say.apart_open", {"villages": Number(apart.undetermined)}, "unknown")
