"""What is known of each village for each component of the priority score, in the component's own unit.

Three states stay apart: known, known within a range, and not known at all. What cannot exist (the reports of
a library that is not there) is a fourth, ``none``: it is counted once, by the component that says there is no
library.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from literasi.domain.areas import AreaRegister
from literasi.domain.coverage import ReportingRules
from literasi.domain.follow_through import unlisted
from literasi.domain.levels import CODE_LENGTH
from literasi.domain.location import coordinate_faults
from literasi.domain.measures import denominators
from literasi.domain.remoteness import Land, reach
from literasi.domain.snp import SnpRules, assess
from literasi.domain.training import TRAINING, trained_managers

State = Literal["known", "range", "missing", "none"]
GAPS: Final = {
    "area_code": "str",
    "component": "str",
    "state": "str",
    "raw_low": "float64",
    "raw_high": "float64",
    "reason": "str",
    "detail": "str",
    "when": "str",
    "source_id": "str",
}
LIBRARY_COMPONENTS: Final = ("no_trained", "inactive", "snp", "silence")
"""Components about a library; a village without one has none of them."""
MAYBE_LIBRARY: Final = "maybe_library"
"""Reason of a component about a library in a village of which it is not known whether it has one."""
SIGNS: Final = ("visits", "circulation", "activities")
TABLES: Final = (
    "libraries",
    "participants",
    "events",
    "activities",
    "visits",
    "circulation",
    "services",
    "population",
)
_COUNTED: Final = {"visits": "total", "circulation": "loans"}
_PLACES: Final = ("area_code", "latitude", "longitude", "radius")
_VILLAGE: Final = CODE_LENGTH["village"]


@dataclass(frozen=True, slots=True)
class Basis:
    """What the gaps are judged by.

    Attributes
    ----------
    register : AreaRegister
    land : Land
    reporting : ReportingRules
    snp : SnpRules
    unplaced_share : float
        Chance of an unknown library up to which a village without a record counts as without a library.
    district_radius_km : float
    is_list_complete : bool
        Whether a village that the list of libraries does not name has none.
    due : str
        Last month whose reports are due (``2026-06``); empty where there is no report of anybody.
    today : date
        A training that began later has not been held.
    """

    register: AreaRegister
    land: Land
    reporting: ReportingRules
    snp: SnpRules
    unplaced_share: float
    district_radius_km: float
    is_list_complete: bool
    due: str
    today: dt.date


@dataclass(frozen=True, slots=True)
class _Known:
    """One library, one component: from what to what, and why."""

    low: float
    high: float
    reason: str
    when: str = ""


_Unknown = Literal["no_data", "not_expected", "not_for_kind", "too_new"]


def gaps(tables: Mapping[str, pd.DataFrame], *, silences: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Give the gap of every village in every component.

    Parameters
    ----------
    tables : mapping
        Tables of `TABLES`.
    silences : DataFrame
        As from `literasi.domain.completeness.silences`.
    basis : Basis

    Returns
    -------
    DataFrame
        Columns `GAPS`, villages in code order, components in the order in which they are named here.
        ``raw_low`` and ``raw_high`` are missing where nothing is known (``missing``) or nothing can be
        (``none``); ``reason`` says how the value came about, ``detail`` names what it rests on. Of several
        libraries in a village the one with the least gap counts.
    """
    villages = [area.code for area in basis.register.children(basis.register.province.code, "village")]
    libraries = tables["libraries"]
    partners = libraries[libraries["programme"].isin(list(basis.reporting.programmes))]
    homes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in partners.sort_values("library_id").to_dict("records"):
        homes[str(row["area_code"])].append({str(key): value for key, value in row.items()})
    judges = {
        "no_trained": _trained(tables, basis),
        "inactive": _activity(tables, basis),
        "snp": _standard(basis.snp),
        "silence": _silence(tables, silences, basis.due),
    }
    absent = _absence(homes, villages, basis)
    rows: list[dict[str, Any]] = []
    for code in villages:
        own, standing = homes.get(code, []), absent(code)
        rows.append(_library_row(code, own, standing))
        for component in LIBRARY_COMPONENTS:
            if own:
                rows.append(_best(code, component, own, judges[component]))
            elif standing[0] == "no_record":
                rows.append(_row(code, component, reason="no_library", is_none=True))
            else:
                rows.append(_row(code, component, reason=MAYBE_LIBRARY))
    rows += _residents(tables["population"], homes, villages, basis)
    rows += _remote(libraries, villages, basis)
    frame = pd.DataFrame(rows, columns=list(GAPS)).astype(GAPS)
    order = {component: place for place, component in enumerate(dict.fromkeys(frame["component"]))}
    frame["order"] = frame["component"].map(order)
    return frame.sort_values(["area_code", "order"], kind="stable", ignore_index=True)[list(GAPS)]


