"""Database tables, generated from `literasi.contracts.TABLES`.

A fact table has the contract's columns and three submission ids: `since` brought the row, `until`
replaced or removed it (empty = current), and `origin` is whose statement it is: the same as `since`
except for a row that an undo brought back, which keeps the origin it had.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from literasi.contracts import TABLES, Kind, Table

HEAD_REVISION = "0004"
"""The newest migration; a new database is stamped with it without importing Alembic."""

METADATA = sa.MetaData()
VERSION = sa.Table(
    "alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True)
)

# Byte order on PostgreSQL too, so that rows come in the same order from both databases.
TEXT: TypeEngine[str] = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
ROW_ID: TypeEngine[int] = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

TYPES: dict[Kind, TypeEngine[Any]] = {
    "text": TEXT,
    "integer": sa.BigInteger(),
    "number": sa.Double(),
    "boolean": sa.Boolean(),
    "date": sa.Date(),
    "month": sa.Date(),
}

SUBMISSIONS = sa.Table(
    "submissions",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("time", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("undo_of", sa.Integer, sa.ForeignKey("submissions.id"), nullable=True),
    sa.Column("counts", sa.Text, nullable=False),
)


def _fact(contract: Table) -> sa.Table:
    table = sa.Table(
        contract.name,
        METADATA,
        sa.Column("id", ROW_ID, primary_key=True),
        *(sa.Column(c.name, TYPES[c.kind], nullable=not c.required) for c in contract.columns),
        sa.Column("since", sa.Integer, sa.ForeignKey("submissions.id"), nullable=False),
        sa.Column("until", sa.Integer, sa.ForeignKey("submissions.id"), nullable=True),
        sa.Column("origin", sa.Integer, sa.ForeignKey("submissions.id"), nullable=False),
        sa.CheckConstraint("until > since", name=f"ck_{contract.name}_until"),
    )
    current = table.c.until.is_(None)
    sa.Index(
        f"uq_{contract.name}_current",
        *(table.c[k] for k in contract.key),
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )
    sa.Index(f"ix_{contract.name}_since", table.c.since)
    sa.Index(f"ix_{contract.name}_until", table.c.until)
    return table


FACTS: dict[str, sa.Table] = {name: _fact(contract) for name, contract in TABLES.items()}


def stage(name: str) -> sa.Table:
    """Make the temporary table that takes the proposed rows of one fact table.

    Parameters
    ----------
    name : str
        A name in `FACTS`.

    Returns
    -------
    Table
        Contract columns and `origin`. Its primary key is what keeps the comparison with the
        current rows from becoming quadratic.
    """
    contract = TABLES[name]
    return sa.Table(
        f"stage_{name}",
        sa.MetaData(),
        *(sa.Column(c.name, TYPES[c.kind], nullable=not c.required) for c in contract.columns),
        sa.Column("origin", sa.Integer),
        sa.PrimaryKeyConstraint(*contract.key),
        prefixes=["TEMPORARY"],
    )


def gone(name: str) -> sa.Table:
    """Make the temporary table that takes the keys to remove from one fact table.

    Parameters
    ----------
    name : str
        A name in `FACTS`.

    Returns
    -------
    Table
        Key columns only, as primary key.
    """
    contract = TABLES[name]
    return sa.Table(
        f"gone_{name}",
        sa.MetaData(),
        *(sa.Column(k, TYPES[contract.column(k).kind], nullable=False) for k in contract.key),
        sa.PrimaryKeyConstraint(*contract.key),
        prefixes=["TEMPORARY"],
    )


def same_key(name: str, left: sa.FromClause, right: sa.FromClause) -> sa.ColumnElement[bool]:
    """Give the condition that two rows of one fact table have the same key.

    Parameters
    ----------
    name : str
        A name in `FACTS`.
    left, right : FromClause
        The fact table, an alias of it, or its stage.

    Returns
    -------
    ColumnElement of bool
    """
    return sa.and_(*(left.c[k] == right.c[k] for k in TABLES[name].key))
