"""Words that several slides share."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from literasi.closing.deck import Figure
from literasi.closing.facts import Facts
from literasi.closing.people import Size
from literasi.text import date, number, t


def hidden() -> str:
    """Give the word in the place of a hidden count."""
    return t("closing.hidden")


def size_words(size: Size) -> str:
    """Write of how many people a mean is: ``n = 34``, ``n = 30 atau lebih``."""
    return t("closing.n" if size.is_exact else "closing.n_floor", n=number(size.at_least))


def size_figure(figure_id: str, size: Size, *, label: str, rule: str) -> Figure:
    """Make the figure of how many people a mean is."""
    return Figure(
        id=figure_id,
        label=label,
        value=float(size.at_least) if size.is_exact else None,
        shown=size_words(size),
        rule=rule,
    )


def cited(facts: Facts, source_ids: Iterable[str]) -> tuple[str, ...]:
    """Write publications: publisher, title, date; each once, in the order given."""
    known = {row["source_id"]: row for row in facts.tables["sources"].to_dict("records")}
    return tuple(_source(known[code]) for code in dict.fromkeys(source_ids) if code in known)


def _source(row: Mapping[Hashable, Any]) -> str:
    when = row["published_on"]
    dated = t("source.undated") if pd.isna(when) else date(when, short=True)
    return f"{row['publisher']}: {row['title']} ({dated})"
