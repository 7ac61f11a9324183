"""Headings and choices as offices write them."""

import pytest

from literasi.intake import aliases
from literasi.intake.forms import FORMS


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Jml. Pengunjung", "jumlah pengunjung"),
        ("  KAB./KOTA ", "kabupaten kota"),
        ("tanggal_input", "tanggal input"),
        ("3. Nama Peserta", "nama peserta"),
        ("TglLahir", "tanggal lahir"),
        ("Luas gedung (m²)", "luas gedung m2"),
        ("%  koleksi", "% koleksi"),
        ("🙂", ""),
    ],
)
def test_differences_of_writing_are_removed(heading, key):
    assert aliases.heading_key(heading) == key


def test_brackets_and_upper_headings_may_be_left_out():
    assert aliases.heading_keys("Pengunjung – Laki-laki (orang)") == (
        "pengunjung laki orang",
        "pengunjung laki",
        "laki orang",
        "laki",
    )
    assert aliases.heading_keys("") == ()


@pytest.mark.parametrize("form", FORMS)
def test_each_listed_field_is_one_of_its_form(form):
    listed = aliases._listed()["form"].get(form, {})
    assert set(listed) - {"_seen"} <= set(FORMS[form].names)


def test_every_section_is_about_something_that_exists():
    listed = aliases._listed()
    assert set(listed["form"]) | set(listed["sheet"]) <= set(FORMS)
    fields = {name for form in FORMS.values() for name in form.names}
    assert set(listed["common"]) <= fields
    sections = {
        one.labels.replace(".", "_"): set(one.choices) for form in FORMS.values() for one in form.fields
    }
    for section, codes in listed["value"].items():
        assert set(codes) <= sections[section], section


@pytest.mark.parametrize("form", FORMS)
def test_a_heading_of_the_form_itself_comes_before_one_for_all_forms(form):
    for key, names in aliases.fields(form).items():
        assert key
        assert set(names) <= set(FORMS[form].names)


def test_own_names_win():
    assert aliases.fields("libraries")["nama perpustakaan"] == ("name",)
    assert aliases.fields("aid")["tahun"] == ("period",)
    assert aliases.fields("observations")["tahun"] == ("period",)


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_no_synonym_means_two_choices(form):
    for one in form.fields:
        if not one.choices:
            continue
        listed = aliases._listed()["value"].get(one.labels.replace(".", "_"), {})
        owners: dict[str, set[str]] = {}
        for code, synonyms in listed.items():
            for written in synonyms:
                owners.setdefault(aliases.choice_key(written), set()).add(code)
        assert all(len(codes) == 1 for codes in owners.values()), one.name
        read = aliases.choices(one)
        assert all(read[key] in codes for key, codes in owners.items()), one.name


@pytest.mark.parametrize(
    ("form", "field", "written", "code"),
    [
        ("participants", "role", "Perangkat desa", "official"),
        ("participants", "role", "Aparat Desa", "official"),
        ("participants", "role", "Staf desa", "official"),
        ("participants", "role", "Kasi/Kaur Desa", "official"),
        ("participants", "role", "Sekdes", "official"),
        ("participants", "role", "Pj. Kepala Desa", "village_head"),
        ("participants", "role", "Pengelola Perpusdes", "manager"),
        ("participants", "role", "Guru", "other"),
        ("participants", "institution", "Dinas Perpustakaan dan Kearsipan Kota", "regency_library"),
        ("participants", "institution", "Taman Bacaan Masyarakat", "village_library"),
        ("participants", "sex", "Laki-laki (L)", "male"),
        ("participants", "plan_status_30", "Sudah dilaksanakan", "done"),
        ("participants", "plan_status_90", "Sedang proses", "in_progress"),
        ("participants", "plan_status_180", "Belum dilaksanakan", "not_started"),
        ("libraries", "kind", "Perpustakaan Umum Desa/Kelurahan", "village"),
        ("libraries", "kind", "TBM (Taman Bacaan Masyarakat)", "community"),
        ("libraries", "kind", "Perpustakaan SMP", "school"),
        ("libraries", "programme", "Ya", "not_stated"),
        ("libraries", "programme", "Bukan mitra TPBIS", "none"),
    ],
)
def test_usual_ways_to_write_a_choice(form, field, written, code):
    assert aliases.choices(FORMS[form].field(field))[aliases.choice_key(written)] == code
