"""Reach of training: partner libraries with a trained person, by year and by regency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from literasi.charts.rows import share_rows
from literasi.domain.statistics import SMALLEST_PERCENTAGE, share_state
from literasi.figures import EMPHASIS, MUTED, Chart, base_figure
from literasi.text import number, percent, t


def reach_years_chart(
    values: pd.DataFrame, *, name: str, area: str, sources: tuple[str, ...]
) -> Chart | None:
    """Part of the partner libraries of an area with a trained person, year by year.

    Parameters
    ----------
    values : DataFrame
        Tidy values of the indicator ``training_reach`` for one area.
    name, area : str
    sources : tuple of str

    Returns
    -------
    Chart or None
        None where no year is known.
    """
    rows = values[values["denominator"].notna()].sort_values("period", ignore_index=True)
    if rows.empty:
        return None
    shares = rows["numerator"] / rows["denominator"]
    parts = [
        t("training.parts", numerator=number(n), denominator=number(d))
        for n, d in zip(rows["numerator"], rows["denominator"], strict=True)
    ]
    states = [share_state(n, d) for n, d in zip(rows["numerator"], rows["denominator"], strict=True)]
    is_drawn = [state in ("grey", "normal") for state in states]
    figure = base_figure(
        go.Bar(
            x=list(range(len(rows))),
            y=[share if drawn else None for share, drawn in zip(shares, is_drawn, strict=True)],
            text=[
                f"{percent(share)}<br>{part}" if drawn else part
                for share, part, drawn in zip(shares, parts, is_drawn, strict=True)
            ],
            textposition="outside",
            cliponaxis=False,
            marker={"color": [MUTED if state == "grey" else EMPHASIS for state in states]},
            hoverinfo="text",
            hovertext=[
                f"{year}: {part} {t('training.libraries_unit')}"
                for year, part in zip(rows["period"], parts, strict=True)
            ],
            showlegend=False,
        ),
        height=300,
        bargap=0.4,
    )
    figure.update_layout(
        xaxis={"tickvals": list(range(len(rows))), "ticktext": rows["period"].tolist(), "showgrid": False},
        yaxis={"range": [0, 1.2], "tickvals": [0, 0.5, 1], "ticktext": ["0%", "50%", "100%"]},
    )
    words = {
        "part": parts[-1],
        "share": percent(float(shares.iloc[-1])),
        "when": str(rows["period"].iloc[-1]),
        "area": area,
        "first": str(rows["period"].iloc[0]),
        "values": ", ".join(f"{year} {part}" for year, part in zip(rows["period"], parts, strict=True)),
    }
    return Chart(
        name=name,
        figure=figure,
        title=t("training.reach_title" if is_drawn[-1] else "training.reach_title_small", **words),
        subtitle=t("training.reach_subtitle", **words),
        alt=t("training.reach_alt", **words),
        table=_reach_table(rows, t("column.year"), rows["period"].tolist()),
        sources=sources,
        notes=(t("training.reach_note"),),
    )


def reach_areas_chart(
    values: pd.DataFrame,
    *,
    name: str,
    names: Mapping[str, str],
    period: str,
    area: str,
    sources: tuple[str, ...],
) -> Chart | None:
    """Part of the partner libraries with a trained person, by regency in one year.

    Parameters
    ----------
    values : DataFrame
        Tidy values of the indicator ``training_reach`` by regency.
    names : mapping
        Regency code to name, in the order shown.
    name, period, area : str
    sources : tuple of str

    Returns
    -------
    Chart or None
        None where no regency is known. Fewer than ten libraries stand in words, without a bar.
    """
    rows = values[(values["period"] == period) & values["denominator"].notna()].set_index("area_code")
    rows = rows.reindex([code for code in names if code in rows.index])
    if rows.empty:
        return None
    labels = [names[code] for code in rows.index]
    chart = share_rows(rows, labels=labels, people=rows["denominator"])
    untouched = [label for label, n in zip(labels, rows["numerator"], strict=True) if n == 0]
    absent = [text for code, text in names.items() if code not in rows.index]
    words = {
        "count": number(len(rows) - len(untouched)),
        "total": number(len(rows)),
        "when": period,
        "area": area,
        "values": ", ".join(
            f"{label} {t('training.parts', numerator=number(n), denominator=number(d))}"
            for label, n, d in zip(labels, rows["numerator"], rows["denominator"], strict=True)
        ),
    }
    return Chart(
        name=name,
        figure=chart,
        title=t("training.reach_areas_title", **words),
        subtitle=t("training.reach_areas_subtitle", **words),
        alt=t("training.reach_areas_alt", **words),
        table=_reach_table(rows, t("column.area"), labels),
        sources=sources,
        notes=(
            t("training.reach_areas_note"),
            *((t("training.reach_absent", names=", ".join(absent)),) if absent else ()),
        ),
    )


def _reach_table(rows: pd.DataFrame, heading: str, labels: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            heading: list(labels),
            t("training.column_trained_libraries"): rows["numerator"].to_numpy(),
            t("training.column_partner_libraries"): rows["denominator"].to_numpy(),
            t("training.column_share"): [
                percent(n / d) if d >= SMALLEST_PERCENTAGE else "–"
                for n, d in zip(rows["numerator"], rows["denominator"], strict=True)
            ],
        }
    )
