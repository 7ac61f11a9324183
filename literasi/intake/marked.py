"""The file of the operator with every finding marked at its cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as BookCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from literasi.intake.findings import Finding, Place
from literasi.intake.reading.cells import BROKEN
from literasi.intake.sheets import Cell, File, Sheet, cell_name
from literasi.text import LANGUAGES, catalogue, t

MAX_COMMENTS = 2_000
"""More make a workbook slow to open; further cells are coloured and listed."""

_KEEP_LOOK_UP_TO = 1_000_000
"""Cells, also empty ones with a style or inside a merged area: openpyxl makes an object of each. A larger
workbook is written anew, which needs far less memory."""
_FILLS = {
    "fail": PatternFill("solid", fgColor="FFFFC7CE"),
    "advise": PatternFill("solid", fgColor="FFFFEB9C"),
}
_LONGEST = 32_000
_COLUMNS = {"weight": 12, "place": 24, "cell": 10, "heading": 30, "value": 30, "text": 90}
"""Of the list of findings, with their widths."""
_CAREFUL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNSAFE_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
# A formula that reaches out of the workbook or starts something; the others are the operator's own.
_REACHES_OUT = re.compile(
    r"HYPERLINK|WEBSERVICE|FILTERXML|ENCODEURL|IMPORT\w+|IMAGE|RTD|DDE|CALL|REGISTER|EXEC|\||\[|://",
    re.IGNORECASE,
)

_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)

_Marks = Mapping[tuple[int, int], Sequence[Finding]]


def mark(file: File, findings: Sequence[Finding], *, describe: Callable[[Finding], str]) -> bytes:
    """Give the file back as a workbook with its cells marked and a first sheet listing all findings.

    Parameters
    ----------
    file : File
    findings : sequence of Finding
    describe : callable
        What is wrong and what to do, in the language of the reader.

    Returns
    -------
    bytes
        XLSX. A workbook of that kind keeps its look and its formulas, but for those that reach out of
        it, which become text. Other kinds, very large workbooks and those that openpyxl cannot open are
        written anew from their cells. No text becomes a formula.
    """
    if file.kind == "xlsx" and _cell_objects(file.data) <= _KEEP_LOOK_UP_TO:
        try:
            return _with_look(file, findings, describe)
        except Exception:  # calamine reads workbooks that openpyxl refuses, for a style or a print area
            return _anew(file, findings, describe)
    return _anew(file, findings, describe)


def _cell_objects(data: bytes) -> int:
    """How many cells openpyxl would make of a workbook; of a damaged one, too many."""
    count = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                xml = archive.read(part) if part.startswith("xl/worksheets/") else b""
                count += len(_CELL.findall(xml))
                for left, top, right, bottom in _MERGED.findall(xml):
                    first, last = (column_index_from_string(name.decode("ascii")) for name in (left, right))
                    count += (last - first + 1) * (int(bottom) - int(top) + 1)
    except (zipfile.BadZipFile, ValueError):
        return _KEEP_LOOK_UP_TO + 1
    return count


def _with_look(file: File, findings: Sequence[Finding], describe: Callable[[Finding], str]) -> bytes:
    book = load_workbook(io.BytesIO(file.data))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, BookCell) and cell.data_type == "f":
                    formula = _formula(cell.value)
                    if _REACHES_OUT.search(formula):
                        _set_text(cell, formula)
    notes = _Notes(describe)
    for name, marks in _by_sheet(findings).items():
        if name not in book.sheetnames or not isinstance(book[name], Worksheet):
            continue
        sheet = book[name]
        for place, found in marks.items():
            marked = sheet.cell(*place)
            if isinstance(marked, BookCell):  # inside a merged area it is none, and only listed
                _paint(marked, found, notes)
    listing = book.create_sheet(
        _title(t("intake.marked.sheet"), {name.lower() for name in book.sheetnames}), 0
    )
    _list(listing, findings, describe)
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is listing
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _anew(file: File, findings: Sequence[Finding], describe: Callable[[Finding], str]) -> bytes:
    book = Workbook(write_only=True)
    used: set[str] = set()
    listing = book.create_sheet(_title(t("intake.marked.sheet"), used))
    _list(listing, findings, describe)
    notes = _Notes(describe)
    by_sheet = _by_sheet(findings)
    for source in file.sheets:
        target = book.create_sheet(_title(source.name, used))
        if source.is_hidden:
            target.sheet_state = "hidden"
        _append(target, source, by_sheet.get(source.name, {}), notes)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _append(target: Worksheet, source: Sheet, marks: _Marks, notes: _Notes) -> None:
    for number, row in enumerate(source.rows, 1):
        out: list[BookCell | Cell] = []
        for column, value in enumerate(row, 1):
            found = marks.get((number, column), ())
            if not found and _is_harmless(value):
                out.append(value)  # far quicker than a cell of its own
                continue
            cell = _cell(target, value)
            if found:
                _paint(cell, found, notes)
            out.append(cell)
        target.append(out)


def _by_sheet(findings: Sequence[Finding]) -> dict[str, dict[tuple[int, int], list[Finding]]]:
    """Findings at a cell; one about a whole row is marked at its first cell."""
    out: dict[str, dict[tuple[int, int], list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        if finding.place.row:
            out[finding.place.sheet][finding.place.row, finding.place.column or 1].append(finding)
    return out


class _Notes:
    """Makes the comments, as many as a workbook bears."""

    def __init__(self, describe: Callable[[Finding], str]) -> None:
        self._describe = describe
        self._left = MAX_COMMENTS

    def note(self, findings: Sequence[Finding]) -> Comment | None:
        """Give one comment for all findings of a cell."""
        if not self._left:
            return None
        self._left -= 1
        text = "\n\n".join(_clean(self._describe(finding)) for finding in findings)
        return Comment(text[:_LONGEST], "Dasbor Literasi", height=120, width=320)


def _paint(cell: BookCell, findings: Sequence[Finding], notes: _Notes) -> None:
    cell.fill = _FILLS["fail" if any(finding.weight == "fail" for finding in findings) else "advise"]
    note = notes.note(findings)
    if note is not None:
        cell.comment = note


# The list of findings


def is_listing(sheet: Sheet) -> bool:
    """Whether a sheet is the list that an earlier `mark` made, come back with the corrected file."""
    first = tuple(sheet.rows[0]) if sheet.rows else ()
    return any(
        first == tuple(catalogue(language)[f"intake.marked.{name}"] for name in _COLUMNS)
        for language in LANGUAGES
    )


def _list(listing: Worksheet, findings: Sequence[Finding], describe: Callable[[Finding], str]) -> None:
    for letter, width in zip("ABCDEF", _COLUMNS.values(), strict=True):
        listing.column_dimensions[letter].width = width
    listing.freeze_panes = "A2"
    head = [_text(listing, t(f"intake.marked.{name}")) for name in _COLUMNS]
    for cell in head:
        cell.font = Font(bold=True)
    listing.append(head)
    for finding in findings:
        place = finding.place
        line = (
            t(f"intake.marked.{finding.weight}"),
            place.sheet,
            _where(place),
            place.heading,
            finding.value,
            describe(finding),
        )
        cells = [_text(listing, text) for text in line]
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        cells[0].fill = _FILLS[finding.weight]
        listing.append(cells)


def _where(place: Place) -> str:
    if place.row and place.column:
        return cell_name(place.row, place.column)
    return str(place.row) if place.row else ""


# Cells


def _cell(sheet: Worksheet, value: Cell) -> BookCell:
    if isinstance(value, str):
        return _text(sheet, value)
    cell: BookCell = WriteOnlyCell(sheet)
    try:
        cell.value = value
    except ValueError:
        return _text(sheet, str(value))
    return cell


def _is_harmless(value: Cell) -> bool:
    """Whether openpyxl writes the bare value as it is."""
    if type(value) is not str:
        return value is None or type(value) in (int, float, bool)
    return value[:1] not in ("=", "#") and len(value) < _LONGEST and not _CAREFUL.search(value)


def _text(sheet: Worksheet, text: str) -> BookCell:
    cell: BookCell = WriteOnlyCell(sheet)
    _set_text(cell, text)
    return cell


def _set_text(cell: BookCell, text: str) -> None:
    """Write a text that stays one: openpyxl would take "=1+1" for a formula."""
    cell.value = _clean(text)[:_LONGEST]
    if cell.value:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))  # stays a text also when someone edits it


def _clean(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub(BROKEN, text).encode("utf-8", "replace").decode("utf-8")


def _formula(value: object) -> str:
    return str(getattr(value, "text", value))


def _title(name: str, used: set[str]) -> str:
    """Give a name that Excel takes: short, without signs, not used before."""
    base = _UNSAFE_TITLE.sub("_", _clean(name)).strip("'")[:31] or "_"
    title, number = base, 1
    while title.lower() in used:
        number += 1
        title = f"{base[: 31 - len(str(number)) - 1]} {number}"
    used.add(title.lower())
    return title
