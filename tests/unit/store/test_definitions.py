"""A broken definition is refused with every fault at once, each with its file and field."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from literasi.errors import DefinitionError
from literasi.store.definitions import load_catalogue, load_reporting, load_snp

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one published and one computed indicator, and the rules."""
    (tmp_path / "indicators").mkdir()
    for name in ("tgm", "visits_per_capita"):
        shutil.copy(DATA / "indicators" / f"{name}.yml", tmp_path / "indicators")
    shutil.copytree(DATA / "rules", tmp_path / "rules")
    return tmp_path


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(DefinitionError) as raised:
        load_catalogue(folder)
    lines = str(raised.value.params["faults"]).splitlines()
    assert raised.value.key == "error.definition"
    assert raised.value.params["count"] == len(lines)
    return lines


def test_good_files_load_in_the_order_of_their_themes(folder: Path) -> None:
    assert [indicator.id for indicator in load_catalogue(folder)] == ["tgm", "visits_per_capita"]


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"),
    [
        ("id: tgm\n", "id: tmg\n", "id", "differs from the file name"),
        ("theme: reading\n", "theme: poetry\n", "theme", "Input should be 'reading'"),
        ("unit: points\n", "", "unit", "Field required"),
        ("unit: points\n", "unit: points\ncolour: red\n", "colour", "not permitted"),
        ("unit: points\n", "unit: points\nunit: percent\n", "line 4", "key given twice: unit"),
        ("  kind: published\n", "  kind: guessed\n", "measure", "does not match any of the expected tags"),
        ("  produsen: Perpustakaan Nasional RI\n", "", "metadata.produsen", "Field required"),
        (
            "  penanggung_jawab: belum ditetapkan\n",
            "  penanggung_jawab: ''\n",
            "metadata.penanggung_jawab",
            "at least 1",
        ),
        ("lower: 40.1\n", "lower: 10\n", "editions.0.bands.0.family", "bands must ascend"),
        ("  - id: '2021_2024'\n", "  - id: '2020'\n", "(file)", "edition ids must differ"),
        ("classes: [60, 65, 70, 75]\n", "classes: [60, 75, 70]\n", "(file)", "classes must ascend"),
        (
            "      - first_year: 2023\n",
            "      - first_year: 2019\n",
            "editions.2021_2024.bands",
            "outside the years",
        ),
        ("      period: '2023'\n", "      period: '2022'\n", "measure.preferences", "given twice: 00 2022"),
        ("unit: points\n", "unit: [points\n", "line 4", "expected ',' or ']'"),
    ],
)
def test_a_broken_rule_is_named(folder: Path, old: str, new: str, field: str, problem: str) -> None:
    change(folder, "indicators/tgm.yml", old, new)
    (line,) = faults(folder)
    assert line.startswith(f"tgm.yml: {field}")
    assert problem in line


def test_a_successor_of_nothing_is_named(folder: Path) -> None:
    change(folder, "indicators/tgm.yml", "unit: points\n", "unit: points\nsucceeds: tkm\n")
    assert faults(folder) == ["tgm.yml: succeeds: no such indicator: tkm"]


def test_an_unknown_measure_is_named(folder: Path) -> None:
    change(folder, "indicators/visits_per_capita.yml", "function: visits_per_capita", "function: visits")
    assert faults(folder) == ["visits_per_capita.yml: measure.function: no such measure: visits"]


def test_a_rate_without_denominator_is_named(folder: Path) -> None:
    change(folder, "indicators/visits_per_capita.yml", "  denominator: penduduk\n", "")
    assert faults(folder) == [
        "visits_per_capita.yml: (file): Value error, a computed rate needs a denominator"
    ]


def test_faults_of_all_files_come_together(folder: Path) -> None:
    change(folder, "indicators/tgm.yml", "theme: reading\n", "")
    change(folder, "indicators/tgm.yml", "decimals: 2\n", "decimals: 12\n")
    change(folder, "indicators/visits_per_capita.yml", "symbol: fill\n", "symbol: star\n")
    (folder / "indicators" / "empty.yml").write_text("", encoding="utf-8")
    (folder / "indicators" / "latin.yml").write_bytes(b"id: caf\xe9\n")
    assert [line.split(": ")[:2] for line in faults(folder)] == [
        ["empty.yml", "(file)"],
        ["latin.yml", "(file)"],
        ["tgm.yml", "theme"],
        ["tgm.yml", "decimals"],
        ["visits_per_capita.yml", "symbol"],
    ]


def test_a_folder_without_definitions_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path) == ["indicators: *.yml: no definitions found"]


def test_a_threshold_that_does_not_fit_its_operator_is_refused(folder: Path) -> None:
    change(folder, "rules/snp_village.yml", "threshold: 56\n", "threshold: [large]\n")
    change(folder, "rules/snp_village.yml", "    attribute: titles\n", "")
    with pytest.raises(
        DefinitionError, match=r"snp_village\.yml: tests\.0\.attribute: Field required"
    ) as raised:
        load_snp(folder)
    assert "tests.2: Value error, threshold does not fit operator ge" in str(raised.value)


def test_a_rule_file_must_carry_its_own_id(folder: Path) -> None:
    change(folder, "rules/snp_village.yml", "id: snp_village\n", "id: snp_desa\n")
    with pytest.raises(DefinitionError, match="differs from the file name: snp_desa"):
        load_snp(folder)


def test_an_unknown_rule_of_reporting_is_refused(folder: Path) -> None:
    change(folder, "rules/reporting.yml", "years_after_joining: 1", "years_after: 1")
    with pytest.raises(DefinitionError, match=r"reporting\.yml: years_after: Extra inputs"):
        load_reporting(folder)


def test_a_missing_rule_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"reporting\.yml: \(file\)"):
        load_reporting(tmp_path)
