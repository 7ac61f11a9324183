"""Libraries and inhabited islands as dots above the areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from literasi.domain.areas import AreaRegister
from literasi.domain.location import STEP
from literasi.figures import CONTRAST, MUTED
from literasi.maps.layout import Box, Layout
from literasi.maps.traces import DOT, Trace, entry, trace
from literasi.text import plain, t

_SYMBOLS = {
    "exact": "circle",
    "village": "circle-open",
    "district": "diamond-open",
    "regency": "square-open",
}


@dataclass(frozen=True, slots=True)
class Dots:
    """What is drawn above the areas.

    Attributes
    ----------
    libraries : DataFrame, optional
        ``library_id``, ``name``, ``area_code``, ``year_joined``, ``latitude``, ``longitude``, ``precision``
        and ``anchor_code`` (`literasi.domain.location.locate`); those to be drawn in this year.
    undated : int
        Libraries of the programme whose year of joining is not known, which are not drawn.
    islands : bool
        Whether inhabited islands are drawn.
    """

    libraries: pd.DataFrame | None = None
    undated: int = 0
    islands: bool = False


NO_DOTS = Dots()


def island_traces(dots: Dots, *, layout: Layout, box: Box, geo: str) -> list[Trace]:
    """Inhabited islands, however small, as small dots."""
    if not dots.islands:
        return []
    rows = layout.within(layout.islands, box)
    return [
        trace(
            "scattergeo",
            geo=geo,
            lat=rows["latitude"].tolist(),
            lon=rows["longitude"].tolist(),
            mode="markers",
            marker={"size": 4, "color": MUTED, "opacity": 0.9},
            selected={"marker": {"opacity": 0.9}},
            unselected={"marker": {"opacity": 0.9}},
            customdata=[[code, ""] for code in rows["regency_code"]],
            hovertext=[plain(name) for name in rows["name"]],
            hoverinfo="text",
            showlegend=False,
        )
    ]


def library_traces(
    dots: Dots, *, register: AreaRegister, layout: Layout, box: Box, geo: str, degrees_per_pixel: float
) -> list[Trace]:
    """Libraries: solid where the coordinates are known, hollow beside the anchor where they are not."""
    if dots.libraries is None or dots.libraries.empty:
        return []
    rows = layout.within(_spread(dots.libraries, register, degrees_per_pixel), box)
    return [
        trace(
            "scattergeo",
            geo=geo,
            lat=rows["latitude"].tolist(),
            lon=rows["longitude"].tolist(),
            mode="markers",
            marker={
                "size": DOT,
                "color": CONTRAST,
                "opacity": 1,
                "symbol": rows["precision"].map(_SYMBOLS).tolist(),
                "line": {"color": CONTRAST, "width": 1.8},
            },
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
            customdata=[
                [code[:5], library]
                for code, library in zip(rows["area_code"], rows["library_id"], strict=True)
            ],
            hovertext=[_library_hover(row, register) for row in rows.to_dict("records")],
            hoverinfo="text",
            showlegend=False,
        )
    ]


def legend_entries(dots: Dots) -> list[Trace]:
    """Give the legend: libraries by how well their place is known, with their number, and islands."""
    entries = []
    if dots.libraries is not None:
        for precision, count in dots.libraries["precision"].value_counts().items():
            if precision in _SYMBOLS:
                label = t(f"map.legend.library_{precision}", count=count)
                entries.append(entry(label, _SYMBOLS[str(precision)], CONTRAST))
    if dots.islands:
        entries.append(entry(t("map.legend.islands"), "circle", MUTED, size=5))
    return entries


def notes(dots: Dots) -> tuple[str, ...]:
    """Give what must be said of places that are approximate or not drawn."""
    if dots.libraries is None:
        return ()
    hidden = int(dots.libraries["precision"].eq("none").sum())
    return tuple(
        note
        for note in (
            t("map.note.approximate") if (dots.libraries["precision"] != "exact").any() else "",
            t("map.note.undated", count=dots.undated) if dots.undated else "",
            t("map.note.unplaced", count=hidden) if hidden else "",
        )
        if note
    )


def sources(dots: Dots) -> tuple[str, ...]:
    """Give the publications behind the libraries drawn."""
    return () if dots.libraries is None else tuple(dict.fromkeys(dots.libraries["source_id"].dropna()))


def _spread(libraries: pd.DataFrame, register: AreaRegister, degrees_per_pixel: float) -> pd.DataFrame:
    """Draw approximate places further from their anchor where the view is wide, so that none is hidden."""
    factor = max(1.0, 0.75 * DOT * degrees_per_pixel / STEP)
    anchors = [None if pd.isna(code) else register.get(code) for code in libraries["anchor_code"]]
    middle = pd.DataFrame(
        {
            "latitude": [None if area is None else area.latitude for area in anchors],
            "longitude": [None if area is None else area.longitude for area in anchors],
        },
        index=libraries.index,
        dtype="float64",
    )
    places = libraries[["latitude", "longitude"]]
    return libraries.assign(**(middle + (places - middle) * factor).fillna(places))


def _library_hover(row: dict[Any, Any], register: AreaRegister) -> str:
    lines = [
        f"<b>{plain(str(row['name']))}</b>",
        plain(", ".join(register.name(code) for code in _chain(str(row["area_code"]), register))),
        t("map.joined", year=int(row["year_joined"])) if not pd.isna(row["year_joined"]) else "",
        "" if row["precision"] == "exact" else t(f"map.approximate.{row['precision']}"),
    ]
    return "<br>".join(line for line in lines if line)


def _chain(code: str, register: AreaRegister) -> list[str]:
    above = [area.code for area in register.ancestors(code) if area.level in ("district", "regency")]
    return [code, *above]
