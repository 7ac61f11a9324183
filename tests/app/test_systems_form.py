"""The form that reads a library system, without a browser: a reader made by hand, and a real MariaDB."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from literasi import settings, workspaces
from literasi.desk import Desk
from literasi.intake.systems import slims, syncing
from literasi.intake.systems.errors import SystemReadError
from literasi.intake.systems.series import Reading, advise
from literasi.store import open_store
from literasi.text import t
from literasi.ui import cached, systems
from tests.contract import slims_schema
from tests.contract.mariadb import PASSWORD, server
from tests.frames import table

LIBRARY = "L-21.72.01.1004-1"
TODAY = dt.date(2024, 7, 9)


@dataclass
class Reader:
    """Stands for a library's server: says these visits, or refuses."""

    totals: list[int] = field(default_factory=lambda: [40, 55])
    error: SystemReadError | None = None
    asked: dict[str, Any] = field(default_factory=dict)

    def __call__(self, system: str, address: Any, password: str, **what: Any) -> Reading:
        self.asked = {"system": system, "address": address, "password": password, **what}
        if self.error:
            raise self.error
        rows = [
            {"library_id": LIBRARY, "month": f"2024-0{n}-01", "total": total, "received_on": TODAY}
            for n, total in enumerate(self.totals, start=4)
        ]
        finding = advise("account_may_write", "[dasbor](javascript:x)", privileges="INSERT")
        return Reading(system, LIBRARY, what["span"], {"visits": table("visits", rows)}, (finding,))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Database of the official workspace, as it is shipped."""
    file = tmp_path_factory.mktemp("resmi") / "literasi.db"
    about = settings.load()
    with closing(
        workspaces.open_workspace(
            "resmi",
            settings.Settings(about.data_dir, file.parent, f"sqlite:///{file}", "sqlite://", read_only=False),
        )
    ):
        pass
    return file


@pytest.fixture
def desk(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk of its own, at which it is 9 July 2024."""
    shutil.copy(filled, tmp_path / "literasi.db")
    about = settings.load()
    own = settings.Settings(about.data_dir, tmp_path, "", "", read_only=False)
    with closing(open_store(f"sqlite:///{tmp_path / 'literasi.db'}")) as store:
        made = Desk(store, own)
        known = made.known
        monkeypatch.setattr(made, "known", lambda: _on_the_day(known()))
        monkeypatch.setattr(cached, "desk", lambda: made)
        monkeypatch.setattr(systems, "history_link", lambda _submission: None)  # no other page is here
        yield made


def _on_the_day(known: Any) -> Any:
    return type(known)(known.register, known.catalogue, known.tables, known.key, TODAY)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader()
    monkeypatch.setattr(syncing, "read", made)
    return made


def script() -> None:
    from literasi.ui import systems as form

    form.show()


def opened() -> AppTest:
    app = AppTest.from_function(script, default_timeout=90).run()
    assert not app.exception, app.exception
    return app


def fill(app: AppTest, **more: str) -> None:
    values = {"host": "10.0.0.5", "database": "perpus", "user": "dasbor"} | more
    for key, value in values.items():
        app.text_input(key=f"systems.{key}").set_value(value)
    _password(app).set_value(PASSWORD)
    app.selectbox(key="systems.library").set_value(LIBRARY)
    app.selectbox(key="systems.first").set_value("2024-01")


def _password(app: AppTest) -> Any:
    return next(box for box in app.text_input if box.label == t("systems.password"))


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception


def said(app: AppTest) -> str:
    kinds = (app.markdown, app.info, app.success, app.warning, app.error, app.subheader, app.caption)
    return "\n".join(element.value for kind in kinds for element in kind)


def test_reads_shows_and_saves(desk: Desk, reader: Reader):
    app = opened()
    fill(app)
    before = desk.store.head()
    press(app, t("systems.read"))
    assert reader.asked["address"].label("slims") == "slims://10.0.0.5/perpus"
    assert (str(reader.asked["span"].first), str(reader.asked["span"].last)) == ("2024-01", "2024-06")
    assert "INSERT" in said(app)
    assert "](javascript" not in said(app)
    visits = app.dataframe[0].value
    assert visits[t("column.month")].tolist() == ["Apr 2024", "Mei 2024"]
    assert visits[t("column.total")].tolist() == [40, 55]
    assert desk.store.head() == before  # a preview writes nothing
    assert app.button(key="systems.save").disabled
    app.text_input(key="systems.actor").set_value("Sari").run()
    app.button(key="systems.save").click().run()
    assert t("systems.done", submission=before + 1) in said(app)
    submission = desk.store.submissions().iloc[0]
    assert (submission["actor"], submission["file_name"]) == ("Sari", "slims://10.0.0.5/perpus")
    assert desk.store.frame("visits")["total"].tolist()[-2:] == [40, 55]


