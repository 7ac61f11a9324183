"""Which columns hold what must not be stored: found by heading and by what stands in them.

Source of the list: ``shared/domain/methodology.md`` section 6 (UU 27/2022): identity numbers, telephone,
birth, address, mother's name, e-mail and pictures are dropped; of a name only a keyed pseudonym is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from literasi.intake import aliases
from literasi.intake.layout import Block
from literasi.intake.sheets import Cell, Sheet

MASK = "[dihapus]"
PSEUDONYMISED = "name"
"""The one kind that a field may ask for: the name becomes a pseudonym and is then dropped."""

LOOKED_AT = 2_000
_SHARE = 0.6
# Words that are enough anywhere in a heading: "Nomor HP yang dapat dihubungi", "NIK (16 digit)".
_TELLING = {
    "nik": "nik",
    "ktp": "nik",
    "npwp": "nik",
    "hp": "phone",
    "whatsapp": "phone",
    "wa": "phone",
    "telepon": "phone",
    "telp": "phone",
    "telpon": "phone",
    "lahir": "birth_date",
    "birth": "birth_date",
    "ttl": "birth_date",
    "email": "email",
    "surel": "email",
    "mother": "mother",
    "ttd": "photo",
    "tandatangan": "photo",
    "foto": "photo",
}
_TELLING_PHRASES = {
    "nama ibu": "mother",
    "e mail": "email",
    "tanda tangan": "photo",
    "alamat rumah": "address",
    "alamat tinggal": "address",
}
_NIK = re.compile(r"(?<![\w.,])\d{16}(?![\w])")
_PHONE = re.compile(r"(?<![\w./-])(?:\+?62[ .-]?|0)8\d{1,3}(?:[ .-]?\d{2,5}){2,3}(?![\w])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SHAPES = (("email", _EMAIL), ("nik", _NIK), ("phone", _PHONE))


def find(sheet: Sheet, block: Block) -> Mapping[int, str]:
    """Find the columns of personal data.

    Parameters
    ----------
    sheet : Sheet
    block : Block

    Returns
    -------
    mapping of int to str
        1-based column to what it holds: ``nik`` (any number of a person), ``phone``, ``birth_date``,
        ``address``, ``mother``, ``email``, ``photo`` or ``name``. By its heading, else where most of its
        first `LOOKED_AT` filled cells have the shape of an identity number, a telephone number or an address
        of e-mail.
    """
    found: dict[int, str] = {}
    for column, heading in block.columns:
        kind = of_heading(heading) or _of_values(sheet, block, column)
        if kind:
            found[column] = kind
    return found


def of_heading(heading: str) -> str:
    """Give the kind of personal datum that a heading announces; "" for none.

    >>> of_heading("No. HP/WA aktif")
    'phone'
    >>> of_heading("Nama kegiatan")
    ''
    """
    keys = aliases.heading_keys(heading)
    known = aliases.personal()
    for kind, headings in known.items():
        if any(key in headings for key in keys):
            return kind
    written = " ".join(keys)
    words = set(written.split())
    for word, kind in _TELLING.items():
        if word in words:
            return kind
    for phrase, kind in _TELLING_PHRASES.items():
        if phrase in written:
            return kind
    if words & aliases.not_personal():
        return ""
    if "nama" in words and words & {
        "lengkap",
        "peserta",
        "pengunjung",
        "anggota",
        "gelar",
        "responden",
        "ketua",
    }:
        return PSEUDONYMISED
    return "address" if "alamat" in words else ""


def _of_values(sheet: Sheet, block: Block, column: int) -> str:
    seen = 0
    shaped = dict.fromkeys((kind for kind, _ in _SHAPES), 0)
    for row in block.rows:
        cells = sheet.rows[row - 1]
        text = _text(cells[column - 1]) if column <= len(cells) else ""
        if not text:
            continue
        seen += 1
        for kind, shape in _SHAPES:
            if shape.fullmatch(text):
                shaped[kind] += 1
                break
        if seen >= LOOKED_AT:
            break
    return next((kind for kind, count in shaped.items() if count and count >= _SHARE * seen), "")


def _text(cell: Cell) -> str:
    """A cell as text; a workbook may hold an identity number as a number, which has lost its last digit."""
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e17 else ""
    return str(cell).strip().lstrip("'") if isinstance(cell, str | int) else ""


def mask(text: str) -> str:
    """Replace identity numbers, telephone numbers and addresses of e-mail inside a text.

    >>> mask("hubungi 0812-3456-7890")
    'hubungi [dihapus]'
    """
    if not any(sign in text for sign in "@0123456789"):
        return text
    for _, shape in _SHAPES:
        text = shape.sub(MASK, text)
    return text
