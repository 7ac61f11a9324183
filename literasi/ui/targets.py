"""What the page of targets shows: status of each target, and the rows of the accountability report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import Literal
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from literasi import __version__
from literasi.charts import targets as charts
from literasi.domain import statutory
from literasi.domain.headline import unfinished_years
from literasi.domain.indicators import Edition, Indicator
from literasi.domain.reports import level_of
from literasi.domain.statutory import Row
from literasi.domain.targets import IN_UNITS, Progress, Scale, Status, assess, decimals_of
from literasi.export.workbook import MIME, Sheet, Value, figure, percentage, source_sheet, workbook_bytes
from literasi.figures import Chart
from literasi.sentences import say
from literasi.text import moment, number, percent, t
from literasi.ui import cached, indices, url
from literasi.ui.safe import markdown
from literasi.ui.sources import list_sources, source_popover
from literasi.ui.tables import show_table
from literasi.workspaces import PRACTICE

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
        st.info(t("targets.none_at_all"), icon=":material/info:")
    for code, name in indices.triple(area).items():
        found = [(indicator, p) for indicator, p in judged if p.area_code == code]
        if found:
            st.subheader(name, anchor=False)
            with st.grid(min_column_width=230, gap="small", key=f"targets.{code}"):
                for place, (indicator, progress) in enumerate(found):
                    _show_card(indicator, progress, key=f"targets.{code}.{place}")
        elif code == area:
            said = t("targets.none_here", area=markdown(name))
            st.info(f"**{said}** {t('targets.none_here_next')}", icon=":material/info:")
    _show_untargeted(area)
    _show_tolerance()


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
            st.badge(t(f"targets.status.{progress.status}"), icon=badge.icon, color=badge.colour)
            st.caption(t("targets.of_year", year=progress.year))
        st.metric(
            t(f"indicator_short.{indicator.id}"),
            f"{value}%"
            if unit == "%"
            else f"{value} {unit}"
            if is_short and progress.value is not None
            else value,
            help="\n\n".join(markdown(line) for line in meaning if line),
        )
        lines = [
            progress.period or t("targets.no_value"),
            "" if is_short else unit,
            t("targets.aim", target=number(progress.target, decimals), unit=unit).replace(" %", "%"),
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
        source_popover(progress.source_id, progress.value_source, key=f"{key}.sources")


def _show_untargeted(area: str) -> None:
    """Name the main indicators that have no target for the area."""
    aimed = {progress.indicator_id for _, progress in _everything() if progress.area_code == area}
    without = [i for i in _main(area) if i.id not in aimed]
    if without:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            badge = BADGES["no_target"]
            st.badge(t("targets.status.no_target"), icon=badge.icon, color=badge.colour)
            st.caption(markdown(", ".join(t(f"indicator_short.{i.id}") for i in without)))


def _show_tolerance() -> None:
    settings = cached.target_settings()
    if not settings.tolerances:
        st.caption(f":material/info: {t('targets.no_tolerance')}")
        return
    st.caption(
        ":material/info: "
        + t(
            "targets.tolerance",
            source=markdown(settings.source or ""),
            limits="; ".join(
                t(
                    "targets.tolerance_one",
                    scale=t(f"targets.scale.{scale}"),
                    on_track=_limit(tolerance.on_track, scale),
                    attention=_limit(tolerance.attention, scale),
                )
                for scale, tolerance in settings.tolerances.items()
            ),
        )
    )


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


def _main(area: str) -> list[Indicator]:
    """The indicators of the summary's cards that are declared for areas of that level."""
    chosen = (cached.catalogue()[code] for code in cached.summary_rules().cards)
    return [indicator for indicator in chosen if level_of(area) in indicator.levels]


def _edition(indicator: Indicator, edition: str) -> Edition | None:
    return next((e for e in indicator.editions if e.id == edition), None)


def _edition_label(indicator: Indicator, edition: str) -> str:
    found = _edition(indicator, edition)
    return found.label if found else edition


def _number(indicator: Indicator, progress: Progress, value: float | None) -> str:
    return number(value, decimals_of(indicator, progress.edition))


# Accountability report


