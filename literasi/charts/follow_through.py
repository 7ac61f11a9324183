"""Change after a training as dots with intervals, beside untrained libraries; where trained people are seen.

A difference is association, not effect; every chart here says so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.rows import (
    PLOT_WIDTH,
    count_column,
    hidden_note,
    hidden_word,
    row_figure,
    write_margin,
    write_rows,
)
from literasi.domain.follow_through import FEWEST, Change, Comparison, Measure, verdict
from literasi.domain.statistics import Interval
from literasi.figures import CONTRAST, EMPHASIS, GRID, MUTED, Chart
from literasi.text import number, percent, plain, signed, t

_SCALES: Final[Mapping[Measure, tuple[float, int]]] = {
    "reports": (100, 0),
    "activities": (1, 2),
    "visits": (1, 1),
}
"""By what a measure is multiplied to be shown, and its decimals."""

_WIDEST_SHARE: Final = 100
_PLOT_WIDTH: Final = 0.78
"""Part of the width for the dots: these charts stand three beside each other."""


def change_chart(
    changes: Mapping[int, Change], *, name: str, measure: Measure, cohort: str, sources: tuple[str, ...]
) -> Chart | None:
    """Mean change of the trained libraries, one row per length of the windows.

    Parameters
    ----------
    changes : mapping
        Months on each side to the change.
    name : str
        Name of the chart.
    measure : str
    cohort : str
        For the subtitle.
    sources : tuple of str

    Returns
    -------
    Chart or None
        None where no library could be counted in any window.
    """
    if not any(change.change.n for change in changes.values()):
        return None
    labels = [t("follow_up.months", months=length) for length in changes]
    figure = _dots([change.change for change in changes.values()], labels, measure=measure)
    told = max(changes, key=lambda length: (changes[length].change.n, length))
    words = _words(changes[told].change, measure) | {
        "measure": t(f"follow_up.measure.{measure}"),
        "months": number(told),
        "cohort": cohort,
        "values": _spoken(labels, [change.change for change in changes.values()], measure),
    }
    return Chart(
        name=name,
        figure=figure,
        title=t(f"follow_up.change_title_{verdict(changes[told].change)}", **words),
        subtitle=t("follow_up.change_subtitle", **words),
        alt=t("follow_up.change_alt", **words),
        table=_table(
            labels,
            list(changes.values()),
            sizes=[change.change.n for change in changes.values()],
            measure=measure,
            heading=t("follow_up.column_window"),
        ),
        sources=sources,
        notes=(t("follow_up.association"),),
        fine_print=(t(f"follow_up.rule_{measure}"), t("follow_up.small_note", fewest=FEWEST)),
    )


def beside_chart(
    found: Comparison,
    *,
    name: str,
    measure: Measure,
    length: int,
    cohort: str,
    sources: tuple[str, ...],
    notes: tuple[str, ...] = (),
) -> Chart | None:
    """Mean change of trained and of untrained libraries in the same months, and the difference of the two.

    Parameters
    ----------
    found : Comparison
    length : int
        Months on each side.
    notes : tuple of str
        Caveats about the untrained.

    Other parameters and return value as for `change_chart`.
    """
    if found.verdict == "none":
        return None
    intervals = [found.trained.change, found.untrained.change, found.difference]
    labels = [t(f"follow_up.group_{group}") for group in ("trained", "untrained", "difference")]
    figure = _dots(
        intervals,
        labels,
        measure=measure,
        colours=(EMPHASIS, MUTED, CONTRAST),
        counts=(found.trained.change.n, found.untrained.change.n, None),
    )
    words = _words(found.difference, measure) | {
        "measure": t(f"follow_up.measure.{measure}"),
        "months": number(length),
        "cohort": cohort,
        "trained": number(found.trained.change.n),
        "untrained": number(found.untrained.change.n),
        "values": _spoken(labels, intervals, measure),
    }
    factor, decimals = _SCALES[measure]
    baseline = t(
        "follow_up.baseline",
        trained=number(factor * found.trained.before, decimals),
        untrained=number(factor * found.untrained.before, decimals),
        unit=t(f"follow_up.level.{measure}"),
    )
    return Chart(
        name=name,
        figure=figure,
        title=t(f"follow_up.beside_title_{found.verdict}", **words),
        subtitle=t("follow_up.beside_subtitle", **words),
        alt=t("follow_up.beside_alt", baseline=baseline, **words),
        table=_table(
            labels,
            [found.trained, found.untrained, Change(math.nan, math.nan, found.difference)],
            sizes=[found.trained.change.n, found.untrained.change.n, None],
            measure=measure,
            heading=t("follow_up.column_group"),
        ),
        sources=sources,
        notes=(t("follow_up.association"), baseline, *notes),
        fine_print=(t(f"follow_up.rule_{measure}"), t("follow_up.beside_rule")),
    )


def seen_chart(
    counted: pd.DataFrame, *, name: str, when: str, threshold: int, sources: tuple[str, ...]
) -> Chart | None:
    """Trained people by where they were seen last.

    Parameters
    ----------
    counted : DataFrame
        As from `literasi.domain.turnover.outcomes`.
    name, when : str
    threshold : int
        For the legend line of what is hidden.
    sources : tuple of str

    Returns
    -------
    Chart or None
        None where nobody could be followed, or where even their number is hidden.
    """
    whole = float(counted["denominator"].iloc[0]) if len(counted) else 0.0
    if not whole > 0:
        return None
    labels = [t(f"follow_up.seen.{outcome}") for outcome in counted["outcome"]]
    figure = row_figure(labels)
    figure.add_trace(
        go.Bar(
            x=counted["n"],
            y=list(range(len(labels))),
            orientation="h",
            marker={"color": [MUTED if one == "unseen" else EMPHASIS for one in counted["outcome"]]},
            hoverinfo="text",
            hovertext=[
                f"{plain(label)}<br>{number(n)} ({percent(n / whole)})"
                for label, n in zip(labels, counted["n"], strict=True)
            ],
            showlegend=False,
        )
    )
    figure.update_layout(
        xaxis={
            "range": [0, float(counted["n"].max()) * 1.02 or 1],
            "domain": [0, PLOT_WIDTH],
            "showgrid": True,
            "gridcolor": GRID,
            "title": {"text": t("follow_up.people_axis")},
        },
        bargap=0.35,
    )
    is_hidden = counted["is_suppressed"].astype("bool")
    write_margin(figure, {i: number(n) for i, n in enumerate(counted["n"]) if not is_hidden.iloc[i]})
    write_rows(figure, {i: hidden_word() for i, hidden in enumerate(is_hidden) if hidden})
    numbers = counted.set_index("outcome")["n"]
    words = {
        "unseen": hidden_word() if pd.isna(numbers["unseen"]) else number(numbers["unseen"]),
        "total": number(whole),
        "when": when,
        "values": ", ".join(
            f"{label} {hidden_word() if pd.isna(n) else number(n)}"
            for label, n in zip(labels, counted["n"], strict=True)
        ),
    }
    return Chart(
        name=name,
        figure=figure,
        title=t("follow_up.seen_title", **words),
        subtitle=t("follow_up.seen_subtitle", **words),
        alt=t("follow_up.seen_alt", **words),
        table=pd.DataFrame(
            {
                t("follow_up.column_seen"): labels,
                t("follow_up.column_people"): count_column(counted["n"], is_hidden),
            }
        ),
        sources=sources,
        notes=(t("follow_up.seen_note"), *hidden_note(is_hidden, threshold)),
        fine_print=(t("follow_up.seen_rule"),),
    )


def written(interval: Interval, measure: Measure) -> str:
    """Write a change with its interval, as in ``+12 (selang 95%: -3 sampai +27)``."""
    shown = _words(interval, measure)
    if math.isnan(interval.low):
        return t("follow_up.written_alone", **shown)
    return t("follow_up.written", **shown)


def _words(interval: Interval, measure: Measure) -> dict[str, str]:
    factor, decimals = _SCALES[measure]
    return {
        "mean": signed(factor * interval.mean, decimals),
        "low": signed(factor * interval.low, decimals),
        "high": signed(factor * interval.high, decimals),
        "unit": t(f"follow_up.unit.{measure}"),
        "n": number(interval.n),
    }


def _spoken(labels: Sequence[str], intervals: Sequence[Interval], measure: Measure) -> str:
    return "; ".join(
        f"{label}: {written(interval, measure) if interval.n else t('follow_up.none_counted')}"
        for label, interval in zip(labels, intervals, strict=True)
    )


def _dots(
    intervals: Sequence[Interval],
    labels: Sequence[str],
    *,
    measure: Measure,
    colours: Sequence[str] = (),
    counts: Sequence[int | None] = (),
) -> go.Figure:
    """One row per interval; grey and open where fewer libraries stand behind it than carry a verdict."""
    factor, decimals = _SCALES[measure]
    sizes = list(counts) or [interval.n for interval in intervals]
    under = ["" if size is None else t("follow_up.libraries", n=number(size)) for size in sizes]
    figure = row_figure(labels, under=under)
    edges = [0.0]
    for row, (interval, label) in enumerate(zip(intervals, labels, strict=True)):
        if math.isnan(interval.mean):
            continue
        mean, low, high = (factor * value for value in (interval.mean, interval.low, interval.high))
        is_few = interval.n < FEWEST
        colour = colours[row] if colours else MUTED if is_few else EMPHASIS
        edges += [value for value in (mean, low, high) if not math.isnan(value)]
        figure.add_trace(
            go.Scatter(
                x=[mean],
                y=[row],
                mode="markers",
                marker={
                    "size": 12,
                    "color": colour,
                    "symbol": "circle-open" if is_few else "circle",
                    "line": {"width": 2, "color": colour},
                },
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [0 if math.isnan(high) else high - mean],
                    "arrayminus": [0 if math.isnan(low) else mean - low],
                    "color": colour,
                    "thickness": 2,
                    "width": 6,
                },
                hoverinfo="text",
                hovertext=[f"{plain(label)}<br>{plain(written(interval, measure))}"],
                showlegend=False,
                cliponaxis=True,
            )
        )
    figure.add_shape(type="line", x0=0, x1=0, yref="paper", y0=0, y1=1, line={"color": MUTED, "width": 1})
    least, most = min(edges), max(edges)
    room = 0.08 * (most - least) or 1.0
    spread = [least - room, most + room]
    if measure == "reports":
        spread = [max(spread[0], -_WIDEST_SHARE), min(spread[1], _WIDEST_SHARE)]
    figure.update_layout(
        xaxis={
            "range": spread,
            "domain": [0, _PLOT_WIDTH],
            "showgrid": True,
            "gridcolor": GRID,
            "title": {"text": t(f"follow_up.unit.{measure}")},
        }
    )
    known = {i: interval for i, interval in enumerate(intervals) if not math.isnan(interval.mean)}
    write_margin(figure, {i: signed(factor * interval.mean, decimals) for i, interval in known.items()})
    missing = [i for i in range(len(intervals)) if i not in known]
    write_rows(figure, dict.fromkeys(missing, t("follow_up.none_counted")))
    return figure


def _table(
    labels: Sequence[str],
    changes: Sequence[Change],
    *,
    sizes: Sequence[int | None],
    measure: Measure,
    heading: str,
) -> pd.DataFrame:
    factor, _ = _SCALES[measure]
    numbers = {
        t("follow_up.column_before"): [factor * one.before for one in changes],
        t("follow_up.column_after"): [factor * one.after for one in changes],
        t("follow_up.column_change", unit=t(f"follow_up.unit.{measure}")): [
            factor * one.change.mean for one in changes
        ],
        t("training.column_low"): [factor * one.change.low for one in changes],
        t("training.column_high"): [factor * one.change.high for one in changes],
    }
    counted = pd.array(list(sizes), dtype="Int64")
    table = pd.DataFrame({heading: list(labels), t("follow_up.column_libraries"): counted, **numbers})
    return table.astype(dict.fromkeys(numbers, "float64"))
