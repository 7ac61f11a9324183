"""Codes of the number ledger."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.closing.deck import Deck, Figure, Slide
from literasi.closing.ledger import Address, code, mark, read, with_codes
from literasi.errors import LiterasiError
from literasi.workspaces import NAMES

DECK = Deck(
    event_id="bimtek-2025",
    name="Bimtek",
    when="",
    place="",
    slides=(
        Slide("attendance", "", figures=(Figure("attendance.share", "", 0.9, "90%"),)),
        Slide("gain", "", figures=(Figure("gain.mean", "", 12.0, "12"), Figure("gain.pairs", "", 30, "30"))),
    ),
    filters="",
    origin="",
    mark="",
    threshold=10,
    head=38,
    language="id",
)


@given(workspace=st.sampled_from(NAMES), head=st.integers(0, 10**9), event=st.text(), figure=st.text())
def test_a_code_says_where_its_figure_is(workspace: str, head: int, event: str, figure: str):
    written = code(workspace=workspace, head=head, event_id=event, figure_id=figure)
    assert read(written, workspaces=NAMES) == Address(workspace, head, mark(event), mark(figure))


def test_a_code_is_short_and_says_its_submission():
    assert code(workspace="latihan", head=38, event_id="a", figure_id="b")[:4] == "L16-"


def test_a_code_is_read_as_people_write_it():
    written = code(workspace="latihan", head=32, event_id="a", figure_id="b")
    assert written.startswith("L10-")
    sloppy = " " + written.replace("L10", "lIo").lower() + " "
    assert read(sloppy, workspaces=NAMES) == read(written, workspaces=NAMES)


@pytest.mark.parametrize(
    "written", ["", "R", "X12-ABCDEF", "R12-ABCDE", "R-ABCDEF", "R12ABCDEF", "=1+1", "R12-ABCDEF7"]
)
def test_what_is_no_code_is_refused(written: str):
    with pytest.raises(LiterasiError, match=r"error\.ledger_code"):
        read(written, workspaces=NAMES)


def test_every_figure_of_a_deck_gets_the_code_of_its_own_id():
    coded = [figure for slide in with_codes(DECK, workspace="resmi").slides for figure in slide.figures]
    assert [figure.id for figure in coded] == ["attendance.share", "gain.mean", "gain.pairs"]
    assert len({figure.code for figure in coded}) == 3
    assert {read(f.code, workspaces=NAMES).head for f in coded} == {38}
    assert [read(f.code, workspaces=NAMES).figure for f in coded] == [mark(f.id) for f in coded]


def test_a_later_state_of_the_data_gives_other_codes():
    before = with_codes(DECK, workspace="resmi").slides[0].figures[0].code
    after = with_codes(replace(DECK, head=39), workspace="resmi").slides[0].figures[0].code
    assert before != after
    assert before[-6:] == after[-6:]
