"""Command line: prepare the workspaces, look at submissions and undo them, back up, check, export."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from literasi.contracts import TABLES
from literasi.errors import ContractError, LiterasiError, StoreError
from literasi.settings import Settings, load
from literasi.text import has, t, term

FAULTS_SHOWN = 20
FAILED = 2

Command = Callable[[argparse.Namespace, Settings], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process unless given.

    Returns
    -------
    int
        Exit code: 0 when done, 2 when refused. What is wrong is said in words, on standard error.
    """
    chosen = _parser().parse_args(arguments)
    command: Command = chosen.command
    try:
        command(chosen, load())
    except LiterasiError as error:
        _explain(error)
        return FAILED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m literasi", description=t("cli.description"))
    commands = parser.add_subparsers(required=True, metavar=t("cli.command"))

    def add(
        name: str, key: str, command: Callable[[argparse.Namespace, Settings], None]
    ) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=t(key), description=t(key))
        sub.set_defaults(command=command)
        return sub

    add("prepare", "cli.help.prepare", _prepare)
    add("submissions", "cli.help.submissions", _submissions)
    undo = add("undo", "cli.help.undo", _undo)
    undo.add_argument("id", type=int, help=t("cli.help.submission_id"))
    undo.add_argument("--actor", default="cli", help=t("cli.help.actor"))
    backup = add("backup", "cli.help.backup", _backup)
    backup.add_argument("file", type=Path, nargs="?", help=t("cli.help.backup_file"))
    add("check-data", "cli.help.check_data", _check_data)
    export = add("export", "cli.help.export", _export)
    export.add_argument(
        "table", choices=sorted(TABLES), metavar=t("cli.table"), help=", ".join(sorted(TABLES))
    )
    export.add_argument("--out", type=Path, required=True, help=t("cli.help.out"))
    export.add_argument("--as-of", type=int, help=t("cli.help.as_of"))
    return parser


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


def _submissions(_chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi.store import open_store

    columns = ["id", "time", "actor", "file_name", "added", "changed", "removed", "undo_of", "undone_by"]
    with closing(open_store(settings.database_url, read_only=True)) as store:
        listing = store.submissions()[columns]
    print(listing.to_string(index=False, na_rep="–"))


def _undo(chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi.store import open_store

    with closing(open_store(settings.database_url, read_only=settings.read_only)) as store:
        number = store.undo(chosen.id, actor=chosen.actor)
    print(t("cli.undone", submission=chosen.id, undo=number))


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
    for check in (definitions.load_catalogue, definitions.load_snp, definitions.load_reporting, published):
        try:
            check(settings.data_dir)
        except LiterasiError as error:
            _explain(error)
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


def _explain(error: LiterasiError) -> None:
    print(t(error.key, **error.params) if has(error.key) else str(error), file=sys.stderr)
    faults = error.faults if isinstance(error, ContractError) else ()
    for fault in faults[:FAULTS_SHOWN]:
        where = {
            "table": fault.table,
            "column": fault.column,
            "row": "–" if fault.row is None else fault.row + 1,
            "value": fault.value,
        }
        print("  " + t("cli.fault", rule=term("rule", fault.rule), **where), file=sys.stderr)
    if len(faults) > FAULTS_SHOWN:
        print("  " + t("cli.more_faults", count=len(faults) - FAULTS_SHOWN), file=sys.stderr)
