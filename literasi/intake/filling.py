"""From what people write to the columns of a table: places, libraries, events, people, sources and ids."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from literasi.contracts import DTYPES, TABLES
from literasi.domain.indicators import Catalogue, Indicator
from literasi.intake.draft import Draft
from literasi.intake.findings import NEW, Option
from literasi.intake.known import Known
from literasi.intake.matching import (
    Areas,
    Events,
    Level,
    Libraries,
    Matched,
    Memory,
    question_id,
    written_key,
)
from literasi.intake.pseudonyms import pseudonym
from literasi.intake.rows import Rows
from literasi.intake.values import year_in_month
from literasi.text import LANGUAGES, catalogue, t, term

SIM_SOURCE = {
    "source_id": "sim_tpbis",
    "publisher": "Perpustakaan Nasional RI",
    "title": "SIM TPBIS",
    "kind": "official",
}
SAME, OTHER = "one", "two"
"""Answers to whether two rows are one person."""

Codes = npt.NDArray[np.object_]
LEVELS: tuple[Level, ...] = ("regency", "district", "village")


@dataclass(slots=True)
class Registers:
    """What rows are matched against; libraries, events and sources grow with what the file brings."""

    known: Known
    memory: Memory
    areas: Areas
    libraries: Libraries
    events: Events
    sources: dict[str, dict[str, object]]
    indicators: Mapping[str, str]


def registers(known: Known, memory: Memory) -> Registers:
    """Make the registers as they are before the file."""
    return Registers(
        known=known,
        memory=memory,
        areas=Areas(known.register, memory),
        libraries=Libraries(known.tables["libraries"], known.register, memory),
        events=Events(known.tables["events"], memory),
        sources={},
        indicators=_indicator_names(known.catalogue),
    )


def fill(draft: Draft, using: Registers) -> Rows:
    """Make the rows of the table that a sheet is about.

    Parameters
    ----------
    draft : Draft
        With typed values. Faults and questions that come up are taken down in it.
    using : Registers

    Returns
    -------
    Rows
        Those of which nothing is wrong and nothing is asked.
    """
    table = draft.form.table
    names = TABLES[table].names
    found: dict[str, Codes] = {}
    told: dict[str, str] = {}
    area_codes, area_field = _areas(draft, using)
    if area_field:
        told["area_code"] = area_field
    if "library" in draft.form.names:
        library_ids = _library_ids(draft, area_codes, area_field, using)
        found["library_id"], told["library_id"] = library_ids, "library"
        pairs = zip(library_ids, area_codes, strict=True)
        area_codes = np.array([using.libraries.get(i).area_code if i else a for i, a in pairs], dtype=object)
    elif "regency" in draft.form.names:
        _require_area(draft, area_codes, area_field)
    if "area_code" in names and "regency" in draft.form.names:
        found["area_code"] = area_codes
    if table == "libraries" and "name" in draft.values:
        found["library_id"], told["library_id"] = _listed_libraries(draft, area_codes, using), "name"
    if table == "events" and {"name", "date_start"} <= draft.values.keys():
        found["event_id"], told["event_id"] = _listed_events(draft, using), "name"
    if "event" in draft.columns:
        found["event_id"], told["event_id"] = _looked_up(draft, "event", using), "event"
    if "indicator" in draft.columns:
        found["indicator_id"], told["indicator_id"] = _looked_up(draft, "indicator", using), "indicator"
    if table == "participants" and "name" in draft.columns:
        found["participant_id"] = _people(draft, area_codes, found.get("event_id"), using)
        told["participant_id"] = "name"
    frame, fields = _direct(draft)
    frame = frame.assign(**{column: _missing_if_empty(codes) for column, codes in found.items()})
    fields |= told
    if "source_id" in names:
        _sources(draft, frame, fields, using)
    _derived(draft, frame, fields)
    if "subject" in names:
        frame["subject"] = _subjects(frame, using)
    rows = _exploded(draft, frame, fields)
    _editions(rows, using.known.catalogue)
    _bounds(rows, using.known.catalogue)
    if draft.form.aggregates and draft.is_good.any():
        return _counted(rows.good())
    return rows.good()


def typed(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Give columns of a table in the types of its contract."""
    contract = TABLES[table]
    return pd.DataFrame(
        {name: frame[name].astype(cast("Any", DTYPES[contract.column(name).kind])) for name in frame.columns},
        index=frame.index,
    )


