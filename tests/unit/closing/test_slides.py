"""Each slide of a closing, worked by hand on a few rows."""

from __future__ import annotations

import math
from typing import Any

import pytest

from literasi.closing.building import build, closings
from literasi.closing.deck import Deck, Slide
from literasi.closing.events import UnknownEventError
from tests.closings import EVENT, Rows, facts, people, person, spread, value
from tests.frames import library


def deck(participants: Rows | None = None, **more: Any) -> Deck:
    return build(facts(participants, **more), EVENT)


def slides(found: Deck) -> dict[str, Slide]:
    return {slide.id: slide for slide in found.slides}


def shown(slide: Slide) -> dict[str, str]:
    return {figure.id: figure.shown for figure in slide.figures}


def drawn(slide: Slide) -> dict[str, float | None]:
    assert slide.plot is not None
    return dict(zip(slide.plot.categories, slide.plot.series[0].values, strict=True))


def words(slide: Slide) -> str:
    return " ".join((slide.title, slide.subtitle, *slide.points, *slide.caveats, *slide.narrative))


class TestEvents:
    def test_trainings_come_first_then_the_newest(self):
        def held(code: str, kind: str, day: str) -> dict[str, Any]:
            row = {"event_id": code, "name": code, "kind": kind, "area_code": "21.72"}
            return row | {"date_start": day, "date_end": day}

        rows = [
            held("lama", "bimtek", "2023-06-05"),
            held("temu", "stakeholder_meeting", "2025-08-10"),
            held("baru", "bimtek", "2024-06-03"),
            held("festival", "festival", "2025-09-14"),
            held("kelas", "workshop", "2022-01-01"),
        ]
        found = closings(facts([person(1, event_id="kelas")], events=rows))
        assert [event.event_id for event in found] == ["baru", "lama", "temu", "kelas"]

    def test_an_event_that_cannot_be_closed_is_refused(self):
        with pytest.raises(UnknownEventError) as error:
            build(facts(), "festival")
        assert error.value.params == {"event": "festival"}

    @pytest.mark.parametrize(
        ("venue", "last", "expected"),
        [
            ("Hotel Bahari", "2026-04-24", ("20–24 April 2026", "Hotel Bahari, Tanjungpinang")),
            ("Hotel Bahari Tanjungpinang", "2026-04-20", ("20 April 2026", "Hotel Bahari Tanjungpinang")),
            (None, "2026-05-01", ("20 April 2026 – 1 Mei 2026", "Tanjungpinang")),
        ],
    )
    def test_days_and_place_in_words(self, venue, last, expected):
        (event,) = closings(facts(event={"venue": venue, "date_end": last}))
        assert (event.when, event.place) == expected


class TestWithoutAList:
    def test_only_what_is_known_is_shown(self):
        found = deck(event={"participants_published": 22})
        assert [slide.id for slide in found.slides] == [
            "title",
            "unknown",
            "libraries",
            "index_tgm",
            "index_iplm",
            "next",
            "sources",
        ]
        assert shown(found.slides[0]) == {"people.published": "22", "event.days": "5"}
        assert found.slides[1].title == "Belum ada daftar peserta acara ini"
        assert found.slides[-2].title == "Langkah pertama: memuat daftar peserta"

    def test_a_small_published_count_is_hidden_too(self):
        (first, *_) = deck(event={"participants_published": 9}).slides
        assert shown(first)["people.published"] == "disembunyikan"
        assert first.figures[0].value is None

    def test_areas_without_a_listed_library_are_no_zero(self):
        found = drawn(slides(deck())["libraries"])
        assert found["Bintan"] == 1
        assert found["Lingga"] is None


