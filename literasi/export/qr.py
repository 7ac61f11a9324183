"""The QR code that leads from a slide to its number in the ledger."""

from __future__ import annotations

import io
from html import escape
from typing import Any

from literasi.closing.deck import Deck, Slide

_PIXELS_PER_MODULE = 8
_QUIET = 4
"""Modules of white around the code: without them a camera does not find it."""


def address(deck: Deck, slide: Slide) -> str:
    """Give the address of the first figure of a slide; empty without a base address or a code."""
    code = next((figure.code for figure in slide.figures if figure.code), "")
    return f"{deck.base_url}/angka/{code}" if deck.base_url and code else ""


def svg(link: str, *, alt: str) -> str:
    """Draw a link as a QR code for a page: one ``<svg>`` without a size of its own, nothing is fetched.

    Parameters
    ----------
    link : str
    alt : str
        What a screen reader says.
    """
    import segno

    picture: str = _code(segno, link).svg_inline(
        border=_QUIET, dark="#000000", light="#ffffff", omitsize=True, svgclass=None, lineclass=None
    )
    return picture.replace("<svg ", f'<svg role="img" aria-label="{escape(alt, quote=True)}" ', 1)


def png(link: str) -> bytes:
    """Draw a link as a QR code, dark on white with its quiet zone."""
    import segno

    out = io.BytesIO()
    _code(segno, link).save(out, kind="png", scale=_PIXELS_PER_MODULE, border=_QUIET)
    return out.getvalue()


def _code(segno: Any, link: str) -> Any:
    return segno.make(link, error="m", micro=False)
