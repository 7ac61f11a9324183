"""Pages of text, numbers, pictures and tables as a paginated PDF, or as one square picture.

Typst sets them: one wheel, no browser, no network, and the same bytes on every computer, because only the
fonts that come with the dashboard are used. Everything that is written is handed over as data and never
becomes part of a program: whatever a text holds, it is set as it stands.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from literasi.figures import FONT, FONT_DIR
from literasi.text import t

MIME = "application/pdf"

_TEMPLATE = Path(__file__).with_name("document.typ")
# For signs that the font of the house does not have: other scripts, then a box that names the script, so
# that every sign has a shape and the text of the file can be read back whole.
_FALLBACK = ("DejaVu Sans", "Last Resort High-Efficiency")
_STANDARDS = ["1.7", "ua-1"]  # PDF/UA: tagged, titled, every picture described


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; it stays with what follows it.

    Attributes
    ----------
    text : str
    level : int
        1 is the highest below the document's title; a level that would leave one out is raised.
    """

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; line breaks in it are kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Sentences, one under the other."""

    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Note:
    """A caveat or a line of sources, set small."""

    text: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Headline figures side by side.

    Attributes
    ----------
    items : sequence of (label, shown, context)
        All as they should be read.
    """

    items: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as wide as the page, or smaller where it would be higher than it.

    Attributes
    ----------
    svg : str
        Its text stays text.
    alt : str
        What a screen reader says.
    """

    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its headings stand again on every page that it reaches.

    Attributes
    ----------
    headings : sequence of str
    rows : sequence of sequence of str
        As long as `headings`; numbers already written.
    caption : str
        Stands above it.
    is_numeric : sequence of bool
        Columns that are set to the right; none by default.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    is_numeric: Sequence[bool] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """What may not be torn apart by the end of a page, unless it is longer than one."""

    blocks: Sequence[Heading | Paragraph | Bullets | Note | Numbers | Picture | Grid]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullets | Note | Numbers | Picture | Grid | Together | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """What is set.

    Attributes
    ----------
    title, subtitle : str
    blocks : sequence of Block
    language : str
        Code of the language that it is written in.
    mark : str
        Marks synthetic data at the head of every page; empty for real data.
    foot : str
        Where the data come from: at the foot of every page, beside the title and the number of the page.
    date : date, optional
        Of the data; a property of the file. None says nothing, so that the same content gives the same bytes.
    """

    title: str
    subtitle: str
    blocks: Sequence[Block]
    language: str
    mark: str = ""
    foot: str = ""
    date: dt.date | None = None


def pdf_bytes(document: Document) -> bytes:
    """Set a document on A4 pages.

    Parameters
    ----------
    document : Document

    Returns
    -------
    bytes
        PDF 1.7 that meets PDF/UA-1: tagged, fonts embedded, text selectable in reading order.

    Raises
    ------
    ValueError
        If a row of a table is not as long as its headings.
    typst.TypstError
        If a picture is not SVG.
    """
    return _compiled(document, form="a4", format="pdf", pdf_standards=_STANDARDS)


def square_png(document: Document, *, pixels: int = 1080) -> bytes:
    """Set a document as one square picture, smaller where it would not fit.

    Parameters
    ----------
    document : Document
    pixels : int
        Of each side.

    Returns
    -------
    bytes
        PNG.

    Raises
    ------
    ValueError, typst.TypstError
        As `pdf_bytes`.
    """
    return _compiled(document, form="square", format="png", ppi=72 * pixels / _SQUARE)


def svg_png(svg: str, *, scale: float) -> bytes:
    """Draw an SVG as PNG in the font of the house.

    Parameters
    ----------
    svg : str
        With width and height.
    scale : float
        Pixels for each of its points.

    Returns
    -------
    bytes

    Raises
    ------
    typst.TypstError
        If it is not SVG.
    """
    return _run(_PICTURE, {"svg": svg}, format="png", ppi=72 * scale)


_PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt)
#context {
  let drawn = image(bytes(json(bytes(sys.inputs.content)).svg), format: "svg")
  image(drawn.source, format: "svg", width: measure(drawn).width * 96 / 72)
}"""
_SQUARE = 540
"""Points of a side of the square that the template sets."""


def _compiled(document: Document, *, form: Literal["a4", "square"], **options: Any) -> bytes:
    return _run(_TEMPLATE, _content(document) | {"form": form, "side": _SQUARE}, **options)


