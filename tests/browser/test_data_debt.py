"""A message of Utang data: copied from the page, and the file for a mail merge."""

from __future__ import annotations

import csv
from pathlib import Path

from playwright.sync_api import expect

from literasi.text import t
from tests.browser.conftest import NewVisitor


def test_a_message_is_copied_and_the_file_holds_the_same_message(new_visitor: NewVisitor, tmp_path: Path):
    visitor = new_visitor(permissions=["clipboard-read", "clipboard-write"])
    visitor.open("utang-data", ruang="latihan", bagian="pesan")
    message = visitor.main.get_by_test_id("stCode")
    message.hover()
    message.get_by_role("button", name="Copy to clipboard").click()
    expect(message).to_contain_text("Yth. Pengelola")
    copied = visitor.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("DATA LATIHAN\n\nYth. Pengelola Perpustakaan Latihan")
    with visitor.page.expect_download() as coming:
        visitor.main.get_by_role("button", name=t("data_debt.merge")).click()
    path = tmp_path / coming.value.suggested_filename
    coming.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["Pesan"] == copied
    assert {row["Tanda"] for row in rows} == {"DATA LATIHAN"}
    assert visitor.faults == []
