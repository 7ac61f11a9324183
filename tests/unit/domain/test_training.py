"""Attendance, gain, completion, plans and reach of training."""

import math

import pandas as pd
import pytest

from literasi import contracts
from literasi.domain import training
from literasi.domain.privacy import TOTAL, Size
from literasi.domain.statistics import Share


def table(name, rows):
    """Rows in the types of their contract; what is not given is missing."""
    return contracts.coerce(name, pd.DataFrame(rows, columns=list(contracts.TABLES[name].names)))


def participants(*rows):
    """Rows of the table; what is not given is missing."""
    defaults = {"event_id": "e-2024"}
    filled = [{**defaults, "participant_id": f"p-{i}", **row} for i, row in enumerate(rows)]
    return table("participants", filled)


def events(**kinds):
    """One event per name and kind; ``e_2024`` is the event ``e-2024``, held in May of 2024."""
    rows = [
        {
            "event_id": name.replace("_", "-"),
            "name": name,
            "kind": kind,
            "date_start": f"{name[-4:]}-05-06",
            "date_end": f"{name[-4:]}-05-10",
            "area_code": "21.72",
        }
        for name, kind in kinds.items()
    ]
    return table("events", rows)


def libraries(*rows):
    return table(
        "libraries",
        [
            {"library_id": i, "name": i, "kind": "village", "area_code": area, "programme": programme}
            for i, area, programme in rows
        ],
    )


LIBRARIES = libraries(
    ("L-1", "21.01.15.2004", "national"), ("L-2", "21.02.08", "replication"), ("L-3", "21.03", "none")
)
EVENTS = events(e_2024="bimtek", m_2025="peer_learning_meeting")


class TestClassify:
    def test_only_training_counts(self):
        found = training.classify(
            participants({}, {"event_id": "m-2025"}), events=EVENTS, libraries=LIBRARIES
        )
        assert found.event.tolist() == ["e-2024"]
        assert found.year.tolist() == ["2024"]

    def test_regency_of_the_person_then_of_the_library_then_not_stated(self):
        rows = participants({"area_code": "21.71.08", "library_id": "L-1"}, {"library_id": "L-1"}, {})
        found = training.classify(rows, events=EVENTS, libraries=LIBRARIES)
        assert found.regency.tolist() == ["21.71", "21.01", "not_stated"]

    def test_missing_is_a_group_of_its_own(self):
        rows = participants({"sex": "female"}, {})
        found = training.classify(rows, events=EVENTS, libraries=LIBRARIES)
        assert found.sex.tolist() == ["female", "not_stated"]
        assert rows.sex.isna().tolist() == [False, True]


class TestCounts:
    def test_by_two_dimensions(self):
        rows = participants({"sex": "female"}, {"sex": "female"}, {"sex": "male"}, {})
        found = training.counts(
            training.classify(rows, events=EVENTS, libraries=LIBRARIES), by=["year", "sex"]
        )
        assert found.to_dict("list") == {
            "year": ["2024"] * 3,
            "sex": ["female", "male", "not_stated"],
            "n": [2, 1, 1],
        }


class TestAttendance:
    def test_hours_are_summed_before_dividing(self):
        rows = participants(
            {"hours_attended": 10, "hours_due": 10},
            {"hours_attended": 0, "hours_due": 40},
            {"hours_attended": 5},
            {"hours_due": 5},
        )
        assert training.attendance(rows) == Share(10, 50)

    def test_no_hours_no_rate(self):
        assert math.isnan(training.attendance(participants({})).value)


class TestCompleted:
    def test_needs_attendance_and_a_post_test(self):
        rows = participants(
            {"hours_attended": 8, "hours_due": 10, "post_score": 50},
            {"hours_attended": 7.9, "hours_due": 10, "post_score": 50},
            {"hours_attended": 10, "hours_due": 10},
            {"post_score": 50},
        )
        assert training.completed(rows) == Share(1, 3)

    def test_an_event_without_any_post_test_is_not_a_failure(self):
        hours = {"hours_attended": 10, "hours_due": 10}
        rows = participants({**hours, "post_score": 0}, {**hours, "event_id": "m-2025"})
        assert training.completed(rows) == Share(1, 1)


