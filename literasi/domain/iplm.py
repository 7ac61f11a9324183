"""Simulation of the library index IPLM: what can be worked out locally, and what cannot.

Official values are imported and never recomputed. To 2024 the index is the mean of seven standardised
components; from raw figures only ratios can be had, since the standardising constants Ki are not published.
From 2025 each group of the form is transformed against all regencies of the nation, so a regency cannot
reproduce its score: there are raw figures, how much of the form is filled, and a what-if of values that the
user types.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, Self

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

Text = Annotated[str, Field(min_length=1)]
Grade = Literal["A", "B", "C", "X"]
Group = Literal["K", "S", "P", "M"]
Dimension = Literal["compliance", "performance"]

UPLM, FORM = "uplm", "form_2025"
EDITIONS = (UPLM, FORM)
"""Values of ``iplm_inputs.edition``."""

N_COMPONENTS = 7
GROUPS: tuple[Group, ...] = ("K", "S", "P", "M")


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Model):
    """Where a parameter was read, and how good that is.

    Attributes
    ----------
    grade : str
        ``A`` official text, ``B`` press or government page, ``C`` public code, ``X`` our own decision.
    source : str
    """

    grade: Grade
    source: Text


class Component(_Model):
    """One of the seven elements: a numerator ÷ a denominator, both fields of ``iplm_inputs``.

    Attributes
    ----------
    id : str
        Id of the indicator with its published values.
    instead_of : mapping of str to str
        Level of library to another denominator.
    """

    id: Text
    numerator: Text
    denominator: Text
    instead_of: Mapping[str, Text] = Field(default_factory=dict)

    def denominator_of(self, level: str) -> str:
        """Give the field that a level's numerator is divided by."""
        return self.instead_of.get(level, self.denominator)


class LibraryType(_Model):
    """A type of library: its weight, and the levels whose ratios are summed in it."""

    id: Text
    weight: float = Field(gt=0, le=1)
    levels: tuple[Text, ...] = Field(min_length=1)


class UplmRules(_Model):
    """The method to 2024."""

    last_year: int = Field(ge=2000, le=2100)
    index: Evidence
    components: tuple[Component, ...] = Field(min_length=N_COMPONENTS, max_length=N_COMPONENTS)
    types: tuple[LibraryType, ...] = Field(min_length=1)
    ratios: Evidence

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if abs(sum(one.weight for one in self.types) - 1) > 1e-9:
            raise ValueError("weights of the types must add up to 1")
        if len(set(self.levels)) != len(self.levels):
            raise ValueError("a level belongs to one type")
        if any(set(one.instead_of) - set(self.levels) for one in self.components):
            raise ValueError("instead_of names levels that are not there")
        return self

    @property
    def levels(self) -> tuple[str, ...]:
        """Levels of library in order."""
        return tuple(level for one in self.types for level in one.levels)

    def asked(self, level: str) -> tuple[str, ...]:
        """Give the fields that the ratios of a level need."""
        fields = [field for one in self.components for field in (one.numerator, one.denominator_of(level))]
        return tuple(dict.fromkeys(fields))


class FormField(_Model):
    """One column of the form.

    Attributes
    ----------
    column : str
        Letter of its column in the official form.
    is_budget : bool
        Whether it is money, which one reading of the method leaves out.
    dashboard : str, optional
        What of the dashboard's own data stands beside it (`literasi.domain.iplm_known`).
    """

    id: Text
    column: Text
    is_budget: bool = False
    dashboard: Text | None = None


class FormGroup(_Model):
    """One group of the form: K koleksi, S tenaga, P pelayanan, M pengelolaan."""

    id: Group
    dimension: Dimension
    fields: tuple[FormField, ...] = Field(min_length=1)


class Weights(Evidence):
    """Weights of the two dimensions."""

    compliance: float = Field(gt=0, lt=1)
    performance: float = Field(gt=0, lt=1)


class CoverageTarget(Evidence):
    """A documented share of a region's libraries that must have filled in the form."""

    id: Text
    share: float = Field(gt=0, le=1)


