"""Kegiatan: what happens, in which field, for whom, how often."""

from functools import partial

import streamlit as st

from literasi.text import t
from literasi.ui import activities, charts, filters, findings, shell

shell.header("activities")

if activities.has_reports():
    view = activities.choose()
    area = view.area
    part = filters.part("activities", activities.PARTS)
    findings.show("activities", partial(activities.find, view.still), view.still)
else:
    activities.say_none()
    with filters.bar():
        area = filters.region()
    findings.show("activities_published", partial(activities.find_published, area), area)
    part = "acara"

if part == "waktu":
    charts.show("kegiatan-waktu", partial(activities.time_chart, view), view, empty=t("activities.empty"))
    charts.show(
        "kegiatan-panel",
        partial(activities.change_chart, view),
        view.still,
        empty=t("activities.empty_panel"),
    )
elif part == "apa":
    with st.grid(min_column_width=420, key="kegiatan-apa"):
        for column in ("field", "audience", "kind"):
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
elif part == "kapan":
    charts.show(
        "kegiatan-kalender",
        partial(activities.calendar_chart, view),
        view.still,
        empty=t("activities.empty_calendar"),
    )
elif part == "rasio":
    with st.grid(min_column_width=420, key="kegiatan-rasio"):
        for rate in ("activities", "people"):
            charts.show(
                f"kegiatan-rasio-{rate}",
                partial(activities.rate_chart, view, rate),
                view.still,
                empty=t("activities.empty_rate"),
            )
elif part == "laporan":
    charts.show(
        "kegiatan-laporan", partial(activities.reports_chart, view), view.still, empty=t("activities.empty")
    )
else:
    charts.show(
        "kegiatan-acara",
        partial(activities.events_chart, area),
        area,
        empty=t("activities.events_none"),
    )
