"""What the libraries of a training did before and after it, and what untrained ones did in the same months.

A library is looked at in whole months on both sides of its training, whose own months count on neither side.
A window that cannot be looked at in full is not looked at: each such library is counted with the reason.
Missing is not zero: a month without any monthly report has no activities and no visits, known or not.

All of it is association. Who is sent to a training is chosen, not drawn by lot, and a library that wakes up
reports more: neither shows what the training did.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from literasi.domain.completeness import MONTHLY, received
from literasi.domain.coverage import NEVER, STANDARD, ReportingRules, expected_libraries
from literasi.domain.periods import Period
from literasi.domain.statistics import Interval, Share, difference_interval, mean_interval
from literasi.domain.training import TRAINING

LENGTHS: Final = (3, 6, 12)
"""Months on each side of a training."""

CONVERSION_DAYS: Final = 90
"""Days after a training within which a library should have sent a verified report (methodology §3.4)."""

FEWEST: Final = 10
"""Fewer libraries than this carry no verdict, in either group: methodology §9, as for percentages."""

Measure = Literal["reports", "activities", "visits"]
MEASURES: Final[tuple[Measure, ...]] = ("reports", "activities", "visits")
"""Reports received ÷ reports due; activities per month heard from; visits per month that reports visits."""

REASONS: Final = ("owes_nothing", "not_over", "before_data", "not_owed", "few_months")
"""Why a library is not counted: it owes no reports (no partner, or its year of joining is unknown); its
months after are not over; its months before lie before the data begin, or before it owed reports; too few of
its months are known (`ReportingRules.provisional_below`)."""

Group = Literal["trained", "untrained"]
Verdict = Literal["none", "few", "not_told_apart", "more", "less"]

_Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Book:
    """What every library sent in every month, ready to be summed over windows.

    Attributes
    ----------
    libraries : Index
        Library of each row.
    periods : tuple of str
        Month of each column, without a hole.
    due : int
        Column of the last month that is due; -1 where none is.
    since : array of int
        First column in which each library owed reports; beyond the last column where it never did.
    due_reports, received_reports, heard, activities, visits, visited : array of float
        By library and month: reports due and those of them that came; 1 where any monthly report came;
        activities, in months heard from; visits, and 1 where visits were reported.
    """

    libraries: pd.Index[Any]
    periods: tuple[str, ...]
    due: int
    since: npt.NDArray[np.int64]
    due_reports: _Numbers
    received_reports: _Numbers
    heard: _Numbers
    activities: _Numbers
    visits: _Numbers
    visited: _Numbers

    def parts(self, measure: Measure) -> tuple[_Numbers, _Numbers]:
        """Give numerator and denominator of a measure by library and month."""
        parts: dict[Measure, tuple[_Numbers, _Numbers]] = {
            "reports": (self.received_reports, self.due_reports),
            "activities": (self.activities, self.heard),
            "visits": (self.visits, self.visited),
        }
        return parts[measure]


@dataclass(frozen=True, slots=True)
class Change:
    """Mean of a measure before and after, over libraries known on both sides, and of its change.

    Attributes
    ----------
    before, after : float
        Mean over libraries, in the unit of the measure.
    change : Interval
        Mean of after − before of the same libraries, with its 95 % t-interval; `n` libraries.
    """

    before: float
    after: float
    change: Interval


@dataclass(frozen=True, slots=True)
class Comparison:
    """The change of trained libraries beside that of untrained ones in the same months.

    Attributes
    ----------
    trained, untrained : Change
    difference : Interval
        Change of the trained − change of the untrained, with Welch's 95 % interval.
    """

    trained: Change
    untrained: Change
    difference: Interval

    @property
    def verdict(self) -> Verdict:
        """What may be said of the difference: nothing, too few, not told apart, more, or less."""
        counts = (self.trained.change.n, self.untrained.change.n)
        if min(counts) == 0:
            return "none"
        return "few" if min(counts) < FEWEST else _side(self.difference)


def verdict(change: Interval) -> Verdict:
    """Say what may be said of the change of one group."""
    if change.n == 0:
        return "none"
    return "few" if change.n < FEWEST else _side(change)


def _side(interval: Interval) -> Verdict:
    if np.isnan(interval.low) or interval.low <= 0 <= interval.high:
        return "not_told_apart"
    return "more" if interval.low > 0 else "less"


def book(
    tables: Mapping[str, pd.DataFrame],
    libraries: pd.DataFrame,
    *,
    periods: Collection[str],
    due: str,
    rules: ReportingRules = STANDARD,
) -> Book:
    """Lay out reports, activities and visits by library and month.

    Parameters
    ----------
    tables : mapping
        The tables `completeness.MONTHLY` and ``activities``.
    libraries : DataFrame
        Table ``libraries``.
    periods : collection of str
        Months without a hole, as from `completeness.span_due`.
    due : str
        Last month that is due.

    Returns
    -------
    Book
        A report of a library that owed none in that month is heard, and not among those received.
    """
    ids = pd.Index(libraries["library_id"])
    months = tuple(periods)
    owing = expected_libraries(libraries, rules=rules).set_index("library_id")["first_year"]
    years = owing.reindex(ids).fillna(NEVER).to_numpy(dtype="int64")
    first = Period.parse(months[0]) if months else Period(1, 1)
    since = (years - first.year) * 12 - (first.month - 1)
    due_column = months.index(due) if due in months else -1
    columns = np.arange(len(months))
    is_due = (since[:, None] <= columns) & (columns <= due_column)
    nothing = np.zeros((len(ids), len(months)))
    came = {name: nothing.copy() for name in MONTHLY}
    for name in MONTHLY:
        rows = received(name, tables[name])
        row, column = _places(rows["library_id"], rows["month"], ids, months)
        came[name][row, column] = 1
    heard = np.maximum.reduce([came[name] for name in MONTHLY])
    held = nothing.copy()
    dated = tables["activities"]
    row, column = _places(dated["library_id"], dated["date"], ids, months)
    np.add.at(held, (row, column), 1)
    counted = nothing.copy()
    seen = tables["visits"].dropna(subset="total")
    is_placed = _is_placed(seen["library_id"], seen["month"], ids, months)
    row, column = _places(seen["library_id"], seen["month"], ids, months)
    counted[row, column] = seen.loc[is_placed, "total"].to_numpy(dtype="float64")
    return Book(
        libraries=ids,
        periods=months,
        due=due_column,
        since=np.where(years == NEVER, NEVER, since),
        due_reports=np.asarray(is_due * float(len(MONTHLY)), dtype="float64"),
        received_reports=np.asarray(is_due * sum(came.values()), dtype="float64"),
        heard=heard,
        activities=held * heard,
        visits=counted,
        visited=came["visits"],
    )


def _is_placed(
    libraries: pd.Series[Any], dates: pd.Series[Any], ids: pd.Index[Any], periods: tuple[str, ...]
) -> npt.NDArray[np.bool_]:
    column = _columns(dates, periods)
    return np.asarray((ids.get_indexer(pd.Index(libraries)) >= 0) & (column >= 0) & (column < len(periods)))


def _places(
    libraries: pd.Series[Any], dates: pd.Series[Any], ids: pd.Index[Any], periods: tuple[str, ...]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Row and column of what lies in the book."""
    inside = _is_placed(libraries, dates, ids, periods)
    return ids.get_indexer(pd.Index(libraries))[inside], _columns(dates, periods)[inside]


