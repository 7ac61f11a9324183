"""Fifty thousand rows of a file: read, examined, previewed and committed, against pandas reading them."""

from __future__ import annotations

import csv
import json
import resource
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.processes import elsewhere

PLACE = ("Kabupaten/Kota", "Kecamatan", "Desa/Kelurahan", "Nama Perpustakaan")
VISITS = (*PLACE, "Bulan", "Perempuan", "Laki-laki", "Total")
ACTIVITIES = (*PLACE, "Tanggal", "Nama Kegiatan", "Bidang", "Sasaran", "Jumlah Peserta")
FIELDS = ("Pendidikan", "Kesehatan", "Ekonomi", "Seni Budaya", "Lainnya")
ACTORS = {"xlsx": ("calamine", "openpyxl"), "csv": ("c",)}
"""File to the engines of pandas that can read it."""


def measure(folder: Path, *, rows: int) -> dict[str, Any]:
    """Time the desk and plain pandas on each file, every run in a process of its own."""
    folder = folder / "intake"
    folder.mkdir()
    elsewhere("benchmarks.intake", "prepare", folder, rows)
    found: dict[str, Any] = {"rows": rows}
    for name in ("visits", "activities"):
        for ending, engines in ACTORS.items():
            file = folder / f"{name}.{ending}"
            var = folder / f"var-{name}-{ending}"
            shutil.copytree(folder / "var", var)
            found[f"{name} {ending}"] = {
                "desk": elsewhere("benchmarks.intake", "desk", file, var),
                "pandas": {
                    engine: elsewhere("benchmarks.intake", "pandas", file, engine) for engine in engines
                },
            }
            shutil.rmtree(var)
    return found


def _places() -> list[tuple[tuple[str, str, str, str], dict[str, str]]]:
    """Give each village as a file names it, and the library that is registered there."""
    from literasi.domain.areas import AreaRegister
    from literasi.settings import load
    from literasi.store import seed

    register = AreaRegister.from_frame(seed.read_areas(load().data_dir))
    places = []
    for village in register.children(register.province.code, "village"):
        district, regency = register.ancestors(village.code)[:2]
        library = {
            "library_id": f"L-{village.code}-1",
            "name": f"Perpustakaan {village.kind.title()} {village.name}",
            "kind": "village",
            "area_code": village.code,
            "programme": "national",
        }
        written = f"Perpus {village.kind.title()} {village.name}"
        places.append(
            ((f"{regency.kind} {regency.name}".title(), district.name, village.name, written), library)
        )
    return places


def _visits(rows: int) -> Iterator[tuple[Any, ...]]:
    places = [place for place, _ in _places()]
    for number in range(rows):
        month, female, male = number // len(places), 40 + number % 37, 30 + number % 23
        yield (
            *places[number % len(places)],
            f"{month % 12 + 1}/{2015 + month // 12}",
            female,
            male,
            female + male,
        )


def _activities(rows: int) -> Iterator[tuple[Any, ...]]:
    places = [place for place, _ in _places()]
    for number in range(rows):
        day = number // len(places)
        date = f"{day % 28 + 1:02}/{day // 28 % 12 + 1:02}/{2020 + day // 336}"
        field = FIELDS[number % len(FIELDS)]
        yield (
            *places[number % len(places)],
            date,
            f"Kelas {field} {number % 9}",
            field,
            "Umum",
            5 + number % 40,
        )


def _prepare(folder: Path, rows: int) -> dict[str, float]:
    from openpyxl import Workbook

    from literasi.settings import load
    from literasi.store import open_store, seed

    for name, headings, made in (("visits", VISITS, _visits), ("activities", ACTIVITIES, _activities)):
        book = Workbook(write_only=True)
        sheet = book.create_sheet(name)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            for row in (headings, *made(rows)):
                sheet.append(row)
                writer.writerow(row)
        book.save(folder / f"{name}.xlsx")
    store = open_store(f"sqlite:///{folder / 'var' / 'literasi.db'}")
    libraries = pd.DataFrame([library for _, library in _places()])
    changes = {"areas": seed.read_areas(load().data_dir), "libraries": libraries}
    store.commit(changes, actor="benchmark", file_name="", sha256="")
    store.close()
    return {}


def _desk(file: Path, var: Path) -> dict[str, float]:
    from dataclasses import replace

    from literasi.desk import Desk
    from literasi.settings import load
    from literasi.store import open_store

    store = open_store(f"sqlite:///{var / 'literasi.db'}")
    desk = Desk(store, replace(load(), var_dir=var))
    before = _peak()
    steps: dict[str, float] = {"start_mb": before}
    begun = time.perf_counter()

    def done(step: str) -> None:
        nonlocal begun
        steps[f"{step}_s"] = time.perf_counter() - begun
        begun = time.perf_counter()

    opened = desk.open(file.name, file.read_bytes())
    done("read")
    proposal = desk.examine(opened)
    done("examine")
    steps["examined_mb"] = _peak()
    if not proposal.is_ready:
        raise SystemExit(f"not ready: {proposal.findings[:3]} {proposal.questions[:3]}")
    preview = desk.preview(proposal)
    done("preview")
    desk.commit(proposal, actor="benchmark", preview=preview)
    done("commit")
    return steps | {"rows": sum(map(len, proposal.changes.values())), "peak_mb": _peak()}


def _pandas(file: Path, engine: str) -> dict[str, float]:
    before = _peak()
    begun = time.perf_counter()
    if file.suffix == ".csv":
        frame = pd.read_csv(file, sep=";", engine="c")
    else:
        frame = pd.read_excel(file, engine=engine)  # type: ignore[call-overload]
    return {"rows": len(frame), "read_s": time.perf_counter() - begun, "start_mb": before, "peak_mb": _peak()}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run one part: ``prepare FOLDER ROWS``, ``desk FILE VAR`` or ``pandas FILE ENGINE``."""
    part, first, second = sys.argv[1:]
    if part == "prepare":
        answer = _prepare(Path(first), int(second))
    elif part == "desk":
        answer = _desk(Path(first), Path(second))
    else:
        answer = _pandas(Path(first), second)
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
