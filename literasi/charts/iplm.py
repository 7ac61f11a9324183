"""Simulation of IPLM: points that each part gives, and how much of the forms is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.rows import row_figure, write_margin, write_rows
from literasi.domain.iplm import GROUPS, N_COMPONENTS, FormRules, Group
from literasi.figures import CONTRAST, EMPHASIS, GRID, MUTED, Chart
from literasi.text import number, percent, plain, t

_HOLLOW = "rgba(0,0,0,0)"
_PLOT_WIDTH = 0.82  # the rest holds the numbers at the right, also on a phone
_LITTLE = 0.6  # of what is asked: below it the whole is provisional (methodology §9)


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a composite: its name, its value from 0 to 1, and the points it can give at most."""

    label: str
    value: float
    most: float

    @property
    def points(self) -> float:
        return self.value * self.most


def component_points_chart(
    components: Mapping[str, float], *, area: str, year: int, sources: Sequence[str]
) -> Chart | None:
    """Draw how many points each published component gives to the mean of the seven.

    Parameters
    ----------
    components : mapping of str to float
        Id of the indicator to its standardised value, 0 to 1.
    area : str
        Name of the area.
    year : int
    sources : sequence of str

    Returns
    -------
    Chart or None
        None unless all seven are known.
    """
    if len(components) != N_COMPONENTS:
        return None
    parts = [
        _Part(t(f"indicator_short.{component}"), value, 100 / N_COMPONENTS)
        for component, value in components.items()
    ]
    least = min(parts, key=lambda part: part.points)
    return Chart(
        name="simulasi-iplm-komponen",
        figure=_points_figure(parts, marked=least),
        title=t(
            "chart.iplm.components_title",
            component=least.label,
            points=number(least.points, 1),
            most=number(least.most, 1),
        ),
        subtitle=t("chart.iplm.components_subtitle", area=area, year=year),
        alt=_points_alt(parts),
        table=_points_table(parts, value=t("chart.iplm.column_component")),
        sources=tuple(dict.fromkeys(sources)),
        notes=(t("chart.iplm.components_note"),),
    )


def what_if_chart(groups: Mapping[Group, float], *, total: float, rules: FormRules) -> Chart:
    """Draw how many points each assumed value gives to the composite.

    Parameters
    ----------
    groups : mapping of Group to float
        K, S, P and M, 0 to 1.
    total : float
        The composite (`literasi.domain.iplm.what_if`).
    rules : FormRules
    """
    weights = {"compliance": rules.weights.compliance, "performance": rules.weights.performance}
    sizes = {name: sum(group.dimension == name for group in rules.groups) for name in weights}
    most = {group.id: 100 * weights[group.dimension] / sizes[group.dimension] for group in rules.groups}
    parts = [_Part(t(f"iplm.group.{group}"), groups[group], most[group]) for group in GROUPS]
    largest = max(parts, key=lambda part: part.most - part.points)
    return Chart(
        name="simulasi-iplm-andaian",
        figure=_points_figure(parts, marked=largest),
        title=t(
            "chart.iplm.what_if_title",
            total=number(total, 1),
            group=largest.label,
            room=number(largest.most - largest.points, 1),
        ),
        subtitle=t("chart.iplm.what_if_subtitle"),
        alt=_points_alt(parts),
        table=_points_table(parts, value=t("chart.iplm.column_assumed")),
        sources=(),
        notes=(t("chart.iplm.what_if_note"),),
        fine_print=(rules.weights.source,),
    )


