"""What a reading would change in the store: a system that has lost rows does not take back what it said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from literasi.contracts import TABLES, check, empty
from literasi.intake.findings import Finding, Place
from literasi.intake.rows import advice_key, row_key, row_keys
from literasi.intake.systems.series import Reading, advise, first_day
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
    with an open advice, since systems delete loans and visits; so is a month of which it says nothing any
    more; stocks are replaced, and stand in a month
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
    gone: list[Finding] = []
    for table, rows in reading.frames.items():
        of_library = stored[table][stored[table]["library_id"] == reading.library_id]
        by_month = {row["month"]: row for row in _records(of_library)}
        written: list[dict[str, Any]] = []
        for at, new in enumerate(_records(rows)):
            old = by_month.get(new["month"])
            less = [] if accept_shrink or old is None else _less(table, new, old)
            shrunk += [_finding(table, rows, at, column, old or {}, new) for column in less]
            row = new if old is None else _beside(table, new, old, less)
            written += [] if row is None else [row]
        if written:
            changes[table] = check(table, pd.DataFrame(written))
        gone += _gone(reading, table, by_month, set(rows["month"]))
    opened, closed = _advices(reading, shrunk, stored)
    if len(opened):
        changes["advices"] = opened
    removals = {"advices": closed} if len(closed) else {}
    return Proposed(reading, changes, removals, (*reading.findings, *gone, *shrunk))


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Give rows as dicts, with None for every missing value."""
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _less(table: str, new: Mapping[str, Any], old: Mapping[str, Any]) -> list[str]:
    """Give the columns of events that are now less than they were."""
    return [
        column
        for column in _EVENTS[table]
        if new[column] is not None and old[column] is not None and new[column] < old[column]
    ]


def _beside(
    table: str, new: dict[str, Any], old: dict[str, Any], less: Collection[str]
) -> dict[str, Any] | None:
    """Give the row to write over a stored one; None if its figures stay."""
    if table == "visits":
        # Parts belong to their total: they are kept or replaced together.
        lacks_parts = new["total"] == old["total"] and new["female"] is None
        counts = {column: (old if less or lacks_parts else new)[column] for column in _COUNTS[table]}
    else:
        counts = {
            column: old[column] if column in less or new[column] is None else new[column]
            for column in _COUNTS[table]
        }
    if all(counts[column] == old[column] for column in counts):
        return None
    return new | counts | {"received_on": old["received_on"] or new["received_on"]}


def _gone(
    reading: Reading, table: str, stored: Mapping[Any, dict[str, Any]], given: Collection[Any]
) -> list[Finding]:
    """Advise about months that came from this system, and of which it says nothing any more."""
    asked = {pd.Timestamp(first_day(month)) for month in reading.span.months}
    name = t(f"systems.name.{reading.system}")
    months = [
        f"{month:%Y-%m}"
        for month, row in sorted(stored.items())
        if month in asked
        and month not in given
        and name in (row["note"] or "")
        and any(row[column] for column in _EVENTS[table])
    ]
    if not months:
        return []
    return [advise("history_gone", t(f"table.{table}"), count=len(months), months=", ".join(months))]


def _finding(
    table: str, rows: pd.DataFrame, at: int, column: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Finding:
    return Finding(
        "advise",
        SHRUNK,
        Place(f"{t(f'table.{table}')} {new['month']:%Y-%m}", heading=t(f"column.{column}")),
        value=str(old[column]),
        params={"now": new[column]},
        advice=advice_key(table, row_key(table, rows, at), column, SHRUNK),
    )


def _advices(
    reading: Reading, findings: list[Finding], stored: Mapping[str, pd.DataFrame]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give advices to open, and keys of those about the months read that do not hold any more.

    An advice that stands already about the same value is left as it is, with the reason that was written.
    """
    libraries = stored["libraries"].set_index("library_id")["area_code"]
    key = list(TABLES["advices"].key)
    standing = {tuple(row[k] for k in key): row["value"] for row in _records(stored["advices"])}
    raised = {tuple(finding.advice.split("\x1f")): finding.value for finding in findings}
    opened = [
        {**dict(zip(key, place, strict=True)), "value": value, "area_code": libraries[reading.library_id]}
        for place, value in raised.items()
        if standing.get(place) != value
    ]
    read = {(table, of) for table, rows in reading.frames.items() for of in row_keys(table, rows)}
    closed = [place for place in standing if place[3] == SHRUNK and place[:2] in read and place not in raised]
    frame = check("advices", pd.DataFrame(opened)) if opened else empty("advices")
    return frame, pd.DataFrame(closed, columns=key)
