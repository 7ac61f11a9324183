"""Reads an XLS workbook as a program of its own: bytes on standard input, sheets on standard output.

calamine allots memory as the records of an XLS file demand, and a damaged record may demand more than
there is: Rust then ends the whole process. It must be this one, not the dashboard. Imports nothing of
ours, so that it starts quickly.
"""

from __future__ import annotations

import contextlib
import io
import pickle
import sys
from typing import Any

import python_calamine as calamine

MAX_MEMORY = 2 * 1024**3
PASSWORD = 3


def main() -> None:
    """Read the workbook, and leave with `PASSWORD` or 1 if that cannot be done."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on Windows, or less is allowed already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    try:
        sheets = sheets_of(sys.stdin.buffer.read())
    except calamine.PasswordError:
        sys.exit(PASSWORD)
    pickle.dump(sheets, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


def sheets_of(data: bytes) -> list[tuple[int, str, bool, list[list[Any]], list[tuple[int, int, int, int]]]]:
    """Give place, name, whether it is visible, rows and merged areas (1-based) of each worksheet."""
    sheets = []
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for place, metadata in enumerate(book.sheets_metadata):
            if metadata.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(metadata.name)
            merged = [
                (top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
            is_visible = metadata.visible is calamine.SheetVisibleEnum.Visible
            sheets.append((place, metadata.name, is_visible, sheet.to_python(skip_empty_area=False), merged))
    return sheets


if __name__ == "__main__":
    main()
