"""The page of closings in both workspaces, without a browser."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from literasi.text import t

PAGE = "pages/presentation/closing.py"


@pytest.fixture(scope="module")
def visit(root: Path):
    """Open the page with an address; tests only look at it, so they share it."""

    @cache
    def open_page(**address: str) -> AppTest:
        app = AppTest.from_file(str(root / "dashboard.py"), default_timeout=90)
        app.run()
        for name, value in address.items():
            app.query_params[name] = value
        app.switch_page(PAGE).run()
        assert not app.exception
        assert not app.error
        return app

    return open_page


def sent(app: AppTest) -> dict[str, Any]:
    """What the browser is given to show."""
    (component,) = app.get("bidi_component")
    found: dict[str, Any] = json.loads(component.proto.json)
    return found


def test_without_a_list_it_shows_what_was_published(visit):
    app = visit()
    given = sent(app)
    assert len(given["titles"]) == 7
    assert given["titles"][1] == t("closing.unknown.title")
    assert 'class="mark"' not in given["html"]
    assert app.selectbox[0].options[0].startswith("Bimtek SPP/TIK TPBIS 2024 (")


def test_practice_is_marked_and_holds_every_slide(visit):
    given = sent(visit(ruang="latihan"))
    assert len(given["titles"]) == 12
    assert f'<p class="mark">{t("shell.practice_mark")}</p>' in given["html"]
    assert given["html"].count("<svg") == 7
    assert all(given["narratives"])


def test_the_address_says_which_event_and_where_to_begin(visit):
    app = visit(ruang="latihan", acara="latihan-bimtek-2024", salindia="3")
    assert sent(app)["titles"][0] == "Bimtek Latihan SPP-TIK 2024"
    assert sent(app)["start"] == 2
    assert not [warning for warning in app.warning if "salindia" in warning.value]


def test_a_wrong_place_begins_at_the_first_with_a_notice(visit):
    app = visit(salindia="99")
    assert sent(app)["start"] == 0
    assert any("salindia" in warning.value for warning in app.warning)


def test_the_narrative_can_be_read_without_the_slides(visit):
    app = visit(ruang="latihan")
    (narrative,) = (part for part in app.expander if part.label == t("closing.page.narrative"))
    assert len(narrative.markdown) == 12
    assert t("closing.page.hidden", threshold="10") in [caption.value for caption in app.caption]
