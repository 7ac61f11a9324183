"""What the page of data debt shows: missing reports by their effect, what areas need, messages that ask."""

from __future__ import annotations

import datetime as dt
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from literasi.charts import data_debt as charts
from literasi.domain import data_debt as domain
from literasi.domain.completeness import MONTHLY, Monthly
from literasi.domain.coverage import is_provisional
from literasi.domain.findings import Finding, Findings, Label, Number, Parameter, Places, Plain, gather
from literasi.domain.findings import Share as Part
from literasi.domain.levels import CODE_LENGTH
from literasi.domain.reports import within
from literasi.export import messages
from literasi.export.messages import Request, Sender
from literasi.figures import Chart
from literasi.text import number, percent, period, t
from literasi.ui import cached, filters, monthly_reports, shown, url
from literasi.ui.cards import Card, show_cards
from literasi.ui.listing import show_listing
from literasi.ui.notices import inform
from literasi.ui.safe import markdown
from literasi.workspaces import PRACTICE

PARTS = ("urutan", "wilayah", "pesan", "identitas")
_WITHOUT_REPORTS = ("identitas", "pesan")
_TABLES: dict[str, Monthly] = {"kunjungan": "visits", "sirkulasi": "circulation", "layanan": "services"}
_UPLOAD_PAGE = "pages/records/upload.py"
_ATTRIBUTES = {
    "has_year": "column.year_joined",
    "has_village": "data_debt.village",
    "has_place": "data_debt.place",
}


@dataclass(frozen=True, slots=True)
class View:
    """What the user chose to see; without any report there is neither year nor table to choose.

    Attributes
    ----------
    area : str
    year : int
        0 where there are no reports.
    table : str
    """

    area: str
    year: int
    table: Monthly

    @property
    def area_name(self) -> str:
        """Name of the area."""
        return cached.register().name(self.area)

    @property
    def table_name(self) -> str:
        """Name of the table."""
        return t(f"table.{self.table}")

    @property
    def span(self) -> str:
        """The months looked at that are due."""
        months = _due_months(self)
        if not months:
            return str(self.year)
        return f"{period(months[0], short=True)}–{period(months[-1], short=True)}"


def has_reports() -> bool:
    """Whether a month that anybody reported is due in this workspace."""
    periods, due = monthly_reports.months()
    return bool(periods) and due >= periods[0]


def choose() -> tuple[View, str]:
    """Show the filters of the page and give what was chosen, and the part of the page."""
    with_reports = has_reports()
    part = filters.part("data_debt", PARTS if with_reports else _WITHOUT_REPORTS)
    with filters.bar():
        area = filters.region()
        if not with_reports:
            return View(area, 0, "visits"), part
        periods, due = monthly_reports.months()
        year = filters.year(range(int(periods[0][:4]), int(due[:4]) + 1))
        table = url.choose(
            "tabel",
            tuple(_TABLES),
            label=t("completeness.table_label"),
            default="kunjungan",
            show=lambda code: t(f"table.{_TABLES[code]}"),
            widget="segments",
        )
    return View(area, year, _TABLES[table]), part


def show_headline(view: View) -> None:
    """Show how many reports are missing, of how many libraries, and what would be gained."""
    debts = _debts(view)
    owing = debts[debts["missing"] > 0]
    total = domain.standings(_rows(view), table=view.table, areas=[view.area], rules=cached.reporting_rules())
    expected = total[0].expected if total else 0
    short = [one for one in _standings(view) if one.needed]
    show_cards(
        (
            Card(
                t("data_debt.card_missing"),
                number(int(owing["missing"].sum())) if expected else "–",
                "",
                view.span,
                context=(
                    t("data_debt.of_expected", expected=number(expected)),
                    t("data_debt.late_count", count=number(int(debts["late"].sum()))),
                ),
            ),
            Card(
                t("data_debt.card_libraries"),
                number(len(owing)),
                "",
                view.span,
                context=_half_words(owing),
            ),
            _absent_card(view, owing),
            Card(
                t("data_debt.card_provisional"),
                number(len(short)),
                "",
                t("data_debt.of_areas", count=number(len(_standings(view)))),
                context=(t("data_debt.provisional_note", limit=percent(_limit())),),
            ),
        ),
        key="utang.kartu",
        min_width=190,
    )
    st.caption(t(f"data_debt.feeds.{view.table}"))


