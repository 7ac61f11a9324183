"""Whatever stands in the cells: the examination ends, in words, and what it proposes keeps the contracts."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from literasi.contracts import check
from literasi.intake import wording
from literasi.intake.examination import examine
from literasi.intake.findings import Answers
from literasi.intake.forms import FORMS, Field, label
from literasi.text import has
from tests.intake_files import LIBRARY, LIBRARY_ID, SEMBULANG, file, known, sheet

EVENT = {
    "event_id": "bimtek-2026",
    "name": "Bimtek SPP-TIK 2026",
    "kind": "bimtek",
    "date_start": "2026-06-03",
    "date_end": "2026-06-07",
    "area_code": "21.72",
}
GOOD = dict(zip(("regency", "district", "village"), SEMBULANG, strict=True)) | {
    "library": LIBRARY,
    "event": "bimtek-2026",
    "indicator": "tkm",
}
NASTY: tuple[Any, ...] = (
    *(None, "", "-", " - ", 0, 1, -1, 3.5, 1e300, float("nan"), True, 45_000, 2026),
    *("1.234", "1.234,5", "12%", "Rp 1.000", "x" * 10_000, "=1+1", '=HYPERLINK("a")', "<script>", "\x00"),
    *(
        "\u202eabc",
        "😀",
        "مكتبة",
        "2101",
        "Riau",
        "Kabupaten Siak",
        "Sepempang",
        "TBM Pelangi",
        "Perpustakaan",
    ),
    *(
        "Februari 2026",
        "02/03/2026",
        "31/02/2026",
        "4/2124",
        "ya",
        "L",
        "tgm",
        "|",
        "=+",
        "a@b.c",
        "Budi Umpama",
    ),
    *(dt.datetime(2026, 2, 1), dt.date(2026, 2, 14), dt.time(1, 2), dt.timedelta(hours=3)),  # noqa: DTZ001
)


def cell(field: Field, chance: random.Random, share: float) -> Any:
    if chance.random() < share:
        return chance.choice(NASTY)
    if field.kind == "person":
        return chance.choice(("Siti Contoh", "Budi Umpama"))
    return GOOD.get(field.kind) or chance.choice(field.example) or None


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
@pytest.mark.parametrize("share", [0.08, 0.5])
def test_an_examination_survives_any_cells(form: Any, share: float) -> None:
    chance = random.Random(f"{form.name}{share}")
    fields = [one for one in form.fields if chance.random() < 0.9]
    rows = [[cell(one, chance, share) for one in fields] for _ in range(8)]
    before = known(events=[EVENT], visits=[{"library_id": LIBRARY_ID, "month": "2026-01-01", "total": 5}])
    opened = file(sheet("Lembar", [label(form, one) for one in fields], *rows))
    answers = Answers(forms={"Lembar": form.name})
    for _ in range(3):
        proposal = examine(opened, known=before, answers=answers)
        for name, proposed in proposal.changes.items():
            assert len(check(name, proposed)) == len(proposed)
        for finding in proposal.findings:
            assert has(f"intake.rule.{finding.rule}"), finding.rule
            assert "{" not in wording.describe(finding).replace(finding.value, "")
        questions = dict(answers.questions)
        questions |= {one.id: chance.choice(one.options).code for one in proposal.questions}
        for question in proposal.questions:
            assert wording.question(question)
        if not proposal.questions:
            break
        answers = Answers(forms=answers.forms, questions=questions, replaces=frozenset({"Lembar"}))
    assert not {one.id for one in proposal.questions} & set(answers.questions)
