"""Opened files, and what is known before them, for tests of the intake."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from literasi.contracts import TABLES
from literasi.domain.areas import AreaRegister
from literasi.domain.indicators import Catalogue
from literasi.intake.known import Known
from literasi.intake.sheets import Cell, File, Sheet
from literasi.store import definitions, seed
from tests.frames import table

DATA = Path(__file__).resolve().parent.parent / "data"
TODAY = dt.date(2026, 11, 22)

SEMBULANG = ("Kota Batam", "Galang", "Sembulang")
SEPEMPANG = ("Kabupaten Natuna", "Bunguran Timur", "Sepempang")
PLACE = ("Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan")
VISITS = (*PLACE, "Perpustakaan", "Bulan", "Perempuan", "Laki-laki", "Total")
LIBRARY = "Perpustakaan Kelurahan Sembulang"
LIBRARY_ID = "L-21.71.08.1004-1"


@cache
def areas() -> pd.DataFrame:
    """Give the shipped areas."""
    return seed.read_areas(DATA)


@cache
def register() -> AreaRegister:
    """Give the shipped register of areas."""
    return AreaRegister.from_frame(areas())


@cache
def catalogue() -> Catalogue:
    """Give the shipped indicators."""
    return definitions.load_catalogue(DATA)


def library(library_id: str, name: str, area_code: str, **more: Any) -> dict[str, Any]:
    """Make a row of ``libraries``."""
    return {
        "library_id": library_id,
        "name": name,
        "kind": "village",
        "area_code": area_code,
        "programme": "national",
    } | more


def known(**rows: list[dict[str, Any]]) -> Known:
    """Give what is known: the shipped areas, these rows, a library in Sembulang unless others are."""
    rows.setdefault("libraries", [library(LIBRARY_ID, LIBRARY, "21.71.08.1004", year_joined=2023)])
    tables = {name: table(name, rows.get(name, [])) for name in TABLES}
    tables["areas"] = areas()
    return Known(register(), catalogue(), tables, b"k" * 32, TODAY)


def sheet(name: str, headings: Sequence[Cell], *rows: Sequence[Cell]) -> Sheet:
    """Make a sheet with its headings in row 1."""
    return Sheet(name, [list(headings), *(list(row) for row in rows)])


def file(*sheets: Sheet, name: str = "berkas.xlsx") -> File:
    """Make an opened file."""
    data = repr(sheets).encode()
    return File(name, "xlsx", data, hashlib.sha256(data).hexdigest(), sheets)


def visits(*rows: Sequence[Cell], name: str = "Kunjungan") -> File:
    """Make a file of visits, a row being all cells of `VISITS`, or those after the place (then Sembulang)."""
    full = [row if len(row) == len(VISITS) else (*SEMBULANG, *row) for row in rows]
    return file(sheet(name, VISITS, *full))


def rows_of(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """Give some columns as plain values: None where missing, dates as text."""
    shown = frame[list(columns)].astype(object).where(frame[list(columns)].notna(), None)
    return [
        tuple(value.date().isoformat() if isinstance(value, pd.Timestamp) else value for value in row)
        for row in shown.itertuples(index=False, name=None)
    ]


def rules(findings: Sequence[Any]) -> list[tuple[str, int, int]]:
    """Give rule, row and column of each finding."""
    return [(one.rule, one.place.row, one.place.column) for one in findings]


def counted(findings: Sequence[Any]) -> Mapping[tuple[str, str], int]:
    """Count findings by sheet and rule."""
    counts: dict[tuple[str, str], int] = {}
    for one in findings:
        key = one.place.sheet, one.rule
        counts[key] = counts.get(key, 0) + 1
    return counts
