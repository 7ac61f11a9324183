"""Which monthly reports are due by now, and what came of them: one calendar for every page that asks."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from literasi.desk import PROVINCE_TIME
from literasi.domain import completeness
from literasi.ui import cached, url
from literasi.workspaces import PRACTICE


def today() -> dt.date:
    """Give the day it is in the province."""
    return dt.datetime.now(PROVINCE_TIME).date()


def tables() -> dict[str, pd.DataFrame]:
    """Give the tables that libraries report into."""
    return {name: cached.frame(name) for name in completeness.TABLES}


def months() -> tuple[list[str], str]:
    """Months to look at and the last that is due; the practice workspace ends where its reports end."""
    day = today()

    def make() -> tuple[list[str], str]:
        rules = cached.reporting_rules()
        periods, due = completeness.span_due(tables(), today=day, rules=rules)
        if url.workspace() == PRACTICE and periods:
            reported = pd.concat([cached.frame(name)["month"] for name in completeness.MONTHLY])
            newest = due if reported.empty else f"{reported.max():%Y-%m}"
            due = min(due, newest)
            periods = [p for p in periods if p <= newest]
        return periods, due

    return cached.made("laporan-bulan", make, day)


def calendar() -> pd.DataFrame:
    """Give the state of every library in every month and table (`completeness.calendar`)."""
    periods, due = months()
    return cached.made(
        "laporan-kalender",
        lambda: completeness.calendar(
            tables(),
            cached.frame("libraries"),
            periods=periods,
            due=due,
            rules=cached.reporting_rules(),
        ),
        due,
    )
