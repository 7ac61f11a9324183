"""Target: which are reached, which lag, and the rows of the accountability report."""

from functools import partial

import streamlit as st

from literasi.text import t
from literasi.ui import charts, filters, findings, shell, statutory, targets

shell.header("targets")
with filters.bar():
    area = filters.region()
    part = filters.part("targets", targets.PARTS)
    year = statutory.choose_year(area) if part == "lkjip" else None

if part == "status":
    findings.show("targets", partial(targets.find, area), area, targets.this_year())
    targets.show_status(area)
    indicator = targets.choose_indicator()
    if indicator:
        with st.grid(min_column_width=340, key="target-jalur"):
            for code, edition in targets.paths(indicator, area):
                charts.show(
                    f"target-jalur-{indicator.id}-{edition.id}",
                    partial(targets.path_chart, indicator, edition, code),
                    code,
                    targets.this_year(),
                    empty=t("targets.empty_path"),
                )
            for edition, year in targets.shared(indicator):
                charts.show(
                    f"target-wilayah-{indicator.id}-{edition.id}-{year}",
                    partial(targets.areas_chart, indicator, edition, year, area),
                    area,
                    targets.this_year(),
                )
    targets.show_all()
elif year:
    statutory.show(area, year)
