"""The page of the map: what the user chose, stepping through years, clicks, and the drill to a library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from literasi import maps
from literasi.domain import findings
from literasi.domain.findings import Findings
from literasi.domain.indicators import Indicator
from literasi.domain.levels import Level
from literasi.domain.location import locate
from literasi.figures import Chart
from literasi.maps import wording
from literasi.text import t
from literasi.ui import cached, charts, filters, url
from literasi.ui.browser import is_phone
from literasi.ui.cards import Card, show_cards
from literasi.ui.findings import show as show_findings
from literasi.ui.notices import inform
from literasi.ui.safe import markdown

FORMS = ("peta", "petak", "daftar")
LAYERS = ("perpustakaan", "pulau", "semua", "kosong")
STACKED = "susun"
PROGRAMME = ("national", "replication", "not_stated")
SECONDS_PER_YEAR = 1.6
LONGEST_UNIT = 14  # characters that stand beside a headline figure
_PLAYING, _FRESH, _LAST = "map.playing", "map.fresh", "map.last"
_LIBRARIES_PAGE = "pages/programme/libraries.py"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is drawn, but for the year."""

    indicator: Indicator
    edition: str
    form: str
    view: str
    layer: str
    regency: str | None


def choose() -> Choice | None:
    """Show the filters; None when no indicator has a value by regency."""
    indicators = cached.made("peta-indikator", _indicators)
    if not indicators:
        inform(t("map.no_indicator"), icon=":material/info:")
        return None
    with filters.bar():
        _forget_unless_valid("indikator", tuple(indicators))
        chosen = url.choose(
            "indikator",
            tuple(indicators),
            label=t("map.indicator"),
            default=next(iter(indicators)),
            show=lambda code: t(f"indicator.{code}"),
        )
        indicator = indicators[chosen]
        edition = _edition(indicator)
        area = filters.region()
        regency = None if area == cached.register().province.code else area
        form = url.choose(
            "tampilan",
            FORMS,
            label=t("map.form"),
            default=FORMS[0],
            show=lambda code: t(f"map.forms.{code}"),
            widget="segments",
        )
        layer, view = LAYERS[0], maps.ALL
        if form == "peta":
            with st.popover(t("map.settings"), icon=":material/layers:", key="map.settings"):
                layer, view = _layer(indicator), maps.ALL if regency else _view()
    return Choice(indicator, edition, form, view, layer, regency)


def _layer(indicator: Indicator) -> str:
    about_libraries = indicator.theme in ("programme", "training", "activity", "library")
    return url.choose(
        "lapisan",
        LAYERS,
        label=t("map.layers"),
        default="perpustakaan" if about_libraries else "kosong",
        show=lambda code: t(f"map.layer.{code}"),
        widget="segments",
    )


def _view() -> str:
    views = (maps.ALL, STACKED, *(view for view in cached.map_layout().views if view != maps.ALL))
    return url.choose(
        "panel",
        views,
        label=t("map.view"),
        default=STACKED if is_phone() else maps.ALL,  # there the two panels start below each other
        show=lambda code: t(f"map.views.{code}"),
    )


def breadcrumb(choice: Choice) -> None:
    """Show where the user is: province, regency, library; each step up is a button."""
    register = cached.register()
    library = _chosen_library(choice)
    if choice.regency is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="map.crumbs"):
        _crumb(register.province.name, _up_to(None))
        st.markdown("›")
        if library is None:
            st.markdown(f"**{markdown(register.name(choice.regency))}**")
        else:
            _crumb(register.name(choice.regency), _up_to(choice.regency))
            st.markdown(f"› **{markdown(library['name'])}**")


def _up_to(regency: str | None) -> Callable[[], None]:
    def up() -> None:
        province = cached.register().province.code
        url.write("pustaka", "", "")
        url.write("wilayah", regency or province, province)

    return up


def _crumb(name: str, up: Callable[[], None]) -> None:
    st.button(
        markdown(name),
        on_click=up,
        type="tertiary",
        icon=":material/arrow_upward:",
        help=t("map.up", name=markdown(name)),
    )


