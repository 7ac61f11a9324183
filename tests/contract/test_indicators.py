"""What `data/indicators` and `data/rules` ship fits the published values, the measures and the texts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from literasi import contracts
from literasi.contracts import TABLES
from literasi.domain.indicators import Catalogue, Computed, Indicator, Published
from literasi.domain.measures import evaluate, needs
from literasi.domain.observations import resolve
from literasi.store.definitions import load_catalogue, load_reporting, load_snp
from literasi.store.seed import read
from literasi.text import LANGUAGES
from literasi.text import catalogue as texts

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def indicators() -> Catalogue:
    return load_catalogue(DATA)


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    out = {name: contracts.empty(name) for name in TABLES}
    for file in (DATA / "published").glob("*.csv"):
        out[file.stem] = contracts.coerce(file.stem, read(file.stem, file))
    out["areas"] = contracts.coerce("areas", read("areas", DATA / "areas" / "areas.csv"))
    return out


def test_the_promised_indicators_are_there(indicators: Catalogue) -> None:
    promised = {
        *("tgm", "tkm", "iplm", "hdi", "reading_population_share", "named_library_visits"),
        *(f"iplm_uplm{i}" for i in range(1, 8)),
        *("tpbis_village_coverage", "tpbis_libraries", "participants_trained", "training_reach"),
        *("activities_per_library", "activity_participants_per_1000", "visits_per_capita"),
    }
    assert promised <= {indicator.id for indicator in indicators}


@pytest.mark.parametrize("table", ["observations", "targets"])
def test_published_values_have_a_definition(
    table: str, indicators: Catalogue, tables: dict[str, pd.DataFrame]
) -> None:
    for row in tables[table].itertuples():
        assert row.indicator_id in indicators, row
        edition = indicators[row.indicator_id].edition(row.edition)
        year = int(row.period[:4]) if table == "observations" else row.year
        assert edition.first_year <= year <= (edition.last_year or 9999), row


def test_only_published_indicators_have_observations(
    indicators: Catalogue, tables: dict[str, pd.DataFrame]
) -> None:
    assert all(indicators[i].is_published for i in tables["observations"]["indicator_id"].unique())


def test_values_are_at_declared_levels(indicators: Catalogue, tables: dict[str, pd.DataFrame]) -> None:
    level = tables["areas"].set_index("area_code")["level"]
    for row in tables["observations"].itertuples():
        assert level[row.area_code] in indicators[row.indicator_id].levels, row


def test_each_preference_chooses_among_several_values(
    indicators: Catalogue, tables: dict[str, pd.DataFrame]
) -> None:
    for indicator in indicators:
        if not isinstance(indicator.measure, Published):
            continue
        values = resolve(tables["observations"], indicator)
        for chosen in indicator.measure.preferences:
            rows = values[(values["area_code"] == chosen.area_code) & (values["period"] == chosen.period)]
            assert len(rows) > 1, chosen
            assert rows.loc[rows["is_preferred"], "source_id"].tolist() == [chosen.source_id]


def test_each_conflict_has_a_declared_preference(
    indicators: Catalogue, tables: dict[str, pd.DataFrame]
) -> None:
    cell = ["indicator_id", "area_code", "period", "edition"]
    observations = tables["observations"]
    for row in observations[observations.duplicated(cell)].itertuples():
        measure = indicators[row.indicator_id].measure
        assert isinstance(measure, Published)
        assert (row.area_code, row.period) in {(p.area_code, p.period) for p in measure.preferences}, row


@pytest.mark.parametrize(
    ("indicator_id", "area", "period", "value"),
    [
        ("tgm", "21", "2024", 73.69),
        ("tgm", "00", "2022", 63.90),
        ("tgm", "00", "2023", 66.77),
        ("iplm", "00", "2022", 64.48),
        ("iplm", "00", "2023", 69.42),
    ],
)
def test_the_value_drawn(
    indicator_id: str,
    area: str,
    period: str,
    value: float,
    indicators: Catalogue,
    tables: dict[str, pd.DataFrame],
) -> None:
    values = resolve(tables["observations"], indicators[indicator_id])
    drawn = values[values["is_preferred"] & (values["area_code"] == area) & (values["period"] == period)]
    assert drawn["value"].tolist() == [value]


def test_bands_follow_edition_and_year(indicators: Catalogue) -> None:
    def family(indicator_id: str, edition: str, year: int) -> str | None:
        found = indicators[indicator_id].edition(edition).band_family(year)
        return found.id if found else None

    assert family("tgm", "2020", 2020) == family("tgm", "2021_2024", 2022) == "F5"
    assert family("tgm", "2021_2024", 2023) == family("tgm", "2021_2024", 2024) == "F4"
    assert family("tkm", "2025", 2025) is None
    assert family("iplm", "2022", 2022) == family("iplm", "2023_2024", 2024) == "IPLM5"
    for edition in ("2021", "rilis_ulang_2019_2021", "renstra_2020_2024", "2025"):
        assert not indicators["iplm"].edition(edition).bands


@pytest.mark.parametrize(
    ("indicator_id", "value", "edition", "year", "band"),
    [
        ("tgm", 61.83, "2021_2024", 2021, "high"),
        ("tgm", 65.80, "2021_2024", 2023, "medium"),
        ("tgm", 20.04, "2021_2024", 2021, "very_low"),
        ("tgm", 20.06, "2021_2024", 2021, "low"),
        ("iplm", 74.24, "2023_2024", 2024, "medium"),
        ("iplm", 82.45, "2023_2024", 2023, "high"),
        ("iplm", 29.9, "2023_2024", 2024, "very_low"),
    ],
)
def test_the_band_of_a_value(
    indicator_id: str, value: float, edition: str, year: int, band: str, indicators: Catalogue
) -> None:
    found = indicators[indicator_id].band(value=value, edition_id=edition, year=year)
    assert found is not None
    assert found.label == band


def test_what_was_not_seen_of_the_four_bands_is_said(indicators: Catalogue) -> None:
    family = indicators["tgm"].edition("2021_2024").band_family(2024)
    assert family is not None
    assert family.caveat
    assert "tidak terlihat" in family.caveat


def test_no_reading_survey_may_carry_an_interval(indicators: Catalogue) -> None:
    for indicator in indicators.of_theme("reading"):
        assert all(edition.is_random_sample is not True for edition in indicator.editions)
    assert "bukan sampel acak" in (indicators["tgm"].edition("2021_2024").sample_note or "")


def test_method_boundaries_name_the_new_regulations(indicators: Catalogue) -> None:
    assert "Perpusnas 9/2025" in indicators["tkm"].edition("2025").regulation
    assert "Perpusnas 7/2025" in indicators["iplm"].edition("2025").regulation
    assert indicators["tkm"].succeeds == "tgm"


def test_computed_indicators_have_one_edition_and_run_on_the_shipped_tables(
    indicators: Catalogue, tables: dict[str, pd.DataFrame]
) -> None:
    for indicator in indicators:
        if not isinstance(indicator.measure, Computed):
            continue
        assert len(indicator.editions) == 1, indicator.id
        given = {name: tables[name] for name in needs(indicator.measure.function)}
        values = evaluate(indicator, given, level="province", grain="year")
        assert set(values["area_code"]) <= {"21"}


def test_bimtek_participants_and_village_coverage_of_the_province(
    indicators: Catalogue, tables: dict[str, pd.DataFrame]
) -> None:
    def province(indicator: Indicator, column: str) -> dict[str, float]:
        values = evaluate(indicator, tables, level="province", grain="year")
        return dict(zip(values["period"], values[column], strict=True))

    assert province(indicators["participants_trained"], "value") == {"2019": 28, "2023": 20, "2024": 22}
    covered = province(indicators["tpbis_village_coverage"], "numerator")
    assert covered["2024"] == 20  # 8 of 2019, 4 of 2021, 7 of 2023, 1 of 2024; the year of one is not known
    assert province(indicators["tpbis_village_coverage"], "denominator")["2024"] == 419


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_label(
    language: str, indicators: Catalogue, tables: dict[str, pd.DataFrame]
) -> None:
    keys = set()
    for indicator in indicators:
        keys |= {f"indicator.{indicator.id}", f"indicator_short.{indicator.id}", f"unit.{indicator.unit}"}
        for edition in indicator.editions:
            keys |= {f"unit.{edition.unit}"} if edition.unit else set()
            keys |= {f"band.{band.label}" for years in edition.bands for band in years.family.bands}
    for test in load_snp(DATA).tests:
        keys |= {test.label_key} | ({f"unit.{test.unit}"} if test.unit else set())
    for table, column, group in (
        ("library_figures", "metric", "metric"),
        ("library_figures", "unit", "unit"),
        ("aid", "item", "aid_item"),
        ("aid", "unit", "unit"),
        ("events", "kind", "event_kind"),
        ("sources", "kind", "source_kind"),
    ):
        keys |= {f"{group}.{code}" for code in tables[table][column].dropna().unique()}
    assert not keys - set(texts(language))


def test_the_village_standard_is_the_one_of_2017() -> None:
    rules = load_snp(DATA)
    assert (rules.regulation, rules.valid_from) == ("Peraturan Perpusnas 6/2017", 2017)
    thresholds = {test.attribute: test.threshold for test in rules.tests}
    assert thresholds == {
        "titles": 1000,
        "recent_titles_pct": 10,
        "building_m2": 56,
        "is_building_permanent": None,
        "open_hours_per_day": 6,
        "staff": 2,
        "is_head_qualified": None,
        "services": ("reading", "circulation", "reference", "information_search"),
    }
    assert set(thresholds) <= set(TABLES["libraries"].names)
    assert "Anggaran" in rules.not_found


def test_reports_are_expected_from_partners_after_the_year_of_joining() -> None:
    rules = load_reporting(DATA)
    assert "none" not in rules.programmes
    assert set(rules.programmes) <= set(TABLES["libraries"].column("programme").choices)
    assert (rules.years_after_joining, rules.provisional_below) == (1, 0.6)
