"""The profile of one library: headline, what is recorded over time, standard, reports, published facts."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from typing import Any, TypeAlias

import pandas as pd
import streamlit as st

from literasi.charts import library_months, named, timeline
from literasi.charts.band import Measure, measure_name
from literasi.domain import library_profile as profiles
from literasi.domain import named_visits, reports, snp
from literasi.domain.coverage import states
from literasi.export.page import Table
from literasi.figures import Chart
from literasi.text import number, period, t, term
from literasi.ui import advices, cached, charts, filters, libraries, url
from literasi.ui import shown as kept
from literasi.ui.cards import Card, show_cards
from literasi.ui.notices import inform
from literasi.ui.safe import markdown
from literasi.ui.sources import list_sources, source_popover
from literasi.ui.tables import styled

_TABLES = ("libraries", "aid", "events", "participants", "activities", "advocacy", "publications")
_MONTHLY: dict[Measure, tuple[str, str]] = {
    "visits": ("visits", "total"),
    "loans": ("circulation", "loans"),
    "members": ("circulation", "members"),
}
_STATE_BADGES = {
    "met": ":green-badge[:material/check_circle: {}]",
    "not_met": ":red-badge[:material/cancel: {}]",
    "no_data": ":gray-badge[:material/help: {}]",
}
_MAP_PAGE = "pages/progress/map.py"

Library: TypeAlias = "pd.Series[Any]"


def library(library_id: str) -> Library:
    """Give the row of a library."""
    rows = cached.frame("libraries")
    return rows[rows["library_id"] == library_id].iloc[0]


def show_way_back() -> None:
    """Show the way back to the list, and to any other library."""

    def back() -> None:
        url.write("pustaka", "", "")

    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="profil.jalan"):
        st.button(t("profile.back"), icon=":material/arrow_back:", on_click=back, key="profil.kembali")
        libraries.choose_profile(cached.frame("libraries"), label=t("profile.switch"))


def show_header(row: Library) -> None:
    """Show name, place, programme, standard, newest report and the source of all that."""
    st.header(markdown(row["name"]), anchor=False)
    st.caption(f"{markdown(libraries.place(row['area_code']))} · {markdown(filters.kind_words(row['kind']))}")
    cards = (_programme_card(row), _visits_card(row), _standard_card(row), _place_card(row))
    show_cards(tuple(card for card in cards if card), key="profil.kartu", min_width=180)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        source_popover(row["source_id"], key="profil.sumber", label=t("profile.source"))
        regency = cached.register().regency_of(row["area_code"])
        if regency:
            st.page_link(
                _MAP_PAGE,
                label=t("profile.on_map"),
                icon=":material/map:",
                query_params={"wilayah": regency.code, "pustaka": row["library_id"]},
            )
    if isinstance(row["note"], str) and row["note"]:
        st.caption(f":material/info: {markdown(row['note'])}")


def _programme_card(row: Library) -> Card:
    if row["programme"] == profiles.OUTSIDE:
        return Card(t("profile.partner"), t("profile.not_partner"), "", "")
    kind = t(f"programme.{row['programme']}")
    year: float | None = row["year_joined"]
    if pd.isna(year):
        return Card(t("profile.partner_since"), "–", "", t("profile.partner_unknown"), context=(kind,))
    return Card(t("profile.partner_since"), str(int(year)), "", kind)


def _visits_card(row: Library) -> Card:
    months = _months(row, "visits")
    known = months[months["value"].notna()]
    if len(known):
        newest = known.iloc[-1]
        due = months[months["state"] != "not_expected"]
        coverage = t(
            "profile.visits_reports",
            received=number(int((due["state"] != "missing").sum())),
            expected=number(len(due)),
        )
        return Card(
            t("profile.visits"), number(newest["value"]), "", period(newest["period"]), context=(coverage,)
        )
    published = named_visits.drawn(_figures(row), area="")
    if len(published):
        whole = published[published["part"] == ""]
        last = (whole if len(whole) else published).iloc[-1]
        return Card(
            t("profile.published_visits"),
            number(last["value"]),
            "",
            f"{last['year']}{named.part_words(last['part'])}",
            context=(t(f"chart.named.status_{last['status']}"),),
            sources=(last["source_id"],),
        )
    return Card(t("profile.visits"), "–", "", t("profile.visits_none"))


def _standard_card(row: Library) -> Card | None:
    results = snp.assess(row, rules=cached.snp_rules())
    if not results:
        return None
    share = snp.met(results)
    if not share.denominator:
        return Card(
            t("profile.standard"), "–", "", t("profile.standard_tested_none", count=number(len(results)))
        )
    empty = len(results) - int(share.denominator)
    return Card(
        t("profile.standard"),
        number(share.numerator),
        t("profile.standard_of", tested=number(share.denominator)),
        cached.snp_rules().regulation,
        context=(t("profile.standard_no_data", count=number(empty)),) if empty else (),
    )


def _place_card(row: Library) -> Card:
    one = cached.frame("libraries")
    one = one[one["library_id"] == row["library_id"]]
    precision = profiles.precisions(one, register=cached.register()).iloc[0]
    known = (
        t(
            "profile.place_exact",
            latitude=number(row["latitude"], 4),
            longitude=number(row["longitude"], 4),
        )
        if precision == "exact"
        else t(f"profile.place_known_{reports.level_of(row['area_code'])}")
    )
    return Card(
        t("profile.place"),
        t(f"profile.place_card_{precision}"),
        "",
        known,
        context=(t(f"profile.place_drawn_{precision}"),),
    )


def show_timeline(row: Library) -> None:
    """Show what is recorded over time."""
    joined = row["year_joined"]
    charts.show(
        "profil-perjalanan",
        partial(_timeline_chart, row),
        *_depends(row),
        empty=t("profile.empty_timeline")
        if pd.isna(joined)
        else t("profile.empty_timeline_joined", year=int(joined)),
    )


def _timeline_chart(row: Library) -> Chart | None:
    threshold = cached.threshold()
    rows = profiles.timeline(
        row["library_id"], {name: cached.frame(name) for name in _TABLES}, threshold=threshold
    )
    possible = [lane for lane in profiles.LANES if lane != "joined"]
    return timeline.timeline_chart(
        rows,
        name="profil-perjalanan",
        library=row["name"],
        missing=tuple(lane for lane in possible if not (rows["lane"] == lane).any()),
    )


def show_aid(row: Library) -> None:
    """List the aid by period, with its sources."""
    aid = cached.frame("aid")
    aid = aid[aid["library_id"] == row["library_id"]].sort_values("period")
    st.subheader(t("profile.section_aid"), anchor=False)
    if aid.empty:
        st.caption(t("profile.no_aid"))
        return
    lines = []
    for (when, funder), group in aid.fillna({"funder": ""}).groupby(["period", "funder"]):
        items = ", ".join(
            timeline.quantity_words(item.item, item.quantity, item.unit) for item in group.itertuples()
        )
        giver = t("profile.from", funder=funder) if funder else ""
        lines.append(f"- **{markdown(period(str(when)))}**: {markdown(f'{items} {giver}')}")
    st.markdown("\n".join(lines))
    for note in dict.fromkeys(aid["note"].dropna()):
        st.caption(f":material/info: {markdown(note)}")
    source_popover(*aid["source_id"].dropna(), key="profil.bantuan.sumber")


def show_standard(row: Library) -> None:
    """Show every threshold of the standard with its state in word, icon and colour."""
    rules = cached.snp_rules()
    results = snp.assess(row, rules=rules)
    st.subheader(t("profile.section_standard"), anchor=False)
    if not results:
        st.caption(t("profile.standard_not_for"))
        return
    head = (t(f"profile.column_{name}") for name in ("threshold", "value", "state"))
    lines = [f"| {' | '.join(head)} |", "|---|---|---|"]
    lines += [
        f"| {markdown(_asked(result.test))} | {markdown(_has(result))} "
        f"| {_STATE_BADGES[result.state].format(t(f'profile.state_{result.state}'))} |"
        for result in results
    ]
    st.markdown("\n".join(lines))
    st.caption(markdown(t("profile.regulation", regulation=rules.regulation, year=rules.valid_from)))
    notes = [f"{_label(r.test)}: {r.test.note}" for r in results if r.test.note]
    notes += [*_books(row), t("profile.standard_missing", names=", ".join(rules.not_found))]
    st.caption("\n".join(f"- {markdown(note)}" for note in notes))


def _label(test: snp.SnpTest) -> str:
    """Name of a threshold without its explanation."""
    return t(test.label_key).split(":")[0]


def _asked(test: snp.SnpTest) -> str:
    """Write a threshold with what it asks for; labels of those without a number say it themselves."""
    if not isinstance(test.threshold, float):
        return t(test.label_key)
    return f"{_label(test)} ≥\u00a0{_amount(test.threshold, test.unit)}"


def _has(result: snp.Assessment) -> str:
    value = result.value
    if value is None:
        return "–"
    if isinstance(value, bool):
        return t("term.yes") if value else t("term.no")
    if isinstance(value, tuple):
        return ", ".join(term("profile.service", code) for code in value)
    return _amount(value, result.test.unit)


def _amount(value: float, unit: str | None) -> str:
    written = number(value, 0 if value % 1 == 0 else 1)
    if unit == "percent":
        return f"{written}%"
    return f"{written} {t(f'unit.{unit}')}" if unit else written


def _books(row: Library) -> list[str]:
    """What the service reports say of the collection: books, which are neither titles nor copies."""
    services = cached.frame("services")
    known = services[(services["library_id"] == row["library_id"]) & services["books"].notna()]
    if known.empty:
        return []
    newest = known.sort_values("month").iloc[-1]
    when = period(f"{newest['month']:%Y-%m}")
    return [t("profile.books", books=number(newest["books"]), when=when)]


def show_months(row: Library) -> None:
    """Show visits, loans and members by month; nothing but a sentence where no report came."""
    st.header(t("profile.section_visits"), anchor=False)
    if not any(_months(row, measure)["value"].notna().any() for measure in _MONTHLY):
        inform(t("profile.empty_months"), icon=":material/info:")
        return
    _show_measure(row, "visits")
    with st.grid(min_column_width=380, key="profil.sirkulasi"):
        for measure in ("loans", "members"):
            _show_measure(row, measure)


def _show_measure(row: Library, measure: Measure) -> None:
    name = f"profil-{measure}"
    charts.show(
        name,
        lambda: library_months.library_months_chart(
            _months(row, measure), name=name, measure=measure, library=row["name"]
        ),
        *_depends(row),
        empty=t("profile.empty_measure", measure=measure_name(measure).lower()),
    )


def _depends(row: Library) -> tuple[Hashable, ...]:
    return (row["library_id"],)


def _months(row: Library, measure: Measure) -> pd.DataFrame:
    """Every month of the workspace's reports, with what this library reported and its state."""
    return cached.made("profil-bulan", lambda: _report_months(row, measure), measure, *_depends(row))


