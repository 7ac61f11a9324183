"""What the page of comparison shows: all regencies, or one with its province and the nation."""

from __future__ import annotations

import streamlit as st

from literasi.charts.comparison import Line, mine_chart, scorecard_chart
from literasi.domain import comparison, standing_findings
from literasi.domain.findings import Findings, gather
from literasi.domain.indicators import Indicator
from literasi.domain.levels import NATION
from literasi.figures import Chart
from literasi.text import t
from literasi.ui import cached, indices, targets, url
from literasi.ui.safe import markdown

HEADLINE = "utama"
_RANKS = ("tanpa", "dengan")
_THEMES = {
    "minat-baca": "reading",
    "pembangunan": "development",
    "tpbis": "programme",
    "pelatihan": "training",
    "kegiatan": "activity",
    "perpustakaan": "library",
    "konteks": "context",
}


def choose_theme() -> str:
    """Choose a group of indicators (``tema``): the main ones, or a theme with values by regency."""
    themes = cached.made("perbandingan-tema", _themes)
    return url.choose(
        "tema", (HEADLINE, *themes), label=t("comparison.theme"), default=HEADLINE, show=theme_words
    )


def theme_words(theme: str) -> str:
    """Give the name of a group of indicators."""
    return t("comparison.headline") if theme == HEADLINE else t(f"theme.{_THEMES[theme]}")


def choose_ranks() -> bool:
    """Choose whether ranks are shown (``peringkat``); they are not unless asked for."""
    chosen = url.choose(
        "peringkat",
        _RANKS,
        label=t("comparison.ranks"),
        default=_RANKS[0],
        show=lambda code: t(f"comparison.ranks_{'on' if code == _RANKS[1] else 'off'}"),
        widget="segments",
    )
    return chosen == _RANKS[1]


def is_one(area: str) -> bool:
    """Whether one regency was chosen, so that the others are not named."""
    return area != cached.register().province.code


def say_only_mine(area: str) -> None:
    """Say that only the chosen regency is named."""
    st.caption(f":material/visibility_off: {t('comparison.only_mine', area=markdown(_name(area)))}")


def empty(area: str) -> str:
    """Say that there is nothing to compare, and what to do next."""
    return t("comparison.empty_mine", area=markdown(_name(area))) if is_one(area) else t("comparison.empty")


def all_chart(theme: str, *, is_ranked: bool) -> Chart | None:
    """Draw all regencies."""
    lines = _lines(theme, cached.register().province.code)
    return scorecard_chart(lines, names=indices.regencies(), theme=theme_words(theme), is_ranked=is_ranked)


def one_chart(theme: str, area: str, *, is_ranked: bool) -> Chart | None:
    """Draw one regency with its province and the nation."""
    register = cached.register()
    return mine_chart(
        _lines(theme, area),
        area=area,
        name=register.name(area),
        others={"province": register.province.name, "nation": register.name(NATION)},
        theme=theme_words(theme),
        is_ranked=is_ranked,
    )


def find(theme: str, area: str, *, is_ranked: bool) -> Findings:
    """Find where areas differ; none is named as first or last unless ranks were asked for.

    With one regency chosen, only that one is named, beside its province.
    """
    lines = _lines(theme, area)
    standings = [line.standing for line in lines]
    if is_one(area):
        province = cached.register().province.code
        beside = [
            standing_findings.beside_province(line.standing, line.province, area=area, above=province)
            for line in lines
        ]
        return gather(
            moved=(one for one in beside if one and one.tone != "bad"),
            gap=(one for one in beside if one and one.tone == "bad"),
            unknown=(standing_findings.doubtful(standings, area=area), standing_findings.blank(standings)),
        )
    unknown = (standing_findings.unranked(standings), standing_findings.blank(standings))
    if not is_ranked:
        return gather(gap=map(standing_findings.spread, standings), unknown=unknown)
    return gather(
        moved=(standing_findings.end_of_ranks(one, end="best") for one in standings),
        gap=(standing_findings.end_of_ranks(one, end="worst") for one in standings),
        unknown=unknown,
    )


def _name(area: str) -> str:
    return cached.register().name(area)


def _themes() -> tuple[str, ...]:
    return tuple(
        code for code, theme in _THEMES.items() if any(map(_has_values, cached.catalogue().of_theme(theme)))
    )


def _has_values(indicator: Indicator) -> bool:
    if "regency" not in indicator.levels:
        return False
    values = cached.values(indicator, level="regency")
    return bool(values["value"].notna().any())


def _indicators(theme: str) -> list[Indicator]:
    catalogue = cached.catalogue()
    if theme == HEADLINE:
        chosen = [catalogue[code] for code in cached.summary_rules().cards]
    else:
        chosen = list(catalogue.of_theme(_THEMES[theme]))
    return [indicator for indicator in chosen if _has_values(indicator)]


def _lines(theme: str, area: str) -> list[Line]:
    return cached.made("perbandingan-baris", lambda: _found(theme, area), theme, area, targets.this_year())


def _found(theme: str, area: str) -> list[Line]:
    """Each indicator in its newest year that is over: of any regency, or of the one that was chosen."""
    lines = (_line(indicator, area) for indicator in _indicators(theme))
    return [line for line in lines if line]


def _line(indicator: Indicator, area: str) -> Line | None:
    values = indices.values(indicator)
    province = cached.register().province.code
    regencies = tuple(indices.regencies())
    mine = (area,) if is_one(area) else regencies
    # A year is over when it is for the province: a regency may be silent in some months of it.
    unfinished = targets.unfinished(indicator, province)
    newest = comparison.newest(values, indicator=indicator, areas=mine, unfinished=unfinished)
    if newest is None:
        return None
    edition, period = newest
    standing = comparison.standing(
        values,
        indicator=indicator,
        edition=edition,
        period=period,
        areas=regencies,
        rules=cached.reporting_rules(),
    )
    shown = standing.frame[standing.frame["area_code"].isin(mine) & standing.frame["value"].notna()]
    producers = set(shown["producer"])

    def beside(code: str) -> float | None:
        if len(producers) != 1:
            return None
        return comparison.benchmark(
            values, edition=edition, period=period, producer=next(iter(producers)), area=code
        )

    return Line(standing, beside(province), beside(NATION))
