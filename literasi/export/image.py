"""A chart as a picture, with finding, subtitle and sources inside it."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import plotly.graph_objects as go

from literasi.export import drawing
from literasi.export.document import svg_png
from literasi.figures import FONT_STACK, INK, STATIC_DIR, STATIC_URL, TOPOJSON_STUB, Chart
from literasi.text import plain, t

KINDS = ("png", "svg")
MIME = {"png": "image/png", "svg": "image/svg+xml"}
WIDTH = 1200
BARE_WIDTH = 760

_PAPER = {"paper_bgcolor": "#ffffff", "plot_bgcolor": "#ffffff"}
_LETTERS = {"family": FONT_STACK, "color": INK["light"]}


@cache
def can_draw() -> bool:
    """Whether this computer has a Chrome, Chromium or Edge, which does the drawing."""
    from choreographer.browsers.chromium import Chromium

    return Chromium.find_browser(skip_local=False) is not None


def image_bytes(chart: Chart, *, kind: str, sources: Iterable[Mapping[str, Any]], mark: str = "") -> bytes:
    """Draw a chart as PNG (1200 points wide, twice that in pixels) or SVG.

    Parameters
    ----------
    chart : Chart
    kind : str
        One of `KINDS`.
    sources : iterable of mapping
        Rows of the table ``sources`` that the chart cites.
    mark : str
        Text that marks synthetic data; empty for real data.

    Returns
    -------
    bytes

    Raises
    ------
    LiterasiError
        ``error.no_browser`` where no Chrome, Chromium or Edge is installed, which does the drawing.
    """
    drawn = _drawn(framed(chart, sources=sources, mark=mark))
    return svg_png(drawn.decode(), scale=2) if kind == "png" else drawn


def bare_svg(chart: Chart) -> str:
    """Draw a chart on white without its words, for a page that sets them itself.

    Returns
    -------
    str
        SVG, 760 points wide; its text stays text.

    Raises
    ------
    LiterasiError
        As `image_bytes`.
    """
    figure = go.Figure(chart.figure)
    inline_geometry(figure)
    figure.update_layout(
        **_PAPER, font={**_LETTERS, "size": 13}, width=BARE_WIDTH, height=int(figure.layout.height or 400)
    )
    return _drawn(figure).decode()


def _drawn(figure: go.Figure) -> bytes:
    content = figure.to_plotly_json()
    opts = {"format": "svg", "scale": 1} | {side: content["layout"][side] for side in ("width", "height")}
    return drawing.shared().draw(content, opts=opts, topojson=TOPOJSON_STUB)


def framed(chart: Chart, *, sources: Iterable[Mapping[str, Any]], mark: str = "") -> go.Figure:
    """Give the figure on white with title, subtitle, sources and mark drawn into it.

    Returns
    -------
    plotly Figure
        A new figure; the chart's own is not changed.
    """
    figure = go.Figure(chart.figure)
    inline_geometry(figure)
    heading = f"{mark}: {chart.title}" if mark else chart.title
    title = "<br>".join(textwrap.wrap(plain(heading), 80))
    subtitle = "<br>".join(textwrap.wrap(plain(chart.subtitle), 140))
    names = "; ".join(dict.fromkeys(str(s["publisher"]) for s in sources))
    foot = [
        *chart.notes,
        f"{t('source.heading')}: {names}" if names else "",
        f"{t('app.title')} {chart.origin}",
    ]
    lines = [line for part in foot if part for line in textwrap.wrap(plain(part), 150)]
    top = 70 + 26 * title.count("<br>") + 18 * subtitle.count("<br>") + 60
    bottom = 52 + 16 * len(lines)
    height = int(figure.layout.height or 400) + top + bottom
    figure.update_layout(
        width=WIDTH,
        height=height,
        **_PAPER,
        font={**_LETTERS, "size": 14},
        margin={"l": 24, "r": 24, "t": top, "b": bottom},
        title={
            "text": f"<b>{title}</b>",
            "subtitle": {"text": subtitle},
            "x": 0.02,
            "y": 1 - 16 / height,
            "yanchor": "top",
            "font": {"size": 22},
        },
    )
    figure.add_annotation(
        text="<br>".join(lines),
        x=0,
        y=0,
        yshift=-36,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="top",
        align="left",
        showarrow=False,
        font={"size": 11, "color": "#4a5a66"},
    )
    return figure


def inline_geometry(figure: go.Figure) -> None:
    """Replace geometry given by its address on our server by the geometry itself."""
    for trace in figure.data:
        address = getattr(trace, "geojson", None)
        if isinstance(address, str):
            path = STATIC_DIR / address.removeprefix(STATIC_URL)
            trace.geojson = json.loads(path.read_text(encoding="utf-8"))
