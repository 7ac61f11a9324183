"""Roll-ups, denominators, the three states of a number, and growth."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from literasi.domain import measures
from literasi.domain.measures import MEASURES, denominators, evaluate, growth
from literasi.errors import LiterasiError
from tests.frames import indicator, library, people, table, values, visit

BATAM, KARIMUN = "21.71", "21.02"


def small(**tables):
    """Two libraries in Batam, one in Karimun, with populations of both and the province."""
    return {
        "libraries": table(
            "libraries",
            [
                library("b1", "21.71.01.1001"),
                library("b2", "21.71.01.1002", 2021),
                library("k1", "21.02.01.2001", 2023),
            ],
        ),
        "population": table(
            "population", [people("21", 2023, 300), people(BATAM, 2023, 200), people(KARIMUN, 2023, 100)]
        ),
    } | tables


def computed(function, **more):
    return indicator(
        measure={"kind": "computed", "function": function, "numerator": "x", **more}, scale="count"
    )


def rows(frame, *columns):
    return list(frame[list(columns)].itertuples(index=False, name=None))


class TestVisitsPerCapita:
    def run(self, visits, level="regency", grain="month", **tables):
        return MEASURES["visits_per_capita"](
            small(visits=table("visits", visits), **tables), level=level, grain=grain
        )

    def test_visits_are_summed_then_divided(self):
        out = self.run([visit("b1", "2024-01", 30), visit("b2", "2024-01", 10), visit("k1", "2024-01", 5)])
        assert rows(out, "area_code", "numerator", "denominator", "value") == [
            (KARIMUN, 5, 100, 0.05),
            (BATAM, 40, 200, 0.2),
        ]

    def test_province_is_not_the_mean_of_its_regencies(self):
        out = self.run([visit("b1", "2024-01", 30), visit("k1", "2024-01", 30)], level="province")
        assert rows(out, "area_code", "numerator", "denominator", "value") == [("21", 60, 300, 0.2)]

    def test_area_without_report_has_no_row_and_a_reported_zero_has_one(self):
        out = self.run([visit("b1", "2024-01", 0)])
        assert rows(out, "area_code", "value") == [(BATAM, 0)]

    def test_received_and_expected_stand_beside_the_total(self):
        """Given k1 joined in 2023 / When 2023 is seen / Then its report counts, but was not expected"""
        out = self.run([visit("b1", "2023-01", 1), visit("b1", "2023-02", 1), visit("k1", "2023-02", 4)])
        assert rows(out, "area_code", "period", "numerator", "received", "expected") == [
            (KARIMUN, "2023-02", 4, 0, 0),
            (BATAM, "2023-01", 1, 1, 2),
            (BATAM, "2023-02", 1, 1, 2),
        ]

    def test_year_is_not_annualised_and_expects_only_the_months_anybody_reported(self):
        out = self.run([visit("b1", "2024-03", 6), visit("b2", "2024-05", 6)], grain="year")
        assert rows(out, "period", "value", "received", "expected") == [("2024", 12 / 200, 2, 6)]

    def test_first_year_of_duty_counts(self):
        """Given b2 joined in 2021 / When it reports in 2022 / Then that report was expected"""
        out = self.run([visit("b2", "2021-12", 1), visit("b2", "2022-01", 1)])
        assert rows(out, "period", "received", "expected") == [("2021-12", 0, 1), ("2022-01", 1, 2)]

    def test_years_between_count_in_full(self):
        out = self.run(
            [visit("b1", "2022-12", 1), visit("b1", "2023-05", 1), visit("b1", "2024-02", 1)], grain="year"
        )
        assert rows(out, "period", "expected") == [("2022", 2), ("2023", 24), ("2024", 4)]

    def test_library_known_to_its_province_only_is_in_no_regency(self):
        libraries = table("libraries", [library("p", "21", None, kind="province", programme="none")])
        assert self.run([visit("p", "2024-01", 9)], libraries=libraries).empty
        out = self.run([visit("p", "2024-01", 9)], level="province", libraries=libraries)
        assert rows(out, "numerator", "received", "expected") == [(9, 0, 0)]

    def test_area_without_population_has_no_rate(self):
        population = table("population", [people(BATAM, 2023, 200)])
        out = self.run([visit("b1", "2024-01", 1), visit("k1", "2024-01", 1)], population=population)
        assert rows(out, "area_code") == [(BATAM,)]


REPORTS = st.lists(
    st.tuples(
        st.sampled_from(["b1", "b2", "k1"]),
        st.integers(2022, 2024),
        st.integers(1, 12),
        st.integers(0, 10_000),
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda r: r[:3],
)


@settings(max_examples=40, deadline=None)
@given(REPORTS, st.sampled_from(["year", "month"]), st.randoms(use_true_random=False), st.integers(2, 9))
def test_roll_up_order_and_scale(reports, grain, random, factor):
    """Regencies add up to their province, the order of rows is nothing, and value follows numerator."""

    def run(items, level, times=1):
        visits = table("visits", [visit(i, f"{y}-{m:02d}", times * n) for i, y, m, n in items])
        return MEASURES["visits_per_capita"](small(visits=visits), level=level, grain=grain)

    regency, province = run(reports, "regency"), run(reports, "province")
    parts = regency.groupby("period")[["numerator", "received"]].sum()
    whole = province.set_index("period")[["numerator", "received"]]
    pd.testing.assert_frame_equal(parts, whole)
    assert (province["value"] == province["numerator"] / 300).all()

    shuffled = list(reports)
    random.shuffle(shuffled)
    pd.testing.assert_frame_equal(
        run(shuffled, "regency").reset_index(drop=True), regency.reset_index(drop=True)
    )
    scaled = run(reports, "regency", factor)
    assert scaled["value"].tolist() == pytest.approx((regency["value"] * factor).tolist(), rel=1e-12)


class TestDenominators:
    def choose(self, population, years, level="regency"):
        return denominators(table("population", population), level=level, years=years)

    def test_newest_of_that_year_or_earlier_else_the_oldest(self):
        out = self.choose([people(BATAM, 2018, 10), people(BATAM, 2021, 20)], [2015, 2018, 2020, 2021, 2030])
        assert rows(out, "year", "denominator_year", "population") == [
            (2015, 2018, 10),
            (2018, 2018, 10),
            (2020, 2018, 10),
            (2021, 2021, 20),
            (2030, 2021, 20),
        ]

    def test_civil_registry_goes_before_estimates_of_the_same_cover(self):
        estimate = people(BATAM, 2024, 11, concept="bps_estimate", source_id="bps")
        assert rows(self.choose([estimate, people(BATAM, 2020, 10)], [2024]), "concept") == [
            ("civil_registry",)
        ]

    def test_one_source_for_all_areas(self):
        """Given a newer count of one area only / Then it is not mixed in"""
        every = [people("21", 2020, 30), people(BATAM, 2020, 20), people(KARIMUN, 2020, 10)]
        lone = people(BATAM, 2023, 25)
        province_only = people("21", 2022, 31)
        for level in ("province", "regency"):
            out = self.choose([*every, lone, province_only], [2024], level)
            assert set(out["denominator_year"]) == {2020}

    def test_same_year_twice_takes_the_first_source(self):
        out = self.choose(
            [people(BATAM, 2020, 1, source_id="z"), people(BATAM, 2020, 2, source_id="a")], [2020]
        )
        assert rows(out, "source_id", "population") == [("a", 2)]

    def test_nation_is_no_province(self):
        assert self.choose([people("00", 2020, 1)], [2020], "province").empty


class TestProgramme:
    libraries = table(
        "libraries",
        [
            library("a", "21.71.01.1001", 2019),
            library("a2", "21.71.01.1001", 2019),
            library("b", "21.71.01.1002", 2022),
            library("city", BATAM, 2019, kind="regency"),
            library("unknown", "21.02.01.2001", None),
            library("other", "21.02.01.2002", 2019, programme="none"),
        ],
    )
    areas = table(
        "areas",
        [
            {"area_code": code, "level": "village", "kind": "desa", "name": code}
            for code in ("21.71.01.1001", "21.71.01.1002", "21.71.01.1003", "21.02.01.2001", "21.04.01.2001")
        ]
        + [{"area_code": BATAM, "level": "regency", "kind": "kota", "name": "Batam"}],
    )

    def run(self, name, level="regency"):
        tables = {"libraries": self.libraries, "areas": self.areas}
        return MEASURES[name](tables, level=level, grain="year")

    def test_libraries_are_counted_cumulatively_with_no_gap_year(self):
        assert rows(self.run("tpbis_libraries"), "area_code", "period", "value") == [
            (BATAM, "2019", 3),
            (BATAM, "2020", 3),
            (BATAM, "2021", 3),
            (BATAM, "2022", 4),
        ]

    def test_unknown_year_is_reported_apart(self):
        assert rows(measures.undated(self.libraries, level="regency"), "area_code", "libraries") == [
            (KARIMUN, 1)
        ]

    def test_coverage_counts_villages_not_libraries_and_knows_zero(self):
        out = self.run("tpbis_village_coverage")
        last = out[out["period"].isin(["2019", "2022"])]
        assert rows(last, "area_code", "period", "numerator", "denominator") == [
            (KARIMUN, "2019", 0, 1),
            (KARIMUN, "2022", 0, 1),
            (BATAM, "2019", 1, 3),
            (BATAM, "2022", 2, 3),
        ]

    def test_coverage_of_one_village_is_all_or_nothing(self):
        out = self.run("tpbis_village_coverage", "village")
        assert set(out["value"]) == {0.0, 1.0}
        assert "21.71.01.1003" in set(out["area_code"])

    def test_a_regency_of_which_no_library_is_known_has_no_coverage_rather_than_zero(self):
        for level, absent in (("regency", "21.04"), ("district", "21.04.01"), ("village", "21.04.01.2001")):
            assert absent not in set(self.run("tpbis_village_coverage", level)["area_code"])
        province = self.run("tpbis_village_coverage", "province")
        assert rows(province, "period", "numerator", "denominator")[-1] == ("2022", 2, 5)

    def test_nothing_joined_gives_nothing(self):
        tables = {"libraries": table("libraries", []), "areas": self.areas}
        assert MEASURES["tpbis_village_coverage"](tables, level="regency", grain="year").empty
        assert MEASURES["tpbis_libraries"](tables, level="regency", grain="year").empty


class TestActivities:
    activities = table(
        "activities",
        [
            {"library_id": "b1", "date": "2022-02-03", "name": "a", "people": 10},
            {"library_id": "b1", "date": "2022-02-04", "name": "b", "people": None},
            {"library_id": "b2", "date": "2023-05-06", "name": "c", "people": 0},
            {"library_id": "k1", "date": "2022-05-06", "name": "before it was a partner", "people": 7},
        ],
    )

    def run(self, name, grain="year"):
        return MEASURES[name](small(activities=self.activities), level="regency", grain=grain)

    def test_activities_of_partners_over_partners(self):
        assert rows(
            self.run("activities_per_library"), "area_code", "period", "numerator", "denominator"
        ) == [
            (BATAM, "2022", 2, 2),
            (BATAM, "2023", 1, 2),
        ]

    def test_month_keeps_the_partners_of_its_year(self):
        out = self.run("activities_per_library", "month")
        assert rows(out, "period", "numerator", "denominator") == [("2022-02", 2, 2), ("2023-05", 1, 2)]

    def test_year_of_joining_is_a_year_of_partnership(self):
        held = {"library_id": "b2", "date": "2021-02-03", "name": "a"}
        tables = small(activities=table("activities", [held]))
        out = MEASURES["activities_per_library"](tables, level="regency", grain="year")
        assert rows(out, "numerator", "denominator") == [(1, 2)]

    def test_no_head_count_at_all_is_no_row(self):
        held = {"library_id": "b1", "date": "2022-02-03", "name": "a"}
        tables = small(activities=table("activities", [held]))
        assert MEASURES["activity_participants_per_1000"](tables, level="regency", grain="year").empty

    def test_unknown_number_of_people_is_not_zero(self):
        out = self.run("activity_participants_per_1000")
        assert rows(out, "area_code", "period", "numerator", "denominator") == [
            (KARIMUN, "2022", 7, 100),
            (BATAM, "2022", 10, 200),
            (BATAM, "2023", 0, 200),
        ]


class TestTraining:
    events = table(
        "events",
        [
            {
                "event_id": e,
                "name": e,
                "kind": kind,
                "date_start": day,
                "date_end": day,
                "area_code": BATAM,
                "participants_published": n,
            }
            for e, kind, day, n in (
                ("listed", "bimtek", "2021-03-01", 99),
                ("published", "bimtek", "2021-04-01", 28),
                ("silent", "bimtek", "2022-04-01", None),
                ("other", "rapat", "2021-04-01", 50),
            )
        ],
    )
    participants = table(
        "participants",
        [
            {"event_id": "listed", "participant_id": "1", "area_code": BATAM, "library_id": "b1"},
            {"event_id": "listed", "participant_id": "2", "area_code": KARIMUN, "library_id": "k1"},
            {"event_id": "listed", "participant_id": "3", "library_id": "b1"},
            {"event_id": "other", "participant_id": "4", "area_code": BATAM, "library_id": "b2"},
        ],
    )

    def run(self, name, level):
        return MEASURES[name](
            small(events=self.events, participants=self.participants), level=level, grain="year"
        )

    def test_published_head_count_stands_in_at_province_level_only(self):
        assert rows(self.run("participants_trained", "province"), "area_code", "period", "value") == [
            ("21", "2021", 31)
        ]
        assert rows(self.run("participants_trained", "regency"), "area_code", "period", "value") == [
            (KARIMUN, "2021", 1),
            (BATAM, "2021", 1),
        ]

    def test_reach_counts_a_library_once_and_only_partners_of_the_year(self):
        assert rows(
            self.run("training_reach", "regency"), "area_code", "period", "numerator", "denominator"
        ) == [(BATAM, "2021", 1, 2)]


class TestNamedLibraries:
    def test_one_figure_per_library_and_year_without_quarantined_ones(self):
        figures = table(
            "library_figures",
            [
                {
                    "subject": s,
                    "area_code": a,
                    "period": p,
                    "metric": m,
                    "source_id": i,
                    "value": v,
                    "unit": "visitors",
                    "status": t,
                }
                for s, a, p, m, i, v, t in (
                    ("A", BATAM, "2020", "visits", "s2", 100, "reported"),
                    ("A", BATAM, "2020", "visits", "s1", 120, "estimated"),
                    ("B", BATAM, "2020", "visits", "s1", 5, "reported"),
                    ("C", BATAM, "2020", "visits", "s1", 999, "quarantined"),
                    ("A", BATAM, "2020", "loans", "s1", 999, "reported"),
                    ("A", BATAM, "", "visits", "s1", 999, "reported"),
                )
            ],
        )
        out = MEASURES["named_library_visits"]({"library_figures": figures}, level="regency", grain="year")
        assert rows(out, "area_code", "period", "value") == [(BATAM, "2020", 105)]


class TestEvaluate:
    def test_computed_value_is_scaled_and_its_parts_are_not(self):
        tables = small(visits=table("visits", [visit("b1", "2024-01", 30)]))
        out = evaluate(
            computed("visits_per_capita", per=1000, denominator="x"), tables, level="regency", grain="year"
        )
        assert rows(out, "value", "numerator", "denominator", "denominator_year", "source_id", "edition") == [
            (150.0, 30.0, 200.0, 2023, "registry_2023", "e1")
        ]

    def test_yearly_measure_has_no_months(self):
        out = evaluate(computed("tpbis_libraries"), small(), level="regency", grain="month")
        assert out.empty

    def test_published_keeps_level_and_grain(self):
        observations = table(
            "observations",
            [
                {
                    "indicator_id": "example",
                    "area_code": a,
                    "period": p,
                    "edition": "e1",
                    "producer": "P",
                    "source_id": "s",
                    "value": 1,
                    "status": "reported",
                }
                for a, p in (("00", "2024"), ("21", "2024"), ("21", "2024-05"), (BATAM, "2024"))
            ],
        )
        for level, grain, area in (
            ("nation", "year", "00"),
            ("province", "month", "21"),
            ("regency", "year", BATAM),
        ):
            out = evaluate(indicator(), {"observations": observations}, level=level, grain=grain)
            assert rows(out, "area_code") == [(area,)]

    def test_columns_are_the_same_for_both(self):
        published = evaluate(
            indicator(), {"observations": table("observations", [])}, level="regency", grain="year"
        )
        counted = evaluate(computed("tpbis_libraries"), small(), level="regency", grain="year")
        assert published.dtypes.to_dict() == counted.dtypes.to_dict()
        assert evaluate(computed("tpbis_libraries"), small(), level="nation", grain="year").dtypes.equals(
            counted.dtypes
        )

    def test_unknown_measure_is_named(self):
        with pytest.raises(LiterasiError, match="no_such"):
            evaluate(computed("no_such"), {}, level="regency", grain="year")

    def test_inputs_stay_as_they_were(self):
        tables = small(visits=table("visits", [visit("b1", "2024-01", 30)]))
        before = {name: frame.copy() for name, frame in tables.items()}
        MEASURES["visits_per_capita"](tables, level="regency", grain="year")
        for name, frame in tables.items():
            pd.testing.assert_frame_equal(frame, before[name])


class TestGrowth:
    def test_per_cent_with_shared_rank(self):
        out = growth(
            values(
                [
                    ("a", "2023", 100),
                    ("a", "2024", 110),
                    ("b", "2023", 200),
                    ("b", "2024", 220),
                    ("c", "2023", 50),
                    ("c", "2024", 50),
                ]
            ),
            scale="count",
        )
        assert rows(out, "area_code", "difference", "percent", "rank_first", "rank_last") == [
            ("a", 10, 10, 1, 2),
            ("b", 20, 10, 1, 2),
            ("c", 0, 0, 3, 3),
        ]

    def test_index_changes_in_points(self):
        out = growth(values([("a", "2023", 60), ("a", "2024", 66)]), scale="index")
        assert out["percent"].isna().all()
        assert rows(out, "difference", "rank_first") == [(6, 1)]

    @pytest.mark.parametrize(
        ("scale", "base", "given"),
        [("count", 19, False), ("count", 20, True), ("rate", 0.5, True), ("rate", 0, False)],
    )
    def test_small_base_has_no_per_cent_and_no_rank(self, scale, base, given):
        out = growth(values([("a", "2023", base), ("a", "2024", 40)]), scale=scale)
        assert out["percent"].notna().tolist() == [given]
        assert out["rank_first"].notna().tolist() == [given]

    def test_only_one_year_before_counts_and_months_meet_their_own_month(self):
        out = growth(
            values(
                [
                    ("a", "2021", 30),
                    ("a", "2023", 40),
                    ("b", "2023-05", 20),
                    ("b", "2024-05", 30),
                    ("b", "2024-06", 99),
                ]
            ),
            scale="count",
        )
        assert rows(out, "area_code", "period", "percent") == [("b", "2024-05", 50)]

    def test_missing_is_not_zero(self):
        assert growth(values([("a", "2023", None), ("a", "2024", 40)]), scale="count").empty

    def test_two_editions_are_refused(self):
        both = pd.concat([values([("a", "2023", 60)]), values([("a", "2024", 66)], edition="e2")])
        with pytest.raises(LiterasiError, match="e1, e2"):
            growth(both, scale="index")
