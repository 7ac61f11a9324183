"""Run the benchmarks: ``python -m benchmarks [part …] [--quick] [--write]``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit

from benchmarks import intake, pack, pages, payload, report, rows, users
from benchmarks.processes import HERE, ROOT, prepare
from benchmarks.targets import FEW, PAGES

README = HERE / "README.md"
PARTS = ("start", "pages", "payload", "users", "rows", "intake", "pack")


def _parts(folder: Path, *, rounds: int, quick: bool) -> dict[str, Callable[[], dict[str, Any]]]:
    sizes, stores = (10_000, 100_000, 1_000_000, 10_000_000), (10_000, 100_000, 1_000_000)
    levels, seconds = (1, 20, 50), 30.0
    if quick:
        sizes, stores, levels, seconds = sizes[:2], stores[:1], (1, 20), 8.0
    shown = FEW if quick else PAGES
    return {
        "start": lambda: {"start": pages.start(folder, rounds=1 if quick else 3)},
        "pages": lambda: pages.measure(folder, pages=shown, view_rounds=min(rounds, 3), change_rounds=rounds),
        "payload": lambda: {"payload": payload.measure(folder)},
        "users": lambda: {"users": users.measure(folder, levels=levels, seconds=seconds)},
        "rows": lambda: {"rows": rows.measure(folder, sizes=sizes, store_sizes=stores)},
        "intake": lambda: {"intake": intake.measure(folder, rows=5_000 if quick else 50_000)},
        "pack": lambda: {"pack": pack.measure(folder)},
    }


def _meta(rounds: int) -> dict[str, Any]:
    def said(*command: str) -> str:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.strip()

    return {
        "when": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": said("git", "rev-parse", "--short", "HEAD"),
        "cores": os.cpu_count(),
        "load": f"{os.getloadavg()[0]:.1f}",
        "rounds": rounds,
        "python": platform.python_version(),
        "streamlit": streamlit.__version__,
        "browser": said("chromium", "--version") or "Playwright's Chromium",
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"what to measure, all by default: {PARTS}")
    parser.add_argument("--rounds", type=int, help="views and changes per page, at most 7 (default 5)")
    parser.add_argument(
        "--quick", action="store_true", help="few rounds, users and rows: does it run at all?"
    )
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument(
        "--from", type=Path, dest="known", help="figures to report; parts named are measured again"
    )
    parser.add_argument("--write", action="store_true", help="put the tables into benchmarks/README.md")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    rounds = options.rounds or (1 if options.quick else 5)
    if not 1 <= rounds <= 7:
        parser.error("a filter has seven values that are new: --rounds 1 to 7")
    result = json.loads(options.known.read_text()) if options.known else {}
    if options.parts or not options.known:
        result |= _run(options, rounds)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n")
    text = report.render(result)
    print(text)
    if options.write:
        before, _, rest = README.read_text(encoding="utf-8").partition(report.BEGIN)
        after = rest.partition(report.END)[2]
        README.write_text(f"{before}{report.BEGIN}\n\n{text}\n\n{report.END}{after}", encoding="utf-8")


def _run(options: argparse.Namespace, rounds: int) -> dict[str, Any]:
    start = time.perf_counter()
    result: dict[str, Any] = {"meta": _meta(rounds)}
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as name:
        folder = Path(name)
        prepare(folder)
        for part, measure in _parts(folder, rounds=rounds, quick=options.quick).items():
            if part in (options.parts or PARTS):
                begun = time.perf_counter()
                result |= measure()
                print(f"{part}: {time.perf_counter() - begun:.0f} s", flush=True)
    result["meta"]["seconds"] = round(time.perf_counter() - start)
    result["meta"]["load_end"] = f"{os.getloadavg()[0]:.1f}"
    return result


if __name__ == "__main__":
    main()
