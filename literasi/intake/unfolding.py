"""Turns a recap, which has a column for each month, into a sheet with a row for each month.

What the numbers are is taken from the title where it names one thing only, and chosen by the operator else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import pandas as pd

from literasi.intake import aliases, personal, recaps, values
from literasi.intake.findings import SHOWN_CHARACTERS, Answers, Finding, Place
from literasi.intake.forms import FORMS, Field
from literasi.intake.layout import JOINT, Block
from literasi.intake.proposal import ReadSheet
from literasi.intake.recaps import (
    MONTHS,
    TOTALS,
    Month,
    Recap,
    is_blank,
    is_part,
    month_of,
    names_library,
    years_in,
)
from literasi.intake.sheets import Cell, Sheet, cell_name
from literasi.text import number

UNTOLD = "Nilai bulanan"
"""Heading of numbers of which the title does not say what they are: no field is called so."""

_TITLE = 60
_GUESSED = ("alias", "fuzzy")
_SUBTOTAL = re.compile(r"(?:(?:grand|sub)[\s-]*)?(?:total|jumlah)\b", re.IGNORECASE)
_WHOLE_YEAR = frozenset(
    {"jumlah", "total", "keseluruhan", "seluruh", "seluruhnya", "semua", "setahun", "tahun", "tahunan"}
)
_UNSURE = frozenset(
    {
        *("target", "rencana", "proyeksi", "anggaran", "sasaran"),
        *("baru", "denda", "keterlambatan", "pengembalian"),
    }
)
"""Words of a title with which "kunjungan" or "anggota" are not the visits or members that were counted."""
_LEVELS = ("regency", "district", "village")
_OTHERS = ("guest_book", "participants", "activities", "events", "aid")
_TOLD: Mapping[str, tuple[str, ...]] = {
    "visits": ("total", "female", "male"),
    "circulation": ("loans", "active_borrowers", "members"),
}
_ADDED_UP = frozenset({"total", "female", "male", "loans"})
"""Fields whose months make up the year. The members of a year are not the sum of those of its months."""


@dataclass(frozen=True, slots=True)
class LongSheet(Sheet):
    """A sheet whose rows have been made of the cells of another.

    Attributes
    ----------
    sources : sequence of (int, mapping of int to (int, str))
        For each row: that of the file, and for each of its columns that has another place there, which,
        and under what heading.
    covered : mapping of int to int
        Column of the file that is read otherwise than it stands there, to its column here.
    """

    sources: Sequence[tuple[int, Mapping[int, tuple[int, str]]]] = ()
    covered: Mapping[int, int] = field(default_factory=dict)

    def origin(self, row: int, column: int = 0, heading: str = "") -> tuple[int, int, str]:
        """Give where the file has a cell of this sheet: its row, column and heading."""
        from_row, moved = self.sources[row - 1]
        from_column, from_heading = moved.get(column, (column, heading))
        return from_row, from_column, from_heading

    def column_of(self, column: int) -> int:
        """Give the column of this sheet in which a column of the file is read."""
        return self.covered.get(column, column)


@dataclass(frozen=True, slots=True)
class Unfolded:
    """A recap as a sheet with a row for each library and month that has a number.

    Attributes
    ----------
    sheet : LongSheet
        Columns that are no month keep their number. The numbers stand in the first column of theirs, the
        month and its year in the two columns after these.
    block : Block
        Of `sheet`; but heading rows, skipped rows and findings are those of the file.
    values : tuple of int
        Columns of numbers in `sheet`.
    spread : tuple of (int, int)
        As `ReadSheet.spread`.
    has_year : bool
        Whether the year of the months is known; else the operator is asked for it.
    first_row, last_row : int
        Data rows of the file, 1-based; 0 where there are none.
    """

    sheet: LongSheet
    block: Block
    values: tuple[int, ...]
    spread: tuple[tuple[int, int], ...]
    has_year: bool
    first_row: int
    last_row: int


def unfold(sheet: Sheet, block: Block) -> Unfolded | None:
    """Turn a recap with a column for each month into a sheet with a row for each month.

    Parameters
    ----------
    sheet : Sheet
    block : Block
        Its table, as `layout.find` gives it. Where months that are dates have kept the headings from being
        found, they are looked for once more.

    Returns
    -------
    Unfolded or None
        None where it is no recap, or not surely one. An empty month, or one with ``-``, has not been reported
        and makes no row; 0 is a reported zero. Columns of totals are not read, but compared with the sum of
        the months.
    """
    recap = recaps.find(sheet, block)
    return None if recap is None else _unfolded(sheet, recap)


def settle(unfolded: Unfolded, read: ReadSheet, answers: Answers) -> tuple[ReadSheet, Block]:
    """Say how a recap is understood, after its long sheet has been.

    Parameters
    ----------
    unfolded : Unfolded
    read : ReadSheet
        Of its long sheet.
    answers : Answers

    Returns
    -------
    ReadSheet, Block
        With the rows of the file; without a form that only its months would have; and with a fault where a
        form was chosen, but not what the numbers are.
    """
    read = replace(read, first_row=unfolded.first_row, last_row=unfolded.last_row, spread=unfolded.spread)
    if not read.form:
        return read, unfolded.block
    names = FORMS[read.form].names
    if not unfolded.has_year and {"month", "month_name", "year"} <= {*names}:
        # Without its year a month is only the name of one.
        columns = tuple(replace(c, field="month_name") if c.field == "month" else c for c in read.columns)
        is_told = bool(answers.constants.get((read.name, "year")))
        missing = tuple(name for name in read.missing if name != "month")
        read = replace(read, columns=columns, missing=missing if is_told else (*missing, "year"))
    if any(column.field for column in read.columns if column.column in unfolded.values):
        return read, unfolded.block
    if read.how in _GUESSED:
        columns = tuple(
            column if column.how == "personal" else replace(column, field="", how="unknown")
            for column in read.columns
        )
        return replace(read, form="", how="unknown", columns=columns, missing=()), unfolded.block
    fault = Finding("fail", "recap_value", Place(read.name, unfolded.block.heading_rows[-1]))
    return read, replace(unfolded.block, findings=(*unfolded.block.findings, fault))


def is_better(long: ReadSheet, read: ReadSheet) -> bool:
    """Whether a recap is rather understood as its long sheet than as it stands.

    A list of libraries that also has columns of visits stays a list of libraries, unless it is said that
    the visits are what is to be read. One of nothing but names is a recap.
    """
    if not read.form or any(form and "month" in FORMS[form].names for form in (long.form, read.form)):
        return True
    fields = {column.field for column in read.columns if column.field}
    return read.how in _GUESSED and fields <= {*_LEVELS, "library", "name"}


# Year and meaning


def _years_of(cell: Cell) -> set[int]:
    if isinstance(cell, dt.date):
        return {cell.year}
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return years_in(str(cell)) if isinstance(cell, str | int) else set()


def _titles(sheet: Sheet, recap: Recap) -> list[tuple[int, Cell]]:
    """Row and value of what stands above the headings, and over all the months."""
    top = recap.block.heading_rows[0]
    found = [(row, cell) for row in range(1, top) for cell in sheet.rows[row - 1] if not is_blank(cell)]
    headings = dict(recap.block.columns)
    groups = (headings[column].rpartition(JOINT)[0] for column in recap.columns)
    return found + [(top, group) for group in groups if group and month_of(group) is None]


def _year(sheet: Sheet, recap: Recap) -> tuple[int | None, Finding | None]:
    """The year of months that do not say it: the only one in the title and the name of the sheet."""
    told = [(row, cell) for row, cell in _titles(sheet, recap) if _years_of(cell)]
    years = {year for _, cell in told for year in _years_of(cell)} | years_in(sheet.name)
    if len(years) != 1:
        return None, None
    year = years.pop()
    if not told:
        return year, Finding("advise", "recap_year_sheet", Place(sheet.name), sheet.name, {"year": year})
    row, cell = told[0]
    return year, Finding(
        "advise",
        "recap_year",
        Place(sheet.name, row),
        personal.mask(str(cell))[:SHOWN_CHARACTERS],
        {"year": year},
    )


@cache
def _phrases() -> Mapping[tuple[str, ...], tuple[str, str]]:
    """Words that say what numbers are, to form and field; "" as field for what has no numbers by month."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for key, form in aliases.sheet_names().items():
        if form in _OTHERS:
            found[tuple(key.split())] = ("visits", "total") if form == "guest_book" else (form, "")
    for form, names in _TOLD.items():
        for key, fields in aliases.fields(form).items():
            # "Jumlah" or "L" in a title says nothing of what is counted.
            if fields[0] in names and len(key) > 2 and key not in TOTALS | {"frekuensi"}:
                found.setdefault(tuple(key.split()), (form, fields[0]))
    return found


