"""Numbers, dates and texts in both languages."""

import datetime as dt
import string

import pytest

from literasi import text
from literasi.text import catalogue


@pytest.fixture(autouse=True)
def _indonesian():
    text.use("id")
    yield
    text.use("id")


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (1234.5, 1, "1.234,5"),
        (0, 0, "0"),
        (-0.04, 1, "0,0"),
        (2271890, 0, "2.271.890"),
        (None, 0, "–"),
        (float("nan"), 2, "–"),
    ],
)
def test_numbers_are_written_the_indonesian_way(value, decimals, shown):
    assert text.number(value, decimals) == shown


def test_english_swaps_the_separators():
    text.use("en")
    assert text.number(1234.5, 1) == "1,234.5"
    assert text.date(dt.date(2024, 6, 7)) == "7 June 2024"


def test_dates_and_periods_use_indonesian_month_names():
    assert text.date(dt.date(2024, 6, 7)) == "7 Juni 2024"
    assert text.period("2024-08") == "Agustus 2024"
    assert text.period("2024") == "2024"
    assert text.period("") == "tanpa tahun"


@pytest.mark.parametrize(("value", "shown"), [(1.26, "+1,3"), (-1.26, "-1,3"), (0.01, "0,0"), (-0.01, "0,0")])
def test_a_change_below_rounding_has_no_sign(value, shown):
    assert text.signed(value, 1) == shown


def test_a_moment_is_shown_in_the_provinces_own_time():
    assert text.moment("2024-06-07T17:30:00+00:00") == "8 Juni 2024 00.30 WIB"


def test_a_new_code_of_an_open_list_is_shown_as_it_is():
    assert text.term("term", "Perikanan") == "Perikanan"
    assert text.term("term", None) == "tidak disebutkan"


def test_markup_in_data_is_inert_in_labels():
    assert text.plain("<b>x</b> & y") == "&lt;b&gt;x&lt;/b&gt; &amp; y"


def test_both_languages_have_the_same_keys_and_placeholders():
    id_texts, en_texts = catalogue("id"), catalogue("en")
    assert set(id_texts) == set(en_texts)
    fields = {k: {f for _, f, _, _ in string.Formatter().parse(v) if f} for k, v in id_texts.items()}
    for key, value in en_texts.items():
        assert {f for _, f, _, _ in string.Formatter().parse(value) if f} == fields[key], key
