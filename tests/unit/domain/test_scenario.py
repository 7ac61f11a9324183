"""The code that carries a scenario in an address: each comes back as it was, and nothing else is read."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.domain.scenario import (
    ITEMS,
    MOST,
    MOST_RUPIAH,
    NAME_LENGTH,
    Addition,
    Scenario,
    can_decode,
    clean_name,
    decode,
    encode,
    scenario,
)

AREAS = ("21.01", "21.02", "21.05", "21.71")
NUMBER = st.integers(0, MOST)
RUPIAH = st.none() | st.integers(0, MOST_RUPIAH)
ODD = st.sampled_from(["~", "n", "~n", "a1~b2", "<b>x</b>", "=1+1", "&skenario=2", "%7E", "+", "𝒜", "é", "‮x"])
NAMES = st.text(max_size=90) | st.lists(ODD, max_size=8).map("".join)
SCENARIOS = st.builds(
    scenario,
    name=NAMES,
    additions=st.dictionaries(st.sampled_from(AREAS), st.builds(Addition, NUMBER, NUMBER, NUMBER)),
    budget=RUPIAH,
    costs=st.fixed_dictionaries(dict.fromkeys(ITEMS, RUPIAH)),
)


@given(SCENARIOS)
def test_every_scenario_comes_back_from_its_code(made):
    code = encode(made)
    assert decode(code, areas=AREAS) == made
    assert encode(decode(code, areas=AREAS)) == code
    code.encode()  # or it could not stand in an address


@given(st.text(max_size=60) | NAMES.map("1~n{}".format) | ODD.map("1~21.01-1-2-3~{}".format))
def test_any_text_is_read_or_refused(code):
    if can_decode(code, areas=AREAS):
        read = decode(code, areas=AREAS)
        assert decode(encode(read), areas=AREAS) == read


@pytest.mark.parametrize(
    "code",
    [
        "1",
        "1~",
        "2~21.01-1-0-0",
        "1~21.01-1-0",
        "1~21.01-1-0-0~21.01-2-0-0",
        "1~99.99-1-0-0",
        "1~21.01--1-0-0",
        "1~21.01-10000-0-0",
        "1~21.01-1.5-0-0",
        "1~21.01-١-0-0",
        "1~a1~a2",
        "1~a99999999999999",
        "1~x5",
        "1~n" + "x" * (NAME_LENGTH + 1),
        "1~nA\nB",
        "1~n A",
        "1~nA\N{RIGHT-TO-LEFT OVERRIDE}B",
    ],
)
def test_what_no_page_writes_is_refused(code):
    assert not can_decode(code, areas=AREAS)
    with pytest.raises(ValueError, match=r"scenario|name"):
        decode(code, areas=AREAS)


def test_the_empty_scenario_leaves_the_address_clean():
    assert encode(scenario(name="  ", additions={"21.01": Addition()}, costs={"libraries": None})) == ""
    assert decode("", areas=AREAS) == Scenario()


def test_nothing_given_is_not_zero():
    free = scenario(budget=0, costs={"libraries": 0})
    assert encode(free) == "1~a0~l0"
    assert decode("1~a0~l0", areas=AREAS).costs == {"libraries": 0}
    assert decode("1~a0", areas=AREAS).costs == {}


@given(NAMES)
def test_a_name_is_one_line_of_visible_characters(written):
    name = clean_name(written)
    assert clean_name(name) == name
    assert len(name) <= NAME_LENGTH
    assert not any(unicodedata.category(sign)[0] == "C" for sign in name)
    assert name == " ".join(name.split())
