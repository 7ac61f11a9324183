"""Which area, library or event is meant by what somebody wrote. What is not certain is asked, never guessed.

Everything here works on one distinct writing at a time: a name that stands in a thousand rows is looked up,
and asked about, once. Sources: ``shared/domain/methodology.md`` section 7.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd
from rapidfuzz import fuzz

from literasi.domain.areas import AreaRegister, Match, name_key
from literasi.intake.findings import NEW, Option
from literasi.text import t

ALIKE = 80.0
"""Similarity (0 to 100) from which a name may be a misspelling: it is asked about, else it is unknown."""
OPTIONS = 60
"""Most options of one question; the most similar come first."""

Level = Literal["regency", "district", "village"]
Kind = Literal["area", "library", "event"]

_PLACE = ("DESA", "KELURAHAN", "KEL", "DS")
_COMMUNITY = (
    ("TAMAN", "BACAAN", "MASYARAKAT"),
    ("TAMAN", "BACA", "MASYARAKAT"),
    ("TAMAN", "BACAAN"),
    ("TAMAN", "BACA"),
    ("RUMAH", "BACA"),
    ("PONDOK", "BACA"),
    ("POJOK", "BACA"),
    ("TBM",),
)
_VILLAGE = (("PERPUSDES",), ("PERPUSKEL",))
_LIBRARY = (("PERPUSTAKAAN",), ("PERPUS",))
_NUMBERED = re.compile(r"L-([\d.]+)-(\d{1,9})")
_WORDS = re.compile(r"[^0-9A-Z]+")
_TOTAL = re.compile(r"(?:(?:sub|grand)[\s-]*)?(?:total|jumlah)\b|rata\s*-?\s*rata\b", re.IGNORECASE)
_DIGITS = re.compile(r"[1-9]\d*")
_SHORTEST_PART = 6


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked about one writing: becomes a `Question` when its places are known."""

    id: str
    kind: Kind
    written: str
    params: Mapping[str, object]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """What a writing was read as: a code, or why not, or what is asked.

    Attributes
    ----------
    code : str
        "" unless it is certain.
    rule, params, field
        Of the fault, and the field at which it is told.
    ask : Ask, optional
    """

    code: str = ""
    rule: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    field: str = ""
    ask: Ask | None = None


@dataclass(frozen=True, slots=True)
class Spelling:
    """What the operator has answered, to be remembered: a row of the table `spellings`."""

    kind: Kind
    within: str
    written: str
    code: str


class Memory:
    """Writings whose meaning is known: remembered from earlier files, or answered for this one.

    Parameters
    ----------
    spellings : DataFrame
        Current rows of `spellings`.
    answers : mapping of str to str
        Question id to code.
    """

    def __init__(self, spellings: pd.DataFrame, answers: Mapping[str, str]) -> None:
        self._remembered = {
            (kind, within, written): code
            for kind, within, written, code in spellings[["kind", "within", "written", "code"]].itertuples(
                index=False
            )
        }
        self._answers = answers
        self._new: dict[tuple[str, str, str], Spelling] = {}

    def recall(self, kind: Kind, within: str, written: str, *, question: str = "") -> str:
        """Give the code that was answered or remembered; `NEW` may be an answer; "" if there is none."""
        answered = self.answer(question or question_id(kind, within, written))
        if answered and answered != NEW:
            self._new[kind, within, written] = Spelling(kind, within, written, answered)
        return answered or self._remembered.get((kind, within, written), "")

    def answer(self, question: str) -> str:
        """Give the answer to a question; "" if there is none yet."""
        return self._answers.get(question, "")

    def learnt(self) -> tuple[Spelling, ...]:
        """Give the answers that were used, to be remembered."""
        return tuple(self._new.values())


def question_id(kind: str, *parts: str) -> str:
    """Give the id of a question: the same whenever the same is asked."""
    return "|".join((kind, *(part for part in parts if part)))


