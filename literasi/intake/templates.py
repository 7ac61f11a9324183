"""Empty workbooks for an office to fill: made from the forms, and recognised when they come back.

A workbook holds instructions, one sheet for each form, a hidden sheet with lists of choices, and a hidden
stamp that says which form a sheet is and which heading is which field: nothing need be guessed at intake.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as BookCell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from literasi.contracts import FIRST_YEAR, LAST_YEAR, TABLES
from literasi.intake import values
from literasi.intake.aliases import heading_key
from literasi.intake.forms import FORMS, Field, Form, choice_label, label
from literasi.intake.known import Known
from literasi.intake.sheets import File
from literasi.text import has, number, t

STAMP, LISTS = "_literasi", "_daftar"
EXAMPLE = "CONTOH"
"""A row whose first cell begins with this word is an example, in every language."""
ROWS = 2_000
"""Rows that are prepared for filling, below the examples."""

_FIRST_ROW = 4
_STAMP_HEADINGS = ("sheet", "form", "version", "heading", "field")
_GREY, _BLUE = PatternFill("solid", fgColor="EEEEEE"), PatternFill("solid", fgColor="DCE6F1")
_FORMATS = {
    "date": "[$-421]d mmmm yyyy",
    "month": "[$-421]mmmm yyyy",
    "number": "General",
    "integer": "General",
}
_MOST_IN_PROMPT, _MOST_IN_TITLE = 250, 32


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the stamp of a template says about one sheet: form, version, and `heading_key` to field name."""

    form: str
    version: str
    fields: Mapping[str, str] = field(default_factory=dict)


def version(form: Form) -> str:
    """Name the state of a form: it changes when a field is added, removed or changed."""
    return hashlib.sha256(repr(form).encode()).hexdigest()[:12]


def stamps(file: File) -> Mapping[str, Stamp]:
    """Read the stamps of a file.

    Returns
    -------
    mapping of str to Stamp
        By name of the sheet; empty for a file that is not from our template.
    """
    sheet = next((sheet for sheet in file.sheets if sheet.name == STAMP), None)
    if sheet is None or not sheet.rows or tuple(sheet.rows[0][:5]) != _STAMP_HEADINGS:
        return {}
    heads: dict[str, tuple[str, str]] = {}
    fields: dict[str, dict[str, str]] = {}
    for row in sheet.rows[1:]:
        title, form, state, heading, name = (str(cell or "") for cell in row[:5])
        heads[title] = form, state
        if form in FORMS and name in FORMS[form].names:
            fields.setdefault(title, {})[heading_key(heading)] = name
    return {title: Stamp(form, state, fields.get(title, {})) for title, (form, state) in heads.items()}


def stamp_of(file: File) -> str:
    """Give the form of our own template; "" for any other file."""
    return next((stamp.form for stamp in stamps(file).values() if stamp.form in FORMS), "")


def write(form: Form, *, known: Known) -> bytes:
    """Make the workbook of one form.

    Parameters
    ----------
    form : Form
        With a template.
    known : Known
        Areas, libraries, events and indicators for the lists.

    Returns
    -------
    bytes
        XLSX, in the language of this run.
    """
    return _book((form,), known)


def write_all(*, known: Known) -> bytes:
    """Make one workbook with a sheet for every form that an office fills."""
    return _book([form for form in FORMS.values() if form.has_template], known)


def columns(form: Form) -> tuple[Field, ...]:
    """Give the fields that a template asks for: all but the parts of a value that it asks for whole."""
    parts = {name for one in form.fields for name in one.instead}
    return tuple(one for one in form.fields if one.column or one.name not in parts)


def _book(forms: Sequence[Form], known: Known) -> bytes:
    book = Workbook()
    guide = book.worksheets[0]
    guide.title = t("intake.template.instructions")
    lists = _Lists(book.create_sheet(LISTS), known)
    stamp = book.create_sheet(STAMP)
    stamp.append(_STAMP_HEADINGS)
    titles = []
    for place, form in enumerate(forms, 1):
        sheet = book.create_sheet(t(f"intake.form.{form.name}")[:31], place)
        titles.append(sheet.title)
        _fill(sheet, form, lists)
        for one in columns(form):
            stamp.append((sheet.title, form.name, version(form), label(form, one), one.name))
    _guide(guide, forms, titles)
    for hidden in (lists.sheet, stamp):
        hidden.sheet_state = "hidden"
        hidden.protection.sheet = True
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _put(cell: BookCell, value: object, **style: object) -> None:
    """Write a value; a text never becomes a formula."""
    if isinstance(value, str):
        cell.value = values.clean(value)
        cell.data_type = "s"
    else:
        cell.value = value  # type: ignore[assignment]
    for name, given in style.items():
        setattr(cell, name, given)


