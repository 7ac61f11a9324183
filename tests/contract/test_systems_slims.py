"""SLiMS 9 on a real MariaDB: what is counted, what is refused, and that no person is asked about."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from literasi.domain.periods import Period
from literasi.errors import LiterasiError
from literasi.intake.systems import TABLES, database, series, slims, syncing
from literasi.intake.systems.syncing import Address
from tests.contract import slims_schema
from tests.contract.mariadb import PASSWORD, Server, server

LIBRARY = "L-21.72.01.1004-1"
TODAY = dt.date(2024, 7, 9)
NAMES = ("René Éster Uji", "Sñta Übung", "Wati Contoh", "Budi Misal")


@pytest.fixture(scope="module")
def mariadb() -> Server:
    return server()


def member(number: int, **more: Any) -> dict[str, Any]:
    row = {
        "member_id": f"M{number:03}",
        "member_name": NAMES[number % len(NAMES)],
        "gender": number % 2,
        "birth_date": "2001-02-03",
        "member_address": "Jalan Rahasia 7",
        "register_date": "2023-01-02",
        "expire_date": "2030-01-01",
    }
    return row | more


def fill(mariadb: Server, name: str, table: str, rows: list[dict[str, Any]]) -> None:
    columns = list(rows[0])
    mariadb.fill(name, table, columns, [[row[c] for c in columns] for row in rows])


def read(
    address: Address, first: str = "2024-01", last: str = "2024-06", *, tables: Any = TABLES
) -> syncing.Reading:
    span = series.span(Period.parse(first), Period.parse(last), today=TODAY)
    return syncing.read("slims", address, PASSWORD, library_id=LIBRARY, span=span, tables=tables)


def table(reading: syncing.Reading, name: str) -> pd.DataFrame:
    frame = reading.frames[name]
    return frame.set_index(frame["month"].dt.strftime("%Y-%m"))


def rules(reading: syncing.Reading) -> dict[str, dict[str, Any]]:
    return {finding.rule: dict(finding.params) for finding in reading.findings}


@pytest.fixture(scope="module")
def filled(mariadb: Server) -> tuple[str, list[tuple[dt.date, int | None]], list[tuple[dt.date, int]]]:
    """Two years of an invented library: visits, and loans of which the history holds all."""
    chance = random.Random(21)
    name = mariadb.new_database([*slims_schema.tables(), *slims_schema.TRIGGERS])
    fill(mariadb, name, "member", [member(n) for n in range(40)])
    days = [dt.date(2023, 2, 1) + dt.timedelta(days=n) for n in range(510)]
    # Members alone in February and March 2024; nobody in April 2024.
    visits = [
        (day, None if day.month not in (2, 3) and chance.random() < 0.3 else chance.randrange(40))
        for day in days
        for _ in range(chance.randrange(1, 5))
        if (day.year, day.month) != (2024, 4)
    ]
    loans = [(chance.choice(days), chance.randrange(40)) for _ in range(600)]
    fill(
        mariadb,
        name,
        "visitor_count",
        [
            {
                "member_id": None if who is None else f"M{who:03}",
                "member_name": "Tamu Rahasia" if who is None else NAMES[who % len(NAMES)],
                "checkin_date": f"{day} 23:59:59",
            }
            for day, who in visits
        ],
    )
    fill(
        mariadb,
        name,
        "loan",
        [
            {"item_code": f"B{n:05}", "member_id": f"M{who:03}", "loan_date": day, "due_date": day}
            for n, (day, who) in enumerate(loans)
        ],
    )
    fill(mariadb, name, "biblio", [{"title": "Judul", "input_date": "2023-01-01"}] * 12)
    fill(mariadb, name, "item", [{"biblio_id": 1, "input_date": "2023-01-01"}] * 30)
    return name, visits, loans


def test_visits_of_each_month_are_the_rows_of_it(mariadb: Server, filled: Any):
    name, visits, _ = filled
    rows = table(read(mariadb.reader(name, slims.NEEDED)), "visits")
    for month in ("2024-01", "2024-02", "2024-03", "2024-05", "2024-06"):
        here = [who for day, who in visits if day.isoformat().startswith(month)]
        assert here
        assert rows.loc[month, "total"] == len(here)
        if None in here:
            assert rows.loc[month, ["female", "male"]].isna().all()
            known = sum(who is not None for who in here)
            assert f"{known} dari {len(here)}" in rows.loc[month, "note"]
        else:
            assert rows.loc[month, "female"] == sum(who % 2 == 0 for who in here)
            assert rows.loc[month, "male"] == sum(who % 2 == 1 for who in here)
    assert rows["female"].notna().sum() == 3  # February, March, and April without a visit


def test_a_month_without_rows_between_months_with_rows_is_zero_and_says_so(mariadb: Server, filled: Any):
    rows = table(read(mariadb.reader(filled[0], slims.NEEDED)), "visits")
    assert rows.loc["2024-04", ["female", "male", "total"]].tolist() == [0, 0, 0]
    assert "tidak ada yang tercatat" in rows.loc["2024-04", "note"]


def test_months_before_the_first_row_and_the_running_month_are_not_given(mariadb: Server, filled: Any):
    reading = read(mariadb.reader(filled[0], slims.NEEDED), "2022-11", "2024-07")
    months = table(reading, "visits").index
    assert months[0] == "2023-02"
    assert months[-1] == "2024-06"
    assert rules(reading)["running_month"] == {"month": Period(2024, 7)}


def test_loans_and_borrowers_of_each_month(mariadb: Server, filled: Any):
    name, _, loans = filled
    rows = table(read(mariadb.reader(name, slims.NEEDED)), "circulation")
    for month in rows.index:
        here = [who for day, who in loans if day.isoformat().startswith(month)]
        assert rows.loc[month, "loans"] == len(here)
        assert rows.loc[month, "active_borrowers"] == len(set(here))


def test_stocks_stand_in_the_month_that_ended_last_alone(mariadb: Server, filled: Any):
    address = mariadb.reader(filled[0], slims.NEEDED)
    rows = table(read(address), "circulation")
    assert rows.loc["2024-06", ["members", "titles", "copies"]].tolist() == [40, 12, 30]
    assert rows.loc[:"2024-05", ["members", "titles", "copies"]].isna().all(axis=None)
    assert table(read(address, last="2024-05"), "circulation")["members"].isna().all()


def test_stocks_are_counted_at_the_end_of_the_month(mariadb: Server):
    name = mariadb.new_database(slims_schema.tables())
    last_day = "2024-06-30"
    members = [
        member(1, expire_date=last_day),
        member(2, expire_date="2024-06-29"),
        member(3, register_date="2024-07-01"),
        member(4, register_date=None),
        member(5, register_date=last_day),
    ]
    fill(mariadb, name, "member", members)
    stamps = [f"{last_day} 23:00", "2024-07-01 00:00", None]
    fill(mariadb, name, "biblio", [{"title": "Judul", "input_date": day} for day in stamps])
    fill(mariadb, name, "item", [{"biblio_id": 1, "input_date": day} for day in stamps])
    reading = read(mariadb.reader(name, slims.NEEDED))
    rows = table(reading, "circulation")
    assert rows.loc["2024-06", ["members", "titles", "copies"]].tolist() == [3, 2, 2]
    assert rows.loc["2024-06", ["loans", "active_borrowers"]].isna().all()
    assert reading.frames["visits"].empty


def test_a_part_that_is_not_in_use_has_no_stock_and_lapsed_members_are_a_zero(mariadb: Server):
    name = mariadb.new_database(slims_schema.tables())
    fill(mariadb, name, "member", [member(1, expire_date="2024-01-01")])
    fill(mariadb, name, "item", [{"biblio_id": 1, "input_date": "2024-07-01"}])
    row = table(read(mariadb.reader(name, slims.NEEDED)), "circulation").loc["2024-06"]
    assert row["members"] == 0
    assert row[["titles", "copies"]].isna().all()


def test_loans_that_the_history_lacks_are_counted_once_and_told(mariadb: Server):
    name = mariadb.new_database(slims_schema.tables())  # without triggers
    loans = [
        {"loan_id": n, "item_code": f"B{n}", "member_id": "M001", "loan_date": f"2024-05-{n:02}"}
        for n in range(1, 21)
    ]
    fill(mariadb, name, "loan", [row | {"due_date": row["loan_date"]} for row in loans[5:]])
    fill(mariadb, name, "loan_history", loans[:12])
    reading = read(mariadb.reader(name, slims.NEEDED))
    assert table(reading, "circulation").loc["2024-05", ["loans", "active_borrowers"]].tolist() == [20, 1]
    assert rules(reading)["history_incomplete"] == {"count": 8}


@pytest.mark.parametrize(("differing", "refused"), [(2, False), (3, True)])
def test_the_same_number_for_different_loans_is_refused(mariadb: Server, differing: int, refused: bool):
    name = mariadb.new_database(slims_schema.tables())
    loans = [
        {"loan_id": n, "item_code": f"B{n}", "member_id": "M001", "loan_date": "2024-05-05"}
        for n in range(1, 31)
    ]
    fill(mariadb, name, "loan", [row | {"due_date": row["loan_date"]} for row in loans])
    fill(
        mariadb,
        name,
        "loan_history",
        [row | {"item_code": "LAIN"} if row["loan_id"] <= differing else row for row in loans],
    )
    address = mariadb.reader(name, slims.NEEDED)
    if not refused:
        assert table(read(address), "circulation").loc["2024-05", "loans"] == 30
        return
    with pytest.raises(LiterasiError) as error:
        read(address)
    assert error.value.key == "systems.error.slims_disagree"
    assert error.value.params == {"first": 30, "second": 30, "differing": 3, "months": "2024-05"}
    assert list(read(address, tables=["visits"]).frames) == ["visits"]
    assert table(read(address, "2024-01", "2024-04"), "circulation").empty


def test_rows_without_a_day_are_told_and_are_in_no_month(mariadb: Server):
    name = mariadb.new_database(slims_schema.tables())
    mariadb.run(
        "SET SESSION sql_mode = ''",
        "INSERT INTO visitor_count (member_name, checkin_date) VALUES"
        " ('x', '0000-00-00 00:00:00'), ('x', '2099-01-01 08:00:00'), ('x', '2024-02-05 08:00:00'),"
        " ('x', '2024-03-05 08:00:00')",
        database=name,
    )
    reading = read(mariadb.reader(name, slims.NEEDED))
    assert table(reading, "visits")["total"].to_dict() == {"2024-02": 1, "2024-03": 1}
    assert rules(reading)["undated_rows"] == {"count": 2}


def test_a_gap_of_more_than_a_year_is_not_a_zero(mariadb: Server):
    name = mariadb.new_database(slims_schema.tables())
    days = ("2021-12-31", "2023-02-01", "2023-04-05")
    fill(
        mariadb, name, "visitor_count", [{"member_name": "x", "checkin_date": f"{day} 10:00"} for day in days]
    )
    reading = read(mariadb.reader(name, slims.NEEDED), "2021-12", "2024-06")
    assert table(reading, "visits")["total"].to_dict() == {
        "2021-12": 1,
        "2023-02": 1,
        "2023-03": 0,
        "2023-04": 1,
    }
    assert rules(reading)["system_gap"] == {"first": Period(2022, 1), "last": Period(2023, 1), "months": 12}


@pytest.mark.parametrize(
    "collations",
    [
        {"collation": "latin1_swedish_ci"},
        {"collation": "utf8mb3_unicode_ci"},
        {"collation": "utf8mb4_unicode_ci", "visitor_count": "utf8mb4_general_ci"},
        {"collation": "utf8mb4_unicode_ci", "member": "latin1_swedish_ci", "loan": "utf8mb3_general_ci"},
    ],
    ids=lambda value: "+".join(value.values()),
)
def test_old_and_half_converted_installs_give_the_same(mariadb: Server, collations: dict[str, str]):
    name = mariadb.new_database([*slims_schema.tables(**collations), *slims_schema.TRIGGERS])
    fill(mariadb, name, "member", [member(1, member_id="É-01"), member(2)])
    seen = [("É-01", "2024-05-02"), ("M002", "2024-05-03")]
    fill(
        mariadb,
        name,
        "visitor_count",
        [{"member_id": who, "member_name": "René", "checkin_date": day} for who, day in seen],
    )
    fill(
        mariadb,
        name,
        "loan",
        [
            {"item_code": "É1", "member_id": who, "loan_date": day, "due_date": day}
            for who, day in [*seen, ("É-01", "2024-05-09")]
        ],
    )
    reading = read(mariadb.reader(name, slims.NEEDED))
    assert table(reading, "visits").loc["2024-05", ["female", "male", "total"]].tolist() == [1, 1, 2]
    assert table(reading, "circulation").loc["2024-05", ["loans", "active_borrowers"]].tolist() == [3, 2]


@pytest.fixture
def logged(mariadb: Server) -> Iterator[Any]:
    """Give what accounts have sent since, from the server's own log."""
    mariadb.run("TRUNCATE mysql.general_log", "SET GLOBAL general_log = ON")
    yield lambda user: [
        str(row[0])
        for row in mariadb.run(
            "SELECT argument FROM mysql.general_log"
            f" WHERE user_host LIKE '%{user}%' AND command_type = 'Query'"
        )
    ]
    mariadb.run("SET GLOBAL general_log = OFF")


def test_no_statement_names_a_personal_column(mariadb: Server, filled: Any, logged: Any):
    address = mariadb.reader(filled[0], slims.NEEDED)
    reading = read(address)
    statements = "\n".join(logged(address.user))
    assert "FROM visitor_count" in statements
    personal = {"member_name", "birth_date", "member_address", "member_email", "member_phone", "institution"}
    assert {column for column in personal if column in statements} == set()
    assert "*" not in statements.replace("COUNT(*)", "").replace("/*", "").replace("*/", "")
    kept = str(reading) + "".join(frame.to_csv() for frame in reading.frames.values())
    assert [name for name in (*NAMES, "Rahasia", "M001") if name in kept] == []


def test_the_account_that_we_ask_for_cannot_read_a_name(mariadb: Server, filled: Any):
    address = mariadb.reader(filled[0], slims.NEEDED)
    with pytest.raises(LiterasiError) as error, database.reading(address, PASSWORD) as connection:
        connection.exec_driver_sql("SELECT member_name FROM member")
    assert error.value.key == "systems.error.not_granted"
