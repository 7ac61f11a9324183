"""Figures of the forms from which IPLM is measured, for its simulation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLE = "iplm_inputs"
KEY = ("area_code", "year", "edition", "library_type", "form_field")


def text(name: str, *, nullable: bool = True) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        text("area_code", nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        text("edition", nullable=False),
        text("library_type", nullable=False),
        text("form_field", nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        text("source_id"),
        text("note"),
        sa.Column("since", sa.Integer(), sa.ForeignKey("submissions.id"), nullable=False),
        sa.Column("until", sa.Integer(), sa.ForeignKey("submissions.id"), nullable=True),
        sa.Column("origin", sa.Integer(), sa.ForeignKey("submissions.id"), nullable=False),
        sa.CheckConstraint("until > since", name=f"ck_{TABLE}_until"),
    )
    current = sa.text("until IS NULL")
    op.create_index(
        f"uq_{TABLE}_current", TABLE, list(KEY), unique=True, sqlite_where=current, postgresql_where=current
    )
    op.create_index(f"ix_{TABLE}_since", TABLE, ["since"])
    op.create_index(f"ix_{TABLE}_until", TABLE, ["until"])
