"""``python -m literasi pack``: the file it writes, and what it says when it cannot."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from literasi.cli import main

EVENT = "bimtek-spp-tik-2024"

# Pandera imports PySpark where it is installed; the product has no PySpark.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support:FutureWarning")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('pack') / 'literasi.db'}"


@pytest.fixture(autouse=True)
def _own_database(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITERASI_DATABASE_URL", database)


def test_the_pack_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "baru" / "paket.zip"
    assert main(["pack", "--event", EVENT, "--out", str(out)]) == 0
    assert str(out) in capsys.readouterr().out
    with zipfile.ZipFile(out) as file:
        assert "Ruang Resmi" in file.read("LIHAT-DULU.txt").decode("utf-8-sig")


def test_an_unknown_event_lists_those_that_there_are(capsys: pytest.CaptureFixture[str]):
    assert main(["pack", "--event", "tidak-ada"]) == 2
    said = capsys.readouterr().err
    assert "tidak-ada" in said
    assert f"  {EVENT}  " in said


def test_a_template_that_cannot_be_read_or_used_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    missing = tmp_path / "tidak-ada.pptx"
    assert main(["pack", "--event", EVENT, "--template", str(missing)]) == 2
    assert str(missing) in capsys.readouterr().err
    missing.write_bytes(b"x")
    assert main(["pack", "--event", EVENT, "--template", str(missing)]) == 2
    assert "PowerPoint" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "berkas").write_text("x")
    out = tmp_path / "berkas" / "paket.zip"
    assert main(["pack", "--event", EVENT, "--out", str(out)]) == 2
    assert str(out) in capsys.readouterr().err
