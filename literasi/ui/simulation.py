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
from literasi.charts.allocation import Way, about, gini_words, packages_words, reached_words, share_words
from literasi.domain import allocation
from literasi.domain.allocation import Outcome, Start, Strategy, Weight
from literasi.domain.findings import Findings
from literasi.domain.follow_through import unlisted
from literasi.domain.gaps import village_places
from literasi.domain.measures import denominators
from literasi.domain.remoteness import reach
from literasi.domain.scenario import (
    ITEMS,
    MOST,
    MOST_RUPIAH,
    NAME_LENGTH,
    Addition,
    Item,
    Scenario,
    can_decode,
    decode,
    encode,
    scenario,
)
from literasi.domain.scenario_findings import said
from literasi.export.simulation import book
from literasi.export.workbook import MIME
from literasi.figures import Chart
from literasi.sentences import say
from literasi.text import moment, number, percent, signed, t
from literasi.ui import cached, findings, indices, monthly_reports, shown, targets, url
from literasi.ui.cards import Card, show_cards
from literasi.ui.notices import inform
from literasi.ui.safe import markdown
from literasi.ui.sources import source_popover
from literasi.ui.tables import show_table
from literasi.workspaces import PRACTICE

PARTS = ("susun", "bandingkan", "pemerataan")
KEY = "skenario"

_TABLES = ("areas", "population", "libraries", "aid", "events", "participants")
_LISTS = ("apa-adanya", "lengkap")
_BASES = ("jumlah", "anggaran")
_WEIGHTS: Mapping[str, Weight] = {"desa": "villages", "penduduk": "residents"}
_STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)
_KEPT = "simulation.kept"
_KEPT_AT_MOST = 4
_SHOWN = "simulation.shown"  # the code that the fields of the form were last filled from
_MILLION, _BILLION = 10**6, 10**9


# Choices


def chosen() -> Scenario:
    """Give the scenario of the address (``skenario``); a code that cannot be read gives the empty one."""
    areas = tuple(indices.regencies())
    code = url.resolve_code(KEY, is_valid=lambda asked: can_decode(asked, areas=areas), default="")
    return decode(code, areas=areas)


def choose_list() -> bool:
    """Choose how to read a list of libraries that is known to be incomplete (``daftar``, as on Prioritas).

    Returns
    -------
    bool
        Whether the list is complete, or the user assumes that it is.
    """
    if not cached.catalogue()[cached.priority_rules().list_indicator].incomplete:
        return True
    code = url.choose(
        "daftar",
        _LISTS,
        label=t("simulation.list"),
        default=_LISTS[0],
        show=lambda code: t(f"simulation.list_{code}"),
        help=t("simulation.list_help"),
    )
    return code == _LISTS[1]


def choose_basis(*, is_shown: bool) -> str:
    """Choose what the automatic ways share out (``dasar``): the same numbers, or the same budget.

    Parameters
    ----------
    is_shown : bool
        Whether the choice can be made here; elsewhere it stays as the address has it.
    """
    if not is_shown:
        return url.resolve("dasar", _BASES, _BASES[0])
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
    """Choose what coverage is a part of (``gini``): villages or residents."""
    code = url.choose(
        "gini",
        tuple(_WEIGHTS),
        label=t("simulation.weight"),
        default="desa",
        show=lambda code: t(f"simulation.weight_{_WEIGHTS[code]}"),
        widget="segments",
    )
    return _WEIGHTS[code]


# Effect


def show_effect(plan: Scenario, *, is_complete: bool) -> None:
    """Show the name and the headline figures of a scenario."""
    before, after = _before(is_complete), _after(plan, is_complete)
    if plan.name:
        st.markdown(f"**{t('simulation.named', name=markdown(plan.name))}**")
        shown.choice(t("simulation.name"), plan.name)
    show_cards(_cards(plan, before, after), key="simulation.cards", min_width=151)


def show_findings(plan: Scenario, *, is_complete: bool) -> None:
    """Say in words what a scenario changes and what is not known."""
    findings.show(
        "simulation",
        partial(_found, plan, is_complete),
        encode(plan),
        is_complete,
        monthly_reports.today(),
    )