def _direct(draft: Draft) -> tuple[pd.DataFrame, dict[str, str]]:
    """Give the columns that one field fills alone, and which."""
    frame = pd.DataFrame(index=pd.RangeIndex(len(draft)))
    fields: dict[str, str] = {}
    for one in draft.fields():
        is_written = (
            one.column and not one.makes and one.kind not in ("library", "event", "person", "indicator")
        )
        if is_written and one.column not in fields:
            frame[one.column] = draft.values[one.name]
            fields[one.column] = one.name
    return frame, fields


def _missing_if_empty(codes: Codes) -> pd.Series[Any]:
    return pd.Series([code or None for code in codes], dtype="str")


def _positions(chosen: npt.NDArray[np.bool_]) -> list[int]:
    return [int(position) for position in np.flatnonzero(chosen)]


def _keys(*texts: Codes) -> list[tuple[str, ...]]:
    return list(zip(*texts, strict=True))


def _areas(draft: Draft, using: Registers) -> tuple[Codes, str]:
    """Give the area of each row ("" where none is given), and the innermost field that says it."""
    names = {one.kind: one.name for one in draft.fields() if one.kind in LEVELS}
    given = [(level, names[level]) for level in LEVELS if level in names]
    if not given:
        return np.full(len(draft), "", dtype=object), ""

    def look(key: tuple[str, ...]) -> Matched:
        return using.areas.find(
            {level: (name, text) for (level, name), text in zip(given, key, strict=True) if text}
        )

    codes = draft.resolve(_keys(*(draft.texts(name) for _, name in given)), look, given[-1][1])
    return codes, given[-1][1]


def _require_area(draft: Draft, codes: Codes, area_field: str) -> None:
    required = [one for one in draft.form.fields if one.kind in LEVELS and one.required]
    for position in np.flatnonzero(codes == "") if required else ():
        draft.find("fail", int(position), area_field or "regency", "required")


def _library_ids(draft: Draft, area_codes: Codes, area_field: str, using: Registers) -> Codes:
    field = draft.form.field("library")
    texts = draft.texts("library")
    places = [one.name for one in draft.fields() if one.kind in LEVELS]
    says_place = np.zeros(len(draft), dtype=bool)
    for name in places:
        says_place |= draft.texts(name) != ""
    is_lost = says_place & (area_codes == "")

    def look(key: tuple[str, ...]) -> Matched:
        area_code, text, lost = key
        if lost:
            # The place is at fault or asked about: the library follows from it.
            return Matched()
        if text:
            return using.libraries.find(text, area_code, field="library", may_propose=field.required)
        if not field.required:
            return Matched()
        return Matched(rule="required", field="library" if "library" in draft.columns else area_field)

    lost = np.where(is_lost, "?", "")
    return draft.resolve(_keys(area_codes, texts, lost), look, "library")


def _looked_up(draft: Draft, field: str, using: Registers) -> Codes:
    def look(key: tuple[str, ...]) -> Matched:
        if field == "event":
            return using.events.find(key[0], field=field)
        code = using.indicators.get(written_key(key[0]), "")
        return Matched(code) if code else Matched(rule="unknown_indicator", params={"text": key[0]})

    return draft.resolve(_keys(draft.texts(field)), look, field)


def _indicator_names(indicators: Catalogue) -> dict[str, str]:
    """Give indicator ids by what people may write: id, label in both languages, its abbreviation."""
    names: dict[str, str] = {}
    for indicator in indicators:
        for language in LANGUAGES:
            label = catalogue(language).get(f"indicator.{indicator.id}", "")
            short = re.search(r"\(([^()]+)\)\s*$", label)
            for text in (label, short[1] if short else ""):
                if text:
                    names.setdefault(written_key(text), indicator.id)
    return names | {written_key(indicator.id): indicator.id for indicator in indicators}


# Libraries and events that the file lists