# The sheet to fill


def _fill(sheet: Worksheet, form: Form, lists: _Lists) -> None:
    fields = columns(form)
    _head(sheet, 1, t("intake.template.row_note"), width=18)
    for row in (2, 3):
        _put(_cell(sheet, row, 1), t("intake.template.example"), fill=_GREY, font=Font(italic=True))
    sheet.column_dimensions["A"].protection = Protection(locked=False)
    places = {one.name: get_column_letter(i) for i, one in enumerate(fields, 2)}
    for column, one in enumerate(fields, 2):
        heading = label(form, one)
        _head(sheet, column, heading, width=max(14, min(42, 4 + max(map(len, (heading, *one.example))))))
        letter = get_column_letter(column)
        whole = sheet.column_dimensions[letter]
        whole.protection = Protection(locked=False)
        whole.number_format = _FORMATS.get(one.kind, "@")
        for row, example in enumerate(_examples(one), 2):
            shown = _cell(sheet, row, column)
            _put(shown, example, fill=_GREY, font=Font(italic=True))
            shown.number_format = _FORMATS.get(one.kind, "@")
        rule = _rule(form, one, lists, places)
        rule.add(f"{letter}{_FIRST_ROW}:{letter}{_FIRST_ROW + ROWS - 1}")
        sheet.add_data_validation(rule)
    sheet.freeze_panes = "B2"
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(sheet.protection, allowed, False)


def _cell(sheet: Worksheet, row: int, column: int) -> BookCell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, BookCell)  # only merged areas hold anything else, and there are none
    return cell


def _head(sheet: Worksheet, column: int, heading: str, *, width: float) -> None:
    _put(
        _cell(sheet, 1, column),
        heading,
        font=Font(bold=True),
        fill=_BLUE,
        alignment=Alignment(wrap_text=True, vertical="top"),
        protection=Protection(locked=True),
    )
    sheet.column_dimensions[get_column_letter(column)].width = width


def _examples(one: Field) -> list[object]:
    """Example values, numbers and dates as such so that the sheet shows how they look."""
    if one.kind not in ("integer", "number", "date", "month"):
        return list(one.example)
    read = values.read(one.example, one, style="id" if one.kind in ("integer", "number") else "dmy").series
    return ["" if pd.isna(value) else _plain(value) for value in read]


def _plain(value: object) -> object:
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return float(value) if isinstance(value, float) else int(str(value))


def _rule(form: Form, one: Field, lists: _Lists, places: Mapping[str, str]) -> DataValidation:
    """What a cell of the column may hold, told when it is entered and refused or questioned otherwise."""
    rule = _list_rule(form, one, lists, places) or _limits_rule(form, one)
    rule.allow_blank = True
    rule.showErrorMessage = True
    rule.showInputMessage = True
    rule.errorTitle = t("intake.template.error_title")
    rule.promptTitle = label(form, one)[:_MOST_IN_TITLE]
    rule.prompt = f"{_meaning(form, one)} ({_need(form, one)})"[:_MOST_IN_PROMPT]
    return rule


def _list_rule(form: Form, one: Field, lists: _Lists, places: Mapping[str, str]) -> DataValidation | None:
    source = ""
    style: Literal["stop", "warning"] = "stop"
    regency, district = (f"${places.get(name, 'A')}{_FIRST_ROW}" for name in ("regency", "district"))
    if one.kind == "boolean":
        source = lists.of(("ya", "tidak"))
    elif one.choices and one.kind != "several":
        source = lists.of(choice_label(one, code) for code in one.choices)
        style = "warning" if one.is_open else "stop"
    elif one.kind == "regency":
        source, style = lists.regencies(), "warning"
    elif one.kind == "district":
        source, style = lists.inside(lists.districts, regency), "warning"
    elif one.kind == "village":
        source, style = lists.inside(lists.villages, f'{regency}&"|"&{district}'), "warning"
    elif one.kind == "library":
        source, style = lists.inside(lists.libraries, regency), "warning"
    elif one.kind == "event":
        source, style = lists.events(), "warning"
    elif one.kind == "indicator":
        source = lists.indicators(published_only=form.table == "observations")
    if not source:
        return None
    rule = DataValidation(type="list", formula1=source)
    rule.errorStyle = style
    rule.error = t("intake.template.error_choice" if style == "stop" else "intake.template.error_open")
    return rule


