"""Ringkasan: where we stand, where it is worst, how complete the data are."""

from functools import partial

from literasi.charts.editions import edition_chart
from literasi.ui import charts, filters, indices, shell, summary
from literasi.ui.cards import show_cards

shell.header("summary")
area = filters.region()
show_cards(summary.cards(area), key="summary")
summary.show_known(area)
