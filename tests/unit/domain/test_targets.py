"""Targets by hand: statuses, gaps, points per year, and what must not be compared."""

import pandas as pd
import pytest

from literasi.domain.observations import resolve
from literasi.domain.targets import TargetRules, TargetSettings, Tolerance, assess, on_path, path_of
from literasi.settings import ROOT
from literasi.store.definitions import load_catalogue, load_targets
from tests.frames import indicator, table, values

CATALOGUE = load_catalogue(ROOT / "data")
IPLM, NAMED = CATALOGUE["iplm"], CATALOGUE["named_library_visits"]
PLAN = "Renstra 2021-2025"
AGREED = TargetSettings(
    source="rapat", tolerances={"index": Tolerance(on_track=1, attention=3)}, baselines={PLAN: 2021}
)
WITHOUT = TargetSettings()


def target(year, value, *, of="example", area="21", edition="e1", document=PLAN):
    return {
        "indicator_id": of,
        "area_code": area,
        "year": year,
        "edition": edition,
        "value": value,
        "document": document,
    }


def judged(rows, *targets, of=None, settings=AGREED, this_year=2024, area="21", unfinished=(), **more):
    frame = rows if isinstance(rows, pd.DataFrame) else values(rows, **more)
    return assess(
        frame,
        table("targets", list(targets)),
        indicator=of or indicator(),
        area=area,
        settings=settings,
        this_year=this_year,
        unfinished=unfinished,
    )


def one(rows, *targets, **more):
    found = judged(rows, *targets, **more)
    assert len(found) == 1
    return found[0]


def test_no_target_is_said():
    assert one([("21", "2024", 70.0)]).status == "no_target"
    assert one([("21", "2024", 70.0)], target(2024, 60.0, area="00")).status == "no_target"


@pytest.mark.parametrize(
    ("value", "status", "gap"),
    [(72.0, "reached", 0), (74.5, "reached", -2.5), (71.0, "attention", 1), (68.9, "behind", 3.1)],
)
def test_in_the_targets_own_year(value, status, gap):
    """Only a value of that year reaches it; "di jalur" no longer exists then."""
    found = one([("21", "2023", 60.0), ("21", "2024", value)], target(2024, 72.0))
    assert (found.status, found.gap, found.required) == (status, pytest.approx(gap), None)


def test_values_are_held_against_targets_as_they_are_shown():
    """71.996 is shown as 72,00; a bare comparison of floats would deny the target."""
    assert one([("21", "2024", 71.996)], target(2024, 72.0)).status == "reached"
    assert one([("21", "2024", 71.998)], target(2024, 72.004)).status == "reached"


@pytest.mark.parametrize(
    ("value", "status"),
    [(68.1, "on_track"), (67.0, "on_track"), (66.9, "attention"), (65.0, "attention"), (64.9, "behind")],
)
def test_on_the_way_by_the_path_from_the_base_year(value, status):
    """60 in 2021 to 76 in 2025 is 4 a year: 68 in 2023. One point behind is on track, three are not far."""
    found = one([("21", "2021", 60.0), ("21", "2023", value)], target(2025, 76.0))
    assert (found.status, found.expected) == (status, pytest.approx(68.0))
    assert found.path == ((2021, 60.0), (2025, 76.0))
    assert found.gap == pytest.approx(76 - value)
    assert found.required == pytest.approx((76 - value) / 2)


def test_the_path_begins_at_the_last_value_up_to_the_base_year():
    rows = [("21", "2019", 50.0), ("21", "2020", 58.0), ("21", "2023", 67.0)]
    assert one(rows, target(2025, 78.0)).path[0] == (2020, 58.0)
    stated = AGREED.model_copy(update={"baselines": {}})
    assert one(rows, target(2025, 78.0), settings=stated).path[0] == (2019, 50.0)


def test_the_path_goes_through_earlier_targets_of_the_same_document_and_edition():
    """60 (2021) → 64 (2023) → 76 (2025): 70 in 2024. Other documents and editions have no say."""
    rows = [("21", "2021", 60.0), ("21", "2024", 70.0)]
    others = (target(2023, 90.0, document="RPJMD"), target(2023, 5.0, edition="e0"))
    found = judged(rows, target(2023, 64.0), target(2025, 76.0), *others)
    last = next(p for p in found if p.year == 2025)
    assert last.path == ((2021, 60.0), (2023, 64.0), (2025, 76.0))
    assert (last.expected, last.status) == (pytest.approx(70.0), "on_track")


def test_one_value_proves_no_path():
    found = one([("21", "2023", 60.0)], target(2025, 76.0))
    assert (found.status, found.reason, found.required) == ("insufficient", "no_path", pytest.approx(8.0))