def _limits_rule(form: Form, one: Field) -> DataValidation:
    if one.kind in ("date", "month"):
        rule = DataValidation(
            type="date",
            operator="between",
            formula1=f"DATE({FIRST_YEAR},1,1)",
            formula2=f"DATE({LAST_YEAR},12,31)",
        )
        # Where the computer does not know Bahasa, "7 Juni 2024" is a text; it can be read all the same.
        rule.errorStyle = "warning"
        rule.error = t(f"intake.template.error_{one.kind}", first=FIRST_YEAR, last=LAST_YEAR)
        return rule
    if one.kind in ("integer", "number"):
        low, high = _of_contract(form, one)
        rule = DataValidation(type="whole" if one.kind == "integer" else "decimal")
        rule.operator, rule.formula1, rule.formula2 = _bounds(low, high)
        rule.error = _by_kind(form, one)
        return rule
    if one.kind in ("text", "person", "several"):
        limit = _longest(one)
        rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(limit))
        rule.error = t("intake.template.error_text", limit=number(limit))
        return rule
    return DataValidation(type=None)


def _of_contract(form: Form, one: Field) -> tuple[float | None, float | None]:
    """Lowest and highest value that the table allows."""
    if not one.column:
        return None, None
    column = TABLES[form.table].column(one.column)
    return column.minimum, column.maximum


def _bounds(
    low: float | None, high: float | None
) -> tuple[Literal["between", "greaterThanOrEqual"], str, str | None]:
    if low is not None and high is None:
        return "greaterThanOrEqual", f"{low:g}", None
    return "between", f"{-9e15 if low is None else low:.0f}", f"{9e15 if high is None else high:.0f}"


def _limits(low: float | None, high: float | None) -> str:
    if low is None:
        return ""
    if high is None:
        return t("intake.template.from", minimum=f"{low:g}")
    return t("intake.template.between", minimum=f"{low:g}", maximum=f"{high:g}")


def _longest(one: Field) -> int:
    return values.LONGEST_NOTE if one.name == "note" else values.LONGEST_TEXT


# Instructions


