"""Links from the upload page to where its results are seen."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from literasi.text import t

# Where a table is seen first; what is on no page yet is seen in the history.
_PAGES = {
    "activities": "programme/activities",
    "visits": "programme/reading_interest",
    "circulation": "programme/reading_interest",
    "events": "programme/participants",
    "participants": "programme/participants",
    "libraries": "programme/libraries",
    "aid": "programme/libraries",
    "services": "programme/libraries",
    "advocacy": "programme/libraries",
    "publications": "programme/libraries",
    "library_figures": "programme/libraries",
    "observations": "progress/indices",
    "targets": "progress/targets",
    "population": "progress/map",
    "iplm_inputs": "planning/iplm",
    "advices": "records/completeness",
}


_HISTORY = "pages/records/history.py"


def history_link(submission: int) -> None:
    """Link to a submission on the history page, where it can be undone."""
    st.page_link(
        _HISTORY,
        label=t("upload.to_history", submission=submission),
        icon=":material/history:",
        query_params={"unggahan": str(submission)},
    )


def table_links(tables: Iterable[str]) -> None:
    """Link to the pages that show these tables, each page once."""
    for page in dict.fromkeys(_PAGES[table] for table in tables if table in _PAGES):
        name, script = page.partition("/")[2], f"pages/{page}.py"
        st.page_link(
            script,
            label=t("upload.to_page", page=t(f"page.{name}.title")),
            icon=":material/arrow_forward:",
        )
