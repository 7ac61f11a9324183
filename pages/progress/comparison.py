"""Perbandingan: where an area stands, beside whom, and how certain that is."""

from functools import partial

from literasi.ui import charts, comparison, filters, findings, shell, targets

shell.header("comparison")
with filters.bar():
    area = filters.region()
    theme = comparison.choose_theme()
    is_ranked = comparison.choose_ranks()

findings.show(
    "comparison",
    partial(comparison.find, theme, area, is_ranked=is_ranked),
    theme,
    area,
    is_ranked,
    targets.this_year(),
)
if comparison.is_one(area):
    comparison.say_only_mine(area)
    build = partial(comparison.one_chart, theme, area, is_ranked=is_ranked)
else:
    build = partial(comparison.all_chart, theme, is_ranked=is_ranked)
charts.show("perbandingan", build, area, theme, is_ranked, empty=comparison.empty(area))
