"""Years beside each other over January to December: month beside month, and running totals."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.band import (
    Measure,
    few,
    listed,
    measure_name,
    measure_unit,
    received_words,
    state_notes,
    subtitle,
    with_band,
)
from literasi.domain.coverage import share
from literasi.figures import CONTRAST, EMPHASIS, MUTED, SEQUENTIAL, Chart, base_figure
from literasi.text import month_names, number, period, t


def same_month_chart(
    series: pd.DataFrame, *, name: str, measure: Measure, area: str, filtered: str = ""
) -> Chart | None:
    """One line per year over January to December, the newest year strongest; no line over a missing month.

    Parameters and return value as for `months_chart`.
    """
    if series.empty or series["value"].notna().sum() == 0:
        return None
    rows = _with_year(series)
    is_few = few(rows)
    figure = _year_lines(rows, is_few, measure, column="value", dashed=None)
    newest = rows[rows["value"].notna()].iloc[-1]
    year, month = int(newest["year"]), int(newest["month"])
    before = rows[(rows["year"] == year - 1) & (rows["month"] == month)]["value"]
    previous = float(before.iloc[0]) if len(before) and pd.notna(before.iloc[0]) else None
    words = {
        "measure": measure_name(measure),
        "now": period(str(newest["period"])),
        "value": number(newest["value"]),
        "before": period(f"{year - 1}-{month:02d}"),
        "previous": number(previous),
        "area": area,
    }
    key = "chart.series.same_title" if previous is not None else "chart.series.same_title_alone"
    return Chart(
        name=name,
        figure=figure,
        title=t(key, **words),
        subtitle=subtitle(measure, area, rows["period"].iloc[0], rows["period"].iloc[-1], filtered),
        alt=t("chart.series.same_alt", years=listed(sorted(set(rows["year"]))), **words),
        table=_years_across(rows, "value"),
        notes=state_notes(rows, is_few),
    )


def cumulative_chart(
    series: pd.DataFrame, *, name: str, measure: Measure, area: str, filtered: str = ""
) -> Chart | None:
    """Running total within each year; after a missing month the total is a lower bound, drawn dotted.

    Parameters
    ----------
    series : DataFrame
        As for `months_chart`, with ``cumulative`` (missing in a missing month) and ``is_lower_bound``.

    Other parameters and return value as for `months_chart`.
    """
    if series.empty or series["value"].notna().sum() == 0:
        return None
    rows = _with_year(series)
    is_few = few(rows)
    figure = _year_lines(rows, is_few, measure, column="cumulative", dashed="is_lower_bound")
    newest = rows[rows["cumulative"].notna()].iloc[-1]
    year, month = int(newest["year"]), int(newest["month"])
    before = rows[(rows["year"] == year - 1) & (rows["month"] == month)]["cumulative"]
    previous = float(before.iloc[0]) if len(before) and pd.notna(before.iloc[0]) else None
    short = month_names()
    span = short[0] if month == 1 else f"{short[0]}–{short[month - 1]}"
    words = {
        "measure": measure_name(measure),
        "now": f"{span} {year}",
        "value": number(newest["cumulative"]),
        "before": f"{span} {year - 1}",
        "previous": number(previous),
        "area": area,
    }
    key = "chart.series.same_title" if previous is not None else "chart.series.same_title_alone"
    bound = (t("chart.series.note_lower_bound"),) if rows["is_lower_bound"].any() else ()
    return Chart(
        name=name,
        figure=figure,
        title=t(key, **words),
        subtitle=subtitle(
            measure, area, rows["period"].iloc[0], rows["period"].iloc[-1], filtered, is_cumulative=True
        ),
        alt=t("chart.series.cumulative_alt", years=listed(sorted(set(rows["year"]))), **words),
        table=_years_across(rows, "cumulative"),
        notes=(*bound, *state_notes(rows, is_few)),
    )


def _with_year(series: pd.DataFrame) -> pd.DataFrame:
    return series.assign(
        year=series["period"].str[:4].astype("int64"), month=series["period"].str[5:].astype("int64")
    ).reset_index(drop=True)


def _year_colour(year: int, newest: int) -> str:
    return (EMPHASIS, CONTRAST)[newest - year] if newest - year < 2 else MUTED


def _year_lines(
    rows: pd.DataFrame, is_few: pd.Series[bool], measure: Measure, *, column: str, dashed: str | None
) -> go.Figure:
    """One line per year, and under them one row of coverage per year."""
    years = sorted(set(rows["year"]))
    traces: list[Any] = []
    for year in years:
        part = rows[rows["year"] == year].set_index("month").reindex(range(1, 13))
        few = is_few[rows["year"] == year].set_axis(rows.loc[rows["year"] == year, "month"])
        few = few.reindex(range(1, 13), fill_value=False)
        colour = _year_colour(year, years[-1])
        bound = (
            part[dashed].astype("boolean").fillna(value=False).astype(bool)
            if dashed
            else pd.Series(False, index=part.index)
        )
        shown = part[column].notna()
        if not shown.any():
            continue
        hover = [
            "<br>".join(
                (
                    period(f"{year}-{month:02d}"),
                    f"{t('chart.series.at_least') + ' ' if low else ''}{number(v)} {measure_unit(measure)}",
                    received_words(r, e),
                )
            )
            for month, v, low, r, e in zip(
                part.index, part[column], bound, part["received"], part["expected"], strict=True
            )
        ]
        marker = {
            "size": 8,
            "symbol": ["circle-open" if f else "circle" for f in few],
            "color": colour,
            "line": {"width": 2, "color": colour},
        }
        common = {"hoverinfo": "text", "hovertext": hover, "connectgaps": False, "legendgroup": str(year)}
        width = 3 if year == years[-1] else 2
        traces.append(
            go.Scatter(
                x=list(range(1, 13)),
                y=part[column].where(~bound).tolist(),
                mode="lines+markers",
                name=str(year),
                line={"color": colour, "width": width},
                marker=marker,
                **common,
            )
        )
        if bound.any():
            traces.append(
                go.Scatter(
                    x=list(range(1, 13)),
                    y=part[column].where(bound).tolist(),
                    mode="lines+markers",
                    name=f"{year} {t('chart.series.at_least')}",
                    showlegend=False,
                    line={"color": colour, "width": width, "dash": "dot"},
                    marker={**marker, "symbol": "circle-open"},
                    **common,
                )
            )
        last = part[column].last_valid_index()
        traces.append(
            go.Scatter(
                # Beside the marker, not on it.
                x=[last + 0.3],
                y=[part[column][last]],
                mode="text",
                text=[f"<b>{year}</b>"],
                textposition="middle right",
                textfont={"color": colour},
                showlegend=False,
                hoverinfo="skip",
                cliponaxis=False,
            )
        )
    traces.append(_coverage_rows(rows, years))
    figure = with_band(base_figure(*traces, height=440, showlegend=False), unit=measure_unit(measure))
    figure.update_layout(
        yaxis={"domain": [0.18 + 0.055 * len(years), 1]},
        yaxis2={
            "domain": [0, 0.055 * len(years)],
            "range": [-0.5, len(years) - 0.5],
            "tickvals": list(range(len(years))),
            "ticktext": [str(y) for y in reversed(years)],
            "title": {"text": ""},
            "showgrid": False,
        },
        xaxis={
            "tickvals": list(range(1, 13, 2)),
            "ticktext": month_names()[::2],
            "tickangle": 0,
            "range": [0.4, 13.4],
        },
        annotations=[
            {
                "text": t("chart.series.coverage"),
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": 0.055 * len(years),
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": 12, "color": MUTED},
            }
        ],
    )
    return figure


def _coverage_rows(rows: pd.DataFrame, years: list[int]) -> go.Heatmap:
    """Coverage of each year and month in per cent, written into its cell."""
    z: list[list[float | None]] = []
    text: list[list[str]] = []
    hover: list[list[str]] = []
    for year in reversed(years):
        part = rows[rows["year"] == year].set_index("month").reindex(range(1, 13))
        shares = [share(r, e) for r, e in zip(part["received"], part["expected"], strict=True)]
        z.append([None if s is None else 100 * s for s in shares])
        text.append(["" if s is None else number(100 * s) for s in shares])
        hover.append(
            [
                f"{period(f'{year}-{month:02d}')}<br>{received_words(r, e)}"
                for month, r, e in zip(part.index, part["received"], part["expected"], strict=True)
            ]
        )
    return go.Heatmap(
        x=list(range(1, 13)),
        y=list(range(len(years))),
        z=z,
        yaxis="y2",
        zmin=0,
        zmax=100,
        # Two states, not a scale: below 60 % of the expected reports a figure is provisional.
        colorscale=[[0, CONTRAST], [0.5999, CONTRAST], [0.6, SEQUENTIAL[1]], [1, SEQUENTIAL[1]]],
        text=text,
        texttemplate="%{text}",
        textfont={"color": "#10202b", "size": 11},
        showscale=False,
        xgap=2,
        ygap=2,
        hoverinfo="text",
        hovertext=hover,
    )


def _years_across(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Months down, years across."""
    names = month_names(short=False)
    wide = rows.pivot(index="month", columns="year", values=column).reindex(range(1, 13))
    out = pd.DataFrame({t("chart.series.column_month"): names})
    for year in wide.columns:
        out[str(year)] = wide[year].to_numpy()
    return out
