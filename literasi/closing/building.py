"""The deck of one event: all slides in their order."""

from __future__ import annotations

from literasi.closing import arrival, ending, opening, results
from literasi.closing.deck import Deck, Slide
from literasi.closing.events import Closing as Closing
from literasi.closing.events import closing
from literasi.closing.events import closings as closings
from literasi.closing.facts import Facts
from literasi.closing.indices import indices
from literasi.closing.ledger import with_codes
from literasi.closing.libraries import today
from literasi.closing.people import people as people_at
from literasi.domain.privacy import THRESHOLD_PUBLIC
from literasi.text import language, number, t, term


def build(facts: Facts, event_id: str, *, threshold: int = THRESHOLD_PUBLIC) -> Deck:
    """Make the slides of an event.

    Parameters
    ----------
    facts : Facts
    event_id : str
        Of one of `closings`.
    threshold : int
        Smallest count of people that may be shown.

    Returns
    -------
    Deck
        In the language of the run. The same facts give the same deck; it knows nothing of today's date.

    Raises
    ------
    UnknownEventError
        If there is no such event to close.
    """
    event = closing(facts, event_id)
    slides = _slides(facts, event, threshold=threshold)
    deck = Deck(
        event_id=event.event_id,
        name=event.name,
        when=event.when,
        place=event.place,
        slides=slides,
        filters=t(
            "closing.filters",
            kind=term("event_kind", event.kind),
            when=event.when,
            threshold=number(threshold),
        ),
        origin=facts.origin,
        mark=facts.mark,
        threshold=threshold,
        head=facts.head,
        language=language(),
        base_url=facts.base_url,
    )
    return with_codes(deck, workspace=facts.workspace)


def _slides(facts: Facts, event: Closing, *, threshold: int) -> tuple[Slide, ...]:
    people = people_at(facts, event, threshold=threshold)
    found: list[Slide | None] = [opening.title(facts, event, people, threshold=threshold)]
    if people is None:
        found.append(results.unknown())
    elif people.total is None:
        found.append(opening.few(people))
    else:
        found += [
            arrival.origins(facts, people),
            arrival.roles(people),
            arrival.sexes(people),
            results.attendance(people),
            results.gain(people),
        ]
    found.append(today(facts, people))
    if people is not None and people.total is not None:
        found.append(results.plans(people))
    found += [*indices(facts), ending.following(facts, event, people)]
    slides = tuple(slide for slide in found if slide is not None)
    return (*slides, ending.sources(facts, event, slides, people, threshold=threshold))
