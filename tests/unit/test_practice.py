"""Synthetic data: deterministic, within the contracts, consistent, and with the difficulties they promise."""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from literasi import contracts, practice
from literasi.domain import training, turnover
from literasi.domain.snp import SEPARATOR
from literasi.practice.basis import RECEIVED_BY, SOURCE
from literasi.store import definitions

ROOT = Path(__file__).parents[2]

# Pandera imports PySpark where it is installed; the product has no PySpark.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support:FutureWarning")


def made_areas(villages=6):
    """The province and its regencies, each with two districts of made-up villages; no anchor in one."""
    rows = [
        {"area_code": "00", "level": "nation", "kind": "negara", "name": "Indonesia"},
        {"area_code": "21", "level": "province", "kind": "provinsi", "name": "Kepulauan Riau"},
    ]
    for i, code in enumerate(("21.01", "21.02", "21.03", "21.04", "21.05", "21.71", "21.72")):
        kind = "kota" if code > "21.7" else "kabupaten"
        anchor = {} if i == 0 else {"latitude": 1.0 + i / 2, "longitude": 104.0 + i}
        rows.append({"area_code": code, "level": "regency", "kind": kind, "name": code, **anchor})
        for district in (f"{code}.01", f"{code}.02"):
            rows.append({"area_code": district, "level": "district", "kind": "kecamatan", "name": district})
            for village in range(1, villages + 1):
                name = f"{district}.20{village:02d}"
                rows.append({"area_code": name, "level": "village", "kind": "desa", "name": name})
    return contracts.coerce("areas", pd.DataFrame(rows, columns=list(contracts.TABLES["areas"].names)))


AREAS = made_areas()


@pytest.fixture(scope="module")
def tables():
    return practice.tables(AREAS)


def fingerprint(tables):
    return {name: pd.util.hash_pandas_object(frame).sum() for name, frame in tables.items()}


class TestSeed:
    def test_the_same_seed_gives_the_same_tables(self, tables):
        assert fingerprint(practice.tables(AREAS, seed=21)) == fingerprint(tables)

    def test_another_seed_gives_others(self, tables):
        other, this = fingerprint(practice.tables(AREAS, seed=22)), fingerprint(tables)
        same = {name for name in this if this[name] == other[name]}
        assert same == {"sources", "areas", "layouts", "snapshots"}

    def test_areas_are_not_changed(self):
        areas = made_areas()
        practice.tables(areas)
        pd.testing.assert_frame_equal(areas, AREAS)


class TestContracts:
    @pytest.mark.parametrize("name", contracts.TABLES)
    def test_each_table_meets_its_contract(self, tables, name):
        assert len(contracts.check(name, tables[name])) > 0

    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_whatever_the_seed(self, seed):
        for name, frame in practice.tables(AREAS, seed=seed).items():
            contracts.check(name, frame)

    def test_every_reference_exists(self, tables):
        for name, column in (
            (table.name, column) for table in contracts.TABLES.values() for column in table.columns
        ):
            if column.references:
                other, key = column.references.split(".")
                assert tables[name][column.name].dropna().isin(tables[other][key]).all(), (name, column.name)

    def test_tables_that_are_referred_to_come_first(self, tables):
        order = list(tables)
        for table, column in ((t, c) for t in contracts.TABLES.values() for c in t.columns if c.references):
            other = column.references.split(".")[0]
            assert order.index(other) <= order.index(table.name)

    def test_areas_without_villages_are_enough(self):
        regencies = AREAS[AREAS.level.isin(["nation", "province", "regency"])]
        tables = practice.tables(regencies)
        assert set(tables["libraries"].area_code.str.len()) == {5}
        contracts.check("libraries", tables["libraries"])


class TestNothingReal:
    def test_every_name_says_practice(self, tables):
        for table in ("libraries", "events"):
            assert tables[table]["name"].str.contains("Latihan").all()

    def test_no_real_library_has_this_name(self, tables):
        real = pd.read_csv(ROOT / "data/published/libraries.csv", dtype="str")
        assert not set(tables["libraries"]["name"]) & set(real["name"])
        assert not set(tables["libraries"]["library_id"]) & set(real["library_id"])

    def test_every_row_has_the_practice_source(self, tables):
        for name, frame in tables.items():
            if "source_id" in frame and name != "participants":
                assert set(frame["source_id"]) == {SOURCE}, name


