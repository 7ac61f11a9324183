"""The whole way of a file, from its cells to a proposal. Nothing is written and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from openpyxl.utils import coordinate_to_tuple

from literasi import contracts
from literasi.contracts import TABLES
from literasi.intake import advices, checks, layout, mapping, personal, remembering, unfolding, values
from literasi.intake.completing import complete
from literasi.intake.draft import PLACES_SHOWN, Draft
from literasi.intake.filling import LEVELS, Registers, added_up, fill, registers
from literasi.intake.findings import Answers, Finding, Option, Place, Question
from literasi.intake.forms import FORMS, Field, label
from literasi.intake.hiding import Names
from literasi.intake.known import Known
from literasi.intake.layout import Block
from literasi.intake.matching import Memory, question_id
from literasi.intake.proposal import Proposal, ReadColumn, ReadSheet
from literasi.intake.replacing import removals
from literasi.intake.rows import Rows, advice_key, concat, row_keys
from literasi.intake.sheets import File, Sheet
from literasi.text import t

Progress = Callable[[float], None]
Frames = dict[str, pd.DataFrame]

# Shares of the time: understanding the sheets, reading their values; the rest is tables.
_SHEETS_READ, _VALUES_READ = 0.15, 0.55


def ignore(_share: float) -> None:
    """Show no progress."""


def examine(
    file: File, *, known: Known, answers: Answers | None = None, progress: Progress = ignore
) -> Proposal:
    """Find out what a file would bring, and everything that stands against it.

    The same file, known things and answers give the same proposal; ids of questions and keys of
    advices stay the same when only the answers differ, so that a page may ask again and again.

    Parameters
    ----------
    file : File
        From `reading.read`.
    known : Known
        Registers, current rows, what was remembered, the secret key.
    answers : Answers, optional
        What the operator has said so far.
    progress : callable
        Called with the share that is done, 0 to 1, rising.

    Returns
    -------
    Proposal
        With every fault, advice and open question of the whole file. Rows with a fault or an open
        question are not among its changes; no name of a person is anywhere in it but in `file`.
    """
    answers = answers or Answers()
    seen = []
    for number, sheet in enumerate(file.sheets, start=1):
        seen.append(_understand(file, sheet, known, answers))
        progress(_SHEETS_READ * number / len(file.sheets))
    memory = Memory(known.tables["spellings"], answers.questions)
    used = [one for one in seen if one.read.form]
    drafts = [_draft(one, answers) for one in used]
    columns, done = sum(len(draft.columns) for draft in drafts), 0
    for one, draft in zip(used, drafts, strict=True):
        for field in draft.fields():
            _read_values(draft, field, file, answers)
            done += 1
            progress(_SHEETS_READ + (_VALUES_READ - _SHEETS_READ) * done / columns)
        _hide_people(draft, one.names)
        if file.kind == "csv":
            _cut_twice(draft)
        _require(draft)
        checks.limits(draft)
        checks.sums(draft)
    tables = _tables(drafts, registers(known, memory), known, answers, progress)
    sheets = tuple(one.read for one in seen)
    found = [finding for draft in drafts for finding in draft.findings]
    if not drafts:
        found += [Finding("fail", "no_form", Place(one.sheet.name)) for one in seen]
    changes, gone = dict(tables.changes), dict(tables.removals)
    if any(len(rows) for rows in (*changes.values(), *gone.values())):
        remembered = {
            "layouts": remembering.layouts(sheets),
            "spellings": remembering.spellings(memory.learnt()),
            "advices": advices.rows(found, answers.reasons, known.tables["advices"], tables.area_of),
        }
        no_longer = advices.gone(known.tables["advices"], remembered["advices"], tables.touched())
        changes |= {name: rows for name, rows in remembered.items() if len(rows)}
        gone |= {"advices": no_longer} if len(no_longer) else {}
    progress(1.0)
    order = {sheet.name: number for number, sheet in enumerate(file.sheets)}
    return Proposal(
        file,
        answers,
        sheets,
        tuple(sorted(advices.open_findings(found, known.tables["advices"]), key=lambda f: _order(f, order))),
        _merged(question for draft in drafts for question in draft.questions),
        {name: changes[name] for name in TABLES if name in changes},
        {name: gone[name] for name in TABLES if name in gone},
        known.head,
    )


def _merged(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Ask once what several sheets ask."""
    asked: dict[str, Question] = {}
    for question in questions:
        before = asked.get(question.id)
        if before is not None:
            places = (*before.places, *question.places)[:PLACES_SHOWN]
            question = replace(before, places=places, count=before.count + question.count)
        asked[question.id] = question
    return tuple(asked.values())


