"""Which submissions are undone now."""

from __future__ import annotations

import pytest

from literasi.store.submissions import undone_by


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ({}, {}),
        ({1: None, 2: None}, {}),
        ({1: None, 2: 1}, {1: 2}),
        ({1: None, 2: 1, 3: 2}, {2: 3}),
        ({1: None, 2: 1, 3: 2, 4: 3}, {1: 2, 3: 4}),
        ({1: None, 2: 1, 3: 2, 4: 1}, {2: 3, 1: 4}),
    ],
)
def test_an_undone_undo_counts_no_more(links: dict[int, int | None], expected: dict[int, int]) -> None:
    assert undone_by(links) == expected