def _told(sheet: Sheet, recap: Recap) -> tuple[str, str, str]:
    """What title and sheet name say that is counted: form, field, and in which words; "" where unclear.

    For months over several columns the form is enough where that is visits: the columns say the rest.
    """
    found: dict[tuple[str, str], str] = {}
    for text in (sheet.name, *(str(cell) for _, cell in _titles(sheet, recap))):
        words = [word for word in aliases.heading_key(text).split() if word not in ("yang", "yg")]
        if _UNSURE & set(words):
            return "", "", ""
        at = 0
        while at < len(words):
            for length in range(min(5, len(words) - at), 0, -1):
                meant = _phrases().get(tuple(words[at : at + length]))
                if meant is not None:
                    found.setdefault(meant, " ".join(words[at : at + length]))
                    at += length - 1
                    break
            at += 1
    if len(found) == 1:
        ((form, name), phrase) = next(iter(found.items()))
        return (form, name, phrase) if name else ("", "", "")
    if len(recap.subs) > 1 and {form for form, _ in found} == {"visits"}:
        return "visits", "total", next(iter(found.values()))
    return "", "", ""


def _headings(sheet: Sheet, recap: Recap, told: tuple[str, str, str]) -> dict[str, str]:
    """Heading in the long sheet for each sub-heading."""
    form, _, phrase = told
    # What was chosen for one recap must not be remembered for another of the same shape.
    words = (
        re.sub(r"[\d()]+", " ", str(cell)) for cell in (*(c for _, c in _titles(sheet, recap)), sheet.name)
    )
    title = next((" ".join(text.split())[:_TITLE] for text in words if text.strip()), "")
    about = f" ({title})" if title and not personal.of_heading(title) else ""
    made = {}
    for sub, written in recap.subs.items():
        is_sum = not sub or aliases.heading_key(sub) in TOTALS
        if is_sum and phrase:
            made[sub] = phrase
        elif not sub:
            made[sub] = f"{UNTOLD}{about}"
        elif form == "visits" or not (is_sum or is_part(sub)):
            made[sub] = written
        else:
            made[sub] = f"{phrase} {written}" if phrase else f"{UNTOLD} {written}{about}"
    return made


