"""Areas beside each other: all regencies as a scorecard, or one with its province and the nation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.band import PROVISIONAL
from literasi.domain.comparison import Standing
from literasi.domain.coverage import share
from literasi.domain.statistics import share_state
from literasi.figures import CONTRAST, EMPHASIS, MUTED, NO_DATA, SEQUENTIAL, Chart, base_figure
from literasi.text import number, percent, period, plain, t

_SHORT_UNIT = 8
_DARK_INK, _LIGHT_INK = "#10222c", "#ffffff"  # at least 4.5:1 on the fills they stand on
_LIGHT_FROM = 3  # position in SEQUENTIAL from which light ink is needed
_GREY = len(SEQUENTIAL)  # position of the fill of what is not compared
_SUPPRESSED = "×"
_NAMES_WIDTH = 126  # pixels; headings begin above the names, so that they fit on a phone
_FILLS = (*SEQUENTIAL, NO_DATA)


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of a scorecard, with what may stand beside it in the same edition, producer and year."""

    standing: Standing
    province: float | None
    nation: float | None

    @property
    def name(self) -> str:
        """Short name and year."""
        return f"{t(f'indicator_short.{self.standing.indicator.id}')} {period(self.standing.period)}"


def scorecard_chart(
    lines: Sequence[Line], *, names: Mapping[str, str], theme: str, is_ranked: bool
) -> Chart | None:
    """Draw a table of indicators by regency; colour says how much within one indicator, never across.

    Parameters
    ----------
    lines : sequence of Line
        One per indicator; their frames hold the areas of `names` in that order.
    names : mapping
        Area code to name.
    theme : str
        For the subtitle.
    is_ranked : bool
        Whether rank ranges are written under the values.

    Returns
    -------
    Chart or None
        None without any line.
    """
    if not lines:
        return None
    codes = list(names)
    fills: list[list[float | None]] = []
    cells: list[dict[str, Any]] = []
    for place, line in enumerate(lines):
        positions = [_fill(line.standing, row) for row in line.standing.frame.to_dict("records")]
        fills += [[None] * len(codes), [None if p is None else p / (len(_FILLS) - 1) for p in positions]]
        for x, (row, fill) in enumerate(zip(line.standing.frame.to_dict("records"), positions, strict=True)):
            cells.append(
                {
                    "x": x,
                    "y": 2 * place + 1,
                    "fill": fill,
                    "text": _cell(line.standing, row, is_ranked=is_ranked),
                    "hover": _hover(line, row, names[codes[x]], is_ranked=is_ranked),
                }
            )
    figure = base_figure(
        go.Heatmap(
            z=fills,
            x=list(range(len(codes))),
            y=list(range(len(fills))),
            zmin=0,
            zmax=1,
            colorscale=_steps(),
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        ),
        *_written(cells),
        height=90 + (92 if is_ranked else 58) * len(lines),
        showlegend=False,
    )
    figure.update_layout(
        xaxis={
            "side": "top",
            "tickvals": list(range(len(codes))),
            "ticktext": [plain(name).replace(" ", "<br>") for name in names.values()],
            "range": [-0.5, len(codes) - 0.5],
            "ticks": "",
            "showgrid": False,
            "fixedrange": True,
        },
        yaxis={"visible": False, "range": [len(fills) - 0.5, -0.5], "fixedrange": True},
    )
    for place, line in enumerate(lines):
        figure.add_annotation(
            x=-0.5,
            y=2 * place + 0.5,
            text=_heading(line, is_ranked=is_ranked),
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            align="left",
        )
    complete = sum(bool(line.standing.frame["value"].notna().all()) for line in lines)
    return Chart(
        name="perbandingan",
        figure=figure,
        title=t("chart.comparison.title", count=len(lines), complete=complete),
        subtitle=t("chart.comparison.subtitle", theme=theme),
        alt=t(
            "chart.comparison.alt",
            values="; ".join(
                t(
                    "chart.comparison.alt_row",
                    indicator=t(f"indicator_short.{line.standing.indicator.id}"),
                    period=line.standing.period,
                    values=", ".join(
                        f"{names[str(row['area_code'])]} {_own_value(line.standing, row)}"
                        for row in line.standing.frame.to_dict("records")
                    ),
                )
                for line in lines
            ),
        ),
        table=_table(lines, names=names, is_ranked=is_ranked),
        sources=_sources(lines),
        notes=tuple(_notes(lines, is_ranked=is_ranked)),
        fine_print=_lacks(lines),
        indicators=tuple(line.standing.indicator.id for line in lines),
    )


