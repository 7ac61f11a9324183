"""The store: one workspace's database, opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd
from sqlalchemy.engine import Connection, Engine

from literasi.contracts import TABLES
from literasi.errors import StoreError
from literasi.store import effects, reading, submissions, upgrade
from literasi.store.database import file_of, make_engine
from literasi.store.database import reading as reading_transaction
from literasi.store.database import trying as trying_transaction
from literasi.store.database import writing as writing_transaction
from literasi.store.effects import Effect, Preview
from literasi.store.submissions import Outcome
from literasi.store.upgrade import Upgrade
from literasi.store.writing import Counts, Header, head

EFFECT_ROWS = 200

OFFICE_NOTES = ("advices", "layouts", "spellings", "snapshots")
"""Tables of what the office has told about its files: kept like facts, but not themselves data."""


class Store:
    """One workspace's tables and submissions. Safe to share between threads.

    Each method is one transaction. To read several tables as of the same moment, take
    `head` once and pass it as `as_of` to each `frame`.

    Parameters
    ----------
    engine : Engine
        From `database.make_engine`, its tables prepared.
    is_read_only : bool
        Whether commits and undos are refused.
    upgraded : Upgrade, optional
        What opening had to do to an older database.
    """

    def __init__(
        self, engine: Engine, *, is_read_only: bool = False, upgraded: Upgrade | None = None
    ) -> None:
        self.engine = engine
        self.is_read_only = is_read_only
        self.upgraded = upgraded

    def head(self) -> int:
        """Give the id of the newest submission, 0 before the first: the key of every cache."""
        with reading_transaction(self.engine) as connection:
            return head(connection)

    def frame(self, table: str, as_of: int | None = None) -> pd.DataFrame:
        """Read one table, current or as it stood right after a submission.

        Parameters
        ----------
        table : str
            A name in `contracts.TABLES`.
        as_of : int, optional
            Submission id.

        Returns
        -------
        DataFrame
            Meets its contract; in the order of the key. Empty, with its types, if there are
            no rows.
        """
        with reading_transaction(self.engine) as connection:
            return reading.frame(connection, table, as_of)

    def commit(
        self,
        changes: Mapping[str, pd.DataFrame],
        *,
        actor: str,
        file_name: str,
        sha256: str,
        note: str = "",
        removals: Mapping[str, pd.DataFrame] | None = None,
        seen: int | None = None,
    ) -> int:
        """Write rows as one submission: all of them, or none.

        Parameters
        ----------
        changes : mapping of str to DataFrame
            Rows per table. A row whose key is current replaces that row; one that equals it is
            not written.
        actor, file_name, sha256, note : str
            Who submits what. The same file may come again; `find_by_sha` tells.
        removals : mapping of str to DataFrame, optional
            Rows to remove per table, by their key columns.
        seen : int, optional
            Newest submission that the actor has seen (`Preview.head`). What others have committed since
            is not overwritten; rows of other keys do not matter.

        Returns
        -------
        int
            The submission's id. If nothing differs from what is current, no submission is made
            and the newest id is given.

        Raises
        ------
        ContractError
            With all faults of all tables; rows are positions in the given frames. When rows keep
            their contracts, with all references that would have no row (``unknown_reference``).
        StoreError
            If the store is read-only or the database cannot be written; if a submission later than
            `seen` has touched a row that would be written or removed (``error.changed_since``).
        """
        self._refuse_read_only()
        rows, keys = submissions.checked(changes, removals or {})
        header = Header(actor, file_name, sha256, note)
        with writing_transaction(self.engine) as connection:
            return submissions.commit(connection, rows, keys, header, seen=seen).submission

    def preview(
        self,
        changes: Mapping[str, pd.DataFrame],
        removals: Mapping[str, pd.DataFrame] | None = None,
        *,
        limit: int = EFFECT_ROWS,
    ) -> Preview:
        """Tell what a commit would do now, by doing it and taking it back.

        Parameters
        ----------
        changes, removals : mapping of str to DataFrame
            As for `commit`.
        limit : int
            At most so many rows each added, changed and removed per table.

        Returns
        -------
        Preview

        Raises
        ------
        ContractError, StoreError
            As for `commit`. A read-only store has no preview, since nothing could follow from it.

        Notes
        -----
        It is the commit's own code in a writer's transaction that is rolled back, so that a preview and
        its commit cannot differ. Other writers wait for it as they do for a commit.
        """
        self._refuse_read_only()
        rows, keys = submissions.checked(changes, removals or {})
        with trying_transaction(self.engine) as connection:
            before = head(connection)
            outcome = submissions.commit(connection, rows, keys, Header("", "", ""))
            return _preview(connection, before, outcome, limit)

    def preview_undo(self, submission_id: int, *, limit: int = EFFECT_ROWS) -> Preview:
        """Tell what an undo would do now, by doing it and taking it back: see `preview`.

        Parameters
        ----------
        submission_id : int
            As for `undo`, and refused as there.
        limit : int
            At most so many rows each added, changed and removed per table.

        Returns
        -------
        Preview
        """
        self._refuse_read_only()
        with trying_transaction(self.engine) as connection:
            before = head(connection)
            outcome = submissions.undo(connection, submission_id, "")
            return _preview(connection, before, outcome, limit)

    def undo(self, submission_id: int, *, actor: str) -> int:
        """Take back a submission by another one.

        Parameters
        ----------
        submission_id : int
            The submission to take back. May be an undo, which brings its target again.
        actor : str
            Who does it.

        Returns
        -------
        int
            Id of the undo.

        Raises
        ------
        StoreError
            If it does not exist, is already undone, or a later one has built on it (named).
        """
        self._refuse_read_only()
        with writing_transaction(self.engine) as connection:
            return submissions.undo(connection, submission_id, actor).submission

    def submissions(self) -> pd.DataFrame:
        """List every submission, the newest first: see `submissions.listing`."""
        with reading_transaction(self.engine) as connection:
            return submissions.listing(connection)

    def find_by_sha(self, sha256: str) -> int | None:
        """Give the newest submission of that same file that is not undone, if any."""
        with reading_transaction(self.engine) as connection:
            return submissions.find_by_sha(connection, sha256)

    def effect(self, submission_id: int, *, limit: int = EFFECT_ROWS) -> dict[str, Effect]:
        """Read what a submission did, row by row.

        Parameters
        ----------
        submission_id : int
            Its id.
        limit : int
            At most so many rows each added, changed and removed per table.

        Returns
        -------
        dict of str to Effect
            Only tables in which it did something. Empty if there is no such submission.
        """
        with reading_transaction(self.engine) as connection:
            counts = submissions.counts_of(connection, submission_id)
            return _effects(connection, submission_id, counts, limit)

    def compare(
        self, first: int, last: int | None = None, *, limit: int = EFFECT_ROWS
    ) -> dict[str, tuple[Counts, Effect]]:
        """Compare the data as of two submissions: the net difference, whatever happened in between.

        Parameters
        ----------
        first : int
            Submission id; 0 is the empty store.
        last : int, optional
            Submission id; the newest unless given.
        limit : int
            At most so many rows each added, changed and removed per table.

        Returns
        -------
        dict of str to tuple of (Counts, Effect)
            Only tables that differ, without `OFFICE_NOTES`. Counts are of all rows.
        """
        with reading_transaction(self.engine) as connection:
            until = head(connection) if last is None else last
            touched = submissions.touched_between(connection, first, until)
            tables = [name for name in TABLES if name in touched and name not in OFFICE_NOTES]
            return effects.differences(connection, first, until, tables, limit)

    def sizes(self, as_of: int) -> dict[str, int]:
        """Count the rows of every table as they stood right after a submission."""
        with reading_transaction(self.engine) as connection:
            return {name: reading.size(connection, name, as_of) for name in TABLES}

    def origins(self, table: str, as_of: int, where: Mapping[str, Collection[str]]) -> pd.DataFrame:
        """Count rows by the submission that brought them: see `reading.origins`."""
        with reading_transaction(self.engine) as connection:
            return reading.origins(connection, table, as_of, where)

    def as_of(self, moment: dt.datetime) -> int:
        """Give the newest submission made not later than a moment (with its zone), 0 before the first."""
        with reading_transaction(self.engine) as connection:
            return submissions.as_of(connection, moment)

    def backup(self, file: Path | None = None) -> Path:
        """Write a copy of the database: see `upgrade.backup`.

        Parameters
        ----------
        file : Path, optional
            The copy; in ``backups`` beside the database, under the time, unless given.

        Returns
        -------
        Path
        """
        return upgrade.backup(self.engine, file or upgrade.backup_file(self.engine))

    def close(self) -> None:
        """Close the connections; the store opens new ones when used again."""
        self.engine.dispose()

    def _refuse_read_only(self) -> None:
        if self.is_read_only:
            raise StoreError("error.read_only")


def _effects(
    connection: Connection, submission: int, counts: Mapping[str, Counts], limit: int
) -> dict[str, Effect]:
    """Read what one submission did: the difference to the one before it, since ids have no gaps."""
    touched = [name for name in TABLES if name in counts and counts[name].written]
    found = effects.differences(connection, submission - 1, submission, touched, limit)
    return {name: effect for name, (_, effect) in found.items()}


def _preview(connection: Connection, before: int, outcome: Outcome, limit: int) -> Preview:
    return Preview(before, outcome.counts, _effects(connection, outcome.submission, outcome.counts, limit))


def open_store(url: str, *, read_only: bool = False) -> Store:
    """Open a workspace's database: made if new, upgraded with a backup if older.

    Parameters
    ----------
    url : str
        ``sqlite:///folder/file.db`` (folders are made) or ``postgresql://user@host/name``.
    read_only : bool
        Only read; a database that would have to be made or upgraded is refused.

    Returns
    -------
    Store

    Raises
    ------
    StoreError
        If the database is of a newer or another program, damaged, or cannot be reached.
    """
    engine = make_engine(url, read_only=read_only)
    file = file_of(engine)
    try:
        if file is not None and not read_only:
            file.parent.mkdir(parents=True, exist_ok=True)
        upgraded = upgrade.prepare(engine, read_only=read_only)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, is_read_only=read_only, upgraded=upgraded)
