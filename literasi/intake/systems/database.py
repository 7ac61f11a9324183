"""A library system's own MariaDB or MySQL database, opened so that nothing in it can be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pymysql
import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, ExceptionContext
from sqlalchemy.pool import NullPool

from literasi.intake.systems import DEFAULT_PORT
from literasi.intake.systems.errors import SystemReadError

CONNECT_SECONDS = 10
STATEMENT_SECONDS = 60
ANSWER_SECONDS = STATEMENT_SECONDS + 30
Needed = Mapping[str, tuple[str, ...]]
"""Table to the columns of it that are read: no other column is named in any statement."""

_ERRORS = {
    1044: "no_database",
    1049: "no_database",
    1045: "password",
    1698: "password",
    1130: "host_refused",
    1129: "host_refused",
    2002: "unreachable",
    2003: "unreachable",
    2005: "unreachable",
    1142: "not_granted",
    1143: "not_granted",
    1146: "not_granted",
    1054: "not_granted",
    1064: "old_server",  # our statements are fixed: what a server does not understand is newer than it
    1115: "old_server",
    1273: "old_server",
    1969: "slow",
    3024: "slow",
    2006: "lost",
    2013: "lost",
    1927: "lost",
    1053: "lost",
    1040: "busy",
    1203: "busy",
}
HARMLESS = frozenset({"USAGE", "SELECT", "SHOW VIEW", "SHOW DATABASES", "PROCESS"})
"""Privileges with which nothing can be changed."""

_CHARSET = re.compile(r"^[0-9A-Za-z_]+$")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a library system's database is; its password is never part of it.

    Attributes
    ----------
    database, user : str
    host : str
    port : int
    socket : str
        Path of a Unix socket, instead of host and port, where both run on one computer.
    """

    database: str
    user: str
    host: str = "localhost"
    port: int = DEFAULT_PORT
    socket: str = ""

    def label(self, system: str) -> str:
        """Name it as it is kept with a submission: ``slims://localhost/perpus``."""
        return f"{system}://{self.host}/{self.database}"


@contextmanager
def reading(address: Address, password: str) -> Iterator[Connection]:
    """Open a connection whose transactions can only read.

    Parameters
    ----------
    address : Address
    password : str
        Of the account; kept nowhere.

    Yields
    ------
    Connection
        The server refuses every write on it, and stops a statement after `STATEMENT_SECONDS`.

    Raises
    ------
    SystemReadError
        For whatever the server or the network says, also while the connection is used.
    """
    options: dict[str, Any] = {
        "charset": "utf8mb4",
        "connect_timeout": CONNECT_SECONDS,
        "read_timeout": CONNECT_SECONDS,  # of the handshake; `_only_read` gives statements longer
        "write_timeout": ANSWER_SECONDS,
        "local_infile": False,
    }
    if address.socket:
        options["unix_socket"] = address.socket
    engine = sa.create_engine(
        URL.create(
            "mysql+pymysql",
            username=address.user,
            password=password,
            host=address.host,
            port=address.port,
            database=address.database,
        ),
        connect_args=options,
        poolclass=NullPool,
    )
    sa.event.listen(engine, "connect", _only_read)
    sa.event.listen(engine, "handle_error", partial(_explain, address))
    with _connected(engine, address) as connection:
        yield connection


def _only_read(connection: Any, _record: object) -> None:
    # The driver knows one limit for greeting and answers; a silent host shall not be waited for that long.
    connection._read_timeout = ANSWER_SECONDS
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION TRANSACTION READ ONLY")
        # Each server executes only the comment that is its own: MariaDB takes seconds, MySQL milliseconds.
        cursor.execute(
            "SET @literasi = 1"
            f" /*M!100101 , SESSION max_statement_time = {STATEMENT_SECONDS} */"
            f" /*!50708 , SESSION max_execution_time = {STATEMENT_SECONDS * 1000} */"
        )
    connection.commit()


def _connected(engine: Engine, address: Address) -> Connection:
    try:
        return engine.connect()
    except pymysql.Error as error:  # said before there is anything to which `_explain` listens
        raise _error(error, address) from error
    except RuntimeError as error:  # a way of signing in for which the driver lacks a library
        raise SystemReadError("systems.error.authentication", user=address.user) from error