def _listed_libraries(draft: Draft, area_codes: Codes, using: Registers) -> Codes:
    """Give the id of each listed library: known, new, or asked where two names may be one library."""
    ids = np.full(len(draft), "", dtype=object)
    names, kinds = draft.texts("name"), draft.texts("kind")
    draft.values["name"] = draft.values["name"].copy()
    listed: dict[str, list[int]] = {}
    for position in _positions(draft.is_good):
        name, area_code = names[position], area_codes[position]
        before = listed.setdefault(area_code, [])
        found = using.libraries.listed(name, area_code)
        if found.certain:
            # Another writing of the registered name is not a new name.
            draft.values["name"].iloc[position] = using.libraries.get(found.certain).name
            ids[position] = found.certain
            before.append(position)
            continue
        question = question_id("same_library", area_code, written_key(name))
        answer = using.memory.recall("library", area_code, written_key(name), question=question)
        if answer and answer != NEW and answer in using.libraries:
            ids[position] = answer
            _merge(draft, [*(p for p in before if ids[p] == answer), position])
        elif found.alike and answer != NEW:
            _ask_same_library(draft, position, question, found.alike, before, ids, using)
            continue
        else:
            ids[position] = using.libraries.add(name, area_code, kinds[position] or "village").id
        before.append(position)
    return ids


def _ask_same_library(
    draft: Draft,
    position: int,
    question: str,
    alike: tuple[str, ...],
    before: list[int],
    ids: Codes,
    using: Registers,
) -> None:
    options = [Option(i, using.libraries.label(i)) for i in alike]
    options.append(Option(NEW, t("intake.question.new_library")))
    same_file = [p for p in before if ids[p] in alike]
    register = using.known.tables["libraries"]
    known = register[register["library_id"].isin(alike)]
    register_name = using.known.register.name
    others = [
        {
            t("column.library_id"): library_id,
            t("column.name"): name,
            t("column.kind"): term("library_kind", kind),
            t("column.area"): register_name(area_code),
            t("column.programme"): term("programme", programme),
        }
        for library_id, name, kind, area_code, programme in known[
            ["library_id", "name", "kind", "area_code", "programme"]
        ].itertuples(index=False)
    ]
    was_good = draft.is_good.copy()
    draft.ask_beside(
        "same_library",
        question,
        [*same_file, position],
        options,
        written=draft.written(position, "name"),
        params={"within": using.known.register.name(using.libraries.get(alike[0]).area_code)},
        others=others,
    )
    # The row that came first stands whatever the answer is; only this one waits.
    draft.is_good[same_file] = was_good[same_file]


def _listed_events(draft: Draft, using: Registers) -> Codes:
    """Give the id of each listed event: that of an event of the same name and first day, else a new one."""
    events = using.known.tables["events"]
    by_key = {
        (written_key(name), start): event_id
        for event_id, name, start in events[["event_id", "name", "date_start"]].itertuples(index=False)
    }
    taken = set(events["event_id"])
    names = draft.texts("name")
    starts = draft.values["date_start"].to_list()
    ids = np.full(len(draft), "", dtype=object)
    for position in _positions(draft.is_good):
        name, start = names[position], starts[position]
        key = (written_key(name), start)
        if key not in by_key:
            by_key[key] = _free(_slug(name, start), taken)
            taken.add(by_key[key])
        ids[position] = by_key[key]
        using.events.add(by_key[key], name)
    return ids


def _slug(name: str, start: pd.Timestamp) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")
    slug = slug or hashlib.sha256(name.encode()).hexdigest()[:8]
    return slug if str(start.year) in slug else f"{slug}-{start.year}"


def _free(slug: str, taken: set[str]) -> str:
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free


# People


def _people(draft: Draft, area_codes: Codes, events: Codes | None, using: Registers) -> Codes:
    """Give the code of each person; people of one name and regency at one event are asked about."""
    names = draft.texts("name")
    codes = np.full(len(draft), "", dtype=object)
    register = using.known.register
    regencies = {"": ""}
    for code in set(area_codes) - {""}:
        regency = register.regency_of(code)
        regencies[code] = regency.code if regency else code
    groups: dict[tuple[str, str], list[int]] = {}
    for position in _positions(draft.is_good):
        code = pseudonym(names[position], regencies[area_codes[position]], using.known.key)
        codes[position] = code
        event = "" if events is None else str(events[position])
        groups.setdefault((event, code), []).append(position)
    for (event, code), positions in groups.items():
        different = _taken_once(draft, positions) if len(positions) > 1 else positions
        if len(different) > 1:
            _same_person(draft, event, code, different, codes, using)
    return codes


