"""How large a file may be, in bytes and in cells: more is refused before it fills the memory."""

from __future__ import annotations

from literasi.intake.errors import IntakeError

MEGABYTE = 1024 * 1024
MAX_BYTES = 50 * MEGABYTE
MAX_UNPACKED_BYTES = 600 * MEGABYTE
MAX_RATIO = 250
"""Unpacked to packed size of a whole archive; workbooks are around 10, a zip bomb near 1,000."""
RATIO_MATTERS_FROM = 20 * MEGABYTE
MAX_PARTS = 5_000
MAX_ROWS = 200_000
MAX_COLUMNS = 1_000
MAX_CELLS = 5_000_000


def check_size(file: str, size: int) -> None:
    """Refuse a file by its size alone, so that it need not be loaded.

    Parameters
    ----------
    file : str
        Name of the file.
    size : int
        In bytes.

    Raises
    ------
    IntakeError
        If it is larger than `MAX_BYTES`, or has no byte.
    """
    if size == 0:
        raise IntakeError("empty", file=file)
    if size > MAX_BYTES:
        raise IntakeError(
            "too_large", file=file, size=-(-size // MEGABYTE), limit=MAX_BYTES // MEGABYTE
        )  # rounded up: 50.1 MB is not "50 of at most 50"


class Room:
    """Counts what a file unfolds to, over all of its sheets.

    Parameters
    ----------
    file : str
        Name of the file, for the message.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._rows = 0
        self._cells = 0

    def check(self, sheet: str, rows: int, columns: int) -> None:
        """Raise `IntakeError` if a sheet of this size would not fit any more."""
        if self._rows + rows > MAX_ROWS:
            raise IntakeError("too_many_rows", file=self._file, sheet=sheet, limit=MAX_ROWS)
        if columns > MAX_COLUMNS:
            raise IntakeError("too_many_columns", file=self._file, sheet=sheet, limit=MAX_COLUMNS)
        if self._cells + rows * columns > MAX_CELLS:
            raise IntakeError("too_many_cells", file=self._file, sheet=sheet, limit=MAX_CELLS)

    def take(self, sheet: str, rows: int, columns: int) -> None:
        """Count a sheet, or raise `IntakeError` if it does not fit."""
        self.check(sheet, rows, columns)
        self._rows += rows
        self._cells += rows * columns
