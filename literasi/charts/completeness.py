"""How complete reports are: parts of what was expected; months with anything where nothing is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.band import calendar_axes
from literasi.charts.reporting import marks
from literasi.domain.coverage import STANDARD, ReportingRules, is_provisional, share
from literasi.figures import CONTRAST, EMPHASIS, GRID, SEQUENTIAL, Chart, base_figure
from literasi.text import number, percent, period, plain, t

PARTS = ("on_time", "late", "unknown", "missing")
# Colour and hatching: solid, striped, dotted and empty stay apart in greyscale.
_LOOKS: dict[str, dict[str, Any]] = {
    "on_time": {"color": EMPHASIS},
    "late": {
        "pattern": {
            "shape": "/",
            "bgcolor": SEQUENTIAL[1],
            "fgcolor": SEQUENTIAL[4],
            "size": 6,
            "solidity": 0.25,
        },
        "line": {"color": EMPHASIS, "width": 1},
    },
    "unknown": {
        "pattern": {
            "shape": ".",
            "bgcolor": SEQUENTIAL[0],
            "fgcolor": SEQUENTIAL[4],
            "size": 6,
            "solidity": 0.25,
        },
        "line": {"color": EMPHASIS, "width": 1},
    },
    "missing": {"color": "rgba(0,0,0,0)", "line": {"color": CONTRAST, "width": 1.5}},
}


def shares_chart(
    shares: pd.DataFrame,
    *,
    name: str,
    table: str,
    names: Mapping[str, str],
    focus: str,
    span: str,
    due_day: int,
    rules: ReportingRules = STANDARD,
) -> Chart | None:
    """Bars of what was expected, to 100 %: in time, late, on an unknown day, not received.

    Parameters
    ----------
    shares : DataFrame
        As from `literasi.domain.completeness.shares` by ``area``.
    name : str
        Name of the chart.
    table : str
        Name of the report.
    names : mapping
        Area code to name, in the order of the rows.
    focus : str
        Area that the title speaks of; its row is in bold.
    span : str
        Months, in words.
    due_day : int
        Day of the following month until which a report is in time.

    Returns
    -------
    Chart or None
        None where nothing was expected in `focus`.
    """
    rows = shares[shares["area"].isin(names) & (shares["expected"] > 0)].set_index("area")
    rows = rows.reindex([code for code in names if code in rows.index]).astype("int64")
    if focus not in rows.index:
        return None
    rows["missing"] = rows["expected"] - rows["received"]
    labels = [_label(names[code], is_bold=code == focus) for code in rows.index]
    figure = base_figure(height=130 + 32 * len(rows), barmode="stack", bargap=0.35, showlegend=True)
    for part in PARTS:
        if not rows[part].any():
            continue
        figure.add_trace(
            go.Bar(
                x=100 * rows[part] / rows["expected"],
                y=labels,
                orientation="h",
                name=t(f"completeness.part_{part}"),
                marker=_LOOKS[part],
                hoverinfo="text",
                hovertext=[
                    f"{plain(names[code])}<br>"
                    + t(
                        "completeness.hover",
                        part=t(f"completeness.part_{part}"),
                        count=number(count),
                        expected=number(expected),
                        share=percent(count / expected),
                    )
                    for code, count, expected in zip(rows.index, rows[part], rows["expected"], strict=True)
                ],
            )
        )
    written = [
        f"{percent(received / expected)} ({number(received)}/{number(expected)})"
        for received, expected in zip(rows["received"], rows["expected"], strict=True)
    ]
    figure.add_trace(
        go.Scatter(
            x=[103] * len(rows),
            y=labels,
            mode="text",
            text=written,
            textposition="middle right",
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        )
    )
    figure.update_layout(
        xaxis={
            "range": [0, 160],
            "tickvals": [0, 50, 100],
            "ticktext": ["0", "50", "100%"],
            "gridcolor": GRID,
        },
        yaxis={"range": [len(rows) - 0.5, -0.5], "showgrid": False},
        legend={"itemclick": False, "itemdoubleclick": False, "traceorder": "normal"},
    )
    one = {str(column): int(rows.at[focus, column]) for column in rows.columns}  # type: ignore[arg-type]
    is_few = is_provisional(one["received"], one["expected"], rules=rules)
    words = {
        "table": table,
        "area": names[focus],
        "span": span,
        "share": percent(share(one["received"], one["expected"])),
        "on_time": percent(share(one["on_time"], one["expected"])),
        "received": number(one["received"]),
        "expected": number(one["expected"]),
        "values": ", ".join(f"{names[code]} {text}" for code, text in zip(rows.index, written, strict=True)),
    }
    return Chart(
        name=name,
        figure=figure,
        title=t("completeness.chart_title_provisional" if is_few else "completeness.chart_title", **words),
        subtitle=" · ".join((t("completeness.chart_long", **words), names[focus], span)),
        alt=t("completeness.chart_alt", **words),
        table=shares_table(
            rows.reset_index(), {t("chart.rates.column_area"): [names[c] for c in rows.index]}
        ),
        notes=(t("completeness.unknown_note", count=number(one["unknown"])),) if one["unknown"] else (),
        fine_print=(t("completeness.chart_note", day=due_day),),
    )


def shares_table(shares: pd.DataFrame, first: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Write counts and shares of expected reports as a table.

    Parameters
    ----------
    shares : DataFrame
        As from `literasi.domain.completeness.shares`.
    first : mapping
        Heading to values of the columns that name the rows.
    """
    expected = shares["expected"].astype("float64").where(shares["expected"] > 0)
    return pd.DataFrame(
        {
            **{heading: list(values) for heading, values in first.items()},
            t("chart.series.column_expected"): shares["expected"].to_numpy(),
            t("chart.series.column_received"): shares["received"].to_numpy(),
            t("completeness.column_share"): (100 * shares["received"] / expected).round().to_numpy(),
            t("chart.reporting.column_on_time"): shares["on_time"].to_numpy(),
            t("completeness.column_on_time_share"): (100 * shares["on_time"] / expected).round().to_numpy(),
            t("completeness.column_late"): shares["late"].to_numpy(),
            t("completeness.column_unknown"): shares["unknown"].to_numpy(),
            t("chart.reporting.column_zero"): shares["zero"].to_numpy(),
        }
    )


