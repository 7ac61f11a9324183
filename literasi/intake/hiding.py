"""Names of people that a file gives in one column must not come back from another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from literasi.intake.pseudonyms import person_key

HIDDEN = "[…]"
SHORTEST = 3
_WORD = re.compile(r"\w+")


class Names:
    """Hides given names wherever they stand in a text, whatever their capitals and signs.

    Parameters
    ----------
    names : iterable of str
    """

    def __init__(self, names: Iterable[str]) -> None:
        keys = {person_key(name) for name in names}
        self._names = {tuple(key.split()) for key in keys if len(key) >= SHORTEST and not key.isdigit()}
        self._longest = max((len(name) for name in self._names), default=0)

    def hide(self, text: str) -> str:
        """Give the text with `HIDDEN` in place of each name."""
        if not self._names:
            return text
        words = list(_WORD.finditer(text))
        upper = [word[0].upper() for word in words]
        out, end, at = [], 0, 0
        while at < len(words):
            length = self._length(upper, at)
            if length:
                out += [text[end : words[at].start()], HIDDEN]
                end = words[at + length - 1].end()
            at += length or 1
        return "".join((*out, text[end:]))

    def _length(self, words: list[str], at: int) -> int:
        """How many words from here on are a name; the longest."""
        for length in range(min(self._longest, len(words) - at), 0, -1):
            if tuple(words[at : at + length]) in self._names:
                return length
        return 0
