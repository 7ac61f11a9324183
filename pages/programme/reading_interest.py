"""Minat baca: visits, loans and members by month and year, and the figures that have been published."""

from functools import partial

import streamlit as st

from literasi.text import t
from literasi.ui import charts, filters, findings, reading, shell

shell.header("reading_interest")

if reading.has_reports():
    view = reading.choose()
    area = view.area
    part = filters.part("reading", reading.PARTS)
    if part != "diumumkan":
        findings.show("reading", partial(reading.find, view.still), view.still)
else:
    reading.say_none()
    with filters.bar():
        area = filters.region()
    part = "diumumkan"
    findings.show("reading_published", partial(reading.find_published, area), area)

if part == "waktu":
    reading.headline(view)
    charts.show("minat-baca-waktu", partial(reading.time_chart, view), view, empty=t("reading.empty"))
    with st.grid(min_column_width=420, key="minat-baca-dua"):
        charts.show(
            "minat-baca-panel",
            partial(reading.change_chart, view),
            view.still,
            empty=t("reading.empty_panel"),
        )
        charts.show(
            "minat-baca-rasio", partial(reading.rate_chart, view), view.still, empty=t("reading.empty_rate")
        )
    if view.measure == "visits":
        charts.show(
            "minat-baca-jenis-kelamin",
            partial(reading.sex_chart, view),
            view.still,
            empty=t("reading.empty_sex"),
        )
elif part == "laporan":
    charts.show(
        "minat-baca-laporan", partial(reading.reports_chart, view), view.still, empty=t("reading.empty")
    )
else:
    charts.show(
        "minat-baca-diumumkan", partial(reading.named_chart, area), area, empty=t("reading.empty_named")
    )
    reading.show_not_drawn(area)
    charts.show("minat-baca-penduduk", reading.share_chart, empty=t("reading.empty_share"))
