"""What the page of literacy indices shows around its charts: choice, breaks, alternatives."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import pandas as pd
import streamlit as st

from literasi.domain import findings
from literasi.domain.findings import Finding, Findings
from literasi.domain.indicators import Edition, Indicator
from literasi.domain.levels import NATION
from literasi.domain.observations import alternatives
from literasi.domain.reports import level_of
from literasi.text import number, t
from literasi.ui import cached, url
from literasi.ui.safe import markdown
from literasi.ui.sources import list_sources
from literasi.ui.tables import show_table

Lineage = tuple[Indicator, ...]


def choose_lineage() -> Lineage:
    """Let the user choose an index; it comes with the indices that succeeded it."""
    lineages = {lineage[0].id: lineage for lineage in cached.catalogue().lineages("reading", "development")}
    chosen = url.choose(
        "indeks",
        tuple(lineages),
        label=t("indices.choose"),
        default=next(iter(lineages)),
        show=lambda code: " → ".join(t(f"indicator_short.{i.id}") for i in lineages[code]),
        widget="segments",
    )
    return lineages[chosen]


def triple(area: str) -> dict[str, str]:
    """Give the names of an area, its province and the nation: the default comparison."""
    register = cached.register()
    return {code: register.name(code) for code in dict.fromkeys((area, register.province.code, NATION))}


def regencies() -> dict[str, str]:
    """Give the names of all regencies, in code order."""
    return {area.code: area.name for area in cached.register().regencies()}


def values(indicator: Indicator) -> pd.DataFrame:
    """Give the yearly values of an index for nation, province and regencies."""
    levels = [level for level in ("nation", "province", "regency") if level in indicator.levels]
    return pd.concat([cached.values(indicator, level=level) for level in levels], ignore_index=True)


def editions(lineage: Lineage) -> list[tuple[Indicator, Edition]]:
    """Give every edition of a lineage, newest first, with its indicator."""
    found = [(indicator, edition) for indicator in lineage for edition in indicator.editions]
    return sorted(found, key=lambda pair: pair[1].last_year or 9999, reverse=True)


def with_regencies(indicator: Indicator) -> list[Edition]:
    """Give the editions that have a value for at least one regency."""
    if "regency" not in indicator.levels:
        return []
    present = set(cached.values(indicator, level="regency")["edition"])
    return [edition for edition in indicator.editions if edition.id in present]


def components(indicator: Indicator) -> tuple[Indicator, ...]:
    """Give the indicators that a composite index is made of."""
    return tuple(cached.catalogue()[component] for component in indicator.components)


def component_values(indicator: Indicator) -> pd.DataFrame:
    """Give the yearly values of all components, with their ``indicator_id``."""
    return pd.concat([values(c).assign(indicator_id=c.id) for c in components(indicator)], ignore_index=True)


def with_components(indicator: Indicator) -> list[Edition]:
    """Give the editions whose components are standardised, so that they share a scale."""
    shared = [e for c in components(indicator)[:1] for e in c.editions if (e.unit or c.unit) == "index_0_1"]
    return [edition for edition in indicator.editions if edition.id in {e.id for e in shared}]


def missing(indicator: Indicator, edition: Edition, *, of_components: bool = False) -> str:
    """Say that an edition has no value, or no components, for the areas chosen."""
    return t(
        "indices.missing_components" if of_components else "indices.missing",
        indicator=markdown(t(f"indicator_short.{indicator.id}")),
        edition=markdown(edition.label),
    )


def find(lineage: Lineage, area: str) -> Findings:
    """Find where the indices of a lineage stand, how they moved, and what was not published."""
    moved: list[Finding | None] = []
    gap: list[Finding | None] = []
    unknown: list[Finding | None] = []
    for indicator in reversed(lineage):
        known = values(indicator)
        latest = findings.latest(known, indicator=indicator, area=area)
        moved += [latest, findings.change(known, indicator=indicator, area=area)]
        others = [code for code in triple(area) if code != area]
        gap += [findings.beside(known, indicator=indicator, area=area, other=code) for code in others]
        if latest is None and level_of(area) in indicator.levels:
            unknown.append(findings.never_published(indicator, area=area))
        unknown.append(_blank_regencies(known, indicator))
        unknown.append(findings.method_break(known, indicator=indicator))
    return findings.gather(moved=moved, gap=gap, unknown=unknown)


def _blank_regencies(known: pd.DataFrame, indicator: Indicator) -> Finding | None:
    of_regencies = known[known["area_code"].isin(list(regencies()))]
    if of_regencies.empty:
        return None
    year = str(of_regencies["period"].max())
    missing = findings.without_data(of_regencies, areas=list(regencies()), period=year)
    return findings.in_full(missing, indicator=indicator)


def targets_of(indicator: Indicator, edition: Edition, area: str) -> bool:
    """Whether an area has a target of an edition, so that a path to it can be drawn."""
    aims = cached.frame("targets")
    is_same = aims["indicator_id"].eq(indicator.id) & aims["edition"].eq(edition.id)
    return bool((is_same & aims["area_code"].eq(area)).any())


def show_breaks(lineage: Lineage) -> None:
    """Name every change of method on the way, with its regulation: nothing may be read across it."""
    lines = [
        f"- **{markdown(before.label)} → {markdown(after.label)}**: {markdown(after.regulation)}. "
        f"{markdown(after.method)}"
        for before, after in _changes(lineage)
    ]
    if lines:
        with st.expander(
            t("indices.breaks", count=len(lines)), icon=":material/content_cut:", expanded=False
        ):
            st.markdown(t("indices.breaks_rule") + "\n\n" + "\n".join(lines))


def _changes(lineage: Lineage) -> list[tuple[Edition, Edition]]:
    return list(pairwise(edition for _, edition in reversed(editions(lineage))))


def show_alternatives(indicator: Indicator, names: Mapping[str, str]) -> None:
    """Show, one click away, the published values that are not drawn, and why another is preferred."""
    register = cached.register()
    found = alternatives(cached.frame("observations"), indicator)
    found = found[found["area_code"].isin([*names, *regencies()])]
    others = len(found) - int(found["is_preferred"].sum())
    if not others:
        return
    known = cached.sources()
    with st.expander(t("indices.alternatives", count=others), icon=":material/compare_arrows:"):
        show_table(
            pd.DataFrame(
                {
                    t("column.area"): found["area_code"].map(register.name),
                    t("column.year"): found["period"],
                    t("column.value"): found["value"].map(lambda v: number(v, indicator.decimals)),
                    t("column.drawn"): found["is_preferred"].map({True: t("term.yes"), False: t("term.no")}),
                    t("column.publisher"): found["source_id"].map(lambda s: known[s]["publisher"]),
                    t("column.reason"): found["reason"],
                    t("column.note"): found["note"],
                }
            ),
            key=f"indices.alternatives.{indicator.id}",
        )
        list_sources(known[source] for source in dict.fromkeys(found["source_id"]))
