"""CSV files carry their metadata and never run a formula."""

import csv
import dataclasses
import io

import pandas as pd
import plotly.graph_objects as go

from literasi.export.table import csv_bytes, inert
from literasi.figures import Chart

SOURCE = {"source_id": "x", "publisher": "BPS", "title": "Tabel", "url": "https://bps.go.id/x"}


def _chart(table):
    return Chart(
        "c", go.Figure(), "Temuan", "Ukuran · Kepri · 2024", "alt", table, sources=("x",), notes=("Catatan",)
    )


def _read(data):
    lines = data.decode("utf-8-sig").splitlines()
    head = [line for line in lines if line.startswith("# ")]
    return head, list(csv.reader(io.StringIO("\n".join(line for line in lines if not line.startswith("# ")))))


def test_metadata_stands_before_the_rows():
    head, rows = _read(
        csv_bytes(_chart(pd.DataFrame({"Wilayah": ["Batam"], "Nilai": [1.5]})), sources=[SOURCE])
    )
    assert "# Temuan" in head
    assert any("https://bps.go.id/x" in line for line in head)
    assert "# Catatan" in head
    assert rows == [["Wilayah", "Nilai"], ["Batam", "1.5"]]


def test_practice_data_is_marked_first():
    head, _ = _read(csv_bytes(_chart(pd.DataFrame({"a": [1]})), sources=[], mark="DATA LATIHAN"))
    assert head[0] == "# DATA LATIHAN"


def test_a_cell_never_starts_a_formula_and_missing_stays_empty():
    table = pd.DataFrame(
        {"x": ['=HYPERLINK("http://evil")', "+1", "@a", "-2", "aman"], "n": [1.0, None, 0.0, 2.0, -3.0]}
    )
    _, rows = _read(csv_bytes(_chart(table), sources=[]))
    assert [row[0][0] for row in rows[1:]] == ["'", "'", "'", "'", "a"]
    assert [row[1] for row in rows[1:]] == ["1.0", "", "0.0", "2.0", "-3.0"]


def test_a_note_cannot_break_out_of_its_metadata_line():
    chart = _chart(pd.DataFrame({"a": [1]}))
    head, rows = _read(
        csv_bytes(
            Chart(**{**{f: getattr(chart, f) for f in chart.__slots__}, "notes": ("x\n=1+1",)}), sources=[]
        )
    )
    assert "# x =1+1" in head
    assert rows == [["a"], ["1"]]


def test_inert_writes_dates_as_iso():
    assert inert(pd.Timestamp("2024-06-07")) == "2024-06-07"
    assert inert(pd.NaT) == ""


def test_the_file_says_from_which_state_of_the_data_it_was_made():
    chart = dataclasses.replace(_chart(pd.DataFrame({"a": [1]})), origin="unggahan no. 7")
    head, _ = _read(csv_bytes(chart, sources=[]))
    assert any("unggahan no. 7" in line for line in head)
