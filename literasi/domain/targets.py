"""Targets: whether they are reached, how much is missing, and how fast it would have to come.

A target is compared only with values of its own edition, by one producer. What cannot be compared is
``insufficient`` with the reason, never a guess. Without a tolerance that somebody has agreed to there is no
traffic light: a target is then reached or not, and the gap is said in words.

The path of a target is linear in time. It begins at the last comparable value up to the plan's base year
where the rules state one, else at the first comparable value of the edition, passes through earlier targets
of the same document, and ends at the target (``docs/decisions/0013-target-dan-perbandingan.md``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

from literasi.domain.coverage import STANDARD, ReportingRules, is_provisional
from literasi.domain.indicators import Indicator
from literasi.domain.observations import drawn

Status = Literal["reached", "on_track", "attention", "behind", "not_reached", "no_target", "insufficient"]
Reason = Literal[
    "",
    "already",
    "no_value",
    "other_edition",
    "year_missing",
    "unfinished",
    "small",
    "few_reports",
    "provisional",
    "incomplete",
    "no_path",
    "no_direction",
]
Scale = Literal["index", "percent", "count", "rate", "ratio"]

IN_UNITS: tuple[Scale, ...] = ("index", "percent")
"""Scales whose tolerance is in points; that of the others is a share of what the path expects."""


class Tolerance(BaseModel):
    """How far behind its path a value may be: up to `on_track` it is on it, up to `attention` near it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on_track: float = Field(ge=0)
    attention: float = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.attention < self.on_track:
            raise ValueError("attention must not be below on_track")
        return self


class TargetSettings(BaseModel):
    """What was agreed about judging targets.

    Attributes
    ----------
    source : str, optional
        Who agreed to the tolerances, or where; needed as soon as there is one.
    tolerances : mapping of scale to Tolerance
        A scale that is not named has no traffic light.
    baselines : mapping of str to int
        Base year of a plan, by the name of its document.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str | None = None
    tolerances: Mapping[Scale, Tolerance] = {}
    baselines: Mapping[str, int] = {}

    @model_validator(mode="after")
    def _stated(self) -> Self:
        if self.tolerances and not self.source:
            raise ValueError("a tolerance needs a source")
        return self


class TargetRules(BaseModel):
    """``data/rules/targets.yml``: what the office has agreed, and an example for practice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agreed: TargetSettings
    example: TargetSettings


@dataclass(frozen=True, slots=True)
class Progress:
    """How one target stands.

    Attributes
    ----------
    indicator_id, area_code : str
    status, reason : str
        `reason` says why a target cannot be judged; with ``on_track`` it is ``already`` where the value is
        beyond the target before its year is over.
    year, edition, target, document, source_id
        Of the target; None and empty where there is none.
    value, period, value_source : float, str, str
        Newest comparable value up to the target's year; None and empty where there is none.
    gap : float or None
        What is missing to the target, as rounded numbers show it, in the unit; negative beyond the target,
        whichever direction is good. None where nothing may be said.
    required : float or None
        Change per year still needed from `period` to `year`, in the unit, without sign.
    expected : float or None
        What the path gives for `period`.
    path : tuple of (year, value)
        Corners of the path; empty where it has none.
    numerator, denominator : float or None
        Parts of a computed value.
    """

    indicator_id: str
    area_code: str
    status: Status
    reason: Reason = ""
    year: int | None = None
    edition: str = ""
    target: float | None = None
    document: str = ""
    source_id: str = ""
    value: float | None = None
    period: str = ""
    value_source: str = ""
    gap: float | None = None
    required: float | None = None
    expected: float | None = None
    path: tuple[tuple[int, float], ...] = ()
    numerator: float | None = None
    denominator: float | None = None


