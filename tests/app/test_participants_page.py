"""The page of training in both workspaces, without a browser."""

import base64
import json
import re
from functools import cache

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from literasi import practice, settings
from literasi.domain import trainees, training
from literasi.store import seed

PAGE = "pages/programme/participants.py"
HIDDEN = "(disembunyikan)"


@pytest.fixture(scope="module")
def visit(root):
    """Open the page with an address; tests only look at it, so they share it."""

    @cache
    def open_page(**address):
        app = AppTest.from_file(str(root / "dashboard.py"), default_timeout=90)
        app.run()
        for name, value in address.items():
            app.query_params[name] = value
        app.switch_page(PAGE).run()
        assert not app.exception, app.exception
        assert not app.error, app.error
        return app

    return open_page


@pytest.fixture(scope="module")
def rows():
    """The participants of the practice workspace, every number known."""
    tables = practice.tables(seed.read_areas(settings.load().data_dir))
    return training.classify(tables["participants"], events=tables["events"], libraries=tables["libraries"])


def titles(app):
    return [
        m.value.removeprefix("#### ").replace("\\", "") for m in app.markdown if m.value.startswith("####")
    ]


def spec(app, name):
    """The figure of a chart as it goes to the browser."""
    return json.loads(next(c.proto.spec for c in app.get("plotly_chart") if c.proto.id.endswith(f"-{name}")))


def metrics(app):
    return {metric.label: metric.value for metric in app.metric}


class TestOfficial:
    def test_published_head_counts_are_shown_and_the_rest_is_a_dash(self, visit):
        app = visit()
        shown = metrics(app)
        assert shown.pop("Peserta bimtek") == "70"
        assert set(shown.values()) == {"–"}
        assert titles(app) == [
            "70 peserta pada 3 bimtek, 2019–2024",
            "33 acara diumumkan, 3 di antaranya bimtek",
        ]
        assert spec(app, "peserta-tahun")["data"][0]["text"] == ["28", "", "", "", "20", "22", ""]

    def test_it_says_what_is_not_known_and_what_to_do(self, visit):
        said = " ".join(info.value for info in visit().info)
        assert all(word in said for word in ("jenis kelamin", "kehadiran", "nilai awal dan akhir"))
        assert "Yang perlu dilakukan" in said

    def test_where_participants_came_from_can_be_read_in_the_list(self, visit):
        table = visit().dataframe[0].value
        assert len(table) == 33
        note = table.loc[table["Acara"].str.contains("TIK \\(TPBIS\\) 2019"), "Catatan"].item()
        assert note.startswith("4 dari provinsi, 12 dari Bintan, 12 dari Karimun")
        unknown = table.loc[table["Acara"].str.startswith("Bedah Buku"), "Peserta diumumkan"]
        assert unknown.isna().all()

    def test_events_of_one_kind(self, visit):
        app = visit(jenis="bimtek")
        assert app.dataframe[0].value["Peserta diumumkan"].tolist() == [22, 20, 28]