def _half_words(owing: pd.DataFrame) -> tuple[str, ...]:
    half = domain.half_of_absent(owing)
    return () if half is None else (t("data_debt.half", count=number(half)),)


def _absent_card(view: View, owing: pd.DataFrame) -> Card:
    found = domain.absent_share(owing)
    label = t("data_debt.card_absent")
    of = t("data_debt.absent_of", table=view.table_name.lower())
    if found is None:
        return Card(label, "–", "", of if view.table in domain.ADDITIVE else t("data_debt.absent_none"))
    low, middle, high = found
    context = [t("data_debt.absent_note")]
    if low < high:
        context.insert(0, t("data_debt.absent_range", low=percent(low), high=percent(high)))
    return Card(label, percent(middle), "", of, context=tuple(context))


def find(view: View) -> Findings:
    """Find which report matters most, what it would lift, and what is not known."""
    debts = _debts(view)
    owing = debts[debts["missing"] > 0]
    total = domain.standings(_rows(view), table=view.table, areas=[view.area], rules=cached.reporting_rules())
    if owing.empty or not total:
        return gather()
    table = Label(f"table.{view.table}")
    whole = total[0]
    parts: dict[str, Parameter] = {
        "received": Number(whole.received),
        "expected": Number(whole.expected),
        "share": Part(whole.received / whole.expected),
        "table": table,
        "area": Places((view.area,)),
    }
    stands = Finding(
        "finding.debt_provisional"
        if is_provisional(whole.received, whole.expected, rules=cached.reporting_rules())
        else "finding.debt_standing",
        parts,
    )
    names = filters.library_names()
    first = owing.iloc[0]
    gap: list[Finding | None] = []
    if first["lifts"]:
        lifted: dict[str, Parameter] = {
            "library": Plain(names[first["library_id"]]),
            "areas": Places(first["lifts"]),
            "table": table,
        }
        gap.append(Finding("finding.debt_lifts", lifted, "good"))
    largest = owing.sort_values("share", ascending=False, kind="stable").iloc[0]
    if largest["share"] > 0:
        gap.append(
            Finding(
                "finding.debt_largest",
                {
                    "library": Plain(names[largest["library_id"]]),
                    "months": Number(int(largest["missing"])),
                    "share": Part(float(largest["share"])),
                    "table": table,
                    "area": Places((view.area,)),
                },
            )
        )
    half = domain.half_of_absent(owing)
    if half is not None and half < len(owing):
        counts: dict[str, Parameter] = {
            "half": Number(half),
            "libraries": Number(len(owing)),
            "table": table,
        }
        gap.append(Finding("finding.debt_half", counts))
    silent = int((~owing["is_known"]).sum()) if view.table in domain.ADDITIVE else 0
    unknown = Finding("finding.debt_unknown", {"count": Number(silent), "table": table}, "unknown")
    return gather(moved=(stands,), gap=gap, unknown=(unknown,) if silent else ())


def find_gaps(view: View) -> Findings:
    """Find what the list of libraries lacks, where there are no reports to look at."""
    libraries = within(cached.frame("libraries"), view.area)
    rules = cached.reporting_rules()
    partners = libraries[libraries["programme"].isin(rules.programmes)]
    undated: dict[str, Parameter] = {
        "count": Number(int(partners["year_joined"].isna().sum())),
        "total": Number(len(partners)),
    }
    gaps = _gaps(view)
    untested: dict[str, Parameter] = {
        "count": Number(int((gaps["snp"].map(len) > 0).sum())),
        "total": Number(len(partners)),
    }
    return gather(
        moved=[Finding("finding.debt_no_snp", untested)] if len(gaps) else [],
        gap=[Finding("finding.debt_no_year", undated)] if partners["year_joined"].isna().any() else [],
        unknown=[Finding("finding.debt_no_reports", {"area": Places((view.area,))}, "unknown")],
    )


