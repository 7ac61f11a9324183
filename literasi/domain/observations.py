"""Published values: which one is drawn where sources differ, and where a series breaks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from literasi.domain.indicators import Indicator, Published

VALUES: dict[str, str] = {
    "area_code": "str",
    "period": "str",
    "edition": "str",
    "value": "float64",
    "numerator": "float64",
    "denominator": "float64",
    "n": "Int64",
    "received": "Int64",
    "expected": "Int64",
    "denominator_year": "Int64",
    "source_id": "str",
    "producer": "str",
    "status": "str",
    "is_preferred": "bool",
    "note": "str",
}
"""Columns and types of the values frame that pages, charts and maps read."""

_CELL = ["area_code", "period", "edition"]
_STATUS_ORDER = ("reported", "provisional", "estimated", "suppressed", "not_available", "quarantined")


@dataclass(frozen=True, slots=True)
class Break:
    """A change of method, across which nothing is compared.

    Attributes
    ----------
    before, after : str
        Ids of the editions on either side.
    last_period, first_period : str
        Last period with a value of `before` and first with a value of `after`. They may overlap.
    regulation : str
        What brought `after`; named on the chart.
    year : int
        First year of data to which the new method applies, whether or not it has a value here.
    """

    before: str
    after: str
    last_period: str
    first_period: str
    regulation: str
    year: int


def resolve(observations: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Give the published values of an indicator with one preferred value per area, period and edition.

    Parameters
    ----------
    observations : DataFrame
        Table ``observations``.
    indicator : Indicator
        Its definition; the declared preferences decide. Where none is declared, a reported value
        goes before a provisional and an estimated one, then the first in order of ``source_id``.

    Returns
    -------
    DataFrame
        Columns `VALUES`, sorted by area, period and edition, the preferred row first. Quarantined rows are
        left out. A row without a value (not available, suppressed) is preferred only where no other is.
    """
    ranked = _ranked(observations, indicator)
    return _as_values(ranked[ranked["status"] != "quarantined"])


def alternatives(observations: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Give every published value of the cells in which there is more than the preferred one.

    Parameters
    ----------
    observations : DataFrame
        Table ``observations``.
    indicator : Indicator
        Its definition.

    Returns
    -------
    DataFrame
        Columns `VALUES` and ``reason`` (why the preferred value is preferred, missing if not declared;
        missing on the others). Quarantined rows are here, with that status and never preferred.
        Sorted as `resolve`.
    """
    ranked = _ranked(observations, indicator)
    several = ranked.groupby(_CELL)["source_id"].transform("size") > 1
    chosen = ranked[several].reset_index(drop=True)
    return _as_values(chosen).assign(reason=chosen["reason"].where(chosen["is_preferred"]))


def breaks(indicator: Indicator, values: pd.DataFrame) -> list[Break]:
    """Give the changes of method between the editions that have values.

    Parameters
    ----------
    indicator : Indicator
        Its definition: order and regulations of the editions.
    values : DataFrame
        A values frame of that indicator; rows without a value do not count.

    Returns
    -------
    list of Break
        In order of time; empty if at most one edition has values.
    """
    known = values[values["value"].notna()]
    spans = known.groupby("edition")["period"].agg(["min", "max"])
    present = sorted(
        (edition for edition in indicator.editions if edition.id in spans.index),
        key=lambda edition: edition.first_year,
    )
    return [
        Break(
            before=old.id,
            after=new.id,
            last_period=str(spans.loc[old.id, "max"]),
            first_period=str(spans.loc[new.id, "min"]),
            regulation=new.regulation,
            year=new.first_year,
        )
        for old, new in pairwise(present)
    ]


def drawn(values: pd.DataFrame, *, area: str) -> pd.DataFrame:
    """Give the preferred rows of an area that have a value."""
    return values[(values["area_code"] == area) & values["is_preferred"] & values["value"].notna()]


def newest(values: pd.DataFrame, *, indicator: Indicator, area: str) -> pd.Series[Any] | None:
    """Give the newest value of an area.

    Parameters
    ----------
    values : DataFrame
        Columns `VALUES`.
    indicator : Indicator
        Its definition. Of two editions that print the same period, the later method counts.
    area : str
        Area code.

    Returns
    -------
    Series or None
        One row of `values`; None where the area has no value.
    """
    order = sorted(indicator.editions, key=lambda edition: edition.first_year)  # stable: as declared
    ranks = {edition.id: rank for rank, edition in enumerate(order)}
    rows = drawn(values, area=area)
    rows = rows.assign(rank=rows["edition"].map(ranks)).sort_values(["period", "rank"])
    return None if rows.empty else rows.iloc[-1]


def _ranked(observations: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Sort the indicator's rows by cell, best first, with ``is_preferred`` and ``reason``."""
    rows = observations[observations["indicator_id"] == indicator.id].copy()
    declared = indicator.measure.preferences if isinstance(indicator.measure, Published) else ()
    reasons = {(p.area_code, p.period, p.source_id): p.reason for p in declared}
    keys = list(zip(rows["area_code"], rows["period"], rows["source_id"], strict=True))
    rows["reason"] = pd.Series([reasons.get(key) for key in keys], index=rows.index, dtype="str")
    rows["_quarantined"] = rows["status"] == "quarantined"
    rows["_undeclared"] = rows["reason"].isna()
    rows["_empty"] = rows["value"].isna()
    rows["_status"] = rows["status"].map({status: i for i, status in enumerate(_STATUS_ORDER)})
    order = ["_quarantined", "_empty", "_undeclared", "_status", "source_id", "producer"]
    rows = rows.sort_values([*_CELL, *order], ignore_index=True)
    rows["is_preferred"] = ~rows.duplicated(_CELL) & ~rows["_quarantined"]
    return rows


def _as_values(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.reindex(columns=list(VALUES)).astype(VALUES).reset_index(drop=True)