class TestWhoCame:
    def test_the_map_names_what_may_be_named(self):
        rows = people(area_code=spread({"21.01": 12, "21.71": 14, "21.72": 5, "21": 6}))
        found = slides(deck(rows))
        assert shown(found["title"])["people.total"] == "37"
        slide = found["origins"]
        assert slide.title == "Bintan 12 dan Batam 14, dari 37 peserta"
        assert drawn(slide) == {
            "Bintan": 12,
            "Karimun": 0,
            "Natuna": 0,
            "Lingga": 0,
            "Kepulauan Anambas": 0,
            "Batam": 14,
            "Tanjungpinang": None,
        }
        assert slide.caveats == ("Jumlah dari 2 asal lain disembunyikan; bersama-sama 11 orang.",)

    def test_the_area_of_a_person_without_one_is_that_of_the_library(self):
        rows = people(library_id=["L-1"] * 12 + ["L-2"] * 13)
        assert drawn(slides(deck(rows))["origins"])["Batam"] == 13
        assert shown(slides(deck(rows))["title"])["event.libraries"] == "2"

    def test_no_zero_where_the_area_of_some_is_not_known(self):
        rows = people(area_code=[*spread({"21.01": 12, "21.71": 14}), *[None] * 11])
        slide = slides(deck(rows))["origins"]
        assert drawn(slide)["Natuna"] is None
        assert slide.plot is not None
        assert slide.plot.series[0].labels[2] == "tidak ada yang tercatat"

    def test_without_any_count_that_may_be_shown_there_is_no_map(self):
        rows = people(area_code=spread({"21.01": 6, "21.02": 7, "21.71": 8, "21.72": 9}))
        slide = slides(deck(rows))["origins"]
        assert slide.plot is None
        assert slide.title == "Peserta tercatat dari 4 dari 7 kabupaten/kota"
        assert slide.caveats == ("Jumlah tiap asal disembunyikan karena kecil.",)

    def test_roles_keep_their_order_and_hide_the_small(self):
        rows = people(role=spread({"other": 5, "manager": 15, "village_head": 6, "volunteer": 12}))
        slide = slides(deck(rows))["roles"]
        assert slide.title == "Pengelola perpustakaan 15 dan Relawan 12, dari 38 peserta"
        assert drawn(slide) == {
            "Pengelola perpustakaan": 15,
            "Kepala desa/lurah": None,
            "Relawan": 12,
            "Peran lain": None,
        }

    def test_sex_is_shown_only_where_nothing_of_it_is_hidden(self):
        assert slides(deck(people(sex=spread({"female": 17, "male": 11}))))["sex"].title == (
            "Hadir 17 perempuan dan 11 laki-laki"
        )
        assert "sex" not in slides(deck(people(sex=spread({"female": 20, "male": 8}))))

    def test_of_few_people_nothing_is_said(self):
        found = deck(people(sex=spread({"female": 9}), pre_score=[50] * 9, post_score=[70] * 9))
        assert [slide.id for slide in found.slides][:3] == ["title", "few", "libraries"]
        assert shown(found.slides[0])["people.total"] == "disembunyikan"


