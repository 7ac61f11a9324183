"""Activities: what is wanted, groups with small counts hidden, and days with three kinds of nothing."""

import pandas as pd

from literasi import contracts
from literasi.domain import activities as acts
from literasi.domain.reports import heard_from
from tests.unit.domain.test_reports import libraries

ONE = libraries(("A", "21.01", "national", 2020))


def activities(*rows):
    names = ["library_id", "date", "name", "field", "audience", "people", "is_verified"]
    return contracts.coerce("activities", pd.DataFrame(rows, columns=names))


HELD = activities(
    ("A", "2024-02-07", "Kelas 1", "Pendidikan", "Umum", 12, True),
    ("A", "2024-02-08", "Kelas 2", "Pendidikan", "Umum", 30, False),
    ("A", "2025-02-08", "Senam", "Kesehatan", "Lansia", 3, None),
    ("A", "2025-03-08", "Rapat", None, "Umum", 20, True),
)


class TestWanted:
    def test_filters_years_field_and_verified(self):
        assert len(acts.wanted(HELD, ONE, first=2024, last=2024)) == 2
        assert len(acts.wanted(HELD, ONE, first=2024, last=2025, field="Kesehatan")) == 1

    def test_what_is_not_known_to_be_verified_is_left_out(self):
        kept = acts.wanted(HELD, ONE, first=2024, last=2025, is_verified=True)
        assert kept["name"].tolist() == ["Kelas 1", "Rapat"]


class TestByGroup:
    def test_orders_by_activities_and_puts_not_stated_last(self):
        out = acts.by_group(HELD, column="field", threshold=5)
        assert out["group"].tolist() == ["Pendidikan", "Kesehatan", acts.NOT_STATED]

    def test_hides_small_numbers_of_people_and_one_more(self):
        out = acts.by_group(HELD, column="field", threshold=5).set_index("group")
        assert out.loc["Kesehatan", "is_suppressed"]
        assert pd.isna(out.loc["Kesehatan", "people"])
        assert out["is_suppressed"].sum() == 2
        assert out["activities"].tolist() == [2, 1, 1]

    def test_without_head_count_there_is_no_number(self):
        rows = activities(("A", "2024-02-07", "Kelas", "Pendidikan", "Umum", None, True))
        assert pd.isna(acts.by_group(rows, column="field", threshold=5).loc[0, "people"])


def test_by_group_and_year_has_zero_where_a_group_held_nothing():
    out = acts.by_group_and_year(HELD, column="field")
    found = out.set_index(["group", "year"])["activities"]
    assert found["Pendidikan", 2025] == 0
    assert found["Pendidikan", 2024] == 2


class TestDays:
    HEARD = heard_from(activities=HELD)
    PERIODS: tuple[str, ...] = ("2024-01", "2024-02", "2024-03")

    def days(self, library=ONE):
        held = acts.wanted(HELD, library, first=2024, last=2024)
        out = acts.days(held, self.HEARD, library, year=2024, periods=list(self.PERIODS))
        return out.set_index(out["date"].dt.strftime("%m-%d"))

    def test_every_day_of_the_year_is_there(self):
        assert len(self.days()) == 366

    def test_the_kinds_of_nothing_stay_apart(self):
        state = self.days()["state"]
        assert state["02-07"] == "reported"
        assert state["02-09"] == "zero"
        assert state["01-15"] == "missing"
        assert state["04-01"] == "not_expected"

    def test_only_a_month_that_was_heard_from_has_a_zero(self):
        number = self.days()["activities"]
        assert number["02-09"] == 0
        assert pd.isna(number["01-15"])

    def test_nothing_is_missing_where_no_report_was_due(self):
        later = libraries(("A", "21.01", "national", 2024))
        assert (self.days(later)["state"] != "missing").all()


def test_a_library_heard_from_without_activity_counts_zero():
    out = acts.by_library_and_month(HELD.iloc[:0], TestDays.HEARD, people=False)
    assert out["value"].tolist() == [0.0, 0.0, 0.0]