def choose_year(area: str) -> int | None:
    """Choose the year reported (``tahun``); the last one that is over is the default."""
    years = cached.made("target-tahun", lambda: _years(area), area, this_year())
    if not years:
        return None
    over = [year for year in years if int(year) < this_year()]
    return int(url.choose("tahun", years, label=t("filters.year"), default=over[0] if over else years[-1]))


def _years(area: str) -> tuple[str, ...]:
    """Years with a value or a target of any indicator of the report, newest first."""
    targets = cached.frame("targets")
    found = {str(year) for year in targets.loc[targets["area_code"].eq(area), "year"]}
    for indicator in _reported(area):
        mine = indices.values(indicator)
        found |= set(mine.loc[mine["area_code"].eq(area) & mine["value"].notna(), "period"])
    return tuple(sorted((year for year in found if int(year) <= this_year()), reverse=True))


def show_statutory(area: str, year: int) -> None:
    """Show the rows of a year as a table, in words, and as a workbook."""
    name = cached.register().name(area)
    rows = cached.made("target-lkjip", lambda: _rows(area, year), area, year, this_year())
    st.subheader(t("targets.table.heading", area=name, year=year), anchor=False)
    if not rows:
        st.info(t("targets.table.empty", area=markdown(name), year=year), icon=":material/info:")
        return
    show_table(
        pd.DataFrame([_written(row) for row in rows]),
        key="targets.lkjip",
        alt=t("targets.table.alt", area=name, year=year, count=len(rows)),
    )
    st.caption(f":material/info: {t('targets.table.ratio_note')}")
    missing = _missing(rows, area, year)
    if missing:
        st.caption(f":material/help: {markdown(missing)}")
    st.subheader(t("targets.table.narrative"), anchor=False)
    st.markdown("\n".join(f"- {markdown(line)}" for line in _said(rows)))
    st.caption(t("targets.table.narrative_note"))
    known = cached.sources()
    cited = dict.fromkeys(source for row in rows for source in row.sources if source in known)
    here = copy_context()  # the download is made in another thread, which must know the user's language
    with st.container(horizontal=True):
        st.download_button(
            t("targets.table.download"),
            data=partial(here.run, _workbook, rows, area, year),
            file_name=f"lkjip-{area}-{year}.xlsx",
            mime=MIME,
            icon=":material/download:",
            key="targets.xlsx",
            on_click="ignore",
        )
        source_popover(*cited, key="targets.lkjip.sources", label=t("targets.sources"))


def _reported(area: str) -> list[Indicator]:
    """The main indicators, and every other with a target for the area."""
    targets = cached.frame("targets")
    aimed = set(targets.loc[targets["area_code"].eq(area), "indicator_id"])
    main = {indicator.id for indicator in _main(area)}
    return [i for i in cached.catalogue() if i.id in aimed | main and level_of(area) in i.levels]


def _rows(area: str, year: int) -> list[Row]:
    return [
        row
        for indicator in _reported(area)
        for row in statutory.rows(
            indices.values(indicator),
            cached.frame("targets"),
            indicator=indicator,
            area=area,
            year=year,
            settings=cached.target_settings(),
            this_year=this_year(),
            unfinished=unfinished(indicator, area),
            rules=cached.reporting_rules(),
        )
    ]


def _said(rows: list[Row]) -> list[str]:
    """One paragraph per row."""
    name = cached.register().name
    return [
        ". ".join(say(finding, name=name) for finding in found) + "." for found in statutory.narrative(rows)
    ]


def _missing(rows: list[Row], area: str, year: int) -> str:
    there = {row.indicator.id for row in rows}
    absent = [t(f"indicator_short.{i.id}") for i in _reported(area) if i.id not in there]
    return t("targets.table.missing_values", year=year, indicators=", ".join(absent)) if absent else ""


def _headings(year: int) -> dict[str, str]:
    key = "targets.table."
    plain = ("indicator", "edition", "unit", "ratio", "end", "status", "document", "note")
    return {name: t(f"{key}{name}") for name in plain} | {
        "target": t(f"{key}target", year=year),
        "value": t(f"{key}value", year=year),
        "previous": t(f"{key}previous", year=year - 1),
        "nation": t(f"{key}nation", year=year),
    }


