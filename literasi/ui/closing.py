"""What the page of closings shows: an event to choose, its slides, what is said with them, what is hidden."""

from __future__ import annotations

import streamlit as st

from literasi.closing import building
from literasi.closing.deck import Deck
from literasi.closing.events import Closing
from literasi.export import slideshow as writing
from literasi.text import number, t
from literasi.ui import cached, filters, slideshow, url
from literasi.ui.notices import inform
from literasi.ui.safe import markdown


def choose_event() -> str | None:
    """Choose the event to close (``acara``); None where there is none, which is said.

    Returns
    -------
    str or None
        Its id.
    """
    events = {event.event_id: event for event in cached.made("penutupan-acara", _events)}
    if not events:
        inform(t("closing.page.no_events"), icon=":material/info:")
        return None
    with filters.bar():
        return url.choose(
            "acara",
            tuple(events),
            label=t("closing.page.event"),
            default=next(iter(events)),
            show=lambda code: f"{events[code].name} ({events[code].when})",
        )


def deck(event_id: str) -> Deck:
    """Give the slides of an event."""
    return cached.made("penutupan", lambda: building.build(cached.facts(), event_id), event_id)


def show_slides(chosen: Deck) -> None:
    """Show the start button and the slides by their titles; ``salindia`` is the one to begin with."""
    mode = slideshow.mode()
    shown = cached.made("penutupan-salindia", lambda: writing.show(chosen, mode=mode), chosen.event_id, mode)
    places = tuple(str(place) for place in range(1, len(chosen.slides) + 1))
    slideshow.offer(chosen, shown, start=int(url.resolve("salindia", places, "1")) - 1)


def say_what(chosen: Deck) -> None:
    """Say how many slides there are, what they are of, and what is hidden and why."""
    count = t("closing.page.count", n=number(len(chosen.slides)))
    st.caption(f"{count} {markdown(chosen.filters)}. {markdown(chosen.origin)}.")
    if not any(slide.id == "unknown" for slide in chosen.slides):
        st.caption(t("closing.page.hidden", threshold=number(chosen.threshold)))


def show_narrative(chosen: Deck) -> None:
    """Show what the presenter may say, slide by slide, for those who show the slides otherwise."""
    with st.expander(t("closing.page.narrative"), icon=":material/record_voice_over:"):
        for place, slide in enumerate(chosen.slides, start=1):
            lines = [f"**{place}. {markdown(slide.title)}**", *(markdown(line) for line in slide.narrative)]
            st.markdown("\n\n".join(lines))


def _events() -> tuple[Closing, ...]:
    return building.closings(cached.facts())
