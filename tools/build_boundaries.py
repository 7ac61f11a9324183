"""Build the regency boundaries of Kepulauan Riau from registry packages (developer tool).

Run ``python -m tools.build_boundaries``; needs the optional dependency group ``build``. Nothing here
runs in the product. The result is a derivative database of OpenStreetMap and idn-area-data and is
licensed under the ODbL 1.0; ``static/areas/NOTICE.md`` says so beside it.

Coastline: the land polygons inside ``roaring-landmask``. Regency of each island: the island register
of ``idn-area-data``. Bintan is the only island shared by two regencies: `CITY_LINE` divides it.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from roaring_landmask import LandmaskProvider, Shapes
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, mapping
from shapely.ops import split

from tools.registry import CACHE, ROOT, Package

REGISTER = Package(
    "npm",
    "idn-area-data",
    "3.1.2",
    {
        "package/data/LICENSE.md": "26901bbfe8058500ce8f4eecf7fb11cd13196a0f1e7ff3aeb1bfcea00ca2b570",
        "package/data/provinces.csv": "137f1084449ee5cf009a496914fced3b85ab59cc550e93ff46b418d26e5cbb6a",
        "package/data/regencies.csv": "5c7f8ac6017e12ab0a832fbbb1fe805020c487cb067478434852d66360b27a4e",
        "package/data/districts.csv": "f27546d428f2ce9fa32074f8f8c8e8c449307f7a7c1f9634956f11d682919033",
        "package/data/villages.csv": "7b71699e3c4ad8d6f49e85a8848e71a3c49e1ec4a45243c5237123a41a586345",
        "package/data/islands.csv": "9a69ff841b89fc89eaf1782f1650eba69225d33b43e6bac8fc3a623d2230ef19",
    },
)
LAND_SHA256 = "728e740b6e56f6eb9996aafba6c2602ca3f01c40d1be2b620b9775e31ce6dbf1"

NAMES = {
    "21.01": "Bintan",
    "21.02": "Karimun",
    "21.03": "Natuna",
    "21.04": "Lingga",
    "21.05": "Kepulauan Anambas",
    "21.71": "Batam",
    "21.72": "Tanjungpinang",
}
# Islets around Berhala carry the province only; they lie off Lingga.
UNASSIGNED, UNASSIGNED_REGENCY = "21.00", "21.04"

EQUAL_AREA = "ESRI:54034"
DEGREES = "EPSG:4326"


def _points(text: str) -> list[tuple[float, float]]:
    return [(float(lon), float(lat)) for lon, lat in (pair.split(",") for pair in text.split())]


# Along the maritime boundary with Singapore and Malaysia. It only separates islets; it is no legal line.
AREA_OF_INTEREST = Polygon(
    _points(
        "103.15,1.22 103.38,1.25 103.572,1.199 103.661,1.188 103.671,1.179 103.741,1.13 103.805,1.171 "
        "103.86,1.196 103.881,1.207 104.033,1.269 104.118,1.276 104.492,1.398 104.883,1.633 105.02,1.907 "
        "105.2,2.375 105.2,5.2 109.6,5.2 109.6,2.35 108.75,1.75 108.45,.9 108.45,-.2 106.2,-1.45 "
        "103.9,-1.2 103.15,-.3"
    )
)
# Drawn from published facts alone (limits in degrees, the estuary, the area of the city). Mean distance
# to the line of 2025 village data is 0.7 km. A licensed source replaces this list and nothing else.
CITY_LINE = LineString(
    _points(
        "104.4855,.980 104.491,.981 104.505,.978 104.525,.968 104.540,.955 104.555,.940 104.567,.922 "
        "104.560,.903 104.545,.885 104.530,.868 104.518,.853 104.515,.838"
    )
)
ON_BINTAN = Point(104.458, 0.917)


@dataclass(frozen=True, slots=True)
class Level:
    """How much detail one shipped level keeps: metres, km² and decimals of a degree."""

    name: str
    tolerance_m: float
    min_area_km2: float
    decimals: int


LEVELS = (Level("overview", 500, 0.8, 3), Level("web", 160, 0.025, 4))
# An island with people on it may be this much smaller before it is dropped.
INHABITED_SHARE = 0.25
PANELS = ("west", "east")


def table(package: Package, path: str, cache: Path = CACHE) -> list[dict[str, str]]:
    """Rows of one CSV file of a package; every value is text."""
    return list(csv.DictReader(io.StringIO(package.read(cache)[path].decode("utf-8"))))


def degrees(text: str) -> tuple[float, float]:
    r"""Latitude and longitude in decimal degrees of a register coordinate.

    >>> [round(value, 5) for value in degrees('00°52\'04.42" S 104°24\'18.42" E')]
    [-0.86789, 104.40512]
    """
    parts = re.findall(r"(\d+)°(\d+)'([\d.]+)\"\s*([NSEW])", text)
    values = [
        (int(d) + int(m) / 60 + float(s) / 3600) * (-1 if side in "SW" else 1) for d, m, s, side in parts
    ]
    latitude, longitude = values
    return latitude, longitude


def register_islands(cache: Path = CACHE) -> gpd.GeoDataFrame:
    """Islands of all provinces: island_code, name, regency_code, inhabited, latitude, longitude, point."""
    rows = []
    for row in table(REGISTER, "package/data/islands.csv", cache):
        latitude, longitude = degrees(row["coordinate"])
        regency = row["regency_code"] or row["code"][:5]
        rows.append(
            {
                "island_code": row["code"],
                "name": row["name"],
                "regency_code": UNASSIGNED_REGENCY if regency == UNASSIGNED else regency,
                "inhabited": row["is_populated"] == "1",
                "latitude": latitude,
                "longitude": longitude,
            }
        )
    frame = pd.DataFrame(rows)
    return gpd.GeoDataFrame(
        frame, geometry=gpd.points_from_xy(frame["longitude"], frame["latitude"]), crs=DEGREES
    )


def land() -> list[Polygon]:
    """Island polygons inside the area of interest, mainlands left out."""
    content = Shapes.wkb(LandmaskProvider.Osm)
    if hashlib.sha256(content).hexdigest() != LAND_SHA256:
        raise SystemExit("roaring-landmask holds other land polygons than this tool was written for")
    parts = shapely.get_parts(shapely.from_wkb(bytes(content)))
    west, south, east, north = shapely.bounds(parts).T
    touching = (east >= 102) & (west <= 111) & (north >= -2.2) & (south <= 6)
    mainland = (west < 102.9) | (east > 109.9) | (south < -1.6)
    islands = parts[touching & ~mainland]
    return list(islands[shapely.contains(AREA_OF_INTEREST, shapely.point_on_surface(islands))])


def assign(polygons: list[Polygon], islands: gpd.GeoDataFrame) -> list[str]:
    """Regency code of each polygon, by the register points in it or else around it."""
    metric = gpd.GeoSeries(polygons, crs=DEGREES).to_crs(EQUAL_AREA).to_numpy()
    points = islands.geometry.to_crs(EQUAL_AREA).to_numpy()
    codes = islands["regency_code"].to_numpy()
    tree = shapely.STRtree(points)
    assigned = []
    for polygon in metric:
        inside = np.sort(tree.query(polygon, predicate="contains"))
        if len(inside):
            weights = np.ones(len(inside))
        else:
            nearest = shapely.distance(polygon, points[tree.nearest(polygon)])
            reach = max(1.5 * nearest, 300.0)
            inside = np.sort(tree.query(polygon, predicate="dwithin", distance=reach))
            weights = 1 / (shapely.distance(polygon, points[inside]) + 100.0) ** 2
        votes = pd.Series(weights).groupby(codes[inside]).sum().sort_index()
        assigned.append(str(votes.idxmax()))
    return assigned


def divide(bintan: Polygon) -> list[tuple[str, Polygon]]:
    """The shared island in its parts: those inside the city's line are Tanjungpinang."""
    south, north = CITY_LINE.coords[-1], CITY_LINE.coords[0]
    city = Polygon([*CITY_LINE.coords, (104.38, south[1]), (104.38, north[1])])
    return [
        ("21.72" if city.contains(part.representative_point()) else "21.01", part)
        for part in split(bintan, CITY_LINE).geoms
    ]