def _row(
    code: str,
    component: str,
    *,
    reason: str,
    ends: tuple[float, float] | None = None,
    is_none: bool = False,
    detail: str = "",
    when: str = "",
    source_id: str = "",
) -> dict[str, Any]:
    low, high = ends if ends else (np.nan, np.nan)
    state: State = "none" if is_none else "missing" if ends is None else "known" if low == high else "range"
    return {
        "area_code": code,
        "component": component,
        "state": state,
        "raw_low": low,
        "raw_high": high,
        "reason": reason,
        "detail": detail,
        "when": when,
        "source_id": source_id,
    }


# Is there a library?


def _absence(homes: Mapping[str, list[dict[str, Any]]], villages: Sequence[str], basis: Basis) -> Any:
    """Say how a village without a record stands: (reason, number of libraries that may be there)."""
    per_area = Counter(code[:length] for code in villages for length in (5, 8))
    unplaced = Counter({code: _villages_ones(rows) for code, rows in homes.items() if len(code) < _VILLAGE})

    def judge(code: str) -> tuple[str, int]:
        if not basis.is_list_complete:
            return "list_incomplete", 0
        above = (code[:8], code[:5])
        chance = sum(unplaced[area] / per_area[area] for area in above)
        count = sum(unplaced[area] for area in above)
        return ("unplaced" if chance > basis.unplaced_share else "no_record"), count

    return judge


def _villages_ones(rows: Iterable[Mapping[str, Any]]) -> int:
    """Libraries that stand in some village; that of a regency serves all of it and is in none."""
    return sum(row["kind"] in ("village", "community") for row in rows)


def _library_row(code: str, own: Sequence[Mapping[str, Any]], absent: tuple[str, int]) -> dict[str, Any]:
    if own:
        years = [int(row["year_joined"]) for row in own if pd.notna(row["year_joined"])]
        return _row(
            code,
            "no_library",
            reason="has_library",
            ends=(0.0, 0.0),
            detail=_names(own),
            when=str(min(years)) if years else "",
            source_id=_source(own),
        )
    reason, count = absent
    ends = (1.0, 1.0) if reason == "no_record" else None
    return _row(code, "no_library", reason=reason, ends=ends, detail=str(count) if count else "")


