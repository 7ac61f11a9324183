"""Results of training: attendance, change from pre-test to post-test, satisfaction, follow-up plans.

A difference between before and after is association, not effect; the charts say so.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.rows import (
    PLOT_WIDTH,
    count_column,
    hidden_column,
    hidden_note,
    hidden_word,
    people_words,
    row_figure,
    share_rows,
    write_margin,
    write_rows,
)
from literasi.domain.statistics import SMALLEST_PERCENTAGE
from literasi.domain.training import NOT_STATED, PLAN_DAYS, PLAN_STATES
from literasi.figures import CONTRAST, EMPHASIS, GRID, MUTED, NO_DATA, SEQUENTIAL, Chart, base_figure
from literasi.text import number, percent, plain, t

_PLAN_COLOURS = {
    "done": SEQUENTIAL[3],
    "in_progress": SEQUENTIAL[1],
    "not_started": SEQUENTIAL[0],
    "no_report": NO_DATA,
}
_NARROW = 0.07


def gain_chart(
    values: pd.DataFrame,
    *,
    name: str,
    by: str,
    labels: Mapping[str, str],
    when: str,
    threshold: int,
    sources: tuple[str, ...],
) -> Chart | None:
    """Mean change of each group as a dot with its 95 % interval; all together as a line with a band.

    Parameters
    ----------
    values : DataFrame
        As from `literasi.domain.training.gain_by`.
    name : str
        Name of the chart.
    by : str
        ``event`` or ``regency``.
    labels : mapping
        Code to label, in the order shown.
    when : str
        Years, for the subtitle.
    threshold : int
        For the legend line of what is hidden.
    sources : tuple of str

    Returns
    -------
    Chart or None
        None where nobody took both tests.
    """
    rows, whole = _parts(values, by, labels)
    if not whole["n_pairs"] > 0:
        return None
    figure = _whiskers(
        rows, whole, people="n_pairs", unit="training.pairs", nothing="training.no_pairs", origin=0
    )
    lows, highs = (
        [v for v in [*rows[column], whole[column]] if not pd.isna(v)] for column in ("low", "high")
    )
    reach = max(highs, default=1.0) - min(0.0, min(lows, default=0.0))
    figure.update_layout(
        xaxis={
            "range": [
                min(0.0, min(lows, default=0.0)) - 0.06 * reach,
                max(highs, default=1.0) + 0.08 * reach,
            ],
            "title": {"text": t("training.gain_axis")},
        }
    )
    figure.add_shape(type="line", x0=0, x1=0, yref="paper", y0=0, y1=1, line={"color": MUTED, "width": 1})
    measured = rows[rows["low"].notna()]
    words = {
        "mean": number(whole["mean"], 1),
        "low": number(whole["low"], 1),
        "high": number(whole["high"], 1),
        "n": people_words(whole["n_pairs"], is_exact=whole["is_exact"]),
        "above": number(float((measured["low"] > 0).sum())),
        "groups": number(len(measured)),
        "by": t(f"training.by_{by}"),
        "when": when,
        "values": _spoken(rows, "n_pairs", "training.pairs", nothing="training.no_pairs"),
    }
    key = f"training.gain_title_{by}" if (measured["low"] > 0).any() else "training.gain_title_none"
    return Chart(
        name=name,
        figure=figure,
        title=t(key, **words),
        subtitle=t("training.gain_subtitle", **words),
        alt=t("training.gain_alt", **words),
        table=_interval_table(rows, whole, by=by, people="n_pairs", heading=t("training.column_pairs")),
        sources=sources,
        notes=(t("training.gain_note"), *hidden_note(rows["is_suppressed"], threshold)),
        fine_print=(t("training.interval_note"),),
    )


def satisfaction_chart(
    values: pd.DataFrame,
    *,
    name: str,
    by: str,
    labels: Mapping[str, str],
    when: str,
    threshold: int,
    sources: tuple[str, ...],
) -> Chart | None:
    """Mean satisfaction of each group on the whole scale of 1 to 4; parameters as for `gain_chart`."""
    rows, whole = _parts(values, by, labels)
    if not whole["n"] > 0:
        return None
    figure = _whiskers(
        rows, whole, people="n", unit="training.answers", nothing="training.no_answers", origin=1
    )
    figure.update_layout(
        xaxis={
            "range": [0.9, 4.15],
            "tickvals": [1, 2, 3, 4],
            "title": {"text": t("training.satisfaction_axis")},
        }
    )
    words = {
        "mean": number(whole["mean"], 1),
        "low": number(whole["low"], 1),
        "high": number(whole["high"], 1),
        "n": people_words(whole["n"], is_exact=whole["is_exact"]),
        "by": t(f"training.by_{by}"),
        "when": when,
        "values": _spoken(rows, "n", "training.answers", nothing="training.no_answers"),
    }
    return Chart(
        name=name,
        figure=figure,
        title=t("training.satisfaction_title", **words),
        subtitle=t("training.satisfaction_subtitle", **words),
        alt=t("training.satisfaction_alt", **words),
        table=_interval_table(rows, whole, by=by, people="n", heading=t("training.column_answers")),
        sources=sources,
        notes=hidden_note(rows["is_suppressed"], threshold),
        fine_print=(t("training.interval_note"),),
    )


def attendance_chart(
    values: pd.DataFrame,
    *,
    name: str,
    by: str,
    labels: Mapping[str, str],
    when: str,
    threshold: int,
    sources: tuple[str, ...],
) -> Chart | None:
    """Hours attended of hours due in each group; parameters as for `gain_chart`.

    Parameters
    ----------
    values : DataFrame
        As from `literasi.domain.training.attendance_by`.
    """
    rows, whole = _parts(values, by, labels)
    if pd.isna(whole["value"]):
        return None
    sizes = _sizes(rows, "n", "training.people")
    figure = share_rows(rows, labels=rows["label"].tolist(), people=rows["n"], under=sizes)
    write_rows(figure, {i: hidden_word() for i, hidden in enumerate(rows["is_suppressed"]) if hidden})
    figure.add_shape(
        type="line",
        x0=whole["value"],
        x1=whole["value"],
        yref="paper",
        y0=0,
        y1=1,
        line={"color": CONTRAST, "width": 2, "dash": "dash"},
    )
    words = {
        "share": percent(whole["value"]),
        "least": percent(rows["value"].min()),
        "most": percent(rows["value"].max()),
        "groups": number(float(rows["value"].notna().sum())),
        "of": t(
            "training.hours_of",
            numerator=number(whole["numerator"]),
            denominator=number(whole["denominator"]),
        )
        if not pd.isna(whole["numerator"])
        else t("training.people", n=people_words(whole["n"], is_exact=whole["is_exact"])),
        "by": t(f"training.by_{by}"),
        "when": when,
        "values": ", ".join(
            f"{label} {hidden_word() if hidden else percent(value)}"
            for label, value, hidden in zip(rows["label"], rows["value"], rows["is_suppressed"], strict=True)
        ),
    }
    every = pd.concat([rows, whole.to_frame().T], ignore_index=True)
    return Chart(
        name=name,
        figure=figure,
        title=t(
            "training.attendance_title"
            if words["least"] == words["most"]
            else "training.attendance_title_range",
            **words,
        ),
        subtitle=t("training.attendance_subtitle", **words),
        alt=t("training.attendance_alt", **words),
        table=_remarked(
            pd.DataFrame(
                {
                    t(f"training.dimension_{by}"): every["label"],
                    t("training.column_known"): _size_column(every, "n"),
                    t("column.hours_attended"): every["numerator"].astype("float64"),
                    t("column.hours_due"): every["denominator"].astype("float64"),
                    t("training.column_share"): [percent(value) for value in every["value"]],
                }
            ),
            every,
            "n",
        ),
        sources=sources,
        notes=(t("training.attendance_note"), *hidden_note(rows["is_suppressed"], threshold)),
    )


def plans_chart(
    plans: pd.DataFrame, *, name: str, when: str, threshold: int, sources: tuple[str, ...]
) -> Chart | None:
    """State of the follow-up plans after 30, 90 and 180 days, as parts of all plans.

    Parameters
    ----------
    plans : DataFrame
        As from `literasi.domain.training.plan_status`.
    name, when : str
    threshold : int
        For the legend line of what is hidden.
    sources : tuple of str

    Returns
    -------
    Chart or None
        None where nobody made a plan, or where even their number is hidden. States that are hidden are
        one part, the rest of the whole.
    """
    whole = float(plans["denominator"].iloc[0]) if len(plans) else 0.0
    if not whole > 0:
        return None
    days = [str(day) for day in PLAN_DAYS]
    figure = base_figure(height=250, barmode="stack", bargap=0.35)
    for state in PLAN_STATES:
        part = plans[plans["status"] == state].set_index("days").reindex(PLAN_DAYS)
        figure.add_trace(_plan_bars(part["n"], whole, label=t(f"plan.{state}"), state=state, days=days))
    shown = plans.groupby("days")["n"].sum().reindex(PLAN_DAYS)
    is_hidden = plans["is_suppressed"].astype("bool")
    if is_hidden.any():
        rest = (whole - shown).where(whole - shown > 0)
        figure.add_trace(_plan_bars(rest, whole, label=hidden_word(), state="hidden", days=days))
    figure.update_layout(
        xaxis={"range": [0, 1.01], "tickvals": [0, 0.5, 1], "ticktext": ["0%", "50%", "100%"]},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": days[::-1],
            "tickvals": days,
            "ticktext": [t("training.days", days=day) for day in days],
            "showgrid": False,
        },
        legend={"traceorder": "normal"},
    )
    last = plans[plans["days"] == PLAN_DAYS[-1]].set_index("status")["n"]
    words = {
        "done": _written(last["done"], whole),
        "silent": _written(last["no_report"], whole),
        "days": number(PLAN_DAYS[-1]),
        "total": number(whole),
        "when": when,
        "values": "; ".join(
            f"{t('training.days', days=day)}: "
            + ", ".join(
                f"{t(f'plan.{state}')} {hidden_word() if pd.isna(n) else number(n)}"
                for state, n in zip(part["status"], part["n"], strict=True)
            )
            for day, part in plans.groupby("days")
        ),
    }
    return Chart(
        name=name,
        figure=figure,
        title=t("training.plans_title", **words),
        subtitle=t("training.plans_subtitle", **words),
        alt=t("training.plans_alt", **words),
        table=pd.DataFrame(
            {
                t("training.column_days"): plans["days"],
                t("column.status"): [t(f"plan.{state}") for state in plans["status"]],
                t("training.column_plans"): count_column(plans["n"], is_hidden),
                t("training.column_share"): [_written(n, whole) for n in plans["n"]],
            }
        ),
        sources=sources,
        notes=(t("training.plans_note"), *hidden_note(is_hidden, threshold)),
    )


def _parts(values: pd.DataFrame, by: str, labels: Mapping[str, str]) -> tuple[pd.DataFrame, pd.Series[Any]]:
    """Groups in the order of `labels`, not stated last, and all together; both with their label."""
    rank = {code: i for i, code in enumerate([*labels, NOT_STATED])}
    whole = values[values["is_total"]].assign(label=t("training.everyone")).iloc[0]
    rows = values[~values["is_total"]]
    rows = rows.assign(
        label=[labels.get(code, code) for code in rows[by]],
        rank=rows[by].map(lambda code: rank.get(code, len(rank))),
    )
    return rows.sort_values(["rank", by], ignore_index=True), whole


def _whiskers(
    rows: pd.DataFrame, whole: pd.Series[Any], *, people: str, unit: str, nothing: str, origin: float
) -> go.Figure:
    is_known = rows["mean"].notna()
    sizes = _sizes(rows, people, unit)
    under = [said if known else "" for said, known in zip(sizes, is_known, strict=True)]
    figure = row_figure(rows["label"].tolist(), under=under)
    if not pd.isna(whole["mean"]):
        figure.add_shape(
            type="rect",
            x0=whole["low"],
            x1=whole["high"],
            yref="paper",
            y0=0,
            y1=1,
            fillcolor=GRID,
            line_width=0,
            layer="below",
        )
        figure.add_shape(
            type="line",
            x0=whole["mean"],
            x1=whole["mean"],
            yref="paper",
            y0=0,
            y1=1,
            line={"color": CONTRAST, "width": 2, "dash": "dash"},
            layer="below",
        )
        figure.add_annotation(
            x=whole["mean"],
            yref="paper",
            y=1,
            yanchor="bottom",
            text=f"{t('training.everyone')} {number(whole['mean'], 1)}",
            showarrow=False,
            font={"color": CONTRAST},
        )
    known = rows[is_known]
    figure.add_trace(
        go.Scatter(
            x=known["mean"],
            y=known.index.tolist(),
            mode="markers",
            marker={"size": 12, "color": EMPHASIS},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": (known["high"] - known["mean"]).tolist(),
                "arrayminus": (known["mean"] - known["low"]).tolist(),
                "color": EMPHASIS,
                "thickness": 2,
                "width": 6,
            },
            hoverinfo="text",
            hovertext=[
                f"{plain(label)}<br>{_interval(mean, low, high)}<br>{said}"
                for label, mean, low, high, said in zip(
                    known["label"],
                    known["mean"],
                    known["low"],
                    known["high"],
                    _sizes(known, people, unit),
                    strict=True,
                )
            ],
            showlegend=False,
        )
    )
    figure.update_layout(
        margin={"t": 28}, xaxis={"showgrid": True, "gridcolor": GRID, "domain": [0, PLOT_WIDTH]}
    )
    write_margin(figure, {i: number(mean, 1) for i, mean in enumerate(rows["mean"]) if is_known.iloc[i]})
    words = {
        i: hidden_word() if hidden else t(nothing)
        for i, (hidden, is_drawn) in enumerate(zip(rows["is_suppressed"], is_known, strict=True))
        if not is_drawn
    }
    write_rows(figure, words, x=origin)
    return figure


def _sizes(rows: pd.DataFrame, people: str, unit: str) -> list[str]:
    return [
        t(unit, n=people_words(n, is_exact=is_exact))
        for n, is_exact in zip(rows[people], rows["is_exact"], strict=True)
    ]


def _size_column(every: pd.DataFrame, people: str) -> pd.Series[Any]:
    """Give the exact numbers; a floor would be read as one."""
    return every[people].astype("float64").where(every["is_exact"].astype("bool"))


def _remarked(table: pd.DataFrame, every: pd.DataFrame, people: str) -> pd.DataFrame:
    """Say in a table which rows are hidden, and of how many people at least the others are."""
    hidden = every["is_suppressed"].astype("bool")
    is_floor = ~every["is_exact"].astype("bool") & ~hidden
    if not is_floor.any():
        return hidden_column(table, hidden)
    remarks = [
        hidden_word() if gone else people_words(n, is_exact=False) if floor else ""
        for gone, n, floor in zip(hidden, every[people], is_floor, strict=True)
    ]
    return table.assign(**{t("training.column_remark"): remarks})


def _plan_bars(counts: pd.Series[Any], whole: float, *, label: str, state: str, days: list[str]) -> go.Bar:
    shares = [n / whole for n in counts]
    is_missing = state in ("no_report", "hidden")
    return go.Bar(
        x=shares,
        y=days,
        orientation="h",
        name=label,
        text=[
            _written(n, whole) if share >= _NARROW else "" for n, share in zip(counts, shares, strict=True)
        ],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        marker={
            "color": _PLAN_COLOURS.get(state, NO_DATA),
            "line": {"color": MUTED, "width": 1},
            "pattern": {
                "shape": "/" if is_missing else "",
                "bgcolor": _PLAN_COLOURS.get(state, NO_DATA),  # else the page's own, dark under dark letters
                "fgcolor": MUTED,
                "size": 8,
                "solidity": 0.1,
            },
        },
        hoverinfo="text",
        hovertext=[
            f"{t('training.days', days=day)}<br>{plain(label)}: "
            + t("training.parts", numerator=number(n), denominator=number(whole))
            for day, n in zip(days, counts, strict=True)
        ],
    )


def _written(n: Any, whole: float) -> str:
    """Write a part as a percentage, or as ``k dari n`` where the whole is small."""
    if pd.isna(n):
        return hidden_word()
    if whole < SMALLEST_PERCENTAGE:
        return t("training.parts", numerator=number(n), denominator=number(whole))
    return percent(n / whole)


def _interval(mean: float, low: float, high: float) -> str:
    return t("training.interval", mean=number(mean, 1), low=number(low, 1), high=number(high, 1))


def _spoken(rows: pd.DataFrame, people: str, unit: str, *, nothing: str) -> str:
    def said(row: dict[Hashable, Any]) -> str:
        if row["is_suppressed"]:
            return hidden_word()
        if pd.isna(row["mean"]):
            return t(nothing)
        n = people_words(row[people], is_exact=row["is_exact"])
        return f"{_interval(row['mean'], row['low'], row['high'])}, {t(unit, n=n)}"

    return "; ".join(f"{row['label']} {said(row)}" for row in rows.to_dict("records"))


def _interval_table(
    rows: pd.DataFrame, whole: pd.Series[Any], *, by: str, people: str, heading: str
) -> pd.DataFrame:
    every = pd.concat([rows, whole.to_frame().T], ignore_index=True)
    return _remarked(
        pd.DataFrame(
            {
                t(f"training.dimension_{by}"): every["label"],
                heading: _size_column(every, people),
                t("training.column_mean"): every["mean"].astype("float64"),
                t("training.column_low"): every["low"].astype("float64"),
                t("training.column_high"): every["high"].astype("float64"),
            }
        ),
        every,
        people,
    )
