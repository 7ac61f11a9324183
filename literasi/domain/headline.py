"""The newest value of an indicator for one area, with what must stand beside it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from literasi.domain.indicators import Band, Indicator
from literasi.domain.levels import NATION
from literasi.domain.observations import drawn, newest


class SummaryRules(BaseModel):
    """Which indicators the summary page shows: ``data/rules/summary.yml``.

    Attributes
    ----------
    cards : tuple of str
        Indicator ids of the headline cards, most important first.
    trends : tuple of str
        Indicator ids whose series are drawn.
    map : str
        Indicator id of the small map.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cards: tuple[str, ...] = Field(min_length=1, max_length=10)
    trends: tuple[str, ...] = Field(min_length=1, max_length=3)
    map: str


@dataclass(frozen=True, slots=True)
class Headline:
    """The newest value of one indicator for one area.

    Attributes
    ----------
    value : float
        In the unit of the indicator's edition.
    period, edition : str
    previous, previous_period : float, str or None
        The value before it in the same edition and by the same producer; None where there is none.
    benchmark : float or None
        The nation in the same edition and period, by the same producer.
    target, document : float, str or None
        Target of the same year and edition, and where it stands.
    numerator, denominator, received, expected, denominator_year : float or None
        Parts of a computed value and the reports behind it.
    is_provisional : bool
        Fewer than 60 % of the expected reports are there.
    band : Band or None
        Only where a family is documented for that edition and year.
    source_id : str
    unfinished : str or None
        A later year that has begun but has not twelve months yet; it is not compared.
    """

    value: float
    period: str
    edition: str
    previous: float | None
    previous_period: str | None
    benchmark: float | None
    target: float | None
    document: str | None
    numerator: float | None
    denominator: float | None
    received: float | None
    expected: float | None
    denominator_year: str
    is_provisional: bool
    band: Band | None
    source_id: str
    unfinished: str | None

    @property
    def change(self) -> float | None:
        """Difference to `previous`, in the unit; None where there is nothing to compare with."""
        return None if self.previous is None else self.value - self.previous


def headline(
    values: pd.DataFrame,
    *,
    indicator: Indicator,
    area: str,
    targets: pd.DataFrame,
    unfinished: Collection[str] = (),
    coverage_floor: float = 0.6,
) -> Headline | None:
    """Find the newest value of an indicator for one area.

    Parameters
    ----------
    values : DataFrame
        Tidy values (`literasi.domain.measures.evaluate`) of the area and, if any, the nation.
    indicator : Indicator
    area : str
        Area code.
    targets : DataFrame
        The table ``targets``.
    unfinished : collection of str
        Years with fewer than twelve months of reports (`unfinished_years`): used only where there is
        no other year.
    coverage_floor : float
        Share of expected reports under which a value is provisional.

    Returns
    -------
    Headline or None
        None when the area has no value at all. A change never crosses an edition or a producer.
    """
    mine = drawn(values, area=area)
    finished = mine[~mine["period"].isin(unfinished)]
    begun = mine.loc[mine["period"].isin(unfinished), "period"] if len(finished) else finished["period"]
    mine = finished if len(finished) else mine
    row = newest(mine, indicator=indicator, area=area)
    if row is None:
        return None
    nation = drawn(values, area=NATION)
    nation = nation[
        nation["period"].eq(row["period"])
        & nation["edition"].eq(row["edition"])
        & nation["producer"].eq(row["producer"])
    ]
    same = mine[mine["edition"].eq(row["edition"]) & mine["producer"].eq(row["producer"])]
    before = same[same["period"] < row["period"]].sort_values("period")
    aimed = targets[
        targets["indicator_id"].eq(indicator.id)
        & targets["area_code"].eq(area)
        & targets["edition"].eq(row["edition"])
        & targets["year"].eq(int(row["period"][:4]))
    ]
    received, expected = _number(row["received"]), _number(row["expected"])
    return Headline(
        value=float(row["value"]),
        period=str(row["period"]),
        edition=str(row["edition"]),
        previous=None if before.empty else float(before["value"].iloc[-1]),
        previous_period=None if before.empty else str(before["period"].iloc[-1]),
        benchmark=None if nation.empty or area == NATION else float(nation["value"].iloc[0]),
        target=None if aimed.empty else float(aimed["value"].iloc[0]),
        document=None if aimed.empty else str(aimed["document"].iloc[0]),
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        received=received,
        expected=expected,
        denominator_year=_text(row.get("denominator_year")),
        is_provisional=bool(expected and (received or 0) / expected < coverage_floor),
        band=indicator.band(
            value=float(row["value"]), edition_id=str(row["edition"]), year=int(row["period"][:4])
        ),
        source_id=_text(row["source_id"]),
        unfinished=str(begun.max()) if len(begun) else None,
    )


def unfinished_years(months: pd.DataFrame, *, area: str) -> frozenset[str]:
    """Find the years of which not all twelve months have a value.

    Parameters
    ----------
    months : DataFrame
        Tidy values by month.
    area : str
        Area code.

    Returns
    -------
    frozenset of str
        A year without any month is not among them.
    """
    mine = months[months["area_code"].eq(area) & months["value"].notna()]
    counted = mine["period"].str.slice(0, 4).value_counts()
    return frozenset(counted[counted < 12].index)


def _number(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]
