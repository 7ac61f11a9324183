"""Bars by category: activities and the people at them, and activities by category and year."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.band import PROVISIONAL, PROVISIONAL_FILL
from literasi.domain.activities import NOT_STATED, Grouping
from literasi.figures import CONTRAST, EMPHASIS, GRID, MUTED, Chart, base_figure
from literasi.text import number, percent, plain, t, term


def group_name(column: Grouping, value: str) -> str:
    """Give the label of a field, kind or audience; an open list, so a new value stands as it is."""
    return t("term.not_stated") if value == NOT_STATED else term(f"activities.{column}", value)


def groups_chart(
    groups: pd.DataFrame, *, name: str, column: Grouping, area: str, when: str, filtered: str = ""
) -> Chart | None:
    """Activities on the left, people at them on the right; one row per category, each number written.

    Parameters
    ----------
    groups : DataFrame
        As from `literasi.domain.activities.by_group`.
    name : str
        Name of the chart.
    column : str
        What the rows are.
    area, when, filtered : str
        For the subtitle.

    Returns
    -------
    Chart or None
        None where there is no activity.
    """
    if groups.empty:
        return None
    labels = [group_name(column, value) for value in groups["group"]]
    shown = [plain(label) for label in labels]
    total = int(groups["activities"].sum())
    shares = [percent(n / total) for n in groups["activities"]]
    people = [
        t("chart.bars.hidden") if hidden else number(value)
        for value, hidden in zip(groups["people"], groups["is_suppressed"], strict=True)
    ]
    hover = [
        f"{label}<br>{number(n)} {t('chart.series.unit_activities')} ({part})"
        f"<br>{who} {t('chart.series.unit_people')}"
        for label, n, part, who in zip(shown, groups["activities"], shares, people, strict=True)
    ]
    common = {"orientation": "h", "y": shown, "hoverinfo": "text", "hovertext": hover, "showlegend": False}
    colours = [MUTED if value == NOT_STATED else EMPHASIS for value in groups["group"]]
    figure = base_figure(
        go.Bar(
            x=groups["activities"].astype("float64"),
            text=[f"{number(n)} ({part})" for n, part in zip(groups["activities"], shares, strict=True)],
            textposition="outside",
            cliponaxis=False,
            marker={"color": colours},
            **common,
        ),
        go.Bar(
            x=groups["people"],
            xaxis="x2",
            text=people,
            textposition="outside",
            cliponaxis=False,
            marker={"color": [MUTED if value == NOT_STATED else CONTRAST for value in groups["group"]]},
            **common,
        ),
        height=90 + 34 * len(groups),
        bargap=0.3,
    )
    most, crowd = float(groups["activities"].max()), float(groups["people"].fillna(0).max())
    axis = {"showticklabels": False, "showgrid": False, "zeroline": False, "side": "top", "automargin": True}
    figure.update_layout(
        xaxis={
            **axis,
            "domain": [0, 0.5],
            "range": [0, 1.55 * most],
            "title": {"text": t("chart.series.name_activities")},
        },
        xaxis2={
            **axis,
            "domain": [0.58, 1],
            "range": [0, 1.45 * crowd if crowd else 1],
            "title": {"text": t("chart.series.name_people")},
            "anchor": "y",
        },
        yaxis={"autorange": "reversed", "showgrid": False},
    )
    # Rows where the numbers are hidden have no bar to carry the text.
    for label, hidden, who in zip(shown, groups["is_suppressed"], people, strict=True):
        if hidden:
            figure.add_annotation(x=0, y=label, xref="x2", text=who, showarrow=False, xanchor="left")
    words = {
        "group": t(f"chart.bars.of_{column}"),
        "top": labels[0],
        "share": shares[0],
        "count": number(groups["activities"].iloc[0]),
        "total": number(total),
        "area": area,
    }
    hidden_note = (t("chart.bars.note_hidden"),) if groups["is_suppressed"].any() else ()
    return Chart(
        name=name,
        figure=figure,
        title=t("chart.bars.title", **words),
        subtitle=" · ".join(part for part in (t(f"chart.bars.long_{column}"), area, when, filtered) if part),
        alt=t(
            "chart.bars.alt",
            values=", ".join(
                f"{label} {number(n)}" for label, n in zip(labels, groups["activities"], strict=True)
            ),
            **words,
        ),
        table=pd.DataFrame(
            {
                t(f"chart.bars.column_{column}"): labels,
                t("chart.series.name_activities"): groups["activities"],
                t("chart.bars.column_share"): shares,
                t("chart.series.name_people"): people,
            }
        ),
        notes=hidden_note,
    )


def groups_by_year_chart(
    counts: pd.DataFrame,
    *,
    name: str,
    column: Grouping,
    area: str,
    part_years: dict[int, str],
    filtered: str = "",
    limit: int = 8,
) -> Chart | None:
    """Small multiples: one panel per category, one bar per year, the same scale in every panel.

    Parameters
    ----------
    counts : DataFrame
        As from `literasi.domain.activities.by_group_and_year`.
    part_years : dict
        Years that are not whole, with the months they have (``Jan–Jun``); they are hatched.
    limit : int
        At most so many categories, those with most activities.

    Other parameters and return value as for `groups_chart`.
    """
    if counts.empty or counts["year"].nunique() < 2:
        return None
    totals = counts.groupby("group")["activities"].sum().sort_values(ascending=False, kind="stable")
    order = [str(g) for g in totals.index if g != NOT_STATED][:limit]
    years = sorted(counts["year"].unique())
    columns = min(2, len(order))
    lines = -(-len(order) // columns)
    ticks = [f"{y}<br>{part_years[y]}" if y in part_years else str(y) for y in years]
    figure = base_figure(height=70 + 110 * lines, bargap=0.35, barmode="overlay", showlegend=False)
    top = float(counts[counts["group"].isin(order)]["activities"].max())
    for i, group in enumerate(order):
        values = counts[counts["group"] == group].set_index("year")["activities"].reindex(years).fillna(0)
        suffix = "" if i == 0 else str(i + 1)
        line, col = divmod(i, columns)
        bottom = 1 - (line + 1) / lines
        height = 1 / lines
        left, right = col / columns, (col + 1) / columns
        hover = [
            f"{plain(group_name(column, group))}<br>{tick.replace('<br>', ' ')}: {number(v)}"
            for tick, v in zip(ticks, values, strict=True)
        ]
        for is_part, marker in (
            (False, {"color": EMPHASIS}),
            (True, {"color": PROVISIONAL_FILL, **PROVISIONAL}),
        ):
            at = [k for k, y in enumerate(years) if (y in part_years) == is_part]
            figure.add_trace(
                go.Bar(
                    x=at,
                    y=[float(values.iloc[k]) for k in at],
                    xaxis=f"x{suffix}",
                    yaxis=f"y{suffix}",
                    text=[number(values.iloc[k]) for k in at],
                    textposition="outside",
                    cliponaxis=False,
                    marker=marker,
                    hoverinfo="text",
                    hovertext=[hover[k] for k in at],
                )
            )
        is_lowest = i + columns >= len(order)
        figure.update_layout(
            {
                f"xaxis{suffix}": {
                    "domain": [left + 0.02, right - 0.02],
                    "anchor": f"y{suffix}",
                    "tickvals": list(range(len(years))),
                    "ticktext": ticks if is_lowest else [""] * len(years),
                    "showgrid": False,
                    "zeroline": False,
                },
                f"yaxis{suffix}": {
                    "domain": [bottom + 0.24 * height, bottom + 0.8 * height],
                    "anchor": f"x{suffix}",
                    "range": [0, 1.25 * top],
                    "visible": False,
                },
            }
        )
        figure.add_annotation(
            text=f"<b>{plain(group_name(column, group))}</b>",
            xref="paper",
            yref="paper",
            x=left + 0.02,
            y=bottom + 0.83 * height,
            xanchor="left",
            yanchor="bottom",
            showarrow=False,
        )
        figure.add_shape(
            type="line",
            xref="paper",
            yref="paper",
            x0=left + 0.02,
            x1=right - 0.02,
            y0=bottom + 0.24 * height,
            y1=bottom + 0.24 * height,
            line={"color": GRID, "width": 1},
        )
    wide = counts.pivot(index="group", columns="year", values="activities")
    wide = wide.reindex([str(g) for g in totals.index])
    table = pd.DataFrame({t(f"chart.bars.column_{column}"): [group_name(column, str(g)) for g in wide.index]})
    for year in years:
        table[f"{year} {part_years[year]}" if year in part_years else str(year)] = wide[year].to_numpy()
    words = {
        "group": t(f"chart.bars.of_{column}"),
        "count": number(len(order)),
        "top": group_name(column, order[0]),
        "first": str(years[0]),
        "last": str(years[-1]),
        "area": area,
    }
    return Chart(
        name=name,
        figure=figure,
        title=t("chart.bars.years_title", **words),
        subtitle=" · ".join(
            part
            for part in (t(f"chart.bars.years_long_{column}"), area, f"{years[0]}–{years[-1]}", filtered)
            if part
        ),
        alt=t("chart.bars.years_alt", **words),
        table=table,
        notes=(t("chart.series.note_part_year"),) if part_years else (),
    )
