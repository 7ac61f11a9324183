"""A scenario as an annex, as a spreadsheet program reads it."""

import io

import openpyxl
import pytest

from literasi import text
from literasi.charts.allocation import Way, ways_table
from literasi.domain.allocation import Start, outcome
from literasi.domain.scenario import Addition, scenario
from literasi.export.simulation import book

NAMES = {"21.01": "Bintan", "21.04": "Lingga"}
KNOWN = [
    Start("21.01", 10, 4, 0, False, 1000.0, 4, 2, None),
    Start("21.04", 20, 0, 0, False, 400.0, 0, 0, None),
]


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


def opened():
    plan = scenario(
        name="=1+1",
        additions={"21.01": Addition(1, 2, 3)},
        budget=500,
        costs={"libraries": 100, "packages": 0},
    )
    before = outcome(KNOWN, {})
    ways = [Way("Pilihan Anda", plan.additions, outcome(KNOWN, plan.additions))]
    data = book(
        plan,
        before=before,
        ways=ways,
        names=NAMES,
        measures=ways_table(before, ways, {"Cakupan": ["≥ 13,3%", "≥ 16,7%"]}),
        said=["Cakupan naik."],
        about=[("Sifat", "simulasi")],
        sources=[{"source_id": "s", "publisher": "P", "title": "T"}],
        mark="DATA LATIHAN",
    )
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(page):
    found = [[cell.value for cell in row] for row in page.iter_rows()]
    top = next(i for i, row in enumerate(found) if row[0] in ("Kode wilayah", "Yang ditambah"))
    return [dict(zip(found[top], row, strict=True)) for row in found[top + 1 :]]


def test_a_name_that_looks_like_a_formula_is_text_and_the_mark_is_on_every_page():
    book_ = opened()
    pages = [page for page in book_ if page.title != "Sumber"]
    for page in pages:
        assert page["A1"].value == "Simulasi: =1+1"
        assert page["A1"].data_type == "s"
        assert "DATA LATIHAN" in [page["A2"].value, page["A3"].value]


def test_numbers_are_numbers_and_what_is_not_known_is_empty():
    bintan, lingga, whole = rows(opened()["Pilihan Anda"])
    assert (bintan["Perpustakaan"], bintan["Paket buku"], bintan["Kursi bimtek"]) == (1, 2, 3)
    assert (bintan["Sebelum: desa tercakup"], bintan["Sesudah: desa tercakup"]) == (4, 5)
    assert bintan["Sesudah: cakupan (%)"] == 0.5
    assert bintan["Sebelum: tanpa pengelola yang tercatat dilatih"] is None
    assert lingga["Sebelum: desa tercakup"] is None
    assert lingga["Sebelum: cakupan (%)"] is None
    assert whole["Sebelum: desa tercakup"] == 4


def test_costs_stand_as_given():
    libraries, packages, seats, budget = rows(opened()["Biaya"])
    assert (libraries["Biaya satuan (rupiah)"], libraries["Jumlah biaya (rupiah)"]) == (100, 100)
    assert (packages["Biaya satuan (rupiah)"], packages["Jumlah biaya (rupiah)"]) == (0, 0)
    assert (seats["Jumlah"], seats["Biaya satuan (rupiah)"], seats["Jumlah biaya (rupiah)"]) == (
        3,
        None,
        None,
    )
    assert budget["Jumlah biaya (rupiah)"] == 500