def coverage_chart(plan: Scenario, *, is_complete: bool) -> Chart | None:
    """Draw the coverage before and after a scenario."""
    return charts.coverage_chart(
        _before(is_complete),
        [_own(plan, is_complete)],
        names=indices.regencies(),
        name="simulasi-cakupan",
        sources=_sources(),
    )


def edit(plan: Scenario, *, is_complete: bool) -> None:
    """Show the fields of a scenario; nothing changes before they are applied."""
    _fill(plan)
    known = {start.area_code: start for start in _starts(is_complete)}
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
                        step=_MILLION,
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
        words = f"{markdown(name)}  \n:small[{small}]"
        st.markdown(words, width=_NAME)
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


_NAME, _ONE = 128, 88  # pixels: a row fits beside the chart, and on a phone the fields under the name
_FIELDS = 3 * _ONE + 32


# Other ways


def show_ways(plan: Scenario, *, is_complete: bool, basis: str) -> list[Way]:
    """Show the user's own and the automatic ways in one table; give those to be drawn."""
    if not _units(plan, basis):
        inform(t("simulation.empty_ways"), icon=":material/info:")
        return []
    if basis == _BASES[1] and allocation.affordable(plan) is None:
        inform(t("simulation.no_budget_basis"), icon=":material/info:")
    before, ways = _before(is_complete), _ways(plan, is_complete=is_complete, basis=basis)
    compared = [*ways, *_kept(plan, is_complete)]
    show_table(
        charts.ways_table(before, compared, _measures(plan, before, compared)),
        key="simulation.ways",
        height="content",
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


def ways_chart(ways: Sequence[Way], *, is_complete: bool) -> Chart | None:
    """Draw the coverage after each way."""
    return charts.coverage_chart(
        _before(is_complete),
        ways,
        names=indices.regencies(),
        name="simulasi-cara",
        sources=_sources(),
    )


def _keep(code: str) -> None:
    """Keep a scenario in this session, the oldest giving way."""
    kept = [other for other in st.session_state.get(_KEPT, []) if other != code]
    st.session_state[_KEPT] = [*kept, code][-_KEPT_AT_MOST:]


def _kept(plan: Scenario, is_complete: bool) -> list[Way]:
    areas = tuple(indices.regencies())
    codes = [code for code in st.session_state.get(_KEPT, []) if code != encode(plan)]
    plans = [decode(code, areas=areas) for code in codes]
    return [
        Way(
            kept.name or t("simulation.kept", place=place),
            kept.additions,
            allocation.outcome(_starts(is_complete), kept.additions),
        )
        for place, kept in enumerate(plans, start=1)
    ]


# Equity


def lorenz_chart(plan: Scenario, weight: Weight, *, is_complete: bool, basis: str) -> Chart | None:
    """Draw how unequal coverage is between regencies, before and after each way."""
    ways = _ways(plan, is_complete=is_complete, basis=basis) if _units(plan, basis) else []
    return charts.lorenz_chart(
        _before(is_complete),
        ways,
        weight=weight,
        names=indices.regencies(),
        name="simulasi-lorenz",
        sources=_sources(),
    )


# Taking it along


def take_along(plan: Scenario, *, is_complete: bool, basis: str) -> None:
    """Show what was taken for granted, the address that opens this view, and the annex in XLSX."""
    with st.expander(t("simulation.rules"), icon=":material/rule:"):
        st.markdown("\n".join(f"- {t(f'simulation.rule_{rule}')}" for rule in _RULES))
    st.caption(t("simulation.link"))
    st.code(_address(), language=None, wrap_lines=True)
    before = _before(is_complete)
    is_empty = not _units(plan, basis)
    ways = [_own(plan, is_complete)] if is_empty else _ways(plan, is_complete=is_complete, basis=basis)
    known = cached.sources()
    cited = [source for source in _sources() if source in known]
    workbook = partial(
        book,
        plan,
        before=before,
        ways=ways,
        names=indices.regencies(),
        measures=charts.ways_table(before, ways, _measures(plan, before, ways)),
        said=_said(plan, is_complete=is_complete),
        about=_about(is_complete, basis),
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


def _about(is_complete: bool, basis: str) -> list[tuple[str, str]]:
    newest = cached.submissions().iloc[0]
    origin = t(
        "chart.origin",
        workspace=t(f"workspace.{url.workspace()}"),
        submission=int(newest["id"]),
        when=moment(str(newest["time"])),
    )
    lines = [
        (t("simulation.about_what"), t("simulation.note")),
        (t("simulation.about_origin"), origin.strip("· ")),
        (t("simulation.about_link"), _address()),
        (t("simulation.basis"), t(f"simulation.basis_{basis}")),
        *((t("simulation.rule"), t(f"simulation.rule_{rule}")) for rule in _RULES),
        *((t(f"simulation.way_{strategy}"), t(f"simulation.about_{strategy}")) for strategy in _STRATEGIES),
        (t("simulation.gini"), t("chart.simulation.gini_method")),
        (t("simulation.list"), t(f"simulation.list_{_LISTS[is_complete]}")),
    ]
    return lines


def _address() -> str:
    """Give the address of this view, without the name of the server."""
    query = urlencode(st.query_params.to_dict())
    return f"/simulasi?{query}" if query else "/simulasi"


_RULES = ("home", "residents", "known", "seats", "packages", "costs")


# Parts


def _starts(is_complete: bool) -> list[Start]:
    return cached.made("simulasi-awal", partial(_gathered, is_complete), targets.this_year(), is_complete)


def _gathered(is_complete: bool) -> list[Start]:
    tables = {name: cached.frame(name) for name in _TABLES}
    return allocation.starts(
        tables, year=targets.this_year(), is_complete=is_complete, rules=cached.reporting_rules()
    )


def _before(is_complete: bool) -> Outcome:
    return allocation.outcome(_starts(is_complete), {})


def _after(plan: Scenario, is_complete: bool) -> Outcome:
    return allocation.outcome(_starts(is_complete), plan.additions)


def _own(plan: Scenario, is_complete: bool) -> Way:
    return Way(t("simulation.own"), plan.additions, _after(plan, is_complete))


def _units(plan: Scenario, basis: str) -> dict[Item, int]:
    """What the automatic ways share out; empty where there is nothing."""
    units = {item: plan.total(item) for item in ITEMS}
    if basis == _BASES[1] and (bought := allocation.affordable(plan)) is not None:
        units["libraries"] = bought
    return units if any(units.values()) else {}


def _ways(plan: Scenario, *, is_complete: bool, basis: str) -> list[Way]:
    """The user's own way, then the automatic ones."""

    def build() -> list[Way]:
        known, units = _starts(is_complete), _units(plan, basis)
        out = [_own(plan, is_complete)]
        for strategy in _STRATEGIES:
            additions = allocation.share_out(known, units, strategy=strategy)
            out.append(Way(t(f"simulation.way_{strategy}"), additions, allocation.outcome(known, additions)))
        return out

    return cached.made("simulasi-cara", build, encode(plan), is_complete, basis, targets.this_year())


def _cards(plan: Scenario, before: Outcome, after: Outcome) -> tuple[Card, ...]:
    first, then = before.whole, after.whole
    old, new = before.gini["villages"], after.gini["villages"]
    money = allocation.cost(plan)
    spent, spent_in = _short_rupiah(money.total if plan.additions else None)
    gained = t("simulation.points", change=signed(100 * (then.share - first.share), 1))
    return (
        Card(
            t("simulation.card_coverage"),
            share_words(then),
            "",
            t("simulation.villages_of", covered=number(then.covered), villages=number(then.villages)),
            change=gained if then.covered != first.covered else None,
            is_good=True,
            context=(t("simulation.was", value=share_words(first)),),
            meaning=t("simulation.card_coverage_meaning"),
        ),
        Card(
            t("simulation.card_reached"),
            reached_words(then),
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
            _lowest_words(after),
            "",
            _names(after.worst),
            context=(t("simulation.was", value=_worst_words(before)) if before.areas != after.areas else "",),
        ),
        Card(
            t("simulation.card_cost"),
            spent,
            "",
            spent_in,
            context=(
                t("simulation.no_budget")
                if plan.budget is None
                else t("simulation.budget_of", budget=_rupiah(plan.budget)),
                *(t("simulation.without_cost", item=t(f"simulation.one_{item}")) for item in money.unpriced),
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
        t("simulation.measure_reached"): [reached_words(o.whole) for o in outcomes],
        t("simulation.measure_gini_villages"): [gini_words(o, "villages") for o in outcomes],
        t("simulation.measure_gini_residents"): [gini_words(o, "residents") for o in outcomes],
        t("simulation.card_worst"): [_worst_words(o) for o in outcomes],
        t("simulation.measure_packages"): [packages_words(o.whole) for o in outcomes],
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


def _found(plan: Scenario, is_complete: bool) -> Findings:
    known = _starts(is_complete)
    rules = cached.reporting_rules()
    covered = allocation.covered_villages(cached.frame("libraries"), cached.frame("areas"), rules=rules)
    return said(
        _before(is_complete),
        _after(plan, is_complete),
        known=known,
        scenario=plan,
        cost=allocation.cost(plan),
        apart=allocation.apart(_far(), covered=covered, known=known, additions=plan.additions),
        unlisted=len(_unlisted()),
    )


def _unlisted() -> pd.DataFrame:
    """Trainings held so far without a list of participants."""
    today = pd.Timestamp(monthly_reports.today())
    return unlisted(cached.frame("participants"), cached.frame("events"), until=today)


def _far() -> pd.DataFrame:
    """How far each village is over sea from the seat of its regency, as on Prioritas."""
    return cached.made("simulasi-laut", _reached)


def _reached() -> pd.DataFrame:
    register = cached.register()
    places = village_places(
        cached.frame("libraries"),
        [area.code for area in register.children(register.province.code, "village")],
        register=register,
        radius=cached.priority_rules().district_radius_km,
    )
    return reach(places, land=cached.land())


def _said(plan: Scenario, *, is_complete: bool) -> list[str]:
    found = _found(plan, is_complete)
    name = cached.register().name
    return [f"{say(finding, name=name)}." for finding in (*found.moved, *found.gap, *found.unknown)]


def _worst_words(outcome: Outcome) -> str:
    if not outcome.worst:
        return "–"
    return t("simulation.worst", areas=_names(outcome.worst), value=_lowest_words(outcome))


def _lowest_words(outcome: Outcome) -> str:
    """The lowest coverage: at least so much where more may be covered in any of the areas that have it."""
    areas = [outcome.areas[code] for code in outcome.worst]
    return share_words(max(areas, key=lambda area: area.highest - area.covered)) if areas else "–"


def _names(codes: Sequence[str]) -> str:
    return ", ".join(cached.register().name(code) for code in codes) or "–"


def _rupiah(amount: int | None) -> str:
    return "–" if amount is None else t("simulation.rupiah", amount=number(amount))


def _short_rupiah(amount: int | None) -> tuple[str, str]:
    """Write an amount so that it fits on a card: the number, and its unit."""
    if amount is None or amount < _MILLION:
        return number(amount), t("simulation.in_rupiah") if amount is not None else ""
    if amount < _BILLION:
        return number(amount / _MILLION, 1), t("simulation.in_million")
    return number(amount / _BILLION, 2), t("simulation.in_billion")


def _sources() -> tuple[str, ...]:
    """Publications that the starting point was read from."""
    libraries = cached.frame("libraries")
    partners = libraries[libraries["programme"].isin(cached.reporting_rules().programmes)]
    people = denominators(cached.frame("population"), level="regency", years=[targets.this_year()])
    found = pd.concat([people["source_id"], partners["source_id"]]).dropna()
    return tuple(dict.fromkeys(str(source) for source in found))
