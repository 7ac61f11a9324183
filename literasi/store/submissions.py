"""Submissions: commit, undo, list. Nothing that was committed is ever overwritten."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from literasi import contracts
from literasi.contracts import TABLES
from literasi.errors import ContractError, Fault, StoreError
from literasi.store import references
from literasi.store.schema import FACTS, SUBMISSIONS, same_key
from literasi.store.writing import (
    Counts,
    Header,
    Stage,
    close_stages,
    drop_unchanged,
    head,
    open_stage,
    record,
    replace,
    stage_frames,
)

Frames = Mapping[str, pd.DataFrame]


def checked(changes: Frames, removals: Frames) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Check proposed rows and keys against the contracts, all tables before any error.

    Parameters
    ----------
    changes : mapping of str to DataFrame
        Rows to add or replace, per table.
    removals : mapping of str to DataFrame
        Rows to remove, per table; only their key columns are read.

    Returns
    -------
    tuple of dict
        The coerced rows, and the key columns of the removals.

    Raises
    ------
    ContractError
        With the faults of all tables.
    """
    faults: list[Fault] = []
    rows, keys = {}, {}
    for name, proposed in changes.items():
        try:
            rows[name] = _checked_rows(name, proposed)
        except ContractError as error:
            faults += error.faults
    for name, leaving in removals.items():
        key = list(TABLES[name].key)
        keys[name] = contracts.coerce(name, leaving[key])[key].drop_duplicates(ignore_index=True)
        if name in rows:
            both = keys[name].merge(rows[name][key], on=key)
            faults += [
                Fault(name, ",".join(key), "given_and_removed", None, _text(k)) for k in both.to_numpy()
            ]
    _raise(faults)
    return rows, keys


def _checked_rows(name: str, proposed: pd.DataFrame) -> pd.DataFrame:
    rows = contracts.coerce(name, proposed)
    faults: list[Fault] = []
    for column in TABLES[name].columns:
        if column.kind == "date":
            # The database keeps days; a time of day left here could make two keys of one.
            rows[column.name] = rows[column.name].dt.normalize()
        elif column.kind == "text":
            # PostgreSQL cannot store this character; both databases shall take the same rows.
            has_nul = rows[column.name].str.contains("\x00", regex=False).fillna(False)
            faults += [Fault(name, column.name, "nul_character", int(i)) for i in rows.index[has_nul]]
    if faults:
        raise ContractError(name, faults)
    return contracts.check(name, rows)


def _raise(faults: list[Fault]) -> None:
    if faults:
        raise ContractError(", ".join(dict.fromkeys(f.table for f in faults)), faults)


def _text(key: Any) -> str:
    return " · ".join(str(part) for part in key)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a commit or an undo came to: the submission's id and what it did per table."""

    submission: int
    counts: Mapping[str, Counts]


def commit(
    connection: Connection,
    rows: Frames,
    keys: Frames,
    header: Header,
    *,
    record_empty: bool = False,
    seen: int | None = None,
) -> Outcome:
    """Write checked rows as one submission, within a writer's transaction.

    Parameters
    ----------
    connection : Connection
        From `database.writing`; the caller's transaction ends it.
    rows, keys : mapping of str to DataFrame
        As given by `checked`.
    header : Header
        Who and what.
    record_empty : bool
        Record a submission even where no row differs from what is current.
    seen : int, optional
        Newest submission that whoever commits has seen.

    Returns
    -------
    Outcome
        Where nothing differs and `record_empty` is false, no submission is made and the newest id is
        given.

    Raises
    ------
    ContractError
        For each reference without its row, and each removal of a row that is not there.
    StoreError
        If a submission later than `seen` has touched a row that would be written or removed.
    """
    stages = stage_frames(connection, rows, keys)
    counts = {staged.name: drop_unchanged(connection, staged) for staged in stages}
    if seen is not None:
        _refuse_changed(connection, stages, seen)
    _raise([fault for staged in stages for fault in _absent(connection, staged)])
    if record_empty or any(count.written for count in counts.values()):
        submission = record(connection, header, counts)
        for staged in stages:
            replace(connection, staged, submission)
        _raise(
            [
                fault
                for lost in references.dangling(connection, submission, counts)
                for fault in _unknown(lost, rows)
            ]
        )
    else:
        submission = head(connection)
    close_stages(connection, stages)
    return Outcome(submission, counts)


