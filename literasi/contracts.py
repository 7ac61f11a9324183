"""The contract of every table: columns, types and rules, stated once.

The database tables (`literasi.store.schema`), the checks (`check`) and the templates an office fills
(`literasi.intake.forms`) are all made from these declarations, so they cannot drift apart.
Labels and explanations of columns are in the text catalogue under ``column.<name>``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, cast

import pandas as pd

from literasi.errors import ContractError, Fault

if TYPE_CHECKING:
    import pandera.pandas as pa

Kind = Literal["text", "integer", "number", "boolean", "date", "month"]

DTYPES: dict[Kind, str] = {
    "text": "str",
    "integer": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "datetime64[us]",
    "month": "datetime64[us]",
}

AREA_PATTERN = r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$"
PERIOD_PATTERN = r"^(\d{4}(-\d{2})?)?$"
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it may hold.

    Attributes
    ----------
    name, kind : str
        Name in code and database, and what it holds. A ``month`` is its first day.
    required : bool
        Whether a value must be there. Missing is never read as 0 or "".
    choices : tuple of str
        The only values allowed, when any are listed.
    minimum, maximum : float, optional
        Closed limits for numbers.
    pattern : str, optional
        Regular expression that a text must match.
    references : str, optional
        ``table.column`` in which the value must exist.
    example : str
        A made-up value for documentation and templates.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    references: str | None = None
    example: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, its key, and sums that must agree.

    Attributes
    ----------
    key : tuple of str
        Columns that name a row; unique among current rows and never missing.
    sums : tuple of (str, tuple of str)
        ``(total, parts)``: where all are given, the parts add up to the total.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def column(self, name: str) -> Column:
        """Give the column of that name.

        Raises
        ------
        KeyError
            If the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)


def _area(name: str = "area_code", *, required: bool = True) -> Column:
    return Column(
        name, required=required, pattern=AREA_PATTERN, references="areas.area_code", example="21.71"
    )


def _year(name: str, *, required: bool = True) -> Column:
    return Column(name, "integer", required=required, minimum=FIRST_YEAR, maximum=LAST_YEAR, example="2024")


def _count(name: str, *, required: bool = False) -> Column:
    return Column(name, "integer", required=required, minimum=0, example="25")


