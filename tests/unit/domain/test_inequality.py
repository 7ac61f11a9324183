"""Lorenz curve and Gini coefficient: a case by hand, the properties, and what missing rates leave open."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.domain.inequality import gini, gini_range, lorenz

RATES = st.integers(0, 40).map(lambda n: n / 40)
AREAS = st.lists(st.tuples(RATES, st.integers(1, 90)), min_size=1, max_size=7)


def by_pairs(rates, weights):
    """The other form of the coefficient: mean absolute difference over twice the mean."""
    whole = sum(weights)
    mean = sum(r * w for r, w in zip(rates, weights, strict=True)) / whole
    pairs = itertools.product(list(zip(rates, weights, strict=True)), repeat=2)
    return sum(v * w * abs(x - y) for (x, v), (y, w) in pairs) / (2 * mean * whole**2)


def test_a_case_worked_by_hand():
    """Three regencies of 10, 20 and 10 villages, of which 5, 2 and 1 are covered (50, 10 and 10 %).

    Lowest first: 10 villages with 1 and 20 with 2, which lie on one line, then 10 with 5. Points (0, 0),
    (0.25, 0.125), (0.75, 0.375), (1, 1). Twice the area under them: 0.25 · 0.125 + 0.5 · 0.5 + 0.25 · 1.375
    = 0.03125 + 0.25 + 0.34375 = 0.625; Gini 0.375.
    """
    rates, villages = [0.5, 0.1, 0.1], [10, 20, 10]
    curve = lorenz(rates, weights=villages)
    assert [p for p, _ in curve] == pytest.approx([0, 0.25, 0.75, 1])
    assert [held for _, held in curve] == pytest.approx([0, 0.125, 0.375, 1])
    assert gini(rates, weights=villages) == pytest.approx(0.375)


def test_all_held_by_one_of_n_equal_areas_is_the_most_unequal():
    assert gini([0, 0, 0, 0.7], weights=[1, 1, 1, 1]) == pytest.approx(1 - 1 / 4)


def test_nothing_to_share_has_no_coefficient():
    assert lorenz([0, 0], weights=[3, 4]) == ()
    assert gini([0, 0], weights=[3, 4]) is None
    assert gini([0.1, 0.2], weights=[0, 0]) is None


def test_an_area_without_residents_changes_nothing():
    assert gini([0.5, 0.0, 0.9], weights=[1, 3, 0]) == pytest.approx(0.75)


@pytest.mark.parametrize(("rates", "weights"), [([0.1], [1, 2]), ([-0.1], [1]), ([0.1], [-1])])
def test_what_cannot_be_is_refused(rates, weights):
    with pytest.raises(ValueError, match=r"rates|weight"):
        gini(rates, weights=weights)


@given(AREAS)
def test_it_agrees_with_the_form_over_pairs_and_stays_in_its_limits(areas):
    rates, weights = zip(*areas, strict=True)
    found = gini(rates, weights=weights)
    if not any(rates):
        assert found is None
        return
    assert found == pytest.approx(by_pairs(rates, weights), abs=1e-12)
    assert 0 <= found <= 1 - min(weights) / sum(weights) + 1e-12


@given(AREAS, st.floats(0.001, 1000))
def test_it_does_not_change_with_the_unit(areas, factor):
    rates, weights = zip(*areas, strict=True)
    if any(rates):
        scaled = gini([factor * rate for rate in rates], weights=weights)
        assert scaled == pytest.approx(gini(rates, weights=weights), abs=1e-9)


@given(st.lists(st.integers(1, 90), min_size=1, max_size=7), RATES.filter(bool))
def test_equal_rates_are_zero_whatever_the_weights(weights, rate):
    assert gini([rate] * len(weights), weights=weights) == pytest.approx(0, abs=1e-12)


@given(AREAS.filter(lambda areas: len(areas) > 1), st.data())
def test_what_moves_from_a_richer_to_a_poorer_area_lowers_it(areas, data):
    rates, weights = map(list, zip(*areas, strict=True))
    rich, poor = rates.index(max(rates)), rates.index(min(rates))
    gap = rates[rich] - rates[poor]
    if not gap:
        return
    # At most so much that the two do not change places.
    most = gap / (1 / weights[rich] + 1 / weights[poor])
    moved = data.draw(st.floats(0.01, 1)) * most
    after = list(rates)
    after[rich] -= moved / weights[rich]
    after[poor] += moved / weights[poor]
    assert gini(after, weights=weights) < gini(rates, weights=weights)


RANGES = st.lists(
    st.tuples(st.tuples(RATES, RATES).map(lambda pair: tuple(sorted(pair))), st.integers(1, 9)),
    min_size=1,
    max_size=4,
)


@given(RANGES, st.data())
def test_no_rates_within_the_limits_leave_the_range(areas, data):
    ranges, weights = zip(*areas, strict=True)
    found = gini_range(ranges, weights=weights)
    chosen = [data.draw(st.floats(low, high)) for low, high in ranges]
    inside = gini(chosen, weights=weights)
    if inside is not None and sum(chosen) > 1e-9:
        assert found is not None
        assert found[0] - 1e-9 <= inside <= found[1] + 1e-9


def test_the_range_is_reached_at_both_ends():
    """One of 0.2, one anywhere in 0 to 1: equal at 0.2, and most unequal at 0 (1/2) rather than 1 (1/3)."""
    assert gini_range([(0.2, 0.2), (0.0, 1.0)], weights=[1, 1]) == pytest.approx((0, 0.5))
