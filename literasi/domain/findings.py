"""What the figures say, as rules: a finding is a text key with typed values, never a text.

Each function gives a `Finding`, or None where the figures do not carry the statement.
`literasi.sentences.say` writes it in the user's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal

import pandas as pd

from literasi.domain.coverage import STANDARD, ReportingRules, is_provisional, share
from literasi.domain.indicators import Edition, Indicator
from literasi.domain.observations import breaks, drawn, newest
from literasi.domain.sampling import margin
from literasi.domain.series import MINIMUM_BASE
from literasi.domain.targets import is_small

Tone = Literal["good", "bad", "neutral", "unknown"]
NAMED_AT_MOST = 3
SAID_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class Number:
    """A number, written with so many decimals; a floor is written as one."""

    value: float
    decimals: int = 0
    is_floor: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A share from 0 to 1, written as a percentage."""

    value: float


@dataclass(frozen=True, slots=True)
class Places:
    """Area codes, written as names."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class When:
    """A period, written as a year or a month and year."""

    period: str


@dataclass(frozen=True, slots=True)
class Label:
    """A key of the text catalogue."""

    key: str


@dataclass(frozen=True, slots=True)
class Labels:
    """Keys of the text catalogue, written as a list."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A code of an open list: written by its label where there is one, else as it is."""

    group: str
    value: str


@dataclass(frozen=True, slots=True)
class Plain:
    """Words that came from data, such as the name of a regulation."""

    text: str


