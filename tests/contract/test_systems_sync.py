"""The command `sync`: preview, commit, undo, and a password that is nowhere to be seen."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from literasi.cli import main
from literasi.intake.systems import slims
from literasi.intake.systems.syncing import Address
from literasi.store import open_store
from literasi.text import t
from tests.contract import slims_schema
from tests.contract.mariadb import PASSWORD, Server, server

LIBRARY = "L-21.72.01.1004-1"


@pytest.fixture(scope="module")
def address() -> Address:
    """Account of a SLiMS install with visits in two months and a loan."""
    mariadb: Server = server()
    name = mariadb.new_database([*slims_schema.tables(), *slims_schema.TRIGGERS])
    days = ["2024-02-03", "2024-02-04", "2024-04-03"]
    mariadb.fill(name, "visitor_count", ["member_name", "checkin_date"], [("Rahasia", day) for day in days])
    mariadb.fill(
        name,
        "loan",
        ["item_code", "member_id", "loan_date", "due_date"],
        [("B1", "M1", "2024-03-05", "2024-03-19")],
    )
    return mariadb.reader(name, slims.NEEDED)


@pytest.fixture
def arguments(address: Address, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Arguments of a command that would read four months into a new database."""
    monkeypatch.setenv("LITERASI_DATABASE_URL", f"sqlite:///{tmp_path / 'literasi.db'}")
    monkeypatch.setenv("LITERASI_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("LITERASI_SISTEM_SANDI", PASSWORD)
    where = ["--socket", address.socket, "--user", address.user, "--database", address.database]
    months = ["--from", "2024-01", "--until", "2024-04"]
    return ["sync", "slims", *where, "--library", LIBRARY, *months]


def test_preview_then_commit_then_nothing_new(
    arguments: list[str], address: Address, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert t("cli.sync_preview") in said
    assert t("cli.sync_counts", table=t("table.visits"), added=3, changed=0, removed=0) in said
    with closing(open_store(f"sqlite:///{tmp_path / 'literasi.db'}")) as store:
        before = store.head()
        assert main([*arguments, "--commit", "--actor", "Sari"]) == 0
        assert t("cli.sync_committed", submission=before + 1) in capsys.readouterr().out
        submission = store.submissions().iloc[0]
        assert submission["actor"] == "Sari"
        assert submission["file_name"] == f"slims://localhost/{address.database}"
        assert "2024-01" in submission["note"]
        visits = store.frame("visits").query("library_id == @LIBRARY").set_index("month")["total"]
        assert visits.loc["2024-02-01":"2024-04-01"].tolist() == [2, 0, 1]
        assert main([*arguments, "--commit"]) == 0
        assert t("systems.nothing") in capsys.readouterr().out
        assert store.head() == before + 1
        store.undo(before + 1, actor="Sari")
        assert store.frame("circulation").query("library_id == @LIBRARY").empty
    written = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert PASSWORD.encode() not in written


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (["--library", "L-99"], "systems.error.library"),
        (["--from", "2024"], "systems.error.month"),
        (["--until", "Januari"], "systems.error.month"),
        (["--from", "2024-05"], "systems.error.no_month"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_read(
    arguments: list[str], capsys: pytest.CaptureFixture[str], change: list[str], key: str
):
    assert main([*arguments, *change]) == 2
    said = capsys.readouterr().err
    assert (
        said.split()[:1]
        == t(key, library="L-99", value=change[1], first="2024-05", last="2024-04").split()[:1]
    )
    assert change[1] in said


def test_without_a_password_it_is_asked_for_and_never_taken_from_the_arguments(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.delenv("LITERASI_SISTEM_SANDI")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert main(arguments) == 2
    assert capsys.readouterr().err == t("systems.error.no_password") + "\n"
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _question: PASSWORD)
    assert main(arguments) == 0
    with pytest.raises(SystemExit):
        main([*arguments, "--password", PASSWORD])


def test_grants_are_written_without_connecting(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    assert main(["sync", "inlislite", "--user", "dasbor", "--database", "inlislite", "--grants"]) == 0
    assert "GRANT SELECT (ID, RegisterDate, EndDate)" in capsys.readouterr().out