def test_the_password_is_forgotten(desk: Desk, reader: Reader, tmp_path: Path):
    app = opened()
    fill(app)
    press(app, t("systems.read"))
    assert reader.asked["password"] == PASSWORD
    assert _password(app).value == ""
    assert _password(app).proto.type == _password(app).proto.PASSWORD
    assert "systems.password.1" in str(app.session_state)
    assert PASSWORD not in str(app.session_state)
    assert not app.query_params
    assert not any(PASSWORD.encode() in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_a_refusal_is_said_and_leaves_nothing_to_save(desk: Desk, reader: Reader):
    app = opened()
    fill(app)
    press(app, t("systems.read"))
    reader.error = SystemReadError("systems.error.password", user="a *b*", host="x")
    fill(app)
    press(app, t("systems.read"))
    assert "ditolak" in app.error[0].value
    assert "\\*b\\*" in app.error[0].value
    assert not [button for button in app.button if button.label == t("systems.save")]


def test_a_library_has_to_be_chosen(desk: Desk, reader: Reader):
    app = opened()
    press(app, t("systems.read"))
    assert reader.asked == {}
    assert app.error


def test_what_became_less_is_kept_unless_it_is_accepted(desk: Desk, reader: Reader):
    app = opened()
    for totals in ([40, 55], [40, 50]):
        reader.totals = totals
        fill(app)
        press(app, t("systems.read"))
        if totals == [40, 55]:
            app.text_input(key="systems.actor").set_value("Sari").run()
            app.button(key="systems.save").click().run()
    accept = next(box for box in app.checkbox if box.label == t("systems.accept_shrink"))
    assert not accept.value
    accept.check().run()
    assert not app.exception
    app.button(key="systems.save").click().run()
    assert desk.store.frame("visits")["total"].tolist()[-2:] == [40, 50]


def test_the_same_figures_again_are_nothing_to_save(desk: Desk, reader: Reader):
    app = opened()
    fill(app)
    press(app, t("systems.read"))
    app.text_input(key="systems.actor").set_value("Sari").run()
    app.button(key="systems.save").click().run()
    fill(app)
    press(app, t("systems.read"))
    assert t("systems.nothing") in said(app)
    assert not [button for button in app.button if button.label == t("systems.save")]


def test_what_another_has_saved_meanwhile_is_not_overwritten(desk: Desk, reader: Reader):
    app = opened()
    fill(app)
    press(app, t("systems.read"))
    rows = table("visits", [{"library_id": LIBRARY, "month": "2024-05-01", "total": 70}])
    desk.submit({"visits": rows}, actor="Budi", note="", file_name="berkas.xlsx")
    app.text_input(key="systems.actor").set_value("Sari").run()
    app.button(key="systems.save").click().run()
    assert t("upload.moved") in said(app)
    assert desk.store.submissions().iloc[0]["actor"] == "Budi"


def test_it_is_hidden_where_data_are_only_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cached, "is_public", lambda: True)
    app = opened()
    assert not app.text_input
    assert not app.button


def test_a_real_server_is_read(desk: Desk):
    mariadb = server()
    name = mariadb.new_database(slims_schema.tables())
    days = ["2024-02-03", "2024-02-04", "2024-04-03"]
    mariadb.fill(name, "visitor_count", ["member_name", "checkin_date"], [("x", day) for day in days])
    account = mariadb.reader(name, slims.NEEDED)
    app = opened()
    fill(app, host="127.0.0.1", database=name, user=account.user)
    app.number_input(key="systems.port").set_value(mariadb.port)
    press(app, t("systems.read"))
    app.text_input(key="systems.actor").set_value("Sari").run()
    app.button(key="systems.save").click().run()
    assert desk.store.frame("visits").set_index("month")["total"].tolist() == [2, 0, 1]


def test_it_is_a_part_of_the_upload_page_and_the_address_holds_no_more_than_that(root: Path):
    app = AppTest.from_file(str(root / "dashboard.py"), default_timeout=90).run()
    app.query_params["ruang"] = "latihan"
    app.query_params["bagian"] = "sistem"
    app.switch_page("pages/records/upload.py").run()
    assert not app.exception, app.exception
    assert app.text_input(key="systems.host").value == "localhost"
    assert {*app.query_params} == {"ruang", "bagian"}
