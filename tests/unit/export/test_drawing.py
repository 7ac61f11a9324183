"""The one browser that draws for everybody: whose picture is whose, and what happens when it is lost."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import plotly.graph_objects as go
import pytest
from choreographer.errors import BrowserFailedError

from literasi.errors import LiterasiError
from literasi.export.drawing import Drawing
from literasi.figures import TOPOJSON_STUB


@pytest.fixture
def drawing() -> Iterator[Drawing]:
    made = Drawing()
    yield made
    made.close()


def draw(drawing: Drawing, words: str) -> str:
    figure = go.Figure(layout={"title": words}).to_plotly_json()
    opts = {"format": "svg", "width": 300, "height": 200, "scale": 1}
    return drawing.draw(figure, opts=opts, topojson=TOPOJSON_STUB).decode()


@pytest.mark.browser
def test_everyone_gets_their_own_picture_and_a_lost_browser_is_started_again(drawing: Drawing):
    names = [f"gambar{i}" for i in range(8)]
    with ThreadPoolExecutor(4) as users:
        assert all(
            name in svg for name, svg in zip(names, users.map(lambda n: draw(drawing, n), names), strict=True)
        )
    os.kill(drawing._browser.subprocess.pid, signal.SIGKILL)
    assert "sesudahnya" in draw(drawing, "sesudahnya")


class Broken:
    """A browser that never starts."""

    asked = 0

    def __init__(self, **options: Any) -> None:
        page = options["page_generator"].generate_index()
        assert "//" not in re.sub(r"file://|base64,[^)]*", "", page), "a host outside would be asked"
        Broken.asked += 1

    async def open(self) -> None:
        await asyncio.sleep(0)
        raise BrowserFailedError("did not start")

    async def close(self) -> None:
        raise BrowserFailedError("never was")


def test_a_browser_that_never_starts_is_said_and_not_waited_for(drawing: Drawing, monkeypatch):
    monkeypatch.setattr("kaleido.Kaleido", Broken)
    with pytest.raises(LiterasiError, match="no_browser"):
        draw(drawing, "x")
    assert Broken.asked == 2
    with pytest.raises(LiterasiError, match="no_browser"):
        draw(drawing, "x")
    assert Broken.asked == 2, "the next user waits again"
    monkeypatch.setattr("literasi.export.drawing.PAUSE", 0)
    with pytest.raises(LiterasiError, match="no_browser"):
        draw(drawing, "x")
    assert Broken.asked == 4, "it is never tried again"
