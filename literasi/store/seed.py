"""What we ship becomes submissions: the first one of a new database, later only what differs."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from literasi import contracts
from literasi.contracts import TABLES
from literasi.errors import ContractError, Fault
from literasi.store import submissions
from literasi.store.database import reading, writing
from literasi.store.merge import merge
from literasi.store.schema import SUBMISSIONS
from literasi.store.store import Store
from literasi.store.writing import Header

BUNDLE_ACTOR = "bundle"
BUNDLE_FILE = "data/published"

# A person may happen to be called like that, and undo something.
_IS_BUNDLE = (
    SUBMISSIONS.c.actor == BUNDLE_ACTOR,
    SUBMISSIONS.c.file_name == BUNDLE_FILE,
    SUBMISSIONS.c.undo_of.is_(None),
)


def publish(store: Store, data_dir: Path) -> int | None:
    """Bring the shipped facts into the official workspace.

    Parameters
    ----------
    store : Store
        Open, its tables prepared.
    data_dir : Path
        Holds ``published/<table>.csv`` and ``areas/areas.csv``.

    Returns
    -------
    int, optional
        The submission's id; None if these files are in the database already, or the store is
        read-only.

    Raises
    ------
    ContractError
        If a file breaks its contract; nothing is written.

    Notes
    -----
    `merge` says what an upgrade of the shipped files does to rows that the office has touched.
    A submission is recorded even if no row differs, so that the files are not compared at
    every start.
    """
    files = _files(data_dir)
    sha256 = _sha256(files)
    if store.is_read_only:
        return None
    with reading(store.engine) as connection:
        if _last_sha256(connection) == sha256:
            return None
    rows, _ = submissions.checked({name: read(name, file) for name, file in files.items()}, {})
    with writing(store.engine) as connection:
        if _last_sha256(connection) == sha256:
            return None
        bundles = set(connection.scalars(sa.select(SUBMISSIONS.c.id).where(*_IS_BUNDLE)))
        changes, removals = merge(connection, rows, bundles)
        header = Header(BUNDLE_ACTOR, BUNDLE_FILE, sha256)
        return submissions.commit(connection, changes, removals, header, record_empty=True).submission


def read_areas(data_dir: Path) -> pd.DataFrame:
    """Read the shipped register of areas.

    Parameters
    ----------
    data_dir : Path
        Holds ``areas/areas.csv``.

    Returns
    -------
    DataFrame
        Table `areas` of the contracts.
    """
    return contracts.coerce("areas", read("areas", data_dir / "areas" / "areas.csv"))


def read(table: str, file: Path) -> pd.DataFrame:
    """Read a CSV file of one table as texts; nothing is guessed.

    Parameters
    ----------
    table : str
        A name in `contracts.TABLES`.
    file : Path
        UTF-8, comma-separated, with a header.

    Returns
    -------
    DataFrame
        An empty cell is missing, except in a key column, where it is the empty text.
    """
    texts = pd.read_csv(file, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    optional = [name for name in texts.columns if name not in TABLES[table].key]
    texts[optional] = texts[optional].where(texts[optional] != "")
    return texts


def _files(data_dir: Path) -> dict[str, Path]:
    files = {file.stem: file for file in sorted((data_dir / "published").glob("*.csv"))}
    files["areas"] = data_dir / "areas" / "areas.csv"
    unknown = [Fault(name, "", "unknown_table") for name in files if name not in TABLES]
    if unknown:
        raise ContractError(", ".join(fault.table for fault in unknown), unknown)
    return files


def _sha256(files: dict[str, Path]) -> str:
    digest = hashlib.sha256()
    for name, file in sorted(files.items()):
        digest.update(f"{name}:{file.stat().st_size}:".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _last_sha256(connection: Connection) -> str | None:
    newest = sa.select(SUBMISSIONS.c.sha256).where(*_IS_BUNDLE)
    return connection.scalar(newest.order_by(SUBMISSIONS.c.id.desc()).limit(1))
