"""Inequality of a rate between areas: Lorenz curve and Gini coefficient, with what missing rates leave open.

The areas stand in order of their rate. The Lorenz curve joins the points (cumulated share of the weight,
cumulated share of rate × weight); the Gini coefficient is twice the area between it and the diagonal, by
trapezoids: ``1 − Σ (p_k − p_{k−1}) (L_k + L_{k−1})``. With each area one step this is the same as
``Σ_i Σ_j w_i w_j |x_i − x_j| ÷ (2 μ W²)``.

Source: Haughton and Khandker, *Handbook on Poverty and Inequality* (World Bank, 2009), chapter 6, where the
people are our villages or residents and the income is our coverage. It tells of differences between areas
only: what differs within an area is not in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

Range = tuple[float, float]


def lorenz(rates: Sequence[float], *, weights: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Points of the Lorenz curve.

    Parameters
    ----------
    rates : sequence of float
        Rate of each area, not negative, e.g. the share of its villages that are covered.
    weights : sequence of float
        What the rate is a part of: villages or residents; not negative, as long as `rates`. An area without
        any changes nothing.

    Returns
    -------
    tuple of (float, float)
        From (0, 0) to (1, 1): share of the weight, and share of what it has, lowest rates first. Empty
        without any rate above zero where there is weight: nothing is there to be shared.

    Raises
    ------
    ValueError
        If the lengths differ, or a rate or a weight is negative.

    Examples
    --------
    >>> lorenz([0.5, 0.0], weights=[1, 3])
    ((0.0, 0.0), (0.75, 0.0), (1.0, 1.0))
    """
    if len(rates) != len(weights):
        raise ValueError(f"{len(rates)} rates, {len(weights)} weights")
    if any(number < 0 for number in (*rates, *weights)):
        raise ValueError("a rate or a weight is negative")
    pairs = sorted(zip(rates, weights, strict=True))
    whole, held = sum(weight for _, weight in pairs), sum(rate * weight for rate, weight in pairs)
    if not held:
        return ()
    points, reached, has = [(0.0, 0.0)], 0.0, 0.0
    for rate, weight in pairs:
        reached += weight
        has += rate * weight
        points.append((reached / whole, has / held))
    return (*points[:-1], (1.0, 1.0))


def gini(rates: Sequence[float], *, weights: Sequence[float]) -> float | None:
    """Gini coefficient: 0 where all rates are equal, at most 1 − (smallest weight ÷ all weights).

    Parameters
    ----------
    rates, weights : sequence of float
        As for `lorenz`.

    Returns
    -------
    float or None
        None without any rate above zero.

    Examples
    --------
    >>> gini([0.5, 0.0], weights=[1, 3])
    0.75
    """
    points = lorenz(rates, weights=weights)
    if not points:
        return None
    under = sum((p - q) * (a + b) for (q, b), (p, a) in pairwise(points))
    return max(0.0, 1.0 - under)


def gini_range(rates: Sequence[Range], *, weights: Sequence[float]) -> Range | None:
    """Smallest and largest Gini coefficient that rates known only between limits leave open.

    Parameters
    ----------
    rates : sequence of (float, float)
        Lowest and highest rate that each area may have; equal where it is known.
    weights : sequence of float

    Returns
    -------
    (float, float) or None
        None where no rate can be above zero.

    Notes
    -----
    The coefficient is a convex piecewise linear function of the rates over a positive linear one, so it is
    quasi-convex: its largest value stands at a corner of the limits. Of all rates with one sum the most
    equal are those that come nearest to one common level (they are majorised by all others); between two
    limits of areas the coefficient is monotone in that level, so the smallest value stands at one of them.
    """
    free = [i for i, (low, high) in enumerate(rates) if low != high]

    def at(chosen: Sequence[float]) -> float | None:
        return gini(chosen, weights=weights)

    corners = []
    for ends in product((0, 1), repeat=len(free)):
        chosen = [low for low, _ in rates]
        for i, end in zip(free, ends, strict=True):
            chosen[i] = rates[i][end]
        corners.append(at(chosen))
    levels = sorted({limit for pair in rates for limit in pair})
    common = [at([min(max(level, low), high) for low, high in rates]) for level in levels]
    known = [value for value in (*corners, *common) if value is not None]
    return (min(known), max(known)) if known else None
