"""Showing a frame as a table with numbers written in the user's language."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from literasi.export.page import Table
from literasi.export.table import decimals
from literasi.text import date, number, t
from literasi.ui import shown


def show_table(
    frame: pd.DataFrame,
    *,
    key: str,
    height: int | Literal["auto", "stretch", "content"] = "auto",
    alt: str | None = None,
    title: str | None = None,
    is_kept: bool = True,
) -> None:
    """Show a frame; columns keep their types, so that sorting by a heading stays right.

    Parameters
    ----------
    frame : DataFrame
        Columns named as they should be read.
    key : str
    height : int or str
        Pixels, or as for `st.dataframe`.
    alt : str, optional
        What a screen reader says.
    title : str, optional
        What stands above it in the file of the page; `alt` by default.
    is_kept : bool
        Whether it belongs to the file of the page.
    """
    if is_kept:
        shown.part(Table((title or alt or t("page_file.table")).rstrip("."), frame))
    st.dataframe(
        styled(frame),
        key=key,
        hide_index=True,
        height=height,
        width="stretch",
        placeholder="–",
        alt=alt,
    )


def styled(frame: pd.DataFrame) -> pd.DataFrame | Styler:
    """Write numbers and dates of a frame in the user's language without changing what they sort by."""
    formats: dict[Any, Any] = {}
    for name, column in frame.items():
        if (places := decimals(column)) is not None:
            formats[name] = partial(number, decimals=places)
        elif pd.api.types.is_datetime64_any_dtype(column):
            formats[name] = partial(date, short=True)
    return frame.style.format(formats, na_rep="–") if formats else frame
