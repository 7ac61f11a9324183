"""What a new edition of the shipped facts may do in a database in which the office works.

A current row belongs to the shipped facts if its origin is one of their submissions.

- Shipped rows that are new are added; those whose shipped row is current are changed.
- Current shipped rows that are no longer shipped are removed, unless another row points to them.
- A row that the office has replaced stays the office's; one that the office has removed (or whose
  arrival it has undone) stays away, and so do shipped rows that point to it.
- A change of a shipped row that the office has undone comes again with the next edition: it is a
  shipped row still.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from literasi.contracts import TABLES
from literasi.store.reading import key_frame
from literasi.store.references import references
from literasi.store.schema import FACTS

Frames = dict[str, pd.DataFrame]


def merge(
    connection: Connection, shipped: Mapping[str, pd.DataFrame], bundles: Collection[int]
) -> tuple[Frames, Frames]:
    """Work out which shipped rows to write, and which current ones to remove.

    Parameters
    ----------
    connection : Connection
        In a writer's transaction.
    shipped : mapping of str to DataFrame
        Every shipped row, per table, meeting its contract.
    bundles : collection of int
        Submissions that brought earlier editions.

    Returns
    -------
    tuple of dict
        Rows to add or replace, and keys to remove, per table.
    """
    changes: Frames = {}
    removals: Frames = {}
    refused: Frames = {}
    for name in TABLES:
        key = list(TABLES[name].key)
        fact = FACTS[name]
        is_current, is_shipped = fact.c.until.is_(None), fact.c.origin.in_(bundles)
        ours = key_frame(connection, name, sa.select(fact).where(is_current, is_shipped))
        rows = shipped.get(name, ours.iloc[:0])
        removals[name] = _without(ours, rows, key)
        if name in shipped:
            office = key_frame(connection, name, sa.select(fact).where(is_current, ~is_shipped))
            refused[name] = _removed_by_office(connection, name, bundles)
            pointing = _pointing_to(name, rows, refused)
            refused[name] = pd.concat([refused[name], pointing[key]], ignore_index=True)
            changes[name] = _without(_without(rows, office, key), refused[name], key)
    _keep_used(connection, changes, removals)
    return changes, {name: keys for name, keys in removals.items() if len(keys)}


def _without(rows: pd.DataFrame, other: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Give the rows whose key is not among the other rows."""
    taken = pd.MultiIndex.from_frame(other[key])
    return rows[~pd.MultiIndex.from_frame(rows[key]).isin(taken)].reset_index(drop=True)


def _removed_by_office(connection: Connection, name: str, bundles: Collection[int]) -> pd.DataFrame:
    """Give the keys of rows that were shipped once and that someone else has closed."""
    fact = FACTS[name]
    keys = [fact.c[k] for k in TABLES[name].key]
    was_shipped = sa.func.max(sa.case((fact.c.origin.in_(bundles), 1), else_=0)) == 1
    is_closed = sa.func.count(fact.c.until) == sa.func.count()
    by_other = sa.func.max(fact.c.until).not_in(bundles)
    return key_frame(
        connection, name, sa.select(*keys).group_by(*keys).having(was_shipped, is_closed, by_other)
    )


def _pointing_to(name: str, rows: pd.DataFrame, refused: Frames) -> pd.DataFrame:
    """Give the rows that point to a refused row of another table, or of this one."""
    points = pd.Series(False, index=rows.index)
    for table, column, parent, parent_column in references():
        if table == name and parent in refused:
            points |= rows[column].isin(refused[parent][parent_column])
    return rows[points]


def _keep_used(connection: Connection, changes: Frames, removals: Frames) -> None:
    """Take those rows out of the removals that a row which stays points to."""
    found = True
    while found:
        found = False
        for table, column, parent, parent_column in references():
            keys = removals[parent]
            if keys.empty:
                continue
            key = list(TABLES[table].key)
            fact = FACTS[table]
            statement = sa.select(fact).where(fact.c.until.is_(None), fact.c[column].is_not(None))
            pointing = key_frame(connection, table, statement, column)
            for leaving in (removals[table], changes.get(table, pointing.iloc[:0])):
                pointing = _without(pointing, leaving, key)
            used = keys[parent_column].isin(pointing[column])
            if used.any():
                removals[parent] = keys[~used].reset_index(drop=True)
                found = True
