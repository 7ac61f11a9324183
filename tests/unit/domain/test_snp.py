"""Thresholds of the village library standard."""

import math

import pandas as pd
import pytest
from pydantic import ValidationError

from literasi.domain.snp import SnpRules, assess, met, summary
from literasi.domain.statistics import Share

RULES = SnpRules.model_validate(
    {
        "id": "snp_village",
        "title": "SNP",
        "regulation": "6/2017",
        "valid_from": 2017,
        "source": "https://example.org",
        "tests": [
            {
                "id": "titles",
                "attribute": "titles",
                "operator": "ge",
                "threshold": 1000,
                "label_key": "snp.titles",
            },
            {
                "id": "permanent",
                "attribute": "is_building_permanent",
                "operator": "is_true",
                "label_key": "snp.permanent",
            },
            {
                "id": "services",
                "attribute": "services",
                "operator": "contains_all",
                "threshold": ["reading", "circulation"],
                "label_key": "snp.services",
            },
        ],
    }
)


def library(**values):
    return {"library_id": "L-1", "kind": "village", **values}


def states(row):
    return [assessment.state for assessment in assess(row, rules=RULES)]


class TestAssess:
    def test_the_threshold_itself_meets_it(self):
        row = library(titles=1000, is_building_permanent=True, services="circulation; reading;reference")
        assert states(row) == ["met", "met", "met"]

    def test_just_below_does_not(self):
        row = library(titles=999, is_building_permanent=False, services="reading")
        assert states(row) == ["not_met", "not_met", "not_met"]

    def test_a_zero_is_data(self):
        assert states(library(titles=0))[0] == "not_met"

    @pytest.mark.parametrize("missing", [None, math.nan, pd.NA, ""])
    def test_a_missing_value_is_never_a_failure(self, missing):
        assert (
            states(library(titles=missing, is_building_permanent=missing, services=missing))
            == ["no_data"] * 3
        )

    def test_an_absent_column_is_no_data(self):
        assert states(library()) == ["no_data"] * 3

    def test_another_kind_of_library_is_not_assessed(self):
        assert assess(library(kind="regency", titles=5), rules=RULES) == ()

    def test_a_row_of_a_frame_is_read_like_a_mapping(self):
        frame = pd.DataFrame([library(titles=1200)]).astype({"titles": "Int64"})
        assert states(frame.iloc[0])[0] == "met"

    def test_headline_is_met_of_tested(self):
        assert met(assess(library(titles=1000, is_building_permanent=False), rules=RULES)) == Share(1, 2)


class TestSummary:
    def test_libraries_without_data_are_not_in_the_denominator(self):
        frame = pd.DataFrame(
            [
                library(titles=1000),
                library(titles=10),
                library(titles=None),
                library(kind="regency", titles=9999),
            ]
        )
        row = summary(frame, rules=RULES).set_index("test").loc["titles"]
        assert (row.met, row.not_met, row.no_data, row.tested, row.value) == (1, 1, 1, 2, 0.5)

    def test_nothing_tested_gives_no_share(self):
        row = summary(pd.DataFrame([library()]), rules=RULES).iloc[0]
        assert row.tested == 0
        assert math.isnan(row.value)

    def test_no_library_gives_zero_counts(self):
        assert summary(pd.DataFrame(columns=["kind", "titles"]), rules=RULES).tested.tolist() == [0, 0, 0]


class TestRules:
    @pytest.mark.parametrize(
        "change",
        [
            {"operator": "ge", "threshold": None},
            {"operator": "ge", "threshold": ["a"]},
            {"operator": "is_true", "threshold": 1},
            {"operator": "contains_all", "threshold": []},
            {"operator": "contains_all", "threshold": 5},
            {"unknown": 1},
        ],
    )
    def test_a_threshold_that_does_not_fit_is_refused(self, change):
        raw = RULES.model_dump()
        raw["tests"] = [{**raw["tests"][0], **change}]
        with pytest.raises(ValidationError):
            SnpRules.model_validate(raw)

    def test_two_tests_of_one_id_are_refused(self):
        raw = RULES.model_dump()
        raw["tests"] = [raw["tests"][0], raw["tests"][0]]
        with pytest.raises(ValidationError, match="differ"):
            SnpRules.model_validate(raw)
