"""A deck with every kind of plot, gaps, hidden counts, and texts that would harm if they were run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from literasi.closing.deck import Deck, Figure, Plot, Series, Slide

REGENCIES = {
    "21.01": "Bintan",
    "21.02": "Karimun",
    "21.03": "Natuna",
    "21.04": "Lingga",
    "21.05": "Kepulauan Anambas",
    "21.71": "Batam",
    "21.72": "Tanjungpinang",
}
COUNTS = (18.0, 12.0, None, 24.0, 11.0, 38.0, 15.0)
HIDDEN = "disembunyikan"
FORMULA = '=HYPERLINK("http://jahat.example";"klik")'


def series(name: str, values: tuple[float | None, ...], decimals: int = 0, **more: Any) -> Series:
    written = tuple(HIDDEN if v is None else f"{v:.{decimals}f}".replace(".", ",") for v in values)
    return Series(name, values, written, **more)


def plot(kind: Any, values: tuple[float | None, ...] = COUNTS, **more: Any) -> Plot:
    names = (
        tuple(REGENCIES.values()) if len(values) == 7 else tuple(f"Kelompok {i}" for i in range(len(values)))
    )
    made = Plot(kind, names, (series("Peserta", values),), "orang", f"Gambar {kind}.")
    return replace(made, **more)


BARS = plot("bars")
COLUMNS = plot("columns", (42.0, 60.0, None), categories=("Kepala desa", "Pengelola perpustakaan", FORMULA))
MAP = plot("map", codes=tuple(REGENCIES))
LINES = Plot(
    "lines",
    ("2021", "2022", "2023", "2024", "2025"),
    (
        series("TGM 2021–2024", (59.23, 62.04, None, 71.61, None), 2, is_emphasis=False),
        series("TKM 2025", (None, None, None, None, 54.87), 2),
    ),
    "poin",
    "Indeks per edisi.",
    2,
)
INTERVALS = Plot(
    "intervals",
    ("Semua peserta", "Perempuan", "Laki-laki"),
    (series("Perubahan", (14.0, 15.5, None), 1, low=(12.0, 12.5, None), high=(16.0, 18.5, None)),),
    "poin, rata-rata perubahan",
    "Perubahan nilai.",
    1,
)
PLOTS = {"bars": BARS, "columns": COLUMNS, "lines": LINES, "intervals": INTERVALS, "map": MAP}
FIGURES = (
    Figure("people.n", "Peserta", 118.0, "118", "dari 130 undangan", "Baris daftar peserta.", code="L1-7K3Q"),
    Figure("gain.mean", "Perubahan", 14.2, "14,2", "95%: 12,1–16,3; n = 96", "Sesudah dikurangi sebelum."),
)


def slide(name: str, **more: Any) -> Slide:
    return Slide(
        name,
        f"Temuan tentang {name}",
        "Orang, Mei 2026",
        points=(f"Butir {name}.", "+1 bukan rumus"),
        caveats=(f"Catatan {name}: jumlah di bawah 10 disembunyikan.",),
        narrative=(f"Naskah {name} yang dibacakan.",),
        sources=(f"Sumber data {name}",),
        **more,
    )


def deck(**more: Any) -> Deck:
    """One slide for each kind of plot, between a cover and a last slide without a plot."""
    made = Deck(
        event_id="Bimtek/2026 #1",
        name="Bimtek SPP-TIK 2026",
        when="20–24 April 2026",
        place="Tanjungpinang",
        slides=(
            Slide("title", "Bimtek SPP-TIK 2026", "20–24 April 2026 · Tanjungpinang", figures=FIGURES[:1]),
            *(slide(kind, plot=one, figures=FIGURES) for kind, one in PLOTS.items()),
            slide("next", figures=FIGURES[1:]),
        ),
        filters="Bimtek ini saja · di bawah 10 orang disembunyikan",
        origin="Ruang Latihan, unggahan no. 1, 7 Juni 2026 14.05 WIB",
        mark="DATA LATIHAN",
        threshold=10,
        head=1,
        language="id",
    )
    return replace(made, **more)
