"""Rows that are gone because a file is the whole of what it is about."""

from __future__ import annotations

import pandas as pd

from literasi.contracts import TABLES
from literasi.intake.forms import Form

_PERIODS = {"month": "M", "year": "Y"}


def removals(form: Form, rows: pd.DataFrame, current: pd.DataFrame) -> pd.DataFrame:
    """Give the keys of current rows in the scope of a sheet which it lacks.

    Parameters
    ----------
    form : Form
        Its `scope` says what a sheet is about; without one nothing is ever removed.
    rows : DataFrame
        All rows of the sheet.
    current : DataFrame
        Current rows of the table.
    """
    key = list(TABLES[form.table].key)
    if not form.scope or rows.empty:
        return current.iloc[:0][key]
    about = pd.MultiIndex.from_frame(_scope(form, rows))
    is_about = pd.MultiIndex.from_frame(_scope(form, current)).isin(about)
    is_there = pd.MultiIndex.from_frame(current[key]).isin(pd.MultiIndex.from_frame(rows[key]))
    return current.loc[is_about & ~is_there, key].reset_index(drop=True)


def _scope(form: Form, frame: pd.DataFrame) -> pd.DataFrame:
    columns = {}
    for part in form.scope:
        name, _, period = part.partition(":")
        values = frame[name]
        columns[part] = (
            values.dt.to_period(_PERIODS[period]).astype("str") if period else values.astype("str")
        )
    return pd.DataFrame(columns)
