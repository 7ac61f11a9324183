"""What is known before a file is read: registers, current rows, what was remembered, and the secret key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from literasi.domain.areas import AreaRegister
from literasi.domain.indicators import Catalogue


@dataclass(frozen=True, slots=True)
class Known:
    """Given to every step that needs it; never changed.

    Attributes
    ----------
    register : AreaRegister
    catalogue : Catalogue
        Indicators, for targets and observations.
    tables : mapping of str to DataFrame
        Current rows of every table of the contracts, as of one submission.
    key : bytes
        Secret of this install, for pseudonyms.
    today : date
        Day of the intake, in the province.
    head : int
        The submission that `tables` are as of.
    """

    register: AreaRegister
    catalogue: Catalogue
    tables: Mapping[str, pd.DataFrame]
    key: bytes
    today: dt.date
    head: int = 0