def _order(finding: Finding, sheets: Mapping[str, int]) -> tuple[bool, int, int, int]:
    place = finding.place
    return finding.weight != "fail", sheets.get(place.sheet, 0), place.row, place.column


@dataclass(frozen=True, slots=True)
class _Seen:
    """One sheet as it was understood: `secret` are its columns with personal data, `names` what they name."""

    sheet: Sheet
    block: Block
    read: ReadSheet
    secret: frozenset[int]
    names: Names


def _understand(file: File, sheet: Sheet, known: Known, answers: Answers) -> _Seen:
    block = layout.find(sheet)
    read = mapping.propose(file, sheet, block, known=known, answers=answers)
    unfolded = unfolding.unfold(sheet, block)
    if unfolded is not None:
        long = mapping.propose(file, unfolded.sheet, unfolded.block, known=known, answers=answers)
        settled = unfolding.settle(unfolded, long, answers)
        if unfolding.is_better(settled[0], read):
            sheet, (read, block) = unfolded.sheet, settled
    kinds = personal.find(sheet, block)
    columns = tuple(_without_secrets(column, read.form, kinds) for column in read.columns)
    secret = frozenset(column.column for column in columns if column.how == "personal")
    naming = [column for column in secret if kinds.get(column, "name") in ("name", "mother")]
    names = Names(
        cell
        for row in block.rows
        for column in naming
        if isinstance(cell := sheet.rows[row - 1][column - 1], str)
    )
    shown = (
        replace(
            column,
            heading=names.hide(personal.mask(column.heading)),
            samples=tuple(names.hide(personal.mask(text)) for text in column.samples),
        )
        for column in columns
    )
    return _Seen(sheet, block, replace(read, columns=tuple(shown)), secret, names)


def _without_secrets(column: ReadColumn, form: str, kinds: Mapping[int, str]) -> ReadColumn:
    """Mark a column with personal data: only a name from which a code is made has still a field."""
    field = FORMS[form].field(column.field) if form and column.field else None
    is_person = field is not None and field.kind == "person"
    kind = kinds.get(column.column)
    # “Nama” may be the name of anything: what the form takes it for decides.
    is_other_name = kind == "name" and field is not None and not is_person
    if is_person or (kind is not None and not is_other_name):
        return replace(column, field=column.field if is_person else "", how="personal", samples=())
    return column


def _tell_layout(draft: Draft, one: _Seen) -> None:
    """Take down what was found about the sheet itself; no fault of a column that is left out."""
    used = {column for column, _ in draft.columns.values() if column}
    refused = {column.column for column in one.read.columns if column.how == "chosen" and not column.field}
    for finding in one.block.findings:
        column = one.sheet.column_of(finding.place.column)
        if finding.rule == "duplicate_heading":
            # It is no matter once the operator has left one of the two columns out.
            first = coordinate_to_tuple(str(finding.params["first"]))[1]
            if {column, first} & refused:
                continue
        elif finding.weight == "fail" and column and column not in used:
            continue
        if finding.weight == "fail":
            draft.fail_at(finding.place.row, finding.place.column)
        is_secret = column in one.secret
        draft.findings.append(replace(finding, value="") if is_secret else finding)


def _draft(one: _Seen, answers: Answers) -> Draft:
    form = FORMS[one.read.form]
    columns: dict[str, tuple[int, str]] = {}
    twice = []
    for column in one.read.columns:
        if column.field and column.field not in columns:
            columns[column.field] = column.column, column.heading
        elif column.field:
            twice.append(column)
    constants = {
        field: value
        for (sheet, field), value in answers.constants.items()
        if sheet == one.sheet.name and value and field in form.names
    }
    columns |= dict.fromkeys(constants, (0, ""))
    draft = Draft(one.sheet, one.read, one.block.rows, columns, constants, is_secret=one.secret.__contains__)
    for column in twice:
        row = one.read.heading_rows[-1] if one.read.heading_rows else 0
        place = Place(one.sheet.name, row, column.column, column.heading)
        params = {"field": label(form, form.field(column.field)), "other": columns[column.field][1]}
        draft.findings.append(Finding("fail", "field_twice", place, column.heading, params))
    for column in one.read.columns:
        if column.may_be:
            taken = columns.get(column.may_be, (0, ""))[1]
            row = one.read.heading_rows[-1] if one.read.heading_rows else 0
            place = Place(one.sheet.name, row, column.column, column.heading)
            params = {"field": label(form, form.field(column.may_be)), "other": taken}
            rule = "figure_twice" if taken else "figure_unclear"
            draft.findings.append(Finding("advise", rule, place, column.heading, params))
    _tell_layout(draft, one)
    return draft