def test_a_path_knows_nothing_outside_itself():
    path = path_of(values([("21", "2022", 10.0)]), {}, end=(2024, 20.0), base_year=None)
    assert [on_path(path, year) for year in (2021, 2022, 2023, 2024, 2025)] == [None, None, 15.0, 20.0, None]


def test_without_a_tolerance_there_is_no_traffic_light():
    rows = [("21", "2021", 60.0), ("21", "2023", 40.0)]
    found = one(rows, target(2025, 76.0), settings=WITHOUT)
    assert (found.status, found.gap, found.required) == ("not_reached", 36.0, 18.0)
    assert one([("21", "2025", 76.0)], target(2025, 76.0), settings=WITHOUT).status == "reached"


def test_a_tolerance_of_counts_is_a_share_of_the_path():
    counts = TargetSettings(source="rapat", tolerances={"count": Tolerance(on_track=0.05, attention=0.1)})
    of = indicator(scale="count", decimals=0)
    rows = [("21", "2022", 100.0), ("21", "2023", 190.0)]  # the path expects 200
    assert one(rows, target(2024, 300.0), of=of, settings=counts).status == "on_track"
    assert (
        one([rows[0], ("21", "2023", 189.0)], target(2024, 300.0), of=of, settings=counts).status
        == "attention"
    )
    assert (
        one([rows[0], ("21", "2023", 179.0)], target(2024, 300.0), of=of, settings=counts).status == "behind"
    )


def test_down_is_good_where_it_is_declared():
    of = indicator(direction="lower_is_better")
    rows = [("21", "2021", 40.0), ("21", "2023", 30.0)]  # to 20 in 2025: 30 expected
    found = one(rows, target(2025, 20.0), of=of)
    assert (found.status, found.gap, found.required) == ("on_track", 10.0, 5.0)
    assert one([("21", "2025", 18.0)], target(2025, 20.0), of=of).status == "reached"
    assert one([("21", "2025", 25.0)], target(2025, 20.0), of=of).status == "behind"


def test_context_has_no_good_side():
    found = one([("21", "2024", 70.0)], target(2024, 60.0), of=indicator(direction="neutral"))
    assert (found.status, found.reason) == ("insufficient", "no_direction")


# Editions


def observed(area, year, edition, value, **more):
    row = {"indicator_id": "iplm", "area_code": area, "period": year, "edition": edition, "value": value}
    return row | {"producer": "Perpusnas", "source_id": "s", "status": "reported"} | more


def test_the_old_scale_target_is_never_held_against_the_new_scale():
    """The trap seen in print: national 73.52 held against a target of 15.00."""
    aim = target(2024, 15.0, of="iplm", area="00", edition="renstra_2020_2024")
    new = resolve(table("observations", [observed("00", "2024", "2023_2024", 73.52)]), IPLM)
    found = one(new, aim, of=IPLM, area="00")
    assert (found.status, found.reason, found.gap, found.value) == (
        "insufficient",
        "other_edition",
        None,
        None,
    )

    both = table(
        "observations",
        [observed("00", "2024", "2023_2024", 73.52), observed("00", "2024", "renstra_2020_2024", 15.44)],
    )
    found = one(resolve(both, IPLM), aim, of=IPLM, area="00")
    assert (found.status, found.value, found.gap) == ("reached", 15.44, pytest.approx(-0.44))


def test_a_computed_measure_is_not_held_against_a_target_of_another_formula():
    aim = target(2024, 15.0, edition="dasbor_2")
    found = one([("21", "2024", 73.52)], aim, edition="dasbor_1")
    assert (found.status, found.reason) == ("insufficient", "other_edition")


def test_a_path_never_begins_in_another_edition():
    """12.93 to 80 would make any new-scale value run ahead."""
    rows = pd.concat(
        [values([("21", "2021", 12.93)], edition="e0"), values([("21", "2023", 70.0)], edition="e1")]
    )
    assert one(rows, target(2025, 80.0)).reason == "no_path"


def test_quarantined_and_other_published_values_are_ignored():
    rows = table(
        "observations",
        [
            observed("21", "2024", "2023_2024", 999.0, status="quarantined", source_id="a"),
            observed("21", "2024", "2023_2024", 60.0, source_id="b"),
            observed("21", "2024", "2023_2024", 71.0, source_id="c", status="estimated"),
        ],
    )
    found = one(resolve(rows, IPLM), target(2024, 70.0, of="iplm", edition="2023_2024"), of=IPLM)
    assert (found.value, found.status) == (60.0, "behind")


