"""Synthetic forms of IPLM: figures by regency and type of library, with cells that were left empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from literasi.domain.iplm import FORM, UPLM
from literasi.practice.basis import NOTE, SOURCE, often, rows

UPLM_YEAR, FORM_YEAR = 2024, 2025

_RESIDENTS: Final = 200_000
# Level to libraries, people served as a share of residents, and how often a cell of it is filled in.
_LEVELS: Final[Mapping[str, tuple[int, float, float]]] = {
    "public_regency": (1, 1.0, 0.95),
    "public_district": (4, 1.0, 0.6),
    "public_village": (40, 1.0, 0.75),
    "school_primary": (110, 0.12, 0.5),
    "school_junior": (40, 0.05, 0.5),
    "school_senior": (25, 0.045, 0.45),
    "university": (2, 0.01, 0.6),
    "special": (6, 0.45, 0.4),
}
# What one library has, about.
_OF_ONE: Final[Mapping[str, float]] = {
    "collection": 1_400,
    "staff": 2,
    "visits_per_day": 14,
    "libraries_snp": 0.15,
    "outreach_people": 90,
    "members": 160,
}
# Type to libraries, how often a field is filled in, and the share of libraries that sent the form.
_TYPES: Final[Mapping[str, tuple[int, float, float]]] = {
    "public": (45, 0.8, 0.62),
    "school": (175, 0.45, 0.28),
    "special": (6, 0.35, 0.4),
}
# What one library that sent the form has, about.
_OF_ONE_SENT: Final[Mapping[str, float]] = {
    "print_titles": 900,
    "print_copies": 2_100,
    "digital_titles": 12,
    "digital_copies": 15,
    "print_titles_added": 45,
    "print_copies_added": 90,
    "digital_titles_added": 2,
    "digital_copies_added": 2,
    "budget_other": 4_500_000,
    "staff_library": 0.4,
    "staff_other": 1.8,
    "staff_certified": 0.25,
    "training_budget": 600_000,
    "activity_participants": 160,
    "users": 1_300,
    "ict_users": 120,
    "print_titles_used": 210,
    "print_copies_used": 480,
    "digital_titles_used": 3,
    "digital_copies_used": 4,
    "activities": 7,
    "partnerships": 0.4,
    "service_types": 0.1,
    "policies": 0.1,
    "local_regulations": 0.02,
    "service_budget": 2_800_000,
}


def iplm_inputs(areas: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Make the forms of each regency: UPLM for 2024, the form of 2025 for 2025.

    Parameters
    ----------
    areas : DataFrame
        Table ``areas``.
    generator : numpy.random.Generator

    Returns
    -------
    DataFrame
        Table ``iplm_inputs``. An empty cell of a form has no row; a reported zero has one.
    """
    made: list[dict[str, Any]] = []
    for code in sorted(areas.loc[areas["level"] == "regency", "area_code"]):
        size = float(generator.uniform(0.4, 1.8))
        for kind, field, value in _uplm(size, generator):
            made.append(_row(code, UPLM_YEAR, UPLM, kind, field, value))
        for kind, field, value in _form(size, generator):
            made.append(_row(code, FORM_YEAR, FORM, kind, field, value))
    return rows("iplm_inputs", made)


def _row(code: str, year: int, edition: str, kind: str, field: str, value: float) -> dict[str, Any]:
    return {
        "area_code": code,
        "year": year,
        "edition": edition,
        "library_type": kind,
        "form_field": field,
        "value": float(value),
        "source_id": SOURCE,
        "note": NOTE,
    }


def _uplm(size: float, generator: np.random.Generator) -> Iterator[tuple[str, str, float]]:
    for level, (count, share, filled) in _LEVELS.items():
        libraries = max(1, round(count * size))
        yield level, "libraries", libraries
        yield level, "community", round(_RESIDENTS * size * share)
        if level == "public_regency":
            yield level, "unit_divisor", 100_000
        for field, of_one in _OF_ONE.items():
            value = round(of_one * libraries * float(generator.lognormal(0, 0.3)))
            if often(generator, filled):
                yield level, field, min(value, libraries) if field == "libraries_snp" else value


def _form(size: float, generator: np.random.Generator) -> Iterator[tuple[str, str, float]]:
    for kind, (count, filled, sent_share) in _TYPES.items():
        libraries = max(2, round(count * size))
        sent = max(1, round(libraries * min(1.0, sent_share * float(generator.uniform(0.7, 1.3)))))
        yield kind, "libraries_total", libraries
        yield kind, "libraries_reported", sent
        given: dict[str, float] = {}
        for field, of_one in _OF_ONE_SENT.items():
            value = round(of_one * sent * float(generator.lognormal(0, 0.35)))
            if often(generator, filled):
                given[field] = value
        if kind == "school" and often(generator, filled):
            given["budget_bos"] = round(2_500_000 * sent * float(generator.uniform(0.6, 1.4)))
        money = [given[name] for name in ("budget_bos", "budget_other") if name in given]
        if money:
            given["budget_total"] = sum(money)
        if "staff_library" in given and often(generator, 0.6):
            given["staff_library_d2"] = min(given["staff_library"], round(0.2 * given["staff_library"]))
        if kind == "public" and "local_regulations" in given:
            given["local_regulations"] = 0  # reported as none, which is not empty
        yield from ((kind, field, value) for field, value in given.items())
