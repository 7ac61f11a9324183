"""Templates: filled as they are meant to be filled, they come back with every column known."""

import datetime as dt
import shutil
import subprocess
from io import BytesIO

import openpyxl
import pytest

from literasi import text
from literasi.intake import layout, mapping, templates
from literasi.intake.findings import Answers
from literasi.intake.forms import FORMS, Form, label
from literasi.intake.reading import read
from tests.frames import library, table
from tests.unit.intake.known import known

KNOWN = known(
    libraries=table(
        "libraries",
        [
            library("L-1", "21.71.08.1004", name="Perpustakaan Kelurahan Sembulang"),
            library("L-2", "21.01.10.2005", name="=HYPERLINK(1)"),
            library("L-3", "21", name="Perpustakaan Provinsi"),
        ],
    ),
    events=table(
        "events",
        [
            {
                "event_id": "e-1",
                "name": "Bimtek SPP-TIK 2026",
                "kind": "bimtek",
                "date_start": dt.date(2026, 6, 3),
                "date_end": dt.date(2026, 6, 7),
                "area_code": "21",
            }
        ],
    ),
)
WITH_TEMPLATE = {name: form for name, form in FORMS.items() if form.has_template}
every = pytest.mark.parametrize("form", WITH_TEMPLATE.values(), ids=list(WITH_TEMPLATE))


def book(data):
    return openpyxl.load_workbook(BytesIO(data))


def data_sheet(form, data):
    found = book(data)
    return found, found[text.t(f"intake.form.{form.name}")[:31]]


def column_of(form, name):
    return 2 + [one.name for one in templates.columns(form)].index(name)


def rule_of(sheet, letter):
    return next(rule for rule in sheet.data_validations.dataValidation if f"{letter}4" in rule.sqref)


def proposed(name, data, answers=None):
    file = read(name, data)
    blocks = {sheet.name: (sheet, layout.find(sheet)) for sheet in file.sheets}
    return {
        title: mapping.propose(file, sheet, block, known=KNOWN, answers=answers or Answers())
        for title, (sheet, block) in blocks.items()
    }


@pytest.fixture(scope="module")
def all_sheets():
    found = book(templates.write_all(known=KNOWN))
    return {name: found[text.t(f"intake.form.{name}")[:31]] for name in WITH_TEMPLATE}


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_a_filled_template_comes_back_with_every_column_known_and_without_examples(language):
    text.use(language)
    try:
        found = book(templates.write_all(known=KNOWN))
        titles = {name: text.t(f"intake.form.{name}")[:31] for name in WITH_TEMPLATE}
        for name, form in WITH_TEMPLATE.items():
            for column, one in enumerate(templates.columns(form), 2):
                found[titles[name]].cell(4, column).value = one.example[0] or None
        out = BytesIO()
        found.save(out)
    finally:
        text.use("id")
    sheets = proposed("templat.xlsx", out.getvalue())
    for name, form in WITH_TEMPLATE.items():
        back = sheets.pop(titles[name])
        assert (back.form, back.how, back.missing) == (name, "stamp", ())
        assert (back.rows, back.first_row, back.skipped) == (1, 4, 2)
        asked = [one.name for one in templates.columns(form)]
        assert [column.field for column in back.columns][1:] == asked
        assert {column.how for column in back.columns[1:]} == {"stamp"}
    assert {(other.form, other.how) for other in sheets.values()} == {("", "stamp")}


@every
def test_headings_and_examples_are_locked_and_the_rows_below_are_open(form, all_sheets):
    sheet = all_sheets[form.name]
    assert sheet.protection.sheet
    assert sheet.freeze_panes == "B2"
    assert sheet["B1"].protection.locked
    assert sheet["B2"].protection.locked
    assert not sheet.column_dimensions["B"].protection.locked
    assert [sheet.cell(row, 1).value[: len(templates.EXAMPLE)] for row in (2, 3)] == [templates.EXAMPLE] * 2
    assert sheet.cell(4, 2).value is None


@every
def test_every_column_says_what_it_takes(form, all_sheets):
    rules = all_sheets[form.name].data_validations.dataValidation
    assert len(rules) == len(templates.columns(form))
    for rule in rules:
        assert rule.prompt
        assert len(rule.prompt) <= 255
        assert len(rule.promptTitle) <= 32
        assert len(rule.error or "") <= 255


