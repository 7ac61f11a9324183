"""Synthetic counterparts of published figures: population, indices, targets, visits of public libraries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from literasi.practice.basis import NOTE, SOURCE, rows

NATION = "00"
PRODUCER = "Latihan"
OTHER_PRODUCER = "Latihan (survei daerah)"

# Cities, then regencies, each by Kemendagri code: residents in thousands, around which is drawn.
_CITIES, _REGENCIES = (1200, 230), (180, 270, 85, 100, 50)
_POPULATION_YEARS = range(2020, 2026)

# indicator, edition, years of data, mean of the first year, yearly rise, spread of areas, limits, decimals
_Series = tuple[str, str, range, float, float, float, tuple[float, float], int]
_INDICES: tuple[_Series, ...] = (
    ("tgm", "2021_2024", range(2021, 2025), 60, 4, 3, (0, 100), 2),
    ("tgm_reading_frequency", "2021_2024", range(2021, 2025), 4.2, 0.25, 0.4, (0, 21), 1),
    ("tgm_reading_duration", "2021_2024", range(2021, 2025), 85, 7, 9, (0, 300), 0),
    ("tgm_books_read", "2021_2024", range(2021, 2025), 3.6, 0.3, 0.5, (0, 20), 1),
    ("tgm_internet_frequency", "2021_2024", range(2021, 2025), 4.5, 0.2, 0.5, (0, 21), 1),
    ("tgm_internet_duration", "2021_2024", range(2021, 2025), 95, 6, 10, (0, 300), 0),
    ("tkm", "2025", range(2025, 2026), 52, 0, 4, (0, 100), 2),
    ("iplm", "2021", range(2021, 2022), 15, 0, 3, (0, 100), 2),
    ("iplm", "2022", range(2022, 2023), 63, 0, 6, (0, 100), 2),
    ("iplm", "2025", range(2025, 2026), 41, 0, 6, (0, 100), 2),
    ("reading_population_share", "bps_10plus", range(2021, 2025, 3), 48, 1, 4, (0, 100), 2),
    ("hdi", "sp2020", range(2020, 2025), 74, 0.6, 3, (0, 100), 2),
)
_NOT_BELOW_PROVINCE = ("reading_population_share",)
_SURVEYED = ("tgm", "tkm")
_COMPONENTS = 7
_COMPONENT_EDITION = "2023_2024"
_COMPONENT_YEARS = range(2023, 2025)
_COMPUTED_EDITION = "dasbor_1"


def sources() -> pd.DataFrame:
    """Give the one source of all practice data."""
    row = {
        "source_id": SOURCE,
        "publisher": "Dasbor Literasi Kepri",
        "title": "Data latihan sintetis",
        "kind": "synthetic",
        "licence": "MIT",
    }
    return rows("sources", [row])


def population(areas: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Make residents of each regency and their sum, 2020 to 2025, in round thousands."""
    cities = sorted(areas.loc[areas["kind"] == "kota", "area_code"])
    others = sorted(areas.loc[areas["kind"] == "kabupaten", "area_code"])
    shapes = {code: _CITIES[i % len(_CITIES)] for i, code in enumerate(cities)}
    shapes |= {code: _REGENCIES[i % len(_REGENCIES)] for i, code in enumerate(others)}
    made: dict[tuple[str, int], int] = {}
    for code, thousands in shapes.items():
        start, growth = thousands * float(generator.uniform(0.9, 1.1)), float(generator.uniform(0.005, 0.02))
        for i, year in enumerate(_POPULATION_YEARS):
            residents = 1000 * round(start * (1 + growth) ** i)
            made[code, year] = residents
            made[code[:2], year] = made.get((code[:2], year), 0) + residents
    return rows(
        "population",
        (
            {
                "area_code": code,
                "year": year,
                "source_id": SOURCE,
                "concept": "civil_registry",
                "population": residents,
                "note": NOTE,
            }
            for (code, year), residents in sorted(made.items())
        ),
    )


