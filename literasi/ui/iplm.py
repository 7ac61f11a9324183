"""What the page of the IPLM simulation shows; official values stand beside it, untouched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from literasi.charts.iplm import component_points_chart, fill_chart, what_if_chart
from literasi.domain import iplm, iplm_known
from literasi.domain.indicators import Edition, Indicator
from literasi.domain.iplm import FORM, GROUPS, UPLM, Group
from literasi.figures import Chart
from literasi.text import number, percent, t
from literasi.ui import cached, filters, indices, url
from literasi.ui.cards import Card, show_cards
from literasi.ui.notices import inform
from literasi.ui.safe import markdown
from literasi.ui.tables import show_table

INDEX = "iplm"
_METHODS = {"uplm": UPLM, "formulir": FORM}
_STANDARDISED = "index_0_1"
_VALUES = ("", *(f"{step / 100:.2f}" for step in range(101)))
_FIELD_KEYS = {UPLM: "iplm_uplm", FORM: "iplm_form"}
_EXTRA = ("libraries_reported", "libraries_total")


def choose_edition() -> str:
    """Choose the method (``metode``): seven components to 2024, or the form of 2025."""
    chosen = url.choose(
        "metode",
        tuple(_METHODS),
        label=t("iplm.method"),
        default="uplm",
        show=lambda code: t(f"iplm.edition.{_METHODS[code]}"),
        widget="segments",
    )
    return _METHODS[chosen]


def choose_year(edition: str) -> int:
    """Choose a year of data (``tahun``) of which anything is known in that method."""
    rules = cached.iplm_rules()
    rows = cached.frame("iplm_inputs")
    found = set(rows.loc[rows["edition"] == edition, "year"].astype(int))
    if edition == UPLM:
        found |= {int(period) for period in _components()["period"]}
    return filters.year(
        sorted(found) or [rules.uplm.last_year if edition == UPLM else rules.form_2025.first_year]
    )


def say_simulation(edition: str) -> None:
    """Say that nothing here is official, and why more cannot be worked out."""
    inform(f"**{t('iplm.banner')}** {t(f'iplm.limit.{edition}')}", icon=":material/science:")


# Cards


def show_summary(edition: str, area: str, year: int) -> None:
    """Show the published value beside what the simulation gives and how much is filled in."""
    cards = _official_cards(area, year)
    if edition == UPLM:
        cards.append(_component_card(area, year))
    cards.append(_fill_card(edition, area, year))
    if edition == FORM:
        cards += _factor_cards(area, year)
    show_cards(tuple(cards), key=f"iplm.cards.{edition}")


def _official_cards(area: str, year: int) -> list[Card]:
    indicator = cached.catalogue()[INDEX]
    values = indices.values(indicator)
    mine = values[(values["area_code"] == area) & (values["period"] == str(year)) & values["is_preferred"]]
    mine = mine[mine["value"].notna()]
    name = _name(area)
    if mine.empty:
        return [
            Card(
                label=t("iplm.card.official"),
                value="–",
                unit="",
                period=f"{name}, {year}",
                context=(t("iplm.card.official_none"),),
            )
        ]
    return [
        _official_card(indicator, indicator.edition(row["edition"]), row, name)
        for row in mine.to_dict("records")
    ]


def _official_card(indicator: Indicator, edition: Edition, row: Mapping[Any, Any], name: str) -> Card:
    decimals = indicator.decimals if edition.decimals is None else edition.decimals
    return Card(
        label=t("iplm.card.official"),
        value=number(row["value"], decimals),
        unit=t(f"unit.{edition.unit or indicator.unit}"),
        period=f"{name}, {row['period']}",
        context=(edition.label, t("iplm.card.official_note")),
        sources=(str(row["source_id"]),),
    )


def _component_card(area: str, year: int) -> Card:
    components = _of(area, year)
    rules = cached.iplm_rules().uplm
    value = iplm.index([components.get(one.id) for one in rules.components])
    known = t("iplm.card.components_known", known=len(components), asked=iplm.N_COMPONENTS)
    return Card(
        label=t("iplm.card.simulated"),
        value=number(value, 2),
        unit=t("unit.points") if value is not None else "",
        period=f"{_name(area)}, {year}",
        context=(t("iplm.card.components"), known),
        sources=tuple(_component_sources(area, year)),
    )


def _fill_card(edition: str, area: str, year: int) -> Card:
    rows = _fill(edition, area, year)
    filled, asked = int(rows["filled"].sum()), int(rows["asked"].sum())
    context = [t("iplm.card.filled", filled=number(filled), asked=number(asked))]
    if edition == FORM:
        rules = cached.iplm_rules().form_2025
        without = iplm.form_fill(_inputs(edition, area, year), rules=rules, with_budgets=False)
        some, of = int(without["filled"].sum()), int(without["asked"].sum())
        context.append(t("iplm.card.filled_without", share=percent(some / of), filled=some, asked=of))
    return Card(
        label=t("iplm.card.fill"),
        value=percent(filled / asked),
        unit="",
        period=f"{_name(area)}, {year}",
        context=tuple(context),
    )


def _factor_cards(area: str, year: int) -> list[Card]:
    return [
        Card(
            label=t("iplm.card.factor", share=_share(factor.target.share)),
            value=number(factor.value, 2),
            unit="",
            period=f"{_name(area)}, {year}",
            context=(
                t("iplm.card.factor_meaning", share=_share(factor.target.share)),
                t("iplm.what_if.factor_none")
                if factor.value is None
                else t(
                    "iplm.card.reported", reported=number(factor.reported), total=number(factor.population)
                ),
                t("iplm.grade", grade=t(f"iplm.grade_{factor.target.grade}")),
            ),
        )
        for factor in _factors(area, year)
    ]


def _share(share: float) -> str:
    return percent(share, 0 if (100 * share) % 1 == 0 else 2)


# Charts


def components_chart(area: str, year: int) -> Chart | None:
    """Draw the points that each published component gives."""
    components = _of(area, year)
    rules = cached.iplm_rules().uplm
    ordered = {one.id: components[one.id] for one in rules.components if one.id in components}
    return component_points_chart(
        ordered, area=_name(area), year=year, sources=_component_sources(area, year)
    )


def empty_components(area: str) -> str:
    """Say that the seven components of an area were not published, and where they are."""
    places = sorted(set(_components()["area_code"]))
    return t(
        "iplm.empty_components",
        area=markdown(_name(area)),
        known=markdown(", ".join(_name(code) for code in places) or "–"),
    )


def inputs_chart(edition: str, area: str, year: int) -> Chart | None:
    """Draw how much of the form is filled in, by level (UPLM) or by group and type (form)."""
    rows = _fill(edition, area, year)
    kinds = [t(f"iplm.type.{kind}") for kind in rows["library_type"]]
    if edition == FORM:
        kinds = [
            t("iplm.group_of", group=t(f"iplm.group.{group}"), kind=kind)
            for group, kind in zip(rows["group"], kinds, strict=True)
        ]
    return fill_chart(rows, labels=kinds, area=_name(area), year=year)


def empty_inputs(edition: str, area: str) -> str:
    """Say that no form was brought in for an area, and what to do next."""
    form = t(f"intake.form.{_FIELD_KEYS[edition]}")
    said = t("iplm.empty_inputs", area=markdown(_name(area)), form=markdown(form))
    return f"{said} {t('iplm.empty_province')}" if area == cached.register().province.code else said


def assumed_chart() -> Chart | None:
    """Draw the composite of the typed values; None until all four are there."""
    groups = _typed()
    if groups is None:
        return None
    rules = cached.iplm_rules().form_2025
    return what_if_chart(groups, total=iplm.what_if(groups, rules=rules), rules=rules)


def empty_assumptions() -> str:
    """Say that a what-if needs all four values."""
    return t("iplm.what_if.empty")


def assumed() -> tuple[str, ...]:
    """Give what was typed, as it stands in the address: what `assumed_chart` depends on."""
    return tuple(url.resolve(_key(group), _VALUES, "") for group in GROUPS)


# Tables


def show_ratios(area: str, year: int) -> None:
    """Show the raw ratios of the seven components, which are no index."""
    rows = _inputs(UPLM, area, year)
    if rows.empty:
        return
    rules = cached.iplm_rules().uplm
    ratios = iplm.raw_ratios(rows, rules=rules)
    st.markdown(f"#### {t('iplm.ratios.title')}")
    st.caption(t("iplm.ratios.caption"))
    show_table(
        pd.DataFrame(
            {
                t("iplm.ratios.component"): [t(f"indicator_short.{one.component}") for one in ratios],
                t("iplm.ratios.value"): [_ratio_words(one) for one in ratios],
                t("iplm.ratios.filled"): [
                    t("chart.iplm.fill_parts", filled=one.known, asked=one.asked) for one in ratios
                ],
            }
        ),
        key="iplm.ratios",
        alt=t("iplm.ratios.title"),
    )
    with st.expander(t("iplm.ratios.levels"), icon=":material/calculate:"):
        show_table(_levels_table(rows), key="iplm.levels")


def _ratio_words(one: iplm.RawRatio) -> str:
    if one.value is None:
        return t("iplm.not_known")
    written = number(one.value, 6)
    return written if one.is_complete else t("iplm.ratios.at_least", value=written)


def _levels_table(rows: pd.DataFrame) -> pd.DataFrame:
    rules = cached.iplm_rules().uplm
    levels = iplm.level_ratios(rows, rules=rules)
    fields = {one.id: one for one in rules.components}
    label = "intake.field.iplm_uplm"
    return pd.DataFrame(
        {
            t("iplm.ratios.component"): [t(f"indicator_short.{code}") for code in levels["component"]],
            t("column.library_type"): [t(f"iplm.type.{level}") for level in levels["level"]],
            t("iplm.ratios.numerator"): [
                f"{t(f'{label}.{fields[code].numerator}')}: {number(value)}"
                for code, value in zip(levels["component"], levels["numerator"], strict=True)
            ],
            t("iplm.ratios.denominator"): [
                f"{t(f'{label}.{fields[code].denominator_of(level)}')}: {number(value)}"
                for code, level, value in zip(
                    levels["component"], levels["level"], levels["denominator"], strict=True
                )
            ],
            t("iplm.ratios.ratio"): [number(value, 6) for value in levels["ratio"]],
            t("iplm.ratios.weight"): [number(value, 1) for value in levels["weight"]],
        }
    )


def show_fields(area: str, year: int) -> None:
    """Show every column of the form by type of library, with what the dashboard itself knows beside it."""
    rules = cached.iplm_rules().form_2025
    rows = _inputs(FORM, area, year)
    known = _known(area, year)
    if rows.empty and not known:
        return
    given = iplm.values(rows)
    columns: dict[str, list[str]] = {
        t("iplm.fields.column"): [
            f"{group.id} · {one.column}" for group in rules.groups for one in group.fields
        ],
        t("column.form_field"): [_field_words(one) for one in rules.fields],
    }
    for kind in rules.types:
        columns[t(f"iplm.type.{kind}")] = [
            _given_words(given.get((kind, one.id)), one) for one in rules.fields
        ]
    columns[t("iplm.fields.filled")] = [
        t(
            "chart.iplm.fill_parts",
            filled=sum((kind, one.id) in given for kind in rules.types),
            asked=len(rules.types),
        )
        for one in rules.fields
    ]
    columns[t("iplm.fields.known")] = [_known_words(known.get(one.id)) for one in rules.fields]
    columns[t("iplm.fields.coverage")] = [_coverage_words(known.get(one.id)) for one in rules.fields]
    st.markdown(f"#### {t('iplm.fields.title')}")
    st.caption(t("iplm.fields.caption"))
    show_table(pd.DataFrame(columns), key="iplm.fields", height="content", alt=t("iplm.fields.title"))
    for line in (*_staff_words(given), t("iplm.fields.known_note")):
        st.caption(f":material/info: {line}")


def _field_words(one: iplm.FormField) -> str:
    words = t(f"intake.field.iplm_form.{one.id}")
    return t("iplm.fields.millions", field=words) if one.is_budget else words


def _given_words(value: float | None, one: iplm.FormField) -> str:
    """Money in millions of rupiah, so that it fits its column."""
    if one.is_budget and value is not None:
        return number(value / 1_000_000, 2)
    return number(value)


def _known_words(one: iplm_known.Known | None) -> str:
    if one is None:
        return "–"
    return t("training.hidden") if one.is_suppressed else number(one.value)


def _coverage_words(one: iplm_known.Known | None) -> str:
    if one is None:
        return "–"
    if not one.expected:
        return t("iplm.fields.no_duty")
    return t("iplm.fields.received", received=number(one.received), expected=number(one.expected))


def _staff_words(given: Mapping[tuple[str, str], float]) -> list[str]:
    """Column Z under both readings, where the D2 graduates are told apart."""
    rules = cached.iplm_rules().form_2025
    pairs = [
        (given[kind, "staff_library"], given[kind, "staff_library_d2"])
        for kind in rules.types
        if (kind, "staff_library") in given and (kind, "staff_library_d2") in given
    ]
    if not pairs:
        return []
    total, only_d2 = (sum(column) for column in zip(*pairs, strict=True))
    return [
        t(
            "iplm.fields.staff",
            template=number(total),
            regulation=number(total - only_d2),
            known=len(pairs),
            asked=len(rules.types),
        )
    ]


# What if


def show_assumptions(area: str, year: int) -> None:
    """Ask for K, S, P and M, which only the nation's data could give, and show their composite."""
    st.markdown(f"#### {t('iplm.what_if.title')}")
    st.caption(t("iplm.what_if.caption"))
    with st.grid(min_column_width=170, key="iplm.andaian"):
        for group in GROUPS:
            _ask(group)
    groups = _typed()
    if groups is None:
        return
    value = iplm.what_if(groups, rules=cached.iplm_rules().form_2025)
    raw = Card(
        label=t("iplm.what_if.raw"),
        value=number(value, 2),
        unit=t("unit.points"),
        period=t("iplm.what_if.typed"),
    )
    adjusted = [
        Card(
            label=t("iplm.what_if.adjusted", share=_share(factor.target.share)),
            value=number(None if factor.value is None else value * factor.value, 2),
            unit=t("unit.points") if factor.value is not None else "",
            period=f"{_name(area)}, {year}",
            context=(
                t("iplm.what_if.factor_none")
                if factor.value is None
                else t("iplm.what_if.factor", factor=number(factor.value, 4)),
            ),
        )
        for factor in _factors(area, year)
    ]
    show_cards((raw, *adjusted), key="iplm.andaian.kartu")


