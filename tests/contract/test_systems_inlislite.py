"""INLISLite v3 on a real MariaDB, in latin1: what is counted, what is refused, and what is never asked."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pandas as pd
import pytest

from literasi.domain.periods import Period
from literasi.errors import LiterasiError
from literasi.intake.systems import TABLES, inlislite, series, syncing
from literasi.intake.systems.syncing import Address
from tests.contract import inlislite_schema
from tests.contract.mariadb import PASSWORD, Server, server

LIBRARY = "L-21.71.08.1004-1"
TODAY = dt.date(2024, 7, 9)


@pytest.fixture(scope="module")
def mariadb() -> Server:
    return server()


def new(mariadb: Server) -> str:
    """Make an empty install; its sexes are numbered the other way round than usual."""
    name = mariadb.new_database(inlislite_schema.TABLES)
    fill(mariadb, name, "jenis_kelamin", [{"ID": 1, "Name": "Perempuan"}, {"ID": 2, "Name": "Laki-Laki"}])
    return name


def fill(mariadb: Server, name: str, table: str, rows: list[dict[str, Any]]) -> None:
    columns = list(rows[0])
    mariadb.fill(name, table, columns, [[row[c] for c in columns] for row in rows], charset="latin1")


def guests(*seen: tuple[str, int | None]) -> list[dict[str, Any]]:
    return [
        {
            "NoAnggota": None if n % 3 else f"2400{n}",
            "Nama": "René Éster Rahasia",
            "Alamat": "Jalan Rahasia 7",
            "JenisKelamin_id": sex,
            "CreateDate": f"{day} 08:15:00",
        }
        for n, (day, sex) in enumerate(seen)
    ]


def group(day: str, people: int | None, female: int | None = None, male: int | None = None) -> dict[str, Any]:
    return {
        "NamaKetua": "Ketua Rahasia",
        "AsalInstansi": "SD Contoh",
        "AlamatInstansi": "Jalan Rahasia 8",
        "CountPersonel": people,
        "CountPerempuan": female,
        "CountLaki": male,
        "CreateDate": f"{day} 09:00:00",
    }


def lend(
    mariadb: Server, name: str, loans: dict[str, list[int]], *, without_items: int = 0, month: str = "2024-05"
) -> None:
    """Record transactions (day to how many books each), and some that have lost their items."""
    headers, items = [], []
    for day, counts in loans.items():
        for count in counts:
            number = f"{day}-{len(headers)}"
            member = len(headers) % 7
            headers.append({"ID": number, "Member_id": member, "CreateDate": f"{day} 10:00"})
            items += [
                {
                    "ID": len(items) + n,
                    "CollectionLoan_id": number,
                    "LoanDate": f"{day} 10:00",
                    "LoanStatus": "Return",
                    "Collection_id": n,
                    "member_id": member,
                }
                for n in range(count)
            ]
    headers += [
        {"ID": f"hilang-{n}", "Member_id": n, "CreateDate": f"{month}-20 10:00"} for n in range(without_items)
    ]
    fill(mariadb, name, "collectionloans", headers)
    fill(mariadb, name, "collectionloanitems", items)


def read(
    address: Address, first: str = "2024-01", last: str = "2024-06", *, tables: Any = TABLES
) -> syncing.Reading:
    span = series.span(Period.parse(first), Period.parse(last), today=TODAY)
    return syncing.read("inlislite", address, PASSWORD, library_id=LIBRARY, span=span, tables=tables)


def table(reading: syncing.Reading, name: str) -> pd.DataFrame:
    frame = reading.frames[name]
    return frame.set_index(frame["month"].dt.strftime("%Y-%m"))


def rules(reading: syncing.Reading) -> dict[str, dict[str, Any]]:
    return {finding.rule: dict(finding.params) for finding in reading.findings}


def test_visits_are_single_guests_and_everyone_in_groups(mariadb: Server):
    name = new(mariadb)
    fill(
        mariadb,
        name,
        "memberguesses",
        guests(
            ("2024-01-31", 1), ("2024-02-01", 1), ("2024-02-29", 2), ("2024-03-05", None), ("2024-05-01", 2)
        ),
    )
    fill(
        mariadb,
        name,
        "groupguesses",
        [
            group("2024-02-14", 30, 18, 12),
            group("2024-05-02", 40, 10, 10),  # twenty of them are neither
            group("2024-05-03", None, 3, 4),
        ],
    )
    reading = read(mariadb.reader(name, inlislite.NEEDED), tables=["visits"])
    rows = table(reading, "visits")
    assert list(reading.frames) == ["visits"]
    assert rows["total"].to_dict() == {
        "2024-01": 1,
        "2024-02": 32,
        "2024-03": 1,
        "2024-04": 0,
        "2024-05": 41,
    }
    assert rows.loc["2024-02", ["female", "male"]].tolist() == [19, 13]
    assert rows.loc[["2024-03", "2024-05"], ["female", "male"]].isna().all(axis=None)
    assert "1 dari 41" in rows.loc["2024-05", "note"]
    assert rules(reading)["group_without_size"] == {"count": 1}


def test_loans_are_items_and_stocks_are_of_the_end_of_the_month(mariadb: Server):
    name = new(mariadb)
    loans = {"2024-04-30": [1, 3], "2024-05-01": [2, 2, 1], "2024-06-30": [4]}
    lend(mariadb, name, loans)
    fill(
        mariadb,
        name,
        "members",
        [
            {
                "ID": n,
                "MemberNo": f"24{n}",
                "Fullname": "Wati Rahasia",
                "MotherMaidenName": "Ibu Rahasia",
                "IdentityNo": "2171000000000000",
                "RegisterDate": "2020-01-01",
                "EndDate": end,
            }
            for n, end in enumerate(("2024-06-30 00:00", "2024-06-29 00:00", None, "2030-01-01 00:00"))
        ],
    )
    days = ("2024-06-30 23:00", "2024-07-01 00:00", None)
    fill(mariadb, name, "catalogs", [{"ID": n, "CreateDate": day} for n, day in enumerate(days)])
    fill(mariadb, name, "collections", [{"ID": n, "CreateDate": day} for n, day in enumerate(days * 2)])
    reading = read(mariadb.reader(name, inlislite.NEEDED))
    rows = table(reading, "circulation")
    assert rows["loans"].to_dict() == {"2024-04": 4, "2024-05": 5, "2024-06": 4}
    assert rows["active_borrowers"].to_dict() == {"2024-04": 2, "2024-05": 3, "2024-06": 1}
    assert rows.loc["2024-06", ["members", "titles", "copies"]].tolist() == [2, 2, 4]
    assert rules(reading)["member_without_end"] == {"count": 1}


@pytest.mark.parametrize(("without", "refused"), [(2, False), (3, True)])
def test_transactions_without_items_are_refused_with_both_counts(
    mariadb: Server, without: int, refused: bool
):
    name = new(mariadb)
    lend(mariadb, name, {"2024-03-04": [1] * 9, "2024-05-06": [2] * 20}, without_items=without)
    fill(mariadb, name, "memberguesses", guests(("2024-05-01", 1)))
    address = mariadb.reader(name, inlislite.NEEDED)
    if not refused:
        assert table(read(address), "circulation").loc["2024-05", "loans"] == 40
        return
    with pytest.raises(LiterasiError) as error:
        read(address)
    assert error.value.key == "systems.error.inlislite_disagree"
    assert error.value.params == {"first": 32, "second": 49, "differing": 3, "months": "2024-05"}
    # What agrees can be read: other months, and visits.
    assert table(read(address, last="2024-04"), "circulation").loc["2024-03", "loans"] == 9
    assert table(read(address, tables=["visits"]), "visits").loc["2024-05", "total"] == 1


def test_the_audited_library_is_refused(mariadb: Server):
    """31,561 transactions and 2,200 items, as methodology section 8 reports, in proportion of 1 to 100."""
    name = new(mariadb)
    lend(mariadb, name, {"2024-05-06": [1] * 22}, without_items=294)
    with pytest.raises(LiterasiError) as error:
        read(mariadb.reader(name, inlislite.NEEDED))
    assert (error.value.params["first"], error.value.params["second"]) == (316, 22)


def test_a_half_converted_install_is_read(mariadb: Server):
    name = new(mariadb)
    lend(mariadb, name, {"2024-05-06": [2] * 20})
    mariadb.run(
        "ALTER TABLE collectionloans CONVERT TO CHARACTER SET latin1 COLLATE latin1_general_ci",
        "ALTER TABLE jenis_kelamin CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
        database=name,
    )
    rows = table(read(mariadb.reader(name, inlislite.NEEDED)), "circulation")
    assert rows["loans"].to_dict() == {"2024-05": 40}


def test_items_without_a_transaction_are_refused(mariadb: Server):
    name = new(mariadb)
    lend(mariadb, name, {"2024-05-06": [2] * 20})
    mariadb.run("DELETE FROM collectionloans WHERE ID LIKE '%-1_'", database=name)
    with pytest.raises(LiterasiError) as error:
        read(mariadb.reader(name, inlislite.NEEDED))
    assert error.value.params == {"first": 10, "second": 40, "differing": 20, "months": "2024-05"}


def test_no_statement_names_a_personal_column_and_none_could_read_it(mariadb: Server):
    name = new(mariadb)
    fill(mariadb, name, "memberguesses", guests(("2024-05-01", 1), ("2024-05-02", 2)))
    address = mariadb.reader(name, inlislite.NEEDED)
    mariadb.run("TRUNCATE mysql.general_log", "SET GLOBAL general_log = ON")
    try:
        reading = read(address)
    finally:
        sent = mariadb.run(
            "SET GLOBAL general_log = OFF",
            f"SELECT argument FROM mysql.general_log WHERE user_host LIKE '%{address.user}%'",
        )
    statements = "\n".join(str(row[0]) for row in sent)
    words = Counter(statements.replace("`", " ").replace(".", " ").replace(",", " ").split())
    assert words["memberguesses"]
    personal = {"Nama", "Alamat", "NoAnggota", "NamaKetua", "AsalInstansi", "Fullname", "IdentityNo"}
    personal |= {"MotherMaidenName", "DateOfBirth", "Phone", "Email", "Address", "MemberNo"}
    assert personal & set(words) == set()
    kept = str(reading) + "".join(frame.to_csv() for frame in reading.frames.values())
    assert [word for word in ("Rahasia", "René", "2171") if word in kept] == []
    assert not mariadb.run(
        "SELECT COLUMN_NAME FROM information_schema.COLUMN_PRIVILEGES"
        f" WHERE GRANTEE LIKE '%{address.user}%' AND COLUMN_NAME IN ({', '.join(map(repr, personal))})"
    )
