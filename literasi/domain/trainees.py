"""Who was trained: counts by one dimension, within one event or one area, that give nobody away together.

A reader may look at every such count and subtract. So all of them are cut from the same few tables:

1. Groups hidden in the count of everyone (`privacy.suppress`) are pooled. What is left, the pool included,
   may be known for certain by every reader.
2. The table of event or area by another dimension is made of these groups and suppressed once, whichever
   of the two is the filter.
3. Where that would take hiding a known total, the table is not shown at all.
4. A year is the sum of its events, and hidden with any of them.

Not guarded against, besides what `privacy` names: a reader who bounds the cells of three such tables by
their common, never shown, three-way table.
"""

from __future__ import annotations

import math
from collections.abc import Collection

import pandas as pd

from literasi.domain.privacy import TOTAL, suppress
from literasi.domain.training import DIMENSIONS, PLAN_DAYS, PLAN_STATES, counts, plan_status

FILTERS = ("event", "regency")

_POOL = "pool"
_ORDER = (*FILTERS, *(name for name in DIMENSIONS if name not in FILTERS))


def who(
    participants: pd.DataFrame, *, by: str, threshold: int, within: tuple[str, str] | None = None
) -> pd.DataFrame:
    """Count participations by one dimension, of everyone or within one event or area.

    Parameters
    ----------
    participants : DataFrame
        From `literasi.domain.training.classify`.
    by : str
        Of `literasi.domain.training.DIMENSIONS`.
    threshold : int
        Smallest count that may be shown (`literasi.domain.privacy`).
    within : (str, str), optional
        One of `FILTERS` and its code.

    Returns
    -------
    DataFrame
        ``code``, ``n`` (float, NaN where hidden), ``is_total``, ``is_suppressed``; one row per group that
        occurs anywhere, sorted by code, and one for the total (`privacy.TOTAL`).

    Raises
    ------
    ValueError
        If `within` filters by the dimension that is counted, or by one that is no filter.
    """
    dimension = "event" if by == "year" else by
    if within is None:
        shown = _alone(participants, dimension, threshold)
    elif within[0] == dimension or within[0] not in FILTERS:
        raise ValueError(f"{by} within {within[0]}")
    else:
        shown = _within(participants, dimension, threshold, *within)
    return _by_year(shown, participants) if by == "year" else shown


def plans(
    participants: pd.DataFrame, *, threshold: int, events: Collection[str] | None = None
) -> pd.DataFrame:
    """State of the follow-up plans of everyone, or of those who were at some events.

    Parameters
    ----------
    participants : DataFrame
        From `literasi.domain.training.classify`.
    threshold : int
        Smallest count of people that may be shown.
    events : collection of str, optional
        Event ids; everyone by default. What several events have together is hidden with any of them.

    Returns
    -------
    DataFrame
        As from `literasi.domain.training.plan_status`. All is hidden where the people without a plan at one
        of the events are too few: their number would be the rest of those who came.

    Notes
    -----
    Cut as `who` is: events whose plans may not be counted and states hidden for everyone are pooled, and each
    table of event by state is suppressed once, so that what is hidden does not follow from other views.
    """
    everyone = plan_status(participants, threshold=threshold)
    if events is None:
        return everyone
    has_plan = participants["has_plan"].fillna(False).astype("bool")
    planned = participants[has_plan]
    chosen = sorted(set(events) & set(planned["event"]))
    made = suppress(
        counts(
            participants.assign(planned=has_plan.map({True: "yes", False: "no"})), by=["event", "planned"]
        ),
        threshold=threshold,
        group=["event", "planned"],
    )
    closed = set(made.loc[made["is_suppressed"], "event"])
    out = []
    for days in PLAN_DAYS:
        pooled = set(everyone.loc[(everyone["days"] == days) & everyone["is_suppressed"], "status"])
        status = planned[f"plan_status_{days}"].fillna("no_report").astype("str")
        rows = pd.DataFrame(
            {
                "event": planned["event"].mask(planned["event"].isin(closed), _POOL),
                "status": status.mask(status.isin(pooled), _POOL),
            }
        )
        shown = suppress(counts(rows, by=["event", "status"]), threshold=threshold, group=["event", "status"])
        is_shown = TOTAL not in closed and not shown.loc[shown["is_total"], "is_suppressed"].any()
        known = shown.set_index(["event", "status"])["n"] if is_shown else pd.Series(dtype="float64")
        for state in (*PLAN_STATES, TOTAL):
            # A state that nobody is ever in has no row and is zero; one in the pool is not known.
            none = 0.0 if is_shown and state not in pooled and state not in set(rows["status"]) else math.nan
            each = [
                math.nan if event in closed else float(known.get((event, state), none)) for event in chosen
            ]
            out.append({"days": days, "status": state, "n": sum(each) if each else math.nan})
    frame = pd.DataFrame(out)
    wholes = frame[frame["status"] == TOTAL].set_index("days")["n"]
    parts = frame[frame["status"] != TOTAL].reset_index(drop=True)
    parts["denominator"] = parts["days"].map(wholes).astype("float64")
    return parts.assign(value=parts["n"] / parts["denominator"], is_suppressed=parts["n"].isna())


def _alone(participants: pd.DataFrame, dimension: str, threshold: int) -> pd.DataFrame:
    counted = suppress(counts(participants, by=[dimension]), threshold=threshold, group=[dimension])
    return counted.rename(columns={dimension: "code"}).drop(columns="reason")


def _within(
    participants: pd.DataFrame, dimension: str, threshold: int, field: str, code: str
) -> pd.DataFrame:
    groups = {name: _alone(participants, name, threshold) for name in (field, dimension)}
    rows = participants[[field, dimension]].copy()
    for name, counted in groups.items():
        hidden = counted.loc[counted["is_suppressed"], "code"]
        rows[name] = rows[name].mask(rows[name].isin(hidden), _POOL)
    pair = sorted((field, dimension), key=_ORDER.index)
    table = suppress(counts(rows, by=pair), threshold=threshold, group=pair)
    known = table[~table["is_suppressed"]]
    if table.loc[table["is_total"], "is_suppressed"].any():
        known = known[known["is_total"]]
    found = known[known[field] == code].set_index(dimension)["n"]
    codes = groups[dimension]["code"]
    n = codes.map(found).astype("float64")
    return pd.DataFrame({"code": codes, "n": n, "is_total": codes == TOTAL, "is_suppressed": n.isna()})


def _by_year(shown: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    years = dict(zip(participants["event"], participants["year"], strict=True))
    years[TOTAL] = TOTAL
    rows = shown.assign(code=shown["code"].map(years)).groupby("code", sort=True)
    out = pd.DataFrame(
        {
            "n": rows["n"].sum(),
            "is_total": rows["is_total"].all(),
            "is_suppressed": rows["is_suppressed"].any(),
        }
    ).reset_index()
    out["n"] = out["n"].mask(out["is_suppressed"])
    return out
