"""A chart's numbers as CSV with metadata."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from literasi.figures import Chart
from literasi.text import t

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(chart: Chart, *, sources: Iterable[Mapping[str, Any]], mark: str = "") -> bytes:
    """Write the table twin of a chart: metadata lines beginning with ``#``, heading, rows.

    Parameters
    ----------
    chart : Chart
    sources : iterable of mapping
        Rows of the table ``sources`` that the chart cites.
    mark : str
        Text that marks synthetic data; empty for real data.

    Returns
    -------
    bytes
        UTF-8 with byte-order mark (spreadsheets then read it right); numbers with a decimal point;
        text cells that a spreadsheet would run as a formula get a leading apostrophe.
    """
    return frame_bytes(chart.table, lines=metadata(chart, sources=sources, mark=mark))


def frame_bytes(frame: pd.DataFrame, *, lines: Iterable[str]) -> bytes:
    """Write a frame as CSV below lines that say what it is; encoding and cells as for `csv_bytes`."""
    out = io.StringIO()
    for line in lines:
        out.write(f"# {' '.join(line.split())}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([inert(name) for name in frame.columns])
    for row in frame.itertuples(index=False):
        writer.writerow([inert(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def metadata(chart: Chart, *, sources: Iterable[Mapping[str, Any]], mark: str = "") -> list[str]:
    """Give the lines that tell what a chart shows and where it comes from."""
    lines = [mark] if mark else []
    lines += [chart.title, chart.subtitle, *chart.notes, *chart.fine_print]
    lines += [f"{t('source.heading')}: {s['publisher']}: {s['title']} <{s['url']}>" for s in sources]
    lines.append(f"{t('app.title')} {chart.origin}")
    return [" ".join(str(line).split()) for line in lines]


def decimals(column: pd.Series) -> int | None:
    """Give the decimals that numbers of a column are written with; None where they are no numbers."""
    if pd.api.types.is_bool_dtype(column) or not pd.api.types.is_numeric_dtype(column):
        return None
    return 0 if bool((column.dropna() % 1 == 0).all()) else 2


def inert(value: object) -> object:
    """Give a cell's value as it can be written: missing is empty, a text never starts a formula."""
    if value is None or value is pd.NA or (not isinstance(value, str) and pd.isna(value)):  # type: ignore[call-overload]
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return value
