"""Whether trained people were seen again, and where: what lists of participants tell about turnover.

Nothing here is a staff record. Who is not seen again may still work where they did; who is seen again at
another library has moved, or works at both. A pseudonym is made of name and regency, so a person who moves to
another regency or writes the name otherwise looks like somebody new.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

from literasi.domain.privacy import suppress
from literasi.domain.training import NOT_STATED, TRAINING

Outcome = Literal["same", "other", "unplaced", "unseen"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("same", "other", "unplaced", "unseen")
"""Where a trained person was seen last: at the place they were trained from, at another, at an event whose
list does not say, or at no later event."""

_LIBRARY: Final = "library:"


@dataclass(frozen=True, slots=True)
class Sightings:
    """What the lists of participants tell.

    Attributes
    ----------
    people : DataFrame
        One row per trained person: ``participant_id``, ``place`` (at the first training), ``outcome``. Not
        fit to be shown: see `outcomes`.
    lists : int
        Events with a list of participants.
    can_link : bool
        Whether any code occurs at two events. Where none does, codes may have been made anew for each list.
    """

    people: pd.DataFrame
    lists: int
    can_link: bool


def sightings(participants: pd.DataFrame, events: pd.DataFrame) -> Sightings:
    """Follow each trained person from the first training to the last event they are seen at.

    Parameters
    ----------
    participants, events : DataFrame
        Tables of those names. Later events of every kind count.

    Returns
    -------
    Sightings
        Left out are people first trained when no later event has a list: they had no chance to be seen.
        A place is the library, else the kind of institution and its regency.
    """
    rows = participants.merge(
        events[["event_id", "kind", "date_start"]], on="event_id", validate="many_to_one"
    )
    rows = rows.assign(place=_places(rows)).sort_values(["date_start", "event_id"], kind="stable")
    trained = rows[rows["kind"] == TRAINING].drop_duplicates("participant_id")
    newest = rows["date_start"].max()
    first = trained.loc[trained["date_start"] < newest, ["participant_id", "place", "date_start"]]
    later = rows[["participant_id", "place", "date_start"]].merge(
        first.rename(columns={"place": "from", "date_start": "since"}), on="participant_id"
    )
    last = later[later["date_start"] > later["since"]].drop_duplicates("participant_id", keep="last")
    seen = first["participant_id"].map(last.set_index("participant_id")["place"])
    outcome = pd.Series("other", index=first.index, dtype="str")
    outcome = outcome.mask(seen == first["place"], "same")
    outcome = outcome.mask((seen == NOT_STATED) | (first["place"] == NOT_STATED), "unplaced")
    people = first[["participant_id", "place"]].assign(outcome=outcome.mask(seen.isna(), "unseen"))
    return Sightings(
        people=people.reset_index(drop=True),
        lists=int(rows["event_id"].nunique()),
        can_link=bool((rows.groupby("participant_id")["event_id"].nunique() > 1).any()),
    )


def _places(rows: pd.DataFrame) -> pd.Series[Any]:
    kind = rows["institution"].fillna(NOT_STATED)
    regency = rows["area_code"].str[:5].fillna(NOT_STATED)
    office = (kind + " " + regency).mask((kind == NOT_STATED) | (regency == NOT_STATED), NOT_STATED)
    return (_LIBRARY + rows["library_id"]).fillna(office).astype("str")


def outcomes(people: pd.DataFrame, *, threshold: int) -> pd.DataFrame:
    """Count trained people by where they were seen last.

    Parameters
    ----------
    people : DataFrame
        Of `Sightings`.
    threshold : int
        Smallest count of people that may be shown.

    Returns
    -------
    DataFrame
        One row per outcome, in the order of `OUTCOMES`: ``outcome``, ``n`` (NaN where hidden),
        ``denominator`` (all of them; NaN where hidden), ``is_suppressed``.
    """
    counted = people["outcome"].value_counts()
    frame = pd.DataFrame({"outcome": OUTCOMES, "n": [int(counted.get(one, 0)) for one in OUTCOMES]})
    shown = suppress(frame, threshold=threshold, group=["outcome"])
    whole = float(shown.loc[shown["is_total"], "n"].iloc[0])
    parts = shown[~shown["is_total"]]
    return parts.assign(denominator=whole)[["outcome", "n", "denominator", "is_suppressed"]].reset_index(
        drop=True
    )


def lost(participants: pd.DataFrame, events: pd.DataFrame) -> list[str]:
    """Give the libraries whose every trained person was seen last at another place.

    Parameters
    ----------
    participants, events : DataFrame
        Tables of those names.

    Returns
    -------
    list of str
        Ids of libraries, sorted. One of whose trained people nothing more is known is not among them: silence
        is no sign that somebody left. So small a group says where single people went: not for the public.
    """
    rows = participants.merge(
        events[["event_id", "kind", "date_start"]], on="event_id", validate="many_to_one"
    )
    rows = rows.assign(place=_places(rows)).sort_values(["date_start", "event_id"], kind="stable")
    last = rows[rows["place"] != NOT_STATED].drop_duplicates("participant_id", keep="last")
    trained = rows.loc[
        (rows["kind"] == TRAINING) & rows["library_id"].notna(), ["participant_id", "library_id"]
    ]
    now = trained["participant_id"].map(last.set_index("participant_id")["place"])
    is_here = now == _LIBRARY + trained["library_id"]
    stays = is_here.groupby(trained["library_id"]).any()
    return sorted(str(library) for library in stays.index[~stays])
