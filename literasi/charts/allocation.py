"""What a scenario changes: coverage of each regency before and after, ways of sharing out, Lorenz curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.rows import row_figure, write_margin
from literasi.domain.allocation import Outcome, State, Weight
from literasi.domain.inequality import lorenz
from literasi.domain.scenario import ITEMS, Addition
from literasi.figures import CONTRAST, EMPHASIS, GRID, MUTED, SERIES, Chart, base_figure
from literasi.text import number, percent, plain, t

_MARKS = (("circle", EMPHASIS), ("diamond", CONTRAST), ("square", SERIES[2]))
_TICK, _TICK_WIDTH, _OPEN_WIDTH = "line-ns", 3, 2
_DASHES = ("solid", "dot", "dashdot")
_SPREAD = 0.22  # rows, between the marks of several ways
_STEP, _WHOLE = 0.1, 1.02  # the axis ends at a whole tenth, and at 100 %


@dataclass(frozen=True, slots=True)
class Way:
    """One way of adding: its name, what it gives each regency, and what then stands."""

    label: str
    additions: Mapping[str, Addition]
    outcome: Outcome


def share_words(state: State, decimals: int = 1) -> str:
    """Write a coverage: at least so much where more may be covered, unknown where nothing is known."""
    if not state.is_listed and not state.covered:
        return t("simulation.unknown")
    written = percent(state.share, decimals)
    return t("simulation.at_least", value=written) if state.highest > state.covered else written


def reached_words(state: State) -> str:
    """Write the estimate of residents in covered villages: at least so many, as the coverage is."""
    written = about(state.reached)
    is_open = state.reached is not None and state.highest > state.covered
    return t("simulation.at_least", value=written) if is_open else written


def packages_words(state: State) -> str:
    """Write packages of books ÷ partner libraries: at least so many, for who has no record may have some."""
    each = state.packages_each
    if each is None:
        return number(None)
    written = number(each, 2)
    return t("simulation.at_least", value=written) if state.packages < state.libraries else written


def estimate(value: float | None) -> float | None:
    """Round an estimate to three significant digits; more would say that it is a count."""
    if value is None or not value:
        return value
    return float(round(value, 2 - floor(log10(abs(value)))))


def about(value: float | None) -> str:
    """Write an estimate, without decimals."""
    return number(estimate(value))


def coverage_chart(
    before: Outcome, ways: Sequence[Way], *, names: Mapping[str, str], name: str, sources: tuple[str, ...]
) -> Chart | None:
    """Coverage of each regency before, and after one or several ways of adding, on one scale.

    Parameters
    ----------
    before : Outcome
    ways : sequence of Way
        The user's own first, at most three.
    names : mapping of str to str
        Regency names by code, in the order shown.
    name : str
        Name of the chart.
    sources : tuple of str

    Returns
    -------
    Chart or None
        None without any regency.
    """
    codes = [code for code in names if code in before.areas]
    if not codes:
        return None
    own = ways[0]
    figure = row_figure([names[code] for code in codes], under=[_under(before, ways, code) for code in codes])
    drawn = [before, *(way.outcome for way in ways)]
    longest = max(outcome.areas[code].share for outcome in drawn for code in codes)
    spread, tick = (_SPREAD, 34) if len(ways) > 1 else (0, 12)
    lanes = [spread * (place - (len(ways) - 1) / 2) for place in range(len(ways))]
    for way, lane, (_, colour) in zip(ways, lanes, _MARKS, strict=False):
        x: list[float | None] = []
        y: list[float | None] = []
        for row, code in enumerate(codes):
            if before.areas[code].is_listed:
                x += [before.areas[code].share, way.outcome.areas[code].share, None]
                y += [row + lane, row + lane, None]
        figure.add_trace(
            go.Scatter(
                x=x, y=y, mode="lines", line={"color": colour, "width": 2}, hoverinfo="skip", showlegend=False
            )
        )
    figure.add_trace(
        _dots(
            before,
            codes,
            names,
            label=t("simulation.before"),
            lane=0,
            symbol=_TICK,
            colour=MUTED,
            size=tick,
        )
    )
    for way, lane, (symbol, colour) in zip(ways, lanes, _MARKS, strict=False):
        figure.add_trace(
            _dots(way.outcome, codes, names, label=way.label, lane=lane, symbol=symbol, colour=colour)
        )
    figure.update_layout(
        xaxis={
            "range": [-0.004, min(_WHOLE, max(_STEP, ceil(longest / _STEP + 0.2) * _STEP))],
            "tickformat": ".0%",
            "showgrid": True,
            "gridcolor": GRID,
            "domain": [0, 0.78 if len(ways) == 1 else 1],
            "rangemode": "nonnegative",
        },
        legend={"y": 1.04},
    )
    if len(ways) == 1:
        states = [own.outcome.areas[code] for code in codes]
        write_margin(
            figure,
            {
                row: share_words(state, 0) if state.is_listed else t("simulation.unknown_short")
                for row, state in enumerate(states)
            },
        )
    return Chart(
        name=name,
        figure=figure,
        title=_coverage_title(before, own) if len(ways) == 1 else _ways_title(ways),
        subtitle=t("chart.simulation.coverage_subtitle", ways=", ".join(way.label for way in ways)),
        alt=t(
            "chart.simulation.coverage_alt",
            values="; ".join(
                t(
                    "chart.simulation.coverage_row",
                    area=names[code],
                    before=share_words(before.areas[code]),
                    after=", ".join(f"{way.label} {share_words(way.outcome.areas[code])}" for way in ways),
                )
                for code in codes
            ),
        ),
        table=_table(before, ways, codes=codes, names=names),
        sources=sources,
        notes=(*_notes(before, codes), *(_left_out(before, names) if len(ways) > 1 else ())),
    )


def lorenz_chart(
    before: Outcome,
    ways: Sequence[Way],
    *,
    weight: Weight,
    names: Mapping[str, str],
    name: str,
    sources: tuple[str, ...],
) -> Chart | None:
    """Lorenz curves of the coverage between regencies, before and after.

    Parameters
    ----------
    before : Outcome
    ways : sequence of Way
        The user's own first, at most three; none where nothing is added.
    weight : str
        What the coverage is a part of: villages, or residents (by the estimate of `allocation`).
    names : mapping of str to str
    name : str
    sources : tuple of str

    Returns
    -------
    Chart or None
        None with fewer than two regencies to compare, without any coverage, or where residents are not known.
    """
    drawn = [Way(t("simulation.before"), {}, before), *ways]
    curves = [_curve(way.outcome, weight) for way in drawn]
    if len(before.compared) < 2 or not any(curves):
        return None
    figure = base_figure(
        go.Scatter(
            x=[0, 1],
            y=[0, 1],
            mode="lines",
            line={"color": MUTED, "width": 1, "dash": "dash"},
            name=t("chart.simulation.equal"),
            hoverinfo="skip",
        ),
        height=440,
    )
    styles = [(MUTED, "longdash"), *zip((colour for _, colour in _MARKS), _DASHES, strict=True)]
    for way, curve, (colour, dash) in zip(drawn, curves, styles, strict=False):
        if not curve:
            continue
        figure.add_trace(
            go.Scatter(
                x=[p for p, _ in curve],
                y=[part for _, part in curve],
                mode="lines+markers",
                line={"color": colour, "width": 2.5, "dash": dash},
                marker={"size": 6},
                name=f"{way.label} ({number(way.outcome.gini[weight], 2)})",
                hoverinfo="text",
                hovertext=_steps(way.outcome, curve, names, label=way.label),
            )
        )
    axis = {"range": [0, 1.02], "tickformat": ".0%", "showgrid": True, "gridcolor": GRID}
    figure.update_layout(
        xaxis=axis | {"title": {"text": t(f"chart.simulation.lorenz_x_{weight}")}},
        yaxis=axis | {"title": {"text": t(f"chart.simulation.lorenz_y_{weight}")}},
    )
    return Chart(
        name=name,
        figure=figure,
        title=_lorenz_title(before, drawn[1 if ways else 0].outcome, weight),
        subtitle=t("chart.simulation.lorenz_subtitle", weight=t(f"simulation.weight_{weight}")),
        alt=t(
            "chart.simulation.lorenz_alt",
            values="; ".join(f"{way.label}: {gini_words(way.outcome, weight)}" for way in drawn),
        ),
        table=pd.DataFrame(
            [
                {
                    t("chart.simulation.column_way"): way.label,
                    t("chart.simulation.column_weight"): p,
                    t("chart.simulation.column_covered"): part,
                }
                for way, curve in zip(drawn, curves, strict=True)
                for p, part in curve
            ]
        ),
        sources=sources,
        notes=(
            t("chart.simulation.note_lorenz"),
            *_notes(before, before.compared)[1:],
            *_left_out(before, names),
        ),
        fine_print=(t("chart.simulation.gini_method"),),
    )


def gini_words(outcome: Outcome, weight: Weight) -> str:
    """Write a Gini coefficient with what is left open."""
    value, limits = outcome.gini[weight], outcome.gini_range[weight]
    if value is None:
        return t("simulation.no_gini")
    written = number(value, 2)
    if limits is None:
        return written
    low, high = (number(limit, 2) for limit in limits)
    return written if low == high else t("simulation.gini_range", value=written, low=low, high=high)


def ways_table(before: Outcome, ways: Sequence[Way], rows: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Put ways beside each other: a row for each measure, a column before and for each way.

    Parameters
    ----------
    before : Outcome
    ways : sequence of Way
    rows : mapping of str to sequence of str
        Written values by the name of the measure: before, then each way.

    Returns
    -------
    DataFrame
        All text. Two ways of one name are told apart by a number.
    """
    labels = [t("simulation.before"), *(way.label for way in ways)]
    headings = [
        label if labels.count(label) == 1 else f"{label} ({labels[: place + 1].count(label)})"
        for place, label in enumerate(labels)
    ]
    table = pd.DataFrame(list(rows.values()), columns=headings, dtype="str")
    table.insert(0, t("simulation.measure"), list(rows))
    return table


