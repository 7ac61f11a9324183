"""A table that is not a chart's twin: shown, downloaded with its origin, and rows that lead somewhere."""

from __future__ import annotations

from contextvars import copy_context
from functools import partial

import pandas as pd
import streamlit as st

from literasi.export.page import Table
from literasi.export.table import csv_bytes
from literasi.figures import Chart, base_figure
from literasi.text import t
from literasi.ui import shown, url
from literasi.ui.charts import with_origin
from literasi.ui.tables import show_table, styled
from literasi.workspaces import PRACTICE

_PROFILE_PAGE = "pages/programme/libraries.py"


def show_listing(
    table: pd.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    alt: str,
    notes: tuple[str, ...] = (),
    libraries: list[str] | None = None,
) -> None:
    """Show a table with its download.

    Parameters
    ----------
    table : DataFrame
        Columns named as they should be read.
    name : str
        Unique over all pages; widget key and file name.
    title, subtitle, notes : str
        What stands above the numbers in the file.
    alt : str
        What a screen reader says.
    libraries : list of str, optional
        Library of each row: choosing a row opens its profile.
    """
    if libraries is None:
        show_table(table, key=name, alt=alt, title=title)
    else:
        shown.part(Table(title, table))
        event = st.dataframe(
            styled(table),
            key=name,
            hide_index=True,
            width="stretch",
            placeholder="–",
            on_select="rerun",
            selection_mode="single-row",
            alt=alt,
        )
        if event.selection.rows:
            # With workspace and language: written later they would be one more step for the back button.
            kept = {name: st.query_params[name] for name in ("ruang", "bahasa") if name in st.query_params}
            chosen = libraries[event.selection.rows[0]]
            st.switch_page(_PROFILE_PAGE, query_params={"pustaka": chosen, **kept})
    file = Chart(name, base_figure(), title, subtitle, "", table, notes=notes)
    mark = t("shell.practice_mark") if url.workspace() == PRACTICE else ""
    st.download_button(
        t("completeness.download"),
        # Made in another thread, which must know the user's language.
        data=partial(copy_context().run, csv_bytes, with_origin(file), sources=[], mark=mark),
        file_name=f"{name}.csv",
        mime="text/csv",
        key=f"{name}.csv",
        icon=":material/download:",
        on_click="ignore",
    )
