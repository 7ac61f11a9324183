"""The same values as bars: where position is not the point, length is read more exactly than colour."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from literasi.figures import CONTRAST, MUTED, Chart, base_figure
from literasi.maps import colours, wording
from literasi.maps.traces import OUTLINE
from literasi.maps.units import Units
from literasi.text import number, plain, t

ROW_HEIGHT = 36


def value_bars(units: Units, *, selected: str | None = None) -> Chart:
    """Draw the values of one year, largest first; areas without a comparable value come last, unranked.

    Parameters
    ----------
    units : Units
        Values by regency.
    selected : str, optional
        Code of the regency to emphasise.

    Returns
    -------
    Chart
        Each bar's ``customdata`` is ``[area_code, ""]``. Bars start at zero.
    """
    frame = units.frame.assign(
        colour=colours.area_colours(units),
        hover=wording.hover(units),
        comparable=units.frame["state"].eq("value"),
    ).sort_values(["comparable", "value"], ascending=True, kind="stable", na_position="first")
    largest = max(frame["value"].max(), 0) if frame["value"].notna().any() else 0
    names = [
        f"<b>{plain(row['name'])}</b>" if row["area_code"] == selected else plain(row["name"])
        for row in frame.to_dict("records")
    ]
    figure = base_figure(
        go.Bar(
            orientation="h",
            x=frame["value"].fillna(0).tolist(),
            y=names,
            text=[
                plain(row["text"]) + ("*" if row["is_provisional"] and row["state"] != "none" else "")
                for row in frame.to_dict("records")
            ],
            textposition=["inside" if is_long else "outside" for is_long in frame["value"] > 0.3 * largest],
            insidetextanchor="start",
            insidetextfont={"color": [colours.ink(colour) for colour in frame["colour"]]},
            cliponaxis=False,
            marker={
                "color": frame["colour"].tolist(),
                "line": {
                    "color": [CONTRAST if code == selected else OUTLINE for code in frame["area_code"]],
                    "width": [2.5 if code == selected else 0.6 for code in frame["area_code"]],
                },
            },
            customdata=[[code, ""] for code in frame["area_code"]],
            hovertext=frame["hover"].tolist(),
            hoverinfo="text",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
            showlegend=False,
        ),
        height=70 + ROW_HEIGHT * len(frame),
        bargap=0.3,
        margin={"l": 8, "r": 48, "t": 28, "b": 8},
        xaxis={
            "range": [0, largest * 1.12 or 1],
            "title": {"text": plain(units.unit)},
            "showgrid": True,
            "gridcolor": "rgba(125,136,147,0.25)",
            "fixedrange": True,
            "automargin": True,
        },
        yaxis={"automargin": True, "showgrid": False, "fixedrange": True},
    )
    if units.benchmark is not None and units.indicator.aggregation != "sum":
        figure.add_vline(
            x=units.benchmark,
            line={"color": MUTED, "width": 1.5, "dash": "dash"},
            annotation={
                "text": t("map.benchmark", value=number(units.benchmark, units.decimals)),
                "yref": "paper",
                "y": 1,
                "yanchor": "bottom",
                "xanchor": "center",
                "showarrow": False,
            },
        )
    return Chart(
        name="peta-nilai",
        figure=figure,
        title=wording.comparison(units),
        subtitle=wording.subtitle(units),
        alt=wording.alt(units, form="bars"),
        table=_sorted_table(units, frame["area_code"]),
        sources=wording.sources(units),
        notes=wording.notes(units),
        indicators=(units.indicator.id,),
    )


def _sorted_table(units: Units, codes: pd.Series[str]) -> pd.DataFrame:
    """The table twin in the order of the bars, from the top down."""
    order = {code: place for place, code in enumerate(reversed(codes.tolist()))}
    table = wording.table(units)
    places = table[t("map.column.code")].map(order)
    return table.iloc[places.argsort().tolist()].reset_index(drop=True)
