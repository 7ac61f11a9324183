"""What a page of the dashboard shows, as a PDF and as a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

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
)
from literasi.export.table import decimals
from literasi.figures import Chart
from literasi.text import date, number, t

if TYPE_CHECKING:
    from literasi.export.workbook import Sheet, Value

ROWS_SET = 500
"""Rows of a table that are set in a PDF; the workbook holds all of them."""


@dataclass(frozen=True, slots=True)
class Cards:
    """Headline figures: label, value with unit, and what must stand beside it, all as shown."""

    items: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences under a heading of their own; without one when it is empty."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is not a chart's twin; its columns keep their types."""

    title: str
    frame: pd.DataFrame


Part = Cards | Words | Table | Chart
Draw = Callable[[Chart], str]


@dataclass(frozen=True, slots=True)
class Content:
    """One page as it was shown.

    Attributes
    ----------
    title, question : str
        The question that the page answers.
    choices : tuple of (str, str)
        Every filter by its label, as shown.
    parts : tuple of Part
        In the order of the page.
    sources : tuple of mapping
        Rows of the table ``sources`` that its charts cite.
    origin : str
        Which workspace and state of the data it was made from.
    mark : str
        Marks synthetic data; empty for real data.
    language : str
    """

    title: str
    question: str
    choices: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    sources: tuple[Mapping[str, Any], ...]
    origin: str
    mark: str
    language: str


def pdf(content: Content, *, draw: Draw | None) -> bytes:
    """Set a page of the dashboard on A4 pages.

    Parameters
    ----------
    content : Content
    draw : callable, optional
        Gives a chart as SVG. Without one the table twins stand in place of the charts, and it is said.

    Returns
    -------
    bytes
        PDF, as `literasi.export.document.pdf_bytes`.
    """
    blocks: list[Block] = []
    if content.choices:
        blocks.append(Paragraph(f"{t('page_file.choices')}: {_joined(content.choices)}"))
    if draw is None and any(isinstance(part, Chart) for part in content.parts):
        blocks.append(Note(t("page_file.no_browser")))
    for part in content.parts:
        blocks += _blocks(part, draw)
    if content.sources:
        blocks += [Heading(t("source.heading")), Bullets([cited(source) for source in content.sources])]
    document = Document(
        title=content.title,
        subtitle=content.question,
        blocks=blocks,
        language=content.language,
        mark=content.mark,
        foot=f"{t('app.title')} {content.origin}",
    )
    return pdf_bytes(document)


def book(content: Content) -> bytes:
    """Write the numbers of a page as a workbook: what it is, its figures, a sheet per table, sources.

    Returns
    -------
    bytes
        XLSX; numbers are numbers, texts are never run.
    """
    from literasi.export.workbook import Sheet, source_sheet, workbook_bytes  # no page needs it to be shown

    above = [line for line in (content.title, content.mark) if line]
    about = [
        (t("page_file.question"), content.question),
        *content.choices,
        (t("page_file.origin"), f"{t('app.title')} {content.origin}"),
        *(
            (part.title or t("page_file.said"), line)
            for part in content.parts
            if isinstance(part, Words)
            for line in part.lines
        ),
    ]
    sheets = [Sheet(t("page_file.about"), [t("page_file.field"), t("page_file.value")], about, above)]
    cards = [item for part in content.parts if isinstance(part, Cards) for item in part.items]
    if cards:
        headings = [t("page_file.label"), t("page_file.shown"), t("page_file.context")]
        sheets.append(Sheet(t("page_file.figures"), headings, cards, above))
    tables = [part for part in content.parts if isinstance(part, Chart | Table)]
    # Numbered, because two findings may begin with the same 31 characters.
    sheets += [_sheet(f"{place} {part.title}", part, content.mark) for place, part in enumerate(tables, 1)]
    return workbook_bytes([*sheets, source_sheet(content.sources)], title=content.title)


def cited(source: Mapping[str, Any]) -> str:
    """Write a publication in one line: publisher, title, date, address."""
    when = source.get("published_on")
    dated = t("source.undated") if when is None or pd.isna(when) else date(when)
    address = source.get("url")
    line = f"{source['publisher']}: {source['title']} ({dated}; {source['source_id']})"
    return f"{line} {address}" if isinstance(address, str) else line


def _joined(pairs: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{label}: {value}" for label, value in pairs)


def _blocks(part: Part, draw: Draw | None) -> list[Block]:
    match part:
        case Cards():
            return [Numbers(part.items)]
        case Words():
            said = Bullets(part.lines) if len(part.lines) > 1 else Paragraph(*part.lines)
            return [Together([Heading(part.title), said])] if part.title else [said]
        case Table():
            return [Heading(part.title), *_grid(part.frame)]
        case Chart():
            return _chart(part, draw)


def _chart(chart: Chart, draw: Draw | None) -> list[Block]:
    top = (Heading(chart.title), Note(chart.subtitle))
    below = [Note(note) for note in (*chart.notes, *chart.fine_print)]
    if draw is None:
        return [*top, *_grid(chart.table), *below]
    return [Together([*top, Picture(draw(chart), chart.alt or chart.title), *below])]


def _grid(frame: pd.DataFrame) -> list[Block]:
    shown = frame.head(ROWS_SET)
    columns = [_written(shown[name]) for name in shown.columns]
    grid = Grid(
        [str(name) for name in shown.columns],
        list(zip(*columns, strict=True)),
        is_numeric=[pd.api.types.is_numeric_dtype(shown[name]) for name in shown.columns],
    )
    if len(shown) == len(frame):
        return [grid]
    return [grid, Note(t("page_file.rest", shown=number(len(shown)), total=number(len(frame))))]


def _written(column: pd.Series) -> list[str]:
    """A column as it is read on the page."""
    if pd.api.types.is_bool_dtype(column):
        return [t("term.yes") if value else t("term.no") for value in column]
    if (places := decimals(column)) is not None:
        return [number(value, places) for value in column]
    if pd.api.types.is_datetime64_any_dtype(column):
        return [date(value, short=True) for value in column]
    return ["–" if pd.isna(value) else str(value) for value in column]


def _sheet(title: str, part: Chart | Table, mark: str) -> Sheet:
    from literasi.export.workbook import Sheet

    frame = part.table if isinstance(part, Chart) else part.frame
    about = [part.subtitle, *part.notes, *part.fine_print] if isinstance(part, Chart) else []
    columns = [_cells(frame[name]) for name in frame.columns]
    return Sheet(
        title,
        [str(name) for name in frame.columns],
        list(zip(*columns, strict=True)),
        [line for line in (part.title, mark, *about) if line],
    )


def _cells(column: pd.Series) -> Sequence[Value]:
    """A column with real numbers; nothing is parsed, so what was a text stays one."""
    from literasi.export.workbook import figure

    if pd.api.types.is_bool_dtype(column):
        return [None if pd.isna(value) else bool(value) for value in column]
    if (places := decimals(column)) is not None:
        return [figure(None if pd.isna(value) else float(value), places) for value in column]
    if pd.api.types.is_datetime64_any_dtype(column):
        return [None if pd.isna(value) else value.date() for value in column]
    return [None if pd.isna(value) else str(value) for value in column]