def stage(choice: Choice) -> None:
    """Show the year control, the map, the bars and the panel of the chosen area.

    While years are playing, only this part of the page runs again, once for each year.
    """
    if st.session_state.get(_PLAYING, False):
        st.session_state[_FRESH] = True
        st.fragment(_tick, run_every=SECONDS_PER_YEAR)(choice)
    else:
        _stage(choice)


def _tick(choice: Choice) -> None:
    """Show the next year; when playing has ended, by the last year or by the user, run the page again."""
    if not st.session_state.get(_PLAYING, False):
        st.rerun()
    _stage(choice, is_tick=not st.session_state.pop(_FRESH, False))


def _stage(choice: Choice, *, is_tick: bool = False) -> None:
    values = cached.values(choice.indicator, level="regency")
    years = maps.years_with_values(values, choice.edition)
    year = _year(choice, years, is_tick=is_tick)
    units = _units(choice, values, year)
    key = (choice, year, is_phone())
    names = {"peta": "peta", "petak": "peta-petak"}
    if choice.form in names:
        name = names[choice.form]
        charts.show(name, lambda: _draw(choice, units), *key, on_select=_on_select(name))
    if not is_tick:
        show_findings("map", lambda: _find(choice, year), choice, year)
    if choice.regency is None:
        _bars(choice, units, year)
        st.caption(t("map.province_only"))
        return
    beside, panel = st.columns(2, gap="medium")
    with beside:
        _bars(choice, units, year)
    with panel:
        _area_panel(choice.regency, units)


def _find(choice: Choice, year: str) -> Findings:
    """Find what the map says, up to its year: of the province, or of the regency chosen beside it."""
    indicator, province = choice.indicator, cached.register().province.code
    area = choice.regency or province
    everything = _all_values(indicator)
    shown = everything[everything["edition"].eq(choice.edition) & everything["period"].le(year)]
    now = shown[shown["period"].eq(year)]
    mine = now[now["area_code"].eq(area)]
    # Of a year that has begun, and of reports whose senders differ, a difference is no rise or fall.
    is_told = _last_month(indicator, year) is None and mine["expected"].isna().all() and len(mine)
    regencies = [one.code for one in cached.register().regencies()]
    of_regencies = now[now["area_code"].isin(regencies)]
    ends = (
        ()  # a count follows the size of its area
        if indicator.scale == "count"
        else (
            findings.lowest(of_regencies, indicator=indicator, period=year),
            findings.highest(of_regencies, indicator=indicator, period=year),
        )
    )
    return findings.gather(
        moved=(
            findings.latest(now, indicator=indicator, area=area),
            findings.change(shown, indicator=indicator, area=area) if is_told else None,
        ),
        gap=(
            findings.beside(now, indicator=indicator, area=area, other=province),
            *(findings.in_full(one, indicator=indicator) for one in ends),
        ),
        unknown=(
            findings.in_full(
                findings.without_data(of_regencies, areas=regencies, period=year), indicator=indicator
            ),
            findings.method_break(everything, indicator=indicator),
        ),
    )


def _all_values(indicator: Indicator) -> pd.DataFrame:
    levels: tuple[Level, ...] = ("province", "regency")
    found = [cached.values(indicator, level=level) for level in levels if level in indicator.levels]
    return pd.concat(found, ignore_index=True)


def _bars(choice: Choice, units: maps.Units, year: str) -> None:
    charts.show(
        "peta-nilai",
        lambda: maps.value_bars(units, selected=choice.regency),
        choice,
        year,
        on_select=_on_select("peta-nilai"),
    )


def _draw(choice: Choice, units: maps.Units) -> Chart:
    if choice.form == "petak":
        return maps.tile_grid(units, layout=cached.map_layout(), selected=choice.regency)
    return maps.regency_map(
        units,
        layout=cached.map_layout(),
        register=cached.register(),
        view=maps.ALL if choice.view == STACKED else choice.view,
        selected=choice.regency,
        is_narrow=choice.view == STACKED or is_phone(),
        dots=_dots(choice, int(units.period[:4])),
    )


