"""The store: one workspace's database, opened."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from sqlalchemy.engine import Engine

from literasi.contracts import TABLES
from literasi.errors import StoreError
from literasi.store import effects, reading, submissions, upgrade
from literasi.store.database import file_of, make_engine
from literasi.store.database import reading as reading_transaction
from literasi.store.database import writing as writing_transaction
from literasi.store.effects import Effect
from literasi.store.upgrade import Upgrade
from literasi.store.writing import Header, head

EFFECT_ROWS = 200


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
            If the store is read-only or the database cannot be written.
        """
        self._refuse_read_only()
        rows, keys = submissions.checked(changes, removals or {})
        header = Header(actor, file_name, sha256, note)
        with writing_transaction(self.engine) as connection:
            return submissions.commit(connection, rows, keys, header)

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
            return submissions.undo(connection, submission_id, actor)

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
            touched = [name for name in TABLES if name in counts and counts[name].written]
            return effects.effect(connection, submission_id, touched, limit)

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
