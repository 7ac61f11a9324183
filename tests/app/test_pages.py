"""Every page, in both workspaces and both languages, as a script: it runs, and its address is obeyed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from literasi import text
from literasi.settings import ROOT
from literasi.text import LANGUAGES, Language, t
from literasi.ui import shell

WORKSPACES = ("resmi", "latihan")
SAYING = (
    "summary",
    "map",
    "indices",
    "targets",
    "comparison",
    "participants",
    "libraries",
    "activities",
    "reading_interest",
    "completeness",
    "follow_up",
    "data_debt",
)
LIMIT = 120  # seconds; the first run imports everything and fills both workspaces


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    yield
    text.use("id")


def opened(page: shell.Page, **choices: str) -> AppTest:
    """Run the dashboard and go to a page with choices in its address."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=LIMIT)
    if page.name != "summary":
        app.run()
    for key, value in choices.items():
        app.query_params[key] = value
    if page.name != "summary":
        app.switch_page(f"pages/{page.section}/{page.name}.py")
    return app.run()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("workspace", WORKSPACES)
@pytest.mark.parametrize("page", shell.PAGES, ids=lambda page: page.path)
def test_runs_and_is_titled(page: shell.Page, workspace: str, language: Language):
    app = opened(page, ruang=workspace, bahasa=language)
    text.use(language)
    assert not app.exception
    assert not app.error
    assert [title.value for title in app.title] == [t(f"page.{page.name}.title")]
    banners = [warning.value for warning in app.warning]
    assert banners == ([t("shell.practice_banner")] if workspace == "latihan" else [])
    assert t(f"workspace.{workspace}") in app.caption[-2].value
    assert app.caption[-1].value == t("shell.attribution")
    if page.name in SAYING:
        one_to_five = {t("findings.title", count=count) for count in range(1, 6)}
        assert len([part for part in app.expander if part.label in one_to_five]) == 1


@pytest.mark.parametrize("page", shell.PAGES, ids=lambda page: page.path)
def test_an_address_that_is_wrong_gives_notices_not_errors(page: shell.Page):
    wrong = {"wilayah": "99.99", "ruang": "rahasia", "indikator": "x", "unggahan": "0", "pustaka": "x"}
    app = opened(page, **wrong)
    assert not app.exception
    assert not app.error
    assert [title.value for title in app.title] == [t(f"page.{page.name}.title")]
    assert app.query_params.get("ruang") is None
    assert any("ruang" in warning.value for warning in app.warning)


def with_regions() -> list[shell.Page]:
    """Pages on which an area is chosen."""
    return [
        page
        for page in shell.PAGES
        if page.name
        not in ("simulation", "follow_up", "closing", "number", "upload", "history", "definitions")
    ]


@pytest.mark.parametrize("workspace", WORKSPACES)
@pytest.mark.parametrize("page", with_regions(), ids=lambda page: page.path)
@pytest.mark.parametrize("area", ["21.05", "21.72"])
def test_the_area_of_the_address_is_chosen(page: shell.Page, workspace: str, area: str):
    app = opened(page, ruang=workspace, wilayah=area)
    assert not app.exception
    assert not app.error
    controls = [control for control in app.selectbox if control.key == "w.wilayah"]
    # Without a list of participants there is nothing to choose an area of: heads are published by province.
    assert len(controls) == 1 or (page.name, workspace) == ("participants", "resmi")
    assert all(control.value == area for control in controls)
    assert app.query_params["wilayah"] == area or app.query_params["wilayah"] == [area]
