"""Utang data: which missing report matters most, and a message that asks for it."""

from functools import partial

from literasi.ui import charts, data_debt, findings, shell

shell.header("data_debt")

view, part = data_debt.choose()
if data_debt.has_reports():
    data_debt.show_headline(view)
    findings.show("data_debt", partial(data_debt.find, view), view)
else:
    findings.show("data_debt", partial(data_debt.find_gaps, view), view)
    data_debt.say_none()

if part == "urutan":
    charts.show("utang-urutan", partial(data_debt.debts_chart, view), view, empty=data_debt.nothing(view))
    data_debt.show_debts(view)
elif part == "wilayah":
    charts.show(
        "utang-wilayah", partial(data_debt.standings_chart, view), view, empty=data_debt.nothing(view)
    )
elif part == "pesan":
    data_debt.show_messages(view)
else:
    data_debt.show_gaps(view)