def written_key(text: str) -> str:
    """Give what a name is compared by; of a name without Latin letters and digits, its own small letters."""
    return name_key(text) or " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class Areas:
    """Finds areas: regency, then district, then village, each within the one before.

    Parameters
    ----------
    register : AreaRegister
    memory : Memory
    """

    def __init__(self, register: AreaRegister, memory: Memory) -> None:
        self._register = register
        self._memory = memory

    def find(self, parts: Mapping[Level, tuple[str, str]]) -> Matched:
        """Find the area that several cells of one row name together.

        Parameters
        ----------
        parts : mapping of {"regency", "district", "village"} to (str, str)
            Field name and text, of those that are given; names or codes.

        Returns
        -------
        Matched
            The code of the innermost area that is given; none and no fault where nothing is given.
        """
        code = ""
        levels: tuple[Level, ...] = ("regency", "district", "village")
        for level in levels:
            name, text = parts.get(level, ("", ""))
            if not text:
                continue
            found = self._part(level, text, code or self._register.province.code)
            if not found.code:
                return Matched(rule=found.rule, params=found.params, field=name, ask=found.ask)
            code = found.code
        return Matched(code)

    def _part(self, level: Level, text: str, within: str) -> Matched:
        written = written_key(text)
        if level == "regency":
            # The province itself may stand here; and a full code of something inside a regency.
            match = self._register.match(text)
        else:
            match = self._register.match(text, level=level, within=within)
        recalled = self._memory.recall("area", within, written)
        if match.code is None and recalled in self._register:
            return Matched(recalled)
        if match.code is None:
            return self._unmatched(level, text, within, written, match)
        if level == "regency" and not self._register.descends(match.code, self._register.province.code):
            return _area_fault(text, Match(None, "refused", (), "area.reason.unknown_name", {"text": text}))
        return Matched(match.code)

    def _unmatched(self, level: Level, text: str, within: str, written: str, match: Match) -> Matched:
        elsewhere = self._elsewhere(level, text, within)
        if elsewhere is not None:
            return elsewhere
        options = self._options(level, written, within, match)
        if not options:
            return _area_fault(text, match)
        inside = self._register.name(within)
        ask = Ask(
            question_id("area", within, written), "area", text, {"within": inside, "level": level}, options
        )
        return Matched(ask=ask)

    def _elsewhere(self, level: Level, text: str, within: str) -> Matched | None:
        """Where a village stands in another district of the same regency, one of the two is wrong."""
        regency = self._register.regency_of(within)
        if level != "village" or regency is None or regency.code == within:
            return None
        other = self._register.match(text, level=level, within=regency.code)
        if other.code is None:
            return None
        district = self._register.get(self._register.get(other.code).parent_code).name
        params = {"text": text, "stated": self._register.name(within), "found": district}
        return Matched(rule="other_district", params=params)

    def _options(self, level: Level, written: str, within: str, match: Match) -> tuple[Option, ...]:
        if match.status == "refused":
            return ()
        if match.status == "ambiguous":
            return tuple(self._option(code) for code in match.candidates)
        inside = self._register.children(within, level)
        scored = [(fuzz.ratio(written, name_key(area.name)), area.code) for area in inside]
        if max((score for score, _ in scored), default=0.0) < ALIKE:
            return ()
        ordered = sorted(scored, key=lambda pair: (-pair[0], pair[1]))
        return tuple(self._option(code) for _, code in ordered[:OPTIONS])

    def _option(self, code: str) -> Option:
        names = [area.name for area in (self._register.get(code), *self._register.ancestors(code)[:2])]
        return Option(code, ", ".join(names))


def _area_fault(text: str, match: Match) -> Matched:
    reason = t(match.reason, **match.params) if match.reason else ""
    return Matched(rule="unknown_area", params={"text": text, "reason": reason})


