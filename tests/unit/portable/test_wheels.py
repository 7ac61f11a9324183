"""Which pins another computer needs, and what happens without internet."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from literasi.portable import wheels

REQUIREMENTS = """\
# compiled
numpy==2.3.5
    # via pandas
watchdog==7.1.0 ; sys_platform != 'darwin'
colorama==0.4.6 ; sys_platform == 'win32'
tomli==2.0.1 ; python_full_version < '3.12'
psycopg-binary==3.3.0 ; implementation_name != 'pypy'
""".splitlines()


@pytest.mark.parametrize(
    ("platform", "python", "names"),
    [
        ("windows", "3.12", ["numpy", "watchdog", "colorama", "psycopg-binary"]),
        ("linux", "3.11", ["numpy", "watchdog", "tomli", "psycopg-binary"]),
        ("macos", "3.13", ["numpy", "psycopg-binary"]),
    ],
)
def test_the_pins_are_those_of_the_other_computer(platform: str, python: str, names: list[str]):
    kept = wheels.pins(REQUIREMENTS, platform=platform, python=python)
    assert [pin.partition("==")[0] for pin in kept] == names
    assert "numpy==2.3.5" in kept


def test_pip_is_asked_for_wheels_of_that_computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append([*command, Path(command[-1]).read_text()])
        return subprocess.CompletedProcess(command, 0, "", "WARNING: something\n")

    monkeypatch.setattr(subprocess, "run", run)
    file = tmp_path / "requirements.txt"
    file.write_text("\n".join(REQUIREMENTS))
    assert wheels.fetch(file, tmp_path / "out", platform="windows", python="3.12") == ""
    (command,) = asked
    assert command[:4] == [sys.executable, "-m", "pip", "download"]
    assert {"win_amd64", "--no-deps", "--only-binary=:all:", "--python-version=3.12"} <= set(command)
    assert command[-1].split() == [
        "numpy==2.3.5",
        "watchdog==7.1.0",
        "colorama==0.4.6",
        "psycopg-binary==3.3.0",
    ]


def test_without_internet_the_reason_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    file = tmp_path / "requirements.txt"
    file.write_text("numpy==2.3.5\n")
    assert "numpy==2.3.5" in wheels.fetch(file, tmp_path / "out", platform="windows", python="3.12")
