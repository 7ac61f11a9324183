"""Measures of training: who came, how much they attended, what they gained, what they planned.

One row of ``participants`` is one person at one event; counts are of these rows. A person who came to
two events counts twice, as in the head-counts that offices publish.
Before and after an event is association, not effect.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from literasi.domain.privacy import TOTAL, Size, is_small, size, suppress
from literasi.domain.statistics import Interval, Share, mean_interval

TRAINING = "bimtek"
"""Value of ``events.kind`` of the training of library staff."""

MANAGER = "manager"
"""Value of ``participants.role`` of who manages a library."""

NOT_STATED = "not_stated"
DIMENSIONS = ("regency", "institution", "role", "sex", "age_band", "event", "year")

BREAKDOWNS = ("event", "regency")
"""Dimensions by which results are shown."""
PAIR, HOURS, ANSWER = ("pre_score", "post_score"), ("hours_attended", "hours_due"), ("satisfaction",)
"""Columns that the change in score, attendance and satisfaction need."""

COMPLETE_ATTENDANCE = 0.8
LARGEST_SCORE = 100
PLAN_DAYS = (30, 90, 180)
PLAN_STATES = ("done", "in_progress", "not_started", "no_report")
PARTNER_PROGRAMMES = ("national", "replication", "not_stated")


@dataclass(frozen=True, slots=True)
class Gain:
    """Change from pre-test to post-test, of those who took both.

    Attributes
    ----------
    mean, low, high : float
        Mean of post − pre in points of 0 to 100, and its confidence limits.
    n_pairs : int
        People with both scores.
    pre, post : float
        Mean scores of the same people.
    normalised, normalised_low, normalised_high : float
        Mean of (post − pre) ÷ (100 − pre), the part gained of what could be gained, and its limits.
    n_dropped : int
        Pairs with pre = 100, which have no normalised gain.
    """

    mean: float
    low: float
    high: float
    n_pairs: int
    pre: float
    post: float
    normalised: float
    normalised_low: float
    normalised_high: float
    n_dropped: int


def classify(
    participants: pd.DataFrame,
    *,
    events: pd.DataFrame,
    libraries: pd.DataFrame,
    kinds: Collection[str] = (TRAINING,),
) -> pd.DataFrame:
    """Give the participants of these kinds of events with every dimension filled.

    Parameters
    ----------
    participants, events, libraries : DataFrame
        Tables of those names.
    kinds : collection of str
        Values of ``events.kind``.

    Returns
    -------
    DataFrame
        The rows of `participants` with the columns of `DIMENSIONS` as text: ``regency`` (first five
        characters of the person's area, or of the library's where that is missing; ``21`` for the
        province), ``event`` (its id), ``year`` (of its first day). What is missing is `NOT_STATED`.
    """
    chosen = events.loc[events["kind"].isin(list(kinds)), ["event_id", "date_start"]]
    out = participants.merge(chosen, on="event_id", validate="many_to_one")
    home = out["library_id"].map(libraries.set_index("library_id")["area_code"])
    out["regency"] = out["area_code"].fillna(home).str[:5]
    out["event"] = out["event_id"]
    out["year"] = out["date_start"].dt.year.astype("Int64").astype("str")
    out[list(DIMENSIONS)] = out[list(DIMENSIONS)].fillna(NOT_STATED).astype("str")
    return out.drop(columns="date_start")


def trained_managers(participants: pd.DataFrame, *, events: pd.DataFrame) -> dict[str, int] | None:
    """Newest year in which a manager of each library was at a training.

    Parameters
    ----------
    participants, events : DataFrame
        Tables of those names.

    Returns
    -------
    dict or None
        By library id; only those that are known to have sent one. None where no participants of any training
        are listed.
    """
    trainings = events[events["kind"].eq(TRAINING)]
    listed = participants.merge(trainings[["event_id", "date_end"]], on="event_id", validate="many_to_one")
    if listed.empty:
        return None
    sent = listed[listed["role"].eq(MANAGER)].dropna(subset="library_id")
    newest = sent.groupby("library_id")["date_end"].max()
    return {str(library): int(day.year) for library, day in newest.items()}


def counts(participants: pd.DataFrame, *, by: Sequence[str]) -> pd.DataFrame:
    """Count participants by one or two dimensions; not yet fit to be shown, see `privacy.suppress`.

    Parameters
    ----------
    participants : DataFrame
        From `classify`.
    by : sequence of str
        Of `DIMENSIONS`.

    Returns
    -------
    DataFrame
        Columns `by` and ``n``, one row per combination that occurs, sorted by the codes.
    """
    return participants.groupby(list(by), sort=True).size().rename("n").reset_index()


def attendance(participants: pd.DataFrame) -> Share:
    """Hours attended ÷ hours due, summed over those of whom both are known."""
    known = participants[["hours_attended", "hours_due"]].dropna()
    return Share(float(known["hours_attended"].sum()), float(known["hours_due"].sum()))


def completed(participants: pd.DataFrame) -> Share:
    """People who completed ÷ people of whom it is known.

    Parameters
    ----------
    participants : DataFrame
        Rows of the table ``participants``.

    Returns
    -------
    Share
        Completed: attended at least `COMPLETE_ATTENDANCE` of the hours due and took the post-test.
        Left out are people without hours and events at which nobody has a post-test score, for there
        the test was not held or not handed in.

    Notes
    -----
    Source: methodology §3.4; the office is to confirm the rule.
    """
    tested = participants.groupby("event_id")["post_score"].transform("count") > 0
    known = participants[tested & participants[["hours_attended", "hours_due"]].notna().all(axis=1)]
    known = known[known["hours_due"] > 0]
    is_complete = (known["hours_attended"] >= COMPLETE_ATTENDANCE * known["hours_due"]) & known[
        "post_score"
    ].notna()
    return Share(int(is_complete.sum()), len(known))


def gain(participants: pd.DataFrame, *, confidence: float = 0.95) -> Gain:
    """Change from pre-test to post-test over those who took both.

    Parameters
    ----------
    participants : DataFrame
        Rows of the table ``participants``; scores 0 to 100.
    confidence : float
        Of the t-intervals.

    Returns
    -------
    Gain
        NaN where no pair, or for limits fewer than two pairs, are given.
    """
    pairs = participants[["pre_score", "post_score"]].dropna()
    change = pairs["post_score"] - pairs["pre_score"]
    room = LARGEST_SCORE - pairs["pre_score"]
    found = mean_interval(change, confidence=confidence)
    relative = mean_interval((change / room)[room > 0], confidence=confidence)
    return Gain(
        mean=found.mean,
        low=found.low,
        high=found.high,
        n_pairs=found.n,
        pre=float(pairs["pre_score"].mean()),
        post=float(pairs["post_score"].mean()),
        normalised=relative.mean,
        normalised_low=relative.low,
        normalised_high=relative.high,
        n_dropped=found.n - relative.n,
    )


def gain_by(participants: pd.DataFrame, *, by: str, threshold: int, confidence: float = 0.95) -> pd.DataFrame:
    """Gain of each group, hidden where the pairs are too few or would give a small group away.

    Parameters
    ----------
    participants : DataFrame
        From `classify`.
    by : str
        Of `DIMENSIONS`.
    threshold : int
        Smallest number of pairs that may be shown.
    confidence : float
        Of the t-interval.

    Returns
    -------
    DataFrame
        One row per group, sorted by code, and one for all (`privacy.TOTAL`): `by`, ``n_pairs``, ``mean``,
        ``low``, ``high``, ``is_total``, ``is_suppressed``, ``reason``, ``is_exact``. Hidden rows hold NaN:
        with the number of pairs a hidden mean could be found from the mean of all. Where ``is_exact`` is
        false, ``n_pairs`` is a floor (`privacy.size`) and the values are rounded as they are shown: the exact
        number beside that of who came would tell of how few people there is no pair.
    """

    def measure(rows: pd.DataFrame) -> dict[str, float]:
        found = gain(rows, confidence=confidence)
        return {"n_pairs": found.n_pairs, "mean": found.mean, "low": found.low, "high": found.high}

    return _by_group(participants, by=by, threshold=threshold, measure=measure, needs=PAIR, decimals=1)


def attendance_by(participants: pd.DataFrame, *, by: str, threshold: int) -> pd.DataFrame:
    """Attendance of each group, hidden as in `gain_by`.

    Returns
    -------
    DataFrame
        `by`, ``n`` (people whose hours are known), ``value``, ``numerator`` and ``denominator`` (hours; NaN
        where ``n`` is no exact number, for they are multiples of it), ``is_total``, ``is_suppressed``,
        ``reason``, ``is_exact``.
    """

    def measure(rows: pd.DataFrame) -> dict[str, float]:
        share = attendance(rows)
        known = rows[list(HOURS)].notna().all(axis=1)
        parts = {"value": share.value, "numerator": share.numerator, "denominator": share.denominator}
        return {"n": int(known.sum()), **parts}

    found = _by_group(participants, by=by, threshold=threshold, measure=measure, needs=HOURS, decimals=2)
    hours = ["numerator", "denominator"]
    found[hours] = found[hours].where(found["is_exact"])
    return found


def satisfaction_by(
    participants: pd.DataFrame, *, by: str, threshold: int, confidence: float = 0.95
) -> pd.DataFrame:
    """Satisfaction of each group, hidden as in `gain_by`.

    Returns
    -------
    DataFrame
        `by`, ``n`` (people who answered), ``mean``, ``low``, ``high``, ``is_total``, ``is_suppressed``,
        ``reason``, ``is_exact``.
    """

    def measure(rows: pd.DataFrame) -> dict[str, float]:
        found = satisfaction(rows, confidence=confidence)
        return {"n": found.n, "mean": found.mean, "low": found.low, "high": found.high}

    return _by_group(participants, by=by, threshold=threshold, measure=measure, needs=ANSWER, decimals=1)


def _by_group(
    participants: pd.DataFrame,
    *,
    by: str,
    threshold: int,
    measure: Callable[[pd.DataFrame], dict[str, float]],
    needs: Sequence[str],
    decimals: int,
) -> pd.DataFrame:
    """Measure each group and all; `measure` gives the number of people first, then its values.

    Those people are the ones of whom all columns `needs` are known.
    """
    everyone = measure(participants)
    people, *columns = everyone
    groups = {str(code): measure(rows) for code, rows in participants.groupby(by, sort=True)}
    sizes = pd.DataFrame(
        [{by: code, people: found[people]} for code, found in groups.items()], columns=[by, people]
    )
    shown = suppress(sizes, threshold=threshold, group=[by], value=people)
    for position, column in enumerate(columns, start=2):
        values = pd.Series([groups.get(code, everyone)[column] for code in shown[by]], dtype="float64")
        shown.insert(position, column, values.mask(shown["is_suppressed"]))
    found = bases(participants, needs=needs, by=by, threshold=threshold)
    known = [
        found[str(code)] if n > 0 else Size(0, is_exact=True)
        for code, n in zip(shown[by], shown[people], strict=True)
    ]
    shown["is_exact"] = [base is not None and base.is_exact for base in known]
    # Where nobody may learn the number there is no figure either.
    nothing = pd.Series([base is None for base in known], index=shown.index, dtype="bool")
    shown["is_suppressed"] = shown["is_suppressed"] | nothing
    shown[people] = [float("nan") if base is None else float(base.at_least) for base in known]
    rounded = shown[columns].round(decimals)
    shown[columns] = shown[columns].where(shown["is_exact"], rounded)
    shown[[people, *columns]] = shown[[people, *columns]].mask(shown["is_suppressed"])
    return shown


def bases(
    participants: pd.DataFrame, *, needs: Sequence[str], by: str, threshold: int
) -> dict[str, Size | None]:
    """Say of how many people of each group, and of all, the figures are that need some columns.

    Parameters
    ----------
    participants : DataFrame
        From `classify`.
    needs : sequence of str
        Columns that may be missing.
    by : str
        Of `DIMENSIONS`.
    threshold : int

    Returns
    -------
    dict of str to Size or None
        By group, and `privacy.TOTAL`; None where no number may be said. The reader knows how many came: where
        the rest of a group, or of another that would follow from it, is few, the number is a floor. The
        number of all is cut in every breakdown of `BREAKDOWNS`, so that they agree.
    """
    is_known = participants[list(needs)].notna().all(axis=1)
    cut = {name: _cut(participants, is_known, name, threshold) for name in dict.fromkeys((by, *BREAKDOWNS))}
    out: dict[str, Size | None] = {}
    for code in (*sorted(set(participants[by])), TOTAL):
        mine = pd.Series(True, index=participants.index) if code == TOTAL else participants[by] == code
        n, of = int((is_known & mine).sum()), int(mine.sum())
        tables = cut.values() if code == TOTAL else (cut[by],)
        found = size(n, of=of, threshold=threshold)
        if found is not None and found.is_exact and any(code in hidden for hidden in tables):
            found = Size(_low_floor(n, of=of, threshold=threshold), is_exact=False)
        out[code] = found
    return out


def _low_floor(n: int, *, of: int, threshold: int) -> int:
    """Half of the group in tens, where the number could be `threshold` less and still be above that."""
    half = of // 20 * 10
    return half if half >= threshold and n - threshold >= half else threshold


def _cut(participants: pd.DataFrame, is_known: pd.Series[bool], by: str, threshold: int) -> frozenset[str]:
    """Give the groups of which it must not be said how many are known and how many are not."""
    rows = pd.DataFrame(
        {by: participants[by], "known": is_known.map({True: "yes", False: "no"}).astype("str")}
    )
    if rows.empty:
        return frozenset()
    cut = suppress(counts(rows, by=[by, "known"]), threshold=threshold, group=[by, "known"])
    return frozenset(cut.loc[cut["is_suppressed"] & cut["known"].ne(TOTAL), by])


def satisfaction(participants: pd.DataFrame, *, confidence: float = 0.95) -> Interval:
    """Mean satisfaction on the scale 1 to 4, of those who answered."""
    return mean_interval(participants["satisfaction"], confidence=confidence)


def plan_status(participants: pd.DataFrame, *, threshold: int) -> pd.DataFrame:
    """State of the follow-up plans 30, 90 and 180 days after the event.

    Parameters
    ----------
    participants : DataFrame
        Rows of the table ``participants``.
    threshold : int
        Smallest count of people that may be shown.

    Returns
    -------
    DataFrame
        One row per day and state of `PLAN_STATES`: ``days``, ``status``, ``n`` (people with a plan in
        that state), ``denominator`` (people with a plan), ``value`` (n ÷ denominator),
        ``is_suppressed``, ``reason``. A plan without word is ``no_report``, never ``not_started``. All is
        hidden where the people without a plan are too few: their number would be the rest of those who came.
    """
    planned = participants[participants["has_plan"].fillna(False).astype("bool")]
    is_closed = len(planned) > 0 and is_small(len(participants) - len(planned), threshold=threshold)
    out = []
    for days in PLAN_DAYS:
        states = planned[f"plan_status_{days}"].fillna("no_report").value_counts()
        found = pd.DataFrame({"status": PLAN_STATES, "n": [int(states.get(s, 0)) for s in PLAN_STATES]})
        shown = suppress(found, threshold=threshold, group=["status"])
        if is_closed:
            shown = shown.assign(n=float("nan"), is_suppressed=True)
        whole = shown.loc[shown["is_total"], "n"].iloc[0]
        parts = shown[~shown["is_total"]].drop(columns="is_total")
        parts.insert(0, "days", days)
        parts.insert(3, "denominator", whole)
        parts.insert(4, "value", parts["n"] / whole if whole else float("nan"))
        out.append(parts)
    return pd.concat(out, ignore_index=True)


def reach(participants: pd.DataFrame, *, libraries: pd.DataFrame) -> Share:
    """Partner libraries with at least one trained person ÷ partner libraries.

    Parameters
    ----------
    participants : DataFrame
        From `classify`: the people trained.
    libraries : DataFrame
        Rows of the table ``libraries``: those to be reached. Programme ``none`` is no partner.

    Returns
    -------
    Share
        A library counts once however many people it sent; people without a library count for none.
    """
    partners = set(libraries.loc[libraries["programme"].isin(PARTNER_PROGRAMMES), "library_id"])
    return Share(len(partners & set(participants["library_id"].dropna())), len(partners))
