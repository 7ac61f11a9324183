"""Small frames for the store's tests."""

from __future__ import annotations

from typing import Any

import pandas as pd

from literasi.store import Store

AREAS = pd.DataFrame(
    {
        "area_code": ["21", "21.71", "21.72"],
        "level": ["province", "regency", "regency"],
        "kind": ["provinsi", "kota", "kota"],
        "name": ["Kepulauan Riau", "Batam", "Tanjungpinang"],
        "parent_code": [None, "21", "21"],
        "latitude": [None, 1.05, 0.92],
    }
)


def areas(**names: str) -> pd.DataFrame:
    """Give the areas, some renamed: ``areas(a21_71="Kota Batam")``."""
    codes = {key[1:].replace("_", "."): name for key, name in names.items()}
    return AREAS.assign(name=[codes.get(c, n) for c, n in zip(AREAS.area_code, AREAS.name, strict=True)])


def libraries(*ids: str, area_code: str = "21.71") -> pd.DataFrame:
    """Give libraries of an area."""
    return pd.DataFrame(
        {
            "library_id": list(ids),
            "name": list(ids),
            "kind": "village",
            "area_code": area_code,
            "programme": "national",
        }
    )


def months(library: str, count: int) -> list[tuple[str, pd.Timestamp]]:
    """Give the keys of so many months of a library."""
    return [(library, month) for month in pd.date_range("2024-01-01", periods=count, freq="MS")]


def visits(library: str, total: int, count: int = 3) -> pd.DataFrame:
    """Give months of visits of a library, each with the same total."""
    return pd.DataFrame(months(library, count), columns=["library_id", "month"]).assign(total=total)


def circulation(library: str, loans: int, count: int = 3) -> pd.DataFrame:
    """Give months of loans of a library, each with the same number."""
    return pd.DataFrame(months(library, count), columns=["library_id", "month"]).assign(loans=loans)


def commit(store: Store, removals: dict[str, pd.DataFrame] | None = None, /, **changes: pd.DataFrame) -> int:
    """Commit frames by table name."""
    about: dict[str, Any] = {"actor": "Petugas", "file_name": "berkas.xlsx", "sha256": "0" * 64}
    return store.commit(changes, removals=removals, **about)


def names(store: Store, as_of: int | None = None) -> dict[str, str]:
    """Give the name of each area."""
    frame = store.frame("areas", as_of)
    return dict(zip(frame.area_code, frame.name, strict=True))