class FormRules(_Model):
    """The form of the method since 2025."""

    first_year: int = Field(ge=2000, le=2100)
    weights: Weights
    types: tuple[Text, ...] = Field(min_length=1)
    columns: Evidence
    groups: tuple[FormGroup, ...]
    targets: tuple[CoverageTarget, ...] = Field(min_length=1)
    dashboard: Evidence

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if abs(self.weights.compliance + self.weights.performance - 1) > 1e-9:
            raise ValueError("weights of the dimensions must add up to 1")
        if tuple(group.id for group in self.groups) != GROUPS:
            raise ValueError(f"groups must be {', '.join(GROUPS)}")
        for names in ([one.id for one in self.fields], [one.column for one in self.fields]):
            if len(set(names)) != len(names):
                raise ValueError("ids and columns of fields must differ")
        return self

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Fields of all groups in the order of the form."""
        return tuple(field for group in self.groups for field in group.fields)


class IplmRules(_Model):
    """Parameters of the simulation by edition, as declared in ``data/rules/iplm.yml``."""

    uplm: UplmRules
    form_2025: FormRules


# The method to 2024


def index(components: Sequence[float | None]) -> float | None:
    """Index of seven components that are already standardised: Σ ÷ 7 × 100.

    Parameters
    ----------
    components : sequence of float or None
        UPLM1 to UPLM7, each 0 to 1.

    Returns
    -------
    float or None
        Points, 0 to 100; None where a component is missing: it is not taken as 0, nor is the mean taken
        over fewer.

    Raises
    ------
    ValueError
        If there are not seven, or one lies outside 0 to 1 and so is no standardised value.

    Notes
    -----
    Methodology §2.2. Sukoharjo 2022: Σ = 5.029441 gives 71.85, as published.
    """
    if len(components) != N_COMPONENTS:
        raise ValueError(f"{N_COMPONENTS} components, not {len(components)}")
    known = [float(value) for value in components if value is not None and pd.notna(value)]
    if any(not 0 <= value <= 1 for value in known):
        raise ValueError("a standardised component lies between 0 and 1")
    return sum(known) / N_COMPONENTS * 100 if len(known) == N_COMPONENTS else None


@dataclass(frozen=True, slots=True)
class RawRatio:
    """Ratio of one component from raw figures, not standardised and so no part of an index.

    Attributes
    ----------
    value : float or None
        Σ over types of weight × Σ over levels of numerator ÷ denominator, over the known levels only.
        Ratios are not negative, so of an incomplete sum it is the least. None where no level is known.
    known, asked : int
        Levels with a ratio, and levels there are.
    """

    component: str
    value: float | None
    known: int
    asked: int

    @property
    def is_complete(self) -> bool:
        """Whether no level is missing."""
        return self.known == self.asked


def level_ratios(inputs: pd.DataFrame, *, rules: UplmRules) -> pd.DataFrame:
    """Ratio of each component and level of library.

    Parameters
    ----------
    inputs : DataFrame
        Rows of ``iplm_inputs`` of one area, year and edition `UPLM`: ``library_type`` (a level),
        ``form_field`` and ``value``.

    Returns
    -------
    DataFrame
        One row per component and level: ``component``, ``library_type`` (the type), ``level``, ``weight``,
        ``numerator``, ``denominator``, ``ratio`` (numerator ÷ denominator; NaN where one is missing, or the
        denominator is 0).
    """
    given = values(inputs)
    rows = []
    for component in rules.components:
        for one in rules.types:
            for level in one.levels:
                top = given.get((level, component.numerator))
                bottom = given.get((level, component.denominator_of(level)))
                rows.append(
                    {
                        "component": component.id,
                        "library_type": one.id,
                        "level": level,
                        "weight": one.weight,
                        "numerator": top,
                        "denominator": bottom,
                        "ratio": top / bottom if top is not None and bottom else None,
                    }
                )
    numbers = dict.fromkeys(("weight", "numerator", "denominator", "ratio"), "float64")
    return pd.DataFrame(rows).astype(numbers)


def raw_ratios(inputs: pd.DataFrame, *, rules: UplmRules) -> tuple[RawRatio, ...]:
    """Weighted ratio of each component from raw figures (see `RawRatio`).

    Parameters
    ----------
    inputs : DataFrame
        As for `level_ratios`.
    rules : UplmRules

    Notes
    -----
    Methodology §2.2, the calculator's numerators, denominators and weights; every level of a component is
    divided by its own denominator, also where the calculator misplaces a bracket. Its "angka koreksi" and
    the constants Ki are not known and not applied.
    """
    levels = level_ratios(inputs, rules=rules)
    levels["part"] = levels["weight"] * levels["ratio"]
    found = []
    for component, rows in levels.groupby("component", sort=False):
        known = int(rows["ratio"].notna().sum())
        value = float(rows["part"].sum()) if known else None
        found.append(RawRatio(str(component), value, known, len(rows)))
    return tuple(found)


# The form since 2025


def fill(inputs: pd.DataFrame, *, asked: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """How much of what is asked was filled in; 0 is filled, an empty cell is not.

    Parameters
    ----------
    inputs : DataFrame
        Rows of ``iplm_inputs`` of one area, year and edition.
    asked : mapping of str to sequence of str
        Type or level of library to the fields asked of it.

    Returns
    -------
    DataFrame
        One row per key of `asked`: ``library_type``, ``filled``, ``asked`` (counts of fields).
    """
    given = values(inputs)
    rows = [
        {
            "library_type": kind,
            "filled": sum((kind, field) in given for field in fields),
            "asked": len(fields),
        }
        for kind, fields in asked.items()
    ]
    return pd.DataFrame(rows, columns=["library_type", "filled", "asked"])


def form_fill(inputs: pd.DataFrame, *, rules: FormRules, with_budgets: bool = True) -> pd.DataFrame:
    """How much of each group of the form was filled in, by type of library.

    Parameters
    ----------
    inputs : DataFrame
        Rows of ``iplm_inputs`` of one area, year and edition `FORM`.
    rules : FormRules
    with_budgets : bool
        Whether the columns of money count, which one reading of the method leaves out.

    Returns
    -------
    DataFrame
        One row per group and type: ``group``, ``library_type``, ``filled``, ``asked``.
    """
    parts = []
    for group in rules.groups:
        fields = [one.id for one in group.fields if with_budgets or not one.is_budget]
        part = fill(inputs, asked=dict.fromkeys(rules.types, fields))
        part.insert(0, "group", group.id)
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def values(inputs: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Values that are given, by type of library and field."""
    given = inputs[inputs["value"].notna()]
    return {
        (str(kind), str(field)): float(value)
        for kind, field, value in given[["library_type", "form_field", "value"]].itertuples(index=False)
    }


