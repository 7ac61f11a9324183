"""What the page of priorities shows: filters, weights in the address, the list, parts of a score, method."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from literasi import __version__
from literasi.charts import priority as charts
from literasi.domain import completeness, gaps, priority
from literasi.domain.areas import AreaRegister
from literasi.domain.priority import DECIMALS, HEAVIEST, PriorityRules, Target
from literasi.export.page import Table
from literasi.export.priority import book
from literasi.export.workbook import MIME
from literasi.figures import Chart
from literasi.maps.priority import priority_map
from literasi.text import moment, number, percent, t
from literasi.ui import cached, filters, findings, map_view, monthly_reports, shown, url
from literasi.ui.safe import markdown
from literasi.ui.sources import source_popover
from literasi.ui.tables import show_table
from literasi.workspaces import PRACTICE

PARTS = ("daftar", "peta", "cara")
KEY = "bobot"

_TARGETS: dict[str, Target] = {"desa": "village", "kabupaten": "regency"}
_KINDS = ("semua", "tanpa", "punya")
_COUNTS = ("10", "20", "50", "semua")
_LISTS = ("apa-adanya", "lengkap")
_DRAWN = 20
_TABLE = "prioritas.tabel"
_METHOD = ("formula", "range", "order", "stays", "library", "list", "place", "residents", "blind")


@dataclass(frozen=True, slots=True)
class View:
    """What is ranked: which areas, and how the list of libraries is read."""

    target: Target
    region: str
    kind: str
    count: str
    is_list_complete: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A ranking with all that it was made from.

    Attributes
    ----------
    view : View
    weights : mapping of str to int
    parts, ranked : DataFrame
        As from `literasi.domain.priority`; `parts` holds the areas of `ranked`.
    names, full_names : mapping of str to str
        Area code to name; to the name with district and regency.
    hidden : tuple of str
        Weighted components of which nothing is known for any area.
    reasons : mapping
        As from `literasi.domain.priority.main_reasons`.
    key : tuple
        Everything that it depends on.
    """

    view: View
    weights: dict[str, int]
    parts: pd.DataFrame
    ranked: pd.DataFrame
    names: dict[str, str]
    full_names: dict[str, str]
    hidden: tuple[str, ...]
    reasons: dict[str, tuple[str, ...]]
    key: tuple[Hashable, ...]

    @property
    def first(self) -> pd.DataFrame:
        """The rows that the user asked for."""
        return self.ranked if self.view.count == "semua" else self.ranked.head(int(self.view.count))

    @property
    def top(self) -> int:
        """How many are the top."""
        return cached.priority_rules().sensitivity.top[self.view.target]


# Choices


def choose() -> View:
    """Show the filters."""
    level = url.choose(
        "tingkat",
        tuple(_TARGETS),
        label=t("priority.level"),
        default="desa",
        show=lambda code: t(f"priority.level_{_TARGETS[code]}"),
        widget="segments",
    )
    province = cached.register().province.code
    region, kind, count = province, _KINDS[0], "semua"
    if _TARGETS[level] == "village":
        region = filters.region()
        kind = url.choose(
            "sasaran",
            _KINDS,
            label=t("priority.kind"),
            default=_KINDS[0],
            show=lambda code: t(f"priority.kind_{code}"),
            help=t("priority.kind_help"),
        )
        count = url.choose(
            "jumlah",
            _COUNTS,
            label=t("priority.count"),
            default="20",
            show=lambda code: t("filters.all") if code == "semua" else code,
            width=100,
        )
    return View(_TARGETS[level], region, kind, count, _choose_list())


def _choose_list() -> bool:
    """Choose how to read a list of libraries that is known to be incomplete; else nothing is asked."""
    if not _is_list_incomplete():
        return True
    code = url.choose(
        "daftar",
        _LISTS,
        label=t("priority.list"),
        default=_LISTS[0],
        show=lambda code: t(f"priority.list_{code}"),
        help=t("priority.list_help"),
    )
    return code == _LISTS[1]


def _is_list_incomplete() -> bool:
    return bool(cached.catalogue()[cached.priority_rules().list_indicator].incomplete)


