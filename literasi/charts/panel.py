"""Two years compared on the same months: everything reported, and only what the same libraries reported."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.band import Measure, measure_name, measure_unit, span_words
from literasi.domain.series import Comparison
from literasi.figures import EMPHASIS, MUTED, Chart, base_figure
from literasi.text import number, signed, t


def panel_chart(
    same: Comparison | None, total: Comparison | None, *, name: str, measure: Measure, area: str, pairs: int
) -> Chart | None:
    """Bars of two years, for the constant panel and beside it for all reports.

    Parameters
    ----------
    same : Comparison or None
        As from `literasi.domain.series.constant_panel`.
    total : Comparison or None
        As from `literasi.domain.series.same_months`.
    name : str
        Name of the chart.
    measure : str
        What is counted.
    area : str
        Name of the area.
    pairs : int
        Pairs of reports behind `same`.

    Returns
    -------
    Chart or None
        None where no library reported the same month in both years.
    """
    if same is None or total is None:
        return None
    comparisons = (same, total)
    libraries = number(same.libraries)
    groups = [
        f"{group}<br><b>{change_words(comparison)}</b>"
        for group, comparison in zip(
            (t("chart.panel.same", libraries=libraries), t("chart.panel.all")), comparisons, strict=True
        )
    ]
    now, before = (f"{span_words(same.months)} {year}" for year in (same.year, same.year - 1))
    traces = []
    for label, values, colour in (
        (before, [c.previous for c in comparisons], MUTED),
        (now, [c.value for c in comparisons], EMPHASIS),
    ):
        traces.append(
            go.Bar(
                x=values,
                y=groups,
                orientation="h",
                name=label,
                marker={"color": colour},
                text=[number(v) for v in values],
                textposition="outside",
                cliponaxis=False,
                hoverinfo="text",
                hovertext=[f"{label}<br>{number(v)} {measure_unit(measure)}" for v in values],
            )
        )
    top = max(max(c.value, c.previous) for c in comparisons)
    figure = base_figure(*traces, height=270, barmode="group", bargap=0.3)
    figure.update_layout(
        xaxis={
            "range": [0, 1.2 * top if top else 1],
            "title": {"text": measure_unit(measure)},
            "nticks": 5,
            "tickformat": ",",
        },
        yaxis={"autorange": "reversed", "showgrid": False},
    )
    words = {
        "measure": measure_name(measure),
        "libraries": libraries,
        "pairs": number(pairs),
        "change": change_words(same).lstrip("+-"),
        "signed": change_words(same),
        "all_signed": change_words(total),
        "previous": number(same.previous),
        "value": number(same.value),
        "all_previous": number(total.previous),
        "all_value": number(total.value),
        "span": span_words(same.months),
        "year": str(same.year),
        "before": str(same.year - 1),
        "area": area,
    }
    direction = "up" if same.difference > 0 else "down" if same.difference < 0 else "same"
    return Chart(
        name=name,
        figure=figure,
        title=t(f"chart.panel.title_{direction}", **words),
        subtitle=" · ".join(
            (t(f"chart.series.long_{measure}"), area, t("chart.panel.against", now=now, before=before))
        ),
        alt=t("chart.panel.alt", **words),
        table=pd.DataFrame(
            {
                t("chart.panel.column_group"): [
                    t("chart.panel.same_plain", libraries=libraries),
                    t("chart.panel.all_plain"),
                ],
                before: [c.previous for c in comparisons],
                now: [c.value for c in comparisons],
                t("chart.panel.column_change"): [change_words(c) for c in comparisons],
            }
        ),
        notes=(t("chart.panel.note", **words),),
    )


def change_words(comparison: Comparison) -> str:
    """Write a change in per cent, or the difference where the base is too small for per cent."""
    if comparison.percent is None:
        return signed(comparison.difference)
    return f"{signed(comparison.percent, 1)}%"
