"""The page of libraries from `dashboard.py`: list, filters, address, profile, text that came from data."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from literasi import practice
from literasi.settings import ROOT
from literasi.ui import cached
from tests.frames import library, table

PAGE = "pages/programme/libraries.py"
HOSTILE = "=1+1 <img src=x onerror=alert(1)> **tebal** [x](javascript:alert(1)) $x$ | pipa"


@pytest.fixture(scope="module", autouse=True)
def opened() -> None:
    """Fill the workspaces once, before the first page is timed."""
    AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()


def show(**choices: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    for key, value in choices.items():
        app.query_params[key] = value
    app.switch_page(PAGE).run()
    assert not app.exception, app.exception
    return app


@cache
def seen(**choices: str) -> AppTest:
    """Give the page as `show` does, once for tests that only look."""
    return show(**choices)


def words(app: AppTest) -> str:
    """Everything written on the page, without the marks that make it inert."""
    parts = [*app.header, *app.subheader, *app.markdown, *app.caption, *app.info, *app.warning]
    return "\n".join(part.value for part in parts).replace("\\", "")


def listed(app: AppTest) -> pd.DataFrame:
    return app.dataframe[0].value


def address(app: AppTest, key: str) -> str | None:
    found = app.query_params.get(key)
    return found[0] if isinstance(found, list) else found


def test_official_list_begins_with_the_partners():
    app = seen()
    assert "22 dari 32 perpustakaan · 22 mitra TPBIS, 1 tanpa tahun bergabung" in words(app)
    assert len(listed(app)) == 22
    assert set(listed(app)["SNP terpenuhi"]) == {"–", "data kosong"}
    assert set(listed(app)["Laporan terakhir"]) == {"belum ada"}


def test_official_regencies_without_a_record_are_named_and_are_not_a_zero():
    text = words(seen())
    assert "22 mitra TPBIS; belum tercatat di Lingga dan Kepulauan Anambas" in text
    assert "ini bukan angka nol dan bukan ukuran kinerja" in text


def test_a_partner_of_unknown_year_is_kept_apart():
    app = seen()
    years = listed(app).set_index("Nama")["Tahun bergabung"]
    assert years["Perpustakaan Desa Air Lengit"] == "tidak diketahui"
    assert "Mitra tanpa tahun bergabung (1) berdiri sendiri" in words(app)


def test_official_standard_says_that_nothing_can_be_tested():
    assert "tidak satu pun ambang SNP dapat diuji" in words(seen())


def test_practice_list_shows_its_full_form():
    app = seen(ruang="latihan")
    assert len(app.get("plotly_chart")) == 3
    assert "60 dari 67 perpustakaan" in words(app)
    assert listed(app)["SNP terpenuhi"].str.contains(" dari ").any()


@pytest.mark.parametrize(
    ("choices", "count"),
    [
        ({"program": "semua"}, 32),
        ({"program": "bukan-tpbis"}, 10),
        ({"program": "tidak-disebutkan"}, 1),
        ({"wilayah": "21.71"}, 3),
        ({"program": "semua", "jenis": "mobile"}, 1),
        ({"cari": "natuna CAHAYA"}, 1),
        ({"bergabung_dari": "2023"}, 9),
        ({"bergabung_dari": "2023", "tanpa_tahun": "tidak"}, 8),
    ],
)
def test_the_address_filters_the_list(choices: dict[str, str], count: int):
    assert len(listed(show(**choices))) == count


def test_a_filtered_list_does_not_call_the_rest_missing():
    text = words(seen(cari="Bintan"))
    assert "belum tercatat di" not in text
    assert "Belum tercatat" not in text


def test_the_list_follows_the_language():
    assert "Tahun bergabung" in listed(seen())
    assert "Year joined" in listed(seen(bahasa="en"))


def test_nothing_found_says_what_to_do():
    app = show(cari="tidak ada yang bernama begini")
    assert not app.dataframe
    assert "Hapus kata pencarian" in words(app)


def test_a_filter_writes_the_address():
    app = show()
    app.selectbox(key="w.program").set_value("semua").run()
    assert address(app, "program") == "semua"
    assert len(listed(app)) == 32


def test_profile_opens_from_the_list_and_closes():
    app = show()
    app.selectbox(key="w.pustaka").set_value("L-21.72.01.1004-1").run()
    assert address(app, "pustaka") == "L-21.72.01.1004-1"
    assert app.header[0].value == "Perpustakaan Cermin Pintar"
    app.button(key="profil.kembali").click().run()
    assert address(app, "pustaka") is None
    assert len(listed(app)) == 22


def test_an_unknown_library_gives_a_notice_and_the_list():
    app = show(pustaka="L-99")
    assert "L-99" in words(app)
    assert len(listed(app)) == 22
    assert address(app, "pustaka") is None


def test_official_profile_says_what_is_known_and_what_is_not():
    text = words(seen(pustaka="L-21.03.07.2004-1"))
    assert "Sejak 2021: 7 jenis bantuan" in text
    assert "Belum tercatat: Bimtek & acara, Kegiatan, Advokasi, Publikasi" in text
    assert "Buku: 700 buku" in text
    assert text.count("data kosong] |") == 8
    assert "Belum ada laporan bulanan dari perpustakaan ini" in text


def test_a_profile_with_only_a_year_of_joining_has_no_chart_of_it():
    app = seen(pustaka="L-21.71.08.1004-1")
    assert not app.get("plotly_chart")
    assert "Bergabung 2023. Selain itu belum ada catatan" in words(app)


def test_published_figures_open_their_source():
    app = seen(pustaka="L-21.72-2")
    figures = listed(app)
    assert "Perpustakaan Umum Kota Tanjungpinang: 10.742 (2012), 38.702 (2017)" in words(app)
    assert figures["Buka sumber"].str.startswith("https://").all()
    assert [m.value for m in app.metric][1] == "38.702", "the newest whole year leads, not a part of a year"


def test_standard_is_not_applied_to_other_kinds():
    assert "tidak berlaku untuk jenis perpustakaan ini" in words(seen(pustaka="L-21.72-2"))


def test_practice_profile_shows_its_full_form():
    app = seen(ruang="latihan", pustaka="LATIHAN-03")
    assert len(app.get("plotly_chart")) == 4
    text = words(app)
    for state in ("memenuhi", "belum", "data kosong"):
        assert f" {state}] |" in text
    assert "1 bulan dilaporkan nol. Kosong bukan nol." in text
    assert "hanya indikatif dan tidak dipakai menilai ambang judul" in text


@cache
def practice_participants() -> pd.DataFrame:
    areas = pd.read_csv(ROOT / "data/areas/areas.csv", dtype={"area_code": "str", "bps_code": "str"})
    return practice.tables(areas)["participants"]


def test_no_participant_is_named_and_few_are_not_counted():
    people = practice_participants()
    alone = people.groupby("library_id").size().loc[lambda n: n == 1].index[0]
    app = seen(ruang="latihan", pustaka=alone)
    shown = words(app) + "".join(frame.value.to_csv() for frame in app.dataframe)
    assert "Jumlah orang yang terlalu kecil disembunyikan" in shown
    assert not [person for person in people["participant_id"] if person in shown]


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> str:
    """Add a library whose name is an attack on whatever reads it."""
    real = cached.frame
    row = table(
        "libraries", [library("JAHAT", "21.71.08.1004", 2021, name=HOSTILE, note=HOSTILE, source_id="x")]
    )

    def frame(name: str) -> pd.DataFrame:
        rows = real(name)
        return pd.concat([rows, row], ignore_index=True) if name == "libraries" else rows

    monkeypatch.setattr(cached, "frame", frame)
    monkeypatch.setattr(cached, "newest", lambda: 1_000_000)  # a state of the data of its own for the caches
    return "JAHAT"


def test_a_hostile_name_is_inert_in_the_profile(hostile: str):
    app = show(pustaka=hostile)
    raw = [part.value for part in (*app.header, *app.caption, *app.markdown)]
    assert "\\<img src=x onerror=alert\\(1\\)\\>" in app.header[0].value
    assert not [text for text in raw if "<img" in text.replace("\\<", "")]
    assert not [text for text in raw if "](javascript" in text]
