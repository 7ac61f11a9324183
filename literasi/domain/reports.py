"""Monthly reports of an area as one series: what was counted, and how many reports stand behind it.

A month without any report has no value. It is not zero: zero is what a library reported.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from literasi.domain.coverage import STANDARD, ReportingRules, coverage
from literasi.domain.levels import CODE_LENGTH, Level
from literasi.domain.measures import MEASURES, Grain
from literasi.domain.periods import Period, months

SERIES = {"period": "str", "value": "float64", "received": "Int64", "expected": "Int64"}


def level_of(area: str) -> Level:
    """Give the level of an area code, from its length."""
    levels: tuple[Level, ...] = ("province", "regency", "district", "village")
    return next(level for level in levels if CODE_LENGTH[level] == len(area))


def within(libraries: pd.DataFrame, area: str, *, kind: str | None = None) -> pd.DataFrame:
    """Keep the libraries that lie in an area, of one kind or of all."""
    inside = libraries[libraries["area_code"].str.startswith(area)]
    return inside if kind is None else inside[inside["kind"] == kind]


def span(*reports: pd.DataFrame, first: int | None = None, last: int | None = None) -> list[str]:
    """Give the months for which reports can have come: from the first to the last report of anybody.

    Parameters
    ----------
    *reports : DataFrame
        With the column ``month``, of all areas.
    first, last : int, optional
        Years to which the span is cut.

    Returns
    -------
    list of str
        ``2024-01`` …, without a hole; empty where there is no report.
    """
    ends = pd.concat([frame["month"] for frame in reports])
    if ends.empty:
        return []
    lowest, highest = ends.min(), ends.max()
    all_months = months(Period(lowest.year, lowest.month), Period(highest.year, highest.month))
    return [str(m) for m in all_months if (first or 0) <= m.year <= (last or 9999)]


def monthly(
    reports: pd.DataFrame,
    libraries: pd.DataFrame,
    *,
    column: str,
    periods: list[str],
    rules: ReportingRules = STANDARD,
) -> pd.DataFrame:
    """Sum of a reported count over libraries, month by month.

    Parameters
    ----------
    reports : DataFrame
        Table ``visits`` or ``circulation``.
    libraries : DataFrame
        The libraries to sum over (`within`).
    column : str
        The count. A report that leaves it empty is no report of it.
    periods : list of str
        Months to give, as from `span`.

    Returns
    -------
    DataFrame
        One row per month of `periods`, columns `SERIES`. ``value`` is missing where no library reported.
        Reports of libraries that owe none are in ``value`` and not in ``received``.
    """
    known = reports[reports["library_id"].isin(libraries["library_id"]) & reports[column].notna()]
    sums = known.groupby(known["month"].dt.strftime("%Y-%m"))[column].sum()
    return _series(sums.astype("float64"), known, libraries, periods, rules)


def activity_months(
    activities: pd.DataFrame,
    heard: pd.DataFrame,
    libraries: pd.DataFrame,
    *,
    periods: list[str],
    people: bool = False,
    rules: ReportingRules = STANDARD,
) -> pd.DataFrame:
    """Activities (or people at them) of libraries, month by month.

    Parameters
    ----------
    activities : DataFrame
        Rows of the table ``activities`` that are wanted (field, kind, verified …).
    heard : DataFrame
        As from `heard_from`. A library that was heard from and lists no activity held none: that is zero.
    libraries : DataFrame
        The libraries to sum over.
    periods : list of str
        Months to give.
    people : bool
        Sum the people instead of counting the activities. Activities without a head-count add nothing.

    Returns
    -------
    DataFrame
        As `monthly`.
    """
    known = heard[heard["library_id"].isin(libraries["library_id"])]
    held = activities[activities["library_id"].isin(libraries["library_id"])]
    by_month = held.groupby(held["date"].dt.strftime("%Y-%m"))
    counted = (by_month["people"].sum() if people else by_month.size()).astype("float64")
    spoke = pd.Index(known["month"].dt.strftime("%Y-%m").unique(), dtype="str")
    return _series(
        counted.reindex(spoke.union(counted.index), fill_value=0.0), known, libraries, periods, rules
    )


def heard_from(*reports: pd.DataFrame, activities: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give the months in which each library sent anything: ``library_id``, ``month``, each pair once."""
    parts = [frame[["library_id", "month"]] for frame in reports]
    if activities is not None:
        parts.append(
            pd.DataFrame(
                {
                    "library_id": activities["library_id"],
                    "month": activities["date"].dt.to_period("M").dt.to_timestamp().astype("datetime64[us]"),
                }
            )
        )
    return pd.concat(parts, ignore_index=True).drop_duplicates(ignore_index=True)


