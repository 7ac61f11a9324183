"""What calamine does not tell of an XLS workbook: a look at its records.

Source: [MS-XLS], Excel Binary File Format; BIFF5 and BIFF8 have the same records here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_BOF, _EOF, _FILEPASS, _DATE_1904, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0022, 0x0085
_FORMAT, _XF, _ROW, _COLINFO = 0x041E, 0x00E0, 0x0208, 0x007D
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_LABEL, _LABELSST, _RSTRING = 0x0204, 0x00FD, 0x00D6
_CELLS = frozenset({_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR, _LABEL, _LABELSST, _RSTRING})
_PERCENT_FORMATS = (9, 10)
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(slots=True)
class SheetLook:
    """What the records of one sheet say; rows and columns are 1-based."""

    last_row: int = 0
    last_column: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    percents: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    unfilled: list[tuple[int, int]] = field(default_factory=list)
    """Always empty: a formula of this format has a value, 0 where nothing was calculated."""


@dataclass(slots=True)
class Look:
    """What the records of a workbook say.

    Attributes
    ----------
    is_protected : bool
        Whether it is encrypted.
    counts_from_1904 : bool
    sheets : list of SheetLook
        In the order of the workbook.
    """

    is_protected: bool = False
    counts_from_1904: bool = False
    sheets: list[SheetLook] = field(default_factory=list)


def look(stream: bytes) -> Look:
    """Read the records of a workbook stream: its globals, then each sheet from where they say it begins."""
    found = Look()
    places: list[int] = []
    percent_formats = set(_PERCENT_FORMATS)
    formats: list[int] = []
    for kind, body, length in _records(stream, 0):
        if kind == _FILEPASS:
            found.is_protected = True
            return found
        if kind == _DATE_1904 and length >= 2:
            found.counts_from_1904 = struct.unpack_from("<H", stream, body)[0] == 1
        elif kind == _BOUNDSHEET and length >= 4:
            places.append(struct.unpack_from("<I", stream, body)[0])
        elif kind == _FORMAT and length > 2 and b"%" in stream[body + 2 : body + length]:
            percent_formats.add(struct.unpack_from("<H", stream, body)[0])
        elif kind == _XF and length >= 4:
            formats.append(struct.unpack_from("<H", stream, body + 2)[0])
    percent_styles = frozenset(style for style, used in enumerate(formats) if used in percent_formats)
    looks = {place: _sheet(stream, place, percent_styles) for place in dict.fromkeys(places)}
    found.sheets = [looks[place] for place in places]
    return found


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Give kind, begin and length of each record up to the end of its substream; a torn one ends it too."""
    depth = 0
    end = len(stream)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        body = at + 4
        at = body + length
        if at > end:
            return
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth <= 1:  # a chart inside a sheet has records of its own
            yield kind, body, length


def _sheet(stream: bytes, place: int, percent_styles: frozenset[int]) -> SheetLook:
    sheet = SheetLook()
    for kind, body, length in _records(stream, place):
        if kind in _CELLS and length >= 6:
            _cell(stream, body, length, kind, sheet, percent_styles)
        elif kind == _ROW and length >= 16 and stream[body + 12] & 0x20:
            sheet.hidden_rows.append(struct.unpack_from("<H", stream, body)[0] + 1)
        elif kind == _COLINFO and length >= 10:
            first, last, _, _, options = struct.unpack_from("<5H", stream, body)
            if options & 1:
                sheet.hidden_columns.extend(range(first + 1, min(last, 255) + 2))
    return sheet


def _cell(
    stream: bytes, body: int, length: int, kind: int, sheet: SheetLook, percent_styles: frozenset[int]
) -> None:
    row, column, style = struct.unpack_from("<3H", stream, body)
    last = column
    if kind == _MULRK:
        last = max(column, struct.unpack_from("<H", stream, body + length - 2)[0])
        for nth in range(last - column + 1):
            at = body + 4 + 6 * nth
            if at + 6 <= body + length and struct.unpack_from("<H", stream, at)[0] in percent_styles:
                sheet.percents.append((row + 1, column + nth + 1))
    elif kind in (_NUMBER, _RK, _FORMULA) and style in percent_styles:
        sheet.percents.append((row + 1, column + 1))
    if kind == _BOOLERR and length >= 8 and stream[body + 7]:
        sheet.errors.append((row + 1, column + 1, ERRORS.get(stream[body + 6], "#N/A")))
    elif (
        kind == _FORMULA
        and length >= 14
        and stream[body + 12 : body + 14] == b"\xff\xff"  # no number,
        and stream[body + 6] == 2  # but an error
    ):
        sheet.errors.append((row + 1, column + 1, ERRORS.get(stream[body + 8], "#N/A")))
    sheet.last_row = max(sheet.last_row, row + 1)
    sheet.last_column = max(sheet.last_column, last + 1)
