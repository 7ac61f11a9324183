"""The page of completeness in both workspaces, and the notes that travel to a library's profile."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from literasi.settings import ROOT
from literasi.ui import cached
from tests.frames import table

PAGE = "pages/records/completeness.py"
PROFILE = "pages/programme/libraries.py"
HOSTILE = "<img src=x onerror=alert(1)> **tebal** [x](javascript:alert(1))"


def show(script: str = PAGE, **choices: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for key, value in choices.items():
        app.query_params[key] = value
    app.run()
    app.switch_page(script).run()
    assert not app.exception, app.exception
    assert not app.error, app.error
    return app


@cache
def seen(**choices: str) -> AppTest:
    """Give the page once for tests that only look."""
    return show(**choices)


def words(app: AppTest) -> str:
    parts = [*app.subheader, *app.markdown, *app.caption, *app.info, *app.success, *app.warning]
    return "\n".join(part.value for part in parts).replace("\\", "")


def titles(app: AppTest) -> list[str]:
    return [m.value.removeprefix("#### ").replace("\\", "") for m in app.markdown if m.value[:4] == "####"]


def cards(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


class TestOfficial:
    def test_it_says_whose_reports_would_be_expected_and_how_to_begin(self) -> None:
        app = seen()
        assert "Belum ada laporan bulanan" in words(app)
        assert "21 perpustakaan yang laporannya diharapkan" in words(app)
        assert "1 mitra lain belum diharapkan" in words(app)
        assert len(app.dataframe[0].value) == 21
        assert len(app.get("page_link")) == 1
        assert not app.metric

    def test_one_regency(self) -> None:
        rows = seen(wilayah="21.02").dataframe[0].value
        assert set(rows["Wilayah"]) == {"Karimun"}


class TestPractice:
    def test_the_headline_says_what_came_and_what_came_in_time(self) -> None:
        shown = cards(seen(ruang="latihan", tahun="2025"))
        assert list(shown) == ["Laporan masuk", "Tepat waktu", "Diam ≥ 3 bulan", "Catatan terbuka"]
        received, on_time = (int(shown[name].rstrip("%")) for name in ("Laporan masuk", "Tepat waktu"))
        assert 0 < on_time < received < 100
        assert shown["Diam ≥ 3 bulan"] == "5"
        assert "tanggal 10 bulan berikutnya" in words(seen(ruang="latihan", tahun="2025"))

    def test_below_the_limit_the_headline_is_provisional(self, monkeypatch: pytest.MonkeyPatch) -> None:
        strict = cached.reporting_rules().model_copy(update={"provisional_below": 0.99})
        assert "sementara" not in words(seen(ruang="latihan", tahun="2025", bagian="tindak"))
        monkeypatch.setattr(cached, "reporting_rules", lambda: strict)
        assert "sementara" in words(show(ruang="latihan", tahun="2025", bagian="tindak"))

    def test_each_table_has_its_bars_and_no_duty_is_said(self) -> None:
        app = seen(ruang="latihan", tahun="2025")
        assert [title.split(":")[0] for title in titles(app)] == [
            "Kunjungan bulanan",
            "Sirkulasi",
            "Layanan",
            "Tanpa kewajiban bulanan",
        ]
        assert len(app.get("plotly_chart")) == 3
        assert app.dataframe[0].value["Wilayah"].tolist()[:2] == ["Bintan", "Karimun"]

    @pytest.mark.parametrize(
        ("area", "of", "first"),
        [
            ("21", "kunjungan", ["masuk", "tepat waktu"]),
            ("21", "kegiatan", ["memuat kegiatan"]),
            ("21.03", "layanan", ["masuk"]),
            ("21.03", "publikasi", ["memuat publikasi"]),
        ],
    )
    def test_calendars_of_a_table(self, area: str, of: str, first: list[str]) -> None:
        app = seen(ruang="latihan", tahun="2025", bagian="kalender", wilayah=area, tabel=of)
        assert len(app.get("plotly_chart")) == len(first)
        for title, word in zip(titles(app), first, strict=True):
            assert word in title

    def test_a_table_that_owes_nothing_has_no_gap(self) -> None:
        app = seen(ruang="latihan", tahun="2025", bagian="kalender", tabel="kegiatan")
        assert "kosong bukan kekurangan" in words(app)

    def test_libraries_begin_with_the_least_complete(self) -> None:
        rows = seen(ruang="latihan", tahun="2025", bagian="perpustakaan").dataframe[0].value
        part = rows["Laporan masuk"] / rows["Laporan diharapkan"]
        assert part.is_monotonic_increasing
        first = rows.iloc[0]
        months = [first[name].split("/") for name in ("Kunjungan bulanan", "Sirkulasi", "Layanan")]
        assert sum(int(received) for received, _ in months) == first["Laporan masuk"]
        assert sum(int(expected) for _, expected in months) == first["Laporan diharapkan"]

    def test_unusual_values_have_their_range_and_whether_they_were_explained(self) -> None:
        rows = seen(ruang="latihan", tahun="2025", bagian="tindak").dataframe[0].value
        assert {"sudah dijelaskan", "catatan terbuka", "perlu ditanyakan"} == set(rows["Keadaan"])
        explained = rows["Keadaan"] == "sudah dijelaskan"
        assert (rows["Alasan"].ne("") == explained).all()
        for value, usual in zip(rows["Nilai"], rows["Biasanya"], strict=True):
            low, high = (int(part.replace(".", "")) for part in usual.split("–"))
            assert not low <= value <= high

    def test_a_bad_address_gives_the_default_with_a_notice(self) -> None:
        app = seen(ruang="latihan", bagian="kalender", tabel="peserta", tahun="1999")
        assert len(app.warning) >= 2
        assert titles(app)

    def test_english_has_no_word_of_the_other_language(self) -> None:
        shown = " ".join(titles(seen(ruang="latihan", tahun="2025", bahasa="en")))
        assert "in time" in shown
        assert "masuk" not in shown


class Desk:
    """A desk that only remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def clear_advice(self, *key_and_reason: str, actor: str) -> int:
        self.asked.append((*key_and_reason, actor))
        return 77