def _guide(sheet: Worksheet, forms: Sequence[Form], titles: Sequence[str]) -> None:
    alone = len(forms) == 1
    name = t(f"intake.form.{forms[0].name}")
    lines = [t("intake.template.title", form=name) if alone else t("intake.template.all_title"), ""]
    lines += [
        t("intake.template.step_fill", sheet=title, row=t(f"intake.template.row.{form.name}"))
        for form, title in zip(forms, titles, strict=True)
    ]
    lines += [
        t("intake.template.step_headings", row_note=t("intake.template.row_note")),
        *(t(f"intake.template.{key}") for key in ("step_lists", "step_missing", "step_upload", "privacy")),
    ]
    if any(one.kind == "person" for form in forms for one in form.fields):
        lines.append(t("intake.template.privacy_name"))
    for row, line in enumerate(lines, 1):
        _put(_cell(sheet, row, 1), line, font=Font(bold=row == 1, size=14 if row == 1 else 11))
    row = len(lines) + 2
    heads = ("sheet", "column", "required", "meaning", "choices", "example")
    for column, head in enumerate(heads, 1):
        _put(_cell(sheet, row, column), t(f"intake.template.head_{head}"), font=Font(bold=True), fill=_BLUE)
    for form, title in zip(forms, titles, strict=True):
        for one in columns(form):
            row += 1
            shown = (
                title,
                label(form, one),
                _need(form, one),
                _meaning(form, one),
                _choices(one),
                one.example[0],
            )
            for column, text in enumerate(shown, 1):
                _put(
                    _cell(sheet, row, column), text, alignment=Alignment(wrap_text=column > 3, vertical="top")
                )
    for letter, width in zip("ABCDEF", (22, 26, 22, 50, 60, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.protection.sheet = True


def _need(form: Form, one: Field) -> str:
    if not one.required or (one.instead and all(form.field(name).required for name in one.instead)):
        return t("intake.template.optional")
    asked = [label(form, form.field(name)) for name in one.instead if form.field(name) in columns(form)]
    if len(asked) < len(one.instead) or not asked:
        return t("intake.template.required")
    return t("intake.template.required_unless", fields=" + ".join(asked))


def _meaning(form: Form, one: Field) -> str:
    keys = (f"intake.template.help.{form.name}.{one.name}", f"intake.template.help.{one.name}")
    key = next((key for key in keys if has(key)), "")
    return t(key) if key else _by_kind(form, one)


def _by_kind(form: Form, one: Field) -> str:
    kind = "choice" if one.choices and one.kind == "text" else one.kind
    limits = _limits(*_of_contract(form, one)) if kind in ("integer", "number") else ""
    key = f"intake.template.kind.{kind}{'_within' if limits else ''}"
    return t(key, limit=number(_longest(one)), limits=limits)


def _choices(one: Field) -> str:
    if one.kind == "boolean":
        return "ya; tidak"
    if one.choices:
        written = "; ".join(choice_label(one, code) for code in one.choices)
        return t("intake.template.choices_open", choices=written) if one.is_open else written
    listed = one.kind in ("regency", "district", "village", "library", "event", "indicator")
    return t("intake.template.choices_list") if listed else ""


# Lists of choices


class _Lists:
    """The hidden sheet of lists; each list is written once and named by its range.

    Attributes
    ----------
    districts, villages, libraries : tuple of str
        Columns of the key and of the value, the rows of one key together.
    """

    def __init__(self, sheet: Worksheet, known: Known) -> None:
        self.sheet = sheet
        self._known = known
        self._next = 1
        self._written: dict[tuple[str, ...], str] = {}
        register = known.register
        names = {area.code: f"{_kind(area.kind)} {area.name}" for area in register.regencies()}
        province = register.province
        names[province.code] = f"{_kind(province.kind)} {province.name}"
        self._regencies = (*names.values(), t("intake.template.nation"))
        districts = [
            (names[area.code], child)
            for area in register.regencies()
            for child in register.children(area.code)
        ]
        self.districts = self._pairs((regency, district.name) for regency, district in districts)
        self.villages = self._pairs(
            (f"{regency}|{district.name}", village.name)
            for regency, district in districts
            for village in register.children(district.code)
        )
        self.libraries = self._pairs(self._library_names(names))

    def of(self, texts: Iterable[str]) -> str:
        """Write a list, once, and give its range; "" for an empty list."""
        listed = tuple(values.clean(text) for text in texts)
        if not listed:
            return ""
        if listed not in self._written:
            letter = self._column(listed)
            self._written[listed] = f"'{LISTS}'!${letter}$1:${letter}${len(listed)}"
        return self._written[listed]

    def regencies(self) -> str:
        """Regencies and cities, the province, the nation."""
        return self.of(self._regencies)

    def events(self) -> str:
        """Names of known events, the latest first."""
        table = self._known.tables["events"].sort_values("date_start", ascending=False)
        return self.of(dict.fromkeys(str(name) for name in table["name"]))

    def indicators(self, *, published_only: bool) -> str:
        """Labels of the indicators of the catalogue."""
        return self.of(
            t(f"indicator.{one.id}")
            for one in self._known.catalogue
            if one.is_published or not published_only
        )

    def inside(self, pair: tuple[str, str], key: str) -> str:
        """Give the formula of the values whose key is what stands in other cells of the row."""
        keys, texts = pair
        place = f"'{LISTS}'!${keys}:${keys}"
        return f"OFFSET('{LISTS}'!${texts}$1,MATCH({key},{place},0)-1,0,COUNTIF({place},{key}),1)"

    def _library_names(self, regencies: Mapping[str, str]) -> list[tuple[str, str]]:
        register = self._known.register
        found = []
        for code, name in self._known.tables["libraries"][["area_code", "name"]].itertuples(index=False):
            regency = register.regency_of(code) if code in register else None
            of = regencies.get(regency.code if regency else str(code))
            if of is not None:
                found.append((of, str(name)))
        return sorted(set(found))

    def _pairs(self, rows: Iterable[tuple[str, str]]) -> tuple[str, str]:
        listed = list(rows)
        return self._column([key for key, _ in listed]), self._column([text for _, text in listed])

    def _column(self, texts: Sequence[str]) -> str:
        for row, text in enumerate(texts, 1):
            _put(_cell(self.sheet, row, self._next), text)
        letter = get_column_letter(self._next)
        self._next += 1
        return letter


def _kind(kind: str) -> str:
    return kind.capitalize()
