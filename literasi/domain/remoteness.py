"""How far over sea a place is from the seat of its regency, and on how large an island it lies.

Known are the outlines of the islands, which of them are inhabited, the seats, and the bridges that the rules
name. The place of a village is not known unless somebody gave its coordinates: then it may be on any
inhabited island of its regency, or on any within a radius of the point of its district, and what is said of
it is a range over these. Distances are great circles between points; hours, routes and seasons of boats are
not known and nothing is said of them. Land within one outline counts as connected, and so do the islands of a
bridge: there the distance is 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Basis = Literal["point", "district", "regency", "none"]
REACH: Final = ("area_code", "sea_low", "sea_high", "island_low", "island_high", "basis", "islands")

EARTH_KM: Final = 6371.0088
KM_PER_DEGREE: Final = EARTH_KM * np.pi / 180
_WHERE: Final = ("latitude", "longitude", "radius")
COAST_KM: Final = 2.0
"""A point off the drawn coast belongs to the nearest outline within this; outlines are simplified."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a regency is governed from."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Island:
    """One body of land of which people are known to live on some part.

    Attributes
    ----------
    regency : str
        Regency that its inhabited places belong to.
    names : tuple of str
        Names of the inhabited islands of the register on it.
    km2 : float
        Area of its outline; 0 where it is too small to be drawn.
    latitude, longitude : ndarray
        Its coast within the regency, or the one point of an island that is not drawn.
    is_connected : bool
        Whether land or a bridge leads from it to the seat.
    """

    regency: str
    names: tuple[str, ...]
    km2: float
    latitude: Floats
    longitude: Floats
    is_connected: bool


class Land:
    """The inhabited islands of a province, by regency, with their seats."""

    def __init__(self, islands: Iterable[Island], seats: Mapping[str, Seat]) -> None:
        self.seats = dict(seats)
        self._islands: dict[str, list[Island]] = defaultdict(list)
        for island in islands:
            self._islands[island.regency].append(island)

    def of(self, regency: str) -> Sequence[Island]:
        """Give the inhabited islands of a regency."""
        return self._islands.get(regency, ())


def distance_km(
    latitude: float | Floats, longitude: float | Floats, to_latitude: float, to_longitude: float
) -> Floats:
    """Great-circle distance on a sphere, in kilometres.

    Examples
    --------
    >>> round(float(distance_km(0.0, 104.0, 0.0, 105.0)), 1)
    111.2
    """
    a, b = np.radians(latitude), np.radians(to_latitude)
    east = np.radians(to_longitude) - np.radians(longitude)
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(east / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(half)), dtype="float64")


def land(
    outlines: Iterable[Mapping[str, Any]],
    islands: pd.DataFrame,
    *,
    seats: Mapping[str, Seat],
    bridges: Iterable[Sequence[str]] = (),
) -> Land:
    """Put the inhabited islands on the outlines, and say which are connected with the seat.

    Parameters
    ----------
    outlines : iterable of mapping
        GeoJSON feature collections whose features have the property ``area_code`` (a regency).
    islands : DataFrame
        Inhabited islands: ``island_code``, ``name``, ``regency_code``, ``latitude``, ``longitude``.
    seats : mapping
        Regency code to its seat.
    bridges : iterable of sequence of str
        Codes of `islands` that a bridge connects with the seat of their regency.

    Returns
    -------
    Land
        An island that no outline holds is a point of its own, of no area.
    """
    rings = [
        (str(feature["properties"]["area_code"]), np.asarray(polygon[0], dtype="float64"))
        for collection in outlines
        for feature in collection["features"]
        for polygon in feature["geometry"]["coordinates"]
    ]
    bodies = _Bodies([ring for _, ring in rings])
    size: dict[int, float] = defaultdict(float)
    for one, (_, ring) in zip(bodies.numbers, rings, strict=True):
        size[one] += _km2(ring)
    bridged = {code for bridge in bridges for code in bridge}
    named: dict[tuple[str, int], list[str]] = defaultdict(list)
    connected: set[tuple[str, int]] = set()
    points: dict[tuple[str, int], tuple[float, float]] = {}
    for number, row in enumerate(islands.to_dict("records")):
        found = bodies.at(row["latitude"], row["longitude"])
        key = (str(row["regency_code"]), -1 - number if found is None else found)
        named[key].append(str(row["name"]))
        points.setdefault(key, (float(row["latitude"]), float(row["longitude"])))
        if row["island_code"] in bridged:
            connected.add(key)
    for regency, seat in seats.items():
        found = bodies.at(seat.latitude, seat.longitude)
        if found is not None:
            # People live where they are governed from, whether the register of islands says so or not.
            connected.add((regency, found))
            points.setdefault((regency, found), (seat.latitude, seat.longitude))
            named[regency, found] = named[regency, found] or [seat.name]
    coast: dict[tuple[str, int], list[Floats]] = defaultdict(list)
    for one, (regency, ring) in zip(bodies.numbers, rings, strict=True):
        coast[regency, one].append(ring)
    return Land(
        (
            _island(regency, one, names, coast, size, points, is_connected=(regency, one) in connected)
            for (regency, one), names in named.items()
        ),
        seats,
    )


