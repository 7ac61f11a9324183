"""What columns, sheets and values are called in the files of offices: read from ``aliases.toml``."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from literasi.intake.forms import FORMS, Field, label_keys
from literasi.text import LANGUAGES, catalogue

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORDS = re.compile(r"[^0-9a-z%²]+")
_NUMBERED = re.compile(r"^\d{1,2}\s*[.)]\s*(?=\D)")
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_OVER = " – "
"""Between the upper and the lower half of a heading in two rows."""
# Ways to write one word, so that each heading need be listed once.
_WORDS = {
    "jml": "jumlah",
    "jlh": "jumlah",
    "jmlh": "jumlah",
    "tgl": "tanggal",
    "tggl": "tanggal",
    "thn": "tahun",
    "th": "tahun",
    "bln": "bulan",
    "perpus": "perpustakaan",
    "perpust": "perpustakaan",
    "kab": "kabupaten",
    "kec": "kecamatan",
    "kel": "kelurahan",
    "prov": "provinsi",
    "propinsi": "provinsi",
    "ds": "desa",
    "pr": "perempuan",
    "lk": "laki",
    "wanita": "perempuan",
    "pria": "laki",
    "lakilaki": "laki",
    "hp": "hp",
    "handphone": "hp",
    "nomor": "no",
    "nomer": "no",
    "number": "no",
    "ket": "keterangan",
}


def heading_key(heading: str) -> str:
    """Words of a heading in small letters, common abbreviations written out, signs removed.

    >>> heading_key("Jml. Pengunjung (L)")
    'jumlah pengunjung l'
    >>> heading_key("2) kabupaten_name")
    'kabupaten name'
    """
    plain = unicodedata.normalize("NFKC", heading).strip()
    if " " not in plain:
        plain = _CAMEL.sub(" ", plain)
    plain = _NUMBERED.sub("", plain).lower()
    words = [_WORDS.get(word, word) for word in _NOT_WORDS.sub(" ", plain).split()]
    return " ".join(word for i, word in enumerate(words) if i == 0 or word != words[i - 1])


def heading_keys(heading: str) -> tuple[str, ...]:
    """Keys under which a heading is looked up, the fullest first.

    Without what stands in brackets; and of a heading in two rows, its lower part alone.
    """
    lower = heading.rsplit(_OVER, 1)[-1]
    keys = [
        heading_key(text) for text in (heading, _BRACKETS.sub(" ", heading), lower, _BRACKETS.sub(" ", lower))
    ]
    return tuple(dict.fromkeys(key for key in keys if key))


def tells_other_figures(heading: str, form: str, field: str) -> bool:
    """Whether the upper half of a heading says that its figures are of something else than a field.

    >>> tells_other_figures("Peminjaman buku – Jumlah", "visits", "total")
    True
    >>> tells_other_figures("Jenis kelamin – L", "visits", "male")
    False
    """
    upper, _, lower = heading.rpartition(_OVER)
    if not upper or heading_key(heading) == heading_key(lower):
        return False
    return not set(heading_key(_BRACKETS.sub(" ", upper)).split()) <= _words_of(form, field)


@cache
def _words_of(form: str, field: str) -> frozenset[str]:
    """Words with which the headings of a field are made, and those that say nothing about figures."""
    keys = [key for key, names in fields(form).items() if field in names]
    return frozenset(_listed()["upper"]["words"]).union(*(key.split() for key in keys))


@cache
def _listed() -> Mapping[str, Any]:
    with (Path(__file__).parent / "aliases.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def fields(form: str) -> Mapping[str, tuple[str, ...]]:
    """Give the fields that a heading may mean in a form, the likeliest first.

    Parameters
    ----------
    form : str
        A name in `FORMS`.

    Returns
    -------
    mapping of str to tuple of str
        `heading_key` to field names. What the form itself says comes before what is said for all forms.
    """
    found: dict[str, list[str]] = {}
    own, common = _listed()["form"].get(form, {}), _listed()["common"]
    for listed in (_own_labels(form), own, common):
        for name, headings in listed.items():
            if name in FORMS[form].names:
                for heading in headings:
                    known = found.setdefault(heading_key(heading), [])
                    if name not in known:
                        known.append(name)
    return {key: tuple(names) for key, names in found.items()}


def _own_labels(form: str) -> Mapping[str, tuple[str, ...]]:
    """Headings of our own templates in both languages, and the names in code."""
    labels: dict[str, tuple[str, ...]] = {}
    for one in FORMS[form].fields:
        keys = label_keys(form, one.name)
        written = [
            next((texts[key] for key in keys if key in texts), one.name)
            for texts in (catalogue(language) for language in LANGUAGES)
        ]
        labels[one.name] = (*written, one.name)
    return labels


def seen(form: str) -> frozenset[str]:
    """Give headings, as `heading_key`, that are no field of a form but tell it from others."""
    return frozenset(heading_key(heading) for heading in _listed()["form"].get(form, {}).get("_seen", ()))


@cache
def sheet_names() -> Mapping[str, str]:
    """Give the form that a sheet or file of that name (as `heading_key`) is likely to hold."""
    return {heading_key(name): form for form, names in _listed()["sheet"].items() for name in names}


@cache
def personal() -> Mapping[str, tuple[str, ...]]:
    """Give the headings, as `heading_key`, of each kind of personal datum."""
    return {kind: tuple(heading_key(name) for name in names) for kind, names in _listed()["personal"].items()}


@cache
def not_personal() -> frozenset[str]:
    """Give words that make a heading one about something other than a person."""
    return frozenset(_listed()["not_personal"]["words"])


def choice_key(written: str) -> str:
    """Letters and digits of a written choice in small letters; signs that tell codes apart are kept.

    >>> choice_key("Desa/Kelurahan") == choice_key("desa kelurahan")
    True
    """
    plain = unicodedata.normalize("NFKC", written).casefold()
    return "".join(sign for sign in plain if sign.isalnum() or sign in "<>")


def choices(one: Field) -> Mapping[str, str]:
    """Give the code of each way to write a choice of a field: codes, labels in both languages, synonyms.

    Returns
    -------
    mapping of str to str
        `choice_key` to code.
    """
    found: dict[str, str] = {}
    synonyms = _listed()["value"].get(one.labels.replace(".", "_"), {})
    for code in one.choices:
        labels = [catalogue(language).get(f"{one.labels}.{code}", code) for language in LANGUAGES]
        for written in (code, *labels, *synonyms.get(code, ())):
            found.setdefault(choice_key(written), code)
    return found
