"""Headline figures: value with unit, period, change, coverage, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from literasi.export.page import Cards
from literasi.text import t
from literasi.ui import shown
from literasi.ui.safe import markdown
from literasi.ui.sources import source_popover


@dataclass(frozen=True, slots=True)
class Card:
    """One headline figure, already written in the user's language.

    Attributes
    ----------
    label, value, unit, period : str
        A missing value is an en dash, never 0.
    change : str, optional
        Change within one edition, with its sign and unit. None where there is nothing to compare with.
    is_good : bool, optional
        Whether the change is for the better; None where neither.
    context : tuple of str
        Lines that must stand with the figure: target, n, coverage, band, caveat.
    sources : tuple of str
        ``source_id`` of the publications behind it.
    meaning : str, optional
        The full name, where the label is short.
    """

    label: str
    value: str
    unit: str
    period: str
    change: str | None = None
    is_good: bool | None = None
    context: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    meaning: str | None = None


def show_cards(cards: tuple[Card, ...], *, key: str, min_width: int = 205) -> None:
    """Show headline figures side by side; they wrap on narrow screens."""
    shown.part(Cards(tuple(map(_kept, cards))))
    with st.grid(min_column_width=min_width, gap="small", key=key):
        for i, card in enumerate(cards):
            with st.container(border=True, height="stretch", key=f"{key}.{i}"):
                st.metric(
                    card.label,
                    _written(card),
                    card.change,
                    delta_color=_colour(card),
                    help=card.meaning,
                )
                st.caption(" · ".join(markdown(line) for line in (card.period, *card.context) if line))
                source_popover(*card.sources, key=f"{key}.{i}.sources")


def _kept(card: Card) -> tuple[str, str, str]:
    beside = [t("page_file.change", change=card.change)] if card.change else []
    return (
        card.label,
        _written(card),
        " · ".join(line for line in (card.period, *beside, *card.context) if line),
    )


def _written(card: Card) -> str:
    """The value with its unit; a percent sign stands at its number, as everywhere else."""
    return f"{card.value}%" if card.unit == "%" else f"{card.value} {card.unit}".strip()


def _colour(card: Card) -> Literal["off", "normal", "inverse"]:
    """Streamlit's "normal" paints a rise green; a fall that is good needs the inverse."""
    if card.is_good is None:
        return "off"
    rises = not (card.change or "").startswith("-")
    return "normal" if card.is_good == rises else "inverse"
