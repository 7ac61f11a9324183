"""Synthetic libraries and the aid they were given."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from literasi.practice.basis import NOTE, REPORTING_YEARS, SOURCE, often, pick, rows

PARTNERS = 60
FEWEST_PER_REGENCY = 3

# How precisely a library's place is known.
_PRECISION = {"exact": 0.4, "village": 0.25, "district": 0.2, "regency": 0.15}
_SERVICES = ("reading", "circulation", "reference", "information_search")
# Degrees around the anchor that are still land: few on a small district island, more on a main island.
_SCATTER = {8: 0.003, 5: 0.02}


def libraries(areas: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Make 60 TPBIS libraries over all regencies, and one public library of each regency outside TPBIS.

    Parameters
    ----------
    areas : DataFrame
        Table ``areas``. Regencies get libraries by their number of villages, each at least three.
    generator : numpy.random.Generator

    Returns
    -------
    DataFrame
        Table ``libraries``. Coordinates are random points near the anchor of the district or regency.
    """
    points = areas.set_index("area_code")[["latitude", "longitude"]].astype("float64")
    regencies = sorted(areas.loc[areas["level"] == "regency", "area_code"])
    villages = {code: _villages(areas, code) for code in regencies}
    homes = [
        home
        for code, count in _shares({code: len(villages[code]) for code in regencies}).items()
        for home in _homes(villages[code], code, count, generator)
    ]
    made = [_partner(i, home, points, generator) for i, home in enumerate(homes, start=1)]
    made += [_public(i, code, points, generator) for i, code in enumerate(regencies, start=1)]
    return rows("libraries", made)


def aid(libraries: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Make the aid that partner libraries got in the year they joined; one in eight has no record."""
    made = []
    for library in _records(libraries[libraries["programme"] != "none"]):
        if often(generator, 0.12):
            continue
        is_national = library["programme"] == "national"
        items = {"books": (int(generator.choice([300, 700, 1000])), "eksemplar")}
        if is_national or often(generator, 0.3):
            items["computers"] = (int(generator.integers(2, 5)), "unit")
        if is_national and often(generator, 0.5):
            items |= {"server": (1, "unit"), "printer": (1, "unit"), "smart_tv": (1, "unit")}
        if often(generator, 0.4):
            items["bookshelves"] = (int(generator.integers(1, 4)), "unit")
        funder = "Dana pusat (latihan)" if is_national else "Dana daerah (latihan)"
        year = library["year_joined"]
        made += [
            {
                "library_id": library["library_id"],
                "period": "" if pd.isna(year) else str(int(year)),
                "item": item,
                "quantity": quantity,
                "unit": unit,
                "funder": funder,
                "source_id": SOURCE,
                "note": NOTE,
            }
            for item, (quantity, unit) in items.items()
        ]
    return rows("aid", made)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


def _villages(areas: pd.DataFrame, regency: str) -> list[str]:
    codes = areas.loc[areas["level"] == "village", "area_code"]
    return sorted(codes[codes.str[:5] == regency])


def _shares(villages: dict[str, int]) -> dict[str, int]:
    """Share out the libraries by villages (largest remainders) above the fewest each regency gets."""
    free = PARTNERS - FEWEST_PER_REGENCY * len(villages)
    weights = {code: count or 1 for code, count in villages.items()}
    exact = {code: free * weight / sum(weights.values()) for code, weight in weights.items()}
    counts = {code: FEWEST_PER_REGENCY + int(share) for code, share in exact.items()}
    by_remainder = sorted(exact, key=lambda code: (-(exact[code] % 1), code))
    for code in by_remainder[: PARTNERS - sum(counts.values())]:
        counts[code] += 1
    return counts


def _homes(villages: list[str], regency: str, count: int, generator: np.random.Generator) -> list[str]:
    """Choose a village for each library; the regency itself where there are not enough villages."""
    chosen = generator.permutation(len(villages))[:count]
    return [villages[i] for i in sorted(chosen)] + [regency] * (count - len(chosen))


def _partner(number: int, home: str, points: pd.DataFrame, generator: np.random.Generator) -> dict[str, Any]:
    precision = pick(generator, _PRECISION)
    is_undated = number % 29 == 0
    library: dict[str, Any] = {
        "library_id": f"LATIHAN-{number:02d}",
        "name": f"Perpustakaan Latihan {number:02d}",
        "kind": "village",
        "area_code": {"district": home[:8], "regency": home[:5]}.get(precision, home),
        "programme": pick(generator, {"national": 0.7, "replication": 0.25, "not_stated": 0.05}),
        "source_id": SOURCE,
        "note": NOTE,
    }
    if is_undated:
        library["programme"] = "not_stated"
    else:
        library["year_joined"] = int(generator.choice(list(REPORTING_YEARS)))
    if precision == "exact":
        library |= _point(home, points, generator)
    return library | _standard(generator)


def _public(
    number: int, regency: str, points: pd.DataFrame, generator: np.random.Generator
) -> dict[str, Any]:
    return {
        "library_id": f"LATIHAN-U{number}",
        "name": f"Perpustakaan Umum Latihan {number}",
        "kind": "regency",
        "area_code": regency,
        "programme": "none",
        "titles": int(generator.integers(60, 240)) * 100,
        "staff": int(generator.integers(6, 25)),
        "source_id": SOURCE,
        "note": NOTE,
        **_point(regency, points, generator),
    }


def _point(area_code: str, points: pd.DataFrame, generator: np.random.Generator) -> dict[str, Any]:
    """Draw a point near the anchor of the district, or else of the regency."""
    shift = generator.uniform(-1, 1, 2)
    for length, scatter in _SCATTER.items():
        code = area_code[:length]
        if code in points.index and points.loc[code].notna().all():
            latitude, longitude = points.loc[code].to_numpy() + scatter * shift
            return {
                "latitude": round(float(latitude), 4),
                "longitude": round(float(longitude), 4),
                "note": f"{NOTE}; titik acak di dekat pusat wilayah",
            }
    return {}


def _standard(generator: np.random.Generator) -> dict[str, Any]:
    """Draw what the village standard asks for; some libraries gave nothing, most left something out."""
    if often(generator, 0.08):
        return {}
    known = {
        "titles": int(generator.lognormal(6.95, 0.45)),
        "recent_titles_pct": round(float(generator.gamma(3, 4)), 1),
        "building_m2": round(float(generator.lognormal(4.05, 0.4))),
        "is_building_permanent": often(generator, 0.8),
        "open_hours_per_day": float(
            generator.choice([3, 4, 5, 6, 7, 8], p=[0.05, 0.15, 0.2, 0.3, 0.15, 0.15])
        ),
        "staff": int(generator.choice([1, 2, 3], p=[0.35, 0.45, 0.2])),
        "is_head_qualified": often(generator, 0.55),
        "services": ";".join(_SERVICES[: int(generator.choice([2, 3, 4], p=[0.2, 0.35, 0.45]))]),
    }
    return {name: value for name, value in known.items() if not often(generator, 0.14)}
