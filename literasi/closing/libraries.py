"""The slide of what libraries do today: those of the participants, else all that are known."""

from __future__ import annotations

import pandas as pd

from literasi.closing import words
from literasi.closing.deck import Basis, Figure, Plot, Series, Slide
from literasi.closing.facts import Facts
from literasi.closing.people import People
from literasi.domain import reports
from literasi.domain.coverage import is_provisional
from literasi.text import number, period, t

RECENT_MONTHS = 3
SHOWN_MONTHS = 12


def today(facts: Facts, people: People | None) -> Slide | None:
    """Make the slide; None where no library is known."""
    libraries = facts.tables["libraries"]
    sent = set() if people is None else set(people.rows["library_id"].dropna())
    mine = libraries[libraries["library_id"].isin(sent)]
    if mine.empty:
        return _known(facts)
    return _working(facts, mine)


def silent(facts: Facts, people: People | None) -> int:
    """Count the participants' libraries that sent nothing in the last months of data; 0 without data."""
    if people is None:
        return 0
    sent = set(people.rows["library_id"].dropna())
    recent, heard = _recent(facts)
    return len(sent - heard) if recent else 0


def _recent(facts: Facts) -> tuple[list[str], set[str]]:
    """The last months of data, and the libraries that were heard from in them."""
    heard = _heard(facts)
    months = reports.span(heard)[-RECENT_MONTHS:]
    is_recent = heard["month"].dt.strftime("%Y-%m").isin(months)
    return months, set(heard.loc[is_recent, "library_id"])


def _heard(facts: Facts) -> pd.DataFrame:
    tables = facts.tables
    return reports.heard_from(
        *(tables[name] for name in ("visits", "circulation", "services")), activities=tables["activities"]
    )


def _working(facts: Facts, mine: pd.DataFrame) -> Slide:
    heard = _heard(facts)
    months = reports.span(heard)[-SHOWN_MONTHS:]
    count = number(len(mine))
    if not months:
        return Slide(
            id="libraries",
            title=t("closing.libraries.no_reports", count=count),
            subtitle=t("closing.libraries.subtitle_mine"),
            points=(t("closing.libraries.no_reports_next"),),
            narrative=(
                t("closing.libraries.no_reports", count=count),
                t("closing.libraries.no_reports_next"),
            ),
        )
    recent, spoke = _recent(facts)
    active = len(set(mine["library_id"]) & spoke)
    held = reports.activity_months(
        facts.tables["activities"], heard, mine, periods=months, rules=facts.reporting
    )
    total = held["value"].sum()
    received, expected = int(held["received"].sum()), int(held["expected"].sum())
    where = (("library_id", tuple(sorted(mine["library_id"]))),)
    span = t("closing.span", first=period(recent[0], short=True), last=period(recent[-1], short=True))
    year = t("closing.span", first=period(months[0], short=True), last=period(months[-1], short=True))
    subtitle = t("closing.libraries.subtitle_activities", span=year)
    is_thin = is_provisional(received, expected, rules=facts.reporting)
    covered = t("closing.libraries.reports", received=number(received), expected=number(expected))
    title = t("closing.libraries.title", n=number(active), count=count, months=number(len(recent)))
    labels = tuple(t("closing.no_report") if pd.isna(v) else number(v) for v in held["value"])
    names = tuple(period(month, short=True) for month in months)
    return Slide(
        id="libraries",
        title=title,
        subtitle=subtitle,
        figures=(
            Figure(
                id="libraries.heard",
                label=t("closing.libraries.heard", span=span),
                value=float(active),
                shown=t("closing.parts", n=number(active), total=count),
                rule=t("closing.libraries.heard_rule"),
                basis=tuple(
                    Basis(name, where) for name in ("visits", "circulation", "services", "activities")
                ),
            ),
            Figure(
                id="libraries.activities",
                label=t("closing.libraries.activities", count=number(len(months))),
                value=float(total),
                shown=number(total),
                context=covered,
                rule=t("closing.libraries.activities_rule"),
                basis=(Basis("activities", where),),
            ),
        ),
        plot=Plot(
            kind="columns",
            categories=names,
            series=(
                Series(
                    t("unit.activities"),
                    tuple(None if pd.isna(value) else float(value) for value in held["value"]),
                    labels,
                ),
            ),
            unit=t("unit.activities"),
            alt=words.alt(subtitle, names, labels),
        ),
        caveats=(t("closing.libraries.thin", reports=covered) if is_thin else t("closing.libraries.caveat"),),
        narrative=(
            t("closing.libraries.say", n=number(active), count=count, span=span),
            t("closing.libraries.say_activities", n=number(total), span=year, reports=covered),
            t("closing.libraries.caveat"),
        ),
    )


def _known(facts: Facts) -> Slide | None:
    """Where it is not known whose libraries came: which libraries the programme has."""
    libraries = facts.tables["libraries"]
    partners = libraries[libraries["programme"].isin(facts.reporting.programmes)]
    if partners.empty:
        return None
    regencies = facts.register.regencies()
    by_area = partners["area_code"].str[:5].value_counts()
    found = [int(by_area.get(area.code, 0)) for area in regencies]
    names = tuple(area.name for area in regencies)
    reached = sum(1 for n in found if n)
    labels = tuple(number(n) if n else t("closing.libraries.unlisted") for n in found)
    subtitle = t("closing.libraries.subtitle_known")
    has_reports = not _heard(facts).empty
    incomplete = (
        facts.catalogue["tpbis_libraries"].incomplete if "tpbis_libraries" in facts.catalogue else None
    )
    return Slide(
        id="libraries",
        title=t(
            "closing.libraries.known",
            count=number(len(partners)),
            reached=number(reached),
            of=number(len(regencies)),
        ),
        subtitle=subtitle,
        plot=Plot(
            kind="bars",
            categories=names,
            series=(Series(t("unit.libraries"), tuple(float(n) if n else None for n in found), labels),),
            unit=t("unit.libraries"),
            alt=words.alt(subtitle, names, labels),
        ),
        figures=(
            Figure(
                id="libraries.partners",
                label=t("closing.libraries.partners"),
                value=float(len(partners)),
                shown=number(len(partners)),
                context=t("closing.libraries.partners_context"),
                rule=t("closing.libraries.partners_rule"),
                basis=(Basis("libraries", (("programme", tuple(facts.reporting.programmes)),)),),
            ),
        ),
        caveats=() if has_reports else (t("closing.libraries.no_reports_at_all"),),
        narrative=(
            t(
                "closing.libraries.say_known",
                count=number(len(partners)),
                reached=number(reached),
                of=number(len(regencies)),
            ),
            *((t("closing.libraries.incomplete"),) if incomplete else ()),
            *(() if has_reports else (t("closing.libraries.no_reports_next"),)),
        ),
        sources=words.cited(facts, partners["source_id"].dropna()),
    )
