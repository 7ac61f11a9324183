"""Rows of the yearly accountability reports (LKjIP, LPPD), and what may be said of them in words.

A percentage of the target stands only where the scale has a true zero and more is better: 70 of 72 points of
an index are not "97 % of the literacy". It is capped nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from literasi.domain.coverage import STANDARD, ReportingRules, is_provisional
from literasi.domain.findings import Finding, Label, Number, Parameter, Places, Plain, Share, When
from literasi.domain.indicators import Edition, Indicator
from literasi.domain.levels import NATION
from literasi.domain.observations import drawn
from literasi.domain.sampling import margin
from literasi.domain.series import MINIMUM_BASE
from literasi.domain.targets import Progress, TargetSettings, assess, decimals_of, is_small, missing_to

Change = Literal[
    "rose",
    "fell",
    "same",
    "not_random",
    "uncertain",
    "incomplete",
    "unfinished",
    "other_edition",
    "other_producer",
    "no_previous",
    "no_value",
]
WITH_ZERO = ("percent", "count", "rate", "ratio")
"""Scales on which a value may be divided by its target."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: an indicator under one edition, for one area and year.

    Attributes
    ----------
    indicator, edition
    area_code, year
    target, document
        Of that year; None and empty where there is none.
    value : float or None
        Of that year and edition.
    is_unfinished, is_provisional, is_small : bool
        The year is not over; too few reports came, or the publisher calls it provisional; it rests on fewer
        than the indicator's minimum n.
    ratio : float or None
        Value ÷ target, 1 = 100 %; None where that means nothing.
    previous : float or None
        Value of the year before, same edition and producer.
    change : str
        What may be said of the difference to the year before.
    end_year, end_target
        Last target of the same edition, of the same document where the year has one.
    nation : float or None
        Same edition, producer and year.
    progress : Progress
        Against the target of the year; without one against that of the end.
    sources : tuple of str
    """

    indicator: Indicator
    edition: Edition
    area_code: str
    year: int
    target: float | None
    document: str
    value: float | None
    is_unfinished: bool
    is_provisional: bool
    is_small: bool
    ratio: float | None
    previous: float | None
    change: Change
    end_year: int | None
    end_target: float | None
    nation: float | None
    progress: Progress
    sources: tuple[str, ...]

    @property
    def decimals(self) -> int:
        """Decimals with which its numbers are written."""
        return decimals_of(self.indicator, self.edition.id)

    @property
    def unit(self) -> str:
        """Key of its unit."""
        return self.edition.unit or self.indicator.unit

    @property
    def still_required(self) -> float | None:
        """Change per year from this year to the end of the plan; None where nothing is missing or known."""
        if self.value is None or self.end_target is None or self.end_year is None or self.is_unfinished:
            return None
        missing = missing_to(self.end_target, self.value, indicator=self.indicator)
        is_judged = self.progress.reason in ("", "already", "no_path")
        return (
            missing / (self.end_year - self.year)
            if missing > 0 and self.end_year > self.year and is_judged
            else None
        )


def rows(
    values: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    indicator: Indicator,
    area: str,
    year: int,
    settings: TargetSettings,
    this_year: int,
    unfinished: Collection[str] = (),
    rules: ReportingRules = STANDARD,
) -> tuple[Row, ...]:
    """Give the rows of an indicator: one per target of the year, and one per edition that only has a value.

    Parameters
    ----------
    values : DataFrame
        Tidy yearly values of the area and the nation.
    targets : DataFrame
        Table ``targets``.
    indicator, area, year
    settings, this_year, unfinished, rules
        As for `literasi.domain.targets.assess`. Values later than `year` are not looked at.

    Returns
    -------
    tuple of Row
        In the order of the indicator's editions; empty where there is neither value nor target.
    """
    known = values[values["value"].notna() & values["is_preferred"] & values["period"].str.len().eq(4)]
    known = known[known["period"].astype("int64") <= year]
    mine = targets[targets["indicator_id"].eq(indicator.id) & targets["area_code"].eq(area)]
    judged = assess(
        known,
        targets,
        indicator=indicator,
        area=area,
        settings=settings,
        this_year=this_year,
        unfinished=unfinished,
        rules=rules,
    )
    own = drawn(known, area=area)
    out: list[Row] = []
    for edition in indicator.editions:
        same = own[own["edition"].eq(edition.id)]
        aims: list[Progress | None] = [p for p in judged if p.year == year and p.edition == edition.id]
        is_aimed_later = (
            edition.first_year <= year and (mine["edition"].eq(edition.id) & mine["year"].gt(year)).any()
        )
        if not aims and (is_aimed_later or _one(same, year) is not None):
            aims = [None]
        out += [
            _row(
                known,
                mine,
                aim,
                judged=judged,
                indicator=indicator,
                edition=edition,
                area=area,
                year=year,
                unfinished=unfinished,
                rules=rules,
            )
            for aim in aims
        ]
    return tuple(out)


def _row(
    known: pd.DataFrame,
    targets: pd.DataFrame,
    aim: Progress | None,
    *,
    judged: Iterable[Progress],
    indicator: Indicator,
    edition: Edition,
    area: str,
    year: int,
    unfinished: Collection[str],
    rules: ReportingRules,
) -> Row:
    mine = drawn(known, area=area)
    same = mine[mine["edition"].eq(edition.id)]
    now = _one(same, year)
    plan = targets[targets["edition"].eq(edition.id) & targets["year"].ge(year)].sort_values("year")
    plan = plan[plan["document"].eq(aim.document)] if aim else plan
    end = None if plan.empty else plan.iloc[-1]
    against = aim or next(
        (p for p in judged if end is not None and p.year == int(end["year"]) and p.edition == edition.id),
        Progress(indicator.id, area, "no_target"),
    )
    is_unfinished = now is not None and str(year) in unfinished
    is_thin = now is not None and (
        is_provisional(now["received"], now["expected"], rules=rules) or now["status"] == "provisional"
    )
    is_tiny = now is not None and is_small(now, indicator)
    # A year of which only some months were reported is no measure for a whole one.
    before = None if str(year - 1) in unfinished else _one(same, year - 1)
    is_comparable = now is not None and before is not None and before["producer"] == now["producer"]
    nation = _one(drawn(known, area=NATION).query("edition == @edition.id"), year)
    has_nation = now is not None and nation is not None and area != NATION
    value = None if now is None else float(now["value"])
    is_whole = not (is_unfinished or is_thin or is_tiny or indicator.incomplete)
    target = aim.target if aim else None
    sources = [against.source_id, "" if now is None or pd.isna(now["source_id"]) else str(now["source_id"])]
    return Row(
        indicator=indicator,
        edition=edition,
        area_code=area,
        year=year,
        target=target,
        document=aim.document if aim else "" if end is None else str(end["document"]),
        value=value,
        is_unfinished=is_unfinished,
        is_provisional=is_thin,
        is_small=is_tiny,
        ratio=_ratio(value, target, indicator) if is_whole else None,
        previous=float(before["value"]) if is_comparable and before is not None else None,
        change=_change(
            mine,
            now,
            before,
            indicator=indicator,
            edition=edition,
            year=year,
            is_unfinished=is_unfinished,
            rules=rules,
        ),
        end_year=None if end is None else int(end["year"]),
        end_target=None if end is None else float(end["value"]),
        nation=float(nation["value"])
        if has_nation and nation is not None and now is not None and nation["producer"] == now["producer"]
        else None,
        progress=against,
        sources=tuple(dict.fromkeys(source for source in sources if source)),
    )


def _one(rows: pd.DataFrame, year: int) -> pd.Series[Any] | None:
    found = rows[rows["period"].eq(str(year))]
    return None if found.empty else found.iloc[0]


def _ratio(value: float | None, target: float | None, indicator: Indicator) -> float | None:
    is_meant = indicator.scale in WITH_ZERO and indicator.direction == "higher_is_better"
    return value / target if value is not None and target and target > 0 and is_meant else None


def _change(
    mine: pd.DataFrame,
    now: pd.Series[Any] | None,
    before: pd.Series[Any] | None,
    *,
    indicator: Indicator,
    edition: Edition,
    year: int,
    is_unfinished: bool,
    rules: ReportingRules,
) -> Change:
    """Say what may be said of the difference to the year before: the first reason against saying anything."""
    if now is None:
        return "no_value"
    if is_unfinished:
        return "unfinished"
    if before is None:
        elsewhere = _one(mine[mine["edition"].ne(edition.id)], year - 1) is not None
        is_first = edition.first_year == year and (
            indicator.succeeds is not None or len(indicator.editions) > 1
        )
        return "other_edition" if elsewhere or is_first else "no_previous"
    if before["producer"] != now["producer"]:
        return "other_producer"
    if indicator.incomplete:
        return "incomplete"
    thin = any(
        is_small(row, indicator)
        or is_provisional(row["received"], row["expected"], rules=rules)
        or row["status"] == "provisional"
        for row in (before, now)
    )
    decimals = decimals_of(indicator, edition.id)
    difference = round(float(now["value"]), decimals) - round(float(before["value"]), decimals)
    if thin:
        return "uncertain"
    if not difference:
        return "same"
    if edition.is_random_sample is False:
        return "not_random"
    chance = margin(
        (float(before["value"]), before["n"]),
        (float(now["value"]), now["n"]),
        indicator=indicator,
        edition=edition,
    )
    if chance is None or abs(difference) <= chance:
        return "uncertain" if chance is None else "same"
    return "rose" if difference > 0 else "fell"


# In words


def narrative(rows: Iterable[Row]) -> list[tuple[Finding, ...]]:
    """Say each row in words: value against target, then the change, then what is left to the end of the plan.

    A rise or fall is named only beyond rounding and margin, within one edition and producer.
    """
    return [tuple(_said(row)) for row in rows]


def _said(row: Row) -> Iterator[Finding]:
    yield _against_target(row)
    if row.is_provisional and row.target is None:
        yield Finding("targets.say.provisional", _params(row), "unknown")
    if (change := _change_words(row)) is not None:
        yield change
    if (required := row.still_required) is not None:
        yield Finding(
            "targets.say.to_the_end",
            _params(row)
            | {
                "end_year": When(str(row.end_year)),
                "end_target": Number(row.end_target or 0.0, row.decimals),
                "required": Number(required, row.decimals),
                "gap_unit": _gap_unit(row),
            },
        )


def _params(row: Row) -> dict[str, Parameter]:
    return {
        "indicator": Label(f"indicator_short.{row.indicator.id}"),
        "area": Places((row.area_code,)),
        "year": When(str(row.year)),
        "unit": Label(f"unit.{row.unit}"),
    }


def _gap_unit(row: Row) -> Label:
    is_percent = row.indicator.scale == "percent"
    return Label("targets.percentage_points" if is_percent else f"unit.{row.unit}")


def _against_target(row: Row) -> Finding:
    params = _params(row)
    edition = Plain(row.edition.label)
    if row.value is None:
        if row.target is None:
            return Finding("targets.say.nothing_yet", params | {"edition": edition}, "unknown")
        key = "other_edition" if row.progress.reason == "other_edition" else "no_value"
        aim: dict[str, Parameter] = {"target": Number(row.target, row.decimals), "edition": edition}
        return Finding(f"targets.say.{key}", params | aim, "unknown")
    params |= {"value": Number(row.value, row.decimals)}
    if row.target is None:
        key = "untargeted_at_least" if row.indicator.incomplete else "untargeted"
        return Finding(f"targets.say.{key}", params, "unknown")
    params |= {"target": Number(row.target, row.decimals)}
    gap = row.progress.gap
    if row.progress.status == "insufficient" or gap is None:
        reason = Label(f"targets.reason.{row.progress.reason or 'no_value'}")
        return Finding("targets.say.doubtful", params | {"reason": reason}, "unknown")
    params |= {"gap": Number(abs(gap), row.decimals), "gap_unit": _gap_unit(row)}
    key = "exactly" if gap == 0 else "short" if gap > 0 else "beyond"
    return Finding(f"targets.say.{key}", params, "bad" if gap > 0 else "good")


def _change_words(row: Row) -> Finding | None:
    base: dict[str, Parameter] = {
        "indicator": Label(f"indicator_short.{row.indicator.id}"),
        "area": Places((row.area_code,)),
        "previous": When(str(row.year - 1)),
    }
    if row.change in ("no_value", "incomplete"):
        return None
    if row.change in ("same", "uncertain"):
        return Finding("finding.indistinct", base, "unknown")
    if row.change in ("other_edition", "other_producer", "no_previous", "unfinished"):
        return Finding(f"targets.say.{row.change}_before", base | {"year": When(str(row.year))}, "unknown")
    assert row.value is not None
    assert row.previous is not None
    old, new = round(row.previous, row.decimals), round(row.value, row.decimals)
    size = abs(new - old)
    points: dict[str, Parameter] = {"change": Number(size, row.decimals)}
    if row.change == "not_random":
        return Finding("finding.not_random", base | points, "unknown")
    tone: Literal["good", "bad"] = "good" if missing_to(new, old, indicator=row.indicator) > 0 else "bad"
    if row.indicator.scale == "index":
        return Finding(f"finding.{row.change}_points", base | points, tone)
    if row.indicator.scale == "percent":
        return Finding(f"finding.{row.change}_percentage_points", base | points, tone)
    if old > 0 and (row.indicator.scale != "count" or old >= MINIMUM_BASE):
        share: dict[str, Parameter] = {"change": Share(size / old)}
        return Finding(f"finding.{row.change}_percent", base | share, tone)
    unit: dict[str, Parameter] = {"unit": Label(f"unit.{row.unit}")}
    return Finding(f"finding.{row.change}_by", base | points | unit, tone)
