"""The closing pack: slides, pages, squares and numbers of one event in one file."""

from __future__ import annotations

import re
from collections.abc import Callable

from literasi.closing.deck import Deck
from literasi.export import handout, steady
from literasi.export.closing_workbook import closing_workbook
from literasi.export.document import pdf_bytes
from literasi.export.slides import pptx_bytes
from literasi.text import number, t

MIME = "application/zip"
READ_FIRST = "LIHAT-DULU.txt"
SLIDES, FULL, ONE_PAGE, NUMBERS, SQUARES = (
    "salindia.pptx",
    "laporan-lengkap.pdf",
    "satu-halaman.pdf",
    "angka.xlsx",
    "kotak",
)
_UNFIT = re.compile(r"[^a-z0-9]+")
# How long each takes beside the others, measured by ``python -m benchmarks pack``.
_WEIGHTS = {"slides": 40, "full": 14, "one_page": 13, "numbers": 2}
_WEIGHT_OF_SQUARE = 2


def file_name(deck: Deck) -> str:
    """Give the name of the pack of an event."""
    return f"penutupan-{_fit(deck.event_id)}.zip"


def pack_bytes(
    deck: Deck,
    *,
    template: bytes | None = None,
    progress: Callable[[float, str], None] = lambda share, what: None,
) -> bytes:
    """Make everything of an event and put it into one ZIP.

    Parameters
    ----------
    deck : Deck
    template : bytes, optional
        PPTX or POTX of the office.
    progress : callable
        Told the share that is done (0 to 1) and, in words, what is being made.

    Returns
    -------
    bytes
        ZIP with stable names. The same deck and template give the same bytes. No browser is needed.

    Raises
    ------
    TemplateError
        If the template cannot be used; before anything else is made.
    """
    whole = sum(_WEIGHTS.values()) + _WEIGHT_OF_SQUARE * handout.square_count(deck)
    done = 0.0

    def begin(what: str) -> None:
        progress(min(done / whole, 1.0), t(f"pack.making.{what}"))

    begin("slides")
    parts = [
        (
            SLIDES,
            pptx_bytes(
                deck,
                template=template,
                progress=lambda share: progress(share * _WEIGHTS["slides"] / whole, t("pack.making.slides")),
            ),
        )
    ]
    done += _WEIGHTS["slides"]
    makers: dict[str, tuple[str, Callable[[], bytes]]] = {
        "full": (FULL, lambda: pdf_bytes(handout.full(deck))),
        "one_page": (ONE_PAGE, lambda: handout.one_page(deck)),
        "numbers": (NUMBERS, lambda: steady.settled(closing_workbook(deck))),
    }
    for what, (name, make) in makers.items():
        begin(what)
        parts.append((name, make()))
        done += _WEIGHTS[what]
    begin("squares")
    for order, (slide, picture) in enumerate(handout.squares(deck), start=1):
        parts.append((f"{SQUARES}/{order:02d}-{_fit(slide)}.png", picture))
        done += _WEIGHT_OF_SQUARE
        begin("squares")
    progress(1.0, t("pack.making.done"))
    return steady.package([(READ_FIRST, _read_first(deck).encode("utf-8-sig")), *parts])


def _read_first(deck: Deck) -> str:
    """Say what each file is, of which data, and what is hidden."""
    lines = [
        deck.name,
        f"{deck.when} · {deck.place}",
        "",
        *([deck.mark] if deck.mark else []),
        deck.origin,
        deck.filters,
        t("pack.read_first.threshold", threshold=number(deck.threshold)),
        "",
        *(
            f"{name}: {t(f'pack.read_first.{key}')}"
            for name, key in (
                (SLIDES, "slides"),
                (FULL, "full"),
                (ONE_PAGE, "one_page"),
                (f"{SQUARES}/", "squares"),
                (NUMBERS, "numbers"),
            )
        ),
    ]
    return "\r\n".join(lines) + "\r\n"


def _fit(name: str) -> str:
    return _UNFIT.sub("-", name.casefold()).strip("-") or "acara"
