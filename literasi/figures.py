"""A chart and all it must carry: finding, subtitle, text for screen readers, table twin, sources.

`literasi.charts` and `literasi.maps` make these; `literasi.ui` shows them and `literasi.export` writes them.
Colours are set here and nowhere else, chosen to keep 3:1 contrast on the light and the dark page.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from literasi.text import separators

# At least 3:1 on #ffffff and on #0f1b24, and at least 20 apart (CIEDE2000) for red- and green-blind viewers.
SERIES = ("#1f83b4", "#e07810", "#6858d0", "#a05000", "#c08850", "#889888", "#885878", "#686848")
EMPHASIS = SERIES[0]
CONTRAST = SERIES[1]
MUTED = "#7d8893"
INK = {"light": "#1c2b33", "dark": "#e8eef1"}  # text of the page, at least 12:1
NO_DATA = "#b9c0c7"
GRID = "rgba(125,136,147,0.25)"
SEQUENTIAL = ("#cfe3ee", "#93c4dd", "#4f9fc6", "#1f76a6", "#0b4a6f")
GOOD, BAD = "#12907a", "#c9506a"

# An empty topology in place of the one that plotly.js fetches from its CDN for every choropleth, even one
# with geometry of its own; without it the map is blank offline. The '#' swallows the file name it appends.
TOPOJSON_STUB = 'data:application/json,{"type":"Topology","arcs":[],"objects":{}}#'

# Geometry is given to the browser by its address on our own server, so that it costs nothing per rerun.
STATIC_DIR = Path(__file__).resolve().parent.parent / "static"
STATIC_URL = "/app/static/"

# The font of everything that is written to a file; the page shows the same one as Streamlit ships it.
FONT = "Source Sans 3"
FONT_DIR = STATIC_DIR / "fonts"
FONT_FILES = {400: "SourceSans3-Regular.ttf", 700: "SourceSans3-Bold.ttf"}
# Quoted, because of its digit: browsers ignore the name otherwise.
FONT_STACK = f'"{FONT}", "Source Sans", "Noto Sans", "DejaVu Sans", sans-serif'


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart, ready to be shown or written.

    Attributes
    ----------
    name : str
        Stable name: widget key and file name.
    figure : plotly Figure
        Without title: the finding and the subtitle are set as text around it, so that they wrap.
    title : str
        The finding in at most about ten words.
    subtitle : str
        Measure, area, period.
    alt : str
        What a screen reader says in place of the picture.
    table : DataFrame
        The same numbers, with headings as shown.
    sources : tuple of str
        ``source_id`` of every publication drawn.
    notes : tuple of str
        Caveats that must stand with the chart.
    fine_print : tuple of str
        What a reader may want to look up: where bands come from, how something was counted.
    indicators : tuple of str
        Ids of the indicators that it draws values of: all their values can be had beside what is drawn.
    origin : str
        Which workspace and state of the data it was made from; set by whoever shows or writes it.
    """

    name: str
    figure: go.Figure
    title: str
    subtitle: str
    alt: str
    table: pd.DataFrame
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fine_print: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    origin: str = ""


def base_figure(*traces: Any, height: int = 360, **layout: Any) -> go.Figure:
    """Make a figure with the house layout: no template, own separators, quiet grid, legend on top.

    Parameters
    ----------
    *traces : plotly traces
    height : int
        Pixels.
    **layout
        Further layout properties; they win over the house layout, property by property.

    Returns
    -------
    plotly Figure
        Text has no colour of its own: whoever shows or writes the figure sets it (`INK`).
    """
    house: dict[str, Any] = {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
        "separators": separators(),
        "font": {"family": "Source Sans, sans-serif", "size": 13},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hovermode": "closest",
        "dragmode": False,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "title": {"text": ""}},
        "xaxis": {"automargin": True, "showgrid": False, "zeroline": False},
        "yaxis": {"automargin": True, "gridcolor": GRID, "zeroline": False},
    }
    # One construction: each update of a figure validates all of it again.
    figure = go.Figure(data=list(traces), layout=_merged(house, layout))
    figure.layout.template = None  # the constructor takes None for the default one, 3.5 KB in each figure
    return figure


def _merged(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Lay one nested layout over another."""
    out = dict(under)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        out[key] = _merged(out[key], value) if both else value
    return out
