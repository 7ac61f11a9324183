"""The rules of the priority score: a broken file is refused, the shipped one fits the shipped islands."""

import shutil

import pandas as pd
import pytest

from literasi.errors import DefinitionError
from literasi.settings import ROOT
from literasi.store.definitions import load_priority
from literasi.store.land import load_land

DATA, STATIC = ROOT / "data", ROOT / "static"
REGENCIES = ["21.01", "21.02", "21.03", "21.04", "21.05", "21.71", "21.72"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "indicators").mkdir()
    (tmp_path / "rules").mkdir()
    shutil.copy(DATA / "rules" / "priority.yml", tmp_path / "rules")
    shutil.copy(DATA / "indicators" / "tpbis_village_coverage.yml", tmp_path / "indicators")
    return tmp_path


@pytest.fixture(scope="module")
def rules():
    return load_priority(DATA)


@pytest.fixture(scope="module")
def islands(rules):
    return load_land(DATA, static_dir=STATIC, rules=rules)


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"),
    [
        ("weight: 8", "weight: 11", "components.0.weight", "less than or equal to 10"),
        ("code: t", "code: p", "(file)", "component codes must differ"),
        ("id: silence", "id: fame", "components.4.id", "Input should be"),
        ("full_at: 12", "full_at: 0", "components.2", "must differ"),
        (
            "list_indicator: tpbis_village_coverage",
            "list_indicator: none",
            "list_indicator",
            "no such indicator",
        ),
        ("top: {village: 10, regency: 3}", "top: {village: 10}", "(file)", "lacks ['regency']"),
    ],
)
def test_a_fault_is_told_with_its_field(folder, old, new, field, problem):
    path = folder / "rules" / "priority.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        load_priority(folder)
    said = str(raised.value.params["faults"])
    assert f"priority.yml: {field}" in said
    assert problem in said


def test_every_regency_has_a_seat_on_drawn_land(rules, islands):
    assert sorted(rules.seats) == REGENCIES
    for code in REGENCIES:
        assert any(island.is_connected and island.km2 > 50 for island in islands.of(code)), code


def test_the_islands_of_bridges_are_in_the_register_and_connected(rules, islands):
    register = pd.read_csv(DATA / "areas" / "islands.csv", dtype="str").set_index("island_code")
    for bridge in rules.bridges:
        for code in bridge.islands:
            name = register.loc[code, "name"]
            (island,) = (one for one in islands.of(bridge.regency) if name in one.names)
            assert island.is_connected, name


def test_the_seat_of_anambas_is_not_where_its_label_stands(islands):
    """Tarempa is on Siantan; the anchor of the regency lies on Jemaja."""
    (home,) = (island for island in islands.of("21.05") if island.is_connected)
    assert home.names == ("Pulau Siantan",)


def test_a_missing_file_is_told(tmp_path, rules):
    with pytest.raises(DefinitionError, match=r"error\.definition|boundaries"):
        load_land(DATA, static_dir=tmp_path, rules=rules)
