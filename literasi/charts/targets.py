"""Targets: the way to one of them, and all areas that have the same one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.rows import row_figure, write_margin
from literasi.domain.indicators import Edition, Indicator
from literasi.domain.observations import drawn
from literasi.domain.targets import Progress, Status, decimals_of
from literasi.figures import BAD, CONTRAST, EMPHASIS, GOOD, GRID, MUTED, Chart, base_figure
from literasi.text import number, plain, signed, t

_TICKS = ",~f"  # 40.000, not 40k, with our separators
_PLOT_WIDTH = 0.77  # the rest holds differences such as -13,55, also on a phone


@dataclass(frozen=True, slots=True)
class Mark:
    """How a status looks: shape, colour and sign, so that it survives without colour."""

    symbol: str
    colour: str
    sign: str


MARKS: Mapping[Status, Mark] = {
    "reached": Mark("circle", GOOD, "✓"),
    "on_track": Mark("triangle-up", EMPHASIS, "▲"),
    "attention": Mark("square", CONTRAST, "!"),
    "behind": Mark("triangle-down", BAD, "▼"),
    "not_reached": Mark("circle", MUTED, "…"),
    "insufficient": Mark("circle-open", MUTED, "?"),
    "no_target": Mark("circle-open", MUTED, "–"),
}


def unit_words(indicator: Indicator, edition: str) -> str:
    """Give the unit of an edition as written."""
    own = next((e.unit for e in indicator.editions if e.id == edition), None)
    return t(f"unit.{own or indicator.unit}")


def gap_words(progress: Progress, indicator: Indicator) -> str:
    """Write the gap to a target: ``kurang 3,20 poin``; empty where nothing may be said."""
    if progress.gap is None:
        return ""
    if progress.gap == 0:
        return t("targets.exactly")
    return t(
        "targets.short" if progress.gap > 0 else "targets.beyond",
        gap=number(abs(progress.gap), decimals_of(indicator, progress.edition)),
        unit=difference_unit(indicator, progress.edition),
    )


def difference_unit(indicator: Indicator, edition: str) -> str:
    """Give the unit of a difference: percentages differ by percentage points."""
    is_percent = indicator.scale == "percent"
    return t("targets.percentage_points") if is_percent else unit_words(indicator, edition)


def path_chart(
    values: pd.DataFrame,
    targets: Sequence[Progress],
    *,
    indicator: Indicator,
    edition: Edition,
    area: str,
    area_name: str,
    unfinished: Collection[str] = (),
) -> Chart | None:
    """Draw the values of an area, its targets as open diamonds, and the straight path to the last of them.

    Parameters
    ----------
    values : DataFrame
        Tidy yearly values; drawn are the preferred ones of `edition`, by the producer of the newest.
    targets : sequence of Progress
        Of this indicator, edition and area, in order of time.
    indicator, edition
    area, area_name : str
    unfinished : collection of str
        Years that are not over; they are not drawn.

    Returns
    -------
    Chart or None
        None where no value is comparable with the targets.
    """
    rows = drawn(values, area=area)
    rows = rows[rows["edition"].eq(edition.id) & rows["period"].str.len().eq(4)]
    rows = rows[~rows["period"].isin(list(unfinished))].sort_values("period")
    if rows.empty or not targets:
        return None
    rows = rows[rows["producer"].eq(rows["producer"].iloc[-1])]
    decimals, unit = decimals_of(indicator, edition.id), unit_words(indicator, edition.id)
    known = {int(p): float(v) for p, v in zip(rows["period"], rows["value"], strict=True)}
    aims = {p.year: p for p in targets if p.year is not None and p.target is not None}
    last = targets[-1]
    years = list(range(min(*known, *aims), max(*known, *aims) + 1))
    traces = []
    if last.path:
        traces.append(
            go.Scatter(
                x=[year for year, _ in last.path],
                y=[value for _, value in last.path],
                mode="lines",
                name=t("chart.targets.path_line", year=last.year),
                line={"color": MUTED, "width": 2, "dash": "dash"},
                hoverinfo="skip",
            )
        )
    traces.append(
        go.Scatter(
            x=years,
            y=[known.get(year) for year in years],
            mode="lines+markers+text",
            name=t("chart.targets.path_actual"),
            connectgaps=False,
            line={"color": EMPHASIS, "width": 3},
            marker={"color": EMPHASIS, "size": 9},
            text=[number(known[year], decimals) if year in known else "" for year in years],
            textposition=[
                "top center" if _is_above(known.get(year), aims.get(year)) else "bottom center"
                for year in years
            ],
            hovertext=[f"{year}: {number(known.get(year), decimals)} {unit}" for year in years],
            hoverinfo="text",
            cliponaxis=False,
        )
    )
    traces.append(
        go.Scatter(
            x=list(aims),
            y=[p.target for p in aims.values()],
            mode="markers+text",
            name=t("chart.targets.path_target"),
            marker={"symbol": "diamond-open", "size": 15, "color": MUTED, "line": {"width": 3}},
            text=[number(p.target, decimals) for p in aims.values()],
            textposition=[
                "bottom center" if _is_above(known.get(year), p) else "top center" for year, p in aims.items()
            ],
            hovertext=[
                f"{plain(p.document)}<br>{p.year}: {number(p.target, decimals)} {unit}" for p in aims.values()
            ],
            hoverinfo="text",
            cliponaxis=False,
        )
    )
    heights = [*known.values(), *(p.target for p in aims.values() if p.target is not None)]
    room = max(0.22 * (max(heights) - min(heights)), 10**-decimals)
    figure = base_figure(
        *traces,
        height=300,
        xaxis={
            "tickvals": years,
            "ticktext": [str(y) for y in years],
            "range": [years[0] - 0.4, years[-1] + 0.4],
        },
        yaxis={
            "range": [min(heights) - room, max(heights) + room],
            "title": {"text": unit},
            "tickformat": _TICKS,
        },
    )
    words = {
        "indicator": t(f"indicator_short.{indicator.id}"),
        "area": area_name,
        "status": t(f"targets.status.{last.status}"),
        "gap": "" if last.status == "insufficient" else gap_words(last, indicator),
    }
    notes = [edition.sample_note or ""]
    if last.reason:
        notes.append(f"{words['status']}: {t(f'targets.reason.{last.reason}')}")
    if last.required:
        notes.append(required_words(last, indicator))
    return Chart(
        name=f"target-jalur-{indicator.id}-{edition.id}-{area}",
        figure=figure,
        title=t("chart.targets.path_title_gap" if words["gap"] else "chart.targets.path_title", **words),
        subtitle=t(
            "chart.targets.path_subtitle",
            indicator=t(f"indicator.{indicator.id}"),
            unit=unit,
            area=area_name,
            edition=edition.label,
            first=years[0],
            last=years[-1],
        ),
        alt=t(
            "chart.targets.path_alt",
            values="; ".join(f"{year} {number(value, decimals)}" for year, value in known.items()),
            targets="; ".join(f"{year} {number(p.target, decimals)}" for year, p in aims.items()),
        ),
        table=_path_table(known, targets, rows),
        sources=tuple(dict.fromkeys([*rows["source_id"], *(p.source_id for p in targets if p.source_id)])),
        notes=tuple(note for note in (*notes, *indicator.notes) if note),
        indicators=(indicator.id,),
    )


def required_words(progress: Progress, indicator: Indicator) -> str:
    """Write how much must come each year; empty where nothing must or it is not known."""
    if progress.required is None:
        return ""
    return t(
        "targets.required",
        required=number(progress.required, decimals_of(indicator, progress.edition)),
        unit=difference_unit(indicator, progress.edition),
        year=progress.year,
    )


def areas_chart(
    targets: Sequence[Progress],
    *,
    indicator: Indicator,
    edition: Edition,
    names: Mapping[str, str],
    focus: str,
) -> Chart | None:
    """Draw every area with the same target year: its value, its target as an open diamond, and its status.

    Parameters
    ----------
    targets : sequence of Progress
        Of one indicator, edition and year, one per area.
    indicator, edition
    names : mapping
        Area code to name, in the order of the rows.
    focus : str
        Code of the area whose name is emphasised.

    Returns
    -------
    Chart or None
        None with fewer than two areas.
    """
    by_area = {p.area_code: p for p in targets}
    shown = [by_area[code] for code in names if code in by_area]
    if len(shown) < 2:
        return None
    decimals, unit = decimals_of(indicator, edition.id), unit_words(indicator, edition.id)
    year = shown[0].year
    labels = [f"▸ {names[p.area_code]}" if p.area_code == focus else names[p.area_code] for p in shown]
    figure = row_figure(
        labels,
        under=[f"{MARKS[p.status].sign} {t(f'targets.status.{p.status}')}" for p in shown],
    )
    for place, p in enumerate(shown):
        if p.value is not None and p.target is not None:
            figure.add_shape(
                type="line",
                x0=p.value,
                x1=p.target,
                y0=place,
                y1=place,
                line={"color": MUTED, "width": 2},
                layer="below",
            )
    said = [
        t(
            "chart.targets.areas_one",
            area=names[p.area_code],
            value=number(p.value, decimals),
            period=p.period or t("chart.targets.without"),
            target=number(p.target, decimals),
            status=t(f"targets.status.{p.status}"),
        )
        for p in shown
    ]
    common = {"y": list(range(len(shown))), "hoverinfo": "text", "hovertext": [plain(s) for s in said]}
    figure.add_trace(
        go.Scatter(
            x=[p.target for p in shown],
            mode="markers",
            name=t("chart.targets.path_target"),
            marker={"symbol": "diamond-open", "size": 14, "color": MUTED, "line": {"width": 3}},
            **common,
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[p.value for p in shown],
            mode="markers",
            showlegend=False,  # one entry could show one status only; the words stand under each name
            marker={
                "symbol": [MARKS[p.status].symbol for p in shown],
                "color": [MARKS[p.status].colour for p in shown],
                "size": 13,
            },
            **common,
        )
    )
    reach = [x for p in shown for x in (p.value, p.target) if x is not None]
    room = max(0.1 * (max(reach) - min(reach)), 10**-decimals)
    figure.update_layout(
        showlegend=True,
        xaxis={
            "range": [min(reach) - room, max(reach) + room],
            "domain": [0, _PLOT_WIDTH],
            "showgrid": True,
            "gridcolor": GRID,
            "title": {"text": unit},
            "tickformat": _TICKS,
        },
    )
    write_margin(
        figure,
        {
            place: signed(p.value - p.target, decimals)
            for place, p in enumerate(shown)
            if p.gap is not None and p.value is not None and p.target is not None
        },
    )
    return Chart(
        name=f"target-wilayah-{indicator.id}-{edition.id}-{year}",
        figure=figure,
        title=_areas_title(shown, indicator),
        subtitle=t(
            "chart.targets.areas_subtitle",
            indicator=t(f"indicator.{indicator.id}"),
            unit=unit,
            edition=edition.label,
        ),
        alt=t(
            "chart.targets.areas_alt",
            indicator=t(f"indicator_short.{indicator.id}"),
            year=year,
            values="; ".join(said),
        ),
        table=pd.DataFrame(
            {
                t("targets.table.area"): [names[p.area_code] for p in shown],
                t("column.target"): [p.target for p in shown],
                t("column.value"): [p.value for p in shown],
                t("targets.table.period"): [p.period or None for p in shown],
                t("targets.table.gap"): [p.gap for p in shown],
                t("targets.table.required"): [p.required for p in shown],
                t("targets.table.status"): [status_words(p) for p in shown],
                t("targets.table.document"): [p.document for p in shown],
            }
        ).astype({t("column.target"): "float64", t("column.value"): "float64"}),
        sources=tuple(dict.fromkeys(s for p in shown for s in (p.source_id, p.value_source) if s)),
        notes=(t("chart.targets.areas_margin"), *indicator.notes),
        indicators=(indicator.id,),
    )


def status_words(progress: Progress) -> str:
    """Write a status with its reason: ``data kurang (nilainya belum ada)``."""
    word = t(f"targets.status.{progress.status}")
    return f"{word} ({t(f'targets.reason.{progress.reason}')})" if progress.reason else word


def _areas_title(shown: Sequence[Progress], indicator: Indicator) -> str:
    words = {"indicator": t(f"indicator_short.{indicator.id}"), "year": shown[0].year}
    judged = [p for p in shown if p.status != "insufficient"]
    if not judged:
        return t("chart.targets.areas_title_none", **words)
    good = sum(p.status in ("reached", "on_track") for p in judged)
    if all(p.period == str(p.year) for p in judged):
        key = "chart.targets.areas_title"
    else:
        is_lit = any(p.expected is not None for p in judged)
        key = "chart.targets.areas_title_way" if is_lit else "chart.targets.areas_title_open"
    title = t(key, reached=good, count=len(shown), **words)
    unknown = len(shown) - len(judged)
    return f"{title}; {t('chart.targets.areas_unknown', count=unknown)}" if unknown else title


def _is_above(value: float | None, aim: Progress | None) -> bool:
    """Whether a value is written over its point, because its target lies below it."""
    return value is not None and aim is not None and aim.target is not None and value >= aim.target


def _path_table(known: Mapping[int, float], targets: Sequence[Progress], rows: pd.DataFrame) -> pd.DataFrame:
    last = targets[-1]
    lines: list[tuple[int, str, float | None, str]] = [
        (year, t("chart.targets.row_value"), value, source)
        for (year, value), source in zip(known.items(), rows["source_id"], strict=True)
    ]
    lines += [
        (p.year, t("chart.targets.row_target", document=p.document), p.target, p.source_id)
        for p in targets
        if p.year is not None
    ]
    lines += [(year, t("chart.targets.row_path"), value, "") for year, value in last.path[:1]]
    frame = pd.DataFrame(
        lines,
        columns=[t("column.year"), t("chart.targets.column_what"), t("column.value"), t("column.source")],
    )
    frame = frame.sort_values(t("column.year"), kind="stable", ignore_index=True)
    return frame.astype({t("column.year"): "str", t("column.value"): "float64"})