class TestAdvices:
    def test_a_reason_is_written_with_the_name_of_who_writes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        desk = Desk()
        monkeypatch.setattr(cached, "desk", lambda: desk)
        app = show(ruang="latihan", bagian="catatan")
        opened = len(app.dataframe[0].value)
        assert cards(app)["Catatan terbuka"] == str(opened)
        app.button(key="FormSubmitter:kelengkapan.jelaskan-Simpan penjelasan").click().run()
        assert "Isi penjelasan dan nama Anda" in words(app)
        assert not desk.asked
        app.text_area(key="kelengkapan.alasan.0").input("  Ada  rombongan\nsekolah ")
        app.text_input(key="kelengkapan.nama.0").input("Siti")
        app.button(key="FormSubmitter:kelengkapan.jelaskan-Simpan penjelasan").click().run()
        assert not app.exception
        ((*key, reason, actor),) = desk.asked
        assert (reason, actor) == ("Ada rombongan sekolah", "Siti")
        assert key == ["visits", "LATIHAN-03 · 2025-08-01", "total", "outlier"]
        assert app.dataframe[0].value["Baris"].iloc[0] == "Perpustakaan Latihan 03, Agustus 2025"
        assert "disimpan sebagai unggahan 77" in words(app)
        assert not app.text_area[0].value  # the next advice must not get this reason
        assert app.text_input(key="kelengkapan.nama.1").value == "Siti"

    def test_the_rule_is_told_with_what_is_usual(self) -> None:
        rows = seen(ruang="latihan", bagian="catatan").dataframe[0].value
        assert rows["Aturan"].str.contains(r"biasanya \d").all()

    def test_nothing_can_be_written_where_only_reading_is_allowed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        people = {"row_key": "bimtek · p-1", "of_column": "post_score", "rule": "x", "value": "99"}
        rows = [
            {"of_table": "participants", **people},
            {**people, "of_table": "visits", "row_key": "LATIHAN-04 · 2026-05-01", "of_column": "total"},
        ]
        patch_advices(monkeypatch, rows)
        monkeypatch.setattr(cached, "is_public", lambda: True)
        app = show(ruang="latihan", bagian="catatan")
        assert not app.text_area
        assert app.dataframe[0].value["Baris"].tolist() == ["Perpustakaan Latihan 04, Mei 2026"]
        assert cards(app)["Catatan terbuka"] == "1"

    def test_a_note_travels_with_its_value_to_the_profile_and_stays_text(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row = {
            "of_table": "visits",
            "row_key": "LATIHAN-04 · 2026-05-01",
            "of_column": "total",
            "rule": "unheard_of",
            "value": "174",
            "area_code": "21.01",
            "reason": HOSTILE,
        }
        patch_advices(monkeypatch, [row, {**row, "row_key": "LATIHAN-05 · 2026-05-01"}])
        app = show(PROFILE, ruang="latihan", pustaka="LATIHAN-04")
        (note,) = [m.value for m in app.markdown if m.value.startswith("- **Kunjungan bulanan, Mei 2026")]
        assert "Alasan" in note
        assert "<img" not in note.replace("\\<img", "")
        assert "](" not in note
        other = show(PROFILE, ruang="latihan", pustaka="LATIHAN-06")
        assert "Catatan nilai" not in words(other)


def patch_advices(monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, str]]) -> None:
    """Put other advices in place of those stored."""
    frame, made = cached.frame, cached.made
    advices = table("advices", rows)

    def patched(name: str) -> pd.DataFrame:
        return advices if name == "advices" else frame(name)

    def never_kept(name: str, build, *depends):
        return build() if name.startswith("catatan") else made(name, build, *depends)

    monkeypatch.setattr(cached, "frame", patched)
    monkeypatch.setattr(cached, "made", never_kept)
