"""A foreign file as it was read: sheets of cells, each where the file shows it. Nothing is interpreted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from openpyxl.utils import get_column_letter

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
Kind = Literal["xlsx", "xls", "ods", "csv", "html", "json"]


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, 1-based and inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, table or list of records.

    Attributes
    ----------
    name : str
        As the file has it; for a file without sheets, the name of the file without its ending.
    rows : sequence of sequence of Cell
        Row 1 of the file is ``rows[0]``, column A is ``rows[i][0]``; all rows are equally long. The
        cells of a merged area all hold its value. Of a JSON list row 1 holds the keys.
    merged : tuple of Area
        Merged areas.
    hidden_rows, hidden_columns : frozenset of int
        1-based. They are read like the others; the operator is told.
    unfilled_formulas : tuple of (int, int)
        Row and column of formulas without a stored value: the cell reads as empty.
    is_hidden : bool
        Whether the sheet is hidden.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    unfilled_formulas: tuple[tuple[int, int], ...] = ()
    is_hidden: bool = False

    def origin(self, row: int, column: int = 0, heading: str = "") -> tuple[int, int, str]:
        """Give where the file has a cell: row, column and heading. Here, where it stands."""
        return row, column, heading

    def column_of(self, column: int) -> int:
        """Give the column of this sheet in which a column of the file is read. Here, the same."""
        return column


@dataclass(frozen=True, slots=True)
class File:
    """A file that could be read.

    Attributes
    ----------
    name : str
        Without folder.
    kind : str
        What it is, whatever its ending says.
    data : bytes
        As it came.
    sha256 : str
        Of `data`, hexadecimal.
    sheets : tuple of Sheet
        In the order of the file; without wholly empty ones.
    counts_from_1904 : bool
        Whether numbers that are dates count from 1904 (old Macintosh workbooks), else from 1900.
    """

    name: str
    kind: Kind
    data: bytes
    sha256: str
    sheets: tuple[Sheet, ...]
    counts_from_1904: bool = False


def cell_name(row: int, column: int) -> str:
    """Give the name of a cell as a workbook shows it.

    >>> cell_name(12, 3)
    'C12'
    """
    return f"{get_column_letter(column)}{row}"
