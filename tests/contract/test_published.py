"""What `data/published` ships: it meets its contracts, refers to what exists, and loses nothing."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from literasi import contracts
from literasi.contracts import TABLES
from literasi.store.seed import read

# Pandera imports PySpark where it is installed, and that warns about pandas 3.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "data" / "published"
REFERENCE = ROOT.parent / "shared" / "reference"

ROWS = {
    "sources": 143,
    "population": 56,
    "observations": 154,
    "libraries": 32,
    "library_figures": 101,
    "aid": 45,
    "events": 33,
    "targets": 6,
}


def published(table: str) -> pd.DataFrame:
    return read(table, PUBLISHED / f"{table}.csv")


def reference(name: str) -> list[dict[str, str]]:
    if not REFERENCE.is_dir():
        pytest.skip(f"{REFERENCE} is not on this machine")  # in CI a skip is a failure: tests/conftest.py
    frame = pd.read_csv(REFERENCE / f"{name}.csv", dtype="str", keep_default_na=False)
    return frame.to_dict("records")


def cell(row: dict[str, object], name: str) -> str:
    return "" if pd.isna(row[name]) else str(row[name])


def counted(table: str, *names: str) -> Counter[tuple[str, ...]]:
    return Counter(tuple(cell(row, name) for name in names) for row in published(table).to_dict("records"))


@pytest.mark.parametrize("table", ROWS)
def test_a_table_meets_its_contract(table: str) -> None:
    frame = published(table)
    assert list(frame.columns) == list(TABLES[table].names)
    assert len(contracts.check(table, frame)) == ROWS[table]


@pytest.mark.parametrize("table", ROWS)
def test_rows_are_in_the_order_of_their_key(table: str) -> None:
    # A stable order keeps the difference of an update readable.
    order = ["date_start", "event_id"] if table == "events" else list(TABLES[table].key)
    frame = published(table)
    pd.testing.assert_frame_equal(frame, frame.sort_values(order, kind="stable", ignore_index=True))


@pytest.mark.parametrize("table", ROWS)
def test_references_resolve(table: str) -> None:
    frame = published(table)
    for column in TABLES[table].columns:
        if column.references is None:
            continue
        target, name = column.references.split(".")
        path = ROOT / "data" / "areas" / "areas.csv" if target == "areas" else PUBLISHED / f"{target}.csv"
        known = set(pd.read_csv(path, dtype="str")[name])
        assert set(frame[column.name].dropna()) <= known, column.name


def test_every_row_has_a_source() -> None:
    for table in ROWS:
        assert published(table)["source_id"].notna().all(), table


def test_the_registry_of_2025_has_all_regencies_and_adds_up() -> None:
    rows = published("population").query("source_id == 'kepmendagri_2138_2025'")
    people = rows.set_index("area_code")["population"].astype("int64")
    assert len(people) == 8
    assert people.drop("21").sum() == people["21"] == 2_271_890


def test_implausible_figures_are_quarantined_with_the_reason() -> None:
    figures = published("library_figures")
    table = figures[figures["metric"] == "visits_rpjmd_table"]
    of_2010 = table[table["period"] == "2010"]
    assert len(of_2010) == 8
    assert set(of_2010["status"]) == {"quarantined"}
    assert of_2010["note"].str.contains("masuk akal", case=False).all()
    assert set(table.loc[table["period"] == "2005", "status"]) == {"reported"}
    assert set(figures.loc[figures["status"] == "quarantined", "metric"]) == {"visits_rpjmd_table"}


def test_full_year_visits_are_not_mixed_with_parts_of_a_year() -> None:
    figures = published("library_figures")
    visits = figures[(figures["metric"] == "visits") & (figures["period"].str.len() == 4)]
    assert len(visits) == 15
    notes = visits["note"].fillna("").str.lower()
    assert not notes.str.contains(r"hanya|sampai pertengahan desember|sejak pengambilalihan").any()


# Nothing of what was collected is lost

INDICATORS = {
    "alibaca_total": "alibaca",
    "alibaca_dimensi_akses": "alibaca_access",
    "alibaca_dimensi_alternatif": "alibaca_alternative",
    "alibaca_dimensi_budaya": "alibaca_culture",
    "alibaca_dimensi_kecakapan": "alibaca_skill",
    "ipm": "hdi",
    "ipm_metode_lama": "hdi",
    "iplm_skala_lama": "iplm",
    "jumlah_desa": "villages",
    "jumlah_kecamatan": "districts",
    "jumlah_kelurahan": "urban_villages",
    "luas_daratan": "land_area",
    "persen_penduduk_membaca": "reading_population_share",
    "rata_lama_sekolah": "mean_years_schooling",
    "tgm_durasi_internet": "tgm_internet_duration",
    "tgm_durasi_membaca": "tgm_reading_duration",
    "tgm_frekuensi_internet": "tgm_internet_frequency",
    "tgm_frekuensi_membaca": "tgm_reading_frequency",
    "tgm_jumlah_buku": "tgm_books_read",
}


def indicator_of(name: str) -> str:
    return name[: len("iplm_uplm1")] if name.startswith("iplm_uplm") else INDICATORS.get(name, name)


def test_every_index_value_is_carried() -> None:
    expected = Counter(
        (
            indicator_of(row["indicator"]),
            row["area_code"],
            row["year"],
            row["value"],
            row["source_id"],
            row["category_if_published"],
        )
        for row in reference("indicators")
    )
    names = ("indicator_id", "area_code", "period", "value", "source_id", "band_published")
    assert counted("observations", *names) == expected


def test_scales_of_the_index_stay_apart() -> None:
    for row in reference("indicators"):
        if row["indicator"] not in ("iplm", "iplm_skala_lama"):
            continue
        rows = published("observations").query(
            "indicator_id == 'iplm' and area_code == @row['area_code'] and period == @row['year']"
            " and value == @row['value'] and source_id == @row['source_id']"
        )
        is_old = row["indicator"] == "iplm_skala_lama"
        assert rows["edition"].isin(["2021", "renstra_2020_2024"]).tolist() == [is_old]


def test_every_count_of_people_is_carried() -> None:
    names = ("area_code", "year", "population", "source_id")
    expected = Counter(tuple(row[name] for name in names) for row in reference("population"))
    assert counted("population", *names) == expected


def test_every_figure_of_a_library_or_office_is_carried() -> None:
    names = ("library_or_office", "regency_code", "period", "value", "source_id")
    expected = Counter(tuple(row[name] for name in names) for row in reference("activities"))
    assert counted("library_figures", "subject", "area_code", "period", "value", "source_id") == expected


def test_each_metric_has_one_unit_and_one_origin() -> None:
    found = published("library_figures").to_dict("records")
    keys = ("subject", "area_code", "period", "value", "source_id")
    metric = {tuple(cell(row, k) for k in keys): cell(row, "metric") for row in found}
    origins: dict[str, set[str]] = {}
    for row in reference("activities"):
        key = (row["library_or_office"], row["regency_code"], row["period"], row["value"], row["source_id"])
        origins.setdefault(metric[key], set()).add(row["metric"])
    assert all(len(names) == 1 for names in origins.values()), origins


def test_every_event_is_carried() -> None:
    names = ("date_start", "date_end", "venue", "organiser", "source_id")
    expected = Counter(
        (row["event_name"], row["regency_code"], row["participants"], *(row[name] for name in names))
        for row in reference("events")
    )
    assert counted("events", "name", "area_code", "participants_published", *names) == expected


def test_every_target_is_carried() -> None:
    expected = Counter(
        (row["area_code"], row["year"], row["target"], row["source_id"]) for row in reference("targets")
    )
    assert counted("targets", "area_code", "year", "value", "source_id") == expected


def test_every_source_is_carried() -> None:
    expected = Counter((row["source_id"], row["url"], row["kind"]) for row in reference("sources"))
    assert counted("sources", "source_id", "url", "kind") == expected


def test_every_beneficiary_and_its_aid_is_carried() -> None:
    rows = reference("tpbis_libraries")
    programmes = {"nasional": "national", "replikasi": "replication", "tidak disebutkan": "not_stated"}
    expected = Counter(
        (
            row["library_name"],
            row["village_code"] or row["regency_code"],
            row["year_joined"],
            programmes[row["program"]],
            row["source_id"],
        )
        for row in rows
    )
    libraries = published("libraries")
    partners = libraries[libraries["programme"] != "none"]
    names = ["name", "area_code", "year_joined", "programme", "source_id"]
    assert Counter(map(tuple, partners[names].fillna("").to_numpy().tolist())) == expected

    aid = published("aid").merge(libraries[["library_id", "name"]], on="library_id")
    for item, column in (("books", "aid_books"), ("computers", "aid_computers")):
        given = aid[aid["item"] == item].set_index("name")["quantity"].to_dict()
        assert given == {row["library_name"]: row[column] for row in rows if row[column]}
    others = aid[aid["item"].isin(["server", "printer", "smart_tv", "internet_modem", "bookshelves"])]
    with_others = sorted(row["library_name"] for row in rows if row["aid_other"])
    assert sorted(others["name"]) == sorted(name for name in with_others for _ in range(5))


@pytest.mark.parametrize(
    ("name", "table", "keys", "values"),
    [
        (
            "indicators",
            "observations",
            ("area_code", "year", "value", "source_id"),
            ("area_code", "period", "value", "source_id"),
        ),
        (
            "activities",
            "library_figures",
            ("library_or_office", "period", "value", "source_id"),
            ("subject", "period", "value", "source_id"),
        ),
        (
            "population",
            "population",
            ("area_code", "year", "population", "source_id"),
            ("area_code", "year", "population", "source_id"),
        ),
        ("events", "events", ("event_name",), ("name",)),
        ("tpbis_libraries", "libraries", ("library_name",), ("name",)),
    ],
)
def test_a_translated_note_keeps_every_number_and_source(
    name: str, table: str, keys: tuple[str, ...], values: tuple[str, ...]
) -> None:
    sources = set(published("sources")["source_id"])

    def tokens(note: str) -> set[str]:
        numbers = {re.sub(r"[.,]", "", found) for found in re.findall(r"\d[\d.,]*\d|\d", note)}
        return numbers | (set(re.findall(r"\w+", note)) & sources)

    notes: dict[tuple[str, ...], set[str]] = {}
    for row in published(table).to_dict("records"):
        notes.setdefault(tuple(cell(row, v) for v in values), set()).update(tokens(cell(row, "note")))
    for row in reference(name):
        lost = tokens(row["note"]) - notes[tuple(row[k] for k in keys)]
        assert not lost, (row["note"], lost)
