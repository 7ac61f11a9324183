"""The findings of a page in words: what moved, where the gap is, what is not known."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import streamlit as st

from literasi.domain.findings import Finding, Findings
from literasi.sentences import say
from literasi.text import t
from literasi.ui import cached, shown
from literasi.ui.safe import markdown


def show(page: str, find: Callable[[], Findings], *depends: Hashable) -> None:
    """Show the findings of a page beside each other; under each other where the screen is narrow.

    Parameters
    ----------
    page : str
        Name of the page (and of its part, where each has its own), unique over all pages.
    find : callable
        Gives the findings (`literasi.domain.findings.gather`); called only when the data or `depends`
        have changed. A page without any finding shows nothing.
    *depends : hashable
        Every choice of the user that they depend on.
    """
    found = cached.made(f"temuan-{page}", find, *depends)
    groups = {
        t("findings.moved"): found.moved,
        t("findings.gap"): found.gap,
        t("findings.unknown"): found.unknown,
    }
    if not any(groups.values()):
        return
    with (
        st.expander(t("findings.title"), expanded=True, icon=":material/lightbulb:", key=f"temuan-{page}"),
        st.grid(min_column_width=240, key=f"temuan-{page}.kelompok"),
    ):
        for name, findings in groups.items():
            if findings:
                _group(name, findings)


def _group(name: str, findings: tuple[Finding, ...]) -> None:
    register = cached.register()
    lines = [f"- {markdown(say(finding, name=register.name))}" for finding in findings]
    st.markdown(f"**{name}**\n\n" + "\n".join(lines))
    shown.words(*lines, title=name)
