"""The median rule: what is striking, what is not, and what cannot be judged."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.domain.outliers import MINIMUM, RANGES, outliers, usual_ranges

STEADY = [100, 150, 70, 180, 60, 104, 131, 80, 110, 92, 140, 118]


def series(values, library="a", first="2024-01"):
    months = pd.period_range(first, periods=len(values), freq="M").to_timestamp().astype("datetime64[us]")
    return pd.DataFrame({"library_id": library, "month": months, "value": values})


class TestOneLibrary:
    def test_a_digit_too_many_is_found_with_the_range_it_left(self):
        found = outliers(series([*STEADY, 1120]))
        assert found["value"].tolist() == [1120]
        assert str(found["month"].iloc[0].date()) == "2025-01-01"
        low, high = found["expected_low"].iloc[0], found["expected_high"].iloc[0]
        assert 10 < low < 60
        assert 180 < high < 600
        assert found["score"].iloc[0] > 3.5

    def test_a_digit_too_few_is_found(self):
        found = outliers(series([*STEADY, 11]))
        assert found["value"].tolist() == [11]
        assert found["score"].iloc[0] < -3.5

    def test_zero_where_a_hundred_is_usual_is_striking(self):
        assert outliers(series([*STEADY, 0]))["value"].tolist() == [0]

    def test_zero_where_little_is_usual_is_not(self):
        assert outliers(series([2, 0, 3, 1, 0, 4, 2, 0])).empty

    def test_a_season_is_not_striking(self):
        season = [100, 102, 100, 100, 106, 90, 55, 108, 118, 110, 105, 82]
        assert outliers(series(season * 2)).empty

    def test_two_wrong_values_cannot_hide_each_other(self):
        assert len(outliers(series([*STEADY, 1120, 1090]))) == 2

    def test_the_farthest_comes_first(self):
        assert outliers(series([*STEADY, 1120, 4]))["value"].tolist() == [4, 1120]

    def test_growth_for_good_is_not_striking_ever_after(self):
        rng = np.random.default_rng(3)
        grown = [*rng.normal(50, 6, 30).round(), *rng.normal(400, 40, 30).round()]
        found = outliers(series(grown))
        assert len(found[found["month"] >= "2027-07"]) == 0


class TestSteady:
    """The median absolute deviation is 0."""

    def test_a_small_step_from_always_the_same_is_not_striking(self):
        assert outliers(series([10] * 9 + [14])).empty

    def test_a_large_one_is(self):
        assert outliers(series([10] * 9 + [100]))["value"].tolist() == [100]

    def test_up_to_twice_the_usual_is_not_striking_however_large_the_stock(self):
        assert outliers(series([10000] * 9 + [19900])).empty
        assert len(outliers(series([10000] * 9 + [20100]))) == 1

    def test_always_zero_leaves_room_for_a_few(self):
        assert outliers(series([0] * 9 + [20])).empty
        assert len(outliers(series([0] * 9 + [60]))) == 1


class TestHistory:
    def test_too_few_reports_are_not_judged(self):
        rows = usual_ranges(series([100, 100, 100, 100, 100, 9000]))
        assert len(rows) == MINIMUM - 1
        assert rows[["expected_low", "expected_high", "score"]].isna().all(axis=None)

    def test_the_minimum_is_enough(self):
        assert outliers(series([100, 90, 110, 95, 105, 100, 9000]))["value"].tolist() == [9000]

    def test_a_missing_value_is_no_report(self):
        rows = usual_ranges(series([100, None, 90, 110, None, 95, 105]))
        assert rows["value"].tolist() == [100, 90, 110, 95, 105]
        assert rows["score"].isna().all()

    def test_nothing_gives_nothing_in_the_same_columns(self):
        nothing = outliers(series([]).astype({"value": "float64", "library_id": "str"}))
        assert {name: str(dtype) for name, dtype in nothing.dtypes.items()} == RANGES


class TestManyLibraries:
    def test_each_is_judged_by_its_own_reports(self):
        both = pd.concat([series([*STEADY, 1120]), series([v * 10 for v in STEADY], "b")])
        found = outliers(both)
        assert found["library_id"].tolist() == ["a"]

    def test_together_gives_what_each_gives_alone(self):
        rng = np.random.default_rng(7)
        parts = [series(rng.poisson(60, n), f"l{n:02d}") for n in (3, 7, 8, 25, 26, 40)]
        shuffled = pd.concat(parts).sample(frac=1, random_state=1)
        alone = pd.concat([usual_ranges(part) for part in parts], ignore_index=True)
        pd.testing.assert_frame_equal(usual_ranges(shuffled), alone)

    def test_the_score_is_the_published_formula(self):
        values = pd.Series(STEADY, dtype="float64")
        logs = np.log1p(values)
        mad = (logs - logs.median()).abs().median()
        floor = max(1 / np.sqrt(1 + np.expm1(logs.median())), np.log(2) / 3.5)
        assert mad / 0.6745 > floor
        expected = 0.6745 * (logs - logs.median()) / mad
        assert usual_ranges(series(STEADY))["score"].tolist() == pytest.approx(expected.tolist())


@given(st.lists(st.integers(0, 100_000), min_size=MINIMUM, max_size=40))
def test_a_value_is_an_outlier_exactly_where_it_leaves_its_range(values):
    rows = usual_ranges(series(values))
    is_outside = (rows["value"] < rows["expected_low"]) | (rows["value"] > rows["expected_high"])
    assert (is_outside == (rows["score"].abs() > 3.5)).all()
    assert (rows["expected_low"] >= 0).all()
