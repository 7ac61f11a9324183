"""Small tables for tests, typed as their contracts say, without running the checks."""

from __future__ import annotations

from typing import Any

import pandas as pd

from literasi.contracts import DTYPES, TABLES


def table(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Make a table of the contract from a few rows; what is not given is missing."""
    contract = TABLES[name]
    unknown = {key for row in rows for key in row} - set(contract.names)
    assert not unknown, unknown
    frame = pd.DataFrame(rows, columns=list(contract.names))
    return frame.astype({column.name: DTYPES[column.kind] for column in contract.columns})


def library(library_id: str, area_code: str, joined: int | None = 2020, **more: Any) -> dict[str, Any]:
    """Make a row of ``libraries``: a national partner of a village unless said otherwise."""
    row = {
        "library_id": library_id,
        "name": library_id,
        "kind": "village",
        "area_code": area_code,
        "programme": "national",
        "year_joined": joined,
    }
    return row | more


def visit(library_id: str, month: str, total: int) -> dict[str, Any]:
    """Make a row of ``visits``."""
    return {"library_id": library_id, "month": f"{month}-01", "total": total}


def people(area_code: str, year: int, population: int, **more: Any) -> dict[str, Any]:
    """Make a row of ``population``: civil registry unless said otherwise."""
    row = {
        "area_code": area_code,
        "year": year,
        "source_id": f"registry_{year}",
        "concept": "civil_registry",
        "population": population,
    }
    return row | more


def values(rows: list[tuple[str, str, float | None]], **more: Any) -> pd.DataFrame:
    """Make a values frame from (area, period, value)."""
    from literasi.domain.observations import VALUES

    frame = pd.DataFrame(rows, columns=["area_code", "period", "value"])
    defaults = {"edition": "e1", "source_id": "", "producer": "", "status": "reported", "is_preferred": True}
    frame = frame.assign(**(defaults | more))
    return frame.reindex(columns=list(VALUES)).astype(VALUES)


def indicator(**more: Any) -> Any:
    """Make an indicator: a published index with one edition unless said otherwise."""
    from literasi.domain.indicators import Indicator, SatuData

    texts = dict.fromkeys(SatuData.model_fields, "x") | {"komposit": False, "akses_umum": True}
    edition = {"id": "e1", "label": "E1", "first_year": 2021, "regulation": "R1", "method": "M1"}
    body = {
        "id": "example",
        "theme": "reading",
        "unit": "points",
        "scale": "index",
        "decimals": 2,
        "direction": "higher_is_better",
        "measure": {"kind": "published"},
        "aggregation": "none",
        "levels": ("province", "regency"),
        "grain": "year",
        "editions": (edition,),
        "symbol": "fill",
        "classes": (25, 50, 75),
        "minimum_n": 30,
        "metadata": texts,
    }
    return Indicator.model_validate(body | more)
