"""Slides of who came: the title, where from, in which roles, women and men."""

from __future__ import annotations

from collections.abc import Mapping

from literasi.closing import words
from literasi.closing.deck import Basis, Figure, Plot, Series, Slide
from literasi.closing.events import Closing
from literasi.closing.facts import Facts
from literasi.closing.people import Cells, People
from literasi.domain.training import NOT_STATED, TRAINING
from literasi.sentences import listed
from literasi.text import number, t, term

ROLES = ("manager", "facilitator", "village_head", "official", "volunteer", "other", NOT_STATED)
SEXES = ("female", "male", NOT_STATED)


def title(facts: Facts, event: Closing, people: People | None, *, threshold: int) -> Slide:
    """Make the title slide: the event, and how many came."""
    figures = _headline(event, people, threshold=threshold)
    return Slide(
        id="title",
        title=event.name,
        subtitle=t("closing.title.subtitle", when=event.when, place=event.place),
        figures=figures,
        narrative=(
            t("closing.title.say", name=event.name, when=event.when, place=event.place),
            *(t("closing.figure_say", label=f.label, shown=f.shown) for f in figures if f.value is not None),
            t("closing.title.say_rules", threshold=number(threshold)),
        ),
        sources=words.cited(facts, [event.source_id] if event.source_id else []),
    )


def _headline(event: Closing, people: People | None, *, threshold: int) -> tuple[Figure, ...]:
    basis = Basis("events", (("event_id", (event.event_id,)),))
    days = (event.last - event.first).days + 1
    length = Figure(
        id="event.days",
        label=t("closing.title.days"),
        value=float(days),
        shown=number(days),
        rule=t("closing.title.days_rule"),
        basis=(basis,),
    )
    if people is not None:
        came = _total(people)
        named = people.rows["library_id"].dropna().nunique()
        libraries = Figure(
            id="event.libraries",
            label=t("closing.title.libraries"),
            value=float(named),
            shown=number(named),
            rule=t("closing.title.libraries_rule"),
            basis=(people.basis,),
        )
        return (came, libraries, length) if named else (came, length)
    if event.people is None:
        return (length,)
    # A published count is known to all, but a slide of ours would put it beside other counts.
    is_few = 0 < event.people < threshold
    published = Figure(
        id="people.published",
        label=t("closing.title.published"),
        value=None if is_few else float(event.people),
        shown=words.hidden() if is_few else number(event.people),
        context=t("closing.title.published_context" if event.kind == TRAINING else "closing.title.either"),
        rule=t("closing.title.published_rule"),
        basis=(basis,),
    )
    return published, length


def _total(people: People) -> Figure:
    total = people.total
    return Figure(
        id="people.total",
        label=t("closing.title.people"),
        value=None if total is None else float(total),
        shown=words.hidden() if total is None else number(total),
        context=t("closing.title.people_context"),
        rule=t("closing.title.people_rule"),
        basis=(people.basis,),
    )


def origins(facts: Facts, people: People) -> Slide | None:
    """Make the map of where people came from, or what may be said without it; None where nothing may."""
    register = facts.register
    regencies = [area.code for area in register.regencies()]
    found = people.cells("regency", [*regencies, register.province.code])
    if found is None:
        return None
    came = [code for code in regencies if code in found.counts]
    others = [code for code in found.counts if code not in regencies]
    names = {code: register.name(code) for code in regencies}
    names |= {register.province.code: t("closing.origins.province"), NOT_STATED: t("closing.not_stated")}
    shown = {code: n for code, n in found.shown.items() if code in regencies}
    subtitle = t("closing.origins.subtitle", total=number(found.total))
    is_everywhere_known = NOT_STATED not in found.counts
    head = t(
        "closing.origins.everywhere" if len(came) == len(regencies) else "closing.origins.from",
        count=number(len(came)),
        of=number(len(regencies)),
        regencies=len(regencies),
    )
    narrative = [
        t("closing.origins.say", names=listed(tuple(names[c] for c in came)), total=number(found.total))
    ]
    points = [
        t("closing.count", name=names[code], n=number(n)) for code, n in found.shown.items() if code in others
    ]
    if found.hidden:
        caveat = (
            t("closing.origins.rest", count=number(len(found.hidden)), n=number(found.rest))
            if shown
            else t("closing.origins.all_hidden")
        )
    else:
        caveat = ""
    if not shown:
        return Slide(
            id="origins",
            title=head,
            subtitle=subtitle,
            points=(t("closing.origins.names", names=listed(tuple(names[c] for c in came))), *points),
            caveats=(caveat,) if caveat else (),
            narrative=(*narrative, *((caveat,) if caveat else ())),
        )
    said = listed(tuple(t("closing.count", name=names[code], n=number(n)) for code, n in shown.items()))
    values = tuple(
        None
        if code in found.hidden or (code not in found.counts and not is_everywhere_known)
        else float(found.counts.get(code) or 0)
        for code in regencies
    )
    labels = tuple(
        number(value)
        if value is not None
        else (words.hidden() if code in found.hidden else t("closing.origins.none_known"))
        for code, value in zip(regencies, values, strict=True)
    )
    alt = t(
        "closing.alt",
        subtitle=subtitle,
        values=", ".join(f"{names[code]} {label}" for code, label in zip(regencies, labels, strict=True)),
    )
    return Slide(
        id="origins",
        title=_title("closing.origins", {names[code]: n for code, n in shown.items()}, found.total)
        if len(shown) <= 2
        else head,
        subtitle=subtitle,
        figures=tuple(
            _cell(f"origins.{code}", names[code], found, code, people, rule="closing.origins.rule")
            for code in list(shown)[:2]
        ),
        plot=Plot(
            kind="map",
            categories=tuple(names[code] for code in regencies),
            series=(Series(t("closing.people_unit"), values, labels),),
            unit=t("closing.people_unit"),
            alt=alt,
            codes=tuple(regencies),
        ),
        caveats=(" ".join([*([caveat] if caveat else []), *(f"{point}." for point in points)]),)
        if caveat or points
        else (),
        narrative=(*narrative, t("closing.origins.say_shown", said=said), *([caveat] if caveat else [])),
    )