def mine_chart(
    lines: Sequence[Line], *, area: str, name: str, others: Mapping[str, str], theme: str, is_ranked: bool
) -> Chart | None:
    """Draw one regency with its province and the nation; the other regencies are marks without names.

    Parameters
    ----------
    lines : sequence of Line
        Indicators of which `area` has a value.
    area, name : str
        The one regency that is named.
    others : mapping
        Code to name of province and nation, by ``province`` and ``nation``.
    theme : str
    is_ranked : bool
        Whether the own rank range is written.

    Returns
    -------
    Chart or None
        None without any line.
    """
    if not lines:
        return None
    traces: list[Any] = []
    ticks: dict[float, str] = {}
    headings: list[tuple[float, str]] = []
    top = 0.0
    for line in lines:
        heading = _heading(line, is_ranked=False, rank_of=area if is_ranked else "")
        top += 0.5 * heading.count("<br>")
        headings.append((top - 0.25 * heading.count("<br>"), heading))
        rows = _beside(line, area=area, name=name, others=others)
        peers = _peers(line, area)
        longest = max([*(abs(value) for _, value, _ in rows), *map(abs, peers)]) or 1.0
        for step, (who, value, colour) in enumerate(rows, start=1):
            ticks[top + step] = plain(who)
            traces.append(_bar(line, who, value, colour, y=top + step, longest=longest, area=area))
        at = top + len(rows) + 1
        if peers:
            ticks[at] = t("chart.comparison.peer")
            traces.append(
                go.Scatter(
                    x=[value / longest for value in peers],
                    y=[at] * len(peers),
                    mode="markers",
                    marker={"symbol": "line-ns-open", "size": 14, "color": MUTED, "line": {"width": 3}},
                    hoverinfo="text",
                    hovertext=[
                        f"{t('chart.comparison.peer')}: {_value(line.standing, value)}" for value in peers
                    ],
                )
            )
        top = at + (1.4 if peers else 0.4)
    margin = {"l": _NAMES_WIDTH, "r": 8}
    figure = base_figure(*traces, height=int(40 + 23 * top), showlegend=False, bargap=0, margin=margin)
    figure.update_layout(
        xaxis={"visible": False, "range": [0, 1.25], "fixedrange": True},
        yaxis={
            "tickvals": list(ticks),
            "ticktext": list(ticks.values()),
            "range": [top, -0.6],
            "showgrid": False,
            "automargin": False,
            "fixedrange": True,
        },
    )
    for y, words in headings:
        figure.add_annotation(
            x=0,
            xref="paper",
            xshift=8 - _NAMES_WIDTH,
            y=y,
            text=words,
            showarrow=False,
            xanchor="left",
            align="left",
        )
    better, judged = _better(lines, area)
    key = "chart.comparison.mine_title" if judged else "chart.comparison.mine_title_plain"
    return Chart(
        name="perbandingan-wilayah",
        figure=figure,
        title=t(key, area=name, better=better, count=judged or len(lines)),
        subtitle=t("chart.comparison.mine_subtitle", theme=theme, area=name),
        alt=t(
            "chart.comparison.mine_alt",
            values="; ".join(
                t(
                    "chart.comparison.mine_row",
                    indicator=t(f"indicator_short.{line.standing.indicator.id}"),
                    period=line.standing.period,
                    values=", ".join(
                        f"{who} {_value(line.standing, value)}"
                        for who, value, _ in _beside(line, area=area, name=name, others=others)
                    ),
                )
                for line in lines
            ),
        ),
        table=_mine_table(lines, area=area, name=name, others=others, is_ranked=is_ranked),
        sources=_sources(lines),
        notes=tuple(_mine_notes(lines, area, is_ranked=is_ranked)),
        fine_print=_lacks(lines),
        indicators=tuple(line.standing.indicator.id for line in lines),
    )


# Cells