class TestResults:
    def test_attendance_is_hours_over_hours(self):
        rows = people(hours_attended=[40] * 20 + [20] * 10, hours_due=[40] * 30)
        slide = slides(deck(rows))["attendance"]
        assert slide.title == "Peserta menghadiri 83% jam pelatihan"  # 1000 of 1200 hours
        assert shown(slide) == {"attendance.share": "83%", "attendance.enough": "20"}
        assert slide.figures[0].context == "n = 30 orang"
        assert slide.figures[0].value == 0.83  # not 0.8333…, which would tell of how many

    def test_where_few_hours_are_missing_the_number_is_a_floor_and_no_group_stands_beside_it(self):
        rows = people(hours_attended=[40] * 26 + [None] * 4, hours_due=[40] * 26 + [None] * 4)
        slide = slides(deck(rows))["attendance"]
        assert shown(slide) == {"attendance.share": "100%"}
        assert slide.figures[0].context == "n = 20 orang atau lebih"

    def test_few_who_came_too_little_are_not_found_from_those_who_are_known(self):
        rows = people(hours_attended=[40] * 26 + [8] * 4 + [None] * 10, hours_due=[40] * 30 + [None] * 10)
        slide = slides(deck(rows))["attendance"]
        assert slide.figures[0].context == "n = 30 orang"
        assert "attendance.enough" not in shown(slide)

    def test_gain_is_of_those_who_took_both_with_its_interval(self):
        rows = people(pre_score=[50, 60] * 6, post_score=[62, 78] * 6)
        slide = slides(deck(rows))["gain"]
        assert slide.title == "Nilai naik rata-rata 15,0 poin dari pre-test ke post-test"
        # Changes of 12 and 18: s = 3.1334, t(11) = 2.2010, half = 1.9909.
        assert slide.figures[0].context == "95%: 13,0 sampai 17,0; n = 12 orang"
        assert drawn(slide) == {"Pre-test": 55, "Post-test": 70}

    def test_a_change_that_may_be_none_is_not_called_one(self):
        rows = people(pre_score=[50, 60] * 6, post_score=[60, 50] * 6)
        assert slides(deck(rows))["gain"].title == "Perubahan nilai belum dapat dibedakan dari nol"

    def test_means_leave_rounded(self):
        scores = [50, 55, 61] * 4 + [58]
        slide = slides(deck(people(pre_score=scores, post_score=[s + 7 for s in scores])))["gain"]
        assert slide.plot is not None
        numbers = [*slide.plot.series[0].values, *slide.plot.series[0].low, *slide.plot.series[0].high]
        assert all(n == round(n, 1) for n in numbers if n is not None and not math.isnan(n))

    def test_tests_that_nobody_took_are_said_to_be_missing(self):
        found = slides(deck(people(sex=spread({"female": 20}))))
        assert found["gain"].title == "Belum ada peserta dengan pre-test dan post-test"
        assert found["attendance"].title == "Kehadiran acara ini belum tercatat"
        assert found["plans"].title == "Rencana tindak lanjut belum tercatat"
        assert not any(found[name].figures or found[name].plot for name in ("gain", "attendance", "plans"))

    def test_plans_are_counted_and_their_newest_state_is_shown(self):
        rows = people(
            has_plan=[True] * 27 + [False] * 13,
            plan_status_30=["not_started"] * 27 + [None] * 13,
            plan_status_90=["done"] * 12 + ["in_progress"] * 11 + [None] * 17,
        )
        slide = slides(deck(rows))["plans"]
        assert slide.title == "27 dari 40 peserta membawa rencana tindak lanjut"
        assert slide.subtitle == "Keadaan 27 rencana tindak lanjut 90 hari sesudah acara"
        assert drawn(slide) == {"Selesai": 12, "Sedang berjalan": None, "Belum melapor": None}

    def test_states_are_not_shown_where_few_have_no_plan(self):
        rows = people(has_plan=[True] * 30 + [False] * 3, plan_status_30=["done"] * 30 + [None] * 3)
        slide = slides(deck(rows))["plans"]
        assert slide.title == "Jumlah rencana tindak lanjut tidak dapat ditampilkan"
        assert "30" not in words(slide).replace("hari ke-30", "")


class TestLibraries:
    ROWS = people(library_id=["L-1"] * 12 + ["L-2"] * 13)

    def test_those_of_the_participants_and_what_they_reported(self):
        activities = [
            {"library_id": "L-1", "date": f"2026-0{month}-03", "name": f"Kelas {n}"}
            for month, held in ((1, 2), (3, 1), (4, 3))
            for n in range(held)
        ]
        visits = [{"library_id": "L-2", "month": "2026-01-01", "total": 40}]
        found = slides(deck(self.ROWS, activities=activities, visits=visits))
        slide = found["libraries"]
        assert slide.title == "1 dari 2 perpustakaan peserta melapor 3 bulan terakhir"
        assert shown(slide) == {"libraries.heard": "1 dari 2", "libraries.activities": "6"}
        assert drawn(slide) == {"Jan 2026": 2, "Feb 2026": None, "Mar 2026": 1, "Apr 2026": 3}
        assert slide.caveats[0].startswith("Sementara: baru 4 dari 8")
        assert "Hubungi 1 perpustakaan peserta yang tidak melapor 3 bulan terakhir." in found["next"].points

    def test_without_reports_there_is_no_chart(self):
        slide = slides(deck(self.ROWS))["libraries"]
        assert slide.title == "Belum ada laporan dari 2 perpustakaan peserta"
        assert slide.plot is None


