"""Which months a system says something about, and what its rows become."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.domain.periods import Period, months
from literasi.intake.systems import agreement, series
from literasi.intake.systems.errors import SystemReadError
from literasi.intake.systems.series import Loans, Stocks, Visits

JULY = dt.date(2024, 7, 9)
MONTH = st.builds(Period, st.integers(2015, 2024), st.integers(1, 12))


def half_year() -> series.Span:
    return series.span(Period(2024, 1), Period(2024, 6), today=JULY)


def test_only_ended_months_are_read():
    span = series.span(Period(2024, 5), Period(2024, 12), today=JULY)
    assert (span.first, span.last, span.left_out) == (Period(2024, 5), Period(2024, 6), Period(2024, 7))
    assert half_year().left_out is None


def test_on_the_first_day_of_a_month_the_one_before_has_ended():
    assert series.span(Period(2024, 1), Period(2024, 12), today=dt.date(2025, 1, 1)).last == Period(2024, 12)


@pytest.mark.parametrize("last", [Period(2024, 7), Period(2023, 12)])
def test_a_span_without_an_ended_month_is_refused(last: Period):
    with pytest.raises(SystemReadError) as error:
        series.span(Period(2024, 7), last, today=JULY)
    assert error.value.key == "systems.error.no_month"


def test_stocks_belong_to_the_month_that_ended_last():
    assert half_year().stock_month == Period(2024, 6)
    assert series.span(Period(2024, 1), Period(2024, 5), today=JULY).stock_month is None


@given(st.sets(MONTH, max_size=12), MONTH, MONTH)
def test_a_zero_has_rows_before_and_after_it_within_a_year(active: set[Period], first: Period, last: Period):
    span = series.Span(first, last, dt.date(2025, 1, 1))
    known, gaps = series.known_months(span, active)
    assert set(known) >= active & set(span.months)
    for month in set(known) - active:
        before = max(m for m in active if m < month)
        after = min(m for m in active if m > month)
        assert len(months(before, after)) - 2 <= series.LONGEST_GAP
    in_gaps = {month for a, b in gaps for month in months(a, b)}
    for month in set(span.months) - set(known):
        is_inside = any(m < month for m in active) and any(m > month for m in active)
        assert is_inside == (month in in_gaps)


@pytest.mark.parametrize(("second", "is_zero"), [(Period(2024, 2), True), (Period(2024, 3), False)])
def test_a_gap_of_twelve_months_is_zeros_and_of_thirteen_is_not(second: Period, is_zero: bool):
    span = series.Span(Period(2023, 1), Period(2024, 3), JULY)
    known, gaps = series.known_months(span, {Period(2023, 1), second})
    assert (Period(2023, 7) in known) == is_zero
    assert gaps == ([] if is_zero else [(Period(2023, 2), Period(2024, 2))])


def test_parts_are_given_only_where_every_visit_has_a_sex():
    active = {Period(2024, 1), Period(2024, 2), Period(2024, 4)}
    counted = {
        Period(2024, 1): Visits(10, 6, 4),
        Period(2024, 2): Visits(10, 6, 3),
        Period(2024, 4): Visits(1, 0, 0),
    }
    rows, findings = series.visits(
        half_year(), system="slims", library_id="L-21.71.08.1004-1", active=active, counted=counted
    )
    assert rows["total"].tolist() == [10, 10, 0, 1]
    assert rows["female"].tolist() == [6, pd.NA, 0, pd.NA]
    assert "9 dari 10" in rows["note"][1]
    assert rows["received_on"].unique().tolist() == [pd.Timestamp(JULY)]
    assert findings == []


def test_stocks_may_stand_where_no_loan_is_known():
    rows, _ = series.circulation(
        half_year(),
        system="slims",
        library_id="L-21.71.08.1004-1",
        active={Period(2024, 2)},
        counted={Period(2024, 2): Loans(5, 3)},
        stocks=Stocks(40, 12, 30),
    )
    assert rows["month"].dt.month.tolist() == [2, 6]
    assert rows["loans"].tolist() == [5, pd.NA]
    assert rows["members"].tolist() == [pd.NA, 40]


def test_a_month_of_which_nothing_is_known_has_no_row():
    rows, _ = series.circulation(
        half_year(),
        system="slims",
        library_id="x",
        active=set(),
        counted={},
        stocks=Stocks(None, None, None),
    )
    assert rows.empty


def test_no_row_at_all_is_an_empty_table():
    rows, _ = series.visits(half_year(), system="slims", library_id="x", active=set(), counted={})
    assert rows.empty


@pytest.mark.parametrize(
    ("rows", "differing", "agrees"), [(10, 2, True), (10, 3, False), (100, 5, True), (100, 6, False)]
)
def test_two_rows_or_five_percent_may_differ(rows: int, differing: int, agrees: bool):
    pairs = [
        agreement.Pair(Period(2024, 1), rows, rows, differing),
        agreement.Pair(Period(2024, 2), 1000, 1000, 0),
    ]
    if agrees:
        agreement.require(pairs, key="systems.error.slims_disagree")
        return
    with pytest.raises(SystemReadError) as error:
        agreement.require(pairs, key="systems.error.slims_disagree")
    assert error.value.params["months"] == "2024-01"  # one bad month is not hidden by a good one
    assert error.value.params["first"] == rows + 1000