def _taken_once(draft: Draft, positions: list[int]) -> list[int]:
    """Leave out rows that are the same in every cell that is read or dropped: somebody copied them twice."""
    columns = [one.column - 1 for one in draft.read.columns if one.field or one.how == "personal"]
    first: dict[str, int] = {}
    for position in positions:
        cells = draft.sheet.rows[draft.rows[position] - 1]
        same = first.setdefault(repr([cells[column] for column in columns]), position)
        if same != position:
            draft.find("advise", position, "name", "repeated_row", {"rows": str(draft.rows[same])})
            draft.is_good[position] = False
    return list(first.values())


def _same_person(
    draft: Draft, event: str, code: str, positions: list[int], codes: Codes, using: Registers
) -> None:
    question = question_id("same_person", event, code)
    answer = using.memory.answer(question)
    if answer == OTHER:
        for number, position in enumerate(positions[1:], start=2):
            codes[position] = f"{code}-{number}"
    elif answer == SAME:
        _merge(draft, positions)
    else:
        options = [
            Option(SAME, t("intake.question.one_person")),
            Option(OTHER, t("intake.question.two_people")),
        ]
        rows = ", ".join(str(draft.number(position)) for position in positions)
        draft.ask_beside("same_person", question, positions, options, params={"rows": rows, "event": event})


def _merge(draft: Draft, positions: list[int]) -> None:
    """Fill the fuller of several rows from the others, which go."""
    given = {name: series.notna().to_numpy() for name, series in draft.values.items()}
    filled = {p: sum(bool(is_given[p]) for is_given in given.values()) for p in positions}
    fullest = max(positions, key=lambda p: (filled[p], -p))
    for name, is_given in given.items():
        others = [p for p in positions if is_given[p]]
        if others and not is_given[fullest]:
            values = draft.values[name].copy()
            values.iloc[fullest] = values.iloc[others[0]]
            draft.values[name] = values
        elif name not in ("name", *LEVELS) and len({str(draft.values[name].iat[p]) for p in others}) > 1:
            rows = ", ".join(str(draft.rows[p]) for p in others if p != fullest)
            draft.find("advise", fullest, name, "merged_differs", {"rows": rows})
    draft.is_good[[p for p in positions if p != fullest]] = False


# Sources, editions, subjects


def _sources(draft: Draft, frame: pd.DataFrame, fields: dict[str, str], using: Registers) -> None:
    """Make the source of each row, where the sheet says where its figures were published."""
    is_required = TABLES[draft.form.table].column("source_id").required
    texts = {name: draft.texts(name) for name in ("source_publisher", "source_title", "source_url")}
    days = draft.values.get("source_date", pd.Series(pd.NaT, index=range(len(draft))))
    if "source_title" not in draft.columns:
        if is_required and draft.form.name in ("kpi", "replication"):
            using.sources[SIM_SOURCE["source_id"]] = dict(SIM_SOURCE)
            frame["source_id"] = SIM_SOURCE["source_id"]
        return
    current = using.known.tables["sources"]
    by_title = {
        (written_key(publisher), written_key(title)): source_id
        for source_id, publisher, title in current[["source_id", "publisher", "title"]].itertuples(
            index=False
        )
    }
    ids: list[str | None] = []
    for position in range(len(draft)):
        publisher, title = texts["source_publisher"][position], texts["source_title"][position]
        if not title:
            ids.append(None)
            continue
        key = (written_key(publisher), written_key(title))
        source_id = by_title.get(key)
        if source_id is None:
            digest = hashlib.sha256("\x1f".join(key).encode()).hexdigest()[:10]
            source_id = by_title[key] = f"office_{digest}"
            using.sources[source_id] = {
                "source_id": source_id,
                "publisher": publisher or title,
                "title": title,
                "url": texts["source_url"][position] or None,
                "published_on": days.iat[position],
                "kind": "official",
            }
        ids.append(source_id)
    frame["source_id"] = pd.Series(ids, dtype="str")
    fields["source_id"] = "source_title"


