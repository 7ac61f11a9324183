"""Advices about values, kept in the table `advices` until somebody writes why the value is right."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import pandas as pd

from literasi import contracts
from literasi.contracts import TABLES
from literasi.intake.checks import KEPT_RULES
from literasi.intake.findings import Finding

KEY = list(TABLES["advices"].key)


def open_findings(findings: Sequence[Finding], current: pd.DataFrame) -> list[Finding]:
    """Leave out advices about a value for which a reason was given before.

    Parameters
    ----------
    findings : sequence of Finding
    current : DataFrame
        Current rows of `advices`.
    """
    cleared = current[current["reason"].notna()]
    known = {
        (*key, value)
        for *key, value in cleared[[*KEY, "value"]].fillna("").itertuples(index=False, name=None)
    }
    return [
        finding
        for finding in findings
        if not finding.advice or (*finding.advice.split("\x1f"), finding.value) not in known
    ]


def rows(
    findings: Sequence[Finding],
    reasons: Mapping[str, str],
    current: pd.DataFrame,
    area_of: Callable[[str, str], str | None],
) -> pd.DataFrame:
    """Give the rows of `advices` for the advices of a file.

    Parameters
    ----------
    findings : sequence of Finding
        All that were found, those cleared before among them.
    reasons : mapping of str to str
        `Answers.reasons`.
    current : DataFrame
        Current rows of `advices`: a reason given before stays while the value does.
    area_of : callable
        Area of a row, by table and row key.
    """
    before = {
        tuple(key): (value, reason)
        for *key, value, reason in current[[*KEY, "value", "reason"]].itertuples(index=False, name=None)
    }
    made = []
    for finding in findings:
        if not finding.advice:
            continue
        key = tuple(finding.advice.split("\x1f"))
        value, reason = before.get(key, (None, None))
        given = reasons.get(finding.advice, "").strip()
        kept = reason if value == finding.value and not pd.isna(reason) else None
        made.append(
            {
                **dict(zip(KEY, key, strict=True)),
                "value": finding.value,
                "area_code": area_of(key[0], key[1]),
                "reason": given or kept,
            }
        )
    frame = pd.DataFrame(made, columns=list(TABLES["advices"].names)).drop_duplicates(KEY, keep="last")
    return contracts.coerce("advices", frame)


def gone(current: pd.DataFrame, made: pd.DataFrame, touched: Mapping[str, Collection[str]]) -> pd.DataFrame:
    """Give the keys of advices about touched rows that are not raised any more.

    Parameters
    ----------
    current, made : DataFrame
        Rows of `advices`: current ones, and those of this file.
    touched : mapping of str to collection of str
        Table to the row keys that the file brings or removes.
    """
    keys = [set(touched.get(table, ())) for table in TABLES]
    by_table = dict(zip(TABLES, keys, strict=True))
    is_touched = [
        rule in KEPT_RULES and row_key in by_table.get(table, ())
        for table, row_key, rule in current[["of_table", "row_key", "rule"]].itertuples(
            index=False, name=None
        )
    ]
    candidates = current.loc[pd.Series(is_touched, index=current.index, dtype=bool), KEY]
    raised = set(made[KEY].itertuples(index=False, name=None))
    stays = [key in raised for key in candidates.itertuples(index=False, name=None)]
    return candidates[[not stay for stay in stays]].reset_index(drop=True)
