"""A finding is said only if the figures carry it."""

import pandas as pd
import pytest

from literasi.domain import findings
from literasi.domain.findings import Label, Number, Places, Share, Term, When
from tests.frames import indicator, values


def index(**more):
    family = {
        "id": "F",
        "upper": 100,
        "source": "S",
        "bands": [{"label": "low", "lower": 0}, {"label": "high", "lower": 50}],
    }
    e1 = {
        "id": "e1",
        "label": "E1",
        "first_year": 2021,
        "last_year": 2024,
        "regulation": "R1",
        "method": "M",
        "bands": [{"first_year": 2023, "family": family}],
    }
    e2 = {"id": "e2", "label": "E2", "first_year": 2025, "regulation": "R2", "method": "M", "decimals": 0}
    return indicator(**({"decimals": 1, "editions": (e1, e2)} | more))


COUNT = index(scale="count", decimals=0)


class TestLatest:
    def test_band_stands_with_the_value(self):
        found = findings.latest(
            values([("21", "2023", 65.8), ("21", "2024", 73.69)]), indicator=index(), area="21"
        )
        assert found.key == "finding.latest_band"
        assert found.params["value"] == Number(73.69, 1)
        assert found.params["period"] == When("2024")
        assert found.params["band"] == Term("band", "high")

    def test_no_band_where_none_is_documented(self):
        assert (
            findings.latest(values([("21", "2022", 60)]), indicator=index(), area="21").key
            == "finding.latest"
        )

    def test_edition_brings_its_decimals(self):
        found = findings.latest(values([("21", "2025", 60)], edition="e2"), indicator=index(), area="21")
        assert found.params["value"].decimals == 0

    def test_missing_or_not_preferred_is_not_said(self):
        assert findings.latest(values([("21", "2024", None)]), indicator=index(), area="21") is None
        unused = values([("21", "2024", 1.0)], is_preferred=False)
        assert findings.latest(unused, indicator=index(), area="21") is None


class TestChange:
    def of(self, old, new, spec=None, **more):
        frame = values([("21", "2023", old), ("21", "2024", new)]).assign(**more)
        return findings.change(frame, indicator=spec or index(), area="21")

    @pytest.mark.parametrize(("old", "new", "key"), [(65.8, 73.7, "rose"), (73.7, 65.8, "fell")])
    def test_index_changes_in_points(self, old, new, key):
        found = self.of(old, new)
        assert found.key == f"finding.{key}_points"
        assert found.params["change"].value == pytest.approx(7.9)
        assert found.tone == ("good" if key == "rose" else "bad")

    def test_less_can_be_better(self):
        assert self.of(10, 8, index(direction="lower_is_better")).tone == "good"
        assert self.of(10, 8, index(direction="neutral")).tone == "neutral"

    def test_change_that_vanishes_in_rounding_is_not_told(self):
        found = self.of(60.01, 60.04)
        assert (found.key, found.tone) == ("finding.indistinct", "unknown")
        assert self.of(60.04, 60.06).key == "finding.rose_points"

    def test_no_change_across_editions_producers_or_gaps(self):
        both = pd.concat([values([("21", "2024", 60)]), values([("21", "2025", 50)], edition="e2")])
        assert findings.change(both, indicator=index(), area="21") is None
        assert self.of(60, 70, producer=["Perpusnas", "BPS"]) is None
        gap = values([("21", "2021", 60), ("21", "2023", 70)])
        assert findings.change(gap, indicator=index(), area="21") is None

    def test_thin_reports_tell_no_change(self):
        assert self.of(100, 50, COUNT, received=[12, 5], expected=[12, 12]).key == "finding.indistinct"
        assert self.of(100, 50, COUNT, received=[12, 8], expected=[12, 12]).key == "finding.fell_percent"

    @pytest.mark.parametrize(
        ("old", "new", "scale", "key", "size"),
        [
            (100, 150, "count", "rose_percent", Share(0.5)),
            (20, 30, "count", "rose_percent", Share(0.5)),
            (19, 38, "count", "rose_by", Number(19, 0)),
            (0, 5, "count", "rose_by", Number(5, 0)),
            (2, 1, "rate", "fell_percent", Share(0.5)),
            (40, 45, "percent", "rose_percentage_points", Number(5, 0)),
        ],
    )
    def test_wording_follows_the_scale(self, old, new, scale, key, size):
        found = self.of(old, new, index(scale=scale, decimals=0))
        assert (found.key, found.params["change"]) == (f"finding.{key}", size)

    def test_respondents_not_drawn_at_random_make_no_rise(self):
        spec = index()
        first = spec.editions[0].model_copy(update={"is_random_sample": False})
        found = self.of(60, 70, spec.model_copy(update={"editions": (first, spec.editions[1])}))
        assert (found.key, found.tone) == ("finding.not_random", "unknown")

    def test_incomplete_data_carry_no_change_and_no_ranking(self):
        spec = index().model_copy(update={"incomplete": "x"})
        assert self.of(60, 70, spec) is None
        areas = values([("21.01", "2024", 60.0), ("21.02", "2024", 80.0)])
        assert findings.highest(areas, indicator=index(), period="2024") is not None
        assert findings.highest(areas, indicator=spec, period="2024") is None
        assert findings.lowest(areas, indicator=spec, period="2024") is None

    def test_month_meets_its_own_month(self):
        frame = values([("21", "2023-05", 100), ("21", "2024-04", 1), ("21", "2024-05", 200)])
        found = findings.change(frame, indicator=COUNT, area="21")
        assert found.params["previous"] == When("2023-05")

    def test_small_n_and_provisional_values_tell_no_change(self):
        """Below the indicator's minimum of 30, and while its publisher calls a value provisional."""
        assert self.of(60, 70, denominator=[29.0, 90.0]).key == "finding.indistinct"
        assert self.of(60, 70, denominator=[30.0, 90.0]).key == "finding.rose_points"
        assert self.of(60, 70, status=["reported", "provisional"]).key == "finding.indistinct"

    def test_random_samples_must_differ_by_more_than_chance(self):
        """Margin of 50 % and 55 % with n = 400 each: 1.96 · sqrt(.25/400 + .2475/400) = 6.91 points."""
        spec = index(scale="percent")
        first = spec.editions[0].model_copy(update={"is_random_sample": True})
        spec = spec.model_copy(update={"editions": (first, spec.editions[1])})
        assert self.of(50, 55, spec, n=400).key == "finding.indistinct"
        assert self.of(50, 57, spec, n=400).key == "finding.rose_percentage_points"
        assert self.of(50, 90, spec).key == "finding.indistinct", "without n nothing can be told"
        assert self.of(50, 90, spec.model_copy(update={"scale": "index"}), n=400).key == "finding.indistinct"


