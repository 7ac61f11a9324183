"""Where libraries are drawn: exact stays exact, the rest gathers around the nearest anchor."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.domain.areas import AreaRegister, UnknownAreaError
from literasi.domain.location import LATITUDE, LONGITUDE, STEP, CoordinateError, coordinate_faults, locate

NAN = float("nan")


def register(*, village_anchor: bool = False) -> AreaRegister:
    rows = [
        ("00", "nation", "negara", "", NAN, NAN),
        ("21", "province", "provinsi", "00", NAN, NAN),
        ("21.03", "regency", "kabupaten", "21", 3.93, 108.19),
        ("21.03.06", "district", "kecamatan", "21.03", 2.5125, 109.0592),
        ("21.03.06.2001", "village", "desa", "21.03.06", *((2.51, 109.03) if village_anchor else (NAN, NAN))),
        ("21.03.07", "district", "kecamatan", "21.03", NAN, NAN),
        ("21.03.07.1001", "village", "kelurahan", "21.03.07", NAN, NAN),
    ]
    columns = ["area_code", "level", "kind", "parent_code", "latitude", "longitude"]
    frame = pd.DataFrame(rows, columns=columns).assign(name="x", bps_code="", aliases="")
    return AreaRegister.from_frame(frame)


def libraries(*rows: tuple[str, str | None, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["library_id", "area_code", "latitude", "longitude"])


class TestLocate:
    def test_known_coordinates_are_drawn_where_they_are(self) -> None:
        placed = locate(libraries(("L-1", "21.03.06.2001", 2.5, 109.0)), register=register())
        row = placed.iloc[0]
        assert (row["latitude"], row["longitude"], row["precision"]) == (2.5, 109.0, "exact")
        assert pd.isna(row["anchor_code"])

    @pytest.mark.parametrize(
        ("area_code", "precision", "anchor"),
        [
            ("21.03.06.2001", "district", "21.03.06"),
            ("21.03.06", "district", "21.03.06"),
            ("21.03.07.1001", "regency", "21.03"),
            ("21.03", "regency", "21.03"),
        ],
    )
    def test_precision_is_the_level_of_the_nearest_anchor(
        self, area_code: str, precision: str, anchor: str
    ) -> None:
        row = locate(libraries(("L-1", area_code, NAN, NAN)), register=register()).iloc[0]
        assert (row["precision"], row["anchor_code"]) == (precision, anchor)
        area = register().get(anchor)
        assert math.dist(
            (row["latitude"], row["longitude"]), (area.latitude, area.longitude)
        ) == pytest.approx(STEP)

    def test_a_village_with_an_anchor_is_used_first(self) -> None:
        placed = locate(libraries(("L-1", "21.03.06.2001", NAN, NAN)), register=register(village_anchor=True))
        assert placed["precision"].tolist() == ["village"]

    @pytest.mark.parametrize("area_code", ["21", "00", None])
    def test_what_is_known_to_nothing_below_the_province_is_not_drawn(self, area_code: str | None) -> None:
        row = locate(libraries(("L-1", area_code, NAN, NAN)), register=register()).iloc[0]
        assert row["precision"] == "none"
        assert row[["latitude", "longitude", "anchor_code"]].isna().all()

    def test_rows_keep_their_order_and_the_input_is_untouched(self) -> None:
        given_rows = libraries(
            ("L-2", "21.03", NAN, NAN), ("L-1", "21.03", NAN, NAN), ("L-3", "21", NAN, NAN)
        )
        given_rows.index = pd.Index([7, 7, 3])
        before = given_rows.copy()
        placed = locate(given_rows, register=register())
        assert placed["library_id"].tolist() == ["L-2", "L-1", "L-3"]
        pd.testing.assert_frame_equal(given_rows, before)

    def test_no_libraries(self) -> None:
        empty = libraries(("L-1", "21", NAN, NAN)).iloc[:0]
        assert locate(empty, register=register()).empty

    def test_an_unknown_area_is_an_error(self) -> None:
        with pytest.raises(UnknownAreaError):
            locate(libraries(("L-1", "21.99", NAN, NAN)), register=register())

    def test_impossible_coordinates_are_refused_not_drawn(self) -> None:
        with pytest.raises(CoordinateError) as caught:
            locate(libraries(("L-1", "21.03", 109.0, 2.5), ("L-2", "21.03", 3.9, 108.2)), register=register())
        assert caught.value.faults["library_id"].tolist() == ["L-1"]
        assert caught.value.params == {"count": 1, "first": "L-1 (109.0, 2.5)"}


class TestCoordinateFaults:
    @pytest.mark.parametrize(
        ("latitude", "longitude", "reason"),
        [
            (109.0, 2.5, "area.reason.swapped"),
            (-6.2, 106.8, "area.reason.outside_province"),
            (0.0, 0.0, "area.reason.outside_province"),
            (1.1, NAN, "area.reason.half_coordinate"),
            (NAN, 104.0, "area.reason.half_coordinate"),
        ],
    )
    def test_each_fault_has_its_reason(self, latitude: float, longitude: float, reason: str) -> None:
        faults = coordinate_faults(libraries(("L-1", None, latitude, longitude)))
        assert faults["reason"].tolist() == [reason]

    def test_possible_and_missing_coordinates_pass(self) -> None:
        assert coordinate_faults(libraries(("L-1", None, 1.1, 104.0), ("L-2", None, NAN, NAN))).empty


IDS = st.lists(st.integers(0, 9999).map("L-{:04}".format), unique=True, min_size=1, max_size=60)
AREA_CODES = ["21.03", "21.03.06", "21.03.06.2001", "21.03.07.1001"]


class TestDodge:
    @given(ids=IDS, data=st.data())
    def test_points_never_coincide_and_never_stray(self, ids: list[str], data: st.DataObject) -> None:
        codes = [data.draw(st.sampled_from(AREA_CODES)) for _ in ids]
        known = register()
        placed = locate(
            libraries(*((i, code, NAN, NAN) for i, code in zip(ids, codes, strict=True))), register=known
        )
        for code, group in placed.groupby("anchor_code"):
            area = known.get(str(code))
            points = list(zip(group["latitude"], group["longitude"], strict=True))
            assert all(
                math.dist(point, (area.latitude, area.longitude)) <= STEP * math.sqrt(len(group)) + 1e-9
                for point in points
            )
            near = [math.dist(a, b) for number, a in enumerate(points) for b in points[:number]]
            assert min(near, default=STEP) > STEP * 0.9
        assert not placed.duplicated(["latitude", "longitude"]).any()

    @given(ids=IDS, more=st.integers(1, 20))
    def test_later_ids_move_no_earlier_library(self, ids: list[str], more: int) -> None:
        before = libraries(*((i, "21.03", NAN, NAN) for i in ids))
        after = libraries(
            *((f"M-{n}", "21.03", NAN, NAN) for n in range(more)), *((i, "21.03", NAN, NAN) for i in ids)
        )
        first = locate(before, register=register()).set_index("library_id")
        then = locate(after, register=register()).set_index("library_id").loc[first.index]
        pd.testing.assert_frame_equal(first, then)

    @given(latitude=st.floats(*LATITUDE, allow_nan=False), longitude=st.floats(*LONGITUDE, allow_nan=False))
    def test_exact_points_are_never_moved(self, latitude: float, longitude: float) -> None:
        placed = locate(
            libraries(("L-1", "21.03", latitude, longitude), ("L-2", "21.03", NAN, NAN)), register=register()
        )
        assert (placed.loc[0, "latitude"], placed.loc[0, "longitude"]) == (latitude, longitude)
