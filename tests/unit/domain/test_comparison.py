"""Ranks by hand: ties, intervals, small n, and what is never ranked."""

import pandas as pd
import pytest

from literasi.domain.comparison import benchmark, newest, rank_ranges, standing
from literasi.domain.sampling import interval, margin
from literasi.settings import ROOT
from literasi.store.definitions import load_catalogue
from tests.frames import indicator, values

CATALOGUE = load_catalogue(ROOT / "data")
AREAS = ["21.01", "21.02", "21.03", "21.04"]
SURVEY = {"id": "e1", "label": "E1", "first_year": 2021, "regulation": "R1", "method": "M1"}


def ranks(numbers, *, decimals=1, is_more_better=True, spread=None):
    low = [None] * len(numbers) if spread is None else [v - s for v, s in zip(numbers, spread, strict=True)]
    high = [None] * len(numbers) if spread is None else [v + s for v, s in zip(numbers, spread, strict=True)]
    frame = pd.DataFrame({"value": numbers, "low": low, "high": high}, dtype="float64")
    return rank_ranges(frame, decimals=decimals, is_more_better=is_more_better)


def standings(rows, *, of=None, areas=AREAS, **more):
    return standing(
        values(rows).assign(**more),
        indicator=of or indicator(minimum_n=1),
        edition="e1",
        period="2024",
        areas=areas,
    )


def of_area(found, column):
    return dict(zip(found.frame["area_code"], found.frame[column], strict=True))


def test_ties_share_a_range_of_places():
    assert ranks([80.0, 75.0, 75.0, 60.0]) == [(1, 1), (2, 3), (2, 3), (4, 4)]
    assert ranks([70.0, 70.0, 70.0]) == [(1, 3)] * 3


def test_values_that_are_equal_as_shown_tie():
    """75.04 and 74.96 are both 75,0 on the screen; ranked as floats, they stand in an order for nothing."""
    assert ranks([80.0, 75.04, 74.96]) == [(1, 1), (2, 3), (2, 3)]
    assert ranks([80.0, 75.04, 74.96], decimals=2) == [(1, 1), (2, 2), (3, 3)]


def test_less_may_be_better():
    assert ranks([80.0, 75.0, 60.0], is_more_better=False) == [(3, 3), (2, 2), (1, 1)]


def test_overlapping_intervals_give_ranges():
    """80±3, 76±2, 73±2, 60±1: the first three overlap in a chain, the last is surely last.

    80 [77, 83] is not surely above 76 [74, 78] but above 73 [71, 75]; 76 is surely above none but 60.
    """
    assert ranks([80.0, 76.0, 73.0, 60.0], spread=[3, 2, 2, 1]) == [(1, 2), (1, 3), (2, 3), (4, 4)]


def test_small_denominators_have_a_value_but_no_place():
    rows = [(area, "2024", value) for area, value in zip(AREAS, (90.0, 80.0, 70.0, 60.0), strict=True)]
    found = standings(rows, of=indicator(minimum_n=30), denominator=[29.0, 30.0, 500.0, 500.0])
    assert list(of_area(found, "state").values()) == ["small", "value", "value", "value"]
    best = of_area(found, "best")
    assert pd.isna(best["21.01"])
    assert (best["21.02"], best["21.04"], found.ranked) == (1, 3, 3)


def test_missing_is_not_last_and_not_zero():
    rows = [("21.01", "2024", 0.0), ("21.02", "2024", 5.0), ("21.03", "2024", None), ("21.04", "2024", 7.0)]
    found = standings(rows)
    assert list(of_area(found, "state").values()) == ["value", "value", "none", "value"]
    assert of_area(found, "worst")["21.01"] == 3
    assert pd.isna(of_area(found, "worst")["21.03"])
    assert of_area(standings(rows[:2]), "state")["21.04"] == "none"


def test_few_reports_and_provisional_values_are_not_ranked():
    rows = [(area, "2024", value) for area, value in zip(AREAS, (9.0, 8.0, 7.0, 6.0), strict=True)]
    found = standings(rows, received=[5, 6, 10, 10], expected=10)
    assert of_area(found, "state")["21.01"] == "provisional"
    assert of_area(found, "best")["21.02"] == 1
    assert standings(rows, status="provisional").ranked == 0


def test_withheld_is_neither_missing_nor_shown():
    rows = [("21.01", "2024", 3.0), ("21.02", "2024", 8.0)]
    found = standings(rows, status=["suppressed", "reported"])
    assert of_area(found, "state") == {
        "21.01": "suppressed",
        "21.02": "value",
        "21.03": "none",
        "21.04": "none",
    }
    assert pd.isna(of_area(found, "value")["21.01"])


