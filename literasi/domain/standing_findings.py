"""What targets and comparisons carry in words: what is reached, where it lags, what cannot be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import pandas as pd

from literasi.domain.comparison import Standing
from literasi.domain.findings import NAMED_AT_MOST, Finding, Label, Number, Parameter, Places, When
from literasi.domain.indicators import Indicator
from literasi.domain.targets import Progress, Status, decimals_of

_LAGGING: tuple[Status, ...] = ("behind", "attention", "not_reached")


def reached(judged: Sequence[Progress], *, area: str) -> Finding | None:
    """How many of the targets that can be judged are reached or on their way; None where none can."""
    known = [one for one in judged if one.status not in ("insufficient", "no_target")]
    if not known:
        return None
    good = sum(one.status in ("reached", "on_track") for one in known)
    params: dict[str, Parameter] = {
        "area": Places((area,)),
        "count": Number(good),
        "total": Number(len(known)),
    }
    return Finding("statement.targets_reached", params, "good" if good == len(known) else "neutral")


def lagging(judged: Sequence[tuple[Indicator, Progress]], *, at_most: int = 2) -> list[Finding]:
    """Targets that are missed, the worst status first, each with its gap and what a year must bring.

    Gaps of different units are not compared, so within a status the order of `judged` stays.
    """
    missed = [pair for pair in judged if pair[1].status in _LAGGING and (pair[1].gap or 0) > 0]
    missed.sort(key=lambda pair: _LAGGING.index(pair[1].status))
    return [_lag(indicator, progress) for indicator, progress in missed[:at_most]]


def _lag(indicator: Indicator, progress: Progress) -> Finding:
    decimals = decimals_of(indicator, progress.edition)
    own = next((e.unit for e in indicator.editions if e.id == progress.edition), None)
    is_percent = indicator.scale == "percent"
    params: dict[str, Parameter] = {
        "indicator": Label(f"indicator_short.{indicator.id}"),
        "area": Places((progress.area_code,)),
        "gap": Number(abs(progress.gap or 0), decimals),
        "unit": Label("targets.percentage_points" if is_percent else f"unit.{own or indicator.unit}"),
        "year": When(str(progress.year)),
        "status": Label(f"targets.status.{progress.status}"),
    }
    if progress.required is None:
        return Finding("statement.target_short", params, "bad")
    required: dict[str, Parameter] = {"required": Number(progress.required, decimals)}
    return Finding("statement.target_short_rate", params | required, "bad")


def unjudged(judged: Sequence[Progress]) -> Finding | None:
    """How many targets cannot be judged for the commonest reason; None if all can."""
    doubtful = [one for one in judged if one.status == "insufficient"]
    if not doubtful:
        return None
    ((reason, count),) = Counter(one.reason for one in doubtful).most_common(1)
    params: dict[str, Parameter] = {
        "count": Number(count),
        "total": Number(sum(one.status != "no_target" for one in judged)),
        "reason": Label(f"targets.reason.{reason}"),
    }
    return Finding("statement.targets_unjudged", params, "unknown")


def untargeted(indicators: Sequence[Indicator], *, area: str) -> Finding | None:
    """How many main indicators have no target for an area; None if all have."""
    if not indicators:
        return None
    return Finding(
        "statement.untargeted", {"count": Number(len(indicators)), "area": Places((area,))}, "unknown"
    )


def spread(standing: Standing) -> Finding | None:
    """From where to where comparable areas lie, without naming any; None where they are not comparable."""
    known = _comparable(standing)
    if len(known) < 2 or standing.unranked:
        return None
    shown = known["value"].round(standing.decimals)
    if shown.min() == shown.max():
        return None
    params = _named(standing) | {
        "low": Number(float(shown.min()), standing.decimals),
        "high": Number(float(shown.max()), standing.decimals),
        "ranked": Number(len(known)),
    }
    return Finding("statement.spread", params)


def end_of_ranks(standing: Standing, *, end: Literal["best", "worst"]) -> Finding | None:
    """The areas that may be first or last, as far as ranks can be told.

    Returns
    -------
    Finding or None
        None where areas are not ranked; where more than three, or all of them, may hold the place it cannot
        be told who does.
    """
    ranked = standing.frame[standing.frame["best"].notna()]
    if standing.unranked or ranked.empty:
        return None
    place = 1 if end == "best" else len(ranked)
    held = ranked[ranked[end].eq(place)]
    params = _named(standing) | {"ranked": Number(len(ranked))}
    if len(held) > NAMED_AT_MOST or len(held) == len(ranked):
        return Finding("statement.rank_indistinct", params, "unknown")
    places: dict[str, Parameter] = {"areas": Places(tuple(sorted(held["area_code"])))}
    return Finding(f"statement.rank_{end}", params | places, "good" if end == "best" else "bad")


def beside_province(standing: Standing, province: float | None, *, area: str, above: str) -> Finding | None:
    """Whether an area's value is above or below that of the area it lies in.

    Parameters
    ----------
    standing : Standing
    province : float or None
        Value of the area that holds `area`, of the same edition, year and producer.
    area, above : str
        Codes of the area and of the one it lies in.

    Returns
    -------
    Finding or None
        None for a count, which follows the size of an area, without either value, for a small or provisional
        one, and for samples, of which a difference cannot be told without a margin.
    """
    row = standing.frame[standing.frame["area_code"].eq(area)]
    if province is None or row.empty or row["state"].iloc[0] != "value":
        return None
    indicator = standing.indicator
    is_sampled = indicator.edition(standing.edition).is_random_sample is not None
    if indicator.symbol == "bubble" or indicator.incomplete or is_sampled:
        return None
    own, whole = (round(float(value), standing.decimals) for value in (row["value"].iloc[0], province))
    params = _named(standing) | {
        "area": Places((area,)),
        "above": Places((above,)),
        "value": Number(own, standing.decimals),
        "whole": Number(whole, standing.decimals),
    }
    if own == whole:
        return Finding("statement.same_as", params)
    return Finding(
        "statement.above" if own > whole else "statement.below", params, _tone(indicator, own > whole)
    )


def unranked(standings: Sequence[Standing]) -> Finding | None:
    """Of how many indicators areas are not ordered for the commonest reason; None if all are."""
    doubtful = [one.unranked for one in standings if one.unranked]
    if not doubtful:
        return None
    ((reason, count),) = Counter(doubtful).most_common(1)
    params: dict[str, Parameter] = {
        "count": Number(count),
        "total": Number(len(standings)),
        "reason": Label(f"comparison.unranked.{reason}"),
    }
    return Finding("statement.unranked", params, "unknown")


def doubtful(standings: Sequence[Standing], *, area: str) -> Finding | None:
    """Of how many indicators an area's value may not be held against others; None if of none.

    Returns
    -------
    Finding or None
        For the commonest of the reasons: a small denominator, few reports, or too few people to be shown.
    """
    rows = [one.frame[one.frame["area_code"].eq(area)] for one in standings]
    states = [str(row["state"].iloc[0]) for row in rows if len(row)]
    found = [state for state in states if state in ("small", "provisional", "suppressed")]
    if not found:
        return None
    ((state, count),) = Counter(found).most_common(1)
    params: dict[str, Parameter] = {
        "count": Number(count),
        "total": Number(len(standings)),
        "area": Places((area,)),
        "state": Label(f"comparison.state.{state}"),
    }
    return Finding("statement.doubtful", params, "unknown")


def blank(standings: Sequence[Standing]) -> Finding | None:
    """The indicator with the most areas without a value; None if every area has one everywhere."""
    counted = [(int(one.frame["state"].eq("none").sum()), one) for one in standings]
    worst, standing = max(counted, key=lambda pair: pair[0], default=(0, None))
    if standing is None or not worst:
        return None
    params = _named(standing) | {"count": Number(worst), "total": Number(len(standing.frame))}
    return Finding("statement.without_data", params, "unknown")


def _comparable(standing: Standing) -> pd.DataFrame:
    return standing.frame[standing.frame["state"].eq("value")]


def _named(standing: Standing) -> dict[str, Parameter]:
    return {
        "indicator": Label(f"indicator_short.{standing.indicator.id}"),
        "period": When(standing.period),
        "unit": Label(f"unit.{standing.unit}"),
    }


def _tone(indicator: Indicator, is_more: bool) -> Literal["good", "bad", "neutral"]:
    if indicator.direction == "neutral":
        return "neutral"
    return "good" if is_more == (indicator.direction == "higher_is_better") else "bad"
