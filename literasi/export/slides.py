"""A deck as an editable presentation: native charts, tables and shapes, notes, an office's template."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from literasi.closing.deck import Deck, Figure, Plot, Series, Slide
from literasi.export import lettering, qr, slide_charts, slide_maps
from literasi.export import template as templates
from literasi.export.places import Box, Page
from literasi.export.plots import map_notice, words_without_value
from literasi.export.steady import settled
from literasi.export.template import CAVEATS, MARK, PIXEL, SOURCES, SUBTITLE
from literasi.text import number, t

MIME = templates.MIME
_TAGS = {"id": "id-ID", "en": "en-GB"}
_POINTS_PER_PIXEL = 0.75
_ROWS_PER_SLIDE = 12
_NARROW_MAP = 640
_FIGURE_HEIGHT = 192.0
_MESSAGE = 18.0
"""Least size, in points, of what belongs to the message: 24 pixels of a screen of 1280×720."""
_QR, _GAP = 112.0, 24.0
_FOOT_SIZES = (12.0,)
_WIDER = slide_maps.WIDER
_BEGINNING = dt.datetime(1980, 1, 1)  # noqa: DTZ001  the file holds no zone; the same deck gives the same bytes


def pptx_bytes(
    deck: Deck,
    *,
    template: bytes | None = None,
    progress: Callable[[float], None] = lambda share: None,
) -> bytes:
    """Write a deck as a presentation.

    Parameters
    ----------
    deck : Deck
    template : bytes, optional
        PPTX or POTX of the office; its slides are left out, its layouts are used. A plain one unless given.
    progress : callable
        Told the share that is done, 0 to 1.

    Returns
    -------
    bytes
        PPTX. The slides of the deck, then one with a table for every plot. The same deck gives the
        same bytes.

    Raises
    ------
    TemplateError
        If the template cannot be used.
    """
    presentation = templates.opened(template)
    language = _TAGS.get(deck.language, deck.language)
    slides = [
        slide if slide.plot and slide.plot.categories else replace(slide, plot=None) for slide in deck.slides
    ]
    tables = [(slide, rows) for slide in slides if slide.plot for rows in _table_pages(slide.plot)]
    count = len(slides) + len(tables)
    for done, slide in enumerate(slides, start=1):
        page = Page(presentation, is_cover=done == 1 and slide.plot is None)
        _frame(page, deck, slide)
        if not page.is_cover:
            _body(page, deck, slide, language)
        _finish(page, deck, slide, language)
        progress(done / count)
    for done, (slide, rows) in enumerate(tables, start=len(slides) + 1):
        page = Page(presentation, is_cover=False)
        _frame(page, deck, slide, title=t("pack.table_of", title=slide.title))
        assert slide.plot is not None
        _table(page, slide.plot, rows)
        _finish(page, deck, slide, language)
        progress(done / count)
    _properties(presentation, deck)
    out = io.BytesIO()
    presentation.save(out)
    return settled(out.getvalue())


def _frame(page: Page, deck: Deck, slide: Slide, *, title: str = "") -> None:
    """Write what stands on every slide: finding, measure, caveats, filters, sources, mark."""
    page.title(title or slide.title)
    below = (slide.subtitle, *(_cover_lines(slide) if page.is_cover else ()))
    if said := tuple(part for part in below if part):
        sizes = (24.0, 20.0, 18.0, 16.0, 14.0) if page.is_cover else (18.0, 16.0, 14.0)
        _write(page, page.take(SUBTITLE, 34 * len(said)), said, sizes=sizes, slot=SUBTITLE)
    if deck.mark:
        _write(page, page.take(MARK, 28), (deck.mark,), sizes=(_MESSAGE, 16, 14), slot=MARK, is_bold=True)
    room = page.take(SOURCES, 62, is_below=True)
    _write(page, room, _foot(deck, slide, room), sizes=_FOOT_SIZES, slot=SOURCES)
    if slide.caveats:
        lines = sum(len(_wrapped(caveat, page.rest().width, _MESSAGE)) for caveat in slide.caveats)
        height = 12 + min(lines, 4) * _MESSAGE * lettering.LEADING / _POINTS_PER_PIXEL
        room = page.take(CAVEATS, height, is_below=True)
        sizes = (_MESSAGE, 16, 14)
        _write(page, room, slide.caveats, sizes=sizes, slot=CAVEATS, anchor=MSO_ANCHOR.MIDDLE)


def _foot(deck: Deck, slide: Slide, room: Box) -> tuple[str, ...]:
    """Give filters, sources and origin; of many sources as many as have room, the notes name all."""
    for count in range(len(slide.sources), -1, -1):
        foot = (f"{deck.filters} · {deck.origin}", source_line(slide, count), map_notice(slide.plot))
        said = tuple(part for part in foot if part)
        smallest = _FOOT_SIZES[-1]
        lines = sum(len(_wrapped(part, room.width, smallest)) for part in said)
        if lines * smallest * lettering.LEADING <= room.height * _POINTS_PER_PIXEL:
            break
    return said


def source_line(slide: Slide, most: int) -> str:
    """Say at most so many sources of a slide, and how many more there are; empty where there is none."""
    more = len(slide.sources) - most
    named = [*slide.sources[:most], *([t("pack.more_sources", count=more)] if more > 0 else [])]
    return t("pack.foot_sources", sources="; ".join(named)) if named else ""


def _cover_lines(slide: Slide) -> list[str]:
    """Give what the first slide says below its title, as text of the template's own placeholder."""
    figures = [
        f"{one.label}: {one.shown}" + (f" ({context})" if (context := _beside(one)) else "")
        for one in slide.figures
    ]
    return [*figures, *slide.points]


