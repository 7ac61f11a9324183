"""INLISLite v3: what its database says about visits, loans, members, titles and copies.

Everything is counted on the library's server; no name, identity number, mother's name, address or other
personal text of a visitor or member is in any statement. Source of tables and columns: methodology,
section 8.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from literasi.domain.periods import Period
from literasi.intake.findings import Finding
from literasi.intake.systems import INLISLITE as SYSTEM
from literasi.intake.systems import agreement, database, days, series
from literasi.intake.systems.database import as_written_in
from literasi.intake.systems.days import EARLIEST, active_months, undated
from literasi.intake.systems.series import Loans, Reading, Span, Stocks, Visits, advise, of_year_month

NEEDED: database.Needed = {
    "memberguesses": ("JenisKelamin_id", "CreateDate"),
    "groupguesses": ("CountPersonel", "CountLaki", "CountPerempuan", "CreateDate"),
    "jenis_kelamin": ("ID", "Name"),
    "members": ("ID", "RegisterDate", "EndDate"),
    "collectionloans": ("ID", "CreateDate"),
    "collectionloanitems": ("CollectionLoan_id", "LoanDate", "member_id"),
    "catalogs": ("ID", "CreateDate"),
    "collections": ("ID", "CreateDate"),
}

_VISIT_DAYS = "SELECT CreateDate AS day FROM memberguesses UNION ALL SELECT CreateDate FROM groupguesses"

# The list of sexes is the library's own: its words are read, not its numbers.
_SEX = "REPLACE(REPLACE(LOWER(s.Name), '-', ''), ' ', '')"
_FEMALE = f"{_SEX} IN ('perempuan', 'wanita', 'p', 'female')"
_MALE = f"{_SEX} IN ('lakilaki', 'pria', 'l', 'male')"


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
        If it is not an INLISLite v3 database, may not be read, or if loan transactions and their items
        disagree (``systems.error.inlislite_disagree``).
    """
    kinds = database.columns(connection, system=SYSTEM, needed=NEEDED)
    frames = {}
    findings: list[Finding] = []
    if "visits" in tables:
        frames["visits"], found = series.visits(
            span,
            system=SYSTEM,
            library_id=library_id,
            active=active_months(connection, span, days=_VISIT_DAYS),
            counted=_visits(connection, span),
        )
        findings += found + _groups_without_size(connection, span)
        findings += undated(connection, span, "memberguesses", "CreateDate")
        findings += undated(connection, span, "groupguesses", "CreateDate")
    if "circulation" in tables:
        _require_agreement(connection, span, kinds)
        frames["circulation"], found = series.circulation(
            span,
            system=SYSTEM,
            library_id=library_id,
            active=active_months(connection, span, days="SELECT LoanDate AS day FROM collectionloanitems"),
            counted=_loans(connection, span),
            stocks=_stocks(connection, span.stock_month),
        )
        findings += found + undated(connection, span, "collectionloanitems", "LoanDate")
        findings += _members_without_end(connection) if span.stock_month else []
    return Reading(SYSTEM, library_id, span, frames, tuple(findings))


def _visits(connection: Connection, span: Span) -> Mapping[Period, Visits]:
    """Count single visitors and everyone in groups.

    A group counts by sex only if its women and men add up to its size.
    """
    single = sa.text(
        f"SELECT EXTRACT(YEAR_MONTH FROM g.CreateDate) AS ym, COUNT(*),"
        f" COALESCE(SUM({_FEMALE}), 0), COALESCE(SUM({_MALE}), 0)"
        " FROM memberguesses g LEFT JOIN jenis_kelamin s ON s.ID = g.JenisKelamin_id"
        " WHERE g.CreateDate >= :first AND g.CreateDate < :after GROUP BY ym"
    )
    whole = "COALESCE(CountPerempuan, 0) + COALESCE(CountLaki, 0) = CountPersonel"
    groups = sa.text(
        "SELECT EXTRACT(YEAR_MONTH FROM CreateDate) AS ym, COALESCE(SUM(CountPersonel), 0),"
        f" COALESCE(SUM(IF({whole}, COALESCE(CountPerempuan, 0), 0)), 0),"
        f" COALESCE(SUM(IF({whole}, COALESCE(CountLaki, 0), 0)), 0)"
        " FROM groupguesses WHERE CreateDate >= :first AND CreateDate < :after GROUP BY ym"
    )
    out: dict[Period, Visits] = {}
    for statement in (single, groups):
        for ym, total, female, male in connection.execute(statement, dict(span.bounds)):
            before = out.get(of_year_month(ym), Visits())
            out[of_year_month(ym)] = Visits(
                before.total + int(total), before.female + int(female), before.male + int(male)
            )
    return out


