"""What may leave the office: files about people are only made of the view that the public may see."""

from __future__ import annotations

import streamlit as st

from literasi.domain.privacy import THRESHOLD_INTERNAL, THRESHOLD_PUBLIC
from literasi.text import t
from literasi.ui import cached, shown, url


def is_ready() -> bool:
    """Whether files may be made of what this page shows now."""
    return not shown.has_people() or cached.threshold() == THRESHOLD_PUBLIC


def choose() -> None:
    """Show the switch that makes a page about people ready; other pages and shared installs need none."""
    if shown.has_people() and not cached.is_public():
        url.toggle(
            url.SHARED,
            label=t("page_file.shared"),
            help=t("page_file.shared_help", public=THRESHOLD_PUBLIC, internal=THRESHOLD_INTERNAL),
        )


def say_first() -> None:
    """Say why there is no file yet."""
    st.caption(f":material/lock: {t('page_file.share_first', public=THRESHOLD_PUBLIC)}")
