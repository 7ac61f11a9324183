"""What the page of simulation shows: a scenario in the address, its effect, other ways, equity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import copy_context
from functools import partial
from typing import get_args
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from literasi.charts import allocation as charts
from literasi.charts.allocation import Way, about, gini_words, share_words
from literasi.domain import allocation
from literasi.domain.allocation import Outcome, Start, Strategy, Weight
from literasi.domain.measures import denominators
from literasi.domain.scenario import (
    ITEMS,
    MOST,
    MOST_RUPIAH,
    NAME_LENGTH,
    Addition,
    Codes,
    Item,
    Scenario,
    decode,
    encode,
    scenario,
)
from literasi.domain.scenario_findings import findings
from literasi.export.simulation import book
from literasi.export.workbook import MIME
from literasi.figures import Chart
from literasi.sentences import say
from literasi.text import moment, number, percent, signed, t
from literasi.ui import cached, indices, targets, url
from literasi.ui.cards import Card, show_cards
from literasi.ui.safe import markdown
from literasi.ui.sources import source_popover
from literasi.ui.tables import show_table
from literasi.workspaces import PRACTICE

PARTS = ("susun", "bandingkan", "pemerataan")
KEY = "skenario"

_TABLES = ("areas", "population", "libraries", "aid", "events", "participants")
_UNLISTED = ("sisih", "nol")
_BASES = ("jumlah", "anggaran")
_WEIGHTS: Mapping[str, Weight] = {"desa": "villages", "penduduk": "residents"}
_STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)
_KEPT = "simulation.kept"
_KEPT_AT_MOST = 4
_SHOWN = "simulation.shown"  # the code that the fields of the form were last filled from
_STEP = 1_000_000  # rupiah


# Choices


def chosen() -> Scenario:
    """Give the scenario of the address (``skenario``); a code that cannot be read gives the empty one."""
    areas = tuple(indices.regencies())
    return decode(url.resolve(KEY, Codes(areas), ""), areas=areas)


def choose_unlisted() -> bool:
    """Choose what to do with regencies whose libraries are not known (``tanpa-daftar``), if there are any.

    Returns
    -------
    bool
        Whether the user assumes that they have none.
    """
    if all(start.is_listed for start in _known()):
        return False
    code = url.choose(
        "tanpa-daftar",
        _UNLISTED,
        label=t("simulation.unlisted"),
        default=_UNLISTED[0],
        show=lambda code: t(f"simulation.unlisted_{code}"),
        help=t("simulation.unlisted_help"),
    )
    return code == _UNLISTED[1]


def choose_basis() -> str:
    """Choose what the automatic ways share out (``dasar``): the same numbers, or the same budget."""
    return url.choose(
        "dasar",
        _BASES,
        label=t("simulation.basis"),
        default=_BASES[0],
        show=lambda code: t(f"simulation.basis_{code}"),
        widget="segments",
        help=t("simulation.basis_help"),
    )


def choose_weight() -> Weight:
    """Choose what coverage is a part of (``bobot``): villages or residents."""
    code = url.choose(
        "bobot",
        tuple(_WEIGHTS),
        label=t("simulation.weight"),
        default="desa",
        show=lambda code: t(f"simulation.weight_{_WEIGHTS[code]}"),
        widget="segments",
    )
    return _WEIGHTS[code]


# Effect


def show_effect(plan: Scenario, *, is_assumed: bool) -> None:
    """Show the headline figures of a scenario and what it changes in words."""
    before, after = _before(is_assumed), _after(plan, is_assumed)
    if plan.name:
        st.markdown(f"**{t('simulation.named', name=markdown(plan.name))}**")
    show_cards(_cards(plan, before, after), key="simulation.cards")
    said = _said(plan, is_assumed=is_assumed)
    st.markdown("\n".join(f"- {markdown(line)}" for line in said))
    st.caption(f":material/science: {t('simulation.note')}")


def coverage_chart(plan: Scenario, *, is_assumed: bool) -> Chart | None:
    """Draw the coverage before and after a scenario."""
    return charts.coverage_chart(
        _before(is_assumed),
        [_own(plan, is_assumed)],
        names=indices.regencies(),
        name="simulasi-cakupan",
        sources=_sources(),
    )


def edit(plan: Scenario) -> None:
    """Show the fields of a scenario; nothing changes before they are applied."""
    _fill(plan)
    known = {start.area_code: start for start in _known()}
    with st.form("simulation.form"):
        st.text_input(
            t("simulation.name"),
            key="simulation.name",
            max_chars=NAME_LENGTH,
            help=t("simulation.name_help"),
            placeholder=t("simulation.name_example"),
        )
        _headings()
        for code, name in indices.regencies().items():
            if code in known:
                _row(known[code], name)
        with st.expander(t("simulation.money"), icon=":material/payments:", key="simulation.money"):
            st.caption(t("simulation.money_note"))
            with st.container(horizontal=True):
                for field in ("budget", *ITEMS):
                    st.number_input(
                        t(f"simulation.money_{field}"),
                        min_value=0,
                        max_value=MOST_RUPIAH,
                        step=_STEP,
                        value=None,
                        key=_field(field),
                        width=210,
                    )
        st.form_submit_button(t("simulation.apply"), icon=":material/check:", on_click=_apply)
    if plan != Scenario():
        st.button(
            t("simulation.clear"),
            icon=":material/backspace:",
            key="simulation.clear",
            on_click=partial(url.write, KEY, "", ""),
        )


def _fill(plan: Scenario) -> None:
    """Put the scenario of the address into the fields, unless they already show it and are being edited."""
    code = encode(plan)
    values: dict[str, str | int | None] = {"simulation.name": plan.name, _field("budget"): plan.budget}
    values |= {_field(item): plan.costs.get(item) for item in ITEMS}
    for area in indices.regencies():
        addition = plan.additions.get(area, Addition())
        values |= {_field(item, area): addition.of(item) for item in ITEMS}
    is_new = st.session_state.get(_SHOWN) != code
    for key, value in values.items():
        if is_new or key not in st.session_state:
            st.session_state[key] = value
    st.session_state[_SHOWN] = code


def _apply() -> None:
    """Write what stands in the fields into the address."""
    state = st.session_state
    plan = scenario(
        name=state["simulation.name"] or "",
        additions={
            area: Addition(*(int(state.get(_field(item, area)) or 0) for item in ITEMS))
            for area in indices.regencies()
        },
        budget=state[_field("budget")],
        costs={item: state[_field(item)] for item in ITEMS},
    )
    state[_SHOWN] = None  # what was cleaned or left out must be seen so
    url.write(KEY, encode(plan), "")


def _field(what: str, area: str = "") -> str:
    return f"simulation.{what}.{area}" if area else f"simulation.{what}"


def _headings() -> None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.caption(t("simulation.added"), width=_NAME)
        with st.container(horizontal=True, gap="small", width=_FIELDS):
            for item in ITEMS:
                st.caption(t(f"simulation.item_{item}"), width=_ONE)


def _row(start: Start, name: str) -> None:
    left = start.villages - start.covered
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        state = "left" if start.is_listed else "left_unknown"
        small = t(f"simulation.{state}", left=number(left), villages=number(start.villages))
        st.markdown(f"{markdown(name)}  \n:small[{small}]", width=_NAME)
        with st.container(horizontal=True, gap="small", width=_FIELDS):
            for item in ITEMS:
                st.number_input(
                    f"{t(f'simulation.item_{item}')}, {name}",
                    min_value=0,
                    max_value=MOST,
                    step=1,
                    key=_field(item, start.area_code),
                    label_visibility="collapsed",
                    width=_ONE,
                )


_NAME, _ONE = 150, 92  # pixels; beside each other on a phone after the name
_FIELDS = 3 * _ONE + 32


# Other ways


def show_ways(plan: Scenario, *, is_assumed: bool, basis: str) -> list[Way]:
    """Show the user's own and the automatic ways in one table; give those to be drawn."""
    if not _units(plan, basis):
        st.info(t("simulation.empty_ways"), icon=":material/info:")
        return []
    if basis == _BASES[1] and allocation.affordable(plan) is None:
        st.info(t("simulation.no_budget_basis"), icon=":material/info:")
    before, ways = _before(is_assumed), _ways(plan, is_assumed=is_assumed, basis=basis)
    compared = [*ways, *_kept(plan, is_assumed)]
    show_table(
        charts.ways_table(before, compared, _measures(plan, before, compared)),
        key="simulation.ways",
        alt=t("simulation.ways_alt", ways=", ".join(way.label for way in compared)),
    )
    for strategy in _STRATEGIES:
        st.caption(f":material/info: {t(f'simulation.about_{strategy}')}")
    with st.container(horizontal=True):
        for way, strategy in zip(ways[1:], _STRATEGIES, strict=True):
            st.button(
                t("simulation.take", way=way.label),
                key=f"simulation.take.{strategy}",
                on_click=partial(url.write, KEY, encode(plan.with_additions(way.additions)), ""),
            )
        st.button(
            t("simulation.keep"),
            icon=":material/bookmark_add:",
            key="simulation.keep",
            help=t("simulation.keep_help", most=_KEPT_AT_MOST),
            on_click=partial(_keep, encode(plan)),
        )
        if st.session_state.get(_KEPT):
            st.button(
                t("simulation.forget"),
                icon=":material/bookmark_remove:",
                key="simulation.forget",
                on_click=partial(st.session_state.__setitem__, _KEPT, []),
            )
    return ways