def _dots(
    outcome: Outcome,
    codes: Sequence[str],
    names: Mapping[str, str],
    *,
    label: str,
    lane: float,
    symbol: str,
    colour: str,
    size: int = 12,
) -> go.Scatter:
    rows = [
        (row, outcome.areas[code], code) for row, code in enumerate(codes) if outcome.areas[code].is_listed
    ]
    return go.Scatter(
        x=[state.share for _, state, _ in rows],
        y=[row + lane for row, _, _ in rows],
        mode="markers",
        name=label,
        marker={
            "size": size,
            "color": colour,
            "symbol": [
                symbol if symbol == _TICK or state.highest == state.covered else f"{symbol}-open"
                for _, state, _ in rows
            ],
            "line": {"width": _TICK_WIDTH if symbol == _TICK else _OPEN_WIDTH, "color": colour},
        },
        hoverinfo="text",
        hovertext=[
            "<br>".join(
                (
                    f"{plain(names[code])}, {plain(label)}",
                    share_words(state),
                    t(
                        "simulation.villages_of",
                        covered=number(state.covered),
                        villages=number(state.villages),
                    ),
                )
            )
            for _, state, code in rows
        ],
        cliponaxis=False,
    )


def _under(before: Outcome, ways: Sequence[Way], code: str) -> str:
    """Covered villages in numbers: before and after, or with several ways only before."""
    first, then = before.areas[code], ways[0].outcome.areas[code]
    words = {
        "before": number(first.covered) if first.is_listed else t("simulation.unknown_short"),
        "after": number(then.covered) if then.is_listed else t("simulation.unknown_short"),
        "villages": number(first.villages),
    }
    return t("chart.simulation.under" if len(ways) == 1 else "chart.simulation.under_before", **words)


