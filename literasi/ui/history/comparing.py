"""Two moments compared: what is different in the data, whatever happened in between."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from literasi.text import t, term
from literasi.ui import cached, filters, url
from literasi.ui.history.listing import name_of
from literasi.ui.history.moment import choose_day, end_of
from literasi.ui.history.rows import show_tables
from literasi.ui.tables import show_table

SNAPSHOT = "potret:"
_DAY, _NOW = "tanggal", "sekarang"


def show_comparison() -> None:
    """Let the user choose two moments, and show what differs, table by table."""
    with filters.bar():
        first = _choose("sejak", "per-tanggal", label=t("compare.since"))
    with filters.bar():
        last = _choose("hingga", "hingga-tanggal", label=t("compare.until"), has_now=True)
    if first > last:
        first, last = last, first
        st.caption(t("compare.turned"))
    if first == last:
        st.info(t("compare.same", submission=first), icon=":material/check:")
        return
    st.markdown(t("compare.span", first=first, last=last))
    changes = cached.difference(first, last)
    if not changes:
        st.info(t("compare.nothing"), icon=":material/check:")
    else:
        counts = {table: numbers for table, (numbers, _) in changes.items()}
        parts = ("added", "changed", "removed", "unchanged")
        show_table(
            pd.DataFrame(
                {
                    t("history.of_table"): [term("table", table) for table in counts],
                    **{
                        t(f"compare.{part}"): [getattr(numbers, part) for numbers in counts.values()]
                        for part in parts
                    },
                }
            ),
            key="compare.counts",
            height="content",
            alt=t("compare.counts_alt"),
        )
        show_tables(changes, key=f"compare.{first}.{last}")
    st.caption(t("compare.what"))


def _choose(key: str, day_key: str, *, label: str, has_now: bool = False) -> int:
    """Choose a snapshot, a submission, a day, or now; give the submission right after which it is."""
    snapshots = cached.frame("snapshots")
    frozen = dict(zip(SNAPSHOT + snapshots["name"], snapshots["submission"], strict=True))
    newest_first = sorted(frozen, key=lambda code: frozen[code], reverse=True)
    ids = [str(i) for i in cached.submissions()["id"]]
    now = [_NOW] if has_now else []
    default = _NOW if has_now else next(iter(newest_first), ids[-1])
    chosen = url.choose(
        key, (*now, *newest_first, _DAY, *ids), label=label, default=default, show=_label(frozen)
    )
    if chosen == _DAY:
        return end_of(choose_day(day_key, label=t("compare.day")))
    if chosen == _NOW:
        return cached.newest()
    return int(frozen[chosen]) if chosen in frozen else int(chosen)


def _label(frozen: dict[str, int]) -> Callable[[str], str]:
    def label(code: str) -> str:
        if code in frozen:
            return t("compare.snapshot", name=code.removeprefix(SNAPSHOT), submission=frozen[code])
        if code in (_DAY, _NOW):
            return t(f"compare.{'day' if code == _DAY else 'now'}")
        return t("compare.after", submission=name_of(int(code)))

    return label
