"""Prepare the workspaces, back up, check what is shipped, export."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path

from literasi.cli.commands import Commands, explain
from literasi.contracts import TABLES
from literasi.errors import LiterasiError, StoreError
from literasi.settings import Settings
from literasi.text import t


def add_to(commands: Commands) -> None:
    """Add these commands."""
    commands.add("prepare", "cli.help.prepare", _prepare)
    backup = commands.add("backup", "cli.help.backup", _backup)
    backup.add_argument("file", type=Path, nargs="?", help=t("cli.help.backup_file"))
    commands.add("check-data", "cli.help.check_data", _check_data)
    export = commands.add("export", "cli.help.export", _export)
    export.add_argument(
        "table", choices=sorted(TABLES), metavar=t("cli.table"), help=", ".join(sorted(TABLES))
    )
    export.add_argument("--out", type=Path, required=True, help=t("cli.help.out"))
    export.add_argument("--as-of", type=int, help=t("cli.help.as_of"))


def _prepare(_chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi import workspaces

    for name in workspaces.NAMES:
        label = t(f"workspace.{name}")
        print(t("cli.preparing", workspace=label), flush=True)
        store = workspaces.open_workspace(name, settings)
        if store.upgraded is not None:
            key = "cli.upgraded" if store.upgraded.backup else "cli.upgraded_server"
            print(t(key, needed=store.upgraded.to_revision, backup=store.upgraded.backup))
        print(t("cli.prepared", workspace=label, submission=store.head()), flush=True)
        store.close()


def _backup(chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi.store import open_store

    with closing(open_store(settings.database_url, read_only=True)) as store:
        print(t("cli.backed_up", file=store.backup(chosen.file)))


def _check_data(_chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi.store import definitions, open_store, seed

    def published(data_dir: Path) -> None:
        with closing(open_store("sqlite://")) as store:
            seed.publish(store, data_dir)

    failed = 0
    for check in (*definitions.LOADERS, published):
        try:
            check(settings.data_dir)
        except LiterasiError as error:
            explain(error)
            failed += 1
    if failed:
        raise StoreError("error.data_faults", count=failed, folder=settings.data_dir)
    print(t("cli.checked", folder=settings.data_dir))


def _export(chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi.store import open_store

    with closing(open_store(settings.database_url, read_only=True)) as store:
        rows = store.frame(chosen.table, as_of=chosen.as_of)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    rows.to_csv(chosen.out, index=False, encoding="utf-8")
    print(t("cli.exported", count=len(rows), file=chosen.out))
