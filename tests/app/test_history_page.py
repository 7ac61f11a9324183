"""The history page: the list, taking back, data as of a day, snapshots and comparison, without a browser."""

from __future__ import annotations

from contextlib import closing

import pytest
from streamlit.testing.v1 import AppTest

from literasi.desk import Desk
from literasi.store import open_store
from literasi.text import t
from literasi.ui import cached
from tests.app.downloads import downloads
from tests.contract.store_rows import AREAS, commit, libraries, visits

PAGE = "pages/records/history.py"
HARM = "[x](http://x) <b>*a*</b> =1+1"


def forget():
    """Let the next page read the settings and open the stores anew."""
    for cache in (cached._settings, cached._store, cached._desk):
        cache.clear()


@pytest.fixture
def official(tmp_path, monkeypatch):
    """Give a folder with an official workspace of three submissions; the page reads it."""
    monkeypatch.setenv("LITERASI_VAR_DIR", str(tmp_path))
    monkeypatch.setattr(cached, "open_workspace", lambda _name, settings: open_store(
        settings.database_url, read_only=settings.read_only
    ))  # fmt: skip
    with closing(open_store(f"sqlite:///{tmp_path / 'literasi.db'}")) as store:
        commit(store, areas=AREAS)
        commit(store, libraries=libraries("L-1", "L-2").assign(name=["Perpustakaan Sembulang", HARM]))
        commit(store, visits=visits("L-1", 7, 2))
    yield tmp_path
    forget()


@pytest.fixture
def page(official, root):
    """Open the page with an address."""
    forget()

    def open_page(**address):
        app = AppTest.from_file(str(root / "dashboard.py"), default_timeout=60)
        for name, value in address.items():
            app.query_params[name] = value
        app.run()  # the first run knows the pages
        app.switch_page(PAGE).run()
        assert not app.exception, app.exception
        return app

    return open_page


def words(app):
    """Everything that is written on the page."""
    parts = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.error]
    return plain(" ".join(part.value for part in parts))


def plain(written):
    """Take the signs away that keep a text from being read as Markdown."""
    return written.replace("\\", "").replace("\N{WORD JOINER}", "")


def boxes(app):
    """Headings of the expanders."""
    return [plain(box.label) for box in app.expander]


def press(app, label):
    """Press the button of that label, and run."""
    button = next(b for b in app.button if plain(b.label).startswith(label))
    button.click().run()
    assert not app.exception, app.exception
    return app


def fill(app, label, value):
    next(field for field in app.text_input if field.label == label).set_value(value)


def undo(app, submission, actor="Sari"):
    press(app, t("history.undo", submission=submission))
    fill(app, t("history.actor"), actor)
    return press(app, t("history.undo_confirm", submission=submission))


def test_submissions_are_listed_with_what_each_changed(page):
    app = page(unggahan="2")
    listed = app.dataframe[0].value
    assert listed[t("column.submission")].tolist() == [3, 2, 1]
    assert boxes(app) == ["Perpustakaan: 2 ditambah"]
    assert t("history.origin", submission=2, actor="Petugas", when="")[:-2] in words(app)


def test_taking_back_shows_the_consequences_first_and_needs_a_name(page):
    app = page()
    press(app, t("history.undo", submission=3))
    assert t("history.undo_effect") in words(app)
    assert boxes(app)[-1] == "Kunjungan bulanan: 2 dihapus"
    press(app, t("history.undo_confirm", submission=3))
    assert t("history.no_actor") in words(app)
    assert len(app.dataframe[0].value) == 3
    fill(app, t("history.actor"), "Sari")
    press(app, t("history.undo_confirm", submission=3))
    assert t("history.undone", submission=3, undo=4) in words(app)
    listed = app.dataframe[0].value
    assert listed[t("column.actor")].tolist()[0] == "Sari"
    assert listed[t("column.file")].tolist()[0] == t("history.undo_of", submission=3)


def test_taking_back_an_undo_brings_it_again(page, official):
    app = undo(page(), 3)
    app = undo(app, 4)
    assert t("history.undone", submission=4, undo=5) in words(app)
    with closing(open_store(f"sqlite:///{official / 'literasi.db'}", read_only=True)) as store:
        assert store.frame("visits").total.tolist() == [7, 7]


def test_not_after_all(page):
    app = press(page(), t("history.undo", submission=3))
    press(app, t("history.leave"))
    assert t("history.undo_effect") not in words(app)
    assert len(app.dataframe[0].value) == 3


def test_a_refusal_names_the_later_submission_and_leads_to_it(page):
    app = press(page(unggahan="2"), t("history.undo", submission=2))
    assert t("error.undo_built_on", submission=2, later=3) in words(app)
    press(app, t("history.look_at", submission=3))
    assert "unggahan" not in app.query_params  # the newest is the default
    assert t("history.undo", submission=3) in [b.label for b in app.button]


