"""Text that came from data or from an address, made inert before Streamlit reads it as Markdown."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@/])")


def markdown(text: object) -> str:
    """Escape every character that Markdown, LaTeX or Streamlit's directives give a meaning to.

    Parameters
    ----------
    text : object
        Read with `str`; line breaks become spaces.

    Returns
    -------
    str
    """
    return _SPECIAL.sub(r"\\\1", " ".join(str(text).split()))
