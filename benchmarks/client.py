"""A user without a browser: speaks Streamlit's websocket protocol and changes one choice, again and again.

Like the browser it keeps the large messages of the last runs, tells the server which, and sends back the
address that the server has set, so that the server does for it what it does for a browser.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

KEPT_RUNS = 2  # Streamlit's global.maxCachedMessageAge
SUCCESSES = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class Client:
    """One session on a page.

    Parameters
    ----------
    port : int
    page : str
        Path of the page, empty for the first.
    query : str
    widget : str, optional
        Key of the list to choose from; the radio buttons of a floor without.
    """

    def __init__(self, port: int, page: str = "", query: str = "", widget: str | None = None) -> None:
        self._port, self._page, self._query, self._widget = port, page, query, widget
        self._connection: ClientConnection | None = None
        self._kept: dict[str, int] = {}
        self._runs = 0
        self._script = ""
        self._control = ""
        self._chosen = ""
        self.options: list[str] = []
        self.bytes = 0
        self.charts: dict[str, int] = {}
        self.faults = 0

    async def __aenter__(self) -> Self:
        self._connection = await connect(
            f"ws://127.0.0.1:{self._port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            compression=None,
            open_timeout=120,
            ping_timeout=None,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def load(self) -> float:
        """Run the page for the first time; milliseconds until the script has ended."""
        return await self._run()

    async def choose(self, number: int) -> float:
        """Choose an option; milliseconds until the script has ended and all was received."""
        self._chosen = self.options[number % len(self.options)]
        return await self._run()

    async def _run(self) -> float:
        assert self._connection is not None
        ask = BackMsg()
        state = ask.rerun_script
        state.query_string = self._query
        state.page_name = "" if self._script else self._page
        state.page_script_hash = self._script
        state.cached_message_hashes.extend(self._kept)
        if self._chosen:
            widget = state.widget_states.widgets.add()
            widget.id, widget.string_value = self._control, self._chosen
        start = time.perf_counter()
        await self._connection.send(ask.SerializeToString())
        async for data in self._connection:
            assert isinstance(data, bytes)
            self.bytes += len(data)
            message = ForwardMsg.FromString(data)
            if message.WhichOneof("type") == "script_finished":
                if message.script_finished in SUCCESSES:
                    break
            else:
                self._note(message)
        self._runs += 1
        self._kept = {key: run for key, run in self._kept.items() if self._runs - run <= KEPT_RUNS}
        return (time.perf_counter() - start) * 1000

    def _note(self, message: Any) -> None:
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            self._kept[message.ref_hash] = self._runs
            return
        if message.metadata.cacheable and message.hash:
            self._kept[message.hash] = self._runs
        if kind == "navigation":
            self._script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            name = element.WhichOneof("type")
            self.faults += name == "exception"
            if name == "plotly_chart":
                self.charts[element.plotly_chart.id.split("-", 2)[-1]] = element.ByteSize()
            if name == "radio" and self._widget is None:
                self._control, self.options = element.radio.id, list(element.radio.options)
            elif name == "selectbox" and element.selectbox.id.endswith(f"-w.{self._widget}"):
                self._control, self.options = element.selectbox.id, list(element.selectbox.options)


async def drive(client: Client, *, seconds: float, every: float, late: float) -> tuple[list[float], int]:
    """Change the choice again and again; a change that is due while the last is unanswered is lost.

    Returns
    -------
    (list of float, int)
        Milliseconds of each answer within the time, and how many changes were due.
    """
    answers: list[float] = []
    start = time.perf_counter() + late
    end, due = start + seconds, 0
    number = 1
    while (moment := start + due * every) < end:
        due += 1
        wait = moment - time.perf_counter()
        if wait < 0 and due > 1:
            continue
        await asyncio.sleep(max(wait, 0))
        answer = await client.choose(number)
        number += 1
        if time.perf_counter() <= end + every:
            answers.append(answer)
    return answers, due
