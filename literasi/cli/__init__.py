"""Command line: one module for each subject, each with `add_to`, which says what its commands are called."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from literasi.cli import history, intake, portable, presenting, sync, workspace
from literasi.cli.commands import Command, Commands, explain
from literasi.errors import LiterasiError
from literasi.settings import load
from literasi.text import t

FAILED = 2


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
        explain(error)
        return FAILED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m literasi", description=t("cli.description"))
    commands = Commands(parser)
    workspace.add_to(commands)
    history.add_to(commands)
    intake.add_to(commands)
    sync.add_to(commands)
    portable.add_to(commands)
    presenting.add_to(commands)
    return parser
