"""What has changed between two submissions, row by row: what one did, or what stands differently since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from literasi.contracts import TABLES
from literasi.store import reading
from literasi.store.schema import FACTS
from literasi.store.writing import Counts

_AT_ONCE = 500
"""Ids in one statement; databases limit them."""


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
        pairs = connection.execute(_pairs(name, first, last, limit)).all()
        if pairs:
            numbers = {pair.kind: pair.number for pair in pairs}
            total = reading.size(connection, name, last)
            unchanged = total - numbers.get("added", 0) - numbers.get("changed", 0)
            found[name] = Counts(**numbers, unchanged=unchanged), _effect(connection, name, pairs)
    return found


def _pairs(name: str, first: int, last: int, limit: int) -> sa.Select[Any]:
    """Select the ids of the versions that stood at one of two moments only, a pair for each key.

    Each with its kind, how many there are of that kind, and in the order of the key; one pass.
    """
    fact = FACTS[name]
    # Labelled apart: a table may have a column that is called like one of ours.
    key = [fact.c[k].label(f"key_{k}") for k in TABLES[name].key]
    low, high = sorted((first, last))
    came = sa.and_(fact.c.since > low, fact.c.since <= high)
    went = sa.and_(fact.c.until > low, fact.c.until <= high)
    stood, stands = reading.stood(fact, first), reading.stood(fact, last)
    # Grouping pairs both versions of a key in one pass; a self-join would be quadratic on SQLite.
    touched = (
        sa.select(
            *key,
            sa.func.max(sa.case((sa.and_(stands, ~stood), fact.c.id))).label("new_id"),
            sa.func.max(sa.case((sa.and_(stood, ~stands), fact.c.id))).label("old_id"),
        )
        .where(sa.or_(came, went))
        .group_by(*(fact.c[k] for k in TABLES[name].key))
        .subquery()
    )
    old, new = fact.alias("old"), fact.alias("new")
    values = [n for n in TABLES[name].names if n not in TABLES[name].key]
    differs = [old.c[n].is_distinct_from(new.c[n]) for n in values]
    kind = sa.case(
        (touched.c.old_id.is_(None), "added"), (touched.c.new_id.is_(None), "removed"), else_="changed"
    )
    kinds = (
        sa.select(touched, kind.label("kind"))
        .outerjoin_from(touched, old, old.c.id == touched.c.old_id)
        .outerjoin(new, new.c.id == touched.c.new_id)
        # Neither: it came and went in between. Both, and alike: it was changed and changed back.
        .where(sa.or_(old.c.id.is_not(None), new.c.id.is_not(None)))
        .where(sa.or_(old.c.id.is_(None), new.c.id.is_(None), *differs))
        .subquery()
    )
    place = sa.func.row_number().over(
        partition_by=kinds.c.kind, order_by=[kinds.c[f"key_{k}"] for k in TABLES[name].key]
    )
    placed = sa.select(
        kinds.c.kind,
        kinds.c.old_id,
        kinds.c.new_id,
        sa.func.count().over(partition_by=kinds.c.kind).label("number"),
        place.label("place"),
    ).subquery()
    return sa.select(placed).where(placed.c.place <= limit).order_by(placed.c.place)


def _effect(connection: Connection, name: str, pairs: Sequence[Any]) -> Effect:
    def rows(version: str, kind: str) -> pd.DataFrame:
        ids = [getattr(pair, version) for pair in pairs if pair.kind == kind]
        return _versions(connection, name, ids)

    return Effect(
        added=rows("new_id", "added"),
        changed=_changed_values(name, rows("old_id", "changed"), rows("new_id", "changed")),
        removed=rows("old_id", "removed"),
    )


def _versions(connection: Connection, name: str, ids: Sequence[int]) -> pd.DataFrame:
    """Read versions of rows by their ids, in that order."""
    fact = FACTS[name]
    found: dict[int, tuple[Any, ...]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        asked = sa.select(fact.c.id, *reading.plain(name, fact)).where(
            fact.c.id.in_(ids[start : start + _AT_ONCE])
        )
        found |= {row[0]: tuple(row[1:]) for row in connection.execute(asked)}
    return reading.to_frame(name, [found[number] for number in ids])


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
