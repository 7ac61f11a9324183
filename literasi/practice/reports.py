"""Synthetic monthly reports: visits, loans and services, with what really goes wrong in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from literasi.practice.basis import MONTHS, NOTE, RECEIVED_BY, often, rows

STOPPED = 4
"""Libraries that cease to report for good."""

# Pupils stay away in the holidays of June, July and December; September is the month of library visits.
_SEASON = (1.0, 1.02, 1.0, 1.0, 1.06, 0.9, 0.76, 1.08, 1.18, 1.1, 1.05, 0.82)
# Share of the month that fell in Ramadan.
_RAMADAN = {"2024-03": 0.65, "2024-04": 0.3, "2025-03": 0.97, "2026-02": 0.4, "2026-03": 0.62}
_RAMADAN_LOSS = 0.35
_YEARLY_GROWTH = 0.03
_MONTHS_TO_FULL_EFFECT = 6
_DUE_DAYS = 10


def visits(
    libraries: pd.DataFrame, trained: Mapping[str, pd.Timestamp], generator: np.random.Generator
) -> pd.DataFrame:
    """Make the visit reports of partner libraries from January of the year after they joined.

    Parameters
    ----------
    libraries : DataFrame
        Table ``libraries``. Those outside TPBIS or with an unknown year of joining report nothing.
    trained : mapping of str to Timestamp
        Day of the first training by library; visits then grow over half a year.
    generator : numpy.random.Generator

    Returns
    -------
    DataFrame
        Table ``visits``: without the months that were not reported or came after `RECEIVED_BY`.
    """
    partners = libraries[(libraries["programme"] != "none") & libraries["year_joined"].notna()]
    stopping = set(generator.choice(sorted(partners["library_id"]), STOPPED, replace=False))
    made: list[dict[str, Any]] = []
    for library, joined in zip(partners["library_id"], partners["year_joined"], strict=True):
        months = [month for month in MONTHS if month.year > joined]
        if library in stopping:
            months = months[: int(generator.integers(8, 18))]
        made += _reports(str(library), months, trained.get(library), generator)
    return rows("visits", made)


def circulation(visits: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Make the loans, borrowers and members of the three quarters of libraries that count them."""
    made: list[dict[str, Any]] = []
    for library, reports in _by_library(visits):
        lends = often(generator, 0.75)
        share = float(generator.beta(5, 9))
        active = float(generator.uniform(0.06, 0.25))
        members = int(generator.lognormal(4.9, 0.5))
        for report in reports.to_dict("records"):
            members += int(generator.poisson(2.5))
            row = {
                "library_id": library,
                "month": report["month"],
                "loans": int(generator.binomial(report["total"], share)),
                "active_borrowers": int(generator.binomial(members, active)) if report["total"] else 0,
                "members": members,
                "received_on": report["received_on"],
                "note": NOTE,
            }
            if often(generator, 0.05):
                row.pop("active_borrowers")
            if lends and not often(generator, 0.07):
                made.append(row)
    return rows("circulation", made)


def services(visits: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Make the state of books, computers and bandwidth, sent with four of five reports of visits."""
    made: list[dict[str, Any]] = []
    for library, reports in _by_library(visits):
        books = int(generator.lognormal(7.1, 0.35))
        computers = int(generator.integers(0, 6))
        bandwidth = float(generator.choice([5, 10, 20, 30, 50]))
        for report in reports.to_dict("records"):
            books += int(generator.poisson(4))
            row = {
                "library_id": library,
                "month": report["month"],
                "books": books,
                "digital_books": int(generator.poisson(40)),
                "computers": computers,
                "bandwidth_mbps": bandwidth,
                "received_on": report["received_on"],
                "note": NOTE,
            }
            if often(generator, 0.15):
                row.pop("bandwidth_mbps")
            if often(generator, 0.1):
                row.pop("received_on")
            if often(generator, 0.8):
                made.append(row)
    return rows("services", made)


def _by_library(visits: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    for library, reports in visits.groupby("library_id", sort=True):
        yield str(library), reports


def _reports(
    library: str, months: list[pd.Timestamp], trained: pd.Timestamp | None, generator: np.random.Generator
) -> Iterator[dict[str, Any]]:
    level = float(generator.lognormal(4.6, 0.5))
    effect = float(generator.uniform(0.05, 0.4))
    women = float(generator.uniform(0.48, 0.64))
    reliability = float(generator.beta(12, 1.6))
    silent = _gap(len(months), generator)
    for i, month in enumerate(months):
        total = _visitors(level * _factor(month, trained, effect), generator)
        female = int(generator.binomial(total, women))
        received = month + pd.offsets.MonthEnd(0) + pd.Timedelta(days=_lag(generator))
        row: dict[str, Any] = {
            "library_id": library,
            "month": month,
            "female": female,
            "male": total - female,
            "total": total,
            "received_on": received,
            "note": NOTE,
        }
        if often(generator, 0.06):
            del row["female"], row["male"]
        if i not in silent and often(generator, reliability) and received <= RECEIVED_BY:
            yield row


def _gap(count: int, generator: np.random.Generator) -> range:
    """Choose a run of months in which a third of the libraries sends nothing."""
    start, length = int(generator.integers(0, max(count, 1))), int(generator.integers(2, 6))
    return range(start, start + length) if often(generator, 0.33) else range(0)


def _factor(month: pd.Timestamp, trained: pd.Timestamp | None, effect: float) -> float:
    years = (month - MONTHS[0]).days / 365.25
    season = _SEASON[month.month - 1] * (1 - _RAMADAN_LOSS * _RAMADAN.get(f"{month:%Y-%m}", 0.0))
    since = 0.0 if trained is None else max(0.0, (month - trained).days / 30.4)
    return season * (1 + _YEARLY_GROWTH * years) * (1 + effect * min(1.0, since / _MONTHS_TO_FULL_EFFECT))


def _visitors(mean: float, generator: np.random.Generator) -> int:
    """Draw visits more scattered than chance alone; now and then the library was closed: zero."""
    drawn = int(generator.poisson(mean * float(generator.gamma(14, 1 / 14))))
    return 0 if often(generator, 0.012) else drawn


def _lag(generator: np.random.Generator) -> int:
    """Draw the days between the end of the month and the report; one in five is late."""
    is_late = often(generator, 0.2)
    return int(generator.integers(_DUE_DAYS + 1, 76) if is_late else generator.integers(1, _DUE_DAYS + 1))
