"""Published visits of named libraries: one panel per library, bars from zero, missing years left empty."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.band import PROVISIONAL, PROVISIONAL_FILL
from literasi.figures import CONTRAST, EMPHASIS, GRID, MUTED, Chart, base_figure
from literasi.text import number, period, plain, t, term

_PANEL = 118


def named_visits_chart(figures: pd.DataFrame, targets: pd.DataFrame, *, name: str, area: str) -> Chart | None:
    """Small multiples of yearly visits, each panel on its own scale, with targets where there are any.

    Parameters
    ----------
    figures : DataFrame
        As from `literasi.domain.named_visits.drawn`.
    targets : DataFrame
        As from `literasi.domain.named_visits.targets_of`.
    name : str
        Name of the chart.
    area : str
        For the subtitle.

    Returns
    -------
    Chart or None
        None where nothing is published.
    """
    if figures.empty:
        return None
    sizes = figures.groupby("subject").size().sort_values(ascending=False, kind="stable")
    subjects = [str(s) for s in sizes.index]
    first = int(min(figures["year"].min(), targets["year"].min() if len(targets) else 9999))
    last = int(max(figures["year"].max(), targets["year"].max() if len(targets) else 0))
    figure = base_figure(
        height=60 + _PANEL * len(subjects),
        bargap=0.3,
        showlegend=True,
        barmode="overlay",
    )
    for i, subject in enumerate(subjects):
        _panel(
            figure,
            figures[figures["subject"] == subject],
            targets[targets["subject"] == subject],
            i,
            len(subjects),
        )
    figure.update_layout(
        xaxis={
            "range": [first - 0.6, last + 0.6],
            "tickvals": list(range(first, last + 1)),
            "ticktext": [
                str(y) if (last - y) % 2 == 0 or last - first < 8 else "" for y in range(first, last + 1)
            ],
            "anchor": f"y{len(subjects)}" if len(subjects) > 1 else "y",
            "showgrid": False,
        },
        legend={"itemclick": False, "itemdoubleclick": False},
    )
    _legend(figure, has_part=bool((figures["part"] != "").any()), has_target=len(targets) > 0)
    longest = figures[(figures["subject"] == subjects[0]) & (figures["part"] == "")]
    longest = longest if len(longest) else figures[figures["subject"] == subjects[0]]
    start, end = longest.iloc[0], longest.iloc[-1]
    words = {
        "library": subjects[0],
        "first": str(start["year"]),
        "first_value": number(start["value"]),
        "last": str(end["year"]),
        "last_value": number(end["value"]),
        "count": number(len(subjects)),
        "area": area,
        "values": "; ".join(
            f"{s}: "
            + ", ".join(
                f"{y}{part_words(p)} {number(v)}"
                for y, p, v in figures[figures["subject"] == s][["year", "part", "value"]].itertuples(
                    index=False
                )
            )
            for s in subjects
        ),
    }
    key = "chart.named.title" if len(longest) > 1 else "chart.named.title_one"
    return Chart(
        name=name,
        figure=figure,
        title=t(key, **words),
        subtitle=t("chart.named.subtitle", area=area, first=str(first), last=str(last)),
        alt=t("chart.named.alt", **words),
        table=_table(figures, targets),
        sources=tuple(dict.fromkeys([*figures["source_id"], *targets["source_id"].dropna()])),
        notes=(t("chart.named.note_scale"), t("chart.named.note_gap")),
    )


def part_words(part: str) -> str:
    """Write which part of a year a figure covers, in brackets; nothing for a whole year."""
    return f" ({t(f'chart.named.part_{part}')})" if part else ""


def _panel(figure: go.Figure, rows: pd.DataFrame, goals: pd.DataFrame, i: int, count: int) -> None:
    axis = "y" if i == 0 else f"y{i + 1}"
    top = max(float(rows["value"].max()), float(goals["value"].max()) if len(goals) else 0)
    height = 1 / count
    bottom = 1 - (i + 1) * height
    figure.update_layout(
        {
            f"yaxis{'' if i == 0 else i + 1}": {
                "domain": [bottom + 0.06 * height, bottom + 0.62 * height],
                "range": [0, 1.2 * top],
                "visible": False,
                "anchor": "x",
            }
        }
    )
    key = _key_years(rows)
    for is_part, colour in ((False, EMPHASIS), (True, PROVISIONAL_FILL)):
        part = rows[(rows["part"] != "") == is_part]
        if part.empty:
            continue
        marker: dict[str, Any] = {"color": colour}
        if is_part:
            marker.update(PROVISIONAL)
        figure.add_trace(
            go.Bar(
                x=part["year"].tolist(),
                y=part["value"].tolist(),
                yaxis=axis,
                width=0.7,
                marker=marker,
                hoverinfo="text",
                hovertext=[
                    f"{plain(s)}<br>{y}{part_words(p)}: {number(v)} {t('chart.series.unit_visits')}"
                    for s, y, p, v in part[["subject", "year", "part", "value"]].itertuples(index=False)
                ],
                showlegend=False,
            )
        )
    labelled = rows[rows["year"].isin(key)]
    figure.add_trace(
        go.Scatter(
            x=labelled["year"].tolist(),
            y=labelled["value"].tolist(),
            yaxis=axis,
            mode="text",
            text=[number(v) for v in labelled["value"]],
            textposition="top center",
            hoverinfo="skip",
            showlegend=False,
            cliponaxis=False,
        )
    )
    if len(goals):
        figure.add_trace(
            go.Scatter(
                x=goals["year"].tolist(),
                y=goals["value"].tolist(),
                yaxis=axis,
                mode="markers",
                marker={"symbol": "circle", "size": 1, "color": CONTRAST},
                # As wide as a bar at every width of the screen, which a marker of so many pixels is not.
                error_x={"type": "constant", "value": 0.42, "thickness": 3, "width": 0, "color": CONTRAST},
                hoverinfo="text",
                hovertext=[
                    f"{t('chart.named.target')} {y}: {number(v)}<br>{plain(d)}"
                    for y, v, d in goals[["year", "value", "document"]].itertuples(index=False)
                ],
                showlegend=False,
                cliponaxis=False,
            )
        )
    goal_words = ", ".join(f"{y}: {number(v)}" for y, v in goals[["year", "value"]].itertuples(index=False))
    heading = f"<b>{plain(str(rows['subject'].iloc[0]))}</b>"
    figure.add_annotation(
        text=f"{heading}<br>{t('chart.named.target')} {goal_words}" if goal_words else heading,
        align="left",
        xref="paper",
        yref="paper",
        x=0,
        y=bottom + 0.7 * height,
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
    )
    figure.add_shape(
        type="line",
        xref="paper",
        yref="paper",
        x0=0,
        x1=1,
        y0=bottom + 0.06 * height,
        y1=bottom + 0.06 * height,
        line={"color": GRID, "width": 1},
    )


def _key_years(rows: pd.DataFrame) -> set[int]:
    """Years whose value is written: the first, the largest and the last; all would not fit a phone."""
    largest = rows["year"].iloc[int(rows["value"].to_numpy().argmax())]
    return {int(rows["year"].iloc[0]), int(largest), int(rows["year"].iloc[-1])}


def _legend(figure: go.Figure, *, has_part: bool, has_target: bool) -> None:
    entries = [(t("chart.named.whole_year"), {"symbol": "square", "size": 12, "color": EMPHASIS})]
    if has_part:
        light = {"color": EMPHASIS, "width": 1}
        entries.append(
            (
                t("chart.named.part_year"),
                {"symbol": "square", "size": 12, "color": PROVISIONAL_FILL, "line": light},
            )
        )
    if has_target:
        entries.append(
            (
                t("chart.named.target"),
                {"symbol": "line-ew", "size": 12, "line": {"width": 3, "color": CONTRAST}, "color": MUTED},
            )
        )
    for label, marker in entries:
        figure.add_trace(
            go.Scatter(x=[None], y=[None], mode="markers", name=label, marker=marker, hoverinfo="skip")
        )


def _table(figures: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    goals = {(s, y): v for s, y, v in targets[["subject", "year", "value"]].itertuples(index=False)}
    return pd.DataFrame(
        {
            t("chart.named.column_library"): figures["subject"],
            t("chart.series.column_year"): figures["year"].astype("str"),
            t("chart.named.column_part"): [
                t(f"chart.named.part_{p}") if p else t("chart.named.whole_year") for p in figures["part"]
            ],
            t("chart.series.name_visits"): figures["value"],
            t("chart.named.target"): [
                goals.get((s, y), float("nan"))
                for s, y in zip(figures["subject"], figures["year"], strict=True)
            ],
            t("chart.named.column_status"): [t(f"chart.named.status_{s}") for s in figures["status"]],
            t("chart.named.column_source"): figures["source_id"],
            t("chart.named.column_note"): figures["note"],
        }
    )


def listed_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Give published figures as a table to read: who, when, what, how much, why, where read."""
    return pd.DataFrame(
        {
            t("chart.named.column_library"): figures["subject"],
            t("chart.series.column_period"): [period(str(p)) for p in figures["period"]],
            t("chart.named.column_metric"): [term("metric", m) for m in figures["metric"]],
            t("chart.named.column_value"): figures["value"],
            t("chart.named.column_note"): figures["note"],
            t("chart.named.column_source"): figures["source_id"],
        }
    )
