"""Servers under measurement, and what the kernel says that a process has used."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TICK = os.sysconf("SC_CLK_TCK")
START_LIMIT = 180  # seconds

# The floors run as Streamlit comes, but for the two that would reach outside or open a browser.
STOCK = ("--server.headless=true", "--browser.gatherUsageStats=false")
OURS = "ours"
FLOORS = ("empty", "radio", "plotly")


def elsewhere(module: str, *arguments: object) -> dict[str, float]:
    """Run a part of a benchmark in a process of its own, so that its memory is its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        stdout=subprocess.PIPE,
        check=True,
    )
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Server:
    """One Streamlit server: ``ours`` as `start.py` runs it, or one of the floors as Streamlit comes.

    Parameters
    ----------
    target : str
        `OURS` or a name in `FLOORS`.
    folder : Path
        Where databases of ours are; filled before if they are not there.
    environment : dict, optional
        Further variables.
    """

    def __init__(self, target: str, folder: Path, environment: dict[str, str] | None = None) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        script, options, cwd = f"{HERE}/floors/{target}.py", STOCK, folder
        if target == OURS:
            script, options, cwd = "literasi/asgi.py", ("--logger.hideWelcomeMessage=true",), ROOT
        self.log = folder / f"{target}-{self.port}.log"
        command = [sys.executable, "-m", "streamlit", "run", script, f"--server.port={self.port}"]
        command += ["--server.address=127.0.0.1", "--logger.level=error", *options]
        variables = {"LITERASI_VAR_DIR": str(folder), "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"}
        self.started = time.perf_counter()
        with self.log.open("wb") as output:
            self._process = subprocess.Popen(
                command,
                cwd=cwd,
                env=os.environ | variables | (environment or {}),
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self.pid = self._process.pid
        self.ready_after = 0.0

    def __enter__(self) -> Self:
        while not self._is_healthy():
            if self._process.poll() is not None or time.perf_counter() - self.started > START_LIMIT:
                self.__exit__()
                raise RuntimeError(f"The server did not start:\n{self.log.read_text(errors='replace')}")
            time.sleep(0.02)
        self.ready_after = time.perf_counter() - self.started
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _is_healthy(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/_stcore/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def cpu(self) -> float:
        """Give the processor time used so far, seconds."""
        return _cpu(self.pid)

    def rss(self) -> float:
        """Give the memory resident now, MB."""
        return rss(self.pid)


def prepare(folder: Path) -> None:
    """Make and fill both workspaces, as `start.py` does before it serves."""
    subprocess.run(
        [sys.executable, "-m", "literasi", "prepare"],
        cwd=ROOT,
        env=os.environ | {"LITERASI_VAR_DIR": str(folder), "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def rss(pid: int) -> float:
    """Give the memory a process has resident, MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _stat(pid: int) -> list[str]:
    """Fields of ``/proc/<pid>/stat`` after the name: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _cpu(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICK


class Tree:
    """Processor time of the browser: all descendants of this process that are Chromium."""

    def __init__(self) -> None:
        self._seen: dict[int, float] = {}

    def cpu(self) -> float:
        """Give the processor time of all of them so far, seconds; one that has ended keeps its last."""
        parents, names = {}, {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    text = (entry / "stat").read_text()
                except OSError:
                    continue
                pid = int(entry.name)
                names[pid] = text.partition("(")[2].rpartition(")")[0]
                parents[pid] = int(text.rpartition(")")[2].split()[1])
        for pid, name in names.items():
            if "chrom" in name and self._is_mine(pid, parents):
                try:
                    self._seen[pid] = _cpu(pid)
                except OSError:
                    continue
        return sum(self._seen.values())

    @staticmethod
    def _is_mine(pid: int, parents: dict[int, int]) -> bool:
        while pid > 1:
            if pid == os.getpid():
                return True
            pid = parents.get(pid, 0)
        return False
