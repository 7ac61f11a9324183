"""The desk of both databases: one file is one submission with its kept copy, or nothing at all."""

from __future__ import annotations

import csv
import io
import os
import pickle
import signal
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa

from literasi.cli import main
from literasi.desk import KEY_FILE, Desk
from literasi.errors import LiterasiError, StoreError
from literasi.intake import uploads
from literasi.intake.findings import Answers
from literasi.settings import Settings
from literasi.store import Store, open_store
from literasi.store.schema import FACTS, METADATA
from literasi.text import t
from tests.contract.store_processes import processes
from tests.intake_files import DATA, LIBRARY, LIBRARY_ID, PLACE, SEMBULANG, VISITS, areas, library, rows_of

KILLS = 20
ROWS = 240
PEOPLE = ("Acara", "Nama Peserta", *PLACE, "NIK", "No HP", "Jenis Kelamin", "Catatan")
EVENT = {
    "event_id": ["bimtek-2026"],
    "name": ["Bimtek SPP-TIK 2026"],
    "kind": ["bimtek"],
    "date_start": ["2026-06-03"],
    "date_end": ["2026-06-07"],
    "area_code": ["21.72"],
}


def settings_of(var_dir: Path, url: str = "") -> Settings:
    return Settings(DATA, var_dir, url, "", read_only=False)


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    """Give a desk of a store with the shipped areas, one library and one event."""
    import pandas as pd

    libraries = pd.DataFrame([library(LIBRARY_ID, LIBRARY, "21.71.08.1004")])
    changes = {"areas": areas(), "libraries": libraries, "events": pd.DataFrame(EVENT)}
    store.commit(changes, actor="Penyiapan", file_name="", sha256="")
    return Desk(store, settings_of(tmp_path / "var"))


def workbook(headings: tuple[str, ...], *rows: tuple[Any, ...], title: str = "Lembar") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in (headings, *rows):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def report(total: int, months: int = 3) -> bytes:
    rows = (
        (*SEMBULANG, LIBRARY, f"{month % 12 + 1}/{2006 + month // 12}", total, 0, total)
        for month in range(months)
    )
    return workbook(VISITS, *rows)


def uploads_in(desk: Desk) -> list[Path]:
    return sorted((desk.settings.var_dir / "uploads").rglob("*.*"))


# One file, one submission


def test_a_file_goes_in_is_kept_is_recognised_and_comes_out_again(desk: Desk) -> None:
    before = desk.store.head()
    file = desk.open("ruang/kunjungan.xlsx", report(7))
    proposal = desk.examine(file)
    preview = desk.preview(proposal)
    assert (preview.counts["visits"].added, desk.store.head(), desk.earlier(file)) == (3, before, None)
    shares: list[float] = []
    number = desk.commit(proposal, actor="Petugas", note="Februari", preview=preview, progress=shares.append)
    assert (number, shares[-1], desk.earlier(file)) == (before + 1, 1.0, number)
    listed = desk.store.submissions().iloc[0]
    assert (listed.actor, listed.file_name, listed.note) == ("Petugas", "kunjungan.xlsx", "Februari")
    assert listed.sha256 == file.sha256
    kept = desk.kept(number)
    assert kept is not None
    with zipfile.ZipFile(kept) as archive:
        (name,) = archive.namelist()
        lines = list(csv.reader(archive.read(name).decode("utf-8-sig").splitlines(), delimiter=";"))
    assert len(lines) == 4
    assert lines[1][3:] == [LIBRARY, "1/2006", "7", "0", "7"]
    desk.undo(number, actor="Petugas")
    assert desk.store.frame("visits").empty
    assert desk.earlier(file) is None


def test_a_file_that_changes_nothing_makes_no_submission(desk: Desk) -> None:
    first = desk.examine(desk.open("a.xlsx", report(7)))
    number = desk.commit(first, actor="Petugas")
    again = desk.examine(desk.open("b.xlsx", workbook(VISITS, (*SEMBULANG, LIBRARY, "1/2006", 7, 0, 7))))
    assert desk.commit(again, actor="Petugas") == number
    assert [path.name for path in uploads_in(desk)] == [f"{first.file.sha256}.zip"]


def test_what_is_not_ready_is_refused(desk: Desk) -> None:
    proposal = desk.examine(desk.open("a.xlsx", report(-7)))
    with pytest.raises(LiterasiError) as refused:
        desk.commit(proposal, actor="Petugas")
    assert refused.value.key == "intake.error.not_ready"
    assert refused.value.params["faults"] == len(proposal.faults) > 0
    assert uploads_in(desk) == []


