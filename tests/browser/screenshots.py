"""Pictures of every page, to be looked at: `python tests/browser/screenshots.py OUT [PAGE …]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Browser, sync_playwright

from literasi.ui import shell
from tests.browser.conftest import launch
from tests.browser.server import Server
from tests.browser.visitor import DESKTOP, PHONE, PHONE_AGENT, PROJECTOR, WORKSPACES, Visitor, address

SCREENS: dict[str, dict[str, Any]] = {
    "1440": {"viewport": DESKTOP},
    "1440-gelap": {"viewport": DESKTOP, "color_scheme": "dark"},
    "1280": {"viewport": PROJECTOR},
    "390": {"viewport": PHONE, "is_mobile": True, "has_touch": True, "user_agent": PHONE_AGENT},
}
ONE_LIBRARY = {"resmi": "L-21.01.15.2004-1", "latihan": "LATIHAN-18"}
# Height of all that the page would show without scrolling.
HEIGHT = """() => { const main = document.querySelector('[data-testid=stMain]')
    return Math.ceil(main.scrollHeight + main.getBoundingClientRect().top) }"""


def take(browser: Browser, server: str, out: Path, wanted: list[str]) -> None:
    """Write one PNG for each page, workspace and screen; a projector's shows the first screen only."""
    for screen, context in SCREENS.items():
        visitor = Visitor(browser, server, **context)
        for workspace in WORKSPACES:
            for name, path in addresses(workspace).items():
                if wanted and not any(name.startswith(start) for start in wanted):
                    continue
                visitor.page.set_viewport_size(context["viewport"])
                visitor.page.goto(path)
                visitor.settle()
                if screen != "1280":
                    height = visitor.page.evaluate(HEIGHT)
                    visitor.page.set_viewport_size({**context["viewport"], "height": height + 40})
                    visitor.settle()
                file = out / f"{name}-{workspace}-{screen}.png"
                visitor.page.screenshot(path=file, animations="disabled")
                print(file, *visitor.faults, *visitor.outside, flush=True)
                visitor.faults.clear()
        visitor.close()


def addresses(workspace: str) -> dict[str, str]:
    """Give what is pictured by file name: the pages as they open, one profile, one regency."""
    found = {page.path: address(page, ruang=workspace) for page in shell.PAGES}
    found["profil"] = address("perpustakaan", ruang=workspace, pustaka=ONE_LIBRARY[workspace])
    found["peta-natuna"] = address("peta", ruang=workspace, wilayah="21.03")
    found["indeks-iplm"] = address("indeks", ruang=workspace, indeks="iplm")
    return found


def main(arguments: list[str]) -> None:
    """Start a server and take all pictures."""
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as var_dir,
        Server(Path(var_dir)) as server,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        take(browser, server.address, out, arguments[1:])
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or ["tangkapan"])
