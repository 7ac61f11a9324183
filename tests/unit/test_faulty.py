"""Each faulty example file breaks the rule it is about, and no other."""

from __future__ import annotations

import datetime as dt

import pytest

from literasi import contracts, practice, settings, text
from literasi.domain.areas import AreaRegister
from literasi.intake.errors import IntakeError
from literasi.intake.examination import examine
from literasi.intake.known import Known
from literasi.intake.proposal import Proposal
from literasi.intake.reading import read
from literasi.practice.faulty import FILES, FaultyFile
from literasi.store import definitions, seed
from literasi.text import LANGUAGES

ids = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


@pytest.fixture(scope="module")
def known() -> Known:
    """The practice workspace as it is shipped."""
    data_dir = settings.load().data_dir
    tables = practice.tables(seed.read_areas(data_dir))
    return Known(
        AreaRegister.from_frame(tables["areas"]),
        definitions.load_catalogue(data_dir),
        {name: tables.get(name, contracts.empty(name)) for name in contracts.TABLES},
        b"key of this test",
        dt.date(2026, 11, 22),
    )


def outcome(file: FaultyFile, known: Known) -> Proposal:
    return examine(read(file.file_name, file.build()), known=known)


@ids
def test_breaks_its_rule_and_no_other(file: FaultyFile, known: Known):
    if file.raises == "error":
        with pytest.raises(IntakeError) as raised:
            outcome(file, known)
        assert raised.value.key == f"intake.error.{file.rule}"
        return
    proposal = outcome(file, known)
    rules = {(finding.weight, finding.rule) for finding in proposal.findings}
    kinds = {question.kind for question in proposal.questions}
    assert rules == ({(file.raises, file.rule)} if file.raises in ("fail", "advise") else set())
    assert kinds == ({file.rule} if file.raises == "question" else set())
    assert proposal.is_ready == (file.raises in ("advise", "dropped", "taken"))


def test_nothing_personal_reaches_the_proposal(known: Known):
    file = next(file for file in FILES if file.raises == "dropped")
    proposal = outcome(file, known)
    dropped = [c.heading for c in proposal.sheets[0].columns if c.how == "personal" and not c.field]
    assert len(dropped) == 6
    kept = "".join(frame.to_csv() for frame in proposal.changes.values())
    for secret in ("2101010101010001", "0812", "1992", "Jalan", "Ibu", "contoh.invalid", "Peserta Latihan A"):
        assert secret not in kept


def test_names_and_files_are_unique_and_have_words_in_both_languages():
    assert len({file.name for file in FILES}) == len({file.file_name for file in FILES}) == len(FILES)
    for language in LANGUAGES:
        words = text.catalogue(language)
        assert {key.removeprefix("upload.faulty.") for key in words if key.startswith("upload.faulty.")} == {
            file.name for file in FILES
        }
