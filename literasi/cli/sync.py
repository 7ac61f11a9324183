"""Read a library's SLiMS or INLISLite, show what would change, and commit it when asked to."""

from __future__ import annotations

import argparse
import getpass
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from literasi.cli.commands import Commands
from literasi.domain.periods import Period
from literasi.intake.systems import DEFAULT_PORT, SYSTEMS, TABLES
from literasi.settings import Settings, system_password
from literasi.text import t

if TYPE_CHECKING:
    from literasi.intake.systems.proposed import Proposed
    from literasi.store import Preview

MONTHS_READ = 12
"""Without a range: so many ended months, which also shows when a system has lost some of them."""


def add_to(commands: Commands) -> None:
    """Add this command."""
    sync = commands.add("sync", "cli.help.sync", _sync)
    sync.add_argument("system", choices=SYSTEMS, help=t("cli.help.sync_system"))
    sync.add_argument("--host", default="localhost", help=t("cli.help.sync_host"))
    sync.add_argument("--port", type=int, default=DEFAULT_PORT, help=t("cli.help.sync_port"))
    sync.add_argument("--socket", default="", help=t("cli.help.sync_socket"))
    sync.add_argument("--user", required=True, help=t("cli.help.sync_user"))
    sync.add_argument("--database", required=True, help=t("cli.help.sync_database"))
    sync.add_argument("--library", metavar="L-…", help=t("cli.help.sync_library"))
    sync.add_argument("--from", dest="first", metavar="2024-01", help=t("cli.help.sync_from"))
    sync.add_argument("--until", dest="last", metavar="2024-12", help=t("cli.help.sync_until"))
    sync.add_argument("--only", choices=TABLES, help=t("cli.help.sync_only"))
    sync.add_argument("--accept-shrink", action="store_true", help=t("cli.help.sync_accept_shrink"))
    sync.add_argument("--grants", action="store_true", help=t("cli.help.sync_grants"))
    sync.add_argument("--commit", action="store_true", help=t("cli.help.sync_commit"))
    sync.add_argument("--practice", action="store_true", help=t("cli.help.sync_practice"))
    sync.add_argument("--actor", default="cli", help=t("cli.help.sync_actor"))


def _sync(chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi import workspaces
    from literasi.desk import Desk
    from literasi.intake.systems import series, syncing

    if chosen.grants:
        needed = syncing.NEEDED[chosen.system]
        print(*syncing.grants(needed, database=chosen.database, user=chosen.user), sep="\n")
        return
    workspace = workspaces.PRACTICE if chosen.practice else workspaces.OFFICIAL
    with closing(workspaces.open_workspace(workspace, settings)) as store:
        desk = Desk(store, settings, workspace=workspace)
        known = desk.known()
        syncing.require_library(chosen.library, known.tables["libraries"])
        last = _month(chosen.last) or series.previous(Period(known.today.year, known.today.month))
        first = _month(chosen.first) or Period(last.year - 1, last.month).next()
        address = syncing.Address(chosen.database, chosen.user, chosen.host, chosen.port, chosen.socket)
        reading = syncing.read(
            chosen.system,
            address,
            _password(chosen.user),
            library_id=chosen.library,
            span=series.span(first, last, today=known.today),
            tables=(chosen.only,) if chosen.only else TABLES,
        )
        proposed = syncing.propose(reading, stored=known.tables, accept_shrink=chosen.accept_shrink)
        preview = store.preview(proposed.changes, proposed.removals)
        _show(proposed, preview)
        if not any(counts.written for counts in preview.counts.values()):
            print(t("systems.nothing"))
        elif not chosen.commit:
            print(t("cli.sync_preview"))
        else:
            number = desk.submit(
                proposed.changes,
                removals=proposed.removals,
                actor=chosen.actor,
                note=syncing.note(reading),
                file_name=address.label(chosen.system),
                preview=preview,
            )
            print(t("cli.sync_committed", submission=number))


def _password(user: str) -> str:
    """Take the password from the environment or ask for it; it is never an argument, which others can see."""
    given = system_password()
    if given is None and sys.stdin.isatty():
        given = getpass.getpass(t("cli.sync_password", user=user))
    if given is None:
        from literasi.intake.systems.errors import SystemReadError

        raise SystemReadError("systems.error.no_password")
    return given


def _month(written: str | None) -> Period | None:
    from literasi.intake.systems.syncing import month

    return month(written) if written else None


def _show(proposed: Proposed, preview: Preview) -> None:
    from literasi.intake import wording

    for table, counts in preview.counts.items():
        label = t(f"table.{table}")
        numbers = {part: getattr(counts, part) for part in ("added", "changed", "unchanged", "removed")}
        print(t("cli.sync_counts", table=label, **numbers))
    for table, rows in proposed.changes.items():
        if table in proposed.reading.frames:
            print(f"\n{t(f'table.{table}')}")
            shown = rows.drop(columns=["library_id", "received_on", "note"])
            shown["month"] = shown["month"].dt.strftime("%Y-%m")
            print(
                shown.rename(columns={n: t(f"column.{n}") for n in shown}).to_string(index=False, na_rep="–")
            )
    for finding in proposed.findings:
        place = " · ".join(part for part in (wording.place(finding), finding.place.heading) if part)
        print(f"! {place}: {wording.describe(finding)}")