class TestBeside:
    """Kepri 73.69 and the nation 72.44, as published."""

    def of(self, own=73.69, nation=72.44, spec=None, **more):
        frame = values([("21", "2024", own), ("00", "2024", nation)]).assign(**more)
        return findings.beside(frame, indicator=spec or index(decimals=2), area="21", other="00")

    def test_same_edition_year_and_producer(self):
        found = self.of()
        assert (found.key, found.tone, found.params["change"]) == (
            "statement.above_other",
            "good",
            Number(1.25, 2),
        )
        assert self.of(own=70.0).key == "statement.below_other"
        assert self.of(producer=["Perpusnas", "BPS"]) is None
        assert self.of(edition=["e1", "e2"]) is None
        assert self.of(period=["2024", "2023"]) is None
        assert self.of(nation=None) is None
        assert self.of(own=None) is None

    def test_not_of_small_n_counts_or_incomplete_data(self):
        assert self.of(denominator=[29.0, 90.0]) is None
        assert self.of(spec=COUNT) is None
        assert self.of(spec=index().model_copy(update={"incomplete": "x"})) is None

    def test_respondents_not_drawn_at_random_are_no_higher_or_lower(self):
        spec = index()
        first = spec.editions[0].model_copy(update={"is_random_sample": False})
        found = self.of(spec=spec.model_copy(update={"editions": (first, spec.editions[1])}))
        assert (found.key, found.tone) == ("statement.beside_not_random", "unknown")

    def test_equal_as_shown_cannot_be_told_apart(self):
        found = self.of(own=72.441)
        assert (found.key, found.tone) == ("statement.beside_indistinct", "unknown")


class TestGather:
    GOOD, BAD = (findings.Finding("a", {}, "good"), findings.Finding("b", {}, "bad"))
    DOUBT, OTHER = (findings.Finding("c", {}, "unknown"), findings.Finding("d", {}, "unknown"))

    def test_what_is_not_carried_is_not_known(self):
        found = findings.gather(moved=(None, self.GOOD, self.DOUBT), gap=(self.BAD,), unknown=(self.OTHER,))
        assert (found.moved, found.gap) == ((self.GOOD,), (self.BAD,))
        assert found.unknown == (self.DOUBT, self.OTHER)

    def test_groups_take_turns_up_to_the_limit(self):
        many = [findings.Finding(str(n), {}) for n in range(9)]
        found = findings.gather(moved=many, gap=(self.BAD,), unknown=(self.DOUBT, self.OTHER), at_most=5)
        assert (len(found.moved), len(found.gap), len(found.unknown)) == (2, 1, 2)

    def test_nothing_is_said_twice_or_of_nothing(self):
        assert findings.gather(moved=(self.GOOD, self.GOOD), gap=(self.GOOD,)).gap == ()
        assert findings.gather(moved=(None,)) == findings.Findings()


