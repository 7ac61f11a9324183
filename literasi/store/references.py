"""Rows that point to a row of another table: nothing may point to nowhere.

Foreign keys of the database cannot say this, because the row pointed to has many versions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from literasi.contracts import TABLES
from literasi.store.schema import FACTS
from literasi.store.writing import Counts


@dataclass(frozen=True, slots=True)
class Dangling:
    """A value in current rows that names no current row of the other table."""

    table: str
    column: str
    value: str
    since: int
    parent: str
    parent_column: str


def dangling(connection: Connection, submission: int, counts: Mapping[str, Counts]) -> list[Dangling]:
    """Find the references that a submission has left without their row.

    Parameters
    ----------
    connection : Connection
        In the transaction of the submission, after its rows were replaced.
    submission : int
        Its id.
    counts : mapping
        What it did, per table. Tables that it cannot have hurt are not looked at.

    Returns
    -------
    list of Dangling
        One per column and value; `since` is the newest submission that brought such a row.
    """
    found = []
    for table, column, parent, parent_column in references():
        lost_rows = parent in counts and counts[parent].removed > 0
        if table in counts or lost_rows:
            fact, target = FACTS[table], FACTS[parent].alias("target")
            used = sa.select(fact.c[column].label("value"), sa.func.max(fact.c.since).label("since")).where(
                fact.c.until.is_(None), fact.c[column].is_not(None)
            )
            if not lost_rows:
                used = used.where(fact.c.since == submission)
            values = used.group_by(fact.c[column]).subquery()
            exists = sa.exists().where(target.c.until.is_(None), target.c[parent_column] == values.c.value)
            rows = connection.execute(sa.select(values).where(~exists.correlate(values)).order_by("value"))
            found += [Dangling(table, column, value, since, parent, parent_column) for value, since in rows]
    return found


def built_on(connection: Connection, lost: Dangling, undo: int) -> int:
    """Give the submission because of which an undo would leave a reference without its row.

    Parameters
    ----------
    connection : Connection
        In the transaction of the undo.
    lost : Dangling
        The reference.
    undo : int
        Id of the undo.

    Returns
    -------
    int
        The one that brought the pointing row; or, where the undo itself would bring it back,
        the one that has removed the row pointed to.
    """
    if lost.since != undo:
        return lost.since
    parent = FACTS[lost.parent]
    removed = sa.select(sa.func.max(parent.c.until)).where(parent.c[lost.parent_column] == lost.value)
    return connection.scalar(removed) or undo


def references() -> Iterator[tuple[str, str, str, str]]:
    """Give every reference of the contracts: table, column, table and column pointed to."""
    for contract in TABLES.values():
        for column in contract.columns:
            if column.references is not None:
                parent, _, parent_column = column.references.partition(".")
                yield contract.name, column.name, parent, parent_column
