"""The only door to the database: versioned rows, submissions, undo, as-of reading."""

from literasi.store.store import Store, open_store

__all__ = ["Store", "open_store"]
