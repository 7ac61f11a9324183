"""Finds in a sheet the headings, the data, and what is neither."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from literasi.intake.findings import SHOWN_CHARACTERS, Finding, Place, Weight
from literasi.intake.marked import is_listing
from literasi.intake.reading.cells import BROKEN
from literasi.intake.sheets import Area, Cell, Sheet, cell_name

JOINT = " – "
"""Between a group heading and the heading under it."""

_LOOKED_AT = 60
_BELOW = 30
_LONG = 120
_YEARS = range(1990, 2101)
_NUMBER = re.compile(r"(?:Rp\.?\s*)?[\s\d.,%()/:+=-]*\d[\s\d.,%()/:+=-]*", re.IGNORECASE)
_NUMBERING = re.compile(r"\(?\s*(\d{1,3})\s*(?:[).]|[=(].*)?")
_NUMBER_COLUMN = re.compile(r"(?:no|nomor|nr|#)\s*\.?\s*(?:urut)?\.?", re.IGNORECASE)
_TOTAL_WORDS = r"(?:(?:grand|sub)[\s-]*)?(?:total|jumlah)|rata\s*-?\s*rata|rerata|average|mean|sum"
_TOTAL = re.compile(
    rf"(?:{_TOTAL_WORDS})(?:\s+(?:total|jumlah|keseluruhan|seluruh(?:nya)?|semua(?:nya)?|akhir|umum))*\s*[:=.]*",
    re.IGNORECASE,
)
_TOTAL_BEGINS = "tjsgram"
_TOTAL_OF = re.compile(rf"(?:{_TOTAL_WORDS})\b", re.IGNORECASE)
_EXAMPLE = re.compile(r"contoh\s*(?:$|[^\w\s]|\d|(?:peng)?isian\b)")
"""The mark of an example row, which is no word of a name: “Contoh Praktik Baik” is data."""
_NOTE = re.compile(
    r"(?:sumber|catatan|keterangan|ket|mengetahui|mengesahkan|disahkan|diketahui|menyetujui|dibuat oleh"
    r"|dicetak|source|notes?|printed)\b|\*+\s*\)?",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"-?\d{1,3}(?:[.,]\d{3})+|-?\d+")
_DECIMAL = re.compile(r"-?\d+[.,]\d+")


@dataclass(frozen=True, slots=True)
class Block:
    """The table in a sheet; without heading rows where none was found.

    Attributes
    ----------
    heading_rows : tuple of int
        1-based; two where group headings stand above sub-headings.
    columns : tuple of (int, str)
        1-based column and heading as written, two rows joined by " – ". A column with data but no
        heading has ""; a column without data and heading is left out, and so is the second of two
        columns that agree in heading and every value.
    rows : tuple of int
        1-based rows that are data.
    skipped : tuple of (int, str)
        Rows below the headings that are not data, and why: ``example``, ``total``, ``note``,
        ``section`` (one text over the whole width), ``numbering`` (1, 2, 3 or units in brackets under
        the headings), ``heading`` (repeated) or ``empty``.
    findings : tuple of Finding
        Of the sheet and its structure.
    """

    heading_rows: tuple[int, ...] = ()
    columns: tuple[tuple[int, str], ...] = ()
    rows: tuple[int, ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()
    findings: tuple[Finding, ...] = ()


def find(sheet: Sheet) -> Block:
    """Find the headings and the data rows of a sheet.

    The heading row is the one that best looks like headings: different texts, above cells that are
    filled, numbers under words, at the beginning of a block. Two rows are taken together where a text
    of the first stands over several of the second.

    Returns
    -------
    Block
        Empty if no row looks like headings (a sheet of notes, a single cell), and for the list of
        findings that we ourselves have put into a marked file.
    """
    if is_listing(sheet):
        return Block()
    top = _heading_row(sheet.rows)
    if top is None:
        return Block()
    headings = _heading_rows(sheet, top)
    first = headings[-1] + 1
    names = _names(sheet, headings)
    width = len(names)
    used = [c for c in range(width) if names[c] or any(not _blank(row[c]) for row in sheet.rows[first:])]
    rows, skipped = _sort(sheet, first, used, names)
    block = Block(
        heading_rows=tuple(row + 1 for row in headings),
        columns=tuple((c + 1, names[c]) for c in used if names[c] or _has_data(sheet, rows, c)),
        rows=tuple(row + 1 for row in rows),
        skipped=tuple((row + 1, why) for row, why in sorted(skipped.items())),
    )
    columns, doubled = _doubles(sheet, block)
    block = Block(block.heading_rows, columns, block.rows, block.skipped)
    findings = (
        *_of_sheet(sheet, block),
        *_of_rows_above(sheet, block),
        *doubled,
        *_of_skipped(sheet, block),
        *_of_cells(sheet, block),
    )
    return Block(block.heading_rows, block.columns, block.rows, block.skipped, findings)


# Cells


def _blank(cell: Cell) -> bool:
    return cell is None or (type(cell) is str and not cell.strip())


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _NUMBER.fullmatch(cell.strip()) is not None
    return cell is not None


def _is_year(cell: Cell) -> bool:
    text = cell.strip() if isinstance(cell, str) else cell
    if isinstance(text, str):
        return text.isdecimal() and len(text) == 4 and int(text) in _YEARS
    return type(text) is int and text in _YEARS


def _word(cell: Cell) -> str:
    return " ".join(_shown(cell).split()).casefold()


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time.min:
        return cell.date().isoformat()
    return str(cell)


def _filled(row: Sequence[Cell]) -> list[int]:
    return [column for column, cell in enumerate(row) if cell is not None and not _blank(cell)]


# The heading row


def _heading_row(rows: Sequence[Sequence[Cell]]) -> int | None:
    places = []
    for number, row in enumerate(rows):
        if any(not _blank(cell) for cell in row):
            places.append(number)
            if len(places) == _LOOKED_AT + _BELOW:
                break
    width = max((len({_word(rows[place][c]) for c in _filled(rows[place])}) for place in places), default=0)
    best: tuple[float, int] | None = None
    for nth, place in enumerate(places[:_LOOKED_AT]):
        row = rows[place]
        words = {_word(row[c]) for c in _filled(row)}
        if len(words) < min(2, width) or _EXAMPLE.match(next(iter(_texts(row)), "")):
            continue
        below = [rows[p] for p in places[nth + 1 : nth + 1 + _BELOW] if list(rows[p]) != list(row)]
        above = rows[place - 1] if place else ()
        score = _score(row, below)
        if len({_word(above[c]) for c in _filled(above)}) * 2 < len(words):
            score += 1  # the first row of a block
        if score >= 1 and (best is None or score > best[0]):
            best = score, place
    return best[1] if best else None


def _texts(row: Sequence[Cell]) -> Iterable[str]:
    return (_word(row[c]) for c in _filled(row))


def _score(row: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> float:
    """How much a row looks like the headings of the rows below it: about two per column at best."""
    score = 0.0
    for column, cell in enumerate(row):
        values = [other[column] for other in below if not _blank(other[column])]
        if _blank(cell):
            score -= 0.7 if len(values) * 3 > len(below) else 0
        elif not _is_number(cell):
            score += 1 if values else 0.6
            score += 1 if values and sum(map(_is_number, values)) >= 0.7 * len(values) else 0
            score -= 0.75 if _word(cell) in {_word(value) for value in values} else 0
            text = _shown(cell).rstrip()
            score -= 1.5 if text.endswith(":") else 0
            score -= 0.5 if len(text) > _LONG else 0
        elif _is_year(cell) and not any(_is_year(value) for value in values):
            score += 0.5  # a column for each year
        else:
            score -= 1
    return score


def _heading_rows(sheet: Sheet, top: int) -> tuple[int, ...]:
    if top > 0 and _belong(sheet, top - 1, top):
        return top - 1, top
    if top + 1 < len(sheet.rows) and _belong(sheet, top, top + 1):
        return top, top + 1
    return (top,)


def _belong(sheet: Sheet, upper: int, lower: int) -> bool:
    """Whether two rows are group headings and the sub-headings below them."""
    above, under = sheet.rows[upper], sheet.rows[lower]
    over, inner = _filled(above), _filled(under)
    if not over or not inner:
        return False
    if any(_is_number(row[c]) and not _is_year(row[c]) for row in (above, under) for c in _filled(row)):
        return False
    used = sorted({*over, *inner})
    words = {_word(above[c]) for c in over}
    spans = [
        (area.first_column - 1, area.last_column - 1)
        for area in sheet.merged
        if area.first_row - 1 <= upper <= area.last_row - 1 < lower and area.last_column > area.first_column
    ]
    if spans:
        if len(words) == 1 and (over[0] == used[0] or len(over) * 3 > len(used) * 2):
            return False  # a title above the table
        return any(
            len({_word(under[c]) for c in range(first, last + 1) if not _blank(under[c])}) > 1
            for first, last in spans
        )
    groups = [
        c
        for c in over
        if c + 1 < len(above) and _blank(above[c + 1]) and not _blank(under[c]) and not _blank(under[c + 1])
    ]
    if not groups or (len(words) == 1 and over[0] == used[0]):
        return False
    below = [sheet.rows[r] for r in range(lower + 1, min(lower + 1 + _BELOW, len(sheet.rows)))]

    columns = {c: [row[c] for row in below if not _blank(row[c])] for c in used}
    stands_alone = any(_blank(under[c]) and len(columns[c]) * 2 > len(below) for c in over)
    over_numbers = all(
        columns[c] and sum(map(_is_number, columns[c])) >= 0.7 * len(columns[c])
        for group in groups
        for c in (group, group + 1)
    )
    return stands_alone or over_numbers


def _names(sheet: Sheet, headings: tuple[int, ...]) -> list[str]:
    lower = sheet.rows[headings[-1]]
    names = [" ".join(_shown(cell).split()) for cell in lower]
    if len(headings) == 1:
        return names
    group = ""
    for column, cell in enumerate(sheet.rows[headings[0]]):
        own = " ".join(_shown(cell).split())
        if own or not names[column]:
            group = own
        if group and group != names[column]:
            names[column] = f"{group}{JOINT}{names[column]}" if names[column] else group
        if own and _blank(lower[column]):
            group = ""  # it stands for itself, not over the next
    return names


# The rows below


def _sort(
    sheet: Sheet, first: int, used: Sequence[int], names: Sequence[str]
) -> tuple[list[int], dict[int, str]]:
    """Tell rows of data from the others."""
    skipped: dict[int, str] = {}
    rows: list[int] = []
    unfilled = {row - 1 for row, _ in sheet.unfilled_formulas}
    wide = {
        row
        for area in sheet.merged
        if area.first_row == area.last_row and (area.last_column - area.first_column + 1) * 2 > len(used) > 2
        for row in (area.first_row - 1,)
    }
    numbers = used[0] if used and _NUMBER_COLUMN.fullmatch(names[used[0]]) else -1
    heading = [_word(sheet.rows[first - 1][c]) for c in used]
    is_first = True
    for place in range(first, len(sheet.rows)):
        row = sheet.rows[place]
        filled = [c for c in used if row[c] is not None and not _blank(row[c])]
        if place not in unfilled and (not filled or (filled == [numbers] and _is_number(row[numbers]))):
            skipped[place] = "empty"
            continue
        texts = [_word(row[c]) for c in filled]
        if is_first and _is_numbering(sheet, place, filled, used):
            skipped[place] = "numbering"
        elif texts and _EXAMPLE.match(texts[0]):
            skipped[place] = "example"
        elif len(filled) > 1 and [_word(row[c]) for c in used] == heading:
            skipped[place] = "heading"
        elif any(text[0] in _TOTAL_BEGINS and _TOTAL.fullmatch(text) for text in texts) and _says_total(
            row[c] for c in filled
        ):
            skipped[place] = "total"
        elif place in wide and len(set(texts)) == 1 and len(filled) * 2 > len(used):
            skipped[place] = "section"
        else:
            rows.append(place)
        is_first = False
    _drop_notes(sheet, rows, skipped, used)
    while rows and _TOTAL_OF.match(_label(sheet.rows[rows[-1]], used)) and _adds_up(sheet, rows, used):
        skipped[rows.pop()] = "total"
        _drop_notes(sheet, rows, skipped, used)
    return rows, skipped


def _is_numbering(sheet: Sheet, place: int, filled: Sequence[int], used: Sequence[int]) -> bool:
    row = sheet.rows[place]
    shown = [_shown(row[c]).strip() for c in filled]
    if len(shown) > 1 and all(text.startswith("(") and text.endswith(")") for text in shown):
        return True  # units, or numbers of columns
    found = [_NUMBERING.fullmatch(text) for text in shown]
    numbers = [int(match[1]) for match in found if match]
    if len(filled) < 3 or len(filled) * 2 < len(used) or numbers != list(range(1, len(filled) + 1)):
        return False
    if all("(" in text for text in shown) or len(filled) > 4:
        return True
    # Three or four numbers may be data: they are not if the next row begins with 1 again.
    after = sheet.rows[place + 1] if place + 1 < len(sheet.rows) else ()
    return bool(after) and _shown(after[filled[0]]).strip() == "1"


def _says_total(cells: Iterable[Cell]) -> bool:
    """Whether one of the texts before the first figure is the label of a total; a note behind is none."""
    has_text = False
    for cell in cells:
        if _is_number(cell):
            if has_text:
                return False
            continue
        has_text = True
        if _TOTAL.fullmatch(_word(cell)):
            return True
    return False


def _label(row: Sequence[Cell], used: Sequence[int]) -> str:
    """Give the first text among the leading cells, where a totals row says that it is one."""
    cells = (row[column] for column in used[:3])
    return next((c.strip() for c in cells if isinstance(c, str) and c.strip() and not _is_number(c)), "")


def _adds_up(sheet: Sheet, rows: Sequence[int], used: Sequence[int]) -> bool:
    """Whether the last row holds a sum or mean of the rows above it in one column at least."""
    for column in used:
        last = _quantity(sheet.rows[rows[-1]][column])
        values = [_quantity(sheet.rows[row][column]) for row in rows[:-1]]
        known = [value for value in values if value is not None]
        if last is None or len(known) < 2:
            continue
        total = sum(known)
        if any(abs(last - aim) <= 0.005 * max(1.0, abs(aim)) for aim in (total, total / len(known))):
            return True
    return False


def _quantity(cell: Cell) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    if not isinstance(cell, str):
        return float(cell)
    text = cell.strip()
    if _GROUPED.fullmatch(text):
        return float(re.sub("[.,]", "", text))
    return float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else None


def _drop_notes(sheet: Sheet, rows: list[int], skipped: dict[int, str], used: Sequence[int]) -> None:
    """Take source lines and signatures at the end out of the data."""
    tail = len(rows)
    begin = tail
    while tail and _is_sparse(sheet, rows, tail - 1, used):
        tail -= 1
        before = rows[tail] - 1
        texts = list(_texts(sheet.rows[rows[tail]]))
        if skipped.get(before) in ("empty", "total", "note") or (texts and _NOTE.match(texts[0])):
            begin = tail
    if begin == 0:
        return  # nothing would be left
    for place in rows[begin:]:
        skipped[place] = "note"
    del rows[begin:]


def _is_sparse(sheet: Sheet, rows: Sequence[int], nth: int, used: Sequence[int]) -> bool:
    row = sheet.rows[rows[nth]]
    filled = [c for c in used if not _blank(row[c])]
    if len({_word(row[c]) for c in filled}) > (2 if len(used) > 5 else 1) or len(used) == 1:
        return False
    sample = [sheet.rows[r] for r in rows[: min(nth, _BELOW)]]
    return not any(
        _is_number(row[c]) and sum(_is_number(other[c]) for other in sample) * 2 > len(sample) for c in filled
    )


def _has_data(sheet: Sheet, rows: Sequence[int], column: int) -> bool:
    return any(not _blank(sheet.rows[row][column]) for row in rows)


# Findings


def _finding(
    weight: Weight,
    rule: str,
    sheet: Sheet,
    *,
    row: int = 0,
    column: int = 0,
    heading: str = "",
    value: Cell = None,
    **params: object,
) -> Finding:
    place = Place(sheet=sheet.name, row=row, column=column, heading=heading)
    return Finding(weight, rule, place, value=_shown(value)[:SHOWN_CHARACTERS], params=params)


def _doubles(sheet: Sheet, block: Block) -> tuple[tuple[tuple[int, str], ...], list[Finding]]:
    """Report headings that stand twice; the second of two equal columns is left out."""
    first: dict[str, int] = {}
    columns: list[tuple[int, str]] = []
    findings: list[Finding] = []
    row = block.heading_rows[-1]
    for column, heading in block.columns:
        before = first.setdefault(_word(heading), column) if heading else column
        if before == column:
            columns.append((column, heading))
            continue
        is_same = all(sheet.rows[r - 1][before - 1] == sheet.rows[r - 1][column - 1] for r in block.rows)
        findings.append(
            _finding(
                "advise" if is_same else "fail",
                "same_column" if is_same else "duplicate_heading",
                sheet,
                row=row,
                column=column,
                heading=heading,
                value=heading,
                first=cell_name(row, before),
                second=cell_name(row, column),
            )
        )
        if not is_same:
            columns.append((column, heading))
    return tuple(columns), findings


def _of_sheet(sheet: Sheet, block: Block) -> list[Finding]:
    findings: list[Finding] = []
    headings = dict(block.columns)
    if sheet.is_hidden:
        findings.append(_finding("advise", "hidden_sheet", sheet))
    joined = next((heading for _, heading in block.columns if JOINT in heading), None)
    if len(block.heading_rows) > 1 and joined:
        first, last = block.heading_rows
        findings.append(
            _finding("advise", "headings_joined", sheet, row=first, value=joined, first=first, last=last)
        )
    hidden = sorted(sheet.hidden_rows.intersection(block.rows))
    if hidden:
        findings.append(
            _finding("advise", "hidden_rows", sheet, row=hidden[0], count=len(hidden), rows=_ranges(hidden))
        )
    findings += [
        _finding(
            "advise",
            "hidden_column",
            sheet,
            row=block.heading_rows[-1],
            column=column,
            heading=headings[column],
        )
        for column in sorted(sheet.hidden_columns.intersection(headings))
    ]
    findings += [
        _finding(
            "advise",
            "column_without_heading",
            sheet,  # of the sheet, not of the column: a column without heading is usually left out
            row=block.heading_rows[-1],
            cell=cell_name(block.heading_rows[-1], column),
        )
        for column, heading in block.columns
        if not heading
    ]
    return findings


def _of_rows_above(sheet: Sheet, block: Block) -> list[Finding]:
    """Report another table above the headings: its rows are as full as data, and nobody would read them."""
    full = max(3, 0.6 * sum(bool(heading) for _, heading in block.columns))
    rows = [
        number
        for number, row in enumerate(sheet.rows[: block.heading_rows[0] - 1], 1)
        if len({_word(row[c]) for c in _filled(row)}) >= full
    ]
    if len(rows) < 2:
        return []
    heading = block.heading_rows[0]
    return [_finding("fail", "table_above", sheet, row=rows[0], rows=_ranges(rows), heading_row=heading)]


def _of_skipped(sheet: Sheet, block: Block) -> list[Finding]:
    findings = []
    notes = [row for row, why in block.skipped if why == "note"]
    for row, why in block.skipped:
        texts = [cell for cell in sheet.rows[row - 1] if isinstance(cell, str) and cell.strip()]
        totals = [text for text in texts if why == "total" and _TOTAL_OF.match(text.strip())]
        label = next(iter(totals or texts), None)
        if why in ("total", "section"):
            findings.append(_finding("advise", f"{why}_skipped", sheet, row=row, value=label))
        elif why == "note" and row == notes[0]:
            findings.append(
                _finding("advise", "notes_skipped", sheet, row=row, value=label, rows=_ranges(notes))
            )
    return findings


def _of_cells(sheet: Sheet, block: Block) -> list[Finding]:
    headings = dict(block.columns)
    rows = frozenset(block.rows)
    findings = [
        _finding("fail", "formula_without_value", sheet, row=row, column=column, heading=headings[column])
        for row, column in sheet.unfilled_formulas
        if row in rows and column in headings
    ]
    texts: list[Area] = []
    for area in sheet.merged:
        if not any(row in rows for row in range(area.first_row, area.last_row + 1)):
            continue
        value = sheet.rows[area.first_row - 1][area.first_column - 1]
        if _blank(value):
            continue
        if _is_number(value) and not _is_year(value) and not isinstance(value, dt.date | dt.time | bool):
            findings.append(
                _finding(
                    "fail",
                    "merged_number",
                    sheet,
                    row=area.first_row,
                    column=area.first_column,
                    heading=headings.get(area.first_column, ""),
                    value=value,
                    cells=_area_name(area),
                )
            )
        else:
            texts.append(area)
    if texts:
        findings.append(
            _finding(
                "advise",
                "merged_cells",
                sheet,
                row=texts[0].first_row,
                column=texts[0].first_column,
                heading=headings.get(texts[0].first_column, ""),
                value=sheet.rows[texts[0].first_row - 1][texts[0].first_column - 1],
                count=len(texts),
                cells=", ".join(map(_area_name, texts[:5])) + (" …" if len(texts) > 5 else ""),
            )
        )
    for row in (*block.heading_rows, *block.rows):
        for column, cell in enumerate(sheet.rows[row - 1], 1):
            if type(cell) is str and BROKEN in cell and column in headings:
                findings.append(
                    _finding(
                        "fail",
                        "broken_character",
                        sheet,
                        row=row,
                        column=column,
                        heading=headings[column],
                        value=cell,
                    )
                )
    return findings


def _area_name(area: Area) -> str:
    return f"{cell_name(area.first_row, area.first_column)}:{cell_name(area.last_row, area.last_column)}"


def _ranges(numbers: Sequence[int]) -> str:
    """Shorten a list of rows, at most ten ranges of it.

    >>> _ranges([3, 4, 5, 9])
    '3–5, 9'
    """
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    shown = ["–".join(map(str, part)) for part in parts[:10]]
    return ", ".join(shown) + (" …" if len(parts) > 10 else "")