def _report_months(row: Library, measure: Measure) -> pd.DataFrame:
    table, column = _MONTHLY[measure]
    frame = cached.frame(table)
    span = reports.span(cached.frame("visits"), cached.frame("circulation"))
    mine = frame[frame["library_id"] == row["library_id"]]
    if not span:
        return pd.DataFrame({"period": [], "value": [], "state": []})
    everything = cached.frame("libraries")
    out = states(
        mine,
        everything[everything["library_id"] == row["library_id"]],
        first=span[0],
        last=span[-1],
        value=column,
        rules=cached.reporting_rules(),
    )
    values = pd.Series(
        mine[column].astype("float64").to_numpy(), index=mine["month"].dt.strftime("%Y-%m"), dtype="float64"
    )
    return out.assign(value=out["period"].map(values))


def show_notes(row: Library) -> None:
    """Show what the check at upload marked among this library's values, with the reasons written."""
    advices.show_of_library(row["library_id"])


def show_published(row: Library) -> None:
    """Show what has been published about a library: yearly visits as a chart, the rest as a table."""
    st.header(t("profile.section_published"), anchor=False)
    figures = _figures(row)
    if figures.empty:
        inform(t("profile.no_published"), icon=":material/info:")
        return
    shown = named_visits.drawn(figures, area="")
    if len(shown):
        charts.show("profil-diumumkan", partial(_published_chart, row), *_depends(row))
    is_out = figures["status"] == "quarantined"
    st.subheader(t("profile.other_figures"), anchor=False)
    st.caption(t("profile.other_caption"))
    _show_figures(figures[~is_out], key="profil.angka")
    if is_out.any():
        with st.expander(t("profile.quarantined", count=number(int(is_out.sum()))), icon=":material/block:"):
            st.caption(t("profile.quarantined_caption"))
            _show_figures(figures[is_out], key="profil.angka.tidak")


