"""What was expected, what came and when: by library, table and month."""

import datetime as dt

import pandas as pd
import pytest

from literasi.domain import completeness as c
from literasi.domain.coverage import ReportingRules
from tests.frames import library, table

LIBRARIES = table(
    "libraries",
    [
        library("A", "21.01.01.2001", 2023),
        library("B", "21.71.01.1001", 2023),
        library("C", "21.71.02.1002", None),
        library("D", "21", 2023),
    ],
)
PERIODS = ["2024-01", "2024-02", "2024-03"]


def visit(library_id, month, total, received=None):
    return {"library_id": library_id, "month": f"{month}-01", "total": total, "received_on": received}


def visits(*rows):
    return table("visits", [visit(*row) for row in rows])


def made(*rows, due="2024-03", **more):
    return c.calendar({"visits": visits(*rows), **more}, LIBRARIES, periods=PERIODS, due=due)


def cell(rows, library_id, period, of="visits"):
    found = rows[(rows["library_id"] == library_id) & (rows["period"] == period) & (rows["table"] == of)]
    return found.iloc[0]


class TestStates:
    @pytest.mark.parametrize(
        ("received", "state"),
        [("2024-02-10", "on_time"), ("2024-02-11", "late"), (None, "unknown"), ("2024-01-31", "on_time")],
    )
    def test_the_deadline_is_the_tenth_of_the_following_month(self, received, state):
        one = cell(made(("A", "2024-01", 5, received)), "A", "2024-01")
        assert (one["state"], one["timing"]) == (state, state)

    def test_the_deadline_of_december_is_in_january(self):
        rows = c.calendar(
            {"visits": visits(("A", "2024-12", 5, "2025-01-10"), ("B", "2024-12", 5, "2025-01-11"))},
            LIBRARIES,
            periods=["2024-12"],
            due="2024-12",
        )
        assert cell(rows, "A", "2024-12")["state"] == "on_time"
        assert cell(rows, "B", "2024-12")["state"] == "late"

    def test_the_deadline_is_a_rule_of_each_table(self):
        rules = ReportingRules(due_days={"visits": 20})
        rows = c.calendar(
            {"visits": visits(("A", "2024-01", 5, "2024-02-15"))},
            LIBRARIES,
            periods=PERIODS,
            due="2024-03",
            rules=rules,
        )
        assert cell(rows, "A", "2024-01")["state"] == "on_time"

    def test_missing_zero_and_not_expected_are_three_things(self):
        rows = made(("A", "2024-01", 0, "2024-02-20"))
        assert cell(rows, "A", "2024-01")["state"] == "zero"
        assert cell(rows, "A", "2024-01")["timing"] == "late"
        assert cell(rows, "A", "2024-02")["state"] == "missing"
        assert cell(rows, "C", "2024-02")["state"] == "not_expected"

    def test_a_report_that_nobody_expected_counts_as_such(self):
        one = cell(made(("C", "2024-02", 4, "2024-03-01")), "C", "2024-02")
        assert one["state"] == "on_time"
        assert not one["is_expected"]

    def test_nothing_is_missing_before_its_deadline_has_passed(self):
        rows = made(("A", "2024-03", 4, "2024-04-01"), due="2024-02")
        assert cell(rows, "B", "2024-03")["state"] == "not_expected"
        assert cell(rows, "A", "2024-03")["state"] == "on_time"

    def test_reports_outside_the_months_or_of_unknown_libraries_are_left_out(self):
        rows = made(("A", "2023-12", 5), ("A", "2024-04", 5), ("X", "2024-01", 5))
        assert set(rows["state"]) == {"missing", "not_expected"}

    def test_a_report_without_any_number_is_no_report(self):
        given = [
            {"library_id": "A", "month": "2024-01-01", "note": "kosong"},
            {"library_id": "A", "month": "2024-02-01", "members": 12},
            {"library_id": "A", "month": "2024-03-01", "loans": 0, "members": 12},
        ]
        rows = c.calendar(
            {"circulation": table("circulation", given)}, LIBRARIES, periods=PERIODS, due="2024-03"
        )
        states = [cell(rows, "A", period, "circulation")["state"] for period in PERIODS]
        assert states == ["missing", "unknown", "zero"]

    def test_no_month_owes_an_activity(self):
        held = table(
            "activities",
            [
                {"library_id": "A", "date": f"2024-02-{day:02d}", "name": "x", "received_on": "2024-02-28"}
                for day in (3, 9)
            ],
        )
        rows = made(activities=held)
        assert cell(rows, "A", "2024-02", "activities")["state"] == "any"
        assert cell(rows, "A", "2024-01", "activities")["state"] == "not_expected"
        assert not rows.loc[rows["table"] == "activities", "is_expected"].any()

    def test_without_months_there_is_nothing(self):
        rows = c.calendar({"visits": visits()}, LIBRARIES, periods=[], due="")
        assert rows.empty
        assert list(rows.columns) == list(c.CALENDAR)
        assert c.shares(rows, by=["table"]).empty
        assert c.silences(rows).empty