def test_a_path_stays_with_one_producer():
    """A regency's own survey is another series than the national one."""
    rows = pd.concat(
        [
            values([("21", "2021", 40.0)], producer="survei sendiri"),
            values([("21", "2022", 64.0), ("21", "2023", 67.0)]),
        ]
    )
    assert one(rows, target(2025, 76.0)).path[0] == (2022, 64.0)


# Data that do not carry a judgement


def test_nothing_known_is_insufficient_not_zero():
    found = one([("21", "2023", None)], target(2024, 70.0))
    assert (found.status, found.reason, found.gap) == ("insufficient", "no_value", None)


def test_few_reports_and_provisional_values_are_not_judged():
    few = values([("21", "2024", 80.0)]).assign(received=5, expected=10)
    assert one(few, target(2024, 70.0)).reason == "few_reports"
    enough = values([("21", "2024", 80.0)]).assign(received=6, expected=10)
    assert one(enough, target(2024, 70.0)).status == "reached"
    assert one([("21", "2024", 80.0)], target(2024, 70.0), status="provisional").reason == "provisional"


def test_a_rate_on_a_small_denominator_is_not_judged():
    """5 of 8 libraries: one library is 12.5 points, more than any tolerance."""
    of = indicator(scale="percent", minimum_n=10)
    few = values([("21", "2024", 62.5)]).assign(numerator=5.0, denominator=8.0)
    found = one(few, target(2024, 75.0), of=of)
    assert (found.status, found.reason, found.gap) == ("insufficient", "small", None)
    assert (found.numerator, found.denominator) == (5.0, 8.0)
    assert one(few.assign(denominator=10.0), target(2024, 60.0), of=of).status == "reached"
    running = one(few, target(2024, 60.0), of=of, unfinished={"2024"})
    assert (running.status, running.reason) == ("insufficient", "unfinished")


def test_incomplete_data_may_show_that_a_target_is_reached_never_that_it_is_not():
    of = indicator(incomplete="daftar 2020 belum ditemukan")
    assert one([("21", "2024", 80.0)], target(2024, 70.0), of=of).status == "reached"
    assert one([("21", "2024", 60.0)], target(2024, 70.0), of=of).reason == "incomplete"
    down = of.model_copy(update={"direction": "lower_is_better"})
    assert one([("21", "2024", 60.0)], target(2024, 70.0), of=down).reason == "incomplete"


def test_an_older_value_does_not_reach_a_target_whose_year_is_over():
    """Tanjungpinang: 38,702 visits in 2017 say nothing of the target of 33,000 for 2018."""
    aim = target(2018, 33000.0, of=NAMED.id, area="21.72", edition="dasbor_1")
    rows = values([("21.72", "2017", 38702.0)], edition="dasbor_1")
    found = one(rows, aim, of=NAMED, area="21.72")
    assert (found.status, found.reason, found.gap) == ("insufficient", "year_missing", None)


def test_beyond_the_target_before_its_year_is_on_track_not_reached():
    found = one([("21", "2023", 80.0)], target(2025, 76.0), settings=WITHOUT)
    assert (found.status, found.reason, found.gap) == ("on_track", "already", -4.0)


def test_a_year_that_is_not_over_counts_only_when_it_is_already_beyond():
    rows = [("21", "2021", 60.0), ("21", "2023", 68.0), ("21", "2024", 65.0)]
    found = one(rows, target(2025, 76.0), unfinished={"2024"})
    assert (found.period, found.status) == ("2023", "on_track")
    rows[-1] = ("21", "2024", 77.0)
    assert one(rows, target(2024, 76.0), unfinished={"2024"}).reason == "already"
    assert one([("21", "2024", 65.0)], target(2024, 76.0), unfinished={"2024"}).reason == "unfinished"
    down = indicator(direction="lower_is_better")
    assert one([("21", "2024", 3.0)], target(2024, 20.0), of=down, unfinished={"2024"}).reason == "unfinished"


# Settings


def test_the_shipped_rules_state_no_tolerance_for_real_data():
    rules = load_targets(ROOT / "data")
    assert rules.agreed.tolerances == {}
    assert set(rules.example.tolerances) == {"index", "percent", "count", "rate", "ratio"}


def test_a_tolerance_needs_a_source_and_an_order():
    with pytest.raises(ValueError, match="source"):
        TargetSettings(tolerances={"index": Tolerance(on_track=1, attention=2)})
    with pytest.raises(ValueError, match="attention"):
        Tolerance(on_track=2, attention=1)
    with pytest.raises(ValueError, match="Extra inputs"):
        TargetRules.model_validate({"agreed": {}, "example": {}, "toleransi": 1})
