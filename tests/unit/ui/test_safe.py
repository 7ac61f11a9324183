"""Texts from data or from an address cannot become markup."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from literasi.ui.safe import markdown


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


def test_line_breaks_become_spaces():
    assert markdown("a\n\n# b") == "a \\# b"
