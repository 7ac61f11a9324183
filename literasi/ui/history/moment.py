"""The data as they were at the end of a day: how many rows, and each table as a file."""

from __future__ import annotations

import datetime as dt
from contextvars import copy_context
from functools import partial

import pandas as pd
import streamlit as st

from literasi.desk import PROVINCE_TIME
from literasi.export import table as export
from literasi.text import date, moment, t, term
from literasi.ui import cached, filters, url
from literasi.ui.history.rows import is_shown, labelled
from literasi.ui.safe import markdown
from literasi.ui.tables import show_table
from literasi.workspaces import PRACTICE


def choose_day(key: str = "per-tanggal", *, label: str) -> dt.date:
    """Choose a day from that of the first submission to today."""
    first = dt.datetime.fromisoformat(str(cached.submissions()["time"].iloc[-1])).astimezone(PROVINCE_TIME)
    today = dt.datetime.now(PROVINCE_TIME).date()
    return url.day(key, label=label, first=min(first.date(), today), last=today)


def end_of(day: dt.date) -> int:
    """Give the newest submission at the end of a day in the province."""
    return cached.submission_of(dt.datetime.combine(day, dt.time.max, PROVINCE_TIME))


def show_moment() -> None:
    """Let the user choose a day, show how many rows each table had, and offer them."""
    with filters.bar():
        day = choose_day(label=t("history.day"))
    submission = end_of(day)
    if not submission:  # a clock that was set back
        st.info(t("history.nothing_yet"))
        return
    when = cached.submissions().set_index("id").loc[submission, "time"]
    st.markdown(
        t(
            "history.as_of",
            day=markdown(date(day)),
            submission=submission,
            when=markdown(moment(str(when))),
        )
    )
    then, now = cached.sizes(submission), cached.sizes(cached.newest())
    tables = [table for table in then if then[table] or now[table]]
    show_table(
        pd.DataFrame(
            {
                t("history.of_table"): [term("table", table) for table in tables],
                t("history.rows_then"): [then[table] for table in tables],
                t("history.rows_now"): [now[table] for table in tables],
            }
        ),
        key="history.sizes",
        height="content",
        alt=t("history.sizes_alt", day=date(day)),
    )
    if offered := [table for table in tables if then[table] and is_shown(table)]:
        _offer(offered, submission, day)


def _offer(tables: list[str], submission: int, day: dt.date) -> None:
    with filters.bar():
        table = url.choose(
            "tabel",
            tables,
            label=t("history.table_to_download"),
            default=tables[0],
            show=lambda code: term("table", code),
        )
        st.download_button(
            t("history.download_csv"),
            # Made in another thread, which must know the user's language and address.
            data=partial(copy_context().run, _csv, table, submission, _lines(table, submission, day)),
            file_name=f"{table}-{day.isoformat()}.csv",
            mime="text/csv",
            icon=":material/download:",
            key="history.csv",
            on_click="ignore",
        )


def _lines(table: str, submission: int, day: dt.date) -> list[str]:
    mark = [t("shell.practice_mark")] if url.workspace() == PRACTICE else []
    said = t(
        "history.file_line",
        day=date(day),
        submission=submission,
        workspace=t(f"workspace.{url.workspace()}"),
    )
    return [*mark, term("table", table), said, t("app.title")]


def _csv(table: str, submission: int, lines: list[str]) -> bytes:
    rows = cached.frame_as_of(table, submission)
    return export.frame_bytes(labelled(table, rows), lines=lines)
