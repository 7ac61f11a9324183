"""Rows of the accountability report and their words, by hand."""

import pandas as pd
import pytest

from literasi import text
from literasi.domain import statutory
from literasi.domain.targets import TargetSettings
from literasi.sentences import say
from literasi.settings import ROOT
from literasi.store.definitions import load_catalogue
from tests.frames import indicator, table, values

CATALOGUE = load_catalogue(ROOT / "data")
NAMES = {"21": "Kepulauan Riau", "00": "Indonesia", "21.71": "Batam"}


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


def target(year, value, *, of="tgm", area="21", edition="2021_2024", document="Renstra", source_id=None):
    return {
        "indicator_id": of,
        "area_code": area,
        "year": year,
        "edition": edition,
        "value": value,
        "document": document,
        "source_id": source_id,
    }


def rows(frame, *targets, of="tgm", area="21", year=2024, unfinished=(), settings=None):
    return statutory.rows(
        frame,
        table("targets", list(targets)),
        indicator=CATALOGUE[of] if isinstance(of, str) else of,
        area=area,
        year=year,
        settings=settings or TargetSettings(),
        this_year=2026,
        unfinished=unfinished,
    )


def said(found):
    return [say(one, name=NAMES.__getitem__) for row in statutory.narrative(found) for one in row]


def iplm(*cells):
    return pd.concat([values([(area, year, value)], edition=edition) for area, year, edition, value in cells])


def test_two_editions_of_a_year_are_two_rows():
    """National IPLM 2024: 15.44 against 15.00, and 73.52 without a target. Never 73.52 ÷ 15.00 = 490 %."""
    frame = iplm(("00", "2024", "renstra_2020_2024", 15.44), ("00", "2024", "2023_2024", 73.52))
    found = rows(
        frame, target(2024, 15.0, of="iplm", area="00", edition="renstra_2020_2024"), of="iplm", area="00"
    )
    assert [(row.edition.id, row.target, row.value, row.progress.status) for row in found] == [
        ("renstra_2020_2024", 15.0, 15.44, "reached"),
        ("2023_2024", None, 73.52, "no_target"),
    ]
    words = said(found)
    assert any("15,44" in line and "15,00 tercapai, lebih 0,44" in line for line in words)
    assert not any("73,52" in line and "15,00" in line for line in words)


def test_a_percentage_needs_a_true_zero_and_is_not_capped():
    """Batam 2024: 270,315 of 198,527 visits is 136.2 %. TGM 73.69 of 72 is no percentage."""
    frame = values([("21.71", "2024", 270315.0)], edition="dasbor_1")
    aim = target(2024, 198527.0, of="named_library_visits", area="21.71", edition="dasbor_1")
    (row,) = rows(frame, aim, of="named_library_visits", area="21.71")
    assert row.ratio == pytest.approx(1.3616, abs=1e-4)
    (index,) = rows(values([("21", "2024", 73.69)], edition="2021_2024"), target(2024, 72.0))
    assert index.ratio is None
    down = indicator(scale="count", direction="lower_is_better")
    (row,) = rows(values([("21", "2024", 5.0)]), target(2024, 10.0, of="example", edition="e1"), of=down)
    assert row.ratio is None


@pytest.mark.parametrize(
    "more", [{"received": 1, "expected": 10}, {"status": "provisional"}], ids=["few reports", "provisional"]
)
def test_no_percentage_of_a_figure_that_is_not_whole(more):
    frame = values([("21", "2024", 5.0)]).assign(**more)
    aim = target(2024, 10.0, of="example", edition="e1")
    (row,) = rows(frame, aim, of=indicator(scale="count"))
    assert (row.ratio, row.is_provisional, row.value) == (None, True, 5.0)
    (row,) = rows(values([("21", "2024", 5.0)]), aim, of=indicator(scale="count"), unfinished={"2024"})
    assert (row.ratio, row.is_unfinished) == (None, True)


def test_last_year_nation_and_end_of_plan():
    frame = values([("21", "2023", 65.0), ("21", "2024", 70.0), ("00", "2024", 72.44)])
    aims = [target(year, value, of="hdi", edition="e1") for year, value in ((2024, 69.0), (2026, 76.0))]
    (row,) = rows(
        frame, *aims, target(2026, 99.0, of="hdi", edition="e1", document="lain"), of=indicator(id="hdi")
    )
    assert (row.previous, row.nation, row.end_year, row.end_target) == (65.0, 72.44, 2026, 76.0)
    assert row.still_required == pytest.approx(3.0)
    assert any("3,00 poin per tahun" in line for line in said([row]))


def test_another_producer_is_neither_last_year_nor_nation():
    frame = pd.concat(
        [
            values([("21", "2023", 65.0), ("00", "2024", 72.0)], producer="survei sendiri"),
            values([("21", "2024", 70.0)], producer="Perpusnas"),
        ]
    )
    (row,) = rows(frame, of=indicator(id="hdi"))
    assert (row.previous, row.nation, row.change) == (None, None, "other_producer")
    assert any("belum dapat dibandingkan dengan 2023" in line for line in said([row]))


