"""The list of libraries: search, filters, table with download, and how many there are where and when."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from literasi.charts import libraries as library_charts
from literasi.domain import library_profile as profiles
from literasi.domain import programme_findings, snp
from literasi.domain.findings import Finding, Findings, gather
from literasi.domain.levels import Level
from literasi.export.page import Table
from literasi.export.table import csv_bytes
from literasi.figures import Chart, base_figure
from literasi.text import language, number, period, t
from literasi.ui import cached, filters, shown, url
from literasi.ui.charts import with_origin
from literasi.ui.notices import inform
from literasi.ui.tables import styled
from literasi.workspaces import PRACTICE

_CHOSEN = "pustaka"
_PROGRAMMES: dict[str, tuple[str, ...]] = {
    "tpbis": profiles.PARTNERS,
    "nasional": ("national",),
    "replikasi": ("replication",),
    "tidak-disebutkan": ("not_stated",),
    "bukan-tpbis": (profiles.OUTSIDE,),
    "semua": profiles.PROGRAMMES,
}
_DEFAULT = "tpbis"
_TABLE = "perpustakaan.daftar"


@dataclass(frozen=True, slots=True)
class View:
    """What the user chose to see; `first` and `last` are None where the span of years is not narrowed."""

    text: str
    area: str
    programme: str
    kind: str | None
    first: int | None
    last: int | None
    is_undated_wanted: bool

    @property
    def is_complete(self) -> bool:
        """Whether only area and programme narrow the list."""
        return (
            not self.text
            and not self.kind
            and self.first is None
            and self.last is None
            and self.is_undated_wanted
        )


def chosen() -> str:
    """Give the library of the address (``pustaka``), or an empty text for the list."""
    ids = cached.frame("libraries")["library_id"]
    return url.resolve(_CHOSEN, ("", *ids), "")


def choose_profile(libraries: pd.DataFrame, *, label: str) -> None:
    """Let the user open the profile of one of the libraries."""
    names = cached.made("perpustakaan-nama", lambda: labels(libraries), *libraries["library_id"])
    url.choose(
        _CHOSEN,
        ("", *names),
        label=label,
        default="",
        show=lambda code: names.get(code, t("libraries.open_hint")),
        help=t("libraries.open_help"),
    )


def labels(libraries: pd.DataFrame) -> dict[str, str]:
    """Give name and place of libraries by id, in order of name."""
    places = _places()
    rows = libraries.sort_values(["name", "library_id"])
    return {
        library: f"{name} · {places[code]}"
        for library, name, code in zip(rows["library_id"], rows["name"], rows["area_code"], strict=True)
    }


def choose() -> View:
    """Show the filters of the list and give what was chosen."""
    with filters.bar():
        text = url.search("cari", label=t("libraries.search"), placeholder=t("libraries.search_hint"))
        area = filters.region()
        programme = url.choose(
            "program",
            tuple(_PROGRAMMES),
            label=t("libraries.programme"),
            default=_DEFAULT,
            show=lambda code: t(f"libraries.programme_{code}"),
        )
        kind = filters.library_kind()
        first, last, is_undated_wanted = _years_joined()
    return View(text, area, programme, kind, first, last, is_undated_wanted)


def _years_joined() -> tuple[int | None, int | None, bool]:
    known = cached.frame("libraries")["year_joined"].dropna()
    if known.empty:
        return None, None, True
    span = tuple(str(year) for year in range(int(known.min()), int(known.max()) + 1))
    begin = url.resolve("bergabung_dari", span, span[0])
    end = url.resolve("bergabung_sampai", span, span[-1])
    is_undated_wanted = url.resolve("tanpa_tahun", ("ya", "tidak"), "ya") == "ya"
    key = "libraries.years_with_unknown" if is_undated_wanted else "libraries.years"
    with st.popover(t(key, first=begin, last=max(begin, end)), icon=":material/event:", key="gabung"):
        begin = url.choose("bergabung_dari", span, label=t("libraries.first_year"), default=span[0])
        rest = tuple(year for year in span if year >= begin)
        end = url.choose("bergabung_sampai", rest, label=t("libraries.last_year"), default=span[-1])
        is_undated_wanted = url.toggle("tanpa_tahun", label=t("libraries.with_unknown"), default=True)
    return (
        None if begin == span[0] else int(begin),
        None if end == span[-1] else int(end),
        is_undated_wanted,
    )


def found(view: View) -> pd.DataFrame:
    """Give the libraries that fit what was chosen, in order of area and name."""
    return cached.made("perpustakaan-pilihan", lambda: _find(view), view)


def _find(view: View) -> pd.DataFrame:
    rows = profiles.wanted(
        cached.frame("libraries"),
        area=view.area,
        text=view.text,
        places=_places(),
        programmes=_PROGRAMMES[view.programme],
        kind=view.kind,
        first=view.first,
        last=view.last,
        is_undated_wanted=view.is_undated_wanted,
    )
    return rows.sort_values(["area_code", "name"])


def show_count(view: View) -> None:
    """Say how many libraries fit, out of how many."""
    rows = found(view)
    partners = rows[rows["programme"] != profiles.OUTSIDE]
    st.markdown(
        "**"
        + t(
            "libraries.count_partners" if len(partners) else "libraries.count",
            count=number(len(rows)),
            total=number(len(cached.frame("libraries"))),
            partners=number(len(partners)),
            undated=number(int(partners["year_joined"].isna().sum())),
        )
        + "**"
    )


def find(view: View) -> Findings:
    """Find how the libraries chosen came to be, where there are none, and what of them is not known."""
    rows = found(view)
    partners = rows[rows["programme"] != profiles.OUTSIDE]
    by_year, undated = profiles.by_year(partners)
    counted = cached.catalogue()["tpbis_libraries"]
    tests = snp.summary(rows, rules=cached.snp_rules())
    return gather(
        moved=(programme_findings.joined(by_year, is_complete=counted.incomplete is None),),
        gap=(_absent(view, partners), programme_findings.least_met(tests, rules=cached.snp_rules())),
        unknown=(
            programme_findings.undated(undated, len(partners)),
            programme_findings.untested(tests),
        ),
    )


def _absent(view: View, partners: pd.DataFrame) -> Finding | None:
    """Regencies without a partner library; not said where another filter may be why there is none."""
    register = cached.register()
    if not view.is_complete or view.programme != _DEFAULT or view.area != register.province.code:
        return None
    return programme_findings.absent(
        profiles.by_area(partners, level="regency"), areas=[area.code for area in register.regencies()]
    )


def show_list(view: View) -> None:
    """Show the libraries as a table whose rows open the profile, with the download."""
    rows = found(view)
    if rows.empty:
        inform(t("libraries.empty"), icon=":material/search_off:")
        return
    ids = rows["library_id"].tolist()
    table = cached.made("perpustakaan-daftar", lambda: _table(rows), view, language())

    def opened() -> None:
        picked = st.session_state[_TABLE].selection.rows
        if picked:
            url.write(_CHOSEN, ids[picked[0]], "")

    shown.part(Table(t("libraries.table_alt", count=number(len(rows))).rstrip("."), table))
    st.dataframe(
        styled(table),
        key=_TABLE,
        hide_index=True,
        width="stretch",
        on_select=opened,
        selection_mode="single-row",
        alt=t("libraries.table_alt", count=number(len(rows))),
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        choose_profile(rows, label=t("libraries.open"))
        _download(view, rows, table)


def _download(view: View, rows: pd.DataFrame, table: pd.DataFrame) -> None:
    """Offer the table as shown, with codes, coordinates and notes for further work."""
    known = cached.sources()
    listing = Chart(
        name=t("libraries.file"),
        figure=base_figure(),
        title=t("libraries.count", count=number(len(rows)), total=number(len(cached.frame("libraries")))),
        subtitle=" · ".join(part for part in (cached.register().name(view.area), _words(view)) if part),
        alt="",
        table=pd.concat([table, _codes(rows)], axis=1),
    )
    cited = [known[source] for source in _sources(rows) if source in known]
    mark = t("shell.practice_mark") if url.workspace() == PRACTICE else ""
    st.download_button(
        t("libraries.download"),
        # Made in another thread, which must know the user's language.
        data=partial(copy_context().run, csv_bytes, with_origin(listing), sources=cited, mark=mark),
        file_name=f"{listing.name}.csv",
        mime="text/csv",
        key="perpustakaan.csv",
        icon=":material/download:",
        on_click="ignore",
    )


def areas_chart(view: View) -> Chart | None:
    """Make the bars by regency, or by district where a regency is chosen."""
    register = cached.register()
    rows = found(view)
    is_province = view.area == register.province.code
    level: Level = "regency" if is_province else "district"
    counts = profiles.by_area(rows, level=level)
    present = set(counts["area_code"])
    areas = register.regencies() if is_province else register.children(view.area, "district")
    return library_charts.areas_chart(
        counts,
        names={area.code: area.name for area in areas if is_province or area.code in present},
        unknown=t(f"libraries.unplaced_{level}"),
        area=register.name(view.area),
        filtered=_words(view),
        is_complete=view.is_complete and is_province,
        sources=_sources(rows),
    )


def years_chart(view: View) -> Chart | None:
    """Make the bars by year of joining."""
    rows = found(view)
    partners = rows[rows["programme"] != profiles.OUTSIDE]
    return library_charts.years_chart(
        *profiles.by_year(partners),
        area=cached.register().name(view.area),
        filtered=_words(view),
        sources=_sources(partners),
    )


def standard_chart(view: View) -> Chart | None:
    """Make the overview of what of the standard is met."""
    rules = cached.snp_rules()
    return library_charts.standard_chart(
        snp.summary(found(view), rules=rules),
        rules=rules,
        area=cached.register().name(view.area),
        filtered=_words(view),
    )


def no_standard(view: View) -> str:
    """Say that no threshold can be tested, and what to do."""
    rows = found(view)
    assessed = rows["kind"].isin(cached.snp_rules().kinds)
    return t("libraries.empty_standard", count=number(int(assessed.sum())))


def standard_words(library: Mapping[str, Any] | pd.Series[Any]) -> str:
    """Write met ÷ tested thresholds of a library; an en dash where the standard is not for it."""
    results = snp.assess(library, rules=cached.snp_rules())
    if not results:
        return "–"
    share = snp.met(results)
    if not share.denominator:
        return t("profile.state_no_data")
    return t("libraries.met_of_tested", met=number(share.numerator), tested=number(share.denominator))


def _words(view: View) -> str:
    programme = t(f"libraries.programme_{view.programme}") if view.programme != "semua" else ""
    span = ""
    if view.first is not None or view.last is not None:
        known = cached.frame("libraries")["year_joined"].dropna()
        first, last = view.first or int(known.min()), view.last or int(known.max())
        span = t("libraries.years", first=first, last=last)
    sought = f"“{view.text}”" if view.text else ""
    dated = "" if view.is_undated_wanted else t("libraries.dated_only")
    return ", ".join(part for part in (programme, filters.kind_words(view.kind), span, dated, sought) if part)


def _sources(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rows["source_id"].dropna()))


def _places() -> dict[str, str]:
    """Give the place of each area that holds a library: its name, then those it lies in."""
    register = cached.register()
    codes = cached.frame("libraries")["area_code"].unique()
    return {code: place(code) for code in codes if code in register}


def place(code: str) -> str:
    """Write an area with those it lies in, up to the regency."""
    register = cached.register()
    chain = (register.get(code), *register.ancestors(code))
    below = [area.name for area in chain if area.level in ("village", "district", "regency")]
    return ", ".join(below) or register.name(code)


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    register = cached.register()
    precisions = profiles.precisions(rows, register=register)
    reports = [cached.frame(name) for name in ("visits", "circulation", "services", "activities")]
    last = cached.made("perpustakaan-laporan-terakhir", lambda: profiles.last_reports(*reports))
    levels: tuple[Level, ...] = ("regency", "district", "village")
    by_level = {level: [_name_at(code, level) for code in rows["area_code"]] for level in levels}
    return pd.DataFrame(
        {
            t("column.name"): rows["name"].tolist(),
            **{t(f"libraries.column_{level}"): names for level, names in by_level.items()},
            t("column.programme"): [t(f"programme.{programme}") for programme in rows["programme"]],
            t("column.year_joined"): [
                _year_words(year, programme)
                for year, programme in zip(rows["year_joined"], rows["programme"], strict=True)
            ],
            t("libraries.column_standard"): [standard_words(row) for _, row in rows.iterrows()],
            t("libraries.column_last"): [
                period(f"{last[library]:%Y-%m}", short=True) if library in last else t("libraries.no_report")
                for library in rows["library_id"]
            ],
            t("libraries.column_place"): [t(f"libraries.precision_{p}") for p in precisions],
            t("column.kind"): [t(f"library_kind.{kind}") for kind in rows["kind"]],
        }
    )


def _codes(rows: pd.DataFrame) -> pd.DataFrame:
    columns = ("library_id", "area_code", "latitude", "longitude", "source_id", "note")
    return pd.DataFrame({t(f"column.{name}"): rows[name].tolist() for name in columns})


def _name_at(code: str, level: Level) -> str:
    register = cached.register()
    chain = (register.get(code), *register.ancestors(code))
    return next((area.name for area in chain if area.level == level), "–")


def _year_words(year: Any, programme: str) -> str:
    if not pd.isna(year):
        return str(int(year))
    return "–" if programme == profiles.OUTSIDE else t("libraries.year_unknown")
