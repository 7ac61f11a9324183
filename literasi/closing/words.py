"""Words that several slides share."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from literasi.closing.deck import Plot, PlotKind, Series
from literasi.closing.facts import Facts
from literasi.domain.privacy import Size
from literasi.text import date, number, t


def hidden() -> str:
    """Give the word in the place of a hidden count."""
    return t("closing.hidden")


def size_words(size: Size) -> str:
    """Write of how many people a mean is: ``n = 34``, ``n = 30 atau lebih``."""
    return t("closing.n" if size.is_exact else "closing.n_floor", n=number(size.at_least))


def count_plot(
    counts: Mapping[str, int | None],
    *,
    subtitle: str,
    kind: PlotKind = "bars",
    missing: Mapping[str, str] | None = None,
    codes: tuple[str, ...] = (),
) -> Plot:
    """Draw counts of people by group.

    Parameters
    ----------
    counts : mapping of str to int or None
        By the name of the group; None is drawn as a gap with a word.
    subtitle : str
        What is counted, for those who hear the plot.
    kind : str
    missing : mapping of str to str, optional
        Why a count is missing, by name; hidden unless said otherwise.
    codes : tuple of str
        Of a map.
    """
    why = missing or {}
    labels = tuple(why.get(name, hidden()) if n is None else number(n) for name, n in counts.items())
    unit = t("closing.people_unit")
    return Plot(
        kind=kind,
        categories=tuple(counts),
        series=(Series(unit, tuple(None if n is None else float(n) for n in counts.values()), labels),),
        unit=unit,
        alt=alt(subtitle, tuple(counts), labels),
        codes=codes,
    )


def alt(subtitle: str, names: Iterable[str], labels: Iterable[str]) -> str:
    """Write what a plot shows, for those who hear it."""
    said = ", ".join(f"{name} {label}" for name, label in zip(names, labels, strict=True))
    return t("closing.alt", subtitle=subtitle, values=said)


def cited(facts: Facts, source_ids: Iterable[str]) -> tuple[str, ...]:
    """Write publications: publisher, title, date; each once, in the order given."""
    known = {row["source_id"]: row for row in facts.tables["sources"].to_dict("records")}
    return tuple(_source(known[code]) for code in dict.fromkeys(source_ids) if code in known)


def _source(row: Mapping[Hashable, Any]) -> str:
    when = row["published_on"]
    dated = t("source.undated") if pd.isna(when) else date(when, short=True)
    return f"{row['publisher']}: {row['title']} ({dated})"
