"""Which monthly reports were expected, which came, and the three states of a missing number.

No row (not reported), zero (reported zero) and not expected are three different things.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from literasi.domain.levels import Lazy, Level, ancestor, is_within
from literasi.domain.periods import Period, months


class DueDays(BaseModel):
    """Day of the following month until which a report is in time, by table.

    A table that is not named here owes nothing: not every month has an activity.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    visits: int = Field(default=10, ge=1, le=28)
    circulation: int = Field(default=10, ge=1, le=28)
    services: int = Field(default=10, ge=1, le=28)


class ReportingRules(BaseModel):
    """Who is expected to report, since when, and until which day.

    Attributes
    ----------
    programmes : tuple of str
        Values of ``libraries.programme`` whose libraries are partners.
    years_after_joining : int
        Reports are expected from January of the year of joining plus this.
        A library whose year of joining is unknown is not expected to report.
    provisional_below : float
        Share of the expected reports below which a figure is provisional ("sementara").
    due_days : DueDays
        Deadline of each monthly report.
    silent_months : int
        Months in a row without any report after which a library is silent.
    reply_days : int
        Days that a library gets to send what is asked for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    programmes: tuple[str, ...] = ("national", "replication", "not_stated")
    years_after_joining: int = Field(default=1, ge=0)
    provisional_below: float = Field(default=0.6, ge=0, le=1)
    due_days: DueDays = DueDays()
    silent_months: int = Field(default=3, ge=1)
    reply_days: int = Field(default=14, ge=1)


STANDARD = ReportingRules()
NEVER = 9999


def located(libraries: Lazy, *, level: Level, rules: ReportingRules = STANDARD) -> Lazy:
    """Place libraries in areas of a level, with the first year in which they owe reports.

    Parameters
    ----------
    libraries : narwhals.LazyFrame
        Table ``libraries``.

    Returns
    -------
    narwhals.LazyFrame
        ``library_id``, ``area_code`` (of `level`), ``first_year`` (`NEVER` where no report is expected).
        A library that is known less precisely than `level` has no row.
    """
    is_partner = nw.col("programme").is_in(rules.programmes)
    since = nw.col("year_joined").fill_null(NEVER).cast(nw.Int64) + rules.years_after_joining
    return libraries.filter(is_within("area_code", level)).select(
        "library_id",
        area_code=ancestor("area_code", level),
        first_year=nw.when(is_partner).then(since).otherwise(nw.lit(NEVER)),
    )


def is_due() -> nw.Expr:
    """1 for a report of a `year` in which its library owed one, else 0."""
    return nw.when(nw.col("first_year") <= nw.col("year")).then(nw.lit(1)).otherwise(nw.lit(0))


def with_expected(totals: Lazy, libraries: Lazy, *, level: Level, rules: ReportingRules = STANDARD) -> Lazy:
    """Add the number of reports expected.

    Parameters
    ----------
    totals : narwhals.LazyFrame
        One row per ``area_code`` and ``period``, with its ``year`` and the number of ``months``
        of that period for which reports were due.
    libraries : narwhals.LazyFrame
        Table ``libraries``.

    Returns
    -------
    narwhals.LazyFrame
        `totals` with ``expected`` (Float64): partner libraries of the area × months.
    """
    owing = (
        located(libraries, level=level, rules=rules).group_by("area_code", "first_year").agg(owing=nw.len())
    )
    due = (
        totals.select("area_code", "period", "year", "months")
        .join(owing, on="area_code", how="inner")
        .filter(nw.col("first_year") <= nw.col("year"))
        .with_columns(expected=nw.col("owing").cast(nw.Float64) * nw.col("months").cast(nw.Float64))
        .group_by("area_code", "period")
        .agg(nw.col("expected").sum())
    )
    return totals.join(due, on=["area_code", "period"], how="left").with_columns(
        nw.col("expected").fill_null(0.0)
    )


def expected_libraries(libraries: pd.DataFrame, *, rules: ReportingRules = STANDARD) -> pd.DataFrame:
    """Give the libraries that owe reports, and the first year in which they do.

    Parameters
    ----------
    libraries : DataFrame
        Table ``libraries``.

    Returns
    -------
    DataFrame
        ``library_id``, ``first_year``.
    """
    placed: pd.DataFrame = (
        located(nw.from_native(libraries).lazy(), level="province", rules=rules).collect().to_native()
    )
    return placed.loc[placed["first_year"] < NEVER, ["library_id", "first_year"]].reset_index(drop=True)


def coverage(
    reports: pd.DataFrame,
    libraries: pd.DataFrame,
    *,
    first: str,
    last: str,
    level: Level,
    rules: ReportingRules = STANDARD,
) -> pd.DataFrame:
    """Reports received and expected, by area and month, also where none came.

    Parameters
    ----------
    reports : DataFrame
        ``library_id`` and ``month``, one row per report (tables ``visits``, ``circulation``, ``services``).
    libraries : DataFrame
        Table ``libraries``.
    first, last : str
        First and last month (``2024-01``), or years (from January, to December).
    level : str
        Level of the areas.

    Returns
    -------
    DataFrame
        ``area_code``, ``period`` (month), ``received``, ``expected`` (Int64), in that order of rows;
        areas and months in which nothing was expected and nothing came have no row.
    """
    span = [str(month) for month in months(Period.parse(first), Period.parse(last))]
    placed = located(nw.from_native(libraries).lazy(), level=level, rules=rules)
    places: pd.DataFrame = placed.collect().to_native()

    grid = places[["area_code"]].drop_duplicates().merge(_periods(span), how="cross")
    grid["year"] = grid["period"].str[:4].astype("int64")
    grid["months"] = 1
    expected = with_expected(
        nw.from_native(grid).lazy(), nw.from_native(libraries).lazy(), level=level, rules=rules
    )
    out: pd.DataFrame = expected.collect().to_native()

    came = reports[["library_id", "month"]].merge(places, on="library_id")
    came = came[came["month"].dt.year >= came["first_year"]]
    received = came.groupby(["area_code", came["month"].dt.strftime("%Y-%m").rename("period")]).size()
    out = out.merge(received.rename("received").reset_index(), on=["area_code", "period"], how="left")
    out = out[out["expected"] > 0].fillna({"received": 0})
    out = out.astype({"received": "Int64", "expected": "Int64"})
    return out.sort_values(["area_code", "period"], ignore_index=True)[
        ["area_code", "period", "received", "expected"]
    ]


def _periods(span: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"period": pd.Series(span, dtype="str")})


def states(
    reports: pd.DataFrame,
    libraries: pd.DataFrame,
    *,
    first: str,
    last: str,
    value: str = "total",
    rules: ReportingRules = STANDARD,
) -> pd.DataFrame:
    """State of each library in each month: what a completeness matrix draws.

    Parameters
    ----------
    reports : DataFrame
        ``library_id``, ``month`` and the column `value`; unique on library and month.
    libraries : DataFrame
        Table ``libraries``.
    first, last : str
        First and last month (``2024-01``), or years.
    value : str
        The reported number. A report that leaves it empty is no report of it.

    Returns
    -------
    DataFrame
        ``library_id``, ``area_code``, ``period``, ``state``: ``reported`` (more than 0), ``zero``,
        ``missing`` (expected, none came) or ``not_expected``. A report that came counts as such,
        expected or not. One row per library and month, in the order of `libraries`.
    """
    span = [str(month) for month in months(Period.parse(first), Period.parse(last))]
    out = libraries[["library_id", "area_code"]].merge(_periods(span), how="cross")
    owing = expected_libraries(libraries, rules=rules)
    since = out["library_id"].map(owing.set_index("library_id")["first_year"])
    is_expected = (since <= out["period"].str[:4].astype("int64")).fillna(value=False).astype(bool)

    known = reports.loc[reports[value].notna(), ["library_id", "month", value]]
    known = known.assign(period=known["month"].dt.strftime("%Y-%m"))
    number: pd.Series[Any] = out.merge(known, on=["library_id", "period"], how="left")[value].astype(
        "Float64"
    )
    state = pd.Series("not_expected", index=out.index, dtype="str")
    state = state.mask(is_expected, "missing")
    state = state.mask((number == 0).fillna(value=False).astype(bool), "zero")
    out["state"] = state.mask((number > 0).fillna(value=False).astype(bool), "reported")
    return out


def share(received: float | None, expected: float | None) -> float | None:
    """Received ÷ expected; None where nothing was expected or it is not known."""
    if received is None or expected is None or pd.isna(received) or pd.isna(expected) or expected == 0:
        return None
    return float(received) / float(expected)


def is_provisional(
    received: float | None, expected: float | None, *, rules: ReportingRules = STANDARD
) -> bool:
    """Whether so few of the expected reports came that the figure is provisional."""
    part = share(received, expected)
    return part is not None and part < rules.provisional_below
