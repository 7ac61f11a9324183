"""Findings are written in both languages, short enough for a chart title."""

import pytest

from literasi import text
from literasi.domain.findings import Finding, Label, Number, Places, Plain, Share, Term, When
from literasi.sentences import listed, say

KEYS = {
    key.removeprefix("finding."): words
    for key, words in text.catalogue("id").items()
    if key.startswith("finding.")
}
LONG = {"method_break", "two", "several"}
EXAMPLE = {
    "indicator": Label("indicator_short.tgm"),
    "area": Places(("21",)),
    "areas": Places(("21", "21.71")),
    "period": When("2024"),
    "previous": When("2023"),
    "year": When("2025"),
    "value": Number(73.69, 2),
    "change": Number(7.89, 2),
    "count": Number(1234),
    "total": Number(7),
    "reached": Number(5),
    "absent": Number(2),
    "ranked": Number(5),
    "unit": Label("unit.points"),
    "share": Share(0.375),
    "band": Term("band", "high"),
    "group": Term("activities.field", "Seni Budaya"),
    "regulation": Plain("Peraturan 9/2025"),
}
NAMES = {"21": "Kepulauan Riau", "21.71": "Batam"}


def spoken(key):
    return say(Finding(f"finding.{key}", EXAMPLE), name=NAMES.__getitem__)


@pytest.fixture(autouse=True)
def _bahasa():
    yield
    text.use("id")


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("key", sorted(set(KEYS) - {"two", "several"}))
def test_each_finding_can_be_written(key, language):
    text.use(language)
    assert "{" not in spoken(key)


@pytest.mark.parametrize("key", sorted(set(KEYS) - LONG))
def test_template_leaves_a_title_of_ten_words(key):
    """Names of one word are assumed: an area of two words makes it one longer."""
    assert len(KEYS[key].split()) <= 10


def test_numbers_and_names_are_written_the_indonesian_way():
    assert spoken("latest_band") == "TGM Kepulauan Riau 2024: 73,69, tinggi"
    assert spoken("rose_points") == "TGM Kepulauan Riau naik 7,89 poin dari 2023"
    assert spoken("highest_tied") == "Kepulauan Riau dan Batam sama tertinggi dari 5 wilayah: 73,69 poin"


def test_per_cent_stands_next_to_its_number():
    coverage = Finding("finding.latest", EXAMPLE | {"unit": Label("unit.percent")})
    assert say(coverage, name=NAMES.__getitem__).endswith("73,69%")


def test_lists():
    assert listed(("A",)) == "A"
    assert listed(("A", "B", "C")) == "A, B, dan C"
