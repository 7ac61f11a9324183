"""Every page as a PDF and a workbook: offered below it, made only when it is asked for."""

from __future__ import annotations

from contextvars import copy_context
from functools import partial

import streamlit as st

from literasi.domain.privacy import THRESHOLD_PUBLIC
from literasi.errors import LiterasiError
from literasi.export import image, page
from literasi.figures import Chart
from literasi.text import language, t
from literasi.ui import cached, charts, sharing, shown, url
from literasi.workspaces import PRACTICE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(name: str) -> None:
    """Offer what this run has shown as files.

    Parameters
    ----------
    name : str
        Name of the files.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="halaman"):
        sharing.choose()
        if sharing.is_ready():
            _offer_files(name)
        else:
            sharing.say_first()
    shown.end()


def _offer_files(name: str) -> None:
    content = _content()
    # Made in another thread, which knows neither the user's language nor the workspace: both go with it.
    here = copy_context()
    st.caption(t("page_file.offer"), width="content")
    for kind, mime, make in (("pdf", "application/pdf", _pdf), ("xlsx", XLSX, page.book)):
        st.download_button(
            kind.upper(),
            data=partial(here.copy().run, make, content),
            file_name=f"{name}.{kind}",
            mime=mime,
            key=f"halaman.{kind}",
            help=t(f"page_file.{kind}_help"),
            icon=":material/download:",
            on_click="ignore",
        )
    if not image.can_draw():
        st.caption(f":material/info: {t('page_file.no_browser')}")


def _pdf(content: page.Content) -> bytes:
    if image.can_draw():
        try:
            return page.pdf(content, draw=image.bare_svg)
        except LiterasiError:
            pass  # a browser that is there but does not start: the page without its pictures is still one
    return page.pdf(content, draw=None)


def _content() -> page.Content:
    seen = shown.end()
    known = cached.sources()
    ids = dict.fromkeys(source for part in seen.parts if isinstance(part, Chart) for source in part.sources)
    reach = f" · {t('page_file.for_all', threshold=THRESHOLD_PUBLIC)}" if seen.has_people else ""
    return page.Content(
        title=seen.title or t("app.title"),
        question=seen.question,
        choices=tuple(seen.choices.items()),
        parts=tuple(seen.parts),
        sources=tuple(known[source] for source in ids if source in known),
        origin=f"{charts.origin()}{reach}",
        mark=t("shell.practice_mark") if url.workspace() == PRACTICE else "",
        language=language(),
    )
