"""Round values along an axis, and the few classes of a map."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from literasi.maps.colours import class_colours
from literasi.maps.units import class_labels
from literasi.text import number

_TICKS = 5
_INNER_EDGES = 3
_LEAST_SPAN = 0.2
_WHOLE = 100.0


def steps(low: float, high: float, count: int = _TICKS) -> tuple[float, ...]:
    """Give round values that hold a range: 1, 2 or 5 times a power of ten apart.

    Examples
    --------
    >>> steps(0, 9)
    (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
    """
    span = (high - low) or abs(high) or 1.0
    rough = span / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(place * step, 10) for place in range(first, max(last, first + 1) + 1))


def line_steps(values: Sequence[float]) -> tuple[float, ...]:
    """Give round values for the axis of a line, which need not begin at zero.

    Parameters
    ----------
    values : sequence of float

    Returns
    -------
    tuple of float
        As `steps`, but over at least a fifth of the largest value: from 73 to 74 is no leap. What is not
        below 0 keeps an axis that is not, and what is not above 100 one that ends there.

    Notes
    -----
    The fifth is a decision of this dashboard: about 10 to 15 points of an index of 0 to 100.

    Examples
    --------
    >>> line_steps((73.1, 74.2))
    (65.0, 70.0, 75.0, 80.0, 85.0)
    """
    low, high = min(values, default=0.0), max(values, default=1.0)
    wider = max(0.0, _LEAST_SPAN * max(abs(low), abs(high)) - (high - low))
    first, last = low - wider / 2, high + wider / 2
    if low >= 0 > first:
        first, last = 0.0, last - first
    if high <= _WHOLE < last:
        first, last = first - (last - _WHOLE), _WHOLE
    return steps(first, last)


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of the values of one map.

    Attributes
    ----------
    edges : tuple of float
        Where one class ends and the next begins; a value on an edge is in the higher class.
    colours : tuple of str
        One more than `edges`, light to dark.
    keys : tuple of (str, str)
        Each class in words with its count of areas, and its colour.
    """

    edges: tuple[float, ...]
    colours: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]

    def fill(self, value: float | None) -> str | None:
        """Give the colour of a value; None where there is none."""
        return None if value is None else self.colours[bisect_right(self.edges, value)]


def classes(values: Sequence[float | None], *, decimals: int) -> Classes:
    """Divide values into at most four classes at round edges.

    Examples
    --------
    >>> classes((2, 11, 34, None), decimals=0).edges
    (10.0, 20.0, 30.0)
    """
    known = sorted(value for value in values if value is not None)
    edges: tuple[float, ...] = ()
    if len(set(known)) > 1:
        for count in range(_INNER_EDGES + 1, 0, -1):
            edges = tuple(edge for edge in steps(known[0], known[-1], count) if known[0] < edge <= known[-1])
            if 0 < len(edges) <= _INNER_EDGES:
                break
    colours = class_colours(len(edges) + 1)
    counts = [0] * len(colours)
    for value in known:
        counts[bisect_right(edges, value)] += 1
    names = class_labels(edges, decimals) if edges else tuple(number(value, decimals) for value in known[:1])
    if not known:
        return Classes((), colours, ())
    keys = tuple(
        (f"{name} ({count})", colour) for name, count, colour in zip(names, counts, colours, strict=True)
    )
    return Classes(edges, colours, keys)
