"""Messages that ask a library for what is missing: rule-based, in Bahasa Indonesia, without personal data.

They go to operators, so they are in Bahasa whatever the language of the screen. A message names a library,
its regency, tables and months: never a person, a pseudonym, an address or a number of people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from literasi import text
from literasi.domain.data_debt import spans
from literasi.export.table import frame_bytes
from literasi.text import date, number, period, t

Written = TypeVar("Written", str, bytes)


@dataclass(frozen=True, slots=True)
class Request:
    """What one library is asked for.

    Attributes
    ----------
    library, area : str
        Names.
    months : mapping
        Table to the months whose report is missing; tables without any are left out.
    late : int
        Reports that came after their day.
    attributes : tuple of str
        Keys of the text catalogue: what is not recorded about the library.
    """

    library: str
    area: str
    months: Mapping[str, tuple[str, ...]]
    late: int = 0
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks, and by when an answer is wanted.

    Attributes
    ----------
    province : str
        Name of the province whose library office asks.
    today, deadline : date
        Day of the data, and last day for an answer.
    mark : str
        Text that marks synthetic data; empty for real data.
    """

    province: str
    today: dt.date
    deadline: dt.date
    mark: str = ""


def write(request: Request, sender: Sender) -> str:
    """Write the message to a library: plain text in Bahasa Indonesia, with line breaks."""
    return _in_bahasa(lambda: _written(request, sender))


def _written(request: Request, sender: Sender) -> str:
    parts = [sender.mark] if sender.mark else []
    parts.append(t("letter.greeting", library=request.library, area=request.area))
    if request.months:
        lines = [
            t(
                "letter.line",
                table=t(f"table.{table}"),
                months=months_words(months),
                count=number(len(months)),
            )
            for table, months in request.months.items()
        ]
        parts.append("\n".join([t("letter.missing", today=date(sender.today)), *lines]))
        parts.append(t("letter.zero"))
    if request.late:
        parts.append(t("letter.late", count=number(request.late)))
    if request.attributes:
        parts.append("\n".join([t("letter.attributes"), *(f"- {t(key)}" for key in request.attributes)]))
    parts += [
        t("letter.how", deadline=date(sender.deadline)),
        t("letter.ask"),
        t("letter.sign", province=sender.province),
    ]
    return "\n\n".join(parts)


def months_words(months: Sequence[str]) -> str:
    """Write months, those that follow each other as a span: ``Januari–Maret 2026, Juni 2026``."""
    words = []
    for first, last in spans(months):
        if first == last:
            words.append(period(first))
        elif first[:4] == last[:4]:
            words.append(f"{period(first).rsplit(' ', 1)[0]}–{period(last)}")
        else:
            words.append(f"{period(first)}–{period(last)}")
    return ", ".join(words)


def merge_bytes(requests: Sequence[Request], sender: Sender, *, tables: Sequence[str]) -> bytes:
    """Write requests as CSV for a mail merge: headings in the first line, one row per library.

    Parameters
    ----------
    requests : sequence of Request
        In the order in which they should be followed up.
    sender : Sender
    tables : sequence of str
        Tables that get a column of months.

    Returns
    -------
    bytes
        As from `literasi.export.table.frame_bytes`, all in Bahasa Indonesia, without lines above the
        headings, which a mail merge would take for them. Synthetic rows are marked in a column of their own.
    """
    return _in_bahasa(lambda: _merged(requests, sender, tables))


def _merged(requests: Sequence[Request], sender: Sender, tables: Sequence[str]) -> bytes:
    rows = [
        {
            t("data_debt.column_rank"): rank,
            t("data_debt.column_library"): one.library,
            t("data_debt.column_area"): one.area,
            **{t(f"table.{table}"): months_words(one.months.get(table, ())) for table in tables},
            t("data_debt.column_missing"): sum(len(months) for months in one.months.values()),
            t("data_debt.column_deadline"): date(sender.deadline),
            t("data_debt.column_message"): _written(one, sender),
            t("data_debt.column_mark"): sender.mark,
        }
        for rank, one in enumerate(requests, start=1)
    ]
    return frame_bytes(pd.DataFrame(rows), lines=())


def _in_bahasa(write: Callable[[], Written]) -> Written:
    context = copy_context()
    context.run(text.use, "id")
    return context.run(write)
