"""What calamine does not tell of an XLSX workbook: a light look into its XML.

Each part is unfolded once, in pieces; regular expressions run only where a plain byte test says that
there is something to find.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.utils import column_index_from_string

from literasi.intake.errors import IntakeError
from literasi.intake.reading.archive import Archive
from literasi.intake.reading.limits import Room

_P = rb"(?:\w+:)?"  # some programs write <x:row>
_FAR = re.compile(
    rb"<"
    + _P
    + rb"""c\s[^>]*?\br\s*=\s*["']([A-Za-z]{2,9}[0-9]{1,20}|[A-Za-z][0-9]{6,20})["'](?:[^>]*[^/>])?>"""
)
_IRREGULAR = re.compile(
    rb"""<c(?=[\s/>]|\Z)(?! r="[A-Z]{1,3}[0-9]{1,7}"(?: [a-z]{1,3}="[A-Za-z0-9]{0,12}")*/?>)"""
)
"""A cell that is not written as nearly all programs do: patterns may be misled about where it stands."""
_PREFIXED = re.compile(rb"<\w+:c[\s/>]")
_FAR_REGULAR = re.compile(rb"""<c r="([A-Za-z]{2,9}[0-9]{1,20}|[A-Za-z][0-9]{6,20})"(?:[^>]*[^/>])?>""")
_ROW = re.compile(rb"<" + _P + rb"row\s([^>]*\bhidden\s*=[^>]*)>")
_COLUMN = re.compile(rb"<" + _P + rb"col\s([^>]*\bhidden\s*=[^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_FORMULA = re.compile(
    rb"<" + _P + rb"c\s([^>]*)>\s*<" + _P + rb"f\b(?:[^>]*/>|[^>]*>[^<]*</" + _P + rb"f>)\s*"
    rb"(?:<" + _P + rb"v\s*/>|<" + _P + rb"v>\s*</" + _P + rb"v>)?\s*</" + _P + rb"c>"
)
_ERROR = re.compile(
    rb"<" + _P + rb"""c\s([^>]*\bt\s*=\s*["']e["'][^>]*)>.*?<""" + _P + rb"v>([^<]*)<", re.DOTALL
)
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})\Z")
_TRUE = ("1", "true")
_PERCENT_FORMATS = (9, 10)
_MAX_HELD = 8 * 1024 * 1024


@dataclass(slots=True)
class SheetLook:
    """What the XML of one sheet says; rows and columns are 1-based."""

    far: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    unfilled: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    percents: list[tuple[int, int]] = field(default_factory=list)
    is_regular: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """What the XML of a workbook says.

    Attributes
    ----------
    counts_from_1904 : bool
    is_regular : bool
        Whether all cells are written in the usual way, so that nothing is farther away than was seen.
    sheets : dict of str to SheetLook
        By the name of the sheet.
    """

    counts_from_1904: bool
    is_regular: bool
    sheets: dict[str, SheetLook]


def look(file: str, archive: Archive, room: Room) -> Look:
    """Unfold the archive, and note hidden rows and columns, formulas without value, errors, percentages.

    Raises
    ------
    IntakeError
        If the archive is damaged or a bomb, or if two far cells would span more than fits: a
        spreadsheet program allots the whole rectangle between them.
    """
    parts: dict[str, SheetLook] = {}
    styles = archive.start_of("xl/styles.xml", _MAX_HELD) if "xl/styles.xml" in archive.names else b""
    percent_cell = _percent_cells(styles)

    def see(name: str, pieces: Iterator[bytes]) -> None:
        part = SheetLook()
        for piece in _whole_rows(pieces):
            _see(piece, part, percent_cell)
        parts[name.lower()] = part
        rows = columns = 0
        for reference in part.far:
            row, column = _place(file, reference)
            rows, columns = max(rows, row), max(columns, column)
        room.check(name, rows, columns)

    archive.unfold(see)
    workbook = _parse(file, archive.bytes_of("xl/workbook.xml"))
    targets = {
        str(relation.get("Id")): posixpath.normpath(posixpath.join("xl", relation.get("Target") or ""))
        .lstrip("/")
        .lower()
        for relation in _parse(file, archive.bytes_of("xl/_rels/workbook.xml.rels")).iter("{*}Relationship")
    }
    sheets: dict[str, SheetLook] = {}
    for sheet in workbook.iter("{*}sheet"):
        identity = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        found = parts.get(targets.get(str(identity), ""))
        if found is not None:
            sheets[str(sheet.get("name"))] = found
    properties = next(workbook.iter("{*}workbookPr"), None)
    return Look(
        counts_from_1904=properties is not None and properties.get("date1904") in _TRUE,
        is_regular=all(part.is_regular for part in parts.values()),
        sheets=sheets,
    )