# Rows


def _unfolded(sheet: Sheet, recap: Recap) -> Unfolded:
    told = _told(sheet, recap)
    found: list[Finding] = []
    months = recap.months
    if months[0].year is None:
        year, finding = _year(sheet, recap)
        months = tuple(replace(month, year=year) for month in months)
        found += [finding] if finding else []
    recap = replace(recap, months=months)
    columns = recap.columns
    first = {sub: min(c for c, of in columns.items() if of == sub) for sub in recap.subs}
    free = iter(sorted(set(columns) - set(first.values())))
    month_column, year_column = next(free), next(free)
    has_year = months[0].year is not None
    names = _headings(sheet, recap, told)
    headings = [*recap.others, *((first[sub], names[sub]) for sub in recap.subs)]
    # A year that is not said makes "Bulan" the name of a month: the operator gives its year.
    headings += (
        [(month_column, "Bulan"), (year_column, "Tahun")] if has_year else [(month_column, "Nama bulan")]
    )
    data, totals = _sorted(sheet, recap)
    rows: list[list[Cell]] = []
    sources: list[tuple[int, Mapping[int, tuple[int, str]]]] = []
    written = dict(recap.block.columns)
    moves = [_moved(month, first, month_column, year_column, written) for month in months]
    given = {column: _given(sheet, data, column) for column in columns}
    width = len(sheet.rows[0])
    for at, row in enumerate(data):
        cells = sheet.rows[row - 1]
        for month, moved in zip(months, moves, strict=True):
            if not any(given[column][at] for column in month.columns.values()):
                continue
            line: list[Cell] = [None] * width
            for column, _ in recap.others:
                line[column - 1] = cells[column - 1]
            for sub, column in month.columns.items():
                line[first[sub] - 1] = cells[column - 1]
            line[month_column - 1] = MONTHS[month.month - 1]
            if has_year:
                line[year_column - 1] = month.year
            rows.append(line)
            sources.append((row, moved))
    covered = {column: first[sub] for column, sub in columns.items()}
    covered |= dict.fromkeys(recap.totals, min(first.values()))
    old = [f for f in recap.block.findings if f.place.column not in recap.totals]
    found = [_read(sheet, recap), *found, *_subtotals(sheet, totals), *_sums(sheet, recap, data, told)]
    block = Block(
        heading_rows=recap.block.heading_rows,
        columns=tuple(sorted(headings)),
        rows=tuple(range(1, len(rows) + 1)),
        skipped=tuple(sorted((*recap.block.skipped, *((row, "total") for row in totals)))),
        findings=(*old, *found),
    )
    long = LongSheet(sheet.name, rows, is_hidden=sheet.is_hidden, sources=sources, covered=covered)
    used = recap.block.rows
    return Unfolded(
        long,
        block,
        tuple(sorted(first.values())),
        tuple((column, 0 if column in recap.totals else through) for column, through in covered.items()),
        has_year,
        min(used, default=0),
        max(used, default=0),
    )


