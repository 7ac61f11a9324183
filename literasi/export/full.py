"""All values of the indicators that a chart draws: every area, period and edition, before any filter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from literasi.domain.indicators import Indicator
from literasi.export.table import frame_bytes
from literasi.text import has, t

_COLUMNS = (
    "indicator",
    "area_code",
    "area",
    "period",
    "edition",
    "value",
    "unit",
    "numerator",
    "denominator",
    "denominator_year",
    "n",
    "received",
    "expected",
    "status",
    "is_preferred",
    "producer",
    "source_id",
    "publisher",
    "note",
)


def full_csv(
    values: Sequence[tuple[Indicator, pd.DataFrame]],
    *,
    names: Callable[[str], str],
    sources: Mapping[str, Mapping[str, Any]],
    origin: str,
    mark: str = "",
) -> bytes:
    """Write all values of indicators as CSV: metadata lines beginning with ``#``, heading, rows.

    Parameters
    ----------
    values : sequence of (Indicator, DataFrame)
        Tidy values (`literasi.domain.observations.VALUES`), of all levels. Counts of people are declared no
        finer than they may be shown, so nothing here is finer than on the pages.
    names : callable
        Area code to name.
    sources : mapping
        Rows of the table ``sources`` by ``source_id``.
    origin : str
        Which workspace and state of the data they were read from.
    mark : str
        Text that marks synthetic data; empty for real data.

    Returns
    -------
    bytes
        As `literasi.export.table.csv_bytes`: one row for each area, period and edition; values that lost
        against a preferred one are kept and say so.
    """
    rows = pd.concat([_rows(indicator, frame, names, sources) for indicator, frame in values])
    cited = [sources[source] for source in dict.fromkeys(rows["source_id"].dropna()) if source in sources]
    lines = [mark] if mark else []
    lines.append(t("chart.full_title"))
    for indicator, _ in values:
        lines += [
            f"{t(f'indicator.{indicator.id}')}: {indicator.metadata.definisi}",
            f"{t('chart.full_method')}: {indicator.metadata.metode_perhitungan}",
            *indicator.notes,
        ]
    lines += [f"{t('source.heading')}: {s['publisher']}: {s['title']} <{s['url']}>" for s in cited]
    lines.append(f"{t('app.title')} {origin}")
    headed = rows.rename(columns={name: t(f"column.{name}") for name in _COLUMNS})
    return frame_bytes(headed, lines=lines)


def _rows(
    indicator: Indicator,
    frame: pd.DataFrame,
    names: Callable[[str], str],
    sources: Mapping[str, Mapping[str, Any]],
) -> pd.DataFrame:
    labels = {edition.id: edition.label for edition in indicator.editions}
    out = frame.sort_values(["area_code", "period", "edition"], kind="stable")
    return out.assign(
        indicator=t(f"indicator.{indicator.id}"),
        area=out["area_code"].map(names),
        edition=out["edition"].map(lambda code: labels.get(code, code)),
        unit=t(f"unit.{indicator.unit}"),
        status=out["status"].map(_status),
        is_preferred=out["is_preferred"].map({True: t("term.yes"), False: t("term.no")}),
        publisher=[sources.get(source, {}).get("publisher", "") for source in out["source_id"]],
    )[list(_COLUMNS)]


def _status(status: str) -> str:
    key = f"profile.status_{status}"
    return t(key) if has(key) else status
