"""Shares that keep their parts, and the interval of a mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

ShareState = Literal["none", "k_of_n", "grey", "normal"]

SMALLEST_PERCENTAGE = 10
SMALLEST_NORMAL = 30


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; both are kept, so that a rate is never shown without its base.

    Attributes
    ----------
    numerator, denominator : float
        In the same unit (people, hours, libraries).
    """

    numerator: float
    denominator: float

    @property
    def value(self) -> float:
        """Numerator ÷ denominator, 0 to 1; NaN where there is nothing to divide by."""
        return self.numerator / self.denominator if self.denominator else math.nan

    @property
    def state(self) -> ShareState:
        """How the share may be shown; see `share_state`."""
        return share_state(self.numerator, self.denominator)


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and its confidence limits, in the unit of the values; `n` values were used.

    `low` and `high` are NaN where fewer than two values were given: one value has no spread.
    """

    mean: float
    low: float
    high: float
    n: int


def share_state(numerator: float | None, denominator: float | None) -> ShareState:
    """Say how a share may be shown, by the size of its denominator.

    Parameters
    ----------
    numerator, denominator : float, optional
        Missing where not known.

    Returns
    -------
    str
        ``none``: a part is missing or the denominator is 0; ``k_of_n`` (below 10): in words only;
        ``grey`` (10 to 29): a percentage with its parts, toned down, unranked; ``normal`` (30 and more).

    Notes
    -----
    Source: methodology §9, percentages.
    """
    if numerator is None or denominator is None or pd.isna(numerator) or pd.isna(denominator):
        return "none"
    if denominator <= 0:
        return "none"
    if denominator < SMALLEST_PERCENTAGE:
        return "k_of_n"
    return "grey" if denominator < SMALLEST_NORMAL else "normal"


def mean_interval(values: Sequence[float] | pd.Series[Any], *, confidence: float = 0.95) -> Interval:
    """Mean of independent values with its t-interval.

    Parameters
    ----------
    values : sequence of float
        Missing values are left out.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    Interval
        All NaN where no value is given.

    Raises
    ------
    ValueError
        If `confidence` is not between 0 and 1.

    Notes
    -----
    ``mean ± t(1 - (1 - confidence)/2; n - 1) · s/√n``. No correction for a finite population: the
    participants stand for those whom the same training could reach.
    """
    if not 0 < confidence < 1:
        raise ValueError(confidence)
    known = pd.Series(values, dtype="float64").dropna().to_numpy()
    n = len(known)
    if n < 2:
        return Interval(float(known[0]) if n else math.nan, math.nan, math.nan, n)
    mean = float(known.mean())
    # scipy takes a noticeable part of a second to import and only this line needs it.
    from scipy.special import stdtrit  # type: ignore[import-untyped]

    half = float(stdtrit(n - 1, (1 + confidence) / 2)) * float(known.std(ddof=1)) / float(np.sqrt(n))
    return Interval(mean, mean - half, mean + half, n)


def difference_interval(
    first: Sequence[float] | pd.Series[Any],
    second: Sequence[float] | pd.Series[Any],
    *,
    confidence: float = 0.95,
) -> Interval:
    """Difference of the means of two independent groups, first − second, with Welch's interval.

    Parameters
    ----------
    first, second : sequence of float
        Missing values are left out. The spreads may differ.
    confidence : float
        Between 0 and 1.

    Returns
    -------
    Interval
        `n` is the size of the smaller group. Limits are NaN where a group has fewer than two values, or where
        neither has any spread; all NaN where a group has none.

    Raises
    ------
    ValueError
        If `confidence` is not between 0 and 1.

    Notes
    -----
    ``d ± t(1 - (1 - confidence)/2; f) · √(s₁²/n₁ + s₂²/n₂)`` with the degrees of freedom f of Welch and
    Satterthwaite.
    """
    if not 0 < confidence < 1:
        raise ValueError(confidence)
    groups = [pd.Series(values, dtype="float64").dropna().to_numpy() for values in (first, second)]
    sizes = [len(group) for group in groups]
    if not min(sizes):
        return Interval(math.nan, math.nan, math.nan, 0)
    difference = float(groups[0].mean() - groups[1].mean())
    if min(sizes) < 2:
        return Interval(difference, math.nan, math.nan, min(sizes))
    errors = [float(group.var(ddof=1)) / len(group) for group in groups]
    if not sum(errors) > 0:
        return Interval(difference, math.nan, math.nan, min(sizes))
    freedom = sum(errors) ** 2 / sum(error**2 / (n - 1) for error, n in zip(errors, sizes, strict=True))
    from scipy.special import stdtrit

    half = float(stdtrit(freedom, (1 + confidence) / 2)) * math.sqrt(sum(errors))
    return Interval(difference, difference - half, difference + half, min(sizes))
