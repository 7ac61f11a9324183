"""Which submissions brought the rows behind a figure, as of a moment (both databases)."""

from __future__ import annotations

from literasi.store import Store
from tests.contract.store_rows import AREAS, areas, commit, libraries, visits


def counted(store: Store, table: str, as_of: int, **where: list[str]) -> list[tuple[int, int]]:
    return [(int(row.submission), int(row.rows)) for row in store.origins(table, as_of, where).itertuples()]


def test_rows_are_counted_by_the_submission_that_brought_them(store: Store) -> None:
    commit(store, areas=AREAS, libraries=libraries("a", "b"))
    commit(store, visits=visits("a", 5))
    commit(store, visits=visits("b", 7))
    assert counted(store, "visits", 3) == [(2, 3), (3, 3)]
    assert counted(store, "visits", 3, library_id=["b"]) == [(3, 3)]
    assert counted(store, "visits", 3, library_id=[]) == []


def test_a_later_submission_does_not_change_what_stood_before(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, areas=areas(a21_71="Kota Batam"))
    commit(store, {"areas": AREAS.iloc[[2]]})
    store.undo(2, actor="Petugas")
    assert counted(store, "areas", 1) == [(1, 3)]
    assert counted(store, "areas", 2) == [(1, 2), (2, 1)]
    assert counted(store, "areas", 3) == [(1, 1), (2, 1)]
    assert counted(store, "areas", 2, level=["regency"]) == [(1, 1), (2, 1)]
