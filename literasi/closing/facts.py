"""What a closing is made from: tables as of one submission, and the definitions that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from literasi.domain.areas import AreaRegister
from literasi.domain.coverage import ReportingRules
from literasi.domain.indicators import Catalogue

TABLES = (
    "activities",
    "circulation",
    "events",
    "libraries",
    "observations",
    "participants",
    "services",
    "sources",
    "targets",
    "visits",
)
"""Names of the tables that a closing reads."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a closing is made from; the language is that of the run.

    Attributes
    ----------
    tables : mapping of str to DataFrame
        Those of `TABLES`, by name, all as of `head`.
    register : AreaRegister
    catalogue : Catalogue
    reporting : ReportingRules
    workspace : str
    head : int
        Submission as of which the tables were read.
    origin : str
        Workspace, submission and time in words.
    mark : str
        Words that mark synthetic data; empty for real ones.
    base_url : str
        Where others reach the dashboard, from the settings; empty for none.
    """

    tables: Mapping[str, pd.DataFrame]
    register: AreaRegister
    catalogue: Catalogue
    reporting: ReportingRules
    workspace: str
    head: int
    origin: str
    mark: str
    base_url: str = ""
