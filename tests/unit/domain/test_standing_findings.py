"""What is said of targets and comparisons: nothing across editions, of small n, or of what is not ranked."""

import pytest

from literasi.domain import standing_findings as rules
from literasi.domain.findings import Label, Number, Places
from literasi.domain.targets import Progress
from tests.frames import indicator
from tests.unit.domain.test_comparison import SURVEY, standings


def progress(status, **more):
    body = {"edition": "e1", "year": 2026, "target": 72.0}
    return Progress("example", "21", status, **(body | more))


def said(found):
    return None if found is None else (found.key.removeprefix("statement."), found.tone)


class TestTargets:
    def test_only_what_can_be_judged_is_counted(self):
        judged = [
            progress("reached"),
            progress("behind", gap=1.0),
            progress("insufficient", reason="no_value"),
        ]
        found = rules.reached(judged, area="21")
        assert (*said(found), found.params["count"], found.params["total"]) == (
            "targets_reached",
            "neutral",
            Number(1),
            Number(2),
        )
        assert rules.reached([progress("on_track")], area="21").tone == "good"
        assert rules.reached(judged[2:], area="21") is None
        assert rules.reached([progress("no_target")], area="21") is None

    def test_the_worst_status_first_with_what_a_year_must_bring(self):
        spec = indicator()
        judged = [
            (spec, progress("not_reached", gap=9.0)),
            (spec, progress("attention", gap=0.39)),
            (spec, progress("behind", gap=3.2, required=1.6)),
            (spec, progress("reached", gap=-2.0)),
        ]
        first, second = rules.lagging(judged)
        assert (*said(first), first.params["gap"], first.params["required"]) == (
            "target_short_rate",
            "bad",
            Number(3.2, 2),
            Number(1.6, 2),
        )
        assert (said(second)[0], second.params["gap"]) == ("target_short", Number(0.39, 2))
        assert len(rules.lagging(judged, at_most=9)) == 3

    def test_a_gap_between_percentages_is_in_points(self):
        spec = indicator(scale="percent", unit="percent")
        (found,) = rules.lagging([(spec, progress("behind", gap=3.0))])
        assert found.params["unit"] == Label("targets.percentage_points")

    def test_a_value_of_another_edition_is_not_judged_but_counted(self):
        """IPLM 73.52 against a target of 15.00 of an older scale is no success."""
        other = progress("insufficient", reason="other_edition")
        judged = [other, other, progress("insufficient", reason="no_value"), progress("reached")]
        found = rules.unjudged(judged)
        assert (*said(found), found.params["count"], found.params["total"], found.params["reason"]) == (
            "targets_unjudged",
            "unknown",
            Number(2),
            Number(4),
            Label("targets.reason.other_edition"),
        )
        assert rules.lagging([(indicator(), other)]) == []
        assert rules.unjudged([progress("reached")]) is None

    def test_without_target(self):
        assert rules.untargeted([], area="21") is None
        assert rules.untargeted([indicator()], area="21").params["count"] == Number(1)


FOUR = [("21.01", "2024", 80.0), ("21.02", "2024", 75.0), ("21.03", "2024", 75.0), ("21.04", "2024", 60.0)]


class TestComparison:
    def test_from_where_to_where_names_nobody(self):
        found = rules.spread(standings(FOUR))
        assert (found.params["low"], found.params["high"], found.params["ranked"]) == (
            Number(60.0, 2),
            Number(80.0, 2),
            Number(4),
        )
        assert not any(isinstance(value, Places) for value in found.params.values())

    def test_first_and_last_as_far_as_ranks_can_be_told(self):
        best, worst = (rules.end_of_ranks(standings(FOUR), end=end) for end in ("best", "worst"))
        assert (*said(best), best.params["areas"]) == ("rank_best", "good", Places(("21.01",)))
        assert (*said(worst), worst.params["areas"]) == ("rank_worst", "bad", Places(("21.04",)))
        tied = standings([*FOUR[:2], ("21.03", "2024", 60.004), FOUR[3]])
        assert rules.end_of_ranks(tied, end="worst").params["areas"] == Places(("21.03", "21.04"))

    def test_where_all_may_be_first_it_cannot_be_told(self):
        spec = indicator(scale="percent", editions=(SURVEY | {"is_random_sample": True},), minimum_n=1)
        found = rules.end_of_ranks(standings(FOUR, of=spec, n=20), end="best")
        assert said(found) == ("rank_indistinct", "unknown")
        three = rules.end_of_ranks(standings(FOUR[:3], of=spec, n=20), end="worst")
        assert said(three) == ("rank_indistinct", "unknown")

    @pytest.mark.parametrize(
        "spec",
        [
            indicator(direction="neutral", minimum_n=1),
            indicator(symbol="bubble", minimum_n=1),
            indicator(incomplete="belum lengkap", minimum_n=1),
            indicator(editions=(SURVEY | {"is_random_sample": False},), minimum_n=1),
        ],
    )
    def test_nothing_of_what_is_not_ranked_but_why(self, spec):
        found = standings(FOUR, of=spec)
        assert rules.spread(found) is None
        assert rules.end_of_ranks(found, end="best") is None
        reason = rules.unranked([found, standings(FOUR)])
        assert (reason.params["count"], reason.params["total"]) == (Number(1), Number(2))
        assert reason.params["reason"] == Label(f"comparison.unranked.{found.unranked}")
        assert rules.unranked([standings(FOUR)]) is None

    def test_equal_as_shown_is_no_spread(self):
        assert rules.spread(standings([(code, year, 70.001) for code, year, _ in FOUR])) is None

    def test_beside_the_province(self):
        found = rules.beside_province(standings(FOUR), 70.0, area="21.04", above="21")
        assert (*said(found), found.params["value"], found.params["whole"]) == (
            "below",
            "bad",
            Number(60.0, 2),
            Number(70.0, 2),
        )
        assert said(rules.beside_province(standings(FOUR), 70.0, area="21.01", above="21")) == (
            "above",
            "good",
        )
        assert said(rules.beside_province(standings(FOUR), 60.001, area="21.04", above="21"))[0] == "same_as"

    def test_not_beside_the_province_without_its_value_of_small_n_few_reports_or_a_sample(self):
        def of(**more):
            spec = more.pop("of", None)
            return rules.beside_province(standings(FOUR, of=spec, **more), 70.0, area="21.04", above="21")

        assert rules.beside_province(standings(FOUR), None, area="21.04", above="21") is None
        assert of(denominator=8.0, of=indicator(minimum_n=30)) is None
        assert of(received=5, expected=10) is None
        assert of(of=indicator(editions=(SURVEY | {"is_random_sample": False},), minimum_n=1)) is None
        assert of(of=indicator(symbol="bubble", minimum_n=1)) is None

    def test_what_of_an_area_may_not_be_compared(self):
        thin = standings(FOUR, received=5, expected=10)
        found = rules.doubtful([thin, standings(FOUR)], area="21.04")
        assert (found.params["count"], found.params["total"]) == (Number(1), Number(2))
        assert found.params["state"] == Label("comparison.state.provisional")
        assert rules.doubtful([standings(FOUR)], area="21.04") is None

    def test_areas_without_a_value(self):
        found = rules.blank([standings(FOUR), standings(FOUR[:1])])
        assert (*said(found), found.params["count"]) == ("without_data", "unknown", Number(3))
        assert rules.blank([standings(FOUR)]) is None
        assert rules.blank([]) is None