def _moved(
    month: Month, first: Mapping[str, int], month_column: int, year_column: int, written: Mapping[int, str]
) -> Mapping[int, tuple[int, str]]:
    """Where the columns of the long sheet stand for a month; month and year at its first number."""
    moved = {first[sub]: (column, written[column]) for sub, column in month.columns.items()}
    begin = min(month.columns.values())
    return {
        **dict.fromkeys(first.values(), (begin, written[begin])),
        **moved,
        **dict.fromkeys((month_column, year_column), (begin, written[begin])),
    }


def _given(sheet: Sheet, rows: Sequence[int], column: int) -> list[bool]:
    """Which cells of a column say anything; one that cannot be read does."""
    read = values.read([sheet.rows[row - 1][column - 1] for row in rows], Field("value", "text"))
    given = read.series.notna().tolist()
    for fault in read.faults:
        given[fault.position] = True
    return given


def _sorted(sheet: Sheet, recap: Recap) -> tuple[list[int], list[int]]:
    """Rows of libraries, and rows of subtotals between them."""
    leading = [column for column, _ in recap.others][:3]
    named = [column for column, heading in recap.others if names_library(heading)]
    is_total = {row: bool(_SUBTOTAL.match(_label(sheet.rows[row - 1], leading))) for row in recap.block.rows}
    # A row of a district names no library, and holds the sums of the rows after or before it.
    groups: list[list[int]] = [[]]
    heads: list[int | None] = [None]
    for row in recap.block.rows:
        if is_total[row]:
            continue
        if all(is_blank(sheet.rows[row - 1][column - 1]) for column in named):
            heads.append(row)
            groups.append([])
        else:
            groups[-1].append(row)
    for at, head in enumerate(heads):
        if head is not None:
            is_total[head] = any(_adds_up(sheet, recap, head, groups[other]) for other in (at, at - 1))
    return [row for row in is_total if not is_total[row]], [row for row in is_total if is_total[row]]


