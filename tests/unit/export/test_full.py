"""All values behind a chart: nothing is lost, nothing is joined, and the file says what it is."""

import csv
import io

import pandas as pd

from literasi import settings
from literasi.domain.indicators import Published
from literasi.domain.observations import VALUES
from literasi.export.full import full_csv
from literasi.store.definitions import load_catalogue

SOURCES = {"s1": {"source_id": "s1", "publisher": "BPS", "title": "Tabel", "url": "https://bps.go.id/x"}}


def indicator():
    catalogue = load_catalogue(settings.load().data_dir)
    return next(i for i in catalogue if isinstance(i.measure, Published) and len(i.editions) > 1)


def frame(*rows: dict) -> pd.DataFrame:
    empty = {"producer": "", "status": "reported", "source_id": "s1", "note": "", "is_preferred": True}
    return pd.DataFrame([empty | row for row in rows]).reindex(columns=list(VALUES)).astype(VALUES)


def test_every_row_is_written_with_its_edition_and_parts():
    subject = indicator()
    first, second = (edition.id for edition in subject.editions[:2])
    values = frame(
        {"area_code": "21.02", "period": "2025", "edition": second, "value": 71.5, "n": 30},
        {"area_code": "21.01", "period": "2024", "edition": first, "value": 10.0, "numerator": 1.0},
        {"area_code": "21.01", "period": "2024", "edition": first, "value": 12.0, "is_preferred": False}
        | {"note": "=SUM(A1)"},
    )
    data = full_csv(
        [(subject, values)],
        names={"21.01": "Bintan", "21.02": "Karimun"}.get,
        sources=SOURCES,
        origin="Resmi",
    ).decode("utf-8-sig")
    head = [line for line in data.splitlines() if line.startswith("# ")]
    rows = list(
        csv.DictReader(io.StringIO("\n".join(x for x in data.splitlines() if not x.startswith("# "))))
    )
    assert any("https://bps.go.id/x" in line for line in head)
    assert any(" ".join(subject.metadata.definisi.split()) in line for line in head)
    assert head[-1].endswith("Resmi")
    assert [(row["Wilayah"], row["Nilai"], row["Dipakai"]) for row in rows] == [
        ("Bintan", "10.0", "ya"),
        ("Bintan", "12.0", "tidak"),
        ("Karimun", "71.5", "ya"),
    ]
    assert rows[0]["Pembilang"] == "1.0"
    assert rows[2]["Pembilang"] == "", "missing is not zero"
    assert rows[0]["Edisi metode"] == subject.editions[0].label != rows[2]["Edisi metode"]
    assert rows[1]["Catatan"] == "'=SUM(A1)"


def test_practice_data_is_marked_first():
    subject = indicator()
    data = full_csv([(subject, frame())], names=str, sources={}, origin="", mark="DATA LATIHAN")
    assert data.decode("utf-8-sig").startswith("# DATA LATIHAN\n")
