"""No deck gives away a count of people below the threshold, however its slides are subtracted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from literasi.closing.building import build
from literasi.closing.deck import Slide
from literasi.closing.people import cells
from literasi.domain.indicators import Catalogue
from literasi.domain.privacy import Size, size
from tests.closings import EVENT, REGENCIES, Rows, facts, people

THRESHOLD = 10
ORIGINS = (*REGENCIES, "21", None)
ROLES = ("manager", "facilitator", "village_head", "official", "volunteer", None)
STATES = ("done", "in_progress", "not_started", None)


def some(draw: st.DrawFn, values: tuple[object, ...], of: int) -> list[object]:
    """Give `of` people values in lumps, so that groups of every size occur."""
    out: list[object] = []
    while len(out) < of:
        lump = draw(st.sampled_from((1, 2, 4, 8, 9, 10, 11, 15, 30)))
        out += [draw(st.sampled_from(values))] * lump
    return out[:of]


@st.composite
def lists(draw: st.DrawFn) -> Rows:
    of = draw(st.one_of(st.integers(1, 45), st.integers(10, 24)))
    planned = some(draw, (True, True, False, None), of)
    states = some(draw, STATES, of)
    return people(
        area_code=some(draw, ORIGINS, of),
        role=some(draw, ROLES, of),
        sex=some(draw, ("female", "male", None), of),
        hours_due=some(draw, (40, 40, None), of),
        hours_attended=some(draw, (40, 8), of),
        pre_score=some(draw, (50, 61, None), of),
        post_score=some(draw, (70, None), of),
        has_plan=planned,
        plan_status_90=[state if has else None for state, has in zip(states, planned, strict=True)],
    )


def truth(rows: Rows) -> dict[str, Counter[str]]:
    """Every partition whose groups a slide may name, by slide."""
    known = [(row.get("hours_due"), row.get("hours_attended")) for row in rows]
    planned = [row for row in rows if row.get("has_plan")]
    return {
        "origins": Counter(str(row.get("area_code")) for row in rows),
        "roles": Counter(str(row.get("role")) for row in rows),
        "sex": Counter(str(row.get("sex")) for row in rows),
        "attendance": Counter("?" if not due else "+" if done == 40 else "-" for due, done in known),
        "gain": Counter("pre_score" in row and "post_score" in row for row in rows),
        "plans": Counter(str(row.get("has_plan")) for row in rows),
        "states": Counter(str(row.get("plan_status_90")) for row in planned),
    }


def numbers(slide: Slide) -> set[int]:
    """Every whole number that a slide writes of people, in whatever place; means and shares are not."""
    texts = [slide.title, *slide.points, *slide.caveats, *slide.narrative]
    of_people = [figure for figure in slide.figures if not figure.id.endswith(".groups")]
    texts += [text for figure in of_people for text in (figure.shown, figure.context)]
    texts += [label for series in (slide.plot.series if slide.plot else ()) for label in series.labels]
    joined = " ".join(texts)
    joined = re.sub(r"\d+(,\d+)?%|[+-]?\d+,\d+|95%|hari ke-\d+|\d+ hari|pada \d+", " ", joined)
    joined = re.sub(
        r"dari \d+ kabupaten/kota|\d+ dari \d+ kabupaten/kota|\d+ (asal|peran) lain|dengan \d+ peran",
        " ",
        joined,
    )
    return {int(found) for found in re.findall(r"\d+", joined)}


def reader(total: int, groups: int, shown: list[int]) -> tuple[int, int]:
    """What one hidden group may hold at least and at most, by what the others leave."""
    hidden = groups - len(shown)
    rest = total - sum(shown)
    return (rest if hidden == 1 else 1), rest - hidden + 1


def assert_safe(total: int, groups: int, shown: list[int]) -> None:
    """No shown group is few, and each hidden one could be of `THRESHOLD` people, or of fewer."""
    assert not any(0 < n < THRESHOLD for n in shown)
    if groups > len(shown):
        least, most = reader(total, groups, shown)
        assert least < most or least >= THRESHOLD
        assert most >= THRESHOLD


@settings(max_examples=25)
@given(lists())
def test_no_slide_and_no_subtraction_shows_a_few(rows: Rows):
    deck = build(replace(facts(rows), catalogue=Catalogue(())), EVENT, threshold=THRESHOLD)
    found = {slide.id: slide for slide in deck.slides}
    parts, total = truth(rows), len(rows)
    about_people = [found[name] for name in parts if name in found]
    if total < THRESHOLD:
        assert not about_people
        assert found["title"].figures[0].value is None
        return
    assert found["title"].figures[0].value == total
    for slide in about_people:
        assert not {n for n in numbers(slide) if 0 < n < THRESHOLD}, slide

    for name in ("origins", "roles"):
        if name in found and (plot := found[name].plot):
            on_plot = [int(n) for n in plot.series[0].values if n]
            # Of people from the province's own office, or of no known area, the slide writes in words.
            off_map = {code: n for code, n in parts[name].items() if code in ("21", "None")}
            in_words = [
                n for n in off_map.values() if name == "origins" and f" {n}." in found[name].caveats[0]
            ]
            assert_safe(total, len(parts[name]), on_plot + in_words)
    if "sex" in found:
        assert_safe(total, len(parts["sex"]), [int(f.value or 0) for f in found["sex"].figures])

    for name, known in (("gain", parts["gain"][True]), ("attendance", total - parts["attendance"]["?"])):
        if found[name].figures:
            context = found[name].figures[0].context
            n = int(re.findall(r"n = (\d+)", context)[0])
            assert n <= known if "atau lebih" in context else n == known
            assert n >= THRESHOLD
            assert total == n or total - n >= THRESHOLD
            values = {f.id: f.value for f in found[name].figures}
            if (enough := values.get("attendance.enough")) is not None:
                assert_safe(n, 1 + (parts["attendance"]["-"] > 0), [int(enough), n - int(enough)])

    values = {f.id: f.value for f in found["plans"].figures}
    if planned := int(values.get("plans.planned") or 0):
        assert planned == parts["plans"]["True"]
        assert_safe(total, len(parts["plans"]), [planned])
        if plot := found["plans"].plot:
            assert_safe(planned, len(parts["states"]), [int(n) for n in plot.series[0].values if n])
    else:
        assert found["plans"].plot is None


def test_the_reader_of_this_test_finds_what_is_badly_hidden():
    with pytest.raises(AssertionError):
        assert_safe(40, 2, [35])
    with pytest.raises(AssertionError):
        assert_safe(40, 3, [32])


class TestSize:
    @pytest.mark.parametrize(
        ("n", "of", "expected"),
        [
            (40, 40, Size(40, is_exact=True)),
            (30, 40, Size(30, is_exact=True)),
            (34, 40, Size(30, is_exact=False)),
            (39, 40, Size(30, is_exact=False)),
            (19, 20, Size(10, is_exact=False)),
            (18, 19, None),  # a floor of 9 would be few, one of 10 would show that the rest is
            (9, 40, None),
            (0, 40, None),
        ],
    )
    def test_the_number_behind_a_mean(self, n, of, expected):
        assert size(n, of=of, threshold=10) == expected

    def test_any_few_who_are_missing_are_told_alike(self):
        assert len({size(40 - rest, of=40, threshold=10) for rest in range(1, 10)}) == 1


class TestCells:
    def test_a_partition_that_would_hide_the_total_is_not_shown(self):
        rows = pd.DataFrame({"role": ["a"] * 9 + ["b"] * 1})
        assert cells(rows, "role", threshold=10) is None

    def test_hidden_groups_are_never_few_together(self):
        rows = pd.DataFrame({"role": ["a"] * 20 + ["b"] * 6 + ["c"] * 5})
        found = cells(rows, "role", threshold=10, order=("c", "b"))
        assert found is not None
        assert found.counts == {"c": None, "b": None, "a": 20}
        assert found.rest == 11
