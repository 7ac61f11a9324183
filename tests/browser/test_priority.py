"""Weights of the priority score: moved with the keyboard, kept by the address, opened again by a reload."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from literasi.text import t
from tests.browser.visitor import Visitor


def sliders(visitor: Visitor) -> list[str]:
    """What the sliders of all components say."""
    return [
        handle.get_attribute("aria-valuetext") or ""
        for handle in visitor.main.locator("[class*=st-key-bobot-]").get_by_role("slider").all()
    ]


def test_weights_stand_in_the_address_and_survive_a_reload(visitor: Visitor):
    visitor.open("prioritas", ruang="latihan", sasaran="punya")
    visitor.main.get_by_text(t("priority.weights"), exact=True).click()
    sea = visitor.page.locator(".st-key-bobot-l").get_by_role("slider")
    expect(sea).to_be_visible()
    first = visitor.chart("prioritas").locator("h4").inner_text()
    assert sliders(visitor) == ["8", "2", "2", "2", "2", "4", "4", "2"]
    sea.press("End")
    visitor.expect_choice("bobot", "l10")
    visitor.page.locator(".st-key-bobot-r").get_by_role("slider").press("Home")
    visitor.expect_choice("bobot", "r0-l10")
    title = visitor.chart("prioritas").locator("h4")
    expect(title).not_to_have_text(first)
    changed, address = title.inner_text(), visitor.page.url

    visitor.reload()

    assert visitor.page.url == address
    expect(visitor.chart("prioritas").locator("h4")).to_have_text(changed)
    visitor.main.get_by_text(t("priority.weights_changed"), exact=True).click()
    expect(visitor.page.locator(".st-key-bobot-l").get_by_role("slider")).to_be_visible()
    assert sliders(visitor) == ["8", "2", "2", "2", "2", "0", "10", "2"]

    visitor.main.get_by_role("button", name=t("priority.reset")).click()
    visitor.expect_choice("bobot", None)
    expect(visitor.chart("prioritas").locator("h4")).to_have_text(first)
    assert visitor.faults == []


def test_weights_that_cannot_be_read_give_the_usual_ones_and_a_notice(visitor: Visitor):
    visitor.open("prioritas", ruang="latihan", bobot="p99")
    notice = t("filter.bad_value", name="bobot", value="p99")
    expect(visitor.main.get_by_test_id("stAlert").filter(has_text=notice)).to_have_count(1)
    assert "bobot" not in visitor.choices


def test_a_row_of_the_list_opens_its_parts(visitor: Visitor):
    visitor.open("prioritas", ruang="latihan", sasaran="punya")
    before = visitor.chart("prioritas-bagian").locator("h4").inner_text()
    table = visitor.main.get_by_test_id("stDataFrame").first
    table.click(position={"x": 18, "y": 35 + 35 * 3 + 17})  # the box of the fourth row
    visitor.expect_choice("rinci", re.compile(r"[\d.]+"))
    expect(visitor.chart("prioritas-bagian").locator("h4")).not_to_have_text(before)
