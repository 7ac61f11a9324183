"""Whatever the bytes are: a file or an `IntakeError`. For longer: ``python -m benchmarks.fuzz``."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz import case, seeds, try_one

SEEDS = seeds()


@given(st.binary(max_size=300))
@example(b"PK\x03\x04")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
@example(b"<")
@example(b"{")
@example(b'"')
@example(b"sep=;\n")
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf[")
def test_bytes(data):
    try_one(data, with_mark=False)


@given(st.text(max_size=300))
def test_texts(text):
    try_one(text.encode("utf-8", "surrogatepass"), with_mark=True)


@pytest.mark.parametrize("kind", sorted(SEEDS))
def test_broken_files(kind):
    cases = 4 if kind == "xls" else 25  # each XLS starts a process
    for number in range(cases):
        try_one(case(kind, SEEDS, random.Random(number)), with_mark=number % 10 == 0)


@settings(max_examples=60)
@given(st.sampled_from(sorted(set(SEEDS) - {"xls", "random"})), st.randoms(use_true_random=False))
def test_more_broken_files(kind, chance):
    try_one(case(kind, SEEDS, chance), with_mark=False)
