"""Where things go on a slide of any template: placeholders by name, else by type, else what is left free."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Pt

from literasi.export import lettering
from literasi.export.template import (
    BODY,
    CAVEATS,
    CODE,
    CONTENT,
    COVER,
    MARK,
    PIXEL,
    SOURCES,
    SUBTITLE,
    TITLE,
)

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_FEET = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
_UPRIGHT = (PP_PLACEHOLDER.VERTICAL_BODY, PP_PLACEHOLDER.VERTICAL_OBJECT, PP_PLACEHOLDER.VERTICAL_TITLE)
_MARGIN = 0.04
_LOWEST_BODY, _LOWEST_COVER = 220.0, 110.0
_TITLE_SIZES = (44.0, 40.0, 36.0, 32.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of 1/96 inch."""

    left: float
    top: float
    width: float
    height: float

    def emu(self) -> tuple[int, int, int, int]:
        """Give left, top, width, height in English Metric Units."""
        left, top, width, height = (
            round(n * PIXEL) for n in (self.left, self.top, max(self.width, 1), max(self.height, 1))
        )
        return left, top, width, height

    def top_strip(self, height: float) -> tuple[Box, Box]:
        """Give a strip from the top, and the rest."""
        return (
            replace(self, height=height),
            replace(self, top=self.top + height, height=max(self.height - height, 1.0)),
        )

    def bottom_strip(self, height: float) -> tuple[Box, Box]:
        """Give a strip from the bottom, and the rest."""
        above = max(self.height - height, 1.0)
        return replace(self, top=self.top + above, height=height), replace(self, height=above)

    def rows(self, share: float) -> tuple[Box, Box]:
        """Divide into an upper and a lower part."""
        return self.top_strip(self.height * share)

    def split(self, share: float, gap: float = 24.0) -> tuple[Box, Box]:
        """Divide into a left and a right part with a gap between them."""
        wide = (self.width - gap) * share
        return (
            replace(self, width=wide),
            replace(self, left=self.left + wide + gap, width=self.width - wide - gap),
        )

    def columns(self, count: int, gap: float = 24.0) -> list[Box]:
        """Divide into equal columns."""
        wide = (self.width - gap * (count - 1)) / count
        return [replace(self, left=self.left + at * (wide + gap), width=wide) for at in range(count)]