def _fill(standing: Standing, row: Mapping[Any, Any]) -> int | None:
    """Position of a cell's fill: its class on the map, grey where it is not compared, None for bare paper."""
    if row["state"] in ("none", "suppressed"):
        return None
    if row["state"] != "value":
        return _GREY
    if standing.indicator.symbol == "bubble" or standing.indicator.incomplete:
        return None
    edges = standing.indicator.classes
    return round(bisect_right(edges, float(row["value"])) * (len(SEQUENTIAL) - 1) / len(edges))


def _steps() -> list[tuple[float, str]]:
    """One colour per position, each ending where the next begins."""
    last = len(_FILLS) - 1
    edges = [0.0, *((i - 0.5) / last for i in range(1, len(_FILLS))), 1.0]
    return [(edges[i + side], colour) for i, colour in enumerate(_FILLS) for side in (0, 1)]


def _written(cells: Sequence[Mapping[str, Any]]) -> list[go.Scatter]:
    """Text over the cells: ink by fill, and the page's own ink where there is none."""
    out = []
    for is_filled in (True, False):
        part = [cell for cell in cells if (cell["fill"] is not None) == is_filled]
        inks = [
            _LIGHT_INK if cell["fill"] is not None and _LIGHT_FROM <= cell["fill"] < _GREY else _DARK_INK
            for cell in part
        ]
        out.append(
            go.Scatter(
                x=[cell["x"] for cell in part],
                y=[cell["y"] for cell in part],
                mode="markers+text",
                marker={"size": 28, "opacity": 0},
                text=[cell["text"] for cell in part],
                textposition="middle center",
                textfont={"color": inks} if is_filled and part else None,
                hoverinfo="text",
                hovertext=[cell["hover"] for cell in part],
                cliponaxis=False,
            )
        )
    return out


def _value(standing: Standing, value: float | None) -> str:
    written = number(value, standing.decimals)
    is_least = standing.indicator.incomplete and value is not None and pd.notna(value)
    return t("chart.comparison.at_least", value=written) if is_least else written


def _own_value(standing: Standing, row: Mapping[Any, Any], *, key: str = "summary.parts") -> str:
    """Value of an area; a share of fewer than ten by its parts only (methodology §9)."""
    is_few = share_state(row["numerator"], row["denominator"]) == "k_of_n"
    if is_few and standing.indicator.scale == "percent":
        return t(key, numerator=number(row["numerator"]), denominator=number(row["denominator"]))
    return _value(standing, row["value"])


def _rank(row: Mapping[Any, Any]) -> str:
    if pd.isna(row["best"]):
        return ""
    best, worst = int(row["best"]), int(row["worst"])
    return str(best) if best == worst else t("chart.comparison.range", best=best, worst=worst)


def _cell(standing: Standing, row: Mapping[Any, Any], *, is_ranked: bool) -> str:
    if row["state"] == "suppressed":
        return _SUPPRESSED
    written = _own_value(standing, row, key="chart.comparison.cell_parts")
    if row["state"] in ("small", "provisional"):
        written = f"<i>{written}</i>"
    rank = _rank(row) if is_ranked else ""
    return f"{written}<br><b>#{rank}</b>" if rank else written


def _parts(standing: Standing, row: Mapping[Any, Any]) -> list[str]:
    """Denominator or n, interval and reports of a value, each where there is one."""
    out = []
    if pd.notna(row["low"]):
        low, high = (number(row[end], standing.decimals) for end in ("low", "high"))
        out.append(t("chart.comparison.interval", low=low, high=high))
    if pd.notna(row["numerator"]) and pd.notna(row["denominator"]):
        out.append(
            t(
                "chart.comparison.parts",
                numerator=number(row["numerator"]),
                denominator=number(row["denominator"]),
            )
        )
    if pd.notna(row["n"]):
        out.append(t("chart.comparison.n", n=number(row["n"])))
    received = share(row["received"], row["expected"])
    if received is not None:
        out.append(t("chart.comparison.reports", share=percent(received)))
    return out


