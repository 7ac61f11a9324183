"""Pictures of plots: what is drawn where, and that nothing is cut, lost or made up."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import etree

from literasi.closing.deck import Plot
from literasi.export import lettering, outlines
from literasi.export.plots import svg
from literasi.export.scales import classes, line_steps, steps
from tests.decks import BARS, COLUMNS, HIDDEN, INTERVALS, LINES, MAP, PLOTS, REGENCIES, plot, series

NS = "{http://www.w3.org/2000/svg}"
BLUE = "#1f83b4"


def read(drawn: Plot, width: int = 1180, height: int = 460, text: int = 24, **more) -> etree._Element:
    return etree.fromstring(svg(drawn, width=width, height=height, text=text, **more))


def words(tree: etree._Element) -> list[str]:
    return [element.text for element in tree.iter(f"{NS}text")]


def marks(tree: etree._Element, name: str, **given: str) -> list[dict[str, str]]:
    return [
        dict(element.attrib)
        for element in tree.iter(f"{NS}{name}")
        if all(element.get(key) == value for key, value in given.items())
    ]


@pytest.mark.parametrize("kind", PLOTS)
@pytest.mark.parametrize("frame", [(1180, 460, 24), (700, 400, 24), (900, 330, 18)])
def test_all_text_is_inside_the_picture_and_in_the_size_asked_for(kind, frame):
    tree = read(PLOTS[kind], *frame)
    assert tree.get("font-size") == str(frame[2])
    assert not [e for e in tree.iter() if e is not tree and e.get("font-size")]
    _, _, width, height = map(float, tree.get("viewBox").split())
    for element in tree.iter(f"{NS}text"):
        wide = lettering.width(element.text, frame[2], is_bold=element.get("font-weight") == "700")
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[element.get("text-anchor")] * wide
        left = float(element.get("x")) - shift
        assert left >= -1, element.text
        assert left + wide <= width + 1, element.text
        assert frame[2] * 0.5 <= float(element.get("y")) <= height


@pytest.mark.parametrize("kind", PLOTS)
def test_it_stands_in_a_page_with_others(kind):
    first, second = svg(PLOTS[kind], width=900, height=400), svg(PLOTS[kind], width=901, height=400)
    assert first == svg(PLOTS[kind], width=900, height=400)
    assert first.startswith("<svg ")
    assert not re.search(r"<(style|script|image|use|foreignObject)|href|@import|<!", first)
    assert re.findall(r'="(https?://[^"]*)', first) == ["http://www.w3.org/2000/svg"]
    ids = [re.findall(r' id="([^"]+)"', drawn) for drawn in (first, second)]
    assert not set(ids[0]) & set(ids[1])
    assert set(re.findall(r"url\(#([^)]+)\)", first)) == set(ids[0])


@pytest.mark.parametrize("kind", PLOTS)
def test_a_screen_reader_has_its_words(kind):
    tree = read(PLOTS[kind])
    assert tree.get("role") == "img"
    assert tree.get("aria-label") == PLOTS[kind].alt == tree.findtext(f"{NS}desc")


def test_bars_begin_at_zero_and_what_is_hidden_is_words():
    tree = read(BARS)
    bars = marks(tree, "rect", fill=BLUE)
    assert len({bar["x"] for bar in bars}) == 1
    known = [value for value in BARS.series[0].values if value is not None]
    longest = max(float(bar["width"]) for bar in bars)
    assert [float(bar["width"]) for bar in bars] == pytest.approx([longest * v / 38 for v in known], abs=0.1)
    assert words(tree).count(HIDDEN) == 1
    assert "0" not in words(tree)


def test_negative_bars_go_the_other_way():
    tree = read(plot("bars", (10.0, -5.0)))
    right, left = marks(tree, "rect", fill=BLUE)
    assert float(left["x"]) + float(left["width"]) == pytest.approx(float(right["x"]))
    assert float(right["width"]) == pytest.approx(2 * float(left["width"]), abs=0.1)


def test_columns_stand_on_zero_and_lie_down_where_names_do_not_fit():
    tree = read(replace(COLUMNS, categories=("Kepala desa", "Pengelola", "Lain")))
    first, second = marks(tree, "rect", fill=BLUE)
    assert float(first["y"]) + float(first["height"]) == pytest.approx(
        float(second["y"]) + float(second["height"])
    )
    assert float(first["height"]) == pytest.approx(float(second["height"]) * 42 / 60, abs=0.1)
    lying = marks(read(COLUMNS, width=500), "rect", fill=BLUE)
    assert lying[0]["x"] == lying[1]["x"]


def test_no_line_crosses_an_edition_or_a_gap():
    tree = read(LINES)
    strokes = marks(tree, "line", **{"stroke-linecap": "round"})
    assert len(strokes) == 1  # of 2021–2022 only: 2023 is missing, 2025 is another edition
    assert len(marks(tree, "circle")) == 4
    assert f"{HIDDEN}: 2023" in words(tree)
    assert "59,23" in words(tree)


def test_intervals_reach_from_limit_to_limit_around_their_value():
    tree = read(INTERVALS)
    (first, second), dots = marks(tree, "line", **{"stroke-width": "5"}), marks(tree, "circle")
    scale = (float(second["x1"]) - float(first["x1"])) / 0.5
    assert float(first["x2"]) - float(first["x1"]) == pytest.approx(4 * scale, rel=0.01)
    assert float(dots[0]["cx"]) - float(first["x1"]) == pytest.approx(2 * scale, rel=0.01)
    assert "0" in words(tree)
    assert words(tree).count(HIDDEN) == 1


def test_the_map_names_every_regency_and_says_why_one_is_without_value():
    tree = read(MAP)
    said = words(tree)
    short = {"Bintan", "Karimun", "Natuna", "Lingga", "Anambas", "Batam", "Tanjungpinang"}
    assert short <= set(said)
    assert {"<20 (4)", "20–<30 (1)", "≥30 (1)", f"{HIDDEN} (1)"} <= set(said)
    assert HIDDEN in said
    for small in (read(MAP, width=700), read(MAP, height=300)):
        assert HIDDEN not in words(small)
        assert f"{HIDDEN} (1)" in words(small)


@pytest.mark.parametrize("width", [700, 1180])
def test_no_chip_lies_on_another_and_all_are_in_their_panel(width):
    labels = outlines.labels(MAP, width=width, height=420, size=24)
    found = outlines.panels(labels, width=width, height=420, size=24)
    assert {chip.code for panel in found for chip in panel.chips} == set(REGENCIES)
    for panel in found:
        for at, chip in enumerate(panel.chips):
            assert panel.left <= chip.left
            assert chip.left + chip.width <= panel.left + panel.width + 0.01
            assert 0 <= chip.top <= panel.height - chip.height + 0.01
            for other in panel.chips[at + 1 :]:
                assert (
                    chip.left >= other.left + other.width
                    or other.left >= chip.left + chip.width
                    or chip.top >= other.top + other.height
                    or other.top >= chip.top + chip.height
                )


def test_many_rows_make_the_picture_higher():
    tree = read(plot("bars", tuple(float(i) for i in range(40))))
    assert float(tree.get("height")) > 40 * 24
    ys = [float(e.get("y")) for e in tree.iter(f"{NS}text") if e.text.startswith("Kelompok")]
    assert min(b - a for a, b in pairwise(ys)) >= 24


def test_text_from_data_stays_text():
    hostile = '</text><script>alert(1)</script>"\x00&amp;'
    tree = read(replace(BARS, categories=(hostile,) * 7, alt=hostile, unit=hostile))
    assert not list(tree.iter(f"{NS}script"))
    assert "<script>" in "".join(words(tree)).replace(" ", "")


def test_colours_of_the_dark_page():
    assert "#e8eef1" in svg(BARS, width=900, height=400, mode="dark")
    assert "#e8eef1" not in svg(BARS, width=900, height=400)


def test_an_empty_plot_is_drawn_as_words():
    for kind in ("bars", "columns", "lines", "intervals"):
        assert HIDDEN in " ".join(words(read(plot(kind, (None, None)))))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 9, (0, 2, 4, 6, 8, 10)),
        (59.23, 71.61, (55, 60, 65, 70, 75)),
        (-3, 4, (-4, -2, 0, 2, 4)),
        (5, 5, (5, 6)),
    ],
)
def test_steps_are_round_and_hold_the_range(low, high, expected):
    assert steps(low, high) == expected


@pytest.mark.parametrize(
    ("values", "first", "last"),
    [
        ((73.12, 74.31), 66, 82),  # 15 points: a fifth of 74
        ((14.0, 18.0), 14, 18),  # the old scale of the index is over a fifth already
        ((98.0, 99.5), 80, 100),
        ((0.4, 0.5), 0.4, 0.5),
        ((500.0, 510.0), 454, 556),
        ((-1.0, 1.0), -1, 1),
        ((), 0, 1),
    ],
)
def test_a_small_change_of_a_line_does_not_fill_the_height(values, first, last):
    ticks = line_steps(values)
    assert ticks[0] <= first
    assert ticks[-1] >= last
    assert ticks[0] >= 0 or min(values) < 0
    assert ticks[-1] <= 100 or max(values) > 100
    drawn = Plot("lines", ("2024", "2025"), (series("IPLM", (73.12, 74.31), 2),), "poin", "…", 2)
    heights = [float(dot["cy"]) for dot in marks(read(drawn, height=400), "circle")]
    assert 0 < heights[0] - heights[1] < 40


def test_classes_are_closed_below_and_count_every_area():
    found = classes((10.0, 20.0, 29.9, 30.0, None), decimals=0)
    assert found.edges == (20.0, 30.0)
    assert [found.fill(value) for value in (19.9, 20.0, 30.0)] == list(found.colours)
    assert found.fill(None) is None
    assert [name for name, _ in found.keys] == ["<20 (1)", "20–<30 (2)", "≥30 (1)"]
    assert classes((None,), decimals=0).keys == ()
    assert [name for name, _ in classes((7.0, 7.0), decimals=0).keys] == ["7 (2)"]


def test_a_word_too_long_for_its_line_is_broken_and_nothing_is_lost():
    lines = lettering.wrap("k" * 50 + " dan lagi", 100, 12)
    assert "".join(lines).replace(" ", "") == "k" * 50 + "danlagi"
    assert all(lettering.width(line, 12) <= 100 for line in lines)
    assert lettering.wrap("", 100, 12) == []
    assert lettering.wrap("satu dua tiga empat", 60, 12, lines=1)[0].endswith("…")


def test_two_series_share_a_legend():
    two = replace(
        BARS,
        series=(
            series("Hadir", BARS.series[0].values),
            series("Undangan", BARS.series[0].values, is_emphasis=False),
        ),
    )
    assert {"Hadir", "Undangan"} <= set(words(read(two)))