def fill_chart(rows: pd.DataFrame, *, labels: Sequence[str], area: str, year: int) -> Chart | None:
    """Draw how much of what is asked was filled in.

    Parameters
    ----------
    rows : DataFrame
        ``filled`` and ``asked``, one row per label.
    labels : sequence of str
        What each row is about.
    area : str
        Name of the area.
    year : int

    Returns
    -------
    Chart or None
        None where nothing at all was filled in.
    """
    filled, asked = int(rows["filled"].sum()), int(rows["asked"].sum())
    if not filled:
        return None
    shares = (rows["filled"] / rows["asked"]).tolist()
    parts = [
        t("chart.iplm.fill_parts", filled=number(f), asked=number(a))
        for f, a in zip(rows["filled"], rows["asked"], strict=True)
    ]
    figure = row_figure(labels)
    figure.add_trace(
        go.Bar(
            x=shares,
            y=list(range(len(labels))),
            orientation="h",
            marker={"color": [EMPHASIS if share >= _LITTLE else MUTED for share in shares]},
            hoverinfo="text",
            hovertext=[f"{plain(label)}<br>{part}" for label, part in zip(labels, parts, strict=True)],
            showlegend=False,
        )
    )
    figure.update_layout(
        bargap=0.45,
        xaxis={
            "range": [0, 1],
            "domain": [0, _PLOT_WIDTH],
            "tickvals": [0, 0.5, 1],
            "ticktext": [percent(0), percent(0.5), percent(1)],
            "showgrid": True,
            "gridcolor": GRID,
        },
    )
    short = [f"{f}/{a}" for f, a in zip(rows["filled"], rows["asked"], strict=True)]
    write_margin(figure, dict(enumerate(short)))
    write_rows(figure, {i: t("chart.iplm.fill_none") for i, share in enumerate(shares) if share == 0})
    return Chart(
        name="simulasi-iplm-isian",
        figure=figure,
        title=t("chart.iplm.fill_title", share=percent(filled / asked), filled=filled, asked=asked),
        subtitle=t("chart.iplm.fill_subtitle", area=area, year=year),
        alt=t(
            "chart.iplm.fill_alt",
            values="; ".join(f"{label} {part}" for label, part in zip(labels, parts, strict=True)),
        ),
        table=pd.DataFrame(
            {
                t("chart.iplm.column_part"): list(labels),
                t("chart.iplm.column_filled"): rows["filled"].to_numpy(),
                t("chart.iplm.column_asked"): rows["asked"].to_numpy(),
                t("chart.iplm.column_share"): [percent(share) for share in shares],
            }
        ),
        sources=(),
        notes=(t("chart.iplm.fill_note", share=percent(_LITTLE)),),
    )


def _points_figure(parts: Sequence[_Part], *, marked: _Part) -> go.Figure:
    """Bars of the points given, each in the outline of the most that it could give; one is marked."""
    positions = list(range(len(parts)))
    figure = row_figure([part.label for part in parts])
    figure.add_trace(
        go.Bar(
            x=[part.most for part in parts],
            y=positions,
            orientation="h",
            marker={"color": _HOLLOW, "line": {"color": MUTED, "width": 1}},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    figure.add_trace(
        go.Bar(
            x=[part.points for part in parts],
            y=positions,
            orientation="h",
            marker={"color": [CONTRAST if part is marked else EMPHASIS for part in parts]},
            hoverinfo="text",
            hovertext=[f"{plain(part.label)}<br>{_points(part)}" for part in parts],
            showlegend=False,
        )
    )
    figure.update_layout(
        barmode="overlay",
        bargap=0.4,
        xaxis={
            "range": [0, 1.02 * max(part.most for part in parts)],
            "domain": [0, _PLOT_WIDTH],
            "title": {"text": t("chart.iplm.points")},
            "showgrid": True,
            "gridcolor": GRID,
        },
    )
    write_margin(figure, {i: number(part.points, 1) for i, part in enumerate(parts)})
    return figure


def _points(part: _Part) -> str:
    return t(
        "chart.iplm.points_of",
        points=number(part.points, 1),
        most=number(part.most, 1),
        value=number(part.value, 4),
    )


def _points_alt(parts: Sequence[_Part]) -> str:
    return t("chart.iplm.points_alt", values="; ".join(f"{part.label}: {_points(part)}" for part in parts))


def _points_table(parts: Sequence[_Part], *, value: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("chart.iplm.column_part"): [part.label for part in parts],
            value: [number(part.value, 4) for part in parts],
            t("chart.iplm.column_points"): [part.points for part in parts],
            t("chart.iplm.column_most"): [part.most for part in parts],
        }
    )
