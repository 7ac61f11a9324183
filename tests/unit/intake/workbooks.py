"""Small files for the readers, made in memory."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def xlsx(*rows: Sequence[object], change: Callable[[Worksheet], None] = lambda sheet: None) -> bytes:
    """A workbook of one sheet "Data"."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Data"
    for row in rows:
        sheet.append(row)
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive(contents: Mapping[str, bytes]) -> bytes:
    """An archive of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in contents.items():
            target.writestr(name, data)
    return out.getvalue()


def sheet_xml(body: str, **others: bytes) -> bytes:
    """An XLSX workbook whose only sheet has this XML inside its ``<worksheet>``."""
    contents = parts(xlsx(["x"]))
    contents["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{body}</worksheet>'
    ).encode()
    return archive({**contents, **others})


def ods(body: str, *, styles: str = "") -> bytes:
    """An ODS workbook with these tables inside its ``<office:spreadsheet>``."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": b"<manifest/>",
        }
    )


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE2 compound file with these streams, each of at least 4,096 bytes once padded."""
    sector = 512
    end, free, special = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    table = [special, end]  # sector 0: the table itself; sector 1: the directory, four entries
    body: list[bytes] = []
    entries = [_entry("Root Entry", 5, end, 0)]
    for name, data in streams.items():
        padded = data.ljust(max(4096, -(-len(data) // sector) * sector), b"\0")
        begin = len(table)
        count = len(padded) // sector
        table += [*range(begin + 1, begin + count), end]
        body.append(padded)
        entries.append(_entry(name, 2, begin, len(padded)))
    entries += [bytes(128)] * (4 - len(entries))
    table += [free] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    return header + struct.pack("<128I", *table) + b"".join(entries) + b"".join(body)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBB3I", len(encoded), kind, 1, *[0xFFFFFFFF] * 3)
    return (entry + bytes(36) + struct.pack("<IQ", start, size)).ljust(128, b"\0")


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of an XLS stream."""
    return struct.pack("<HH", kind, len(body)) + body


def xls_stream(*cells: tuple[int, int], extra: bytes = b"", sheets: int = 1) -> bytes:
    """The stream of an XLS workbook with the number 1 in these cells (0-based), on each of its sheets."""
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)) + extra
    names = [f"S{number}".encode() for number in range(sheets)]
    bounds = sum(4 + 8 + len(name) for name in names)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))
    sheet += b"".join(record(0x0203, struct.pack("<HHHd", row, column, 0, 1.0)) for row, column in cells)
    sheet += record(0x000A)
    at = len(start) + bounds + 4
    for name in names:
        start += record(0x0085, struct.pack("<IHBB", at, 0, len(name), 0) + name)
        at += len(sheet)
    return start + record(0x000A) + sheet * sheets
