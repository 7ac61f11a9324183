"""Charts of the IPLM simulation: what they find, and that they say what they are."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from literasi.charts.iplm import component_points_chart, fill_chart, what_if_chart
from literasi.domain.iplm import what_if
from literasi.figures import CONTRAST, EMPHASIS, MUTED
from literasi.store.definitions import load_iplm

FORM = load_iplm(Path(__file__).parents[3] / "data").form_2025
KEPRI = dict(zip([f"iplm_uplm{i}" for i in range(1, 8)], [0.6712, 0.4635, 0.842, 0.22, 1, 1, 1], strict=True))


def test_components_give_points_of_a_seventh_each():
    chart = component_points_chart(KEPRI, area="Kepulauan Riau", year=2024, sources=["a", "a"])
    most, points = chart.figure.data
    assert sum(points.x) == pytest.approx(74.24, abs=0.005)
    assert list(most.x) == pytest.approx([100 / 7] * 7)
    assert chart.title == "Kunjungan memberi paling sedikit: 3,1 dari 14,3 poin"
    assert list(points.marker.color).index(CONTRAST) == 3
    assert "simulasi" in chart.subtitle.lower()
    assert chart.sources == ("a",)
    assert len(chart.table) == 7


def test_six_components_are_no_index():
    six = {key: value for key, value in KEPRI.items() if key != "iplm_uplm4"}
    assert component_points_chart(six, area="x", year=2024, sources=[]) is None


def test_a_what_if_names_the_group_with_most_room():
    """K and S give at most 15 points each, P and M 35: half of P weighs more than all of S."""
    groups = {"K": 0.4, "S": 0.2, "P": 0.5, "M": 0.7}
    chart = what_if_chart(groups, total=what_if(groups, rules=FORM), rules=FORM)
    most, points = chart.figure.data
    assert list(most.x) == pytest.approx([15, 15, 35, 35])
    assert list(points.x) == pytest.approx([6, 3, 17.5, 24.5])
    assert list(points.marker.color).index(CONTRAST) == 2
    assert chart.title == "Simulasi 51,0 poin; ruang terbesar Pelayanan (P): 17,5 poin"


def test_fill_tells_parts_and_greys_what_is_little():
    rows = pd.DataFrame({"filled": [8, 3, 0], "asked": [11, 11, 4]})
    chart = fill_chart(rows, labels=["a", "b", "<c>"], area="Bintan", year=2025)
    assert chart.title == "42% butir terisi: 11 dari 26"
    assert list(chart.figure.data[0].marker.color) == [EMPHASIS, MUTED, MUTED]
    assert "&lt;c&gt;" in chart.figure.data[0].hovertext[2]
    assert chart.table.iloc[:, 1].tolist() == [8, 3, 0]
    assert fill_chart(rows.assign(filled=0), labels=["a", "b", "c"], area="x", year=2025) is None
