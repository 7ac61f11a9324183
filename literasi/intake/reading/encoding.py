"""Bytes of a text file to text: by byte order mark, declaration or trial."""

from __future__ import annotations

import codecs
import re

from literasi.intake.reading.cells import text_of

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_SINGLE_BYTE = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252"}
_LOOKED_AT = 4096


def decode(data: bytes) -> str:
    """Give the text of a file; never fails.

    A byte order mark decides, then the zeros of unmarked UTF-16, then valid UTF-8, then the charset of
    an HTML ``<meta>``, else Windows-1252 (of which ISO-8859-1 is a part, as in web browsers). Bytes
    that the encoding does not have, NUL and lone surrogates become U+FFFD.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return text_of(data[len(mark) :].decode(name, "replace"))
    head = data[:_LOOKED_AT]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 > len(head) and min(even, odd) * 4 < max(even, odd):
        return text_of(data.decode("utf-16-be" if even > odd else "utf-16-le", "replace"))
    try:
        return text_of(data.decode("utf-8"))
    except UnicodeDecodeError:
        return text_of(data.decode(_declared(head), "replace"))


def _declared(head: bytes) -> str:
    found = _DECLARED.search(head)
    name = found.group(1).decode("ascii").lower() if found else "cp1252"
    if name in _SINGLE_BYTE or name in {"utf-8", "utf8"}:  # it is not UTF-8, whatever it says
        return "cp1252"
    try:
        b"".decode(name)
        "".encode(name)
    except (LookupError, UnicodeError, ValueError):  # unknown, or a codec that is not of text
        return "cp1252"
    return name