def observations(areas: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Make indices of every edition for the nation, the province and the regencies.

    Parameters
    ----------
    areas : DataFrame
        Table ``areas``.
    generator : numpy.random.Generator

    Returns
    -------
    DataFrame
        Table ``observations``. IPLM of 2023 and 2024 is the mean of its seven components × 100. One value
        is not available, the last year of a series is provisional, and one area has a second producer. The
        province lies among its regencies.
    """
    codes = _measured(areas)
    made: list[dict[str, Any]] = []
    for indicator, edition, years, mean, rise, spread, limits, decimals in _INDICES:
        shown = [code for code in codes if len(code) == 2 or indicator not in _NOT_BELOW_PROVINCE]
        for code, level in _levels(shown, generator.normal(mean, spread, len(shown))).items():
            for i, year in enumerate(years):
                value = level + rise * i + float(generator.normal(0, spread / 6))
                value = round(min(limits[1], max(limits[0], value)), decimals)
                made.append(_observation(indicator, code, year, edition, value))
                if indicator in _SURVEYED and code != NATION:
                    made[-1]["n"] = int(generator.integers(380, 421))
    drawn = generator.uniform(0.35, 0.95, (len(codes), _COMPONENTS))
    for code, levels in _levels(codes, drawn).items():
        made += _components(code, levels, generator)
    return rows("observations", _with_difficulties(made, generator))


def targets(areas: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Make targets of the province and of its regencies, in the edition they were set for."""
    plans = (
        ("tgm", "2021_2024", 2024, 72.0, 2),
        ("tkm", "2025", 2026, 58.0, 3),
        ("iplm", "2023_2024", 2024, 70.0, 3),
        ("iplm", "2025", 2026, 46.0, 3),
        ("tpbis_village_coverage", _COMPUTED_EDITION, 2026, 15.0, 2),
        ("training_reach", _COMPUTED_EDITION, 2026, 75.0, 4),
    )
    return rows(
        "targets",
        (
            {
                "indicator_id": indicator,
                "area_code": code,
                "year": year,
                "edition": edition,
                "value": value if len(code) == 2 else round(value + float(generator.normal(0, spread)), 1),
                "document": "Rencana Strategis Latihan 2021-2026",
                "source_id": SOURCE,
                "note": NOTE,
            }
            for indicator, edition, year, value, spread in plans
            for code in _measured(areas)
            if code != NATION
        ),
    )


def library_figures(libraries: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Make the yearly visits of the public libraries; one year of one library is quarantined."""
    public = libraries[libraries["programme"] == "none"]
    made: list[dict[str, Any]] = []
    for library in public.to_dict("records"):
        level = float(generator.lognormal(9.6, 0.6))
        for year in range(2019, 2026):
            pandemic = 0.35 if year in (2020, 2021) else 1.0
            visits = round(level * pandemic * float(generator.uniform(0.85, 1.2)))
            made.append(
                {
                    "subject": library["name"],
                    "area_code": library["area_code"],
                    "period": str(year),
                    "metric": "visits",
                    "source_id": SOURCE,
                    "library_id": library["library_id"],
                    "value": float(visits),
                    "unit": "visitors",
                    "status": "reported",
                    "note": NOTE,
                }
            )
    if made:
        wrong = made[int(generator.integers(len(made)))]
        wrong |= {"value": wrong["value"] * 100, "status": "quarantined"}
        wrong["note"] = f"{NOTE}; sengaja mustahil: melebihi jumlah penduduk"
    return rows("library_figures", made)


def _measured(areas: pd.DataFrame) -> list[str]:
    return sorted(areas.loc[areas["level"].isin(["nation", "province", "regency"]), "area_code"])


def _observation(indicator: str, code: str, year: int, edition: str, value: float) -> dict[str, Any]:
    return {
        "indicator_id": indicator,
        "area_code": code,
        "period": str(year),
        "edition": edition,
        "producer": PRODUCER,
        "source_id": SOURCE,
        "value": value,
        "status": "reported",
        "note": NOTE,
    }


def _levels(codes: list[str], drawn: np.ndarray) -> dict[str, Any]:
    """Give each area its drawn level, and a province the mean of its regencies: it lies among them."""
    levels: dict[str, Any] = dict(zip(codes, drawn, strict=True))
    for code in codes:
        parts = [levels[part] for part in codes if part.startswith(f"{code}.")]
        if parts:
            levels[code] = np.mean(parts, axis=0)
    return levels


def _components(code: str, levels: np.ndarray, generator: np.random.Generator) -> Iterable[dict[str, Any]]:
    """Draw the seven standardised components (cut at 1) and the index that is their mean × 100."""
    for year in _COMPONENT_YEARS:
        drawn = levels + 0.03 * (year - _COMPONENT_YEARS[0]) + generator.normal(0, 0.02, _COMPONENTS)
        scores = [round(float(score), 4) for score in np.clip(drawn, 0.05, 1)]
        for i, score in enumerate(scores, start=1):
            yield _observation(f"iplm_uplm{i}", code, year, _COMPONENT_EDITION, score)
        yield _observation("iplm", code, year, _COMPONENT_EDITION, round(100 * sum(scores) / _COMPONENTS, 2))


def _with_difficulties(made: list[dict[str, Any]], generator: np.random.Generator) -> list[dict[str, Any]]:
    """Put in what published indices really have: a gap, provisional values, and a second producer."""
    regional = [row for row in made if row["indicator_id"] == "tgm" and len(row["area_code"]) == 5]
    gap, doubled = (regional[int(i)] for i in generator.choice(len(regional), 2, replace=False))
    gap |= {"value": None, "n": None, "status": "not_available"}
    for row in made:
        if row["indicator_id"] == "tkm":
            row["status"] = "provisional"
    second = {**doubled, "producer": OTHER_PRODUCER, "value": round(doubled["value"] - 4.2, 2), "n": 400}
    return [*made, second]
