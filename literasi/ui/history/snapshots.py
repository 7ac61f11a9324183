"""Snapshots: names for the data as they are at a moment, to be compared with later."""

from __future__ import annotations

import streamlit as st

from literasi.text import moment, t
from literasi.ui import cached, url
from literasi.ui.history.comparing import SNAPSHOT
from literasi.ui.history.undoing import ACTOR
from literasi.ui.safe import markdown

_DONE = "history.frozen"


def show_snapshots() -> None:
    """List the snapshots, each with a way to compare it with now, and freeze a new one."""
    st.markdown(t("history.snapshots_what"))
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        st.success(t("history.frozen", name=markdown(done)), icon=":material/check_circle:")
    if cached.is_public():
        st.caption(f":material/lock: {t('history.read_only')}")
    else:
        _freeze()
    snapshots = cached.frame("snapshots").sort_values("submission", ascending=False, kind="stable")
    if snapshots.empty:
        st.caption(t("history.no_snapshots"))
    listed = cached.submissions()
    when = dict(zip(listed["id"], listed["time"].map(moment), strict=True))
    for row in snapshots.to_dict("records"):
        name, of, note = str(row["name"]), row["submission"], row["note"]
        with st.container(border=True):
            st.markdown(f"**{markdown(name)}**")
            st.caption(t("history.snapshot_of", submission=of, when=markdown(when.get(of, "–"))))
            if isinstance(note, str):
                st.caption(markdown(note))
            st.button(
                t("history.compare_now"),
                key=f"history.compare.{name}",
                icon=":material/compare_arrows:",
                on_click=_compare,
                args=(name,),
            )
    if len(snapshots):
        st.caption(t("history.snapshot_undo"))


def _compare(name: str) -> None:
    """Go to the comparison of a snapshot with now."""
    url.write("sejak", SNAPSHOT + name, "")
    url.write("hingga", "", "")
    url.write("bagian", "banding", "")


def _freeze() -> None:
    taken = set(cached.frame("snapshots")["name"])
    with st.form(f"history.freeze.{len(taken)}", border=True):  # a new one, empty, after each snapshot
        with st.grid(min_column_width=240, gap="small", key="history-freeze"):
            name = st.text_input(
                t("history.snapshot_name"), max_chars=80, placeholder=t("history.snapshot_example")
            ).strip()
            note = st.text_input(t("history.snapshot_note"), max_chars=200).strip()
            actor = st.text_input(
                t("history.actor"),
                st.session_state.get(ACTOR, ""),
                max_chars=60,
                help=t("history.actor_help"),
            ).strip()
        if not st.form_submit_button(t("history.freeze"), icon=":material/photo_camera:"):
            return
    if not name or not actor:
        st.warning(t("history.freeze_needs"))
    elif name in taken:
        st.warning(t("history.name_taken", name=markdown(name)))
    else:
        st.session_state[ACTOR] = actor
        cached.desk().freeze(name, actor=actor, note=note)
        st.session_state[_DONE] = name
        st.rerun()
