"""What the operator has said about a file, as rows: it is committed, and undone, together with its data."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from literasi import contracts
from literasi.contracts import TABLES
from literasi.intake.matching import Spelling
from literasi.intake.proposal import ReadSheet

_DECIDED = frozenset({"chosen", "fuzzy"})


def layouts(sheets: Iterable[ReadSheet]) -> pd.DataFrame:
    """Give the mappings in which the operator has chosen something, or accepted what was only similar."""
    made = [
        {
            "layout": sheet.layout,
            "position": column.column,
            "heading": column.heading or "–",
            "form": sheet.form,
            "field": column.field or None,
        }
        for sheet in sheets
        if sheet.form and _DECIDED & {sheet.how, *(column.how for column in sheet.columns)}
        for column in sheet.columns
    ]
    frame = pd.DataFrame(made, columns=list(TABLES["layouts"].names))
    return contracts.coerce("layouts", frame.drop_duplicates(["layout", "position"]))


def spellings(learnt: Iterable[Spelling]) -> pd.DataFrame:
    """Give the answers about areas, libraries and events."""
    made = [(one.kind, one.within, one.written, one.code) for one in learnt]
    return contracts.coerce("spellings", pd.DataFrame(made, columns=list(TABLES["spellings"].names)))
