"""What may be said of a monthly series: totals so far, and years compared on the same months only."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

MINIMUM_BASE = 20


@dataclass(frozen=True, slots=True)
class Comparison:
    """A year beside the year before, on the same months.

    Attributes
    ----------
    year : int
        The later year.
    months : tuple of int
        Months (1 to 12) that are counted in both years.
    value, previous : float
        Sums of those months in `year` and in the year before.
    libraries : int, optional
        Libraries of the constant panel; None for a comparison of totals, where it is not known
        whether the same libraries reported.
    """

    year: int
    months: tuple[int, ...]
    value: float
    previous: float
    libraries: int | None = None

    @property
    def difference(self) -> float:
        """Change in the unit of the value."""
        return self.value - self.previous

    @property
    def percent(self) -> float | None:
        """Change in per cent; None where the base is below `MINIMUM_BASE` and only the difference is said."""
        return 100 * self.difference / self.previous if self.previous >= MINIMUM_BASE else None


def cumulative(series: pd.DataFrame) -> pd.DataFrame:
    """Running total of each year, from January.

    Parameters
    ----------
    series : DataFrame
        ``period`` (months) and ``value``, one row per month in order; missing where no report came.

    Returns
    -------
    DataFrame
        `series` with ``cumulative`` (missing in a missing month) and ``is_lower_bound``: a month of the
        year up to then is missing or not in the series, so the total is at least this much.
    """
    year = series["period"].str[:4]
    month = series["period"].str[5:].astype("int64")
    known = series["value"].notna()
    total = series["value"].fillna(0).groupby(year).cumsum()
    reported = known.astype("int64").groupby(year).cumsum()
    return series.assign(cumulative=total.where(known), is_lower_bound=reported < month)


def same_months(series: pd.DataFrame, *, year: int) -> Comparison | None:
    """Compare a year with the year before on the months that have a value in both.

    Parameters
    ----------
    series : DataFrame
        ``period`` (months) and ``value``, one row per month.
    year : int
        The later year.

    Returns
    -------
    Comparison or None
        None if no month has a value in both years.
    """
    known = series[series["value"].notna()]
    month = known["period"].str[5:].astype("int64")
    of_year = known["period"].str[:4].astype("int64")
    now = known["value"].set_axis(month)[(of_year == year).to_numpy()]
    before = known["value"].set_axis(month)[(of_year == year - 1).to_numpy()]
    shared = sorted(set(now.index) & set(before.index))
    if not shared:
        return None
    return Comparison(
        year=year,
        months=tuple(int(m) for m in shared),
        value=float(now.loc[shared].sum()),
        previous=float(before.loc[shared].sum()),
    )


def constant_panel(shared: pd.DataFrame, *, year: int) -> Comparison | None:
    """Compare a year with the year before on reports that the same library gave for the same month.

    Parameters
    ----------
    shared : DataFrame
        ``library_id``, ``month`` (1 to 12), ``previous``, ``value``: as from
        `literasi.domain.reports.shared_reports`.
    year : int
        The later year.

    Returns
    -------
    Comparison or None
        With the number of libraries; None if there is no such report.
    """
    if shared.empty:
        return None
    return Comparison(
        year=year,
        months=tuple(sorted(int(month) for month in shared["month"].unique())),
        value=float(shared["value"].sum()),
        previous=float(shared["previous"].sum()),
        libraries=int(shared["library_id"].nunique()),
    )
