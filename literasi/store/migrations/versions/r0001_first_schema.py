"""First schema: submissions and the facts about people, libraries and indices."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def text(name: str, *, nullable: bool = True) -> sa.Column[str]:
    kind = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, kind, nullable=nullable)


def integer(name: str, *, nullable: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def number(name: str, *, nullable: bool = True) -> sa.Column[float]:
    return sa.Column(name, sa.Double(), nullable=nullable)


def boolean(name: str, *, nullable: bool = True) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=nullable)


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
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("undo_of", sa.Integer(), sa.ForeignKey("submissions.id"), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False),
    )
    fact(
        "sources",
        ("source_id",),
        text("source_id", nullable=False),
        text("url"),
        text("publisher", nullable=False),
        text("title", nullable=False),
        date("published_on"),
        date("accessed_on"),
        text("kind", nullable=False),
        text("licence"),
    )
    fact(
        "areas",
        ("area_code",),
        text("area_code", nullable=False),
        text("level", nullable=False),
        text("kind", nullable=False),
        text("name", nullable=False),
        text("bps_code"),
        text("parent_code"),
        text("aliases"),
        number("latitude"),
        number("longitude"),
        text("anchor_source"),
    )
    fact(
        "population",
        ("area_code", "year", "source_id"),
        text("area_code", nullable=False),
        integer("year", nullable=False),
        text("source_id", nullable=False),
        text("concept", nullable=False),
        integer("population", nullable=False),
        text("note"),
    )
    fact(
        "observations",
        ("indicator_id", "area_code", "period", "edition", "producer", "source_id"),
        text("indicator_id", nullable=False),
        text("area_code", nullable=False),
        text("period", nullable=False),
        text("edition", nullable=False),
        text("producer", nullable=False),
        text("source_id", nullable=False),
        number("value"),
        text("status", nullable=False),
        integer("n"),
        text("band_published"),
        text("note"),
    )
    fact(
        "libraries",
        ("library_id",),
        text("library_id", nullable=False),
        text("name", nullable=False),
        text("kind", nullable=False),
        text("area_code", nullable=False),
        text("programme", nullable=False),
        integer("year_joined"),
        number("latitude"),
        number("longitude"),
        integer("titles"),
        number("recent_titles_pct"),
        number("building_m2"),
        boolean("is_building_permanent"),
        number("open_hours_per_day"),
        integer("staff"),
        boolean("is_head_qualified"),
        text("services"),
        text("source_id"),
        text("note"),
    )
    fact(
        "library_figures",
        ("subject", "area_code", "period", "metric", "source_id"),
        text("subject", nullable=False),
        text("area_code", nullable=False),
        text("period", nullable=False),
        text("metric", nullable=False),
        text("source_id", nullable=False),
        text("library_id"),
        number("value", nullable=False),
        text("unit", nullable=False),
        text("status", nullable=False),
        text("note"),
    )
    fact(
        "aid",
        ("library_id", "period", "item"),
        text("library_id", nullable=False),
        text("period", nullable=False),
        text("item", nullable=False),
        number("quantity"),
        text("unit"),
        text("funder"),
        text("source_id"),
        text("note"),
    )
    fact(
        "events",
        ("event_id",),
        text("event_id", nullable=False),
        text("name", nullable=False),
        text("kind", nullable=False),
        date("date_start", nullable=False),
        date("date_end", nullable=False),
        text("venue"),
        text("area_code", nullable=False),
        integer("participants_published"),
        text("organiser"),
        text("source_id"),
        text("note"),
    )
    fact(
        "participants",
        ("event_id", "participant_id"),
        text("event_id", nullable=False),
        text("participant_id", nullable=False),
        text("library_id"),
        text("institution"),
        text("area_code"),
        text("role"),
        text("sex"),
        text("age_band"),
        number("hours_attended"),
        number("hours_due"),
        number("pre_score"),
        number("post_score"),
        number("satisfaction"),
        boolean("has_plan"),
        text("plan_status_30"),
        text("plan_status_90"),
        text("plan_status_180"),
    )
    fact(
        "activities",
        ("library_id", "date", "name"),
        text("library_id", nullable=False),
        date("date", nullable=False),
        text("name", nullable=False),
        text("field"),
        text("kind"),
        text("audience"),
        integer("people"),
        boolean("is_verified"),
        text("note"),
    )
    fact(
        "visits",
        ("library_id", "month"),
        text("library_id", nullable=False),
        date("month", nullable=False),
        integer("female"),
        integer("male"),
        integer("total", nullable=False),
        date("received_on"),
        text("note"),
    )
    fact(
        "circulation",
        ("library_id", "month"),
        text("library_id", nullable=False),
        date("month", nullable=False),
        integer("loans"),
        integer("active_borrowers"),
        integer("members"),
        date("received_on"),
        text("note"),
    )
    fact(
        "targets",
        ("indicator_id", "area_code", "year", "edition", "document"),
        text("indicator_id", nullable=False),
        text("area_code", nullable=False),
        integer("year", nullable=False),
        text("edition", nullable=False),
        number("value", nullable=False),
        text("document", nullable=False),
        text("source_id"),
        text("note"),
    )
