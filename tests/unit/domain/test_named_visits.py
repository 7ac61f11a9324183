"""Published visits of named libraries: one figure per year, parts as parts, quarantined never drawn."""

import pandas as pd
import pytest

from literasi import contracts
from literasi.domain import named_visits


def figures(*rows):
    names = ["subject", "area_code", "period", "metric", "source_id", "library_id", "value", "status"]
    return contracts.coerce(
        "library_figures", pd.DataFrame(rows, columns=names).assign(unit="visitors", note="n")
    )


KNOWN = figures(
    ("Umum", "21.72", "2016", "visits", "s1", "L1", 33805, "reported"),
    ("Umum", "21.72", "2016", "visits_january_march", "s1", "L1", 10516, "reported"),
    ("Umum", "21.72", "2017", "visits", "s1", "L1", 38702, "reported"),
    ("Umum", "21.72", "2017", "visits_rounded", "s2", "L1", 38000, "estimated"),
    ("Umum", "21.72", "2018", "visits_to_june", "s2", "L1", 18000, "estimated"),
    ("Umum", "21.72", "2018", "visits_to_mid_march", "s1", "L1", 4602, "reported"),
    ("Khusus", "21.72", "2016", "visits", "s3", "L2", 803, "reported"),
    ("Semua", "21.71", "2010", "visits_rpjmd_table", "s4", None, 11251337, "quarantined"),
)


class TestDrawn:
    def test_gives_one_figure_per_library_and_year(self):
        out = named_visits.drawn(KNOWN, area="21")
        assert not out.duplicated(["subject", "year"]).any()

    def test_a_whole_year_goes_before_a_part_of_it(self):
        out = named_visits.drawn(KNOWN, area="21").set_index(["subject", "year"])
        assert out.loc[("Umum", 2016), ["value", "part"]].tolist() == [33805, ""]

    def test_without_a_whole_year_the_longest_part_is_given_and_named(self):
        out = named_visits.drawn(KNOWN, area="21").set_index(["subject", "year"])
        assert out.loc[("Umum", 2018), ["value", "part"]].tolist() == [18000, "to_june"]

    def test_a_quarantined_figure_is_never_drawn(self):
        assert 11251337 not in named_visits.drawn(KNOWN, area="21")["value"].tolist()

    def test_a_reported_figure_goes_before_an_estimated_one(self):
        both = figures(
            ("Umum", "21.72", "2017", "visits", "a", "L1", 1, "estimated"),
            ("Umum", "21.72", "2017", "visits", "b", "L1", 2, "reported"),
        )
        assert named_visits.drawn(both, area="21")["value"].tolist() == [2]


def test_every_figure_about_visits_is_drawn_listed_or_quarantined():
    drawn = named_visits.drawn(KNOWN, area="21")
    rest = named_visits.others(KNOWN, area="21")
    hidden = named_visits.quarantined(KNOWN, area="21")
    assert len(drawn) + len(rest) + len(hidden) == len(KNOWN)
    assert "visits_rounded" in rest["metric"].tolist()
    assert hidden["value"].tolist() == [11251337]


@pytest.mark.parametrize(("kind", "expected"), [("regency", ["Umum"]), ("special", [])])
def test_a_target_is_drawn_at_the_public_library_of_its_area(kind, expected):
    libraries = contracts.coerce(
        "libraries",
        pd.DataFrame(
            {
                "library_id": ["L1", "L2"],
                "name": ["Umum", "Khusus"],
                "kind": [kind, "special"],
                "area_code": "21.72",
                "programme": "none",
            }
        ),
    )
    targets = contracts.coerce(
        "targets",
        pd.DataFrame(
            {
                "indicator_id": ["named_library_visits", "tgm"],
                "area_code": "21.72",
                "year": 2017,
                "edition": "e",
                "value": [30000.0, 70.0],
                "document": "d",
            }
        ),
    )
    drawn = named_visits.drawn(KNOWN, area="21.72")
    assert named_visits.targets_of(drawn, targets, libraries)["subject"].tolist() == expected
