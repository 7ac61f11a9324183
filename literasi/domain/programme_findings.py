"""What trainings, libraries and activities carry in words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from literasi.domain import training
from literasi.domain.coverage import STANDARD, ReportingRules, expected_libraries
from literasi.domain.findings import (
    NAMED_AT_MOST,
    Finding,
    Label,
    Labels,
    Number,
    Parameter,
    Places,
    Share,
    When,
)
from literasi.domain.snp import SnpRules
from literasi.domain.trainees import FILTERS

TESTED_AT_LEAST = 10
"""Libraries below which thresholds of the standard are not compared."""
UNSTATED_AT_LEAST = 0.1
"""Share of activities without a field from which the picture by field is doubtful."""


def gain(participants: pd.DataFrame, *, threshold: int) -> Finding | None:
    """Whether scores after the training were higher than before, beyond chance.

    Parameters
    ----------
    participants : DataFrame
        From `literasi.domain.training.classify`.
    threshold : int
        Smallest number of people that may be shown.

    Returns
    -------
    Finding or None
        None without an interval, or where the figure of everyone is hidden to protect a part of it.
        An interval that holds zero cannot be told from no change. Association, not effect.
    """
    totals = [training.gain_by(participants, by=by, threshold=threshold) for by in FILTERS]
    whole = [shown[shown["is_total"]].iloc[0] for shown in totals]
    if any(bool(row["is_suppressed"]) for row in whole) or pd.isna(whole[0]["low"]):
        return None
    row = whole[0]
    params: dict[str, Parameter] = {
        "low": Number(float(row["low"]), 1),
        "high": Number(float(row["high"]), 1),
        "pairs": Number(int(row["n_pairs"]), is_floor=not row["is_exact"]),
    }
    if row["low"] <= 0 <= row["high"]:
        return Finding("statement.gain_indistinct", params, "unknown")
    is_more = float(row["mean"]) > 0
    params |= {"change": Number(abs(float(row["mean"])), 1)}
    return Finding(f"statement.gain_{'rose' if is_more else 'fell'}", params, "good" if is_more else "bad")


def unreached(values: pd.DataFrame, *, area: str) -> Finding | None:
    """How many partner libraries have nobody trained, in the newest year.

    Parameters
    ----------
    values : DataFrame
        Of the measure ``training_reach``: ``numerator`` (reached) and ``denominator`` (partners).
    area : str
        Area code.

    Returns
    -------
    Finding or None
        None without partners.
    """
    rows = values[values["area_code"].eq(area) & values["denominator"].gt(0)].sort_values("period")
    if rows.empty:
        return None
    row = rows.iloc[-1]
    absent = int(row["denominator"] - row["numerator"])
    params: dict[str, Parameter] = {
        "count": Number(absent),
        "total": Number(int(row["denominator"])),
        "period": When(str(row["period"])),
    }
    if not absent:
        return Finding("statement.all_reached", params, "good")
    return Finding("statement.unreached", params, "bad")


def no_word(plans: pd.DataFrame) -> Finding | None:
    """Of how many follow-up plans nothing was heard when the last date for it came.

    Parameters
    ----------
    plans : DataFrame
        From `literasi.domain.training.plan_status`: small numbers are hidden in it.

    Returns
    -------
    Finding or None
        None where the number is hidden or zero.
    """
    last = plans[plans["days"] == plans["days"].max()]
    row = last[last["status"] == "no_report"].iloc[0]
    if row["is_suppressed"] or pd.isna(row["n"]) or pd.isna(row["denominator"]) or row["n"] == 0:
        return None
    params: dict[str, Parameter] = {
        "count": Number(int(row["n"])),
        "total": Number(int(row["denominator"])),
        "days": Number(int(row["days"])),
    }
    return Finding("statement.no_word", params, "unknown")


def joined(by_year: pd.DataFrame, *, is_complete: bool) -> Finding | None:
    """How many libraries joined in the newest year.

    Parameters
    ----------
    by_year : DataFrame
        ``year``, ``joined``, ``before``: as from `literasi.domain.library_profile.by_year`.
    is_complete : bool
        Whether the list is; else they are at least so many.

    Returns
    -------
    Finding or None
        None where no year is known.
    """
    if by_year.empty:
        return None
    row = by_year.iloc[-1]
    params: dict[str, Parameter] = {
        "year": When(str(int(row["year"]))),
        "count": Number(int(row["joined"])),
        "total": Number(int(row["joined"] + row["before"])),
    }
    return Finding("statement.joined" if is_complete else "statement.joined_at_least", params)


def absent(counts: pd.DataFrame, *, areas: Sequence[str]) -> Finding | None:
    """Areas in which no partner library is known: up to three are named, more are counted.

    Parameters
    ----------
    counts : DataFrame
        As from `literasi.domain.library_profile.by_area`, of partners.
    areas : sequence of str
        All area codes of that level.

    Returns
    -------
    Finding or None
        None if every area has one.
    """
    without = tuple(sorted(set(areas) - set(counts["area_code"])))
    if not without:
        return None
    params: dict[str, Parameter] = {"count": Number(len(without)), "total": Number(len(areas))}
    if len(without) > NAMED_AT_MOST:
        return Finding("statement.absent_many", params, "bad")
    return Finding("statement.absent", params | {"areas": Places(without)}, "bad")


def published(events: pd.DataFrame) -> Finding | None:
    """How many events were announced, and of how many the head-count too; None without any."""
    if events.empty:
        return None
    years = events["date_start"].dt.year
    params: dict[str, Parameter] = {
        "count": Number(len(events)),
        "first": When(str(int(years.min()))),
        "last": When(str(int(years.max()))),
        "known": Number(int(events["participants_published"].notna().sum())),
    }
    return Finding("statement.published", params)


def people_published(trainings: pd.DataFrame) -> Finding | None:
    """How many participants were announced, at the trainings that announced a number; None without any.

    Parameters
    ----------
    trainings : DataFrame
        Rows of ``events``.
    """
    if trainings.empty:
        return None
    people = trainings["participants_published"].dropna()
    params: dict[str, Parameter] = {
        "count": Number(len(trainings)),
        "known": Number(len(people)),
        "people": Number(float(people.sum())),
    }
    which = "" if len(people) == len(trainings) else "_some" if len(people) else "_none"
    return Finding(f"finding.follow_published{which}", params)


def without_event(events: pd.DataFrame, *, areas: Sequence[str]) -> Finding | None:
    """Regencies for which no event was found in what was published; None if there is one for each.

    Parameters
    ----------
    events : DataFrame
        Rows of the table ``events``.
    areas : sequence of str
        Codes of all regencies.
    """
    without = tuple(sorted(set(areas) - set(events["area_code"].str[:5])))
    if not without:
        return None
    params: dict[str, Parameter] = {"count": Number(len(without)), "total": Number(len(areas))}
    if len(without) > NAMED_AT_MOST:
        return Finding("statement.without_event_many", params, "unknown")
    return Finding("statement.without_event", params | {"areas": Places(without)}, "unknown")


def undated(count: int, partners: int) -> Finding | None:
    """That the year of joining of partner libraries is not known; None if all are."""
    if not count:
        return None
    return Finding("statement.undated", {"count": Number(count), "total": Number(partners)}, "unknown")


def least_met(summary: pd.DataFrame, *, rules: SnpRules) -> Finding | None:
    """The threshold of the standard that the fewest tested libraries meet.

    Parameters
    ----------
    summary : DataFrame
        From `literasi.domain.snp.summary`.

    Returns
    -------
    Finding or None
        None where no threshold was tested on at least ten libraries, where all are met, or where the lowest
        shares tie as shown.
    """
    tested = summary[summary["tested"] >= TESTED_AT_LEAST]
    shares = (100 * tested["value"]).round()
    least = tested[shares == shares.min()]
    if len(least) != 1 or shares.min() == 100:
        return None
    row = least.iloc[0]
    label = next(test.label_key for test in rules.tests if test.id == row["test"])
    params: dict[str, Parameter] = {
        "test": Label(label),
        "met": Number(int(row["met"])),
        "tested": Number(int(row["tested"])),
        "share": Share(float(row["value"])),
    }
    return Finding("statement.least_met", params, "bad")


def untested(summary: pd.DataFrame) -> Finding | None:
    """That no threshold of the standard can be tested at enough libraries; None if one can."""
    libraries = int((summary["tested"] + summary["no_data"]).max()) if len(summary) else 0
    most = int(summary["tested"].max()) if len(summary) else 0
    if not libraries or most >= TESTED_AT_LEAST:
        return None
    return Finding("statement.untested", {"most": Number(most), "total": Number(libraries)}, "unknown")


def idle(
    activities: pd.DataFrame,
    heard: pd.DataFrame,
    libraries: pd.DataFrame,
    *,
    year: int,
    rules: ReportingRules = STANDARD,
) -> tuple[Finding | None, Finding | None]:
    """How many partners held nothing in a year, and of how many nothing is known.

    Parameters
    ----------
    activities : DataFrame
        Rows of the table that are wanted (`literasi.domain.activities.wanted`).
    heard : DataFrame
        As from `literasi.domain.reports.heard_from`.
    libraries : DataFrame
        The libraries looked at; only those that owe reports in `year` count.

    Returns
    -------
    (Finding or None, Finding or None)
        Partners that were heard from and list no such activity; partners that were never heard from. Each
        None where there are none.
    """
    owing = expected_libraries(libraries, rules=rules)
    partners = set(owing.loc[owing["first_year"] <= year, "library_id"])
    active = set(activities.loc[activities["date"].dt.year == year, "library_id"])
    spoke = set(heard.loc[heard["month"].dt.year == year, "library_id"]) | active
    without, unheard = (partners & spoke) - active, partners - spoke
    params: dict[str, Parameter] = {"total": Number(len(partners)), "year": When(str(year))}
    return (
        Finding("statement.idle", params | {"count": Number(len(without))}, "bad") if without else None,
        Finding("statement.unheard", params | {"count": Number(len(unheard))}, "unknown")
        if unheard
        else None,
    )


def unstated_field(activities: pd.DataFrame) -> Finding | None:
    """That many activities do not say their field; None below a tenth."""
    missing = int(activities["field"].isna().sum())
    if not missing or missing < UNSTATED_AT_LEAST * len(activities):
        return None
    params: dict[str, Parameter] = {"count": Number(missing), "total": Number(len(activities))}
    return Finding("statement.unstated_field", params, "unknown")


def unlisted(*tables: str) -> Finding | None:
    """That tables have no row yet, so that what rests on them is not known; None without any."""
    if not tables:
        return None
    labels = Labels(tuple(f"table.{table}" for table in tables))
    return Finding("statement.unlisted", {"tables": labels}, "unknown")
