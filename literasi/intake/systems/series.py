"""Monthly figures of one library from what its system has recorded; missing is not zero."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from literasi.contracts import check
from literasi.domain.periods import Period, months
from literasi.intake.findings import Finding, Place
from literasi.intake.systems.errors import SystemReadError
from literasi.text import t

LONGEST_GAP = 12
"""Months without a row between months with rows are zeros, unless there are more than so many on end."""


@dataclass(frozen=True, slots=True)
class Span:
    """The months that are read: only ended ones.

    Attributes
    ----------
    first, last : Period
        Months, both included.
    today : date
        Day of the reading.
    left_out : Period, optional
        The running month, where it was asked for.
    """

    first: Period
    last: Period
    today: dt.date
    left_out: Period | None = None

    @property
    def months(self) -> list[Period]:
        """Every month, in order."""
        return months(self.first, self.last)

    @property
    def stock_month(self) -> Period | None:
        """The month that ended last before `today`, if it is read: stocks are known for it alone."""
        ended = previous(Period(self.today.year, self.today.month))
        return ended if self.first <= ended <= self.last else None

    @property
    def bounds(self) -> Mapping[str, object]:
        """Values of ``:first`` (included), ``:after`` and ``:tomorrow`` (not included) in SQL."""
        return {
            "first": first_day(self.first),
            "after": first_day(self.last.next()),
            "tomorrow": self.today + dt.timedelta(days=1),
        }


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits of one month; `female` and `male` count those whose sex is recorded."""

    total: int = 0
    female: int = 0
    male: int = 0


@dataclass(frozen=True, slots=True)
class Loans:
    """Loans of one month, and how many different members borrowed."""

    loans: int = 0
    borrowers: int = 0


@dataclass(frozen=True, slots=True)
class Stocks:
    """What there was at the end of a month; None of what the system keeps no record of."""

    members: int | None
    titles: int | None
    copies: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one system says about one library.

    Attributes
    ----------
    system : str
    library_id : str
    span : Span
    frames : mapping of str to DataFrame
        ``visits`` and ``circulation``, meeting their contracts; a table that was not read is not there.
    findings : tuple of Finding
        Advices: what the operator should know; none of them keeps the figures from being written.
    """

    system: str
    library_id: str
    span: Span
    frames: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def previous(month: Period) -> Period:
    """Give the month before."""
    return Period(month.year - 1, 12) if month.month == 1 else Period(month.year, month.month - 1)


def first_day(month: Period) -> dt.date:
    """Give the first day of a month."""
    return dt.date(month.year, month.month, 1)


def of_year_month(number: object) -> Period:
    """Read what SQL's ``EXTRACT(YEAR_MONTH FROM …)`` gives: 202402."""
    year, month = divmod(int(str(number)), 100)
    return Period(year, month)


def span(first: Period, last: Period, *, today: dt.date) -> Span:
    """Keep the months that have ended.

    Parameters
    ----------
    first, last : Period
        Months asked for.
    today : date

    Returns
    -------
    Span

    Raises
    ------
    SystemReadError
        ``systems.error.no_month`` if none of them has ended or `last` is before `first`.
    """
    running = Period(today.year, today.month)
    ended = min(last, previous(running))
    if ended < first:
        raise SystemReadError("systems.error.no_month", first=first, last=last)
    return Span(first, ended, today, running if first <= running <= last else None)


def known_months(span: Span, active: Set[Period]) -> tuple[list[Period], list[tuple[Period, Period]]]:
    """Tell which months a series is known for.

    A month with rows is known. A month without rows is known, and zero, if the system has rows before and
    after it and at most `LONGEST_GAP` months on end lack them: it was in use. All others are not known.

    Parameters
    ----------
    span : Span
    active : set of Period
        Every month in which the system has a row, also outside the span.

    Returns
    -------
    known : list of Period
        Months of the span, in order.
    gaps : list of (Period, Period)
        First and last month, within the span, of gaps that are too long to be zeros.
    """
    ordered = sorted(active)
    known: list[Period] = []
    gaps: list[tuple[Period, Period]] = []
    for month in span.months:
        if month in active:
            known.append(month)
            continue
        at = bisect_left(ordered, month)
        if at in (0, len(ordered)):
            continue
        if len(months(ordered[at - 1], ordered[at])) - 2 <= LONGEST_GAP:
            known.append(month)
        elif gaps and gaps[-1][1].next() == month:
            gaps[-1] = (gaps[-1][0], month)
        else:
            gaps.append((month, month))
    return known, gaps


