"""A desk that needs no reader: what it proposes is written by hand and follows the answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from literasi import contracts
from literasi.errors import StoreError
from literasi.intake.findings import NEW, Answers, Finding, Option, Place, Question
from literasi.intake.proposal import Proposal, ReadColumn, ReadSheet
from literasi.intake.sheets import File, Sheet
from literasi.store import Counts, Effect, Preview

HOSTILE = "<script>alert(1)</script> [x](http://evil.example) **tebal** $a$ :red[b]"
LIBRARY = "LATIHAN-18"


def sheet(**changes: Any) -> ReadSheet:
    """Make a sheet of activities as it would be read."""
    columns = (
        ReadColumn(1, "Perpustakaan", "library", "alias", ("Perpustakaan Latihan Sembulang",)),
        ReadColumn(2, "Tgl Keg.", "date", "fuzzy", ("14/02/2026", "3 Maret 2026")),
        ReadColumn(3, HOSTILE, "name", "alias", (HOSTILE,)),
        ReadColumn(4, "No. HP", "", "personal"),
        ReadColumn(5, "Warna", "", "unknown", ("biru",)),
    )
    made = ReadSheet("Kegiatan", "activities", "alias", (3,), 4, 12, 8, 1, columns, ("regency",), "layout-1")
    return replace(made, **changes)


FAULT = Finding("fail", "negative", Place("Kegiatan", 5, 6, "Peserta"), "-3")
ADVICE = Finding(
    "advise",
    "outlier",
    Place("Kegiatan", 7, 6, "Peserta"),
    "4810",
    {"low": "3", "high": "90"},
    "activities\x1fk\x1fpeople\x1foutlier",
)
QUESTIONS = (
    Question(
        "q-library",
        "library",
        "Perpus Sembulang " + HOSTILE,
        {"within": "Sembulang"},
        (Place("Kegiatan", 4, 1), Place("Kegiatan", 6, 1)),
        2,
        (
            Option(LIBRARY, "Perpustakaan Latihan Sembulang · Galang, Batam"),
            Option(NEW, "Perpustakaan baru"),
        ),
    ),
    Question(
        "q-same",
        "same_library",
        "Perpustakaan Sembulang",
        {"within": "Sembulang"},
        (Place("Kegiatan", 8, 1),),
        1,
        (Option("ya", "Perpustakaan yang sama"), Option("tidak", "Dua perpustakaan")),
        ({"Nama": "Perpustakaan Sembulang", "Desa": "Sembulang"}, {"Nama": "Perpus Sembulang"}),
    ),
)


def rows(count: int = 2) -> pd.DataFrame:
    """Make rows of the table of activities."""
    return contracts.coerce(
        "activities",
        pd.DataFrame(
            {
                "library_id": [LIBRARY] * count,
                "date": [f"2026-02-{i + 1:02d}" for i in range(count)],
                "name": [HOSTILE] * count,
                "people": range(count),
            }
        ),
    )


class FakeDesk:
    """Stands in for `literasi.desk.Desk`.

    Parameters
    ----------
    findings, questions : tuple
        Open until the answers hold a reason or an answer.
    sheets : tuple of ReadSheet
        A missing field is given once the answers hold a constant.
    """

    def __init__(
        self,
        *,
        findings: tuple[Finding, ...] = (),
        questions: tuple[Question, ...] = (),
        sheets: tuple[ReadSheet, ...] = (sheet(missing=()),),
        earlier: int | None = None,
        refused: Exception | None = None,
    ) -> None:
        self.findings, self.questions, self.sheets = findings, questions, sheets
        self.before, self.refused = earlier, refused
        self.head = 10**6
        self.removed = 0
        self.moved = 0
        self.full = False
        self.examined: list[Answers] = []
        self.committed: list[Mapping[str, Any]] = []

    def open(self, name: str, data: bytes) -> File:
        """Take any bytes: one row, a cell for each word."""
        if self.refused is not None:
            raise self.refused
        cells = tuple(data.decode().split())
        return File(name, "csv", data, hashlib.sha256(data).hexdigest(), (Sheet("Kegiatan", (cells,)),))

    def examine(
        self, file: File, answers: Answers | None = None, *, progress: Callable[[float], None] = print
    ) -> Proposal:
        """Propose what is left open by the answers."""
        answers = answers or Answers()
        self.examined.append(answers)
        progress(0.5)
        sheets = tuple(self._read(one, answers) for one in self.sheets)
        waits = any(one.missing or not one.form for one in sheets)
        return Proposal(
            file,
            answers,
            sheets,
            tuple(f for f in self.findings if f.advice not in answers.reasons or not f.advice),
            tuple(q for q in self.questions if q.id not in answers.questions),
            {} if waits else {"activities": rows()},
            {},
            self.head,
        )

    @staticmethod
    def _read(one: ReadSheet, answers: Answers) -> ReadSheet:
        form = answers.forms.get(one.name, one.form)
        missing = tuple(name for name in one.missing if (one.name, name) not in answers.constants)
        columns = tuple(
            replace(c, field=answers.fields[one.name, c.column], how="chosen")
            if (one.name, c.column) in answers.fields
            else c
            for c in one.columns
        )
        return replace(one, form=form, missing=missing, columns=columns)

    def earlier(self, _file: File) -> int | None:
        """Give the submission set by hand."""
        return self.before

    def preview(self, proposal: Proposal) -> Preview:
        """Show one added and one changed row, and those set as removed."""
        changed = pd.DataFrame(
            {"library_id": [LIBRARY], "date": ["2026-02-01"], "name": [HOSTILE]}
            | {"column": ["people"], "old": ["3"], "new": ["5"]}
        )
        effect = Effect(proposal.changes["activities"].head(1), changed, rows(self.removed))
        return Preview(7, {"activities": Counts(1, 1, 4, self.removed)}, {"activities": effect})

    def commit(self, proposal: Proposal, **given: Any) -> int:
        """Remember the call; refuse as often as another operator is set to have come between."""
        if self.full:
            raise StoreError("error.disk_full")
        if self.moved:
            self.moved -= 1
            raise StoreError("error.changed_since", submission=8, table="activities")
        self.committed.append({"proposal": proposal, **given})
        return 8

    def marked(self, _proposal: Proposal) -> bytes:
        """Give some bytes."""
        return b"marked"

    def template(self, form: str) -> bytes:
        """Give some bytes."""
        return form.encode()
