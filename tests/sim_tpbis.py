"""Files as SIM TPBIS gives them: 126 invented libraries in real villages, with the faults of real files.

Fields and faults: ``shared/domain/methodology.md`` section 3.2. Nothing here comes from a real report.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from literasi.domain.areas import AreaRegister
from literasi.store import seed

LIBRARIES = 126
UNSCORED = 100
REPEATED = 10
YEAR = 2026
MONTHS = ("Jan", "Februari", "March", "Apr", "May", "Juni", "July")
"""Written as in the files: Indonesian and English, short and long."""
RESOURCES = ("pengunjung", "pelibatan", "publikasi", "advokasi", "peningkatan", "replikasi", "iku")

_ROOT = Path(__file__).resolve().parent.parent
_FIELDS = (
    "Pendidikan",
    "Kesehatan",
    "Inklusi Digital",
    "Seni Budaya",
    "Ekonomi",
    "Pertanian",
    "Olahraga",
    "Lainnya",
)
_AUDIENCES = ("Umum", "Pelajar", "Anak-Anak", "Mahasiswa", "Lansia", "Pelaku UMKM", "Petani/Nelayan")


@cache
def register() -> AreaRegister:
    """Give the shipped register of areas."""
    return AreaRegister.from_frame(seed.read_areas(_ROOT / "data"))


@cache
def places() -> tuple[dict[str, str], ...]:
    """Give name and place of each library, as the files write them; every fifth without its district."""
    areas = register()
    villages = areas.children(areas.province.code, "village")
    step = len(villages) / LIBRARIES
    out = []
    for number in range(LIBRARIES):
        village = villages[int(number * step)]
        district, regency = areas.ancestors(village.code)[:2]
        kind = "Desa" if village.kind == "desa" else "Kelurahan"
        name = f"Perpustakaan {kind} {village.name}" if number % 4 else f"TBM Cahaya {village.name}"
        out.append(
            {
                "perpus_nama": name,
                "provinsi_name": "KEPULAUAN RIAU",
                "kabupaten_name": _regency(regency.kind, regency.name, number),
                "kecamatan_name": " - " if number % 5 == 0 else district.name.upper(),
                "desa_name": village.name.upper(),
            }
        )
    return tuple(out)


def _regency(kind: str, name: str, number: int) -> str:
    if name == "Batam" and number % 2:
        return "KOTA B A T A M"
    if name == "Tanjungpinang" and number % 2:
        return "KOTA TANJUNG PINANG"
    return f"{kind} {name}".upper() + ("\r" if number % 7 == 0 else "")


def _entered(number: int) -> dict[str, str]:
    return {
        "tanggal_input": f"{YEAR}-{number % 7 + 2:02}-05 08:{number % 60:02}:00",
        "is_verified": "Sudah Diverifikasi" if number % 3 else "Belum Diverifikasi",
    }


def visits() -> list[dict[str, Any]]:
    """Seven months of each library; one library triples, one has no visitor in a month."""
    rows = []
    for number, place in enumerate(places()):
        for month, name in enumerate(MONTHS):
            male, female = 40 + number % 17 + month, 55 + number % 11 - month
            if (number, month) == (3, 6):
                male, female = male * 9, female * 9
            if (number, month) == (8, 6):
                male, female = 0, 0
            rows.append(
                place
                | {
                    "periode": f"{name} {YEAR}",
                    "pengunjung_laki": male,
                    "pengunjung_perempuan": female,
                    "total_pengunjung": male + female,
                }
            )
    return rows


def activities() -> list[dict[str, Any]]:
    """225 events, ten of them twice."""
    rows = [
        places()[number % LIBRARIES]
        | {
            "tanggal": f"{YEAR}-{number % 7 + 1:02}-{number % 27 + 1:02}",
            "nama_kegiatan": f"Kelas {_FIELDS[number % 8].lower()} {number // LIBRARIES + 1}",
            "bidang_kegiatan": _FIELDS[number % 8],
            "jenis": "Promosi" if number % 4 == 0 else "Pelatihan",
            "sasaran": _AUDIENCES[number % 7],
            "jumlah_peserta": 5 + number % 30,
            "attachment": f"https://contoh.invalid/lampiran/{number}.pdf",
        }
        | _entered(number)
        for number in range(225)
    ]
    return rows + rows[: REPEATED * 20 : 20]


def publications() -> list[dict[str, Any]]:
    """Ninety publications."""
    kinds = ("Media Online", "Elektronik", "Cetak")
    return [
        places()[number]
        | {
            "tanggal": f"{YEAR}-{number % 7 + 1:02}-{number % 27 + 1:02}",
            "judul": f"Kabar perpustakaan {number + 1}",
            "jenis_publikasi": kinds[number % 3],
            "nama_media": "Situs desa" if number % 3 == 0 else "-",
            "link": "https://contoh.invalid/kabar",
        }
        | _entered(number)
        for number in range(90)
    ]


def advocacy() -> list[dict[str, Any]]:
    """Forty advocacies; whom they addressed is a list in the form of a text."""
    return [
        places()[number]
        | {
            "tanggal": f"{YEAR}-{number % 7 + 1:02}-11",
            "judul": f"Audiensi {number + 1}",
            "sasaran": "['Kepala Desa', 'Swasta']" if number % 2 else "['Perangkat Daerah']",
            "hasil": ("Dana", "NonDana", "Regulasi")[number % 3],
            "hasil_regulasi": "-",
            "nominal": 5_000_000 if number % 3 == 0 else "-",
            "jumlah_narasumber": "-",
            "jumlah_barang": "-",
            "tanggal_terbit": "-",
            "attachment": "-",
        }
        | _entered(number)
        for number in range(40)
    ]


def services() -> list[dict[str, Any]]:
    """One month of services of each library."""
    return [
        place
        | {
            "bulan": ("Februari", "Maret")[number % 2],
            "tahun": YEAR,
            "jumlah_buku": 300 + number,
            "jumlah_buku_digital": "-" if number % 2 else 12,
            "jumlah_komputer": number % 5,
            "bandwidth": "20",
        }
        | _entered(number)
        for number, place in enumerate(places())
    ]


def replication() -> list[dict[str, Any]]:
    """One row for each regency."""
    return [
        {
            "provinsi_nama": "KEPULAUAN RIAU",
            "kabupaten_name": f"{regency.kind} {regency.name}".upper(),
            "dana": 10_000_000 * (number + 1),
            "sumber_dana": "APBD",
            "jumlah_desa": number + 2,
        }
        | _entered(number)
        for number, regency in enumerate(register().regencies())
    ]


def scores() -> list[dict[str, Any]]:
    """A score for 26 libraries; "-" for the others."""
    return [
        {
            "nama_perpustakaan": place["perpus_nama"],
            "provinsi": place["provinsi_name"],
            "kabupaten_kota": place["kabupaten_name"],
            "desa_kelurahan": place["desa_name"],
            "skor": "-" if number < UNSCORED else 20 + number % 60,
        }
        for number, place in enumerate(places())
    ]


def records() -> dict[str, list[dict[str, Any]]]:
    """Give every resource."""
    makers = (visits, activities, publications, advocacy, services, replication, scores)
    return {name: make() for name, make in zip(RESOURCES, makers, strict=True)}


def file(*resources: str) -> bytes:
    """Give some resources (all unless named) as one JSON file."""
    every = records()
    return json.dumps({name: every[name] for name in resources or RESOURCES}, ensure_ascii=False).encode()
