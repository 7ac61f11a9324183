"""The inhabited islands of the province, from the outlines and the register that we ship."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from literasi.domain.priority import PriorityRules
from literasi.domain.remoteness import Land, Seat, land
from literasi.errors import DefinitionError

SIDES = ("west", "east")


def load_land(data_dir: Path, *, static_dir: Path, rules: PriorityRules) -> Land:
    """Read the outlines of the map and ``areas/islands.csv``; seats and bridges are those of the rules.

    Raises
    ------
    DefinitionError
        If a file is missing or is not what it should be.
    """
    paths = [static_dir / "areas" / f"boundaries.web.{side}.geojson" for side in SIDES]
    codes = {"island_code": "str", "regency_code": "str"}
    try:
        outlines = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
        islands = pd.read_csv(data_dir / "areas" / "islands.csv", dtype=codes)
    except (OSError, ValueError) as error:
        raise DefinitionError("error.definition", count=1, faults=str(error)) from error
    seats = {code: Seat(seat.name, seat.latitude, seat.longitude) for code, seat in rules.seats.items()}
    return land(outlines, islands, seats=seats, bridges=[bridge.islands for bridge in rules.bridges])
