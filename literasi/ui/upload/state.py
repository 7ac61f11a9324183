"""What stands between an open file and the store, in numbers and in one sentence."""

from __future__ import annotations

import streamlit as st

from literasi.text import number, t
from literasi.ui import cached
from literasi.ui.upload.links import history_link
from literasi.ui.upload.work import Work, refresh


def show_state(work: Work) -> None:
    """Say whether the same file came before, how the file stands, and what to do next."""
    if work.earlier is not None and work.committed is None:
        st.info(t("upload.earlier", submission=work.earlier), icon=":material/content_copy:")
        history_link(work.earlier)
    if work.is_continued:
        st.info(t("upload.continued"), icon=":material/published_with_changes:")
    if work.committed is not None:
        return
    if work.proposal.head < cached.newest():
        st.info(t("upload.outdated"), icon=":material/sync:")
        if st.button(t("upload.examine_again"), icon=":material/sync:", key=work.key("again")):
            refresh(work)
            st.rerun()
    proposal = work.proposal
    faults, questions = len(proposal.faults), len(proposal.questions)
    open_advices = len(proposal.findings) - faults
    with st.grid(min_column_width=150, gap="small", key="upload-state"):
        st.metric(t("upload.rows"), number(sum(sheet.rows for sheet in proposal.sheets)), border=True)
        st.metric(t("upload.faults"), number(faults), border=True, help=t("upload.faults_help"))
        st.metric(t("upload.questions"), number(questions), border=True, help=t("upload.questions_help"))
        st.metric(t("upload.advices"), number(open_advices), border=True, help=t("upload.advices_help"))
    _next_step(work)


def _next_step(work: Work) -> None:
    proposal = work.proposal
    if proposal.is_ready:
        st.success(t("upload.next_commit"), icon=":material/check_circle:")
        return
    waiting = [sheet for sheet in proposal.sheets if sheet.form and sheet.missing]
    if not any(sheet.form for sheet in proposal.sheets):
        key = "next_form"
    elif waiting:
        key = "next_missing"
    elif proposal.faults:
        key = "next_faults"
    elif proposal.questions:
        key = "next_questions"
    else:
        key = "next_nothing"
    st.info(t(f"upload.{key}"), icon=":material/arrow_forward:")
