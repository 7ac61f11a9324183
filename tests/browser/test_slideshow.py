"""Slides of a closing: driven by keyboard and finger with the network cut, legible, and never too full."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from literasi import text
from literasi.closing.building import build
from literasi.export import slideshow
from literasi.figures import FONT_DIR, FONT_FILES
from literasi.text import t
from tests.browser.conftest import NewVisitor
from tests.browser.visitor import PHONE, PROJECTOR, Visitor
from tests.closings import EVENT, REGENCIES, facts, people, spread, value

FULL_HD = {"width": 1920, "height": 1080}

# Texts that are smaller than 24 pixels of a screen of 1280×720, or that lie outside their slide, on the one
# slide that is shown: every element with text of its own, as the eye sees it (a picture may be scaled).
FAULTS = """() => {
    const host = [...document.querySelectorAll('*')].find(e => e.shadowRoot?.querySelector('dialog.show'))
    const root = host?.shadowRoot ?? document
    const unit = Math.min(innerWidth / 1280, innerHeight / 720)
    const slide = root.querySelector('.slide:not([hidden])')
    const body = slide.querySelector('.body'), foot = root.querySelector('.foot').getBoundingClientRect()
    const found = []
    for (const e of root.querySelectorAll('.stage *')) {
        if (!e.getClientRects().length || e.closest('.said')) continue
        if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue
        const words = e.textContent.trim().slice(0, 40), box = e.getBoundingClientRect()
        let size = parseFloat(getComputedStyle(e).fontSize)
        if (e.closest('svg')) size *= Math.hypot(e.getScreenCTM().a, e.getScreenCTM().b)
        if (size < 23.95 * unit) found.push(`small: ${size} ${words}`)
        const floor = slide.contains(e) ? foot.top : innerHeight
        if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > floor + 1)
            found.push(`outside: ${words}`)
    }
    if (body.scrollHeight > body.clientHeight + 1 || body.scrollWidth > body.clientWidth + 1)
        found.push(`body: ${body.scrollHeight} in ${body.clientHeight}`)
    const title = slide.querySelector('h2')
    if (title.scrollHeight > title.clientHeight + 0.2 * parseFloat(getComputedStyle(title).fontSize))
        found.push(`title cut: ${title.textContent}`)
    return found
}"""

# Contrast of every text with what it stands on, as a hall needs it.
PALE = """() => {
    const host = [...document.querySelectorAll('*')].find(e => e.shadowRoot?.querySelector('dialog.show'))
    const root = host.shadowRoot
    const parts = colour => colour.match(/[\\d.]+/g).map(Number)
    const light = colour => parts(colour).slice(0, 3)
        .map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0)
    const ground = e => {
        for (let at = e; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor
            if ((parts(colour)[3] ?? 1) > 0) return colour
        }
    }
    return [...root.querySelectorAll('.stage :is(h2, p, li)')]
        .filter(e => e.getClientRects().length && e.textContent.trim() && !e.closest('.said'))
        .map(e => [light(getComputedStyle(e).color), light(ground(e)), e.textContent])
        .map(([a, b, words]) => [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), words])
        .filter(([contrast]) => contrast < 7)
}"""


def number(page: Page) -> str:
    return page.locator(".number").inner_text()


def start(visitor: Visitor) -> Page:
    visitor.page.get_by_role("button", name=t("slideshow.start")).click()
    expect(visitor.page.locator("dialog.show")).to_be_visible()
    return visitor.page


@pytest.fixture
def cut(new_visitor: NewVisitor) -> Iterator[Visitor]:
    """A visitor whose slides are loaded and whose network is then cut, live connections included."""
    visitor = new_visitor(viewport=PROJECTOR)
    sockets: list[Any] = []

    def carry(socket: Any) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    visitor.page.route_web_socket(re.compile("_stcore/stream"), carry)
    visitor.open("penutupan", ruang="latihan")
    visitor.page.evaluate("document.fonts.ready")
    visitor.context.set_offline(True)
    for socket in sockets:
        socket.close()
    yield visitor
    visitor.faults.clear()  # the page says that it lost its server, as it should


def test_slides_need_no_network_and_every_text_can_be_read(cut: Visitor):
    page = start(cut)
    count = page.locator(".dot").count()
    assert count >= 10
    for key, place in [
        ("ArrowRight", 2), ("PageDown", 3), ("Space", 4), ("ArrowLeft", 3), ("PageUp", 2), ("PageUp", 1),
        ("ArrowLeft", 1), ("End", count), ("PageDown", count), ("Home", 1),
    ]:  # fmt: skip
        page.keyboard.press(key)
        assert number(page) == f"{place} / {count}", key
    for size in (PROJECTOR, FULL_HD):
        page.set_viewport_size(size)
        page.keyboard.press("Home")
        for place in range(1, count + 1):
            assert number(page) == f"{place} / {count}"
            assert page.evaluate(FAULTS) == [], (size, place)
            assert page.evaluate(PALE) == []
            assert page.locator(".filters").is_visible()
            assert page.locator(".mark").inner_text() == t("shell.practice_mark")
            page.keyboard.press("ArrowRight")
    assert not cut.outside


def test_full_screen_speaker_and_leaving_need_no_network(cut: Visitor):
    page = start(cut)
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement")
    page.keyboard.press("f")
    page.wait_for_function("!document.fullscreenElement")
    assert page.locator("dialog.show").is_visible()

    with cut.context.expect_page() as opened:
        page.keyboard.press("p")
    speaker = opened.value
    expect(speaker.locator("#place")).to_have_text(re.compile("^1 / "))
    assert speaker.locator("#said p").count() >= 2
    speaker.keyboard.press("PageDown")
    expect(speaker.locator("#place")).to_have_text(re.compile("^2 / "))
    assert number(page).startswith("2 / ")
    assert speaker.locator("#title").inner_text() == page.locator(".slide:not([hidden]) h2").inner_text()
    assert t("slideshow.elapsed") in speaker.locator("#time").inner_text()

    page.keyboard.press("Tab")  # the focus stays within the slides
    assert page.evaluate("!document.activeElement.shadowRoot?.activeElement?.closest('dialog') === false")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.show")).to_be_hidden()
    assert speaker.is_closed()

    start(cut)
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement")
    page.evaluate("document.exitFullscreen()")  # as the browser does on Esc, which it keeps to itself
    expect(page.locator("dialog.show")).to_be_hidden()


def test_a_finger_turns_pages_and_an_address_says_where_to_begin(new_visitor: NewVisitor):
    visitor = new_visitor(viewport=PHONE, has_touch=True, is_mobile=True)
    visitor.open("penutupan", salindia="2")
    page = visitor.page
    page.get_by_role("button", name=t("slideshow.start")).tap()
    assert number(page).startswith("2 / ")
    touch = visitor.context.new_cdp_session(page)

    def swipe(first: int, last: int) -> None:
        for kind, points in (
            ("touchStart", [{"x": first, "y": 140}]),
            ("touchMove", [{"x": last, "y": 145}]),
            ("touchEnd", []),
        ):
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    swipe(330, 120)
    expect(page.locator(".number")).to_have_text(re.compile("^3 / "))
    swipe(120, 330)
    expect(page.locator(".number")).to_have_text(re.compile("^2 / "))
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert not visitor.faults


def crowded() -> dict[str, Any]:
    """An event of which every slide says as much as it can, in long words."""
    origins = dict.fromkeys((*REGENCIES, "21"), 12)
    count = 12 * (len(origins) + 1)
    long = "Bimbingan Teknis Strategi Pengembangan Perpustakaan dan Teknologi Informasi dan Komunikasi"
    return {
        "participants": people(
            area_code=[*spread(origins), *[None] * 12],
            role=spread(
                dict.fromkeys(
                    ("manager", "facilitator", "village_head", "official", "volunteer", "other"), 18
                )
            ),
            sex=spread({"female": 60, "male": 48}),
            hours_due=[40] * count,
            hours_attended=[40] * 90 + [12] * 18,
            pre_score=[50, 61, 43] * 36,
            post_score=[70, 88, 92] * 36,
            has_plan=[True] * 80 + [False] * 28,
            plan_status_90=["done"] * 20 + ["in_progress"] * 20 + ["not_started"] * 20 + [None] * 48,
            library_id=["L-1"] * 60 + ["L-2"] * 48,
        ),
        "event": {
            "name": f"{long} Tingkat Provinsi Kepulauan Riau Angkatan Kedua Tahun Anggaran 2026",
            "venue": "Ballroom Hotel Aston Tanjungpinang dan Conference Center, Lantai Tiga, Ruang Melayu",
            "date_end": "2026-05-02",
        },
        "activities": [
            {"library_id": "L-1", "date": f"2026-{m:02}-03", "name": f"{n}"}
            for m in range(1, 13)
            for n in range(m)
        ],
        "observations": [
            *(value("tgm", "21", str(year), "lima", 60 + year % 7) for year in range(2021, 2025)),
            value("tkm", "21", "2025", "tiga", 54.87, status="provisional"),
            value("tkm", "00", "2025", "tiga", 57.72, status="provisional"),
            value("iplm", "21", "2021", "lama", 21.33),
            *(value("iplm", "21", str(year), "baku", 70 + year % 5) for year in (2023, 2024)),
            value("iplm", "00", "2024", "baku", 69.5),
        ],
        "targets": [
            {
                "indicator_id": code,
                "area_code": "21",
                "edition": edition,
                "year": 2030,
                "value": 80.0,
                "document": "Rencana Pembangunan Jangka Menengah Daerah Provinsi Kepulauan Riau 2025–2029",
            }
            for code, edition in (("tkm", "tiga"), ("iplm", "baku"))
        ],
        "sources": [
            {
                "source_id": "terbitan",
                "publisher": f"Dinas Perpustakaan dan Kearsipan, {long}",
                "title": long,
                "kind": "x",
            }
        ],
    }


@pytest.mark.parametrize("address", ["", "https://dasbor-literasi.dispusip.kepriprov.go.id"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_fullest_slides_fit(chromium: Browser, language: Any, address: str):
    text.use(language)
    try:
        show = slideshow.show(build(replace(facts(**crowded()), base_url=address), EVENT))
    finally:
        text.use("id")
    faces = "".join(
        f"@font-face {{ font-family: 'Source Sans'; font-weight: {weight};"
        f" src: url(data:font/ttf;base64,{base64.b64encode((FONT_DIR / file).read_bytes()).decode()}) }}"
        for weight, file in FONT_FILES.items()
    )
    page = chromium.new_page(viewport=PROJECTOR)
    page.set_content(
        f"<style>{faces}{slideshow.style()}</style><dialog class='show' open>{show.html}</dialog>"
    )
    page.evaluate("document.fonts.ready")
    for place in range(len(asdict(show)["titles"])):
        page.evaluate(
            "at => document.querySelectorAll('.slide').forEach((s, i) => { s.hidden = i !== at })", place
        )
        assert page.evaluate(FAULTS) == [], show.titles[place]
        code, foot = page.locator(".slide:not([hidden]) .qr"), page.locator(".foot").bounding_box()
        assert foot
        if code.count():
            box = code.bounding_box()
            assert box
            assert box["width"] >= 112
            assert box["y"] > foot["y"]
            assert box["y"] + box["height"] <= PROJECTOR["height"]
            ends = page.locator(".foot .line").evaluate_all(
                "lines => lines.map(line => line.getBoundingClientRect().right)"
            )
            assert max(ends) <= box["x"]
        assert code.count() == (1 if address and page.locator(".slide:not([hidden]) .code").count() else 0)
    page.close()
