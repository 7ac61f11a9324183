"""The IPLM simulation as a script: the official value stands untouched, what is typed is in the address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from literasi import text
from literasi.text import t
from literasi.ui import shell
from tests.app.test_pages import opened

PAGE = next(page for page in shell.PAGES if page.name == "iplm")


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    yield
    text.use("id")


def cards(app) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def test_the_official_value_of_kepri_stands_beside_its_simulation():
    app = opened(PAGE)
    assert not app.exception
    assert cards(app)[t("iplm.card.official")] == "74,24 poin"
    assert cards(app)[t("iplm.card.simulated")] == "74,24 poin"
    assert any("tetapan pembakuannya" in info.value for info in app.info)


def test_what_was_not_published_or_filled_in_is_said():
    app = opened(PAGE, metode="formulir")
    assert not app.exception
    assert cards(app)[t("iplm.card.official")] == "–"
    said = " ".join(info.value for info in app.info)
    assert "bukan rata" in said
    assert t("iplm.what_if.empty") in said
    assert t("iplm.what_if.raw") not in cards(app)


def test_a_what_if_is_opened_from_its_address_and_each_number_says_simulation():
    typed = {"nilai-k": "0.40", "nilai-s": "0.20", "nilai-p": "0.50", "nilai-m": "0.70"}
    app = opened(PAGE, ruang="latihan", metode="formulir", wilayah="21.01", **typed)
    assert not app.exception
    shown = cards(app)
    assert shown.pop(t("iplm.card.official")).endswith("poin")
    assert shown[t("iplm.what_if.raw")] == "51,00 poin"
    assert all("simulasi" in label.lower() for label in shown)
    assert [control.value for control in app.number_input] == [0.4, 0.2, 0.5, 0.7]
    three = opened(PAGE, ruang="latihan", metode="formulir", **{**typed, "nilai-m": "1.7"})
    assert t("iplm.what_if.raw") not in cards(three)
    assert any("nilai" in warning.value for warning in three.warning)
