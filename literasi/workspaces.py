"""The two workspaces: the office's own facts (``resmi``) and synthetic ones for training (``latihan``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from literasi.settings import Settings
from literasi.store import Store, open_store, seed

if TYPE_CHECKING:
    from literasi.practice.faulty import FaultyFile as FaultyFile

OFFICIAL, PRACTICE = "resmi", "latihan"
NAMES = (OFFICIAL, PRACTICE)


def open_workspace(name: str, settings: Settings) -> Store:
    """Open a workspace, made and filled first if it is new; changed facts that we ship are brought in.

    Practice is filled once: delete its database to have it made anew.

    Parameters
    ----------
    name : str
        One of `NAMES`.
    settings : Settings
        A read-only install opens what is there and writes nothing.

    Returns
    -------
    Store

    Raises
    ------
    StoreError
        If the database cannot be opened or upgraded.
    """
    url = settings.practice_url if name == PRACTICE else settings.database_url
    store = open_store(url, read_only=settings.read_only)
    if settings.read_only:
        return store
    if name == OFFICIAL:
        seed.publish(store, settings.data_dir)
    elif not store.head():
        from literasi import practice  # only ever needed once

        tables = practice.tables(seed.read_areas(settings.data_dir))
        store.commit(tables, actor="practice", file_name="literasi.practice", sha256="")
    return store


def faulty_files() -> tuple[FaultyFile, ...]:
    """Give the faulty example files of the practice workspace, one for each rule of the intake."""
    from literasi.practice import faulty  # only ever needed by a trainer

    return faulty.FILES