def _written(row: Row) -> dict[str, str]:
    """One row as it is read on the screen."""
    names = _headings(row.year)
    end = "–" if row.end_target is None else f"{number(row.end_target, row.decimals)} ({row.end_year})"
    return {
        names["indicator"]: t(f"indicator_short.{row.indicator.id}"),
        names["unit"]: t(f"unit.{row.unit}"),
        names["target"]: number(row.target, row.decimals),
        names["value"]: number(row.value, row.decimals),
        names["ratio"]: percent(row.ratio, 1),
        names["status"]: charts.status_words(row.progress),
        names["previous"]: number(row.previous, row.decimals),
        names["end"]: end,
        names["nation"]: number(row.nation, row.decimals),
        names["note"]: _remark(row),
        names["edition"]: row.edition.label,
        names["document"]: row.document or "–",
        t("targets.table.sources"): ", ".join(row.sources) or "–",
    }


def _remark(row: Row) -> str:
    marks = (
        (row.is_unfinished, "unfinished"),
        (row.is_provisional, "provisional"),
        (bool(row.indicator.incomplete) and row.value is not None, "at_least"),
    )
    return ", ".join(t(f"targets.table.{word}") for is_so, word in marks if is_so)


def _workbook(rows: list[Row], area: str, year: int) -> bytes:
    """Write the rows, the narrative, how to read them, and their sources."""
    name = cached.register().name(area)
    title = t("targets.table.heading", area=name, year=year)
    mark = t("shell.practice_banner") if url.workspace() == PRACTICE else ""
    above = [title, mark] if mark else [title]
    known = cached.sources()
    cited = dict.fromkeys(source for row in rows for source in row.sources if source in known)
    sheets = [
        Sheet(
            t("targets.table.sheet_table", year=year), _sheet_headings(year), [_cells(r) for r in rows], above
        ),
        Sheet(
            t("targets.table.sheet_narrative"),
            [t("targets.table.narrative")],
            [[line] for line in (*_said(rows), _missing(rows, area, year)) if line],
            above,
        ),
        Sheet(
            t("targets.table.sheet_about"),
            [t("targets.table.about_field"), t("targets.table.about_value")],
            _about(title, mark, name, year),
        ),
        source_sheet(known[source] for source in cited),
    ]
    return workbook_bytes(sheets, title=title)


def _sheet_headings(year: int) -> list[str]:
    names = _headings(year)
    order = ("indicator", "edition", "unit", "target", "value", "ratio", "previous")
    end = [t("targets.table.end_year"), t("targets.table.end_target")]
    rest = [names["nation"], t("targets.table.gap"), names["status"], names["note"], names["document"]]
    return [*(names[name] for name in order), *end, *rest, t("targets.table.sources")]


def _cells(row: Row) -> list[Value]:
    """One row with real numbers."""

    def value(amount: float | None) -> Value:
        return figure(amount, row.decimals)

    return [
        t(f"indicator.{row.indicator.id}"),
        row.edition.label,
        t(f"unit.{row.unit}"),
        value(row.target),
        value(row.value),
        percentage(row.ratio),
        value(row.previous),
        row.end_year,
        value(row.end_target),
        value(row.nation),
        value(row.progress.gap if row.target is not None else None),
        charts.status_words(row.progress),
        _remark(row),
        row.document,
        ", ".join(row.sources),
    ]


def _about(title: str, mark: str, area: str, year: int) -> list[list[Value]]:
    newest = cached.submissions().iloc[0]
    origin = t(
        "targets.table.about_origin_value",
        workspace=t(f"workspace.{url.workspace()}"),
        submission=int(newest["id"]),
        when=moment(str(newest["time"])),
        version=f"{t('app.title')} {__version__}",
    )
    settings = cached.target_settings()
    rule = settings.source or t("targets.no_tolerance")
    lines = (
        ("practice", mark),
        ("title", title),
        ("area", area),
        ("year", str(year)),
        ("origin", origin),
        ("rule", rule),
        ("ratio", t("targets.table.ratio_note")),
        ("narrative", t("targets.table.narrative_note")),
    )
    return [[t(f"targets.table.about_{name}"), text] for name, text in lines if text]
