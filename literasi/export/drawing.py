"""One browser that draws the pictures of all users, one after the other.

Kaleido's own server is not used: it gives one user the picture of another when two ask at once, waits for
ever when its browser does not start, and asks a host outside for MathJax.
"""

from __future__ import annotations

import asyncio
import atexit
import base64
from concurrent.futures import CancelledError, Future
from functools import cache
from threading import Lock, Thread
from time import monotonic
from typing import Any

from literasi.errors import LiterasiError
from literasi.figures import FONT, FONT_DIR, FONT_FILES

START_LIMIT = 30
"""Seconds that a browser may need to start."""
STOP_LIMIT = 5
"""Seconds that one which is given up may need to end."""
DRAW_LIMIT = 60
"""Seconds that one picture may need."""
ATTEMPTS = 2
PAUSE = 600
"""Seconds in which a browser that did not start is not tried again, so that nobody waits for it twice."""


class Drawing:
    """A browser, started with the first picture and once more when it is lost.

    Safe to share between threads.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._turn = Lock()
        self._browser: Any = None
        self._given_up = -float("inf")
        Thread(target=self._loop.run_forever, name="drawing", daemon=True).start()

    def draw(self, figure: dict[str, Any], *, opts: dict[str, Any], topojson: str) -> bytes:
        """Draw a figure.

        Parameters
        ----------
        figure : dict
            As Plotly writes it in JSON.
        opts : dict
            ``format``, ``width``, ``height``, ``scale``.
        topojson : str
            Where outlines are, so that no other host is asked for them.

        Returns
        -------
        bytes

        Raises
        ------
        LiterasiError
            ``error.no_browser`` where none is installed or none starts.
        """
        from kaleido.errors import ChromeNotFoundError, JavascriptError, KaleidoError

        lost: BaseException | None = None
        with self._turn:
            if monotonic() - self._given_up < PAUSE:
                raise LiterasiError("error.no_browser")
            for _ in range(ATTEMPTS):
                try:
                    return self._wait(self._drawn(figure, opts, topojson), START_LIMIT + DRAW_LIMIT)
                except ChromeNotFoundError as error:
                    raise LiterasiError("error.no_browser") from error
                except (JavascriptError, KaleidoError):
                    raise  # the figure is at fault, not the browser
                except (Exception, CancelledError) as error:  # a browser can be lost in many ways
                    lost = error
                    self._discard()
            self._given_up = monotonic()
        raise LiterasiError("error.no_browser") from lost

    def close(self) -> None:
        """Stop the browser; the next picture starts it again."""
        with self._turn:
            self._discard()

    def _wait(self, coroutine: Any, limit: float) -> bytes:
        waiting: Future[bytes] = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return waiting.result(limit)
        except TimeoutError:
            waiting.cancel()
            raise

    async def _drawn(self, figure: dict[str, Any], opts: dict[str, Any], topojson: str) -> bytes:
        from kaleido import Kaleido

        if self._browser is None:
            browser = Kaleido(timeout=DRAW_LIMIT, page_generator=_Page())
            self._browser = browser
            await asyncio.wait_for(browser.open(), START_LIMIT)
        return bytes(await self._browser.calc_fig(figure, opts=opts, topojson=topojson))

    def _discard(self) -> None:
        """Forget the browser, whatever state it is in."""
        browser, self._browser = self._browser, None
        if browser is not None:
            try:
                self._wait(browser.close(), STOP_LIMIT)
            except (Exception, CancelledError):
                return  # it is lost already, which is why it is discarded


class _Page:
    """The page that figures are drawn on: it knows our font, or text would be measured in another one."""

    def generate_index(self) -> str:
        from kaleido import PageGenerator

        page: str = PageGenerator(mathjax=False).generate_index()
        faces = "".join(
            f'@font-face {{font-family: "{FONT}"; font-weight: {weight}; src: url(data:font/ttf;base64,'
            f"{base64.b64encode((FONT_DIR / file).read_bytes()).decode()})}}"
            for weight, file in FONT_FILES.items()
        )
        # Set once before anything is drawn: a browser loads a font when it first needs it.
        sample = f"<p style='font-family: \"{FONT}\"'>a<b>b</b></p>"
        return page.replace("</head>", f"<style>{faces}</style></head>").replace("<img ", f"{sample}<img ")


@cache
def shared() -> Drawing:
    """Give the one of this process; it ends with it."""
    drawing = Drawing()
    atexit.register(drawing.close)
    return drawing
