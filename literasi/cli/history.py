"""List submissions and take them back, name a moment, compare two moments."""

from __future__ import annotations

import argparse
import datetime as dt
from contextlib import closing
from typing import TYPE_CHECKING

from literasi.cli.commands import Commands
from literasi.errors import LiterasiError
from literasi.settings import Settings
from literasi.text import t, term

if TYPE_CHECKING:
    from literasi.store import Effect, Store

ROWS_SHOWN = 20


def add_to(commands: Commands) -> None:
    """Add these commands."""
    listing = commands.add("submissions", "cli.help.submissions", _submissions)
    undo = commands.add("undo", "cli.help.undo", _undo)
    undo.add_argument("id", type=int, help=t("cli.help.submission_id"))
    undo.add_argument("--actor", default="cli", help=t("cli.help.actor"))
    freeze = commands.add("freeze", "cli.help.freeze", _freeze)
    freeze.add_argument("name", help=t("cli.help.freeze_name"))
    freeze.add_argument("--note", default="", help=t("cli.help.freeze_note"))
    freeze.add_argument("--actor", default="cli", help=t("cli.help.freeze_actor"))
    compare = commands.add("compare", "cli.help.compare", _compare)
    compare.add_argument("--since", required=True, help=t("cli.help.compare_since"))
    compare.add_argument("--until", help=t("cli.help.compare_until"))
    for command in (listing, undo, freeze, compare):
        command.add_argument("--practice", action="store_true", help=t("cli.help.practice"))


def _url(chosen: argparse.Namespace, settings: Settings) -> str:
    return settings.practice_url if chosen.practice else settings.database_url


def _submissions(chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi.store import open_store

    columns = ["id", "time", "actor", "file_name", "added", "changed", "removed", "undo_of", "undone_by"]
    with closing(open_store(_url(chosen, settings), read_only=True)) as store:
        listing = store.submissions()[columns]
    print(listing.to_string(index=False, na_rep="–"))


def _undo(chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi.store import open_store

    with closing(open_store(_url(chosen, settings), read_only=settings.read_only)) as store:
        number = store.undo(chosen.id, actor=chosen.actor)
    print(t("cli.undone", submission=chosen.id, undo=number))


def _freeze(chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi.desk import Desk
    from literasi.store import open_store
    from literasi.workspaces import OFFICIAL, PRACTICE

    workspace = PRACTICE if chosen.practice else OFFICIAL
    with closing(open_store(_url(chosen, settings), read_only=settings.read_only)) as store:
        desk = Desk(store, settings, workspace=workspace)
        number = desk.freeze(chosen.name, actor=chosen.actor, note=chosen.note)
    print(t("cli.frozen", name=chosen.name, submission=number))


def _compare(chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi.store import open_store

    with closing(open_store(_url(chosen, settings), read_only=True)) as store:
        first = _moment(store, chosen.since)
        last = store.head() if chosen.until is None else _moment(store, chosen.until)
        changes = store.compare(first, last, limit=ROWS_SHOWN)
    print(t("cli.compared", first=first, last=last))
    if not changes:
        print(t("compare.nothing"))
    for table, (counts, effect) in changes.items():
        label = term("table", table)
        numbers = {"added": counts.added, "changed": counts.changed, "removed": counts.removed}
        print(t("history.table", table=label, **numbers))
        _show(effect)


def _show(effect: Effect) -> None:
    """Write the first rows, one a line: all that is given, or which value was and is."""
    import pandas as pd

    for mark, rows in (("+", effect.added), ("~", effect.changed), ("-", effect.removed)):
        for row in rows.head(ROWS_SHOWN).to_dict("records"):
            print(f"  {mark} " + " · ".join(str(value) for value in row.values() if pd.notna(value)))


def _moment(store: Store, written: str) -> int:
    """Read a moment: the number of a submission, the name of a snapshot, or a day (its end)."""
    from literasi.desk import PROVINCE_TIME

    snapshots = store.frame("snapshots")
    named = dict(zip(snapshots["name"], snapshots["submission"], strict=True))
    if written in named:
        return int(named[written])
    if written.isdecimal() and int(written) <= store.head():
        return int(written)
    try:
        day = dt.date.fromisoformat(written)
    except ValueError as error:
        raise LiterasiError("error.no_moment", written=written) from error
    return store.as_of(dt.datetime.combine(day, dt.time.max, PROVINCE_TIME))
