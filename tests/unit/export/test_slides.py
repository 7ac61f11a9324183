"""Presentations: what PowerPoint can edit, what the notes say, and any template of an office."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache
from typing import Any

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Inches

from literasi.closing.deck import Slide
from literasi.export import template as templates
from literasi.export.slides import pptx_bytes
from literasi.export.template import TemplateError
from literasi.text import t
from tests.decks import (
    BARS,
    COLUMNS,
    COUNTS,
    FIGURES,
    FORMULA,
    HIDDEN,
    INTERVALS,
    LINES,
    REGENCIES,
    deck,
    plot,
    slide,
)

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
KINDS = ("title", "bars", "columns", "lines", "intervals", "map", "next")


FEW = deck(slides=(deck().slides[0], deck().slides[1], deck().slides[-1]))
FEW_PAGES = 3 + 1


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


@cache
def plain() -> bytes:
    return pptx_bytes(deck())


def saved(presentation: Any) -> bytes:
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def foreign() -> bytes:
    """A template in another shape, with names of its own and slides of its own."""
    presentation = Presentation()
    for layout in presentation.slide_layouts:
        layout.name = f"Dinas {layout.name}"
    old = presentation.slides.add_slide(presentation.slide_layouts[1])
    old.shapes.title.text = "Contoh lama"
    return saved(presentation)


def only_blank() -> bytes:
    """A template that has nowhere to write."""
    presentation = Presentation()
    for layout in list(presentation.slide_layouts):
        if layout.name != "Blank":
            presentation.slide_layouts.remove(layout)
    return saved(presentation)


def named() -> bytes:
    """A template whose layout has two of our names, in other places and another case."""
    presentation = Presentation()
    layout = presentation.slide_layouts[1]
    layout.name = "literasi isi"
    title, body = layout.placeholders[0], layout.placeholders[1]
    title.name, body.name = "JUDUL", "Isi"
    body.left, body.top, body.width, body.height = Inches(2), Inches(2), Inches(7), Inches(4)
    return saved(presentation)


def chart(presentation: Any, kind: str) -> Any:
    page = presentation.slides[KINDS.index(kind)]
    (frame,) = (shape for shape in page.shapes if shape.has_chart)
    return frame


def texts(page: Any) -> str:
    return "\n".join(element.text or "" for element in page._element.iter(f"{A}t"))


@pytest.mark.parametrize(
    ("kind", "form", "drawn"),
    [
        ("bars", XL_CHART_TYPE.BAR_CLUSTERED, BARS),
        ("columns", XL_CHART_TYPE.BAR_CLUSTERED, COLUMNS),  # its names are too long to stand
        ("lines", XL_CHART_TYPE.LINE_MARKERS, LINES),
        ("intervals", XL_CHART_TYPE.BAR_CLUSTERED, INTERVALS),
    ],
)
def test_a_plot_is_a_chart_with_its_numbers(kind, form, drawn):
    frame = chart(opened(plain()), kind)
    assert frame.chart.chart_type == form
    (group,) = frame.chart.plots
    assert list(group.categories) == list(drawn.categories)
    assert [one.name for one in group.series] == [one.name for one in drawn.series]
    assert [tuple(one.values) for one in group.series] == [one.values for one in drawn.series]
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == drawn.alt
    assert frame.chart._chartSpace.find(f"{C}externalData") is not None


def test_short_names_stand_below_columns():
    content = pptx_bytes(deck(slides=(slide("x", plot=plot("columns", (1.0, 2.0), categories=("A", "B"))),)))
    frame = next(shape for shape in opened(content).slides[0].shapes if shape.has_chart)
    assert frame.chart.chart_type == XL_CHART_TYPE.COLUMN_CLUSTERED


def test_a_gap_is_a_gap_and_its_reason_stands_below():
    presentation = opened(plain())
    space = chart(presentation, "bars").chart._chartSpace
    assert len(list(space.find(f".//{C}val").iter(f"{C}pt"))) == 6
    assert space.find(f".//{C}dispBlanksAs").get("val") == "gap"
    assert f"{HIDDEN}: Natuna" in texts(presentation.slides[1])


def test_bars_begin_at_zero_with_formatted_numbers_at_their_ends():
    frame = chart(opened(plain()), "bars").chart
    assert frame.value_axis.minimum_scale == 0
    labels = frame.plots[0].series[0].data_labels
    assert (labels.show_value, labels.number_format) == (True, "#,##0")
    assert chart(opened(plain()), "lines").chart.plots[0].series[0].data_labels.number_format == "#,##0.00"


def book(presentation: Any, kind: str) -> Any:
    blob = chart(presentation, kind).chart.part.chart_workbook.xlsx_part.blob
    return openpyxl.load_workbook(io.BytesIO(blob))["Sheet1"]


def test_the_sheet_behind_a_chart_has_numbers_and_never_a_formula():
    page = book(opened(plain()), "columns")
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert rows == [["Kepala desa", 42], ["Pengelola perpustakaan", 60], [FORMULA, None]]
    assert page["A4"].data_type == "s"
    assert (page["B2"].data_type, page["B2"].number_format) == ("n", "#,##0")
    for name, content in parts(plain()):
        if name.endswith(".xlsx"):
            assert not [n for n, inner in parts(content) if b"<f>" in inner or "connections" in n]


def test_error_bars_refer_to_the_sheet():
    presentation = opened(plain())
    bars = chart(presentation, "intervals").chart._chartSpace.find(f".//{C}errBars")
    order = [etree.QName(child).localname for child in bars.getparent()]
    assert order == ["idx", "order", "tx", "spPr", "invertIfNegative", "dLbls", "errBars", "cat", "val"]
    kept = {
        side: (
            bars.findtext(f"{C}{side}//{C}f"),
            [float(v.text) for v in bars.find(f"{C}{side}").iter(f"{C}v")],
        )
        for side in ("plus", "minus")
    }
    assert kept == {"plus": ("Sheet1!$C$2:$C$4", [2.0, 3.0]), "minus": ("Sheet1!$D$2:$D$4", [2.0, 3.0])}
    page = book(presentation, "intervals")
    assert [page.cell(row, 3).value for row in (2, 3, 4)] == [2, 3, None]
    assert chart(presentation, "intervals").chart.value_axis.maximum_scale >= 18.5


def test_the_map_is_one_group_of_named_freeforms():
    page = opened(plain()).slides[KINDS.index("map")]
    (group,) = (shape for shape in page.shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP)
    assert group._element.nvGrpSpPr.cNvPr.get("descr") == "Gambar map."
    freeforms = {shape.name for shape in group.shapes if shape.shape_type == MSO_SHAPE_TYPE.FREEFORM}
    assert freeforms == {f"{code} {name}" for code, name in REGENCIES.items()}
    fills = {s.name: s.fill for s in group.shapes if s.name in ("21.71 Batam", "21.03 Natuna")}
    assert str(fills["21.71 Batam"].fore_color.rgb) == "0B4A6F"
    assert fills["21.03 Natuna"].type.name == "PATTERNED"


def test_every_plot_has_a_native_table_after_the_slides():
    presentation = opened(plain())
    assert len(presentation.slides) == len(KINDS) + 5
    tables = [shape.table for page in presentation.slides for shape in page.shapes if shape.has_table]
    assert len(tables) == 5
    first = [[cell.text for cell in row.cells] for row in tables[0].rows]
    assert first[0] == ["", "Peserta (orang)"]
    assert first[3] == ["Natuna", HIDDEN]


def test_a_long_table_goes_on_to_another_slide():
    many = plot("bars", tuple(float(i) for i in range(30)))
    presentation = opened(pptx_bytes(deck(slides=(slide("x", plot=many),))))
    rows = [len(s.table.rows) for page in presentation.slides for s in page.shapes if s.has_table]
    assert rows == [13, 13, 7]


def test_every_slide_carries_what_it_must():
    presentation = opened(plain())
    found = deck()
    for page, one in zip(presentation.slides, found.slides, strict=False):
        said = texts(page)
        for text in (
            one.title,
            found.mark,
            found.filters,
            found.origin,
            *one.caveats,
            *one.sources,
            *one.points,
        ):
            assert text in said, (one.id, text)
        notes = page.notes_slide.notes_text_frame.text
        for text in (*one.narrative, found.mark, *(f.rule for f in one.figures)):
            assert text in notes
        for figure in one.figures:
            assert figure.shown in said
            assert figure.code in said


def test_text_knows_its_language_and_is_no_field_or_link():
    presentation = opened(plain())
    for page in presentation.slides:
        for tree in (page._element, page.notes_slide._element):
            runs = [run for run in tree.iter(f"{A}r") if run.find(f"{A}t").text]
            assert runs
            assert {run.find(f"{A}rPr").get("lang") for run in runs} == {"id-ID"}
            assert not list(tree.iter(f"{A}hlinkClick"))
            assert {field.get("type") for field in tree.iter(f"{A}fld")} <= {"slidenum"}
    assert (presentation.core_properties.title, presentation.core_properties.language) == (
        "DATA LATIHAN: Bimtek SPP-TIK 2026",
        "id",
    )


def parts(content: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return [(name, file.read(name)) for name in file.namelist()]


def test_nothing_outside_is_referred_to():
    for name, content in parts(plain()):
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in content, name


def test_the_same_deck_gives_the_same_bytes():
    assert pptx_bytes(deck()) == plain()


def test_control_characters_and_markup_are_text():
    nasty = "a\x00b\x0b<a:t>&amp;_x000D_</a:t>"
    one = Slide(
        "x", nasty, nasty, (), replace(BARS, unit=nasty, alt=nasty), (nasty,), (nasty,), (nasty,), (nasty,)
    )
    page = opened(pptx_bytes(deck(slides=(one,), mark="", name=nasty))).slides[0]
    assert "ab<a:t>&amp;" in texts(page)


TEMPLATES = {"plain": lambda: None, "foreign": foreign, "blank": only_blank, "named": named}


@pytest.mark.parametrize("name", TEMPLATES)
def test_any_template_gives_the_same_content_inside_its_slides(name):
    content = pptx_bytes(deck(), template=TEMPLATES[name]())
    presentation = opened(content)
    width, height = presentation.slide_width, presentation.slide_height
    assert len(presentation.slides) == len(KINDS) + 5
    assert "Contoh lama" not in "".join(texts(page) for page in presentation.slides)
    assert sum(shape.has_chart for page in presentation.slides for shape in page.shapes) == 4
    for page, one in zip(presentation.slides, deck().slides, strict=False):
        said = texts(page)
        for text in (one.title, deck().mark, deck().filters, *one.caveats, *one.points):
            assert text in said
        for shape in page.shapes:
            assert shape.left >= 0, shape.name
            assert shape.top >= 0, shape.name
            assert shape.left + shape.width <= width + 1, shape.name
            assert shape.top + shape.height <= height + 1, shape.name
        ids = [element.get("id") for element in page._element.iter() if element.tag.endswith("}cNvPr")]
        assert len(ids) == len(set(ids))
    for page in presentation.slides:
        for holder in page.placeholders:
            assert holder.has_text_frame
            assert holder.text_frame.text


def test_titles_go_into_the_placeholder_of_the_template():
    presentation = opened(pptx_bytes(FEW, template=foreign()))
    assert [page.shapes.title.text for page in presentation.slides][:2] == [
        "Bimtek SPP-TIK 2026",
        "Temuan tentang bars",
    ]
    assert presentation.slides[1].slide_layout.name == "Dinas Title Only"
    assert presentation.slides[0].slide_layout.name == "Dinas Title Slide"


def test_named_placeholders_say_where_things_go():
    presentation = opened(pptx_bytes(FEW, template=named()))
    frame = chart(presentation, "bars")
    assert frame.left >= Inches(2)
    assert frame.top >= Inches(2)
    assert frame.top + frame.height <= Inches(6)


def test_parts_of_old_slides_are_gone():
    names = [name for name, _ in parts(pptx_bytes(FEW, template=foreign()))]
    assert not [name for name in names if "thumbnail" in name]
    assert len([name for name in names if name.startswith("ppt/slides/slide")]) == FEW_PAGES


def test_a_potx_is_a_template_too():
    content = foreign()
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as out:
        for name, part in parts(content):
            out.writestr(
                name, part.replace(b"presentationml.presentation.main", b"presentationml.template.main")
            )
    assert len(opened(pptx_bytes(FEW, template=changed.getvalue())).slides) == FEW_PAGES


def with_part(name: str, content: bytes) -> bytes:
    out = io.BytesIO(foreign())
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(name, content)
    return out.getvalue()


def related(kind: str) -> bytes:
    """Relationships of a part to something outside the file."""
    form = "http://schemas.openxmlformats.org"
    return (
        f'<Relationships xmlns="{form}/package/2006/relationships"><Relationship Id="r" TargetMode="External"'
        f' Type="{form}/officeDocument/2006/relationships/{kind}" Target="http://jahat.example/x"/></Relationships>'
    ).encode()


def test_a_link_that_has_to_be_clicked_may_stay():
    content = with_part("ppt/_rels/more.xml.rels", related("hyperlink"))
    assert len(opened(pptx_bytes(FEW, template=content)).slides) == FEW_PAGES


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"bukan templat", "pack.error.not_pptx"),
        (b"", "pack.error.not_pptx"),
        (b"PK\x03\x04rusak", "pack.error.not_pptx"),
        (b"0" * (templates.LARGEST + 1), "pack.error.too_large"),
        (with_part("ppt/vbaProject.bin", b"x"), "pack.error.macros"),
        (with_part("ppt/_rels/more.xml.rels", related("image")), "pack.error.external"),
        (with_part("ppt/_rels/more.xml.rels", b"<x"), "pack.error.not_pptx"),
        (with_part("x.bin", b"0" * 100_000_001), "pack.error.too_large"),
    ],
    ids=["text", "empty", "cut", "large", "macro", "elsewhere", "damaged", "bomb"],
)
def test_a_file_that_is_no_template_is_refused_in_words(content, key):
    with pytest.raises(TemplateError) as error:
        pptx_bytes(deck(), template=content)
    assert error.value.key == key


def test_a_workbook_is_no_template():
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with pytest.raises(TemplateError, match="not_pptx"):
        pptx_bytes(deck(), template=out.getvalue())


def test_progress_goes_up_to_the_end():
    told: list[float] = []
    pptx_bytes(FEW, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


def test_a_slide_of_the_longest_texts_keeps_every_word():
    long = "Kalimat yang panjang sekali tentang perpustakaan desa di pulau kecil. " * 4
    one = replace(
        slide("x", plot=plot("bars", COUNTS)),
        title=long,
        points=(long,) * 5,
        caveats=(long,) * 3,
        sources=(long,) * 20,
    )
    page = opened(pptx_bytes(deck(slides=(one,)))).slides[0]
    assert texts(page).count("Kalimat yang panjang") >= 4 * (1 + 5 + 3)
    assert "sumber lain" in texts(page)
    assert page.notes_slide.notes_text_frame.text.count("Kalimat yang panjang") >= 4 * 20


def test_xml_of_every_part_is_well_formed():
    for name, content in parts(plain()):
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)


def test_a_qr_code_leads_to_the_ledger_where_the_dashboard_has_an_address():
    def links(content: bytes) -> list[list[str]]:
        return [
            [
                s._element.nvPicPr.cNvPr.get("descr")
                for s in page.shapes
                if s.shape_type == MSO_SHAPE_TYPE.PICTURE
            ]
            for page in opened(content).slides
        ]

    assert not any(links(pptx_bytes(FEW)))
    found = links(pptx_bytes(replace(FEW, base_url="http://10.0.0.5:8501")))
    assert found[1] == ["http://10.0.0.5:8501/angka/L1-7K3Q"]
    assert found[2] == []  # its figure has no code


def test_what_belongs_to_the_message_is_never_small_and_nothing_touches_the_code():
    """18 points are 24 pixels of a screen of 1280×720; the foot has 12."""
    long = FIGURES[0]
    crowd = tuple(
        replace(long, id=f"f{i}", label="perpustakaan melapor, Apr 2026 – Jun 2026", code="L1-7K3Q9F",
                context="141 dari 162 laporan bulanan masuk, sementara") for i in range(2)
    )  # fmt: skip
    caveats = ("Tidak sebanding karena skalanya lain. " * 5,)
    full = replace(slide("x", plot=LINES, figures=crowd), points=(), caveats=caveats)
    made = deck(slides=(deck().slides[0], full, replace(full, id="y", plot=None)))
    for page in list(opened(pptx_bytes(replace(made, base_url="http://10.0.0.5:8501"))).slides)[1:3]:
        (code,) = (s for s in page.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE)
        for shape in page.shapes:
            if not shape.has_text_frame or shape is code:
                continue
            is_foot = made.filters in shape.text_frame.text
            sizes = [
                run.font.size.pt for part in shape.text_frame.paragraphs for run in part.runs if run.font.size
            ]
            least = 12 if is_foot or shape.name in (t("pack.unit"), t("plot.no_value")) else 18
            assert all(size >= least for size in sizes), (shape.name, sizes)
            is_beside = shape.left >= code.left + code.width or shape.left + shape.width <= code.left
            assert is_beside or shape.top + shape.height <= code.top, shape.name


@pytest.mark.parametrize("kind", ["bars", "map"])
def test_a_plot_without_groups_or_values_does_not_stop_the_slides(kind):
    empty = slide("x", plot=plot(kind, (), categories=()))
    unknown = slide("y", plot=plot(kind, (None,) * 7, codes=tuple(REGENCIES)))
    assert len(opened(pptx_bytes(deck(slides=(empty, unknown)))).slides) == 3