class TestPractice:
    @pytest.mark.parametrize(
        ("part", "charts"), [("siapa", 1), ("hasil", 4), ("kehadiran", 2), ("jangkauan", 2), ("acara", 2)]
    )
    def test_each_part_has_all_its_charts(self, visit, part, charts):
        app = visit(ruang="latihan", bagian=part)
        assert not app.info
        assert len(titles(app)) == len(app.get("plotly_chart")) == charts

    def test_headline_figures(self, visit):
        app = visit(ruang="latihan")
        assert metrics(app)["Kehadiran"] == "92%"
        said = " ".join(c.value.replace("\\", "") for c in app.caption)
        # At two of the events fewer than 5 have no hours: neither their number nor what it follows from.
        assert "sedikitnya 90 peserta" in said
        assert "6.227" not in said

    @pytest.mark.parametrize("by", ["wilayah", "lembaga", "peran", "jenis-kelamin", "umur", "acara", "tahun"])
    def test_each_dimension(self, visit, by):
        app = visit(ruang="latihan", menurut=by)
        assert sum(x or 0 for x in values(spec(app, "peserta-siapa")["data"][0]["x"])) == 195

    @pytest.mark.parametrize(
        ("address", "by", "within"),
        [
            ({"menurut": "peran", "acara": "latihan-bimtek-2024"}, "role", ("event", "latihan-bimtek-2024")),
            (
                {"menurut": "wilayah", "acara": "latihan-bimtek-2022"},
                "regency",
                ("event", "latihan-bimtek-2022"),
            ),
            ({"menurut": "umur", "wilayah": "21.71"}, "age_band", ("regency", "21.71")),
        ],
    )
    def test_small_cells_are_not_in_what_goes_to_the_browser(self, visit, rows, address, by, within):
        true = training.counts(rows[rows[within[0]] == within[1]], by=[by])
        few = true[true["n"] < 5]
        assert len(few), "the example must have small cells"
        figure = spec(visit(ruang="latihan", **address), "peserta-siapa")
        drawn = values(figure["data"][0]["x"])
        shown = trainees.who(rows, by=by, threshold=5, within=within)
        hidden = int(shown.loc[~shown["is_total"], "is_suppressed"].sum())
        assert hidden >= len(few)
        assert sum(x is None for x in drawn) == hidden
        assert all(x is None or x == 0 or x >= 5 for x in drawn)
        numbers = [int(n) for text in figure["data"][0]["hovertext"] for n in re.findall(r"<br>(\d+)", text)]
        assert all(n == 0 or n >= 5 for n in numbers)
        assert sum(a["text"] == HIDDEN for a in figure["layout"]["annotations"]) == hidden

    def test_one_filter_only(self, visit):
        app = visit(ruang="latihan", acara="latihan-bimtek-2024", wilayah="21.71", menurut="peran")
        assert any("hanya acara" in warning.value for warning in app.warning)
        assert not any(box.label == "Wilayah" for box in app.selectbox)
        assert any("Bimtek Latihan SPP\\-TIK 2024" in caption.value for caption in app.caption)
        assert not any("peserta dari" in caption.value for caption in app.caption)

    def test_the_filter_on_what_is_counted_only_emphasises(self, visit):
        plain = spec(visit(ruang="latihan"), "peserta-siapa")["data"][0]
        chosen = spec(visit(ruang="latihan", wilayah="21.71"), "peserta-siapa")["data"][0]
        assert plain["x"] == chosen["x"]
        assert len(set(chosen["marker"]["color"])) == 2

    @pytest.mark.parametrize(
        ("part", "key"), [("siapa", "menurut"), ("siapa", "acara"), ("acara", "jenis"), ("siapa", "wilayah")]
    )
    def test_a_value_that_is_none_gives_a_notice(self, visit, part, key):
        app = visit(ruang="latihan", bagian=part, **{key: "zzz"})
        assert any("zzz" in warning.value for warning in app.warning)
        assert app.get("plotly_chart")

    def test_shown_outside_a_breakdown_of_few_is_closed(self, visit, monkeypatch):
        monkeypatch.setattr("literasi.ui.cached.is_public", lambda: True)
        app = visit(ruang="latihan", menurut="peran", acara="latihan-bimtek-2023", bahasa="id")
        assert any("terlalu sedikit untuk dirinci" in info.value for info in app.info)
        assert not app.get("plotly_chart")

    def test_english(self, visit):
        assert "Post-test higher at 5 of 5 measured trainings" in titles(
            visit(ruang="latihan", bahasa="en", bagian="hasil")
        )


def values(encoded):
    """Numbers of a trace; Plotly packs them, and writes NaN where there is none."""
    if isinstance(encoded, dict):
        encoded = np.frombuffer(base64.b64decode(encoded["bdata"]), dtype=encoded["dtype"]).tolist()
    return [None if pd.isna(x) else x for x in encoded]
