"""The geographic map: regencies as fill or bubbles, libraries and inhabited islands as dots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from literasi.domain.areas import AreaRegister
from literasi.figures import CONTRAST, MUTED, STATIC_URL, Chart, base_figure
from literasi.maps import colours, wording
from literasi.maps.dots import NO_DOTS, Dots, island_traces, legend_entries, library_traces
from literasi.maps.dots import notes as dot_notes
from literasi.maps.dots import sources as dot_sources
from literasi.maps.layout import Box, Layout
from literasi.maps.traces import OUTLINE, Trace, entry, trace
from literasi.maps.units import Units
from literasi.text import number, plain, t

HEIGHT, NARROW_HEIGHT, STACKED_HEIGHT = 500, 400, 860
SEA = "rgba(31,131,180,0.07)"
LARGEST_BUBBLE, SMALLEST_DISC = 46, 30
BUBBLE_OPACITY = 0.55
KM_PER_DEGREE = 111.32
SCALE_BARS_KM = (100, 50, 20, 10, 5, 2)


def _nothing_over(_box: Box, _geo: str, _scale: float) -> Sequence[Trace]:
    return ()


def regency_map(
    units: Units,
    *,
    layout: Layout,
    register: AreaRegister,
    view: str,
    selected: str | None = None,
    is_narrow: bool = False,
    dots: Dots = NO_DOTS,
) -> Chart:
    """Draw one year on the map.

    Parameters
    ----------
    units : Units
        Values by regency.
    layout, register
        Boxes and label places; anchors of areas.
    view : str
        Name of a view in `layout`; ignored when a regency is selected.
    selected : str, optional
        Code of the regency to zoom to; others fade.
    is_narrow : bool
        For narrow screens: lower, with the panels below each other.
    dots : Dots

    Returns
    -------
    Chart
        Each point's ``customdata`` is ``[area_code, library_id or ""]``. Geometry is given by its
        address on our own server.
    """
    boxes = layout.boxes(view=view, regency=selected)
    figure = regency_figure(
        units,
        layout=layout,
        register=register,
        view=view,
        selected=selected,
        is_narrow=is_narrow,
        dots=dots,
    )
    return Chart(
        name="peta",
        figure=figure,
        title=wording.finding(units, selected),
        subtitle=wording.subtitle(units),
        alt=wording.alt(units, form="map"),
        table=wording.table(units),
        indicators=(units.indicator.id,),
        sources=(*wording.sources(units), *dot_sources(dots)),
        notes=(
            *wording.notes(units),
            *dot_notes(dots),
            " ".join((*_panel_notes(boxes), t("map.attribution"))),
        ),
    )


def regency_figure(
    units: Units,
    *,
    layout: Layout,
    register: AreaRegister,
    view: str,
    selected: str | None = None,
    is_narrow: bool = False,
    dots: Dots = NO_DOTS,
    over: Callable[[Box, str, float], Sequence[Trace]] = _nothing_over,
    legend: Sequence[Trace] = (),
) -> go.Figure:
    """Draw one year on the map, without words around it.

    Parameters
    ----------
    units, layout, register, view, selected, is_narrow, dots
        As for `regency_map`. Where ``units.frame`` has a column ``hover``, it is what pointing at an area
        shows.
    over : callable
        Gives traces above all others in a box: called with the box, the name of its ``geo`` and the degrees
        of one pixel.
    legend : sequence of Trace
        Entries for what `over` draws.

    Returns
    -------
    plotly Figure
    """
    boxes = layout.boxes(view=view, regency=selected)
    height = HEIGHT if not is_narrow else STACKED_HEIGHT if len(boxes) > 1 else NARROW_HEIGHT
    areas = _anchored(units, register)
    traces: list[Trace] = []
    geos: dict[str, Any] = {}
    domains = _domains(boxes, is_stacked=is_narrow)
    for number_of, (box, domain) in enumerate(zip(boxes, domains, strict=True), start=1):
        geo = "geo" if number_of == 1 else f"geo{number_of}"
        geos[geo] = _geo(box, domain)
        anchored = layout.within(areas, box)
        scale = (box.lat[1] - box.lat[0]) / (domain["y"][1] - domain["y"][0]) / height
        traces += [
            _areas(areas, units=units, layout=layout, box=box, geo=geo, selected=selected),
            *island_traces(dots, layout=layout, box=box, geo=geo),
            *_bubbles(anchored, units=units, geo=geo),
            _discs(anchored, geo=geo),
            *library_traces(
                dots, register=register, layout=layout, box=box, geo=geo, degrees_per_pixel=scale
            ),
            *(_labels(areas, layout=layout, box=box, geo=geo) if selected is None else []),
            _scale_bar(box, geo=geo),
            *over(box, geo, scale),
        ]
    return base_figure(
        *_legend(units, dots),
        *legend,
        *traces,
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.0,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "title": {"text": ""},
        },
        **geos,
    )


def _domains(boxes: Sequence[Box], *, is_stacked: bool) -> list[dict[str, tuple[float, float]]]:
    """Share the figure among the panels so that each fills its part."""
    if len(boxes) == 1:
        return [{"x": (0.0, 1.0), "y": (0.0, 1.0)}]
    gap = 0.02
    weights = [1 / box.aspect if is_stacked else box.aspect for box in boxes]
    whole = sum(weights)
    out: list[dict[str, tuple[float, float]]] = []
    start = 0.0
    for weight in weights:
        end = start + weight / whole * (1 - gap * (len(boxes) - 1))
        span = (start, min(end, 1.0))
        below = {"x": (0.0, 1.0), "y": (1 - span[1], 1 - span[0])}
        out.append(below if is_stacked else {"x": span, "y": (0.0, 1.0)})
        start = end + gap
    return out


def _geo(box: Box, domain: dict[str, tuple[float, float]]) -> dict[str, Any]:
    return {
        "domain": domain,
        "projection": {"type": "mercator"},
        "lonaxis": {"range": list(box.lon)},
        "lataxis": {"range": list(box.lat)},
        "visible": False,
        "bgcolor": SEA,
    }


def _areas(
    areas: pd.DataFrame, *, units: Units, layout: Layout, box: Box, geo: str, selected: str | None
) -> Trace:
    """Every regency of one side as fill; for counts the land stays quiet under its bubble."""
    fills = colours.area_colours(units)
    if units.indicator.symbol == "bubble":
        fills = [
            colours.LAND if state == "value" else fill
            for state, fill in zip(units.frame["state"], fills, strict=True)
        ]
    here = [layout.has(code, box.side) for code in areas["area_code"]]
    frame = areas.assign(fill=fills)[here]
    palette = list(dict.fromkeys(fills))
    chosen = [code == selected for code in frame["area_code"]]
    steps = max(len(palette), 1)
    return trace(
        "choropleth",
        geo=geo,
        geojson=f"{STATIC_URL}areas/boundaries.web.{box.side}.geojson",
        featureidkey="properties.area_code",
        locations=frame["area_code"].tolist(),
        z=[palette.index(fill) for fill in frame["fill"]],
        zmin=-0.5,
        zmax=steps - 0.5,
        colorscale=[
            point
            for i, colour in enumerate(palette)
            for point in ([i / steps, colour], [(i + 1) / steps, colour])
        ],
        showscale=False,
        showlegend=False,
        marker={
            "line": {
                "color": [CONTRAST if is_chosen else OUTLINE for is_chosen in chosen],
                "width": [1.6 if is_chosen else 0.6 for is_chosen in chosen],
            },
            "opacity": [1.0 if selected is None or is_chosen else 0.45 for is_chosen in chosen],
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=[[code, ""] for code in frame["area_code"]],
        hovertext=frame["hover"].tolist(),
        hoverinfo="text",
    )


def _anchored(units: Units, register: AreaRegister) -> pd.DataFrame:
    """Areas with their anchors and hover texts."""
    anchors = [register.get(code) for code in units.frame["area_code"]]
    place = pd.DataFrame([(area.latitude, area.longitude) for area in anchors], dtype="float64")
    shown = units.frame["hover"].tolist() if "hover" in units.frame else wording.hover(units)
    return units.frame.assign(latitude=place[0].tolist(), longitude=place[1].tolist(), hover=shown)


def _bubbles(rows: pd.DataFrame, *, units: Units, geo: str) -> list[Trace]:
    """Counts as discs whose area is the count; a zero is a small ring, not an absence."""
    if units.indicator.symbol != "bubble":
        return []
    rows = rows[rows["state"].isin(["value", "small"])]
    is_zero = rows["value"].eq(0)
    return [
        trace(
            "scattergeo",
            geo=geo,
            lat=rows["latitude"].tolist(),
            lon=rows["longitude"].tolist(),
            mode="markers",
            marker={
                "size": rows["value"].where(~is_zero, units.largest / 100).tolist(),
                "sizemode": "area",
                "sizeref": 2 * units.largest / LARGEST_BUBBLE**2 if units.largest else 1,
                "sizemin": 4,
                "color": ["rgba(0,0,0,0)" if zero else colours.COUNT for zero in is_zero],
                "opacity": BUBBLE_OPACITY,
                "line": {"color": colours.COUNT, "width": 1.5},
            },
            selected={"marker": {"opacity": BUBBLE_OPACITY}},
            unselected={"marker": {"opacity": BUBBLE_OPACITY}},
            customdata=[[code, ""] for code in rows["area_code"]],
            hovertext=rows["hover"].tolist(),
            hoverinfo="text",
            showlegend=False,
        )
    ]


def _discs(rows: pd.DataFrame, *, geo: str) -> Trace:
    """Invisible discs on the anchors: a regency of small islands is as easy to point at as a large one."""
    return trace(
        "scattergeo",
        geo=geo,
        lat=rows["latitude"].tolist(),
        lon=rows["longitude"].tolist(),
        mode="markers",
        marker={"size": SMALLEST_DISC, "color": colours.COUNT, "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        customdata=[[code, ""] for code in rows["area_code"]],
        hovertext=rows["hover"].tolist(),
        hoverinfo="text",
        showlegend=False,
    )


def _labels(rows: pd.DataFrame, *, layout: Layout, box: Box, geo: str) -> list[Trace]:
    """Short names with their values, standing in open water; a line leads to one that stands apart."""
    texts: list[tuple[float, float, str, str]] = []
    leaders: list[Trace] = []
    for row in rows.to_dict("records"):
        frame = layout.regencies.get(str(row["area_code"]))
        place = frame.labels.get(box.side) if frame else None
        if frame is None or place is None or not box.shows(place.lon, place.lat):
            continue
        mark = "*" if row["is_provisional"] and row["state"] != "none" else ""
        written = f"<b>{plain(frame.short)}</b><br>{plain(row['text'])}{mark}"
        texts.append((place.lon, place.lat, written, place.position))
        if place.leader:
            leaders.append(
                trace(
                    "scattergeo",
                    geo=geo,
                    lat=[row["latitude"], place.lat],
                    lon=[row["longitude"], place.lon],
                    mode="lines",
                    line={"color": MUTED, "width": 1},
                    hoverinfo="skip",
                    showlegend=False,
                )
            )
    words = trace(
        "scattergeo",
        geo=geo,
        lon=[lon for lon, _, _, _ in texts],
        lat=[lat for _, lat, _, _ in texts],
        mode="text",
        text=[written for _, _, written, _ in texts],
        textposition=[position for _, _, _, position in texts],
        textfont={"size": 12},
        hoverinfo="skip",
        showlegend=False,
    )
    return [*leaders, words]


def _scale_bar(box: Box, *, geo: str) -> Trace:
    width, height = box.lon[1] - box.lon[0], box.lat[1] - box.lat[0]
    km = next((km for km in SCALE_BARS_KM if km / KM_PER_DEGREE <= 0.25 * width), SCALE_BARS_KM[-1])
    start, low = box.lon[0] + 0.03 * width, box.lat[0] + 0.04 * height
    end = start + km / KM_PER_DEGREE
    tick = 0.008 * height
    return trace(
        "scattergeo",
        geo=geo,
        lon=[start, start, start, (start + end) / 2, end, end, end],
        lat=[low + tick, low - tick, low, low, low, low + tick, low - tick],
        mode="lines+text",
        line={"color": MUTED, "width": 1.5},
        text=["", "", "", t("map.kilometres", km=number(km)), "", "", ""],
        textposition="top center",
        textfont={"size": 11},
        hoverinfo="skip",
        showlegend=False,
    )


def _legend(units: Units, dots: Dots) -> list[Trace]:
    """Entries without a place: every class with its count, then what the dots mean."""
    entries = [entry(key.label, "square", key.colour, size=14) for key in colours.keys(units)]
    if units.indicator.symbol == "bubble":
        entries.insert(0, entry(t("map.legend.bubble", unit=units.unit), "circle", colours.COUNT, size=14))
    return [*entries, *legend_entries(dots)]


def _panel_notes(boxes: Sequence[Box]) -> tuple[str, ...]:
    return (t("map.note.scales"),) if len(boxes) > 1 else ()