def _hover(line: Line, row: Mapping[Any, Any], name: str, *, is_ranked: bool) -> str:
    standing = line.standing
    unit, own = t(f"unit.{standing.unit}"), _own_value(standing, row)
    if row["state"] in ("none", "suppressed"):
        lines = [f"{line.name}, {plain(name)}", t(f"comparison.state.{row['state']}")]
    else:
        lines = [
            f"{line.name}, {plain(name)}",
            own if own != _value(standing, row["value"]) else f"{own} {unit}",
            *_parts(standing, row),
        ]
        if row["state"] != "value":
            lines.append(t(f"comparison.state.{row['state']}"))
        if is_ranked and _rank(row):
            lines.append(t("chart.comparison.rank_of", rank=_rank(row), count=standing.ranked))
        elif is_ranked and standing.unranked:
            lines.append(t(f"comparison.unranked.{standing.unranked}"))
    return "<br>".join(lines)


def _heading(line: Line, *, is_ranked: bool, rank_of: str | None = None) -> str:
    """Name of a row, its benchmarks, and why it has no ranks or which the own one is."""
    standing = line.standing
    unit = t(f"unit.{standing.unit}")
    parts = [f"<b>{line.name}</b>"]
    if len(unit) <= _SHORT_UNIT:
        parts.append(unit)
    small = []
    if rank_of is None:
        if line.province is not None:
            parts.append(t("chart.comparison.province", value=_value(standing, line.province)))
        if line.nation is not None:
            parts.append(t("chart.comparison.nation", value=_value(standing, line.nation)))
    elif rank_of:
        row = _own(line, rank_of)
        if rank := _rank(row):
            parts.append(t("chart.comparison.rank_of", rank=rank, count=standing.ranked))
        else:
            reason = standing.unranked or row["state"]
            group = "unranked" if standing.unranked else "state"
            small.append(t(f"comparison.{group}.{reason}"))
    if is_ranked and standing.unranked:
        small.append(t(f"comparison.unranked.{standing.unranked}"))
    words = " · ".join(parts)
    return f'{words}<br><span style="font-size:11px">{small[0]}</span>' if small else words


# One regency with its province and the nation


def _beside(line: Line, *, area: str, name: str, others: Mapping[str, str]) -> list[tuple[str, float, str]]:
    rows = [(name, float(_own(line, area)["value"]), EMPHASIS)]
    if line.standing.indicator.symbol == "bubble":
        return rows  # the count of a province is the sum of its parts, no yardstick for one of them
    if line.province is not None:
        rows.append((others["province"], line.province, CONTRAST))
    if line.nation is not None:
        rows.append((others["nation"], line.nation, MUTED))
    return rows


def _peers(line: Line, area: str) -> list[float]:
    """Values of the other regencies in order of size, so that their order names nobody."""
    frame = line.standing.frame
    return sorted(float(v) for v in frame.loc[frame["area_code"].ne(area), "value"].dropna())


def _bar(line: Line, who: str, value: float, colour: str, *, y: float, longest: float, area: str) -> go.Bar:
    row = _own(line, area)
    is_own = colour == EMPHASIS
    is_weak = is_own and row["state"] != "value"
    hover = [f"{plain(who)}: {_value(line.standing, value)} {t(f'unit.{line.standing.unit}')}"]
    if is_own:
        hover += _parts(line.standing, row) + ([t(f"comparison.state.{row['state']}")] if is_weak else [])
    written = _own_value(line.standing, row) if is_own else _value(line.standing, value)
    return go.Bar(
        x=[value / longest],
        y=[y],
        orientation="h",
        width=0.8,
        marker=PROVISIONAL if is_weak else {"color": colour},
        text=[f"<i>{written}</i>" if is_weak else written],
        textposition="outside",
        cliponaxis=False,
        hoverinfo="text",
        hovertext=["<br>".join(hover)],
    )


def _better(lines: Sequence[Line], area: str) -> tuple[int, int]:
    """Count the indicators on which a regency is better than its province, of those where one can tell."""
    better = judged = 0
    for line in lines:
        row = _own(line, area)
        is_told = line.standing.unranked in ("", "few") and row["state"] == "value" and pd.isna(row["low"])
        if not is_told or line.province is None:
            continue
        decimals = line.standing.decimals
        own, whole = round(float(row["value"]), decimals), round(line.province, decimals)
        judged += 1
        better += own != whole and (own > whole) == (line.standing.indicator.direction == "higher_is_better")
    return better, judged


# What goes with both


def _table(lines: Sequence[Line], *, names: Mapping[str, str], is_ranked: bool) -> pd.DataFrame:
    rows = [
        _row(line, row, names[str(row["area_code"])], is_ranked=is_ranked)
        for line in lines
        for row in line.standing.frame.to_dict("records")
    ]
    return pd.DataFrame(rows)


