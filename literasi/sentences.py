"""Write findings in the user's language."""

from __future__ import annotations

from collections.abc import Callable

from literasi.domain.findings import (
    Finding,
    Label,
    Labels,
    Number,
    Parameter,
    Places,
    Plain,
    Share,
    Term,
    When,
)
from literasi.text import number, percent, period, t, term


def say(finding: Finding, *, name: Callable[[str], str]) -> str:
    """Write a finding as a sentence or chart title.

    Parameters
    ----------
    finding : Finding
        From `literasi.domain.findings`.
    name : callable
        Gives the name of an area code.

    Returns
    -------
    str
        Plain text: it may hold names that came from data, so never show it as HTML or Markdown.
    """
    words = t(finding.key, **{key: _word(value, name) for key, value in finding.params.items()})
    return words.replace(" %", "%")  # the only unit that is written without a space


def listed(words: tuple[str, ...]) -> str:
    """Write a list: ``A``, ``A dan B``, ``A, B, dan C``."""
    if len(words) < 2:
        return "".join(words)
    if len(words) == 2:
        return t("finding.two", first=words[0], second=words[1])
    return t("finding.several", first=", ".join(words[:-1]), last=words[-1])


def _word(value: Parameter, name: Callable[[str], str]) -> str:
    match value:
        case Number():
            written = number(value.value, value.decimals)
            return t("training.at_least", n=written) if value.is_floor else written
        case Share():
            return percent(value.value)
        case Places():
            return listed(tuple(name(code) for code in value.codes))
        case When():
            return period(value.period)
        case Label():
            return t(value.key)
        case Labels():
            return listed(tuple(t(key) for key in value.keys))
        case Term():
            return term(value.group, value.value)
        case Plain():
            return value.text
