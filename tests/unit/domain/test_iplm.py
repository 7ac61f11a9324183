"""Simulation of IPLM: published examples reproduced, raw figures never called an index."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pydantic import ValidationError

from literasi.domain import iplm
from literasi.domain.iplm import IplmRules
from literasi.store.definitions import load_iplm
from tests.frames import table

ROOT = Path(__file__).parents[3]
RULES = load_iplm(ROOT / "data")
UPLM, FORM = RULES.uplm, RULES.form_2025


def inputs(rows, edition="uplm", year=2024):
    """Make rows of ``iplm_inputs`` from (library type, field, value)."""
    keys = {"area_code": "21.01", "year": year, "edition": edition}
    return table(
        "iplm_inputs",
        [{**keys, "library_type": kind, "form_field": field, "value": value} for kind, field, value in rows],
    )


class TestIndex:
    def test_sukoharjo_2022(self):
        """Methodology §2.2: seven values whose sum is 5.029441 → 71.85; only their sum could be read."""
        seven = [1.0, 1.0, 0.7, 0.429441, 0.9, 0.6, 0.4]
        assert sum(seven) == pytest.approx(5.029441)
        assert round(iplm.index(seven), 2) == 71.85

    def test_kepri_2024_from_its_published_components(self):
        published = pd.read_csv(ROOT / "data/published/observations.csv", dtype="str")
        rows = published[(published.area_code == "21") & (published.period == "2024")]
        rows = rows.set_index("indicator_id").value.astype(float)
        components = [rows[component.id] for component in UPLM.components]
        assert components == [0.6712, 0.4635, 0.842, 0.22, 1, 1, 1]
        assert round(iplm.index(components), 2) == rows["iplm"] == 74.24

    def test_a_missing_component_is_not_zero_and_not_left_out(self):
        assert iplm.index([1, 1, 1, 1, 1, 1, None]) is None
        assert iplm.index([1, 1, 1, 1, 1, 1, float("nan")]) is None
        assert iplm.index([1, 1, 1, 1, 1, 1, 0]) == pytest.approx(600 / 7)

    @pytest.mark.parametrize("wrong", [[0.5] * 6, [0.5] * 6 + [14.0], [0.5] * 6 + [-0.1]])
    def test_what_is_not_standardised_is_no_index(self, wrong):
        with pytest.raises(ValueError, match=r"components|standardised"):
            iplm.index(wrong)


BASIC = [
    # Public: 2 + 4 + 30 libraries over 100,000 residents; the regency's own units over their divisor 50,000.
    ("public_regency", "libraries", 2),
    ("public_regency", "unit_divisor", 50_000),
    ("public_regency", "community", 100_000),
    ("public_district", "libraries", 4),
    ("public_district", "community", 100_000),
    ("public_village", "libraries", 30),
    ("public_village", "community", 100_000),
    ("school_primary", "libraries", 60),
    ("school_primary", "community", 12_000),
    ("school_junior", "libraries", 20),
    ("school_junior", "community", 5_000),
    ("school_senior", "libraries", 9),
    ("school_senior", "community", 4_500),
    ("university", "libraries", 1),
    ("university", "community", 2_000),
    ("special", "libraries", 5),
    ("special", "community", 40_000),
]


def ratio(rows, component):
    return next(one for one in iplm.raw_ratios(inputs(rows), rules=UPLM) if one.component == component)


class TestRawRatios:
    def test_by_hand(self):
        """0.5·(2/50000 + 4/100000 + 30/100000) + 0.2·(60/12000 + 20/5000 + 9/4500) + 0.2·1/2000 + 0.1·5/40000
        = 0.5·0.00038 + 0.2·0.011 + 0.0001 + 0.0000125 = 0.0025025."""
        found = ratio(BASIC, "iplm_uplm1")
        assert found.value == pytest.approx(0.0025025)
        assert (found.known, found.asked, found.is_complete) == (8, 8, True)

    def test_each_level_has_its_own_denominator(self):
        """The calculator's bracket takes in the last term only; here each term is divided."""
        rows = [*BASIC, ("public_district", "collection", 3_000), ("public_village", "collection", 8_000)]
        found = ratio(rows, "iplm_uplm2")
        assert found.value == pytest.approx(0.5 * (0.03 + 0.08))
        assert (found.known, found.is_complete) == (2, False)

    def test_libraries_meeting_the_standard_are_divided_by_libraries(self):
        """0.5·(1/2 + 6/30) = 0.35, however many residents there are."""
        rows = [*BASIC, ("public_regency", "libraries_snp", 1), ("public_village", "libraries_snp", 6)]
        assert ratio(rows, "iplm_uplm5").value == pytest.approx(0.35)

    def test_without_any_level_it_is_not_known(self):
        assert ratio(BASIC, "iplm_uplm4") == iplm.RawRatio("iplm_uplm4", None, 0, 8)

    def test_zero_is_known_and_a_denominator_of_zero_is_not(self):
        rows = [("university", "members", 0), ("university", "community", 900)]
        assert ratio(rows, "iplm_uplm7") == iplm.RawRatio("iplm_uplm7", 0.0, 1, 8)
        rows = [("university", "members", 10), ("university", "community", 0)]
        assert ratio(rows, "iplm_uplm7").value is None

    def test_inputs_are_not_changed(self):
        given = inputs(BASIC)
        before = given.copy()
        iplm.raw_ratios(given, rules=UPLM)
        pd.testing.assert_frame_equal(given, before)


