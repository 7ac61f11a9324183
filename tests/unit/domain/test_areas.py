"""Hierarchy, codes of two systems, and matching, on a register small enough to read."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from literasi.domain.areas import AreaRegister, Match, UnknownAreaError, name_key
from literasi.errors import DefinitionError

COLUMNS = ["area_code", "level", "kind", "name", "bps_code", "parent_code", "aliases"]
ROWS = [
    ("00", "nation", "negara", "Indonesia", None, None, "Nasional"),
    ("21", "province", "provinsi", "Kepulauan Riau", "21", "00", "Kepri"),
    ("21.01", "regency", "kabupaten", "Bintan", "2102", "21", "Kabupaten Kepulauan Riau|Kabupaten Kepri"),
    ("21.02", "regency", "kabupaten", "Karimun", "2101", "21", "Tanjung Balai Karimun"),
    ("21.03", "regency", "kabupaten", "Natuna", "2103", "21", None),
    ("21.05", "regency", "kabupaten", "Kepulauan Anambas", "2105", "21", "Anambas"),
    ("21.71", "regency", "kota", "Batam", "2171", "21", None),
    ("21.72", "regency", "kota", "Tanjungpinang", "2172", "21", "TPI"),
    ("21.01.04", "district", "kecamatan", "Gunung Kijang", "2102061", "21.01", None),
    ("21.01.04.2001", "village", "desa", "Gunung Kijang", "2102061001", "21.01.04", None),
    ("21.02.02", "district", "kecamatan", "Kundur", "2101020", "21.02", None),
    ("21.02.03", "district", "kecamatan", "Karimun", "2101030", "21.02", None),
    ("21.03.04", "district", "kecamatan", "Midai", "2103030", "21.03", None),
    ("21.03.04.2001", "village", "desa", "Sebelat", "2103030003", "21.03.04", None),
    ("21.03.10", "district", "kecamatan", "Pulau Laut", "2103042", "21.03", None),
    ("21.03.10.2003", "village", "desa", "Air Payang", "2103042001", "21.03.10", None),
    ("21.03.16", "district", "kecamatan", "Bunguran Tengah", "2103052", "21.03", None),
    ("21.03.16.2004", "village", "desa", "Pian Tengah", None, "21.03.16", None),
    ("21.05.10", "district", "kecamatan", "Kute Siantan", None, "21.05", None),
    ("21.05.10.2003", "village", "desa", "Batu Ampar", None, "21.05.10", None),
    ("21.71.02", "district", "kecamatan", "Batu Ampar", "2171080", "21.71", None),
    ("21.71.07", "district", "kecamatan", "Sei Beduk", "2171040", "21.71", None),
    ("21.72.02", "district", "kecamatan", "Tanjung Pinang Timur", "2172020", "21.72", None),
    ("21.72.02.1004", "village", "kelurahan", "Batu IX", "2172020001", "21.72.02", "Batu Sembilan"),
]


def frame() -> pd.DataFrame:
    rows = pd.DataFrame(ROWS, columns=COLUMNS, dtype="str")
    return rows.assign(latitude=float("nan"), longitude=float("nan"))


@pytest.fixture(scope="module")
def register() -> AreaRegister:
    return AreaRegister.from_frame(frame())


class TestHierarchy:
    def test_regencies_come_in_code_order_whatever_the_order_of_rows(self) -> None:
        shuffled = AreaRegister.from_frame(frame().iloc[::-1])
        codes = [area.code for area in shuffled.regencies()]
        assert codes == ["21.01", "21.02", "21.03", "21.05", "21.71", "21.72"]

    def test_children_of_a_level_reach_through_the_levels_between(self, register: AreaRegister) -> None:
        assert [area.code for area in register.children("21.03", "village")] == [
            "21.03.04.2001",
            "21.03.10.2003",
            "21.03.16.2004",
        ]
        assert [area.code for area in register.children("21.71")] == ["21.71.02", "21.71.07"]

    def test_ancestors_run_from_the_parent_to_the_nation(self, register: AreaRegister) -> None:
        assert [area.code for area in register.ancestors("21.01.04.2001")] == [
            "21.01.04",
            "21.01",
            "21",
            "00",
        ]

    def test_regency_of(self, register: AreaRegister) -> None:
        regency = register.regency_of("21.72.02.1004")
        assert regency is not None
        assert regency.code == "21.72"
        assert register.regency_of("21") is None

    def test_descends(self, register: AreaRegister) -> None:
        assert register.descends("21.01.04.2001", "21.01")
        assert register.descends("21.01", "21.01")
        assert register.descends("21", "00")
        assert not register.descends("21.01", "21.02")

    def test_bps_codes_of_bintan_and_karimun_are_crossed(self, register: AreaRegister) -> None:
        crossed = {code: register.by_bps(code) for code in ("2101", "2102")}
        assert {code: area and area.name for code, area in crossed.items()} == {
            "2101": "Karimun",
            "2102": "Bintan",
        }
        assert register.by_bps("9999") is None

    def test_an_unknown_code_is_an_error(self, register: AreaRegister) -> None:
        with pytest.raises(UnknownAreaError):
            register.get("21.99")
        assert "21.99" not in register

    def test_a_parent_that_is_missing_is_an_error(self) -> None:
        with pytest.raises(DefinitionError):
            AreaRegister.from_frame(frame().query("area_code != '21.01'"))

    def test_a_code_given_twice_is_an_error(self) -> None:
        with pytest.raises(DefinitionError):
            AreaRegister.from_frame(pd.concat([frame(), frame().head(1)]))


class TestCodes:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("21.01", "21.01"),
            (" 21.02\r", "21.02"),
            ("21.01.04.2001", "21.01.04.2001"),
            ("2103", "21.03"),
            ("2171.0", "21.71"),
            ("21", "21"),
            ("00", "00"),
            ("2102061", "21.01.04"),
            ("210104", "21.01.04"),
        ],
    )
    def test_codes_that_mean_one_area(self, register: AreaRegister, text: str, code: str) -> None:
        assert register.match(text) == Match(code, "exact", (code,))

    @pytest.mark.parametrize(
        "dress",
        [
            "2101",
            " 2102 ",
            "'2101",
            "2101.0",
            "21 02",
            "2.101",
            "2,102",
            "21-01",
            "２１０１",
            "2102\r\n",
            "21/02",
        ],
    )
    def test_bare_2101_and_2102_are_refused(self, register: AreaRegister, dress: str) -> None:
        """Given a number that the two offices read differently / Then neither reading is taken."""
        found = register.match(dress)
        assert found.code is None
        assert (found.status, found.reason) == ("refused", "area.reason.code_clash")
        assert found.candidates == ("21.01", "21.02")

    def test_the_reason_names_both_readings(self, register: AreaRegister) -> None:
        assert register.match("2101").params == {"text": "2101", "kemendagri": "Bintan", "bps": "Karimun"}

    def test_the_caller_may_say_whose_code_it_is(self, register: AreaRegister) -> None:
        assert register.match("2101", system="bps").code == "21.02"
        assert register.match("2101", system="kemendagri").code == "21.01"
        assert register.match("21.01", system="bps").code == "21.01"

    def test_a_village_number_of_both_systems_is_refused(self, register: AreaRegister) -> None:
        """2103042001 is Midai's first village for one office and Pulau Laut's for the other."""
        found = register.match("2103042001")
        assert (found.status, found.candidates) == ("refused", ("21.03.04.2001", "21.03.10.2003"))

    def test_unknown_code(self, register: AreaRegister) -> None:
        assert register.match("2199") == Match(None, "none", (), "area.reason.unknown_code", {"text": "2199"})

    def test_a_code_of_another_level_or_parent_is_refused(self, register: AreaRegister) -> None:
        assert register.match("21", level="regency").reason == "area.reason.other_level"
        assert register.match("21.71.02", within="21.72").reason == "area.reason.other_parent"
        assert register.match("21.71.02", within="21.71").code == "21.71.02"


class TestNames:
    @pytest.mark.parametrize(
        ("text", "code", "status"),
        [
            ("KOTA B A T A M", "21.71", "exact"),
            ("KOTA TANJUNG PINANG", "21.72", "exact"),
            ("Kota Tanjungpinang", "21.72", "exact"),
            ("Tg. Pinang", "21.72", "exact"),
            ("Tj.Pinang", "21.72", "exact"),
            ("TPI", "21.72", "alias"),
            ("KABUPATEN BINTAN \r", "21.01", "exact"),
            ("Kab.Bintan", "21.01", "exact"),
            ("Kab Karimun", "21.02", "exact"),
            ("Tg. Balai Karimun", "21.02", "alias"),
            ("Kab. Kep. Anambas", "21.05", "exact"),
            ("Anambas", "21.05", "alias"),
            ("Kepulauan  Riau", "21", "exact"),
            ("Prov. Kepri", "21", "alias"),
            ("Provinsi Kep. Riau", "21", "exact"),
            ("Indonesia", "00", "exact"),
        ],
    )
    def test_observed_spellings(self, register: AreaRegister, text: str, code: str, status: str) -> None:
        found = register.match(text)
        assert (found.code, found.status) == (code, status)

    @pytest.mark.parametrize("text", ["Riau", "R I A U", "Provinsi Riau", "prov. riau\r", "Kab. Riau"])
    def test_riau_alone_never_matches(self, register: AreaRegister, text: str) -> None:
        assert register.match(text) == Match(
            None, "refused", (), "area.reason.riau", {"text": " ".join(text.split())}
        )

    @pytest.mark.parametrize(
        "text", ["Kabupaten Kepulauan Riau", "KAB. KEP. RIAU", "Kab Kepri", "Kab.Kepulauan Riau\r"]
    )
    def test_the_former_name_of_bintan_is_refused_with_bintan_as_candidate(
        self, register: AreaRegister, text: str
    ) -> None:
        found = register.match(text)
        assert (found.code, found.status, found.candidates) == (None, "refused", ("21.01",))
        assert found.reason == "area.reason.former_name"

    def test_the_name_of_the_province_in_a_column_of_regencies_is_the_former_name(
        self, register: AreaRegister
    ) -> None:
        assert register.match("Kepulauan Riau", level="regency").reason == "area.reason.former_name"

    def test_a_kind_that_contradicts_the_register_is_refused(self, register: AreaRegister) -> None:
        found = register.match("Kabupaten Batam")
        assert (found.status, found.candidates, found.reason) == (
            "refused",
            ("21.71",),
            "area.reason.kind_clash",
        )

    def test_an_unknown_name(self, register: AreaRegister) -> None:
        found = register.match("Atlantis")
        assert (found.status, found.reason) == ("none", "area.reason.unknown_name")
        assert register.match("").status == "none"

    def test_nothing_is_matched_by_likeness(self, register: AreaRegister) -> None:
        assert register.match("Bintam").code is None
        assert register.match("Batu I", within="21.72.02").code is None


class TestNamesBelowTheRegency:
    def test_a_district_needs_its_parent(self, register: AreaRegister) -> None:
        found = register.match("Kundur")
        assert (found.status, found.candidates) == ("refused", ("21.02.02",))
        assert found.reason == "area.reason.parent_needed"
        assert register.match("Kec. Kundur", within="21.02").code == "21.02.02"

    def test_the_same_name_in_two_places_is_ambiguous(self, register: AreaRegister) -> None:
        found = register.match("Batu Ampar")
        assert (found.status, found.candidates) == ("ambiguous", ("21.05.10.2003", "21.71.02"))
        assert register.match("Batu Ampar", within="21").status == "ambiguous"
        assert register.match("Batu Ampar", within="21.71").code == "21.71.02"

    def test_a_district_and_its_village_of_the_same_name(self, register: AreaRegister) -> None:
        assert register.match("Gunung Kijang", within="21.01").status == "ambiguous"
        assert register.match("Desa Gunung Kijang", within="21.01").code == "21.01.04.2001"
        assert register.match("Kec. Gunung Kijang", within="21.01").code == "21.01.04"
        assert register.match("Gunung Kijang", within="21.01", level="village").code == "21.01.04.2001"

    def test_a_regency_name_is_not_its_district(self, register: AreaRegister) -> None:
        assert register.match("Karimun").code == "21.02"
        assert register.match("Karimun", within="21.02").code == "21.02.03"

    def test_observed_village_spellings(self, register: AreaRegister) -> None:
        assert register.match("Piantengah", within="21.03").code == "21.03.16.2004"
        assert register.match("Kel. Batu Sembilan", within="21.72.02").status == "alias"
        assert register.match("Sungai Beduk", within="21.71").code == "21.71.07"

    def test_a_place_elsewhere_is_not_found_in_the_wrong_parent(self, register: AreaRegister) -> None:
        assert register.match("Kundur", within="21.01").status == "none"

    def test_an_unknown_parent_is_an_error(self, register: AreaRegister) -> None:
        with pytest.raises(UnknownAreaError):
            register.match("Kundur", within="21.98")


class TestProperties:
    @given(text=st.text(max_size=30), within=st.sampled_from([None, "21", "21.01", "21.71"]))
    def test_any_text_gives_one_answer_that_keeps_its_promises(
        self, register: AreaRegister, text: str, within: str | None
    ) -> None:
        found = register.match(text, within=within)
        assert found == register.match(text, within=within)
        assert (found.code is not None) == (found.status in ("exact", "alias"))
        assert (found.reason is None) == (found.code is not None)
        if found.code is not None:
            assert found.candidates == (found.code,)
            assert within is None or register.descends(found.code, within)

    @given(
        gaps=st.lists(st.text(alphabet=" .\t\r\n-_'\u00a0", max_size=3), min_size=5, max_size=5),
        capitals=st.lists(st.booleans(), min_size=4, max_size=4),
        prefix=st.sampled_from(["", "Prov. ", "PROVINSI ", "Kab. ", "Kota "]),
    )
    def test_no_dress_of_riau_matches(
        self, register: AreaRegister, gaps: list[str], capitals: list[bool], prefix: str
    ) -> None:
        letters = [letter.upper() if big else letter for letter, big in zip("riau", capitals, strict=True)]
        text = prefix + gaps[0] + "".join(letter + gap for letter, gap in zip(letters, gaps[1:], strict=True))
        found = register.match(text)
        assert (found.code, found.reason) == (None, "area.reason.riau")

    @given(
        digits=st.sampled_from(["2101", "2102"]),
        gaps=st.lists(st.text(alphabet=" '\u00a0\t\r\n-/", max_size=2), min_size=5, max_size=5),
        zeros=st.sampled_from(["", ".0", ",0", ".00"]),
    )
    def test_no_dress_of_a_crossed_number_matches(
        self, register: AreaRegister, digits: str, gaps: list[str], zeros: str
    ) -> None:
        spaced = "".join(digit + gap for digit, gap in zip(digits, gaps[1:], strict=True))
        for text in (gaps[0] + spaced, gaps[0] + digits + zeros + gaps[4]):
            found = register.match(text)
            assert (found.code, found.reason) == (None, "area.reason.code_clash")

    @given(st.text(max_size=40))
    def test_a_key_is_its_own_key(self, text: str) -> None:
        key = name_key(text)
        assert name_key(key) == key or key in {"KEP", "SEI", "TG", "TJ", "TJG"}