def reach(places: pd.DataFrame, *, land: Land) -> pd.DataFrame:
    """Give the range of sea distance and island size of each place.

    Parameters
    ----------
    places : DataFrame
        ``area_code`` (of a village), ``latitude``, ``longitude`` (degrees, missing if not known) and
        ``radius`` (km, how far from there the place may be; 0 for a point that is the place itself).
    land : Land

    Returns
    -------
    DataFrame
        Columns `REACH`, in the order of `places`: kilometres over sea to the seat, 0 where land or a bridge
        leads there, and km² of the island, each from lowest to highest possible. ``basis``: ``point`` (it is
        there), ``district`` (within the radius), ``regency`` (anywhere inhabited in the regency), ``none``
        (no seat or no inhabited island is known; the ranges are missing). ``islands``: names where one island
        alone is possible.
    """
    known: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    rows = []
    for row in places.astype({"latitude": "float64", "longitude": "float64"}).to_dict("records"):
        code = str(row["area_code"])
        where = (code[:5], *(None if pd.isna(row[name]) else row[name] for name in _WHERE))
        if where not in known:
            known[where] = _reach(row, land)
        rows.append((code, *known[where]))
    return pd.DataFrame(rows, columns=list(REACH))


def _island(
    regency: str,
    one: int,
    names: list[str],
    coast: Mapping[tuple[str, int], list[Floats]],
    size: Mapping[int, float],
    points: Mapping[tuple[str, int], tuple[float, float]],
    *,
    is_connected: bool,
) -> Island:
    # A register point may lie on land drawn as another regency's; then the point itself is all that is known.
    drawn = coast.get((regency, one))
    line = np.concatenate(drawn) if drawn else np.array([points[regency, one][::-1]])
    return Island(
        regency=regency,
        names=tuple(names),
        km2=size.get(one, 0.0),
        latitude=line[:, 1],
        longitude=line[:, 0],
        is_connected=is_connected,
    )


def _reach(row: Mapping[Any, Any], land: Land) -> tuple[Any, ...]:
    code = str(row["area_code"])
    seat, islands = land.seats.get(code[:5]), land.of(code[:5])
    if seat is None or not islands:
        return np.nan, np.nan, np.nan, np.nan, "none", ""
    basis: Basis = "regency"
    possible = [(island, np.ones(len(island.latitude), dtype=bool)) for island in islands]
    if pd.notna(row["latitude"]) and pd.notna(row["longitude"]):
        near = [
            distance_km(island.latitude, island.longitude, row["latitude"], row["longitude"])
            for island in islands
        ]
        away = [_gap(i, float(d.min()), row) for i, d in zip(islands, near, strict=True)]
        closest = int(np.argmin(away))
        if row["radius"] == 0:
            return _at(row, islands[closest] if away[closest] <= COAST_KM else None, islands, seat)
        basis = "district"
        possible = [
            (island, (d <= row["radius"]) | (number == closest))
            for number, (island, d) in enumerate(zip(islands, near, strict=True))
            if number == closest or float(d.min()) <= row["radius"]
        ]
    far = [_over_sea(island, seat, part) for island, part in possible]
    sizes = [island.km2 for island, _ in possible]
    return (
        min(low for low, _ in far),
        max(high for _, high in far),
        min(sizes),
        max(sizes),
        basis,
        ", ".join(possible[0][0].names) if len(possible) == 1 else "",
    )


