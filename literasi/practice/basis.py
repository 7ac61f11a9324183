"""What all synthetic tables share: source, span of months, generators."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from literasi.contracts import TABLES

SOURCE = "latihan"
NOTE = "data latihan sintetis"

MONTHS = pd.date_range("2024-01-01", "2026-06-01", freq="MS")
"""The thirty months of reports."""

RECEIVED_BY = pd.Timestamp("2026-07-31")
"""The day on which the practice data are looked at: what would come later is not there."""

REPORTING_YEARS = range(2019, 2026)
"""Years in which libraries joined."""


def generator(seed: int, stream: str) -> np.random.Generator:
    """Give the generator of one table, so that a change to one table leaves the others as they were."""
    return np.random.default_rng([seed, zlib.crc32(stream.encode())])


def rows(table: str, values: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Put rows under the columns of a table; what a row lacks is missing."""
    return pd.DataFrame(list(values), columns=list(TABLES[table].names))


def often(generator: np.random.Generator, share: float) -> bool:
    """Give True in that share of the calls."""
    return bool(generator.random() < share)


def pick(generator: np.random.Generator, weights: Mapping[str, float]) -> str:
    """Draw one of the keys by weight."""
    shares = np.array(list(weights.values()), dtype=float)
    return list(weights)[int(generator.choice(len(shares), p=shares / shares.sum()))]
