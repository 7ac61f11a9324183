"""One series over time, in the form that was asked for: months, years, months summed or beside each other."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from literasi.charts import band, monthly, years_beside
from literasi.domain import reports, series
from literasi.domain.outlook import Outlook, Refusal
from literasi.figures import Chart


def over_time_chart(
    months: pd.DataFrame,
    *,
    name: str,
    measure: band.Measure,
    area: str,
    grain: Literal["month", "year"],
    mode: Literal["value", "cumulative", "same_month"],
    events: pd.DataFrame,
    ahead: Outlook | Refusal | None = None,
    filtered: str = "",
    notes: tuple[str, ...] = (),
    is_stock: bool = False,
) -> Chart | None:
    """Draw a monthly series.

    Parameters
    ----------
    months : DataFrame
        As for `literasi.charts.monthly.months_chart`.
    name, measure, area, filtered, notes
        As for `literasi.charts.monthly.months_chart`.
    grain, mode : str
        Years, or months: as they are, summed within the year, or each month beside the same of other years.
    events : DataFrame
        The table ``events``; bimtek are marked on months.
    ahead : Outlook or Refusal, optional
        The coming months, or why there are none; only for months as they are.
    is_stock : bool
        Whether a year is its last month rather than the sum of its months.

    Returns
    -------
    Chart or None
    """
    if grain == "year":
        return monthly.years_chart(
            reports.yearly(months, is_stock=is_stock),
            name=name,
            measure=measure,
            area=area,
            filtered=filtered,
            notes=notes,
        )
    if mode == "cumulative":
        return years_beside.cumulative_chart(
            series.cumulative(months), name=name, measure=measure, area=area, filtered=filtered
        )
    if mode == "same_month":
        return years_beside.same_month_chart(months, name=name, measure=measure, area=area, filtered=filtered)
    return monthly.months_chart(
        months,
        name=name,
        measure=measure,
        area=area,
        events=events,
        ahead=ahead,
        filtered=filtered,
        notes=notes,
    )
