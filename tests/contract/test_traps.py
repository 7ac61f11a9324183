"""The traps of the field (ux.md §5, "Data and method"), each on the data that we ship or practise with.

Here stand the traps of which no single function is the guard; each test first takes the naive way and shows
that it would come out differently. Where one function is the guard, its own test holds the trap:

- codes of areas: `tests/contract/test_areas_data.py::TestBpsCodes`, `tests/unit/domain/test_areas.py`,
  `tests/unit/intake/test_matching.py::test_a_bare_code_of_two_meanings_is_refused_with_the_reason`;
- editions: `test_observations.py`, `test_headline.py`, `test_findings.py`, `test_comparison.py`,
  `test_statutory.py`, `test_measures.py::…::test_two_editions_are_refused`, `charts/test_editions.py`;
- participants: `tests/unit/domain/test_privacy.py` (two readers, property tests);
- mean of rates, missing and zero: `test_measures.py::TestVisitsPerCapita`, `test_iplm.py`,
  `test_maps.py::test_missing_is_not_zero`, `test_comparison.py::test_missing_is_not_last_and_not_zero`;
- visits from systems: `test_systems_slims.py::test_visits_of_each_month_are_the_rows_of_it`.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from literasi import contracts, practice
from literasi.charts.editions import edition_chart
from literasi.contracts import TABLES
from literasi.domain import findings, training
from literasi.domain.areas import AreaRegister
from literasi.domain.comparison import standing
from literasi.domain.headline import headline
from literasi.domain.measures import evaluate
from literasi.domain.observations import resolve
from literasi.domain.privacy import THRESHOLD_INTERNAL, THRESHOLD_PUBLIC, TOTAL, suppress
from literasi.domain.targets import TargetSettings, assess
from literasi.store.definitions import load_catalogue
from literasi.store.seed import read
from literasi.text import LANGUAGES
from literasi.text import catalogue as texts
from tests.attacker import feasible
from tests.frames import library, table, visit

DATA = Path(__file__).parents[2] / "data"
CATALOGUE = load_catalogue(DATA)
AREAS = contracts.coerce("areas", read("areas", DATA / "areas" / "areas.csv"))
REGISTER = AreaRegister.from_frame(AREAS)
BINTAN, KARIMUN = "21.01", "21.02"
REGENCIES = [area.code for area in REGISTER.regencies()]


@pytest.fixture(scope="module")
def official() -> dict[str, pd.DataFrame]:
    """What we ship."""
    tables = {name: contracts.empty(name) for name in TABLES}
    for file in (DATA / "published").glob("*.csv"):
        tables[file.stem] = contracts.coerce(file.stem, read(file.stem, file))
    return tables | {"areas": AREAS}


@pytest.fixture(scope="module")
def practised() -> dict[str, pd.DataFrame]:
    """The practice workspace."""
    return practice.tables(AREAS)


def published(tables: dict[str, pd.DataFrame], indicator_id: str) -> pd.DataFrame:
    """Yearly values of a published index at every level."""
    return resolve(tables["observations"], CATALOGUE[indicator_id])


class TestCodesSwap:
    def test_each_regency_is_divided_by_its_own_residents(self, official: dict[str, pd.DataFrame]) -> None:
        """By number, BPS 2101 (Karimun, 273,946 residents) would be taken for 21.01 (Bintan, 180,404)."""
        by_number = {area.bps_code: area.code.replace(".", "") for area in REGISTER.regencies()}
        assert {bps: own for bps, own in by_number.items() if bps != own} == {"2101": "2102", "2102": "2101"}
        tables = official | {
            "libraries": table("libraries", [library("b", f"{BINTAN}.10.2005"), library("k", KARIMUN)]),
            "visits": table("visits", [visit("b", "2025-01", 1_000), visit("k", "2025-01", 2_000)]),
        }
        found = evaluate(CATALOGUE["visits_per_capita"], tables, level="regency", grain="year")
        assert dict(zip(found["area_code"], found["denominator"], strict=True)) == {
            BINTAN: 180_404,
            KARIMUN: 273_946,
        }

    @pytest.mark.parametrize("code", ["2101", "2102"])
    def test_a_bare_code_is_not_taken_for_either(self, code: str) -> None:
        assert REGISTER.match(code).code is None


class TestNames:
    @pytest.mark.parametrize(
        ("written", "code"),
        [
            ("KOTA B A T A M", "21.71"),
            ("KOTA TANJUNG PINANG", "21.72"),
            ("Kota Tanjungpinang", "21.72"),
            ("KABUPATEN KARIMUN \r", KARIMUN),
            ("Kab. Kep. Anambas", "21.05"),
            ("Kepulauan Riau", "21"),
        ],
    )
    def test_spellings_of_one_area(self, written: str, code: str) -> None:
        assert REGISTER.match(written).code == code

    def test_the_old_regency_of_the_province_s_name_is_bintan_and_is_asked(self) -> None:
        """Without its kind it is the province: the naive match on the bare name gives 21."""
        found = REGISTER.match("Kabupaten Kepulauan Riau")
        assert (found.code, found.candidates) == (None, (BINTAN,))

    def test_riau_is_another_province(self) -> None:
        assert REGISTER.match("Riau").code is None


class TestEditions:
    """TGM is not TKM, and IPLM has at least three eras."""

    @pytest.mark.parametrize("workspace", ["official", "practised"])
    def test_no_line_joins_two_methods(self, workspace: str, request: pytest.FixtureRequest) -> None:
        tables = request.getfixturevalue(workspace)
        names = {"21": "Kepulauan Riau", "00": "Indonesia"}
        charts = 0
        for lineage in CATALOGUE.lineages("reading", "development"):
            for indicator in lineage:
                values = published(tables, indicator.id)
                for edition in indicator.editions:
                    chart = edition_chart(
                        values, indicator=indicator, edition=edition, names=names, focus="21"
                    )
                    if chart is None:
                        continue
                    charts += 1
                    rows = values[values["edition"] == edition.id]
                    for trace in chart.figure.data:
                        drawn = {
                            value for value in (trace.y if trace.y is not None else ()) if value == value
                        }
                        numbers = {value for value in drawn if isinstance(value, float)}
                        assert numbers <= set(rows["value"]), (indicator.id, edition.id)
        assert charts > 5

    def test_the_years_of_the_break_are_there_to_be_joined(self, practised: dict[str, pd.DataFrame]) -> None:
        """The naive series 2021 to 2025 without a hole exists: TGM to 2024, TKM in 2025."""
        years = {
            name: sorted(set(published(practised, name).query("area_code == '21'")["period"]))
            for name in ("tgm", "tkm")
        }
        assert years == {"tgm": ["2021", "2022", "2023", "2024"], "tkm": ["2025"]}
        tkm = published(practised, "tkm")
        assert findings.change(tkm, indicator=CATALOGUE["tkm"], area="21") is None
        newest = headline(tkm, indicator=CATALOGUE["tkm"], area="21", targets=contracts.empty("targets"))
        assert newest is not None
        assert newest.change is None

    def test_a_change_of_scale_is_not_a_rise(self, official: dict[str, pd.DataFrame]) -> None:
        """Kepri 21.33 (2021, sum of raw ratios) and 74.24 (2024, mean of standardised): no +52.91."""
        values = published(official, "iplm").query("area_code == '21'")
        assert values["value"].max() - values["value"].min() == pytest.approx(52.91)
        found = headline(values, indicator=CATALOGUE["iplm"], area="21", targets=official["targets"])
        assert found is not None
        assert (found.value, found.change) == (74.24, None)
        assert findings.change(values, indicator=CATALOGUE["iplm"], area="21") is None

    def test_73_52_is_not_held_against_15(self, official: dict[str, pd.DataFrame]) -> None:
        values, indicator = published(official, "iplm"), CATALOGUE["iplm"]
        nation = values[(values["area_code"] == "00") & (values["period"] == "2024")]
        assert set(nation["value"]) == {73.52, 15.44}
        judged = assess(
            values,
            official["targets"],
            indicator=indicator,
            area="00",
            settings=TargetSettings(),
            this_year=2026,
        )
        assert [(one.target, one.value, one.edition) for one in judged] == [
            (15.0, 15.44, "renstra_2020_2024")
        ]
        found = headline(values, indicator=indicator, area="00", targets=official["targets"])
        assert found is not None
        assert (found.value, found.target) == (73.52, None)

    def test_areas_of_two_editions_have_no_order(self, official: dict[str, pd.DataFrame]) -> None:
        """Natuna 82.45 in 2023 and a regency on the old scale in the same year are not first and last."""
        values = published(official, "iplm")
        natuna = values[values["area_code"] == "21.03"]
        old = [
            natuna.assign(area_code=code, edition="renstra_2020_2024", value=11.2) for code in REGENCIES[:3]
        ]
        both = pd.concat([natuna, *old], ignore_index=True)
        found = standing(
            both, indicator=CATALOGUE["iplm"], edition="2023_2024", period="2023", areas=REGENCIES
        )
        assert found.ranked == 0
        assert found.frame["value"].dropna().tolist() == [82.45]


class TestBands:
    @pytest.mark.parametrize(("year", "band"), [(2022, "high"), (2024, "medium")])
    def test_one_value_has_two_names(self, year: int, band: str) -> None:
        """70 is "tinggi" among five classes and "sedang" among four; sources print both on one page."""
        found = CATALOGUE["tgm"].band(value=70.0, edition_id="2021_2024", year=year)
        assert found is not None
        assert found.label == band

    def test_where_no_family_is_documented_there_is_no_band(self) -> None:
        assert CATALOGUE["tkm"].band(value=70.0, edition_id="2025", year=2025) is None
        assert CATALOGUE["iplm"].band(value=70.0, edition_id="2025", year=2025) is None
        assert CATALOGUE["iplm"].band(value=21.33, edition_id="2021", year=2021) is None


class TestScope:
    def test_the_province_is_not_the_mean_of_its_regencies(self, practised: dict[str, pd.DataFrame]) -> None:
        """Since 2025 they answer for different schools: without a published value there is none."""
        rows = practised["observations"]
        without = practised | {"observations": rows[rows["area_code"].str.len() == 5]}
        for indicator_id in ("tgm", "tkm", "iplm", "iplm_uplm1", "hdi"):
            indicator = CATALOGUE[indicator_id]
            parts = evaluate(indicator, without, level="regency", grain="year")
            assert parts["value"].notna().sum() > 1, indicator_id  # a mean could be taken
            assert evaluate(indicator, without, level="province", grain="year").empty, indicator_id


class TestParticipants:
    """Seven regencies × small trainings: a person is found by subtraction."""

    def counts(self, tables: dict[str, pd.DataFrame], by: tuple[str, str]) -> pd.DataFrame:
        people = training.classify(
            tables["participants"], events=tables["events"], libraries=tables["libraries"]
        )
        return training.counts(people, by=by)

    @pytest.mark.parametrize("threshold", [THRESHOLD_INTERNAL, THRESHOLD_PUBLIC])
    @pytest.mark.parametrize(
        "by", [("regency", "role"), ("regency", "sex"), ("event", "institution")], ids="-".join
    )
    def test_nobody_is_found_by_subtraction(
        self, by: tuple[str, str], threshold: int, practised: dict[str, pd.DataFrame]
    ) -> None:
        counts = self.counts(practised, by)
        full = suppress(counts, threshold=1, group=by)
        is_small = (full["n"] > 0) & (full["n"] < threshold)
        assert is_small.any()
        for i, low, high in feasible(suppress(counts, threshold=threshold, group=by), by):
            assert high - low >= 1 - 1e-6
            assert not is_small[i] or high >= threshold - 1e-6

    def test_hiding_only_the_small_cells_gives_them_away(self, practised: dict[str, pd.DataFrame]) -> None:
        """The naive way on the same table: the reader solves the equations and has the numbers."""
        by = ("regency", "role")
        full = suppress(self.counts(practised, by), threshold=1, group=by)
        naive = full.assign(is_suppressed=(full["n"] > 0) & (full["n"] < THRESHOLD_INTERNAL))
        assert any(high == low for _, low, high in feasible(naive, by))

    def test_the_number_of_all_is_shown(self, practised: dict[str, pd.DataFrame]) -> None:
        """Hiding everything would protect, too."""
        counts = self.counts(practised, ("regency", "sex"))
        shown = suppress(counts, threshold=THRESHOLD_INTERNAL, group=("regency", "sex"))
        whole = shown[(shown["regency"] == TOTAL) & (shown["sex"] == TOTAL)]
        assert whole["n"].tolist() == [float(counts["n"].sum())]


class TestRates:
    @pytest.mark.parametrize(
        "indicator_id", ["visits_per_capita", "activity_participants_per_1000", "tpbis_village_coverage"]
    )
    def test_a_rate_of_the_whole_is_a_sum_over_a_sum(
        self, indicator_id: str, practised: dict[str, pd.DataFrame]
    ) -> None:
        indicator = CATALOGUE[indicator_id]
        regencies = evaluate(indicator, practised, level="regency", grain="year")
        whole = evaluate(indicator, practised, level="province", grain="year").set_index("period")
        per = getattr(indicator.measure, "per", 1)
        year = "2025"
        parts = regencies[regencies["period"] == year]
        pooled = per * whole.loc[year, "numerator"] / whole.loc[year, "denominator"]
        assert whole.loc[year, "value"] == pytest.approx(pooled)
        assert whole.loc[year, "numerator"] == pytest.approx(parts["numerator"].sum())
        assert parts["value"].mean() != pytest.approx(pooled, rel=0.05)

    def test_silence_is_not_zero(self, practised: dict[str, pd.DataFrame]) -> None:
        """All reports of Lingga lost: with zeros in their place it would be the worst of all."""
        lost = practised["libraries"]["library_id"][
            practised["libraries"]["area_code"].str.startswith("21.04")
        ]
        visits = practised["visits"]
        tables = practised | {"visits": visits[~visits["library_id"].isin(lost)]}
        found = evaluate(CATALOGUE["visits_per_capita"], tables, level="regency", grain="year")
        assert "21.04" in set(
            evaluate(CATALOGUE["visits_per_capita"], practised, level="regency", grain="year")["area_code"]
        )
        assert "21.04" not in set(found["area_code"])


class TestVisits:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_count_of_visits_is_called_people(self, language: str) -> None:
        words = texts(language)
        of = {"id": ("kunjungan", "orang"), "en": ("visit", "people")}[language]
        for indicator_id in ("visits_per_capita", "named_library_visits"):
            unit = words[f"unit.{CATALOGUE[indicator_id].unit}"].lower()
            assert of[0] in unit, unit
            assert of[1] not in unit, unit
        assert of[0] in words["intake.field.iplm_form.users"].lower()

    def test_visits_are_summed_and_not_capped_at_the_residents(self) -> None:
        """Ten who come every week are 520 visits: more visits than residents is no fault."""
        tables = {
            "libraries": table("libraries", [library("b", BINTAN)]),
            "visits": table("visits", [visit("b", "2025-01", 520), visit("b", "2025-02", 520)]),
            "population": table(
                "population",
                [
                    {
                        "area_code": BINTAN,
                        "year": 2025,
                        "source_id": "s",
                        "concept": "civil_registry",
                        "population": 10,
                    }
                ],
            ),
        }
        found = evaluate(CATALOGUE["visits_per_capita"], tables, level="regency", grain="year")
        assert found["value"].tolist() == [104.0]
