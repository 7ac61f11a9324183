"""The headline cards of the summary, in both workspaces, without a browser."""

import re
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest


@pytest.fixture(scope="module")
def visit(root):
    """Open the summary in a workspace. Tests only look at it, so they share it."""

    @cache
    def open_page(workspace):
        app = AppTest.from_file(str(root / "dashboard.py"), default_timeout=60)
        app.query_params["ruang"] = workspace
        app.run()
        assert not app.exception, app.exception
        return app

    return open_page


def captions(app):
    return [caption.value.replace("\\", "") for caption in app.caption]


@pytest.mark.parametrize("workspace", ["resmi", "latihan"])
def test_a_percent_sign_stands_at_its_number(visit, workspace):
    values = [metric.value for metric in visit(workspace).metric]
    assert any(re.fullmatch(r"[\d.,]+%", value) for value in values)
    assert not any(" %" in value for value in values)


def test_parts_of_a_ratio_are_divided_and_parts_of_a_share_are_counted(visit):
    """383 activities of 58 libraries are no part of them."""
    lines = captions(visit("latihan"))
    assert any(re.search(r"kegiatan per perpustakaan · \d+ ÷ \d+", line) for line in lines)
    assert any(re.search(r"\d+ dari 419", line) for line in lines)


def test_a_figure_from_incomplete_lists_says_so_and_practice_does_not(visit):
    official = next(metric for metric in visit("resmi").metric if metric.label == "Perpustakaan TPBIS")
    assert "belum ditemukan" in official.help.replace("\\", "")
    marked = [line for line in captions(visit("resmi")) if "sekurang-kurangnya" in line]
    assert marked
    assert not any("nasional" in line for line in marked), "a published figure is not ours to complete"
    assert not any("sekurang-kurangnya" in line for line in captions(visit("latihan")))


def test_incomplete_lists_show_no_difference(visit):
    """The list of 2024 holds one library more because the others were not found."""
    official, practice = (
        next(metric for metric in visit(workspace).metric if metric.label == "Perpustakaan TPBIS")
        for workspace in ("resmi", "latihan")
    )
    assert not official.delta
    assert practice.delta


def test_what_has_no_value_has_no_card_but_is_named(visit):
    shown = {metric.label for metric in visit("resmi").metric}
    assert "Kunjungan per penduduk" not in shown
    assert "Kunjungan per penduduk" in " ".join(info.value for info in visit("resmi").info)
