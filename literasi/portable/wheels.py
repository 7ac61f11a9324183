"""The packages of another computer, fetched here so that it needs no internet."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from packaging.requirements import Requirement

# What wheels of the packages are tagged with, and what their markers ask for.
PLATFORMS: Mapping[str, tuple[str, ...]] = {
    "windows": ("win_amd64",),
    "linux": (
        "manylinux_2_28_x86_64",
        "manylinux_2_27_x86_64",
        "manylinux2014_x86_64",
        "manylinux_2_17_x86_64",
    ),
    "macos": (
        *(f"macosx_{n}_0_arm64" for n in range(14, 10, -1)),
        "macosx_11_0_universal2",
        "macosx_10_9_universal2",
    ),
}
PYTHONS = ("3.11", "3.12", "3.13")
_MARKERS: Mapping[str, Mapping[str, str]] = {
    "windows": {
        "sys_platform": "win32",
        "os_name": "nt",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
    },
    "linux": {
        "sys_platform": "linux",
        "os_name": "posix",
        "platform_system": "Linux",
        "platform_machine": "x86_64",
    },
    "macos": {
        "sys_platform": "darwin",
        "os_name": "posix",
        "platform_system": "Darwin",
        "platform_machine": "arm64",
    },
}


def pins(lines: Iterable[str], *, platform: str, python: str) -> list[str]:
    """Keep the pins that another computer needs.

    Parameters
    ----------
    lines : iterable of str
        Of a requirements file with pins for every platform.
    platform : str
        A key of `PLATFORMS`.
    python : str
        One of `PYTHONS`.

    Returns
    -------
    list of str
        ``name==version``, without markers.
    """
    there = {**_MARKERS[platform], "python_version": python, "python_full_version": f"{python}.0"}
    there |= {"implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": ""}
    kept = []
    for line in lines:
        if line.strip() and not line.startswith(("#", " ")):
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate(there):
                kept.append(f"{requirement.name}{requirement.specifier}")
    return kept


def fetch(requirements: Path, folder: Path, *, platform: str, python: str) -> str:
    """Download the wheels for another computer with pip.

    Parameters
    ----------
    requirements : Path
        With pins for every platform.
    folder : Path
        Where the wheels go.
    platform, python : str
        As for `pins`.

    Returns
    -------
    str
        Empty when all are there, else the last line that pip wrote: without internet nothing comes.
    """
    wanted = pins(requirements.read_text(encoding="utf-8").splitlines(), platform=platform, python=python)
    tags = [word for tag in (*PLATFORMS[platform], "any") for word in ("--platform", tag)]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary=:all:", "--implementation=cp", f"--python-version={python}", *tags]
    with tempfile.TemporaryDirectory() as work:
        listed = Path(work) / "pins.txt"
        listed.write_text("\n".join(wanted), encoding="utf-8")
        told = subprocess.run(
            [*command, "--dest", str(folder), "-r", str(listed)], capture_output=True, text=True, check=False
        )
    lines = [line for line in told.stderr.splitlines() if line.strip()]
    return "" if told.returncode == 0 else (lines[-1] if lines else f"pip: {told.returncode}")