def ways_chart(ways: Sequence[Way], *, is_assumed: bool) -> Chart | None:
    """Draw the coverage after each way."""
    return charts.coverage_chart(
        _before(is_assumed),
        ways,
        names=indices.regencies(),
        name="simulasi-cara",
        sources=_sources(),
    )


def _keep(code: str) -> None:
    """Keep a scenario in this session, the oldest giving way."""
    kept = [other for other in st.session_state.get(_KEPT, []) if other != code]
    st.session_state[_KEPT] = [*kept, code][-_KEPT_AT_MOST:]


def _kept(plan: Scenario, is_assumed: bool) -> list[Way]:
    areas = tuple(indices.regencies())
    codes = [code for code in st.session_state.get(_KEPT, []) if code != encode(plan)]
    plans = [decode(code, areas=areas) for code in codes]
    return [
        Way(
            kept.name or t("simulation.kept", place=place),
            kept.additions,
            allocation.outcome(_starts(is_assumed), kept.additions),
        )
        for place, kept in enumerate(plans, start=1)
    ]


# Equity


def lorenz_chart(plan: Scenario, weight: Weight, *, is_assumed: bool, basis: str) -> Chart | None:
    """Draw how unequal coverage is between regencies, before and after each way."""
    ways = _ways(plan, is_assumed=is_assumed, basis=basis) if _units(plan, basis) else []
    return charts.lorenz_chart(
        _before(is_assumed),
        ways,
        weight=weight,
        names=indices.regencies(),
        name="simulasi-lorenz",
        sources=_sources(),
    )


