"""What the page of targets shows of the status of each target."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from literasi.charts import targets as charts
from literasi.domain import standing_findings
from literasi.domain.findings import Findings, gather
from literasi.domain.headline import unfinished_years
from literasi.domain.indicators import Edition, Indicator
from literasi.domain.reports import level_of
from literasi.domain.targets import IN_UNITS, Progress, Scale, Status, assess, decimals_of
from literasi.export.page import Cards
from literasi.figures import Chart
from literasi.text import number, percent, t
from literasi.ui import cached, indices, shown, url
from literasi.ui.notices import inform
from literasi.ui.safe import markdown
from literasi.ui.sources import list_sources, source_popover
from literasi.ui.tables import show_table

PARTS = ("status", "lkjip")
_SHORT_UNIT = 8  # characters that fit beside a large number

Colour = Literal["green", "blue", "orange", "red", "gray"]


@dataclass(frozen=True, slots=True)
class Badge:
    """How a status stands on a card: icon and colour beside its word."""

    icon: str
    colour: Colour


BADGES: Mapping[Status, Badge] = {
    "reached": Badge(":material/check_circle:", "green"),
    "on_track": Badge(":material/trending_up:", "blue"),
    "attention": Badge(":material/warning:", "orange"),
    "behind": Badge(":material/trending_down:", "red"),
    "not_reached": Badge(":material/hourglass_empty:", "gray"),
    "insufficient": Badge(":material/help:", "gray"),
    "no_target": Badge(":material/remove:", "gray"),
}

Judged = tuple[Indicator, Progress]


def this_year() -> int:
    """Give the year of today in the province."""
    return dt.datetime.now(ZoneInfo("Asia/Jakarta")).year


def unfinished(indicator: Indicator, area: str) -> frozenset[str]:
    """Give the years that are not over: without all months of reports, and for our own counts this one."""
    if indicator.is_published:
        return frozenset()
    running = frozenset({str(this_year())})
    if indicator.grain == "year":
        return running
    return running | unfinished_years(
        cached.values(indicator, level=level_of(area), grain="month"), area=area
    )


# Status


def show_status(area: str) -> None:
    """Show a card for each target of the area, and of the province and nation it is compared with."""
    judged = _everything()
    if not judged:
        inform(t("targets.none_at_all"), icon=":material/info:")
    own = [pair for pair in judged if pair[1].area_code == area]
    if own:
        _show_cards(own, key=f"targets.{area}")
    else:
        said = t("targets.none_here", area=markdown(cached.register().name(area)))
        inform(f"**{said}** {t('targets.none_here_next')}", icon=":material/info:")
    _show_untargeted(area)
    for code, name in indices.triple(area).items():
        found = [pair for pair in judged if pair[1].area_code == code]
        if found and code != area:
            label = t("targets.beside", area=markdown(name), count=len(found))
            with st.expander(label, icon=":material/flag:", expanded=not own):
                _show_cards(found, key=f"targets.{code}")
    st.caption(f":material/info: {markdown(tolerance_words())}")


def find(area: str) -> Findings:
    """Find which targets of an area are reached, which lag, and which cannot be judged."""
    own = [pair for pair in _everything() if pair[1].area_code == area]
    progresses = [progress for _, progress in own]
    aimed = {progress.indicator_id for progress in progresses}
    return gather(
        moved=(standing_findings.reached(progresses, area=area),),
        gap=standing_findings.lagging(own),
        unknown=(
            standing_findings.unjudged(progresses),
            standing_findings.untargeted([i for i in main(area) if i.id not in aimed], area=area),
        ),
    )


def _show_cards(judged: list[Judged], *, key: str) -> None:
    with st.grid(min_column_width=230, gap="small", key=key):
        for place, (indicator, progress) in enumerate(judged):
            _show_card(indicator, progress, key=f"{key}.{place}")


def _show_card(indicator: Indicator, progress: Progress, *, key: str) -> None:
    badge = BADGES[progress.status]
    edition = _edition(indicator, progress.edition)
    decimals = decimals_of(indicator, progress.edition)
    unit = charts.unit_words(indicator, progress.edition)
    is_short = len(unit) <= _SHORT_UNIT
    value = number(progress.value, decimals)
    meaning = [
        t(f"indicator.{indicator.id}"),
        edition.label if edition else progress.edition,
        *indicator.notes,
    ]
    with st.container(border=True, height="stretch", key=key):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            state = t(f"targets.status.{progress.status}")
            st.badge(state, icon=badge.icon, color=badge.colour)
            st.caption(t("targets.of_year", year=progress.year))
        label = t(f"indicator_short.{indicator.id}")
        figure = (
            _parts(indicator, progress)
            if progress.reason == "small" and indicator.scale == "percent"
            else _with_unit(value, unit)
            if is_short and progress.value is not None
            else value
        )
        st.metric(
            label,
            figure,
            help="\n\n".join(markdown(line) for line in meaning if line),
        )
        lines = [
            progress.period or t("targets.no_value"),
            "" if is_short else unit,
            _parts(indicator, progress),
            t("targets.aim", target=_with_unit(number(progress.target, decimals), unit)),
            charts.gap_words(progress, indicator),
            charts.required_words(progress, indicator),
            t(f"targets.reason.{progress.reason}") if progress.reason else "",
            ""
            if progress.expected is None or progress.period == str(progress.year)
            else t("targets.expected", period=progress.period, expected=number(progress.expected, decimals)),
            progress.document,
            t("targets.edition", edition=edition.label if edition else progress.edition),
        ]
        st.caption(" · ".join(markdown(line) for line in lines if line))
        shown.part(Cards(((label, figure, " · ".join((state, *(line for line in lines if line)))),)))
        source_popover(progress.source_id, progress.value_source, key=f"{key}.sources")


def _parts(indicator: Indicator, progress: Progress) -> str:
    """Numerator and denominator, without which no share is shown."""
    if progress.numerator is None or progress.denominator is None:
        return ""
    key = "summary.parts" if indicator.scale == "percent" else "summary.parts_by"
    return t(key, numerator=number(progress.numerator), denominator=number(progress.denominator))


def _with_unit(value: str, unit: str) -> str:
    """A percent sign stands at its number, as everywhere else."""
    return f"{value}%" if unit == "%" else f"{value} {unit}"


def _show_untargeted(area: str) -> None:
    """Name the main indicators that have no target for the area."""
    aimed = {progress.indicator_id for _, progress in _everything() if progress.area_code == area}
    without = [i for i in main(area) if i.id not in aimed]
    if without:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            badge = BADGES["no_target"]
            st.badge(t("targets.status.no_target"), icon=badge.icon, color=badge.colour)
            st.caption(markdown(", ".join(t(f"indicator_short.{i.id}") for i in without)))


def tolerance_words() -> str:
    """Say how targets are judged here: the agreed tolerance, or that there is none."""
    settings = cached.target_settings()
    if not settings.tolerances:
        return t("targets.no_tolerance")
    limits = [
        t(
            "targets.tolerance_one",
            scale=t(f"targets.scale.{scale}"),
            on_track=_limit(tolerance.on_track, scale),
            attention=_limit(tolerance.attention, scale),
        )
        for scale, tolerance in settings.tolerances.items()
    ]
    return t("targets.tolerance", source=settings.source, limits="; ".join(limits))


def _limit(limit: float, scale: Scale) -> str:
    if scale in IN_UNITS:
        return t("targets.limit_points", limit=number(limit, 0 if limit % 1 == 0 else 1))
    return t("targets.limit_share", limit=percent(limit))


def show_all() -> None:
    """List every target of the workspace with its status; open where the area has none."""
    judged = _everything()
    if not judged:
        return
    register = cached.register()
    with st.expander(t("targets.all", count=len(judged)), icon=":material/flag:"):
        show_table(
            pd.DataFrame(
                {
                    t("targets.table.indicator"): [t(f"indicator_short.{i.id}") for i, _ in judged],
                    t("targets.table.area"): [register.name(p.area_code) for _, p in judged],
                    t("targets.table.year"): [str(p.year) for _, p in judged],
                    t("targets.table.status"): [charts.status_words(p) for _, p in judged],
                    t("column.target"): [_number(i, p, p.target) for i, p in judged],
                    t("column.value"): [_number(i, p, p.value) for i, p in judged],
                    t("targets.table.period"): [p.period or "–" for _, p in judged],
                    t("targets.table.gap"): [_number(i, p, p.gap) for i, p in judged],
                    t("targets.table.required"): [_number(i, p, p.required) for i, p in judged],
                    t("targets.table.unit"): [charts.unit_words(i, p.edition) for i, p in judged],
                    t("targets.table.edition"): [_edition_label(i, p.edition) for i, p in judged],
                    t("targets.table.document"): [p.document for _, p in judged],
                }
            ),
            key="targets.all",
            alt=t("targets.all_alt", count=len(judged)),
        )
        known = cached.sources()
        cited = dict.fromkeys(p.source_id for _, p in judged if p.source_id in known)
        list_sources(known[source] for source in cited)


def choose_indicator() -> Indicator | None:
    """Let the user choose one of the indicators with a target; None where there is none."""
    ids = tuple(dict.fromkeys(indicator.id for indicator, _ in _everything()))
    if not ids:
        return None
    chosen = url.choose(
        "indikator",
        ids,
        label=t("targets.choose"),
        default=ids[0],
        show=lambda code: t(f"indicator.{code}"),
    )
    return cached.catalogue()[chosen]


def paths(indicator: Indicator, area: str) -> list[tuple[str, Edition]]:
    """Give the area and editions whose way to the target is drawn.

    The area itself, else the first of province and nation that has a target.
    """
    for code in indices.triple(area):
        aimed = {p.edition for i, p in _everything() if i.id == indicator.id and p.area_code == code}
        if aimed:
            return [(code, edition) for edition in indicator.editions if edition.id in aimed]
    return []


def path_chart(indicator: Indicator, edition: Edition, area: str) -> Chart | None:
    """Draw the way to the targets of one edition."""
    return charts.path_chart(
        indices.values(indicator),
        [p for i, p in _everything() if (i.id, p.area_code, p.edition) == (indicator.id, area, edition.id)],
        indicator=indicator,
        edition=edition,
        area=area,
        area_name=cached.register().name(area),
        unfinished=unfinished(indicator, area),
    )


def shared(indicator: Indicator) -> list[tuple[Edition, int]]:
    """Give the editions and years for which at least two areas have a target, newest first."""
    counts: dict[tuple[str, int], set[str]] = {}
    for found, progress in _everything():
        if found.id == indicator.id and progress.year is not None:
            counts.setdefault((progress.edition, progress.year), set()).add(progress.area_code)
    several = [
        (edition, year)
        for edition in indicator.editions
        for (edition_id, year), areas in counts.items()
        if edition_id == edition.id and len(areas) > 1
    ]
    return sorted(several, key=lambda pair: pair[1], reverse=True)


def areas_chart(indicator: Indicator, edition: Edition, year: int, area: str) -> Chart | None:
    """Draw all areas with the same target year."""
    register = cached.register()
    codes = [register.province.code, *indices.regencies()]
    same = [p for i, p in _everything() if (i.id, p.edition, p.year) == (indicator.id, edition.id, year)]
    return charts.areas_chart(
        same,
        indicator=indicator,
        edition=edition,
        names={code: register.name(code) for code in codes},
        focus=area,
    )


def _everything() -> list[Judged]:
    return cached.made("target-semua", _judge_all, this_year())


def _judge_all() -> list[Judged]:
    """Judge every target of the workspace, in the order of indicators and areas."""
    targets = cached.frame("targets")
    out: list[Judged] = []
    for indicator in cached.catalogue():
        for area in sorted(set(targets.loc[targets["indicator_id"].eq(indicator.id), "area_code"])):
            out += [
                (indicator, progress)
                for progress in assess(
                    indices.values(indicator),
                    targets,
                    indicator=indicator,
                    area=area,
                    settings=cached.target_settings(),
                    this_year=this_year(),
                    unfinished=unfinished(indicator, area),
                    rules=cached.reporting_rules(),
                )
            ]
    return out


def main(area: str) -> list[Indicator]:
    """Give the indicators of the summary's cards that are declared for areas of that level."""
    chosen = (cached.catalogue()[code] for code in cached.summary_rules().cards)
    return [indicator for indicator in chosen if level_of(area) in indicator.levels]


def _edition(indicator: Indicator, edition: str) -> Edition | None:
    return next((e for e in indicator.editions if e.id == edition), None)


def _edition_label(indicator: Indicator, edition: str) -> str:
    found = _edition(indicator, edition)
    return found.label if found else edition


def _number(indicator: Indicator, progress: Progress, value: float | None) -> str:
    return number(value, decimals_of(indicator, progress.edition))
