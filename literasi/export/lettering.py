"""How wide text is, and how it breaks, before anything draws it.

Measured in DejaVu Sans, which comes with matplotlib: it is wider than Source Sans, Arial and Liberation Sans,
so what fits here fits in a browser, on a slide and on a page.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

FAMILY = "Source Sans, DejaVu Sans, Arial, sans-serif"
"""Of pictures: the page's own font in a browser, DejaVu Sans where fonts are given by `FONTS`."""
LEADING = 1.2
"""Height of a line, in sizes."""
_ELLIPSIS = "…"
_MEASURED_AT = 64
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def fonts() -> Path:
    """Give the folder of the fonts: DejaVu Sans, with its licence."""
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@cache
def _font(is_bold: bool) -> Any:
    from matplotlib.ft2font import FT2Font

    font = FT2Font(str(fonts() / ("DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf")))
    font.set_size(_MEASURED_AT, 72)
    return font


@cache
def _advance(character: str, is_bold: bool) -> float:
    font = _font(is_bold)
    return float(font.load_char(ord(character)).linearHoriAdvance) / 65536 / _MEASURED_AT


def clean(text: str) -> str:
    """Leave out what no XML may hold; every run of blanks becomes one space."""
    return " ".join(_NOT_XML.sub("", text).split())


def width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Give the width of one line, in the unit of `size`."""
    return size * sum(_advance(character, is_bold) for character in text)


def wrap(
    text: str, room: float, size: float, *, is_bold: bool = False, lines: int | None = None
) -> list[str]:
    """Break a text at its blanks, and inside a word only where the word alone is too wide.

    Parameters
    ----------
    text : str
    room : float
        Width of a line, in the unit of `size`.
    size : float
    is_bold : bool
    lines : int, optional
        At most so many; the last one then ends with an ellipsis.

    Returns
    -------
    list of str
        Empty for an empty text.
    """
    out: list[str] = []
    for word in clean(text).split(" "):
        joined = f"{out[-1]} {word}" if out else word
        if out and width(joined, size, is_bold=is_bold) <= room:
            out[-1] = joined
            continue
        rest = word
        while width(rest, size, is_bold=is_bold) > room and len(rest) > 1:
            cut = next(
                (n for n in range(len(rest) - 1, 1, -1) if width(rest[:n], size, is_bold=is_bold) <= room), 1
            )
            out.append(rest[:cut])
            rest = rest[cut:]
        out.append(rest)
    out = [line for line in out if line]
    if lines is not None and len(out) > lines:
        out = out[:lines]
        last = out[-1]
        while last and width(last + _ELLIPSIS, size, is_bold=is_bold) > room:
            last = last[:-1]
        out[-1] = last.rstrip() + _ELLIPSIS
    return out


def fitting(
    texts: tuple[str, ...], *, room: float, height: float, sizes: tuple[float, ...], is_bold: bool = False
) -> float:
    """Give the first of `sizes` in which the paragraphs fit, else the last of them."""
    for size in sizes:
        count = sum(len(wrap(text, room, size, is_bold=is_bold)) for text in texts)
        if count * size * LEADING + 0.3 * size * max(len(texts) - 1, 0) <= height:
            return size
    return sizes[-1]
