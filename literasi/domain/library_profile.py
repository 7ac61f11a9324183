"""Which libraries are wanted, how many there are by place and year, and what is recorded about one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

import pandas as pd

from literasi.domain import privacy
from literasi.domain.areas import AreaRegister
from literasi.domain.levels import CODE_LENGTH, Level
from literasi.domain.location import coordinate_faults, locate

PARTNERS: Final = ("national", "replication", "not_stated")
OUTSIDE: Final = "none"
PROGRAMMES: Final = (*PARTNERS, OUTSIDE)

FAULTY: Final = "faulty"
"""Precision of a library whose coordinates cannot be right."""

Lane = Literal["joined", "aid", "training", "activities", "advocacy", "publications"]
LANES: Final[tuple[Lane, ...]] = ("joined", "aid", "training", "activities", "advocacy", "publications")

TIMELINE: Final = {
    "lane": "str",
    "period": "str",
    "what": "str",
    "amount": "float64",
    "unit": "str",
    "detail": "str",
    "is_hidden": "bool",
    "source_id": "str",
    "note": "str",
}
_NOT_STATED = "not_stated"


def wanted(
    libraries: pd.DataFrame,
    *,
    area: str,
    text: str = "",
    places: Mapping[str, str] | None = None,
    programmes: Sequence[str] = PROGRAMMES,
    kind: str | None = None,
    first: int | None = None,
    last: int | None = None,
    is_undated_wanted: bool = True,
) -> pd.DataFrame:
    """Choose libraries.

    Parameters
    ----------
    libraries : DataFrame
        Table ``libraries``.
    area : str
        Area code; libraries in it.
    text : str
        Words that must all occur in the name or the place, in any order and case.
    places : mapping, optional
        Area code to the words of the place that `text` is sought in.
    programmes : sequence of str
        Of `PROGRAMMES`.
    kind : str, optional
        One kind; all by default.
    first, last : int, optional
        Span of the year of joining. It binds partners only: other libraries join nothing.
    is_undated_wanted : bool
        Whether partners whose year of joining is not known are kept.

    Returns
    -------
    DataFrame
        Rows of `libraries`, in their order.
    """
    is_wanted = libraries["area_code"].str.startswith(area) & libraries["programme"].isin(list(programmes))
    if kind is not None:
        is_wanted &= libraries["kind"] == kind
    year = libraries["year_joined"]
    is_outside = libraries["programme"] == OUTSIDE
    if first is not None:
        is_wanted &= is_outside | year.isna() | (year >= first).fillna(value=False)
    if last is not None:
        is_wanted &= is_outside | year.isna() | (year <= last).fillna(value=False)
    if not is_undated_wanted:
        is_wanted &= is_outside | year.notna()
    words = text.casefold().split()
    if words:
        known = places or {}
        sought = [
            f"{name} {known.get(code, '')}".casefold()
            for name, code in zip(libraries["name"], libraries["area_code"], strict=True)
        ]
        is_wanted &= pd.Series([all(word in one for word in words) for one in sought], index=libraries.index)
    return libraries[is_wanted.astype(bool)]


def by_area(libraries: pd.DataFrame, *, level: Level) -> pd.DataFrame:
    """Count libraries by area and programme.

    Parameters
    ----------
    libraries : DataFrame
        Rows of the table ``libraries``.
    level : str
        Level of the areas.

    Returns
    -------
    DataFrame
        ``area_code`` (of `level`; empty where the library is known less precisely), ``programme``, ``n``;
        only what occurs.
    """
    length = CODE_LENGTH[level]
    codes = libraries["area_code"]
    placed = codes.str[:length].where(codes.str.len() >= length, "")
    counted = libraries.assign(area_code=placed).groupby(["area_code", "programme"], sort=True).size()
    return counted.rename("n").reset_index()


def by_year(libraries: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Count partners by year of joining, and those who had joined before.

    Parameters
    ----------
    libraries : DataFrame
        Rows of the table ``libraries``; those outside the programme are left out.

    Returns
    -------
    (DataFrame, int)
        ``year``, ``joined``, ``before`` for every year from the first to the last, and the number of
        partners whose year is not known, who are in no year.
    """
    years = libraries.loc[libraries["programme"] != OUTSIDE, "year_joined"]
    known = years.dropna().astype("int64")
    undated = int(years.isna().sum())
    if known.empty:
        return pd.DataFrame({"year": [], "joined": [], "before": []}, dtype="int64"), undated
    span = range(int(known.min()), int(known.max()) + 1)
    joined = known.value_counts().reindex(span, fill_value=0)
    before = joined.cumsum() - joined
    out = pd.DataFrame({"year": list(span), "joined": joined.to_numpy(), "before": before.to_numpy()})
    return out, undated


def precisions(libraries: pd.DataFrame, *, register: AreaRegister) -> pd.Series[str]:
    """Give how precisely each library can be drawn on the map.

    Returns
    -------
    Series of str
        By ``library_id``, in the order of `libraries`: `literasi.domain.location.PRECISIONS`, or `FAULTY`
        where its coordinates cannot be right.
    """
    faulty = set(coordinate_faults(libraries)["library_id"])
    sound = libraries[~libraries["library_id"].isin(faulty)]
    found = locate(sound, register=register).set_index("library_id")["precision"]
    return found.reindex(libraries["library_id"], fill_value=FAULTY).astype("str")