def _columns(dates: pd.Series[Any], periods: tuple[str, ...]) -> npt.NDArray[np.int64]:
    first = Period.parse(periods[0]) if periods else Period(1, 1)
    months = dates.to_numpy(dtype="datetime64[M]").astype("int64")
    return np.asarray(months - ((first.year - 1970) * 12 + first.month - 1))


def cohort(participants: pd.DataFrame, events: pd.DataFrame, *, event_ids: Collection[str]) -> pd.DataFrame:
    """Give the libraries that sent somebody to these events, once for each event.

    Parameters
    ----------
    participants, events : DataFrame
        Tables of those names.
    event_ids : collection of str
        The events.

    Returns
    -------
    DataFrame
        ``library_id``, ``event_id``, ``date_start``, ``date_end``, by library and day. People without a
        library are in none. `once` leaves one row of each library.
    """
    chosen = events.loc[events["event_id"].isin(list(event_ids)), ["event_id", "date_start", "date_end"]]
    sent = participants[["event_id", "library_id"]].dropna().drop_duplicates().merge(chosen, on="event_id")
    ordered = sent.sort_values(["library_id", "date_start", "event_id"], ignore_index=True)
    return ordered[["library_id", "event_id", "date_start", "date_end"]]


def once(measured: pd.DataFrame) -> pd.DataFrame:
    """Keep each library once: at the first of its trainings whose months can be looked at, else at the first.

    Parameters
    ----------
    measured : DataFrame
        As from `windows`, over a `cohort`.

    Returns
    -------
    DataFrame
        What was sent in those months plays no part in the choice, only the calendar does.
    """
    is_out = measured["reason"].isin(["owes_nothing", "not_over", "before_data", "not_owed"])
    ordered = measured.assign(is_out=is_out).sort_values(
        ["library_id", "is_out", "date_start"], kind="stable"
    )
    return ordered.drop_duplicates("library_id").drop(columns="is_out").reset_index(drop=True)


