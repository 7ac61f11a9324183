"""Scores of priority: the first areas with their ranges, and the parts of one score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.band import PROVISIONAL
from literasi.domain.gaps import MAYBE_LIBRARY
from literasi.domain.priority import DECIMALS, Component, PriorityRules, Weights, weighted
from literasi.figures import CONTRAST, EMPHASIS, MUTED, Chart, base_figure
from literasi.sentences import listed
from literasi.text import number, percent, period, plain, t

_ROW, _LONGEST = 30, 22
_ONE_WORDING = ("mean", MAYBE_LIBRARY)  # reasons that read the same for every component


def component_words(component: str) -> str:
    """Give the name of a component."""
    return t(f"priority.component.{component}")


def span_words(low: float, high: float, decimals: int) -> str:
    """Write a range, or one number where both ends read the same."""
    first, last = number(low, decimals), number(high, decimals)
    return first if first == last else t("priority.span", low=first, high=last)


def reason_words(components: Sequence[str]) -> str:
    """Write why an area has its score, as far as that is sure."""
    return listed(tuple(t(f"priority.reason.{component}") for component in components)) if components else "–"


def state_words(state: str) -> str:
    """Say how well a part is known."""
    return t(f"priority.state.{state}")


def raw_words(row: Mapping[Any, Any], component: Component) -> str:
    """Write what was measured in its own unit; an en dash where nothing was."""
    low, high = row["raw_low"], row["raw_high"]
    if pd.isna(low) or pd.isna(high):
        return "–"
    if component.unit == "share":
        first, last = percent(low), percent(high)
        return first if first == last else t("priority.span", low=first, high=last)
    decimals = 1 if component.unit == "square_kilometres" and high < 10 else 0
    return f"{span_words(low, high, decimals)} {t(f'priority.unit.{component.unit}')}"


def fact_words(row: Mapping[Any, Any], component: Component) -> str:
    """Say in words what a part rests on.

    Parameters
    ----------
    row : mapping
        One row of columns `literasi.domain.priority.PARTS`.
    component : Component
        Its component.
    """
    when, reason = str(row["when"]), str(row["reason"])
    at_most = {**row, "raw_low": row["raw_high"]} if reason == "at_most" else row
    return t(
        f"priority.fact.{reason if reason in _ONE_WORDING else f'{component.id}_{reason}'}",
        value=raw_words(at_most, component),
        detail=str(row["detail"]) or "–",
        when=period(when) if when else t("priority.fact.no_date"),
        gap=span_words(100 * float(row["low"]), 100 * float(row["high"]), 0),
    )


def ranking_chart(
    ranked: pd.DataFrame,
    *,
    names: Mapping[str, str],
    regencies: Mapping[str, str],
    reasons: Mapping[str, Sequence[str]],
    total: int,
    subtitle: str,
    top: int,
    selected: str | None = None,
) -> Chart | None:
    """Draw scores with their ranges, the highest above.

    Parameters
    ----------
    ranked : DataFrame
        The first rows of `literasi.domain.priority.ranking`, those to be drawn.
    names, regencies : mapping
        Area code to its name; code of a regency to its name.
    reasons : mapping
        As from `literasi.domain.priority.main_reasons`.
    total : int
        Number of areas that were ranked.
    subtitle : str
        What was weighed, where.
    top : int
        Size of the top that the share of draws is about.
    selected : str, optional
        Area to be set off.

    Returns
    -------
    Chart or None
        None without rows.
    """
    if ranked.empty:
        return None
    rows = ranked.to_dict("records")
    places = list(range(len(rows)))
    labels = [_short(names[str(row["area_code"])]) for row in rows]
    hover = [_hover(row, names, regencies, reasons, top) for row in rows]
    figure = base_figure(
        go.Bar(
            x=[row["high"] - row["low"] for row in rows],
            base=[row["low"] for row in rows],
            y=places,
            orientation="h",
            width=0.34,
            marker={"color": MUTED, "opacity": 0.45},
            name=t("chart.priority.range"),
            customdata=[[row["area_code"], ""] for row in rows],
            hovertext=hover,
            hoverinfo="text",
        ),
        go.Scatter(
            x=[row["score"] for row in rows],
            y=places,
            mode="markers",
            marker={
                "size": 12,
                "color": [CONTRAST if row["area_code"] == selected else EMPHASIS for row in rows],
            },
            name=t("chart.priority.middle"),
            customdata=[[row["area_code"], ""] for row in rows],
            hovertext=hover,
            hoverinfo="text",
        ),
        height=90 + _ROW * len(rows),
        showlegend=True,
    )
    figure.update_layout(
        xaxis={
            "range": [0, 100],
            "title": {"text": t("chart.priority.axis")},
            "showgrid": True,
            "gridcolor": "rgba(125,136,147,0.25)",
            "fixedrange": True,
        },
        yaxis={
            "tickvals": places,
            "ticktext": [plain(label) for label in labels],
            "range": [len(rows) - 0.5, -0.5],
            "showgrid": False,
            "fixedrange": True,
        },
    )
    first = rows[0]
    tied = int((ranked["score"].round(DECIMALS) == round(float(first["score"]), DECIMALS)).sum())
    key = "title" if tied == 1 else "title_tied" if tied < len(rows) else "title_all_tied"
    return Chart(
        name="prioritas",
        figure=figure,
        title=t(
            f"chart.priority.{key}",
            name=names[str(first["area_code"])],
            score=number(first["score"], DECIMALS),
            count=tied,
        ),
        subtitle=subtitle,
        alt=t(
            "chart.priority.alt",
            values="; ".join(
                t(
                    "chart.priority.alt_row",
                    name=names[str(row["area_code"])],
                    score=number(row["score"], DECIMALS),
                    low=number(row["low"], DECIMALS),
                    high=number(row["high"], DECIMALS),
                )
                for row in rows
            ),
        ),
        table=ranking_table(ranked, names=names, regencies=regencies, reasons=reasons, top=top),
        notes=(t("chart.priority.note", shown=len(rows), total=total),),
    )


def ranking_table(
    ranked: pd.DataFrame,
    *,
    names: Mapping[str, str],
    regencies: Mapping[str, str],
    reasons: Mapping[str, Sequence[str]],
    top: int,
) -> pd.DataFrame:
    """Give a ranking as it is read: place, name, score with its range, rank range, how far it holds, why."""
    codes = [str(code) for code in ranked["area_code"]]
    return pd.DataFrame(
        {
            t("priority.column.order"): pd.Series(range(1, len(codes) + 1), dtype="Int64"),
            t("priority.column.area"): [names[code] for code in codes],
            t("priority.column.regency"): [regencies.get(code[:5], "") for code in codes],
            t("priority.column.score"): ranked["score"].round(DECIMALS).tolist(),
            t("priority.column.low"): ranked["low"].round(DECIMALS).tolist(),
            t("priority.column.high"): ranked["high"].round(DECIMALS).tolist(),
            t("priority.column.ranks"): [
                span_words(best, worst, 0)
                for best, worst in zip(ranked["best"], ranked["worst"], strict=True)
            ],
            t("priority.column.stays", top=top): (100 * ranked["stays"]).round(0).tolist(),
            t("priority.column.reasons"): [reason_words(reasons.get(code, ())) for code in codes],
        }
    )


def listed_table(
    ranked: pd.DataFrame,
    *,
    names: Mapping[str, str],
    regencies: Mapping[str, str],
    reasons: Mapping[str, Sequence[str]],
    top: int,
) -> pd.DataFrame:
    """Give `ranking_table` as a screen has room for it: the range of the score in one column."""
    table = ranking_table(ranked, names=names, regencies=regencies, reasons=reasons, top=top)
    ends = [t(f"priority.column.{name}") for name in ("low", "high")]
    spans = [span_words(low, high, DECIMALS) for low, high in table[ends].itertuples(index=False)]
    out = table.drop(columns=ends)
    out.insert(4, t("priority.column.span"), spans)
    return out


def parts_chart(
    parts: pd.DataFrame,
    *,
    weights: Weights,
    rules: PriorityRules,
    name: str,
    subtitle: str,
) -> Chart | None:
    """Draw what each component brings to one score: surely, and at most.

    Parameters
    ----------
    parts : DataFrame
        Columns `literasi.domain.priority.PARTS`, of one area.
    weights : mapping
        Weight by component.
    rules : PriorityRules
    name : str
        Of the area.
    subtitle : str

    Returns
    -------
    Chart or None
        None without parts. Components of weight 0 are in the table only.
    """
    if parts.empty:
        return None
    every = weighted(parts, weights=weights)
    drawn = every[every["weight"] > 0].sort_values("weight", ascending=False, kind="stable")
    rows = drawn.to_dict("records")
    total = sum(weights.values())
    most = [100 * row["weight"] / total for row in rows]
    places = list(range(len(rows)))
    words = [
        f"<b>{plain(component_words(row['component']))}</b><br>"
        f"{plain(fact_words(row, rules.component(row['component'])))}<br>"
        + t("chart.priority.points", points=span_words(row["points_low"], row["points_high"], DECIMALS))
        for row in rows
    ]
    common = {"y": places, "orientation": "h", "width": 0.6, "hovertext": words, "hoverinfo": "text"}
    figure = base_figure(
        go.Bar(
            x=[row["points_low"] for row in rows],
            marker={"color": EMPHASIS},
            name=t("chart.priority.sure"),
            **common,
        ),
        go.Bar(
            x=[row["points_high"] - row["points_low"] for row in rows],
            base=[row["points_low"] for row in rows],
            marker=PROVISIONAL,
            name=t("chart.priority.possible"),
            **common,
        ),
        go.Scatter(
            x=most,
            y=places,
            mode="markers",
            marker={"symbol": "line-ns-open", "size": 16, "color": MUTED, "line": {"width": 2}},
            name=t("chart.priority.most"),
            hovertext=[t("chart.priority.most_hover", points=number(value, DECIMALS)) for value in most],
            hoverinfo="text",
        ),
        height=110 + 38 * len(rows),
        barmode="overlay",
        showlegend=True,
    )
    figure.update_layout(
        xaxis={
            "range": [0, max(most) * 1.45],
            "title": {"text": t("chart.priority.parts_axis")},
            "fixedrange": True,
        },
        yaxis={
            "tickvals": places,
            "ticktext": [plain(t(f"priority.short.{row['component']}")) for row in rows],
            "range": [len(rows) - 0.5, -0.5],
            "showgrid": False,
            "fixedrange": True,
        },
    )
    for place, (row, end) in enumerate(zip(rows, most, strict=True)):
        shown = state_words(row["state"]) if row["state"] in ("missing", "none") else None
        figure.add_annotation(
            x=max(end, row["points_high"]),
            y=place,
            text=plain(shown or span_words(row["points_low"], row["points_high"], DECIMALS)),
            showarrow=False,
            xanchor="left",
            xshift=8,
        )
    low, high = every["points_low"].sum(), every["points_high"].sum()
    return Chart(
        name="prioritas-bagian",
        figure=figure,
        title=t(
            "chart.priority.parts_title",
            name=name,
            score=number((low + high) / 2, DECIMALS),
            low=number(low, DECIMALS),
            high=number(high, DECIMALS),
        ),
        subtitle=subtitle,
        alt=t(
            "chart.priority.parts_alt",
            name=name,
            values="; ".join(
                f"{component_words(row['component'])}: "
                f"{span_words(row['points_low'], row['points_high'], DECIMALS)}"
                for row in rows
            ),
        ),
        table=parts_table(every, rules=rules),
        sources=tuple(dict.fromkeys(source for source in parts["source_id"] if source)),
        notes=(t("chart.priority.parts_note"),),
    )


def parts_table(every: pd.DataFrame, *, rules: PriorityRules) -> pd.DataFrame:
    """Give the parts of scores as they are read: component, weight, gap, points, what it rests on."""
    rows = every.to_dict("records")
    return pd.DataFrame(
        {
            t("priority.column.component"): [component_words(row["component"]) for row in rows],
            t("priority.column.weight"): [int(row["weight"]) for row in rows],
            t("priority.column.gap"): [span_words(100 * row["low"], 100 * row["high"], 0) for row in rows],
            t("priority.column.points"): [
                span_words(row["points_low"], row["points_high"], DECIMALS) for row in rows
            ],
            t("priority.column.state"): [state_words(row["state"]) for row in rows],
            t("priority.column.fact"): [fact_words(row, rules.component(row["component"])) for row in rows],
        }
    )


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _hover(
    row: Mapping[Any, Any],
    names: Mapping[str, str],
    regencies: Mapping[str, str],
    reasons: Mapping[str, Sequence[str]],
    top: int,
) -> str:
    code = str(row["area_code"])
    where = "" if len(code) == 5 else f", {plain(regencies.get(code[:5], ''))}"
    return "<br>".join(
        (
            f"<b>{plain(names[code])}{where}</b>",
            t(
                "chart.priority.hover",
                score=number(row["score"], DECIMALS),
                low=number(row["low"], DECIMALS),
                high=number(row["high"], DECIMALS),
            ),
            t("chart.priority.hover_rank", ranks=span_words(row["best"], row["worst"], 0)),
            t("chart.priority.hover_stays", top=top, share=percent(row["stays"])),
            plain(reason_words(reasons.get(code, ()))),
        )
    )
