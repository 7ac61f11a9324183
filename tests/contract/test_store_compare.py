"""Two moments compared: the net difference, whatever happened in between (both databases)."""

from __future__ import annotations

import datetime as dt
from dataclasses import astuple

import pandas as pd
import pytest
import sqlalchemy as sa

from literasi import practice
from literasi.settings import load
from literasi.store import Store, open_store, seed
from literasi.store.schema import SUBMISSIONS
from tests.contract.store_rows import AREAS, areas, circulation, commit, libraries, visits


def numbers(store: Store, first: int, last: int | None = None) -> dict[str, tuple[int, ...]]:
    return {name: astuple(counts) for name, (counts, _) in store.compare(first, last).items()}


def test_added_changed_and_removed_rows_are_told(store: Store) -> None:
    commit(store, areas=AREAS)
    extra = AREAS.iloc[[2]].assign(area_code="21.05", name="Anambas")
    changed = pd.concat([areas(a21_71="Kota Batam").iloc[[1]].assign(latitude=None), extra])
    commit(store, {"areas": AREAS.iloc[[2]]}, areas=changed)
    ((counts, effect),) = store.compare(1).values()
    assert astuple(counts) == (1, 1, 1, 1)
    assert effect.added.area_code.tolist() == ["21.05"]
    assert effect.removed.area_code.tolist() == ["21.72"]
    rows = effect.changed.astype(object).where(effect.changed.notna(), None).to_numpy().tolist()
    assert rows == [["21.71", "name", "Batam", "Kota Batam"], ["21.71", "latitude", "1.05", None]]


def test_backwards_is_the_reverse(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, areas=areas(a21_71="Kota Batam"), libraries=libraries("a"))
    assert numbers(store, 2, 1) == {"areas": (0, 1, 2, 0), "libraries": (0, 0, 0, 1)}
    changed = store.compare(2, 1)["areas"][1].changed
    assert changed[["old", "new"]].to_numpy().tolist() == [["Kota Batam", "Batam"]]


def test_what_came_and_went_is_no_difference(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, areas=areas(a21_71="Kota Batam"), libraries=libraries("a"))
    store.undo(2, actor="Petugas")
    assert store.compare(1) == {}
    commit(store, {"areas": AREAS.iloc[[2]]})
    commit(store, areas=AREAS)
    assert store.compare(1) == {}
    assert numbers(store, 4) == {"areas": (1, 0, 2, 0)}


def test_rows_of_which_only_the_key_is_known_are_told_too(store: Store) -> None:
    commit(store, areas=AREAS, libraries=libraries("a"))
    commit(store, circulation=circulation("a", 5, 2).assign(loans=None))
    assert numbers(store, 1) == {"circulation": (2, 0, 0, 0)}
    assert numbers(store, 2, 1) == {"circulation": (0, 0, 0, 2)}
    commit(store, circulation=circulation("a", 5, 1))
    assert numbers(store, 2) == {"circulation": (0, 1, 1, 0)}


def test_many_rows_come_in_the_order_of_their_keys(store: Store) -> None:
    ids = [f"a{n:04}" for n in range(1200)]
    commit(store, areas=AREAS, libraries=libraries(*reversed(ids)))
    _, effect = store.compare(0, limit=1100)["libraries"]
    assert effect.added.library_id.tolist() == ids[:1100]


def test_from_nothing_and_to_a_moment_in_between(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, libraries=libraries("a", "b"))
    commit(store, visits=visits("a", 1))
    assert numbers(store, 0, 2) == {"areas": (3, 0, 0, 0), "libraries": (2, 0, 0, 0)}
    assert numbers(store, 2, 2) == {}


def test_a_limit_bounds_the_rows_and_not_the_counts(store: Store) -> None:
    commit(store, areas=AREAS)
    ((counts, effect),) = store.compare(0, limit=2).values()
    assert (counts.added, len(effect.added)) == (3, 2)


def test_what_the_office_noted_is_not_data(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, snapshots=pd.DataFrame({"name": ["Penutupan bimtek"], "submission": [1]}))
    assert store.frame("snapshots").submission.tolist() == [1]
    assert store.compare(1) == {}


def test_what_one_submission_did_is_told_of_every_table(store: Store) -> None:
    """A table's own column may be called like one that the comparison makes, as `kind` is."""
    commit(store, areas=AREAS)
    spelling = pd.DataFrame({"kind": ["area"], "within": ["21"], "written": ["KOTA BTM"], "code": ["21.71"]})
    number = commit(store, spellings=spelling)
    assert store.effect(number)["spellings"].added.written.tolist() == ["KOTA BTM"]
    number = commit(store, spellings=spelling.assign(code="21.72"))
    told = store.effect(number)["spellings"].changed
    assert told[["column", "old", "new"]].to_numpy().tolist() == [["code", "21.71", "21.72"]]


def test_comparing_needs_no_right_to_write(url: str) -> None:
    store = open_store(url)
    commit(store, areas=AREAS)
    store.close()
    reader = open_store(url, read_only=True)
    assert numbers(reader, 0) == {"areas": (3, 0, 0, 0)}
    reader.close()


def test_the_submission_of_a_moment(store: Store) -> None:
    with store.engine.begin() as connection:
        for number, time in enumerate(["2024-06-07T09:59:59", "2024-06-07T10:00:00", "2024-06-08T00:00:00"]):
            connection.execute(
                sa.insert(SUBMISSIONS).values(
                    id=number + 1,
                    time=f"{time}+00:00",
                    actor="",
                    file_name="",
                    sha256="",
                    note="",
                    counts="{}",
                )
            )
    west = dt.timezone(dt.timedelta(hours=7))
    asked = [
        dt.datetime(2024, 6, 7, 16, 59, 58, tzinfo=west),
        dt.datetime(2024, 6, 7, 17, 0, 0, 9, tzinfo=west),
    ]
    assert [store.as_of(moment) for moment in asked] == [0, 2]
    assert store.as_of(dt.datetime(2100, 1, 1, tzinfo=dt.UTC)) == 3
    with pytest.raises(ValueError, match="zone"):
        store.as_of(dt.datetime(2024, 6, 7, tzinfo=dt.UTC).replace(tzinfo=None))


def test_every_table_can_be_shown(store: Store) -> None:
    tables = practice.tables(seed.read_areas(load().data_dir))
    first = store.commit(tables, actor="a", file_name="f", sha256="")
    shown = store.effect(first, limit=10_000)
    assert {name: len(effect.added) for name, effect in shown.items()} == {
        name: len(rows) for name, rows in tables.items()
    }