def _refuse_changed(connection: Connection, stages: Iterable[Stage], seen: int) -> None:
    """Refuse where a later submission has touched one of the staged keys."""
    for staged in stages:
        fact = FACTS[staged.name]
        for leaving in (staged.rows, staged.keys):
            same = sa.exists().where(same_key(staged.name, leaving, fact)).correlate(fact)
            # One index each; SQLite would look at every version for a condition on both.
            for column in (fact.c.since, fact.c.until):
                later = connection.scalar(sa.select(sa.func.max(column)).where(column > seen, same))
                if later is not None:
                    raise StoreError("error.changed_since", submission=later, table=staged.name)


def _absent(connection: Connection, staged: Stage) -> list[Fault]:
    """Give a fault for each key to remove that has no current row."""
    fact, key = FACTS[staged.name], TABLES[staged.name].key
    is_current = sa.exists().where(fact.c.until.is_(None), same_key(staged.name, fact, staged.keys))
    missing = connection.execute(sa.select(staged.keys).where(~is_current.correlate(staged.keys)))
    return [Fault(staged.name, ",".join(key), "not_current", None, _text(k)) for k in missing]


def _unknown(lost: references.Dangling, rows: Frames) -> list[Fault]:
    """Give a fault for each proposed row with that value; or one, where the rows were there before."""
    proposed = rows.get(lost.table)
    at = [] if proposed is None else proposed.index[proposed[lost.column] == lost.value].tolist()
    return [Fault(lost.table, lost.column, "unknown_reference", int(i), lost.value) for i in at] or [
        Fault(lost.table, lost.column, "unknown_reference", None, lost.value, {"submission": lost.since})
    ]


def undo(connection: Connection, submission: int, actor: str) -> Outcome:
    """Take back one submission by another one, within a writer's transaction.

    The rows that it replaced or removed are brought back as new versions (with the origin they
    had), the rows that it added are closed. What was seen as of any earlier submission stays.

    Parameters
    ----------
    connection : Connection
        From `database.writing`.
    submission : int
        The one to take back; may itself be an undo.
    actor : str
        Who does it.

    Returns
    -------
    Outcome
        Id of the undo, and what it did.

    Raises
    ------
    StoreError
        If there is no such submission, it is already undone, or a later one has built on it:
        touched one of its rows, or points to one. The newest such submission is named.
    """
    links = {
        row.id: row.undo_of for row in connection.execute(sa.select(SUBMISSIONS.c.id, SUBMISSIONS.c.undo_of))
    }
    if submission not in links:
        raise StoreError("error.no_submission", submission=submission)
    undone = undone_by(links)
    if submission in undone:
        raise StoreError("error.already_undone", submission=submission, later=undone[submission])
    touched = [name for name, count in counts_of(connection, submission).items() if count.written]
    later = {number for name in touched for number in _later(connection, name, submission)}
    later -= {number for pair in undone.items() if min(pair) > submission for number in pair}
    if later:
        raise StoreError("error.undo_built_on", submission=submission, later=max(later))

    stages, counts = [], {}
    for name in touched:
        staged = open_stage(connection, name)
        _stage_return(connection, staged, submission)
        counts[name] = drop_unchanged(connection, staged)
        stages.append(staged)
    number = record(connection, Header(actor, "", "", undo_of=submission), counts)
    for staged in stages:
        replace(connection, staged, number)
    lost = references.dangling(connection, number, counts)
    if lost:
        newest = max(references.built_on(connection, each, number) for each in lost)
        raise StoreError("error.undo_built_on", submission=submission, later=newest)
    close_stages(connection, stages)
    return Outcome(number, counts)


def undone_by(links: Mapping[int, int | None]) -> dict[int, int]:
    """Give which submissions are undone now, and by which undo.

    Parameters
    ----------
    links : mapping of int to int or None
        Every submission's id to the id it undoes.

    Returns
    -------
    dict of int to int
        An undo that is itself undone counts no more.

    Examples
    --------
    >>> undone_by({1: None, 2: 1})
    {1: 2}
    >>> undone_by({1: None, 2: 1, 3: 2})
    {2: 3}
    """
    undone: dict[int, int] = {}
    for number in sorted(links, reverse=True):
        target = links[number]
        if target is not None and number not in undone:
            undone[target] = number
    return undone


