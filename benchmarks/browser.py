"""One Chromium, and tabs that know when the last chart stands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.processes import Server, Tree

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
FLAGS += ("--disable-background-networking", "--disable-component-update")
VIEWPORT = {"width": 1440, "height": 900}
TIMEOUT = 60_000  # milliseconds
QUIET = 300  # milliseconds without any change on the page: what came last was the last

_FINISHED = ForwardMsg.DESCRIPTOR.fields_by_name["script_finished"].number

# Notes in the page itself, so that neither polling nor the way to Python is measured: bytes that came by
# websocket, when a script run ended, when the user acted, and when the page last changed.
_NOTES = """(() => {
    const bench = window.__bench = {bytes: 0, finished: -1, acted: 0, changed: 0, answered: 0}
    const ended = bytes => {
        let at = 0
        const varint = () => { let value = 0, shift = 1, byte
            do { byte = bytes[at++]; value += (byte & 127) * shift; shift *= 128 } while (byte & 128)
            return value }
        while (at < bytes.length) {
            const tag = varint(), kind = tag & 7
            if (kind === 0) { const value = varint()
                if (tag >> 3 === FIELD) return value === 0 || value === 3 }
            else if (kind === 2) { const size = varint(); at += size }
            else at += kind === 1 ? 8 : 4 }
        return false }
    const Socket = window.WebSocket
    window.WebSocket = class extends Socket {
        constructor(...given) { super(...given)
            this.addEventListener('message', event => {
                if (!(event.data instanceof ArrayBuffer)) return
                bench.bytes += event.data.byteLength
                if (ended(new Uint8Array(event.data))) bench.finished = performance.now() }) } }
    for (const kind of ['pointerdown', 'keydown'])
        addEventListener(kind, event => { bench.acted = event.timeStamp }, true)
    new MutationObserver(records => {
        const main = document.querySelector('[data-testid=stMain]')
        if (main && records.some(record => main.contains(record.target))) bench.changed = performance.now()
    }).observe(document, {subtree: true, childList: true, attributes: true, characterData: true})
})()""".replace("FIELD", str(_FINISHED))

_SETTLED = """([since, quiet]) => {
    const bench = window.__bench, app = document.querySelector('[data-testid=stApp]')
    const now = performance.now()
    if (!app || bench.finished <= since || now - Math.max(bench.changed, bench.finished) < quiet) return false
    if (app.dataset.testScriptState !== 'notRunning') return false
    if (document.querySelector('[data-testid=stMain] :is([data-testid=stSkeleton], [data-stale=true])'))
        return false
    const drawn = [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(chart => {
        const plot = chart.querySelector('.js-plotly-plot')
        const areas = (plot?.data ?? []).filter(trace => trace.type === 'choropleth')
            .reduce((count, trace) => count + (trace.locations ?? []).length, 0)
        return chart.querySelector('.main-svg')
            && plot.querySelectorAll('.choroplethlayer path').length >= areas })
    const charts = document.querySelectorAll('[data-testid=stMain] [data-testid=stPlotlyChart]').length
    return drawn ? {...bench, charts} : false
}"""


@dataclass(frozen=True)
class Cost:
    """What one load or one change has cost."""

    wall: float  # milliseconds until the last change on the page
    browser: float  # seconds
    server: float  # seconds
    socket: float  # KB received by websocket
    wire: float  # KB received by HTTP
    requests: int
    charts: float  # on the page


class Tab:
    """A browser context of its own, thus with an empty cache, on one server."""

    def __init__(self, browser: Browser, server: Server, tree: Tree) -> None:
        self._context = browser.new_context(base_url=server.address, locale="id-ID", viewport=VIEWPORT)
        self._context.set_default_timeout(TIMEOUT)
        self._context.add_init_script(_NOTES)
        self.page: Page = self._context.new_page()
        self._server, self._tree = server, tree
        self._wire, self._requests = 0.0, 0
        network = self._context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", self._count)

    def close(self) -> None:
        self._context.close()

    def load(self, path: str) -> Cost:
        """Open an address and wait until the last chart stands."""
        before = self._spent()
        self.page.goto(path, wait_until="commit")
        notes = self._settle(0)
        return self._cost(before, notes, notes["changed"], 0)

    def change(self, number: int, widget: str | None) -> Cost:
        """Choose an option and wait until the last chart has been drawn again.

        Parameters
        ----------
        number : int
            Which option, from 0.
        widget : str, optional
            Key of a list in our pages; the radio buttons of a floor without.
        """
        self.page.bring_to_front()
        if widget is None:
            option = self.page.locator("[data-testid=stRadio] label:has(input)").nth(number)
        else:
            self.page.locator(f".st-key-w-{widget} input").click()
            option = self.page.get_by_role("option").nth(number)
        option.wait_for()
        before, notes = self._spent(), self.page.evaluate("({...window.__bench})")
        option.click()
        after = self._settle(notes["finished"])
        return self._cost(before, after, after["changed"] - after["acted"], notes["bytes"])

    def _settle(self, since: float) -> dict[str, float]:
        found = self.page.wait_for_function(_SETTLED, arg=[since, QUIET], polling=50)
        notes: dict[str, float] = found.json_value()
        return notes

    def _spent(self) -> tuple[float, float, float, int]:
        return self._tree.cpu(), self._server.cpu(), self._wire, self._requests

    def _cost(
        self,
        before: tuple[float, float, float, int],
        notes: dict[str, float],
        wall: float,
        bytes_before: float,
    ) -> Cost:
        now = self._spent()
        return Cost(
            wall=wall,
            browser=now[0] - before[0],
            server=now[1] - before[1],
            socket=(notes["bytes"] - bytes_before) / 1000,
            wire=now[2] - before[2],
            requests=now[3] - before[3],
            charts=notes["charts"],
        )

    def _count(self, event: dict[str, Any]) -> None:
        self._wire += event["encodedDataLength"] / 1000
        self._requests += 1


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run one Chromium: the system's, else Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()