def _names(rows: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(str(row["name"]) for row in rows)


def _source(rows: Sequence[Mapping[str, Any]]) -> str:
    found = (row["source_id"] for row in rows)
    return next((str(source) for source in found if isinstance(source, str) and source), "")


# What is known of a library


def _best(code: str, component: str, own: Sequence[Mapping[str, Any]], judge: Any) -> dict[str, Any]:
    """The gap of the library with the least; a library of which nothing is known may have any."""
    found = [judge(row) for row in own]
    known = [one for one in found if isinstance(one, _Known)]
    if not known:
        is_none = all(one != "no_data" for one in found)
        return _row(
            code, component, reason=str(found[0]), is_none=is_none, detail=_names(own), source_id=_source(own)
        )
    high = min(one.high for one in known)
    low = 0.0 if "no_data" in found else min(one.low for one in known)
    least = min(known, key=lambda one: one.high)
    return _row(
        code,
        component,
        reason=least.reason,
        ends=(low, high),
        when=least.when,
        detail=_names(own),
        source_id=_source(own),
    )


def _trained(tables: Mapping[str, pd.DataFrame], basis: Basis) -> Any:
    """Whether somebody who manages the library was at a bimtek; a bimtek without a list may have had one."""
    events, people = tables["events"], tables["participants"]
    newest = trained_managers(people, events=events)
    trainings = events.loc[events["kind"].eq(TRAINING), "event_id"]
    nameless = people[people["event_id"].isin(trainings) & people["role"].isna()]
    unsure = set(nameless["library_id"].dropna())
    is_any_unlisted = len(unlisted(people, events, until=pd.Timestamp(basis.today))) > 0

    def judge(library: Mapping[str, Any]) -> _Known | _Unknown:
        if newest is None:
            return "no_data"
        code = str(library["library_id"])
        if code in newest:
            return _Known(0.0, 0.0, "manager_trained", str(newest[code]))
        if code in unsure:
            return _Known(0.0, 1.0, "role_unknown")
        return _Known(0.0, 1.0, "unlisted") if is_any_unlisted else _Known(1.0, 1.0, "nobody_trained")

    return judge


def _activity(tables: Mapping[str, pd.DataFrame], basis: Basis) -> Any:
    """Months since the last sign of life; a month without a report may have been active."""
    signs: dict[str, int] = {}
    zeros: dict[str, list[int]] = defaultdict(list)
    for name, column in _COUNTED.items():
        rows = tables[name]
        rows = rows[rows[column].notna()]
        months = rows["month"].dt.year * 12 + rows["month"].dt.month
        for library, month, count in zip(rows["library_id"], months, rows[column], strict=True):
            if count > 0:
                signs[library] = max(signs.get(library, 0), int(month))
            elif name == "visits":
                zeros[library].append(int(month))
    held = tables["activities"]
    for library, month in zip(
        held["library_id"], held["date"].dt.year * 12 + held["date"].dt.month, strict=True
    ):
        signs[library] = max(signs.get(library, 0), int(month))
    end = _month_number(basis.due) if basis.due else max(signs.values(), default=0)

    def judge(library: Mapping[str, Any]) -> _Known | _Unknown:
        if not end:
            return "no_data"
        code = str(library["library_id"])
        last = signs.get(code)
        reason = "last_sign"
        if last is None:
            if pd.isna(library["year_joined"]):
                return "no_data"
            last = (int(library["year_joined"]) + basis.reporting.years_after_joining) * 12
            reason = "no_sign"
            if end <= last:
                return "too_new"
        high = float(max(0, end - last))
        low = float(sum(last < month <= end for month in zeros[code]))
        return _Known(min(low, high), high, reason, _month_text(last) if reason == "last_sign" else "")

    return judge


def _month_number(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:7])


def _month_text(number: int) -> str:
    return f"{(number - 1) // 12}-{(number - 1) % 12 + 1:02d}"


def _standard(rules: SnpRules) -> Any:
    """Share of the standard's tests that are not met; a test without data may be either."""

    def judge(library: Mapping[str, Any]) -> _Known | _Unknown:
        results = assess(library, rules=rules)
        if not results:
            return "not_for_kind"
        states = Counter(result.state for result in results)
        if states["no_data"] == len(results):
            return "no_data"
        low = states["not_met"] / len(results)
        return _Known(low, low + states["no_data"] / len(results), "tests")

    return judge


def _silence(tables: Mapping[str, pd.DataFrame], silences: pd.DataFrame, due: str) -> Any:
    """Due months in a row without any report."""
    run = dict(zip(silences["library_id"], silences["months"], strict=True))
    last = dict(zip(silences["library_id"], silences["last"], strict=True))

    def judge(library: Mapping[str, Any]) -> _Known | _Unknown:
        if not due:
            return "no_data"
        code = str(library["library_id"])
        if code not in run:
            return "not_expected"
        heard = last[code]
        return _Known(
            float(run[code]), float(run[code]), "silent", str(heard) if isinstance(heard, str) else ""
        )

    return judge


