"""Every page in both workspaces, as one load of its address shows it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response, expect

from literasi import asgi, text
from literasi.text import t
from literasi.ui import shell
from tests.browser import axe
from tests.browser.server import Server
from tests.browser.visitor import PHONE, WORKSPACES, Visitor, address

# What reaches beyond the right edge of the page, innermost first; what scrolls inside its own box does not.
BEYOND = """() => {
    const inside = e => { for (let p = e.parentElement; p; p = p.parentElement)
        if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(p).overflowX)
            && !['stMain', 'stAppViewContainer', 'stApp'].includes(p.dataset.testid) && p !== document.body)
            return true
        return false }
    return [...document.querySelectorAll('[data-testid=stMain] *')]
        .filter(e => e.getBoundingClientRect().width && e.getBoundingClientRect().right > innerWidth + 1)
        .filter(e => !inside(e)).map(e => `${e.tagName} ${e.className} ${e.textContent.slice(0, 40)}`)
}"""
# Each workspace in one mode, so that each mode and each workspace is seen on every page.
SCHEMES = {"resmi": ("light", "rgb(255, 255, 255)"), "latihan": ("dark", "rgb(15, 27, 36)")}
WIDTHS = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
    .map(e => e.scrollWidth - e.clientWidth)"""


class Opened:
    """One page, opened once; each test looks at one thing about it."""

    def __init__(self, page: shell.Page, workspace: str, visitor: Visitor, response: Response) -> None:
        self.page, self.workspace, self.visitor, self.response = page, workspace, visitor, response


@pytest.fixture(
    scope="module",
    params=[(page, workspace) for page in shell.PAGES for workspace in WORKSPACES],
    ids=lambda p: f"{p[0].path}-{p[1]}",
)
def opened(request: pytest.FixtureRequest, chromium: Browser, live_app: Server) -> Iterator[Opened]:
    page, workspace = request.param
    visitor = Visitor(chromium, live_app.address, color_scheme=SCHEMES[workspace][0])
    yield Opened(page, workspace, visitor, visitor.open(page, ruang=workspace))
    visitor.close()


def test_nothing_is_asked_of_another_host(opened: Opened):
    assert opened.visitor.outside == []


def test_nothing_goes_wrong_in_the_browser(opened: Opened):
    assert opened.visitor.faults == []


def test_is_served_with_a_policy_that_keeps_it_on_this_host(opened: Opened):
    headers = opened.response.headers
    assert headers["content-security-policy"] == asgi.CONTENT_SECURITY_POLICY
    assert "http:" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_has_its_title_and_language(opened: Opened):
    page = opened.visitor.page
    expect(opened.visitor.main.get_by_role("heading", level=1)).to_have_text(
        [t(f"page.{opened.page.name}.title")]
    )
    expect(page).to_have_title(f"{t(f'page.{opened.page.name}.title')} · {t('app.title')}")
    expect(page.locator("html")).to_have_attribute("lang", "id")


def test_shows_no_exception_and_no_lost_page(opened: Opened):
    page = opened.visitor.page
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stDialog")).to_have_count(0)
    expect(page.locator("[data-testid=stAlertContentError]")).to_have_count(0)


def test_says_that_data_are_for_practice_only_in_that_workspace(opened: Opened):
    warnings = opened.visitor.main.get_by_test_id("stAlertContentWarning")
    banner = warnings.filter(has_text=t("shell.practice_mark"))
    expect(banner).to_have_count(int(opened.workspace == "latihan"))


def test_ends_with_workspace_version_and_attribution(opened: Opened):
    footer = opened.visitor.main.get_by_test_id("stCaptionContainer")
    expect(footer.filter(has_text=t(f"workspace.{opened.workspace}")).last).to_contain_text(shell.__version__)
    expect(footer.last).to_have_text(t("shell.attribution"))


def test_every_picture_has_words_for_screen_readers(opened: Opened):
    for chart in opened.visitor.main.get_by_test_id("stPlotlyChart").all():
        said = chart.evaluate(
            "e => (e.closest('[aria-label]') ?? e.querySelector('[aria-label]'))?.ariaLabel ?? ''"
        )
        assert len(said) > 20, said


def test_fits_a_projector(opened: Opened):
    assert opened.visitor.page.evaluate(WIDTHS) == [0, 0]


def test_fits_a_phone(opened: Opened):
    page = opened.visitor.page
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size(PHONE)
    try:
        page.wait_for_function(f"() => ({WIDTHS})().every(beyond => beyond <= 0)", timeout=5000)
    except Exception:
        pytest.fail(f"wider than the screen by {page.evaluate(WIDTHS)}: {page.evaluate(BEYOND)}")
    finally:
        page.set_viewport_size(before)


def test_has_no_serious_finding_of_axe(opened: Opened):
    page = opened.visitor.page
    _, ground = SCHEMES[opened.workspace]
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", ground)
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size(axe.TALL)
    try:
        opened.visitor.settle()
        found = axe.run_axe(opened.visitor)
    finally:
        page.set_viewport_size(before)
    assert all(any(allowed.covers(f) for f in found) for allowed in axe.ALLOWED), "no longer needed"
    assert not axe.ours(found), "\n".join(axe.ours(found))


def test_the_very_first_request_may_be_a_deep_address(chromium: Browser, live_app: Server, tmp_path: Path):
    for file in live_app.var_dir.glob("*.db"):
        shutil.copy(file, tmp_path)
    with Server(tmp_path) as fresh:
        visitor = Visitor(chromium, fresh.address)
        visitor.open("indeks", ruang="latihan", wilayah="21.71", indeks="iplm")
        expect(visitor.main.get_by_role("heading", level=1)).to_have_text([t("page.indices.title")])
        expect(visitor.page.get_by_test_id("stDialog")).to_have_count(0)
        expect(visitor.widget("wilayah").get_by_role("combobox")).to_have_value("Batam")
        assert visitor.choices == {"ruang": "latihan", "wilayah": "21.71", "indeks": "iplm"}
        assert visitor.faults == []
        assert visitor.outside == []
        visitor.close()


def test_the_plain_address_is_the_summary(visitor: Visitor):
    visitor.open("ringkasan")
    expect(visitor.main.get_by_role("heading", level=1)).to_have_text([t("page.summary.title")])
    assert visitor.page.url.rstrip("/") == visitor.page.url.split("/?")[0].rstrip("/")


# That each page has its words in both languages is seen without a browser (tests/app/test_pages.py).
@pytest.mark.parametrize("page", shell.PAGES[::6], ids=lambda page: page.path)
def test_english_by_the_switch_in_the_address(visitor: Visitor, page: shell.Page):
    visitor.open(page, bahasa="en")
    text.use("en")
    try:
        expect(visitor.main.get_by_role("heading", level=1)).to_have_text([t(f"page.{page.name}.title")])
    finally:
        text.use("id")
    assert address(page, bahasa="en") in visitor.page.url
    assert visitor.faults == []
