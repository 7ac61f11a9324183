"""Knows a recap by its headings: a column, or a group of columns, for each month.

Only what is surely one is taken: at least `FEWEST_MONTHS` months of one year side by side (`FEWEST_GROUPS`
where each month stands over several columns), beside a column of libraries or villages.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

import pandas as pd

from literasi.intake import aliases, layout, values
from literasi.intake.forms import Field
from literasi.intake.layout import JOINT, Block
from literasi.intake.sheets import Cell, Sheet

FEWEST_MONTHS, FEWEST_GROUPS = 6, 3
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
TOTALS = frozenset({"jumlah", "total", "jumlah total"})
"""Headings, as `aliases.heading_key`, of women and men together."""

_LOOKED_AT = 60
_LONGEST_HEADING = 24
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_NAMED = re.compile(
    r"(?:(?:bulan|periode)\s+)?([a-z]{3,9})\.?(?:[\s\-/.,]*['’]?(\d{4}|\d{2}))?", re.IGNORECASE
)
_YEAR_NAMED = re.compile(r"(\d{4})[\s\-/.,]*([a-z]{3,9})\.?", re.IGNORECASE)
_NUMBERED = re.compile(r"(0?[1-9]|1[0-2])\s?[-/.]\s?(\d{4})")
_YEAR_NUMBERED = re.compile(r"(\d{4})[-/.](0?[1-9]|1[0-2])")
_BEGINNINGS = frozenset(
    {
        *("jan", "feb", "peb", "mar", "mrt", "apr", "mei", "may", "jun", "jul", "agu", "agt", "ags", "aug"),
        *("sep", "okt", "oct", "nov", "nop", "des", "dec"),
    }
)
_ROMAN = re.compile(r"[ivx]+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d{2}(?!\d)")
_NO_MONTH = frozenset(
    {"jumlah", "total", "rata", "rerata", "average", "kumulatif", "tw", "triwulan", "semester", "kuartal"}
)


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a recap.

    Attributes
    ----------
    year : int or None
        None where the headings do not say it.
    month : int
        1 to 12.
    columns : dict of str to int
        Sub-heading in small letters ("" for none) to 1-based column.
    """

    year: int | None
    month: int
    columns: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recap:
    """Where in a sheet the months are; rows and columns are 1-based.

    Attributes
    ----------
    block : Block
        The table, as it stands in the file.
    row : int
        Of the months.
    months : tuple of Month
        In the order of the file.
    subs : mapping of str to str
        Sub-headings of all months, to how they are written.
    totals : tuple of int
        Columns of totals and means among or after the months.
    others : tuple of (int, str)
        The other columns of the block, with their headings.
    """

    block: Block
    row: int
    months: tuple[Month, ...]
    subs: Mapping[str, str]
    totals: tuple[int, ...]
    others: tuple[tuple[int, str], ...]

    @property
    def columns(self) -> dict[int, str]:
        """Columns of months, to their sub-headings."""
        return {column: sub for month in self.months for sub, column in month.columns.items()}


def find(sheet: Sheet, block: Block) -> Recap | None:
    """Find the months in the headings of a sheet.

    Parameters
    ----------
    sheet : Sheet
    block : Block
        Its table, as `layout.find` gives it. Where months that are dates have kept the headings from being
        found, they are looked for once more.

    Returns
    -------
    Recap or None
        None where it is no recap, or not surely one.
    """
    row = _month_row(sheet.rows)
    if row is None:
        return None
    return _recap(sheet, block, row) or _recap(sheet, layout.find(_reworded(sheet, row)), row)


def month_of(cell: Cell) -> tuple[int | None, int] | None:
    """Read a heading that is a month, with or without its year."""
    if isinstance(cell, dt.date):
        return (cell.year, cell.month) if cell.day == 1 else None
    if not isinstance(cell, str) or len(cell) > _LONGEST_HEADING:
        return None
    text = " ".join(cell.split())
    if found := _NUMBERED.fullmatch(text):
        return int(found[2]), int(found[1])
    if found := _YEAR_NUMBERED.fullmatch(text):
        return int(found[1]), int(found[2])
    if found := _NAMED.fullmatch(text):
        name, year = found[1], found[2] or ""
    elif found := _YEAR_NAMED.fullmatch(text):
        name, year = found[2], found[1]
    else:
        return None
    month = _named(name.lower())
    if not month:
        return None
    return (int(year) + (2000 if len(year) == 2 else 0) if year else None), month


@lru_cache(1024)
def _named(word: str) -> int:
    """Number of a month by its name; 0 for any other word."""
    if word[:3] not in _BEGINNINGS or _ROMAN.fullmatch(word):
        return 0
    month = values.read([word], Field("month_name", "month_name")).series.iloc[0]
    return 0 if pd.isna(month) else int(month)