_SOURCE = Column("source_id", required=True, references="sources.source_id", example="")
_NOTE = Column("note")
_LIBRARY = Column("library_id", required=True, references="libraries.library_id", example="L-21.71.08.1004-1")
_MONTH = Column("month", "month", required=True, example="2026-02-01")
_SEX = ("female", "male")
_RECEIVED = Column("received_on", "date")
_RTL_STATUS = ("not_started", "in_progress", "done")

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "sources",
            ("source_id",),
            (
                Column("source_id", required=True, example="kepriraya_bimtek_2024"),
                Column("url"),
                Column("publisher", required=True),
                Column("title", required=True),
                Column("published_on", "date"),
                Column("accessed_on", "date"),
                Column("kind", required=True),
                Column("licence"),
            ),
        ),
        Table(
            "areas",
            ("area_code",),
            (
                Column("area_code", required=True, pattern=AREA_PATTERN, example="21.71"),
                Column(
                    "level", required=True, choices=("nation", "province", "regency", "district", "village")
                ),
                Column(
                    "kind",
                    required=True,
                    choices=("negara", "provinsi", "kabupaten", "kota", "kecamatan", "desa", "kelurahan"),
                ),
                Column("name", required=True, example="Batam"),
                Column("bps_code", pattern=r"^\d{2,10}$", example="2171"),
                Column("parent_code", pattern=AREA_PATTERN, references="areas.area_code"),
                Column("aliases"),
                Column("latitude", "number", minimum=-11, maximum=7),
                Column("longitude", "number", minimum=94, maximum=142),
                Column("anchor_source"),
            ),
        ),
        Table(
            "population",
            ("area_code", "year", "source_id"),
            (
                _area(),
                _year("year"),
                _SOURCE,
                Column(
                    "concept",
                    required=True,
                    choices=("census", "civil_registry", "bps_estimate", "not_stated"),
                ),
                _count("population", required=True),
                _NOTE,
            ),
        ),
        Table(
            "observations",
            ("indicator_id", "area_code", "period", "edition", "producer", "source_id"),
            (
                Column("indicator_id", required=True, example="tgm"),
                _area(),
                Column("period", required=True, pattern=r"^\d{4}(-\d{2})?$", example="2024"),
                Column("edition", required=True, example="2021_2024"),
                Column("producer", required=True, example="Perpusnas"),
                _SOURCE,
                Column("value", "number"),
                Column(
                    "status",
                    required=True,
                    choices=(
                        "reported",
                        "provisional",
                        "estimated",
                        "not_available",
                        "suppressed",
                        "quarantined",
                    ),
                ),
                _count("n"),
                Column("band_published"),
                _NOTE,
            ),
        ),
        Table(
            "libraries",
            ("library_id",),
            (
                Column("library_id", required=True, example="L-21.71.08.1004-1"),
                Column("name", required=True, example="Perpustakaan Kelurahan Sembulang"),
                Column(
                    "kind",
                    required=True,
                    choices=("province", "regency", "village", "special", "school", "community", "mobile"),
                ),
                _area(),
                Column("programme", required=True, choices=("national", "replication", "not_stated", "none")),
                _year("year_joined", required=False),
                Column("latitude", "number", minimum=-11, maximum=7),
                Column("longitude", "number", minimum=94, maximum=142),
                _count("titles"),
                Column("recent_titles_pct", "number", minimum=0, maximum=100),
                Column("building_m2", "number", minimum=0),
                Column("is_building_permanent", "boolean"),
                Column("open_hours_per_day", "number", minimum=0, maximum=24),
                _count("staff"),
                Column("is_head_qualified", "boolean"),
                Column("services"),
                Column("source_id", references="sources.source_id"),
                _NOTE,
            ),
        ),
        Table(
            "library_figures",
            ("subject", "area_code", "period", "metric", "source_id"),
            (
                Column("subject", required=True, example="Perpustakaan Umum Kota Tanjungpinang"),
                _area(),
                Column("period", pattern=PERIOD_PATTERN, required=True, example="2017"),
                Column("metric", required=True, example="visits"),
                _SOURCE,
                replace(_LIBRARY, required=False),
                Column("value", "number", required=True),
                Column("unit", required=True),
                Column(
                    "status", required=True, choices=("reported", "provisional", "estimated", "quarantined")
                ),
                _NOTE,
            ),
        ),
        Table(
            "aid",
            ("library_id", "period", "item"),
            (
                _LIBRARY,
                Column("period", required=True, pattern=PERIOD_PATTERN, example="2021"),
                Column("item", required=True, example="computers"),
                Column("quantity", "number", minimum=0),
                Column("unit"),
                Column("funder"),
                Column("source_id", references="sources.source_id"),
                _NOTE,
            ),
        ),
        Table(
            "events",
            ("event_id",),
            (
                Column("event_id", required=True, example="bimtek-spp-tik-2024"),
                Column("name", required=True),
                Column("kind", required=True, example="bimtek"),
                Column("date_start", "date", required=True),
                Column("date_end", "date", required=True),
                Column("venue"),
                _area(),
                _count("participants_published"),
                Column("organiser"),
                Column("source_id", references="sources.source_id"),
                _NOTE,
            ),
        ),
        Table(
            "participants",
            ("event_id", "participant_id"),
            (
                Column("event_id", required=True, references="events.event_id"),
                Column("participant_id", required=True, example="p-3f9a2c"),
                replace(_LIBRARY, required=False),
                Column(
                    "institution", choices=("village_library", "regency_library", "province_library", "other")
                ),
                _area(required=False),
                Column(
                    "role",
                    choices=("manager", "facilitator", "village_head", "official", "volunteer", "other"),
                ),
                Column("sex", choices=_SEX),
                Column("age_band", choices=("<26", "26-35", "36-45", "46-55", ">55")),
                Column("hours_attended", "number", minimum=0),
                Column("hours_due", "number", minimum=0),
                Column("pre_score", "number", minimum=0, maximum=100),
                Column("post_score", "number", minimum=0, maximum=100),
                Column("satisfaction", "number", minimum=1, maximum=4),
                Column("has_plan", "boolean"),
                Column("plan_status_30", choices=_RTL_STATUS),
                Column("plan_status_90", choices=_RTL_STATUS),
                Column("plan_status_180", choices=_RTL_STATUS),
            ),
        ),
        Table(
            "activities",
            ("library_id", "date", "name"),
            (
                _LIBRARY,
                Column("date", "date", required=True),
                Column("name", required=True, example="Kelas menulis"),
                Column("field", example="Pendidikan"),
                Column("kind", example="Pelatihan"),
                Column("audience", example="Pelajar"),
                _count("people"),
                Column("is_verified", "boolean"),
                _RECEIVED,
                _NOTE,
            ),
        ),
        Table(
            "visits",
            ("library_id", "month"),
            (
                _LIBRARY,
                _MONTH,
                _count("female"),
                _count("male"),
                _count("total", required=True),
                _RECEIVED,
                _NOTE,
            ),
            sums=(("total", ("female", "male")),),
        ),
        Table(
            "circulation",
            ("library_id", "month"),
            (
                _LIBRARY,
                _MONTH,
                _count("loans"),
                _count("active_borrowers"),
                _count("members"),
                _count("titles"),
                _count("copies"),
                _RECEIVED,
                _NOTE,
            ),
        ),
        Table(
            "advocacy",
            ("library_id", "date", "title"),
            (
                _LIBRARY,
                Column("date", "date", required=True),
                Column("title", required=True),
                Column("audience"),
                Column("result", choices=("funds", "in_kind", "regulation")),
                Column("amount", "number", minimum=0),
                _RECEIVED,
                _NOTE,
            ),
        ),
        Table(
            "publications",
            ("library_id", "date", "title"),
            (
                _LIBRARY,
                Column("date", "date", required=True),
                Column("title", required=True),
                Column("kind", choices=("online", "broadcast", "print")),
                Column("media"),
                _RECEIVED,
                _NOTE,
            ),
        ),
        Table(
            "services",
            ("library_id", "month"),
            (
                _LIBRARY,
                _MONTH,
                _count("books"),
                _count("digital_books"),
                _count("computers"),
                Column("bandwidth_mbps", "number", minimum=0),
                _RECEIVED,
                _NOTE,
            ),
        ),
        Table(
            "targets",
            ("indicator_id", "area_code", "year", "edition", "document"),
            (
                Column("indicator_id", required=True),
                _area(),
                _year("year"),
                Column("edition", required=True),
                Column("value", "number", required=True),
                Column("document", required=True),
                Column("source_id", references="sources.source_id"),
                _NOTE,
            ),
        ),
        # Figures of the forms from which IPLM is measured, for the simulation; never official values.
        Table(
            "iplm_inputs",
            ("area_code", "year", "edition", "library_type", "form_field"),
            (
                _area(),
                _year("year"),
                Column("edition", required=True, choices=("uplm", "form_2025"), example="form_2025"),
                Column(
                    "library_type",
                    required=True,
                    choices=(
                        "public",
                        "public_regency",
                        "public_district",
                        "public_village",
                        "school",
                        "school_primary",
                        "school_junior",
                        "school_senior",
                        "university",
                        "special",
                    ),
                    example="public",
                ),
                Column("form_field", required=True, example="print_titles"),
                Column("value", "number", required=True, minimum=0),
                Column("source_id", references="sources.source_id"),
                _NOTE,
            ),
        ),
        # What the office has told the dashboard about its files, kept with the same history as the facts.
        Table(
            "advices",
            ("of_table", "row_key", "of_column", "rule"),
            (
                Column("of_table", required=True, example="visits"),
                Column("row_key", required=True, example="L-21.71.08.1004-1 · 2026-02-01"),
                Column("of_column", required=True, example="total"),
                Column("rule", required=True, example="outlier"),
                Column("value", example="4810"),
                _area(required=False),
                Column("reason"),
            ),
        ),
        Table(
            "layouts",
            ("layout", "position"),
            (
                Column("layout", required=True, example="9f2c41d0a77b"),
                Column("position", "integer", required=True, minimum=1, example="3"),
                Column("heading", required=True, example="Jml Pengunjung L"),
                Column("form", required=True, example="visits"),
                Column("field", example="male"),
            ),
        ),
        Table(
            "spellings",
            ("kind", "within", "written"),
            (
                Column("kind", required=True, choices=("area", "library", "event")),
                Column("within", required=True, example="21.71.08"),
                Column("written", required=True, example="KEL SEMBULANG"),
                Column("code", required=True, example="21.71.08.1004"),
            ),
        ),
        Table(
            "snapshots",
            ("name",),
            (
                Column("name", required=True, example="Penutupan bimtek 7 Juni 2024"),
                Column("submission", "integer", required=True, minimum=0, example="12"),
                _NOTE,
            ),
        ),
    )
}


