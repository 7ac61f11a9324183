"""Rates by area, with numerator and denominator written beside each bar."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.band import received_words, span_words
from literasi.domain.coverage import is_provisional
from literasi.figures import CONTRAST, EMPHASIS, MUTED, Chart, base_figure
from literasi.text import number, plain, t
from literasi.text import period as period_words

HOLLOW = "rgba(0,0,0,0)"


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
    focus: str | None = None,
) -> Chart | None:
    """Rate of each regency in one year, largest first, with the rate of the province among them.

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
    focus : str, optional
        Area code to which the others are toned down.

    Returns
    -------
    Chart or None
        None where no part has a value in that year.
    """
    parts = values[(values["period"] == period) & values["area_code"].isin(names)]
    if parts.empty:
        return None
    rows = pd.concat([parts, whole[whole["period"] == period]], ignore_index=True)
    rows["name"] = [names.get(code, whole_name) for code in rows["area_code"]]
    rows["rate"] = per * rows["numerator"] / rows["denominator"]
    rows["is_small"] = rows["denominator"] < minimum_n
    rows["is_few"] = [is_provisional(r, e) for r, e in zip(rows["received"], rows["expected"], strict=True)]
    rows = rows.sort_values(["is_small", "rate"], ascending=[True, False], kind="stable", ignore_index=True)
    shown = [number(v, decimals) for v in rows["rate"]]
    months_words = span_words(months) if 0 < len(months) < 12 else ""
    when = f"{period_words(period)} ({months_words})" if months_words else period_words(period)
    unit = t(f"chart.rates.{rate}_unit")
    figure = base_figure(
        go.Bar(
            x=rows["rate"],
            y=[
                f"{plain(name)}<br>{number(n)} ÷ {number(d)}"
                for name, n, d in zip(rows["name"], rows["numerator"], rows["denominator"], strict=True)
            ],
            orientation="h",
            text=shown,
            textposition="outside",
            cliponaxis=False,
            hoverinfo="text",
            hovertext=[
                _hover(row, rate, text) for row, text in zip(rows.to_dict("records"), shown, strict=True)
            ],
            showlegend=False,
            marker=_marker(rows, whole_name, focus),
        ),
        height=70 + 46 * len(rows),
        bargap=0.35,
    )
    top = float(rows["rate"].max())
    figure.update_layout(
        xaxis={"range": [0, 1.25 * top if top else 1], "title": {"text": unit}, "showticklabels": False},
        yaxis={"autorange": "reversed", "showgrid": False},
    )
    silent = [text for code, text in names.items() if code not in set(parts["area_code"])]
    regencies = rows[rows["name"] != whole_name]
    province = rows.loc[rows["name"] == whole_name, "rate"]
    words = {
        "top": regencies["name"].iloc[0],
        "top_value": number(regencies["rate"].iloc[0], decimals),
        "province": number(province.iloc[0] if len(province) else None, decimals),
        "area": whole_name,
        "unit": unit,
        "when": when,
        "values": ", ".join(f"{name} {v}" for name, v in zip(rows["name"], shown, strict=True)),
        "silent": ", ".join(silent) or "–",
    }
    years = sorted(set(rows["denominator_year"].dropna()))
    notes = [t(f"chart.rates.{rate}_note", year=", ".join(number_year(year) for year in years))]
    if months_words:
        notes.append(t("chart.rates.note_part_year", months=months_words))
    if rows["is_few"].any():
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
        table=_rates_table(rows, rate),
        sources=tuple(dict.fromkeys(s for s in rows.get("source_id", pd.Series(dtype="str")) if s)),
        notes=tuple(notes),
    )


def number_year(value: float | None) -> str:
    """Write the year of a denominator; an en dash where it does not apply."""
    return "–" if value is None or pd.isna(value) else str(int(value))


def _hover(row: Mapping[Hashable, Any], rate: str, shown: str) -> str:
    parts = t(
        f"chart.rates.{rate}_parts",
        numerator=number(row["numerator"]),
        denominator=number(row["denominator"]),
        year=number_year(row["denominator_year"]),
    )
    lines = [plain(row["name"]), f"{shown} {t(f'chart.rates.{rate}_unit')}", parts]
    if pd.notna(row["expected"]):
        lines.append(received_words(row["received"], row["expected"]))
    return "<br>".join(lines)


def _marker(rows: pd.DataFrame, whole_name: str, focus: str | None) -> dict[str, Any]:
    """Colour the province, the area in focus and the small ones apart; hatch what is provisional."""
    edge = [
        CONTRAST if name == whole_name else MUTED if small or focus not in (None, code) else EMPHASIS
        for name, code, small in zip(rows["name"], rows["area_code"], rows["is_small"], strict=True)
    ]
    fill = [HOLLOW if small else colour for small, colour in zip(rows["is_small"], edge, strict=True)]
    return {
        "color": fill,
        "line": {"color": edge, "width": 1.5},
        "pattern": {
            "shape": ["/" if few else "" for few in rows["is_few"]],
            "fgcolor": edge,
            "bgcolor": HOLLOW,
            "size": 6,
            "solidity": 0.4,
        },
    }


def _rates_table(rows: pd.DataFrame, rate: str) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            t("chart.rates.column_area"): rows["name"],
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
