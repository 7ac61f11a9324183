"""The same measures on pandas, DuckDB and PySpark give the same rows and the same numbers."""

from __future__ import annotations

import shutil
import warnings

import narwhals as nw
import numpy as np
import pandas as pd
import pytest

from literasi.domain.measures import MEASURES, growth
from tests.frames import library, people, table

REGENCIES = ("21.01", "21.02", "21.03", "21.04", "21.05", "21.71", "21.72")


@pytest.fixture(scope="module")
def tables():
    """Random reports of 60 libraries over 30 months, with gaps, zeros, ties and unknown years."""
    random = np.random.default_rng(21)
    ids = [f"L{i:02d}" for i in range(60)]
    codes = [f"{REGENCIES[i % 7]}.0{1 + i % 3}.20{i % 5:02d}" for i in range(60)]
    joined = [None if i % 11 == 0 else 2018 + i % 7 for i in range(60)]
    libraries = [library(i, code, year) for i, code, year in zip(ids, codes, joined, strict=True)]
    libraries += [
        library("P", "21", 2019, kind="province"),
        library("X", "21.71.01.1001", None, programme="none"),
    ]
    months = pd.date_range("2022-05-01", periods=30, freq="MS")
    visits = [
        {
            "library_id": i,
            "month": month,
            "total": int(random.integers(0, 400)) * int(random.integers(0, 4) > 0),
        }
        for i in [*ids, "P", "X"]
        for month in months
        if random.random() > 0.25
    ]
    population = [
        people(area, year, int(random.integers(50_000, 1_400_000)))
        for year in (2019, 2023)
        for area in ("21", *REGENCIES)
    ]
    population += [people("21.71", 2024, 1), people("00", 2024, 280_000_000)]
    areas = [
        {"area_code": f"{r}.0{d}.20{v:02d}", "level": "village", "kind": "desa", "name": "x"}
        for r in REGENCIES
        for d in range(1, 4)
        for v in range(5)
    ]
    for row in visits:
        if row["library_id"] in ids[4::7] and row["month"] == months[3]:
            row["total"] = 0  # a regency that reported nothing but zeros
    days = [f"{year}-0{month}-15" for year in (2022, 2023, 2024) for month in (3, 8)]
    events = [
        {
            "event_id": f"E{i}",
            "name": "x",
            "kind": "bimtek" if i % 3 else "rapat",
            "date_start": day,
            "date_end": day,
            "area_code": "00" if i == 5 else "21.72",
            "participants_published": None if i == 4 else 20 + i,
        }
        for i, day in enumerate(days)
    ]
    participants = [
        {
            "event_id": f"E{i % 3}",
            "participant_id": f"p{i}",
            "library_id": None if i % 5 == 0 else ids[i % 20],
            "area_code": None if i % 4 == 0 else REGENCIES[i % 7],
        }
        for i in range(50)
    ]
    activities = [
        {"library_id": ids[i % 40], "date": days[i % 6], "name": f"a{i}", "people": None if i % 4 == 0 else i}
        for i in range(200)
    ]
    figures = [
        {
            "subject": f"S{i % 4}",
            "area_code": REGENCIES[i % 4],
            "period": f"{2020 + i % 3}",
            "metric": "visits",
            "source_id": f"s{i}",
            "value": 100 + i,
            "unit": "visitors",
            "status": ("reported", "estimated", "quarantined")[i % 3 if i < 12 else 0],
        }
        for i in range(24)
    ]
    return {
        "visits": table("visits", visits),
        "libraries": table("libraries", libraries),
        "population": table("population", population),
        "areas": table("areas", areas),
        "events": table("events", events),
        "participants": table("participants", participants),
        "activities": table("activities", activities),
        "library_figures": table("library_figures", figures),
    }


@pytest.fixture(scope="module")
def files(tables, tmp_path_factory):
    """The tables as Parquet files, as a lake would hold them."""
    folder = tmp_path_factory.mktemp("lake")
    for name, frame in tables.items():
        frame.to_parquet(folder / f"{name}.parquet")
    return {name: str(folder / f"{name}.parquet") for name in tables}


