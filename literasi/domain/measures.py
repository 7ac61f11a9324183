"""Indicators computed from the office's tables: written once, run on pandas, DuckDB or PySpark.

A measure takes native frames and gives a native frame of the same kind with the columns ``area_code``,
``period``, ``numerator``, ``denominator``, ``value`` (numerator ÷ denominator, or the count itself),
``received`` and ``expected`` reports, ``denominator_year`` and ``source_id`` (of the denominator).
Numbers are Float64; a part that does not apply is null.

- A rate of the whole is Σ numerators ÷ Σ denominators, never an average of rates.
- An area without any report has no row. A reported zero is a row with 0.
- A year of fewer than twelve months is not annualised; received and expected tell how much is there.
- Aggregates are elementary and numbers are cast to Float64 before dividing, so that engines agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, Protocol

import narwhals as nw
import pandas as pd

from literasi.domain.coverage import NEVER, STANDARD, ReportingRules, is_due, located, with_expected
from literasi.domain.indicators import Indicator, Published
from literasi.domain.levels import CODE_LENGTH, NATION, Lazy, Level, ancestor, is_level, is_within
from literasi.domain.observations import VALUES, resolve
from literasi.errors import LiterasiError

Grain = Literal["year", "month"]
Tables = Mapping[str, Any]

CONCEPTS = ("civil_registry", "bps_estimate", "census", "not_stated")
COLUMNS = (
    "area_code",
    "period",
    "numerator",
    "denominator",
    "value",
    "received",
    "expected",
    "denominator_year",
    "source_id",
)


class MeasureFunction(Protocol):
    """A measure: native frames in, a native frame of the same kind out."""

    def __call__(
        self, tables: Tables, *, level: Level, grain: Grain, rules: ReportingRules = STANDARD
    ) -> Any:
        """Compute the measure for all areas of a level and all periods of a grain."""


MEASURES: dict[str, MeasureFunction] = {}
_NEEDS: dict[str, tuple[str, ...]] = {}

_Rows = Callable[..., Lazy]


def measure(name: str, *, needs: tuple[str, ...]) -> Callable[[_Rows], MeasureFunction]:
    """Register a measure under its name in the indicator files.

    Parameters
    ----------
    name : str
        Value of ``measure.function`` in ``data/indicators/*.yml``.
    needs : tuple of str
        Tables that it reads; they are its first arguments, as ``narwhals.LazyFrame``.
    """

    def register(rows: _Rows) -> MeasureFunction:
        def run(tables: Tables, *, level: Level, grain: Grain, rules: ReportingRules = STANDARD) -> Any:
            frames = [nw.from_native(tables[table]).lazy() for table in needs]
            return _finished(rows(*frames, level=level, grain=grain, rules=rules)).to_native()

        run.__doc__ = rows.__doc__
        MEASURES[name] = run
        _NEEDS[name] = needs
        return run

    return register


def needs(name: str) -> tuple[str, ...]:
    """Give the tables a measure reads.

    Raises
    ------
    KeyError
        If there is no measure of that name.
    """
    return _NEEDS[name]


def evaluate(
    indicator: Indicator, tables: Tables, *, level: Level, grain: Grain, rules: ReportingRules = STANDARD
) -> pd.DataFrame:
    """Values of an indicator, published or computed, in one shape.

    Parameters
    ----------
    indicator : Indicator
        Its definition. Code never asks for its id.
    tables : mapping of str to native frame
        ``observations`` for a published indicator, `needs` of its function for a computed one.
    level : str
        Level of the areas; ``nation`` has published values only. A level that the indicator does not
        declare has no values: counts of people, for one, are declared no finer than they may be shown.
    grain : str
        Years or months.

    Returns
    -------
    DataFrame
        The columns `literasi.domain.observations.VALUES`. A computed value is multiplied by the
        indicator's ``per`` (1,000 for "per 1,000 residents"); numerator and denominator are not.
        ``denominator_year`` is the year of the population used, ``source_id`` its source.

    Raises
    ------
    LiterasiError
        ``error.unknown_measure``, if no measure has the name that the indicator gives.
    """
    if isinstance(indicator.measure, Published):
        published = nw.from_native(resolve(tables["observations"], indicator))
        values: pd.DataFrame = published.filter(
            is_level("area_code", level), _is_grain("period", grain)
        ).to_native()
        return values.reset_index(drop=True)

    name = indicator.measure.function
    if name not in MEASURES:
        raise LiterasiError("error.unknown_measure", indicator=indicator.id, measure=name)
    if level == "nation" or level not in indicator.levels:
        return pd.DataFrame({column: pd.Series(dtype=dtype) for column, dtype in VALUES.items()})
    native = MEASURES[name](tables, level=level, grain=grain, rules=rules)
    of_grain = nw.from_native(native).lazy().filter(_is_grain("period", grain))
    out: pd.DataFrame = of_grain.collect().to_pandas()
    out = out.assign(
        value=out["value"] * indicator.measure.per,
        edition=indicator.editions[-1].id,
        source_id=out["source_id"].fillna(""),
        producer="",
        status="reported",
        is_preferred=True,
    )
    # Columns that only published values have (n, note) come in missing.
    return (
        out.reindex(columns=list(VALUES))
        .astype(VALUES)
        .sort_values(["area_code", "period"], ignore_index=True)
    )


# Denominators


def denominators(population: Any, *, level: Level, years: Iterable[int]) -> pd.DataFrame:
    """Population of each area of a level that serves as denominator, by year.

    Parameters
    ----------
    population : native frame
        Table ``population``.
    level : str
        Level of the areas.
    years : iterable of int
        Years for which a denominator is wanted.

    Returns
    -------
    DataFrame
        ``area_code``, ``year``, ``population``, ``denominator_year``, ``source_id``, ``concept``.

    Notes
    -----
    One rule. A *vintage* is what one source says of one year under one concept. Only vintages that
    cover the most areas are used, provinces and regencies counted together, so that a province and
    its regencies always come from the same source. Among concepts that reach this cover, the first of
    `CONCEPTS` is used for all years. A year takes the newest vintage of that year or earlier, else the
    oldest one. If two sources give the same year, the first in order of ``source_id`` is used.
    """
    wanted = pd.DataFrame({"year": sorted(set(years))}).astype("int64")
    vintages: pd.DataFrame = (
        _denominators(nw.from_native(population).lazy(), level=level).collect().to_pandas()
    )
    out = vintages.merge(wanted, how="cross")
    out = out[(out["from_year"] <= out["year"]) & (out["year"] < out["until_year"])]
    columns = ["area_code", "year", "population", "denominator_year", "source_id", "concept"]
    return out.sort_values(["area_code", "year"], ignore_index=True)[columns]


def _denominators(population: Lazy, *, level: Level) -> Lazy:
    """Population by area and vintage, with the years ``from_year`` up to before ``until_year`` it serves."""
    lengths = {2, 5} if level in ("province", "regency") else {CODE_LENGTH[level]}
    preference: nw.Expr = nw.lit(len(CONCEPTS))
    for position, concept in enumerate(CONCEPTS):
        preference = nw.when(nw.col("concept") == concept).then(nw.lit(position)).otherwise(preference)
    rows = population.filter(
        nw.col("area_code").str.len_chars().is_in(lengths), nw.col("area_code") != NATION
    ).with_columns(nw.col("year").cast(nw.Int64), all=nw.lit(1))
    vintages = (
        rows.group_by("concept", "source_id", "year", "all")
        .agg(areas=nw.len())
        .filter(nw.col("areas") == nw.col("areas").max().over("all"))
        .with_columns(preference=preference)
        .filter(nw.col("preference") == nw.col("preference").min().over("all"))
        .filter(nw.col("source_id") == nw.col("source_id").min().over("year"))
        .with_columns(
            earlier=nw.col("year").shift(1).over("all", order_by="year"),
            later=nw.col("year").shift(-1).over("all", order_by="year"),
        )
        .with_columns(
            from_year=nw.when(nw.col("earlier").is_null()).then(nw.lit(0)).otherwise(nw.col("year")),
            until_year=nw.col("later").fill_null(NEVER).cast(nw.Int64),
        )
        .select("concept", "source_id", "year", "from_year", "until_year")
    )
    return (
        rows.filter(is_level("area_code", level))
        .join(vintages, on=["concept", "source_id", "year"], how="inner")
        .select(
            "area_code",
            "from_year",
            "until_year",
            "source_id",
            "concept",
            population=nw.col("population").cast(nw.Float64),
            denominator_year=nw.col("year").cast(nw.Float64),
        )
    )


def _per_resident(totals: Lazy, population: Lazy, *, level: Level) -> Lazy:
    """Give each row its population as denominator; areas without any population have no row."""
    return (
        totals.join(_denominators(population, level=level), on="area_code", how="inner")
        .filter(nw.col("from_year") <= nw.col("year"), nw.col("year") < nw.col("until_year"))
        .rename({"population": "denominator"})
    )


# Periods


def _is_grain(column: str, grain: Grain) -> nw.Expr:
    return nw.col(column).str.len_chars() == (4 if grain == "year" else 7)


def _period(column: str, grain: Grain) -> nw.Expr:
    return nw.col(column).dt.to_string("%Y" if grain == "year" else "%Y-%m")


def _year(column: str) -> nw.Expr:
    return nw.col(column).dt.year().cast(nw.Int64)


def _every_year(years: Lazy) -> Lazy:
    """Give each year from the first to the last in the column ``year``, also those without rows."""
    ends = years.select(first=nw.col("year").min(), last=nw.col("year").max())
    found = ends.collect()
    first, last = found.item(0, "first"), found.item(0, "last")
    if pd.isna(first):
        return years.select("year").unique()
    return nw.concat([ends.select(year=nw.lit(y).cast(nw.Int64)) for y in range(int(first), int(last) + 1)])


def _months_due(grain: Grain) -> nw.Expr:
    """Months of a ``year`` within the months ``first`` to ``last`` in which anybody reported."""
    if grain == "month":
        return nw.lit(1)
    start = nw.col("year") * 12
    first = _year("first") * 12 + nw.col("first").dt.month().cast(nw.Int64) - 1
    last = _year("last") * 12 + nw.col("last").dt.month().cast(nw.Int64) - 1
    return nw.min_horizontal(start + 11, last) - nw.max_horizontal(start, first) + 1


# Shape


def _finished(rows: Lazy) -> Lazy:
    """Fill in the columns that a measure does not have, divide, and sort."""
    present = rows.collect_schema().names()
    numbers = ("numerator", "denominator", "received", "expected", "denominator_year")
    unknown = nw.lit(None, dtype=nw.Float64)
    columns = [(nw.col(c).cast(nw.Float64) if c in present else unknown).alias(c) for c in numbers]
    source = (nw.col("source_id") if "source_id" in present else nw.lit("")).alias("source_id")
    rows = rows.select("area_code", "period", source, *columns)
    value = nw.col("numerator")
    if "denominator" in present:
        rows = rows.filter(nw.col("denominator") > 0)
        value = value / nw.col("denominator")
    return rows.with_columns(value=value).select(*COLUMNS).sort("area_code", "period")


# Reading interest


@measure("visits_per_capita", needs=("visits", "libraries", "population"))
def visits_per_capita(
    visits: Lazy,
    libraries: Lazy,
    population: Lazy,
    *,
    level: Level,
    grain: Grain,
    rules: ReportingRules,
) -> Lazy:
    """Σ visits of all reporting libraries ÷ residents. A visit is not a person."""
    reports = visits.join(located(libraries, level=level, rules=rules), on="library_id", how="inner")
    by_month = (
        reports.with_columns(year=_year("month"))
        .with_columns(is_due=is_due())
        .group_by("area_code", "month", "year")
        .agg(numerator=nw.col("total").sum(), received=nw.col("is_due").sum())
    )
    totals = (
        by_month.with_columns(
            nw.col("numerator").cast(nw.Float64),
            nw.col("received").cast(nw.Float64),
            period=_period("month", grain),
        )
        .group_by("area_code", "period", "year")
        .agg(nw.col("numerator").sum(), nw.col("received").sum())
        .join(visits.select(first=nw.col("month").min(), last=nw.col("month").max()), how="cross")
        .with_columns(months=_months_due(grain))
        .drop("first", "last")
    )
    totals = with_expected(totals, libraries, level=level, rules=rules)
    return _per_resident(totals, population, level=level)


@measure("named_library_visits", needs=("library_figures",))
def named_library_visits(library_figures: Lazy, *, level: Level, grain: Grain, rules: ReportingRules) -> Lazy:
    """Published visits of named libraries, one figure per library and period, quarantined ones left out.

    Where sources differ, a reported figure goes before a provisional and an estimated one, then the
    first in order of ``source_id``.
    """
    status = nw.when(nw.col("status") == "reported").then(nw.lit(0))
    order = status.otherwise(nw.when(nw.col("status") == "provisional").then(nw.lit(1)).otherwise(nw.lit(2)))
    figures = library_figures.filter(
        nw.col("metric") == "visits",
        nw.col("status") != "quarantined",
        _is_grain("period", grain),
        is_within("area_code", level),
    ).with_columns(order=order)
    figure = ("subject", "area_code", "period")
    return (
        figures.filter(nw.col("order") == nw.col("order").min().over(*figure))
        .filter(nw.col("source_id") == nw.col("source_id").min().over(*figure))
        .with_columns(nw.col("value").cast(nw.Float64), area_code=ancestor("area_code", level))
        .group_by("area_code", "period")
        .agg(numerator=nw.col("value").sum())
    )


# Activities


@measure("activities_per_library", needs=("activities", "libraries"))
def activities_per_library(
    activities: Lazy, libraries: Lazy, *, level: Level, grain: Grain, rules: ReportingRules
) -> Lazy:
    """Activities of partner libraries ÷ libraries that were partners in that year, active or not."""
    partners = _partners(libraries, level=level, rules=rules)
    held = (
        activities.select("library_id", "date")
        .join(partners, on="library_id", how="inner")
        .with_columns(year=_year("date"))
        .filter(nw.col("year_joined") <= nw.col("year"))
        .with_columns(period=_period("date", grain))
        .group_by("area_code", "period", "year")
        .agg(numerator=nw.len())
    )
    return held.join(_partners_by_year(partners, held), on=["area_code", "year"], how="inner")


@measure("activity_participants_per_1000", needs=("activities", "libraries", "population"))
def activity_participants_per_1000(
    activities: Lazy,
    libraries: Lazy,
    population: Lazy,
    *,
    level: Level,
    grain: Grain,
    rules: ReportingRules,
) -> Lazy:
    """Σ people at activities ÷ residents; the indicator's ``per`` makes it per 1,000."""
    counted = (
        activities.filter(~nw.col("people").is_null())
        .join(located(libraries, level=level, rules=rules), on="library_id", how="inner")
        .with_columns(year=_year("date"), period=_period("date", grain))
        .group_by("area_code", "period", "year")
        .agg(numerator=nw.col("people").sum())
    )
    return _per_resident(counted, population, level=level)


# TPBIS programme


def _partners(libraries: Lazy, *, level: Level, rules: ReportingRules) -> Lazy:
    """Partner libraries of known year, with their own code (``village``) and the area's (``area_code``)."""
    return libraries.filter(
        nw.col("programme").is_in(rules.programmes),
        ~nw.col("year_joined").is_null(),
        is_within("area_code", level),
    ).select(
        "library_id",
        village=nw.col("area_code"),
        area_code=ancestor("area_code", level),
        year_joined=nw.col("year_joined").cast(nw.Int64),
    )


def _partners_by_year(partners: Lazy, rows: Lazy) -> Lazy:
    """Partner libraries of each area in each year of `rows`, as ``denominator``."""
    return (
        partners.join(rows.select("year").unique(), how="cross")
        .filter(nw.col("year_joined") <= nw.col("year"))
        .group_by("area_code", "year")
        .agg(denominator=nw.len())
    )


def undated(libraries: pd.DataFrame, *, level: Level, rules: ReportingRules = STANDARD) -> pd.DataFrame:
    """Count partner libraries whose year of joining is unknown; they are in no year's count.

    Returns
    -------
    DataFrame
        ``area_code``, ``libraries``; areas without any have no row.
    """
    unknown = libraries[libraries["programme"].isin(rules.programmes) & libraries["year_joined"].isna()]
    frame = nw.from_native(unknown).filter(is_within("area_code", level))
    counted = (
        frame.select(area_code=ancestor("area_code", level)).group_by("area_code").agg(libraries=nw.len())
    )
    out: pd.DataFrame = counted.sort("area_code").to_native()
    return out


@measure("tpbis_libraries", needs=("libraries",))
def tpbis_libraries(libraries: Lazy, *, level: Level, grain: Grain, rules: ReportingRules) -> Lazy:
    """TPBIS partner libraries that had joined by that year, of any kind; see also `undated`."""
    partners = _partners(libraries, level=level, rules=rules)
    years = _every_year(partners.select(year=nw.col("year_joined")))
    return _partners_by_year(partners, years).select(
        "area_code", period=nw.col("year").cast(nw.String), numerator=nw.col("denominator")
    )


@measure("tpbis_village_coverage", needs=("libraries", "areas"))
def tpbis_village_coverage(
    libraries: Lazy, areas: Lazy, *, level: Level, grain: Grain, rules: ReportingRules
) -> Lazy:
    """Villages with at least one TPBIS partner library by that year ÷ all villages.

    A regency in which no partner library is known at all has no row, nor have its villages: the list may
    not be complete there, and missing is not zero. Where any is known, a village without one has 0.
    """
    partners = _partners(libraries, level="village", rules=rules)
    listed: Level = "province" if level == "province" else "regency"
    known = (
        libraries.filter(nw.col("programme").is_in(rules.programmes), is_within("area_code", listed))
        .select(listed=ancestor("area_code", listed))
        .unique()
    )
    years = _every_year(partners.select(year=nw.col("year_joined")))
    villages = areas.filter(nw.col("level") == "village").select(
        village=nw.col("area_code"),
        area_code=ancestor("area_code", level),
        listed=ancestor("area_code", listed),
    )
    since = partners.group_by("village").agg(nw.col("year_joined").min())
    served = nw.when(nw.col("year_joined") <= nw.col("year")).then(nw.lit(1)).otherwise(nw.lit(0))
    return (
        villages.join(known, on="listed", how="semi")
        .join(since, on="village", how="left")
        .with_columns(nw.col("year_joined").fill_null(NEVER).cast(nw.Int64))
        .join(years, how="cross")
        .with_columns(served=served)
        .group_by("area_code", "year")
        .agg(numerator=nw.col("served").sum(), denominator=nw.len())
        .with_columns(period=nw.col("year").cast(nw.String))
    )


# Training


def _trainings(events: Lazy, grain: Grain) -> Lazy:
    return events.filter(nw.col("kind") == "bimtek").select(
        "event_id",
        "participants_published",
        period=_period("date_start", grain),
        year=_year("date_start"),
        event_province=ancestor("area_code", "province"),
    )


@measure("participants_trained", needs=("events", "participants"))
def participants_trained(
    events: Lazy, participants: Lazy, *, level: Level, grain: Grain, rules: ReportingRules
) -> Lazy:
    """People at training events; one person at two events counts twice, as in published head-counts.

    An event with a list of participants is counted by their areas (those of unknown area in the
    province of the event). An event of which only a head-count was published counts in the province
    only, because the count does not say where people came from.
    """
    trainings = _trainings(events, grain)
    listed = (
        participants.select("event_id", "area_code")
        .join(trainings, on="event_id", how="inner")
        .with_columns(area_code=nw.coalesce("area_code", "event_province"))
        .filter(is_within("area_code", level))
        .select("period", area_code=ancestor("area_code", level), people=nw.lit(1.0))
    )
    if level == "province":
        with_list = participants.select("event_id").unique()
        published = (
            trainings.join(with_list, on="event_id", how="anti")
            .filter(~nw.col("participants_published").is_null(), nw.col("event_province") != NATION)
            .select(
                "period",
                area_code=nw.col("event_province"),
                people=nw.col("participants_published").cast(nw.Float64),
            )
        )
        listed = nw.concat([listed, published])
    return listed.group_by("area_code", "period").agg(numerator=nw.col("people").sum())


@measure("training_reach", needs=("participants", "events", "libraries"))
def training_reach(
    participants: Lazy,
    events: Lazy,
    libraries: Lazy,
    *,
    level: Level,
    grain: Grain,
    rules: ReportingRules,
) -> Lazy:
    """Partner libraries with a trained participant by that year ÷ partner libraries of that year.

    One library counts once. An area of which no library was trained has 0, from the first year
    in which participants were listed anywhere.
    """
    attended = (
        participants.filter(~nw.col("library_id").is_null())
        .select("event_id", "library_id")
        .join(_trainings(events, "year"), on="event_id", how="inner")
    )
    trained = attended.group_by("library_id").agg(trained=nw.col("year").min())
    is_trained = nw.when(nw.col("trained") <= nw.col("year")).then(nw.lit(1)).otherwise(nw.lit(0))
    return (
        _partners(libraries, level=level, rules=rules)
        .join(trained, on="library_id", how="left")
        .with_columns(nw.col("trained").fill_null(NEVER).cast(nw.Int64))
        .join(_every_year(attended), how="cross")
        .filter(nw.col("year_joined") <= nw.col("year"))
        .with_columns(is_trained=is_trained)
        .group_by("area_code", "year")
        .agg(numerator=nw.col("is_trained").sum(), denominator=nw.len())
        .with_columns(period=nw.col("year").cast(nw.String))
    )


# Growth


def growth(
    values: Any,
    *,
    scale: Literal["index", "percent", "count", "rate", "ratio"],
    minimum_base: float = 20,
) -> Any:
    """Change of each value from the same period one year before, with its rank.

    Parameters
    ----------
    values : native frame
        ``area_code``, ``period``, ``value``, and ``edition`` if there are editions; one row per
        area and period. Filter to preferred rows first.
    scale : str
        The indicator's scale. Indices and percentages change in points, never in per cent.
    minimum_base : float
        A count below this has no change in per cent, only the difference.

    Returns
    -------
    native frame
        One row per row of `values` that has a value one year before: ``area_code``, ``period``,
        ``value``, ``previous``, ``difference`` (in the unit of the value), ``percent`` (null for
        points and for a small or zero base), ``rank_first`` and ``rank_last``: 1 is the largest
        growth of the period, in per cent where the scale is relative, else in points; equal growth
        shares a range of ranks; without growth no rank. Sorted by area and period.

    Raises
    ------
    LiterasiError
        ``error.mixed_editions``, if values of more than one edition come in.
    """
    frame = nw.from_native(values).lazy()
    if "edition" in frame.collect_schema().names():
        editions = frame.select("edition").unique().collect()["edition"].to_list()
        if len(editions) > 1:
            raise LiterasiError("error.mixed_editions", editions=", ".join(sorted(map(str, editions))))

    known = frame.filter(~nw.col("value").is_null()).select(
        "area_code",
        "period",
        value=nw.col("value").cast(nw.Float64),
        year=nw.col("period").str.slice(0, 4).cast(nw.Int64),
        part=nw.col("period").str.slice(4),
    )
    before = known.select("area_code", "part", previous=nw.col("value"), year=nw.col("year") + 1)
    changes = known.join(before, on=["area_code", "part", "year"], how="inner").with_columns(
        difference=nw.col("value") - nw.col("previous")
    )
    if scale in ("index", "percent"):
        changes = changes.with_columns(percent=nw.lit(None, dtype=nw.Float64))
        ranked = nw.col("difference")
    else:
        base = minimum_base if scale == "count" else 0
        is_enough = (nw.col("previous") > 0) & (nw.col("previous") >= base)
        percent = 100.0 * nw.col("difference") / nw.when(is_enough).then(nw.col("previous"))
        changes = changes.with_columns(percent=percent)
        ranked = nw.col("percent")
    # Engines may differ in the last bit of a quotient, which must not break a tie.
    changes = changes.with_columns(ranked=ranked.round(9))
    return (
        changes.with_columns(
            rank_first=nw.col("ranked").rank("min", descending=True).over("period").cast(nw.Float64),
            rank_last=nw.col("ranked").rank("max", descending=True).over("period").cast(nw.Float64),
        )
        .select(
            "area_code", "period", "value", "previous", "difference", "percent", "rank_first", "rank_last"
        )
        .sort("area_code", "period")
        .to_native()
    )
