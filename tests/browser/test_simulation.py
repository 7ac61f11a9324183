"""A scenario entered by one user is opened by another from its address, exactly."""

from __future__ import annotations

from playwright.sync_api import expect

from literasi.domain.scenario import Addition, decode, scenario
from literasi.text import t
from tests.browser.conftest import NewVisitor
from tests.browser.visitor import PHONE, Visitor

AREAS = ("21.04", "21.05")
NAME = "Usulan ~ 50% & <b>Anambas</b>"
PLAN = scenario(
    name=NAME,
    additions={"21.04": Addition(4), "21.05": Addition(5, 2, 1)},
    budget=2_000_000_000,
)


def field(visitor: Visitor, item: str, name: str = ""):
    """The field of an item in a regency, or of money, by what a screen reader calls it."""
    label = f"{t(f'simulation.item_{item}')}, {name}" if name else t(f"simulation.money_{item}")
    return visitor.main.get_by_role("spinbutton", name=label, exact=True)


def enter(visitor: Visitor) -> None:
    """Enter the scenario as a user does, and apply it."""
    visitor.main.get_by_role("textbox", name=t("simulation.name"), exact=True).fill(NAME)
    field(visitor, "libraries", "Lingga").fill("4")
    for item, number in (("libraries", "5"), ("packages", "2"), ("seats", "1")):
        field(visitor, item, "Kepulauan Anambas").fill(number)
    visitor.main.get_by_text(t("simulation.money"), exact=True).click()
    field(visitor, "budget").fill("2000000000")
    visitor.main.get_by_role("button", name=t("simulation.apply")).click()


def test_a_scenario_is_saved_in_the_address_and_reopened(new_visitor: NewVisitor):
    author = new_visitor()
    author.open("simulasi", ruang="latihan")
    enter(author)
    expect(author.main.get_by_text(t("simulation.named", name=NAME))).to_be_visible()
    author.settle()
    assert decode(author.choices["skenario"], areas=AREAS) == PLAN
    cards = author.main.get_by_test_id("stMetricValue").all_inner_texts()
    title = author.chart("simulasi-cakupan").get_by_role("heading").inner_text()
    link = author.main.get_by_test_id("stCode").inner_text().replace("\n", "")

    reader = new_visitor(viewport=PHONE)
    reader.page.goto(f"{author.page.url.split('/simulasi')[0]}{link}")
    reader.settle()

    expect(reader.main.get_by_text(t("simulation.named", name=NAME))).to_be_visible()
    expect(field(reader, "libraries", "Kepulauan Anambas")).to_have_value("5")
    expect(field(reader, "packages", "Kepulauan Anambas")).to_have_value("2")
    expect(field(reader, "libraries", "Bintan")).to_have_value("0")
    assert decode(reader.choices["skenario"], areas=AREAS) == PLAN
    assert reader.main.get_by_test_id("stMetricValue").all_inner_texts() == cards
    assert reader.chart("simulasi-cakupan").get_by_role("heading").inner_text() == title
    assert reader.main.locator("b", has_text="Anambas").count() == 0
    assert author.faults == reader.faults == []
    assert author.outside == reader.outside == []
