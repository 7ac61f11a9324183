"""Reports that lie far from what the same library usually reports: to be asked about, never to be dropped."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

THRESHOLD: Final = 3.5
"""Modified z-score beyond which a value is an outlier."""
MINIMUM: Final = 7
"""Reports of a library, this one among them, that a judgement needs: with fewer nothing is usual yet."""
NEAREST: Final = 25
"""Reports that a value is compared with, itself among them: those nearest in time, about a year each way."""
STEADIEST: Final = 2.0
"""However steady a library is, half to twice its median is not an outlier: seasons move visits by as much."""

_NORMAL = 0.6745  # the median absolute deviation of a normal distribution of spread 1

RANGES: Final = {
    "library_id": "str",
    "month": "datetime64[us]",
    "value": "float64",
    "expected_low": "float64",
    "expected_high": "float64",
    "score": "float64",
}

Numbers = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]


def outliers(reports: pd.DataFrame) -> pd.DataFrame:
    """Give the reports outside the usual range of their library.

    Parameters
    ----------
    reports : DataFrame
        As for `usual_ranges`.

    Returns
    -------
    DataFrame
        The rows of `usual_ranges` whose ``score`` is beyond `THRESHOLD`, farthest first.
    """
    rows = usual_ranges(reports)
    far = rows[rows["score"].abs() > THRESHOLD]
    order = far["score"].abs().sort_values(ascending=False, kind="stable").index
    return far.loc[order].reset_index(drop=True)


def usual_ranges(reports: pd.DataFrame) -> pd.DataFrame:
    """Judge every report by the reports of the same library around it.

    Parameters
    ----------
    reports : DataFrame
        ``library_id``, ``month`` (first day) and ``value`` (a count, 0 or more), at most one row per library
        and month; of one library or of many. A row without a value is no report.

    Returns
    -------
    DataFrame
        Columns `RANGES`, one row per report with a value, in order of library and month. ``expected_low`` and
        ``expected_high`` are whole numbers, both still usual; they and ``score`` are missing where a library
        has fewer than `MINIMUM` reports. ``score`` is negative below the median.

    Notes
    -----
    The modified z-score ``0.6745 (x - median) / MAD`` with its limit 3.5: Iglewicz & Hoaglin, How to Detect
    and Handle Outliers, ASQC 1993; a single wrong value cannot hide itself, as it does from mean and standard
    deviation. Three choices are this dashboard's own:

    - ``x`` is log(1 + count): visits differ by factors, not by differences. Months are not compared with the
      same month of other years: few libraries have enough of them, and Ramadan moves through the calendar.
    - Only the `NEAREST` reports count, so that a library that grew for good is not an outlier ever after.
    - The spread is never taken smaller than chance gives a count (1/√(1 + median) on the log scale) nor than
      what `STEADIEST` allows. That also decides where MAD is 0, as in a library that always reports the same.
    """
    known = reports.loc[reports["value"].notna(), ["library_id", "month", "value"]]
    library, _ = pd.factorize(known["library_id"], sort=True)
    order = np.lexsort((known["month"].to_numpy(), library))
    known = known.iloc[order].reset_index(drop=True)
    out = known.astype({name: dtype for name, dtype in RANGES.items() if name in known})
    logs = np.log1p(out["value"].to_numpy())
    around, count = _around(library[order], logs)
    middle = _median(around, count)
    spread = _median(np.abs(around - middle[:, None]), count) / _NORMAL
    spread = np.maximum(spread, np.maximum(np.exp(-middle / 2), np.log(STEADIEST) / THRESHOLD))
    is_judged = count >= MINIMUM
    out["expected_low"] = np.where(is_judged, np.ceil(np.expm1(middle - THRESHOLD * spread)).clip(0), np.nan)
    out["expected_high"] = np.where(is_judged, np.floor(np.expm1(middle + THRESHOLD * spread)), np.nan)
    out["score"] = np.where(is_judged, (logs - middle) / spread, np.nan)
    return out


def _around(library: Positions, values: Numbers) -> tuple[Numbers, Positions]:
    """Give the values around each value, one row each, NaN behind them; and how many there are.

    `library` is 0, 1, 2 … in that order.
    """
    size = np.bincount(library)
    position = np.arange(len(library)) - np.repeat(size.cumsum() - size, size)
    size = size[library]
    count = np.minimum(size, NEAREST)
    first = np.arange(len(values)) - position + np.clip(position - NEAREST // 2, 0, size - count)
    steps = np.arange(NEAREST)
    index = np.minimum(first[:, None] + steps, max(len(values) - 1, 0))
    return np.where(steps < count[:, None], values[index], np.nan), count


def _median(rows: Numbers, count: Positions) -> Numbers:
    """Median of the first values of each row that are known; NaN sorts behind them."""
    ordered = np.sort(rows, axis=1)
    at = np.arange(len(ordered))
    middle: Numbers = (ordered[at, (count - 1) // 2] + ordered[at, count // 2]) / 2
    return middle
