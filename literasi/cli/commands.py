"""How a command is added to the command line, and how it says what is wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from literasi.errors import ContractError, LiterasiError
from literasi.settings import Settings
from literasi.text import has, t, term

FAULTS_SHOWN = 20

Command = Callable[[argparse.Namespace, Settings], None]


class Commands:
    """The commands of a parser.

    Parameters
    ----------
    parser : ArgumentParser
        Whose chosen ``command`` is a `Command`.
    """

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._commands = parser.add_subparsers(required=True, metavar=t("cli.command"))

    def add(self, name: str, key: str, command: Command) -> argparse.ArgumentParser:
        """Add a command.

        Parameters
        ----------
        name : str
            As it is typed.
        key : str
            Key of its help in the text catalogue.
        command : callable
            Does it; raises a `LiterasiError` if it is refused.

        Returns
        -------
        ArgumentParser
            To which its arguments are added.
        """
        sub = self._commands.add_parser(name, help=t(key), description=t(key))
        sub.set_defaults(command=command)
        return sub


def explain(error: LiterasiError) -> None:
    """Say on standard error what is wrong, where, and by which rule."""
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
