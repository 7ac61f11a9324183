"""The pack of a closing: each file in it, opened as its reader would open it, and what none may hold."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pypdf
import pytest
from PIL import Image
from pptx import Presentation

from literasi import practice
from literasi.closing.building import build
from literasi.closing.deck import Deck
from literasi.closing.facts import TABLES, Facts
from literasi.domain.areas import AreaRegister
from literasi.domain.privacy import THRESHOLD_PUBLIC
from literasi.export import handout
from literasi.export.closing_workbook import closing_workbook
from literasi.export.document import pdf_bytes
from literasi.export.pack import READ_FIRST, file_name, pack_bytes
from literasi.export.template import TemplateError
from literasi.store import definitions, seed
from literasi.text import t
from tests.decks import BARS, FORMULA, HIDDEN, deck, slide

ROOT = Path(__file__).parents[3]
EVENT = "latihan-bimtek-2026"
FILES = ["LIHAT-DULU.txt", "salindia.pptx", "laporan-lengkap.pdf", "satu-halaman.pdf", "angka.xlsx"]

# Pandera imports PySpark where it is installed; the product has no PySpark.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support:FutureWarning")


@cache
def facts() -> Facts:
    areas = seed.read_areas(ROOT / "data")
    made = {"areas": areas, **practice.tables(areas)}
    return Facts(
        tables={name: made[name] for name in TABLES},
        register=AreaRegister.from_frame(areas),
        catalogue=definitions.load_catalogue(ROOT / "data"),
        reporting=definitions.load_reporting(ROOT / "data"),
        workspace="latihan",
        head=1,
        origin="Ruang Latihan, unggahan no. 1",
        mark="DATA LATIHAN",
    )


@cache
def practice_deck() -> Deck:
    return build(facts(), EVENT)


@cache
def contents() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack_bytes(practice_deck()))) as file:
        return {name: file.read(name) for name in file.namelist()}


def pages(content: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_the_pack_has_its_files_under_stable_names():
    names = list(contents())
    assert names[:5] == FILES
    squares = [slide.id for slide in practice_deck().slides if slide.figures or slide.plot]
    expected = [f"kotak/{at:02d}-{name.replace('_', '-')}.png" for at, name in enumerate(squares, start=1)]
    assert names[5:] == expected
    assert len(expected) == handout.square_count(practice_deck())
    assert file_name(practice_deck()) == "penutupan-latihan-bimtek-2026.zip"
    assert file_name(deck()) == "penutupan-bimtek-2026-1.zip"


def test_the_same_deck_gives_the_same_pack():
    small = deck(slides=deck().slides[:2])
    assert pack_bytes(small) == pack_bytes(small)


def test_progress_says_what_is_made_and_ends_at_the_whole():
    told: list[tuple[float, str]] = []
    pack_bytes(deck(slides=deck().slides[:1]), progress=lambda share, what: told.append((share, what)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert told[-1] == (1.0, "Selesai")
    assert {"Membuat salindia", "Menata laporan lengkap", "Menggambar kotak"} <= {what for _, what in told}


def test_a_wrong_template_stops_it_before_anything_is_made():
    told: list[float] = []
    with pytest.raises(TemplateError):
        pack_bytes(deck(), template=b"x", progress=lambda share, _: told.append(share))
    assert max(told) == 0


def test_what_to_read_first_says_origin_threshold_and_mark():
    said = contents()[READ_FIRST].decode("utf-8-sig")
    for text in (practice_deck().name, practice_deck().origin, "DATA LATIHAN", "di bawah 10 disembunyikan"):
        assert text in said
    for name in (*FILES[1:], "kotak/"):
        assert f"{name}: " in said


class TestPages:
    def test_every_slide_is_a_section_with_its_numbers(self):
        said = " ".join(pages(contents()["laporan-lengkap.pdf"]))
        for one in practice_deck().slides:
            assert one.title in said
            for figure in one.figures:
                assert figure.shown in said
            for line in (*one.caveats, *one.points):
                assert line in said

    def test_text_is_in_embedded_fonts_and_every_page_is_marked(self):
        for name in ("laporan-lengkap.pdf", "satu-halaman.pdf"):
            reader = pypdf.PdfReader(io.BytesIO(contents()[name]))
            for page in reader.pages:
                assert "DATA LATIHAN" in page.extract_text()
                assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
                for font in page["/Resources"]["/Font"].values():
                    inner = font["/DescendantFonts"][0]["/FontDescriptor"]
                    assert {"/FontFile2", "/FontFile3"} & set(inner)
            assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]

    def test_the_text_of_pictures_can_be_selected(self):
        said = " ".join(pages(pdf_bytes(handout.full(deck()))))
        assert "Kepulauan Anambas" in said
        assert said.count(HIDDEN) >= 5

    @pytest.mark.parametrize("slides", [1, 60])
    def test_one_page_is_one_page(self, slides):
        many = tuple(slide(f"s{i}", plot=BARS) for i in range(slides))
        said = pages(handout.one_page(deck(slides=many)))
        assert len(said) == 1
        assert "di bawah 10 orang disembunyikan" in said[0]
        assert "Temuan tentang s0" in said[0]

    def test_one_page_begins_with_who_came(self):
        (said,) = pages(contents()["satu-halaman.pdf"])
        cover = practice_deck().slides[0]
        for figure in cover.figures:
            assert figure.label in said
            assert figure.shown in said


def test_coast_lines_carry_the_notice_of_their_licence():
    notice = t("shell.attribution")
    page = Presentation(io.BytesIO(contents()["salindia.pptx"])).slides[1]
    assert notice in "\n".join(shape.text_frame.text for shape in page.shapes if shape.has_text_frame)
    for name in ("laporan-lengkap.pdf", "satu-halaman.pdf"):
        assert "".join(notice.split()) in "".join("".join(pages(contents()[name])).split())
    square = handout._square(practice_deck(), practice_deck().slides[1])
    assert notice in repr(square)


def test_squares_are_square_and_hold_something():
    for name, content in contents().items():
        if name.endswith(".png"):
            picture = Image.open(io.BytesIO(content))
            assert picture.size == (1080, 1080)
            assert len(picture.convert("L").getcolors()) > 20


class TestWorkbook:
    @staticmethod
    def book(content: bytes) -> openpyxl.Workbook:
        return openpyxl.load_workbook(io.BytesIO(content))

    def test_one_sheet_for_each_chart_with_real_numbers(self):
        book = self.book(closing_workbook(deck()))
        assert book.sheetnames[:3] == ["Tentang", "Angka", "02 Temuan tentang bars"]
        assert len(book.sheetnames) == 2 + 5 + 1
        rows = [[cell.value for cell in row] for row in book["02 Temuan tentang bars"].iter_rows()]
        table = rows[rows.index(["Kelompok", "Peserta (orang)", "Peserta: sebab kosong"]) + 1 :]
        assert table[0] == ["Bintan", 18, None]
        assert table[2] == ["Natuna", None, HIDDEN]
        above = [row[0] for row in rows]
        assert "DATA LATIHAN" in above
        assert "Sumber: Sumber data bars" in above

    def test_intervals_have_their_limits_and_maps_their_codes(self):
        book = self.book(closing_workbook(deck()))
        values = [[c.value for c in row] for row in book["05 Temuan tentang intervals"].iter_rows()]
        assert ["Semua peserta", 14, 12, 16, None] in values
        codes = [row[1].value for row in book["06 Temuan tentang map"].iter_rows()]
        assert "21.71" in codes

    def test_figures_are_numbers_beside_what_is_shown(self):
        page = self.book(closing_workbook(deck()))["Angka"]
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        assert ["Temuan tentang bars", "Perubahan", 14.2, "14,2"] in [row[:4] for row in rows]

    def test_no_text_is_a_formula(self):
        book = self.book(closing_workbook(deck()))
        cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
        assert FORMULA in [cell.value for cell in cells]
        assert "f" not in {cell.data_type for cell in cells}


@cache
def every_text() -> dict[str, str]:
    """All that can be read in each artefact, embedded workbooks and properties too."""
    out: dict[str, str] = {}
    for name, content in contents().items():
        if name.endswith(".pdf"):
            reader = pypdf.PdfReader(io.BytesIO(content))
            out[name] = " ".join(pages(content)) + str(reader.metadata)
        elif name.endswith((".pptx", ".xlsx")):
            out[name] = unzipped(content)
        elif name.endswith(".txt"):
            out[name] = content.decode("utf-8-sig")
        else:
            picture = Image.open(io.BytesIO(content))
            out[name] = str(picture.info)
    for order, document in enumerate(handout._square(practice_deck(), one) for one in practice_deck().slides):
        out[f"square {order}"] = repr(document)
    return out


def unzipped(content: bytes) -> str:
    said = []
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            inner = file.read(name)
            said.append(unzipped(inner) if name.endswith(".xlsx") else inner.decode("utf-8", "ignore"))
    return " ".join(said)


class TestPrivacy:
    def test_no_pseudonym_is_in_any_file(self):
        ids = set(facts().tables["participants"]["participant_id"])
        assert len(ids) > 100
        for name, said in every_text().items():
            assert not [code for code in ids if code in said], name

    def test_no_count_of_people_below_the_threshold_is_in_any_chart(self):
        presentation = Presentation(io.BytesIO(contents()["salindia.pptx"]))
        book = openpyxl.load_workbook(io.BytesIO(contents()["angka.xlsx"]))
        checked = 0
        for place, one in enumerate(practice_deck().slides, start=1):
            if one.plot is None or one.plot.unit != "orang":
                continue
            checked += 1
            page = presentation.slides[place - 1]
            numbers = [
                value
                for shape in page.shapes
                if shape.has_chart
                for series in shape.chart.plots[0].series
                for value in series.values
            ]
            sheet = next(book[name] for name in book.sheetnames if name.startswith(f"{place:02d} "))
            numbers += [c.value for row in sheet.iter_rows() for c in row if c.data_type == "n"]
            known = [number for number in numbers if number is not None]
            assert not [number for number in known if 0 < number < THRESHOLD_PUBLIC], one.id
        assert checked >= 3

    def test_the_true_small_counts_stand_nowhere_beside_their_regency(self):
        people = facts().tables["participants"]
        came = people[people["event_id"] == EVENT]
        counts = came["area_code"].str[:5].value_counts()
        small = {facts().register.name(code): n for code, n in counts.items() if n < 10}
        assert small
        for name, said in every_text().items():
            flat = re.sub(r"<[^>]*>", " ", said)
            for place, count in small.items():
                short = place.removeprefix("Kabupaten ").removeprefix("Kota ")
                assert not re.search(rf"{re.escape(short)}\W{{1,4}}{count}(?![\d.,])", flat), (name, place)

    def test_every_artefact_is_marked(self):
        for name, said in every_text().items():
            if not name.endswith(".png"):
                assert "DATA LATIHAN" in said, name


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_every_slide_with_all_its_words(tmp_path):
    (tmp_path / "salindia.pptx").write_bytes(contents()["salindia.pptx"])
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "salindia.pptx")),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    said = pages((tmp_path / "salindia.pdf").read_bytes())
    found = practice_deck()
    assert len(said) == len(found.slides) + sum(one.plot is not None for one in found.slides)
    for page, one in zip(said, found.slides, strict=False):
        for text in (one.title, "DATA LATIHAN", found.filters, *one.points, *(f.shown for f in one.figures)):
            assert "".join(text.split()) in "".join(page.split()), (one.id, text)
