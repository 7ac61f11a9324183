"""A library's own server: what keeps us from reading it is said with a remedy, and we never write to it."""

from __future__ import annotations

import datetime as dt
import socket
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymysql
import pytest

from literasi.domain.periods import Period
from literasi.errors import LiterasiError
from literasi.intake.systems import database, series, slims, syncing
from literasi.intake.systems.syncing import Address
from literasi.store import open_store
from literasi.text import t
from tests.contract import inlislite_schema, slims_schema, store_rows
from tests.contract.mariadb import PASSWORD, Server, server

SPAN = series.span(Period(2024, 1), Period(2024, 6), today=dt.date(2024, 7, 9))
LIBRARY = "L-21.71.08.1004-1"


@pytest.fixture(scope="module")
def mariadb() -> Server:
    return server()


@pytest.fixture(scope="module")
def name(mariadb: Server) -> str:
    """Name of a SLiMS install with three visits."""
    made = mariadb.new_database(slims_schema.tables())
    mariadb.fill(
        made,
        "visitor_count",
        ["member_name", "checkin_date"],
        [("x", "2024-02-03"), ("x", "2024-02-04"), ("x", "2024-03-03")],
    )
    return made


@pytest.fixture(scope="module")
def address(mariadb: Server, name: str) -> Address:
    return mariadb.reader(name, slims.NEEDED)


def read(address: Address, password: str = PASSWORD, system: str = "slims") -> syncing.Reading:
    return syncing.read(system, address, password, library_id=LIBRARY, span=SPAN)


def refused(*given: Any) -> LiterasiError:
    with pytest.raises(LiterasiError) as error:
        read(*given)
    said = t(error.value.key, **error.value.params)
    assert PASSWORD not in said
    assert PASSWORD not in str(error.value)
    return error.value


def test_a_wrong_password_is_said(address: Address):
    assert refused(address, "salah").key == "systems.error.password"


def test_an_unknown_database_is_said(mariadb: Server, address: Address):
    assert refused(replace(address, database="tidak_ada")).key == "systems.error.no_database"


def test_a_host_that_does_not_answer_is_said(address: Address):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        port = taken.getsockname()[1]
        error = refused(replace(address, socket="", host="127.0.0.1", port=port))
    assert error.key == "systems.error.unreachable"
    assert error.params["host"] == f"127.0.0.1:{port}"


def test_a_server_that_is_silent_is_not_waited_for(address: Address, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "CONNECT_SECONDS", 1)
    with closing(socket.socket()) as silent:  # takes connections, and never greets
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        error = refused(replace(address, socket="", host="127.0.0.1", port=silent.getsockname()[1]))
    assert error.key in ("systems.error.unreachable", "systems.error.lost")


def test_it_is_read_over_the_network_too(mariadb: Server, address: Address):
    reading = read(replace(address, socket="", host="127.0.0.1", port=mariadb.port))
    assert reading.frames["visits"]["total"].tolist() == [2, 1]


def test_a_way_of_signing_in_that_the_driver_lacks_is_said(mariadb: Server, name: str):
    mariadb.run(
        "INSTALL PLUGIN IF NOT EXISTS ed25519 SONAME 'auth_ed25519'",
        f"CREATE USER baru@'%' IDENTIFIED VIA ed25519 USING PASSWORD('{PASSWORD}')",
    )
    error = refused(Address(name, "baru", socket=mariadb.socket))
    assert error.key == "systems.error.authentication"


@pytest.mark.parametrize(
    ("number", "key"),
    [
        (1115, "old_server"),
        (1040, "busy"),
        (1130, "host_refused"),
        (1142, "not_granted"),
        (2006, "lost"),
        (9999, "other"),
    ],
)
def test_what_a_server_may_say_has_a_remedy(
    address: Address, monkeypatch: pytest.MonkeyPatch, number: int, key: str
):
    def fail(*_given: object, **_named: object) -> None:
        raise pymysql.err.OperationalError(number, "said by the server")

    monkeypatch.setattr(pymysql, "connect", fail)
    error = refused(address)
    assert error.key == f"systems.error.{key}"
    assert ("said by the server" in str(error)) == (key == "other")


def test_another_system_is_not_read(mariadb: Server):
    other = mariadb.new_database(inlislite_schema.TABLES)
    error = refused(mariadb.account(other, "SELECT"))
    assert error.key == "systems.error.not_this_system"
    assert "visitor_count" in str(error.params["tables"])


