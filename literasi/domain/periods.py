"""Periods as text: a year ``2024`` or a month ``2024-06``; how they are parsed, ordered and stepped."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PERIOD = re.compile(r"^(\d{4})(?:-(\d{2}))?$")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, or a month of a year (`month` 1 to 12; 0 for the whole year)."""

    year: int
    month: int = 0

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2024`` or ``2024-06``.

        Raises
        ------
        ValueError
            If the text is neither.
        """
        found = _PERIOD.match(text)
        if not found or not 0 <= int(found[2] or 0) <= 12 or found[2] == "00":
            raise ValueError(text)
        return cls(int(found[1]), int(found[2] or 0))

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"

    def next(self) -> Period:
        """Give the period after this one, of the same length."""
        if not self.month:
            return Period(self.year + 1)
        return Period(self.year + self.month // 12, self.month % 12 + 1)


def months(first: Period, last: Period) -> list[Period]:
    """Give every month from `first` to `last`, both included; empty if `last` is earlier."""
    out = []
    current = Period(first.year, first.month or 1)
    while current <= Period(last.year, last.month or 12):
        out.append(current)
        current = current.next()
    return out