class TestGain:
    def test_pairs_only(self):
        rows = participants(
            {"pre_score": 40, "post_score": 60},
            {"pre_score": 50, "post_score": 80},
            {"pre_score": 0},
            {"post_score": 100},
        )
        found = training.gain(rows)
        assert (found.mean, found.n_pairs, found.pre, found.post) == (25, 2, 45, 70)
        # t for 1 degree of freedom is 12.706, s = 7.0711, n = 2.
        assert found.high == pytest.approx(25 + 12.7062 * 5, rel=1e-4)
        assert found.low == pytest.approx(25 - 12.7062 * 5, rel=1e-4)
        assert found.normalised == pytest.approx((20 / 60 + 30 / 50) / 2)
        assert found.n_dropped == 0

    def test_the_interval_of_four_pairs_by_hand(self):
        """Gains 10, 20, 30, 40: mean 25, s² = 500/3, s/√4 = 6.4550, t for 3 degrees of freedom 3.1824."""
        found = training.gain(
            participants(*[{"pre_score": 40, "post_score": 50 + gain} for gain in (0, 10, 20, 30)])
        )
        assert (found.mean, found.n_pairs) == (25, 4)
        assert (found.low, found.high) == pytest.approx((25 - 20.543, 25 + 20.543), abs=1e-3)

    def test_a_full_pre_score_has_no_normalised_gain(self):
        found = training.gain(
            participants({"pre_score": 100, "post_score": 90}, {"pre_score": 50, "post_score": 75})
        )
        assert (found.mean, found.n_pairs) == (7.5, 2)
        assert (found.normalised, found.n_dropped) == (0.5, 1)

    def test_no_pair_no_gain(self):
        found = training.gain(participants({"pre_score": 30}, {"post_score": 90}))
        assert found.n_pairs == 0
        assert math.isnan(found.mean)
        assert math.isnan(found.pre)


class TestGainBy:
    ROWS = participants(
        *[{"area_code": "21.01", "pre_score": 40, "post_score": 60 + i} for i in range(6)],
        *[{"area_code": "21.02", "pre_score": 40, "post_score": 50 + i} for i in range(7)],
        *[{"area_code": "21.03", "pre_score": 40, "post_score": 90 + i} for i in range(4)],
        *[{"area_code": "21.04", "pre_score": 40, "post_score": 45 + i} for i in range(9)],
        {"area_code": "21.05", "pre_score": 40},
    )

    def found(self, threshold=5):
        rows = training.classify(self.ROWS, events=EVENTS, libraries=LIBRARIES)
        return training.gain_by(rows, by="regency", threshold=threshold).set_index("regency")

    def test_groups_and_all(self):
        found = self.found(threshold=1)
        assert found.n_pairs.to_dict() == {
            "21.01": 6,
            "21.02": 7,
            "21.03": 4,
            "21.04": 9,
            "21.05": 0,
            TOTAL: 26,
        }
        assert found["mean"]["21.01"] == 22.5
        everyone = training.gain(self.ROWS)
        assert found.loc[TOTAL, ["mean", "low", "high"]].tolist() == [
            everyone.mean,
            everyone.low,
            everyone.high,
        ]

    def test_few_pairs_are_hidden_and_cannot_be_subtracted_from_all(self):
        found = self.found()
        hidden = found[found.is_suppressed]
        assert hidden.reason.to_dict() == {"21.01": "secondary", "21.03": "primary"}
        assert hidden[["mean", "low", "high", "n_pairs"]].isna().all(axis=None)
        assert found["mean"].notna().sum() == 3

    def test_nobody(self):
        rows = training.classify(self.ROWS.iloc[:0], events=EVENTS, libraries=LIBRARIES)
        found = training.gain_by(rows, by="regency", threshold=5)
        assert found.n_pairs.tolist() == [0]


