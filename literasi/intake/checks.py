"""What is wrong with typed rows, and what is strange about them.

Faults keep a file from being committed; they are looked for in stages, and a row that has failed one is not
looked at in the next. Advices are about values that may be right: they are kept until somebody says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from literasi import contracts
from literasi.contracts import FIRST_YEAR, LAST_YEAR, TABLES
from literasi.domain.completeness import COUNTS
from literasi.domain.outliers import THRESHOLD, usual_ranges
from literasi.errors import ContractError, Fault
from literasi.intake.draft import Draft
from literasi.intake.forms import Field, Form, choice_label
from literasi.intake.rows import Rows
from literasi.text import date, number

OUTLIERS_OF: Mapping[str, tuple[str, ...]] = {str(table): columns for table, columns in COUNTS.items()}
"""Table to the columns that are compared with the library's own history."""
DATED: Mapping[str, str] = {
    "activities": "date",
    "visits": "month",
    "circulation": "month",
    "advocacy": "date",
    "publications": "date",
    "services": "month",
}
"""Table of reports to the column that says when: what is reported has happened."""
ROWS_NAMED = 5
"""At most so many rows are named in one finding."""
ACTIVE_MONTHS = 3
"""A library that has had visitors in one of so many months before is active: no visit at all is strange."""
KEPT_RULES = frozenset({"future", "outlier", "zero_visits", "more_than_residents", "new_library"})
"""Advices about a value, which are kept with it until they are cleared."""


@dataclass(frozen=True, slots=True)
class Context:
    """What rows are compared with: current tables, and the areas of the libraries, new ones included."""

    tables: Mapping[str, pd.DataFrame]
    library_areas: Mapping[str, str]
    regencies: Mapping[str, str]
    today: dt.date


def limits(draft: Draft) -> None:
    """Take down each number outside the limits of its column, whatever else is wrong with its row."""
    for one in draft.fields():
        if one.kind not in ("integer", "number"):
            continue
        values = draft.values[one.name].astype("float64").to_numpy()
        for rule, limit in zip(("minimum", "maximum"), _bounds(draft.form, one), strict=True):
            if limit is not None:
                out = values < limit if rule == "minimum" else values > limit
                for position in np.flatnonzero(out):
                    draft.find("fail", int(position), one.name, *_limit(rule, limit))


def sums(draft: Draft) -> None:
    """Take down each total that is not the sum of its parts, whatever else is wrong with its row."""
    for total, parts in TABLES[draft.form.table].sums:
        fields = [_field_of(draft, column) for column in (total, *parts)]
        if all(one is not None and one in draft.values for one in fields):
            whole, *shares = (draft.values[str(one)].astype("float64").to_numpy() for one in fields)
            made = np.sum(shares, axis=0)
            for position in np.flatnonzero(np.isfinite(made) & np.isfinite(whole) & (made != whole)):
                shown = [float(share[position]) for share in shares]
                params = _sum(shown, float(whole[position]))
                draft.find("fail", int(position), str(fields[0]), "sum", params)


def _field_of(draft: Draft, column: str) -> str | None:
    return next((one.name for one in draft.fields() if one.column == column and not one.makes), None)


def _sum(parts: Sequence[float], total: float) -> dict[str, object]:
    return {
        "parts": " + ".join(number(part) for part in parts),
        "made": number(sum(parts)),
        "total": number(total),
    }


def _bounds(form: Form, one: Field) -> tuple[float | None, float | None]:
    """Lowest and highest value of a field: its column's; a year that helps to make a month has none."""
    if one.column in TABLES[form.table].names and not one.makes:
        column = TABLES[form.table].column(one.column)
        return column.minimum, column.maximum
    return (FIRST_YEAR, LAST_YEAR) if one.name == "year" else (None, None)


def _limit(rule: str, limit: float) -> tuple[str, dict[str, object]]:
    if rule == "minimum" and limit == 0:
        return "negative", {}
    return rule, {"limit": f"{limit:g}"}


