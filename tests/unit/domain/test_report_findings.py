"""What is said of reports: only of the same libraries, only beyond rounding, never of too few."""

import pandas as pd
import pytest

from literasi.domain import report_findings as rules
from literasi.domain.findings import Number, Places, Share
from literasi.domain.series import Comparison


def panel(value, previous, libraries=45):
    return Comparison(year=2026, months=(1, 2), value=value, previous=previous, libraries=libraries)


def said(found):
    return None if found is None else (found.key.removeprefix("statement."), found.tone)


class TestSameLibraries:
    @pytest.mark.parametrize(
        ("value", "previous", "key", "change", "tone"),
        [
            (1026, 1000, "panel_rose", Number(2.6, 1), "good"),
            (988, 1000, "panel_fell", Number(1.2, 1), "bad"),
            (25, 19, "panel_rose_by", Number(6), "good"),
            (9, 19, "panel_fell_by", Number(10), "bad"),
        ],
    )
    def test_percentages_from_a_base_of_twenty_on(self, value, previous, key, change, tone):
        found = rules.same_libraries(panel(value, previous), measure="visits")
        assert (*said(found), found.params["change"]) == (key, tone, change)
        assert found.params["libraries"] == Number(45)

    def test_a_change_that_vanishes_in_rounding_is_not_told(self):
        """10,004 of 10,000 is 0.04 %, shown as 0.0."""
        found = rules.same_libraries(panel(10_004, 10_000), measure="visits")
        assert said(found) == ("panel_indistinct", "unknown")
        assert said(rules.same_libraries(panel(10_006, 10_000), measure="visits")) == ("panel_rose", "good")

    def test_fewer_than_five_libraries_tell_nothing(self):
        found = rules.same_libraries(panel(200, 100, libraries=4), measure="visits")
        assert said(found) == ("panel_small", "unknown")
        assert said(rules.same_libraries(panel(200, 100, libraries=5), measure="visits"))[0] == "panel_rose"

    def test_without_a_panel_nothing_is_said_of_the_total(self):
        assert rules.same_libraries(None, measure="visits") is None
        assert rules.same_libraries(panel(2, 1, libraries=None), measure="visits") is None


class TestOtherReporters:
    def of(self, same, total):
        return rules.other_reporters(same, total, measure="visits")

    def test_said_from_five_points_on(self):
        """The same libraries rose by 2 %, all reports by 7 %: five points."""
        found = self.of(panel(102, 100), panel(107, 100, None))
        assert (*said(found), found.params["change"]) == ("total_rose", "neutral", Number(7.0, 1))
        assert self.of(panel(102, 100), panel(106.9, 100, None)) is None
        assert said(self.of(panel(100, 100), panel(90, 100, None)))[0] == "total_fell"

    def test_not_from_few_libraries_or_small_bases(self):
        assert self.of(panel(102, 100, 4), panel(150, 100, None)) is None
        assert self.of(panel(19, 19), panel(150, 100, None)) is None
        assert self.of(None, panel(150, 100, None)) is None


class TestCovered:
    def test_a_change_is_told_from_one_point_on(self):
        """75 of 100 after 70 of 100; then 75.4 % after 75.0 %, which both show as 75."""
        found = rules.covered((75, 100), (70, 100), year=2026)
        assert (*said(found), found.params["change"]) == ("covered_rose", "good", Number(5))
        assert said(rules.covered((60, 100), (70, 100), year=2026)) == ("covered_fell", "bad")
        assert said(rules.covered((754, 1000), (750, 1000), year=2026)) == ("covered", "neutral")

    def test_not_from_fewer_than_ten_reports(self):
        assert said(rules.covered((9, 9), (3, 9), year=2026)) == ("covered", "neutral")
        assert said(rules.covered((9, 100), (0, 0), year=2026)) == ("covered", "neutral")
        assert rules.covered((0, 0), (3, 9), year=2026) is None


class TestLeastCovered:
    def of(self, *rows):
        return rules.least_covered(pd.DataFrame(rows, columns=["area_code", "received", "expected"]))

    def test_rows_of_an_area_are_added_before_dividing(self):
        """Batam: 1 of 10 and 90 of 90, so 91 of 100; the mean of the shares would be 55."""
        found = self.of(("21.71", 1, 10), ("21.71", 90, 90), ("21.01", 60, 80))
        assert (*said(found), found.params["areas"], found.params["share"]) == (
            "least_covered",
            "neutral",
            Places(("21.01",)),
            Share(0.75),
        )
        assert said(self.of(("21.71", 90, 100), ("21.01", 59, 100)))[1] == "bad"

    def test_ties_are_named_together_and_many_are_counted(self):
        tied = self.of(("a", 70, 100), ("b", 704, 1000), ("c", 90, 100))
        assert tied.params["areas"] == Places(("a", "b"))
        many = self.of(*((code, 70, 100) for code in "abcd"), ("e", 90, 100))
        assert (said(many)[0], many.params["count"]) == ("least_covered_many", Number(4))

    def test_not_of_few_reports_or_of_one_area_or_of_equals(self):
        assert self.of(("a", 0, 9), ("b", 9, 10)) is None
        assert self.of(("a", 5, 10)) is None
        assert self.of(("a", 5, 10), ("b", 50, 100)) is None


def test_silence_is_counted_from_the_rules_months_on():
    silences = pd.DataFrame({"library_id": ["a", "b", "c"], "months": pd.array([2, 3, 9], dtype="Int64")})
    found = rules.silent(silences)
    assert (*said(found), found.params["count"], found.params["total"]) == (
        "silent",
        "bad",
        Number(2),
        Number(3),
    )
    assert rules.silent(silences.head(1)) is None
    assert rules.silent(silences.head(0)) is None


def test_months_without_a_report_are_not_zero():
    rows = pd.DataFrame({"value": [5.0, None, None, 0.0], "expected": pd.array([9, 9, 0, 9], dtype="Int64")})
    found = rules.without_report(rows)
    assert (*said(found), found.params["count"]) == ("months_without", "unknown", Number(1))
    assert rules.without_report(rows.iloc[[0, 2, 3]]) is None


def test_what_is_known_of_all_is_not_said():
    assert rules.untimed(0, 9) is None
    assert said(rules.untimed(2, 9)) == ("untimed", "unknown")
    assert rules.open_advices(0) is None
    assert said(rules.open_advices(1)) == ("advices_open", "unknown")
    assert rules.nothing_came(0) is None
    assert said(rules.nothing_came(21)) == ("nothing_came", "bad")
    assert rules.named_only(0) is None
    assert said(rules.named_only(5)) == ("named_only", "unknown")