def _at(
    row: Mapping[Any, Any], island: Island | None, islands: Sequence[Island], seat: Seat
) -> tuple[Any, ...]:
    """Say what is known of a point; on land that no island of the register is on, not which island it is."""
    away = float(distance_km(row["latitude"], row["longitude"], seat.latitude, seat.longitude))
    if island is None:
        return 0.0, away, 0.0, max(one.km2 for one in islands), "point", ""
    sea = 0.0 if island.is_connected else away
    return sea, sea, island.km2, island.km2, "point", ", ".join(island.names)


def _gap(island: Island, nearest: float, row: Mapping[Any, Any]) -> float:
    """Distance of a point to an island: 0 inside its coast."""
    ring = np.column_stack([island.longitude, island.latitude])
    return 0.0 if len(ring) > 2 and _holds(ring, row["longitude"], row["latitude"]) else nearest


def _over_sea(island: Island, seat: Seat, part: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Least and greatest distance to the seat from the part of an island's coast that is possible."""
    if island.is_connected:
        return 0.0, 0.0
    far = distance_km(island.latitude[part], island.longitude[part], seat.latitude, seat.longitude)
    return float(far.min()), float(far.max())


class _Bodies:
    """Bodies of land: outlines that share a corner, as on a border across an island, are one."""

    def __init__(self, rings: Sequence[Floats]) -> None:
        self._rings = rings
        self._low = np.array([ring.min(axis=0) for ring in rings])
        self._high = np.array([ring.max(axis=0) for ring in rings])
        self.numbers = self._joined()

    def at(self, latitude: float, longitude: float) -> int | None:
        """The body that holds a point, or the nearest within `COAST_KM`; None where there is none."""
        point, margin = np.array([longitude, latitude]), COAST_KM / KM_PER_DEGREE
        near = ((self._low - margin <= point) & (point <= self._high + margin)).all(axis=1)
        nearest, found = COAST_KM, None
        for place in map(int, np.flatnonzero(near)):
            ring = self._rings[place]
            if _holds(ring, longitude, latitude):
                return self.numbers[place]
            away = float(distance_km(ring[:, 1], ring[:, 0], latitude, longitude).min())
            if away <= nearest:
                nearest, found = away, self.numbers[place]
        return found

    def _joined(self) -> list[int]:
        """Number each outline by the first outline of its body."""
        corners = np.concatenate(self._rings)
        owners = np.repeat(np.arange(len(self._rings)), [len(ring) for ring in self._rings])
        _, same = np.unique(corners, axis=0, return_inverse=True)
        order = np.lexsort((owners, same))
        shared = (np.diff(same[order]) == 0) & (np.diff(owners[order]) != 0)
        numbers = list(range(len(self._rings)))
        pairs = set(zip(owners[order][:-1][shared].tolist(), owners[order][1:][shared].tolist(), strict=True))
        for one, other in sorted(pairs):
            old, new = numbers[other], numbers[one]
            numbers = [new if number == old else number for number in numbers]
        return numbers


def _holds(ring: Floats, x: float, y: float) -> bool:
    """Whether a ring holds a point: a ray crosses it an odd number of times."""
    x1, y1 = ring[:, 0], ring[:, 1]
    x2, y2 = np.roll(x1, -1), np.roll(y1, -1)
    spans = (y1 > y) != (y2 > y)
    rise = np.where(spans, y2 - y1, 1.0)
    crossings = spans & (x < (x2 - x1) * (y - y1) / rise + x1)
    return bool(crossings.sum() % 2)


def _km2(ring: Floats) -> float:
    """Area within a ring; near the equator a degree is scaled by the cosine of its latitude."""
    x = ring[:, 0] * KM_PER_DEGREE * np.cos(np.radians(ring[:, 1].mean()))
    y = ring[:, 1] * KM_PER_DEGREE
    return float(abs(np.dot(x, np.roll(y, -1)) - np.dot(np.roll(x, -1), y)) / 2)