@dataclass(frozen=True, slots=True)
class Factor:
    """Completeness factor for one documented target.

    Attributes
    ----------
    value : float or None
        min(reported ÷ (target × population), 1); None where one of them is not known or there is no library.
    reported, population : float or None
        Libraries that filled in the form, and libraries there are, of all types.
    """

    target: CoverageTarget
    reported: float | None
    population: float | None

    @property
    def value(self) -> float | None:
        """The factor, 0 to 1."""
        if self.reported is None or not self.population:
            return None
        return min(self.reported / (self.target.share * self.population), 1.0)


def factors(inputs: pd.DataFrame, *, rules: FormRules) -> tuple[Factor, ...]:
    """Completeness factor of a region, once for each documented target.

    Parameters
    ----------
    inputs : DataFrame
        Rows of ``iplm_inputs`` of one area, year and edition `FORM`, with the fields
        ``libraries_reported`` and ``libraries_total``. Only types of which both are given are summed.
    rules : FormRules
    """
    given = values(inputs)
    pairs = [
        (given.get((kind, "libraries_reported")), given.get((kind, "libraries_total")))
        for kind in rules.types
    ]
    known = [(top, bottom) for top, bottom in pairs if top is not None and bottom is not None]
    reported = sum(top for top, _ in known) if known else None
    population = sum(bottom for _, bottom in known) if known else None
    return tuple(Factor(target, reported, population) for target in rules.targets)


def what_if(groups: Mapping[Group, float], *, rules: FormRules) -> float:
    """Composite of four values that somebody assumes: 100·(0.30·(K+S)/2 + 0.70·(P+M)/2).

    Parameters
    ----------
    groups : mapping of Group to float
        K, S, P and M, each 0 to 1, as the transformation against the nation would give them.
    rules : FormRules

    Returns
    -------
    float
        Points, 0 to 100.

    Raises
    ------
    ValueError
        If a group is missing or lies outside 0 to 1.
    """
    if set(groups) != set(GROUPS) or any(not 0 <= value <= 1 for value in groups.values()):
        raise ValueError("K, S, P and M, each between 0 and 1")
    means = {
        dimension: [groups[group.id] for group in rules.groups if group.dimension == dimension]
        for dimension in ("compliance", "performance")
    }
    weights = {"compliance": rules.weights.compliance, "performance": rules.weights.performance}
    return 100 * sum(weights[name] * sum(parts) / len(parts) for name, parts in means.items())