def full(cache: Path = CACHE) -> gpd.GeoDataFrame:
    """Polygons of the province in full detail: area_code, inhabited, geometry (degrees)."""
    islands = register_islands(cache)
    polygons = land()
    rows: list[tuple[str, Polygon]] = []
    for code, polygon in zip(assign(polygons, islands), polygons, strict=True):
        if polygon.contains(ON_BINTAN):
            rows.extend(divide(polygon))
        elif code in NAMES:
            rows.append((code, polygon))
    frame = gpd.GeoDataFrame(
        {"area_code": [code for code, _ in rows]}, geometry=[polygon for _, polygon in rows], crs=DEGREES
    )
    people = islands.loc[islands["inhabited"] & islands["island_code"].str.startswith("21.")]
    held = shapely.STRtree(frame.geometry.to_numpy()).query(people.geometry.to_numpy(), predicate="within")[1]
    return frame.assign(inhabited=frame.index.isin(held))


def simplified(polygons: gpd.GeoDataFrame, level: Level) -> gpd.GeoDataFrame:
    """One row per regency at `level`: area_code, geometry (degrees, rounded, shared edge kept)."""
    metric = polygons.to_crs(EQUAL_AREA)
    limit = np.where(metric["inhabited"], INHABITED_SHARE, 1.0) * level.min_area_km2 * 1e6
    large = metric.loc[metric.area >= limit]
    kept = large.set_geometry(
        gpd.GeoSeries(
            shapely.coverage_simplify(large.geometry.to_numpy(), level.tolerance_m),
            index=large.index,
            crs=EQUAL_AREA,
        )
    ).to_crs(DEGREES)
    rows = [
        (
            code,
            shapely.union_all(kept.loc[kept["area_code"] == code, "geometry"], grid_size=10**-level.decimals),
        )
        for code in NAMES
    ]
    return gpd.GeoDataFrame(
        {"area_code": [code for code, _ in rows]}, geometry=[shape for _, shape in rows], crs=DEGREES
    )


