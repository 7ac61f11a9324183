"""What has changed between two submissions, row by row: what one did, or what stands differently since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from literasi.contracts import TABLES
from literasi.store import reading
from literasi.store.schema import FACTS
from literasi.store.writing import Counts


@dataclass(frozen=True, slots=True)
class Effect:
    """Rows of one table that differ between two moments, at most a limit of each.

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


@dataclass(frozen=True, slots=True)
class Preview:
    """What a commit or an undo would do, had it been made now.

    Attributes
    ----------
    head : int
        Newest submission at that moment. Given to the commit as ``seen``, it is refused if a later one
        has touched the same rows.
    counts : mapping of str to Counts
        Per given table.
    effects : mapping of str to Effect
        Per table in which something would differ.
    """

    head: int
    counts: Mapping[str, Counts]
    effects: Mapping[str, Effect]


def differences(
    connection: Connection, first: int, last: int, tables: Iterable[str], limit: int
) -> dict[str, tuple[Counts, Effect]]:
    """Compare some tables as of two submissions.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    first, last : int
        Submission ids: what stood right after one, and what right after the other.
    tables : iterable of str
        Names in `contracts.TABLES`.
    limit : int
        At most so many rows each added, changed and removed per table.

    Returns
    -------
    dict of str to tuple of (Counts, Effect)
        Only tables that differ. The counts are of all rows, unchanged ones too. A row that came and
        went in between, or was changed and changed back, is no difference.
    """
    found = {}
    for name in tables:
        pairs = _pairs(name, first, last)
        kinds = sa.select(pairs.c.kind, sa.func.count()).group_by(pairs.c.kind)
        numbers = {kind: number for kind, number in connection.execute(kinds) if kind != "same"}
        if numbers:
            total = reading.size(connection, name, last)
            unchanged = total - numbers.get("added", 0) - numbers.get("changed", 0)
            found[name] = Counts(**numbers, unchanged=unchanged), _effect(connection, name, pairs, limit)
    return found


def _pairs(name: str, first: int, last: int) -> sa.Subquery:
    """Select, by key, the versions of one table that stood at one moment only: new, old, key, kind."""
    fact, key = FACTS[name], TABLES[name].key
    old, new = fact.alias("old"), fact.alias("new")
    low, high = sorted((first, last))
    came = sa.and_(fact.c.since > low, fact.c.since <= high)
    went = sa.and_(fact.c.until > low, fact.c.until <= high)
    stood, stands = reading.stood(fact, first), reading.stood(fact, last)
    # Grouping pairs both versions of a key in one pass; a self-join would be quadratic on SQLite.
    touched = (
        sa.select(
            sa.func.max(sa.case((sa.and_(stands, ~stood), fact.c.id))).label("new"),
            sa.func.max(sa.case((sa.and_(stood, ~stands), fact.c.id))).label("old"),
        )
        .where(sa.or_(came, went))
        .group_by(*(fact.c[k] for k in key))
        .subquery()
    )
    values = [n for n in TABLES[name].names if n not in key]
    kind = sa.case(
        (touched.c.old.is_(None), "added"),
        (touched.c.new.is_(None), "removed"),
        (sa.or_(*(old.c[n].is_distinct_from(new.c[n]) for n in values)), "changed"),
        else_="same",
    )
    return (
        sa.select(touched.c.new, touched.c.old, kind.label("kind"))
        .outerjoin_from(touched, old, old.c.id == touched.c.old)
        .outerjoin(new, new.c.id == touched.c.new)
        .where(sa.or_(touched.c.old.is_not(None), touched.c.new.is_not(None)))
        .subquery()
    )


def _effect(connection: Connection, name: str, pairs: sa.Subquery, limit: int) -> Effect:
    fact, key = FACTS[name], TABLES[name].key

    def rows(version: str, kind: str) -> pd.DataFrame:
        statement = sa.select(*reading.plain(name, fact)).join(pairs, fact.c.id == pairs.c[version])
        ordered = statement.where(pairs.c.kind == kind).order_by(*(fact.c[k] for k in key)).limit(limit)
        return reading.to_frame(name, connection.execute(ordered).all())

    return Effect(
        added=rows("new", "added"),
        changed=_changed_values(name, rows("old", "changed"), rows("new", "changed")),
        removed=rows("old", "removed"),
    )


def _changed_values(name: str, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
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
