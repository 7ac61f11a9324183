"""Which missing report matters most: effect, order, ranges of the unknown."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from literasi.domain import completeness, data_debt
from literasi.domain.coverage import coverage
from literasi.domain.snp import SnpRules
from tests.frames import library, table, visit

PERIODS = [f"2025-{month:02d}" for month in range(1, 11)]


def rows_of(libraries, visits, periods=PERIODS, due=PERIODS[-1], services=()):
    tables = {"visits": visits, "services": table("services", list(services))}
    return completeness.calendar(tables, libraries, periods=periods, due=due)


def found(libraries, visits, *, area="21", kind="visits", **more):
    reports = table("visits", visits)
    rows = rows_of(libraries, reports, **more)
    return data_debt.debts(rows, reports, table=kind, area=area)


def sent(library_id, months, total=10, **more):
    return [visit(library_id, PERIODS[month - 1], total) | more for month in months]


class TestByHand:
    """Ten months of 2025 are due. Bintan (21.01): A sent all but two months, 10 visits each; B sent none of
    its ten. Batam (21.71): C sent all, 60 each; D only five of ten, 100 each."""

    LIBRARIES = table(
        "libraries",
        [
            library("A", "21.01.15.2004"),
            library("B", "21.01.15.2005"),
            library("C", "21.71.08.1004"),
            library("D", "21.71.08.1005"),
        ],
    )
    VISITS = (
        *sent("A", range(1, 9), 10),
        *sent("C", range(1, 11), 60),
        *sent("D", range(1, 6), 100),
    )

    def test_the_usual_month_of_a_library_times_its_missing_months(self):
        """A: 10 · 2 = 20. D: 100 · 5 = 500. B is unknown: fewer than three of Bintan have a usual month, so
        the range of all, lowest 10, median 60, highest 100: 100, 600, 1,000 for ten months."""
        debts = found(self.LIBRARIES, self.VISITS).set_index("library_id")
        assert debts["missing"].to_dict() == {"B": 10, "D": 5, "A": 2}
        assert debts["absent"].to_dict() == {"A": 20.0, "D": 500.0, "B": 600.0}
        assert debts.loc["B", ["absent_low", "absent_high"]].tolist() == [100.0, 1000.0]
        assert debts["is_known"].to_dict() == {"B": False, "D": True, "A": True}

    def test_its_part_of_the_usual_total_of_the_area(self):
        """Came: 80 + 600 + 500 = 1,180; absent 20 + 500 + 600; together 2,300. B at least 100 ÷ 1,800."""
        debts = found(self.LIBRARIES, self.VISITS).set_index("library_id")
        assert debts.loc["D", "share"] == pytest.approx(500 / 2300)
        assert debts.loc["B", "share"] == pytest.approx(600 / 2300)
        assert debts.loc["B", "share_low"] == pytest.approx(100 / 1800)
        assert debts.loc["B", "share_high"] == pytest.approx(1000 / 2700)
        assert data_debt.absent_share(debts.reset_index()) == pytest.approx(
            (620 / 1800, 1120 / 2300, 1520 / 2700)
        )

    def test_by_how_much_coverage_would_rise(self):
        """Forty reports are due in the province: B's ten are a quarter of them; of Bintan's twenty, half."""
        assert found(self.LIBRARIES, self.VISITS).set_index("library_id")["gain"]["B"] == 0.25
        assert found(self.LIBRARIES, self.VISITS, area="21.01").set_index("library_id")["gain"]["B"] == 0.5

    def test_within_a_regency_its_own_total_counts(self):
        debts = found(self.LIBRARIES, self.VISITS, area="21.71").set_index("library_id")
        assert list(debts.index) == ["D"]
        assert debts.loc["D", "share"] == pytest.approx(500 / 1600)

    def test_who_lifts_a_figure_from_provisional_goes_first(self):
        """Bintan has 8 of 20 (40 %): B's ten would make it 18, A's two only 10. The province has 23 of 40
        (57.5 %): any of the three lifts it to 60 % and more."""
        debts = found(self.LIBRARIES, self.VISITS)
        assert dict(zip(debts["library_id"], debts["lifts"], strict=True)) == {
            "B": ("21.01", "21"),
            "D": ("21",),
            "A": ("21",),
        }
        assert debts["library_id"].tolist() == ["B", "D", "A"]

    def test_what_each_area_needs_and_the_fewest_libraries_that_have_it(self):
        rows = rows_of(self.LIBRARIES, table("visits", self.VISITS))
        bintan, batam, province, _ = (
            *data_debt.standings(rows, table="visits", areas=["21.01", "21.71", "21", "21.02"]),
            None,
        )
        assert (bintan.received, bintan.expected, bintan.needed, bintan.libraries) == (8, 20, 4, ("B",))
        assert (batam.received, batam.expected, batam.needed, batam.libraries) == (15, 20, 0, ())
        assert (province.needed, province.libraries) == (1, ("B",))

    def test_half_of_what_is_absent_is_held_by_the_largest(self):
        assert data_debt.half_of_absent(found(self.LIBRARIES, self.VISITS)) == 1  # 600 of 1,120

    def test_received_and_expected_agree_with_the_rule_of_coverage(self):
        reports = table("visits", self.VISITS)
        by_month = coverage(reports, self.LIBRARIES, first="2025-01", last="2025-10", level="regency")
        sums = by_month.groupby("area_code")[["received", "expected"]].sum()
        rows = rows_of(self.LIBRARIES, reports)
        for one in data_debt.standings(rows, table="visits", areas=["21.01", "21.71"]):
            assert (one.received, one.expected) == tuple(sums.loc[one.area])


class TestDebts:
    ONE = table("libraries", [library("A", "21.01.15.2004")])

    def test_late_reports_are_no_missing_ones(self):
        on_time = sent("A", range(1, 10), received_on=pd.Timestamp("2025-01-31"))
        late = sent("A", [10], received_on=pd.Timestamp("2025-12-24"))
        debts = found(self.ONE, [*on_time, *late])
        assert debts[["missing", "late"]].to_numpy().tolist() == [[0, 1]]
        assert debts["lifts"].tolist() == [()]

    def test_a_reported_zero_is_a_report_and_part_of_what_is_usual(self):
        debts = found(self.ONE, [*sent("A", [1, 2, 3], 0), *sent("A", [4], 40)])
        assert debts["missing"].tolist() == [6]
        assert debts["absent"].tolist() == [0.0]

    def test_a_usual_month_is_the_median_of_the_newest_twelve(self):
        old = [visit("A", f"2024-{month:02d}", 1000) for month in range(1, 13)]
        new = [visit("A", f"2025-{month:02d}", 10) for month in range(1, 13)]
        assert data_debt.usual(table("visits", old + new), column="total").to_dict() == {"A": 10.0}

    def test_where_nobody_ever_reported_nothing_is_usual(self):
        debts = found(self.ONE, [])
        assert debts["missing"].tolist() == [10]
        assert math.isnan(debts["share"].iloc[0])
        assert data_debt.half_of_absent(debts) is None
        assert data_debt.absent_share(debts) is None

    def test_books_do_not_add_up_so_only_coverage_is_lost(self):
        reports = table("services", [])
        rows = rows_of(self.ONE, table("visits", []))
        debts = data_debt.debts(rows, reports, table="services", area="21")
        assert debts["missing"].tolist() == [10]
        assert debts["share"].isna().all()
        assert debts["lifts"].tolist() == [("21.01", "21")]

    def test_a_library_that_owes_nothing_is_in_no_debt(self):
        unknown = table("libraries", [library("A", "21.01.15.2004", None)])
        assert found(unknown, []).empty

    def test_the_range_of_its_own_regency_where_three_have_a_history(self):
        libraries = table(
            "libraries",
            [library(name, "21.01.15.2004") for name in "ABCN"] + [library("D", "21.71.08.1004")],
        )
        visits = [
            row
            for name, total in (("A", 10), ("B", 20), ("C", 60), ("D", 9000))
            for row in sent(name, range(1, 11), total)
        ]
        debts = found(libraries, visits).set_index("library_id")
        assert debts.loc["N", ["absent_low", "absent", "absent_high"]].tolist() == [100.0, 200.0, 600.0]

    def test_equal_effects_stand_by_missing_months_then_id(self):
        order = pd.DataFrame(
            {
                "library_id": ["z", "b", "a", "u", "l"],
                "lifts": [(), (), (), (), ("21",)],
                "share": [0.1, 0.1, 0.1, math.nan, 0.0],
                "missing": [3, 2, 2, 9, 1],
            }
        )
        assert data_debt.ranked(order)["library_id"].tolist() == ["l", "z", "a", "b", "u"]


class TestGaps:
    RULES = SnpRules.model_validate(
        {
            "id": "x",
            "title": "x",
            "regulation": "x",
            "valid_from": 2024,
            "source": "x",
            "tests": [
                {
                    "id": "titles",
                    "attribute": "titles",
                    "operator": "ge",
                    "threshold": 1000.0,
                    "label_key": "x",
                },
                {"id": "staff", "attribute": "staff", "operator": "ge", "threshold": 1.0, "label_key": "x"},
            ],
        }
    )

    def test_heaviest_gap_first_and_whole_libraries_not_at_all(self):
        whole = {"titles": 900, "staff": 1, "latitude": 1.0, "longitude": 104.0}
        libraries = table(
            "libraries",
            [
                library("whole", "21.01.15.2004", **whole),
                library("no-place", "21.01.15.2004", **whole | {"latitude": None, "longitude": None}),
                library("no-snp", "21.01.15.2004", **whole | {"titles": None, "staff": None}),
                library("no-village", "21.01", **whole),
                library("no-year", "21.01.15.2004", None, **whole),
                library("regency", "21.01", kind="regency"),
                library("outside", "21.01", None, programme="none"),
            ],
        )
        gaps = data_debt.gaps(libraries, rules=self.RULES)
        assert gaps["library_id"].tolist() == ["no-year", "no-village", "no-snp", "no-place", "regency"]
        assert gaps.set_index("library_id")["snp"]["no-snp"] == ("titles", "staff")
        assert gaps.set_index("library_id").loc["regency", ["has_village", "has_place"]].tolist() == [
            True,
            False,
        ]


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.integers(1, 10), st.integers(0, 300)),
        max_size=30,
        unique_by=lambda row: row[:2],
    )
)
def test_shares_are_parts_and_nothing_missing_is_lost(reports):
    libraries = table("libraries", [library(name, f"21.0{i}.01.2001") for i, name in enumerate("ABC", 1)])
    visits = [row for name, month, total in reports for row in sent(name, [month], total)]
    debts = found(libraries, visits)
    assert debts["missing"].sum() == 30 - len(reports)
    known = debts.dropna(subset="share")
    assert ((known["share_low"] <= known["share"]) & (known["share"] <= known["share_high"])).all()
    assert known["share"].between(0, 1).all()
    assert known["share"].sum() <= 1 + 1e-9
    assert all(len(months) == n for months, n in zip(debts["months"], debts["missing"], strict=True))


def test_months_that_follow_each_other_are_one_span():
    assert data_debt.spans(["2025-12", "2026-01", "2026-03"]) == [
        ("2025-12", "2026-01"),
        ("2026-03", "2026-03"),
    ]
    assert data_debt.spans([]) == []
