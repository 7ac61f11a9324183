"""What a file would bring: the end of an examination, the beginning of a commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from literasi.intake.errors import IntakeError
from literasi.intake.findings import Answers, Finding, Question
from literasi.intake.sheets import File


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """How one column of a sheet was understood.

    Attributes
    ----------
    column : int
        1-based.
    heading : str
        As the file has it; two heading rows are joined by " – ".
    field : str
        Field of the form; "" where the column is left out.
    how : str
        ``stamp`` (our own template), ``remembered``, ``alias``, ``fuzzy`` (please look), ``chosen`` by
        the operator, ``personal`` (dropped before anything is stored), or ``unknown`` (left out).
    samples : tuple of str
        Up to three values; none of a personal column.
    may_be : str
        Field of figures that a column which is left out may also be by its heading; "" for none.
    """

    column: int
    heading: str
    field: str
    how: str
    samples: tuple[str, ...] = ()
    may_be: str = ""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """How one sheet was understood.

    Attributes
    ----------
    name : str
    form : str
        Name of the form; "" where the sheet is left out.
    how : str
        As `ReadColumn.how`, for the form.
    heading_rows : tuple of int
        1-based.
    first_row, last_row : int
        Data rows, 1-based; 0 where there are none.
    rows, skipped : int
        Rows read; and rows left out (examples of a template, totals, empty ones).
    columns : tuple of ReadColumn
        In order, without empty ones.
    missing : tuple of str
        Required fields that no column gives: the operator may give a constant.
    layout : str
        Name of this order of headings, under which the mapping is remembered.
    spread : tuple of (int, int)
        Of a recap: each column of a month, and the column of `columns` through which it is read; each
        column of totals, and 0.
    """

    name: str
    form: str
    how: str
    heading_rows: tuple[int, ...]
    first_row: int
    last_row: int
    rows: int
    skipped: int
    columns: tuple[ReadColumn, ...]
    missing: tuple[str, ...]
    layout: str
    spread: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file would bring, and what stands against it.

    Attributes
    ----------
    file : File
    answers : Answers
        That it was made with.
    sheets : tuple of ReadSheet
    findings : tuple of Finding
        All of them, faults first, then in the order of the file.
    questions : tuple of Question
        Those not answered yet.
    changes : mapping of str to DataFrame
        Rows per table, meeting their contracts; rows with faults are not among them.
    removals : mapping of str to DataFrame
        Keys of rows to remove, per table.
    head : int
        `Known.head` at the examination: what others have committed since is not known to it.
    """

    file: File
    answers: Answers
    sheets: tuple[ReadSheet, ...]
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    changes: Mapping[str, pd.DataFrame]
    removals: Mapping[str, pd.DataFrame]
    head: int = 0

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Findings that keep the file from being committed."""
        return tuple(finding for finding in self.findings if finding.weight == "fail")

    @property
    def is_ready(self) -> bool:
        """Whether it may be committed: no fault, no open question, and something to bring."""
        return not self.faults and not self.questions and any(len(rows) for rows in self.changes.values())

    def require_ready(self) -> None:
        """Do nothing if it may be committed.

        Raises
        ------
        IntakeError
            ``intake.error.not_ready``, with counts of faults and questions.
        """
        if not self.is_ready:
            faults, questions = len(self.faults), len(self.questions)
            raise IntakeError("not_ready", file=self.file.name, faults=faults, questions=questions)
