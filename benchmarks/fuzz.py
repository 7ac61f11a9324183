"""Broken files against the readers: ``python -m benchmarks.fuzz --seconds 60``.

Valid files of every kind are changed at random, outside and inside their containers. Whatever comes in,
`read` gives a file or an `IntakeError`; layout, the kept copy and the marked copy then take what was read.
A case that breaks this is written to ``--folder``.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import json
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from literasi.intake import layout
from literasi.intake.errors import IntakeError
from literasi.intake.findings import Finding, Place
from literasi.intake.kept import keep
from literasi.intake.marked import mark
from literasi.intake.reading import read

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures" / "intake"
TELLING = (
    *(
        b"\0",
        b"\xff",
        b"\xff\xff\xff\xff",
        b"\x00\x00\x00\x80",
        b"1048576",
        b"XFD1048576",
        b"99999999",
        b"-1",
    ),
    *(
        b"1e999",
        b"<",
        b">",
        b'"',
        b"'",
        b"&",
        b"&#0;",
        b"<!DOCTYPE x>",
        b"_x0000_",
        b"\\ud800",
        b";",
        b",",
        b"\n",
    ),
    *(
        b"\r",
        b"[",
        b"{",
        b"=",
        b"%",
        b"<table>",
        b"<tr>",
        b"colspan=999",
        b"rowspan=0",
        b' hidden="1"',
        b"<f/>",
    ),
    b' table:number-columns-repeated="99999" ',
)
SLOW = 20.0


def seeds() -> dict[str, bytes]:
    """One valid file of each kind and dialect."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["No", "Perpustakaan", "Pengunjung", None],
        [None, None, "L", "P"],
        [1, "Desa Mepar", 3, 0.5],
    ):
        sheet.append(row)
    sheet.append([2, '=HYPERLINK("x")', "=1+1", "#REF!"])
    sheet.append(["Jumlah", None, 3, 4])
    sheet.merge_cells("C1:D1")
    sheet["D3"].number_format = "0%"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("Lain")["B2"] = "Nama"
    out = io.BytesIO()
    book.save(out)
    table = "Nama;Bulan;L;P\nDésa Mepar;Feb 2026;1,5;2\nResun;2026-03;3;4\nJumlah;;4,5;6\n"
    html = "<table><tr><th rowspan=2>No<th colspan=2>Umur<tr><th>L<th>P<tr><td>1<td>2<td>3</table>"
    records = [
        {"perpus_nama": "Mepar", "sasaran": ["a", {"b": 1}], "n": 1.5},
        {"perpus_nama": "Resun", "n": None},
    ]
    return {
        "xlsx": out.getvalue(),
        "xls": (FIXTURES / "kunjungan.xls").read_bytes(),
        "ods": (FIXTURES / "kunjungan.ods").read_bytes(),
        "csv": table.encode(),
        "cp1252": table.encode("cp1252"),
        "utf16": table.encode("utf-16"),
        "slims": b'"id","nama",\n"1","O\\\'Neil \\"x\\"\\n",\n"2","b","c"\n',
        "html": f"<html><meta charset=latin1>{html}{html}</html>".encode(),
        "json": json.dumps({"pengunjung": records, "data": {"data": records}}).encode(),
        "random": b"",
    }


def changed(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to eight random changes."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(out) + 1)
        match chance.randrange(7):
            case 0 if out:
                out[at % len(out)] ^= 1 << chance.randrange(8)
            case 1 if out:
                out[at % len(out)] = chance.randrange(256)
            case 2:
                del out[at : at + chance.choice((1, 2, 8, 100))]
            case 3:
                out[at:at] = out[at : at + chance.choice((4, 40, 400))]
            case 4:
                out[at:at] = chance.choice(TELLING)
            case 5:
                piece = chance.choice(TELLING)
                out[at : at + len(piece)] = piece
            case _ if chance.randrange(4) == 0:
                del out[at:]
    return bytes(out)


def case(kind: str, known: dict[str, bytes], chance: random.Random) -> bytes:
    """One broken file."""
    data = known[kind]
    if kind == "random":
        return bytes(chance.randbytes(chance.choice((1, 10, 1_000, 10_000))))
    if data.startswith(b"PK") and chance.random() < 0.7:
        return _repacked(data, chance)
    if (
        kind == "xls" and chance.random() < 0.7
    ):  # inside its workbook stream, whose sectors lie one after another
        begin = data.index(b"\x09\x08\x10\x00")
        return data[:begin] + changed(data[begin:], chance)[: len(data) - begin].ljust(
            len(data) - begin, b"\0"
        )
    if chance.random() < 0.1:
        other = chance.choice([other for other in known.values() if other])
        return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]
    return changed(data, chance)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        telling = [
            name
            for name in names
            if "sheet" in name or "content" in name or "workbook" in name or "styles" in name
        ]
        hit = {chance.choice(telling if chance.random() < 0.8 else names)}
        for name in names:
            part = source.read(name)
            target.writestr(name, changed(part, chance) if name in hit else part)
    return out.getvalue()


def try_one(data: bytes, *, with_mark: bool) -> str:
    """What came of one file: ``read`` or the key of its error. Anything else is raised."""
    try:
        file = read("kasus.xlsx", data)
    except IntakeError as error:
        if error.params.get("what") == "?":
            raise error.__cause__ or error from error
        return error.key.rpartition(".")[2]
    findings: list[Finding] = []
    for sheet in file.sheets:
        if len({len(row) for row in sheet.rows}) != 1:
            raise AssertionError("rows of different lengths")
        findings += layout.find(sheet).findings
    keep(file, dropped={file.sheets[0].name: frozenset({1})})
    if with_mark:
        findings.append(Finding("fail", "x", Place(file.sheets[0].name, 1, 1)))
        mark(file, findings, describe=str)
    return "read"


def run(seconds: float, seed: int, folder: Path, say: Callable[[str], None]) -> int:
    """Try cases for so long; give the number of those that broke."""
    chance = random.Random(seed)
    known = seeds()
    kinds = list(known)
    came: Counter[str] = Counter()
    broke = tried = 0
    slowest = 0.0
    begun = time.perf_counter()
    folder.mkdir(parents=True, exist_ok=True)
    while time.perf_counter() - begun < seconds:
        kind = kinds[tried % len(kinds)]
        data = case(kind, known, chance)
        (folder / "last.bin").write_bytes(data)  # for a crash of the whole process
        faulthandler.dump_traceback_later(SLOW)
        start = time.perf_counter()
        try:
            came[try_one(data, with_mark=tried % 10 == 0)] += 1
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            broke += 1
            (folder / f"broke-{seed}-{tried}-{kind}.bin").write_bytes(data)
            say(f"{kind} {tried}: {type(error).__name__}: {str(error)[:200]}")
        slowest = max(slowest, time.perf_counter() - start)
        tried += 1
    faulthandler.cancel_dump_traceback_later()
    took = time.perf_counter() - begun
    say(f"{tried} cases in {took:.0f} s (seed {seed}), slowest {slowest:.2f} s, broke {broke}")
    say(", ".join(f"{name} {count}" for name, count in came.most_common()))
    return broke


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("var/fuzz"), help="where broken cases are kept")
    options = parser.parse_args()
    sys.exit(1 if run(options.seconds, options.seed, options.folder, print) else 0)


if __name__ == "__main__":
    main()