def assess(
    values: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    indicator: Indicator,
    area: str,
    settings: TargetSettings,
    this_year: int,
    unfinished: Collection[str] = (),
    rules: ReportingRules = STANDARD,
) -> tuple[Progress, ...]:
    """Judge every target of an indicator for one area.

    Parameters
    ----------
    values : DataFrame
        Tidy yearly values (`literasi.domain.measures.evaluate`). Quarantined rows are not in it; rows that
        are not preferred are ignored.
    targets : DataFrame
        Table ``targets``.
    indicator : Indicator
        Its direction decides what is beyond a target.
    area : str
        Area code.
    settings : TargetSettings
        Tolerances and base years.
    this_year : int
        A target of an earlier year without a value of that year is not judged by an older value.
    unfinished : collection of str
        Years that are not over for this indicator; see `Notes`.

    Returns
    -------
    tuple of Progress
        By year; one with ``no_target`` where there is none.

    Notes
    -----
    A year that is not over counts only where more is better and its value is already beyond the target.
    """
    mine = targets[targets["indicator_id"].eq(indicator.id) & targets["area_code"].eq(area)]
    if mine.empty:
        return (Progress(indicator.id, area, "no_target"),)
    known = drawn(values, area=area)
    known = known[known["period"].str.len() == 4].sort_values("period")
    return tuple(
        _judge(
            known,
            mine,
            target,
            indicator=indicator,
            settings=settings,
            this_year=this_year,
            unfinished=unfinished,
            rules=rules,
        )
        for target in mine.sort_values(["year", "edition", "document"]).to_dict("records")
    )


def decimals_of(indicator: Indicator, edition: str) -> int:
    """Give the decimals of an edition; of one that is not known, those of the indicator."""
    own = next((e.decimals for e in indicator.editions if e.id == edition), None)
    return indicator.decimals if own is None else own


def missing_to(aim: float, value: float, *, indicator: Indicator) -> float:
    """Give what is missing from a value to an aim: negative beyond it, whichever direction is good."""
    return value - aim if indicator.direction == "lower_is_better" else aim - value


def path_of(
    series: pd.DataFrame, milestones: Mapping[int, float], *, end: tuple[int, float], base_year: int | None
) -> tuple[tuple[int, float], ...]:
    """Give the corners of a linear path to a target.

    Parameters
    ----------
    series : DataFrame
        Comparable values in order of time: ``period`` (years), ``value``.
    milestones : mapping of int to float
        Earlier targets of the same document and edition.
    end : (int, float)
        Year and value of the target.
    base_year : int, optional
        Base year of the plan.

    Returns
    -------
    tuple of (int, float)
        At least the end; the beginning is missing where no value is earlier than it.
    """
    points = [(int(p), float(v)) for p, v in zip(series["period"], series["value"], strict=True)]
    points = [point for point in points if point[0] < end[0]]
    before = [point for point in points if base_year is not None and point[0] <= base_year]
    start = before[-1:] or points[:1]
    first = start[0][0] if start else 0
    between = [(year, value) for year, value in sorted(milestones.items()) if first < year < end[0]]
    return (*start, *between, end)


def on_path(path: tuple[tuple[int, float], ...], year: int) -> float | None:
    """Give what a path expects for a year; None outside it and at its beginning, which proves nothing."""
    years, heights = zip(*path, strict=True)
    if len(path) < 2 or not years[0] < year <= years[-1]:
        return None
    return float(np.interp(year, years, heights))


def _judge(
    known: pd.DataFrame,
    targets: pd.DataFrame,
    target: Mapping[Any, Any],
    *,
    indicator: Indicator,
    settings: TargetSettings,
    this_year: int,
    unfinished: Collection[str],
    rules: ReportingRules,
) -> Progress:
    year, edition, aim = int(target["year"]), str(target["edition"]), float(target["value"])
    source = target["source_id"]
    base: dict[str, Any] = {
        "indicator_id": indicator.id,
        "area_code": str(target["area_code"]),
        "year": year,
        "edition": edition,
        "target": aim,
        "document": str(target["document"]),
        "source_id": "" if pd.isna(source) else str(source),
    }
    same = known[known["edition"].eq(edition) & (known["period"].astype("int64") <= year)]
    if same.empty:
        elsewhere = known["edition"].ne(edition).any()
        return Progress(**base, status="insufficient", reason="other_edition" if elsewhere else "no_value")
    decimals = decimals_of(indicator, edition)
    is_running = same["period"].isin(list(unfinished))
    running, over = same[is_running], same[~is_running]
    if len(running) and indicator.direction == "higher_is_better" and year >= this_year:
        newest = running.iloc[-1]
        so_far = _value(newest, indicator, aim, decimals)
        if so_far["gap"] <= 0 and not _doubt(newest, indicator, so_far["gap"], rules):
            return Progress(**base | so_far, status="on_track", reason="already")
    if over.empty:
        return Progress(**base, status="insufficient", reason="unfinished")
    last = over.iloc[-1]
    base |= _value(last, indicator, aim, decimals)
    return _light(
        base,
        over[over["producer"].eq(last["producer"])],
        last,
        indicator=indicator,
        settings=settings,
        is_past=year < this_year,
        milestones=_milestones(targets, target),
        rules=rules,
    )


