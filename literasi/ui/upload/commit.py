"""The end of the way: what would change, row by row; who commits; and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd
import streamlit as st

from literasi.errors import LiterasiError
from literasi.text import has, number, period, t, term
from literasi.ui import cached
from literasi.ui.cached import Preview
from literasi.ui.safe import markdown
from literasi.ui.tables import show_table
from literasi.ui.upload import wording
from literasi.ui.upload.links import history_link, table_links
from literasi.ui.upload.work import Work, close, refresh

Names = Mapping[str, Callable[[str], str]]

_ACTOR = "upload.actor"
_KEPT_BESIDE = ("layouts", "spellings", "advices")  # what is remembered of a file, not its facts


def show_preview(work: Work) -> None:
    """Show what committing would add, change, leave and remove. Nothing is written."""
    if work.committed is not None:
        return
    st.subheader(t("upload.step_preview"), anchor=False)
    if work.has_moved:
        st.warning(t("upload.moved"), icon=":material/sync:")
    if not work.proposal.is_ready:
        st.markdown(t("upload.preview_later"))
        return
    if work.preview is None:
        try:
            with st.spinner(t("upload.previewing")):
                work.preview = cached.desk().preview(work.proposal)
        except LiterasiError as error:
            st.error(wording.error(error), icon=":material/error:")
            return
    preview = work.preview
    show_table(_counts_table(preview), key=work.key("counts"), alt=t("upload.counts_alt"))
    names = _names(work)
    for table, counts in preview.counts.items():
        if counts.written and table not in _KEPT_BESIDE:
            _show_table_effect(work, preview, table, names)


def show_commit(work: Work) -> None:
    """Ask who commits, and commit; or show what became of it."""
    if work.committed is not None:
        _show_done(work)
        return
    preview = work.preview
    if preview is None:
        return
    st.subheader(t("upload.step_commit"), anchor=False)
    is_new = any(counts.written for counts in preview.counts.values())
    with st.form(work.key("commit")):
        with st.grid(min_column_width=280, gap="small", key="upload-who"):
            actor = st.text_input(
                t("upload.actor"),
                st.session_state.get(_ACTOR, ""),
                key=work.key("actor"),
                max_chars=60,
                help=t("upload.actor_help"),
            ).strip()
            note = st.text_input(
                t("upload.note"), key=work.key("note"), max_chars=200, help=t("upload.note_help")
            ).strip()
        st.caption(t("upload.commit_hint" if is_new else "upload.nothing_new"))
        is_sent = st.form_submit_button(t("upload.commit"), icon=":material/save:", disabled=not is_new)
    if is_sent and actor:
        st.session_state[_ACTOR] = actor
        _commit(work, preview, actor, note)
    elif is_sent:
        st.warning(t("upload.no_actor"), icon=":material/person:")


def _commit(work: Work, preview: Preview, actor: str, note: str) -> None:
    """Write the proposal. No progress is shown: a click elsewhere must not stop it halfway."""
    refused: LiterasiError | None = None
    with st.spinner(t("upload.committing")):
        try:
            work.committed = cached.desk().commit(work.proposal, actor=actor, note=note, preview=preview)
        except LiterasiError as error:
            refused = error
    if refused is not None and refused.key != "error.changed_since":
        st.error(wording.error(refused), icon=":material/error:")
        return
    if refused is not None:
        work.has_moved = True
        refresh(work)
    st.rerun()


def _show_done(work: Work) -> None:
    assert work.committed is not None
    st.success(
        t("upload.done", submission=work.committed, file=markdown(work.file.name)),
        icon=":material/check_circle:",
    )
    if work.preview is not None:
        show_table(_counts_table(work.preview), key=work.key("done"), alt=t("upload.counts_alt"))
    st.markdown(f"**{t('upload.what_now')}**")
    with st.container(horizontal=True):
        table_links(work.proposal.changes)
        history_link(work.committed)
    st.caption(t("upload.undo_hint"))
    if st.button(t("upload.next_file"), icon=":material/note_add:", key=work.key("next")):
        close(work)
        st.rerun()


def _counts_table(preview: Preview) -> pd.DataFrame:
    counts = {
        table: preview.counts[table] for table in sorted(preview.counts, key=lambda n: n in _KEPT_BESIDE)
    }
    parts = ("added", "changed", "unchanged", "removed")
    return pd.DataFrame(
        {
            t("upload.column.table"): [t(f"table.{table}") for table in counts],
            **{
                t(f"upload.column.{part}"): [getattr(of_one, part) for of_one in counts.values()]
                for part in parts
            },
        }
    )


def _show_table_effect(work: Work, preview: Preview, table: str, names: Names) -> None:
    counts, effect = preview.counts[table], preview.effects[table]
    label = t(
        "history.table",
        table=t(f"table.{table}"),
        added=number(counts.added),
        changed=number(counts.changed),
        removed=number(counts.removed),
    )
    is_open = bool(counts.removed or counts.changed)
    with st.expander(markdown(label), expanded=is_open, key=work.key(f"effect.{table}")):
        for part in ("removed", "changed", "added"):
            rows: pd.DataFrame = getattr(effect, part)
            total: int = getattr(counts, part)
            if not len(rows):
                continue
            st.markdown(f"**{t(f'upload.rows_{part}', count=number(total))}**")
            show_table(readable(rows, names), key=work.key(f"effect.{table}.{part}"))
            if len(rows) < total:
                st.caption(t("history.more", shown=number(len(rows)), total=number(total)))


def readable(rows: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Name areas, libraries and columns, and leave out columns in which nothing stands.

    Parameters
    ----------
    rows : DataFrame
        Contract columns, or those of changed values.
    names : mapping of str to callable
        Column to what gives the name of a code.

    Returns
    -------
    DataFrame
        Columns named in the user's language.
    """
    out = {}
    for name, column in rows.dropna(axis="columns", how="all").items():
        of, values = str(name), column
        if of in names:
            values = column.map(names[of], na_action="ignore")
        elif of == "column":
            values = column.map(lambda code: term("column", code))
        elif of == "month":
            values = column.map(lambda day: period(f"{day:%Y-%m}", short=True), na_action="ignore")
        named = f"upload.named.{of}"
        out[t(named) if of in names and has(named) else term("column", of)] = values
    return pd.DataFrame(out)


def _names(work: Work) -> Names:
    """What stands for a code: libraries and events (also those that the file brings), areas."""
    register = cached.register()
    names: dict[str, Callable[[str], str]] = {
        "area_code": lambda code: register.name(code) if code in register else code
    }
    for table, column in (("libraries", "library_id"), ("events", "event_id")):
        known = [cached.frame(table), *(rows for of, rows in work.proposal.changes.items() if of == table)]
        by_code = {
            str(code): str(name)
            for rows in known
            for code, name in zip(rows[column], rows["name"], strict=True)
        }
        names[column] = partial(_name, by_code)
    return names


def _name(by_code: Mapping[str, str], code: str) -> str:
    return by_code.get(code, code)
