"""The whole way of an office's file: template, LibreOffice, faults, commit, page, undo; and two at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from literasi.text import t
from tests.browser.office import fill
from tests.browser.server import Server
from tests.browser.visitor import Visitor

FILE_LIMIT = 60_000  # milliseconds: a workbook is made when it is asked for
SCRIPT = "<script>alert(1)</script>"
LINK = '=HYPERLINK("http://contoh.invalid","klik")'
DANGEROUS = "[data-testid=stMain] a[href*=contoh], [data-testid=stMain] script"
PLACE = {
    "B4": "Kabupaten Bintan",
    "C4": "Telok Sebong",
    "D4": "Sebong Pereh",
    "E4": "Perpustakaan Desa Sebong Pereh",
}
FAULTY = {**PLACE, "F4": SCRIPT, "G4": LINK, "H4": "Pendidikan", "K4": -3}
MENDED = {"F4": "4 Juli 2026", "K4": 24}
Operator = Callable[[], Visitor]


@pytest.fixture(scope="module")
def own_app(live_app: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a server whose data these tests may change."""
    var_dir = tmp_path_factory.mktemp("intake")
    for file in live_app.var_dir.glob("*.db"):
        shutil.copy(file, var_dir)
    with Server(var_dir) as server:
        yield server


@pytest.fixture
def operator(chromium: Browser, own_app: Server) -> Iterator[Operator]:
    """Bring operators; each has a browser of their own."""
    came: list[Visitor] = []

    def bring() -> Visitor:
        came.append(Visitor(chromium, own_app.address))
        return came[-1]

    yield bring
    for visitor in came:
        assert visitor.faults == []
        assert visitor.outside == []
        visitor.close()


def give(visitor: Visitor, file: Path) -> None:
    """Drop a file on the page."""
    another = visitor.main.get_by_text(t("upload.another"), exact=True)
    if another.count():
        another.click()
        visitor.settle()
    visitor.main.locator("input[type=file]").set_input_files(file)
    expect(visitor.main.get_by_role("heading", name=file.name)).to_be_visible()
    visitor.settle()


def commit(visitor: Visitor, name: str) -> None:
    visitor.main.get_by_role("textbox", name=t("upload.actor")).fill(name)
    visitor.main.get_by_role("button", name=t("upload.commit")).click()


def committed(visitor: Visitor) -> str:
    """Wait for the success and give the submission's number."""
    pattern = re.compile(t("upload.done", submission="#", file="x").split("#")[0] + r"(\d+)")
    done = visitor.main.get_by_test_id("stAlertContentSuccess").filter(has_text=pattern)
    expect(done).to_be_visible()
    visitor.settle()
    found = pattern.search(done.inner_text())
    assert found is not None
    return found[1]


def test_from_the_template_to_the_page_and_back(operator: Operator, tmp_path: Path):
    visitor = operator()
    page, main = visitor.page, visitor.main
    visitor.open("unggah")
    main.get_by_role("combobox", name=t("upload.template_form")).click()
    page.get_by_role("option", name=t("intake.form.activities")).click()
    visitor.settle()
    with page.expect_download(timeout=FILE_LIMIT) as download:
        main.get_by_role("button", name=t("upload.template_download")).click()
    template = tmp_path / download.value.suggested_filename
    download.value.save_as(template)
    faulty, mended = (tmp_path / folder / "kegiatan-juli.xlsx" for folder in ("satu", "dua"))
    for file in (faulty, mended):
        file.parent.mkdir()
    fill(
        template,
        sheet=t("intake.form.activities"),
        versions={faulty: FAULTY, mended: MENDED},
        profile=tmp_path / "profil",
    )

    give(visitor, faulty)
    expect(main.get_by_text(t("upload.faults_heading", count="2"))).to_be_visible()
    expect(main.get_by_text(SCRIPT).first).to_be_visible()
    expect(page.locator(DANGEROUS)).to_have_count(0)
    expect(main.get_by_role("button", name=t("upload.commit"))).to_have_count(0)

    give(visitor, mended)
    expect(main.get_by_text(t("upload.next_commit"))).to_be_visible()
    commit(visitor, "Operator Bintan")
    submission = committed(visitor)

    main.get_by_role("link", name=t("upload.to_page", page=t("page.activities.title"))).click()
    expect(page).to_have_url(re.compile("/kegiatan"))
    visitor.settle()
    expect(main.get_by_text(t("activities.none"))).to_have_count(0)

    visitor.open("riwayat", unggahan=submission)
    expect(page.locator(DANGEROUS)).to_have_count(0)
    main.get_by_role("button", name=t("history.undo", submission=submission)).click()
    main.get_by_role("textbox", name=t("history.actor")).fill("Operator Bintan")
    main.get_by_role("button", name=t("history.undo_confirm", submission=submission)).click()
    expect(main.get_by_test_id("stAlertContentSuccess")).to_be_visible()
    visitor.open("kegiatan")
    expect(main.get_by_text(t("activities.none"))).to_be_visible()


def test_two_operators_with_the_same_table_at_once(operator: Operator, tmp_path: Path):
    headings = "Kabupaten/kota;Desa/kelurahan;Nama perpustakaan;Tanggal;Nama kegiatan;Jumlah peserta"
    row = "Bintan;Sebong Pereh;Perpustakaan Desa Sebong Pereh;05/07/2026;Kelas menulis"
    visitors = []
    for name, people in (("pertama", 24), ("kedua", 30)):
        file = tmp_path / f"{name}.csv"
        file.write_text(f"{headings}\n{row};{people}\n", encoding="utf-8")
        visitors.append(operator())
        visitors[-1].open("unggah")
        give(visitors[-1], file)
    first, second = visitors

    commit(first, "Operator Pertama")
    one = committed(first)
    commit(second, "Operator Kedua")
    told = second.main.get_by_test_id("stAlertContentWarning")
    expect(told).to_contain_text(t("upload.moved").partition("**")[0])
    second.settle()
    expect(second.main.get_by_text(t("upload.rows_changed", count="1"))).to_be_visible()

    commit(second, "Operator Kedua")
    two = committed(second)
    assert int(two) == int(one) + 1, "both stand in the history, and the second knew what it changed"
