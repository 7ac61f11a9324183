"""The title slide: the event, and how many came."""

from __future__ import annotations

from literasi.closing import words
from literasi.closing.deck import Basis, Figure, Slide
from literasi.closing.events import Closing
from literasi.closing.facts import Facts
from literasi.closing.people import People
from literasi.domain.training import TRAINING
from literasi.text import number, t


def title(facts: Facts, event: Closing, people: People | None, *, threshold: int) -> Slide:
    """Make the title slide: the event, and how many came."""
    figures = _headline(event, people, threshold=threshold)
    return Slide(
        id="title",
        title=event.name,
        subtitle=t("closing.title.subtitle", when=event.when, place=event.place),
        figures=figures,
        narrative=(
            t("closing.title.say", name=event.name, when=event.when, place=event.place),
            *(t("closing.figure_say", label=f.label, shown=f.shown) for f in figures if f.value is not None),
            t("closing.title.say_rules", threshold=number(threshold)),
        ),
        sources=words.cited(facts, [event.source_id] if event.source_id else []),
    )


def _headline(event: Closing, people: People | None, *, threshold: int) -> tuple[Figure, ...]:
    basis = Basis("events", (("event_id", (event.event_id,)),))
    days = (event.last - event.first).days + 1
    length = Figure(
        id="event.days",
        label=t("closing.title.days"),
        value=float(days),
        shown=number(days),
        rule=t("closing.title.days_rule"),
        basis=(basis,),
    )
    if people is not None:
        came = _total(people)
        named = people.rows["library_id"].dropna().nunique()
        libraries = Figure(
            id="event.libraries",
            label=t("closing.title.libraries"),
            value=float(named),
            shown=number(named),
            rule=t("closing.title.libraries_rule"),
            basis=(people.basis,),
        )
        return (came, libraries, length) if named else (came, length)
    if event.people is None:
        return (length,)
    # A published count is known to all, but a slide of ours would put it beside other counts.
    is_few = 0 < event.people < threshold
    published = Figure(
        id="people.published",
        label=t("closing.title.published"),
        value=None if is_few else float(event.people),
        shown=words.hidden() if is_few else number(event.people),
        context=t("closing.title.published_context" if event.kind == TRAINING else "closing.title.either"),
        rule=t("closing.title.published_rule"),
        basis=(basis,),
    )
    return published, length


def _total(people: People) -> Figure:
    total = people.total
    return Figure(
        id="people.total",
        label=t("closing.title.people"),
        value=None if total is None else float(total),
        shown=words.hidden() if total is None else number(total),
        context=t("closing.title.people_context"),
        rule=t("closing.title.people_rule"),
        basis=(people.basis,),
    )


def few(people: People) -> Slide:
    """Say that so few people came that nothing may be said about them."""
    return Slide(
        id="few",
        title=t("closing.few.title"),
        subtitle=t("closing.few.subtitle", threshold=number(people.threshold)),
        points=(t("closing.few.why"),),
        narrative=(t("closing.few.why"),),
    )
