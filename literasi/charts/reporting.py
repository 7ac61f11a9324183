"""Who reported when: shares by regency and month, or the state of each library in each month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.band import calendar_axes, month_ticks, received_words
from literasi.domain.coverage import STANDARD, share
from literasi.figures import CONTRAST, EMPHASIS, MUTED, SEQUENTIAL, SERIES, Chart, base_figure
from literasi.text import number, percent, period, plain, t


def reporting_chart(
    coverage: pd.DataFrame,
    *,
    name: str,
    names: Mapping[str, str],
    periods: list[str],
    report: str,
    area: str,
    of: Literal["received", "on_time"] = "received",
) -> Chart | None:
    """Share of the expected reports that came, by area and month; months without expectation are blank.

    Parameters
    ----------
    coverage : DataFrame
        As from `literasi.domain.coverage.coverage`; with ``on_time``, ``zero`` (how many of those received)
        these are told too.
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
    of : str
        Share of those that came, or of those that came in time.

    Returns
    -------
    Chart or None
        None where no report was expected.
    """
    rows = coverage[coverage["area_code"].isin(names) & coverage["period"].isin(periods)]
    if rows.empty:
        return None
    detailed = [name for name in ("on_time", "zero") if name in rows]
    shares = {
        (code, p): (share(n, e), "<br>".join([received_words(r, e), *more]))
        for code, p, n, r, e, more in zip(
            rows["area_code"],
            rows["period"],
            rows[of],
            rows["received"],
            rows["expected"],
            _details(rows, detailed),
            strict=True,
        )
    }
    codes = [code for code in names if code in set(rows["area_code"])]
    blank = (None, received_words(None, None))
    cells = [[shares.get((code, p), blank) for p in periods] for code in codes]
    edge = STANDARD.provisional_below
    figure = base_figure(
        go.Heatmap(
            x=list(range(len(periods))),
            y=list(range(len(codes))),
            z=[[None if not s else 100 * s for s, _ in line] for line in cells],
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
            # An arrow as well as a colour: in greyscale few and most are equally dark.
            text=[
                ["" if not s else f"{number(100 * s)}{'<br>▼' * (s < edge)}" for s, _ in line]
                for line in cells
            ]
            if len(periods) <= 18
            else None,
            texttemplate="%{text}" if len(periods) <= 18 else None,
            textfont={"color": "#10202b", "size": 11 if len(periods) <= 8 else 10},
            hoverinfo="text",
            hoverongaps=False,
            hovertext=[
                [
                    f"{plain(names[code])}, {period(p)}<br>{words}"
                    for p, (_, words) in zip(periods, line, strict=True)
                ]
                for code, line in zip(codes, cells, strict=True)
            ],
        ),
        height=150 + 30 * len(codes),
    )
    _legend(
        figure,
        (
            (f"▼ {t(f'chart.reporting.few_{of}')}", CONTRAST),
            (t("chart.reporting.many"), SEQUENTIAL[0]),
            (t("chart.reporting.most"), SEQUENTIAL[2]),
        ),
    )
    silent = [
        (x, y, words)
        for y, line in enumerate(cells)
        for x, (part, words) in enumerate(line)
        if part is not None and not part
    ]
    if silent:
        figure.add_trace(
            go.Scatter(
                x=[x for x, _, _ in silent],
                y=[y for _, y, _ in silent],
                mode="markers",
                name=t(f"chart.reporting.none_{of}"),
                marker=_mark("missing", size=9),
                hoverinfo="text",
                hovertext=[f"{plain(names[codes[y]])}, {period(periods[x])}<br>{w}" for x, y, w in silent],
            )
        )
    figure.update_layout(
        **calendar_axes(periods, [names[code] for code in codes]),
        legend={"itemclick": False, "itemdoubleclick": False},
    )
    totals = rows.groupby("area_code")[[of, "expected"]].sum()
    parts = {code: share(totals[of][code], totals["expected"][code]) or 0.0 for code in codes}
    lowest = min(codes, key=lambda code: parts[code])
    whole = share(int(totals[of].sum()), int(totals["expected"].sum()))
    words = {
        "report": report,
        "area": area,
        "share": percent(whole),
        "lowest": names[lowest],
        "lowest_share": percent(parts[lowest]),
        "received": number(int(totals[of].sum())),
        "expected": number(int(totals["expected"].sum())),
        "values": ", ".join(f"{names[code]} {percent(parts[code])}" for code in codes),
    }
    return Chart(
        name=name,
        figure=figure,
        title=t(f"chart.reporting.title_{of}", **words),
        subtitle=" · ".join(
            (
                t(f"chart.reporting.long_{of}", report=report),
                area,
                f"{period(periods[0])} – {period(periods[-1])}",
            )
        ),
        alt=t(f"chart.reporting.alt_{of}", **words),
        table=pd.DataFrame(
            {
                t("chart.rates.column_area"): [names[c] for c in rows["area_code"]],
                t("chart.series.column_period"): [period(p) for p in rows["period"]],
                t("chart.series.column_received"): rows["received"],
                t("chart.series.column_expected"): rows["expected"],
                **{t(f"chart.reporting.column_{name}"): rows[name] for name in detailed},
            }
        ),
    )


def _details(rows: pd.DataFrame, columns: list[str]) -> list[list[str]]:
    """Write the further counts of each row."""
    return [
        [t(f"chart.reporting.hover_{name}", count=number(row[name])) for name in columns]
        for row in rows.to_dict("records")
    ]


# Symbol and colour of each state; both differ, so that the marks stay apart in greyscale too.
_MARKS = {
    "reported": ("square", EMPHASIS),
    "on_time": ("square", EMPHASIS),
    "late": ("triangle-up", SERIES[2]),
    "unknown": ("square-open", EMPHASIS),
    "any": ("circle", EMPHASIS),
    "zero": ("diamond-open", MUTED),
    "missing": ("x-thin", CONTRAST),
}


def _mark(state: str, *, size: int) -> dict[str, Any]:
    symbol, colour = _MARKS[state]
    width = (2 if size > 8 else 1.5) * symbol.endswith(("open", "thin"))
    return {"symbol": symbol, "size": size, "color": colour, "line": {"width": width, "color": colour}}


def marks(
    states: pd.DataFrame, *, libraries: Sequence[str], periods: Sequence[str], names: Mapping[str, str]
) -> go.Figure:
    """Draw one mark per library and month, of a kind for each state; blank where nothing was due.

    Parameters
    ----------
    states : DataFrame
        ``library_id``, ``period``, ``state`` (of `_MARKS`, or ``not_expected``).
    libraries, periods : sequence of str
        Rows from the top, and columns.
    names : mapping
        Library id to name.
    """
    row = {library: i for i, library in enumerate(libraries)}
    column = {p: i for i, p in enumerate(periods)}
    size = 10 if len(periods) <= 18 else 6  # narrow enough for thirty months on a phone
    figure = base_figure(height=130 + 24 * len(libraries), showlegend=True)
    for state in _MARKS:
        some = states[states["state"] == state]
        if some.empty:
            continue
        label = t(f"chart.reporting.state_{state}")
        figure.add_trace(
            go.Scatter(
                x=[column[p] for p in some["period"]],
                y=[row[library] for library in some["library_id"]],
                mode="markers",
                name=label,
                marker=_mark(state, size=size),
                cliponaxis=False,
                hoverinfo="text",
                hovertext=[
                    f"{plain(names[library])}, {period(p)}<br>{label}"
                    for library, p in zip(some["library_id"], some["period"], strict=True)
                ],
            )
        )
    figure.update_layout(
        xaxis={**month_ticks(periods), "range": [-0.5, len(periods) - 0.5]},
        yaxis={
            "tickvals": list(range(len(libraries))),
            "ticktext": [plain(_short(names[library])) for library in libraries],
            "range": [len(libraries) - 0.5, -0.5],
        },
        legend={"itemclick": False, "itemdoubleclick": False},
    )
    return figure


def states_chart(
    states: pd.DataFrame, *, name: str, names: Mapping[str, str], report: str, area: str
) -> Chart | None:
    """State of each library in each month: reported, reported zero, no report; blank where none was due.

    Parameters
    ----------
    states : DataFrame
        As from `literasi.domain.coverage.states` or, with how timely reports came and whether they were
        due (``is_expected``), `literasi.domain.completeness.calendar`.
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
    # A report that came though none was due is drawn, and is no part of the share.
    due = rows[rows["is_expected"]] if "is_expected" in rows else rows
    is_missing = due["state"] == "missing"
    silent = is_missing.groupby(due["library_id"]).mean().sort_values(ascending=False, kind="stable")
    libraries = [str(library) for library in (*silent.index, *rows["library_id"].unique())]
    libraries = list(dict.fromkeys(libraries))
    figure = marks(rows, libraries=libraries, periods=periods, names=names)
    words = {
        "report": report,
        "area": area,
        "missing": number(int(is_missing.sum())),
        "due": number(len(due)),
        "share": percent(1 - float(is_missing.mean()) if len(due) else None),
        "lowest": names[libraries[0]],
        "lowest_share": percent(1 - float(silent.iloc[0]) if len(due) else None),
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
