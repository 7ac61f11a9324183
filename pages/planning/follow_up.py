"""Tindak lanjut: what became of a training: plans, reports and activities, beside the untrained; turnover."""

from functools import partial

import streamlit as st

from literasi.domain.follow_through import MEASURES
from literasi.ui import charts, findings, follow_up, shell

shell.header("follow_up")

if follow_up.has_rows():
    view, part = follow_up.choose()
    follow_up.show_headline(view)
    findings.show("follow_up", partial(follow_up.find, view), view)
else:
    findings.show("follow_up", follow_up.find_published)
    follow_up.say_unknown()
    part = ""

if part == "rencana":
    charts.show("tindak-rtl", partial(follow_up.plans_chart, view), view, empty=follow_up.no_plans())
elif part == "sebelum-sesudah":
    with st.grid(min_column_width=300, key="tindak-perubahan"):
        for measure in MEASURES:
            charts.show(
                f"tindak-{measure}",
                partial(follow_up.change_chart, view, measure),
                view,
                empty=follow_up.none_counted(view, measure),
            )
    follow_up.show_not_counted(view)
    follow_up.show_libraries(view)
elif part == "pembanding":
    with st.grid(min_column_width=300, key="tindak-pembanding"):
        for measure in MEASURES:
            charts.show(
                f"tindak-banding-{measure}",
                partial(follow_up.beside_chart, view, measure),
                view,
                empty=follow_up.none_beside(view, measure),
            )
elif part == "pergantian":
    follow_up.show_turnover()
