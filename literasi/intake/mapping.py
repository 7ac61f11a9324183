"""Which form a sheet fills, and which column is which field of it.

In this order: what the operator has said, the stamp of our own template, what was remembered for the same
headings, known headings (`aliases`), and headings that are spelled almost like known ones. Columns of
personal data are never a field, except a name where the form makes a pseudonym of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd
from rapidfuzz import fuzz

from literasi.intake import aliases, personal, templates
from literasi.intake.findings import Answers
from literasi.intake.forms import FORMS, SOURCE, Form
from literasi.intake.known import Known
from literasi.intake.layout import Block
from literasi.intake.proposal import ReadColumn, ReadSheet
from literasi.intake.sheets import Cell, File, Sheet

ALMOST = 88.0
"""Similarity (0 to 100, from Levenshtein's distance) from which a heading is taken for a known one.

Chosen on misspelled headings of reports: one wrong or missing letter in a word stays above it. The number of
words must agree and every word be alike, because ``jumlah pengunjung`` and ``jumlah pengunjung p`` are nearly
the same letters and not the same thing. Shown as "please look".
"""
_SHORTEST_ALMOST, _SHORTEST_WORD, _ALMOST_WORD = 6, 5, 80.0
_SAMPLES, _SAMPLE_CHARACTERS = 3, 80
_PLACES = frozenset({"regency", "district", "village", "library"})
_OFTEN_TOLD = frozenset({*SOURCE, "producer"})
"""Required, but seldom in the sheet: the operator says it once for all rows."""
_WHEN = frozenset({"month", "month_name", "year", "period", "date", "received_on", "note", "is_verified"})
_FIGURES = frozenset({"integer", "number"})
_PLACE_WEIGHT, _ALMOST_WEIGHT, _SHEET_WEIGHT, _REQUIRED_WEIGHT = 0.05, 0.5, 0.75, 2.0


@dataclass(frozen=True, slots=True)
class _Match:
    field: str
    how: str


def propose(file: File, sheet: Sheet, block: Block, *, known: Known, answers: Answers) -> ReadSheet:
    """Propose the form of a sheet and the field of each of its columns.

    Parameters
    ----------
    file : File
        Whose stamp may say what the sheet is.
    sheet : Sheet
    block : Block
        Where the table of the sheet is.
    known : Known
        Its table ``layouts`` holds the mappings that were committed.
    answers : Answers
        They win; but a column of identity numbers, telephones and the like stays left out.

    Returns
    -------
    ReadSheet
        With form "" where nothing fits, where the operator leaves the sheet out, and for the instructions and
        lists of our own templates (``how`` is ``stamp`` then).
    """
    hidden = personal.find(sheet, block)
    layout = layout_name(block)
    stamps = templates.stamps(file)
    stamp = stamps.get(sheet.name)
    remembered = _remembered(known, layout)
    name, how = _form(sheet, block, hidden, stamp=stamp, remembered=remembered)
    if stamps and stamp is None:
        name, how = "", "stamp"
    if sheet.name in answers.forms:
        name, how = answers.forms[sheet.name], "chosen"
    form = FORMS.get(name)
    matches: dict[int, _Match] = {}
    left_out: Mapping[int, str] = {}
    if form is not None:
        matches = _columns(
            form, block, hidden, sheet=sheet.name, stamp=stamp, remembered=remembered, answers=answers
        )
        left_out = _left_out(form, block, hidden, matches)
    given = {match.field for match in matches.values() if match.field}
    given |= {one for (of, one), value in answers.constants.items() if of == sheet.name and value}
    return ReadSheet(
        name=sheet.name,
        form=name,
        how=how,
        heading_rows=block.heading_rows,
        first_row=min(block.rows, default=0),
        last_row=max(block.rows, default=0),
        rows=len(block.rows),
        skipped=len(block.skipped),
        columns=tuple(
            replace(
                _read_column(
                    sheet, block, column, heading, form, matches.get(column), hidden.get(column, "")
                ),
                may_be=left_out.get(column, ""),
            )
            for column, heading in block.columns
        ),
        missing=_missing(form, given) if form else (),
        layout=layout,
    )


def layout_name(block: Block) -> str:
    """Name an order of headings: the same headings in the same columns have the same name."""
    written = "\n".join(f"{column}\t{aliases.heading_key(heading)}" for column, heading in block.columns)
    return hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()[:12]


def _remembered(known: Known, layout: str) -> tuple[str, Mapping[int, str]]:
    """Form and fields by column that were committed with this layout; ("", {}) if none were."""
    table = known.tables.get("layouts")
    if table is None or table.empty:
        return "", {}
    rows = table[table["layout"] == layout]
    if rows.empty:
        return "", {}
    fields = {
        int(position): "" if pd.isna(name) else str(name)
        for position, name in zip(rows["position"], rows["field"], strict=True)
    }
    return str(rows["form"].iloc[0]), fields


def _form(
    sheet: Sheet,
    block: Block,
    hidden: Mapping[int, str],
    *,
    stamp: templates.Stamp | None,
    remembered: tuple[str, Mapping[int, str]],
) -> tuple[str, str]:
    """Name of the form that fits best, and how it was found."""
    if stamp is not None and stamp.form in FORMS:
        return stamp.form, "stamp"
    if remembered[0] in FORMS:
        return remembered[0], "remembered"
    headings = [(column, heading) for column, heading in block.columns if heading]
    spread = _spread(heading for _, heading in headings)
    hint = aliases.sheet_names().get(aliases.heading_key(sheet.name))
    best = max(
        (_fit(form, headings, hidden, spread, hinted=form.name == hint) for form in FORMS.values()),
        key=lambda fit: fit[0],
        default=(0.0, "", "unknown"),
    )
    return (best[1], best[2]) if best[0] > 0 else ("", "unknown")


def _spread(headings: Iterable[str]) -> Mapping[str, int]:
    """In how many forms each heading is known: one that only one form has says more."""
    return {
        heading: sum(
            any(key in aliases.fields(form) for key in aliases.heading_keys(heading)) for form in FORMS
        )
        for heading in headings
    }


def _fit(
    form: Form,
    headings: list[tuple[int, str]],
    hidden: Mapping[int, str],
    spread: Mapping[str, int],
    *,
    hinted: bool,
) -> tuple[float, str, str]:
    """How well the headings fit a form: 0 where they do not; name of the form; and by what."""
    matches = _by_headings(form, headings, hidden, taken=set(), is_look=True)
    written = dict(headings)
    telling = aliases.seen(form.name)
    told = sum(1 for _, heading in headings if any(key in telling for key in aliases.heading_keys(heading)))
    score = float(told)
    for column, match in matches.items():
        weight = _PLACE_WEIGHT if match.field in _PLACES else 1 / max(1, spread[written[column]])
        score += weight * (_ALMOST_WEIGHT if match.how == "fuzzy" else 1)
    fields = {match.field for match in matches.values()}
    about = {one.name for one in form.fields if one.required and not one.makes} - _PLACES - _OFTEN_TOLD
    reached = about - set(_missing(form, fields))
    if any(one.makes for one in form.fields):
        about.add("value")
        reached |= {"value" for name in fields if form.field(name).makes}
    # At least half of what it cannot do without; and two things of its own, for one of which the name of the
    # sheet, names of places, or other headings that tell it may stand. A month of a library alone is no form.
    own = fields - _PLACES
    enough = len(own) + hinted + (len(fields & _PLACES) > 1) + (told > 0)
    says_nothing = not told and not own - _WHEN
    if not reached or 2 * len(reached) < len(about) or enough < 2 or says_nothing:
        return 0.0, "", "unknown"
    score += _REQUIRED_WEIGHT * len(reached) / len(about) + (_SHEET_WEIGHT if hinted else 0)
    exact = any(match.how == "alias" for match in matches.values() if match.field in own)
    return score, form.name, "alias" if exact else "fuzzy"


def _columns(
    form: Form,
    block: Block,
    hidden: Mapping[int, str],
    *,
    sheet: str,
    stamp: templates.Stamp | None,
    remembered: tuple[str, Mapping[int, str]],
    answers: Answers,
) -> dict[int, _Match]:
    """The field of each column, one column at most for a field."""
    headings = dict(block.columns)
    out: dict[int, _Match] = {}
    taken: set[str] = set()

    def settle(column: int, name: str, how: str) -> None:
        if column in out or name in taken or (name and not _may_be(form, name, hidden.get(column, ""), how)):
            return
        out[column] = _Match(name, how)
        taken.update({name} - {""})

    for (of, column), name in answers.fields.items():
        if of == sheet and column in headings and (not name or name in form.names):
            settle(column, name, "chosen")
    if stamp is not None and stamp.form == form.name:
        for column, heading in block.columns:
            key = aliases.heading_key(heading)
            if key in stamp.fields:
                settle(column, stamp.fields[key], "stamp")
    if remembered[0] == form.name:
        for column, name in remembered[1].items():
            if column in headings and (not name or name in form.names):
                settle(column, name, "remembered")
        return out
    named = [(column, heading) for column, heading in block.columns if heading]
    for column, match in _by_headings(form, named, hidden, taken=taken, settled=frozenset(out)).items():
        settle(column, match.field, match.how)
    return out


def _may_be(form: Form, name: str, kind: str, how: str) -> bool:
    """Whether a column that holds a kind of personal datum ("" for none) may be that field."""
    if name not in form.names:
        return False
    if kind == personal.PSEUDONYMISED:
        # "Nama" alone is a person, unless somebody who has seen the file says that it is not.
        return form.field(name).kind == "person" or how in ("chosen", "stamp", "remembered")
    return not kind


def _by_headings(
    form: Form,
    headings: list[tuple[int, str]],
    hidden: Mapping[int, str],
    *,
    taken: set[str],
    settled: frozenset[int] = frozenset(),
    is_look: bool = False,
) -> dict[int, _Match]:
    """Fields by known headings, then by almost known ones; none of those `taken`, no column `settled`.

    A first look, at which form a sheet may be, also takes parts of headings that cannot be told apart.
    """
    known = aliases.fields(form.name)
    out: dict[int, _Match] = {}
    used = set(taken)

    def settle(column: int, name: str, how: str) -> None:
        if column in settled or column in out or name in used:
            return
        if _may_be(form, name, hidden.get(column, ""), how):
            out[column] = _Match(name, how)
            used.add(name)

    for _, _, column, name in sorted(_known(form, headings, hidden, is_look=is_look)):
        settle(column, name, "alias")
    almost = [
        (-similarity, column, name)
        for column, heading in headings
        if column not in out and not hidden.get(column)
        for similarity, name in _almost(heading, known)
    ]
    for _, column, name in sorted(almost):
        settle(column, name, "fuzzy")
    return _with_whole_months(form, out)


def _known(
    form: Form, headings: list[tuple[int, str]], hidden: Mapping[int, str], *, is_look: bool
) -> list[tuple[int, int, int, str]]:
    """What known headings may mean: place among the keys of its heading, order, column, field.

    By a part of a heading only where it is the only column that could be the field so: of several groups of
    figures, or of several kinds of visits, none is taken for the whole.
    """
    known = aliases.fields(form.name)
    by_part: dict[str, set[int]] = {}
    ranked: list[tuple[int, int, int, str]] = []
    for column, heading in headings:
        for place, key in enumerate(aliases.heading_keys(heading)):
            for order, name in enumerate(known.get(key, ())):
                if not _may_be(form, name, hidden.get(column, ""), "alias"):
                    continue
                if place:
                    if not is_look and _tells_other_figures(heading, form, name):
                        continue
                    by_part.setdefault(name, set()).add(column)
                ranked.append((place, order, column, name))
    return [one for one in ranked if is_look or not one[0] or len(by_part[one[3]]) == 1]


def _left_out(
    form: Form, block: Block, hidden: Mapping[int, str], matches: Mapping[int, _Match]
) -> dict[int, str]:
    """Fields of figures that columns may be which nothing took, unless the operator has settled the field."""
    headings = [(column, heading) for column, heading in block.columns if heading]
    settled = {match.field for match in matches.values() if match.how not in ("alias", "fuzzy")}
    keys = {aliases.heading_key(dict(headings)[column]) for column in matches}
    out: dict[int, str] = {}
    for _, _, column, name in sorted(_known(form, headings, hidden, is_look=True)):
        heading = dict(headings)[column]
        if (
            column in matches
            or name in settled
            or form.field(name).kind not in _FIGURES
            or aliases.heading_key(heading) in keys
            or _tells_other_figures(heading, form, name)
        ):
            continue
        out.setdefault(column, name)
    return out


def _tells_other_figures(heading: str, form: Form, name: str) -> bool:
    return form.field(name).kind in _FIGURES and aliases.tells_other_figures(heading, form.name, name)


def _with_whole_months(form: Form, matches: dict[int, _Match]) -> dict[int, _Match]:
    """A column "Bulan" holds the whole month where no column holds the year."""
    fields = {match.field for match in matches.values()}
    if "month_name" not in fields or "year" in fields or "month" in fields or "month" not in form.names:
        return matches
    return {
        column: _Match("month", match.how) if match.field == "month_name" else match
        for column, match in matches.items()
    }


def _almost(heading: str, known: Mapping[str, tuple[str, ...]]) -> list[tuple[float, str]]:
    """Fields whose known headings are spelled almost like this one; not those that say more or less."""
    keys = aliases.heading_keys(heading)
    if not keys or any(key in known for key in keys):
        return []
    return [
        (similarity, names[0])
        for listed, names in known.items()
        if (similarity := _similarity(keys[0], listed)) >= ALMOST
    ]


def _similarity(written: str, listed: str) -> float:
    """How alike two headings are, 0 to 100: word by word; short words and numbers must be the same."""
    if written.replace(" ", "") == listed.replace(" ", ""):
        return 100.0
    ones, others = sorted(written.split()), sorted(listed.split())
    if len(ones) != len(others) or len(written) < _SHORTEST_ALMOST:
        return 0.0
    for one, other in zip(ones, others, strict=True):
        is_short = min(len(one), len(other)) < _SHORTEST_WORD
        if one != other and (is_short or one.isdigit() or fuzz.ratio(one, other) < _ALMOST_WORD):
            return 0.0
    return float(fuzz.ratio(" ".join(ones), " ".join(others)))


def _missing(form: Form, given: set[str]) -> tuple[str, ...]:
    """Required fields that are not given, and that nothing does in place of."""
    return tuple(
        one.name
        for one in form.fields
        if one.required and one.name not in given and not (one.instead and given.issuperset(one.instead))
    )


def _read_column(
    sheet: Sheet, block: Block, column: int, heading: str, form: Form | None, match: _Match | None, kind: str
) -> ReadColumn:
    name = match.field if match else ""
    how = match.how if match else "unknown"
    if kind and not name:
        return ReadColumn(column, heading, "", "personal")
    if form is not None and name and form.field(name).kind == "person":
        return ReadColumn(column, heading, name, how)
    return ReadColumn(column, heading, name, how, _samples(sheet, block, column))


def _samples(sheet: Sheet, block: Block, column: int) -> tuple[str, ...]:
    """First different values of a column, without personal data inside them."""
    found: dict[str, None] = {}
    for row in block.rows:
        cells = sheet.rows[row - 1]
        text = _shown(cells[column - 1]) if column <= len(cells) else ""
        if text:
            found.setdefault(personal.mask(text)[:_SAMPLE_CHARACTERS])
        if len(found) == _SAMPLES:
            break
    return tuple(found)


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
    return " ".join(str(cell).split())
