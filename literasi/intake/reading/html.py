"""HTML tables, such as the reports that INLISLite names .xls."""

from __future__ import annotations

import re

from lxml import etree

from literasi.intake.errors import IntakeError
from literasi.intake.reading.cells import sheet_of
from literasi.intake.reading.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Room
from literasi.intake.sheets import Area, Cell, Sheet

_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_DISPLAY_NONE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNSEEN = ("script", "style", "template", "noscript", "head")


def read(name: str, file: str, text: str, room: Room) -> tuple[Sheet, ...]:
    """Read every table of a page, also nested ones; one without cells is left out.

    Tables are named after the file, numbered where there are several. A cell over several columns or
    rows is a merged area.

    Raises
    ------
    IntakeError
        If there is no table, or they are too large or nested too deeply.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise IntakeError("no_table", file=file) from error
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise IntakeError("too_deep", file=file)  # the parser has stopped there, and left out the rest
    rows_of: dict[etree._Element, list[etree._Element]] = {}
    if root is not None:
        rows_of = {table: [] for table in root.iter("table")}
        for row in root.iter("tr"):
            owner = next(row.iterancestors("table"), None)
            if owner is not None:
                rows_of[owner].append(row)
    if not rows_of:
        raise IntakeError("no_table", file=file)
    grids = [(_Grid(file, name), rows) for rows in rows_of.values()]
    sheets: list[Sheet] = []
    for grid, rows in grids:
        for row in rows:
            grid.add(row)
        sheet = sheet_of(
            f"{name} {len(sheets) + 1}" if len(grids) > 1 else name,
            grid.rows,
            room=room,
            file=file,
            merged=grid.merged,
            hidden_rows=grid.hidden_rows,
        )
        if sheet is not None:
            sheets.append(sheet)
    return tuple(sheets)


class _Grid:
    """Cells laid out over columns and rows."""

    def __init__(self, file: str, name: str) -> None:
        self.rows: list[list[Cell]] = []
        self.merged: list[Area] = []
        self.hidden_rows: list[int] = []
        self._file, self._name = file, name
        self._cells = 0
        self._taken: dict[int, int] = {}  # column → rows that a cell above still takes

    def add(self, element: etree._Element) -> None:
        """Lay out one row."""
        if len(self.rows) >= MAX_ROWS:
            raise IntakeError("too_many_rows", file=self._file, sheet=self._name, limit=MAX_ROWS)
        cells: list[Cell] = []
        number = len(self.rows) + 1
        taken = {column: left - 1 for column, left in self._taken.items() if left > 1}
        column = 0
        for cell in element.iterchildren("td", "th"):
            while column in self._taken:
                column += 1
            right, down = _span(cell, "colspan", 1000), _span(cell, "rowspan", 65534)
            if column + right > MAX_COLUMNS:
                raise IntakeError("too_many_columns", file=self._file, sheet=self._name, limit=MAX_COLUMNS)
            cells.extend([None] * (column + right - len(cells)))
            cells[column] = _text(cell)
            if down > 1:
                taken.update(dict.fromkeys(range(column, column + right), down - 1))
            if down > 1 or right > 1:
                self.merged.append(Area(number, column + 1, number + down - 1, column + right))
            column += right
        self._cells += len(cells)
        if self._cells > MAX_CELLS:
            raise IntakeError("too_many_cells", file=self._file, sheet=self._name, limit=MAX_CELLS)
        self._taken = taken
        self.rows.append(cells)
        if _DISPLAY_NONE.search(element.get("style") or ""):
            self.hidden_rows.append(number)


def _span(cell: etree._Element, attribute: str, most: int) -> int:
    text = (cell.get(attribute) or "").strip()
    return min(max(1, int(text)), most) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def _text(cell: etree._Element) -> str | None:
    if not len(cell):
        return _SPACE.sub(" ", cell.text or "").strip() or None
    out: list[str] = []
    walker = etree.iterwalk(cell, events=("start", "end"))
    for event, node in walker:
        if event == "end":
            if node is not cell:
                out.append(node.tail or "")
        elif node.tag == "table" or node.tag in _UNSEEN:
            walker.skip_subtree()  # a nested table is a sheet of its own
        elif node.tag in ("br", "p", "div", "li"):
            out.append(" " + (node.text or ""))
        else:
            out.append(node.text or "")
    return _SPACE.sub(" ", "".join(out)).strip() or None
