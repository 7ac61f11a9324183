"""The shipped register: counts, codes, anchors, and that every name of it is matched as written."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.contracts import TABLES
from literasi.domain.areas import Area, AreaRegister, name_key
from literasi.domain.location import LATITUDE, LONGITUDE

FOLDER = Path(__file__).resolve().parents[2] / "data/areas"
AREAS = pd.read_csv(FOLDER / "areas.csv", dtype="str").astype({"latitude": float, "longitude": float})
REGISTER = AreaRegister.from_frame(AREAS)
CODES = AREAS["area_code"].tolist()
NAMED = AREAS.loc[AREAS["level"].isin(["province", "regency"]), "area_code"].tolist()
PREFIX = {
    "provinsi": ["", "PROVINSI ", "Prov. ", "prov "],
    "kabupaten": ["", "KABUPATEN ", "Kabupaten  ", "Kab. ", "Kab ", "KAB."],
    "kota": ["", "KOTA ", "Kota ", "kota  "],
    "kecamatan": ["", "Kecamatan ", "Kec. ", "KEC."],
    "desa": ["", "Desa ", "DESA  "],
    "kelurahan": ["", "Kelurahan ", "Kel. ", "KEL."],
}


def siblings(code: str) -> dict[str, str | None]:
    """Arguments under which a name of a district or village is unique: its level and its parent."""
    area = REGISTER.get(code)
    inside = area.level in ("district", "village")
    return {"level": area.level, "within": area.parent_code if inside else None}


class TestCounts:
    def test_areas_by_kind(self) -> None:
        assert AREAS["kind"].value_counts().to_dict() == {
            "desa": 275,
            "kelurahan": 144,
            "kecamatan": 80,
            "kabupaten": 5,
            "kota": 2,
            "provinsi": 1,
            "negara": 1,
        }

    def test_districts_and_villages_by_regency(self) -> None:
        counts = {
            area.code: (
                len(REGISTER.children(area.code, "district")),
                len(REGISTER.children(area.code, "village")),
            )
            for area in REGISTER.regencies()
        }
        assert counts == {
            "21.01": (10, 51),
            "21.02": (14, 71),
            "21.03": (17, 77),
            "21.04": (13, 84),
            "21.05": (10, 54),
            "21.71": (12, 64),
            "21.72": (4, 18),
        }

    def test_columns_are_those_of_the_contract(self) -> None:
        assert tuple(AREAS.columns) == TABLES["areas"].names

    def test_rows_are_in_code_order_and_unique(self) -> None:
        assert sorted(set(CODES)) == CODES


class TestHierarchy:
    def test_the_parent_is_the_shorter_code(self) -> None:
        below = AREAS.loc[~AREAS["area_code"].isin(["00", "21"])]
        assert (below["parent_code"] == below["area_code"].str.rpartition(".")[0]).all()

    def test_a_village_code_tells_its_kind(self) -> None:
        villages = AREAS.loc[AREAS["level"] == "village"]
        told = villages["area_code"].str[9].map({"1": "kelurahan", "2": "desa"})
        assert (told == villages["kind"]).all()


class TestBpsCodes:
    def test_regencies(self) -> None:
        """Bintan and Karimun are crossed; methodology.md, section 7."""
        assert {area.code: area.bps_code for area in REGISTER.regencies()} == {
            "21.01": "2102",
            "21.02": "2101",
            "21.03": "2103",
            "21.04": "2104",
            "21.05": "2105",
            "21.71": "2171",
            "21.72": "2172",
        }

    def test_known_codes_by_level(self) -> None:
        known = AREAS.loc[AREAS["bps_code"].notna()]
        assert known["level"].value_counts().to_dict() == {
            "village": 357,
            "district": 66,
            "regency": 7,
            "province": 1,
        }
        assert known["bps_code"].is_unique

    def test_a_code_lies_in_the_code_of_its_parent(self) -> None:
        for area in map(REGISTER.get, CODES):
            if area.bps_code and area.level in ("regency", "district", "village"):
                assert area.bps_code.startswith(REGISTER.get(area.parent_code).bps_code), area

    @pytest.mark.parametrize(
        ("bps_code", "name"),
        [
            ("2101030", "Karimun"),
            ("2102040", "Teluk Bintan"),
            ("2171051", "Batam Kota"),
            ("2102051", "Telok Sebong"),
        ],
    )
    def test_known_pairs(self, bps_code: str, name: str) -> None:
        found = REGISTER.by_bps(bps_code)
        assert found is not None
        assert found.name == name


class TestAnchors:
    def test_who_has_one(self) -> None:
        anchored = AREAS.loc[AREAS["latitude"].notna()]
        assert anchored["level"].value_counts().to_dict() == {"district": 21, "regency": 7}
        assert anchored["longitude"].notna().all()
        assert anchored["anchor_source"].notna().all()
        assert AREAS.loc[AREAS["latitude"].isna(), ["longitude", "anchor_source"]].isna().all(axis=None)

    def test_all_lie_in_the_province(self) -> None:
        anchored = AREAS.loc[AREAS["latitude"].notna()]
        assert anchored["latitude"].between(*LATITUDE).all()
        assert anchored["longitude"].between(*LONGITUDE).all()

    def test_a_district_is_anchored_by_one_thing_of_its_name(self) -> None:
        """Given a district anchored on an inhabited island / Then that island is called the same."""
        islands = pd.read_csv(FOLDER / "islands.csv", dtype="str").set_index("island_code")
        sources = AREAS.loc[(AREAS["level"] == "district") & AREAS["anchor_source"].notna()]
        on_island = sources.loc[sources["anchor_source"].str.startswith("idn-area-data island ")]
        assert (len(on_island), len(sources)) == (17, 21)
        for row in on_island.itertuples():
            island = islands.loc[str(row.anchor_source).rpartition(" ")[2]]
            assert name_key(island["name"].removeprefix("Pulau ")) == name_key(
                row.name.removeprefix("Pulau ")
            )
            assert island["regency_code"] == row.parent_code


class TestIslands:
    def test_islands(self) -> None:
        islands = pd.read_csv(FOLDER / "islands.csv", dtype={"island_code": "str", "regency_code": "str"})
        assert len(islands) == 293
        assert islands["island_code"].is_unique
        assert islands["regency_code"].isin([area.code for area in REGISTER.regencies()]).all()
        assert islands["latitude"].between(*LATITUDE).all()
        assert islands["longitude"].between(*LONGITUDE).all()
        # Drawn as dots: on a polygon below 2 km², or on none.
        assert ((islands["area_km2"] < 2) | islands["area_km2"].isna()).sum() == 176

    def test_islands_around_berhala_count_to_lingga(self) -> None:
        islands = pd.read_csv(FOLDER / "islands.csv", dtype="str")
        berhala = islands.loc[islands["island_code"].str.startswith("21.00.")]
        assert berhala["regency_code"].unique().tolist() == ["21.04"]


def test_tiles_hold_each_regency_once_without_overlap() -> None:
    tiles = pd.read_csv(FOLDER / "tiles.csv", dtype={"area_code": "str"})
    assert set(tiles["area_code"]) == {area.code for area in REGISTER.regencies()}
    assert not tiles.duplicated(["row", "column"]).any()
    assert tiles[["row", "column"]].min().tolist() == [0, 0]


def dressed(data: st.DataObject, area: Area) -> str:
    """An official name as somebody might have typed it."""
    spaced, written_out = " ".join(area.name), area.name
    abbreviated = [
        written_out.replace("Kepulauan ", short).replace("Tanjung", tanjung)
        for short in ("Kep. ", "KEP ", "kep.")
        for tanjung in ("Tg. ", "Tj ", "TG.", "Tanjung ")
    ]
    name = data.draw(st.sampled_from([written_out, spaced, *abbreviated]))
    name = data.draw(st.sampled_from([str.upper, str.lower, str.title, str]))(name)
    name = name.replace(" ", data.draw(st.sampled_from([" ", "  ", "\u00a0"])))
    prefix = data.draw(st.sampled_from(PREFIX.get(area.kind, [""])))
    return prefix + name + data.draw(st.sampled_from(["", "\r", " ", " \r\n", "."]))


class TestMatching:
    def test_every_code_is_its_own(self) -> None:
        assert {code: REGISTER.match(code).code for code in CODES} == {code: code for code in CODES}

    def test_every_official_name_is_found_in_its_parent(self) -> None:
        found = {code: REGISTER.match(REGISTER.name(code), **siblings(code)) for code in CODES}
        assert {code: (match.code, match.status) for code, match in found.items()} == {
            code: (code, "exact") for code in CODES
        }

    @given(data=st.data(), code=st.sampled_from(CODES))
    def test_every_observed_spelling_of_a_name_is_found(self, data: st.DataObject, code: str) -> None:
        text = dressed(data, REGISTER.get(code))
        assert REGISTER.match(text, **siblings(code)).code == code, text

    @given(data=st.data(), code=st.sampled_from(NAMED))
    def test_regencies_need_no_parent(self, data: st.DataObject, code: str) -> None:
        text = dressed(data, REGISTER.get(code))
        assert REGISTER.match(text).code == code, text

    def test_every_alias_is_found_or_refused_with_its_area(self) -> None:
        for area in map(REGISTER.get, CODES):
            for alias in area.aliases:
                found = REGISTER.match(alias, **siblings(area.code))
                assert found.candidates == (area.code,), alias
                assert found.status in ("alias", "refused")

    def test_keys_are_unique_among_siblings(self) -> None:
        """Leaving out spaces and signs must not make two sisters the same."""
        keys = AREAS.assign(key=AREAS["name"].map(name_key))
        assert not keys.duplicated(["parent_code", "key"]).any()

    @given(st.sampled_from([area.bps_code for area in map(REGISTER.get, CODES) if area.bps_code]))
    def test_a_bare_code_is_never_read_against_either_office(self, digits: str) -> None:
        found = REGISTER.match(digits)
        readings = {REGISTER.match(digits, system=system).code for system in ("bps", "kemendagri")} - {None}
        assert found.code == (readings.pop() if len(readings) == 1 else None)
