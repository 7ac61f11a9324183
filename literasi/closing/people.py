"""Counts of the people at one event, cut so that all slides together give nobody away.

The reader we guard against sees every slide of the deck. Therefore

1. The number of people at the event is the one total that all slides share. Below the threshold nothing is
   said about its people at all.
2. Every other count belongs to one partition of these people (by area, by role, …), which is suppressed on
   its own (`literasi.domain.privacy.suppress`). Where that would take hiding the shared total, the partition
   is not shown, not even which groups it has.
3. No two partitions that share a group are shown. No table has two dimensions.
4. A part of a part (the state of the plans of those who have one) is shown only where the part itself is.
5. A mean says of how many people it is exactly only where the rest may be shown too; else with a floor
   that leaves open a rest of `threshold`. Beside such a number stands no group of the same people unless
   all groups of that partition are shown.

Not guarded against, besides what `privacy` names: a reader who has the same counts over all events, as
the page of training shows them, and subtracts; and one who bounds people of two partitions by each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from literasi.closing.deck import Basis
from literasi.closing.events import Closing
from literasi.closing.facts import Facts
from literasi.domain import training
from literasi.domain.privacy import TOTAL, Size, is_small, size, suppress


@dataclass(frozen=True, slots=True)
class Cells:
    """One partition of people, as it may be shown.

    Attributes
    ----------
    counts : mapping of str to int or None
        By group, in the order of the codes; None is hidden. Every group holds at least one person.
    total : int
        All people.
    """

    counts: Mapping[str, int | None]
    total: int

    @property
    def shown(self) -> dict[str, int]:
        """The groups whose count may be shown."""
        return {code: n for code, n in self.counts.items() if n is not None}

    @property
    def hidden(self) -> tuple[str, ...]:
        """The groups whose count is hidden."""
        return tuple(code for code, n in self.counts.items() if n is None)

    @property
    def rest(self) -> int:
        """People in the hidden groups together; never few, for the total is shown."""
        return self.total - sum(self.shown.values())


@dataclass(frozen=True, slots=True)
class People:
    """The people on the list of one event.

    Attributes
    ----------
    rows : DataFrame
        From `literasi.domain.training.classify`.
    threshold : int
    basis : Basis
    """

    rows: pd.DataFrame
    threshold: int
    basis: Basis

    @property
    def total(self) -> int | None:
        """How many they are; None where they are too few to be shown."""
        return None if is_small(len(self.rows), threshold=self.threshold) else len(self.rows)

    def cells(self, column: str, order: Sequence[str] = ()) -> Cells | None:
        """Count them by a column without gaps; see `cells`."""
        return cells(self.rows, column, threshold=self.threshold, order=order)

    def base(self, is_in: pd.Series[bool]) -> Size | None:
        """Say of how many of them a mean is; None where it must not be shown."""
        return size(int(is_in.sum()), of=len(self.rows), threshold=self.threshold)


def people(facts: Facts, event: Closing, *, threshold: int) -> People | None:
    """Give the people on the list of an event; None where there is no list."""
    rows = training.classify(
        facts.tables["participants"],
        events=facts.tables["events"],
        libraries=facts.tables["libraries"],
        kinds=(event.kind,),
    )
    rows = rows[rows["event"] == event.event_id].reset_index(drop=True)
    if rows.empty:
        return None
    return People(rows, threshold, Basis("participants", (("event_id", (event.event_id,)),)))


def cells(rows: pd.DataFrame, column: str, *, threshold: int, order: Sequence[str] = ()) -> Cells | None:
    """Count people by a column without gaps, hidden where that is needed.

    Parameters
    ----------
    rows : DataFrame
        One row per person; the number of rows is known to the reader.
    column : str
        Text, none missing.
    threshold : int
    order : sequence of str
        Order of the groups; others follow by their code.

    Returns
    -------
    Cells or None
        None where hiding the cells would take hiding the number of people too.
    """
    found = suppress(training.counts(rows, by=[column]), threshold=threshold, group=[column])
    whole = found[found[column] == TOTAL]
    if whole.empty or whole["is_suppressed"].any() or rows.empty:
        return None
    parts = found[found[column] != TOTAL]
    counts = {
        str(code): None if is_hidden else int(n)
        for code, n, is_hidden in zip(parts[column], parts["n"], parts["is_suppressed"], strict=True)
    }
    places = {code: place for place, code in enumerate(order)}
    sorted_codes = sorted(counts, key=lambda code: (places.get(code, len(places)), code))
    return Cells({code: counts[code] for code in sorted_codes}, len(rows))
