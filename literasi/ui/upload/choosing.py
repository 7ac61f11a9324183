"""Where the way of a file begins: templates, the place for files, and which open file is looked at."""

from __future__ import annotations

import logging
from contextvars import copy_context
from functools import partial

import streamlit as st

from literasi.errors import LiterasiError
from literasi.intake.forms import FORMS
from literasi.intake.reading.limits import MAX_BYTES, MEGABYTE
from literasi.text import language, number, t
from literasi.ui import cached
from literasi.ui.safe import markdown
from literasi.ui.upload import wording
from literasi.ui.upload.work import Work, close, start, works

_LOG = logging.getLogger(__name__)

PARTS = ("berkas", "sistem", "latihan")
"""Files of the operator's own; systems of libraries; faulty files for training (``bagian``)."""

_SENT_MB = 256  # what is sent at all, so that a file that is too big is refused in our words
_TURN, _REFUSED = "upload.turn", "upload.refused"

# Streamlit writes inside its uploader in English and has no option for it.
_OWN_WORDS = """<style>
.st-key-upload-place [data-testid=stFileUploaderDropzoneInstructions] {{ display: none }}
.st-key-upload-place [data-testid=stFileUploaderDropzone] button p {{ font-size: 0 }}
.st-key-upload-place [data-testid=stFileUploaderDropzone] button p::after {{
    content: "{button}"; font-size: 1rem }}
</style>"""


def is_possible() -> bool:
    """Whether data may come in here; where they may not, say why."""
    if cached.is_public():
        st.info(t("upload.read_only"), icon=":material/lock:")
    return not cached.is_public()


def show_templates() -> None:
    """Offer the template of each form."""
    st.markdown(f"#### {t('upload.templates')}")
    st.caption(t("upload.templates_hint"))
    names = tuple(name for name, form in FORMS.items() if form.has_template)
    form = st.selectbox(
        t("upload.template_form"), names, format_func=wording.form, key=f"upload.template.{language()}"
    )
    st.download_button(
        t("upload.template_download"),
        # Made in another thread, which must know the user's language.
        data=partial(copy_context().run, cached.desk().template, form),
        file_name=t("upload.template_file", form=form),
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="upload.template_download",
        icon=":material/download:",
        on_click="ignore",
    )


def choose_file() -> Work | None:
    """Take files in, and give the open one that is looked at; None where none is open.

    Returns
    -------
    Work or None
    """
    if not works():
        with st.grid(min_column_width=340, key="upload-begin"):
            with st.container(border=True, height="stretch"):
                show_templates()
            with st.container(border=True, height="stretch"):
                _place()
        return None
    with (
        st.expander(t("upload.another"), icon=":material/note_add:", key=f"upload.another.{_turn()}"),
        st.grid(min_column_width=340, key="upload-begin"),
    ):
        with st.container():
            _place()
        with st.container():
            show_templates()
    return _choose_open()


def _place() -> None:
    """Show where files are dropped; each is read once, and then the place is empty again."""
    st.markdown(f"#### {t('upload.place')}")
    st.caption(t("upload.place_hint", limit=MAX_BYTES // MEGABYTE))
    with st.container(key="upload-place"):
        st.html(_OWN_WORDS.format(button=t("upload.place_button")))
        given = st.file_uploader(
            t("upload.place_label"),
            accept_multiple_files=True,
            key=f"upload.files.{_turn()}",
            max_upload_size=_SENT_MB,
        )
    if given:
        refused: list[LiterasiError] = []
        for file in given:
            try:
                start(file.name, file.getvalue())
            except LiterasiError as error:
                refused.append(error)
            except Exception:  # a file that we did not foresee must not hold the page
                _LOG.exception("A file could not be read.")
                refused.append(LiterasiError("upload.unexpected", file=file.name))
        st.session_state[_REFUSED] = refused
        st.session_state[_TURN] = _turn() + 1
        st.rerun()
    for fault in st.session_state.get(_REFUSED, ()):
        st.error(wording.error(fault), icon=":material/error:")


def _turn() -> int:
    """How often files were taken in: a part of keys, so that the place is empty and closed again."""
    turn: int = st.session_state.setdefault(_TURN, 0)
    return turn


def _choose_open() -> Work:
    """Let the user choose among the open files; the newest is shown first."""
    opened = works()
    shas = list(reversed(opened))
    sha = shas[0]
    if len(shas) > 1:
        sha = st.selectbox(
            t("upload.open_files"),
            shas,
            format_func=lambda one: opened[one].file.name,
            key=f"upload.open.{len(shas)}.{shas[0][:12]}",
        )
    work = opened[sha]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"### {markdown(work.file.name)}", width="content")
        if work.committed is None and st.button(
            t("upload.close"), icon=":material/close:", key=work.key("close"), help=t("upload.close_help")
        ):
            close(work)
            st.rerun()
    st.caption(
        t(
            "upload.file_line",
            kind=work.file.kind.upper(),
            sheets=number(len(work.file.sheets)),
            rows=number(sum(sheet.rows for sheet in work.proposal.sheets)),
        )
    )
    return work
