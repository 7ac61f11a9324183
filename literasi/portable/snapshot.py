"""A copy of a workspace that may leave the office: current rows, no history, no pseudonyms."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd

from literasi.contracts import TABLES
from literasi.store import OFFICE_NOTES, Store, open_store

ACTOR = "portable"


def write(store: Store, file: Path) -> int:
    """Write the current rows of a workspace into a database of their own.

    Parameters
    ----------
    store : Store
        What to copy, as of now.
    file : Path
        A SQLite file that is not there yet.

    Returns
    -------
    int
        Submission as of which the rows were read.

    Notes
    -----
    Left out: every earlier version of a row, who submitted what, kept files, and what the office has told
    about its files (reasons and spellings are free text). The codes of people become running numbers in
    random order, the same for one person at every event: what a person did stays countable, but nobody can
    make the code from a name. The file is in SQLite's plain journal mode, so that it opens on a medium that
    cannot be written.
    """
    head = store.head()
    tables = {name: store.frame(name, head) for name in TABLES if name not in OFFICE_NOTES}
    tables["participants"] = _renumbered(tables["participants"])
    with closing(open_store(f"sqlite:///{file}")) as copy:
        copy.commit(tables, actor=ACTOR, file_name=ACTOR, sha256="", note=str(head))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return head


def _renumbered(participants: pd.DataFrame) -> pd.DataFrame:
    people = sorted(participants["participant_id"].unique())
    random.SystemRandom().shuffle(people)
    width = len(str(len(people)))
    codes = {person: f"p-{number:0{width}d}" for number, person in enumerate(people, start=1)}
    renumbered = participants.assign(participant_id=participants["participant_id"].map(codes).astype("str"))
    return renumbered.sort_values(["event_id", "participant_id"], ignore_index=True)
