"""Headline figures of training: from the list of participants where there is one, else what was published."""

from __future__ import annotations

import pandas as pd

from literasi.domain import training
from literasi.domain.privacy import is_small, suppress
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
    if _is_hidden(rows.dropna(subset=["hours_attended", "hours_due"]), threshold):
        return _hidden("attendance", when)
    share = training.attendance(rows)
    if not share.denominator:
        return _dash("attendance", when)
    hours = {"numerator": number(share.numerator), "denominator": number(share.denominator)}
    return Card(
        label=t("participants.card_attendance"),
        value=percent(share.value),
        unit="",
        period=when,
        context=(t("participants.hours", **hours),),
    )


def _completed(rows: pd.DataFrame, when: str, threshold: int) -> Card:
    share = training.completed(rows)
    if not share.denominator:
        return _dash("completed", when)
    cells = (share.numerator, share.denominator - share.numerator, share.denominator)
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
    if _is_hidden(rows.dropna(subset=["pre_score", "post_score"]), threshold):
        return _hidden("gain", when), _hidden("normalised", when)
    found = training.gain(rows)
    if not found.n_pairs:
        return _dash("gain", when), _dash("normalised", when)
    pairs = t("participants.pairs", n=number(found.n_pairs))
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
    return Card(
        label=t("participants.card_satisfaction"),
        value=number(found.mean, 1),
        unit=t("participants.of_four"),
        period=when,
        context=(
            t("participants.interval", low=number(found.low, 1), high=number(found.high, 1)),
            t("participants.answers", n=number(found.n)),
        ),
    )


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
