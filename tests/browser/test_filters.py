"""Choices live in the address: copying it, reloading it and going back reproduce the view."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from literasi import text
from literasi.text import t
from literasi.ui import shell
from tests.browser.conftest import NewVisitor
from tests.browser.visitor import Visitor

CODE = re.compile(r"[^&]+")
WITH_CHOICES = [page for page in shell.PAGES if page.name != "history"]  # one submission is no choice


def keys(visitor: Visitor) -> list[str]:
    """Names in the address of all choices that the page shows."""
    names = [
        re.findall(r"st-key-w-([\w-]+)", box.get_attribute("class") or "")[0]
        for box in visitor.main.locator("[class*=st-key-w-]").all()
        if box.is_visible()
    ]
    return [name for name in dict.fromkeys(names) if "-" not in name]


def shown(visitor: Visitor, key: str) -> str:
    """What a control says is chosen, in the words of the screen."""
    box = visitor.widget(key)
    if (field := box.locator("input[type=text]")).count():
        return field.input_value()
    if (slider := box.get_by_role("slider")).count():
        return slider.last.get_attribute("aria-valuetext") or ""
    if (switch := box.get_by_role("checkbox").or_(box.get_by_role("switch"))).count():
        return str(switch.is_checked())
    return " ".join(box.locator("[aria-checked=true], [kind=segmented_controlActive]").all_inner_texts())


def choose_another(visitor: Visitor, key: str) -> bool:
    """Choose something else than what is chosen; False where there is nothing else."""
    box = visitor.widget(key)
    if (combobox := box.get_by_role("combobox")).count():
        return _choose_from_list(visitor, combobox)
    if (field := box.locator("input[type=text]")).count():
        field.fill("per")
        field.press("Enter")
        return True
    if (slider := box.get_by_role("slider")).count():
        slider.last.press("ArrowLeft")
        return True
    if (switch := box.get_by_role("checkbox").or_(box.get_by_role("switch"))).count():
        switch.locator("xpath=ancestor-or-self::label").click()
        return True
    return _choose_segment(box)


def _choose_from_list(visitor: Visitor, combobox: Locator) -> bool:
    chosen = combobox.input_value()
    combobox.click()
    options = visitor.page.get_by_role("option")
    expect(options.first).to_be_visible()
    others = [option for option in options.all() if option.inner_text().strip() != chosen]
    if not others:
        combobox.press("Escape")
        return False
    others[0].click()
    return True


def _choose_segment(box: Locator) -> bool:
    others = box.locator("button:not([kind=segmented_controlActive]):not([aria-checked=true])")
    if not others.count():
        return False
    others.first.click()
    return True


def titles(visitor: Visitor) -> list[str]:
    """Findings of the charts and headings of the sections."""
    return visitor.main.locator("h2, h3, h4").all_inner_texts()


@pytest.mark.parametrize("page", WITH_CHOICES, ids=lambda page: page.path)
def test_choices_stand_in_the_address_and_survive_a_reload(visitor: Visitor, page: shell.Page):
    visitor.open(page, ruang="latihan")
    chosen = []
    for key in keys(visitor):
        if visitor.widget(key).is_visible() and choose_another(visitor, key):
            visitor.expect_choice(key, CODE)
            chosen.append(key)
    assert chosen, "the page shows no choice"
    address = visitor.page.url
    before = {key: shown(visitor, key) for key in keys(visitor)}
    found = titles(visitor)
    assert all(before.values()), before

    visitor.reload()

    assert visitor.page.url == address
    assert {key: shown(visitor, key) for key in keys(visitor)} == before
    assert titles(visitor) == found
    assert visitor.faults == []


@pytest.mark.parametrize("page", WITH_CHOICES, ids=lambda page: page.path)
def test_an_unknown_value_gives_the_default_and_a_notice(visitor: Visitor, page: shell.Page):
    visitor.open(page, ruang="latihan")
    usual = {key: shown(visitor, key) for key in keys(visitor)}
    closed = [key for key in usual if not visitor.widget(key).locator("input[type=text]:not([role])").count()]

    visitor.open(page, ruang="latihan", **dict.fromkeys(closed, "salah"))

    for key in closed:
        notice = t("filter.bad_value", name=key, value="salah")
        expect(visitor.main.get_by_test_id("stAlert").filter(has_text=notice)).to_have_count(1)
    assert {key: shown(visitor, key) for key in keys(visitor)} == usual
    assert visitor.choices == {"ruang": "latihan"}


def test_an_unknown_workspace_or_language_gives_the_usual_one_and_a_notice(visitor: Visitor):
    visitor.open("indeks", ruang="rahasia", bahasa="xx")
    expect(visitor.main.get_by_role("heading", level=1)).to_have_text([t("page.indices.title")])
    assert shown(visitor, "ruang") == t("workspace.resmi")
    assert shown(visitor, "bahasa") == t("language.id")
    assert (
        len([said for said in visitor.page.get_by_test_id("stAlert").all_inner_texts() if "ruang" in said])
        == 1
    )


def test_a_hostile_value_in_the_address_is_only_text(visitor: Visitor):
    visitor.open(
        "indeks", wilayah="%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%5Ba%5D(http%3A%2F%2Fevil.example)"
    )
    notice = visitor.main.get_by_test_id("stAlert").first
    expect(notice).to_contain_text("<img src=x onerror=alert(1)>[a](http://")
    expect(notice.locator("img, a")).to_have_count(0)
    assert visitor.outside == []
    assert visitor.faults == []


def test_the_language_switch_keeps_the_choices(visitor: Visitor):
    visitor.open("indeks", wilayah="21.03", indeks="iplm", ruang="latihan")
    visitor.widget("bahasa").get_by_text(t("language.en")).click()
    visitor.expect_choice("bahasa", "en")
    text.use("en")
    try:
        expect(visitor.main.get_by_role("heading", level=1)).to_have_text([t("page.indices.title")])
        expect(visitor.main.get_by_test_id("stAlert").first).to_contain_text(t("shell.practice_mark"))
    finally:
        text.use("id")
    assert visitor.choices == {"wilayah": "21.03", "indeks": "iplm", "ruang": "latihan", "bahasa": "en"}
    expect(visitor.widget("wilayah").get_by_role("combobox")).to_have_value("Natuna")


def test_choices_follow_to_other_pages(visitor: Visitor):
    visitor.open("indeks", wilayah="21.71", ruang="latihan", bahasa="en")
    visitor.page.get_by_test_id("stSidebarNav").locator("a[href$='/kegiatan']").click()
    expect(visitor.page).to_have_url(re.compile("/kegiatan"))
    visitor.expect_choice("wilayah", "21.71")
    expect(visitor.widget("wilayah").get_by_role("combobox")).to_have_value("Batam")
    assert visitor.choices == {"wilayah": "21.71", "ruang": "latihan", "bahasa": "en"}


def test_the_back_button_takes_a_choice_back(visitor: Visitor):
    visitor.open("indeks")
    region = visitor.widget("wilayah").get_by_role("combobox")
    expect(region).to_have_value("Kepulauan Riau")
    region.click()
    visitor.page.get_by_role("option", name="Natuna").click()
    visitor.expect_choice("wilayah", "21.03")
    expect(region).to_have_value("Natuna")

    visitor.page.go_back()
    visitor.expect_choice("wilayah", None)
    expect(region).to_have_value("Kepulauan Riau")

    visitor.page.go_forward()
    visitor.expect_choice("wilayah", "21.03")
    expect(region).to_have_value("Natuna")


def test_the_back_button_returns_to_the_page_before(visitor: Visitor):
    visitor.open("indeks", indeks="iplm")
    visitor.page.get_by_test_id("stSidebarNav").locator("a[href$='/definisi']").click()
    heading = visitor.main.get_by_role("heading", level=1)
    expect(heading).to_have_text([t("page.definitions.title")])
    visitor.settle()
    visitor.page.go_back()
    expect(heading).to_have_text([t("page.indices.title")])
    visitor.settle()
    assert shown(visitor, "indeks") == t("indicator_short.iplm")


def test_two_users_do_not_share_choices(new_visitor: NewVisitor):
    one, other = new_visitor(), new_visitor()
    one.open("indeks", wilayah="21.71", indeks="iplm", ruang="latihan", bahasa="en")
    other.open("indeks")
    assert other.choices == {}
    assert shown(other, "bahasa") == t("language.id")
    expect(other.widget("wilayah").get_by_role("combobox")).to_have_value("Kepulauan Riau")
    region = one.widget("wilayah").get_by_role("combobox")
    region.click()
    one.page.get_by_role("option", name="Lingga").click()
    one.expect_choice("wilayah", "21.04")
    other.page.get_by_test_id("stSidebarNav").locator("a[href$='/peta']").click()
    expect(other.main.get_by_role("heading", level=1)).to_have_text([t("page.map.title")])
    other.settle()
    assert other.choices == {}
    expect(one.main.get_by_test_id("stAlert").first).to_contain_text("PRACTICE DATA")
