"""What the page of follow-up shows: plans, windows around a training, the untrained beside, turnover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from literasi.charts import follow_through as charts
from literasi.charts import training_results
from literasi.domain import follow_through as domain
from literasi.domain import programme_findings, trainees, training, turnover
from literasi.domain.findings import Finding, Findings, Label, Number, Parameter, gather
from literasi.domain.follow_through import LENGTHS, Book, Comparison, Measure
from literasi.domain.periods import Period
from literasi.domain.statistics import Share
from literasi.figures import Chart
from literasi.text import number, percent, t
from literasi.ui import cached, filters, monthly_reports, shown, url
from literasi.ui.cards import Card, show_cards
from literasi.ui.charts import show
from literasi.ui.listing import show_listing
from literasi.ui.notices import inform
from literasi.ui.safe import markdown
from literasi.ui.sources import source_popover
from literasi.ui.tables import show_table

PARTS = ("rencana", "sebelum-sesudah", "pembanding", "pergantian")
_WINDOWED = ("sebelum-sesudah", "pembanding")
_UPLOAD_PAGE = "pages/records/upload.py"
_PARTICIPANTS_PAGE = "pages/programme/participants.py"


@dataclass(frozen=True, slots=True)
class View:
    """What the user chose to see.

    Attributes
    ----------
    cohort : str
        `filters.ALL`, a year, or the id of an event.
    length : int
        Months on each side of a training.
    """

    cohort: str
    length: int

    @property
    def events(self) -> list[str]:
        """Ids of the trainings of the cohort."""
        held = _trainings()
        if self.cohort == filters.ALL:
            return [str(event) for event in held["event_id"]]
        is_chosen = (held["event_id"] == self.cohort) | (
            held["date_start"].dt.year.astype("str") == self.cohort
        )
        return [str(event) for event in held.loc[is_chosen, "event_id"]]

    @property
    def words(self) -> str:
        """Name of the cohort."""
        return _cohort_words(self.cohort)


def has_rows() -> bool:
    """Whether any training in this workspace has a list of participants."""
    return len(_trainings()) > 0


def choose() -> tuple[View, str]:
    """Show the filters of the page and give what was chosen, and the part of the page."""
    held = _trainings().sort_values("date_start", ascending=False)
    years = held["date_start"].dt.year.astype("str").value_counts()
    several = sorted((str(year) for year in years.index[years > 1]), reverse=True)
    part = filters.part("follow_up", PARTS)
    with filters.bar():
        cohort = url.choose(
            "angkatan",
            (filters.ALL, *several, *held["event_id"]),
            label=t("follow_up.cohort_label"),
            default=filters.ALL,
            show=_cohort_words,
        )
        length = LENGTHS[1]
        if part in _WINDOWED:
            length = int(
                url.choose(
                    "jendela",
                    tuple(map(str, LENGTHS)),
                    label=t("follow_up.window_label"),
                    default=str(LENGTHS[1]),
                    show=lambda code: t("follow_up.months", months=code),
                    widget="segments",
                )
            )
    return View(cohort, length), part


def show_headline(view: View) -> None:
    """Show how many libraries were trained, how many reported soon after, and how many can be compared."""
    trained = _cohort(view)
    libraries = trained["library_id"].nunique()
    show_cards(
        (
            Card(
                t("follow_up.card_libraries"),
                number(libraries),
                "",
                view.words,
                context=(t("follow_up.events_count", count=number(len(view.events))),),
            ),
            _conversion_card(view, trained),
            Card(
                t("follow_up.card_counted"),
                " · ".join(number(_change(view, length, "reports").change.n) for length in LENGTHS),
                "",
                t("follow_up.card_counted_when", months="/".join(map(str, LENGTHS))),
                context=(
                    t("follow_up.of_libraries", count=number(libraries)),
                    t("follow_up.before_count", months=view.length, count=number(_trained_before(view))),
                ),
            ),
        ),
        key="tindak.kartu",
        min_width=230,
    )


def _conversion_card(view: View, trained: pd.DataFrame) -> Card:
    found, anything = (_conversion(trained, is_verified=verified) for verified in (True, False))
    label = t("follow_up.card_conversion")
    if not found.denominator:
        return Card(label, "–", "", view.words, context=(t("follow_up.conversion_unknown"),))
    parts = {"numerator": number(found.numerator), "denominator": number(found.denominator)}
    in_words = found.state == "k_of_n"
    return Card(
        label,
        t("training.parts", **parts) if in_words else percent(found.value),
        "",
        view.words,
        context=(
            t("follow_up.conversion_parts", **parts),
            t("follow_up.conversion_any", count=number(anything.numerator)),
        ),
        meaning=t("follow_up.conversion_meaning", days=domain.CONVERSION_DAYS),
    )


def find_published() -> Findings:
    """Find what published events alone tell: how many, and that nothing is known of what followed."""
    events = cached.frame("events")
    held = events[events["kind"] == training.TRAINING]
    return gather(moved=[programme_findings.people_published(held)], unknown=[_not_listed("follow_no_list")])


def _not_listed(key: str) -> Finding | None:
    """That trainings held so far have no list of participants; None where all have one."""
    today = pd.Timestamp(monthly_reports.today())
    absent = domain.unlisted(cached.frame("participants"), cached.frame("events"), until=today)
    return Finding(f"finding.{key}", {"count": Number(len(absent))}, "unknown") if len(absent) else None


def find(view: View) -> Findings:
    """Find what may be said of a cohort: what moved, what cannot be told."""
    moved: list[Finding | None] = []
    unknown: list[Finding | None] = []
    share = _conversion(_cohort(view), is_verified=True)
    if share.denominator:
        moved.append(
            Finding(
                "finding.follow_conversion",
                {
                    "count": Number(share.numerator),
                    "total": Number(share.denominator),
                    "days": Number(domain.CONVERSION_DAYS),
                },
            )
        )
    found = {measure: _comparison(view, measure) for measure in domain.MEASURES}
    is_told = {measure: one.verdict not in ("none", "few") for measure, one in found.items()}
    moved += [_difference(found[measure], measure, view.length) for measure in found if is_told[measure]]
    few = [one for measure, one in found.items() if not is_told[measure]]
    if few:
        fewest = min(few, key=lambda one: (one.trained.change.n, one.untrained.change.n))
        unknown.append(Finding("finding.follow_few", _counts(fewest, view.length), "unknown"))
    unknown.append(_not_listed("follow_unlisted"))
    not_over = domain.reasons(_windows(view, view.length, "reports")).get("not_over", 0)
    if not monthly_reports.months()[1]:
        unknown = [Finding("finding.follow_no_reports", {}, "unknown"), *unknown]
    elif not_over:
        told = {"count": Number(not_over), "months": Number(view.length)}
        unknown.append(Finding("finding.follow_not_over", told, "unknown"))
    return gather(moved=moved, unknown=unknown)


def _difference(found: Comparison, measure: Measure, length: int) -> Finding:
    params = _counts(found, length) | {"measure": Label(f"follow_up.measure.{measure}")}
    is_told = found.verdict in ("more", "less")
    return Finding(f"finding.follow_{found.verdict}", params, "neutral" if is_told else "unknown")


def _counts(found: Comparison, length: int) -> dict[str, Parameter]:
    return {
        "months": Number(length),
        "trained": Number(found.trained.change.n),
        "untrained": Number(found.untrained.change.n),
    }


def plans_chart(view: View) -> Chart | None:
    """Make the stacked shares of the state of follow-up plans."""
    rows = _people()
    limit = cached.threshold()
    chosen = None if view.cohort == filters.ALL else view.events
    counted = trainees.plans(rows, threshold=limit, events=chosen)
    if counted.empty:
        return None
    return training_results.plans_chart(
        counted, name="tindak-rtl", when=view.words, threshold=limit, sources=_sources(view)
    )


def no_plans() -> str:
    """Say why there are no plans to show."""
    return t("follow_up.no_plans", threshold=cached.threshold())


def change_chart(view: View, measure: Measure) -> Chart | None:
    """Make the dots of the change of trained libraries, for every length of the windows."""
    return charts.change_chart(
        {length: _change(view, length, measure) for length in LENGTHS},
        name=f"tindak-{measure}",
        measure=measure,
        cohort=view.words,
        sources=_sources(view),
    )


def none_counted(view: View, measure: Measure) -> str:
    """Say why no library of the cohort could be counted, and what to do next."""
    if not monthly_reports.months()[1]:
        return t("follow_up.no_reports")
    why = _reason_words(domain.reasons(_windows(view, LENGTHS[0], measure)))
    return t("follow_up.empty_change", measure=t(f"follow_up.measure.{measure}"), reasons=why)


def none_beside(view: View, measure: Measure) -> str:
    """Say why the cohort cannot be compared."""
    if not monthly_reports.months()[1]:
        return t("follow_up.no_reports")
    why = _reason_words(domain.reasons(_windows(view, view.length, measure)))
    words = {"months": view.length, "measure": t(f"follow_up.measure.{measure}")}
    return t("follow_up.empty_beside", reasons=why, **words)


def beside_chart(view: View, measure: Measure) -> Chart | None:
    """Make the dots of trained and untrained libraries and of their difference."""
    found = _comparison(view, measure)
    others = domain.unlisted(
        cached.frame("participants"), cached.frame("events"), until=_until(view, measure)
    )
    notes = (t("follow_up.unlisted_note", count=number(len(others))),) if len(others) else ()
    return charts.beside_chart(
        found,
        name=f"tindak-banding-{measure}",
        measure=measure,
        length=view.length,
        cohort=view.words,
        sources=_sources(view),
        notes=notes,
    )


def show_not_counted(view: View) -> None:
    """List how many libraries are not counted, by reason and length of the windows."""
    counts = {length: domain.reasons(_windows(view, length, "visits")) for length in LENGTHS}
    found = [reason for reason in domain.REASONS if any(reason in one for one in counts.values())]
    if not found:
        return
    st.markdown(f"#### {t('follow_up.not_counted')}")
    st.caption(t("follow_up.not_counted_caption"))
    table = pd.DataFrame({t("follow_up.column_reason"): [t(f"follow_up.reason.{one}") for one in found]})
    for length in LENGTHS:
        table[t("follow_up.months", months=length)] = [counts[length].get(reason, 0) for reason in found]
    show_table(table, key="tindak-tak-dihitung", alt=t("follow_up.not_counted"))


def show_libraries(view: View) -> None:
    """List the libraries of the cohort with every measure before and after."""
    measured = {measure: _windows(view, view.length, measure) for measure in domain.MEASURES}
    first = measured["reports"]
    names = filters.library_names()
    areas = cached.frame("libraries").set_index("library_id")["area_code"].str[:5]
    regencies = filters.regency_names()
    ids = first["library_id"].tolist()
    events = _trainings().set_index("event_id")["name"]
    columns: dict[str, list[object]] = {
        t("completeness.column_library"): [names.get(one, one) for one in ids],
        t("completeness.column_area"): [regencies.get(areas.get(one, ""), "–") for one in ids],
        t("follow_up.column_event"): [events[event] for event in first["event_id"]],
    }
    table = pd.DataFrame(columns)
    for measure, rows in measured.items():
        by_library = rows.set_index("library_id").reindex(ids)
        factor, decimals = (100, 0) if measure == "reports" else (1, 2)
        for side in ("before", "after"):
            heading = t(f"follow_up.column_{side}_of", measure=t(f"follow_up.short.{measure}"))
            table[heading] = (factor * by_library[side]).round(decimals).to_numpy()
    table[t("follow_up.column_reason")] = [
        t(f"follow_up.reason.{reason}") if reason else "" for reason in first["reason"]
    ]
    title = t("follow_up.libraries_title", months=view.length)
    st.markdown(f"#### {title}")
    st.caption(t("follow_up.libraries_caption"))
    show_listing(
        table,
        name="tindak-perpustakaan",
        title=title,
        subtitle=view.words,
        alt=t("follow_up.libraries_alt", count=number(len(ids))),
        notes=(t("follow_up.association"),),
        libraries=ids,
    )


def show_turnover() -> None:
    """Show where trained people were seen last, and which libraries need a training again."""
    people, events = cached.frame("participants"), cached.frame("events")
    seen = cached.made("tindak-terlihat", lambda: turnover.sightings(people, events))
    st.caption(t("follow_up.turnover_all"))
    if seen.lists < 2 or not seen.can_link:
        key = "follow_up.turnover_one_list" if seen.lists < 2 else "follow_up.turnover_no_link"
        inform(t(key), icon=":material/info:")
        return
    show("tindak-terlihat", _seen_chart, empty=t("follow_up.turnover_hidden", threshold=cached.threshold()))
    _show_lost(people, events)


def _seen_chart() -> Chart | None:
    people, events = cached.frame("participants"), cached.frame("events")
    found = turnover.sightings(people, events)
    years = _trainings()["date_start"].dt.year
    return charts.seen_chart(
        turnover.outcomes(found.people, threshold=cached.threshold()),
        name="tindak-terlihat",
        when=f"{years.min()}–{years.max()}",
        threshold=cached.threshold(),
        sources=_sources(View(filters.ALL, LENGTHS[0])),
    )


def _show_lost(people: pd.DataFrame, events: pd.DataFrame) -> None:
    lost = turnover.lost(people, events)
    if not lost:
        st.caption(t("follow_up.lost_none"))
        shown.words(t("follow_up.lost_none"))
        return
    st.markdown(f"#### {t('follow_up.lost', count=number(len(lost)))}")
    if cached.is_public() or url.is_shared():
        st.caption(t("follow_up.lost_public"))
        return
    st.caption(t("follow_up.lost_caption"))
    names = filters.library_names()
    lines = [f"- {markdown(names.get(one, one))}" for one in lost]
    st.markdown("\n".join(lines))


def say_unknown() -> None:
    """Say what is known of the trainings, what is missing, and what to do next."""
    events = cached.frame("events")
    held = events[events["kind"] == training.TRAINING].sort_values("date_start", ascending=False)
    counted = held["participants_published"].dropna()
    show_cards(
        (
            Card(
                t("follow_up.card_events"),
                number(len(held)),
                "",
                t("follow_up.published"),
                sources=tuple(held["source_id"].dropna()),
            ),
            Card(
                t("participants.card_participations"),
                number(float(counted.sum())) if len(counted) else "–",
                "",
                t("follow_up.published_counts", count=number(len(counted))),
            ),
            Card(t("follow_up.card_libraries"), "–", "", t("participants.needs_rows")),
            Card(t("follow_up.card_conversion"), "–", "", t("follow_up.needs_activities")),
        ),
        key="tindak.kartu",
        min_width=175,
    )
    inform(
        f"**{t('follow_up.unknown')}** {t('follow_up.unknown_what')}\n\n{t('follow_up.unknown_next')}",
        icon=":material/info:",
    )
    with filters.bar():
        if not cached.is_public():
            st.page_link(_UPLOAD_PAGE, label=t("completeness.to_upload"), icon=":material/upload_file:")
        st.page_link(_PARTICIPANTS_PAGE, label=t("page.participants.title"), icon=":material/groups:")
    st.markdown(f"#### {t('follow_up.known_events')}")
    table = pd.DataFrame(
        {
            t("column.date_start"): held["date_start"],
            t("training.column_event"): held["name"],
            t("training.column_published"): held["participants_published"],
            t("column.note"): held["note"],
        }
    )
    show_table(table, key="tindak-acara", alt=t("follow_up.known_events"))
    source_popover(*held["source_id"].dropna(), key="tindak.sumber")


def _cohort_words(code: str) -> str:
    if code == filters.ALL:
        return t("follow_up.cohort_all")
    names = _trainings().set_index("event_id")["name"]
    return str(names[code]) if code in names.index else t("follow_up.cohort_year", year=code)


def _trainings() -> pd.DataFrame:
    """Trainings with a list of participants."""
    events, people = cached.frame("events"), cached.frame("participants")
    return events[(events["kind"] == training.TRAINING) & events["event_id"].isin(people["event_id"])]


def _people() -> pd.DataFrame:
    return training.classify(
        cached.frame("participants"), events=cached.frame("events"), libraries=cached.frame("libraries")
    )


def _cohort(view: View) -> pd.DataFrame:
    return domain.cohort(cached.frame("participants"), cached.frame("events"), event_ids=view.events)


def _trained_before(view: View) -> int:
    """Count the libraries compared that had sent people to an earlier training."""
    rows = _windows(view, view.length, "reports")
    counted = rows[rows["reason"] == ""]
    return domain.trained_before(counted, cached.frame("participants"), cached.frame("events"))


def _book() -> Book:
    periods, due = monthly_reports.months()
    return cached.made(
        "tindak-buku",
        lambda: domain.book(
            monthly_reports.tables(),
            cached.frame("libraries"),
            periods=periods,
            due=due,
            rules=cached.reporting_rules(),
        ),
        due,
    )


def _windows(view: View, length: int, measure: Measure) -> pd.DataFrame:
    rows = domain.windows(
        _book(), _cohort(view), length=length, measure=measure, rules=cached.reporting_rules()
    )
    return domain.once(rows)


def _change(view: View, length: int, measure: Measure) -> domain.Change:
    return domain.summarise(_windows(view, length, measure))


def _until(view: View, measure: Measure) -> pd.Timestamp:
    return domain.last_day(_windows(view, view.length, measure), length=view.length)


def _comparison(view: View, measure: Measure) -> Comparison:
    trained = _windows(view, view.length, measure)
    people, events, libraries = (cached.frame(name) for name in ("participants", "events", "libraries"))
    rules = cached.reporting_rules()
    others = domain.untrained(people, events, libraries, until=_until(view, measure), rules=rules)
    beside = domain.beside(_book(), trained, others, length=view.length, measure=measure, rules=rules)
    return domain.compare(trained, beside)


def _conversion(trained: pd.DataFrame, *, is_verified: bool) -> Share:
    periods, due = monthly_reports.months()
    if not due:
        return Share(0, 0)
    end = Period.parse(due).next()
    until = dt.date(end.year, end.month, 1) - dt.timedelta(days=1)
    first = Period.parse(periods[0])
    return domain.conversion(
        trained,
        cached.frame("activities"),
        since=dt.date(first.year, first.month, 1),
        until=until,
        is_verified=is_verified,
    )


def _reason_words(counts: Mapping[str, int]) -> str:
    return "; ".join(f"{t(f'follow_up.reason.{reason}')}: {number(n)}" for reason, n in counts.items())


def _sources(view: View) -> tuple[str, ...]:
    held = _trainings()
    chosen = held[held["event_id"].isin(view.events)]
    return tuple(dict.fromkeys(chosen["source_id"].dropna()))
