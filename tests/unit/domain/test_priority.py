"""Priority scores by hand: a missing gap, a tie, ranges of rank, and what may never change an order."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from literasi.domain import priority
from literasi.domain.comparison import rank_ranges
from literasi.domain.gaps import MAYBE_LIBRARY
from literasi.domain.priority import PARTS, Sensitivity
from literasi.settings import ROOT
from literasi.store.definitions import load_priority

RULES = load_priority(ROOT / "data")
MISSING = (0.0, 1.0)
# Small enough that no draw can change the order of the worked example.
NEAR = Sensitivity(spread=0.05, draws=200, seed=1, top={"village": 1, "regency": 1})
WEIGHTS = {"no_library": 2, "sea": 1, "small_island": 1}
# village: no library, over sea, small island
FIVE = {
    "21.01.01.2001": (1.0, 0.5, 0.0),  # (2·1 + 0,5 + 0) / 4 = 62,5
    "21.01.01.2002": (0.0, 1.0, 1.0),  # (0 + 1 + 1) / 4 = 50
    "21.01.01.2003": (1.0, MISSING, 0.0),  # from 2/4 = 50 to 3/4 = 75: middle 62,5, a tie with the first
    "21.01.01.2004": (0.0, 0.0, 0.5),  # 0,5 / 4 = 12,5
    "21.01.01.2005": (0.0, None, 0.25),  # does not apply there: 0,25 / 4 = 6,25
}


def parts(villages, names=tuple(WEIGHTS)):
    """Give parts from gaps: a number, a range, or None where a component does not apply."""
    rows = []
    for code, gaps in villages.items():
        for name, gap in zip(names, gaps, strict=True):
            low, high = (0.0, 0.0) if gap is None else gap if isinstance(gap, tuple) else (gap, gap)
            state = (
                "none"
                if gap is None
                else "known"
                if low == high
                else "missing"
                if gap == MISSING
                else "range"
            )
            rows.append((code, name, state, np.nan, np.nan, low, high, "", "", "", ""))
    return pd.DataFrame(rows, columns=list(PARTS))


def ranked(villages=FIVE, *, weights=WEIGHTS, sensitivity=NEAR):
    return priority.ranking(parts(villages, tuple(weights)), weights=weights, sensitivity=sensitivity)


def column(found, name):
    return dict(zip(found["area_code"].str[-1], found[name], strict=True))


class TestFiveVillagesByHand:
    def test_scores_and_their_ranges(self):
        found = ranked()
        assert column(found, "score") == {"1": 62.5, "3": 62.5, "2": 50.0, "4": 12.5, "5": 6.25}
        assert column(found, "low") == {"1": 62.5, "3": 50.0, "2": 50.0, "4": 12.5, "5": 6.25}
        assert column(found, "high") == {"1": 62.5, "3": 75.0, "2": 50.0, "4": 12.5, "5": 6.25}

    def test_ties_stand_by_code(self):
        assert list(ranked()["area_code"].str[-1]) == ["1", "3", "2", "4", "5"]

    def test_rank_ranges(self):
        """Village 3 may be anything from 50 to 75, so it cannot be told from 1 and 2."""
        found = ranked()
        assert column(found, "best") == {"1": 1, "3": 1, "2": 2, "4": 4, "5": 5}
        assert column(found, "worst") == {"1": 2, "3": 3, "2": 3, "4": 4, "5": 5}

    def test_a_missing_gap_is_not_zero(self):
        zero = ranked({**FIVE, "21.01.01.2003": (1.0, 0.0, 0.0)})
        assert column(zero, "score")["3"] == 50.0
        assert column(ranked(), "score")["3"] > 50.0

    def test_a_missing_gap_keeps_its_weight(self):
        """Left out, village 3 would have 2 of 3 points of weight: 66,7, above the first."""
        assert column(ranked(), "score")["3"] < 100 * 2 / 3

    def test_those_who_tie_for_the_first_place_share_it(self):
        assert column(ranked(), "stays") == {"1": 0.5, "3": 0.5, "2": 0.0, "4": 0.0, "5": 0.0}

    def test_reasons_are_what_surely_counts(self):
        found = priority.main_reasons(parts(FIVE), weights=WEIGHTS)
        assert found["21.01.01.2001"] == ("no_library", "sea")
        assert found["21.01.01.2003"] == ("no_library",)

    def test_points_of_the_parts_add_up_to_the_score(self):
        rows = priority.weighted(parts(FIVE), weights=WEIGHTS)
        own = rows[rows["area_code"] == "21.01.01.2003"]
        assert own["points_low"].tolist() == [50.0, 0.0, 0.0]
        assert own["points_high"].tolist() == [50.0, 25.0, 0.0]
        assert own["points"].sum() == 62.5


class TestWhereALibraryIsNotKnown:
    """Weights 2 for no library; 3 and 1 for what one may lack: 6 in all."""

    WEIGHTS = {"no_library": 2, "no_trained": 3, "silence": 1}  # noqa: RUF012
    VILLAGES = {  # noqa: RUF012
        "21.01.01.2001": (MISSING, MISSING, MISSING),
        "21.01.01.2002": (1.0, None, None),  # 2/6, nothing else applies
        "21.01.01.2003": (0.0, 1.0, 1.0),  # 4/6
    }

    def rows(self):
        made = parts(self.VILLAGES, tuple(self.WEIGHTS))
        is_maybe = made["area_code"].eq("21.01.01.2001") & made["component"].ne("no_library")
        return made.assign(reason=made["reason"].mask(is_maybe, MAYBE_LIBRARY))

    def scores(self, **weights):
        found = priority.ranking(self.rows(), weights=self.WEIGHTS | weights, sensitivity=NEAR)
        return found.set_index("area_code")

    def test_either_its_absence_counts_or_what_it_lacks(self):
        """From 0 to the larger of 2/6 and 4/6, so that it can be told from neither."""
        found = self.scores().loc["21.01.01.2001"]
        assert (found["low"], found["high"]) == (0.0, pytest.approx(100 * 4 / 6))
        assert (found["best"], found["worst"]) == (1, 3)
        found = self.scores(no_library=10).loc["21.01.01.2001"]
        assert found["high"] == pytest.approx(100 * 10 / 14)

    def test_without_a_weight_on_absence_it_is_still_not_zero(self):
        found = self.scores(no_library=0)["high"]
        assert found.to_dict() == {"21.01.01.2001": 100.0, "21.01.01.2002": 0.0, "21.01.01.2003": 100.0}

    @pytest.mark.parametrize("weight", [0, 2, 4, 10])
    def test_points_add_up_to_the_score(self, weight):
        points = priority.weighted(self.rows(), weights=self.WEIGHTS | {"no_library": weight})
        sums = points.groupby("area_code")[["points_low", "points_high"]].sum()
        found = self.scores(no_library=weight)
        assert sums["points_low"].to_dict() == pytest.approx(found["low"].to_dict())
        assert sums["points_high"].to_dict() == pytest.approx(found["high"].to_dict())

    def test_it_says_nothing_of_the_data_that_there_are(self):
        assert priority.blind(self.rows()) == ()
        only = self.rows().query("area_code == '21.01.01.2001'")
        assert priority.blind(only) == ("no_library",)

    def test_a_regency_is_judged_by_the_libraries_that_are_known(self):
        rows = self.rows()
        found = priority.roll_up(rows).set_index("component")
        assert (found.loc["silence", "low"], found.loc["silence", "high"]) == (1.0, 1.0)
        unknown = rows[rows["area_code"].eq("21.01.01.2001")]
        found = priority.roll_up(unknown).set_index("component").loc["silence"]
        assert (found["low"], found["high"], found["state"]) == (0.0, 1.0, "missing")


GAP = st.one_of(
    st.none(),
    st.floats(0, 1),
    st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda ends: (min(ends), max(ends))),
)
VILLAGES = st.lists(st.tuples(GAP, GAP, GAP), min_size=1, max_size=25).map(
    lambda rows: {f"21.01.01.{2001 + place}": row for place, row in enumerate(rows)}
)
CHOSEN = st.tuples(st.integers(0, 10), st.integers(0, 10), st.integers(1, 10)).map(
    lambda numbers: dict(zip(WEIGHTS, numbers, strict=True))
)
FEW = Sensitivity(spread=0.2, draws=100, seed=3, top={"village": 3, "regency": 3})


class TestAnyVillages:
    @settings(max_examples=40)
    @given(VILLAGES, CHOSEN)
    def test_a_score_lies_in_its_range_and_the_range_in_0_to_100(self, villages, weights):
        found = ranked(villages, weights=weights, sensitivity=FEW)
        assert (found["low"] >= -1e-9).all()
        assert (found["low"] <= found["score"] + 1e-9).all()
        assert (found["score"] <= found["high"] + 1e-9).all()
        assert (found["high"] <= 100 + 1e-9).all()
        assert found["stays"].sum() == pytest.approx(min(3, len(found)))

    @settings(max_examples=40)
    @given(VILLAGES, CHOSEN)
    def test_rank_ranges_are_those_of_the_comparison(self, villages, weights):
        found = ranked(villages, weights=weights, sensitivity=FEW)
        frame = pd.DataFrame(
            {"value": found["score"], "low": found["low"].round(1), "high": found["high"].round(1)}
        )
        expected = rank_ranges(frame, decimals=6, is_more_better=True)
        assert list(zip(found["best"], found["worst"], strict=True)) == expected

    @settings(max_examples=40)
    @given(VILLAGES, CHOSEN)
    def test_knowing_less_widens_a_score_and_a_rank(self, villages, weights):
        code = next(iter(villages))
        before = ranked(villages, weights=weights, sensitivity=FEW).set_index("area_code").loc[code]
        less = {**villages, code: (villages[code][0], MISSING, villages[code][2])}
        after = ranked(less, weights=weights, sensitivity=FEW).set_index("area_code").loc[code]
        assert after["low"] <= before["low"] + 1e-9
        assert after["high"] >= before["high"] - 1e-9
        assert after["best"] <= before["best"]
        assert after["worst"] >= before["worst"]

    @settings(max_examples=40)
    @given(VILLAGES, CHOSEN, st.integers(2, 9))
    def test_only_the_proportions_of_weights_count(self, villages, weights, factor):
        found = ranked(villages, weights=weights, sensitivity=FEW)
        scaled = ranked(villages, weights={k: v * factor for k, v in weights.items()}, sensitivity=FEW)
        pd.testing.assert_frame_equal(found, scaled)

    @settings(max_examples=40)
    @given(VILLAGES, CHOSEN, st.randoms(use_true_random=False))
    def test_the_order_of_the_rows_does_not_count(self, villages, weights, random):
        given_rows = parts(villages)
        order = list(given_rows.index)
        random.shuffle(order)
        one, other = (
            priority.ranking(rows, weights=weights, sensitivity=FEW)
            for rows in (given_rows, given_rows.loc[order])
        )
        pd.testing.assert_frame_equal(one, other)


class TestSensitivity:
    def test_it_is_the_same_at_every_run(self):
        many = {f"21.01.01.{2001 + i}": (0.5, i / 30, 1 - i / 30) for i in range(30)}
        one, other = (ranked(many, sensitivity=FEW) for _ in range(2))
        pd.testing.assert_frame_equal(one, other)
        assert one["stays"].between(0.1, 0.9).any()

    def test_a_wider_spread_moves_more(self):
        """With weights within ±40 % village 2 may overtake the first; within ±5 % it never does."""
        wide = NEAR.model_copy(update={"spread": 0.4})
        assert column(ranked(sensitivity=wide), "stays")["2"] > 0

    def test_all_of_a_short_list_stay(self):
        top = NEAR.model_copy(update={"top": {"village": 5, "regency": 5}})
        assert set(ranked(sensitivity=top)["stays"]) == {1.0}

    def test_weights_that_are_all_0_are_refused(self):
        with pytest.raises(ValueError, match="all weights are 0"):
            ranked(weights=dict.fromkeys(WEIGHTS, 0))


class TestScale:
    def gaps(self, *rows):
        frame = pd.DataFrame(rows, columns=["component", "state", "raw_low", "raw_high"])
        return frame.assign(area_code="21.01.01.2001", reason="", detail="", when="", source_id="")

    def test_limits_cut_and_a_smaller_island_is_a_larger_gap(self):
        found = priority.normalised(
            self.gaps(
                ("sea", "range", 50.0, 300.0),
                ("sea", "range", 120.0, 300.0),
                ("small_island", "range", 55.0, 500.0),
                ("small_island", "range", 2.0, 500.0),
                ("silence", "known", 3.0, 3.0),
            ),
            rules=RULES,
        )
        assert found["low"].tolist() == [0.5, 1.0, 0.0, 0.0, 0.25]
        assert found["high"].tolist() == [1.0, 1.0, 0.5, 1.0, 0.25]
        # 120 to 300 km are all the full gap; 2 to 500 km² say nothing.
        assert found["state"].tolist() == ["range", "known", "range", "missing", "known"]

    def test_what_is_missing_may_be_anything_and_what_cannot_be_is_no_gap(self):
        found = priority.normalised(
            self.gaps(("snp", "missing", np.nan, np.nan), ("snp", "none", np.nan, np.nan)), rules=RULES
        )
        assert found["low"].tolist() == [0.0, 0.0]
        assert found["high"].tolist() == [1.0, 0.0]
        assert found["state"].tolist() == ["missing", "none"]


class TestRegencies:
    def test_each_village_counts_once_and_only_where_it_applies(self):
        villages = {
            "21.01.01.2001": (1.0, None, 0.0),
            "21.01.01.2002": (0.0, (0.5, 1.0), 0.0),
            "21.02.01.2001": (1.0, None, MISSING),
        }
        found = priority.roll_up(parts(villages, ("no_library", "snp", "small_island")))
        rows = {
            (code, name): (low, high, state)
            for code, name, low, high, state in found[
                ["area_code", "component", "low", "high", "state"]
            ].itertuples(index=False)
        }
        assert rows["21.01", "no_library"] == (0.5, 0.5, "known")
        assert rows["21.01", "snp"] == (0.5, 1.0, "range")
        assert rows["21.02", "snp"] == (0.0, 0.0, "none")
        assert rows["21.02", "small_island"] == (0.0, 1.0, "missing")

    def test_a_component_known_nowhere_is_named(self):
        villages = {"21.01.01.2001": (1.0, None, MISSING), "21.01.01.2002": (1.0, MISSING, MISSING)}
        assert priority.blind(parts(villages)) == ("sea", "small_island")


class TestAddress:
    def test_the_default_leaves_the_address_clean(self):
        assert priority.write_weights(RULES.weights, rules=RULES) == ""
        assert priority.read_weights("", rules=RULES) == RULES.weights

    def test_only_changes_are_written_in_the_order_of_the_rules(self):
        chosen = {**RULES.weights, "small_island": 0, "no_library": 10}
        assert priority.write_weights(chosen, rules=RULES) == "p10-k0"
        assert priority.read_weights("k0-p10", rules=RULES) == chosen

    @given(st.lists(st.integers(0, 10), min_size=8, max_size=8).filter(any))
    def test_what_is_written_is_read(self, numbers):
        chosen = dict(zip(RULES.weights, numbers, strict=True))
        assert priority.read_weights(priority.write_weights(chosen, rules=RULES), rules=RULES) == chosen

    @pytest.mark.parametrize(
        "text",
        [
            "x1",
            "p11",
            "p1-p2",
            "p",
            "p1-",
            "-",
            "p-1",
            "P1",
            "p1 ",
            "p１０",
            "p0-t0-a0-s0-d0-r0-l0-k0",
            "<b>",
        ],
    )
    def test_what_was_never_written_is_refused(self, text):
        assert priority.read_weights(text, rules=RULES) is None


class TestFindings:
    def said(self, villages, **more):
        rows = parts(villages)
        found = priority.ranking(rows, weights=WEIGHTS, sensitivity=NEAR)
        return priority.findings(found, rows, weights=WEIGHTS, sensitivity=NEAR, **more)

    def test_a_tie_and_what_cannot_be_told(self):
        found = self.said(FIVE)
        assert [one.key for one in found.moved] == ["finding.priority.tied", "finding.priority.none_stable"]
        assert [one.key for one in found.gap] == ["finding.priority.without", "finding.priority.heaviest"]
        assert [one.key for one in found.unknown] == ["finding.priority.could_lead"]

    def test_a_component_without_data_is_never_a_gap(self):
        """Nothing is known of any village: no finding may speak of a gap."""
        nothing = {f"21.01.01.{2001 + i}": (MISSING, MISSING, MISSING) for i in range(3)}
        found = self.said(nothing)
        assert found.gap == ()
        assert [one.key for one in found.unknown] == [
            "finding.priority.nothing_told",
            "finding.priority.blind",
        ]


def test_the_weight_of_no_library_equals_those_about_a_library():
    """Decision record 0017: an absent library weighs as much as one that does nothing."""
    weights = RULES.weights
    about = ("no_trained", "inactive", "snp", "silence")
    assert weights["no_library"] == sum(weights[name] for name in about)
