"""Events on a time axis, one row per kind."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from literasi.figures import CONTRAST, EMPHASIS, GRID, Chart, base_figure
from literasi.text import date, number, plain, t, term


def events_chart(
    events: pd.DataFrame, *, name: str, names: Mapping[str, str], area: str, period: str
) -> Chart | None:
    """One mark per event at its first day; trainings stand out.

    Parameters
    ----------
    events : DataFrame
        Table ``events``.
    name : str
        Name of the chart.
    names : mapping
        Area code to name.
    area, period : str
        For the subtitle.

    Returns
    -------
    Chart or None
        None where there is no event.
    """
    if events.empty:
        return None
    rows = events.sort_values("date_start", ignore_index=True)
    kinds = rows["kind"].value_counts(ascending=True, sort=True).index.tolist()
    labels = {kind: term("event_kind", kind) for kind in kinds}
    hover = [
        "<br>".join(
            (
                plain(str(what)),
                date(when),
                plain(names.get(str(code), str(code))),
                t("chart.events.people", people=number(people))
                if pd.notna(people)
                else t("chart.events.no_people"),
            )
        )
        for what, when, code, people in zip(
            rows["name"], rows["date_start"], rows["area_code"], rows["participants_published"], strict=True
        )
    ]
    figure = base_figure(
        go.Scatter(
            x=rows["date_start"],
            y=[plain(labels[kind]) for kind in rows["kind"]],
            mode="markers",
            marker={
                "size": 13,
                "symbol": ["triangle-down" if kind == "bimtek" else "circle" for kind in rows["kind"]],
                "color": [CONTRAST if kind == "bimtek" else EMPHASIS for kind in rows["kind"]],
                "opacity": 0.85,
            },
            hoverinfo="text",
            hovertext=hover,
            showlegend=False,
        ),
        height=90 + 24 * len(kinds),
    )
    first, last = int(rows["date_start"].dt.year.min()), int(rows["date_start"].dt.year.max())
    figure.update_layout(
        xaxis={
            "tickvals": [f"{year}-01-01" for year in range(first, last + 2)],
            "ticktext": [str(year) for year in range(first, last + 2)],
            "showgrid": True,
            "gridcolor": GRID,
            "range": [f"{first - 1}-11-15", f"{last + 1}-02-15"],
        },
        yaxis={
            "categoryorder": "array",
            "categoryarray": [plain(labels[kind]) for kind in kinds],
            "showgrid": True,
            "gridcolor": GRID,
        },
    )
    trainings = int((rows["kind"] == "bimtek").sum())
    words = {
        "count": number(len(rows)),
        "trainings": number(trainings),
        "area": area,
        "first": str(first),
        "last": str(last),
        "kinds": ", ".join(
            f"{labels[kind]} {number(int((rows['kind'] == kind).sum()))}" for kind in reversed(kinds)
        ),
    }
    return Chart(
        name=name,
        figure=figure,
        title=t("chart.events.title", **words),
        subtitle=" · ".join((t("chart.events.long"), area, period)),
        alt=t("chart.events.alt", **words),
        table=pd.DataFrame(
            {
                t("chart.events.column_date"): rows["date_start"],
                t("chart.events.column_event"): rows["name"],
                t("chart.events.column_kind"): [labels[kind] for kind in rows["kind"]],
                t("chart.events.column_area"): [names.get(str(c), str(c)) for c in rows["area_code"]],
                t("chart.events.column_place"): rows["venue"],
                t("chart.events.column_people"): rows["participants_published"],
                t("chart.named.column_source"): rows["source_id"],
            }
        ),
        sources=tuple(dict.fromkeys(rows["source_id"].dropna())),
        notes=(t("chart.events.note"),),
    )