def any_areas_chart(
    counts: pd.DataFrame,
    *,
    name: str,
    table: str,
    names: Mapping[str, str],
    periods: Sequence[str],
    area: str,
    libraries: int,
    total: int,
) -> Chart | None:
    """How many libraries listed anything, by area and month, for a table that owes nothing.

    Parameters
    ----------
    counts : DataFrame
        As from `literasi.domain.completeness.anything` by ``area`` and ``period``.
    name, table, area : str
        Name of the chart, of the table, and of the whole.
    names : mapping
        Area code to name, in the order of the rows.
    periods : sequence of str
        Months across.
    libraries, total : int
        Libraries with anything in the whole span, and all of them.

    Returns
    -------
    Chart or None
        None where there is nothing.
    """
    rows = counts[counts["area"].isin(names) & counts["period"].isin(list(periods))]
    if rows.empty:
        return None
    codes = list(names)
    value = {(a, p): int(n) for a, p, n in zip(rows["area"], rows["period"], rows["libraries"], strict=True)}
    cells = [[value.get((code, p)) for p in periods] for code in codes]
    figure = base_figure(
        go.Heatmap(
            x=list(range(len(periods))),
            y=list(range(len(codes))),
            z=cells,
            zmin=0,
            colorscale=[[0, SEQUENTIAL[0]], [1, SEQUENTIAL[2]]],
            showscale=False,
            xgap=2,
            ygap=2,
            text=[["" if n is None else number(n) for n in line] for line in cells],
            texttemplate="%{text}" if len(periods) <= 18 else None,
            textfont={"color": "#10202b", "size": 11},
            hoverinfo="text",
            hoverongaps=False,
            hovertext=[
                [
                    f"{plain(names[code])}, {period(p)}<br>"
                    + t("completeness.any_hover", count=number(n or 0))
                    for p, n in zip(periods, line, strict=True)
                ]
                for code, line in zip(codes, cells, strict=True)
            ],
        ),
        height=110 + 30 * len(codes),
    )
    figure.update_layout(
        **calendar_axes(periods, [names[code] for code in codes]),
    )
    by_month = rows.groupby("period")["libraries"].sum()
    return Chart(
        name=name,
        figure=figure,
        **_any_words(table, area, periods, libraries, total, by_month),
        table=pd.DataFrame(
            {
                t("chart.rates.column_area"): [names[code] for code in rows["area"]],
                t("chart.series.column_period"): [period(p) for p in rows["period"]],
                t("completeness.column_libraries"): rows["libraries"],
            }
        ),
    )


def any_libraries_chart(
    states: pd.DataFrame, *, name: str, table: str, names: Mapping[str, str], area: str, total: int
) -> Chart | None:
    """Months in which each library listed anything, for a table that owes nothing.

    Parameters
    ----------
    states : DataFrame
        ``library_id``, ``period``, ``state`` as from `literasi.domain.completeness.calendar`.
    name, table, area : str
        Name of the chart, of the table, and of the area.
    names : mapping
        Library id to name.
    total : int
        Libraries of the area.

    Returns
    -------
    Chart or None
        None where there is nothing.
    """
    some = states[states["state"] == "any"]
    if some.empty:
        return None
    periods = sorted(states["period"].unique())
    often = some["library_id"].value_counts()
    libraries = sorted((str(one) for one in often.index), key=lambda one: (-int(often[one]), names[one]))
    return Chart(
        name=name,
        figure=marks(some, libraries=libraries, periods=periods, names=names),
        **_any_words(table, area, periods, len(libraries), total, some.groupby("period").size()),
        table=pd.DataFrame(
            {
                t("chart.named.column_library"): [names[one] for one in some["library_id"]],
                t("chart.series.column_period"): [period(p) for p in some["period"]],
                t("chart.series.column_state"): [t("chart.reporting.state_any")] * len(some),
            }
        ),
    )


def _any_words(
    table: str, area: str, periods: Sequence[str], libraries: int, total: int, by_month: pd.Series[Any]
) -> dict[str, Any]:
    span = f"{period(periods[0])} – {period(periods[-1])}"
    words = {
        "table": table.lower(),
        "area": area,
        "span": span,
        "libraries": number(libraries),
        "total": number(total),
        "peak": period(str(by_month.idxmax())),
        "peak_value": number(by_month.max()),
    }
    return {
        "title": t("completeness.any_title", **words),
        "subtitle": " · ".join((t("completeness.any_long", **words), area, span)),
        "alt": t("completeness.any_alt", **words),
        "notes": (t("completeness.any_note"),),
    }


def _label(name: str, *, is_bold: bool) -> str:
    return f"<b>{plain(name)}</b>" if is_bold else plain(name)
