"""Simulasi: what additions would change, beside two automatic ways of sharing the same things out."""

from functools import partial

import streamlit as st

from literasi.domain.scenario import encode
from literasi.text import t
from literasi.ui import charts, filters, shell, simulation

shell.header("simulation")
with filters.bar():
    part = filters.part("simulation", simulation.PARTS)
    is_complete = simulation.choose_list()
    basis = simulation.choose_basis(is_shown=part != "susun")
    weight = simulation.choose_weight() if part == "pemerataan" else None
plan = simulation.chosen()
code = encode(plan)

if part == "susun":
    simulation.show_effect(plan, is_complete=is_complete)
    with st.grid(min_column_width=440, key="simulasi-susun"):
        with st.container():
            simulation.edit(plan, is_complete=is_complete)
        with st.container():
            charts.show(
                "simulasi-cakupan",
                partial(simulation.coverage_chart, plan, is_complete=is_complete),
                code,
                is_complete,
            )
    simulation.show_findings(plan, is_complete=is_complete)
    simulation.take_along(plan, is_complete=is_complete, basis=basis)
elif part == "bandingkan":
    ways = simulation.show_ways(plan, is_complete=is_complete, basis=basis)
    if ways:
        charts.show(
            "simulasi-cara",
            partial(simulation.ways_chart, ways, is_complete=is_complete),
            code,
            is_complete,
            basis,
        )
    simulation.take_along(plan, is_complete=is_complete, basis=basis)
elif weight:
    simulation.show_findings(plan, is_complete=is_complete)
    charts.show(
        "simulasi-lorenz",
        partial(simulation.lorenz_chart, plan, weight, is_complete=is_complete, basis=basis),
        code,
        weight,
        is_complete,
        basis,
        empty=t("simulation.empty_lorenz"),
    )
    simulation.take_along(plan, is_complete=is_complete, basis=basis)
