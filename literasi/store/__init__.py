"""The only door to the database: versioned rows, submissions, undo, as-of reading."""

from literasi.store.effects import Effect, Preview
from literasi.store.store import OFFICE_NOTES, Store, open_store
from literasi.store.writing import Counts

__all__ = ["OFFICE_NOTES", "Counts", "Effect", "Preview", "Store", "open_store"]
