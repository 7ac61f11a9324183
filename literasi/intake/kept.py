"""The copy of a file that is kept: without its personal columns, safe to open."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping

from literasi.intake.sheets import Cell, File

_RUN = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""How a text begins that a spreadsheet may run, also in full width."""
_HARMLESS = re.compile(r"[+-]?[\d.,\s]*%?")
_UNSAFE_NAME = re.compile(r"[^\w .()-]+")
_LONG_NUMBER = 10**8
"""From here on a number may be a telephone or identity number."""
_MOMENT = (1980, 1, 1, 0, 0, 0)


def keep(
    file: File, *, dropped: Mapping[str, frozenset[int]], mask: Callable[[str], str] = lambda text: text
) -> bytes:
    """Write a ZIP of one UTF-8 CSV per sheet, without the dropped columns.

    Parameters
    ----------
    file : File
    dropped : mapping of str to frozenset of int
        Sheet name to 1-based columns that are left out. A sheet that is not named is kept whole; one
        without any column left is not kept.
    mask : callable
        Applied to every text and long number (`personal.mask`): titles and notes around a table may
        name people too.

    Returns
    -------
    bytes
        The same for the same input. Semicolons, CRLF, a byte order mark; rows stand where the file has
        them. A text that a spreadsheet might run begins with an apostrophe.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, sheet in enumerate(file.sheets, 1):
            left_out = dropped.get(sheet.name, frozenset())
            width = max(map(len, sheet.rows), default=0)
            columns = [column for column in range(width) if column + 1 not in left_out]
            if not columns:
                continue
            text = io.StringIO(newline="")
            writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
            for row in sheet.rows:
                writer.writerow([_written(row[column], mask) for column in columns])
            part = zipfile.ZipInfo(f"{number:02d} {_UNSAFE_NAME.sub('_', sheet.name)[:80]}.csv", _MOMENT)
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, text.getvalue().encode("utf-8-sig", "replace"))
    return out.getvalue()


def _written(cell: Cell, mask: Callable[[str], str]) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return mask(str(cell)) if type(cell) is int and cell >= _LONG_NUMBER else str(cell)
    text = mask(cell)
    if _RUN.match(text) and not _HARMLESS.fullmatch(text):
        return f"'{text}"
    return text
