"""A submission is written whole or not at all, and only what differs is written (both databases)."""

from __future__ import annotations

import pandas as pd
import pytest
import sqlalchemy as sa

from literasi import contracts
from literasi.errors import ContractError, StoreError
from literasi.store import Store, open_store
from literasi.store.schema import FACTS
from tests.contract.store_rows import AREAS, areas, circulation, commit, libraries, names, visits


def versions(store: Store, table: str) -> int:
    with store.engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(FACTS[table])) or 0


def faults(error: pytest.ExceptionInfo[ContractError]) -> list[tuple[str, str, str, int | None, str]]:
    return [(f.table, f.column, f.rule, f.row, f.value) for f in error.value.faults]


def test_empty_store_gives_empty_frames_that_meet_their_contracts(store: Store) -> None:
    assert store.head() == 0
    for table in contracts.TABLES:
        pd.testing.assert_frame_equal(store.frame(table), contracts.empty(table))


def test_rows_come_back_as_their_contract_reads_them(store: Store) -> None:
    assert commit(store, areas=AREAS) == 1
    pd.testing.assert_frame_equal(store.frame("areas"), contracts.coerce("areas", AREAS))


def test_every_kind_of_value_and_its_absence_survive(store: Store) -> None:
    commit(store, areas=AREAS)
    given = pd.DataFrame(
        {
            "library_id": ["a", "b"],
            "name": ["Perpustakaan “Ilmu” ✓, <b>", "NaN"],
            "kind": "village",
            "area_code": "21.71",
            "programme": "national",
            "year_joined": [2019, None],
            "latitude": [1.123456789012345, None],
            "titles": [0, None],
            "is_building_permanent": [True, None],
            "is_head_qualified": [False, None],
            "services": [None, "NULL"],
        }
    )
    dated = pd.DataFrame(
        {
            "library_id": "a",
            "month": ["2024-02-01", "2024-03-01"],
            "total": [0, 7],
            "received_on": [None, "2024-02-29"],
        }
    )
    commit(store, libraries=given, visits=dated)
    pd.testing.assert_frame_equal(store.frame("libraries"), contracts.coerce("libraries", given))
    pd.testing.assert_frame_equal(store.frame("visits"), contracts.coerce("visits", dated))


def test_empty_text_in_a_key_is_a_value(store: Store) -> None:
    aid = pd.DataFrame(
        {"library_id": "a", "period": ["", "2021"], "item": "komputer", "quantity": [1.0, 2.0]}
    )
    commit(store, areas=AREAS, libraries=libraries("a"), aid=aid)
    assert store.frame("aid").period.tolist() == ["", "2021"]


def test_rows_come_in_byte_order_of_their_key_whatever_the_history(store: Store) -> None:
    ids = ["b", "A", "a-1", "a", "a 2", "Ä"]
    commit(store, areas=AREAS, libraries=libraries(*ids))
    commit(store, libraries=libraries("a", "A", area_code="21.72"))
    assert store.frame("libraries").library_id.tolist() == sorted(ids)


def test_only_what_differs_is_written(store: Store) -> None:
    first = commit(store, areas=AREAS)
    more = pd.concat([areas(a21_71="Kota Batam"), AREAS.iloc[[2]].assign(area_code="21.05", name="Anambas")])
    second = commit(store, areas=more)
    assert versions(store, "areas") == 5
    assert names(store, first) == names(store, 1)
    assert names(store, first)["21.71"] == "Batam"
    assert names(store, second) == names(store)
    assert names(store)["21.71"] == "Kota Batam"
    expected = {"areas": {"added": 1, "changed": 1, "unchanged": 2, "removed": 0}}
    assert store.submissions().set_index("id").counts[second] == expected


def test_a_commit_that_changes_nothing_makes_no_submission(store: Store) -> None:
    commit(store, areas=AREAS)
    assert commit(store, areas=AREAS.iloc[::-1]) == 1
    assert store.head() == 1
    assert len(store.submissions()) == 1


def test_a_value_that_becomes_missing_is_a_change(store: Store) -> None:
    commit(store, areas=AREAS)
    commit(store, areas=AREAS.assign(latitude=[None, None, 0.92]))
    changed = store.effect(2)["areas"].changed
    assert changed[["area_code", "column", "old"]].to_numpy().tolist() == [["21.71", "latitude", "1.05"]]
    assert changed.new.isna().all()


def test_removed_rows_are_gone_now_and_there_before(store: Store) -> None:
    commit(store, areas=AREAS)
    assert commit(store, {"areas": AREAS.iloc[[2]]}) == 2
    assert sorted(names(store)) == ["21", "21.71"]
    assert sorted(names(store, 1)) == ["21", "21.71", "21.72"]
    assert store.effect(2)["areas"].removed.name.tolist() == ["Tanjungpinang"]


def test_as_of_zero_is_empty(store: Store) -> None:
    commit(store, areas=AREAS)
    assert store.frame("areas", 0).empty


def test_faults_of_all_tables_come_at_once_and_nothing_is_written(store: Store) -> None:
    with pytest.raises(ContractError) as error:
        commit(
            store,
            areas=AREAS.assign(level=["province", "regency", "town"]),
            libraries=libraries("a").assign(programme="x"),
            visits=visits("a", -1, 1).assign(female=1, male=1),
        )
    places = {(table, column, row) for table, column, _, row, _ in faults(error)}
    assert places >= {("areas", "level", 2), ("libraries", "programme", 0), ("visits", "total", 0)}
    assert store.head() == 0
    assert store.frame("areas").empty