def test_two_areas_are_no_order():
    found = standings([("21.01", "2024", 9.0), ("21.02", "2024", 8.0)])
    assert (found.unranked, found.ranked) == ("few", 0)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"incomplete": "daftar belum lengkap"}, "incomplete"),
        ({"direction": "neutral"}, "neutral"),
        ({"symbol": "bubble"}, "size"),
        ({"editions": [SURVEY | {"is_random_sample": False}]}, "not_random"),
        ({"editions": [SURVEY | {"is_random_sample": True}]}, "unknown_margin"),
        ({"editions": [SURVEY | {"is_random_sample": True}], "scale": "percent"}, "unknown_margin"),
    ],
)
def test_what_is_never_ranked(more, reason):
    rows = [("21.01", "2024", 50.0), ("21.02", "2024", 90.0)]
    found = standings(rows, of=indicator(minimum_n=1, **more))
    assert (found.unranked, found.ranked) == (reason, 0)


def test_two_producers_are_not_ranked_against_each_other():
    found = standings(
        [("21.01", "2024", 50.0), ("21.02", "2024", 90.0)], producer=["Perpusnas", "survei sendiri"]
    )
    assert found.unranked == "producers"


def test_the_lists_that_we_ship_are_not_ranked():
    """Villages without a known TPBIS library may only be villages whose list was not found."""
    of = CATALOGUE["tpbis_village_coverage"]
    rows = values([("21.01", "2024", 5.0), ("21.02", "2024", 9.0)], edition="dasbor_1").assign(
        denominator=50.0
    )
    found = standing(rows, indicator=of, edition="dasbor_1", period="2024", areas=AREAS)
    assert found.unranked == "incomplete"


def test_another_edition_is_not_beside():
    old = values([("21.01", "2024", 15.44)], edition="e0")
    both = pd.concat([old, values([("21.02", "2024", 73.52)])])
    found = standing(both, indicator=indicator(), edition="e1", period="2024", areas=AREAS)
    assert of_area(found, "state") == {"21.01": "none", "21.02": "value", "21.03": "none", "21.04": "none"}


def test_a_benchmark_needs_the_same_edition_year_and_producer():
    frame = values([("00", "2024", 72.44), ("00", "2023", 66.77)])
    keys = {"edition": "e1", "period": "2024", "producer": str(frame["producer"].iloc[0]), "area": "00"}
    assert benchmark(frame, **keys) == 72.44
    for other in ({"edition": "e0"}, {"period": "2022"}, {"producer": "survei sendiri"}, {"area": "21"}):
        assert benchmark(frame, **keys | other) is None


def test_the_newest_year_that_is_over():
    rows = values(
        [("21.01", "2023", 1.0), ("21.02", "2024", 1.0), ("21", "2025", 1.0), ("21.03", "2025", None)]
    )
    assert newest(rows, indicator=indicator(), areas=AREAS) == ("e1", "2024")
    assert newest(rows, indicator=indicator(), areas=AREAS, unfinished={"2024"}) == ("e1", "2023")
    assert newest(rows, indicator=indicator(), areas=["21.04"]) is None


# Samples


def shares(is_random=True, **more):
    return indicator(
        editions=[SURVEY | {"is_random_sample": is_random}], scale="percent", minimum_n=1, **more
    )


def test_the_interval_of_a_share_by_hand():
    """Wilson, 40 of 100: middle (0.4 + 0.019207) / 1.038415 = 0.403699, half 0.094013."""
    of = shares()
    assert interval(40.0, 100, indicator=of, edition=of.editions[0]) == pytest.approx(
        (30.94, 49.80), abs=0.01
    )


def test_only_shares_of_random_samples_have_an_interval():
    for of in (
        shares(is_random=False),
        shares(is_random=None),
        indicator(editions=[SURVEY | {"is_random_sample": True}]),
    ):
        assert interval(40.0, 100, indicator=of, edition=of.editions[0]) is None
    of = shares()
    assert interval(40.0, None, indicator=of, edition=of.editions[0]) is None


def test_the_margin_of_a_difference_by_hand():
    """1.96·√(0.25/100 + 0.25/100) = 13.86 points."""
    of = shares()
    assert margin((50.0, 100), (50.0, 100), indicator=of, edition=of.editions[0]) == pytest.approx(
        13.86, abs=0.01
    )
    exact = indicator()
    assert margin((50.0, None), (51.0, None), indicator=exact, edition=exact.editions[0]) == 0


def test_samples_rank_by_their_intervals():
    """60 and 58 of n = 400 overlap; 30 does not."""
    rows = [("21.01", "2024", 60.0), ("21.02", "2024", 58.0), ("21.03", "2024", 30.0)]
    found = standings(rows, of=shares(), n=400)
    assert of_area(found, "best")["21.02"] == 1
    assert of_area(found, "worst")["21.01"] == 2
    assert of_area(found, "best")["21.03"] == 3
