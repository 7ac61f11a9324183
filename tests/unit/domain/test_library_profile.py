"""Choosing libraries, counting them, and what is recorded about one."""

import pandas as pd
import pytest

from literasi.domain import library_profile as profile
from literasi.domain.areas import AreaRegister
from tests.frames import library, table

LIBRARIES = table(
    "libraries",
    [
        library("A", "21.01.10.2005", 2019, name="Perpustakaan Cermin"),
        library("B", "21.71", 2023, programme="replication"),
        library("C", "21.03.16.2003", None, programme="not_stated"),
        library("D", "21.71", None, programme="none", kind="regency"),
    ],
)
PLACES = {"21.01.10.2005": "Sebong Pereh Bintan", "21.71": "Batam", "21.03.16.2003": "Natuna"}


def ids(**choice):
    return "".join(profile.wanted(LIBRARIES, **({"area": "21", "places": PLACES} | choice))["library_id"])


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({}, "ABCD"),
        ({"area": "21.71"}, "BD"),
        ({"text": "BINTAN cermin"}, "A"),
        ({"text": "tidak ada"}, ""),
        ({"programmes": profile.PARTNERS}, "ABC"),
        ({"kind": "regency"}, "D"),
        ({"first": 2020}, "BCD"),
        ({"last": 2020}, "ACD"),
        ({"first": 2020, "is_undated_wanted": False}, "BD"),
    ],
)
def test_each_filter_keeps_what_it_should(choice, found):
    assert ids(**choice) == found


def test_a_library_known_less_precisely_is_counted_without_an_area():
    counted = profile.by_area(LIBRARIES, level="district")
    rows = {(row.area_code, row.programme): row.n for row in counted.itertuples()}
    assert rows == {
        ("21.01.10", "national"): 1,
        ("21.03.16", "not_stated"): 1,
        ("", "replication"): 1,
        ("", "none"): 1,
    }


def test_years_are_cumulative_without_a_hole_and_the_unknown_is_in_none():
    years, undated = profile.by_year(LIBRARIES)
    assert years["year"].tolist() == [2019, 2020, 2021, 2022, 2023]
    assert years["joined"].tolist() == [1, 0, 0, 0, 1]
    assert years["before"].tolist() == [0, 1, 1, 1, 1]
    assert undated == 1


def test_without_any_year_only_the_unknown_are_counted():
    years, undated = profile.by_year(LIBRARIES[LIBRARIES["library_id"].isin(["C", "D"])])
    assert years.empty
    assert undated == 1


def test_a_library_with_impossible_coordinates_does_not_take_the_list_down():
    areas = table(
        "areas",
        [
            {"area_code": "21", "level": "province", "kind": "provinsi", "name": "Kepulauan Riau"},
            {
                "area_code": "21.71",
                "level": "regency",
                "kind": "kota",
                "name": "Batam",
                "parent_code": "21",
                "latitude": 1.1,
                "longitude": 104.0,
            },
        ],
    )
    libraries = table(
        "libraries",
        [
            library("X", "21.71"),
            library("Y", "21.71", latitude=-6.2, longitude=106.8),
            library("Z", "21.71", latitude=1.05, longitude=104.03),
        ],
    )
    found = profile.precisions(libraries, register=AreaRegister.from_frame(areas))
    assert found.to_dict() == {"X": "regency", "Y": profile.FAULTY, "Z": "exact"}


def test_the_last_report_is_the_newest_of_any_kind():
    visits = table("visits", [{"library_id": "A", "month": "2026-02-01", "total": 3}])
    activities = table("activities", [{"library_id": "A", "date": "2026-03-17", "name": "Kelas"}])
    newest = profile.last_reports(visits, activities)
    assert newest.to_dict() == {"A": pd.Timestamp("2026-03-01")}


def tables(**given):
    names = ("aid", "events", "participants", "activities", "advocacy", "publications")
    return {"libraries": LIBRARIES, **{name: table(name, given.get(name, [])) for name in names}}


def test_the_timeline_keeps_each_period_as_precise_as_it_is_known():
    aid = [
        {"library_id": "A", "period": "", "item": "not_itemised"},
        {"library_id": "A", "period": "2019", "item": "books", "quantity": 1000, "unit": "books"},
        {"library_id": "B", "period": "2023", "item": "server"},
    ]
    activities = [{"library_id": "A", "date": "2026-03-17", "name": "Kelas", "people": 20}]
    rows = profile.timeline("A", tables(aid=aid, activities=activities), threshold=5)
    assert list(rows.columns) == list(profile.TIMELINE)
    assert list(zip(rows["lane"], rows["period"], rows["what"], strict=True)) == [
        ("joined", "2019", "national"),
        ("aid", "", "not_itemised"),
        ("aid", "2019", "books"),
        ("activities", "2026-03-17", "Kelas"),
    ]
    assert rows["amount"].iloc[2:].tolist() == [1000.0, 20.0]


def test_nothing_recorded_gives_an_empty_timeline():
    assert profile.timeline("D", tables(), threshold=5).empty


def trained(counts):
    events = [
        {
            "event_id": "e",
            "name": "Bimtek",
            "kind": "bimtek",
            "date_start": "2024-06-03",
            "date_end": "2024-06-07",
        }
    ]
    people = [
        {"event_id": "e", "participant_id": f"{home}{i}", "library_id": home}
        for home, count in counts.items()
        for i in range(count)
    ]
    rows = profile.timeline("A", tables(events=events, participants=people), threshold=5)
    return rows[rows["lane"] == "training"].iloc[0]


def test_few_people_from_a_library_are_not_counted_on_screen():
    row = trained({"A": 2, "B": 9, "C": 3})
    assert row["what"] == "Bimtek"
    assert row["is_hidden"]
    assert pd.isna(row["amount"])


def test_enough_people_are_counted():
    row = trained({"A": 6, "B": 9})
    assert not row["is_hidden"]
    assert row["amount"] == 6


def test_a_count_that_would_give_away_a_small_one_is_hidden_too():
    assert trained({"A": 6, "B": 2})["is_hidden"]


def test_small_numbers_at_an_activity_are_hidden():
    activities = [
        {"library_id": "A", "date": "2026-03-17", "name": "Kelas", "people": 3},
        {"library_id": "A", "date": "2026-03-18", "name": "Rapat"},
    ]
    rows = profile.timeline("A", tables(activities=activities), threshold=5)
    rows = rows[rows["lane"] == "activities"]
    assert rows["is_hidden"].tolist() == [True, False]
    assert rows["amount"].isna().all()