@dataclass(frozen=True, slots=True)
class Library:
    """One library that a name may mean.

    Attributes
    ----------
    id, name, kind, area_code : str
    key : str
        Name as it is compared.
    core : str
        The same without words that only say that it is a library, and where.
    """

    id: str
    name: str
    kind: str
    area_code: str
    key: str
    core: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What a listed library may be: `certain` is the id of the one that it is, `alike` those to ask about."""

    certain: str = ""
    alike: tuple[str, ...] = ()


class Libraries:
    """Finds libraries, within one village wherever a village is given, and proposes those that are new.

    Parameters
    ----------
    current : DataFrame
        Current rows of `libraries`.
    register : AreaRegister
    memory : Memory
    """

    def __init__(self, current: pd.DataFrame, register: AreaRegister, memory: Memory) -> None:
        self._register = register
        self._memory = memory
        self._by_id: dict[str, Library] = {}
        self._by_area: dict[str, list[Library]] = defaultdict(list)
        self._last_number: dict[str, int] = defaultdict(int)
        self.proposed: list[Library] = []
        columns = ["library_id", "name", "kind", "area_code"]
        for library_id, name, kind, area_code in current[columns].itertuples(index=False):
            self._take(self._library(library_id, name, kind, area_code))

    def __contains__(self, library_id: object) -> bool:
        return library_id in self._by_id

    def get(self, library_id: str) -> Library:
        """Give a library, current or proposed."""
        return self._by_id[library_id]

    def of_area(self, area_code: str) -> tuple[Library, ...]:
        """Give the libraries of exactly that area, current and proposed."""
        return tuple(self._by_area[area_code])

    def add(self, name: str, area_code: str, kind: str = "village") -> Library:
        """Add a library that the register does not have, under the next free id of its area."""
        library_id = f"L-{area_code}-{self._last_number[area_code] + 1}"
        library = self._library(library_id, " ".join(name.split()), kind, area_code)
        self._take(library)
        return library

    def find(self, text: str, area_code: str, *, field: str, may_propose: bool = True) -> Matched:
        """Find the library of a name (or id) in an area.

        Parameters
        ----------
        text : str
            Not empty.
        area_code : str
            Of its village; of its regency, where no village is given; "" where nothing is.
        field : str
            Field of the form, for a fault.
        may_propose : bool
            Whether the text is a library's name for sure. In a list of people it may be any institution,
            and is asked about unless it says what it is.

        Returns
        -------
        Matched
            A village that has no library gets one of that name (it is in `proposed`). A village that has
            libraries of other names is asked about, and so is a name that several libraries have.
        """
        scope = area_code or self._register.province.code
        if _TOTAL.match(text):
            return Matched(rule="total_as_library", params={"text": text}, field=field)
        if text in self._by_id:
            library = self._by_id[text]
            if self._register.descends(library.area_code, scope):
                return Matched(text)
            place = self._register.name(library.area_code)
            return Matched(rule="library_elsewhere", params={"text": text, "place": place}, field=field)
        is_village = self._register.get(scope).level == "village"
        around = self.of_area(scope) if is_village else self._inside(scope)
        certain = self._equal(text, scope, around, is_whole_name_needed=not area_code)
        if len(certain) == 1:
            return Matched(certain[0].id)
        written = written_key(text)
        recalled = self._memory.recall("library", scope, written)
        if recalled in self._by_id:
            return Matched(recalled)
        is_library = may_propose or _says_library(text)
        if is_village and (recalled == NEW or (is_library and not around)):
            library = self.add(text, scope, _stated_kind(text) or "village")
            self.proposed.append(library)
            return Matched(library.id)
        options = self._options(text, scope, certain or around, is_village)
        if not options:
            name = self._register.name(scope)
            return Matched(rule="unknown_library", params={"text": text, "within": name}, field=field)
        params = {"within": self._register.name(scope)}
        return Matched(ask=Ask(question_id("library", scope, written), "library", text, params, options))

    def listed(self, name: str, area_code: str) -> Listed:
        """Compare the name of a library in a list of libraries with those of its area."""
        around = self.of_area(area_code)
        equal = self._equal(name, area_code, around, is_whole_name_needed=False)
        if len(equal) == 1:
            return Listed(certain=equal[0].id)
        core = self._core(name, area_code)
        place = name_key(self._register.name(area_code))
        alike = equal or [library for library in around if _alike(core, library.core, place)]
        return Listed(alike=tuple(library.id for library in alike))

    def label(self, library_id: str) -> str:
        """Give a library's name with that of its area."""
        library = self._by_id[library_id]
        return f"{library.name} ({self._register.name(library.area_code)})"

    def _library(self, library_id: str, name: str, kind: str, area_code: str) -> Library:
        return Library(library_id, name, kind, area_code, written_key(name), self._core(name, area_code))

    def _take(self, library: Library) -> None:
        self._by_id[library.id] = library
        self._by_area[library.area_code].append(library)
        numbered = _NUMBERED.fullmatch(library.id)
        if numbered:
            area_code, number = numbered[1], int(numbered[2])
            self._last_number[area_code] = max(self._last_number[area_code], number)

    def _inside(self, scope: str) -> tuple[Library, ...]:
        return tuple(
            library for library in self._by_id.values() if self._register.descends(library.area_code, scope)
        )

    def _equal(
        self, text: str, scope: str, around: Iterable[Library], *, is_whole_name_needed: bool
    ) -> tuple[Library, ...]:
        around = tuple(around)
        key = written_key(text)
        whole = tuple(library for library in around if library.key == key)
        if whole or is_whole_name_needed:
            return whole
        kind, core = _stated_kind(text), self._core(text, scope)
        return tuple(library for library in around if library.core == core and not _clash(kind, library.kind))

    def _options(
        self, text: str, scope: str, among: Iterable[Library], is_village: bool
    ) -> tuple[Option, ...]:
        core = self._core(text, scope)
        scored = sorted((-fuzz.ratio(core, library.core), library.id) for library in among)
        if not is_village and (not scored or -scored[0][0] < ALIKE):
            return ()
        options = [Option(library_id, self.label(library_id)) for _, library_id in scored[:OPTIONS]]
        new = [Option(NEW, t("intake.question.new_library"))] if is_village else []
        return (*options, *new)

    def _core(self, name: str, area_code: str) -> str:
        """What is left of a name without words for its kind and without its village, else the village."""
        words, _ = _stripped(name)
        area = self._register.get(area_code)
        place = name_key(area.name)
        core = name_key(" ".join(words))
        for ending in (*(word + place for word in _PLACE), place):
            if core.endswith(ending) and core != ending:
                core = core[: -len(ending)]
                break
        return core or (place if area.level == "village" else "") or written_key(name)