def test_no_name_and_no_number_of_a_person_is_anywhere(desk: Desk, store: Store) -> None:
    secrets = ("Siti", "Contoh", "Umpama", "UMPAMA", "2171014401900001", "081234567890")
    file = desk.open(
        "peserta.xlsx",
        workbook(
            PEOPLE,
            ("bimtek-2026", "Hj. Siti Contoh", *SEMBULANG, "2171014401900001", "081234567890", "P", "datang"),
            (
                "bimtek-2026",
                "Budi Umpama",
                *SEMBULANG,
                "2171014401900002",
                "0812 3456 7891",
                "L",
                "BUDI UMPAMA",
            ),
        ),
    )
    number = desk.commit(desk.examine(file), actor="Petugas")
    assert len(store.frame("participants")) == 2
    kept = desk.kept(number)
    assert kept is not None
    with zipfile.ZipFile(kept) as archive:
        stored = b"".join(archive.read(name) for name in archive.namelist())
    assert b"bimtek-2026" in stored
    key_file = desk.settings.var_dir / KEY_FILE
    stored += b"".join(path.read_bytes() for path in desk.settings.var_dir.rglob("*") if path.is_file())
    if store.engine.dialect.name == "sqlite":
        database = Path(str(store.engine.url.database))
        stored += b"".join(path.read_bytes() for path in database.parent.iterdir())
    with store.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            stored += repr(connection.execute(sa.select(table)).all()).encode()
    assert b"participant_id" in stored or b"p-" in stored
    for secret in secrets:
        assert secret.encode() not in stored
    assert key_file.read_bytes().strip() not in stored.replace(key_file.read_bytes(), b"", 1)


def test_the_two_workspaces_never_share_kept_files(desk: Desk) -> None:
    file = desk.open("a.xlsx", report(7))
    other = Desk(desk.store, desk.settings, workspace="latihan")
    number = other.commit(other.examine(file), actor="Petugas")
    assert desk.kept(number) is None
    assert other.kept(number) is not None


# Two operators


def test_what_another_operator_has_committed_meanwhile_is_not_overwritten(desk: Desk, tmp_path: Path) -> None:
    mine = desk.examine(desk.open("saya.xlsx", report(7)))
    theirs = Desk(desk.store, desk.settings)
    seen = desk.preview(mine)
    theirs.commit(theirs.examine(theirs.open("rekan.xlsx", report(9))), actor="Rekan")
    for preview in (seen, desk.preview(mine), None):
        with pytest.raises(StoreError) as refused:
            desk.commit(mine, actor="Petugas", preview=preview)
        assert refused.value.key == "error.changed_since"
    assert set(desk.store.frame("visits")["total"]) == {9}
    assert len(uploads_in(desk)) == 1
    again = desk.examine(mine.file)
    assert desk.preview(again).counts["visits"].changed == 3
    desk.commit(again, actor="Petugas", preview=desk.preview(again))
    assert set(desk.store.frame("visits")["total"]) == {7}


def test_two_operators_do_not_name_two_new_libraries_alike(desk: Desk) -> None:
    place = ("Kabupaten Natuna", "Bunguran Timur", "Sepempang")
    files = [
        desk.open(f"{name}.xlsx", workbook(VISITS, (*place, f"Perpustakaan {name}", "1/2026", 1, 1, 2)))
        for name in ("Melati", "Anggrek")
    ]
    first, second = (desk.examine(file) for file in files)
    desk.commit(first, actor="Petugas")
    with pytest.raises(StoreError):
        desk.commit(second, actor="Rekan", preview=desk.preview(second))
    (question,) = desk.examine(files[1]).questions
    desk.commit(desk.examine(files[1], Answers(questions={question.id: "+"})), actor="Rekan")
    assert rows_of(desk.store.frame("libraries").iloc[:2], "library_id", "name") == [
        ("L-21.03.07.2004-1", "Perpustakaan Melati"),
        ("L-21.03.07.2004-2", "Perpustakaan Anggrek"),
    ]


# Nothing half-applied


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)  # a server's: tests/contract/test_store_faults.py
def test_a_full_disk_of_the_database(desk: Desk, store: Store) -> None:
    proposal = desk.examine(desk.open("a.xlsx", report(7, months=200)))
    before = store.head()

    def limit(connection: Any, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 2}")

    sa.event.listen(store.engine, "connect", limit)
    store.close()
    with pytest.raises(StoreError) as refused:
        desk.commit(proposal, actor="Petugas")
    assert refused.value.key == "error.disk_full"
    assert (store.head(), len(store.frame("visits")), uploads_in(desk)) == (before, 0, [])
    sa.event.remove(store.engine, "connect", limit)
    store.close()
    assert desk.commit(proposal, actor="Petugas") == before + 1


