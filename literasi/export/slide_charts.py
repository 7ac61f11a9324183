"""Plots as charts of PowerPoint: its own, with the numbers in a sheet behind them, to be edited there."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from lxml import etree
from openpyxl import Workbook
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.oxml.ns import qn
from pptx.util import Pt

from literasi.closing.deck import Plot, Series
from literasi.export import lettering
from literasi.export.plots import series_colours
from literasi.export.scales import line_steps, steps
from literasi.export.steady import settled
from literasi.export.template import rgb
from literasi.figures import INK, MUTED
from literasi.text import t

_KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
    "intervals": XL_CHART_TYPE.BAR_CLUSTERED,
    "map": XL_CHART_TYPE.BAR_CLUSTERED,
}
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHEET = "Sheet1"
_PALER = 0.55
"""Bars under intervals are pale, so that the label on them can be read."""


def add(shapes: Any, plot: Plot, *, place: tuple[int, int, int, int], size: float, language: str) -> Any:
    """Add a chart to a slide.

    Parameters
    ----------
    shapes : pptx shapes
    plot : Plot
        ``map`` becomes bars; `literasi.export.slide_maps` draws it.
    place : tuple of int
        Left, top, width, height in English Metric Units.
    size : float
        Of its text, in points.
    language : str
        Tag of the language of its text.

    Returns
    -------
    pptx GraphicFrame

    Notes
    -----
    Missing values are gaps. Intervals are error bars with their lengths in the sheet, so that they move when
    a number there is changed. The sheet holds texts and numbers only, never a formula.
    """
    form = number_format(plot.decimals)
    data = CategoryChartData(number_format=form)  # type: ignore[no-untyped-call]
    data.categories = [lettering.clean(name) for name in plot.categories]
    for one in plot.series:
        data.add_series(lettering.clean(one.name), one.values)  # type: ignore[no-untyped-call]
    frame = shapes.add_chart(_KINDS[plot.kind], *place, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", lettering.clean(plot.alt))
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_sheet(plot))
    chart.font.size = Pt(size)
    for run in chart._chartSpace.iter(f"{_A}defRPr", f"{_A}endParaRPr"):
        run.set("lang", language)
    chart.has_title = False
    chart.has_legend = len(plot.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    if plot.kind == "lines":
        _pointed(chart, plot)
    else:
        _barred(chart, plot)
    _coloured(chart, plot)
    _labelled(chart, plot, form)
    return frame


def number_format(decimals: int) -> str:
    """Give the format of numbers; the reader's own settings give the separators."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _barred(chart: Any, plot: Plot) -> None:
    """Bars from zero; the numbers stand at their ends, so the axis of values is left out."""
    known = [v for one in plot.series for part in (one.values, one.low) for v in part if v is not None]
    values, names = chart.value_axis, chart.category_axis
    values.minimum_scale = None if any(value < 0 for value in known) else 0
    if plot.kind == "intervals":
        highest = [v for one in plot.series for part in (one.values, one.high) for v in part if v is not None]
        values.maximum_scale = steps(0.0, max(highest, default=1.0))[-1]
    values.has_major_gridlines, values.visible = False, False
    names.has_major_gridlines = False
    names.format.line.color.rgb = rgb(MUTED)
    if any(value < 0 for value in known):
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if plot.kind != "columns":
        names.reverse_order = True
    group = chart.plots[0]
    group.gap_width, group.overlap = 45, -5 if len(plot.series) > 1 else 0
    group.vary_by_categories = False


def _pointed(chart: Any, plot: Plot) -> None:
    """Lines over a range of round values; they need not begin at zero."""
    known = [value for one in plot.series for value in one.values if value is not None]
    ticks = line_steps(known)
    values = chart.value_axis
    values.minimum_scale, values.maximum_scale, values.major_unit = ticks[0], ticks[-1], ticks[1] - ticks[0]
    values.major_gridlines.format.line.color.rgb = rgb(MUTED)
    values.major_gridlines.format.line.width = Pt(0.5)
    values.format.line.fill.background()
    whole = all(float(tick).is_integer() for tick in ticks)
    values.tick_labels.number_format = number_format(0 if whole else max(plot.decimals, 1))
    values.tick_labels.number_format_is_linked = False


