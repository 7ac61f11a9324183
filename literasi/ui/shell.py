"""The frame around every page: registry of pages, switches, workspace banner, footer, error panel."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from literasi import __version__
from literasi import text as texts
from literasi.errors import LiterasiError
from literasi.figures import STATIC_DIR
from literasi.text import LANGUAGES, t
from literasi.ui import cached, page_file, shown, url
from literasi.ui.safe import markdown
from literasi.workspaces import NAMES, OFFICIAL, PRACTICE


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its section, script, address and icon. Texts are under ``page.<name>``.

    Attributes
    ----------
    has_people : bool
        Whether counts of people stand on it, which are hidden further before they leave the office.
    """

    section: str
    name: str
    path: str
    icon: str
    has_people: bool = False


ICON = STATIC_DIR / "icon.png"  # an icon by name would be fetched from Google

PAGES = (
    Page("progress", "summary", "ringkasan", ":material/dashboard:"),
    Page("progress", "map", "peta", ":material/map:"),
    Page("progress", "indices", "indeks", ":material/monitoring:"),
    Page("progress", "targets", "target", ":material/flag:"),
    Page("progress", "comparison", "perbandingan", ":material/compare_arrows:"),
    Page("programme", "participants", "peserta", ":material/groups:", has_people=True),
    Page("programme", "libraries", "perpustakaan", ":material/local_library:", has_people=True),
    Page("programme", "activities", "kegiatan", ":material/event:", has_people=True),
    Page("programme", "reading_interest", "minat-baca", ":material/menu_book:"),
    Page("planning", "priority", "prioritas", ":material/low_priority:"),
    Page("planning", "simulation", "simulasi", ":material/tune:"),
    Page("planning", "iplm", "simulasi-iplm", ":material/science:", has_people=True),
    Page("planning", "follow_up", "tindak-lanjut", ":material/moving:", has_people=True),
    Page("planning", "data_debt", "utang-data", ":material/request_quote:"),
    Page("presentation", "closing", "penutupan", ":material/slideshow:"),
    Page("presentation", "number", "angka", ":material/pin:"),
    Page("records", "upload", "unggah", ":material/upload_file:"),
    Page("records", "completeness", "kelengkapan", ":material/fact_check:"),
    Page("records", "history", "riwayat", ":material/history:"),
    Page("records", "definitions", "definisi", ":material/dictionary:"),
)

_PEOPLE = {page.path: page.has_people for page in PAGES}


def configure() -> None:
    """Set the page configuration and the language of this run."""
    texts.use(url.language())
    st.set_page_config(page_title=t("app.title"), page_icon=str(ICON), layout="wide")


def pages() -> dict[str, list[st.Page]]:
    """Give the pages by navigation section."""
    sections: dict[str, list[st.Page]] = {}
    for page in PAGES:
        sections.setdefault(t(f"section.{page.section}"), []).append(
            st.Page(
                f"pages/{page.section}/{page.name}.py",
                title=t(f"page.{page.name}.title"),
                icon=page.icon,
                url_path=page.path,
                default=page.name == "summary",
            )
        )
    return sections


def switches() -> None:
    """Show the workspace and language switches in the sidebar, and the banner of the practice workspace."""
    with st.sidebar:
        url.choose(
            "ruang",
            NAMES,
            label=t("shell.workspace"),
            default=OFFICIAL,
            show=lambda code: t(f"workspace.{code}"),
            widget="segments",
            help=t("shell.workspace_help"),
        )
        url.choose(
            "bahasa",
            LANGUAGES,
            label=t("shell.language"),
            default="id",
            show=lambda code: t(f"language.{code}"),
            widget="segments",
        )
    if url.workspace() == PRACTICE:
        st.warning(t("shell.practice_banner"), icon=":material/school:")


def run(page: st.Page) -> None:
    """Run a page inside the frame; an error of ours becomes a panel that says what to do."""
    cached.begin()
    st.set_page_config(page_title=f"{page.title} · {t('app.title')}")
    url.arrive(page.url_path, notices=st.container())
    try:
        switches()
        shown.begin(has_people=_PEOPLE.get(page.url_path, False))  # the first page has no path
        page.run()
        page_file.offer(page.url_path)
    except LiterasiError as error:
        params = {name: markdown(value) for name, value in error.params.items()}
        st.error(t(error.key, **params), icon=":material/error:")
    finally:
        footer()


def header(name: str) -> None:
    """Show the title of a page and the question it answers."""
    st.title(t(f"page.{name}.title"), anchor=False)
    st.caption(t(f"page.{name}.question"))
    shown.title(t(f"page.{name}.title"), t(f"page.{name}.question"))


def footer() -> None:
    """Say where the numbers come from and how fresh they are."""
    st.divider()
    if note := t("shell.language_note"):
        st.caption(note)
    submissions = cached.submissions()
    last = submissions.iloc[0] if len(submissions) else None
    when = texts.moment(str(last["time"])) if last is not None else "–"
    st.caption(
        t(
            "shell.footer",
            workspace=t(f"workspace.{url.workspace()}"),
            when=when,
            submission="–" if last is None else int(last["id"]),
            version=__version__,
        )
    )
    st.caption(t("shell.attribution"))
