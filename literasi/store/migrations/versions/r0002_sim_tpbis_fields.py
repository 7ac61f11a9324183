"""Advocacy, publications and services of libraries, as SIM TPBIS reports them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def text(name: str, *, nullable: bool = True) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)


def integer(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def number(name: str, *, nullable: bool = True) -> sa.Column[float]:
    return sa.Column(name, sa.Double(), nullable=nullable)


def date(name: str, *, nullable: bool = True) -> sa.Column[dt.date]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def fact(name: str, key: tuple[str, ...], *columns: sa.Column[Any]) -> None:
    """Make one fact table with its versions."""
    op.create_table(
        name,
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        *columns,
        sa.Column("since", sa.Integer(), sa.ForeignKey("submissions.id"), nullable=False),
        sa.Column("until", sa.Integer(), sa.ForeignKey("submissions.id"), nullable=True),
        sa.Column("origin", sa.Integer(), sa.ForeignKey("submissions.id"), nullable=False),
        sa.CheckConstraint("until > since", name=f"ck_{name}_until"),
    )
    current = sa.text("until IS NULL")
    op.create_index(
        f"uq_{name}_current", name, list(key), unique=True, sqlite_where=current, postgresql_where=current
    )
    op.create_index(f"ix_{name}_since", name, ["since"])
    op.create_index(f"ix_{name}_until", name, ["until"])


def upgrade() -> None:
    fact(
        "advocacy",
        ("library_id", "date", "title"),
        text("library_id", nullable=False),
        date("date", nullable=False),
        text("title", nullable=False),
        text("audience"),
        text("result"),
        number("amount"),
        text("note"),
    )
    fact(
        "publications",
        ("library_id", "date", "title"),
        text("library_id", nullable=False),
        date("date", nullable=False),
        text("title", nullable=False),
        text("kind"),
        text("media"),
        text("note"),
    )
    fact(
        "services",
        ("library_id", "month"),
        text("library_id", nullable=False),
        date("month", nullable=False),
        integer("books"),
        integer("digital_books"),
        integer("computers"),
        number("bandwidth_mbps"),
        text("note"),
    )