def _run(source: Path | bytes, content: dict[str, Any], **options: Any) -> bytes:
    import typst  # 30 MB, which no page needs until something is written

    pages = typst.compile(
        source,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        timestamp=0,
        **options,
    )
    assert isinstance(pages, bytes)  # a list only where a picture has several pages
    return pages


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONT_DIR)])


def _content(document: Document) -> dict[str, Any]:
    """What the template reads."""
    date = document.date
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "author": t("app.title"),
        "date": None if date is None else [date.year, date.month, date.day],
        "language": document.language,
        "mark": document.mark,
        "foot": document.foot,
        "page_of": t("document.page_of", page="{page}", pages="{pages}"),
        "fonts": [FONT, *_FALLBACK],
        "blocks": _written(document.blocks, 0)[0],
    }


def _written(blocks: Sequence[Block], level: int) -> tuple[list[dict[str, Any]], int]:
    """Blocks as the template reads them, and the level of the last heading; none of them leaves one out."""
    out: list[dict[str, Any]] = []
    for block in blocks:
        match block:
            case Together():
                inner, level = _written(block.blocks, level)
                out.append({"is": "together", "blocks": inner})
            case Heading():
                level = min(max(block.level, 1), level + 1)
                out.append({"is": "heading", "text": block.text, "level": level})
            case Paragraph():
                out.append({"is": "paragraph", "text": block.text})
            case Note():
                out.append({"is": "note", "text": block.text})
            case Bullets():
                out.append({"is": "bullets", "lines": list(block.lines)})
            case Numbers():
                out.append({"is": "numbers", "items": [list(item) for item in block.items]})
            case Picture():
                out.append({"is": "picture", "svg": block.svg, "alt": block.alt})
            case Grid():
                table = _table(block)
                if table["wide"]:  # it has pages of its own: its heading goes with it
                    table["before"] = _with_it(out)
                out.append(table)
            case PageBreak():
                out.append({"is": "page_break"})
    return out, level


def _with_it(written: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take a heading and the remarks below it from the end of what was written; nothing without a heading."""
    start = len(written)
    while start and written[start - 1]["is"] in ("note", "heading"):
        start -= 1
        if written[start]["is"] == "heading":
            taken = written[start:]
            del written[start:]
            return taken
    return []


def _table(grid: Grid) -> dict[str, Any]:
    """A table with the width of its columns: numbers as narrow as they are, texts in proportion to theirs."""
    count = len(grid.headings)
    if any(len(row) != count for row in grid.rows):
        raise ValueError(f"a row of the table {grid.caption!r} is not as long as its {count} headings")
    is_numeric = [*grid.is_numeric, *(False,) * (count - len(grid.is_numeric))]
    columns = [[heading, *(row[i] for row in grid.rows)] for i, heading in enumerate(grid.headings)]
    least = [_letters(max(_longest(word for cell in cells for word in cell.split()), 4)) for cells in columns]
    liked = [
        max(low, min(_longest(cells), _WIDEST) + _GAP) for low, cells in zip(least, columns, strict=True)
    ]
    is_wide = sum(least) > _UPRIGHT
    # What is left beside the longest words is shared out by what each column would like to have.
    room = _ACROSS if is_wide else _UPRIGHT
    spare = room - sum(least)
    wish = sum(liked) - sum(least)
    share = min(1.0, max(0.0, spare / wish)) if wish else 0.0
    return {
        "is": "grid",
        "headings": list(grid.headings),
        "rows": [list(row) for row in grid.rows],
        "caption": grid.caption,
        "numeric": is_numeric,
        "weights": [low + share * (high - low) for low, high in zip(least, liked, strict=True)],
        "wide": is_wide,
        # Only where even the longest words do not fit beside each other may shorter ones be broken too.
        "breaks": [max(1, int(low * room / sum(least) - _GAP)) for low in least] if spare < 0 else None,
        "before": [],
    }


_UPRIGHT, _ACROSS = 105, 180
"""Letters of a table that fit side by side on a page, and on one that lies across."""
_GAP, _LONGEST_WORD, _WIDEST = 2.5, 18, 44


def _longest(texts: Iterable[str]) -> int:
    return max(map(len, texts), default=0)


def _letters(word: int) -> float:
    return min(word, _LONGEST_WORD) + _GAP
