"""Delimited text: separator, quotes and escapes are found by trial, values stay texts."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from literasi.intake.errors import IntakeError
from literasi.intake.reading.cells import sheet_of
from literasi.intake.reading.limits import MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Room
from literasi.intake.sheets import Cell, Sheet

_SEPARATORS = ";,\t|"
_SAMPLE_ROWS = 300
_SAMPLE_CHARACTERS = 200_000
_END = "\x1e"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ANNOUNCED = re.compile(r"\s*sep=([;,\t|])\r?\n", re.IGNORECASE)
_ESCAPES = {"n": "\n", "r": "", "0": "\ufffd", "Z": "\ufffd"}


@dataclass(frozen=True, slots=True)
class _Dialect:
    separator: str
    quote: str


def read(name: str, file: str, text: str, room: Room) -> Sheet | None:
    r"""Read delimited text.

    Understood are ``;`` ``,`` tab and ``|``; double and single quotes, doubled inside; line breaks
    inside quotes; a first line ``sep=;``; and the export of SLiMS, which writes texts as MySQL escapes
    them (``\'``, ``\"``, ``\n``).

    Parameters
    ----------
    name : str
        Of the sheet.
    file : str
        For the message of an error.
    text : str
    room : Room

    Returns
    -------
    Sheet or None
        None without any cell.

    Raises
    ------
    IntakeError
        If a quote is not closed (the rest of the file would be one cell), or it is too large.
    """
    announced = _ANNOUNCED.match(text[:20])
    dialect = _sniff(text, announced.group(1) if announced else "")
    if _is_escaped(text, dialect):
        text = _unescape(text, dialect.quote)
    rows: list[list[Cell]] = []
    cells = 0
    start = 0
    for row in _rows(chain(_lines(text), ("\n", _END)), dialect):
        start = len(rows) + 1
        cells += len(row)
        if start > MAX_ROWS + 1:
            raise IntakeError("too_many_rows", file=file, sheet=name, limit=MAX_ROWS)
        if len(row) > MAX_COLUMNS:
            while row and not row[-1]:
                row.pop()
            if len(row) > MAX_COLUMNS:
                raise IntakeError("too_many_columns", file=file, sheet=name, limit=MAX_COLUMNS)
        if cells > 2 * MAX_CELLS:
            raise IntakeError("too_many_cells", file=file, sheet=name, limit=MAX_CELLS)
        rows.append([cell or None for cell in row])
    if rows[-1] != [_END]:
        raise IntakeError("open_quote", file=file, row=start)
    rows.pop()
    if announced and rows:
        rows[0] = []
    return sheet_of(name, rows, room=room, file=file)


def _lines(text: str) -> Iterator[str]:
    """Give the lines with their ends; `str.splitlines` would cut at form feeds too."""
    return (found[0] for found in _LINE.finditer(text))


def _rows(lines: Iterable[str], dialect: _Dialect) -> Iterator[list[str]]:
    # One field may be as long as the file; the module's own limit is a global setting.
    if csv.field_size_limit() < MAX_BYTES:
        csv.field_size_limit(4 * MAX_BYTES)
    return csv.reader(lines, delimiter=dialect.separator, quotechar=dialect.quote)


def _sniff(text: str, announced: str) -> _Dialect:
    sample = text[:_SAMPLE_CHARACTERS]
    candidates = []
    for separator in announced or _SEPARATORS:
        for quote in "\"'":
            if quote == "'" and not re.match(rf"'[^'\r\n]*'{re.escape(separator)}", sample):
                continue  # an apostrophe in a name is no quote: single ones count from the first cell on
            candidates.append((_fit(sample, _Dialect(separator, quote)), _Dialect(separator, quote)))
    return max(candidates, key=lambda candidate: candidate[0])[1]


def _fit(sample: str, dialect: _Dialect) -> tuple[float, int, bool]:
    """How evenly the rows are cut, and into how many cells."""
    widths = [len(row) for row in islice(_rows(_lines(sample), dialect), _SAMPLE_ROWS) if any(row)]
    if len(widths) > 2 and len(sample) == _SAMPLE_CHARACTERS:
        widths.pop()  # cut off in the middle
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 0.0, 0, False
    width, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return count / len(widths), width, dialect.quote == "'"


def _is_escaped(text: str, dialect: _Dialect) -> bool:
    """Whether texts are escaped with backslashes: a quote inside a cell that nothing else explains."""
    quote, separator = re.escape(dialect.quote), re.escape(dialect.separator)
    other = "'" if dialect.quote == '"' else '"'
    return re.search(rf"\\{quote}(?!{separator}|[\r\n]|$)|\\{other}", text) is not None


def _unescape(text: str, quote: str) -> str:
    def plain(found: re.Match[str]) -> str:
        character = found.group(1)
        return quote * 2 if character == quote else _ESCAPES.get(character, character)

    return re.sub(r"\\(.)", plain, text)
