"""Write ``data/README.md``: every shipped table and indicator, conflicting values, licences (developer tool).

Run ``python -m tools.describe_data`` after changing anything below ``data/``; a test fails while the
catalogue is not current.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from literasi import contracts
from literasi.contracts import TABLES
from literasi.domain.indicators import Catalogue, Edition
from literasi.domain.observations import alternatives
from literasi.store.definitions import load_catalogue, load_snp
from literasi.store.seed import read
from literasi.text import number, t, term

DATA = Path(__file__).parents[1] / "data"
CONFLICT = "BERBEDA"

HEAD = """# Data yang dikirim bersama dasbor

Berkas ini dibuat oleh `python -m tools.describe_data`; jangan disunting.

- `published/`: fakta terbitan, tiap baris dengan sumbernya. Sel kosong berarti tidak ditemukan atau tidak
  disebut, bukan nol. Nilai yang berbeda antarsumber disimpan semuanya.
- `indicators/`: satu berkas per indikator, dengan edisi metode, kategori, dan metadata Satu Data.
- `rules/`: standar perpustakaan desa/kelurahan, aturan pelaporan dan tenggatnya, dan cara menilai target.
- `map.yml`: pengaturan peta.
- `areas/`: wilayah, pulau, dan petak peta; asal dan lisensinya dalam `areas/NOTICE.md`.
- Dalam berkas CSV angka memakai titik sebagai tanda desimal, tanggal ditulis TTTT-BB-HH, teks UTF-8.
"""

LICENCE = """Fakta diambil dari laman resmi, berita, dan himpunan, ditulis ulang dengan kata sendiri;
kebanyakan laman itu tidak mencantumkan lisensi dalam teks yang dibaca. Yang mencantumkan:
"""


def describe(data_dir: Path) -> str:
    """Give the catalogue of everything that is shipped.

    Parameters
    ----------
    data_dir : Path
        The data folder.

    Returns
    -------
    str
        Markdown in Bahasa Indonesia.
    """
    names = [name for name in TABLES if (data_dir / "published" / f"{name}.csv").exists()]
    tables = {
        name: contracts.coerce(name, read(name, data_dir / "published" / f"{name}.csv")) for name in names
    }
    areas = contracts.coerce("areas", read("areas", data_dir / "areas" / "areas.csv"))
    catalogue = load_catalogue(data_dir)
    place = areas.set_index("area_code")["name"].to_dict()
    parts = [
        HEAD,
        "## Tabel\n",
        _tables(tables),
        f"## Indikator ({len(catalogue)})\n",
        _indicators(catalogue, tables["observations"]),
        "## Nilai yang berbeda antarsumber\n",
        _conflicts(catalogue, tables, place),
        "## Nilai yang dikarantina\n",
        _quarantined(tables["library_figures"], place),
        "## Aturan\n",
        _rules(data_dir),
        "## Sumber dan lisensi\n",
        _licences(tables["sources"]),
    ]
    return "\n".join(parts)


def _grid(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join("| " + " | ".join(str(c).replace("|", "/") for c in line) + " |\n" for line in lines)


def _tables(tables: dict[str, pd.DataFrame]) -> str:
    out = []
    for name, frame in tables.items():
        contract = TABLES[name]
        rows = (
            (
                f"`{column.name}`" + (" (kunci)" if column.name in contract.key else ""),
                term("column", column.name),
                column.kind,
                "ya" if column.required else "",
                int((frame[column.name].notna() & frame[column.name].ne("")).sum()),
            )
            for column in contract.columns
        )
        out.append(f"### `published/{name}.csv`: {number(len(frame))} baris\n\n")
        out.append(_grid(("Kolom", "Label", "Jenis", "Wajib", "Terisi"), rows) + "\n")
    return "".join(out)


def _indicators(catalogue: Catalogue, observations: pd.DataFrame) -> str:
    def row(indicator_id: str) -> tuple[object, ...]:
        indicator = catalogue[indicator_id]
        mine = observations[observations["indicator_id"] == indicator_id]
        counted = (len(mine), mine["source_id"].nunique()) if indicator.is_published else ("dihitung", "")
        return (
            f"`{indicator_id}`",
            t(f"indicator.{indicator_id}"),
            t(f"unit.{indicator.unit}"),
            "; ".join(_edition(edition) for edition in indicator.editions),
            *counted,
        )

    heads = ("Berkas", "Nama", "Satuan", "Edisi metode (tahun data)", "Nilai", "Sumber")
    return _grid(heads, (row(indicator.id) for indicator in catalogue))


def _edition(edition: Edition) -> str:
    last = edition.last_year
    years = str(edition.first_year) if last == edition.first_year else f"{edition.first_year}–{last or ''}"
    return f"`{edition.id}` ({years})"


def _conflicts(catalogue: Catalogue, tables: dict[str, pd.DataFrame], place: dict[str, str]) -> str:
    rows = []
    for indicator in catalogue:
        found = alternatives(tables["observations"], indicator)
        for (area, period, _), cell in found.groupby(["area_code", "period", "edition"]):
            if cell["value"].nunique() == 1:
                continue
            best = cell[cell["is_preferred"]].iloc[0]
            rows.append(
                (
                    t(f"indicator_short.{indicator.id}"),
                    f"{place[area]} {period}",
                    ", ".join(f"{number(v.value, 2)} (`{v.source_id}`)" for v in cell.itertuples()),
                    f"{number(best['value'], 2)}: {best['reason']}",
                )
            )
    out = _grid(("Indikator", "Wilayah dan tahun", "Nilai", "Yang digambar, dan alasannya"), rows)

    population = tables["population"]
    several = population[population.duplicated(["area_code", "year"], keep=False)]
    rows = [
        (
            f"{place[area]} {year}",
            ", ".join(f"{number(p.population)} ({p.concept}, `{p.source_id}`)" for p in cell.itertuples()),
        )
        for (area, year), cell in several.groupby(["area_code", "year"])
    ]
    out += (
        "\nPenduduk; sebagai penyebut hanya dipakai satu konsep dari sumber yang mencakup semua wilayah:\n\n"
    )
    out += _grid(("Wilayah dan tahun", "Nilai"), rows)

    rows = []
    for name, subject in (("library_figures", "subject"), ("events", "name")):
        frame = tables[name]
        marked = frame[frame["note"].str.contains(CONFLICT, na=False)]
        rows += [(row[subject], _what(row), row["note"]) for _, row in marked.iterrows()]
    out += "\nAngka perpustakaan, dinas, dan acara yang catatannya menyebut perbedaan:\n\n"
    return out + _grid(("Perihal", "Nilai", "Catatan"), rows)


def _what(row: pd.Series) -> str:
    if "metric" not in row:
        return f"{row['date_start']:%Y-%m-%d}: {number(row['participants_published'])}"
    period = f" {row['period']}" if row["period"] else ""
    return f"{term('metric', row['metric'])}{period}: {number(row['value'])}"


def _quarantined(figures: pd.DataFrame, place: dict[str, str]) -> str:
    rows = figures[figures["status"] == "quarantined"]
    cells = (
        (place[row.area_code], row.period, number(row.value), f"`{row.source_id}`", row.note)
        for row in rows.itertuples()
    )
    heads = ("Wilayah", "Tahun", "Nilai", "Sumber", "Alasan")
    return "Disimpan sebagai peringatan; tidak pernah digambar atau dihitung.\n\n" + _grid(heads, cells)


def _rules(data_dir: Path) -> str:
    rules = load_snp(data_dir)
    rows = (
        (
            t(test.label_key),
            test.operator,
            _threshold(test.threshold),
            t(f"unit.{test.unit}") if test.unit else "",
        )
        for test in rules.tests
    )
    missing = "; ".join(rules.not_found)
    return (
        f"`rules/snp_village.yml`: {rules.title}, {rules.regulation}.\n\n"
        + _grid(("Uji", "Operator", "Ambang", "Satuan"), rows)
        + f"\nTidak ditemukan, jadi tidak dinilai: {missing}.\n\n"
        "`rules/reporting.yml`: siapa yang diharapkan melapor tiap bulan, sejak kapan, dan tenggatnya.\n\n"
        "`rules/targets.yml`: tahun dasar rencana dan toleransi penilaian target.\n\n"
        "`rules/iplm.yml`: parameter simulasi IPLM per edisi metode, dengan asal dan mutu buktinya.\n"
    )


def _threshold(threshold: float | tuple[str, ...] | None) -> str:
    if threshold is None:
        return "ya"
    return ", ".join(threshold) if isinstance(threshold, tuple) else number(threshold)


def _licences(sources: pd.DataFrame) -> str:
    kinds = sources["kind"].value_counts().sort_index()
    counts = ", ".join(f"{t(f'source_kind.{kind}')} {count}" for kind, count in kinds.items())
    licensed = sources[sources["licence"].notna()]
    rows = ((f"`{s.source_id}`", s.publisher, s.licence) for s in licensed.itertuples())
    return f"{len(sources)} sumber: {counts}.\n\n{LICENCE}\n" + _grid(("Sumber", "Penerbit", "Lisensi"), rows)


def main() -> None:
    """Write the catalogue."""
    (DATA / "README.md").write_text(describe(DATA), encoding="utf-8", newline="\n")
    print(DATA / "README.md")


if __name__ == "__main__":
    main()
