"""How wide text is, and how it breaks, before anything draws it: measured in the font of the house."""

from __future__ import annotations

import re
from functools import cache

from literasi.figures import FONT, FONT_DIR, FONT_FILES

FAMILY = f"'{FONT}', Source Sans, DejaVu Sans, Arial, sans-serif"
"""Of pictures: a browser knows the font of the house by the name that Streamlit gives it."""
LEADING = 1.2
"""Height of a line, in sizes."""
_ELLIPSIS = "…"
_SPARE = 1.03
"""Kerning and rounding differ a little between whoever sets the text."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def _advances(is_bold: bool) -> dict[int, float]:
    """Give the width of every sign of the font of the house, in sizes, by its code point."""
    from fontTools.ttLib import TTFont

    with TTFont(FONT_DIR / FONT_FILES[700 if is_bold else 400], lazy=True) as font:
        widths, unit = font["hmtx"], font["head"].unitsPerEm
        return {code: widths[name][0] / unit * _SPARE for code, name in font.getBestCmap().items()}


def _advance(character: str, is_bold: bool) -> float:
    # What the font lacks is set in another one; few signs are wider than high.
    return _advances(is_bold).get(ord(character), 1.0)


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
