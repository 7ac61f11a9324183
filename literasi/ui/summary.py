"""Headline cards and findings of the summary page."""

from __future__ import annotations

import pandas as pd

from literasi.domain import findings
from literasi.domain.findings import Finding, Findings
from literasi.domain.headline import Headline, headline, unfinished_years
from literasi.domain.indicators import Edition, Indicator
from literasi.domain.levels import NATION
from literasi.domain.reports import level_of
from literasi.figures import Chart
from literasi.maps import ALL, editions_with_values, regency_map, units_of, years_with_values
from literasi.text import number, percent, period, signed, t, term
from literasi.ui import cached
from literasi.ui.cards import Card
from literasi.ui.notices import inform
from literasi.ui.safe import markdown

SHORT_UNIT = 8  # characters that fit beside a large number; a longer unit stands below it


def cards(area: str) -> tuple[Card, ...]:
    """Give the headline cards of an area, in the order of ``data/rules/summary.yml``.

    What has no value has no card; `show_known` names it.
    """
    found = ((indicator, _headline(indicator, area)) for indicator in _headlined(area))
    return tuple(_card(indicator, headline) for indicator, headline in found if headline)


def trends() -> tuple[Indicator, ...]:
    """Give the indicators whose series are drawn."""
    return _chosen(cached.summary_rules().trends)


def newest_edition(indicator: Indicator, area: str) -> Edition:
    """Give the edition of an area's newest value, or the newest edition where it has none."""
    found = _headline(indicator, area)
    return indicator.edition(found.edition) if found else indicator.editions[-1]


def small_map() -> Chart | None:
    """Draw the newest year of the summary's map indicator, all regencies."""
    indicator = cached.catalogue()[cached.summary_rules().map]
    found = cached.values(indicator, level="regency")
    editions = editions_with_values(found, indicator)
    if not editions:
        return None
    register = cached.register()
    units = units_of(
        found,
        indicator=indicator,
        edition=editions[-1],
        period=years_with_values(found, editions[-1])[-1],
        names={area.code: area.name for area in register.regencies()},
    )
    return regency_map(units, layout=cached.map_layout(), register=register, view=ALL, is_narrow=True)


def find(area: str) -> Findings:
    """Find what moved, where the gap is, and what changed in method."""
    rules = cached.reporting_rules()
    moved: list[Finding | None] = []
    unknown: list[Finding | None] = []
    for indicator in trends():
        mine = values(indicator, area)
        moved += [
            findings.latest(mine, indicator=indicator, area=area),
            findings.change(mine, indicator=indicator, area=area, rules=rules),
        ]
        unknown.append(findings.method_break(mine, indicator=indicator))
    mapped = cached.catalogue()[cached.summary_rules().map]
    by_regency = cached.values(mapped, level="regency")
    if by_regency.empty:
        return findings.gather(moved=moved, unknown=unknown)
    year = str(by_regency["period"].max())
    codes = [r.code for r in cached.register().regencies()]
    return findings.gather(
        moved=moved,
        gap=(
            findings.in_full(findings.lowest(by_regency, indicator=mapped, period=year), indicator=mapped),
            findings.in_full(findings.highest(by_regency, indicator=mapped, period=year), indicator=mapped),
        ),
        unknown=(
            findings.in_full(findings.without_data(by_regency, areas=codes, period=year), indicator=mapped),
            *unknown,
        ),
    )


def values(indicator: Indicator, area: str) -> pd.DataFrame:
    """Give the yearly values of an indicator for an area and, where there are any, the nation."""
    mine = cached.values(indicator, level=level_of(area))
    found = pd.concat([mine, cached.values(indicator, level="nation")], ignore_index=True)
    return found[found["area_code"].isin([area, NATION])]


def show_known(area: str) -> None:
    """Say how complete the data are: what is there, and what is not."""
    have = {name: len(cached.frame(name)) for name in ("visits", "circulation", "activities", "participants")}
    absent = [t(f"table.{name}") for name, rows in have.items() if not rows]
    without = [i for i in _headlined(area) if _headline(i, area) is None]
    lines = []
    if absent:
        lines.append(t("summary.no_rows", tables=", ".join(absent)))
    if without:
        names = ", ".join(t(f"indicator.{i.id}") for i in without)
        lines.append(t("summary.no_values", area=cached.register().name(area), indicators=names))
    if lines:
        inform("\n".join(f"- {markdown(line)}" for line in lines), icon=":material/help:")


