"""The page of the map from `dashboard.py`: choices in the address, drill, gaps, every form."""

from __future__ import annotations

import json
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from literasi.settings import ROOT
from literasi.ui import map_view

PAGE = "pages/progress/map.py"


@pytest.fixture(scope="module", autouse=True)
def opened() -> None:
    """Fill the workspaces once, before the first page is timed."""
    AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()


def show(**choices: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    for key, value in choices.items():
        app.query_params[key] = value
    app.switch_page(PAGE).run()
    assert not app.exception, app.exception
    return app


@cache
def seen(**choices: str) -> AppTest:
    """Give the page as `show` does, once for tests that only look."""
    return show(**choices)


def headings(app: AppTest) -> list[str]:
    return [
        m.value.removeprefix("#### ").replace("\\", "") for m in app.markdown if m.value.startswith("####")
    ]


def captions(app: AppTest) -> str:
    return "\n".join(caption.value.replace("\\", "") for caption in app.caption)


def alts(app: AppTest) -> list[str]:
    return [chart.proto.alt for chart in app.get("plotly_chart")]


def address(app: AppTest, key: str) -> str | None:
    found = app.query_params.get(key)
    return found[0] if isinstance(found, list) else found


@pytest.mark.parametrize("form", map_view.FORMS)
@pytest.mark.parametrize("workspace", ["resmi", "latihan"])
def test_every_form_shows_the_map_in_both_workspaces(workspace: str, form: str):
    app = seen(ruang=workspace, tampilan=form)
    assert len(app.get("plotly_chart")) == (1 if form == "daftar" else 2)
    assert app.title[0].value == "Peta"


def test_official_index_of_one_regency_says_that_six_have_none():
    app = seen(indikator="iplm")
    assert headings(app)[0] == "Hanya Natuna yang punya nilai: 82,45"
    assert "Tanpa data (6 dari 7)" in captions(app)
    assert "Hanya tahun 2023" in captions(app)


def test_notice_of_the_geometry_stands_under_the_map():
    assert "idn-area-data (ODbL 1.0). Batas Bintan–Tanjungpinang" in captions(
        seen(ruang="resmi", tampilan="peta")
    )


def test_years_belong_to_one_edition():
    app = seen(indikator="hdi")
    slider = next(s for s in app.select_slider if s.key == "w.map.year")
    assert slider.options == ["2020", "2021", "2022", "2023", "2024", "2025"]
    assert seen(indikator="hdi", edisi="metode_lama").select_slider.len == 0


def test_a_year_from_the_slider_stands_in_the_address():
    app = show(indikator="hdi")
    next(s for s in app.select_slider if s.key == "w.map.year").set_value("2021").run()
    assert address(app, "tahun") == "2021"
    assert "2021 · edisi" in captions(app)


def test_a_year_without_data_falls_back_with_a_notice():
    app = seen(indikator="hdi", tahun="1999")
    assert any("1999" in warning.value for warning in app.warning)
    assert "2025 · edisi" in captions(app)


def test_another_indicator_drops_a_year_it_does_not_have_without_a_notice():
    app = show(indikator="hdi", tahun="2020")
    next(s for s in app.selectbox if s.key == "w.indikator").set_value("mean_years_schooling").run()
    assert not app.exception
    assert [w.value for w in app.warning] == []
    assert "2021 · edisi" in captions(app)


def test_a_chosen_regency_shows_its_value_and_its_libraries():
    app = seen(indikator="hdi", wilayah="21.71")
    assert headings(app)[0].startswith("Batam 8")
    assert "Perpustakaan di Batam" in headings(app)
    assert len(app.get("page_link")) >= 4
    assert app.metric[0].label == "Nilai Batam"


def test_the_way_back_leads_to_the_province():
    app = show(wilayah="21.71")
    next(b for b in app.button if "Kepulauan Riau" in b.label).click().run()
    assert address(app, "wilayah") is None


def test_a_click_on_a_library_stands_in_the_address(monkeypatch: pytest.MonkeyPatch):
    written: dict[str, str] = {}
    monkeypatch.setattr(map_view.url, "write", lambda key, value, default: written.update({key: value}))
    point = {"customdata": ["21.71", "L-1"]}
    monkeypatch.setattr(
        map_view.st, "session_state", {"peta": {"selection": {"points": [point]}}, map_view._PLAYING: True}
    )
    monkeypatch.setattr(
        map_view.cached, "register", lambda: _Register({"21.71"}, province=SimpleNamespace(code="21"))
    )
    map_view._on_select("peta")()
    assert written == {"wilayah": "21.71", "pustaka": "L-1"}


class _Register(set[str]):
    def __init__(self, codes: set[str], *, province: Any) -> None:
        super().__init__(codes)
        self.province = province


def test_an_unknown_library_is_dropped_with_a_notice():
    app = show(wilayah="21.71", pustaka="L-none")
    assert any("L-none" in warning.value.replace("\\", "") for warning in app.warning)
    assert address(app, "pustaka") is None


def test_a_library_of_another_regency_is_dropped():
    app = show(wilayah="21.71", pustaka="L-21.01-1")
    assert address(app, "pustaka") is None
    assert [warning.value for warning in app.warning] == []


@pytest.mark.parametrize(
    "event", [None, {"selection": {"points": []}}, {"selection": {"points": [{"lat": 1.0}]}}]
)
def test_a_click_beside_everything_chooses_nothing(event: Any):
    assert map_view.picked(event) == ("", "")


def test_playing_begins_again_from_the_first_year():
    app = show(indikator="hdi")
    next(b for b in app.button if b.key == "map.play").click().run()
    assert address(app, "tahun") == "2020"
    assert any(b.key == "map.pause" for b in app.button)
    next(b for b in app.button if b.key == "map.pause").click().run()
    assert any(b.key == "map.play" for b in app.button)


def test_every_picture_has_words():
    assert all("Natuna: 82,45" in alt for alt in alts(seen(indikator="iplm")))


def test_english_shows_the_same_view():
    app = seen(indikator="hdi", wilayah="21.71", bahasa="en")
    assert "province" in headings(app)[0]
    assert app.metric[0].label == "Value of Batam"


def test_a_phone_does_not_get_the_figure_of_a_wide_screen(monkeypatch: pytest.MonkeyPatch):
    """Both share one memory of charts; with a regency chosen their address is the same."""
    heights = []
    for is_phone in (False, True):
        monkeypatch.setattr(map_view, "is_phone", lambda is_phone=is_phone: is_phone)
        app = show(ruang="latihan", wilayah="21.02")
        heights.append(json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["height"])
    assert heights[0] > heights[1]
