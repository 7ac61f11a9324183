"""The closing pack on its page: made when asked for, offered as a file, templates refused in words."""

from __future__ import annotations

import io
import zipfile

import pytest
from streamlit.testing.v1 import AppTest

from literasi.settings import ROOT
from literasi.text import t

LIMIT = 120
PAGE = "pages/presentation/closing.py"


def opened(workspace: str = "resmi") -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=LIMIT)
    app.query_params["ruang"] = workspace
    app.run()
    app.query_params["ruang"] = workspace
    return app.switch_page(PAGE).run()


def keys(app: AppTest, kind: str) -> list[str]:
    return [element.proto.id.rpartition("-")[2] for element in app.get(kind)]


def test_the_pack_is_made_when_asked_for_and_kept_for_the_download():
    app = opened()
    assert "pack.download" not in keys(app, "download_button")
    app.button(key="pack.make").click().run()
    assert not app.exception
    assert "pack.download" in keys(app, "download_button")
    _, content = app.session_state["pack.kept"]
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        assert "salindia.pptx" in file.namelist()


def test_a_wrong_template_is_refused_in_words(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("literasi.ui.pack._template", lambda: b"bukan templat")
    app = opened()
    app.button(key="pack.make").click().run()
    assert [error.value for error in app.error] == [t("pack.error.not_pptx")]
    assert "pack.download" not in keys(app, "download_button")


def test_in_a_hall_nobody_gives_a_template(monkeypatch: pytest.MonkeyPatch):
    assert len(opened().get("file_uploader")) == 1
    monkeypatch.setattr("literasi.ui.cached.is_public", lambda: True)
    app = opened()
    assert not app.get("file_uploader")
    assert app.button(key="pack.make")