def test_missing_columns_are_named(mariadb: Server):
    old = mariadb.new_database([*slims_schema.tables(), "ALTER TABLE loan_history DROP COLUMN item_code"])
    mariadb.run("DROP TABLE item", database=old)
    error = refused(mariadb.account(old, "SELECT"))
    assert error.key == "systems.error.columns_missing"
    assert error.params["columns"] == "loan_history.item_code, item.item_id, item.input_date"


def test_a_statement_that_takes_too_long_is_stopped_by_the_server(
    address: Address, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database, "STATEMENT_SECONDS", 1)
    with pytest.raises(LiterasiError) as error, database.reading(address, PASSWORD) as connection:
        connection.exec_driver_sql("SELECT SLEEP(30)")
    assert error.value.key == "systems.error.slow"


def test_a_statement_may_take_longer_than_connecting(address: Address, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "CONNECT_SECONDS", 1)
    with database.reading(address, PASSWORD) as connection:
        assert connection.exec_driver_sql("SELECT SLEEP(1.2)").scalar_one() == 0


def test_a_connection_lost_halfway_is_said(mariadb: Server, address: Address):
    with pytest.raises(LiterasiError) as error:
        _read_and_be_killed(mariadb, address)
    assert error.value.key == "systems.error.lost"


def _read_and_be_killed(mariadb: Server, address: Address) -> None:
    with database.reading(address, PASSWORD) as connection:
        number = connection.exec_driver_sql("SELECT CONNECTION_ID()").scalar_one()
        mariadb.run(f"KILL {number}")
        database.may_write(connection)


def test_an_account_that_may_write_is_told_and_still_cannot(mariadb: Server, name: str):
    writer = mariadb.account(name, "ALL PRIVILEGES")
    advice = read(writer).findings[-1]
    assert (advice.weight, advice.rule) == ("advise", "account_may_write")
    assert advice.params == {"privileges": "ALL PRIVILEGES"}
    with pytest.raises(LiterasiError) as error, database.reading(writer, PASSWORD) as connection:
        connection.exec_driver_sql("DELETE FROM visitor_count")
    assert "READ ONLY" in str(error.value.params["message"])
    assert len(read(writer).frames["visits"]) == 2


def test_the_account_that_we_ask_for_is_not_complained_about(address: Address):
    assert read(address).findings == ()


@pytest.mark.parametrize(
    ("grant", "excess"),
    [
        ("GRANT USAGE ON *.* TO `baca`@`%` IDENTIFIED BY PASSWORD '*00AA'", set()),
        ("GRANT SELECT (`member_id`, `gender`) ON `perpus`.`member` TO `baca`@`%`", set()),
        ("GRANT SELECT (`a`), INSERT (`a`, `b`), DELETE ON `perpus`.`loan` TO `x`@`%`", {"INSERT", "DELETE"}),
        ("GRANT `peran` TO `baca`@`%`", set()),
    ],
)
def test_grants_are_read(grant: str, excess: set[str]):
    assert {name.strip() for name in database.privileges(grant)} - database.HARMLESS == excess


def test_a_second_reading_that_says_less_keeps_what_was_stored(mariadb: Server, tmp_path: Path):
    made = mariadb.new_database([*slims_schema.tables(), *slims_schema.TRIGGERS])
    days = [f"2024-0{n % 3 + 3}-10" for n in range(30)]
    mariadb.fill(
        made,
        "loan",
        ["item_code", "member_id", "loan_date", "due_date"],
        [(f"B{n}", f"M{n % 4}", day, day) for n, day in enumerate(days)],
    )
    account = mariadb.reader(made, slims.NEEDED)
    with closing(open_store(f"sqlite:///{tmp_path / 'literasi.db'}")) as store:
        store_rows.commit(store, areas=store_rows.AREAS)
        store_rows.commit(store, libraries=store_rows.libraries(LIBRARY))

        def sync() -> syncing.Proposed:
            stored = {name: store.frame(name) for name in syncing.STORED}
            proposed = syncing.propose(read(account), stored=stored)
            store.commit(
                proposed.changes, removals=proposed.removals, actor="uji", file_name="slims://x/y", sha256=""
            )
            return proposed

        sync()
        first = store.head()
        assert sync().changes == {}
        assert store.head() == first  # nothing new is no submission
        mariadb.run("DELETE FROM loan WHERE loan_date = '2024-03-10' AND member_id <> 'M0'", database=made)
        shrunk = sync()
        assert [(f.value, f.params["now"]) for f in shrunk.findings] == [("10", 3), ("4", 1)]
        assert store.frame("circulation").set_index("month")["loans"]["2024-03-01"] == 10
        assert set(store.frame("advices")["rule"]) == {"history_shrunk"}
