"""Showing a frame as a table with numbers written in the user's language."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from literasi.text import date, number


def show_table(frame: pd.DataFrame, *, key: str, height: int | str = "auto", alt: str | None = None) -> None:
    """Show a frame; columns keep their types, so that sorting by a heading stays right.

    Parameters
    ----------
    frame : DataFrame
        Columns named as they should be read.
    key : str
    height : int or str
        As for `st.dataframe`.
    alt : str, optional
        What a screen reader says.
    """
    st.dataframe(styled(frame), key=key, hide_index=True, height=height, width="stretch", alt=alt)


def styled(frame: pd.DataFrame) -> object:
    """Write numbers and dates of a frame in the user's language without changing what they sort by."""
    formats = {}
    for name, column in frame.items():
        if pd.api.types.is_bool_dtype(column):
            continue
        if pd.api.types.is_float_dtype(column):
            present = column.dropna()
            decimals = 0 if (present % 1 == 0).all() else 2
            formats[name] = lambda v, d=decimals: number(v, d)
        elif pd.api.types.is_integer_dtype(column):
            formats[name] = lambda v: number(v)
        elif pd.api.types.is_datetime64_any_dtype(column):
            formats[name] = lambda v: date(v, short=True)
    return frame.style.format(formats, na_rep="–") if formats else frame
