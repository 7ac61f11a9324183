"""The newest value and what may stand beside it."""

import pandas as pd
import pytest

from literasi import contracts
from literasi.domain.headline import headline
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
