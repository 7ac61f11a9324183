"""Indeks literasi: TGM, TKM and IPLM per edition of their method, side by side and never joined."""

from functools import partial

import streamlit as st

from literasi.charts.editions import area_chart, component_chart, edition_chart
from literasi.ui import charts, filters, indices, shell

shell.header("indices")
with st.container(horizontal=True, vertical_alignment="bottom"):
    lineage = indices.choose_lineage()
    area = filters.region()
names = indices.triple(area)
indices.show_breaks(lineage)

for indicator in lineage:
    values = indices.values(indicator)
    shown = {"indicator": indicator, "names": names, "focus": area}
    with st.grid(min_column_width=340, key=f"editions.{indicator.id}"):
        for edition in indicator.editions:
            charts.show(
                f"indeks-{indicator.id}-{edition.id}",
                partial(edition_chart, values, edition=edition, **shown),
                area,
                empty=indices.missing(indicator, edition),
            )
    shown["names"] = indices.regencies()
    for edition in indices.with_regencies(indicator):
        charts.show(
            f"indeks-wilayah-{indicator.id}-{edition.id}",
            partial(area_chart, values, edition=edition, **shown),
            area,
        )
    for edition in indices.with_components(indicator):
        charts.show(
            f"indeks-komponen-{edition.id}",
            partial(
                component_chart,
                indices.component_values(indicator),
                edition=edition,
                names=names,
                indicators=indices.components(indicator),
                focus=area,
            ),
            area,
            empty=indices.missing(indicator, edition),
        )
    indices.show_alternatives(indicator, names)
