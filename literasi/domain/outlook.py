"""What the coming months of a monthly count may look like, or why nothing may be said of them.

Only counts by month have an outlook. Annual indices never have one: fewer than eight comparable years are
known of any edition, so they have a path to their target instead (`literasi.domain.targets`).

A month counts only if it is comparable: it has a value, and at least 60 % of the reports that were expected
came. A month without reports is missing, not zero, so nothing is filled in: what is used is the unbroken run
of comparable months up to the newest (``docs/decisions/0020-prakiraan-dan-temuan.md``).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from literasi.domain.coverage import STANDARD, ReportingRules, share
from literasi.domain.periods import Period
from literasi.domain.series import MINIMUM_BASE

SEASON = 12
NAIVE_AT_LEAST = 24
"""Comparable months that a seasonal naive outlook needs (methodology §9)."""
MODEL_AT_LEAST = 36
"""Comparable months that a model needs before it is tried (methodology §9)."""
LATE_AT_MOST = 2
"""Newest months that may be incomplete because reports are still under way; they are left out."""
ORIGINS_AT_MOST = 12
"""Newest months from which the model is tried on the months after them."""
HORIZON = 6
LEVEL = 0.8

Method = Literal["seasonal_naive", "holt_winters"]
Reason = Literal["empty", "stock", "short", "hole", "thin", "unexpected", "late", "small"]
Values = NDArray[np.float64]
Model = Callable[[Values, int], Values]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no outlook.

    Attributes
    ----------
    reason : str
        ``empty``: no report at all. ``stock``: a stock is no count of a month. ``short``: the series is too
        young. ``hole``, ``thin``, ``unexpected``: the run of comparable months begins after a month without
        reports, with too few of them, or in which none was expected, so that its coverage is not known.
        ``late``: more than two of the newest months are not comparable. ``small``: fewer than 20 a month on
        average in the last year, where chance is all there is to see.
    has, needs : int
        Comparable months in a row, and those needed; with ``late`` the months that are incomplete, and how
        many may be; with ``small`` the average and the least.
    period : str
        The month that breaks the run; with ``late`` the newest comparable one, if any. Else empty.
    share : float or None
        Of the expected reports, those that came in that month; only for ``thin``.
    """

    reason: Reason
    has: int = 0
    needs: int = NAIVE_AT_LEAST
    period: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Backtest:
    """Mean absolute errors of forecasts of months that are known by now, in the unit of the values.

    Attributes
    ----------
    naive : float
        Of the seasonal naive way.
    model : float or None
        Of the model, from the same origins for the same months; None where it was not tried.
    count : int
        Forecasts compared.
    """

    naive: float
    model: float | None
    count: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """The coming months of a count.

    Attributes
    ----------
    frame : DataFrame
        ``period`` (months), ``value``, ``low`` and ``high`` (80 %): never below zero, and never narrower
        the further ahead.
    method : str
        ``seasonal_naive``, or ``holt_winters`` where that erred less.
    first, last : str
        The comparable months that were used.
    months : int
        How many they are.
    backtest : Backtest
        The errors by which the method was chosen.
    """

    frame: pd.DataFrame
    method: Method
    first: str
    last: str
    months: int
    backtest: Backtest


def holt_winters(values: Values, steps: int) -> Values:
    """Forecast by damped trend and additive season (Holt-Winters), estimated anew.

    Parameters
    ----------
    values : array
        At least two seasons, in order of time.
    steps : int
        Months ahead.

    Returns
    -------
    array
        Not finite where the estimation found nothing.
    """
    from statsmodels.tsa.holtwinters import ExponentialSmoothing  # 1.9 s that only long series need

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of convergence; the back-test judges what comes out
        fitted = ExponentialSmoothing(
            values,
            trend="add",
            damped_trend=True,
            seasonal="add",
            seasonal_periods=SEASON,
            initialization_method="estimated",
        ).fit()
        return np.asarray(fitted.forecast(steps), dtype="float64")


def seasonal_naive(values: Values, steps: int) -> Values:
    """Forecast each month by the same month of the last year.

    Examples
    --------
    >>> seasonal_naive(np.arange(24.0), 3)
    array([12., 13., 14.])
    """
    return np.resize(values[-SEASON:], steps)


