"""The list of submissions and what each changed. Read-only."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from literasi.text import moment, number, t, term
from literasi.ui import cached, url
from literasi.ui.safe import markdown
from literasi.ui.tables import show_table


def choose_submission() -> int:
    """List every submission and let the user choose one; the newest is the default."""
    listed = cached.submissions()
    show_table(
        pd.DataFrame(
            {
                t("column.submission"): listed["id"],
                t("column.time"): listed["time"].map(moment),
                t("column.actor"): listed["actor"].map(lambda a: term("actor", a)),
                t("column.file"): listed["file_name"],
                t("column.added"): listed["added"],
                t("column.changed"): listed["changed"],
                t("column.removed"): listed["removed"],
                t("column.undo_of"): listed["undo_of"],
                t("column.undone_by"): listed["undone_by"],
                t("column.note"): listed["note"],
                t("column.sha256"): listed["sha256"].str.slice(0, 12),
            }
        ),
        key="history.list",
        alt=t("history.list_alt", count=len(listed)),
    )
    ids = [str(i) for i in listed["id"]]
    when = dict(zip(ids, listed["time"].map(moment), strict=True))
    return int(
        url.choose(
            "unggahan",
            ids,
            label=t("history.choose"),
            default=ids[0],
            show=lambda code: f"{code} · {when[code]}",
        )
    )


def show_effect(submission: int) -> None:
    """Show, table by table, the rows that a submission added, changed and removed."""
    listed = cached.submissions().set_index("id").loc[submission]
    for table, effect in cached.effect(submission).items():
        counts = listed["counts"][table]
        label = t(
            "history.table",
            table=t(f"table.{table}"),
            added=number(counts["added"]),
            changed=number(counts["changed"]),
            removed=number(counts["removed"]),
        )
        box = st.expander(markdown(label), key=f"history.{submission}.{table}", on_change="rerun")
        if not box.open:
            continue
        with box:
            for part in ("added", "changed", "removed"):
                rows: pd.DataFrame = getattr(effect, part)
                if len(rows):
                    st.markdown(f"**{t(f'history.{part}')}**")
                    show_table(_labelled(rows), key=f"history.{submission}.{table}.{part}")
                    if len(rows) < counts[part]:
                        st.caption(t("history.more", shown=number(len(rows)), total=number(counts[part])))


def _labelled(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.rename(columns={name: term("column", name) for name in rows.columns})
