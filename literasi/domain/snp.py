"""National library standard (SNP) for village libraries: thresholds as data, and what a library meets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self, cast

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator

from literasi.domain.statistics import Share

Text = Annotated[str, Field(min_length=1)]
State = Literal["met", "not_met", "no_data"]
STATES: tuple[State, ...] = ("met", "not_met", "no_data")

SEPARATOR = ";"
"""Between the codes of a list in one text cell, as in ``reading;circulation``."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SnpTest(_Model):
    """One threshold.

    Attributes
    ----------
    id : str
        Unique among the tests of a rule set.
    attribute : str
        Column of the table ``libraries``.
    operator : str
        ``ge``: the number is at least `threshold`; ``is_true``: the boolean is true (no threshold);
        ``contains_all``: the list of codes, separated by `SEPARATOR`, holds every code of `threshold`.
    threshold : float or tuple of str, optional
        By operator.
    unit : str, optional
        Key of its unit: ``unit.<unit>``.
    label_key : str
        Key of its label in the text catalogue, for example ``snp.titles``.
    note : str, optional
        A caveat in Bahasa Indonesia, shown beside the result.
    """

    id: Text
    attribute: Text
    operator: Literal["ge", "is_true", "contains_all"]
    threshold: float | tuple[Text, ...] | None = None
    unit: Text | None = None
    label_key: Text
    note: Text | None = None

    @model_validator(mode="after")
    def _threshold_fits(self) -> Self:
        fits = {
            "ge": isinstance(self.threshold, float),
            "is_true": self.threshold is None,
            "contains_all": isinstance(self.threshold, tuple) and len(self.threshold) > 0,
        }
        if not fits[self.operator]:
            raise ValueError(f"threshold does not fit operator {self.operator}")
        return self


class SnpRules(_Model):
    """The tests of one standard, as declared in ``data/rules/snp_village.yml``.

    Attributes
    ----------
    id : str
        File name.
    title, regulation, source : str
        What it is, the regulation that sets it, and where the thresholds were read (address or document).
    valid_from : int
        Year from which the regulation is in force.
    kinds : tuple of str
        Kinds of ``libraries.kind`` that the standard is for; others are never assessed.
    tests : tuple of SnpTest
    not_found : tuple of str
        Parts of the standard whose threshold was not found, in Bahasa Indonesia; shown, never assessed.
    """

    id: Text
    title: Text
    regulation: Text
    valid_from: int = Field(ge=1945, le=2100)
    source: Text
    kinds: tuple[Text, ...] = Field(default=("village",), min_length=1)
    tests: tuple[SnpTest, ...] = Field(min_length=1)
    not_found: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        ids = [test.id for test in self.tests]
        if len(set(ids)) != len(ids):
            raise ValueError("test ids must differ")
        return self


@dataclass(frozen=True, slots=True)
class Assessment:
    """Result of one test at one library; `value` is what the library has, None where it is not known."""

    test: SnpTest
    state: State
    value: float | bool | tuple[str, ...] | None


def assess(library: Mapping[str, Any] | pd.Series[Any], *, rules: SnpRules) -> tuple[Assessment, ...]:
    """Compare one library with every threshold.

    Parameters
    ----------
    library : mapping or Series
        One row of the table ``libraries``. An absent or missing attribute is ``no_data``, never ``not_met``.
    rules : SnpRules

    Returns
    -------
    tuple of Assessment
        In the order of the rules; empty where the standard is not for this kind of library.
    """
    if library.get("kind") not in rules.kinds:
        return ()
    return tuple(_assess(test, library.get(test.attribute)) for test in rules.tests)


def met(assessments: tuple[Assessment, ...]) -> Share:
    """Tests met ÷ tests with data, of one library."""
    states = [assessment.state for assessment in assessments]
    return Share(states.count("met"), states.count("met") + states.count("not_met"))


def summary(libraries: pd.DataFrame, *, rules: SnpRules) -> pd.DataFrame:
    """Count, for each test, the libraries that meet it.

    Parameters
    ----------
    libraries : DataFrame
        Rows of the table ``libraries``; kinds that the standard is not for are left out.
    rules : SnpRules

    Returns
    -------
    DataFrame
        One row per test, in the order of the rules: ``test``, ``met``, ``not_met``, ``no_data``,
        ``tested`` (met + not met) as counts of libraries and ``value`` (met ÷ tested, 0 to 1, NaN
        where none was tested).
    """
    results = [result for _, row in libraries.iterrows() for result in assess(row, rules=rules)]
    out = []
    for test in rules.tests:
        states = [result.state for result in results if result.test == test]
        counts: dict[str, Any] = {state: states.count(state) for state in STATES}
        share = Share(counts["met"], counts["met"] + counts["not_met"])
        out.append({"test": test.id, **counts, "tested": int(share.denominator), "value": share.value})
    return pd.DataFrame(out)


def _assess(test: SnpTest, given: Any) -> Assessment:
    if given is None or pd.isna(given) or given == "":
        return Assessment(test, "no_data", None)
    value: float | bool | tuple[str, ...]
    if test.operator == "contains_all":
        value = tuple(code.strip() for code in str(given).split(SEPARATOR) if code.strip())
        is_met = set(cast("tuple[str, ...]", test.threshold)) <= set(value)
    elif test.operator == "is_true":
        value = is_met = bool(given)
    else:
        value = float(given)
        is_met = value >= cast("float", test.threshold)
    return Assessment(test, "met" if is_met else "not_met", value)
