"""The QR code that leads from a slide to its number in the ledger."""

from __future__ import annotations

import io

from literasi.closing.deck import Deck, Slide

_PIXELS_PER_MODULE = 8


def address(deck: Deck, slide: Slide) -> str:
    """Give the address of the first figure of a slide; empty without a base address or a code."""
    code = next((figure.code for figure in slide.figures if figure.code), "")
    return f"{deck.base_url}/angka/{code}" if deck.base_url and code else ""


def png(link: str) -> bytes:
    """Draw a link as a QR code, dark on white with its quiet zone."""
    import segno

    out = io.BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="png", scale=_PIXELS_PER_MODULE)
    return out.getvalue()
