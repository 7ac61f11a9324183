"""Workbooks: values by calamine, and what it does not tell by a look into the file itself.

Of XLSX: hidden sheets, rows and columns, merged areas, formulas without value, errors, percentages,
and the year that dates count from. Of XLS: the same but formulas without value (the format always
stores one, 0 where nothing was calculated). Not seen in either: rows of height 0 and columns of
width 0 that are not marked as hidden. ODS is read in `opendocument`.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import NoReturn, Protocol

import python_calamine as calamine

from literasi.intake.errors import IntakeError
from literasi.intake.reading import apart, biff, spreadsheetml
from literasi.intake.reading.archive import Archive
from literasi.intake.reading.cells import percent, plain, sheet_of
from literasi.intake.reading.compound import Compound, CompoundError
from literasi.intake.reading.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Room
from literasi.intake.sheets import Area, Cell, Sheet

_STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_OTHERS = (
    ("WordDocument", "Microsoft Word (DOC)"),
    ("PowerPoint Document", "Microsoft PowerPoint (PPT)"),
    ("__substg1.0_", "Microsoft Outlook (MSG)"),
    ("WksSSWorkBook", "Microsoft Works (XLR)"),
)
_MAX_SHEETS = 256
_MAX_SECONDS = 120

_Raw = tuple[int, str, bool, list[list[Cell]], list[tuple[int, int, int, int]]]
"""Place, name, whether it is visible, rows and merged areas of a sheet."""


def read_xlsx(file: str, data: bytes, archive: Archive, room: Room) -> tuple[tuple[Sheet, ...], bool]:
    """Read an XLSX workbook: its sheets, and whether dates count from 1904.

    Raises
    ------
    IntakeError
        If it is damaged or too large.
    """
    look = spreadsheetml.look(file, archive, room)

    def seen(_place: int, name: str) -> spreadsheetml.SheetLook:
        return look.sheets.get(name, spreadsheetml.SheetLook())

    sources = _here(file, data) if look.is_regular else _apart(file, data, "XLSX")
    return _sheets(file, sources, room, seen), look.counts_from_1904


def read_xls(file: str, data: bytes, room: Room) -> tuple[tuple[Sheet, ...], bool]:
    """Read an XLS workbook: its sheets, and whether dates count from 1904.

    Raises
    ------
    IntakeError
        If it is another kind of compound file, protected by a password, damaged, or too large.
    """
    try:
        compound = Compound(data)
    except CompoundError as error:
        raise IntakeError("damaged", file=file, what="XLS") from error
    name = next((name for name in _STREAMS if name in compound.names), "")
    if not name:
        _refuse(file, compound.names)
    try:
        look = biff.look(compound.stream(name))
    except CompoundError as error:
        raise IntakeError("damaged", file=file, what="XLS") from error
    if look.is_protected:
        raise IntakeError("password", file=file)
    if len(look.sheets) > _MAX_SHEETS:
        raise IntakeError("damaged", file=file, what="XLS")
    spans = Room(file)  # calamine allots all rectangles at once, also those of sheets that are mostly empty
    for number, sheet in enumerate(look.sheets, 1):
        spans.take(str(number), sheet.last_row, sheet.last_column)

    def seen(place: int, _name: str) -> biff.SheetLook:
        return look.sheets[place] if place < len(look.sheets) else biff.SheetLook()

    return _sheets(file, _apart(file, data, "XLS"), room, seen), look.counts_from_1904


def _refuse(file: str, streams: frozenset[str]) -> NoReturn:
    if "EncryptedPackage" in streams:
        raise IntakeError("password", file=file)
    for stream, what in _OTHERS:
        if any(name.startswith(stream) for name in streams):
            raise IntakeError("wrong_type", file=file, what=what)
    raise IntakeError("unknown_type", file=file)


class _Look(Protocol):
    """What both looks tell."""

    hidden_rows: list[int]
    hidden_columns: list[int]
    percents: list[tuple[int, int]]
    errors: list[tuple[int, int, str]]
    unfilled: list[tuple[int, int]]


def _here(file: str, data: bytes) -> list[_Raw]:
    """Let calamine read in this process."""
    try:
        return apart.sheets_of(data, MAX_CELLS)
    except OverflowError as error:
        raise IntakeError("too_many_cells", file=file, sheet="?", limit=MAX_CELLS) from error
    except calamine.PasswordError as error:
        raise IntakeError("password", file=file) from error
    except Exception as error:
        raise IntakeError("damaged", file=file, what="XLSX") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a fault inside calamine arrives; not an Exception
            raise
        raise IntakeError("damaged", file=file, what="XLSX") from error


def _apart(file: str, data: bytes, kind: str) -> list[_Raw]:
    """Let calamine read in a process of its own, which a damaged file may end."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", apart.__file__, str(MAX_CELLS)],
            input=data,
            capture_output=True,
            timeout=_MAX_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise IntakeError("damaged", file=file, what=kind) from error
    if done.returncode == apart.PASSWORD:
        raise IntakeError("password", file=file)
    if done.returncode == apart.TOO_MANY_CELLS:
        raise IntakeError("too_many_cells", file=file, sheet="?", limit=MAX_CELLS)
    if done.returncode:
        raise IntakeError("damaged", file=file, what=kind)
    sheets: list[_Raw] = pickle.loads(done.stdout)
    return sheets


def _sheets(
    file: str, sources: list[_Raw], room: Room, seen: Callable[[int, str], _Look]
) -> tuple[Sheet, ...]:
    sheets: list[Sheet] = []
    while sources:
        place, name, is_visible, values, merged = sources.pop(0)  # what is taken over need not be kept twice
        look = seen(place, name)
        rows = [[plain(cell) for cell in row] for row in values]
        _patch(rows, look)
        sheet = sheet_of(
            name,
            rows,
            room=room,
            file=file,
            merged=[Area(*area) for area in merged],
            hidden_rows=look.hidden_rows,
            hidden_columns=look.hidden_columns,
            unfilled_formulas=look.unfilled,
            is_hidden=not is_visible,
        )
        if sheet is not None:
            sheets.append(sheet)
    return tuple(sheets)


def _patch(rows: list[list[Cell]], look: _Look) -> None:
    """Write what calamine does not tell: errors as their text, shares as the percentage they show."""
    for row, column, text in look.errors:
        _put(rows, row, column, text)
    for row, column in look.percents:
        if row <= len(rows) and column <= len(rows[row - 1]):
            value = rows[row - 1][column - 1]
            if type(value) is int or type(value) is float:
                rows[row - 1][column - 1] = percent(value)


def _put(rows: list[list[Cell]], row: int, column: int, text: str) -> None:
    if row > MAX_ROWS or column > MAX_COLUMNS:
        return
    rows.extend([] for _ in range(row - len(rows)))
    cells = rows[row - 1]
    cells.extend([None] * (column - len(cells)))
    cells[column - 1] = text
