"""JSON records, such as SIM TPBIS gives: one sheet for each list of records."""

from __future__ import annotations

import json
from collections.abc import Iterator

from literasi.intake.errors import IntakeError
from literasi.intake.reading.cells import plain, sheet_of, text_of
from literasi.intake.reading.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Room
from literasi.intake.sheets import Cell, Sheet

_WRAPPERS = {"data", "rows", "records", "result", "results", "items"}
_MAX_DEPTH = 4


def read(name: str, file: str, text: str, room: Room) -> tuple[Sheet, ...]:
    """Read lists of records.

    Understood are a list of objects, a list of equally ordered lists, and objects in which such lists
    stand: ``{"data": […]}``, ``{"pengunjung": […], "advokasi": […]}``, ``{"data": {"data": […]}}``.
    A list is named after its key, or after the file where the key says nothing. Row 1 holds the keys.
    Lists and objects inside a record are text; ``null`` among the records is none.

    Raises
    ------
    IntakeError
        If it is not JSON, nests too deeply, has no records, or is too large.
    """
    try:
        value = json.loads(text, parse_constant=str, parse_int=_whole)
        lists = list(_lists(value, "", 0))
        if not lists:
            raise IntakeError("no_records", file=file)
        sheets: list[Sheet] = []
        used: set[str] = set()
        for key, records in lists:
            title = _unused(text_of(key) or name, used)
            sheet = sheet_of(title, _rows(records, title, file), room=room, file=file)
            if sheet is not None:
                sheets.append(sheet)
    except RecursionError as error:
        raise IntakeError("too_deep", file=file) from error
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        raise IntakeError("bad_json", file=file, line=line) from error
    return tuple(sheets)


def _whole(digits: str) -> int | str:
    """Keep numbers that are too long to be numbers (account or identity numbers) as text."""
    return int(digits) if len(digits) <= 15 else digits


def _lists(value: object, key: str, depth: int) -> Iterator[tuple[str, list[object]]]:
    if isinstance(value, list):
        records = [record for record in value if record is not None]
        if records and any(all(isinstance(record, kind) for record in records) for kind in (dict, list)):
            yield key, records
    elif isinstance(value, dict) and depth < _MAX_DEPTH:
        for name, inner in value.items():
            yield from _lists(inner, key if name.lower() in _WRAPPERS else name, depth + 1)


def _unused(title: str, used: set[str]) -> str:
    found, number = title, 1
    while found.lower() in used:
        number += 1
        found = f"{title} {number}"
    used.add(found.lower())
    return found


def _rows(records: list[object], sheet: str, file: str) -> list[list[Cell]]:
    if len(records) > MAX_ROWS:
        raise IntakeError("too_many_rows", file=file, sheet=sheet, limit=MAX_ROWS)
    if isinstance(records[0], list):
        rows = [[_cell(value) for value in record] for record in records if isinstance(record, list)]
        if max(map(len, rows)) > MAX_COLUMNS:
            raise IntakeError("too_many_columns", file=file, sheet=sheet, limit=MAX_COLUMNS)
        return rows
    objects = [record for record in records if isinstance(record, dict)]
    columns = {
        key: place for place, key in enumerate(dict.fromkeys(key for record in objects for key in record))
    }
    if len(columns) > MAX_COLUMNS:
        raise IntakeError("too_many_columns", file=file, sheet=sheet, limit=MAX_COLUMNS)
    if len(columns) * len(objects) > MAX_CELLS:
        raise IntakeError("too_many_cells", file=file, sheet=sheet, limit=MAX_CELLS)
    out: list[list[Cell]] = [[text_of(key) or None for key in columns]]
    for record in objects:
        row: list[Cell] = [None] * len(columns)
        for key, value in record.items():
            row[columns[key]] = _cell(value)
        out.append(row)
    return out


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return text_of(value) or None
    if value is None or isinstance(value, bool | int | float):
        return plain(value)
    return text_of(json.dumps(value, ensure_ascii=False))
