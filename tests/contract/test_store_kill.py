"""A process killed in the middle of a commit leaves the whole submission or nothing (both databases)."""

from __future__ import annotations

import signal

import pandas as pd
import pytest
import sqlalchemy as sa

from literasi.store import Store
from literasi.store.schema import FACTS, METADATA
from tests.contract.store_processes import KILL_ROWS, many, processes
from tests.contract.store_rows import AREAS, areas, commit, libraries, names

# After which statement to kill, from the insert of the submission on (1; 2 to 10 close and insert the rows
# of three tables, then references are looked up), or right before COMMIT.
# Half of the processes wait there for the signal; half go on working while it is on its way.
MOMENTS = [*range(1, 19), "commit", "commit"]


def values(store: Store) -> tuple[set[int], set[int], str]:
    shown = store.frame("visits"), store.frame("circulation")
    assert [len(frame) for frame in shown] == [KILL_ROWS] * 2
    return set(shown[0].total), set(shown[1].loans), names(store)["21"]


@pytest.mark.slow
def test_kill_in_the_middle_of_a_commit(
    store: Store, url: str, record_property: pytest.RecordProperty
) -> None:
    library_ids = many(0).library_id.unique()
    commit(
        store,
        areas=areas(a21="Kepri 0"),
        libraries=libraries(*library_ids),
        visits=many(0),
        circulation=many(0, "loans"),
    )
    stands, inside = 0, 0
    with processes() as using:
        for value, at in enumerate(MOMENTS, start=1):
            head = store.head()
            pid = using.start("crash", url=url, value=value, at=at, pauses=value % 2 == 0)
            using.hear("at", pid)
            assert using.kill(pid) == -signal.SIGKILL
            # The next commit waits until a server has noticed the death, so it comes before the look.
            following = commit(store, areas=areas(a21_71=f"Batam {value}").iloc[[1]])
            is_whole = following == head + 2
            assert is_whole or following == head + 1
            stands = value if is_whole else stands
            inside += not is_whole
            assert values(store) == ({stands}, {stands}, f"Kepri {stands}")
            assert names(store)["21.71"] == f"Batam {value}"
    kind, after = url.partition(":")[0], len(MOMENTS) - inside
    figures = f"{kind}: {len(MOMENTS)} kills, {inside} before the commit, {after} after"
    record_property("figures", figures)
    print(figures)
    assert inside >= 15

    with store.engine.connect() as connection:
        for table in ("areas", "visits", "circulation"):
            fact = FACTS[table]
            newest = connection.execute(sa.select(sa.func.max(fact.c.since), sa.func.max(fact.c.until))).one()
            assert max(n for n in newest if n is not None) <= store.head()
            current = pd.DataFrame(
                connection.execute(sa.select(fact).where(fact.c.until.is_(None))).mappings()
            )
            key = ["area_code"] if table == "areas" else ["library_id", "month"]
            assert not current.duplicated(key).any()
        assert len(AREAS) == len(store.frame("areas"))
        if url.startswith("sqlite"):
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        else:
            left = sa.inspect(connection).get_table_names()
            assert set(left) == {*METADATA.tables, "alembic_version"}
