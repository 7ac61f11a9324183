"""Published figures on the screen equal those of the files they were collected in."""

from __future__ import annotations

import base64
import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT.parent / "shared" / "reference"


@dataclass(frozen=True)
class Figure:
    """One figure: the row of the file it is in, and where it is read on the screen."""

    file: str
    row: dict[str, str]
    column: str
    value: float
    page: str
    choices: dict[str, str]
    said: str  # in the words for screen readers of a chart that draws the figure; "" where it is not drawn

    @property
    def name(self) -> str:
        return f"{'-'.join(self.row.values())}={self.value:g}"


def indicator(
    name: str, area: str, year: str, value: float, said: str, page: str = "progress/indices", **choices: str
) -> Figure:
    row = {"indicator": name, "area_code": area, "year": year}
    return Figure("indicators", row, "value", value, page, choices, said)


def visits(library: str, year: str, value: float, said: str) -> Figure:
    row = {"library_or_office": library, "period": year, "metric": "pengunjung"}
    return Figure("activities", row, "value", value, "programme/reading_interest", {}, said)


FIGURES = (
    indicator("tgm", "21", "2024", 73.69, "Kepulauan Riau 2024: 73,69", indeks="tgm"),
    indicator("tgm", "21", "2021", 61.83, "Kepulauan Riau 2021: 61,83", indeks="tgm"),
    indicator("iplm", "21", "2024", 74.24, "Kepulauan Riau 2024: 74,24", indeks="iplm"),
    indicator("iplm", "21.03", "2023", 82.45, "Natuna 2023: 82,45", indeks="iplm", wilayah="21.03"),
    indicator("iplm_skala_lama", "21", "2021", 21.33, "Kepulauan Riau 2021: 21,33", indeks="iplm"),
    indicator("iplm_uplm2_koleksi_baku", "21", "2024", 0.4635, "UPLM 2: koleksi 0,46", indeks="iplm"),
    indicator("ipm", "21.71", "2025", 83.8, "Batam: 83,80", "progress/map", indikator="hdi"),
    visits("Perpustakaan Umum Kota Tanjungpinang", "2016", 33805, "2016 33.805"),
    visits("Perpustakaan Kota Batam (Dispusip Batam)", "2024", 270315, "2024 270.315"),
    Figure(
        "events",
        {"event_name": "Bimtek SPP/TIK TPBIS 2024", "kind": "bimtek"},
        "participants",
        22,
        "programme/participants",
        {},
        "2024 22 peserta",
    ),
)


@cache
def opened(page: str, *choices: tuple[str, str]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120).run()
    for key, value in choices:
        app.query_params[key] = value
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def numbers(node: Any) -> Iterator[float]:
    """All numbers in a chart's specification, encoded ones too."""
    if isinstance(node, dict) and "bdata" in node:
        yield from np.frombuffer(base64.b64decode(node["bdata"]), dtype=node["dtype"]).tolist()
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from numbers(child)
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield float(node)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_the_figure_is_drawn_and_said(figure: Figure):
    charts = opened(figure.page, *figure.choices.items()).get("plotly_chart")
    said = re.compile(rf"(?<![\d.,]|\w){re.escape(figure.said)}(?![\d]|[.,]\d)")
    saying = [chart for chart in charts if said.search(chart.proto.alt)]
    assert saying, [chart.proto.alt for chart in charts]
    drawn = [set(numbers(json.loads(chart.proto.spec)["data"])) for chart in saying]
    assert any(figure.value in values for values in drawn)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_the_figure_is_in_the_file(figure: Figure):
    values = [row[figure.column] for row in reference(figure.file) if figure.row.items() <= row.items()]
    assert figure.value in [float(value) for value in values if value]


def test_the_summary_shows_the_indices_of_the_file():
    app = opened("progress/summary")
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["TGM"] == "73,69 poin"
    assert shown["IPLM"] == "74,24 poin"


def test_the_other_value_of_a_conflict_is_one_click_away():
    """Of TGM 2024 two values were published; the one that is not drawn is listed."""
    table = next(
        frame.value
        for frame in opened("progress/indices", ("indeks", "tgm")).dataframe
        if "Digambar" in frame.value.columns
    )
    province = table[(table["Wilayah"] == "Kepulauan Riau") & (table["Tahun"] == "2024")]
    assert dict(zip(province["Nilai"], province["Digambar"], strict=True)) == {
        "73,69": "ya",
        "73,60": "tidak",
    }


def test_all_partner_libraries_of_the_file_are_listed():
    names = {row["library_name"] for row in reference("tpbis_libraries")}
    listed = set(opened("programme/libraries").dataframe[0].value["Nama"])
    assert len(names) == 22
    assert names <= listed


def test_impossible_figures_are_listed_but_not_drawn():
    app = opened("programme/reading_interest")
    drawn = {n for chart in app.get("plotly_chart") for n in numbers(json.loads(chart.proto.spec)["data"])}
    assert 47235869 not in drawn
    listed = {value for frame in app.dataframe for value in frame.value.get("Nilai", [])}
    assert 47235869 in listed


def reference(name: str) -> list[dict[str, str]]:
    if not REFERENCE.is_dir():
        pytest.skip(f"{REFERENCE} is not on this machine")
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
