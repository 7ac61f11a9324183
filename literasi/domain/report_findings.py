"""What monthly reports carry in words: how a count moved, whose reports are missing, what is not known.

A total moves with the number of libraries that report, so a rise or fall is said of the constant panel only.
"""

from __future__ import annotations

import pandas as pd

from literasi.domain.coverage import STANDARD, ReportingRules, share
from literasi.domain.findings import (
    NAMED_AT_MOST,
    Finding,
    Label,
    Number,
    Parameter,
    Places,
    Share,
    Tone,
    When,
)
from literasi.domain.series import Comparison

PANEL_AT_LEAST = 5
"""Libraries that must have reported in both years before anything is said of them."""
REPORTS_AT_LEAST = 10
"""Reports expected of an area below which its share is not said: one of nine would be 11 points."""
REPORTERS_AT_LEAST = 0.05
"""Difference between the change of all reports and that of the same libraries from which it is said."""


def same_libraries(same: Comparison | None, *, measure: str) -> Finding | None:
    """How a count moved in the libraries that reported the same months of both years.

    Parameters
    ----------
    same : Comparison or None
        From `literasi.domain.series.constant_panel`.
    measure : str
        What is counted: key of its name (``chart.series.name_<measure>``).

    Returns
    -------
    Finding or None
        None without such libraries. Fewer than five of them tell nothing. From a base below 20 the difference
        is said, not the percentage; a change that vanishes in rounding cannot be told.
    """
    if same is None or not same.libraries:
        return None
    params: dict[str, Parameter] = {
        "measure": Label(f"chart.series.name_{measure}"),
        "year": When(str(same.year)),
        "previous": When(str(same.year - 1)),
        "libraries": Number(same.libraries),
    }
    if same.libraries < PANEL_AT_LEAST:
        return Finding("statement.panel_small", params, "unknown")
    size = round(same.difference) if same.percent is None else round(same.percent, 1)
    if size == 0:
        return Finding("statement.panel_indistinct", params, "unknown")
    verb = "rose" if size > 0 else "fell"
    tone: Tone = "good" if size > 0 else "bad"
    if same.percent is not None:
        return Finding(f"statement.panel_{verb}", params | {"change": Number(abs(size), 1)}, tone)
    params |= {"change": Number(abs(size)), "unit": Label(f"chart.series.unit_{measure}")}
    return Finding(f"statement.panel_{verb}_by", params, tone)


def other_reporters(same: Comparison | None, total: Comparison | None, *, measure: str) -> Finding | None:
    """That all reports moved otherwise than the same libraries did, because others report.

    Returns
    -------
    Finding or None
        None unless both changes are known in per cent, rest on enough libraries and differ by
        5 points or more.
    """
    if same is None or total is None or (same.libraries or 0) < PANEL_AT_LEAST:
        return None
    if same.percent is None or total.percent is None:
        return None
    if round(abs(total.percent - same.percent), 1) < 100 * REPORTERS_AT_LEAST:
        return None
    verb = "rose" if total.percent > 0 else "fell"
    params: dict[str, Parameter] = {
        "measure": Label(f"chart.series.name_{measure}"),
        "change": Number(abs(total.percent), 1),
    }
    return Finding(f"statement.total_{verb}", params)


def covered(now: tuple[int, int], before: tuple[int, int], *, year: int) -> Finding | None:
    """How many of the expected reports came, and how that moved against the same months a year before.

    Parameters
    ----------
    now, before : (received, expected)
        Of the same months of `year` and of the year before.

    Returns
    -------
    Finding or None
        None where nothing was expected. The change is said from one percentage point on, and only if at least
        ten reports were expected in both years.
    """
    part, earlier = share(*now), share(*before)
    if part is None:
        return None
    params: dict[str, Parameter] = {
        "year": When(str(year)),
        "previous": When(str(year - 1)),
        "share": Share(part),
        "received": Number(now[0]),
        "expected": Number(now[1]),
    }
    points = 0 if earlier is None else round(100 * part) - round(100 * earlier)
    if points == 0 or min(now[1], before[1]) < REPORTS_AT_LEAST:
        return Finding("statement.covered", params)
    verb = "rose" if points > 0 else "fell"
    return Finding(
        f"statement.covered_{verb}", params | {"change": Number(abs(points))}, "good" if points > 0 else "bad"
    )


def least_covered(counts: pd.DataFrame, *, rules: ReportingRules = STANDARD) -> Finding | None:
    """The areas from which the smallest share of the expected reports came.

    Parameters
    ----------
    counts : DataFrame
        ``area_code``, ``received``, ``expected``; rows of one area are added up.

    Returns
    -------
    Finding or None
        None with fewer than two areas of which ten reports or more were expected, or if all shares are the
        same as shown.
    """
    totals = counts.groupby("area_code")[["received", "expected"]].sum()
    totals = totals[totals["expected"] >= REPORTS_AT_LEAST]
    shown = (100 * totals["received"] / totals["expected"]).astype("float64").round()
    if len(shown) < 2 or shown.nunique() == 1:
        return None
    codes = tuple(sorted(shown.index[shown == shown.min()]))
    lowest = float(shown.min()) / 100
    params: dict[str, Parameter] = {"share": Share(lowest), "ranked": Number(len(shown))}
    tone: Tone = "bad" if lowest < rules.provisional_below else "neutral"
    if len(codes) > NAMED_AT_MOST:
        return Finding("statement.least_covered_many", params | {"count": Number(len(codes))}, tone)
    return Finding("statement.least_covered", params | {"areas": Places(codes)}, tone)


def silent(silences: pd.DataFrame, *, rules: ReportingRules = STANDARD) -> Finding | None:
    """How many libraries have sent nothing for months.

    Parameters
    ----------
    silences : DataFrame
        From `literasi.domain.completeness.silences`.

    Returns
    -------
    Finding or None
        None where no library owes reports or none is silent.
    """
    count = int((silences["months"] >= rules.silent_months).sum())
    if not count:
        return None
    params: dict[str, Parameter] = {
        "count": Number(count),
        "total": Number(len(silences)),
        "months": Number(rules.silent_months),
    }
    return Finding("statement.silent", params, "bad")


def untimed(unknown: int, received: int) -> Finding | None:
    """That of reports which came it is not known when; None if it is of all."""
    if not unknown:
        return None
    return Finding("statement.untimed", {"count": Number(unknown), "total": Number(received)}, "unknown")


def named_only(libraries: int) -> Finding | None:
    """That figures are of named libraries only and so of no area; None without any."""
    if not libraries:
        return None
    return Finding("statement.named_only", {"count": Number(libraries)}, "unknown")


def nothing_came(libraries: int) -> Finding | None:
    """That libraries owe reports and none of any came; None where none owes any."""
    return Finding("statement.nothing_came", {"count": Number(libraries)}, "bad") if libraries else None


def open_advices(count: int) -> Finding | None:
    """That unusual values wait for an explanation; None if none does."""
    return Finding("statement.advices_open", {"count": Number(count)}, "unknown") if count else None


def without_report(series: pd.DataFrame) -> Finding | None:
    """In how many months reports were due and none came; None if in no month.

    Parameters
    ----------
    series : DataFrame
        As from `literasi.domain.reports.monthly`.
    """
    missing = int((series["value"].isna() & (series["expected"].fillna(0) > 0)).sum())
    if not missing:
        return None
    params: dict[str, Parameter] = {"count": Number(missing), "total": Number(len(series))}
    return Finding("statement.months_without", params, "unknown")
