"""Slides as facts and words, before anybody draws them.

Everything in a deck may be shown to a hall: counts of people below `Deck.threshold`, and whatever would give
them away, are already hidden. All texts are in the user's language and already formatted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PlotKind = Literal["bars", "columns", "lines", "intervals", "map"]


@dataclass(frozen=True, slots=True)
class Basis:
    """The rows behind a figure.

    Attributes
    ----------
    table : str
        A name in `literasi.contracts.TABLES`.
    where : tuple of (str, tuple of str)
        Columns and the values that the rows have there; empty for all rows of the table.
    """

    table: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One number on a slide.

    Attributes
    ----------
    id : str
        Stable and dotted, unique in a deck: ``gain.mean``.
    label : str
    value : float or None
        None where it is not known or hidden; the same number that is shown, unrounded. Means and shares of
        people are rounded as shown: unrounded they would tell of how many people they are.
    shown : str
        As written: ``1.234``, ``71,9%``, ``–``, or the words for a hidden count.
    context : str
        What must stand beside it in one line: n, interval, period, coverage.
    rule : str
        How it is computed, in one sentence.
    basis : tuple of Basis
    decimals : int
    code : str
        Of the number ledger; empty where there is none.
    """

    id: str
    label: str
    value: float | None
    shown: str
    context: str = ""
    rule: str = ""
    basis: tuple[Basis, ...] = ()
    decimals: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one series of a plot, one for each category; None is a gap, never 0.

    Attributes
    ----------
    name : str
    values : tuple of float or None
    labels : tuple of str
        Each value as written; for a missing one the words that say why (hidden, not reported).
    low, high : tuple of float or None
        Limits of the intervals (kind ``intervals``); empty where there are none.
    is_emphasis : bool
        Drawn in the one strong colour; the others are quiet.
    """

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    is_emphasis: bool = True


@dataclass(frozen=True, slots=True)
class Plot:
    """What one slide draws. Each edition of an index is a series of its own, so no line crosses a method.

    Attributes
    ----------
    kind : str
        ``bars`` lie, ``columns`` stand, ``lines`` run over time, ``intervals`` are dots with their limits,
        ``map`` fills regencies.
    categories : tuple of str
        Names along the axis, in their order.
    series : tuple of Series
    unit : str
        Title of the value axis.
    alt : str
        What a screen reader says.
    decimals : int
    codes : tuple of str
        Kind ``map``: the area code of each category.
    """

    kind: PlotKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    alt: str
    decimals: int = 0
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """One message.

    Attributes
    ----------
    id : str
        Stable, unique in a deck: ``origins``.
    title : str
        The finding, in about ten words.
    subtitle : str
        Measure, area, period.
    figures : tuple of Figure
        At most three.
    plot : Plot or None
    points : tuple of str
        At most five short sentences.
    caveats : tuple of str
        What must stand on the slide so that nobody is misled.
    narrative : tuple of str
        What the presenter may read aloud.
    sources : tuple of str
        Publications in words.
    """

    id: str
    title: str
    subtitle: str = ""
    figures: tuple[Figure, ...] = ()
    plot: Plot | None = None
    points: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    narrative: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deck:
    """The slides of one event.

    Attributes
    ----------
    event_id, name, when, place : str
    slides : tuple of Slide
    filters : str
        What the figures are of: people, kinds, the suppression threshold. Stands on every slide.
    origin : str
        Workspace, submission and time that it was made from.
    mark : str
        Marks synthetic data on every slide; empty for real data.
    threshold : int
        Smallest count of people that is shown.
    head : int
        Submission as of which the figures were computed.
    language : str
    base_url : str
        Where the dashboard is reached, for the QR code of a slide's first figure; empty for none.
    """

    event_id: str
    name: str
    when: str
    place: str
    slides: tuple[Slide, ...]
    filters: str
    origin: str
    mark: str
    threshold: int
    head: int
    language: str
    base_url: str = ""
