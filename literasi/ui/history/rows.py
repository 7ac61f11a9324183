"""Rows of the store as people read them: columns labelled, and names beside codes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from literasi.text import number, t, term
from literasi.ui import cached
from literasi.ui.cached import Counts, Effect
from literasi.ui.safe import markdown
from literasi.ui.tables import show_table

PARTS = ("added", "changed", "removed")

# Rows about people, and words of the office's files: not for a hall.
_WITHHELD = frozenset(
    {"participants", "activities", "visits", "circulation", "advices", "layouts", "spellings"}
)
# Code, the table whose key it is, and the heading of the name beside it.
_CODES = (
    ("area_code", "areas", "area"),
    ("library_id", "libraries", "library"),
    ("event_id", "events", "event"),
)
_OPENED = 2
"""So many tables are shown opened; of more, the user opens what matters."""
_YEARS = ("year", "year_joined")  # numbers, but never written with a thousands separator


def is_shown(table: str) -> bool:
    """Whether rows of a table may be shown to whoever is looking; their number always may."""
    return not (cached.is_public() and table in _WITHHELD)


def show_tables(changes: Mapping[str, tuple[Counts, Effect]], *, key: str) -> None:
    """Show, table by table, rows that were added, changed and removed; with few of them opened.

    Parameters
    ----------
    changes : mapping of str to tuple of (Counts, Effect)
    key : str
    """
    for table, (counts, effect) in changes.items():
        done = [
            t(f"history.rows_{part}", count=number(getattr(counts, part)))
            for part in PARTS
            if getattr(counts, part)
        ]
        label = f"{t(f'table.{table}')}: {', '.join(done)}"
        is_open = len(changes) <= _OPENED
        box = st.expander(markdown(label), expanded=is_open, key=f"{key}.{table}", on_change="rerun")
        if box.open:
            with box:
                _show_table(table, counts, effect, key=f"{key}.{table}")


def _show_table(table: str, counts: Counts, effect: Effect, *, key: str) -> None:
    if not is_shown(table):
        st.caption(t("history.withheld"))
        return
    for part in PARTS:
        rows: pd.DataFrame = getattr(effect, part)
        total: int = getattr(counts, part)
        if len(rows):
            st.markdown(f"**{t(f'history.{part}')}**")
            show_table(labelled(table, rows), key=f"{key}.{part}", is_kept=False)
            shown = len(rows.drop_duplicates(list(rows.columns[:-3]))) if part == "changed" else len(rows)
            if shown < total:
                st.caption(t("history.more", shown=number(shown), total=number(total)))


def labelled(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Label columns, put names beside codes, and leave out columns in which nothing stands.

    Parameters
    ----------
    table : str
        Whose rows they are.
    rows : DataFrame
        Contract columns, or those of changed values.

    Returns
    -------
    DataFrame
    """
    beside = {
        code: (of, heading) for code, of, heading in _CODES if not (of == table and "name" in rows.columns)
    }
    shown: dict[str, pd.Series] = {}
    for name, column in rows.dropna(axis="columns", how="all").items():
        shown[term("column", name)] = _readable(str(name), column)
        if name in beside:
            of, heading = beside[str(name)]
            shown[t(f"column.{heading}")] = column.map(_names(of))
    return pd.DataFrame(shown)


def _readable(name: str, column: pd.Series) -> pd.Series:
    if name == "column":
        return column.map(lambda code: term("column", code))
    if name in ("old", "new"):
        return column.replace({"True": t("term.yes"), "False": t("term.no")})
    return column.astype("str") if name in _YEARS else column


def _names(table: str) -> Mapping[str, str]:
    """Give the name of each code of a table, as it is called now."""
    rows = cached.frame(table)
    return dict(zip(rows.iloc[:, 0], rows["name"], strict=True))