def _beside(figure: Figure) -> str:
    return " · ".join(part for part in (figure.context, figure.code) if part)


def _body(page: Page, deck: Deck, slide: Slide, language: str) -> None:
    """Arrange chart, figures, sentences and the QR code in what is left of the slide."""
    room = page.rest()
    link = qr.address(deck, slide)
    if link and (corner := page.corner()) is not None:
        _qr(page, corner, link)
        link = ""
    beside = bool(slide.figures or slide.points)
    if slide.plot is None:
        if link:
            room, beside_it = room.split(1 - (_QR + _GAP) / room.width, gap=_GAP)
            _qr(page, beside_it, link)
        if slide.figures:
            above, room = room.rows(0.5 if slide.points else 1.0)
            for part, figure in zip(above.columns(len(slide.figures)), slide.figures, strict=True):
                _figure(page, part, figure, size=54)
        _points(page, room, slide.points, sizes=(24, 22, 20, _MESSAGE, 16, 14))
        return
    left, right = room.split(0.64) if beside else (room, room)
    _plot(page, left, slide, language)
    if not beside:
        return
    if link:
        below, right = right.bottom_strip(_QR)
        _qr(page, below, link)
    each = min(_FIGURE_HEIGHT, (0.6 if slide.points else 1.0) * right.height / max(len(slide.figures), 1))
    for figure in slide.figures:
        part, right = right.top_strip(each)
        _figure(page, part, figure, size=36)
    _points(page, right, slide.points, sizes=(_MESSAGE, 16, 14))


def _qr(page: Page, room: Box, link: str) -> None:
    """Put the QR code into the lower right corner, large enough for a telephone in the first rows."""
    side = min(_QR, room.width, room.height)
    corner = Box(room.left + room.width - side, room.top + room.height - side, side, side)
    picture = page.shapes.add_picture(io.BytesIO(qr.png(link)), *corner.emu())
    picture.name = t("pack.qr")
    picture._element.nvPicPr.cNvPr.set("descr", link)