class TestLibraries:
    def test_sixty_partners_over_all_regencies(self, tables):
        partners = tables["libraries"].query("programme != 'none'")
        assert len(partners) == 60
        assert partners.area_code.str[:5].value_counts().min() >= 3
        assert partners.area_code.str[:5].nunique() == 7

    def test_every_precision_occurs(self, tables):
        partners = tables["libraries"].query("programme != 'none'")
        assert set(partners.area_code.str.len()) == {5, 8, 13}
        exact = partners.latitude.notna()
        assert 0 < exact.sum() < len(partners)
        assert (partners.area_code[exact].str.len() == 13).all()

    def test_points_lie_near_the_anchor(self, tables):
        placed = tables["libraries"].dropna(subset="latitude")
        anchors = AREAS.set_index("area_code").loc[placed.area_code.str[:5]]
        assert np.abs(placed.latitude.to_numpy() - anchors.latitude.to_numpy()).max() <= 0.0201
        assert placed.note.str.contains("acak").all()

    def test_standard_has_gaps_and_failures(self, tables):
        partners = tables["libraries"].query("programme != 'none'")
        for column in ("titles", "building_m2", "is_building_permanent", "staff", "services"):
            assert 0 < partners[column].isna().mean() < 0.5, column
        assert partners.services.dropna().str.split(SEPARATOR).map(len).nunique() > 1


class TestTraining:
    def test_twenty_five_to_forty_at_each(self, tables):
        sizes = tables["participants"].event_id.value_counts()
        assert len(sizes) == 6
        assert sizes.between(25, 40).all()
        published = tables["events"].set_index("event_id").participants_published
        assert (published[sizes.index] == sizes).all()

    def test_libraries_come_only_after_joining(self, tables):
        people = tables["participants"].merge(tables["libraries"], on="library_id")
        people = people.merge(tables["events"][["event_id", "date_start"]], on="event_id")
        assert (people.year_joined.fillna(2019) <= people.date_start.dt.year).all()

    def test_gain_is_plausible_and_incomplete(self, tables):
        found = training.gain(tables["participants"])
        assert found.low > 5
        assert found.n_dropped == 2
        assert found.n_pairs < len(tables["participants"])

    def test_some_come_back_once_an_event_within_their_regency(self, tables):
        people = tables["participants"]
        assert not people.duplicated(["event_id", "participant_id"]).any()
        home = people.library_id.map(tables["libraries"].set_index("library_id").area_code)
        codes = people.assign(regency=people.area_code.fillna(home).str[:5]).groupby("participant_id")
        assert (codes.regency.nunique() <= 1).all()
        at_libraries = people[people.library_id.notna()]
        assert (at_libraries.groupby("participant_id").sex.nunique() <= 1).all()
        seen = turnover.sightings(people, tables["events"]).people["outcome"].value_counts()
        assert (seen[["same", "other", "unseen"]] > 5).all()

    def test_reach_is_partial(self, tables):
        assert 0.3 < training.reach(tables["participants"], libraries=tables["libraries"]).value < 0.95

    def test_no_state_from_the_future(self, tables):
        people = tables["participants"].merge(tables["events"][["event_id", "date_end"]], on="event_id")
        for days in training.PLAN_DAYS:
            known = people[people[f"plan_status_{days}"].notna()]
            assert (known.date_end + pd.Timedelta(days=days)).max() <= RECEIVED_BY
            assert known.has_plan.all()


