"""Bytes to cells: workbooks, delimited text, HTML tables and JSON records. Nothing is interpreted."""

from __future__ import annotations

import hashlib
import re

from literasi.intake.errors import IntakeError
from literasi.intake.reading import delimited, html, kinds, opendocument, records, workbook
from literasi.intake.reading.archive import Archive
from literasi.intake.reading.cells import text_of
from literasi.intake.reading.encoding import decode
from literasi.intake.reading.limits import Room, check_size
from literasi.intake.sheets import File, Kind, Sheet

__all__ = ["check_size", "read"]

_ZIP_KINDS = (
    ("xl/workbook.bin", "Excel Binary (XLSB)"),
    ("word/document.xml", "Microsoft Word (DOCX)"),
    ("ppt/presentation.xml", "Microsoft PowerPoint (PPTX)"),
    ("index/document.iwa", "Apple Numbers/Pages"),
    ("index.apxl", "Apple Keynote"),
    ("androidmanifest.xml", "APK"),
    ("meta-inf/container.xml", "EPUB"),
)
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_ODF = b"application/vnd.oasis.opendocument."


def read(name: str, data: bytes) -> File:
    """Read a foreign file, whatever its ending says.

    Parameters
    ----------
    name : str
        Name of the file; a folder before it is left out.
    data : bytes
        All of it.

    Returns
    -------
    File
        At least one sheet with at least one cell. Empty texts are None; whole numbers are `int`; a
        number shown as a percentage is text ("12,5%"), since that is what the operator sees; errors
        such as ``#REF!`` are text; NUL characters and lone surrogates are U+FFFD, which `layout.find`
        reports at their cells.

    Raises
    ------
    IntakeError
        If the file is too large, empty, damaged, protected by a password, of a type that is no table,
        or holds no cell. No other exception leaves this function, whatever the bytes are.
    """
    file = text_of(re.split(r"[/\\]", name)[-1]) or "?"
    check_size(file, len(data))
    try:
        kind, sheets, counts_from_1904 = _read(file, data)
    except IntakeError:
        raise
    except MemoryError as error:
        raise IntakeError("no_memory", file=file) from error
    except Exception as error:  # a fault of ours or of a library: the operator gets a message all the same
        raise IntakeError("damaged", file=file, what="?") from error
    if not sheets:
        raise IntakeError("no_cells", file=file)
    return File(
        name=file,
        kind=kind,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        sheets=sheets,
        counts_from_1904=counts_from_1904,
    )


def _read(file: str, data: bytes) -> tuple[Kind, tuple[Sheet, ...], bool]:
    room = Room(file)
    if kinds.is_compound(data):
        return "xls", *workbook.read_xls(file, data, room)
    if kinds.is_zip(data):
        archive = Archive(file, data)
        names = {part.lower() for part in archive.names}
        kind = archive.start_of("mimetype", 200)
        if kind.startswith(_SPREADSHEET):
            return "ods", *opendocument.read(file, archive, room)
        if "xl/workbook.xml" in names:
            return "xlsx", *workbook.read_xlsx(file, data, archive, room)
        for part, what in _ZIP_KINDS:
            if part in names:
                raise IntakeError("wrong_type", file=file, what=what)
        raise IntakeError("wrong_type", file=file, what="OpenDocument" if kind.startswith(_ODF) else "ZIP")
    kinds.refuse_foreign(file, data)
    text = decode(data)
    if not text.strip("\ufeff\ufffd\x1a \t\r\n\f\v"):
        raise IntakeError("empty", file=file)
    title = file.rpartition(".")[0] or file
    match kinds.kind_of_text(text):
        case "html":
            return "html", html.read(title, file, text, room), False
        case "json":
            return "json", records.read(title, file, text, room), False
        case "csv":
            sheet = delimited.read(title, file, text, room)
            return "csv", (sheet,) if sheet is not None else (), False
        case "xml":
            raise IntakeError("wrong_type", file=file, what="XML")
        case _:
            raise IntakeError("unknown_type", file=file)
