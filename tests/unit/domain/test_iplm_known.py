"""What the dashboard knows of the IPLM form: with its coverage, of the own libraries, few people withheld."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from literasi import contracts
from literasi.domain.iplm_known import NEEDS, Known, known
from literasi.store.definitions import load_iplm
from tests.frames import library, table, visit

FORM = load_iplm(Path(__file__).parents[3] / "data").form_2025
LIBRARIES = table(
    "libraries",
    [
        library("V-1", "21.01.10.2005"),
        library("V-2", "21.01.11"),
        library("S-1", "21.01.10.2005", kind="school"),
        library("P-1", "21.72", kind="province", programme="none"),
        library("V-9", "21.71.08.1004"),
    ],
)
EVENTS = table(
    "events",
    [
        {
            "event_id": "b",
            "name": "b",
            "kind": "bimtek",
            "date_start": pd.Timestamp("2025-05-01"),
            "date_end": pd.Timestamp("2025-05-05"),
            "area_code": "21",
        }
    ],
)


def found(area="21.01", year=2025, threshold=5, **tables):
    given = {name: tables.get(name, contracts.empty(name)) for name in NEEDS}
    given["libraries"], given["events"] = LIBRARIES, EVENTS
    return known(given, area=area, year=year, form=FORM, threshold=threshold)


def people(completed, others=0, **more):
    row = {"event_id": "b", "area_code": "21.01", "institution": "village_library"}
    row |= {"hours_due": 10, "post_score": 70} | more
    return table(
        "participants",
        [
            {**row, "participant_id": f"p-{i}", "hours_attended": 10 if i < completed else 1}
            for i in range(completed + others)
        ],
    )


def test_nothing_reported_is_not_zero():
    assert found() == {}


def test_visits_stand_with_the_reports_behind_them():
    rows = [visit("V-1", "2025-01", 40), visit("V-2", "2025-02", 0), visit("V-9", "2025-01", 999)]
    rows += [visit("V-1", "2024-12", 500), visit("S-1", "2025-01", 300), visit("P-1", "2025-01", 700)]
    assert found(visits=table("visits", rows)) == {
        "users": Known(40, received=2, expected=24),
        "activities": Known(0, received=2, expected=24),
        "activity_participants": Known(0, received=2, expected=24),
    }


def test_the_province_answers_for_its_own_library_only():
    """A sum over the regencies would be another government's libraries (the scope moved in 2025)."""
    rows = [visit("V-1", "2025-01", 40), visit("P-1", "2025-01", 700)]
    assert found(area="21", visits=table("visits", rows))["users"].value == 700


def test_stocks_are_of_the_last_month_of_each_library():
    rows = [
        {"library_id": "V-1", "month": pd.Timestamp("2025-01-01"), "titles": 900, "copies": 1_500},
        {"library_id": "V-1", "month": pd.Timestamp("2025-06-01"), "titles": 950},
        {"library_id": "V-2", "month": pd.Timestamp("2024-12-01"), "titles": 400},
    ]
    result = found(circulation=table("circulation", rows))
    assert result["print_titles"] == Known(950, received=1, expected=2)
    assert result["print_copies"] == Known(1_500, received=1, expected=2)


def test_activities_and_their_people():
    rows = [
        {"library_id": "V-1", "date": pd.Timestamp("2025-03-03"), "name": name, "people": people}
        for name, people in (("a", 20), ("b", 12), ("c", None))
    ]
    result = found(activities=table("activities", rows))
    assert result["activities"] == Known(3, received=1, expected=24)
    assert result["activity_participants"].value == 32
    few = found(activities=table("activities", rows[:1]), threshold=25)
    assert few["activity_participants"] == Known(None, received=1, expected=24, is_suppressed=True)


def test_advocacy_with_a_result():
    rows = [
        {"library_id": "V-1", "date": pd.Timestamp("2025-03-03"), "title": title, "result": result}
        for title, result in (("a", "funds"), ("b", None))
    ]
    assert found(advocacy=table("advocacy", rows))["partnerships"] == Known(1)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (people(8), Known(8)),
        (people(8, others=6), Known(8)),
        (people(3), Known(None, is_suppressed=True)),
        # 8 of 10: with the number of participants from another page, two would be known.
        (people(8, others=2), Known(None, is_suppressed=True)),
    ],
)
def test_certificates_are_of_people_and_few_are_withheld(rows, expected):
    assert found(participants=rows)["staff_certified"] == expected


def test_people_of_other_institutions_and_areas_are_no_staff():
    assert found(participants=people(8, institution="other")) == {}
    assert found(participants=people(8, area_code="21.02")) == {}
    assert found(area="21", participants=people(8)) == {}
