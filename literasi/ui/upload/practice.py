"""Faulty example files for training: one rule each, in the practice workspace only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from literasi.text import t
from literasi.ui import url
from literasi.workspaces import PRACTICE, faulty_files

if TYPE_CHECKING:
    from literasi.workspaces import FaultyFile


def show_practice_files() -> None:
    """Offer the faulty files, each with what a trainer says about it."""
    if url.workspace() != PRACTICE:
        st.info(t("upload.practice_only"), icon=":material/school:")
        return
    st.markdown(t("upload.practice_intro"))
    files = faulty_files()
    for raises in dict.fromkeys(file.raises for file in files):
        st.markdown(f"#### {t(f'upload.raises.{raises}')}")
        with st.grid(min_column_width=300, gap="small", key=f"upload-faulty-{raises}"):
            for file in files:
                if file.raises == raises:
                    _show(file)


def _show(file: FaultyFile) -> None:
    with st.container(border=True, height="stretch"):
        st.markdown(t(f"upload.faulty.{file.name}"))
        st.download_button(
            file.file_name,
            data=file.build,
            file_name=file.file_name,
            key=f"upload.faulty.{file.name}",
            icon=":material/download:",
            on_click="ignore",
        )
