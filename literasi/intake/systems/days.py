"""On which days a system has recorded something, what it had on one, and rows whose day cannot be true."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from literasi.domain.periods import Period
from literasi.intake.findings import Finding
from literasi.intake.systems.series import Span, Stocks, advise, of_year_month

EARLIEST = "1990-01-01"
"""Dates before it are placeholders (``0000-00-00``, 1970-01-01), not days on which something happened."""


def active_months(connection: Connection, span: Span, *, days: str) -> set[Period]:
    """Give every month, also outside the span, in which there is a row; none in the future.

    Parameters
    ----------
    connection : Connection
    span : Span
    days : str
        SQL giving one column, ``day``.
    """
    statement = sa.text(
        f"SELECT DISTINCT EXTRACT(YEAR_MONTH FROM day) FROM ({days}) days"
        f" WHERE day >= '{EARLIEST}' AND day < :tomorrow"
    )
    return {of_year_month(row[0]) for row in connection.execute(statement, dict(span.bounds))}


def undated(connection: Connection, span: Span, table: str, column: str) -> list[Finding]:
    """Advise if rows have no day, a placeholder or one in the future: they are in no month."""
    statement = sa.text(
        f"SELECT COUNT(*) FROM {table}"
        f" WHERE {column} IS NULL OR {column} < '{EARLIEST}' OR {column} >= :tomorrow"
    )
    count = int(connection.execute(statement, dict(span.bounds)).scalar_one())
    return [advise("undated_rows", f"{table}.{column}", count=count)] if count else []


def stocks(connection: Connection, after: dt.date, *, members: str, titles: str, copies: str) -> Stocks:
    """Count what there was before a day.

    Parameters
    ----------
    connection : Connection
    after : date
        The first day on which it does not count any more; ``:after`` in the statements.
    members, titles, copies : str
        SQL giving one number; NULL, not 0, where there is no record of any: that part is not in use.
    """

    def count(statement: str) -> int | None:
        value = connection.execute(sa.text(statement), {"after": after}).scalar_one()
        return None if value is None else int(value)

    return Stocks(count(members), count(titles), count(copies))
