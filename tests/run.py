"""All checks of the project: `python3 start.py test`; with arguments, pytest alone with those arguments.

Installs what the tests drive (Chromium, Java, PostgreSQL, MariaDB, LibreOffice, axe-core), runs everything,
then reports.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def found_chromium() -> bool:
    """Look for a Chromium that Playwright and kaleido can drive."""
    return any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))


def found_java() -> bool:
    """Look for a Java that runs; macOS ships a `java` that only says it is not there."""
    java = shutil.which("java")
    return java is not None and subprocess.call([java, "-version"], stderr=subprocess.DEVNULL) == 0


def found_postgresql() -> bool:
    """Look for a PostgreSQL server; Debian keeps it off PATH."""
    return shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def found_mariadb() -> bool:
    """Look for a MariaDB server; Debian keeps it off a user's PATH."""
    return shutil.which("mariadbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None


def found_libreoffice() -> bool:
    """Look for LibreOffice, which opens the workbooks we write."""
    return shutil.which("soffice") is not None


def found_impress() -> bool:
    """Look for LibreOffice Impress, which opens the slides we write."""
    return any(Path("/usr/lib/libreoffice/program").glob("libsdlo.so"))


def found_poppler() -> bool:
    """Look for poppler's tools, which read the PDFs we write."""
    return shutil.which("pdffonts") is not None


def found_npm() -> bool:
    """Look for npm, which brings axe-core and the register of islands."""
    return shutil.which("npm") is not None


TOOLS: dict[str, Callable[[], bool]] = {
    "chromium": found_chromium,
    "openjdk-17-jre-headless": found_java,
    "postgresql": found_postgresql,
    "mariadb-server": found_mariadb,
    "libreoffice-calc-nogui": found_libreoffice,
    "libreoffice-impress-nogui": found_impress,
    "poppler-utils": found_poppler,
    "npm": found_npm,
}


def install_tools() -> list[str]:
    """Install what is missing and return what could not be had."""
    missing = [package for package, found in TOOLS.items() if not found()]
    if missing and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"== memasang dari Debian: {', '.join(missing)}", flush=True)
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        quiet = subprocess.DEVNULL
        subprocess.call(["apt-get", "update", "-qq"], env=env, stdout=quiet)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
        subprocess.call([*install, *missing, "fonts-liberation"], env=env, stdout=quiet)
    elif (
        "chromium" in missing
        and subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"]) == 0
    ):
        missing.remove("chromium")
    missing = [package for package in missing if not TOOLS[package]()]
    npm = shutil.which("npm")
    if npm and not newer(ROOT / "node_modules/.package-lock.json", ROOT / "package-lock.json"):
        print("== npm ci", flush=True)
        if subprocess.call([npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT) != 0:
            missing.append("axe-core (npm)")
    return missing


def newer(made: Path, source: Path) -> bool:
    """Was `made` written after `source`?"""
    return made.exists() and made.stat().st_mtime >= source.stat().st_mtime


def main(arguments: list[str]) -> int:
    """Run the checks and say which failed.

    Parameters
    ----------
    arguments : list of str
        Passed to pytest. If there are any, only pytest runs.

    Returns
    -------
    int
        0 when everything passed.
    """
    missing = install_tools()
    pytest = [sys.executable, "-m", "pytest"]
    # loadfile: a file's tests share one server, one Spark, one PostgreSQL.
    steps = {
        "ruff check": [BIN / "ruff", "check", "--quiet"],
        "ruff format": [BIN / "ruff", "format", "--check", "--quiet"],
        "mypy": [BIN / "mypy"],
        "import-linter": [BIN / "lint-imports", "--no-cache"],
        "pytest": [*pytest, "-n", "2", "--dist", "loadfile", "--durations=12"],
    }
    if arguments:
        steps = {"pytest": [*pytest, *arguments]}
    failed = []
    for name, command in steps.items():
        print(f"== {name}", flush=True)
        if subprocess.call(command, cwd=ROOT) != 0:
            failed.append(name)
    if missing:
        print(f"== Tidak terpasang: {', '.join(missing)}. Pasang sendiri, lalu ulangi.")
    print(f"== GAGAL: {', '.join(failed)}" if failed else "== Semua pemeriksaan lulus.", flush=True)
    return 1 if failed or (missing and os.environ.get("CI")) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
