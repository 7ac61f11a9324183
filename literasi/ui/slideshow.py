"""The slides of a closing in the browser: sent once, then shown without server and network."""

from __future__ import annotations

import streamlit as st

from literasi.closing.deck import Deck
from literasi.export import slideshow
from literasi.export.plots import Mode
from literasi.text import t

# The component is ours and holds no data; the deck comes with `data`, escaped (`literasi.export.slideshow`).
_component = st.components.v2.component("literasi_slideshow", css=slideshow.style(), js=slideshow.script())


def mode() -> Mode:
    """Give the mode of the user's page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def offer(deck: Deck, show: slideshow.Show, *, start: int) -> None:
    """Show the button that starts the slides, and the list of their titles.

    Parameters
    ----------
    deck : Deck
    show : Show
        Its slides, from `literasi.export.slideshow.show`.
    start : int
        Place of the slide to begin with, from 0.
    """
    _component(
        key="closing.slideshow",
        data={
            "html": show.html,
            "titles": list(show.titles),
            "narratives": [list(lines) for lines in show.narratives],
            "start": start,
            "words": {
                "name": deck.name,
                **{
                    word: t(f"slideshow.{word}")
                    for word in (
                        "start",
                        "keys",
                        "speaker",
                        "previous",
                        "next",
                        "clock",
                        "elapsed",
                        "coming",
                        "last",
                    )
                },
            },
        },
    )
