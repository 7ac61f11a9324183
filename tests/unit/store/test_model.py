"""Any sequence of commits and undos gives what a simple model of it gives, as of every submission."""

from __future__ import annotations

from contextlib import closing
from dataclasses import astuple, dataclass, field

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from literasi.contracts import coerce
from literasi.errors import StoreError
from literasi.store import Store, database, open_store, submissions
from literasi.store.writing import Header

KEYS = "abcd"
Values = dict[str, str]


@dataclass
class Model:
    """Every state that ever was, and for each key the submissions on which its state rests.

    An undo is right if each key it would touch still rests on what it rested on right after the
    submission: this is said here by comparing histories, and in the store by looking for later
    submissions, so the two can disagree.
    """

    states: list[Values] = field(default_factory=lambda: [{}])
    rests: list[dict[str, tuple[int, ...]]] = field(default_factory=lambda: [dict.fromkeys(KEYS, ())])
    undo_of: dict[int, int] = field(default_factory=dict)
    touched: dict[int, set[str]] = field(default_factory=dict)

    @property
    def head(self) -> int:
        return len(self.states) - 1

    def commit(self, changes: Values, removals: set[str]) -> int:
        old = self.states[-1]
        new = {k: v for k, v in {**old, **changes}.items() if k not in removals}
        if new != old:
            self._push(new, {k for k in KEYS if old.get(k) != new.get(k)}, None)
        return self.head

    def undo(self, target: int) -> int | None:
        """Take back a submission; None where that has to be refused."""
        if target in self._undone() or not 1 <= target <= self.head:
            return None
        keys = self.touched[target]
        if any(self.rests[-1][k] != self.rests[target][k] for k in keys):
            return None
        before = self.states[target - 1]
        state = {k: v for k, v in self.states[-1].items() if k not in keys} | {
            k: before[k] for k in keys if k in before
        }
        self._push(state, keys, target)
        return self.head

    def _push(self, state: Values, keys: set[str], target: int | None) -> None:
        number = self.head + 1
        rests = dict(self.rests[-1])
        for key in keys:
            rests[key] = (*rests[key], number) if target is None else self.rests[target - 1][key]
        self.states.append(state)
        self.rests.append(rests)
        self.touched[number] = keys
        if target is not None:
            self.undo_of[number] = target

    def _undone(self) -> set[int]:
        undone: set[int] = set()
        for number in sorted(self.undo_of, reverse=True):
            if number not in undone:
                undone.add(self.undo_of[number])
        return undone


def rows(values: Values) -> pd.DataFrame:
    frame = pd.DataFrame({"source_id": list(values), "title": list(values.values())}, dtype="str")
    return coerce("sources", frame.assign(publisher="p", kind="k"))


def commit(store: Store, changes: Values, removals: set[str]) -> int:
    # Straight to the writing half: contracts have their own tests, and Pandera is slow at this number.
    leaving = {"sources": rows(dict.fromkeys(removals, ""))[["source_id"]]}
    with database.writing(store.engine) as connection:
        changed = {"sources": rows(changes)}
        return submissions.commit(connection, changed, leaving, Header("a", "f", "s")).submission


def undo(store: Store, target: int) -> int | None:
    try:
        return store.undo(target, actor="a")
    except StoreError:
        return None


def state(store: Store, as_of: int | None = None) -> Values:
    frame = store.frame("sources", as_of)
    return dict(zip(frame.source_id, frame.title, strict=True))


commits = st.tuples(
    st.dictionaries(st.sampled_from(KEYS), st.sampled_from("xyz"), max_size=3),
    st.sets(st.sampled_from(KEYS), max_size=2),
)
# An undo of the n-th newest: most are near, where undos of undos and refusals happen.
step = st.one_of(commits, st.integers(0, 5))
steps = st.lists(step, min_size=1, max_size=14)
few_steps = st.lists(step, min_size=2, max_size=7)


def walk(model: Model, store: Store, steps: list[tuple[Values, set[str]] | int]) -> None:
    """Take the same steps in both."""
    for step in steps:
        if isinstance(step, int):
            target = model.head - step
            assert undo(store, target) == model.undo(target)
        else:
            changes, removals = step
            leaving = (removals & set(model.states[-1])) - set(changes)
            assert commit(store, changes, leaving) == model.commit(changes, leaving)
        assert store.head() == model.head
        assert state(store) == model.states[-1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_store_is_as_its_model_as_of_every_submission(steps: list[tuple[Values, set[str]] | int]) -> None:
    model = Model()
    with closing(open_store("sqlite://")) as store:
        walk(model, store, steps)
        for number, expected in enumerate(model.states):
            assert state(store, number) == expected


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(few_steps, st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=4))
def test_two_moments_compared_are_as_their_frames_merged(
    steps: list[tuple[Values, set[str]] | int], moments: list[tuple[int, int]]
) -> None:
    model = Model()
    with closing(open_store("sqlite://")) as store:
        walk(model, store, steps)
        for moment in moments:
            first, last = (min(number, model.head) for number in moment)
            before, after = rows(model.states[first]), rows(model.states[last])
            both = before.merge(after, how="outer", on="source_id", indicator=True, suffixes=("", "_new"))
            differs = both[(both._merge == "both") & (both.title != both.title_new)]
            added = both.source_id[both._merge == "right_only"].tolist()
            removed = both.source_id[both._merge == "left_only"].tolist()
            unchanged = len(after) - len(added) - len(differs)
            found = store.compare(first, last)
            if not added and not removed and differs.empty:
                assert found == {}
                continue
            counts, effect = found["sources"]
            assert astuple(counts) == (len(added), len(differs), unchanged, len(removed))
            assert effect.added.source_id.tolist() == added
            assert effect.removed.source_id.tolist() == removed
            told = effect.changed[["source_id", "old", "new"]].to_numpy().tolist()
            assert told == differs[["source_id", "title", "title_new"]].to_numpy().tolist()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(few_steps, commits, st.integers(0, 7))
def test_a_commit_is_refused_just_where_a_row_it_writes_was_touched_since(
    steps: list[tuple[Values, set[str]] | int], step: tuple[Values, set[str]], moment: int
) -> None:
    model = Model()
    with closing(open_store("sqlite://")) as store:
        walk(model, store, steps)
        changes, removals = step
        leaving = (removals & set(model.states[-1])) - set(changes)
        written = {key for key, value in changes.items() if model.states[-1].get(key) != value} | leaving
        seen = min(moment, model.head)
        touching = [n for n in range(seen + 1, model.head + 1) if model.touched[n] & written]
        gone = {"sources": rows(dict.fromkeys(leaving, ""))[["source_id"]]}
        with database.trying(store.engine) as connection:
            try:
                submissions.commit(
                    connection, {"sources": rows(changes)}, gone, Header("a", "f", "s"), seen=seen
                )
                later = None
            except StoreError as error:
                later = error.params["submission"]
        assert later is None or later in touching
        assert (later is None) == (not touching)
        assert state(store) == model.states[-1]
