"""The only door from pages to the store, and the only caches.

Everything is keyed on the workspace and on the newest submission, so a commit by any process is seen at the
next rerun and nothing is ever invalidated by hand. What is returned is shared: never change it in place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd
import streamlit as st

from literasi import settings, text
from literasi.closing.facts import TABLES as CLOSING_TABLES
from literasi.closing.facts import Facts
from literasi.domain import measures
from literasi.domain.areas import AreaRegister
from literasi.domain.coverage import ReportingRules
from literasi.domain.headline import SummaryRules
from literasi.domain.indicators import Catalogue, Indicator, Published
from literasi.domain.iplm import IplmRules
from literasi.domain.levels import Level
from literasi.domain.measures import Grain
from literasi.domain.priority import PriorityRules
from literasi.domain.privacy import THRESHOLD_INTERNAL, THRESHOLD_PUBLIC
from literasi.domain.remoteness import Land
from literasi.domain.snp import SnpRules
from literasi.domain.targets import TargetSettings
from literasi.figures import STATIC_DIR, Chart
from literasi.maps import Layout, load_layout
from literasi.store import OFFICE_NOTES as OFFICE_NOTES
from literasi.store import Counts as Counts
from literasi.store import Effect as Effect
from literasi.store import Preview as Preview
from literasi.store import Store, definitions
from literasi.store.land import load_land
from literasi.ui import url
from literasi.workspaces import PRACTICE, open_workspace

if TYPE_CHECKING:
    from literasi.desk import Desk

Made = TypeVar("Made")


@st.cache_resource(show_spinner=False)
def _settings() -> settings.Settings:
    return settings.load()


@st.cache_resource(show_spinner=False)
def _store(workspace: str) -> Store:
    return open_workspace(workspace, _settings())


@st.cache_resource(show_spinner=False)
def _desk(workspace: str) -> Desk:
    from literasi.desk import Desk  # readers and writers of office files, which reading pages never need

    return Desk(_store(workspace), _settings(), workspace=workspace)


def desk() -> Desk:
    """Give the intake desk of this run's workspace."""
    return _desk(url.workspace())


_heads: ContextVar[dict[str, int] | None] = ContextVar("heads", default=None)


def begin() -> None:
    """Say that a run begins: until the next one the whole page shows each workspace as of one moment."""
    _heads.set({})


def newest() -> int:
    """Give the newest submission as of the beginning of this run: the key of every cache."""
    heads, workspace = _heads.get(), url.workspace()
    if heads is None:
        return _store(workspace).head()
    if workspace not in heads:
        heads[workspace] = _store(workspace).head()
    return heads[workspace]


def is_public() -> bool:
    """Whether the dashboard is being shown to others, so that the public suppression threshold applies."""
    return _settings().read_only


def threshold() -> int:
    """Give the smallest count of people that is shown here; what is meant for sharing hides more."""
    return THRESHOLD_PUBLIC if is_public() or url.is_shared() else THRESHOLD_INTERNAL


def catalogue() -> Catalogue:
    """Give all indicator definitions; for practice without what real data lack."""
    return _catalogue(is_practice=url.workspace() == PRACTICE)


@st.cache_resource(show_spinner=False)
def _catalogue(*, is_practice: bool) -> Catalogue:
    loaded = definitions.load_catalogue(_settings().data_dir)
    if not is_practice:
        return loaded
    return Catalogue(tuple(indicator.model_copy(update={"incomplete": None}) for indicator in loaded))


@st.cache_resource(show_spinner=False)
def snp_rules() -> SnpRules:
    """Give the national library standard's thresholds for village libraries."""
    return definitions.load_snp(_settings().data_dir)


@st.cache_resource(show_spinner=False)
def reporting_rules() -> ReportingRules:
    """Give the rule that says which monthly reports are expected."""
    return definitions.load_reporting(_settings().data_dir)


@st.cache_resource(show_spinner=False)
def summary_rules() -> SummaryRules:
    """Give the choice of indicators for the summary page."""
    return definitions.load_summary(_settings().data_dir)


@st.cache_resource(show_spinner=False)
def iplm_rules() -> IplmRules:
    """Give the parameters of the IPLM simulation by edition."""
    return definitions.load_iplm(_settings().data_dir)