def _ask(group: Group) -> None:
    """Ask for one value; what was not typed is empty, never 0."""
    key = _key(group)
    value = url.resolve(key, _VALUES, "")
    state = f"w.{key}"
    st.session_state[state] = float(value) if value else None

    def changed() -> None:
        typed = st.session_state[state]
        url.write(key, "" if typed is None else f"{typed:.2f}", "")

    st.number_input(
        t(f"iplm.group.{group}"),
        min_value=0.0,
        max_value=1.0,
        step=0.01,
        format="%.2f",
        key=state,
        on_change=changed,
        placeholder=t("iplm.what_if.placeholder"),
        help=t("iplm.what_if.help"),
    )


def _key(group: Group) -> str:
    return f"nilai-{group.lower()}"


def _typed() -> dict[Group, float] | None:
    values = dict(zip(GROUPS, assumed(), strict=True))
    return {group: float(value) for group, value in values.items()} if all(values.values()) else None


# Method


def show_method(edition: str) -> None:
    """Say where each parameter was read, where sources disagree, and what was not found."""
    rules = cached.iplm_rules()
    if edition == UPLM:
        read = {"index": rules.uplm.index, "ratios": rules.uplm.ratios}
        told: tuple[str, ...] = ("ki", "correction", "bracket", "levels", "scale")
    else:
        form = rules.form_2025
        targets = {f"target_{target.id}": target for target in form.targets}
        read = {"weights": form.weights, "columns": form.columns, "dashboard": form.dashboard, **targets}
        told = ("staff", "budget", "coverage", "users", "aggregation", "scope", "national")
    with st.expander(t("iplm.method_title"), icon=":material/menu_book:"):
        lines = [f"- {t(f'iplm.told.{key}')}" for key in told]
        lines += [
            f"- **{t(f'iplm.source.{key}')}** ({t(f'iplm.grade_{one.grade}')}): {markdown(one.source)}"
            for key, one in read.items()
        ]
        st.markdown("\n".join(lines))


