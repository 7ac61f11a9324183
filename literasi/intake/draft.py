"""One sheet on its way to a table: its typed values, its places, and what was found in it so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from literasi.intake import personal
from literasi.intake.findings import SHOWN_CHARACTERS, Finding, Option, Place, Question, Weight
from literasi.intake.forms import FORMS, Field, Form
from literasi.intake.matching import Ask, Matched
from literasi.intake.proposal import ReadSheet
from literasi.intake.sheets import Cell, Sheet

PLACES_SHOWN = 20
Bools = npt.NDArray[np.bool_]


class Draft:
    """The rows of one sheet that is read as a form. Positions count its data rows from 0.

    Parameters
    ----------
    sheet : Sheet
    read : ReadSheet
        How it is understood.
    rows : sequence of int
        1-based data rows.
    columns : mapping of str to (int, str)
        Field name to its 1-based column and heading; column 0 for what the operator said of all rows.
    constants : mapping of str to str
        Field name to what holds for every row.
    is_secret : callable
        Whether a column holds personal data: no finding repeats its values.
    """

    def __init__(
        self,
        sheet: Sheet,
        read: ReadSheet,
        rows: Sequence[int],
        columns: Mapping[str, tuple[int, str]],
        constants: Mapping[str, str],
        *,
        is_secret: Callable[[int], bool],
    ) -> None:
        self.sheet, self.read, self.rows = sheet, read, tuple(rows)
        self.form: Form = FORMS[read.form]
        self.columns = dict(columns)
        self.constants = dict(constants)
        self.values: dict[str, pd.Series[Any]] = {}
        self.is_good: Bools = np.ones(len(self.rows), dtype=bool)
        self.findings: list[Finding] = []
        self.questions: list[Question] = []
        self._is_secret = is_secret
        self._failed: set[tuple[int, int, str]] = set()
        self._positions_of: dict[int, list[int]] = {}
        for position in range(len(self.rows)):
            self._positions_of.setdefault(self.number(position), []).append(position)

    def __len__(self) -> int:
        return len(self.rows)

    def fields(self) -> tuple[Field, ...]:
        """Give the fields that the sheet has, in the order of the form."""
        return tuple(one for one in self.form.fields if one.name in self.columns)

    def cells(self, field: str) -> list[Cell]:
        """Give what the file has for a field, or the constant, once for each row."""
        if field in self.constants:
            return [self.constants[field]] * len(self)
        at = self.columns[field][0] - 1
        return [self.sheet.rows[row - 1][at] for row in self.rows]

    def beside(self, field: str) -> Iterator[Iterator[Cell]]:
        """Give what stands in the other columns of the sheet, known or not; read only when gone through."""
        own = self.columns[field][0]
        for column in self.read.columns:
            if column.column != own:
                yield (self.sheet.rows[row - 1][column.column - 1] for row in self.rows)

    def texts(self, field: str) -> npt.NDArray[np.object_]:
        """Give the texts of a field; "" where there is none, or no such field in the sheet."""
        if field not in self.values:
            return np.full(len(self), "", dtype=object)
        series = self.values[field]
        return series.astype(object).where(series.notna(), "").to_numpy(dtype=object)

    def place(self, position: int, field: str) -> Place:
        """Give where a value stands."""
        column, heading = self.columns.get(field, (0, ""))
        return Place(self.sheet.name, *self.sheet.origin(self.rows[position], column, heading))

    def number(self, position: int) -> int:
        """Give the row of the file."""
        return self.sheet.origin(self.rows[position])[0]

    def _cell(self, position: int, field: str) -> tuple[int, int, str]:
        """Name the cell of a value, of which a recap makes several; and one for each value without a cell."""
        place = self.place(position, field)
        return place.row, place.column, "" if place.column else field

    def written(self, position: int, field: str) -> str:
        """Give a value as the file has it; "" of a personal column."""
        column = self.columns.get(field, (0, ""))[0]
        if field in self.constants:
            return self.constants[field][:SHOWN_CHARACTERS]
        if not column or self._is_secret(column):
            return ""
        value = self.sheet.rows[self.rows[position] - 1][column - 1]
        return "" if value is None else personal.mask(str(value))[:SHOWN_CHARACTERS]

    def find(
        self,
        weight: Weight,
        position: int,
        field: str,
        rule: str,
        params: Mapping[str, object] | None = None,
        *,
        advice: str = "",
    ) -> None:
        """Take down a finding at one value; a fault takes the row out of what is committed.

        Of several faults of one cell only the first is told: the others follow from it.
        """
        if weight == "fail":
            self.is_good[position] = False
            cell = self._cell(position, field)
            if cell in self._failed:
                return
            self._failed.add(cell)
        place, value = self.place(position, field), self.written(position, field)
        self.findings.append(Finding(weight, rule, place, value, params or {}, advice))

    def fail_at(self, row: int, column: int) -> None:
        """Know of a fault of the sheet itself: nothing more is told of that cell, and its row waits."""
        positions = self._positions_of.get(row, [])
        here = [p for p in positions if any(self.place(p, field).column == column for field in self.columns)]
        self.is_good[here or positions] = False
        self._failed.add((row, column, ""))

    def hold(self, positions: Iterable[int], field: str) -> None:
        """Let rows wait because a value of theirs is asked about; nothing else is told of those cells."""
        at = list(positions)
        self.is_good[at] = False
        self._failed |= {self._cell(position, field) for position in at}

    def about(
        self, weight: Weight, rule: str, params: Mapping[str, object] | None = None, field: str = ""
    ) -> None:
        """Take down a finding about the whole sheet, or one of its columns."""
        column, heading = self.columns.get(field, (0, ""))
        row = self.read.heading_rows[-1] if column and self.read.heading_rows else 0
        self.findings.append(
            Finding(weight, rule, Place(self.sheet.name, row, column, heading), "", params or {})
        )

    def ask(self, asked: Ask, positions: Iterable[int], field: str) -> None:
        """Take down a question; its rows wait for the answer."""
        at = list(positions)
        self.is_good[at] = False
        places = tuple(dict.fromkeys(self.place(position, field) for position in at[:PLACES_SHOWN]))
        self.questions.append(
            Question(asked.id, asked.kind, asked.written, asked.params, places, len(at), asked.options)
        )

    def ask_beside(
        self,
        kind: str,
        question: str,
        positions: Sequence[int],
        options: Sequence[Option],
        *,
        written: str = "",
        params: Mapping[str, object] | None = None,
        others: Sequence[Mapping[str, str]] = (),
    ) -> None:
        """Ask about rows that are shown side by side."""
        self.is_good[list(positions)] = False
        rows = tuple(self.row(position) for position in positions)
        places = tuple(Place(self.sheet.name, self.number(position)) for position in positions)
        self.questions.append(
            Question(
                question,
                kind,  # type: ignore[arg-type]
                written,
                params or {},
                places[:PLACES_SHOWN],
                len(places),
                tuple(options),
                (*others, *rows),
            )
        )

    def row(self, position: int) -> dict[str, str]:
        """Give one row as it is shown: heading to value, without personal columns."""
        return {
            heading: self.written(position, field)
            for field, (column, heading) in self.columns.items()
            if column and not self._is_secret(column)
        }

    def resolve(
        self, keys: Sequence[tuple[str, ...]], look: Callable[[tuple[str, ...]], Matched], field: str
    ) -> npt.NDArray[np.object_]:
        """Look up each distinct combination of texts once.

        Parameters
        ----------
        keys : sequence of tuple of str
            One per row.
        look : callable
            Gives what a combination means.
        field : str
            At which a question is asked, and a fault is told that names no field.

        Returns
        -------
        ndarray of str
            Codes; "" where there is none. Faults and questions are taken down.
        """
        codes = np.full(len(self), "", dtype=object)
        numbers, distinct = pd.factorize(_as_array(keys))
        order = np.argsort(numbers, kind="stable")
        ends = np.searchsorted(numbers[order], np.arange(len(distinct) + 1))
        for number, key in enumerate(distinct):
            positions = order[ends[number] : ends[number + 1]]
            found = look(key)
            codes[positions] = found.code
            if found.ask is not None:
                self.ask(found.ask, positions.tolist(), found.field or field)
            elif found.rule:
                for position in positions.tolist():
                    self.find("fail", position, found.field or field, found.rule, found.params)
        return codes


def _as_array(keys: Sequence[tuple[str, ...]]) -> npt.NDArray[np.object_]:
    array = np.empty(len(keys), dtype=object)
    array[:] = keys
    return array
