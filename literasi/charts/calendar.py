"""Calendar of activities: one cell per day; zero, missing and not expected look different."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.colors import hex_to_rgb

from literasi.figures import EMPHASIS, MUTED, NO_DATA, Chart, base_figure
from literasi.text import date, month_names, number, percent, t

# Lower ends of the classes, the same for every year and area, so that calendars can be compared.
CLASSES = (1, 2, 4, 7)
# One hue growing out of the page: more is stronger on a light and on a dark one.
COLOURS = tuple(f"rgba{(*hex_to_rgb(EMPHASIS), alpha)}" for alpha in (0.35, 0.56, 0.78, 1))
ZERO = "rgba(125,136,147,0.16)"


def calendar_chart(
    days: pd.DataFrame, *, name: str, year: int, area: str, filtered: str = ""
) -> Chart | None:
    """Weekdays down, weeks across, in two halves of the year so that cells stay large on a phone.

    Parameters
    ----------
    days : DataFrame
        As from `literasi.domain.activities.days`.
    name : str
        Name of the chart.
    year : int
    area, filtered : str
        For the subtitle.

    Returns
    -------
    Chart or None
        None where no library was heard from in that year.
    """
    if not days["activities"].notna().any():
        return None
    rows = days.assign(
        weekday=days["date"].dt.day_of_week,
        half=(days["date"].dt.month > 6).astype("int64"),
        kind=[_class(v, s) for v, s in zip(days["activities"], days["state"], strict=True)],
    )
    # Weeks are counted from the Monday on or before the first day of each half.
    starts = rows.groupby("half")["date"].transform("min")
    monday = starts - pd.to_timedelta(starts.dt.day_of_week, unit="D")
    rows["week"] = (rows["date"] - monday).dt.days // 7

    halves = [half for half in (0, 1) if (rows.loc[rows["half"] == half, "state"] != "not_expected").any()]
    figure = base_figure(height=70 + 190 * len(halves), showlegend=True)
    for position, half in enumerate(halves):
        _draw_half(figure, rows[rows["half"] == half], position, len(halves))
    _legend(figure, set(rows["state"]))

    known = rows[rows["activities"].notna()]
    by_weekday = known.groupby("weekday")["activities"].sum().reindex(range(7), fill_value=0.0)
    total = float(known["activities"].sum())
    busiest = int(by_weekday.to_numpy().argmax())
    words = {
        "year": str(year),
        "area": area,
        "total": number(total),
        "weekday": t(f"chart.calendar.day_{busiest}"),
        "share": percent(by_weekday[busiest] / total if total else None),
        "active": number(int((known["activities"] > 0).sum())),
        "missing": number(int((rows["state"] == "missing").sum())),
    }
    return Chart(
        name=name,
        figure=figure,
        title=t("chart.calendar.title" if total else "chart.calendar.title_none", **words),
        subtitle=" · ".join(part for part in (t("chart.calendar.long"), area, str(year), filtered) if part),
        alt=t("chart.calendar.alt", **words),
        table=pd.DataFrame(
            {
                t("chart.calendar.column_date"): rows["date"],
                t("chart.calendar.column_day"): [t(f"chart.calendar.day_{d}") for d in rows["weekday"]],
                t("chart.series.name_activities"): rows["activities"].astype("Int64"),
                t("chart.series.column_state"): [t(f"chart.calendar.state_{s}") for s in rows["state"]],
            }
        ),
        notes=(t("chart.calendar.note"),),
    )


def _class(value: float, state: str) -> float:
    """Number of the class that colours a cell: 0 zero, 1 to 4 the classes, 5 missing; NaN is blank."""
    if state == "missing":
        return 5.0
    if state == "not_expected":
        return float("nan")
    return float(sum(value >= lower for lower in CLASSES))


def _draw_half(figure: go.Figure, rows: pd.DataFrame, position: int, count: int) -> None:
    suffix = "" if position == 0 else "2"
    colours = (ZERO, *COLOURS, "rgba(0,0,0,0)")
    scale = [stop for i, colour in enumerate(colours) for stop in ((i / 6, colour), ((i + 1) / 6, colour))]
    grid = rows.pivot(index="weekday", columns="week", values="kind").reindex(range(7))
    hover = rows.assign(
        words=[
            f"{t(f'chart.calendar.day_{weekday}')}, {date(day)}<br>{_words(value, state)}"
            for weekday, day, value, state in zip(
                rows["weekday"], rows["date"], rows["activities"], rows["state"], strict=True
            )
        ]
    ).pivot(index="weekday", columns="week", values="words")
    hover = hover.reindex(range(7))
    figure.add_trace(
        go.Heatmap(
            x=grid.columns.tolist(),
            y=list(range(7)),
            z=grid.to_numpy(),
            xaxis=f"x{suffix}",
            yaxis=f"y{suffix}",
            zmin=-0.5,
            zmax=5.5,
            colorscale=scale,
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="text",
            hovertext=hover.fillna("").to_numpy(),
            hoverongaps=False,
            name=t("chart.series.name_activities"),
            showlegend=False,
        )
    )
    missing = rows[rows["state"] == "missing"]
    if len(missing):
        figure.add_trace(
            go.Scatter(
                x=missing["week"],
                y=missing["weekday"],
                xaxis=f"x{suffix}",
                yaxis=f"y{suffix}",
                mode="markers",
                marker={"symbol": "x-thin", "size": 7, "line": {"width": 1.5, "color": NO_DATA}},
                hoverinfo="skip",
                showlegend=False,
            )
        )
    firsts = rows[rows["date"].dt.day == 1]
    axis: dict[str, Any] = {"showgrid": False, "zeroline": False, "automargin": True, "fixedrange": True}
    figure.update_layout(
        {
            f"xaxis{suffix}": {
                **axis,
                "anchor": f"y{suffix}",
                "tickvals": firsts["week"].tolist(),
                "ticktext": [month_names()[m - 1] for m in firsts["date"].dt.month],
                "range": [-0.6, 27.6],
            },
            f"yaxis{suffix}": {
                **axis,
                "domain": [0, 1] if count == 1 else [0.56, 1] if position == 0 else [0, 0.44],
                "anchor": f"x{suffix}",
                "range": [6.6, -0.6],
                "tickvals": list(range(7)),
                "ticktext": [t(f"chart.calendar.short_{d}") for d in range(7)],
            },
        }
    )


def _words(value: float, state: str) -> str:
    if state in ("missing", "not_expected"):
        return t(f"chart.calendar.state_{state}")
    return f"{number(value)} {t('chart.series.unit_activities')}"


def _legend(figure: go.Figure, states: set[str]) -> None:
    """Explain every class and state that is drawn; marks without data points."""
    uppers = [lower - 1 for lower in CLASSES[1:]]
    ranges = [
        str(low) if low == high else f"{low}–{high}" for low, high in zip(CLASSES, uppers, strict=False)
    ]
    entries = [("0", ZERO), *zip([*ranges, f"≥ {CLASSES[-1]}"], COLOURS, strict=True)]
    for label, colour in entries:
        figure.add_trace(
            go.Scatter(
                x=[None],
                y=[None],
                mode="markers",
                name=label,
                marker={
                    "symbol": "square",
                    "size": 12,
                    "color": colour,
                    "line": {"width": 0.5, "color": MUTED},
                },
                hoverinfo="skip",
            )
        )
    if "missing" in states:
        figure.add_trace(
            go.Scatter(
                x=[None],
                y=[None],
                mode="markers",
                name=t("chart.calendar.state_missing"),
                marker={"symbol": "x-thin", "size": 9, "line": {"width": 2, "color": NO_DATA}},
                hoverinfo="skip",
            )
        )
    figure.update_layout(legend={"itemclick": False, "itemdoubleclick": False})
