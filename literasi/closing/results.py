"""Slides of what the people took home: attendance, the change in score, and their follow-up plans.

Means and shares of people leave this module rounded as they are shown: of many decimals a reader could find
of how many people they are.
"""

from __future__ import annotations

import math

import pandas as pd

from literasi.closing import words
from literasi.closing.deck import Figure, Plot, Series, Slide
from literasi.closing.people import Cells, People, cells
from literasi.domain import training
from literasi.domain.statistics import mean_interval
from literasi.text import number, percent, signed, t

ENOUGH, TOO_LITTLE, UNKNOWN = "enough", "too_little", "unknown"
PLANNED, UNPLANNED = "planned", "unplanned"


def unknown() -> Slide:
    """Say that there is no list of participants, what is therefore not known, and what to do."""
    return Slide(
        id="unknown",
        title=t("closing.unknown.title"),
        subtitle=t("closing.unknown.subtitle"),
        points=(t("closing.unknown.what"), t("closing.unknown.next"), t("closing.unknown.code")),
        narrative=(t("closing.unknown.what"), t("closing.unknown.next")),
    )


def attendance(people: People) -> Slide:
    """Make the slide of attendance: hours, and how many came to most of them."""
    rows = people.rows
    is_known = rows[["hours_attended", "hours_due"]].notna().all(axis=1) & (rows["hours_due"] > 0)
    size = people.base(is_known)
    if size is None:
        return _blank("attendance", is_absent=not is_known.any())
    share = training.attendance(rows[is_known])
    has_enough = rows["hours_attended"] >= training.COMPLETE_ATTENDANCE * rows["hours_due"]
    kind = pd.Series(TOO_LITTLE, index=rows.index, dtype="str").mask(has_enough, ENOUGH)
    found = people_cells(people, kind.mask(~is_known, UNKNOWN))
    least = percent(training.COMPLETE_ATTENDANCE)
    figures = [
        Figure(
            id="attendance.share",
            label=t("closing.attendance.share"),
            value=round(share.value, 2),
            shown=percent(share.value),
            context=words.size_words(size),
            rule=t("closing.attendance.share_rule"),
            basis=(people.basis,),
            decimals=2,
        )
    ]
    # With a hidden group beside it, this count and the number of those who are known would give that away.
    enough = None if found is None or found.hidden else found.counts.get(ENOUGH)
    if enough is not None:
        figures.append(
            Figure(
                id="attendance.enough",
                label=t("closing.attendance.enough", least=least),
                value=float(enough),
                shown=number(enough),
                context=t("closing.of_people", total=number(len(rows))),
                rule=t("closing.attendance.enough_rule", least=least),
                basis=(people.basis,),
            )
        )
    said = t("closing.attendance.title", share=percent(share.value))
    return Slide(
        id="attendance",
        title=said,
        subtitle=t("closing.attendance.subtitle"),
        figures=tuple(figures),
        caveats=() if size.is_exact else (t("closing.some_unknown", what=t("closing.attendance.what")),),
        narrative=(
            t("closing.attendance.say", share=percent(share.value), n=words.size_words(size)),
            *(() if enough is None else (t("closing.attendance.say_enough", n=number(enough), least=least),)),
        ),
    )


def gain(people: People) -> Slide:
    """Make the slide of the change from pre-test to post-test, with its interval and how many took both."""
    pairs = people.rows[["pre_score", "post_score"]].dropna()
    size = people.base(people.rows[["pre_score", "post_score"]].notna().all(axis=1))
    if size is None:
        return _blank("gain", is_absent=pairs.empty)
    found = training.gain(people.rows)
    interval = t("closing.gain.interval", low=number(found.low, 1), high=number(found.high, 1))
    n = words.size_words(size)
    change = number(abs(found.mean), 1)
    if round(found.low, 1) > 0:
        title = t("closing.gain.rose", change=change)
    elif round(found.high, 1) < 0:
        title = t("closing.gain.fell", change=change)
    else:
        title = t("closing.gain.indistinct")
    tests = [mean_interval(pairs[column]) for column in ("pre_score", "post_score")]
    subtitle = t("closing.gain.subtitle")
    labels = tuple(number(test.mean, 1) for test in tests)
    names = (t("closing.gain.pre"), t("closing.gain.post"))
    limits = not any(math.isnan(test.low) for test in tests)
    return Slide(
        id="gain",
        title=title,
        subtitle=subtitle,
        figures=(
            Figure(
                id="gain.mean",
                label=t("closing.gain.mean"),
                value=round(found.mean, 1),
                shown=signed(found.mean, 1),
                context=f"{interval}; {n}",
                rule=t("closing.gain.rule"),
                basis=(people.basis,),
                decimals=1,
            ),
        ),
        plot=Plot(
            kind="intervals",
            categories=names,
            series=(
                Series(
                    t("closing.gain.score"),
                    tuple(round(test.mean, 1) for test in tests),
                    labels,
                    low=tuple(round(test.low, 1) for test in tests) if limits else (),
                    high=tuple(round(test.high, 1) for test in tests) if limits else (),
                ),
            ),
            unit=t("closing.gain.score"),
            alt=words.alt(subtitle, names, labels),
            decimals=1,
        ),
        caveats=(t("closing.gain.association"),),
        narrative=(
            t("closing.gain.say", pre=labels[0], post=labels[1], n=n),
            t("closing.gain.say_interval", interval=interval),
            t("closing.gain.association"),
        ),
    )


