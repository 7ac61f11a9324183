"""Colours of classes, and the legend that says how many areas are in each."""

from __future__ import annotations

from dataclasses import dataclass

from literasi.figures import MUTED, NO_DATA, SEQUENTIAL
from literasi.maps.units import State, Units, class_labels
from literasi.text import t

LAND = "rgba(31,118,166,0.22)"
COUNT = SEQUENTIAL[3]
# Ink with 4.5:1 on each fill, whatever the page behind it.
_DARK_INK, _LIGHT_INK = "#10222c", "#ffffff"
_NEEDS_LIGHT_INK = frozenset(SEQUENTIAL[3:])
_WITHOUT_CLASS: dict[State, str] = {"none": NO_DATA, "small": MUTED, "suppressed": MUTED}


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the legend; `state` is set for areas without a class."""

    label: str
    colour: str
    state: State | None = None


def class_colours(count: int) -> tuple[str, ...]:
    """Give one colour per class, light to dark, spread over the whole scale."""
    last = len(SEQUENTIAL) - 1
    return tuple(SEQUENTIAL[round(i * last / max(count - 1, 1))] for i in range(count))


def area_colours(units: Units) -> list[str]:
    """Give the colour of each area of ``units.frame``; a count is one colour, its size says how much."""
    classes = class_colours(len(units.indicator.classes) + 1)
    is_fill = units.indicator.symbol == "fill"
    return [
        _WITHOUT_CLASS[state] if state != "value" else classes[position] if is_fill else COUNT
        for state, position in zip(units.frame["state"], units.frame["class"], strict=True)
    ]


def keys(units: Units) -> tuple[Key, ...]:
    """Give the legend: every class, even an empty one, then the areas without, each with its count."""
    out: list[Key] = []
    if units.indicator.symbol == "fill":
        labels = class_labels(units.indicator.classes, units.decimals)
        counts = units.frame["class"].value_counts()
        for position, (label, colour) in enumerate(zip(labels, class_colours(len(labels)), strict=True)):
            out.append(Key(f"{label} ({int(counts.get(position, 0))})", colour))
    states: tuple[State, ...] = ("small", "suppressed", "none")
    for state in states:
        if count := units.count(state):
            out.append(Key(t(f"map.legend.{state}", count=count), _WITHOUT_CLASS[state], state))
    return tuple(out)


def ink(colour: str) -> str:
    """Give the colour of text that stands on a fill."""
    return _LIGHT_INK if colour in _NEEDS_LIGHT_INK else _DARK_INK
