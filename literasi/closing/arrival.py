"""Slides of who came: where from, in which roles, women and men."""

from __future__ import annotations

from collections.abc import Mapping

from literasi.closing import words
from literasi.closing.deck import Figure, Plot, Slide
from literasi.closing.facts import Facts
from literasi.closing.people import Cells, People
from literasi.domain.training import NOT_STATED
from literasi.sentences import listed
from literasi.text import number, t, term

ROLES = ("manager", "facilitator", "village_head", "official", "volunteer", "other", NOT_STATED)
SEXES = ("female", "male", NOT_STATED)
NAMED_AT_MOST = 2
"""Groups that a title names: of more, naming some would look like a ranking."""


def origins(facts: Facts, people: People) -> Slide | None:
    """Make the map of where people came from, or what may be said without it; None where nothing may."""
    province = facts.register.province.code
    names = {area.code: area.name for area in facts.register.regencies()}
    found = people.cells("regency", [*names, province])
    if found is None:
        return None
    off_map = {province: t("closing.origins.province"), NOT_STATED: t("closing.not_stated")}
    came = [code for code in names if code in found.counts]
    shown = {names[code]: n for code, n in found.shown.items() if code in names}
    everyone = listed(tuple(names[code] for code in came))
    parts = {"count": number(len(came)), "of": number(len(names))}
    title = t("closing.origins.everywhere" if len(came) == len(names) else "closing.origins.from", **parts)
    subtitle = t("closing.origins.subtitle", total=number(found.total))
    elsewhere = [_count(off_map[code], n) for code, n in found.shown.items() if code in off_map]
    say = (t("closing.origins.say", names=everyone, total=number(found.total)),)
    if not shown:
        hidden = (t("closing.origins.all_hidden"),) if found.hidden else ()
        return Slide(
            id="origins",
            title=title,
            subtitle=subtitle,
            points=(t("closing.origins.names", names=everyone), *elsewhere) if came else tuple(elsewhere),
            caveats=hidden,
            narrative=(*say, *hidden) if came else hidden,
        )
    rest = [t("closing.origins.rest", count=number(len(found.hidden)), n=number(found.rest))]
    notes = [*(rest if found.hidden else []), *(f"{line}." for line in elsewhere)]
    return Slide(
        id="origins",
        title=_title("origins", shown, found.total) if len(shown) <= NAMED_AT_MOST else title,
        subtitle=subtitle,
        figures=_figures(
            "origins", names, {c: n for c, n in found.shown.items() if c in names}, found, people
        ),
        plot=_map(names, found, subtitle),
        caveats=(" ".join(notes),) if notes else (),
        narrative=(*say, t("closing.origins.say_shown", said=_said(shown)), *notes),
    )


def _map(names: Mapping[str, str], found: Cells, subtitle: str) -> Plot:
    """Nobody from an area is a true zero only where the area of everybody is known."""
    nobody = None if NOT_STATED in found.counts else 0
    counts = {name: found.counts.get(code, nobody) for code, name in names.items()}
    hidden = [names[code] for code in found.hidden if code in names]
    return words.count_plot(
        counts,
        kind="map",
        subtitle=subtitle,
        missing={
            name: words.hidden() if name in hidden else t("closing.origins.none_known") for name in counts
        },
        codes=tuple(names),
    )


def roles(people: People) -> Slide | None:
    """Make the bars of the roles people came in; None where no role may be shown or none is known."""
    if (people.rows["role"] == NOT_STATED).all():
        return None
    found = people.cells("role", ROLES)
    if found is None or not found.shown:
        return None
    names = {code: term("role", code) for code in found.counts}
    shown = {names[code]: n for code, n in found.shown.items()}
    rest = t("closing.roles.rest", count=number(len(found.hidden)), n=number(found.rest))
    notes = (rest,) if found.hidden else ()
    subtitle = t("closing.roles.subtitle", total=number(found.total))
    return Slide(
        id="roles",
        title=_title("roles", shown, found.total)
        if len(shown) <= NAMED_AT_MOST
        else t("closing.roles.several", count=number(len(found.counts))),
        subtitle=subtitle,
        figures=_figures("roles", names, found.shown, found, people),
        plot=words.count_plot({name: found.counts[code] for code, name in names.items()}, subtitle=subtitle),
        caveats=notes,
        narrative=(t("closing.roles.say", said=_said(shown), total=number(found.total)), *notes),
    )


def sexes(people: People) -> Slide | None:
    """Make the slide of women and men; None where any of it may not be shown, or nothing is known."""
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
        figures=tuple(_figure("sex", code, names[code], n, found, people) for code, n in found.shown.items()),
        narrative=(t("closing.sex.say", said=said, total=number(found.total)),),
    )


def _title(slide: str, shown: Mapping[str, int], total: int) -> str:
    """Name the one or two groups that may be shown; nobody is called first or last."""
    if len(shown) == 1:
        ((name, n),) = shown.items()
        return t(f"closing.{slide}.title_one", name=name, n=number(n), total=number(total))
    return t(f"closing.{slide}.title", said=_said(shown), total=number(total))


def _said(shown: Mapping[str, int]) -> str:
    return listed(tuple(_count(name, n) for name, n in shown.items()))


def _count(name: str, n: int) -> str:
    return t("closing.count", name=name, n=number(n))


def _figures(
    slide: str, names: Mapping[str, str], shown: Mapping[str, int], found: Cells, people: People
) -> tuple[Figure, ...]:
    """The groups that the title names; where it names none, how many there are."""
    if len(shown) <= NAMED_AT_MOST:
        return tuple(_figure(slide, code, names[code], n, found, people) for code, n in shown.items())
    groups = sum(1 for code in names if code in found.counts)
    return (
        Figure(
            id=f"{slide}.groups",
            label=t(f"closing.{slide}.groups"),
            value=float(groups),
            shown=number(groups),
            context=t("closing.of_people", total=number(found.total)),
            rule=t(f"closing.{slide}.groups_rule"),
            basis=(people.basis,),
        ),
    )


def _figure(slide: str, code: str, name: str, n: int, found: Cells, people: People) -> Figure:
    return Figure(
        id=f"{slide}.{code}",
        label=name,
        value=float(n),
        shown=number(n),
        context=t("closing.of_people", total=number(found.total)),
        rule=t(f"closing.{slide}.rule"),
        basis=(people.basis,),
    )
