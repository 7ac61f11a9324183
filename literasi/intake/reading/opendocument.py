"""ODS workbooks, row by row: calamine tells neither merged areas nor hidden ones of this format.

Source: OASIS OpenDocument 1.3, part 3, sections 9 (tables) and 19.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import IO

from lxml import etree

from literasi.intake.errors import IntakeError
from literasi.intake.reading.archive import Archive
from literasi.intake.reading.cells import percent, plain, sheet_of, text_of
from literasi.intake.reading.limits import Room
from literasi.intake.sheets import Area, Cell, Sheet

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DURATION = re.compile(
    r"-?P(?:(\d{1,6})D)?T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,](\d{1,9}))?S)?\Z"
)
_HIDDEN = ("collapse", "filter")


class _Table:
    """The sheet that is being read."""

    def __init__(self, name: str, is_hidden: bool) -> None:
        self.name = name
        self.is_hidden = is_hidden
        self.rows: list[list[Cell]] = []
        self.row = 0
        self.column = 0
        self.width = 0
        self.merged: list[Area] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.unfilled: list[tuple[int, int]] = []


def read(file: str, archive: Archive, room: Room) -> tuple[tuple[Sheet, ...], bool]:
    """Read an ODS workbook: its sheets, and whether dates count from 1904.

    Repeated rows and columns are written out only as far as they hold something.

    Raises
    ------
    IntakeError
        If it is protected by a password, damaged, a bomb, or too large.
    """
    if b"encryption-data" in archive.start_of("META-INF/manifest.xml", 1 << 20) or (
        "encrypted-package" in archive.names
    ):
        raise IntakeError("password", file=file)
    archive.unfold(lambda _name, _pieces: None)
    try:
        with archive.open("content.xml") as content:
            return _read(file, content, room)
    except IntakeError:
        raise
    except Exception as error:
        raise IntakeError("damaged", file=file, what="ODS") from error


def _read(file: str, content: IO[bytes], room: Room) -> tuple[tuple[Sheet, ...], bool]:
    sheets: list[Sheet] = []
    hidden_styles: set[str] = set()
    counts_from_1904 = False
    table: _Table | None = None
    depth = 0
    events = etree.iterparse(
        content,
        events=("start", "end"),
        tag=[f"{_TABLE}{tag}" for tag in ("table", "table-row", "table-column", "null-date")]
        + [f"{_STYLE}style"],
        resolve_entities=False,
        no_network=True,
    )
    for event, element in events:
        tag = element.tag
        if tag == f"{_TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                style = element.get(f"{_TABLE}style-name")
                table = _Table(element.get(f"{_TABLE}name") or str(len(sheets) + 1), style in hidden_styles)
            elif event == "end" and depth == 0 and table is not None:
                sheet = sheet_of(
                    table.name,
                    table.rows,
                    room=room,
                    file=file,
                    merged=table.merged,
                    hidden_rows=table.hidden_rows,
                    hidden_columns=table.hidden_columns,
                    unfilled_formulas=table.unfilled,
                    is_hidden=table.is_hidden,
                )
                if sheet is not None:
                    sheets.append(sheet)
                table = None
                element.clear()
        elif event == "start":
            continue
        elif tag == f"{_STYLE}style":
            if any(p.get(f"{_TABLE}display") == "false" for p in element.iterchildren()):
                hidden_styles.add(element.get(f"{_STYLE}name") or "")
        elif tag == f"{_TABLE}null-date":
            counts_from_1904 = (element.get(f"{_TABLE}date-value") or "").startswith("1904")
        elif table is not None and depth == 1:
            if tag == f"{_TABLE}table-column":
                repeat = _count(element, "number-columns-repeated")
                if element.get(f"{_TABLE}visibility") in _HIDDEN:
                    table.hidden_columns += range(table.column + 1, table.column + min(repeat, 20_000) + 1)
                table.column += repeat
            else:
                _row(element, table, room)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    return tuple(sheets), counts_from_1904


def _row(element: etree._Element, table: _Table, room: Room) -> None:
    repeat = _count(element, "number-rows-repeated")
    number = table.row + 1
    table.row += repeat
    cells: list[Cell] = []
    column = 0
    for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        times = _count(cell, "number-columns-repeated")
        value = _value(cell)
        if value is not None:
            room.check(table.name, number, column + times)
            cells.extend([None] * (column - len(cells)))
            cells.extend([value] * times)
        elif cell.get(f"{_TABLE}formula") is not None:
            room.check(table.name, number, column + times)
            table.unfilled += [(number, column + nth + 1) for nth in range(times)]
        down, right = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or right > 1:
            table.merged.append(Area(number, column + 1, number + down - 1, column + right))
        column += times
    if element.get(f"{_TABLE}visibility") in _HIDDEN:
        table.hidden_rows += range(number, number + min(repeat, 200_000))
    if not cells:
        return
    table.width = max(table.width, len(cells))
    room.check(table.name, table.row, table.width)
    table.rows.extend([] for _ in range(number - 1 - len(table.rows)))
    table.rows.extend(list(cells) for _ in range(repeat))


def _count(element: etree._Element, attribute: str) -> int:
    text = element.get(f"{_TABLE}{attribute}")
    return max(1, int(text)) if text is not None and text.isdecimal() and len(text) < 9 else 1


def _value(cell: etree._Element) -> Cell:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind is None:
        return None
    if kind in ("float", "currency", "percentage"):
        number = float(cell.get(f"{_OFFICE}value") or "nan")
        return percent(number) if kind == "percentage" and abs(number) < 1e12 else plain(number)
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        return _date(cell.get(f"{_OFFICE}date-value") or "")
    if kind == "time":
        return _time(cell.get(f"{_OFFICE}time-value") or "")
    lines = [_line(line) for line in cell.iterchildren(f"{_TEXT}p")]
    return plain(text_of("\n".join(lines) if lines else cell.get(f"{_OFFICE}string-value") or ""))


def _line(paragraph: etree._Element) -> str:
    if not len(paragraph):
        return paragraph.text or ""
    out: list[str] = []
    for node in paragraph.iter():
        if node.tag == f"{_TEXT}s":
            count = node.get(f"{_TEXT}c") or "1"
            out.append(" " * (min(int(count), 10_000) if count.isdecimal() else 1))
        elif node.tag == f"{_TEXT}tab":
            out.append("\t")
        elif node.tag == f"{_TEXT}line-break":
            out.append("\n")
        elif node.text:
            out.append(node.text)
        if node is not paragraph and node.tail:
            out.append(node.tail)
    return "".join(out)


def _date(text: str) -> Cell:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:  # before year 1 or after 9999
        return plain(text)
    return moment.replace(tzinfo=None) if "T" in text else moment.date()


def _time(text: str) -> Cell:
    found = _DURATION.match(text)
    if found is None:
        return plain(text)
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[:4])
    micro = int((found[5] or "0").ljust(6, "0")[:6])
    span = dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds, microseconds=micro)
    if text.startswith("-"):
        return -span
    return dt.time(hours, minutes, seconds, micro) if span < dt.timedelta(hours=24) and hours < 24 else span