def test_unknown_references_come_at_once_with_their_rows(store: Store) -> None:
    commit(store, areas=AREAS)
    with pytest.raises(ContractError) as error:
        commit(
            store,
            libraries=pd.concat([libraries("a"), libraries("b", "c", area_code="21.99")]),
            visits=pd.concat([visits("a", 1, 1), visits("z", 1, 1)]),
        )
    assert sorted(faults(error)) == [
        ("libraries", "area_code", "unknown_reference", 1, "21.99"),
        ("libraries", "area_code", "unknown_reference", 2, "21.99"),
        ("visits", "library_id", "unknown_reference", 1, "z"),
    ]
    assert store.head() == 1
    assert versions(store, "libraries") == 0


def test_references_within_one_submission_hold(store: Store) -> None:
    assert commit(store, visits=visits("a", 3), libraries=libraries("a"), areas=AREAS) == 1


def test_a_row_others_point_to_cannot_be_removed_alone(store: Store) -> None:
    commit(store, areas=AREAS, libraries=libraries("a"))
    with pytest.raises(ContractError) as error:
        commit(store, {"areas": AREAS.iloc[[1]]})
    assert faults(error) == [("libraries", "area_code", "unknown_reference", None, "21.71")]
    assert error.value.faults[0].params == {"submission": 1}
    commit(store, {"areas": AREAS.iloc[[1]], "libraries": libraries("a")})
    assert store.frame("libraries").empty


def test_only_current_rows_can_be_removed(store: Store) -> None:
    commit(store, areas=AREAS)
    with pytest.raises(ContractError) as error:
        commit(store, {"areas": pd.DataFrame({"area_code": ["21.72", "21.09"]})})
    assert faults(error) == [("areas", "area_code", "not_current", None, "21.09")]


def test_a_row_cannot_be_given_and_removed(store: Store) -> None:
    with pytest.raises(ContractError) as error:
        commit(store, {"areas": AREAS.iloc[[0]]}, areas=AREAS)
    assert faults(error) == [("areas", "area_code", "given_and_removed", None, "21")]


def test_days_that_differ_only_in_their_time_are_one_key(store: Store) -> None:
    twice = pd.DataFrame(
        {"library_id": "a", "date": ["2024-05-01", "2024-05-01T10:00"], "name": "Kelas", "people": 1}
    )
    with pytest.raises(ContractError) as error:
        commit(store, areas=AREAS, libraries=libraries("a"), activities=twice)
    assert {f[2] for f in faults(error)} == {"repeated_key"}


def test_a_character_that_one_database_cannot_store_is_refused_by_both(store: Store) -> None:
    with pytest.raises(ContractError) as error:
        commit(store, areas=areas(a21_71="Ba\x00tam"))
    assert faults(error) == [("areas", "name", "nul_character", 1, "")]


def test_two_tables_of_one_moment_are_read_by_one_head(store: Store) -> None:
    commit(
        store, areas=AREAS, libraries=libraries("a"), visits=visits("a", 1), circulation=circulation("a", 1)
    )
    head = store.head()
    commit(store, visits=visits("a", 2), circulation=circulation("a", 2))
    assert set(store.frame("visits", head).total) == {1}
    assert set(store.frame("circulation", head).loans) == {1}


def test_a_file_is_recognised_until_its_submission_is_undone(store: Store) -> None:
    about = {"actor": "Petugas", "file_name": "a.xlsx"}
    store.commit({"areas": AREAS}, sha256="abc", **about)
    assert store.find_by_sha("abc") == 1
    assert store.find_by_sha("abd") is None
    store.undo(1, actor="Petugas")
    assert store.find_by_sha("abc") is None
    assert store.find_by_sha("") is None


def test_the_list_says_who_submitted_what(store: Store) -> None:
    store.commit({"areas": AREAS}, actor="Sari", file_name="wilayah.xlsx", sha256="abc", note="awal")
    store.undo(1, actor="Budi")
    listing = store.submissions()
    assert listing.id.tolist() == [2, 1]
    assert listing.actor.tolist() == ["Budi", "Sari"]
    assert listing.undo_of.tolist() == [1, pd.NA]
    assert listing.undone_by.tolist() == [pd.NA, 2]
    assert listing.added.tolist() == [0, 3]
    assert listing.removed.tolist() == [3, 0]
    assert listing.time.str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00").all()


def test_effect_shows_rows_up_to_a_limit(store: Store) -> None:
    commit(store, areas=AREAS, libraries=libraries(*"abcdef"))
    commit(store, {"libraries": libraries("f")}, libraries=libraries(*"abcdg", area_code="21.72"))
    effect = store.effect(2, limit=3)["libraries"]
    assert effect.added.library_id.tolist() == ["g"]
    assert effect.removed.library_id.tolist() == ["f"]
    assert effect.changed.to_numpy().tolist() == [[i, "area_code", "21.71", "21.72"] for i in "abc"]
    assert list(store.effect(2)) == ["libraries"]
    assert store.effect(9) == {}


def test_a_read_only_store_reads_and_refuses_to_write(store: Store, url: str) -> None:
    commit(store, areas=AREAS)
    reader = open_store(url, read_only=True)
    assert len(reader.frame("areas")) == 3
    for change in (lambda: commit(reader, areas=areas(a21="x")), lambda: reader.undo(1, actor="a")):
        with pytest.raises(StoreError, match=r"error.read_only"):
            change()
    with (
        reader.engine.connect() as connection,
        pytest.raises((sa.exc.DBAPIError, StoreError)),
        connection.begin(),
    ):
        connection.execute(sa.delete(FACTS["areas"]))
    reader.close()
    assert store.head() == 1
