"""Traces as Plotly reads them, before a figure checks them."""

from __future__ import annotations

from typing import Any

from literasi.figures import CONTRAST, MUTED

Trace = dict[str, Any]
OUTLINE = MUTED
DOT = 8


def trace(kind: str, **properties: Any) -> Trace:
    """Give a trace as Plotly reads it; making its object first would check it twice."""
    return {"type": kind, **properties}


def entry(label: str, symbol: str, colour: str, *, size: int = DOT) -> Trace:
    """Give an entry of the legend that has no place on the map."""
    line = {"color": CONTRAST, "width": 1.8} if symbol.endswith("-open") else {"color": OUTLINE, "width": 0.6}
    return trace(
        "scattergeo",
        geo="geo",
        lat=[None],
        lon=[None],
        mode="markers",
        marker={"symbol": symbol, "color": colour, "size": size, "line": line},
        name=label,
        hoverinfo="skip",
    )
