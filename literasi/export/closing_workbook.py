"""A deck as a workbook: one sheet for each chart with real numbers, then figures, metadata and sources."""

from __future__ import annotations

from literasi.closing.deck import Deck, Plot, Series, Slide
from literasi.export.slides import heading, source_line
from literasi.export.workbook import Sheet, Value, figure, workbook_bytes
from literasi.text import number, t


def closing_workbook(deck: Deck) -> bytes:
    """Write the numbers of a deck.

    Parameters
    ----------
    deck : Deck

    Returns
    -------
    bytes
        XLSX. A value that is hidden or unknown is an empty cell with the words beside it, never 0.
    """
    sheets = [_about(deck), _figures(deck)]
    for place, slide in enumerate(deck.slides, start=1):
        if slide.plot:
            sheets.append(_chart(deck, slide, slide.plot, place))
    sheets.append(_sources(deck))
    return workbook_bytes(sheets, title=f"{deck.mark}: {deck.name}" if deck.mark else deck.name)


def _above(deck: Deck, *lines: str) -> list[str]:
    return [line for line in (*lines, deck.mark, deck.filters, deck.origin) if line]


def _about(deck: Deck) -> Sheet:
    rows = (
        ("event", deck.name),
        ("code", deck.event_id),
        ("when", deck.when),
        ("place", deck.place),
        ("filters", deck.filters),
        ("threshold", number(deck.threshold)),
        ("origin", deck.origin),
        ("mark", deck.mark or "–"),
    )
    return Sheet(
        t("pack.sheet.about"),
        [t("pack.about.what"), t("pack.about.value")],
        [[t(f"pack.about.{key}"), value] for key, value in rows],
        [line for line in (deck.name, deck.mark) if line],
    )


def _figures(deck: Deck) -> Sheet:
    headings = [
        t(f"pack.figure.{key}") for key in ("slide", "label", "value", "shown", "context", "rule", "code")
    ]
    rows: list[list[Value]] = [
        [
            slide.title,
            one.label,
            figure(one.value, one.decimals),
            one.shown,
            one.context,
            one.rule,
            one.code,
        ]
        for slide in deck.slides
        for one in slide.figures
    ]
    return Sheet(t("pack.sheet.figures"), headings, rows, _above(deck, deck.name))


def _chart(deck: Deck, slide: Slide, plot: Plot, place: int) -> Sheet:
    headings = [t("pack.category")]
    if plot.codes:
        headings.append(t("column.area_code"))
    for one in plot.series:
        headings.append(heading(one, plot))
        if one.low or one.high:
            headings += [t("pack.low"), t("pack.high")]
        if None in one.values:
            headings.append(t("pack.without", name=one.name))
    rows: list[list[Value]] = []
    for at, name in enumerate(plot.categories):
        row: list[Value] = [name, *([plot.codes[at]] if plot.codes else [])]
        for one in plot.series:
            row += _cells(one, at, plot.decimals)
        rows.append(row)
    sources = source_line(slide, len(slide.sources))
    above = _above(deck, slide.title, slide.subtitle, *slide.caveats, sources)
    return Sheet(f"{place:02d} {slide.title}", headings, rows, above)


def _cells(one: Series, at: int, decimals: int) -> list[Value]:
    value = one.values[at]
    cells: list[Value] = [figure(value, decimals)]
    if one.low or one.high:
        cells += [figure(limits[at] if limits else None, decimals) for limits in (one.low, one.high)]
    if None in one.values:
        cells.append("" if value is not None else one.labels[at] or t("plot.no_value"))
    return cells


def _sources(deck: Deck) -> Sheet:
    rows: list[list[Value]] = [[slide.title, source] for slide in deck.slides for source in slide.sources]
    return Sheet(
        t("source.heading"), [t("pack.figure.slide"), t("source.heading")], rows, _above(deck, deck.name)
    )