# Taking it along


def show_link() -> None:
    """Show the address that opens this view, to be copied."""
    st.caption(t("simulation.link"))
    st.code(f"/simulasi?{urlencode(st.query_params.to_dict())}", language=None, wrap_lines=True)


def show_download(plan: Scenario, *, is_assumed: bool, basis: str) -> None:
    """Offer the scenario as an annex in XLSX."""
    before = _before(is_assumed)
    is_empty = not _units(plan, basis)
    ways = [_own(plan, is_assumed)] if is_empty else _ways(plan, is_assumed=is_assumed, basis=basis)
    known = cached.sources()
    cited = [source for source in _sources() if source in known]
    workbook = partial(
        book,
        plan,
        before=before,
        ways=ways,
        names=indices.regencies(),
        measures=charts.ways_table(before, ways, _measures(plan, before, ways)),
        said=_said(plan, is_assumed=is_assumed),
        about=_about(is_assumed, basis),
        sources=[known[source] for source in cited],
        mark=t("shell.practice_mark") if url.workspace() == PRACTICE else "",
    )
    with st.container(horizontal=True):
        st.download_button(
            t("simulation.download"),
            data=partial(copy_context().run, workbook),
            file_name="simulasi.xlsx",
            mime=MIME,
            icon=":material/download:",
            key="simulation.xlsx",
            on_click="ignore",
        )
        source_popover(*cited, key="simulation.sources", label=t("simulation.sources"))


