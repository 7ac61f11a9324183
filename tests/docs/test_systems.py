"""The document on library systems gives the statements that our own tests make accounts with."""

from literasi.intake.systems import SYSTEMS
from literasi.intake.systems.syncing import NEEDED, grants
from literasi.settings import ROOT


def test_grants_in_the_document_are_ours():
    document = (ROOT / "docs/sambung-sistem.md").read_text(encoding="utf-8")
    for system in SYSTEMS:
        assert "\n".join(grants(NEEDED[system], database=system, user="dasbor")) in document
