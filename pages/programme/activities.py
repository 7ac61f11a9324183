"""Kegiatan: what happens, in which field, for whom, how often."""

from functools import partial

import streamlit as st

from literasi.text import t
from literasi.ui import activities, charts, filters, shell

shell.header("activities")

if activities.has_reports():
    view = activities.choose()
    area = view.area
    st.subheader(t("activities.section_time"), anchor=False)
    charts.show("kegiatan-waktu", partial(activities.time_chart, view), view, empty=t("activities.empty"))
    charts.show(
        "kegiatan-panel",
        partial(activities.change_chart, view),
        view.still,
        empty=t("activities.empty_panel"),
    )
    st.subheader(t("activities.section_what"), anchor=False)
    with st.grid(min_column_width=420, key="kegiatan-apa"):
        for column in ("field", "audience"):
            charts.show(
                f"kegiatan-{column}",
                partial(activities.group_chart, view, column),
                view.still,
                empty=t("activities.empty"),
            )
    charts.show(
        "kegiatan-bidang-tahun",
        partial(activities.fields_by_year_chart, view),
        view.still,
        empty=t("activities.empty_years"),
    )
    charts.show(
        "kegiatan-kind",
        partial(activities.group_chart, view, "kind"),
        view.still,
        empty=t("activities.empty"),
    )
    st.subheader(t("activities.section_when"), anchor=False)
    charts.show(
        "kegiatan-kalender",
        partial(activities.calendar_chart, view),
        view.still,
        empty=t("activities.empty_calendar"),
    )
    st.subheader(t("activities.section_rate"), anchor=False)
    with st.grid(min_column_width=420, key="kegiatan-rasio"):
        for rate in ("activities", "people"):
            charts.show(
                f"kegiatan-rasio-{rate}",
                partial(activities.rate_chart, view, rate),
                view.still,
                empty=t("activities.empty_rate"),
            )
    st.subheader(t("activities.section_reports"), anchor=False)
    charts.show(
        "kegiatan-laporan", partial(activities.reports_chart, view), view.still, empty=t("activities.empty")
    )
else:
    activities.say_none()
    with filters.bar():
        area = filters.region()

st.subheader(t("activities.events_title"), anchor=False)
charts.show("kegiatan-acara", partial(activities.events_chart, area), area, empty=t("activities.events_none"))
