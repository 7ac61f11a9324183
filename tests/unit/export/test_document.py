"""Documents: what can be read back from the file, whatever was written into it."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pypdf
import pytest
from PIL import Image

from literasi.export.document import (
    Block,
    Bullets,
    Document,
    Grid,
    Heading,
    Note,
    Numbers,
    PageBreak,
    Paragraph,
    Picture,
    Together,
    pdf_bytes,
    square_png,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="{height}">'
    '<text x="20" y="50" font-family="Source Sans 3">Isi gambar</text></svg>'
)
HOSTILE = (
    '#import "@preview/jahat:1.0.0": *',
    "#panic(1) #read(1)",
    "$x$ *tebal* _miring_ `kode`",
    "=SUM(A1:A9)",
    "<script>alert(1)</script>",
    "\\ \" ' -- ... ~ @acuan <label> // /* [",
    "k" * 300,
)


def document(*blocks: Block, mark: str = "") -> Document:
    return Document("Judul <b>", "Anak judul", blocks, "id", mark=mark, foot="Ruang Resmi, kiriman 3")


def read(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def descriptions(node: Any) -> list[str]:
    """What a screen reader says for the pictures below a node of the structure."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [alt for child in node for alt in descriptions(child)]
    if not isinstance(node, dict):
        return []
    return [*([node["/Alt"]] if "/Alt" in node else []), *descriptions(node.get("/K", []))]


def test_everything_can_be_read_back_in_its_order():
    blocks = (
        Heading("Angka"),
        Numbers([("Perpustakaan", "1.234", "Des 2025"), ("TGM", "–", "")]),
        Bullets(["butir satu", "butir dua"]),
        Together(
            [Heading("Grafik", 2), Picture(SVG.format(height=200), "Sebuah gambar"), Note("Sumber: BPS")]
        ),
        PageBreak(),
        Paragraph("Penutup"),
    )
    first, second = read(pdf_bytes(document(*blocks, mark="DATA LATIHAN")))
    words = "DATA LATIHAN|Judul <b>|Anak judul|Angka|Perpustakaan|1.234|Des 2025|TGM|–|butir satu|butir dua"
    words += "|Grafik|Isi gambar|Sumber: BPS|Judul <b>|Ruang Resmi, kiriman 3|Halaman 1 dari 2"
    places, start = [], 0
    for word in words.split("|"):
        start = first.index(word, start)
        places.append(start)
    assert all(a < b for a, b in pairwise(places))
    assert "DATA LATIHAN" in second
    assert "Penutup" in second
    assert "Halaman 2 dari 2" in second


def test_the_file_is_tagged_titled_and_carries_its_fonts():
    pdf = pdf_bytes(document(Picture(SVG.format(height=100), "Peta tujuh wilayah")))
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "id"
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()
    assert reader.metadata.title == "Judul <b>"
    assert reader.metadata.author == "Dasbor Literasi Kepri"
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
    assert "Peta tujuh wilayah" in descriptions(root["/StructTreeRoot"])


def test_the_same_content_gives_the_same_bytes():
    assert pdf_bytes(document(Paragraph("a"))) == pdf_bytes(document(Paragraph("a")))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_what_it_is_wherever_it_stands(text: str):
    blocks = (
        Heading(text),
        Paragraph(text),
        Bullets([text]),
        Note(text),
        Numbers([(text, text, text)]),
        Grid([text, "b"], [[text, "2"]], text),
        Picture(SVG.format(height=50), text),
    )
    pages = read(pdf_bytes(Document(text, text, blocks, "id", mark=text, foot=text)))
    whole = "".join("".join(pages).split())
    # title, subtitle, mark, two lines of the foot, and eleven times in the blocks
    assert whole.count("".join(text.split())) >= 3 + 2 + 10


def test_no_word_leaves_the_page():
    pdf = pdf_bytes(document(Paragraph("k" * 300), Grid(["a", "b"], [["x" * 300, "y" * 300]])))
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    places: list[float] = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: places.append(tm[4] * cm[0] + cm[4]))
    assert max(places) < float(page.mediabox.width)
    assert all(len(line) < 150 for line in read(pdf)[0].splitlines())


def test_signs_of_other_scripts_are_shown_and_read_back():
    (page,) = read(pdf_bytes(document(Paragraph("😀 漢 \N{HEBREW LETTER ALEF}"))))
    for sign in "😀漢\N{HEBREW LETTER ALEF}":
        assert sign in page


def test_a_long_table_runs_over_pages_below_its_headings():
    rows = [[f"Perpustakaan {i}", f"{i},5"] for i in range(500)]
    pages = read(pdf_bytes(document(Grid(["Nama", "Nilai"], rows, "Semua", [False, True]))))
    assert len(pages) > 5
    assert all("Nama Nilai" in page for page in pages)
    assert [f"Perpustakaan {i} {i},5" for i in range(500)] == [
        line for page in pages for line in page.splitlines() if line.startswith("Perpustakaan")
    ]


def test_a_table_of_many_columns_lies_across_the_page():
    wide = Grid([f"Perpustakaan{i}" for i in range(14)], [["isi"] * 14])
    pdf = pdf_bytes(document(Paragraph("a"), Heading("Daftar"), Note("Catatan"), wide, Paragraph("b")))
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert [page.mediabox.width > page.mediabox.height for page in reader.pages] == [False, True, False]
    assert "Daftar\nCatatan\nPerpus" in reader.pages[1].extract_text(), "its heading goes with it"


def test_a_table_of_long_texts_stays_upright_and_breaks_no_word():
    grid = Grid(["Indikator", "Cara"], [["Tingkat kegemaran " * 9, "Perpustakaan umum kabupaten " * 9]] * 3)
    reader = pypdf.PdfReader(io.BytesIO(pdf_bytes(document(grid))))
    assert [page.mediabox.width < page.mediabox.height for page in reader.pages] == [True]
    assert reader.pages[0].extract_text().count("Perpustakaan") == 27


def test_what_belongs_together_is_not_torn_apart():
    filling = [Paragraph(f"Baris {i}") for i in range(30)]
    pair = [Heading("Grafik"), Picture(SVG.format(height=300), "gambar"), Note("Sumber: BPS")]
    first, second = read(pdf_bytes(document(*filling, Together(pair))))
    assert "Baris 29" in first
    assert "Grafik" not in first
    assert second.index("Grafik") < second.index("Isi gambar") < second.index("Sumber: BPS")


def test_a_picture_higher_than_a_page_is_made_to_fit():
    assert len(read(pdf_bytes(document(Together([Picture(SVG.format(height=3000), "tinggi")]))))) <= 2


def test_headings_leave_no_level_out():
    assert read(pdf_bytes(document(Heading("a", 3), Heading("b", 6), Heading("c", 1))))


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="as long as"):
        pdf_bytes(document(Grid(["a", "b"], [["1"]])))


@pytest.mark.parametrize("lines", [1, 60])
def test_a_square_picture_is_square_and_holds_everything(lines: int):
    content = document(*[Paragraph("Kata " * 20)] * lines, Paragraph("M" * 30))
    picture = Image.open(io.BytesIO(square_png(content, pixels=400))).convert("L")
    assert picture.size == (400, 400)
    edge = picture.crop((0, 396, 400, 400))
    assert min(edge.get_flattened_data()) == 255, "something is cut off at the lower edge"
