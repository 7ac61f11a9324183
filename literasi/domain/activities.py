"""Activities of libraries: which are wanted, in which field, for whom, and on which day."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from literasi.domain.coverage import STANDARD, ReportingRules, expected_libraries
from literasi.domain.levels import Level
from literasi.domain.measures import MEASURES
from literasi.domain.privacy import TOTAL, suppress

Grouping = Literal["field", "kind", "audience"]
NOT_STATED = ""


def wanted(
    activities: pd.DataFrame,
    libraries: pd.DataFrame,
    *,
    first: int,
    last: int,
    field: str | None = None,
    is_verified: bool = False,
) -> pd.DataFrame:
    """Keep the activities of these libraries and years.

    Parameters
    ----------
    activities, libraries : DataFrame
        Tables of those names.
    first, last : int
        Years, both included.
    field : str, optional
        Only this field.
    is_verified : bool
        Only what was verified; what is not known to be verified is left out.
    """
    rows: pd.DataFrame = activities[
        activities["library_id"].isin(libraries["library_id"])
        & activities["date"].dt.year.between(first, last)
    ]
    if field is not None:
        rows = rows[rows["field"] == field]
    if is_verified:
        rows = rows[rows["is_verified"].fillna(value=False).astype(bool)]
    return rows


def values_of(activities: pd.DataFrame, column: Grouping) -> tuple[str, ...]:
    """Give the values that occur in a column, the most frequent first."""
    return tuple(str(value) for value in activities[column].dropna().value_counts().index)


def by_group(activities: pd.DataFrame, *, column: Grouping, threshold: int) -> pd.DataFrame:
    """Activities, and people at them, by field, kind or audience.

    Parameters
    ----------
    activities : DataFrame
        As from `wanted`.
    column : str
        What to group by; where it is not stated is the group `NOT_STATED`.
    threshold : int
        Smallest number of people that may be shown (`literasi.domain.privacy`).

    Returns
    -------
    DataFrame
        ``group``, ``activities`` (Int64), ``people`` (float; missing where no activity has a head-count or
        the number is hidden), ``is_suppressed``; most activities first, not stated last.
    """
    grouped = activities.assign(group=activities[column].fillna(NOT_STATED)).groupby("group")
    out = pd.DataFrame(
        {"activities": grouped.size().astype("Int64"), "people": grouped["people"].sum(min_count=1)}
    ).reset_index()
    hidden = suppress(
        out.loc[out["people"].notna(), ["group", "people"]],
        threshold=threshold,
        group=["group"],
        value="people",
    )
    small = hidden.loc[hidden["is_suppressed"] & (hidden["group"] != TOTAL), "group"]
    out["is_suppressed"] = out["group"].isin(small)
    out["people"] = out["people"].astype("float64").mask(out["is_suppressed"])
    is_unstated = out["group"] == NOT_STATED
    order = out.assign(last=is_unstated).sort_values(
        ["last", "activities", "group"], ascending=[True, False, True]
    )
    return order.drop(columns="last").reset_index(drop=True)


def by_group_and_year(activities: pd.DataFrame, *, column: Grouping) -> pd.DataFrame:
    """Activities by group and year: ``group``, ``year``, ``activities``; a year without any has 0."""
    frame = pd.DataFrame(
        {"group": activities[column].fillna(NOT_STATED), "year": activities["date"].dt.year.astype("int64")}
    )
    wide = pd.crosstab(frame["group"], frame["year"]).rename_axis(columns="year").reset_index()
    out = wide.melt(id_vars="group", var_name="year", value_name="activities")
    return out.astype({"group": "str", "year": "int64", "activities": "int64"})


def days(
    activities: pd.DataFrame,
    heard: pd.DataFrame,
    libraries: pd.DataFrame,
    *,
    year: int,
    periods: list[str],
    rules: ReportingRules = STANDARD,
) -> pd.DataFrame:
    """Every day of a year with the number of activities, and what a missing number means.

    Parameters
    ----------
    activities : DataFrame
        As from `wanted`.
    heard : DataFrame
        As from `literasi.domain.reports.heard_from`.
    libraries : DataFrame
        The libraries counted.
    year : int
    periods : list of str
        Months for which reports can have come (`literasi.domain.reports.span`).

    Returns
    -------
    DataFrame
        ``date``, ``activities`` (float; missing unless a library was heard from in that month), ``state``:
        ``reported`` (1 or more), ``zero``, ``missing`` (reports were due, none came), ``not_expected``.
    """
    out = pd.DataFrame({"date": pd.date_range(f"{year}-01-01", f"{year}-12-31", unit="us")})
    month = out["date"].dt.strftime("%Y-%m")
    known = heard[heard["library_id"].isin(libraries["library_id"])]
    heard_months = set(known["month"].dt.strftime("%Y-%m"))
    owing = expected_libraries(libraries, rules=rules)
    is_due = bool((owing["first_year"] <= year).any())

    counted = activities.groupby(activities["date"].dt.normalize()).size()
    number = out["date"].map(counted).astype("float64")
    is_heard = month.isin(heard_months) | number.notna()
    out["activities"] = number.fillna(0).where(is_heard)
    state = pd.Series("not_expected", index=out.index, dtype="str")
    state = state.mask(month.isin(periods) & is_due, "missing")
    state = state.mask(is_heard, "zero")
    out["state"] = state.mask(out["activities"] > 0, "reported")
    return out


def per_library(activities: pd.DataFrame, libraries: pd.DataFrame, *, level: Level) -> pd.DataFrame:
    """Activities per partner library and year, by the measure of that name.

    Returns
    -------
    DataFrame
        Columns `literasi.domain.measures.COLUMNS`.
    """
    tables = {"activities": activities, "libraries": libraries}
    out: pd.DataFrame = MEASURES["activities_per_library"](tables, level=level, grain="year")
    return out


def people_per_resident(
    activities: pd.DataFrame, libraries: pd.DataFrame, population: pd.DataFrame, *, level: Level
) -> pd.DataFrame:
    """People at activities per resident and year, by the measure ``activity_participants_per_1000``.

    Returns
    -------
    DataFrame
        Columns `literasi.domain.measures.COLUMNS`; not yet per 1,000.
    """
    tables = {"activities": activities, "libraries": libraries, "population": population}
    out: pd.DataFrame = MEASURES["activity_participants_per_1000"](tables, level=level, grain="year")
    return out


def by_library_and_month(activities: pd.DataFrame, heard: pd.DataFrame, *, people: bool) -> pd.DataFrame:
    """Activities (or people at them) of each library in each month in which it was heard from.

    Returns
    -------
    DataFrame
        ``library_id``, ``month``, ``value`` (float): zero where it was heard from and held none.
    """
    held = activities.assign(month=activities["date"].dt.to_period("M").dt.to_timestamp())
    grouped = held.groupby(["library_id", "month"])
    counted = (grouped["people"].sum() if people else grouped.size()).astype("float64").rename("value")
    out = heard.merge(counted.reset_index(), on=["library_id", "month"], how="left")
    return out.assign(value=out["value"].fillna(0.0))