Parameter = Number | Share | Places | When | Label | Labels | Term | Plain


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement about figures.

    Attributes
    ----------
    key : str
        Key of the text catalogue, below ``finding``.
    params : mapping of str to Parameter
        Values of its placeholders.
    tone : str
        Whether it is good news; ``neutral`` if that is not for a figure to say, ``unknown`` if the
        figures do not tell.
    """

    key: str
    params: Mapping[str, Parameter]
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Findings:
    """What a page says in words, in the order in which it is said.

    Attributes
    ----------
    moved : tuple of Finding
        What stands, rose or fell.
    gap : tuple of Finding
        Where too little is, and where most.
    unknown : tuple of Finding
        What the figures do not tell.
    """

    moved: tuple[Finding, ...] = ()
    gap: tuple[Finding, ...] = ()
    unknown: tuple[Finding, ...] = ()


def gather(
    *,
    moved: Iterable[Finding | None] = (),
    gap: Iterable[Finding | None] = (),
    unknown: Iterable[Finding | None] = (),
    at_most: int = SAID_AT_MOST,
) -> Findings:
    """Take together what the rules of a page gave, most important first in each group.

    Parameters
    ----------
    moved, gap, unknown : iterable of Finding or None
        None is a rule that had nothing to say. Of a finding that comes twice the first is kept; one of
        `moved` or `gap` that the figures do not carry (tone ``unknown``) belongs to what is not known.
    at_most : int
        Findings in all. The groups take turns, so that none crowds out the others.

    Returns
    -------
    Findings
    """
    told = [[finding for finding in group if finding] for group in (moved, gap)]
    groups = [[finding for finding in group if finding.tone != "unknown"] for group in told]
    doubtful = [finding for group in told for finding in group if finding.tone == "unknown"]
    groups.append([*doubtful, *(finding for finding in unknown if finding)])
    kept: tuple[list[Finding], ...] = ([], [], [])
    turns = zip_longest(*groups)
    for place, finding in ((place, finding) for turn in turns for place, finding in enumerate(turn)):
        if finding and sum(map(len, kept)) < at_most and not any(finding in group for group in kept):
            kept[place].append(finding)
    return Findings(*(tuple(group) for group in kept))


def in_full(finding: Finding | None, *, indicator: Indicator) -> Finding | None:
    """Name the indicator and year in a finding that is otherwise the title of their chart.

    For those of `highest`, `lowest` and `without_data`.
    """
    if finding is None:
        return None
    key = finding.key.replace("finding.", "statement.")
    return Finding(key, {**finding.params, **_named(indicator)}, finding.tone)


def latest(values: pd.DataFrame, *, indicator: Indicator, area: str) -> Finding | None:
    """Newest value of an area, with its band where one is documented for that edition and year."""
    row = newest(values, indicator=indicator, area=area)
    if row is None:
        return None
    edition = indicator.edition(str(row["edition"]))
    params = _named(indicator) | {
        "area": Places((area,)),
        "period": When(str(row["period"])),
        "value": Number(float(row["value"]), _decimals(indicator, edition)),
        "unit": _unit(indicator, edition),
    }
    year = int(str(row["period"])[:4])
    band = indicator.band(value=float(row["value"]), edition_id=edition.id, year=year)
    if band is None:
        return Finding("finding.latest", params)
    return Finding("finding.latest_band", params | {"band": Term("band", band.label)})


def change(
    values: pd.DataFrame, *, indicator: Indicator, area: str, rules: ReportingRules = STANDARD
) -> Finding | None:
    """Change of an area's newest value from its value one year before.

    Said only within one edition and one producer. Indices and percentages change in points, never in
    per cent; counts from a base below 20 by their difference. A change that vanishes in rounding, or
    between periods of which the reports are not 60 % in, cannot be told ("belum dapat dibedakan").
    A difference that was measured on people who were not drawn at random is no rise or fall, and where
    the data are known to be incomplete a difference may only be a list that was not found. Between random
    samples it must be more than chance; below the minimum n, and while a value is provisional, it cannot be
    told.
    """
    row = newest(values, indicator=indicator, area=area)
    if row is None or indicator.incomplete:
        return None
    period = str(row["period"])
    before = drawn(values, area=area)
    before = before[
        (before["period"] == f"{int(period[:4]) - 1}{period[4:]}")
        & (before["edition"] == row["edition"])
        & (before["producer"] == row["producer"])
    ]
    if before.empty:
        return None
    previous = before.iloc[0]
    edition = indicator.edition(str(row["edition"]))
    decimals = _decimals(indicator, edition)
    old, new = round(float(previous["value"]), decimals), round(float(row["value"]), decimals)
    params = _named(indicator) | {"area": Places((area,)), "previous": When(str(previous["period"]))}
    uncertain = any(
        is_provisional(value["received"], value["expected"], rules=rules)
        or is_small(value, indicator)
        or value["status"] == "provisional"
        for value in (previous, row)
    )
    if new == old or uncertain or _may_be_chance(previous, row, indicator=indicator, edition=edition):
        return Finding("finding.indistinct", params, "unknown")

    verb = "rose" if new > old else "fell"
    size = abs(new - old)
    if edition.is_random_sample is False:
        return Finding("finding.not_random", params | {"change": Number(size, decimals)}, "unknown")
    tone = _tone(indicator, is_more=new > old)
    if indicator.scale == "index":
        return Finding(f"finding.{verb}_points", params | {"change": Number(size, decimals)}, tone)
    if indicator.scale == "percent":
        return Finding(f"finding.{verb}_percentage_points", params | {"change": Number(size, decimals)}, tone)
    if old > 0 and (indicator.scale != "count" or old >= MINIMUM_BASE):
        return Finding(f"finding.{verb}_percent", params | {"change": Share(size / old)}, tone)
    unit = _unit(indicator, edition)
    return Finding(f"finding.{verb}_by", params | {"change": Number(size, decimals), "unit": unit}, tone)


def beside(values: pd.DataFrame, *, indicator: Indicator, area: str, other: str) -> Finding | None:
    """How an area's newest value stands to that of another area: same edition, year and producer.

    Returns
    -------
    Finding or None
        None without both values, for counts, which follow the size of an area, and where the data are
        incomplete. Values of people who were not drawn at random are no higher or lower, and those that may
        differ by chance are not told apart.
    """
    row = newest(values, indicator=indicator, area=area)
    if row is None or indicator.incomplete or indicator.scale == "count" or area == other:
        return None
    rows = drawn(values, area=other)
    rows = rows[
        rows["edition"].eq(row["edition"])
        & rows["period"].eq(row["period"])
        & rows["producer"].eq(row["producer"])
    ]
    if rows.empty or is_small(row, indicator):
        return None
    edition = indicator.edition(str(row["edition"]))
    decimals = _decimals(indicator, edition)
    own, theirs = round(float(row["value"]), decimals), round(float(rows["value"].iloc[0]), decimals)
    params = _named(indicator) | {
        "area": Places((area,)),
        "other": Places((other,)),
        "period": When(str(row["period"])),
    }
    unit = Label("targets.percentage_points") if indicator.scale == "percent" else _unit(indicator, edition)
    size: dict[str, Parameter] = {"change": Number(abs(own - theirs), decimals), "unit": unit}
    if edition.is_random_sample is False and own != theirs:
        return Finding("statement.beside_not_random", params | size, "unknown")
    if own == theirs or _may_be_chance(rows.iloc[0], row, indicator=indicator, edition=edition):
        return Finding("statement.beside_indistinct", params, "unknown")
    return Finding(
        "statement.above_other" if own > theirs else "statement.below_other",
        params | size,
        _tone(indicator, is_more=own > theirs),
    )


def highest(values: pd.DataFrame, *, indicator: Indicator, period: str) -> Finding | None:
    """Area or areas with the highest value of a period, among those with a value.

    None with fewer than two areas with a value, with more than one edition or producer among them,
    if all are equal, or where the data are known to be incomplete.
    Areas with a denominator below the indicator's minimum n or with fewer than 60 % of the reports are not
    ranked; the number of ranked areas is always said. Values that are equal as shown tie: up to three are
    named, more are counted.
    """
    return _extreme(values, indicator=indicator, period=period, is_highest=True)


def lowest(values: pd.DataFrame, *, indicator: Indicator, period: str) -> Finding | None:
    """Area or areas with the lowest value of a period; as `highest`."""
    return _extreme(values, indicator=indicator, period=period, is_highest=False)


def _extreme(values: pd.DataFrame, *, indicator: Indicator, period: str, is_highest: bool) -> Finding | None:
    if indicator.incomplete:
        return None
    rows = values[(values["period"] == period) & values["is_preferred"] & values["value"].notna()]
    rows = rows[rows["denominator"].isna() | (rows["denominator"] >= indicator.minimum_n)]
    behind = zip(rows["received"], rows["expected"], strict=True)
    rows = rows[[not is_provisional(received, expected) for received, expected in behind]]
    if len(rows) < 2 or rows["edition"].nunique() > 1 or rows["producer"].nunique() > 1:
        return None
    edition = indicator.edition(str(rows["edition"].iloc[0]))
    decimals = _decimals(indicator, edition)
    shown = rows["value"].round(decimals)
    if shown.nunique() == 1:
        return None
    best = shown.max() if is_highest else shown.min()
    codes = tuple(sorted(rows.loc[shown == best, "area_code"]))
    word = "highest" if is_highest else "lowest"
    params = _named(indicator) | {
        "period": When(period),
        "value": Number(float(best), decimals),
        "unit": _unit(indicator, edition),
        "ranked": Number(len(rows)),
    }
    tone = _tone(indicator, is_more=is_highest)
    if len(codes) == 1:
        return Finding(f"finding.{word}", params | {"areas": Places(codes)}, tone)
    if len(codes) <= NAMED_AT_MOST:
        return Finding(f"finding.{word}_tied", params | {"areas": Places(codes)}, tone)
    return Finding(f"finding.{word}_many", params | {"count": Number(len(codes))}, tone)


def without_data(values: pd.DataFrame, *, areas: Sequence[str], period: str) -> Finding | None:
    """How many of these areas have no value in a period; None if all have one."""
    known = set(values.loc[(values["period"] == period) & values["value"].notna(), "area_code"])
    absent = [area for area in areas if area not in known]
    if not absent:
        return None
    params: dict[str, Parameter] = {
        "count": Number(len(absent)),
        "total": Number(len(areas)),
        "period": When(period),
    }
    return Finding("finding.without_data", params, "unknown")


def never_published(indicator: Indicator, *, area: str) -> Finding:
    """That no value of an indicator is known for an area."""
    return Finding("statement.never_published", _named(indicator) | {"area": Places((area,))}, "unknown")


def provisional(
    received: float | None, expected: float | None, *, rules: ReportingRules = STANDARD
) -> Finding | None:
    """That a figure is provisional, because too few of the expected reports came."""
    part = share(received, expected)
    if part is None or not is_provisional(received, expected, rules=rules):
        return None
    return Finding("finding.provisional", {"share": Share(part)}, "unknown")


def method_break(values: pd.DataFrame, *, indicator: Indicator) -> Finding | None:
    """That the method changed within the series: the newest change, with its regulation."""
    found = breaks(indicator, values)
    if not found:
        return None
    newest = found[-1]
    params = _named(indicator) | {
        "year": When(str(newest.year)),
        "regulation": Plain(newest.regulation),
    }
    return Finding("finding.method_break", params, "unknown")


def busiest_month(series: pd.DataFrame, *, unit: str, rules: ReportingRules = STANDARD) -> Finding | None:
    """Month with the highest value.

    Parameters
    ----------
    series : DataFrame
        ``period`` (months), ``value``, ``received``, ``expected``; months of which fewer than 60 % of
        the reports came are not compared.
    unit : str
        Key of the unit in the text catalogue.

    Returns
    -------
    Finding or None
        None with fewer than three comparable months or if the highest tie.
    """
    is_known = series["value"].notna()
    coverage = zip(series["received"], series["expected"], strict=True)
    is_thin = pd.Series([is_provisional(r, e, rules=rules) for r, e in coverage], index=series.index)
    known = series[is_known & ~is_thin.astype(bool)].sort_values("value", ascending=False)
    if len(known) < 3 or known["value"].iloc[0] == known["value"].iloc[1]:
        return None
    top = known.iloc[0]
    params: dict[str, Parameter] = {
        "period": When(str(top["period"])),
        "value": Number(float(top["value"])),
        "unit": Label(unit),
    }
    return Finding("finding.busiest_month", params)


def programme(values: pd.DataFrame, *, areas: Sequence[str], period: str) -> Finding | None:
    """How many TPBIS libraries there are, and which of the areas have none.

    Parameters
    ----------
    values : DataFrame
        Values of a count of libraries by area (the measure ``tpbis_libraries``).
    areas : sequence of str
        All area codes of that level.
    period : str
        Year.

    Returns
    -------
    Finding or None
        None if no area has any.
    """
    rows = values[
        (values["period"] == period) & values["area_code"].isin(list(areas)) & (values["value"] > 0)
    ]
    if rows.empty:
        return None
    absent = tuple(sorted(set(areas) - set(rows["area_code"])))
    params: dict[str, Parameter] = {
        "count": Number(float(rows["value"].sum())),
        "reached": Number(len(rows)),
        "period": When(period),
    }
    if not absent:
        return Finding("finding.programme_everywhere", params, "good")
    if len(absent) <= NAMED_AT_MOST:
        return Finding("finding.programme_absent", params | {"areas": Places(absent)}, "bad")
    return Finding("finding.programme_many_absent", params | {"absent": Number(len(absent))}, "bad")


def _may_be_chance(
    one: pd.Series[Any], other: pd.Series[Any], *, indicator: Indicator, edition: Edition
) -> bool:
    """Whether two values of random samples differ by no more than chance, or that is not known."""
    if not edition.is_random_sample:
        return False
    samples = [(float(row["value"]), None if pd.isna(row["n"]) else float(row["n"])) for row in (one, other)]
    chance = margin(samples[0], samples[1], indicator=indicator, edition=edition)
    return chance is None or abs(samples[0][0] - samples[1][0]) <= chance


def _named(indicator: Indicator) -> dict[str, Parameter]:
    return {"indicator": Label(f"indicator_short.{indicator.id}")}


def _decimals(indicator: Indicator, edition: Edition) -> int:
    return indicator.decimals if edition.decimals is None else edition.decimals


def _unit(indicator: Indicator, edition: Edition) -> Label:
    return Label(f"unit.{edition.unit or indicator.unit}")


def _tone(indicator: Indicator, *, is_more: bool) -> Tone:
    if indicator.direction == "neutral":
        return "neutral"
    return "good" if is_more == (indicator.direction == "higher_is_better") else "bad"
