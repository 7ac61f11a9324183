"""Readers who try to find out hidden counts from what is shown of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from literasi.domain.privacy import TOTAL


def feasible(shown: pd.DataFrame, group: Sequence[str]) -> Iterator[tuple[int, float, float]]:
    """For each hidden cell, the least and largest value that fits everything shown.

    The reader knows that parts add up to totals and that a hidden cell holds at least one person.
    Equations of this kind have whole solutions, so the limits of the linear programme are whole people.
    """
    keys = list(shown[list(group)].itertuples(index=False, name=None))
    equations = []
    for axis in range(len(group)):
        for rest in {key[:axis] + key[axis + 1 :] for key in keys}:
            line = [i for i, key in enumerate(keys) if key[:axis] + key[axis + 1 :] == rest]
            equations.append(
                [(-1 if keys[i][axis] == TOTAL else 1) if i in line else 0 for i in range(len(keys))]
            )
    bounds = [(1, None) if hidden else (n, n) for n, hidden in zip(shown.n, shown.is_suppressed, strict=True)]
    for i in np.flatnonzero(shown.is_suppressed):
        target = np.eye(len(keys))[i]
        low, high = (
            linprog(
                way * target, A_eq=equations, b_eq=np.zeros(len(equations)), bounds=bounds, method="highs"
            )
            for way in (1, -1)
        )
        assert low.status == 0, low.message
        yield int(i), low.fun, np.inf if high.status in (3, 4) else -high.fun


def possible(shown: pd.DataFrame, group: Sequence[str], *, most: int) -> dict[tuple[str, ...], set[int]]:
    """Try every table of whole people: for each hidden cell, the values of all tables that fit.

    Needs no theory of linear programmes, only time: `most` bounds the hidden inner cells that are tried.
    """
    keys = list(shown[list(group)].itertuples(index=False, name=None))
    known = {key: n for key, n, hidden in zip(keys, shown.n, shown.is_suppressed, strict=True) if not hidden}
    inner = [key for key in keys if TOTAL not in key]
    secret = [key for key in inner if key not in known]
    trials = list(product(range(1, most + 1), repeat=len(secret)))
    tries = np.array(trials).reshape(len(trials), len(secret))
    numbers = {
        key: tries[:, secret.index(key)] if key in secret else np.full(len(tries), known[key])
        for key in inner
    }
    fits = np.ones(len(tries), dtype=bool)
    for key in set(keys) - set(inner):
        parts = [of for of in inner if all(part in (TOTAL, own) for part, own in zip(key, of, strict=True))]
        numbers[key] = sum((numbers[of] for of in parts), start=np.zeros(len(tries)))
        fits &= numbers[key] == known[key] if key in known else numbers[key] >= 1
    hidden = [key for key in keys if key not in known]
    return {key: {int(n) for n in np.unique(numbers[key][fits])} for key in hidden}
