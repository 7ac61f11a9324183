"""Tables as an Excel workbook: real numbers with formats, and texts that are never run."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from literasi.text import t

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_DATE = "yyyy-mm-dd"
_FORBIDDEN_IN_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_TITLE_LENGTH = 31
_NARROWEST, _WIDEST = 8, 60


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and how the spreadsheet writes it; the reader's own settings give the separators.

    Attributes
    ----------
    value : float or None
        None is an empty cell, never 0.
    form : str
        Format code of Excel.
    """

    value: float | None
    form: str


Value = str | int | float | bool | dt.date | Figure | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: lines above, a heading row, rows.

    Attributes
    ----------
    title : str
        Name of its tab; what Excel does not allow in one is replaced, and it is cut to 31 characters.
    headings : sequence of str
    rows : sequence of sequence of Value
        As long as `headings`.
    above : sequence of str
        What it is, and the mark of synthetic data: read before any number.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    above: Sequence[str] = ()


def figure(value: float | None, decimals: int = 0) -> Figure:
    """Give a number with that many decimals."""
    return Figure(value, "#,##0" + ("." + "0" * decimals if decimals else ""))


def percentage(share: float | None, decimals: int = 1) -> Figure:
    """Give a share (1 = 100 %) as a percentage."""
    return Figure(share, "0" + ("." + "0" * decimals if decimals else "") + "%")


def source_sheet(sources: Iterable[Mapping[str, Any]]) -> Sheet:
    """Give the sheet that lists publications: rows of the table ``sources``."""
    columns = ("source_id", "publisher", "title", "published_on", "url", "licence")
    return Sheet(
        t("source.heading"),
        [t(f"column.{column}") for column in columns],
        [[_plain(source.get(column)) for column in columns] for source in sources],
    )


def workbook_bytes(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """Write sheets as an XLSX file.

    Parameters
    ----------
    sheets : sequence of Sheet
        At least one.
    title : str
        Property of the file.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        If there is no sheet, or a row is not as long as its headings.

    Notes
    -----
    Text stays text whatever it begins with: its cells are typed and marked so, no formula is ever written.
    """
    if not sheets:
        raise ValueError("a workbook needs a sheet")
    book = Workbook()
    book.properties.title, book.properties.creator = _clean(title), _clean(t("app.title"))
    del book[book.sheetnames[0]]
    for sheet in sheets:
        name = sheet.title.translate(_FORBIDDEN_IN_TITLE)[:_TITLE_LENGTH]
        _fill(book.create_sheet(_clean(name)), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for number, line in enumerate(sheet.above, start=1):
        cell = _at(page, number, 1)
        _write(cell, line)
        cell.font = Font(bold=number == 1)
    top = len(sheet.above) + 1
    for column, heading in enumerate(sheet.headings, start=1):
        cell = _at(page, top, column)
        _write(cell, heading)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="FFE3EEF3")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(sheet.rows, start=top + 1):
        for column, (_, value) in enumerate(zip(sheet.headings, row, strict=True), start=1):
            cell = _at(page, number, column)
            _write(cell, value)
            cell.alignment = Alignment(wrap_text=isinstance(value, str), vertical="top")
    page.freeze_panes = f"A{top + 1}"
    for place, heading in enumerate(sheet.headings):
        longest = max(len(str(text)) for text in (heading, *(_shown(row[place]) for row in sheet.rows)))
        page.column_dimensions[get_column_letter(place + 1)].width = min(
            max(longest + 2, _NARROWEST), _WIDEST
        )


def _at(page: Worksheet, row: int, column: int) -> Cell:
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)  # nothing is merged
    return cell


def _write(cell: Cell, value: Value) -> None:
    if isinstance(value, Figure):
        cell.value, cell.number_format = value.value, value.form
    elif isinstance(value, str):
        cell.value = _clean(value)
        cell.data_type = "s"  # openpyxl makes a formula of what begins with "="
        cell.quotePrefix = True  # stays text when the cell is edited
    else:
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = _DATE


def _shown(value: Value) -> Value:
    return value.value if isinstance(value, Figure) else value


def _plain(value: object) -> Value:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    return value.date() if isinstance(value, pd.Timestamp) else str(value)


def _clean(text: str) -> str:
    """Leave out control characters, which no workbook may hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)
