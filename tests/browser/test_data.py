"""What comes from outside the server: another process's submission, and texts that mean harm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pandas as pd
import pytest
from playwright.sync_api import Browser, expect

from literasi.store import open_store
from tests.browser.server import ROOT, Server
from tests.browser.visitor import Visitor
from tests.frames import library, table

HOSTILE = "<img src=x onerror=alert(1)>[x](http://evil.example/)![y](http://evil.example/y.png) :red[z] $a$"
LIBRARY = "L-21.03.07.2004-9"
DANGEROUS = "img[src*='x'], a[href*='evil'], img[src*=evil], script[src*=evil]"


@pytest.fixture(scope="module")
def own_app(live_app: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run a server whose data these tests may change."""
    var_dir = tmp_path_factory.mktemp("own")
    for file in live_app.var_dir.glob("*.db"):
        shutil.copy(file, var_dir)
    with Server(var_dir) as server:
        yield server


@pytest.fixture
def guest(chromium: Browser, own_app: Server) -> Iterator[Visitor]:
    visitor = Visitor(chromium, own_app.address)
    yield visitor
    visitor.close()


def commit(server: Server, name: str, file_name: str = "contoh.xlsx") -> int:
    """Add a library, in this process."""
    store = open_store(f"sqlite:///{server.var_dir / 'literasi.db'}")
    rows = table("libraries", [library(LIBRARY, "21.03.07.2004", 2023, name=name, note=name)])
    try:
        return store.commit({"libraries": rows}, actor=name, file_name=file_name, sha256="", note=name)
    finally:
        store.close()


def test_an_open_page_shows_anothers_submission_and_its_undo(guest: Visitor, own_app: Server):
    guest.open("riwayat")
    footer = guest.main.get_by_test_id("stCaptionContainer").filter(has_text="no. ")
    expect(footer).to_contain_text("no. 1)")

    submission = commit(own_app, "Perpustakaan Uji")
    guest.page.get_by_test_id("stSidebarNav").locator("a[href$='/indeks']").click()
    guest.page.get_by_test_id("stSidebarNav").locator("a[href$='/riwayat']").click()
    expect(footer).to_contain_text(f"no. {submission})")

    undo = [sys.executable, "-m", "literasi", "undo", str(submission), "--actor", "penguji"]
    env = os.environ | {"LITERASI_VAR_DIR": str(own_app.var_dir)}
    subprocess.run(undo, cwd=ROOT, env=env, check=True, capture_output=True, timeout=120)
    guest.page.get_by_test_id("stSidebarNav").locator("a[href$='/definisi']").click()
    expect(footer).to_contain_text(f"no. {submission + 1})")
    assert guest.faults == []


@pytest.mark.parametrize(
    "path",
    [
        "perpustakaan?programme=semua",
        f"perpustakaan?pustaka={LIBRARY}",
        "peta?wilayah=21.03&tahun=2023",
        f"peta?wilayah=21.03&pustaka={LIBRARY}",
        "riwayat",
        "kegiatan?wilayah=21.03",
    ],
)
def test_texts_that_mean_harm_stay_texts(guest: Visitor, own_app: Server, path: str):
    if not _is_current(own_app, LIBRARY, HOSTILE):
        commit(own_app, HOSTILE, HOSTILE)
    guest.page.goto(f"/{path}")
    guest.settle()
    for summary in guest.main.locator("summary").all():
        summary.click()
    guest.settle()
    expect(guest.page.locator(DANGEROUS)).to_have_count(0)
    expect(guest.page.get_by_test_id("stException")).to_have_count(0)
    assert guest.outside == []
    assert guest.faults == []


def test_the_text_that_means_harm_is_on_the_screen(guest: Visitor, own_app: Server):
    """Or the test above would prove nothing."""
    if not _is_current(own_app, LIBRARY, HOSTILE):
        commit(own_app, HOSTILE, HOSTILE)
    guest.open("perpustakaan", pustaka=LIBRARY)
    expect(guest.main.get_by_text("<img src=x onerror=alert(1)>").first).to_be_visible()
    guest.open("peta", wilayah="21.03")
    expect(guest.main.get_by_text("<img src=x onerror=alert(1)>").first).to_be_visible()


def _is_current(server: Server, library_id: str, name: str) -> bool:
    store = open_store(f"sqlite:///{server.var_dir / 'literasi.db'}")
    try:
        rows: pd.DataFrame = store.frame("libraries")
    finally:
        store.close()
    return bool((rows.loc[rows["library_id"].eq(library_id), "name"] == name).any())
