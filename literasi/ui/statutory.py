"""The accountability report on the page of targets: rows of a year, in words, and as a workbook."""

from __future__ import annotations

from contextvars import copy_context
from functools import partial

import pandas as pd
import streamlit as st

from literasi import __version__
from literasi.domain import statutory
from literasi.domain.indicators import Indicator
from literasi.domain.reports import level_of
from literasi.domain.statutory import Row
from literasi.export.page import Words
from literasi.export.statutory import book, written
from literasi.export.workbook import MIME
from literasi.sentences import say
from literasi.text import moment, t
from literasi.ui import cached, indices, shown, targets, url
from literasi.ui.notices import inform
from literasi.ui.safe import markdown
from literasi.ui.sources import source_popover
from literasi.ui.tables import show_table
from literasi.workspaces import PRACTICE


def choose_year(area: str) -> int | None:
    """Choose the year reported (``tahun``); the last one that is over is the default."""
    years = cached.made("target-tahun", lambda: _years(area), area, targets.this_year())
    if not years:
        return None
    over = [year for year in years if int(year) < targets.this_year()]
    default = over[0] if over else years[-1]
    return int(url.choose("tahun", years, label=t("filters.year"), default=default))


def show(area: str, year: int) -> None:
    """Show the rows of a year as a table, in words, and as a workbook."""
    name = cached.register().name(area)
    rows = cached.made("target-lkjip", lambda: _rows(area, year), area, year, targets.this_year())
    st.subheader(t("targets.table.heading", area=name, year=year), anchor=False)
    if not rows:
        inform(t("targets.table.empty", area=markdown(name), year=year), icon=":material/info:")
        return
    show_table(
        pd.DataFrame([written(row) for row in rows]),
        key="targets.lkjip",
        alt=t("targets.table.alt", area=name, year=year, count=len(rows)),
    )
    st.caption(f":material/info: {t('targets.table.ratio_note')}")
    if missing := _missing(rows, area, year):
        st.caption(f":material/help: {markdown(missing)}")
    st.subheader(t("targets.table.narrative"), anchor=False)
    said = _said(rows)
    st.markdown("\n".join(f"- {markdown(line)}" for line in said))
    shown.part(Words(t("targets.table.narrative"), tuple(said)))
    st.caption(t("targets.table.narrative_note"))
    known = cached.sources()
    # Made in another thread, which knows neither the user's language nor the workspace: both go with it.
    workbook = partial(
        book,
        rows,
        title=t("targets.table.heading", area=name, year=year),
        year=year,
        said=[*said, missing] if missing else said,
        about=_about(name, year),
        sources=[known[source] for source in _cited(rows)],
        mark=t("shell.practice_mark") if url.workspace() == PRACTICE else "",
    )
    with st.container(horizontal=True):
        st.download_button(
            t("targets.table.download"),
            data=partial(copy_context().run, workbook),
            file_name=f"lkjip-{area}-{year}.xlsx",
            mime=MIME,
            icon=":material/download:",
            key="targets.xlsx",
            on_click="ignore",
        )
        source_popover(*_cited(rows), key="targets.lkjip.sources", label=t("targets.sources"))


def _years(area: str) -> tuple[str, ...]:
    """Years with a value or a target of any indicator of the report, newest first."""
    aims = cached.frame("targets")
    found = {str(year) for year in aims.loc[aims["area_code"].eq(area), "year"]}
    for indicator in _reported(area):
        mine = indices.values(indicator)
        found |= set(mine.loc[mine["area_code"].eq(area) & mine["value"].notna(), "period"])
    return tuple(sorted((year for year in found if int(year) <= targets.this_year()), reverse=True))


def _reported(area: str) -> list[Indicator]:
    """The main indicators, and every other with a target for the area."""
    aims = cached.frame("targets")
    aimed = set(aims.loc[aims["area_code"].eq(area), "indicator_id"])
    wanted = aimed | {indicator.id for indicator in targets.main(area)}
    return [i for i in cached.catalogue() if i.id in wanted and level_of(area) in i.levels]


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
            this_year=targets.this_year(),
            unfinished=targets.unfinished(indicator, area),
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


def _cited(rows: list[Row]) -> tuple[str, ...]:
    known = cached.sources()
    return tuple(dict.fromkeys(source for row in rows for source in row.sources if source in known))


def _about(area: str, year: int) -> list[tuple[str, str]]:
    newest = cached.submissions().iloc[0]
    origin = t(
        "targets.table.about_origin_value",
        workspace=t(f"workspace.{url.workspace()}"),
        submission=int(newest["id"]),
        when=moment(str(newest["time"])),
        version=f"{t('app.title')} {__version__}",
    )
    lines = {
        "area": area,
        "year": str(year),
        "origin": origin,
        "rule": targets.tolerance_words(),
        "ratio": t("targets.table.ratio_note"),
        "narrative": t("targets.table.narrative_note"),
    }
    return [(t(f"targets.table.about_{name}"), text) for name, text in lines.items()]
