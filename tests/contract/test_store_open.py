"""A database is made, upgraded after a backup, or refused and left as it was (both databases)."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from literasi.errors import StoreError
from literasi.store import open_store, upgrade
from literasi.store.database import file_of, make_engine, opening
from literasi.store.schema import HEAD_REVISION, METADATA, VERSION
from tests.contract.store_processes import processes
from tests.contract.store_rows import AREAS, circulation, commit, libraries, names, visits

LATE = {
    "0002": {"advocacy", "publications", "services"},
    "0003": {"advices", "layouts", "spellings", "snapshots"},
    "0004": {"iplm_inputs"},
}
OLDER = ["0001", "0002", "0003"]


def make_older_schema(url: str, revision: str = "0001") -> None:
    """Make a database as an earlier release made it, with a submission in it."""
    engine = make_engine(url, read_only=False)
    file = file_of(engine)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    with opening(engine) as connection:
        config = upgrade.alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.execute(
            sa.text("INSERT INTO submissions VALUES (1, '2026-01-01', 'a', 'f', 's', '', NULL, '{}')")
        )
        connection.execute(
            sa.text(
                "INSERT INTO areas (area_code, level, kind, name, since, origin)"
                " VALUES ('21', 'province', 'provinsi', 'Kepulauan Riau', 1, 1)"
            )
        )
    engine.dispose()


def tables(url: str) -> set[str]:
    engine = make_engine(url, read_only=False)
    found = set(sa.inspect(engine).get_table_names())
    engine.dispose()
    return found


def set_revision(url: str, revision: str) -> None:
    engine = make_engine(url, read_only=False)
    with engine.begin() as connection:
        connection.execute(sa.update(VERSION).values(version_num=revision))
    engine.dispose()


def backups(url: str) -> list[Path]:
    engine = make_engine(url, read_only=False)
    file = file_of(engine)
    return [] if file is None else sorted((file.parent / "backups").glob("*.db"))


def refusal(url: str, *, read_only: bool = False) -> str:
    with pytest.raises(StoreError) as error:
        open_store(url, read_only=read_only)
    return error.value.key


def test_a_new_database_is_made_with_its_folder_and_opens_again(url: str) -> None:
    with closing(open_store(url)) as store:
        commit(store, areas=AREAS)
        assert store.upgraded is None
    with closing(open_store(url)) as store:
        assert len(names(store)) == 3
        assert store.upgraded is None


def test_head_revision_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(upgrade.alembic_config()).get_heads() == [HEAD_REVISION]


@pytest.mark.parametrize("start", [*OLDER, "made"])
def test_migrations_and_contracts_make_the_same_schema(url: str, start: str) -> None:
    if start in OLDER:
        make_older_schema(url, start)
        assert not any(late & tables(url) for revision, late in LATE.items() if revision > start)
    with closing(open_store(url)) as store, store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_migrations_make_the_same_sql_as_the_contracts(tmp_path: Path) -> None:
    """Checks and partial indexes too, which the comparison above does not see."""
    made, migrated = f"sqlite:///{tmp_path / 'made.db'}", f"sqlite:///{tmp_path / 'migrated.db'}"
    make_older_schema(migrated)

    def statements(url: str) -> dict[str, list[str]]:
        with closing(open_store(url)) as store, store.engine.connect() as connection:
            rows = connection.execute(
                sa.text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            ).all()
        # A column that came later stands at the end of its table, where its place means nothing.
        normal = {
            name: sorted(re.split(r",(?![^()]*\))", "".join(sql.replace('"', "").split()).removesuffix(")")))
            for name, sql in rows
        }
        normal.pop("alembic_version")
        return normal

    assert statements(migrated) == statements(made)


@pytest.mark.parametrize("start", OLDER)
def test_an_older_database_is_upgraded_with_its_rows_after_a_backup(url: str, start: str) -> None:
    make_older_schema(url, start)
    with closing(open_store(url)) as store:
        assert store.upgraded is not None
        assert (store.upgraded.from_revision, store.upgraded.to_revision) == (start, HEAD_REVISION)
        assert names(store) == {"21": "Kepulauan Riau"}
        assert store.frame("services").empty
        assert store.frame("snapshots").empty
        late = circulation("a", 5, 1).assign(titles=700, copies=900)
        commit(store, areas=AREAS, libraries=libraries("a"), visits=visits("a", 1), circulation=late)
        assert store.submissions().id.tolist() == [2, 1]
        assert store.frame("circulation")[["titles", "copies"]].to_numpy().tolist() == [[700, 900]]
        saved = store.upgraded.backup
    if saved is None:
        assert url.startswith("postgresql")
        return
    assert backups(url) == [saved]
    with closing(sqlite3.connect(saved)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [(start,)]
        assert copy.execute("SELECT name FROM areas").fetchall() == [("Kepulauan Riau",)]
    with closing(open_store(f"sqlite:///{saved}")) as store:
        assert names(store) == {"21": "Kepulauan Riau"}


def test_a_failing_upgrade_leaves_the_database_as_it_was(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_older_schema(url)
    before = tables(url)
    broken = tmp_path / "migrations"
    shutil.copytree(upgrade.MIGRATIONS, broken)
    script = broken / "versions" / "r0003_intake.py"
    script.write_text(script.read_text() + '    raise RuntimeError("disk on fire")\n')
    with monkeypatch.context() as patch:
        patch.setattr(upgrade, "MIGRATIONS", broken)
        assert refusal(url) == "error.upgrade_failed"
    assert tables(url) == before
    assert len(backups(url)) == url.startswith("sqlite")
    with closing(open_store(url)) as store:
        assert names(store) == {"21": "Kepulauan Riau"}


def test_a_database_of_a_newer_program_is_refused_unchanged(url: str) -> None:
    with closing(open_store(url)) as store:
        commit(store, areas=AREAS)
    set_revision(url, "9999")
    assert refusal(url) == "error.database_newer"
    assert backups(url) == []
    set_revision(url, HEAD_REVISION)
    with closing(open_store(url)) as store:
        assert len(names(store)) == 3


def test_a_read_only_install_does_not_upgrade(url: str) -> None:
    make_older_schema(url)
    assert refusal(url, read_only=True) == "error.database_older"
    assert not LATE["0002"] & tables(url)


def test_a_read_only_install_makes_no_database(url: str) -> None:
    assert refusal(url, read_only=True) in ("error.database_missing", "error.database_older")
    assert backups(url) == []
    if url.startswith("sqlite"):
        assert not Path(url.removeprefix("sqlite:///")).exists()


def test_another_programs_database_is_refused(url: str) -> None:
    engine = make_engine(url, read_only=False)
    file = file_of(engine)
    if file is not None:
        file.parent.mkdir()
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE pelanggan (id INTEGER)"))
    engine.dispose()
    assert refusal(url) == "error.database_foreign"
    assert tables(url) == {"pelanggan"}


@pytest.mark.parametrize("damage", ["text", "torn"])
def test_a_damaged_file_is_refused_unchanged(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "literasi.db"
    if damage == "text":
        file.write_text("Ini bukan basis data.\n" * 200)
    else:
        with closing(open_store(f"sqlite:///{file}")) as store:
            commit(store, areas=AREAS)
        file.write_bytes(file.read_bytes()[:2048] + b"\0" * 4096)
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    assert refusal(f"sqlite:///{file}") == "error.database_damaged"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("address", ["mysql://x/y", "no address", "duckdb:///a"])
def test_other_addresses_are_refused(address: str) -> None:
    assert refusal(address) == "error.database_address"


def test_a_server_that_is_not_there_is_said_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as error:
        open_store(f"postgresql://u:rahasia@/d?host={tmp_path}")
    assert error.value.key == "error.database_unreachable"
    assert "rahasia" not in str(error.value)


def test_backup_is_complete_and_never_overwrites(tmp_path: Path) -> None:
    with closing(open_store(f"sqlite:///{tmp_path / 'a.db'}")) as store:
        commit(store, areas=AREAS)
        saved = store.backup()
        assert saved.parent == tmp_path / "backups"
        with pytest.raises(StoreError, match=r"error.backup_exists"):
            store.backup(saved)
    with closing(open_store(f"sqlite:///{saved}")) as copy:
        assert len(names(copy)) == 3


@pytest.mark.postgres
def test_backup_of_a_server_is_left_to_its_tools(postgres) -> None:  # type: ignore[no-untyped-def]
    with (
        closing(open_store(postgres())) as store,
        pytest.raises(StoreError, match=r"error.backup_postgresql"),
    ):
        store.backup()


@pytest.mark.slow
def test_processes_that_open_at_once_make_or_upgrade_it_once(url: str, tmp_path: Path) -> None:
    with processes() as using:
        for _ in range(2):
            assert [using.end(pid) for pid in [using.start("opening", url=url) for _ in range(4)]] == [0] * 4
        assert backups(url) == []
        if url.startswith("sqlite"):
            older = f"sqlite:///{tmp_path / 'older' / 'literasi.db'}"
            make_older_schema(older)
            assert [using.end(pid) for pid in [using.start("opening", url=older) for _ in range(4)]] == [
                0
            ] * 4
            assert len(backups(older)) == 1
