"""Regencies as outlines in a frame, with chips that name them: one map for pictures and for slides."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from literasi.closing.deck import Plot
from literasi.export import lettering
from literasi.figures import STATIC_DIR
from literasi.maps.layout import ALL, Box, Layout, load_layout
from literasi.settings import load

Point = tuple[float, float]
Ring = tuple[Point, ...]

_GAP = 0.015
_NARROW, _LOW, _CHIP = 40, 16, 9
"""In sizes of the text: a frame so narrow or so low has less on its chips; a line on a chip is not longer."""
_PAD = 0.35
_APART = 0.25
_STEPS = 18
"""How far a chip may be moved, in steps of half the size of its text."""
_FINEST = 0.04
"""Points closer than that share of the size of the text are one; an islet is never smaller than it."""
_HEAD, _FAR = 1.2, 3.5
"""Sea above the northernmost land; how far a moved chip needs no line."""
_LAND_WEIGHT, _CHIP_WEIGHT = 0.12, 1000.0
"""What a point of the coast and another chip below it count against a step of the way."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One regency in one panel: closed rings, in the unit of the frame."""

    code: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """Name and value of one regency on a rectangle, and the line that leads to the land, if any."""

    code: str
    lines: tuple[str, ...]
    left: float
    top: float
    width: float
    height: float
    leader: tuple[Point, Point] | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """One view: a rectangle of sea, what lies in it, and its chips."""

    left: float
    top: float
    width: float
    height: float
    outlines: tuple[Outline, ...]
    chips: tuple[Chip, ...]


def labels(plot: Plot, *, width: float, height: float, size: float) -> dict[str, list[str]]:
    """Give what the chip of each regency says below its name.

    Parameters
    ----------
    plot : Plot
    width, height, size : float
        Of the frame, and of its text. In a small one the chips of regencies without a value have their names
        only; the legend says why there is none.

    Returns
    -------
    dict of str to list of str
        For `panels`.
    """
    one = plot.series[0]
    is_small = width < _NARROW * size or height < _LOW * size
    return {
        code: []
        if value is None and is_small
        else lettering.wrap(label, _CHIP * size, size, is_bold=True, lines=2)
        for code, value, label in zip(plot.codes, one.values, one.labels, strict=True)
    }


def panels(
    labels: Mapping[str, Sequence[str]], *, width: float, height: float, size: float
) -> tuple[Panel, ...]:
    """Place the province in a frame, its panels beside each other, each in a scale of its own.

    Parameters
    ----------
    labels : mapping of str to sequence of str
        By area code, the lines of its chip below the short name.
    width, height : float
    size : float
        Of the text on the chips, in the same unit.

    Returns
    -------
    tuple of Panel
        An area without a label keeps its outline and has no chip.

    Notes
    -----
    The islands are specks in a wide sea. What can be read of every regency alike is its chip, which whoever
    draws fills with the colour of the class.
    """
    layout = load_layout(load().data_dir)
    boxes = layout.boxes(view=ALL, regency=None)
    whole = sum(box.aspect for box in boxes)
    room = width * (1 - _GAP * (len(boxes) - 1))
    out: list[Panel] = []
    left = 0.0
    for box in boxes:
        share = room * box.aspect / whole
        view = _View(
            box, left=left, width=share, height=min(height, share / box.aspect * 1.25), head=_HEAD * size
        )
        out.append(_panel(view, layout, labels, size=size))
        left += share + width * _GAP
    return tuple(out)


class _View:
    """From degrees to the frame; near the equator a degree is as wide as it is high."""

    def __init__(self, box: Box, *, left: float, width: float, height: float, head: float) -> None:
        self.box, self.left, self.width, self.height = box, left, width, height
        across, up = box.lon[1] - box.lon[0], box.lat[1] - box.lat[0]
        self._scale = min(width / across, (height - head) / up)
        self._east = left + (width - across * self._scale) / 2
        self._south = (height + head + up * self._scale) / 2

    def place(self, lon: float, lat: float) -> Point:
        """Give a point of the frame."""
        return (
            self._east + (lon - self.box.lon[0]) * self._scale,
            self._south - (lat - self.box.lat[0]) * self._scale,
        )


