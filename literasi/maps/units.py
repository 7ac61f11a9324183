"""What is known of each regency in one year: value, class, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import pandas as pd

from literasi.domain.indicators import Indicator
from literasi.text import month_names, number, t, term

State = Literal["value", "small", "suppressed", "none"]
ENOUGH_REPORTS = 0.6


@dataclass(frozen=True, slots=True)
class Units:
    """The areas of one indicator, edition and year.

    Attributes
    ----------
    indicator : Indicator
    edition, period : str
    frame : DataFrame
        One row per area in code order: ``area_code``, ``name``, ``state`` (`State`), ``value`` (missing
        unless the state is ``value`` or ``small``), ``class`` (position in `indicator.classes`, -1 without
        a class), ``text`` (the value as written), ``hover``, ``is_provisional``, and the parts
        ``numerator``, ``denominator``, ``denominator_year``, ``received``, ``expected``, ``source_id``.
    largest : float
        Largest value of any area in any year of the edition, so that bubbles keep their scale.
    benchmark : float or None
        The province's own value in the same edition and year.
    last_month : int or None
        Last month (1 to 12) with data where the year is not over; such a year is not annualised.
    """

    indicator: Indicator
    edition: str
    period: str
    frame: pd.DataFrame
    largest: float
    benchmark: float | None
    last_month: int | None = None

    @property
    def written_period(self) -> str:
        """The year as written, with its last month where it is not over."""
        if self.last_month is None:
            return self.period
        return t("map.partial_year", year=self.period, month=month_names(short=False)[self.last_month - 1])

    @property
    def decimals(self) -> int:
        """Decimals with which values of this edition are written."""
        own = self.indicator.edition(self.edition).decimals
        return self.indicator.decimals if own is None else own

    @property
    def unit(self) -> str:
        """Unit of this edition, as written."""
        return term("unit", self.indicator.edition(self.edition).unit or self.indicator.unit)

    @property
    def known(self) -> pd.DataFrame:
        """Areas with a value that may be compared."""
        return self.frame[self.frame["state"].eq("value")]

    def count(self, state: State) -> int:
        """Give how many areas are in a state."""
        return int(self.frame["state"].eq(state).sum())


def editions_with_values(values: pd.DataFrame, indicator: Indicator) -> tuple[str, ...]:
    """Give the editions that have a value for any of the areas, newest last."""
    present = set(_drawn(values)["edition"])
    return tuple(edition.id for edition in indicator.editions if edition.id in present)


def years_with_values(values: pd.DataFrame, edition: str) -> tuple[str, ...]:
    """Give the years of one edition that have a value for any of the areas, in order."""
    drawn = _drawn(values)
    return tuple(sorted(drawn.loc[drawn["edition"].eq(edition), "period"].unique()))


def last_month_of(monthly: pd.DataFrame, year: str) -> int | None:
    """Give the last month with a value in a year that is not over; None for a whole year.

    Parameters
    ----------
    monthly : DataFrame
        Tidy values by month. A later year with values makes every earlier one whole.
    year : str

    Examples
    --------
    >>> frame = pd.DataFrame({"period": ["2025-12", "2026-06"], "value": 1.0, "is_preferred": True})
    >>> last_month_of(frame, "2025"), last_month_of(frame, "2026")
    (None, 6)
    """
    months = _drawn(monthly)["period"]
    last = "" if months.empty else str(months.max())
    return int(last[5:]) if last.startswith(year) and not last.endswith("-12") else None


def units_of(
    values: pd.DataFrame,
    *,
    indicator: Indicator,
    edition: str,
    period: str,
    names: Mapping[str, str],
    benchmark: float | None = None,
    last_month: int | None = None,
) -> Units:
    """Give every area its value and class, or the reason why it has none.

    Parameters
    ----------
    values : DataFrame
        Tidy values of the indicator (`literasi.domain.observations.VALUES`).
    indicator : Indicator
        Its ``classes`` are the same in every year; a class holds its lower edge and not its upper.
    edition, period : str
        Only preferred rows of this edition and period are read.
    names : mapping
        Code to name of every area that must appear, with data or without.
    benchmark : float, optional
        The province's own value.
    last_month : int, optional
        As `last_month_of` gives it.

    Returns
    -------
    Units
        An area without a row, or with a row without value, has state ``none``: missing is not zero.
        A rate whose denominator (or sample) is below ``minimum_n`` has state ``small`` and no class.
    """
    rows = values[
        values["is_preferred"] & values["edition"].eq(edition) & values["period"].eq(period)
    ].drop_duplicates("area_code")
    frame = pd.DataFrame({"area_code": list(names), "name": list(names.values())}).merge(
        rows.drop(columns=["period", "edition", "is_preferred"]), on="area_code", how="left"
    )
    series = _drawn(values)
    largest = float(series.loc[series["edition"].eq(edition), "value"].abs().max())
    found = Units(indicator, edition, period, frame, largest, benchmark, last_month)
    states = [_state(row, indicator) for row in frame.to_dict("records")]
    frame = frame.assign(
        state=states,
        value=frame["value"].where(pd.Series(states, index=frame.index).isin(["value", "small"])),
        is_provisional=_is_provisional(frame),
    )
    frame["class"] = [
        class_of(value, indicator.classes) if state == "value" else -1
        for value, state in zip(frame["value"], states, strict=True)
    ]
    frame["text"] = [_text(row, found) for row in frame.to_dict("records")]
    return Units(indicator, edition, period, frame, largest, benchmark, last_month)


def class_of(value: float, edges: tuple[float, ...]) -> int:
    """Give the position of the class of a value; a class holds its lower edge.

    >>> [class_of(v, (50, 80)) for v in (0, 49.9, 50, 80)]
    [0, 0, 1, 2]
    """
    return sum(value >= edge for edge in edges)


def class_labels(edges: tuple[float, ...], decimals: int) -> tuple[str, ...]:
    """Write the classes: ``< 50``, ``50–<80``, ``≥ 80``."""
    shown = [number(edge, 0 if float(edge).is_integer() else max(decimals, 1)) for edge in edges]
    inner = (f"{low}–<{high}" for low, high in pairwise(shown))
    return (f"<{shown[0]}", *inner, f"≥{shown[-1]}")


def _drawn(values: pd.DataFrame) -> pd.DataFrame:
    return values[values["is_preferred"] & values["value"].notna()]


def _state(row: Mapping[Any, Any], indicator: Indicator) -> State:
    if row["status"] == "suppressed":
        return "suppressed"
    if pd.isna(row["value"]):
        return "none"
    sizes = [row["n"], row["denominator"] if indicator.scale in ("percent", "rate") else None]
    known = [float(str(size)) for size in sizes if size is not None and not pd.isna(size)]
    return "small" if known and min(known) < indicator.minimum_n else "value"


def _is_provisional(frame: pd.DataFrame) -> list[bool]:
    """Whether values rest on less than the required share of expected reports, or were so published."""
    received = frame["received"].astype("Float64")
    share = (received / frame["expected"].astype("Float64")).fillna(1.0)
    flagged = (share < ENOUGH_REPORTS) | frame["status"].isin(["provisional", "estimated"])
    return [bool(flag) for flag in flagged]


def _text(row: Mapping[Any, Any], units: Units) -> str:
    if row["state"] == "none":
        return t("map.no_data")
    if row["state"] == "suppressed":
        return t("map.suppressed")
    if row["state"] == "small" and not pd.isna(row["numerator"]):
        return t("map.k_of_n", k=number(row["numerator"]), n=number(row["denominator"]))
    return number(row["value"], units.decimals)
