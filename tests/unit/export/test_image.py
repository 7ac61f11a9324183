"""What is drawn into a picture besides the chart."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from literasi import figures
from literasi.export import image
from literasi.export.image import framed
from literasi.figures import Chart, base_figure

SOURCES = [{"publisher": "BPS", "title": "Tabel", "url": "https://bps.go.id"}] * 2


def _chart(figure=None, title="Temuan"):
    figure = figure or base_figure(go.Bar(x=["a"], y=[1]))
    return Chart("c", figure, title, "Ukuran · Kepri · 2024", "alt", pd.DataFrame(), notes=("Catatan <b>",))


def _foot(figure):
    return figure.layout.annotations[-1].text


def test_title_subtitle_notes_and_each_source_once_are_inside():
    figure = framed(_chart(), sources=SOURCES)
    assert figure.layout.title.text == "<b>Temuan</b>"
    assert figure.layout.title.subtitle.text == "Ukuran · Kepri · 2024"
    assert _foot(figure).count("BPS") == 1
    assert "Catatan &lt;b&gt;" in _foot(figure)


def test_practice_data_is_named_in_the_title():
    assert "DATA LATIHAN: Temuan" in framed(_chart(), sources=[], mark="DATA LATIHAN").layout.title.text


def test_the_charts_own_figure_is_not_changed():
    chart = _chart()
    before = chart.figure.to_json()
    framed(chart, sources=[])
    assert chart.figure.to_json() == before


def test_geometry_by_address_becomes_geometry(tmp_path, monkeypatch):
    (tmp_path / "g.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    monkeypatch.setattr(image, "STATIC_DIR", tmp_path)
    figure = base_figure(go.Choropleth(geojson=f"{figures.STATIC_URL}g.geojson", locations=["1"], z=[1]))
    assert framed(_chart(figure), sources=[]).data[0].geojson == {"type": "FeatureCollection", "features": []}


def test_a_long_title_wraps_and_makes_room():
    short, long = framed(_chart(), sources=[]), framed(_chart(title="kata " * 60), sources=[])
    assert long.layout.margin.t > short.layout.margin.t


@pytest.mark.browser
@pytest.mark.parametrize(("kind", "opening"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_pictures_are_drawn(kind, opening):
    data = image.image_bytes(_chart(), kind=kind, sources=SOURCES)
    assert data.startswith(opening)
    assert len(data) > 5_000
