"""Perpustakaan: which libraries, since when, with which aid and standard; and the profile of each."""

from functools import partial

import streamlit as st

from literasi.text import t
from literasi.ui import charts, findings, libraries, profile, shell

shell.header("libraries")
chosen = libraries.chosen()

if chosen:
    library = profile.library(chosen)
    profile.show_way_back()
    profile.show_header(library)
    st.header(t("profile.section_timeline"), anchor=False)
    profile.show_timeline(library)
    profile.show_aid(library)
    profile.show_standard(library)
    profile.show_months(library)
    profile.show_notes(library)
    profile.show_published(library)
else:
    view = libraries.choose()
    libraries.show_count(view)
    findings.show("libraries", partial(libraries.find, view), view)
    libraries.show_list(view)
    st.header(t("libraries.section_where"), anchor=False)
    with st.grid(min_column_width=420, key="perpustakaan.dua"):
        charts.show(
            "perpustakaan-wilayah",
            partial(libraries.areas_chart, view),
            view,
            empty=t("libraries.empty_areas"),
        )
        charts.show(
            "perpustakaan-tahun",
            partial(libraries.years_chart, view),
            view,
            empty=t("libraries.empty_years"),
        )
    st.header(t("libraries.section_standard"), anchor=False)
    charts.show(
        "perpustakaan-snp",
        partial(libraries.standard_chart, view),
        view,
        empty=libraries.no_standard(view),
    )
