"""A scenario as an annex in XLSX: what changes, who gets what, in words, how it was counted, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from literasi.charts.allocation import Way, estimate
from literasi.domain.allocation import Outcome, State
from literasi.domain.scenario import ITEMS, Addition, Scenario
from literasi.export.workbook import Sheet, Value, figure, percentage, source_sheet, workbook_bytes
from literasi.text import t


def book(
    plan: Scenario,
    *,
    before: Outcome,
    ways: Sequence[Way],
    names: Mapping[str, str],
    measures: pd.DataFrame,
    said: Sequence[str],
    about: Sequence[tuple[str, str]],
    sources: Iterable[Mapping[str, Any]],
    mark: str = "",
) -> bytes:
    """Write a scenario as a workbook.

    Parameters
    ----------
    plan : Scenario
    before : Outcome
    ways : sequence of Way
        The user's own first.
    names : mapping of str to str
        Regency names by code, in the order written.
    measures : DataFrame
        From `literasi.charts.allocation.ways_table`.
    said : sequence of str
        Findings, one sentence each.
    about : sequence of (str, str)
        What a reader must know to check the numbers, by name.
    sources : iterable of mapping
        Rows of the table ``sources`` that are cited.
    mark : str
        Text that marks synthetic data; empty for real data.

    Returns
    -------
    bytes
        XLSX. The name of the scenario is text, whatever it begins with.
    """
    title = t("simulation.book_title", name=plan.name) if plan.name else t("simulation.book_unnamed")
    above = [title, t("simulation.note"), *([mark] if mark else [])]
    codes = [code for code in names if code in before.areas]
    sheets = [
        Sheet(
            t("simulation.sheet_summary"),
            [str(column) for column in measures.columns],
            [list(row) for row in measures.itertuples(index=False)],
            above,
        ),
        *(_way_sheet(before, way, codes=codes, names=names, above=above) for way in ways),
        Sheet(t("simulation.sheet_money"), _money_headings(), _money(plan), above),
        Sheet(t("simulation.sheet_words"), [t("simulation.finding")], [[line] for line in said], above),
        Sheet(
            t("simulation.sheet_about"),
            [t("simulation.about_field"), t("simulation.about_value")],
            [list(pair) for pair in about],
            above,
        ),
        source_sheet(sources),
    ]
    return workbook_bytes(sheets, title=title)


def _money_headings() -> list[str]:
    return [t(f"simulation.money_{column}") for column in ("what", "number", "each", "sum")]


def _money(plan: Scenario) -> list[list[Value]]:
    """Numbers and costs as given; what was not given is an empty cell."""
    rows: list[list[Value]] = []
    for item in ITEMS:
        each, count = plan.costs.get(item), plan.total(item)
        total = None if each is None else each * count
        rows.append([t(f"simulation.item_{item}"), figure(count), figure(each), figure(total)])
    return [*rows, [t("simulation.money_budget"), None, None, figure(plan.budget)]]


def _way_sheet(
    before: Outcome, way: Way, *, codes: Sequence[str], names: Mapping[str, str], above: Sequence[str]
) -> Sheet:
    headings = [
        t("column.area_code"),
        t("column.area"),
        *(t(f"simulation.item_{item}") for item in ITEMS),
        t("simulation.villages"),
        *(t(f"simulation.{what}_by", way=when) for when in (t("simulation.before"), t("simulation.after"))
          for what in ("covered", "share", "reached")),
        *(t(f"simulation.{what}_by", way=when) for when in (t("simulation.before"), t("simulation.after"))
          for what in ("libraries", "packages", "untrained")),
    ]  # fmt: skip
    rows = [
        _cells(
            code,
            names[code],
            way.additions.get(code, Addition()),
            (before.areas[code], way.outcome.areas[code]),
        )
        for code in codes
    ]
    every = Addition(*(sum(way.additions.get(code, Addition()).of(item) for code in codes) for item in ITEMS))
    rows.append(_cells("", t("simulation.all"), every, (before.whole, way.outcome.whole)))
    return Sheet(way.label, headings, rows, [*above, t("simulation.sheet_way", way=way.label)])


def _cells(code: str, name: str, added: Addition, states: tuple[State, State]) -> list[Value]:
    out: list[Value] = [
        code or None, name, *(figure(added.of(item)) for item in ITEMS), figure(states[0].villages)
    ]  # fmt: skip
    for state in states:
        is_known = state.is_listed or state.covered > 0
        out += [
            figure(state.covered if is_known else None),
            percentage(state.share if is_known else None),
            figure(estimate(state.reached) if is_known else None),
        ]
    for state in states:
        out += [figure(state.libraries), figure(state.packages), figure(state.untrained)]
    return out
