"""What the page of reading interest shows: its choices, its charts, and the published figures."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from literasi.charts import band, dots, monthly, named, panel, rates, reporting
from literasi.charts.over_time import over_time_chart
from literasi.domain import findings, named_visits, programme_findings, report_findings, reports, series
from literasi.domain.coverage import coverage, states
from literasi.domain.findings import Findings, gather
from literasi.domain.levels import NATION, Level
from literasi.domain.outlook import Outlook, Refusal, outlook
from literasi.figures import Chart
from literasi.text import number, signed, t
from literasi.text import period as period_words
from literasi.ui import cached, cards, filters, url
from literasi.ui.notices import inform
from literasi.ui.tables import show_table

PARTS = ("waktu", "laporan", "diumumkan")
_MEASURES: dict[str, band.Measure] = {"kunjungan": "visits", "pinjaman": "loans", "anggota": "members"}
_TABLES: dict[band.Measure, tuple[str, str]] = {
    "visits": ("visits", "total"),
    "loans": ("circulation", "loans"),
    "members": ("circulation", "members"),
}
_STOCKS: tuple[band.Measure, ...] = ("members",)


@dataclass(frozen=True, slots=True)
class View:
    """What the user chose to see."""

    measure: band.Measure
    area: str
    first: int
    last: int
    grain: filters.Grain
    mode: filters.Mode
    kind: str | None
    is_ahead: bool

    @property
    def still(self) -> View:
        """The choices without grain, mode and outlook, which only the chart over time depends on."""
        return dataclasses.replace(self, grain="month", mode="value", is_ahead=False)

    @property
    def is_stock(self) -> bool:
        """Whether months may not be summed."""
        return self.measure in _STOCKS


def has_reports() -> bool:
    """Whether any monthly report is in this workspace."""
    return len(cached.frame("visits")) + len(cached.frame("circulation")) > 0


def say_none() -> None:
    """Say that there are no monthly reports, and what to do."""
    inform(f"**{t('reading.none')}** {t('reading.none_next')}", icon=":material/info:")


def choose() -> View:
    """Show the filters of the page and give what was chosen."""
    everything = reports.span(cached.frame("visits"), cached.frame("circulation"))
    with filters.bar():
        measure = _MEASURES[
            url.choose(
                "ukuran",
                tuple(_MEASURES),
                label=t("reading.measure_label"),
                default="kunjungan",
                show=lambda code: t(f"chart.series.name_{_MEASURES[code]}"),
            )
        ]
        area = filters.region()
        kind = filters.library_kind()
    with filters.bar():
        first, last = filters.years(int(everything[0][:4]), int(everything[-1][:4]))
        grain = filters.grain()
        mode = filters.mode(is_additive=measure not in _STOCKS) if grain == "month" else "value"
        is_open = grain == "month" and mode == "value" and str(last) == everything[-1][:4]
        is_ahead = is_open and filters.outlook()
    return View(measure, area, first, last, grain, mode, kind, is_ahead)


def headline(view: View) -> None:
    """Show visits, loans and members of the last year chosen, each with its constant panel and coverage."""
    shown = tuple(card for measure in _TABLES if (card := _card(view, measure)) is not None)
    if shown:
        cards.show_cards(shown, key="minat-baca-kartu", min_width=270)


def _card(view: View, measure: band.Measure) -> cards.Card | None:
    years = reports.yearly(_series(view, measure, first=view.last - 1), is_stock=measure in _STOCKS)
    years = years[years["period"] == str(view.last)]
    if not len(years) or pd.isna(years["value"].iloc[-1]):
        return None
    year = years.iloc[-1]
    same = _same(view, measure)
    change = None
    context = [band.received_words(year["received"], year["expected"])]
    if same is not None and same.percent is not None:
        change = f"{signed(same.percent, 1)}%"
        context.insert(0, t("reading.card_panel", libraries=number(same.libraries), year=str(view.last - 1)))
    elif same is not None:
        change = signed(same.difference)
    if band.few(years).iloc[-1]:
        context.append(t("chart.series.provisional"))
    when = (
        period_words(f"{view.last}-{max(year['months']):02d}")
        if measure in _STOCKS
        else f"{band.span_words(year['months'])} {view.last}"
    )
    return cards.Card(
        label=band.measure_name(measure),
        value=number(year["value"]),
        unit=band.measure_unit(measure),
        period=when,
        change=change,
        is_good=None if same is None or same.difference == 0 else same.difference > 0,
        context=tuple(context),
    )


def find(view: View) -> Findings:
    """Find how the count moved, from where reports are missing, and what therefore is not known."""
    same = _same(view, view.measure)
    total = series.same_months(_compared(view, view.measure), year=view.last)
    months = _series(view, view.measure)
    year = months[months["period"].str[:4].eq(str(view.last))]
    rules = cached.reporting_rules()
    return gather(
        moved=(
            report_findings.same_libraries(same, measure=view.measure),
            report_findings.other_reporters(same, total, measure=view.measure),
            None
            if view.is_stock
            else findings.busiest_month(months, unit=band.unit_key(view.measure), rules=rules),
        ),
        gap=(report_findings.least_covered(_coverage(view), rules=rules),),
        unknown=(
            findings.provisional(int(year["received"].sum()), int(year["expected"].sum()), rules=rules),
            report_findings.without_report(months),
        ),
    )


def find_published(area: str) -> Findings:
    """Find what published figures say, where libraries do not report here."""
    figures = named_visits.drawn(cached.frame("library_figures"), area=area)
    province = cached.register().province.code
    share = cached.catalogue()["reading_population_share"]
    return gather(
        moved=(findings.latest(cached.values(share, level="province"), indicator=share, area=province),),
        unknown=(
            programme_findings.unlisted("visits", "circulation"),
            report_findings.named_only(figures["library_id"].nunique()),
        ),
    )


def _coverage(view: View) -> pd.DataFrame:
    """Reports by regency and month of the last year chosen, or by district within one regency."""
    table, column = _TABLES[view.measure]
    known = cached.frame(table)
    periods = _span(view, first=view.last)
    return coverage(
        known[known[column].notna()],
        reports.within(cached.frame("libraries"), view.area, kind=view.kind),
        first=periods[0],
        last=periods[-1],
        level="regency" if view.area == cached.register().province.code else "district",
        rules=cached.reporting_rules(),
    )


def time_chart(view: View) -> Chart | None:
    """Make the chart over time in the grain and mode chosen."""
    return over_time_chart(
        _series(view, view.measure),
        name="minat-baca-waktu",
        measure=view.measure,
        area=cached.register().name(view.area),
        grain=view.grain,
        mode=view.mode,
        events=cached.frame("events"),
        ahead=_ahead(view),
        filtered=filters.kind_words(view.kind),
        notes=(t("chart.series.note_members"),) if view.is_stock else (),
        is_stock=view.is_stock,
    )


def _ahead(view: View) -> Outlook | Refusal | None:
    """The coming months, from everything known whatever years are shown; None where not asked for."""
    if not view.is_ahead:
        return None
    return outlook(
        _series(view, view.measure, first=1), is_stock=view.is_stock, rules=cached.reporting_rules()
    )


def change_chart(view: View) -> Chart | None:
    """Make the comparison of the last year chosen with the year before, constant panel beside total."""
    same = _same(view, view.measure)
    total = series.same_months(_compared(view, view.measure), year=view.last)
    return panel.panel_chart(
        same,
        total,
        name="minat-baca-panel",
        measure=view.measure,
        area=cached.register().name(view.area),
        pairs=len(_shared(view, view.measure)),
    )


def rate_chart(view: View) -> Chart | None:
    """Make the rate per resident of every regency in the last year chosen."""
    table, column = _TABLES[view.measure]
    libraries = reports.within(cached.frame("libraries"), cached.register().province.code, kind=view.kind)

    def values(level: Level) -> pd.DataFrame:
        return cached.made(
            "minat-baca-rasio",
            lambda: reports.per_resident(
                cached.frame(table),
                libraries,
                cached.frame("population"),
                column=column,
                level=level,
                grain="month" if view.is_stock else "year",
                rules=cached.reporting_rules(),
            ),
            view.measure,
            view.kind,
            level,
        )

    known = reports.yearly(_series(view, view.measure, area=cached.register().province.code, first=view.last))
    months: tuple[int, ...] = tuple(known["months"].iloc[-1]) if len(known) else ()
    if not months:
        return None
    visits = cached.catalogue()["visits_per_capita"]
    return rates.rates_chart(
        values("regency"),
        name="minat-baca-rasio",
        rate=view.measure,
        names=filters.regency_names(),
        whole=values("province"),
        whole_name=cached.register().province.name,
        period=f"{view.last}-{max(months):02d}" if view.is_stock else str(view.last),
        months=() if view.is_stock else months,
        per=1 if view.measure == "visits" else 1000,
        decimals=visits.decimals if view.measure == "visits" else 1,
        minimum_n=visits.minimum_n,
        focus=None if view.area == cached.register().province.code else view.area,
    )


def sex_chart(view: View) -> Chart | None:
    """Make the chart of visits by women and men."""
    libraries = reports.within(cached.frame("libraries"), view.area, kind=view.kind)
    return monthly.sexes_chart(
        reports.by_sex(cached.frame("visits"), libraries, periods=_span(view)),
        name="minat-baca-jenis-kelamin",
        area=cached.register().name(view.area),
    )


def reports_chart(view: View) -> Chart | None:
    """Make the matrix of reports received: by regency, or by library within one regency."""
    table, column = _TABLES[view.measure]
    periods = _span(view)
    known = cached.frame(table)
    libraries = reports.within(cached.frame("libraries"), view.area, kind=view.kind)
    if not periods:
        return None
    if view.area != cached.register().province.code:
        return reporting.states_chart(
            states(
                known,
                libraries,
                first=periods[0],
                last=periods[-1],
                value=column,
                rules=cached.reporting_rules(),
            ),
            name="minat-baca-laporan",
            names=filters.library_names(),
            report=t(f"chart.series.name_{view.measure}"),
            area=cached.register().name(view.area),
        )
    return reporting.reporting_chart(
        coverage(
            known[known[column].notna()],
            libraries,
            first=periods[0],
            last=periods[-1],
            level="regency",
            rules=cached.reporting_rules(),
        ),
        name="minat-baca-laporan",
        names=filters.regency_names(),
        periods=periods,
        report=t(f"chart.series.name_{view.measure}"),
        area=cached.register().name(view.area),
    )


def named_chart(area: str) -> Chart | None:
    """Make the chart of published visits of named libraries."""
    figures = named_visits.drawn(cached.frame("library_figures"), area=area)
    return named.named_visits_chart(
        figures,
        named_visits.targets_of(figures, cached.frame("targets"), cached.frame("libraries")),
        name="minat-baca-diumumkan",
        area=cached.register().name(area),
    )


def show_not_drawn(area: str) -> None:
    """List the published figures that the chart leaves out: differing ones, and impossible ones."""
    figures = cached.frame("library_figures")
    left_out = {"others": named_visits.others, "quarantined": named_visits.quarantined}
    for kind, find in left_out.items():
        rows = cached.made(f"minat-baca-{kind}", partial(find, figures, area=area), area)
        if len(rows):
            with st.expander(t(f"reading.{kind}", count=number(len(rows)))):
                st.caption(t(f"reading.{kind}_caption"))
                show_table(named.listed_figures(rows), key=f"minat-baca-{kind}")


def share_chart() -> Chart | None:
    """Make the dots of the share of people who read: province beside nation."""
    register = cached.register()
    indicator = cached.catalogue()["reading_population_share"]
    return dots.benchmark_chart(
        _of(cached.values(indicator, level="province"), register.province.code),
        _of(cached.values(indicator, level="nation"), NATION),
        indicator,
        name="minat-baca-penduduk",
        own_name=register.province.name,
        benchmark_name=register.name(NATION),
    )


def _of(values: pd.DataFrame, area: str) -> pd.DataFrame:
    return values[values["area_code"] == area]


def _span(view: View, *, first: int | None = None) -> list[str]:
    return reports.span(
        cached.frame("visits"), cached.frame("circulation"), first=first or view.first, last=view.last
    )


def _series(
    view: View, measure: band.Measure, *, area: str | None = None, first: int | None = None
) -> pd.DataFrame:
    table, column = _TABLES[measure]
    where = area or view.area
    begin = first or view.first
    return cached.made(
        "minat-baca-deret",
        lambda: reports.monthly(
            cached.frame(table),
            reports.within(cached.frame("libraries"), where, kind=view.kind),
            column=column,
            periods=_span(view, first=begin),
            rules=cached.reporting_rules(),
        ),
        measure,
        where,
        view.kind,
        begin,
        view.last,
    )


def _compared(view: View, measure: band.Measure) -> pd.DataFrame:
    """Months of the last year chosen and of the year before; of a stock only the last month of both."""
    months = _series(view, measure, first=view.last - 1)
    if measure not in _STOCKS:
        return months
    known = months[months["value"].notna()]
    if known.empty:
        return known
    last = str(known["period"].iloc[-1])
    return months[months["period"].str[5:] == last[5:]]


def _shared(view: View, measure: band.Measure) -> pd.DataFrame:
    table, column = _TABLES[measure]
    return cached.made(
        "minat-baca-panel",
        lambda: reports.shared_reports(
            cached.frame(table),
            reports.within(cached.frame("libraries"), view.area, kind=view.kind),
            column=column,
            year=view.last,
            periods=_compared(view, measure)["period"],
        ),
        measure,
        view.area,
        view.kind,
        view.last,
    )


def _same(view: View, measure: band.Measure) -> series.Comparison | None:
    return series.constant_panel(_shared(view, measure), year=view.last)
