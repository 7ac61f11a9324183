"""What is found in a file: faults, advices, and questions that only the operator can answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

SHOWN_CHARACTERS = 200
Weight = Literal["fail", "advise"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file: 1-based row and column; 0 for a whole sheet, row or column."""

    sheet: str
    row: int = 0
    column: int = 0
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule at one place.

    Attributes
    ----------
    weight : {"fail", "advise"}
        A fault keeps the file from being committed. An advice does not: it is cleared by writing why
        the value is right, or stays open and is listed with the completeness of the data.
    rule : str
        Texts under ``intake.rule.<rule>`` (what is wrong) and ``intake.remedy.<rule>`` (what to do).
    place : Place
    value : str
        As the file has it, at most `SHOWN_CHARACTERS`.
    params : mapping
        Values for the placeholders of the texts.
    advice : str
        For an advice, its key over all files: table, row key, column and rule, joined by U+001F.
        Empty for a fault, and for an advice about a file rather than a value.
    """

    weight: Weight
    rule: str
    place: Place
    value: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One possible answer: its code and what the operator reads."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is asked, never guessed.

    Attributes
    ----------
    id : str
        The same for the same question in the next examination of the file.
    kind : {"area", "library", "event", "same_library", "same_person", "number", "date"}
        ``intake.question.<kind>`` says it in words, with `params`.
    written : str
        What the file says.
    params : mapping
    places : tuple of Place
        Where; at most the first twenty.
    count : int
        How many rows.
    options : tuple of Option
        ``NEW`` among them where the answer may be a new library.
    beside : tuple of mapping
        For ``same_library`` and ``same_person``: the rows to be shown side by side, heading to value.
    """

    id: str
    kind: Literal["area", "library", "event", "same_library", "same_person", "number", "date"]
    written: str
    params: Mapping[str, object]
    places: tuple[Place, ...]
    count: int
    options: tuple[Option, ...]
    beside: tuple[Mapping[str, str], ...] = ()


NEW = "+"
"""Answer: it is one that the register does not have yet."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the operator has said so far; empty at first.

    Attributes
    ----------
    forms : mapping of str to str
        Sheet name to form name; "" leaves the sheet out.
    fields : mapping of (str, int) to str
        Sheet name and 1-based column to field name; "" leaves the column out.
    constants : mapping of (str, str) to str
        Sheet name and field name to what holds for every row of the sheet and is not in it
        (the event of an attendance list, the library of a guest book).
    questions : mapping of str to str
        Question id to the code of the option.
    reasons : mapping of str to str
        Key of an advice to why the value is right.
    replaces : frozenset of str
        Sheets that are the whole of what they are about: rows of that event, or of those libraries
        and months, which are not in the file, are removed.
    """

    forms: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[tuple[str, int], str] = field(default_factory=dict)
    constants: Mapping[tuple[str, str], str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    replaces: frozenset[str] = frozenset()