def _derived(draft: Draft, frame: pd.DataFrame, fields: dict[str, str]) -> None:
    """Fill what other fields say together: a month, a total, a last day, a period."""
    values = draft.values
    if {"month_name", "year"} <= values.keys() and "month" in TABLES[draft.form.table].names:
        years = values["year"].astype(object).where(values["year"].notna(), None).tolist()
        for position, (cell, year) in enumerate(zip(draft.cells("month_name"), years, strict=True)):
            if year is not None and (year_in_month(cell) or year) != year:
                draft.find("fail", position, "month_name", "other_year", {"year": year})
        parts = pd.DataFrame({"year": values["year"], "month": values["month_name"], "day": 1}).astype(
            "float64"
        )
        month = pd.to_datetime(parts, errors="coerce").astype("datetime64[us]")
        frame["month"] = frame["month"].fillna(month) if "month" in frame else month
        fields.setdefault("month", "month_name")
    for one in draft.form.fields:
        if not one.instead or one.column in ("month", "edition", ""):
            continue
        if not set(one.instead) <= values.keys():
            continue
        if one.column == "total":
            made = sum(
                (values[part] for part in one.instead),
                start=pd.Series(0, index=range(len(draft)), dtype="Int64"),
            )
        elif one.column == "period":
            made = values[one.instead[0]].dt.strftime("%Y-%m").astype("str")
        else:
            made = values[one.instead[0]]
        frame[one.column] = frame[one.column].fillna(made) if one.column in frame else made
        fields.setdefault(one.column, one.instead[0])
    if draft.form.aggregates and "month" in frame:
        frame["month"] = frame["month"].dt.to_period("M").dt.to_timestamp().astype("datetime64[us]")
        frame["sex"] = values.get("sex", pd.Series(None, index=frame.index, dtype="str"))
        frame["people"] = values.get("people", pd.Series(1, index=frame.index, dtype="Int64")).fillna(1)
    if "period" in frame and frame["period"].dtype != "str":
        frame["period"] = frame["period"].astype("Int64").astype("str")


def _subjects(frame: pd.DataFrame, using: Registers) -> pd.Series[Any]:
    """Whose figure it is, in words: the library's name, else the area's."""
    libraries = (
        frame["library_id"] if "library_id" in frame else pd.Series(None, index=frame.index, dtype="str")
    )
    register = using.known.register
    return pd.Series(
        [
            using.libraries.get(library).name
            if pd.notna(library)
            else register.name(area)
            if pd.notna(area)
            else None
            for library, area in zip(libraries, frame["area_code"], strict=True)
        ],
        dtype="str",
    )


def _exploded(draft: Draft, frame: pd.DataFrame, fields: Mapping[str, str]) -> Rows:
    """Make one row of the table for each field that makes one; else the rows as they are."""
    makers = [one for one in draft.fields() if one.makes]
    every = np.arange(len(draft))
    table = draft.form.table
    if not makers:
        nothing = np.full(len(draft), "", dtype=object)
        return Rows(table, frame, [draft], np.zeros(len(draft), dtype="int64"), every, [fields], nothing)
    parts, positions, names = [], [], []
    for one in makers:
        given = draft.values[one.name].notna().to_numpy()
        part = frame[given].assign(**{one.column: draft.values[one.name][given]}, **dict(one.makes))
        parts.append(part)
        positions.append(every[given])
        names.append(np.full(int(given.sum()), one.name, dtype=object))
    at = np.concatenate(positions)
    silent = int((~np.isin(every, at) & draft.is_good).sum())
    if silent:
        labels = makers[0].name
        draft.about("advise", "no_value", {"count": silent}, labels)
    return Rows(
        table,
        pd.concat(parts, ignore_index=True),
        [draft],
        np.zeros(len(at), dtype="int64"),
        at,
        [fields],
        np.concatenate(names),
    )