def faults(rows: Rows) -> Rows:
    """Take down every fault of the rows of one table.

    Returns
    -------
    Rows
        Those without a fault, each key once.
    """
    return _contract(_repeated(rows))


def advise(rows: Rows, context: Context) -> None:
    """Take down what is strange about faultless rows of one table."""
    _future(rows, context)
    _parts_missing(rows)
    _outliers(rows, context)
    _zero_visits(rows, context)
    _more_than_residents(rows, context)
    _fewer_than_before(rows, context)


def _repeated(rows: Rows) -> Rows:
    """The same row twice is taken once; two rows of one key that differ are both at fault."""
    frame, key = rows.frame, list(TABLES[rows.table].key)
    is_again = frame.duplicated(key, keep=False).to_numpy()
    if not is_again.any():
        return rows
    places = np.flatnonzero(is_again)
    group = frame.iloc[places].groupby(key, sort=False).ngroup().to_numpy()
    is_other = ~frame.iloc[places].duplicated().to_numpy()
    differs = np.bincount(group, weights=is_other) > 1
    members: dict[int, list[int]] = {}
    for at, which in zip(places.tolist(), group.tolist(), strict=True):
        members.setdefault(which, []).append(at)
    keep = np.ones(len(rows), dtype=bool)
    for which, same in members.items():
        if differs[which]:
            for at in same:
                others = [other for other in same if other != at][:ROWS_NAMED]
                named = ", ".join(_row_name(rows, other, at) for other in others)
                rows.find("fail", at, key[-1], "repeated_key", {"rows": named})
            keep[same] = False
        else:
            for at in same[1:]:
                rows.find("advise", at, key[-1], "repeated_row", {"rows": _row_name(rows, same[0], at)})
            keep[same[1:]] = False
    return rows.take(keep)


def _row_name(rows: Rows, at: int, seen_from: int) -> str:
    """Name a row by its number, and by its sheet where that is another one."""
    sheet = rows.drafts[rows.draft[at]].sheet.name
    same = sheet == rows.drafts[rows.draft[seen_from]].sheet.name
    return str(rows.number(at)) if same else f"{sheet}!{rows.number(at)}"


def _contract(rows: Rows) -> Rows:
    try:
        return rows.with_frame(contracts.check(rows.table, rows.frame))
    except ContractError as error:
        found = error.faults
    contract = TABLES[rows.table]
    for fault in found:
        if fault.row is not None:
            column = contract.sums[0][0] if fault.rule == "sum" else fault.column
            rows.find("fail", fault.row, column, *_worded(rows, fault, column))
    left = rows.good()
    return left.with_frame(contracts.coerce(rows.table, left.frame))


def _worded(rows: Rows, fault: Fault, column: str) -> tuple[str, dict[str, object]]:
    """Give the rule and its parameters as they are told at a cell."""
    contract = TABLES[rows.table]
    of = contract.column(column)
    if fault.rule == "not_nullable":
        return "required", {}
    if fault.rule in ("minimum", "maximum"):
        limit = of.minimum if fault.rule == "minimum" else of.maximum
        return _limit(fault.rule, limit or 0)
    if fault.rule == "sum":
        total, parts = contract.sums[0]
        row = rows.frame.iloc[int(fault.row or 0)]
        return "sum", _sum([row[part] for part in parts], row[total])
    if fault.rule == "choice":
        form = rows.drafts[rows.draft[int(fault.row or 0)]].form
        one = next((field for field in form.fields if field.column == column), None)
        labels = [choice_label(one, code) for code in of.choices] if one else list(of.choices)
        return "choice", {"choices": ", ".join(labels)}
    return fault.rule, {}


def _future(rows: Rows, context: Context) -> None:
    column = DATED.get(rows.table)
    if column is None:
        return
    late = (rows.frame[column] > pd.Timestamp(context.today)).to_numpy()
    for at in np.flatnonzero(late):
        rows.find("advise", int(at), column, "future", {"today": date(context.today)}, is_kept=True)


