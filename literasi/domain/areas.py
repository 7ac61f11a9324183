"""Areas of the register: hierarchy, codes of two systems, and matching of written names.

``area_code`` is the code of the ministry of home affairs (Kemendagri), dotted. The statistics office
(BPS) writes codes without dots, and 2101 and 2102 mean the opposite regency there: a bare number that
the two systems read differently is refused unless the caller says whose it is.

Names are compared by `name_key`, which removes only differences of writing that were seen in real
files. Nothing here is fuzzy. Sources: ``shared/domain/methodology.md`` section 7.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from literasi.domain.levels import Level
from literasi.errors import DefinitionError, LiterasiError

System = Literal["kemendagri", "bps"]
Status = Literal["exact", "alias", "ambiguous", "refused", "none"]

_DOTTED = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
_WORDS = re.compile(r"[^0-9A-Z]+")
_ABBREVIATIONS = {
    "KEP": "KEPULAUAN",
    "SEI": "SUNGAI",
    "TG": "TANJUNG",
    "TJ": "TANJUNG",
    "TJG": "TANJUNG",
}
# What may stand before a name, by the kind it states. Longer words first: KABUPATEN before KAB.
_PREFIXES: dict[str, str] = {
    "PROVINSI": "provinsi",
    "PROPINSI": "provinsi",
    "PROV": "provinsi",
    "KABUPATEN": "kabupaten",
    "KAB": "kabupaten",
    "KOTAMADYA": "kota",
    "KOTA": "kota",
    "KECAMATAN": "kecamatan",
    "KEC": "kecamatan",
    "KELURAHAN": "kelurahan",
    "KEL": "kelurahan",
    "DESA": "desa",
}
# The province was cut out of this one, and its name lives on in the new name: it must never match.
_MOTHER_PROVINCE = "RIAU"
_NAMED_WITHOUT_PARENT: frozenset[Level] = frozenset({"nation", "province", "regency"})


class UnknownAreaError(LiterasiError):
    """A code that the register does not have."""

    def __init__(self, code: str) -> None:
        super().__init__("area.error.unknown", code=code)


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the register; `latitude` and `longitude` are where its label stands, or None."""

    code: str
    level: Level
    kind: str
    name: str
    bps_code: str
    parent_code: str
    aliases: tuple[str, ...]
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Match:
    """What a written name or code was read as.

    `code` is set only for status ``exact`` and ``alias``. `reason` is a key of the text catalogue with
    `params` for its placeholders, None for a match. `candidates` are in code order.
    """

    code: str | None
    status: Status
    candidates: tuple[str, ...] = ()
    reason: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One key an area is known by; `former` marks a name that now belongs to another area."""

    code: str
    is_alias: bool
    former: bool = False


def name_key(text: str) -> str:
    r"""Letters and digits of a name in capitals, abbreviations written out, all else removed.

    >>> name_key("Kota  B A T A M") == name_key("KOTA BATAM")
    True
    >>> name_key("Tg. Pinang\r")
    'TANJUNGPINANG'
    """
    capitals = unicodedata.normalize("NFKC", text).upper()
    words = _WORDS.split(capitals)
    return "".join(_ABBREVIATIONS.get(word, word) for word in words)


def _readings(key: str) -> list[tuple[str | None, str]]:
    """The key as it stands, then without a leading word that states a kind."""
    stated = [(kind, key[len(word) :]) for word, kind in _PREFIXES.items() if key.startswith(word)]
    return [(None, key), *((kind, rest) for kind, rest in stated if rest)]


class AreaRegister:
    """The areas of the province and the nation, looked up by code and matched by writing.

    Built with `from_frame`; read-only.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        self._areas = {area.code: area for area in sorted(areas, key=lambda area: area.code)}
        self._children: dict[str, list[str]] = defaultdict(list)
        self._by_bps: dict[str, str] = {}
        self._by_digits: dict[str, str] = {}
        self._spellings: dict[str, list[_Spelling]] = defaultdict(list)
        for area in self._areas.values():
            if area.parent_code:
                if area.parent_code not in self._areas:
                    raise DefinitionError("area.error.unknown", code=area.parent_code)
                self._children[area.parent_code].append(area.code)
            if area.bps_code:
                self._by_bps[area.bps_code] = area.code
            self._by_digits[area.code.replace(".", "")] = area.code
        for area in self._areas.values():
            self._spell(area)

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> AreaRegister:
        """Build from the rows of ``data/areas/areas.csv``.

        Parameters
        ----------
        frame : DataFrame
            ``area_code``, ``level``, ``kind``, ``name``, ``bps_code``, ``parent_code``, ``aliases``
            (separated by ``|``), all text; ``latitude``, ``longitude`` in degrees. Empty or missing
            means not known.

        Raises
        ------
        DefinitionError
            If a parent is not in the frame, or an area code occurs twice.
        """
        twice = frame.loc[frame["area_code"].duplicated(), "area_code"]
        if not twice.empty:
            raise DefinitionError("area.error.twice", code=str(twice.iloc[0]))
        text = frame.astype("object").where(frame.notna(), "")
        return cls(
            Area(
                code=row["area_code"],
                level=row["level"],
                kind=row["kind"],
                name=row["name"],
                bps_code=row["bps_code"],
                parent_code=row["parent_code"],
                aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
                latitude=None if row["latitude"] == "" else float(row["latitude"]),
                longitude=None if row["longitude"] == "" else float(row["longitude"]),
            )
            for row in text.to_dict("records")
        )

    def get(self, code: str) -> Area:
        """The area of a Kemendagri code.

        Raises
        ------
        UnknownAreaError
            If the register has no such code.
        """
        try:
            return self._areas[code]
        except KeyError:
            raise UnknownAreaError(code) from None

    def __contains__(self, code: object) -> bool:
        return code in self._areas

    def name(self, code: str) -> str:
        """Name of an area, without the word for its kind."""
        return self.get(code).name

    def children(self, code: str, level: Level | None = None) -> tuple[Area, ...]:
        """Areas inside `code` in code order: those directly below it, or all of `level`."""
        below = [self._areas[child] for child in self._children.get(self.get(code).code, ())]
        if level is None:
            return tuple(below)
        found: list[Area] = []
        for area in below:
            found.extend([area] if area.level == level else self.children(area.code, level))
        return tuple(found)

    def ancestors(self, code: str) -> tuple[Area, ...]:
        """Areas that `code` lies in, nearest first, without itself."""
        parent = self.get(code).parent_code
        return () if not parent else (self.get(parent), *self.ancestors(parent))

    def regency_of(self, code: str) -> Area | None:
        """The regency or city that `code` is or lies in; None for the province and the nation."""
        chain = (self.get(code), *self.ancestors(code))
        return next((area for area in chain if area.level == "regency"), None)

    @property
    def province(self) -> Area:
        """The one province of the register."""
        return next(area for area in self._areas.values() if area.level == "province")

    def regencies(self) -> tuple[Area, ...]:
        """Regencies and cities in code order, the one order used everywhere."""
        return self.children(self.province.code, "regency")

    def descends(self, code: str, ancestor: str) -> bool:
        """Whether `code` is `ancestor` or lies in it."""
        return self.get(ancestor).code in {code, *(area.code for area in self.ancestors(code))}

    def by_bps(self, code: str) -> Area | None:
        """The area that the statistics office gives this code; None if the register does not know it."""
        found = self._by_bps.get(code)
        return None if found is None else self._areas[found]

    def match(
        self,
        text: str,
        *,
        level: Level | None = None,
        within: str | None = None,
        system: System | None = None,
    ) -> Match:
        """Read a written code or name as one area, or say why not.

        Parameters
        ----------
        text : str
            A cell as somebody wrote it.
        level : str, optional
            The level it must be of.
        within : str, optional
            Code of the area it must lie in. Districts and villages are matched only with it.
        system : {"kemendagri", "bps"}, optional
            Whose code a bare number is. A dotted code is always Kemendagri's.

        Returns
        -------
        Match
            With a `code` only when exactly one area is meant.

        Raises
        ------
        UnknownAreaError
            If `within` is not in the register.
        """
        if within is not None:
            self.get(within)
        code = _code_in(text)
        if code is None:
            return self._match_name(text, level=level, within=within)
        digits, dotted = code
        found = self._match_code(digits, "kemendagri" if dotted else system)
        return self._fitting(found, text, level=level, within=within)

    def _spell(self, area: Area) -> None:
        self._spellings[name_key(area.name)].append(_Spelling(area.code, is_alias=False))
        for alias in area.aliases:
            for kind, key in _readings(name_key(alias)):
                owners = [s for s in self._spellings.get(key, []) if self._areas[s.code].level == "province"]
                if kind == area.kind and owners:
                    self._spellings[key].append(_Spelling(area.code, is_alias=True, former=True))
                    break
            else:
                self._spellings[name_key(alias)].append(_Spelling(area.code, is_alias=True))

    def _match_code(self, digits: str, system: System | None) -> Match:
        meanings = set()
        if system != "bps":
            meanings.add(self._by_digits.get(digits))
        if system != "kemendagri":
            meanings.add(self._by_bps.get(digits))
        codes = tuple(sorted(code for code in meanings if code is not None))
        if not codes:
            return Match(None, "none", (), "area.reason.unknown_code", {"text": digits})
        if len(codes) > 1:
            return Match(None, "refused", codes, "area.reason.code_clash", self._clash(digits))
        return Match(codes[0], "exact", codes)

    def _clash(self, digits: str) -> dict[str, str]:
        return {
            "text": digits,
            "kemendagri": self.name(self._by_digits[digits]),
            "bps": self.name(self._by_bps[digits]),
        }

    def _match_name(self, text: str, *, level: Level | None, within: str | None) -> Match:
        key = name_key(text)
        shown = {"text": " ".join(text.split())}
        readings = _readings(key)
        if any(rest == _MOTHER_PROVINCE for _, rest in readings):
            return Match(None, "refused", (), "area.reason.riau", shown)
        clash: Match | None = None
        for kind, rest in readings:
            spellings = self._spellings.get(rest, [])
            former = tuple(s.code for s in spellings if s.former)
            if former and (kind == self._areas[former[0]].kind or (kind is None and level == "regency")):
                return Match(
                    None,
                    "refused",
                    former,
                    "area.reason.former_name",
                    {**shown, "name": self.name(former[0])},
                )
            current = [s for s in spellings if not s.former]
            of_kind = [s for s in current if kind is None or self._areas[s.code].kind == kind]
            found = self._among(of_kind, shown, level=level, within=within)
            if found.status != "none":
                return found
            reachable = _codes(s for s in current if self._in_reach(s.code, level=level, within=within))
            if reachable and clash is None:
                clash = Match(None, "refused", reachable, "area.reason.kind_clash", shown)
        return clash or Match(None, "none", (), "area.reason.unknown_name", shown)

    def _among(
        self, spellings: list[_Spelling], shown: dict[str, str], *, level: Level | None, within: str | None
    ) -> Match:
        """Choose among areas of one spelling: those of the level, in the parent, if only one is left."""
        inside = [s for s in spellings if within is None or self._lies_in(s.code, within)]
        if level is not None and inside and not any(self._areas[s.code].level == level for s in inside):
            return Match(None, "refused", _codes(inside), "area.reason.other_level", shown)
        left = [s for s in inside if level is None or self._areas[s.code].level == level]
        if within is None:
            without_parent = [s for s in left if self._areas[s.code].level in _NAMED_WITHOUT_PARENT]
            if left and not without_parent:
                status: Status = "ambiguous" if len(_codes(left)) > 1 else "refused"
                return Match(None, status, _codes(left), "area.reason.parent_needed", shown)
            left = without_parent
        codes = _codes(left)
        if not codes:
            return Match(None, "none", (), "area.reason.unknown_name", shown)
        if len(codes) > 1:
            return Match(None, "ambiguous", codes, "area.reason.several", {**shown, "count": str(len(codes))})
        return Match(codes[0], "alias" if all(s.is_alias for s in left) else "exact", codes)

    def _fitting(self, found: Match, text: str, *, level: Level | None, within: str | None) -> Match:
        """A code that names an area of another level or parent is refused, not matched."""
        if found.code is None:
            return found
        shown = {"text": text.strip()}
        if level is not None and self._areas[found.code].level != level:
            return Match(None, "refused", found.candidates, "area.reason.other_level", shown)
        if within is not None and not self._lies_in(found.code, within):
            return Match(None, "refused", found.candidates, "area.reason.other_parent", shown)
        return found

    def _in_reach(self, code: str, *, level: Level | None, within: str | None) -> bool:
        area = self._areas[code]
        if within is None:
            return area.level in _NAMED_WITHOUT_PARENT and level in (None, area.level)
        return self._lies_in(code, within) and level in (None, area.level)

    def _lies_in(self, code: str, within: str) -> bool:
        return code != within and self.descends(code, within)


def _codes(spellings: Iterable[_Spelling]) -> tuple[str, ...]:
    return tuple(sorted({spelling.code for spelling in spellings}))


def _code_in(text: str) -> tuple[str, bool] | None:
    """Digits of a cell that holds a code, and whether it is properly dotted; None if it holds a name.

    A bare code comes in many dresses: ``2101``, ``'2101``, ``21 01``, ``2101.0``, ``2,101``.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if _DOTTED.fullmatch(plain):
        return plain.replace(".", ""), True
    if any(sign.isalpha() for sign in plain):
        return None
    # A spreadsheet that took the code for a number writes it with a decimal zero.
    whole = re.sub(r"(\d{4,})[.,]0+(?=\D*$)", r"\1", plain)
    digits = "".join(str(unicodedata.decimal(sign)) for sign in whole if sign.isdecimal())
    return (digits, False) if digits else None
