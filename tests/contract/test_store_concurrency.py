"""Two processes write while four read: nothing is lost, nothing is seen by halves (both databases)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from literasi.store import Store
from literasi.store.schema import FACTS
from tests.contract.store_processes import MONTHS, processes
from tests.contract.store_rows import AREAS, circulation, commit, libraries, visits

SECONDS = 8
OWN = ("own-1", "own-2")


@pytest.mark.slow
def test_two_writers_and_four_readers(store: Store, url: str, record_property: pytest.RecordProperty) -> None:
    import pandas as pd

    everyone = [*OWN, "shared"]
    commit(
        store,
        areas=AREAS,
        libraries=libraries(*everyone),
        visits=pd.concat([visits(library, 0, MONTHS) for library in everyone]),
        circulation=pd.concat([circulation(library, 0, MONTHS) for library in everyone]),
    )
    with processes() as using:
        writers = [using.start("write", url=url, worker=n, seconds=SECONDS) for n in (1, 2)]
        readers = [using.start("read", url=url, seconds=SECONDS) for _ in range(4)]
        assert [using.end(pid) for pid in (*writers, *readers)] == [0] * 6
        wrote = [using.hear("commits", pid) for pid in writers]
        saw = [using.hear("reads", pid) for pid in readers]

    commits = sum(w["commits"] for w in wrote)
    undone = sum(w["undone"] for w in wrote)
    reads = sum(r["reads"] for r in saw)
    figures = (
        f"{url.partition(':')[0]}: {commits} commits, {undone} commits undone, {reads} reads in {SECONDS} s"
    )
    record_property("figures", figures)
    print(figures)
    assert min(w["commits"] for w in wrote) > 0
    assert min(r["heads"] for r in saw) > 1, "readers saw no commit while they read"
    assert sum(r["torn"] for r in saw) == 0

    # Every commit that was reported done is there, once, and no other.
    listing = store.submissions()
    assert listing.id.tolist() == list(range(1 + commits + 2 * undone, 0, -1))
    assert listing.undo_of.notna().sum() == undone
    with store.engine.connect() as connection:
        for table, value in (("visits", "total"), ("circulation", "loans")):
            fact = FACTS[table]
            versions = pd.DataFrame(
                connection.execute(
                    sa.select(fact).order_by(fact.c.library_id, fact.c.month, fact.c.since)
                ).mappings()
            )
            counts = versions.groupby("library_id").size() / MONTHS
            assert counts["shared"] == 1 + commits
            for library, writer in zip(OWN, wrote, strict=True):
                assert counts[library] == 1 + writer["commits"] + 2 * writer["undone"]
                current = versions[versions.until.isna() & (versions.library_id == library)]
                assert set(current[value]) == {writer["commits"]}
            # No update was lost: each version was replaced by the next one, and the last one stands.
            following = versions.groupby(["library_id", "month"]).since.shift(-1)
            assert versions.until.fillna(-1).tolist() == following.fillna(-1).tolist()
