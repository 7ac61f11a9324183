"""A real server and a real Chromium: one of each per worker, a new context for every user."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Playwright, expect, sync_playwright

from tests.browser.server import Server
from tests.browser.visitor import TIMEOUT, Visitor

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
expect.set_options(timeout=TIMEOUT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test here, so that ``-m browser`` and ``-m "not browser"`` need no list."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Print what the server said when a test has failed."""
    report = yield
    server = getattr(item, "funcargs", {}).get("live_app")
    if report.failed and server is not None:
        report.sections.append(("server", server.output))
    return report


@pytest.fixture(scope="session")
def live_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the server with both workspaces as shipped."""
    with Server(tmp_path_factory.mktemp("var")) as server:
        yield server


def launch(playwright: Playwright) -> Browser:
    """Start the system's Chromium, else Playwright's own."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return playwright.chromium.launch(executable_path=found, args=list(FLAGS))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Run one Chromium. A missing one skips, which CI forbids."""
    with sync_playwright() as playwright:
        try:
            browser = launch(playwright)
        except Error as error:
            if not os.environ.get("CI") and "Executable doesn't exist" in str(error):
                pytest.skip(f"No Chromium: {error}")
            raise
        yield browser
        browser.close()


NewVisitor = Callable[..., Visitor]


@pytest.fixture
def new_visitor(chromium: Browser, live_app: Server) -> Iterator[NewVisitor]:
    """Bring users to the dashboard; each has a context of their own."""
    came: list[Visitor] = []

    def bring(**context: Any) -> Visitor:
        came.append(Visitor(chromium, live_app.address, **context))
        return came[-1]

    yield bring
    for visitor in came:
        visitor.close()


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    """Bring one user with a projector's screen."""
    return new_visitor()