@cache
def _rings(side: str) -> tuple[tuple[str, tuple[Ring, ...]], ...]:
    path = STATIC_DIR / "areas" / f"boundaries.web.{side}.geojson"
    out = []
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        rings = tuple(tuple((x, y) for x, y in ring) for part in parts for ring in part)
        out.append((str(feature["properties"]["area_code"]), rings))
    return tuple(out)


def _panel(view: _View, layout: Layout, labels: Mapping[str, Sequence[str]], *, size: float) -> Panel:
    outlines = tuple(
        Outline(
            code, tuple(_thinned([view.place(*point) for point in ring], size * _FINEST) for ring in rings)
        )
        for code, rings in _rings(view.box.side)
    )
    land = np.array([view.place(*point) for _, rings in _rings(view.box.side) for r in rings for point in r])
    chips: list[Chip] = []
    for outline in outlines:
        frame = layout.regencies.get(outline.code)
        place = frame.labels.get(view.box.side) if frame else None
        if frame is None or place is None or outline.code not in labels:
            continue
        lines = (frame.short, *labels[outline.code])
        at = view.place(place.lon, place.lat)
        wanted = _chip(outline.code, lines, at, place.position, size)
        free = _free(wanted, view, chips, land, size)
        moved = abs(free.left - wanted.left) + abs(free.top - wanted.top)
        is_far = moved > _FAR * size
        chips.append(_led(free, outline) if place.leader or is_far else free)
    return Panel(view.left, 0.0, view.width, view.height, outlines, tuple(chips))


def _thinned(points: Sequence[Point], apart: float) -> Ring:
    """Leave out points that cannot be told apart; what would vanish stays as a small square."""
    kept = [points[0]]
    for x, y in points[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= apart:
            kept.append((x, y))
    if len(kept) > 2:
        return tuple(kept)
    x, y = points[0]
    return (x, y), (x + apart, y), (x + apart, y + apart), (x, y + apart)


def _chip(code: str, lines: tuple[str, ...], at: Point, position: str, size: float) -> Chip:
    wide = max(lettering.width(line, size, is_bold=True) for line in lines) + 2 * _PAD * size
    high = len(lines) * size * lettering.LEADING + _PAD * size
    upright, _, across = position.partition(" ")
    left = at[0] - wide * {"left": 1.0, "center": 0.5, "right": 0.0}[across]
    top = at[1] - high * {"top": 1.0, "middle": 0.5, "bottom": 0.0}[upright]
    return Chip(code, lines, left, top, wide, high)


def _free(chip: Chip, view: _View, others: Sequence[Chip], land: Any, size: float) -> Chip:
    """Move a chip inside the panel, off other chips and off the land, but not far."""
    moves = np.arange(-_STEPS, _STEPS + 1) * size / 2
    across, down = (axis.ravel() for axis in np.meshgrid(moves, moves))
    left = np.clip(chip.left + across, view.left, view.left + max(view.width - chip.width, 0.0))
    top = np.clip(chip.top + down, 0.0, max(view.height - chip.height, 0.0))
    right, bottom = left + chip.width, top + chip.height
    x, y = land[:, 0][:, None], land[:, 1][:, None]
    covered = ((x > left) & (x < right) & (y > top) & (y < bottom)).sum(axis=0)
    cost = np.hypot(across, down) / (size / 2) + _LAND_WEIGHT * covered
    apart = _APART * size
    for other in others:
        wide = np.minimum(right, other.left + other.width) - np.maximum(left, other.left) + apart
        high = np.minimum(bottom, other.top + other.height) - np.maximum(top, other.top) + apart
        cost += _CHIP_WEIGHT * np.where((wide > 0) & (high > 0), 1 + wide * high / size**2, 0)
    best = int(cost.argmin())
    return replace(chip, left=float(left[best]), top=float(top[best]))


def _led(chip: Chip, outline: Outline) -> Chip:
    """Draw a line to the largest island."""
    largest = max(outline.rings, key=_area)
    middle = (sum(x for x, _ in largest) / len(largest), sum(y for _, y in largest) / len(largest))
    edge = (
        max(chip.left, min(middle[0], chip.left + chip.width)),
        max(chip.top, min(middle[1], chip.top + chip.height)),
    )
    return replace(chip, leader=(edge, middle))


def _area(ring: Ring) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2)
