"""Plots of a closing as SVG: for the hall, for pages and for pictures, drawn without a browser."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from literasi.closing.deck import Plot, Series
from literasi.export import lettering, outlines
from literasi.export.lettering import LEADING
from literasi.export.scales import Classes, classes, line_steps, steps
from literasi.figures import EMPHASIS, INK, MUTED, NO_DATA, SERIES
from literasi.maps import colours
from literasi.text import number, t

Mode = Literal["light", "dark"]
_SEA = {"light": "#eef4f8", "dark": "#16242e"}
_PAPER = {"light": "#ffffff", "dark": "#0f1b24"}
_QUIET = 0.8
"""Share of a row or slot that its bars fill."""
_FEWEST_PIXELS = 8


def svg(plot: Plot, *, width: int, height: int, text: int = 24, mode: Mode = "light") -> str:
    """Draw a plot.

    Parameters
    ----------
    plot : Plot
    width, height : int
        Pixels. The picture is higher where its rows need more: text is never smaller and never cut.
    text : int
        Size of all text, in pixels of that width.
    mode : str
        Of the page that it stands on; the picture has no background of its own.

    Returns
    -------
    str
        One ``<svg>`` element without prolog. Text stays text, nothing is fetched, there is no style sheet,
        and ids are unique to the picture, so that many can stand in one page. The same plot gives the same.
    """
    canvas = _Canvas(width, height, text, mode)
    if plot.kind == "map":
        _map(canvas, plot)
    elif plot.kind == "lines":
        _lines(canvas, plot)
    elif plot.kind == "intervals":
        _intervals(canvas, plot)
    elif plot.kind == "columns" and _columns_fit(canvas, plot):
        _columns(canvas, plot)
    else:
        _bars(canvas, plot)
    return canvas.written(plot)


def map_notice(plot: Plot | None) -> str:
    """Give the notice that the licence of the coast lines asks for wherever they are drawn."""
    return t("shell.attribution") if plot and plot.kind == "map" else ""


class _Canvas:
    """Marks in pixels, from the top left."""

    def __init__(self, width: float, height: float, size: float, mode: Mode) -> None:
        self.width, self.height, self.size, self.mode = float(width), float(height), float(size), mode
        self.ink, self.paper = INK[mode], _PAPER[mode]
        self._marks: list[str] = []
        self._hatched = False

    def rect(self, x: float, y: float, width: float, height: float, fill: str, **more: object) -> None:
        self._mark("rect", x=x, y=y, width=max(width, 0.0), height=max(height, 0.0), fill=fill, **more)

    def line(
        self, a: tuple[float, float], b: tuple[float, float], colour: str, width: float, **more: object
    ) -> None:
        self._mark("line", x1=a[0], y1=a[1], x2=b[0], y2=b[1], stroke=colour, stroke_width=width, **more)

    def dot(self, x: float, y: float, radius: float, fill: str) -> None:
        self._mark("circle", cx=x, cy=y, r=radius, fill=fill)

    def path(self, points: str, **more: object) -> None:
        self._mark("path", d=points, **more)

    def words(
        self,
        x: float,
        y: float,
        said: str,
        *,
        anchor: Literal["start", "middle", "end"] = "start",
        colour: str = "",
        is_bold: bool = False,
        is_missing: bool = False,
    ) -> None:
        """Write one line; `y` is the middle of its letters."""
        more = {"font-weight": "700"} if is_bold else {}
        more |= {"font-style": "italic"} if is_missing else {}
        shown = "".join(f" {name}={quoteattr(value)}" for name, value in more.items())
        self._marks.append(
            f'<text x="{_short(x)}" y="{_short(y + 0.36 * self.size)}" text-anchor="{anchor}" '
            f'fill="{colour or self.ink}"{shown}>{escape(lettering.clean(said))}</text>'
        )

    def block(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        anchor: Literal["start", "middle", "end"] = "start",
        colour: str = "",
        is_bold: bool = False,
        is_missing: bool = False,
    ) -> None:
        """Write lines below each other; `y` is the middle of the block."""
        step = self.size * LEADING
        for place, line in enumerate(lines):
            at = y + (place - (len(lines) - 1) / 2) * step
            self.words(x, at, line, anchor=anchor, colour=colour, is_bold=is_bold, is_missing=is_missing)

    def hatch(self) -> str:
        """Give the fill that says: no data."""
        self._hatched = True
        return "url(#HATCH)"

    def written(self, plot: Plot) -> str:
        body = "".join(self._marks)
        own = "p" + hashlib.sha256(f"{self.width}x{self.height}{body}".encode()).hexdigest()[:12]
        hatch = (
            f'<defs><pattern id="{own}" width="8" height="8" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><rect width="8" height="8" fill="{NO_DATA}"/>'
            f'<line x1="0" y1="0" x2="0" y2="8" stroke="{MUTED}" stroke-width="4"/></pattern></defs>'
            if self._hatched
            else ""
        )
        alt = lettering.clean(plot.alt)
        wide, high = _short(self.width), _short(self.height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" '
            f'height="{high}" role="img" aria-label={quoteattr(alt)} '
            f'font-family="{lettering.FAMILY}" font-size="{_short(self.size)}">'
            f"<desc>{escape(alt)}</desc>{hatch}{body.replace('#HATCH', f'#{own}')}</svg>"
        )

    def _mark(self, name: str, **given: object) -> None:
        parts = " ".join(
            f'{key.replace("_", "-")}="{_short(value) if isinstance(value, float | int) else value}"'
            for key, value in given.items()
        )
        self._marks.append(f"<{name} {parts}/>")


def _short(value: float) -> str:
    return f"{round(value, 2):g}" if abs(value) < 1e4 else f"{value:.1f}"


def series_colours(series: Sequence[Series]) -> list[str]:
    """Give the colour of each series: strong ones in the order of the house, quiet ones grey."""
    strong = iter((EMPHASIS, *SERIES[1:]))
    return [next(strong, SERIES[-1]) if one.is_emphasis else MUTED for one in series]


def _known(plot: Plot) -> list[float]:
    return [
        v for one in plot.series for part in (one.values, one.low, one.high) for v in part if v is not None
    ]


def _label(one: Series, place: int) -> str:
    return lettering.clean(one.labels[place]) if place < len(one.labels) else ""


def _top(canvas: _Canvas, plot: Plot) -> float:
    """Write what the axis measures and, where there are several, the series; give where the marks begin."""
    size, y = canvas.size, canvas.size * 0.6
    if plot.unit:
        for line in lettering.wrap(plot.unit, canvas.width, size):
            canvas.words(0, y, line)
            y += size * LEADING
    if len(plot.series) > 1:
        x = 0.0
        for one, colour in zip(plot.series, series_colours(plot.series), strict=True):
            wide = 1.3 * size + lettering.width(lettering.clean(one.name), size)
            if x and x + wide > canvas.width:
                x, y = 0.0, y + size * LEADING
            canvas.rect(x, y - 0.4 * size, 0.8 * size, 0.8 * size, colour)
            canvas.words(x + 1.1 * size, y, one.name)
            x += wide + size
        y += size * LEADING
    return y - 0.1 * size


def _rows(
    canvas: _Canvas, plot: Plot, top: float, *, lines_each: int, foot: float = 0.0
) -> tuple[list[list[str]], float, float]:
    """Give the wrapped names of the rows, the width they need, and the height of a row."""
    size = canvas.size
    longest = max((lettering.width(lettering.clean(name), size) for name in plot.categories), default=0)
    room = min(longest, 0.4 * canvas.width)
    names = [lettering.wrap(name, room + 1, size) for name in plot.categories]
    needed = max([lines_each, *(len(name) for name in names)]) * size * LEADING + 0.25 * size
    count = max(len(names), 1)
    row = max(needed, min((canvas.height - top - foot) / count, 4 * size * max(lines_each, 1)))
    canvas.height = max(canvas.height, top + count * row + foot)
    return names, room + 0.5 * size, row


def _bars(canvas: _Canvas, plot: Plot) -> None:
    size, count = canvas.size, max(len(plot.series), 1)
    top = _top(canvas, plot)
    longest_name = max((lettering.width(lettering.clean(n), size) for n in plot.categories), default=0)
    room = canvas.width - min(longest_name, 0.4 * canvas.width) - 0.5 * size
    missing = [
        len(lettering.wrap(_label(one, at), room - size, size))
        for one in plot.series
        for at, value in enumerate(one.values)
        if value is None
    ]
    names, left, row = _rows(canvas, plot, top, lines_each=count * max([1, *missing]))
    values = _known(plot)
    low, high = min([0.0, *values]), max([0.0, *values])
    widths = [
        lettering.width(_label(one, at), size, is_bold=True)
        for one in plot.series
        for at, value in enumerate(one.values)
        if value is not None
    ]
    after = max(widths, default=0) + 0.6 * size
    before = after if low < 0 else 0.0
    scale = (canvas.width - left - before - after) / ((high - low) or 1.0)
    zero = left + before - low * scale
    fills = series_colours(plot.series)
    thick = row * _QUIET / count
    for at, name in enumerate(names):
        middle = top + (at + 0.5) * row
        canvas.block(0, middle, name)
        for order, (one, fill) in enumerate(zip(plot.series, fills, strict=True)):
            y = middle + (order - count / 2) * thick
            value = one.values[at]
            if value is None:
                said = lettering.wrap(_label(one, at), room - size, size)
                canvas.block(zero + 0.3 * size, y + thick / 2, said, is_missing=True)
                continue
            end = zero + value * scale
            high_bar = min(thick * 0.92, 2 * size)
            canvas.rect(min(zero, end), y + (thick - high_bar) / 2, abs(end - zero), high_bar, fill)
            canvas.words(
                end + (0.3 if value >= 0 else -0.3) * size,
                y + thick / 2,
                _label(one, at),
                anchor="start" if value >= 0 else "end",
                is_bold=one.is_emphasis,
            )
    canvas.line((zero, top), (zero, top + row * len(names)), canvas.ink, 1.5)


def _slot(canvas: _Canvas, plot: Plot) -> float:
    return canvas.width / max(len(plot.categories), 1)


def _columns_fit(canvas: _Canvas, plot: Plot) -> bool:
    """Whether every word below and every value above its column has room."""
    size, slot = canvas.size, _slot(canvas, plot) * 0.94
    words = [word for name in plot.categories for word in lettering.clean(name).split(" ")]
    words += [
        _w
        for one in plot.series
        for at, v in enumerate(one.values)
        if v is None
        for _w in _label(one, at).split(" ")
    ]
    values = [_label(one, at) for one in plot.series for at, v in enumerate(one.values) if v is not None]
    share = slot / max(len(plot.series), 1)
    return all(lettering.width(word, size) <= slot for word in words) and all(
        lettering.width(value, size, is_bold=True) <= share for value in values
    )


def _columns(canvas: _Canvas, plot: Plot) -> None:
    size, slot, count = canvas.size, _slot(canvas, plot), max(len(plot.series), 1)
    top = _top(canvas, plot) + size * LEADING
    names = [lettering.wrap(name, slot * 0.94, size) for name in plot.categories]
    foot = max((len(name) for name in names), default=1) * size * LEADING + 0.4 * size
    values = _known(plot)
    low, high = min([0.0, *values]), max([0.0, *values])
    below = size * LEADING if low < 0 else 0.0
    missing = [
        len(lettering.wrap(_label(one, at), slot * 0.94 / count, size))
        for one in plot.series
        for at, value in enumerate(one.values)
        if value is None
    ]
    least = max(_FEWEST_PIXELS * size, max([0, *missing]) * size * LEADING)
    canvas.height = max(canvas.height, top + least + below + foot)
    room = canvas.height - top - foot - below
    scale = room / ((high - low) or 1.0)
    zero = top + high * scale
    thick = slot * _QUIET / count
    fills = series_colours(plot.series)
    for at, name in enumerate(names):
        middle = (at + 0.5) * slot
        canvas.block(
            middle,
            canvas.height - foot + 0.4 * size + (len(name) / 2) * size * LEADING,
            name,
            anchor="middle",
        )
        for order, (one, fill) in enumerate(zip(plot.series, fills, strict=True)):
            x = middle + (order - count / 2) * thick
            value = one.values[at]
            if value is None:
                said = lettering.wrap(_label(one, at), slot * 0.94 / count, size)
                canvas.block(
                    x + thick / 2,
                    zero - len(said) * size * LEADING / 2 - 0.2 * size,
                    said,
                    anchor="middle",
                    is_missing=True,
                )
                continue
            end = zero - value * scale
            canvas.rect(x + thick * 0.04, min(zero, end), thick * 0.92, abs(end - zero), fill)
            canvas.words(
                x + thick / 2,
                end - 0.6 * size if value >= 0 else end + 0.6 * size,
                _label(one, at),
                anchor="middle",
                is_bold=one.is_emphasis,
            )
    canvas.line((0, zero), (canvas.width, zero), canvas.ink, 1.5)


def _grid(canvas: _Canvas, ticks: Sequence[float], decimals: int) -> list[str]:
    """Give the ticks as written, with the fewest decimals that tell them apart."""
    for places in range(max(decimals, 0) + 3):
        if all(math.isclose(round(tick, places), tick, abs_tol=1e-9) for tick in ticks):
            return [number(tick, places) for tick in ticks]
    return [number(tick, decimals) for tick in ticks]


def words_without_value(plot: Plot) -> list[str]:
    """Say which categories no series has a value for, and why, one line for each reason."""
    why: dict[str, list[str]] = {}
    for at, name in enumerate(plot.categories):
        if all(one.values[at] is None for one in plot.series):
            reason = next((said for one in plot.series if (said := _label(one, at))), t("plot.no_value"))
            why.setdefault(reason, []).append(lettering.clean(name))
    return [f"{reason}: {', '.join(names)}" for reason, names in why.items()]


def _lines(canvas: _Canvas, plot: Plot) -> None:
    size = canvas.size
    top = _top(canvas, plot) + 0.9 * size
    ticks = line_steps(_known(plot))
    written = _grid(canvas, ticks, plot.decimals)
    left = max(lettering.width(tick, size) for tick in written) + 0.6 * size
    said = [line for part in words_without_value(plot) for line in lettering.wrap(part, canvas.width, size)]
    ends = max(
        (
            lettering.width(_label(one, at), size, is_bold=True)
            for one in plot.series
            for at in range(len(plot.categories))
            if one.values[at] is not None
        ),
        default=0,
    )
    count = len(plot.categories)
    inner = ends / 2 + 0.3 * size
    gap = (canvas.width - left - 2 * inner) / max(count - 1, 1)
    names = [lettering.wrap(name, max(gap * 0.94, 3 * size), size) for name in plot.categories]
    widest = max((lettering.width(line, size) for name in names for line in name), default=0.0)
    every = max(1, math.ceil((widest + 0.4 * size) / gap)) if count > 1 else 1
    foot = (max((len(name) for name in names), default=1) + len(said)) * size * LEADING + 0.6 * size
    canvas.height = max(canvas.height, top + _FEWEST_PIXELS * size + foot)
    floor = canvas.height - foot
    scale = (floor - top) / (ticks[-1] - ticks[0])

    def place(at: int, value: float) -> tuple[float, float]:
        return left + inner + at * gap, floor - (value - ticks[0]) * scale

    for tick, shown in zip(ticks, written, strict=True):
        y = place(0, tick)[1]
        canvas.line((left, y), (canvas.width, y), MUTED, 1, stroke_opacity=0.35)
        canvas.words(left - 0.4 * size, y, shown, anchor="end")
    for at, name in enumerate(names):
        if (count - 1 - at) % every == 0:
            x = min(max(place(at, 0)[0], widest / 2), canvas.width - widest / 2)
            canvas.block(x, floor + 0.3 * size + len(name) * size * LEADING / 2, name, anchor="middle")
    all_labels = ends + 0.5 * size <= gap or count == 1
    taken: list[tuple[float, float]] = []
    for one, colour in sorted(
        zip(plot.series, series_colours(plot.series), strict=True), key=lambda pair: pair[0].is_emphasis
    ):
        points = [(at, value) for at, value in enumerate(one.values) if value is not None]
        for (a, first), (b, second) in pairwise(points):
            if b == a + 1:
                canvas.line(
                    place(a, first),
                    place(b, second),
                    colour,
                    3.5 if one.is_emphasis else 2.5,
                    stroke_linecap="round",
                )
        for at, value in points:
            canvas.dot(*place(at, value), 6 if one.is_emphasis else 4.5, colour)
    for one in sorted(plot.series, key=lambda one: not one.is_emphasis):
        points = [(at, value) for at, value in enumerate(one.values) if value is not None]
        for at, value in points if all_labels else points[-1:]:
            x, y = place(at, value)
            for above in (-0.85, 0.85):
                free = all(
                    abs(x - u) > ends * 0.9 or abs(y + above * size - v) > 0.9 * size for u, v in taken
                )
                if free and (above < 0 or y + 1.3 * size < floor):
                    taken.append((x, y + above * size))
                    canvas.words(
                        x, y + above * size, _label(one, at), anchor="middle", is_bold=one.is_emphasis
                    )
                    break
    for order, line in enumerate(said):
        canvas.words(0, canvas.height - (len(said) - order - 0.5) * size * LEADING, line, is_missing=True)


def _intervals(canvas: _Canvas, plot: Plot) -> None:
    size, count = canvas.size, max(len(plot.series), 1)
    top = _top(canvas, plot)
    foot = size * LEADING + 0.4 * size
    names, left, row = _rows(canvas, plot, top, lines_each=2 * count, foot=foot)
    values = _known(plot) or [0.0, 1.0]
    ticks = steps(min([0.0, *values]), max([0.0, *values]))
    written = _grid(canvas, ticks, plot.decimals)
    edge = max(lettering.width(tick, size) for tick in (written[0], written[-1])) / 2 + 0.2 * size
    scale = (canvas.width - left - 2 * edge) / (ticks[-1] - ticks[0])
    floor = top + row * len(names)

    def place(value: float) -> float:
        return left + edge + (value - ticks[0]) * scale

    for tick, shown in zip(ticks, written, strict=True):
        is_zero = tick == 0
        canvas.line(
            (place(tick), top),
            (place(tick), floor),
            canvas.ink if is_zero else MUTED,
            1.5 if is_zero else 1,
            stroke_opacity=1 if is_zero else 0.35,
        )
        canvas.words(place(tick), floor + 0.8 * size, shown, anchor="middle")
    for at, name in enumerate(names):
        middle = top + (at + 0.5) * row
        canvas.block(0, middle, name)
        for order, (one, colour) in enumerate(zip(plot.series, series_colours(plot.series), strict=True)):
            y = middle + (order - (count - 1) / 2) * row * _QUIET / count
            value = one.values[at]
            if value is None:
                said = lettering.wrap(_label(one, at), canvas.width - place(ticks[0]) - size, size, lines=2)
                canvas.block(place(ticks[0]) + 0.3 * size, y, said, is_missing=True)
                continue
            low = one.low[at] if at < len(one.low) else None
            high = one.high[at] if at < len(one.high) else None
            mark = y + 0.45 * size
            if low is not None and high is not None:
                canvas.line((place(low), mark), (place(high), mark), colour, 5, stroke_linecap="round")
            canvas.dot(place(value), mark, 0.38 * size, colour)
            half = lettering.width(_label(one, at), size, is_bold=True) / 2
            x = min(max(place(value), left + half), canvas.width - half)
            canvas.words(x, y - 0.55 * size, _label(one, at), anchor="middle", is_bold=one.is_emphasis)


def _map(canvas: _Canvas, plot: Plot) -> None:
    size, one = canvas.size, plot.series[0]
    found = classes(one.values, decimals=plot.decimals)
    fill_of = {code: found.fill(value) for code, value in zip(plot.codes, one.values, strict=True)}
    keys = _keys(canvas, plot, found)
    foot = len(keys) * size * 1.4 + 0.4 * size
    high = max(canvas.height - foot, 6 * size)
    labels = outlines.labels(plot, width=canvas.width, height=high, size=size)
    frame = outlines.panels(labels, width=canvas.width, height=high, size=size)
    bottom = max(panel.height for panel in frame)
    for panel in frame:
        canvas.rect(panel.left, panel.top, panel.width, panel.height, _SEA[canvas.mode])
        for outline in panel.outlines:
            fill = fill_of.get(outline.code)
            points = "".join(
                "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring) + "Z" for ring in outline.rings
            )
            canvas.path(
                points, fill=fill or canvas.hatch(), stroke=MUTED, stroke_width=0.5, fill_rule="evenodd"
            )
    for panel in frame:
        for chip in panel.chips:
            if chip.leader:
                canvas.line(*chip.leader, canvas.ink, 1.5)
                canvas.dot(*chip.leader[1], 3.5, canvas.ink)
            fill = fill_of[chip.code]
            canvas.rect(
                chip.left,
                chip.top,
                chip.width,
                chip.height,
                fill or canvas.paper,
                rx=0.2 * size,
                stroke=canvas.ink,
                stroke_width=1,
            )
            ink = colours.ink(fill) if fill else canvas.ink
            canvas.words(
                chip.left + chip.width / 2,
                chip.top + 0.175 * size + 0.5 * size * LEADING,
                chip.lines[0],
                anchor="middle",
                colour=ink,
            )
            rest = chip.lines[1:]
            canvas.block(
                chip.left + chip.width / 2,
                chip.top + 0.175 * size + (1 + len(rest) / 2) * size * LEADING,
                rest,
                anchor="middle",
                colour=ink,
                is_bold=bool(fill),
                is_missing=not fill,
            )
    canvas.height = max(canvas.height if bottom + foot >= canvas.height else bottom + foot, bottom + foot)
    for order, row in enumerate(keys):
        x, y = 0.0, bottom + 0.4 * size + (order + 0.5) * size * 1.4
        for shown, colour, wide in row:
            if colour is not None:
                canvas.rect(
                    x,
                    y - 0.45 * size,
                    1.2 * size,
                    0.9 * size,
                    colour or canvas.hatch(),
                    stroke=canvas.ink,
                    stroke_width=0.5,
                )
            canvas.words(x + (1.5 * size if colour is not None else 0), y, shown)
            x += wide


def _keys(canvas: _Canvas, plot: Plot, found: Classes) -> list[list[tuple[str, str | None, float]]]:
    """Give the legend in rows: what is measured, each class, then the areas without a value."""
    size, one = canvas.size, plot.series[0]
    entries: list[tuple[str, str | None]] = [
        (line, None) for line in lettering.wrap(plot.unit, canvas.width, size)
    ]
    entries += found.keys
    reasons = [_label(one, at) or t("plot.no_value") for at, value in enumerate(one.values) if value is None]
    entries += [(f"{reason} ({reasons.count(reason)})", "") for reason in dict.fromkeys(reasons)]
    rows: list[list[tuple[str, str | None, float]]] = [[]]
    for shown, colour in entries:
        wide = lettering.width(shown, size) + (2.6 * size if colour is not None else size)
        if rows[-1] and sum(entry[2] for entry in rows[-1]) + wide > canvas.width:
            rows.append([])
        rows[-1].append((shown, colour, wide))
    return rows
