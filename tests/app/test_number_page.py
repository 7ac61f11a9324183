"""The page of the number ledger: frozen figures, the rows behind them, and what has changed since."""

from __future__ import annotations

from contextlib import closing

import pytest
from streamlit.testing.v1 import AppTest

from literasi import workspaces
from literasi.closing.ledger import code
from literasi.settings import load
from literasi.store import Store
from literasi.text import t
from literasi.ui import cached

PAGE = "pages/presentation/number.py"
EVENT = "latihan-bimtek-2026"


def forget():
    for cache in (cached._settings, cached._store, cached._desk):
        cache.clear()


@pytest.fixture(scope="module")
def visit(root, tmp_path_factory):
    """Open the page with a code, in an install of its own; it starts in the official workspace."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LITERASI_VAR_DIR", str(tmp_path_factory.mktemp("var")))
        forget()

        def open_page(written):
            app = AppTest.from_file(str(root / "dashboard.py"), default_timeout=60)
            app.query_params["kode"] = written
            app.run()
            app.switch_page(PAGE).run()
            assert not app.exception, app.exception
            return app

        yield open_page
    forget()


def practice() -> Store:
    return workspaces.open_workspace(workspaces.PRACTICE, load())


def practice_code(figure_id, head=1, event_id=EVENT):
    return code(workspace=workspaces.PRACTICE, head=head, event_id=event_id, figure_id=figure_id)


def words(app):
    parts = [*app.markdown, *app.caption, *app.info, *app.warning, *app.error]
    return " ".join(part.value for part in parts).replace("\\", "")


def test_a_code_opens_its_figure_in_its_own_workspace(visit):
    app = visit(practice_code("gain.mean"))
    assert [metric.value for metric in app.metric] == ["+15,5"]
    assert t("shell.practice_banner") in words(app)
    assert t("ledger.nothing_since") in words(app)
    (origins,) = app.dataframe
    assert origins.value[t("ledger.rows")].tolist() == ["40"]
    assert origins.value[t("column.submission")].tolist() == [1]


def test_people_are_counted_and_never_listed(visit):
    app = visit(practice_code("gain.mean"))
    assert t("ledger.withheld", table=t("table.participants")) in words(app)
    assert not app.expander
    with closing(practice()) as store:
        people = store.frame("participants")["participant_id"]
    shown = words(app) + app.dataframe[0].value.to_csv()
    assert not [person for person in people if person in shown]


def test_a_later_submission_leaves_the_figure_and_is_told(visit):
    before = practice_code("index_tgm.province.2025")
    (frozen,) = visit(before).metric
    with closing(practice()) as store:
        rows = store.frame("observations")
        mine = rows["indicator_id"].eq("tkm") & rows["area_code"].eq("21") & rows["period"].eq("2025")
        assert mine.any()
        store.commit(
            {"observations": rows[mine].assign(value=61.5)},
            actor="Petugas",
            file_name="baru.xlsx",
            sha256="9",
        )
    forget()
    app = visit(before)
    assert [metric.value for metric in app.metric] == [frozen.value]
    assert t("ledger.other", count="1", then=frozen.value, now="61,50") in words(app)
    assert "baru.xlsx" not in words(app) + app.dataframe[0].value.to_csv()
    now = visit(practice_code("index_tgm.province.2025", head=2))
    assert [metric.value for metric in now.metric] == ["61,50"]
    assert "baru.xlsx" in now.dataframe[0].value.to_csv()
    assert t("ledger.same", count="1") in words(visit(practice_code("gain.mean")))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("zzz", "bukan kode angka"),
        (practice_code("gain.mean", head=999), "unggahan no. 999"),
        (practice_code("no.such.figure"), "Tidak ada angka dengan kode"),
        (practice_code("gain.mean", event_id="no-such-event"), "Tidak ada angka dengan kode"),
    ],
)
def test_a_code_that_leads_nowhere_says_why(visit, written, told):
    app = visit(written)
    assert told in words(app)
    assert not app.metric


def test_without_a_code_the_page_says_where_codes_stand(visit):
    assert t("ledger.how") in words(visit(""))
