"""Faulty example files for training: one rule each, in the practice workspace only."""

from __future__ import annotations

import streamlit as st

from literasi.text import t
from literasi.ui import url
from literasi.workspaces import PRACTICE, faulty_files


def show_practice_files() -> None:
    """Offer the faulty files, each with what a trainer says about it."""
    if url.workspace() != PRACTICE:
        st.info(t("upload.practice_only"), icon=":material/school:")
        return
    st.markdown(t("upload.practice_intro"))
    with st.grid(min_column_width=300, gap="small", key="upload-faulty"):
        for file in faulty_files():
            with st.container(border=True, height="stretch"):
                st.markdown(f"**{t(f'upload.faulty.{file.name}')}**")
                st.download_button(
                    file.file_name,
                    data=file.build,
                    file_name=file.file_name,
                    key=f"upload.faulty.{file.name}",
                    icon=":material/download:",
                    on_click="ignore",
                )
