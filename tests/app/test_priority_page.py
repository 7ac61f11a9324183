"""Prioritas as a script: what stands on the screen in each workspace."""

import json
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

from literasi.text import t


@pytest.fixture(scope="module")
def visit(root):
    """Open the page with choices. Tests only look at it, so they share it."""

    @cache
    def open_page(**choices):
        app = AppTest.from_file(str(root / "dashboard.py"), default_timeout=60)
        app.run()
        for key, value in choices.items():
            app.query_params[key] = value
        app.switch_page("pages/planning/priority.py").run()
        assert not app.exception, app.exception
        assert not app.error
        return app

    return lambda **choices: open_page(**choices)


def words(app):
    return " ".join(m.value for m in (*app.markdown, *app.caption, *app.info)).replace("\\", "")


def listed(app):
    return app.dataframe[0].value


def test_real_data_say_that_the_order_is_not_proved(visit):
    app = visit()
    table = listed(app)
    assert set(table[t("priority.column.ranks")]) == {"1–419"}
    # The two districts whose every island lies beyond 100 km of the seat.
    assert set(table.head(10)[t("priority.column.regency")]) == {"Natuna"}
    assert "Semua 419 wilayah masih mungkin menempati urutan pertama" in words(app)
    assert "Belum ada data: Tanpa pengelola terlatih, Tidak aktif sejak" in words(app)


def test_supposing_the_list_complete_counts_who_is_not_on_it(visit):
    app = visit(daftar="lengkap")
    assert "398 dari 419 desa/kelurahan tidak punya perpustakaan TPBIS yang tercatat" in words(app)
    assert "tanpa perpustakaan TPBIS" in listed(app)[t("priority.column.reasons")].iloc[0]


def test_practice_tells_libraries_apart_and_shows_the_facts(visit):
    app = visit(ruang="latihan", sasaran="punya", jumlah="semua")
    table = listed(app)
    assert len(table) == 41
    assert table[t("priority.column.ranks")].nunique() > 10
    assert "sejak tanda kegiatan terakhir" in words(app)
    assert "DATA LATIHAN" in words(app)


def test_weights_change_the_order_and_bad_ones_are_told(visit):
    usual, changed = visit(ruang="latihan"), visit(ruang="latihan", bobot="p0-r0-l10")
    area = t("priority.column.area")
    assert list(listed(usual)[area]) != list(listed(changed)[area])
    assert t("priority.weights_changed") in [expander.label for expander in changed.expander]
    wrong = visit(ruang="latihan", bobot="p99")
    assert any("bobot" in warning.value for warning in wrong.warning)
    assert list(listed(wrong)[area]) == list(listed(usual)[area])


def test_a_score_opens_its_parts(visit):
    app = visit(ruang="latihan", rinci="21.03.04.1003")
    specs = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    assert t("priority.short.sea") in specs[1]["layout"]["yaxis"]["ticktext"]
    assert "Sabang Barat (Kec. Midai, Natuna)" in words(app)
    assert "121–128 km di seberang laut dari Ranai" in words(app)


def test_a_village_outside_the_list_gives_way_to_the_first(visit):
    app = visit(ruang="latihan", wilayah="21.71", rinci="21.03.04.1003")
    assert not [warning for warning in app.warning if "rinci" in warning.value]
    assert "Kec. Midai" not in words(app)


def test_all_regencies_stand_in_one_list(visit):
    assert len(listed(visit(tingkat="kabupaten"))) == 7


def test_the_method_names_limits_seats_and_assumptions(visit):
    app = visit(bagian="cara")
    assert "lama, biaya, dan musim pelayaran tidak diketahui" in words(app)
    components, seats = (frame.value for frame in app.dataframe[:2])
    assert len(components) == 8
    assert set(seats[t("priority.column.seat")]) >= {"Tarempa", "Tanjung Balai Karimun"}


def test_the_map_shows_regencies_and_villages(visit):
    (chart,) = visit(bagian="peta").get("plotly_chart")
    kinds = [trace["type"] for trace in json.loads(chart.proto.spec)["data"]]
    assert kinds.count("choropleth") == 2
