"""A reading beside what is stored: what is new, what is kept, and what is told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from literasi.domain.periods import Period
from literasi.intake.systems.proposed import propose
from literasi.intake.systems.series import Reading, Span
from tests.frames import library, table

LIBRARY = "L-21.71.08.1004-1"
OTHER = "L-21.72.01.1004-1"
SPAN = Span(Period(2024, 1), Period(2024, 3), dt.date(2024, 4, 2))
ADVICE = {
    "of_table": "visits",
    "row_key": f"{LIBRARY} · 2024-01-01",
    "of_column": "total",
    "rule": "history_shrunk",
    "value": "90",
    "area_code": "21.71",
}


def reading(**frames: list[dict[str, Any]]) -> Reading:
    base = {"library_id": LIBRARY, "received_on": "2024-04-02", "note": "Dari SLiMS."}
    rows = {name: table(name, [base | row for row in given]) for name, given in frames.items()}
    return Reading("slims", LIBRARY, SPAN, rows)


def stored(**frames: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    base = {"library_id": LIBRARY, "received_on": "2024-02-05", "note": "Dari formulir."}
    tables = {
        name: table(name, [base | row for row in frames.get(name, [])]) for name in ("visits", "circulation")
    }
    tables["advices"] = table("advices", frames.get("advices", []))
    tables["libraries"] = table("libraries", [library(LIBRARY, "21.71"), library(OTHER, "21.72")])
    return tables


def visit(total: int, female: int | None = None, male: int | None = None, month: str = "2024-01") -> Any:
    return {"month": f"{month}-01", "female": female, "male": male, "total": total}


def test_new_months_are_written_and_other_libraries_do_not_matter():
    before = stored(visits=[visit(500) | {"library_id": OTHER}])
    proposed = propose(reading(visits=[visit(70, 40, 30)]), stored=before)
    assert proposed.changes["visits"]["total"].tolist() == [70]
    assert proposed.findings == ()


def test_the_same_figures_are_left_as_they_are():
    before = stored(visits=[visit(70, 40, 30)], circulation=[{"month": "2024-01-01", "loans": 5}])
    now = reading(visits=[visit(70, 40, 30)], circulation=[{"month": "2024-01-01", "loans": 5}])
    proposed = propose(now, stored=before)
    assert (proposed.changes, proposed.removals) == ({}, {})


def test_a_higher_value_replaces_and_keeps_the_day_it_was_first_received():
    row = propose(reading(visits=[visit(71, 40, 31)]), stored=stored(visits=[visit(70, 40, 30)]))
    written = row.changes["visits"].iloc[0]
    assert (written["total"], written["male"], written["note"]) == (71, 31, "Dari SLiMS.")
    assert written["received_on"] == pd.Timestamp("2024-02-05")


def test_a_lower_value_is_kept_whole_and_told():
    proposed = propose(reading(visits=[visit(60, 30, 30)]), stored=stored(visits=[visit(90, 50, 40)]))
    assert list(proposed.changes) == ["advices"]
    assert proposed.changes["advices"].iloc[0][list(ADVICE)].to_dict() == ADVICE
    assert [(f.rule, f.value, f.params["now"]) for f in proposed.findings] == [("history_shrunk", "90", 60)]


def test_a_lower_value_is_taken_when_the_operator_says_so_and_its_advice_goes():
    before = stored(visits=[visit(90, 50, 40)], advices=[ADVICE])
    proposed = propose(reading(visits=[visit(60, 30, 30)]), stored=before, accept_shrink=True)
    assert proposed.changes["visits"].iloc[0][["female", "male", "total"]].tolist() == [30, 30, 60]
    assert "advices" not in proposed.changes
    assert len(proposed.removals["advices"]) == 1


def test_an_advice_that_was_answered_stays_answered_while_the_value_does():
    answered = ADVICE | {"reason": "Buku tamu lama dihapus."}
    again = propose(reading(visits=[visit(60)]), stored=stored(visits=[visit(90)], advices=[answered]))
    assert (again.changes, again.removals) == ({}, {})
    of_another_value = propose(
        reading(visits=[visit(60)]), stored=stored(visits=[visit(95)], advices=[answered])
    )
    assert of_another_value.changes["advices"]["reason"].isna().all()


def test_advices_about_months_that_were_not_read_stay():
    elsewhere = ADVICE | {"row_key": f"{LIBRARY} · 2023-01-01"}
    of_another_rule = ADVICE | {"rule": "outlier"}
    before = stored(visits=[visit(90)], advices=[elsewhere, of_another_rule])
    assert propose(reading(visits=[visit(90)]), stored=before).removals == {}


def test_parts_that_are_stored_are_not_lost_where_the_total_is_the_same():
    proposed = propose(reading(visits=[visit(70)]), stored=stored(visits=[visit(70, 40, 30)]))
    assert proposed.changes == {}
    higher = propose(reading(visits=[visit(75)]), stored=stored(visits=[visit(70, 40, 30)]))
    assert higher.changes["visits"][["female", "male"]].isna().all(axis=None)


def test_stocks_stand_once_counted_and_may_become_less():
    before = {
        "month": "2024-01-01",
        "loans": 5,
        "active_borrowers": 3,
        "members": 40,
        "titles": 9,
        "copies": 20,
    }
    later = propose(
        reading(circulation=[{"month": "2024-01-01", "loans": 6, "active_borrowers": 2}]),
        stored=stored(circulation=[before]),
    )
    kept = later.changes["circulation"].iloc[0]
    assert kept[["loans", "active_borrowers", "members", "titles", "copies"]].tolist() == [6, 3, 40, 9, 20]
    assert [f.place.heading for f in later.findings] == ["Peminjam aktif"]
    weeded = propose(reading(circulation=[before | {"titles": 8}]), stored=stored(circulation=[before]))
    assert weeded.changes["circulation"]["titles"].tolist() == [8]
    assert weeded.findings == ()


def test_a_month_that_the_system_has_lost_altogether_is_kept_and_told():
    of_system = visit(90) | {"note": "Dari SLiMS."}
    before = stored(visits=[of_system, visit(80, month="2024-02"), of_system | {"month": "2023-12-01"}])
    proposed = propose(reading(visits=[visit(70, month="2024-03")]), stored=before)
    assert proposed.changes["visits"]["month"].dt.month.tolist() == [3]
    assert proposed.removals == {}
    told = {finding.rule: finding.params for finding in proposed.findings}
    assert told == {"history_gone": {"count": 1, "months": "2024-01"}}
