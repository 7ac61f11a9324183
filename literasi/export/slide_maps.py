"""The map of a closing as shapes of PowerPoint: each regency one shape, to be coloured or moved there."""

from __future__ import annotations

from typing import Any

from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from literasi.closing.deck import Plot
from literasi.export import lettering, outlines
from literasi.export.outlines import Chip, Outline
from literasi.export.scales import Classes, classes
from literasi.export.template import rgb
from literasi.figures import INK, MUTED, NO_DATA
from literasi.maps import colours
from literasi.text import t

_SEA = "EEF4F8"
_INK = INK["light"].lstrip("#").upper()
_PAPER = "FFFFFF"
_POINT = 12_700
WIDER = 1.12
"""Arial beside the font that text is measured in."""


def add(shapes: Any, plot: Plot, *, place: tuple[int, int, int, int], size: float, name: str) -> Any:
    """Add the map to a slide as one group.

    Parameters
    ----------
    shapes : pptx shapes
    plot : Plot
        Of kind ``map``; its first series is drawn.
    place : tuple of int
        Left, top, width, height in English Metric Units.
    size : float
        Of its text, in points.
    name : str
        Of the group.

    Returns
    -------
    pptx GroupShape
        Each regency is named by its code and name.
    """
    left, top, width, height = place
    one = plot.series[0]
    found = classes(one.values, decimals=plot.decimals)
    fills = {code: found.fill(value) for code, value in zip(plot.codes, one.values, strict=True)}
    names = dict(zip(plot.codes, plot.categories, strict=True))
    keys = _keys(plot, found)
    legend = (len(keys) + 2) // 3 * size * 1.5 + 0.6 * size
    wide, high = width / _POINT, height / _POINT - legend
    labels = outlines.labels(plot, width=wide, height=high, size=size)
    frame = outlines.panels(labels, width=wide, height=high, size=size * WIDER)
    group = shapes.add_group_shape()
    group.name = name
    group._element.nvGrpSpPr.cNvPr.set("descr", lettering.clean(plot.alt))
    inside = group.shapes

    def at(x: float, y: float) -> tuple[int, int]:
        return round(left + x * _POINT), round(top + y * _POINT)

    for panel in frame:
        _box(inside, (*at(panel.left, panel.top), *_extent(panel.width, panel.height)), _SEA, t("pack.sea"))
        for outline in panel.outlines:
            label = f"{outline.code} {names.get(outline.code, '')}".strip()
            _regency(inside, outline, left=left, top=top, fill=fills.get(outline.code), name=label)
    for panel in frame:
        for chip in panel.chips:
            _chip(inside, chip, at, fills[chip.code], size, names[chip.code])
    _legend(
        inside,
        plot,
        keys,
        at=at,
        y=max(panel.height for panel in frame) + 0.4 * size,
        width=width / _POINT,
        size=size,
    )
    return group


def _extent(width: float, height: float) -> tuple[int, int]:
    return round(width * _POINT), round(height * _POINT)


def _box(
    shapes: Any, place: tuple[int, int, int, int], fill: str | None, name: str, *, line: str = ""
) -> Any:
    box = shapes.add_shape(MSO_SHAPE.RECTANGLE, *place)
    box.name = lettering.clean(name)
    _fill(box, fill)
    if line:
        box.line.color.rgb, box.line.width = rgb(line), Pt(0.75)
    else:
        box.line.fill.background()
    _plain(box)
    return box


def _plain(shape: Any) -> None:
    """Take off the style of the theme, which may have a shadow."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def _fill(shape: Any, fill: str | None) -> None:
    """Fill with a colour, or with hatching where there is no value."""
    if fill is None:
        shape.fill.patterned()
        shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        shape.fill.fore_color.rgb, shape.fill.back_color.rgb = rgb(MUTED), rgb(NO_DATA)
    else:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(fill)


def _regency(shapes: Any, outline: Outline, *, left: int, top: int, fill: str | None, name: str) -> None:
    """Add one freeform of all islands of a regency."""
    xs = [x for ring in outline.rings for x, _ in ring]
    ys = [y for ring in outline.rings for _, y in ring]
    west, north = min(xs), min(ys)
    width, height = _extent(max(xs) - west, max(ys) - north)
    place = (round(left + west * _POINT), round(top + north * _POINT), max(width, 1), max(height, 1))
    shape = _box(shapes, place, fill, name)
    shape.line.color.rgb, shape.line.width = rgb(MUTED), Pt(0.25)
    parts = []
    for ring in outline.rings:
        points = [(round((x - west) * _POINT), round((y - north) * _POINT)) for x, y in ring]
        first, *rest = (f'<a:pt x="{x}" y="{y}"/>' for x, y in points)
        parts.append(
            f"<a:moveTo>{first}</a:moveTo>" + "".join(f"<a:lnTo>{p}</a:lnTo>" for p in rest) + "<a:close/>"
        )
    geometry = parse_xml(
        f"<a:custGeom {nsdecls('a')}><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
        f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{place[2]}" h="{place[3]}">'
        f"{''.join(parts)}</a:path></a:pathLst></a:custGeom>"
    )
    old = shape._element.spPr.find(qn("a:prstGeom"))
    old.getparent().replace(old, geometry)


def _chip(shapes: Any, chip: Chip, at: Any, fill: str | None, size: float, name: str) -> None:
    if chip.leader:
        line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *at(*chip.leader[0]), *at(*chip.leader[1]))
        line.line.color.rgb, line.line.width = rgb(_INK), Pt(1)
        line.name = lettering.clean(t("pack.leader", name=name))
        _plain(line)
    place = (*at(chip.left, chip.top), *_extent(chip.width, chip.height))
    box = _box(shapes, place, fill or _PAPER, t("pack.label", name=name), line=_INK)
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.MIDDLE
    ink = colours.ink(fill) if fill else _INK
    for place_of, text in enumerate(chip.lines):
        paragraph = frame.paragraphs[0] if not place_of else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.CENTER
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.color.rgb = Pt(size), rgb(ink)
        run.font.bold = bool(place_of and fill)
        run.font.italic = bool(place_of and not fill)


def _keys(plot: Plot, found: Classes) -> list[tuple[str, str | None]]:
    one = plot.series[0]
    keys: list[tuple[str, str | None]] = list(found.keys)
    reasons = [one.labels[at] or t("plot.no_value") for at, value in enumerate(one.values) if value is None]
    return keys + [(f"{reason} ({reasons.count(reason)})", None) for reason in dict.fromkeys(reasons)]


def _legend(
    shapes: Any,
    plot: Plot,
    keys: list[tuple[str, str | None]],
    *,
    at: Any,
    y: float,
    width: float,
    size: float,
) -> None:
    """Say what is measured, and what each fill means, in rows that fill the width."""
    x = 0.0
    for text, fill, has_box in ((plot.unit, None, False), *((text, fill, True) for text, fill in keys)):
        wide = lettering.width(lettering.clean(text), size) * WIDER + 0.8 * size
        whole = wide + (1.6 * size if has_box else 0)
        if x and x + whole > width:
            x, y = 0.0, y + 1.5 * size
        if has_box:
            _box(
                shapes,
                (*at(x, y + 0.2 * size), *_extent(1.2 * size, 0.9 * size)),
                fill,
                t("pack.key"),
                line=_INK,
            )
            x += 1.6 * size
        said = shapes.add_textbox(*at(x, y), *_extent(wide, 1.3 * size))
        said.name = t("pack.key")
        frame = said.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.word_wrap = False
        run = frame.paragraphs[0].add_run()
        run.text = lettering.clean(text)
        run.font.size = Pt(size)
        x += wide
