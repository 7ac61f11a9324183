"""Advices on values: those that await an explanation, how one is written, and the notes on a value."""

from __future__ import annotations

from string import Formatter
from typing import Any

import pandas as pd
import streamlit as st

from literasi.domain import completeness
from literasi.intake.rows import KEY_SEPARATOR
from literasi.text import date, has, number, period, t, term
from literasi.ui import cached, filters
from literasi.ui.listing import show_listing
from literasi.ui.notices import inform
from literasi.ui.safe import markdown

_ACTOR = "upload.actor"  # a name is asked for once, here or where files are uploaded
_SAVED, _TURN = "kelengkapan.tersimpan", "kelengkapan.giliran"
_PEOPLE = "participants"
_KEY = ("of_table", "row_key", "of_column", "rule")


def known(area: str) -> pd.DataFrame:
    """Give the advices on values of an area; on a public page not those on people."""
    rows = cached.frame("advices")
    if area != cached.register().province.code:
        rows = rows[rows["area_code"].fillna("").str.startswith(area)]
    return rows[rows["of_table"] != _PEOPLE] if cached.is_public() else rows


def unexplained(area: str) -> pd.DataFrame:
    """Give the advices without a reason."""
    rows = known(area)
    return rows[rows["reason"].isna()].reset_index(drop=True)


def show_open(area: str) -> None:
    """List what awaits an explanation, with a form to write one, and below it what has been explained."""
    if saved := st.session_state.pop(_SAVED, None):
        st.success(t("completeness.clear_done", submission=saved), icon=":material/check_circle:")
    st.subheader(t("completeness.advices_heading"), anchor=False)
    rows = unexplained(area)
    if rows.empty:
        inform(t("completeness.advices_none"), icon=":material/check_circle:")
    else:
        st.caption(t("completeness.advices_caption"))
        count = number(len(rows))
        show_listing(
            _table(rows),
            name="kelengkapan-catatan",
            title=t("completeness.advices_title", count=count),
            subtitle=cached.register().name(area),
            alt=t("completeness.advices_alt", count=count),
        )
        if not cached.is_public():
            _show_form(rows)
    _show_explained(area)


def _show_explained(area: str) -> None:
    rows = known(area)
    rows = rows[rows["reason"].notna()]
    if rows.empty:
        return
    count = number(len(rows))
    with st.expander(t("completeness.cleared_heading", count=count), icon=":material/check:"):
        show_listing(
            _table(rows, with_reason=True),
            name="kelengkapan-catatan-lama",
            title=t("completeness.cleared_title", count=count),
            subtitle=cached.register().name(area),
            alt=t("completeness.cleared_heading", count=count),
        )


def _show_form(rows: pd.DataFrame) -> None:
    """Ask for one advice, the reason and who writes it."""
    lines = zip(rows[list(_KEY)].itertuples(index=False), _table(rows).to_numpy(), strict=True)
    labels = {tuple(key): " · ".join(map(str, line[:4])) for key, line in lines}
    turn = st.session_state.setdefault(_TURN, 0)  # a saved reason must not stand in the next form
    with st.form(key="kelengkapan.jelaskan", border=True):
        key = st.selectbox(
            t("completeness.clear_which"),
            list(labels),
            format_func=lambda one: labels.get(one, ""),
            key=f"kelengkapan.catatan.{turn}",
        )
        reason = st.text_area(
            t("completeness.clear_reason"), max_chars=500, height=80, key=f"kelengkapan.alasan.{turn}"
        )
        actor = st.text_input(
            t("completeness.clear_actor"),
            st.session_state.get(_ACTOR, ""),
            max_chars=60,
            key=f"kelengkapan.nama.{turn}",
        )
        is_sent = st.form_submit_button(t("completeness.clear_save"), icon=":material/save:")
    if not is_sent:
        return
    reason, actor = " ".join(reason.split()), actor.strip()
    if not reason or not actor:
        st.warning(t("completeness.clear_missing"), icon=":material/edit:")
        return
    of_table, row_key, of_column, rule = key
    st.session_state[_SAVED] = cached.desk().clear_advice(
        of_table, row_key, of_column, rule, reason, actor=actor
    )
    st.session_state[_ACTOR] = actor
    st.session_state[_TURN] = turn + 1
    st.rerun()


