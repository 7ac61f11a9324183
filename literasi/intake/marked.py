"""The file of the operator with every finding marked at its cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from literasi.intake.findings import Finding
from literasi.intake.sheets import File


def mark(file: File, findings: Sequence[Finding], *, describe: Callable[[Finding], str]) -> bytes:
    """Give the file back as a workbook with its cells marked and a first sheet listing all findings.

    Parameters
    ----------
    file : File
    findings : sequence of Finding
    describe : callable
        What is wrong, and after a line break what to do, in the language of the reader.

    Returns
    -------
    bytes
        XLSX. A workbook of that kind keeps its look; other kinds are written anew. No text becomes a
        formula.
    """
    raise NotImplementedError
