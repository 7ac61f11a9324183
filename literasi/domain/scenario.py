"""A scenario of additions, and the short code that carries it in an address.

The code holds everything that the user entered: ``1~21.01-10-5-0~21.05-4-0-2~a500000000~l15000000~nUsulan``.
Fields are parted by ``~``: the version; for each regency its code and the added libraries, book packages
and training seats; ``a`` the budget; ``l``, ``b``, ``k`` the unit costs of a library, a book package and a
seat in rupiah; last ``n`` the name, which may hold any character that can be seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Item = Literal["libraries", "packages", "seats"]
ITEMS: tuple[Item, ...] = ("libraries", "packages", "seats")

NAME_LENGTH = 60
MOST = 9999
"""Largest number that may be added of one item in one regency."""
MOST_RUPIAH = 10**13

_VERSION = "1"
_ROW = re.compile(r"(\d{2}\.\d{2})-(\d{1,4})-(\d{1,4})-(\d{1,4})", re.ASCII)
_MONEY = re.compile(r"([albk])(\d{1,14})", re.ASCII)
_LETTERS: Mapping[str, Item] = {"l": "libraries", "b": "packages", "k": "seats"}
_BUDGET, _NAME = "a", "n"


@dataclass(frozen=True, slots=True)
class Addition:
    """What one regency gets: whole numbers, 0 to `MOST`."""

    libraries: int = 0
    packages: int = 0
    seats: int = 0

    def of(self, item: Item) -> int:
        """Give the number of one item."""
        return int(getattr(self, item))


@dataclass(frozen=True, slots=True)
class Scenario:
    """What the user entered.

    Attributes
    ----------
    name : str
        As `clean_name` leaves it; never a person's.
    additions : mapping of str to Addition
        By regency code. A regency that gets nothing is not in it.
    budget : int or None
        Rupiah; None where none was given, which is not 0.
    costs : mapping of Item to int
        Rupiah for one, as the user gave it; an item without a cost is not in it.
    """

    name: str = ""
    additions: Mapping[str, Addition] = field(default_factory=dict)
    budget: int | None = None
    costs: Mapping[Item, int] = field(default_factory=dict)

    def total(self, item: Item) -> int:
        """Give the number of one item over all regencies."""
        return sum(addition.of(item) for addition in self.additions.values())

    def with_additions(self, additions: Mapping[str, Addition]) -> Scenario:
        """Give the same scenario with other additions; regencies that get nothing are left out."""
        return replace(self, additions=_sorted(additions))


def scenario(
    *,
    name: str = "",
    additions: Mapping[str, Addition] | None = None,
    budget: int | None = None,
    costs: Mapping[Item, int | None] | None = None,
) -> Scenario:
    """Make a scenario from what was entered: name cleaned, empty rows and costs left out, in one order."""
    given = {item: cost for item in ITEMS if (cost := (costs or {}).get(item)) is not None}
    return Scenario(clean_name(name), _sorted(additions or {}), budget, given)


def clean_name(written: str) -> str:
    r"""Give a name as it is kept: one line of visible characters, at most `NAME_LENGTH`.

    >>> clean_name("  Usulan\n2027 ")
    'Usulan 2027'
    """
    one_line = " ".join(written.split())
    visible = "".join(sign for sign in one_line if unicodedata.category(sign)[0] != "C")
    composed = " ".join(unicodedata.normalize("NFC", visible).split())
    return composed[:NAME_LENGTH].strip()


def encode(scenario: Scenario) -> str:
    """Write a scenario as its code; the empty scenario is the empty text.

    >>> encode(Scenario("A~B", {"21.05": Addition(4, 0, 2)}, 500, {"libraries": 100}))
    '1~21.05-4-0-2~a500~l100~nA~B'
    """
    parts = [f"{area}-{row.libraries}-{row.packages}-{row.seats}" for area, row in scenario.additions.items()]
    if scenario.budget is not None:
        parts.append(f"{_BUDGET}{scenario.budget}")
    parts += [
        f"{letter}{scenario.costs[item]}" for letter, item in _LETTERS.items() if item in scenario.costs
    ]
    if scenario.name:
        parts.append(f"{_NAME}{scenario.name}")
    return "~".join((_VERSION, *parts)) if parts else ""


def decode(code: str, *, areas: Collection[str]) -> Scenario:
    """Read a scenario from its code.

    Parameters
    ----------
    code : str
        As `encode` writes it.
    areas : collection of str
        Codes of the regencies there are.

    Raises
    ------
    ValueError
        If it is not such a code, names another area, gives anything twice, or exceeds a limit.
    """
    if not code:
        return Scenario()
    version, *fields = code.split("~")
    if version != _VERSION or not fields:
        raise ValueError("no scenario of this version")
    additions: dict[str, Addition] = {}
    money: dict[str, int] = {}
    name = ""
    for place, part in enumerate(fields):
        if part.startswith(_NAME):
            name = "~".join(fields[place:])[len(_NAME) :]
            break
        if (row := _ROW.fullmatch(part)) and row[1] in areas and row[1] not in additions:
            additions[row[1]] = Addition(*(int(number) for number in row.groups()[1:]))
        elif (sum_ := _MONEY.fullmatch(part)) and sum_[1] not in money and int(sum_[2]) <= MOST_RUPIAH:
            money[sum_[1]] = int(sum_[2])
        else:
            raise ValueError("a part of the scenario cannot be read")
    if name != clean_name(name):
        raise ValueError("a name that is too long or holds unseen characters")
    costs = {item: money.get(letter) for letter, item in _LETTERS.items()}
    return scenario(name=name, additions=additions, budget=money.get(_BUDGET), costs=costs)


def can_decode(code: str, *, areas: Collection[str]) -> bool:
    """Whether a code can be read."""
    try:
        decode(code, areas=areas)
    except ValueError:
        return False
    return True


def _sorted(additions: Mapping[str, Addition]) -> dict[str, Addition]:
    return {area: additions[area] for area in sorted(additions) if additions[area] != Addition()}