def panel(polygon: Polygon) -> str:
    """The map panel a polygon is drawn in; Bintan has polygons in both (Tambelan is far east)."""
    centre = polygon.representative_point()
    return "west" if centre.x < 105.9 and centre.y < 1.6 else "east"


def collection(regencies: gpd.GeoDataFrame, *, side: str, decimals: int) -> bytes:
    """GeoJSON bytes of one panel; clockwise exterior rings, as d3 (Plotly) wants them."""
    features = []
    for code, shape in zip(regencies["area_code"], regencies.geometry, strict=True):
        parts = sorted(
            (part for part in _polygons(shape) if panel(part) == side),
            key=lambda part: (-part.area, part.bounds),
        )
        if parts:
            oriented = [shapely.orient_polygons(part.normalize(), exterior_cw=True) for part in parts]
            features.append(
                {
                    "type": "Feature",
                    "id": code,
                    "properties": {"area_code": code, "name": NAMES[code]},
                    "geometry": _rounded(mapping(MultiPolygon(oriented)), decimals),
                }
            )
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    return (text + "\n").encode("utf-8")


def _polygons(shape: Polygon | MultiPolygon) -> Iterable[Polygon]:
    return shape.geoms if isinstance(shape, MultiPolygon) else [shape]


def _rounded(value: object, decimals: int) -> object:
    if isinstance(value, dict):
        return {key: _rounded(item, decimals) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item, decimals) for item in value]
    return round(value, decimals) if isinstance(value, float) else value


def write(target: Path, cache: Path = CACHE) -> None:
    """Write every level and panel, the licence and the empty base topology below `target`."""
    polygons = full(cache)
    areas, topology = target / "areas", target / "topojson"
    areas.mkdir(parents=True, exist_ok=True)
    topology.mkdir(parents=True, exist_ok=True)
    for level in LEVELS:
        regencies = simplified(polygons, level)
        for side in PANELS:
            content = collection(regencies, side=side, decimals=level.decimals)
            (areas / f"boundaries.{level.name}.{side}.geojson").write_bytes(content)
    (areas / "LICENSE.txt").write_bytes(REGISTER.read(cache)["package/data/LICENSE.md"])
    # plotly.js asks for this base map even when every layer of it is hidden; offline it must exist.
    stub = {"type": "Topology", "arcs": [], "objects": {}}
    (topology / "world_110m.json").write_text(json.dumps(stub, separators=(",", ":")) + "\n")


def main() -> None:
    """Command line: where to write (default: the product's static folder)."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--target", type=Path, default=ROOT / "static")
    parser.add_argument("--cache", type=Path, default=CACHE)
    arguments = parser.parse_args()
    write(arguments.target, arguments.cache)


if __name__ == "__main__":
    main()
