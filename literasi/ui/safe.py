"""Text that came from data or from an address, made inert before Streamlit reads it as Markdown."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@/])")
# Bare addresses become links after backslashes are gone; an invisible word joiner inside prevents it.
_ADDRESS = re.compile(r"(?<=://)|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE)
# An escaped sign, emphasis, an icon, and what stands around the words of a link; read in one pass.
_MARKS = re.compile(r"\\([^\sA-Za-z0-9])|\*\*|:material/\w+:|\]\(<[^>]*>\)|\[")
_WORD_JOINER = "\N{WORD JOINER}"


def markdown(text: object) -> str:
    """Escape every character that Markdown, LaTeX or Streamlit's directives give a meaning to.

    An address of a page or of a mailbox stays text: it does not become a link by itself.

    Parameters
    ----------
    text : object
        Read with `str`; line breaks become spaces.

    Returns
    -------
    str
    """
    plain = _ADDRESS.sub(_WORD_JOINER, " ".join(str(text).split()))
    return _SPECIAL.sub(r"\\\1", plain)


def unescaped(text: str) -> str:
    """Give what a reader sees of a Markdown text of ours: no emphasis, list signs, icons or escapes."""
    text = " ".join(text.replace(_WORD_JOINER, "").split()).removeprefix("- ")
    return _MARKS.sub(lambda found: found[1] or "", text).strip()


def link(address: str, text: str) -> str:
    """Make a Markdown link; only to a page of the web.

    Parameters
    ----------
    address : str
        Begins with ``https://`` or ``http://``; anything else gives the text alone.
    text : str
        What is shown; inert.

    Returns
    -------
    str
    """
    if not address.startswith(("https://", "http://")):
        return markdown(text)
    inert = address.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20").replace("\n", "%0A")
    return f"[{markdown(text)}](<{inert}>)"
