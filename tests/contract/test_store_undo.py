"""Undo is itself a submission; it refuses where a later one has built on what it would take back."""

from __future__ import annotations

import pandas as pd
import pytest

from literasi.errors import StoreError
from literasi.store import Store
from tests.contract.store_rows import AREAS, areas, commit, libraries, names, visits


def refused(store: Store, submission: int) -> tuple[str, object]:
    head = store.head()
    with pytest.raises(StoreError) as error:
        store.undo(submission, actor="Petugas")
    assert store.head() == head
    return error.value.key, error.value.params.get("later")


def undo(store: Store, submission: int) -> int:
    return store.undo(submission, actor="Petugas")


def test_undo_brings_back_what_was_changed_added_and_removed(store: Store) -> None:
    commit(store, areas=AREAS)
    extra = AREAS.iloc[[2]].assign(area_code="21.05", name="Anambas")
    changed = pd.concat([areas(a21_71="Kota Batam").iloc[:2], extra])
    commit(store, {"areas": AREAS.iloc[[2]]}, areas=changed)
    assert undo(store, 2) == 3
    assert names(store) == names(store, 1)
    assert names(store, 2) == {"21": "Kepulauan Riau", "21.71": "Kota Batam", "21.05": "Anambas"}
    counts = store.submissions().set_index("id").counts[3]
    assert counts == {"areas": {"added": 1, "changed": 1, "unchanged": 0, "removed": 1}}


def test_undo_of_an_undo_brings_it_again(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, areas=areas(a21_71="Kota Batam"))
    assert undo(store, undo(store, 2)) == 4
    assert names(store)["21.71"] == "Kota Batam"
    assert [names(store, n)["21.71"] for n in (1, 2, 3, 4)] == ["Batam", "Kota Batam", "Batam", "Kota Batam"]
    assert undo(store, 2) == 5
    assert names(store)["21.71"] == "Batam"


def test_undo_names_the_later_submission_that_replaced_a_row(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, areas=areas(a21_71="B"))
    commit(store, areas=areas(a21_71="C"))
    assert refused(store, 2) == ("error.undo_built_on", 3)
    undo(store, 3)
    undo(store, 2)
    assert names(store)["21.71"] == "Batam"


def test_undo_of_a_removal_refuses_when_the_row_came_again_and_went(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, {"areas": AREAS.iloc[[2]]})
    commit(store, areas=areas(a21_72="Pinang"))
    assert refused(store, 2) == ("error.undo_built_on", 3)
    commit(store, {"areas": AREAS.iloc[[2]]})
    assert refused(store, 2) == ("error.undo_built_on", 4)


def test_other_rows_of_later_submissions_do_not_matter(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, areas=areas(a21_71="B"))
    commit(store, areas=areas(a21_71="B", a21_72="T"))
    undo(store, 2)
    assert names(store) == {"21": "Kepulauan Riau", "21.71": "Batam", "21.72": "T"}


def test_undo_of_an_undo_refuses_when_an_earlier_one_was_undone_since(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, areas=areas(a21_71="B"))
    commit(store, areas=areas(a21_71="C"))
    fourth = undo(store, 3)
    fifth = undo(store, 2)
    assert refused(store, fourth) == ("error.undo_built_on", fifth)


def test_undo_refuses_when_later_rows_point_to_what_it_brought(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, libraries=libraries("a", "b"))
    commit(store, visits=visits("b", 1))
    assert refused(store, 2) == ("error.undo_built_on", 3)
    undo(store, 3)
    undo(store, 2)
    assert store.frame("libraries").empty


def test_undo_refuses_when_what_it_would_bring_back_points_to_a_row_now_gone(store: Store) -> None:
    commit(store, areas=AREAS, libraries=libraries("a", area_code="21.72"))
    commit(store, libraries=libraries("a", area_code="21.71"))
    commit(store, {"areas": AREAS.iloc[[2]]})
    assert refused(store, 2) == ("error.undo_built_on", 3)


def test_a_submission_is_undone_once(store: Store) -> None:
    commit(store, areas=AREAS)
    undo(store, 1)
    assert refused(store, 1) == ("error.already_undone", 2)


def test_there_must_be_such_a_submission(store: Store) -> None:
    assert refused(store, 1) == ("error.no_submission", None)
