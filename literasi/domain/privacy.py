"""Counts of people that are too small to be shown, and the cells hidden to protect them.

A person could be recognised in a cell of one or two. Hiding that cell alone is not enough: the reader
subtracts what is shown from a shown total. So further cells are hidden until subtraction gives nothing.

The reader we guard against sees every cell and total that is not hidden, knows that zeros are shown
(a hidden cell holds at least one person) and solves all equations "the parts add up to their total"
of the table at once. After `suppress` that reader finds

* for every hidden cell at least two possible values, and
* for every cell hidden because it is small (``primary``) a possible value of `threshold` or more, so not
  even that it is small.

Not guarded against: a reader who knows some of the people; one who re-runs the choice of the cells
(so ``reason`` is not for the screen); and one who compares two tables. Two views of the same people that
differ in a filter are two tables. Count by the filter and the dimension together, suppress that table
and show the filter's part of it.

A zero stays visible. "No one of this role came" says nothing about a person at the event, and a hidden
zero would have to be told apart from a library that sent no list. What a zero gives away is taken into
account: where the only other cell of a line is hidden, the line's total is hidden too.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

import pandas as pd

THRESHOLD_INTERNAL = 5
THRESHOLD_PUBLIC = 10

TOTAL = "total"
"""Value of a grouping column in the rows that hold totals."""

Reason = Literal["", "primary", "secondary"]

# Totals are what a reader looks for first: they are given up only where no cell can be.
_TOTAL_COST = 10**6


@dataclass(slots=True)
class _Cell:
    """A cell as an arc between the two lines it belongs to.

    `value` is what the table holds; `moved` what the current trial adds to it. A total counts negatively
    in its lines, which turns the equations of the whole table, totals included, into the balance of flows
    of a network: what one cell of a line gains another must lose.
    """

    tail: str
    head: str
    value: int
    sign: int
    cost: int
    reason: Reason = ""
    moved: int = 0

    @property
    def spare(self) -> int:
        """How many people may be taken from the cell, of which the reader knows that one is left."""
        return self.value + self.moved - 1


def is_small(people: float, *, threshold: int) -> bool:
    """Whether a count of people, or a mean or rate over so many of them, must not be shown; 0 may."""
    return 0 < people < threshold


@dataclass(frozen=True, slots=True)
class Size:
    """How many people a mean is of: exactly `at_least`, or that and more."""

    at_least: int
    is_exact: bool


def size(n: int, *, of: int, threshold: int) -> Size | None:
    """Say how many of `of` people a mean is of, without giving away how many it is not of.

    Parameters
    ----------
    n : int
        People whose value is known.
    of : int
        People in the group; the reader knows it.
    threshold : int

    Returns
    -------
    Size or None
        None where `n` is too small, or where saying that it is not would show that the rest is few.
    """
    rest = of - n
    if is_small(n, threshold=threshold) or n == 0:
        return None
    if not is_small(rest, threshold=threshold):
        return Size(n, is_exact=True)
    # The rest is few. The floor is the same for any few, and for `threshold`, so that it tells nothing more.
    floor = of - threshold
    return Size(floor, is_exact=False) if floor >= threshold else None


def suppress(counts: pd.DataFrame, *, threshold: int, group: Sequence[str], value: str = "n") -> pd.DataFrame:
    """Hide small counts of people and whatever would give them away.

    Parameters
    ----------
    counts : DataFrame
        One row per cell: the columns `group` (text, none missing) and `value` (whole people).
        A combination that is not there is 0.
    threshold : int
        Smallest count that may be shown: `THRESHOLD_INTERNAL`, or `THRESHOLD_PUBLIC` outside the office.
    group : sequence of str
        One or two columns.
    value : str
        Column of the counts.

    Returns
    -------
    DataFrame
        Every combination in order of first appearance, and the totals (rows whose grouping column is
        `TOTAL`): `group`, `value` (float, NaN where hidden), ``is_total``, ``is_suppressed``, ``reason``
        (``primary``, ``secondary`` or empty).

    Raises
    ------
    ValueError
        If there are not one or two grouping columns, a cell is repeated, a count is missing, negative or
        not whole, or a group is called `TOTAL`.

    Notes
    -----
    For each small cell the least costly way is sought to move people around closed loops of cells so that
    the cell could hold `threshold`; the cells on those loops are hidden (Dijkstra's paths, one after the
    other, until enough can move). Each loop is a second solution of the table's equations, which is the
    proof of both promises of this module. Hiding more never makes a hidden cell easier to find.
    """
    names = list(group)
    cells = _cells(counts, names, value)
    for cell in cells.values():
        if is_small(cell.value, threshold=threshold):
            cell.reason = "primary"
    for cell in cells.values():
        if cell.reason == "primary":
            _protect(cell, cells.values(), need=threshold - cell.value)
    rows = [
        {
            **dict(zip(names, key, strict=True)),
            value: float(cell.value) if not cell.reason else float("nan"),
            "is_total": TOTAL in key,
            "is_suppressed": bool(cell.reason),
            "reason": cell.reason,
        }
        for key, cell in cells.items()
    ]
    types = {**dict.fromkeys(names, "str"), value: "float64", "is_total": "bool", "is_suppressed": "bool"}
    columns = [*names, value, "is_total", "is_suppressed", "reason"]
    return pd.DataFrame(rows, columns=columns).astype({**types, "reason": "str"})


def _cells(counts: pd.DataFrame, names: list[str], value: str) -> dict[tuple[str, ...], _Cell]:
    """Complete the grid with zeros and totals."""
    if len(names) not in (1, 2):
        raise ValueError(f"one or two grouping columns, not {len(names)}")
    keys = [tuple(str(part) for part in key) for key in counts[names].itertuples(index=False)]
    numbers = pd.to_numeric(counts[value]).astype("float64")
    if counts[names].isna().to_numpy().any() or len(set(keys)) != len(keys):
        raise ValueError(f"each cell of {names} once, and none without a name")
    if any(TOTAL in key for key in keys):
        raise ValueError(f"no group may be called {TOTAL}")
    if not ((numbers >= 0) & (numbers % 1 == 0)).all():
        raise ValueError("counts are whole and not negative")
    given = {key: int(number) for key, number in zip(keys, numbers, strict=True)}
    groups = [list(dict.fromkeys(key[i] for key in keys)) for i in range(len(names))]
    sums: dict[tuple[str, ...], int] = {}
    for key in product(*([*members, TOTAL] for members in groups)):
        parts = product(*([part] if part != TOTAL else groups[i] for i, part in enumerate(key)))
        sums[key] = sum(given.get(part, 0) for part in parts)
    return {key: _cell(key, number) for key, number in sums.items()}


def _cell(key: tuple[str, ...], number: int) -> _Cell:
    totals = key.count(TOTAL)
    # A one-way table has one line; its cells lead from that line to nowhere in particular.
    tail, head = (f"row {key[0]}", f"column {key[1]}") if len(key) == 2 else ("line", "outside")
    # A grand total of two ways is a total in both its lines: it counts positively again.
    return _Cell(tail, head, number, sign=-1 if totals == 1 else 1, cost=number + totals * _TOTAL_COST)


def _protect(cell: _Cell, cells: Collection[_Cell], *, need: int) -> None:
    """Hide cells until `need` more people could be in `cell`."""
    others = [other for other in cells if other is not cell and other.value > 0]
    for other in others:
        other.moved = 0
    start, goal = (cell.head, cell.tail) if cell.sign > 0 else (cell.tail, cell.head)
    while need > 0:
        path = _path(others, start, goal)
        step = min([need, *(other.spare for other, change in path if change < 0)])
        for other, change in path:
            other.moved += change * step
            other.reason = other.reason or "secondary"
        need -= step


def _path(cells: Collection[_Cell], start: str, goal: str) -> list[tuple[_Cell, int]]:
    """Find the least costly chain of cells from one line to another, each with its change (+1 or -1).

    Visible cells cost what would be lost with them, hidden ones nothing. There always is a chain: totals
    of lines that are not empty may rise without limit.
    """
    arcs: dict[str, list[tuple[str, _Cell, int]]] = {}
    for cell in cells:
        arcs.setdefault(cell.tail, []).append((cell.head, cell, cell.sign))
        arcs.setdefault(cell.head, []).append((cell.tail, cell, -cell.sign))
    best = {start: 0}
    came: dict[str, tuple[str, _Cell, int]] = {}
    queue = [(0, start)]
    while queue:
        cost, line = heapq.heappop(queue)
        if line == goal:
            break
        if cost > best[line]:
            continue
        for other, cell, change in arcs[line]:
            reached = cost + (0 if cell.reason else cell.cost)
            if (change > 0 or cell.spare > 0) and reached < best.get(other, reached + 1):
                best[other] = reached
                came[other] = (line, cell, change)
                heapq.heappush(queue, (reached, other))
    path = []
    line = goal
    while line != start:
        line, cell, change = came[line]
        path.append((cell, change))
    return path
