"""The portable edition: what leaves the office, and that it runs where nothing can be written."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from literasi import workspaces
from literasi.contracts import TABLES
from literasi.errors import LiterasiError
from literasi.portable import folder, snapshot
from literasi.settings import Settings, load
from literasi.store import OFFICE_NOTES, Store, open_store

INHERITED = {k: v for k, v in os.environ.items() if not k.startswith("LITERASI_")}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    var = tmp_path_factory.mktemp("var")
    urls = {
        "database_url": f"sqlite:///{var / 'literasi.db'}",
        "practice_url": f"sqlite:///{var / 'practice.db'}",
    }
    return replace(load(), var_dir=var, **urls)


@pytest.fixture(scope="module")
def practice(settings: Settings) -> Store:
    return workspaces.open_workspace(workspaces.PRACTICE, settings)


@pytest.fixture(scope="module")
def made(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> folder.Made:
    return folder.make(tmp_path_factory.mktemp("stick") / "edisi", settings, platform=None, python="3.12")


def test_the_snapshot_holds_what_is_current_and_nothing_else(practice: Store, tmp_path: Path):
    practice.undo(
        practice.commit(
            {"libraries": practice.frame("libraries").head(1).assign(note="salah")},
            actor="Petugas",
            file_name="rahasia.xlsx",
            sha256="1",
        ),
        actor="Petugas",
    )
    assert snapshot.write(practice, tmp_path / "copy.db") == practice.head()
    with closing(open_store(f"sqlite:///{tmp_path / 'copy.db'}", read_only=True)) as copy:
        assert copy.head() == 1
        for name in set(TABLES) - set(OFFICE_NOTES) - {"participants"}:
            assert copy.frame(name).equals(practice.frame(name)), name
        assert all(copy.frame(name).empty for name in OFFICE_NOTES)
    raw = (tmp_path / "copy.db").read_bytes()
    assert b"rahasia.xlsx" not in raw
    assert b"Petugas" not in raw


def test_people_get_other_codes_that_still_say_who_came_twice(practice: Store, tmp_path: Path):
    snapshot.write(practice, tmp_path / "copy.db")
    before = practice.frame("participants")
    with closing(open_store(f"sqlite:///{tmp_path / 'copy.db'}", read_only=True)) as copy:
        after = copy.frame("participants")
    assert set(before["participant_id"]).isdisjoint(after["participant_id"])
    times = [sorted(f.groupby("participant_id").size()) for f in (before, after)]
    assert times[0] == times[1]
    assert max(times[0]) > 1
    raw = (tmp_path / "copy.db").read_bytes()
    assert not [code for code in before["participant_id"] if code.encode() in raw]


def test_every_file_has_its_checksum(made: folder.Made):
    lines = (made.folder / folder.SUMS).read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    files = {f.relative_to(made.folder).as_posix() for f in made.folder.rglob("*") if f.is_file()}
    assert set(sums) == files - {folder.SUMS}
    some = "dasbor/var/literasi.db"
    assert sums[some] == hashlib.sha256((made.folder / some).read_bytes()).hexdigest()


def test_nothing_private_comes_along(made: folder.Made):
    names = {f.name for f in made.folder.rglob("*")}
    assert not names & {"pseudonym.key", "uploads", "backups", "secrets.toml", "__pycache__", ".git", "tests"}


def test_it_opens_read_only_where_nothing_can_be_written(made: folder.Made):
    program = made.folder / folder.FOLDER
    written = [made.folder / f"{folder.FOLDER}/var", program / "var/literasi.db", program / "var/practice.db"]
    for path in written:
        path.chmod(0o555 if path.is_dir() else 0o444)
    ask = (
        "from literasi.settings import load; from literasi.workspaces import NAMES, open_workspace as w; "
        "print([len(w(n, load()).frame('libraries')) for n in NAMES])"
    )
    env = INHERITED | {
        "LITERASI_READ_ONLY": "1",
        "LITERASI_VAR_DIR": str(program / "var"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    told = subprocess.run(
        [sys.executable, "-c", ask], cwd=program, env=env, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    assert re.fullmatch(r"\[[1-9]\d*, [1-9]\d*\]", told.stdout.strip())
    assert {f.name for f in (program / "var").iterdir()} == {"literasi.db", "practice.db"}


def test_the_start_files_are_right_for_their_systems(made: folder.Made):
    unix = (made.folder / "mulai.sh").read_bytes()
    assert b"\r" not in unix
    assert subprocess.run(["sh", "-n", str(made.folder / "mulai.sh")], check=False).returncode == 0
    assert os.access(made.folder / "mulai.sh", os.X_OK)
    windows = (made.folder / "MULAI.bat").read_bytes()
    assert windows.count(b"\n") == windows.count(b"\r\n") > 5
    for text in (unix, windows):
        assert b"LITERASI_READ_ONLY=1" in text
        assert b"PIP_NO_INDEX" not in text  # without packages on the stick pip may look for them


def test_nothing_is_overwritten(settings: Settings, tmp_path: Path):
    (tmp_path / "foto.jpg").write_bytes(b"x")
    with pytest.raises(LiterasiError, match=r"error\.portable_folder"):
        folder.make(tmp_path, settings, platform=None, python="3.12")
    assert [f.name for f in tmp_path.iterdir()] == ["foto.jpg"]


def test_packages_that_cannot_be_had_leave_an_edition_that_says_so(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(folder.wheels, "fetch", lambda *_, **__: "ERROR: no internet")
    monkeypatch.setattr(folder.report, "html_bytes", lambda _: b"")
    made = folder.make(tmp_path / "edisi", settings, platform="windows", python="3.12")
    assert made.missing_wheels == "ERROR: no internet"
    assert not list(made.folder.glob("paket-*"))
    assert b"PIP_NO_INDEX" not in (made.folder / "MULAI.bat").read_bytes()
    assert "TIDAK ikut" in (made.folder / "BACA-DULU.txt").read_text(encoding="utf-8-sig")