def debts_chart(view: View) -> Chart | None:
    """Make the bars of what each library's missing reports take away."""
    return charts.debts_chart(
        _debts(view),
        name="utang-urutan",
        labels=filters.library_names(),
        areas=_area_names(),
        table=view.table_name,
        area=view.area_name,
        span=view.span,
    )


def standings_chart(view: View) -> Chart | None:
    """Make the bars of reports received by area, with what lifts those below the limit."""
    return charts.standings_chart(
        _standings(view),
        name="utang-wilayah",
        areas=_area_names(),
        labels=filters.library_names(),
        table=view.table_name,
        span=view.span,
        limit=_limit(),
    )


def nothing(view: View) -> str:
    """Say why there is no debt, and where to look next."""
    return t("data_debt.nothing", table=view.table_name.lower(), year=view.year)


def show_debts(view: View) -> None:
    """List every library that misses a report or sent one late, in the order of the effect."""
    debts = _debts(view)
    if debts.empty:
        return
    title = t("data_debt.list_title", table=view.table_name.lower())
    st.markdown(f"#### {title}")
    st.caption(t("data_debt.list_caption"))
    show_listing(
        charts.debts_table(debts, labels=filters.library_names(), areas=_area_names()),
        name="utang-daftar",
        title=title,
        subtitle=f"{view.area_name} · {view.span}",
        alt=t("data_debt.list_alt", count=number(len(debts))),
        notes=(t("data_debt.order_note"), t("data_debt.usual_rule")),
        libraries=debts["library_id"].tolist(),
    )


def show_messages(view: View) -> None:
    """Show the message to a chosen library, to be copied, and the file for a mail merge of all."""
    requests = _requests(view)
    if not requests:
        inform(t("data_debt.no_requests"), icon=":material/check_circle:")
        return
    ids = list(requests)
    today = monthly_reports.today()
    sender = Sender(
        province=cached.register().province.name,
        today=today,
        deadline=today + dt.timedelta(days=cached.reporting_rules().reply_days),
        mark=_mark(),
    )
    st.caption(t("data_debt.messages_caption", count=number(len(ids))))
    with filters.bar():
        chosen = url.choose(
            "untuk",
            tuple(ids),
            label=t("data_debt.message_to"),
            default=ids[0],
            show=lambda one: f"{requests[one].library} ({requests[one].area})",
        )
        st.download_button(
            t("data_debt.merge"),
            data=partial(copy_context().run, _merge, tuple(requests.values()), sender),
            file_name=f"utang-data-{view.year or today.year}.csv",
            mime="text/csv",
            key="utang-pesan.csv",
            icon=":material/download:",
            help=t("data_debt.merge_help"),
            on_click="ignore",
        )
    message = messages.write(requests[chosen], sender)
    st.code(message, language=None, wrap_lines=True)
    shown.words(*map(markdown, message.splitlines()), title=markdown(requests[chosen].library))
    st.caption(t("data_debt.copy_caption"))


def _merge(requests: tuple[Request, ...], sender: Sender) -> bytes:
    return messages.merge_bytes(requests, sender, tables=MONTHLY)


def show_gaps(view: View) -> None:
    """List partner libraries of which something is not recorded that a shown figure needs."""
    gaps = _gaps(view)
    st.markdown(f"#### {t('data_debt.gaps_title', count=number(len(gaps)))}")
    if gaps.empty:
        inform(t("data_debt.gaps_none"), icon=":material/check_circle:")
        return
    st.caption(t("data_debt.gaps_caption"))
    names, homes = filters.library_names(), _homes()
    yes, no = t("data_debt.recorded"), t("data_debt.empty")
    rules = cached.snp_rules()
    labels = {test.id: t(test.label_key) for test in rules.tests}
    areas = _area_names()
    table = pd.DataFrame(
        {
            t("data_debt.column_library"): [names[one] for one in gaps["library_id"]],
            t("data_debt.column_area"): [areas[homes[one]] for one in gaps["library_id"]],
            **{t(key): [yes if has else no for has in gaps[column]] for column, key in _ATTRIBUTES.items()},
            t("data_debt.column_snp"): [len(missing) for missing in gaps["snp"]],
            t("data_debt.column_snp_which"): [
                ", ".join(labels[one] for one in missing) for missing in gaps["snp"]
            ],
        }
    )
    title = t("data_debt.gaps_title", count=number(len(gaps)))
    show_listing(
        table,
        name="utang-identitas",
        title=title,
        subtitle=view.area_name,
        alt=title,
        notes=(t("data_debt.gaps_rule"),),
        libraries=gaps["library_id"].tolist(),
    )
    st.caption(f":material/info: {t('data_debt.gaps_rule')}")
    shown.words(t("data_debt.gaps_rule"))


