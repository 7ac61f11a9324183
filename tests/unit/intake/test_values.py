"""Cells as typed values: what offices write is read, and what can be read twice is asked."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.intake import values
from literasi.intake.forms import FORMS, Field

INTEGER, NUMBER = Field("x", "integer"), Field("x", "number")
PERCENT = Field("x", "number", is_percent=True)
DATE, MONTH, PERIOD = Field("x", "date"), Field("x", "month"), Field("x", "period")
BOOLEAN, TEXT, NOTE = Field("x", "boolean"), Field("x", "text"), Field("note", "text")
AGE, MONTH_NAME = Field("x", "age"), Field("x", "month_name")
DAY = dt.date(2024, 6, 7)


def read(cells, field, **given_):
    return [None if pd.isna(value) else value for value in values.read(cells, field, **given_).series]


def rules(cells, field, **given_):
    return [fault.rule for fault in values.read(cells, field, **given_).faults]


def days(cells, field=DATE, **given_):
    return [None if value is None else value.date() for value in read(cells, field, **given_)]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1250", 1250),
        ("1.250", 1250),
        ("1.500.000", 1_500_000),
        ("1,500,000", 1_500_000),
        ("Rp 1.500.000,00", 1_500_000),
        ("Rp. 15.000.000,-", 15_000_000),
        ("1 250", 1250),
        ("'1250", 1250),
        ("12,0", 12),
        ("-3", -3),
        ("−3", -3),
        (0, 0),
        ("0", 0),
        (12.0, 12),
    ],
)
def test_whole_numbers(written, value):
    assert read([written], INTEGER) == [value]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("0,125", 0.125),
        ("0.125", 0.125),
    ],
)
def test_numbers_with_decimals(written, value):
    assert read([written], NUMBER) == [value]


def test_a_percent_sign_is_read_only_where_the_field_is_a_share_or_a_score():
    assert read(["12%", "12,5 %"], PERCENT) == [12, 12.5]
    assert rules(["12%"], NUMBER) == ["not_number"]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("± 5", "not_number"),
        ("25 orang", "not_number"),
        ("1.23.4", "not_number"),
        ("1e5", "not_number"),
        (True, "not_number"),
        (dt.date(2024, 1, 1), "not_number"),
        (float("inf"), "not_number"),
        ("12,5", "not_integer"),
        (12.5, "not_integer"),
        ("#REF!", "formula_error"),
        ("#DIV/0!", "formula_error"),
        ("9" * 40, "not_number"),
    ],
)
def test_what_is_no_whole_number_is_a_fault_and_missing(cell, rule):
    result = values.read([cell, "1"], INTEGER)
    assert [(fault.position, fault.rule) for fault in result.faults] == [(0, rule)]
    assert result.series.isna().tolist() == [True, False]


def test_empty_is_missing_and_zero_is_zero():
    cells = ["", "-", "–", " - ", "n/a", "NA", "tidak ada data", None, float("nan"), "0", 0]
    result = values.read(cells, INTEGER)
    assert result.series.isna().tolist() == [True] * 9 + [False] * 2
    assert result.faults == ()


def test_three_digits_after_one_separator_are_settled_by_the_column():
    assert read(["1.234", "5,5"], NUMBER) == [1234, 5.5]
    assert read(["1.234", "5.5"], NUMBER) == [1.234, 5.5]
    assert read(["1,234", "1,234,567"], INTEGER) == [1234, 1234567]


@pytest.mark.parametrize(("cells", "field"), [(["1.234", "5"], NUMBER), (["1,234", "5"], INTEGER)])
def test_three_digits_after_one_separator_are_asked_where_the_column_is_silent(cells, field):
    result = values.read(cells, field)
    assert (result.question, result.unclear, result.ambiguous) == ("number", (0,), True)
    assert result.faults == ()
    assert read(["1.234"], NUMBER, style="id") == [1234]
    assert read(["1.234"], NUMBER, style="en") == [1.234]
    assert read(["1,234"], INTEGER, style="en") == [1234]


def test_true_and_one_are_not_confused():
    assert read([1, True, 1.0], NUMBER) == [1, None, 1]


@pytest.mark.parametrize(
    "written",
    [
        "07/06/2024",
        "7/6/2024",
        "7-6-24",
        "07.06.2024",
        "2024-06-07",
        "2024/06/07",
        "20240607",
        20240607,
        "7 Juni 2024",
        "7 juni 2024",
        "07-Jun-24",
        "7 Jun. 2024",
        "June 7, 2024",
        "Jumat, 7 Juni 2024",
        "Jum'at, 7 Juni 2024",
        "Jum’at 07/06/2024",
        "Friday, 7 June 2024",
        "2024-06-07T14:05:33Z",
        "2024-06-07 14:05:33",
        "07/06/2024 14.05.33",
        "2024/06/07 2:05:33 PM GMT+7",
        "7 Juni 2024 pukul 09.00 WIB",
        45450,
        45450.6,
        "45450",
        pd.Timestamp(2024, 6, 7, 14, 5).to_pydatetime(),
        DAY,
    ],
)
def test_dates(written):
    assert days([written]) == [DAY]


def test_serial_numbers_count_from_1904_in_old_macintosh_workbooks():
    assert days([45450 - 1462], counts_from_1904=True) == [DAY]


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("31/02/2024", "not_date"),
        ("13/13/2024", "not_date"),
        ("Juni 2024", "not_date"),
        ("3-7 Juni 2024", "not_date"),
        ("besok", "not_date"),
        (7, "not_date"),
        (dt.time(9, 0), "not_date"),
        ("07/06/2124", "year_range"),
        ("1999-12-31", "year_range"),
        ("7-6-85", "year_range"),
        (dt.date(1970, 1, 1), "year_range"),
    ],
)
def test_what_is_no_date_of_our_time_is_a_fault(written, rule):
    assert rules([written], DATE) == [rule]


def test_a_two_digit_year_is_this_century_up_to_79():
    assert days(["01/01/00", "01/01/79"]) == [dt.date(2000, 1, 1), dt.date(2079, 1, 1)]


def test_the_column_tells_which_comes_first_in_a_date():
    assert days(["06/07/2024", "06/13/2024"]) == [dt.date(2024, 6, 7), dt.date(2024, 6, 13)]
    assert days(["06/07/2024", "13/06/2024"]) == [dt.date(2024, 7, 6), dt.date(2024, 6, 13)]


def test_a_column_with_both_orders_is_asked_about_where_it_matters():
    cells = ["06/07/2024", "13/01/2024", "01/13/2024", "05/05/2024"]
    result = values.read(cells, DATE)
    assert (result.question, result.unclear) == ("date", (0,))
    assert days(cells, style="mdy")[0] == dt.date(2024, 6, 7)
    assert days(cells, style="dmy")[0] == dt.date(2024, 7, 6)
    assert days(cells, style="dmy")[1:] == [dt.date(2024, 1, 13), dt.date(2024, 1, 13), dt.date(2024, 5, 5)]


OPEN = ["6/3/2026", "6/4/2026"]


@pytest.mark.parametrize("field", [DATE, MONTH, PERIOD])
@pytest.mark.parametrize("other", ["6/20/2026", "6/20/2026 9:12:33", "Sat, 06-20-26", "6/7/2026 9:12:33"])
def test_dates_that_leave_it_open_are_asked_about_where_another_column_has_the_month_first(field, other):
    result = values.read(OPEN, field, beside=[["Kelas menulis", 3, None], ["2026-06-07", other]])
    assert (result.question, result.unclear) == ("date", (0, 1))
    assert values.read(OPEN, field, beside=[[other]], style="dmy").unclear == ()


@pytest.mark.parametrize(
    "other",
    [
        "20/6/2026",
        "6/7/2026",
        "2026/06/20",
        "6/20/2026 dan 6/21/2026",
        "1.20.04",
        "6/40/2026",
        dt.date(2026, 6, 20),
    ],
)
def test_no_other_column_settles_what_none_shows(other):
    assert days(OPEN, beside=[[other]]) == [dt.date(2026, 3, 6), dt.date(2026, 4, 6)]


def test_what_a_column_shows_itself_comes_before_what_others_show():
    assert days(["6/3/2026", "13/3/2026"], beside=[["6/20/2026"]])[0] == dt.date(2026, 3, 6)
    assert values.read(["6/6/2026", "2026-03-06"], DATE, beside=[["6/20/2026"]]).unclear == ()


@pytest.mark.parametrize(
    ("cells", "unclear"),
    [
        (["6/7/2026 10:12:33", "6/8/2026 1:12:33"], (0, 1)),
        (["6/7/2026 2:05 PM", "10/11/2026 9:00 AM"], (0, 1)),
        (["10/11/2026 10:12:33", "6/20/2026 10:12:33"], ()),
        (["06/07/2026 10:12:33", "10/11/2026 10:12:33"], ()),
        (["6/7/2026 10.12", "6/8/2026 10.12"], ()),
        (["6/7/2026", "6/8/2026"], ()),
        (["6/7/2026 10:12:33", "6/8/2026"], ()),
    ],
)
def test_times_of_an_american_form_are_asked_about(cells, unclear):
    assert values.read(cells, DATE).unclear == unclear


def test_other_columns_are_not_gone_through_where_nothing_is_open():
    def never():
        pytest.fail("gone through")
        yield []

    for cells in (["13/06/2026", "06/07/2026"], ["7 Juni 2026"], ["06/06/2026"], [dt.date(2026, 6, 7)]):
        values.read(cells, DATE, beside=never())
    values.read(["1.234"], NUMBER, beside=never())


@pytest.mark.parametrize(
    "written",
    [
        "Februari 2026",
        "Feb 2026",
        "Pebruari 2026",
        "February 2026",
        "Feb-26",
        "Feb '26",
        "Bulan Februari 2026",
        "2026-02",
        "2026/02",
        "202602",
        202602,
        "02/2026",
        "2-2026",
        "2026 Feb",
        "15/02/2026",
        "1 Februari 2026",
        46054,
        dt.date(2026, 2, 15),
    ],
)
def test_months_are_their_first_day(written):
    assert days([written], MONTH) == [dt.date(2026, 2, 1)]


@pytest.mark.parametrize("written", ["Februari", "2026", 2026, "13/2026", "Smarch 2026"])
def test_what_is_no_month_is_a_fault(written):
    assert rules([written], MONTH) == ["not_month"]


def test_months_that_may_be_days_are_asked_about():
    cells = ["02/01/2026", "03/01/2026"]
    assert values.read(cells, MONTH).question == "date"
    assert days(cells, MONTH, style="mdy") == [dt.date(2026, 2, 1), dt.date(2026, 3, 1)]
    assert days(["01/02/2026", "01/03/2026"], MONTH) == [dt.date(2026, 2, 1), dt.date(2026, 3, 1)]


def test_a_month_without_its_year():
    assert read(["Februari", "agt", "June", 2, "12", "XII", "Juli 2026"], MONTH_NAME) == [
        2,
        8,
        6,
        2,
        12,
        12,
        7,
    ]
    assert rules(["13", "Smarch"], MONTH_NAME) == ["not_month"] * 2


def test_periods_are_years_or_months():
    cells = ["2024", 2024, 2024.0, "Okt 2024", "2024-10", dt.date(2024, 10, 5)]
    assert read(cells, PERIOD) == ["2024"] * 3 + ["2024-10"] * 3
    assert rules(["1999", "TW II 2024"], PERIOD) == ["year_range", "not_period"]


def test_yes_and_no():
    assert read(["ya", "Y", "v", "✓", "1", 1, True, "ada", "Sudah Diverifikasi"], BOOLEAN) == [True] * 9
    assert read(["tidak", "No", "0", 0.0, False, "tidak ada", "Belum"], BOOLEAN) == [False] * 7
    assert read(["", "-"], BOOLEAN) == [None, None]
    assert rules(["x", "semi permanen", 2], BOOLEAN) == ["not_boolean"] * 3


def test_ages_become_bands():
    written = ["25", 26, "35 tahun", "36–45", "46 - 55", ">55", "56+", "di bawah 26 tahun", "27-33", "<=25"]
    bands = ["<26", "26-35", "26-35", "36-45", "46-55", ">55", ">55", "<26", "26-35", "<26"]
    assert read(written, AGE) == bands
    assert rules(["20-30", "> 50", "200", "muda"], AGE) == ["not_age"] * 4


def test_choices_are_read_by_code_label_and_synonym():
    sex = FORMS["participants"].field("sex")
    assert (
        read(["female", "Perempuan", "P", "wanita", "LAKI - LAKI", "Male"], sex)
        == ["female"] * 4 + ["male"] * 2
    )
    result = values.read(["lain"], sex)
    assert result.faults[0].rule == "choice"
    assert result.faults[0].params == {"choices": "Perempuan, Laki-laki"}


def test_an_open_list_keeps_what_is_new():
    field = FORMS["activities"].field("field")
    assert read(["inklusi digital", "Perikanan"], field) == ["Inklusi Digital", "Perikanan"]


def test_several_choices_are_kept_in_the_order_of_the_list():
    services = FORMS["libraries"].field("services")
    assert read(["Sirkulasi, baca di tempat", "OPAC\nReferensi", "-"], services) == [
        "reading;circulation",
        "reference;information_search",
        None,
    ]
    assert rules(["sirkulasi; karaoke"], services) == ["choice"]


def test_texts_lose_what_cannot_be_seen_and_nothing_else():
    cells = [
        "  Kelas\n\tmenulis ",
        "Se\u200bmbu\ufefflang",
        "\u202eABC",
        "a\x01b",
        "👨\u200d👩\u200d👧 baca",
        "قراءة",
    ]
    assert read(cells, TEXT) == [
        "Kelas menulis",
        "Sembulang",
        "ABC",
        "ab",
        "👨\u200d👩\u200d👧 baca",
        "قراءة",
    ]
    assert read(["cafe\u0301"], TEXT) == ["caf\u00e9"]
    assert read(["<script>alert(1)</script>", "=HYPERLINK(1)"], TEXT) == [
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
    ]


def test_numbers_in_a_text_column_stay_as_they_look():
    assert read([12.0, 2171, "[1]", "['Kepala Desa', 'Swasta']"], TEXT) == [
        "12",
        "2171",
        "[1]",
        "Kepala Desa; Swasta",
    ]


def test_texts_that_a_database_or_a_reader_cannot_take_are_faults():
    assert rules(["a\x00b"], TEXT) == ["nul_character"]
    assert rules(["a" * 500, "a" * 501], TEXT) == ["too_long"]
    assert rules(["a" * 2000, "a" * 10_000], NOTE) == ["too_long"]


def test_each_position_of_a_repeated_fault_is_told():
    assert [fault.position for fault in values.read(["x", "1", "x"], INTEGER).faults] == [0, 2]


def test_an_empty_column_has_the_type_of_its_kind():
    assert str(values.read([], MONTH).series.dtype) == "datetime64[us]"
    assert str(values.read([None], INTEGER).series.dtype) == "Int64"
    assert str(values.read([], TEXT).series.dtype) == "str"


# Written in every accepted style, a value reads back.

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))
NAMES = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def thousands(number, separator):
    return f"{number:,}".replace(",", separator)


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=8), st.integers(0, 3))
def test_whole_numbers_read_back(numbers, style):
    write = [
        str,
        lambda n: thousands(n, "."),
        lambda n: f"{thousands(n, '.')},00",
        lambda n: f"Rp {thousands(n, '.')}",
    ]
    assert read([write[style](n) for n in numbers], INTEGER) == numbers


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=8), st.sampled_from(["id", "en"]))
def test_numbers_read_back_in_either_style(numbers, style):
    signs = str.maketrans(",.", ".,") if style == "id" else {}
    written = [f"{number:,.2f}".translate(signs) for number in numbers]
    assert read(written, NUMBER) == pytest.approx([float(number) for number in numbers])


@given(DAYS)
def test_dates_read_back(day):
    name, english = NAMES[day.month - 1], ENGLISH[day.month - 1]
    written = [
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day.day} {name} {day.year}",
        f"{day.day:02}-{english}-{day.year}",
        f"{english} {day.day}, {day.year}",
        f"Senin, {day.day} {name.upper()} {day.year}",
        f"{day:%Y-%m-%d} 23:59:59",
        (day - dt.date(1899, 12, 30)).days,
        day,
    ]
    assert days(written) == [day] * len(written)


@given(st.lists(DAYS, min_size=1, max_size=6), st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y %H:%M"]))
def test_day_first_dates_read_back(several, style):
    assert days([day.strftime(style) for day in several]) == several


@given(st.lists(DAYS, min_size=1, max_size=6))
def test_month_first_dates_read_back_or_are_asked_about(several):
    written = [day.strftime("%m/%d/%Y %H:%M:%S") for day in several]
    assert days(written, style="mdy") == several
    if any(day.day > 12 for day in several):
        assert days(written) == several


@given(DAYS)
def test_months_read_back(day):
    name, english = NAMES[day.month - 1], ENGLISH[day.month - 1]
    written = [
        f"{name} {day.year}",
        f"{english} {day.year}",
        f"{day:%Y-%m}",
        f"{day:%m/%Y}",
        f"{day:%Y%m}",
        day,
    ]
    assert days(written, MONTH) == [day.replace(day=1)] * len(written)
    assert read(written, PERIOD) == [f"{day:%Y-%m}"] * len(written)


@given(st.text(max_size=30), st.sampled_from([INTEGER, NUMBER, DATE, MONTH, PERIOD, BOOLEAN, AGE, TEXT]))
def test_any_text_is_a_value_a_fault_a_question_or_missing(text, field):
    result = values.read([text], field)
    said = len(result.faults) + len(result.unclear)
    assert said <= 1
    assert len(result.series) == 1
    if said:
        assert result.series.isna().all()


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_the_examples_of_every_template_can_be_read(form):
    for field in form.fields:
        result = values.read(field.example, field)
        assert (result.faults, result.unclear) == ((), ()), field.name
        if field.required and not field.instead and form.has_template:
            assert result.series.notna().all(), field.name