def _plot(page: Page, room: Box, slide: Slide, language: str) -> None:
    plot = slide.plot
    assert plot is not None
    size = 16.0 if room.width < 900 else _MESSAGE
    name = lettering.clean(t("pack.chart_of", title=slide.title))
    if plot.kind == "map":
        size = 12.0 if room.width < _NARROW_MAP else 14.0
        slide_maps.add(page.shapes, plot, place=room.emu(), size=size, name=name)
        return
    if plot.kind == "columns" and not _names_fit(plot, room.width, size):
        plot = replace(plot, kind="bars")
    head, room = room.top_strip(26)
    _write(page, head, (plot.unit,), sizes=(size, 12), name=t("pack.unit"))
    if missing := tuple(words_without_value(plot)):
        lines = sum(len(_wrapped(line, room.width, 13)) for line in missing)
        below, room = room.bottom_strip(8 + 21 * lines)
        _write(page, below, missing, sizes=(13, 12, 11), name=t("plot.no_value"), is_italic=True)
    frame = slide_charts.add(page.shapes, plot, place=room.emu(), size=size, language=language)
    frame.name = name


def _names_fit(plot: Plot, width: float, size: float) -> bool:
    """Whether every word below a column has room; names of lying bars always have."""
    slot = 0.9 * width * _POINTS_PER_PIXEL / _WIDER / max(len(plot.categories), 1)
    words = (word for name in plot.categories for word in lettering.clean(name).split(" "))
    return all(lettering.width(word, size) <= slot for word in words)


def _figure(page: Page, room: Box, figure: Figure, *, size: float) -> None:
    """Write label, number and what must stand beside it, in one box."""
    box = page.text_box(room, name=figure.label)
    frame = box.text_frame
    small, fitted = _figure_sizes(room, figure, size=size)
    parts = ((figure.label, small, False), (figure.shown, fitted, True), (_beside(figure), small, False))
    for place, (text, points, is_bold) in enumerate(part for part in parts if part[0]):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = lettering.clean(text)
        run.font.size, run.font.bold = Pt(points), is_bold
        if is_bold:
            run.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1


def _figure_sizes(room: Box, figure: Figure, *, size: float) -> tuple[float, float]:
    """Give the sizes of the words and of the number, in points, as large as they fit."""
    for small in (max(_MESSAGE, size * 0.35), _MESSAGE, 16.0, 14.0, 12.0):
        words = sum(
            len(_wrapped(text, room.width, small)) for text in (figure.label, _beside(figure)) if text
        )
        left = room.height * _POINTS_PER_PIXEL / lettering.LEADING - words * small
        for large in (size, 36.0, 32.0, 28.0, 24.0):
            if large <= left and len(_wrapped(figure.shown, room.width, large, is_bold=True)) == 1:
                return small, large
    return 12.0, _MESSAGE


def _points(page: Page, room: Box, points: Sequence[str], *, sizes: tuple[float, ...]) -> None:
    if points:
        bulleted = tuple(f"• {lettering.clean(point)}" for point in points)
        _write(page, room, bulleted, sizes=sizes, name=t("pack.points"), gap=0.4)


def _table_pages(plot: Plot) -> list[range]:
    count = len(plot.categories)
    return [range(start, min(start + _ROWS_PER_SLIDE, count)) for start in range(0, count, _ROWS_PER_SLIDE)]


def heading(one: Series, plot: Plot) -> str:
    """Give the heading of the values of a series: its name, and the unit unless the name says it."""
    says_unit = not plot.unit or plot.unit.casefold() in one.name.casefold()
    return one.name if says_unit else f"{one.name} ({plot.unit})"


def table_of(plot: Plot) -> tuple[list[str], list[list[str]]]:
    """Give the table twin of a plot: headings, and one row of texts for each category.

    Examples
    --------
    >>> from literasi.closing.deck import Plot, Series
    >>> table_of(Plot("bars", ("Batam",), (Series("Peserta", (38.0,), ("38",)),), "orang", "…"))
    (['', 'Peserta (orang)'], [['Batam', '38']])
    """
    headings = [""]
    for one in plot.series:
        headings.append(heading(one, plot))
        if one.low or one.high:
            headings += [t("pack.low"), t("pack.high")]
    rows = []
    for at, name in enumerate(plot.categories):
        row = [name]
        for one in plot.series:
            row.append(
                one.labels[at] or ("–" if one.values[at] is None else number(one.values[at], plot.decimals))
            )
            if one.low or one.high:
                row += [
                    number(limits[at] if limits else None, plot.decimals) for limits in (one.low, one.high)
                ]
        rows.append(row)
    return headings, rows


