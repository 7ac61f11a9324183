"""Expected reports and the three states of a missing number."""

import pandas as pd
import pytest

from literasi.domain.coverage import (
    ReportingRules,
    coverage,
    expected_libraries,
    is_provisional,
    share,
    states,
)
from tests.frames import library, table, visit

LIBRARIES = table(
    "libraries",
    [
        library("old", "21.71.01.1001", 2020),
        library("new", "21.71.01.1002", 2023),
        library("undated", "21.02.01.2001", None),
        library("outside", "21.02.01.2002", 2020, programme="none"),
    ],
)
REPORTS = table(
    "visits", [visit("old", "2023-12", 0), visit("old", "2024-01", 5), visit("undated", "2024-01", 7)]
)


def rows(frame):
    return list(frame.itertuples(index=False, name=None))


def test_reports_are_expected_from_january_after_joining():
    assert rows(expected_libraries(LIBRARIES)) == [("old", 2021), ("new", 2024)]


def test_rule_can_be_set():
    rules = ReportingRules(programmes=("none",), years_after_joining=0)
    assert rows(expected_libraries(LIBRARIES, rules=rules)) == [("outside", 2020)]


def test_months_without_any_report_are_still_expected():
    out = coverage(REPORTS, LIBRARIES, first="2023-12", last="2024-02", level="regency")
    assert rows(out) == [("21.71", "2023-12", 1, 1), ("21.71", "2024-01", 1, 2), ("21.71", "2024-02", 0, 2)]


def test_province_is_the_sum_and_unexpected_reports_do_not_count():
    out = coverage(REPORTS, LIBRARIES, first="2024-01", last="2024-01", level="province")
    assert rows(out) == [("21", "2024-01", 1, 2)]


def test_nobody_owing_gives_no_row():
    assert coverage(REPORTS, LIBRARIES, first="2019", last="2020", level="regency").empty


def test_states_stay_apart():
    out = states(REPORTS, LIBRARIES, first="2023-12", last="2024-01")
    found = {(r.library_id, r.period): r.state for r in out.itertuples()}
    assert found == {
        ("old", "2023-12"): "zero",
        ("old", "2024-01"): "reported",
        ("new", "2023-12"): "not_expected",
        ("new", "2024-01"): "missing",
        ("undated", "2023-12"): "not_expected",
        ("undated", "2024-01"): "reported",
        ("outside", "2023-12"): "not_expected",
        ("outside", "2024-01"): "not_expected",
    }


def test_empty_number_in_a_report_is_missing_not_zero():
    loans = table("circulation", [{"library_id": "old", "month": "2024-01-01", "members": 3}])
    out = states(loans, LIBRARIES, first="2024-01", last="2024-01", value="loans")
    assert out.set_index("library_id")["state"]["old"] == "missing"


@pytest.mark.parametrize(
    ("received", "expected", "provisional"),
    [(59, 100, True), (60, 100, False), (0, 0, False), (None, 5, False), (pd.NA, pd.NA, False)],
)
def test_under_sixty_per_cent_is_provisional(received, expected, provisional):
    assert is_provisional(received, expected) is provisional


def test_share_of_nothing_is_unknown():
    assert share(0, 0) is None
    assert share(3, 4) == 0.75
