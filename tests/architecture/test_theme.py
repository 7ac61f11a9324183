"""Colours: one palette, legible on the light and the dark page."""

import tomllib
from itertools import product
from pathlib import Path

import pytest

from literasi import figures

MODES = ("light", "dark")


@pytest.fixture(scope="module")
def theme(root: Path) -> dict:
    return tomllib.loads((root / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_known_pairs():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
def test_text_and_links_are_legible(theme: dict, mode: str):
    colours = theme[mode]
    grounds = (colours["backgroundColor"], colours["secondaryBackgroundColor"])
    for text, ground in product((colours["textColor"], colours["linkColor"]), grounds):
        assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(colours["textColor"], colours["dataframeHeaderBackgroundColor"]) >= 4.5


def _tint(colour: str, ground: str, share: float = 0.1) -> str:
    """Colour of a selected segment: Streamlit lays a tenth of the primary colour over the ground."""
    pairs = ((int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(share * over + (1 - share) * under):02x}" for over, under in pairs)


@pytest.mark.parametrize("mode", MODES)
def test_captions_are_legible(theme: dict, mode: str):
    """Streamlit writes captions in six tenths of the text colour."""
    text = theme[mode]["textColor"]
    for ground in (theme[mode]["backgroundColor"], theme[mode]["secondaryBackgroundColor"]):
        assert contrast(_tint(text, ground, 0.6), ground) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_primary_is_legible_as_text_also_on_its_own_tint(theme: dict, mode: str):
    primary = theme[mode]["primaryColor"]
    for ground in (theme[mode]["backgroundColor"], theme[mode]["secondaryBackgroundColor"]):
        assert contrast(primary, ground) >= 4.5
        assert contrast(primary, _tint(primary, ground)) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_marks_on_primary_are_visible(theme: dict, mode: str):
    """The white tick of a checkbox. White *text* on primary would need 4.5: test_pages.py refuses it."""
    assert contrast(theme[mode]["primaryColor"], "#ffffff") >= 3


@pytest.mark.parametrize("mode", MODES)
def test_chart_colours_are_those_of_the_figures_and_visible(theme: dict, mode: str):
    assert tuple(theme[mode]["chartCategoricalColors"]) == figures.SERIES
    for colour in figures.SERIES:
        assert contrast(colour, theme[mode]["backgroundColor"]) >= 3, colour