def test_a_full_disk_of_the_kept_files(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = desk.examine(desk.open("a.xlsx", report(7)))

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(uploads.os, "fsync", full)
        with pytest.raises(StoreError) as refused:
            desk.commit(proposal, actor="Petugas")
    assert refused.value.key == "error.disk_full"
    assert (len(desk.store.frame("visits")), uploads_in(desk)) == (0, [])


def test_a_folder_that_cannot_be_written(desk: Desk) -> None:
    proposal = desk.examine(desk.open("a.xlsx", report(7)))
    (desk.settings.var_dir / "uploads").write_text("di sini ada berkas")
    with pytest.raises(StoreError) as refused:
        desk.commit(proposal, actor="Petugas")
    assert refused.value.key == "intake.error.uploads_unwritable"
    assert t(refused.value.key, **refused.value.params)
    assert desk.store.frame("visits").empty


def test_a_read_only_workspace(desk: Desk, url: str, tmp_path: Path) -> None:
    proposal = desk.examine(desk.open("a.xlsx", report(7)))
    with closing(open_store(url, read_only=True)) as store:
        shown = Desk(store, replace(desk.settings, read_only=True))
        with pytest.raises(StoreError) as refused:
            shown.commit(proposal, actor="Petugas")
    assert refused.value.key == "error.read_only"
    assert uploads_in(desk) == []


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)  # a file has no connection to lose
def test_a_connection_that_is_lost_halfway(desk: Desk, store: Store) -> None:
    proposal = desk.examine(desk.open("a.xlsx", report(7)))
    before = store.head()
    killer = sa.create_engine(store.engine.url, isolation_level="AUTOCOMMIT")

    def cut(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO submissions"):
            backend = connection.connection.driver_connection.info.backend_pid
            with killer.connect() as other:
                other.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": backend})

    sa.event.listen(store.engine, "after_cursor_execute", cut)
    with pytest.raises(StoreError) as refused:
        desk.commit(proposal, actor="Petugas")
    sa.event.remove(store.engine, "after_cursor_execute", cut)
    killer.dispose()
    assert refused.value.key in ("error.database_lost", "error.database_unreachable")
    assert (store.head(), len(store.frame("visits")), uploads_in(desk)) == (before, 0, [])
    assert desk.commit(proposal, actor="Petugas") == before + 1


# In the write of the copy; after which statement of the commit (1 records the submission); before COMMIT.
MOMENTS = ["copy", "copy", *range(1, 9), *range(1, 9), "commit", "commit"]


@pytest.mark.slow
def test_kill_in_the_middle_of_a_desks_commit(
    desk: Desk, url: str, tmp_path: Path, record_property: pytest.RecordProperty
) -> None:
    first = desk.examine(desk.open("awal.xlsx", report(0, months=ROWS)))
    desk.commit(first, actor="Petugas")
    stands, inside, orphans = 0, 0, 0
    with processes() as using:
        for value, at in enumerate(MOMENTS, start=1):
            head = desk.store.head()
            proposal = replace(
                first,
                file=replace(first.file, name=f"{value}.xlsx", sha256=f"{value:064}"),
                changes={"visits": first.changes["visits"].assign(female=value, total=value)},
                head=head,
            )
            waiting = tmp_path / "proposal"
            waiting.write_bytes(pickle.dumps(proposal))
            var_dir = str(desk.settings.var_dir)
            pid = using.start(
                "desk", url=url, var_dir=var_dir, proposal=str(waiting), at=at, pauses=value % 2 == 0
            )
            using.hear("at", pid)
            assert using.kill(pid) == -signal.SIGKILL
            # The next writer waits until a server has noticed the death, so it comes before the look.
            desk.freeze(f"Potret {value}", actor="Petugas")
            number = desk.earlier(proposal.file)
            assert desk.store.head() == head + 1 + (number is not None)
            stands = value if number is not None else stands
            inside += number is None
            rows = desk.store.frame("visits")
            assert (len(rows), set(rows["total"])) == (ROWS, {stands})
            kept = desk.settings.var_dir / "uploads" / "resmi" / f"{proposal.file.sha256}.zip"
            orphans += number is None and kept.is_file()
            assert number is None or zipfile.ZipFile(kept).testzip() is None
    kind = url.partition(":")[0]
    figures = f"{kind}: {len(MOMENTS)} kills, {inside} before the commit, {orphans} copies without submission"
    record_property("figures", figures)
    print(figures)
    assert len(MOMENTS) == KILLS
    assert inside >= KILLS - 5
    with desk.store.engine.connect() as connection:
        visits = FACTS["visits"]
        current = sa.select(sa.func.count()).select_from(visits).where(visits.c.until.is_(None))
        assert connection.scalar(current) == ROWS


# Notes of the office


def test_a_snapshot_is_of_the_moment_before_it_and_its_name_stays(desk: Desk) -> None:
    head = desk.store.head()
    desk.freeze("Penutupan bimtek", actor="Petugas", note="7 Juni")
    assert rows_of(desk.store.frame("snapshots"), "name", "submission", "note") == [
        ("Penutupan bimtek", head, "7 Juni")
    ]
    with pytest.raises(StoreError) as refused:
        desk.freeze(" Penutupan bimtek ", actor="Petugas")
    assert refused.value.key == "intake.error.snapshot_exists"


def test_two_who_freeze_one_name_at_once_do_not_replace_each_other(desk: Desk, monkeypatch) -> None:
    looked = desk.store.head()
    desk.freeze("Penutupan", actor="Petugas")
    monkeypatch.setattr(desk.store, "head", lambda: looked)  # the second looked before the first was done
    with pytest.raises(StoreError) as refused:
        desk.freeze("Penutupan", actor="Rekan", note="punya saya")
    assert refused.value.key == "error.changed_since"


def test_an_open_advice_is_cleared_by_writing_why(desk: Desk) -> None:
    file = desk.open("a.xlsx", workbook(VISITS, (*SEMBULANG, LIBRARY, "12/2099", 1, 1, 2)))
    desk.commit(desk.examine(file), actor="Petugas")
    (key,) = rows_of(desk.store.frame("advices"), "of_table", "row_key", "of_column", "rule")
    with pytest.raises(StoreError, match="no_reason"):
        desk.clear_advice(*key, " ", actor="Petugas")
    desk.clear_advice(*key, "jadwal tetap", actor="Petugas")
    assert rows_of(desk.store.frame("advices"), "value", "reason") == [("12/2099", "jadwal tetap")]
    with pytest.raises(StoreError, match="no_advice"):
        desk.clear_advice("visits", "lain", "month", "future", "sebab", actor="Petugas")


# The command line walks the same way


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in [name for name in os.environ if name.startswith("LITERASI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LITERASI_VAR_DIR", str(tmp_path / "cli"))
    return tmp_path


def test_the_command_line(var: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = var / "laporan.xlsx"
    file.write_bytes(report(-7))
    assert main(["import", str(file), "--marked", str(var / "tanda.xlsx")]) == 2
    said = capsys.readouterr()
    assert said.out.count("✗ Lembar!F") == 3
    assert "6 kesalahan" in said.err
    assert len(openpyxl.load_workbook(var / "tanda.xlsx").sheetnames) == 2

    file.write_bytes(workbook(VISITS, (*SEMBULANG, "Perpustakaan Lain", "1/2026", 1, 1, 2)))
    assert main(["import", str(file)]) == 2
    answer = next(line for line in capsys.readouterr().out.splitlines() if "=+'" in line).split("'")[1]
    arguments = ["import", str(file), "--answer", answer, "--reason", "1=baru dibuka"]
    assert main(arguments) == 0
    assert t("cli.sync_preview") in capsys.readouterr().out
    assert main([*arguments, "--commit", "--actor", "Petugas"]) == 0
    assert t("cli.sync_committed", submission=2) in capsys.readouterr().out
    with closing(open_store(f"sqlite:///{var / 'cli' / 'literasi.db'}", read_only=True)) as store:
        assert rows_of(store.frame("advices"), "rule", "reason") == [("new_library", "baru dibuka")]
        assert store.submissions().iloc[0].actor == "Petugas"
    assert main(["import", str(var / "tidak-ada.xlsx")]) == 2
    assert main(["import", str(file), "--column", "Lembar=x"]) == 2


def test_a_template_from_the_command_line_is_read_as_its_form(var: Path, tmp_path: Path) -> None:
    out = tmp_path / "templat" / "kunjungan.xlsx"
    assert main(["template", "visits", "--out", str(out)]) == 0
    assert main(["template", "unknown", "--out", str(out)]) == 2
    assert main(["import", str(out)]) == 2
