"""Showing a chart with everything it carries: finding, subtitle, table twin, sources, downloads."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from literasi.export import image, table
from literasi.export.full import full_csv
from literasi.figures import INK, TOPOJSON_STUB, Chart
from literasi.text import moment, t
from literasi.ui import cached, sharing, shown, url
from literasi.ui.safe import markdown
from literasi.ui.sources import list_sources
from literasi.ui.tables import show_table
from literasi.workspaces import PRACTICE

CONFIG = {"displayModeBar": False, "topojsonURL": TOPOJSON_STUB, "scrollZoom": False}


def show(
    name: str,
    build: Callable[[], Chart | None],
    *depends: Hashable,
    on_select: Callable[[], None] | None = None,
    empty: str | None = None,
) -> Any:
    """Show a chart, or say why there is none.

    Parameters
    ----------
    name : str
        Unique over all pages; widget key and file name.
    build : callable
        Makes the chart; called only when the data, the language or `depends` have changed.
    *depends : hashable
        Every choice of the user that the chart depends on.
    on_select : callable, optional
        Called after a click on the chart; the selection is at ``st.session_state[name]``.
    empty : str, optional
        What to say, and do next, when there is nothing to draw.

    Returns
    -------
    object
        The selection, when `on_select` is given.
    """
    chart = cached.chart(name, partial(_inked, build, theme()), theme(), *depends)
    with st.container(border=True, height="stretch" if chart else "content"):
        if chart is None:
            st.info(empty or t("chart.empty"), icon=":material/info:")
            shown.words(empty or t("chart.empty"))
            return None
        shown.part(chart)
        st.markdown(f"#### {markdown(chart.title)}")
        st.caption(markdown(chart.subtitle) + _practice_mark())
        event = st.plotly_chart(
            chart.figure,
            key=name,
            alt=chart.alt,
            config=CONFIG,
            theme=None,  # Streamlit's own would grey the labels below 4.5:1
            on_select=on_select or "ignore",
            selection_mode="points",
        )
        for note in chart.notes:
            st.caption(f":material/info: {markdown(note)}")
        _details(chart, name)
        return event


def theme() -> str:
    """Give the mode that the page is shown in: ``light`` or ``dark``."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _inked(build: Callable[[], Chart | None], mode: str) -> Chart | None:
    """Build a chart and give its text the colour of the page's text."""
    chart = build()
    if chart is not None:
        chart.figure.layout.font.color = INK[mode]
    return chart


def with_origin(chart: Chart) -> Chart:
    """Say which workspace and submission a chart was made from, beside the publications it cites."""
    return replace(chart, origin=origin())


def origin() -> str:
    """Say which workspace and submission what is shown was made from."""
    newest = cached.submissions().iloc[0]
    return t(
        "chart.origin",
        workspace=t(f"workspace.{url.workspace()}"),
        submission=int(newest["id"]),
        when=moment(str(newest["time"])),
    )


def _practice_mark() -> str:
    return f" · **{t('shell.practice_mark')}**" if url.workspace() == PRACTICE else ""


def _details(chart: Chart, name: str) -> None:
    """Table twin, sources and downloads; filled only when opened, so that they cost nothing until then."""
    details = st.expander(t("chart.details"), key=f"{name}.details", on_change="rerun")
    if not details.open:
        return
    mark = t("shell.practice_mark") if url.workspace() == PRACTICE else ""
    chart = with_origin(chart)
    known = cached.sources()
    cited = [known[source] for source in chart.sources if source in known]
    with details:
        show_table(chart.table, key=f"{name}.table", is_kept=False)
        for line in chart.fine_print:
            st.caption(markdown(line))
        list_sources(cited)
        st.caption(chart.origin)
        if sharing.is_ready():
            _offer_files(chart, name, cited, mark)
        else:
            sharing.say_first()


def _offer_files(chart: Chart, name: str, cited: list[Mapping[str, Any]], mark: str) -> None:
    here = copy_context()  # files are made in another thread, which must know the user's language
    with st.container(horizontal=True):
        st.download_button(
            t("chart.download_csv"),
            data=partial(here.copy().run, table.csv_bytes, chart, sources=cited, mark=mark),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=f"{name}.csv",
            help=t("chart.shown_help"),
            on_click="ignore",
        )
        if chart.indicators:
            _offer_full(chart, name, mark)
        for kind in image.KINDS if image.can_draw() else ():
            st.download_button(
                kind.upper(),
                data=partial(here.copy().run, image.image_bytes, chart, kind=kind, sources=cited, mark=mark),
                file_name=f"{name}.{kind}",
                mime=image.MIME[kind],
                key=f"{name}.{kind}",
                on_click="ignore",
            )
    if not image.can_draw():
        st.caption(t("error.no_browser"))


def _offer_full(chart: Chart, name: str, mark: str) -> None:
    """Offer every value of the indicators of a chart; the cache has them, so reading them costs little."""
    catalogue = cached.catalogue()
    values = [(catalogue[id], cached.all_values(catalogue[id])) for id in dict.fromkeys(chart.indicators)]
    st.download_button(
        t("chart.download_full"),
        data=partial(
            copy_context().run,
            full_csv,
            values,
            names=cached.register().name,
            sources=cached.sources(),
            origin=chart.origin,
            mark=mark,
        ),
        file_name=f"{name}-lengkap.csv",
        mime="text/csv",
        key=f"{name}.full",
        help=t("chart.full_help"),
        on_click="ignore",
    )
