"""What the page of training shows: its choices, its charts, and the events."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from literasi.charts import events as timeline
from literasi.charts import training as charts
from literasi.charts import training_reach, training_results
from literasi.domain import programme_findings, trainees, training
from literasi.domain.findings import Findings, gather
from literasi.export.page import Table
from literasi.figures import Chart
from literasi.text import number, t, term
from literasi.ui import cached, filters, participants_cards, shown, url
from literasi.ui.cards import Card, show_cards
from literasi.ui.notices import inform
from literasi.ui.safe import markdown
from literasi.ui.sources import source_popover
from literasi.ui.tables import styled

PARTS = ("siapa", "hasil", "kehadiran", "jangkauan", "acara")
_DIMENSIONS = {
    "wilayah": "regency",
    "lembaga": "institution",
    "peran": "role",
    "jenis-kelamin": "sex",
    "umur": "age_band",
    "acara": "event",
    "tahun": "year",
}
_AGES = ("<26", "26-35", "36-45", "46-55", ">55")


@dataclass(frozen=True, slots=True)
class View:
    """What the user chose to see of who was trained.

    Attributes
    ----------
    dimension : str
        Of `literasi.domain.training.DIMENSIONS`.
    within : (str, str), optional
        The one filter: of `literasi.domain.trainees.FILTERS`, and its code.
    focus : str, optional
        Group to emphasise, where the filter is what is counted by.
    """

    dimension: str
    within: tuple[str, str] | None
    focus: str | None


def has_rows() -> bool:
    """Whether any participant of a training is in this workspace."""
    return len(_rows()) > 0


def threshold() -> int:
    """Give the smallest number of people that may be shown here."""
    return cached.threshold()


def show_headline() -> None:
    """Show the headline figures; what is not known is a dash."""
    cards = cached.made("peserta-kartu", _headline)
    show_cards(cards, key="participants.cards", min_width=190 if has_rows() else 250)


def _headline() -> tuple[Card, ...]:
    rows = _rows()
    if len(rows):
        return participants_cards.from_rows(rows, when=_when(rows), threshold=threshold())
    return participants_cards.from_published(_trainings())


def say_unknown() -> None:
    """Say that there is no list of participants, what is therefore not known, and what to do."""
    lines = (
        f"**{t('participants.unknown')}** {t('participants.unknown_what')}",
        t("participants.unknown_next"),
    )
    inform("\n\n".join(lines), icon=":material/info:")
    columns = list(cached.frame("participants").columns)
    st.caption(", ".join(f"{markdown(name)} ({t(f'column.{name}')})" for name in columns))
    st.download_button(
        t("participants.template"),
        data=",".join(columns) + "\n",
        file_name="participants.csv",
        mime="text/csv",
        icon=":material/download:",
        help=t("participants.template_help"),
        key="participants.template",
        on_click="ignore",
    )


def choose() -> View:
    """Show the choices of who was trained: a dimension and at most one filter on people."""
    with filters.bar():
        dimension = _DIMENSIONS[
            url.choose(
                "menurut",
                tuple(_DIMENSIONS),
                label=t("participants.dimension_label"),
                default="wilayah",
                show=lambda code: t(f"training.dimension_{_DIMENSIONS[code]}"),
            )
        ]
        within = _choose_filter()
    if within is None:
        return View(dimension, None, None)
    field, code = within
    st.caption(t(f"participants.one_filter_{'event' if field == 'event' else 'region'}"))
    if field == dimension or (field, dimension) == ("event", "year"):
        st.caption(t("participants.highlighted"))
        focus = code if field == dimension else _year_of(code)
        return View(dimension, None, focus)
    return View(dimension, within, None)


def _choose_filter() -> tuple[str, str] | None:
    """Show the filter in use, or both where none is: two filters at once would give people away."""
    events = _labels("event")
    province = cached.register().province.code
    asked = url.resolve("acara", (filters.ALL, *events), filters.ALL)
    if asked != filters.ALL:
        if "wilayah" in st.query_params:
            st.warning(t("participants.both_filters"))
            url.write("wilayah", province, province)
        return ("event", event) if (event := _event_filter(events)) else None
    area = filters.region()
    if area != province:
        return "regency", area
    event = _event_filter(events)
    return ("event", event) if event else None


def _event_filter(events: dict[str, str]) -> str | None:
    return filters.one_of(
        "acara", tuple(events), label=t("participants.event_label"), show=lambda code: events[code]
    )


def find() -> Findings:
    """Find what trainings brought, whom they have not reached, and what is not known of them."""
    rows = _rows()
    reach = cached.values(cached.catalogue()["training_reach"], level="province")
    unreached = programme_findings.unreached(reach, area=cached.register().province.code)
    if rows.empty:
        return gather(
            moved=(programme_findings.published(_trainings()),),
            gap=(unreached,),
            unknown=(programme_findings.unlisted("participants"),),
        )
    return gather(
        moved=(programme_findings.gain(rows, threshold=threshold()),),
        gap=(unreached,),
        unknown=(programme_findings.no_word(training.plan_status(rows, threshold=threshold())),),
    )


def who_chart(view: View) -> Chart | None:
    """Make the bars of who was trained; None where too few came for a breakdown."""
    rows = _rows()
    counted = trainees.who(rows, by=view.dimension, threshold=threshold(), within=view.within)
    if counted.loc[~counted["is_total"], "is_suppressed"].all():
        return None
    inside = rows if view.within is None else rows[rows[view.within[0]] == view.within[1]]
    return charts.who_chart(
        counted,
        name="peserta-siapa",
        dimension=view.dimension,
        labels=_labels(view.dimension),
        scope=_scope(view),
        when=_when(inside),
        threshold=threshold(),
        focus=view.focus,
        sources=_sources(inside),
    )


def gain_chart(by: str) -> Chart | None:
    """Make the dots and intervals of the change in score by event or regency."""
    rows = _rows()
    return training_results.gain_chart(
        training.gain_by(rows, by=by, threshold=threshold()),
        name=f"peserta-nilai-{by}",
        by=by,
        labels=_labels(by),
        when=_when(rows),
        threshold=threshold(),
        sources=_sources(rows),
    )


def attendance_chart(by: str) -> Chart | None:
    """Make the bars of attendance by event or regency."""
    rows = _rows()
    return training_results.attendance_chart(
        training.attendance_by(rows, by=by, threshold=threshold()),
        name=f"peserta-hadir-{by}",
        by=by,
        labels=_labels(by),
        when=_when(rows),
        threshold=threshold(),
        sources=_sources(rows),
    )


def satisfaction_chart() -> Chart | None:
    """Make the dots and intervals of satisfaction by event."""
    rows = _rows()
    return training_results.satisfaction_chart(
        training.satisfaction_by(rows, by="event", threshold=threshold()),
        name="peserta-kepuasan",
        by="event",
        labels=_labels("event"),
        when=_when(rows),
        threshold=threshold(),
        sources=_sources(rows),
    )


def plans_chart() -> Chart | None:
    """Make the stacked shares of the state of follow-up plans."""
    rows = _rows()
    return training_results.plans_chart(
        training.plan_status(rows, threshold=threshold()),
        name="peserta-rtl",
        when=_when(rows),
        threshold=threshold(),
        sources=_sources(rows),
    )


def reach_years_chart() -> Chart | None:
    """Make the bars of libraries reached by year."""
    return training_reach.reach_years_chart(
        cached.values(cached.catalogue()["training_reach"], level="province"),
        name="peserta-jangkauan",
        area=cached.register().province.name,
        sources=_sources(_rows()),
    )


def reach_areas_chart() -> Chart | None:
    """Make the bars of libraries reached by regency in the newest year."""
    values = cached.values(cached.catalogue()["training_reach"], level="regency")
    return training_reach.reach_areas_chart(
        values,
        name="peserta-jangkauan-wilayah",
        names=filters.regency_names(),
        period=str(values["period"].max()),
        area=cached.register().province.name,
        sources=_sources(_rows()),
    )


def trained_chart() -> Chart | None:
    """Make the bars of people at trainings by year, from rows or from published head-counts."""
    rows = _rows()
    by_year = trainees.who(rows, by="year", threshold=threshold())
    return charts.trained_chart(
        cached.values(cached.catalogue()["participants_trained"], level="province"),
        _trainings(),
        name="peserta-tahun",
        area=cached.register().province.name,
        last_year=int(cached.frame("events")["date_start"].dt.year.max()),
        threshold=threshold(),
        hidden=frozenset(by_year.loc[by_year["is_suppressed"], "code"]),
    )


def choose_kind() -> str | None:
    """Let the user choose a kind of event (``jenis``); None for all."""
    kinds = cached.frame("events")["kind"].value_counts()
    with filters.bar():
        return filters.one_of(
            "jenis",
            tuple(str(kind) for kind in kinds.index),
            label=t("participants.kind_label"),
            show=lambda kind: t(
                "participants.kind_count", kind=term("event_kind", kind), count=number(int(kinds[kind]))
            ),
        )


def events_chart(kind: str | None) -> Chart | None:
    """Make the timeline of events of a kind, or of all."""
    events = _events(kind)
    register = cached.register()
    years = events["date_start"].dt.year
    return timeline.events_chart(
        events,
        name="peserta-acara",
        names=_area_names(),
        area=register.province.name,
        period="" if events.empty else f"{years.min()}–{years.max()}",
    )


def show_events(kind: str | None) -> None:
    """List the events with date, place, published head-count, note and source."""
    events = _events(kind).sort_values("date_start", ascending=False)
    names = _area_names()
    st.caption(t("participants.events_caption", count=number(len(events))))
    table = pd.DataFrame(
        {
            t("column.date_start"): events["date_start"],
            t("training.column_event"): events["name"],
            t("column.kind"): [term("event_kind", code) for code in events["kind"]],
            t("training.column_published"): events["participants_published"],
            t("column.note"): events["note"],
            t("column.venue"): events["venue"],
            t("column.area"): [names.get(code, code) for code in events["area_code"]],
            t("column.organiser"): events["organiser"],
            t("column.date_end"): events["date_end"],
            t("column.source_id"): events["source_id"],
        }
    )
    shown.part(Table(t("participants.part.acara"), table))
    st.dataframe(
        styled(table),
        key="participants.events",
        hide_index=True,
        width="stretch",
        placeholder="–",
        column_config={
            t("training.column_event"): st.column_config.TextColumn(width="medium"),
            t("training.column_published"): st.column_config.Column(width="small"),
            t("column.note"): st.column_config.TextColumn(width="large"),
        },
        alt=t("participants.part.acara"),
    )
    source_popover(
        *events["source_id"].dropna(),
        key="participants.events.sources",
        label=t("participants.events_sources"),
    )


def _rows() -> pd.DataFrame:
    return training.classify(
        cached.frame("participants"), events=cached.frame("events"), libraries=cached.frame("libraries")
    )


def _events(kind: str | None) -> pd.DataFrame:
    events = cached.frame("events")
    return events if kind is None else events[events["kind"] == kind]


def _trainings() -> pd.DataFrame:
    return _events(training.TRAINING)


def _labels(dimension: str) -> dict[str, str]:
    """Give code to label, in the order in which the groups stand."""
    unstated = {training.NOT_STATED: t("sex.not_stated")}
    if dimension == "regency":
        province = cached.register().province.code
        return {**filters.regency_names(), province: t("training.province"), **unstated}
    if dimension == "event":
        held = _trainings().sort_values("date_start")
        held = held[held["event_id"].isin(cached.frame("participants")["event_id"])]
        return {str(code): str(name) for code, name in zip(held["event_id"], held["name"], strict=True)}
    if dimension == "age_band":
        return {code: term("age_band", code) for code in (*_AGES, training.NOT_STATED)}
    codes = sorted(_rows()[dimension].unique())
    if dimension == "year":
        return {code: code for code in codes}
    return {code: term(dimension, code) for code in codes}


def _area_names() -> dict[str, str]:
    province = cached.register().province
    return {province.code: province.name, **filters.regency_names()}


def _scope(view: View) -> str:
    if view.within is None:
        return t("training.scope_all")
    field, code = view.within
    if field == "event":
        return t("training.scope_event", event=_labels("event")[code])
    return t("training.scope_regency", area=filters.regency_names()[code])


def _when(rows: pd.DataFrame) -> str:
    first, last = rows["year"].min(), rows["year"].max()
    return str(first) if first == last else f"{first}–{last}"


def _year_of(event: str) -> str:
    rows = _rows()
    return str(rows.loc[rows["event"] == event, "year"].iloc[0])


def _sources(rows: pd.DataFrame) -> tuple[str, ...]:
    events = _trainings()
    held = events[events["event_id"].isin(rows["event"])]
    return tuple(dict.fromkeys(held["source_id"].dropna()))
