"""Forms: what an office fills in for each table, made from the contracts so that they cannot drift.

A form has a field for each column of its table that an office can know. Where a column holds an id
(library, event, area, person, source), the form asks for what people write instead: names. `COMPOUND` says
which fields together fill such a column, and `MADE` which columns no field of a form fills.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from literasi.contracts import TABLES
from literasi.text import catalogue, has, t


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a form.

    Attributes
    ----------
    name : str
        Its heading: `label`.
    kind : str
        A kind of the contracts, or

        - ``regency``, ``district``, ``village``: name or code of an area. A ``regency`` may also be the
          province or the nation, where the row is about all of it;
        - ``library`` (name or id), ``event`` (id or name), ``indicator`` (id or label);
        - ``person``: a name, of which only a keyed pseudonym is kept;
        - ``age``: years or a band; `literasi.intake.values` gives the band;
        - ``period``: a year or a month of a year, as ``2024`` or ``2024-06``;
        - ``month_name``: a month without its year, as 1 to 12;
        - ``several``: codes of `choices`, joined by ``;``.
    column : str
        Column of the table that it fills; "" where several fields together fill one (`COMPOUND`, `instead`).
    required : bool
        Whether a row needs it, unless `instead` or `Form.defaults` does in its place.
    choices : tuple of str
        Codes; an office writes their labels.
    example : tuple of str
        Values of the two example rows of the template.
    labels : str
        Section of the text catalogue with the labels of `choices`; "" where they are their own labels.
    is_open : bool
        Whether other values than `choices` are kept as they are written.
    is_percent : bool
        Whether ``12%`` is read as 12.
    makes : tuple of (str, str)
        Where a row of the form becomes one row of the table for each such field: what else stands in that
        row, column and value.
    instead : tuple of str
        Fields that, all given, do in its place: a month from its name and year, a total from its parts,
        the last day from the first, the edition from indicator and year.
    """

    name: str
    kind: str
    column: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    example: tuple[str, str] = ("", "")
    labels: str = ""
    is_open: bool = False
    is_percent: bool = False
    makes: tuple[tuple[str, str], ...] = ()
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet that an office fills.

    Attributes
    ----------
    name : str
        Title under ``intake.form.<name>``.
    table : str
        Name in `literasi.contracts.TABLES`.
    fields : tuple of Field
    scope : tuple of str
        What a sheet is about, see `Answers.replaces`: columns of the table, those of dates as
        ``column:month`` or ``column:year`` for the whole month or year that the value lies in.
    defaults : mapping of str to str
        Column to what holds where no field says otherwise.
    aggregates : bool
        Whether a row is one visit (or ``people`` visits) on a day, to be counted by library, month and sex.
    has_template : bool
        Whether an office fills it; others are only written by systems.
    """

    name: str
    table: str
    fields: tuple[Field, ...]
    scope: tuple[str, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    aggregates: bool = False
    has_template: bool = True

    def field(self, name: str) -> Field:
        """Give the field of that name.

        Raises
        ------
        KeyError
            If the form has no such field.
        """
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        """Field names in order."""
        return tuple(one.name for one in self.fields)


_PLACE = ("regency", "district", "village")
SOURCE = ("source_publisher", "source_title", "source_url", "source_date")
"""Fields that describe where a figure was published; together they make a row of ``sources``."""

COMPOUND: Mapping[str, tuple[str, ...]] = {
    "area_code": _PLACE,
    "library_id": (*_PLACE, "library"),
    "participant_id": (*_PLACE, "name"),
    "source_id": SOURCE,
}
"""Column to the fields that together fill it, as far as a form has them."""

MADE: Mapping[str, tuple[str, ...]] = {
    "libraries": ("library_id", "source_id"),
    "events": ("event_id", "source_id"),
    "aid": ("source_id",),
    "guest_book": ("female", "male", "total", "received_on", "note"),
    "tgm_survey": ("indicator_id", "edition", "band_published", "status"),
    "replication": ("subject", "library_id", "metric", "unit", "status"),
    "kpi": ("subject", "metric", "unit", "status"),
    "iplm_form": ("edition",),
    "iplm_uplm": ("edition",),
}
"""Columns that no field of a form fills: ids, and what the form itself says."""

_LABELS = {
    ("population", "concept"): "population_concept",
    ("observations", "status"): "observation_status",
    ("libraries", "kind"): "library_kind",
    ("libraries", "programme"): "programme",
    ("libraries", "services"): "profile.service",
    ("aid", "item"): "aid_item",
    ("aid", "unit"): "unit",
    ("events", "kind"): "event_kind",
    ("participants", "institution"): "institution",
    ("participants", "role"): "role",
    ("participants", "sex"): "sex",
    ("participants", "plan_status_30"): "plan",
    ("participants", "plan_status_90"): "plan",
    ("participants", "plan_status_180"): "plan",
    ("activities", "field"): "activities.field",
    ("activities", "kind"): "activities.kind",
    ("activities", "audience"): "activities.audience",
    ("advocacy", "result"): "profile.result",
    ("publications", "kind"): "publication_kind",
    ("iplm_inputs", "library_type"): "iplm.type",
}
# Lists of SIM TPBIS without a label of ours (methodology 3.2), and the few units in which aid is counted.
_CODES = {
    ("advocacy", "audience"): ("Kepala Desa", "Perangkat Daerah", "Swasta", "Lainnya"),
    ("aid", "unit"): ("books", "titles", "copies", "units"),
}
_SEVERAL = {("libraries", "services")}


def _from_contract(
    table: str,
    name: str,
    example: tuple[str, str],
    *,
    kind: str | None = None,
    required: bool | None = None,
    instead: tuple[str, ...] = (),
) -> Field:
    """Make the field of a column that an office fills directly."""
    column = TABLES[table].column(name)
    place = (table, name)
    labels = _LABELS.get(place, "")
    choices = column.choices or _CODES.get(place) or _codes(labels)
    return Field(
        name,
        kind or ("several" if place in _SEVERAL else column.kind),
        column=name,
        required=column.required if required is None else required,
        choices=choices,
        example=example,
        labels=labels,
        is_open=bool(choices) and not column.choices and place not in _SEVERAL,
        is_percent=column.maximum == 100,
        instead=instead,
    )


def _codes(section: str) -> tuple[str, ...]:
    """Codes of an open list: the keys of its labels."""
    prefix = f"{section}."
    return tuple(key.removeprefix(prefix) for key in catalogue("id") if section and key.startswith(prefix))


def _place(*, required: bool = True, district: bool = True) -> tuple[Field, ...]:
    regency = Field("regency", "regency", required=required, example=("Kota Batam", "Kabupaten Bintan"))
    if not district:
        return (regency,)
    return (
        regency,
        Field("district", "district", example=("Galang", "Telok Sebong")),
        Field("village", "village", example=("Sembulang", "Sebong Pereh")),
    )


def _library(*, required: bool = True) -> tuple[Field, ...]:
    example = ("Perpustakaan Kelurahan Sembulang", "Perpustakaan Desa Sebong Pereh")
    return (
        *_place(required=required),
        Field("library", "library", "library_id", required=required, example=example),
    )


def _month(table: str) -> tuple[Field, ...]:
    return (
        _from_contract(table, "month", ("Februari 2026", "Maret 2026"), instead=("month_name", "year")),
        Field("month_name", "month_name"),
        Field("year", "integer"),
    )


def _source(*, required: bool) -> tuple[Field, ...]:
    return (
        Field(
            "source_publisher",
            "text",
            required=required,
            example=("BPS Provinsi Kepulauan Riau", "Perpusnas"),
        ),
        Field(
            "source_title",
            "text",
            required=required,
            example=("Provinsi Kepulauan Riau Dalam Angka 2026", "Laporan Kajian Kegemaran Membaca 2026"),
        ),
        Field("source_url", "text"),
        Field("source_date", "date", example=("28/02/2026", "")),
    )


def _received(table: str) -> Field:
    return _from_contract(table, "received_on", ("05/03/2026", "10/04/2026"))


def _note(table: str) -> Field:
    return _from_contract(table, "note", ("", ""))


_TGM = (
    ("tgm", ("72,4", "70,15")),
    ("tgm_reading_frequency", ("5,2", "4,8")),
    ("tgm_reading_duration", ("98,5", "91")),
    ("tgm_books_read", ("5,1", "4")),
    ("tgm_internet_frequency", ("4,3", "")),
    ("tgm_internet_duration", ("110", "")),
)


# Form "IPLM Kab-Kota 2026": columns O to AP in order (methodology 2.3). D2 graduates split column Z, on which
# template and regulation differ; the last two are for the completeness factor.
_IPLM_FORM = (
    ("print_titles", ("12.500", "")),
    ("print_copies", ("31.200", "")),
    ("digital_titles", ("850", "0")),
    ("digital_copies", ("1.200", "0")),
    ("print_titles_added", ("640", "120")),
    ("print_copies_added", ("1.310", "250")),
    ("digital_titles_added", ("40", "0")),
    ("digital_copies_added", ("40", "0")),
    ("budget_bos", ("", "18.000.000")),
    ("budget_other", ("75.000.000", "")),
    ("budget_total", ("75.000.000", "18.000.000")),
    ("staff_library", ("9", "2")),
    ("staff_library_d2", ("1", "0")),
    ("staff_other", ("24", "11")),
    ("staff_certified", ("6", "1")),
    ("training_budget", ("20.000.000", "")),
    ("activity_participants", ("3.400", "")),
    ("users", ("48.600", "")),
    ("ict_users", ("5.200", "")),
    ("print_titles_used", ("4.100", "")),
    ("print_copies_used", ("9.800", "")),
    ("digital_titles_used", ("210", "")),
    ("digital_copies_used", ("260", "")),
    ("activities", ("96", "14")),
    ("partnerships", ("7", "1")),
    ("service_types", ("6", "3")),
    ("policies", ("4", "1")),
    ("local_regulations", ("1", "0")),
    ("service_budget", ("110.000.000", "")),
    ("libraries_reported", ("38", "61")),
    ("libraries_total", ("64", "180")),
)
_IPLM_FORM_TYPES = ("public", "school", "special")
# UPLM to 2024: numerators and denominators by level of library (methodology 2.2).
_IPLM_UPLM = (
    ("libraries", ("1", "52")),
    ("collection", ("31.200", "40.100")),
    ("staff", ("28", "75")),
    ("visits_per_day", ("140", "310,5")),
    ("libraries_snp", ("1", "4")),
    ("outreach_people", ("2.100", "900")),
    ("members", ("6.400", "1.150")),
    ("community", ("1.342.038", "1.342.038")),
    ("unit_divisor", ("100.000", "")),
)
_IPLM_FRACTIONS = frozenset({"visits_per_day"})
"""Means; everything else is counted, or rupiah."""
_IPLM_UPLM_TYPES = (
    "public_regency",
    "public_district",
    "public_village",
    "school_primary",
    "school_junior",
    "school_senior",
    "university",
    "special",
)


def _iplm(
    name: str,
    edition: str,
    types: tuple[str, ...],
    shown: tuple[str, str],
    figures: tuple[tuple[str, tuple[str, str]], ...],
) -> Form:
    """Make the form of one edition of IPLM: a row for each type of library, a column for each figure."""
    return Form(
        name,
        "iplm_inputs",
        (
            *_place(district=False),
            _from_contract("iplm_inputs", "year", ("2025", "2025")),
            replace(_from_contract("iplm_inputs", "library_type", shown), choices=types),
            *(
                Field(
                    figure,
                    "number" if figure in _IPLM_FRACTIONS else "integer",
                    "value",
                    example=example,
                    makes=(("form_field", figure),),
                )
                for figure, example in figures
            ),
            *_source(required=False),
            _note("iplm_inputs"),
        ),
        scope=("area_code", "year", "edition", "library_type"),
        defaults={"edition": edition},
    )


def _forms() -> Iterator[Form]:
    yield Form(
        "participants",
        "participants",
        (
            Field("event", "event", "event_id", required=True, example=("Bimtek SPP-TIK 2026",) * 2),
            Field(
                "name",
                "person",
                "participant_id",
                required=True,
                example=("Nama Peserta A", "Nama Peserta B"),
            ),
            *_library(required=False),
            _from_contract("participants", "institution", ("Perpustakaan desa/kelurahan", "Lembaga lain")),
            _from_contract("participants", "role", ("Pengelola perpustakaan", "Relawan")),
            _from_contract("participants", "sex", ("Perempuan", "Laki-laki")),
            Field("age", "age", "age_band", example=("34", "46-55")),
            _from_contract("participants", "hours_attended", ("38", "24,5")),
            _from_contract("participants", "hours_due", ("40", "40")),
            _from_contract("participants", "pre_score", ("55", "60")),
            _from_contract("participants", "post_score", ("82,5", "75")),
            _from_contract("participants", "satisfaction", ("4", "3")),
            _from_contract("participants", "has_plan", ("ya", "tidak")),
            _from_contract("participants", "plan_status_30", ("Sedang berjalan", "Belum dimulai")),
            _from_contract("participants", "plan_status_90", ("Selesai", "")),
            _from_contract("participants", "plan_status_180", ("Selesai", "")),
        ),
        scope=("event_id",),
    )
    yield Form(
        "libraries",
        "libraries",
        (
            *_place(),
            _from_contract(
                "libraries", "name", ("Perpustakaan Kelurahan Sembulang", "Perpustakaan Desa Sebong Pereh")
            ),
            _from_contract("libraries", "kind", ("Desa/kelurahan",) * 2),
            _from_contract("libraries", "programme", ("TPBIS nasional", "TPBIS replikasi"), required=False),
            _from_contract("libraries", "year_joined", ("2021", "2023")),
            _from_contract("libraries", "latitude", ("0,8667", "")),
            _from_contract("libraries", "longitude", ("104,2583", "")),
            _from_contract("libraries", "titles", ("1.250", "830")),
            _from_contract("libraries", "recent_titles_pct", ("12,5%", "8")),
            _from_contract("libraries", "building_m2", ("64", "48,5")),
            _from_contract("libraries", "is_building_permanent", ("ya", "tidak")),
            _from_contract("libraries", "open_hours_per_day", ("6", "7,5")),
            _from_contract("libraries", "staff", ("2", "3")),
            _from_contract("libraries", "is_head_qualified", ("ya", "tidak")),
            _from_contract("libraries", "services", ("baca di tempat; sirkulasi", "baca di tempat")),
            _note("libraries"),
        ),
        defaults={"programme": "not_stated"},
    )
    yield Form(
        "aid",
        "aid",
        (
            *_library(),
            _from_contract("aid", "period", ("2021", "Oktober 2024"), kind="period"),
            _from_contract("aid", "item", ("Komputer", "Buku")),
            _from_contract("aid", "quantity", ("4", "1000")),
            _from_contract("aid", "unit", ("unit", "buku")),
            _from_contract("aid", "funder", ("Perpustakaan Nasional", "APBD Kabupaten")),
            _note("aid"),
        ),
    )
    yield Form(
        "events",
        "events",
        (
            _from_contract("events", "name", ("Bimtek SPP-TIK 2026", "Festival Literasi Bintan 2026")),
            _from_contract("events", "kind", ("Bimtek", "Festival")),
            _from_contract("events", "date_start", ("03/06/2026", "12 September 2026")),
            _from_contract(
                "events", "date_end", ("07/06/2026", "13 September 2026"), instead=("date_start",)
            ),
            _from_contract("events", "venue", ("Aula Dinas Perpustakaan", "Lapangan Relief Antam")),
            *_place(),
            _from_contract("events", "participants_published", ("28", "")),
            _from_contract("events", "organiser", ("DPK Kepulauan Riau", "DPK Kabupaten Bintan")),
            _note("events"),
        ),
    )
    yield Form(
        "activities",
        "activities",
        (
            *_library(),
            _from_contract("activities", "date", ("14/02/2026", "3 Maret 2026")),
            _from_contract("activities", "name", ("Kelas menulis", "Pelatihan kue kering")),
            _from_contract("activities", "field", ("Pendidikan", "Ekonomi")),
            _from_contract("activities", "kind", ("Pelatihan", "Pelatihan")),
            _from_contract("activities", "audience", ("Pelajar", "Pelaku UMKM")),
            _from_contract("activities", "people", ("25", "18")),
            _from_contract("activities", "is_verified", ("ya", "tidak")),
            _received("activities"),
            _note("activities"),
        ),
        scope=("library_id", "date:month"),
    )
    yield Form(
        "visits",
        "visits",
        (
            *_library(),
            *_month("visits"),
            _from_contract("visits", "female", ("120", "98")),
            _from_contract("visits", "male", ("95", "102")),
            _from_contract("visits", "total", ("215", "200"), instead=("female", "male")),
            _received("visits"),
            _note("visits"),
        ),
        scope=("library_id", "month:year"),
    )
    yield Form(
        "guest_book",
        "visits",
        (
            *_library(),
            Field("date", "date", "month", required=True),
            Field("sex", "text", choices=("female", "male"), labels="sex"),
            Field("people", "integer"),
        ),
        aggregates=True,
        has_template=False,
    )
    yield Form(
        "circulation",
        "circulation",
        (
            *_library(),
            *_month("circulation"),
            _from_contract("circulation", "loans", ("310", "275")),
            _from_contract("circulation", "active_borrowers", ("64", "58")),
            _from_contract("circulation", "members", ("412", "420")),
            _from_contract("circulation", "titles", ("1.250", "1.262")),
            _from_contract("circulation", "copies", ("2.890", "2.915")),
            _received("circulation"),
            _note("circulation"),
        ),
        scope=("library_id", "month:year"),
    )
    yield Form(
        "advocacy",
        "advocacy",
        (
            *_library(),
            _from_contract("advocacy", "date", ("10/02/2026", "2 April 2026")),
            _from_contract("advocacy", "title", ("Audiensi anggaran perpustakaan", "Kerja sama CSR")),
            _from_contract("advocacy", "audience", ("Kepala Desa", "Swasta")),
            _from_contract("advocacy", "result", ("dana", "barang atau jasa")),
            _from_contract("advocacy", "amount", ("Rp 15.000.000", "")),
            _received("advocacy"),
            _note("advocacy"),
        ),
        scope=("library_id", "date:month"),
    )
    yield Form(
        "publications",
        "publications",
        (
            *_library(),
            _from_contract("publications", "date", ("16/02/2026", "5 April 2026")),
            _from_contract("publications", "title", ("Kelas menulis di Sembulang", "Pojok baca baru")),
            _from_contract("publications", "kind", ("Media online", "Cetak")),
            _from_contract("publications", "media", ("Situs desa", "Koran daerah")),
            _received("publications"),
            _note("publications"),
        ),
        scope=("library_id", "date:month"),
    )
    yield Form(
        "services",
        "services",
        (
            *_library(),
            *_month("services"),
            _from_contract("services", "books", ("1.250", "830")),
            _from_contract("services", "digital_books", ("40", "0")),
            _from_contract("services", "computers", ("4", "3")),
            _from_contract("services", "bandwidth_mbps", ("20", "7,5")),
            _received("services"),
            _note("services"),
        ),
        scope=("library_id", "month:year"),
    )
    yield Form(
        "targets",
        "targets",
        (
            Field("indicator", "indicator", "indicator_id", required=True, example=("tkm", "iplm")),
            *_place(district=False),
            _from_contract("targets", "year", ("2026", "2027")),
            _from_contract("targets", "edition", ("", ""), instead=("indicator", "year")),
            _from_contract("targets", "value", ("74,5", "76")),
            _from_contract("targets", "document", ("RPJMD 2025-2029", "Renstra DPK 2025-2029")),
            *_source(required=False),
            _note("targets"),
        ),
    )
    yield Form(
        "observations",
        "observations",
        (
            Field("indicator", "indicator", "indicator_id", required=True, example=("tkm", "iplm")),
            *_place(),
            _from_contract("observations", "period", ("2025", "2025"), kind="period"),
            _from_contract("observations", "edition", ("", ""), instead=("indicator", "period")),
            _from_contract("observations", "producer", ("Perpusnas", "DPK Kabupaten Bintan")),
            _from_contract("observations", "value", ("73,69", "61,2"), required=True),
            _from_contract("observations", "status", ("terbit", "sementara"), required=False),
            _from_contract("observations", "n", ("400", "")),
            _from_contract("observations", "band_published", ("sedang", "")),
            *_source(required=True),
            _note("observations"),
        ),
        defaults={"status": "reported"},
    )
    yield Form(
        "population",
        "population",
        (
            *_place(),
            _from_contract("population", "year", ("2025", "2025")),
            _from_contract(
                "population", "concept", ("data kependudukan (Dukcapil)", "proyeksi BPS"), required=False
            ),
            _from_contract("population", "population", ("1.342.038", "180.404")),
            *_source(required=True),
            _note("population"),
        ),
        defaults={"concept": "not_stated"},
    )
    yield Form(
        "tgm_survey",
        "observations",
        (
            *_place(),
            Field("year", "period", "period", required=True, example=("2024", "2024")),
            _from_contract("observations", "n", ("400", "399")),
            *(
                Field(
                    indicator,
                    "number",
                    "value",
                    required=indicator == "tgm",
                    example=example,
                    is_percent=indicator == "tgm",
                    makes=(("indicator_id", indicator),),
                )
                for indicator, example in _TGM
            ),
            _from_contract("observations", "producer", ("DPK Kota Batam", "DPK Kabupaten Bintan")),
            *_source(required=True),
            _note("observations"),
        ),
        defaults={"status": "reported"},
    )
    yield _iplm("iplm_form", "form_2025", _IPLM_FORM_TYPES, ("Umum", "Sekolah"), _IPLM_FORM)
    yield _iplm(
        "iplm_uplm",
        "uplm",
        _IPLM_UPLM_TYPES,
        ("Umum kabupaten/kota", "Umum desa/kelurahan"),
        _IPLM_UPLM,
    )
    yield Form(
        "replication",
        "library_figures",
        (
            *_place(district=False),
            Field("period", "period", "period", required=True, instead=("received_on",)),
            Field(
                "budget",
                "number",
                "value",
                makes=(("metric", "tpbis_replication_budget"), ("unit", "rupiah")),
            ),
            Field(
                "villages",
                "number",
                "value",
                makes=(("metric", "tpbis_replication_villages"), ("unit", "villages")),
            ),
            Field("funding_source", "text", "note"),
            Field("received_on", "date"),
            *_source(required=False),
        ),
        defaults={"status": "reported"},
        has_template=False,
    )
    yield Form(
        "kpi",
        "library_figures",
        (
            *_library(),
            Field("period", "period", "period", required=True),
            Field(
                "score",
                "number",
                "value",
                is_percent=True,
                makes=(("metric", "tpbis_kpi_score"), ("unit", "score")),
            ),
            *_source(required=False),
            _from_contract("library_figures", "note", ("", "")),
        ),
        defaults={"status": "reported"},
        has_template=False,
    )


FORMS: Mapping[str, Form] = {form.name: form for form in _forms()}
"""Every form by its name, in the order in which they are offered."""


def label_keys(form: str, name: str) -> tuple[str, ...]:
    """Give the keys of the text catalogue under which the heading of a field is looked for, in order."""
    return (f"intake.field.{form}.{name}", f"intake.field.{name}", f"indicator.{name}", f"column.{name}")


def label(form: Form, one: Field) -> str:
    """Give the heading of a field in the language of this run."""
    return t(next(key for key in label_keys(form.name, one.name) if has(key)))


def choice_label(one: Field, code: str) -> str:
    """Give what an office writes for a code of `Field.choices`, in the language of this run."""
    key = f"{one.labels}.{code}"
    return t(key) if has(key) else code
