"""Ringkasan: where we stand, where it is worst, how complete the data are."""

from functools import partial

import streamlit as st

from literasi.charts.editions import edition_chart
from literasi.ui import charts, filters, findings, indices, shell, summary
from literasi.ui.cards import show_cards

shell.header("summary")
with filters.bar():
    area = filters.region()
show_cards(summary.cards(area), key="summary")

words, place = st.columns(2, gap="medium")
with words:
    findings.show("summary", partial(summary.find, area), area, is_folded_on_phone=False)
    summary.show_known(area)
    for indicator in summary.trends():
        charts.show(
            f"ringkasan-{indicator.id}",
            partial(
                edition_chart,
                summary.values(indicator, area),
                indicator=indicator,
                edition=summary.newest_edition(indicator, area),
                names=indices.triple(area),
                focus=area,
            ),
            area,
        )
with place:
    charts.show("ringkasan-peta", summary.small_map)
