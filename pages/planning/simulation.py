"""Simulasi: what additions would change, beside two automatic ways of sharing the same things out."""

from functools import partial

import streamlit as st

from literasi.domain.scenario import encode
from literasi.text import t
from literasi.ui import charts, filters, shell, simulation

shell.header("simulation")
with filters.bar():
    part = filters.part("simulation", simulation.PARTS)
    is_assumed = simulation.choose_unlisted()
    basis = simulation.choose_basis()
    weight = simulation.choose_weight() if part == "pemerataan" else None
plan = simulation.chosen()
code = encode(plan)

if part == "susun":
    simulation.show_effect(plan, is_assumed=is_assumed)
    with st.grid(min_column_width=440, key="simulasi-susun"):
        with st.container():
            simulation.edit(plan)
        charts.show(
            "simulasi-cakupan",
            partial(simulation.coverage_chart, plan, is_assumed=is_assumed),
            code,
            is_assumed,
        )
elif part == "bandingkan":
    ways = simulation.show_ways(plan, is_assumed=is_assumed, basis=basis)
    if ways:
        charts.show(
            "simulasi-cara",
            partial(simulation.ways_chart, ways, is_assumed=is_assumed),
            code,
            is_assumed,
            basis,
        )
elif weight:
    charts.show(
        "simulasi-lorenz",
        partial(simulation.lorenz_chart, plan, weight, is_assumed=is_assumed, basis=basis),
        code,
        weight,
        is_assumed,
        basis,
        empty=t("simulation.empty_lorenz"),
    )
simulation.show_rules()
simulation.show_link()
simulation.show_download(plan, is_assumed=is_assumed, basis=basis)