def target_settings() -> TargetSettings:
    """Give the tolerances that the office agreed to; for practice the example."""
    return _target_settings(is_practice=url.workspace() == PRACTICE)


@st.cache_resource(show_spinner=False)
def _target_settings(*, is_practice: bool) -> TargetSettings:
    rules = definitions.load_targets(_settings().data_dir)
    return rules.example if is_practice else rules.agreed


@st.cache_resource(show_spinner=False)
def priority_rules() -> PriorityRules:
    """Give the components of the priority score, their default weights and limits."""
    return definitions.load_priority(_settings().data_dir)


@st.cache_resource(show_spinner=False)
def land() -> Land:
    """Give the inhabited islands with the seats that the priority score measures from."""
    return load_land(_settings().data_dir, static_dir=STATIC_DIR, rules=priority_rules())


@st.cache_resource(show_spinner=False)
def map_layout() -> Layout:
    """Give the boxes and label places of the map."""
    return load_layout(_settings().data_dir)


@st.cache_resource(show_spinner=False, max_entries=64)
def _frame(workspace: str, head: int, table: str) -> pd.DataFrame:
    return _store(workspace).frame(table)


def frame(table: str) -> pd.DataFrame:
    """Give the current rows of a table.

    Parameters
    ----------
    table : str
        A name in `literasi.contracts.TABLES`.

    Returns
    -------
    DataFrame
        Shared by all sessions: do not change it.
    """
    return _frame(url.workspace(), newest(), table)


@st.cache_resource(show_spinner=False, max_entries=4)
def _register(workspace: str, head: int) -> AreaRegister:
    return AreaRegister.from_frame(_frame(workspace, head, "areas"))


def register() -> AreaRegister:
    """Give the register of areas."""
    return _register(url.workspace(), newest())


@st.cache_resource(show_spinner=False, max_entries=128)
def _values(workspace: str, head: int, indicator_id: str, level: Level, grain: Grain) -> pd.DataFrame:
    indicator = catalogue()[indicator_id]
    measure = indicator.measure
    needed = ("observations",) if isinstance(measure, Published) else measures.needs(measure.function)
    tables = {name: _frame(workspace, head, name) for name in needed}
    return measures.evaluate(indicator, tables, level=level, grain=grain, rules=reporting_rules())


def values(indicator: Indicator, *, level: Level, grain: Grain = "year") -> pd.DataFrame:
    """Give the tidy values of an indicator (columns as in `literasi.domain.measures.evaluate`)."""
    return _values(url.workspace(), newest(), indicator.id, level, grain)


def all_values(indicator: Indicator) -> pd.DataFrame:
    """Give the tidy values of an indicator at every level that it is declared for."""
    levels = [level for level in indicator.levels if level != "library"]
    return pd.concat(
        [values(indicator, level=level, grain=indicator.grain) for level in levels], ignore_index=True
    )


@st.cache_resource(show_spinner=False, max_entries=512)
def _chart(key: tuple[Hashable, ...], _build: Callable[[], Chart | None]) -> Chart | None:
    return _build()


def chart(name: str, build: Callable[[], Chart | None], *depends: Hashable) -> Chart | None:
    """Build a chart once for each state of the data, the language and what it depends on.

    Parameters
    ----------
    name : str
        Unique over all pages.
    build : callable
        Makes the chart; None when there is nothing to draw.
    *depends : hashable
        Every choice of the user that the chart depends on.

    Returns
    -------
    Chart or None
    """
    return _chart((name, *_state(), *depends), build)


@st.cache_resource(show_spinner=False, max_entries=256)
def _made(key: tuple[Hashable, ...], _build: Callable[[], Any]) -> Any:
    return _build()


def made(name: str, build: Callable[[], Made], *depends: Hashable) -> Made:
    """Make what several charts and cards of a page share once for each state of the data.

    Parameters
    ----------
    name : str
        Unique over all pages.
    build : callable
        Makes it; shared by all sessions, so it must not be changed.
    *depends : hashable
        Every choice of the user that it depends on.

    Returns
    -------
    object
        What `build` gave.
    """
    result: Made = _made((name, *_state(), *depends), build)
    return result


def _state() -> tuple[Hashable, ...]:
    """What everything on a page depends on: workspace, data, language, and who is looking."""
    return url.workspace(), newest(), text.language(), is_public(), threshold()


