"""Rates by area, with numerator and denominator written beside each bar."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.band import received_words, span_words
from literasi.charts.monthly import PROVISIONAL_FILL
from literasi.domain.coverage import is_provisional
from literasi.figures import CONTRAST, EMPHASIS, NO_DATA, Chart, base_figure
from literasi.text import number, plain, t
from literasi.text import period as period_words


def rates_chart(
    values: pd.DataFrame,
    *,
    name: str,
    rate: str,
    names: Mapping[str, str],
    whole: pd.DataFrame,
    whole_name: str,
    period: str,
    months: tuple[int, ...],
    per: float = 1,
    decimals: int = 2,
    minimum_n: int = 1,
) -> Chart | None:
    """Rate of each regency in one year, largest first, with the rate of the province as a line.

    Parameters
    ----------
    values : DataFrame
        Tidy values of the parts: ``area_code``, ``period``, ``numerator``, ``denominator``, ``received``,
        ``expected``, ``denominator_year``.
    name : str
        Name of the chart.
    rate : str
        Key of its texts: ``chart.rates.<rate>_…``.
    names : mapping
        Area code to name, of every part; one without a value is listed as without data.
    whole : DataFrame
        The same columns, of the province.
    whole_name : str
    period : str
        Year drawn.
    months : tuple of int
        Months of that year for which there are reports; fewer than twelve are named, nothing is annualised.
    per : float
        What a rate is given for, for example 1,000 residents.
    decimals : int
    minimum_n : int
        Smallest denominator that is ranked and drawn in colour.

    Returns
    -------
    Chart or None
        None where no part has a value in that year.
    """
    rows = values[(values["period"] == period) & values["area_code"].isin(names)].copy()
    if rows.empty:
        return None
    rows["rate"] = per * rows["numerator"] / rows["denominator"]
    rows["is_small"] = rows["denominator"] < minimum_n
    rows = rows.sort_values(["is_small", "rate"], ascending=[True, False], kind="stable", ignore_index=True)
    is_few = [is_provisional(r, e) for r, e in zip(rows["received"], rows["expected"], strict=True)]
    labels = [
        f"{plain(names[code])}<br><sup>{number(n)} ÷ {number(d)}</sup>"
        for code, n, d in zip(rows["area_code"], rows["numerator"], rows["denominator"], strict=True)
    ]
    shown = [number(v, decimals) for v in rows["rate"]]
    hover = [
        "<br>".join(
            (
                plain(names[row["area_code"]]),
                f"{text} {t(f'chart.rates.{rate}_unit')}",
                t(
                    f"chart.rates.{rate}_parts",
                    numerator=number(row["numerator"]),
                    denominator=number(row["denominator"]),
                    year=number_year(row["denominator_year"]),
                ),
                *(() if pd.isna(row["expected"]) else (received_words(row["received"], row["expected"]),)),
            )
        )
        for text, row in zip(shown, rows.to_dict("records"), strict=True)
    ]
    figure = base_figure(
        go.Bar(
            x=rows["rate"],
            y=labels,
            orientation="h",
            text=shown,
            textposition="outside",
            cliponaxis=False,
            hoverinfo="text",
            hovertext=hover,
            showlegend=False,
            marker={
                "color": [
                    NO_DATA if small else PROVISIONAL_FILL if few else EMPHASIS
                    for small, few in zip(rows["is_small"], is_few, strict=True)
                ],
                "pattern": {"shape": ["/" if few else "" for few in is_few], "fgcolor": EMPHASIS, "size": 6},
            },
        ),
        height=70 + 44 * len(rows),
        bargap=0.35,
    )
    top = float(rows["rate"].max())
    part = span_words(months) if 0 < len(months) < 12 else ""
    when = f"{period_words(period)} ({part})" if part else period_words(period)
    figure.update_layout(
        xaxis={
            "range": [0, 1.25 * top if top else 1],
            "title": {"text": t(f"chart.rates.{rate}_unit")},
            "showgrid": False,
        },
        yaxis={"autorange": "reversed", "showgrid": False},
    )
    total = whole[whole["period"] == period]
    province = float("nan")
    if len(total):
        province = per * float(total["numerator"].iloc[0]) / float(total["denominator"].iloc[0])
        figure.add_shape(
            type="line",
            x0=province,
            x1=province,
            yref="paper",
            y0=0,
            y1=1,
            line={"color": CONTRAST, "width": 2, "dash": "dash"},
        )
        figure.add_annotation(
            x=province,
            yref="paper",
            y=1,
            yanchor="bottom",
            xanchor="left" if province < top / 2 else "right",
            text=f"{plain(whole_name)} {number(province, decimals)}",
            showarrow=False,
            font={"color": CONTRAST},
        )
        figure.update_layout(margin={"t": 28})
    silent = [text for code, text in names.items() if code not in set(rows["area_code"])]
    words = {
        "top": names[rows["area_code"].iloc[0]],
        "top_value": shown[0],
        "province": number(province, decimals),
        "area": whole_name,
        "unit": t(f"chart.rates.{rate}_unit"),
        "when": when,
        "values": ", ".join(f"{names[c]} {v}" for c, v in zip(rows["area_code"], shown, strict=True)),
        "silent": ", ".join(silent) or "–",
    }
    years = sorted(set(rows["denominator_year"].dropna()))
    notes = [t(f"chart.rates.{rate}_note", year=", ".join(number_year(year) for year in years))]
    if part:
        notes.append(t("chart.rates.note_part_year", months=part))
    if any(is_few):
        notes.append(t("chart.rates.note_provisional"))
    if rows["is_small"].any():
        notes.append(t("chart.rates.note_small"))
    if silent:
        notes.append(t("chart.rates.note_silent", names=", ".join(silent)))
    return Chart(
        name=name,
        figure=figure,
        title=t("chart.rates.title", **words),
        subtitle=" · ".join((t(f"chart.rates.{rate}_long"), whole_name, when)),
        alt=t("chart.rates.alt", **words),
        table=_rates_table(rows, names, rate),
        sources=tuple(dict.fromkeys(s for s in rows.get("source_id", pd.Series(dtype="str")) if s)),
        notes=tuple(notes),
    )


def number_year(value: float | None) -> str:
    """Write the year of a denominator; an en dash where it does not apply."""
    return "–" if value is None or pd.isna(value) else str(int(value))


def _rates_table(rows: pd.DataFrame, names: Mapping[str, str], rate: str) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            t("chart.rates.column_area"): [names[code] for code in rows["area_code"]],
            t(f"chart.rates.{rate}_unit"): rows["rate"],
            t(f"chart.rates.{rate}_numerator"): rows["numerator"],
            t(f"chart.rates.{rate}_denominator"): rows["denominator"],
        }
    )
    if rows["denominator_year"].notna().any():
        table[t("chart.rates.column_denominator_year")] = [number_year(y) for y in rows["denominator_year"]]
    if rows["expected"].notna().any():
        table[t("chart.series.column_received")] = rows["received"]
        table[t("chart.series.column_expected")] = rows["expected"]
    return table