def show_weights(view: View) -> dict[str, int]:
    """Show the weights and give them; they stand in the address as a code (``bobot``)."""
    rules = cached.priority_rules()
    code = url.resolve_code(
        KEY, is_valid=lambda asked: priority.read_weights(asked, rules=rules) is not None, default=""
    )
    weights = priority.read_weights(code, rules=rules) or rules.weights
    key = (view.target, view.is_list_complete, *_when())
    unknown = cached.made("prioritas-tanpa-data", lambda: priority.blind(_parts(view)), *key)
    hidden = [name for name in unknown if weights[name]]
    total = sum(weights.values())
    label = t("priority.weights_changed") if code else t("priority.weights")
    shown.choice(t("priority.weights"), _weights_words(weights))
    with st.expander(label, icon=":material/tune:", key="prioritas.bobot"):
        st.caption(t("priority.weights_help"))
        with st.grid(min_column_width=230, key="prioritas.bobot.isi"):
            for component in rules.components:
                state = f"bobot.{component.code}"
                st.session_state[state] = weights[component.id]
                with st.container():
                    st.slider(
                        charts.component_words(component.id),
                        0,
                        HEAVIEST,
                        key=state,
                        on_change=_changed,
                        help=t(f"priority.component_help.{component.id}"),
                    )
                    share = percent(weights[component.id] / total)
                    words = "weight_share_blind" if component.id in hidden else "weight_share"
                    st.caption(t(f"priority.{words}", share=share))
        with st.container(horizontal=True):
            st.button(
                t("priority.reset"),
                icon=":material/restart_alt:",
                on_click=partial(url.write, KEY, "", ""),
                disabled=not code,
                key="prioritas.bobot.awal",
            )
            if hidden and len(hidden) < sum(weight > 0 for weight in weights.values()):
                off = {name: 0 if name in hidden else weight for name, weight in weights.items()}
                st.button(
                    t("priority.switch_off", count=len(hidden)),
                    icon=":material/visibility_off:",
                    on_click=partial(url.write, KEY, priority.write_weights(off, rules=rules), ""),
                    help=t("priority.switch_off_help"),
                    key="prioritas.bobot.mati",
                )
    return weights


def _weights_words(weights: dict[str, int]) -> str:
    """The weights that differ from the default, in words; empty where none does."""
    usual = cached.priority_rules().weights
    changed = [name for name in weights if weights[name] != usual[name]]
    if not changed:
        return t("priority.book.weights_default")
    return ", ".join(f"{t(f'priority.short.{name}')} {weights[name]}" for name in changed)


def _changed() -> None:
    rules = cached.priority_rules()
    weights = {str(one.id): int(st.session_state[f"bobot.{one.code}"]) for one in rules.components}
    url.write(KEY, priority.write_weights(weights, rules=rules), "")


def choose_area(made: Made) -> str:
    """Choose the area whose parts are shown (``rinci``); the first of the list unless another is."""
    codes = tuple(str(code) for code in made.ranked["area_code"])
    asked = st.query_params.get("rinci")
    if asked in cached.register() and asked not in codes:
        url.write("rinci", "", "")  # chosen in another list; a code that is none at all is told
    return url.choose(
        "rinci", codes, label=t("priority.detail"), default=codes[0], show=lambda code: made.full_names[code]
    )


def on_pick(made: Made, name: str) -> Callable[[], None]:
    """Keep a click on a chart in the address: the area whose parts are then shown."""
    codes = [str(code) for code in made.ranked["area_code"]]

    def clicked() -> None:
        area, _ = map_view.picked(st.session_state.get(name))
        if area in codes:
            url.write("rinci", area, codes[0])

    return clicked


# What is ranked


def rank(view: View, weights: dict[str, int]) -> Made | None:
    """Rank the areas of a view; None where there are none."""
    rules = cached.priority_rules()
    code = priority.write_weights(weights, rules=rules)
    key = (view, code, *_when())
    return cached.made("prioritas-urutan", partial(_ranked, view, weights, key), *key)


def _ranked(view: View, weights: dict[str, int], key: tuple[Hashable, ...]) -> Made | None:
    parts = _parts(view)
    if view.target == "village":
        parts = parts[parts["area_code"].str.startswith(view.region)]
        homes = parts[parts["component"].eq("no_library")]
        with_library = set(homes.loc[homes["high"].eq(0), "area_code"])
        if view.kind != _KINDS[0]:
            has_one = parts["area_code"].isin(with_library)
            parts = parts[has_one if view.kind == "punya" else ~has_one]
    if parts.empty:
        return None
    rules, register = cached.priority_rules(), cached.register()
    ranked = priority.ranking(parts, weights=weights, sensitivity=rules.sensitivity, target=view.target)
    codes = [str(code) for code in ranked["area_code"]]
    return Made(
        view=view,
        weights=weights,
        parts=parts,
        ranked=ranked,
        names={code: register.name(code) for code in codes},
        full_names={code: _full_name(register, code) for code in codes},
        hidden=tuple(name for name in priority.blind(parts) if weights[name]),
        reasons=priority.main_reasons(parts, weights=weights),
        key=key,
    )


