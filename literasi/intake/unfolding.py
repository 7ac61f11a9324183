"""Turns a recap, which has a column for each month, into a sheet with a row for each month.

Only what is surely one is turned: at least `FEWEST_MONTHS` months of one year side by side (`FEWEST_GROUPS`
where each month stands over several columns), beside a column of libraries or villages. What the numbers are
is taken from the title where it names one thing only, and chosen by the operator else.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

import pandas as pd

from literasi.intake import aliases, layout, personal, values
from literasi.intake.findings import SHOWN_CHARACTERS, Answers, Finding, Place
from literasi.intake.forms import FORMS, Field
from literasi.intake.layout import JOINT, Block
from literasi.intake.proposal import ReadSheet
from literasi.intake.sheets import Cell, Sheet, cell_name
from literasi.text import number

FEWEST_MONTHS, FEWEST_GROUPS = 6, 3
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
UNTOLD = "Nilai bulanan"
"""Heading of numbers of which the title does not say what they are: no field is called so."""

_LOOKED_AT = 60
_LONGEST_HEADING = 24
_TITLE = 60
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
_SUBTOTAL = re.compile(r"(?:(?:grand|sub)[\s-]*)?(?:total|jumlah)\b", re.IGNORECASE)
_NO_MONTH = frozenset(
    {"jumlah", "total", "rata", "rerata", "average", "kumulatif", "tw", "triwulan", "semester", "kuartal"}
)
_WHOLE_YEAR = frozenset(
    {"jumlah", "total", "keseluruhan", "seluruh", "seluruhnya", "semua", "setahun", "tahun", "tahunan"}
)
_TOTALS = frozenset({"jumlah", "total", "jumlah total"})
_UNSURE = frozenset(
    {
        *("target", "rencana", "proyeksi", "anggaran", "sasaran"),
        *("baru", "denda", "keterlambatan", "pengembalian"),
    }
)
"""Words of a title with which "kunjungan" or "anggota" are not the visits or members that were counted."""
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
    row = _month_row(sheet.rows)
    if row is None:
        return None
    recap = _recap(sheet, block, row)
    if recap is None:
        recap = _recap(sheet, layout.find(_reworded(sheet, row)), row)
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
    if read.how in ("alias", "fuzzy"):
        columns = tuple(
            column if column.how == "personal" else replace(column, field="", how="unknown")
            for column in read.columns
        )
        return replace(read, form="", how="unknown", columns=columns, missing=()), unfolded.block
    fault = Finding("fail", "recap_value", Place(read.name, unfolded.block.heading_rows[-1]))
    return read, replace(unfolded.block, findings=(*unfolded.block.findings, fault))


# Headings


@dataclass(frozen=True, slots=True)
class _Month:
    """Columns of one month: sub-heading ("" for none) to column."""

    year: int | None
    month: int
    columns: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Recap:
    """Where in a sheet the months are; rows and columns are 1-based."""

    block: Block
    row: int
    months: tuple[_Month, ...]
    subs: Mapping[str, str]
    totals: tuple[int, ...]
    others: tuple[tuple[int, str], ...]

    @property
    def columns(self) -> dict[int, str]:
        """Columns of months, to their sub-headings."""
        return {column: sub for month in self.months for sub, column in month.columns.items()}


def _month(cell: Cell) -> tuple[int | None, int] | None:
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
        months = {month for cell in row if (month := _month(cell)) is not None}
        if len(months) > most:
            best, most = place, len(months)
    return best


def _reworded(sheet: Sheet, row: int) -> Sheet:
    """The same sheet with words for months, which dates and numbers are not, and no gaps in that row."""
    rows = [list(cells) for cells in sheet.rows]
    above = rows[row - 2] if row > 1 else [None] * len(rows[row - 1])
    under = rows[row] if row < len(rows) else [None] * len(rows[row - 1])
    last = max(column for column, cell in enumerate(rows[row - 1]) if _month(cell) is not None)
    is_before = True
    for column, cell in enumerate(rows[row - 1]):
        month = _month(cell)
        if month is not None:
            year = f" {month[0]}" if month[0] else ""
            rows[row - 1][column] = f"{MONTHS[month[1] - 1]}{year}"
            is_before = False
        elif _blank(cell) and isinstance(above[column], str) and above[column] != above[last]:
            is_alone = is_before and _blank(under[column])
            rows[row - 1][column] = above[column] if is_alone or column > last else cell
    return replace(sheet, rows=rows)


def _recap(sheet: Sheet, block: Block, row: int) -> _Recap | None:
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
            written.setdefault(sub, (lower if _month(lower) is None else group) if sub else "")
    fewest = FEWEST_GROUPS if len(written) > 1 else FEWEST_MONTHS
    if max(map(len, by_year.values())) < fewest:
        return None
    taken = {column for month in months for column in month.columns.values()}
    after = min(taken)
    totals = tuple(c for c, heading in block.columns if c > after and c not in taken and _is_total(heading))
    others = tuple((c, heading) for c, heading in block.columns if c not in taken and c not in totals)
    if not any(_names_library(heading) for _, heading in others):
        return None
    return _Recap(block, row, months, written, totals, others)


def _months(sheet: Sheet, headings: Mapping[int, str], row: int, *, has_subs: bool) -> tuple[_Month, ...]:
    """The months of a heading row, each with its columns."""
    cells = sheet.rows[row - 1]
    found: list[_Month] = []
    by_sub: dict[tuple[int | None, int], _Month] = {}
    current: _Month | None = None
    before: Cell = None
    for column, cell in enumerate(cells, 1):
        own = _month(cell)
        if own is None and not (has_subs and _blank(cell)):
            current = None
        if column not in headings:
            continue
        heading = headings[column]
        if own is not None and has_subs:
            if current is None or cell != before or _sub(heading) in current.columns:
                current = _Month(*own)
                found.append(current)
        elif own is not None:
            group = heading.rpartition(JOINT)[0]
            years = _years(group)
            year = own[0] or (years.pop() if len(years) == 1 else None)
            sub = aliases.heading_key(group) if _is_part(group) else ""
            current = by_sub.get((year, own[1])) if sub else None
            if current is None or sub in current.columns:
                current = by_sub[year, own[1]] = _Month(year, own[1])
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


def _common(months: tuple[_Month, ...]) -> tuple[_Month, ...]:
    """The months without what stands under one of them only, as a column of notes does after the last."""
    counts = Counter(sub for month in months for sub in month.columns)
    return tuple(
        replace(month, columns={sub: c for sub, c in month.columns.items() if counts[sub] > 1})
        for month in months
    )


def _sub(heading: str) -> str:
    lower = _lower(heading)
    return "" if _month(lower) is not None else lower.casefold()


def _lower(heading: str) -> str:
    return heading.rpartition(JOINT)[2]


def _blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _is_part(heading: str) -> bool:
    """Whether a group heading is women, men or both rather than a title over all months."""
    key = aliases.heading_key(heading)
    return key in _TOTALS or any(name in ("female", "male") for name in aliases.fields("visits").get(key, ()))


def _is_total(heading: str) -> bool:
    """Whether a column among or after the months is a total or mean of some of them."""
    return any(
        (key.split() or [""])[0] in _NO_MONTH for key in map(aliases.heading_key, heading.split(JOINT))
    )


def _names_library(heading: str) -> bool:
    known = aliases.fields("visits")
    return any({"library", "village"} & {*known.get(key, ())} for key in aliases.heading_keys(heading))


# Year and meaning


def _years(text: str) -> set[int]:
    return {year for year in map(int, _YEAR.findall(text)) if _FIRST_YEAR <= year <= _LAST_YEAR}


def _years_of(cell: Cell) -> set[int]:
    if isinstance(cell, dt.date):
        return {cell.year}
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return _years(str(cell)) if isinstance(cell, str | int) else set()


def _titles(sheet: Sheet, recap: _Recap) -> list[tuple[int, Cell]]:
    """Row and value of what stands above the headings, and over all the months."""
    top = recap.block.heading_rows[0]
    found = [(row, cell) for row in range(1, top) for cell in sheet.rows[row - 1] if not _blank(cell)]
    headings = dict(recap.block.columns)
    groups = (headings[column].rpartition(JOINT)[0] for column in recap.columns)
    return found + [(top, group) for group in groups if group and _month(group) is None]


def _year(sheet: Sheet, recap: _Recap) -> tuple[int | None, Finding | None]:
    """The year of months that do not say it: the only one in the title and the name of the sheet."""
    told = [(row, cell) for row, cell in _titles(sheet, recap) if _years_of(cell)]
    years = {year for _, cell in told for year in _years_of(cell)} | _years(sheet.name)
    if len(years) != 1:
        return None, None
    year = years.pop()
    if not told:
        return year, Finding("advise", "recap_year_sheet", Place(sheet.name), sheet.name, {"year": year})
    row, cell = told[0]
    return year, Finding(
        "advise", "recap_year", Place(sheet.name, row), str(cell)[:SHOWN_CHARACTERS], {"year": year}
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
            if fields[0] in names and len(key) > 2 and key not in _TOTALS | {"frekuensi"}:
                found.setdefault(tuple(key.split()), (form, fields[0]))
    return found


def _told(sheet: Sheet, recap: _Recap) -> tuple[str, str, str]:
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


def _headings(sheet: Sheet, recap: _Recap, told: tuple[str, str, str]) -> dict[str, str]:
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
        is_sum = not sub or aliases.heading_key(sub) in _TOTALS
        if is_sum and phrase:
            made[sub] = phrase
        elif not sub:
            made[sub] = f"{UNTOLD}{about}"
        elif form == "visits" or not (is_sum or _is_part(sub)):
            made[sub] = written
        else:
            made[sub] = f"{phrase} {written}" if phrase else f"{UNTOLD} {written}{about}"
    return made


# Rows


def _unfolded(sheet: Sheet, recap: _Recap) -> Unfolded:
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
    month: _Month, first: Mapping[str, int], month_column: int, year_column: int, written: Mapping[int, str]
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


def _sorted(sheet: Sheet, recap: _Recap) -> tuple[list[int], list[int]]:
    """Rows of libraries, and rows of subtotals between them."""
    leading = [column for column, _ in recap.others][:3]
    named = [column for column, heading in recap.others if _names_library(heading)]
    is_total = {row: bool(_SUBTOTAL.match(_label(sheet.rows[row - 1], leading))) for row in recap.block.rows}
    # A row of a district names no library, and holds the sums of the rows after or before it.
    groups: list[list[int]] = [[]]
    heads: list[int | None] = [None]
    for row in recap.block.rows:
        if is_total[row]:
            continue
        if all(_blank(sheet.rows[row - 1][column - 1]) for column in named):
            heads.append(row)
            groups.append([])
        else:
            groups[-1].append(row)
    for at, head in enumerate(heads):
        if head is not None:
            is_total[head] = any(_adds_up(sheet, recap, head, groups[other]) for other in (at, at - 1))
    return [row for row in is_total if not is_total[row]], [row for row in is_total if is_total[row]]


def _adds_up(sheet: Sheet, recap: _Recap, total: int, rows: Sequence[int]) -> bool:
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


def _read(sheet: Sheet, recap: _Recap) -> Finding:
    """Say which columns were taken for months."""
    columns = sorted(recap.columns)
    first, last = (cell_name(recap.row, column) for column in (columns[0], columns[-1]))
    params = {"count": len(recap.months), "first": first, "last": last}
    return Finding("advise", "recap_read", Place(sheet.name, recap.row), "", params)


def _subtotals(sheet: Sheet, rows: Iterable[int]) -> list[Finding]:
    found = []
    for row in rows:
        label = next(cell for cell in sheet.rows[row - 1] if isinstance(cell, str) and cell.strip())
        found.append(Finding("advise", "total_skipped", Place(sheet.name, row), label[:SHOWN_CHARACTERS]))
    return found


def _sums(sheet: Sheet, recap: _Recap, rows: Sequence[int], told: tuple[str, str, str]) -> list[Finding]:
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


def _parts(recap: _Recap, heading: str, phrase: str) -> list[int]:
    """Columns that a total of the whole year is the sum of; none where that is not sure."""
    whole = _WHOLE_YEAR | {"pengunjung", "kunjungan", *phrase.split()}
    keys = [aliases.heading_key(part) for part in heading.split(JOINT)]
    words = [word for key in keys for word in key.split()]
    by_key = {aliases.heading_key(sub): sub for sub in recap.subs}
    if keys[-1] in by_key and keys[-1] not in _TOTALS:
        words, wanted = keys[0].split() if len(keys) > 1 else ["?"], {by_key[keys[-1]]}
    else:
        sums = {sub for key, sub in by_key.items() if not key or key in _TOTALS}
        wanted = sums or ({*recap.subs} if all(map(_is_part, recap.subs)) else set())
    if not all(word in whole or _years(word) for word in words):
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
