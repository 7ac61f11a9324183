"""The list of submissions, where each came from, and what it changed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from literasi.text import moment, t, term
from literasi.ui import cached, url
from literasi.ui.cached import Counts
from literasi.ui.history.rows import show_tables
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
                t("column.file"): listed["id"].map(_what),
                t("column.added"): listed["added"],
                t("column.changed"): listed["changed"],
                t("column.removed"): listed["removed"],
                t("column.undone_by"): listed["undone_by"],
                t("column.note"): listed["note"],
                t("column.sha256"): listed["sha256"].str.slice(0, 12),
            }
        ),
        key="history.list",
        alt=t("history.list_alt", count=len(listed)),
    )
    ids = [str(i) for i in listed["id"]]
    return int(
        url.choose(
            "unggahan", ids, label=t("history.choose"), default=ids[0], show=lambda code: name_of(int(code))
        )
    )


def name_of(submission: int) -> str:
    """Name a submission by its number, time and file: plain text."""
    when = moment(str(_row(submission)["time"]))
    return " · ".join(part for part in (str(submission), when, _what(submission)) if part)


def _what(submission: int) -> str:
    """Say what a submission is: its file, which one it undoes, or what the office noted in it."""
    row = _row(submission)
    if pd.notna(row["undo_of"]):
        return t("history.undo_of", submission=row["undo_of"])
    if not row["file_name"] and set(row["counts"]) <= set(cached.OFFICE_NOTES):
        return ", ".join(t(f"table.{table}") for table in row["counts"])
    return term("history.file", row["file_name"])


def _row(submission: int) -> dict[str, Any]:
    listed = cached.submissions()
    rows = listed[listed["id"] == submission].to_dict("records")
    return {str(name): value for name, value in rows[0].items()}


def show_origin(submission: int) -> None:
    """Say who brought a submission and why, and offer the kept file."""
    row = _row(submission)
    actor = term("actor", row["actor"])
    st.markdown(
        t(
            "history.origin",
            submission=submission,
            actor=markdown(actor),
            when=markdown(moment(str(row["time"]))),
        )
    )
    if row["note"]:
        st.caption(markdown(row["note"]))
    kept = None if cached.is_public() else cached.desk().kept(submission)
    if kept is not None:
        st.download_button(
            t("history.kept"),
            data=kept.read_bytes,
            file_name=kept.name,
            mime="application/zip",
            icon=":material/folder_zip:",
            key=f"history.kept.{submission}",
            on_click="ignore",
            help=t("history.kept_help"),
        )


def show_effect(submission: int) -> None:
    """Show, table by table, the rows that a submission added, changed and removed."""
    counts = _row(submission)["counts"]
    changes = {
        table: (Counts(**counts[table]), effect) for table, effect in cached.effect(submission).items()
    }
    if not changes:
        st.caption(t("history.no_effect"))
    show_tables(changes, key=f"history.{submission}")
