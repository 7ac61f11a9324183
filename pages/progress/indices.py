"""Indeks literasi: TGM, TKM and IPLM per edition of their method, side by side and never joined."""

from functools import partial

import streamlit as st

from literasi.charts.editions import area_chart, component_chart, edition_chart
from literasi.text import t
from literasi.ui import charts, filters, findings, indices, shell, targets

shell.header("indices")
with filters.bar():
    lineage = indices.choose_lineage()
    area = filters.region()
names = indices.triple(area)
findings.show("indices", partial(indices.find, lineage, area), lineage[0].id, area)
indices.show_breaks(lineage)

with st.grid(min_column_width=340, key="indices.editions"):
    for indicator, edition in indices.editions(lineage):
        charts.show(
            f"indeks-{indicator.id}-{edition.id}",
            partial(
                edition_chart,
                indices.values(indicator),
                indicator=indicator,
                edition=edition,
                names=names,
                focus=area,
            ),
            area,
            empty=indices.missing(indicator, edition),
        )
        if indices.targets_of(indicator, edition, area):
            charts.show(
                f"indeks-jalur-{indicator.id}-{edition.id}",
                partial(targets.path_chart, indicator, edition, area),
                area,
                targets.this_year(),
                empty=t("targets.empty_path"),
            )

for indicator in lineage:
    for edition in indices.with_regencies(indicator):
        charts.show(
            f"indeks-wilayah-{indicator.id}-{edition.id}",
            partial(
                area_chart,
                indices.values(indicator),
                indicator=indicator,
                edition=edition,
                names=indices.regencies(),
                focus=area,
            ),
            area,
        )
    for edition in indices.with_components(indicator):
        charts.show(
            f"indeks-komponen-{indicator.id}-{edition.id}",
            partial(
                component_chart,
                indices.component_values(indicator),
                indicators=indices.components(indicator),
                edition=edition,
                names=names,
                focus=area,
            ),
            area,
            empty=indices.missing(indicator, edition, of_components=True),
        )
    indices.show_alternatives(indicator, names)
