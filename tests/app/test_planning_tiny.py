"""Planning pages where next to nothing is known, and that is odd: none breaks, nothing unknown is a zero."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from literasi.settings import ROOT, load
from literasi.store import open_store, seed
from literasi.ui import cached
from tests.frames import library, people, table, visit

PAGES = ("priority", "simulation", "iplm", "follow_up", "data_debt")
PARTS = {
    "priority": ("peta",),
    "simulation": ("bandingkan", "pemerataan"),
    "follow_up": ("pembanding", "pergantian"),
    "data_debt": ("wilayah", "pesan"),
}
SCENARIO = "1~21.05-3-2-5~21.71-2-0-0~a1000~l10~nA"
AREAS = seed.read_areas(load().data_dir)
FIRST, SECOND = AREAS.loc[AREAS["area_code"].str.fullmatch(r"21\.05\.01\.\d+"), "area_code"].head(2)
EVENT = {"event_id": "e", "name": "*E* <b>", "kind": "bimtek", "area_code": "21"}
STEPS = {
    "areas only": {"areas": AREAS},
    "nobody lives there": {
        "sources": table("sources", [dict.fromkeys(("source_id", "publisher", "title", "kind"), "s")]),
        "population": table("population", [people("21.05", 2024, 0, source_id="s")]),
        "libraries": table("libraries", [library("a", FIRST, None)]),
    },
    "all in one regency, some nowhere in it": {
        "libraries": table(
            "libraries",
            [
                library("b", "21.05", 2021),
                library("c", "21.05.01", 2023),
                library("d", SECOND, 2024, kind="school"),
                library("p", "21", None, kind="province"),
            ],
        ),
    },
    "a training without participants": {
        "events": table("events", [EVENT | {"date_start": "2024-05-01", "date_end": "2024-05-03"}])
    },
    "people without role or library, one report": {
        "participants": table(
            "participants",
            [
                {"event_id": "e", "participant_id": "1", "library_id": "b"},
                {"event_id": "e", "participant_id": "2"},
            ],
        ),
        "visits": table("visits", [visit("c", "2024-02", 0)]),
    },
}


@pytest.fixture(scope="module", autouse=True)
def _install(tmp_path_factory):
    """An install of its own, whose practice workspace is filled here step by step."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LITERASI_VAR_DIR", str(tmp_path_factory.mktemp("var")))
        caches = (cached._settings, cached._store, cached._desk)
        for cache in caches:
            cache.clear()
        yield
        for cache in caches:
            cache.clear()


def shown(app: AppTest) -> str:
    assert not app.exception, app.exception
    assert not app.error, app.error
    parts = [*app.title, *app.markdown, *app.caption, *app.info, *app.metric]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def opened(**choices: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.query_params["ruang"] = "latihan"
    for key, value in choices.items():
        app.query_params[key] = value
    return app.run()


def test_no_page_breaks_as_little_by_little_becomes_known() -> None:
    store = open_store(load().practice_url)
    said: dict[str, dict[str, str]] = {}
    for step, rows in STEPS.items():
        store.commit(rows, actor="t", file_name="t", sha256="")
        app = opened()
        said[step] = {page: shown(app.switch_page(f"pages/planning/{page}.py").run()) for page in PAGES}
    assert all(len(set(pages.values())) == len(PAGES) for pages in said.values())
    assert "1 dari 419 desa/kelurahan" in said["nobody lives there"]["simulation"]
    assert "0 bimtek tanpa daftar" not in said["areas only"]["follow_up"]
    assert "jumlah pesertanya tidak diketahui" in said["a training without participants"]["follow_up"]
    store.close()


@pytest.mark.parametrize(("page", "part"), [(page, part) for page in PARTS for part in PARTS[page]])
def test_every_part_in_english(page: str, part: str) -> None:
    app = opened(bahasa="en", bagian=part, skenario=SCENARIO)
    shown(app.switch_page(f"pages/planning/{page}.py").run())