def _read_values(draft: Draft, one: Field, file: File, answers: Answers) -> None:
    question = question_id("style", draft.sheet.name, str(draft.columns[one.name][0]))
    style = answers.questions.get(question)
    cells = draft.cells(one.name)
    read = values.read(
        cells,
        one,
        counts_from_1904=file.counts_from_1904,
        style=style,  # type: ignore[arg-type]
        beside=draft.beside(one.name),
    )
    draft.values[one.name] = read.series
    for fault in read.faults:
        draft.find("fail", fault.position, one.name, fault.rule, fault.params)
    if read.question and read.unclear:
        _ask_style(draft, one, question, read, str(cells[read.unclear[0]]))


def _ask_style(draft: Draft, one: Field, question: str, read: values.Values, sample: str) -> None:
    styles = ("id", "en") if read.question == "number" else ("dmy", "mdy")
    options = tuple(Option(style, t(f"intake.question.style_{style}", sample=sample)) for style in styles)
    heading = draft.columns[one.name][1]
    places = tuple(draft.place(position, one.name) for position in read.unclear[:PLACES_SHOWN])
    draft.hold(read.unclear, one.name)
    params = {"heading": heading}
    kind: Literal["number", "date"] = "number" if read.question == "number" else "date"
    draft.questions.append(Question(question, kind, sample, params, places, len(read.unclear), options))


def _cut_twice(draft: Draft) -> None:
    """Rows with more cells than headings were cut at a separator inside a value: ``1,234`` is not 1.

    Where most rows have them, it is a column without a heading.
    """
    end = max((column.column for column in draft.read.columns if column.heading), default=0)
    longer = [
        position
        for position, row in enumerate(draft.rows)
        if any(cell is not None for cell in draft.sheet.rows[row - 1][end:])
    ]
    for position in longer if 2 * len(longer) <= len(draft) else ():
        draft.find("fail", position, "", "more_cells", {"count": end})


def _hide_people(draft: Draft, names: Names) -> None:
    """Take personal data out of what people have written freely.

    Names are looked for in texts alone: a library may be called after somebody who is on the list.
    """
    for one in draft.fields():
        if one.kind not in ("text", "library", "event") or (one.choices and not one.is_open):
            continue
        series = draft.values[one.name]
        hide = names.hide if one.kind == "text" else str
        masked = {text: hide(personal.mask(text)) for text in series.dropna().unique()}
        if any(text != shown for text, shown in masked.items()):
            draft.values[one.name] = series.map(masked, na_action="ignore").astype("str")


def _require(draft: Draft) -> None:
    """Take down what a form needs and the sheet does not give. Areas and libraries are looked at later."""
    for one in draft.form.fields:
        if (
            not one.required
            or one.kind in LEVELS
            or one.kind == "library"
            or one.column in draft.form.defaults
        ):
            continue
        instead = bool(one.instead) and all(name in draft.values for name in one.instead)
        if one.name not in draft.values and not instead:
            if one.kind != "person" and one.column == "edition":
                continue
            is_named = one.name == "month" and "month_name" in draft.values
            lacks = draft.form.field("year") if is_named else one
            draft.about("fail", "missing_field", {"field": label(draft.form, lacks)})
            draft.is_good[:] = False
            continue
        given = np.zeros(len(draft), dtype=bool)
        if one.name in draft.values:
            given = draft.values[one.name].notna().to_numpy()
        if instead:
            parts = [draft.values[name].notna().to_numpy() for name in one.instead]
            given = given | np.logical_and.reduce(parts)
        told = one.name if one.name in draft.values else one.instead[0]
        for position in np.flatnonzero(~given):
            draft.find("fail", int(position), told, "required")
    needs_area = any(one.kind in LEVELS and one.required for one in draft.form.fields)
    has_area = any(one.kind in (*LEVELS, "library") for one in draft.fields())
    if needs_area and not has_area:
        draft.about("fail", "missing_field", {"field": label(draft.form, draft.form.field("regency"))})
        draft.is_good[:] = False


