"""Hidden counts cannot be found again by solving the table's equations."""

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from literasi.domain.privacy import TOTAL, is_small, suppress
from tests.attacker import feasible, possible


def one_way(**counts):
    return pd.DataFrame({"role": list(counts), "n": list(counts.values())})


def two_way(rows):
    return pd.DataFrame(
        [(f"r{i}", f"c{j}", n) for i, row in enumerate(rows) for j, n in enumerate(row)],
        columns=["row", "column", "n"],
    )


def truth(counts, group):
    """Every cell and total, nothing hidden: no positive count is under 1."""
    return suppress(counts, threshold=1, group=group)


def assert_protected(counts, group, threshold):
    shown = suppress(counts, threshold=threshold, group=group)
    full = truth(counts, group)
    assert (full.n[~shown.is_suppressed] == shown.n[~shown.is_suppressed]).all()
    assert shown.n[shown.is_suppressed].isna().all()
    small = (full.n > 0) & (full.n < threshold)
    assert (shown.reason == "primary").tolist() == small.tolist()
    for i, low, high in feasible(shown, group):
        assert high - low >= 1 - 1e-6, f"{shown.iloc[i].to_dict()} can only be {low}"
        if small[i]:
            assert high >= threshold - 1e-6, f"{shown.iloc[i].to_dict()} is at most {high}"


thresholds = st.sampled_from([5, 10])
cells = st.one_of(st.integers(0, 12), st.sampled_from([0, 0, 1, 4, 5, 40]))


class TestReaderWithAllEquations:
    @settings(deadline=None)
    @given(st.lists(cells, min_size=1, max_size=7), thresholds)
    @example([3, 0, 0, 20], 5)
    @example([1, 1], 5)
    @example([4, 5], 5)
    @example([1, 1, 1, 1, 1], 5)
    def test_one_way_tables(self, row, threshold):
        assert_protected(one_way(**{f"g{i}": n for i, n in enumerate(row)}), ["role"], threshold)

    @settings(max_examples=150, deadline=None)
    @given(
        st.integers(1, 4).flatmap(
            lambda w: st.lists(st.lists(cells, min_size=w, max_size=w), min_size=1, max_size=5)
        ),
        thresholds,
    )
    @example([[1, 20], [20, 20]], 5)
    @example([[2, 0], [0, 30]], 5)
    @example([[3, 0, 20], [0, 3, 20], [20, 20, 20]], 5)
    @example([[1, 1, 20], [1, 1, 20], [20, 20, 20]], 5)
    def test_two_way_tables(self, rows, threshold):
        assert_protected(two_way(rows), ["row", "column"], threshold)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=1, max_size=2))
    @example([[1, 6], [6, 6]])
    @example([[2, 0], [0, 7]])
    @example([[4, 4], [4, 4]])
    def test_one_who_tries_every_table(self, rows):
        """Small tables, tried out whole: every hidden cell has two values, a small one may be 5 or more."""
        counts, group = two_way(rows), ["row", "column"]
        shown = suppress(counts, threshold=5, group=group)
        found = possible(shown, group, most=14)
        assert len(found) == shown.is_suppressed.sum()
        assert all(len(values) > 1 for values in found.values())
        small = shown[shown.reason == "primary"][group].itertuples(index=False, name=None)
        assert all(max(found[tuple(cell)]) >= 5 for cell in small)

    def test_the_reader_of_this_test_finds_what_is_badly_hidden(self):
        """Hiding only the small cell is found out: the test can fail."""
        shown = truth(one_way(a=3, b=20), ["role"]).assign(is_suppressed=[True, False, False])
        assert list(feasible(shown, ["role"])) == [(0, 3, 3)]
        assert possible(shown, ["role"], most=9) == {("a",): {3}}


class TestIsSmall:
    @pytest.mark.parametrize(("people", "expected"), [(0, False), (1, True), (4, True), (5, False)])
    def test_nobody_is_no_secret(self, people, expected):
        assert is_small(people, threshold=5) is expected


class TestSuppress:
    def test_large_counts_stay(self):
        shown = suppress(one_way(a=5, b=20), threshold=5, group=["role"])
        assert not shown.is_suppressed.any()
        assert shown.n.tolist() == [5, 20, 25]

    def test_the_smallest_other_cell_goes_and_the_total_stays(self):
        shown = suppress(one_way(a=3, b=40, c=7, d=12), threshold=5, group=["role"]).set_index("role")
        assert shown.reason.to_dict() == {"a": "primary", "b": "", "c": "secondary", "d": "", TOTAL: ""}
        assert shown.n[TOTAL] == 62

    def test_enough_small_cells_protect_each_other(self):
        shown = suppress(one_way(a=4, b=3, c=40), threshold=5, group=["role"]).set_index("role")
        assert shown.reason.to_dict() == {"a": "primary", "b": "primary", "c": "", TOTAL: ""}

    def test_the_total_of_a_single_cell_goes_with_it(self):
        shown = suppress(one_way(a=3, b=0), threshold=5, group=["role"]).set_index("role")
        assert shown.is_suppressed.to_dict() == {"a": True, "b": False, TOTAL: True}

    def test_zeros_stay_and_absent_cells_are_zeros(self):
        counts = pd.DataFrame({"row": ["x", "y"], "column": ["u", "v"], "n": [30, 40]})
        shown = suppress(counts, threshold=5, group=["row", "column"]).set_index(["row", "column"])
        assert shown.n[("x", "v")] == 0
        assert shown.n[(TOTAL, TOTAL)] == 70
        assert shown.is_total.sum() == 5

    def test_two_ways_hide_a_rectangle(self):
        shown = suppress(
            two_way([[2, 30, 8], [30, 40, 30], [9, 30, 7]]), threshold=5, group=["row", "column"]
        )
        hidden = shown[shown.is_suppressed]
        assert set(zip(hidden.row, hidden.column, strict=True)) == {
            ("r0", "c0"),
            ("r0", "c2"),
            ("r2", "c0"),
            ("r2", "c2"),
        }

    def test_no_cell_at_all(self):
        shown = suppress(one_way(), threshold=5, group=["role"])
        assert shown.n.tolist() == [0]

    def test_the_input_is_not_changed(self):
        counts = one_way(a=3, b=20)
        before = counts.copy()
        suppress(counts, threshold=5, group=["role"])
        pd.testing.assert_frame_equal(counts, before)

    @pytest.mark.parametrize(
        ("counts", "group"),
        [
            (pd.DataFrame({"role": ["a", "a"], "n": [1, 2]}), ["role"]),
            (pd.DataFrame({"role": ["a", None], "n": [1, 2]}), ["role"]),
            (pd.DataFrame({"role": ["a", "b"], "n": [1, None]}), ["role"]),
            (pd.DataFrame({"role": ["a", "b"], "n": [1, -2]}), ["role"]),
            (pd.DataFrame({"role": ["a", "b"], "n": [1, 2.5]}), ["role"]),
            (pd.DataFrame({"role": ["a", TOTAL], "n": [1, 2]}), ["role"]),
            (pd.DataFrame({"role": ["a"], "n": [1]}), []),
        ],
    )
    def test_what_is_not_a_table_of_counts_is_refused(self, counts, group):
        with pytest.raises(ValueError, match=r"\w"):
            suppress(counts, threshold=5, group=group)