def _loans(connection: Connection, span: Span) -> Mapping[Period, Loans]:
    statement = sa.text(
        "SELECT EXTRACT(YEAR_MONTH FROM LoanDate) AS ym, COUNT(*), COUNT(DISTINCT member_id)"
        " FROM collectionloanitems WHERE LoanDate >= :first AND LoanDate < :after GROUP BY ym"
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
        members="SELECT SUM(COALESCE(EndDate >= :after - INTERVAL 1 DAY, 0)) FROM members"
        " WHERE RegisterDate IS NULL OR RegisterDate < :after",
        titles="SELECT NULLIF(COUNT(*), 0) FROM catalogs WHERE CreateDate IS NULL OR CreateDate < :after",
        copies="SELECT NULLIF(COUNT(*), 0) FROM collections WHERE CreateDate IS NULL OR CreateDate < :after",
    )


def _require_agreement(connection: Connection, span: Span, kinds: Mapping[tuple[str, str], str]) -> None:
    """Refuse if transactions lack their items, or items their transaction."""
    header = as_written_in(kinds["collectionloanitems", "CollectionLoan_id"], "h.ID")
    headers = sa.text(
        "SELECT EXTRACT(YEAR_MONTH FROM h.CreateDate) AS ym, COUNT(DISTINCT h.ID),"
        " COUNT(i.CollectionLoan_id), SUM(i.CollectionLoan_id IS NULL)"
        f" FROM collectionloans h LEFT JOIN collectionloanitems i ON i.CollectionLoan_id = {header}"
        " WHERE h.CreateDate >= :first AND h.CreateDate < :after GROUP BY ym"
    )
    of_item = as_written_in(kinds["collectionloans", "ID"], "i.CollectionLoan_id")
    orphans = sa.text(
        "SELECT EXTRACT(YEAR_MONTH FROM i.LoanDate) AS ym, 0, COUNT(*), COUNT(*)"
        f" FROM collectionloanitems i LEFT JOIN collectionloans h ON h.ID = {of_item}"
        " WHERE h.ID IS NULL AND i.LoanDate >= :first AND i.LoanDate < :after GROUP BY ym"
    )
    pairs: dict[Period, agreement.Pair] = {}
    for statement in (headers, orphans):
        for ym, first, second, differing in connection.execute(statement, dict(span.bounds)):
            month = of_year_month(ym)
            before = pairs.get(month, agreement.Pair(month, 0, 0, 0))
            pairs[month] = agreement.Pair(
                month,
                before.first + int(first),
                before.second + int(second),
                before.differing + int(differing),
            )
    agreement.require(pairs.values(), key="systems.error.inlislite_disagree")


def _groups_without_size(connection: Connection, span: Span) -> list[Finding]:
    count = connection.execute(
        sa.text(
            "SELECT COUNT(*) FROM groupguesses"
            " WHERE CountPersonel IS NULL AND CreateDate >= :first AND CreateDate < :after"
        ),
        dict(span.bounds),
    ).scalar_one()
    return [advise("group_without_size", "groupguesses", count=int(count))] if count else []


def _members_without_end(connection: Connection) -> list[Finding]:
    count = connection.execute(
        sa.text(f"SELECT COUNT(*) FROM members WHERE EndDate IS NULL OR EndDate < '{EARLIEST}'")
    ).scalar_one()
    return [advise("member_without_end", "members", count=int(count))] if count else []
