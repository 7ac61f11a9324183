"""A server that goes away, or a disk that is full, in a commit: said in words, nothing is half done."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from literasi.errors import StoreError
from literasi.store import Store, open_store
from literasi.store.database import sqlite_fault
from tests.contract.store_rows import AREAS, areas, commit, libraries, names, visits

MANY = [f"a{i}" for i in range(2000)]


def is_as_before(store: Store) -> bool:
    """Whether only the first submission is there, and whole."""
    return store.head() == 1 and names(store)["21.71"] == "Batam" and store.frame("libraries").empty


@pytest.mark.postgres
@pytest.mark.parametrize(
    "at", ["LOCK TABLE", "COPY", "INSERT INTO submissions", "UPDATE libraries", "commit"]
)
def test_a_connection_that_is_lost_in_a_commit(postgres: Any, at: str) -> None:
    with closing(open_store(postgres())) as store:
        commit(store, areas=AREAS)
        killer = sa.create_engine(store.engine.url, isolation_level="AUTOCOMMIT")

        ended: list[str] = []

        def end(connection: Connection) -> None:
            ended.append(at)
            process = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            with killer.connect() as other:
                other.execute(sa.select(sa.func.pg_terminate_backend(process, 5000)))

        def before(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
            is_next = statement.startswith(at) or (
                at == "COPY" and statement.lstrip().startswith("CREATE TEMP")
            )
            if is_next and not ended:
                end(connection)

        if at == "commit":
            sa.event.listen(store.engine, "commit", end, once=True)
        else:
            sa.event.listen(store.engine, "before_cursor_execute", before)
        with pytest.raises(StoreError) as error:
            commit(store, areas=areas(a21_71="Kota Batam"), libraries=libraries(*MANY))
        assert (error.value.key, ended) == ("error.database_lost", [at])
        # The same store goes on with a new connection.
        assert is_as_before(store)
        assert commit(store, libraries=libraries(*MANY)) == 2
        killer.dispose()


@pytest.mark.postgres
def test_a_disk_of_the_server_that_is_full(postgres: Any) -> None:
    with closing(open_store(postgres())) as store:
        commit(store, areas=AREAS)
        with store.engine.begin() as connection:
            connection.exec_driver_sql(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full'; END $$"
            )
            connection.exec_driver_sql(
                "CREATE TRIGGER full_disk BEFORE INSERT ON libraries EXECUTE FUNCTION full_disk()"
            )
        with pytest.raises(StoreError) as error:
            commit(store, areas=areas(a21_71="Kota Batam"), libraries=libraries(*MANY))
        assert error.value.key == "error.disk_full"
        assert is_as_before(store)


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path / 'literasi.db'}")) as store:
        commit(store, areas=AREAS)
        room: dict[str, int] = {}

        def bounded(connection: sqlite3.Connection, *_: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages + room['pages']}")

        sa.event.listen(store.engine, "checkout", bounded)
        for room["pages"] in (0, 4, 40):
            with pytest.raises(StoreError) as error:
                commit(store, areas=areas(a21_71="Kota Batam"), libraries=libraries(*MANY))
            assert error.value.key == "error.disk_full"
            assert is_as_before(store)
        room["pages"] = 100_000
        assert commit(store, libraries=libraries(*MANY), visits=visits("a1", 5)) == 2


def test_a_disk_that_fails_is_said() -> None:
    fault = sqlite_fault(sqlite3.OperationalError("disk I/O error"))
    assert fault is not None
    assert fault.key == "error.disk_fault"


def test_a_full_disk_refuses_an_undo_too(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path / 'literasi.db'}")) as store:
        commit(store, areas=AREAS)
        commit(store, libraries=libraries(*MANY))
        commit(store, libraries=libraries(*MANY).assign(note="x" * 400))

        def bounded(connection: sqlite3.Connection, *_: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count={pages}")

        sa.event.listen(store.engine, "checkout", bounded)
        with pytest.raises(StoreError, match=r"error.disk_full"):
            store.undo(3, actor="Petugas")
        assert store.head() == 3
        assert set(store.frame("libraries").note) == {"x" * 400}
