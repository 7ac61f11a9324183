"""The outlook on its pages and never at an index, and findings that follow the filters, without a browser."""

from __future__ import annotations

import json
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

READING = "pages/programme/reading_interest.py"
ACTIVITIES = "pages/programme/activities.py"
INDICES = "pages/progress/indices.py"
COMPARISON = "pages/progress/comparison.py"
REGENCIES = ("Bintan", "Karimun", "Lingga", "Kepulauan Anambas", "Batam", "Tanjungpinang")


@pytest.fixture(scope="module")
def visit(root):
    """Open a page of the practice workspace. Tests only look at it, so they share it."""

    @cache
    def open_page(script, **address):
        app = AppTest.from_file(str(root / "dashboard.py"), default_timeout=60)
        app.query_params["ruang"] = "latihan"
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        app.switch_page(script).run()
        assert not app.exception, app.exception
        return app

    return open_page


def traces(app):
    return [
        trace.get("name")
        for chart in app.get("plotly_chart")
        for trace in json.loads(chart.proto.spec)["data"]
    ]


def captions(app):
    return " ".join(caption.value.replace("\\", "") for caption in app.caption)


def findings(app):
    marks = ("**Keadaan dan perubahan**", "**Celah**", "**Belum diketahui**")
    return " ".join(m.value.replace("\\", "") for m in app.markdown if m.value.startswith(marks))


@pytest.mark.parametrize(("script", "unit"), [(READING, "kunjungan"), (ACTIVITIES, "kegiatan")])
def test_the_outlook_stands_beside_the_months_only_where_asked_for(visit, script, unit):
    plain, asked = visit(script), visit(script, prakiraan="ya")
    assert "prakiraan" not in traces(plain)
    assert traces(asked).count("prakiraan") == 1
    assert traces(asked).count("rentang 80%") == 1
    assert f"{unit}; dengan peluang 80% antara" in captions(asked)
    assert "dari 30 bulan (Januari 2024–Juni 2026)" in captions(asked)
    assert "Model baru dicoba mulai 36 bulan" in captions(asked)


def test_too_few_reports_of_a_regency_are_the_reason_why_not(visit):
    """Tanjungpinang: one of three reports came in September 2025."""
    asked = visit(READING, prakiraan="ya", wilayah="21.72")
    assert "prakiraan" not in traces(asked)
    assert "Prakiraan belum dapat dibuat: pada " in captions(asked)
    assert "perlu 24" in captions(asked)


def test_a_stock_has_none(visit):
    asked = visit(READING, prakiraan="ya", ukuran="anggota")
    assert "prakiraan" not in traces(asked)
    assert "keadaan pada akhir bulan" in captions(asked)


def test_an_index_has_a_path_to_its_target_and_never_a_forecast(visit):
    asked = visit(INDICES, prakiraan="ya")
    assert "prakiraan" not in traces(asked)
    assert "jalur ke target 2024" in traces(asked)
    assert not [toggle for toggle in asked.toggle if toggle.key == "w.prakiraan"]


def test_findings_name_no_other_regency_where_one_was_chosen(visit):
    said = findings(visit(COMPARISON, wilayah="21.03"))
    assert "Natuna" in said
    assert not [name for name in REGENCIES if name in said]


def test_findings_name_no_regency_without_ranks(visit):
    said = findings(visit(COMPARISON))
    assert "terentang dari" in said
    assert not [name for name in ("Natuna", *REGENCIES) if name in said]
    ranked = findings(visit(COMPARISON, peringkat="dengan"))
    assert "terbawah dari 7 wilayah" in ranked


def test_findings_follow_the_filters(visit):
    everything, natuna = findings(visit(READING)), findings(visit(READING, wilayah="21.03"))
    assert "45 perpustakaan yang sama" in everything
    assert "8 perpustakaan yang sama" in natuna