def _parts(view: View) -> pd.DataFrame:
    """The parts of every village, or of every regency."""
    key = (*_when(), view.is_list_complete)
    villages = cached.made("prioritas-bagian-desa", partial(_villages, *key), *key)
    if view.target == "village":
        return villages
    return cached.made("prioritas-bagian-kabupaten", lambda: priority.roll_up(villages), *key)


def _when() -> tuple[dt.date, str]:
    """What the gaps depend on besides the data: today, and the last month whose reports are due."""
    return monthly_reports.today(), monthly_reports.months()[1]


def _villages(today: dt.date, due: str, is_list_complete: bool) -> pd.DataFrame:
    rules = cached.priority_rules()
    found = gaps.gaps(
        {name: cached.frame(name) for name in gaps.TABLES},
        silences=completeness.silences(monthly_reports.calendar()),
        basis=gaps.Basis(
            register=cached.register(),
            land=cached.land(),
            reporting=cached.reporting_rules(),
            snp=cached.snp_rules(),
            unplaced_share=rules.unplaced_share,
            district_radius_km=rules.district_radius_km,
            is_list_complete=is_list_complete,
            due=due,
            today=today,
        ),
    )
    return priority.normalised(found, rules=rules)


# What is shown


def show_findings(made: Made) -> None:
    """Say what the order tells and what it does not."""
    findings.show(
        "priority",
        lambda: priority.findings(
            made.ranked,
            made.parts,
            weights=made.weights,
            sensitivity=cached.priority_rules().sensitivity,
            target=made.view.target,
        ),
        *made.key,
    )
    if made.hidden:
        hidden = ", ".join(charts.component_words(name) for name in made.hidden)
        st.info(t("priority.no_data", components=hidden), icon=":material/help:")
        shown.words(t("priority.no_data", components=hidden))


def show_list(made: Made) -> None:
    """Show the ranked table; a row can be chosen; below it the annex."""
    rows = made.first
    table = charts.listed_table(
        rows, names=made.names, regencies=filters.regency_names(), reasons=made.reasons, top=made.top
    )
    if made.view.target == "regency":
        table = table.drop(columns=t("priority.column.regency"))
    codes = [str(code) for code in made.ranked["area_code"]]

    def chosen() -> None:
        rows = st.session_state[_TABLE]["selection"]["rows"]
        if rows:
            url.write("rinci", codes[rows[0]], codes[0])

    shown.part(Table(_subtitle(made), table))
    st.caption(markdown(_subtitle(made)) + (f" · **{t('shell.practice_mark')}**" if _is_practice() else ""))
    st.dataframe(
        _styled(table),
        key=_TABLE,
        hide_index=True,
        height="content" if len(table) <= _DRAWN else 560,
        on_select=chosen,
        selection_mode="single-row",
        placeholder="–",
        alt=t("priority.table_alt", count=len(table), total=len(made.ranked)),
    )
    st.caption(t("priority.table_note", spread=percent(cached.priority_rules().sensitivity.spread)))
    _show_download(made)


def _styled(table: pd.DataFrame) -> object:
    """Numbers as the user's language writes them; columns still sort by number."""
    one = partial(number, decimals=1)
    formats = {t("priority.column.score"): one}
    whole = [name for name in table.columns if pd.api.types.is_float_dtype(table[name])]
    shares = {name: (lambda value: percent(value / 100)) for name in whole if name not in formats}
    return table.style.format({**formats, **shares}, na_rep="–")


def _show_download(made: Made) -> None:
    known = cached.sources()
    cited = tuple(one for one in made.parts["source_id"].unique() if one in known)
    title = t("priority.book.title", subject=_subtitle(made))
    workbook = partial(
        book,
        made.ranked,
        made.parts,
        weights=made.weights,
        rules=cached.priority_rules(),
        names=made.names,
        regencies=filters.regency_names(),
        reasons=made.reasons,
        top=made.top,
        title=title,
        about=cached.made("prioritas-tentang", partial(_about, made), *made.key),
        sources=[known[source] for source in cited],
        mark=t("shell.practice_mark") if _is_practice() else "",
    )
    with st.container(horizontal=True):
        st.download_button(
            t("priority.download"),
            data=partial(copy_context().run, workbook),
            file_name=f"prioritas-{made.view.region}-{made.view.target}.xlsx",
            mime=MIME,
            icon=":material/download:",
            key="prioritas.xlsx",
            on_click="ignore",
        )
        source_popover(*cited, key="prioritas.sumber", label=t("targets.sources"))


