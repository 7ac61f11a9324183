"""A preview is what the commit would do; a commit writes over nothing that came since (both databases)."""

from __future__ import annotations

from dataclasses import astuple

import pandas as pd
import pytest

from literasi.errors import ContractError, StoreError
from literasi.store import Effect, Preview, Store, open_store
from tests.contract.store_rows import AREAS, areas, commit, libraries, names, visits

ABOUT = {"actor": "Petugas", "file_name": "berkas.xlsx", "sha256": "0" * 64}


def assert_same(preview: Preview, store: Store, submission: int) -> None:
    """Compare a preview with what the submission then did."""
    counts = store.submissions().set_index("id").counts[submission]
    assert {name: dict(zip(counts[name], astuple(c), strict=True)) for name, c in preview.counts.items()} == (
        counts
    )
    done = store.effect(submission)
    assert set(preview.effects) == set(done)
    for name, effect in done.items():
        for part in Effect.__slots__:
            pd.testing.assert_frame_equal(getattr(preview.effects[name], part), getattr(effect, part))


def test_preview_is_what_the_commit_then_does_and_writes_nothing(store: Store) -> None:
    commit(store, areas=AREAS, libraries=libraries("a"))
    extra = AREAS.iloc[[2]].assign(area_code="21.05", name="Anambas")
    changes = {"areas": pd.concat([areas(a21_71="Kota Batam").iloc[:2], extra]), "visits": visits("a", 5)}
    removals = {"areas": AREAS.iloc[[2]]}
    preview = store.preview(changes, removals)
    assert (preview.head, store.head()) == (1, 1)
    assert astuple(preview.counts["areas"]) == (1, 1, 1, 1)
    assert names(store)["21.71"] == "Batam"
    assert store.frame("visits").empty
    number = store.commit(changes, removals=removals, seen=preview.head, **ABOUT)
    assert_same(preview, store, number)


def test_preview_of_what_is_there_already(store: Store) -> None:
    commit(store, areas=AREAS)
    preview = store.preview({"areas": AREAS})
    assert astuple(preview.counts["areas"]) == (0, 0, 3, 0)
    assert preview.effects == {}
    assert store.commit({"areas": AREAS}, seen=preview.head, **ABOUT) == 1


def test_preview_shows_up_to_a_limit_and_counts_all(store: Store) -> None:
    preview = store.preview({"areas": AREAS}, limit=2)
    assert len(preview.effects["areas"].added) == 2
    assert preview.counts["areas"].added == 3


def test_preview_refuses_what_the_commit_refuses(store: Store) -> None:
    with pytest.raises(ContractError) as error:
        store.preview({"libraries": libraries("a", area_code="21.99")})
    assert {fault.rule for fault in error.value.faults} == {"unknown_reference"}
    with pytest.raises(ContractError):
        store.preview({}, {"areas": AREAS.iloc[[0]]})
    assert store.head() == 0


def test_preview_of_an_undo_is_what_the_undo_then_does(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, areas=areas(a21_71="Kota Batam"))
    preview = store.preview_undo(2)
    assert preview.effects["areas"].changed[["old", "new"]].to_numpy().tolist() == [["Kota Batam", "Batam"]]
    assert names(store)["21.71"] == "Kota Batam"
    assert_same(preview, store, store.undo(2, actor="Petugas"))
    with pytest.raises(StoreError, match=r"error.already_undone"):
        store.preview_undo(2)


def test_a_read_only_store_has_no_preview(url: str) -> None:
    open_store(url).close()
    reader = open_store(url, read_only=True)
    with pytest.raises(StoreError, match=r"error.read_only"):
        reader.preview({"areas": AREAS})
    with pytest.raises(StoreError, match=r"error.read_only"):
        reader.preview_undo(1)
    reader.close()


def refusal(
    store: Store, seen: int, removals: dict[str, pd.DataFrame] | None = None, **changes: object
) -> object:
    head = store.head()
    with pytest.raises(StoreError) as error:
        store.commit(changes, removals=removals, seen=seen, **ABOUT)  # type: ignore[arg-type]
    assert error.value.key == "error.changed_since"
    assert store.head() == head
    return error.value.params


def test_two_writers_of_the_same_row_the_second_is_told(store: Store, url: str) -> None:
    commit(store, areas=AREAS)
    other = open_store(url)
    mine, theirs = areas(a21_71="Kota Batam"), areas(a21_71="BATAM")
    seen = store.preview({"areas": mine}).head
    assert commit(other, areas=theirs) == 2
    other.close()
    assert refusal(store, seen, areas=mine) == {"submission": 2, "table": "areas"}
    assert names(store)["21.71"] == "BATAM"
    assert store.commit({"areas": mine}, seen=2, **ABOUT) == 3


def test_rows_of_other_keys_do_not_matter(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, areas=areas(a21_72="Pinang"))
    assert store.commit({"areas": areas(a21_71="Kota Batam").iloc[[1]]}, seen=1, **ABOUT) == 3
    assert names(store) == {"21": "Kepulauan Riau", "21.71": "Kota Batam", "21.72": "Pinang"}


def test_rows_that_both_would_write_alike_do_not_matter(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, areas=areas(a21_71="Kota Batam"))
    assert store.commit({"areas": areas(a21_71="Kota Batam")}, seen=1, **ABOUT) == 2


@pytest.mark.parametrize("others", ["added", "changed", "removed"])
def test_whatever_others_did_to_the_row_is_told(store: Store, others: str) -> None:
    commit(store, areas=AREAS.iloc[:2] if others == "added" else AREAS)
    theirs = {
        "added": lambda: commit(store, areas=AREAS),
        "changed": lambda: commit(store, areas=areas(a21_72="Pinang")),
        "removed": lambda: commit(store, {"areas": AREAS.iloc[[2]]}),
    }[others]
    assert theirs() == 2
    assert refusal(store, 1, areas=areas(a21_72="Kota Tanjungpinang"))["submission"] == 2  # type: ignore[index]
    assert refusal(store, 1, removals={"areas": AREAS.iloc[[2]]})["submission"] == 2  # type: ignore[index]


def test_an_undo_counts_as_a_later_submission(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, areas=areas(a21_71="Kota Batam"))
    store.undo(2, actor="Petugas")
    assert refusal(store, 2, areas=areas(a21_71="BATAM"))["submission"] == 3  # type: ignore[index]
