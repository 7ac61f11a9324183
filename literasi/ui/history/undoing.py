"""Taking a submission back: what that would change, who does it, and what became of it."""

from __future__ import annotations

import streamlit as st

from literasi.errors import StoreError
from literasi.text import t
from literasi.ui import cached, url
from literasi.ui.history.rows import show_tables
from literasi.ui.safe import markdown

_ASKED, _DONE = "history.undo.asked", "history.undo.done"
FIRST = 1
"""The submission that every other one rests on: it brought the areas, without which no page works."""
ACTOR = "upload.actor"  # the name given on the upload page, asked for once in a session


def say_done() -> None:
    """Say, once, what a confirmed undo came to."""
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        st.success(t("history.undone", **done), icon=":material/check_circle:")


def show_undo(submission: int) -> None:
    """Offer to take a submission back; on request show what that changes, and do it when confirmed."""
    if cached.is_public():
        st.caption(f":material/lock: {t('history.read_only')}")
        return
    undone = _undone_by(submission)
    if submission == FIRST:
        st.caption(t("history.first"))
    elif undone is not None:
        st.info(t("history.is_undone", submission=submission, later=undone), icon=":material/undo:")
        _look_at(undone)
    elif st.session_state.get(_ASKED) == (url.workspace(), submission):
        _confirm(submission)
    elif st.button(t("history.undo", submission=submission), icon=":material/undo:", key="history.undo"):
        st.session_state[_ASKED] = (url.workspace(), submission)
        st.rerun()


def _undone_by(submission: int) -> int | None:
    listed = cached.submissions()
    later = listed.loc[listed["id"] == submission, "undone_by"].dropna()
    return int(later.iloc[0]) if len(later) else None


def _confirm(submission: int) -> None:
    with st.container(border=True, key="history-undo"):
        st.subheader(t("history.undo_title", submission=submission), anchor=False)
        try:
            with st.spinner(t("history.trying")):
                preview = cached.undo_preview(submission)
        except StoreError as error:
            shown = {name: markdown(value) for name, value in error.params.items()}
            st.warning(t(error.key, **shown), icon=":material/block:")
            if (later := error.params.get("later")) is not None:
                _look_at(int(str(later)))
            _leave()
            return
        st.markdown(t("history.undo_effect"))
        show_tables(
            {table: (preview.counts[table], effect) for table, effect in preview.effects.items()},
            key=f"history.undo.{submission}",
        )
        with st.form("history.undo.form", border=False):
            actor = st.text_input(
                t("history.actor"),
                st.session_state.get(ACTOR, ""),
                max_chars=60,
                help=t("history.actor_help"),
            ).strip()
            if st.form_submit_button(
                t("history.undo_confirm", submission=submission), icon=":material/undo:"
            ):
                _undo(submission, actor)
        _leave()


def _undo(submission: int, actor: str) -> None:
    if not actor:
        st.warning(t("history.no_actor"))
        return
    st.session_state[ACTOR] = actor
    with st.spinner(t("history.undoing")):
        number = cached.desk().undo(submission, actor=actor)
    st.session_state[_DONE] = {"submission": submission, "undo": number}
    st.session_state.pop(_ASKED)
    st.rerun()


def _leave() -> None:
    if st.button(t("history.leave"), key="history.leave", icon=":material/close:"):
        st.session_state.pop(_ASKED)
        st.rerun()


def _look_at(submission: int) -> None:
    """Offer to go to another submission of the list."""
    newest = str(cached.submissions()["id"].iloc[0])
    st.button(
        markdown(t("history.look_at", submission=submission)),
        key="history.look_at",
        icon=":material/arrow_forward:",
        on_click=url.write,
        args=("unggahan", str(submission), newest),
    )