def last_day(counted: pd.DataFrame, *, length: int) -> pd.Timestamp:
    """Give the last day of the newest window that is counted; the earliest day there is where none is."""
    ends = counted.loc[counted["reason"] == "", "date_end"]
    if ends.empty:
        return pd.Timestamp.min
    newest = ends.max().to_period("M") + length
    return pd.Timestamp(newest.end_time.normalize())


def untrained(
    participants: pd.DataFrame,
    events: pd.DataFrame,
    libraries: pd.DataFrame,
    *,
    until: pd.Timestamp,
    rules: ReportingRules = STANDARD,
) -> list[str]:
    """Give the partner libraries of which nobody was at a training that began by a day.

    Parameters
    ----------
    participants, events, libraries : DataFrame
        Tables of those names.
    until : Timestamp
        Last day that counts: that of the windows compared.

    Returns
    -------
    list of str
        Ids, in the order of `libraries`. Somebody may have been at a training without a list of participants:
        see `unlisted`.
    """
    held = events[(events["kind"] == TRAINING) & (events["date_start"] <= until)]
    sent = participants.loc[participants["event_id"].isin(held["event_id"]), "library_id"].dropna()
    partners = libraries.loc[libraries["programme"].isin(rules.programmes), "library_id"]
    return [str(one) for one in partners[~partners.isin(sent)]]


def trained_before(trained: pd.DataFrame, participants: pd.DataFrame, events: pd.DataFrame) -> int:
    """Count the libraries of a cohort that had sent somebody to an earlier training.

    Their months before are months after that one.
    """
    held = events.loc[events["kind"] == TRAINING, ["event_id", "date_start"]]
    sent = participants[["event_id", "library_id"]].dropna().merge(held, on="event_id")
    first = sent.groupby("library_id")["date_start"].min()
    return int((trained["library_id"].map(first) < trained["date_start"]).sum())


def unlisted(participants: pd.DataFrame, events: pd.DataFrame, *, until: pd.Timestamp) -> pd.DataFrame:
    """Give the trainings that began by a day and have no list of participants, in order of date."""
    held = events[(events["kind"] == TRAINING) & (events["date_start"] <= until)]
    unknown = held[~held["event_id"].isin(participants["event_id"])]
    return unknown.sort_values("date_start", ignore_index=True)


def windows(
    seen: Book, subjects: pd.DataFrame, *, length: int, measure: Measure, rules: ReportingRules = STANDARD
) -> pd.DataFrame:
    """Measure each library before and after its training.

    Parameters
    ----------
    seen : Book
    subjects : DataFrame
        ``library_id``, ``date_start``, ``date_end``; a library may stand in several rows.
    length : int
        Months on each side: those before the month of the first day, and those after that of the last day.
    measure : str
        Of `MEASURES`.

    Returns
    -------
    DataFrame
        The rows of `subjects` with ``before``, ``after`` and ``change`` (after − before; missing where not
        counted) and ``reason`` (of `REASONS`; empty where counted).
    """
    row = seen.libraries.get_indexer(pd.Index(subjects["library_id"]))
    first = _columns(subjects["date_start"], seen.periods)
    last = _columns(subjects["date_end"], seen.periods)
    begin, end = first - length, last + length
    since = np.where(row >= 0, seen.since[row], NEVER) if len(seen.since) else np.full(len(row), NEVER)
    found = [
        ("owes_nothing", since == NEVER),
        ("not_over", end > seen.due),
        ("before_data", begin < 0),
        ("not_owed", begin < since),
    ]
    reason = np.full(len(row), "", dtype=object)
    for name, applies in found:
        reason[(reason == "") & applies] = name
    is_whole = reason == ""
    parts = seen.parts(measure)
    before, after = (np.full(len(row), np.nan) for _ in range(2))
    for side, start in ((before, begin), (after, last + 1)):
        at = np.flatnonzero(is_whole)
        top, bottom = (_sum(part, row[at], start[at], length) for part in parts)
        known = bottom > 0
        if measure != "reports":
            known &= bottom / length >= rules.provisional_below
        side[at[known]] = top[known] / bottom[known]
    is_few = is_whole & (np.isnan(before) | np.isnan(after))
    reason[is_few] = "few_months"
    before[is_few] = after[is_few] = np.nan
    return subjects.reset_index(drop=True).assign(
        before=before, after=after, change=after - before, reason=pd.Series(reason, dtype="str")
    )