def _explain(address: Address, context: ExceptionContext) -> None:
    """Turn what driver and server say into an error with a remedy; other errors pass unchanged."""
    if isinstance(context.original_exception, pymysql.Error):
        raise _error(context.original_exception, address) from context.original_exception


def _error(error: pymysql.Error, address: Address) -> SystemReadError:
    number = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    where: dict[str, object] = {
        "host": address.socket or f"{address.host}:{address.port}",
        "database": address.database,
        "user": address.user,
    }
    key = _ERRORS.get(number, "other")
    if key == "other":
        where["message"] = " ".join(str(part) for part in error.args)
    return SystemReadError(f"systems.error.{key}", **where)


def columns(connection: Connection, *, system: str, needed: Needed) -> Mapping[tuple[str, str], str]:
    """Make sure that every column that is read is there and may be read.

    Parameters
    ----------
    connection : Connection
        From `reading`.
    system : str
        Which system the database is said to be.
    needed : mapping
        What is read.

    Returns
    -------
    mapping of (str, str) to str
        Table and column to ``CHARSET.COLLATION``, "" where it is not text.

    Raises
    ------
    SystemReadError
        ``systems.error.not_this_system`` if none of its tables is there, else
        ``systems.error.columns_missing`` with those that are missing.
    """
    statement = sa.text(
        "SELECT TABLE_NAME, COLUMN_NAME, CHARACTER_SET_NAME, COLLATION_NAME FROM information_schema.COLUMNS"
        " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN :tables"
    ).bindparams(sa.bindparam("tables", expanding=True))
    found = {
        (str(table).lower(), str(column).lower()): f"{charset}.{collation}" if charset else ""
        for table, column, charset, collation in connection.execute(statement, {"tables": list(needed)})
    }
    if not found:
        raise SystemReadError("systems.error.not_this_system", system=system, tables=", ".join(needed))
    wanted = [(table, column) for table, names in needed.items() for column in names]
    missing = [f"{t}.{c}" for t, c in wanted if (t.lower(), c.lower()) not in found]
    if missing:
        raise SystemReadError("systems.error.columns_missing", system=system, columns=", ".join(missing))
    return {(table, column): found[table.lower(), column.lower()] for table, column in wanted}


def as_written_in(kind: str, expression: str) -> str:
    """Give SQL that turns a text into the character set and collation of a column it is compared with.

    Installs that were half converted mix them, which the server otherwise refuses to compare; turning the
    one side keeps the index of the other in use.

    Parameters
    ----------
    kind : str
        ``CHARSET.COLLATION``, from `columns`; "" leaves the expression as it is.
    expression : str
        SQL.
    """
    charset, _, collation = kind.partition(".")
    if not (_CHARSET.match(charset) and _CHARSET.match(collation)):
        return expression
    return f"CONVERT({expression} USING {charset}) COLLATE {collation}"


def may_write(connection: Connection) -> tuple[str, ...]:
    """Give the privileges of the account that reading does not need; none is as it should be.

    A grant is not kept, only the names of privileges: servers show the password's hash in it.
    """
    grants = [str(row[0]) for row in connection.execute(sa.text("SHOW GRANTS"))]
    return tuple(sorted({name for grant in grants for name in privileges(grant)} - HARMLESS))


def privileges(grant: str) -> Sequence[str]:
    """Read the names of privileges in one line of ``SHOW GRANTS``; none in the grant of a role."""
    given = re.match(r"GRANT (.+?) ON ", grant)
    if not given:
        return ()
    return [name.strip() for name in re.sub(r"\([^)]*\)", "", given[1]).split(",")]


def grants(needed: Needed, *, database: str, user: str, host: str = "%") -> list[str]:
    """Write the statements that make an account which can read these columns and nothing else.

    Parameters
    ----------
    needed : mapping
    database, user, host : str
        ``host`` is the computer the dashboard runs on, ``%`` any.

    Returns
    -------
    list of str
        SQL with a placeholder for the password.
    """
    account = f"'{user}'@'{host}'"
    return [
        f"CREATE USER {account} IDENTIFIED BY 'GANTI-SANDI-INI';",
        *(
            f"GRANT SELECT ({', '.join(names)}) ON `{database}`.`{table}` TO {account};"
            for table, names in needed.items()
        ),
    ]
