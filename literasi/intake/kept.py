"""The copy of a file that is kept: without its personal columns, safe to open."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from literasi.intake.sheets import File


def keep(
    file: File, *, dropped: Mapping[str, frozenset[int]], mask: Callable[[str], str] = lambda text: text
) -> bytes:
    """Write a ZIP of one UTF-8 CSV per sheet, without the dropped columns.

    Parameters
    ----------
    file : File
    dropped : mapping of str to frozenset of int
        Sheet name to 1-based columns that are left out. A sheet that is not named is kept whole.
    mask : callable
        Applied to every text (`personal.mask`): titles and notes around a table may name people too.

    Returns
    -------
    bytes
        The same for the same input. Semicolons, CRLF, a byte order mark; row and column numbers of the
        file hold for what is left. A text that a spreadsheet would run begins with an apostrophe.
    """
    raise NotImplementedError
