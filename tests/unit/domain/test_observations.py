"""One preferred published value, its alternatives, and breaks of method."""

import pandas as pd

from literasi.domain.observations import alternatives, breaks, resolve
from tests.frames import indicator, table, values


def edition(name, first):
    return {"id": name, "label": name, "first_year": first, "regulation": f"R-{name}", "method": "M"}


TGM = indicator(
    measure={
        "kind": "published",
        "preferences": [{"area_code": "21", "period": "2024", "source_id": "bps", "reason": "table"}],
    },
    editions=[edition("new", 2025), edition("e1", 2021)],
)


def observed(*rows):
    return table(
        "observations",
        [
            {
                "indicator_id": i,
                "area_code": "21",
                "period": p,
                "edition": "e1",
                "producer": "P",
                "source_id": s,
                "value": v,
                "status": t,
            }
            for i, p, s, v, t in rows
        ],
    )


CONFLICT = observed(
    ("example", "2024", "a_news", 73.60, "reported"),
    ("example", "2024", "bps", 73.69, "reported"),
    ("example", "2024", "typo", 7369, "quarantined"),
    ("example", "2023", "a_news", 65.8, "reported"),
    ("other", "2023", "a_news", 1, "reported"),
)


def drawn(frame):
    return [(r.period, r.value) for r in frame[frame["is_preferred"]].itertuples()]


def test_declared_preference_is_drawn_and_the_other_kept():
    out = resolve(CONFLICT, TGM)
    assert drawn(out) == [("2023", 65.8), ("2024", 73.69)]
    assert out["value"].tolist() == [65.8, 73.69, 73.60]


def test_quarantined_is_shown_among_the_alternatives_only():
    out = alternatives(CONFLICT, TGM)
    assert out["source_id"].tolist() == ["bps", "a_news", "typo"]
    assert out["is_preferred"].tolist() == [True, False, False]
    assert out["reason"].dropna().tolist() == ["table"]


def test_without_declaration_reported_goes_first_then_the_order_of_sources():
    rows = observed(
        ("example", "2022", "a", 1, "estimated"),
        ("example", "2022", "c", 3, "reported"),
        ("example", "2022", "b", 2, "reported"),
    )
    assert drawn(resolve(rows, TGM)) == [("2022", 2)]
    assert drawn(resolve(rows.iloc[::-1], TGM)) == [("2022", 2)]


def test_value_goes_before_no_value_and_no_value_stays_missing():
    rows = observed(("example", "2022", "a", None, "not_available"), ("example", "2022", "b", 2, "estimated"))
    assert drawn(resolve(rows, TGM)) == [("2022", 2)]
    alone = resolve(rows.head(1), TGM)
    assert alone["value"].isna().tolist() == [True]
    assert alone["is_preferred"].tolist() == [True]


def test_declared_source_without_a_value_gives_way():
    rows = observed(("example", "2024", "bps", None, "suppressed"), ("example", "2024", "z", 70, "reported"))
    assert drawn(resolve(rows, TGM)) == [("2024", 70)]


def test_quarantined_alternatives_are_never_preferred():
    rows = observed(("example", "2010", "a", 47e6, "quarantined"), ("example", "2010", "b", 1, "quarantined"))
    assert alternatives(rows, TGM)["is_preferred"].tolist() == [False, False]


def test_only_quarantined_gives_nothing():
    rows = observed(("example", "2010", "rpjmd", 47e6, "quarantined"))
    assert resolve(rows, TGM).empty
    assert alternatives(rows, TGM).empty


def test_same_period_in_two_editions_is_no_conflict():
    both = pd.concat([CONFLICT.iloc[[3]], CONFLICT.iloc[[3]].assign(edition="new")])
    assert resolve(both, TGM)["is_preferred"].all()
    assert alternatives(both, TGM).empty


def test_break_lies_between_editions_that_have_values():
    found = breaks(
        TGM,
        pd.concat(
            [values([("21", "2025", 1.0)], edition="new"), values([("21", "2021", 1.0), ("21", "2024", 1.0)])]
        ),
    )
    (only,) = found
    assert (only.before, only.after, only.last_period, only.year) == ("e1", "new", "2024", 2025)
    assert only.regulation == "R-new"


def test_break_is_dated_by_the_method_not_by_its_first_value_here():
    late = pd.concat(
        [values([("21", "2027", 1.0)], edition="new"), values([("21", "2021", 1.0)])], ignore_index=True
    )
    (only,) = breaks(TGM, late)
    assert (only.last_period, only.year, only.first_period) == ("2021", 2025, "2027")


def test_no_break_without_values_on_both_sides():
    assert breaks(TGM, values([("21", "2021", 1.0)])) == []
    unvalued = values([("21", "2025", None)], edition="new")
    assert breaks(TGM, pd.concat([unvalued, values([("21", "2021", 1.0)])])) == []