# What is known of a place


def _residents(
    population: pd.DataFrame,
    homes: Mapping[str, list[dict[str, Any]]],
    villages: Sequence[str],
    basis: Basis,
) -> Iterator[dict[str, Any]]:
    """Residents of the regency for each of its TPBIS libraries in villages."""
    years = population["year"].dropna()
    known: dict[str, tuple[float, str, str]] = {}
    if len(years):
        found = denominators(population, level="regency", years=[int(years.max())])
        for row in found.to_dict("records"):
            when = str(int(row["denominator_year"]))
            known[str(row["area_code"])] = float(row["population"]), when, str(row["source_id"])
    counted: Counter[str] = Counter()
    for code, rows in homes.items():
        if len(code) >= CODE_LENGTH["regency"]:
            counted[code[:5]] += _villages_ones(rows)
    for code in villages:
        regency = code[:5]
        if regency not in known:
            yield _row(code, "residents", reason="no_population")
            continue
        people, when, source = known[regency]
        libraries = counted[regency]
        # Without any library all of its residents share none: at least their number for one.
        ratio = people / max(libraries, 1)
        if basis.is_list_complete:
            ends: tuple[float, float] | None = (ratio, ratio)
            reason = "per_library" if libraries else "no_library_at_all"
        else:  # there may be more libraries than are listed
            ends = (0.0, ratio) if libraries else None
            reason = "at_most" if libraries else "list_incomplete"
        yield _row(
            code,
            "residents",
            reason=reason,
            ends=ends,
            detail=str(libraries),
            when=when,
            source_id=source,
        )


def _remote(libraries: pd.DataFrame, villages: Sequence[str], basis: Basis) -> Iterator[dict[str, Any]]:
    places = village_places(libraries, villages, register=basis.register, radius=basis.district_radius_km)
    for row in reach(places, land=basis.land).to_dict("records"):
        code, seat = str(row["area_code"]), basis.land.seats.get(str(row["area_code"])[:5])
        for component, low, high, detail in (
            ("sea", row["sea_low"], row["sea_high"], seat.name if seat else ""),
            ("small_island", row["island_low"], row["island_high"], row["islands"]),
        ):
            ends = None if pd.isna(low) else (float(low), float(high))
            yield _row(code, component, reason=f"from_{row['basis']}", ends=ends, detail=str(detail))


def village_places(
    libraries: pd.DataFrame, villages: Sequence[str], *, register: AreaRegister, radius: float
) -> pd.DataFrame:
    """Give the best that is known of where each village is: itself, a library in it, or its district.

    Parameters
    ----------
    libraries : DataFrame
    villages : sequence of str
    register : AreaRegister
    radius : float
        How far from the point of its district a village may be, in kilometres.

    Returns
    -------
    DataFrame
        ``area_code``, ``latitude``, ``longitude``, ``radius``, for `literasi.domain.remoteness.reach`.
        Coordinates that cannot be right place nothing.
    """
    faulty = coordinate_faults(libraries)["library_id"]
    exact = libraries[libraries["latitude"].notna() & ~libraries["library_id"].isin(faulty)]
    exact = exact[exact["area_code"].str.len().eq(_VILLAGE)].sort_values("library_id")
    points = {
        str(row["area_code"]): (row["latitude"], row["longitude"]) for row in exact[::-1].to_dict("records")
    }
    rows: list[tuple[str, float | None, float | None, float]] = []
    for code in villages:
        village, district = register.get(code), register.get(code[:8])
        if village.latitude is not None:
            rows.append((code, village.latitude, village.longitude, 0.0))
        elif code in points:
            rows.append((code, *points[code], 0.0))
        else:
            rows.append((code, district.latitude, district.longitude, radius))
    return pd.DataFrame(rows, columns=list(_PLACES)).astype({"latitude": "float64", "longitude": "float64"})