class Events:
    """Finds events by id or name.

    Parameters
    ----------
    current : DataFrame
        Current rows of `events`.
    memory : Memory
    """

    def __init__(self, current: pd.DataFrame, memory: Memory) -> None:
        self._memory = memory
        self._names: dict[str, str] = {}
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for event_id, name in current[["event_id", "name"]].itertuples(index=False):
            self.add(event_id, name)

    def add(self, event_id: str, name: str) -> None:
        """Take an event that this same file brings."""
        if event_id not in self._names:
            self._by_key[written_key(name)].append(event_id)
        self._names[event_id] = name

    def find(self, text: str, *, field: str) -> Matched:
        """Find the event of an id or name; one that is not certain is asked about."""
        if text in self._names:
            return Matched(text)
        written = written_key(text)
        same = self._by_key.get(written, [])
        if len(same) == 1:
            return Matched(same[0])
        recalled = self._memory.recall("event", "", written)
        if recalled in self._names:
            return Matched(recalled)
        among = same or list(self._names)
        scored = sorted((-fuzz.token_set_ratio(written, written_key(self._names[i])), i) for i in among)
        if not scored:
            return Matched(rule="unknown_event", params={"text": text}, field=field)
        options = tuple(Option(i, self._names[i]) for _, i in scored[:OPTIONS])
        return Matched(ask=Ask(question_id("event", written), "event", text, {}, options))


def _stripped(name: str) -> tuple[list[str], str]:
    """Give the words of a library's name without those for its kind, and the kind that they state."""
    words = [_spelled(word) for word in _WORDS.split(unicodedata.normalize("NFKC", name).upper()) if word]
    kind = ""
    is_first = True
    while is_first:
        is_first = False
        for phrases, stated in ((_COMMUNITY, "community"), (_VILLAGE, "village"), (_LIBRARY, "")):
            for phrase in phrases:
                if tuple(words[: len(phrase)]) == phrase:
                    words = words[len(phrase) :]
                    kind = kind or stated
                    is_first = True
                    break
    if words and words[0] in _PLACE:
        words = words[1:]
        kind = kind or "village"
    return words, kind


def _spelled(word: str) -> str:
    """Give the word that half of all names begin with as it should be written: “Perpustakan”."""
    is_it = len(word) >= 9 and fuzz.ratio(word, "PERPUSTAKAAN", score_cutoff=88)
    return "PERPUSTAKAAN" if is_it else word


def _alike(one: str, other: str, place: str) -> bool:
    """Whether two cores may be one name; those that differ in a number are two: “SDN 1”, “SDN 2”.

    One may also be a part of the other, unless it is the place that they share.
    """
    if fuzz.ratio(one, other, score_cutoff=ALIKE):
        return _DIGITS.findall(one) == _DIGITS.findall(other)
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_PART and short != place and short in long


def _says_library(name: str) -> bool:
    key = name_key(name)
    return any(word in key for word in ("PERPUS", "PUSTAKA", "BACA", "TBM"))


def _stated_kind(name: str) -> str:
    return _stripped(name)[1]


def _clash(kind: str, other: str) -> bool:
    """Whether one is a community's library and the other a village's."""
    return {kind, other} == {"community", "village"}