def advise(rule: str, place: str, **params: object) -> Finding:
    """Make an advice about a reading; texts under ``intake.rule`` and ``intake.remedy``."""
    return Finding("advise", rule, Place(place), params=params)


def visits(
    span: Span, *, system: str, library_id: str, active: Set[Period], counted: Mapping[Period, Visits]
) -> tuple[pd.DataFrame, list[Finding]]:
    """Make rows of ``visits``.

    Female and male are given only for a month in which every visit has a sex: they add up to the total,
    and a part of the visits would be read as all of them.

    Parameters
    ----------
    span : Span
    system, library_id : str
    active : set of Period
        As for `known_months`.
    counted : mapping of Period to Visits
        Months of the span with rows.

    Returns
    -------
    rows : DataFrame
        Meets the contract of ``visits``.
    findings : list of Finding
    """
    name = t(f"systems.name.{system}")
    known, gaps = known_months(span, active)
    rows: list[dict[str, Any]] = []
    for month in known:
        count = counted.get(month, Visits())
        with_sex = count.female + count.male
        is_whole = with_sex == count.total
        if not count.total:
            note = t("systems.note.zero", system=name)
        elif is_whole:
            note = t("systems.note.read", system=name)
        else:
            note = t("systems.note.sex", system=name, known=with_sex, total=count.total)
        rows.append(
            {
                "library_id": library_id,
                "month": first_day(month),
                "female": count.female if is_whole else None,
                "male": count.male if is_whole else None,
                "total": count.total,
                "received_on": span.today,
                "note": note,
            }
        )
    return _checked("visits", rows), _gap_advices("visits", gaps)


def circulation(
    span: Span,
    *,
    system: str,
    library_id: str,
    active: Set[Period],
    counted: Mapping[Period, Loans],
    stocks: Stocks | None,
) -> tuple[pd.DataFrame, list[Finding]]:
    """Make rows of ``circulation``; stocks stand in the month that ended last, and in no other.

    Parameters
    ----------
    span, system, library_id, active
        As for `visits`.
    counted : mapping of Period to Loans
        Months of the span with rows.
    stocks : Stocks, optional
        At the end of `Span.stock_month`.

    Returns
    -------
    rows : DataFrame
        Meets the contract of ``circulation``.
    findings : list of Finding
    """
    name = t(f"systems.name.{system}")
    known, gaps = known_months(span, active)
    has_stocks = stocks is not None and any(
        count is not None for count in (stocks.members, stocks.titles, stocks.copies)
    )
    stock_month = span.stock_month if has_stocks else None
    rows: list[dict[str, Any]] = []
    for month in span.months:
        if month not in known and month != stock_month:
            continue
        count = counted.get(month, Loans()) if month in known else None
        here = stocks if month == stock_month else None
        note = t("systems.note.read", system=name)
        if here:
            note = t("systems.note.stocks", system=name, day=span.today.isoformat())
        elif count and not count.loans:
            note = t("systems.note.zero", system=name)
        rows.append(
            {
                "library_id": library_id,
                "month": first_day(month),
                "loans": count.loans if count else None,
                "active_borrowers": count.borrowers if count else None,
                "members": here.members if here else None,
                "titles": here.titles if here else None,
                "copies": here.copies if here else None,
                "received_on": span.today,
                "note": note,
            }
        )
    return _checked("circulation", rows), _gap_advices("circulation", gaps)


def _checked(table: str, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    return check(table, pd.DataFrame(list(rows), columns=None if rows else ["library_id"]))


def _gap_advices(table: str, gaps: Sequence[tuple[Period, Period]]) -> list[Finding]:
    return [
        advise("system_gap", t(f"table.{table}"), first=first, last=last, months=LONGEST_GAP)
        for first, last in gaps
    ]
