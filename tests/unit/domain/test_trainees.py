"""Counts of trainees: every view is cut from the same tables, and no two of them give a small cell away."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from literasi.domain.privacy import TOTAL
from literasi.domain.trainees import FILTERS, who
from literasi.domain.training import counts

THRESHOLD = 5


def people(rows: list[tuple[str, str, str]], repeat: list[int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["event", "regency", "role"])
    frame = frame.loc[np.repeat(frame.index, repeat)].reset_index(drop=True)
    return frame.assign(year="20" + frame["event"].str[-2:])


def shown(frame: pd.DataFrame) -> dict[str, float | None]:
    return {code: None if hidden else n for code, n, hidden in
            zip(frame["code"], frame["n"], frame["is_suppressed"], strict=True)}  # fmt: skip


def random_people(seed: int) -> pd.DataFrame:
    generator = np.random.default_rng(seed)
    cells = list(
        product([f"e-{y}" for y in (21, 22, 23)], ["21.01", "21.02", "21.03"], ["manager", "other", "head"])
    )
    return people(cells, list(generator.choice([0, 0, 1, 2, 4, 7, 12], len(cells))))


def test_counts_of_everyone_are_whole_where_large():
    rows = people([("e-21", "21.01", "manager"), ("e-22", "21.02", "head")], [10, 12])
    assert shown(who(rows, by="role", threshold=THRESHOLD)) == {"head": 12, "manager": 10, TOTAL: 22}


def test_a_small_group_is_hidden_with_another():
    rows = people([("e-21", "21.01", r) for r in ("manager", "head", "other")], [20, 9, 2])
    assert shown(who(rows, by="role", threshold=THRESHOLD)) == {
        "head": None,
        "manager": 20,
        "other": None,
        TOTAL: 31,
    }


def test_a_filtered_count_hides_small_cells_and_keeps_zeros():
    cells = [(e, "21.01", r) for e, r in product(("e-21", "e-22"), ("manager", "head", "other"))]
    rows = people(cells, [10, 2, 8, 10, 20, 0])
    found = shown(who(rows, by="role", threshold=THRESHOLD, within=("event", "e-22")))
    assert found["other"] == 0
    assert found["head"] is None  # 22 heads in all: 22 - 20 would be the two of the other event
    assert found[TOTAL] == 30


def test_a_year_is_hidden_with_any_of_its_events():
    held = ("a-21", "b-21", "c-22", "d-23")
    rows = people([(event, "21.01", "x") for event in held], [2, 30, 12, 9])
    assert shown(who(rows, by="event", threshold=THRESHOLD)) == {
        "a-21": None, "b-21": 30, "c-22": 12, "d-23": None, TOTAL: 53}  # fmt: skip
    assert shown(who(rows, by="year", threshold=THRESHOLD)) == {
        "2021": None,
        "2022": 12,
        "2023": None,
        TOTAL: 53,
    }


@pytest.mark.parametrize("seed", range(8))
def test_both_directions_show_the_same_cells(seed):
    rows = random_people(seed)
    across = {
        e: shown(who(rows, by="regency", threshold=THRESHOLD, within=("event", e)))
        for e in set(rows["event"])
    }
    along = {
        a: shown(who(rows, by="event", threshold=THRESHOLD, within=("regency", a)))
        for a in set(rows["regency"])
    }
    assert {(e, a): across[e][a] for e in across for a in along} == {
        (e, a): along[a][e] for e in across for a in along
    }


@pytest.mark.parametrize("field", FILTERS)
@pytest.mark.parametrize("seed", range(10))
def test_no_small_cell_follows_from_all_views_together(seed, field):
    """Everything shown as equations over the cells of the true table: no small cell is their combination."""
    rows = random_people(seed)
    true = counts(rows, by=[field, "role"]).set_index([field, "role"])["n"]
    cells = list(product(sorted(set(rows[field])), sorted(set(rows["role"]))))
    views = {
        code: shown(who(rows, by="role", threshold=THRESHOLD, within=(field, code)))
        for code in set(rows[field])
    }
    equations = []
    for (code, role), everyone in product(cells, (True, False)):
        if not everyone and views[code][role] is not None:
            equations.append([float(cell == (code, role)) for cell in cells])
    for code, n in shown(who(rows, by=field, threshold=THRESHOLD)).items():
        if n is not None:
            equations.append([float(code in (cell[0], TOTAL)) for cell in cells])
    for role, n in shown(who(rows, by="role", threshold=THRESHOLD)).items():
        if n is not None:
            equations.append([float(role in (cell[1], TOTAL)) for cell in cells])
    # A cell known to be empty is known; it may not be taken for a degree of freedom.
    equations += [[float(cell == empty) for cell in cells] for empty in cells if true.get(empty, 0) == 0]
    matrix = np.array(equations)
    rank = np.linalg.matrix_rank(matrix)
    for i, cell in enumerate(cells):
        if 0 < true.get(cell, 0) < THRESHOLD:
            assert views[cell[0]][cell[1]] is None
            unit = np.eye(len(cells))[i]
            assert np.linalg.matrix_rank(np.vstack([matrix, unit])) > rank, cell


def test_a_filter_on_the_counted_dimension_is_refused():
    rows = random_people(0)
    with pytest.raises(ValueError, match="year within event"):
        who(rows, by="year", threshold=THRESHOLD, within=("event", "e-21"))
