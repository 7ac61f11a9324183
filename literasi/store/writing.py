"""The three steps every submission takes: stage the rows, record the submission, replace the rows.

Commits and undos take the same steps, so there is one way in which a row ever comes or goes.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from literasi.contracts import TABLES
from literasi.store import reading
from literasi.store.database import load
from literasi.store.schema import FACTS, SUBMISSIONS, gone, same_key, stage


@dataclass(frozen=True, slots=True)
class Header:
    """Who submits what: the part of a submission that is not rows."""

    actor: str
    file_name: str
    sha256: str
    note: str = ""
    undo_of: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one table in one submission; unchanged ones were given but not written."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    @property
    def written(self) -> int:
        """Rows that the submission brought, replaced or removed."""
        return self.added + self.changed + self.removed


@dataclass(frozen=True, slots=True)
class Stage:
    """Temporary tables of one fact table: rows to bring, keys to remove."""

    name: str
    rows: sa.Table
    keys: sa.Table


def open_stage(connection: Connection, name: str) -> Stage:
    """Make empty temporary tables for one fact table."""
    staged = Stage(name, stage(name), gone(name))
    staged.rows.create(connection)
    staged.keys.create(connection)
    return staged


def stage_frames(
    connection: Connection,
    changes: Mapping[str, pd.DataFrame],
    removals: Mapping[str, pd.DataFrame],
) -> list[Stage]:
    """Put proposed rows and keys into temporary tables, one pair per table, parents first."""
    stages = []
    for name in TABLES:
        if name in changes or name in removals:
            staged = open_stage(connection, name)
            if name in changes:
                load(connection, staged.rows, TABLES[name].names, reading.to_rows(name, changes[name]))
            if name in removals:
                load(connection, staged.keys, TABLES[name].key, reading.to_rows(name, removals[name]))
            stages.append(staged)
    return stages


def drop_unchanged(connection: Connection, staged: Stage) -> Counts:
    """Take the rows that are current already out of the stage, and count what is left to do.

    Parameters
    ----------
    connection : Connection
        In a writer's transaction.
    staged : Stage
        As loaded.

    Returns
    -------
    Counts
        What `replace` will do.
    """
    fact, rows, contract = FACTS[staged.name], staged.rows, TABLES[staged.name]
    equal = [fact.c[n].is_not_distinct_from(rows.c[n]) for n in contract.names if n not in contract.key]
    current = sa.and_(fact.c.until.is_(None), same_key(staged.name, fact, rows))
    unchanged = connection.execute(
        sa.delete(rows).where(sa.exists().where(current, *equal).correlate(rows))
    ).rowcount
    total = connection.scalar(sa.select(sa.func.count()).select_from(rows)) or 0
    changed = (
        connection.scalar(
            sa.select(sa.func.count()).select_from(rows).where(sa.exists().where(current).correlate(rows))
        )
        or 0
    )
    removed = connection.scalar(sa.select(sa.func.count()).select_from(staged.keys)) or 0
    return Counts(total - changed, changed, unchanged, removed)


def record(connection: Connection, header: Header, counts: Mapping[str, Counts]) -> int:
    """Insert the submission and give its id, one more than the newest.

    Ids have no gaps because there is one writer at a time: everything up to an id that can be
    seen can be seen. The time is UTC; screens show it in the office's zone.
    """
    number = head(connection) + 1
    connection.execute(
        sa.insert(SUBMISSIONS).values(
            id=number,
            time=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            counts=json.dumps({name: asdict(count) for name, count in counts.items()}),
            **asdict(header),
        )
    )
    return number


def head(connection: Connection) -> int:
    """Give the id of the newest submission; 0 before the first."""
    return connection.scalar(sa.select(sa.func.max(SUBMISSIONS.c.id))) or 0


def replace(connection: Connection, staged: Stage, submission: int) -> None:
    """Close the rows that are replaced or removed, then insert the new ones."""
    fact = FACTS[staged.name]
    for leaving in (staged.rows, staged.keys):
        connection.execute(
            sa.update(fact)
            .where(
                fact.c.until.is_(None),
                sa.exists().where(same_key(staged.name, leaving, fact)).correlate(fact),
            )
            .values(until=submission)
        )
    names = TABLES[staged.name].names
    connection.execute(
        sa.insert(fact).from_select(
            [*names, "since", "origin"],
            sa.select(
                *(staged.rows.c[n] for n in names),
                sa.literal(submission),
                sa.func.coalesce(staged.rows.c.origin, submission),
            ),
        )
    )


def close_stages(connection: Connection, stages: Iterable[Stage]) -> None:
    """Drop the temporary tables; the connection goes back to the pool."""
    for staged in stages:
        staged.rows.drop(connection)
        staged.keys.drop(connection)
