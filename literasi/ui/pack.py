"""The closing pack on the page: template of the office, one button, a bar, the file."""

from __future__ import annotations

import hashlib

import streamlit as st

from literasi.closing.deck import Deck
from literasi.errors import LiterasiError
from literasi.export import pack, template
from literasi.text import number, t
from literasi.ui import cached

_KEPT = "pack.kept"


def offer(deck: Deck) -> None:
    """Offer the pack of a deck; it is made when asked for and kept in this session only.

    Parameters
    ----------
    deck : Deck
        As it is shown: its language and its threshold are those of the pack.
    """
    st.markdown(f"#### {t('pack.heading')}")
    st.caption(t("pack.what"))
    content = None if cached.is_public() else _template()  # strangers in a hall give no files
    wanted = hashlib.sha256(repr(deck).encode() + (content or b"")).hexdigest()
    if st.button(t("pack.make"), key="pack.make", icon=":material/folder_zip:"):
        _make(deck, content, wanted)
    kept = st.session_state.get(_KEPT)
    if kept and kept[0] == wanted:
        st.download_button(
            t("pack.download", megabytes=number(len(kept[1]) / 1e6, 1)),
            data=kept[1],
            file_name=pack.file_name(deck),
            mime=pack.MIME,
            key="pack.download",
            icon=":material/download:",
            on_click="ignore",
        )


def _template() -> bytes | None:
    most = template.LARGEST // 1_000_000
    given = st.file_uploader(
        t("pack.template"),
        type=["pptx", "potx"],
        key="pack.template",
        help=t("pack.template_help", megabytes=most),
        max_upload_size=most,
    )
    return given.getvalue() if given else None


def _make(deck: Deck, content: bytes | None, wanted: str) -> None:
    bar = st.progress(0.0, text=t("pack.making.slides"))
    try:
        made = pack.pack_bytes(deck, template=content, progress=lambda share, what: _show(bar, share, what))
    except LiterasiError as error:
        st.error(t(error.key, **error.params))
    else:
        st.session_state[_KEPT] = (wanted, made)
    bar.empty()


def _show(bar: st.delta_generator.DeltaGenerator, share: float, what: str) -> None:
    bar.progress(share, text=what)
