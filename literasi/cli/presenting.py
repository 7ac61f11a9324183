"""Make the closing pack of an event."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from literasi.cli.commands import Commands
from literasi.errors import LiterasiError
from literasi.settings import Settings
from literasi.text import moment, t
from literasi.workspaces import NAMES, OFFICIAL, PRACTICE, open_workspace

if TYPE_CHECKING:
    from literasi.closing.facts import Facts
    from literasi.store import Store


def add_to(commands: Commands) -> None:
    """Add this command."""
    pack = commands.add("pack", "cli.help.pack", _pack)
    pack.add_argument("--event", required=True, metavar="ID", help=t("cli.help.pack_event"))
    pack.add_argument("--workspace", choices=NAMES, default=OFFICIAL, help=t("cli.help.pack_workspace"))
    pack.add_argument("--template", type=Path, metavar="PPTX", help=t("cli.help.pack_template"))
    pack.add_argument("--out", type=Path, metavar="ZIP", help=t("cli.help.pack_out"))


def _pack(chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi.closing.building import build, closings
    from literasi.closing.events import UnknownEventError
    from literasi.export import pack

    template = _read(chosen.template) if chosen.template else None
    with closing(open_workspace(chosen.workspace, settings)) as store:
        found = facts(store, settings, workspace=chosen.workspace)
    try:
        deck = build(found, chosen.event)
    except UnknownEventError as error:
        known = "".join(f"\n  {one.event_id}  {one.name} ({one.when})" for one in closings(found))
        raise LiterasiError("pack.error.no_event", event=chosen.event, known=known) from error
    content = pack.pack_bytes(deck, template=template, progress=_say)
    out = chosen.out or Path(pack.file_name(deck))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(content)
    except OSError as error:
        raise LiterasiError("pack.error.not_written", file=out, problem=error.strerror) from error
    print(t("pack.written", file=out, slides=len(deck.slides), kilobytes=-(-len(content) // 1000)))


def facts(store: Store, settings: Settings, *, workspace: str) -> Facts:
    """Give what a closing is made from, as of the newest submission of a store.

    Parameters
    ----------
    store : Store
    settings : Settings
    workspace : str
        One of `literasi.workspaces.NAMES`.

    Returns
    -------
    Facts
    """
    from literasi.closing.facts import TABLES, Facts
    from literasi.domain.areas import AreaRegister
    from literasi.store import definitions

    head = store.head()
    times = store.submissions().set_index("id")["time"]
    return Facts(
        tables={table: store.frame(table, head) for table in TABLES},
        register=AreaRegister.from_frame(store.frame("areas", head)),
        catalogue=definitions.load_catalogue(settings.data_dir),
        reporting=definitions.load_reporting(settings.data_dir),
        workspace=workspace,
        head=head,
        origin=t(
            "closing.origin",
            workspace=t(f"workspace.{workspace}"),
            submission=head,
            when=moment(str(times[head])) if head in times.index else "–",
        ),
        mark=t("shell.practice_mark") if workspace == PRACTICE else "",
        base_url=settings.base_url,
    )


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise LiterasiError("pack.error.not_read", file=file, problem=error.strerror) from error


def _say(share: float, what: str) -> None:
    """Show how far it is, in one line that is written over; only to somebody who looks on."""
    if sys.stderr.isatty():
        print(
            f"\r{round(100 * share):3d}% {what:<40}",
            end="\n" if share >= 1 else "",
            file=sys.stderr,
            flush=True,
        )
