"""The deck of one event: all slides in their order."""

from __future__ import annotations

from literasi.closing.deck import Deck, Slide
from literasi.closing.events import Closing as Closing
from literasi.closing.events import closing
from literasi.closing.events import closings as closings
from literasi.closing.facts import Facts
from literasi.closing.ledger import with_codes
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
        In the language of the run.

    Raises
    ------
    UnknownEventError
        If there is no such event to close.
    """
    event = closing(facts, event_id)
    slides = (Slide(id="title", title=event.name, subtitle=f"{event.when} · {event.place}"),)
    deck = Deck(
        event_id=event.event_id,
        name=event.name,
        when=event.when,
        place=event.place,
        slides=slides,
        filters=t("closing.filters", kind=term("event_kind", event.kind), threshold=number(threshold)),
        origin=facts.origin,
        mark=facts.mark,
        threshold=threshold,
        head=facts.head,
        language=language(),
    )
    return with_codes(deck, workspace=facts.workspace)