def _editions(rows: Rows, indicators: Catalogue) -> None:
    """Fill the edition of the method from indicator and year, where only one fits; check those given."""
    frame = rows.frame
    when = "period" if "period" in TABLES[rows.table].names else "year"
    if "edition" not in TABLES[rows.table].names or not {"indicator_id", when} <= set(frame.columns):
        return
    if "edition" not in frame:
        frame["edition"] = pd.Series(None, index=frame.index, dtype="str")
    editions = frame["edition"].astype(object).where(frame["edition"].notna(), None).tolist()
    for at, (indicator_id, moment) in enumerate(zip(frame["indicator_id"], frame[when], strict=True)):
        if pd.isna(indicator_id) or pd.isna(moment) or indicator_id not in indicators:
            continue
        indicator = indicators[indicator_id]
        fitting = _fitting(indicator, int(str(moment)[:4]))
        written = editions[at]
        if written is None and len(fitting) == 1:
            editions[at] = fitting[0]
        elif written is None or written not in {edition.id for edition in indicator.editions}:
            allowed = ", ".join(edition.id for edition in indicator.editions)
            rows.find("fail", at, "edition", "unknown_edition", {"allowed": allowed, "year": str(moment)[:4]})
    frame["edition"] = pd.Series(editions, index=frame.index, dtype="str")


def _bounds(rows: Rows, indicators: Catalogue) -> None:
    """Take down indices and percentages that cannot be: they lie between 0 and 100, or 1."""
    if "indicator_id" not in rows.frame or "value" not in rows.frame:
        return
    for at, (indicator_id, value) in enumerate(
        zip(rows.frame["indicator_id"], rows.frame["value"], strict=True)
    ):
        if pd.isna(indicator_id) or pd.isna(value) or indicator_id not in indicators:
            continue
        indicator = indicators[indicator_id]
        highest = 1 if indicator.unit == "index_0_1" else 100
        if indicator.scale in ("index", "percent") and not 0 <= value <= highest:
            limit = "0" if value < 0 else str(highest)
            rows.find("fail", at, "value", "minimum" if value < 0 else "maximum", {"limit": limit})


def _fitting(indicator: Indicator, year: int) -> list[str]:
    return [
        edition.id
        for edition in indicator.editions
        if edition.first_year <= year and (edition.last_year is None or year <= edition.last_year)
    ]


def added_up(rows: Rows) -> Rows:
    """Add up the single visits of one library and month that stand in several sheets.

    A sheet that is the copy of another one is left out, and told.
    """
    is_counted = np.array([rows.drafts[which].form.aggregates for which in rows.draft], dtype=bool)
    if len(set(rows.draft[is_counted].tolist())) < 2:
        return rows
    keep = np.ones(len(rows), dtype=bool)
    contents: dict[str, int] = {}
    for which in dict.fromkeys(rows.draft[is_counted].tolist()):
        draft = rows.drafts[which]
        content = repr(([draft.sheet.rows[row - 1] for row in draft.rows], draft.constants))
        first = contents.setdefault(content, which)
        if first != which:
            keep[rows.draft == which] = False
            draft.about("advise", "repeated_sheet", {"sheet": rows.drafts[first].sheet.name})
    frame = rows.frame.copy()
    added: set[int] = set()
    for _, group in frame[keep & is_counted].groupby(["library_id", "month"], sort=False):
        places = group.index.to_list()
        if len(places) > 1:
            for name in ("female", "male", "total"):
                frame.loc[places[0], name] = group[name].sum(skipna=False)
            keep[places[1:]] = False
            added.update(rows.draft[places].tolist())
    if added:
        rows.drafts[min(added)].about("advise", "sheets_added", {"count": len(added)})
    return rows.with_frame(frame).take(keep)


def _counted(rows: Rows) -> Rows:
    """Count single visits by library and month; by sex only where every visitor of a month has one."""
    frame = rows.frame
    keys = ["library_id", "month"]
    number = frame.groupby(keys, sort=False).ngroup().to_numpy()
    _, first = np.unique(number, return_index=True)
    people = frame["people"].astype("Int64")
    by_sex = {sex: people.where(frame["sex"] == sex, 0).groupby(number).sum() for sex in ("female", "male")}
    total = people.groupby(number).sum()
    is_told = frame["sex"].notna().groupby(number).all()
    counted = frame.iloc[first][keys].reset_index(drop=True)
    for sex, sums in by_sex.items():
        counted[sex] = sums.where(is_told).astype("Int64").to_numpy()
        counted[sex] = counted[sex].astype("Int64")
    counted["total"] = total.astype("Int64").to_numpy()
    return Rows(
        rows.table,
        counted,
        rows.drafts,
        rows.draft[first],
        rows.position[first],
        rows.fields,
        rows.maker[first],
    )
