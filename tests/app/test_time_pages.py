"""The pages of activities and of reading interest, in both workspaces, without a browser."""

from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

ACTIVITIES = "pages/programme/activities.py"
READING = "pages/programme/reading_interest.py"


@pytest.fixture(scope="module")
def visit(root):
    """Open a page with an address; give the page after its run. Tests only look at it, so they share it."""

    @cache
    def open_page(script, **address):
        app = AppTest.from_file(str(root / "dashboard.py"), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()
        app.switch_page(script).run()
        assert not app.exception, app.exception
        assert not app.error, app.error
        return app

    return open_page


def titles(app):
    return [
        m.value.removeprefix("#### ").replace("\\", "") for m in app.markdown if m.value.startswith("####")
    ]


def infos(app):
    return " ".join(i.value for i in app.info)


class TestOfficial:
    def test_activities_says_that_there_are_none_and_shows_the_published_events(self, visit):
        app = visit(ACTIVITIES)
        assert "Belum ada laporan kegiatan" in infos(app)
        assert "Yang perlu dilakukan" in infos(app)
        assert titles(app) == ["33 acara diumumkan, 3 di antaranya bimtek"]

    def test_reading_says_that_there_are_no_reports_and_shows_the_published_figures(self, visit):
        app = visit(READING)
        assert "Belum ada laporan bulanan" in infos(app)
        assert titles(app) == [
            "Perpustakaan Umum Kota Tanjungpinang: 10.742 (2012), 38.702 (2017)",
            "Kepulauan Riau 59,75%, Indonesia 53,09% (2024)",
        ]

    def test_impossible_figures_are_listed_with_the_reason_and_not_drawn(self, visit):
        app = visit(READING)
        hidden = next(e for e in app.expander if e.label.startswith("Angka yang tidak digambar"))
        table = hidden.dataframe[0].value
        assert 47235869 in table["Nilai"].tolist()
        assert table["Catatan"].str.len().min() > 0
        drawn = " ".join(chart.proto.spec for chart in app.get("plotly_chart"))
        assert "47.235.869" not in drawn

    def test_both_values_for_one_year_can_be_found(self, visit):
        app = visit(READING)
        others = next(e for e in app.expander if e.label.startswith("Angka terbitan lain"))
        assert 38000 in others.dataframe[0].value["Nilai"].tolist()

    def test_an_area_without_published_figures_says_so(self, visit):
        assert "Belum ada kunjungan tahunan" in infos(visit(READING, wilayah="21.01"))


class TestPractice:
    @pytest.mark.parametrize("mode", ["nilai", "kumulatif", "bulan-sama"])
    @pytest.mark.parametrize(("script", "charts"), [(ACTIVITIES, 2), (READING, 4)])
    def test_each_way_of_looking_has_all_its_charts(self, visit, script, charts, mode):
        app = visit(script, ruang="latihan", mode=mode)
        assert not app.info
        assert len(app.get("plotly_chart")) == len(titles(app)) == charts

    @pytest.mark.parametrize(
        ("script", "part", "charts"),
        [
            (ACTIVITIES, "apa", 4),
            (ACTIVITIES, "kapan", 1),
            (ACTIVITIES, "rasio", 2),
            (ACTIVITIES, "laporan", 1),
            (ACTIVITIES, "acara", 1),
            (READING, "laporan", 1),
            (READING, "diumumkan", 2),
        ],
    )
    def test_each_part_has_all_its_charts(self, visit, script, part, charts):
        app = visit(script, ruang="latihan", bagian=part)
        assert len(app.get("plotly_chart")) == len(titles(app)) == charts

    @pytest.mark.parametrize("script", [ACTIVITIES, READING])
    def test_years_of_one_regency(self, visit, script):
        app = visit(script, ruang="latihan", butir="tahun", wilayah="21.03")
        assert "2026 (Jan–Jun)" in titles(app)[0]
        assert any("Natuna" in caption.value for caption in app.caption)

    def test_members_may_not_be_summed_over_months(self, visit):
        app = visit(READING, ruang="latihan", ukuran="anggota", mode="kumulatif")
        assert any("kumulatif" in warning.value for warning in app.warning)
        assert titles(app)[0].startswith("Anggota tertinggi")

    @pytest.mark.parametrize(
        ("script", "address"),
        [
            (ACTIVITIES, {"bidang": "Kesehatan", "terverifikasi": "ya", "hitungan": "peserta"}),
            (READING, {"ukuran": "pinjaman", "jenis": "village", "dari": "2025", "sampai": "2025"}),
        ],
    )
    def test_filters_stand_in_the_subtitle(self, visit, script, address):
        app = visit(script, ruang="latihan", **address)
        words = " ".join(caption.value for caption in app.caption)
        for word in ("Kesehatan", "hanya terverifikasi") if script == ACTIVITIES else ("Perpustakaan desa",):
            assert word in words.replace("\\", "")

    def test_a_bad_address_gives_the_default_with_a_notice(self, visit):
        app = visit(ACTIVITIES, ruang="latihan", bidang="Ngawur", dari="1999")
        assert len(app.warning) >= 2
        assert titles(app)

    def test_english_has_no_word_of_the_other_language_in_its_titles(self, visit):
        shown = " ".join(titles(visit(READING, ruang="latihan", bahasa="en")))
        assert "Visits peaked" in shown
        assert "Kunjungan" not in shown
