"""What one submission did, row by row, for the history page."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from literasi.contracts import TABLES
from literasi.store import reading
from literasi.store.schema import FACTS


@dataclass(frozen=True, slots=True)
class Effect:
    """Rows of one table that a submission touched, at most a limit of each.

    Attributes
    ----------
    added, removed : DataFrame
        Contract columns.
    changed : DataFrame
        One row per changed value: the key columns, ``column``, ``old``, ``new`` (text; missing
        where there was no value).
    """

    added: pd.DataFrame
    changed: pd.DataFrame
    removed: pd.DataFrame


def effect(connection: Connection, submission: int, tables: list[str], limit: int) -> dict[str, Effect]:
    """Read what a submission did to some tables.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    submission : int
        Its id.
    tables : list of str
        Names in `contracts.TABLES`.
    limit : int
        At most so many rows each added, changed and removed per table; the full numbers are in
        the submission's counts.

    Returns
    -------
    dict of str to Effect
    """
    return {name: _effect(connection, submission, name, limit) for name in tables}


def _effect(connection: Connection, submission: int, name: str, limit: int) -> Effect:
    fact, key = FACTS[name], TABLES[name].key
    brought, closed = fact.c.since == submission, fact.c.until == submission
    # Grouping pairs both versions of a key in one pass; a self-join would be quadratic on SQLite.
    touched = (
        sa.select(
            sa.func.max(sa.case((brought, fact.c.id))).label("new"),
            sa.func.max(sa.case((closed, fact.c.id))).label("old"),
        )
        .where(sa.or_(brought, closed))
        .group_by(*(fact.c[k] for k in key))
        .subquery()
    )

    def rows(version: str, condition: sa.ColumnElement[bool]) -> pd.DataFrame:
        statement = sa.select(*reading.plain(name, fact)).join(touched, fact.c.id == touched.c[version])
        ordered = statement.where(condition).order_by(*(fact.c[k] for k in key)).limit(limit)
        return reading.to_frame(name, connection.execute(ordered).all())

    is_changed = sa.and_(touched.c.old.is_not(None), touched.c.new.is_not(None))
    return Effect(
        added=rows("new", touched.c.old.is_(None)),
        changed=_differences(name, rows("old", is_changed), rows("new", is_changed)),
        removed=rows("old", touched.c.new.is_(None)),
    )


def _differences(name: str, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    key = list(TABLES[name].key)
    parts = []
    for column in after.columns.difference(key, sort=False):
        old, new = before[column], after[column]
        differs = (old.isna() != new.isna()) | (old != new).fillna(False)
        differs &= ~(old.isna() & new.isna())
        part = after.loc[differs, key].copy()
        part["column"] = column
        part["old"], part["new"] = old[differs].astype("str"), new[differs].astype("str")
        parts.append(part)
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
