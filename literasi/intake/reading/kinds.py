"""What a file is, by its content: endings lie."""

from __future__ import annotations

import re

from literasi.intake.errors import IntakeError
from literasi.intake.reading.compound import MAGIC as COMPOUND

ZIP = b"PK\x03\x04"

_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"RIFF", "RIFF (WebP, AVI, WAV)"),
    (b"\x1f\x8b", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ\x00", "XZ"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"PK\x05\x06", "ZIP"),
    (b"PK\x07\x08", "ZIP"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x00\x01\x00\x00Standard ", "Microsoft Access"),
    (b"{\\rtf", "RTF"),
    (b"PAR1", "Parquet"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"\x09\x00\x04\x00", "Excel 2"),
    (b"\x09\x02\x06\x00", "Excel 3"),
    (b"\x09\x04\x06\x00", "Excel 4"),
    (b"MIME-Version:", "MHTML"),
    (b"%!PS", "PostScript"),
)
_JSON = re.compile(r"""\{|\[\s*[\[{\]"0-9tfn-]""")
_SHORT = {b"BM", b"MZ"}
"""Signatures that a text may begin with."""


def refuse_foreign(file: str, data: bytes) -> None:
    """Raise `IntakeError` naming what the file really is, if that is known and no table."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature) and (signature not in _SHORT or b"\0" in data[:64]):
            raise IntakeError("wrong_type", file=file, what=what)
    if data[4:8] == b"ftyp":
        raise IntakeError("wrong_type", file=file, what="MP4/HEIC")


def is_zip(data: bytes) -> bool:
    """Whether the content is a ZIP archive, of which XLSX and ODS are two."""
    return data.startswith(ZIP)


def is_compound(data: bytes) -> bool:
    """Whether the content is an OLE2 compound file, of which XLS is one."""
    return data.startswith(COMPOUND)


def kind_of_text(text: str) -> str:
    """Tell ``html``, ``json``, ``xml``, ``binary`` or ``csv`` from the beginning of a text."""
    head = text[:4096].lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        lowered = text[:200_000].lower()
        if "<table" in lowered or "<html" in lowered or "<!doctype html" in lowered or "<tr" in lowered:
            return "html"
        return "xml"
    if _JSON.match(head):
        return "json"
    return "binary" if _is_binary(text[:65536]) else "csv"


def _is_binary(sample: str) -> bool:
    odd = sum(sample.count(chr(code)) for code in range(32) if code not in (9, 10, 11, 12, 13))
    return (odd + sample.count("\ufffd")) * 10 > len(sample)
