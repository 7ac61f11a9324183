"""Published visits of named libraries: whole years, parts of a year, and what is not drawn."""

from __future__ import annotations

import pandas as pd

# Metric of a part of a year, with the key of its wording (``chart.named.part_<key>``).
PARTS = {
    "visits_to_mid_december": "to_mid_december",
    "visits_to_june": "to_june",
    "visits_to_mid_year": "to_mid_year",
    "visits_april_july": "april_july",
    "visits_january_march": "january_march",
    "visits_to_mid_march": "to_mid_march",
}
_CERTAINTY = {"reported": 0, "provisional": 1, "estimated": 2}


def drawn(figures: pd.DataFrame, *, area: str) -> pd.DataFrame:
    """Give one figure per named library and year: the whole year, else the longest part of it.

    Parameters
    ----------
    figures : DataFrame
        Table ``library_figures``.
    area : str
        Only libraries in this area.

    Returns
    -------
    DataFrame
        Columns of the table, ``year`` and ``part`` (value of `PARTS`; empty for a whole year), by area,
        library and year. Where sources differ on a whole year, a reported figure goes before a provisional
        and an estimated one, then the first in order of ``source_id``.
    """
    rows = _visits(figures, area)
    rows = rows[
        (rows["metric"].isin(["visits", *PARTS]))
        & rows["status"].isin(_CERTAINTY)
        & (rows["period"].str.len() == 4)
    ].copy()
    rows["year"] = rows["period"].astype("int64")
    rows["part"] = rows["metric"].map(PARTS).fillna("")
    order = rows.assign(
        is_part=rows["part"] != "",
        certainty=rows["status"].map(_CERTAINTY),
        # Of two parts of one year the longer has the larger count.
        less=-rows["value"].where(rows["part"] != "", 0),
    ).sort_values(["area_code", "subject", "year", "is_part", "less", "certainty", "source_id"])
    best = order.drop_duplicates(["area_code", "subject", "year"])
    return best.drop(columns=["is_part", "certainty", "less"]).reset_index(drop=True)


def others(figures: pd.DataFrame, *, area: str) -> pd.DataFrame:
    """Give the published figures about visits that are not drawn, quarantined ones apart (`quarantined`)."""
    rows = _visits(figures, area)
    shown = drawn(figures, area=area)
    key = ["subject", "area_code", "period", "metric", "source_id"]
    is_shown = pd.MultiIndex.from_frame(rows[key]).isin(pd.MultiIndex.from_frame(shown[key]))
    rest = rows[~is_shown & (rows["status"] != "quarantined")]
    return rest.sort_values(["area_code", "subject", "period", "metric"], ignore_index=True)


def quarantined(figures: pd.DataFrame, *, area: str) -> pd.DataFrame:
    """Give the figures that are never drawn or counted, with the reason in ``note``."""
    rows = _visits(figures, area)
    return rows[rows["status"] == "quarantined"].sort_values(["area_code", "period"], ignore_index=True)


def targets_of(drawn_figures: pd.DataFrame, targets: pd.DataFrame, libraries: pd.DataFrame) -> pd.DataFrame:
    """Give the targets of visits, each with the library it is drawn at.

    A target is set for the public library of the regency (kind ``regency``), never for another library there.

    Returns
    -------
    DataFrame
        Columns of the table ``targets`` and ``subject``.
    """
    public = set(libraries.loc[libraries["kind"] == "regency", "library_id"])
    at = drawn_figures[drawn_figures["library_id"].isin(public)].drop_duplicates("area_code")
    rows = targets[targets["indicator_id"] == "named_library_visits"]
    return rows.merge(at[["area_code", "subject"]], on="area_code", how="inner")


def _visits(figures: pd.DataFrame, area: str) -> pd.DataFrame:
    is_visits = figures["metric"].str.contains("visits") & ~figures["unit"].isin(["percent"])
    inside: pd.DataFrame = figures[is_visits & figures["area_code"].str.startswith(area)]
    return inside
