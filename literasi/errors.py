"""Errors a user can act on: what is wrong, where, by which rule, and the remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


class LiterasiError(Exception):
    """An error with a text-catalogue key, so that it is shown in the user's language.

    Parameters
    ----------
    key : str
        Key in the text catalogue, for example ``error.database_newer``.
    **params
        Values for the placeholders of that text.
    """

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(f"{key} {params}" if params else key)
        self.key = key
        self.params: Mapping[str, object] = params


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule at one place of a table or file."""

    table: str
    column: str
    rule: str
    row: int | None = None
    value: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


class ContractError(LiterasiError):
    """A table breaks its contract; carries every fault, not only the first."""

    def __init__(self, table: str, faults: Sequence[Fault]) -> None:
        first = "; ".join(f"{f.column}[{f.row}]={f.value!r} {f.rule}" for f in faults[:5])
        super().__init__("error.contract", table=table, count=len(faults), first=first)
        self.table = table
        self.faults = tuple(faults)


class DefinitionError(LiterasiError):
    """A shipped definition (indicator, rule) is incomplete or wrong."""


class StoreError(LiterasiError):
    """The store cannot do what was asked, and has changed nothing."""
