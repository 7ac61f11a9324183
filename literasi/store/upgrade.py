"""Opening a database: make its tables, upgrade an older schema after a backup, or refuse."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from literasi.errors import StoreError
from literasi.store.database import BUSY_MILLISECONDS, file_of, opening, reading, sqlite_fault
from literasi.store.schema import HEAD_REVISION, METADATA, SUBMISSIONS, VERSION

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """An upgrade that opening has made.

    Attributes
    ----------
    from_revision, to_revision : str
        Schema before and after.
    backup : Path, optional
        Copy of the database before; none for PostgreSQL, whose backups are its administrator's
        (the upgrade is one transaction there as well).
    """

    from_revision: str
    to_revision: str
    backup: Path | None


def prepare(engine: Engine, *, read_only: bool) -> Upgrade | None:
    """Bring a database to the schema of this program.

    Parameters
    ----------
    engine : Engine
        From `database.make_engine`.
    read_only : bool
        Change nothing: a database that would have to be made or upgraded is refused.

    Returns
    -------
    Upgrade, optional
        What was done to an older database; None in the usual case.

    Raises
    ------
    StoreError
        If the database is of a newer program, of another program, damaged, or cannot be upgraded.
        It is then unchanged.
    """
    file = file_of(engine)
    if file is not None and read_only and not file.exists():
        raise StoreError("error.database_missing", database=file.name)
    with reading(engine) as connection:
        revision = revision_of(connection)
    if revision == HEAD_REVISION:
        return None
    if read_only:
        raise StoreError("error.database_older", revision=revision or "–", needed=HEAD_REVISION)
    with opening(engine) as connection:
        # Another process may have been faster while this one waited for its turn.
        revision = revision_of(connection)
        if revision == HEAD_REVISION:
            return None
        if revision is None:
            METADATA.create_all(connection)
            VERSION.create(connection)
            connection.execute(sa.insert(VERSION).values(version_num=HEAD_REVISION))
            return None
        _refuse_unknown(revision)
        # This connection holds the writer's place, so the copy is exactly what is upgraded.
        saved = backup(engine, backup_file(engine, revision)) if file is not None else None
        _migrate(connection, revision, saved)
        return Upgrade(revision, HEAD_REVISION, saved)


def revision_of(connection: Connection) -> str | None:
    """Give the schema revision of a database; None if it is empty.

    Raises
    ------
    StoreError
        If it has tables, but not ours.
    """
    tables = set(sa.inspect(connection).get_table_names())
    if not tables:
        return None
    if not {VERSION.name, SUBMISSIONS.name} <= tables:
        raise StoreError("error.database_foreign")
    return connection.scalar(sa.select(VERSION.c.version_num)) or ""


def backup(engine: Engine, file: Path) -> Path:
    """Write a copy of a SQLite database, complete and compact, while others work.

    Parameters
    ----------
    engine : Engine
        From `database.make_engine`.
    file : Path
        The copy; its folder is made if need be.

    Returns
    -------
    Path
        `file`.

    Raises
    ------
    StoreError
        If the database is PostgreSQL (its own tools do this), `file` exists, or the copy is
        not sound.
    """
    database = file_of(engine)
    if database is None:
        raise StoreError("error.backup_postgresql")
    if file.exists():
        raise StoreError("error.backup_exists", file=file)
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        # A connection of its own: VACUUM stands outside any transaction.
        with closing(sqlite3.connect(database, timeout=BUSY_MILLISECONDS / 1000)) as source:
            source.execute("VACUUM INTO ?", (str(file),))
        with closing(sqlite3.connect(file)) as copy:
            is_sound = copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
    except sqlite3.Error as error:
        file.unlink(missing_ok=True)
        raise sqlite_fault(error) or error from error
    if not is_sound:
        raise StoreError("error.database_damaged")
    return file


def backup_file(engine: Engine, revision: str = HEAD_REVISION) -> Path:
    """Give a new name in ``backups`` beside a SQLite database: its name, revision and the time."""
    database = file_of(engine)
    if database is None:
        raise StoreError("error.backup_postgresql")
    now = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%fZ")
    return database.parent / "backups" / f"{database.stem}-{revision}-{now}.db"


def alembic_config() -> Config:
    """Give the configuration that Alembic needs, without a file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _refuse_unknown(revision: str) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    if revision not in known:
        raise StoreError("error.database_newer", revision=revision, needed=HEAD_REVISION)


def _migrate(connection: Connection, revision: str, saved: Path | None) -> None:
    """Run the migrations within the caller's transaction, which an error rolls back."""
    from alembic import command

    config = alembic_config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except Exception as error:
        raise StoreError(
            "error.upgrade_failed", revision=revision, needed=HEAD_REVISION, backup=saved or "–"
        ) from error
