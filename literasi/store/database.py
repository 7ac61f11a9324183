"""Engines and transactions: SQLite without set-up, PostgreSQL by its address."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, ExceptionContext, make_url
from sqlalchemy.exc import ArgumentError

from literasi.errors import StoreError

BUSY_MILLISECONDS = 60_000
OPENING_LOCK = 21_2026
"""Key of the PostgreSQL advisory lock under which tables are made or upgraded."""

# What SQLite says, and what a user is told.
_SQLITE_FAULTS = {
    "file is not a database": "error.database_damaged",
    "malformed": "error.database_damaged",
    "disk is full": "error.disk_full",
    "disk I/O error": "error.disk_fault",
    "database is locked": "error.database_locked",
    "readonly database": "error.database_unwritable",
    "unable to open": "error.database_unwritable",
}


def address(url: str) -> URL:
    """Read a database address; PostgreSQL always means psycopg 3.

    Parameters
    ----------
    url : str
        ``sqlite:///folder/file.db`` or ``postgresql://user@host/name``.

    Returns
    -------
    URL

    Raises
    ------
    StoreError
        If it cannot be read or names another kind of database.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError("error.database_address") from error
    kind = parsed.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if kind == "sqlite":
        return parsed.set(drivername="sqlite")
    raise StoreError("error.database_address")


def file_of(engine: Engine) -> Path | None:
    """Give the file of a SQLite database; None for a server or a database in memory."""
    name = engine.url.database
    return Path(name) if is_sqlite(engine) and name and name != ":memory:" else None


def is_sqlite(bind: Engine | Connection) -> bool:
    """Whether the database is SQLite."""
    return bind.dialect.name == "sqlite"


def make_engine(url: str, *, read_only: bool) -> Engine:
    """Make an engine whose transactions are those the store needs.

    Parameters
    ----------
    url : str
        As for `address`.
    read_only : bool
        Refuse every write on this engine's connections (SQLite and PostgreSQL enforce it).

    Returns
    -------
    Engine
        Nothing is connected yet.
    """
    target = address(url)
    if target.drivername == "sqlite":
        engine = sa.create_engine(target)
        _prepare_sqlite(engine, read_only=read_only)
    else:
        options = {"options": "-c default_transaction_read_only=on"} if read_only else {}
        engine = sa.create_engine(target, pool_pre_ping=True, connect_args=options)
    sa.event.listen(engine, "handle_error", _explain)
    return engine


def _prepare_sqlite(engine: Engine, *, read_only: bool) -> None:
    def connected(connection: sqlite3.Connection, _record: object) -> None:
        # The driver would begin transactions late and deferred; the listener below begins them.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys=ON")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        else:
            _use_wal(connection)
            connection.execute("PRAGMA synchronous=FULL")

    def begun(connection: Connection) -> None:
        is_writer = connection.get_execution_options().get("is_writer", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")

    sa.event.listen(engine, "connect", connected)
    sa.event.listen(engine, "begin", begun)


def _use_wal(connection: sqlite3.Connection) -> None:
    """Let readers and the writer work side by side; a new file is switched once, and stays so."""
    while connection.execute("PRAGMA journal_mode").fetchone() == ("delete",):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            # Another process is switching it, for which SQLite does not wait, as it does here.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")


def sqlite_fault(error: sqlite3.Error) -> StoreError | None:
    """Give the error with a remedy for what SQLite says; None if it is not the user's to mend."""
    keys = (key for words, key in _SQLITE_FAULTS.items() if words in str(error))
    key = next(keys, None)
    return StoreError(key) if key else None


_DISK_FULL = "53100"
"""What PostgreSQL calls it (SQLSTATE)."""


def _server_fault(error: BaseException, *, is_lost: bool) -> StoreError | None:
    """Give the error with a remedy for what PostgreSQL says; None if it is not the user's to mend."""
    if getattr(error, "sqlstate", None) == _DISK_FULL:
        return StoreError("error.disk_full")
    return StoreError("error.database_lost") if is_lost else None


def _explain(context: ExceptionContext) -> None:
    """Turn what the database says into an error with a remedy; other errors pass unchanged."""
    original = context.original_exception
    if isinstance(original, sqlite3.Error):
        fault = sqlite_fault(original)
    elif context.connection is None:
        is_refused = any(kind.__name__ == "OperationalError" for kind in type(original).__mro__)
        fault = StoreError("error.database_unreachable") if is_refused else None
    else:
        fault = _server_fault(original, is_lost=context.is_disconnect)
    if fault is not None:
        raise fault from original


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that only reads; it never waits for a writer."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open the one transaction that may write now; others wait for its end."""
    with engine.connect().execution_options(is_writer=True) as connection, connection.begin():
        _wait_for_turn(connection)
        yield connection


def _wait_for_turn(connection: Connection) -> None:
    """Wait for the end of another writer; SQLite has done so when the transaction began."""
    if not is_sqlite(connection):
        connection.exec_driver_sql("LOCK TABLE submissions IN EXCLUSIVE MODE")


@contextmanager
def trying(engine: Engine) -> Iterator[Connection]:
    """Open a writer's transaction of which nothing stays: it ends by being rolled back."""
    with engine.connect().execution_options(is_writer=True) as connection, connection.begin() as transaction:
        _wait_for_turn(connection)
        yield connection
        transaction.rollback()


@contextmanager
def opening(engine: Engine) -> Iterator[Connection]:
    """Open the one transaction that may make or upgrade the tables now."""
    with engine.connect().execution_options(is_writer=True) as connection, connection.begin():
        if not is_sqlite(connection):
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(OPENING_LOCK)))
        yield connection


def load(
    connection: Connection, table: sa.Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Put many rows into a table by the fastest way the database has.

    Parameters
    ----------
    connection : Connection
        In a transaction.
    table : Table
        Where the rows go.
    names : sequence of str
        Its columns, in the order of the values in each row.
    rows : sequence of tuple
        Plain Python values; dates as ISO text; None where missing.
    """
    if not rows:
        return
    if is_sqlite(connection):
        statement = sa.insert(table).values({n: sa.bindparam(n) for n in names})
        compiled = statement.compile(dialect=connection.dialect, column_keys=list(names))
        connection.exec_driver_sql(str(compiled), list(rows))
        return
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quote(n) for n in names)
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        # The driver is used directly here, so `_explain` does not hear of it.
        is_lost = connection.dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
        fault = _server_fault(error, is_lost=is_lost)
        if is_lost:
            connection.invalidate(error)
        raise fault or error from error
    cursor.close()
    # A new temporary table has no statistics, and without them the plan may be a nested loop.
    connection.exec_driver_sql(f"ANALYZE {quote(table.name)}")
