"""The intake desk of one workspace: from an opened file to a submission, its kept file, and back."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from literasi.contracts import TABLES
from literasi.domain.areas import AreaRegister
from literasi.errors import StoreError
from literasi.intake import examination, pseudonyms, templates, wording
from literasi.intake.examination import Progress, ignore
from literasi.intake.findings import Answers
from literasi.intake.forms import FORMS
from literasi.intake.known import Known
from literasi.intake.marked import mark
from literasi.intake.proposal import Proposal
from literasi.intake.reading import read
from literasi.intake.sheets import File
from literasi.intake.uploads import KeptFiles, safe_name
from literasi.settings import Settings
from literasi.store import Preview, Store, definitions
from literasi.workspaces import OFFICIAL

PROVINCE_TIME = ZoneInfo("Asia/Jakarta")
KEY_FILE = "pseudonym.key"
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
        self._files = KeptFiles(settings.var_dir / "uploads" / workspace)
        self._lock = threading.Lock()
        self._known: Known | None = None

    def known(self) -> Known:
        """Give the registers and current rows as of now; read again only after a new submission."""
        head, today = self.store.head(), dt.datetime.now(PROVINCE_TIME).date()
        with self._lock:
            if self._known is None or (self._known.head, self._known.today) != (head, today):
                tables = {name: self.store.frame(name, head) for name in TABLES}
                register = AreaRegister.from_frame(tables["areas"])
                key = pseudonyms.key(self.settings.var_dir / KEY_FILE, self.settings.pseudonym_key)
                catalogue = definitions.load_catalogue(self.settings.data_dir)
                self._known = Known(register, catalogue, tables, key, today, head)
            return self._known

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
        return read(name, data)

    def examine(self, file: File, answers: Answers | None = None, *, progress: Progress = ignore) -> Proposal:
        """Find out what a file would bring: see `examination.examine`."""
        return examination.examine(file, known=self.known(), answers=answers, progress=progress)

    def earlier(self, file: File) -> int | None:
        """Give the submission that brought this same file and is not undone, if any."""
        return self.store.find_by_sha(file.sha256)

    def preview(self, proposal: Proposal) -> Preview:
        """Give what committing the proposal would add, change, leave and remove; writes nothing.

        Raises
        ------
        ContractError
            If the rows would break the store, for example point to a row that is gone by now.
        """
        return self.store.preview(proposal.changes, proposal.removals, limit=SHOWN_ROWS)

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
            What the operator has seen. If another submission has touched one of these rows since
            then, or since the examination, nothing is written.
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
        proposal.require_ready()
        file = proposal.file
        seen = min(proposal.head, preview.head) if preview else proposal.head
        with self._files.keeping(proposal, is_committed=lambda: self.store.find_by_sha(file.sha256)):
            progress(0.2)
            submission = self.store.commit(
                proposal.changes,
                actor=actor,
                file_name=safe_name(proposal, file.name),
                sha256=file.sha256,
                note=note,
                removals=proposal.removals,
                seen=seen,
            )
        progress(1.0)
        return submission

    def marked(self, proposal: Proposal) -> bytes:
        """Give the file as a workbook (XLSX) in which each finding is marked at its cell."""
        return mark(proposal.file, proposal.findings, describe=wording.describe)

    def template(self, form: str) -> bytes:
        """Give the template (XLSX) of a form, a name in `forms.FORMS`."""
        return templates.write(FORMS[form], known=self.known())

    def kept(self, submission: int) -> Path | None:
        """Give the kept file (ZIP of CSV, no personal columns) of a submission, if it has one."""
        listing = self.store.submissions()
        sha256 = listing.loc[listing["id"] == submission, "sha256"]
        return self._files.path(str(sha256.iloc[0])) if len(sha256) else None

    def undo(self, submission: int, *, actor: str) -> int:
        """Take back a submission by another one: see `Store.undo`."""
        return self.store.undo(submission, actor=actor)

    def freeze(self, name: str, *, actor: str, note: str = "") -> int:
        """Name the data as they are now, to be compared with later.

        Returns
        -------
        int
            The submission that holds the name; the snapshot is of the one before it.

        Raises
        ------
        StoreError
            ``intake.error.snapshot_exists``: a name stays with its moment.
        """
        head = self.store.head()
        if name.strip() in set(self.store.frame("snapshots", head)["name"]):
            raise StoreError("intake.error.snapshot_exists", name=name.strip())
        row = {"name": [name.strip()], "submission": [head], "note": [note.strip() or None]}
        return self.store.commit(
            {"snapshots": pd.DataFrame(row)}, actor=actor, file_name="", sha256="", note=note, seen=head
        )

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
        StoreError
            ``intake.error.no_advice`` if there is none, ``intake.error.no_reason`` without a reason.
        """
        if not reason.strip():
            raise StoreError("intake.error.no_reason")
        head = self.store.head()
        advices = self.store.frame("advices", head)
        key = {"of_table": table, "row_key": row_key, "of_column": column, "rule": rule}
        row = advices[pd.DataFrame([advices[name] == value for name, value in key.items()]).all()]
        if row.empty:
            raise StoreError("intake.error.no_advice")
        return self.store.commit(
            {"advices": row.assign(reason=reason.strip())}, actor=actor, file_name="", sha256="", seen=head
        )

    def submit(
        self,
        changes: Mapping[str, pd.DataFrame],
        *,
        actor: str,
        note: str,
        file_name: str,
        removals: Mapping[str, pd.DataFrame] | None = None,
        preview: Preview | None = None,
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
        preview : Preview, optional
            As for `commit`.

        Returns
        -------
        int
            The submission's id.
        """
        return self.store.commit(
            changes,
            actor=actor,
            file_name=file_name,
            sha256="",
            note=note,
            removals=removals,
            seen=preview.head if preview else None,
        )
