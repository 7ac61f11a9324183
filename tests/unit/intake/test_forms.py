"""Forms are made from the contracts: nothing an office knows has no place, nothing is asked for in vain."""

import pytest

from literasi import text
from literasi.contracts import TABLES
from literasi.intake.forms import COMPOUND, FORMS, MADE, Field, Form, choice_label, label

FED = {"participants", "libraries", "aid", "events", "activities", "visits", "circulation", "advocacy"} | {
    "publications",
    "services",
    "targets",
    "observations",
    "population",
}
SEVERAL_TO_A_TABLE = {"tgm_survey", "iplm_form", "iplm_uplm"}
PLAIN_KINDS = {"text", "integer", "number", "boolean", "date", "month"}
KINDS = (
    PLAIN_KINDS
    | {"regency", "district", "village", "library", "event", "person", "age", "indicator"}
    | {
        "period",
        "month_name",
        "several",
    }
)

forms = pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))


def filled(form: Form) -> set[str]:
    columns = {one.column for one in form.fields if one.column}
    columns |= {column for one in form.fields for column, _ in one.makes}
    columns |= {column for column, parts in COMPOUND.items() if set(parts) & set(form.names)}
    return columns & set(TABLES[form.table].names)


def test_each_table_that_an_office_feeds_has_a_form_of_its_name_with_a_template():
    assert {form.name for form in FORMS.values() if form.has_template} == FED | SEVERAL_TO_A_TABLE
    assert all(FORMS[name].table == name for name in FED)


@forms
def test_every_column_is_reached_by_a_field_or_is_made(form):
    made = set(MADE.get(form.name, ()))
    assert filled(form) | made == set(TABLES[form.table].names)


@forms
def test_what_is_made_is_not_also_asked_for(form):
    by_rows = {column for one in form.fields for column, _ in one.makes}
    by_names = {"library_id", "source_id"}
    assert filled(form) & set(MADE.get(form.name, ())) <= by_rows | by_names


@forms
def test_fields_are_of_a_known_kind_and_fill_columns_of_the_table(form):
    columns = set(TABLES[form.table].names)
    assert len(set(form.names)) == len(form.names)
    for one in form.fields:
        assert one.kind in KINDS, one.name
        assert not one.column or one.column in columns, one.name
        assert set(one.instead) <= set(form.names), one.name


@forms
def test_a_field_takes_kind_limits_and_choices_from_the_contract(form):
    for one in form.fields:
        column = TABLES[form.table].column(one.column) if one.column else None
        if column is None or one.kind not in PLAIN_KINDS or one.makes:
            continue
        if form.aggregates and one.name == "date":
            continue
        assert one.kind == column.kind, one.name
        # A form of one edition offers its part of the codes; no form may offer others.
        assert bool(one.choices) >= bool(column.choices), one.name
        assert not column.choices or (set(one.choices) <= set(column.choices) and not one.is_open), one.name
        assert one.is_percent == (column.maximum == 100), one.name


@forms
def test_a_column_that_must_be_there_is_asked_for_or_has_a_value_all_the_same(form):
    asked = {one.column: one for one in form.fields if one.column}
    made = set(MADE.get(form.name, ())) | {column for one in form.fields for column, _ in one.makes}
    for column in TABLES[form.table].columns:
        if not column.required or column.name in made or column.name in form.defaults:
            continue
        if column.name == "source_id" and not form.has_template:
            continue  # what only SIM TPBIS writes has SIM TPBIS as its source
        parts = COMPOUND.get(column.name, ())
        fields = [form.field(name) for name in parts if name in form.names] or [asked[column.name]]
        assert any(one.required for one in fields) or any(one.makes for one in fields), column.name


@forms
def test_scope_and_defaults_name_columns_of_the_table(form):
    table = TABLES[form.table]
    assert set(form.defaults) <= set(table.names)
    for scope in form.scope:
        column, _, span = scope.partition(":")
        assert (table.column(column).kind in ("date", "month")) == (span in ("month", "year"))


@forms
@pytest.mark.parametrize("language", text.LANGUAGES)
def test_every_form_field_and_choice_has_words_and_headings_differ(form, language):
    text.use(language)
    try:
        assert text.has(f"intake.form.{form.name}")
        headings = [label(form, one) for one in form.fields]
        assert len(set(headings)) == len(headings)
        for one in form.fields:
            written = [choice_label(one, code) for code in one.choices]
            assert len(set(written)) == len(written), one.name
            assert all(text.has(f"{one.labels}.{code}") for code in one.choices if one.labels), one.name
    finally:
        text.use("id")


def test_a_heading_of_one_form_may_differ_from_that_of_another():
    assert label(FORMS["libraries"], FORMS["libraries"].field("name")) == "Nama perpustakaan"
    assert label(FORMS["events"], FORMS["events"].field("name")) == "Nama acara"
    assert (
        label(FORMS["tgm_survey"], FORMS["tgm_survey"].field("tgm_books_read")) == "TGM: jumlah buku dibaca"
    )


def test_an_unknown_field_is_an_error():
    with pytest.raises(KeyError, match="colour"):
        FORMS["visits"].field("colour")


def test_a_code_without_a_label_is_its_own():
    assert choice_label(Field("audience", "text", choices=("Swasta",)), "Swasta") == "Swasta"
