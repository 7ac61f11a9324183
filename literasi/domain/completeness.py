"""Which monthly reports were expected, which came, and which came in time: by library, table and month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from literasi.domain.coverage import NEVER, STANDARD, ReportingRules, expected_libraries
from literasi.domain.levels import CODE_LENGTH, Level
from literasi.domain.outliers import outliers
from literasi.domain.periods import Period, months
from literasi.domain.reports import span

Monthly = Literal["visits", "circulation", "services"]
MONTHLY: Final[tuple[Monthly, ...]] = ("visits", "circulation", "services")
"""Tables with a report that is due each month."""
DATED: Final = ("activities", "publications", "advocacy")
"""Tables with rows when something happened; no month owes one."""
TABLES: Final = (*MONTHLY, *DATED)

COUNTS: Final[Mapping[Monthly, tuple[str, ...]]] = {
    "visits": ("total",),
    "circulation": ("loans", "active_borrowers", "members", "titles", "copies"),
    "services": ("books", "digital_books", "computers"),
}
"""What a monthly report counts. The first is its leading number: where that is 0, zero was reported."""

STATES: Final = ("not_expected", "missing", "zero", "unknown", "late", "on_time", "any")
"""What a library did in a month: nothing was due, nothing came, zero came, or a report came: on an unknown
day, late, in time; ``any`` is at least one row of a table that owes nothing."""

CALENDAR: Final = ("table", "library_id", "area_code", "period", "is_expected", "timing", "state")
FOLLOW_UP: Final = (
    "table",
    "column",
    "library_id",
    "month",
    "value",
    "expected_low",
    "expected_high",
    "score",
)
_TIMINGS: Final = ("", "unknown", "late", "on_time")

Codes = npt.NDArray[np.int8]


def span_due(
    tables: Mapping[str, pd.DataFrame], *, today: dt.date, rules: ReportingRules = STANDARD
) -> tuple[list[str], str]:
    """Give the months to look at, and the last of them that is due.

    Parameters
    ----------
    tables : mapping
        Tables of `TABLES`; those not given are left out.
    today : date
        A month is due once its deadline has passed in every table.

    Returns
    -------
    (list of str, str)
        Months from the first report of anybody to the last report or the last month that is due, whichever is
        later; and the last month that is due. Both empty where there is no report.
    """
    reported = span(*(received(name, tables[name]) for name in TABLES if name in tables))
    if not reported:
        return [], ""
    latest = max(getattr(rules.due_days, name) for name in MONTHLY)
    back = 1 if today.day > latest else 2
    count = today.year * 12 + today.month - 1 - back
    due = str(Period(count // 12, count % 12 + 1))
    first, last = Period.parse(reported[0]), Period.parse(max(reported[-1], due))
    return [str(month) for month in months(first, last)], due


def received(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Give what came of a table, one row per library and month.

    Parameters
    ----------
    table : str
        Of `TABLES`.
    frame : DataFrame
        That table.

    Returns
    -------
    DataFrame
        ``library_id``, ``month``, ``value`` (the leading number, or how many rows), ``received_on``.
        A monthly report that gives none of its numbers is no report.
    """
    if table in COUNTS:
        columns = list(COUNTS[table])  # type: ignore[index]  # narrowed by the line above
        known = frame[frame[columns].notna().any(axis=1)]
        out = known[["library_id", "month", "received_on"]]
        return out.assign(value=known[columns[0]].astype("float64"))
    first = frame["date"].to_numpy(dtype="datetime64[M]").astype("datetime64[us]")
    month = pd.Series(first, index=frame.index, name="month")
    counted = frame.groupby([frame["library_id"], month]).size().rename("value").reset_index()
    never = pd.Series(None, index=counted.index, dtype="datetime64[us]")
    return counted.assign(value=counted["value"].astype("float64"), received_on=never)


