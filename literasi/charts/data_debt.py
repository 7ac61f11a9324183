"""Which missing reports matter most, and how far areas are from figures that are no longer provisional."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.rows import row_figure, share_rows, write_margin, write_rows
from literasi.domain.data_debt import Standing
from literasi.domain.statistics import SMALLEST_NORMAL, SMALLEST_PERCENTAGE
from literasi.figures import CONTRAST, EMPHASIS, GRID, MUTED, Chart
from literasi.sentences import listed
from literasi.text import number, percent, plain, t

SHOWN: Final = 12
"""Libraries drawn; the table twin has all."""

_PLOT_WIDTH: Final = 0.7
"""Part of the width for the bars: a range is written at the right."""

_LIFTS: Final = "▲"


def debts_chart(
    debts: pd.DataFrame,
    *,
    name: str,
    labels: Mapping[str, str],
    areas: Mapping[str, str],
    table: str,
    area: str,
    span: str,
) -> Chart | None:
    """Bars of what is absent of an area's usual total, by library, in the order of their effect.

    Parameters
    ----------
    debts : DataFrame
        As from `literasi.domain.data_debt.debts`.
    name : str
        Name of the chart.
    labels, areas : mapping
        Names of libraries and of areas.
    table : str
        Name of the table.
    area, span : str
        For the subtitle.

    Returns
    -------
    Chart or None
        None where no report is missing.
    """
    owing = debts[debts["missing"] > 0]
    if owing.empty:
        return None
    shown = owing.head(SHOWN)
    names = [labels[one] for one in shown["library_id"]]
    under = [_under(row, areas) for row in shown.itertuples()]
    figure = row_figure(names, under=under)
    is_counted = bool(owing["share"].notna().any())
    values = shown["share"] if is_counted else shown["missing"].astype("float64")
    colours = [CONTRAST if lifts else EMPHASIS for lifts in shown["lifts"]]
    hover = [
        f"{plain(label)}<br>{plain(line)}<br>{_share(row)}"
        for label, line, row in zip(names, under, shown.itertuples(), strict=True)
    ]
    for has_range in (False, True):  # a bar without a range must have no caps
        at = [i for i, known in enumerate(shown["is_known"]) if (is_counted and not known) == has_range]
        part = shown.iloc[at]
        whiskers = {
            "type": "data",
            "symmetric": False,
            "array": (part["share_high"] - part["share"]).fillna(0).tolist(),
            "arrayminus": (part["share"] - part["share_low"]).fillna(0).tolist(),
            "color": MUTED,
            "thickness": 2,
            "width": 5,
        }
        figure.add_trace(
            go.Bar(
                x=values.iloc[at],
                y=at,
                orientation="h",
                marker={"color": [colours[i] for i in at]},
                error_x=whiskers if has_range else None,
                hoverinfo="text",
                hovertext=[hover[i] for i in at],
                showlegend=False,
            )
        )
    highest = shown["share_high"] if is_counted else values
    top = float(highest.max()) or 1.0
    axis = {"showgrid": True, "gridcolor": GRID, "domain": [0, _PLOT_WIDTH], "range": [0, 1.05 * top]}
    if is_counted:
        ticks = [0.0, top]
        axis |= {
            "tickvals": ticks,
            "ticktext": [percent(tick, 1) for tick in ticks],
            "tickangle": 0,
            "title": {"text": t("data_debt.axis_share")},
        }
    else:
        axis |= {"title": {"text": t("data_debt.axis_months")}}
    figure.update_layout(xaxis=axis, bargap=0.35, barmode="overlay")
    words_at = (
        [_share(row, is_short=True) for row in shown.itertuples()]
        if is_counted
        else [number(months) for months in shown["missing"].tolist()]
    )
    write_margin(figure, dict(enumerate(words_at)))
    if is_counted:
        unknown = [i for i, share in enumerate(shown["share"]) if pd.isna(share)]
        write_rows(figure, dict.fromkeys(unknown, t("data_debt.unknown")))
    missing = int(owing["missing"].sum())
    lifting = sum(1 for lifts in owing["lifts"] if lifts)
    words = {
        "missing": number(missing),
        "libraries": number(len(owing)),
        "lifting": number(lifting),
        "first": names[0],
        "lifted": listed(tuple(areas.get(code, code) for code in owing["lifts"].iloc[0])),
        "table": table,
        "area": area,
        "span": span,
        "values": "; ".join(f"{label} {word}" for label, word in zip(names, words_at, strict=True)),
    }
    notes = [t("data_debt.order_note")]
    if len(owing) > SHOWN:
        notes.append(t("data_debt.more_note", shown=SHOWN, rest=number(len(owing) - SHOWN)))
    if not owing["is_known"].all() and is_counted:
        notes.append(t("data_debt.range_note"))
    return Chart(
        name=name,
        figure=figure,
        title=t("data_debt.chart_title_lifting" if lifting else "data_debt.chart_title", **words),
        subtitle=t("data_debt.chart_subtitle" if is_counted else "data_debt.chart_subtitle_months", **words),
        alt=t("data_debt.chart_alt", **words),
        table=debts_table(debts, labels=labels, areas=areas),
        notes=tuple(notes),
        fine_print=(t("data_debt.usual_rule"),),
    )


def debts_table(debts: pd.DataFrame, *, labels: Mapping[str, str], areas: Mapping[str, str]) -> pd.DataFrame:
    """Give debts as a table to be read: one row per library, in their order."""
    return pd.DataFrame(
        {
            t("data_debt.column_rank"): range(1, len(debts) + 1),
            t("data_debt.column_library"): [labels[one] for one in debts["library_id"]],
            t("data_debt.column_area"): [areas.get(code, code) for code in debts["regency"]],
            t("data_debt.column_missing"): debts["missing"],
            t("data_debt.column_gain"): (100 * debts["gain"]).round(1),
            t("data_debt.column_late"): debts["late"],
            t("data_debt.column_absent"): debts["absent"].round(),
            t("data_debt.column_share"): (100 * debts["share"]).round(1),
            t("data_debt.column_share_low"): (100 * debts["share_low"]).round(1),
            t("data_debt.column_share_high"): (100 * debts["share_high"]).round(1),
            t("data_debt.column_lifts"): [
                listed(tuple(areas.get(code, code) for code in lifts)) for lifts in debts["lifts"]
            ],
        }
    )


def standings_chart(
    standings: Sequence[Standing],
    *,
    name: str,
    areas: Mapping[str, str],
    labels: Mapping[str, str],
    table: str,
    span: str,
    limit: float,
) -> Chart | None:
    """Bars of the reports received of those expected, by area; below the dashed line figures are provisional.

    Parameters
    ----------
    standings : sequence of Standing
        As from `literasi.domain.data_debt.standings`.
    name : str
        Name of the chart.
    areas, labels : mapping
        Names of areas and of libraries.
    table, span : str
    limit : float
        Share of the expected reports.

    Returns
    -------
    Chart or None
        None where nothing was expected.
    """
    if not standings:
        return None
    rows = pd.DataFrame(
        {
            "numerator": [float(one.received) for one in standings],
            "denominator": [float(one.expected) for one in standings],
        }
    )
    names = [areas.get(one.area, one.area) for one in standings]
    figure = share_rows(rows, labels=names, people=rows["denominator"])
    figure.add_shape(
        type="line",
        x0=limit,
        x1=limit,
        yref="paper",
        y0=0,
        y1=1,
        line={"color": CONTRAST, "width": 2, "dash": "dash"},
    )
    short = [one for one in standings if one.needed]
    needs = {
        one.area: t(
            "data_debt.needs",
            area=areas.get(one.area, one.area),
            needed=number(one.needed),
            libraries=listed(tuple(labels[library] for library in one.libraries)),
        )
        for one in short
    }
    words = {
        "count": number(len(short)),
        "areas": number(len(standings)),
        "limit": percent(limit),
        "table": table,
        "span": span,
        "values": ", ".join(
            f"{label} {percent(one.received / one.expected)}"
            for label, one in zip(names, standings, strict=True)
        ),
    }
    has_few = any(SMALLEST_PERCENTAGE <= one.expected < SMALLEST_NORMAL for one in standings)
    few = (t("data_debt.standing_few", count=number(SMALLEST_NORMAL)),) if has_few else ()
    return Chart(
        name=name,
        figure=figure,
        title=t("data_debt.standing_title" if short else "data_debt.standing_title_none", **words),
        subtitle=t("data_debt.standing_subtitle", **words),
        alt=t("data_debt.standing_alt", **words),
        table=pd.DataFrame(
            {
                t("data_debt.column_area"): names,
                t("data_debt.column_received"): [one.received for one in standings],
                t("data_debt.column_expected"): [one.expected for one in standings],
                t("data_debt.column_needed"): [one.needed for one in standings],
                t("data_debt.column_fewest"): [
                    listed(tuple(labels[library] for library in one.libraries)) for one in standings
                ],
            }
        ),
        notes=(t("data_debt.standing_note", limit=percent(limit)), *few, *needs.values()),
    )


def _under(row: object, areas: Mapping[str, str]) -> str:
    regency, missing, lifts = (getattr(row, name) for name in ("regency", "missing", "lifts"))
    line = t("data_debt.under", area=areas.get(regency, regency), missing=number(missing))
    return f"{line} {_LIFTS}" if lifts else line


def _share(row: object, *, is_short: bool = False) -> str:
    low, middle, high = (getattr(row, name) for name in ("share_low", "share", "share_high"))
    if pd.isna(middle):
        return "–" if is_short else t("data_debt.unknown")
    if low == high:
        return percent(middle, 1)
    shown = {"low": number(100 * low, 1), "high": percent(high, 1)}
    return t("data_debt.share_range", **shown) if is_short else t("data_debt.share_between", **shown)
