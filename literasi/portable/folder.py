"""The folder for the stick: program, data, packages, start files, report, checksums."""

from __future__ import annotations

import hashlib
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from literasi import workspaces
from literasi.errors import LiterasiError
from literasi.portable import report, snapshot, wheels
from literasi.settings import ROOT, Settings
from literasi.store import open_store
from literasi.text import t
from literasi.workspaces import OFFICIAL, PRACTICE

PROGRAM = (
    "dashboard.py",
    "start.py",
    "requirements.txt",
    "LICENSE",
    "literasi",
    "pages",
    "static",
    ".streamlit",
)
FOLDER = "dasbor"
SUMS = "SHA256SUMS.txt"
_DATABASES = {OFFICIAL: "literasi.db", PRACTICE: "practice.db"}
_NEVER = shutil.ignore_patterns("__pycache__", "*.py[cod]", "secrets.toml")

# Settings that every start file makes: read-only, data of the stick, packages of the stick, and the
# environment on the computer's own disk, since a stick may be slow, full, or without links.
_UNIX = """#!/bin/sh
cd "$(dirname "$0")/{folder}" || exit 1
export LITERASI_READ_ONLY=1 LITERASI_VAR_DIR="$PWD/var" PYTHONDONTWRITEBYTECODE=1
export LITERASI_VENV="${{TMPDIR:-/tmp}}/dasbor-literasi-kepri-$(id -u)"
unset LITERASI_DATABASE_URL LITERASI_PRACTICE_URL LITERASI_DATA_DIR
{packages}exec python3 start.py "$@"
"""
_UNIX_PACKAGES = 'export PIP_NO_INDEX=1 PIP_FIND_LINKS="$PWD/../{wheels}"\n'
_WINDOWS = """@echo off
cd /d "%~dp0{folder}"
set LITERASI_READ_ONLY=1
set "LITERASI_VAR_DIR=%CD%\\var"
set PYTHONDONTWRITEBYTECODE=1
set "LITERASI_VENV=%LOCALAPPDATA%\\dasbor-literasi-kepri"
set LITERASI_DATABASE_URL=
set LITERASI_PRACTICE_URL=
set LITERASI_DATA_DIR=
{packages}where py >nul 2>nul
if errorlevel 1 (python start.py %*) else (py -3 start.py %*)
if errorlevel 1 pause
"""
_WINDOWS_PACKAGES = 'set PIP_NO_INDEX=1\nset "PIP_FIND_LINKS=%CD%\\..\\{wheels}"\n'


@dataclass(frozen=True, slots=True)
class Made:
    """What a portable edition holds.

    Attributes
    ----------
    folder : Path
    submission : int
        Of the official workspace.
    missing_wheels : str
        Why packages are missing, as pip says it; empty when they are there or were not asked for.
    size : int
        Bytes.
    """

    folder: Path
    submission: int
    missing_wheels: str
    size: int


def make(
    folder: Path,
    settings: Settings,
    *,
    platform: str | None,
    python: str,
    progress: Callable[[str], None] = lambda _: None,
) -> Made:
    """Write a portable edition.

    Parameters
    ----------
    folder : Path
        Must not be there yet, or be empty: nothing is ever overwritten.
    settings : Settings
        Of the install whose data are copied.
    platform : str, optional
        A key of `wheels.PLATFORMS`; no packages for None.
    python : str
        Of the other computer, one of `wheels.PYTHONS`.
    progress : callable
        Told in words what is being done.

    Returns
    -------
    Made

    Raises
    ------
    LiterasiError
        ``error.portable_folder`` if something is in the folder already.
    StoreError
        If the data cannot be read.
    """
    if folder.exists() and any(folder.iterdir()):
        raise LiterasiError("error.portable_folder", folder=folder)
    program = folder / FOLDER
    program.mkdir(parents=True, exist_ok=True)
    progress(t("portable.copying"))
    _copy(ROOT, program, PROGRAM)
    shutil.copytree(settings.data_dir, program / "data", ignore=_NEVER)
    heads = _copy_data(program / "var", settings)
    missing = ""
    if platform is not None:
        progress(t("portable.fetching", platform=platform, python=python))
        missing = wheels.fetch(
            program / "requirements.txt", folder / _wheels(platform), platform=platform, python=python
        )
        if missing:
            shutil.rmtree(folder / _wheels(platform), ignore_errors=True)
    carried = _wheels(platform) if platform is not None and not missing else None
    _write_starts(folder, carried)
    progress(t("portable.reporting"))
    (folder / "laporan.html").write_bytes(report.html_bytes(settings))
    (folder / "BACA-DULU.txt").write_text(
        _read_me(heads, platform if carried else None, python), encoding="utf-8-sig"
    )
    _write_sums(folder)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Made(folder, heads[OFFICIAL], missing, size)


def _copy(source: Path, target: Path, names: Iterable[str]) -> None:
    for name in names:
        if (source / name).is_dir():
            shutil.copytree(source / name, target / name, ignore=_NEVER)
        else:
            shutil.copy2(source / name, target / name)


def _copy_data(var: Path, settings: Settings) -> Mapping[str, int]:
    """Copy both workspaces; give the submission of each as of which they were read."""
    var.mkdir()
    heads = {}
    for name, file in _DATABASES.items():
        url = settings.practice_url if name == PRACTICE else settings.database_url
        workspaces.open_workspace(name, settings).close()  # made or upgraded before it is only read
        with closing(open_store(url, read_only=True)) as store:
            heads[name] = snapshot.write(store, var / file)
    return heads


def _wheels(platform: str) -> str:
    return f"paket-{platform}"


def _write_starts(folder: Path, carried: str | None) -> None:
    """Write the files to double-click; packages are only looked for on the stick where they are carried."""
    unix = _UNIX_PACKAGES.format(wheels=carried) if carried else ""
    windows = _WINDOWS_PACKAGES.format(wheels=carried) if carried else ""
    script = _UNIX.format(folder=FOLDER, packages=unix)
    for name in ("mulai.sh", "Mulai.command"):
        (folder / name).write_text(script, encoding="utf-8", newline="\n")
        (folder / name).chmod((folder / name).stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    text = _WINDOWS.format(folder=FOLDER, packages=windows)
    (folder / "MULAI.bat").write_text(text, encoding="utf-8", newline="\r\n")


def _read_me(heads: Mapping[str, int], platform: str | None, python: str) -> str:
    lines = [
        t("portable.title"),
        "",
        t("portable.how"),
        t("portable.with_wheels", platform=platform, python=python) if platform else t("portable.no_wheels"),
        t("portable.without_python"),
        "",
        t("portable.data", submission=heads[OFFICIAL]),
        t("portable.read_only"),
        t("portable.sums", file=SUMS),
    ]
    return "\n".join(lines) + "\n"


def _write_sums(folder: Path) -> None:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    lines = [f"{_sha256(file)}  {file.relative_to(folder).as_posix()}" for file in files]
    (folder / SUMS).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
