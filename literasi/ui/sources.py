"""Showing where a published figure was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from literasi import text as texts
from literasi.text import t
from literasi.ui import cached
from literasi.ui.safe import link, markdown


def list_sources(sources: Iterable[Mapping[str, Any]]) -> None:
    """List publications: publisher, title, date, address."""
    lines = [_line(source) for source in sources]
    if lines:
        st.markdown(f"**{t('source.heading')}**\n\n" + "\n".join(f"- {line}" for line in lines))


def source_popover(*source_ids: str, key: str, label: str | None = None) -> None:
    """Show a button that opens the publications behind a figure; nothing when none is known."""
    known = cached.sources()
    cited = [known[source] for source in dict.fromkeys(source_ids) if source in known]
    if cited:
        with st.popover(label or t("source.button"), icon=":material/link:", type="tertiary", key=key):
            list_sources(cited)


def _line(source: Mapping[str, Any]) -> str:
    when = source.get("published_on")
    dated = texts.date(when) if when is not None and not pd.isna(when) else t("source.undated")
    cited = f"{markdown(source['publisher'])}: {markdown(source['title'])}"
    line = f"{cited} ({dated}; {markdown(source['source_id'])})"
    address = source.get("url")
    return f"{line} {link(address, t('source.open'))}" if isinstance(address, str) else line
