"""The page of the number ledger: a code on a slide opens its frozen figure and the rows behind it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from literasi.closing import building, ledger
from literasi.closing.deck import Basis, Deck, Figure, Slide
from literasi.closing.ledger import Address
from literasi.domain.privacy import THRESHOLD_PUBLIC, is_small
from literasi.errors import LiterasiError
from literasi.text import moment, number, t, term
from literasi.ui import cached, url
from literasi.ui.history import rows as history
from literasi.ui.notices import inform
from literasi.ui.safe import markdown
from literasi.ui.tables import show_table
from literasi.workspaces import NAMES, OFFICIAL

PEOPLE = "participants"
"""The table whose rows are people: a slide's reader sees their number, never the rows."""
ROWS_SHOWN = 200


def choose() -> str:
    """Show the box for a code (``kode``) and give what stands in it."""
    return url.search("kode", label=t("ledger.code"), placeholder=t("ledger.example")).strip()


def say_how() -> None:
    """Say where codes stand."""
    inform(t("ledger.how"), icon=":material/info:")


def show(code: str) -> None:
    """Show every figure that a code stands for; nearly always one."""
    address = ledger.read(code, workspaces=NAMES)
    if address.workspace != url.workspace():
        url.write("ruang", address.workspace, OFFICIAL)
        st.rerun()
    if address.head > cached.newest():
        raise LiterasiError("error.ledger_head", submission=address.head)
    found = _find(address, address.head)
    if not found:
        raise LiterasiError("error.ledger_unknown", code=code[:40])
    for position, (deck, slide, figure) in enumerate(found):
        with st.container(border=True):
            _show_figure(deck, slide, figure)
            _show_change(address, deck, figure)
            _show_rows(figure, address.head, key=f"ledger.{position}")


def _find(address: Address, head: int) -> list[tuple[Deck, Slide, Figure]]:
    """Give the figures with these marks, computed as of a submission."""
    return cached.made("buku-angka", lambda: _search(address, head), address, head)


def _search(address: Address, head: int) -> list[tuple[Deck, Slide, Figure]]:
    facts = cached.facts(head)
    events = [c.event_id for c in building.closings(facts) if ledger.mark(c.event_id) == address.event]
    decks = [building.build(facts, event_id) for event_id in events]
    return [
        (deck, slide, figure)
        for deck in decks
        for slide in deck.slides
        for figure in slide.figures
        if ledger.mark(figure.id) == address.figure
    ]


def _show_figure(deck: Deck, slide: Slide, figure: Figure) -> None:
    listed = cached.submissions().set_index("id")
    st.metric(markdown(figure.label), figure.shown)
    if figure.context:
        st.caption(markdown(figure.context))
    lines = {
        "ledger.event": f"{deck.name} ({deck.when})",
        "ledger.slide": slide.title,
        "ledger.rule": figure.rule or t("ledger.as_published"),
        "ledger.frozen": t(
            "ledger.frozen_at", submission=deck.head, when=moment(str(listed.loc[deck.head, "time"]))
        ),
        "ledger.filters": deck.filters,
    }
    st.markdown("\n".join(f"- **{t(key)}**: {markdown(line)}" for key, line in lines.items() if line))


def _show_change(address: Address, deck: Deck, figure: Figure) -> None:
    """Say whether the figure would be another one now."""
    st.markdown(f"**{t('ledger.since')}**")
    now = cached.newest()
    if now == address.head:
        st.caption(t("ledger.nothing_since"))
        return
    today = [
        other
        for deck_now, _, other in _find(address, now)
        if (deck_now.event_id, other.id) == (deck.event_id, figure.id)
    ]
    count = number(now - address.head)
    if not today:
        st.warning(t("ledger.gone", count=count), icon=":material/history:")
    elif today[0].shown == figure.shown:
        st.caption(t("ledger.same", count=count))
    else:
        shown = t("ledger.other", count=count, then=markdown(figure.shown), now=markdown(today[0].shown))
        st.warning(shown, icon=":material/history:")


def _show_rows(figure: Figure, head: int, *, key: str) -> None:
    """Show which rows stand behind a figure and which submission brought them."""
    st.markdown(f"**{t('ledger.behind')}**")
    if not figure.basis:
        st.caption(t("ledger.no_basis"))
        return
    listed = cached.submissions().set_index("id")
    lines = [line for basis in figure.basis for line in _brought(basis, head, listed)]
    if lines:
        show_table(pd.DataFrame(lines), key=f"{key}.origins", height="content", alt=t("ledger.behind"))
    else:
        st.caption(t("ledger.no_rows"))
    for place, basis in enumerate(figure.basis):
        _offer_rows(basis, head, key=f"{key}.{place}")


def _brought(basis: Basis, head: int, listed: pd.DataFrame) -> list[dict[str, object]]:
    brought = cached.origins(basis.table, head, basis.where)
    return [
        {
            t("history.of_table"): term("table", basis.table),
            t("ledger.rows"): _count(basis, rows),
            t("column.submission"): submission,
            t("column.time"): moment(str(listed.loc[submission, "time"])),
            t("column.file"): term("history.file", str(listed.loc[submission, "file_name"])),
        }
        for submission, rows in zip(brought["submission"], brought["rows"], strict=True)
    ]


def _count(basis: Basis, rows: int) -> str:
    """Write a number of rows; of few people only that they are few."""
    if basis.table == PEOPLE and is_small(rows, threshold=THRESHOLD_PUBLIC):
        return t("ledger.few", threshold=THRESHOLD_PUBLIC)
    return number(rows)


def _offer_rows(basis: Basis, head: int, *, key: str) -> None:
    name = term("table", basis.table)
    if basis.table == PEOPLE or not history.is_shown(basis.table):
        st.caption(t("ledger.withheld", table=name))
        return
    box = st.expander(t("ledger.open_rows", table=name), key=key, on_change="rerun")
    if not box.open:
        return
    rows = cached.frame_as_of(basis.table, head)
    for column, values in basis.where:
        rows = rows[rows[column].isin(values)]
    with box:
        show_table(history.labelled(basis.table, rows.head(ROWS_SHOWN)), key=f"{key}.rows", is_kept=False)
        if len(rows) > ROWS_SHOWN:
            st.caption(t("history.more", shown=number(ROWS_SHOWN), total=number(len(rows))))
