"""Headline figures of training: from the list of participants where there is one, else what was published."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from literasi.charts.rows import people_words
from literasi.domain import training
from literasi.domain.privacy import TOTAL, Size, is_small, suppress
from literasi.domain.statistics import Share
from literasi.domain.trainees import FILTERS
from literasi.text import number, percent, t
from literasi.ui import cached
from literasi.ui.cards import Card


def from_rows(rows: pd.DataFrame, *, when: str, threshold: int) -> tuple[Card, ...]:
    """Give the headline figures of all participants.

    Parameters
    ----------
    rows : DataFrame
        From `literasi.domain.training.classify`.
    when : str
        Years of the trainings.
    threshold : int
        Smallest number of people that may be shown; a total is hidden too where the parts shown below it
        need that.
    """
    return (
        _participations(rows, when, threshold),
        _attendance(rows, when, threshold),
        _completed(rows, when, threshold),
        *_gains(rows, when, threshold),
        _satisfaction(rows, when, threshold),
        reach(),
    )


def from_published(events: pd.DataFrame) -> tuple[Card, ...]:
    """Give the headline figures where only head-counts were published: the rest stays a dash."""
    counted = events[events["participants_published"].notna()]
    years = counted["date_start"].dt.year
    known = Card(
        label=t("participants.card_participations"),
        value=number(float(counted["participants_published"].sum())) if len(counted) else "–",
        unit="",
        period=f"{years.min()}–{years.max()}" if len(counted) else t("participants.not_known"),
        context=(
            t("participants.events_count", count=number(len(counted))),
            t("participants.published_only"),
        ),
        sources=tuple(counted["source_id"].dropna()),
    )
    absent = ("attendance", "completed", "gain", "satisfaction", "reach")
    return (known, *(_dash(name, t("participants.needs_rows")) for name in absent))


def reach() -> Card:
    """Give the share of partner libraries with a trained person, in the newest year known."""
    values = cached.values(cached.catalogue()["training_reach"], level="province").sort_values("period")
    if values.empty:
        return _dash("reach", t("participants.needs_rows"))
    newest = values.iloc[-1]
    share = Share(float(newest["numerator"]), float(newest["denominator"]))
    parts = {"numerator": number(share.numerator), "denominator": number(share.denominator)}
    in_words = share.state in ("none", "k_of_n")
    return Card(
        label=t("participants.card_reach"),
        value=t("training.parts", **parts) if in_words else percent(share.value),
        unit="",
        period=t("participants.until", year=newest["period"]),
        context=(t("participants.libraries", **parts),),
        meaning=t("indicator.training_reach"),
    )


def _participations(rows: pd.DataFrame, when: str, threshold: int) -> Card:
    if _is_hidden(rows, threshold):
        return _hidden("participations", when)
    persons = int(rows["participant_id"].nunique())
    words = "participants.persons" if persons < len(rows) else "participants.persons_same"
    return Card(
        label=t("participants.card_participations"),
        value=number(len(rows)),
        unit="",
        period=when,
        context=(
            t("participants.events_count", count=number(rows["event"].nunique())),
            t(words, persons=number(persons)),
        ),
    )


def _attendance(rows: pd.DataFrame, when: str, threshold: int) -> Card:
    known = rows.dropna(subset=list(training.HOURS))
    if _is_hidden(known, threshold):
        return _hidden("attendance", when)
    share = training.attendance(rows)
    if not share.denominator:
        return _dash("attendance", when)
    base = _base(rows, training.HOURS, threshold)
    if base is None:
        return _hidden("attendance", when)
    # Hours are multiples of the number of people.
    hours = (
        t("participants.hours", numerator=number(share.numerator), denominator=number(share.denominator))
        if base.is_exact
        else t("training.people", n=_size(base))
    )
    return Card(
        label=t("participants.card_attendance"),
        value=percent(share.value),
        unit="",
        period=when,
        context=(hours,),
    )


def _completed(rows: pd.DataFrame, when: str, threshold: int) -> Card:
    share = training.completed(rows)
    if not share.denominator:
        return _dash("completed", when)
    # Those of whom it is not known are the rest of all who came, who stand on the card beside.
    cells = (
        share.numerator,
        share.denominator - share.numerator,
        share.denominator,
        len(rows) - share.denominator,
    )
    if any(is_small(cell, threshold=threshold) for cell in cells):
        return _hidden("completed", when)
    parts = {"numerator": number(share.numerator), "denominator": number(share.denominator)}
    in_words = share.state == "k_of_n"
    return Card(
        label=t("participants.card_completed"),
        value=t("training.parts", **parts) if in_words else percent(share.value),
        unit="",
        period=when,
        context=(t("participants.completed_parts", **parts), t("participants.completed_rule")),
    )


def _gains(rows: pd.DataFrame, when: str, threshold: int) -> tuple[Card, Card]:
    if _is_hidden(rows.dropna(subset=list(training.PAIR)), threshold):
        return _hidden("gain", when), _hidden("normalised", when)
    found = training.gain(rows)
    if not found.n_pairs:
        return _dash("gain", when), _dash("normalised", when)
    base = _base(rows, training.PAIR, threshold)
    if base is None:
        return _hidden("gain", when), _hidden("normalised", when)
    pairs = t("participants.pairs", n=_size(base))
    plain_gain = Card(
        label=t("participants.card_gain"),
        value=number(found.mean, 1),
        unit=t("participants.points"),
        period=when,
        context=(
            t("participants.pre_post", pre=number(found.pre, 1), post=number(found.post, 1)),
            t("participants.interval", low=number(found.low, 1), high=number(found.high, 1)),
            pairs,
            t("participants.association"),
        ),
    )
    if is_small(found.n_pairs - found.n_dropped, threshold=threshold):
        return plain_gain, _hidden("normalised", when)
    dropped = (
        t("participants.fewer", threshold=number(threshold))
        if is_small(found.n_dropped, threshold=threshold)
        else number(found.n_dropped)
    )
    normalised = Card(
        label=t("participants.card_normalised"),
        value=number(found.normalised, 2),
        unit="",
        period=when,
        context=(
            t(
                "participants.interval",
                low=number(found.normalised_low, 2),
                high=number(found.normalised_high, 2),
            ),
            t("participants.dropped", n=dropped),
        ),
        meaning=t("participants.normalised_meaning"),
    )
    return plain_gain, normalised


def _satisfaction(rows: pd.DataFrame, when: str, threshold: int) -> Card:
    if _is_hidden(rows.dropna(subset="satisfaction"), threshold):
        return _hidden("satisfaction", when)
    found = training.satisfaction(rows)
    if not found.n:
        return _dash("satisfaction", when)
    base = _base(rows, training.ANSWER, threshold)
    if base is None:
        return _hidden("satisfaction", when)
    return Card(
        label=t("participants.card_satisfaction"),
        value=number(found.mean, 1),
        unit=t("participants.of_four"),
        period=when,
        context=(
            t("participants.interval", low=number(found.low, 1), high=number(found.high, 1)),
            t("participants.answers", n=_size(base)),
        ),
    )


def _base(rows: pd.DataFrame, needs: Sequence[str], threshold: int) -> Size | None:
    return training.bases(rows, needs=needs, by="event", threshold=threshold)[TOTAL]


def _size(base: Size) -> str:
    return people_words(base.at_least, is_exact=base.is_exact)


def _is_hidden(known: pd.DataFrame, threshold: int) -> bool:
    """Whether the figure of everyone must be hidden for a breakdown on this page to stay hidden."""
    return any(
        bool(counted.loc[counted["is_total"], "is_suppressed"].any())
        for counted in (
            suppress(training.counts(known, by=[by]), threshold=threshold, group=[by]) for by in FILTERS
        )
    )


def _dash(name: str, why: str) -> Card:
    return Card(label=t(f"participants.card_{name}"), value="–", unit="", period=why)


def _hidden(name: str, when: str) -> Card:
    return Card(label=t(f"participants.card_{name}"), value=t("training.hidden"), unit="", period=when)
