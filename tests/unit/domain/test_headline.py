"""The newest value and what may stand beside it."""

import pandas as pd
import pytest

from literasi import contracts
from literasi.domain.headline import headline, unfinished_years
from literasi.domain.observations import VALUES
from literasi.settings import ROOT
from literasi.store.definitions import load_catalogue

TGM = load_catalogue(ROOT / "data")["tgm"]


def values(*rows):
    defaults = {
        "edition": "2021_2024",
        "producer": "Perpusnas",
        "is_preferred": True,
        "status": "reported",
        "source_id": "s",
    }
    frame = pd.DataFrame([{**defaults, **row} for row in rows])
    return frame.reindex(columns=list(VALUES)).astype(VALUES)


def found(*rows, targets=None):
    return headline(
        values(*rows),
        indicator=TGM,
        area="21",
        targets=contracts.empty("targets") if targets is None else targets,
    )


def test_change_is_within_the_edition():
    it = found(
        {"area_code": "21", "period": "2021", "value": 61.0},
        {"area_code": "21", "period": "2023", "value": 65.5},
    )
    assert (it.value, it.previous_period, it.change) == (65.5, "2021", pytest.approx(4.5))


def test_no_change_across_editions_or_producers():
    older = {"area_code": "21", "period": "2020", "value": 55.0, "edition": "2020"}
    other = {"area_code": "21", "period": "2021", "value": 50.0, "producer": "survei sendiri"}
    it = found(older, other, {"area_code": "21", "period": "2022", "value": 63.0})
    assert it.previous is None
    assert it.change is None


def test_benchmark_needs_the_same_year_and_edition():
    mine = {"area_code": "21", "period": "2024", "value": 73.69}
    assert found(mine, {"area_code": "00", "period": "2023", "value": 66.77}).benchmark is None
    assert found(mine, {"area_code": "00", "period": "2024", "value": 72.44}).benchmark == 72.44


def test_benchmark_needs_the_same_producer():
    """A survey of the province is not held against the nation's index of another agency."""
    mine = {"area_code": "21", "period": "2024", "value": 73.69, "producer": "Perpusnas"}
    nation = {"area_code": "00", "period": "2024", "value": 72.44}
    assert found(mine, nation | {"producer": "BPS"}).benchmark is None
    assert found(mine, nation | {"producer": "Perpusnas"}).benchmark == 72.44


def test_a_target_of_another_edition_is_not_a_target():
    row = {"indicator_id": "tgm", "area_code": "21", "year": 2024, "value": 15.0, "document": "Renstra"}
    mine = {"area_code": "21", "period": "2024", "value": 73.69}
    assert found(mine, targets=pd.DataFrame([{**row, "edition": "2020"}])).target is None
    assert found(mine, targets=pd.DataFrame([{**row, "edition": "2021_2024"}])).target == 15.0


def test_the_preferred_value_is_shown():
    mine = {"area_code": "21", "period": "2024", "value": 73.69}
    assert found(mine, {**mine, "value": 73.60, "is_preferred": False}).value == 73.69


def test_few_reports_make_it_provisional():
    mine = {"area_code": "21", "period": "2024", "value": 1.0}
    assert found({**mine, "received": 5, "expected": 10}).is_provisional
    assert not found({**mine, "received": 6, "expected": 10}).is_provisional


def test_nothing_known_is_none():
    assert found({"area_code": "00", "period": "2024", "value": 72.44}) is None
    assert found({"area_code": "21", "period": "2024", "value": float("nan")}) is None


def test_a_year_that_has_only_begun_is_not_compared():
    rows = [
        {"area_code": "21", "period": year, "value": value}
        for year, value in (("2023", 60.0), ("2024", 20.0))
    ]
    it = headline(
        values(*rows), indicator=TGM, area="21", targets=contracts.empty("targets"), unfinished={"2024"}
    )
    assert (it.value, it.unfinished) == (60.0, "2024")


def test_a_begun_year_is_shown_when_it_is_all_there_is():
    mine = {"area_code": "21", "period": "2024", "value": 20.0}
    it = headline(
        values(mine), indicator=TGM, area="21", targets=contracts.empty("targets"), unfinished={"2024"}
    )
    assert (it.value, it.unfinished) == (20.0, None)


def test_years_without_all_months_are_found():
    months = values(
        *({"area_code": "21", "period": f"2024-{m:02d}", "value": 0.0} for m in range(1, 13)),
        *({"area_code": "21", "period": f"2025-{m:02d}", "value": 1.0} for m in range(1, 7)),
    )
    assert unfinished_years(months, area="21") == {"2025"}


def test_of_two_editions_in_one_year_the_later_method_counts():
    iplm = load_catalogue(ROOT / "data")["iplm"]
    old = {"area_code": "00", "period": "2024", "value": 15.44, "edition": "renstra_2020_2024"}
    new = {"area_code": "00", "period": "2024", "value": 73.52, "edition": "2023_2024"}
    for rows in ((old, new), (new, old)):
        it = headline(values(*rows), indicator=iplm, area="00", targets=contracts.empty("targets"))
        assert it.value == 73.52