def _published_chart(row: Library) -> Chart | None:
    shown = named_visits.drawn(_figures(row), area="")
    goals = named_visits.targets_of(shown, cached.frame("targets"), cached.frame("libraries"))
    return named.named_visits_chart(
        shown, goals, name="profil-diumumkan", area=cached.register().name(row["area_code"])
    )


def _figures(row: Library) -> pd.DataFrame:
    figures = cached.frame("library_figures")
    mine: pd.DataFrame = figures[figures["library_id"] == row["library_id"]]
    return mine.sort_values(["period", "metric"], ascending=[False, True])


def _show_figures(figures: pd.DataFrame, *, key: str) -> None:
    known = cached.sources()
    opens = t("profile.column_open")
    table = pd.DataFrame(
        {
            t("column.metric"): [term("metric", metric) for metric in figures["metric"]],
            t("column.period"): [period(p) for p in figures["period"]],
            t("column.value"): figures["value"].tolist(),
            t("column.unit"): [term("unit", unit) for unit in figures["unit"]],
            opens: [_address(known[source]) for source in figures["source_id"]],
            t("column.publisher"): [known[source]["publisher"] for source in figures["source_id"]],
            t("column.status"): [t(f"profile.status_{status}") for status in figures["status"]],
            t("column.note"): figures["note"].fillna("").tolist(),
        }
    )
    kept.part(Table(t("profile.other_figures"), table))
    st.dataframe(
        styled(table),
        key=key,
        hide_index=True,
        width="stretch",
        column_config={opens: st.column_config.LinkColumn(opens, display_text=t("source.open"))},
    )
    with st.expander(t("source.heading"), icon=":material/link:"):
        list_sources(known[source] for source in dict.fromkeys(figures["source_id"]))


def _address(source: Any) -> str:
    """The address of a publication; empty where it is not one of the web (it could be a script)."""
    address = source.get("url")
    return address if isinstance(address, str) and address.startswith(("https://", "http://")) else ""
