"""What a scenario of additions would change, and two automatic ways to share the same things out.

What is known is a lower limit: a village counts as covered where a TPBIS partner library is known to be in
it. While the list of libraries is incomplete, a regency of which no partner library is known has an unknown
coverage (and not zero): it is left out of what compares regencies, and out of the automatic ways.

Rules of this dashboard (decision 0018):

- Every added library goes to a village that has none, one for each village; what exceeds the villages left
  covers nobody and is counted as left over.
- Residents of villages are not published. The residents of a covered village are taken to be the mean of its
  regency, so residents reached are an estimate: residents × covered villages ÷ villages.
- A new library has no trained manager. Each seat trains the manager of one library that has none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import pandas as pd

from literasi.domain.coverage import STANDARD, ReportingRules
from literasi.domain.inequality import Range, gini, gini_range
from literasi.domain.levels import CODE_LENGTH
from literasi.domain.measures import denominators
from literasi.domain.scenario import ITEMS, Addition, Item, Scenario
from literasi.domain.training import trained_managers

Strategy = Literal["greedy", "equity"]
Weight = Literal["villages", "residents"]

BOOKS = "books"
_NO_VILLAGE = ("province", "regency", "mobile")  # kinds of library that serve more than one village


@dataclass(frozen=True, slots=True)
class Start:
    """What is known of one regency before anything is added.

    Attributes
    ----------
    area_code : str
    villages : int
        Villages and urban villages there are.
    covered : int
        Villages in which a partner library is known.
    unplaced : int
        Partner libraries of a village that are known only to their district or regency.
    is_complete : bool
        Whether the list of libraries is complete, or assumed to be.
    residents : float or None
    libraries : int
        Partner libraries known, of any kind.
    packages : int
        Partner libraries with a record of books received.
    trained : int or None
        Partner libraries known to have a manager who took part in a training; None where no list of
        participants was handed in.
    """

    area_code: str
    villages: int
    covered: int
    unplaced: int
    is_complete: bool
    residents: float | None
    libraries: int
    packages: int
    trained: int | None

    @property
    def is_listed(self) -> bool:
        """Whether its coverage is known at all, at least from below."""
        return self.is_complete or self.libraries > 0

    @property
    def highest(self) -> int:
        """Most villages that may be covered, as far as is known."""
        return min(self.villages, self.covered + self.unplaced) if self.is_complete else self.villages


@dataclass(frozen=True, slots=True)
class State:
    """One regency, or all of them together, before or after.

    Attributes
    ----------
    villages, covered, highest : int
        `covered` at least and `highest` at most of `villages` have a partner library.
    is_listed : bool
        Whether `covered` says anything: no for a regency of which no list is known and nothing is added.
    residents, reached : float or None
        Residents, and the estimate of those in covered villages; None where residents are not known.
    libraries, packages : int
        Partner libraries, and packages of books: those recorded and those added.
    untrained : int or None
        Libraries without a manager who is known to be trained; None where trainings are not known.
    left_over : Addition
        What was added without any use: no village, no library without trained manager left.
    """

    villages: int
    covered: int
    highest: int
    is_listed: bool
    residents: float | None
    reached: float | None
    libraries: int
    packages: int
    untrained: int | None
    left_over: Addition

    @property
    def share(self) -> float:
        """Covered villages ÷ villages: at least so much."""
        return self.covered / self.villages

    @property
    def range(self) -> Range:
        """Lowest and highest share of covered villages."""
        return self.covered / self.villages, self.highest / self.villages

    @property
    def packages_each(self) -> float | None:
        """Packages of books ÷ partner libraries; None without any library."""
        return self.packages / self.libraries if self.libraries else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All regencies, before or after.

    Attributes
    ----------
    areas : mapping of str to State
        By regency code.
    whole : State
        Their sum.
    gini : mapping of Weight to float or None
        Inequality of the coverage between the regencies compared, at the coverage that is known.
    gini_range : mapping of Weight to (float, float) or None
        What libraries of unknown village leave open; None while the list is incomplete, for then it is open
        altogether.
    compared : tuple of str
        Regencies whose coverage is known.
    worst : tuple of str
        Those of them with the lowest coverage; several where they tie.
    """

    areas: Mapping[str, State]
    whole: State
    gini: Mapping[Weight, float | None]
    gini_range: Mapping[Weight, Range | None]
    compared: tuple[str, ...]
    worst: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a scenario costs by the user's own unit costs.

    Attributes
    ----------
    total : int or None
        None while something is added whose unit cost is not given.
    unpriced : tuple of Item
        What is added without a unit cost.
    remaining : int or None
        Budget − total, negative beyond the budget; None without a budget or a total.
    """

    total: int | None
    unpriced: tuple[Item, ...]
    remaining: int | None


@dataclass(frozen=True, slots=True)
class Apart:
    """Villages that are proven to lie over sea from the seat of their regency.

    Attributes
    ----------
    villages : int
    before : int
        Of them, covered before.
    low, high : int
        Fewest and most that are covered after: a scenario says how many libraries a regency gets, not where.
    undetermined : int
        Villages that may lie over sea or not.
    """

    villages: int
    before: int
    low: int
    high: int
    undetermined: int


@dataclass(frozen=True, slots=True)
class Slot:
    """Where units of one item may go.

    Attributes
    ----------
    area_code : str
    level, base : int
        The rate is `level` ÷ `base`, e.g. covered villages ÷ villages.
    room : int
        Most units that are of use.
    worth : float or None
        Residents that one unit reaches; None where not known.
    """

    area_code: str
    level: int
    base: int
    room: int
    worth: float | None


# Before


def starts(
    tables: Mapping[str, pd.DataFrame], *, year: int, is_complete: bool, rules: ReportingRules = STANDARD
) -> list[Start]:
    """Gather what is known of each regency.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        ``areas``, ``population``, ``libraries``, ``aid``, ``events``, ``participants``.
    year : int
        For which residents are wanted; the rule is that of `literasi.domain.measures.denominators`.
    is_complete : bool
        Whether a village that the list of libraries does not name has none.
    rules : ReportingRules
        Which programmes make a partner. Partners whose year of joining is unknown count: they are there.

    Returns
    -------
    list of Start
        In code order. Regencies without any village are left out.
    """
    areas, libraries = tables["areas"], tables["libraries"]
    codes = areas.loc[areas["level"].eq("village"), "area_code"]
    villages = codes.str[: CODE_LENGTH["regency"]].value_counts()
    people = denominators(tables["population"], level="regency", years=[year])
    residents = dict(zip(people["area_code"], people["population"].astype("float64"), strict=True))
    partners = libraries[libraries["programme"].isin(rules.programmes)]
    partners = partners.assign(regency=partners["area_code"].str[: CODE_LENGTH["regency"]])
    with_books = set(tables["aid"].loc[tables["aid"]["item"].eq(BOOKS), "library_id"])
    managers = trained_managers(tables["participants"], events=tables["events"])
    out = []
    for area in sorted(villages.index):
        own = partners[partners["regency"].eq(area)]
        ids = set(own["library_id"])
        is_placed = own["area_code"].isin(codes)
        is_unplaced = ~is_placed & ~own["kind"].isin(_NO_VILLAGE)
        out.append(
            Start(
                area_code=area,
                villages=int(villages[area]),
                covered=int(own.loc[is_placed, "area_code"].nunique()),
                unplaced=int(is_unplaced.sum()),
                is_complete=is_complete,
                residents=residents.get(area),
                libraries=len(own),
                packages=len(ids & with_books),
                trained=None if managers is None else len(ids & managers.keys()),
            )
        )
    return out


def covered_villages(
    libraries: pd.DataFrame, areas: pd.DataFrame, *, rules: ReportingRules = STANDARD
) -> set[str]:
    """Villages in which a partner library is known."""
    villages = set(areas.loc[areas["level"].eq("village"), "area_code"])
    return set(libraries.loc[libraries["programme"].isin(rules.programmes), "area_code"]) & villages


# After


def outcome(known: Sequence[Start], additions: Mapping[str, Addition]) -> Outcome:
    """What stands after some additions; without any, what stands before.

    Parameters
    ----------
    known : sequence of Start
    additions : mapping of str to Addition
        By regency code.

    Returns
    -------
    Outcome
        The regencies compared are those listed before, so that before and after compare the same.
    """
    areas = {start.area_code: _after(start, additions.get(start.area_code, Addition())) for start in known}
    compared = tuple(start.area_code for start in known if start.is_listed)
    weights: Mapping[Weight, list[float | None]] = {
        "villages": [float(areas[code].villages) for code in compared],
        "residents": [areas[code].residents for code in compared],
    }
    rates = [areas[code].share for code in compared]
    ranges = [areas[code].range for code in compared]
    lowest = min((_rate(areas[code]) for code in compared), default=None)
    is_complete = all(start.is_complete for start in known)
    return Outcome(
        areas=areas,
        whole=_sum(list(areas.values())),
        gini={of: gini(rates, weights=w) if (w := _all(given)) else None for of, given in weights.items()},
        gini_range={
            of: gini_range(ranges, weights=w) if is_complete and (w := _all(given)) else None
            for of, given in weights.items()
        },
        compared=compared,
        worst=tuple(code for code in compared if _rate(areas[code]) == lowest),
    )


def apart(
    far: pd.DataFrame,
    *,
    covered: Collection[str],
    known: Sequence[Start],
    additions: Mapping[str, Addition],
) -> Apart:
    """Count the villages over sea that are covered before and after.

    Parameters
    ----------
    far : DataFrame
        ``area_code`` of each village, ``sea_low`` and ``sea_high``: kilometres over sea to the seat, as from
        `literasi.domain.remoteness.reach`.
    covered : collection of str
        Villages in which a partner library is known.
    known : sequence of Start
    additions : mapping of str to Addition
    """
    over_sea = set(far.loc[far["sea_low"].gt(0), "area_code"])
    is_open = far["sea_high"].isna() | (far["sea_low"].eq(0) & far["sea_high"].gt(0))
    before = low = high = len(over_sea & set(covered))
    for start in known:
        own = {code for code in over_sea if code.startswith(start.area_code)}
        left, left_of_all = len(own - set(covered)), start.villages - start.covered
        added = min(additions.get(start.area_code, Addition()).libraries, left_of_all)
        low += max(0, added - (left_of_all - left))
        high += min(added, left)
    return Apart(len(over_sea), before, low, high, int(is_open.sum()))


def cost(scenario: Scenario) -> Cost:
    """What a scenario costs; nothing is guessed where a unit cost is missing."""
    added = {item: scenario.total(item) for item in ITEMS}
    unpriced = tuple(item for item in ITEMS if added[item] and item not in scenario.costs)
    if unpriced:
        return Cost(None, unpriced, None)
    total = sum(added[item] * scenario.costs[item] for item in ITEMS if added[item])
    return Cost(total, (), None if scenario.budget is None else scenario.budget - total)


# Automatic ways


def affordable(scenario: Scenario) -> int | None:
    """How many libraries the budget pays for, once the packages and seats of the scenario are paid.

    Returns
    -------
    int or None
        None without a budget, without the unit cost of a library (or one of 0), or while packages or seats
        have no unit cost; 0 where nothing is left for libraries.
    """
    each = scenario.costs.get("libraries")
    rest = cost(scenario.with_additions({a: replace(n, libraries=0) for a, n in scenario.additions.items()}))
    if not each or rest.remaining is None:
        return None
    return max(0, rest.remaining // each)


def share_out(
    known: Sequence[Start], units: Mapping[Item, int], *, strategy: Strategy
) -> dict[str, Addition]:
    """Share libraries, packages and seats out over the regencies whose coverage is known.

    Parameters
    ----------
    known : sequence of Start
    units : mapping of Item to int
        How many of each there are.
    strategy : str
        `greedy` or `equity_first`, applied to each item by itself: libraries by covered villages, then
        packages and seats by the libraries there are then.

    Returns
    -------
    dict of str to Addition
        Never more than is of use: one library for each village without one, one package for each library
        without a recorded one, one seat for each library without a trained manager. What finds no use is
        not in it.
    """
    choose = greedy if strategy == "greedy" else equity_first
    listed = [start for start in known if start.is_listed]
    homes = choose([_home(start) for start in listed], units.get("libraries", 0))
    rest: dict[Item, dict[str, int]] = {
        item: choose([_need(start, homes[start.area_code], item) for start in listed], units.get(item, 0))
        for item in ITEMS[1:]
    }
    given = {
        code: Addition(homes[code], rest["packages"].get(code, 0), rest["seats"].get(code, 0))
        for code in homes
    }
    return {code: addition for code, addition in given.items() if addition != Addition()}


def greedy(slots: Sequence[Slot], units: int) -> dict[str, int]:
    """Give each unit to where it reaches most residents.

    Parameters
    ----------
    slots : sequence of Slot
    units : int

    Returns
    -------
    dict of str to int
        By area code. No other way of giving as many units, each within the room there is, reaches more: every
        unit in one place is worth the same. Equal worth: the lower rate first, then code order. Where
        residents are not known, last.
    """
    given = dict.fromkeys((slot.area_code for slot in slots), 0)
    for slot in sorted(slots, key=lambda s: (-(-1.0 if s.worth is None else s.worth), _part(s), s.area_code)):
        given[slot.area_code] = min(slot.room, units)
        units -= given[slot.area_code]
    return given


def equity_first(slots: Sequence[Slot], units: int) -> dict[str, int]:
    """Give each unit to where the rate is lowest at that moment.

    Parameters
    ----------
    slots : sequence of Slot
    units : int

    Returns
    -------
    dict of str to int
        By area code. The lowest rate is as high as it can be, then the second lowest, and so on (leximin).
        Equal rates: the smaller base first, because one unit raises it more; then code order.
    """
    given = dict.fromkeys((slot.area_code for slot in slots), 0)

    def rank(slot: Slot) -> tuple[Fraction, int, str]:
        rate = Fraction(slot.level + given[slot.area_code], slot.base)
        return rate, slot.base, slot.area_code

    for _ in range(units):
        open_ = [slot for slot in slots if given[slot.area_code] < slot.room]
        if not open_:
            break
        given[min(open_, key=rank).area_code] += 1
    return given


# Parts


def _after(start: Start, added: Addition) -> State:
    covered = min(start.villages, start.covered + added.libraries)
    libraries = start.libraries + added.libraries
    lacking = None if start.trained is None else libraries - start.trained
    used = added.seats if lacking is None else min(added.seats, lacking)
    return State(
        villages=start.villages,
        covered=covered,
        highest=min(start.villages, start.highest + added.libraries),
        is_listed=start.is_listed or added.libraries > 0,
        residents=start.residents,
        reached=None if start.residents is None else start.residents * covered / start.villages,
        libraries=libraries,
        packages=start.packages + added.packages,
        untrained=None if lacking is None else lacking - used,
        left_over=Addition(
            libraries=added.libraries - (covered - start.covered),
            seats=added.seats - used,
        ),
    )


def _sum(states: Collection[State]) -> State:
    """All regencies together. What one of them does not know, the sum does not know."""
    residents = _all([state.residents for state in states])
    reached = _all([state.reached for state in states])
    untrained = [state.untrained for state in states]
    return State(
        villages=sum(state.villages for state in states),
        covered=sum(state.covered for state in states),
        highest=sum(state.highest for state in states),
        is_listed=all(state.is_listed for state in states),
        residents=sum(residents) if residents else None,
        reached=sum(reached) if reached else None,
        libraries=sum(state.libraries for state in states),
        packages=sum(state.packages for state in states),
        untrained=None if None in untrained else sum(n for n in untrained if n is not None),
        left_over=Addition(
            sum(state.left_over.libraries for state in states),
            sum(state.left_over.packages for state in states),
            sum(state.left_over.seats for state in states),
        ),
    )


def _home(start: Start) -> Slot:
    worth = None if start.residents is None else start.residents / start.villages
    return Slot(start.area_code, start.covered, start.villages, start.villages - start.covered, worth)


def _need(start: Start, new: int, item: Item) -> Slot:
    """Libraries as they are then, and how many have a recorded package or a trained manager."""
    base = start.libraries + new
    level = min(base, start.packages if item == "packages" else start.trained or 0)
    worth = None if start.residents is None else start.residents / max(base, 1)
    return Slot(start.area_code, level, max(base, 1), base - level, worth)


def _rate(state: State) -> Fraction:
    return Fraction(state.covered, state.villages)


def _part(slot: Slot) -> Fraction:
    return Fraction(slot.level, slot.base)


def _all(values: Sequence[float | None]) -> list[float]:
    """Give the values if all are known, else none of them."""
    known = [value for value in values if value is not None]
    return known if len(known) == len(values) else []
