"""What intake knows in tests: the shipped areas and indicators, and empty tables but those given."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pandas as pd

from literasi import contracts
from literasi.domain.areas import AreaRegister
from literasi.domain.indicators import Catalogue
from literasi.intake.known import Known
from literasi.store import definitions, seed

DATA = Path(__file__).resolve().parents[3] / "data"


@cache
def _shipped() -> tuple[AreaRegister, Catalogue]:
    return AreaRegister.from_frame(seed.read_areas(DATA)), definitions.load_catalogue(DATA)


def known(**tables: pd.DataFrame) -> Known:
    """Make a `Known` whose tables are empty but for those given."""
    register, catalogue = _shipped()
    all_tables = {name: contracts.empty(name) for name in contracts.TABLES} | tables
    return Known(register, catalogue, all_tables, b"k" * 32, dt.date(2026, 11, 22))
