"""Totals so far, and years compared on the same months only."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.domain.series import Comparison, constant_panel, cumulative, same_months


def monthly(**values):
    """Month by month: m2023_01=5 and so on; None is a month without any report."""
    periods = [name[1:].replace("_", "-") for name in values]
    return pd.DataFrame({"period": pd.Series(periods, dtype="str"), "value": list(values.values())}).astype(
        {"value": "float64"}
    )


def test_running_total_starts_again_each_january():
    out = cumulative(monthly(m2023_01=1, m2023_02=2, m2024_01=10))
    assert out["cumulative"].tolist() == [1, 3, 10]
    assert not out["is_lower_bound"].any()


def test_after_a_missing_month_the_total_is_a_lower_bound():
    out = cumulative(monthly(m2023_01=1, m2023_02=None, m2023_03=0, m2024_01=4))
    assert out["cumulative"].isna().tolist() == [False, True, False, False]
    assert out["cumulative"].tolist()[2] == 1
    assert out["is_lower_bound"].tolist() == [False, True, True, False]


def test_series_that_begins_after_january_is_a_lower_bound():
    assert cumulative(monthly(m2023_06=1))["is_lower_bound"].tolist() == [True]


def test_only_months_of_both_years_are_compared():
    out = same_months(monthly(m2023_01=30, m2023_02=None, m2023_03=70, m2024_01=40, m2024_02=500), year=2024)
    assert out == Comparison(year=2024, months=(1,), value=40, previous=30)
    assert out.difference == 10
    assert out.percent == pytest.approx(100 / 3)


def test_reported_zero_is_compared_and_gives_no_per_cent():
    out = same_months(monthly(m2023_01=0, m2024_01=40), year=2024)
    assert (out.previous, out.difference, out.percent) == (0, 40, None)


@pytest.mark.parametrize(("base", "percent"), [(19, None), (20, 100.0)])
def test_small_base_has_only_a_difference(base, percent):
    assert Comparison(year=2024, months=(1,), value=2 * base, previous=base).percent == percent


def test_nothing_in_common_is_no_comparison():
    assert same_months(monthly(m2023_01=1, m2024_02=1), year=2024) is None
    assert (
        constant_panel(pd.DataFrame({"library_id": [], "month": [], "previous": [], "value": []}), year=2024)
        is None
    )


def test_constant_panel_counts_libraries_once():
    shared = pd.DataFrame(
        {"library_id": ["a", "a", "b"], "month": [1, 2, 2], "previous": [10, 10, 10], "value": [5, 5, 35]}
    )
    assert constant_panel(shared, year=2024) == Comparison(
        year=2024, months=(1, 2), value=45, previous=30, libraries=2
    )


@given(st.lists(st.none() | st.integers(0, 1000), min_size=12, max_size=12))
def test_last_running_total_is_the_sum_of_what_is_known(numbers):
    series = monthly(**{f"m2023_{i:02d}": n for i, n in enumerate(numbers, start=1)})
    before = series.copy()
    out = cumulative(series)
    known = [n for n in numbers if n is not None]
    assert out["cumulative"].dropna().tolist()[-1:] == ([sum(known)] if known else [])
    assert out["cumulative"].dropna().is_monotonic_increasing
    pd.testing.assert_frame_equal(series, before)