def _series(
    values: pd.Series[float],
    reports: pd.DataFrame,
    libraries: pd.DataFrame,
    periods: list[str],
    rules: ReportingRules,
) -> pd.DataFrame:
    if not periods:
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in SERIES.items()})
    out = pd.DataFrame({"period": pd.Series(periods, dtype="str")})
    out["value"] = out["period"].map(values).astype("float64")
    behind = coverage(reports, libraries, first=periods[0], last=periods[-1], level="province", rules=rules)
    behind = behind.groupby("period")[["received", "expected"]].sum()
    for name in ("received", "expected"):
        out[name] = out["period"].map(behind[name]).fillna(0).astype("Int64")
    return out.astype(SERIES)


def yearly(series: pd.DataFrame, *, is_stock: bool = False) -> pd.DataFrame:
    """Years of a monthly series, each with the months that stand behind it. Nothing is annualised.

    Parameters
    ----------
    series : DataFrame
        As from `monthly`.
    is_stock : bool
        A stock (members at the end of a month) is not summed: the year has the value of its last reported
        month, and that month's reports.

    Returns
    -------
    DataFrame
        ``period`` (year), ``value``, ``months`` (tuple of the month numbers that have a value),
        ``received``, ``expected``.
    """
    rows = []
    for year, part in series.groupby(series["period"].str[:4]):
        known = part[part["value"].notna()]
        basis = known.tail(1) if is_stock else part
        rows.append(
            {
                "period": year,
                "value": float(basis["value"].sum()) if len(known) else float("nan"),
                "months": tuple(int(p[5:]) for p in known["period"]),
                "received": int(basis["received"].sum()),
                "expected": int(basis["expected"].sum()),
            }
        )
    columns = ["period", "value", "months", "received", "expected"]
    return pd.DataFrame(rows, columns=columns).astype({"period": "str", "value": "float64"})


def by_sex(visits: pd.DataFrame, libraries: pd.DataFrame, *, periods: list[str]) -> pd.DataFrame:
    """Visits by women, by men, and by people of whom the report does not say, month by month.

    Returns
    -------
    DataFrame
        ``period``, ``female``, ``male``, ``unknown`` (float; all missing where no report came).
    """
    known = visits[visits["library_id"].isin(libraries["library_id"])].copy()
    is_told = known[["female", "male"]].notna().all(axis=1)
    for part in ("female", "male"):
        known[part] = known[part].where(is_told, 0)
    known["unknown"] = known["total"].where(~is_told, 0)
    parts = ["female", "male", "unknown"]
    sums = known.groupby(known["month"].dt.strftime("%Y-%m"))[parts].sum().astype("float64")
    out = sums.reindex(periods).rename_axis("period").reset_index()
    return out.astype({"period": "str"})


def per_resident(
    reports: pd.DataFrame,
    libraries: pd.DataFrame,
    population: pd.DataFrame,
    *,
    column: str,
    level: Level,
    grain: Grain = "year",
    rules: ReportingRules = STANDARD,
) -> pd.DataFrame:
    """Any reported count per resident, by the rules of the measure ``visits_per_capita``.

    Returns
    -------
    DataFrame
        Columns `literasi.domain.measures.COLUMNS`.
    """
    known = reports[reports[column].notna()]
    tables = {
        "visits": known.drop(columns="total", errors="ignore").rename(columns={column: "total"})
        if column != "total"
        else known,
        "libraries": libraries,
        "population": population,
    }
    out: pd.DataFrame = MEASURES["visits_per_capita"](tables, level=level, grain=grain, rules=rules)
    return out


def shared_reports(
    reports: pd.DataFrame, libraries: pd.DataFrame, *, column: str, year: int, periods: Iterable[str]
) -> pd.DataFrame:
    """Constant panel: only what the same library reported for the same month of two years.

    Parameters
    ----------
    reports, libraries, column
        As for `monthly`.
    year : int
        The later year; it is compared with the year before.
    periods : iterable of str
        Months that may be used.

    Returns
    -------
    DataFrame
        One row per library and month that reported in both years: ``library_id``, ``month`` (1 to 12),
        ``previous``, ``value``.
    """
    known = reports[reports["library_id"].isin(libraries["library_id"]) & reports[column].notna()]
    known = known[known["month"].dt.strftime("%Y-%m").isin(set(periods))]
    frame = pd.DataFrame(
        {
            "library_id": known["library_id"],
            "month": known["month"].dt.month,
            "year": known["month"].dt.year,
            "value": known[column].astype("float64"),
        }
    )
    now = frame[frame["year"] == year].drop(columns="year")
    before = frame[frame["year"] == year - 1].drop(columns="year").rename(columns={"value": "previous"})
    both = before.merge(now, on=["library_id", "month"], how="inner")
    return both.sort_values(["library_id", "month"], ignore_index=True)