def test_across_editions_nothing_rises():
    """Kampar went from 11.20 (2021) to 70.98 (2022); it was the scale."""
    frame = iplm(("21", "2021", "2021", 11.20), ("21", "2022", "2022", 70.98))
    (row,) = rows(frame, of="iplm", year=2022)
    assert (row.previous, row.change) == (None, "other_edition")
    words = " ".join(said([row]))
    assert "belum dapat dibandingkan dengan 2021" in words
    assert "naik" not in words


def test_the_first_year_of_a_successor_is_not_compared_with_what_it_replaced():
    (row,) = rows(values([("21", "2025", 55.0)], edition="2025"), of="tkm", year=2025)
    assert row.change == "other_edition"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (70.0, 72.5, "naik 2,50 poin"),
        (72.5, 70.0, "turun 2,50 poin"),
        (70.001, 70.004, "belum dapat dibedakan"),
    ],
)
def test_rise_and_fall_are_said_only_beyond_rounding(before, after, expected):
    found = rows(values([("21", "2023", before), ("21", "2024", after)]), of=indicator(id="hdi"))
    words = " ".join(said(found))
    assert expected in words
    assert ("naik" in words) == (expected[:4] == "naik")


def test_rise_is_said_only_beyond_the_margin_of_a_sample():
    """50 % → 55 % with n = 100 each: the margin is 13.8 points. With n = 2000 it is 3.1."""
    survey = {
        "id": "e1",
        "label": "E1",
        "first_year": 2021,
        "regulation": "R1",
        "method": "M1",
        "is_random_sample": True,
    }
    of = indicator(id="reading_population_share", scale="percent", unit="percent", editions=[survey])
    frame = values([("21", "2023", 50.0), ("21", "2024", 55.0)])
    assert [row.change for row in rows(frame.assign(n=100), of=of)] == ["same"]
    assert [row.change for row in rows(frame.assign(n=2000), of=of)] == ["rose"]
    assert [row.change for row in rows(frame, of=of)] == ["uncertain"]


def test_a_sample_of_volunteers_neither_rises_nor_falls():
    (row,) = rows(values([("21", "2023", 65.8), ("21", "2024", 73.69)], edition="2021_2024"))
    assert row.change == "not_random"
    assert "naik" not in " ".join(said([row]))


def test_incomplete_lists_neither_rise_nor_fall():
    frame = values([("21", "2023", 4.5), ("21", "2024", 4.8)], edition="dasbor_1")
    (row,) = rows(frame, of="tpbis_village_coverage")
    assert (row.change, row.ratio) == ("incomplete", None)


def test_a_part_of_a_year_is_no_measure_for_a_whole_one():
    """Twelve months of 2024 against the six reported of 2023 would double for no reason."""
    frame = values([("21", "2023", 0.5), ("21", "2024", 1.0)])
    (row,) = rows(frame, of=indicator(id="hdi", scale="rate"), unfinished={"2023"})
    assert (row.previous, row.change) == (None, "no_previous")
    assert "naik" not in " ".join(said([row]))


def test_small_denominators_neither_rise_nor_fall():
    frame = values([("21", "2023", 50.0), ("21", "2024", 62.5)]).assign(denominator=8.0)
    aim = target(2024, 60.0, of="hdi", edition="e1")
    (row,) = rows(frame, aim, of=indicator(id="hdi", scale="percent", minimum_n=10))
    assert (row.change, row.ratio, row.is_small, row.progress.reason) == ("uncertain", None, True, "small")


def test_a_target_without_a_value_is_named():
    (row,) = rows(
        values([("00", "2024", 1.0)]),
        target(2024, 70.0, of="example", edition="e1"),
        of=indicator(id="example"),
    )
    assert (row.value, row.progress.reason) == (None, "no_value")
    (row,) = rows(values([("21", "2020", 60.0)], edition="2020"), target(2024, 70.0))
    assert row.progress.reason == "other_edition"
    assert "belum dapat dibandingkan" in said([row])[0]


def test_neither_value_nor_target_is_no_row_and_a_later_edition_waits_for_its_time():
    assert rows(values([("21", "2020", 60.0)], edition="2020")) == ()
    assert rows(values([]), target(2026, 50.0, of="iplm", edition="2025"), of="iplm") == ()


def test_later_values_do_not_count_for_an_earlier_year():
    frame = values([("21", "2023", 65.0), ("21", "2024", 80.0)])
    (row,) = rows(frame, target(2024, 70.0, of="example", edition="e1"), of=indicator(), year=2023)
    assert (row.value, row.progress.value) == (65.0, 65.0)


def test_sources_of_value_and_target():
    frame = values([("21", "2024", 70.0)], source_id="bps")
    (row,) = rows(frame, target(2024, 69.0, of="example", edition="e1", source_id="renstra"), of=indicator())
    assert row.sources == ("renstra", "bps")
