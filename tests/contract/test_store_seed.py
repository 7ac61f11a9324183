"""Shipped facts are the first submission; a new edition leaves what the office did (both databases)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from literasi.errors import ContractError
from literasi.store import Store, open_store
from literasi.store.seed import publish, read_areas
from tests.contract.store_rows import areas, commit, libraries, names

AREAS_CSV = """area_code,level,kind,name,parent_code,aliases
21,province,provinsi,Kepulauan Riau,,Kepri
21.71,regency,kota,Batam,21,
21.72,regency,kota,Tanjungpinang,21,
"""
LIBRARIES = {"a": "A", "b": "B", "c": "C"}


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "areas").mkdir(parents=True)
    (folder / "published").mkdir()
    (folder / "areas" / "areas.csv").write_text(AREAS_CSV, encoding="utf-8")
    ship(folder, LIBRARIES)
    return folder


def ship(data_dir: Path, names_by_id: dict[str, str], area_code: str = "21.71") -> None:
    lines = [f"{i},{name},village,{area_code},national,NA" for i, name in names_by_id.items()]
    header = "library_id,name,kind,area_code,programme,note"
    (data_dir / "published" / "libraries.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")


def ship_aid(data_dir: Path, *library_ids: str) -> None:
    lines = [f"{i},,buku,10" for i in library_ids]
    (data_dir / "published" / "aid.csv").write_text(
        "\n".join(["library_id,period,item,quantity", *lines, ""])
    )


def held(store: Store) -> dict[str, str]:
    frame = store.frame("libraries")
    return dict(zip(frame.library_id, frame.name, strict=True))


def office(store: Store, **names_by_id: str) -> int:
    ids = list(names_by_id)
    return commit(store, libraries=libraries(*ids).assign(name=list(names_by_id.values())))


def test_first_run_is_the_first_submission(store: Store, data_dir: Path) -> None:
    assert publish(store, data_dir) == 1
    assert held(store) == LIBRARIES
    assert store.submissions().loc[0, ["actor", "file_name"]].tolist() == ["bundle", "data/published"]
    assert publish(store, data_dir) is None
    assert store.head() == 1


def test_cells_are_read_as_text_and_empty_ones_are_missing(store: Store, data_dir: Path) -> None:
    ship_aid(data_dir, "a")
    publish(store, data_dir)
    shown = store.frame("areas")
    assert shown.area_code.tolist() == ["21", "21.71", "21.72"]
    assert shown.aliases.isna().tolist() == [False, True, True]
    assert store.frame("libraries").note.tolist() == ["NA", "NA", "NA"]
    assert store.frame("aid").period.tolist() == [""]
    assert len(read_areas(data_dir)) == 3


def test_a_new_edition_is_only_its_differences(store: Store, data_dir: Path) -> None:
    publish(store, data_dir)
    ship(data_dir, {"a": "A", "b": "B2", "d": "D"})
    assert publish(store, data_dir) == 2
    assert held(store) == {"a": "A", "b": "B2", "d": "D"}
    counts = store.submissions().set_index("id").counts[2]["libraries"]
    assert counts == {"added": 1, "changed": 1, "unchanged": 1, "removed": 1}
    assert sorted(store.frame("libraries", 1).library_id) == ["a", "b", "c"]


def test_an_edition_without_differences_is_remembered(store: Store, data_dir: Path) -> None:
    publish(store, data_dir)
    file = data_dir / "published" / "libraries.csv"
    file.write_text(file.read_text() + "\n")
    assert publish(store, data_dir) == 2
    assert publish(store, data_dir) is None


def test_rows_of_the_office_stay(store: Store, data_dir: Path) -> None:
    publish(store, data_dir)
    office(store, b="Kantor", x="Baru")
    ship(data_dir, {"a": "A2", "b": "B2", "x": "X"})
    publish(store, data_dir)
    assert held(store) == {"a": "A2", "b": "Kantor", "x": "Baru"}


def test_a_row_the_office_replaced_stays_when_no_longer_shipped(store: Store, data_dir: Path) -> None:
    publish(store, data_dir)
    office(store, b="Kantor")
    ship(data_dir, {"a": "A"})
    publish(store, data_dir)
    assert held(store) == {"a": "A", "b": "Kantor"}


def test_a_row_the_office_removed_stays_away_with_what_points_to_it(store: Store, data_dir: Path) -> None:
    ship_aid(data_dir, "a")
    publish(store, data_dir)
    commit(store, {"libraries": libraries("b")})
    ship(data_dir, {"a": "A", "b": "B2", "c": "C"})
    ship_aid(data_dir, "a", "b", "c")
    publish(store, data_dir)
    assert held(store) == {"a": "A", "c": "C"}
    assert store.frame("aid").library_id.tolist() == ["a", "c"]


def test_a_row_the_bundle_removed_may_come_again(store: Store, data_dir: Path) -> None:
    publish(store, data_dir)
    ship(data_dir, {"a": "A"})
    publish(store, data_dir)
    ship(data_dir, LIBRARIES)
    publish(store, data_dir)
    assert held(store) == LIBRARIES


def test_a_row_is_shipped_again_after_the_office_undid_its_replacement(store: Store, data_dir: Path) -> None:
    publish(store, data_dir)
    store.undo(office(store, b="Kantor"), actor="Petugas")
    ship(data_dir, {"a": "A", "b": "B2"})
    publish(store, data_dir)
    assert held(store) == {"a": "A", "b": "B2"}


def test_a_key_the_office_tried_and_undid_can_be_shipped(store: Store, data_dir: Path) -> None:
    publish(store, data_dir)
    store.undo(office(store, x="Salah"), actor="Petugas")
    ship(data_dir, {**LIBRARIES, "x": "X"})
    publish(store, data_dir)
    assert held(store)["x"] == "X"


@pytest.mark.parametrize("actor", ["Petugas", "bundle"])
def test_an_undone_edition_stays_undone(store: Store, data_dir: Path, actor: str) -> None:
    publish(store, data_dir)
    store.undo(1, actor=actor)
    assert publish(store, data_dir) is None
    ship(data_dir, {**LIBRARIES, "a": "A2"})
    publish(store, data_dir)
    assert held(store) == {}


def test_a_shipped_row_the_office_points_to_is_kept(store: Store, data_dir: Path) -> None:
    publish(store, data_dir)
    commit(store, libraries=libraries("x", area_code="21.72"))
    (data_dir / "areas" / "areas.csv").write_text("\n".join(AREAS_CSV.splitlines()[:2]) + "\n")
    ship(data_dir, {"a": "A"}, area_code="21")
    publish(store, data_dir)
    assert sorted(names(store)) == ["21", "21.72"]
    assert held(store) == {"a": "A", "x": "x"}


def test_faults_are_refused_before_anything_is_written(store: Store, data_dir: Path) -> None:
    ship(data_dir, LIBRARIES, area_code="21.7")
    (data_dir / "published" / "pelanggan.csv").write_text("a\n1\n")
    with pytest.raises(ContractError) as error:
        publish(store, data_dir)
    assert [f.rule for f in error.value.faults] == ["unknown_table"]
    (data_dir / "published" / "pelanggan.csv").unlink()
    with pytest.raises(ContractError):
        publish(store, data_dir)
    assert store.head() == 0


def test_a_read_only_store_is_left_alone(store: Store, url: str, data_dir: Path) -> None:
    reader = open_store(url, read_only=True)
    assert publish(reader, data_dir) is None
    reader.close()
    assert store.head() == 0


def test_an_area_the_office_renamed_keeps_its_name_while_others_change(store: Store, data_dir: Path) -> None:
    publish(store, data_dir)
    commit(store, areas=areas(a21_71="Kota Batam").assign(latitude=pd.NA))
    file = data_dir / "areas" / "areas.csv"
    file.write_text(file.read_text().replace("Tanjungpinang", "Tanjung Pinang"))
    publish(store, data_dir)
    assert names(store)["21.71"] == "Kota Batam"
    assert names(store)["21.72"] == "Tanjung Pinang"