@dataclass(slots=True)
class _Tables:
    """What the sheets bring, table by table."""

    changes: Frames
    removals: Frames
    using: Registers

    def area_of(self, _table: str, row_key: str) -> str | None:
        """Give the area of the library that a row is about."""
        library_id = row_key.partition(" · ")[0]
        return self.using.libraries.get(library_id).area_code if library_id in self.using.libraries else None

    def touched(self) -> dict[str, set[str]]:
        """Give the keys of the rows that are brought or removed."""
        keys: dict[str, set[str]] = {}
        for frames in (self.changes, self.removals):
            for name, frame in frames.items():
                keys.setdefault(name, set()).update(row_keys(name, frame))
        return keys


def _tables(
    drafts: list[Draft], using: Registers, known: Known, answers: Answers, progress: Progress
) -> _Tables:
    made = _Tables({}, {}, using)
    every: list[Rows] = []
    names = [name for name in TABLES if any(draft.form.table == name for draft in drafts)]
    for number, name in enumerate(names, start=1):
        current = known.tables[name]
        parts = []
        for draft in drafts:
            if draft.form.table == name:
                rows = complete(fill(draft, using), current, today=known.today)
                parts.append(rows)
                if draft.sheet.name in answers.replaces:
                    lacks = removals(draft.form, rows.frame, current)
                    made.removals[name] = pd.concat([made.removals.get(name, lacks.iloc[:0]), lacks])
        rows = checks.faults(added_up(concat(parts)))
        checks.advise(rows, _context(rows, using, known))
        if len(rows):
            made.changes[name] = rows.frame
            every.append(rows)
        progress(_VALUES_READ + (0.95 - _VALUES_READ) * number / len(names))
    _add_libraries(made, every, drafts, using)
    used = {code for rows in every if "source_id" in rows.frame for code in rows.frame["source_id"].dropna()}
    sources = [row for source_id, row in using.sources.items() if source_id in used]
    if sources:
        made.changes["sources"] = contracts.coerce("sources", pd.DataFrame(sources))
    _tidy_removals(made)
    return made


def _context(rows: Rows, using: Registers, known: Known) -> checks.Context:
    ids = set(rows.frame["library_id"].dropna()) if "library_id" in rows.frame else set()
    areas = {library_id: using.libraries.get(library_id).area_code for library_id in ids}
    regencies = {code: known.register.regency_of(code) for code in set(areas.values())}
    return checks.Context(
        known.tables,
        areas,
        {code: regency.code for code, regency in regencies.items() if regency is not None},
        known.today,
    )


def _add_libraries(made: _Tables, every: list[Rows], drafts: list[Draft], using: Registers) -> None:
    """Add the libraries that other rows have brought up, and tell of each where it first stands."""
    new = {library.id: library for library in using.libraries.proposed}
    first: dict[str, tuple[int, Draft, int]] = {}
    for rows in every if new else ():
        if rows.table == "libraries" or "library_id" not in rows.frame:
            continue
        ids = rows.frame["library_id"]
        for at in np.flatnonzero(ids.isin(new.keys()) & ~ids.duplicated()).tolist():
            library_id, draft = str(ids.iloc[at]), rows.drafts[rows.draft[at]]
            here = drafts.index(draft), draft, int(rows.position[at])
            first[library_id] = min(first.get(library_id, here), here, key=lambda place: place[0])
    for library_id, (_, draft, position) in first.items():
        place = using.known.register.name(new[library_id].area_code)
        advice = advice_key("libraries", library_id, "name", "new_library")
        draft.find("advise", position, "library", "new_library", {"place": place}, advice=advice)
    told = first.keys()
    if told:
        frame = pd.DataFrame(
            [
                {
                    "library_id": library.id,
                    "name": library.name,
                    "kind": library.kind,
                    "area_code": library.area_code,
                    "programme": "not_stated",
                }
                for library in new.values()
                if library.id in told
            ]
        )
        parts = [made.changes["libraries"]] if "libraries" in made.changes else []
        made.changes["libraries"] = pd.concat(
            [*parts, contracts.coerce("libraries", frame)], ignore_index=True
        )


def _tidy_removals(made: _Tables) -> None:
    """What one sheet lacks may be in another: nothing is removed and brought at once."""
    for name, lacks in list(made.removals.items()):
        keys = lacks.drop_duplicates(ignore_index=True)
        if name in made.changes:
            brought = pd.MultiIndex.from_frame(made.changes[name][list(TABLES[name].key)])
            keys = keys[~pd.MultiIndex.from_frame(keys).isin(brought)].reset_index(drop=True)
        made.removals[name] = keys
    made.removals = {name: keys for name, keys in made.removals.items() if len(keys)}