def _headlined(area: str) -> list[Indicator]:
    """The indicators of the cards that are declared for areas of that level."""
    chosen = _chosen(cached.summary_rules().cards)
    return [indicator for indicator in chosen if level_of(area) in indicator.levels]


def _chosen(ids: tuple[str, ...]) -> tuple[Indicator, ...]:
    return tuple(cached.catalogue()[indicator_id] for indicator_id in ids)


def _headline(indicator: Indicator, area: str) -> Headline | None:
    return cached.made("ringkasan-utama", lambda: _newest(indicator, area), indicator.id, area)


def _newest(indicator: Indicator, area: str) -> Headline | None:
    partial = frozenset[str]()
    if indicator.grain == "month":
        partial = unfinished_years(cached.values(indicator, level=level_of(area), grain="month"), area=area)
    return headline(
        values(indicator, area),
        indicator=indicator,
        area=area,
        targets=cached.frame("targets"),
        unfinished=partial,
    )


def _card(indicator: Indicator, found: Headline) -> Card:
    label, meaning = t(f"indicator_short.{indicator.id}"), t(f"indicator.{indicator.id}")
    edition = indicator.edition(found.edition)
    decimals = indicator.decimals if edition.decimals is None else edition.decimals
    unit = t(f"unit.{edition.unit or indicator.unit}")
    is_short = len(unit) <= SHORT_UNIT
    is_chosen = edition.is_random_sample is False and found.change is not None
    return Card(
        label=label,
        meaning=_meaning(meaning, indicator, edition, is_chosen=is_chosen),
        value=number(found.value, decimals),
        unit=unit if is_short else "",
        period=period(found.period),
        change=_change(indicator, found, decimals),
        is_good=_is_good(indicator, found, decimals, is_sampled_freely=edition.is_random_sample is False),
        context=tuple(
            line
            for line in (
                "" if is_short else unit,
                t("summary.not_random") if is_chosen else "",
                *_context(indicator, found, decimals),
            )
            if line
        ),
        sources=(found.source_id,) if found.source_id else (),
    )


def _meaning(name: str, indicator: Indicator, edition: Edition, *, is_chosen: bool) -> str:
    lines = [name, edition.label, *indicator.notes]
    if is_chosen:
        lines += [t("summary.not_random_help"), edition.sample_note or ""]
    return "\n\n".join(markdown(line) for line in lines if line)


def _context(indicator: Indicator, found: Headline, decimals: int) -> list[str]:
    lines = []
    if found.numerator is not None and found.denominator is not None:
        key = "summary.parts" if indicator.scale == "percent" else "summary.parts_by"
        lines.append(t(key, numerator=number(found.numerator), denominator=number(found.denominator)))
    if indicator.incomplete:
        lines.append(t("summary.at_least"))
    if found.band:
        lines.append(t("summary.band", band=term("band", found.band.label)))
    if found.benchmark is not None:
        lines.append(t("summary.nation", value=number(found.benchmark, decimals)))
    if found.target is not None:
        lines.append(t("summary.target", value=number(found.target, decimals), document=found.document))
    else:
        lines.append(t("summary.no_target"))
    if found.expected:
        lines.append(t("summary.coverage", share=percent((found.received or 0) / found.expected)))
        if found.is_provisional:
            lines.append(t("summary.provisional"))
    if found.unfinished:
        lines.append(t("summary.unfinished", year=found.unfinished))
    return lines


def _change(indicator: Indicator, found: Headline, decimals: int) -> str | None:
    """Write the change; a list known to be incomplete has none, since what is missing may be what grew."""
    if found.change is None or found.previous_period is None or indicator.incomplete:
        return None
    units = {"index": t("summary.points"), "percent": t("targets.percentage_points")}
    unit = units.get(indicator.scale, "")
    return t(
        "summary.change",
        change=f"{signed(found.change, decimals)} {unit}".strip(),
        period=period(found.previous_period),
    )


def _is_good(indicator: Indicator, found: Headline, decimals: int, *, is_sampled_freely: bool) -> bool | None:
    """Whether the change is for the better.

    Nothing can be told from a sample that was not drawn at random, or from reports of which the senders
    differ from year to year.
    """
    change = round(found.change or 0, decimals)
    if is_sampled_freely or found.expected is not None:
        return None
    if not change or indicator.direction == "neutral":
        return None
    return (change > 0) == (indicator.direction == "higher_is_better")