def say_none() -> None:
    """Say that there are no reports, so that their debt is not known, and what to do."""
    inform(f"**{t('completeness.none')}** {t('data_debt.none')}", icon=":material/info:")
    if not cached.is_public():
        st.page_link(_UPLOAD_PAGE, label=t("completeness.to_upload"), icon=":material/upload_file:")


def _mark() -> str:
    return t("shell.practice_mark") if url.workspace() == PRACTICE else ""


def _limit() -> float:
    return cached.reporting_rules().provisional_below


def _area_names() -> dict[str, str]:
    province = cached.register().province
    return {province.code: province.name, **filters.regency_names()}


def _homes() -> dict[str, str]:
    """Give the regency of each library, or the province where that is all that is known."""
    libraries = cached.frame("libraries")
    codes = libraries["area_code"].str[: CODE_LENGTH["regency"]]
    return dict(zip(libraries["library_id"], codes, strict=True))


def _due_months(view: View) -> list[str]:
    periods, due = monthly_reports.months()
    return [p for p in periods if p.startswith(str(view.year)) and p <= due]


def _rows(view: View) -> pd.DataFrame:
    """Months of the year that are due, of the whole province."""
    rows = monthly_reports.calendar()
    return rows[rows["period"].isin(_due_months(view))]


def _debts(view: View) -> pd.DataFrame:
    return cached.made("utang-daftar", lambda: _found(view, view.table), view)


def _found(view: View, table: Monthly) -> pd.DataFrame:
    rules = cached.reporting_rules()
    return domain.debts(_rows(view), cached.frame(table), table=table, area=view.area, rules=rules)


def _standings(view: View) -> tuple[domain.Standing, ...]:
    province = cached.register().province.code
    codes = [*filters.regency_names(), province] if view.area == province else [view.area]
    return cached.made(
        "utang-wilayah",
        lambda: domain.standings(_rows(view), table=view.table, areas=codes, rules=cached.reporting_rules()),
        view,
    )


def _gaps(view: View) -> pd.DataFrame:
    libraries = within(cached.frame("libraries"), view.area)
    return domain.gaps(libraries, rules=cached.snp_rules(), reporting=cached.reporting_rules())


def _requests(view: View) -> dict[str, Request]:
    """Give what each library of the area is asked for; first in the order of the chosen table's effect."""
    return cached.made("utang-permintaan", lambda: _asked(view), view)


def _asked(view: View) -> dict[str, Request]:
    found = {table: _found(view, table) for table in MONTHLY} if view.year else {}
    gaps = _gaps(view).set_index("library_id")
    months: dict[str, dict[str, tuple[str, ...]]] = {}
    late: dict[str, int] = {}
    for table, debts in found.items():
        for library, blank, count in zip(debts["library_id"], debts["months"], debts["late"], strict=True):
            late[library] = late.get(library, 0) + int(count)
            if blank:
                months.setdefault(library, {})[table] = blank
    order = list(found[view.table]["library_id"]) if found else []
    ids = dict.fromkeys([*(one for one in order if one in months), *months, *gaps.index])
    labels = {test.id: test.label_key for test in cached.snp_rules().tests}
    names, areas = filters.library_names(), _area_names()
    homes = _homes()
    out = {}
    for library in ids:
        attributes: list[str] = []
        if library in gaps.index:
            row = gaps.loc[library]
            attributes = [key for column, key in _ATTRIBUTES.items() if not row[column]]
            attributes += [labels[test] for test in row["snp"]]
        out[library] = Request(
            library=names[library],
            area=areas[homes[library]],
            months=months.get(library, {}),
            late=late.get(library, 0),
            attributes=tuple(attributes),
        )
    return out
