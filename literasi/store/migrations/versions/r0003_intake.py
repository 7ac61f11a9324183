"""What the office has told about its files, and what monthly reports still lacked.

New tables: advices, layouts, spellings, snapshots. New columns: titles and copies at the end of a month,
and the day on which a report came.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DATED_TABLES = ("activities", "advocacy", "publications", "services")


def text(name: str, *, nullable: bool = True) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)


def integer(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


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
    for name in ("titles", "copies"):
        op.add_column("circulation", integer(name))
    for table in DATED_TABLES:
        op.add_column(table, sa.Column("received_on", sa.Date(), nullable=True))
    fact(
        "advices",
        ("of_table", "row_key", "of_column", "rule"),
        text("of_table", nullable=False),
        text("row_key", nullable=False),
        text("of_column", nullable=False),
        text("rule", nullable=False),
        text("value"),
        text("area_code"),
        text("reason"),
    )
    fact(
        "layouts",
        ("layout", "position"),
        text("layout", nullable=False),
        integer("position", nullable=False),
        text("heading", nullable=False),
        text("form", nullable=False),
        text("field"),
    )
    fact(
        "spellings",
        ("kind", "within", "written"),
        text("kind", nullable=False),
        text("within", nullable=False),
        text("written", nullable=False),
        text("code", nullable=False),
    )
    fact(
        "snapshots",
        ("name",),
        text("name", nullable=False),
        integer("submission", nullable=False),
        text("note"),
    )
