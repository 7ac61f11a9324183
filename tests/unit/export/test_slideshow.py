"""A deck as HTML: what came from data stays text."""

from __future__ import annotations

from dataclasses import replace

from literasi.closing.building import build
from literasi.export.slideshow import script, show, style
from literasi.text import t
from tests.closings import EVENT, REGENCIES, facts, people, spread


def test_nothing_from_data_becomes_markup():
    odd = {"name": '<img src=x onerror="alert(1)">', "venue": "</div><script>"}
    html = show(build(facts(event=odd), EVENT)).html
    assert "<img" not in html
    assert "<script" not in html
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in html


def test_every_slide_has_a_name_a_dot_and_a_narrative():
    deck = build(facts(people(sex=spread({"female": 20, "male": 12}))), EVENT)
    shown = show(deck)
    count = len(deck.slides)
    assert shown.html.count('<section class="slide') == shown.html.count('class="dot"') == count
    assert len(shown.titles) == len(shown.narratives) == count
    assert f'aria-label="Salindia 2 dari {count}:' in shown.html
    assert deck.filters.replace("<", "&lt;") in shown.html


def test_the_mark_of_practice_stands_on_the_slides():
    deck = build(facts(), EVENT)
    assert 'class="mark"' not in show(deck).html
    assert '<p class="mark">DATA LATIHAN</p>' in show(replace(deck, mark="DATA LATIHAN")).html


def test_style_and_script_ask_nobody_for_anything():
    for text in (style(), script()):
        assert "http" not in text
        assert "@import" not in text
        assert "fetch(" not in text


def test_a_qr_code_stands_on_slides_with_figures_where_the_dashboard_has_an_address():
    given = facts(people(sex=spread({"female": 20, "male": 12})))
    assert 'class="qr"' not in show(build(given, EVENT)).html
    deck = build(replace(given, base_url="http://10.0.0.5:8501"), EVENT)
    html = show(deck).html
    coded = [slide for slide in deck.slides if slide.figures]
    assert html.count('<div class="qr"><svg role="img" aria-label="Kode QR') == len(coded) < len(deck.slides)
    for slide in coded:
        assert f"http://10.0.0.5:8501/angka/{slide.figures[0].code}" in html


def test_a_map_carries_the_notice_of_its_coast_lines():
    come = facts(people(area_code=spread(dict.fromkeys(REGENCIES, 12))))
    deck = build(come, EVENT)
    assert [slide.id for slide in deck.slides if slide.plot and slide.plot.kind == "map"] == ["origins"]
    assert show(deck).html.count(t("shell.attribution")) == 1
    assert show(build(facts(), EVENT)).html.count(t("shell.attribution")) == 0
