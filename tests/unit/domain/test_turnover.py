"""Where trained people are seen again, as far as lists of participants tell."""

import pandas as pd

from literasi.domain import turnover
from tests.frames import table


def events(*days):
    return table(
        "events",
        [
            {
                "event_id": f"e-{i}",
                "name": f"e-{i}",
                "kind": kind,
                "date_start": day,
                "date_end": day,
                "area_code": "21",
            }
            for i, (day, kind) in enumerate(days, start=1)
        ],
    )


EVENTS = events(("2023-06-01", "bimtek"), ("2024-06-01", "bimtek"), ("2025-06-01", "peer_learning_meeting"))


def seen(*rows):
    people = [{"event_id": event, "participant_id": person, **place} for event, person, place in rows]
    return table("participants", people)


def at(library_id):
    return {"library_id": library_id}


def office(kind, area):
    return {"institution": kind, "area_code": area}


PEOPLE = seen(
    ("e-1", "stays", at("L-1")),
    ("e-2", "stays", at("L-1")),
    ("e-1", "moves", at("L-2")),
    ("e-3", "moves", at("L-1")),  # a later meeting tells it too
    ("e-1", "unseen", at("L-3")),
    ("e-1", "official", office("regency_library", "21.01")),
    ("e-2", "official", office("regency_library", "21.01.15")),  # the same office, told more precisely
    ("e-1", "vague", at("L-4")),
    ("e-2", "vague", {}),
    ("e-3", "late", at("L-5")),  # never trained
)


class TestSightings:
    def test_each_trained_person_by_the_place_of_the_last_sighting(self):
        found = turnover.sightings(PEOPLE, EVENTS)
        assert found.people.set_index("participant_id")["outcome"].to_dict() == {
            "stays": "same",
            "moves": "other",
            "unseen": "unseen",
            "official": "same",
            "vague": "unplaced",
        }
        assert (found.lists, found.can_link) == (3, True)

    def test_the_last_sighting_counts_not_one_between(self):
        there_and_back = seen(("e-1", "p", at("L-1")), ("e-2", "p", at("L-2")), ("e-3", "p", at("L-1")))
        assert turnover.sightings(there_and_back, EVENTS).people["outcome"].tolist() == ["same"]

    def test_who_was_trained_at_the_newest_event_had_no_chance_to_be_seen(self):
        newest = seen(("e-1", "p", at("L-1")), ("e-2", "q", at("L-1")))
        assert turnover.sightings(newest, EVENTS).people["participant_id"].tolist() == ["p"]

    def test_codes_made_anew_for_each_list_cannot_be_linked(self):
        found = turnover.sightings(seen(("e-1", "p", at("L-1")), ("e-2", "q", at("L-1"))), EVENTS)
        assert not found.can_link

    def test_no_list_at_all(self):
        found = turnover.sightings(seen(), EVENTS)
        assert (len(found.people), found.lists, found.can_link) == (0, 0, False)


class TestOutcomes:
    def test_small_counts_are_hidden_with_what_would_give_them_away(self):
        people = pd.DataFrame({"outcome": ["same"] * 12 + ["other"] * 2 + ["unseen"] * 30})
        found = turnover.outcomes(people, threshold=5).set_index("outcome")
        assert found["is_suppressed"].to_dict() == {
            "same": True,  # else 44 − 12 − 30 tells the two
            "other": True,
            "unplaced": False,
            "unseen": False,
        }
        assert found.loc["unseen", "n"] == 30
        assert found["denominator"].unique().tolist() == [44.0]

    def test_the_public_threshold_hides_more(self):
        people = pd.DataFrame({"outcome": ["same"] * 12 + ["other"] * 7 + ["unseen"] * 30})
        assert not turnover.outcomes(people, threshold=5)["is_suppressed"].any()
        assert turnover.outcomes(people, threshold=10)["is_suppressed"].any()


class TestLost:
    def test_a_library_all_of_whose_trained_people_were_last_seen_elsewhere(self):
        assert turnover.lost(PEOPLE, EVENTS) == ["L-2"]

    def test_one_who_stays_or_is_not_seen_again_is_enough_to_keep_it(self):
        kept = seen(
            ("e-1", "a", at("L-1")), ("e-2", "a", at("L-2")), ("e-1", "b", at("L-1")), ("e-2", "c", at("L-2"))
        )
        assert turnover.lost(kept, EVENTS) == []

    def test_a_sighting_without_a_place_moves_nobody(self):
        assert turnover.lost(seen(("e-1", "a", at("L-1")), ("e-2", "a", {})), EVENTS) == []
