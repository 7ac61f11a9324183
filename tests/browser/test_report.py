"""The HTML report opened as a file, without a server and without a network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, expect

from literasi import workspaces
from literasi.portable import report
from literasi.settings import load


def test_a_report_draws_its_charts_from_a_file(chromium: Browser, tmp_path: Path):
    settings = replace(load(), var_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'literasi.db'}")
    workspaces.open_workspace(workspaces.OFFICIAL, settings).close()
    file = tmp_path / "laporan.html"
    file.write_bytes(report.html_bytes(settings))
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.set_offline(True)
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url[:60]))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto(file.as_uri())
    charts = page.locator("article").count()
    assert charts >= 5
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(charts)
    expect(page.locator(".choroplethlayer path").first).to_be_attached()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert faults == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