def _indicators() -> Mapping[str, Indicator]:
    """Yearly indicators with a value for any regency; those of the programme first, context last."""
    order = ("programme", "training", "activity", "library", "reading", "development", "context")
    found = [
        indicator
        for theme in order
        for indicator in cached.catalogue().of_theme(theme)
        if "regency" in indicator.levels and _editions(indicator)
    ]
    return {indicator.id: indicator for indicator in found}


def _editions(indicator: Indicator) -> tuple[str, ...]:
    return maps.editions_with_values(cached.values(indicator, level="regency"), indicator)


def _edition(indicator: Indicator) -> str:
    """Choose the edition; years of two editions are never one series."""
    editions = _editions(indicator)
    if st.session_state.get(_LAST) != indicator.id:
        _forget_unless_valid("edisi", editions)
    if len(editions) == 1:
        url.write("edisi", editions[0], editions[0])
        return editions[0]
    values = cached.values(indicator, level="regency")

    def label(code: str) -> str:
        years = maps.years_with_values(values, code)
        key = "map.edition_years" if len(years) > 1 else "map.edition_year"
        return t(key, edition=indicator.edition(code).label, first=years[0], last=years[-1])

    return url.choose("edisi", editions, label=t("map.edition"), default=editions[-1], show=label)


def _forget_unless_valid(key: str, options: Sequence[str]) -> None:
    """Drop a choice made for another indicator; an address that is wrong from the start is told."""
    if _LAST in st.session_state and st.query_params.get(key, options[-1]) not in options:
        url.write(key, "", "")


def _year(choice: Choice, years: Sequence[str], *, is_tick: bool) -> str:
    """Show the year control of one edition and give the year; at a tick, the next one."""
    whole = [year for year in years if _last_month(choice.indicator, year) is None]
    default = whole[-1] if whole else years[-1]
    series = f"{choice.indicator.id}/{choice.edition}"
    if st.session_state.get("map.series", series) != series and st.query_params.get("tahun") not in years:
        url.write("tahun", default, default)
    st.session_state["map.series"] = series
    st.session_state[_LAST] = choice.indicator.id
    year = url.resolve("tahun", years, default)
    edition = choice.indicator.edition(choice.edition).label
    if len(years) == 1:
        st.caption(t("map.one_year", period=year, edition=markdown(edition)))
        return year
    if is_tick:
        year = years[min(years.index(year) + 1, len(years) - 1)]
        url.write("tahun", year, default)
    if st.session_state.get(_PLAYING) and is_tick and year == years[-1]:
        st.session_state[_PLAYING] = False

    def moved() -> None:
        url.write("tahun", st.session_state["w.map.year"], default)

    def pressed() -> None:
        starts = not st.session_state.get(_PLAYING, False)
        st.session_state[_PLAYING] = starts
        if starts and year == years[-1]:
            url.write("tahun", years[0], default)

    label = t("map.years", edition=markdown(edition))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if st.session_state.get(_PLAYING, False):
            st.button(t("map.pause"), icon=":material/pause:", on_click=pressed, key="map.pause")
            # Without a key or callback: a late answer of the browser must not set the year back.
            st.select_slider(label, years, value=year, disabled=True, label_visibility="collapsed")
        else:
            st.button(t("map.play"), icon=":material/play_arrow:", on_click=pressed, key="map.play")
            st.session_state["w.map.year"] = year
            st.select_slider(label, years, key="w.map.year", on_change=moved, label_visibility="collapsed")
    return year


def _units(choice: Choice, values: pd.DataFrame, year: str) -> maps.Units:
    register = cached.register()
    return maps.units_of(
        values,
        indicator=choice.indicator,
        edition=choice.edition,
        period=year,
        names={area.code: area.name for area in register.regencies()},
        benchmark=_benchmark(choice, year),
        last_month=_last_month(choice.indicator, year),
    )


def _last_month(indicator: Indicator, year: str) -> int | None:
    if indicator.grain != "month":
        return None
    return maps.last_month_of(cached.values(indicator, level="regency", grain="month"), year)


