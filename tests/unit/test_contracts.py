"""Contracts: one declaration, every fault at once, told where it stands."""

import pandas as pd
import pytest

from literasi import contracts
from literasi.contracts import TABLES
from literasi.errors import ContractError
from literasi.text import catalogue

pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support")


def _faults(table, rows):
    with pytest.raises(ContractError) as caught:
        contracts.check(table, pd.DataFrame(rows))
    return {(fault.column, fault.rule, fault.row) for fault in caught.value.faults}


VISIT = {"library_id": "a", "month": "2024-01-01", "female": "1", "male": "2", "total": "3"}


def test_good_rows_come_back_typed():
    frame = contracts.check("visits", pd.DataFrame([VISIT, {**VISIT, "month": "2024-02-01", "female": None}]))
    assert frame["total"].tolist() == [3, 3]
    assert frame["female"].isna().tolist() == [False, True]
    assert str(frame["month"].dtype) == "datetime64[us]"
    assert list(frame.columns) == list(TABLES["visits"].names)


def test_every_fault_is_told_once_and_at_its_place():
    rows = [VISIT, VISIT, {**VISIT, "month": "2024-02-03"}, {**VISIT, "library_id": "b", "total": "-1"}]
    assert _faults("visits", rows) == {
        ("library_id", "repeated_key", 0),
        ("library_id", "repeated_key", 1),
        ("month", "first_of_month", 2),
        ("total", "minimum", 3),
        ("total", "sum", 3),
    }


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"total": None}, ("total", "not_nullable", 0)),
        ({"total": "tiga"}, ("total", "not_integer", 0)),
        ({"total": "3.5"}, ("total", "not_integer", 0)),
        ({"month": "Januari"}, ("month", "not_month", 0)),
        ({"nik": "21"}, ("nik", "unknown_column", None)),
    ],
)
def test_each_rule(change, fault):
    assert fault in _faults("visits", [{**VISIT, **change}])


def test_zero_is_not_missing():
    frame = contracts.check("visits", pd.DataFrame([{**VISIT, "female": "0", "male": "0", "total": "0"}]))
    assert frame["total"].tolist() == [0]


def test_a_sum_is_checked_only_where_all_parts_are_given():
    assert len(contracts.check("visits", pd.DataFrame([{**VISIT, "male": None, "total": "9"}])))


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_table_is_declared_whole(table):
    for name in table.key:
        assert table.column(name).required
    assert len(set(table.names)) == len(table.names)
    assert list(contracts.empty(table.name).columns) == list(table.names)
    for column in table.columns:
        assert f"column.{column.name}" in catalogue("id")
        if column.references:
            other, _, name = column.references.partition(".")
            assert name in TABLES[other].key


def test_no_table_can_hold_a_name_of_a_person_or_an_identity_number():
    forbidden = {"nik", "phone", "birth_date", "address", "mother", "email", "person_name"}
    assert not forbidden & {column.name for table in TABLES.values() for column in table.columns}
    assert "name" not in TABLES["participants"].names