class TestReports:
    def test_thirty_months(self, tables):
        months = tables["visits"].month
        assert (months.min(), months.max()) == (pd.Timestamp("2024-01-01"), pd.Timestamp("2026-06-01"))
        assert months.nunique() == 30

    def test_gaps_zeros_and_missing_sexes(self, tables):
        visits = tables["visits"]
        joined = visits.library_id.map(tables["libraries"].set_index("library_id").year_joined)
        assert (visits.month.dt.year > joined).all()
        due = sum(
            month.year > year
            for year, month in product(
                tables["libraries"].query("programme != 'none'").year_joined.dropna(), visits.month.unique()
            )
        )
        assert 0.6 < len(visits) / due < 0.95
        assert (visits.total == 0).any()
        assert 0 < visits.female.isna().mean() < 0.2

    def test_some_are_late_and_none_is_from_the_future(self, tables):
        visits = tables["visits"]
        lag = (visits.received_on - (visits.month + pd.offsets.MonthEnd(0))).dt.days
        assert 0.05 < (lag > 10).mean() < 0.4
        assert lag.min() >= 1
        assert visits.received_on.max() <= RECEIVED_BY

    def test_some_libraries_stop(self, tables):
        last = tables["visits"].groupby("library_id").month.max()
        assert (last < pd.Timestamp("2026-01-01")).sum() >= 4

    def test_ramadan_is_quieter(self, tables):
        means = tables["visits"].groupby("month").total.mean()
        assert means[pd.Timestamp("2025-03-01")] < 0.85 * means[pd.Timestamp("2025-02-01")]

    def test_borrowers_are_members_and_loans_come_from_visits(self, tables):
        rows = tables["circulation"].merge(tables["visits"], on=["library_id", "month"], validate="1:1")
        assert (rows.active_borrowers.fillna(0) <= rows.members).all()
        assert (rows.loans <= rows.total).all()


class TestPublished:
    def test_the_index_is_the_mean_of_its_components(self, tables):
        rows = tables["observations"].query("edition == '2023_2024'")
        parts = rows[rows.indicator_id.str.startswith("iplm_uplm")]
        means = parts.groupby(["area_code", "period"]).value.mean() * 100
        index = rows[rows.indicator_id == "iplm"].set_index(["area_code", "period"]).value
        assert (means - index).abs().max() <= 0.0051

    def test_residents_of_the_province_are_those_of_its_regencies(self, tables):
        rows = tables["population"]
        parts = rows[rows.area_code.str.len() == 5].groupby("year").population.sum()
        assert (rows[rows.area_code == "21"].set_index("year").population == parts).all()

    def test_regencies_are_as_large_as_the_real_ones(self, tables):
        """Kemendagri 21.01 is Bintan and 21.02 Karimun; BPS numbers them the other way round."""
        registered = {"21.01": 180404, "21.02": 273946, "21.03": 84325, "21.04": 101039, "21.05": 50922}
        made = tables["population"].query("year == 2020").set_index("area_code").population
        assert {code for code, real in registered.items() if not 0.85 < made[code] / real < 1.15} == set()

    def test_an_index_of_the_province_lies_among_those_of_its_regencies(self, tables):
        rows = tables["observations"].dropna(subset="value")
        keys = ["indicator_id", "edition", "period"]
        parts = rows[rows.area_code.str.len() == 5].groupby(keys).value.agg(["min", "max"])
        whole = rows[rows.area_code == "21"].set_index(keys).value
        both = parts.join(whole, how="inner")
        assert len(both) > 20
        assert both[~both.value.between(both["min"], both["max"])].empty

    def test_two_producers_differ_somewhere_and_one_value_is_missing(self, tables):
        rows = tables["observations"]
        assert rows.duplicated(["indicator_id", "area_code", "period", "edition"]).sum() == 1
        assert rows.value.isna().sum() == 1

    def test_editions_and_indicators_are_defined(self, tables):
        defined = {
            (path.stem, edition["id"])
            for path in (ROOT / "data/indicators").glob("*.yml")
            for edition in yaml.safe_load(path.read_text(encoding="utf-8"))["editions"]
        }
        for name in ("observations", "targets"):
            used = set(zip(tables[name].indicator_id, tables[name].edition, strict=True))
            assert used <= defined


class TestIplmForms:
    def test_every_regency_has_both_forms_and_no_field_is_foreign(self, tables):
        rows = tables["iplm_inputs"]
        rules = definitions.load_iplm(ROOT / "data")
        assert rows.groupby("edition").area_code.nunique().to_dict() == {"form_2025": 7, "uplm": 7}
        asked = {one.id for one in rules.form_2025.fields}
        extra = {"staff_library_d2", "libraries_reported", "libraries_total"}
        assert set(rows[rows.edition == "form_2025"].form_field) == asked | extra
        levels = {field for level in rules.uplm.levels for field in rules.uplm.asked(level)}
        assert set(rows[rows.edition == "uplm"].form_field) == levels

    def test_some_cells_are_empty_and_some_are_zero(self, tables):
        rows = tables["iplm_inputs"]
        filled = rows.groupby(["area_code", "edition", "library_type"]).size()
        assert filled.nunique() > 5
        assert (rows.value == 0).any()
