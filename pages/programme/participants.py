"""Peserta bimtek: who was trained, with what results, and which libraries were reached."""

from functools import partial

import streamlit as st

from literasi.text import t
from literasi.ui import charts, participants, shell

shell.header("participants")
participants.show_headline()

if participants.has_rows():
    st.header(t("participants.section_who"), anchor=False)
    view = participants.choose()
    charts.show("peserta-siapa", partial(participants.who_chart, view), view, empty=t("participants.too_few"))
    st.header(t("participants.section_results"), anchor=False)
    with st.grid(min_column_width=380, key="peserta-hasil"):
        for by in ("event", "regency"):
            charts.show(
                f"peserta-nilai-{by}",
                partial(participants.gain_chart, by),
                empty=t("participants.empty_gain"),
            )
        for by in ("event", "regency"):
            charts.show(
                f"peserta-hadir-{by}",
                partial(participants.attendance_chart, by),
                empty=t("participants.empty_attendance"),
            )
        charts.show(
            "peserta-kepuasan", participants.satisfaction_chart, empty=t("participants.empty_satisfaction")
        )
        charts.show("peserta-rtl", participants.plans_chart, empty=t("participants.empty_plans"))
    st.header(t("participants.section_reach"), anchor=False)
    with st.grid(min_column_width=380, key="peserta-jangkauan-semua"):
        charts.show("peserta-jangkauan", participants.reach_years_chart, empty=t("participants.empty_reach"))
        charts.show(
            "peserta-jangkauan-wilayah", participants.reach_areas_chart, empty=t("participants.empty_reach")
        )
else:
    participants.say_unknown()

st.header(t("participants.section_known"), anchor=False)
charts.show("peserta-tahun", participants.trained_chart, empty=t("participants.empty_trained"))
st.header(t("participants.section_events"), anchor=False)
kind = participants.choose_kind()
charts.show(
    "peserta-acara", partial(participants.events_chart, kind), kind, empty=t("participants.empty_events")
)
participants.show_events(kind)