def plans(people: People) -> Slide:
    """Make the slide of the follow-up plans: who has one, and how far they are."""
    rows = people.rows
    has_plan = rows["has_plan"].fillna(False).astype("bool")
    if not has_plan.any():
        return _blank("plans", is_absent=True)
    kind = pd.Series(UNPLANNED, index=rows.index, dtype="str").mask(has_plan, PLANNED)
    kind = kind.mask(rows["has_plan"].isna(), UNKNOWN)
    found = people_cells(people, kind)
    planned = None if found is None else found.counts[PLANNED]
    if planned is None:
        return _blank("plans", is_absent=False)
    total = number(len(rows))
    first = Figure(
        id="plans.planned",
        label=t("closing.plans.planned"),
        value=float(planned),
        shown=number(planned),
        context=t("closing.of_total", share=percent(planned / len(rows)), total=total),
        rule=t("closing.plans.planned_rule"),
        basis=(people.basis,),
    )
    title = t("closing.plans.title", n=number(planned), total=total)
    newest = _newest_word(rows[has_plan])
    if newest is None:
        return Slide(
            id="plans",
            title=title,
            subtitle=t("closing.plans.subtitle"),
            figures=(first,),
            points=(t("closing.plans.no_word"),),
            narrative=(t("closing.plans.say", n=number(planned), total=total), t("closing.plans.no_word")),
        )
    # Every day that was heard of is cut by itself, but only the newest one is shown.
    column = f"plan_status_{newest}"
    states = rows.loc[has_plan, [column]].fillna("no_report").astype("str")
    shown = cells(states, column, threshold=people.threshold, order=training.PLAN_STATES)
    day = number(newest)
    subtitle = t("closing.plans.subtitle_day", days=day, n=number(planned))
    say = (t("closing.plans.say", n=number(planned), total=total),)
    if shown is None or not shown.shown:
        return Slide(
            id="plans",
            title=title,
            subtitle=t("closing.plans.subtitle"),
            figures=(first,),
            points=(t("closing.plans.states_hidden", days=day),),
            narrative=(*say, t("closing.plans.states_hidden", days=day)),
        )
    return Slide(
        id="plans",
        title=title,
        subtitle=subtitle,
        figures=(first, *_states(shown, newest, people)[:1]),
        plot=words.count_plot({_state(code): n for code, n in shown.counts.items()}, subtitle=subtitle),
        caveats=_hidden_states(shown),
        narrative=(
            *say,
            *(
                t("closing.plans.say_state", state=_state(code), days=day, n=number(n))
                for code, n in shown.shown.items()
            ),
            *_hidden_states(shown),
        ),
    )


def people_cells(people: People, groups: pd.Series[str]) -> Cells | None:
    """Partition the people by groups that are made for it."""
    return cells(pd.DataFrame({"group": groups}), "group", threshold=people.threshold)


def _newest_word(planned: pd.DataFrame) -> int | None:
    """The last of the days of which anybody has sent word."""
    heard = [days for days in training.PLAN_DAYS if planned[f"plan_status_{days}"].notna().any()]
    return heard[-1] if heard else None


def _state(code: str) -> str:
    return t(f"plan.{code}")


def _states(shown: Cells, days: int, people: People) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            id=f"plans.{days}.{code}",
            label=t("closing.plans.state", state=_state(code), days=number(days)),
            value=float(n),
            shown=number(n),
            context=t("closing.of_plans", share=percent(n / shown.total), total=number(shown.total)),
            rule=t("closing.plans.state_rule", days=number(days)),
            basis=(people.basis,),
        )
        for code, n in shown.shown.items()
    )


def _hidden_states(shown: Cells) -> tuple[str, ...]:
    if not shown.hidden:
        return ()
    names = ", ".join(_state(code).lower() for code in shown.hidden)
    return (t("closing.plans.rest", names=names, n=number(shown.rest)),)


def _blank(slide_id: str, *, is_absent: bool) -> Slide:
    """Say that a result was not handed in, or that it may not be shown; the reason would tell something."""
    kind = "absent" if is_absent else "few"
    say = t(f"closing.{slide_id}.absent_next") if is_absent else t("closing.concealed")
    return Slide(
        id=slide_id,
        title=t(f"closing.{slide_id}.{kind}"),
        subtitle=t(f"closing.{slide_id}.subtitle"),
        points=(say,),
        narrative=(t(f"closing.{slide_id}.{kind}"), say),
    )
