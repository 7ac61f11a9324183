"""How the province is framed: view boxes, label places, tile grid and inhabited islands, from ``data/``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import pandas as pd
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from literasi.errors import DefinitionError

Side = Literal["west", "east"]
ALL = "semua"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Box(_Model):
    """One panel of a map: which geometry, and the degrees it shows."""

    side: Side
    lon: tuple[float, float]
    lat: tuple[float, float]

    def shows(self, longitude: float, latitude: float) -> bool:
        """Whether a point lies in the degrees shown."""
        return self.lon[0] <= longitude <= self.lon[1] and self.lat[0] <= latitude <= self.lat[1]

    @property
    def aspect(self) -> float:
        """Width over height; near the equator a degree is as wide as it is high."""
        return (self.lon[1] - self.lon[0]) / (self.lat[1] - self.lat[0])


class LabelPlace(_Model):
    """Where the label of a regency stands, on which side of that point, and whether a line leads to it."""

    lon: float
    lat: float
    position: str
    leader: bool = False


class RegencyFrame(_Model):
    """How one regency is framed: short name, boxes that hold it, label place by side."""

    short: str
    boxes: tuple[Box, ...]
    labels: dict[Side, LabelPlace]


class _Split(_Model):
    lon: float
    lat: float


class _File(_Model):
    split: _Split
    views: dict[str, tuple[Box, ...]]
    regencies: dict[str, RegencyFrame]


class Layout:
    """The frames of one province.

    Attributes
    ----------
    views : mapping of str to tuple of Box
        Named views; ``semua`` is the whole province.
    regencies : mapping of str to RegencyFrame
        By area code.
    tiles : DataFrame
        ``area_code``, ``row`` (0 is north), ``column`` (0 is west).
    islands : DataFrame
        Inhabited islands: ``name``, ``regency_code``, ``latitude``, ``longitude``.
    """

    def __init__(self, file: _File, *, tiles: pd.DataFrame, islands: pd.DataFrame) -> None:
        self._split = file.split
        self.views = file.views
        self.regencies = file.regencies
        self.tiles = tiles
        self.islands = islands

    def has(self, regency: str, side: Side) -> bool:
        """Whether a side shows any part of a regency."""
        frame = self.regencies.get(regency)
        return frame is not None and any(box.side == side for box in frame.boxes)

    def within(self, points: pd.DataFrame, box: Box) -> pd.DataFrame:
        """Give the points (``longitude``, ``latitude``) that a box shows.

        Geometry is divided between the sides, so a point that lies in the degrees of a box may still
        belong to the other side.
        """
        is_west = (points["longitude"] < self._split.lon) & (points["latitude"] < self._split.lat)
        inside = points["longitude"].between(*box.lon) & points["latitude"].between(*box.lat)
        return points[inside & (is_west if box.side == "west" else ~is_west)]

    def boxes(self, *, view: str, regency: str | None) -> tuple[Box, ...]:
        """Give the panels to draw: those of the regency, or of the view where none is chosen."""
        return self.regencies[regency].boxes if regency else self.views[view]


@cache
def load_layout(data_dir: Path) -> Layout:
    """Read ``map.yml``, ``areas/tiles.csv`` and ``areas/islands.csv``.

    Returns
    -------
    Layout
        Shared: do not change its frames.

    Raises
    ------
    DefinitionError
        ``map.error.layout``, naming the file and the problem.
    """
    path = data_dir / "map.yml"
    try:
        file = _File.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError, OSError) as error:
        raise DefinitionError("map.error.layout", file=path.name, problem=str(error)) from error
    codes = {"area_code": "str", "island_code": "str", "regency_code": "str"}
    return Layout(
        file,
        tiles=pd.read_csv(data_dir / "areas" / "tiles.csv", dtype=codes),
        islands=pd.read_csv(data_dir / "areas" / "islands.csv", dtype=codes),
    )
