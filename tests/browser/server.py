"""The dashboard as `start.py` serves it, for one test session."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
# start.py's own function, with this Python in place of the environment that start.py would make.
SERVE = "import sys, start; start.PYTHON = sys.executable; start.serve({port}, lan={lan}, browser=False)"
INVITATION = "terbuka di"
START_LIMIT = 180  # seconds; only a server that hangs takes so long


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Server:
    """A running dashboard; a context manager that ends it.

    Parameters
    ----------
    var_dir : Path
        Its databases; filled at the first start.
    lan : bool
        As shown to a hall: read-only, public suppression threshold.
    """

    def __init__(self, var_dir: Path, *, lan: bool = False) -> None:
        self.var_dir = var_dir
        self.address = f"http://127.0.0.1:{(port := free_port())}"
        self._lines: list[str] = []
        self._settled = threading.Event()
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVE.format(port=port, lan=lan)],
            cwd=ROOT,
            env=os.environ | {"LITERASI_VAR_DIR": str(var_dir), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def output(self) -> str:
        """What the server has printed so far."""
        return "\n".join(self._lines)

    def __enter__(self) -> Self:
        """Wait until it invites visitors."""
        self._settled.wait(START_LIMIT)
        if not any(INVITATION in line for line in self._lines):
            self.__exit__()
            raise RuntimeError(f"The server did not start:\n{self.output}")
        return self

    def __exit__(self, *_: object) -> None:
        """End it, and the server that it started."""
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(10)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.append(line.rstrip())
            if INVITATION in line:
                self._settled.set()
        self._settled.set()
