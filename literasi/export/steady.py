"""Packages of parts (ZIP, PPTX, XLSX) without the time of writing: the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

_BEGINNING = (1980, 1, 1, 0, 0, 0)
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_PROPERTIES = "docProps/core.xml"


def package(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Put parts into a ZIP in the order given, all with the oldest time that a ZIP can hold."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, content)
    return out.getvalue()


def settled(blob: bytes) -> bytes:
    """Take the time of writing out of a package of an office program."""
    with zipfile.ZipFile(io.BytesIO(blob)) as file:
        parts = [(entry.filename, file.read(entry)) for entry in file.infolist()]
    return package(
        (name, _WRITTEN.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content) if name == _PROPERTIES else content)
        for name, content in parts
    )
