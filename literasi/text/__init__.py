"""Every text a user sees, and numbers and dates in the user's language.

Texts are in ``id.toml`` and ``en.toml`` beside this file, under the same keys.
The language is set once per run by the user-interface shell and read everywhere else.
Numbers, dates and month names come from CLDR through Babel.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pandas as pd
from babel.dates import format_date, get_month_names
from babel.numbers import format_decimal

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")

_language: ContextVar[Language] = ContextVar("language", default="id")


def use(language: Language) -> None:
    """Set the language of this run (thread or session)."""
    _language.set(language)


def language() -> Language:
    """Give the language of this run."""
    return _language.get()


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Give all texts of a language, flat: ``page.element.role`` to text."""
    with (Path(__file__).parent / f"{language}.toml").open("rb") as file:
        return dict(_flat("", tomllib.load(file)))


def _flat(prefix: str, node: dict[str, object]) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for key, value in node.items():
        path = f"{prefix}{key}"
        out += _flat(f"{path}.", value) if isinstance(value, dict) else [(path, str(value))]
    return out


def t(key: str, **params: object) -> str:
    """Give the text of a key in the language of this run, placeholders filled.

    Raises
    ------
    KeyError
        If the catalogue has no such key.
    """
    text = catalogue(_language.get())[key]
    return text.format(**params) if params else text


def has(key: str) -> bool:
    """Whether the catalogue has that key (for open code lists, whose values may be new)."""
    return key in catalogue(_language.get())


def term(group: str, value: object) -> str:
    """Give the label of a code, or the value itself where the list is open and the value new.

    Missing values give the text for "not stated".
    """
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return t("term.not_stated")
    key = f"{group}.{value}"
    return t(key) if has(key) else str(value)


def number(value: float | None, decimals: int = 0) -> str:
    """Write a number: ``1.234,5`` in Bahasa Indonesia; an en dash where it is missing."""
    if value is None or pd.isna(value):
        return "–"
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(round(float(value), decimals) + 0.0, format=pattern, locale=_language.get())


def signed(value: float | None, decimals: int = 0) -> str:
    """Write a change with its sign; ASCII minus, which `st.metric` needs to draw its arrow."""
    if value is None or pd.isna(value):
        return "–"
    text = number(abs(value), decimals)
    rounded = round(float(value), decimals)
    return f"+{text}" if rounded > 0 else f"-{text}" if rounded < 0 else text


def percent(share: float | None, decimals: int = 0) -> str:
    """Write a share (0 to 1) as a percentage: ``48,5%``."""
    if share is None or pd.isna(share):
        return "–"
    return f"{number(100 * float(share), decimals)}%"


def date(value: dt.date | dt.datetime | pd.Timestamp | None, *, short: bool = False) -> str:
    """Write a date: ``7 Juni 2024``, or ``7 Jun 2024``."""
    if value is None or pd.isna(value):
        return "–"
    return format_date(value, "d MMM y" if short else "d MMMM y", locale=_language.get())


def moment(utc: str) -> str:
    """Write a moment kept as UTC ISO text in the province's own time: ``7 Juni 2024 14.05 WIB``."""
    local = dt.datetime.fromisoformat(utc).astimezone(ZoneInfo("Asia/Jakarta"))
    return f"{date(local)} {local:%H.%M} WIB"


def month_names(*, short: bool = True) -> list[str]:
    """Give the twelve month names of the language of this run."""
    names = get_month_names("abbreviated" if short else "wide", locale=_language.get())
    return [names[i] for i in range(1, 13)]


def period(value: str, *, short: bool = False) -> str:
    """Write a period text: ``2024`` stays, ``2024-06`` becomes ``Juni 2024``; empty is "undated"."""
    if not value:
        return t("term.undated")
    year, _, month = value.partition("-")
    return f"{month_names(short=short)[int(month) - 1]} {year}" if month else year


def separators() -> str:
    """Decimal and thousands separator for Plotly's ``layout.separators``."""
    return ",." if _language.get() == "id" else ".,"


def plain(text: str) -> str:
    """Make a text that came from data safe inside Plotly labels, which read a little HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