def _title(key: str, shown: Mapping[str, int], total: int) -> str:
    """Name the one or two groups that may be shown; nobody is called first or last."""
    if len(shown) == 1:
        (name, n), *_ = shown.items()
        return t(f"{key}.title_one", name=name, n=number(n), total=number(total))
    said = listed(tuple(t("closing.count", name=name, n=number(n)) for name, n in shown.items()))
    return t(f"{key}.title", said=said, total=number(total))


def roles(people: People) -> Slide | None:
    """Make the bars of the roles people came in; None where roles are not known."""
    if (people.rows["role"] == NOT_STATED).all():
        return None
    found = people.cells("role", ROLES)
    if found is None or not found.shown:
        return None
    names = {
        code: t("closing.not_stated") if code == NOT_STATED else term("role", code) for code in found.counts
    }
    labels = tuple(words.hidden() if n is None else number(n) for n in found.counts.values())
    subtitle = t("closing.roles.subtitle", total=number(found.total))
    said = listed(
        tuple(t("closing.count", name=names[code], n=number(n)) for code, n in list(found.shown.items())[:2])
    )
    caveat = (
        t("closing.roles.rest", count=number(len(found.hidden)), n=number(found.rest)) if found.hidden else ""
    )
    return Slide(
        id="roles",
        title=_title(
            "closing.roles", {names[code]: n for code, n in list(found.shown.items())[:2]}, found.total
        ),
        subtitle=subtitle,
        plot=Plot(
            kind="bars",
            categories=tuple(names.values()),
            series=(
                Series(
                    t("closing.people_unit"),
                    tuple(None if n is None else float(n) for n in found.counts.values()),
                    labels,
                ),
            ),
            unit=t("closing.people_unit"),
            alt=t(
                "closing.alt",
                subtitle=subtitle,
                values=", ".join(
                    f"{name} {label}" for name, label in zip(names.values(), labels, strict=True)
                ),
            ),
        ),
        figures=tuple(
            _cell(f"roles.{code}", names[code], found, code, people, rule="closing.roles.rule")
            for code in list(found.shown)[:2]
        ),
        caveats=(caveat,) if caveat else (),
        narrative=(
            t("closing.roles.say", said=said, total=number(found.total)),
            *((caveat,) if caveat else ()),
        ),
    )


def sexes(people: People) -> Slide | None:
    """Make the slide of women and men; None where it may not be shown or is not known."""
    if (people.rows["sex"] == NOT_STATED).all():
        return None
    found = people.cells("sex", SEXES)
    if found is None or found.hidden:
        return None
    names = {code: term("sex", code) for code in found.counts}
    said = listed(
        tuple(t("closing.sex.part", name=names[code].lower(), n=number(n)) for code, n in found.shown.items())
    )
    return Slide(
        id="sex",
        title=t("closing.sex.title", said=said),
        subtitle=t("closing.sex.subtitle", total=number(found.total)),
        figures=tuple(
            _cell(f"sex.{code}", names[code], found, code, people, rule="closing.sex.rule")
            for code in found.counts
        ),
        narrative=(t("closing.sex.say", said=said, total=number(found.total)),),
    )


def _cell(figure_id: str, label: str, found: Cells, code: str, people: People, *, rule: str) -> Figure:
    n = found.counts[code]
    return Figure(
        id=figure_id,
        label=label,
        value=None if n is None else float(n),
        shown=words.hidden() if n is None else number(n),
        context="" if n is None else t("closing.of_people", total=number(found.total)),
        rule=t(rule),
        basis=(people.basis,),
    )


def silent(people: People) -> Slide:
    """Say that so few people came that nothing may be said about them."""
    return Slide(
        id="few",
        title=t("closing.few.title"),
        subtitle=t("closing.few.subtitle", threshold=number(people.threshold)),
        points=(t("closing.few.why"),),
        narrative=(t("closing.few.why"),),
    )