def _table(page: Page, plot: Plot, chosen: range) -> None:
    headings, rows = table_of(plot)
    room = page.rest()
    shown = [headings, *(rows[at] for at in chosen)]
    high = min(room.height / len(shown), 34)
    size = 14 if high >= 28 else 12
    left, top, width, _ = room.emu()
    frame = page.shapes.add_table(
        len(shown), len(headings), left, top, width, round(high * len(shown) * PIXEL)
    )
    frame.name = t("pack.table")
    frame._element.nvGraphicFramePr.cNvPr.set("descr", lettering.clean(plot.alt))
    table = frame.table
    first = 0.4 if len(headings) > 2 else 0.6
    for at, column in enumerate(table.columns):
        column.width = round(width * (first if at == 0 else (1 - first) / (len(headings) - 1)))
    for at, texts in enumerate(shown):
        table.rows[at].height = round(high * PIXEL)
        for place, text in enumerate(texts):
            cell = table.cell(at, place)
            cell.margin_top = cell.margin_bottom = 2 * PIXEL
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if place else PP_ALIGN.LEFT
            run = paragraph.add_run()
            run.text = lettering.clean(text)
            run.font.size = Pt(size)


def _write(
    page: Page,
    room: Box,
    paragraphs: Sequence[str],
    *,
    sizes: tuple[float, ...],
    slot: str = "",
    name: str = "",
    is_bold: bool = False,
    is_italic: bool = False,
    anchor: Any = None,
    gap: float = 0.0,
) -> None:
    """Write paragraphs as large as they fit: into the placeholder of that name, else into a box."""
    said = tuple(lettering.clean(text) for text in paragraphs)
    size = lettering.fitting(
        said,
        room=room.width * _POINTS_PER_PIXEL / _WIDER,
        height=room.height * _POINTS_PER_PIXEL,
        sizes=sizes,
        is_bold=is_bold,
    )
    holder = page.holder(slot)
    box = holder if holder is not None else page.text_box(room, name=name or slot)
    frame = box.text_frame
    if holder is None and anchor is not None:
        frame.vertical_anchor = anchor
    for place, text in enumerate(said):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        if gap and place:
            paragraph.space_before = Pt(size * gap)
        run = paragraph.add_run()
        run.text = text
        run.font.size = Pt(size)
        if is_bold:
            run.font.bold = True
        if is_italic:
            run.font.italic = True


def _wrapped(text: str, width: float, size: float, *, is_bold: bool = False) -> list[str]:
    return lettering.wrap(text, width * _POINTS_PER_PIXEL / _WIDER, size, is_bold=is_bold)


def _finish(page: Page, deck: Deck, slide: Slide, language: str) -> None:
    """Write the notes, name the language of every text, and leave no empty placeholder."""
    page.drop_empty()
    rules = [f"{figure.label}: {figure.rule}" for figure in slide.figures if figure.rule]
    sources = source_line(slide, len(slide.sources))
    mark = [deck.mark] if deck.mark else []
    said = [
        *mark,
        *slide.narrative,
        *rules,
        *slide.caveats,
        sources,
        map_notice(slide.plot),
        deck.filters,
        deck.origin,
    ]
    notes = page.slide.notes_slide.notes_text_frame
    if notes is not None:
        notes.text = "\n".join(lettering.clean(line) for line in said if line)
    for tree in (page.slide._element, page.slide.notes_slide._element):
        for run in tree.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}r"):
            run.get_or_add_rPr().set("lang", language)


def _properties(presentation: Any, deck: Deck) -> None:
    own = presentation.core_properties
    own.title = lettering.clean(f"{deck.mark}: {deck.name}" if deck.mark else deck.name)[:255]
    own.author = own.last_modified_by = t("app.title")
    own.subject = lettering.clean(deck.filters)[:255]
    own.comments = lettering.clean(deck.origin)[:255]
    own.language = deck.language
    own.keywords, own.category = "", ""
    own.revision = 1
    own.created = own.modified = _BEGINNING
