"""Whether two tables of a system that record the same loans agree: if not, neither can be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from literasi.domain.periods import Period
from literasi.intake.systems.errors import SystemReadError

TOLERATED_SHARE = 0.05
TOLERATED_ROWS = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """One month in both tables.

    Attributes
    ----------
    month : Period
    first, second : int
        Rows of either table (transactions and items; current loans and their history).
    differing : int
        Rows of the one without a counterpart, or with another one, in the other.
    """

    month: Period
    first: int
    second: int
    differing: int


def require(pairs: Iterable[Pair], *, key: str) -> None:
    """Refuse a series in which a month does not agree.

    A month agrees if at most `TOLERATED_ROWS` rows, or `TOLERATED_SHARE` of the larger count, differ.

    Parameters
    ----------
    pairs : iterable of Pair
    key : str
        Text of the error, with ``{first}``, ``{second}``, ``{differing}`` and ``{months}``.

    Raises
    ------
    SystemReadError
        With the sums over all months given, and the months that do not agree.
    """
    given = list(pairs)
    bad = [pair.month for pair in given if not _agrees(pair)]
    if bad:
        raise SystemReadError(
            key,
            first=sum(pair.first for pair in given),
            second=sum(pair.second for pair in given),
            differing=sum(pair.differing for pair in given),
            months=", ".join(str(month) for month in sorted(bad)),
        )


def _agrees(pair: Pair) -> bool:
    return pair.differing <= max(TOLERATED_ROWS, TOLERATED_SHARE * max(pair.first, pair.second))