def _parse(file: str, data: bytes) -> etree._Element:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise IntakeError("damaged", file=file, what="XLSX") from error


def _whole_rows(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Join and cut pieces after the end of a row, so that no tag is torn."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        cut = piece.rfind(b"row>") + 4
        if cut > 3:
            yield b"".join([*held, piece[:cut]])
            held, size = [piece[cut:]], len(piece) - cut
            continue
        held.append(piece)
        size += len(piece)
        if size > _MAX_HELD:
            joined = b"".join(held)
            cut = max(joined.rfind(b"<"), 1)
            yield joined[:cut]
            held, size = [joined[cut:]], len(joined) - cut
    yield b"".join(held)


def _see(piece: bytes, part: SheetLook, percent_cell: re.Pattern[bytes] | None) -> None:
    is_regular = not _IRREGULAR.search(piece) and not (b":c" in piece and _PREFIXED.search(piece))
    part.is_regular = part.is_regular and is_regular
    part.far += [found.decode("ascii") for found in (_FAR_REGULAR if is_regular else _FAR).findall(piece)]
    if b"hidden" in piece:
        for raw in _ROW.findall(piece):
            attributes = _attributes(raw)
            if attributes.get("hidden") in _TRUE and attributes.get("r", "").isdecimal():
                part.hidden_rows.append(int(attributes["r"]))
        for raw in _COLUMN.findall(piece):
            attributes = _attributes(raw)
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if attributes.get("hidden") in _TRUE and first.isdecimal() and last.isdecimal():
                part.hidden_columns += range(int(first), min(int(last), 16384) + 1)
    if b"<f" in piece or b":f" in piece:
        for raw in _FORMULA.findall(piece):
            attributes = _attributes(raw)
            place = _REFERENCE.match(attributes.get("r", ""))
            if place and attributes.get("t") != "str":  # of type text, an empty value is an empty text
                part.unfilled.append((int(place[2]), column_index_from_string(place[1].upper())))
    if b'"e"' in piece or b"'e'" in piece:
        for raw, value in _ERROR.findall(piece):
            place = _REFERENCE.match(_attributes(raw).get("r", ""))
            if place:
                text = value.decode("utf-8", "replace").strip()[:20]
                part.errors.append((int(place[2]), column_index_from_string(place[1].upper()), text))
    if percent_cell is not None:
        for raw in percent_cell.findall(piece):
            attributes = _attributes(raw)
            place = _REFERENCE.match(attributes.get("r", ""))
            if place and attributes.get("t", "n") == "n":
                part.percents.append((int(place[2]), column_index_from_string(place[1].upper())))


def _attributes(raw: bytes) -> dict[str, str]:
    return {
        key.decode("ascii", "replace"): value.decode("ascii", "replace")
        for key, value in _ATTRIBUTE.findall(raw)
    }


def _place(file: str, reference: str) -> tuple[int, int]:
    found = _REFERENCE.match(reference)
    if found is None:
        raise IntakeError("damaged", file=file, what="XLSX")
    return int(found[2]), column_index_from_string(found[1].upper())


def _percent_cells(styles: bytes) -> re.Pattern[bytes] | None:
    """Give a pattern of cells whose style shows a percentage; None if no style does."""
    try:
        root = etree.fromstring(styles, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None  # openpyxl and calamine read values without styles too
    formats = {str(number) for number in _PERCENT_FORMATS}
    formats |= {str(f.get("numFmtId")) for f in root.iter("{*}numFmt") if "%" in (f.get("formatCode") or "")}
    used = [
        str(number).encode()
        for cells in root.iter("{*}cellXfs")
        for number, style in enumerate(cells.iterchildren("{*}xf"))
        if style.get("numFmtId") in formats
    ]
    if not used:
        return None
    return re.compile(
        rb"<" + _P + rb"""c\s([^>]*\bs\s*=\s*["'](?:""" + b"|".join(used) + rb""")["'][^>]*)>"""
    )
