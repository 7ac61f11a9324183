"""The dictionary of indicators: card with Satu Data fields, editions with their bands, overview."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import streamlit as st

from literasi.domain.indicators import Computed, Edition, Indicator
from literasi.export.page import Words
from literasi.text import number, t, term
from literasi.ui import cached, shown, url
from literasi.ui.safe import link, markdown
from literasi.ui.tables import show_table


def choose() -> Indicator:
    """Let the user choose an indicator."""
    catalogue = cached.catalogue()
    chosen = url.choose(
        "indikator",
        tuple(i.id for i in catalogue),
        label=t("definitions.choose"),
        default=next(iter(catalogue)).id,
        show=lambda code: t(f"indicator.{code}"),
    )
    return catalogue[chosen]


def show_card(indicator: Indicator) -> None:
    """Show what an indicator means and how it is made, and its Satu Data metadata."""
    with st.container(border=True):
        st.subheader(t(f"indicator.{indicator.id}"), anchor=False)
        st.markdown(markdown(indicator.metadata.definisi))
        facts = {
            "theme": t(f"theme.{indicator.theme}"),
            "unit": t(f"unit.{indicator.unit}"),
            "direction": t(f"direction.{indicator.direction}"),
            "aggregation": t(f"aggregation.{indicator.aggregation}"),
            "levels": ", ".join(t(f"level.{level}") for level in indicator.levels),
            "minimum_n": number(indicator.minimum_n),
            "origin": _origin(indicator),
            "classes": " | ".join(number(edge, indicator.decimals) for edge in indicator.classes),
        }
        st.markdown(
            "\n".join(f"- **{t(f'definitions.{name}')}**: {markdown(value)}" for name, value in facts.items())
        )
        written = [f"{t(f'definitions.{name}')}: {value}" for name, value in facts.items()]
        shown.part(
            Words(t(f"indicator.{indicator.id}"), (indicator.metadata.definisi, *written, *indicator.notes))
        )
        for caveat in indicator.notes:
            st.caption(f":material/info: {markdown(caveat)}")
    with st.expander(t("definitions.satu_data"), icon=":material/badge:", expanded=True):
        card = indicator.metadata.model_dump()
        lines = [f"- **{markdown(name)}**: {_written(value)}" for name, value in card.items()]
        st.markdown("\n".join(lines))
        shown.words(*lines, title=t("definitions.satu_data"))


def show_editions(indicator: Indicator) -> None:
    """Show the editions of the method; values of different editions are never compared."""
    st.subheader(t("definitions.editions"), anchor=False)
    for edition in indicator.editions:
        with st.container(border=True):
            years = f"{edition.first_year}–{edition.last_year or t('definitions.in_force')}"
            st.markdown(f"**{markdown(edition.label)}** ({markdown(years)})")
            st.markdown(f"{t('definitions.regulation')}: {markdown(edition.regulation)}")
            st.markdown(markdown(edition.method))
            said = (f"{t('definitions.regulation')}: {edition.regulation}", edition.method)
            shown.part(Words(f"{edition.label} ({years})", said))
            if edition.sample_note:
                st.caption(f":material/info: {markdown(edition.sample_note)}")
            _show_bands(edition)


def show_overview() -> None:
    """List every indicator."""
    st.subheader(t("definitions.overview", count=len(cached.catalogue())), anchor=False)
    catalogue = cached.catalogue()
    show_table(
        pd.DataFrame(
            {
                t("column.indicator"): [t(f"indicator.{i.id}") for i in catalogue],
                t("column.theme"): [t(f"theme.{i.theme}") for i in catalogue],
                t("column.unit"): [t(f"unit.{i.unit}") for i in catalogue],
                t("column.edition"): [", ".join(e.label for e in i.editions) for i in catalogue],
                t("column.producer"): [i.metadata.produsen for i in catalogue],
            }
        ),
        key="definitions.overview",
        title=t("definitions.overview", count=len(catalogue)),
    )


def _origin(indicator: Indicator) -> str:
    measure = indicator.measure
    if not isinstance(measure, Computed):
        return t("definitions.origin_published")
    if measure.denominator is None:
        return t("definitions.origin_count", numerator=measure.numerator)
    return t(
        "definitions.origin_rate",
        numerator=measure.numerator,
        denominator=measure.denominator,
        per=number(measure.per),
    )


def _show_bands(edition: Edition) -> None:
    if not edition.bands:
        st.caption(t("indices.no_bands"))
    for entry in edition.bands:
        family = entry.family
        edges = [*(band.lower for band in family.bands), family.upper]
        spans = [f"{number(low, 1)}–{number(high, 1)}" for low, high in pairwise(edges)]
        labels = [term("band", band.label) for band in family.bands]
        classes = "; ".join(f"{span} {label}" for span, label in zip(spans, labels, strict=True))
        years = f"{entry.first_year}–{entry.last_year or t('definitions.in_force')}"
        st.markdown(f"{t('definitions.bands', family=family.id)} ({markdown(years)}): {markdown(classes)}")
        st.caption(markdown(f"{t('source.heading')}: {family.source}. {family.caveat or ''}"))


def _written(value: object) -> str:
    """Write a field of the card as Markdown; an address becomes a link that can be followed and copied."""
    if isinstance(value, bool):
        return t("term.yes") if value else t("term.no")
    text = str(value)
    return link(text, text) if text.startswith("https://") else markdown(text)
