"""The annex of a proposal: the list of priorities with everything its scores are made of, as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from literasi.charts.priority import component_words, fact_words, reason_words, state_words
from literasi.domain.priority import DECIMALS, PriorityRules, Weights, weighted
from literasi.export.workbook import Sheet, Value, figure, percentage, source_sheet, workbook_bytes
from literasi.text import t


def book(
    ranked: pd.DataFrame,
    parts: pd.DataFrame,
    *,
    weights: Weights,
    rules: PriorityRules,
    names: Mapping[str, str],
    regencies: Mapping[str, str],
    reasons: Mapping[str, Sequence[str]],
    top: int,
    title: str,
    about: Sequence[tuple[str, str]],
    sources: Iterable[Mapping[str, Any]],
    mark: str = "",
) -> bytes:
    """Write a ranking as a workbook: list, parts of every score, weights, method, sources.

    Parameters
    ----------
    ranked : DataFrame
        As from `literasi.domain.priority.ranking`; all of its rows are written.
    parts : DataFrame
        Columns `literasi.domain.priority.PARTS`, of the same areas.
    weights, rules
        What the scores were made with.
    names, regencies : mapping
        Area code to its name; code of a regency to its name.
    reasons : mapping
        As from `literasi.domain.priority.main_reasons`.
    top : int
        Size of the top that the share of draws is about.
    title : str
        Stands above every sheet.
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
    order = {str(code): place for place, code in enumerate(ranked["area_code"])}
    every = weighted(parts, weights=weights)
    every = every.assign(order=every["area_code"].map(order)).sort_values("order", kind="stable")
    return workbook_bytes(
        [
            Sheet(
                t("priority.book.list"),
                _list_headings(top),
                _list(ranked, names, regencies, reasons),
                above,
            ),
            Sheet(t("priority.book.parts"), _part_headings(), _parts(every, names, rules), above),
            Sheet(
                t("priority.book.weights"),
                _weight_headings(),
                _weights(weights, rules),
                above,
            ),
            Sheet(
                t("priority.book.method"),
                [t("priority.book.about_field"), t("priority.book.about_value")],
                [list(pair) for pair in about],
                above,
            ),
            source_sheet(sources),
        ],
        title=title,
    )


def _list_headings(top: int) -> list[str]:
    names = ("order", "code", "area", "regency", "score", "low", "high", "best", "worst")
    return [
        *(t(f"priority.column.{name}") for name in names),
        t("priority.column.stays", top=top),
        t("priority.column.reasons"),
    ]


def _list(
    ranked: pd.DataFrame,
    names: Mapping[str, str],
    regencies: Mapping[str, str],
    reasons: Mapping[str, Sequence[str]],
) -> list[list[Value]]:
    return [
        [
            place,
            str(row["area_code"]),
            names[str(row["area_code"])],
            regencies.get(str(row["area_code"])[:5], ""),
            figure(float(row["score"]), DECIMALS),
            figure(float(row["low"]), DECIMALS),
            figure(float(row["high"]), DECIMALS),
            int(row["best"]),
            int(row["worst"]),
            percentage(float(row["stays"]), 0),
            reason_words(reasons.get(str(row["area_code"]), ())),
        ]
        for place, row in enumerate(ranked.to_dict("records"), start=1)
    ]


def _part_headings() -> list[str]:
    names = (
        "code",
        "area",
        "component",
        "state",
        "raw_low",
        "raw_high",
        "unit",
        "gap_low",
        "gap_high",
        "weight",
        "points_low",
        "points_high",
        "fact",
        "source",
    )
    return [t(f"priority.column.{name}") for name in names]


def _parts(every: pd.DataFrame, names: Mapping[str, str], rules: PriorityRules) -> list[list[Value]]:
    units = {component.id: component.unit for component in rules.components}
    return [
        [
            str(row["area_code"]),
            names[str(row["area_code"])],
            component_words(row["component"]),
            state_words(row["state"]),
            _raw(row["raw_low"], units[row["component"]]),
            _raw(row["raw_high"], units[row["component"]]),
            t(f"priority.unit.{units[row['component']]}"),
            figure(float(row["low"]), 2),
            figure(float(row["high"]), 2),
            int(row["weight"]),
            figure(float(row["points_low"]), 2),
            figure(float(row["points_high"]), 2),
            fact_words(row, rules.component(row["component"])),
            str(row["source_id"]),
        ]
        for row in every.to_dict("records")
    ]


def _raw(value: float, unit: str) -> Value:
    amount = None if pd.isna(value) else float(value)
    return (
        percentage(amount, 0) if unit == "share" else figure(amount, 1 if unit == "square_kilometres" else 0)
    )


def _weight_headings() -> list[str]:
    names = ("component", "weight", "default", "share", "zero_at", "full_at", "unit", "source")
    return [t(f"priority.column.{name}") for name in names]


def _weights(weights: Weights, rules: PriorityRules) -> list[list[Value]]:
    total = sum(weights.values())
    return [
        [
            component_words(component.id),
            weights[component.id],
            component.weight,
            percentage(weights[component.id] / total),
            component.zero_at,
            component.full_at,
            t(f"priority.unit.{component.unit}"),
            component.source,
        ]
        for component in rules.components
    ]
