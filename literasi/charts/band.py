"""What charts over time share: the coverage band under a series, names, units, and words for states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from literasi.domain.coverage import is_provisional, share
from literasi.figures import CONTRAST, EMPHASIS, GRID, MUTED
from literasi.text import month_names, number, percent, period, plain, t

Measure = Literal["visits", "loans", "members", "activities", "people"]

PROVISIONAL_FILL = "#8fc1dc"
PROVISIONAL: dict[str, Any] = {
    "pattern": {"shape": "/", "bgcolor": PROVISIONAL_FILL, "fgcolor": EMPHASIS, "size": 6, "solidity": 0.25},
    "line": {"color": EMPHASIS, "width": 1},
}
"""Marker of a bar that is provisional or not a whole year: lighter and hatched, also without colour."""

VALUE_BOTTOM = 0.30
BAND_TOP = 0.17


def measure_name(measure: Measure) -> str:
    """Give the name of what is counted."""
    return t(f"chart.series.name_{measure}")


def measure_unit(measure: Measure) -> str:
    """Give the unit of what is counted."""
    return t(unit_key(measure))


def unit_key(measure: Measure) -> str:
    """Give the key of the unit of what is counted."""
    return f"chart.series.unit_{measure}"


def subtitle(
    measure: Measure, area: str, first: str, last: str, filtered: str, *, is_cumulative: bool = False
) -> str:
    """Write measure, area, period and further filters."""
    span = period(str(first)) if first == last else f"{period(str(first))} – {period(str(last))}"
    what = t(f"chart.series.long_{measure}")
    if is_cumulative:
        what = t("chart.series.cumulative_of", what=what)
    return " · ".join(part for part in (what, area, span, filtered) if part)


def span_words(months: Iterable[int]) -> str:
    """Write which months of a year there are: ``Jan–Mar, Mei``."""
    numbers = sorted(set(months))
    runs: list[list[int]] = []
    for month in numbers:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    names = month_names()
    return ", ".join(
        names[run[0] - 1] if len(run) == 1 else f"{names[run[0] - 1]}–{names[run[-1] - 1]}" for run in runs
    )


def listed(parts: Iterable[object]) -> str:
    """Write parts one after the other."""
    return ", ".join(str(part) for part in parts)


def few(rows: pd.DataFrame) -> pd.Series[bool]:
    """Say of each row whether too few of the expected reports came (provisional)."""
    return pd.Series(
        [is_provisional(r, e) for r, e in zip(rows["received"], rows["expected"], strict=True)],
        index=rows.index,
        dtype="bool",
    )


def state_notes(rows: pd.DataFrame, is_few: pd.Series[bool]) -> tuple[str, ...]:
    """Say how many periods are provisional, and how many have no report at all."""
    notes = []
    provisional = int((is_few & rows["value"].notna()).sum())
    missing = int((rows["value"].isna() & (rows["expected"].fillna(0) > 0)).sum())
    if provisional:
        notes.append(t("chart.series.note_provisional", few=number(provisional)))
    if missing:
        notes.append(t("chart.series.note_missing", missing=number(missing)))
    return tuple(notes)


def received_words(received: Any, expected: Any) -> str:
    """Write reports received out of expected, with the share."""
    part = share(received, expected)
    if part is None:
        return t("chart.series.not_expected")
    return t(
        "chart.series.received", received=number(received), expected=number(expected), share=percent(part)
    )


def with_band(figure: go.Figure, *, unit: str) -> go.Figure:
    """Lay out the counts above and their coverage under them, on one time axis."""
    figure.update_layout(
        xaxis={"anchor": "y2", "showgrid": False, "automargin": True, "zeroline": False},
        yaxis={
            "domain": [VALUE_BOTTOM, 1],
            "title": {"text": unit},
            "rangemode": "tozero",
            "tickformat": ",",
        },
        yaxis2={
            "domain": [0, BAND_TOP],
            "range": [0, 100],
            "tickvals": [0, 60, 100],
            "ticktext": ["0", "60", "100%"],
            "title": {"text": t("chart.series.coverage_axis")},
            "gridcolor": GRID,
            "zeroline": False,
            "automargin": True,
        },
    )
    return figure


def coverage_bars(rows: pd.DataFrame, x: Sequence[int]) -> go.Bar:
    """Draw the share of expected reports that came; provisional periods in the contrast colour."""
    shares = [share(r, e) for r, e in zip(rows["received"], rows["expected"], strict=True)]
    return go.Bar(
        x=list(x),
        y=[None if s is None else 100 * s for s in shares],
        yaxis="y2",
        showlegend=False,
        name=t("chart.series.coverage"),
        marker={"color": [CONTRAST if f else MUTED for f in few(rows)]},
        hoverinfo="text",
        hovertext=[
            f"{period(str(p))}<br>{received_words(r, e)}"
            for p, r, e in zip(rows["period"], rows["received"], rows["expected"], strict=True)
        ],
    )


def month_ticks(periods: Sequence[str]) -> dict[str, Any]:
    """Give the ticks of an axis of months (position = index): month names, with the year at January."""
    shown = (1, 7) if len(periods) > 18 else (1, 4, 7, 10) if len(periods) > 8 else range(1, 13)
    at = [i for i, p in enumerate(periods) if int(p[5:]) in shown]
    names = month_names()
    texts = []
    for i in at:
        year, month = periods[i].split("-")
        name = names[int(month) - 1]
        texts.append(f"{name}<br>{year}" if month == "01" or i == at[0] else name)
    return {"tickvals": at, "ticktext": texts, "tickangle": 0, "range": [-0.6, len(periods) - 0.4]}


def calendar_axes(periods: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    """Give the layout of a calendar: a column for each month, a row for each name, the first on top."""
    return {
        "xaxis": {**month_ticks(periods), "range": [-0.5, len(periods) - 0.5]},
        "yaxis": {
            "tickvals": list(range(len(names))),
            "ticktext": [plain(name) for name in names],
            "range": [len(names) - 0.5, -0.5],
            "showgrid": False,
        },
    }
