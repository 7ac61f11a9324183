"""Events that can be closed: trainings and meetings of the programme, and whatever has a list of people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from literasi.closing.facts import Facts
from literasi.domain.training import TRAINING
from literasi.errors import LiterasiError
from literasi.text import date, t

KINDS = (TRAINING, "peer_learning_meeting", "stakeholder_meeting")


class UnknownEventError(LiterasiError):
    """An event that is not there or cannot be closed."""

    def __init__(self, event_id: str) -> None:
        super().__init__("closing.error.unknown_event", event=event_id)


@dataclass(frozen=True, slots=True)
class Closing:
    """An event to choose.

    Attributes
    ----------
    event_id, name, kind : str
    first, last : date
    when : str
        Both days in words.
    place : str
        Venue and area, what is known of them.
    people : int or None
        Published head-count.
    source_id : str
        Empty where there is none.
    has_list : bool
        Whether there are rows of participants.
    """

    event_id: str
    name: str
    kind: str
    first: dt.date
    last: dt.date
    when: str
    place: str
    people: int | None
    source_id: str
    has_list: bool


def closings(facts: Facts) -> tuple[Closing, ...]:
    """Give the events to choose from: trainings first, then the newest first.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    tuple of Closing
    """
    events = facts.tables["events"]
    listed = set(facts.tables["participants"]["event_id"])
    chosen = events[events["kind"].isin(KINDS) | events["event_id"].isin(listed)]
    chosen = chosen.assign(is_other=chosen["kind"] != TRAINING)
    chosen = chosen.sort_values(
        ["is_other", "date_start", "event_id"], ascending=[True, False, True], kind="stable"
    )
    return tuple(_closing(row, facts, listed) for row in chosen.to_dict("records"))


def closing(facts: Facts, event_id: str) -> Closing:
    """Give one event.

    Raises
    ------
    UnknownEventError
        If it is not among `closings`.
    """
    for found in closings(facts):
        if found.event_id == event_id:
            return found
    raise UnknownEventError(event_id)


def _closing(row: Mapping[Hashable, Any], facts: Facts, listed: set[str]) -> Closing:
    first, last = row["date_start"].date(), row["date_end"].date()
    # An area that the register does not know must not take the other events with it.
    code = str(row["area_code"])
    area = facts.register.name(code) if code in facts.register else code
    return Closing(
        event_id=str(row["event_id"]),
        name=str(row["name"]),
        kind=str(row["kind"]),
        first=first,
        last=last,
        when=_days(first, last),
        place=_place(row["venue"], area),
        people=None if pd.isna(row["participants_published"]) else int(row["participants_published"]),
        source_id="" if pd.isna(row["source_id"]) else str(row["source_id"]),
        has_list=str(row["event_id"]) in listed,
    )


def _days(first: dt.date, last: dt.date) -> str:
    if first == last:
        return date(first)
    is_same_month = (first.year, first.month) == (last.year, last.month)
    return t(
        "closing.days" if not is_same_month else "closing.days_of_month",
        first=first.day if is_same_month else date(first),
        last=date(last),
    )


def _place(venue: Any, area: str) -> str:
    """The area is not said twice: hotels carry the name of their town."""
    if pd.isna(venue):
        return area
    return str(venue) if area.casefold() in str(venue).casefold() else f"{venue}, {area}"
