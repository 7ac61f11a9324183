"""From rows to frames that meet their contract, and back to plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from literasi.contracts import DTYPES, TABLES, Column, Kind
from literasi.store.schema import FACTS


def frame(connection: Connection, table: str, as_of: int | None = None) -> pd.DataFrame:
    """Read the rows of one table that are current, or that were after a submission.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    table : str
        A name in `contracts.TABLES`.
    as_of : int, optional
        Submission id; the rows as they stood right after it.

    Returns
    -------
    DataFrame
        The contract's columns and types, in the order of the key.
    """
    fact = FACTS[table]
    valid = fact.c.until.is_(None) if as_of is None else stood(fact, as_of)
    order = [fact.c[k] for k in TABLES[table].key]
    rows = connection.execute(sa.select(*plain(table, fact)).where(valid).order_by(*order)).all()
    return to_frame(table, rows)


def size(connection: Connection, table: str, as_of: int) -> int:
    """Count the rows of one table as they stood right after a submission."""
    count = sa.select(sa.func.count()).select_from(FACTS[table]).where(stood(FACTS[table], as_of))
    return connection.scalar(count) or 0


def origins(
    connection: Connection, table: str, as_of: int, where: Mapping[str, Collection[str]]
) -> pd.DataFrame:
    """Count the rows of one table as of a submission by the submission that brought each.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    table : str
        A name in `contracts.TABLES`.
    as_of : int
        Submission id.
    where : mapping of str to collection of str
        Text columns and the values that the counted rows have there.

    Returns
    -------
    DataFrame
        ``submission``, ``rows``; in the order of the submissions.
    """
    fact = FACTS[table]
    wanted = [fact.c[name].in_(list(values)) for name, values in where.items()]
    counted = (
        sa.select(fact.c.since, sa.func.count())
        .where(stood(fact, as_of), *wanted)
        .group_by(fact.c.since)
        .order_by(fact.c.since)
    )
    rows = connection.execute(counted).all()
    return pd.DataFrame([tuple(row) for row in rows], columns=["submission", "rows"]).astype("int64")


def stood(fact: sa.FromClause, as_of: int) -> sa.ColumnElement[bool]:
    """Give the condition that a version of a fact table was current right after a submission."""
    return sa.and_(fact.c.since <= as_of, sa.or_(fact.c.until.is_(None), fact.c.until > as_of))


def plain(table: str, source: sa.FromClause) -> list[sa.ColumnElement[Any]]:
    """Give a table's contract columns as the driver returns them, without conversion row by row."""
    return [sa.type_coerce(source.c[name], sa.types.NullType()).label(name) for name in TABLES[table].names]


def to_frame(table: str, rows: Sequence[Any]) -> pd.DataFrame:
    """Make a frame of rows selected with `plain`.

    Parameters
    ----------
    table : str
        A name in `contracts.TABLES`.
    rows : sequence of rows
        Values in the contract's order.

    Returns
    -------
    DataFrame
        The contract's columns and types. The database has kept its types, so this is the
        fast form of `contracts.coerce`, and gives the same.
    """
    return _frame(TABLES[table].columns, rows)


def key_frame(connection: Connection, table: str, statement: sa.Select[Any], *more: str) -> pd.DataFrame:
    """Read only the key columns (and more of the contract's columns) of selected rows.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    table : str
        A name in `contracts.TABLES`.
    statement : Select
        Selects at least these columns, under their names.
    *more : str
        Further columns.

    Returns
    -------
    DataFrame
        In the contract's types.
    """
    names = dict.fromkeys([*TABLES[table].key, *more])
    source = statement.subquery()
    columns = [sa.type_coerce(source.c[n], sa.types.NullType()).label(n) for n in names]
    return _frame([TABLES[table].column(n) for n in names], connection.execute(sa.select(*columns)).all())


def _frame(columns: Sequence[Column], rows: Sequence[Any]) -> pd.DataFrame:
    values = zip(*rows, strict=True) if rows else [()] * len(columns)
    return pd.DataFrame({c.name: _series(v, c.kind) for c, v in zip(columns, values, strict=True)})


def _series(values: tuple[Any, ...], kind: Kind) -> pd.Series[Any]:
    if kind in ("date", "month"):
        return pd.Series(np.array(values, dtype="datetime64[D]").astype("datetime64[us]"))
    if kind == "boolean":
        return pd.Series([None if v is None else bool(v) for v in values], dtype="boolean")
    return pd.Series(list(values), dtype=DTYPES[kind])


def to_rows(table: str, values: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Make plain rows of a frame that meets its contract (or has some of its columns).

    Parameters
    ----------
    table : str
        A name in `contracts.TABLES`.
    values : DataFrame
        Columns of the contract's types.

    Returns
    -------
    list of tuple
        Python values; dates as ISO text; None where missing, never a text "NaN".
    """
    contract = TABLES[table]
    return list(zip(*(_values(values[n], contract.column(n).kind) for n in values.columns), strict=True))


def _values(series: pd.Series[Any], kind: Kind) -> list[Any]:
    if kind in ("date", "month"):
        days = np.datetime_as_string(series.to_numpy().astype("datetime64[D]"))
        return [None if day == "NaT" else day for day in days.tolist()]
    values: list[Any] = series.astype(object).where(series.notna(), None).tolist()
    return values
