"""Shares with their parts, and the t-interval."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from literasi.domain.statistics import Share, mean_interval, share_state


class TestShareState:
    @pytest.mark.parametrize(
        ("denominator", "state"),
        [(1, "k_of_n"), (9, "k_of_n"), (10, "grey"), (29, "grey"), (30, "normal"), (1_000, "normal")],
    )
    def test_depends_on_the_denominator(self, denominator, state):
        assert share_state(1, denominator) == state

    @pytest.mark.parametrize(
        "pair", [(1, 0), (1, None), (None, 30), (math.nan, 30), (3, math.nan), (pd.NA, 30)]
    )
    def test_nothing_to_show_without_both_parts(self, pair):
        assert share_state(*pair) == "none"

    def test_zero_of_many_is_a_share(self):
        assert share_state(0, 40) == "normal"


class TestShare:
    def test_value_and_state(self):
        share = Share(3, 12)
        assert (share.value, share.state) == (0.25, "grey")

    def test_no_denominator_has_no_value(self):
        assert math.isnan(Share(0, 0).value)


class TestMeanInterval:
    def test_against_a_printed_table(self):
        """Student's t for 9 degrees of freedom at 95 % is 2.262157 (any printed table: 2.262)."""
        values = list(range(1, 11))
        half = 2.262157 * np.std(values, ddof=1) / math.sqrt(10)
        found = mean_interval(values)
        assert found.mean == 5.5
        assert found.high - found.mean == pytest.approx(half, rel=1e-6)
        assert found.mean - found.low == pytest.approx(half, rel=1e-6)
        assert found.n == 10

    def test_missing_values_are_left_out(self):
        assert mean_interval([1, math.nan, 3]) == mean_interval([1, 3])

    def test_nullable_numbers_are_read(self):
        assert mean_interval(pd.Series([1, None, 3], dtype="Int64")).n == 2

    def test_one_value_has_no_interval(self):
        found = mean_interval([7])
        assert (found.mean, found.n) == (7, 1)
        assert math.isnan(found.low)
        assert math.isnan(found.high)

    def test_no_value_has_no_mean(self):
        found = mean_interval([])
        assert math.isnan(found.mean)
        assert found.n == 0

    @settings(deadline=None)
    @given(st.lists(st.floats(-100, 100), min_size=2, max_size=30))
    def test_more_confidence_is_never_narrower(self, values):
        narrow, wide = mean_interval(values, confidence=0.8), mean_interval(values, confidence=0.99)
        assert wide.high - wide.low >= narrow.high - narrow.low

    @pytest.mark.parametrize("confidence", [0, 1, 95])
    def test_confidence_is_a_probability(self, confidence):
        with pytest.raises(ValueError, match=str(confidence)):
            mean_interval([1, 2], confidence=confidence)