def _about(is_assumed: bool, basis: str) -> list[tuple[str, str]]:
    newest = cached.submissions().iloc[0]
    origin = t(
        "chart.origin",
        workspace=t(f"workspace.{url.workspace()}"),
        submission=int(newest["id"]),
        when=moment(str(newest["time"])),
    )
    lines = [
        (t("simulation.about_what"), t("simulation.note")),
        (t("simulation.about_origin"), origin),
        (t("simulation.about_link"), f"/simulasi?{urlencode(st.query_params.to_dict())}"),
        (t("simulation.basis"), t(f"simulation.basis_{basis}")),
        *((t("simulation.rule"), t(f"simulation.rule_{rule}")) for rule in _RULES),
        *((t(f"simulation.way_{strategy}"), t(f"simulation.about_{strategy}")) for strategy in _STRATEGIES),
        (t("simulation.gini"), t("chart.simulation.gini_method")),
    ]
    if not all(start.is_listed for start in _known()):
        lines.append(
            (
                t("simulation.unlisted"),
                t(f"simulation.unlisted_{_UNLISTED[1] if is_assumed else _UNLISTED[0]}"),
            )
        )
    return lines


def show_rules() -> None:
    """List what the simulation takes for granted."""
    with st.expander(t("simulation.rules"), icon=":material/rule:"):
        st.markdown("\n".join(f"- {t(f'simulation.rule_{rule}')}" for rule in _RULES))


_RULES = ("home", "residents", "known", "seats", "packages", "costs")


# Parts


def _known() -> list[Start]:
    return cached.made("simulasi-awal", _gathered, targets.this_year())


def _gathered() -> list[Start]:
    tables = {name: cached.frame(name) for name in _TABLES}
    return allocation.starts(tables, year=targets.this_year(), rules=cached.reporting_rules())


def _starts(is_assumed: bool) -> list[Start]:
    return allocation.assumed_none(_known()) if is_assumed else _known()


def _before(is_assumed: bool) -> Outcome:
    return allocation.outcome(_starts(is_assumed), {})


def _after(plan: Scenario, is_assumed: bool) -> Outcome:
    return allocation.outcome(_starts(is_assumed), plan.additions)


def _own(plan: Scenario, is_assumed: bool) -> Way:
    return Way(t("simulation.own"), plan.additions, _after(plan, is_assumed))


def _units(plan: Scenario, basis: str) -> dict[Item, int]:
    """What the automatic ways share out; empty where there is nothing."""
    units = {item: plan.total(item) for item in ITEMS}
    if basis == _BASES[1] and (bought := allocation.affordable(plan)) is not None:
        units["libraries"] = bought
    return units if any(units.values()) else {}


def _ways(plan: Scenario, *, is_assumed: bool, basis: str) -> list[Way]:
    """The user's own way, then the automatic ones."""

    def build() -> list[Way]:
        known, units = _starts(is_assumed), _units(plan, basis)
        out = [_own(plan, is_assumed)]
        for strategy in _STRATEGIES:
            additions = allocation.share_out(known, units, strategy=strategy)
            out.append(Way(t(f"simulation.way_{strategy}"), additions, allocation.outcome(known, additions)))
        return out

    return cached.made("simulasi-cara", build, encode(plan), is_assumed, basis, targets.this_year())