def _coverage_title(before: Outcome, own: Way) -> str:
    first, then = before.whole, own.outcome.whole
    if then.covered == first.covered:
        return t("chart.simulation.coverage_title_same", after=share_words(then))
    which = "coverage_title_least" if first.highest > first.covered else "coverage_title"
    return t(f"chart.simulation.{which}", before=percent(first.share, 1), after=percent(then.share, 1))


def _ways_title(ways: Sequence[Way]) -> str:
    """Say which way leaves the lowest area highest, as shown."""
    lowest = {way.label: _lowest(way.outcome) for way in ways}
    own, best = ways[0].label, max(ways, key=lambda way: round(_lowest(way.outcome), 3)).label
    words = {"own": percent(lowest[own], 1), "way": best, "best": percent(lowest[best], 1)}
    return t("chart.simulation.ways_title_same" if best == own else "chart.simulation.ways_title", **words)


def _lowest(outcome: Outcome) -> float:
    return min((outcome.areas[code].share for code in outcome.compared), default=0.0)


def _lorenz_title(before: Outcome, after: Outcome, weight: Weight) -> str:
    first, then = before.gini[weight], after.gini[weight]
    words = {"before": number(first, 2), "after": number(then, 2)}
    if first is None or then is None or words["before"] == words["after"]:
        return t("chart.simulation.lorenz_title_same", after=number(then, 2))
    return t(f"chart.simulation.lorenz_title_{'fell' if then < first else 'rose'}", **words)


