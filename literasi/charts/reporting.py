"""Which months which area reported: one cell per regency and month, the share written in it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.band import month_ticks, received_words
from literasi.domain.coverage import STANDARD, share
from literasi.figures import CONTRAST, SEQUENTIAL, Chart, base_figure
from literasi.text import number, percent, period, plain, t


def reporting_chart(
    coverage: pd.DataFrame, *, name: str, names: Mapping[str, str], periods: list[str], report: str, area: str
) -> Chart | None:
    """Share of the expected reports that came, by area and month; months without expectation are blank.

    Parameters
    ----------
    coverage : DataFrame
        As from `literasi.domain.coverage.coverage`.
    name : str
        Name of the chart.
    names : mapping
        Area code to name, in the order of the rows.
    periods : list of str
        Months across.
    report : str
        Name of the report (visits, loans …), for the subtitle.
    area : str
        Name of the whole.

    Returns
    -------
    Chart or None
        None where no report was expected.
    """
    rows = coverage[coverage["area_code"].isin(names) & coverage["period"].isin(periods)]
    if rows.empty:
        return None
    shares = {
        (code, p): (share(r, e), r, e)
        for code, p, r, e in zip(
            rows["area_code"], rows["period"], rows["received"], rows["expected"], strict=True
        )
    }
    codes = [code for code in names if code in set(rows["area_code"])]
    blank = (None, None, None)
    cells = [[shares.get((code, p), blank) for p in periods] for code in codes]
    edge = STANDARD.provisional_below
    figure = base_figure(
        go.Heatmap(
            x=list(range(len(periods))),
            y=list(range(len(codes))),
            z=[[None if s is None else 100 * s for s, _, _ in line] for line in cells],
            zmin=0,
            zmax=100,
            colorscale=[
                [0, CONTRAST],
                [edge - 1e-4, CONTRAST],
                [edge, SEQUENTIAL[0]],
                [0.9 - 1e-4, SEQUENTIAL[0]],
                [0.9, SEQUENTIAL[2]],
                [1, SEQUENTIAL[2]],
            ],
            showscale=False,
            xgap=2,
            ygap=2,
            text=[["" if s is None else number(100 * s) for s, _, _ in line] for line in cells]
            if len(periods) <= 18
            else None,
            texttemplate="%{text}" if len(periods) <= 18 else None,
            textfont={"color": "#10202b", "size": 11},
            hoverinfo="text",
            hoverongaps=False,
            hovertext=[
                [
                    f"{plain(names[code])}, {period(p)}<br>{received_words(r, e)}"
                    for p, (_, r, e) in zip(periods, line, strict=True)
                ]
                for code, line in zip(codes, cells, strict=True)
            ],
        ),
        height=90 + 30 * len(codes),
    )
    for label, colour in (
        (t("chart.reporting.few"), CONTRAST),
        (t("chart.reporting.many"), SEQUENTIAL[0]),
        (t("chart.reporting.most"), SEQUENTIAL[2]),
    ):
        figure.add_trace(
            go.Scatter(
                x=[None],
                y=[None],
                mode="markers",
                name=label,
                marker={"symbol": "square", "size": 12, "color": colour},
                hoverinfo="skip",
            )
        )
    figure.update_layout(
        xaxis={**month_ticks(periods), "range": [-0.5, len(periods) - 0.5]},
        yaxis={
            "tickvals": list(range(len(codes))),
            "ticktext": [plain(names[code]) for code in codes],
            "range": [len(codes) - 0.5, -0.5],
            "showgrid": False,
        },
        legend={"itemclick": False, "itemdoubleclick": False},
    )
    totals = rows.groupby("area_code")[["received", "expected"]].sum()
    parts = {code: share(totals["received"][code], totals["expected"][code]) or 0.0 for code in codes}
    lowest = min(codes, key=lambda code: parts[code])
    whole = share(int(totals["received"].sum()), int(totals["expected"].sum()))
    words = {
        "report": report,
        "area": area,
        "share": percent(whole),
        "lowest": names[lowest],
        "lowest_share": percent(parts[lowest]),
        "received": number(int(totals["received"].sum())),
        "expected": number(int(totals["expected"].sum())),
        "values": ", ".join(f"{names[code]} {percent(parts[code])}" for code in codes),
    }
    return Chart(
        name=name,
        figure=figure,
        title=t("chart.reporting.title", **words),
        subtitle=" · ".join(
            (t("chart.reporting.long", report=report), area, f"{period(periods[0])} – {period(periods[-1])}")
        ),
        alt=t("chart.reporting.alt", **words),
        table=pd.DataFrame(
            {
                t("chart.rates.column_area"): [names[c] for c in rows["area_code"]],
                t("chart.series.column_period"): [period(p) for p in rows["period"]],
                t("chart.series.column_received"): rows["received"],
                t("chart.series.column_expected"): rows["expected"],
            }
        ),
    )