def _cards(plan: Scenario, before: Outcome, after: Outcome) -> tuple[Card, ...]:
    first, then = before.whole, after.whole
    old, new = before.gini["villages"], after.gini["villages"]
    money = allocation.cost(plan)
    gained = t("simulation.points", change=signed(100 * (then.share - first.share), 1))
    return (
        Card(
            t("simulation.card_coverage"),
            share_words(then),
            "",
            t("simulation.villages_of", covered=number(then.covered), villages=number(then.villages)),
            change=t("simulation.points", change=signed(gained, 1))
            if then.covered != first.covered
            else None,
            is_good=True,
            context=(t("simulation.was", value=share_words(first)),),
            meaning=t("simulation.card_coverage_meaning"),
        ),
        Card(
            t("simulation.card_reached"),
            about(then.reached),
            "",
            t("simulation.estimate"),
            change=f"+{about(then.reached - first.reached)}"
            if then.reached is not None and first.reached is not None and then.covered != first.covered
            else None,
            is_good=True,
            context=_share_of_residents(after),
            meaning=t("simulation.rule_residents"),
        ),
        Card(
            t("simulation.card_gini"),
            number(new, 2),
            "",
            t("simulation.gini_zero"),
            change=signed(new - old, 2)
            if new is not None and old is not None and round(new, 2) != round(old, 2)
            else None,
            is_good=new is not None and old is not None and new < old,
            context=(t("simulation.was", value=gini_words(before, "villages")),),
            meaning=t("chart.simulation.gini_method"),
        ),
        Card(
            t("simulation.card_worst"),
            percent(after.areas[after.worst[0]].share, 1) if after.worst else "–",
            "",
            _names(after.worst),
            context=(t("simulation.was", value=_worst_words(before)) if before.areas != after.areas else "",),
        ),
        Card(
            t("simulation.card_cost"),
            _rupiah(money.total) if plan.additions else "–",
            "",
            t("simulation.budget_of", budget=_rupiah(plan.budget))
            if plan.budget is not None
            else t("simulation.no_budget"),
            context=tuple(
                t("simulation.without_cost", item=t(f"simulation.item_{item}")) for item in money.unpriced
            ),
        ),
    )


def _share_of_residents(after: Outcome) -> tuple[str, ...]:
    whole = after.whole
    if whole.reached is None or not whole.residents:
        return ()
    return (t("simulation.of_residents", share=percent(whole.reached / whole.residents, 1)),)


def _measures(plan: Scenario, before: Outcome, ways: Sequence[Way]) -> dict[str, list[str]]:
    """Written measures by name: before, then each way."""
    outcomes = [before, *(way.outcome for way in ways)]
    rows = {
        t("simulation.measure_coverage"): [share_words(o.whole) for o in outcomes],
        t("simulation.measure_villages"): [number(o.whole.covered) for o in outcomes],
        t("simulation.measure_reached"): [about(o.whole.reached) for o in outcomes],
        t("simulation.measure_gini_villages"): [gini_words(o, "villages") for o in outcomes],
        t("simulation.measure_gini_residents"): [gini_words(o, "residents") for o in outcomes],
        t("simulation.card_worst"): [_worst_words(o) for o in outcomes],
        t("simulation.measure_packages"): [number(o.whole.packages_each, 2) for o in outcomes],
        t("simulation.measure_untrained"): [number(o.whole.untrained) for o in outcomes],
    }
    for item in ITEMS:
        rows[t("simulation.measure_added", item=t(f"simulation.item_{item}"))] = [
            "–",
            *(number(plan.with_additions(way.additions).total(item)) for way in ways),
        ]
    rows[t("simulation.card_cost")] = [
        "–",
        *(_rupiah(allocation.cost(plan.with_additions(way.additions)).total) for way in ways),
    ]
    return rows


def _said(plan: Scenario, *, is_assumed: bool) -> list[str]:
    found = findings(
        _before(is_assumed),
        _after(plan, is_assumed),
        known=_starts(is_assumed),
        scenario=plan,
        cost=allocation.cost(plan),
    )
    return [f"{say(finding, name=cached.register().name)}." for finding in found]


def _worst_words(outcome: Outcome) -> str:
    if not outcome.worst:
        return "–"
    lowest = percent(outcome.areas[outcome.worst[0]].share, 1)
    return t("simulation.worst", areas=_names(outcome.worst), value=lowest)


def _names(codes: Sequence[str]) -> str:
    return ", ".join(cached.register().name(code) for code in codes) or "–"


def _rupiah(amount: int | None) -> str:
    return "–" if amount is None else t("simulation.rupiah", amount=number(amount))


def _sources() -> tuple[str, ...]:
    """Publications that the starting point was read from."""
    libraries = cached.frame("libraries")
    partners = libraries[libraries["programme"].isin(cached.reporting_rules().programmes)]
    people = denominators(cached.frame("population"), level="regency", years=[targets.this_year()])
    found = pd.concat([people["source_id"], partners["source_id"]]).dropna()
    return tuple(dict.fromkeys(str(source) for source in found))
