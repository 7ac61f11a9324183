"""Peserta bimtek: who was trained, with what results, and which libraries were reached."""

from functools import partial

import streamlit as st

from literasi.text import t
from literasi.ui import charts, filters, findings, participants, shell

shell.header("participants")
participants.show_headline()
findings.show("participants", participants.find)

if participants.has_rows():
    part = filters.part("participants", participants.PARTS)
else:
    participants.say_unknown()
    part = "acara"

if part == "siapa":
    view = participants.choose()
    charts.show("peserta-siapa", partial(participants.who_chart, view), view, empty=t("participants.too_few"))
elif part == "hasil":
    with st.grid(min_column_width=380, key="peserta-hasil"):
        for by in ("event", "regency"):
            charts.show(
                f"peserta-nilai-{by}",
                partial(participants.gain_chart, by),
                empty=t("participants.empty_gain"),
            )
        charts.show("peserta-rtl", participants.plans_chart, empty=t("participants.empty_plans"))
        charts.show(
            "peserta-kepuasan", participants.satisfaction_chart, empty=t("participants.empty_satisfaction")
        )
elif part == "kehadiran":
    with st.grid(min_column_width=380, key="peserta-hadir"):
        for by in ("event", "regency"):
            charts.show(
                f"peserta-hadir-{by}",
                partial(participants.attendance_chart, by),
                empty=t("participants.empty_attendance"),
            )
elif part == "jangkauan":
    with st.grid(min_column_width=380, key="peserta-jangkauan-semua"):
        charts.show("peserta-jangkauan", participants.reach_years_chart, empty=t("participants.empty_reach"))
        charts.show(
            "peserta-jangkauan-wilayah", participants.reach_areas_chart, empty=t("participants.empty_reach")
        )
else:
    charts.show("peserta-tahun", participants.trained_chart, empty=t("participants.empty_trained"))
    kind = participants.choose_kind()
    charts.show(
        "peserta-acara", partial(participants.events_chart, kind), kind, empty=t("participants.empty_events")
    )
    participants.show_events(kind)
