"""Every page as a file, made as a click would make it, on a computer without a browser to draw."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import openpyxl
import pypdf
import pytest
from streamlit.testing.v1 import AppTest

from literasi import text
from literasi.export import image
from literasi.settings import ROOT
from literasi.text import t
from literasi.ui import page_file, shell

LIMIT = 120


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    yield
    text.use("id")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What the buttons of the newest run would compute; AppTest cannot click them."""
    offered: dict[str, Callable[[], bytes]] = {}
    real = page_file.st.download_button

    def button(label: str, *, data: Callable[[], bytes], key: str, **options: object) -> bool:
        if key.startswith("halaman."):
            offered[key] = data
        return bool(real(label, data=data, key=key, **options))

    monkeypatch.setattr(page_file.st, "download_button", button)
    monkeypatch.setattr(image, "can_draw", lambda: False)
    return offered


@pytest.mark.parametrize("workspace", ["resmi", "latihan"])
def test_every_page_is_offered_as_files_that_open(made, workspace: str):
    mark = t("shell.practice_mark")
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=LIMIT)
    app.query_params["ruang"] = workspace
    app.run()
    # History last: AppTest asks for the names of its choices after the run, when there is no workspace.
    for page in sorted(shell.PAGES, key=lambda page: page.name == "history"):
        made.clear()
        app.query_params.update(ruang=workspace, bagikan="ya")
        app.switch_page(f"pages/{page.section}/{page.name}.py").run()
        assert set(made) == {"halaman.pdf", "halaman.xlsx"}, page.path
        title = t(f"page.{page.name}.title")
        reader = pypdf.PdfReader(io.BytesIO(made["halaman.pdf"]()))
        assert reader.metadata.title == title
        pages = [sheet.extract_text() for sheet in reader.pages]
        assert title in pages[0]
        assert all((mark in words) == (workspace == "latihan") for words in pages), page.path
        assert all(t(f"workspace.{workspace}") in words for words in pages)
        book = openpyxl.load_workbook(io.BytesIO(made["halaman.xlsx"]()))
        assert book.properties.title == title
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
        charts = app.get("plotly_chart")
        assert len(book.sheetnames) >= 2 + len(charts), page.path
        assert [c.value for c in app.caption if t("page_file.no_browser") in c.value], page.path
        if charts:
            assert t("page_file.no_browser")[:40] in " ".join(pages[0].split())


@pytest.mark.parametrize(
    "page", [page for page in shell.PAGES if page.has_people], ids=lambda page: page.name
)
def test_files_about_people_are_only_made_of_the_view_for_sharing(made, page: shell.Page):
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=LIMIT)
    app.run()
    app.query_params["ruang"] = "latihan"
    made.clear()
    app.switch_page(f"pages/{page.section}/{page.name}.py").run()
    assert not made
    assert t("page_file.share_first", public=10) in " ".join(c.value for c in app.caption)
    app.toggle(key="w.bagikan").set_value(True).run()
    assert set(made) == {"halaman.pdf", "halaman.xlsx"}
    pages = pypdf.PdfReader(io.BytesIO(made["halaman.pdf"]())).pages
    assert t("page_file.for_all", threshold=10) in " ".join(pages[0].extract_text().split())


def test_the_view_for_sharing_hides_more_people(made):
    counts = {}
    for shared in ("tidak", "ya"):
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=LIMIT)
        app.run()
        app.query_params.update(ruang="latihan", bagian="hasil", bagikan=shared)
        app.switch_page("pages/programme/participants.py").run()
        counts[shared] = [chart.proto.spec for chart in app.get("plotly_chart")]
    assert counts["tidak"] != counts["ya"]
    book = openpyxl.load_workbook(io.BytesIO(made["halaman.xlsx"]()))
    columns = [column for sheet in book.worksheets for column in sheet.iter_cols(values_only=True)]
    pairs = [column for column in columns if "Pasang nilai" in column]
    assert len(pairs) == 2, "by event and by regency"
    assert not [v for column in pairs for v in column if isinstance(v, int) and 0 < v < 10]