def outlook(
    series: pd.DataFrame,
    *,
    horizon: int = HORIZON,
    is_stock: bool = False,
    model: Model = holt_winters,
    rules: ReportingRules = STANDARD,
) -> Outlook | Refusal:
    """Give the coming months of a monthly count, or the reason why not.

    Parameters
    ----------
    series : DataFrame
        ``period`` (months, none left out), ``value``, ``received``, ``expected``: as from
        `literasi.domain.reports.monthly`.
    horizon : int
        Months ahead, 1 to 12.
    is_stock : bool
        Whether the values are a state at the end of a month.
    model : callable
        What is tried beside the seasonal naive way from 36 months on: values and months ahead to a forecast.

    Returns
    -------
    Outlook or Refusal

    Raises
    ------
    ValueError
        If `horizon` is out of range or the periods are not months: a year has no outlook.

    Notes
    -----
    The band is symmetric: the 80 % quantile of the absolute errors of the back-test, at its place among
    n + 1 (``method="weibull"``), which for errors that could come in any order holds for at least 80 % of
    new ones. For seasonal naive there is one error for each month with the same month a year before, whatever
    the horizon up to twelve; for the model they are taken by horizon and never shrink.
    """
    if not 1 <= horizon <= SEASON:
        raise ValueError(f"horizon must be 1 to {SEASON}")
    if not series["period"].str.fullmatch(r"\d{4}-\d{2}").all():
        raise ValueError("only months have an outlook")
    if is_stock:
        return Refusal("stock")
    run = _run(series, rules)
    if isinstance(run, Refusal):
        return run
    values = run["value"].to_numpy(dtype="float64")
    if (average := float(np.mean(values[-SEASON:]))) < MINIMUM_BASE:
        return Refusal("small", has=int(average), needs=MINIMUM_BASE)
    method: Method = "seasonal_naive"
    ahead, widths = seasonal_naive(values, horizon), _naive_widths(values, horizon)
    backtest = Backtest(float(np.mean(_naive_errors(values))), None, len(values) - SEASON)
    if len(values) >= MODEL_AT_LEAST:
        errors = _rolling_errors(values, horizon, model)
        naive, tried = _mean(_rolling_errors(values, horizon, seasonal_naive)), _mean(errors)
        forecast = model(values, horizon)
        is_sound = bool(np.isfinite(forecast).all() and np.isfinite(tried))
        backtest = Backtest(naive, tried if is_sound else None, sum(map(len, errors)))
        if is_sound and tried < naive:
            method, ahead = "holt_winters", forecast
            widths = np.maximum.accumulate([_quantile(at) for at in errors])
    last = str(run["period"].iloc[-1])
    return Outlook(
        pd.DataFrame(
            {
                "period": pd.Series(_after(last, horizon), dtype="str"),
                "value": np.maximum(ahead, 0.0),
                "low": np.maximum(ahead - widths, 0.0),
                "high": np.maximum(ahead + widths, 0.0),
            }
        ),
        method,
        str(run["period"].iloc[0]),
        last,
        len(run),
        backtest,
    )


def _run(series: pd.DataFrame, rules: ReportingRules) -> pd.DataFrame | Refusal:
    """The unbroken run of comparable months up to the newest, if it is long enough."""
    if series["value"].notna().sum() == 0:
        return Refusal("empty")
    rows = series.reset_index(drop=True)
    broken = [_broken(row, rules) for row in rows.to_dict("records")]
    late = next((n for n, reason in enumerate(reversed(broken)) if reason is None), len(broken))
    if late > LATE_AT_MOST:
        newest = "" if late == len(broken) else str(rows["period"].iloc[-late - 1])
        return Refusal("late", has=late, needs=LATE_AT_MOST, period=newest)
    end = len(rows) - late
    start = next((n + 1 for n in range(end - 1, -1, -1) if broken[n] is not None), 0)
    if end - start >= NAIVE_AT_LEAST:
        return rows.iloc[start:end]
    if start == 0:
        return Refusal("short", has=end)
    at = rows.iloc[start - 1]
    reason = broken[start - 1] or "short"
    part = share(at["received"], at["expected"]) if reason == "thin" else None
    return Refusal(reason, has=end - start, period=str(at["period"]), share=part)


def _broken(row: dict[Any, Any], rules: ReportingRules) -> Reason | None:
    """Why a month is not comparable; None if it is."""
    if pd.isna(row["value"]):
        return "hole"
    part = share(row["received"], row["expected"])
    if part is None:
        return "unexpected"
    return "thin" if part < rules.provisional_below else None


def _naive_errors(values: Values) -> Values:
    return np.abs(values[SEASON:] - values[:-SEASON])


def _naive_widths(values: Values, horizon: int) -> Values:
    return np.full(horizon, _quantile(_naive_errors(values)))


def _rolling_errors(values: Values, horizon: int, forecast: Model) -> list[Values]:
    """Absolute errors by months ahead, forecast from each of the newest months by what was known then."""
    origins = range(max(NAIVE_AT_LEAST, len(values) - ORIGINS_AT_MOST), len(values))
    tried = [
        np.abs(forecast(values[:origin], min(horizon, len(values) - origin)) - values[origin:][:horizon])
        for origin in origins
    ]
    return [np.array([errors[step] for errors in tried if len(errors) > step]) for step in range(horizon)]


def _mean(errors: list[Values]) -> float:
    return float(np.mean(np.concatenate(errors)))


def _quantile(errors: Values) -> float:
    return float(np.quantile(errors, LEVEL, method="weibull"))


def _after(last: str, count: int) -> list[str]:
    out = [Period.parse(last).next()]
    while len(out) < count:
        out.append(out[-1].next())
    return [str(month) for month in out]
