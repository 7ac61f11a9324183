"""Libraries by area, by year of joining, and by what of the standard they meet."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from literasi.domain.library_profile import OUTSIDE, PARTNERS
from literasi.domain.snp import STATES, SnpRules
from literasi.figures import BAD, EMPHASIS, GOOD, GRID, MUTED, NO_DATA, SEQUENTIAL, SERIES, Chart, base_figure
from literasi.sentences import listed
from literasi.text import number, plain, t

_COLOURS = {"national": SERIES[0], "replication": SERIES[2], "not_stated": SERIES[4], OUTSIDE: MUTED}
_STATE_COLOURS = {"met": GOOD, "not_met": BAD, "no_data": NO_DATA}
_LEGEND = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"}
_NAMED_AT_MOST = 2
_LABEL_WIDTH = 26
_READABLE = 0.12
"""Part of the tallest bar from which on a segment has room for its number."""


def areas_chart(
    counts: pd.DataFrame,
    *,
    names: Mapping[str, str],
    unknown: str,
    area: str,
    filtered: str,
    is_complete: bool,
    sources: Sequence[str],
) -> Chart | None:
    """Stack libraries by programme, one bar per area; an area without any says so.

    Parameters
    ----------
    counts : DataFrame
        As from `literasi.domain.library_profile.by_area`.
    names : mapping
        Area code to name of the rows, in their order.
    unknown : str
        Name of the row of libraries that are known less precisely than the areas.
    area : str
        Name of the whole, for the subtitle.
    filtered : str
        The filters in words.
    is_complete : bool
        Whether nothing but area and programme narrows the list, so that an area without a library has none
        on record at all.
    sources : sequence of str
        ``source_id`` of the libraries counted.

    Returns
    -------
    Chart or None
        None when no library is counted.
    """
    if counts.empty:
        return None
    labels = dict(names) | ({"": unknown} if (counts["area_code"] == "").any() else {})
    table = (
        counts[counts["area_code"].isin(list(labels))]
        .pivot_table(index="area_code", columns="programme", values="n", aggfunc="sum", fill_value=0)
        .reindex(index=list(labels), fill_value=0)
    )
    programmes = [p for p in (*PARTNERS, OUTSIDE) if p in table]
    totals = table[programmes].sum(axis=1)
    y = [plain(label) for label in labels.values()]
    traces = [
        go.Bar(
            x=table[programme].tolist(),
            y=y,
            orientation="h",
            name=t(f"programme.{programme}"),
            marker={"color": _COLOURS[programme]},
            customdata=[[code] for code in labels],
            hoverinfo="text",
            hovertext=[
                f"{label}<br>{t(f'programme.{programme}')}: {number(n)}"
                for label, n in zip(y, table[programme], strict=True)
            ],
        )
        for programme in programmes
    ]
    top = int(totals.max())
    none = t("libraries.none_recorded" if is_complete else "libraries.none_matching")
    ends = go.Scatter(
        x=totals.tolist(),
        y=y,
        mode="text",
        text=[f" {number(n) if n else none}" for n in totals],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    figure = base_figure(
        *traces,
        ends,
        height=90 + 30 * len(labels),
        barmode="stack",
        bargap=0.3,
        legend=_LEGEND,
        showlegend=len(programmes) > 1,
        xaxis={"range": [0, max(top * 1.25, top + 2)], "visible": False},
        yaxis={"autorange": "reversed", "automargin": True, "showgrid": False},
    )
    total = int(totals.sum())
    unrecorded = t("libraries.none_recorded")
    absent = tuple(name for code, name in names.items() if not totals[code])
    # The row of what is known less precisely is no area and leads nothing, unless there is no other.
    ranked = [code for code in names if totals[code]] or list(labels)
    most = max(int(totals[code]) for code in ranked)
    leading = tuple(labels[code] for code in ranked if totals[code] == most)
    words = {
        "count": number(total),
        "what": t("libraries.partners" if OUTSIDE not in programmes else "libraries.libraries"),
        "areas": listed(absent),
        "absent": number(len(absent)),
        "top": listed(leading) if len(leading) <= _NAMED_AT_MOST else "",
        "places": number(len(leading)),
        "top_count": number(most),
    }
    notes = []
    if is_complete and absent:
        notes.append(t("libraries.note_absent", **words))
    if "" in labels:
        notes.append(t("libraries.note_unplaced", count=number(int(totals[""])), where=unknown))
    return Chart(
        name="perpustakaan-wilayah",
        figure=figure,
        title=_areas_title(words, absent=len(absent) if is_complete else 0),
        subtitle=" · ".join(part for part in (t("libraries.areas_long"), area, filtered) if part),
        alt=t(
            "libraries.areas_alt",
            values="; ".join(
                f"{label} {number(totals[code]) if totals[code] or not is_complete else unrecorded}"
                for code, label in labels.items()
            ),
            **words,
        ),
        table=pd.DataFrame(
            {
                t("column.area"): list(labels.values()),
                **{t(f"programme.{p}"): table[p].tolist() for p in programmes},
                t("column.total"): totals.tolist(),
            }
        ),
        sources=tuple(sources),
        notes=tuple(notes),
    )


def _areas_title(words: Mapping[str, str], *, absent: int) -> str:
    if absent > _NAMED_AT_MOST:
        return t("libraries.areas_title_many_absent", **words)
    if absent:
        return t("libraries.areas_title_absent", **words)
    return t("libraries.areas_title_top" if words["top"] else "libraries.areas_title_level", **words)


def years_chart(
    years: pd.DataFrame, undated: int, *, area: str, filtered: str, sources: Sequence[str]
) -> Chart | None:
    """Partners by year of joining on top of those from before; an unknown year stands apart in grey.

    Parameters
    ----------
    years, undated
        As from `literasi.domain.library_profile.by_year`.
    area, filtered : str
        Name of the area and further filters, for the subtitle.
    sources : sequence of str
        ``source_id`` of the libraries counted.

    Returns
    -------
    Chart or None
        None when no partner is counted.
    """
    if years.empty and not undated:
        return None
    labels = [str(year) for year in years["year"]]
    totals = (years["joined"] + years["before"]).tolist()
    apart = [t("libraries.unknown_year")] if undated else []
    parts = (
        ("before", SEQUENTIAL[1], years["before"].tolist()),
        ("joined", EMPHASIS, years["joined"].tolist()),
    )
    traces = [
        go.Bar(
            x=labels,
            y=values,
            name=t(f"libraries.{part}"),
            marker={"color": colour, "line": {"color": EMPHASIS, "width": 1}},
            text=[number(v) if v >= _READABLE * max(totals) and part == "joined" else "" for v in values],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={"color": "#ffffff"},
            hoverinfo="text",
            hovertext=[
                f"{year}<br>{t(f'libraries.{part}')}: {number(v)}"
                for year, v in zip(labels, values, strict=True)
            ],
        )
        for part, colour, values in parts
    ]
    if undated:
        traces.append(
            go.Bar(
                x=apart,
                y=[undated],
                name=t("libraries.unknown_year_long"),
                marker={"color": NO_DATA, "line": {"color": MUTED, "width": 1}},
                hoverinfo="text",
                hovertext=[f"{t('libraries.unknown_year_long')}: {number(undated)}"],
            )
        )
    tops = [*totals, *([undated] if undated else [])]
    figure = base_figure(
        *traces,
        go.Scatter(
            x=[*labels, *apart],
            y=tops,
            mode="text",
            text=[number(v) for v in tops],
            textposition="top center",
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        ),
        height=300,
        barmode="stack",
        bargap=0.35,
        legend=_LEGEND,
        xaxis={"type": "category", "categoryarray": [*labels, *apart], "automargin": True, "showgrid": False},
        yaxis={
            "range": [0, 1.18 * max(tops)],
            "gridcolor": GRID,
            "zeroline": False,
            "automargin": True,
            "title": {"text": t("unit.libraries")},
        },
    )
    figure.update_yaxes(**_whole_ticks(max(tops)))
    return Chart(
        name="perpustakaan-tahun",
        figure=figure,
        title=_years_title(years, undated),
        subtitle=" · ".join(
            part
            for part in (
                t("libraries.years_long"),
                area,
                "" if years.empty else f"{labels[0]}–{labels[-1]}",
                filtered,
            )
            if part
        ),
        alt=t(
            "libraries.years_alt",
            values="; ".join(
                f"{year} {number(n)} ({number(total)})"
                for year, n, total in zip(labels, years["joined"], totals, strict=True)
            ),
            undated=number(undated),
        ),
        table=pd.DataFrame(
            {
                t("column.year_joined"): [*labels, *apart],
                t("libraries.joined"): [*years["joined"], *([undated] if undated else [])],
                t("libraries.cumulative"): pd.Series([*totals, *([None] if undated else [])], dtype="Int64"),
            }
        ),
        sources=tuple(sources),
        notes=(t("libraries.note_undated", count=number(undated)),) if undated else (),
    )


def _years_title(years: pd.DataFrame, undated: int) -> str:
    if years.empty:
        return t("libraries.years_title_unknown", count=number(undated))
    top = int(years["joined"].max())
    leading = tuple(str(year) for year in years.loc[years["joined"] == top, "year"])
    total = number(int(years["joined"].sum()) + undated)
    return t("libraries.years_title", years=listed(leading), count=number(top), total=total)


def _whole_ticks(top: float) -> dict[str, float]:
    """No ticks between whole libraries."""
    return {"dtick": 1} if top <= 5 else {}


def standard_chart(summary: pd.DataFrame, *, rules: SnpRules, area: str, filtered: str) -> Chart | None:
    """Stack libraries by what of each threshold is known: met, not met, no data; counts written in.

    Parameters
    ----------
    summary : DataFrame
        As from `literasi.domain.snp.summary`.
    rules : SnpRules
    area, filtered : str
        For the subtitle.

    Returns
    -------
    Chart or None
        None when no threshold could be tested at any library.
    """
    if not summary["tested"].sum():
        return None
    names = {test.id: t(test.label_key) for test in rules.tests}
    y = ["<br>".join(textwrap.wrap(plain(names[test]), _LABEL_WIDTH)) for test in summary["test"]]
    traces = [
        go.Bar(
            x=summary[state].tolist(),
            y=y,
            orientation="h",
            name=t(f"profile.state_{state}"),
            marker={
                "color": _STATE_COLOURS[state],
                "line": {"color": "rgba(255,255,255,0.9)", "width": 1},
            },
            text=[number(n) if n else "" for n in summary[state]],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={"color": "#10202b" if state == "no_data" else "#ffffff"},
            hoverinfo="text",
            hovertext=[
                f"{plain(names[test])}<br>{t(f'profile.state_{state}')}: {number(n)}"
                for test, n in zip(summary["test"], summary[state], strict=True)
            ],
        )
        for state in STATES
    ]
    count = int(summary[list(STATES)].iloc[0].sum())
    figure = base_figure(
        *traces,
        height=110 + 42 * len(summary),
        barmode="stack",
        bargap=0.25,
        legend=_LEGEND,
        xaxis={"range": [0, count], "title": {"text": t("libraries.village_libraries")}, "showgrid": False},
        yaxis={"autorange": "reversed", "automargin": True, "showgrid": False},
    )
    tested = summary[summary["tested"] > 0]
    lowest = tested.iloc[int(tested["value"].to_numpy().argmin())]
    return Chart(
        name="perpustakaan-snp",
        figure=figure,
        title=t(
            "libraries.standard_title",
            test=names[str(lowest["test"])].split(":")[0],
            met=number(lowest["met"]),
            tested=number(lowest["tested"]),
        ),
        subtitle=" · ".join(
            part
            for part in (
                t("libraries.standard_long", regulation=rules.regulation, count=number(count)),
                area,
                filtered,
            )
            if part
        ),
        alt=t(
            "libraries.standard_alt",
            values="; ".join(
                f"{names[str(row.test)]}: "
                + ", ".join(
                    f"{number(getattr(row, state))} {t(f'profile.state_{state}')}" for state in STATES
                )
                for row in summary.itertuples()
            ),
        ),
        table=pd.DataFrame(
            {
                t("libraries.column_threshold"): [names[test] for test in summary["test"]],
                **{t(f"profile.state_{state}"): summary[state] for state in STATES},
                t("libraries.column_tested"): summary["tested"],
            }
        ),
        notes=(t("libraries.note_standard"),),
        fine_print=(
            t("profile.standard_source", title=rules.title, source=rules.source),
            t("profile.standard_missing", names=listed(rules.not_found)),
        ),
    )
