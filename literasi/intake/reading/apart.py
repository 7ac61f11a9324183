"""Reads a workbook as a program of its own: bytes on standard input, sheets on standard output.

calamine allots memory as the records of an XLS file demand, and for all cells between two of an XLSX
sheet. Where that is more than there is, Rust ends the whole process. It must be this one, not the
dashboard. Imports nothing of ours, so that it starts quickly.
"""

from __future__ import annotations

import contextlib
import io
import pickle
import sys
from typing import Any

import python_calamine as calamine

MAX_MEMORY = 2 * 1024**3
PASSWORD, TOO_MANY_CELLS = 3, 4


def main() -> None:
    """Read the workbook; leave with `PASSWORD`, `TOO_MANY_CELLS` or 1 if that cannot be done.

    The argument is how many cells may be read.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on Windows, or less is allowed already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    try:
        sheets = sheets_of(sys.stdin.buffer.read(), int(sys.argv[1]))
    except calamine.PasswordError:
        sys.exit(PASSWORD)
    except OverflowError:
        sys.exit(TOO_MANY_CELLS)
    pickle.dump(sheets, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


def sheets_of(
    data: bytes, most: int
) -> list[tuple[int, str, bool, list[list[Any]], list[tuple[int, int, int, int]]]]:
    """Give place, name, whether it is visible, rows and merged areas (1-based) of each worksheet.

    Raises
    ------
    OverflowError
        If there are more than `most` cells, empty ones between others counted.
    """
    sheets = []
    cells = 0
    with calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for place, metadata in enumerate(book.sheets_metadata):
            if metadata.typ is not calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(metadata.name)
            cells += sheet.total_height * sheet.total_width
            if cells > most:
                raise OverflowError
            merged = [
                (top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            ]
            is_visible = metadata.visible is calamine.SheetVisibleEnum.Visible
            sheets.append((place, metadata.name, is_visible, sheet.to_python(skip_empty_area=False), merged))
    return sheets


if __name__ == "__main__":
    main()
