"""A deck as pages and as square pictures: all of it, one page of essentials, a square for each message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from literasi.closing.deck import Deck, Figure, Plot, Slide
from literasi.export.document import (
    Block,
    Bullets,
    Document,
    Grid,
    Heading,
    Note,
    Numbers,
    Paragraph,
    Picture,
    Together,
    pdf_bytes,
    square_png,
)
from literasi.export.plots import map_notice, svg
from literasi.export.slides import source_line, table_of
from literasi.text import t

_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_FIGURES_ON_ONE_PAGE = 9
_LINES_ON_SQUARE, _SOURCES_ON_SQUARE = 4, 2


def full(deck: Deck) -> Document:
    """Give every slide as a section: figures, picture, table, sentences, caveats, sources.

    Parameters
    ----------
    deck : Deck

    Returns
    -------
    Document
    """
    blocks: list[Block] = []
    for slide in deck.slides:
        head: list[Heading | Paragraph | Numbers | Picture] = []
        if slide.title != deck.name:
            head.append(Heading(slide.title))
        if slide.subtitle and slide.title != deck.name:
            head.append(Paragraph(slide.subtitle))
        if slide.figures:
            head.append(_numbers(slide.figures))
        if slide.plot:
            head.append(_picture(slide.plot, width=900, height=330, text=18))
        blocks.append(Together(head))
        if slide.points:
            blocks.append(Bullets(slide.points))
        said = {*slide.points, *slide.caveats}
        blocks += [Paragraph(line) for line in slide.narrative if line not in said]
        if slide.plot:
            headings, rows = table_of(slide.plot)
            is_numeric = [place > 0 for place in range(len(headings))]
            blocks.append(Grid(headings, rows, t("pack.numbers_of_chart"), is_numeric))
        blocks += _small_print(slide)
        rules = [f"{figure.label}: {figure.rule}" for figure in slide.figures if figure.rule]
        blocks += [Note(t("pack.rules", rules=" ".join(rules)))] if rules else []
    return _document(deck, blocks)


def one_page(deck: Deck) -> bytes:
    """Set the essentials on one A4 page: the figures, the messages, one picture, the caveats.

    Parameters
    ----------
    deck : Deck

    Returns
    -------
    bytes
        PDF of exactly one page: what does not fit is left out, pictures and later sentences first, the
        caveats last.
    """
    out = b""
    for document in _shorter(deck):
        out = pdf_bytes(document)
        if len(_PAGE.findall(out)) == 1:
            break
    return out


def squares(deck: Deck) -> Iterator[tuple[str, bytes]]:
    """Draw a square picture of every slide with a figure or a plot.

    Yields
    ------
    (str, bytes)
        Id of the slide, and a PNG of 1080 by 1080 pixels.
    """
    for slide in deck.slides:
        if slide.figures or slide.plot:
            yield slide.id, square_png(_square(deck, slide))


def square_count(deck: Deck) -> int:
    """Give how many `squares` there are."""
    return sum(bool(slide.figures or slide.plot) for slide in deck.slides)


def _square(deck: Deck, slide: Slide) -> Document:
    blocks: list[Block] = []
    if slide.figures:
        blocks.append(_numbers(slide.figures))
    if slide.plot:
        blocks.append(_picture(slide.plot, width=1000, height=420 if slide.figures else 600, text=32))
    elif lines := slide.points or [line for line in slide.narrative if line not in slide.caveats]:
        blocks.append(Bullets(lines[:_LINES_ON_SQUARE]))
    blocks += _small_print(slide, sources=_SOURCES_ON_SQUARE)
    return replace(
        _document(deck, blocks),
        title=slide.title,
        subtitle=slide.subtitle,
        foot=" · ".join((deck.name, deck.filters, deck.origin)),
    )


def _shorter(deck: Deck) -> Iterator[Document]:
    """Give the page with all that it may hold, then with less and less."""
    inner = [slide for slide in deck.slides if slide.title != deck.name]
    figures = [figure for slide in deck.slides if slide not in inner for figure in slide.figures]
    figures += [slide.figures[0] for slide in inner if slide.figures]
    figures = [figure for figure in figures if figure.value is not None]
    caveats = tuple(dict.fromkeys(line for slide in deck.slides for line in slide.caveats))
    sources = tuple(dict.fromkeys(line for slide in deck.slides for line in slide.sources))
    small: list[Block] = [Note(line) for line in caveats]
    if sources:
        small.append(Note(t("pack.foot_sources", sources="; ".join(sources))))
    drawn = next((slide for slide in inner if slide.plot), None)
    if drawn and (notice := map_notice(drawn.plot)):
        small.append(Note(notice))
    for height, messages, shown, notes in (
        (260, len(inner), _FIGURES_ON_ONE_PAGE, len(small)),
        (200, len(inner), _FIGURES_ON_ONE_PAGE, len(small)),
        (0, len(inner), _FIGURES_ON_ONE_PAGE, len(small)),
        (0, 5, 3, len(small)),
        (0, 5, 3, 3),
        (0, 3, 3, 1),
    ):
        blocks: list[Block] = [_numbers(tuple(figures[:shown]))] if figures else []
        blocks.append(Bullets([slide.title for slide in inner[:messages]]))
        if drawn and drawn.plot and height:
            blocks.append(_picture(drawn.plot, width=900, height=height, text=18))
        yield _document(deck, [*blocks, *small[:notes]])


def _document(deck: Deck, blocks: list[Block]) -> Document:
    return Document(
        title=deck.name,
        subtitle=f"{deck.when} · {deck.place}",
        blocks=blocks,
        language=deck.language,
        mark=deck.mark,
        foot=f"{deck.filters} · {deck.origin}",
    )


def _numbers(figures: tuple[Figure, ...]) -> Numbers:
    return Numbers(
        [
            (one.label, one.shown, " · ".join(part for part in (one.context, one.code) if part))
            for one in figures
        ]
    )


def _picture(plot: Plot, *, width: int, height: int, text: int) -> Picture:
    return Picture(svg(plot, width=width, height=height, text=text), plot.alt or plot.unit)


def _small_print(slide: Slide, *, sources: int | None = None) -> list[Block]:
    """Give the caveats and the sources, all of them unless a number is given."""
    line = source_line(slide, len(slide.sources) if sources is None else sources)
    return [Note(text) for text in (*slide.caveats, line, map_notice(slide.plot)) if text]
