"""Sentences that belong to a page: shown on it, and kept for its file."""

from __future__ import annotations

import streamlit as st

from literasi.ui import shown


def inform(text: str, *, icon: str) -> None:
    """Show a notice: what is not known, why, and what to do next.

    Parameters
    ----------
    text : str
        Markdown; what came from data is inert already.
    icon : str
    """
    st.info(text, icon=icon)
    shown.words(*text.splitlines())
