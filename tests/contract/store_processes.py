"""Processes that use a store at once, and may be killed: forked from one that has imported everything.

``python -m tests.contract.store_processes`` reads orders and writes messages, one JSON object a line.
`Processes` is the other end, for tests.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from literasi.store import open_store
from tests.contract.store_rows import areas, circulation, commit, visits

ROOT = Path(__file__).resolve().parents[2]
MONTHS = 12
KILL_ROWS = 5_000
LIMIT_SECONDS = 240


def say(**message: Any) -> None:
    """Write one message; a line so short is never mixed with another process's."""
    os.write(1, (json.dumps(message) + "\n").encode())


def opening(url: str) -> None:
    """Open a store and close it."""
    open_store(url).close()


def write(url: str, worker: int, seconds: float) -> None:
    """Commit to two tables at once as often as possible; undo each fourth commit's successor."""
    store, own = open_store(url), f"own-{worker}"
    deadline, commits, undone = time.monotonic() + seconds, 0, 0
    while time.monotonic() < deadline:
        commits += 1
        shared = commits * 10 + worker
        libraries = {own: commits, "shared": shared}
        _change(store, libraries)
        if commits % 4 == 0:
            store.undo(_change(store, {own: commits + 1_000_000}), actor=own)
            undone += 1
    say(pid=os.getpid(), commits=commits, undone=undone)


def _change(store: Any, values: dict[str, int]) -> int:
    import pandas as pd

    return commit(
        store,
        visits=pd.concat([visits(library, value, MONTHS) for library, value in values.items()]),
        circulation=pd.concat([circulation(library, value, MONTHS) for library, value in values.items()]),
    )


def read(url: str, seconds: float) -> None:
    """Read two tables as of one moment as often as possible; count what does not fit together."""
    store = open_store(url)
    deadline, reads, torn, heads = time.monotonic() + seconds, 0, 0, {0}
    while time.monotonic() < deadline:
        head = store.head()
        seen = store.frame("visits", head), store.frame("circulation", head), store.frame("visits")
        values = [
            {(library, value) for library, value in zip(frame.library_id, frame[column], strict=True)}
            for frame, column in zip(seen, ("total", "loans", "total"), strict=True)
        ]
        is_whole = [len(frame) for frame in seen] == [3 * MONTHS] * 3 and [len(v) for v in values] == [3] * 3
        torn += not (is_whole and values[0] == values[1] and head >= max(heads))
        reads += 1
        heads.add(head)
    say(pid=os.getpid(), reads=reads, torn=torn, heads=len(heads) - 1)


def crash(url: str, value: int, at: int | str, pauses: bool) -> None:
    """Commit many rows, tell when a statement has run (or the commit is next), and be killed.

    Statements are counted from the one that inserts the submission, the first to write to a lasting table.
    """
    store, statements = open_store(url), 0

    def told() -> None:
        say(pid=os.getpid(), at=at)
        if pauses:
            signal.pause()

    def after(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal statements
        statements += statements > 0 or statement.startswith("INSERT INTO submissions")
        if statements == at:
            told()

    def before_commit(_connection: Any) -> None:
        if at == "commit":
            told()

    sa.event.listen(store.engine, "after_cursor_execute", after)
    sa.event.listen(store.engine, "commit", before_commit)
    commit(store, visits=many(value), circulation=many(value, "loans"), areas=areas(a21=f"Kepri {value}"))
    say(pid=os.getpid(), statements=statements)
    signal.pause()


def desk(url: str, var_dir: str, proposal: str, at: int | str, pauses: bool) -> None:
    """Commit a proposal as the upload page does, tell when a moment has come (see `crash`), and be killed."""
    import pickle

    from literasi.desk import Desk
    from literasi.intake import uploads
    from literasi.settings import Settings

    store, statements, sync = open_store(url), 0, os.fsync

    def told() -> None:
        say(pid=os.getpid(), at=at)
        if pauses:
            signal.pause()

    def after(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal statements
        statements += statements > 0 or statement.startswith("INSERT INTO submissions")
        if statements == at:
            told()

    def copied(file: int) -> None:
        sync(file)
        if at == "copy":
            told()

    def before_commit(_connection: Any) -> None:
        if at == "commit" and statements:
            told()

    sa.event.listen(store.engine, "after_cursor_execute", after)
    sa.event.listen(store.engine, "commit", before_commit)
    uploads.os.fsync = copied  # type: ignore[attr-defined]
    settings = Settings(ROOT / "data", Path(var_dir), url, "", read_only=False)
    Desk(store, settings).commit(pickle.loads(Path(proposal).read_bytes()), actor="Petugas")
    say(pid=os.getpid(), at=at, statements=statements)
    signal.pause()


def many(value: int, column: str = "total") -> Any:
    """Give many rows of one value."""
    import pandas as pd

    libraries = [f"L{i:04}" for i in range(KILL_ROWS // 20)]
    dates = pd.date_range("2023-01-01", periods=20, freq="MS")
    index = pd.MultiIndex.from_product([libraries, dates], names=["library_id", "month"])
    return index.to_frame(index=False).assign(**{column: value})


def serve() -> None:
    """Fork a process for each order; tell its id, and on demand how it ended."""
    import pandera.pandas  # noqa: F401  # slow, so imported before the forks

    import literasi.desk  # noqa: F401

    for line in sys.stdin:
        order = json.loads(line)
        if "reap" in order:
            _, status = os.waitpid(order["reap"], 0)
            say(reaped=order["reap"], code=os.waitstatus_to_exitcode(status))
            continue
        pid = os.fork()
        if pid == 0:
            signal.alarm(LIMIT_SECONDS)
            try:
                globals()[order.pop("task")](**order)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        say(started=pid)


class Processes:
    """The test's end: start processes, hear them, kill them, and know how they ended."""

    def __init__(self) -> None:
        # Not the tests' warnings: importing Pandera beside PySpark gives one.
        command = [sys.executable, "-W", "ignore", "-m", "tests.contract.store_processes"]
        self._server = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self._unread: list[dict[str, Any]] = []

    def start(self, task: str, **arguments: Any) -> int:
        """Start a task of this module; give its process id."""
        self._order(task=task, **arguments)
        return int(self.hear("started")["started"])

    def hear(self, field: str, pid: int | None = None) -> dict[str, Any]:
        """Wait for a message that has a field (from a process)."""
        while True:
            for message in self._unread:
                if field in message and pid in (None, message.get("pid"), message.get("reaped")):
                    self._unread.remove(message)
                    return message
            assert self._server.stdout is not None
            line = self._server.stdout.readline()
            assert line, "the processes have ended unexpectedly"
            self._unread.append(json.loads(line))

    def end(self, pid: int) -> int:
        """Wait for a process to end; give its exit code (negative: the signal)."""
        self._order(reap=pid)
        return int(self.hear("reaped", pid)["code"])

    def kill(self, pid: int) -> int:
        """End a process as a power switch would."""
        os.kill(pid, signal.SIGKILL)
        return self.end(pid)

    def close(self) -> None:
        """End the server."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.close()
        self._server.wait(timeout=30)
        self._server.stdout.close()

    def _order(self, **order: Any) -> None:
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()


@contextlib.contextmanager
def processes() -> Iterator[Processes]:
    """Give processes to a test, ended after it."""
    opened = Processes()
    try:
        yield opened
    finally:
        opened.close()


if __name__ == "__main__":
    serve()
