"""Codes of people: the same for the same person, nothing without the key."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from literasi.intake.hiding import HIDDEN, Names
from literasi.intake.pseudonyms import key, person_key, pseudonym

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Siti Contoh", "SITI CONTOH"),
        ("  siti   CONTOH ", "SITI CONTOH"),
        ("Hj. Siti Contoh, S.Pd., M.Si", "SITI CONTOH"),
        ("Siti Contoh S.Pd", "SITI CONTOH"),
        ("Drs. H. Ahmad Misal", "AHMAD MISAL"),
        ("M.Yusuf Umpama", "M YUSUF UMPAMA"),
        ("Moh. Ali", "MOH ALI"),
        ("H", "H"),
    ],
)
def test_a_name_is_compared_without_titles_and_signs(written: str, compared: str) -> None:
    assert person_key(written) == compared


def test_one_person_has_one_code_and_two_regencies_two() -> None:
    code = pseudonym("Siti Contoh", "21.71", KEY)
    assert code == pseudonym("SITI CONTOH, S.Pd", "21.71", KEY)
    assert code.startswith("p-")
    assert len(code) == 18
    assert (
        len({code, pseudonym("Siti Contoh", "21.01", KEY), pseudonym("Siti Contoh", "21.71", b"x" * 32)}) == 3
    )


def test_the_key_is_made_once_and_is_only_its_owners(tmp_path: Path) -> None:
    file = tmp_path / "var" / "pseudonym.key"
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: key(file), range(16)))
    assert len(made) == 1
    assert len(made.pop()) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_a_key_from_elsewhere_leaves_no_file(tmp_path: Path) -> None:
    given = key(tmp_path / "pseudonym.key", "rahasia kantor")
    assert given == key(tmp_path / "other.key", "rahasia kantor")
    assert given != key(tmp_path / "pseudonym.key", "rahasia lain")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("dibuka oleh Ibu siti contoh, lalu doa", f"dibuka oleh Ibu {HIDDEN}, lalu doa"),
        ("Siti  CONTOH; Budi", f"{HIDDEN}; {HIDDEN}"),
        ("Sitinjak dan Budiman", "Sitinjak dan Budiman"),
        ("", ""),
    ],
)
def test_names_are_hidden_wherever_they_stand(text: str, shown: str) -> None:
    assert Names(["Siti Contoh, S.Pd", "Budi", "08123", "A"]).hide(text) == shown
