"""The intake desk of one workspace: from an opened file to a submission, its kept file, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pandas as pd

from literasi.intake.examination import Progress, ignore
from literasi.intake.findings import Answers
from literasi.intake.known import Known
from literasi.intake.proposal import Proposal
from literasi.intake.sheets import File
from literasi.settings import Settings
from literasi.store import Store
from literasi.workspaces import OFFICIAL

if TYPE_CHECKING:
    from literasi.store import Preview

PROVINCE_TIME = ZoneInfo("Asia/Jakarta")
SHOWN_ROWS = 500


class Desk:
    """Takes files in for one workspace. Safe to share between threads, like its store.

    Parameters
    ----------
    store : Store
        Open.
    settings : Settings
        Where the shipped definitions are, and where files are kept.
    workspace : str
        One of `workspaces.NAMES`: kept files of the workspaces are never mixed.
    """

    def __init__(self, store: Store, settings: Settings, *, workspace: str = OFFICIAL) -> None:
        self.store = store
        self.settings = settings
        self.workspace = workspace

    def known(self) -> Known:
        """Give the registers and current rows as of now; read again only after a new submission."""
        raise NotImplementedError

    def open(self, name: str, data: bytes) -> File:
        """Read a file.

        Parameters
        ----------
        name : str
            As it was called; folders are cut off.
        data : bytes

        Returns
        -------
        File

        Raises
        ------
        IntakeError
            If it is not a file that can be read: the text says why and what to do.
        """
        raise NotImplementedError

    def examine(self, file: File, answers: Answers | None = None, *, progress: Progress = ignore) -> Proposal:
        """Find out what a file would bring: see `examination.examine`."""
        raise NotImplementedError

    def earlier(self, file: File) -> int | None:
        """Give the submission that brought this same file and is not undone, if any."""
        raise NotImplementedError

    def preview(self, proposal: Proposal) -> Preview:
        """Give what committing the proposal would add, change, leave and remove; writes nothing.

        Raises
        ------
        ContractError
            If the rows would break the store, for example point to a row that is gone by now.
        """
        raise NotImplementedError

    def commit(
        self,
        proposal: Proposal,
        *,
        actor: str,
        note: str = "",
        preview: Preview | None = None,
        progress: Progress = ignore,
    ) -> int:
        """Write a proposal as one submission, and keep its file without personal columns.

        Parameters
        ----------
        proposal : Proposal
            Ready: no fault, no open question.
        actor, note : str
            Who, and what about.
        preview : Preview, optional
            What the operator has seen. If another submission has touched one of these rows since,
            nothing is written.
        progress : callable
            Called with the share that is done, 0 to 1.

        Returns
        -------
        int
            The submission's id; the newest one if nothing differs from what is current.

        Raises
        ------
        IntakeError
            ``intake.error.not_ready``, with counts of faults and questions.
        StoreError
            If the store cannot write, or another submission came between. Nothing is half-applied.
        """
        raise NotImplementedError

    def marked(self, proposal: Proposal) -> bytes:
        """Give the file as a workbook (XLSX) in which each finding is marked at its cell."""
        raise NotImplementedError

    def template(self, form: str) -> bytes:
        """Give the template (XLSX) of a form, a name in `forms.FORMS`."""
        raise NotImplementedError

    def kept(self, submission: int) -> Path | None:
        """Give the kept file (ZIP of CSV, no personal columns) of a submission, if it has one."""
        raise NotImplementedError

    def undo(self, submission: int, *, actor: str) -> int:
        """Take back a submission by another one: see `Store.undo`."""
        return self.store.undo(submission, actor=actor)

    def freeze(self, name: str, *, actor: str, note: str = "") -> int:
        """Name the data as they are now, to be compared with later.

        Returns
        -------
        int
            The submission that holds the name; the snapshot is of the one before it.
        """
        raise NotImplementedError

    def clear_advice(
        self, table: str, row_key: str, column: str, rule: str, reason: str, *, actor: str
    ) -> int:
        """Write why the value of an open advice is right.

        Parameters
        ----------
        table, row_key, column, rule : str
            ``of_table``, ``row_key``, ``of_column`` and ``rule`` of a current row of `advices`.
        reason : str
            Not empty.
        actor : str

        Returns
        -------
        int
            The submission's id.

        Raises
        ------
        IntakeError
            ``intake.error.no_advice`` if there is none, ``intake.error.no_reason`` without a reason.
        """
        raise NotImplementedError

    def submit(
        self,
        changes: Mapping[str, pd.DataFrame],
        *,
        actor: str,
        note: str,
        file_name: str,
        removals: Mapping[str, pd.DataFrame] | None = None,
    ) -> int:
        """Write rows that come from a system rather than a file, as one submission.

        Parameters
        ----------
        changes : mapping of str to DataFrame
            Rows per table, meeting their contracts.
        actor, note : str
        file_name : str
            What they come from, for example ``SLiMS perpustakaan@localhost``; never a password.
        removals : mapping of str to DataFrame, optional

        Returns
        -------
        int
            The submission's id.
        """
        return self.store.commit(
            changes, actor=actor, file_name=file_name, sha256="", note=note, removals=removals
        )

    def today(self) -> dt.date:
        """Give the day it is in the province."""
        return dt.datetime.now(PROVINCE_TIME).date()