def test_lists_name_areas_libraries_events_indicators_and_choices():
    found = book(templates.write(FORMS["participants"], known=KNOWN))
    lists = {cell.value for row in found[templates.LISTS].iter_rows() for cell in row}
    assert {"Kota Batam", "Provinsi Kepulauan Riau", "Indonesia"} <= lists
    assert {"Galang", "Kota Batam|Galang", "Sembulang"} <= lists
    assert {"Perpustakaan Kelurahan Sembulang", "Perpustakaan Provinsi", "Bimtek SPP-TIK 2026"} <= lists
    assert {"Perempuan", "Laki-laki", "Relawan", "ya", "tidak"} <= lists
    found = book(templates.write(FORMS["observations"], known=KNOWN))
    lists = {cell.value for row in found[templates.LISTS].iter_rows() for cell in row}
    assert "Indeks Pembangunan Literasi Masyarakat (IPLM)" in lists
    assert "Peserta bimtek" not in lists


def test_a_district_is_offered_for_its_regency_and_a_village_for_its_district():
    form = FORMS["visits"]
    _, sheet = data_sheet(form, templates.write(form, known=KNOWN))
    assert rule_of(sheet, "C").formula1.startswith("OFFSET('_daftar'!$B$1,MATCH($B4,")
    assert 'MATCH($B4&"|"&$C4,' in rule_of(sheet, "D").formula1


def test_closed_lists_refuse_and_open_ones_warn():
    form = FORMS["activities"]
    _, sheet = data_sheet(form, templates.write(form, known=KNOWN))
    letters = {name: openpyxl.utils.get_column_letter(column_of(form, name)) for name in form.names}
    assert rule_of(sheet, letters["is_verified"]).errorStyle in (None, "stop")
    assert rule_of(sheet, letters["field"]).errorStyle == "warning"
    assert rule_of(sheet, letters["library"]).errorStyle == "warning"
    people = rule_of(sheet, letters["people"])
    assert (people.type, people.operator, people.formula1) == ("whole", "greaterThanOrEqual", "0")


def test_limits_are_those_of_the_contract():
    form = FORMS["libraries"]
    _, sheet = data_sheet(form, templates.write(form, known=KNOWN))
    letter = openpyxl.utils.get_column_letter(column_of(form, "recent_titles_pct"))
    rule = rule_of(sheet, letter)
    assert (rule.type, rule.operator, rule.formula1, rule.formula2) == ("decimal", "between", "0", "100")


def test_no_text_becomes_a_formula():
    found = book(templates.write(FORMS["visits"], known=KNOWN))
    for sheet in found:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_instructions_say_what_each_column_is_and_what_is_dropped():
    form = FORMS["participants"]
    guide = book(templates.write(form, known=KNOWN))["Petunjuk"]
    said = [str(cell.value) for row in guide.iter_rows() for cell in row if cell.value]
    assert all(label(form, one) in said for one in templates.columns(form))
    assert any("NIK" in line and "dibuang" in line for line in said)
    assert any("kode rahasia" in line for line in said)
    assert "wajib" in said


def test_one_workbook_may_hold_every_form():
    data = templates.write_all(known=KNOWN)
    stamps = templates.stamps(read("semua.xlsx", data))
    assert [stamp.form for stamp in stamps.values()] == list(WITH_TEMPLATE)


def test_the_stamp_names_form_and_version():
    form = FORMS["visits"]
    file = read("kunjungan.xlsx", templates.write(form, known=KNOWN))
    assert templates.stamp_of(file) == "visits"
    stamp = templates.stamps(file)["Kunjungan bulanan"]
    assert stamp.version == templates.version(form)
    assert stamp.fields["jumlah pengunjung"] == "total"


def test_a_version_changes_with_the_form():
    form = FORMS["visits"]
    shorter = Form(form.name, form.table, form.fields[:-1], form.scope)
    assert templates.version(form) != templates.version(shorter)


def test_a_file_of_somebody_else_has_no_stamp():
    assert templates.stamp_of(read("x.csv", b"Bulan;Jumlah\nJan 2026;3\n")) == ""
    other = openpyxl.Workbook()
    other.create_sheet(templates.STAMP).append(["anything"])
    other.worksheets[0].append(["a", "b"])
    out = BytesIO()
    other.save(out)
    assert templates.stamps(read("x.xlsx", out.getvalue())) == {}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_a_template_and_keeps_lists_protection_and_stamp(tmp_path):
    (tmp_path / "kunjungan.xlsx").write_bytes(templates.write(FORMS["visits"], known=KNOWN))
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "ods", "--outdir", str(tmp_path), str(tmp_path / "kunjungan.xlsx")),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    data = (tmp_path / "kunjungan.ods").read_bytes()
    back = proposed("kunjungan.ods", data)["Kunjungan bulanan"]
    assert (back.form, back.how, back.rows, back.skipped) == ("visits", "stamp", 0, 2)
    shutil.unpack_archive(tmp_path / "kunjungan.ods", tmp_path / "content", format="zip")
    content = (tmp_path / "content" / "content.xml").read_text(encoding="utf-8")
    assert content.count("cell-content-is-in-list(OFFSET(") == 3
    assert content.count('table:protected="true"') == 4
