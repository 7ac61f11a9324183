"""Rows of the accountability report (LKjIP, LPPD) as they are read on the screen and in a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from literasi.charts.targets import status_words
from literasi.domain.statutory import Row
from literasi.export.workbook import Sheet, Value, figure, percentage, source_sheet, workbook_bytes
from literasi.text import number, percent, t


def written(row: Row) -> dict[str, str]:
    """Give one row by its headings, written in the user's language; what is missing is an en dash."""
    names = _headings(row.year)
    end = "–" if row.end_target is None else f"{number(row.end_target, row.decimals)} ({row.end_year})"
    return {
        names["indicator"]: t(f"indicator_short.{row.indicator.id}"),
        names["unit"]: t(f"unit.{row.unit}"),
        names["target"]: number(row.target, row.decimals),
        names["value"]: number(row.value, row.decimals),
        names["ratio"]: percent(row.ratio, 1),
        names["status"]: status_words(row.progress),
        names["previous"]: number(row.previous, row.decimals),
        names["end"]: end,
        names["nation"]: number(row.nation, row.decimals),
        names["note"]: _remark(row),
        names["edition"]: row.edition.label,
        names["document"]: row.document or "–",
        names["sources"]: ", ".join(row.sources) or "–",
    }


def book(
    rows: Sequence[Row],
    *,
    title: str,
    year: int,
    said: Sequence[str],
    about: Sequence[tuple[str, str]],
    sources: Iterable[Mapping[str, Any]],
    mark: str = "",
) -> bytes:
    """Write the rows as a workbook: table, narrative, how to read it, sources.

    Parameters
    ----------
    rows : sequence of Row
    title : str
        Stands above the table.
    year : int
        The year reported.
    said : sequence of str
        The narrative, one paragraph each.
    about : sequence of (str, str)
        What a reader must know to check the numbers, by name.
    sources : iterable of mapping
        Rows of the table ``sources`` that are cited.
    mark : str
        Text that marks synthetic data; empty for real data.

    Returns
    -------
    bytes
        XLSX.
    """
    above = [title, mark] if mark else [title]
    sheets = [
        Sheet(
            t("targets.table.sheet_table", year=year),
            _columns(year),
            [_cells(row) for row in rows],
            above,
        ),
        Sheet(
            t("targets.table.sheet_narrative"),
            [t("targets.table.narrative")],
            [[line] for line in said],
            above,
        ),
        Sheet(
            t("targets.table.sheet_about"),
            [t("targets.table.about_field"), t("targets.table.about_value")],
            [list(pair) for pair in about],
            above,
        ),
        source_sheet(sources),
    ]
    return workbook_bytes(sheets, title=title)


def _headings(year: int) -> dict[str, str]:
    same = ("indicator", "edition", "unit", "ratio", "end", "status", "document", "note", "sources")
    return {name: t(f"targets.table.{name}") for name in same} | {
        "target": t("targets.table.target", year=year),
        "value": t("targets.table.value", year=year),
        "previous": t("targets.table.previous", year=year - 1),
        "nation": t("targets.table.nation", year=year),
    }


def _columns(year: int) -> list[str]:
    names = _headings(year)
    return [
        *(names[name] for name in ("indicator", "edition", "unit", "target", "value", "ratio", "previous")),
        t("targets.table.end_year"),
        t("targets.table.end_target"),
        names["nation"],
        t("targets.table.gap"),
        *(names[name] for name in ("status", "note", "document", "sources")),
    ]


def _cells(row: Row) -> list[Value]:
    """One row with real numbers."""

    def value(amount: float | None) -> Value:
        return figure(amount, row.decimals)

    return [
        t(f"indicator.{row.indicator.id}"),
        row.edition.label,
        t(f"unit.{row.unit}"),
        value(row.target),
        value(row.value),
        percentage(row.ratio),
        value(row.previous),
        row.end_year,
        value(row.end_target),
        value(row.nation),
        value(row.progress.gap if row.target is not None else None),
        status_words(row.progress),
        _remark(row),
        row.document,
        ", ".join(row.sources),
    ]


def _remark(row: Row) -> str:
    marks = (
        (row.is_unfinished, "unfinished"),
        (row.is_provisional, "provisional"),
        (row.is_small, "small"),
        (bool(row.indicator.incomplete) and row.value is not None, "at_least"),
    )
    return ", ".join(t(f"targets.table.{word}") for is_so, word in marks if is_so)
