"""Tells whether a file is one that was opened before, with its faults mended."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from pathlib import PurePath

from literasi.intake.proposal import Proposal
from literasi.intake.sheets import Sheet

_MARKED = "-diperiksa"  # in both languages: an operator may change the language in between
_LOOKED_AT = 2_000  # rows
_SHARE = 0.75


def marked_name(name: str) -> str:
    """Name the marked copy of a file.

    >>> marked_name("kunjungan.ods")
    'kunjungan-diperiksa.xlsx'
    """
    return f"{PurePath(name).stem}{_MARKED}.xlsx"


def is_mended(after: Proposal, before: Proposal) -> bool:
    """Whether a file may take the place of an open one and inherit its answers.

    It has the same name, or that of its marked copy; the sheets that are read have the same headings; and
    three quarters of their cells are the same, wherever they stand in their column: the reports of two
    regencies may bear one name, and must not get each other's answers.
    """
    if _stem(after.file.name) != _stem(before.file.name):
        return False
    layouts = {(sheet.name, sheet.layout) for sheet in after.sheets}
    used = {(sheet.name, sheet.layout) for sheet in before.sheets if sheet.form}
    if not used <= layouts:
        return False
    names = {name for name, _ in used}
    theirs, ours = ({sheet.name: sheet for sheet in proposal.file.sheets} for proposal in (before, after))
    return all(_likeness(theirs[name], ours[name]) >= _SHARE for name in names)


def _stem(name: str) -> str:
    return PurePath(name).stem.removesuffix(_MARKED)


def _likeness(one: Sheet, other: Sheet) -> float:
    """Share of filled cells that both have in the same column."""
    same = total = 0
    columns = (zip(*sheet.rows[:_LOOKED_AT], strict=True) for sheet in (one, other))
    for mine, theirs in zip_longest(*columns, fillvalue=()):
        counts = [Counter(repr(cell) for cell in cells if cell is not None) for cells in (mine, theirs)]
        same += (counts[0] & counts[1]).total()
        total += max(counts[0].total(), counts[1].total())
    return same / total if total else 1.0
