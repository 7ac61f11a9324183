"""From loose cells to a `Sheet`: equally long rows, no empty right and lower edge, merged areas filled."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence

from literasi.intake.errors import IntakeError
from literasi.intake.reading.limits import MAX_CELLS, Room
from literasi.intake.sheets import Area, Cell, Sheet

BROKEN = "\ufffd"
"""Stands for what no text may hold: `layout.find` reports it."""

_EXACT = 2**53
_IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")


def text_of(text: str) -> str:
    """Replace NUL and lone surrogates, which neither a database nor UTF-8 can hold."""
    return _IMPOSSIBLE.sub(BROKEN, text)


def plain(value: Cell) -> Cell:
    """Give a cell as the shared types want it: no empty text, whole numbers as `int`, no infinity."""
    if type(value) is str:
        if "\0" in value:
            return text_of(value)
        return value or None
    if type(value) is float:
        if value.is_integer() and -_EXACT < value < _EXACT:
            return int(value)
        if not math.isfinite(value):
            return str(value)
    return value


def percent(value: float) -> str:
    """Write a share as the percentage that its cell shows, exactly.

    >>> percent(0.125)
    '12,5%'
    >>> percent(0.12345)
    '12,3450%'

    Three decimals get a fourth, so that the comma cannot be taken for a thousands separator.
    """
    shown = f"{round(value * 100, 10):.10f}".rstrip("0").rstrip(".")
    whole, _, decimals = shown.partition(".")
    if len(decimals) == 3:
        decimals += "0"
    return f"{whole},{decimals}%" if decimals else f"{whole}%"


def sheet_of(
    name: str,
    rows: list[list[Cell]],
    *,
    room: Room,
    file: str,
    merged: Iterable[Area] = (),
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
    unfilled_formulas: Iterable[tuple[int, int]] = (),
    is_hidden: bool = False,
) -> Sheet | None:
    """Give a sheet, or None if it has no cell.

    Parameters
    ----------
    name : str
    rows : list of list of Cell
        Already `plain`; may be of different lengths. Changed in place.
    room : Room
        Counts the cells.
    file : str
        For the message of an error.
    merged, hidden_rows, hidden_columns, unfilled_formulas, is_hidden
        As in `Sheet`; what lies outside the cells is left out.

    Raises
    ------
    IntakeError
        If there are too many rows, columns or cells.
    """
    formulas = tuple(dict.fromkeys(unfilled_formulas))
    height, width = 0, 0
    for number, row in enumerate(rows, 1):
        last = len(row)
        while last and row[last - 1] is None:
            last -= 1
        if last:
            height, width = number, max(width, last)
    for row_number, column in formulas:
        height, width = max(height, row_number), max(width, column)
    if not height:
        return None
    room.take(name, height, width)
    del rows[height:]
    rows.extend([] for _ in range(height - len(rows)))
    for row in rows:
        del row[width:]
        row.extend([None] * (width - len(row)))
    areas = tuple(
        Area(a.first_row, a.first_column, min(a.last_row, height), min(a.last_column, width))
        for a in sorted(merged, key=lambda area: (area.first_row, area.first_column))
        if 1 <= a.first_row <= min(a.last_row, height) and 1 <= a.first_column <= min(a.last_column, width)
    )
    _fill(rows, areas, lambda: IntakeError("too_many_cells", file=file, sheet=name, limit=MAX_CELLS))
    return Sheet(
        name=name,
        rows=rows,
        merged=areas,
        hidden_rows=frozenset(n for n in hidden_rows if 1 <= n <= height),
        hidden_columns=frozenset(n for n in hidden_columns if 1 <= n <= width),
        unfilled_formulas=formulas,
        is_hidden=is_hidden,
    )


def _fill(rows: list[list[Cell]], areas: Sequence[Area], refuse: Callable[[], IntakeError]) -> None:
    filled = 0
    for area in areas:
        filled += (area.last_row - area.first_row + 1) * (area.last_column - area.first_column + 1)
        if filled > MAX_CELLS:  # areas that overlap could be written again and again
            raise refuse()
        value = rows[area.first_row - 1][area.first_column - 1]
        columns = slice(area.first_column - 1, area.last_column)
        for row in rows[area.first_row - 1 : area.last_row]:
            row[columns] = [value] * (columns.stop - columns.start)