def test_what_is_undone_says_so_and_the_first_submission_stays(page):
    undo(page(), 3)
    assert t("history.is_undone", submission=3, later=4) in words(page(unggahan="3"))
    first = page(unggahan="1")
    assert t("history.first") in words(first)
    assert not [b for b in first.button if b.key == "history.undo"]


def test_the_kept_file_is_offered_to_the_office_only(page, official, monkeypatch):
    kept = official / "berkas.zip"
    kept.write_bytes(b"PK")
    monkeypatch.setattr(Desk, "kept", lambda _desk, submission: kept if submission == 3 else None)
    assert [b.label for b in downloads(page(unggahan="3"))] == [t("history.kept")]
    assert not downloads(page(unggahan="2"))
    monkeypatch.setenv("LITERASI_READ_ONLY", "1")
    forget()
    assert not downloads(page(unggahan="3"))


def test_a_day_shows_the_rows_of_then_and_now_and_offers_a_file(page):
    app = page(bagian="keadaan")
    sizes = app.dataframe[0].value.set_index(t("history.of_table"))
    assert sizes.loc["Kunjungan bulanan"].tolist() == [2, 2]
    assert next(s for s in app.selectbox if s.key == "w.tabel").value == "areas"
    assert len(downloads(app)) == 1
    wrong = page(**{"bagian": "keadaan", "per-tanggal": "1999-01-01"})
    assert t("filter.bad_value", name="per-tanggal", value="1999-01-01") in words(wrong)


def test_a_moment_is_frozen_and_compared_with_now(page, official):
    app = page(bagian="potret")
    assert t("history.no_snapshots") in words(app)
    press(app, t("history.freeze"))
    assert t("history.freeze_needs") in words(app)
    fill(app, t("history.snapshot_name"), HARM)
    fill(app, t("history.actor"), "Sari")
    press(app, t("history.freeze"))
    assert t("history.frozen", name=HARM) in words(app)
    assert {field.value for field in app.text_input} == {"", "Sari"}
    assert not any(HARM in m.value for m in app.markdown)  # only with its signs made inert
    fill(app, t("history.snapshot_name"), HARM)
    press(app, t("history.freeze"))
    assert t("history.name_taken", name=HARM) in words(app)

    with closing(open_store(f"sqlite:///{official / 'literasi.db'}")) as store:
        commit(store, visits=visits("L-1", 9, 3))
    press(app, t("history.compare_now"))
    assert app.query_params["bagian"] in ("banding", ["banding"])
    counts = app.dataframe[0].value
    assert counts.iloc[0].tolist() == ["Kunjungan bulanan", 1, 2, 0, 0]
    assert boxes(app) == ["Kunjungan bulanan: 1 ditambah, 2 diubah"]
    assert t("compare.span", first=3, last=5) in words(app)


def test_rows_are_labelled_and_named(page):
    app = page(bagian="banding", sejak="2")
    app.session_state["compare.2.3.visits"] = True
    app.run()
    rows = app.dataframe[1].value
    assert rows.columns[:3].tolist() == [t("column.library_id"), t("column.library"), t("column.month")]
    assert rows[t("column.library")].tolist() == ["Perpustakaan Sembulang"] * 2


def test_moments_the_wrong_way_round_are_exchanged(page):
    app = page(bagian="banding", sejak="3", hingga="1")
    assert t("compare.turned") in words(app)
    assert t("compare.span", first=1, last=3) in words(app)
    assert t("compare.same", submission=3) in words(page(bagian="banding", sejak="3"))


def test_a_showing_changes_nothing_and_keeps_rows_about_people(page, monkeypatch):
    monkeypatch.setenv("LITERASI_READ_ONLY", "1")
    app = page()
    assert t("history.read_only") in words(app)
    assert not app.button
    app.session_state["history.3.visits"] = True
    app.run()
    assert t("history.withheld") in words(app)
    assert len(app.dataframe) == 1
    app = page(bagian="potret")
    assert t("history.read_only") in words(app)
    assert not app.text_input
    offered = next(s for s in page(bagian="keadaan").selectbox if s.key == "w.tabel")
    assert "Kunjungan bulanan" not in offered.options


def test_an_emptied_workspace_still_shows_its_history(page, official):
    with closing(open_store(f"sqlite:///{official / 'literasi.db'}")) as store:
        for submission in (3, 2, 1):
            store.undo(submission, actor="Sari")
    app = page(bagian="keadaan")
    assert app.dataframe[0].value.empty
    assert not downloads(app)
    undo(page(), 6)
    assert len(downloads(page(bagian="keadaan"))) == 1
