"""A whole page as files, clicked as a user does, and the full data of one chart."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pypdf

from literasi.text import t
from tests.browser.test_charts import download, open_details, table_of
from tests.browser.visitor import Visitor


def test_a_page_is_downloaded_with_its_choices_and_its_charts(visitor: Visitor, tmp_path: Path):
    visitor.open("indeks", ruang="latihan", wilayah="21.03")
    offer = visitor.page.locator(".st-key-halaman")
    titles = visitor.page.locator("[data-testid=stMain] h4").all_inner_texts()
    assert titles

    reader = pypdf.PdfReader(download(visitor, offer, "PDF", tmp_path))
    pages = [page.extract_text() for page in reader.pages]
    said = " ".join(" ".join(pages).split())
    assert all(t("shell.practice_mark") in page for page in pages)
    assert all(title in said for title in titles)
    assert f"{t('filters.region')}: Natuna" in said
    assert t("page_file.no_browser") not in said, "no chart was drawn"
    paths = sum(page.get_contents().get_data().count(b" c\n") for page in reader.pages)
    images = [image for page in reader.pages for image in page.images]
    assert not images, "a chart that is no drawing"
    assert paths > 20, "an empty chart"

    book = openpyxl.load_workbook(download(visitor, offer, "XLSX", tmp_path))
    tables = [sheet for sheet in book if sheet["A1"].value in titles]
    assert len(tables) == len(titles)
    assert any(isinstance(cell.value, int | float) for row in tables[0].iter_rows() for cell in row)


def test_the_full_data_hold_more_than_the_chart(visitor: Visitor, tmp_path: Path):
    visitor.open("peta", indikator="tpbis_libraries")
    details = open_details(visitor, "peta-nilai")
    _, shown = table_of(download(visitor, details, "CSV", tmp_path))
    notes, full = table_of(download(visitor, details, t("chart.download_full"), tmp_path))
    assert t("chart.full_title") in notes
    assert len(full) > len(shown)
    assert {t("column.numerator"), t("column.edition"), t("column.source_id")} <= set(full[0])
