"""Slides of the province's indices: each edition of a method is a series of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from literasi.closing import words
from literasi.closing.deck import Basis, Figure, Plot, Series, Slide
from literasi.closing.facts import Facts
from literasi.domain import findings
from literasi.domain.indicators import Edition, Indicator
from literasi.domain.levels import NATION
from literasi.domain.observations import drawn, newest, resolve
from literasi.sentences import say
from literasi.text import number, t

THEMES = ("reading", "development")


@dataclass(frozen=True, slots=True)
class _Line:
    """One edition of one indicator, with the province's values."""

    indicator: Indicator
    edition: Edition
    rows: pd.DataFrame

    @property
    def unit(self) -> str:
        return self.edition.unit or self.indicator.unit

    @property
    def decimals(self) -> int:
        return self.indicator.decimals if self.edition.decimals is None else self.edition.decimals

    def at(self, period: str) -> float | None:
        found = self.rows.loc[self.rows["period"] == period, "value"]
        return None if found.empty else float(found.iloc[0])


def indices(facts: Facts) -> tuple[Slide, ...]:
    """Make one slide for each index and its successors; one that says so where no value is known.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    tuple of Slide
    """
    return tuple(_slide(facts, lineage) for lineage in facts.catalogue.lineages(*THEMES))


def _slide(facts: Facts, lineage: tuple[Indicator, ...]) -> Slide:
    area = facts.register.province.code
    slide_id = f"index_{lineage[0].id}"
    names = "/".join(t(f"indicator_short.{indicator.id}") for indicator in lineage)
    values = {indicator.id: resolve(facts.tables["observations"], indicator) for indicator in lineage}
    known = [
        indicator
        for indicator in lineage
        if newest(values[indicator.id], indicator=indicator, area=area) is not None
    ]
    if not known:
        return Slide(
            id=slide_id,
            title=t("closing.indices.none", names=names, area=facts.register.province.name),
            subtitle=t("closing.indices.subtitle", names=names, area=facts.register.province.name),
            points=(t("closing.indices.none_next"),),
            narrative=(t("closing.indices.none_next"),),
        )
    latest = known[-1]
    row = newest(values[latest.id], indicator=latest, area=area)
    assert row is not None
    found = findings.latest(values[latest.id], indicator=latest, area=area)
    assert found is not None
    title = say(found, name=facts.register.name)
    lines = [line for indicator in known for line in _lines(indicator, values[indicator.id], area)]
    current = next(
        line for line in lines if line.indicator is latest and line.edition.id == str(row["edition"])
    )
    drawn_lines = [line for line in lines if line.unit == current.unit]
    others = [line for line in lines if line.unit != current.unit]
    change = findings.change(values[latest.id], indicator=latest, area=area, rules=facts.reporting)
    changed = () if change is None else (f"{say(change, name=facts.register.name)}.",)
    absent = [indicator for indicator in lineage if indicator not in known]
    caveats = _caveats(lines, others, absent, is_provisional=str(row["status"]) == "provisional", facts=facts)
    subtitle = t("closing.indices.subtitle", names=names, area=facts.register.province.name)
    return Slide(
        id=slide_id,
        title=title,
        subtitle=subtitle,
        figures=_figures(slide_id, current, row, values[latest.id], facts),
        plot=_plot(drawn_lines, current, subtitle),
        caveats=caveats[:1],
        narrative=(f"{title}.", *changed, *caveats),
        sources=words.cited(facts, [str(code) for line in lines for code in line.rows["source_id"]]),
    )


def _lines(indicator: Indicator, values: pd.DataFrame, area: str) -> list[_Line]:
    rows = drawn(values, area=area).sort_values("period")
    return [
        _Line(indicator, edition, rows[rows["edition"] == edition.id])
        for edition in indicator.editions
        if (rows["edition"] == edition.id).any()
    ]


def _figures(
    slide_id: str, current: _Line, row: pd.Series[Any], values: pd.DataFrame, facts: Facts
) -> tuple[Figure, ...]:
    period = str(row["period"])
    name = t(f"indicator_short.{current.indicator.id}")

    def figure(place: str, value: float, source: str, status: str) -> Figure:
        edition = current.edition.label
        if status == "provisional":
            edition = t("closing.indices.provisional_edition", edition=edition)
        return Figure(
            id=f"{slide_id}.{place}.{period}",
            label=t("closing.indices.figure", name=name, area=facts.register.name(code), period=period),
            value=value,
            shown=number(value, current.decimals),
            context=edition,
            rule=t("closing.indices.rule", producer=str(row["producer"])),
            basis=(
                Basis(
                    "observations",
                    (
                        ("indicator_id", (current.indicator.id,)),
                        ("area_code", (code,)),
                        ("period", (period,)),
                        ("edition", (current.edition.id,)),
                        ("source_id", (source,)),
                    ),
                ),
            ),
            decimals=current.decimals,
        )

    code = facts.register.province.code
    out = [figure("province", float(row["value"]), str(row["source_id"]), str(row["status"]))]
    code = NATION
    nation = drawn(values, area=NATION)
    nation = nation[
        (nation["period"] == period)
        & (nation["edition"] == current.edition.id)
        & (nation["producer"] == row["producer"])
    ]
    if not nation.empty:
        beside = nation.iloc[0]
        out.append(figure("nation", float(beside["value"]), str(beside["source_id"]), str(beside["status"])))
    return tuple(out)


def _plot(lines: list[_Line], current: _Line, subtitle: str) -> Plot | None:
    """Years run left to right; a year without a value is a gap. One value alone draws nothing."""
    years = [int(period[:4]) for line in lines for period in line.rows["period"]]
    if len(years) < 2:
        return None
    span = tuple(str(year) for year in range(min(years), max(years) + 1))
    series = tuple(
        Series(
            line.edition.label,
            tuple(line.at(year) for year in span),
            tuple(
                t("closing.no_value") if value is None else number(value, line.decimals)
                for value in (line.at(year) for year in span)
            ),
            is_emphasis=line is current,
        )
        for line in lines
    )
    said = "; ".join(
        f"{one.name}: "
        + ", ".join(
            f"{year} {label}"
            for year, value, label in zip(span, one.values, one.labels, strict=True)
            if value is not None
        )
        for one in series
    )
    return Plot(
        kind="lines",
        categories=span,
        series=series,
        unit=t(f"unit.{current.unit}"),
        alt=t("closing.alt", subtitle=subtitle, values=said),
        decimals=current.decimals,
    )


def _caveats(
    lines: list[_Line], others: list[_Line], absent: list[Indicator], *, is_provisional: bool, facts: Facts
) -> tuple[str, ...]:
    """What must be known, the most misleading first: all of it is said, the first stands on the slide."""
    out = []
    if others:
        said = "; ".join(
            t(
                "closing.indices.other_value",
                edition=line.edition.label,
                period=str(line.rows["period"].iloc[-1]),
                value=number(float(line.rows["value"].iloc[-1]), line.decimals),
            )
            for line in others
        )
        out.append(t("closing.indices.other_scale", values=said))
    if len(lines) > 1 and not others:
        out.append(t("closing.indices.editions"))
    if is_provisional:
        out.append(t("closing.indices.provisional"))
    if any(line.edition.is_random_sample is False for line in lines):
        out.append(t("closing.indices.not_random"))
    out += [
        t(
            "closing.indices.absent",
            name=t(f"indicator_short.{indicator.id}"),
            area=facts.register.province.name,
        )
        for indicator in absent
    ]
    return tuple(out)
