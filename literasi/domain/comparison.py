"""Areas beside each other: what may be ranked, and how far a rank can be told.

A rank is a range. Values that are equal as shown share one; where the values come from a random sample, a
place is only as sure as the intervals allow. Nothing is ranked that differs for another reason than merit:
data known to be incomplete, counts that follow the size of an area, context, samples not drawn at random.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from literasi.domain.coverage import STANDARD, ReportingRules, is_provisional
from literasi.domain.indicators import Indicator
from literasi.domain.observations import drawn
from literasi.domain.observations import newest as newest_row
from literasi.domain.sampling import basis, interval
from literasi.domain.targets import decimals_of, is_small

RANKED_AT_LEAST = 3
"""Fewer areas than this that can be compared are no order."""

Unranked = Literal["", "incomplete", "neutral", "size", "not_random", "unknown_margin", "producers", "few"]
State = Literal["value", "small", "provisional", "suppressed", "none"]


@dataclass(frozen=True, slots=True)
class Standing:
    """The areas of one indicator, edition and year.

    Attributes
    ----------
    indicator : Indicator
    edition, period : str
    frame : DataFrame
        One row per area in the order asked for: ``area_code``, ``value``, ``low`` and ``high`` (95 %, missing
        where there is no interval), ``numerator``, ``denominator``, ``n``, ``received``, ``expected``,
        ``source_id``, ``producer``, ``state``, ``best`` and ``worst`` (rank range, missing where not ranked).
        ``small``: a rate on fewer than the indicator's minimum n. ``provisional``: too few reports, or so
        called by its publisher. ``suppressed``: withheld, so few are counted; it has no value either.
        ``none``: no value, which is not zero.
    unranked : str
        Why no area is ranked; empty where ranks were given.
    """

    indicator: Indicator
    edition: str
    period: str
    frame: pd.DataFrame
    unranked: Unranked

    @property
    def decimals(self) -> int:
        """Decimals with which its values are written, and at which they tie."""
        return decimals_of(self.indicator, self.edition)

    @property
    def unit(self) -> str:
        """Key of its unit."""
        own = self.indicator.edition(self.edition).unit
        return own or self.indicator.unit

    @property
    def ranked(self) -> int:
        """How many areas are ranked."""
        return int(self.frame["best"].notna().sum())


def newest(
    values: pd.DataFrame, *, indicator: Indicator, areas: Sequence[str], unfinished: Collection[str] = ()
) -> tuple[str, str] | None:
    """Find the newest edition and year of which any of the areas has a value.

    Parameters
    ----------
    values : DataFrame
        Tidy yearly values.
    unfinished : collection of str
        Years that are not over; they are never compared.

    Returns
    -------
    (edition, period) or None
        Of two editions that print the same year, the later method.
    """
    over = values[~values["period"].isin(list(unfinished)) & values["area_code"].isin(list(areas))]
    row = newest_row(over.assign(area_code=""), indicator=indicator, area="")
    return None if row is None else (str(row["edition"]), str(row["period"]))


def standing(
    values: pd.DataFrame,
    *,
    indicator: Indicator,
    edition: str,
    period: str,
    areas: Sequence[str],
    rules: ReportingRules = STANDARD,
) -> Standing:
    """Put areas beside each other in one edition and year.

    Parameters
    ----------
    values : DataFrame
        Tidy yearly values; only preferred rows of `edition` and `period` are read.
    areas : sequence of str
        Codes of all areas that must appear.

    Returns
    -------
    Standing
    """
    rows = values[values["is_preferred"] & values["edition"].eq(edition) & values["period"].eq(period)]
    frame = pd.DataFrame({"area_code": list(areas)}, dtype="str").merge(
        rows.drop_duplicates("area_code"), on="area_code", how="left"
    )
    frame["state"] = [_state(row, indicator, rules) for row in frame.to_dict("records")]
    frame["value"] = frame["value"].mask(frame["state"].eq("suppressed"))
    method = indicator.edition(edition)
    limits = [
        interval(value, n, indicator=indicator, edition=method)
        for value, n in zip(frame["value"], frame["n"], strict=True)
    ]
    frame["low"] = pd.Series([pair[0] if pair else None for pair in limits], dtype="float64")
    frame["high"] = pd.Series([pair[1] if pair else None for pair in limits], dtype="float64")
    comparable = frame[frame["state"].eq("value")]
    unranked = _unranked(comparable, indicator, edition)
    frame["best"] = pd.Series(pd.NA, index=frame.index, dtype="Int64")
    frame["worst"] = pd.Series(pd.NA, index=frame.index, dtype="Int64")
    if not unranked:
        ranges = rank_ranges(
            comparable[["value", "low", "high"]],
            decimals=decimals_of(indicator, edition),
            is_more_better=indicator.direction == "higher_is_better",
        )
        frame.loc[comparable.index, "best"] = [best for best, _ in ranges]
        frame.loc[comparable.index, "worst"] = [worst for _, worst in ranges]
    columns = ["area_code", "value", "low", "high", "numerator", "denominator", "n", "received", "expected"]
    return Standing(
        indicator,
        edition,
        period,
        frame[[*columns, "source_id", "producer", "state", "best", "worst"]],
        unranked,
    )


def rank_ranges(values: pd.DataFrame, *, decimals: int, is_more_better: bool) -> list[tuple[int, int]]:
    """Give each value the best and the worst place it may have.

    Parameters
    ----------
    values : DataFrame
        ``value``, and ``low`` and ``high``, missing where there is no interval.
    decimals : int
        Values are compared as they are shown.

    Returns
    -------
    list of (int, int)
        1 is best. Two places are told apart only if the values differ as shown and their intervals do not
        overlap.

    Examples
    --------
    >>> none = [None] * 4
    >>> frame = pd.DataFrame({"value": [71.5, 80.0, 71.46, 60.0], "low": none, "high": none}, dtype="float64")
    >>> rank_ranges(frame, decimals=1, is_more_better=True)
    [(2, 3), (1, 1), (2, 3), (4, 4)]
    """
    sign = 1 if is_more_better else -1
    rounded = values["value"].round(decimals)
    ends = [
        sorted((sign * float(low), sign * float(high)))
        for low, high in zip(values["low"].fillna(rounded), values["high"].fillna(rounded), strict=True)
    ]
    shown = [sign * float(value) for value in rounded]

    def is_surely_better(one: int, other: int) -> bool:
        return ends[one][0] > ends[other][1] and shown[one] > shown[other]

    places = range(len(shown))
    return [
        (
            1 + sum(is_surely_better(j, i) for j in places),
            len(shown) - sum(is_surely_better(i, j) for j in places),
        )
        for i in places
    ]


def benchmark(values: pd.DataFrame, *, edition: str, period: str, producer: str, area: str) -> float | None:
    """Give the value of another area that may stand beside: same edition, year and producer; else None."""
    rows = drawn(values, area=area)
    rows = rows[rows["edition"].eq(edition) & rows["period"].eq(period) & rows["producer"].eq(producer)]
    return None if rows.empty else float(rows["value"].iloc[0])


def _state(row: dict[Any, Any], indicator: Indicator, rules: ReportingRules) -> State:
    if row["status"] == "suppressed":
        return "suppressed"
    if pd.isna(row["value"]):
        return "none"
    if is_small(row, indicator):
        return "small"
    is_thin = is_provisional(row["received"], row["expected"], rules=rules)
    return "provisional" if is_thin or row["status"] == "provisional" else "value"


def _unranked(comparable: pd.DataFrame, indicator: Indicator, edition: str) -> Unranked:
    """Say why areas are not ranked, most basic reason first; empty where they are."""
    if indicator.incomplete:
        return "incomplete"
    if indicator.direction == "neutral":
        return "neutral"
    if indicator.symbol == "bubble":
        return "size"
    rests_on = basis(indicator, indicator.edition(edition))
    if rests_on == "not_random":
        return "not_random"
    if rests_on == "unknown" or (rests_on == "interval" and comparable["low"].isna().any()):
        return "unknown_margin"
    if comparable["producer"].nunique() > 1:
        return "producers"
    return "few" if len(comparable) < RANKED_AT_LEAST else ""
