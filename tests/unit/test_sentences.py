"""Findings are written in both languages, short enough for a chart title."""

from string import Formatter

import pytest

from literasi import text
from literasi.domain.findings import Finding, Label, Labels, Number, Places, Plain, Share, Term, When
from literasi.sentences import listed, say

KEYS = [key for key in text.catalogue("id") if key.startswith(("finding.", "statement."))]
LISTS = {"finding.two", "finding.several"}
TITLES = [
    "not_random",
    "latest",
    "latest_band",
    "rose_points",
    "fell_points",
    "rose_percentage_points",
    "fell_percentage_points",
    "rose_percent",
    "fell_percent",
    "rose_by",
    "fell_by",
    "indistinct",
    "highest",
    "highest_tied",
    "highest_many",
    "lowest",
    "lowest_tied",
    "lowest_many",
    "without_data",
    "provisional",
    "busiest_month",
    "programme_everywhere",
    "programme_absent",
    "programme_many_absent",
]
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
@pytest.mark.parametrize("key", sorted(set(KEYS) - LISTS))
def test_each_finding_can_be_written(key, language):
    text.use(language)
    fields = {name for _, name, _, _ in Formatter().parse(text.catalogue(language)[key]) if name}
    params = {name: EXAMPLE.get(name, Number(3)) for name in fields}
    assert "{" not in say(Finding(key, params), name=NAMES.__getitem__)


@pytest.mark.parametrize("key", TITLES)
def test_template_leaves_a_title_of_ten_words(key):
    """Names of one word are assumed: an area of two words makes it one longer."""
    assert len(text.catalogue("id")[f"finding.{key}"].split()) <= 10


def test_several_labels_are_a_list():
    found = Finding("statement.unlisted", {"tables": Labels(("table.visits", "table.services"))})
    assert say(found, name=str).startswith("Belum ada data: Kunjungan bulanan dan Layanan;")


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
