"""The what-if of the IPLM simulation: typed values are in the address and come back from it."""

from __future__ import annotations

from playwright.sync_api import expect

from literasi.text import t
from literasi.ui import shell
from tests.browser.visitor import Visitor

PAGE = next(page for page in shell.PAGES if page.name == "iplm")
TYPED = {"nilai-k": "0.40", "nilai-s": "0.20", "nilai-p": "0.50", "nilai-m": "0.70"}


def test_typed_values_are_in_the_address_and_survive_a_reload(visitor: Visitor):
    visitor.open(PAGE, metode="formulir")
    composite = visitor.main.get_by_text(t("iplm.what_if.raw"))
    for key, value in TYPED.items():
        expect(composite).to_have_count(0)
        field = visitor.widget(key).locator("input")
        field.fill(value)
        field.press("Enter")
        visitor.expect_choice(key, value)
        visitor.settle()
    expect(composite).to_be_visible()
    expect(visitor.main.get_by_text("51,00 poin")).to_be_visible()
    visitor.reload()
    expect(visitor.main.get_by_text("51,00 poin")).to_be_visible()
    assert {key: visitor.choices[key] for key in TYPED} == TYPED
