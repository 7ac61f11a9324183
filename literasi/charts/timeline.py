"""What is recorded about one library on a time axis, one lane per kind of record."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from literasi.domain.library_profile import LANES
from literasi.figures import CONTRAST, EMPHASIS, GRID, SERIES, Chart, base_figure
from literasi.text import date, number, period, plain, t, term

_SYMBOLS = {
    "training": "triangle-down",
    "activities": "circle",
    "advocacy": "diamond",
    "publications": "square",
}
_COLOURS = {"training": CONTRAST, "advocacy": SERIES[2], "publications": SERIES[3]}
_TICKS = 12


def timeline_chart(rows: pd.DataFrame, *, name: str, library: str, missing: tuple[str, ...]) -> Chart | None:
    """Bars for what is known to the year or month, marks for what is known to the day.

    Parameters
    ----------
    rows : DataFrame
        As from `literasi.domain.library_profile.timeline`.
    name : str
        Name of the chart.
    library : str
        Name of the library.
    missing : tuple of str
        Lanes of which nothing is recorded; said under the chart.

    Returns
    -------
    Chart or None
        None where nothing but the year of joining is dated.
    """
    dated = rows[rows["period"] != ""]
    if dated["lane"].isin(["joined"]).all():
        return None
    lanes = [lane for lane in LANES if (dated["lane"] == lane).any()]
    figure = base_figure(
        *(trace for lane in lanes for trace in _lane(dated[dated["lane"] == lane], lane)),
        height=80 + 44 * len(lanes),
        showlegend=False,
        barmode="overlay",
    )
    first = int(dated["period"].str[:4].min())
    last = int(dated["period"].str[:4].max())
    years = str(first) if first == last else f"{first}–{last}"
    begin, end = (first - 1, last + 2) if first == last else (first, last + 1)
    step = (end - begin) // _TICKS + 1
    figure.update_layout(
        xaxis={
            "range": [begin - 0.1, end + 0.1],
            "tickvals": list(range(begin, end + 1, step)),
            "ticktext": [str(year) for year in range(begin, end + 1, step)],
            "showgrid": True,
            "gridcolor": GRID,
        },
        yaxis={
            "type": "category",
            "categoryarray": [_lane_label(lane) for lane in reversed(lanes)],
            "range": [-0.6, len(lanes) - 0.4],
            "showgrid": True,
            "gridcolor": GRID,
        },
    )
    undated = rows[rows["period"] == ""]
    counts = {lane: int((dated["lane"] == lane).sum()) for lane in lanes if lane != "joined"}
    listed = ", ".join(t(f"profile.count_{lane}", count=number(n)) for lane, n in counts.items())
    joined = dated.loc[dated["lane"] == "joined", "period"]
    notes = []
    if len(undated):
        notes.append(
            t("profile.note_undated", what="; ".join(what_words(row) for row in undated.itertuples()))
        )
    if (dated["period"].str.len() < 10).any():
        notes.append(t("profile.note_spans"))
    if missing:
        notes.append(t("profile.note_missing", lanes=", ".join(_lane_label(lane) for lane in missing)))
    if rows["is_hidden"].any():
        notes.append(t("profile.note_hidden"))
    return Chart(
        name=name,
        figure=figure,
        title=_title(listed, joined),
        subtitle=t("profile.timeline_subtitle", library=library, years=years),
        alt=t("profile.timeline_alt", library=library, years=years, counts=listed),
        table=pd.DataFrame(
            {
                t("column.time"): [when_words(p) for p in rows["period"]],
                t("profile.column_lane"): [_lane_label(lane) for lane in rows["lane"]],
                t("profile.column_what"): [what_words(row) for row in rows.itertuples()],
                t("profile.column_detail"): [detail_words(row) for row in rows.itertuples()],
                t("column.note"): rows["note"],
                t("column.source_id"): rows["source_id"],
            }
        ),
        sources=tuple(dict.fromkeys(rows["source_id"].dropna())),
        notes=tuple(notes),
    )


def when_words(value: str) -> str:
    """Write a year, a month or a day as precisely as it is known."""
    return date(dt.date.fromisoformat(value)) if len(value) == 10 else period(value)


def what_words(row: Any) -> str:
    """Write what a row of the timeline is about: for aid the item and how much of it."""
    if row.lane == "joined":
        return t("profile.joined", programme=t(f"programme.{row.what}"))
    if row.lane == "aid":
        return quantity_words(row.what, row.amount, row.unit)
    return str(row.what)


def quantity_words(item: str, quantity: float, unit: str) -> str:
    """Write an item of aid, and how much of it where that is known."""
    label = term("aid_item", item)
    return label if pd.isna(quantity) else f"{label}: {number(quantity)} {term('unit', unit)}"


def detail_words(row: Any) -> str:
    """Write what else is known of a row of the timeline; empty where nothing is."""
    known = [] if pd.isna(row.detail) else [_detail(row.lane, row.detail)]
    if row.lane in ("training", "activities"):
        if row.is_hidden:
            known.append(t("profile.people_hidden"))
        elif not pd.isna(row.amount):
            known.append(t(f"profile.people_{row.lane}", people=number(row.amount)))
    if row.lane == "advocacy" and not pd.isna(row.amount):
        known.append(t("profile.money", amount=number(row.amount)))
    return ", ".join(known)


def _detail(lane: str, value: str) -> str:
    groups = {"training": "event_kind", "activities": "activities.field", "advocacy": "profile.result"}
    return term(groups[lane], value) if lane in groups else value


def _title(counts: str, joined: pd.Series[str]) -> str:
    if joined.empty:
        return t("profile.timeline_title", counts=counts)
    return t("profile.timeline_title_joined", year=joined.iloc[0], counts=counts)


def _lane_label(lane: str) -> str:
    return t(f"profile.lane_{lane}")


def _lane(rows: pd.DataFrame, lane: str) -> list[go.Bar | go.Scatter]:
    label = _lane_label(lane)
    colour = _COLOURS.get(lane, EMPHASIS)
    traces: list[go.Bar | go.Scatter] = []
    spans = rows[rows["period"].str.len() < 10]
    # What belongs to one period is one bar: bars on top of each other would hide each other's words.
    for when, group in spans.groupby("period"):
        start, length = _span(str(when))
        lines = [when_words(str(when)), *(_hover(row) for row in group.itertuples())]
        traces.append(
            go.Bar(
                x=[length],
                y=[label],
                base=[start],
                orientation="h",
                width=0.34,
                marker={"color": colour},
                hoverinfo="text",
                hovertext="<br>".join(lines),
            )
        )
    days = rows[rows["period"].str.len() == 10]
    if len(days):
        traces.append(
            go.Scatter(
                x=[_day(value) for value in days["period"]],
                y=[label] * len(days),
                mode="markers",
                marker={"symbol": _SYMBOLS.get(lane, "circle"), "size": 11, "color": colour, "opacity": 0.75},
                hoverinfo="text",
                hovertext=[f"{when_words(str(row.period))}<br>{_hover(row)}" for row in days.itertuples()],
            )
        )
    return traces


def _hover(row: Any) -> str:
    detail = detail_words(row)
    return plain(what_words(row)) + (f" ({plain(detail)})" if detail else "")


def _span(value: str) -> tuple[float, float]:
    year, _, month = value.partition("-")
    return (int(year) + (int(month) - 1) / 12, 1 / 12) if month else (float(year), 1.0)


def _day(value: str) -> float:
    day = dt.date.fromisoformat(value)
    length = (dt.date(day.year + 1, 1, 1) - dt.date(day.year, 1, 1)).days
    return day.year + (day.timetuple().tm_yday - 1) / length
