"""Files as they came, without their personal columns, kept beside the database under their sha256."""

from __future__ import annotations

import errno
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from literasi.errors import StoreError
from literasi.intake import personal
from literasi.intake.hiding import Names
from literasi.intake.kept import keep
from literasi.intake.proposal import Proposal, ReadSheet
from literasi.intake.sheets import File, Sheet

_FIGURES = re.compile(r"[\s\d.,:/%+()-]*")


class KeptFiles:
    """The kept files of one workspace.

    Parameters
    ----------
    folder : Path
        Made when the first file is kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path | None:
        """Give the kept copy of the file with that sha256, if there is one."""
        path = self._folder / f"{sha256}.zip"
        return path if sha256 and path.is_file() else None

    @contextmanager
    def keeping(self, proposal: Proposal, *, is_committed: Callable[[], object]) -> Iterator[None]:
        """Keep a file before its commit; take it away again if no submission has come of it.

        Parameters
        ----------
        proposal : Proposal
        is_committed : callable
            Whether a submission of that file stands.

        Raises
        ------
        StoreError
            If the copy cannot be written; nothing has been committed then.
        """
        path = self._folder / f"{proposal.file.sha256}.zip"
        data = copy_of(proposal)
        was_there = path.is_file()
        _write(path, data)
        try:
            yield
        except BaseException:
            if not was_there:
                path.unlink(missing_ok=True)
            raise
        if not is_committed():
            if not was_there:
                path.unlink(missing_ok=True)
        elif not path.is_file():
            # Somebody else's commit of the same file has failed in the meantime, and took it away.
            _write(path, data)


def copy_of(proposal: Proposal) -> bytes:
    """Give the copy to keep: the headings and data of the sheets that were read, and nothing personal.

    Of columns that no field takes only figures and dates are kept: nobody knows what a text there says
    about people.
    """
    file = proposal.file
    reads = _reads(proposal)
    sheets = tuple(_data_only(sheet, reads[sheet.name]) for sheet in file.sheets if sheet.name in reads)
    dropped = {sheet.name: _left_out(sheet, reads[sheet.name]) for sheet in sheets}
    named = tuple(replace(sheet, name=safe_name(proposal, sheet.name)) for sheet in sheets)
    by_name = {new.name: dropped[old.name] for old, new in zip(sheets, named, strict=True)}
    if len(by_name) < len(named):  # two names that differed by what is hidden
        named, by_name = sheets, dropped
    names = _names(proposal)
    return keep(_only(file, named), dropped=by_name, mask=lambda text: names.hide(personal.mask(text)))


def safe_name(proposal: Proposal, name: str) -> str:
    """Give the name of a file or sheet without what it says about the people in the file."""
    masked = personal.mask(name)
    words = personal.mask(masked.replace("_", " "))
    hidden = _names(proposal).hide(words)
    return masked if hidden == masked.replace("_", " ") else hidden


def _reads(proposal: Proposal) -> dict[str, ReadSheet]:
    return {read.name: read for read in proposal.sheets if read.form}


def _names(proposal: Proposal) -> Names:
    """What stands in the personal columns, to be hidden wherever it stands."""
    reads = _reads(proposal)
    return Names(
        cell
        for sheet in proposal.file.sheets
        if sheet.name in reads
        for column in reads[sheet.name].columns
        if column.how == "personal"
        for row in _data_only(sheet, reads[sheet.name]).rows
        if isinstance(cell := row[column.column - 1], str)
    )


def _left_out(sheet: Sheet, read: ReadSheet) -> frozenset[int]:
    kept = {
        column.column
        for column in read.columns
        if column.how != "personal" and (column.field or not _holds_text(sheet, read, column.column))
    }
    kept |= {
        column for column, through in read.spread if through in kept or not _holds_text(sheet, read, column)
    }
    return frozenset(range(1, len(sheet.rows[0]) + 1)) - kept


def _holds_text(sheet: Sheet, read: ReadSheet, column: int) -> bool:
    cells = (row[column - 1] for row in sheet.rows[read.first_row - 1 : read.last_row])
    return any(isinstance(cell, str) and _FIGURES.fullmatch(cell) is None for cell in cells)


def _only(file: File, sheets: tuple[Sheet, ...]) -> File:
    return replace(file, sheets=sheets)


def _data_only(sheet: Sheet, read: ReadSheet) -> Sheet:
    """Blank what stands above the headings and below the data: letterheads and signatures name people."""
    kept = {*read.heading_rows, *range(read.first_row, read.last_row + 1)}
    nothing = [None] * len(sheet.rows[0])
    rows = [row if number in kept else nothing for number, row in enumerate(sheet.rows, start=1)]
    return replace(sheet, rows=rows)


def _write(path: Path, data: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreError("error.disk_full") from error
        raise StoreError("intake.error.uploads_unwritable", folder=path.parent) from error