def _month_row(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Find the 1-based row with the most months, if there are enough."""
    best, most = None, FEWEST_GROUPS - 1
    for place, row in enumerate(rows[:_LOOKED_AT], 1):
        months = {month for cell in row if (month := month_of(cell)) is not None}
        if len(months) > most:
            best, most = place, len(months)
    return best


def _reworded(sheet: Sheet, row: int) -> Sheet:
    """The same sheet with words for months, which dates and numbers are not, and no gaps in that row."""
    rows = [list(cells) for cells in sheet.rows]
    above = rows[row - 2] if row > 1 else [None] * len(rows[row - 1])
    under = rows[row] if row < len(rows) else [None] * len(rows[row - 1])
    last = max(column for column, cell in enumerate(rows[row - 1]) if month_of(cell) is not None)
    is_before = True
    for column, cell in enumerate(rows[row - 1]):
        month = month_of(cell)
        if month is not None:
            year = f" {month[0]}" if month[0] else ""
            rows[row - 1][column] = f"{MONTHS[month[1] - 1]}{year}"
            is_before = False
        elif is_blank(cell) and isinstance(above[column], str) and above[column] != above[last]:
            is_alone = is_before and is_blank(under[column])
            rows[row - 1][column] = above[column] if is_alone or column > last else cell
    return replace(sheet, rows=rows)


def _recap(sheet: Sheet, block: Block, row: int) -> Recap | None:
    """Understand the headings of a recap; None if they are not surely those of one."""
    if row not in block.heading_rows:
        return None
    headings = dict(block.columns)
    months = _common(_months(sheet, headings, row, has_subs=block.heading_rows[-1] > row))
    by_year: dict[int | None, set[int]] = {}
    for month in months:
        by_year.setdefault(month.year, set()).add(month.month)
    # Some months with their year and some without: which year the others are of is not said.
    if not months or (None in by_year and len(by_year) > 1):
        return None
    written: dict[str, str] = {}
    for month in months:
        for sub, column in month.columns.items():
            group, _, lower = headings[column].rpartition(JOINT)
            written.setdefault(sub, (lower if month_of(lower) is None else group) if sub else "")
    fewest = FEWEST_GROUPS if len(written) > 1 else FEWEST_MONTHS
    if max(map(len, by_year.values())) < fewest:
        return None
    taken = {column for month in months for column in month.columns.values()}
    after = min(taken)
    totals = tuple(c for c, heading in block.columns if c > after and c not in taken and _is_total(heading))
    others = tuple((c, heading) for c, heading in block.columns if c not in taken and c not in totals)
    if not any(names_library(heading) for _, heading in others):
        return None
    return Recap(block, row, months, written, totals, others)


def _months(sheet: Sheet, headings: Mapping[int, str], row: int, *, has_subs: bool) -> tuple[Month, ...]:
    """The months of a heading row, each with its columns."""
    cells = sheet.rows[row - 1]
    found: list[Month] = []
    by_sub: dict[tuple[int | None, int], Month] = {}
    current: Month | None = None
    before: Cell = None
    for column, cell in enumerate(cells, 1):
        own = month_of(cell)
        if own is None and not (has_subs and is_blank(cell)):
            current = None
        if column not in headings:
            continue
        heading = headings[column]
        if own is not None and has_subs:
            if current is None or cell != before or _sub(heading) in current.columns:
                current = Month(*own)
                found.append(current)
        elif own is not None:
            group = heading.rpartition(JOINT)[0]
            years = years_in(group)
            year = own[0] or (years.pop() if len(years) == 1 else None)
            sub = aliases.heading_key(group) if is_part(group) else ""
            current = by_sub.get((year, own[1])) if sub else None
            if current is None or sub in current.columns:
                current = by_sub[year, own[1]] = Month(year, own[1])
                found.append(current)
            current.columns[sub] = column
            continue
        if current is not None:
            current.columns.setdefault(_sub(heading), column)
        before = cell if own is not None else before
    known = {month.year for month in found} - {None}
    if len(known) == 1:
        year = known.pop()
        found = [replace(month, year=year) for month in found]
    return tuple(found)


def _common(months: tuple[Month, ...]) -> tuple[Month, ...]:
    """The months without what stands under one of them only, as a column of notes does after the last."""
    counts = Counter(sub for month in months for sub in month.columns)
    return tuple(
        replace(month, columns={sub: c for sub, c in month.columns.items() if counts[sub] > 1})
        for month in months
    )


def _sub(heading: str) -> str:
    lower = _lower(heading)
    return "" if month_of(lower) is not None else lower.casefold()


def _lower(heading: str) -> str:
    return heading.rpartition(JOINT)[2]


def is_blank(cell: Cell) -> bool:
    """Whether nothing can be seen in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def is_part(heading: str) -> bool:
    """Whether a group heading is women, men or both rather than a title over all months."""
    key = aliases.heading_key(heading)
    return key in TOTALS or any(name in ("female", "male") for name in aliases.fields("visits").get(key, ()))


def _is_total(heading: str) -> bool:
    """Whether a column among or after the months is a total or mean of some of them."""
    return any(
        (key.split() or [""])[0] in _NO_MONTH for key in map(aliases.heading_key, heading.split(JOINT))
    )


def names_library(heading: str) -> bool:
    """Whether a column is said to hold names of libraries or villages."""
    known = aliases.fields("visits")
    return any({"library", "village"} & {*known.get(key, ())} for key in aliases.heading_keys(heading))


def years_in(text: str) -> set[int]:
    """Give the years that a text names by four digits."""
    return {year for year in map(int, _YEAR.findall(text)) if _FIRST_YEAR <= year <= _LAST_YEAR}
