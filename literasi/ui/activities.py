"""What the page of activities shows: its choices, its charts, and the published events."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from literasi.charts import band, bars, calendar, events, panel, rates, reporting
from literasi.charts.over_time import over_time_chart
from literasi.domain import activities as acts
from literasi.domain import findings, programme_findings, report_findings, reports, series
from literasi.domain.coverage import coverage, states
from literasi.domain.findings import Findings, gather
from literasi.domain.indicators import Computed
from literasi.domain.levels import Level
from literasi.domain.outlook import Outlook, Refusal, outlook
from literasi.figures import Chart
from literasi.text import t
from literasi.ui import cached, filters, url
from literasi.ui.notices import inform

PARTS = ("waktu", "apa", "kapan", "rasio", "laporan", "acara")
_MEASURES: dict[str, Literal["activities", "people"]] = {"kegiatan": "activities", "peserta": "people"}
_INDICATORS = {"activities": "activities_per_library", "people": "activity_participants_per_1000"}


@dataclass(frozen=True, slots=True)
class View:
    """What the user chose to see."""

    measure: Literal["activities", "people"]
    area: str
    first: int
    last: int
    grain: filters.Grain
    mode: filters.Mode
    kind: str | None
    field: str | None
    is_verified: bool
    is_ahead: bool

    @property
    def still(self) -> View:
        """The choices without grain, mode and outlook, which only the chart over time depends on."""
        return dataclasses.replace(self, grain="month", mode="value", is_ahead=False)


def has_reports() -> bool:
    """Whether any activity is in this workspace."""
    return len(cached.frame("activities")) > 0


def say_none() -> None:
    """Say that there are no activities, and what to do."""
    inform(f"**{t('activities.none')}** {t('activities.none_next')}", icon=":material/info:")


def choose() -> View:
    """Show the filters of the page and give what was chosen."""
    everything = reports.span(_heard())
    with filters.bar():
        measure = _MEASURES[
            url.choose(
                "hitungan",
                tuple(_MEASURES),
                label=t("activities.measure_label"),
                default="kegiatan",
                show=lambda code: t(f"chart.series.name_{_MEASURES[code]}"),
            )
        ]
        area = filters.region()
        field = filters.one_of(
            "bidang",
            tuple(sorted(acts.values_of(cached.frame("activities"), "field"))),
            label=t("activities.field_label"),
            show=lambda value: bars.group_name("field", value),
        )
        kind = filters.library_kind()
    with filters.bar():
        first, last = filters.years(int(everything[0][:4]), int(everything[-1][:4]))
        grain = filters.grain()
        mode = filters.mode() if grain == "month" else "value"
        is_verified = filters.verified()
        is_open = grain == "month" and mode == "value" and str(last) == everything[-1][:4]
        is_ahead = is_open and filters.outlook()
    return View(measure, area, first, last, grain, mode, kind, field, is_verified, is_ahead)


def time_chart(view: View) -> Chart | None:
    """Make the chart over time in the grain and mode chosen."""
    return over_time_chart(
        _series(view),
        name="kegiatan-waktu",
        measure=view.measure,
        area=cached.register().name(view.area),
        grain=view.grain,
        mode=view.mode,
        events=cached.frame("events"),
        ahead=_ahead(view),
        filtered=_words(view),
        notes=(t("chart.series.note_people"),) if view.measure == "people" else (),
    )


def _ahead(view: View) -> Outlook | Refusal | None:
    """The coming months, from everything known whatever years are shown; None where not asked for."""
    return outlook(_series(view, first=1), rules=cached.reporting_rules()) if view.is_ahead else None


def find(view: View) -> Findings:
    """Find how activities moved, who holds none, and what of them is not known."""
    libraries, held, rules = _libraries(view), _held(view), cached.reporting_rules()
    same = _same(view)
    total = series.same_months(_series(view, first=view.last - 1), year=view.last)
    months = _series(view)
    without, unheard = programme_findings.idle(held, _heard(), libraries, year=view.last, rules=rules)
    year = months[months["period"].str[:4].eq(str(view.last))]
    return gather(
        moved=(
            report_findings.same_libraries(same, measure=view.measure),
            report_findings.other_reporters(same, total, measure=view.measure),
            findings.busiest_month(months, unit=band.unit_key(view.measure), rules=rules),
        ),
        gap=(without,),
        unknown=(
            findings.provisional(int(year["received"].sum()), int(year["expected"].sum()), rules=rules),
            unheard,
            programme_findings.unstated_field(held),
        ),
    )


def find_published(area: str) -> Findings:
    """Find what announced events say where no activity is in this workspace."""
    known, register = cached.frame("events"), cached.register()
    regencies = [one.code for one in register.regencies()] if area == register.province.code else []
    return gather(
        moved=(programme_findings.published(known[known["area_code"].str.startswith(area)]),),
        unknown=(
            programme_findings.unlisted("activities"),
            programme_findings.without_event(known, areas=regencies),
        ),
    )


def change_chart(view: View) -> Chart | None:
    """Make the comparison of the last year chosen with the year before, constant panel beside total."""
    return panel.panel_chart(
        _same(view),
        series.same_months(_series(view, first=view.last - 1), year=view.last),
        name="kegiatan-panel",
        measure=view.measure,
        area=cached.register().name(view.area),
        pairs=len(_shared(view)),
    )


def _same(view: View) -> series.Comparison | None:
    return series.constant_panel(_shared(view), year=view.last)


def _shared(view: View) -> pd.DataFrame:
    return cached.made("kegiatan-panel", lambda: _find_shared(view), view.still)


def _find_shared(view: View) -> pd.DataFrame:
    libraries = _libraries(view)
    held = acts.wanted(
        cached.frame("activities"),
        libraries,
        first=view.last - 1,
        last=view.last,
        field=view.field,
        is_verified=view.is_verified,
    )
    return reports.shared_reports(
        acts.by_library_and_month(held, _heard(), people=view.measure == "people"),
        libraries,
        column="value",
        year=view.last,
        periods=_span(view, first=view.last - 1),
    )


def group_chart(view: View, column: acts.Grouping) -> Chart | None:
    """Make the bars by field, kind or audience."""
    threshold = cached.threshold()
    return bars.groups_chart(
        acts.by_group(_held(view), column=column, threshold=threshold),
        name=f"kegiatan-{column}",
        column=column,
        area=cached.register().name(view.area),
        when=_years(view),
        filtered=_words(view),
    )


def fields_by_year_chart(view: View) -> Chart | None:
    """Make the small multiples of fields over years."""
    whole = reports.yearly(_series(view))
    return bars.groups_by_year_chart(
        acts.by_group_and_year(_held(view), column="field"),
        name="kegiatan-bidang-tahun",
        column="field",
        area=cached.register().name(view.area),
        part_years={
            int(year): band.span_words(months)
            for year, months in zip(whole["period"], whole["months"], strict=True)
            if 0 < len(months) < 12
        },
        filtered=_words(view),
    )


def calendar_chart(view: View) -> Chart | None:
    """Make the calendar of the last year chosen."""
    return calendar.calendar_chart(
        acts.days(
            _held(view),
            _heard(),
            _libraries(view),
            year=view.last,
            periods=_span(view),
            rules=cached.reporting_rules(),
        ),
        name="kegiatan-kalender",
        year=view.last,
        area=cached.register().name(view.area),
        filtered=_words(view),
    )


def rate_chart(view: View, rate: Literal["activities", "people"]) -> Chart | None:
    """Make activities per library, or people per 1,000 residents, of every regency in the last year."""
    province = cached.register().province
    libraries = reports.within(cached.frame("libraries"), province.code, kind=view.kind)
    held = acts.wanted(
        cached.frame("activities"),
        libraries,
        first=view.last,
        last=view.last,
        field=view.field,
        is_verified=view.is_verified,
    )

    def values(level: Level) -> pd.DataFrame:
        def make() -> pd.DataFrame:
            if rate == "activities":
                return acts.per_library(held, libraries, level=level)
            return acts.people_per_resident(held, libraries, cached.frame("population"), level=level)

        chosen = (view.last, view.kind, view.field, view.is_verified)
        return cached.made("kegiatan-rasio", make, rate, level, *chosen)

    indicator = cached.catalogue()[_INDICATORS[rate]]
    return rates.rates_chart(
        values("regency"),
        name=f"kegiatan-rasio-{rate}",
        rate=rate,
        names=filters.regency_names(),
        whole=values("province"),
        whole_name=province.name,
        period=str(view.last),
        months=tuple(int(p[5:]) for p in _span(view, first=view.last)),
        per=indicator.measure.per if isinstance(indicator.measure, Computed) else 1,
        decimals=indicator.decimals,
        minimum_n=indicator.minimum_n,
        focus=None if view.area == province.code else view.area,
    )


def reports_chart(view: View) -> Chart | None:
    """Make the matrix of libraries heard from: by regency, or by library within one regency."""
    periods = _span(view)
    if not periods:
        return None
    if view.area != cached.register().province.code:
        return reporting.states_chart(
            states(
                acts.by_library_and_month(cached.frame("activities"), _heard(), people=False),
                _libraries(view),
                first=periods[0],
                last=periods[-1],
                value="value",
                rules=cached.reporting_rules(),
            ),
            name="kegiatan-laporan",
            names=filters.library_names(),
            report=t("activities.report"),
            area=cached.register().name(view.area),
        )
    return reporting.reporting_chart(
        coverage(
            _heard(),
            _libraries(view),
            first=periods[0],
            last=periods[-1],
            level="regency",
            rules=cached.reporting_rules(),
        ),
        name="kegiatan-laporan",
        names=filters.regency_names(),
        periods=periods,
        report=t("activities.report"),
        area=cached.register().name(view.area),
    )


def events_chart(area: str) -> Chart | None:
    """Make the timeline of published events of an area."""
    known = cached.frame("events")
    inside = known[known["area_code"].str.startswith(area)]
    register = cached.register()
    years = inside["date_start"].dt.year
    return events.events_chart(
        inside,
        name="kegiatan-acara",
        names={a.code: a.name for a in (register.province, *register.regencies())},
        area=register.name(area),
        period="" if inside.empty else f"{years.min()}–{years.max()}",
    )


def _heard() -> pd.DataFrame:
    return cached.made(
        "kegiatan-terdengar",
        lambda: reports.heard_from(cached.frame("visits"), activities=cached.frame("activities")),
    )


def _libraries(view: View) -> pd.DataFrame:
    return reports.within(cached.frame("libraries"), view.area, kind=view.kind)


def _held(view: View) -> pd.DataFrame:
    return acts.wanted(
        cached.frame("activities"),
        _libraries(view),
        first=view.first,
        last=view.last,
        field=view.field,
        is_verified=view.is_verified,
    )


def _span(view: View, *, first: int | None = None) -> list[str]:
    return reports.span(_heard(), first=first or view.first, last=view.last)


def _series(view: View, *, first: int | None = None) -> pd.DataFrame:
    libraries = _libraries(view)
    begin = first or view.first
    return cached.made(
        "kegiatan-deret",
        lambda: reports.activity_months(
            acts.wanted(
                cached.frame("activities"),
                libraries,
                first=begin,
                last=view.last,
                field=view.field,
                is_verified=view.is_verified,
            ),
            _heard(),
            libraries,
            periods=_span(view, first=begin),
            people=view.measure == "people",
            rules=cached.reporting_rules(),
        ),
        dataclasses.replace(view.still, first=begin),
    )


def _years(view: View) -> str:
    return str(view.last) if view.first == view.last else f"{view.first}–{view.last}"


def _words(view: View) -> str:
    parts = (
        bars.group_name("field", view.field) if view.field else "",
        filters.kind_words(view.kind),
        t("activities.verified_only") if view.is_verified else "",
    )
    return ", ".join(part for part in parts if part)