@pytest.fixture(scope="module")
def duckdb_tables(files):
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect(":memory:")
    yield {name: connection.read_parquet(path) for name, path in files.items()}
    connection.close()


@pytest.fixture(scope="module")
def spark_tables(files, tmp_path_factory):
    # In CI a skip is a failure (tests/conftest.py).
    if shutil.which("java") is None:
        pytest.skip("PySpark needs Java 17: apt-get install openjdk-17-jre-headless")
    pytest.importorskip("pyspark")
    from pyspark.sql import SparkSession

    with warnings.catch_warnings():
        # PySpark 4.3 says of pandas 3 that it is not fully supported; only collecting uses pandas here.
        warnings.simplefilter("ignore", FutureWarning)
        session = (
            SparkSession.builder.master("local[2]")
            .appName("literasi-test")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.default.parallelism", "2")
            # Compiling a query takes longer than running it on tables this small.
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.sql.adaptive.enabled", "false")
            .config("spark.driver.memory", "1g")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        yield {name: session.read.parquet(path) for name, path in files.items()}
        session.stop()


def visits_per_head(tables):
    return MEASURES["visits_per_capita"](tables, level="regency", grain="month")


def tpbis_coverage(tables):
    return MEASURES["tpbis_village_coverage"](tables, level="regency", grain="year")


def yearly_growth(tables):
    return growth(MEASURES["visits_per_capita"](tables, level="regency", grain="year"), scale="rate")


def tied_growth(tables):
    return growth(tpbis_coverage(tables), scale="rate")


SAME = pytest.mark.parametrize("compute", [visits_per_head, tpbis_coverage, yearly_growth, tied_growth])


EVERY = pytest.mark.parametrize(
    ("name", "level"),
    [(name, "regency") for name in sorted(MEASURES)] + [("participants_trained", "province")],
)


def collected(native):
    frame = nw.from_native(native).lazy().collect().to_pandas()
    texts = [name for name in frame if name in ("area_code", "period", "source_id")]
    numbers = [name for name in frame if name not in texts]
    # The order of rows is part of what is compared: each engine sorts at the end.
    return frame.astype(dict.fromkeys(texts, "str") | dict.fromkeys(numbers, "float64")).reset_index(
        drop=True
    )


def assert_equal(native, expected):
    assert len(expected) > 1
    pd.testing.assert_frame_equal(
        collected(native), collected(expected), check_exact=False, rtol=1e-12, atol=1e-12
    )


@SAME
def test_duckdb_agrees_with_pandas(compute, tables, duckdb_tables):
    result = compute(duckdb_tables)
    assert type(result).__module__.split(".")[0] in ("duckdb", "_duckdb")
    assert_equal(result, compute(tables))


@pytest.mark.spark
@SAME
def test_spark_agrees_with_pandas(compute, tables, spark_tables):
    result = compute(spark_tables)
    assert type(result).__module__.split(".")[0] == "pyspark"
    assert_equal(result, compute(tables))


@EVERY
def test_duckdb_agrees_on_every_measure(name, level, tables, duckdb_tables):
    compute = MEASURES[name]
    assert_equal(
        compute(duckdb_tables, level=level, grain="year"), compute(tables, level=level, grain="year")
    )


@pytest.mark.spark
@EVERY
def test_spark_agrees_on_every_measure(name, level, tables, spark_tables):
    compute = MEASURES[name]
    assert_equal(compute(spark_tables, level=level, grain="year"), compute(tables, level=level, grain="year"))


def test_the_tables_exercise_what_differs_between_engines(tables):
    """Gaps, zeros, ties in rank and areas without a partner are in the comparison."""
    visits, growing = visits_per_head(tables), tied_growth(tables)
    assert (visits["expected"] > visits["received"]).any()
    assert (visits["numerator"] == 0).any()
    assert (tpbis_coverage(tables)["numerator"] == 0).any()
    assert (growing["rank_last"] > growing["rank_first"]).any()
    assert growing["percent"].isna().any()