class TestSpan:
    def spanned(self, *rows, today):
        return c.span_due({"visits": visits(*rows)}, today=today)

    @pytest.mark.parametrize(
        ("today", "due"),
        [
            (dt.date(2024, 5, 10), "2024-03"),
            (dt.date(2024, 5, 11), "2024-04"),
            (dt.date(2025, 1, 11), "2024-12"),
            (dt.date(2025, 1, 10), "2024-11"),
            (dt.date(2025, 2, 10), "2024-12"),
        ],
    )
    def test_a_month_is_due_once_its_deadline_has_passed(self, today, due):
        periods, last = self.spanned(("A", "2024-02", 1), today=today)
        assert last == due
        assert (periods[0], periods[-1]) == ("2024-02", due)

    def test_a_report_that_came_early_is_shown_though_nothing_is_due(self):
        periods, last = self.spanned(("A", "2024-02", 1), today=dt.date(2024, 2, 20))
        assert (periods, last) == (["2024-02"], "2024-01")

    def test_an_activity_begins_the_span_as_a_report_does(self):
        held = table("activities", [{"library_id": "A", "date": "2023-11-20", "name": "x"}])
        periods, _ = c.span_due(
            {"visits": visits(("A", "2024-02", 1)), "activities": held}, today=dt.date(2024, 4, 1)
        )
        assert periods == ["2023-11", "2023-12", "2024-01", "2024-02"]

    def test_without_reports_there_are_no_months(self):
        assert self.spanned(today=dt.date(2024, 5, 11)) == ([], "")


class TestShares:
    def test_parts_add_up_to_what_came_and_nothing_else(self):
        rows = made(
            ("A", "2024-01", 5, "2024-02-01"),
            ("A", "2024-02", 0, "2024-04-01"),
            ("B", "2024-01", 7),
            ("C", "2024-01", 9, "2024-02-01"),
        )
        one = c.shares(rows, by=["table"]).iloc[0].to_dict()
        assert one == {
            "table": "visits",
            "expected": 9,
            "received": 3,
            "on_time": 1,
            "late": 1,
            "unknown": 1,
            "zero": 1,
            "extra": 1,
        }

    def test_a_library_known_to_its_province_only_is_in_no_regency(self):
        rows = c.with_area(made(), level="regency")
        by = c.shares(rows, by=["area"])
        assert by["area"].tolist() == ["21.01", "21.71"]
        assert by["expected"].tolist() == [3, 3]

    def test_where_nothing_was_expected_and_nothing_came_there_is_no_row(self):
        by = c.shares(made(("C", "2024-01", 1)), by=["library_id"])
        assert by["library_id"].tolist() == ["A", "B", "C", "D"]
        assert c.shares(made(), by=["library_id"])["library_id"].tolist() == ["A", "B", "D"]


class TestSilence:
    def test_months_without_anything_up_to_the_last_that_was_due(self):
        rows = c.silences(made(("A", "2024-01", 5), ("B", "2024-03", 5)))
        found = rows.set_index("library_id")
        assert found["months"].to_dict() == {"D": 3, "A": 2, "B": 0}
        assert found.loc["A", "last"] == "2024-01"
        assert pd.isna(found.loc["D", "last"])

    def test_one_table_is_enough_to_be_heard(self):
        lent = table(
            "circulation",
            [{"library_id": "A", "month": f"{period}-01", "loans": 0} for period in PERIODS],
        )
        assert c.silences(made(circulation=lent)).set_index("library_id").loc["A", "months"] == 0

    def test_a_month_that_is_not_due_makes_nobody_silent(self):
        rows = c.silences(made(("A", "2024-02", 5), due="2024-02")).set_index("library_id")
        assert rows.loc["A", "months"] == 0
        assert rows.loc["B", "months"] == 2


class TestFollowUp:
    def test_each_count_is_judged_by_itself_the_newest_month_first(self):
        months = pd.period_range("2023-01", periods=10, freq="M")
        lent = table(
            "circulation",
            [
                {
                    "library_id": "A",
                    "month": f"{month}-01",
                    "loans": 900 if str(month) == "2023-02" else 50,
                    "members": 4 if str(month) == "2023-09" else 120,
                }
                for month in months
            ],
        )
        found = c.follow_up({"circulation": lent})
        assert list(found.columns) == list(c.FOLLOW_UP)
        assert found["column"].tolist() == ["members", "loans"]
        assert found["value"].tolist() == [4, 900]


class TestAnything:
    def test_libraries_are_counted_once(self):
        held = table(
            "publications",
            [
                {"library_id": name, "date": f"2024-0{month}-03", "title": "x"}
                for name, month in (("A", 1), ("A", 2), ("B", 2), ("C", 2))
            ],
        )
        rows = c.with_area(made(publications=held), level="regency")
        assert c.anything(rows, by=["table"])["libraries"].tolist() == [3]
        by = c.anything(rows, by=["area", "period"])
        assert by.to_dict("list") == {
            "area": ["21.01", "21.01", "21.71"],
            "period": ["2024-01", "2024-02", "2024-02"],
            "libraries": [1, 1, 2],
        }
