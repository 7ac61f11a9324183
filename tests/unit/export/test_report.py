"""The HTML report: nothing in it is markup but its own, and nothing in it asks for anything."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from lxml import html

from literasi.export.report import html_bytes
from literasi.figures import Chart, base_figure

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> & \u2028"
SOURCE = {"publisher": "Perpusnas", "title": HOSTILE, "published_on": None, "url": "javascript:alert(3)"}


def chart(title: str = "Naik", **changes: object) -> Chart:
    figure = base_figure({"type": "bar", "x": ["a"], "y": [1.5], "text": [HOSTILE]})
    frame = pd.DataFrame({"Wilayah": ["=1+1", HOSTILE], "Nilai": [1234.5, None]})
    made = Chart("x", figure, title, "subjudul", 'alt "kutip"', frame, ("s",))
    return replace(made, **changes)


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    written = html_bytes(
        [chart(), chart(HOSTILE, notes=(HOSTILE,))],
        title=HOSTILE,
        lines=(HOSTILE,),
        sources={"s": SOURCE},
        mark="LATIHAN",
    )
    return html.fromstring(written.decode())


def test_text_of_data_is_never_markup(page: html.HtmlElement):
    assert len(page.xpath("//script")) == 3
    assert not page.xpath("//img | //a | //iframe | //link | //*[@src] | //*[@href] | //@onerror")
    assert page.xpath("//h1")[0].text_content() == " ".join(HOSTILE.split())


def test_a_policy_inside_forbids_every_request(page: html.HtmlElement):
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy
    assert "eval" not in policy


def test_each_chart_has_its_finding_table_and_source(page: html.HtmlElement):
    first, second = page.xpath("//article")
    assert [h.text_content() for h in page.xpath("//h2")] == ["Naik", " ".join(HOSTILE.split())]
    assert first.xpath(".//td[@class='n']/text()") == ["1.234,50"]
    assert [td.text_content() for td in first.xpath(".//td")][:1] == ["'=1+1"]
    assert first.xpath(".//div[@role='img']/@aria-label") == ['alt "kutip"']
    assert "Perpusnas" in first.text_content()
    assert first.xpath(".//div/@id")[0] != second.xpath(".//div/@id")[0]


def test_practice_is_marked(page: html.HtmlElement):
    assert page.xpath("//p[@class='mark']")[0].text_content() == "LATIHAN"
    plain = html_bytes([chart()], title="Laporan", lines=(), sources={}).decode()
    assert not re.search(r'<p class="mark">', plain)
