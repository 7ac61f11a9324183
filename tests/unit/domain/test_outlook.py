"""An outlook is given only where enough comparable months stand behind it, and says how sure it is."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from literasi.domain.outlook import (
    MODEL_AT_LEAST,
    NAIVE_AT_LEAST,
    Outlook,
    Refusal,
    holt_winters,
    outlook,
    seasonal_naive,
)


def series(values, *, received=9, expected=10):
    """Months from January 2022; None is a month without any report."""
    periods = [f"{2022 + i // 12}-{i % 12 + 1:02d}" for i in range(len(values))]
    return pd.DataFrame(
        {
            "period": pd.Series(periods, dtype="str"),
            "value": pd.Series(values, dtype="float64"),
            "received": pd.array([0 if v is None else received for v in values], dtype="Int64"),
            "expected": pd.array([expected] * len(values), dtype="Int64"),
        }
    )


def year_after_year(count, *, first=100.0, more=10.0):
    """The same shape every year, each year `more` above the year before."""
    return [first + month % 12 + more * (month // 12) for month in range(count)]


def never(values, steps):
    raise AssertionError("no model may be tried on so few months")


class TestSeasonalNaive:
    def test_worked_by_hand(self):
        """24 months: 100 … 111, then 110 … 121. Every month rose by 10, so each error is 10.

        January 2024 is forecast by January 2023 = 110, and the 80 % band is 110 ± 10.
        """
        found = outlook(series(year_after_year(24)), model=never, horizon=2)
        assert isinstance(found, Outlook)
        assert found.frame.to_dict("list") == {
            "period": ["2024-01", "2024-02"],
            "value": [110, 111],
            "low": [100, 101],
            "high": [120, 121],
        }
        assert (found.method, found.first, found.last, found.months) == (
            "seasonal_naive",
            "2022-01",
            "2023-12",
            24,
        )
        assert (found.backtest.naive, found.backtest.model, found.backtest.count) == (10, None, 12)

    def test_the_band_is_the_quantile_among_n_plus_one_errors(self):
        """Errors 1 … 12: place 0.8 · 13 = 10.4, so 10.4."""
        months = [100.0] * 12 + [100.0 + error for error in range(1, 13)]
        frame = outlook(series(months)).frame
        assert (frame["high"] - frame["value"]).round(9).tolist() == [10.4] * 6

    def test_wraps_into_the_next_year(self):
        found = outlook(series(year_after_year(30)), horizon=12)
        assert found.frame["period"].iloc[[0, -1]].tolist() == ["2024-07", "2025-06"]
        assert found.frame["value"].tolist() == year_after_year(30)[18:]

    def test_never_below_zero(self):
        months = [0.0, 60.0] * 6 + [60.0, 0.0] * 6
        frame = outlook(series(months)).frame
        assert frame["low"].min() == 0
        assert (frame["low"] <= frame["value"]).all()

    def test_same_months_give_the_same_outlook_and_stay_as_they_are(self):
        months = series(year_after_year(26))
        before = months.copy()
        one, other = outlook(months), outlook(months)
        pd.testing.assert_frame_equal(one.frame, other.frame)
        pd.testing.assert_frame_equal(months, before)

    def test_the_band_holds_what_comes_four_times_of_five(self):
        """400 made series of 30 months; 80 % is exact only on average over exchangeable errors."""
        chance = np.random.default_rng(21)
        shape = 1000 + 300 * np.sin(2 * np.pi * np.arange(36) / 12)
        inside = []
        for _ in range(400):
            truth = shape + chance.normal(0, 100, 36)
            frame = outlook(series(truth[:30])).frame
            inside.append(((frame["low"] <= truth[30:]) & (truth[30:] <= frame["high"])).mean())
        assert 0.74 < np.mean(inside) < 0.90


class TestRefusal:
    def refused(self, rows, **more):
        found = outlook(rows, model=never, **more)
        assert isinstance(found, Refusal), found
        return found

    def test_one_month_short(self):
        assert self.refused(series(year_after_year(23))) == Refusal("short", has=23, needs=24)
        assert isinstance(outlook(series(year_after_year(24)), model=never), Outlook)

    def test_a_hole_is_not_filled(self):
        """30 months with a hole in the 20th: ten in a row are left."""
        months = year_after_year(30)
        months[19] = None
        assert self.refused(series(months)) == Refusal("hole", has=10, needs=24, period="2023-08")

    def test_months_after_an_old_hole_are_enough(self):
        months = year_after_year(30)
        months[3] = None
        found = outlook(series(months), model=never)
        assert (found.first, found.months) == ("2022-05", 26)

    def test_a_reported_zero_is_no_hole(self):
        months = year_after_year(24)
        months[19] = 0.0
        assert isinstance(outlook(series(months)), Outlook)

    def test_few_reports(self):
        rows = series(year_after_year(30))
        rows.loc[19, "received"] = 5
        found = self.refused(rows)
        assert found == Refusal("thin", has=10, needs=24, period="2023-08", share=0.5)
        rows.loc[19, "received"] = 6
        assert isinstance(outlook(rows), Outlook), "exactly 60 % is enough"

    def test_where_nobody_owes_a_report_coverage_is_not_known(self):
        rows = series(year_after_year(30), received=0, expected=0)
        assert self.refused(rows) == Refusal("late", has=30, needs=2)
        rows["expected"] = pd.array([0] * 20 + [10] * 10, dtype="Int64")
        rows["received"] = rows["expected"]
        assert self.refused(rows) == Refusal("unexpected", has=10, needs=24, period="2023-08")

    def test_reports_still_under_way_are_left_out_but_not_a_silent_quarter(self):
        rows = series(year_after_year(30))
        rows.loc[28:, "received"] = 2
        found = outlook(rows, model=never)
        assert (found.last, found.frame["period"].iloc[0]) == ("2024-04", "2024-05")
        rows.loc[27:, "received"] = 2
        assert self.refused(rows) == Refusal("late", has=3, needs=2, period="2024-03")

    def test_small_counts_are_chance(self):
        assert self.refused(series([19.0] * 24)) == Refusal("small", has=19, needs=20)
        assert isinstance(outlook(series([20.0] * 24)), Outlook)

    def test_a_stock_is_no_count_of_a_month(self):
        assert self.refused(series(year_after_year(30)), is_stock=True).reason == "stock"

    def test_nothing_reported(self):
        assert self.refused(series([None] * 30)).reason == "empty"

    def test_years_have_no_outlook(self):
        """Annual indices get a path to their target, never a forecast."""
        years = series(year_after_year(30)).assign(period=[str(1995 + n) for n in range(30)])
        with pytest.raises(ValueError, match="only months"):
            outlook(years)
        with pytest.raises(ValueError, match="horizon"):
            outlook(series(year_after_year(30)), horizon=13)


class TestModel:
    """From 36 months on; only where it erred less in the rolling back-test."""

    def test_not_tried_below_36_months(self):
        assert outlook(series(year_after_year(MODEL_AT_LEAST - 1)), model=never).backtest.model is None

    def test_a_model_that_sees_the_rise_replaces_naive(self):
        """Each year 10 more: naive errs by 10, a model that adds them by nothing."""
        found = outlook(series(year_after_year(36)), model=lambda v, n: seasonal_naive(v, n) + 10)
        assert found.method == "holt_winters"
        assert (found.backtest.naive, found.backtest.model) == (10, 0)
        assert found.frame["value"].iloc[0] == 130
        # 12 origins; 12 + 11 + … + 7 months ahead of them are known
        assert found.backtest.count == 57

    def test_a_model_that_only_does_as_well_does_not(self):
        found = outlook(series(year_after_year(36)), model=seasonal_naive)
        assert found.method == "seasonal_naive"
        assert (found.backtest.naive, found.backtest.model) == (10, 10)

    def test_a_model_without_a_result_is_no_model(self):
        found = outlook(series(year_after_year(36)), model=lambda v, n: np.full(n, np.nan))
        assert (found.method, found.backtest.model) == ("seasonal_naive", None)

    def test_it_is_tried_on_what_was_known_then(self):
        months, seen = year_after_year(40), []

        def watched(values, steps):
            seen.append((len(values), steps))
            assert values.tolist() == months[: len(values)]
            return seasonal_naive(values, steps)

        outlook(series(months), model=watched)
        assert seen == [*((n, min(6, 40 - n)) for n in range(28, 40)), (40, 6)]
        assert min(seen)[0] >= NAIVE_AT_LEAST

    def test_the_band_never_narrows_further_ahead(self):
        """Errors of 9, 1 and 5 at one, two and three months give 9, 9 and 9."""
        wrong = np.array([9.0, 1.0, 5.0])
        found = outlook(
            series(year_after_year(36)),
            model=lambda v, n: seasonal_naive(v, n) + 10 + wrong[:n],
            horizon=3,
        )
        assert found.method == "holt_winters"
        width = found.frame["high"] - found.frame["value"]
        assert width.round(9).tolist() == [9, 9, 9]

    def test_holt_winters_beats_naive_on_a_rise_and_not_on_a_shift(self):
        chance = np.random.default_rng(3)
        month = np.arange(36)
        rising = 1000 + 40 * month + 200 * np.sin(2 * np.pi * month / 12) + chance.normal(0, 30, 36)
        won = outlook(series(rising), model=holt_winters)
        assert won.method == "holt_winters"
        assert won.backtest.model < won.backtest.naive
        assert won.frame["value"].mean() > rising[-12:].mean()

        shifted = np.tile(1000 + 300 * np.sin(2 * np.pi * np.arange(12) / 12), 3)
        kept = outlook(series(shifted + np.where(month == 30, 400, 0)), model=holt_winters)
        assert kept.method == "seasonal_naive"
        assert kept.backtest.model >= kept.backtest.naive

    def test_the_library_is_loaded_only_for_long_series(self):
        code = "import sys, literasi.domain.outlook; sys.exit('statsmodels' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
