"""Databases for the store's tests: a SQLite file, and a PostgreSQL server of Debian's started here."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from literasi.store import Store, open_store

ServerUrl = Callable[[], str]


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("postgres")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).parent
    message = "no PostgreSQL server on this machine (Debian: apt install postgresql)"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def postgres() -> Iterator[ServerUrl]:
    """Start one server; give a function that makes an empty database and tells its address."""
    binaries = _binaries()
    home = Path(tempfile.mkdtemp(prefix="literasi-pg-", dir="/tmp"))
    as_owner: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(home, "postgres", "postgres")
        as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]

    def run(program: str, *arguments: str) -> None:
        command = [*as_owner, str(binaries / program), "-D", str(home / "data"), *arguments]
        with (home / "log").open("ab") as log:
            done = subprocess.run(command, cwd=home, stdout=log, stderr=log, timeout=60, check=False)
        assert done.returncode == 0, (home / "log").read_text()

    try:
        run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run(
            "pg_ctl",
            "-w",
            "-l",
            str(home / "server.log"),
            "-o",
            f"-k {home} -c listen_addresses='' -c fsync=off",
            "start",
        )
        try:
            yield lambda: _new_database(home)
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home)


def _new_database(home: Path) -> str:
    name = f"t{uuid.uuid4().hex}"
    engine = sa.create_engine(
        f"postgresql+psycopg://postgres@/postgres?host={home}", isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return f"postgresql://postgres@/{name}?host={home}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'made' / 'literasi.db'}"
    return str(request.getfixturevalue("postgres")())


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Give an open, empty store of each kind."""
    opened = open_store(url)
    yield opened
    opened.close()
