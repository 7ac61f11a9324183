"""Who reported when: shares by regency and month, or the state of each library in each month."""

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
        height=150 + 30 * len(codes),
    )
    _legend(
        figure,
        (
            (t("chart.reporting.few"), CONTRAST),
            (t("chart.reporting.many"), SEQUENTIAL[0]),
            (t("chart.reporting.most"), SEQUENTIAL[2]),
        ),
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


_STATES = {"reported": SEQUENTIAL[2], "zero": SEQUENTIAL[0], "missing": CONTRAST}


def states_chart(
    states: pd.DataFrame, *, name: str, names: Mapping[str, str], report: str, area: str
) -> Chart | None:
    """State of each library in each month: reported, reported zero, no report; blank where none was due.

    Parameters
    ----------
    states : DataFrame
        As from `literasi.domain.coverage.states`.
    name : str
        Name of the chart.
    names : mapping
        Library id to name.
    report, area : str
        For the subtitle.

    Returns
    -------
    Chart or None
        None where no report was due and none came.
    """
    rows = states[states["state"] != "not_expected"]
    if rows.empty:
        return None
    periods = sorted(states["period"].unique())
    is_missing = rows["state"] == "missing"
    silent = is_missing.groupby(rows["library_id"]).mean().sort_values(ascending=False, kind="stable")
    libraries = [str(library) for library in silent.index]
    kinds = list(_STATES)
    number_of = {kind: i for i, kind in enumerate(kinds)}
    wide = states.pivot(index="library_id", columns="period", values="state").reindex(
        index=libraries, columns=periods
    )
    cells = wide.to_numpy().tolist()
    scale = [
        stop
        for i, kind in enumerate(kinds)
        for stop in ((i / 3, _STATES[kind]), ((i + 1) / 3, _STATES[kind]))
    ]
    figure = base_figure(
        go.Heatmap(
            x=list(range(len(periods))),
            y=list(range(len(libraries))),
            z=[[number_of.get(state) for state in line] for line in cells],
            zmin=-0.5,
            zmax=2.5,
            colorscale=scale,
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="text",
            hoverongaps=False,
            hovertext=[
                [
                    f"{plain(names[library])}, {period(p)}<br>{t(f'chart.reporting.state_{state}')}"
                    for p, state in zip(periods, line, strict=True)
                ]
                for library, line in zip(libraries, cells, strict=True)
            ],
        ),
        height=150 + 26 * len(libraries),
    )
    present = set(rows["state"])
    _legend(
        figure,
        tuple((t(f"chart.reporting.state_{kind}"), _STATES[kind]) for kind in kinds if kind in present),
    )
    figure.update_layout(
        xaxis={**month_ticks(periods), "range": [-0.5, len(periods) - 0.5]},
        yaxis={
            "tickvals": list(range(len(libraries))),
            "ticktext": [plain(_short(names[library])) for library in libraries],
            "range": [len(libraries) - 0.5, -0.5],
            "showgrid": False,
        },
        legend={"itemclick": False, "itemdoubleclick": False},
    )
    words = {
        "report": report,
        "area": area,
        "missing": number(int(is_missing.sum())),
        "due": number(len(rows)),
        "share": percent(1 - float(is_missing.mean())),
        "lowest": names[libraries[0]],
        "lowest_share": percent(1 - float(silent.iloc[0])),
        "libraries": number(len(libraries)),
    }
    return Chart(
        name=name,
        figure=figure,
        title=t("chart.reporting.states_title", **words),
        subtitle=" · ".join(
            (
                t("chart.reporting.states_long", report=report),
                area,
                f"{period(periods[0])} – {period(periods[-1])}",
            )
        ),
        alt=t("chart.reporting.states_alt", **words),
        table=pd.DataFrame(
            {
                t("chart.named.column_library"): [names[library] for library in states["library_id"]],
                t("chart.series.column_period"): [period(p) for p in states["period"]],
                t("chart.series.column_state"): [t(f"chart.reporting.state_{s}") for s in states["state"]],
            }
        ),
        notes=(t("chart.reporting.states_note"),),
    )


def _short(name: str) -> str:
    """Shorten a name to what fits beside a row; the whole name is in the hover text and the table."""
    return name if len(name) <= 30 else f"{name[:29]}…"


def _legend(figure: go.Figure, entries: tuple[tuple[str, str], ...]) -> None:
    for label, colour in entries:
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
