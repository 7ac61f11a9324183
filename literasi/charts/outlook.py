"""The coming months beside the known ones: dashed, with their 80 % band, and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.band import PROVISIONAL_FILL, Measure, measure_unit
from literasi.domain.outlook import MODEL_AT_LEAST, Outlook, Refusal
from literasi.figures import EMPHASIS
from literasi.text import number, percent, period, t

_BAND_OPACITY = 0.4


def coming(outlook: Outlook | Refusal | None, periods: Sequence[str]) -> pd.DataFrame:
    """Give the coming months that stand to the right of a series, with their place on its axis.

    Parameters
    ----------
    outlook : Outlook or Refusal or None
    periods : sequence of str
        Months of the series, none left out.

    Returns
    -------
    DataFrame
        As `literasi.domain.outlook.Outlook.frame`, with ``x``; no row without an outlook. Months for which
        reports are still under way stand in both.
    """
    if not isinstance(outlook, Outlook):
        return pd.DataFrame(columns=["period", "value", "low", "high", "x"])
    shown = outlook.frame[outlook.frame["period"] >= periods[0]].reset_index(drop=True)
    axis = [*periods, *(p for p in shown["period"] if p > periods[-1])]
    return shown.assign(x=[axis.index(p) for p in shown["period"]])


def traces(ahead: pd.DataFrame, measure: Measure) -> list[go.Scatter]:
    """Draw the band, and over it the forecast as a dashed line with open points."""
    if ahead.empty:
        return []
    hover = [
        t("chart.outlook.hover", **_words(row, measure)).replace("\n", "<br>")
        for row in ahead.to_dict("records")
    ]
    edge = {"x": ahead["x"], "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    return [
        go.Scatter(y=ahead["high"], showlegend=False, **edge),
        go.Scatter(
            y=ahead["low"],
            name=t("chart.outlook.band"),
            fill="tonexty",
            fillcolor=_transparent(PROVISIONAL_FILL),
            **edge,
        ),
        go.Scatter(
            x=ahead["x"],
            y=ahead["value"],
            mode="lines+markers",
            name=t("chart.outlook.name"),
            line={"color": EMPHASIS, "width": 2, "dash": "dash"},
            marker={"symbol": "circle-open", "size": 8, "color": EMPHASIS},
            hoverinfo="text",
            hovertext=hover,
        ),
    ]


def notes(outlook: Outlook | Refusal | None, measure: Measure) -> tuple[str, ...]:
    """Say the outlook in words, how it was made and how wrong that way was before; or why there is none."""
    if outlook is None:
        return ()
    if isinstance(outlook, Refusal):
        return (t("chart.outlook.refused", reason=_reason(outlook)),)
    errors = {
        "unit": measure_unit(measure),
        "naive": number(outlook.backtest.naive),
        "model": "" if outlook.backtest.model is None else number(outlook.backtest.model),
        "months": number(outlook.months),
        "first": period(outlook.first),
        "last": period(outlook.last),
        "needed": number(MODEL_AT_LEAST),
    }
    way = (
        "model"
        if outlook.method == "holt_winters"
        else "naive_young"
        if outlook.backtest.model is None and outlook.months < MODEL_AT_LEAST
        else "naive"
        if outlook.backtest.model is None
        else "naive_better"
    )
    return (
        t("chart.outlook.said", **_words(outlook.frame.to_dict("records")[0], measure)),
        f"{t(f'chart.outlook.way_{way}', **errors)} {t('chart.outlook.assumes')}",
    )


def rows(ahead: pd.DataFrame) -> pd.DataFrame:
    """Give the coming months for the table twin: ``period``, ``value``, ``low``, ``high``, ``state``."""
    return pd.DataFrame(
        {
            "period": [period(p) for p in ahead["period"]],
            **{name: ahead[name].astype("float64").round().to_numpy() for name in ("value", "low", "high")},
            "state": [t("chart.outlook.name")] * len(ahead),
        }
    )


def _words(row: Mapping[Any, Any], measure: Measure) -> dict[str, str]:
    return {
        "period": period(str(row["period"])),
        "unit": measure_unit(measure),
        **{name: number(row[name]) for name in ("value", "low", "high")},
    }


def _reason(refusal: Refusal) -> str:
    return t(
        f"chart.outlook.reason_{refusal.reason}",
        has=number(refusal.has),
        needs=number(refusal.needs),
        period=period(refusal.period) if refusal.period else "–",
        share="" if refusal.share is None else percent(refusal.share),
    )


def _transparent(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{_BAND_OPACITY})"
