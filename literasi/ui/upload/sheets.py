"""How each sheet was understood: its form, its columns, what is dropped; and where that is put right."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st
from openpyxl.utils import get_column_letter

from literasi.intake.forms import FORMS, Field, Form, choice_label
from literasi.intake.proposal import ReadColumn, ReadSheet
from literasi.text import number, t
from literasi.ui import filters
from literasi.ui.safe import markdown
from literasi.ui.tables import show_table
from literasi.ui.upload import wording
from literasi.ui.upload.work import Work, answer


def show_sheets(work: Work) -> None:
    """Show every sheet of the file; what the operator puts right is examined at once."""
    if work.committed is not None:
        return
    st.subheader(t("upload.step_sheets"), anchor=False)
    for i, sheet in enumerate(work.proposal.sheets):
        with st.container(border=True, key=work.key(f"sheet.{i}")):
            _show_sheet(work, sheet, f"{i}")


def _show_sheet(work: Work, sheet: ReadSheet, part: str) -> None:
    form = _choose_form(work, sheet, part)
    if form is None:
        st.caption(t("upload.sheet_left_out"))
        return
    st.caption(_line(sheet))
    _say_dropped(sheet)
    _ask_constants(work, sheet, form, part)
    _show_columns(work, sheet, form, part)
    if form.scope:
        _ask_whole(work, sheet, form, part)


def _choose_form(work: Work, sheet: ReadSheet, part: str) -> Form | None:
    st.markdown(f"**{t('upload.sheet', name=markdown(sheet.name))}**")
    options = ("", *FORMS)
    state = work.key(f"form.{part}")
    st.session_state.setdefault(state, sheet.form)
    chosen = st.selectbox(t("upload.form"), options, format_func=wording.form, key=state)
    if chosen != sheet.form:
        answer(work, forms={**work.answers.forms, sheet.name: chosen})
    if sheet.form:
        st.caption(t(f"upload.form_how.{sheet.how}"))
    return FORMS.get(sheet.form)


def _line(sheet: ReadSheet) -> str:
    """Which rows were read."""
    if not sheet.rows:
        return t("upload.no_rows")
    headings = " + ".join(str(row) for row in sheet.heading_rows) or "–"
    key = "upload.rows_read_skipped" if sheet.skipped else "upload.rows_read"
    return t(
        key,
        headings=headings,
        first=number(sheet.first_row),
        last=number(sheet.last_row),
        rows=number(sheet.rows),
        skipped=number(sheet.skipped),
    )


def _say_dropped(sheet: ReadSheet) -> None:
    """Say which personal columns go no further, and of which only a code is kept."""
    personal = [column for column in sheet.columns if column.how == "personal"]
    for key, columns in (
        ("dropped", [column for column in personal if not column.field]),
        ("pseudonyms", [column for column in personal if column.field]),
    ):
        if columns:
            names = ", ".join(f"{get_column_letter(c.column)} “{markdown(c.heading)}”" for c in columns)
            st.info(t(f"upload.{key}", columns=names), icon=":material/visibility_off:")


def _ask_constants(work: Work, sheet: ReadSheet, form: Form, part: str) -> None:
    """Ask for required fields that are no column, and show what was given so."""
    given = {name: value for (of, name), value in work.answers.constants.items() if of == sheet.name}
    fields = {field.name: field for field in form.fields}
    wanted = [name for name in dict.fromkeys((*sheet.missing, *given)) if name in fields]
    mapped = {column.field for column in sheet.columns}
    others = [name for name in fields if name not in wanted and name not in mapped]
    if sheet.missing:
        st.warning(
            t("upload.missing", fields=", ".join(wording.field(form, name) for name in sheet.missing)),
            icon=":material/edit_note:",
        )
    if wanted:
        with st.form(work.key(f"constants.{part}"), border=False):
            with st.grid(min_column_width=240, gap="small"):
                values = {
                    name: _constant(
                        form, fields[name], given.get(name, ""), work.key(f"constant.{part}.{name}")
                    )
                    for name in wanted
                }
            is_sent = st.form_submit_button(t("upload.apply_constants"), icon=":material/check:")
        if is_sent:
            kept = {key: value for key, value in work.answers.constants.items() if key[0] != sheet.name}
            told = {(sheet.name, name): value for name, value in values.items() if value}
            answer(work, constants={**kept, **told})
    if others and sheet.rows:
        with st.popover(t("upload.more_constants"), icon=":material/add:", type="tertiary"):
            st.caption(t("upload.more_constants_help"))
            name = st.selectbox(
                t("upload.field"),
                others,
                index=None,
                format_func=partial(wording.field, form),
                placeholder=t("upload.choose"),
                key=work.key(f"more.{part}"),
            )
            if name:
                value = _constant(form, fields[name], "", work.key(f"more.{part}.{name}"))
                if value and st.button(t("upload.apply"), key=work.key(f"more.{part}.apply")):
                    answer(work, constants={**work.answers.constants, (sheet.name, name): value})


def _constant(form: Form, field: Field, value: str, key: str) -> str:
    """Ask for a value that holds for every row of a sheet."""
    label = wording.field(form, field.name)
    options = _options(field)
    if options:
        known = [*options, *([value] if value and value not in options else [])]
        chosen = st.selectbox(
            label,
            known,
            index=known.index(value) if value else None,
            format_func=lambda code: options.get(code, code),
            placeholder=t("upload.choose"),
            key=key,
        )
        return chosen or ""
    return st.text_input(
        label, value, key=key, placeholder=next((text for text in field.example if text), ""), max_chars=200
    ).strip()


def _options(field: Field) -> Mapping[str, str]:
    """What may be chosen for a field: value to label; nothing where anything may be written."""
    if field.choices:
        return {label: label for label in (choice_label(field, code) for code in field.choices)}
    if field.kind == "regency":
        return {name: name for name in filters.regency_names().values()}
    return {}


def _show_columns(work: Work, sheet: ReadSheet, form: Form, part: str) -> None:
    """Show how each column is read; a similar name is to be looked at."""
    doubtful = _doubtful(sheet)
    used = sum(bool(column.field) for column in sheet.columns)
    label = t("upload.columns", used=number(used), all=number(len(sheet.columns)))
    if doubtful:
        label = f"{label} · {t('upload.columns_doubtful', count=number(len(doubtful)))}"
    is_new = not work.round
    with st.expander(label, expanded=bool(doubtful) and is_new, icon=":material/view_column:"):
        show_table(_columns_table(sheet, form), key=work.key(f"columns.{part}"), alt=t("upload.columns_alt"))
        is_all = st.toggle(t("upload.all_columns"), key=work.key(f"all.{part}"))
        asked = [column for column in sheet.columns if is_all or column in doubtful]
        if not asked:
            return
        if not is_all:
            st.caption(t("upload.doubtful_hint"))
        with st.form(work.key(f"fields.{part}"), border=False):
            with st.grid(min_column_width=240, gap="small"):
                chosen = {
                    column.column: _field(column, form, work.key(f"field.{part}.{column.column}"))
                    for column in asked
                }
            is_sent = st.form_submit_button(t("upload.apply_fields"), icon=":material/check:")
        if is_sent:
            told = {(sheet.name, column): name for column, name in chosen.items() if name is not None}
            answer(work, fields={**work.answers.fields, **told})


def _doubtful(sheet: ReadSheet) -> list[ReadColumn]:
    """Columns to look at: of a similar name, with a heading that stands twice, or perhaps a missing field."""
    used = {column.heading for column in sheet.columns if column.field}
    return [
        column
        for column in sheet.columns
        if column.how == "fuzzy"
        or (column.how == "unknown" and (column.heading in used or bool(sheet.missing)))
    ]


def _field(column: ReadColumn, form: Form, key: str) -> str | None:
    """Ask what a column is; None where a personal column stays what it is."""
    is_personal = column.how == "personal"
    names = [field.name for field in form.fields]
    options = ["", *names, *([column.field] if column.field and column.field not in names else [])]
    chosen = st.selectbox(
        f"{get_column_letter(column.column)} · {markdown(column.heading[:60])}",
        options,
        index=options.index(column.field),
        format_func=lambda name: (
            wording.field(form, name) if name or not is_personal else t("upload.stays_dropped")
        ),
        help=markdown(" · ".join(column.samples)) or None,
        key=key,
    )
    return None if is_personal and not chosen else chosen


def _columns_table(sheet: ReadSheet, form: Form) -> pd.DataFrame:
    columns = sheet.columns
    return pd.DataFrame(
        {
            t("upload.column.letter"): [get_column_letter(c.column) for c in columns],
            t("upload.column.heading"): [c.heading for c in columns],
            t("upload.column.field"): [wording.field(form, c.field) for c in columns],
            t("upload.column.how"): [_how(c) for c in columns],
            t("upload.column.samples"): [" · ".join(c.samples) for c in columns],
        }
    )


def _how(column: ReadColumn) -> str:
    """Say why a column is what it is; a personal one that has a field becomes a code."""
    return t(
        "upload.how.pseudonym" if column.how == "personal" and column.field else f"upload.how.{column.how}"
    )


def _ask_whole(work: Work, sheet: ReadSheet, form: Form, part: str) -> None:
    """Ask whether the sheet is the whole of what it is about; then what is not in it is removed."""
    is_whole = st.checkbox(
        t("upload.whole", scope=wording.scope(form)),
        value=sheet.name in work.answers.replaces,
        help=t("upload.whole_help"),
        key=work.key(f"whole.{part}"),
    )
    if is_whole != (sheet.name in work.answers.replaces):
        answer(work, replaces=work.answers.replaces ^ {sheet.name})
