"""Which missing report matters most: what the shown figures lack because a library did not report.

Two effects can be computed, and the order follows them (`ranked`):

1. Would this library's missing reports alone lift an area's figure from provisional (`ReportingRules`)?
2. Which part of the area's usual total is absent? A library's usual month is the median of its last reports.
   One that never reported is unknown, not zero: it gets the range of the libraries around it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from literasi.domain import snp
from literasi.domain.completeness import Monthly
from literasi.domain.coverage import STANDARD, ReportingRules, is_provisional
from literasi.domain.levels import CODE_LENGTH
from literasi.domain.periods import Period
from literasi.domain.snp import SnpRules

ADDITIVE: Final[Mapping[Monthly, str]] = {"visits": "total", "circulation": "loans"}
"""Tables whose months add up, and the count that is summed. Books owned at the end of a month do not add up:
a missing report of services costs coverage only."""

RECENT: Final = 12
"""Reports of a library, the newest, whose median is its usual month."""

FEWEST_AROUND: Final = 3
"""Libraries of a regency that must have a usual month for its range to be used; else that of all."""

DEBTS: Final = {
    "library_id": "str",
    "regency": "str",
    "expected": "int64",
    "missing": "int64",
    "gain": "float64",
    "late": "int64",
    "months": "object",
    "is_known": "bool",
    "absent_low": "float64",
    "absent": "float64",
    "absent_high": "float64",
    "share_low": "float64",
    "share": "float64",
    "share_high": "float64",
    "lifts": "object",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Reports of one table for an area, and what lifts its figure from provisional.

    Attributes
    ----------
    area : str
    received, expected : int
    needed : int
        Reports still needed; 0 where the figure is not provisional.
    libraries : tuple of str
        The fewest libraries whose missing reports would do, those that miss most first.
    """

    area: str
    received: int
    expected: int
    needed: int
    libraries: tuple[str, ...]


def usual(reports: pd.DataFrame, *, column: str) -> pd.Series[float]:
    """Give the usual month of each library: the median of its newest `RECENT` reports.

    Parameters
    ----------
    reports : DataFrame
        A monthly table; a report that leaves `column` empty is no report of it, a zero is one.
    column : str

    Returns
    -------
    Series
        By library id; those without any report are not in it.
    """
    known = reports.loc[reports[column].notna(), ["library_id", "month", column]].sort_values("month")
    recent = known.groupby("library_id", sort=True).tail(RECENT)
    return recent.groupby("library_id", sort=True)[column].median().astype("float64")


def debts(
    rows: pd.DataFrame,
    reports: pd.DataFrame,
    *,
    table: Monthly,
    area: str,
    rules: ReportingRules = STANDARD,
) -> pd.DataFrame:
    """Give what each library of an area owes of one table, and what that does to the figures.

    Parameters
    ----------
    rows : DataFrame
        As from `completeness.calendar`, for the months looked at and the whole province: its total decides
        with the regency's whether a figure is provisional.
    reports : DataFrame
        That table, all months: the usual month of a library may lie outside the months looked at.
    table : str
    area : str
        Code of the area whose total counts: the province or a regency.

    Returns
    -------
    DataFrame
        Columns `DEBTS`, one row per library of the area that misses a report or sent one late, in the order
        of `ranked`. ``months`` are those missing; ``gain`` is by how much the area's coverage would rise
        with them (0 to 1). ``absent`` is the usual month × missing months, in the unit
        of the table; ``share`` its part of the area's total with everything absent added. Both have a range
        for libraries without any report (``is_known`` false), and are missing where nothing is usual yet or
        the table does not add up. ``lifts``: regency and province whose figure this library alone would lift
        from provisional.
    """
    own = rows[rows["table"] == table]
    own = own.assign(is_missing=own["is_expected"] & (own["timing"] == ""), is_late=own["timing"] == "late")
    grouped = own.groupby("library_id", observed=True, sort=True)
    found = pd.DataFrame(
        {
            "regency": grouped["area_code"].first().astype("str").str[: CODE_LENGTH["regency"]],
            "expected": grouped["is_expected"].sum(),
            "missing": grouped["is_missing"].sum(),
            "late": (own["is_late"] & own["is_expected"]).groupby(own["library_id"], observed=True).sum(),
        }
    )
    found.index = found.index.astype("str")
    blank = own[own["is_missing"]]
    months = {
        str(library): tuple(part.astype("str"))
        for library, part in blank.groupby("library_id", observed=True)["period"]
    }
    found["months"] = [months.get(library, ()) for library in found.index]
    lifts = _lifts(found, own, rules)
    found["lifts"] = [lifts.get(library, ()) for library in found.index]
    found = found[found["regency"].str.startswith(area)]
    found = found.assign(gain=found["missing"] / float(found["expected"].sum() or 1))
    found = _with_absent(found, own, reports, table=table, area=area)
    out = found[(found["missing"] > 0) | (found["late"] > 0)].rename_axis("library_id").reset_index()
    return ranked(out.reindex(columns=list(DEBTS)).astype(DEBTS))


