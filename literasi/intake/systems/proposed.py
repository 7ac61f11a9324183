"""What a reading would change in the store: a system that has lost rows does not take back what it said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from literasi.contracts import TABLES, check, empty
from literasi.intake.findings import Finding, Place
from literasi.intake.systems.series import Reading
from literasi.text import t

SHRUNK = "history_shrunk"

STORED = ("visits", "circulation", "advices", "libraries")
"""Tables that a reading is compared with."""

# Counts of what happened: once reported, the past does not become less. Stocks may.
_EVENTS = {"visits": ("total",), "circulation": ("loans", "active_borrowers")}
_COUNTS = {
    "visits": ("female", "male", "total"),
    "circulation": ("loans", "active_borrowers", "members", "titles", "copies"),
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """Rows to write and to remove, and what the operator should know.

    Attributes
    ----------
    reading : Reading
    changes, removals : mapping of str to DataFrame
        As `Store.commit` takes them; only rows that differ from what is stored.
    findings : tuple of Finding
        Those of the reading, and one for each value that was kept because the system now says less.
    """

    reading: Reading
    changes: Mapping[str, pd.DataFrame]
    removals: Mapping[str, pd.DataFrame]
    findings: tuple[Finding, ...]


def propose(reading: Reading, *, stored: Mapping[str, pd.DataFrame], accept_shrink: bool = False) -> Proposed:
    """Compare a reading with what is stored for that library.

    A month that has not been reported is new. A value that the system now gives lower than before is kept,
    with an open advice, since systems delete loans and visits; stocks are replaced, and stand in a month
    once they were counted for it. A month whose figures are the same stays as it is, with its note and the
    day it was received.

    Parameters
    ----------
    reading : Reading
    stored : mapping of str to DataFrame
        Current rows of the tables in `STORED`.
    accept_shrink : bool
        Take the lower values: the operator knows that the higher ones were wrong.

    Returns
    -------
    Proposed
    """
    changes: dict[str, pd.DataFrame] = {}
    shrunk: list[Finding] = []
    for table, rows in reading.frames.items():
        of_library = stored[table][stored[table]["library_id"] == reading.library_id]
        written, findings = _beside(
            table, rows, {row["month"]: row for row in _records(of_library)}, accept_shrink=accept_shrink
        )
        shrunk += findings
        if written:
            changes[table] = check(table, pd.DataFrame(written))
    opened, closed = _advices(reading, shrunk, stored["advices"], _area(reading, stored["libraries"]))
    if len(opened):
        changes["advices"] = opened
    removals = {"advices": closed} if len(closed) else {}
    return Proposed(reading, changes, removals, (*reading.findings, *shrunk))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give rows as dicts, with None for every missing value."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _beside(
    table: str, rows: pd.DataFrame, stored: Mapping[Any, dict[str, Any]], *, accept_shrink: bool
) -> tuple[list[dict[str, Any]], list[Finding]]:
    written: list[dict[str, Any]] = []
    findings: list[Finding] = []
    for new in _records(rows):
        old = stored.get(new["month"])
        if old is None:
            written.append(new)
            continue
        less = [] if accept_shrink else [c for c in _EVENTS[table] if _is_less(new[c], old[c])]
        findings += [_finding(table, old, column, now=new[column]) for column in less]
        merged = _merged(table, new, old, less)
        if any(merged[column] != old[column] for column in _COUNTS[table]):
            received = {"received_on": old["received_on"] or new["received_on"]}
            written.append(new | merged | received)
    return written, findings


def _merged(table: str, new: dict[str, Any], old: dict[str, Any], less: list[str]) -> dict[str, Any]:
    if table == "visits":
        # Parts belong to their total: they are kept or replaced together.
        is_same_total = new["total"] == old["total"] and new["female"] is None
        source = old if less or is_same_total else new
        return {column: source[column] for column in _COUNTS[table]}
    return {
        column: old[column] if column in less or new[column] is None else new[column]
        for column in _COUNTS[table]
    }


def _is_less(new: int | None, old: int | None) -> bool:
    return new is not None and old is not None and new < old


def _row_key(row: Mapping[str, Any]) -> str:
    return f"{row['library_id']} · {row['month']:%Y-%m-%d}"


def _finding(table: str, old: Mapping[str, Any], column: str, *, now: int) -> Finding:
    return Finding(
        "advise",
        SHRUNK,
        Place(t(f"table.{table}"), heading=t(f"column.{column}")),
        value=str(old[column]),
        params={"month": f"{old['month']:%Y-%m}", "kept": old[column], "now": now},
        advice="\x1f".join((table, _row_key(old), column, SHRUNK)),
    )


def _area(reading: Reading, libraries: pd.DataFrame) -> str | None:
    found = libraries.loc[libraries["library_id"] == reading.library_id, "area_code"]
    return str(found.iloc[0]) if len(found) else None


def _advices(
    reading: Reading, findings: list[Finding], stored: pd.DataFrame, area_code: str | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give advices to open, and keys of those that no longer hold.

    An advice that stands already, cleared or not, about the same value is left as it is.
    """
    key = list(TABLES["advices"].key)
    standing = {tuple(row[k] for k in key): row for row in _records(stored)}
    rows: list[dict[str, str | None]] = []
    for finding in findings:
        place = tuple(finding.advice.split("\x1f"))
        before = standing.get(place)
        if before is None or before["value"] != finding.value:
            about = {"value": finding.value, "area_code": area_code}
            rows.append({**dict(zip(key, place, strict=True)), **about})
    read_rows = {(table, _row_key(row)) for table, frame in reading.frames.items() for row in _records(frame)}
    holding = {tuple(finding.advice.split("\x1f")) for finding in findings}
    closed = [
        place
        for place in standing
        if place[3] == SHRUNK and (place[0], place[1]) in read_rows and place not in holding
    ]
    opened = check("advices", pd.DataFrame(rows)) if rows else empty("advices")
    return opened, pd.DataFrame(closed, columns=key)
