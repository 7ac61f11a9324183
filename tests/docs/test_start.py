"""`python3 start.py` as the README promises it: one line, only this computer, a clear word when it cannot."""

import os
import re
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TCP_SOCKETS = Path("/proc/net/tcp")
only_linux = pytest.mark.skipif(not TCP_SOCKETS.exists(), reason="reads Linux's table of sockets")
pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def start(port: int, var_dir: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "start.py", "--no-browser", "--port", str(port), *options],
        cwd=PROJECT,
        env=os.environ | {"LITERASI_VAR_DIR": str(var_dir)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def started(var_dir: Path, *options: str) -> Iterator[tuple[int, list[str]]]:
    """Start; give the port and the lines printed up to the invitation; stop, and see that nothing is left."""
    port = free_port()
    with start(port, var_dir, *options) as process:
        watchdog = threading.Timer(180, process.kill)
        watchdog.start()
        lines: list[str] = []
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip())
            if "terbuka di" in line:
                break
        yield port, lines
        process.terminate()
        process.stdout.read()
        watchdog.cancel()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0, "the server outlived start.py"


def listening(port: int) -> set[str]:
    """Addresses, as Linux writes them, on which someone listens at a port."""
    rows = [row.split() for row in TCP_SOCKETS.read_text().splitlines()[1:]]
    at_port = [
        address for _, address, _, state, *_ in rows if state == "0A" and address.endswith(f":{port:04X}")
    ]
    return {address.partition(":")[0] for address in at_port}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, list[str]]]:
    with started(tmp_path_factory.mktemp("var")) as found:
        yield found


def test_says_in_one_line_where_it_is(running: tuple[int, list[str]]):
    port, lines = running
    expected = f"Dasbor Literasi Kepri terbuka di http://localhost:{port} (Ctrl+C untuk berhenti)."
    assert lines[-1] == expected, "\n".join(lines)


def test_answers_also_at_a_deep_address(running: tuple[int, list[str]]):
    port, _ = running
    for path in ("/_stcore/health", "/", "/peta"):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            assert answer.status == 200


@only_linux
def test_listens_on_this_computer_only(running: tuple[int, list[str]]):
    assert listening(running[0]) == {"0100007F"}


@only_linux
def test_lan_opens_it_even_on_a_new_install_and_gives_the_address(tmp_path: Path):
    with started(tmp_path, "--lan") as (port, lines):
        assert re.search(rf"hanya-baca, http://[\d.]+:{port} \(Ctrl", lines[-1]), "\n".join(lines)
        assert listening(port) == {"00000000"}


def test_a_used_port_is_named_with_the_remedy(running: tuple[int, list[str]], tmp_path: Path):
    port, _ = running
    with start(port, tmp_path) as second:
        said, _ = second.communicate(timeout=120)
    assert second.returncode == 1
    assert f"Porta {port} sudah dipakai" in said
    assert f"--port {port + 1}" in said
