"""Codes of the number ledger: a few letters on a slide that lead to the frozen figure.

A code holds all that is needed to find its figure again: the workspace, the submission as of which it was
computed, and short marks of the event and the figure. Nothing is written when a deck is made, so codes work
on a read-only install, and the history of the store is what freezes the figure.

``L16-7K3Q9F``: practice workspace, submission 38, event ``7K3``, figure ``Q9F``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from literasi.closing.deck import Deck
from literasi.errors import LiterasiError

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: none that are mistaken for one another when read aloud."""
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_MARK = 3
"""Letters of a mark: 15 bits. Two events or two figures of one deck may share one; then both are shown."""
_FORM = re.compile(rf"([A-Z])([{_LETTERS}]+)-([{_LETTERS}]{{{_MARK}}})([{_LETTERS}]{{{_MARK}}})")


@dataclass(frozen=True, slots=True)
class Address:
    """What a code says.

    Attributes
    ----------
    workspace : str
    head : int
        Submission as of which the figure was computed.
    event, figure : str
        Marks, as `mark` gives them.
    """

    workspace: str
    head: int
    event: str
    figure: str


def mark(text: str) -> str:
    """Give the short mark of an id."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:2]) >> 1
    return _in_letters(number).rjust(_MARK, "0")


def code(*, workspace: str, head: int, event_id: str, figure_id: str) -> str:
    """Give the code of a figure.

    Parameters
    ----------
    workspace : str
        Its first letter stands in the code.
    head : int
        Submission as of which the figure was computed.
    event_id, figure_id : str

    Returns
    -------
    str
    """
    return f"{workspace[0].upper()}{_in_letters(head)}-{mark(event_id)}{mark(figure_id)}"


def read(written: str, *, workspaces: Iterable[str]) -> Address:
    """Read a code as people write it: small letters, spaces, O for 0.

    Parameters
    ----------
    written : str
    workspaces : iterable of str
        Names, with different first letters.

    Returns
    -------
    Address

    Raises
    ------
    LiterasiError
        ``error.ledger_code`` if it is not a code.
    """
    text = "".join(written.split()).upper()
    # The first letter names a workspace and is not a number, whatever it looks like.
    found = _FORM.fullmatch(text[:1] + text[1:].translate(_MISREAD))
    names = {name[0].upper(): name for name in workspaces}
    if found is None or found[1] not in names:
        raise LiterasiError("error.ledger_code", code=written[:40])
    return Address(names[found[1]], _number(found[2]), found[3], found[4])


def with_codes(deck: Deck, *, workspace: str) -> Deck:
    """Give a deck whose figures carry their codes."""

    def coded(figure_id: str) -> str:
        return code(workspace=workspace, head=deck.head, event_id=deck.event_id, figure_id=figure_id)

    slides = tuple(
        replace(slide, figures=tuple(replace(figure, code=coded(figure.id)) for figure in slide.figures))
        for slide in deck.slides
    )
    return replace(deck, slides=slides)


def _in_letters(number: int) -> str:
    letters = ""
    while True:
        number, rest = divmod(number, len(_LETTERS))
        letters = _LETTERS[rest] + letters
        if not number:
            return letters


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * len(_LETTERS) + _LETTERS.index(letter)
    return number
