"""Synthetic community activities, advocacy and publications in the categories of SIM TPBIS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from literasi.practice.basis import MONTHS, NOTE, often, pick, rows

# Categories as SIM TPBIS writes them (methodology §3.2); weights are made up.
_FIELDS = {
    "Pendidikan": 0.34,
    "Ekonomi": 0.16,
    "Inklusi Digital": 0.13,
    "Seni Budaya": 0.12,
    "Kesehatan": 0.1,
    "Pertanian": 0.06,
    "Olahraga": 0.04,
    "Lainnya": 0.05,
}
_NAMES = {
    "Pendidikan": ("Kelas menulis", "Membaca nyaring", "Bimbingan belajar", "Lomba bercerita"),
    "Ekonomi": ("Pelatihan kue kering", "Kerajinan dari kerang", "Kemasan produk rumahan"),
    "Inklusi Digital": ("Kelas komputer dasar", "Pemasaran lewat telepon pintar"),
    "Seni Budaya": ("Latihan gurindam", "Kelas tari", "Melukis bersama"),
    "Kesehatan": ("Penyuluhan gizi balita", "Senam bersama"),
    "Pertanian": ("Kebun sayur halaman", "Budidaya ikan di kolam terpal"),
    "Olahraga": ("Pertandingan catur", "Lomba tenis meja"),
    "Lainnya": ("Gotong royong perpustakaan", "Rapat relawan"),
}
_AUDIENCES = {
    "Umum": 0.3,
    "Pelajar": 0.22,
    "Anak-Anak": 0.2,
    "Pelaku UMKM": 0.1,
    "Petani/Nelayan": 0.08,
    "Mahasiswa": 0.05,
    "Lansia": 0.05,
}
_KINDS = {"Pelatihan": 0.6, "Promosi": 0.4}
_BUSY = {2: 1.1, 3: 0.85, 5: 1.25, 7: 0.8, 8: 1.3, 9: 1.35, 10: 1.2, 12: 0.75}
_AFTER_TRAINING = 1.5


def activities(
    libraries: pd.DataFrame, trained: Mapping[str, pd.Timestamp], generator: np.random.Generator
) -> pd.DataFrame:
    """Make the activities of partner libraries over the thirty months.

    Parameters
    ----------
    libraries : DataFrame
        Table ``libraries``.
    trained : mapping of str to Timestamp
        Day of the first training by library; more is done afterwards.
    generator : numpy.random.Generator

    Returns
    -------
    DataFrame
        Table ``activities``; some without head-count, some not yet verified.
    """
    made: dict[tuple[str, pd.Timestamp, str], dict[str, Any]] = {}
    for library, month, pace in _library_months(libraries, generator):
        after = _AFTER_TRAINING if library in trained and trained[library] < month else 1.0
        for _ in range(int(generator.poisson(0.6 * pace * after * _BUSY.get(month.month, 1.0)))):
            field = pick(generator, _FIELDS)
            name = str(generator.choice(_NAMES[field]))
            date = _day(month, generator)
            row: dict[str, Any] = {
                "library_id": library,
                "date": date,
                "name": name,
                "field": field,
                "kind": pick(generator, _KINDS),
                "audience": pick(generator, _AUDIENCES),
                "people": 2 + int(generator.lognormal(2.8, 0.7)),
                "is_verified": often(generator, 0.82),
                "note": NOTE,
            }
            for column, share in (("people", 0.04), ("is_verified", 0.05), ("audience", 0.02)):
                if often(generator, share):
                    del row[column]
            made[library, date, name] = row
    return rows("activities", made.values())


def advocacy(libraries: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Make talks with village heads, offices and firms, and what came of them."""
    audiences = {"Kepala Desa": 0.5, "Perangkat Daerah": 0.28, "Swasta": 0.15, "Lainnya": 0.07}
    made: dict[tuple[str, pd.Timestamp], dict[str, Any]] = {}
    for library, month, pace in _library_months(libraries, generator):
        if not often(generator, 0.05 * pace):
            continue
        date = _day(month, generator)
        row: dict[str, Any] = {
            "library_id": library,
            "date": date,
            "title": "Pertemuan dukungan perpustakaan (latihan)",
            "audience": pick(generator, audiences),
            "note": NOTE,
        }
        if not often(generator, 0.2):
            row["result"] = pick(generator, {"funds": 0.35, "in_kind": 0.45, "regulation": 0.2})
            if row["result"] == "funds":
                row["amount"] = 500_000.0 * int(generator.integers(1, 41))
        made[library, date] = row
    return rows("advocacy", made.values())


def publications(libraries: pd.DataFrame, generator: np.random.Generator) -> pd.DataFrame:
    """Make reports about the libraries in (invented) media."""
    kinds = {"online": 0.75, "broadcast": 0.1, "print": 0.15}
    media = {"online": "Kabar Latihan", "broadcast": "Radio Latihan", "print": "Harian Latihan"}
    made: dict[tuple[str, pd.Timestamp], dict[str, Any]] = {}
    for library, month, pace in _library_months(libraries, generator):
        if not often(generator, 0.08 * pace):
            continue
        kind = pick(generator, kinds)
        date = _day(month, generator)
        made[library, date] = {
            "library_id": library,
            "date": date,
            "title": "Berita kegiatan perpustakaan (latihan)",
            "kind": kind,
            "media": media[kind],
            "note": NOTE,
        }
    return rows("publications", made.values())


def _library_months(
    libraries: pd.DataFrame, generator: np.random.Generator
) -> Iterator[tuple[str, pd.Timestamp, float]]:
    """Give each month after the year in which a partner joined, with how busy that partner is."""
    partners = libraries[(libraries["programme"] != "none") & libraries["year_joined"].notna()]
    for library, joined in zip(partners["library_id"], partners["year_joined"], strict=True):
        pace = float(generator.gamma(2.5, 0.4))
        for month in MONTHS:
            if month.year > joined:
                yield str(library), month, pace


def _day(month: pd.Timestamp, generator: np.random.Generator) -> pd.Timestamp:
    return month + pd.Timedelta(days=int(generator.integers(0, month.days_in_month)))