def _light(
    base: dict[str, Any],
    series: pd.DataFrame,
    last: pd.Series[Any],
    *,
    indicator: Indicator,
    settings: TargetSettings,
    is_past: bool,
    milestones: Mapping[int, float],
    rules: ReportingRules,
) -> Progress:
    """Give the status of a target that has a comparable value."""
    year, at, gap = base["year"], int(last["period"]), base["gap"]
    if reason := _doubt(last, indicator, gap, rules):
        return Progress(**base | {"gap": None}, status="insufficient", reason=reason)
    path = path_of(
        series, milestones, end=(year, base["target"]), base_year=settings.baselines.get(base["document"])
    )
    base |= {"path": path if len(path) > 1 else ()}
    if at < year and is_past:
        return Progress(**base | {"gap": None}, status="insufficient", reason="year_missing")
    if gap <= 0:
        done = at == year
        return Progress(**base, status="reached" if done else "on_track", reason="" if done else "already")
    if at < year:
        base["required"] = gap / (year - at)
    tolerance = settings.tolerances.get(indicator.scale)
    if tolerance is None:
        return Progress(**base, status="not_reached")
    expected = base["target"] if at == year else on_path(path, at)
    if expected is None:
        return Progress(**base, status="insufficient", reason="no_path")
    base["expected"] = expected
    unit = 1.0 if indicator.scale in IN_UNITS else abs(expected)
    # Nine decimals: 72.1 - 71.1 must not be more than 1.
    behind = round(missing_to(expected, float(last["value"]), indicator=indicator), 9)
    if behind <= round(tolerance.on_track * unit, 9) and at < year:
        return Progress(**base, status="on_track")
    return Progress(
        **base, status="attention" if behind <= round(tolerance.attention * unit, 9) else "behind"
    )


def _doubt(last: pd.Series[Any], indicator: Indicator, gap: float, rules: ReportingRules) -> Reason:
    """Say why a value may not be held against a target; empty where it may.

    Data known to be incomplete are at least what is shown: they may show that more is reached, never that
    it is not.
    """
    if indicator.direction == "neutral":
        return "no_direction"
    if is_small(last, indicator):
        return "small"
    if is_provisional(last["received"], last["expected"], rules=rules):
        return "few_reports"
    if last["status"] == "provisional":
        return "provisional"
    if indicator.incomplete and (gap > 0 or indicator.direction == "lower_is_better"):
        return "incomplete"
    return ""


def is_small(row: Mapping[Any, Any] | pd.Series[Any], indicator: Indicator) -> bool:
    """Whether a value rests on less than the indicator's minimum n: one of eight libraries is 12.5 points."""
    base = row["n"] if pd.isna(row["denominator"]) else row["denominator"]
    return bool(pd.notna(base) and base < indicator.minimum_n)


def _milestones(targets: pd.DataFrame, target: Mapping[Any, Any]) -> dict[int, float]:
    same = targets[
        targets["edition"].eq(target["edition"])
        & targets["document"].eq(target["document"])
        & targets["year"].lt(target["year"])
    ]
    return {int(year): float(value) for year, value in zip(same["year"], same["value"], strict=True)}


def _value(row: pd.Series[Any], indicator: Indicator, aim: float, decimals: int) -> dict[str, Any]:
    value = float(row["value"])
    gap = missing_to(round(aim, decimals), round(value, decimals), indicator=indicator)
    return {
        "value": value,
        "period": str(row["period"]),
        "value_source": "" if pd.isna(row["source_id"]) else str(row["source_id"]),
        "gap": round(gap, decimals) + 0.0,
        "numerator": None if pd.isna(row["numerator"]) else float(row["numerator"]),
        "denominator": None if pd.isna(row["denominator"]) else float(row["denominator"]),
    }
