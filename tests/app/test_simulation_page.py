"""Simulasi as a script: a scenario of the address, its fields, other ways, a bad code."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from literasi.domain.scenario import Addition, decode, encode, scenario

AREAS = ("21.01", "21.02", "21.03", "21.04", "21.05", "21.71", "21.72")
PLAN = scenario(
    name="Usulan <b>2027</b>",
    additions={"21.04": Addition(4, 2, 1), "21.71": Addition(6)},
    budget=2_000_000_000,
    costs={"libraries": 100_000_000, "packages": 5_000_000, "seats": 3_000_000},
)


@pytest.fixture(scope="module")
def home(root):
    """A dashboard on another page; each test goes from there in its own session."""

    def open_page(**choices):
        app = AppTest.from_file(str(root / "dashboard.py"), default_timeout=60)
        app.run()
        for key, value in choices.items():
            app.query_params[key] = value
        app.switch_page("pages/planning/simulation.py").run()
        assert not app.exception, app.exception
        assert not app.error
        return app

    return open_page


def of(app, key="skenario"):
    """A choice in the address, which the test library gives as text or as a list."""
    asked = app.query_params.get(key)
    return asked[0] if isinstance(asked, list) else asked


def field(app, what, area=""):
    return app.number_input(key=f"simulation.{what}.{area}" if area else f"simulation.{what}")


def words(app):
    return " ".join(m.value.replace("\\", "") for m in (*app.markdown, *app.caption))


def table(app):
    (shown,) = [d.value for d in app.dataframe if "Ukuran" in d.value.columns]
    return shown.set_index("Ukuran")


def test_the_address_fills_the_fields_and_gives_the_same_again(home):
    app = home(skenario=encode(PLAN))
    assert app.text_input(key="simulation.name").value == PLAN.name
    assert [field(app, item, "21.04").value for item in ("libraries", "packages", "seats")] == [4, 2, 1]
    assert field(app, "budget").value == PLAN.budget
    app.button(key="FormSubmitter:simulation.form-Terapkan").click().run()
    assert of(app) == encode(PLAN)
    assert "Skenario: Usulan \\<b\\>2027\\<\\/b\\>" in " ".join(m.value for m in app.markdown)


def test_what_is_entered_stands_in_the_address_only_when_applied(home):
    app = home()
    assert of(app) is None
    field(app, "libraries", "21.05").set_value(5)
    app.text_input(key="simulation.name").set_value("  Usulan\tAnambas ")
    field(app, "libraries").set_value(250_000_000)
    app.button(key="FormSubmitter:simulation.form-Terapkan").click().run()
    made = decode(of(app), areas=AREAS)
    assert made == scenario(
        name="Usulan Anambas", additions={"21.05": Addition(5)}, costs={"libraries": 250_000_000}
    )
    assert app.text_input(key="simulation.name").value == "Usulan Anambas"
    app.button(key="simulation.clear").click().run()
    assert of(app) is None
    assert field(app, "libraries", "21.05").value == 0


def test_real_data_say_what_is_not_known(home):
    app = home(skenario=encode(PLAN))
    said = words(app)
    assert "Cakupan yang terbukti naik dari 5,0% menjadi 7,4% (21 → 31 dari 419 desa/kelurahan)" in said
    assert "Cakupan awal Lingga dan Kepulauan Anambas tidak diketahui, bukan nol" in said
    assert "daftar peserta bimtek belum dimuat" in said
    assert "Biaya Rp 1.013.000.000 dari anggaran Rp 2.000.000.000; sisa Rp 987.000.000" in said
    assert app.metric[0].value == "≥ 7,4%"


def test_without_costs_the_budget_is_not_checked(home):
    bare = scenario(additions={"21.04": Addition(4, 2, 1)}, costs={"libraries": 1})
    said = words(home(skenario=encode(bare), ruang="latihan"))
    assert "Biaya tidak dihitung: biaya satuan paket buku dan kursi bimtek belum diisi" in said
    assert (
        "Perpustakaan tanpa pengelola yang tercatat dilatih: 25 menjadi 28 dari 64 perpustakaan mitra" in said
    )


def test_a_list_assumed_complete_brings_the_silent_regencies_in(home):
    app = home(skenario=encode(PLAN), daftar="lengkap", bagian="bandingkan")
    rows = table(app)
    assert rows.loc["Cakupan terendah", "Sebelum"] == "0,0% (Lingga, Kepulauan Anambas)"
    # By hand: 5 of 84, 4 of 54 and one more of 64 lift all above the 4 of 71 of Karimun.
    assert rows.loc["Cakupan terendah", "Pemerataan dahulu"] == "5,6% (Karimun)"
    assert rows.loc["Cakupan desa/kelurahan", "Sebelum"] == "5,0%"


def test_the_ways_share_the_same_numbers_or_the_same_budget(home):
    rows = table(home(skenario=encode(PLAN), bagian="bandingkan", ruang="latihan"))
    assert list(rows.loc["Tambahan: Perpustakaan"]) == ["–", "10", "10", "10"]
    rows = table(home(skenario=encode(PLAN), bagian="bandingkan", ruang="latihan", dasar="anggaran"))
    # 2,000 million less two packages and one seat (13 million) pay for 19 libraries.
    assert list(rows.loc["Tambahan: Perpustakaan"]) == ["–", "10", "19", "19"]


def test_an_automatic_way_can_be_taken_and_the_own_kept_beside_it(home):
    app = home(skenario=encode(PLAN), bagian="bandingkan", ruang="latihan")
    app.button(key="simulation.keep").click().run()
    app.button(key="simulation.take.equity").click().run()
    taken = decode(of(app), areas=AREAS)
    assert (taken.total("libraries"), taken.name, taken.budget) == (10, PLAN.name, PLAN.budget)
    assert taken.additions != PLAN.additions
    rows = table(app)
    assert PLAN.name in rows.columns
    assert rows.loc["Cakupan terendah", "Pilihan Anda"] == rows.loc["Cakupan terendah", "Pemerataan dahulu"]


def test_nothing_entered_says_what_to_do(home):
    assert any("Belum ada yang dibagi" in info.value for info in home(bagian="bandingkan").info)
    app = home(bagian="pemerataan")
    assert len(app.get("plotly_chart")) == 1
    assert "Ketimpangan cakupan yang diketahui tidak berubah" in words(app)


@pytest.mark.parametrize("code", ["1~99.99-1-0-0", "<img src=x>"])
def test_a_code_that_cannot_be_read_gives_a_notice_and_nothing_entered(home, code):
    app = home(skenario=code)
    assert any("skenario" in warning.value for warning in app.warning)
    assert not any(re.search(r"(?<!\\)<img", warning.value) for warning in app.warning)
    assert of(app) is None
    assert field(app, "libraries", "21.01").value == 0


def test_the_link_is_the_address(home):
    app = home(skenario=encode(PLAN), ruang="latihan")
    (link,) = [code.value for code in app.code]
    assert link.startswith("/simulasi?")
    assert "Usulan+%3Cb%3E2027%3C%2Fb%3E" in link