def _mine_table(
    lines: Sequence[Line], *, area: str, name: str, others: Mapping[str, str], is_ranked: bool
) -> pd.DataFrame:
    """The same without the names of the peers: their rows stand in order of value."""
    rows = []
    for line in lines:
        frame = line.standing.frame
        rows.append(_row(line, _own(line, area), name, is_ranked=is_ranked))
        bare = dict.fromkeys(frame.columns, None) | {"state": "value"}
        for who, value, _ in _beside(line, area=area, name=name, others=others)[1:]:
            rows.append(_row(line, bare | {"value": value}, who, is_ranked=is_ranked))
        for value in _peers(line, area):
            rows.append(_row(line, bare | {"value": value}, t("chart.comparison.peer"), is_ranked=is_ranked))
    return pd.DataFrame(rows)


def _row(line: Line, row: Mapping[Any, Any], name: str, *, is_ranked: bool) -> dict[str, Any]:
    standing = line.standing
    base = row["n"] if pd.isna(row["denominator"]) else row["denominator"]
    received = share(row["received"], row["expected"])
    out: dict[str, Any] = {
        t("chart.comparison.column_indicator"): t(f"indicator.{standing.indicator.id}"),
        t("chart.comparison.column_period"): period(standing.period),
        t("chart.comparison.column_edition"): standing.indicator.edition(standing.edition).label,
        t("chart.comparison.column_unit"): t(f"unit.{standing.unit}"),
        t("chart.comparison.column_area"): name,
        t("chart.comparison.column_value"): _own_value(standing, row),
        t("chart.comparison.column_n"): number(base) if pd.notna(base) else "–",
        t("chart.comparison.column_coverage"): percent(received),
        t("chart.comparison.column_low"): number(row["low"], standing.decimals),
        t("chart.comparison.column_high"): number(row["high"], standing.decimals),
    }
    if is_ranked:
        out[t("chart.comparison.column_rank")] = _rank(row) or "–"
    why = standing.unranked if is_ranked and row["state"] == "value" else ""
    out[t("chart.comparison.column_state")] = (
        t(f"comparison.unranked.{why}") if why else t(f"comparison.state.{row['state']}")
    )
    return out


def _sources(lines: Sequence[Line]) -> tuple[str, ...]:
    found = [s for line in lines for s in line.standing.frame["source_id"] if isinstance(s, str) and s]
    return tuple(dict.fromkeys(found))


def _notes(lines: Sequence[Line], *, is_ranked: bool) -> Iterator[str]:
    """What the marks mean that are really there."""
    yield t("chart.comparison.note_heat")
    if is_ranked and any(line.standing.ranked for line in lines):
        yield t("chart.comparison.note_rank")
    states = {state for line in lines for state in line.standing.frame["state"]}
    if states & {"small", "provisional"}:
        yield t("chart.comparison.note_small")
    if any(line.standing.indicator.incomplete for line in lines):
        yield t("chart.comparison.note_incomplete")
    if "suppressed" in states:
        yield t("chart.comparison.note_suppressed", mark=_SUPPRESSED)
    if "none" in states:
        yield t("chart.comparison.note_missing")


def _mine_notes(lines: Sequence[Line], area: str, *, is_ranked: bool) -> Iterator[str]:
    yield t("chart.comparison.mine_note")
    if is_ranked and any(_rank(_own(line, area)) for line in lines):
        yield t("chart.comparison.note_rank")
    if {_own(line, area)["state"] for line in lines} & {"small", "provisional"}:
        yield t("chart.comparison.mine_small")
    if any(line.standing.indicator.incomplete for line in lines):
        yield t("chart.comparison.note_incomplete")


def _own(line: Line, area: str) -> dict[Any, Any]:
    """The row of one area."""
    frame = line.standing.frame
    return frame[frame["area_code"].eq(area)].to_dict("records")[0]


def _lacks(lines: Sequence[Line]) -> tuple[str, ...]:
    """What must be known to read each indicator."""
    return tuple(
        f"{t(f'indicator_short.{line.standing.indicator.id}')}: {' '.join(line.standing.indicator.notes)}"
        for line in lines
        if line.standing.indicator.notes
    )
