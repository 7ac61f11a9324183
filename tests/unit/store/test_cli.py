"""Commands say what they did, and refuse in words."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from literasi import text
from literasi.cli import main
from literasi.store import open_store
from tests.contract.store_rows import AREAS, commit, libraries


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Official workspace with two submissions."""
    address = f"sqlite:///{tmp_path / 'literasi.db'}"
    monkeypatch.setenv("LITERASI_DATABASE_URL", address)
    with closing(open_store(address)) as store:
        commit(store, areas=AREAS)
        commit(store, libraries=libraries("a"))
    return address


def test_submissions_are_listed(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["submissions"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["id", "2", "1"]
    assert "Petugas" in lines[1]


def test_undo_is_a_submission(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["undo", "2", "--actor", "Sari"]) == 0
    assert capsys.readouterr().out == text.t("cli.undone", submission=2, undo=3) + "\n"
    with closing(open_store(url)) as store:
        assert store.submissions().actor[0] == "Sari"


def test_a_refused_undo_names_the_later_submission(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["undo", "1"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == text.t("error.undo_built_on", submission=1, later=2) + "\n"


def test_read_only_refuses_undo(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LITERASI_READ_ONLY", "1")
    assert main(["undo", "2"]) == 2
    assert text.t("error.read_only") in capsys.readouterr().err


def test_backup_tells_its_file(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "salinan.db"
    assert main(["backup", str(file)]) == 0
    assert file.exists()
    assert main(["backup", str(file)]) == 2
    assert str(file) in capsys.readouterr().err


def test_export_writes_the_table_as_of_a_submission(url: str, tmp_path: Path) -> None:
    file = tmp_path / "folder" / "libraries.csv"
    assert main(["export", "libraries", "--out", str(file)]) == 0
    assert file.read_text(encoding="utf-8").splitlines()[1].startswith("a,a,village,21.71,national")
    assert main(["export", "libraries", "--out", str(file), "--as-of", "1"]) == 0
    assert len(file.read_text(encoding="utf-8").splitlines()) == 1


def test_a_missing_database_is_not_made_by_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LITERASI_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    assert main(["submissions"]) == 2
    assert "none.db" in capsys.readouterr().err
    assert not (tmp_path / "none.db").exists()


def test_prepare_fills_both_workspaces_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LITERASI_VAR_DIR", str(tmp_path))
    assert main(["prepare"]) == 0
    first = capsys.readouterr().out
    assert first.splitlines()[1] == text.t("cli.prepared", workspace=text.t("workspace.resmi"), submission=1)
    assert main(["prepare"]) == 0
    assert capsys.readouterr().out == first
    assert {file.name for file in tmp_path.glob("*.db")} == {"literasi.db", "practice.db"}


def test_check_data_accepts_what_is_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-data"]) == 0
    assert capsys.readouterr().err == ""


def test_check_data_reads_every_file_of_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(Path(__file__).resolve().parents[3] / "data", data)
    rules = sorted(data.glob("rules/*.yml"))
    for file in rules:
        file.write_text(file.read_text(encoding="utf-8") + "\nwrong: 1\n", encoding="utf-8")
    monkeypatch.setenv("LITERASI_DATA_DIR", str(data))
    assert main(["check-data"]) == 2
    told = capsys.readouterr().err
    assert [file.name for file in rules if f"{file.name}: wrong" not in told] == []


def test_check_data_names_table_column_row_and_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("areas", "published", "indicators", "rules"):
        (tmp_path / folder).mkdir()
    (tmp_path / "areas" / "areas.csv").write_text(
        "area_code,level,kind,name,parent_code\n21,province,provinsi,K,99\n"
    )
    monkeypatch.setenv("LITERASI_DATA_DIR", str(tmp_path))
    assert main(["check-data"]) == 2
    fault = text.t(
        "cli.fault",
        table="areas",
        column="parent_code",
        row=1,
        rule=text.t("rule.unknown_reference"),
        value="99",
    )
    assert fault in capsys.readouterr().err


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_error_of_the_store_has_words(language: text.Language) -> None:
    root = Path(__file__).resolve().parents[3] / "literasi" / "store"
    import re

    used = {key for file in root.rglob("*.py") for key in re.findall(r'"(error\.\w+)"', file.read_text())}
    assert used
    assert used <= text.catalogue(language).keys()


def test_a_moment_is_named_and_compared_with_now(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["freeze", "Penutupan bimtek", "--note", "7 Juni", "--actor", "Sari"]) == 0
    assert capsys.readouterr().out == text.t("cli.frozen", name="Penutupan bimtek", submission=3) + "\n"
    with closing(open_store(url)) as store:
        assert store.frame("snapshots").to_numpy().tolist() == [["Penutupan bimtek", 2, "7 Juni"]]
        commit(store, libraries=libraries("a", "b").assign(note=["baru", None]))
    assert main(["compare", "--since", "Penutupan bimtek"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == text.t("cli.compared", first=2, last=4)
    assert "1 ditambah, 1 diubah, 0 dihapus" in said[1]
    assert said[2].startswith("  + b")
    assert said[3] == "  ~ a · note · baru"
    assert len(said) == 4
    assert main(["compare", "--since", "2", "--until", "3"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [text.t("compare.nothing")]


def test_what_is_no_moment_is_said(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    for written in ("kemarin", "99"):
        assert main(["compare", "--since", written]) == 2
        assert text.t("error.no_moment", written=written) in capsys.readouterr().err
    assert main(["compare", "--since", "2001-01-01"]) == 0
    assert text.t("cli.compared", first=0, last=2) in capsys.readouterr().out


def test_the_practice_workspace_has_a_history_of_its_own(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    practice = f"sqlite:///{tmp_path / 'practice.db'}"
    monkeypatch.setenv("LITERASI_PRACTICE_URL", practice)
    with closing(open_store(practice)) as store:
        commit(store, areas=AREAS)
    assert main(["undo", "1", "--practice"]) == 0
    assert main(["freeze", "Kosong", "--practice"]) == 0
    capsys.readouterr()
    assert main(["submissions", "--practice"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["id", "3", "2", "1"]
    with closing(open_store(url)) as store:
        assert store.head() == 2