def sources() -> Mapping[str, Mapping[str, Any]]:
    """Give every publication by its ``source_id``."""
    return _sources(url.workspace(), newest())


@st.cache_resource(show_spinner=False, max_entries=4)
def _sources(workspace: str, head: int) -> Mapping[str, Mapping[str, Any]]:
    rows = _frame(workspace, head, "sources").to_dict("records")
    return {str(row["source_id"]): {str(k): v for k, v in row.items()} for row in rows}


@st.cache_resource(show_spinner=False, max_entries=4)
def _submissions(workspace: str, head: int) -> pd.DataFrame:
    return _store(workspace).submissions()


def submissions() -> pd.DataFrame:
    """Give every submission, newest first (columns as in `literasi.store.Store.submissions`)."""
    return _submissions(url.workspace(), newest())


@st.cache_resource(show_spinner=False, max_entries=32)
def _effect(workspace: str, head: int, submission: int) -> Mapping[str, Effect]:
    return _store(workspace).effect(submission)


def effect(submission: int) -> Mapping[str, Effect]:
    """Give what a submission did, per table: rows added, values changed, rows removed (a bounded number)."""
    return _effect(url.workspace(), newest(), submission)


@st.cache_resource(show_spinner=False, max_entries=8)
def _undo_preview(workspace: str, head: int, submission: int) -> Preview:
    return _store(workspace).preview_undo(submission)


def undo_preview(submission: int) -> Preview:
    """Give what taking a submission back would do now; raises as the undo would."""
    return _undo_preview(url.workspace(), newest(), submission)


@st.cache_resource(show_spinner=False, max_entries=16)
def _difference(workspace: str, first: int, last: int) -> Mapping[str, tuple[Counts, Effect]]:
    return _store(workspace).compare(first, last)


def difference(first: int, last: int) -> Mapping[str, tuple[Counts, Effect]]:
    """Compare the data as of two submissions, per table: numbers, and a bounded number of rows."""
    return _difference(url.workspace(), first, last)


@st.cache_resource(show_spinner=False, max_entries=16)
def _sizes(workspace: str, as_of: int) -> Mapping[str, int]:
    return _store(workspace).sizes(as_of)


def sizes(as_of: int) -> Mapping[str, int]:
    """Give the number of rows of every table right after a submission."""
    return _sizes(url.workspace(), as_of)


@st.cache_resource(show_spinner=False, max_entries=256)
def _origins(
    workspace: str, table: str, as_of: int, where: tuple[tuple[str, tuple[str, ...]], ...]
) -> pd.DataFrame:
    return _store(workspace).origins(table, as_of, dict(where))


def origins(table: str, as_of: int, where: tuple[tuple[str, tuple[str, ...]], ...]) -> pd.DataFrame:
    """Count rows as of a submission by the one that brought them (`literasi.store.Store.origins`)."""
    return _origins(url.workspace(), table, as_of, where)


def facts(head: int | None = None) -> Facts:
    """Give what the closing of an event is made from.

    Parameters
    ----------
    head : int, optional
        Submission as of which; the newest of this run unless given.
    """
    if head is None or head == newest():
        head, tables, areas = newest(), {table: frame(table) for table in CLOSING_TABLES}, register()
    else:
        store = _store(url.workspace())
        tables = {table: store.frame(table, head) for table in CLOSING_TABLES}
        areas = AreaRegister.from_frame(store.frame("areas", head))
    times = submissions().set_index("id")["time"]
    workspace = url.workspace()
    return Facts(
        tables=tables,
        register=areas,
        catalogue=catalogue(),
        reporting=reporting_rules(),
        workspace=workspace,
        head=head,
        origin=text.t(
            "closing.origin",
            workspace=text.t(f"workspace.{workspace}"),
            submission=head,
            when=text.moment(str(times[head])) if head in times.index else "–",
        ),
        mark=text.t("shell.practice_mark") if workspace == PRACTICE else "",
        base_url=_settings().base_url,
    )


def submission_of(moment: dt.datetime) -> int:
    """Give the newest submission made not later than a moment, of those that this run sees."""
    return min(_store(url.workspace()).as_of(moment), newest())


def frame_as_of(table: str, as_of: int) -> pd.DataFrame:
    """Read the rows of a table as they stood right after a submission; not kept, for downloads only."""
    return _store(url.workspace()).frame(table, as_of)
