"""What a random sample allows to be said: the interval of a value and the margin of a difference.

Only shares carry an interval here: their spread follows from the share and n. The spread of an index is not
in the data, and without it there is no interval (methodology §9). Nor has a sample not drawn at random.
"""

from __future__ import annotations

import math
from typing import Literal

import pandas as pd

from literasi.domain.indicators import Edition, Indicator

Basis = Literal["exact", "interval", "unknown", "not_random"]

_Z = 1.959963984540054  # 95 %


def basis(indicator: Indicator, edition: Edition) -> Basis:
    """Say what differences between values of an edition rest on.

    Returns
    -------
    str
        ``exact`` where nothing was sampled; ``interval`` for shares from a random sample; ``unknown`` for
        other values from one, whose spread is not in the data; ``not_random`` for any other sample.
    """
    if edition.is_random_sample is None:
        return "exact"
    if not edition.is_random_sample:
        return "not_random"
    return "interval" if indicator.scale == "percent" else "unknown"


def interval(
    value: float | None, n: float | None, *, indicator: Indicator, edition: Edition
) -> tuple[float, float] | None:
    """Wilson's 95 % interval of a percentage from a random sample.

    Parameters
    ----------
    value : float, optional
        0 to 100.
    n : float, optional
        Respondents.

    Returns
    -------
    (float, float) or None
        Percent; None where there is none to give: not a share, not a random sample, or n is not known.

    Notes
    -----
    The design effect is not published, so the sample counts as simple random: the true interval is wider.
    """
    if basis(indicator, edition) != "interval" or not _known(value, n):
        return None
    assert value is not None
    assert n is not None
    p = value / 100
    middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
    return 100 * (middle - half), 100 * (middle + half)


def margin(
    one: tuple[float, float | None],
    other: tuple[float, float | None],
    *,
    indicator: Indicator,
    edition: Edition,
) -> float | None:
    """Smallest difference between two values that is more than chance, in the unit of the indicator.

    Parameters
    ----------
    one, other : (value, n)

    Returns
    -------
    float or None
        ``1.96·√(SE₁² + SE₂²)``; 0 where nothing was sampled; None where it cannot be known.
    """
    rests_on = basis(indicator, edition)
    if rests_on == "exact":
        return 0.0
    if rests_on != "interval" or not all(_known(*sample) for sample in (one, other)):
        return None
    variances = [(value / 100) * (1 - value / 100) / float(n or 0) for value, n in (one, other)]
    return 100 * _Z * math.sqrt(sum(variances))


def _known(value: float | None, n: float | None) -> bool:
    return value is not None and n is not None and not pd.isna(value) and not pd.isna(n) and n > 0