class Page:
    """A new slide of a presentation.

    Parameters
    ----------
    presentation : pptx.presentation.Presentation
    is_cover : bool
        The first slide, which has words only.
    """

    def __init__(self, presentation: Any, *, is_cover: bool) -> None:
        self.is_cover = is_cover
        self._size = (presentation.slide_width / PIXEL, presentation.slide_height / PIXEL)
        self._layout = _layout(presentation, COVER if is_cover else CONTENT)
        self.slide = presentation.slides.add_slide(self._layout)
        self.shapes = self.slide.shapes
        self._holders = self._named()
        self._free = self._body()
        self._numbered()

    def holder(self, name: str) -> Any:
        """Give the placeholder of the slide that has this name in the layout; None where there is none."""
        return self._holders.get(name.casefold()) if name else None

    def title(self, text: str) -> None:
        """Write the title, in the size of the template where it fits, else smaller."""
        said = lettering.clean(text)
        holder = self.holder(TITLE)
        if holder is None:
            strip, self._free = self._free.top_strip(min(80.0, self._free.height / 4))
            holder = self.text_box(strip, name=TITLE)
            own = 28.0
        else:
            own = _size_of(holder)
        room = _box(holder)
        sizes = (own, *(size for size in _TITLE_SIZES if size < own))
        size = lettering.fitting(
            (said,), room=room.width * 0.75 * 0.86, height=room.height * 0.75, sizes=sizes, is_bold=True
        )
        run = holder.text_frame.paragraphs[0].add_run()
        run.text = said
        if size != own or self.holder(TITLE) is None:
            run.font.size = Pt(size)

    def take(self, name: str, height: float, *, is_below: bool = False) -> Box:
        """Give the room of the placeholder of that name, else a strip of what is still free."""
        holder = self.holder(name)
        if holder is not None:
            return _box(holder)
        strip, self._free = self._free.bottom_strip(height) if is_below else self._free.top_strip(height)
        return strip

    def corner(self) -> Box | None:
        """Give the place that the template keeps for the QR code; None where it keeps none."""
        wanted = (
            shape for shape in self._layout.placeholders if shape.name.strip().casefold() == CODE.casefold()
        )
        return next(map(_box, wanted), None)

    def rest(self) -> Box:
        """Give what is free."""
        return self._free

    def text_box(self, room: Box, *, name: str) -> Any:
        """Add an empty text box that wraps, without margins; its text has the colour of the theme."""
        box = self.shapes.add_textbox(*room.emu())
        box.name = lettering.clean(name)
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return box

    def drop_empty(self) -> None:
        """Take off placeholders that hold nothing: they would invite to click."""
        for shape in list(self.slide.placeholders):
            is_number = shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
            if not is_number and not (shape.has_text_frame and shape.text_frame.text):
                shape._element.getparent().remove(shape._element)

    def _named(self) -> dict[str, Any]:
        """Placeholders of the slide by their names in the layout, titles and subtitles by their types too."""
        names = {
            shape.placeholder_format.idx: shape.name.strip().casefold() for shape in self._layout.placeholders
        }
        wanted = {name.casefold() for name in (TITLE, SUBTITLE, BODY, CAVEATS, SOURCES, MARK)}
        out: dict[str, Any] = {}
        for shape in self.slide.placeholders:
            form = shape.placeholder_format
            if names.get(form.idx) in wanted and shape.has_text_frame:
                out.setdefault(names[form.idx], shape)
        for shape in self.slide.placeholders:
            form = shape.placeholder_format
            if form.type in _TITLES:
                out.setdefault(TITLE.casefold(), shape)
            elif form.type == PP_PLACEHOLDER.SUBTITLE:
                out.setdefault(SUBTITLE.casefold(), shape)
        return out

    def _body(self) -> Box:
        """What may be filled: the placeholder named so, else all that holds content, else below the title."""
        width, height = self._size
        named = self.holder(BODY)
        if named is not None:
            return _box(named)
        taken = [shape._element for shape in self._holders.values()]
        feet = [_box(shape) for shape in self._layout.placeholders if shape.placeholder_format.type in _FEET]
        floor = min([height * (1 - _MARGIN / 2), *(box.top for box in feet if box.top > height * 0.8)])
        above = [
            _box(shape)
            for name, shape in self._holders.items()
            if name in (TITLE.casefold(), SUBTITLE.casefold())
        ]
        ceiling = max([height * _MARGIN, *(box.top + box.height + 8 for box in above)])
        boxes = [_box(shape) for shape in self.slide.placeholders if shape._element not in taken]
        boxes = [box for box in boxes if box.width > 0.2 * width]
        if boxes and not self.is_cover:
            left, top = min(box.left for box in boxes), min(box.top for box in boxes)
            right = max(box.left + box.width for box in boxes)
            bottom = max(box.top + box.height for box in boxes)
            if bottom - top >= _LOWEST_BODY and right - left >= width / 2:
                return Box(left, top, right - left, bottom - top)
        if floor - ceiling < (_LOWEST_COVER if self.is_cover else _LOWEST_BODY):
            ceiling = floor - (_LOWEST_COVER if self.is_cover else _LOWEST_BODY)
        left = min([width * _MARGIN, *(box.left for box in above)])
        return Box(max(left, width * 0.02), ceiling, width - 2 * max(left, width * 0.02), floor - ceiling)

    def _numbered(self) -> None:
        """Put the number of the slide where the template has it."""
        for shape in self._layout.placeholders:
            if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
                copy = deepcopy(shape._element)
                self.shapes._spTree.append(copy)
                ids = self.shapes._spTree.xpath("//@id")
                copy.nvSpPr.cNvPr.set("id", str(1 + max(int(i) for i in ids if i.isdigit())))
                return


def _layout(presentation: Any, name: str) -> Any:
    """Give the layout of that name, else the one that suits by the types of its placeholders."""
    layouts = list(presentation.slide_layouts)
    for layout in layouts:
        if layout.name.strip().casefold() == name.casefold():
            return layout

    def cost(layout: Any) -> tuple[int, int]:
        types = [shape.placeholder_format.type for shape in layout.placeholders]
        body = [kind for kind in types if kind not in (*_TITLES, *_FEET, PP_PLACEHOLDER.SUBTITLE)]
        has_subtitle = PP_PLACEHOLDER.SUBTITLE in types
        penalty = 0 if any(kind in _TITLES for kind in types) else 10
        penalty += 20 * any(kind in _UPRIGHT for kind in types)
        if name == COVER:
            penalty += 0 if has_subtitle else 5
        else:
            penalty += 8 * (PP_PLACEHOLDER.CENTER_TITLE in types or has_subtitle)
        return penalty, len(body)

    return min(layouts, key=cost)


def _box(shape: Any) -> Box:
    """Give the rectangle of a shape; a placeholder without one inherits it."""
    values = (shape.left, shape.top, shape.width, shape.height)
    return Box(*(float(value or 0) / PIXEL for value in values))


def _size_of(holder: Any) -> float:
    """Give the size of text, in points, that a title inherits from its layout or master."""
    layout = holder.part.slide_layout
    index = holder.placeholder_format.idx
    own = [shape._element for shape in layout.placeholders if shape.placeholder_format.idx == index]
    master = layout.slide_master
    own += [shape._element for shape in master.placeholders if shape.placeholder_format.type in _TITLES]
    for element in own:
        for first in element.iter(qn("a:lvl1pPr")):
            found = first.find(qn("a:defRPr"))
            if found is not None and found.get("sz"):
                return float(found.get("sz")) / 100
    for style in master._element.iter(qn("p:titleStyle")):
        for found in style.iter(qn("a:defRPr")):
            if found.get("sz"):
                return float(found.get("sz")) / 100
    return 44.0
