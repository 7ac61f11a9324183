"""A deck as one piece of HTML that a browser shows as slides, with all that it needs in it.

The script (``static/slideshow.js``) turns pages and opens the speaker's view; it asks nobody for anything.
Sizes are in the unit ``--u``, a 1280th of the width or a 720th of the height of the screen, whichever is
smaller: what is 24 units high is 24 pixels at 1280×720 and 36 at 1920×1080.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape

from literasi.closing.deck import Deck, Figure, Slide
from literasi.export import qr
from literasi.export.plots import Mode, map_notice, svg
from literasi.figures import STATIC_DIR
from literasi.text import number, t

TEXT = 24
"""Smallest text, in units of a screen of 1280×720."""

_WIDE, _NARROW = 1184, 800
_LINKED = 34
"""Height that the foot takes from the slides where QR codes stand beside it."""
_LONG, _SHORT = 9, 60
"""Letters of a figure from which it is written smaller, and of an event's name up to which it is larger."""


@dataclass(frozen=True, slots=True)
class Show:
    """What the browser is given.

    Attributes
    ----------
    html : str
        The slides; every text of the deck is escaped.
    titles : tuple of str
    narratives : tuple of tuple of str
        What the presenter may read aloud, slide by slide. Plain text.
    """

    html: str
    titles: tuple[str, ...]
    narratives: tuple[tuple[str, ...], ...]


@cache
def style() -> str:
    """Give the style sheet."""
    return (STATIC_DIR / "slideshow.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """Give the script, a module whose default export shows the slides."""
    return (STATIC_DIR / "slideshow.js").read_text(encoding="utf-8")


def show(deck: Deck, *, mode: Mode = "light") -> Show:
    """Write the slides of a deck.

    Parameters
    ----------
    deck : Deck
    mode : str
        Light or dark.

    Returns
    -------
    Show
    """
    count = len(deck.slides)
    slides = "".join(
        _slide(deck, slide, place, mode=mode) for place, slide in enumerate(deck.slides, start=1)
    )
    dots = "".join(
        f'<button type="button" class="dot" data-go="{place}"'
        f' aria-label="{_quoted(_place(slide, place, count))}"><span></span></button>'
        for place, slide in enumerate(deck.slides)
    )
    mark = f'<p class="mark">{escape(deck.mark)}</p>' if deck.mark else ""
    return Show(
        html=(
            f'<div class="stage{" linked" if deck.base_url else ""}" data-mode="{mode}" tabindex="-1">'
            f'<div class="slides">{slides}</div>'
            f'<p class="said" aria-live="polite"></p>'
            f'<aside class="notes" aria-label="{_quoted(t("slideshow.notes"))}" hidden></aside>'
            '<div class="foot">'
            f'<div class="line"><p class="filters">{escape(deck.filters)}</p>{mark}</div>'
            '<div class="line">'
            f'<div class="dots" role="group" aria-label="{_quoted(t("slideshow.dots"))}">{dots}</div>'
            f"{_controls()}"
            '<p class="number" aria-hidden="true"></p></div>'
            "</div></div>"
        ),
        titles=tuple(slide.title for slide in deck.slides),
        narratives=tuple(slide.narrative for slide in deck.slides),
    )


def _controls() -> str:
    buttons = (
        ("previous", "‹"),
        ("next", "›"),
        ("speaker", "P"),
        ("full", "F"),
        ("close", "×"),
    )
    return (
        '<div class="controls">'
        + "".join(
            f'<button type="button" data-do="{name}" aria-label="{_quoted(t(f"slideshow.{name}"))}"'
            f' title="{_quoted(t(f"slideshow.{name}"))}">{sign}</button>'
            for name, sign in buttons
        )
        + "</div>"
    )


def _slide(deck: Deck, slide: Slide, place: int, *, mode: Mode) -> str:
    count = len(deck.slides)
    high = _height(slide) - (_LINKED if deck.base_url else 0)
    body = _with_plot(slide, high, mode) if slide.plot else _without_plot(slide)
    is_short = len(slide.title) <= _SHORT
    kind = ("plotted" if slide.plot else "plain") + (" first" if place == 1 and is_short else "")
    return (
        f'<section class="slide {kind}" data-id="{_quoted(slide.id)}" role="group"'
        f' aria-roledescription="{_quoted(t("slideshow.slide"))}"'
        f' aria-label="{_quoted(_place(slide, place - 1, count))}" hidden>'
        f'<header><h2>{escape(slide.title)}</h2><p class="subtitle">{escape(slide.subtitle)}</p></header>'
        f'<div class="body">{body}</div>{_caveats(slide)}{_qr(deck, slide)}</section>'
    )


def _qr(deck: Deck, slide: Slide) -> str:
    """Draw the way to the ledger, if the dashboard has an address; it stands in the lower right corner."""
    link = qr.address(deck, slide)
    return f'<div class="qr">{qr.svg(link, alt=t("slideshow.qr", link=link))}</div>' if link else ""


def _with_plot(slide: Slide, high: int, mode: Mode) -> str:
    assert slide.plot is not None
    width = _NARROW if slide.figures else _WIDE
    picture = svg(slide.plot, width=width, height=high, text=TEXT, mode=mode)
    figures = f'<div class="figures">{"".join(map(_figure, slide.figures))}</div>' if slide.figures else ""
    return f'{figures}<div class="plot" style="--width:{width}">{picture}</div>'


def _without_plot(slide: Slide) -> str:
    figures = f'<div class="figures">{"".join(map(_figure, slide.figures))}</div>' if slide.figures else ""
    points = "".join(f"<li>{escape(point)}</li>" for point in slide.points)
    return f"{figures}{f'<ul>{points}</ul>' if points else ''}"


def _figure(figure: Figure) -> str:
    size = " long" if len(figure.shown) > _LONG else ""
    code = f'<p class="code">{escape(figure.code)}</p>' if figure.code else ""
    context = f'<p class="context">{escape(figure.context)}</p>' if figure.context else ""
    return (
        f'<div class="figure"><p class="shown{size}">{escape(figure.shown)}</p>'
        f'<p class="label">{escape(figure.label)}</p>{context}{code}</div>'
    )


def _caveats(slide: Slide) -> str:
    notice = map_notice(slide.plot)
    return "".join(f'<p class="caveat">{escape(caveat)}</p>' for caveat in slide.caveats) + (
        f'<p class="notice">{escape(notice)}</p>' if notice else ""
    )


def _height(slide: Slide) -> int:
    """Height that is left for the plot, from how many lines the other texts take at most."""
    lines = 52 * _lines(slide.title, 52) + 36 * _lines(slide.subtitle, 84)
    notes = sum(34 * _lines(caveat, 92) for caveat in (*slide.caveats, map_notice(slide.plot)))
    return 570 - lines - notes


def _lines(words: str, letters: int) -> int:
    return -(-len(words) // letters)


def _place(slide: Slide, place: int, count: int) -> str:
    return t("slideshow.place", place=number(place + 1), count=number(count), title=slide.title)


def _quoted(words: str) -> str:
    return escape(words, quote=True)