class TestFill:
    def test_zero_is_filled_and_an_empty_cell_is_not(self):
        rows = inputs(
            [("public", "print_titles", 0), ("public", "staff_library", 4), ("school", "budget_bos", 9)],
            edition="form_2025",
            year=2025,
        )
        found = iplm.form_fill(rows, rules=FORM).set_index(["group", "library_type"])
        assert found.filled[("K", "public")] == 1
        assert found.filled[("S", "public")] == 1
        assert found.filled[("K", "school")] == 1
        assert found.asked.groupby("group").first().to_dict() == {"K": 11, "M": 6, "P": 7, "S": 4}
        assert found.filled.sum() == 3

    def test_without_budgets_fewer_are_asked(self):
        rows = inputs([("school", "budget_bos", 9)], edition="form_2025")
        found = iplm.form_fill(rows, rules=FORM, with_budgets=False)
        assert found.filled.sum() == 0
        assert found.groupby("group").asked.first().to_dict() == {"K": 8, "M": 5, "P": 7, "S": 3}

    def test_levels_are_asked_what_their_ratios_need(self):
        asked = {level: UPLM.asked(level) for level in UPLM.levels}
        assert "unit_divisor" in asked["public_regency"]
        assert "unit_divisor" not in asked["public_village"]
        found = iplm.fill(inputs(BASIC), asked=asked).set_index("library_type")
        assert found.filled["public_regency"] == 3
        assert found.asked["public_village"] == 8


class TestFactor:
    def rows(self, **numbers):
        found = []
        for kind, (reported, total) in numbers.items():
            found += [(kind, "libraries_reported", reported), (kind, "libraries_total", total)]
        return inputs(found, edition="form_2025")

    def test_by_hand_for_both_targets(self):
        """30 of 100 libraries: 30 / 68 = 0.4412; 30 / 33.88 = 0.8855."""
        found = iplm.factors(self.rows(public=(20, 40), school=(10, 60)), rules=FORM)
        assert [round(one.value, 4) for one in found] == [0.4412, 0.8855]
        assert {(one.reported, one.population) for one in found} == {(30, 100)}

    def test_it_does_not_reward_more_than_the_target(self):
        assert [one.value for one in iplm.factors(self.rows(public=(90, 100)), rules=FORM)] == [1, 1]

    def test_a_type_with_half_of_the_pair_is_left_out(self):
        rows = self.rows(public=(20, 40))
        half = inputs([("school", "libraries_reported", 10)], edition="form_2025")
        found = iplm.factors(pd.concat([rows, half]), rules=FORM)
        assert {(one.reported, one.population) for one in found} == {(20, 40)}

    def test_without_numbers_it_is_not_known(self):
        assert [one.value for one in iplm.factors(inputs([], edition="form_2025"), rules=FORM)] == [None] * 2
        assert [one.value for one in iplm.factors(self.rows(public=(0, 0)), rules=FORM)] == [None] * 2


class TestWhatIf:
    def test_by_hand(self):
        """100·(0.30·(0.4 + 0.2)/2 + 0.70·(0.5 + 0.7)/2) = 100·(0.09 + 0.42) = 51."""
        assert iplm.what_if({"K": 0.4, "S": 0.2, "P": 0.5, "M": 0.7}, rules=FORM) == pytest.approx(51)

    @pytest.mark.parametrize(
        "wrong",
        [{"K": 1, "S": 1, "P": 1}, {"K": 1, "S": 1, "P": 1, "M": 1.2}, {"K": 50, "S": 1, "P": 1, "M": 1}],
    )
    def test_only_four_values_between_0_and_1(self, wrong):
        with pytest.raises(ValueError, match="between 0 and 1"):
            iplm.what_if(wrong, rules=FORM)


class TestRules:
    @pytest.mark.parametrize(
        ("path", "value", "problem"),
        [
            (("uplm", "types", 0, "weight"), 0.6, "add up to 1"),
            (("uplm", "types", 1, "levels"), ("public_village",), "one type"),
            (("uplm", "components", 0, "instead_of"), {"mosque": "community"}, "not there"),
            (("form_2025", "weights", "compliance"), 0.5, "add up to 1"),
            (("form_2025", "groups", 0, "id"), "M", "groups must be"),
            (("form_2025", "groups", 0, "fields", 0, "column"), "P", "must differ"),
            (("form_2025", "targets", 0, "grade"), "Z", "Input should be"),
        ],
    )
    def test_broken_parameters_are_refused(self, path, value, problem):
        body = RULES.model_dump(mode="json")
        place = body
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        with pytest.raises(ValidationError, match=problem):
            IplmRules.model_validate(body)

    def test_every_parameter_says_where_it_was_read(self):
        told = [UPLM.index, UPLM.ratios, FORM.weights, FORM.columns, FORM.dashboard, *FORM.targets]
        assert all(one.source and one.grade in "ABCX" for one in told)
        assert [one.share for one in FORM.targets] == [0.68, 0.3388]
