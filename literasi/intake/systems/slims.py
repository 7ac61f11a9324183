"""SLiMS 9 (Bulian): what its database says about visits, loans, members, titles and copies.

Everything is counted on the library's server; no name, birth date, address or other personal text of a
visitor or member is in any statement. Source of tables and columns: methodology, section 8.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from literasi.domain.periods import Period
from literasi.intake.findings import Finding
from literasi.intake.systems import SLIMS as SYSTEM
from literasi.intake.systems import agreement, database, days, series
from literasi.intake.systems.database import as_written_in
from literasi.intake.systems.days import active_months, undated
from literasi.intake.systems.series import Loans, Reading, Span, Stocks, Visits, advise, of_year_month

NEEDED: database.Needed = {
    "visitor_count": ("member_id", "checkin_date"),
    "member": ("member_id", "gender", "register_date", "expire_date"),
    "loan": ("loan_id", "item_code", "member_id", "loan_date"),
    "loan_history": ("loan_id", "item_code", "member_id", "loan_date"),
    "biblio": ("biblio_id", "input_date"),
    "item": ("item_id", "input_date"),
}

# A loan is in the history from the day it is made, and stays in `loan` when it is returned. Where the
# triggers that keep the history were not installed, the loans it lacks are taken from `loan`.
_LOANS = """
    SELECT loan_date, CONVERT(member_id USING utf8mb4) COLLATE utf8mb4_unicode_ci AS borrower
    FROM loan_history
    WHERE loan_date >= :first AND loan_date < :after
    UNION ALL
    SELECT l.loan_date, CONVERT(l.member_id USING utf8mb4) COLLATE utf8mb4_unicode_ci
    FROM loan l LEFT JOIN loan_history h ON h.loan_id = l.loan_id
    WHERE h.loan_id IS NULL AND l.loan_date >= :first AND l.loan_date < :after
"""
_LOAN_DAYS = "SELECT loan_date AS day FROM loan_history UNION ALL SELECT loan_date FROM loan"


def read(connection: Connection, *, library_id: str, span: Span, tables: Set[str]) -> Reading:
    """Read one library's months.

    Parameters
    ----------
    connection : Connection
        From `database.reading`.
    library_id : str
        Whose system it is.
    span : Span
        Which months.
    tables : set of str
        Of `series.TABLES`: what to read.

    Returns
    -------
    Reading

    Raises
    ------
    SystemReadError
        If it is not a SLiMS 9 database, may not be read, or if ``loan`` and ``loan_history`` disagree
        (``systems.error.slims_disagree``).
    """
    kinds = database.columns(connection, system=SYSTEM, needed=NEEDED)
    frames = {}
    findings: list[Finding] = []
    if "visits" in tables:
        frames["visits"], found = series.visits(
            span,
            system=SYSTEM,
            library_id=library_id,
            active=active_months(connection, span, days="SELECT checkin_date AS day FROM visitor_count"),
            counted=_visits(connection, span, kinds["member", "member_id"]),
        )
        findings += found + undated(connection, span, "visitor_count", "checkin_date")
    if "circulation" in tables:
        _require_agreement(connection, span)
        frames["circulation"], found = series.circulation(
            span,
            system=SYSTEM,
            library_id=library_id,
            active=active_months(connection, span, days=_LOAN_DAYS),
            counted=_loans(connection, span),
            stocks=_stocks(connection, span.stock_month),
        )
        findings += found + undated(connection, span, "loan_history", "loan_date")
        findings += _short_history(connection)
    return Reading(SYSTEM, library_id, span, frames, tuple(findings))


def _visits(connection: Connection, span: Span, kind: str) -> Mapping[Period, Visits]:
    statement = sa.text(
        "SELECT EXTRACT(YEAR_MONTH FROM v.checkin_date) AS ym, COUNT(*),"
        " COALESCE(SUM(m.gender = 0), 0), COALESCE(SUM(m.gender = 1), 0)"
        f" FROM visitor_count v LEFT JOIN member m ON m.member_id = {as_written_in(kind, 'v.member_id')}"
        " WHERE v.checkin_date >= :first AND v.checkin_date < :after GROUP BY ym"
    )
    return {
        of_year_month(ym): Visits(int(total), int(female), int(male))
        for ym, total, female, male in connection.execute(statement, dict(span.bounds))
    }


def _loans(connection: Connection, span: Span) -> Mapping[Period, Loans]:
    statement = sa.text(
        "SELECT EXTRACT(YEAR_MONTH FROM loan_date) AS ym, COUNT(*), COUNT(DISTINCT borrower)"
        f" FROM ({_LOANS}) loans GROUP BY ym"
    )
    return {
        of_year_month(ym): Loans(int(loans), int(borrowers))
        for ym, loans, borrowers in connection.execute(statement, dict(span.bounds))
    }


def _stocks(connection: Connection, month: Period | None) -> Stocks | None:
    if month is None:
        return None
    after = series.first_day(month.next())
    return days.stocks(
        connection,
        after,
        # A membership that ends on the last day of the month is valid on it.
        members="SELECT SUM(expire_date >= :after - INTERVAL 1 DAY) FROM member"
        " WHERE register_date IS NULL OR register_date < :after",
        titles="SELECT NULLIF(COUNT(*), 0) FROM biblio WHERE input_date IS NULL OR input_date < :after",
        copies="SELECT NULLIF(COUNT(*), 0) FROM item WHERE input_date IS NULL OR input_date < :after",
    )


def _require_agreement(connection: Connection, span: Span) -> None:
    """Refuse if the same number means another loan in either table, as after a restored backup."""
    same_item = (
        "CONVERT(h.item_code USING utf8mb4) COLLATE utf8mb4_unicode_ci"
        " <=> CONVERT(l.item_code USING utf8mb4) COLLATE utf8mb4_unicode_ci"
    )
    statement = sa.text(
        "SELECT EXTRACT(YEAR_MONTH FROM l.loan_date) AS ym, COUNT(*), COUNT(h.loan_id),"
        f" SUM(h.loan_id IS NOT NULL AND NOT (h.loan_date <=> l.loan_date AND {same_item}))"
        " FROM loan l LEFT JOIN loan_history h ON h.loan_id = l.loan_id"
        " WHERE l.loan_date >= :first AND l.loan_date < :after GROUP BY ym"
    )
    rows = connection.execute(statement, dict(span.bounds))
    agreement.require(
        [
            agreement.Pair(of_year_month(ym), int(now), int(history), int(differing))
            for ym, now, history, differing in rows
        ],
        key="systems.error.slims_disagree",
    )


def _short_history(connection: Connection) -> list[Finding]:
    """Advise if the history lacks loans: its triggers are missing, and deleted loans leave no trace."""
    lacking = connection.execute(
        sa.text(
            "SELECT COUNT(*) FROM loan l LEFT JOIN loan_history h ON h.loan_id = l.loan_id"
            " WHERE h.loan_id IS NULL"
        )
    ).scalar_one()
    return [advise("history_incomplete", "loan_history", count=int(lacking))] if lacking else []