def _with_absent(
    found: pd.DataFrame, own: pd.DataFrame, reports: pd.DataFrame, *, table: Monthly, area: str
) -> pd.DataFrame:
    """Add what is absent and its part of the total."""
    names = ("absent_low", "absent", "absent_high")
    if table not in ADDITIVE:
        nothing = dict.fromkeys([*names, "share_low", "share", "share_high"], np.nan)
        return found.assign(is_known=False, **nothing)
    column = ADDITIVE[table]
    levels = usual(reports, column=column)
    home = own.drop_duplicates("library_id").set_index("library_id")["area_code"].astype("str")
    regencies = levels.index.map(home.to_dict()).astype("str").str[: CODE_LENGTH["regency"]]
    ranges = {code: _range(levels, regencies == code) for code in found["regency"].unique()}
    is_known = found.index.isin(levels.index)
    out = found.assign(is_known=is_known)
    for place, name in enumerate(names):
        around = found["regency"].map({code: found_range[place] for code, found_range in ranges.items()})
        level = pd.Series(found.index.map(levels.to_dict()), index=found.index, dtype="float64")
        out[name] = level.where(is_known, around) * found["missing"]
    in_area = [library for library, code in home.items() if code.startswith(area)]
    looked_at = set(own["period"].astype("str"))
    month = reports["month"].dt.strftime("%Y-%m")
    came = float(reports.loc[reports["library_id"].isin(in_area) & month.isin(looked_at), column].sum())
    others = out["absent"].sum() - out["absent"]
    for name, part in zip(names, ("share_low", "share", "share_high"), strict=True):
        whole = came + others + out[name]
        out[part] = (out[name] / whole).where(whole > 0)
    return out


def _range(levels: pd.Series[float], is_near: Any) -> tuple[float, float, float]:
    """Lowest, middle and highest usual month of a regency, or of all where too few are known."""
    near = levels[is_near]
    used = near if len(near) >= FEWEST_AROUND else levels
    if used.empty:
        return (math.nan, math.nan, math.nan)
    return float(used.min()), float(used.median()), float(used.max())


def _lifts(found: pd.DataFrame, own: pd.DataFrame, rules: ReportingRules) -> dict[str, tuple[str, ...]]:
    """Areas that each library alone would lift from provisional."""
    out: dict[str, tuple[str, ...]] = {}
    for length in (CODE_LENGTH["regency"], CODE_LENGTH["province"]):
        totals = _counts(own, length)
        for library, regency, missing in zip(found.index, found["regency"], found["missing"], strict=True):
            code = regency[:length]
            if len(code) < length or code not in totals.index:
                continue
            received, expected = (int(totals.loc[code, name]) for name in ("received", "expected"))
            if (
                missing
                and is_provisional(received, expected, rules=rules)
                and not is_provisional(received + int(missing), expected, rules=rules)
            ):
                out[str(library)] = (*out.get(str(library), ()), code)
    return out


def _counts(own: pd.DataFrame, length: int) -> pd.DataFrame:
    codes = own["area_code"].astype("str")
    inside = codes.str.len() >= length
    counted = pd.DataFrame(
        {
            "area": codes[inside].str[:length],
            "expected": own.loc[inside, "is_expected"],
            "received": own.loc[inside, "is_expected"] & (own.loc[inside, "timing"] != ""),
        }
    )
    return counted.groupby("area", sort=True)[["received", "expected"]].sum()


def ranked(found: pd.DataFrame) -> pd.DataFrame:
    """Order debts by their effect.

    Parameters
    ----------
    found : DataFrame
        With the columns ``lifts``, ``share``, ``missing`` and ``library_id``.

    Returns
    -------
    DataFrame
        First those that alone lift a figure from provisional, then the larger part of the usual total that is
        absent (the middle of the range where a library has no history; unknown last), then more missing
        months, then the id.
    """
    order = found.assign(lifting=[-len(areas) for areas in found["lifts"]], part=-found["share"])
    order["most"] = -order["missing"]
    sorted_rows = order.sort_values(
        ["lifting", "part", "most", "library_id"], kind="stable", na_position="last"
    )
    return sorted_rows.drop(columns=["lifting", "part", "most"]).reset_index(drop=True)


