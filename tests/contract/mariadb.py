"""A MariaDB server of Debian's, started once for each process of tests, and accounts on it."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymysql
import pytest

from literasi.intake.systems.database import Address, Needed, grants

PASSWORD = "sandi-uji-7731"
READY_SECONDS = 240


@dataclass(frozen=True)
class Server:
    """A running server: its socket, and the port it listens on at 127.0.0.1."""

    socket: str
    port: int

    def run(self, *statements: str, database: str = "", charset: str = "utf8mb4") -> list[Any]:
        """Run statements as the server's administrator; give the rows of the last."""
        with self.connection(database, charset) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            connection.commit()
            return list(cursor.fetchall())

    def fill(
        self,
        database: str,
        table: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Any]],
        charset: str = "utf8mb4",
    ) -> None:
        """Put rows into a table."""
        places = ", ".join(["%s"] * len(columns))
        with self.connection(database, charset) as connection, connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)
            connection.commit()

    def connection(self, database: str = "", charset: str = "utf8mb4") -> Any:
        """Connect as the server's administrator."""
        return pymysql.connect(
            unix_socket=self.socket, user="root", database=database or None, charset=charset
        )

    def new_database(self, statements: Sequence[str]) -> str:
        """Make a database with these tables; give its name."""
        name = f"t{uuid.uuid4().hex[:12]}"
        self.run(f"CREATE DATABASE {name}")
        self.run(*statements, database=name)
        return name

    def reader(self, database: str, needed: Needed) -> Address:
        """Make an account by the statements we tell offices to use, and give its address."""
        user = f"baca{uuid.uuid4().hex[:8]}"
        statements = grants(needed, database=database, user=user, host="%")
        self.run(*(line.replace("GANTI-SANDI-INI", PASSWORD) for line in statements))
        return Address(database=database, user=user, socket=self.socket)

    def account(self, database: str, privileges: str) -> Address:
        """Make an account with these privileges on a database, and give its address."""
        user = f"akun{uuid.uuid4().hex[:8]}"
        self.run(
            f"CREATE USER '{user}'@'%' IDENTIFIED BY '{PASSWORD}'",
            f"GRANT {privileges} ON {database}.* TO '{user}'@'%'",
        )
        return Address(database=database, user=user, socket=self.socket)


@functools.cache
def server() -> Server:
    """Start the server; it ends with this process."""
    daemon = shutil.which("mariadbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not daemon:
        message = "no MariaDB server on this machine (Debian: apt install mariadb-server)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    home = Path(tempfile.mkdtemp(prefix="literasi-my-", dir="/tmp"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    as_owner: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(home, "mysql", "mysql")
        as_owner = ["setpriv", "--reuid=mysql", "--regid=mysql", "--init-groups"]
    data, log = home / "data", home / "log"
    with log.open("ab") as output:
        subprocess.run(
            [
                *as_owner,
                "mariadb-install-db",
                "--no-defaults",
                f"--datadir={data}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--skip-name-resolve",
                "--innodb-log-file-size=4M",
                "--innodb-flush-log-at-trx-commit=0",
            ],
            stdout=output,
            stderr=output,
            timeout=READY_SECONDS,
            check=True,
        )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ready = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    ready.bind(str(home / "ready"))
    (home / "ready").chmod(0o777)
    ready.settimeout(READY_SECONDS)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [
                *as_owner,
                daemon,
                "--no-defaults",
                f"--datadir={data}",
                f"--socket={home / 'socket'}",
                f"--port={port}",
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--innodb-buffer-pool-size=16M",
                "--innodb-log-file-size=4M",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-doublewrite=0",
                "--skip-innodb-use-native-aio",
                "--performance-schema=OFF",
                "--sync-frm=0",
                "--log-output=TABLE",
                "--pid-file=pid",
            ],
            stdout=output,
            stderr=output,
            env=os.environ | {"NOTIFY_SOCKET": str(home / "ready")},
        )

    def stop() -> None:
        process.kill()
        process.wait()

    atexit.register(stop)
    while b"READY=1" not in ready.recv(4096):  # it tells how far it is
        pass
    ready.close()
    return Server(str(home / "socket"), port)
