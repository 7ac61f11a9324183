"""What a map says in words: finding, subtitle, text for screen readers, notes, table twin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from literasi.maps.units import Units, class_labels
from literasi.text import number, percent, plain, t

NAMED_TIES = 2


def finding(units: Units, selected: str | None = None) -> str:
    """Give the finding as a title: highest and lowest, or for a count who holds most of the whole.

    With a regency selected, its value beside the province's.
    """
    if selected:
        return _own_finding(units, selected)
    known = units.known
    if known.empty:
        return t("map.title.none", total=len(units.frame))
    small = units.count("small")
    missing = len(units.frame) - len(known) - small
    tail = t("map.title.small", count=small) if small else ""
    tail += t("map.title.missing", count=missing) if missing else ""
    high, low = known["value"].max(), known["value"].min()
    tops = _names(known.loc[known["value"].eq(high), "name"])
    if len(known) == 1:
        return t("map.title.single", name=tops, value=_written(units, high))
    if high == low:
        return t("map.title.equal", count=len(known), value=_written(units, high)) + tail
    if units.indicator.incomplete:
        return t("map.title.at_least", count=len(known), total=len(units.frame))
    if units.indicator.aggregation == "sum":
        total = known["value"].sum()
        key = "map.title.most" if known["value"].eq(high).sum() == 1 else "map.title.most_each"
        return t(key, name=tops, value=_written(units, high), total=_written(units, total)) + tail
    bottoms = _names(known.loc[known["value"].eq(low), "name"])
    return (
        t(
            "map.title.range",
            high=tops,
            high_value=_written(units, high),
            low=bottoms,
            low_value=_written(units, low),
        )
        + tail
    )


def _own_finding(units: Units, selected: str) -> str:
    row = units.frame.set_index("area_code").loc[selected]
    if row["state"] == "value" and units.indicator.aggregation == "sum":
        total = _written(units, units.known["value"].sum())
        return t("map.title.own_part", name=row["name"], value=row["text"], total=total)
    if row["state"] == "value" and units.benchmark is not None:
        province = _written(units, units.benchmark)
        return t("map.title.own_beside", name=row["name"], value=row["text"], province=province)
    return t("map.title.own", name=row["name"], value=row["text"])


def comparison(units: Units) -> str:
    """Give the finding of the bars: how many areas reach the province's own value."""
    known = units.known
    if units.benchmark is None or len(known) < 2 or units.indicator.aggregation == "sum":
        return t("map.title.bars", count=len(known), total=len(units.frame))
    above = int((known["value"] >= units.benchmark).sum())
    return t("map.title.benchmark", count=above, total=len(known), value=_written(units, units.benchmark))


def subtitle(units: Units) -> str:
    """Give measure, unit, areas, year and edition."""
    name = t(f"indicator.{units.indicator.id}")
    return t(
        "map.subtitle",
        indicator=name if name.casefold() == units.unit.casefold() else f"{name} ({units.unit})",
        period=units.written_period,
        edition=units.indicator.edition(units.edition).label,
    )


def alt(units: Units, *, form: str) -> str:
    """Give what a screen reader says: every area with its value."""
    values = "; ".join(f"{row['name']}: {row['text']}" for row in units.frame.to_dict("records"))
    return t(f"map.alt.{form}", subtitle=subtitle(units), values=values)


def hover(units: Units) -> list[str]:
    """Give the lines shown on pointing at each area of ``units.frame``."""
    out = []
    for row in units.frame.to_dict("records"):
        has_value = row["state"] in ("value", "small")
        lines = [f"<b>{plain(str(row['name']))}</b>", plain(row["text"])]
        if has_value:
            lines[1] = f"{number(row['value'], units.decimals)} {plain(units.unit)} ({units.written_period})"
            lines += details(row, units)
        if row["state"] == "small":
            lines.append(t("map.small"))
        out.append("<br>".join(lines))
    return out


def details(row: Mapping[Any, Any], units: Units) -> list[str]:
    """Give what must stand with the value of one row of ``units.frame``: parts, reports, status."""
    out = []
    if not pd.isna(row["numerator"]) and not pd.isna(row["denominator"]):
        key = "map.k_of_n" if units.indicator.scale == "percent" else "map.k_by_n"
        out.append(t(key, k=number(row["numerator"]), n=number(row["denominator"])))
    if not pd.isna(row["received"]) and row["expected"]:
        share = percent(row["received"] / row["expected"])
        out.append(t("map.coverage", received=row["received"], expected=row["expected"], share=share))
    if row["is_provisional"]:
        out.append(t("map.provisional"))
    return out


def notes(units: Units) -> tuple[str, ...]:
    """Give the caveats of the values: who has none, who is provisional, which denominator, sample."""
    frame = units.frame
    with_value = frame["state"].isin(["value", "small"])
    years = sorted({int(year) for year in frame.loc[with_value, "denominator_year"].dropna()})
    out = [
        "" if units.last_month is None else t("map.note.partial_year", period=units.written_period),
        _listed("map.note.no_data", frame.loc[frame["state"].eq("none"), "name"], total=len(frame)),
        _listed("map.note.provisional", frame.loc[with_value & frame["is_provisional"], "name"]),
        _listed("map.note.small", frame.loc[frame["state"].eq("small"), "name"], n=units.indicator.minimum_n),
        t("map.note.denominator", years=", ".join(map(str, years))) if years else "",
        units.indicator.edition(units.edition).sample_note or "",
        *units.indicator.notes,
    ]
    return tuple(note for note in out if note)


def sources(units: Units) -> tuple[str, ...]:
    """Give the publications behind the values, in area order."""
    return tuple(dict.fromkeys(s for s in units.frame["source_id"].dropna() if s))


def table(units: Units) -> pd.DataFrame:
    """Give the same numbers as a table; parts that no area has are left out."""
    labels = class_labels(units.indicator.classes, units.decimals)
    words = {"none": t("map.no_data"), "suppressed": t("map.suppressed"), "small": t("map.small")}
    frame = units.frame
    is_class = units.indicator.symbol == "fill"
    rows = pd.DataFrame(
        {
            t("map.column.code"): frame["area_code"],
            t("map.column.area"): frame["name"],
            t("map.column.value", unit=units.unit): frame["value"],
            t("map.column.numerator"): frame["numerator"],
            t("map.column.denominator"): frame["denominator"],
            t("map.column.received"): frame["received"],
            t("map.column.expected"): frame["expected"],
            t("map.column.class"): [
                words.get(state, labels[position] if is_class and position >= 0 else pd.NA)
                for state, position in zip(frame["state"], frame["class"], strict=True)
            ],
            t("map.column.status"): frame["is_provisional"].map({True: t("map.provisional"), False: pd.NA}),
        }
    )
    keep = [name for name in rows.columns if rows[name].notna().any() or name in rows.columns[:3]]
    return rows[keep]


def _written(units: Units, value: float) -> str:
    return number(value, units.decimals)


def _names(names: Sequence[str] | pd.Series[str]) -> str:
    listed = list(names)
    if len(listed) > NAMED_TIES:
        return t("map.title.several", count=len(listed))
    return t("map.title.and").join(listed)


def _listed(key: str, names: pd.Series[str], **params: object) -> str:
    if names.empty:
        return ""
    return t(key, names=", ".join(names), count=len(names), **params)
