"""What this run has shown, kept so that the whole page can be downloaded; nothing is computed until it is."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field

from literasi.export.page import Cards, Part, Table, Words
from literasi.ui.safe import unescaped


@dataclass(slots=True)
class Shown:
    """A page as far as it has been shown.

    Attributes
    ----------
    title, question : str
    choices : dict of str to str
        Filters by their label.
    parts : list of Part
    has_people : bool
        Whether counts of people stand on it.
    has_tables : bool
        Whether tables may be kept.
    """

    title: str = ""
    question: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    has_people: bool = True
    has_tables: bool = True


_page: ContextVar[Shown | None] = ContextVar("shown", default=None)


def begin(*, has_people: bool) -> None:
    """Say that a page begins, and whether counts of people stand on it."""
    _page.set(Shown(has_people=has_people))


def has_people() -> bool:
    """Whether counts of people may stand on this page; outside a page nobody can tell."""
    page = _page.get()
    return page is None or page.has_people


def end() -> Shown:
    """Give what has been shown since the page began; what comes after it does not belong to it."""
    page = _page.get() or Shown()
    _page.set(None)
    return page


def title(title: str, question: str) -> None:
    """Keep what the page is called and the question that it answers."""
    if (page := _page.get()) is not None:
        page.title, page.question = title, question


def choice(label: str, value: str) -> None:
    """Keep a filter and what it is set to."""
    if (page := _page.get()) is not None:
        page.choices[label] = value


def without_tables() -> None:
    """Keep no tables of this page: rows of a file that is being examined may still hold names."""
    if (page := _page.get()) is not None:
        page.has_tables = False


def part(part: Part) -> None:
    """Keep something that was shown; cards that follow cards stand beside them."""
    page = _page.get()
    if page is None or (isinstance(part, Table) and not page.has_tables):
        return
    if isinstance(part, Cards) and page.parts and isinstance(last := page.parts[-1], Cards):
        page.parts[-1] = Cards(last.items + part.items)
    else:
        page.parts.append(part)


def words(*lines: str, title: str = "") -> None:
    """Keep sentences that were shown as Markdown; empty ones are left out."""
    if said := tuple(plain for plain in map(unescaped, lines) if plain):
        part(Words(unescaped(title), said))
