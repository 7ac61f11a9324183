"""Filters that pages share; each has the same key in the address on every page (`literasi.ui.url`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from literasi.text import t
from literasi.ui import cached, url

Grain = Literal["month", "year"]
Mode = Literal["value", "cumulative", "same_month"]

ALL = "semua"
_GRAINS: dict[str, Grain] = {"bulan": "month", "tahun": "year"}
_MODES: dict[str, Mode] = {"nilai": "value", "kumulatif": "cumulative", "bulan-sama": "same_month"}


def bar() -> DeltaGenerator:
    """Give the row for a page's filters (``with filters.bar(): …``); it wraps on narrow screens."""
    return st.container(horizontal=True, vertical_alignment="bottom", gap="small")


def region() -> str:
    """Choose the province or a regency (``wilayah``).

    Returns
    -------
    str
        Area code; the province is the default and means all of it.
    """
    register = cached.register()
    areas = (register.province, *register.regencies())
    return url.choose(
        "wilayah",
        tuple(area.code for area in areas),
        label=t("filters.region"),
        default=register.province.code,
        show=register.name,
    )


def years(first: int, last: int, *, default_first: int | None = None) -> tuple[int, int]:
    """Choose a span of years (``dari``, ``sampai``).

    Parameters
    ----------
    first, last : int
        What there are data for.
    default_first : int, optional
        Where the span begins unless asked otherwise; `first` by default.

    Returns
    -------
    (int, int)
        First and last year chosen; never the wrong way round.
    """
    span = tuple(str(year) for year in range(first, last + 1))
    start = str(max(first, min(default_first or first, last)))
    begin = url.choose("dari", span, label=t("filters.from"), default=start)
    rest = tuple(year for year in span if year >= begin)
    end = url.choose("sampai", rest, label=t("filters.to"), default=span[-1])
    return int(begin), int(end)


def year(available: Sequence[int]) -> int:
    """Choose one of the years (``tahun``); the newest is the default."""
    options = tuple(str(y) for y in sorted(available, reverse=True))
    return int(url.choose("tahun", options, label=t("filters.year"), default=options[0]))


def grain() -> Grain:
    """Choose months or years (``butir``)."""
    chosen = url.choose(
        "butir",
        tuple(_GRAINS),
        label=t("filters.grain"),
        default="bulan",
        show=lambda code: t(f"filters.grain_{_GRAINS[code]}"),
        widget="segments",
    )
    return _GRAINS[chosen]


def mode(*, is_additive: bool = True) -> Mode:
    """Choose how months are shown: as they are, summed within the year, or month beside month (``mode``).

    Parameters
    ----------
    is_additive : bool
        Whether months may be summed at all. Members at the end of a month may not.
    """
    codes = tuple(code for code, mode in _MODES.items() if is_additive or mode != "cumulative")
    chosen = url.choose(
        "mode",
        codes,
        label=t("filters.mode"),
        default="nilai",
        show=lambda code: t(f"filters.mode_{_MODES[code]}"),
        widget="segments",
    )
    return _MODES[chosen]


def part(page: str, parts: Sequence[str]) -> str:
    """Choose which part of a page is shown (``bagian``): one theme at a time, and only its charts are drawn.

    Parameters
    ----------
    page : str
        Section of the text catalogue: a part is named by ``<page>.part.<part>``.
    parts : sequence of str
        What stands in the address; the first is the default.
    """
    return url.choose(
        "bagian",
        tuple(parts),
        label=t("filters.part"),
        default=parts[0],
        show=lambda code: t(f"{page}.part.{code}"),
        widget="segments",
    )


def one_of(key: str, codes: Sequence[str], *, label: str, show: Callable[[str], str] = str) -> str | None:
    """Choose one code, or all of them.

    Parameters
    ----------
    key : str
        Name in the address.
    codes : sequence of str
    label : str
    show : callable
        Code to the label the user sees.

    Returns
    -------
    str or None
        None for all.
    """
    chosen = url.choose(
        key,
        (ALL, *codes),
        label=label,
        default=ALL,
        show=lambda code: t("filters.all") if code == ALL else show(code),
    )
    return None if chosen == ALL else chosen


def library_kind() -> str | None:
    """Choose the kind of library (``jenis``) among those in this workspace; None for all."""
    kinds = tuple(sorted(cached.frame("libraries")["kind"].unique()))
    return one_of("jenis", kinds, label=t("filters.library_kind"), show=kind_words)


def kind_words(kind: str | None) -> str:
    """Give the name of a kind of library; nothing for all kinds."""
    return "" if kind is None else t(f"filters.kind_{kind}")


def regency_names() -> dict[str, str]:
    """Give the names of all regencies by code, in the one order used everywhere."""
    return {area.code: area.name for area in cached.register().regencies()}


def library_names() -> dict[str, str]:
    """Give the names of all libraries by id."""
    libraries = cached.frame("libraries")
    return dict(zip(libraries["library_id"], libraries["name"], strict=True))


def outlook() -> bool:
    """Choose to show the coming months too (``prakiraan``)."""
    return url.toggle("prakiraan", label=t("filters.outlook"), help=t("filters.outlook_help"))


def verified() -> bool:
    """Choose to count only what was verified (``terverifikasi``)."""
    return url.toggle("terverifikasi", label=t("filters.verified"), help=t("filters.verified_help"))
