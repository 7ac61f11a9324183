"""Rows of bars or dots with names at the left; numbers that may not be shown have a word in their place."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from literasi.domain.statistics import share_state
from literasi.figures import EMPHASIS, GRID, MUTED, base_figure
from literasi.text import number, percent, plain, t

_LABEL_WIDTH = 26
PLOT_WIDTH = 0.88
"""Part of the width for the marks; the rest holds the numbers of `write_margin`."""


def share_rows(
    rows: pd.DataFrame, *, labels: Sequence[str], people: pd.Series[Any], under: Sequence[str] = ()
) -> go.Figure:
    """Draw shares as horizontal bars from 0 to 100 %, with both parts under each name.

    Parameters
    ----------
    rows : DataFrame
        ``numerator`` and ``denominator``, missing where not known or hidden.
    labels : sequence of str
    people : Series
        How many units each share rests on: below ten it stands in words, below thirty in grey.
    under : sequence of str, optional
        What stands under a name whose share is known (``value``) but whose parts are not.

    Returns
    -------
    plotly Figure
    """
    shares = rows["numerator"] / rows["denominator"]
    if under:
        shares = shares.fillna(rows["value"])
    instead = under or [""] * len(rows)
    parts = [
        t("training.parts", numerator=number(n, _decimals(n)), denominator=number(d, _decimals(d)))
        if not pd.isna(n)
        else said
        for n, d, said in zip(rows["numerator"], rows["denominator"], instead, strict=True)
    ]
    states = [
        "none" if pd.isna(n) and pd.isna(share) else share_state(0, count)
        for n, share, count in zip(rows["numerator"], shares, people, strict=True)
    ]
    is_drawn = [state in ("grey", "normal") for state in states]
    figure = row_figure(
        labels, under=["" if state == "none" else p for p, state in zip(parts, states, strict=True)]
    )
    figure.add_trace(
        go.Bar(
            x=[share if drawn else None for share, drawn in zip(shares, is_drawn, strict=True)],
            y=list(range(len(labels))),
            orientation="h",
            marker={"color": [MUTED if state == "grey" else EMPHASIS for state in states]},
            hoverinfo="text",
            hovertext=[f"{plain(label)}<br>{part}" for label, part in zip(labels, parts, strict=True)],
            showlegend=False,
        )
    )
    figure.update_layout(
        xaxis={
            "range": [0, 1],
            "domain": [0, PLOT_WIDTH],
            "tickvals": [0, 0.5, 1],
            "ticktext": ["0%", "50%", "100%"],
            "showgrid": True,
            "gridcolor": GRID,
        },
        bargap=0.35,
    )
    write_margin(figure, {i: percent(share) for i, share in enumerate(shares) if is_drawn[i]})
    write_rows(figure, {i: parts[i] for i, state in enumerate(states) if state == "k_of_n"})
    return figure


def row_figure(labels: Sequence[str], *, under: Sequence[str] = ()) -> go.Figure:
    """Give an empty figure with one row per label, the first on top, and a small line under each."""
    lines = [
        "<br>".join(plain(line) for line in textwrap.wrap(label, _LABEL_WIDTH) or [""]) for label in labels
    ]
    deepest = max((line.count("<br>") for line in lines), default=0)
    if under:
        lines = [
            f'{line}<br><span style="font-size:11px">{plain(small)}</span>' if small else line
            for line, small in zip(lines, under, strict=True)
        ]
    row = 34 + 16 * deepest + (14 if under else 0)
    figure = base_figure(height=60 + row * max(len(labels), 2))
    figure.update_layout(
        yaxis={
            "tickvals": list(range(len(labels))),
            "ticktext": lines,
            "range": [len(labels) - 0.4, -0.6],
            "showgrid": False,
        }
    )
    return figure


def write_rows(figure: go.Figure, words: Mapping[int, str], *, x: float = 0) -> None:
    """Write a word in rows that have no mark."""
    for row, word in words.items():
        figure.add_annotation(x=x, y=row, text=plain(word), showarrow=False, xanchor="left", xshift=4)


def write_margin(figure: go.Figure, words: Mapping[int, str]) -> None:
    """Write the number of a row at the right, clear of marks and lines."""
    for row, word in words.items():
        figure.add_annotation(
            x=1, xref="paper", y=row, text=f"<b>{plain(word)}</b>", showarrow=False, xanchor="right"
        )


def hidden_word() -> str:
    """Give the word that stands for a number that may not be shown."""
    return t("training.hidden")


def hidden_note(is_hidden: pd.Series[bool], threshold: int) -> tuple[str, ...]:
    """Give the legend line of what is hidden; nothing where nothing is."""
    return (t("training.note_hidden", threshold=number(threshold)),) if is_hidden.any() else ()


def people_words(n: float, *, is_exact: bool) -> str:
    """Write of how many people a figure is: ``34``, ``sedikitnya 30``."""
    return number(n) if is_exact else t("training.at_least", n=number(n))


def count_column(counts: pd.Series[float], is_hidden: pd.Series[bool]) -> pd.Series[Any]:
    """Give counts for a table: whole numbers, or text where a word must stand for hidden ones."""
    whole = counts.astype("Int64")
    if not is_hidden.any():
        return whole
    words = [
        hidden_word() if hidden else "" if pd.isna(n) else str(n)
        for n, hidden in zip(whole, is_hidden, strict=True)
    ]
    return pd.Series(words, index=counts.index, dtype="str")


def hidden_column(table: pd.DataFrame, is_hidden: pd.Series[bool]) -> pd.DataFrame:
    """Add the column that says which rows are hidden, so that an empty cell is not taken for unknown."""
    if not is_hidden.any():
        return table
    return table.assign(
        **{t("training.column_remark"): [hidden_word() if hidden else "" for hidden in is_hidden]}
    )


def _decimals(value: float) -> int:
    return 0 if pd.isna(value) or float(value).is_integer() else 1