def last_reports(*reports: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Give the newest month of which each library has sent anything.

    Parameters
    ----------
    *reports : DataFrame
        ``library_id`` and ``month``, or ``date`` for activities.

    Returns
    -------
    Series of Timestamp
        First day of the month, by ``library_id``; libraries that sent nothing are not in it.
    """
    parts = [
        pd.DataFrame(
            {
                "library_id": frame["library_id"],
                "month": frame["month" if "month" in frame else "date"].dt.to_period("M").dt.to_timestamp(),
            }
        )
        for frame in reports
    ]
    newest: pd.Series[pd.Timestamp] = pd.concat(parts).groupby("library_id")["month"].max()
    return newest


def timeline(library_id: str, tables: Mapping[str, pd.DataFrame], *, threshold: int) -> pd.DataFrame:
    """Give everything dated that is recorded about one library.

    Parameters
    ----------
    library_id : str
    tables : mapping
        ``libraries``, ``aid``, ``events``, ``participants``, ``activities``, ``advocacy`` and
        ``publications``.
    threshold : int
        Smallest number of people that may be shown (`literasi.domain.privacy`).

    Returns
    -------
    DataFrame
        Columns `TIMELINE`, by lane (order of `LANES`) and period. ``period`` is a year, a month or a day
        in ISO form, as precise as it is known, and empty where it is not; ``what`` is a name, for aid the
        code of the item; ``amount`` is a quantity of aid, the people at an activity or a training, or the
        money of an advocacy. Training is named, its people are not: only how many came from this library,
        and not even that (``is_hidden``) where they are few.
    """
    own = {
        name: frame[frame["library_id"] == library_id]
        for name, frame in tables.items()
        if name not in ("events", "participants")
    }
    parts = [
        _joined(own["libraries"]),
        _aid(own["aid"]),
        _training(library_id, tables["events"], tables["participants"], threshold),
        _activities(own["activities"], threshold),
        _advocacy(own["advocacy"]),
        _publications(own["publications"]),
    ]
    out = pd.concat([part.reindex(columns=list(TIMELINE)).astype(TIMELINE) for part in parts])
    order = out["lane"].map({lane: i for i, lane in enumerate(LANES)})
    return out.assign(order=order).sort_values(["order", "period"], kind="stable", ignore_index=True)[
        list(TIMELINE)
    ]


def _part(lane: Lane, rows: pd.DataFrame, **columns: str) -> pd.DataFrame:
    """Take columns of a table under the names of `TIMELINE`; a ``date`` becomes the period."""
    names = {"source_id": "source_id", "note": "note"} | columns
    given = {new: rows[old] for new, old in names.items() if old in rows}
    out = pd.DataFrame(given, index=rows.index)
    if "date" in rows:
        out["period"] = rows["date"].dt.strftime("%Y-%m-%d")
    return out.assign(lane=lane, is_hidden=False)


def _joined(library: pd.DataFrame) -> pd.DataFrame:
    dated = library[(library["programme"] != OUTSIDE) & library["year_joined"].notna()]
    part = _part("joined", dated, what="programme")
    return part.assign(period=dated["year_joined"].astype("str"), note=None)


def _aid(aid: pd.DataFrame) -> pd.DataFrame:
    return _part("aid", aid, period="period", what="item", amount="quantity", unit="unit", detail="funder")


def _training(
    library_id: str, events: pd.DataFrame, participants: pd.DataFrame, threshold: int
) -> pd.DataFrame:
    at = participants.loc[participants["library_id"] == library_id, "event_id"]
    attended = events[events["event_id"].isin(at)]
    part = _part("training", attended.assign(date=attended["date_start"]), what="name", detail="kind")
    shown = [
        _people(library_id, participants[participants["event_id"] == e], threshold)
        for e in attended["event_id"]
    ]
    # An empty list of tuples has no columns to take apart.
    people = pd.DataFrame(shown, columns=["amount", "is_hidden"], index=part.index)
    return part.assign(amount=people["amount"], is_hidden=people["is_hidden"])


def _people(library_id: str, participants: pd.DataFrame, threshold: int) -> tuple[float, bool]:
    """How many came from a library, or that it is hidden.

    The whole event is suppressed at once: what is hidden at one library must not follow from the others.
    """
    homes = participants["library_id"].fillna(_NOT_STATED)
    counts = homes.value_counts().rename("n").rename_axis("home").reset_index()
    shown = privacy.suppress(counts, threshold=threshold, group=["home"])
    own = shown[shown["home"] == library_id]
    return float(own["n"].iloc[0]), bool(own["is_suppressed"].iloc[0])


def _activities(activities: pd.DataFrame, threshold: int) -> pd.DataFrame:
    part = _part("activities", activities, what="name", detail="field")
    people = activities["people"].astype("float64")
    is_hidden = people.map(lambda n: privacy.is_small(n, threshold=threshold)).astype("bool")
    return part.assign(amount=people.mask(is_hidden), is_hidden=is_hidden)


def _advocacy(advocacy: pd.DataFrame) -> pd.DataFrame:
    return _part("advocacy", advocacy, what="title", amount="amount", detail="result")


def _publications(publications: pd.DataFrame) -> pd.DataFrame:
    return _part("publications", publications, what="title", detail="media")