def _later(connection: Connection, name: str, submission: int) -> set[int]:
    """Give the later submissions that brought or closed a version of a row this one touched."""
    mine, other = FACTS[name].alias("mine"), FACTS[name].alias("other")
    pairs = sa.and_(
        sa.or_(mine.c.since == submission, mine.c.until == submission), same_key(name, mine, other)
    )
    statements = [
        sa.select(column).select_from(mine).join(other, pairs).where(column > submission)
        for column in (other.c.since, other.c.until)
    ]
    return set(connection.scalars(sa.union(*statements)))


def _stage_return(connection: Connection, staged: Stage, submission: int) -> None:
    """Stage what was before a submission: the rows it closed come back, the keys it added go."""
    fact, contract = FACTS[staged.name], TABLES[staged.name]
    names = [*contract.names, "origin"]
    closed = sa.select(*(fact.c[n] for n in names)).where(fact.c.until == submission)
    connection.execute(sa.insert(staged.rows).from_select(names, closed))
    returns = sa.exists().where(same_key(staged.name, staged.rows, fact)).correlate(fact)
    added = sa.select(*(fact.c[k] for k in contract.key)).where(fact.c.since == submission, ~returns)
    connection.execute(sa.insert(staged.keys).from_select(list(contract.key), added))


def counts_of(connection: Connection, submission: int) -> dict[str, Counts]:
    """Give what a submission did, per table."""
    stored = connection.scalar(sa.select(SUBMISSIONS.c.counts).where(SUBMISSIONS.c.id == submission))
    return {name: Counts(**count) for name, count in json.loads(stored or "{}").items()}


def as_of(connection: Connection, moment: dt.datetime) -> int:
    """Give the newest submission made not later than a moment; 0 if there was none yet.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    moment : datetime
        With its zone.

    Returns
    -------
    int
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    # As `record` writes it: texts of one form, so that their order is that of time.
    limit = moment.astimezone(dt.UTC).isoformat(timespec="seconds")
    newest = sa.select(sa.func.max(SUBMISSIONS.c.id)).where(SUBMISSIONS.c.time <= limit)
    return connection.scalar(newest) or 0


def touched_between(connection: Connection, first: int, last: int) -> set[str]:
    """Give the tables in which the submissions after one, up to another, did something."""
    low, high = sorted((first, last))
    between = sa.select(SUBMISSIONS.c.counts).where(SUBMISSIONS.c.id > low, SUBMISSIONS.c.id <= high)
    stored = [json.loads(counts) for counts in connection.scalars(between)]
    return {name for tables in stored for name, count in tables.items() if Counts(**count).written}


def listing(connection: Connection) -> pd.DataFrame:
    """List every submission, the newest first.

    Returns
    -------
    DataFrame
        id Int64, time (UTC, ISO text), actor, file_name, sha256, note, undo_of Int64, undone_by
        Int64 (missing where it stands), added, changed, unchanged, removed (rows over all
        tables), counts (dict: table to those four numbers).
    """
    rows = connection.execute(sa.select(SUBMISSIONS).order_by(SUBMISSIONS.c.id.desc())).mappings().all()
    undone = undone_by({row["id"]: row["undo_of"] for row in rows})
    counts = [json.loads(row["counts"]) for row in rows]
    columns: dict[str, pd.Series[Any]] = {"id": pd.Series([row["id"] for row in rows], dtype="Int64")}
    for name in ("time", "actor", "file_name", "sha256", "note"):
        columns[name] = pd.Series([row[name] for row in rows], dtype="str")
    columns["undo_of"] = pd.Series([row["undo_of"] for row in rows], dtype="Int64")
    columns["undone_by"] = pd.Series([undone.get(row["id"]) for row in rows], dtype="Int64")
    for part in ("added", "changed", "unchanged", "removed"):
        sums = [sum(table[part] for table in tables.values()) for tables in counts]
        columns[part] = pd.Series(sums, dtype="Int64")
    columns["counts"] = pd.Series(counts, dtype=object)
    return pd.DataFrame(columns)


def find_by_sha(connection: Connection, sha256: str) -> int | None:
    """Give the newest submission of a file with that sha256 that is not undone, if any."""
    links = {
        row.id: row
        for row in connection.execute(
            sa.select(SUBMISSIONS.c.id, SUBMISSIONS.c.undo_of, SUBMISSIONS.c.sha256)
        )
    }
    undone = undone_by({number: row.undo_of for number, row in links.items()})
    same = [n for n, row in links.items() if sha256 and row.sha256 == sha256 and n not in undone]
    return max(same, default=None)