def _parts_missing(rows: Rows) -> None:
    """Totals without their parts are told once for a sheet: it is how that office reports."""
    for total, parts in TABLES[rows.table].sums:
        lacks = rows.frame[total].notna() & rows.frame[list(parts)].isna().any(axis=1)
        for which, draft in enumerate(rows.drafts):
            count = int((lacks.to_numpy() & (rows.draft == which)).sum())
            if count:
                draft.about("advise", "parts_missing", {"count": count}, rows.fields[which].get(total, ""))


def _outliers(rows: Rows, context: Context) -> None:
    for column in OUTLIERS_OF.get(rows.table, ()):
        key = ["library_id", "month"]
        history = _with_history(rows, context, column)
        judged = usual_ranges(history.rename(columns={column: "value"}))
        # No visitors at all is told in its own words, or is usual.
        far = judged[(judged["score"].abs() > THRESHOLD) & (judged["value"] > 0)]
        flagged = rows.frame[key].reset_index().merge(far, on=key)
        for at, low, high in zip(
            flagged["index"], flagged["expected_low"], flagged["expected_high"], strict=True
        ):
            params = {"low": number(low), "high": number(high)}
            rows.find("advise", int(at), column, "outlier", params, is_kept=True)


def _with_history(rows: Rows, context: Context, column: str) -> pd.DataFrame:
    """Give what these libraries have reported so far, with these rows in place of what they replace."""
    names = ["library_id", "month", column]
    current = context.tables[rows.table][names]
    before = current[current["library_id"].isin(rows.frame["library_id"].unique())]
    return pd.concat([before, rows.frame[names]]).drop_duplicates(["library_id", "month"], keep="last")


def _zero_visits(rows: Rows, context: Context) -> None:
    if rows.table != "visits":
        return
    zero = (rows.frame["total"] == 0).fillna(False).to_numpy(dtype=bool)
    if not zero.any():
        return
    history = _with_history(rows, context, "total")
    active = history[history["total"] > 0][["library_id", "month"]]
    for at in np.flatnonzero(zero):
        row = rows.frame.iloc[int(at)]
        first = row["month"] - pd.DateOffset(months=ACTIVE_MONTHS)
        before = active[active["library_id"] == row["library_id"]]["month"]
        if ((before >= first) & (before < row["month"])).any():
            rows.find("advise", int(at), "total", "zero_visits", {"months": ACTIVE_MONTHS}, is_kept=True)


def _fewer_than_before(rows: Rows, context: Context) -> None:
    """A guest book that counts fewer visitors than are known may be of a part of the month only."""
    is_counted = np.array([rows.drafts[which].form.aggregates for which in rows.draft], dtype=bool)
    if not is_counted.any():
        return
    key = list(TABLES[rows.table].key)
    before = rows.frame[key].merge(context.tables[rows.table][[*key, "total"]], on=key, how="left")["total"]
    fewer = (before > rows.frame["total"]).fillna(False).to_numpy(dtype=bool)
    pairs = list(zip(before.tolist(), rows.frame["total"].tolist(), strict=True))
    for at in np.flatnonzero(is_counted & fewer).tolist():
        old, new = pairs[at]
        rows.find("advise", at, "month", "fewer_than_before", {"before": number(old), "now": number(new)})


def _more_than_residents(rows: Rows, context: Context) -> None:
    if rows.table != "activities":
        return
    residents = _residents(context.tables["population"])
    areas = rows.frame["library_id"].map(context.library_areas)
    limit = areas.map(residents).fillna(areas.map(context.regencies).map(residents))
    more = (rows.frame["people"].astype("float64") > limit.astype("float64")).to_numpy()
    for at in np.flatnonzero(more):
        params = {"residents": number(limit.iloc[int(at)])}
        rows.find("advise", int(at), "people", "more_than_residents", params, is_kept=True)


def _residents(population: pd.DataFrame) -> dict[str, int]:
    """Give the residents of each area in the newest year that is known, the largest number of its sources."""
    newest = population.sort_values(["year", "population"]).drop_duplicates("area_code", keep="last")
    pairs: list[tuple[Any, Any]] = list(zip(newest["area_code"], newest["population"], strict=True))
    return {str(code): int(count) for code, count in pairs}
