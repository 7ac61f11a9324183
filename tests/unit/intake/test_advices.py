"""Advices stay with their value until somebody says why it is right, or it changes."""

from __future__ import annotations

from typing import Any

from literasi.intake.examination import examine
from literasi.intake.findings import Answers
from tests.intake_files import LIBRARY, LIBRARY_ID, known, rows_of, visits

ROW_KEY = f"{LIBRARY_ID} · 2026-12-01"
KEY = f"visits\x1f{ROW_KEY}\x1fmonth\x1ffuture"
FUTURE = visits((LIBRARY, "Desember 2026", 1, 1, 2))
COLUMNS = ("of_table", "row_key", "of_column", "rule", "value", "area_code", "reason")


def advice(**changes: Any) -> dict[str, Any]:
    row = {
        "of_table": "visits",
        "row_key": ROW_KEY,
        "of_column": "month",
        "rule": "future",
        "value": "Desember 2026",
        "area_code": "21.71.08.1004",
        "reason": None,
    }
    return row | changes


def test_an_advice_without_a_reason_is_kept_open() -> None:
    made = examine(FUTURE, known=known()).changes["advices"]
    assert rows_of(made, *COLUMNS) == [tuple(advice().values())]


def test_a_reason_travels_with_the_value() -> None:
    proposal = examine(FUTURE, known=known(), answers=Answers(reasons={KEY: " jadwal tetap "}))
    assert rows_of(proposal.changes["advices"], "reason") == [("jadwal tetap",)]
    assert [one.rule for one in proposal.findings] == ["future"]


def test_a_reason_given_before_holds_while_the_value_does() -> None:
    again = examine(FUTURE, known=known(advices=[advice(reason="jadwal tetap")]))
    assert again.findings == ()
    assert rows_of(again.changes["advices"], "reason") == [("jadwal tetap",)]
    other = examine(FUTURE, known=known(advices=[advice(reason="jadwal tetap", value="lain")]))
    assert [one.rule for one in other.findings] == ["future"]
    assert rows_of(other.changes["advices"], "reason") == [(None,)]


def test_an_advice_that_is_not_raised_any_more_goes() -> None:
    before = known(advices=[advice(row_key=f"{LIBRARY_ID} · 2026-01-01"), advice(rule="of_another")])
    gone = examine(visits((LIBRARY, "Januari 2026", 1, 1, 2)), known=before).removals["advices"]
    assert rows_of(gone, "row_key", "rule") == [(f"{LIBRARY_ID} · 2026-01-01", "future")]


def test_advices_about_other_rows_and_of_other_steps_stay() -> None:
    before = known(advices=[advice(), advice(row_key=f"{LIBRARY_ID} · 2026-01-01", rule="of_another")])
    assert examine(visits((LIBRARY, "Januari 2026", 1, 1, 2)), known=before).removals == {}
