"""A closing from a few rows: one event, a handful of libraries, two indices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pandas as pd

from literasi.closing.facts import TABLES, Facts
from literasi.domain.areas import AreaRegister
from literasi.domain.coverage import STANDARD
from literasi.domain.indicators import Catalogue, SatuData
from tests.frames import indicator, library, table

EVENT = "bimtek-2026"
REGENCIES = {
    "21.01": "Bintan",
    "21.02": "Karimun",
    "21.03": "Natuna",
    "21.04": "Lingga",
    "21.05": "Kepulauan Anambas",
    "21.71": "Batam",
    "21.72": "Tanjungpinang",
}
Rows = list[dict[str, Any]]


def register() -> AreaRegister:
    """The nation, the province and its regencies."""
    rows: Rows = [
        {"area_code": "00", "level": "nation", "kind": "negara", "name": "Indonesia"},
        {
            "area_code": "21",
            "level": "province",
            "kind": "provinsi",
            "name": "Kepulauan Riau",
            "parent_code": "00",
        },
    ]
    rows += [
        {"area_code": code, "level": "regency", "kind": "kabupaten", "name": name, "parent_code": "21"}
        for code, name in REGENCIES.items()
    ]
    return AreaRegister.from_frame(table("areas", rows))


REGISTER = register()


def index(**more: Any) -> Any:
    """A published composite index."""
    texts = dict.fromkeys(SatuData.model_fields, "x") | {"komposit": True, "akses_umum": True}
    return indicator(metadata=texts, **more)


def edition(code: str, first: int, **more: Any) -> dict[str, Any]:
    """One edition of an index."""
    made = {"id": code, "label": f"Edisi {code}", "first_year": first, "regulation": "R", "method": "M"}
    return made | more


CATALOGUE = Catalogue(
    (
        index(id="tgm", editions=(edition("lima", 2021, last_year=2024),)),
        index(id="tkm", succeeds="tgm", editions=(edition("tiga", 2025),)),
        index(
            id="iplm",
            theme="development",
            editions=(edition("lama", 2020, unit="points_old_scale"), edition("baku", 2023)),
        ),
    )
)


def person(number: int, **more: Any) -> dict[str, Any]:
    """One row of ``participants``."""
    return {"event_id": EVENT, "participant_id": f"p-{number:03}"} | more


def people(**columns: Iterable[Any]) -> Rows:
    """Rows of ``participants`` from columns of equal length; None is missing."""
    names = list(columns)
    return [
        person(i, **{k: v for k, v in zip(names, cells, strict=True) if v is not None})
        for i, cells in enumerate(zip(*columns.values(), strict=True))
    ]


def spread(counts: Mapping[str, int]) -> list[str]:
    """Repeat each word: ``{"a": 2, "b": 1}`` is a, a, b."""
    return [word for word, n in counts.items() for _ in range(n)]


def value(code: str, area: str, period: str, edition: str, number: float, **more: Any) -> dict[str, Any]:
    """One row of ``observations``."""
    row = {
        "indicator_id": code,
        "area_code": area,
        "period": period,
        "edition": edition,
        "producer": "Perpusnas",
        "source_id": "terbitan",
        "value": number,
        "status": "reported",
    }
    return row | more


@cache
def _empty(name: str) -> pd.DataFrame:
    return table(name, [])


def _table(name: str, rows: Rows) -> pd.DataFrame:
    return table(name, rows) if rows else _empty(name)


def facts(participants: Rows | None = None, *, event: dict[str, Any] | None = None, **rows: Rows) -> Facts:
    """What a closing is made from; tables that are not given are empty, but for the event and a library."""
    held = {
        "event_id": EVENT,
        "name": "Bimtek SPP-TIK 2026",
        "kind": "bimtek",
        "date_start": "2026-04-20",
        "date_end": "2026-04-24",
        "venue": "Hotel Bahari",
        "area_code": "21.72",
        "source_id": "terbitan",
    }
    given: dict[str, Rows] = {
        "events": [held | (event or {})],
        "participants": participants or [],
        "libraries": [library("L-1", "21.01.15.2004"), library("L-2", "21.71.08.1004")],
        "sources": [
            {"source_id": "terbitan", "publisher": "Kepri Raya", "title": "Bimtek", "kind": "news"},
            {"source_id": "lain", "publisher": "Lain", "title": "Lain", "kind": "news"},
        ],
    }
    return Facts(
        tables={name: _table(name, (given | rows).get(name, [])) for name in TABLES},
        register=REGISTER,
        catalogue=CATALOGUE,
        reporting=STANDARD,
        workspace="resmi",
        head=3,
        origin="Ruang Resmi, unggahan no. 3",
        mark="",
    )