class TestOthersByGroup:
    """Attendance and satisfaction are hidden by the same rule as the gain."""

    ROWS = participants(
        *[{"sex": "female", "hours_attended": 8, "hours_due": 10, "satisfaction": 4} for _ in range(6)],
        *[{"sex": "male", "hours_attended": 4, "hours_due": 10, "satisfaction": 2} for _ in range(5)],
        {"sex": "male", "hours_due": 10},
    )

    def rows(self):
        return training.classify(self.ROWS, events=EVENTS, libraries=LIBRARIES)

    def test_attendance(self):
        found = training.attendance_by(self.rows(), by="sex", threshold=1).set_index("sex")
        assert found.value.to_dict() == {"female": 0.8, "male": 0.4, TOTAL: 68 / 110}
        assert found.n.to_dict() == {"female": 6, "male": 5, TOTAL: 11}
        assert found.denominator[TOTAL] == 110

    def test_satisfaction(self):
        found = training.satisfaction_by(self.rows(), by="sex", threshold=1).set_index("sex")
        assert found["mean"].to_dict() == {"female": 4, "male": 2, TOTAL: 34 / 11}

    def test_few_are_hidden(self):
        found = training.attendance_by(self.rows(), by="sex", threshold=6).set_index("sex")
        assert found.is_suppressed.to_dict() == {"female": True, "male": True, TOTAL: False}
        assert found.loc[["female", "male"], ["n", "value", "numerator", "denominator"]].isna().all(axis=None)


class TestFewWithoutResult:
    """40 came and 34 took both tests: 6 did not, which nobody may find at threshold 10."""

    HELD = events(e_2024="bimtek", e_2025="bimtek")

    def rows(self, *groups):
        """Events by how many came and how many of them have every result."""
        made = [
            {"event_id": event, "area_code": "21.01", "hours_due": 40}
            | (
                {"pre_score": 40 + i % 7, "post_score": 60 + i % 11, "hours_attended": 30 + i % 5}
                if i < n
                else {}
            )
            for event, (of, n) in zip(self.HELD["event_id"], groups, strict=False)
            for i in range(of)
        ]
        return training.classify(participants(*made), events=self.HELD, libraries=LIBRARIES)

    def test_a_floor_stands_for_the_number_and_values_are_rounded(self):
        rows = self.rows((40, 34))
        found = training.gain_by(rows, by="event", threshold=10)
        assert found["n_pairs"].tolist() == [30, 30]
        assert not found["is_exact"].any()
        assert not found["is_suppressed"].any()
        values = found[["mean", "low", "high"]]
        assert values.equals(values.round(1))
        assert values.iloc[0, 0] == round(training.gain(rows).mean, 1)

    def test_hours_are_left_out_for_they_are_multiples_of_the_number(self):
        found = training.attendance_by(self.rows((40, 34)), by="event", threshold=10)
        assert found[["numerator", "denominator"]].isna().all(axis=None)
        assert found["n"].tolist() == [30, 30]
        assert found["value"].tolist() == [0.8, 0.8]  # 1.084 of 1.360 hours are 79,7 %

    @pytest.mark.parametrize(("of", "n", "floor", "is_exact"), [
        (40, 40, 40, True), (40, 30, 30, True), (40, 31, 30, False), (40, 39, 30, False),
    ])  # fmt: skip
    def test_any_few_are_told_alike(self, of, n, floor, is_exact):
        whole = training.gain_by(self.rows((of, n)), by="event", threshold=10).iloc[-1]
        assert (whole["n_pairs"], whole["is_exact"]) == (floor, is_exact)

    def test_no_figure_where_no_floor_is_enough(self):
        found = training.gain_by(self.rows((18, 15)), by="event", threshold=10)
        assert found["is_suppressed"].all()
        assert found[["n_pairs", "mean", "low", "high"]].isna().all(axis=None)

    def test_the_few_of_one_event_do_not_follow_from_another(self):
        """Rests of 3 and 12, and of 15 altogether: with two of them exact the third is found."""
        found = training.gain_by(self.rows((40, 37), (40, 28)), by="event", threshold=10)
        assert found["n_pairs"].tolist() == [30, 10, 65]  # 28 − 10 is less than half of 40
        assert found["is_exact"].tolist() == [False, False, True]

    def test_a_number_hidden_for_another_is_told_as_half_of_the_group(self):
        found = self.rows((100, 97), (100, 80))
        known = training.bases(found, needs=training.PAIR, by="event", threshold=10)
        assert [base.at_least for base in known.values()] == [90, 50, 177]

    def test_all_agree_by_whichever_group(self):
        rows = self.rows((40, 37), (40, 34))  # a rest of 9 altogether
        for by in training.BREAKDOWNS:
            whole = training.gain_by(rows, by=by, threshold=10).iloc[-1]
            assert (whole["n_pairs"], whole["is_exact"]) == (70, False)
        assert training.bases(rows, needs=training.PAIR, by="sex", threshold=10)[TOTAL] == Size(
            70, is_exact=False
        )


