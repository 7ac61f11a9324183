"""Counts of trainees: every view is cut from the same tables, and no two of them give a small cell away."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from literasi.domain.privacy import TOTAL
from literasi.domain.trainees import FILTERS, plans, who
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


def planners(counts_by_cell: dict[tuple[str, str], int]) -> pd.DataFrame:
    """Give people with a plan, all with one state at 30, 90 and 180 days."""
    cells = list(counts_by_cell)
    frame = pd.DataFrame(cells, columns=["event", "status"])
    frame = frame.loc[np.repeat(frame.index, list(counts_by_cell.values()))].reset_index(drop=True)
    states = frame["status"].where(frame["status"] != "no_report")
    return frame.drop(columns="status").assign(
        has_plan=pd.array([True] * len(frame), dtype="boolean"),
        **{f"plan_status_{days}": states for days in (30, 90, 180)},
    )


def of(plan_frame: pd.DataFrame, days: int = 90) -> dict[str, float | None]:
    rows = plan_frame[plan_frame["days"] == days]
    return {
        status: None if hidden else n
        for status, n, hidden in zip(rows["status"], rows["n"], rows["is_suppressed"], strict=True)
    }


def test_plans_of_one_event_by_hand():
    rows = planners(
        {("e-1", "done"): 8, ("e-1", "no_report"): 9, ("e-2", "done"): 7, ("e-2", "no_report"): 6}
    )
    assert of(plans(rows, threshold=THRESHOLD)) == {
        "done": 15,
        "in_progress": 0,
        "not_started": 0,
        "no_report": 15,
    }
    one = plans(rows, threshold=THRESHOLD, events=["e-1"])
    assert of(one) == {"done": 8, "in_progress": 0, "not_started": 0, "no_report": 9}
    assert one["denominator"].unique().tolist() == [17]
    both = plans(rows, threshold=THRESHOLD, events=["e-1", "e-2"])
    assert of(both) == of(plans(rows, threshold=THRESHOLD))
    assert plans(rows, threshold=THRESHOLD, events=["e-9"])["denominator"].isna().all()


def test_few_without_a_plan_close_the_plans_of_their_event():
    """Of 20 at e-1 two made no plan: 18 plans would tell it to whoever knows that 20 came."""
    rows = planners({("e-1", "done"): 18, ("e-2", "done"): 20, ("e-3", "done"): 30})
    without = pd.DataFrame({"event": ["e-1"] * 2 + ["e-2"] * 6 + ["e-3"] * 9, "has_plan": False})
    rows = pd.concat([rows, without], ignore_index=True).astype({"has_plan": "boolean"})
    found = {event: plans(rows, threshold=THRESHOLD, events=[event]) for event in ("e-1", "e-2", "e-3")}
    assert found["e-1"]["denominator"].isna().all()
    assert found["e-2"]["denominator"].isna().all()  # else 17 − 6 − 9 tells the two
    assert of(found["e-3"])["done"] == 30


def test_a_small_state_of_one_event_cannot_be_had_from_the_others():
    """Three people of e-1 are done; 12 of 15 in e-2 would tell it, were they shown."""
    rows = planners(
        {("e-1", "done"): 3, ("e-1", "no_report"): 20, ("e-2", "done"): 12, ("e-2", "no_report"): 20}
    )
    assert of(plans(rows, threshold=THRESHOLD))["done"] == 15
    shown_done = [of(plans(rows, threshold=THRESHOLD, events=[event]))["done"] for event in ("e-1", "e-2")]
    assert shown_done == [None, None]


@pytest.mark.parametrize("seed", range(25))
def test_no_line_of_plans_has_exactly_one_hidden_cell(seed):
    generator = np.random.default_rng(seed)
    events = ["e-1", "e-2", "e-3"]
    rows = planners({(event, state): int(generator.choice([0, 1, 3, 6, 12, 20])) for event in events
                     for state in ("done", "in_progress", "not_started", "no_report")})  # fmt: skip
    if rows.empty:
        return
    whole = plans(rows, threshold=THRESHOLD)
    each = {event: plans(rows, threshold=THRESHOLD, events=[event]) for event in events}
    for event, frame in each.items():
        cells = of(frame) if len(frame) else {}
        assert all(n is None or n == 0 or n >= THRESHOLD for n in cells.values()), (event, cells)
        if cells and frame["denominator"].notna().all():
            assert list(cells.values()).count(None) != 1
    for state, n in of(whole).items():
        if n is not None:
            hidden = [of(frame).get(state, 0) for frame in each.values() if len(frame)]
            assert hidden.count(None) != 1, state
