"""Distances over sea on islands drawn by hand: at the equator a degree is 111,195 km."""

from itertools import pairwise

import pandas as pd
import pytest

from literasi.domain.remoteness import Seat, distance_km, land, reach

DEGREE = 111.195
SEATS = {"21.01": Seat("Pusat", 0.05, 100.05), "21.02": Seat("Kota", 0.05, 100.15)}


def square(west, south, size=0.1):
    east, north = west + size, south + size
    return [[[west, south], [west, north], [east, north], [east, south], [west, south]]]


def feature(code, *polygons):
    return {"properties": {"area_code": code}, "geometry": {"coordinates": list(polygons)}}


# One island is shared by two regencies (their squares have two corners in common); 21.01 has three
# more, one of them bridged, and one that is too small to be drawn.
OUTLINES = {
    "features": [
        feature(
            "21.01", square(100.0, 0.0), square(101.0, 0.0), square(100.3, 0.0), square(102.0, 0.0, 0.02)
        ),
        feature("21.02", square(100.1, 0.0)),
    ]
}
ISLANDS = pd.DataFrame(
    [
        ("a", "Induk", "21.01", 0.05, 100.02),
        ("b", "Jauh", "21.01", 0.05, 101.05),
        ("c", "Jembatan", "21.01", 0.05, 100.35),
        ("d", "Karang", "21.01", 0.0, 103.0),
        ("e", "Kecil", "21.01", 0.01, 102.01),
    ],
    columns=["island_code", "name", "regency_code", "latitude", "longitude"],
)


@pytest.fixture(scope="module")
def islands():
    return land([OUTLINES], ISLANDS, seats=SEATS, bridges=[("c",)])


def of(islands, *places):
    frame = pd.DataFrame(
        [("21.01.01.2001", *place) for place in places],
        columns=["area_code", "latitude", "longitude", "radius"],
    )
    return reach(frame, land=islands).to_dict("records")


def test_a_degree_at_the_equator():
    assert float(distance_km(0.0, 100.0, 0.0, 101.0)) == pytest.approx(DEGREE, abs=0.01)
    assert float(distance_km(0.0, 100.0, 1.0, 100.0)) == pytest.approx(DEGREE, abs=0.01)


def test_a_point_on_another_island_is_that_far_over_sea(islands):
    (found,) = of(islands, (0.05, 101.05, 0.0))
    assert found["sea_low"] == found["sea_high"] == pytest.approx(DEGREE, abs=0.01)
    assert found["basis"] == "point"
    assert found["islands"] == "Jauh"
    assert found["island_low"] == pytest.approx((0.1 * DEGREE) ** 2, rel=0.001)


@pytest.mark.parametrize("longitude", [100.02, 100.35], ids=["same island", "bridge"])
def test_land_and_bridges_are_no_sea(islands, longitude):
    (found,) = of(islands, (0.05, longitude, 0.0))
    assert (found["sea_low"], found["sea_high"]) == (0.0, 0.0)


def test_a_point_far_from_any_known_island_tells_no_island(islands):
    """It may be on land that the register of inhabited islands lacks: connected or not, large or small."""
    (found,) = of(islands, (0.5, 100.05, 0.0))
    assert found["sea_low"] == 0.0
    assert found["sea_high"] == pytest.approx(0.45 * DEGREE, abs=0.01)
    assert (found["island_low"], found["islands"]) == (0.0, "")
    assert found["island_high"] == pytest.approx(2 * (0.1 * DEGREE) ** 2, rel=0.001)


def test_a_border_on_land_does_not_part_an_island(islands):
    """The seat of 21.02 stands on the island that it shares with 21.01, so both squares are one island."""
    (home,) = islands.of("21.02")
    assert home.is_connected
    assert home.names == ("Kota",)
    assert home.km2 == pytest.approx(2 * (0.1 * DEGREE) ** 2, rel=0.001)


def test_without_a_place_any_inhabited_island_is_possible(islands):
    (found,) = of(islands, (None, None, 25.0))
    assert found["sea_low"] == 0.0
    assert found["sea_high"] == pytest.approx((103.0 - 100.05) * DEGREE, abs=0.5)
    assert found["island_low"] == 0.0  # too small to be drawn, but lived on
    assert found["basis"] == "regency"
    assert found["islands"] == ""


def test_near_a_point_only_what_lies_within_the_radius_is_possible(islands):
    (near,) = of(islands, (0.01, 102.01, 20.0))
    assert near["islands"] == "Kecil"
    assert near["sea_low"] == pytest.approx((102.0 - 100.05) * DEGREE, abs=0.2)
    assert near["sea_high"] == pytest.approx((102.02 - 100.05) * DEGREE, abs=0.2)
    (wide,) = of(islands, (0.01, 102.01, 150.0))
    assert wide["sea_low"] < near["sea_low"]
    assert wide["sea_high"] > near["sea_high"]
    assert wide["basis"] == near["basis"] == "district"


def test_a_wider_radius_never_narrows_the_range(islands):
    found = of(islands, *((0.05, 101.05, radius) for radius in (1.0, 5.0, 40.0, 90.0, 400.0)))
    for one, other in pairwise(found):
        assert other["sea_low"] <= one["sea_low"]
        assert other["sea_high"] >= one["sea_high"]


def test_a_regency_without_a_seat_is_not_known(islands):
    frame = pd.DataFrame(
        {"area_code": ["21.09.01.2001"], "latitude": [0.0], "longitude": [100.0], "radius": 0.0}
    )
    (found,) = reach(frame, land=islands).to_dict("records")
    assert found["basis"] == "none"
    assert pd.isna(found["sea_low"])
