"""Monthly reports of one library: what it reported, what it reported as zero, and what it did not report."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.band import Measure, measure_name, measure_unit, subtitle
from literasi.figures import CONTRAST, EMPHASIS, MUTED, Chart, base_figure
from literasi.text import month_names, number, period, t


def library_months_chart(
    months: pd.DataFrame, *, name: str, measure: Measure, library: str, height: int = 260
) -> Chart | None:
    """Bars from zero; a reported zero and a missing report have marks of their own.

    Parameters
    ----------
    months : DataFrame
        ``period`` (every month of the span), ``value`` and ``state`` as from
        `literasi.domain.coverage.states`.
    name : str
        Name of the chart.
    measure : str
        What is counted.
    library : str
        Name of the library.
    height : int
        Pixels.

    Returns
    -------
    Chart or None
        None where the library reported nothing.
    """
    known = months[months["value"].notna()]
    if known.empty:
        return None
    rows = months.loc[months["state"].ne("not_expected").idxmax() :].reset_index(drop=True)
    hover = [
        f"{period(p)}<br>"
        + (t(f"profile.month_{s}") if pd.isna(v) else f"{number(v)} {measure_unit(measure)}")
        for p, v, s in zip(rows["period"], rows["value"], rows["state"], strict=True)
    ]
    traces: list[go.Bar | go.Scatter] = [
        go.Bar(
            x=list(range(len(rows))),
            y=rows["value"],
            name=measure_name(measure),
            marker={"color": EMPHASIS},
            hoverinfo="text",
            hovertext=hover,
        )
    ]
    for state, symbol, colour in (("zero", "diamond-open", CONTRAST), ("missing", "x-thin", MUTED)):
        at = rows.index[rows["state"] == state].tolist()
        if at:
            traces.append(
                go.Scatter(
                    x=at,
                    y=[0] * len(at),
                    mode="markers",
                    name=t(f"profile.month_{state}"),
                    marker={
                        "symbol": symbol,
                        "size": 9,
                        "color": colour,
                        "line": {"width": 2, "color": colour},
                    },
                    cliponaxis=False,
                    hoverinfo="text",
                    hovertext=[hover[i] for i in at],
                )
            )
    ticks = [i for i, p in enumerate(rows["period"]) if len(rows) <= 8 or int(p[5:]) in (1, 7)]
    figure = base_figure(*traces, height=height, bargap=0.2, showlegend=len(traces) > 1)
    figure.update_xaxes(
        tickvals=ticks,
        ticktext=[
            f"{month_names()[int(rows['period'][i][5:]) - 1]}<br>{rows['period'][i][:4]}" for i in ticks
        ],
        range=[-0.7, len(rows) - 0.3],
    )
    figure.update_yaxes(title={"text": measure_unit(measure)}, rangemode="tozero")
    peak, newest = known.iloc[int(known["value"].to_numpy().argmax())], known.iloc[-1]
    counts = {state: int((rows["state"] == state).sum()) for state in ("reported", "zero", "missing")}
    words = {
        "measure": measure_name(measure),
        "library": library,
        "newest": period(newest["period"], short=True),
        "value": number(newest["value"]),
        "peak": period(peak["period"]),
        "peak_value": number(peak["value"]),
        "unit": measure_unit(measure),
        **{state: number(n) for state, n in counts.items()},
    }
    return Chart(
        name=name,
        figure=figure,
        title=t("profile.months_title", **words),
        subtitle=subtitle(measure, library, rows["period"].iloc[0], rows["period"].iloc[-1], ""),
        alt=t("profile.months_alt", **words),
        table=pd.DataFrame(
            {
                t("chart.series.column_period"): [period(p) for p in rows["period"]],
                measure_name(measure): rows["value"],
                t("chart.series.column_state"): [t(f"profile.month_{s}") for s in rows["state"]],
            }
        ),
        notes=(t("profile.note_months", **words),) if counts["missing"] or counts["zero"] else (),
    )
