"""Make the portable edition."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from literasi.cli.commands import Commands
from literasi.settings import Settings
from literasi.text import number, t

NO_PACKAGES = "none"
_MEGABYTE = 1e6


def add_to(commands: Commands) -> None:
    """Add this command."""
    from literasi.portable.wheels import PLATFORMS, PYTHONS

    portable = commands.add("portable", "cli.help.portable", _portable)
    portable.add_argument("--out", type=Path, required=True, help=t("cli.help.portable_out"))
    portable.add_argument(
        "--platform",
        choices=(*PLATFORMS, NO_PACKAGES),
        default="windows",
        help=t("cli.help.portable_platform", none=NO_PACKAGES),
    )
    portable.add_argument(
        "--python", choices=PYTHONS, default=_nearest(PYTHONS), help=t("cli.help.portable_python")
    )


def _nearest(pythons: tuple[str, ...]) -> str:
    mine = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return mine if mine in pythons else pythons[-1]


def _portable(chosen: argparse.Namespace, settings: Settings) -> None:
    from literasi.portable import folder

    made = folder.make(
        chosen.out,
        settings,
        platform=None if chosen.platform == NO_PACKAGES else chosen.platform,
        python=chosen.python,
        progress=lambda words: print(words, flush=True),
    )
    if made.missing_wheels:
        print(t("portable.wheels_missing", reason=made.missing_wheels), file=sys.stderr)
    size = number(made.size / _MEGABYTE)
    print(t("portable.made", folder=made.folder, size=size, submission=made.submission))
