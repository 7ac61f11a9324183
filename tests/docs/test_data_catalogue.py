"""The catalogue of the shipped data is current."""

from __future__ import annotations

from tools.describe_data import DATA, describe


def test_the_catalogue_is_current() -> None:
    written = (DATA / "README.md").read_text(encoding="utf-8")
    assert written == describe(DATA), "run: python -m tools.describe_data"


def test_the_catalogue_names_the_conflicts_and_the_choice() -> None:
    lines = describe(DATA).splitlines()
    (line,) = [line for line in lines if "Kepulauan Riau 2024" in line and "73,69 (" in line]
    assert "73,60 (`radarindramayu_2024`)" in line
    assert "73,69: 73,69 ada dalam salinan tabel BPS" in line
