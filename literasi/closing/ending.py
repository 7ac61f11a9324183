"""Last slides: what comes next, and where the figures come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from literasi.closing.deck import Slide
from literasi.closing.events import Closing
from literasi.closing.facts import Facts
from literasi.closing.indices import THEMES
from literasi.closing.libraries import RECENT_MONTHS, silent
from literasi.closing.people import People
from literasi.domain.observations import newest, resolve
from literasi.domain.training import PLAN_DAYS
from literasi.sentences import listed
from literasi.text import date, number, t

SOURCES_SHOWN = 3
TARGETS_SHOWN = 2


def following(facts: Facts, event: Closing, people: People | None) -> Slide:
    """Make the slide of what comes next: dates that follow from the event and from the rules."""
    checks = [event.last + dt.timedelta(days=days) for days in PLAN_DAYS]
    days = listed(tuple(date(day, short=True) for day in checks))
    points = []
    if people is None:
        title = t("closing.next.title_list")
        points += [t("closing.next.list"), t("closing.next.checks", days=days)]
    else:
        title = t("closing.next.title_checks", days=listed(tuple(number(n) for n in PLAN_DAYS)))
        points += [t("closing.next.checks", days=days)]
    points.append(t("closing.next.reports", day=number(facts.reporting.due_days.visits)))
    if quiet := silent(facts, people):
        points.append(t("closing.next.silent", n=number(quiet), months=number(RECENT_MONTHS)))
    points += _targets(facts)
    return Slide(
        id="next",
        title=title,
        subtitle=t("closing.next.subtitle"),
        points=tuple(points[:5]),
        narrative=tuple(points),
    )


def _targets(facts: Facts) -> list[str]:
    """The nearest target of the province's indices that lies ahead of the newest value of its edition."""
    area = facts.register.province.code
    targets = facts.tables["targets"]
    out = []
    for lineage in facts.catalogue.lineages(*THEMES):
        for indicator in reversed(lineage):
            values = resolve(facts.tables["observations"], indicator)
            row = newest(values, indicator=indicator, area=area)
            if row is None:
                continue
            ahead = targets[
                (targets["indicator_id"] == indicator.id)
                & (targets["area_code"] == area)
                & (targets["edition"] == row["edition"])
                & (targets["year"] > int(str(row["period"])[:4]))
            ].sort_values(["year", "document"])
            if not ahead.empty:
                nearest = ahead.iloc[0]
                out.append(
                    t(
                        "closing.next.target",
                        name=t(f"indicator_short.{indicator.id}"),
                        year=str(nearest["year"]),
                        value=number(float(nearest["value"]), indicator.decimals),
                        document=str(nearest["document"]),
                    )
                )
            break
    return out[:TARGETS_SHOWN]


def sources(
    facts: Facts, event: Closing, slides: Sequence[Slide], people: People | None, *, threshold: int
) -> Slide:
    """Make the slide of sources and of what must be known to read the others."""
    cited = tuple(dict.fromkeys(line for slide in slides for line in slide.sources))
    if people is not None:
        cited = (t("closing.sources.list", name=event.name), *cited)
    rest = len(cited) - SOURCES_SHOWN
    points = list(cited[:SOURCES_SHOWN])
    if rest > 0:
        points.append(t("closing.sources.more", n=number(rest)))
    caveats = (t("closing.sources.hidden", threshold=number(threshold)),)
    narrative = [*caveats, t("closing.sources.editions")]
    if people is not None:
        narrative.append(t("closing.gain.association"))
        if event.people is not None and event.people != len(people.rows):
            narrative.append(t("closing.sources.differs"))
    return Slide(
        id="sources",
        title=t("closing.sources.title", n=number(len(cited))) if cited else t("closing.sources.none"),
        subtitle=facts.origin,
        points=tuple(points),
        caveats=caveats,
        narrative=tuple(narrative),
        sources=cited,
    )
