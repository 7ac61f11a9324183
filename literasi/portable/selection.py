"""Which charts stand in the report for those without Python: the summary's indicators, and the indices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from literasi.charts.editions import edition_chart
from literasi.domain import measures
from literasi.domain.areas import AreaRegister
from literasi.domain.coverage import ReportingRules
from literasi.domain.headline import SummaryRules
from literasi.domain.indicators import Catalogue, Indicator, Published
from literasi.domain.levels import NATION, Level
from literasi.figures import Chart
from literasi.maps import (
    ALL,
    Layout,
    Units,
    editions_with_values,
    last_month_of,
    regency_map,
    units_of,
    value_bars,
    years_with_values,
)

_LEVELS: tuple[Level, ...] = ("nation", "province", "regency")
_INDICES = ("reading", "development")


@dataclass(frozen=True, slots=True)
class Workspace:
    """What the charts are drawn from.

    Attributes
    ----------
    tables : mapping of str to DataFrame
        Every table, as of one submission.
    """

    tables: Mapping[str, pd.DataFrame]
    register: AreaRegister
    catalogue: Catalogue
    summary: SummaryRules
    reporting: ReportingRules
    layout: Layout


def charts(workspace: Workspace) -> Iterator[Chart]:
    """Give the charts: the map, every edition of the indices, and the regencies by each headline indicator.

    Parameters
    ----------
    workspace : Workspace

    Yields
    ------
    Chart
        Each edition of an index is a chart of its own; what has no value is left out.
    """
    found = (
        _map(workspace),
        *(chart for indicator in _indices(workspace) for chart in _editions(workspace, indicator)),
        *(_bars(workspace, workspace.catalogue[code]) for code in workspace.summary.cards),
    )
    yield from (chart for chart in found if chart is not None)


def _indices(workspace: Workspace) -> list[Indicator]:
    lineages = workspace.catalogue.lineages(*_INDICES)
    return list({indicator.id: indicator for lineage in lineages for indicator in lineage}.values())


def _values(
    workspace: Workspace, indicator: Indicator, level: Level, *, grain: measures.Grain = "year"
) -> pd.DataFrame:
    measure = indicator.measure
    needed = ("observations",) if isinstance(measure, Published) else measures.needs(measure.function)
    tables = {name: workspace.tables[name] for name in needed}
    return measures.evaluate(indicator, tables, level=level, grain=grain, rules=workspace.reporting)


def _editions(workspace: Workspace, indicator: Indicator) -> Iterator[Chart | None]:
    levels = [level for level in _LEVELS if level in indicator.levels]
    if not levels:
        return
    values = pd.concat([_values(workspace, indicator, level) for level in levels], ignore_index=True)
    register = workspace.register
    province = register.province.code
    codes = (province, NATION, *(area.code for area in register.regencies()))
    names = {code: register.name(code) for code in codes}
    for edition in reversed(indicator.editions):
        yield edition_chart(values, indicator=indicator, edition=edition, names=names, focus=province)


def _map(workspace: Workspace) -> Chart | None:
    units = _units(workspace, workspace.catalogue[workspace.summary.map])
    if units is None:
        return None
    return regency_map(units, layout=workspace.layout, register=workspace.register, view=ALL)


def _bars(workspace: Workspace, indicator: Indicator) -> Chart | None:
    if "regency" not in indicator.levels or indicator.theme in _INDICES:
        return None
    units = _units(workspace, indicator)
    if units is None:
        return None
    return replace(value_bars(units), name=f"nilai-{indicator.id}")


def _units(workspace: Workspace, indicator: Indicator) -> Units | None:
    """Give the regencies in the newest year of an indicator; None where none has a value."""
    values = _values(workspace, indicator, "regency")
    editions = editions_with_values(values, indicator)
    if not editions:
        return None
    year = years_with_values(values, editions[-1])[-1]
    months = _values(workspace, indicator, "regency", grain="month") if indicator.grain == "month" else None
    return units_of(
        values,
        indicator=indicator,
        edition=editions[-1],
        period=year,
        names={area.code: area.name for area in workspace.register.regencies()},
        last_month=None if months is None else last_month_of(months, year),
    )
