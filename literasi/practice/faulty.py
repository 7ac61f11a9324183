"""Faulty example files for training, each breaking one rule of the intake; also fixtures of its tests.

They are made by code, with the names of the practice workspace ("Latihan") and invented numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FaultyFile:
    """One faulty file.

    Attributes
    ----------
    name : str
        What a trainer says about it stands under ``upload.faulty.<name>``.
    file_name : str
        As it is offered.
    rule : str
        The rule that it must raise: of a finding, or the last word of an error's key where the file
        cannot be read at all. "" where the file is taken in, and asks or tells something instead.
    build : callable
        Makes its bytes.
    """

    name: str
    file_name: str
    rule: str
    build: Callable[[], bytes]


FILES: tuple[FaultyFile, ...] = ()
