"""Simulasi IPLM: what the figures of its forms give, beside the published value; nothing here is official."""

from functools import partial

from literasi.domain.iplm import UPLM
from literasi.ui import charts, filters, iplm, shell

shell.header("iplm")
with filters.bar():
    edition = iplm.choose_edition()
    area = filters.region()
    year = iplm.choose_year(edition)

iplm.say_simulation(edition)
iplm.show_summary(edition, area, year)
if edition == UPLM:
    charts.show(
        "simulasi-iplm-komponen",
        partial(iplm.components_chart, area, year),
        area,
        year,
        empty=iplm.empty_components(area),
    )
charts.show(
    f"simulasi-iplm-isian-{edition}",
    partial(iplm.inputs_chart, edition, area, year),
    edition,
    area,
    year,
    empty=iplm.empty_inputs(edition, area),
)
if edition == UPLM:
    iplm.show_ratios(area, year)
else:
    iplm.show_fields(area, year)
    iplm.show_assumptions(area, year)
    charts.show(
        "simulasi-iplm-andaian",
        iplm.assumed_chart,
        *iplm.assumed(),
        empty=iplm.empty_assumptions(),
    )
iplm.show_method(edition)
