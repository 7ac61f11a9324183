"""What the page of completeness shows: headline, shares, calendars, libraries, and what to follow up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from literasi.charts import completeness as charts
from literasi.charts import reporting
from literasi.domain import completeness as domain
from literasi.domain import outliers, programme_findings, report_findings
from literasi.domain.coverage import NEVER, expected_libraries, is_provisional, share
from literasi.domain.findings import Findings, gather
from literasi.domain.levels import CODE_LENGTH
from literasi.domain.library_profile import OUTSIDE
from literasi.domain.reports import within
from literasi.figures import Chart
from literasi.text import number, period, t, term
from literasi.ui import advices, cached, filters, monthly_reports, url
from literasi.ui.cards import Card, show_cards
from literasi.ui.listing import show_listing
from literasi.ui.notices import inform
from literasi.ui.safe import markdown

PARTS = ("ringkas", "kalender", "perpustakaan", "tindak", "catatan")
_TABLES = {
    "kunjungan": "visits",
    "sirkulasi": "circulation",
    "layanan": "services",
    "kegiatan": "activities",
    "publikasi": "publications",
    "advokasi": "advocacy",
}
_UPLOAD_PAGE = "pages/records/upload.py"


@dataclass(frozen=True, slots=True)
class View:
    """What the user chose to see."""

    area: str
    year: int

    @property
    def is_province(self) -> bool:
        """Whether all of the province is looked at."""
        return self.area == cached.register().province.code

    @property
    def area_name(self) -> str:
        """Name of the area."""
        return cached.register().name(self.area)


def has_reports() -> bool:
    """Whether anything that a library reports is in this workspace."""
    return bool(monthly_reports.months()[0])


def choose() -> View:
    """Show the filters of the page and give what was chosen."""
    periods, _ = monthly_reports.months()
    with filters.bar():
        area = filters.region()
        year = filters.year(range(int(periods[0][:4]), int(periods[-1][:4]) + 1))
    return View(area, year)


def choose_table() -> str:
    """Choose one table (``tabel``)."""
    code = url.choose(
        "tabel",
        tuple(_TABLES),
        label=t("completeness.table_label"),
        default="kunjungan",
        show=lambda code: t(f"table.{_TABLES[code]}"),
        widget="segments",
    )
    return _TABLES[code]


def show_headline(view: View) -> None:
    """Show how much came, how much in time, who is silent, and what awaits an explanation."""
    _, due = monthly_reports.months()
    total = domain.shares(_rows(view), by=["table"])[["expected", "received", "on_time", "late", "unknown"]]
    counts = {str(name): int(n) for name, n in total.sum().items()}
    silent = silences()
    silent = silent[silent["library_id"].isin(within(cached.frame("libraries"), view.area)["library_id"])]
    limit = cached.reporting_rules().silent_months
    waiting = len(advices.unexplained(view.area))
    show_cards(
        (
            _share_card("received", counts, view),
            _share_card("on_time", counts, view),
            Card(
                t("completeness.card_silent", months=limit),
                number(int((silent["months"] >= limit).sum())) if len(silent) else "–",
                "",
                t("completeness.until", period=period(due, short=True)),
                context=(t("completeness.of_libraries", count=number(len(silent))),),
            ),
            Card(
                t("completeness.card_advices"),
                number(waiting),
                "",
                t("completeness.awaiting" if waiting else "completeness.no_awaiting"),
            ),
        ),
        key="kelengkapan.kartu",
        min_width=170,
    )
    st.caption(_rules_words(due))


def find(view: View) -> Findings:
    """Find how complete the reports of an area are, who is behind, and what of them is not known."""
    rules = cached.reporting_rules()
    rows = _due(_rows(view))
    total = domain.shares(rows, by=["period"])
    before = _due(_rows(replace(view, year=view.year - 1)))
    months = set(rows.loc[rows["is_expected"], "period"].astype("str").str[5:])
    earlier = before[before["period"].astype("str").str[5:].isin(months)]
    by_area = domain.shares(
        domain.with_area(rows, level="regency" if view.is_province else "district"), by=["area"]
    )
    inside = within(cached.frame("libraries"), view.area)["library_id"]
    silent = silences()
    return gather(
        moved=(
            report_findings.covered(
                _sums(total), _sums(domain.shares(earlier, by=["period"])), year=view.year
            ),
        ),
        gap=(
            report_findings.least_covered(by_area.rename(columns={"area": "area_code"}), rules=rules),
            report_findings.silent(silent[silent["library_id"].isin(inside)], rules=rules),
        ),
        unknown=(
            report_findings.untimed(int(total["unknown"].sum()), int(total["received"].sum())),
            report_findings.open_advices(len(advices.unexplained(view.area))),
        ),
    )


def find_expected(area: str) -> Findings:
    """Say what is not known where no report is in this workspace."""
    absent = [table for table in domain.MONTHLY if not len(cached.frame(table))]
    owing = expected_libraries(within(cached.frame("libraries"), area), rules=cached.reporting_rules())
    by_now = int((owing["first_year"] <= monthly_reports.today().year).sum())
    return gather(
        gap=(report_findings.nothing_came(by_now),),
        unknown=(
            programme_findings.unlisted(*absent),
            report_findings.open_advices(len(advices.unexplained(area))),
        ),
    )


def _due(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["table"].isin(domain.MONTHLY)]


def _sums(counts: pd.DataFrame) -> tuple[int, int]:
    return int(counts["received"].sum()), int(counts["expected"].sum())


def _share_card(of: str, counts: dict[str, int], view: View) -> Card:
    label = t(f"completeness.card_{of}")
    part = share(counts[of], counts["expected"])
    if part is None:
        return Card(label, "–", "", t("completeness.not_due_yet"))
    context = [t("completeness.of_reports", received=number(counts[of]), expected=number(counts["expected"]))]
    if of == "on_time":
        context += [t(f"completeness.{name}", count=number(counts[name])) for name in ("late", "unknown")]
    elif is_provisional(counts["received"], counts["expected"], rules=cached.reporting_rules()):
        context.insert(0, t("completeness.provisional"))
    return Card(label, number(100 * part), "%", _span_words(view, is_due=True), context=tuple(context))


def _rules_words(due: str) -> str:
    days = cached.reporting_rules().due_days
    each = sorted({getattr(days, table) for table in domain.MONTHLY})
    return t("completeness.rules", due=period(due), day="/".join(map(str, each)))


def shares_chart(view: View, table: domain.Monthly) -> Chart | None:
    """Make the bars of what was expected of one table, by regency, with the province."""
    province = cached.register().province
    everything = _of(_year(view), table)
    by_area = domain.shares(domain.with_area(everything, level="regency"), by=["area"])
    whole = domain.shares(everything, by=["table"]).drop(columns="table").assign(area=province.code)
    rules = cached.reporting_rules()
    return charts.shares_chart(
        pd.concat([by_area, whole], ignore_index=True),
        name=f"kelengkapan-{table}",
        table=t(f"table.{table}"),
        names={**filters.regency_names(), province.code: province.name},
        focus=view.area,
        span=_span_words(view, is_due=True),
        due_day=getattr(rules.due_days, table),
        rules=rules,
    )


def show_without_duty(view: View) -> None:
    """Show how many libraries recorded what is owed by nobody."""
    st.markdown(f"#### {t('completeness.no_duty')}")
    st.caption(t("completeness.no_duty_caption", span=_span_words(view)))
    rows = domain.with_area(_rows(view), level="regency")
    counts = domain.anything(rows, by=["table", "area"]).set_index(["table", "area"])["libraries"]
    libraries = within(cached.frame("libraries"), view.area)
    names = {
        code: name for code, name in filters.regency_names().items() if view.is_province or code == view.area
    }
    show_listing(
        pd.DataFrame(
            {
                t("completeness.column_area"): list(names.values()),
                t("completeness.column_libraries"): [
                    int(libraries["area_code"].str.startswith(code).sum()) for code in names
                ],
                **{
                    t(f"table.{table}"): [int(counts.get((table, code), 0)) for code in names]
                    for table in domain.DATED
                },
            }
        ),
        name="kelengkapan-tanpa-kewajiban",
        title=t("completeness.no_duty_title"),
        subtitle=f"{view.area_name} · {_span_words(view)}",
        alt=t("completeness.no_duty_title"),
    )


def calendars(view: View, table: str) -> tuple[str, ...]:
    """Give the calendars of a table to show: by regency what came and what came in time; else one."""
    return ("received", "on_time") if view.is_province and table not in domain.DATED else ("states",)


def calendar_chart(view: View, table: str, of: str) -> Chart | None:
    """Make one of `calendars`: the months of one table, by regency, or by library within one regency."""
    rows = _of(_rows(view), table)
    name = f"kelengkapan-bulan-{table}-{of}"
    words = t(f"table.{table}")
    if table in domain.DATED:
        return _any_chart(view, rows, name=name, table=words)
    note = t("completeness.chart_note", day=getattr(cached.reporting_rules().due_days, table))
    if of == "states":
        chart = reporting.states_chart(
            _plain(rows), name=name, names=filters.library_names(), report=words, area=view.area_name
        )
        return replace(chart, notes=(*chart.notes, note)) if chart else None
    counts = domain.shares(domain.with_area(rows, level="regency"), by=["area", "period"])
    chart = reporting.reporting_chart(
        counts[counts["expected"] > 0].rename(columns={"area": "area_code"}),
        name=name,
        names=filters.regency_names(),
        periods=_periods(view),
        report=words,
        area=view.area_name,
        of="on_time" if of == "on_time" else "received",
    )
    blank = t("completeness.blank_note")
    return replace(chart, notes=(*chart.notes, note if of == "on_time" else blank)) if chart else None


def _any_chart(view: View, rows: pd.DataFrame, *, name: str, table: str) -> Chart | None:
    total = rows["library_id"].nunique()
    if not view.is_province:
        return charts.any_libraries_chart(
            _plain(rows),
            name=name,
            table=table,
            names=filters.library_names(),
            area=view.area_name,
            total=total,
        )
    counts = domain.anything(domain.with_area(rows, level="regency"), by=["area", "period"])
    return charts.any_areas_chart(
        counts,
        name=name,
        table=table,
        names=filters.regency_names(),
        periods=_periods(view),
        area=view.area_name,
        libraries=rows.loc[rows["state"] == "any", "library_id"].nunique(),
        total=total,
    )


def no_calendar(table: str) -> str:
    """Say why there is nothing to draw."""
    if table in domain.DATED:
        return t("completeness.empty_any", table=t(f"table.{table}").lower())
    return t("completeness.empty_chart")


def show_libraries(view: View) -> None:
    """List the libraries that owe reports or sent some, the least complete first."""
    table, ids = cached.made("kelengkapan-perpustakaan", lambda: _libraries_table(view), view)
    if not ids:
        inform(t("completeness.empty_chart"), icon=":material/info:")
        return
    st.caption(t("completeness.libraries_caption"))
    show_listing(
        table,
        name="kelengkapan-perpustakaan",
        title=t("completeness.libraries_title"),
        subtitle=f"{view.area_name} · {_span_words(view, is_due=True)}",
        alt=t("completeness.libraries_alt", count=number(len(ids))),
        notes=(_rules_words(monthly_reports.months()[1]),),
        libraries=ids,
    )


def _libraries_table(view: View) -> tuple[pd.DataFrame, list[str]]:
    rows = _rows(view)
    total = domain.shares(rows, by=["library_id"])
    if total.empty:
        return total, []
    part = total["received"].astype("float64") / total["expected"].where(total["expected"] > 0)
    total = total.loc[part.sort_values(kind="stable", na_position="last").index]
    ids = total["library_id"].tolist()
    by_table = domain.shares(rows, by=["library_id", "table"])
    each = {
        (library, name): f"{number(received)}/{number(expected)}"
        for library, name, received, expected in zip(
            *(by_table[column] for column in ("library_id", "table", "received", "expected")), strict=True
        )
    }
    silent = silences().set_index("library_id")
    names = filters.library_names()
    last = silent["last"].reindex(ids)
    counts = charts.shares_table(total, {t("completeness.column_library"): [names[one] for one in ids]})
    first = [t(f"completeness.column_{name}") for name in ("library", "share", "on_time_share")]
    table = counts[first].copy()
    table.insert(1, t("completeness.column_area"), _regencies(ids))
    table[t("completeness.column_silent")] = silent["months"].reindex(ids).to_numpy()
    table[t("completeness.column_last")] = [
        _last_words(one in silent.index, newest) for one, newest in zip(ids, last, strict=True)
    ]
    for name in domain.MONTHLY:
        table[t(f"table.{name}")] = [each.get((one, name), "–") for one in ids]
    return table.join(counts.drop(columns=first)), ids


def _last_words(owes: bool, last: Any) -> str:
    if isinstance(last, str):
        return period(last, short=True)
    return t("completeness.never") if owes else "–"


def show_follow_up(view: View) -> None:
    """List the values outside what their library usually reports, the newest first."""
    found = cached.made("kelengkapan-tak-lazim", lambda: domain.follow_up(monthly_reports.tables()))
    inside = within(cached.frame("libraries"), view.area)["library_id"]
    found = found[found["library_id"].isin(inside) & (found["month"].dt.year == view.year)]
    if found.empty:
        inform(t("completeness.follow_none", minimum=outliers.MINIMUM), icon=":material/check_circle:")
    else:
        count = number(len(found))
        st.markdown(f"#### {markdown(t('completeness.follow_title', count=count))}")
        st.caption(t("completeness.follow_caption"))
        show_listing(
            _follow_up_table(found),
            name="kelengkapan-tak-lazim",
            title=t("completeness.follow_title", count=count),
            subtitle=f"{view.area_name} · {view.year}",
            alt=t("completeness.follow_alt", count=count),
            notes=(_outlier_words(),),
            libraries=found["library_id"].tolist(),
        )
    st.caption(f":material/info: {markdown(_outlier_words())}")


def _outlier_words() -> str:
    return t("completeness.follow_rule", threshold=number(outliers.THRESHOLD, 1), nearest=outliers.NEAREST)


def _follow_up_table(found: pd.DataFrame) -> pd.DataFrame:
    names = filters.library_names()
    reasons = [
        advices.explained(table, advices.value_key(library, month), column)
        for table, library, month, column in zip(
            found["table"], found["library_id"], found["month"], found["column"], strict=True
        )
    ]
    states = ["to_ask" if reason is None else "explained" if reason else "open" for reason in reasons]
    return pd.DataFrame(
        {
            t("column.month"): [period(f"{month:%Y-%m}", short=True) for month in found["month"]],
            t("completeness.column_library"): [names[one] for one in found["library_id"]],
            t("completeness.column_area"): _regencies(found["library_id"].tolist()),
            t("completeness.column_measure"): [
                f"{t(f'table.{table}')}: {term('column', column)}"
                for table, column in zip(found["table"], found["column"], strict=True)
            ],
            t("column.value"): found["value"].astype("Int64").tolist(),
            t("completeness.column_usual"): [
                f"{number(low)}–{number(high)}"
                for low, high in zip(found["expected_low"], found["expected_high"], strict=True)
            ],
            t("completeness.column_explained"): [t(f"completeness.{state}") for state in states],
            t("column.reason"): [reason or "" for reason in reasons],
        }
    )


def say_none() -> None:
    """Say that there are no reports, what to do, and whose reports would be expected."""
    inform(f"**{t('completeness.none')}** {t('completeness.none_next')}", icon=":material/info:")
    if not cached.is_public():
        st.page_link(_UPLOAD_PAGE, label=t("completeness.to_upload"), icon=":material/upload_file:")


def show_expected(area: str) -> None:
    """List the libraries of an area whose reports would be expected by now."""
    libraries = within(cached.frame("libraries"), area)
    owing = expected_libraries(libraries, rules=cached.reporting_rules()).set_index("library_id")
    since = libraries["library_id"].map(owing["first_year"]).fillna(NEVER)
    rows = libraries[since <= monthly_reports.today().year].sort_values(["area_code", "name"])
    is_undated = libraries["year_joined"].isna() & (libraries["programme"] != OUTSIDE)
    count = number(len(rows))
    title = t("completeness.expected_title", count=count)
    st.subheader(title, anchor=False)
    st.caption(t("completeness.expected_caption", undated=number(int(is_undated.sum()))))
    show_listing(
        pd.DataFrame(
            {
                t("completeness.column_library"): rows["name"].tolist(),
                t("completeness.column_area"): _regencies(rows["library_id"].tolist()),
                t("column.year_joined"): [str(int(year)) for year in rows["year_joined"]],
                t("completeness.column_since"): [
                    period(f"{year:.0f}-01") for year in since.reindex(rows.index)
                ],
            }
        ),
        name="kelengkapan-diharapkan",
        title=title,
        subtitle=cached.register().name(area),
        alt=t("completeness.expected_alt", count=count),
        libraries=rows["library_id"].tolist(),
    )


def silences() -> pd.DataFrame:
    """Give for how long each library that owes reports has sent none."""
    return cached.made(
        "kelengkapan-diam", lambda: domain.silences(monthly_reports.calendar()), monthly_reports.months()[1]
    )


def _year(view: View) -> pd.DataFrame:
    rows = monthly_reports.calendar()
    return rows[rows["period"].isin(_periods(view))]


def _rows(view: View) -> pd.DataFrame:
    rows = _year(view)
    inside = [code for code in rows["area_code"].cat.categories if code.startswith(view.area)]
    return rows[rows["area_code"].isin(inside)]


def _of(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    return rows[rows["table"] == table]


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Library, month and state as plain text, of libraries that owed or sent something."""
    text = dict.fromkeys(("library_id", "period", "state"), "str")
    out = rows[[*text, "is_expected"]].astype(text)
    return out[out["library_id"].isin(out.loc[out["state"] != "not_expected", "library_id"])]


def _periods(view: View) -> list[str]:
    return [p for p in monthly_reports.months()[0] if p.startswith(str(view.year))]


def _span_words(view: View, *, is_due: bool = False) -> str:
    """Write the months of the year chosen, or those of them that are due."""
    due = monthly_reports.months()[1]
    shown = [p for p in _periods(view) if not is_due or p <= due] or _periods(view)
    return f"{period(shown[0], short=True)} – {period(shown[-1], short=True)}"


def _regencies(libraries: list[str]) -> list[str]:
    """Give the name of the regency of each library, the province for those known no closer."""
    register = cached.register()
    rows = cached.frame("libraries").set_index("library_id")["area_code"]
    names = filters.regency_names()
    return [
        names.get(code[: CODE_LENGTH["regency"]], register.name(code)) for code in rows.reindex(libraries)
    ]
