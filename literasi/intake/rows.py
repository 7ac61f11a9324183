"""Typed rows of one table, from one or several sheets, that still know where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from literasi.contracts import TABLES
from literasi.intake.draft import Draft
from literasi.intake.findings import Weight

KEY_SEPARATOR = " · "


@dataclass(slots=True)
class Rows:
    """Rows of one table.

    Attributes
    ----------
    table : str
    frame : DataFrame
        Columns of the contract, at first only those that the file gives or that are made of it.
    drafts : list of Draft
        Sheets that the rows come from.
    draft, position : ndarray of int
        Of each row: which of `drafts`, and where in it.
    fields : list of mapping of str to str
        Of each draft: column of the table to the field at which it is told about.
    maker : ndarray of str
        Of each row: field that gave ``value``, where one row of a sheet makes several; else "".
    """

    table: str
    frame: pd.DataFrame
    drafts: list[Draft]
    draft: npt.NDArray[np.int64]
    position: npt.NDArray[np.int64]
    fields: list[Mapping[str, str]]
    maker: npt.NDArray[np.object_] = field(default_factory=lambda: np.array([], dtype=object))

    def __len__(self) -> int:
        return len(self.frame)

    def take(self, chosen: npt.NDArray[np.bool_]) -> Rows:
        """Give some of the rows."""
        return Rows(
            self.table,
            self.frame[chosen].reset_index(drop=True),
            self.drafts,
            self.draft[chosen],
            self.position[chosen],
            self.fields,
            self.maker[chosen],
        )

    def with_frame(self, frame: pd.DataFrame) -> Rows:
        """Give the same rows with other values."""
        return Rows(self.table, frame, self.drafts, self.draft, self.position, self.fields, self.maker)

    def good(self) -> Rows:
        """Give the rows of which nothing is wrong and nothing asked."""
        is_good = np.array(
            [self.drafts[d].is_good[p] for d, p in zip(self.draft, self.position, strict=True)], dtype=bool
        )
        return self if is_good.all() else self.take(is_good)

    def number(self, at: int) -> int:
        """Give the row of the file."""
        return int(self.drafts[self.draft[at]].number(int(self.position[at])))

    def find(
        self,
        weight: Weight,
        at: int,
        column: str,
        rule: str,
        params: Mapping[str, object] | None = None,
        *,
        is_kept: bool = False,
    ) -> None:
        """Take down a finding at one value; `is_kept` if an advice is to be kept until it is cleared."""
        which = self.draft[at]
        told_at = (
            self.maker[at] if column == "value" and self.maker[at] else self.fields[which].get(column, column)
        )
        advice = advice_key(self.table, row_key(self.table, self.frame, at), column, rule) if is_kept else ""
        self.drafts[which].find(weight, int(self.position[at]), told_at, rule, params, advice=advice)


def concat(parts: Sequence[Rows]) -> Rows:
    """Put the rows of several sheets of one table together."""
    first = parts[0]
    if len(parts) == 1:
        return first
    offsets = np.cumsum([0, *(len(part.drafts) for part in parts[:-1])])
    return Rows(
        first.table,
        pd.concat([part.frame for part in parts], ignore_index=True),
        [draft for part in parts for draft in part.drafts],
        np.concatenate([part.draft + offset for part, offset in zip(parts, offsets, strict=True)]),
        np.concatenate([part.position for part in parts]),
        [fields for part in parts for fields in part.fields],
        np.concatenate([part.maker for part in parts]),
    )


def row_key(table: str, frame: pd.DataFrame, at: int) -> str:
    """Give the key of a row as one text, as in ``advices.row_key``."""
    return KEY_SEPARATOR.join(_key_text(frame[name].iat[at]) for name in TABLES[table].key)


def row_keys(table: str, frame: pd.DataFrame) -> list[str]:
    """Give `row_key` of every row."""
    columns = [[_key_text(value) for value in frame[name]] for name in TABLES[table].key]
    return [KEY_SEPARATOR.join(parts) for parts in zip(*columns, strict=True)]


def _key_text(value: Any) -> str:
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def advice_key(table: str, key: str, column: str, rule: str) -> str:
    """Give the key of an advice over all files: see `Finding.advice`."""
    return "\x1f".join((table, key, column, rule))