def beside() -> DeltaGenerator:
    """Give the grid for the list as a picture and the parts of one score; below each other where narrow."""
    return st.grid(min_column_width=430, key="prioritas.beside")


def ranking_of(made: Made, chosen: str) -> Chart | None:
    """Draw the first areas of the list."""
    return charts.ranking_chart(
        made.first.head(_DRAWN),
        names=made.names,
        regencies=filters.regency_names(),
        reasons=made.reasons,
        total=len(made.ranked),
        subtitle=_subtitle(made),
        top=made.top,
        selected=chosen,
    )


def parts_of(made: Made, chosen: str) -> Chart | None:
    """Draw the parts of one score."""
    return charts.parts_chart(
        made.parts[made.parts["area_code"].eq(chosen)],
        weights=made.weights,
        rules=cached.priority_rules(),
        name=made.full_names[chosen],
        subtitle=t("priority.parts_subtitle"),
    )


def show_facts(made: Made, chosen: str) -> None:
    """Show what every part of one score rests on."""
    st.markdown(f"#### {t('priority.facts', name=markdown(made.full_names[chosen]))}")
    rules = cached.priority_rules()
    rows = priority.weighted(made.parts[made.parts["area_code"].eq(chosen)], weights=made.weights)
    lines = [
        t(
            "priority.fact_line",
            component=markdown(charts.component_words(row["component"])),
            weight=row["weight"],
            points=markdown(charts.span_words(row["points_low"], row["points_high"], DECIMALS)),
            state=markdown(charts.state_words(row["state"])),
            fact=markdown(charts.fact_words(row, rules.component(row["component"]))),
        )
        for row in rows.to_dict("records")
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    shown.words(*lines, title=t("priority.facts", name=markdown(made.full_names[chosen])))
    cited = tuple(source for source in dict.fromkeys(rows["source_id"]) if source)
    with st.container(horizontal=True):
        source_popover(*cited, key="prioritas.fakta.sumber", label=t("targets.sources"))
    st.caption(t("priority.areas_note"))


def map_chart(made: Made) -> Chart:
    """Draw the scores of regencies and the first villages of the list."""
    regencies, villages = made, made
    if made.view.target == "village":
        every = View(
            "regency", cached.register().province.code, _KINDS[0], "semua", made.view.is_list_complete
        )
        found = rank(every, made.weights)
        assert found is not None  # a province has regencies
        regencies = found
    else:
        every = View("village", made.view.region, _KINDS[0], "10", made.view.is_list_complete)
        found = rank(every, made.weights)
        assert found is not None
        villages = found
    province = cached.register().province.code
    return priority_map(
        regencies.ranked,
        villages.ranked,
        layout=cached.map_layout(),
        register=cached.register(),
        points=_points(),
        selected=None if made.view.region == province else made.view.region,
        is_narrow=is_phone(),
        subtitle=_subtitle(made),
    )


def _points() -> pd.DataFrame:
    """Villages whose place is known, by their own coordinates or those of a library in them."""
    register = cached.register()
    villages = [area.code for area in register.children(register.province.code, "village")]
    places = gaps.village_places(cached.frame("libraries"), villages, register=register, radius=1.0)
    return places[places["radius"].eq(0)].drop(columns="radius")


def is_phone() -> bool:
    """Whether the browser says that it is a phone's."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def say_none() -> None:
    """Say that no area is left, and what to do next."""
    st.info(t("priority.empty"), icon=":material/info:")


def show_method(view: View) -> None:
    """Say how the score is made, what is assumed, and how much is known of each component."""
    rules, parts = cached.priority_rules(), _parts(view)
    st.markdown(f"### {t('priority.method.heading')}")
    lines = [markdown(words) for words in _method_words(rules).values()]
    st.markdown("\n".join(f"- {line}" for line in lines))
    shown.words(*lines, title=t("priority.method.heading"))
    st.markdown(f"#### {t('priority.method.components')}")
    show_table(
        _components_table(parts, rules),
        key="prioritas.komponen",
        height="content",
        title=t("priority.method.components"),
    )
    st.markdown(f"#### {t('priority.method.seats')}")
    show_table(_seats_table(rules), key="prioritas.pusat", height="content", title=t("priority.method.seats"))
    for bridge in rules.bridges:
        st.caption(
            t(
                "priority.method.bridge",
                regency=markdown(cached.register().name(bridge.regency)),
                islands=markdown(", ".join(_island_names(bridge.islands))),
                source=markdown(bridge.source),
            )
        )


def _method_words(rules: PriorityRules) -> dict[str, str]:
    """Say how the score is made and what is assumed, one paragraph by name."""
    tried = rules.sensitivity
    return {
        name: t(
            f"priority.method.{name}",
            spread=percent(tried.spread),
            draws=number(tried.draws),
            villages=tried.top["village"],
            regencies=tried.top["regency"],
            share=percent(rules.unplaced_share),
            radius=number(rules.district_radius_km),
        )
        for name in _METHOD
    }


def _components_table(parts: pd.DataFrame, rules: PriorityRules) -> pd.DataFrame:
    states = ("known", "range", "missing", "none")
    counted = Counter(zip(parts["component"], parts["state"], strict=True))
    units = {component.id: t(f"priority.unit.{component.unit}") for component in rules.components}
    return pd.DataFrame(
        {
            t("priority.column.component"): [charts.component_words(one.id) for one in rules.components],
            t("priority.column.default"): [one.weight for one in rules.components],
            t("priority.column.zero_at"): [
                f"{number(one.zero_at)} {units[one.id]}" for one in rules.components
            ],
            t("priority.column.full_at"): [
                f"{number(one.full_at)} {units[one.id]}" for one in rules.components
            ],
            **{
                charts.state_words(state).capitalize(): [counted[one.id, state] for one in rules.components]
                for state in states
            },
            t("priority.column.needs"): [
                ", ".join(t(f"table.{name}") for name in one.needs) for one in rules.components
            ],
            t("priority.column.source"): [one.source for one in rules.components],
        }
    )


def _seats_table(rules: PriorityRules) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("priority.column.regency"): [cached.register().name(code) for code in rules.seats],
            t("priority.column.seat"): [seat.name for seat in rules.seats.values()],
            t("priority.column.source"): [seat.source for seat in rules.seats.values()],
        }
    )


def _island_names(codes: tuple[str, ...]) -> list[str]:
    names = dict(zip(*(cached.map_layout().islands[name] for name in ("island_code", "name")), strict=True))
    return [str(names.get(code, code)) for code in codes]


def _about(made: Made) -> list[tuple[str, str]]:
    rules = cached.priority_rules()
    newest = cached.submissions().iloc[0]
    origin = t(
        "targets.table.about_origin_value",
        workspace=t(f"workspace.{url.workspace()}"),
        submission=int(newest["id"]),
        when=moment(str(newest["time"])),
        version=f"{t('app.title')} {__version__}",
    )
    code = priority.write_weights(made.weights, rules=rules)
    weights = _weights_words(made.weights) + (f" (bobot={code})" if code else "")
    lines = {"subject": _subtitle(made), "origin": origin, "weights": weights}
    if made.hidden:
        lines["no_data"] = ", ".join(charts.component_words(name) for name in made.hidden)
    seats = "; ".join(
        f"{cached.register().name(code)}: {seat.name} ({seat.source})" for code, seat in rules.seats.items()
    )
    return [
        *((t(f"priority.book.{name}"), text) for name, text in lines.items()),
        *((t(f"priority.book.method_{name}"), text) for name, text in _method_words(rules).items()),
        (t("priority.method.seats"), seats),
        (t("priority.book.attribution"), f"{t('map.attribution')} GeoNames (CC BY 4.0)."),
    ]


def _subtitle(made: Made) -> str:
    """What is ranked, where, of how many, and by which weights if not by the default."""
    view, count = made.view, number(len(made.ranked))
    area = cached.register().name(view.region)
    words = [t(f"priority.subject_{view.target}", area=area, count=count)]
    if view.kind != _KINDS[0]:
        words.append(t(f"priority.kind_{view.kind}"))
    if _is_list_incomplete():
        words.append(t(f"priority.list_{_LISTS[1] if view.is_list_complete else _LISTS[0]}_subject"))
    if made.weights != cached.priority_rules().weights:
        words.append(t("priority.subject_weights", weights=_weights_words(made.weights)))
    return " · ".join(words)


def _full_name(register: AreaRegister, code: str) -> str:
    if register.get(code).level != "village":
        return register.name(code)
    return t(
        "priority.full_name",
        name=register.name(code),
        district=register.name(code[:8]),
        regency=register.name(code[:5]),
    )


def _is_practice() -> bool:
    return url.workspace() == PRACTICE
