"""A code for a person that stays the same from one event to the next, from which the name cannot be found.

The code is a keyed hash: without the key nobody can try out names. The key is in a file of its own beside
the database, never in it, so a copy of the database says nothing about who somebody is. Who loses the key
loses only the link between old and new rows.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import os
import re
import secrets
import unicodedata
from pathlib import Path

KEY_BYTES = 32
CODE_BYTES = 10

_TITLES_BEFORE = {
    "DR",
    "DRS",
    "DRA",
    "IR",
    "PROF",
    "H",
    "HJ",
    "BPK",
    "BAPAK",
    "IBU",
    "SDR",
    "SDRI",
    "NY",
    "TN",
}
_DEGREES = {
    *(
        "AMD",
        "AMAPUST",
        "AMAPD",
        "SPD",
        "SPDI",
        "SPDSD",
        "SPUST",
        "SIPUST",
        "SPTK",
        "SIP",
        "SAP",
        "SAN",
        "SE",
    ),
    *("SEI", "SH", "SHI", "SHUM", "SSOS", "SSOSI", "SKOM", "SIKOM", "ST", "STP", "SAG", "SS", "SPT", "SP"),
    *(
        "SPI",
        "SKM",
        "SKEP",
        "SPSI",
        "SSI",
        "STRIP",
        "STRSOS",
        "MPD",
        "MPDI",
        "MM",
        "MSI",
        "MH",
        "MKOM",
        "MAP",
    ),
    *("ME", "MHUM", "MA", "MSC", "MT", "MIP", "MIKOM", "MKES", "MSOS"),
}
_WORDS = re.compile(r"[^\w]+")


def key(file: Path, given: str = "") -> bytes:
    """Give the secret key of this install, made once.

    Parameters
    ----------
    file : Path
        Holds the key; made with a new one, readable by its owner alone, if it is not there.
    given : str
        A key from elsewhere (``LITERASI_PSEUDONYM_KEY``); the file is then not looked at.

    Returns
    -------
    bytes
    """
    if given:
        return hashlib.sha256(given.encode()).digest()
    try:
        return _read(file)
    except FileNotFoundError:
        return _make(file)


def _read(file: Path) -> bytes:
    return base64.b64decode(file.read_text(encoding="ascii").strip())


def _make(file: Path) -> bytes:
    file.parent.mkdir(parents=True, exist_ok=True)
    # Written whole under another name and then linked: of two processes, one makes it, both read it.
    draft = file.with_name(f"{file.name}.{os.getpid()}-{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    try:
        draft.write_text(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n", encoding="ascii")
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()
    return _read(file)


def person_key(name: str) -> str:
    """Give a name as it is compared: capitals, without titles, degrees, signs and double spaces.

    >>> person_key("Hj.  Siti Contoh, S.Pd.")
    'SITI CONTOH'
    """
    plain = unicodedata.normalize("NFKC", name).partition(",")[0]
    words = [word for word in plain.split() if not ("." in word and _letters(word) in _DEGREES)]
    parts = [part for part in _WORDS.split(" ".join(words).upper()) if part]
    while len(parts) > 1 and parts[0] in _TITLES_BEFORE:
        parts = parts[1:]
    return " ".join(parts)


def _letters(word: str) -> str:
    return word.replace(".", "").upper()


def pseudonym(name: str, regency: str, key: bytes) -> str:
    """Give the code of a person.

    Parameters
    ----------
    name : str
        As somebody wrote it.
    regency : str
        Code of the regency the person comes from ("" where the file does not say): two people of one name
        in two regencies are two. Not the village, which the lists of two events often give differently.
    key : bytes
        From `key`.

    Returns
    -------
    str
        ``p-`` and sixteen letters and digits.
    """
    message = f"{person_key(name)}\x1f{regency}".encode()
    digest = hmac.new(key, message, hashlib.sha256).digest()
    return "p-" + base64.b32encode(digest[:CODE_BYTES]).decode().lower()
