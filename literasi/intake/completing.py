"""What a file does not say stays as it is: columns that it lacks keep the values of the current rows."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from literasi import contracts
from literasi.contracts import TABLES, Table
from literasi.intake.filling import typed
from literasi.intake.rows import Rows

KEEPS_EMPTY_CELLS = ("libraries", "events")
"""Tables of lasting things: there an empty cell says nothing, elsewhere it says that there is no value."""


def complete(rows: Rows, current: pd.DataFrame, *, today: dt.date) -> Rows:
    """Give the rows with all columns of their table.

    Parameters
    ----------
    rows : Rows
        Of one sheet; each has its key.
    current : DataFrame
        Current rows of the table.
    today : date
        When rows were received that do not say it and are not there yet.

    Returns
    -------
    Rows
        A column that the sheet lacks keeps what is current; so does an empty cell of `KEEPS_EMPTY_CELLS`.
        What neither says has the value that the form gives it (`Form.defaults`).
        Parts of a sum are not kept when another part or the sum is given: they would not agree.
    """
    contract = TABLES[rows.table]
    given = [name for name in contract.names if name in rows.frame or name in contract.key]
    frame = typed(rows.table, rows.frame.reindex(columns=given))
    before = _before(contract, frame, current)
    unkept = _unkept(contract, rows)
    for name in contract.names:
        if name in contract.key:
            continue
        if name not in frame:
            if name not in unkept:
                frame[name] = before[name]
        elif rows.table in KEEPS_EMPTY_CELLS:
            frame[name] = frame[name].where(frame[name].notna(), before[name])
    for name, value in rows.drafts[0].form.defaults.items():
        frame[name] = frame[name].fillna(value) if name in frame else value
    if "received_on" in frame:
        frame["received_on"] = (
            frame["received_on"].fillna(before["received_on"]).fillna(pd.Timestamp(today).as_unit("us"))
        )
    return rows.with_frame(contracts.coerce(rows.table, frame))


def _before(contract: Table, frame: pd.DataFrame, current: pd.DataFrame) -> pd.DataFrame:
    """Give the current row of each key, with missing values where there is none."""
    key = list(contract.key)
    # Of one column, too, so that it can be looked up in the other.
    there = current.set_axis(pd.MultiIndex.from_frame(current[key]), axis=0)
    before = there.reindex(pd.MultiIndex.from_frame(frame[key]))
    before.index = frame.index
    return before


def _unkept(contract: Table, rows: Rows) -> set[str]:
    unkept: set[str] = set()
    for total, parts in contract.sums:
        if {total, *parts} & set(rows.frame.columns):
            unkept |= {total, *parts}
    return unkept
