"""Tindak lanjut and Utang data in both workspaces: what stands on the screen, and what must not."""

from __future__ import annotations

import re
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

from literasi.domain import turnover
from literasi.settings import ROOT
from literasi.ui import cached, monthly_reports

FOLLOW_UP = "pages/planning/follow_up.py"
DEBT = "pages/planning/data_debt.py"


@cache
def seen(script: str, **choices: str) -> AppTest:
    """Give a page for tests that only look at it."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for key, value in choices.items():
        app.query_params[key] = value
    app.run()
    app.switch_page(script).run()
    assert not app.exception, app.exception
    assert not app.error, app.error
    return app


def words(app: AppTest) -> str:
    parts = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning]
    return "\n".join(part.value for part in parts).replace("\\", "")


def cards(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def titles(app: AppTest) -> list[str]:
    return [m.value.removeprefix("#### ").replace("\\", "") for m in app.markdown if m.value[:4] == "####"]


class TestFollowUpOfficial:
    def test_it_says_what_is_known_what_is_not_and_what_to_do(self) -> None:
        app = seen(FOLLOW_UP)
        assert cards(app) == {
            "Bimtek diketahui": "3",
            "Peserta bimtek": "70",
            "Perpustakaan terlatih": "–",
            "Konversi 90 hari": "–",
        }
        assert "Tindak lanjut bimtek belum dapat dihitung." in words(app)
        assert "unggah daftar peserta" in words(app)
        assert len(app.dataframe[0].value) == 3
        assert not app.get("plotly_chart")


class TestFollowUpPractice:
    def test_a_difference_never_stands_without_the_words_about_cause(self) -> None:
        for part in ("sebelum-sesudah", "pembanding"):
            said = words(seen(FOLLOW_UP, ruang="latihan", bagian=part))
            assert said.count("Hubungan, bukan sebab-akibat") >= 3, part

    def test_plans_of_everyone_and_of_one_training(self) -> None:
        app = seen(FOLLOW_UP, ruang="latihan")
        assert re.match(r"Setelah 180 hari: \d+% RTL selesai, \d+% belum melapor", titles(app)[0])
        one = seen(FOLLOW_UP, ruang="latihan", angkatan="latihan-bimtek-2026")
        assert cards(one)["Konversi 90 hari"] == "–"  # ninety days after April 2026 are not over in June
        assert "belum genap 6 bulan sesudah bimtek" in words(one)

    def test_small_cohorts_carry_no_verdict(self) -> None:
        app = seen(FOLLOW_UP, ruang="latihan", bagian="pembanding", angkatan="latihan-bimtek-2025")
        assert len(app.get("plotly_chart")) == 3
        drawn = [title for title in titles(app) if "pembanding" in title]
        assert len(drawn) == 3
        assert all("belum dapat disimpulkan" in title for title in drawn)

    def test_a_window_before_the_data_is_said_not_drawn(self) -> None:
        app = seen(
            FOLLOW_UP, ruang="latihan", bagian="pembanding", angkatan="latihan-bimtek-2024", jendela="12"
        )
        assert not app.get("plotly_chart")
        assert "bulan sebelumnya mendahului data: 6" in words(app)

    def test_turnover_is_told_from_attendance_only(self) -> None:
        app = seen(FOLLOW_UP, ruang="latihan", bagian="pergantian")
        assert "Hanya daftar hadir, bukan catatan pegawai" in words(app)
        assert "satu angkatan terlalu sedikit orang" in words(app)

    @pytest.mark.parametrize(("read_only", "shared"), [(False, "tidak"), (True, "tidak"), (False, "ya")])
    def test_a_library_that_lost_its_people_is_named_in_the_office_only(
        self, monkeypatch: pytest.MonkeyPatch, read_only: bool, shared: str
    ) -> None:
        public = read_only or shared == "ya"
        monkeypatch.setattr(cached, "is_public", lambda: read_only)
        monkeypatch.setattr(turnover, "lost", lambda *_: ["LATIHAN-14"])
        app = seen.__wrapped__(FOLLOW_UP, ruang="latihan", bagian="pergantian", bagikan=shared)
        assert "1 perpustakaan perlu dilatih lagi" in titles(app)
        assert ("Perpustakaan Latihan 14" in words(app)) != public
        assert ("tidak ditampilkan kepada umum" in words(app)) == public

    @pytest.mark.parametrize("part", ["sebelum-sesudah", "pembanding"])
    def test_participants_without_any_report_are_no_libraries_that_did_nothing(
        self, monkeypatch: pytest.MonkeyPatch, part: str
    ) -> None:
        monkeypatch.setattr(monthly_reports, "months", lambda: ([], ""))
        chosen = {"ruang": "latihan", "bagian": part, "angkatan": "latihan-bimtek-2023"}
        app = seen.__wrapped__(FOLLOW_UP, **chosen)
        assert cards(app)["Konversi 90 hari"] == "–"
        assert words(app).count("Belum ada laporan bulanan di ruang data ini") == 3
        assert "Belum ada laporan bulanan: yang terjadi sesudah bimtek tidak diketahui" in words(app)
        assert not app.get("plotly_chart")


class TestDebtOfficial:
    def test_reports_that_were_never_loaded_are_no_debt_of_the_libraries(self) -> None:
        app = seen(DEBT)
        assert "bukan utang perpustakaan" in words(app)
        assert not app.metric
        gaps = app.dataframe[0].value
        assert len(gaps) == 22
        assert gaps["Tahun bergabung"].tolist()[:2] == ["kosong", "ada"]

    def test_reports_of_which_none_is_due_yet_are_no_debt(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(monthly_reports, "months", lambda: (["2026-01"], "2025-12"))
        app = seen.__wrapped__(DEBT, ruang="latihan", wilayah="21.72")
        assert "bukan utang perpustakaan" in words(app)
        assert not app.metric

    def test_its_messages_ask_for_what_is_empty_only(self) -> None:
        app = seen(DEBT, bagian="pesan")
        said = app.code[0].value
        assert said.startswith("Yth. Pengelola Perpustakaan Desa Air Lengit (Natuna)")
        assert "belum kami terima" not in said
        assert "Tahun bergabung" in said


class TestDebtPractice:
    def test_ranked_by_effect_with_what_would_be_gained(self) -> None:
        app = seen(DEBT, ruang="latihan", tabel="sirkulasi")
        assert re.match(
            r"Laporan Perpustakaan Latihan \d\d saja mengangkat .+ dari sementara", titles(app)[0]
        )
        listed = app.dataframe[0].value
        lifting = (listed["Mengangkat dari sementara"] != "").tolist()
        assert lifting == sorted(lifting, reverse=True)
        assert any(lifting)
        rest = listed.loc[[not one for one in lifting], "Bagian total biasa (%)"].dropna()
        assert rest.is_monotonic_decreasing
        assert set(cards(app)) == {
            "Laporan kosong",
            "Perpustakaan berutang",
            "Hilang dari total biasa",
            "Wilayah sementara",
        }

    def test_books_have_no_share_but_a_place_in_the_order(self) -> None:
        app = seen(DEBT, ruang="latihan", tabel="layanan")
        assert cards(app)["Hilang dari total biasa"] == "–"
        assert len(app.get("plotly_chart")) == 1

    def test_a_regency_sees_its_own_libraries(self) -> None:
        listed = seen(DEBT, ruang="latihan", wilayah="21.02").dataframe[0].value
        assert set(listed["Wilayah"]) == {"Karimun"}

    def test_each_area_says_what_it_still_needs(self) -> None:
        app = seen(DEBT, ruang="latihan", tabel="sirkulasi", bagian="wilayah")
        assert re.search(r"Karimun: \d+ laporan lagi; paling sedikit dari Perpustakaan Latihan", words(app))

    def test_a_message_is_marked_as_practice_and_holds_no_pseudonym(self) -> None:
        said = seen(DEBT, ruang="latihan", bagian="pesan").code[0].value
        assert said.startswith("DATA LATIHAN\n")
        assert "belum kami terima" in said
        assert not re.search(r"p-[0-9a-f]{6,}", said)

    def test_the_message_is_in_bahasa_on_an_english_screen(self) -> None:
        app = seen(DEBT, ruang="latihan", bagian="pesan", bahasa="en")
        assert "Yth. Pengelola" in app.code[0].value
        assert app.title[0].value == "Data debt"
