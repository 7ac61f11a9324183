"""The accountability report as it is read, and as a spreadsheet program reads it."""

import io

import openpyxl
import pytest

from literasi import text
from literasi.domain import statutory
from literasi.domain.targets import TargetSettings
from literasi.export.statutory import book, written
from literasi.text import t
from tests.frames import indicator, table, values


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")


def rows(value=70.0, **about):
    aim = {"area_code": "21", "year": 2024, "edition": "e1", "value": 56.0, "document": "=Renstra"}
    end = aim | {"year": 2026, "value": 80.0}
    of = indicator(
        **{"id": "named_library_visits", "scale": "count", "decimals": 0, "unit": "visitors"} | about
    )
    targets = table("targets", [row | {"indicator_id": of.id, "source_id": "renstra"} for row in (aim, end)])
    frame = values([("21", "2023", 60.0), ("21", "2024", value), ("00", "2024", 65.0)], source_id="bps")
    return statutory.rows(
        frame, targets, indicator=of, area="21", year=2024, settings=TargetSettings(), this_year=2026
    )


def page_of(found, name="LKjIP 2024"):
    data = book(
        found,
        title="Capaian",
        year=2024,
        said=["naik"],
        about=[("Asal", "Ruang Latihan")],
        sources=[{"source_id": "bps", "publisher": "BPS", "title": "Statistik"}],
        mark="DATA LATIHAN",
    )
    return openpyxl.load_workbook(io.BytesIO(data))[name]


def test_a_row_on_the_screen():
    (row,) = rows()
    found = written(row)
    assert list(found.values()) == [
        "Kunjungan diumumkan",
        "pengunjung (hitungan kunjungan)",
        "56",
        "70",
        "125,0%",
        "tercapai",
        "60",
        "80 (2026)",
        "65",
        "",
        "E1",
        "=Renstra",
        "renstra, bps",
    ]


def test_a_row_in_the_workbook_has_real_numbers_and_formats():
    page = page_of(rows())
    assert [page["A1"].value, page["A2"].value] == ["Capaian", "DATA LATIHAN"]
    by_name = dict(zip([c.value for c in page[3]], page[4], strict=True))
    assert by_name["Target 2024"].value == 56
    assert by_name["Realisasi 2024"].value == 70
    assert by_name["Realisasi 2023"].value == 60
    assert by_name[t("targets.table.ratio")].value == 1.25
    assert by_name[t("targets.table.ratio")].number_format == "0.0%"
    assert by_name[t("targets.table.gap")].value == -14
    assert by_name[t("targets.table.end_target")].value == 80
    assert by_name[t("targets.table.document")].data_type == "s"


def test_what_is_missing_is_an_empty_cell():
    page = page_of(rows(value=None))
    by_name = dict(zip([c.value for c in page[3]], page[4], strict=True))
    assert by_name["Realisasi 2024"].value is None
    assert by_name[t("targets.table.ratio")].value is None
    assert written(rows(value=None)[0])[t("targets.table.value", year=2024)] == "–"


def test_decimals_follow_the_indicator():
    page = page_of(rows(value=70.25, scale="index", decimals=2))
    by_name = dict(zip([c.value for c in page[3]], page[4], strict=True))
    assert (by_name["Realisasi 2024"].value, by_name["Realisasi 2024"].number_format) == (70.25, "#,##0.00")


def test_narrative_origin_and_sources_go_with_it():
    assert page_of(rows(), "Narasi")["A4"].value == "naik"
    assert page_of(rows(), "Keterangan")["B4"].value == "Ruang Latihan"
    assert page_of(rows(), t("source.heading"))["B2"].value == "BPS"


def test_incomplete_lists_are_at_least_what_is_shown():
    (row,) = rows(incomplete="daftar belum lengkap")
    assert written(row)[t("targets.table.note")] == "sekurang-kurangnya"
