"""Indices by edition of their method: one chart per edition, so that nothing can be read across a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from literasi.domain.indicators import BandFamily, Edition, Indicator
from literasi.figures import CONTRAST, EMPHASIS, MUTED, SERIES, Chart, base_figure
from literasi.text import number, plain, t, term

NATION = "00"
_ROOM = 0.09
"""Part of the scale that a written value and the name of a band need to stand clear of each other."""


def edition_chart(
    values: pd.DataFrame,
    *,
    indicator: Indicator,
    edition: Edition,
    names: Mapping[str, str],
    focus: str,
) -> Chart | None:
    """Draw one edition: lines over its years, or dots by area where it has a single year.

    Parameters
    ----------
    values : DataFrame
        Tidy values of the indicator; only preferred rows of `edition` with a value are drawn.
    indicator, edition
        What is drawn; `edition` gives method, bands and sample caveat, `indicator` what its data lack.
    names : mapping
        Area code to the name shown. Areas not in it are left out.
    focus : str
        Code of the area to emphasise; the nation is the benchmark.

    Returns
    -------
    Chart or None
        None when the edition has no value for these areas.
    """
    chosen = values["is_preferred"] & values["edition"].eq(edition.id) & values["value"].notna()
    drawn = values[chosen & values["area_code"].isin(list(names))].sort_values(["period", "area_code"])
    if drawn.empty:
        return None
    years = sorted(drawn["period"].unique())
    figure = (
        _lines(drawn, indicator=indicator, edition=edition, names=names, focus=focus, years=years)
        if len(years) > 1
        else _dots(drawn, indicator=indicator, edition=edition, names=names, focus=focus)
    )
    notes = [edition.sample_note or "", *indicator.notes]
    if len(values[values["edition"].eq(edition.id) & values["area_code"].isin(list(names))]) > len(drawn):
        notes.append(t("indices.has_alternatives"))
    return Chart(
        name=f"indeks-{indicator.id}-{edition.id}",
        figure=figure,
        title=_finding(drawn, indicator=indicator, edition=edition, names=names, focus=focus),
        subtitle=t(
            "indices.subtitle",
            indicator=t(f"indicator.{indicator.id}"),
            unit=_unit(indicator, edition),
            edition=edition.label,
            period=years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}",
        ),
        alt=t(
            "indices.alt",
            values="; ".join(
                f"{names[code]} {year}: {number(value, _decimals(indicator, edition))}"
                for code, year, value in zip(drawn["area_code"], drawn["period"], drawn["value"], strict=True)
            ),
        ),
        table=_table(drawn, indicator=indicator, edition=edition, names=names),
        sources=tuple(dict.fromkeys(drawn["source_id"])),
        notes=tuple(note for note in notes if note),
        fine_print=tuple(_band_notes(edition, years)),
        indicators=(indicator.id,),
    )


def area_chart(
    values: pd.DataFrame, *, indicator: Indicator, edition: Edition, names: Mapping[str, str], focus: str
) -> Chart | None:
    """Draw the areas of an edition as ordered dots, in its newest year with a value for any of them.

    Parameters
    ----------
    values, indicator, edition
        As for `edition_chart`.
    names : mapping
        Area code to name of the areas that belong together, for example all regencies; those without a
        value are counted in the title.
    focus : str
        Code of the area to emphasise.

    Returns
    -------
    Chart or None
        None when no area has a value.
    """
    chosen = values["is_preferred"] & values["edition"].eq(edition.id) & values["value"].notna()
    drawn = values[chosen & values["area_code"].isin(list(names))]
    if drawn.empty:
        return None
    year = drawn["period"].max()
    drawn = drawn[drawn["period"].eq(year)]
    decimals = _decimals(indicator, edition)
    return Chart(
        name=f"indeks-wilayah-{indicator.id}-{edition.id}",
        figure=_dots(drawn, indicator=indicator, edition=edition, names=names, focus=focus),
        title=t("indices.areas_title", count=len(drawn), total=len(names), year=year),
        indicators=(indicator.id,),
        subtitle=t(
            "indices.subtitle",
            indicator=t(f"indicator.{indicator.id}"),
            unit=_unit(indicator, edition),
            edition=edition.label,
            period=year,
        ),
        alt=t(
            "indices.alt",
            values="; ".join(
                f"{names[code]}: {number(value, decimals)}"
                for code, value in zip(drawn["area_code"], drawn["value"], strict=True)
            ),
        ),
        table=_table(drawn, indicator=indicator, edition=edition, names=names),
        sources=tuple(dict.fromkeys(drawn["source_id"])),
        notes=(
            t(
                "indices.areas_missing",
                names=", ".join(sorted(set(names.values()) - {names[c] for c in drawn["area_code"]})),
            ),
        )
        if len(drawn) < len(names)
        else (),
    )


def component_chart(
    values: pd.DataFrame,
    *,
    indicators: Sequence[Indicator],
    edition: Edition,
    names: Mapping[str, str],
    focus: str,
) -> Chart | None:
    """Draw the components of an index for one area in the newest year of an edition, as bars from 0 to 1.

    Parameters
    ----------
    values : DataFrame
        Tidy values of the components, with their ``indicator_id``.
    indicators : sequence of Indicator
        The components in their official order.
    edition : Edition
        Standardised components only: raw ratios have no common scale.
    names, focus
        As for `edition_chart`; only `focus` is drawn.

    Returns
    -------
    Chart or None
    """
    mine = values[
        values["is_preferred"]
        & values["edition"].eq(edition.id)
        & values["area_code"].eq(focus)
        & values["value"].notna()
    ]
    if mine.empty:
        return None
    year = mine["period"].max()
    newest = mine[mine["period"].eq(year)]
    by_id = dict(zip(newest["indicator_id"], newest["value"], strict=True))
    shown = [i for i in indicators if i.id in by_id][::-1]
    heights = [float(by_id[i.id]) for i in shown]
    capped = [value >= 1 for value in heights]
    labels = [
        number(v, 2) + (f" {t('indices.capped_mark')}" if c else "")
        for v, c in zip(heights, capped, strict=True)
    ]
    bar = go.Bar(
        x=heights,
        y=[t(f"indicator.{i.id}") for i in shown],
        orientation="h",
        text=labels,
        textposition="outside",
        cliponaxis=False,
        marker={"color": [MUTED if c else EMPHASIS for c in capped]},
        hoverinfo="skip",
    )
    figure = base_figure(
        bar,
        height=60 + 38 * len(shown),
        showlegend=False,
        xaxis={"range": [0, 1.2], "tickvals": [0, 0.5, 1], "title": {"text": t("unit.index_0_1")}},
        yaxis={"automargin": True, "showgrid": False},
    )
    lowest = min(range(len(shown)), key=lambda k: heights[k])
    return Chart(
        name=f"indeks-komponen-{focus}",
        figure=figure,
        title=t("indices.component_title", component=t(f"indicator.{shown[lowest].id}")),
        subtitle=t("indices.component_subtitle", area=names[focus], year=year, edition=edition.label),
        alt=t(
            "indices.alt",
            values="; ".join(
                f"{t(f'indicator.{i.id}')} {label}"
                for i, label in zip(shown[::-1], labels[::-1], strict=True)
            ),
        ),
        table=pd.DataFrame(
            {
                t("column.component"): [t(f"indicator.{i.id}") for i in shown[::-1]],
                t("column.value"): heights[::-1],
            }
        ),
        sources=tuple(dict.fromkeys(newest["source_id"])),
        notes=(t("indices.capped_note"),) if any(capped) else (),
        indicators=tuple(i.id for i in shown[::-1]),
    )


def _decimals(indicator: Indicator, edition: Edition) -> int:
    return indicator.decimals if edition.decimals is None else edition.decimals


def _lines(
    drawn: pd.DataFrame,
    *,
    indicator: Indicator,
    edition: Edition,
    names: Mapping[str, str],
    focus: str,
    years: Sequence[str],
) -> go.Figure:
    decimals = _decimals(indicator, edition)
    span = [str(year) for year in range(int(years[0]), int(years[-1]) + 1)]
    others = iter(SERIES[1:])
    labelled = focus if focus in set(drawn["area_code"]) else NATION
    traces = []
    for code in sorted(drawn["area_code"].unique(), key=lambda c: (c == focus, c == NATION, c)):
        mine = drawn[drawn["area_code"].eq(code)].set_index("period")["value"].reindex(span)
        colour = EMPHASIS if code == focus else MUTED if code == NATION else next(others, MUTED)
        traces.append(
            go.Scatter(
                x=span,
                y=mine,
                mode="lines+markers+text",
                name=plain(names[code]),
                connectgaps=False,  # a year without a value stays a gap
                line={
                    "color": colour,
                    "width": 3 if code == focus else 1.5,
                    "dash": "dot" if code == NATION else None,
                },
                marker={"color": colour, "size": 9 if code == focus else 6},
                text=[number(v, decimals) if code == labelled and pd.notna(v) else "" for v in mine],
                textposition="top center",
                hovertext=[f"{plain(names[code])} {year}: {number(v, decimals)}" for year, v in mine.items()],
                hoverinfo="text",
            )
        )
    figure = base_figure(
        *traces,
        height=320,
        xaxis={
            "type": "category",
            "categoryarray": span,
            "showgrid": False,
            "range": [-0.35, len(span) - 0.65],
        },
        yaxis={
            **_scale(drawn, edition.band_family(int(years[-1]))),
            "title": {"text": _unit(indicator, edition)},
        },
        showlegend=len(traces) > 1,
    )
    written = drawn[drawn["area_code"].eq(labelled)].set_index("period")["value"]
    before = None
    for at, year in enumerate(span):
        family = edition.band_family(int(year))
        _shade(figure, family, along="y", at=at, is_new=family != before, value=written.get(year))
        before = family
    return figure


def _dots(
    drawn: pd.DataFrame, *, indicator: Indicator, edition: Edition, names: Mapping[str, str], focus: str
) -> go.Figure:
    decimals = _decimals(indicator, edition)
    ordered = drawn.sort_values("value")
    colours = [EMPHASIS if c == focus else MUTED if c == NATION else CONTRAST for c in ordered["area_code"]]
    trace = go.Scatter(
        x=ordered["value"],
        y=[plain(names[c]) for c in ordered["area_code"]],
        mode="markers+text",
        marker={"size": 13, "color": colours},
        text=[number(v, decimals) for v in ordered["value"]],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
    )
    family = edition.band_family(int(ordered["period"].iloc[0]))
    figure = base_figure(
        trace,
        height=110 + 36 * len(ordered),
        showlegend=False,
        xaxis={**_scale(ordered, family), "title": {"text": _unit(indicator, edition)}},
        yaxis={"automargin": True, "showgrid": False, "range": [-0.7, len(ordered) - 0.3]},
    )
    _shade(figure, family, along="x")
    return figure


def _unit(indicator: Indicator, edition: Edition) -> str:
    return t(f"unit.{edition.unit or indicator.unit}")


def _scale(drawn: pd.DataFrame, family: BandFamily | None) -> dict[str, object]:
    """The whole scale where bands or an index give one, else from zero to above the largest value."""
    upper = family.upper if family else float(drawn["value"].max()) * 1.25
    return {"range": [0, upper], "showgrid": True, "gridcolor": "rgba(125,136,147,0.25)"}


def _shade(
    figure: go.Figure,
    family: BandFamily | None,
    *,
    along: str,
    at: int = 0,
    is_new: bool = True,
    value: float | None = None,
) -> None:
    """Lay the bands behind the values; for lines only behind the years in which the family was used.

    The name of a band stands at its lower edge, at the upper one where `value` is written over the lower.
    """
    if family is None:
        return
    edges = [band.lower for band in family.bands] + [family.upper]
    for k, band in enumerate(family.bands):
        label = term("band", band.label)
        fill = f"rgba(31,131,180,{0.03 + 0.045 * k})"
        low, high = edges[k], edges[k + 1]
        if along == "x":
            figure.add_shape(
                type="rect",
                x0=low,
                x1=high,
                y0=0,
                y1=1,
                yref="paper",
                fillcolor=fill,
                line_width=0,
                layer="below",
            )
            figure.add_annotation(
                x=(low + high) / 2,
                y=1 - k % 2,  # neighbours at top and bottom, so that narrow bands do not overlap
                yref="paper",
                yanchor="bottom" if k % 2 else "top",
                text=label,
                showarrow=False,
                font={"size": 11},
            )
        else:
            left = at - 0.5
            figure.add_shape(
                type="rect",
                x0=left,
                x1=left + 1,
                y0=low,
                y1=high,
                fillcolor=fill,
                line_width=0,
                layer="below",
            )
            if is_new:
                is_taken = value is not None and abs(value - low) < _ROOM * family.upper
                figure.add_annotation(
                    x=max(left + 0.05, -0.33),
                    y=high if is_taken else low,
                    xanchor="left",
                    yanchor="top" if is_taken else "bottom",
                    text=label,
                    showarrow=False,
                    font={"size": 11},
                )


def _band_notes(edition: Edition, years: Sequence[str]) -> list[str]:
    families = {f.id: f for year in years if (f := edition.band_family(int(year)))}
    if not families:
        return [t("indices.no_bands")]
    return [
        t("indices.band_note", family=f.id, source=f.source) + (f" {f.caveat}" if f.caveat else "")
        for f in families.values()
    ]


def _finding(
    drawn: pd.DataFrame, *, indicator: Indicator, edition: Edition, names: Mapping[str, str], focus: str
) -> str:
    """Say where the focus stands against the nation in the newest year that both have, within the edition."""
    decimals = _decimals(indicator, edition)
    mine = drawn[drawn["area_code"].eq(focus)].set_index("period")["value"]
    label = t(f"indicator_short.{indicator.id}")
    if mine.empty:
        return t("indices.title_without", indicator=label, area=names[focus])
    year = mine.index.max()
    params = {"indicator": label, "area": names[focus], "value": number(mine[year], decimals), "year": year}
    nation = drawn[drawn["area_code"].eq(NATION) & drawn["period"].eq(year)]["value"]
    if nation.empty or focus == NATION:
        return t("indices.title_value", **params)
    gap = round(float(mine[year]) - float(nation.iloc[0]), decimals)
    key = "indices.title_level" if gap == 0 else "indices.title_above" if gap > 0 else "indices.title_below"
    return t(key, gap=number(abs(gap), decimals), **params)


def _table(
    drawn: pd.DataFrame, *, indicator: Indicator, edition: Edition, names: Mapping[str, str]
) -> pd.DataFrame:
    def band(row: pd.Series[float]) -> str:
        found = indicator.band(
            value=float(row["value"]), edition_id=edition.id, year=int(str(row["period"])[:4])
        )
        return term("band", found.label) if found else "–"

    return pd.DataFrame(
        {
            t("column.area"): drawn["area_code"].map(dict(names)),
            t("column.year"): drawn["period"],
            t("column.value"): drawn["value"],
            t("column.band"): drawn.apply(band, axis=1),
            t("column.producer"): drawn["producer"],
            t("column.source"): drawn["source_id"],
            t("column.note"): drawn["note"],
        }
    )
