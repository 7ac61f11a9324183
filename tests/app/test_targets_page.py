"""Target and Perbandingan as scripts: what stands on the screen in each workspace."""

import json
import re
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

from literasi.text import t


@pytest.fixture(scope="module")
def visit(root):
    """Open a page with choices. Tests only look at it, so they share it."""

    @cache
    def open_page(page, **choices):
        app = AppTest.from_file(str(root / "dashboard.py"), default_timeout=60)
        app.run()
        for key, value in choices.items():
            app.query_params[key] = value
        app.switch_page(f"pages/progress/{page}.py").run()
        assert not app.exception, app.exception
        assert not app.error
        return app

    return lambda page, **choices: open_page(page, **choices)


def captions(app):
    return [caption.value.replace("\\", "") for caption in app.caption]


def badges(app):
    """Words of the badges, without their icons and colours."""
    found = [re.fullmatch(r":(\w+)-badge\[:material/\w+: (.+)\]", m.value) for m in app.markdown]
    return [(match[1], match[2]) for match in found if match]


def test_without_own_targets_the_page_says_so_and_shows_those_of_the_nation(visit):
    app = visit("targets")
    assert any("Belum ada target untuk Kepulauan Riau" in info.value for info in app.info)
    assert [metric.value for metric in app.metric] == ["59,52 poin", "72,44 poin", "15,44"]
    assert badges(app).count(("green", "tercapai")) == 3
    assert any("target 15,00 poin (skala lama)" in line and "lebih 0,44" in line for line in captions(app))
    assert not any("73,52" in line for line in captions(app))
    assert any("tidak ada lampu lalu lintas" in line for line in captions(app))


def test_an_older_value_does_not_reach_a_target_whose_year_is_over(visit):
    app = visit("targets", wilayah="21.72")
    assert [metric.value for metric in app.metric][:2] == ["38.702", "38.702"]
    assert badges(app)[:2] == [("green", "tercapai"), ("gray", "data kurang")]
    assert any("nilai tahun target belum ada" in line for line in captions(app))


def test_no_official_target_has_a_traffic_light(visit):
    listed = visit("targets").dataframe[0].value
    words = set(listed[t("targets.table.status")].str.partition(" (")[0])
    assert len(listed) == 6
    assert words <= {"tercapai", "belum tercapai", "data kurang"}
    past = listed[(listed[t("targets.table.year")] == "2018")].iloc[0]
    assert past[t("targets.table.status")] == "data kurang (nilai tahun target belum ada)"


def test_practice_shows_every_light_with_word_and_colour(visit):
    found = set(badges(visit("targets", ruang="latihan", wilayah="21.03")))
    found |= set(badges(visit("targets", ruang="latihan")))
    assert found >= {
        ("green", "tercapai"),
        ("orange", "perlu perhatian"),
        ("red", "tertinggal"),
        ("gray", "data kurang"),
        ("gray", "tanpa target"),
    }
    assert any("bukan kesepakatan kantor" in line for line in captions(visit("targets", ruang="latihan")))


def test_a_share_of_few_libraries_is_not_judged(visit):
    app = visit("targets", ruang="latihan", wilayah="21.01")
    assert "5 dari 8" in [metric.value for metric in app.metric]
    assert any("penyebutnya di bawah batas terkecil" in line for line in captions(app))


def test_the_statutory_rows_of_batam(visit):
    app = visit("targets", bagian="lkjip", wilayah="21.71", tahun="2024")
    rows = app.dataframe[0].value.set_index(t("targets.table.indicator"))
    named = rows.loc["Kunjungan diumumkan"]
    assert named[t("targets.table.target", year=2024)] == "198.527"
    assert named[t("targets.table.value", year=2024)] == "270.315"
    assert named[t("targets.table.ratio")] == "136,2%"
    assert rows.loc["Cakupan TPBIS", t("targets.table.note")] == "sekurang-kurangnya"
    assert any("TGM" in line and "Belum ada nilai maupun target" in line for line in captions(app))


def test_an_index_has_no_percentage_and_the_editions_of_a_year_stand_apart(visit):
    app = visit("targets", bagian="lkjip", tahun="2024", ruang="latihan")
    rows = app.dataframe[0].value.set_index(t("targets.table.indicator"))
    assert rows.loc["TGM", t("targets.table.ratio")] == "–"
    assert rows.loc["IPLM", t("targets.table.edition")].startswith("IPLM 2023–2024")
    said = " ".join(m.value.replace("\\", "") for m in app.markdown)
    assert "IPLM Kepulauan Riau naik 3,80 poin dari 2023" in said
    assert "TGM Kepulauan Riau beda 4,33 poin dari 2023; sampel tidak acak" in said


def cells(app):
    (chart,) = app.get("plotly_chart")
    return [words for trace in json.loads(chart.proto.spec)["data"] for words in trace.get("text", [])]


def test_the_scorecard_ranks_only_when_asked_and_never_what_is_incomplete(visit):
    assert not any("#" in words for words in cells(visit("comparison", ruang="latihan")))
    assert any("#1<" in words for words in cells(visit("comparison", ruang="latihan", peringkat="dengan")))
    official = visit("comparison", peringkat="dengan")
    assert not any("#" in words for words in cells(official))
    assert "tidak diperingkat: datanya belum lengkap" in official.get("plotly_chart")[0].proto.spec


def test_one_regency_is_compared_without_naming_its_peers(visit):
    app = visit("comparison", ruang="latihan", wilayah="21.03", peringkat="dengan")
    (chart,) = app.get("plotly_chart")
    assert "Natuna" in chart.proto.spec
    assert not any(name in chart.proto.spec for name in ("Bintan", "Karimun", "Lingga", "Batam"))
    assert any("Hanya Natuna" in line for line in captions(app))


def test_a_regency_without_values_is_told_what_to_do(visit):
    app = visit("comparison", wilayah="21.04", tema="pembangunan")
    assert any("Lingga belum punya nilai" in info.value for info in app.info)