def calendar(
    tables: Mapping[str, pd.DataFrame],
    libraries: pd.DataFrame,
    *,
    periods: Sequence[str],
    due: str,
    rules: ReportingRules = STANDARD,
) -> pd.DataFrame:
    """Give the state of every library in every month and table.

    Parameters
    ----------
    tables : mapping
        Tables of `TABLES`; those not given are left out.
    libraries : DataFrame
        Table ``libraries``.
    periods : sequence of str
        Months without a hole, as from `span_due`.
    due : str
        Last month that is due; nothing is expected after it.

    Returns
    -------
    DataFrame
        Columns `CALENDAR`. ``is_expected``: a report was due. ``timing``: ``on_time``, ``late``, ``unknown``
        (no day of receipt is recorded: neither), or empty where no monthly report came. ``state``: of
        `STATES`; zero wins over timing, and a report that came counts as such, expected or not.
        Codes are categorical, for speed.
    """
    ids = pd.Index(libraries["library_id"])
    owing = expected_libraries(libraries, rules=rules).set_index("library_id")["first_year"]
    since = owing.reindex(ids).fillna(NEVER).to_numpy(dtype="int64")
    years = np.array([int(period[:4]) for period in periods], dtype="int64")
    is_over = np.array([period <= due for period in periods], dtype=bool)
    is_due = (since[:, None] <= years) & is_over
    shape = is_due.shape
    given = [name for name in TABLES if name in tables]
    expected, timings, states = [], [], []
    for name in given:
        owes = is_due if name in MONTHLY else np.zeros(shape, dtype=bool)
        came = received(name, tables[name])
        row, column, inside = _places(came, ids, periods)
        came = came[inside]
        timing = np.zeros(shape, dtype=np.int8)
        state = np.where(owes, STATES.index("missing"), STATES.index("not_expected")).astype(np.int8)
        if name in MONTHLY:
            timing[row, column] = _timing(came, due_day=getattr(rules.due_days, name))
            known = timing[row, column] + (STATES.index("unknown") - _TIMINGS.index("unknown"))
            state[row, column] = np.where(came["value"] == 0, STATES.index("zero"), known)
        else:
            state[row, column] = STATES.index("any")
        expected.append(owes)
        timings.append(timing)
        states.append(state)
    cells = shape[0] * shape[1]
    library = np.tile(np.repeat(np.arange(shape[0]), shape[1]), len(given))
    area, areas = pd.factorize(libraries["area_code"])
    return pd.DataFrame(
        {
            "table": _coded(np.repeat(np.arange(len(given)), cells), given),
            "library_id": _coded(library, ids),
            "area_code": _coded(area[library], areas),
            "period": _coded(np.tile(np.arange(shape[1]), shape[0] * len(given)), periods),
            "is_expected": _flat(expected, bool),
            "timing": _coded(_flat(timings, np.int8), _TIMINGS),
            "state": _coded(_flat(states, np.int8), STATES),
        }
    )


def _coded(codes: npt.NDArray[Any], names: Iterable[str]) -> pd.Categorical[str]:
    """Make an ordered categorical of positions in `names`."""
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(names), dtype="str"), ordered=True)


def _flat(parts: list[npt.NDArray[Any]], kind: Any) -> npt.NDArray[Any]:
    return np.concatenate([part.ravel() for part in parts]) if parts else np.zeros(0, dtype=kind)


