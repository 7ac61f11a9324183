"""Kelengkapan: which reports were expected, which came, which in time, and what to follow up."""

from functools import partial

import streamlit as st

from literasi.domain.completeness import MONTHLY
from literasi.text import t
from literasi.ui import advices, charts, completeness, filters, findings, shell

shell.header("completeness")

if completeness.has_reports():
    view = completeness.choose()
    completeness.show_headline(view)
    findings.show("completeness", partial(completeness.find, view), view)
    area = view.area
    part = filters.part("completeness", completeness.PARTS)
else:
    completeness.say_none()
    with filters.bar():
        area = filters.region()
    findings.show("completeness_expected", partial(completeness.find_expected, area), area)
    completeness.show_expected(area)
    part = "catatan"

if part == "ringkas":
    with st.grid(min_column_width=380, key="kelengkapan-tabel"):
        for table in MONTHLY:
            charts.show(
                f"kelengkapan-{table}",
                partial(completeness.shares_chart, view, table),
                view,
                empty=t("completeness.empty_chart"),
            )
        with st.container(border=True):
            completeness.show_without_duty(view)
elif part == "kalender":
    table = completeness.choose_table()
    for calendar in completeness.calendars(view, table):
        charts.show(
            f"kelengkapan-bulan-{table}-{calendar}",
            partial(completeness.calendar_chart, view, table, calendar),
            view,
            empty=completeness.no_calendar(table),
        )
elif part == "perpustakaan":
    completeness.show_libraries(view)
elif part == "tindak":
    completeness.show_follow_up(view)
else:
    advices.show_open(area)
