"""The findings of a page in words: what moved, where the gap is, what is not known."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import streamlit as st

from literasi.domain.findings import Finding, Findings
from literasi.sentences import say
from literasi.text import t
from literasi.ui import cached, shown
from literasi.ui.browser import is_phone
from literasi.ui.safe import markdown


def show(
    page: str, find: Callable[[], Findings], *depends: Hashable, is_folded_on_phone: bool = True
) -> None:
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
    is_folded_on_phone : bool
        Whether they wait behind their heading there, where they would push the charts away.
    """
    found = cached.made(f"temuan-{page}", find, *depends)
    everything = {"moved": found.moved, "gap": found.gap, "unknown": found.unknown}
    groups = {name: findings for name, findings in everything.items() if findings}
    if not groups:
        return
    is_open = not (is_folded_on_phone and is_phone())
    title = t("findings.title", count=sum(map(len, groups.values())))
    with (
        st.expander(title, expanded=is_open, icon=":material/lightbulb:", key=f"temuan-{page}"),
        st.grid(len(groups), min_column_width=230, key=f"temuan-{page}.kelompok"),
    ):
        for name, findings in groups.items():
            _group(t(f"findings.{name}"), findings)


def _group(name: str, findings: tuple[Finding, ...]) -> None:
    register = cached.register()
    lines = [f"- {markdown(say(finding, name=register.name))}" for finding in findings]
    st.markdown(f"**{name}**\n\n" + "\n".join(lines))
    shown.words(*lines, title=name)