# What all of them read


def _name(area: str) -> str:
    return cached.register().name(area)


def _inputs(edition: str, area: str, year: int) -> pd.DataFrame:
    rows = cached.frame("iplm_inputs")
    return rows[(rows["edition"] == edition) & (rows["area_code"] == area) & (rows["year"] == year)]


def _fill(edition: str, area: str, year: int) -> pd.DataFrame:
    rules = cached.iplm_rules()
    rows = _inputs(edition, area, year)
    if edition == FORM:
        return iplm.form_fill(rows, rules=rules.form_2025)
    return iplm.fill(rows, asked={level: rules.uplm.asked(level) for level in rules.uplm.levels})


def _factors(area: str, year: int) -> tuple[iplm.Factor, ...]:
    return iplm.factors(_inputs(FORM, area, year), rules=cached.iplm_rules().form_2025)


def _known(area: str, year: int) -> dict[str, iplm_known.Known]:
    threshold = cached.threshold()
    return cached.made(
        "simulasi-iplm-dasbor",
        lambda: iplm_known.known(
            {name: cached.frame(name) for name in iplm_known.NEEDS},
            area=area,
            year=year,
            form=cached.iplm_rules().form_2025,
            threshold=threshold,
            reporting=cached.reporting_rules(),
        ),
        area,
        year,
    )


def _components() -> pd.DataFrame:
    """Published components that are standardised, of every area and year."""
    return cached.made("simulasi-iplm-komponen", _read_components)


def _read_components() -> pd.DataFrame:
    values = indices.component_values(cached.catalogue()[INDEX])
    standardised = pd.MultiIndex.from_tuples(
        (component.id, edition.id)
        for component in indices.components(cached.catalogue()[INDEX])
        for edition in component.editions
        if (edition.unit or component.unit) == _STANDARDISED
    )
    is_standardised = pd.MultiIndex.from_frame(values[["indicator_id", "edition"]]).isin(standardised)
    chosen = values["is_preferred"].astype(bool) & values["value"].notna()
    return values[chosen.to_numpy() & is_standardised]


def _of(area: str, year: int) -> dict[str, float]:
    rows = _published(area, year)
    return dict(zip(rows["indicator_id"], rows["value"].astype(float), strict=True))


def _component_sources(area: str, year: int) -> list[str]:
    return [str(source) for source in dict.fromkeys(_published(area, year)["source_id"])]


def _published(area: str, year: int) -> pd.DataFrame:
    rows = _components()
    return rows[(rows["area_code"] == area) & (rows["period"] == str(year))]
