"""One user: a browser context of their own, one tab, and everything that went wrong in it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from literasi.ui import shell

PHONE = {"width": 390, "height": 844}
PHONE_AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/150 Mobile Safari/537.36"
PROJECTOR = {"width": 1280, "height": 720}
DESKTOP = {"width": 1440, "height": 900}
WORKSPACES = ("resmi", "latihan")
TIMEOUT = 20_000  # milliseconds; a busy computer with two cores, never waited for when all is well

# Everything that shows that a run has ended and its charts are drawn.
_SETTLED = """() => {
    const app = document.querySelector('[data-testid=stApp]')
    return app && app.dataset.testScriptState === 'notRunning'
        && app.dataset.testConnectionState === 'CONNECTED'
        && document.querySelector('[data-testid=stMain] h1, [data-testid=stException]')
        && !document.querySelector('[data-testid=stSkeleton], [data-stale=true]')
        && [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(chart => {
            const plot = chart.querySelector('.js-plotly-plot')
            const areas = (plot?.data ?? []).filter(trace => trace.type === 'choropleth')
                .reduce((count, trace) => count + (trace.locations ?? []).length, 0)
            return chart.querySelector('.main-svg')
                && plot.querySelectorAll('.choroplethlayer path').length >= areas })
}"""


def address(page: shell.Page | str, **choices: str) -> str:
    """Give the path of a page with choices in its query."""
    path = page if isinstance(page, str) else page.path
    query = "&".join(f"{key}={value}" for key, value in choices.items())
    return f"/{'' if path == 'ringkasan' else path}{'?' if query else ''}{query}"


class Visitor:
    """A user's tab on one server.

    Attributes
    ----------
    page : playwright Page
    outside : list of str
        Addresses asked for that are not on the server.
    faults : list of str
        Errors and warnings of the console, uncaught errors, failed answers, dialogs.
    """

    def __init__(self, browser: Browser, server: str, **context: Any) -> None:
        context.setdefault("viewport", PROJECTOR)
        self.context = browser.new_context(base_url=server, locale="id-ID", **context)
        self.context.set_default_timeout(TIMEOUT)
        self.host = urlsplit(server).netloc
        self.outside: list[str] = []
        self.faults: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))
        self.page.on("response", self._check)
        self.page.on("dialog", lambda dialog: (self.faults.append("dialog"), dialog.dismiss()))
        self.context.on("request", self._follow)
        self.page.on("websocket", lambda socket: self._ask(socket.url))

    def close(self) -> None:
        """Leave."""
        self.context.close()

    def open(self, page: shell.Page | str, **choices: str) -> Response:
        """Go to a page by its address and wait until it stands.

        Returns
        -------
        playwright Response
            Of the page itself.
        """
        response = self.page.goto(address(page, **choices))
        assert response is not None
        self.settle()
        return response

    def reload(self) -> None:
        """Load the address again, as a new session."""
        self.page.reload()
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and all charts are drawn."""
        self.page.wait_for_function(_SETTLED)

    def expect_choice(self, key: str, value: str | re.Pattern[str] | None) -> None:
        """Wait until a choice stands in the address (None: until it is gone) and the page has followed."""
        if value is None:
            expect(self.page).not_to_have_url(re.compile(rf"[?&]{key}="), timeout=TIMEOUT)
        else:
            text = value.pattern if isinstance(value, re.Pattern) else re.escape(value)
            expect(self.page).to_have_url(re.compile(rf"[?&]{key}={text}(&|$)"), timeout=TIMEOUT)
        self.settle()

    @property
    def choices(self) -> dict[str, str]:
        """What stands in the query of the address."""
        return {key: values[0] for key, values in parse_qs(urlsplit(self.page.url).query).items()}

    @property
    def main(self) -> Locator:
        """The page without sidebar and toolbar."""
        return self.page.get_by_test_id("stMain")

    @property
    def alerts(self) -> list[str]:
        """Texts of all notices on the page."""
        return self.main.get_by_test_id("stAlert").all_inner_texts()

    def widget(self, key: str) -> Locator:
        """Give the control of a choice that lives in the address."""
        return self.page.locator(f".st-key-w-{key}")

    def chart(self, name: str) -> Locator:
        """Give the box of a chart: title, picture, details."""
        drawn = self.page.locator(f".st-key-{name}")
        return self.page.get_by_test_id("stVerticalBlock").filter(has=drawn).last

    def _ask(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != self.host:
            self.outside.append(url)

    def _follow(self, request: Request) -> None:
        self._ask(request.url)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console {message.type}: {message.text[:300]}")

    def _check(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")
