"""Charts, map and annex of the priority score: what stands on them, asserted on their data."""

import io
import json

import numpy as np
import openpyxl
import pandas as pd
import pytest

from literasi import text
from literasi.charts import priority as charts
from literasi.domain import priority
from literasi.domain.areas import AreaRegister
from literasi.domain.priority import PARTS
from literasi.export.priority import book
from literasi.maps import load_layout
from literasi.maps.priority import priority_map
from literasi.settings import ROOT
from literasi.store.definitions import load_priority
from tests.frames import table

RULES = load_priority(ROOT / "data")
NAMES = {"21.03.04.1003": "=Sabang <b>Barat</b>", "21.71.01.1002": "Kasu"}
REGENCIES = {"21.03": "Natuna", "21.71": "Batam"}


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


def row(code, component, state="known", low=0.0, high=0.0, raw=(np.nan, np.nan), reason="no_library", **more):
    told = {"detail": "", "when": "", "source_id": "", **more}
    return (code, component, state, *raw, low, high, reason, *told.values())


def village(code, sea):
    return [
        row(code, "no_library", "missing", 0.0, 1.0, reason="list_incomplete"),
        *(row(code, name, "none") for name in ("no_trained", "inactive", "snp", "silence")),
        row(
            code,
            "residents",
            "range",
            0.0,
            0.5,
            (0.0, 52_500.0),
            "at_most",
            detail="2",
            when="2025",
            source_id="p",
        ),
        row(code, "sea", "known", sea, sea, (100 * sea, 100 * sea), "from_point", detail="Ranai"),
        row(code, "small_island", "missing", 0.0, 1.0, (0.0, 800.0), "from_regency"),
    ]


@pytest.fixture
def parts():
    return pd.DataFrame([*village("21.03.04.1003", 1.0), *village("21.71.01.1002", 0.1)], columns=list(PARTS))


@pytest.fixture
def ranked(parts):
    return priority.ranking(parts, weights=RULES.weights, sensitivity=RULES.sensitivity)


@pytest.fixture
def shared(parts):
    return {
        "names": NAMES,
        "regencies": REGENCIES,
        "reasons": priority.main_reasons(parts, weights=RULES.weights),
        "top": 10,
    }


def test_a_score_is_drawn_with_its_range(ranked, shared):
    """Weights are 26: the sure part of the first is 4 (sea), the possible one 8 + 4·0,5 + 2 more."""
    chart = charts.ranking_chart(ranked, total=419, subtitle="", **shared)
    bars, dots = chart.figure.data
    assert bars.base[0] == pytest.approx(100 * 4 / 26)
    assert bars.x[0] == pytest.approx(100 * 12 / 26)
    assert dots.x[0] == pytest.approx(100 * 10 / 26)
    assert bars.customdata[0][0] == "21.03.04.1003"
    assert "419" in chart.notes[0]


def test_text_of_data_is_only_text(ranked, parts, shared):
    chart = charts.ranking_chart(ranked, total=2, subtitle="", **shared)
    drawn = json.dumps(chart.figure.to_plotly_json(), default=str)
    assert "<b>Barat</b>" not in drawn


def test_parts_show_what_is_sure_and_what_is_possible(parts):
    own = parts[parts["area_code"] == "21.03.04.1003"]
    chart = charts.parts_chart(own, weights=RULES.weights, rules=RULES, name="Sabang", subtitle="")
    sure, possible, most = chart.figure.data
    labels = list(chart.figure.layout.yaxis.ticktext)
    place = labels.index("Seberang laut")
    assert sure.x[place] == pytest.approx(100 * 4 / 26)
    assert possible.x[place] == 0
    absent = labels.index("Tanpa perpustakaan")
    assert (sure.x[absent], possible.x[absent]) == (0, pytest.approx(100 * 8 / 26))
    assert most.x[absent] == pytest.approx(100 * 8 / 26)
    said = [note.text for note in chart.figure.layout.annotations]
    assert said[absent] == "belum ada data"
    assert "tidak berlaku" in said
    assert chart.sources == ("p",)


def test_a_component_of_weight_0_is_not_drawn(parts):
    own = parts[parts["area_code"] == "21.03.04.1003"]
    weights = {**RULES.weights, "sea": 0}
    chart = charts.parts_chart(own, weights=weights, rules=RULES, name="Sabang", subtitle="")
    assert "Seberang laut" not in chart.figure.layout.yaxis.ticktext
    assert len(chart.table) == 8