def _sum(part: _Numbers, row: Any, start: Any, length: int) -> _Numbers:
    """Sum rows over `length` columns from `start`; every window lies inside."""
    if not len(row):
        return np.zeros(0)
    return np.asarray(part[row[:, None], start[:, None] + np.arange(length)].sum(axis=1))


def summarise(counted: pd.DataFrame) -> Change:
    """Give the mean before, after and of the change of the libraries that are counted.

    Parameters
    ----------
    counted : DataFrame
        As from `windows`, each library once.
    """
    known = counted[counted["reason"] == ""]
    return Change(
        before=float(known["before"].mean()),
        after=float(known["after"].mean()),
        change=mean_interval(known["change"]),
    )


def beside(
    seen: Book,
    trained: pd.DataFrame,
    others: Collection[str],
    *,
    length: int,
    measure: Measure,
    rules: ReportingRules = STANDARD,
) -> pd.DataFrame:
    """Measure untrained libraries in the months of the trained ones.

    Parameters
    ----------
    seen : Book
    trained : DataFrame
        As from `windows` with the same length and measure: those counted set the months.
    others : collection of str
        Library ids, as from `untrained`.

    Returns
    -------
    DataFrame
        One row per library: ``library_id``, ``before``, ``after``, ``change``, ``reason``. Where the trained
        come from several events, each event's months weigh as many trained libraries as it has, so that both
        groups see the same seasons; a library is counted only if it is in the months of every event.
    """
    known = trained[trained["reason"] == ""]
    calendar = known.groupby(["event_id", "date_start", "date_end"], sort=True).size().rename("weight")
    columns = ["library_id", "before", "after", "change", "reason"]
    if calendar.empty:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in columns}).astype(
            dict.fromkeys(("before", "after", "change"), "float64")
        )
    grid = pd.DataFrame({"library_id": pd.Series(list(others), dtype="str")}).merge(
        calendar.reset_index(), how="cross"
    )
    each = windows(seen, grid, length=length, measure=measure, rules=rules)
    rows = []
    for library, part in each.groupby("library_id", sort=False):
        missing = part.loc[part["reason"] != "", "reason"]
        weights = part["weight"].to_numpy(dtype="float64")
        means = {
            side: float(np.average(part[side], weights=weights)) if missing.empty else float("nan")
            for side in ("before", "after", "change")
        }
        reason = min(missing, key=REASONS.index) if len(missing) else ""
        rows.append({"library_id": library, **means, "reason": reason})
    return pd.DataFrame(rows, columns=columns).astype({"library_id": "str", "reason": "str"})


def compare(trained: pd.DataFrame, others: pd.DataFrame) -> Comparison:
    """Compare the change of trained libraries (`windows`) with that of untrained ones (`beside`)."""
    changes = [frame.loc[frame["reason"] == "", "change"] for frame in (trained, others)]
    return Comparison(summarise(trained), summarise(others), difference_interval(*changes))


def reasons(counted: pd.DataFrame) -> dict[str, int]:
    """Count the libraries not counted by reason, in the order of `REASONS`; only reasons that occur."""
    found = counted["reason"].value_counts()
    return {reason: int(found[reason]) for reason in REASONS if reason in found}


def conversion(
    trained: pd.DataFrame,
    activities: pd.DataFrame,
    *,
    since: dt.date,
    until: dt.date,
    is_verified: bool = True,
) -> Share:
    """Libraries with a (verified) report within 90 days of a training ÷ those of which that can be known.

    Parameters
    ----------
    trained : DataFrame
        From `cohort`; a library counts at its first training with 90 days between `since` and `until`.
    activities : DataFrame
        Table ``activities``: the only reports that say whether they were verified.
    since, until : date
        First day of the data, and last day of which reports are due.
    is_verified : bool
        Count verified reports only, as the definition asks; else every one.

    Returns
    -------
    Share

    Notes
    -----
    Source: methodology §3.4. The day of the activity decides, since few reports say when they came in.
    """
    window = pd.Timedelta(days=CONVERSION_DAYS)
    is_known = (trained["date_end"] >= pd.Timestamp(since)) & (
        trained["date_end"] + window <= pd.Timestamp(until)
    )
    over = trained[is_known].sort_values("date_start", kind="stable").drop_duplicates("library_id")
    is_wanted = activities["is_verified"].fillna(value=False).astype(bool) if is_verified else slice(None)
    both = over.merge(activities.loc[is_wanted, ["library_id", "date"]], on="library_id")
    within = both[(both["date"] > both["date_end"]) & (both["date"] <= both["date_end"] + window)]
    return Share(within["library_id"].nunique(), len(over))
