"""Which village or regency next: a score of weighted gaps, and how far it can be trusted.

The score is Σ weight x gap ÷ Σ weight, from 0 to 100. A gap that is known only within a range, or not at all
(then anything from 0 to 1), gives the score a range: nothing missing counts as zero, and no weight disappears
because its gap is not known. Where it is not known whether a village has a library, either its absence counts
or what it lacks, whichever is more, and never both. Areas stand in order of the middle of their range; their
rank is a range too, and two areas are told apart only where their score ranges do not overlap.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

from literasi.domain.findings import Finding, Findings, Label, Number, Parameter, Places, Share
from literasi.domain.gaps import MAYBE_LIBRARY

Target = Literal["village", "regency"]
ComponentId = Literal[
    "no_library", "no_trained", "inactive", "snp", "silence", "residents", "sea", "small_island"
]
Weights = Mapping[str, int]
Floats = npt.NDArray[np.float64]

HEAVIEST: Final = 10
ABSENCE: Final = "no_library"
DECIMALS: Final = 1
PARTS: Final = (
    "area_code",
    "component",
    "state",
    "raw_low",
    "raw_high",
    "low",
    "high",
    "reason",
    "detail",
    "when",
    "source_id",
)
RANKING: Final = ("area_code", "score", "low", "high", "best", "worst", "stays")
_PAIR = re.compile(r"([a-z])(\d{1,2})", re.ASCII)
_TIE = 9

Text = Annotated[str, Field(min_length=1)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Component(_Model):
    """One part of the score.

    Attributes
    ----------
    id : str
    code : str
        One letter, for the address.
    weight : int
        From 0 to 10, unless the user chooses another.
    unit : str
        Unit of the raw value.
    zero_at, full_at : float
        Raw values with the gap 0 and 1; linear between, cut outside. `full_at` may be the smaller one.
    needs : tuple of str
        Tables that must hold rows for it to be known.
    source : str
        Who says so.
    """

    id: ComponentId
    code: Annotated[str, Field(pattern="^[a-z]$")]
    weight: int = Field(ge=0, le=HEAVIEST)
    unit: Literal["share", "months", "residents", "kilometres", "square_kilometres"]
    zero_at: float
    full_at: float
    needs: tuple[Text, ...] = Field(min_length=1)
    source: Text

    @model_validator(mode="after")
    def _has_a_span(self) -> Self:
        if self.zero_at == self.full_at:
            raise ValueError("zero_at and full_at must differ")
        return self


class Sensitivity(_Model):
    """How the order is tried: weights drawn independently within ±`spread`, and the size of the top."""

    spread: float = Field(gt=0, lt=1)
    draws: int = Field(ge=100, le=20_000)
    seed: int = Field(ge=0)
    top: dict[Target, Annotated[int, Field(ge=1)]]


class SeatPlace(_Model):
    """Where a regency is governed from, and who says so."""

    name: Text
    latitude: float = Field(ge=-11, le=7)
    longitude: float = Field(ge=94, le=142)
    source: Text


class Bridge(_Model):
    """Islands (codes of ``islands.csv``) that bridges connect with the seat of their regency."""

    islands: tuple[Text, ...] = Field(min_length=1)
    regency: Text
    source: Text


class PriorityRules(_Model):
    """Components, weights and limits, and what is assumed of places: ``data/rules/priority.yml``.

    Attributes
    ----------
    components : tuple of Component
        In the order of the screen and of the address.
    list_indicator : str
        Indicator whose ``incomplete`` says that the list of libraries is known to lack some.
    unplaced_share : float
        As `literasi.domain.gaps.Basis` has it.
    sensitivity : Sensitivity
    district_radius_km : float
    seats : mapping of str to SeatPlace
        By code of the regency.
    bridges : tuple of Bridge
    """

    components: tuple[Component, ...] = Field(min_length=1)
    list_indicator: Text
    unplaced_share: float = Field(ge=0, le=1)
    sensitivity: Sensitivity
    district_radius_km: float = Field(gt=0)
    seats: dict[str, SeatPlace]
    bridges: tuple[Bridge, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for name in ("id", "code"):
            values = [getattr(component, name) for component in self.components]
            if len(set(values)) != len(values):
                raise ValueError(f"component {name}s must differ")
        if not any(component.weight for component in self.components):
            raise ValueError("some component must have a weight")
        if missing := {"village", "regency"} - set(self.sensitivity.top):
            raise ValueError(f"sensitivity.top lacks {sorted(missing)}")
        return self

    @property
    def weights(self) -> dict[str, int]:
        """The default weights by component."""
        return {str(component.id): component.weight for component in self.components}

    def component(self, component: str) -> Component:
        """Give the component of that id."""
        return next(one for one in self.components if one.id == component)


# Weights in the address


def read_weights(text: str, *, rules: PriorityRules) -> dict[str, int] | None:
    """Read weights as they stand in the address: ``p10-k0``; what is not named keeps its default.

    Returns
    -------
    dict or None
        Weight by component in the order of the rules; None where the text is not one that `write_weights`
        could have written in some order: an unknown or repeated letter, a weight above 10, all weights 0.
    """
    chosen = rules.weights
    by_code = {component.code: component.id for component in rules.components}
    seen: set[str] = set()
    for part in text.split("-") if text else []:
        match = _PAIR.fullmatch(part)
        if match is None or match[1] not in by_code or match[1] in seen or int(match[2]) > HEAVIEST:
            return None
        seen.add(match[1])
        chosen[by_code[match[1]]] = int(match[2])
    return chosen if any(chosen.values()) else None


def write_weights(weights: Weights, *, rules: PriorityRules) -> str:
    """Write the weights that differ from the default, in the order of the rules; empty where none does."""
    return "-".join(
        f"{component.code}{weights[component.id]}"
        for component in rules.components
        if weights[component.id] != component.weight
    )


# Gaps from 0 to 1


def normalised(gaps: pd.DataFrame, *, rules: PriorityRules) -> pd.DataFrame:
    """Put gaps on one scale.

    Parameters
    ----------
    gaps : DataFrame
        As from `literasi.domain.gaps.gaps`.

    Returns
    -------
    DataFrame
        Columns `PARTS`; ``low`` and ``high`` from 0 (no gap) to 1. A gap that is not known is from 0 to 1;
        one that cannot exist (state ``none``) is 0. A range that says no more than that is ``missing``.
    """
    limits = {component.id: component for component in rules.components}
    zero = gaps["component"].map({name: one.zero_at for name, one in limits.items()})
    span = gaps["component"].map({name: one.full_at - one.zero_at for name, one in limits.items()})
    ends = pd.DataFrame(
        {name: ((gaps[name] - zero) / span).clip(0, 1) for name in ("raw_low", "raw_high")}, dtype="float64"
    )
    is_none = gaps["state"].eq("none")
    low = ends.min(axis=1).mask(gaps["raw_low"].isna(), 0.0)
    high = ends.max(axis=1).mask(gaps["raw_high"].isna(), 1.0).mask(is_none, 0.0)
    state = gaps["state"].mask((low <= 0) & (high >= 1), "missing")
    state = state.mask(~is_none & (low == high), "known").mask(is_none, "none")
    return gaps.assign(low=low, high=high, state=state)[list(PARTS)]


def roll_up(parts: pd.DataFrame) -> pd.DataFrame:
    """Give the gaps of regencies: the mean of those of their villages, each counted once.

    Parameters
    ----------
    parts : DataFrame
        Columns `PARTS`, of villages.

    Returns
    -------
    DataFrame
        Columns `PARTS`. Components about a library are over the villages that are known to have one; a
        regency without any has the state ``none`` there, or ``missing`` where a village may have one.
        ``detail`` is the number of villages the mean is over; raw values are kept only where all villages
        share them.
    """
    frame = parts.assign(area_code=parts["area_code"].str[:5])
    is_maybe = frame["reason"].eq(MAYBE_LIBRARY)
    is_sure = frame["state"].ne("none") & ~is_maybe
    has_sure = is_sure.groupby([frame["area_code"], frame["component"]]).transform("any")
    applies = frame[is_sure | (is_maybe & ~has_sure)]
    groups = applies.groupby(["area_code", "component"], sort=False)
    out = groups.agg(
        low=("low", "mean"),
        high=("high", "mean"),
        raw_low=("raw_low", _shared),
        raw_high=("raw_high", _shared),
        when=("when", _shared_text),
        source_id=("source_id", _shared_text),
        n=("low", "size"),
    )
    every = frame[["area_code", "component"]].drop_duplicates()
    out = every.merge(out.reset_index(), on=["area_code", "component"], how="left")
    is_none = out["n"].isna()
    low, high = out["low"].fillna(0.0), out["high"].fillna(0.0)
    state = pd.Series("range", index=out.index, dtype="str")
    state = state.mask((high - low).abs() < 1e-9, "known").mask((low <= 0) & (high >= 1), "missing")
    return out.assign(
        low=low,
        high=high,
        state=state.mask(is_none, "none"),
        reason=pd.Series("mean", index=out.index).mask(is_none, "no_library"),
        detail=out["n"].fillna(0).astype("int64").astype("str"),
        when=out["when"].fillna(""),
        source_id=out["source_id"].fillna(""),
    )[list(PARTS)]


def _shared(values: pd.Series[float]) -> float:
    return float(values.iloc[0]) if values.notna().all() and values.nunique() == 1 else np.nan


def _shared_text(values: pd.Series[str]) -> str:
    return str(values.iloc[0]) if values.nunique() == 1 else ""


def blind(parts: pd.DataFrame) -> tuple[str, ...]:
    """Give the components of which nothing is known wherever they apply: they tell no area from another."""
    applies = parts[parts["state"].ne("none") & parts["reason"].ne(MAYBE_LIBRARY)]
    known = set(applies.loc[applies["state"].ne("missing"), "component"])
    asked = set(applies["component"]) - known
    return tuple(component for component in dict.fromkeys(parts["component"]) if component in asked)


# Scores


def ranking(
    parts: pd.DataFrame, *, weights: Weights, sensitivity: Sensitivity, target: Target = "village"
) -> pd.DataFrame:
    """Score areas and put them in order.

    Parameters
    ----------
    parts : DataFrame
        Columns `PARTS`, every component of every area once.
    weights : mapping
        Weight by component, not all 0.
    sensitivity : Sensitivity
    target : str
        Says how many are the top.

    Returns
    -------
    DataFrame
        Columns `RANKING`, the highest score first, ties by code. ``score`` is the middle of ``low`` and
        ``high``, from 0 to 100. ``best`` and ``worst``: places it may have (1 is the highest score), given
        these ranges. ``stays``: share of the draws of weights in which it is at the top; where more areas tie
        for the last places than there are, they share them.
    """
    gaps = _matrix(parts, weights)
    codes, vector = gaps.codes, gaps.weights
    lowest, highest = (100 * ends / vector.sum() for ends in gaps.ends(vector))
    ends = np.round(lowest, DECIMALS), np.round(highest, DECIMALS)
    best = 1 + len(codes) - np.searchsorted(np.sort(ends[0]), ends[1], side="right")
    worst = len(codes) - np.searchsorted(np.sort(ends[1]), ends[0], side="left")
    out = pd.DataFrame(
        {
            "area_code": pd.Series(codes, dtype="str"),
            "score": (lowest + highest) / 2,
            "low": lowest,
            "high": highest,
            "best": best,
            "worst": worst,
            "stays": _stays(gaps, sensitivity, sensitivity.top[target]),
        }
    )
    shown = out["score"].round(_TIE)
    order = out.assign(shown=-shown).sort_values(["shown", "area_code"], kind="stable").index
    return out.loc[order, list(RANKING)].reset_index(drop=True)


def weighted(parts: pd.DataFrame, *, weights: Weights) -> pd.DataFrame:
    """Add what each part brings to the score: ``points_low``, ``points_high``, ``points`` (the middle).

    They add up to the score. Where a library is not known to be there, what it may lack brings only what
    exceeds the points of the missing library.
    """
    total = sum(weights[component] for component in dict.fromkeys(parts["component"]))
    factor = 100 * parts["component"].map(dict(weights)).astype("float64") / total
    low, high = factor * parts["low"], factor * parts["high"]
    is_maybe = parts["reason"].eq(MAYBE_LIBRARY)
    lacking = high.where(is_maybe, 0.0).groupby(parts["area_code"]).transform("sum")
    absent = high.where(parts["component"].eq(ABSENCE), 0.0).groupby(parts["area_code"]).transform("sum")
    exceeding = ((lacking - absent) / lacking.mask(lacking.eq(0))).clip(0).fillna(0.0)
    high = high.mask(is_maybe, high * exceeding)
    return parts.assign(
        weight=parts["component"].map(dict(weights)),
        points_low=low,
        points_high=high,
        points=(low + high) / 2,
    )


def main_reasons(parts: pd.DataFrame, *, weights: Weights, most: int = 2) -> dict[str, tuple[str, ...]]:
    """Give the components that surely add most to each score, heaviest first; none that may add nothing."""
    frame = weighted(parts, weights=weights)
    frame = frame[frame["points_low"].round(_TIE) > 0]
    frame = frame.sort_values(["area_code", "points_low"], ascending=[True, False], kind="stable")
    groups = frame.groupby("area_code")["component"]
    return {str(code): tuple(names.head(most)) for code, names in groups}


@dataclass(frozen=True, slots=True)
class _Gaps:
    """Gaps as areas x components, with the weights.

    Attributes
    ----------
    codes : list of str
    low, high : array
    maybe : array of bool
        What counts only if there is a library, of which it is not known.
    absent : int
        Column of the missing library; -1 without that component.
    weights : array
    """

    codes: list[str]
    low: Floats
    high: Floats
    maybe: npt.NDArray[np.bool_]
    absent: int
    weights: Floats

    def ends(self, weights: Floats) -> tuple[Floats, Floats]:
        """Sums of weight x gap, lowest and highest, by area (and by draw, one column of `weights` each)."""
        lacking = np.where(self.maybe, self.high, 0.0) @ weights
        if self.absent >= 0:
            lacking = lacking - np.multiply.outer(self.high[:, self.absent], weights[self.absent])
        highest = np.where(self.maybe, 0.0, self.high) @ weights
        is_maybe = self.maybe.any(axis=1).reshape(-1, *[1] * (weights.ndim - 1))
        return self.low @ weights, highest + np.where(is_maybe, np.maximum(lacking, 0.0), 0.0)


def _matrix(parts: pd.DataFrame, weights: Weights) -> _Gaps:
    names = [name for name in weights if name in set(parts["component"])]
    frame = parts.assign(maybe=parts["reason"].eq(MAYBE_LIBRARY))
    wide = {
        name: frame.pivot(index="area_code", columns="component", values=name)[names].sort_index()
        for name in ("low", "high", "maybe")
    }
    vector = np.array([weights[name] for name in names], dtype="float64")
    if vector.sum() <= 0:
        raise ValueError("all weights are 0")
    return _Gaps(
        codes=[str(code) for code in wide["low"].index],
        low=wide["low"].to_numpy("float64"),
        high=wide["high"].to_numpy("float64"),
        maybe=wide["maybe"].to_numpy("bool"),
        absent=names.index(ABSENCE) if ABSENCE in names else -1,
        weights=vector,
    )


def _stays(gaps: _Gaps, sensitivity: Sensitivity, top: int) -> Floats:
    """Share of the draws in which each area is at the top."""
    count = len(gaps.codes)
    if count <= top:
        return np.ones(count)
    generator = np.random.default_rng(sensitivity.seed)
    drawn = gaps.weights * generator.uniform(
        1 - sensitivity.spread, 1 + sensitivity.spread, (sensitivity.draws, len(gaps.weights))
    )
    low, high = gaps.ends(drawn.T)
    scores = np.round((low + high) / 2 / drawn.sum(axis=1), _TIE)  # areas x draws
    last = np.partition(scores, count - top, axis=0)[count - top]
    above, tied = scores > last, scores == last
    places = (top - above.sum(axis=0)) / tied.sum(axis=0)
    shares: Floats = (above + tied * places).mean(axis=1)
    return shares


# What it says


def findings(
    ranked: pd.DataFrame,
    parts: pd.DataFrame,
    *,
    weights: Weights,
    sensitivity: Sensitivity,
    target: Target = "village",
) -> Findings:
    """Say what the order tells and what it does not.

    Parameters
    ----------
    ranked : DataFrame
        As from `ranking`.
    parts : DataFrame
        Of the same areas.
    weights, sensitivity, target
        What the ranking was made with.
    """
    count, top = len(ranked), sensitivity.top[target]
    first = ranked.iloc[0]
    sure = int((ranked["stays"].head(top) >= 0.9).sum())
    could_lead = int(ranked["best"].eq(1).sum())
    state: list[Finding] = []
    gap: list[Finding] = []
    unknown: list[Finding] = []
    first_params: dict[str, Parameter] = {
        "area": Places((str(first["area_code"]),)),
        "score": Number(float(first["score"]), DECIMALS),
        "low": Number(float(first["low"]), DECIMALS),
        "high": Number(float(first["high"]), DECIMALS),
    }
    tied = int((ranked["score"].round(DECIMALS) == round(float(first["score"]), DECIMALS)).sum())
    if tied > 1:
        state.append(Finding("finding.priority.tied", {"count": Number(tied), **first_params}))
    else:
        state.append(Finding("finding.priority.first", first_params))
    state.append(
        Finding(
            f"finding.priority.{_holds(sure, min(top, count))}",
            {
                "count": Number(sure),
                "top": Number(min(top, count)),
                "spread": Share(sensitivity.spread),
            },
        )
    )
    absent = parts[parts["component"].eq(ABSENCE)]
    surely = int(absent["low"].ge(1).sum())
    if target == "village" and surely:
        gap.append(
            Finding("finding.priority.without", {"count": Number(surely), "total": Number(count)}, "bad")
        )
    if could_lead == count > 1:
        unknown.append(Finding("finding.priority.nothing_told", {"count": Number(count)}, "unknown"))
    elif could_lead > 1:
        unknown.append(
            Finding(
                "finding.priority.could_lead",
                {"count": Number(could_lead), "total": Number(count)},
                "unknown",
            )
        )
    hidden = [name for name in blind(parts) if weights[name]]
    if hidden:
        share = sum(weights[name] for name in hidden) / sum(weights.values())
        unknown.append(
            Finding(
                "finding.priority.blind", {"count": Number(len(hidden)), "share": Share(share)}, "unknown"
            )
        )
    gap += _heaviest(parts, ranked["area_code"].head(top), weights)
    return Findings(tuple(state), tuple(gap), tuple(unknown))


def _holds(sure: int, top: int) -> Literal["stable", "unstable", "none_stable"]:
    if not sure:
        return "none_stable"
    return "stable" if 2 * sure >= top else "unstable"


def _heaviest(parts: pd.DataFrame, areas: Sequence[Any] | pd.Series[Any], weights: Weights) -> list[Finding]:
    """The component that surely adds most to the scores of the top."""
    rows = weighted(parts, weights=weights)
    rows = rows[rows["area_code"].isin(list(areas))]
    means = rows.groupby("component", sort=False)["points_low"].mean()
    if means.empty or means.max() <= 0:
        return []
    name = str(means.idxmax())
    return [
        Finding(
            "finding.priority.heaviest",
            {
                "component": Label(f"priority.component.{name}"),
                "points": Number(float(means.max()), DECIMALS),
            },
        )
    ]