def test_facts_say_unit_source_year_and_doubt(parts):
    rows = {r["component"]: r for r in parts.head(8).to_dict("records")}

    def said(name):
        return charts.fact_words(rows[name], RULES.component(name))

    assert said("residents").startswith("paling banyak 52.500 orang per perpustakaan: 2 tercatat")
    assert "2025" in said("residents")
    assert said("sea").startswith("100 km di seberang laut dari Ranai")
    assert "letak desa tidak ada dalam data" in said("small_island")


def register():
    names = ["area_code", "level", "kind", "name", "parent_code", "latitude", "longitude"]
    rows = [("21", "province", "provinsi", "Kepri", None, None, None)]
    rows += [("21.03", "regency", "kabupaten", "Natuna", "21", 3.9, 108.2)]
    rows += [("21.71", "regency", "kota", "Batam", "21", 1.09, 104.0)]
    rows += [("21.03.04", "district", "kecamatan", "Midai", "21.03", 3.0, 107.8)]
    rows += [("21.71.01", "district", "kecamatan", "Belakang Padang", "21.71", None, None)]
    rows += [(c, "village", "desa", n, c[:8], None, None) for c, n in NAMES.items()]
    return AreaRegister.from_frame(table("areas", [dict(zip(names, r, strict=True)) for r in rows]))


def test_the_map_numbers_villages_and_says_how_well_their_place_is_known(parts, ranked):
    regencies = priority.ranking(
        priority.roll_up(parts), weights=RULES.weights, sensitivity=RULES.sensitivity, target="regency"
    )
    places = pd.DataFrame({"area_code": ["21.71.01.1002"], "latitude": [1.15], "longitude": [103.89]})
    chart = priority_map(
        regencies,
        ranked,
        layout=load_layout(ROOT / "data"),
        register=register(),
        points=places,
        subtitle="",
    )
    marks = {
        number: (trace.marker.symbol[place], trace.customdata[place][0])
        for trace in chart.figure.data
        if trace.type == "scattergeo" and trace.mode == "markers+text" and trace.customdata is not None
        for place, number in enumerate(trace.text)
    }
    assert marks == {"1": ("diamond", "21.03.04.1003"), "2": ("circle", "21.71.01.1002")}
    fills = [trace for trace in chart.figure.data if trace.type == "choropleth"]
    assert {code for trace in fills for code in trace.locations} == {"21.03", "21.71"}
    assert any("bukan di tempatnya" in note for note in chart.notes)


def pages(data):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=False)


def test_the_annex_holds_list_parts_weights_method_and_sources(parts, ranked, shared):
    data = book(
        ranked,
        parts,
        weights={**RULES.weights, "sea": 9},
        rules=RULES,
        title="Lampiran",
        about=[("Asal", "Ruang Latihan")],
        sources=[{"source_id": "p", "publisher": "Dukcapil", "title": "Penduduk"}],
        mark="DATA LATIHAN",
        **shared,
    )
    found = pages(data)
    assert found.sheetnames == ["Daftar", "Bagian skor", "Bobot", "Cara dan asal data", "Sumber"]
    listed = [[cell.value for cell in line] for line in found["Daftar"].iter_rows()]
    assert [line[0] for line in listed[:2]] == ["Lampiran", "DATA LATIHAN"]
    first = dict(zip(listed[2], listed[3], strict=True))
    assert first["Skor"] == pytest.approx(100 * 10 / 26)
    assert first["Wilayah"] == "=Sabang <b>Barat</b>"
    assert found["Daftar"].cell(4, 3).data_type == "s"
    weighed = [[cell.value for cell in line] for line in found["Bobot"].iter_rows(min_row=4)]
    assert weighed[6][:4] == ["Jauh di seberang laut dari pusat kabupaten", 9, 4, pytest.approx(9 / 31)]
    assert found["Bagian skor"].max_row == 3 + 16


def test_what_is_not_known_is_an_empty_cell_not_zero(parts, ranked, shared):
    data = book(ranked, parts, weights=RULES.weights, rules=RULES, title="L", about=[], sources=[], **shared)
    rows = [[cell.value for cell in line] for line in pages(data)["Bagian skor"].iter_rows(min_row=2)]
    heading, *lines = rows
    absent = dict(zip(heading, lines[0], strict=True))
    assert absent["Keadaan data"] == "belum ada data"
    assert absent["Ukuran terendah"] is None
    assert (absent["Kesenjangan terendah (0–1)"], absent["Kesenjangan tertinggi (0–1)"]) == (0, 1)
