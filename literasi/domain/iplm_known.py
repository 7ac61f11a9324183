"""What the dashboard's own data say about fields of the IPLM form: offered beside them, never in their place.

The form is filled by each library for its own year; the dashboard knows partner libraries that report. So a
figure from here stands with its coverage and is never written into ``iplm_inputs``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from literasi.domain import training
from literasi.domain.coverage import STANDARD, ReportingRules, expected_libraries
from literasi.domain.iplm import FormRules
from literasi.domain.levels import CODE_LENGTH
from literasi.domain.privacy import is_small
from literasi.domain.reports import activity_months, heard_from, monthly

Tables = Mapping[str, pd.DataFrame]

TYPE: Final = "public"
"""The type of library of which anything is known: the level of a school library is not in the tables."""

REGENCY_KINDS: Final = ("regency", "village", "mobile")
PROVINCE_KINDS: Final = ("province",)
REGENCY_INSTITUTIONS: Final = ("village_library", "regency_library")
PROVINCE_INSTITUTIONS: Final = ("province_library",)
"""Each government answers for its own libraries, so the province's form is not the sum of the regencies'."""

NEEDS: Final = (
    "libraries",
    "visits",
    "circulation",
    "services",
    "activities",
    "advocacy",
    "participants",
    "events",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A figure from the dashboard's own data.

    Attributes
    ----------
    value : float or None
        None where nothing came: not known, not zero.
    received, expected : int or None
        Reports behind it and reports that were due, or of stocks the libraries; None where none is ever due.
    is_suppressed : bool
        Whether it counts so few people that it is withheld.
    """

    value: float | None
    received: int | None = None
    expected: int | None = None
    is_suppressed: bool = False


@dataclass(frozen=True, slots=True)
class _Scope:
    """Libraries of one government and type, in one year."""

    tables: Tables
    libraries: pd.DataFrame
    area: str
    year: int
    rules: ReportingRules
    threshold: int

    @property
    def periods(self) -> list[str]:
        return [f"{self.year}-{month:02d}" for month in range(1, 13)]


def known(
    tables: Tables,
    *,
    area: str,
    year: int,
    form: FormRules,
    threshold: int,
    reporting: ReportingRules = STANDARD,
) -> dict[str, Known]:
    """Give what the dashboard knows of the fields of the form, for public libraries of an area and year.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Tables of `NEEDS`.
    area : str
        A regency or the province.
    year : int
    form : FormRules
        Its fields say which of them have something beside them (``dashboard``).
    threshold : int
        Smallest count of people that may be shown.
    reporting : ReportingRules

    Returns
    -------
    dict of str to Known
        By id of the field; only where anything is known.

    Notes
    -----
    Methodology §3.4: trained people who completed → AB; participants of activities → AD; visits → AE;
    activities → AK; advocacy with a result → AL. Titles, copies and digital books: the last month of the
    year that each library reported.
    """
    is_regency = len(area) == CODE_LENGTH["regency"]
    kinds = REGENCY_KINDS if is_regency else PROVINCE_KINDS
    libraries = tables["libraries"]
    mine = libraries[libraries["area_code"].str.startswith(area) & libraries["kind"].isin(kinds)]
    scope = _Scope(tables, mine, area, year, reporting, threshold)
    found = {one.id: _FIGURES[one.dashboard](scope) for one in form.fields if one.dashboard}
    return {
        name: figure for name, figure in found.items() if figure.value is not None or figure.is_suppressed
    }


def _visits(scope: _Scope) -> Known:
    series = monthly(
        scope.tables["visits"],
        scope.libraries,
        column="total",
        periods=scope.periods,
        rules=scope.rules,
    )
    return _summed(series)


def _activities(scope: _Scope, *, people: bool = False) -> Known:
    tables = scope.tables
    activities = tables["activities"]
    heard = heard_from(tables["visits"], tables["circulation"], tables["services"], activities=activities)
    series = activity_months(
        activities, heard, scope.libraries, periods=scope.periods, people=people, rules=scope.rules
    )
    return _summed(series)


def _activity_people(scope: _Scope) -> Known:
    found = _activities(scope, people=True)
    if found.value is not None and is_small(found.value, threshold=scope.threshold):
        return Known(None, found.received, found.expected, is_suppressed=True)
    return found


def _summed(series: pd.DataFrame) -> Known:
    value = series["value"].sum(min_count=1)
    return Known(
        None if pd.isna(value) else float(value),
        int(series["received"].fillna(0).sum()),
        int(series["expected"].fillna(0).sum()),
    )


def _advocacy(scope: _Scope) -> Known:
    """Advocacy with a result; a library sends a row when it has one, so that none is not zero."""
    rows = scope.tables["advocacy"]
    mine = rows["library_id"].isin(scope.libraries["library_id"]) & (rows["date"].dt.year == scope.year)
    count = int((mine & rows["result"].notna()).sum())
    return Known(float(count) if count else None)


def _stock(table: str, column: str) -> Callable[[_Scope], Known]:
    def figure(scope: _Scope) -> Known:
        rows = scope.tables[table]
        rows = rows[rows["library_id"].isin(scope.libraries["library_id"]) & rows[column].notna()]
        rows = rows[rows["month"].dt.year == scope.year].sort_values("month")
        last = rows.drop_duplicates("library_id", keep="last")
        owing = expected_libraries(scope.libraries, rules=scope.rules)
        due = owing.loc[owing["first_year"] <= scope.year, "library_id"]
        return Known(
            float(last[column].sum()) if len(last) else None,
            int(last["library_id"].isin(due).sum()),
            len(due),
        )

    return figure


def _certificates(scope: _Scope) -> Known:
    """People of the area's libraries who completed a bimtek of that year; at two events they count twice."""
    is_regency = len(scope.area) == CODE_LENGTH["regency"]
    people = training.classify(
        scope.tables["participants"], events=scope.tables["events"], libraries=scope.tables["libraries"]
    )
    mine = people["year"] == str(scope.year)
    if is_regency:
        mine &= (people["regency"] == scope.area) & people["institution"].isin(REGENCY_INSTITUTIONS)
    else:
        mine &= people["institution"].isin(PROVINCE_INSTITUTIONS)
    share = training.completed(people[mine])
    if not share.denominator:
        return Known(None)
    # With the number of participants from another page, those who did not complete could be subtracted.
    if any(
        is_small(part, threshold=scope.threshold)
        for part in (share.numerator, share.denominator - share.numerator)
    ):
        return Known(None, is_suppressed=True)
    return Known(share.numerator)


_FIGURES: Final[Mapping[str, Callable[[_Scope], Known]]] = {
    "titles": _stock("circulation", "titles"),
    "copies": _stock("circulation", "copies"),
    "digital_books": _stock("services", "digital_books"),
    "certificates": _certificates,
    "activity_people": _activity_people,
    "visits": _visits,
    "activities": _activities,
    "advocacy": _advocacy,
}

FIGURES: Final = frozenset(_FIGURES)
"""What ``dashboard`` of a form field may name."""