class TestExtremes:
    AREAS = values([("21.01", "2024", 60.0), ("21.02", "2024", 80.0), ("21.03", "2024", None)])

    def test_one_highest_and_one_lowest(self):
        top = findings.highest(self.AREAS, indicator=index(), period="2024")
        bottom = findings.lowest(self.AREAS, indicator=index(), period="2024")
        assert (top.key, top.params["areas"], top.tone) == ("finding.highest", Places(("21.02",)), "good")
        assert (bottom.key, bottom.params["areas"], bottom.tone) == (
            "finding.lowest",
            Places(("21.01",)),
            "bad",
        )

    def test_areas_with_few_reports_are_not_ranked(self):
        frame = values([("a", "2024", 1.0), ("b", "2024", 5.0), ("c", "2024", 9.0)])
        frame = frame.assign(received=[5, 6, 10], expected=10)
        found = findings.lowest(frame, indicator=index(), period="2024")
        assert (found.params["areas"], found.params["ranked"]) == (Places(("b",)), Number(2))

    def test_in_full_it_names_indicator_and_year(self):
        found = findings.in_full(
            findings.lowest(self.AREAS, indicator=index(), period="2024"), indicator=index()
        )
        assert (found.key, found.params["indicator"]) == (
            "statement.lowest",
            Label("indicator_short.example"),
        )
        assert findings.in_full(None, indicator=index()) is None

    def test_number_of_ranked_areas_is_said(self):
        found = findings.lowest(self.AREAS, indicator=index(), period="2024")
        assert found.params["ranked"] == Number(2)

    def test_ties_as_shown_are_named_together(self):
        frame = values([("c", "2024", 1.0), ("b", "2024", 80.04), ("a", "2024", 79.96)])
        found = findings.highest(frame, indicator=index(), period="2024")
        assert (found.key, found.params["areas"]) == ("finding.highest_tied", Places(("a", "b")))

    def test_many_ties_are_counted(self):
        frame = values([("a", "2024", 9.0)] + [(c, "2024", 0.0) for c in "bcde"])
        found = findings.lowest(frame, indicator=index(), period="2024")
        assert (found.key, found.params["count"]) == ("finding.lowest_many", Number(4))

    @pytest.mark.parametrize("more", [{"edition": ["e1", "e2", "e1"]}, {"producer": ["BPS", "DPK", ""]}])
    def test_nothing_is_ranked_across_editions_or_producers(self, more):
        assert findings.highest(self.AREAS.assign(**more), indicator=index(), period="2024") is None

    def test_one_area_is_no_ranking_and_equal_areas_have_no_top(self):
        assert findings.highest(self.AREAS.head(1), indicator=index(), period="2024") is None
        equal = values([("a", "2024", 5.0), ("b", "2024", 5.0)])
        assert findings.highest(equal, indicator=index(), period="2024") is None

    def test_small_denominators_are_not_ranked(self):
        frame = self.AREAS.assign(denominator=[30.0, 29.0, 40.0])
        assert findings.highest(frame, indicator=index(), period="2024") is None
        enough = self.AREAS.assign(denominator=[30.0, 31.0, 40.0])
        assert findings.highest(enough, indicator=index(), period="2024") is not None


class TestCompleteness:
    def test_areas_without_data_are_counted_and_zero_is_data(self):
        frame = values([("a", "2024", 0.0), ("b", "2024", None)])
        found = findings.without_data(frame, areas=["a", "b", "c"], period="2024")
        assert (found.params["count"], found.params["total"]) == (Number(2), Number(3))
        assert findings.without_data(frame, areas=["a"], period="2024") is None

    def test_provisional_under_sixty_per_cent(self):
        assert findings.provisional(59, 100).params["share"] == Share(0.59)
        assert findings.provisional(60, 100) is None
        assert findings.provisional(None, None) is None

    def test_break_names_the_regulation(self):
        both = pd.concat([values([("21", "2024", 60)]), values([("21", "2025", 50)], edition="e2")])
        found = findings.method_break(both, indicator=index())
        assert (found.params["year"], found.params["regulation"].text) == (When("2025"), "R2")
        assert findings.method_break(values([("21", "2024", 60)]), indicator=index()) is None


class TestActivities:
    def test_busiest_month_passes_over_thin_months(self):
        series = pd.DataFrame(
            {
                "period": ["2024-01", "2024-02", "2024-03", "2024-04"],
                "value": [5.0, 99.0, 7.0, 6.0],
                "received": pd.array([6, 5, 10, 10], dtype="Int64"),
                "expected": pd.array([10, 10, 10, 10], dtype="Int64"),
            }
        )
        found = findings.busiest_month(series, unit="unit.activities")
        assert (found.params["period"], found.params["unit"]) == (When("2024-03"), Label("unit.activities"))
        assert findings.busiest_month(series.head(3), unit="unit.activities") is None


class TestProgramme:
    def of(self, areas):
        frame = values([("a", "2024", 5.0), ("b", "2024", 3.0), ("a", "2023", 1.0), ("z", "2024", 9.0)])
        return findings.programme(frame, areas=areas, period="2024")

    def test_areas_without_any_are_named_or_counted(self):
        named, counted = self.of(["a", "b", "c"]), self.of(["a", *"cdefg"])
        assert (named.key, named.params["areas"]) == ("finding.programme_absent", Places(("c",)))
        assert named.params["count"] == Number(8)
        assert (counted.key, counted.params["absent"]) == ("finding.programme_many_absent", Number(5))

    def test_everywhere_and_nowhere(self):
        assert self.of(["a", "b"]).key == "finding.programme_everywhere"
        assert self.of(["q"]) is None