def _coloured(chart: Any, plot: Plot) -> None:
    pairs = zip(plot.series, chart.plots[0].series, series_colours(plot.series), strict=True)
    for order, (one, drawn, colour) in enumerate(pairs):
        if plot.kind == "lines":
            drawn.smooth = False
            drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 9
            drawn.marker.format.fill.solid()
            drawn.marker.format.fill.fore_color.rgb = rgb(colour)
            drawn.marker.format.line.color.rgb = rgb(colour)
            drawn.format.line.color.rgb, drawn.format.line.width = rgb(colour), Pt(2.5)
            continue
        drawn.invert_if_negative = False
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = rgb(colour)
        if plot.kind == "intervals":
            drawn.format.fill.fore_color.brightness = _PALER
            _limits(drawn, one, colour.lstrip("#").upper(), column=len(plot.series) + 2 + 2 * order)


def _labelled(chart: Any, plot: Plot, form: str) -> None:
    for one, drawn in zip(plot.series, chart.plots[0].series, strict=True):
        labels = drawn.data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = form, False
        labels.font.bold = one.is_emphasis
        if plot.kind == "intervals":  # at the root of the bar, away from the interval
            labels.position = XL_LABEL_POSITION.INSIDE_BASE
            labels.font.color.rgb = rgb(INK["light"])
        elif plot.kind == "lines":
            labels.position = XL_LABEL_POSITION.ABOVE
        else:
            labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _limits(drawn: Any, one: Series, colour: str, *, column: int) -> None:
    """Give a series error bars whose lengths are columns of the sheet."""
    ser = drawn._element
    bars = etree.Element(f"{_C}errBars")
    for name, value in (("errBarType", "both"), ("errValType", "cust"), ("noEndCap", "0")):
        etree.SubElement(bars, f"{_C}{name}", val=value)
    for name, lengths, at in (("plus", _above(one), column), ("minus", _below(one), column + 1)):
        letter = _letter(at)
        ref = etree.SubElement(etree.SubElement(bars, f"{_C}{name}"), f"{_C}numRef")
        etree.SubElement(ref, f"{_C}f").text = f"{_SHEET}!${letter}$2:${letter}${len(lengths) + 1}"
        kept = etree.SubElement(ref, f"{_C}numCache")
        etree.SubElement(kept, f"{_C}formatCode").text = "General"
        etree.SubElement(kept, f"{_C}ptCount", val=str(len(lengths)))
        for place, length in enumerate(lengths):
            if length is not None:
                point = etree.SubElement(kept, f"{_C}pt", idx=str(place))
                etree.SubElement(point, f"{_C}v").text = repr(float(length))
    look = etree.SubElement(etree.SubElement(bars, f"{_C}spPr"), f"{_A}ln", w=str(Pt(3)))
    etree.SubElement(etree.SubElement(look, f"{_A}solidFill"), f"{_A}srgbClr", val=colour)
    ser.find(qn("c:cat")).addprevious(bars)


def _above(one: Series) -> list[float | None]:
    return _lengths(one.high, one.values)


def _below(one: Series) -> list[float | None]:
    return [None if length is None else -length for length in _lengths(one.low, one.values)]


def _lengths(limits: Sequence[float | None], values: Sequence[float | None]) -> list[float | None]:
    padded = (*limits, *(None,) * (len(values) - len(limits)))
    return [
        None if limit is None or value is None else limit - value
        for limit, value in zip(padded, values, strict=True)
    ]


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def _sheet(plot: Plot) -> bytes:
    """Write the sheet behind the chart, as python-pptx refers to it; text stays text."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = _SHEET
    columns: list[tuple[str, Sequence[str | float | None]]] = [("", plot.categories)]
    columns += [(one.name, one.values) for one in plot.series]
    if plot.kind == "intervals":
        for one in plot.series:
            columns.append((t("pack.above", name=one.name), _above(one)))
            columns.append((t("pack.below", name=one.name), _below(one)))
    for number, (heading, cells) in enumerate(columns, start=1):
        for row, value in enumerate((heading, *cells), start=1):
            cell = page.cell(row, number)
            cell.value = lettering.clean(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # openpyxl makes a formula of what begins with "="
            else:
                cell.number_format = number_format(plot.decimals)
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue())