def standings(
    rows: pd.DataFrame, *, table: Monthly, areas: Sequence[str], rules: ReportingRules = STANDARD
) -> tuple[Standing, ...]:
    """Say for each area how far its figure of a table is from no longer being provisional.

    Parameters
    ----------
    rows : DataFrame
        As from `completeness.calendar`, for the months looked at.
    table : str
    areas : sequence of str
        Codes of provinces or regencies; one in which nothing was expected is left out.
    """
    own = rows[rows["table"] == table]
    codes = own["area_code"].astype("str")
    is_missing = own["is_expected"] & (own["timing"] == "")
    out = []
    for area in areas:
        inside = codes.str.startswith(area)
        expected = int((own["is_expected"] & inside).sum())
        received = expected - int((is_missing & inside).sum())
        if not expected:
            continue
        needed = 0
        while is_provisional(received + needed, expected, rules=rules):
            needed += 1
        owed = own.loc[is_missing & inside, "library_id"].astype("str").value_counts()
        order = sorted(owed.items(), key=lambda pair: (-int(pair[1]), str(pair[0])))
        chosen: list[str] = []
        for library, missing in order:
            if needed <= sum(int(owed[one]) for one in chosen):
                break
            if missing:
                chosen.append(str(library))
        out.append(Standing(area, received, expected, needed, tuple(chosen)))
    return tuple(out)


def absent_share(found: pd.DataFrame) -> tuple[float, float, float] | None:
    """Give the part of the usual total of the area that is absent: at least, in the middle, at most.

    Parameters
    ----------
    found : DataFrame
        From `debts`.

    Returns
    -------
    tuple of float, or None
        None where nothing that is absent is known or can be estimated.
    """
    known = found[found["share"] > 0]
    if known.empty:
        return None
    one = known.iloc[0]
    # What came is the same for every library: its whole is absent ÷ share.
    came = float(one["absent"]) / float(one["share"]) - float(found["absent"].sum())
    low, middle, high = (
        float(found[name].sum()) / (came + float(found[name].sum()))
        for name in ("absent_low", "absent", "absent_high")
    )
    return low, middle, high


def half_of_absent(found: pd.DataFrame) -> int | None:
    """Give the fewest libraries that hold half of what is absent; None where nothing is known to be."""
    absent = found["absent"].dropna().sort_values(ascending=False)
    if not absent.sum() > 0:
        return None
    return int(np.searchsorted(absent.cumsum().to_numpy(), 0.5 * float(absent.sum())) + 1)


def spans(months: Iterable[str]) -> list[tuple[str, str]]:
    """Give runs of months that follow each other: (first, last) of each, in order.

    >>> spans(["2026-01", "2026-03", "2026-02", "2026-06"])
    [('2026-01', '2026-03'), ('2026-06', '2026-06')]
    """
    out: list[tuple[str, str]] = []
    for month in sorted(set(months)):
        if out and str(Period.parse(out[-1][1]).next()) == month:
            out[-1] = (out[-1][0], month)
        else:
            out.append((month, month))
    return out


def gaps(libraries: pd.DataFrame, *, rules: SnpRules, reporting: ReportingRules = STANDARD) -> pd.DataFrame:
    """Give what is not recorded about partner libraries and takes them out of a shown figure.

    Parameters
    ----------
    libraries : DataFrame
        Table ``libraries``; those that are no partners are left out.
    rules : SnpRules
        Its tests say which attributes the standard needs.

    Returns
    -------
    DataFrame
        One row per library with a gap, the heaviest first: ``library_id``, ``has_year``, ``has_village``
        (also where the library is of no village), ``has_place`` (coordinates), ``snp`` (tuple of tests
        without data; empty where the standard is not for that kind). Heavier first: no year of joining (left
        out of yearly counts of partners, and no report is expected), no village (left out of the coverage of
        villages), then more tests of the standard without data, then no coordinates.
    """
    partners = libraries[libraries["programme"].isin(reporting.programmes)]
    untested = [
        tuple(result.test.id for result in snp.assess(row, rules=rules) if result.state == "no_data")
        for _, row in partners.iterrows()
    ]
    out = pd.DataFrame(
        {
            "library_id": partners["library_id"].to_numpy(),
            "has_year": partners["year_joined"].notna().to_numpy(),
            "has_village": (
                (partners["area_code"].str.len() == CODE_LENGTH["village"])
                | ~partners["kind"].isin(rules.kinds)
            ).to_numpy(),
            "has_place": partners[["latitude", "longitude"]].notna().all(axis=1).to_numpy(),
            "snp": pd.Series(untested, dtype="object"),
        }
    )
    is_whole = out[["has_year", "has_village", "has_place"]].all(axis=1) & (out["snp"].map(len) == 0)
    order = out.assign(untested=-out["snp"].map(len)).sort_values(
        ["has_year", "has_village", "untested", "has_place", "library_id"], kind="stable"
    )
    return order[~is_whole.loc[order.index]].drop(columns="untested").reset_index(drop=True)
