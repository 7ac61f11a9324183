"""Where in a sheet are the headings, the data, and what is neither?"""

from __future__ import annotations

from dataclasses import dataclass

from literasi.intake.findings import Finding
from literasi.intake.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Block:
    """The table in a sheet; without heading rows where none was found.

    Attributes
    ----------
    heading_rows : tuple of int
        1-based; two where group headings stand above sub-headings.
    columns : tuple of (int, str)
        1-based column and heading as written, two rows joined by " – ". A column with data but no
        heading has ""; a column without data and heading is left out.
    rows : tuple of int
        1-based rows that are data.
    skipped : tuple of (int, str)
        Rows below the headings that are not data, and why: ``example``, ``total``, ``note``,
        ``numbering`` (1, 2, 3 under the headings), ``heading`` (repeated) or ``empty``.
    findings : tuple of Finding
        Of the sheet and its structure.
    """

    heading_rows: tuple[int, ...] = ()
    columns: tuple[tuple[int, str], ...] = ()
    rows: tuple[int, ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()
    findings: tuple[Finding, ...] = ()


def find(sheet: Sheet) -> Block:
    """Find the headings and the data rows of a sheet.

    Returns
    -------
    Block
        Empty if no row looks like headings above data (a sheet of notes, a single cell).
    """
    raise NotImplementedError
