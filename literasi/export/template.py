"""Templates of slides: the plain one that is shipped, made by code, and reading one that an office gives."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu

from literasi.errors import LiterasiError
from literasi.figures import CONTRAST, EMPHASIS, INK, SEQUENTIAL, SERIES

MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PIXEL = 9525
"""English Metric Units in one pixel of 1/96 inch."""
WIDTH, HEIGHT = 1280, 720
FACE = "Arial"
"""Of the plain template: every office has it, or one of the same widths."""

COVER, CONTENT = "Literasi Judul", "Literasi Isi"
TITLE, SUBTITLE, BODY, CAVEATS, SOURCES, MARK = "Judul", "Subjudul", "Isi", "Catatan", "Sumber", "Tanda"
CODE = "Kode"

LARGEST = 20_000_000
_LARGEST_UNPACKED = 100_000_000
_MOST_PARTS = 5_000
_PAPER, _QUIET, _WARNING = "FFFFFF", "4A5A66", "A34400"


class TemplateError(LiterasiError):
    """A file that cannot be the template of slides."""


def opened(template: bytes | None) -> Any:
    """Open a template without its slides.

    Parameters
    ----------
    template : bytes, optional
        PPTX or POTX; the plain template unless given.

    Returns
    -------
    pptx.presentation.Presentation

    Raises
    ------
    TemplateError
        If it is too large, not a presentation, or holds macros or pictures from elsewhere.
    """
    if template is None:
        return plain()
    blob = _checked(template)
    try:
        presentation = Presentation(io.BytesIO(blob))
        if not len(presentation.slide_layouts):
            raise TemplateError("pack.error.not_pptx")
    except LiterasiError:
        raise
    except Exception as error:  # a damaged package can fail anywhere in the library
        raise TemplateError("pack.error.not_pptx") from error
    listed = presentation.slides._sldIdLst
    for slide in list(listed):
        presentation.part.drop_rel(slide.rId)
        listed.remove(slide)
    _without_lists_of_slides(presentation)
    return presentation


def _checked(template: bytes) -> bytes:
    """Give the package as a presentation; a POTX differs from one in one word."""
    if len(template) > LARGEST:
        raise TemplateError("pack.error.too_large", megabytes=LARGEST // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as package:
            parts = package.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
                raise TemplateError("pack.error.too_large", megabytes=LARGEST // 1_000_000)
            types = package.read("[Content_Types].xml")
            names = [part.filename.lower() for part in parts]
            if b"macroEnabled" in types or any("vbaproject" in name or "/activex/" in name for name in names):
                raise TemplateError("pack.error.macros")
            if any(_fetches(package.read(part)) for part in parts if part.filename.endswith(".rels")):
                raise TemplateError("pack.error.external")
            if b"presentationml.template.main" not in types:
                return template
            types = types.replace(b"presentationml.template.main", b"presentationml.presentation.main")
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
                for part in parts:
                    copy.writestr(
                        part.filename, types if part.filename == "[Content_Types].xml" else package.read(part)
                    )
            return out.getvalue()
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError) as error:
        raise TemplateError("pack.error.not_pptx") from error


def _fetches(relations: bytes) -> bool:
    """Whether a part takes anything from elsewhere; what a reader has to click first is none of that."""
    try:
        listed = etree.fromstring(relations, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise TemplateError("pack.error.not_pptx") from error
    return any(
        one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink")
        for one in listed
    )


def _without_lists_of_slides(presentation: Any) -> None:
    """Leave out what names slides that are gone (PowerPoint would repair the file), and their picture."""
    root = presentation.part._element
    for shows in root.findall(qn("p:custShowLst")):
        root.remove(shows)
    package = presentation.part.package
    for name, relation in list(package._rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            package.drop_rel(name)
    for extension in presentation.part._element.findall(f".//{qn('p:ext')}"):
        if any(etree.QName(child).localname == "sectionLst" for child in extension):
            extension.getparent().remove(extension)


def plain() -> Any:
    """Make the template that is shipped: 16:9, white, one colour, every placeholder named.

    Returns
    -------
    pptx.presentation.Presentation
        Two layouts, `COVER` and `CONTENT`.
    """
    presentation = Presentation()
    _without_lists_of_slides(presentation)
    presentation.slide_width, presentation.slide_height = Emu(WIDTH * PIXEL), Emu(HEIGHT * PIXEL)
    layouts = presentation.slide_layouts
    cover, content = layouts[0], layouts[5]
    for layout in list(layouts):
        if layout not in (cover, content):
            layouts.remove(layout)
    _theme(presentation.slide_master)
    _master(presentation.slide_master)
    cover.name, content.name = COVER, CONTENT
    dark = SEQUENTIAL[4].lstrip("#").upper()
    _layout(
        cover,
        (
            (TITLE, "ctrTitle", 0, (80, 110, 1120, 220), 44, True, _PAPER, "b"),
            (SUBTITLE, "subTitle", 1, (80, 350, 1120, 250), 24, False, _PAPER, "t"),
            (MARK, "body", 13, (80, 40, 1120, 48), 20, True, "FFD9A8", "t"),
            (SOURCES, "body", 14, (80, 620, 1120, 64), 12, False, _PAPER, "b"),
        ),
        background=dark,
    )
    _layout(
        content,
        (
            (TITLE, "title", 0, (48, 26, 972, 84), 28, True, INK["light"].lstrip("#"), "ctr"),
            (MARK, "body", 13, (1028, 30, 204, 40), 18, True, _WARNING, "t"),
            (SUBTITLE, "body", 15, (48, 112, 1184, 34), 18, False, _QUIET, "ctr"),
            (BODY, "body", 16, (48, 152, 1184, 388), 20, False, INK["light"].lstrip("#"), "t"),
            (CAVEATS, "body", 17, (48, 544, 1048, 92), 18, False, _WARNING, "ctr"),
            (SOURCES, "body", 14, (48, 638, 984, 72), 12, False, _QUIET, "b"),
            ("Nomor", "sldNum", 12, (1040, 680, 56, 30), 12, False, _QUIET, "b"),
            (CODE, "pic", 18, (1116, 594, 116, 116), 12, False, _QUIET, "b"),
        ),
        stripe=EMPHASIS.lstrip("#").upper(),
    )
    return presentation


def _theme(master: Any) -> None:
    """Give the theme the colours and the face of the house."""
    part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
    theme = etree.fromstring(part.blob)
    a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    accents = [colour.lstrip("#").upper() for colour in (EMPHASIS, CONTRAST, *SERIES[2:6])]
    named = dict(zip((f"accent{n}" for n in range(1, 7)), accents, strict=True)) | {
        "dk2": SEQUENTIAL[4].lstrip("#").upper(),
        "lt2": "E3EEF3",
    }
    for name, colour in named.items():
        for slot in theme.iter(f"{a}{name}"):
            slot[:] = [etree.Element(f"{a}srgbClr", val=colour)]
    for face in theme.iter(f"{a}majorFont", f"{a}minorFont"):
        latin = face.find(f"{a}latin")
        if latin is not None:
            latin.set("typeface", FACE)
    theme.set("name", "Literasi")
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _master(master: Any) -> None:
    """Put the placeholders of the master where a wide slide has them; dates and feet are those of layouts."""
    places = {
        PP_PLACEHOLDER.TITLE: (48, 26, 1184, 84),
        PP_PLACEHOLDER.BODY: (48, 156, 1184, 408),
        PP_PLACEHOLDER.DATE: (48, 680, 200, 30),
        PP_PLACEHOLDER.FOOTER: (300, 680, 600, 30),
        PP_PLACEHOLDER.SLIDE_NUMBER: (1160, 664, 72, 40),
    }
    for shape in master.placeholders:
        left, top, width, height = (n * PIXEL for n in places[shape.placeholder_format.type])
        shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _layout(layout: Any, slots: Any, *, background: str = "", stripe: str = "") -> None:
    """Give a layout its placeholders: name, type, index, place, size, weight, colour, anchor."""
    tree = layout.shapes._spTree
    for shape in list(layout.shapes):
        tree.remove(shape._element)
    if background:
        layout.background.fill.solid()
        layout.background.fill.fore_color.rgb = rgb(background)
    if stripe:
        tree.append(parse_xml(_STRIPE.format(ns=nsdecls("p", "a"), width=WIDTH * PIXEL, colour=stripe)))
    for number, (name, kind, index, place, size, is_bold, colour, anchor) in enumerate(slots, start=10):
        x, y, width, height = (n * PIXEL for n in place)
        tree.append(
            parse_xml(
                _SLOT.format(
                    ns=nsdecls("p", "a"),
                    id=number,
                    name=escape(name),
                    kind=kind,
                    index=f' idx="{index}"' if index else "",
                    x=x,
                    y=y,
                    width=width,
                    height=height,
                    anchor=anchor,
                    size=size * 100,
                    bold=int(is_bold),
                    colour=colour,
                    align="r" if name in (MARK, "Nomor") and kind != "ctrTitle" and not background else "l",
                    text=_NUMBER
                    if kind == "sldNum"
                    else f'<a:r><a:rPr lang="id-ID"/><a:t>{escape(name)}</a:t></a:r>',
                )
            )
        )


def rgb(colour: str) -> Any:
    """Give a colour, written with or without ``#``, as the library wants it."""
    return RGBColor.from_string(colour.lstrip("#").upper())  # type: ignore[no-untyped-call]


_NUMBER = (
    '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
    '<a:rPr lang="id-ID"/><a:t>‹#›</a:t></a:fld>'
)
_STRIPE = (
    '<p:sp {ns}><p:nvSpPr><p:cNvPr id="2" name="Pita"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
    '<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="95250"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    "<a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
)
_SLOT = (
    '<p:sp {ns}><p:nvSpPr><p:cNvPr id="{id}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    '<p:nvPr><p:ph type="{kind}"{index}/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/>'
    '<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
    '<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr>'
    '<a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="{align}"><a:spcBef><a:spcPts val="0"/></a:spcBef>'
    '<a:buNone/><a:defRPr sz="{size}" b="{bold}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    "</a:defRPr></a:lvl1pPr></a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
)
