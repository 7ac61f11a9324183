"""Where a library is drawn, and how well that place is known.

A library with coordinates is drawn there. One known only to its village, district or regency is drawn
beside the anchor of the nearest area that has one; the screen must show it as approximate. A library
known to nothing below the province is not drawn. No place is invented and none is guessed from a name.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Final, Literal

import pandas as pd

from literasi.domain.areas import Area, AreaRegister
from literasi.errors import LiterasiError

Precision = Literal["exact", "village", "district", "regency", "none"]
PRECISIONS: Final[tuple[Precision, ...]] = ("exact", "village", "district", "regency", "none")

# The view of the whole province (shared/domain/boundaries.md, presets), in degrees.
LATITUDE: Final = (-1.4, 5.0)
LONGITUDE: Final = (103.0, 109.4)
# Distance between neighbours around one anchor, in degrees: about 1.3 km.
STEP: Final = 0.012
_GOLDEN_ANGLE: Final = math.pi * (3 - math.sqrt(5))

_FAULTS = ("library_id", "latitude", "longitude", "reason")
_PLACED = ("library_id", "area_code", "latitude", "longitude", "precision", "anchor_code")


class CoordinateError(LiterasiError):
    """Coordinates that cannot be those of a library in the province.

    Parameters
    ----------
    faults : DataFrame
        As `coordinate_faults` gives them.
    """

    def __init__(self, faults: pd.DataFrame) -> None:
        first = "; ".join(
            f"{row.library_id} ({row.latitude}, {row.longitude})" for row in faults.head(5).itertuples()
        )
        super().__init__("area.error.coordinates", count=len(faults), first=first)
        self.faults = faults


def coordinate_faults(libraries: pd.DataFrame) -> pd.DataFrame:
    """Libraries whose coordinates cannot be right, with the reason.

    Parameters
    ----------
    libraries : DataFrame
        ``library_id`` text, unique; ``latitude``, ``longitude`` in degrees, both missing if not known.

    Returns
    -------
    DataFrame
        ``library_id``, ``latitude``, ``longitude``, ``reason``: key of the text catalogue,
        ``area.reason.half_coordinate``, ``area.reason.swapped`` or ``area.reason.outside_province``.
        Empty if all are possible.
    """
    latitude, longitude = libraries["latitude"].astype("float64"), libraries["longitude"].astype("float64")
    half = latitude.isna() != longitude.isna()
    known = latitude.notna() & longitude.notna()
    inside = latitude.between(*LATITUDE) & longitude.between(*LONGITUDE)
    swapped = longitude.between(*LATITUDE) & latitude.between(*LONGITUDE)
    reason = pd.Series("", index=libraries.index, dtype="str")
    reason = reason.mask(known & ~inside, "area.reason.outside_province")
    reason = reason.mask(known & swapped, "area.reason.swapped")
    reason = reason.mask(half, "area.reason.half_coordinate")
    faults = libraries.assign(latitude=latitude, longitude=longitude, reason=reason)
    return faults.loc[reason != "", list(_FAULTS)].reset_index(drop=True)


def locate(libraries: pd.DataFrame, *, register: AreaRegister) -> pd.DataFrame:
    """Point and precision of each library, in the order given.

    Parameters
    ----------
    libraries : DataFrame
        ``library_id`` text, unique; ``area_code`` text or missing; ``latitude``, ``longitude`` in
        degrees, both missing if not known.
    register : AreaRegister
        Areas with their anchors.

    Returns
    -------
    DataFrame
        ``library_id``, ``area_code``, ``latitude``, ``longitude`` (degrees, missing if not drawn),
        ``precision`` (`PRECISIONS`: the level of the area that anchors the point) and ``anchor_code``
        (missing for exact points and for those not drawn).

    Raises
    ------
    CoordinateError
        If coordinates lie outside the province, are swapped, or are half given.
    UnknownAreaError
        If an ``area_code`` is not in the register.

    Notes
    -----
    Around one anchor, libraries stand on a sunflower spiral in the order of their ids, so a new
    library with a larger id moves none of the others. The n-th stands ``STEP * sqrt(n)`` degrees away.
    """
    faults = coordinate_faults(libraries)
    if not faults.empty:
        raise CoordinateError(faults)
    exact = libraries["latitude"].notna()
    anchors = [
        None if known else _anchor(code, register)
        for code, known in zip(libraries["area_code"], exact, strict=True)
    ]
    latitude, longitude = libraries["latitude"].tolist(), libraries["longitude"].tolist()
    crowd: Counter[str] = Counter()
    for position in libraries["library_id"].argsort():
        area = anchors[position]
        if area is not None and area.latitude is not None and area.longitude is not None:
            crowd[area.code] += 1
            north, east = _dodge(crowd[area.code])
            latitude[position], longitude[position] = area.latitude + north, area.longitude + east
    precision = [
        "exact" if known else "none" if area is None else area.level
        for area, known in zip(anchors, exact, strict=True)
    ]
    codes = [None if area is None else area.code for area in anchors]
    placed = libraries.assign(
        latitude=pd.Series(latitude, index=libraries.index, dtype="float64"),
        longitude=pd.Series(longitude, index=libraries.index, dtype="float64"),
        precision=pd.Series(precision, index=libraries.index, dtype="str"),
        anchor_code=pd.Series(codes, index=libraries.index, dtype="str"),
    )
    return placed.loc[:, list(_PLACED)]


def _anchor(code: str | float | None, register: AreaRegister) -> Area | None:
    """The nearest area with an anchor below the province: the area itself or one it lies in."""
    if not isinstance(code, str) or not code:
        return None
    chain = (register.get(code), *register.ancestors(code))
    return next((area for area in chain if area.level in PRECISIONS and area.latitude is not None), None)


def _dodge(number: int) -> tuple[float, float]:
    """Degrees north and east of the anchor for the n-th library, n from 1."""
    radius, angle = STEP * math.sqrt(number), number * _GOLDEN_ANGLE
    return radius * math.cos(angle), radius * math.sin(angle)