def _benchmark(choice: Choice, year: str) -> float | None:
    if "province" not in choice.indicator.levels:
        return None
    rows = cached.values(choice.indicator, level="province")
    rows = rows[rows["is_preferred"] & rows["edition"].eq(choice.edition) & rows["period"].eq(year)]
    return None if rows.empty or pd.isna(rows["value"].iloc[0]) else float(rows["value"].iloc[0])


def _dots(choice: Choice, year: int) -> maps.Dots:
    islands = choice.layer in ("pulau", "semua")
    if choice.layer not in ("perpustakaan", "semua"):
        return maps.Dots(islands=islands)
    placed = _placed()
    partners = placed[placed["programme"].isin(PROGRAMME)]
    joined = partners["year_joined"].le(year).fillna(False).astype("bool")
    return maps.Dots(partners[joined], undated=int(partners["year_joined"].isna().sum()), islands=islands)


def _placed() -> pd.DataFrame:
    libraries = cached.frame("libraries")
    points = locate(libraries, register=cached.register())
    return libraries.drop(columns=["latitude", "longitude", "area_code"]).merge(points, on="library_id")


def _on_select(name: str) -> Callable[[], None]:
    """Keep a click in the address: a changed figure forgets its selection."""

    def clicked() -> None:
        area, library = picked(st.session_state.get(name))
        register = cached.register()
        if area in register:
            url.write("wilayah", area, register.province.code)
            url.write("pustaka", library, "")
            st.session_state[_PLAYING] = False

    return clicked


def picked(event: Any) -> tuple[str, str]:
    """Give area code and library id of the first point of a selection; empty texts where there is none."""
    points = event["selection"]["points"] if event else []
    marks = [point["customdata"] for point in points if point.get("customdata")]
    return (str(marks[0][0]), str(marks[0][1])) if marks else ("", "")


def _chosen_library(choice: Choice) -> Mapping[str, Any] | None:
    """Give the library in the address; one that does not lie in the chosen regency is dropped."""
    library_id = st.query_params.get("pustaka", "")
    rows = cached.frame("libraries")
    found = rows[rows["library_id"].eq(library_id)]
    if library_id and found.empty:
        st.warning(t("filter.bad_value", name="pustaka", value=markdown(library_id[:60])))
    inside = found[found["area_code"].str.startswith(choice.regency or "-")]
    if library_id and inside.empty:
        url.write("pustaka", "", "")
    return None if inside.empty else {str(k): v for k, v in inside.iloc[0].to_dict().items()}


def _area_panel(regency: str, units: maps.Units) -> None:
    """Show the chosen regency: its value with its parts and coverage, and its libraries."""
    register = cached.register()
    row = units.frame.set_index("area_code").loc[regency]
    show_cards((_card(row, units),), key="map.card", min_width=400)
    libraries = cached.frame("libraries")
    own = libraries[libraries["area_code"].str.startswith(regency)].sort_values("name")
    st.markdown(f"#### {t('map.libraries_of', name=markdown(register.name(regency)))}")
    st.caption(
        t("map.no_libraries", name=markdown(register.name(regency))) if own.empty else t("map.libraries_help")
    )
    chosen = st.query_params.get("pustaka")
    for library in own.to_dict("records"):
        joined = "–" if pd.isna(library["year_joined"]) else int(library["year_joined"])
        name = markdown(library["name"])
        st.page_link(
            _LIBRARIES_PAGE,
            label=f"{joined} · **{name}**" if library["library_id"] == chosen else f"{joined} · {name}",
            icon=":material/local_library:",
            query_params={"pustaka": library["library_id"]},
            help=register.name(library["area_code"]),
        )


def _card(row: Any, units: maps.Units) -> Card:
    has_value = row["state"] in ("value", "small")
    return Card(
        label=t("map.value_of", name=row["name"]),
        value=row["text"],
        unit=units.unit if row["state"] == "value" and len(units.unit) <= LONGEST_UNIT else "",
        period=wording.subtitle(units),
        context=tuple(wording.details(row, units)) if has_value else (),
        sources=() if pd.isna(row["source_id"]) else (row["source_id"],),
    )