def _adds_up(sheet: Sheet, recap: Recap, total: int, rows: Sequence[int]) -> bool:
    if not rows:
        return False
    columns = [_integers(sheet, (total, *rows), column, empty=0) for column in recap.columns]
    known = [[value for value in column if value is not None] for column in columns]
    is_whole = all(len(column) == len(rows) + 1 for column in known)
    return is_whole and any(map(any, known)) and all(head == sum(parts) for head, *parts in known)


def _label(cells: Sequence[Cell], leading: Iterable[int]) -> str:
    texts = (cells[column - 1] for column in leading)
    return next((text.strip() for text in texts if isinstance(text, str) and not text.strip().isdigit()), "")


# Findings


def _read(sheet: Sheet, recap: Recap) -> Finding:
    """Say which columns were taken for months."""
    columns = sorted(recap.columns)
    first, last = (cell_name(recap.row, column) for column in (columns[0], columns[-1]))
    params = {"count": len(recap.months), "first": first, "last": last}
    return Finding("advise", "recap_read", Place(sheet.name, recap.row), "", params)


def _subtotals(sheet: Sheet, rows: Iterable[int]) -> list[Finding]:
    found = []
    for row in rows:
        label = next(cell for cell in sheet.rows[row - 1] if isinstance(cell, str) and cell.strip())
        found.append(
            Finding(
                "advise", "total_skipped", Place(sheet.name, row), personal.mask(label)[:SHOWN_CHARACTERS]
            )
        )
    return found


def _sums(sheet: Sheet, recap: Recap, rows: Sequence[int], told: tuple[str, str, str]) -> list[Finding]:
    """Compare the totals of a year with its months, where both can be read."""
    _, name, phrase = told
    if (name and name not in _ADDED_UP) or len({month.year for month in recap.months}) > 1:
        return []
    headings = dict(recap.block.columns)
    found = []
    for total in recap.totals:
        parts = _parts(recap, headings[total], phrase)
        if not parts:
            continue
        totals = _integers(sheet, rows, total, empty=None)
        columns = [_integers(sheet, rows, column, empty=0) for column in parts]
        for at, (row, written) in enumerate(zip(rows, totals, strict=True)):
            months = [column[at] for column in columns]
            made = sum(value for value in months if value is not None)
            if written is None or None in months or made == written:
                continue
            place = Place(sheet.name, row, total, headings[total])
            params = {"made": number(made), "total": number(written)}
            value = str(sheet.rows[row - 1][total - 1])[:SHOWN_CHARACTERS]
            found.append(Finding("fail" if name else "advise", "recap_total", place, value, params))
    return found


def _parts(recap: Recap, heading: str, phrase: str) -> list[int]:
    """Columns that a total of the whole year is the sum of; none where that is not sure."""
    whole = _WHOLE_YEAR | {"pengunjung", "kunjungan", *phrase.split()}
    keys = [aliases.heading_key(part) for part in heading.split(JOINT)]
    words = [word for key in keys for word in key.split()]
    by_key = {aliases.heading_key(sub): sub for sub in recap.subs}
    if keys[-1] in by_key and keys[-1] not in TOTALS:
        words, wanted = keys[0].split() if len(keys) > 1 else ["?"], {by_key[keys[-1]]}
    else:
        sums = {sub for key, sub in by_key.items() if not key or key in TOTALS}
        wanted = sums or ({*recap.subs} if all(map(is_part, recap.subs)) else set())
    if not all(word in whole or years_in(word) for word in words):
        return []
    return [column for column, sub in recap.columns.items() if sub in wanted]


def _integers(sheet: Sheet, rows: Sequence[int], column: int, *, empty: int | None) -> list[int | None]:
    """Whole numbers of a column; None where there is none that can be read, `empty` where nothing stands."""
    cells = [sheet.rows[row - 1][column - 1] for row in rows]
    read = values.read(cells, Field("value", "integer"))
    numbers = [empty if pd.isna(value) else int(value) for value in read.series]
    unread = {fault.position for fault in read.faults} | set(read.unclear)
    unread |= {at for at, row in enumerate(rows) if (row, column) in sheet.unfilled_formulas}
    return [None if at in unread else value for at, value in enumerate(numbers)]
