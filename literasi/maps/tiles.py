"""The tile grid: every regency the same size, roughly where it lies, so that none is too small to see."""

from __future__ import annotations

import plotly.graph_objects as go

from literasi.figures import CONTRAST, Chart, base_figure
from literasi.maps import colours, wording
from literasi.maps.layout import Layout
from literasi.maps.traces import OUTLINE
from literasi.maps.units import Units
from literasi.text import plain, t

HEIGHT = 420
TILE = 0.96
HATCH = "#98a1aa"


def tile_grid(units: Units, *, layout: Layout, selected: str | None = None) -> Chart:
    """Draw one year as tiles; areas without data are hatched.

    Parameters
    ----------
    units : Units
        Values by regency.
    layout : Layout
        Row and column of each tile.
    selected : str, optional
        Code of the regency to outline.

    Returns
    -------
    Chart
        Each tile's ``customdata`` is ``[area_code, ""]``.
    """
    rows = units.frame.assign(colour=_tile_colours(units), hover=wording.hover(units)).merge(
        layout.tiles, on="area_code"
    )
    depth = int(rows["row"].max())
    figure = base_figure(
        go.Bar(
            x=rows["column"].tolist(),
            base=[depth - row - TILE / 2 for row in rows["row"]],
            y=[TILE] * len(rows),
            width=TILE,
            marker={
                "color": rows["colour"].tolist(),
                "line": {
                    "color": [CONTRAST if code == selected else OUTLINE for code in rows["area_code"]],
                    "width": [3 if code == selected else 0.8 for code in rows["area_code"]],
                },
                "pattern": {
                    "shape": ["" if state == "value" else "/" for state in rows["state"]],
                    "fgcolor": HATCH,
                    "fillmode": "overlay",
                    "size": 9,
                    "solidity": 0.2,
                },
            },
            text=[
                f"<b>{plain(layout.regencies[row['area_code']].short)}</b><br>{plain(row['text'])}"
                for row in rows.to_dict("records")
            ],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={"size": 13, "color": [colours.ink(colour) for colour in rows["colour"]]},
            customdata=[[code, ""] for code in rows["area_code"]],
            hovertext=rows["hover"].tolist(),
            hoverinfo="text",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
            showlegend=False,
        ),
        *(
            go.Bar(
                x=[None],
                y=[None],
                name=key.label,
                marker={
                    "color": key.colour,
                    "line": {"color": OUTLINE, "width": 0.6},
                    "pattern": {"shape": "/" if key.state else "", "fgcolor": HATCH, "fillmode": "overlay"},
                },
            )
            for key in colours.keys(units)
        ),
        height=HEIGHT,
        barmode="overlay",
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "title": {"text": ""},
        },
        xaxis={"visible": False, "range": [-0.5, rows["column"].max() + 0.5], "fixedrange": True},
        yaxis={"visible": False, "range": [-0.5, depth + 0.5], "fixedrange": True},
    )
    return Chart(
        name="peta-petak",
        figure=figure,
        title=wording.finding(units, selected),
        subtitle=wording.subtitle(units),
        alt=wording.alt(units, form="tiles"),
        table=wording.table(units),
        sources=wording.sources(units),
        notes=(*wording.notes(units), t("map.note.tiles")),
        indicators=(units.indicator.id,),
    )


def _tile_colours(units: Units) -> list[str]:
    """Tiles have no size to show a count with: a count takes the colour of its class as a rate does."""
    classes = colours.class_colours(len(units.indicator.classes) + 1)
    return [
        classes[position] if state == "value" else fill
        for state, position, fill in zip(
            units.frame["state"], units.frame["class"], colours.area_colours(units), strict=True
        )
    ]