def _curve(outcome: Outcome, weight: Weight) -> tuple[tuple[float, float], ...]:
    states = [outcome.areas[code] for code in outcome.compared]
    weights = [state.villages if weight == "villages" else state.residents for state in states]
    known = [float(value) for value in weights if value is not None]
    if len(known) < len(states):
        return ()
    return lorenz([state.share for state in states], weights=known)


def _steps(
    outcome: Outcome, curve: Sequence[tuple[float, float]], names: Mapping[str, str], *, label: str
) -> list[str]:
    """What stands at each corner of a curve: the regency that ends there."""
    order = sorted(outcome.compared, key=lambda code: outcome.areas[code].share)
    ends = ["", *(plain(names[code]) for code in order)]
    return [
        "<br>".join(
            part
            for part in (
                plain(label),
                end,
                t("chart.simulation.lorenz_point", weight=percent(p), covered=percent(held)),
            )
            if part
        )
        for (p, held), end in zip(curve, ends, strict=True)
    ]


def _table(
    before: Outcome, ways: Sequence[Way], *, codes: Sequence[str], names: Mapping[str, str]
) -> pd.DataFrame:
    """One row per regency, and one for all; nothing known is an empty cell."""
    rows = []
    for code in [*codes, ""]:
        row: dict[str, str | float | None] = {
            t("column.area"): names[code] if code else t("simulation.all"),
            t("simulation.villages"): _of(before, code).villages,
        }
        for label, state in [
            (t("simulation.before"), _of(before, code)),
            *((way.label, _of(way.outcome, code)) for way in ways),
        ]:
            is_known = state.is_listed or state.covered > 0
            row[t("simulation.covered_by", way=label)] = state.covered if is_known else None
            row[t("simulation.share_by", way=label)] = 100 * state.share if is_known else None
            row[t("simulation.reached_by", way=label)] = estimate(state.reached) if is_known else None
        for way in ways:
            added = [way.additions.get(c, Addition()) for c in ([code] if code else codes)]
            for item in ITEMS:
                row[t(f"simulation.added_{item}", way=way.label)] = sum(a.of(item) for a in added)
        rows.append(row)
    frame = pd.DataFrame(rows)
    numbers = frame.columns[1:]
    return frame.astype(dict.fromkeys(numbers, "float64"))


def _of(outcome: Outcome, code: str) -> State:
    return outcome.areas[code] if code else outcome.whole


def _notes(before: Outcome, codes: Sequence[str]) -> list[str]:
    out = [t("simulation.note")]
    if any(before.areas[code].highest > before.areas[code].covered for code in codes):
        out.append(t("chart.simulation.note_at_least"))
    return out


def _left_out(before: Outcome, names: Mapping[str, str]) -> tuple[str, ...]:
    out = [names[code] for code in names if code in before.areas and code not in before.compared]
    return (t("chart.simulation.note_left_out", areas=", ".join(out)),) if out else ()