class TestPlanStatus:
    def test_a_plan_without_word_is_not_a_plan_not_started(self):
        done = {"has_plan": True, "plan_status_30": "done"}
        rows = participants(*[done] * 6, *[{"has_plan": True}] * 8, *[{"has_plan": False}] * 4, {})
        found = training.plan_status(rows, threshold=5).set_index(["days", "status"])
        assert found.n[30].to_dict() == {"done": 6, "in_progress": 0, "not_started": 0, "no_report": 8}
        assert found.value[(30, "done")] == pytest.approx(6 / 14)
        assert found.n[(180, "no_report")] == 14
        assert set(found.denominator) == {14}

    def test_few_are_hidden(self):
        done = {"has_plan": True, "plan_status_30": "done"}
        rows = participants(*[done] * 2, *[{"has_plan": True}] * 8)
        found = training.plan_status(rows, threshold=5).set_index(["days", "status"])
        assert found.loc[(30, "done"), ["n", "value"]].isna().all()
        assert found.is_suppressed[(30, "no_report")]

    def test_few_without_a_plan_cannot_be_subtracted_from_those_who_came(self):
        rows = participants(*[{"has_plan": True}] * 20, *[{"has_plan": False}] * 3, {})
        found = training.plan_status(rows, threshold=5)
        assert found[["n", "denominator", "value"]].isna().all(axis=None)
        assert found.is_suppressed.all()

    def test_no_plan_no_share(self):
        found = training.plan_status(participants({}), threshold=5)
        assert found.value.isna().all()
        assert found.n.tolist() == [0] * 12


class TestSatisfaction:
    def test_mean_of_those_who_answered(self):
        found = training.satisfaction(participants({"satisfaction": 4}, {"satisfaction": 3}, {}))
        assert (found.mean, found.n) == (3.5, 2)


class TestReach:
    def test_a_library_counts_once_and_only_partners_count(self):
        rows = participants({"library_id": "L-1"}, {"library_id": "L-1"}, {"library_id": "L-3"}, {})
        assert training.reach(rows, libraries=LIBRARIES) == Share(1, 2)

    def test_no_partners_no_rate(self):
        assert math.isnan(training.reach(participants({}), libraries=LIBRARIES.iloc[2:]).value)


def test_only_managers_at_trainings_make_a_library_trained():
    held = table(
        "events",
        [
            {"event_id": "t1", "kind": "bimtek", "date_start": "2023-12-30", "date_end": "2024-01-02"},
            {"event_id": "t2", "kind": "bimtek", "date_start": "2021-05-03", "date_end": "2021-05-07"},
            {"event_id": "m", "kind": "meeting", "date_start": "2025-05-03", "date_end": "2025-05-03"},
        ],
    )

    def listed(*rows):
        keys = ("event_id", "library_id", "role")
        return table("participants", [dict(zip(keys, row, strict=True)) for row in rows])

    came = listed(
        ("t2", "a", "manager"),
        ("t1", "a", "manager"),
        ("t1", "b", "village_head"),
        ("t1", "d", None),
        ("m", "c", "manager"),
        ("t1", None, "manager"),
    )
    assert training.trained_managers(came, events=held) == {"a": 2024}
    assert training.trained_managers(listed(("m", "a", "manager")), events=held) is None
