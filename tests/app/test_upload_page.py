"""The upload page step by step, without a browser; what the desk proposes is written by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from literasi import text
from literasi.errors import LiterasiError
from literasi.intake.findings import NEW, Place
from literasi.intake.forms import FORMS
from literasi.practice.faulty import FILES
from literasi.text import t
from literasi.ui import cached
from literasi.ui.upload.findings import with_reasons
from tests.app.downloads import downloads
from tests.app.fake_desk import ADVICE, FAULT, HOSTILE, LIBRARY, QUESTIONS, FakeDesk, sheet

PAGE = "pages/records/upload.py"
Opened = Callable[..., AppTest]


@pytest.fixture
def opened(root, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """Open the page at a desk, with files given if wanted."""

    def open_page(desk: FakeDesk, *files: str, **address: str) -> AppTest:
        monkeypatch.setattr(cached, "desk", lambda: desk)
        app = AppTest.from_file(str(root / "dashboard.py"), default_timeout=90)
        app.run()
        for name, value in {"ruang": "latihan", **address}.items():
            app.query_params[name] = value
        app.switch_page(PAGE).run()
        for name in files:
            give(app, name)
        return app

    yield open_page
    text.use("id")


def give(app: AppTest, name: str, data: bytes = b"a;b") -> None:
    """Drop a file."""
    app.file_uploader[0].upload(name, data, "text/csv").run()
    assert not app.exception, app.exception


def press(app: AppTest, label: str) -> None:
    """Press the button of that label."""
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception


def words(app: AppTest) -> str:
    """All that is written on the page."""
    kinds = (app.markdown, app.caption, app.info, app.success, app.warning, app.error, app.subheader)
    return "\n".join(element.value for kind in kinds for element in kind)


def choose(app: AppTest, label: str, value: str) -> None:
    next(box for box in app.selectbox if box.label == label).set_value(value)


def metrics(app: AppTest) -> list[str]:
    return [metric.value for metric in app.metric]


def test_offers_a_template_for_each_form_an_office_fills(opened: Opened):
    app = opened(FakeDesk())
    forms = [name for name, form in FORMS.items() if form.has_template]
    assert app.selectbox(key="upload.template.id").options == [t(f"intake.form.{name}") for name in forms]
    assert [b.label for b in downloads(app)] == [t("upload.template_download")]


def test_nothing_can_be_uploaded_where_data_are_only_shown(opened: Opened, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cached, "is_public", lambda: True)
    app = opened(FakeDesk())
    assert [info.value for info in app.info] == [t("upload.read_only")]
    assert not app.file_uploader
    assert not downloads(app)


def test_a_file_that_cannot_be_read_says_what_to_do(opened: Opened):
    desk = FakeDesk(refused=LiterasiError("error.backup_exists", file=HOSTILE))
    app = opened(desk, "x.xlsx")
    assert len(app.error) == 1
    assert r"\<script\>" in app.error[0].value
    assert app.file_uploader, "the place for files stays"
    desk.refused = None
    give(app, "y.xlsx")
    assert not app.error


def test_a_file_that_nobody_foresaw_does_not_hold_the_page(opened: Opened):
    desk = FakeDesk(refused=ZeroDivisionError("secret of the file"))
    app = opened(desk, "x.xlsx")
    assert [error.value for error in app.error] == [t("upload.unexpected", file="x\\.xlsx")]
    desk.refused = None
    give(app, "y.xlsx")
    assert app.metric


def test_each_file_is_read_once(opened: Opened):
    desk = FakeDesk()
    app = opened(desk, "a.csv")
    app.run()
    app.run()
    assert len(desk.examined) == 1


def test_says_when_the_same_file_was_committed(opened: Opened):
    app = opened(FakeDesk(earlier=5), "a.csv")
    assert t("upload.earlier", submission=5) in words(app)
    assert any("unggahan=5" in link.proto.query_string for link in app.get("page_link"))


def test_columns_show_how_they_were_understood_and_what_is_dropped(opened: Opened):
    app = opened(FakeDesk(sheets=(sheet(missing=()),)), "a.csv")
    columns = app.dataframe[0].value
    assert list(columns[t("upload.column.how")]) == [
        t(f"upload.how.{how}") for how in ("alias", "fuzzy", "alias", "personal", "unknown")
    ]
    assert HOSTILE in columns[t("upload.column.samples")].iloc[2]
    assert t("upload.dropped", columns="D “No\\. HP”") in words(app)


def test_a_similar_column_is_asked_about_and_the_answer_goes_to_the_next_examination(opened: Opened):
    desk = FakeDesk(sheets=(sheet(missing=()),))
    app = opened(desk, "a.csv")
    choose(app, "B · Tgl Keg\\.", "note")
    press(app, t("upload.apply_fields"))
    assert desk.examined[-1].fields == {("Kegiatan", 2): "note"}


def test_a_column_that_is_unknown_is_asked_about_where_it_may_matter(opened: Opened):
    def asked(desk: FakeDesk) -> list[str]:
        return [box.label[0] for box in opened(desk, "a.csv").selectbox if ".field." in (box.key or "")]

    columns = sheet().columns
    again = replace(columns[4], column=6, heading=columns[0].heading)
    assert asked(FakeDesk()) == ["B"]
    assert asked(FakeDesk(sheets=(sheet(),))) == ["B", "E"], "a required field is missing"
    assert asked(FakeDesk(sheets=(sheet(missing=(), columns=(*columns, again)),))) == ["B", "F"]


def test_all_columns_can_be_changed_but_a_personal_one_stays_dropped_unless_chosen(opened: Opened):
    desk = FakeDesk(sheets=(sheet(missing=()),))
    app = opened(desk, "a.csv")
    next(toggle for toggle in app.toggle if toggle.label == t("upload.all_columns")).set_value(True).run()
    choose(app, "E · Warna", "note")
    press(app, t("upload.apply_fields"))
    fields = desk.examined[-1].fields
    assert fields["Kegiatan", 5] == "note"
    assert ("Kegiatan", 4) not in fields


def test_a_missing_field_is_given_for_the_whole_sheet(opened: Opened):
    desk = FakeDesk(sheets=(sheet(),))
    app = opened(desk, "a.csv")
    assert t("upload.next_missing") in words(app)
    choose(app, t("column.regency") if text.has("column.regency") else t("intake.field.regency"), "Batam")
    press(app, t("upload.apply_constants"))
    assert desk.examined[-1].constants == {("Kegiatan", "regency"): "Batam"}
    assert t("upload.next_commit") in words(app)


def test_a_sheet_is_given_another_form_or_left_out(opened: Opened):
    desk = FakeDesk()
    app = opened(desk, "a.csv")
    next(box for box in app.selectbox if box.label == t("upload.form")).set_value("").run()
    assert desk.examined[-1].forms == {"Kegiatan": ""}
    assert t("upload.sheet_left_out") in words(app)
    assert t("upload.next_form") in words(app)


def test_a_sheet_may_be_the_whole_of_what_it_is_about(opened: Opened):
    desk = FakeDesk()
    app = opened(desk, "a.csv")
    app.checkbox[0].check().run()
    assert desk.examined[-1].replaces == {"Kegiatan"}
    app.checkbox[0].uncheck().run()
    assert desk.examined[-1].replaces == set()


def test_faults_stand_with_place_value_and_remedy_and_keep_the_file_out(opened: Opened):
    app = opened(FakeDesk(findings=(FAULT, ADVICE)), "a.csv")
    assert metrics(app) == ["8", "1", "0", "1"]
    assert r"Kegiatan\!F5 (\-3)" in words(app)
    table = next(d.value for d in app.dataframe if t("upload.column.remedy") in d.value)
    assert list(table[t("upload.column.place")]) == ["Kegiatan!F5", "Kegiatan!F7"]
    assert t("upload.next_faults") in words(app)
    assert t("upload.preview_later") in words(app)
    assert t("upload.commit") not in [button.label for button in app.button]
    assert t("upload.marked") in [button.label for button in downloads(app)]


def test_one_rule_at_many_places_is_told_once(opened: Opened):
    others = tuple(
        replace(FAULT, place=Place("Kegiatan", row, 6, "Peserta"), value=f"-{row}") for row in range(6, 20)
    )
    app = opened(FakeDesk(findings=(FAULT, *others)), "a.csv")
    told = [m.value for m in app.markdown if m.value.startswith(":material/error:")]
    assert len(told) == 1
    assert "Kegiatan\\!F13" in told[0]
    assert "Kegiatan\\!F14" not in told[0]
    assert t("upload.and_more", places="#", count=6).partition("#")[2] in told[0]


def test_an_advice_may_stay_open_or_be_cleared_by_a_reason_that_can_be_changed(opened: Opened):
    desk = FakeDesk(findings=(ADVICE,))
    app = opened(desk, "a.csv")
    assert t("upload.next_commit") in words(app)
    reason = next(box for box in app.text_input if ".reason." in (box.key or ""))
    reason.set_value("pameran buku")
    press(app, t("upload.apply_reasons"))
    assert desk.examined[-1].reasons == {ADVICE.advice: "pameran buku"}
    assert metrics(app)[3] == "0"
    reason = next(box for box in app.text_input if ".reason." in (box.key or ""))
    assert reason.value == "pameran buku"
    reason.set_value(" ")
    press(app, t("upload.apply_reasons"))
    assert desk.examined[-1].reasons == {}


def test_values_of_one_kind_can_be_given_one_reason():
    before = {"a": "pameran", "b": "lomba", "other": "tetap"}
    written = {"a": "pameran  buku", "b": "", "c": ""}
    assert with_reasons(before, written, {}) == {"a": "pameran buku", "other": "tetap"}
    common = dict.fromkeys("abcd", "libur")
    assert with_reasons(before, written, common) == {
        "a": "pameran buku",
        "b": "libur",
        "c": "libur",
        "d": "libur",
        "other": "tetap",
    }


def test_questions_have_no_answer_beforehand_and_may_be_answered_one_by_one(opened: Opened):
    desk = FakeDesk(questions=QUESTIONS)
    app = opened(desk, "a.csv")
    assert metrics(app)[2] == "2"
    asked = [box for box in app.selectbox if ".question." in (box.key or "")]
    assert [box.value for box in asked] == [None, None]
    press(app, t("upload.apply_questions"))
    assert len(desk.examined) == 1, "nothing was answered"
    asked = [box for box in app.selectbox if ".question." in (box.key or "")]
    asked[0].set_value(NEW)
    press(app, t("upload.apply_questions"))
    assert desk.examined[-1].questions == {"q-library": NEW}
    assert t("upload.answered", count="1") in [expander.label for expander in app.expander]
    press(app, t("upload.take_back"))
    assert desk.examined[-1].questions == {}


def test_rows_that_may_be_the_same_stand_side_by_side(opened: Opened):
    app = opened(FakeDesk(questions=QUESTIONS), "a.csv")
    beside = next(d.value for d in app.dataframe if t("upload.beside", number=1) in d.value)
    assert beside.to_numpy().tolist() == [
        ["Nama", "Perpustakaan Sembulang", "Perpus Sembulang"],
        ["Desa", "Sembulang", ""],
    ]


def test_the_preview_names_what_changes_and_commits_what_was_seen(opened: Opened):
    desk = FakeDesk()
    desk.removed = 2
    app = opened(desk, "a.csv")
    tables = [d.value for d in app.dataframe]
    counts = next(d for d in tables if t("upload.column.unchanged") in d)
    assert counts.to_numpy().tolist() == [[t("table.activities"), 1, 1, 4, 2]]
    changed = next(d for d in tables if t("column.old") in d)
    assert list(changed[t("upload.named.library_id")]) != [LIBRARY], "by its name"
    press(app, t("upload.commit"))
    assert t("upload.no_actor") in words(app)
    assert not desk.committed
    next(box for box in app.text_input if box.label == t("upload.actor")).set_value("Operator Uji")
    press(app, t("upload.commit"))
    assert [(c["actor"], c["preview"].head) for c in desk.committed] == [("Operator Uji", 7)]
    assert t("upload.done", submission=8, file="a\\.csv") in words(app)
    links = [link.proto for link in app.get("page_link")]
    assert any("unggahan=8" in link.query_string for link in links)
    assert any(link.page == "kegiatan" for link in links)
    press(app, t("upload.next_file"))
    assert not app.metric


def test_another_operator_in_between_is_told_and_nothing_is_lost(opened: Opened):
    desk = FakeDesk()
    desk.moved = 1
    app = opened(desk, "a.csv")
    next(box for box in app.text_input if box.label == t("upload.actor")).set_value("Operator Uji")
    press(app, t("upload.commit"))
    assert t("upload.moved") in words(app)
    assert desk.committed == []
    press(app, t("upload.commit"))
    assert len(desk.committed) == 1


def test_what_cannot_be_written_is_said_at_the_button_and_can_be_tried_again(opened: Opened):
    desk = FakeDesk()
    desk.full = True
    app = opened(desk, "a.csv")
    next(box for box in app.text_input if box.label == t("upload.actor")).set_value("Operator Uji")
    press(app, t("upload.commit"))
    assert [error.value for error in app.error] == [t("error.disk_full")]
    desk.full = False
    press(app, t("upload.commit"))
    assert [c["actor"] for c in desk.committed] == ["Operator Uji"]


def test_every_step_has_english_words_and_the_language_may_change_on_the_way(opened: Opened):
    app = opened(FakeDesk(findings=(FAULT, ADVICE), questions=QUESTIONS), "a.csv")
    app.query_params["bahasa"] = "en"
    app.run()
    assert not app.exception
    text.use("en")
    assert t("upload.step_findings") in words(app)
    assert t("upload.next_faults") in words(app)


@pytest.mark.parametrize("name", ["a.csv", "a-diperiksa.xlsx"])
def test_a_mended_file_takes_the_place_of_the_faulty_one_with_its_answers(opened: Opened, name: str):
    desk = FakeDesk(findings=(FAULT,), questions=QUESTIONS[:1])
    app = opened(desk)
    give(app, "a.csv", b"Sembulang Batam 2026 -3")
    next(box for box in app.selectbox if ".question." in (box.key or "")).set_value(LIBRARY)
    press(app, t("upload.apply_questions"))
    desk.findings = ()
    give(app, name, b"Sembulang Batam 2026 3")
    assert desk.examined[-1].questions == {"q-library": LIBRARY}
    assert t("upload.continued") in words(app)
    assert t("upload.next_commit") in words(app)
    assert t("upload.open_files") not in [box.label for box in app.selectbox]


def test_another_report_of_the_same_name_gets_no_answers(opened: Opened):
    desk = FakeDesk(questions=QUESTIONS[:1])
    app = opened(desk)
    give(app, "a.csv", b"Sembulang Batam 2026 3")
    next(box for box in app.selectbox if ".question." in (box.key or "")).set_value(LIBRARY)
    press(app, t("upload.apply_questions"))
    give(app, "a.csv", b"Pongkar Karimun 2026 8")
    assert desk.examined[-1].questions == {}
    assert t("upload.continued") not in words(app)
    assert t("upload.open_files") in [box.label for box in app.selectbox]


def test_several_files_are_open_at_once_and_survive_a_walk_to_another_page(opened: Opened):
    app = opened(FakeDesk(), "a.csv")
    give(app, "b.csv", b"other")
    app.switch_page("pages/programme/activities.py").run()
    app.switch_page(PAGE).run()
    box = next(box for box in app.selectbox if box.label == t("upload.open_files"))
    assert box.options == ["b.csv", "a.csv"]
    press(app, t("upload.close"))
    assert any("a\\.csv" in m.value for m in app.markdown)


def test_open_files_of_one_workspace_are_not_in_the_other(opened: Opened):
    app = opened(FakeDesk(), "a.csv")
    app.query_params["ruang"] = "resmi"
    app.run()
    assert not app.metric
    app.query_params["ruang"] = "latihan"
    app.run()
    assert app.metric


def test_texts_of_a_file_are_never_markdown(opened: Opened):
    app = opened(FakeDesk(findings=(FAULT,), questions=QUESTIONS, sheets=(sheet(name=HOSTILE),)), "a.csv")
    assert HOSTILE not in words(app)
    assert "<script>" not in words(app)


def test_nothing_of_a_file_is_in_the_address(opened: Opened):
    app = opened(FakeDesk(), "rahasia.csv")
    assert dict(app.query_params) == {"ruang": ["latihan"]} or dict(app.query_params) == {"ruang": "latihan"}


def test_a_file_can_be_examined_again_when_the_data_have_changed(opened: Opened):
    desk = FakeDesk()
    desk.head = 0
    app = opened(desk, "a.csv")
    assert t("upload.outdated") in words(app)
    desk.head = 10**6
    press(app, t("upload.examine_again"))
    assert len(desk.examined) == 2
    assert t("upload.outdated") not in words(app)


def test_practice_files_are_offered_in_the_practice_workspace_alone(opened: Opened):
    app = opened(FakeDesk(), bagian="latihan")
    assert [button.label for button in downloads(app)] == [
        file.file_name
        for raises in dict.fromkeys(f.raises for f in FILES)
        for file in FILES
        if file.raises == raises
    ]
    app = opened(FakeDesk(), bagian="latihan", ruang="resmi")
    assert t("upload.practice_only") in words(app)
    assert not downloads(app)
