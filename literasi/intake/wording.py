"""Findings and questions in words, as plain text: they may hold what a file says."""

from __future__ import annotations

from literasi.intake.findings import Finding, Question
from literasi.intake.sheets import cell_name
from literasi.text import has, t


def rule(finding: Finding) -> str:
    """Say what is wrong or strange."""
    return _text(f"intake.rule.{finding.rule}", finding)


def remedy(finding: Finding) -> str:
    """Say what to do."""
    return _text(f"intake.remedy.{finding.rule}", finding)


def describe(finding: Finding) -> str:
    """Say what is wrong, and after a line break what to do."""
    return f"{rule(finding)}\n{remedy(finding)}"


def place(finding: Finding) -> str:
    """Name the place: ``Kunjungan!C12``, the sheet alone for what is about all of it."""
    where = finding.place
    if not where.row:
        return where.sheet
    return (
        f"{where.sheet}!{cell_name(where.row, where.column)}"
        if where.column
        else f"{where.sheet}!{where.row}"
    )


def question(asked: Question) -> str:
    """Say what is asked."""
    return t(f"intake.question.{asked.kind}", written=asked.written, count=asked.count, **asked.params)


def _text(key: str, finding: Finding) -> str:
    if not has(key):
        return finding.rule
    return t(key, **{"value": finding.value, "heading": finding.place.heading, **finding.params})