def show_of_library(library_id: str) -> None:
    """Show the advices on values of one library with their reasons; nothing where there are none."""
    rows = known(cached.register().province.code)
    rows = rows[[key.split(KEY_SEPARATOR)[0] == library_id for key in rows["row_key"]]]
    if rows.empty:
        return
    st.subheader(t("completeness.notes_heading"), anchor=False)
    st.caption(t("completeness.notes_caption"))
    rows = rows.sort_values(["row_key", "of_table"], ascending=[False, True])
    st.markdown("\n".join(f"- {_note(row)}" for _, row in rows.iterrows()))


def _note(row: pd.Series[Any]) -> str:
    """Write one advice with its reason, inert: the library is known from the page."""
    when = ", ".join(_part_words(part, {}) for part in row["row_key"].split(KEY_SEPARATOR)[1:])
    of = ", ".join(
        part for part in (t(f"table.{row['of_table']}"), when, term("column", row["of_column"])) if part
    )
    reason = (
        t("completeness.note_reason", reason=row["reason"])
        if isinstance(row["reason"], str)
        else t("completeness.note_open")
    )
    return f"**{markdown(of)}**: {markdown(_rule_of(row))} {markdown(reason)}"


def _rule_of(row: pd.Series[Any]) -> str:
    usual = cached.made("catatan-biasanya", _usual)
    key = (row["of_table"], row["row_key"], row["of_column"])
    return rule_words(str(row["rule"]), value=row["value"], **usual.get(key, {}))


def _table(rows: pd.DataFrame, *, with_reason: bool = False) -> pd.DataFrame:
    """Write advices with names in place of codes."""
    names = filters.library_names()
    register = cached.register()
    out = {
        t("column.of_table"): [t(f"table.{table}") for table in rows["of_table"]],
        t("completeness.column_key"): [_row_words(key, names) for key in rows["row_key"]],
        t("column.of_column"): [term("column", column) for column in rows["of_column"]],
        t("column.value"): rows["value"].fillna("–").tolist(),
        t("completeness.column_area"): [
            register.name(code) if isinstance(code, str) and code in register else "–"
            for code in rows["area_code"]
        ],
    }
    if with_reason:
        out[t("column.reason")] = rows["reason"].tolist()
    out[t("column.rule")] = [_rule_of(row) for _, row in rows.iterrows()]
    return pd.DataFrame(out)


def _row_words(key: str, names: dict[str, str]) -> str:
    """Write the key of a row: the library by its name, a month or a day in words."""
    return ", ".join(_part_words(part, names) for part in key.split(KEY_SEPARATOR))


def _part_words(part: str, names: dict[str, str]) -> str:
    if part in names:
        return names[part]
    day = pd.to_datetime(part, format="%Y-%m-%d", errors="coerce")
    if pd.isna(day):
        return part
    return period(f"{day:%Y-%m}") if day.day == 1 else date(day)


def rule_words(rule: str, **params: Any) -> str:
    """Say what is strange; what was known only when the file was checked is left open.

    Parameters
    ----------
    rule : str
        As in ``advices.rule``.
    **params
        What the text of the rule asks for; a missing value is a dash.
    """
    key = f"intake.rule.{rule}"
    if not has(key):
        return rule
    text = t(key)
    fields = {name for _, name, _, _ in Formatter().parse(text) if name}
    known = {name: "–" if pd.isna(value) else value for name, value in params.items()}
    return text.format(**(dict.fromkeys(fields, "…") | known))


def _usual() -> dict[tuple[str, ...], dict[str, str]]:
    """What is usual for each value that is out of it now: table, row and column to lowest and highest."""
    far = completeness.follow_up({name: cached.frame(name) for name in completeness.MONTHLY})
    return {
        (table, value_key(library, month), column): {"low": number(low), "high": number(high)}
        for table, column, library, month, low, high in zip(
            *(far[n] for n in ("table", "column", "library_id", "month", "expected_low", "expected_high")),
            strict=True,
        )
    }


def value_key(library_id: str, month: pd.Timestamp) -> str:
    """Give the key of a monthly report as one text, as in ``advices.row_key``."""
    return f"{library_id}{KEY_SEPARATOR}{month:%Y-%m-%d}"


def explained(table: str, row_key: str, column: str) -> str | None:
    """Give the reason written for a value; empty for an open advice, None where there is no advice."""
    rows = cached.made("catatan-per-nilai", _by_value)
    return rows.get((table, row_key, column))


def _by_value() -> dict[tuple[str, str, str], str]:
    """One explanation is enough for a value, whichever rule it was written for."""
    rows = cached.frame("advices").sort_values("reason", na_position="first")
    return {
        (table, key, column): reason if isinstance(reason, str) else ""
        for table, key, column, reason in zip(
            rows["of_table"], rows["row_key"], rows["of_column"], rows["reason"], strict=True
        )
    }
