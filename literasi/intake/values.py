"""Cells of one column as typed values; what cannot be read is a fault, what can be read twice a question.

Nothing is guessed. ``1.234`` and ``06/07/2024`` are settled by the other cells of their column. A number that
those leave open is asked about. A date is read day first then, as Indonesia writes it; but where something in
the sheet speaks for the month, it is asked about too. Empty, ``-`` and ``n/a`` are missing; 0 is zero.
"""

from __future__ import annotations

import ast
import datetime as dt
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

import pandas as pd

from literasi.contracts import DTYPES, FIRST_YEAR, LAST_YEAR
from literasi.intake.aliases import choice_key, choices
from literasi.intake.forms import Field, choice_label
from literasi.intake.sheets import Cell

NumberStyle = Literal["id", "en", "dmy", "mdy"]
"""How the column is written: decimal comma or decimal point; day or month first."""

LONGEST_TEXT, LONGEST_NOTE = 500, 2_000
_MISSING = frozenset({"", "-", "--", "–", "—", "n/a", "na", "n.a.", "tidak ada data", "null", "none", "nan"})


@dataclass(frozen=True, slots=True)
class ValueFault:
    """A cell that cannot be read: its 0-based position in the column, the rule it breaks, and how."""

    position: int
    rule: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Values:
    """One column as it was read.

    Attributes
    ----------
    series : Series
        One value per cell with a fresh index, of the type that the contracts give the kind; missing where
        the cell is empty, faulty or unclear.
    faults : tuple of ValueFault
        In the order of the cells.
    question : {"", "number", "date"}
        What must be asked before the cells at `unclear` can be read.
    unclear : tuple of int
        0-based positions.
    """

    series: pd.Series[Any]
    faults: tuple[ValueFault, ...] = ()
    question: Literal["", "number", "date"] = ""
    unclear: tuple[int, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Whether something must be asked."""
        return bool(self.unclear)


@dataclass(frozen=True, slots=True)
class _Wrong:
    rule: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Unclear:
    pass


_UNCLEAR = _Unclear()
_Reader = Callable[[Cell], object]


def read(
    cells: Sequence[Cell],
    one: Field,
    *,
    counts_from_1904: bool = False,
    style: NumberStyle | None = None,
    beside: Iterable[Iterable[Cell]] = (),
) -> Values:
    """Read the cells of one column as the kind of a field.

    Parameters
    ----------
    cells : sequence of Cell
        Data rows only, in order.
    one : Field
    counts_from_1904 : bool
        `File.counts_from_1904`.
    style : {"id", "en", "dmy", "mdy"}, optional
        Answer of the operator, for cells that the column does not settle: decimal comma (``id``) or point
        (``en``); day first (``dmy``) or month first (``mdy``).
    beside : iterable of iterable of Cell, optional
        Cells of the other columns of the sheet. Gone through only where the dates of this one can all be
        read in both orders: if one of them has its month first, so may these.

    Returns
    -------
    Values

    Notes
    -----
    Each distinct cell is read once. Rules of faults: ``not_number``, ``not_integer``, ``not_date``,
    ``not_month``, ``not_period``, ``not_age``, ``not_boolean``, ``choice``,
    ``year_range``, ``formula_error``, ``nul_character``, ``too_long``. Limits are checked with the contract.
    """
    distinct: dict[object, int] = {}
    kinds: list[Cell] = []
    places: list[int] = []
    for cell in cells:
        # 1, 1.0 and True are equal as keys, and are not read alike.
        key = cell if type(cell) is str else (type(cell), cell)
        place = distinct.get(key)
        if place is None:
            place = distinct[key] = len(kinds)
            kinds.append(cell)
        places.append(place)
    plain = [clean(cell, lines=one.kind == "several") if isinstance(cell, str) else cell for cell in kinds]
    reader = _reader(one, plain, counts_from_1904=counts_from_1904, style=style, beside=beside)
    results = [_checked(cell, one, reader) for cell in plain]
    good = [None if isinstance(result, _Wrong | _Unclear) else result for result in results]
    bad = {i for i, result in enumerate(results) if isinstance(result, _Wrong | _Unclear)}
    faults: list[ValueFault] = []
    unclear: list[int] = []
    if bad:
        for position, place in enumerate(places):
            result = results[place] if place in bad else None
            if isinstance(result, _Wrong):
                faults.append(ValueFault(position, result.rule, result.params))
            elif result is not None:
                unclear.append(position)
    question: Literal["", "number", "date"] = ""
    if unclear:
        question = "number" if one.kind in ("integer", "number") else "date"
    series = pd.Series([good[place] for place in places], dtype=cast("Any", _dtype(one.kind)))
    return Values(series, tuple(faults), question, tuple(unclear))


def clean(text: str, *, lines: bool = False) -> str:
    """Take out what cannot be seen, and join words by single spaces.

    Lines are kept apart by ``;`` where they are the items of a list. A NUL is kept: it is a fault. Zero-width
    signs stay inside emoji and scripts that need them; marks that turn the direction of
    writing are removed, because they make a text read differently from what it says.
    """
    if lines:
        text = ";".join(text.splitlines())
    if not (text.isascii() and text.isprintable()):
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


_INVISIBLE = re.compile(
    "[\u0001-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060"
    "\u2066-\u2069\ufeff\ud800-\udfff]"
    "|(?<![^\u0000-\u024f])[\u200c\u200d]|[\u200c\u200d](?![^\u0000-\u024f])"
)
_ERROR_CELL = re.compile(r"#(REF|NAME|VALUE|DIV/0|NUM|NULL|N/A|SPILL|CALC)[!?]?|Err:\d{3}", re.IGNORECASE)


def _dtype(kind: str) -> str:
    if kind in ("integer", "number", "boolean", "date", "month"):
        return DTYPES[kind]  # type: ignore[index]
    return "Int64" if kind == "month_name" else "str"


def _checked(cell: Cell, one: Field, reader: _Reader) -> object:
    """Read one cell after what holds for every kind."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if not isinstance(cell, str):
        return reader(cell)
    if cell.casefold() in _MISSING:
        return None
    if "\x00" in cell:
        return _Wrong("nul_character")
    if _ERROR_CELL.fullmatch(cell):
        return _Wrong("formula_error")
    longest = LONGEST_NOTE if one.name == "note" else LONGEST_TEXT
    return (
        _Wrong("too_long", {"limit": longest, "length": len(cell)}) if len(cell) > longest else reader(cell)
    )


def _reader(
    one: Field,
    distinct: Sequence[Cell],
    *,
    counts_from_1904: bool,
    style: NumberStyle | None,
    beside: Iterable[Iterable[Cell]],
) -> _Reader:
    """Choose how the cells of a column are read, given all its distinct cells."""
    texts = [cell for cell in distinct if isinstance(cell, str) and len(cell) <= LONGEST_TEXT]
    if one.kind in ("integer", "number"):
        decimal = _decimal_style(texts, style)
        return lambda cell: _number(cell, one, decimal)
    if one.kind in ("date", "month", "period"):
        order = _date_order(texts, style, is_month=one.kind != "date", beside=beside)
        dates = _Dates(order, counts_from_1904)
        return {"date": dates.day, "month": dates.month, "period": dates.period}[one.kind]
    if one.kind == "month_name":
        return _month_name
    if one.kind == "boolean":
        return _boolean
    if one.kind == "age":
        return _age
    if one.choices:
        codes = choices(one)
        labels = ", ".join(choice_label(one, code) for code in one.choices)
        return (
            (lambda cell: _several(_text(cell), codes, labels))
            if one.kind == "several"
            else (lambda cell: _choice(_text(cell), codes, labels, is_open=one.is_open))
        )
    return _text


# Text


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    text = str(cell)
    if text.startswith("["):
        # SIM TPBIS writes some lists as the text of a list: "['Kepala Desa', 'Swasta']".
        try:
            listed = ast.literal_eval(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return text
        if listed and isinstance(listed, list) and all(isinstance(item, str) for item in listed):
            return clean("; ".join(listed))
    return text


def _choice(text: str, codes: Mapping[str, str], labels: str, *, is_open: bool) -> str | _Wrong:
    code = codes.get(choice_key(text))
    if code is None and not is_open:
        return _Wrong("choice", {"choices": labels})
    return text if code is None else code


def _several(text: str, codes: Mapping[str, str], labels: str) -> str | _Wrong | None:
    whole = codes.get(choice_key(text))
    parts = [text] if whole else [part for part in re.split(r"[;,|]", text) if part.strip()]
    found = [codes.get(choice_key(part)) for part in parts]
    if any(code is None for code in found):
        return _Wrong("choice", {"choices": labels})
    return ";".join(code for code in dict.fromkeys(codes.values()) if code in found) or None


_TRUE = frozenset(
    {"ya", "y", "iya", "yes", "true", "benar", "v", "✓", "✔", "✔️", "☑", "√", "1", "ada", "sudah", "permanen"}
    | {"sudah diverifikasi", "terverifikasi", "diverifikasi", "verified"}
)
_FALSE = frozenset(
    {"tidak", "tdk", "tak", "bukan", "no", "n", "false", "salah", "✗", "✘", "0", "tidak ada", "belum"}
    | {"belum diverifikasi", "belum terverifikasi", "tidak terverifikasi", "tidak permanen", "not verified"}
)


def _boolean(cell: Cell) -> bool | _Wrong:
    word = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).casefold()
    if word in _TRUE:
        return True
    return False if word in _FALSE else _Wrong("not_boolean")


_BANDS = ((26, "<26"), (36, "26-35"), (46, "36-45"), (56, "46-55"), (math.inf, ">55"))
_OLDEST = 110
_YEARS = re.compile(r"(\d{1,3})(?:[.,]0+)?(?: ?(?:tahun|thn|th|years?|yo)\.?)?")
_BAND = re.compile(r"(\d{2}) ?(?:[-–—]|s/d|s\.d\.?|sampai|to) ?(\d{2})")
_OPEN_BAND = re.compile(
    r"(<=?|≤|di ?bawah|kurang dari|under|below|>=?|≥|di ?atas|lebih dari|over|above) ?(\d{2})"
)
_PLUS_BAND = re.compile(r"(\d{2}) ?\+")


def _age(cell: Cell) -> str | _Wrong:
    """Years or a band as one of our bands; a band that lies across two of ours is a fault."""
    text = _text(cell).casefold()
    if years := _YEARS.fullmatch(text):
        age = int(years[1])
        return next(band for end, band in _BANDS if age < end) if age <= _OLDEST else _Wrong("not_age")
    bare = re.sub(r" ?(tahun|thn|th|years?)\b\.?", "", text).strip()
    span: tuple[float, float] | None = None
    if closed := _BAND.fullmatch(bare):
        span = int(closed[1]), int(closed[2])
    elif plus := _PLUS_BAND.fullmatch(bare):
        span = int(plus[1]), math.inf
    elif half := _OPEN_BAND.fullmatch(bare):
        edge, sign = int(half[2]), half[1]
        if sign in (">", "di atas", "diatas", "lebih dari", "over", "above"):
            span = edge + 1, math.inf
        elif sign in (">=", "≥"):
            span = edge, math.inf
        else:
            span = 0, edge if sign in ("<=", "≤") else edge - 1
    if span is not None and span[0] <= span[1]:
        first = 0
        for end, band in _BANDS:
            if first <= span[0] and (span[1] < end or end == math.inf):
                return band
            first = int(min(end, _OLDEST))
    return _Wrong("not_age")


# Numbers

_POINTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_COMMAS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_SPACES = re.compile(r"\d{1,3}(?: \d{3})+(?=$|[.,])")
_CURRENCY = re.compile(r"^(?:rp|idr)\.? ?|(?:,-|\.-)$", re.IGNORECASE)
_LARGEST = 9e15


def _bare(text: str) -> tuple[float, str, bool]:
    """Sign, digits with separators, and whether a percent sign followed."""
    bare = text.lstrip("'").strip()
    is_percent = bare.endswith("%")
    bare = bare.removesuffix("%").rstrip()
    sign = 1.0
    if bare[:1] in ("-", "−", "–", "+"):
        sign = 1.0 if bare[0] == "+" else -1.0
        bare = bare[1:].lstrip()
    bare = _CURRENCY.sub("", bare).strip()
    if bare[:1] in ("-", "−"):
        sign, bare = -sign, bare[1:]
    return sign, _SPACES.sub(lambda found: found[0].replace(" ", ""), bare), is_percent


def _shows(bare: str) -> NumberStyle | None:
    """Which style a number is certainly written in, whatever stands around it."""
    if not re.fullmatch(r"\d[\d.,]*", bare):
        return None
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        return "id" if bare.rfind(",") > bare.rfind(".") else "en"
    if points > 1 or commas > 1:
        return "id" if points else "en"
    if points + commas == 1 and not _POINTS.fullmatch(bare) and not _COMMAS.fullmatch(bare):
        return "id" if commas else "en"
    return None


def _decimal_style(texts: Iterable[str], style: NumberStyle | None) -> NumberStyle | None:
    """Give the style that settles what can be read twice: the answer, else what all clear cells show."""
    if style in ("id", "en"):
        return style
    shown = {_shows(_bare(text)[1]) for text in texts if not text.isdecimal()} - {None}
    return shown.pop() if len(shown) == 1 else None


def _number(cell: Cell, one: Field, style: NumberStyle | None) -> float | int | _Wrong | _Unclear:
    value: float
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return _Wrong("not_number")
    if isinstance(cell, int | float):
        value = cell
    else:
        sign, bare, is_percent = _bare(cell)
        if is_percent and not one.is_percent:
            return _Wrong("not_number")
        own = _shows(bare)
        if own is None and ("." in bare or "," in bare):
            # One separator before three digits. Dots are the Indonesian thousands, and a count has no
            # decimals: it is read so unless the column shows the other style.
            own = style or ("id" if one.kind == "integer" and "." in bare else None)
            if own is None and (_POINTS.fullmatch(bare) or _COMMAS.fullmatch(bare)):
                return _UNCLEAR
        parsed = _parse(bare, own)
        if parsed is None:
            return _Wrong("not_number")
        value = sign * parsed
    if not math.isfinite(value) or abs(value) > _LARGEST:
        return _Wrong("not_number")
    if one.kind != "integer":
        return float(value)
    return int(value) if float(value).is_integer() else _Wrong("not_integer")


def _parse(bare: str, style: NumberStyle | None) -> float | None:
    """Digits with separators as a number, if the separators stand where that style has them."""
    thousands, decimal = (",", ".") if style == "en" else (".", ",")
    whole, _, part = bare.partition(decimal)
    if thousands in whole:
        if not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+", whole):
            return None
        whole = whole.replace(thousands, "")
    if not re.fullmatch(r"[0-9]{1,16}", whole) or not re.fullmatch(r"[0-9]*", part):
        return None
    return float(f"{whole}.{part or 0}") if part.strip("0") else int(whole)


# Dates, months, periods

_MONTH_NAMES = (
    ("januari", "january", "jan"),
    ("februari", "february", "pebruari", "feb", "peb"),
    ("maret", "march", "mar", "mrt"),
    ("april", "apr"),
    ("mei", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("agustus", "august", "agu", "agt", "ags", "agst", "agust", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nopember", "nov", "nop"),
    ("desember", "december", "des", "dec"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_ROMAN_NAMES = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN = {name: number for number, name in enumerate(_ROMAN_NAMES, 1)}
_WEEKDAY = re.compile(
    r"^(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|min"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)\b[,.]?\s+",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?:(?:[T\s,]+|\s+pukul\s+)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?:\s*[AP]\.?M\.?)?"
    r"(?:\s*(?:WIB|WITA|WIT|Z|(?:GMT|UTC)?\s*[+-]\d{1,2}(?::?\d{2})?))?)?"
)
_YMD = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}", re.IGNORECASE)
_NUMERIC = re.compile(
    rf"(\d{{1,2}})\s?([-/. ])\s?(\d{{1,2}})\s?\2\s?(\d{{4}}|\d{{2}}){_CLOCK}", re.IGNORECASE
)
_DAY_NAME = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[\s\-/.]*([a-z]+)[\s\-/.,]*['’]?(\d{{4}}|\d{{2}}){_CLOCK}", re.IGNORECASE
)
_NAME_DAY = re.compile(rf"([a-z]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_CLOCK}", re.IGNORECASE)
_NAME_YEAR = re.compile(r"(?:bulan |periode )?([a-z]+)[\s\-/.,]*['’]?(\d{4}|\d{2})", re.IGNORECASE)
_YEAR_NAME = re.compile(r"(\d{4})[\s\-/.,]*([a-z]+)", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"(\d{4})[-/. ]?(\d{2})|(\d{4})[-/. ](\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/. ](\d{4})")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_EPOCH_1900, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
_LAST_SERIAL = 2_958_465


def _date_order(
    texts: Iterable[str], style: NumberStyle | None, *, is_month: bool, beside: Iterable[Iterable[Cell]]
) -> Literal["dmy", "mdy"] | None:
    """Give what comes first in numeric dates: the answer, else what the column shows, else the day.

    None where the column shows both orders; where it shows neither, and other columns or the times of a form
    have the month first. In a column of months, dates that all name the first place day of the month in the
    second place may be months written month first, and are not taken for days.
    """
    if style in ("dmy", "mdy"):
        return style
    written = [found for text in texts if (found := _NUMERIC.fullmatch(_WEEKDAY.sub("", text)))]
    pairs = {(int(found[1]), int(found[3])) for found in written}
    day_first = any(first > 12 >= second for first, second in pairs)
    month_first = any(second > 12 >= first for first, second in pairs)
    if day_first and month_first:
        return None
    if day_first or month_first:
        return "mdy" if month_first else "dmy"
    if is_month and pairs and all(second == 1 for _, second in pairs) and pairs != {(1, 1)}:
        return None
    is_open = any(first != second for first, second in pairs)
    if is_open and (_are_american_times(written) or any(map(_may_be_month_first, beside))):
        return None
    return "dmy"


_AMERICAN_TIME = re.compile(
    r"[1-9]\d?/[1-9]\d?/\d{2,4},? \d{1,2}:\d{2}(?::\d{2}(?: ?[AP]M)?| ?[AP]M)", re.IGNORECASE
)


def _are_american_times(dates: Sequence[re.Match[str]]) -> bool:
    """Whether these may be the times of an American form or system: ``6/7/2026 10:12:33``, no zeros before.

    Where the day stands first, such programs write ``07/06/2026 10:12:33`` or ``07/06/2026 10.12``.
    """
    return any(len(found[1]) + len(found[3]) < 4 for found in dates) and all(
        _AMERICAN_TIME.fullmatch(found[0]) for found in dates
    )


def _may_be_month_first(cells: Iterable[Cell]) -> bool:
    """Whether the dates of a column have the month first, or may be the times of an American form."""
    texts = {cell for cell in cells if isinstance(cell, str)}
    dates = [
        found
        for text in texts
        if _LIKE_DATE.match(text) and (found := _NUMERIC.fullmatch(_WEEKDAY.sub("", clean(text))))
    ]
    # Dots stand in numbers of chapters and budgets, and in no American date.
    pairs = [(int(found[1]), int(found[3])) for found in dates if found[2] in "/-"]
    if any(first <= 12 < second <= 31 for first, second in pairs):
        return True
    return _are_american_times(dates) and not any(second <= 12 < first for first, second in pairs)


_LIKE_DATE = re.compile(r"\s*(?:[a-z'’]+[,.]?\s+)?\d{1,2}\s?[-/. ]", re.IGNORECASE)


def _year(text: str) -> int:
    """Year of four digits, or of two: 00 to 79 is this century."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 80 else 1900)


@dataclass(frozen=True, slots=True)
class _Dates:
    """Reads the days, months and periods of one column.

    Attributes
    ----------
    order : {"dmy", "mdy"} or None
        None: a date that can be read in both orders must be asked about.
    """

    order: Literal["dmy", "mdy"] | None
    counts_from_1904: bool

    def day(self, cell: Cell) -> dt.datetime | _Wrong | _Unclear:
        """Read a day."""
        found = self._day(cell)
        if isinstance(found, _Unclear):
            return found
        return _in_range(found) if found is not None else _Wrong("not_date")

    def month(self, cell: Cell) -> dt.datetime | _Wrong | _Unclear:
        """Read a month, as its first day."""
        found = _month_of(cell) or self._day(cell)
        if isinstance(found, _Unclear):
            return found
        return _in_range(found.replace(day=1)) if found is not None else _Wrong("not_month")

    def period(self, cell: Cell) -> str | _Wrong | _Unclear:
        """Read a year, or a month of a year."""
        year = _text(cell) if isinstance(cell, int | float | str) else ""
        if re.fullmatch(r"[0-9]{4}", year):
            return year if FIRST_YEAR <= int(year) <= LAST_YEAR else _out_of_range(year)
        found = self.month(cell)
        if isinstance(found, _Wrong):
            return _Wrong("not_period") if found.rule == "not_month" else found
        return found if isinstance(found, _Unclear) else f"{found:%Y-%m}"

    def _day(self, cell: Cell) -> dt.date | _Unclear | None:
        if isinstance(cell, dt.datetime):
            return cell.date()
        if isinstance(cell, dt.date):
            return cell
        if isinstance(cell, bool | dt.time | dt.timedelta | None):
            return None
        if isinstance(cell, int | float):
            return self._serial(cell)
        text = _WEEKDAY.sub("", cell)
        if _SERIAL.fullmatch(text):
            return self._serial(float(text.replace(",", ".")))
        if re.fullmatch(r"[0-9]{8}", text):
            return _real(text[:4], int(text[4:6]), int(text[6:]))
        if found := _YMD.fullmatch(text):
            return _real(found[1], int(found[3]), int(found[4]))
        if found := _NUMERIC.fullmatch(text):
            return self._numeric(int(found[1]), int(found[3]), found[4])
        if (found := _DAY_NAME.fullmatch(text)) and found[2].lower() in _MONTHS:
            return _real(found[3], _MONTHS[found[2].lower()], int(found[1]))
        if (found := _NAME_DAY.fullmatch(text)) and found[1].lower() in _MONTHS:
            return _real(found[3], _MONTHS[found[1].lower()], int(found[2]))
        return None

    def _numeric(self, first: int, second: int, year: str) -> dt.date | _Unclear | None:
        if first > 12 or second > 12 or first == second:
            day, month = (first, second) if second <= 12 else (second, first)
        elif self.order is None:
            return _UNCLEAR
        else:
            day, month = (first, second) if self.order == "dmy" else (second, first)
        return _real(year, month, day)

    def _serial(self, number: float) -> dt.date | None:
        if 20_000_101 <= number <= 21_001_231 and float(number).is_integer():
            digits = str(int(number))
            return _real(digits[:4], int(digits[4:6]), int(digits[6:]))
        if not 1 <= number <= _LAST_SERIAL or number < 10_000:
            return None
        return (_EPOCH_1904 if self.counts_from_1904 else _EPOCH_1900) + dt.timedelta(days=int(number))


def _real(year: str, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(_year(year), month, day)
    except ValueError:
        return None


def _in_range(day: dt.date) -> dt.datetime | _Wrong:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return _out_of_range(str(day.year))
    return dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a calendar day has no zone


def _out_of_range(year: str) -> _Wrong:
    return _Wrong("year_range", {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR})


def _month_of(cell: Cell) -> dt.date | None:
    """A month that is written without a day."""
    if not isinstance(cell, str | int) or isinstance(cell, bool):
        return None
    text = str(cell)
    if found := _YEAR_MONTH.fullmatch(text):
        return _real(found[1] or found[3], int(found[2] or found[4]), 1)
    if found := _MONTH_YEAR.fullmatch(text):
        return _real(found[2], int(found[1]), 1)
    if (found := _NAME_YEAR.fullmatch(text)) and found[1].lower() in _MONTHS:
        return _real(found[2], _MONTHS[found[1].lower()], 1)
    if (found := _YEAR_NAME.fullmatch(text)) and found[2].lower() in _MONTHS:
        return _real(found[1], _MONTHS[found[2].lower()], 1)
    return None


def year_in_month(cell: Cell) -> int | None:
    """Give the year that a month says itself, where only the month is asked for.

    >>> year_in_month("Januari 2024")
    2024
    """
    if isinstance(cell, dt.date):
        return cell.year
    word = cell.lower().strip(". ").removeprefix("bulan ") if isinstance(cell, str) else ""
    named = _NAME_YEAR.fullmatch(word)
    return _year(named[2]) if named and named[1] in _MONTHS else None


def _month_name(cell: Cell) -> int | _Wrong:
    """A month without its year: a name, a number from 1 to 12, or a Roman one."""
    if isinstance(cell, dt.date):
        return cell.month
    word = _text(cell).lower().strip(". ").removeprefix("bulan ")
    if word in _MONTHS or word in _ROMAN:
        return _MONTHS.get(word) or _ROMAN[word]
    if re.fullmatch(r"0?[1-9]|1[0-2]", word):
        return int(word)
    named = _NAME_YEAR.fullmatch(word)
    return _MONTHS[named[1]] if named and named[1] in _MONTHS else _Wrong("not_month")