class TestIndices:
    VALUES = (
        value("tgm", "21", "2023", "lima", 65.8),
        value("tgm", "21", "2024", "lima", 73.69),
        value("tgm", "00", "2024", "lima", 72.44),
        value("tkm", "21", "2025", "tiga", 54.87, status="provisional", source_id="lain"),
        value("iplm", "21", "2021", "lama", 21.33),
        value("iplm", "21", "2024", "baku", 74.24),
    )

    def test_each_edition_is_a_series_of_its_own(self):
        slide = slides(deck(observations=list(self.VALUES)))["index_tgm"]
        assert slide.title == "TKM Kepulauan Riau 2025: 54,87 poin"
        assert slide.plot is not None
        assert slide.plot.categories == ("2023", "2024", "2025")
        assert [series.values for series in slide.plot.series] == [
            (65.8, 73.69, None),
            (None, None, 54.87),
        ]
        assert [series.is_emphasis for series in slide.plot.series] == [False, True]
        assert slide.figures[0].context == "Edisi tiga; sementara"
        assert len(slide.figures) == 1  # the nation's value is of another edition

    def test_an_edition_on_another_scale_is_told_and_not_drawn(self):
        slide = slides(deck(observations=list(self.VALUES)))["index_iplm"]
        assert slide.plot is None  # one value alone draws nothing
        assert slide.caveats == (
            "Tidak sebanding dan tidak digambar karena skalanya lain: 21,33 (2021, Edisi lama).",
        )

    def test_the_nation_stands_beside_a_value_of_the_same_edition(self):
        slide = slides(deck(observations=list(self.VALUES[:3])))["index_tgm"]
        assert shown(slide) == {"index_tgm.province.2024": "73,69", "index_tgm.nation.2024": "72,44"}
        assert "TKM untuk Kepulauan Riau belum diterbitkan atau belum dimuat." in slide.narrative

    def test_an_index_without_a_value_says_so(self):
        slide = slides(deck())["index_iplm"]
        assert slide.title == "Belum ada nilai IPLM untuk Kepulauan Riau"
        assert not slide.figures
        assert slide.plot is None


class TestEnding:
    def test_plans_are_checked_on_days_counted_from_the_last(self):
        slide = slides(deck(people(sex=spread({"female": 20}))))["next"]
        assert slide.points[0] == "Tinjau rencana tindak lanjut: 24 Mei 2026, 23 Jul 2026, dan 21 Okt 2026."
        assert slide.points[1] == "Kirim laporan bulanan paling lambat tanggal 10 bulan berikutnya."

    def test_a_target_of_the_newest_edition_lies_ahead(self):
        target = {"indicator_id": "tkm", "area_code": "21", "edition": "tiga", "document": "Renstra"}
        targets = [target | {"year": 2025, "value": 55.0}, target | {"year": 2026, "value": 58.0}]
        found = slides(deck(observations=list(TestIndices.VALUES), targets=targets))["next"]
        assert "Target TKM 2026: 58,00 (Renstra)." in found.points

    def test_every_publication_is_listed_once(self):
        slide = slides(deck(observations=list(TestIndices.VALUES)))["sources"]
        assert slide.sources == ("Kepri Raya: Bimtek (tanpa tanggal)", "Lain: Lain (tanpa tanggal)")
        assert slide.subtitle == "Ruang Resmi, unggahan no. 3"

    def test_a_list_that_differs_from_the_published_count_is_told(self):
        rows = people(sex=spread({"female": 20}))
        assert any(
            "berbeda dari jumlah terbitan" in line
            for line in slides(deck(rows, event={"participants_published": 22}))["sources"].narrative
        )


def test_ids_are_unique_and_do_not_depend_on_values():
    def ids(rows: Rows) -> list[str]:
        return [figure.id for slide in deck(rows).slides for figure in slide.figures]

    one = ids(people(sex=spread({"female": 17, "male": 11}), pre_score=[50] * 28, post_score=[60] * 28))
    other = ids(people(sex=spread({"female": 12, "male": 21}), pre_score=[30] * 33, post_score=[80] * 33))
    assert one == other
    assert len(set(one)) == len(one)


def test_nothing_of_a_deck_knows_a_person_or_today():
    rows = people(sex=spread({"female": 20}), library_id=["L-1"] * 20)
    assert "p-0" not in repr(deck(rows))
    assert deck(rows) == deck(rows)


def test_names_from_data_stay_as_they_are():
    odd = deck(event={"name": "<b>Bimtek</b> {x}"}, libraries=[library("L-1", "21.01.15.2004")])
    assert odd.slides[0].title == "<b>Bimtek</b> {x}"


def test_an_event_in_an_area_that_the_register_does_not_know_can_be_closed():
    assert build(facts(event={"area_code": "21.99"}), EVENT).place == "Hotel Bahari, 21.99"