def _places(
    came: pd.DataFrame, ids: pd.Index[Any], periods: Sequence[str]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Give row and column of the reports that lie in the calendar, and which those are."""
    row = ids.get_indexer(pd.Index(came["library_id"]))
    first = Period.parse(periods[0]) if periods else Period(1, 1)
    month = came["month"].to_numpy(dtype="datetime64[M]").astype("int64")
    column = month - ((first.year - 1970) * 12 + first.month - 1)
    inside = (row >= 0) & (column >= 0) & (column < len(periods))
    return row[inside], column[inside], inside


def _timing(came: pd.DataFrame, *, due_day: int) -> Codes:
    """Give the position in `_TIMINGS` of each report."""
    month = came["month"].to_numpy(dtype="datetime64[M]") + 1
    deadline = month.astype("datetime64[D]") + (due_day - 1)
    day = came["received_on"].to_numpy(dtype="datetime64[D]")
    timing = np.where(day <= deadline, _TIMINGS.index("on_time"), _TIMINGS.index("late"))
    return np.where(np.isnat(day), _TIMINGS.index("unknown"), timing).astype(np.int8)


def shares(rows: pd.DataFrame, *, by: Sequence[str]) -> pd.DataFrame:
    """Count expected and received reports by columns of a calendar.

    Parameters
    ----------
    rows : DataFrame
        As from `calendar`, or a part of it.
    by : sequence of str
        Columns of it (or a column added to it) to group by.

    Returns
    -------
    DataFrame
        `by`, and Int64 ``expected``, ``received``, ``on_time``, ``late``, ``unknown``, ``zero``, ``extra``:
        those received are expected ones; a report that came though none was due is ``extra`` only.
        Groups in which nothing was expected and nothing came have no row.
    """
    came = (rows["timing"] != "") & rows["is_expected"]
    counted = pd.DataFrame(
        {
            **{name: rows[name] for name in by},
            "expected": rows["is_expected"],
            "received": came,
            **{name: came & (rows["timing"] == name) for name in ("on_time", "late", "unknown")},
            "zero": came & (rows["state"] == "zero"),
            "extra": (rows["timing"] != "") & ~rows["is_expected"],
        }
    )
    out = counted.groupby(list(by), observed=True, sort=True).sum().astype("Int64")
    out = out[(out["expected"] > 0) | (out["extra"] > 0)].reset_index()
    return out.astype({name: "str" for name in by if isinstance(out[name].dtype, pd.CategoricalDtype)})


def with_area(rows: pd.DataFrame, *, level: Level) -> pd.DataFrame:
    """Add ``area``, the code at a level; rows of libraries that are known less precisely are left out.

    Parameters
    ----------
    rows : DataFrame
        As from `calendar`.
    level : str
        Level of the areas.
    """
    codes = rows["area_code"].cat.categories
    length = CODE_LENGTH[level]
    wanted = rows[rows["area_code"].isin([code for code in codes if len(code) >= length])]
    short = {code: code[:length] for code in codes}
    area, areas = pd.factorize(codes.map(short), sort=True)
    return wanted.assign(area=_coded(area[wanted["area_code"].cat.codes], areas))


def silences(rows: pd.DataFrame) -> pd.DataFrame:
    """For how long libraries have sent nothing, of any monthly table.

    Parameters
    ----------
    rows : DataFrame
        As from `calendar`, over all months there are: a silence may begin before the year looked at.

    Returns
    -------
    DataFrame
        ``library_id``, ``months`` (due months in a row without a report, up to the last that was due),
        ``last`` (newest month reported; missing where none ever came); libraries that owed a report in the
        last month that was due, the longest silence first.
    """
    monthly = rows[rows["table"].isin(MONTHLY)]
    is_over = monthly.loc[monthly["is_expected"], "period"]
    if is_over.empty:
        return pd.DataFrame(
            {
                "library_id": pd.Series(dtype="str"),
                "months": pd.Series(dtype="Int64"),
                "last": pd.Series(dtype="str"),
            }
        )
    each = (
        pd.DataFrame(
            {
                "library_id": monthly["library_id"],
                "period": monthly["period"],
                "expected": monthly["is_expected"],
                "came": monthly["timing"] != "",
            }
        )
        .groupby(["library_id", "period"], observed=True, sort=True)
        .any()
    )
    expected, came = (each[name].unstack("period") for name in ("expected", "came"))
    periods = came.columns.astype("str").to_numpy()
    due = list(periods).index(str(is_over.max()))
    is_silent = (expected & ~came).to_numpy()[:, due::-1]
    run = np.cumprod(is_silent, axis=1).sum(axis=1)
    heard = came.to_numpy()
    newest = periods[heard.shape[1] - 1 - heard[:, ::-1].argmax(axis=1)]
    out = pd.DataFrame(
        {
            "library_id": came.index.astype("str"),
            "months": pd.array(run, dtype="Int64"),
            "last": pd.Series(np.where(heard.any(axis=1), newest, None), dtype="str"),
        }
    )
    owed = expected.to_numpy()[:, due]
    return out[owed].sort_values("months", ascending=False, kind="stable", ignore_index=True)


def follow_up(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give every count of the monthly tables that lies outside the usual range of its library.

    Parameters
    ----------
    tables : mapping
        The `MONTHLY` tables; those not given are left out.

    Returns
    -------
    DataFrame
        Columns `FOLLOW_UP`, the newest month first, then the farthest from the usual.
    """
    parts = [
        outliers(tables[name].rename(columns={column: "value"})).assign(table=name, column=column)
        for name in MONTHLY
        if name in tables
        for column in COUNTS[name]
    ]
    found = pd.concat(parts, ignore_index=True)[list(FOLLOW_UP)]
    order = found.assign(far=found["score"].abs()).sort_values(
        ["month", "far"], ascending=[False, False], kind="stable"
    )
    return found.loc[order.index].reset_index(drop=True)


def anything(rows: pd.DataFrame, *, by: Sequence[str]) -> pd.DataFrame:
    """Count libraries with at least one row of a table that owes nothing.

    Parameters
    ----------
    rows : DataFrame
        As from `calendar` (with a column added by `with_area`).
    by : sequence of str
        Columns to group by.

    Returns
    -------
    DataFrame
        `by`, ``libraries`` (Int64); groups without any have no row.
    """
    some = rows[rows["state"] == "any"]
    counted = some.groupby(list(by), observed=True, sort=True)["library_id"].nunique()
    out = counted.astype("Int64").rename("libraries").reset_index()
    return out.astype({name: "str" for name in by if isinstance(out[name].dtype, pd.CategoricalDtype)})
