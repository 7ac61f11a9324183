"""Monthly reports: missing is not zero, stocks are not summed, the panel is the same libraries."""

import pandas as pd
import pytest

from literasi import contracts
from literasi.domain import reports


def libraries(*rows):
    frame = pd.DataFrame(rows, columns=["library_id", "area_code", "programme", "year_joined"])
    frame["name"] = frame["library_id"]
    frame["kind"] = "village"
    return contracts.coerce("libraries", frame)


def visits(*rows):
    frame = pd.DataFrame(rows, columns=["library_id", "month", "female", "male", "total"])
    frame["month"] = frame["month"] + "-01"
    return contracts.coerce("visits", frame)


def activities(*rows):
    frame = pd.DataFrame(rows, columns=["library_id", "date", "name", "people"])
    return contracts.coerce("activities", frame)


TWO = libraries(("A", "21.01", "national", 2020), ("B", "21.02", "national", 2023))


class TestSpan:
    def test_runs_from_the_first_to_the_last_report_without_a_hole(self):
        known = visits(("A", "2023-11", None, None, 1), ("A", "2024-02", None, None, 1))
        assert reports.span(known) == ["2023-11", "2023-12", "2024-01", "2024-02"]

    def test_is_cut_to_the_years_asked_for(self):
        known = visits(("A", "2023-11", None, None, 1), ("A", "2024-02", None, None, 1))
        assert reports.span(known, first=2024, last=2024) == ["2024-01", "2024-02"]

    def test_is_empty_without_reports(self):
        assert reports.span(contracts.empty("visits")) == []


class TestMonthly:
    def test_a_month_without_report_is_missing_and_a_reported_zero_is_zero(self):
        known = visits(("A", "2024-01", None, None, 0), ("A", "2024-03", None, None, 5))
        out = reports.monthly(known, TWO, column="total", periods=["2024-01", "2024-02", "2024-03"])
        assert out["value"].fillna(-1).tolist() == [0, -1, 5]

    def test_gives_received_and_expected(self):
        """B joined in 2023, so both owe reports in 2024."""
        known = visits(("A", "2024-01", None, None, 3))
        out = reports.monthly(known, TWO, column="total", periods=["2023-12", "2024-01"])
        assert out[["received", "expected"]].to_numpy().tolist() == [[0, 1], [1, 2]]

    def test_counts_only_the_libraries_of_the_area(self):
        known = visits(("A", "2024-01", None, None, 3), ("B", "2024-01", None, None, 40))
        inside = reports.within(TWO, "21.01")
        out = reports.monthly(known, inside, column="total", periods=["2024-01"])
        assert out.loc[0, ["value", "received", "expected"]].tolist() == [3, 1, 1]

    def test_does_not_change_its_input(self):
        known = visits(("A", "2024-01", None, None, 3))
        before = known.copy()
        reports.monthly(known, TWO, column="total", periods=["2024-01"])
        pd.testing.assert_frame_equal(known, before)


class TestActivityMonths:
    def test_a_library_that_reported_and_held_nothing_is_a_zero(self):
        heard = reports.heard_from(visits(("A", "2024-01", None, None, 3), ("A", "2024-02", None, None, 3)))
        held = activities(("A", "2024-02-07", "Kelas", 12))
        periods = ["2024-01", "2024-02", "2024-03"]
        out = reports.activity_months(held, heard, TWO, periods=periods)
        assert out["value"].fillna(-1).tolist() == [0, 1, -1]

    def test_sums_people_when_asked(self):
        held = activities(("A", "2024-02-07", "Kelas", 12), ("A", "2024-02-09", "Kelas", None))
        heard = reports.heard_from(activities=held)
        out = reports.activity_months(held, heard, TWO, periods=["2024-02"], people=True)
        assert out["value"].tolist() == [12]


def series(*values, first="2024-01"):
    year, month = int(first[:4]), int(first[5:])
    rows = []
    for i, value in enumerate(values):
        at = month - 1 + i
        rows.append((f"{year + at // 12}-{at % 12 + 1:02d}", value, 1, 2))
    return pd.DataFrame(rows, columns=["period", "value", "received", "expected"])


class TestYearly:
    def test_sums_what_is_there_and_says_which_months(self):
        out = reports.yearly(series(1.0, None, 3.0))
        assert out.loc[0, "value"] == 4
        assert out.loc[0, "months"] == (1, 3)
        assert out.loc[0, "expected"] == 6

    def test_a_stock_has_the_value_of_its_last_reported_month(self):
        out = reports.yearly(series(10.0, 12.0, None), is_stock=True)
        assert out.loc[0, "value"] == 12
        assert out.loc[0, "expected"] == 2

    def test_a_year_without_any_report_is_missing(self):
        assert pd.isna(reports.yearly(series(None, None)).loc[0, "value"])


class TestBySex:
    def test_keeps_what_is_not_told_apart(self):
        known = visits(("A", "2024-01", 2, 3, 5), ("B", "2024-01", None, None, 7))
        out = reports.by_sex(known, TWO, periods=["2024-01", "2024-02"])
        assert out.iloc[0, 1:].tolist() == [2, 3, 7]
        assert out.iloc[1, 1:].isna().all()


class TestSharedReports:
    def test_keeps_only_months_the_same_library_reported_in_both_years(self):
        known = visits(
            ("A", "2023-01", None, None, 10),
            ("A", "2024-01", None, None, 15),
            ("A", "2024-02", None, None, 99),
            ("B", "2024-01", None, None, 50),
        )
        out = reports.shared_reports(
            known, TWO, column="total", year=2024, periods=["2023-01", "2024-01", "2024-02"]
        )
        assert out.to_dict("records") == [{"library_id": "A", "month": 1, "previous": 10.0, "value": 15.0}]


@pytest.mark.parametrize(("area", "level"), [("21", "province"), ("21.01", "regency")])
def test_level_follows_from_the_length_of_the_code(area, level):
    assert reports.level_of(area) == level
