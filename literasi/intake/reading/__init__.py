"""Bytes to cells: workbooks, delimited text, HTML tables and JSON records. Nothing is interpreted."""

from __future__ import annotations

from literasi.intake.sheets import File

__all__ = ["read"]


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
        number shown as a percentage is text ("12,5%"), since that is what the operator sees; NUL
        characters and lone surrogates are U+FFFD, which `layout.find` reports at their cells.

    Raises
    ------
    IntakeError
        If the file is too large, empty, damaged, protected by a password, of a type that is no table,
        or holds no cell. No other exception leaves this function, whatever the bytes are.
    """
    raise NotImplementedError
