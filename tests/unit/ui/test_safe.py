"""Texts from data or from an address cannot become markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from literasi.ui.safe import link, markdown, unescaped


@given(st.text(max_size=60))
def test_escaped_text_renders_as_itself(text):
    html = MarkdownIt("commonmark", {"html": True}).enable("table").renderInline(markdown(text))
    assert "<" not in html.replace("&lt;", "")


def test_links_images_directives_and_formulas_are_inert():
    for attack in (
        "![x](http://evil/x.png)",
        "[x](javascript:1)",
        ":red[x]",
        "$x$",
        "<script>",
        ":material/x:",
    ):
        escaped = markdown(attack)
        assert "\\" in escaped
        for opener in ("](", "![", ":red[", ":material/"):
            assert opener not in escaped


@pytest.mark.parametrize("address", ["http://evil.example", "WWW.evil.example", "https://a.b", "a@b.example"])
def test_bare_addresses_do_not_become_links(address):
    # Pattern of mdast-util-gfm-autolink-literal, which reads the text after the escapes are gone.
    literal = re.compile(r"(?:https?://|www\.)[-.\w]+|[-.\w+]+@[-\w]+\.[-\w]+", re.IGNORECASE)
    assert literal.search(address)
    shown = re.sub(r"\\(.)", r"\1", markdown(address))
    assert not literal.search(shown)
    assert shown.replace("\N{WORD JOINER}", "") == address


def test_line_breaks_become_spaces():
    assert markdown("a\n\n# b") == "a \\# b"


def test_a_link_leads_only_to_the_web_and_cannot_be_broken_out_of():
    assert link("javascript:alert(1)", "x") == "x"
    assert link("https://a.id/b", "buka") == "[buka](<https://a.id/b>)"
    assert link("https://a.id/>)[y](javascript:1", "x").count("](<") == 1


@given(st.text())
def test_what_was_made_inert_can_be_read_again(text):
    plain = " ".join(text.replace("\N{WORD JOINER}", "").split())
    assert unescaped(markdown(plain)) == plain
    assert unescaped(f"- **{markdown(plain)}**: x") == f"{plain}: x".strip()


def test_icons_and_links_leave_their_words():
    line = f":material/info: Lihat {link('https://a.id/x(1)', 'Buka [a]')}."
    assert unescaped(line) == "Lihat Buka [a]."
