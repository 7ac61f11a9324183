"""Growth of the data: 10 000 to 10 million visit reports through the measure, the store and a page."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.client import Client
from benchmarks.processes import ROOT, Server, elsewhere, prepare, rss

MONTHS = pd.date_range("2017-01-01", "2026-12-01", freq="MS")
LEAST_LIBRARIES = 84
STRIDE = 61  # so that few libraries too lie in all regencies


def measure(folder: Path, *, sizes: tuple[int, ...], store_sizes: tuple[int, ...]) -> dict[str, Any]:
    """Time the measure on pandas and on DuckDB over Parquet, and a page on a store of its own."""
    found: dict[str, Any] = {"measure": {}, "page": {}}
    for size in sizes:
        made = folder / f"visits-{size}"
        _write(made, size)
        found["measure"][str(size)] = {
            engine: elsewhere("benchmarks.rows", "engine", engine, made) for engine in ENGINES
        }
        for file in made.iterdir():
            file.unlink()
    for size in store_sizes:
        found["page"][str(size)] = _page(folder / f"store-{size}", size)
    return found


def _made(size: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Invent libraries in real villages, and a report of each for every month of ten years."""
    areas = pd.read_csv(ROOT / "data/areas/areas.csv", dtype="str")
    villages = areas.loc[areas["area_code"].str.len() == 13, "area_code"].to_numpy()
    count = max(LEAST_LIBRARIES, -(-size // len(MONTHS)))
    number = np.arange(count)
    libraries = pd.DataFrame(
        {
            "library_id": [f"bench-{n:06d}" for n in number],
            "area_code": villages[number * STRIDE % len(villages)],
            "programme": "national",
            "year_joined": pd.Series(2016, index=number, dtype="Int64"),
        }
    ).astype({"library_id": "str", "area_code": "str", "programme": "str"})
    row = np.arange(size)
    visits = pd.DataFrame(
        {
            "library_id": libraries["library_id"].take(row % count).array,
            "month": MONTHS.take(row // count),
            "total": pd.array(np.random.default_rng(21).poisson(120, size), dtype="Int64"),
        }
    )
    return libraries, visits


def _write(folder: Path, size: int) -> None:
    from literasi import contracts, practice
    from literasi.settings import load
    from literasi.store import seed

    folder.mkdir()
    libraries, visits = _made(size)
    population = practice.tables(seed.read_areas(load().data_dir))["population"]
    libraries.to_parquet(folder / "libraries.parquet")
    visits.to_parquet(folder / "visits.parquet")
    contracts.coerce("population", population).to_parquet(folder / "population.parquet")


def _pandas(folder: Path) -> Any:
    return {
        name: pd.read_parquet(folder / f"{name}.parquet") for name in ("visits", "libraries", "population")
    }


def _duckdb(folder: Path) -> Any:
    import duckdb

    connection = duckdb.connect()
    return {
        name: connection.sql(f"SELECT * FROM '{folder / name}.parquet'")
        for name in ("visits", "libraries", "population")
    }


ENGINES = {"pandas": _pandas, "duckdb": _duckdb}


def engine(name: str, folder: Path) -> dict[str, float]:
    """Visits per head by regency and month, three times; the process must be new."""
    import resource

    from literasi.domain.measures import MEASURES

    start = time.perf_counter()
    tables = ENGINES[name](folder)
    loaded = time.perf_counter() - start
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        answer = MEASURES["visits_per_capita"](tables, level="regency", grain="month")
        answer = answer.df() if hasattr(answer, "df") else answer
        taken.append((time.perf_counter() - start) * 1000)
    return {
        "load_ms": loaded * 1000,
        "measure_ms": median(taken),
        "rows_out": len(answer),
        "rss": rss(os.getpid()),
        "rss_peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }


def commit(folder: Path, size: int) -> dict[str, float]:
    """Bring invented reports into the practice workspace by the store's own door."""
    from literasi import contracts
    from literasi.settings import load
    from literasi.workspaces import PRACTICE, open_workspace

    libraries, visits = _made(size)
    libraries = libraries.assign(name=libraries["library_id"], kind="village")
    store = open_workspace(PRACTICE, load())
    changes = {
        name: contracts.coerce(name, rows) for name, rows in (("libraries", libraries), ("visits", visits))
    }
    start = time.perf_counter()
    store.commit(changes, actor="benchmark", file_name="benchmark", sha256="")
    committed = time.perf_counter() - start
    start = time.perf_counter()
    frame = store.frame("visits")
    read = time.perf_counter() - start
    store.close()
    return {"commit_s": committed, "frame_ms": read * 1000, "rows": len(frame)}


def _page(folder: Path, size: int) -> dict[str, float]:
    folder.mkdir()
    prepare(folder)
    os.environ["LITERASI_VAR_DIR"] = str(folder)
    try:
        found = elsewhere("benchmarks.rows", "commit", folder, size)
    finally:
        del os.environ["LITERASI_VAR_DIR"]
    with Server("ours", folder) as server:
        found |= asyncio.run(_rerun(server))
        found["rss"] = server.rss()
    return found


async def _rerun(server: Server) -> dict[str, float]:
    """Load and change the page of visits: before anybody has, then as another session."""
    found = {}
    for turn in ("first", "again"):
        async with Client(server.port, "minat-baca", "ruang=latihan", "wilayah") as client:
            found[f"load_{turn}_ms"] = await client.load()
            found[f"change_{turn}_ms"] = median([await client.choose(number) for number in range(1, 6)])
            if client.faults:
                raise RuntimeError("The page shows an error.")
    return found


if __name__ == "__main__":
    part, *given = sys.argv[1:]
    done = engine(given[0], Path(given[1])) if part == "engine" else commit(Path(given[0]), int(given[1]))
    print(json.dumps(done))
