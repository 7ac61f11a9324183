"""Priority on the map: the score of each regency as fill, the first villages as numbered marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from literasi.domain.areas import AreaRegister
from literasi.domain.indicators import Edition, Indicator
from literasi.domain.location import STEP, locate
from literasi.figures import CONTRAST, Chart
from literasi.maps.dots import Dots
from literasi.maps.geo import regency_figure
from literasi.maps.layout import ALL, Box, Layout
from literasi.maps.traces import Trace, entry, trace
from literasi.maps.units import Units, class_of
from literasi.text import number, plain, t

CLASSES = (20.0, 40.0, 60.0, 80.0)
NUMBERED = 10
_MARK = 15
_INK = "#10222c"  # 6:1 on the mark
_EDITION: dict[str, Any] = {"id": "", "decimals": 1, "unit": None}
_SCORE: dict[str, Any] = {
    "id": "priority",
    "unit": "points",
    "decimals": 1,
    "symbol": "fill",
    "classes": CLASSES,
}
_SYMBOLS = {"exact": "circle", "village": "circle", "district": "diamond", "regency": "square"}


def priority_map(
    regencies: pd.DataFrame,
    villages: pd.DataFrame,
    *,
    layout: Layout,
    register: AreaRegister,
    points: pd.DataFrame,
    selected: str | None = None,
    is_narrow: bool = False,
    subtitle: str,
) -> Chart:
    """Draw the scores of regencies and the places of the villages that come first.

    Parameters
    ----------
    regencies, villages : DataFrame
        As from `literasi.domain.priority.ranking`; of villages the first `NUMBERED` are drawn.
    layout, register
        Boxes and label places; anchors of areas.
    points : DataFrame
        ``area_code``, ``latitude``, ``longitude`` of villages whose place is known.
    selected : str, optional
        Code of the regency to zoom to.
    is_narrow : bool
        For narrow screens.
    subtitle : str

    Returns
    -------
    Chart
        Each point's ``customdata`` is ``[area_code, ""]``. A village without a known place stands beside the
        point of its district or regency.
    """
    units = _units(regencies, register)
    first = villages.head(NUMBERED).reset_index(drop=True)
    placed = _placed(first, points, register)

    def over(box: Box, geo: str, scale: float) -> Sequence[Trace]:
        rows = layout.within(_spread(placed, register, scale), box)
        return [_marks(rows, geo)] if len(rows) else []

    figure = regency_figure(
        units,
        layout=layout,
        register=register,
        view=ALL,
        selected=selected,
        is_narrow=is_narrow,
        dots=Dots(islands=True),
        over=over,
        legend=[
            entry(t(f"map.priority.{kind}", count=count), symbol, CONTRAST, size=11)
            for kind, symbol, count in _kinds(placed)
        ],
    )
    return Chart(
        name="prioritas-peta",
        figure=figure,
        title=_title(first, register),
        subtitle=subtitle,
        alt=t(
            "map.priority.alt",
            regencies="; ".join(f"{row['name']} {row['text']}" for row in units.frame.to_dict("records")),
            villages="; ".join(
                f"{row['number']}. {row['name']} ({register.name(str(row['area_code'])[:5])})"
                for row in placed.to_dict("records")
            ),
        ),
        table=_table(units.frame, regencies),
        notes=(*_tied(villages), t("map.priority.places"), t("map.attribution")),
    )


def _units(regencies: pd.DataFrame, register: AreaRegister) -> Units:
    """The scores as areas of a map: a value, its class, and what pointing at it says."""
    names = {area.code: area.name for area in register.regencies()}
    scores = regencies.set_index("area_code").reindex(list(names))
    frame = pd.DataFrame(
        {
            "area_code": list(names),
            "name": list(names.values()),
            "state": "value",
            "value": scores["score"].to_numpy(),
            "class": [class_of(float(score), CLASSES) for score in scores["score"]],
            "text": [number(score, 1) for score in scores["score"]],
            "is_provisional": False,
            "hover": [
                f"<b>{plain(name)}</b><br>"
                + t(
                    "map.priority.hover",
                    score=number(row["score"], 1),
                    low=number(row["low"], 1),
                    high=number(row["high"], 1),
                )
                for name, row in zip(names.values(), scores.to_dict("records"), strict=True)
            ],
        }
    )
    # A score is no indicator of the catalogue: it has what a map reads of one, and nothing else.
    edition = Edition.model_construct(**_EDITION)
    score = Indicator.model_construct(**_SCORE, editions=(edition,))
    return Units(score, "", "", frame, 100.0, None)


def _placed(first: pd.DataFrame, points: pd.DataFrame, register: AreaRegister) -> pd.DataFrame:
    places = first[["area_code"]].merge(points, on="area_code", how="left")
    found = locate(places.assign(library_id=places["area_code"]), register=register)
    return found.assign(
        number=np.arange(1, len(first) + 1),
        name=[register.name(code) for code in first["area_code"]],
        score=first["score"],
    )


def _kinds(placed: pd.DataFrame) -> list[tuple[str, str, int]]:
    counts = placed["precision"].value_counts()
    return [(kind, symbol, int(counts[kind])) for kind, symbol in _SYMBOLS.items() if kind in counts.index]


def _spread(placed: pd.DataFrame, register: AreaRegister, scale: float) -> pd.DataFrame:
    """Keep marks around one anchor apart, however wide the view."""
    factor = max(1.0, 0.8 * _MARK * scale / STEP)
    anchors = [None if pd.isna(code) else register.get(code) for code in placed["anchor_code"]]
    out = placed.copy()
    for name in ("latitude", "longitude"):
        middle = pd.Series(
            [np.nan if area is None else getattr(area, name) for area in anchors], index=out.index
        )
        out[name] = (middle + (placed[name] - middle) * factor).fillna(placed[name])
    return out


def _marks(rows: pd.DataFrame, geo: str) -> Trace:
    return trace(
        "scattergeo",
        geo=geo,
        lat=rows["latitude"].tolist(),
        lon=rows["longitude"].tolist(),
        mode="markers+text",
        text=rows["number"].astype("str").tolist(),
        textfont={"size": 10, "color": _INK},
        textposition="middle center",
        marker={
            "size": _MARK,
            "color": CONTRAST,
            "opacity": 1,
            "symbol": rows["precision"].map(_SYMBOLS).tolist(),
            "line": {"color": "#ffffff", "width": 1},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=[[code, ""] for code in rows["area_code"]],
        hovertext=[
            f"<b>{plain(str(row['name']))}</b><br>"
            + t("map.priority.mark", number=row["number"], score=number(row["score"], 1))
            + "<br>"
            + t(f"map.priority.place_{row['precision']}")
            for row in rows.to_dict("records")
        ],
        hoverinfo="text",
        showlegend=False,
    )


def _title(first: pd.DataFrame, register: AreaRegister) -> str:
    counts = Counter(str(code)[:5] for code in first["area_code"])
    (most, count), *others = counts.most_common(2)
    is_alone = all(other < count for _, other in others)
    key = "map.priority.title" if is_alone else "map.priority.title_several"
    return t(key, name=register.name(most), count=count, total=len(first), regencies=len(counts))


def _tied(villages: pd.DataFrame) -> tuple[str, ...]:
    """Say how many villages are left out that score as much as the last one drawn."""
    if len(villages) <= NUMBERED:
        return ()
    last = round(float(villages["score"].iloc[NUMBERED - 1]), 1)
    others = int(villages["score"].iloc[NUMBERED:].round(1).eq(last).sum())
    return (t("map.priority.tied", count=others),) if others else ()


def _table(frame: pd.DataFrame, regencies: pd.DataFrame) -> pd.DataFrame:
    rows = frame[["area_code", "name"]].merge(regencies, on="area_code")
    return pd.DataFrame(
        {
            t("map.column.code"): rows["area_code"],
            t("map.column.area"): rows["name"],
            t("priority.column.score"): rows["score"].round(1),
            t("priority.column.low"): rows["low"].round(1),
            t("priority.column.high"): rows["high"].round(1),
        }
    )
