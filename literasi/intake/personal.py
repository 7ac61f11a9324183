"""Which columns hold what must not be stored: found by heading and by what stands in them.

Source of the list: ``shared/domain/methodology.md`` section 6 (UU 27/2022): identity numbers, telephone,
birth, address, mother's name, e-mail and pictures are dropped; of a name only a keyed pseudonym is kept.
Dropped as well are religion, origin, marital status, health and income (article 4 of that law), and accounts
of banks and networks.
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
    **dict.fromkeys(
        ("nik", "ktp", "npwp", "nip", "nisn", "nuptk", "nrp", "bpjs", "paspor", "passport"), "nik"
    ),
    **dict.fromkeys(("hp", "whatsapp", "wa", "telepon", "telp", "telpon", "tlp", "darurat"), "phone"),
    **dict.fromkeys(("lahir", "lhr", "birth", "ttl"), "birth_date"),
    **dict.fromkeys(("email", "surel", "e mail"), "email"),
    **dict.fromkeys(("mother", "nama ibu"), "mother"),
    **dict.fromkeys(("alamat rumah", "alamat tinggal"), "address"),
    **dict.fromkeys(("ttd", "tandatangan", "tanda tangan", "foto", "photo", "paraf", "selfie"), "photo"),
    **dict.fromkeys(("instagram", "ig", "telegram", "facebook", "fb", "tiktok", "twitter"), "account"),
    **dict.fromkeys(("medsos", "sosmed", "akun media sosial", "password", "kata sandi"), "account"),
}
# As those, but not where they are counted or classified: "Jumlah narasumber", "Buku agama", "Kode rekening".
_TELLING_OF_PEOPLE = {
    **dict.fromkeys(("agama", "religion", "suku", "etnis"), "private"),
    **dict.fromkeys(("perkawinan", "pernikahan", "kawin", "marital", "status nikah"), "private"),
    **dict.fromkeys(
        ("penyakit", "alergi", "golongan darah", "gol darah", "disabilitas", "difabel"), "private"
    ),
    **dict.fromkeys(("riwayat kesehatan", "kondisi kesehatan", "status kesehatan"), "private"),
    **dict.fromkeys(("kebutuhan khusus", "penghasilan", "gaji"), "private"),
    **dict.fromkeys(("rekening", "norek", "no rek"), "account"),
    **dict.fromkeys(("panggilan", "orang tua", "ortu", "ayah", "suami", "istri", "nama anak"), "name"),
    **dict.fromkeys(("nama wali", "wali murid"), "name"),
    **dict.fromkeys(("narasumber", "pemateri", "pembicara", "instruktur", "tutor", "moderator"), "name"),
    **dict.fromkeys(("pendamping", "ketua", "sekretaris", "bendahara", "pic", "penanggung jawab"), "name"),
    **dict.fromkeys(("pelapor", "narahubung", "contact person", "diisi oleh", "diinput oleh"), "name"),
    **dict.fromkeys(("nama petugas", "verifikator"), "name"),
}
_COUNTED = frozenset(
    {"jumlah", "total", "banyaknya", "persen", "persentase", "rata", "buku", "koleksi", "kementerian"}
    | {"kode", "asal", "jabatan"}
)

# 16 digits; or their parts apart: province, regency, district, day (of women: + 40), month, year, serial.
_NIK = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:\d{16}(?!\d)|(?!\d\d[ .-]\d\d[ .-](?:19|20)\d\d(?!\d))"
    r"(?:1[1-9]|2[01]|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])[ .-]?(?:[0-3]\d|7\d)[ .-]?\d\d[ .-]?"
    r"(?:[04][1-9]|[1256]\d|[37][01])[ .-]?(?:0[1-9]|1[0-2])[ .-]?\d\d[ .-]?\d{4}(?!\d))"
)
_NIP = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ .]?(?:19|20)\d\d(?:0[1-9]|1[0-2])"
    r"[ .]?[12][ .]?\d{3}(?!\d)"
)
_NPWP = re.compile(r"(?<!\d)\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}(?!\d)")
# Not inside a longer number; letters may touch it only where they announce it: "HP0812…".
_PHONE_STARTS = (
    r"(?<!\d)(?<!\d[.,/-])(?:(?<![^\W_])|(?<=hp)|(?<=wa)|(?<=telp)|(?<=tlp)|(?<=tel)|(?<=cp)|(?<=no))"
)
_PHONE = re.compile(
    rf"{_PHONE_STARTS}(?:"
    r"(?:(?:\( ?)?(?:\+|00) ?62 ?\)?|\(62\)|62)[ .-]{0,2}"
    r"(?:\(0\) ?)?\(?0?8\d{1,3}\)?(?:[ .-]{0,3}\d{2,9}){1,4}"
    r"|\(?08\d{1,3}\)?(?:(?: ?[.-] ?| )?\d{2,9}){1,4}"
    r"|(?<!\d )8[1-9]\d(?P<apart>[ .-])"
    r"(?:\d{3}(?P=apart)\d{4,5}|\d{4}(?P=apart)\d{3,5}|\d{3}-\d{3})(?![ .-]?\d)"
    r")(?!\d)",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_SHORTEST_PHONE, _LONGEST_PHONE = 8, 12
"""Digits from the 8 on."""
_AT = r"(?: ?@ ?| ?[(\[{] ?at ?[)\]}] ?)"
_DOT = r"(?:\.| ?[(\[{] ?(?:dot|titik) ?[)\]}] ?)"
_EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]+{_AT}[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[^\W\d_]{{2,}}", re.IGNORECASE)
_SHAPES = (("email", _EMAIL), ("nik", _NIP), ("nik", _NPWP), ("nik", _NIK), ("phone", _PHONE))
_ISBN = re.compile(r"\bISBN(?:-?1[03])?\b[ .:=-]*(?:97[89][ -]?)?(?:\d[ -]?){9}[\dX]", re.IGNORECASE)
"""Left alone: old ones of ten digits look like telephone numbers."""
_MAY_BE = re.compile(r"@|[(\[{] ?at\b|\d(?:[ ().+-]{0,3}\d){7}", re.IGNORECASE)


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
        ``address``, ``mother``, ``email``, ``account``, ``photo``, ``private`` (religion, marital status,
        health and the like) or ``name``. By its heading, else where most of its first `LOOKED_AT` filled
        cells have the shape of a number of a person, a telephone number or an address of e-mail.
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
    words = {word for key in keys for word in key.split()}
    for telling in (_TELLING, {} if words & _COUNTED else _TELLING_OF_PEOPLE):
        for told, kind in telling.items():
            if any(f" {told} " in f" {key} " for key in keys):
                return kind
    if words & aliases.not_personal():
        return ""
    if "nama" in words and words & {"lengkap", "peserta", "pengunjung", "anggota", "gelar", "responden"}:
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
            if shape.fullmatch(text) and _is(kind, text):
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
    """Replace numbers of people, telephone numbers and addresses of e-mail inside a text.

    >>> mask("hubungi 0812-3456-7890")
    'hubungi [dihapus]'
    >>> mask("Rp 62.812.345.678")
    'Rp 62.812.345.678'
    """
    if not _MAY_BE.search(text):
        return text
    if "isbn" not in text.casefold():
        return _masked(text)
    kept = [*_ISBN.finditer(text)]
    ends = [0, *(one.end() for one in kept)]
    starts = [*(one.start() for one in kept), len(text)]
    between = [_masked(text[end:start]) for end, start in zip(ends, starts, strict=True)]
    return between[0] + "".join(one[0] + after for one, after in zip(kept, between[1:], strict=True))


def _masked(text: str) -> str:
    for kind, shape in _SHAPES:
        text = shape.sub(lambda found, kind=kind: MASK if _is(kind, found[0]) else found[0], text)  # type: ignore[misc]
    return text


def _is(kind: str, written: str) -> bool:
    """Whether what has the shape of a kind is one: digits of a telephone are counted."""
    if kind != "phone":
        return True
    digits = re.sub(r"\D", "", written)
    length = len(digits) - digits.index("8")
    return _SHORTEST_PHONE <= length <= _LONGEST_PHONE and not _THOUSANDS.fullmatch(written)