def empty(table: str) -> pd.DataFrame:
    """Give a frame of that table with its columns and types and no rows.

    Parameters
    ----------
    table : str
        A name in `TABLES`.

    Returns
    -------
    DataFrame
    """
    return pd.DataFrame({c.name: pd.Series(dtype=DTYPES[c.kind]) for c in TABLES[table].columns})


def coerce(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of a contract in its order and types; absent optional columns become missing.

    Parameters
    ----------
    table : str
        A name in `TABLES`.
    frame : DataFrame
        Values that can be read as the declared types (texts of CSV files, rows of a database).

    Returns
    -------
    DataFrame
        A new frame; `frame` is not changed.

    Raises
    ------
    ContractError
        For each column that is not in the contract and each value that cannot be read.
    """
    contract = TABLES[table]
    faults = [Fault(table, str(c), "unknown_column") for c in frame.columns if c not in contract.names]
    out: dict[str, pd.Series[Any]] = {}
    for column in contract.columns:
        if column.name not in frame.columns:
            out[column.name] = _typed(pd.Series(None, index=frame.index, dtype=object), column.kind)
            continue
        series, bad = _read(frame[column.name], column.kind)
        out[column.name] = series
        faults += [
            Fault(table, column.name, f"not_{column.kind}", int(i), str(frame[column.name].iloc[i]))
            for i in bad
        ]
    if faults:
        raise ContractError(table, faults)
    return pd.DataFrame(out, index=frame.index).reset_index(drop=True)


def _read(series: pd.Series[Any], kind: Kind) -> tuple[pd.Series[Any], list[int]]:
    """Read one column as its kind; also give the positions that could not be read."""
    given = series.notna()
    read: pd.Series[Any]
    if kind == "text":
        return series.astype("str"), []
    if kind in ("date", "month"):
        read = pd.to_datetime(series, errors="coerce", format="ISO8601").astype("datetime64[us]")
    elif kind == "boolean":
        words = {"true": True, "false": False, "1": True, "0": False}
        read = series.map(lambda v: words.get(str(v).lower()) if pd.notna(v) else None).astype("boolean")
    else:
        numbers = pd.to_numeric(series, errors="coerce").astype("float64")
        if kind == "integer":
            numbers = numbers.where(numbers.isna() | (numbers % 1 == 0))
        read = _typed(numbers, kind)
    bad = [int(i) for i, wrong in enumerate((given & read.isna()).to_numpy()) if wrong]
    return read, bad


def _typed(series: pd.Series[Any], kind: Kind) -> pd.Series[Any]:
    return series.astype(cast("Any", DTYPES[kind]))


def check(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Coerce a frame to its contract and check every rule.

    Parameters
    ----------
    table : str
        A name in `TABLES`.
    frame : DataFrame
        As for `coerce`.

    Returns
    -------
    DataFrame
        The coerced frame.

    Raises
    ------
    ContractError
        With all faults: types, missing values, limits, patterns, choices, repeated keys, sums.
        References to other tables are checked by the store, which can see them.
    """
    import pandera.errors

    coerced = coerce(table, frame)
    try:
        schema(table).validate(coerced, lazy=True)
    except pandera.errors.SchemaErrors as error:
        faults = [
            Fault(
                table,
                str(case["column"]),
                "repeated_key" if case["check"] == "multiple_fields_uniqueness" else str(case["check"]),
                None if pd.isna(case["index"]) else int(case["index"]),
                str(case["failure_case"]),
            )
            for case in error.failure_cases.to_dict("records")
            if _is_place(TABLES[table], str(case["check"]), str(case["column"]))
        ]
        raise ContractError(table, faults) from error
    return coerced


def _is_place(table: Table, rule: str, column: str) -> bool:
    """Whether a fault is told at that column: a rule over several is told once, at its first."""
    if rule == "multiple_fields_uniqueness":
        return column == table.key[0]
    if rule == "sum":
        return column in {total for total, _ in table.sums}
    return True


def schema(table: str) -> pa.DataFrameSchema:
    """Make the Pandera schema of a table.

    Parameters
    ----------
    table : str
        A name in `TABLES`.

    Returns
    -------
    pandera.pandas.DataFrameSchema

    Notes
    -----
    Pandera takes seconds to import and is needed only when data come in, so it is imported here.
    """
    import pandera.pandas as pa

    contract = TABLES[table]

    def checks(column: Column) -> list[pa.Check]:
        rules = []
        if column.choices:
            rules.append(pa.Check.isin(column.choices, error="choice"))
        if column.minimum is not None:
            rules.append(pa.Check.ge(column.minimum, error="minimum"))
        if column.maximum is not None:
            rules.append(pa.Check.le(column.maximum, error="maximum"))
        if column.pattern is not None:
            rules.append(pa.Check.str_matches(column.pattern, error="pattern"))
        if column.kind == "month":
            rules.append(pa.Check(lambda s: s.dt.day == 1, error="first_of_month"))
        return rules

    def agree(total: str, parts: tuple[str, ...]) -> pa.Check:
        def rule(frame: pd.DataFrame) -> pd.Series[bool]:
            known = frame[[total, *parts]].notna().all(axis=1)
            return ~known | (frame[list(parts)].sum(axis=1) == frame[total])

        return pa.Check(rule, error="sum")

    return pa.DataFrameSchema(
        {
            c.name: pa.Column(DTYPES[c.kind], checks(c), nullable=not c.required, required=True)
            for c in contract.columns
        },
        checks=[agree(total, parts) for total, parts in contract.sums],
        unique=list(contract.key),
        strict=True,
        name=table,
    )
