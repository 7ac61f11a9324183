"""Counts by month and by year, bars from zero, with the reports behind them underneath.

A period of few reports is lighter and hatched; where no report came there is a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from literasi.charts import outlook
from literasi.charts.band import (
    PROVISIONAL,
    PROVISIONAL_FILL,
    VALUE_BOTTOM,
    Measure,
    coverage_bars,
    few,
    listed,
    measure_name,
    measure_unit,
    month_ticks,
    received_words,
    span_words,
    state_notes,
    subtitle,
    with_band,
)
from literasi.domain.outlook import Outlook, Refusal
from literasi.figures import CONTRAST, EMPHASIS, MUTED, NO_DATA, SERIES, Chart, base_figure
from literasi.text import date, number, percent, period, plain, t


def months_chart(
    series: pd.DataFrame,
    *,
    name: str,
    measure: Measure,
    area: str,
    events: pd.DataFrame | None = None,
    ahead: Outlook | Refusal | None = None,
    filtered: str = "",
    notes: tuple[str, ...] = (),
) -> Chart | None:
    """Bars by month, bimtek dates above, reports received under them.

    Parameters
    ----------
    series : DataFrame
        As from `literasi.domain.reports.monthly`.
    name : str
        Name of the chart.
    measure : str
        What is counted; key of its name and unit.
    area : str
        Name of the area.
    events : DataFrame, optional
        Table ``events``: trainings are marked at their first day.
    ahead : Outlook or Refusal, optional
        The coming months, drawn dashed with their band; or why there are none, said in a note.
    filtered : str
        Further filters in words, for the subtitle.
    notes : tuple of str
        Caveats to show under the chart.

    Returns
    -------
    Chart or None
        None where no month has a value.
    """
    if series.empty or series["value"].notna().sum() == 0:
        return None
    rows = series.reset_index(drop=True)
    x = list(range(len(rows)))
    is_few = few(rows)
    coming = outlook.coming(ahead, rows["period"].tolist())
    figure = with_band(
        base_figure(
            *_bars(rows, x, is_few, measure),
            *_gaps(rows, x),
            *outlook.traces(coming, measure),
            coverage_bars(rows, x),
            height=420,
            barmode="overlay",
            bargap=0.18,
        ),
        unit=measure_unit(measure),
    )
    shown = [*rows["period"], *(p for p in coming["period"] if p > rows["period"].iloc[-1])]
    figure.update_xaxes(**month_ticks(shown))
    marked = _mark_events(figure, rows["period"].tolist(), events)
    said = outlook.notes(ahead, measure)
    notes = (
        *said,
        *notes,
        *state_notes(rows, is_few),
        *((t("chart.series.note_events"),) if marked else ()),
    )
    title, alt = _months_words(rows, is_few, measure=measure, area=area)
    return Chart(
        name=name,
        figure=figure,
        title=title,
        subtitle=subtitle(measure, area, rows["period"].iloc[0], rows["period"].iloc[-1], filtered),
        alt=" ".join((alt, *said[:1])),
        table=_months_table(rows, is_few, measure, coming),
        notes=notes,
    )


def years_chart(
    years: pd.DataFrame,
    *,
    name: str,
    measure: Measure,
    area: str,
    filtered: str = "",
    notes: tuple[str, ...] = (),
) -> Chart | None:
    """Bars by year; a year without all twelve months is hatched and says which months it has.

    Parameters
    ----------
    years : DataFrame
        As from `literasi.domain.reports.yearly`.

    Other parameters and return value as for `months_chart`.
    """
    rows = years[years["value"].notna()].reset_index(drop=True)
    if rows.empty:
        return None
    x = list(range(len(rows)))
    is_part = pd.Series([len(months) < 12 for months in rows["months"]], index=rows.index)
    is_few = few(rows) | is_part
    bars = _bars(rows, x, is_few, measure, provisional="chart.series.part_year")
    for bar in bars:
        bar.update(
            text=[number(v) if pd.notna(v) else "" for v in bar.y], textposition="outside", cliponaxis=False
        )
    figure = with_band(
        base_figure(*bars, coverage_bars(rows, x), height=400, barmode="overlay", bargap=0.45),
        unit=measure_unit(measure),
    )
    labels = [
        f"{p}<br>{span_words(m)}" if part else str(p)
        for p, m, part in zip(rows["period"], rows["months"], is_part, strict=True)
    ]
    figure.update_xaxes(tickvals=x, ticktext=labels, range=[-0.6, len(rows) - 0.4])
    top = float(rows["value"].max())
    figure.update_layout(yaxis={"range": [0, 1.15 * top if top else 1]})
    newest = rows.iloc[-1]
    when = f"{newest['period']} ({span_words(newest['months'])})" if is_part.iloc[-1] else newest["period"]
    words = {"measure": measure_name(measure), "when": when, "value": number(newest["value"]), "area": area}
    return Chart(
        name=name,
        figure=figure,
        title=t("chart.series.years_title", **words),
        subtitle=subtitle(measure, area, rows["period"].iloc[0], rows["period"].iloc[-1], filtered),
        alt=t(
            "chart.series.years_alt",
            values=listed(f"{p}: {number(v)}" for p, v in zip(rows["period"], rows["value"], strict=True)),
            **words,
        ),
        table=_years_table(rows, measure),
        notes=(*notes, *((t("chart.series.note_part_year"),) if is_part.any() else ())),
    )


def sexes_chart(series: pd.DataFrame, *, name: str, area: str) -> Chart | None:
    """Visits by sex and month, stacked from zero; what was not told apart is its own part.

    Parameters
    ----------
    series : DataFrame
        ``period``, ``female``, ``male``, ``unknown`` (visits; missing where no report came).

    Returns
    -------
    Chart or None
        None where no month tells women and men apart.
    """
    if series[["female", "male"]].sum().sum() == 0:
        return None
    rows = series.reset_index(drop=True)
    x = list(range(len(rows)))
    parts = {"female": SERIES[3], "male": SERIES[2], "unknown": NO_DATA}
    traces = [
        go.Bar(
            x=x,
            y=rows[part],
            name=t(f"chart.series.sex_{part}"),
            marker={"color": colour},
            hoverinfo="text",
            hovertext=[
                f"{period(p)}<br>{t(f'chart.series.sex_{part}')}: {number(v)}"
                for p, v in zip(rows["period"], rows[part], strict=True)
            ],
        )
        for part, colour in parts.items()
        if rows[part].sum() > 0
    ]
    figure = base_figure(*traces, height=320, barmode="stack", bargap=0.18)
    figure.update_xaxes(**month_ticks(rows["period"].tolist()))
    figure.update_yaxes(title={"text": measure_unit("visits")}, rangemode="tozero", tickformat=",")
    figure.update_layout(legend={"traceorder": "normal"})
    female, male = float(rows["female"].sum()), float(rows["male"].sum())
    unknown = float(rows["unknown"].sum())
    words = {
        "share": percent(female / (female + male)),
        "female": number(female),
        "male": number(male),
        "unknown": number(unknown),
        "area": area,
    }
    return Chart(
        name=name,
        figure=figure,
        title=t("chart.series.sex_title", **words),
        subtitle=subtitle("visits", area, rows["period"].iloc[0], rows["period"].iloc[-1], ""),
        alt=t("chart.series.sex_alt", **words),
        table=pd.DataFrame(
            {
                t("chart.series.column_period"): [period(p) for p in rows["period"]],
                **{t(f"chart.series.sex_{part}"): rows[part] for part in parts},
            }
        ),
        notes=(t("chart.series.note_sex", unknown=number(unknown)),) if unknown else (),
    )


def _bars(
    rows: pd.DataFrame,
    x: Sequence[int],
    is_light: pd.Series[bool],
    measure: Measure,
    *,
    provisional: str = "chart.series.provisional",
) -> list[go.Bar]:
    """Solid bars of what is well covered, light hatched bars of the rest."""
    hover = [
        "<br>".join(
            (
                period(str(p)),
                f"{number(v)} {measure_unit(measure)}",
                received_words(r, e),
            )
        )
        for p, v, r, e in zip(rows["period"], rows["value"], rows["received"], rows["expected"], strict=True)
    ]
    out = []
    for light, colour, label in (
        (False, EMPHASIS, measure_name(measure)),
        (True, PROVISIONAL_FILL, t(provisional)),
    ):
        shown = rows["value"].where(is_light == light)
        if shown.notna().sum() == 0:
            continue
        marker: dict[str, Any] = {"color": colour}
        if light:
            marker.update(PROVISIONAL)
        out.append(go.Bar(x=list(x), y=shown, name=label, marker=marker, hoverinfo="text", hovertext=hover))
    return out


def _gaps(rows: pd.DataFrame, x: Sequence[int]) -> list[go.Scatter]:
    """Small crosses on the axis where a report was expected and none came."""
    at = [i for i, v, e in zip(x, rows["value"], rows["expected"], strict=True) if pd.isna(v) and e and e > 0]
    if not at:
        return []
    return [
        go.Scatter(
            x=at,
            y=[0] * len(at),
            mode="markers",
            name=t("chart.series.missing"),
            marker={"symbol": "x-thin", "size": 8, "line": {"width": 2, "color": MUTED}},
            cliponaxis=False,
            hoverinfo="text",
            hovertext=[f"{period(rows['period'].iloc[i])}<br>{t('chart.series.missing')}" for i in at],
        )
    ]


def _mark_events(figure: go.Figure, periods: list[str], events: pd.DataFrame | None) -> bool:
    """Draw the first day of each training on the time axis."""
    if events is None or events.empty:
        return False
    place = {p: i for i, p in enumerate(periods)}
    points: list[tuple[float, str]] = []
    trainings = events[events["kind"] == "bimtek"]
    for name, start in zip(trainings["name"], trainings["date_start"], strict=True):
        key = f"{start.year:04d}-{start.month:02d}"
        if key in place:
            points.append(
                (place[key] - 0.5 + (start.day - 1) / start.days_in_month, f"{plain(name)}<br>{date(start)}")
            )
    for at, _ in points:
        figure.add_shape(
            type="line",
            x0=at,
            x1=at,
            y0=0,
            y1=1,
            xref="x",
            yref="y domain",
            line={"color": CONTRAST, "width": 1.5, "dash": "dot"},
            layer="below",
        )
    if points:
        figure.add_trace(
            go.Scatter(
                x=[at for at, _ in points],
                y=[0.5] * len(points),
                yaxis="y3",
                mode="markers",
                name=t("chart.series.event"),
                marker={"symbol": "triangle-down", "size": 10, "color": CONTRAST},
                hoverinfo="text",
                hovertext=[words for _, words in points],
                cliponaxis=False,
            )
        )
        figure.update_layout(
            yaxis={"domain": [VALUE_BOTTOM, 0.93]},
            yaxis3={
                "domain": [0.94, 1],
                "range": [0, 1],
                "visible": False,
                "anchor": "x",
                "fixedrange": True,
            },
        )
    return bool(points)


def _months_words(
    rows: pd.DataFrame, is_few: pd.Series[bool], *, measure: Measure, area: str
) -> tuple[str, str]:
    sound = rows[~is_few & rows["value"].notna()]
    base = sound if len(sound) else rows[rows["value"].notna()]
    peak = base.iloc[int(base["value"].to_numpy().argmax())]
    newest = rows[rows["value"].notna()].iloc[-1]
    words = {
        "measure": measure_name(measure),
        "unit": measure_unit(measure),
        "area": area,
        "peak": period(str(peak["period"])),
        "peak_value": number(peak["value"]),
        "newest": period(str(newest["period"])),
        "newest_value": number(newest["value"]),
        "first": period(str(rows["period"].iloc[0])),
        "last": period(str(rows["period"].iloc[-1])),
        "missing": number(int(rows["value"].isna().sum())),
        "few": number(int(is_few.sum())),
    }
    return t("chart.series.months_title", **words), t("chart.series.months_alt", **words)


def _months_table(
    rows: pd.DataFrame, is_few: pd.Series[bool], measure: Measure, coming: pd.DataFrame
) -> pd.DataFrame:
    known = pd.DataFrame(
        {
            t("chart.series.column_period"): [period(p) for p in rows["period"]],
            measure_name(measure): rows["value"],
            t("chart.series.column_received"): rows["received"],
            t("chart.series.column_expected"): rows["expected"],
            t("chart.series.column_state"): [
                _state(v, f, e) for v, f, e in zip(rows["value"], is_few, rows["expected"], strict=True)
            ],
        }
    )
    if coming.empty:
        return known
    names = {
        "period": t("chart.series.column_period"),
        "value": measure_name(measure),
        "state": t("chart.series.column_state"),
        "low": t("chart.outlook.column_low"),
        "high": t("chart.outlook.column_high"),
    }
    return pd.concat([known, outlook.rows(coming).rename(columns=names)], ignore_index=True)


def _state(value: Any, is_few: bool, expected: Any) -> str:
    if pd.isna(value):
        is_due = pd.notna(expected) and expected > 0
        return t("chart.series.missing" if is_due else "chart.series.not_expected")
    return t("chart.series.provisional" if is_few else "chart.series.sound")


def _years_table(rows: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("chart.series.column_year"): rows["period"].astype("str"),
            measure_name(measure): rows["value"],
            t("chart.series.column_months"): [span_words(m) for m in rows["months"]],
            t("chart.series.column_received"): rows["received"],
            t("chart.series.column_expected"): rows["expected"],
        }
    )
