"""Dots with a benchmark: the province beside the nation, period by period, in one edition."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from literasi.domain.indicators import Indicator
from literasi.figures import EMPHASIS, GRID, MUTED, Chart, base_figure
from literasi.text import number, plain, signed, t


def benchmark_chart(
    own: pd.DataFrame,
    benchmark: pd.DataFrame,
    indicator: Indicator,
    *,
    name: str,
    own_name: str,
    benchmark_name: str,
) -> Chart | None:
    """One row per period: the area's dot, the benchmark's dot, and the gap in points between them.

    Parameters
    ----------
    own, benchmark : DataFrame
        Tidy values of one edition each: ``period``, ``value``, ``source_id``, ``is_preferred``.
    indicator : Indicator
        For label, unit and decimals.
    name : str
        Name of the chart.
    own_name, benchmark_name : str

    Returns
    -------
    Chart or None
        None where the area has no value.
    """
    mine = own[own["is_preferred"] & own["value"].notna()].set_index("period")
    other = benchmark[benchmark["is_preferred"] & benchmark["value"].notna()].set_index("period")
    if mine.empty:
        return None
    periods = sorted({*mine.index, *other.index}, reverse=True)
    unit = t(f"unit.{indicator.unit}")
    label = t(f"indicator.{indicator.id}")
    traces = []
    for rows, who, colour, symbol, place in (
        (other, benchmark_name, MUTED, "diamond", "bottom center"),
        (mine, own_name, EMPHASIS, "circle", "top center"),
    ):
        traces.append(
            go.Scatter(
                x=rows["value"],
                y=[str(p) for p in rows.index],
                mode="markers+text",
                name=who,
                text=[number(v, indicator.decimals) for v in rows["value"]],
                textposition=place,
                textfont={"color": colour},
                marker={"size": 14, "color": colour, "symbol": symbol},
                hoverinfo="text",
                hovertext=[
                    f"{plain(who)}, {p}<br>{number(v, indicator.decimals)} {unit}"
                    for p, v in zip(rows.index, rows["value"], strict=True)
                ],
                cliponaxis=False,
            )
        )
    figure = base_figure(*traces, height=120 + 66 * len(periods))
    for p in sorted(set(mine.index) & set(other.index)):
        figure.add_shape(
            type="line",
            x0=other["value"][p],
            x1=mine["value"][p],
            # By position: a category that looks like a number would be read as one.
            y0=periods.index(p),
            y1=periods.index(p),
            line={"color": MUTED, "width": 2},
            layer="below",
        )
        gap = float(mine["value"][p]) - float(other["value"][p])
        figure.add_annotation(
            x=(float(mine["value"][p]) + float(other["value"][p])) / 2,
            y=periods.index(p),
            text=t("chart.dots.gap", gap=signed(gap, indicator.decimals)),
            showarrow=False,
            yshift=10,
        )
    values = [*mine["value"], *other["value"]]
    margin = max(0.25 * (max(values) - min(values)), 1.0)
    figure.update_layout(
        xaxis={
            "range": [min(values) - margin, max(values) + margin],
            "title": {"text": unit},
            "showgrid": True,
            "gridcolor": GRID,
        },
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": periods,
            "range": [-0.6, len(periods) - 0.4],
        },
    )
    newest = str(max(mine.index))
    value = float(mine["value"][newest])
    against = float(other["value"][newest]) if newest in other.index else None
    words = {
        "label": label,
        "own": own_name,
        "benchmark": benchmark_name,
        "value": number(value, indicator.decimals),
        "against": number(against, indicator.decimals),
        "gap": signed(None if against is None else value - against, indicator.decimals),
        "unit": unit,
        "when": newest,
    }
    empty = [p for p in other.index if p not in mine.index]
    edition = indicator.edition(str(mine["edition"].iloc[-1]))
    return Chart(
        name=name,
        figure=figure,
        title=t("chart.dots.title" if against is not None else "chart.dots.title_alone", **words),
        subtitle=" · ".join(
            dict.fromkeys((label, own_name, f"{min(periods)}–{max(periods)}", edition.label))
        ),
        alt=t("chart.dots.alt", **words),
        table=pd.DataFrame(
            {
                t("chart.series.column_period"): periods,
                own_name: [mine["value"].get(p) for p in periods],
                benchmark_name: [other["value"].get(p) for p in periods],
            }
        ).astype({own_name: "float64", benchmark_name: "float64"}),
        sources=tuple(dict.fromkeys([*mine["source_id"], *other["source_id"]])),
        notes=(
            *((t("chart.dots.note_empty", own=own_name, periods=", ".join(sorted(empty))),) if empty else ()),
            *indicator.notes,
        ),
        indicators=(indicator.id,),
    )
